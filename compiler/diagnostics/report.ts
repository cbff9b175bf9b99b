// For whoever writes rules. A rule reports like this:
//
//   report("ref/unknown_field", "/effects/pay/perCall/amont", { field: "amont", ... }, { at: "key", suggestion: [...] })
//
// - The code must have an entry in the file of its family beside this one. Adding one: write the entry with summary, message,
//   help and example (operations on `example.ts`, triggering exactly this code); nothing else needs to change.
// - `pointer` may name a member that does not exist: the position is then that of the nearest parent that does.
// - `at: "key"` puts the position on the member's name instead of its value.
// - User text goes into messages through `quote`/`quoteList` (quote.ts); did-you-mean through `closest` (suggest.ts).
// - Rules run on a document that the schema accepts. Where the source did not fit, the reader has taken the broken parts out, put neutral
//   stand-ins where a member is required, and given misspelt members their right name. Pointers are those of the document the rules see: the
//   reader translates them back. What a rule says about a stand-in, and a `ref/…` about a name that was taken out, is dropped by the reader.
//   A rule that claims that something is written *nowhere* (an unused set, a meter that nothing feeds) marks its entry `absence: true`.
// - `num/…` of a bare number text (2.0, 1e3, -0, beyond 2^53-1) is reported by the reader unless a rule has reported at the same pointer.
import type { Diagnostic, PatchOperation } from "../../schema/diagnostic.ts";
import { catalogue, type DiagnosticCode, type Params, severityOf } from "./catalogue.ts";

export interface ReportDetails {
  /** Where the position points: the value (as if not given) or the member's name. */
  readonly at?: "value" | "key";
  /** Operations that mend the problem. */
  readonly suggestion?: readonly PatchOperation[];
  /** Instead of the catalogue's help. */
  readonly help?: string;
}

export type Report = <C extends DiagnosticCode>(
  code: C,
  pointer: string,
  params: Params<C>,
  details?: ReportDetails,
) => void;

/** A problem that has no position yet. */
export interface Finding extends Omit<Diagnostic, "line" | "column" | "code"> {
  readonly code: DiagnosticCode;
  readonly at: "value" | "key";
}

/** A report that collects its findings in the order in which they come. */
export function collect(): { readonly report: Report; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const report: Report = (code, pointer, params, details = {}) => {
    findings.push(finding(code, pointer, params, details));
  };
  return { report, findings };
}

function finding<C extends DiagnosticCode>(
  code: C,
  pointer: string,
  params: Params<C>,
  details: ReportDetails,
): Finding {
  const entry = catalogue[code];
  const help = details.help ?? entry.help;
  return {
    code,
    severity: severityOf(code, params),
    pointer,
    message: entry.message(params),
    ...(help === undefined ? {} : { help }),
    ...(details.suggestion === undefined ? {} : { suggestion: details.suggestion }),
    at: details.at ?? "value",
  };
}
