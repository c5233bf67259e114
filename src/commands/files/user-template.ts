import { CommandError } from "../../errors/command-error.ts";
import { quoted } from "../../command/parameter.ts";
import type { SwitchChanges, UserSwitch } from "../../hsm/user.ts";

/** The attributes of a template (OCI Dedicated KMS, page of setUserAttributes). */
const switches: ReadonlyMap<string, UserSwitch> = new Map([
  ["CKA_USER_SIGN", "sign"],
  ["CKA_USER_WRAP", "wrap"],
  ["CKA_USER_UNWRAP", "unwrap"],
  ["CKA_USER_MODIFIABLE", "modify"],
  ["CKA_USER_DERIVE", "derive"],
  ["CKA_USER_KEYGEN", "generate"],
  ["CKA_MANAGE_BY_CO", "managedByOfficers"],
]);

const values: ReadonlyMap<string, boolean> = new Map([
  ["0x01", true],
  ["0x00", false],
]);

/** Reads a template: an attribute a line, its value on the next. Throws {@link CommandError} with file and line. */
export function readUserTemplate(path: string, text: string): SwitchChanges {
  const lines = [...text.split("\n").entries()]
    .map(([at, line]) => ({ number: at + 1, word: line.trim() }))
    .filter(({ word }) => word !== "");
  const changes: Partial<Record<UserSwitch, boolean>> = {};
  for (let at = 0; at < lines.length; at += 2) {
    const [attribute, value] = [lines[at], lines[at + 1]];
    const found = switches.get(attribute?.word ?? "");
    const place = `${path}:${String(value?.number ?? attribute?.number)}`;
    if (found === undefined) {
      const names = [...switches.keys()].join(", ");
      throw new CommandError(
        `${path}:${String(attribute?.number)}: ${quoted(attribute?.word ?? "")} is no attribute of a user: ${names}`,
      );
    }
    const isOn = values.get(value?.word ?? "");
    if (isOn === undefined) throw new CommandError(`${place}: behind ${attribute?.word ?? ""}, 0x01 or 0x00 is wanted`);
    changes[found] = isOn;
  }
  if (lines.length === 0) throw new CommandError(`${path} is empty: write CKA_USER_SIGN, and 0x00 on the next line`);
  return changes;
}
