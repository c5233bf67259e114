import { expect, test } from "vitest";
import { command } from "../../src/command/command.ts";
import { type Offer, offeredOf } from "../../src/command/offer.ts";
import { said } from "../../src/command/result.ts";
import { complete } from "../../src/shell/completion.ts";
import { resolve } from "../../src/shell/resolve.ts";

/** The modes of a shell that is not the management shell. */
type Mode = "closed" | "open" | "signing";

const names = ["open", "close", "sign", "help"] as const;
const declared = Object.fromEntries(
  names.map((name) => [name, command({ name, parameters: [], run: () => Promise.resolve(said()) })]),
);
const offer: Offer<Mode> = {
  open: { modes: ["closed"], summary: "Opens" },
  close: { modes: ["open", "signing"], summary: "Closes" },
  sign: { modes: ["signing"], summary: "Signs" },
  help: { modes: ["closed", "open", "signing"], summary: "Helps" },
};
const commands = offeredOf(offer, declared);

test.each([
  ["closed", "o", "command"],
  ["open", "open", "elsewhere"],
  ["open", "sign", "elsewhere"],
  ["signing", "s", "command"],
  ["signing", "c", "command"],
  ["closed", "c", "elsewhere"],
] as const)("a shell of three modes finds, in %s, %s %s", (mode, word, kind) => {
  expect(resolve(commands, mode, word).kind).toBe(kind);
});

test("Tab proposes the commands of the mode", async () => {
  const nothing = () => Promise.resolve([]);
  const held = { commandNames: names, serverIds: [], users: nothing, keyHandles: nothing, tokenIds: nothing };
  const proposed = async (mode: Mode) => (await complete({ ...held, commands, mode: () => mode }, ""))[0];
  expect(await proposed("open")).toEqual(["close ", "help "]);
  expect(await proposed("signing")).toEqual(["close ", "sign ", "help "]);
});
