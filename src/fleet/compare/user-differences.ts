import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import { type Difference, type Seen, type Shown, differenceIn, numbered } from "./difference.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import type { Step } from "./repair.ts";
import { type RightUsers, isSameEverywhere, rightState } from "./right-users.ts";

/** A user that is not the same everywhere. */
type UserFinding = Pick<Step, "subject"> & { readonly differences: readonly Difference[] };

/** All users that are not the same on all HSMs, by name. */
export function userDifferences(hsms: readonly ImaginedHsm[], { winners, losers }: RightUsers): readonly UserFinding[] {
  const findings: UserFinding[] = [];
  const seen = new Set<string>();
  for (const identity of [...winners, ...losers]) {
    if (seen.has(identity.name)) continue;
    seen.add(identity.name);
    if (identity.holders.length === hsms.length && isSameEverywhere(identity)) continue;
    const differences = differencesOf(
      hsms,
      identity.name,
      winners.includes(identity) ? rightState(identity).user : undefined,
    );
    const { id, type } = identity;
    const name = identity.holders[0]?.user.name ?? identity.name;
    if (differences.length > 0) findings.push({ subject: { kind: "user", name, type, id }, differences });
  }
  return findings;
}

/** @param right undefined where no HSM has the user as it can be everywhere */
function differencesOf(
  hsms: readonly ImaginedHsm[],
  name: string,
  right: ComparableUser | undefined,
): readonly Difference[] {
  const all = hsms.map((on) => ({ hsmId: on.id, user: on.named(name) }));
  const found = all.flatMap(({ hsmId, user }) => (user === undefined ? [] : [{ hsmId, user }]));
  const shown = (part: (user: ComparableUser) => Shown): readonly Seen<Shown>[] =>
    found.map(({ hsmId, user }) => ({ hsmId, value: part(user) }));
  const marks = (part: (user: ComparableUser) => string | undefined): readonly Seen<Shown>[] =>
    numbered(
      found.map(({ hsmId, user }) => ({ hsmId, value: part(user) })),
      right && part(right),
    );
  const is = (part: (user: ComparableUser) => Shown) => (value: Shown) => right !== undefined && value === part(right);
  const isFirst = (mark: string | undefined) => (value: Shown) =>
    right !== undefined && value === (mark === undefined ? null : 1);
  const presence = all.map(({ hsmId, user }) => ({ hsmId, value: user !== undefined }));
  return [
    differenceIn("presence", presence, (value) => value === true),
    ...(["id", "type", "name"] as const).map((part) =>
      differenceIn(
        part,
        shown((user) => user[part]),
        is((user) => user[part]),
      ),
    ),
    differenceIn(
      "password",
      marks(({ password }) => password),
      isFirst(right?.password),
    ),
    differenceIn(
      "quorumKey",
      marks(({ quorumKey }) => quorumKey),
      isFirst(right?.quorumKey),
    ),
    ...(["twoFactor", "keptFrom", "loginFailures"] as const).map((part) =>
      differenceIn(
        part,
        shown((user) => user[part]),
        is((user) => user[part]),
      ),
    ),
  ].filter((difference) => difference !== undefined);
}
