import { isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import type { CommandContext } from "../../../command/command.ts";
import { file, userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { CommandError } from "../../../errors/command-error.ts";
import { readInputFile } from "../../../files/input-file.ts";
import { slashed } from "../../../files/named-path.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { readTemplate, sampleTemplate } from "../../files/unlock-template.ts";

/** Lets a locked officer log in again, by the owner's signature over the challenge of each HSM (Azure and Oracle). */
export const unlockCo = serverCommand({
  name: "unlockCO",
  parameters: [
    userName("the name of a crypto officer whom wrong passwords have locked"),
    file(
      "template",
      "<template file>",
      "JSON that names the signature for each node; a sample is written where it is missing",
    ),
  ],
  askFirst: async (context, { template }) => ({ signatures: await readSignatures(context, slashed(template)) }),
  announcement: (dialect, { name }) => dialect.unlockingOfficer(name),
  async prepare({ cluster }, { signatures }) {
    // A server that cannot say who it is refuses the request below, which tells of it.
    const answers = await askAll(cluster.scope, (hsm) => Promise.resolve(hsm.identity.id));
    const known = answers.filter(isDone).map(({ server, value }) => [value, signatures.get(server.id)] as const);
    return { byHsm: new Map(known) };
  },
  request: (hsm, session, { name, byHsm }) =>
    hsm.unlocking.unlock(session, name, byHsm.get(hsm.identity.id) ?? new Uint8Array()),
});

/** The signatures that a template names, by the ids of servers; only those of servers in scope are read. */
async function readSignatures(context: CommandContext, template: string): Promise<ReadonlyMap<number, Uint8Array>> {
  const { cluster, dialect, home } = context;
  const nodes = cluster.servers.map(({ id }) => dialect.nodeOf(id));
  const named = readTemplate(template, await textOf(context, template, nodes), nodes);
  const signatures = new Map<number, Uint8Array>();
  for (const { id } of cluster.scope) {
    const path = named.get(dialect.nodeOf(id));
    if (path !== undefined) signatures.set(id, await readInputFile(home, slashed(path)));
  }
  return signatures;
}

/** The text of a template; writes a sample where there is none. Throws {@link CommandError}, also then. */
async function textOf({ home }: CommandContext, template: string, nodes: readonly number[]): Promise<string> {
  try {
    return (await readInputFile(home, template)).toString("utf8");
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code !== "ENOENT") throw error;
    await writeOutputFile(home, template, sampleTemplate(nodes));
    throw new CommandError(
      `there was no ${template}: a sample is there now; name the owner's signature for each node in it, then run unlockCO again`,
      { cause: error },
    );
  }
}
