/** What all shells say of a server whose connection is not encrypted end to end. */
export function limitedMode(label: string): readonly string[] {
  return [`Server ${label} is in unencrypted mode now...`, "running in limited commands mode"];
}
