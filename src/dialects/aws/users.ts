import type { UserPlaces, UserWording } from "../../command/wording.ts";
import { serverList } from "./server-list.ts";

/** AWS CloudHSM User Guide, "cloudhsm_mgmt_util-listUsers" and its like; the siblings' wording where AWS has none. */
export const users: UserWording = {
  usersHeading: (label, count) => [
    `Users on server ${label}:`,
    `Number of users found:${String(count)}`,
    "",
    "    User Id    \t\tUser Type      \tUser Name      \t\t\t   MofnPubKey  \t LoginFailureCnt       \t 2FA",
  ],
  userRow: ({ id, type, name, quorumKey, loginFailures, twoFactor }) =>
    `${String(id).padStart(10)}     \t\t${type.padEnd(7)}\t\t${name.padEnd(39)}\t${yesNo(quorumKey).padStart(3)}` +
    `${String(loginFailures).padStart(16)}    \t       \t${yesNo(twoFactor).padStart(4)}`,
  creatingUser: (name, type) => `Creating User ${name}(${type})`,
  creatingUserFailedOn: (label) => `creating user on server ${label} failed`,
  changingPassword: (name, type) => `Changing password for ${name}(${type})`,
  changingPasswordFailedOn: (label) => `Changing password on node ${label} failed`,
  deletingUser: (name, type) => `Deleting user ${name}(${type})`,
  showingUser: (name) => `getUserInfo Info of user ${name}`,
  user: (label, { id, type, name, loginFailures }) => [
    `getUserInfo on server ${label}`,
    `User ID: ${String(id)}`,
    `User Type: ${type}`,
    `User Name: ${name}`,
    `LoginFailureCnt: ${String(loginFailures)}`,
  ],
  changingSwitches: (name) => `setUserAttributes Info of user ${name}`,
  // Azure's help names disableUserAccess and the hashes, and nobody publishes what they print: ours, after their like.
  disablingAccess: (name) => `disableUserAccess of user ${name}`,
  userHash: (label, hash) => [`User Hash on server ${label}:`, hash],
  unlockingUser: (name) => `UnlockUser ${name}`,
  userMap: (label, found) => [
    `Source Server: ${label}`,
    "User Id User Type User Name   exists on",
    ...found.map(mapRow),
  ],
};

function mapRow({ user: { id, type, name }, servers }: UserPlaces): string {
  return `${String(id).padEnd(9)}${type.padEnd(8)}${name.padEnd(16)} ${serverList(servers)}`;
}

function yesNo(value: boolean): string {
  return value ? "YES" : "NO";
}
