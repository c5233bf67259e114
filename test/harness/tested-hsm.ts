import { wordEvent } from "../../src/simulator/audit-wording.ts";
import { Backup } from "../../src/simulator/cluster-image.ts";
import type { InitialUser } from "../../src/simulator/image-users.ts";
import type { Credentials, Hsm, Login, SessionHandle } from "../../src/hsm/hsm.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import { listEvents } from "../../src/simulator/records/event-record.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import type { Model } from "../../src/simulator/models/model.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Snapshot, Store, StoredRecord, Transaction } from "../../src/store/store.ts";
import { clusterId, password, passwordCost, startOfTime, withMore } from "./backups.ts";
import { type Keeper, inMemory, usualKeeper } from "./keepers.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { Shells } from "./shells.ts";

/** How a new HSM differs from others. */
interface NewHsm {
  readonly hsmId?: string;
  readonly maxKeys?: number;
  /** What it is; the one of AWS, where nothing else is said. */
  readonly model?: Model;
  /** Where it keeps its state: in memory, where nothing else is said. */
  readonly keeper?: Keeper;
}

/** One HSM, its clock, and as many shells on it as a test opens. */
export class TestedHsm {
  /** Microseconds since 1970. */
  time = startOfTime;
  readonly hsmId: string;
  /** What it keeps. */
  readonly store: Store;
  readonly #keeper: Keeper;
  readonly #model: Model;
  readonly #shells = new Shells();
  #connected = 0;
  #first: Hsm | undefined;

  private constructor(hsmId: string, keeper: Keeper, model: Model, store: Store) {
    this.hsmId = hsmId;
    this.#keeper = keeper;
    this.#model = model;
    this.store = store;
  }

  /** An HSM with this content; those that are given users only are of one cluster. */
  static async with(content: Backup | readonly InitialUser[], options: NewHsm = {}): Promise<TestedHsm> {
    const {
      hsmId = "hsm-test",
      model = aws,
      maxKeys = model.limits.keys,
      keeper = (usualKeeper ?? inMemory)(),
    } = options;
    const backup = content instanceof Backup ? content : await withMore(await blank(), content);
    const identity = { hsmId, clusterId, hostname: "10.0.0.1", port: 2225, passwordCost, maxKeys, model: model.name };
    await keeper.create((transaction) => backup.restore(transaction, identity, startOfTime, "initialised"));
    return TestedHsm.#switchOn(hsmId, keeper, model);
  }

  /** An HSM that has all that this one keeps, and no shell on it. */
  async copy(keeper = usualKeeper?.()): Promise<TestedHsm> {
    if (keeper === undefined && this.store instanceof MemoryStore)
      return TestedHsm.#switchOn(this.hsmId, inMemory(new MemoryStore(this.store)), this.#model);
    const other = keeper ?? inMemory();
    await this.store.read((snapshot) => other.create((transaction) => copyAll(snapshot, transaction)));
    return TestedHsm.#switchOn(this.hsmId, other, this.#model);
  }

  static async #switchOn(hsmId: string, keeper: Keeper, model: Model): Promise<TestedHsm> {
    const tested = new TestedHsm(hsmId, keeper, model, await keeper.open());
    tested.#first = (await tested.connect()).hsm;
    return tested;
  }

  /** As the shell sees it that is there from the beginning. */
  get hsm(): Hsm {
    if (this.#first === undefined) throw new Error("the HSM is not switched on");
    return this.#first;
  }

  /** Logs a user in in that shell, in place of the one before. */
  async session(type: string, name: string): Promise<SessionHandle> {
    return (await this.hsm.logins.login(credentials(type, name))).session;
  }

  /** Another shell's connection; the same mark is the same shell. */
  async connect(mark = `shell ${String(this.#connected++)}`): Promise<Connection> {
    const surroundings = { clock: () => this.time, presence: this.#shells.presenceOf(mark) };
    const hsm = await openHsm(this.#keeper.open(), surroundings, new Map([[this.#model.name, this.#model]]));
    return {
      hsm,
      die: () => {
        this.#shells.kill(mark);
      },
    };
  }

  /** Another shell, in which a user is logged in. */
  async login(type: string, name: string): Promise<LoggedIn> {
    const connection = await this.connect();
    const { session } = await connection.hsm.logins.login(credentials(type, name));
    return { ...connection, session };
  }

  /** Lets time go by. */
  pass(seconds: number): void {
    this.time += seconds * 1_000_000;
  }

  /** The bodies of the audit events so far. */
  async auditLog(): Promise<readonly string[]> {
    return (await this.store.read(listEvents)).map(wordEvent);
  }

  /** Everything that it keeps, by collection, but for the length of its audit log, which records refusals too. */
  async records(): Promise<Readonly<Record<string, readonly StoredRecord[]>>> {
    return this.store.read(async (snapshot) => {
      const names = (await snapshot.collections()).filter((name) => name !== "auditLength").sort();
      return Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await snapshot.list(name)] as const)),
      );
    });
  }

  /** The key hash that findAllKeys shows an officer. */
  async keyHash(officer = "admin"): Promise<string> {
    const { hash } = await this.hsm.keys.find(await this.session("CO", officer), 0, { hash: true });
    if (hash === undefined) throw new Error("all keys of all users have no hash");
    return hash;
  }
}

/** A shell's connection to an HSM; it dies as a killed process does. */
export interface Connection {
  readonly hsm: Hsm;
  readonly die: () => void;
}

/** A connection with a login. */
export interface LoggedIn extends Connection {
  readonly session: SessionHandle;
}

/** Who logs in, or is created: with the password of everybody, or another one. */
export function credentials(type: string, name: string, own?: string): Credentials {
  return { type, name, password: own === undefined ? password : offerPassword(own) };
}

/** Logs in with a password that is given as text. */
export function logIn(hsm: Hsm, type: string, name: string, own: string): Promise<Login> {
  return hsm.logins.login(credentials(type, name, own));
}

async function copyAll(from: Snapshot, to: Transaction): Promise<void> {
  for (const collection of await from.collections()) {
    for (const { key, text } of await from.list(collection)) await to.put(collection, key, text);
  }
  for (const event of await from.events()) await to.append(event);
}

let blankCluster: Promise<Backup> | undefined;

/** Drawing the keys of a cluster takes long. */
function blank(): Promise<Backup> {
  blankCluster ??= Backup.blank(clusterId, startOfTime);
  return blankCluster;
}
