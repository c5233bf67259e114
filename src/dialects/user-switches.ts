import type { UserWording } from "../command/wording.ts";
import { type UserSwitch, userSwitches } from "../hsm/user.ts";

/** What the tree of getUserInfo calls the switches. */
const branches = {
  sign: "SIGN",
  wrap: "WRAP",
  unwrap: "UNWRAP",
  modify: "MODIFY OBJECT",
  derive: "DERIVE KEY",
  generate: "KEYGEN",
  managedByOfficers: "MANAGE BY CO",
} as const satisfies Readonly<Record<UserSwitch, string>>;

/**
 * Words a user with the tree of what a crypto user may do (OCI Dedicated KMS, page of getUserInfo).
 *
 * @param usual what stands above the tree
 */
export function userWithSwitches(usual: UserWording["user"]): UserWording["user"] {
  return (label, user) => {
    const { switches } = user;
    if (switches === undefined) return usual(label, user);
    const tree = userSwitches.map((each) => `|-- ${branches[each]}: ${switches[each] ? "ENABLED" : "DISABLED"}`);
    return [...usual(label, user), "USER ATTRIBUTES:", ...tree];
  };
}
