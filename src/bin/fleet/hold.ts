import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly hsm?: string;
}

/** `cloudhsm-sim hold` */
export const hold: Subcommand = (program, chosen) => {
  const command = program
    .command("hold")
    .summary("log in, and stay logged in")
    .description(
      "Logs a user in on all HSMs, as a key store that is connected does, and holds that login until Ctrl-C, a signal, or " +
        "until sessions end ends it. Its password is asked for, or is the first line of standard input where nobody types.",
    )
    .argument("<type>", "the type of the user: CO, CU, AU")
    .argument("<name>", "the name of the user")
    .option("--hsm <hsm>", "only on this HSM: its hostname, hostname:port or id")
    .action((type: string, name: string, options: Options) => {
      chosen(async () => {
        const { holdLogin } = await import("../../app/fleet/hold.ts");
        return holdLogin({ ...requestOf(options), type, name, hsm: options.hsm });
      });
    });
  withHomeOptions(command);
};
