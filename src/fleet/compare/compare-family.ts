import type { Difference, Subject } from "./difference.ts";
import { ImaginedHsm } from "./imagined-hsm.ts";
import { keyDifferences } from "./key-differences.ts";
import { repairKeys } from "./key-repairs.ts";
import { minimumDifferences, repairMinimums } from "./minimums.ts";
import { type Logins, chooseLogins } from "./officers.ts";
import type { Family, NumberedServer } from "./relative.ts";
import { type Finding, type HasOfficer, type Line, type Prerequisite, type Step, keyOf } from "./repair.ts";
import { unevenKeys } from "./right-keys.ts";
import { rightUsers } from "./right-users.ts";
import { userDifferences } from "./user-differences.ts";
import { repairUsers } from "./user-repairs.ts";

/** What is out of step in a family, and the lines that mend it. */
export interface FamilyComparison {
  /** The lines with which officers log in, before all others. */
  readonly logins: readonly Line[];
  /** In an order that works. */
  readonly findings: readonly Finding[];
}

/** Whether the HSMs of a family are the same in all that they have in common. */
export function isFamilyInStep(family: Family): boolean {
  return differencesOf(imagine(family)).size === 0;
}

/** Compares the HSMs of a family. `servers` are all of the configuration, of other families too. */
export function compareFamily(family: Family, servers: readonly NumberedServer[]): FamilyComparison {
  const differences = differencesOf(imagine(family));
  if (differences.size === 0) return { logins: [], findings: [] };
  const { logins, steps } = plan(family, servers);
  const told = new Set<string>();
  const findings = joined(steps).map((step) => {
    const key = keyOf(step.subject);
    const isFirst = !told.has(key);
    told.add(key);
    return {
      ...step,
      before: gathered(step.before),
      differences: isFirst ? (differences.get(key)?.differences ?? []) : [],
    };
  });
  // What the logins alone mend takes no step.
  const mended = [...differences]
    .filter(([key]) => !told.has(key))
    .map(([, { subject, differences: found }]) =>
      found.length === 0 ? [] : [{ subject, differences: found, lines: [], before: [], obstacles: [] }],
    );
  return { logins, findings: [...mended.flat(), ...findings] };
}

type Differences = ReadonlyMap<string, { readonly subject: Subject; readonly differences: readonly Difference[] }>;

function differencesOf(hsms: readonly ImaginedHsm[]): Differences {
  const all = [
    ...userDifferences(hsms, rightUsers(hsms)),
    ...unevenKeys(hsms).map((uneven) => keyDifferences(uneven, hsms)),
    ...minimumDifferences(hsms),
  ];
  return new Map(all.map((each) => [keyOf(each.subject), each]));
}

function imagine(family: Family): readonly ImaginedHsm[] {
  return family.map((hsm) => new ImaginedHsm(hsm));
}

interface Plan {
  readonly logins: readonly Line[];
  readonly steps: readonly Step[];
}

/**
 * Plans the steps for officers who are logged in wherever they are needed. A login itself changes something: it takes back
 * wrong passwords. So the plan is made again, until it needs no officer elsewhere.
 */
function plan(family: Family, servers: readonly NumberedServer[]): Plan {
  const listed = (hsms: readonly ImaginedHsm[]): readonly ImaginedHsm[] | undefined => {
    const found = servers.map(({ number }) => hsms.find(({ hsm }) => hsm.server?.number === number));
    return found.every((each) => each !== undefined) ? found : undefined;
  };
  const all = imagine(family);
  let needed = serversIn(
    stepsOf(all, () => true, listed(all)),
    family,
  );
  for (;;) {
    const hsms = imagine(family);
    const on = (some: ReadonlySet<string>): ReadonlySet<ImaginedHsm> => new Set(hsms.filter(({ id }) => some.has(id)));
    const everywhere = listed(hsms);
    const logins: Logins = chooseLogins(hsms, everywhere, on(needed), rightUsers(hsms));
    const steps = stepsOf(hsms, (each) => logins.on.has(each) || !needed.has(each.id), everywhere);
    const more = serversIn(steps, family);
    if ([...more].every((id) => needed.has(id))) return { logins: logins.lines, steps };
    needed = new Set([...needed, ...more]);
  }
}

function stepsOf(
  hsms: readonly ImaginedHsm[],
  hasOfficer: HasOfficer,
  everywhere: readonly ImaginedHsm[] | undefined,
): readonly Step[] {
  const steps = [...repairUsers(hsms, rightUsers(hsms), hasOfficer, everywhere)];
  steps.push(...repairKeys(hsms, hasOfficer));
  steps.push(...repairMinimums(hsms, hasOfficer));
  return steps.filter(({ lines, obstacles }) => lines.length > 0 || obstacles.length > 0);
}

/** The HSMs that the lines of steps go to, as a source or a destination. */
function serversIn(steps: readonly Step[], family: Family): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const { lines } of steps) {
    let isGlobal = true;
    for (const line of lines) {
      if (line.kind === "typed" && line.text.startsWith("server ")) isGlobal = false;
      if (line.kind === "typed" && line.text === "exit") isGlobal = true;
      if (isGlobal && line.kind === "typed" && line.text.startsWith("changePswd ")) {
        for (const { server } of family) if (server !== undefined) numbers.add(String(server.number));
      }
      const found = line.kind === "typed" ? /^(?:server|sync\w+ \d+) (\d+)$/.exec(line.text)?.[1] : undefined;
      if (found !== undefined) numbers.add(found);
    }
  }
  return new Set(
    family.filter(({ server }) => server !== undefined && numbers.has(String(server.number))).map(({ hsmId }) => hsmId),
  );
}

/** Puts steps about one subject together that follow each other. */
function joined(steps: readonly Step[]): readonly Step[] {
  const all: Step[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last === undefined || keyOf(last.subject) !== keyOf(step.subject)) {
      all.push(step);
      continue;
    }
    all[all.length - 1] = {
      subject: last.subject,
      lines: [...last.lines, ...step.lines],
      before: [...last.before, ...step.before],
      obstacles: [...last.obstacles, ...step.obstacles],
    };
  }
  return all;
}

/** Each login once, and the approvals that an HSM takes as one. */
function gathered(before: readonly Prerequisite[]): readonly Prerequisite[] {
  const all = new Map<string, Prerequisite>();
  for (const each of before) {
    const key = each.kind === "loggedIn" ? `${each.hsmId} ${each.id}` : `${each.hsmId} ${each.service}`;
    const known = all.get(key);
    const isMore = each.kind === "quorum" && known?.kind === "quorum";
    all.set(key, isMore ? { ...each, operations: known.operations + each.operations } : each);
  }
  return [...all.values()];
}
