import { canonicalJson } from "../../schema/json/canonical.ts";

/** One way in which an envelope admits more than another, or in which that cannot be excluded. */
export interface Widening {
  /** The place in the envelope that is asked whether it is the narrower one. */
  readonly pointer: string;
  /** A clause: lower case, no full stop. */
  readonly message: string;
}

export type Report = (pointer: string, message: string) => void;

/** Whether two parts say the same, character for character but for layout and the order of members. */
export function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether every one of the first is among the second. */
export function within<T>(inner: readonly T[], outer: readonly T[]): boolean {
  return inner.every((each) => outer.includes(each));
}
