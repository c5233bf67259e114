/** Server numbers as the sibling shells list them: `0,1,`. */
export function serverList(ids: readonly number[]): string {
  return ids.map((id) => `${String(id)},`).join("");
}
