import { type Subcommand, afterHelp } from "./subcommand.ts";

interface Options {
  readonly cluster?: string;
  readonly json?: true;
}

/** `cloudhsm-sim copy` */
export const copy: Subcommand = (program, chosen) => {
  program
    .command("copy")
    .summary("copy a home to another one, to a database for instance")
    .description(
      "Copies all HSMs of a home, each with its users, keys, certificates and log, and with them backups, faults and states. A " +
        "home is a folder, or the address of a PostgreSQL database such as postgres://user@host/db?schema=drill. Who is " +
        "logged in stays behind. What is in the other home is never overwritten.",
    )
    .argument("<from>", "the home that is copied")
    .argument("<to>", "the home that gets the copy; it is made where there is none")
    .option("--cluster <id>", "copy the HSMs of this cluster only, without backups, faults and states")
    .option("--json", "one JSON object")
    .addHelpText("after", afterHelp)
    .action((from: string, to: string, options: Options) => {
      chosen(async () => {
        const { copy: copyTo } = await import("../../app/fleet/copy.ts");
        return copyTo({ from, to, cluster: options.cluster, json: options.json === true });
      });
    });
};
