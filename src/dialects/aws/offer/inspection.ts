import type { ManagementOffer } from "../../../command/offer.ts";
import { name } from "./words.ts";

/** It has another syntax in each mode. */
const keyDiffMap = {
  summary: "Shows on which HSMs each key of an HSM is in sync",
  description:
    "Shows on which HSMs each key of one HSM exists with the same owner, shares, approvers and check value; that HSM " +
    "is listed last. Requires a CO or AU, logged in on all HSMs.",
  documented: false,
} as const;

/** What tells of HSMs and of how they differ: the sibling shells document it, and AWS getHSMInfo only. */
export const inspection = {
  getHSMInfo: {
    modes: ["global", "server"],
    summary: "Shows the hardware of each HSM",
    description: "Shows hardware, firmware and memory of each HSM. No login required.",
  },
  getClusterInfo: {
    modes: ["global", "server"],
    summary: "Shows the HSMs of each cluster, connected or not",
    description: "Shows, for each HSM, which HSMs of the configuration belong to its cluster. No login required.",
    documented: false,
  },
  getUserInfo: {
    modes: ["global", "server"],
    summary: "Shows one user on each HSM",
    description: "Shows the id, type and number of wrong passwords of one user on each HSM. No login required.",
    example: "getUserInfo billing",
    documented: false,
    words: { name },
  },
  getUserDiffMap: {
    modes: ["server"],
    summary: "Shows on which HSMs each user of this HSM exists",
    description: "Shows on which HSMs each user of this HSM exists with the same id, type and name. No login required.",
    example: "getUserDiffMap 0",
    documented: false,
  },
  getKeyDiffMap: {
    modes: ["global"],
    ...keyDiffMap,
    example: "getKeyDiffMap 0 0 0",
  },
  getKeyDiffMapOfServer: {
    modes: ["server"],
    ...keyDiffMap,
    example: "getKeyDiffMap 0 0",
  },
  getPartitionInfo: {
    modes: ["server"],
    summary: "Shows the limits of this HSM and how full it is",
    description:
      "Shows how many users, keys and sessions this HSM has, and how many it has room for. No login required.",
    documented: false,
  },
} as const satisfies ManagementOffer;
