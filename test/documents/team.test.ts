import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isMissing } from "../harness/debian.ts";
import { launchersIn } from "../harness/launchers.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { runInShell } from "../harness/typed-document.ts";

const page = readFileSync(join(root, "docs", "team.md"), "utf8");

function block(language: string): string {
  const [, found] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(page) ?? [];
  if (found === undefined) throw new Error(`there is no block of ${language}`);
  return found;
}

describe.skipIf(isMissing("postgresql"))("docs/team.md", () => {
  const server = PostgresServer.started();

  /** A folder with both programs on the path, and the variables by which the server is found. */
  function workplace(): { readonly folder: string; readonly env: NodeJS.ProcessEnv } {
    const folder = temporaryFolder();
    const path = [launchersIn(join(folder, ".bin")), process.env["PATH"]].join(delimiter);
    const where = { PGHOST: server.folder, PGUSER: "postgres", PGDATABASE: "postgres", PGPASSWORD: undefined };
    const env = { ...environmentOf({ words: [], home: join(folder, "home") }), ...where, PATH: path, TMPDIR: folder };
    return { folder, env };
  }

  test("its commands print what it shows", async () => {
    server.ask("CREATE ROLE team LOGIN");
    const { folder, env } = workplace();
    expect(await runInShell(page, { folder, env })).toEqual([]);
  });

  test("the script masters its drill, and does not begin it anew in the schema of another run", () => {
    const { folder, env } = workplace();
    const run = (script: string, id: string) =>
      spawnSync("sh", ["-c", script], { cwd: folder, env: { ...env, GITHUB_RUN_ID: id }, encoding: "utf8" });
    const last = ({ status, stdout }: ReturnType<typeof run>) => [status, stdout.trimEnd().split("\n").at(-1)];
    const script = block("sh");
    expect(last(run(script, "1"))).toEqual([0, "mastered: all goals are met"]);
    const again = run(script, "1");
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining("a drill is under way in")]);
  });

  test("the workflow file has the server that its programs look for", () => {
    const { jobs } = parse(block("yaml")) as {
      readonly jobs: {
        readonly rehearse: {
          readonly services: { readonly postgres: { readonly env: object; readonly ports: readonly string[] } };
          readonly env: { readonly PGPASSWORD: string };
        };
      };
    };
    const { services, env } = jobs.rehearse;
    expect(services.postgres.env).toEqual({ POSTGRES_PASSWORD: env.PGPASSWORD });
    expect(services.postgres.ports).toEqual(["5432:5432"]);
  });
});
