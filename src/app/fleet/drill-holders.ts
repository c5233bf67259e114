import { StateError } from "../../errors/state-error.ts";

/** A process that holds a login of a drill. */
export interface Holder {
  /** Its number: it is signalled only while its shell is alive. */
  readonly pid: number;
  /** The mark of its shell. */
  readonly shell: string;
}

/** Reads the list of processes that a drill keeps. Throws {@link StateError} where it is damaged. */
export function readHolders(file: string, text: string): readonly Holder[] {
  const holders = parse(text);
  if (Array.isArray(holders) && holders.every(isHolder)) return holders;
  throw new StateError(`${file} is damaged: end its sessions with cloudhsm-sim sessions end, and delete it`);
}

/** A number of another kind would signal a whole group of processes. */
function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  const { pid, shell } = value as Readonly<Partial<Record<keyof Holder, unknown>>>;
  return Number.isSafeInteger(pid) && Number(pid) > 1 && typeof shell === "string";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
