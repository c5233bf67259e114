import { fingerprint } from "../../text/fingerprint.ts";

/** The id of a part of the network, the same for the same thing for ever: `eni-` and 17 digits. */
export function derivedId(kind: "eni" | "sg" | "subnet" | "vpc", of: string): string {
  const digits = [0, 1, 2].map((part) =>
    fingerprint(`${String(part)} ${kind} ${of}`)
      .toString(16)
      .padStart(8, "0"),
  );
  return `${kind}-${digits.join("").slice(0, 17)}`;
}

/** The ARN of a backup, in the account of everybody who has none. */
export function backupArn(region: string, id: string): string {
  return `arn:${region.startsWith("us-gov") ? "aws-us-gov" : "aws"}:cloudhsm:${region}:000000000000:backup/${id}`;
}

/** The id of a backup that is named by its id or its ARN. */
export function backupIdOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
