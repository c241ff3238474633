/** Reading many objects: packed ones come from another process, and one by one each would cost two changes of process. */

/** More would make the line of questions long; fewer would make the waits many. */
const batchMax = 500;

/** As Promise.all, with a bound on how many are under way. The order stays. */
export async function inBatches<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += batchMax) {
    for (const result of await Promise.all(items.slice(at, at + batchMax).map(read))) results.push(result);
  }
  return results;
}
