/** A text as a YAML value: in quotes, where it could be taken for anything else. */
export function scalar(text: string): string {
  const isPlain = /^[a-z]+(?:-[a-z\d]+)+$/.test(text) || /^\d+\.\d+\.\d+\.\d+$/.test(text);
  return isPlain ? text : JSON.stringify(text);
}
