import { CommandError } from "../../errors/command-error.ts";

/** The member of a template under which the signatures are (OCI Dedicated KMS, page of unlockCO). */
const member = "Unlock CO signatures";

const placeholder = "<path>";

/** A template to be filled in, for nodes of these numbers. */
export function sampleTemplate(nodes: readonly number[]): string {
  const signatures = Object.fromEntries(nodes.map((node) => [nameOf(node), placeholder] as const));
  return `${JSON.stringify({ [member]: signatures }, null, 3)}\n`;
}

/**
 * Reads which file has the owner's signature for each node. A node may be left out, which then refuses. Throws
 * {@link CommandError} with the file and what is wrong in it.
 *
 * @param nodes those that there are
 */
export function readTemplate(path: string, text: string, nodes: readonly number[]): ReadonlyMap<number, string> {
  const wrong = (problem: string): CommandError => new CommandError(`${path}: ${problem}`);
  const signatures = signaturesIn(text);
  if (signatures === undefined) {
    throw wrong(`must be JSON of this form: { "${member}": { "${nameOf(nodes[0] ?? 0)}": "<file>" } }`);
  }
  const found = new Map<number, string>();
  for (const [name, file] of Object.entries(signatures)) {
    const node = nodes.find((each) => nameOf(each) === name);
    if (node === undefined) throw wrong(`"${name}" is none of the nodes ${nodes.map(nameOf).join(", ")}`);
    if (typeof file !== "string" || file === "" || file === placeholder) {
      throw wrong(`"${name}" must name the file with the owner's signature over challenge_node_${String(node)}`);
    }
    found.set(node, file);
  }
  return found;
}

function nameOf(node: number): string {
  return `Node ${String(node)}`;
}

function signaturesIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const root: unknown = JSON.parse(text);
    const signatures: unknown = isObject(root) ? root[member] : undefined;
    return isObject(signatures) ? signatures : undefined;
  } catch {
    // Whoever wrote it is shown the form, which says more than the place where it stops to be JSON.
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
