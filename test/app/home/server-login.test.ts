import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { isMissing } from "../../harness/debian.ts";
import { lines, runPiped, shipped, temporaryFolder } from "../../harness/program.ts";
import { type TlsServer, freePort, tlsServer } from "../../harness/tls-server.ts";
import { openHome } from "../../../src/app/home/open-home.ts";
import { PlaceError } from "../../../src/store/postgres/place-error.ts";
import { StoreError } from "../../../src/store/store.ts";

const canary = "canary-Pw-77";
const wrong = "canary-of-a-wrong-one";

describe.skipIf(isMissing("postgresql", "openssl"))("a home on a server that asks who comes", () => {
  const folder = mkdtempSync(join(tmpdir(), "cloudhsm-tls-"));
  let at: TlsServer;

  beforeAll(async () => {
    at = await tlsServer(folder);
    at.server.ask(`CREATE ROLE team LOGIN PASSWORD '${canary}'; CREATE SCHEMA drill AUTHORIZATION team`);
    at.server.ask(
      "CREATE ROLE guest LOGIN PASSWORD 'guest'; CREATE SCHEMA other; CREATE TABLE other.invoices (id int)",
    );
    at.server.ask("CREATE ROLE late LOGIN PASSWORD 'late' CONNECTION LIMIT 0");
    at.server.ask("GRANT USAGE ON SCHEMA other TO team");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const address = ({
    user = "team",
    host = "localhost",
    port = at.port,
    database = "postgres",
    words = "schema=drill",
  } = {}) => `postgres://${user}@${host}:${String(port)}/${database}?${words}`;

  function passwordFile(text: string, mode = 0o600): string {
    const file = join(temporaryFolder(), "pgpass");
    writeFileSync(file, text, { mode });
    chmodSync(file, mode);
    return file;
  }

  /** What is said of a home that cannot be opened, and "open" of one that can. */
  async function opened(name: string, environment: Readonly<Record<string, string>> = { PGPASSWORD: canary }) {
    const none = { PGPASSFILE: join(folder, "no-file"), PGPASSWORD: "" };
    for (const [variable, value] of Object.entries({ ...none, ...environment })) vi.stubEnv(variable, value);
    try {
      const home = await openHome(name);
      await home.prepare();
      await home.close();
      return "open";
    } catch (error) {
      if (!(error instanceof StoreError || error instanceof PlaceError)) throw error;
      for (const secret of [canary, wrong])
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
      expect(error.message).not.toContain("\n");
      return `${error.message}: ${error.advice ?? ""}`;
    }
  }

  test.each([
    ["disable", "none", "open"],
    ["prefer", "none", "open"],
    ["require", "none", "open"],
    ["verify-ca", "authority", "open"],
    ["verify-full", "authority", "open"],
    ["verify-ca", "none", "needs the certificate of the authority"],
    ["verify-full", "none", "name the certificate of the server's authority"],
    ["require", "stranger", "name the certificate of the server's authority"],
    ["verify-ca", "stranger", "name the certificate of the server's authority"],
    ["verify-full", "stranger", "name the certificate of the server's authority"],
  ] as const)("sslmode=%s with the certificate of %s", async (mode, root, answer) => {
    vi.stubEnv("PGSSLMODE", mode);
    if (root !== "none") vi.stubEnv("PGSSLROOTCERT", at[root]);
    expect(await opened(address())).toContain(answer);
  });

  test("a host that the certificate does not name: verify-full refuses it, and verify-ca does not mind", async () => {
    const words = (mode: string) => `schema=drill&sslmode=${mode}&sslrootcert=${at.authority}`;
    expect(await opened(address({ host: "127.0.0.1", words: words("verify-full") }))).toContain("sslmode=verify-ca");
    expect(await opened(address({ host: "127.0.0.1", words: words("verify-ca") }))).toBe("open");
  });

  test("TLS is what goes over the wire unless it is switched off", async () => {
    for (const [mode, isUsed] of [
      ["disable", "f"],
      ["prefer", "t"],
      ["require", "t"],
    ] as const) {
      vi.stubEnv("PGPASSWORD", canary);
      const home = await openHome(address({ words: `schema=drill&sslmode=${mode}` }));
      const used = at.server.ask(
        "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'team'",
      );
      await home.close();
      expect([mode, used]).toEqual([mode, isUsed]);
    }
  });

  test("a password of the password file, by the first line that fits", async () => {
    const file = passwordFile(
      `# team\nlocalhost:1:*:team:${wrong}\nlocalhost:*:post\\gres:team:${canary}\n*:*:*:*:${wrong}\n`,
    );
    expect(await opened(address(), { PGPASSFILE: file })).toBe("open");
    expect(await opened(address(), { PGPASSFILE: file, PGPASSWORD: wrong })).toContain("correct PGPASSWORD");
  });

  test("no password, a wrong one, and a password file that others may read", async () => {
    expect(await opened(address(), {})).toMatch(
      /asks for a password: set PGPASSWORD, or write the login into .*no-file/,
    );
    expect(await opened(address(), { PGPASSWORD: wrong })).toContain('failed for user "team": correct PGPASSWORD');
    const file = passwordFile(`*:*:*:*:${canary}\n`, 0o640);
    expect(await opened(address(), { PGPASSFILE: file })).toContain(`chmod 600 ${file}`);
  });

  test.each([
    ["a password in the address", () => address({ user: `team:${canary}` }), "set PGPASSWORD or PGPASSFILE"],
    ["no database", () => address({ database: "none" }), '"none" does not exist: create the database first: createdb'],
    ["no right to make a schema", () => address({ words: "schema=mine" }), "CREATE SCHEMA … AUTHORIZATION"],
    ["no right to the schema", () => address({ user: "guest" }), "permission denied for schema drill"],
    ["no connection left", () => address({ user: "late" }), "end other programs, or raise max_connections"],
    ["a schema of something else", () => address({ words: "schema=other" }), "name another in the address of the home"],
    ["a host that nobody knows", () => address({ host: "none.invalid" }), "the host is not known"],
    ["a mode of TLS that there is not", () => address({ words: "sslmode=on" }), "verify-full are the modes"],
  ])("%s: one line, which says what mends it", async (_, name, answer) => {
    // What "no right to the schema" is about.
    expect(await opened(address())).toBe("open");
    const { username: user } = new URL(name());
    expect(await opened(name(), { PGPASSWORD: user === "team" ? canary : user })).toContain(answer);
  });

  test("a server that is away, or has no socket there", async () => {
    expect(await opened(address({ port: await freePort() }))).toContain("start the server");
    expect(await opened(`postgres://team@${encodeURIComponent(folder)}/postgres`)).toContain("start the server");
  });

  test("no password is shown by a shell, nor written into a log", async () => {
    const home = temporaryFolder();
    const words = ["--home", address(), shipped("cluster.yaml")];
    const shown: string[] = [];
    for (const PGPASSWORD of [canary, wrong]) {
      const environment = { PGPASSWORD, CLOUDHSM_DEBUG: "1" };
      const { stdout, stderr, status } = await runPiped({ words, home, environment }, lines("listUsers", "quit"));
      expect([PGPASSWORD, status]).toEqual([PGPASSWORD, PGPASSWORD === canary ? 0 : 1]);
      shown.push(stdout, stderr);
    }
    const text = [...shown, at.server.log].join("\n");
    expect(text).toContain("password authentication failed");
    expect(text.includes(canary) || text.includes(wrong)).toBe(false);
  });
});
