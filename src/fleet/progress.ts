import type { ClusterEntry, HsmEntry } from "../config/configuration.ts";
import { bounds } from "../hsm/limits.ts";
import type { Model } from "../simulator/models/model.ts";
import type { Course, Piece } from "../simulator/course.ts";

/** What is counted. */
type Counted = Piece | "hsm";

const cheapCost = bounds.passwordCost.minimum;

/** Seconds that work may go on before signals and the progress have their turn. */
const longest = 0.02;

/** How far the creation of HSMs is; it can be stopped between two pieces. */
export class Progress implements Course {
  readonly #signal: AbortSignal;
  readonly #done: Record<Counted, number> = { password: 0, key: 0, record: 0, hsm: 0 };
  readonly #total = { password: 0, key: 0, record: 0, hsm: 0 };
  #costly = false;
  #lastTurn = process.uptime();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Adds what these HSMs of a cluster take to what there is to do. */
  expect(plan: ClusterEntry, missing: readonly HsmEntry[], { factoryUsers }: Pick<Model, "factoryUsers">): void {
    const each = (count: (hsm: HsmEntry) => number): number => missing.reduce((sum, hsm) => sum + count(hsm), 0);
    const common = plan.cloneOf === undefined ? (plan.users ?? factoryUsers).length : 0;
    const passwords = common + each(({ users }) => users.length);
    this.#total.hsm += missing.length;
    this.#total.password += passwords;
    this.#total.key += plan.keys.length + each(({ keys }) => keys.length);
    this.#costly ||= passwords > 0 && plan.passwordCost > cheapCost;
  }

  /** Adds so much that is written for no HSM to what there is to do. */
  expectRecords({ users, keys }: { readonly users: number; readonly keys: number }): void {
    this.#total.record += users + keys;
  }

  /** Adds so many HSMs that are restored with so much to what there is to do. */
  expectRestored(hsms: number, { users, keys }: { readonly users: number; readonly keys: number }): void {
    this.#total.hsm += hsms;
    this.#total.record += hsms * (users + keys);
  }

  readonly did = async (piece: Counted): Promise<void> => {
    this.#done[piece]++;
    if (process.uptime() - this.#lastTurn > longest) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#lastTurn = process.uptime();
    }
    this.#signal.throwIfAborted();
  };

  /** The part that is done, 0 to 1. */
  get fraction(): number {
    const kinds = Object.keys(this.#total) as Counted[];
    const sum = (count: (kind: Counted) => number): number => kinds.reduce((total, kind) => total + count(kind), 0);
    return (
      sum((kind) => this.#part(kind)) /
      Math.max(
        1,
        sum((kind) => this.#total[kind]),
      )
    );
  }

  /** `12 of 1024 passwords, 3 of 60 keys, 0 of 28 HSMs` */
  get text(): string {
    const words = [
      ["password", "passwords"],
      ["key", "keys"],
      ["record", "users and keys"],
      ["hsm", "HSMs"],
    ] as const;
    return words
      .filter(([kind]) => this.#total[kind] > 0)
      .map(([kind, name]) => `${String(this.#part(kind))} of ${String(this.#total[kind])} ${name}`)
      .join(", ");
  }

  /** What would make it faster; undefined where nothing would. */
  get advice(): string | undefined {
    if (this.#costly && this.#part("password") < this.#total.password)
      return `passwordCost: ${String(cheapCost)} in the cluster makes passwords faster`;
    return this.#total.key > 0 ? "fewer and smaller RSA keys take less time" : undefined;
  }

  #part(kind: Counted): number {
    return Math.min(this.#done[kind], this.#total[kind]);
  }
}
