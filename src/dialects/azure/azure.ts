import type { Dialect } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { auditRecord } from "./audit.ts";
import { certificates } from "./certificates.ts";
import { hardware } from "./hardware.ts";
import { offer } from "./offer.ts";
import { questions } from "./questions.ts";
import { quorum } from "./quorum.ts";
import { refusalHints } from "./refusal-hints.ts";
import { requests } from "./requests.ts";
import { shell } from "./shell.ts";
import { traits } from "./traits.ts";
import { userWithSwitches } from "../user-switches.ts";
import { unlocking } from "./unlocking.ts";

/** The shell of Azure Cloud HSM, `azcloudhsm_mgmt_util`, as its guides show it; AWS's words where nothing is published. */
export const azure: Dialect = {
  ...aws,
  ...shell,
  ...certificates,
  ...questions,
  ...requests,
  ...quorum,
  ...hardware,
  ...unlocking,
  ...refusalHints,
  user: userWithSwitches(aws.user),
  auditRecord,
  offer,
  traits,
};
