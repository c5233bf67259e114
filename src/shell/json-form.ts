import type { Server } from "../cluster/server.ts";
import { Cancelled } from "../command/cancelled.ts";
import { Refused } from "../command/refused.ts";
import type { Result, ServerOutcome } from "../command/result.ts";
import type { CarriedOut } from "./shell-parts.ts";

/**
 * Returns the result of a line as a JSON object (docs/json.md). It has `servers` where any was asked, and `message`
 * where something was said that is not an answer of a server.
 */
export function jsonOf({ line, command, serverId, result, said }: CarriedOut): object {
  const message = said.join("\n").trim();
  return {
    line,
    command: command ?? null,
    mode: serverId === undefined ? "global" : { server: serverId },
    outcome: outcomeOf(result),
    ...(result.answers.length > 0 && { servers: result.answers.map(serverOf) }),
    ...(message !== "" && { message }),
  };
}

function outcomeOf({ outcome, ended }: Result): "done" | "failed" | "cancelled" | "refused" {
  if (ended instanceof Cancelled) return "cancelled";
  if (ended instanceof Refused) return "refused";
  return outcome === "failed" ? "failed" : "done";
}

function serverOf(answer: ServerOutcome): object {
  const common = { ...placeOf(answer.server), outcome: answer.outcome };
  switch (answer.outcome) {
    case "done":
      // What is undefined is left out.
      return { ...common, data: answer.value };
    case "rolledBack":
      return common;
    case "failed": {
      const { code, returnCode, message } = answer.error;
      return { ...common, error: { code, name: returnCode, text: message } };
    }
  }
}

function placeOf({ id, address: { name, hostname } }: Server): object {
  return { id, name, hostname };
}
