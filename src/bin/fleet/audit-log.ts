import { parseMoment } from "./moment.ts";
import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly hsm?: string;
  readonly since?: number;
  readonly user?: string;
  readonly follow?: true;
}

/** `cloudhsm-sim audit-log` */
export const auditLog: Subcommand = (program, chosen) => {
  const command = program
    .command("audit-log")
    .summary("print what the HSMs recorded")
    .description(
      "Prints the audit logs of all HSMs, by time, as the AWS CloudHSM User Guide shows them, those of Azure's as JSON: of " +
        "those of a configuration, where one is given. It changes nothing, and shells may be open meanwhile. With --json, " +
        "one object a line for each event.",
    )
    .option("--hsm <hsm>", "only this HSM's log, without headings: its hostname, hostname:port or id")
    .option("--since <time>", "only from then on: 2026-01-31T14:30:00Z, or 10m, 2h, 3d ago", (word) =>
      parseMoment(word),
    )
    .option("--user <name>", "only what is about this user, or was done in a login of this user")
    .option("--follow", "go on with what happens from now on, until Ctrl-C")
    .action((config: string | undefined, options: Options) => {
      chosen(async () => {
        const { printAuditLogs } = await import("../../app/fleet/audit-logs.ts");
        const { hsm, since, user, follow } = options;
        return printAuditLogs({ ...requestOf(options, config), hsm, since, user, follow: follow === true });
      });
    });
  withHomeOptions(withConfigurationArgument(command));
};
