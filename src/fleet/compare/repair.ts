import type { QuorumService } from "../../hsm/quorum-service.ts";
import type { UserType } from "../../hsm/user.ts";
import type { PresentLogin } from "../../simulator/present-logins.ts";
import type { Difference, Subject } from "./difference.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import type { NumberedServer } from "./relative.ts";

/** Says whether an officer can log in on an HSM. */
export type HasOfficer = (on: ImaginedHsm) => boolean;

/** A line for the shell: a command or an answer to a question, or a password that only an operator can type. */
export type Line =
  | { readonly kind: "typed"; readonly text: string }
  | {
      readonly kind: "password";
      readonly type: UserType;
      readonly name: string;
      /** Whether it is to be chosen now. */
      readonly isNew: boolean;
      /** The number of the server on which it must be right; undefined is all of them. */
      readonly server: number | undefined;
    };

/** What must be done on an HSM before the lines work there. */
export type Prerequisite =
  | {
      readonly kind: "loggedIn";
      readonly hsmId: string;
      readonly login: PresentLogin;
      /** By which the login is ended, on all HSMs. */
      readonly id: string;
    }
  | {
      readonly kind: "quorum";
      readonly hsmId: string;
      readonly service: QuorumService;
      /** Officers who must approve of each operation. */
      readonly minimum: number;
      /** How many of the lines are such operations there. */
      readonly operations: number;
    };

/** Why no line of the shell mends something on an HSM. */
export type Obstacle =
  | { readonly kind: "notListed"; readonly hsmId: string }
  | { readonly kind: "noOfficer"; readonly hsmId: string }
  | { readonly kind: "applianceUser"; readonly hsmId: string }
  | { readonly kind: "ownsKeys"; readonly hsmId: string; readonly name: string; readonly id: number }
  | { readonly kind: "inTheWay"; readonly hsmId: string; readonly name: string; readonly id: number }
  | { readonly kind: "copyRefused"; readonly hsmId: string; readonly name: string; readonly id: number }
  | { readonly kind: "lost"; readonly hsmId: string; readonly name: string; readonly id: number }
  | { readonly kind: "otherKey"; readonly hsmId: string }
  | { readonly kind: "holderMissing"; readonly hsmId: string; readonly id: number }
  | { readonly kind: "noRoom"; readonly hsmId: string; readonly what: "users" | "keys" }
  | { readonly kind: "officers"; readonly hsmId: string; readonly minimum: number }
  | { readonly kind: "order"; readonly hsmId: string };

/** What is done about one subject, at one point of the order that works. */
export interface Step {
  readonly subject: Subject;
  readonly lines: readonly Line[];
  readonly before: readonly Prerequisite[];
  readonly obstacles: readonly Obstacle[];
}

/** One subject that is out of step, with what mends it. Where lines come later again, it is named again. */
export interface Finding extends Step {
  readonly differences: readonly Difference[];
}

/** Lines that are typed as they are. */
export function typed(...texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ kind: "typed", text }));
}

/** Lines in the server mode of a server. */
export function onServer({ number }: NumberedServer, ...lines: readonly Line[]): readonly Line[] {
  return [...typed(`server ${String(number)}`), ...lines, ...typed("exit")];
}

/** Why no line reaches an HSM. */
export function unreachable({ id: hsmId, hsm }: ImaginedHsm): Obstacle {
  return { kind: hsm.server === undefined ? "notListed" : "noOfficer", hsmId };
}

/** What two subjects have the same of exactly when they are one. */
export function keyOf(subject: Subject): string {
  switch (subject.kind) {
    case "user":
      return `user ${subject.name.toLowerCase()}`;
    case "key":
      return `key ${String(subject.handle)}`;
    case "minimum":
      return `minimum ${subject.service}`;
  }
}
