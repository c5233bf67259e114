import * as v from "valibot";
import { type Limits, bounds, isPasswordLength, isUserName } from "../hsm/limits.ts";
import { serviceNames } from "../hsm/quorum-service.ts";
import { userTypes } from "../hsm/user.ts";
import { type PublicKeyProblem, parsePublicKey } from "../public-keys/public-key.ts";
import { dialectNames } from "./dialect-name.ts";
import { certificateStates, defaultPort, e2eStates, hsmStates } from "./configuration.ts";
import { fault } from "./fault-schema.ts";
import { key } from "./key-schema.ts";
import { choice, group, list, text, textThat, truth, wholeNumber } from "./value-kinds.ts";

/** What changes how a line looks at a terminal: control characters, directions of writing, signs without width. */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Whether a text can be the id of a cluster or an HSM. */
export function isIdentifier(id: string): boolean {
  return /^[\w.-]{1,64}$/.test(id);
}

const identifier = textThat(isIdentifier, "must be 1 to 64 letters, digits, dots, underscores or hyphens");

/** A host name or address; it is part of the name of the HSM's file. */
export const hostname = v.pipe(
  textThat((host) => !hasPort(host), "must not contain the port: give it under port"),
  // Of a port alone, one complaint is enough.
  v.check((host) => hasPort(host) || isHostname(host), "must be a host name or an address, IPv6 without brackets"),
);

/** Whether a text is a host name or an address, without a port; IPv6 is without brackets. */
export function isHostname(text: string): boolean {
  return /^[\w.:%][\w.:%-]{0,199}$/.test(text) && !hasPort(text);
}

function hasPort(text: string): boolean {
  return /^[^:]*:\d*$/.test(text);
}

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
  return group({ home: v.optional(home), ...clusterEntriesWithin(limits) });
}

/** What such a file says of HSMs, and of what goes wrong with them. */
export function clusterEntriesWithin(limits: Limits) {
  const users = list(userWithin(limits));
  const minimums = v.optional(minimumsWithin(limits), {});
  const hsm = group({
    id: identifier,
    hostname,
    port: v.optional(port, defaultPort),
    address: v.optional(hostname),
    state: v.optional(v.picklist(hsmStates, `must be ${hsmStates.join(" or ")}`), "running"),
    users: v.optional(users, []),
    keys,
    minimums,
  });
  const cluster = group({
    id: identifier,
    region: v.optional(text()),
    cloneOf: v.optional(identifier),
    passwordCost: v.optional(wholeNumber(passwordCost.minimum, passwordCost.maximum), passwordCost.default),
    certificates: v.optional(
      v.picklist(certificateStates, `must be ${certificateStates.join(" or ")}`),
      certificateStates[0],
    ),
    e2e: v.optional(v.picklist(e2eStates, `must be ${e2eStates.join(" or ")}`), e2eStates[0]),
    users: v.optional(users),
    keys,
    minimums,
    maxKeys: v.optional(wholeNumber(1, bounds.keys), limits.keys),
    hsms: list(hsm, "HSM"),
  });
  return {
    dialect: v.optional(v.picklist(dialectNames, `must be one of ${dialectNames.join(", ")}`)),
    clusters: list(cluster, "cluster"),
    faults: v.optional(list(fault), []),
  };
}

function userWithin(limits: Limits) {
  const { userNameLength, passwordLength } = limits;
  return group({
    id: wholeNumber(1, limits.users),
    type: v.picklist(userTypes, `must be one of ${userTypes.join(", ")}; case matters`),
    name: textThat(
      (name) => isUserName(name, limits),
      `must be ${String(userNameLength.minimum)} to ${String(userNameLength.maximum)} letters, digits${limits.hyphenInUserNames ? ", hyphens" : ""} or underscores`,
    ),
    password: textThat(
      (password) => isPasswordLength(password, limits),
      `must have ${String(passwordLength.minimum)} to ${String(passwordLength.maximum)} characters ` +
        "(characters outside ASCII count as several)",
    ),
    publicKey: v.optional(publicKey),
    twoFactor: v.optional(truth(), false),
    loginFailures: v.optional(wholeNumber(0, limits.loginFailures), 0),
  });
}

/** How many officers services take, by their names. */
function minimumsWithin({ quorumMinimum: { minimum, maximum } }: Limits) {
  return choice(v.entriesFromList(serviceNames, wholeNumber(minimum, maximum)));
}

const publicKeyProblems: Readonly<Record<PublicKeyProblem, string>> = {
  private: "must be the public key: this is the private one",
  unreadable: "must be a public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----",
  kind: "must be an RSA key of 2048 bits",
  weak: "must be a key that nobody can sign for without its private part: draw another one",
};

/** A public key in PEM, written as HSMs keep it. */
const publicKey = v.pipe(
  text(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = parsePublicKey(dataset.value);
    if ("key" in read) return read.key;
    addIssue({ message: publicKeyProblems[read.problem] });
    return NEVER;
  }),
);

/** What the schema makes of a YAML file. */
export type ClusterFile = v.InferOutput<ReturnType<typeof clusterFileWithin>>;
