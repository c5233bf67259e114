import type { Outline, OutlinedOption, OutlinedValue } from "./outline.ts";

/** What a manual page says besides the outline of its program. */
export interface PageExtras {
  readonly version: string;
  /** What follows in help, line by line as it stands: sections begin with a line that ends with a colon. */
  readonly after: string;
}

/** The manual page of a program, in the language of man(7). */
export function manualPage(program: Outline, { version, after }: PageExtras): string {
  const { name, description } = program;
  return [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`${name} ${version}`)} "User Commands"`,
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(firstSentence(description))}`,
    ".SH SYNOPSIS",
    ...synopsis(name, program),
    ".SH DESCRIPTION",
    escaped(description),
    ...titled(".SH ARGUMENTS", argumentLines(program)),
    ...titled(".SH OPTIONS", program.options.flatMap(optionLines)),
    ...titled(
      ".SH COMMANDS",
      program.commands.flatMap((command) => commandLines([], command)),
    ),
    ".SH NOTES",
    ".nf",
    ...after.trim().split("\n").map(escaped),
    ".fi",
    "",
  ].join("\n");
}

function synopsis(name: string, { arguments: given, commands }: Outline): readonly string[] {
  const values = given.map(({ value }) => value.shown);
  const words = ["[options]", ...(commands.length > 0 ? ["command"] : []), ...values];
  return [`.B ${escaped(name)}`, escaped(words.join(" "))];
}

/** A command and those below it. One that only leads to others has nothing to say by itself. */
function commandLines(above: readonly string[], command: Outline): readonly string[] {
  const words = [...above, command.name];
  const usage = [...words, ...command.arguments.map(({ value }) => value.shown)].join(" ");
  const own = [
    `.SS ${quoted(usage)}`,
    escaped(command.description === "" ? `${command.summary}.` : command.description),
    ...argumentLines(command),
    ...command.options.flatMap(optionLines),
  ];
  const isOnlyWay = command.description === "" && command.commands.length > 0;
  return [...(isOnlyWay ? [] : own), ...command.commands.flatMap((below) => commandLines(words, below))];
}

function argumentLines({ arguments: given }: Outline): readonly string[] {
  return given.flatMap(({ value, description }) => [
    ".TP",
    `.I ${escaped(value.shown)}`,
    escaped(description + choicesOf(value)),
  ]);
}

function optionLines({ flags, description, value }: OutlinedOption): readonly string[] {
  const shown = value === undefined ? "" : ` \\fI${escaped(value.shown)}\\fR`;
  return [
    ".TP",
    `${flags.map((flag) => `\\fB${escaped(flag)}\\fR`).join(", ")}${shown}`,
    escaped(description + choicesOf(value)),
  ];
}

function choicesOf(value: OutlinedValue | undefined): string {
  return value?.choices === undefined ? "" : ` (${value.choices.join(", ")})`;
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function firstSentence(text: string): string {
  return /^.*?(?=[.:](?:\s|$))/s.exec(text)?.[0] ?? text;
}

/** A text without what roff would take for more: backslashes, and a dot or quote at the beginning of a line. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&");
}

/** One argument of a request. */
function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', "'")}"`;
}
