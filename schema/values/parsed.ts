/**
 * What a parser of values answers: the canonical value, or why there is none. `canonical` is what the writer probably meant,
 * for messages only: nothing is ever judged by it.
 */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly canonical?: string };

export function accept<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** `reason` completes "expected …". */
export function refuse(reason: string, canonical?: string): { ok: false; reason: string; canonical?: string } {
  return canonical === undefined ? { ok: false, reason } : { ok: false, reason, canonical };
}
