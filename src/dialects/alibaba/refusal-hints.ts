import type { HintWording } from "../../command/wording.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { refusalHints as aws } from "../aws/refusal-hints.ts";

type Hints = Readonly<Partial<Record<ReturnCodeName, Readonly<Record<string, string>>>>>;

/** Where Alibaba's table of rights makes AWS's hint a wrong one. */
const others: Hints = {
  NOT_AUTHORISED: {
    getKeyInfo: "Log in as a CU who owns the key or shares it.",
    setAttribute: "Log in as the CU who owns the key.",
    shareKey: "Log in as the CU who owns the key.",
    findAllKeys: "Log in as a CO or as the AU; a CU lists their keys with key_mgmt_tool.",
  },
  KEY_ACCESS_DENIED: {
    getKeyInfo: "Log in as the owner: a CO can see whose key it is (findAllKeys <user ID> 0).",
    getAttribute: "Log in as the owner: a CO can see whose key it is (findAllKeys <user ID> 0).",
    setAttribute: "Log in as the owner: a CO can see whose key it is (findAllKeys <user ID> 0).",
  },
};

/** Hints after a refusal: AWS's, unless who may is another. */
export const refusalHints: Pick<HintWording, "refusalHint"> = {
  refusalHint: (command, code) => others[code]?.[command] ?? aws.refusalHint(command, code),
};
