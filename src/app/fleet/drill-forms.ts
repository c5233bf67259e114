import type { Drill, Goal, PlacedGoal, Where } from "../../config/drill.ts";
import { isServerHome } from "../../config/home.ts";
import type { CheckedGoal } from "../../fleet/drills/check-goals.ts";
import { shellLine as lineOf } from "../../text/shell-line.ts";
import { printable } from "../../text/printable.ts";
import { counted } from "./counted.ts";
import type { DrillFolder } from "./drill-folder.ts";
import { openingLine } from "./opening-line.ts";
import type { Paint } from "./paint.ts";
import { shortfallText } from "./shortfall-text.ts";

/** A drill as it is told before it begins: its story and goals. */
export function drillAsText({ title, story, goals, hints }: Drill): readonly string[] {
  return [
    title,
    "",
    ...story.trimEnd().split("\n"),
    "",
    "Goals:",
    ...goals.map((goal) => `  - ${goalText(goal)}`),
    "",
    hints.length === 0 ? "There are no hints." : `${counted(hints.length, "hint")}: cloudhsm-sim drill hint`,
  ].map(printable);
}

/** Who is logged in when a drill begins, beside whoever rehearses it. */
export function loggedInLines(folder: DrillFolder, drill: Drill): readonly string[] {
  const { logins } = drill;
  if (logins.length === 0) return [];
  const users = logins.map(({ type, name }) => `${name} (${type})`).join(", ");
  return [
    `logged in:  ${users}, by processes of the drill`,
    `sessions:   cloudhsm-sim sessions --home ${typed(folder.home)} --config ${folder.configurationOf(drill)}`,
  ].map(printable);
}

/** How to go on in the folder of a drill. */
export function nextSteps(folder: DrillFolder, drill: Drill): readonly string[] {
  return [
    `the shell:  ${shellLine(folder, drill)}`,
    `compare:    cloudhsm-sim compare --home ${typed(folder.home)} --config ${folder.configurationOf(drill)}`,
    `a hint:     cloudhsm-sim drill hint --dir ${folder.name}`,
    `mastered?   cloudhsm-sim drill check --dir ${folder.name}`,
  ].map(printable);
}

/** The line that opens the shell of a drill. */
export function shellLine(folder: DrillFolder, drill: Drill): string {
  return openingLine(folder.home, folder.configurationOf(drill), drill.configuration.dialect);
}

/** As a line for a shell has it, to which the address of a database is full of signs. */
function typed(home: string): string {
  return isServerHome(home) ? lineOf([home]) : home;
}

/** Which goals are met, and what is missing of the others. */
export function checkedAsText(checked: readonly CheckedGoal[], paint: Paint): readonly string[] {
  const met = checked.filter(({ shortfalls }) => shortfalls.length === 0).length;
  const isMastered = met === checked.length;
  return [
    ...checked.flatMap(({ goal, shortfalls }) => [
      `${shortfalls.length === 0 ? paint.right("met      ") : paint.wrong("not met  ")}${printable(goalText(goal))}`,
      ...shortfalls.map((shortfall) => printable(`           ${shortfallText(shortfall)}`)),
    ]),
    isMastered
      ? paint.right("mastered: all goals are met")
      : paint.wrong(`not mastered yet: ${String(met)} of ${counted(checked.length, "goal")} met`),
  ];
}

/** The same as docs/json.md describes it. */
export function checkedAsJson(checked: readonly CheckedGoal[]): object {
  return {
    isMastered: checked.every(({ shortfalls }) => shortfalls.length === 0),
    goals: checked.map(({ goal, shortfalls }) => ({ ...goalAsJson(goal), isMet: shortfalls.length === 0, shortfalls })),
  };
}

/** A goal as docs/json.md describes it: with its words, and without a password. */
export function goalAsJson(goal: PlacedGoal): object {
  return { kind: goal.kind, text: goalText(goal) };
}

/** A goal in words. */
export function goalText(goal: Goal): string {
  switch (goal.kind) {
    case "inStep":
      return "all HSMs of each cluster and its clones are in step";
    case "user": {
      const { name, type, password, locked, where } = goal;
      const more = [
        ...(password === undefined ? [] : ["with the password of the story"]),
        ...(locked === undefined ? [] : [locked ? "locked" : "not locked"]),
      ];
      return [`${name} (${type}) is on ${whereText(where)}`, ...more].join(", ");
    }
    case "absent":
      return `${goal.user ?? `key ${String(goal.key)}`} is on ${goal.where === "all" ? "no HSM" : `none of ${goal.where.join(", ")}`}`;
    case "key": {
      const { handle, owner, sharedWith, mValue, where } = goal;
      const more = [
        ...(owner === undefined ? [] : [`owned by ${owner}`]),
        ...(sharedWith === undefined
          ? []
          : [`shared with ${sharedWith.length === 0 ? "nobody" : sharedWith.join(", ")}`]),
        ...(mValue === undefined ? [] : [`with an M value of ${String(mValue)}`]),
      ];
      return [`key ${String(handle)} is on ${whereText(where)}`, ...more].join(", ");
    }
    case "minimum":
      return `${goal.service} takes ${counted(goal.minimum, "officer")} on ${whereText(goal.where)}`;
    case "audit": {
      const { says, opcode, user, response, where } = goal;
      const event = [
        opcode,
        ...(user === undefined ? [] : [`of ${user}`]),
        ...(response === undefined ? [] : [`with ${response}`]),
      ];
      return `the audit log of ${whereText(where)} ${says ? "has" : "does not have"} ${event.join(" ")}`;
    }
    case "untouched":
      return `${untouchedText(goal)} on ${whereText(goal.where)}: left alone`;
  }
}

function untouchedText({ users, keys }: Extract<Goal, { readonly kind: "untouched" }>): string {
  const parts = [
    ...(users === "all" ? ["every user"] : users),
    ...(keys === "all" ? ["every key"] : keys.map((handle) => `key ${String(handle)}`)),
  ];
  return parts.join(", ");
}

function whereText(where: Where): string {
  return where === "all" ? "all HSMs" : where.join(", ");
}
