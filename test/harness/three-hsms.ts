import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { Conversation } from "./conversation.ts";
import { type Start, temporaryFolder } from "./program.ts";

/** The servers of {@link cluster}. */
export const hosts = ["h0", "h1", "h2"] as const;

/** Three HSMs in step, with two officers and a crypto user. */
export const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }, { id: hsm-c, hostname: h2 }]
`;

/** A home in which nothing was created yet. */
export function emptyHome(configuration = cluster): Start {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, configuration);
  return { words: [config], home: join(folder, "home") };
}

/** A shell that has carried out these commands. */
export async function shell(start: Start, ...commands: readonly string[]): Promise<Conversation> {
  const conversation = new Conversation(start);
  await conversation.prompt();
  for (const command of commands) await conversation.command(command);
  return conversation;
}

/** Has shells carry out a script each, all at once; gives what each was told. */
export function atOnce(...scripts: readonly (readonly [Conversation, readonly string[]])[]): Promise<string[]> {
  return Promise.all(
    scripts.map(async ([conversation, commands]) => {
      const answers: string[] = [];
      for (const command of commands) answers.push(await conversation.command(command));
      return answers.join("");
    }),
  );
}

/** Ends shells, which must end well. */
export async function quit(...shells: readonly Conversation[]): Promise<void> {
  for (const each of shells) {
    await each.say("quit");
    expect(await each.end()).toMatchObject({ status: 0, stderr: "" });
  }
}
