import { readableAttributes } from "./attribute-parameters.ts";
import { command } from "../../../command/command.ts";
import { said } from "../../../command/result.ts";

/** Shows the attributes and their numbers (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-listAttributes"). */
export const listAttributes = command({
  name: "listAttributes",
  parameters: [],
  run({ dialect }) {
    return Promise.resolve(said(...dialect.attributeTable(readableAttributes)));
  },
});
