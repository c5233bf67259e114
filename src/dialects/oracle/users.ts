import type { UserWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { userWithSwitches } from "../user-switches.ts";

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
  user: userWithSwitches(aws.user),
};
