import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { manualPages } from "../../src/bin/manual.ts";
import { manualPage } from "../../src/bin/manual-page.ts";
import { outlineOf } from "../../src/bin/outline.ts";
import { runFleet } from "../harness/fleet-program.ts";
import { temporaryFolder } from "../harness/program.ts";

/** What groff complains of in a page, and what it shows; undefined where there is no groff. */
function typeset(page: string): { readonly complaints: string; readonly shown: string } | undefined {
  const path = join(temporaryFolder(), "page.1");
  writeFileSync(path, page);
  const { status, stdout, stderr } = spawnSync("groff", ["-man", "-Tascii", "-P-cbou", "-ww", path], {
    encoding: "utf8",
  });
  return status === null ? undefined : { complaints: stderr, shown: stdout };
}

test("the pages have every command and option of all programs, and groff has no complaint", () => {
  const pages = manualPages();
  expect([...pages.keys()]).toEqual([
    "cloudhsm_mgmt_util.1",
    "azcloudhsm_mgmt_util.1",
    "user_mgmt_util.1",
    "hsm_mgmt_tool.1",
    "cloudhsm-sim.1",
    "key_mgmt_util.1",
    "azcloudhsm_util.1",
    "key_mgmt_tool.1",
  ]);
  for (const [name, page] of pages) {
    // That of another vendor is the same program by another name.
    if (/^\.so man1\/(?:cloudhsm|key)_mgmt_util\.1\n$/.test(page)) continue;
    expect(page).toMatch(/^\.TH "(?:CLOUDHSM|KEY_MGMT)[^"]*" 1 "" "[^"]* \d+\\?\.\d+/);
    const sections = page.match(/^\.SH .*/gm);
    expect(sections).toEqual(expect.arrayContaining([".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS"]));
    expect({ name, complaints: typeset(page)?.complaints ?? "" }).toEqual({ name, complaints: "" });
  }
  const fleet = pages.get("cloudhsm-sim.1") ?? "";
  const help = runFleet(temporaryFolder(), ["fault", "add", "--help"]).stdout;
  const options = help.match(/--[a-z0-9]+/g) ?? [];
  expect(options).toContain("--kind");
  for (const option of options) expect(fleet).toContain(option.replaceAll("-", "\\-"));
  for (const usage of ["fault add", "sessions end <id>", "hold <type> <name>"])
    expect(fleet).toContain(`.SS "${usage}"`);
  expect(pages.get("key_mgmt_util.1")).toContain("singlecmd");
  expect(pages.get("cloudhsm_mgmt_util.1")).toContain("\\-\\-on\\-failure");
});

test("nothing of a text is taken for a request of roff", () => {
  const program = new Command("try-it")
    .description(".so /etc/passwd \\fBbold\\fR\n'quoted'. And more.")
    .option("--dot <file>", ".dotted");
  const page = manualPage(outlineOf(program), { version: "1.0.0", after: ".so after\n  kept" });
  expect(page).not.toMatch(/^\.so/m);
  const told = typeset(page);
  if (told === undefined) return;
  expect(told.complaints).toBe("");
  for (const text of [".so /etc/passwd \\fBbold\\fR", "'quoted'", ".dotted", ".so after", "  kept"]) {
    expect(told.shown.replaceAll(/ +/g, " ")).toContain(text.replaceAll(/ +/g, " "));
  }
});
