/** The bytes of a ledger: canonical, linked, and none of them can change unnoticed. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { describe, expect, test } from "vitest";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { sealed } from "../../runtime/ledger/chain/text.ts";
import { openLog } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { activation, allow, approve, chainOf, consume, entry, notAllowed, release, settle } from "./entries.ts";

const chain = chainOf([
  allow(1, { charges: { "budgets/spend": { amount: 12, bucket: '"é\u{1f600}"' } } }),
  notAllowed("hold", 2, { proposal: "b", proposalId: "id" }),
  approve(2, { proposalHash: activation().body.policy }),
  consume(3, 2),
  settle(4, 2, { results: { order: "o-1", count: 3 } }),
  allow(5),
  release(40, 7),
  entry("evidence", 41, { name: "perimeter", seenAt: 40 }),
  entry("incident", 42, { code: "ENGINE_FAILURE", message: "cedar", freezes: false }),
]);
const texts = chain.map(({ text }) => text);
const session = chain[0]!.record.session;

/** A store that gives these texts, whatever it was given. */
function storeOf(given: readonly string[]): Store {
  return {
    read: async (_, from, limit) => ({ ok: true, texts: given.slice(from - 1, from - 1 + limit) }),
    append: async () => ({ outcome: "lost" }),
    claimant: async () => ({ ok: true, session: undefined }),
    close: async () => {},
  };
}

const opened = async (given: readonly string[]) => {
  const result = await openLog(storeOf(given), session);
  return result.ok ? result.log.state.end.head.seq : result.fault.problem;
};

/** The record with other members, and a hash that fits it. */
function resealed(index: number, change: Partial<Record<keyof LedgerRecord, unknown>>): string {
  const changed = { ...chain[index]!.record, ...change } as LedgerRecord;
  return sealed(changed).text;
}

/** The text of the record with one part in other words, and the hash of those words. */
function reworded(index: number, from: string, to: string): string {
  const { record, text } = chain[index]!;
  const member = `"hash":"${record.hash}",`;
  expect(text).toContain(from);
  const unhashed = text.replace(member, "").replace(from, to);
  const hash = createHash("sha256").update(unhashed).digest("hex");
  return unhashed.replace('"prev":', `"hash":"${hash}","prev":`);
}

describe("a broken chain is not opened", () => {
  test.each<readonly [what: string, code: string, seq: number, given: readonly string[]]>([
    ["a record is missing in the middle", "CHAIN_BROKEN", 4, texts.toSpliced(3, 1)],
    ["the first record is missing", "CHAIN_BROKEN", 1, texts.slice(1)],
    ["a record stands twice", "CHAIN_BROKEN", 5, texts.toSpliced(4, 0, texts[3]!)],
    ["two records change places", "CHAIN_BROKEN", 4, texts.with(3, texts[4]!).with(4, texts[3]!)],
    [
      "a record was rewritten with its own hash",
      "CHAIN_BROKEN",
      3,
      texts.with(1, resealed(1, { at: 2, body: { ...allow(2).body } })),
    ],
    ["the first record was rewritten with its own hash", "CHAIN_BROKEN", 1, texts.with(0, resealed(0, { at: 1 }))],
    ["a record is of another session", "CHAIN_BROKEN", 2, texts.with(1, resealed(1, { session: "x" }))],
    ["a record is of another envelope", "CHAIN_BROKEN", 2, texts.with(1, resealed(1, { envelope: "x" }))],
    [
      "a body is of no schema",
      "RECORD_MALFORMED",
      2,
      texts.with(1, resealed(1, { body: { ...allow(1).body, executed: true } })),
    ],
    [
      "a body has one member more",
      "RECORD_MALFORMED",
      5,
      texts.with(4, resealed(4, { body: { decided: 2, jti: "t", by: "x" } })),
    ],
    ["a type is unknown", "RECORD_MALFORMED", 5, texts.with(4, resealed(4, { type: "constructor" }))],
    ["a record has one member more", "RECORD_MALFORMED", 2, texts.with(1, texts[1]!.replace(/^\{/, '{"a":1,'))],
    ["a member stands twice", "RECORD_MALFORMED", 2, texts.with(1, texts[1]!.replace(/^\{"at":1/, '{"at":1,"at":1'))],
    ["a record has a space more", "RECORD_MALFORMED", 2, texts.with(1, `${texts[1]} `)],
    [
      "members stand in another order",
      "RECORD_MALFORMED",
      5,
      texts.with(4, reworded(4, '{"decided":2,"jti":"t"}', '{"jti":"t","decided":2}')),
    ],
    [
      "half a surrogate pair is escaped",
      "RECORD_MALFORMED",
      3,
      texts.with(2, reworded(2, '"proposalId":"id"', '"proposalId":"\\ud800"')),
    ],
    ["a record is empty", "RECORD_MALFORMED", 2, texts.with(1, "")],
    ["a record is nested without end", "RECORD_MALFORMED", 2, texts.with(1, "[".repeat(200_000))],
  ])("%s", async (_, code, seq, given) => {
    expect(await opened(given)).toMatchObject({ code, seq });
  });

  test("there is none", async () => {
    const result = await openLog(storeOf([]), session);
    expect(result).toMatchObject({ ok: false, fault: { code: "STORE_UNAVAILABLE" } });
  });
});

test("every byte, flipped in its lowest and its highest bit, shows at its record", async () => {
  expect(await opened(texts)).toBe(texts.length);
  const decoder = new TextDecoder();
  for (const [index, text] of texts.entries()) {
    const bytes = new TextEncoder().encode(text);
    for (let i = 0; i < bytes.length; i++)
      for (const bit of [1, 128]) {
        const flipped = decoder.decode(bytes.with(i, bytes[i]! ^ bit));
        if (parseRecord(flipped, index + 1).ok) expect.unreachable(`byte ${i} of record ${index + 1}`);
      }
  }
});

describe("a record", () => {
  test.each(chain.map((sealed) => [sealed.record.type, sealed] as const))(
    "of %s is its RFC 8785 form",
    (_, { record, text }) => {
      expect(text).toBe(canonicalize(record));
    },
  );

  test.each(chain.map(({ record }) => [record.type, record] as const))(
    "of %s has the hash of the rest of it",
    (_, record) => {
      const { hash, ...rest } = record;
      expect(hash).toBe(createHash("sha256").update(canonicalize(rest)!).digest("hex"));
    },
  );

  test("comes first with 64 zeros, and names the session", () => {
    const { hash: _, session: name, ...rest } = chain[0]!.record;
    expect(rest.prev).toBe("0".repeat(64));
    expect(name).toBe(createHash("sha256").update(canonicalize(rest)!).digest("base64url"));
  });
});
