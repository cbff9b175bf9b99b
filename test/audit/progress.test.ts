/** `ambit audit` says how far it is, on a terminal and nowhere else. */
import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { main } from "../../cli/main.ts";

test.each([true, false])("a long ledger on a terminal: %s", async (isTTY) => {
  let said = "";
  const write = (chunk: Buffer, _: string, done: () => void) => {
    said += chunk;
    done();
  };
  const stderr = Object.assign(new Writable({ write }), { isTTY });
  const stdout = Object.assign(new Writable({ write: (_chunk, _, done) => done() }), { isTTY: false });
  let now = 0;
  const io = {
    stdin: Readable.from([Buffer.from("{}\n".repeat(600))]),
    stdout,
    stderr,
    env: {},
    now: () => {
      now += 250;
      return now;
    },
  };
  expect(await main(["audit", "-"], io)).toBe(1);
  if (isTTY) expect(said).toMatch(/256 records, \d+ per second/);
  else expect(said).not.toContain("per second");
});
