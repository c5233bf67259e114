import { statusOf } from "../../fleet/status.ts";
import { toOutput } from "../process/to-output.ts";
import { type HomeRequest, inRequestedHome } from "./requested-home.ts";
import { statusAsJson, statusAsText } from "./status-forms.ts";

/** What is asked of `status`. */
export interface StatusRequest extends HomeRequest {
  readonly json: boolean;
}

/** Prints what a home holds, and returns the exit status: 1 where something is there that is no HSM in order. */
export function printStatus(request: StatusRequest): Promise<number> {
  return toOutput(({ writer }) =>
    inRequestedHome(request, async ({ home }) => {
      const status = await statusOf(home);
      const lines = request.json ? [statusAsJson(status, home)] : statusAsText(status, home);
      writer.write(lines.map((line) => `${line}\n`).join(""));
      return status.unusable.length === 0 ? 0 : 1;
    }),
  );
}
