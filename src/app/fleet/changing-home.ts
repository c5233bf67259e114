import { type HomeRequest, type RequestedHome, inRequestedHome } from "./requested-home.ts";
import type { Home } from "../../store/home.ts";
import { complain } from "../process/standard-error.ts";

/** Milliseconds after which who waits for another program says so. */
const patience = 1000;

/**
 * Changes the home that a shell with the same words would use, while no other program does, and closes it. Throws
 * ConfigurationError, StoreError.
 */
export function changingHome<T>(request: HomeRequest, work: (requested: RequestedHome) => Promise<T>): Promise<T> {
  return inRequestedHome(request, (requested) => changing(requested.home, () => work(requested)));
}

/** Changes a home that is open, while no other program does; whoever waits for one says so. Throws StoreError. */
export async function changing<T>(home: Home, work: () => Promise<T>): Promise<T> {
  await home.prepare();
  let waits = false;
  const waited = (milliseconds: number): void => {
    if (waits || milliseconds < patience) return;
    waits = true;
    complain(`another program changes what is in ${home.name}: waiting for it`);
  };
  return home.exclusively({ signal: new AbortController().signal, waited }, work);
}
