import type { UnlockingWording } from "../../command/wording.ts";

/** Nodes are counted from 1, as getClusterInfo does (onboarding guide of 2026-03-04, p19). */
export const unlocking: Pick<UnlockingWording, "nodeOf"> = { nodeOf: (serverId) => serverId + 1 };
