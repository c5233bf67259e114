import * as v from "valibot";
import {
  type Document,
  LineCounter,
  type Node,
  type YAMLMap,
  isAlias,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  visit,
} from "yaml";
import { requireBounds } from "./bounds.ts";
import { Complaints } from "./complaints.ts";
import { missing } from "./value-kinds.ts";
import { brokenJson, independent, jsonEnd, syntaxProblem } from "./yaml-problems.ts";

/** The way to a value: keys and positions. */
type Path = readonly (string | number)[];

/** A parsed file in which every complaint is given with its line and column. */
export interface PositionedDocument {
  /**
   * The whole content as `schema` takes it; what does not fit is a complaint. Throws {@link ConfigurationError} where
   * so much does not fit that nothing more can be said.
   */
  validate<T extends v.GenericSchema>(schema: T): v.InferOutput<T>;
  /** The one word at a path, before anything is validated; undefined where there is none. */
  valueAt(path: Path): unknown;
  /** Adds a complaint about what is at `path`. */
  complain(path: Path, problem: string): void;
  /** Throws {@link ConfigurationError} with all complaints, in the order of the file, where there are any. */
  requireFaultless(): void;
  /** The line and column of `path`: `12:9`. */
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
  requireBounds(file, text);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Its own check takes the square of the number of keys.
    uniqueKeys: false,
  });
  const complaints = new Complaints(file, lines);

  const complainAt: Complain = (place, problem) => {
    complaints.add(place, problem);
  };

  const errors = [...document.errors, ...document.warnings];
  if (errors[0] !== undefined && options.lenient === true) {
    const at = jsonEnd(text) ?? errors[0].pos[0];
    complainAt(() => at, brokenJson);
  } else {
    for (const error of independent(errors)) complainAt(() => error.pos[0], syntaxProblem(error.code));
    requirePlain(document, complainAt, options.lenient !== true);
  }
  complaints.requireNone();

  return {
    complain: (path, problem) => {
      complainAt(() => offsetOf(document, path), `${describe(path)} ${problem}`);
    },
    valueAt: (path) => document.getIn(path),
    requireFaultless: () => {
      complaints.requireNone();
    },
    position: (path) => complaints.position(offsetOf(document, path)),
    validate(schema) {
      const content = contentOf(document, complainAt);
      complaints.requireNone();
      const result = v.safeParse(schema, content);
      for (const issue of withoutConsequences(result.issues ?? [])) {
        const way = wayTo(issue);
        // An unknown key is no word of the schema: it is shown by its place only.
        if (issue.expected === "never") {
          complainAt(() => keyOffsetOf(document, way), `${describe(way.slice(0, -1))} ${issue.message}`);
        } else complainAt(() => offsetOf(document, way), `${describe(way)} ${issue.message}`);
      }
      if (!result.typed) complaints.requireNone();
      return result.output;
    },
  };
}

type Complain = (place: () => number, problem: string) => void;

/** A key that is misspelt explains the one that is missing beside it. */
function withoutConsequences(issues: readonly v.BaseIssue<unknown>[]): readonly v.BaseIssue<unknown>[] {
  const groupOf = (issue: v.BaseIssue<unknown>): unknown => issue.path?.at(-1)?.input;
  const misspelt = new Set(issues.filter(({ expected }) => expected === "never").map(groupOf));
  return issues.filter((issue) => issue.message !== missing || !misspelt.has(groupOf(issue)));
}

function wayTo({ path }: v.BaseIssue<unknown>): Path {
  return (path ?? []).map((item) => item.key as string | number);
}

/** Keys are words and there once, and an alias stands for something that was named before. */
function requirePlain(document: Document, complainAt: Complain, uniqueKeys: boolean): void {
  const anchors = new Set<string>();
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        if (anchors.has(node.source)) return;
        complainAt(() => startOf(node), "an alias (*) without a name (&) before it: put the value in quotes");
      } else if (node.anchor !== undefined) anchors.add(node.anchor);
    },
    Map(_, map) {
      if (map.anchor !== undefined) anchors.add(map.anchor);
      requireKeys(map, complainAt, uniqueKeys);
    },
  });
}

function requireKeys(map: YAMLMap, complainAt: Complain, uniqueKeys: boolean): void {
  const seen = new Set<unknown>();
  for (const { key } of map.items) {
    if (!isNode(key)) continue;
    if (!isScalar(key)) complainAt(() => startOf(key), "a key must be one word");
    else if (uniqueKeys && seen.has(key.value)) complainAt(() => startOf(key), syntaxProblem("DUPLICATE_KEY"));
    else seen.add(key.value);
  }
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
    complainAt(() => offset, "aliases (*) expand to too much: write the values out");
    return undefined;
  }
}

/** Where the value at `path` begins; for a missing one its owner. */
function offsetOf(document: Document, path: Path): number {
  const node: unknown = document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}

/** Where the last key of `path` is. */
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
