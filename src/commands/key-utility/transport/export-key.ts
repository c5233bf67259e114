import { type Answer, isDone } from "../../../cluster/answer.ts";
import type { Server } from "../../../cluster/server.ts";
import type { Result } from "../../../command/result.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import type { KeyContext } from "../key-command.ts";
import { softwareWrapping } from "./software-wrapping.ts";

/** A key that is to be exported in clear, and what wraps it on its way. */
export interface Exporting {
  readonly key: number;
  readonly class: "secret" | "private";
  readonly under: number;
  /** A file with that key. */
  readonly wrappingFile: string | undefined;
  readonly file: string;
  /** What the file is to have of the key. */
  readonly written: (plain: Uint8Array) => Uint8Array | string;
  readonly done: (file: string) => string;
}

/**
 * Exports a key as the original does: the HSM wraps it, and it is opened for the file, by the HSM or with a file. Throws
 * CommandError for a file that holds no wrapping key, or another one, and where the file cannot be written.
 */
export async function exportKey(context: KeyContext, exporting: Exporting): Promise<Result> {
  const { words } = context;
  const { key, under, file } = exporting;
  const software = await softwareWrapping(context, exporting.wrappingFile);
  const method = { mechanism: "AES_KEY_WRAP_PAD_PKCS5" } as const;
  const wrapped = await askHolder(context, (hsm, session) =>
    hsm.wrapping.wrap(session, { key, under, method, header: false, class: exporting.class }),
  );
  const found = wrapped.find(isDone);
  if (found === undefined) {
    return answered(context, "failed", wrapped, [[words.returned("exportWrap", errorOf(wrapped.at(-1)))]]);
  }
  const { bytes } = found.value;
  const isBySoftware = software !== undefined;
  const opened = isBySoftware
    ? ({ server: found.server, outcome: "done", value: software.unwrap(bytes) } as const)
    : await unwrapped(found.server, under, bytes);
  const wrapLine = [words.returned("exportWrap")];
  if (!isDone(opened)) {
    return answered(context, "failed", [opened], [wrapLine, [words.returned("exportUnwrap", opened.error)]]);
  }
  await writeOutputFile(context.home, file, exporting.written(opened.value));
  return answered(context, "done", wrapped, [
    wrapLine,
    isBySoftware ? [] : [words.returned("exportUnwrap")],
    [exporting.done(file)],
  ]);
}

/** The HSM that wrapped it opens it. */
function unwrapped(server: Server, under: number, bytes: Uint8Array): Promise<Answer<Uint8Array>> {
  return server.ask((hsm, session) => hsm.wrapping.unwrapData(session, under, bytes));
}
