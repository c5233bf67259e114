import { type ComparedFamily, type Comparison, compareHome } from "../../src/fleet/compare/compare-home.ts";
import type { Line } from "../../src/fleet/compare/repair.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import type { Model } from "../../src/simulator/models/model.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { startOfTime } from "./backups.ts";
import { createIn } from "./created-home.ts";
import { offeredOf } from "../../src/command/offer.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands } from "../../src/commands/management/command-table.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { passwordWords } from "../../src/app/vendor.ts";
import { ScriptedShell } from "./scripted-shell.ts";

/** What operators know: the passwords of users on an HSM, by name. */
export type Passwords = (hostname: string, name: string) => string;

/** The password that is chosen where a line asks for a new one. */
const newPassword = "brandnew12345";

/** A home in memory whose HSMs h0, h1 ... are compared, and mended by the lines that are proposed. */
export class RehearsedHome {
  readonly home: MemoryHome;
  readonly #place: MemoryPlace;

  private constructor(place: MemoryPlace) {
    this.#place = place;
    this.home = new MemoryHome(place);
  }

  /** The HSMs that a YAML text names. */
  static async of(yaml: string, model?: Model): Promise<RehearsedHome> {
    const created = new RehearsedHome(new MemoryPlace());
    await createIn(created.home, yaml, model);
    return created;
  }

  /** Another home with the same HSMs, as they are now. */
  copy(): RehearsedHome {
    const place = new MemoryPlace();
    for (const [key, hsm] of this.#place.hsms) {
      place.hsms.set(key, { ...hsm, store: new MemoryStore(hsm.store), users: new Set(), isHeld: false });
    }
    return new RehearsedHome(place);
  }

  /** What the HSM at a host keeps. */
  store(hostname: string): MemoryStore {
    const found = this.#place.hsms.get(`${hostname}:2225`);
    if (found === undefined) throw new Error(`there is no HSM at ${hostname}`);
    return found.store;
  }

  get hosts(): readonly string[] {
    return [...this.#place.hsms.keys()].map((key) => key.replace(":2225", "")).sort();
  }

  /** Another shell, which is alive until it closes what this returns. */
  enter(): MemoryHome {
    return new MemoryHome(this.#place);
  }

  /** A shell's connection to an HSM, so many microseconds after it was created. */
  connect(hostname: string, home: MemoryHome, later = 0): Promise<Hsm> {
    const address = { hostname, port: 2225 };
    return openHsm(home.open(address), { clock: () => startOfTime + later, presence: home.presence, address });
  }

  /** Compares them; all, or those that are given, are the servers of the configuration. */
  async compare(hosts = this.hosts): Promise<Comparison> {
    return compareHome(
      this.home,
      hosts.map((hostname) => ({ hostname, port: 2225, name: hostname })),
      await passwordWords(),
    );
  }

  /** Types all lines of a family in a shell; throws where one does not succeed. */
  async type(family: ComparedFamily, passwords: Passwords, hosts = this.hosts, dialect: Dialect = aws): Promise<void> {
    const lines = [...family.logins, ...family.findings.flatMap((finding) => finding.lines)];
    const home = this.enter();
    const shell = new ScriptedShell(
      hosts.map((host) => ({ connect: async () => ({ hsm: await this.connect(host, home) }) })),
      offeredOf(dialect.offer, commands),
      false,
      undefined,
      dialect,
    );
    const said = await shell.type(...lines.map((line) => textOf(line, passwords, hosts)));
    await shell.cluster.disconnect();
    await home.close();
    const successes = said.match(/\bsuccess\b/gi)?.length ?? 0;
    const bad = /failed:|failed on|Usage:|Unknown|cancelled|do not match|Invalid/i.exec(said);
    if (bad !== null || successes !== expectedSuccesses(lines, hosts.length)) {
      throw new Error(
        `a line did not succeed:\n${lines.map((line) => textOf(line, () => "*", hosts)).join("\n")}\n\n${said}`,
      );
    }
  }
}

function textOf(line: Line, passwords: Passwords, hosts: readonly string[]): string {
  if (line.kind === "typed") return line.text;
  return line.isNew ? newPassword : passwords(hosts[line.server ?? 0] ?? "", line.name);
}

/** A login in global mode succeeds once a server; whatever else does something is for one. */
function expectedSuccesses(lines: readonly Line[], servers: number): number {
  let count = 0;
  let isGlobal = true;
  for (const line of lines) {
    if (line.kind === "password" || line.text === "y") continue;
    if (line.text.startsWith("server ")) isGlobal = false;
    else if (line.text === "exit") isGlobal = true;
    else count += isGlobal ? servers : 1;
  }
  return count;
}
