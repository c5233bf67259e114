import { symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { launchersIn } from "../harness/launchers.ts";
import { environmentOf, temporaryFolder } from "../harness/program.ts";
import { startServing } from "../harness/serving.ts";
import { stepsOf, walk } from "../harness/walked-page.ts";

const page = "docs/day-zero.md";
/** Where the page's service listens; a test has a port of its own. */
const served = "http://127.0.0.1:4599";

describe.skipIf(isMissing("aws", "openssl", "curl"))("docs/day-zero.md", () => {
  test("from an empty folder to a cluster of two, each command with its output", async () => {
    const folder = temporaryFolder();
    const bin = launchersIn(join(folder, ".bin"));
    symlinkSync("/usr/bin/aws", join(bin, "aws"));
    const home = join(folder, "hsms");
    const { url } = await startServing(home);
    const steps = stepsOf(page, (line) => line.replaceAll(served, url));
    expect(steps.length).toBeGreaterThan(30);
    const path = [bin, process.env["PATH"]].join(delimiter);
    const own = { AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/nonexistent", HOME: folder, PATH: path };
    await walk(steps, folder, { ...environmentOf({ words: [], home }), ...own });
  });
});
