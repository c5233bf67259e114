import { quorumServices } from "../hsm/quorum-service.ts";
import { answersTo, parseUserType, userTypes } from "../hsm/user.ts";
import { InvalidArgument, type Parameter, type Proposals, type WordPlace, quoted } from "./parameter.ts";

const text = (word: string): string => word;

/** Loaded when it is asked for: no start needs it. */
async function paths(_source: Proposals, { part }: WordPlace): Promise<readonly string[]> {
  const { pathsFrom } = await import("../files/paths.ts");
  return pathsFrom(part);
}

/** The type of a user, as typed: the HSM decides whether it is valid. */
export function userType(): Parameter<"type", string> {
  return {
    key: "type",
    label: "<user-type>",
    meaning: "a type of user; case matters",
    read: text,
    complete: () => Promise.resolve(userTypes),
  };
}

/** The name of a user that exists, or will. */
export function userName(meaning = "the name of a user; case does not matter"): Parameter<"name", string> {
  return {
    key: "name",
    label: "<user-name>",
    meaning,
    read: text,
    complete: async (source, { given }) => {
      const asked = parseUserType(given["type"] ?? "");
      const users = await source.users();
      return users.filter(({ type }) => asked === undefined || answersTo(type, asked)).map(({ name }) => name);
    },
  };
}

/** A password on the line, or the request to type it without echo. */
export type PasswordWord = { readonly kind: "typed"; readonly text: string } | { readonly kind: "hidden" };

/** The word that asks for a password without echo. */
export const hiddenPassword = "-hpswd";

/** A password, or -hpswd. */
export function password(): Parameter<"password", PasswordWord> {
  return {
    key: "password",
    label: "<password |-hpswd>",
    meaning: "the password; case matters; -hpswd prompts for it without echo",
    read: (word) => (word === hiddenPassword ? { kind: "hidden" } : { kind: "typed", text: word }),
    withheld: { kind: "hidden" },
    isSecret: (word) => word !== hiddenPassword,
    complete: () => Promise.resolve([hiddenPassword]),
  };
}

/** The id of a user. */
export function userId(meaning = "the id that listUsers shows"): Parameter<"userId", number> {
  return {
    key: "userId",
    label: "<user ID>",
    meaning,
    read: wholeNumber,
    complete: async (source) => (await source.users()).map(({ id }) => String(id)),
  };
}

/** The number of a server. */
export function serverId(meaning: string): Parameter<"serverId", number> {
  return {
    key: "serverId",
    label: "<server ID>",
    meaning,
    read: wholeNumber,
    complete: ({ serverIds }) => Promise.resolve(serverIds.map(String)),
  };
}

/** The handle of a key. */
export function keyHandle(meaning = "the handle that findAllKeys shows"): Parameter<"handle", number> {
  return {
    key: "handle",
    label: "<key handle>",
    meaning,
    read: wholeNumber,
    complete: async (source) => (await source.keyHandles()).map(String),
  };
}

/** A file to write the answer to; left out, it is shown. */
export function outputFile(): Parameter<"file", string> & { readonly optional: true } {
  return {
    key: "file",
    label: "<output file>",
    meaning: "the file to write; an existing file is replaced",
    optional: true,
    read: text,
    complete: paths,
  };
}

/** The file of a certificate. */
export function certificateFile(): Parameter<"file", string> {
  return file("file", "<file>", "the file to write; an existing file is replaced");
}

/** The number of a certificate. */
export function certificateType(): Parameter<"certificateType", number> {
  return {
    key: "certificateType",
    label: "<type>",
    meaning: "1, 2, 4, 8 or 16",
    read: wholeNumber,
    complete: () => Promise.resolve(["1", "2", "4", "8", "16"]),
  };
}

/** 1 or 0. */
export function yesOrNo<const Key extends string>(key: Key, label: string, meaning: string): Parameter<Key, boolean> {
  return {
    key,
    label,
    meaning,
    read: (word) => {
      if (word !== "0" && word !== "1") throw new InvalidArgument(`must be 0 or 1, got ${quoted(word)}`);
      return word === "1";
    },
    complete: () => Promise.resolve(["0", "1"]),
  };
}

/** Several ids of users, separated by commas. */
export function userIds(): Parameter<"userIds", readonly number[]> {
  return {
    key: "userIds",
    label: "<user IDs>",
    meaning: "the id that listUsers shows; separate several with commas",
    read: (word) => word.split(",").map(wholeNumber),
    // Only crypto users hold keys. What precedes the last comma is kept, and proposed no second time.
    complete: async (source, { part }) => {
      const before = part.slice(0, part.lastIndexOf(",") + 1);
      const named = before.split(",");
      const users = (await source.users()).filter(({ type, id }) => type === "CU" && !named.includes(String(id)));
      return users.map(({ id }) => `${before}${String(id)}`);
    },
  };
}

/** The number of a quorum service: the HSM decides whether there is one. */
export function service(): Parameter<"service", number> {
  return {
    key: "service",
    label: "<service>",
    meaning: "3 (USER_MGMT: createUser, deleteUser, changePswd of another user) or 4 (MISC_CO: setMValue)",
    read: wholeNumber,
    complete: () => Promise.resolve(Object.values(quorumServices).map(String)),
  };
}

/** A word of another kind. */
export function word<const Key extends string>(key: Key, label: string, meaning: string): Parameter<Key, string> {
  return { key, label, meaning, read: text };
}

/** The path of a file. */
export function file<const Key extends string>(key: Key, label: string, meaning: string): Parameter<Key, string> {
  return { key, label, meaning, read: text, complete: paths };
}

/** A number of another kind. */
export function number<const Key extends string>(key: Key, label: string, meaning: string): Parameter<Key, number> {
  return { key, label, meaning, read: wholeNumber };
}

/** The id of a quorum token. */
export function tokenId(): Parameter<"id", number> {
  return {
    ...number("id", "<token ID>", "the id that listTokens shows"),
    complete: async (source) => (await source.tokenIds()).map(String),
  };
}

/** `-2fa` and the file in which the digests go out and the signatures come back. */
export function secondFactorFile(): Parameter<"secondFactor", string> & { readonly optional: true } {
  return {
    key: "secondFactor",
    flag: "-2fa",
    label: "-2fa </path/to/authdata>",
    meaning: "for officers with a second factor: the file to which each HSM's digest is written, to be signed",
    optional: true,
    read: text,
    complete: paths,
  };
}

/**
 * Whether the last word is `1FA` of the older syntax, which is the default. Throws for `2FA`, which needs a file today.
 */
export function olderFactor(word: string): boolean {
  if (word.toUpperCase() === "2FA") {
    throw new InvalidArgument("2FA is the older syntax: a second factor is set with -2fa </path/to/authdata>");
  }
  return word.toUpperCase() === "1FA";
}

/** Reads a number. Throws {@link InvalidArgument}. */
export function wholeNumber(word: string): number {
  const number = Number(word);
  if (!/^\d+$/.test(word) || !Number.isSafeInteger(number))
    throw new InvalidArgument(`must be a number, got ${word === "" ? "nothing" : quoted(word)}`);
  return number;
}
