import type { Hsm } from "./hsm.ts";
import { type RequestName, requests } from "./requests.ts";

/** One request on its way to an HSM. */
interface PassingRequest {
  readonly name: RequestName;
  /** The arguments, in the order of the method. */
  readonly given: readonly unknown[];
}

/**
 * What every request passes through, by its name in the table. It can carry the request out, also with other content,
 * or delay it, refuse it with `HsmError`, or lose the answer.
 */
export type Passage = (
  request: PassingRequest,
  carryOut: (given: readonly unknown[]) => Promise<unknown>,
) => Promise<unknown>;

type Method = (...given: readonly unknown[]) => Promise<unknown>;
type Topic = Record<string, Method>;

/** Returns an HSM whose every request goes through a passage. Passages can be nested. */
export function passing(hsm: Hsm, passage: Passage): Hsm {
  const topics: Record<string, Topic> = {};
  const door: Record<string, unknown> = { identity: hsm.identity, close: () => hsm.close() };
  for (const name of Object.keys(requests) as readonly RequestName[]) {
    const [topic, method] = name.includes(".") ? (name.split(".") as [string, string]) : [undefined, name];
    const behind = (topic === undefined ? hsm : Reflect.get(hsm, topic)) as unknown as Topic;
    const passed: Method = (...given) => passage({ name, given }, async (content) => behind[method]?.(...content));
    if (topic === undefined) door[method] = passed;
    else (topics[topic] ??= {})[method] = passed;
  }
  return { ...door, ...topics } as unknown as Hsm;
}
