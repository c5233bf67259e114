import type { Command } from "commander";
import type * as Drills from "../../app/fleet/drills.ts";
import { homeWords } from "../home-words.ts";
import { type Subcommand, afterHelp } from "./subcommand.ts";

interface Options {
  readonly dir: string;
  readonly home?: string;
  readonly json?: true;
}

const word = "the name of a drill, or the path of a YAML file of your own";

/** `cloudhsm-sim drill` */
export const drill: Subcommand = (program, chosen) => {
  const group = program.command("drill").summary("rehearse a bad day, and know when it is mastered").helpCommand(false);
  const run = (work: (drills: typeof Drills) => Promise<number>): void => {
    chosen(async () => work(await import("../../app/fleet/drills.ts")));
  };
  const declare = (
    name: string,
    summary: string,
    description = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
  ): Command =>
    group
      .command(name)
      .summary(summary)
      .description(description)
      .option("--json", "one JSON object")
      .addHelpText("after", afterHelp);
  const inFolder = (command: Command): Command => command.option("--dir <dir>", "the folder of the drill", "drill");

  declare("list", "print the drills that come with this program").action((options: Options) => {
    run((drills) => drills.listDrills(requestOf(options)));
  });
  declare("show", "print the story of a drill and its goals")
    .argument("<name>", word)
    .action((name: string, options: Options) => {
      run((drills) => drills.showDrill(name, requestOf(options)));
    });
  inFolder(
    declare(
      "start",
      "begin a drill",
      "Makes the HSMs of a drill in a folder of its own, in the bad state that its story tells of, and prints the line that opens the shell. --home has the HSMs elsewhere, in a schema of a database that others reach, too.",
    ),
  )
    .option("--home <place>", `where its HSMs are, if not in its folder: ${homeWords}`)
    .argument("<name>", word)
    .action((name: string, options: Options) => {
      run((drills) => drills.startDrill(name, { ...requestOf(options), home: options.home }));
    });
  inFolder(declare("hint", "print the next hint")).action((options: Options) => {
    run((drills) => drills.giveHint(requestOf(options)));
  });
  inFolder(
    declare(
      "check",
      "say which goals are met",
      "Says which goals are met, and what is missing. The exit status is 0 only when all are.",
    ),
  ).action((options: Options) => {
    run((drills) => drills.checkDrill(requestOf(options)));
  });
  inFolder(declare("reset", "begin the drill of a folder anew")).action((options: Options) => {
    run((drills) => drills.resetDrill(requestOf(options)));
  });
};

function requestOf({ dir, json }: Options): Drills.DrillRequest {
  return { dir, json: json === true };
}
