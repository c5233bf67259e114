import type { ManagementOffer } from "../../../command/offer.ts";
import { inspection } from "./inspection.ts";
import { keys } from "./keys.ts";
import { quorum } from "./quorum.ts";
import { session } from "./session.ts";
import { users } from "./users.ts";

/** Which commands the shell of AWS CloudHSM has and how it offers them, in the order in which help lists them. */
export const offer: ManagementOffer = { ...session, ...users, ...keys, ...quorum, ...inspection };
