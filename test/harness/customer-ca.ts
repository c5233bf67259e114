import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openssl } from "./openssl.ts";
import { temporaryFolder } from "./program.ts";

/** A customer's own CA, made and used with openssl as the guide does it. */
export interface CustomerCa {
  /** In PEM: the certificate, or the chain from the signing CA to its root. */
  readonly anchor: string;
  /** Signs a request: the certificate in PEM. */
  readonly sign: (request: string, ...options: readonly string[]) => string;
  /** Its signature (SHA-256) over what is no request. */
  readonly vouch: (text: Uint8Array) => Buffer;
  /** The CA that has its key in `customerKey` of a folder, and a certificate of this one. */
  readonly below: (folder: string, certificate: string) => CustomerCa;
}

/** How a CA is other than the guide's. */
interface CaWishes {
  /** How its key is made: the words of `openssl req -newkey`. */
  readonly key?: readonly string[];
  /** More words of `openssl req -x509`. */
  readonly options?: readonly string[];
  /** Where its files are; left out, where they are removed when the test is over. */
  readonly folder?: string;
}

const guideKey = ["rsa:2048"];

/** Makes a CA (AWS CloudHSM User Guide, "initialize-cluster"). */
export function customerCa({ key = guideKey, options = [], folder = temporaryFolder() }: CaWishes = {}): CustomerCa {
  const made = [
    "-newkey",
    ...key,
    "-nodes",
    "-keyout",
    join(folder, keyFile),
    "-subj",
    "/C=US/O=Example/CN=Customer CA",
  ];
  return caIn(folder, openssl(["req", "-new", "-x509", "-days", "3652", ...made, ...options]).toString("utf8"));
}

const keyFile = "customerCA.key";

function caIn(folder: string, anchor: string): CustomerCa {
  const [csr, certFile] = [join(folder, "cluster.csr"), join(folder, "customerCA.crt")];
  writeFileSync(certFile, anchor);
  return {
    anchor,
    sign: (request, ...options) => {
      writeFileSync(csr, request);
      const by = ["-CA", certFile, "-CAkey", join(folder, keyFile), "-set_serial", "1", "-days", "3652"];
      return openssl(["x509", "-req", "-in", csr, ...by, ...options]).toString("utf8");
    },
    vouch: (text) => openssl(["dgst", "-sha256", "-sign", join(folder, keyFile)], Buffer.from(text)),
    below: (other, certificate) => caIn(other, `${certificate}${anchor}`),
  };
}
