import { endOfLogin, rejoined } from "../../command/single-command.ts";
import { type Counterpart, lines, none, notNeeded, orNone } from "../words/counterpart.ts";
import { newPassword, passwordNotes } from "../words/passwords.ts";
import type { ScriptLines } from "../words/translated-line.ts";
import { type TranslatedLine, isTooLong, mask } from "../words/translated-line.ts";
import { keyCommand } from "./rows.ts";
import { Options } from "./options.ts";
import { cryptoUser } from "./session-rows.ts";

/** Translates a script of key_mgmt_util, read as that reads it. */
export function translateKeys(script: ScriptLines): readonly TranslatedLine[] {
  const translated: TranslatedLine[] = [];
  const put = (text: string, { lines: written, missing, notes }: Counterpart): void => {
    translated.push({ line: script.number, text, lines: written, missing, notes });
  };
  let hasEnded = false;
  for (let text = script.next(); text !== undefined; text = script.next()) {
    if (text.trim() === "") continue;
    if (hasEnded) {
      put(mask, notNeeded("after exit: key_mgmt_util does not read it"));
      continue;
    }
    const { shown, counterpart, asksPassword, asksValue, ends } = readKeyLine(text, script.isFilledIn);
    const value = asksValue ? script.peek()?.trim() : undefined;
    put(shown, value === "0" ? none("the new tool sets an attribute to true here, and not to false") : counterpart);
    const { number } = script;
    if (asksPassword)
      takeAnswer(
        script,
        (answer) => [`the password that line ${String(number)} asks for`, ...passwordNotes(answer)],
        put,
      );
    if (value === "0" || value === "1")
      takeAnswer(script, () => [`the value that line ${String(number)} asks for`], put);
    hasEnded = ends;
  }
  return translated;
}

function takeAnswer(
  script: ScriptLines,
  notes: (answer: string) => readonly string[],
  put: (text: string, counterpart: Counterpart) => void,
): void {
  const answer = script.next();
  if (answer !== undefined) put(mask, notNeeded(...notes(answer)));
}

/** A line by itself. */
interface KeyLine {
  /** Its text without anything secret. */
  readonly shown: string;
  readonly counterpart: Counterpart;
  readonly asksPassword: boolean;
  readonly asksValue: boolean;
  /** Whether no line after it is read. */
  readonly ends: boolean;
}

const plain = { asksPassword: false, asksValue: false, ends: false };

/** Translates one line; also one with `singlecmd` in front, which logs in for one command. */
function readKeyLine(text: string, isFilledIn: boolean): KeyLine {
  if (isTooLong(text))
    return { ...plain, shown: mask, counterpart: none("key_mgmt_util takes no line of this length") };
  const [word = "", ...words] = splitWords(text);
  if (word.startsWith("#"))
    return {
      ...plain,
      shown: /login|user|pswd|-p\b|\b(?:CU|CO|PRECO)\b/i.test(text) ? `# ${mask}` : text,
      counterpart: notNeeded(),
    };
  if (word === "singlecmd") return singleCommand(words, isFilledIn);
  const command = keyCommand(word);
  if (command === undefined) return { ...plain, shown: mask, counterpart: none("key_mgmt_util has no such command") };
  const { name, row } = command;
  const options = new Options(words);
  const counterpart = options.has("-h")
    ? lines(["help"], "each command of the new tool has --help")
    : orNone(() => row.counterpart(options, isFilledIn));
  return {
    shown: [word, ...shownWords(name, options)].join(" "),
    counterpart,
    asksPassword: name === "loginHSM" && options.has("-hpswd"),
    asksValue: row.asksValue === true,
    ends: name === "exit" || name === "quit",
  };
}

/**
 * Translates the words behind `singlecmd`: `loginHSM -u CU -s u -p p <command>` is one command with the login in the
 * environment.
 *
 * @param isFilledIn whether a shell puts values in place of variables
 */
export function singleCommand(words: readonly string[], isFilledIn: boolean): KeyLine {
  const end = endOfLogin(words);
  const isLogin = end > 0;
  const login = new Options(words.slice(1, end));
  const command = readKeyLine(words.slice(end).map(rejoined).join(" "), isFilledIn);
  const before = isLogin ? ["loginHSM", ...shownWords("loginHSM", login)] : [];
  const counterpart = orNone(() => {
    const { lines: written, missing, notes } = command.counterpart;
    const { pin } = newPassword(login.value("-p"), isFilledIn);
    const environment = isLogin ? `CLOUDHSM_ROLE=crypto-user ${pin(cryptoUser(login))} ` : "";
    return {
      lines: written.map((line) => `${environment}cloudhsm-cli ${line}`),
      missing,
      notes: [...notes, ...passwordNotes(login.value("-p"))],
    };
  });
  const shown = ["singlecmd", ...before, command.shown].join(" ");
  return { shown, counterpart, asksPassword: login.has("-hpswd"), asksValue: command.asksValue, ends: false };
}

/** The words after the command, without its password. What belongs to no flag may be one, too. */
function shownWords(name: string, options: Options): readonly string[] {
  const takesPassword = name === "loginHSM" || name === "genPBEKey";
  const isShown = (flag: string): boolean => (takesPassword ? flag === "-u" || flag === "-s" : flag !== "");
  return options.words.map(({ flag, word }) => (word === flag || isShown(flag) ? rejoined(word) : mask));
}

/** Splits at blanks; what stands between double quotes stays together. */
function splitWords(text: string): readonly string[] {
  return (text.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"([^"]*)"$/, "$1"));
}
