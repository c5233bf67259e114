/** What separates commands of a shell, and what redirects them, where it is not quoted. */
const operators = "|;&<>()`\"'";

/**
 * The words at the beginning of a shell's text, without their quotes, up to what separates commands or redirects one. A quote
 * that does not end closes one that began before. What would be a variable elsewhere has a backslash in front.
 */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    const whole = pieceAt(text, at);
    if (whole !== undefined) {
      word = (word ?? "") + unquoted(whole);
      at += whole.length - 1;
    } else if (operators.includes(char)) {
      // The number of a stream that is redirected is no word: 2>&1.
      if ((char === ">" || char === "<") && /^\d$/.test(word ?? "")) word = undefined;
      break;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  return word === undefined ? words : [...words, word];
}

/** What stays together at an index: between quotes, or a command whose output is a word; undefined for anything else. */
function pieceAt(text: string, at: number): string | undefined {
  const char = text[at] ?? "";
  if (text.startsWith("$(", at)) return substitutionAt(text, at);
  if (!"\"'`".includes(char)) return undefined;
  const end = text.indexOf(char, at + 1);
  return end === -1 ? undefined : text.slice(at, end + 1);
}

function substitutionAt(text: string, at: number): string | undefined {
  let depth = 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "(") depth++;
    if (text[end] === ")") depth--;
    if (depth === 0) return text.slice(at, end + 1);
  }
  return undefined;
}

function unquoted(piece: string): string {
  if (piece.startsWith('"')) return piece.slice(1, -1);
  if (piece.startsWith("'")) return piece.slice(1, -1).replace(/^\$(?=\w+$|\{\w+\}$)/, "\\$");
  return piece;
}
