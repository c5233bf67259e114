import { hardware } from "./aws/hardware.ts";
import { keys } from "./aws/keys.ts";
import { questions } from "./aws/questions.ts";
import { quorum } from "./aws/quorum.ts";
import { refusalHints } from "./aws/refusal-hints.ts";
import { requests } from "./aws/requests.ts";
import { shell } from "./aws/shell.ts";
import { users } from "./aws/users.ts";
import type { Dialect } from "./dialect.ts";

/** The wording of AWS CloudHSM Client SDK 3, as its User Guide and terminal captures show it. */
export const aws: Dialect = {
  ...shell,
  ...questions,
  ...requests,
  ...users,
  ...keys,
  ...quorum,
  ...hardware,
  ...refusalHints,
};
