import { variable } from "./new-words.ts";

/** How the new tool gets the password of a line. */
export interface NewPassword {
  /** ` --password "$PW"` where a shell fills it in; empty where the new tool asks. */
  readonly option: (name: string) => string;
  /** CLOUDHSM_PIN for a user. */
  readonly pin: (user: string) => string;
  /** What to do, and what is wrong with it, without telling any of it. */
  readonly notes: readonly string[];
}

/**
 * How the new tool gets a password.
 *
 * @param word undefined where the old tool asks for it
 * @param isFilledIn whether a shell puts values in place of variables: else, the word is the password
 */
export function newPassword(word: string | undefined, isFilledIn: boolean): NewPassword {
  if (word !== undefined && isFilledIn && variable.test(word)) {
    return {
      option: (name) => ` ${name} "${word}"`,
      pin: (user) => `CLOUDHSM_PIN="${user.replaceAll('"', "")}:${word}"`,
      notes: [],
    };
  }
  return {
    option: () => "",
    pin: (user) => `CLOUDHSM_PIN=${user}:<password>`,
    notes: ["asks for the password: answer the prompt", ...passwordNotes(word)],
  };
}

/** What is wrong with a password for the new tool, without telling any of it. */
export function passwordNotes(password: string | undefined): readonly string[] {
  if (password === undefined || variable.test(password)) return [];
  const length = Buffer.byteLength(password);
  return [
    ...(length < 8 || length > 32 ? ["the new tool takes passwords of 8 to 32 characters: change this one first"] : []),
    ...(password.includes(":") ? ["CLOUDHSM_PIN takes no password with a colon: change this one first"] : []),
  ];
}
