import type { Mutant } from "../mutant.ts";

const examples = "test/session/remaining/remaining.test.ts";
const laws = "test/session/remaining/laws.test.ts";
const ends = "test/session/remaining/ends.test.ts";

const mutant = (file: string, what: string, from: string, to: string, by: string): Mutant => ({
  file: `runtime/session/remaining/${file}.ts`,
  what,
  from,
  to,
  by: [by],
});

/** What a session says that it still admits. */
export const remaining: readonly Mutant[] = [
  mutant(
    "ask",
    "what others have spent is still there",
    "const fault = await log.refresh();",
    "const fault = undefined as Awaited<ReturnType<typeof log.refresh>>;",
    examples,
  ),
  mutant(
    "as-overdue-ended",
    "what an expired token held is gone for good",
    "sums.add(bound, -amount, bucket)",
    "sums.add(bound, 0 * amount, bucket)",
    examples,
  ),
  mutant(
    "as-overdue-ended",
    "an effect that nobody settled freezes nothing",
    'phase: freezes ? "frozen" : state.phase',
    "phase: state.phase",
    examples,
  ),
  mutant("closed-by", "a killed session is open", '"approval", "channel"]', '"approval", "channel", "kill"]', examples),
  mutant("remaining", "a closed effect has calls left", "calls: open ? calls : 0,", "calls,", examples),
  mutant(
    "remaining",
    "results that are not there can be named",
    "produced[key]?.length === 0",
    "produced[key]?.length === -1",
    examples,
  ),
  mutant(
    "amounts",
    "budgets leave any amount",
    ".map((room) => [room.meter.id, leftNow(room, now)] as const)",
    ".map((room) => [room.meter.id, Number.MAX_SAFE_INTEGER] as const)",
    laws,
  ),
  mutant("amounts", "one unit too many is left", "const ceiling = Math.min(", "const ceiling = 1 + Math.min(", laws),
  mutant(
    "amounts",
    "values that are not listed are left",
    "listed?.filter((value) => floor <= value",
    "listed?.map((value) => value + 1).filter((value) => floor <= value",
    laws,
  ),
  mutant("apart", "each value may carry what all may", "Math.min(amount.max, left(bucket))", "amount.max", examples),
  mutant("limits", "a call too many is left", "Math.floor(left / each)", "Math.floor(left / each) + 1", laws),
  mutant(
    "limits",
    "windows never fill",
    "const left = Math.max(0, max - before);",
    "const left = Math.max(0, max - 0 * before);",
    examples,
  ),
  mutant(
    "limits",
    "a window frees too late",
    "allows[allows.length - before + (before - max)]",
    "allows.at(-1)",
    examples,
  ),
  mutant(
    "limits",
    "the next period is forgotten",
    "endsAt: periodEndsAt(every, zone, now)",
    "endsAt: periodEndsAt(every, zone, 0)",
    examples,
  ),
  mutant("until", "what is exactly of the greatest age is too old", "seconds * 1000 + 1;", "seconds * 1000;", examples),
  mutant(
    "until",
    "sessions outlast their envelope",
    "instant(validity.expiresAt)",
    "instant(validity.expiresAt) + 1",
    examples,
  ),
  mutant(
    "until",
    "what is not settled in time closes nothing",
    "if (freezes !== undefined)",
    "if (freezes === 0)",
    examples,
  ),
  mutant("schedule-end", "nobody changes his clock", "minute === end % dayMinutes", "minute !== -1", ends),
  mutant("schedule-end", "closed days are open", "if (except.includes(date))", 'if (except.includes(""))', ends),
  mutant("period-end", "an hour is never shown twice", "hour: 3 * hourMs", "hour: hourMs", ends),
];
