import type { Dialect } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { keys } from "./keys.ts";
import { offer } from "./offer.ts";
import { questions } from "./questions.ts";
import { refusalHints } from "./refusal-hints.ts";
import { requests } from "./requests.ts";
import { shell } from "./shell.ts";

/** The shell of Alibaba Cloud HSM, `hsm_mgmt_tool`, as its pages show it; AWS's words where nothing is published. */
export const alibaba: Dialect = {
  ...aws,
  ...shell,
  ...questions,
  ...requests,
  ...keys,
  ...refusalHints,
  offer,
  traits: { ...aws.traits, ownerCertificate: "issuerCA.crt", missingAnswer: "atTheEndToo" },
};
