import { Refusal } from "./refusal.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The members of a request's body. Throws {@link Refusal} for what is no JSON object. */
export function inputOf(body: unknown): object {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(body) ? utf8.decode(body) : "", withoutNull);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    // The last is of what is nested too deeply.
    if (!(error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)) throw error;
  }
  throw new Refusal(
    "SerializationException",
    "The body must be one JSON object in UTF-8: {} where there is no parameter.",
  );
}

/** null counts as missing, as it does in all AWS JSON. */
function withoutNull(_name: string, value: unknown): unknown {
  return value ?? undefined;
}
