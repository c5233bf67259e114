import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** The HSMs of Alibaba Cloud HSM, of the generation of AWS's (package 2.03.15.10, pages of 2026-03-31); AWS's where nothing is published. */
export const alibaba = {
  ...aws,
  name: "alibaba",
  hardware: { ...aws.hardware, firmware: { major: "2", minor: "04", id: "CNN35XX-NFBE-FW-2.04-52", build: 52 } },
} as const satisfies Model;
