import type { Found, HomeWords } from "../home.ts";
import type { FileState } from "./hsm-file.ts";
import { StoreError } from "../store.ts";

/** What is said of homes that are folders. */
export const fileWords: HomeWords = {
  home: "folder",
  place: "file",
  restore: (whose) => `remove its -wal and -shm and put a backup of ${whose} file back, or delete all three`,
};

/** What a file is to those who look at a home. */
export function foundOf(state: FileState, path: string): Found {
  switch (state.kind) {
    case "hsm":
      return { kind: "hsm", mark: String(state.idMark), since: state.since };
    case "absent":
    case "otherFormat":
      return { kind: state.kind };
    case "linked":
    case "otherLog":
    case "empty":
    case "foreign":
      return { kind: "unusable", reason: mends[state.kind](path) };
  }
}

/** What to do about a file that this program cannot open as an HSM. */
const mends = {
  linked: (file: string) =>
    `${file} has a second name (a hard link), but an HSM may have only one: delete the other name, or put a copy in its place (cp to a new file, then mv it here).`,
  otherLog: (file: string) =>
    `${file} is older or newer than the log beside it, as happens when a backup is put back: ` +
    `remove ${file}-wal and ${file}-shm to keep what the file holds, or put back the file that they belong to.`,
  empty: (file: string) =>
    `${file} is damaged: it has 0 bytes, as happens when the disk is full, or when an older version of this ` +
    `program was killed. Put a backup of it back, or remove it with ${file}-wal and ${file}-shm: the next start creates it anew.`,
  foreign: (file: string) => `${file} is not the file of an HSM: remove it.`,
} as const;

/** Returns why the file at a path cannot be opened as a store. */
export function refusalOf({ kind }: Exclude<FileState, { kind: "hsm" }>, path: string): StoreError {
  switch (kind) {
    case "linked":
      return unavailable(`${path} has a second name (a hard link)`, "delete the other name");
    case "otherLog":
      return unavailable(`${path} is older or newer than the log beside it`, `remove ${path}-wal and ${path}-shm`);
    case "empty":
      return unavailable(`${path} is empty: all that it held is lost`);
    case "absent":
    case "otherFormat":
    case "foreign":
      return unavailable(`${path} is not the file of an HSM`);
  }
}

function unavailable(message: string, advice?: string): StoreError {
  return new StoreError("unavailable", message, advice === undefined ? {} : { advice });
}
