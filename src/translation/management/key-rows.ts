import { setAttributeLine, shownAttribute } from "../words/attributes.ts";
import { lines, none } from "../words/counterpart.ts";
import { clusterIds, idsAreLost, keyReference, quoted, userOfId } from "../words/new-words.ts";
import { pipesAreTheShells } from "../words/single-command-mode.ts";
import { type Rows, type Said, given } from "./row.ts";
import { keyAttributes } from "../../hsm/key-attribute.ts";

const numbers: ReadonlyMap<string, number> = new Map([
  ...keyAttributes.map(({ name, id }) => [name, id] as const),
  ["OBJ_ATTR_ALL", 512],
]);

function filterOf(said: Said): string {
  return keyReference(given(said, "handle"));
}

function into(said: Said): string {
  const file = said("file");
  return file === undefined ? "" : ` > ${quoted(file)}`;
}

/** What is about keys. */
export const keyRows: Rows = {
  findAllKeys: {
    step: (said) =>
      lines(
        [`key list${into(said)}`],
        "lists what who is logged in can use (an admin: all keys), not what somebody else can; there is no key hash",
        "ten keys a page: --max-items and --starting-token",
        ...(said("file") === undefined ? [] : [pipesAreTheShells]),
      ),
  },
  getKeyInfo: {
    step: (said) =>
      lines(
        [`key list --filter ${filterOf(said)} -v | jq '.data.matched_keys[0]."key-info"'${into(said)}`],
        "owner and sharers are names; the M value is in key-quorum-values",
        pipesAreTheShells,
      ),
  },
  getAttribute: {
    step: (said) => {
      const { line, notes } = shownAttribute(filterOf(said), given(said, "attributeId"), numbers);
      const isPiped = line.includes(" | ") || said("file") !== undefined;
      return lines([`${line}${into(said)}`], ...notes, ...(isPiped ? [pipesAreTheShells] : []));
    },
  },
  setAttribute: {
    step: (said) => {
      const wanted = { attribute: given(said, "attributeId"), value: given(said, "value") };
      const { line, notes } = setAttributeLine(filterOf(said), wanted, { numbers, quote: quoted });
      return lines([line], ...notes);
    },
  },
  listAttributes: {
    step: () =>
      none("attributes have names in place of numbers, and no command lists them: key list -v shows those of a key"),
  },
  shareKey: {
    step: (said) => {
      const verb = given(said, "share") === "1" ? "share" : "unshare";
      const users = given(said, "userIds").split(",").map(userOfId);
      return lines(
        users.map((user) => `key ${verb} --filter ${filterOf(said)} --username ${user} --role crypto-user`),
        idsAreLost,
      );
    },
  },
  syncKey: {
    step: (said) =>
      none(
        "within a cluster the new tool copies no key from one HSM to another",
        `to a clone: key replicate --filter ${filterOf(said)} ${clusterIds}`,
      ),
  },
  getKeyDiffMap: {
    step: () => none("the new tool does not show on which HSM a key is missing: key list -v says inconsistent at most"),
  },
};
