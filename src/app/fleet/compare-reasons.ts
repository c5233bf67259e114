import type { HsmNotUp } from "../../fleet/hsm-states.ts";
import type { Obstacle, Prerequisite } from "../../fleet/compare/repair.ts";
import { quorumServices } from "../../hsm/quorum-service.ts";
import { addressText } from "../../store/address.ts";
import { addWords } from "../add-words.ts";

/** What must be done before lines work, and how. */
export function prerequisiteText(prerequisite: Prerequisite, labelOf: (hsmId: string) => string): string {
  const where = labelOf(prerequisite.hsmId);
  switch (prerequisite.kind) {
    case "loggedIn": {
      return `${prerequisite.login.name} is logged in on ${where}: cloudhsm-sim sessions end ${prerequisite.id}`;
    }
    case "quorum": {
      const { service, minimum, operations } = prerequisite;
      const number = String(quorumServices[service]);
      const times = operations === 1 ? "" : ` for each of ${String(operations)} lines`;
      return (
        `on ${where}, ${String(minimum)} officers approve of it${times}: getToken ${number} <officer> <file>, ` +
        "signatures, approveToken <file> (docs/quorum.md)"
      );
    }
  }
}

/** Why no line mends something, and what does. */
export function obstacleText(obstacle: Obstacle, labelOf: (hsmId: string) => string, file: string): string {
  const { hsmId } = obstacle;
  const where = labelOf(hsmId);
  const replace = `cloudhsm-sim hsm replace ${hsmId}`;
  switch (obstacle.kind) {
    case "notListed":
      return `${where} is not in ${file}: add it as a server`;
    case "noOfficer":
      return `on ${where} every officer is locked, has a second factor, or is to be deleted: ${replace}`;
    case "applianceUser":
      return (
        `on ${where} it is the appliance user, whom no officer copies: it logs in on each server itself, and sets ` +
        "one password on all with changePswd"
      );
    case "ownsKeys":
      return `${obstacle.name} (${String(obstacle.id)}) owns keys on ${where}, and cannot be deleted there: ${replace}`;
    case "inTheWay":
      return `${obstacle.name} (${String(obstacle.id)}) is in the way on ${where}: ${replace}`;
    case "copyRefused":
      return (
        `${where} refuses a copy of ${obstacle.name} (${String(obstacle.id)}), who is there already: setUserAttributes mends what ` +
        `the user is kept from, and ${replace} all else`
      );
    case "lost":
      return `${obstacle.name} (${String(obstacle.id)}) has to go on ${where}, and nothing could bring the user back: mend the others first`;
    case "otherKey":
      return `${where} has another key under this handle, and no line deletes it: ${replace}`;
    case "holderMissing":
      return `user ${String(obstacle.id)}, who has this key, is not the same on ${where}: mend that user first`;
    case "noRoom":
      return `${where} has no room for more ${obstacle.what}: ${replace}`;
    case "officers":
      return `${where} has fewer than ${String(obstacle.minimum)} officers: create more, on all servers`;
    case "order":
      return `${where} takes more officers for service 3 than for service 4: raise that first`;
  }
}

/** Why an HSM was not compared that is stopped or gone, and what to do about it. */
export function notUpText(hsm: HsmNotUp): string {
  const where = `${hsm.hsmId} at ${addressText(hsm)}`;
  return hsm.state === "stopped"
    ? `${where} is stopped, and was not compared: cloudhsm-sim hsm start ${hsm.hsmId}`
    : `${where} was destroyed: ${addWords(hsm)}`;
}
