/**
 * The CAUTION box of the sibling shells; AWS's says it in other words.
 *
 * @param whose who does not bring a change to the other nodes: `Cav server`
 * @param end what the last line of text ends in
 */
export function cautionBox(whose: string, end = ""): readonly string[] {
  return [
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    `cluster. ${whose} does NOT synchronize these changes with the`,
    "nodes on which this operation is not executed or failed, please",
    `ensure this operation is executed on all nodes in the cluster.${end}`,
    "*".repeat(64),
  ];
}
