import { type DescribedCommand, command } from "../../../command/command.ts";
import type { Parameter } from "../../../command/parameter.ts";
import { said } from "../../../command/result.ts";
import { textWidth, widest, wrapped } from "../../../text/wrapped.ts";

const commandName: Parameter<"name", string> & { readonly optional: true } = {
  key: "name",
  label: "Command",
  meaning: "a command, or the beginning of its name",
  optional: true,
  read: (word) => word,
  complete: ({ commandNames }) => Promise.resolve(commandNames),
};

/** Lists the commands of the mode, or explains one (the layout is that of the sibling shells' help). */
export const help = command({
  name: "help",
  parameters: [commandName],
  run({ cluster, commands: all, dialect, find, output }, { name }) {
    const columns = textWidth(output.columns);
    const isBrief = dialect.traits.help === "names";
    if (name !== undefined) return Promise.resolve(said(...explain(find(name), columns, isBrief)));
    const { mode } = cluster;
    const commands = all.filter(({ listedIn }) => listedIn.length > 0);
    const listed = commands.filter((each) => each.listedIn.includes(mode));
    if (isBrief) return Promise.resolve(said(...listed.map((each) => each.name)));
    // What is of both modes by name, is listed already.
    const elsewhere = commands.filter((each) => listed.every(({ name: other }) => other !== each.name));
    const width = Math.max(...commands.map((each) => each.name.length)) + 2;
    const rows = (each: DescribedCommand): readonly string[] => row(each, width, columns);
    const siblings = listed.filter(({ documented }) => !documented);
    const section = (title: string, members: readonly DescribedCommand[]): readonly string[] =>
      members.length === 0 ? [] : ["", ...wrapped(title, columns), ...members.flatMap(rows)];
    return Promise.resolve(
      said(
        ...listed.filter(({ documented }) => documented).flatMap(rows),
        ...section(dialect.undocumented, siblings),
        ...section(dialect.serverModeHeading, mode === "global" ? elsewhere : []),
      ),
    );
  },
});

/** Room for a summary after the names: where there is less, it is below the name. */
const leastSummary = 30;

/** A command and its summary, which continues below itself. */
function row({ name, summary }: DescribedCommand, width: number, columns: number): readonly string[] {
  if (columns < width + leastSummary) return [name, ...wrapped(`    ${summary}`, columns, "    ")];
  return wrapped(`${name.padEnd(width)}${summary}`, columns, " ".repeat(width));
}

/** Syntax, arguments, description and example of a command. */
function explain(
  { usage, parameters, description, example, modes }: DescribedCommand,
  columns: number,
  isBrief: boolean,
): readonly string[] {
  const explained = parameters.filter(({ meaning }) => meaning !== "");
  const between = isBrief ? [] : [""];
  const where = modes.length === 1 ? [modes.includes("global") ? "Global mode only." : "Server mode only."] : [];
  return [
    ...whole(usage, columns),
    ...between,
    ...(explained.length === 0
      ? []
      : [...heading("Arguments"), ...explained.flatMap((each) => argument(each, columns)), ...between]),
    ...heading("Description"),
    ...wrapped([description.replace(/\.?$/, "."), ...where].join(" "), columns),
    ...(example === undefined ? [] : [...between, ...heading("Example"), ...whole(example, columns)]),
  ];
}

/** A line as it is typed: in one piece, but at a terminal that would break it within a word. */
function whole(line: string, columns: number): readonly string[] {
  return columns < widest ? wrapped(line, columns, "    ") : [line];
}

function heading(title: string): readonly string[] {
  return [title, "*".repeat(title.length)];
}

/** A word of the syntax, without its brackets, and what it means. */
function argument({ label, meaning }: Parameter, columns: number): readonly string[] {
  return wrapped(`${label.replace(/^<(.*)>$/, "$1")}: ${meaning}`, columns, "    ");
}
