import type { Limits } from "../hsm/limits.ts";

/** Whose shell it is, and whose HSMs: the vendors by the names of their dialects. */
export const dialectNames = ["aws", "azure", "oracle", "alibaba"] as const;

/** One of {@link dialectNames}. */
export type DialectName = (typeof dialectNames)[number];

/** What the HSMs of a vendor accept; undefined where a file does not say whose they are. */
export type LimitsOf = (dialect: DialectName | undefined) => Limits;
