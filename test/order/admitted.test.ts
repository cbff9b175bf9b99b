/** Calls that `ambit diff` shows: each is one that can be made, that the new envelope allows and the old one does not. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Admitted, newlyAdmitted } from "../../cli/diff/newly-admitted.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { planDecoder } from "../../runtime/decode/decode.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import { localTime } from "../../schema/time/zones.ts";
import { put, remove, set } from "../reading/envelopes.ts";
import { envelopeWith } from "./base.ts";
import { isRecord, type Json } from "./json.ts";
import { mutate } from "./mutate.ts";

const pay = "/effects/pay";
const net = { field: { from: "/net", type: "ip" }, allow: { under: ["10.0.0.0/8"] } };
const withNet = [put(`${pay}/fields/net`, net.field), put(`${pay}/allow/net`, net.allow)];
const due = { from: "/due", type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "UTC" };
const withDue = [
  put(`${pay}/fields/due`, due),
  put(`${pay}/perCall/due`, { min: "2026-01-01 00:00", max: "2026-12-31 00:00" }),
];

interface Row {
  readonly what: string;
  readonly old?: readonly PatchOperation[];
  /** Beside those. */
  readonly now: readonly PatchOperation[];
  /** Which bound the call that is shown does not meet. */
  readonly bound: string;
}

const rows: readonly Row[] = [
  {
    what: "a value more, in the middle of a list",
    now: [set("/sets/payees", ["acme", "amber", "azure", "bravo", "globex"])],
    bound: "effects/pay/allow/payee",
  },
  {
    what: "an element more",
    now: [put(`${pay}/allow/words/subsetOf/-`, "white")],
    bound: "effects/pay/allow/words",
  },
  { what: "a row more", now: [put(`${pay}/rows/0/oneOf/-`, ["Adlon", "Berlin"])], bound: "effects/pay/rows/0" },
  { what: "a tool more", now: [put(`${pay}/tools/-`, "bank.wire")], bound: "granted" },
  {
    what: "an action more of a tool",
    now: [put(`${pay}/tools/0/where/~1action/-`, "pay_later")],
    bound: "granted",
  },
  {
    what: "a wider network",
    old: withNet,
    now: [set(`${pay}/allow/net/under`, ["10.0.0.0/7"])],
    bound: "effects/pay/allow/net",
  },
  { what: "no exception", now: [remove(`${pay}/allow/file/noneUnder`)], bound: "effects/pay/allow/file" },
  { what: "an empty set", now: [put(`${pay}/allow/words/minItems`, 0)], bound: "effects/pay/allow/words" },
  {
    what: "numbers as text",
    old: [remove(`${pay}/fields/count/allowString`)],
    now: [put(`${pay}/fields/count/allowString`, true)],
    bound: "decode/count",
  },
  {
    what: "another form of a local time",
    old: withDue,
    now: [set(`${pay}/fields/due/format`, ["YYYY-MM-DD HH:MM", "YYYY-MM-DDTHH:MM"])],
    bound: "decode/due",
  },
  { what: "narrative more", now: [put(`${pay}/ignored/-`, "/notes")], bound: "decode/notes" },
  { what: "an argument that may be empty", now: [put(`${pay}/absent/-`, "/route")], bound: "decode/route" },
  { what: "a larger amount", now: [set(`${pay}/perCall/amount/max`, "100.01")], bound: "effects/pay/per_call/amount" },
  {
    what: "a sum that is not bounded any more",
    now: [remove(`${pay}/session/fee`)],
    bound: "effects/pay/session/fee",
  },
  { what: "a day more", now: [put(`${pay}/schedule/windows/0/days/-`, "wed")], bound: "effects/pay/schedule" },
  { what: "a date more", now: [remove(`${pay}/schedule/except`)], bound: "effects/pay/schedule" },
  { what: "no hours", now: [remove(`${pay}/schedule`)], bound: "effects/pay/schedule" },
  { what: "an earlier start", now: [set("/validity/notBefore", "2026-02-09T08:30:00Z")], bound: "validity/not_before" },
  { what: "a later end", now: [set("/validity/expiresAt", "2026-03-16T09:00:00Z")], bound: "validity/expires_at" },
  { what: "longer sessions", now: [set("/validity/maxDurationSeconds", 7200)], bound: "validity/duration" },
  { what: "no evidence", now: [remove("/evidence/perimeter")], bound: "evidence/perimeter" },
  { what: "another agent", now: [set("/principal", "agent:s8")], bound: "principal" },
  { what: "fewer approvals", now: [remove(`${pay}/approval`)], bound: "effects/pay/approval" },
];

test.each(rows)("$what", ({ old = [], now, bound }) => {
  const [before, after] = [envelopeWith(...old), envelopeWith(...old, ...now)];
  const admitted = newlyAdmitted(before, after);
  expect(admitted.map((shown) => shown.bound)).toContain(bound);
  expect(faultsIn(admitted, before, after)).toEqual([]);
});

test("the larger amount is shown of a product too: by operands that make it", () => {
  const product = [
    put(`${pay}/fields/total`, { type: "product", of: ["amount", "count"], scale: 2, unit: "USD" }),
    put(`${pay}/perCall/total`, { max: "400.00" }),
  ];
  const [before, after] = [
    envelopeWith(...product),
    envelopeWith(...product, set(`${pay}/perCall/total/max`, "600.00")),
  ];
  const admitted = newlyAdmitted(before, after);
  expect(admitted.map(({ bound }) => bound)).toEqual(["effects/pay/per_call/total"]);
  expect(faultsIn(admitted, before, after)).toEqual([]);
});

test("a session cannot last longer than its envelope, nor a Thursday be a Friday", () => {
  const short = [
    set("/validity/notBefore", "2026-02-17T08:00:00Z"),
    set("/validity/expiresAt", "2026-02-17T09:00:00Z"),
  ];
  const longer = envelopeWith(...short, set("/validity/maxDurationSeconds", 7200));
  expect(newlyAdmitted(envelopeWith(...short), longer)).toEqual([]);
  const friday = envelopeWith(...short, put(`${pay}/schedule/windows/0/days/-`, "fri"));
  expect(newlyAdmitted(envelopeWith(...short), friday)).toEqual([]);
});

const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));

test("so it is for any change", { timeout: 180_000 }, () => {
  const source: Json = JSON.parse(JSON.stringify(envelopeWith()));
  let shown = 0;
  const change = fc.record({ at: fc.nat(100_000), how: fc.nat(10_000) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), fc.boolean(), (changes, isReversed) => {
      const { envelope } = readEnvelope(JSON.stringify(changes.reduce(mutate, source)));
      if (envelope === undefined) return;
      const [one, other] = isReversed ? [envelope, envelopeWith()] : [envelopeWith(), envelope];
      const admitted = newlyAdmitted(one, other);
      shown += admitted.length;
      expect(faultsIn(admitted, one, other)).toEqual([]);
    }),
    { seed, numRuns: 80 },
  );
  expect(shown).toBeGreaterThan(0);
});

/** What is wrong with the calls shown: decoded and judged once more, from the text of the proposal and from the clock. */
function faultsIn(admitted: readonly Admitted[], before: Envelope, after: Envelope): readonly string[] {
  const from = Date.parse(after.validity.notBefore);
  return admitted.flatMap(({ bound, effect, proposal, request }) => {
    const text = JSON.stringify(proposal);
    const { now, state } = request;
    if (typeof now !== "number" || !isRecord(state)) return [`${bound}: no time`];
    const verdictOf = (envelope: Envelope) => {
      const decoded = planDecoder(envelope)(text);
      if (!decoded.ok) return "not decoded";
      const zone = envelope.effects[decoded.call.effect]?.schedule?.timezone;
      const local = zone === undefined ? {} : { [zone]: localTime(zone, now) };
      const { call } = decoded;
      const asked = { ...request, effect: call.effect, tool: call.tool, fields: call.fields, envelope: "sha256:0" };
      const metersOf = (known: Json | undefined) => ({
        ...zeros(envelope, call.effect),
        ...(isRecord(known) ? known : {}),
      });
      const facts = { ...state, local, meters: metersOf(state.meters), velocity: metersOf(state.velocity) };
      return planReference(envelope, "sha256:0")({ ...asked, state: facts }).verdict;
    };
    const { activatedAt, last = {}, evidence = {} } = state;
    const times = [activatedAt, ...Object.values(isRecord(last) ? last : {})];
    return [
      ...(verdictOf(after) === "allow" ? [] : [`${bound}: ${effect} is not allowed: ${text}`]),
      ...(verdictOf(before) === "allow" ? [`${bound}: ${effect} was allowed: ${text}`] : []),
      ...times.filter((at) => !(Number(at) >= from && Number(at) <= now)).map((at) => `${bound}: at ${at}`),
      ...Object.values(isRecord(evidence) ? evidence : {}).flatMap((at) =>
        Number(at) <= now ? [] : [`${bound}: ${at}`],
      ),
      ...(Object.values(isRecord(last) ? last : {}).every((at) => Number(at) >= Number(activatedAt))
        ? []
        : [`${bound}: last`]),
    ];
  });
}

/** Of every counter that the envelope may keep. */
function zeros({ effects, budgets, defaults }: Envelope, name: string): Record<string, number> {
  const { session = {}, velocity = defaults?.velocity ?? [] } = effects[name] ?? {};
  const ids = [
    ...Object.keys(session).map((key) => `effects/${name}/session/${key}`),
    ...Object.keys(budgets).map((meter) => `budgets/${meter}`),
    ...velocity.map((_, i) => `effects/${name}/velocity/${i}`),
  ];
  return Object.fromEntries(ids.map((id) => [id, 0]));
}
