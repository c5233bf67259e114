import type { UserReference } from "../../hsm/hsm.ts";
import { CommandError } from "../../errors/command-error.ts";
import { quoted } from "../../command/parameter.ts";

/** What an approval file names. */
export interface ApprovalFile {
  readonly tokenFile: string;
  readonly approvers: readonly { readonly approver: UserReference; readonly signatureFile: string }[];
}

interface Setting {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

const keys = {
  multiToken: "Multi Token File Path",
  token: "Token File Path",
  count: "Number of Approvals",
  type: "Approver Type",
  name: "Approver Name",
  signature: "Approval File",
} as const;

/** The numbers of user types, as the guide's comment in the file gives them. */
const approverTypes: ReadonlyMap<string, string> = new Map([
  ["1", "CU"],
  ["2", "CO"],
]);

/**
 * Reads an approval file (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"): a line a setting,
 * `Key = value;`, in the guide's order; comments follow a `#`. Throws {@link CommandError} with file and line.
 */
export function readApprovalFile(path: string, text: string): ApprovalFile {
  const settings = new Settings(path, text);
  const multiToken = settings.next(keys.multiToken);
  const token = settings.next(keys.token);
  if (multiToken.value === "" && token.value === "") {
    throw settings.error(multiToken.line, `${keys.multiToken} is empty: name the file that getToken wrote`);
  }
  const tokenFile = multiToken.value || token.value;
  if (token.value !== "" && token.value !== tokenFile) {
    throw settings.error(token.line, `${keys.token} must be empty, or the same as ${keys.multiToken}`);
  }
  const count = settings.next(keys.count);
  if (!/^[1-9]\d{0,2}$/.test(count.value)) {
    throw settings.error(count.line, `${keys.count} must be a number from 1, got ${quoted(count.value)}`);
  }
  const approvers = Array.from({ length: Number(count.value) }, () => readApprover(settings));
  settings.end(`${keys.count} is ${count.value}, but more follow`);
  return { tokenFile, approvers };
}

function readApprover(settings: Settings): ApprovalFile["approvers"][number] {
  const typed = settings.next(keys.type);
  const type = approverTypes.get(typed.value);
  if (type === undefined) {
    throw settings.error(typed.line, `${keys.type} must be 2 (CO) or 1 (CU), got ${quoted(typed.value)}`);
  }
  const name = settings.filled(keys.name);
  return { approver: { type, name }, signatureFile: settings.filled(keys.signature) };
}

/** The settings of an approval file, taken one after the other. */
class Settings {
  readonly #path: string;
  readonly #settings: readonly Setting[];
  readonly #lastLine: number;
  #at = 0;

  constructor(path: string, text: string) {
    this.#path = path;
    const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
    this.#lastLine = lines.length;
    this.#settings = lines.flatMap((line, position) => this.#readLine(line, position + 1) ?? []);
  }

  /** The next setting, which must have that name. */
  next(name: string): Setting {
    const setting = this.#settings[this.#at++];
    if (setting === undefined) throw this.error(this.#lastLine, `${name} is missing at the end`);
    if (squeezed(setting.name) !== squeezed(name)) {
      throw this.error(setting.line, `${name} was expected, got ${quoted(setting.name)}`);
    }
    return setting;
  }

  /** The value of the next setting, which must have that name and must not be empty. */
  filled(name: string): string {
    const { line, value } = this.next(name);
    if (value === "") throw this.error(line, `${name} is empty`);
    return value;
  }

  /** Nothing may be left. */
  end(problem: string): void {
    const setting = this.#settings[this.#at];
    if (setting !== undefined) throw this.error(setting.line, problem);
  }

  error(line: number, problem: string): CommandError {
    return new CommandError(`${this.#path}:${String(line)}: ${problem}`);
  }

  /** `Key = value; # comment`; undefined for a line that holds a comment at most. */
  #readLine(text: string, line: number): Setting | undefined {
    if (/^\s*(#.*)?$/.test(text)) return undefined;
    const [, name, value, end, rest = ""] = /^([^=]*)=([^;]*)(;?)(.*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw this.error(line, "a line must read `Key = value;`");
    if (end === "") throw this.error(line, "the ; after the value is missing");
    if (!/^\s*(#.*)?$/.test(rest)) throw this.error(line, "only a # comment may follow the ;");
    return { line, name: name.trim(), value: value.trim() };
  }
}

/** A name as people write it: neither case nor the number of blanks matters. */
function squeezed(name: string): string {
  return name.toLowerCase().replaceAll(/\s+/g, " ");
}
