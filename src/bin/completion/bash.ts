import type { Outline } from "../outline.ts";
import { type Place, identifier, placesOf, proposalsAt, quoted, valuedOptions } from "./places.ts";

/** A script for bash that completes these programs. */
export function bashCompletion(programs: readonly Outline[]): string {
  return programs.map(completionOf).join("\n");
}

function completionOf(program: Outline): string {
  const places = placesOf(program);
  const name = identifier(program.name);
  const commands = places.filter(({ words }) => words.length > 0).map((place) => quoted(`${keyOf(place)} `));
  const descent = commands.length === 0 ? "" : descentOver(commands);
  return `${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at=
  COMPREPLY=()
${descent}  case "$at $prev" in
${places.flatMap(valueCases).join("")}  esac
  case "$at" in
${places.map(placeCase).join("")}  esac
}
complete -o bashdefault -o default -F ${name} ${program.name}
`;
}

/** Follows the words before the one that is completed down to a command. */
function descentOver(commands: readonly string[]): string {
  return `  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]} " in
      ${commands.join(" | ")}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
`;
}

/** Where nothing is proposed, bash proposes files, unless it is told that none are meant. */
function valueCases(place: Place): readonly string[] {
  return valuedOptions(place).map(({ flags, value }) => {
    const cases = flags.map((flag) => quoted(`${keyOf(place)} ${flag}`)).join(" | ");
    const { choices, names } = value ?? {};
    if (choices !== undefined) return `    ${cases}) ${replyWith(choices)}; return ;;\n`;
    if (names === "folder") return `    ${cases}) COMPREPLY=($(compgen -d -- "$cur")); return ;;\n`;
    const onlyOwn = names === undefined ? "compopt +o default +o bashdefault; " : "";
    return `    ${cases}) ${onlyOwn}return ;;\n`;
  });
}

function placeCase(place: Place): string {
  return `    ${quoted(keyOf(place))}) ${replyWith(proposalsAt(place))} ;;\n`;
}

function replyWith(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$cur"))`;
}

/** As the script counts the words to a place: each after a blank. */
function keyOf({ words }: Place): string {
  return words.map((word) => ` ${word}`).join("");
}
