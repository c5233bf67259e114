import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import { loginId } from "../logins.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import type { Line, Obstacle, Prerequisite } from "./repair.ts";

/** What is done about one subject, as it is put together. */
export interface Draft {
  readonly lines: Line[];
  readonly before: Prerequisite[];
  readonly obstacles: Obstacle[];
}

/** Notes what must be done before users of an HSM can be changed. */
export function require(step: Draft, on: ImaginedHsm, user: ComparableUser | undefined, operations: number): void {
  const logins = user === undefined ? [] : on.hsm.logins.filter(({ userId }) => userId === user.id);
  step.before.push(
    ...logins.map(
      (login) => ({ kind: "loggedIn", hsmId: on.id, login, id: loginId(login.shell, login.type, login.name) }) as const,
    ),
  );
  const minimum = on.minimum("USER_MGMT");
  if (minimum > 1) step.before.push({ kind: "quorum", hsmId: on.id, service: "USER_MGMT", minimum, operations });
}
