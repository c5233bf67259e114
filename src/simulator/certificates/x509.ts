// Before the library, which looks for it as it is loaded.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { cryptoProvider } from "@peculiar/x509";

cryptoProvider.set(webcrypto);

/** The library of certificates, made ready: nobody else imports it. */
export * from "@peculiar/x509";
