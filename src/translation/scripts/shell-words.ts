/** What separates commands of a shell, and what redirects them, where it is not quoted. */
const operators = "|;&<>()`";

/**
 * The words at the beginning of a shell's text, without their quotes, up to what separates commands or redirects one. A quote
 * that does not end closes one that began before.
 */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'") {
      const end = text.indexOf(char, at + 1);
      if (end === -1) break;
      word = (word ?? "") + text.slice(at + 1, end);
      at = end;
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
