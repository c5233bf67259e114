/** As many threads as Node has for cryptography: more at once would only queue there, where nothing can stop them. */
const threads = 4;

/** Does `work` for each item, few at once and in order; the first failure ends it. Resolves with the results. */
export async function fewAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const left = items.entries();
  let failed = false;
  const workers = Array.from({ length: threads }, async () => {
    for (const [index, item] of left) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  });
  await Promise.all(workers);
  return results;
}
