import * as v from "valibot";
import { type Limits, bounds, isPasswordLength, isUserName } from "../hsm/limits.ts";
import { userTypes } from "../hsm/user.ts";
import { defaultPort } from "./configuration.ts";
import { key } from "./key-schema.ts";
import { group, list, text, textThat, wholeNumber } from "./value-kinds.ts";

/** What changes how a line looks at a terminal: control characters, directions of writing, signs without width. */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const identifier = textThat(
  (id) => /^[\w.-]{1,64}$/.test(id),
  "must be 1 to 64 letters, digits, dots, underscores or hyphens",
);

/** A host name or address; it is part of the name of the HSM's file. */
export const hostname = v.pipe(
  textThat((host) => !/^[^:]*:\d*$/.test(host), "must not contain the port: give it under port"),
  v.check((host) => /^[\w.:%-]{1,200}$/.test(host), "must be a host name or an address, IPv6 without brackets"),
);

/** A TCP port. */
export const port = wholeNumber(1, 65535);

const keys = v.optional(list(key), []);

const { passwordCost } = bounds;

const home = v.pipe(
  textThat((folder) => folder !== "", "must name a folder"),
  v.check((folder) => !unseen.test(folder), "must not contain control or invisible characters"),
  v.check((folder) => !/^~(?!\/)/.test(folder), "may begin with ~/ but with no other ~: write the folder out"),
);

/**
 * The shape of this project's YAML file, with HSMs that accept what `limits` say; what its parts mean to each other is
 * checked apart.
 */
export function clusterFileWithin(limits: Limits) {
  const users = list(userWithin(limits));
  const hsm = group({
    id: identifier,
    hostname,
    port: v.optional(port, defaultPort),
    users: v.optional(users, []),
    keys,
  });
  const cluster = group({
    id: identifier,
    region: v.optional(text()),
    cloneOf: v.optional(identifier),
    passwordCost: v.optional(wholeNumber(passwordCost.minimum, passwordCost.maximum), passwordCost.default),
    users: v.optional(users),
    keys,
    maxKeys: v.optional(wholeNumber(1, bounds.keys), limits.keys),
    hsms: list(hsm, "HSM"),
  });
  return group({ home: v.optional(home), clusters: list(cluster, "cluster") });
}

function userWithin(limits: Limits) {
  const { userNameLength, passwordLength } = limits;
  return group({
    id: wholeNumber(1, limits.users),
    type: v.picklist(userTypes, `must be one of ${userTypes.join(", ")}; case matters`),
    name: textThat(
      (name) => isUserName(name, limits),
      `must be ${String(userNameLength.minimum)} to ${String(userNameLength.maximum)} letters, digits or underscores`,
    ),
    password: textThat(
      (password) => isPasswordLength(password, limits),
      `must have ${String(passwordLength.minimum)} to ${String(passwordLength.maximum)} characters ` +
        "(characters outside ASCII count as several)",
    ),
  });
}

/** What the schema makes of a YAML file. */
export type ClusterFile = v.InferOutput<ReturnType<typeof clusterFileWithin>>;
