import type { Outline, OutlinedOption } from "../outline.ts";
import { type Place, placesOf, quoted } from "./places.ts";

/** A script for fish that completes these programs. */
export function fishCompletion(programs: readonly Outline[]): string {
  return programs.flatMap((program) => placesOf(program).flatMap((place) => linesAt(program.name, place))).join("");
}

function linesAt(program: string, { words, outline }: Place): readonly string[] {
  const { commands, options, arguments: given } = outline;
  const names = commands.map(({ name }) => name);
  const before = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const deeper = names.length === 0 ? [] : [`not __fish_seen_subcommand_from ${names.join(" ")}`];
  const condition = [...before, ...deeper].join("; and ");
  const start = `complete -c ${program}${condition === "" ? "" : ` -n ${quoted(condition)}`}`;
  const choices = given.flatMap(({ value }) => value.choices ?? []);
  const files = given.some(({ value }) => value.names !== undefined) ? "" : " -f";
  return [
    ...commands.map(({ name, summary }) => `${start} -f -a ${name} -d ${fishQuoted(summary)}\n`),
    ...(choices.length === 0 ? [] : [`${start} -f -a ${quoted(choices.join(" "))}\n`]),
    ...(files === "" || commands.length > 0 ? [] : [`${start}${files}\n`]),
    ...options.map((option) => `${start}${optionWords(option)}\n`),
  ];
}

function optionWords({ flags, description, value }: OutlinedOption): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join("");
  return `${names}${valueWords(value)} -d ${fishQuoted(description.replaceAll("\n", " "))}`;
}

function valueWords(value: OutlinedOption["value"]): string {
  if (value === undefined) return "";
  if (value.choices !== undefined) return ` -x -a ${quoted(value.choices.join(" "))}`;
  if (value.names === "folder") return " -x -a '(__fish_complete_directories)'";
  return value.names === "file" ? " -r" : " -x";
}

/** In single quotes fish knows a backslash before a quote and before another one. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
