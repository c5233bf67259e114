/** Control characters, and those that hide or reorder what follows: bidirectional, of no width, separators of lines. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
export const deceptive = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** Text that reaches a terminal: characters that could change more than they show become `?`. */
export function printable(text: string): string {
  return text.replace(deceptive, "?");
}
