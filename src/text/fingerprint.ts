/**
 * 32 bits of a text (FNV-1a), for telling texts apart that nobody chose to be alike; where somebody might, a
 * cryptographic digest is needed, whose loading takes a good part of a start.
 */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
