import { codePointCompare } from "../../schema/json/canonical.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import type { Violation } from "../../schema/verdict.ts";

/** Where in the arguments: member names and element indices. */
export type Place = readonly (string | number)[];

/** Wrong places that are named one by one; and how long their pointers may be together, so that the list can be recorded. */
const mostFailures = 1_000;
const mostPointers = 131_072;

/** Thrown by the failure that is one too many: whoever is still collecting stops. */
export class TooManyFailures extends Error {
  constructor() {
    super(`more than ${mostFailures} arguments are wrong, or their names are too long together`);
  }
}

/** Collects the failures of one call: one per place, none below a place that blocks. Whatever reports one throws when it is one too many. */
export class Failures {
  readonly #byPointer = new Map<string, Violation>();
  readonly #blocking = new Set<string>();
  #length = 0;

  /** The answer where nothing below can be named: plain `decode`, alone. */
  static whole(reason: string): readonly Violation[] {
    return [{ id: "decode", code: "DECODE_FAILED", pointer: "", message: reason }];
  }

  get any(): boolean {
    return this.#byPointer.size > 0;
  }

  add(place: Place, message: string): void {
    this.#put(formatPointer(place), "DECODE_FAILED", message);
  }

  /** A failure that speaks for everything below it: an array as a whole, or a value where a deeper pointer passes through. */
  block(place: Place, message: string): void {
    const pointer = formatPointer(place);
    this.#blocking.add(pointer);
    this.#put(pointer, "DECODE_FAILED", message);
  }

  /** An argument that must be absent is there. */
  forbid(place: Place, message: string): void {
    this.#put(formatPointer(place), "SCOPE_VIOLATION", message);
  }

  /** A failure of no single argument. */
  addWhole(message: string): void {
    this.#put("", "DECODE_FAILED", message);
  }

  sorted(): Violation[] {
    return [...this.#byPointer]
      .filter(([pointer]) => !this.#isBelowBlocking(pointer))
      .map(([, violation]) => violation)
      .sort((a, b) => codePointCompare(a.id, b.id));
  }

  #put(pointer: string, code: Violation["code"], message: string): void {
    if (this.#byPointer.has(pointer)) return;
    this.#length += pointer.length;
    if (this.#byPointer.size >= mostFailures || this.#length > mostPointers) throw new TooManyFailures();
    this.#byPointer.set(pointer, {
      id: `decode${pointer}`,
      code,
      pointer: pointer === "" ? "" : `/args${pointer}`,
      message,
    });
  }

  #isBelowBlocking(pointer: string): boolean {
    if (this.#blocking.size === 0) return false;
    for (let slash = pointer.lastIndexOf("/"); slash > 0; slash = pointer.lastIndexOf("/", slash - 1)) {
      if (this.#blocking.has(pointer.slice(0, slash))) return true;
    }
    return false;
  }
}
