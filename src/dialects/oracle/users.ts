import type { UserWording } from "../../command/wording.ts";

/** OCI Dedicated KMS, page of listUsers. */
export const users: Pick<UserWording, "usersHeading" | "userRow"> = {
  usersHeading: (label, count) => [
    `listUsers on server ${label}:`,
    `Number of users found:${String(count)}`,
    "    User Id     User Type      User Name        LoginFailureCnt",
    "",
  ],
  userRow: ({ id, type, name, loginFailures }) =>
    `${String(id).padStart(10)}${" ".repeat(8)}${type.padEnd(11)}${name.padEnd(24)}${String(loginFailures).padStart(6)}   `,
};
