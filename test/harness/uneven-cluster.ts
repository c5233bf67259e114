import { expect } from "vitest";
import type { ComparedFamily } from "../../src/fleet/compare/compare-home.ts";
import type { Finding } from "../../src/fleet/compare/repair.ts";
import { RehearsedHome } from "./rehearsed-home.ts";

/** What the YAML of one HSM says besides its id and address. */
export type Own = string;

const people = `
      - { id: 1, type: CO, name: admin, password: admin12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: AU, name: app_user, password: appliance1 }
      - { id: 4, type: CU, name: alice, password: alice12345 }
      - { id: 5, type: CU, name: bob, password: bob12345 }`;
/** The passwords of the officers. */
export const passwords: Readonly<Record<string, string>> = { admin: "admin12345", officer1: "officer12345" };

/** A cluster with these people and a key of alice, in which each HSM has something of its own. */
export function clusterOf(own: readonly Own[]): Promise<RehearsedHome> {
  const hsms = own.map(
    (more, at) => `      - { id: hsm-${String(at)}, hostname: h${String(at)}${more === "" ? "" : `, ${more}`} }`,
  );
  return RehearsedHome.of(`clusters:
  - id: cluster-a
    passwordCost: 10
    users:${people}
    keys: [{ handle: 10, type: AES, size: 256, owner: alice, sharedWith: [bob] }]
    hsms:
${hsms.join("\n")}
`);
}

/** What was found in the one family of a home, all of whose HSMs can be read. */
export async function onlyFamily(home: RehearsedHome): Promise<ComparedFamily> {
  const { families, unusable } = await home.compare();
  expect(unusable).toEqual([]);
  const [family] = families;
  if (family === undefined || families.length > 1) throw new Error("there is not one family");
  return family;
}

/** Lines as they are typed; of a password, whose it is. */
export function texts({ lines }: Pick<Finding, "lines">): readonly string[] {
  return lines.map((line) =>
    line.kind === "typed" ? line.text : `${line.isNew ? "new" : "known"} password of ${line.name}`,
  );
}

/** Types the lines, and compares once more: nothing must be left. */
export async function mend(home: RehearsedHome, family: ComparedFamily): Promise<void> {
  await home.type(family, (_, name) => passwords[name] ?? "no such password");
  expect((await onlyFamily(home)).findings).toEqual([]);
}

/** Somebody whom one HSM has and others have not. */
export const carol = "users: [{ id: 6, type: CU, name: carol, password: carol12345 }]";
