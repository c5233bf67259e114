import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly hsm?: string;
}

/** `cloudhsm-sim audit-log` */
export const auditLog: Subcommand = (program, chosen) => {
  const command = program
    .command("audit-log")
    .summary("print what the HSMs recorded")
    .description(
      "Prints the audit logs of the HSMs of a configuration, as the AWS CloudHSM User Guide shows them. It changes " +
        "nothing, and shells may be open meanwhile. With --json, one object a line for each event.",
    )
    .option("--hsm <hostname>", "only this HSM's log, without a heading")
    .action((config: string | undefined, options: Options) => {
      chosen(async () => {
        const { printAuditLogs } = await import("../../app/fleet/audit-logs.ts");
        return printAuditLogs({ ...requestOf(options, config), hostname: options.hsm });
      });
    });
  withHomeOptions(withConfigurationArgument(command));
};
