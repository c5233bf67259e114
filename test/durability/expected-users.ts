import type { AuditedEvent } from "../harness/audit.ts";

/** A user as it must be found: what listUsers shows, and the password that logs in. */
export interface ExpectedUser {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly failures: number;
  readonly password: string;
}

/** What the commands of a session make of a user where they succeed. */
export interface Effects {
  readonly created: ExpectedUser;
  readonly changedPassword: string;
  readonly synchronised: ExpectedUser;
}

/** The users of an HSM after the events of its audit log: an independent account of what a request does. */
export function usersAfter(
  initial: readonly ExpectedUser[],
  events: readonly AuditedEvent[],
  { created, changedPassword, synchronised }: Effects,
): readonly ExpectedUser[] {
  const users = new Map(initial.map((user) => [user.name, user]));
  const change = (name: string | undefined, changes: Partial<ExpectedUser>): void => {
    const user = users.get(name ?? "");
    if (user === undefined) throw new Error(`an event about ${String(name)}, whom this HSM does not have`);
    users.set(user.name, { ...user, ...changes });
  };
  const wrongPassword = 163;
  for (const { opcode, response, user: name } of events) {
    if (response === wrongPassword) change(name, { failures: (users.get(name ?? "")?.failures ?? 0) + 1 });
    if (response !== 0) continue;
    if (opcode === "CN_LOGIN") change(name, { failures: 0 });
    if (opcode === "CN_CREATE_USER") users.set(created.name, created);
    if (opcode === "CN_CHANGE_PSWD") change(name, { password: changedPassword, failures: 0 });
    if (opcode === "CN_DELETE_USER") users.delete(name ?? "");
    if (opcode === "CN_INSERT_MASKED_OBJECT_USER") users.set(synchronised.name, synchronised);
  }
  return [...users.values()].sort((one, other) => one.id - other.id);
}

const acknowledgements: readonly (readonly [RegExp, opcode: string, response: number])[] = [
  [/^loginHSM failed: HSM Error: RET_USER_LOGIN_FAILURE\nloginHSM failed on server (\d)/gm, "CN_LOGIN", 163],
  [/loginHSM success on server (\d)/g, "CN_LOGIN", 0],
  [/createUser success on server (\d)/g, "CN_CREATE_USER", 0],
  [/changePswd success on server (\d)/g, "CN_CHANGE_PSWD", 0],
  [/deleteUser success on server (\d)/g, "CN_DELETE_USER", 0],
  [/logoutHSM success on server (\d)/g, "CN_LOGOUT", 0],
  [/ExtractMaskedObject: 0x(0) !/g, "CN_EXTRACT_MASKED_OBJECT_USER", 0],
  // A session copies from server 0 to server 1.
  [/InsertMaskedObject: 0x0 (!)/g, "CN_INSERT_MASKED_OBJECT_USER", 0],
];

/** What a session was told to be done on a server, that its audit log does not have; nothing is what must be. */
export function missing(stdout: string, server: number, events: readonly AuditedEvent[]): readonly string[] {
  return acknowledgements.flatMap(([pattern, opcode, response]) => {
    const told = [...stdout.matchAll(pattern)].filter(([, id]) => id?.replace("!", "1") === String(server));
    const kept = events.filter((event) => event.opcode === opcode && event.response === response);
    return told.length > kept.length ? [`${opcode}: told ${String(told.length)}, kept ${String(kept.length)}`] : [];
  });
}

/** The rows of listUsers, by server. */
export function listedUsers(stdout: string): readonly (readonly Omit<ExpectedUser, "password">[])[] {
  return stdout
    .split(/^Users on server /m)
    .slice(1)
    .map((part) =>
      [...part.matchAll(/^ +(\d+)\s+(\w+)\s+(\w+)\s+(?:YES|NO)\s+(\d+)\s+(?:YES|NO)$/gm)].map(
        ([, id, type = "", name = "", failures]) => ({ id: Number(id), type, name, failures: Number(failures) }),
      ),
    );
}
