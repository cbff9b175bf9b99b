import { type Instance, startInstance } from "./instance.ts";

/** An instance and the envelopes seated in it. */
export interface House {
  readonly instance: Instance;
  /** Goes up when the house is cleared: seats of earlier terms are void. */
  term: number;
  /** Bytes of documents that their envelopes still need. */
  neededBytes: number;
  /** Number of the last use, among all uses of the pool. */
  usedAt: number;
}

export interface Seat {
  readonly house: House;
  readonly term: number;
  /** Address of the document. */
  readonly data: number;
  readonly bytes: number;
}

export function startHouse(module: WebAssembly.Module): House {
  return { instance: startInstance(module), term: 0, neededBytes: 0, usedAt: 0 };
}

export function takeSeat(house: House, document: string): Seat {
  const before = house.instance.dataBytes();
  const data = house.instance.addData(document);
  const bytes = house.instance.dataBytes() - before;
  house.neededBytes += bytes;
  return { house, term: house.term, data, bytes };
}

export function isSeated(seat: Seat | undefined): seat is Seat {
  return seat !== undefined && seat.term === seat.house.term;
}

export function leaveSeat(seat: Seat): void {
  if (isSeated(seat)) seat.house.neededBytes -= seat.bytes;
}

/** Less than half of what the house keeps is still needed. */
export function isMostlyIdle(house: House): boolean {
  return house.neededBytes * 2 < house.instance.dataBytes();
}

export function clearHouse(house: House): void {
  house.instance.clear();
  house.term += 1;
  house.neededBytes = 0;
}
