/** The tools behind a guard, and what they are given. */
import type { FieldValues } from "../../schema/request.ts";
import type { Settlement } from "../session/settle.ts";

/** The call that was allowed. */
export interface AllowedCall {
  readonly effect: string;
  readonly tool: string;
  /** As the engines judged them. */
  readonly fields: FieldValues;
  /** Of the token: the executor's receipt names it. */
  readonly jti: string;
  /** Fires when the session is killed while the tool runs. */
  readonly signal: AbortSignal;
}

/** What a tool reports of its effect: done, unless it says otherwise. */
export type ToolReport = Omit<Settlement, "outcome"> & { readonly outcome?: Settlement["outcome"] };

/**
 * @param args exactly what was judged, defaults filled in; deeply frozen, objects without prototype
 * @throws anything: then it is not known whether the effect happened, and it is charged in full
 */
export type Tool = (args: unknown, call: AllowedCall) => ToolReport | Promise<ToolReport>;

/** By the name under which the envelope and the agent know them. */
export type Tools = Readonly<Record<string, Tool>>;
