import { aws } from "../../src/dialects/aws/aws.ts";
import { translate, type Translation } from "../../src/translation/translate.ts";
import { commands } from "../harness/offered-commands.ts";

/** Translates lines as `cloudhsm-sim translate` does. */
export function translated(text: string, from?: "cloudhsm_mgmt_util" | "key_mgmt_util"): Translation {
  return translate(text, from, { commands, asksYesNo: (name) => aws.offer[name]?.caution === "asked" });
}

/** The new lines of one line. */
export function newLines(text: string, from?: "cloudhsm_mgmt_util" | "key_mgmt_util"): readonly string[] {
  return translated(text, from).lines.flatMap(({ lines }) => lines);
}
