/** The report for a person: for each effect one line per kind of claim, and what does not hold below it. */
import { quote } from "../../../runtime/messages/show.ts";
import type { coloursOf } from "../../io.ts";
import { type ClaimKind, type Counterexample, claimKinds, type Settled } from "../claim.ts";
import type { Proven } from "./json.ts";
import { byAction, tally } from "./tally.ts";

type Colours = ReturnType<typeof coloursOf>;

export function humanReport({ file, tool, settled, milliseconds }: Proven, colours: Colours): string {
  const effects = Array.from(byAction(settled), ([action, claims]) => effectReport(action, claims, colours));
  const { attempted, proven, refuted, unsettled } = tally(settled);
  const ending = [
    `${file}: ${attempted} claims, ${proven} proven`,
    ...(refuted > 0 ? [`${refuted} refuted`] : []),
    ...(unsettled > 0 ? [`${unsettled} not settled`] : []),
    `${seconds(milliseconds)} (${tool})`,
  ].join(", ");
  return `${effects.join("\n")}\n${proven === attempted ? colours.bold(ending) : colours.red(ending)}\n`;
}

function effectReport(action: string, claims: readonly Settled[], colours: Colours): string {
  const lines = claimKinds.flatMap((kind) => {
    const ofKind = claims.filter(({ claim }) => claim.kind === kind);
    return ofKind.length === 0 ? [] : kindReport(kind, ofKind, colours);
  });
  const title = action === "" ? "a tool that no effect reaches" : action;
  const { solverMilliseconds } = tally(claims);
  return `${colours.bold(title)} ${colours.dim(seconds(solverMilliseconds))}\n${lines.join("")}`;
}

const headings: Readonly<Record<ClaimKind, (claims: readonly Settled[]) => string>> = {
  never_errs: ({ length }) => `no policy can err, on any request: ${length} ${length === 1 ? "policy" : "policies"}`,
  equivalent: () => "the permit grants exactly what no forbid forbids",
  always_denied: (claims) => `always denied: ${claims.map(({ claim }) => claim.about).join(", ")}`,
  bound: ({ length }) =>
    `denied wherever a bound is violated, by its own forbid and nowhere else: ${length} ${length === 1 ? "bound" : "bounds"}`,
  not_vacuous: ([first]) =>
    first?.outcome.kind === "proven" && first.outcome.reason !== undefined
      ? first.outcome.reason
      : "there are calls that every engine and the reference allow",
};

function kindReport(kind: ClaimKind, claims: readonly Settled[], colours: Colours): string {
  const open = claims.filter(({ outcome }) => outcome.kind !== "proven");
  const heading = headings[kind](claims);
  if (open.length === 0) return `  ${colours.green("✓")} ${heading}\n`;
  return `  ${colours.red("✗")} ${heading}\n${open.map((settled) => openReport(settled, colours)).join("")}`;
}

function openReport({ claim, outcome }: Settled, colours: Colours): string {
  const reason = outcome.reason ?? "";
  const word = outcome.kind === "refuted" ? colours.red("refuted") : colours.yellow("not settled");
  const example =
    outcome.kind === "refuted" && outcome.counterexample !== undefined ? exampleReport(outcome.counterexample) : "";
  return `      ${word} ${quote(claim.about)}: ${printable(reason)}\n${example}`;
}

function exampleReport({ request, text, reference }: Counterexample): string {
  if (request === undefined) return indented(printable(text, "\n"));
  const said =
    reference === undefined ? "" : `the reference: ${[reference.verdict, ...reference.violations].join(" ")}`;
  return indented(`for this request, to which ${said}\n${printable(JSON.stringify(request, null, 2), "\n")}`);
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `        ${line}\n`)
    .join("");
}

/** Text of any origin must not drive the terminal. */
function printable(text: string, kept = ""): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    kept.includes(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
