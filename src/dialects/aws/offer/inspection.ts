import type { Offer } from "../../../command/offer.ts";
import { name } from "./words.ts";

/** It has another syntax in each mode. */
const keyDiffMap = {
  summary: "Shows on which HSMs each key of an HSM is in step",
  description:
    "Shows on which HSMs each key of one HSM exists with the same owner, shares, approvers and check value; that HSM " +
    "stands last. Needs a CO or AU, logged in on all HSMs.",
  documented: false,
} as const;

/** What tells of HSMs and of how they differ: the sibling shells document it, and AWS getHSMInfo only. */
export const inspection = {
  getHSMInfo: {
    modes: ["global", "server"],
    summary: "Shows the hardware of each HSM",
    description: "Shows hardware, firmware and memory of each HSM. Takes no login.",
  },
  getClusterInfo: {
    modes: ["global", "server"],
    summary: "Shows the HSMs of each cluster, connected or not",
    description: "Shows, for each HSM, those of the configuration that belong to its cluster. Takes no login.",
    documented: false,
  },
  getUserInfo: {
    modes: ["global", "server"],
    summary: "Shows one user on each HSM",
    description: "Shows id, type and wrong passwords of one user on each HSM. Takes no login.",
    example: "getUserInfo billing",
    documented: false,
    words: { name },
  },
  getUserDiffMap: {
    modes: ["server"],
    summary: "Shows on which HSMs each user of this HSM exists",
    description: "Shows on which HSMs each user of this HSM exists with the same id, type and name. Takes no login.",
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
    summary: "Shows limits and occupancy of this HSM",
    description: "Shows how many users, keys and sessions this HSM has, and has room for. Takes no login.",
    documented: false,
  },
} as const satisfies Offer;
