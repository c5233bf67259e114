import type { AuditEvent } from "../records/audit-log.ts";
import type { FoundKey } from "../records/key-records.ts";

/** What the audit log says of a key, or of a pair, that was made. */
export type Generation = Pick<AuditEvent, "opcode" | "key" | "publicKey">;

/** One event for each secret key and one for each pair, whose halves have the same type and check value. */
export function generationsOf(all: readonly FoundKey[]): readonly Generation[] {
  const publicHandles = new Map<string, number[]>();
  for (const { handle, record } of all) {
    if (record.class !== "public") continue;
    const alike = publicHandles.get(pairOf(record));
    if (alike === undefined) publicHandles.set(pairOf(record), [handle]);
    else alike.push(handle);
  }
  const generations = all.flatMap(({ handle: key, record }): readonly Generation[] => {
    switch (record.class) {
      case "secret":
        return [{ opcode: "CN_GENERATE_KEY", key }];
      case "private":
        return [{ opcode: "CN_GENERATE_KEY_PAIR", key, publicKey: publicHandles.get(pairOf(record))?.shift() ?? 0 }];
      case "public":
        return [];
    }
  });
  // A public key may have been copied without its private half.
  const alone = [...publicHandles.values()].flat();
  return [
    ...generations,
    ...alone.map((publicKey): Generation => ({ opcode: "CN_GENERATE_KEY_PAIR", key: 0, publicKey })),
  ];
}

function pairOf({ shape, kcv }: FoundKey["record"]): string {
  return `${shape.type} ${kcv}`;
}
