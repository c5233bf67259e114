import { Option } from "commander";
import { type DialectName, dialectNames } from "../../config/dialect-name.ts";
import { configureFile, keyProgramFile, programFile } from "../program-file.ts";
import { type HomeOptions, type Subcommand, afterHelp, requestOf, withHomeOptions } from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly prefix: string;
  readonly dialect?: DialectName;
}

const prefix = ["--prefix <dir>", "the folder that stands for /opt/cloudhsm, or another vendor's"] as const;

/** `cloudhsm-sim install` */
export const install: Subcommand = (program, chosen) => {
  const command = program
    .command("install")
    .summary("lay out the shell at the original's paths, below a folder")
    .description(
      "Lays out the shell as the original's package does: bin/cloudhsm_mgmt_util, bin/key_mgmt_util and bin/configure, the " +
        "files in etc/ that these read and write, with the HSMs, and etc/customerCA.crt. With --prefix /opt/cloudhsm, scripts with fixed paths run unchanged. " +
        "With --dialect, the shell of another vendor at its own paths: below /opt/azurecloudhsm, /opt/oci/hsm or /opt/hsm. " +
        "HSMs of a YAML file that are not there yet are created. A file that is there already and is none of ours is " +
        "left as it is.",
    )
    .requiredOption(...prefix)
    .addOption(
      new Option("--dialect <vendor>", "whose shell it is (default: what the configuration says, else aws)").choices(
        dialectNames,
      ),
    )
    .action((options: Options) => {
      chosen(async () => {
        const app = await import("../../app/fleet/install.ts");
        return app.install({
          ...requestOf(options),
          prefix: options.prefix,
          dialect: options.dialect,
          program: programFile(),
          keyProgram: keyProgramFile(),
          configure: configureFile(),
        });
      });
    });
  withHomeOptions(command);
};

/** `cloudhsm-sim uninstall` */
export const uninstall: Subcommand = (program, chosen) => {
  program
    .command("uninstall")
    .summary("remove what install wrote")
    .description("Removes what install wrote below a folder, and what it made there of folders that are empty then.")
    .requiredOption(...prefix)
    .option("--json", "one JSON object")
    .addHelpText("after", afterHelp)
    .action(({ prefix: folder, json }: { readonly prefix: string; readonly json?: true }) => {
      chosen(async () => {
        const app = await import("../../app/fleet/install.ts");
        return app.uninstall({ prefix: folder, json: json === true });
      });
    });
};
