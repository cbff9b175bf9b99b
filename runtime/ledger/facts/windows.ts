/** Sliding windows: how many calls were allowed in (now − length, now] (SPEC §5). */

/**
 * @param times in order, none after `now`: a session's clock never goes back. So a search finds where the window begins
 * @param length milliseconds
 */
export function allowedWithin(times: readonly number[], now: number, length: number): number {
  const begin = now - length;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) > begin) high = middle;
    else low = middle + 1;
  }
  return times.length - low;
}
