import type { Dialect } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { hardware } from "./hardware.ts";
import { keys } from "./keys.ts";
import { offer } from "./offer/offer.ts";
import { questions } from "./questions.ts";
import { refusalHints } from "./refusal-hints.ts";
import { requests } from "./requests.ts";
import { shell } from "./shell.ts";
import { traits } from "./traits.ts";
import { users } from "./users.ts";

/** The shell of OCI Dedicated KMS, `user_mgmt_util`, as its documentation shows it; AWS's words where nothing is published. */
export const oracle: Dialect = {
  ...aws,
  ...shell,
  ...questions,
  ...requests,
  ...users,
  ...keys,
  ...hardware,
  ...refusalHints,
  offer,
  traits,
};
