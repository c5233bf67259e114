import type { QuestionWording } from "../../command/wording.ts";
import { cautionBox } from "../caution-box.ts";

/** Alibaba Cloud HSM, the activation guide and the page "createuser": the box has a blank line above it. */
export const questions: Pick<QuestionWording, "caution"> = { caution: () => ["", ...cautionBox("Cav server")] };
