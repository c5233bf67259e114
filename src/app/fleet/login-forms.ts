import type { FleetLogin, LoginPlace } from "../../fleet/logins.ts";
import { printable } from "../../text/printable.ts";
import type { Paint } from "./paint.ts";
import { tableLines } from "./table.ts";
import { addressText } from "../../store/address.ts";

const nobody = "nobody is logged in";

/** Logins for a pipe: a line each. */
export function loginsAsText(logins: readonly FleetLogin[]): readonly string[] {
  if (logins.length === 0) return [nobody];
  return logins.map((login) => {
    const since = login.since === undefined ? "" : ` since ${timeOf(login.since)}`;
    return printable(`${login.id}  ${userOf(login)} from shell ${shellOf(login)} on ${placesOf(login.places)}${since}`);
  });
}

/** Logins as a table for a terminal. */
export function loginsAsTable(logins: readonly FleetLogin[], paint: Paint): readonly string[] {
  if (logins.length === 0) return [nobody];
  const rows = logins.map((login) => [
    login.id,
    userOf(login),
    shellOf(login),
    login.since === undefined ? "" : timeOf(login.since),
    login.places.map((place) => `${place.hsmId} at ${addressText(place)}`).join("\n"),
  ]);
  return tableLines(["id", "user", "shell", "since", "on"], rows, paint);
}

/** A login as docs/json.md describes it. */
export function loginAsJson({ id, shell, type, name, since, places }: FleetLogin): object {
  return { id, shell, type, name, since: since === undefined ? undefined : timeOf(since), hsms: places };
}

/** The user of a login: `admin (CO)`. */
export function userOf({ name, type }: FleetLogin): string {
  return `${name} (${type})`;
}

/** HSMs in words: `hsm-a at h0:2225, hsm-b at h1:2225`. */
export function placesOf(places: readonly Omit<LoginPlace, "session">[]): string {
  return places.map((place) => `${place.hsmId} at ${addressText(place)}`).join(", ");
}

function shellOf({ id }: FleetLogin): string {
  return id.slice(0, id.indexOf("-"));
}

function timeOf(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1000)).toISOString();
}
