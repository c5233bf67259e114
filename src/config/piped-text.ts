import { Socket } from "node:net";
import { Interrupted } from "../errors/interrupted.ts";

/**
 * Reads a pipe to its end, or until there is more than `most` bytes of it; a named one waits for its writer. Throws
 * {@link Interrupted} when `signal` aborts.
 */
export async function readPipe(descriptor: number, most: number, signal: AbortSignal): Promise<Buffer> {
  const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
  const chunks: Buffer[] = [];
  let total = 0;
  const stop = (): void => {
    pipe.destroy(new Interrupted("reading the configuration was interrupted"));
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  try {
    for await (const chunk of pipe as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      total += chunk.length;
      if (total > most) break;
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener("abort", stop);
    pipe.destroy();
  }
}
