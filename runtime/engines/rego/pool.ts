/**
 * Many envelopes on few instances. An instance keeps the documents of the envelopes seated in it until it is full; then the
 * next one is started. It can free nothing but all of it, so it is let go whole: when it failed, when most of what it keeps is
 * no longer needed, or when there are too many and it was used least recently. Envelopes that lose their seat take a new one
 * on their next use.
 */
import { EngineFault } from "../engine.ts";
import { type Instance, startInstance } from "./instance.ts";

export interface PoolLimits {
  /** An instance takes in no further envelope once its documents fill so many bytes. */
  readonly instanceBytes: number;
  /** An instance whose memory grew beyond so many bytes, for one huge request, is let go after it. */
  readonly memoryBytes: number;
  readonly instances: number;
}

const defaultLimits: PoolLimits = { instanceBytes: 32 << 20, memoryBytes: 64 << 20, instances: 16 };

export interface Pool {
  /** Takes in an envelope by the text of its `data` document. */
  enter(data: string): Tenant;
}

/** An envelope in the pool. */
export interface Tenant {
  /** Has one input evaluated and its answer read. Whatever this throws, the next call is made on another instance. */
  evaluate<Answer>(input: string, read: (answer: string) => Answer): Answer;
  leave(): void;
}

interface House {
  readonly instance: Instance;
  open: boolean;
  keptBytes: number;
  neededBytes: number;
  usedAt: number;
}

interface Seat {
  readonly house: House;
  readonly address: number;
  readonly bytes: number;
}

/** @throws EngineFault for a module that is no policy of ours */
export function createPool(module: WebAssembly.Module, limits: PoolLimits = defaultLimits): Pool {
  const houses = new Set<House>();
  let uses = 0;

  const letGo = (house: House): void => {
    house.open = false;
    houses.delete(house);
    if (filling === house) filling = undefined;
  };

  const letGoIfMostlyIdle = (house: House): void => {
    if (house !== filling && house.neededBytes * 2 < house.keptBytes) letGo(house);
  };

  const build = (): House => {
    if (houses.size >= limits.instances) letGo([...houses].reduce((a, b) => (a.usedAt <= b.usedAt ? a : b)));
    const instance = faulting(() => startInstance(module));
    const house = { instance, open: true, keptBytes: 0, neededBytes: 0, usedAt: uses };
    houses.add(house);
    return house;
  };

  let filling: House | undefined = build();

  const seat = (data: string): Seat => {
    const full = filling;
    if (full !== undefined && full.keptBytes >= limits.instanceBytes) {
      filling = undefined;
      letGoIfMostlyIdle(full);
    }
    filling ??= build();
    const house = filling;
    return guarded(house, () => {
      const before = house.instance.dataEnd();
      const address = house.instance.addData(data);
      const bytes = house.instance.dataEnd() - before;
      house.keptBytes += bytes;
      house.neededBytes += bytes;
      return { house, address, bytes };
    });
  };

  const guarded = <Result>(house: House, run: () => Result): Result => {
    try {
      return faulting(run);
    } catch (fault) {
      letGo(house);
      throw fault;
    }
  };

  return {
    enter(data) {
      let current: Seat | undefined;
      return {
        evaluate(input, read) {
          if (current === undefined || !current.house.open) current = seat(data);
          const { house, address } = current;
          house.usedAt = ++uses;
          const answer = guarded(house, () => read(house.instance.evaluate(address, input)));
          if (house.instance.memoryBytes() > limits.memoryBytes) letGo(house);
          return answer;
        },
        leave() {
          if (current === undefined) return;
          const { house, bytes } = current;
          current = undefined;
          house.neededBytes -= bytes;
          letGoIfMostlyIdle(house);
        },
      };
    },
  };
}

/** Traps and whatever else is thrown, as faults. */
function faulting<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof EngineFault) throw cause;
    throw new EngineFault(cause instanceof Error ? `the policy trapped: ${cause.message}` : "the policy trapped", {
      cause,
    });
  }
}
