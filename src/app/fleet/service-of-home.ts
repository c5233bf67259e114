import { clock } from "../../clock/clock.ts";
import type { Service } from "../../endpoint/aws/perform.ts";
import { operationFaults } from "../../fleet/faults/operation-faults.ts";
import { Progress } from "../../fleet/progress.ts";
import { type ControlPlane, controlPlane } from "../../fleet/service/control-plane.ts";
import type { Home } from "../../store/home.ts";
import type { HomeVisits } from "./home-visits.ts";

/** How the service shows itself. */
export interface ServiceTraits {
  /** The region of clusters that name none. */
  readonly region: string;
  /** Milliseconds for which each transition is shown. */
  readonly delay: number;
}

/** The service over a home that is visited for each call. */
export function serviceOf(visits: HomeVisits, { region: defaultRegion, delay }: ServiceTraits): Service {
  const planeOf = (home: Home, region: string): ControlPlane => {
    const progress = new Progress(new AbortController().signal);
    return controlPlane({ home, clock, progress, region, defaultRegion, delay });
  };
  return {
    faultsOf: (operation) => visits.reading(({ home }) => operationFaults(home, operation)),
    reading: (region, work) => visits.reading(({ home }) => work(planeOf(home, region))),
    changing: (region, work) => visits.changing(({ home }) => work(planeOf(home, region))),
  };
}
