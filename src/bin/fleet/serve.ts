import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";
import { seconds, wholeNumber } from "./values.ts";

interface Options extends HomeOptions {
  readonly port: number;
  readonly host: string;
  readonly region: string;
  readonly delay: number;
  readonly quiet?: true;
  readonly board: boolean;
  readonly drills?: string;
}

/** `cloudhsm-sim serve` */
export const serve: Subcommand = (program, chosen) => {
  const command = program
    .command("serve")
    .summary("answer aws cloudhsmv2, until Ctrl-C")
    .description(
      "Answers what aws cloudhsmv2 --endpoint-url asks, and any AWS SDK, about the HSMs of a home. Shells may be open meanwhile, " +
        "and what they do shows. A line for each request goes to standard error.",
    )
    .option("--port <port>", "where it listens; 0 is any that is free", wholeNumber(0, 65_535), 4599)
    .option(
      "--host <name>",
      "the name or address at which it listens: others than this machine can ask at some",
      "127.0.0.1",
    )
    .option("--region <region>", "the region of requests that are not signed", "us-east-1")
    .option(
      "--delay <s>",
      "seconds for which each state that passes is shown, as CREATE_IN_PROGRESS is: for scripts that poll",
      seconds,
      0,
    )
    .option("--quiet", "no line for each request")
    .option("--drills <dir>", "where the board starts drills, each in a folder drill-<name>; else where the home is")
    .option("--no-board", "no page for a browser at /")
    .action((config: string | undefined, options: Options) => {
      chosen(async () => {
        const { serveHome } = await import("../../app/fleet/serve.ts");
        const { port, host, region, delay, quiet, drills, board } = options;
        const times = { delay: delay * 1000 };
        const request = { ...requestOf(options, config), port, host, region, ...times, quiet: quiet === true, drills };
        if (!board) return serveHome(request);
        const { openBoard } = await import("../../app/board/open-board.ts");
        return serveHome(request, openBoard);
      });
    });
  withHomeOptions(withConfigurationArgument(command));
};
