/** What `killSwitch.signal` may be: names below the gateway's signal folder, with `/` between them (SPEC §10). */
export function isSignalName(signal: string): boolean {
  return signal.split("/").every((name) => name !== "" && name !== "." && name !== ".." && !/[\\\0]/.test(name));
}
