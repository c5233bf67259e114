import type { Change } from "../restore-hsms.ts";

/** What the service of one region works with. */
export interface PlaneContext extends Change {
  readonly region: string;
  /** Where clusters are that name no region. */
  readonly defaultRegion: string;
  /** Milliseconds for which each transition is shown. */
  readonly delay: number;
}

/** The time in milliseconds since 1970. */
export function timeOf({ clock }: Pick<PlaneContext, "clock">): number {
  return Math.floor(clock() / 1000);
}
