/**
 * A string, or a comment of any kind that people leave in the original's file. What is not closed reaches to the end
 * of its line or of the text, so that nothing is looked at twice: a banner of `#` must not keep a start waiting.
 */
const stringOrComment = /"(?:[^"\\\n]|\\.)*"?|\/\/.*|#.*|\/\*[^]*?(?:\*\/|$)/g;

/** Blanks in the place of comments, so that everything else stays where it is. */
export function withoutComments(source: string): string {
  return source.replace(stringOrComment, (part) => (part.startsWith('"') ? part : part.replace(/[^\n]/g, " ")));
}

/** The first character of a text that is not a space and not in a comment; undefined where there is none. */
export function firstSign(source: string): string | undefined {
  const blanks = /\s*/y;
  for (;;) {
    blanks.exec(source);
    const at = blanks.lastIndex;
    const end = commentEnd(source, at);
    if (end === undefined) return source[at];
    blanks.lastIndex = end;
  }
}

/** Where the comment that begins at `at` ends; undefined where none begins. */
function commentEnd(source: string, at: number): number | undefined {
  const isBlock = source.startsWith("/*", at);
  if (!isBlock && source[at] !== "#" && !source.startsWith("//", at)) return undefined;
  const end = source.indexOf(isBlock ? "*/" : "\n", isBlock ? at + 2 : at);
  if (end === -1) return source.length;
  return end + (isBlock ? 2 : 1);
}
