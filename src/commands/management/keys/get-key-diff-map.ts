import type { Server } from "../../../cluster/server.ts";
import type { KeyState } from "../../../hsm/key-requests.ts";
import { askServers, serverList } from "../../../command/ask-servers.ts";
import { type Command, type CommandContext, type Outcome, command } from "../../../command/command.ts";
import { InvalidArgument } from "../../../command/parameter.ts";
import { success } from "../../../command/on-servers.ts";
import { keyHandle, outputFile, serverId, userId } from "../../../command/parameters.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { requireServer } from "../../../command/require-server.ts";

const summary = "Shows on which HSMs each key of an HSM is in step";
const description =
  "Shows on which HSMs each key of one HSM exists with the same owner, shares, approvers and check value; that HSM " +
  "stands last. Needs a CO or AU, logged in on all HSMs.";
const user = userId("whose keys; 0 for all users");
const handle = keyHandle("the key; 0 for all keys");

/** Shows on which servers each key of one exists (a command of the sibling shells, Oracle's wording). */
export const getKeyDiffMap: Command = command({
  name: "getKeyDiffMap",
  summary,
  description,
  example: "getKeyDiffMap 0 0 0",
  documented: false,
  modes: ["global"],
  parameters: [serverId("the HSM whose keys are looked for"), user, handle, outputFile()],
  async run(context, { serverId: id, ...asked }) {
    const source = requireServer(context, id);
    return source === undefined ? "failed" : compare(context, source, asked);
  },
});

/** Where the server is that of the mode, a third number is one too many, and not the name of a file. */
const noServerId = {
  ...outputFile(),
  read: (word: string): string => {
    if (/^\d+$/.test(word))
      throw new InvalidArgument(`must be a file, got ${word}: the server is the one of this mode`);
    return word;
  },
} as const;

/** The same in server mode, where the server is the one of the mode. */
export const getKeyDiffMapOfServer: Command = command({
  name: "getKeyDiffMap",
  summary,
  description,
  example: "getKeyDiffMap 0 0",
  documented: false,
  modes: ["server"],
  parameters: [user, handle, noServerId],
  async run(context, asked) {
    const source = context.cluster.current;
    return source === undefined ? "failed" : compare(context, source, asked);
  },
});

interface Asked {
  readonly userId: number;
  readonly handle: number;
  readonly file: string | undefined;
}

async function compare(context: CommandContext, source: Server, asked: Asked): Promise<Outcome> {
  const { dialect, output } = context;
  const { byServer, complete } = await askServers(context, "getKeyDiffMap", async (server) => {
    const states = await (await server.hsm()).keys.states(server.session);
    return new Map(states.map((state) => [state.handle, state]));
  });
  const keys = byServer.get(source);
  if (keys === undefined) return "failed";
  const chosen = [...keys].filter(([key, state]) => isAsked(asked, key, state));
  if (asked.handle !== 0 && chosen.length === 0) {
    output.print(`getKeyDiffMap: there is no such key ${String(asked.handle)} on server ${source.label}`);
    return "failed";
  }
  // The sibling shells list the other servers first and the source last.
  const order = [...byServer].sort(([one], [other]) => Number(one === source) - Number(other === source));
  const lines = [
    ...(asked.handle === 0 ? [dialect.keyCount(chosen.length)] : []),
    ...dialect.keyMap(
      chosen.map(([key, state]) => {
        const having = order.filter(([, states]) => isInStep(state, states.get(key)));
        return [key, serverList(having.map(([server]) => server))];
      }),
    ),
  ];
  if (asked.file === undefined) output.print(...lines);
  else await writeOutputFile(context.home, asked.file, lines.map((line) => `${line}\n`).join(""));
  if (!complete) return "failed";
  output.print(success(context, "getKeyDiffMap", source));
  return "done";
}

function isAsked({ userId: id, handle: key }: Asked, found: number, { owner, sharedWith }: KeyState): boolean {
  return (key === 0 || key === found) && (id === 0 || owner === id || sharedWith.includes(id));
}

function isInStep(one: KeyState, other: KeyState | undefined): boolean {
  return other !== undefined && fingerprint(one) === fingerprint(other);
}

function fingerprint({ owner, sharedWith, mValue, kcv }: KeyState): string {
  return JSON.stringify([owner, sharedWith, mValue, kcv]);
}
