import { constants, promises as files } from "node:fs";
import { CommandError } from "../errors/command-error.ts";
import { isOfHsms } from "./hsm-file.ts";
import { namedPath } from "./named-path.ts";
import { reason } from "./output-file.ts";

const largest = 65_536;

/**
 * The content of a file that the operator names: keys, signatures, tokens, all of them small. Throws
 * {@link CommandError} with the name of the file and the reason.
 */
export async function readInputFile(home: string | undefined, named: string): Promise<Buffer> {
  const path = namedPath(named);
  try {
    if (await isOfHsms(home, await files.realpath(path))) {
      throw new CommandError(`${path} cannot be read: it belongs to the HSMs`);
    }
    // A named pipe without a writer would keep the shell waiting for good.
    const file = await files.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) throw new CommandError(`${path} cannot be read: it is not an ordinary file`);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(largest + 1), 0, largest + 1, 0);
      if (bytesRead > largest)
        throw new CommandError(`${path} cannot be read: it is longer than ${String(largest)} bytes`);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${reason(error)}`, { cause: error });
  }
}
