import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launchersIn } from "../harness/launchers.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { RunningCommand } from "../harness/running-command.ts";

const cluster = readFileSync(join(root, "test", "sessions", "configurations", "key-makers.yaml"), "utf8");

/** A folder with a configuration, and what runs there with the programs on its path. */
function stage(): { readonly folder: string; readonly start: (command: string, place?: "terminal") => RunningCommand } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "cluster.yaml"), cluster);
  const bin = launchersIn(join(folder, ".bin"));
  const environment = {
    ...environmentOf({ words: [], home: join(folder, "hsms") }),
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
  };
  return {
    folder,
    start: (command, place) => new RunningCommand({ command, folder, environment, place: place ?? "pipe" }),
  };
}

test("singlecmd inside a loop over a list leaves the list alone, and its answers can be cut into pieces", async () => {
  const { folder, start } = stage();
  writeFileSync(
    join(folder, "script.sh"),
    `set -e
login="loginHSM -u CU -s alice -p alice12345"
util="key_mgmt_util --config cluster.yaml singlecmd $login"
printf 'one\\ntwo\\nthree\\n' > labels
$util genSymKey -l two -t 31 -s 32 > made
while read label; do
  $util findKey -l "$label" > found
  if grep -qE "Total number of keys present: 1\\s*$" found; then
    handle=$(tr -d '\\n' < found | grep -oE "Handles of matching keys:\\s*[0-9]*" | cut -f 2)
    $util getAttribute -o "$handle" -a 3 -out label.txt > got
    echo "$label is $handle: $(tail -n 1 label.txt)"
  else
    echo "$label is nowhere"
  fi
done < labels
`,
  );
  const running = start("exec 2>errors; sh script.sh");
  running.endInput();
  expect(await running.end()).toBe(0);
  expect(running.output).toBe("one is nowhere\ntwo is 6: two\nthree is nowhere\n");
});

/** What would be in clear in a file that was told of it: bytes, in hex, and in base64. */
function formsOf(secret: Buffer): readonly Buffer[] {
  return [secret, Buffer.from(secret.toString("hex")), Buffer.from(secret.toString("base64").replace(/=*$/, ""))];
}

test("a key is in clear in the file of its export alone, and a password in none", async () => {
  const { folder, start } = stage();
  const running = start("key_mgmt_util cluster.yaml > output 2>&1", undefined);
  running.send(
    [
      "loginHSM -u CU -s alice -p wrong67890",
      "loginHSM -u CU -s alice -p alice12345",
      "genSymKey -t 31 -s 32 -l exported",
      "genSymKey -t 31 -s 32 -l wrapping -sess",
      "exSymKey -k 6 -w 7 -out exported.key",
      "wrapKey -k 6 -w 7 -m 4 -out wrapped.key",
      "extractMaskedObject -o 6 -out masked.key",
      "exSymKey -k 99 -w 7 -out none.key",
      "exit",
      "",
    ].join("\n"),
  );
  running.endInput();
  expect(await running.end()).toBe(0);
  const secret = readFileSync(join(folder, "exported.key"));
  expect(secret).toHaveLength(32);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const kept = files.map(({ name, parentPath }) => ({ name, content: readFileSync(join(parentPath, name)) }));
  const names = kept.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["wrapped.key", "masked.key", "output"]));
  const holding = (part: Buffer): readonly string[] =>
    kept.filter(({ content }) => content.includes(part)).map(({ name }) => name);
  expect(formsOf(secret).flatMap(holding)).toEqual(["exported.key"]);
  // The configuration says what the passwords are.
  expect(holding(Buffer.from("alice12345"))).toEqual(["cluster.yaml"]);
  expect(holding(Buffer.from("wrong67890"))).toEqual([]);
});

test("what is typed ahead of the first prompt at a terminal, ended with CR, is carried out in order", async () => {
  const { start } = stage();
  const running = start("key_mgmt_util cluster.yaml 2>errors", "terminal");
  running.send("loginHSM -u CU -s alice -p alice12345\rgenSymKey -t 31 -s 32 -l ahead\rfindKey\rexit\r");
  expect(await running.end()).toBe(0);
  const told = ["Cfm3LoginHSM returned: 0x00", "Key Handle: 6", "Total number of keys present: 1\n"];
  const places = told.map((text) => running.output.replaceAll("\r", "").indexOf(text));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(running.output.match(/Command: {2}/g)).toHaveLength(4);
});
