import type { Server } from "../cluster/server.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { onServers, success } from "./on-servers.ts";
import { writeOutputFile } from "../files/output-file.ts";

/** A question to every server in scope whose answers are shown, or written to a file. */
export interface Report<T> {
  readonly command: string;
  readonly request: (server: Server) => Promise<T>;
  /** A server's answer in lines; `position` counts what was put so far. */
  readonly lines: (server: Server, answer: T, position: number) => readonly string[];
  /** What stands above a failure on the screen. */
  readonly failureHeading?: (server: Server, position: number) => readonly string[];
  /** Whether the line of success stands below each answer on the screen too, where it always stands for a file. */
  readonly confirmed: boolean;
  readonly file: string | undefined;
}

/** Shows each server's answer as it comes; with a file writes them all to it, and shows only the lines of success. */
export async function report<T>(context: CommandContext, asked: Report<T>): Promise<Outcome> {
  const { output } = context;
  const { command, request, lines, failureHeading, confirmed, file } = asked;
  const answers: (readonly string[])[] = [];
  const confirmations: string[] = [];
  let position = 0;
  const outcome = await onServers(context, {
    command,
    request,
    succeeded: (server, answer) => {
      const text = lines(server, answer, position++);
      const confirmation = success(context, command, server);
      answers.push(text);
      confirmations.push(confirmation);
      if (file === undefined) output.print(...text, ...(confirmed ? [confirmation] : []));
    },
    ...(failureHeading === undefined || file !== undefined
      ? {}
      : { failureHeading: (server: Server) => failureHeading(server, position++) }),
  });
  if (file === undefined || answers.length === 0) return outcome;
  const text = answers.flat().map((line) => `${line}\n`);
  await writeOutputFile(context.home, file, text.join(""));
  output.print(...confirmations);
  return outcome;
}
