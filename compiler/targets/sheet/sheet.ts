/** `envelope.md`: the fill-in sheet in plain sentences, for the person who signs the envelope. */
import type { Envelope, Forbidden } from "../../../schema/envelope.ts";
import { budgetInWords } from "./bounds.ts";
import { durationInWords } from "./duration.ts";
import { effectLines } from "./effect.ts";
import { code, join, type Markdown, md } from "./markdown.ts";

function forbiddenInWords(entry: Forbidden): Markdown {
  const what =
    entry.effect !== undefined
      ? md`the effect ${code(entry.effect)}`
      : entry.tool !== undefined
        ? md`the tool ${code(entry.tool)}`
        : md`any effect tagged ${code(entry.tag ?? "")}`;
  return entry.reason === undefined ? what : md`${what} (${code(entry.reason)})`;
}

/** What the envelope says it comes from; whether that is so, activation checks. */
function originLines({ template, parent }: Envelope): readonly Markdown[] {
  const lines: Markdown[] = [];
  if (template !== undefined) {
    const { id, version, sha256 } = template;
    lines.push(
      md`Filled in from the template ${code(id)}, version ${code(version)}, digest ${code(`sha256:${sha256}`)}`,
    );
  }
  if (parent !== undefined)
    lines.push(md`Delegated from the envelope ${code(parent.id)}, digest ${code(`sha256:${parent.sha256}`)}`);
  return lines;
}

function headLines(envelope: Envelope, digest: string): readonly Markdown[] {
  const { validity, budgets, evidence = {}, breakers = [], postconditions = [] } = envelope;
  const kind = envelope.goal.taskType === undefined ? md`` : md` (${code(envelope.goal.taskType)})`;
  return [
    md`Digest to sign: ${code(digest)}`,
    ...originLines(envelope),
    md`Issued by ${code(envelope.issuer)} for the agent ${code(envelope.principal)}. The task, in the issuer's words (never evaluated): ${code(envelope.goal.summary)}${kind}`,
    envelope.mode === "window"
      ? md`Mode: a window. External effects may happen as written below.`
      : md`Mode: base. Every external effect is denied.`,
    md`Valid from ${code(validity.notBefore)} up to, not including, ${code(validity.expiresAt)}, and no longer than ${code(durationInWords(validity.maxDurationSeconds))} after activation.`,
    envelope.capabilities.length === 0
      ? md`No capability flag is granted.`
      : md`Capability flags granted: ${join(envelope.capabilities.map(code))}.`,
    md`Budgets for the whole session: ${join(Object.entries(budgets).map(([meter, budget]) => md`${code(meter)} at most ${budgetInWords(budget)}`))}.`,
    envelope.forbidden.length === 0
      ? md`Nothing is forbidden beyond what is not granted.`
      : md`Forbidden whatever else is granted: ${join(envelope.forbidden.map(forbiddenInWords), "; ")}.`,
    ...Object.entries(evidence).map(
      ([name, rule]) =>
        md`Evidence ${code(name)} may be at most ${code(durationInWords(rule.maxAgeSeconds))} old${rule.effects === undefined ? md`` : md`, for ${join(rule.effects.map(code))}`}.`,
    ),
    ...breakers.map(
      (breaker) =>
        md`Circuit breaker ${code(breaker.id)}: ${code(breaker.action)} when ${join(
          breaker.when.map(
            (c) =>
              md`${code(c.metric)} is ${c.atLeast !== undefined ? md`at least ${code(String(c.atLeast))}` : md`at most ${code(String(c.atMost))}`}`,
          ),
          " and ",
        )}.`,
    ),
    ...postconditions.map(
      (p) => md`Checked at the end, as ${code(p.id)}: ${code(p.check)} (${p.critical ? md`critical` : md`warning`}).`,
    ),
    envelope.recovery === "manual_only"
      ? md`After a halt only a person resumes.`
      : md`After a halt nothing resumes: it takes a new envelope.`,
    md`KILL SWITCH: signal = ${code(envelope.killSwitch.signal)}. While it exists every effect is denied, unconditionally.`,
  ];
}

/** The sheet of one envelope as Markdown; `digest` is `sha256:<hex>` of its source document. */
export function renderSheet(envelope: Envelope, digest: string): string {
  const blocks = Object.entries(envelope.effects).map(([name, effect]) => {
    const rows = effectLines(effect, envelope).map(([label, text]) => `| ${label} | ${text} |`);
    return [`## EFFECT: ${code(name)}`, "", "| Line | Bound |", "| --- | --- |", ...rows, ""].join("\n");
  });
  const head = headLines(envelope, digest).map((line) => `- ${line}`);
  return [`# Permission envelope ${code(envelope.id)}`, "", ...head, "", ...blocks].join("\n");
}
