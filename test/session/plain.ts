/** Objects without prototype are as good as plain ones: so that `toEqual` compares what they hold. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
