/** The signal that an envelope's `killSwitch` names: that it is there is the kill (SPEC §10). */

/**
 * Whether the signal of that name has been given. It answers at once, and is asked before every decision, every redemption and every
 * effect. What throws, or answers anything but `false`, is a kill.
 */
export type Signals = (signal: string) => boolean;

export function isSignalGiven(signals: Signals, signal: string): boolean {
  try {
    return signals(signal) !== false;
  } catch {
    return true;
  }
}
