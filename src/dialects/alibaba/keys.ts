import type { KeyWording } from "../../command/wording.ts";
import { keys as aws } from "../aws/keys.ts";

/** Alibaba Cloud HSM, page "listattributes": AWS's table, whose heading has a letter more. */
export const keys: Pick<KeyWording, "attributeTable"> = {
  attributeTable(attributes) {
    const [blank = "", , ...rows] = aws.attributeTable(attributes);
    return [blank, "Following are the possible attribute values for getAttributes:", ...rows];
  },
};
