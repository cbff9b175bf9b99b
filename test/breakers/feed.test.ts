/** Signed reports of feeds: evidence and metrics that only their keys can bring, forward only. */
import { describe, expect, test } from "vitest";
import { type FeedReport, feedType, signFeed } from "../../runtime/authority/feed.ts";
import { signCompact } from "../../runtime/authority/jws/compact.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { auditOf } from "./audit-of.ts";
import { breaker, feeder, feeds, openDesk, start } from "./desk.ts";

const loss = breaker("realized_loss", { atLeast: "5.00" });
const report = (at: number, more: Partial<FeedReport> = {}) => signFeed(feeder, { name: "broker", at, ...more });
const metrics = (value: string | number) => [{ metric: "realized_loss", value }];

test("a report is recorded as it was signed, and what it measures trips", async () => {
  const { session, of, types, gateway } = await openDesk([loss]);
  const jws = await report(start, { metrics: metrics("5.00") });
  expect(await session.feed(jws)).toMatchObject({ outcome: "recorded" });
  expect(await of("evidence")).toEqual([{ name: "broker", seenAt: start, jws, metrics: metrics("5.00") }]);
  expect((await types()).at(-1)).toBe("halted");
  expect(session.state.evidence.get("broker")).toBe(start);
  expect(await auditOf(gateway, { keys: feeds, feeds })).toEqual(["SIGNATURE_WRONG 1"]);
});

describe("a report does not count", () => {
  test("a second time, nor an older one", async () => {
    const { session, gateway } = await openDesk([loss]);
    gateway.time.now += 60_000;
    const first = await report(start + 1_000, { metrics: metrics("1.00") });
    expect(await session.feed(first)).toMatchObject({ outcome: "recorded" });
    expect(await session.feed(first)).toMatchObject({ outcome: "refused", code: "FEED_REPEATED" });
    const older = await report(start + 999, { metrics: metrics("9.00") });
    expect(await session.feed(older)).toMatchObject({ code: "FEED_REPEATED" });
    expect(session.state.halted).toBe(false);
    expect(await session.feed(await report(start + 1_001))).toMatchObject({ outcome: "recorded" });
    expect(await session.feed(await report(start, { name: "other" }))).toMatchObject({ outcome: "recorded" });
  });

  test("of the future", async () => {
    const { session } = await openDesk([loss]);
    expect(await session.feed(await report(start + 1))).toMatchObject({ code: "RECORD_INCONSISTENT" });
  });

  test("for another session or envelope", async () => {
    const { session } = await openDesk([loss]);
    const envelope = `sha256:${"0".repeat(64)}`;
    expect(await session.feed(await report(start, { session: "another" }))).toMatchObject({ code: "FEED_SESSION" });
    expect(await session.feed(await report(start, { envelope }))).toMatchObject({ code: "FEED_ENVELOPE" });
    expect(await session.feed(await report(start, { session: session.id }))).toMatchObject({ outcome: "recorded" });
  });

  test("by a key that is no feed's, for another purpose, or that is none", async () => {
    const { session, gateway, types } = await openDesk([loss]);
    const stranger = await signFeed((await keyPair("stranger")).signer, { name: "broker", at: start });
    expect(await session.feed(stranger)).toMatchObject({ code: "FEED_KEY" });
    const other = await signCompact(feeder, "ambit-receipt+jwt", { name: "broker", at: start });
    expect(await session.feed(other)).toMatchObject({ code: "FEED_TYPE" });
    for (const text of ["", "a.b.c", 7 as never])
      expect(await session.feed(text)).toMatchObject({ outcome: "refused" });
    const closed = await gateway.reopen({ feeds: undefined as never });
    expect(await closed.feed(await report(start))).toMatchObject({ code: "FEED_KEY" });
    expect(await types()).toEqual(["activated"]);
  });
});

test("a report that is signed and that nobody can read freezes", async () => {
  const { session, of } = await openDesk([loss]);
  const jws = await signCompact(feeder, feedType, { name: "broker", at: start, metrics: metrics(1.5) });
  expect(await session.feed(jws)).toMatchObject({ code: "FEED_UNREADABLE" });
  expect(await of("incident")).toMatchObject([{ code: "FEED_UNREADABLE", freezes: true }]);
  expect(session.state.phase).toBe("frozen");
});
