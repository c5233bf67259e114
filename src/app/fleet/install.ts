import { join, resolve } from "node:path";
import { clock } from "../../clock/clock.ts";
import type { ServerEntry } from "../../config/configuration.ts";
import type { DialectName } from "../../config/dialect-name.ts";
import { StateError } from "../../errors/state-error.ts";
import { type InstalledFile, installFiles, uninstallFiles } from "../../files/installed-files.ts";
import { namedPath } from "../../files/named-path.ts";
import { naming } from "../../fleet/find-hsm.ts";
import { certificateTypes } from "../../hsm/certificate-type.ts";
import type { Hsm } from "../../hsm/hsm.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { openHsm } from "../../simulator/simulated-hsm.ts";
import type { Home } from "../../store/home.ts";
import { placeAt } from "../../store/place.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { createMissing } from "../first-start.ts";
import { complain, notice } from "../process/standard-error.ts";
import { lacks } from "../provision.ts";
import { vendorNamed } from "../vendor.ts";
import { chosenHsms } from "./chosen-hsms.ts";
import { layouts } from "./installed-layout.ts";
import { launcherText } from "./launcher.ts";
import { printLines } from "./print-lines.ts";
import { type FormRequest, inRequestedHome } from "./requested-home.ts";
import { WordsError } from "./words-error.ts";

/** What is asked of `install`. */
export interface InstallRequest extends FormRequest {
  /** Whose shell is installed; left out, that of the configuration. */
  readonly dialect: DialectName | undefined;
  /** The folder that takes the place of /opt/cloudhsm, or of another vendor's. */
  readonly prefix: string;
  /** The shell's program, which Node starts. */
  readonly program: string;
  /** The key shell's program, which Node starts. */
  readonly keyProgram: string;
  /** The original's `configure`, which Node starts. */
  readonly configure: string;
}

/**
 * Lays out the shell and its configuration below a folder, as the original's package does, and returns the exit status. The
 * HSMs of a configuration that are not there yet are created as the first start of a shell would.
 */
export function install(request: InstallRequest): Promise<number> {
  return printLines(() =>
    inRequestedHome(request, async (requested) => {
      const { home, isNamed } = requested;
      const dialect = request.dialect ?? requested.configuration.dialect ?? "aws";
      const configuration = { ...requested.configuration, dialect };
      const prefix = folderOf(request.prefix);
      if (isNamed && (await lacks(home, configuration))) {
        const { signal } = new AbortController();
        await createMissing(configuration, home, { signal, tell: complain, notice });
      }
      const servers = await chosenHsms(requested, undefined);
      const { hostname, certificate } = await firstHsm(home, servers);
      const layout = layouts[dialect];
      const { authority, daemon } = layout;
      const launcher = { node: process.execPath, home: home.name, configuration: join(prefix, layout.configuration) };
      const program = (name: string, started: string, words: readonly string[]): InstalledFile => ({
        path: `bin/${name}`,
        text: launcherText({ ...launcher, program: started, words }),
        isProgram: true,
      });
      const plain = (path: string, text: string): InstalledFile => ({ path, text, isProgram: false });
      // The name of a launcher does not reach the program: its words do.
      const words = dialect === "aws" ? [] : ["--dialect", dialect];
      const vendor = vendorNamed(dialect);
      const paths = await installFiles(prefix, [
        program(vendor.program, request.program, words),
        ...(layout.hasConfigure ? [program("configure", request.configure, ["--prefix", prefix])] : []),
        program(vendor.keyProgram, request.keyProgram, words),
        ...(daemon === undefined ? [] : [plain(daemon.path, daemon.text(hostname, prefix))]),
        plain(layout.configuration, layout.text(servers, prefix)),
        ...(certificate === undefined ? [] : [plain(authority, certificate)]),
      ]);
      if (certificate === undefined)
        complain(`${join(prefix, authority)} is left to you: ${hostname} is not initialized`);
      if (request.json) return [oneLine({ prefix, home: home.name, files: paths, servers: servers.map(addressOf) })];
      const names = servers.map(({ name }) => name).join(", ");
      return [
        ...paths.map((path) => printable(`wrote ${path}`)),
        printable(`It is the shell on the HSMs in ${home.name}: ${names}`),
      ];
    }),
  );
}

/** Removes what {@link install} wrote, and returns the exit status. */
export function uninstall({ prefix, json }: { readonly prefix: string; readonly json: boolean }): Promise<number> {
  return printLines(async () => {
    const folder = folderOf(prefix);
    const paths = await uninstallFiles(folder);
    if (json) return [oneLine({ prefix: folder, removed: paths })];
    return paths.map((path) => printable(`removed ${path}`));
  });
}

function folderOf(prefix: string): string {
  if (prefix === "") throw new WordsError("--prefix is empty: name a folder, such as /opt/cloudhsm");
  return resolve(namedPath(prefix));
}

/** The first HSM that is there, and the certificate of the customer's CA, which all HSMs of its cluster have once they are initialised. */
async function firstHsm(
  home: Home,
  servers: readonly ServerEntry[],
): Promise<{ readonly hostname: string; readonly certificate: string | undefined }> {
  for (const entry of servers) {
    if ((await placeAt(home, entry)).kind !== "hsm") continue;
    return naming(entry, async () => {
      const hsm = await openHsm(home.open(entry), { clock, presence: home.presence, address: entry });
      return { hostname: entry.hostname, certificate: await certificateOf(hsm) };
    });
  }
  throw new StateError(
    `there is no HSM in ${home.name}: give a YAML file with --config, whose HSMs are created, or the right folder with --home`,
  );
}

async function certificateOf(hsm: Hsm): Promise<string | undefined> {
  try {
    return await hsm.certificate(certificateTypes.customerRoot);
  } catch (error) {
    if (error instanceof HsmError && error.returnCode === "INVALID_INPUT") return undefined;
    throw error;
  }
}

function addressOf({ name, hostname, port }: ServerEntry): object {
  return { name, hostname, port };
}
