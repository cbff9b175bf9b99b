export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** `HH:MM` or `HH:MM:SS` from 00:00 to 23:59:59. */
export function readClock(text: string): ClockTime | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) return undefined;
  return { hour: Number(match[1]), minute: Number(match[2]), second: Number(match[3] ?? 0) };
}

/** Since midnight. */
export function secondsOf({ hour, minute, second }: ClockTime): number {
  return (hour * 60 + minute) * 60 + second;
}
