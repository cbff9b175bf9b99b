/** One block of the fill-in sheet: every line of it, in plain words. */
import type { DiscriminatedTool, Effect, Envelope } from "../../../schema/envelope.ts";
import { operandOf } from "../../operands.ts";
import {
  allowInWords,
  approvalInWords,
  budgetInWords,
  perCallInWords,
  scheduleInWords,
  sessionInWords,
  velocityInWords,
} from "./bounds.ts";
import { durationInWords } from "./duration.ts";
import { fieldInWords, resultInWords } from "./field.ts";
import { code, join, type Markdown, md } from "./markdown.ts";
import { operandInWords } from "./measure.ts";

type Line = readonly [label: string, text: Markdown];

function toolInWords(tool: string | DiscriminatedTool): Markdown {
  if (typeof tool === "string") return code(tool);
  const where = Object.entries(tool.where).map(([pointer, values]) =>
    Array.isArray(values)
      ? md`${code(pointer)} is ${join(
          values.map((v) => code(JSON.stringify(v))),
          " or ",
        )}`
      : md`${code(pointer)} is missing or empty`,
  );
  return md`${code(tool.tool)} where ${join(where, " and ")}`;
}

function budgetLine(effect: Effect, envelope: Envelope): Markdown {
  const limits = Object.entries(effect.session).map(([name, limit]) =>
    sessionInWords(name, limit, operandOf(effect.fields, name)),
  );
  const feeds = Object.entries(effect.consumes ?? {}).map(
    ([meter, cost]) =>
      md`${code(String(cost))} counts towards the budget ${code(meter)} of ${budgetInWords(envelope.budgets[meter])}`,
  );
  return join([...limits, ...feeds], "; ");
}

function channelLine(effect: Effect): Markdown {
  if (!effect.external) return md`inside the agent's workspace`;
  return effect.channel === "execute"
    ? md`external, executed once two keys have activated the envelope`
    : md`external, only proposed: two people of two roles must approve every call`;
}

/** The lines of one effect, in the order of the sheet; lines that the effect does not write are left out. */
export function effectLines(effect: Effect, envelope: Envelope): readonly Line[] {
  const lines: (Line | undefined)[] = [
    ["Reached via tool(s)", join(effect.tools.map(toolInWords), "; ")],
    ["Reach", channelLine(effect)],
    effect.tags?.length ? ["Tags", join(effect.tags.map(code))] : undefined,
    effect.requires?.length ? ["Needs the flags", join(effect.requires.map(code))] : undefined,
    [
      "Decoded fields judged",
      Object.keys(effect.fields).length === 0
        ? md`none${effect.unjudged === undefined ? md`` : md` (${code(effect.unjudged)})`}`
        : join(
            Object.entries(effect.fields).map(([name, field]) => fieldInWords(name, field, effect)),
            "; ",
          ),
    ],
    effect.results
      ? [
          "Kept from the result",
          join(
            Object.entries(effect.results).map(([name, field]) => resultInWords(name, field)),
            "; ",
          ),
        ]
      : undefined,
    effect.ignored?.length
      ? ["Narrative, never judged", md`${join(effect.ignored.map(code))} and what is below`]
      : undefined,
    effect.absent?.length ? ["Must be missing or empty", join(effect.absent.map(code))] : undefined,
    effect.perCall
      ? [
          "Per-call cap",
          join(
            Object.entries(effect.perCall).map(([name, bound]) =>
              perCallInWords(name, bound, operandOf(effect.fields, name)),
            ),
            "; ",
          ),
        ]
      : undefined,
    ["Session budget", budgetLine(effect, envelope)],
    effect.allow
      ? [
          "Allowlist",
          join(
            Object.entries(effect.allow).map(([field, bound]) =>
              allowInWords(field, bound, operandOf(effect.fields, field), envelope.sets),
            ),
            "; ",
          ),
        ]
      : undefined,
    effect.rows
      ? [
          "Allowed combinations",
          join(
            effect.rows.map(
              (rows) =>
                md`(${join(rows.fields.map((name) => operandInWords(name, operandOf(effect.fields, name))))}) is one of ${join(rows.oneOf.map((row) => code(JSON.stringify(row))))}`,
            ),
            "; ",
          ),
        ]
      : undefined,
    effect.relations
      ? [
          "Relations",
          join(
            effect.relations.map(({ left, op, right }) => code(`${left} ${op} ${right}`)),
            "; ",
          ),
        ]
      : undefined,
    ["Velocity limit", velocityInWords(effect.velocity ?? envelope.defaults?.velocity ?? [])],
    effect.after
      ? [
          "Only after",
          join(
            effect.after.map(
              ({ effect: name, withinSeconds }) =>
                md`${code(name)} succeeded, at most ${code(durationInWords(withinSeconds))} ago`,
            ),
            "; ",
          ),
        ]
      : undefined,
    effect.schedule ? ["Schedule", scheduleInWords(effect.schedule)] : undefined,
    effect.justification === "required" ? ["Justification", md`must be given; it is never read`] : undefined,
    effect.approval ? ["People", approvalInWords(effect.approval, effect.fields)] : undefined,
    ["On error or ambiguity", md`DENY`],
  ];
  return lines.filter((line) => line !== undefined);
}
