import * as v from "valibot";
import { type Document, LineCounter, type Node, isMap, isNode, isScalar, parseDocument, visit } from "yaml";
import { ConfigurationError } from "./configuration.ts";
import { brokenJson, jsonEnd, syntaxProblem } from "./syntax.ts";

/** The way to a value: keys and positions. */
type Path = readonly (string | number)[];

/** A parsed file in which every complaint is given with its line and column. */
export interface PositionedDocument {
  /** The whole content if it fits `schema`. Throws {@link ConfigurationError} for the first thing that does not. */
  validate<T extends v.GenericSchema>(schema: T): v.InferOutput<T>;
  /** Throws {@link ConfigurationError} about what stands at `path`. */
  complain(path: Path, problem: string): never;
  /** The line and column where `path` stands: `12:9`. */
  position(path: Path): string;
}

/**
 * Parses YAML, or with `lenient` JSON as people write it. Throws {@link ConfigurationError}. No complaint repeats
 * what the file says, other than the keys of its schema: it may be a password.
 */
export function positioned(
  file: string,
  text: string,
  options: { readonly lenient?: boolean } = {},
): PositionedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: options.lenient !== true,
  });

  function positionOf(offset: number): string {
    const { line, col } = lines.linePos(offset);
    return `${String(line)}:${String(col)}`;
  }

  function complainAt(offset: number, problem: string): never {
    throw new ConfigurationError(`${file}:${positionOf(offset)}: ${problem}`);
  }

  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined && options.lenient === true) complainAt(jsonEnd(text) ?? error.pos[0], brokenJson);
  if (error !== undefined) complainAt(error.pos[0], syntaxProblem(error.code));
  requirePlain(document, complainAt);

  return {
    complain: (path, problem) => complainAt(offsetOf(document, path), `${describe(path)} ${problem}`),
    position: (path) => positionOf(offsetOf(document, path)),
    validate(schema) {
      const result = v.safeParse(schema, contentOf(document, complainAt));
      if (result.success) return result.output;
      const { issues } = result;
      // A key that is misspelt explains the one that is missing.
      const { path, expected, message } = issues.find((issue) => issue.expected === "never") ?? issues[0];
      const way = (path ?? []).map((item) => item.key as string | number);
      // An unknown key is no word of the schema: it is shown by its place only.
      if (expected === "never")
        return complainAt(keyOffsetOf(document, way), `${describe(way.slice(0, -1))} ${message}`);
      return complainAt(offsetOf(document, way), `${describe(way)} ${message}`);
    },
  };
}

type Complain = (offset: number, problem: string) => never;

/** Keys are words, and an alias stands for something that was named before. */
function requirePlain(document: Document, complainAt: Complain): void {
  visit(document, {
    Pair(_, { key }) {
      if (isNode(key) && !isScalar(key)) complainAt(startOf(key), "a key must be one word");
    },
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) {
        complainAt(startOf(alias), "an alias (*) for something that was not named (&) before: put the value in quotes");
      }
    },
  });
}

/** The content as plain values; refuses aliases that unfold to more than anybody wrote. */
function contentOf(document: Document, complainAt: Complain): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    let offset = 0;
    visit(document, {
      Alias(_, alias) {
        offset = startOf(alias);
        return visit.BREAK;
      },
    });
    return complainAt(offset, "aliases (*) stand for too much: write the values out");
  }
}

/** Where the value at `path` begins; for a missing one its owner. */
function offsetOf(document: Document, path: Path): number {
  const node: unknown = document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}

/** Where the last key of `path` stands. */
function keyOffsetOf(document: Document, path: Path): number {
  const owner: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(owner)
    ? owner.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
    : undefined;
  return isNode(pair?.key) ? startOf(pair.key) : offsetOf(document, path);
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

/** `clusters[0].users[2].name` */
function describe(path: Path): string {
  if (path.length === 0) return "the file";
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${String(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
