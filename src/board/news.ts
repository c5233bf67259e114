import type { BoardDrill, BoardHome, Snapshot } from "../endpoint/board/snapshot.ts";

/** What changed between two looks, in sentences that can be spoken. */
export function newsOf(before: Snapshot, now: Snapshot): readonly string[] {
  return [
    ...now.homes.flatMap((home) =>
      homeNews(
        before.homes.find(({ name }) => name === home.name),
        home,
      ),
    ),
    ...now.drills.flatMap((drill) =>
      drillNews(
        before.drills.find(({ name }) => name === drill.name),
        drill,
      ),
    ),
  ];
}

function homeNews(before: BoardHome | undefined, home: BoardHome): readonly string[] {
  if (before === undefined) return [];
  const columns = before.families.flatMap((family) => family.columns);
  return home.families.flatMap((family) => {
    const [id = ""] = family.clusters;
    const known = before.families.find(({ clusters }) => clusters[0] === id);
    const changed = family.columns.filter(({ hsmId, state }) => {
      const column = columns.find((each) => each.hsmId === hsmId);
      return column !== undefined && column.state !== state;
    });
    return [
      ...changed.map(({ hsmId, state }) => `${hsmId} is ${state}`),
      ...(known === undefined || known.outOfStep === family.outOfStep ? [] : [`${id}: ${stepText(family.outOfStep)}`]),
    ];
  });
}

/** `in step`, `2 out of step` */
export function stepText(outOfStep: number): string {
  return outOfStep === 0 ? "in step" : `${String(outOfStep)} out of step`;
}

function drillNews(before: BoardDrill | undefined, { name, started }: BoardDrill): readonly string[] {
  if (started === undefined || before?.started === undefined) return [];
  const [was, is] = [before.started, started].map(({ goals }) => goals.filter(({ isMet }) => isMet).length);
  if (was === is || is === undefined) return [];
  const all = started.goals.length;
  return [is === all ? `Drill ${name} is mastered` : `Drill ${name}: ${String(is)} of ${String(all)} goals are met`];
}
