import type { UserWording } from "../../command/wording.ts";
import { type UserSwitch, userSwitches } from "../../hsm/user.ts";
import { aws } from "../aws/aws.ts";

/** The tree of getUserInfo. */
const branches = {
  sign: "SIGN",
  wrap: "WRAP",
  unwrap: "UNWRAP",
  modify: "MODIFY OBJECT",
  derive: "DERIVE KEY",
  generate: "KEYGEN",
  managedByOfficers: "MANAGE BY CO",
} as const satisfies Readonly<Record<UserSwitch, string>>;

/** OCI Dedicated KMS, pages of listUsers and getUserInfo. */
export const users: Pick<UserWording, "usersHeading" | "userRow" | "user"> = {
  usersHeading: (label, count) => [
    `listUsers on server ${label}:`,
    `Number of users found:${String(count)}`,
    "    User Id     User Type      User Name        LoginFailureCnt",
    "",
  ],
  userRow: ({ id, type, name, loginFailures }) =>
    `${String(id).padStart(10)}${" ".repeat(8)}${type.padEnd(11)}${name.padEnd(24)}${String(loginFailures).padStart(6)}   `,
  user: (label, user) => {
    const { switches } = user;
    if (switches === undefined) return aws.user(label, user);
    const tree = userSwitches.map((each) => `|-- ${branches[each]}: ${switches[each] ? "ENABLED" : "DISABLED"}`);
    return [...aws.user(label, user), "USER ATTRIBUTES:", ...tree];
  },
};
