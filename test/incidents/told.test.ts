/** A subscriber hears of incidents in order, and never in the way of the session. */
import { expect, test } from "vitest";
import { teller } from "../../runtime/session/incidents/told.ts";

test("a subscriber that throws hears of every incident in order, after whoever tells has gone on", async () => {
  const heard: string[] = [];
  const tell = teller(({ code }) => {
    heard.push(code);
    throw new Error("no");
  });
  const head = { seq: 1, hash: "0".repeat(64) };
  const incident = { session: "s", message: "x", freezes: true, seq: 2, head };
  expect(() => tell({ ...incident, code: "A" })).not.toThrow();
  expect(() => tell({ ...incident, code: "B" })).not.toThrow();
  expect(heard).toEqual([]);
  await expect.poll(() => heard).toEqual(["A", "B"]);
});
