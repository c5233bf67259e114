import { CommandError } from "../../errors/command-error.ts";
import { ProgramError } from "../../errors/program-error.ts";
import { readInputFile } from "../../files/input-file.ts";
import type { KeyContext } from "./key-command.ts";

/** A file that cannot be read: a mistake of whoever typed its name, and no refusal of an HSM. Its cause has the reason. */
export class UnreadableFile extends ProgramError {
  override readonly name = "UnreadableFile";
  override readonly fault = "user";
  readonly path: string;

  constructor(path: string, cause: CommandError) {
    super(cause.message, { cause });
    this.path = path;
  }
}

/** Reads a file of at most 64 KiB that a command was told of. Throws {@link UnreadableFile}. */
export async function readFile({ home }: Pick<KeyContext, "home">, path: string): Promise<Buffer> {
  try {
    return await readInputFile(home, path);
  } catch (error) {
    throw error instanceof CommandError ? new UnreadableFile(path, error) : error;
  }
}
