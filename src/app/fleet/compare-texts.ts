import type { ComparedHsm } from "../../fleet/compare/compare-home.ts";
import type { Difference, Shown, State, Subject } from "../../fleet/compare/difference.ts";
import type { Line } from "../../fleet/compare/repair.ts";
import { quorumServices } from "../../hsm/quorum-service.ts";

/** What an operator types where a line is a password. */
export function passwordText({ type, name, isNew, server }: Extract<Line, { readonly kind: "password" }>): string {
  if (isNew) return `<a new password for ${type} ${name}>`;
  return `<the password of ${type} ${name}${server === undefined ? "" : ` on server ${String(server)}`}>`;
}

/** What differs, by its name. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case "user":
      return `user ${String(subject.id)} ${subject.name} (${subject.type})`;
    case "key":
      return `key ${String(subject.handle)}`;
    case "minimum":
      return `minimum of service ${String(quorumServices[subject.service])} (${subject.service})`;
  }
}

const aspects: Readonly<Record<Difference["aspect"], string>> = {
  presence: "",
  id: "id ",
  type: "type ",
  name: "name ",
  password: "password ",
  quorumKey: "key for quorum ",
  twoFactor: "second factor ",
  keptFrom: "kept from ",
  loginFailures: "login failures ",
  kind: "kind ",
  material: "material ",
  owner: "owner ",
  sharedWith: "shared with ",
  mValue: "M value ",
  attribute: "",
  minimum: "",
};

/** Aspects of which only equal or not is known. */
const secret: ReadonlySet<Difference["aspect"]> = new Set(["password", "quorumKey", "material"]);

/** In which states it is on which HSMs, the right one first. */
export function differenceText({ aspect, attribute, states }: Difference, labelOf: (hsmId: string) => string): string {
  const ordered = [...states.filter(({ isRight }) => isRight), ...states.filter(({ isRight }) => !isRight)];
  const label = attribute === undefined ? aspects[aspect] : `${attribute} `;
  const parts = ordered.map(
    ({ value, hsms }: State) => `${valueText(aspect, value)} on ${hsms.map(labelOf).join(", ")}`,
  );
  return `${label}${parts.join("; ")}`;
}

function valueText(aspect: Difference["aspect"], value: Shown): string {
  if (aspect === "presence") return value === true ? "there" : "missing";
  if (value === null || value === "") return "none";
  if (secret.has(aspect)) return value === 1 ? "one" : value === 2 ? "another" : `another (${String(value)})`;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** `server 1(10.0.3.11)`, or where an unlisted HSM is. */
export function labelIn(hsms: readonly ComparedHsm[], hsmId: string): string {
  const hsm = hsms.find((each) => each.hsmId === hsmId);
  if (hsm?.server !== undefined) return `server ${String(hsm.server.number)}(${hsm.server.name})`;
  return hsm === undefined ? hsmId : `${hsmId} at ${hsm.hostname}:${String(hsm.port)}`;
}
