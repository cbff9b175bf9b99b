/** One line of an executor's own log, in the closed form of `schema/executor-log.schema.json`. */
import schemaOfLog from "../../schema/executor-log.schema.json" with { type: "json" };
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { Settled } from "../../schema/ledger.ts";
import { closedSchema } from "../closed-schema.ts";

interface AnyLine {
  /** Epoch milliseconds, by the executor's clock. */
  readonly at: number;
  readonly effect?: string;
  readonly outcome?: Settled["outcome"];
  /** Undefined: the session that is reconciled. */
  readonly session?: string;
}

/** An effect under an authority token. */
export interface RedeemedLine extends AnyLine {
  readonly jti: string;
  readonly tool?: string;
  /** By bound id, in minor units. */
  readonly amounts?: Readonly<Record<string, number>>;
}

/** An external effect of which the executor knows no token. */
export interface ExternalLine extends AnyLine {
  readonly tool: string;
  readonly args: object;
}

export type LogLine =
  | ({ readonly kind: "redeemed" } & RedeemedLine)
  | ({
      readonly kind: "external" /** The line itself, which is a proposal too: what else it says is narrative to a decoder. */;
      readonly call: string;
    } & ExternalLine);

export type ReadLine =
  | { readonly ok: true; readonly line: LogLine }
  /** `reason` is the rest of a sentence that begins with the line. */
  | { readonly ok: false; readonly reason: string };

const schema = closedSchema(schemaOfLog);

/** Total. A member that is not written down is a line that cannot be read: nobody knows what it says. */
export function readLine(text: string): ReadLine {
  const parsed = parseJson(text);
  if (!parsed.ok) return { ok: false, reason: `is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}` };
  const value = toValue(parsed.root);
  const isRedeemed = typeof value === "object" && value !== null && Object.hasOwn(value, "jti");
  if (isRedeemed) {
    const validate = schema.validator<RedeemedLine>("/$defs/RedeemedLine");
    if (validate(value)) return { ok: true, line: { kind: "redeemed", ...value } };
    return { ok: false, reason: `is none of an effect under a token: ${schema.problemText(validate, "line")}` };
  }
  const validate = schema.validator<ExternalLine>("/$defs/ExternalLine");
  if (!validate(value)) return { ok: false, reason: `is none of an effect: ${schema.problemText(validate, "line")}` };
  return { ok: true, line: { kind: "external", call: text, ...value } };
}
