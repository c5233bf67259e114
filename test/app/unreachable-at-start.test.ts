import { expect, test } from "vitest";
import { connect } from "../../src/app/connect.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import type { Traits } from "../../src/command/traits.ts";
import type { Configuration } from "../../src/config/configuration.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { HsmError } from "../../src/hsm/return-code.ts";
import type { Roads } from "../../src/app/roads.ts";
import type { Home } from "../../src/store/home.ts";

const servers = ["h0", "h1", "h2"].map((hostname) => ({ name: hostname, hostname, port: 2225, hsm: undefined }));

/** A home in which the HSM at h1 is missing. */
const home = {
  name: "the home",
  words: { home: "folder", place: "file" },
  inspect: ({ hostname }: { readonly hostname: string }) =>
    Promise.resolve(hostname === "h1" ? { kind: "absent" } : { kind: "hsm", mark: hostname }),
} as unknown as Home;

const roads = {
  meet: () => Promise.resolve({ kind: "connected", isEncrypted: true }),
} as unknown as Roads;

/** What a start says with these traits. */
async function start(traits: Traits): Promise<{ readonly lines: readonly string[]; readonly refusal: string }> {
  const lines: string[] = [];
  const output = {
    print: (...more: readonly string[]) => lines.push(...more),
    hint: () => undefined,
    columns: undefined,
  };
  const cluster = new Cluster(servers, () => Promise.reject(new HsmError("SERVER_UNAVAILABLE")));
  const configuration = { file: "cluster.cfg", servers } as unknown as Configuration;
  const connecting = connect(cluster, configuration, { home, roads }, { ...aws, traits }, output);
  const refusal = await connecting.then(
    () => "",
    (error: unknown) => String(error),
  );
  return { lines, refusal };
}

const missing = aws.connectionFailed({ id: 1, name: "h1", hostname: "h1", port: 2225 });

test("a server that is not there ends the start of AWS's shell", async () => {
  const { lines, refusal } = await start(aws.traits);
  expect(refusal).toContain(`${missing}\n${aws.startFailed}`);
  expect(lines.at(-1)).toContain("'h1'");
});

test("a shell whose trait it is goes on with the others", async () => {
  const { lines, refusal } = await start({ ...aws.traits, unreachableAtStart: "goesOn" });
  expect(refusal).toBe("");
  expect(lines).toContain(missing);
  expect(lines.slice(-2)).toEqual([aws.e2eEnabled("0(h0)"), aws.e2eEnabled("2(h2)")]);
});
