import { isatty } from "node:tty";
import { offeredOf } from "../../command/offer.ts";
import { commands } from "../../commands/management/command-table.ts";
import { readScriptFile } from "../../files/script-file.ts";
import { type Tool, translate } from "../../translation/translate.ts";
import { toOutput } from "../process/to-output.ts";
import { vendorNamed } from "../vendor.ts";
import { paintFor } from "./paint.ts";
import { missingIn, translationAsJson, translationAsText } from "./translate-forms.ts";

/** What is asked of `translate`. */
interface TranslateRequest {
  /** The path of the script; `-` is standard input. */
  readonly script: string;
  /** Whose script it is; undefined is found out. */
  readonly from: Tool | undefined;
  readonly json: boolean;
}

/** Prints a script beside what takes its place, and returns the exit status: 1 where a line has no counterpart. */
export function printTranslation({ script, from, json }: TranslateRequest): Promise<number> {
  return toOutput(async ({ writer }) => {
    const { offer } = await vendorNamed("aws").dialect();
    const shell = {
      commands: offeredOf(offer, commands),
      asksYesNo: (name: string) => offer[name]?.caution === "asked",
    };
    const translation = translate(await readScriptFile(script), from, shell);
    const written = json ? [translationAsJson(translation)] : translationAsText(translation, await paintFor(isatty(1)));
    writer.write(written.map((line) => `${line}\n`).join(""));
    return missingIn(translation) === 0 ? 0 : 1;
  });
}
