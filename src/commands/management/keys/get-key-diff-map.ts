import type { Server } from "../../../cluster/server.ts";
import type { Offerable } from "../../../command/command.ts";
import { comparison } from "../../../command/comparison.ts";
import { InvalidArgument } from "../../../command/parameter.ts";
import { keyHandle, outputFile, serverId, userId } from "../../../command/parameters.ts";
import { Refused } from "../../../command/refused.ts";
import { requireCurrent, requireServer } from "../../../command/require-server.ts";
import type { Dialect, KeyPlaces } from "../../../command/wording.ts";
import type { Hsm, SessionHandle } from "../../../hsm/hsm.ts";
import type { KeyState } from "../../../hsm/key-requests.ts";

/** What the command is in both modes. */
const common = {
  name: "getKeyDiffMap",
  request: async (hsm: Hsm, session: SessionHandle): Promise<States> => {
    const states = await hsm.keys.states(session);
    return new Map(states.map((state) => [state.handle, state]));
  },
  compare,
  lines: (dialect: Dialect, rows: readonly KeyPlaces[], _source: Server, { handle: asked }: Asked) => [
    ...(asked === 0 ? [dialect.keyCount(rows.length)] : []),
    ...dialect.keyMap(rows),
  ],
  outputFile: ({ file }: Asked) => file,
};
const user = userId("whose keys; 0 for all users");
const handle = keyHandle("the key; 0 for all keys");

/** Shows on which servers each key of one exists (a command of the sibling shells, Oracle's wording). */
export const getKeyDiffMap: Offerable = comparison({
  ...common,
  parameters: [serverId("the HSM whose keys are compared"), user, handle, outputFile()],
  source: (context, { serverId: id }) => requireServer(context, id),
});

/** Where the server is that of the mode, a third number is one too many, and not the name of a file. */
const noServerId = {
  ...outputFile(),
  read: (word: string): string => {
    if (/^\d+$/.test(word))
      throw new InvalidArgument(`must be a file, got ${word}: in server mode, the server is already chosen`);
    return word;
  },
} as const;

/** The same in server mode, where the server is the one of the mode. */
export const getKeyDiffMapOfServer: Offerable = comparison({
  ...common,
  parameters: [user, handle, noServerId],
  source: requireCurrent,
});

interface Asked {
  readonly userId: number;
  readonly handle: number;
  readonly file: string | undefined;
}

/** What a server said of all its keys, by handle. */
type States = ReadonlyMap<number, KeyState>;

function compare(source: Server, answered: ReadonlyMap<Server, States>, asked: Asked): readonly KeyPlaces[] {
  const chosen = [...(answered.get(source) ?? [])].filter(([key, state]) => isAsked(asked, key, state));
  if (asked.handle !== 0 && chosen.length === 0) {
    throw new Refused(`there is no such key ${String(asked.handle)} on server ${source.label}`, { namesCommand: true });
  }
  // The sibling shells list the other servers first and the source last.
  const order = [...answered].sort(([one], [other]) => Number(one === source) - Number(other === source));
  return chosen.map(([key, state]) => {
    const having = order.filter(([, states]) => isInStep(state, states.get(key)));
    return { handle: key, servers: having.map(([server]) => server.id) };
  });
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
