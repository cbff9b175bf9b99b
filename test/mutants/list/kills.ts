import type { Mutant } from "../mutant.ts";

const mutant = (file: string, what: string, from: string, to: string, ...by: readonly string[]): Mutant => ({
  file,
  what,
  from,
  to,
  by: by.map((name) => `test/${name}.test.ts`),
});

const kill = "runtime/session/kill/kill.ts";
const receipt = "runtime/session/kill/receipt.ts";
const folder = "runtime/node/signal-folder.ts";
const orders = "runtime/ledger/fold/orders.ts";
const guard = "runtime/guard/guard.ts";
const redeem = "runtime/session/redeem.ts";

/** What ends a session at once, and who may say so. */
export const kills: readonly Mutant[] = [
  mutant(kill, "no signal is looked for", "signals === undefined || !", "signals !== null || !", "kill/signals"),
  mutant(
    "runtime/session/kill/signals.ts",
    "a signal that cannot be looked for is none",
    "  } catch {\n    return true;",
    "  } catch {\n    return false;",
    "kill/signals",
  ),
  mutant(
    "runtime/session/kill/signals.ts",
    "only a plain yes is a kill",
    "signals(signal) !== false",
    "signals(signal) === true",
    "kill/signals",
  ),
  mutant("runtime/session/propose.ts", "decisions look for no signal", "    isKilled(desk);\n", "", "kill/signals"),
  mutant(
    "runtime/session/propose.ts",
    "a killed session speaks of its clock",
    "log.state.killed ? killed : {",
    "log.state.killed && false ? killed : {",
    "kill/signals",
  ),
  mutant(
    redeem,
    "a redemption looks for no signal first",
    "if (isKilled(desk)) return killed();\n  const time",
    "const time",
    "kill/signals",
  ),
  mutant(
    "runtime/guard/stopped.ts",
    "an effect begins after the signal",
    "if (session.isKilled())",
    "if (session.isKilled() && claims.exp === 0)",
    "kill/signals",
  ),
  mutant(
    guard,
    "a tool is not told of the kill",
    "AbortSignal.any([session.killed])",
    "new AbortController().signal",
    "kill/watch",
  ),
  mutant(kill, "a kill here stops no tool", "desk.stop.abort(killedReason());\n", "", "kill/watch"),
  mutant(kill, "a kill falls with its order", "if (by === undefined ||", "if (by !== null ||", "kill/signals"),
  mutant(
    orders,
    "an order is good for any session",
    "document.session !== end.session",
    "document.session === ''",
    "kill/signals",
  ),
  mutant(orders, "an order to close kills", "document.order !== order ||", "", "kill/signals"),
  mutant(orders, "an order is carried out twice", "usedOrders.has(digest) ?", "usedOrders.has('') ?", "kill/signals"),
  mutant(
    folder,
    "a folder that has gone says nothing",
    "?.isDirectory() !== true",
    "?.isDirectory() === false",
    "kill/signal-folder",
  ),
  mutant(folder, "a name leaves the folder", 'name === ".." ||', "", "kill/signal-folder"),
  mutant(
    receipt,
    "a receipt says what it likes",
    "canonicalJson(said) !== canonicalJson(receipt)",
    "false",
    "kill/receipt",
  ),
  mutant(
    receipt,
    "a receipt is of any session",
    "receipt.session !== expected.session",
    "receipt.session === ''",
    "kill/receipt",
  ),
  mutant(
    "runtime/ledger/fold/life.ts",
    "a second kill forgets the first",
    "state.kill ??= ",
    "state.kill = ",
    "kill/receipt",
  ),
  mutant(
    "runtime/audit/signatures.ts",
    "the audit takes any order",
    "if (by === undefined) return undefined;",
    "if (by !== null) return undefined;",
    "kill/audit",
  ),
  mutant(
    "runtime/node/watch/sqlite.ts",
    "nobody sees what others write",
    "return seen !== before;",
    "return false;",
    "kill/watch",
  ),
];
