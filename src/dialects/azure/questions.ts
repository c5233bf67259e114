import type { QuestionWording } from "../../command/wording.ts";
import { cautionBox } from "../caution-box.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04, p23, p26 and p32: screenshots, in which no blank ends a line. */
export const questions: Pick<QuestionWording, "caution"> = { caution: () => cautionBox("Cav server") };
