import type { HsmInformation } from "../../hsm/hsm.ts";

/** The rows of getPartitionInfo: what the HSM knows, and for the rest the values of the page's partition. */
export function partitionRows(
  serverId: number,
  hsmId: string,
  fipsState: string,
  partition: HsmInformation["partition"],
): readonly string[] {
  const { maxUsers, users, maxKeys, tokenKeys, sessionKeys, sessions, passwordLength, minimums } = partition;
  return [
    row("name", hsmId),
    row("status", "occupied"),
    row("FIPS state", fipsState),
    row("Approval Mode", " Not Set"),
    row("MaxUsers", maxUsers),
    row("AvailableUsers", maxUsers - users),
    row("MaxKeys", maxKeys),
    row("OccupiedTokenKeys", tokenKeys),
    row("OccupiedSessionKeys", sessionKeys),
    row("TotalSSLCtxs", 1000),
    // Each login has a connection of its own.
    row("OccupiedSSLCtxs", sessions),
    row("MaxAcclrDevCount", 2),
    row("SessionCount", sessions),
    row("MaxPswdLen", passwordLength.maximum),
    row("MinPswdLen", passwordLength.minimum),
    row("CloningMethod", " ECDH"),
    row("KekMethod", 0),
    row("CertAuth", 1),
    row("BlockDeleteUserWithKeys", 0),
    row("BackupByMCO", 1),
    row("Nvalue", 1),
    row("KeyImport", " Enabled"),
    row("KeyExport", " Enabled"),
    row("Node ID", serverId),
    row("Group ID", "group0"),
    ...["AUDIT_MGMT", "BACKUP_BY_CO", "CLONING"].map((service) => minimum(service, 1)),
    minimum("USER_MGMT", minimums.USER_MGMT),
    minimum("MISC_CO", minimums.MISC_CO),
  ];
}

function minimum(service: string, officers: number): string {
  return row(`MValue[${service.padStart(18)}]`, officers);
}

/** Numbers end in one column, texts begin behind the colon. */
function row(label: string, value: string | number): string {
  return `${label.padEnd(28)}:${typeof value === "number" ? String(value).padStart(5) : value}`;
}
