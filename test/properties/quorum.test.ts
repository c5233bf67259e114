import fc from "fast-check";
import { expect, test } from "vitest";
import { approval, keyPair, register, tokenFile } from "../harness/key-pairs.ts";
import { users } from "../harness/backups.ts";
import { inPostgres, keepers } from "../harness/keepers.ts";
import { codeOf } from "../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../harness/tested-hsm.ts";

const officers = ["officer0", "officer1", "officer2", "officer3"] as const;
/** Officers 0 and 1 ask, each in a shell of their own; all four sign. Officer N has key N, later perhaps key N + 4. */
const asking = fc.constantFrom(0, 1);
const signing = fc.constantFrom(0, 1, 2, 3);
const service = fc.constantFrom<3 | 4>(3, 3, 4);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("getToken" as const), shell: asking, service }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("approve" as const),
      token: fc.nat({ max: 2 }),
      signers: fc.oneof(
        fc.uniqueArray(signing, { minLength: 1, maxLength: 3 }),
        fc.array(signing, { minLength: 1, maxLength: 3 }),
      ),
      forged: fc.constantFrom(false, false, false, false, false, true),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("create" as const, "delete" as const, "change" as const),
      shell: asking,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("setMinimum" as const), shell: asking, m: fc.constantFrom(2, 3) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("login" as const, "die" as const), shell: asking }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pass" as const), seconds: fc.constantFrom(60, 300, 600) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("changeKey" as const, "dropKey" as const),
      officer: fc.constantFrom(2, 3),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A token as a plain model knows it. */
interface ModelToken {
  /** Which login of which shell it was issued to. */
  readonly login: string;
  readonly service: 3 | 4;
  readonly issued: number;
  readonly file: Buffer;
  /** The keys that signed it, by their officers. */
  readonly signed: ReadonlyMap<number, number>;
}

interface Counts {
  allowed: number;
  refused: number;
  approved: number;
  disapproved: number;
}

/** How often, and how often each answer is met at least; a database is some ways to its server and back for each step. */
const extent = (kind: string): readonly [runs: number, each: number] => (kind === "memory" ? [200, 20] : [10, 1]);

test.each([...keepers, ...inPostgres()])(
  "no order of tokens, approvals, logins, expiry and new keys lets a change through with too few officers, in %s",
  async (kind, make) => {
    const [numRuns, least] = extent(kind);
    const prepared = await Rehearsal.prepared();
    const counts: Counts = { allowed: 0, refused: 0, approved: 0, disapproved: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const rehearsal = await Rehearsal.start(await prepared.copy(make()), counts);
        for (const each of steps) await rehearsal.take(each);
      }),
      { numRuns },
    );

    // The property would hold where nothing is ever allowed, or never refused.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(least);
  },
);

/** One HSM, two shells on it, and beside them a model that knows nothing of the HSM's own rules. */
class Rehearsal {
  readonly #hsm: TestedHsm;
  readonly #shells: LoggedIn[] = [];
  readonly #logins = [0, 0];
  readonly #minimum = { 3: 2, 4: 2 };
  readonly #keyOf = new Map<number, number>(officers.map((_, officer) => [officer, officer]));
  #tokens: readonly ModelToken[] = [];
  #created: readonly string[] = [];

  readonly #counts: Counts;

  private constructor(hsm: TestedHsm, counts: Counts) {
    this.#hsm = hsm;
    this.#counts = counts;
  }

  /** An HSM whose four officers have registered their keys, and of whom two must approve. */
  static async prepared(): Promise<TestedHsm> {
    const hsm = await TestedHsm.with(users(...officers.map((name) => ["CO", name] as const), ["CU", "bob"]));
    const officer = await hsm.login("CO", "officer0");
    for (const [key, name] of officers.entries()) await register(officer, name, keyPair(key));
    for (const each of [3, 4]) await officer.hsm.quorum.setMinimum(officer.session, each, 2);
    officer.die();
    return hsm;
  }

  static async start(hsm: TestedHsm, counts: Counts): Promise<Rehearsal> {
    const rehearsal = new Rehearsal(hsm, counts);
    for (const shell of [0, 1]) await rehearsal.#open(shell);
    return rehearsal;
  }

  async take(each: Step): Promise<void> {
    switch (each.kind) {
      case "getToken":
        return this.#getToken(each.shell, each.service);
      case "approve":
        return this.#approve(each);
      case "create": {
        const name = `user${String(this.#hsm.time)}_${String(this.#created.length)}`;
        const { hsm, session } = this.#shell(each.shell);
        if (await this.#operate(each.shell, 3, hsm.users.create(session, credentials("CU", name)))) {
          this.#created = [...this.#created, name];
        }
        return;
      }
      case "delete": {
        const name = this.#created.at(-1);
        if (name === undefined) return;
        const { hsm, session } = this.#shell(each.shell);
        if (await this.#operate(each.shell, 3, hsm.users.delete(session, { type: "CU", name }))) {
          this.#created = this.#created.slice(0, -1);
        }
        return;
      }
      case "change": {
        const { hsm, session } = this.#shell(each.shell);
        await this.#operate(each.shell, 3, hsm.users.changePassword(session, credentials("CU", "bob")));
        return;
      }
      case "setMinimum":
        return this.#setMinimum(each.shell, each.m);
      case "login":
      case "die":
        if (each.kind === "die") this.#shell(each.shell).die();
        else await this.#shell(each.shell).hsm.logins.logout(this.#shell(each.shell).session);
        return this.#open(each.shell);
      case "pass":
        this.#hsm.pass(each.seconds);
        return;
      case "changeKey":
      case "dropKey":
        return this.#changeKey(each.officer, each.kind === "changeKey");
    }
  }

  async #open(shell: number): Promise<void> {
    this.#tokens = this.#tokens.filter(({ login }) => login !== this.#login(shell));
    this.#shells[shell] = await this.#hsm.login("CO", officers[shell] ?? "");
    this.#logins[shell] = (this.#logins[shell] ?? 0) + 1;
  }

  #shell(shell: number): LoggedIn {
    const found = this.#shells[shell];
    if (found === undefined) throw new Error(`no shell ${String(shell)}`);
    return found;
  }

  #login(shell: number): string {
    return `${String(shell)}.${String(this.#logins[shell])}`;
  }

  async #getToken(shell: number, wanted: 3 | 4): Promise<void> {
    const { hsm, session } = this.#shell(shell);
    const file = tokenFile(await hsm.tokens.issue(session, wanted, officers[shell] ?? ""));
    const token = { login: this.#login(shell), service: wanted, issued: this.#hsm.time, file, signed: new Map() };
    this.#tokens = [...this.#tokens, token];
  }

  /** Signs the N-th token, counted round and round; forged: each with the key of another officer. */
  async #approve(each: Extract<Step, { kind: "approve" }>): Promise<void> {
    const token = this.#tokens[each.token % this.#tokens.length];
    if (token === undefined) return;
    const keys = each.signers.map((officer) => this.#keyOf.get(officer));
    const approvals = each.signers.map((officer, at) =>
      approval(officers[officer], keyPair((keys[at] ?? officer) + (each.forged ? 1 : 0)), token.file),
    );
    const { hsm, session } = this.#shell(0);
    const done = (await codeOf(hsm.tokens.approve(session, token.file, approvals))) === "SUCCESS";
    const counted = this.#approvers(token);
    const expected =
      !each.forged &&
      !keys.includes(undefined) &&
      this.#hsm.time - token.issued < 600_000_000 &&
      new Set([...each.signers, ...counted]).size === each.signers.length + counted.length;
    expect(done).toBe(expected);
    this.#counts[done ? "approved" : "disapproved"]++;
    if (!done) return;
    const signed = new Map([...token.signed, ...each.signers.map((officer, at) => [officer, keys[at] ?? -1] as const)]);
    this.#tokens = this.#tokens.map((other) => (other === token ? { ...token, signed } : other));
  }

  /** The officers who signed a token with the key that they have now. */
  #approvers({ signed }: ModelToken): readonly number[] {
    return [...signed].filter(([officer, key]) => this.#keyOf.get(officer) === key).map(([officer]) => officer);
  }

  /** Compares what came of an operation with what the tokens allow; a token that allowed it is used up. */
  async #operate(shell: number, wanted: 3 | 4, request: Promise<unknown>): Promise<boolean> {
    const done = (await codeOf(request)) === "SUCCESS";
    const token = this.#tokens.find(
      (each) =>
        each.login === this.#login(shell) &&
        each.service === wanted &&
        this.#approvers(each).length >= this.#minimum[wanted],
    );
    expect(done).toBe(token !== undefined);
    this.#tokens = this.#tokens.filter((each) => each !== token);
    this.#counts[done ? "allowed" : "refused"]++;
    return done;
  }

  /** Alternates between the services, so that 4 keeps up with 3. */
  async #setMinimum(shell: number, m: number): Promise<void> {
    const { hsm, session } = this.#shell(shell);
    const wanted = this.#minimum[4] < m ? 4 : 3;
    if (this.#minimum[4] < this.#minimum[wanted]) return;
    if (await this.#operate(shell, 4, hsm.quorum.setMinimum(session, wanted, m))) this.#minimum[wanted] = m;
  }

  async #changeKey(officer: number, another: boolean): Promise<void> {
    const { hsm, session } = await this.#hsm.login("CO", officers[officer] ?? "");
    const key = this.#keyOf.get(officer) === officer ? officer + officers.length : officer;
    if (another) await register({ hsm, session }, officers[officer] ?? "", keyPair(key));
    else await hsm.users.changePassword(session, credentials("CO", officers[officer] ?? ""));
    if (another) this.#keyOf.set(officer, key);
    else this.#keyOf.delete(officer);
    await hsm.logins.logout(session);
  }
}
