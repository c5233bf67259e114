import type { Shortfall } from "../../fleet/drills/shortfall.ts";
import { counted } from "./counted.ts";

/** Why a goal is not met, in words. */
export function shortfallText(shortfall: Shortfall): string {
  switch (shortfall.kind) {
    case "outOfStep":
      return `${String(shortfall.subjects)} out of step: cloudhsm-sim compare says what, and what mends it`;
    case "unreadable":
      return `${shortfall.hsm} cannot be read: cloudhsm-sim status says why`;
    case "noHsm":
      return `there is no HSM ${shortfall.hsm}`;
    default:
      return `${shortfall.hsm}: ${textOnHsm(shortfall)}`;
  }
}

function textOnHsm(shortfall: Exclude<Shortfall, { readonly kind: "outOfStep" | "unreadable" | "noHsm" }>): string {
  switch (shortfall.kind) {
    case "userMissing":
      return `${shortfall.name} is not there`;
    case "userLeft":
      return `${shortfall.name} is still there`;
    case "otherType":
      return `${shortfall.name} is a ${shortfall.type}`;
    case "otherPassword":
      return `${shortfall.name} has another password`;
    case "locked":
      return `${shortfall.name} is locked`;
    case "notLocked":
      return `${shortfall.name} is not locked`;
    case "userChanged":
      return `${shortfall.name} is not as it was: it was right, and is to be left alone`;
    case "userAdded":
      return `${shortfall.name} was not there`;
    case "keyMissing":
      return `key ${String(shortfall.handle)} is not there`;
    case "keyLeft":
      return `key ${String(shortfall.handle)} is still there`;
    case "otherOwner":
      return `key ${String(shortfall.handle)} has another owner`;
    case "keyChanged":
      return `key ${String(shortfall.handle)} is not as it was: it was right, and is to be left alone`;
    case "keyAdded":
      return `key ${String(shortfall.handle)} was not there`;
    case "otherSharees": {
      const { handle, sharedWith } = shortfall;
      return `key ${String(handle)} is shared with ${sharedWith.length === 0 ? "nobody" : sharedWith.join(", ")}`;
    }
    case "otherMValue":
      return `key ${String(shortfall.handle)} has an M value of ${String(shortfall.mValue)}`;
    case "otherMinimum":
      return `${shortfall.service} takes ${counted(shortfall.minimum, "officer")}`;
    case "eventMissing":
      return `its audit log has no such ${shortfall.opcode} since the drill began`;
    case "eventFound":
      return `its audit log has a ${shortfall.opcode} since the drill began`;
  }
}
