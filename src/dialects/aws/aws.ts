import { hardware } from "./hardware.ts";
import { keys } from "./keys.ts";
import { offer } from "./offer/offer.ts";
import { questions } from "./questions.ts";
import { quorum } from "./quorum.ts";
import { refusalHints } from "./refusal-hints.ts";
import { requests } from "./requests.ts";
import { shell } from "./shell.ts";
import { usualTraits } from "../../command/traits.ts";
import { unpublished } from "../unpublished.ts";
import { unlocking } from "./unlocking.ts";
import { users } from "./users.ts";
import type { Dialect } from "../../command/wording.ts";

/** The shell of AWS CloudHSM Client SDK 3, as its User Guide and terminal captures show it. */
export const aws: Dialect = {
  ...shell,
  ...questions,
  ...requests,
  ...users,
  ...unlocking,
  ...keys,
  ...quorum,
  ...hardware,
  ...refusalHints,
  ...unpublished,
  auditRecord: undefined,
  offer,
  traits: usualTraits,
};
