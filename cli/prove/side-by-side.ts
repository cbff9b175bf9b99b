/** Several things at once, no more than so many. */

/** The results in the order of the items. Rejects with the first that does; what has begun is waited for. */
export async function sideBySide<T, R>(
  items: readonly T[],
  most: number,
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await run(item);
  };
  const endings = await Promise.allSettled(Array.from({ length: most }, worker));
  for (const ending of endings) if (ending.status === "rejected") throw ending.reason;
  return results;
}
