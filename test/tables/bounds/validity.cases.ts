import { now, runTable } from "../run.ts";

const start = Date.parse("2024-02-15T14:30:00Z");
const end = Date.parse("2024-02-16T14:30:00Z");
const at = (instant: unknown) => ({ facts: { now: instant }, state: { activatedAt: instant } });
const all = "validity/not_before validity/expires_at validity/duration";

runTable("validity/not_before and validity/expires_at: half-open in time", {
  cases: [
    { given: "a millisecond before the start", ...at(start - 1), want: "deny validity/not_before" },
    { given: "at the start", ...at(start), want: "allow" },
    { given: "a millisecond before the end", ...at(end - 1), want: "allow" },
    { given: "at the end", ...at(end), want: "deny validity/expires_at" },
    { given: "long after", ...at(Number.MAX_SAFE_INTEGER), want: "deny validity/expires_at" },
    { given: "long before 1970", ...at(Number.MIN_SAFE_INTEGER), want: "deny validity/not_before" },
    { given: "no now", ...at(undefined), want: `deny ${all}` },
    { given: "now as text", ...at(String(now)), want: `deny ${all}` },
    { given: "now between two milliseconds", ...at(now + 0.5), want: `deny ${all}` },
    { given: "a now that doubles cannot tell apart", ...at(2 ** 53), want: `deny ${all}` },
    { given: "now is true", ...at(true), want: `deny ${all}` },
  ],
});

runTable("validity/not_before with an offset", {
  envelope: {
    validity: { notBefore: "2024-02-15T09:30:00-05:00", expiresAt: "2024-02-15T14:30:00.002Z", maxDurationSeconds: 60 },
  },
  cases: [
    { given: "before", ...at(start - 1), want: "deny validity/not_before" },
    { given: "at it", ...at(start), want: "allow" },
    { given: "at the last millisecond", ...at(start + 1), want: "allow" },
    { given: "at the end", ...at(start + 2), want: "deny validity/expires_at" },
  ],
});

const deny = "deny validity/duration";

runTable("validity/duration: an hour from activation", {
  cases: [
    { given: "just activated", state: { activatedAt: now }, want: "allow" },
    { given: "a millisecond short of an hour", state: { activatedAt: now - 3_599_999 }, want: "allow" },
    { given: "an hour ago", state: { activatedAt: now - 3_600_000 }, want: deny },
    { given: "in the future", state: { activatedAt: now + 1 }, want: deny },
    { given: "never", state: { activatedAt: undefined }, want: deny },
    { given: "null", state: { activatedAt: null }, want: deny },
    { given: "as text", state: { activatedAt: String(now) }, want: deny },
    { given: "at the beginning of numbers", state: { activatedAt: Number.MIN_SAFE_INTEGER }, want: deny },
    { given: "before the beginning of numbers", state: { activatedAt: -(2 ** 53) }, want: deny },
  ],
});
