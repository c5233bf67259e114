import type { QuorumService } from "../hsm/quorum-service.ts";
import type { ReturnCodeName } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import type { Configuration } from "./configuration.ts";

/** The HSMs that a goal is about: all of the home, or those that the file names. */
export type Where = "all" | readonly string[];

/** What has to be so at the end of a drill. */
export type Goal =
  | { readonly kind: "inStep" }
  | UserGoal
  | {
      readonly kind: "absent";
      readonly where: Where;
      readonly user?: string | undefined;
      readonly key?: number | undefined;
    }
  | KeyGoal
  | { readonly kind: "minimum"; readonly where: Where; readonly service: QuorumService; readonly minimum: number }
  | AuditGoal
  | UntouchedGoal;

/** A user is there. */
interface UserGoal {
  readonly kind: "user";
  readonly where: Where;
  readonly name: string;
  readonly type: UserType;
  /** Left out, any will do. */
  readonly password?: string | undefined;
  /** Left out, locked or not. */
  readonly locked?: boolean | undefined;
}

/** A key is there. Owner and sharees are names. */
interface KeyGoal {
  readonly kind: "key";
  readonly where: Where;
  readonly handle: number;
  readonly owner?: string | undefined;
  readonly sharedWith?: readonly string[] | undefined;
  readonly mValue?: number | undefined;
}

/** The audit log says, or does not say, that something happened since the drill began. */
interface AuditGoal {
  readonly kind: "audit";
  readonly where: Where;
  readonly says: boolean;
  readonly opcode: string;
  readonly user?: string | undefined;
  readonly response?: ReturnCodeName | undefined;
}

/** Users and keys are as they were when the drill began: nobody repaired what was right. */
export interface UntouchedGoal {
  readonly kind: "untouched";
  readonly where: Where;
  /** Names; `all` is everybody that was there. */
  readonly users: "all" | readonly string[];
  /** Handles; `all` is every key that was there. */
  readonly keys: "all" | readonly number[];
}

/** A goal, and where the file says so: `drill.yaml:12:5`. */
export type PlacedGoal = Goal & { readonly place: string };

/** Somebody who is logged in when the drill begins, in a process of its own. */
export interface DrillLogin {
  readonly type: UserType;
  readonly name: string;
  readonly password: string;
}

/** A rehearsal: the bad state, the story that goes with it, and how one knows that it is mastered. */
export interface Drill {
  readonly title: string;
  readonly story: string;
  readonly hints: readonly string[];
  readonly goals: readonly PlacedGoal[];
  readonly logins: readonly DrillLogin[];
  /** The HSMs at the beginning, and the faults that are set. */
  readonly configuration: Configuration;
}
