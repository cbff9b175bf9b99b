/**
 * Many envelopes on few instances. An instance keeps the documents of the envelopes seated in it until it is full; then the
 * next one takes its turn. It can forget nothing but everything: when most of what it keeps is no longer needed, or when there
 * are too many instances and it was used least recently. Envelopes that lose their seat take a new one on their next use.
 */
import { EngineFault } from "../engine.ts";
import { clearHouse, type House, isMostlyIdle, isSeated, leaveSeat, type Seat, startHouse, takeSeat } from "./house.ts";

export interface PoolLimits {
  /** An instance takes in no further envelope once its documents fill so many bytes. */
  readonly instanceBytes: number;
  /** An instance whose memory grew beyond so many bytes, for one huge request, is given up after it. */
  readonly memoryBytes: number;
  readonly instances: number;
}

const defaultLimits: PoolLimits = { instanceBytes: 32 << 20, memoryBytes: 64 << 20, instances: 16 };

export interface Pool {
  /** Takes in an envelope by the text of its `data` document. */
  enter(document: string): Tenant;
}

/** An envelope in the pool. */
export interface Tenant {
  /** Has one input evaluated and its answer read. Whatever this throws, the next call is made on a fresh instance. */
  evaluate<Answer>(input: string, read: (answer: string) => Answer): Answer;
  /** Throws away the instance that the envelope sits in. */
  renew(): void;
  leave(): void;
}

/** @throws EngineFault for a module that is no policy of ours */
export function createPool(module: WebAssembly.Module, limits: PoolLimits = defaultLimits): Pool {
  const start = () => faulting(() => startHouse(module));
  let filling: House | undefined = start();
  const houses = new Set([filling]);
  let uses = 0;

  const giveUp = (house: House): void => {
    clearHouse(house);
    houses.delete(house);
    if (filling === house) filling = undefined;
  };

  const houseWithRoom = (): House => {
    if (filling !== undefined && filling.instance.dataBytes() < limits.instanceBytes) return filling;
    if (filling !== undefined && isMostlyIdle(filling)) {
      clearHouse(filling);
      return filling;
    }
    if (houses.size < limits.instances) {
      filling = start();
      houses.add(filling);
      return filling;
    }
    filling = [...houses].reduce((oldest, house) => (house.usedAt < oldest.usedAt ? house : oldest));
    clearHouse(filling);
    return filling;
  };

  /** An instance that has thrown is not used again. */
  const guarded = <Result>(house: House, run: () => Result): Result => {
    try {
      return faulting(run);
    } catch (fault) {
      giveUp(house);
      throw fault;
    }
  };

  const seat = (document: string): Seat => {
    const house = houseWithRoom();
    return guarded(house, () => takeSeat(house, document));
  };

  return {
    enter(document) {
      let taken: Seat | undefined;
      return {
        evaluate(input, read) {
          if (!isSeated(taken)) taken = seat(document);
          const { house, data } = taken;
          house.usedAt = ++uses;
          const answer = guarded(house, () => read(house.instance.evaluate(data, input)));
          if (house.instance.memoryBytes() > limits.memoryBytes) giveUp(house);
          return answer;
        },
        renew() {
          if (isSeated(taken)) giveUp(taken.house);
        },
        leave() {
          if (!isSeated(taken)) return;
          leaveSeat(taken);
          if (taken.house !== filling && isMostlyIdle(taken.house)) giveUp(taken.house);
          taken = undefined;
        },
      };
    },
  };
}

/** Traps, and whatever else is thrown, as faults. */
function faulting<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof EngineFault) throw cause;
    throw new EngineFault(`the policy trapped: ${cause instanceof Error ? cause.message : "no error"}`, { cause });
  }
}
