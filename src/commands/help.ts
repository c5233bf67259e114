import { type Command, type Parameter, command } from "./command.ts";

const commandName: Parameter<"name", string> & { readonly optional: true } = {
  key: "name",
  label: "Command",
  meaning: "a command, or enough of its name",
  optional: true,
  read: (word) => word,
  complete: ({ commands }) => Promise.resolve(commands.map(({ name }) => name)),
};

/** Lists the commands of the mode, or explains one (the layout is that of the sibling shells' help). */
export const help = command({
  name: "help",
  summary: "Lists the commands, or explains one",
  modes: ["global", "server"],
  parameters: [commandName],
  run({ cluster, commands, dialect, find, output }, { name }) {
    if (name !== undefined) {
      const found = find(name);
      if (found === undefined) return Promise.resolve("failed");
      output.print(...explain(found));
      return Promise.resolve("done");
    }
    const mode = cluster.mode;
    const listed = commands.filter((each) => each.modes.includes(mode));
    const width = Math.max(...listed.map((each) => each.name.length)) + 2;
    const row = (each: Command): string => `${each.name.padEnd(width)}${each.summary}`;
    output.print(...listed.filter(({ documented }) => documented).map(row));
    const siblings = listed.filter(({ documented }) => !documented);
    if (siblings.length > 0) output.print("", dialect.undocumented, ...siblings.map(row));
    return Promise.resolve("done");
  },
});

/** Syntax, arguments, description and example of a command. */
function explain({ usage, parameters, description, example, modes }: Command): readonly string[] {
  const where = modes.length === 1 ? [modes.includes("global") ? "Global mode only." : "Server mode only."] : [];
  return [
    usage,
    "",
    ...(parameters.length === 0 ? [] : [...heading("Arguments"), ...parameters.flatMap(argument), ""]),
    ...heading("Description"),
    ...wrapped([description.replace(/\.?$/, "."), ...where].join(" ")),
    ...(example === undefined ? [] : ["", ...heading("Example"), example]),
  ];
}

function heading(title: string): readonly string[] {
  return [title, "*".repeat(title.length)];
}

/** A word of the syntax, without its brackets, and what it means. */
function argument({ label, meaning }: Parameter): readonly string[] {
  return wrapped(`${label.replace(/^<(.*)>$/, "$1")}: ${meaning}`, "    ");
}

/** The widest line that no terminal breaks. */
const widest = 79;

/** Breaks a text at blanks into lines that fit, all but the first behind `indent`. */
function wrapped(text: string, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > widest) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
