/** Milliseconds by which the two clocks may differ before the finer one is not believed. */
const tolerance = 1000;

/**
 * Microseconds since 1970. The monotonic clock is finer than the system's, but stands still while a machine sleeps
 * and knows nothing of a clock that is set: where they differ, the system's is right.
 *
 * @param fine milliseconds since 1970, with fractions, of the monotonic clock
 * @param right milliseconds since 1970, of the system's clock
 */
export function clock(fine = performance.timeOrigin + performance.now(), right = Date.now()): number {
  return Math.round((Math.abs(fine - right) < tolerance ? fine : right) * 1000);
}
