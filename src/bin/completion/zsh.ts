import type { Outline, OutlinedValue } from "../outline.ts";
import { type Place, identifier, placesOf, quoted, valuedOptions } from "./places.ts";

/** A script for zsh that completes these programs: to be sourced, once compinit has run. */
export function zshCompletion(programs: readonly Outline[]): string {
  return programs.map(completionOf).join("\n");
}

function completionOf(program: Outline): string {
  const places = placesOf(program);
  const name = identifier(program.name);
  const commands = places.filter(({ words }) => words.length > 0).map((place) => quoted(keyOf(place)));
  const descent = commands.length === 0 ? "" : descentOver(commands);
  return `${name}() {
  local at= prev="\${words[CURRENT-1]}"
  local -a proposals
${descent}  case "$at $prev" in
${places.flatMap(valueCases).join("")}  esac
  case "$at" in
${places.map(placeCase).join("")}  esac
}
compdef ${name} ${program.name}
`;
}

function descentOver(commands: readonly string[]): string {
  return `  local i
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
      ${commands.join(" | ")}) at="$at \${words[i]}" ;;
    esac
  done
`;
}

function valueCases(place: Place): readonly string[] {
  return valuedOptions(place).map(({ flags, value }) => {
    const cases = flags.map((flag) => quoted(`${keyOf(place)} ${flag}`)).join(" | ");
    return `    ${cases}) ${value === undefined ? ":" : valueProposal(value)}; return ;;\n`;
  });
}

function valueProposal({ choices, names }: OutlinedValue): string {
  if (choices !== undefined) return `compadd -- ${choices.map(quoted).join(" ")}`;
  if (names === undefined) return ":";
  return names === "folder" ? "_files -/" : "_files";
}

function placeCase(place: Place): string {
  const { commands, options, arguments: given } = place.outline;
  const described = [
    ...commands.map(({ name, summary }) => [name, summary] as const),
    ...options.flatMap(({ flags, description }) => flags.map((flag) => [flag, description] as const)),
  ];
  const list = described.map(([word, text]) => quoted(`${word}:${text.replaceAll("\n", " ")}`)).join(" ");
  const choices = given.flatMap(({ value }) => value.choices ?? []);
  const files = given.some(({ value }) => value.names !== undefined) ? "; _files" : "";
  const more = choices.length === 0 ? "" : `; compadd -- ${choices.map(quoted).join(" ")}`;
  return `    ${quoted(keyOf(place))}) proposals=(${list}); _describe proposal proposals${more}${files} ;;\n`;
}

function keyOf({ words }: Place): string {
  return words.map((word) => ` ${word}`).join("");
}
