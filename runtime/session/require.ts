/** Settings that are none are refused when a session is opened: not found out when they are needed, and taken for an attack. */
import { givenText } from "../messages/given.ts";
import type { SessionOptions } from "./settings.ts";

/** @throws TypeError */
export function requireWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new TypeError(`\`${name}\` must be a whole number from 1 to ${most}, not ${givenText(value)}`);
}

/**
 * What is looked at is whether it is there, not what it does.
 *
 * @throws TypeError
 */
export function requireShapes({ store, clock, authority, people, ...given }: SessionOptions): void {
  requireFunctions("store", "a store, such as `memoryStore` makes", store, "read", "append");
  if (typeof clock !== "function")
    throw new TypeError(`\`clock\` must be a function that answers with epoch milliseconds, not ${givenText(clock)}`);
  for (const name of ["onIncident", "signals"] as const)
    if (given[name] !== undefined && typeof given[name] !== "function")
      throw new TypeError(`\`${name}\` must be a function, not ${givenText(given[name])}`);
  for (const name of ["executors", "feeds"] as const)
    if (given[name] !== undefined)
      requireFunctions(name, "a ring of keys, as `readKeyRing` answers in `ring`", given[name], "find", "verify");
  if (people !== undefined)
    requireFunctions("people", "a registry, as `readPeople` answers in `people`", people, "find");
  if (authority === undefined) return;
  requireFunctions("authority", "an object with a `signer`", authority);
  requireFunctions("authority.signer", "a signer, as `readSigner` answers in `signer`", authority.signer, "sign");
  for (const name of ["issuer", "audience"] as const)
    if (typeof authority[name] !== "string" || authority[name] === "")
      throw new TypeError(`\`authority.${name}\` must be a text that is not empty, not ${givenText(authority[name])}`);
}

function requireFunctions(name: string, what: string, value: unknown, ...functions: readonly string[]): void {
  const isThere = typeof value === "object" && value !== null;
  if (!isThere || functions.some((each) => typeof Reflect.get(value, each) !== "function"))
    throw new TypeError(`\`${name}\` must be ${what}, not ${isThere ? "another object" : givenText(value)}`);
}
