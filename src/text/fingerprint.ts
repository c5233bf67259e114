/**
 * 32-bit FNV-1a of a string. Not collision-resistant: use it only where nobody gains from a collision, since loading a
 * cryptographic digest would slow every start.
 */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
