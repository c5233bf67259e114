import { Option } from "commander";
import { faultKinds, longestDelay, refusalCodes, usualDelay, usualLag } from "../../config/fault-entry.ts";
import type { FaultEntry, FaultKind } from "../../config/fault-entry.ts";
import { type ServiceOperation, serviceOperations } from "../../config/service-operation.ts";
import { type RequestName, requests } from "../../hsm/requests.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";
import { span, wholeNumber } from "./values.ts";

interface AddOptions extends HomeOptions {
  readonly hsm?: string;
  readonly kind: FaultKind;
  readonly request?: RequestName;
  readonly command?: string;
  readonly operation?: ServiceOperation | "any";
  readonly from: number;
  readonly times?: number;
  readonly for?: number;
  readonly ms?: number;
  readonly code?: ReturnCodeName;
}

/** `cloudhsm-sim fault` */
export const fault: Subcommand = (program, chosen) => {
  const group = program.command("fault").summary("let things go wrong between shells and HSMs").helpCommand(false);
  const add = group
    .command("add")
    .summary("set a fault")
    .description(
      "Sets a fault on the road to an HSM, or of the service that cloudhsm-sim serve plays. Shells that are open, and " +
        "a service that runs, meet it at their next request; it stays until it is over or cleared.",
    )
    .option("--hsm <hsm>", "an HSM's id, hostname, or hostname:port, or all")
    .addOption(new Option("--kind <kind>", "what goes wrong").choices(faultKinds).makeOptionMandatory())
    .addOption(
      new Option("--request <name>", "only this request of an HSM, users.create for instance")
        .choices(Object.keys(requests))
        .conflicts(["command", "any"]),
    )
    .addOption(new Option("--command <name>", "only what this command of the shell asks for").conflicts("any"))
    .option("--any", "any request (the default)")
    .addOption(
      new Option("--operation <name>", "only this operation of the service, or any; then without --hsm").choices([
        ...serviceOperations,
        "any",
      ]),
    )
    .option("--from <n>", "from the n-th of these requests on", wholeNumber(1, 1_000_000), 1)
    .option("--times <n>", "how many requests meet it (default: all)", wholeNumber(1, 1_000_000))
    .option("--for <span>", "how long it is set: 30s, 10m, 2h (default: until it is cleared)", span)
    .option(
      "--ms <n>",
      `how long a delay is (default: ${String(usualDelay)}), or a lag (${String(usualLag)})`,
      wholeNumber(1, longestDelay),
    )
    .addOption(new Option("--code <name>", "what an HSM refuses with").choices(refusalCodes))
    .action((options: AddOptions) => {
      const { hsm, kind, request, command, operation, from, times, for: lasts, ms, code } = options;
      const entry: FaultEntry = { hsm, kind, request, command, operation, from, times, lasts, milliseconds: ms, code };
      chosen(async () => (await import("../../app/fleet/faults.ts")).addFault(requestOf(options), entry));
    });
  const list = group
    .command("list")
    .summary("print the faults that are set")
    .action((options: HomeOptions) => {
      chosen(async () => (await import("../../app/fleet/faults.ts")).listFaults(requestOf(options)));
    });
  const clear = group
    .command("clear")
    .summary("clear faults")
    .argument("[id]", "the number that fault list shows", wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option("--all", "all of them")
    .action((id: number | undefined, options: HomeOptions & { readonly all?: true }) => {
      if ((id === undefined) !== (options.all === true)) clear.error("error: name one fault by its number, or --all");
      chosen(async () => (await import("../../app/fleet/faults.ts")).clearFault(requestOf(options), id));
    });
  for (const command of [add, list, clear]) withHomeOptions(command);
};
