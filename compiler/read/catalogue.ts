/** What a template at hand can say of an envelope's reading: whether `forbidden` names anything that there is (SPEC §2). */
import { codePointCompare } from "../../schema/json/canonical.ts";
import type { Template } from "../../schema/template.ts";
import { collect } from "../diagnostics/report.ts";
import { namesIn } from "../order/template.ts";
import { meantAmong } from "../rules/unknown.ts";
import { lineStarts } from "./lines.ts";
import { diagnosticsOf, type Reading } from "./read.ts";

/** The reading without the warning that nothing was compared, and with an error for each name that the catalogue does not have. */
export function comparedWith(reading: Reading, { catalogue }: Pick<Template, "catalogue">): Reading {
  const { document, envelope } = reading;
  const others = reading.diagnostics.filter(({ code }) => code !== "ref/catalogue_unchecked");
  if (document === undefined || envelope === undefined) return { ...reading, diagnostics: others };
  const { report, findings } = collect();
  for (const { kind, name, pointer } of namesIn({ effects: {}, forbidden: envelope.forbidden })) {
    const known = catalogue[kind];
    if (!known.includes(name)) report("ref/not_in_catalogue", pointer, { kind, name, ...meantAmong(name, known) });
  }
  const located = findings.map((finding) => ({ finding, offset: document.offset(finding.pointer, finding.at) }));
  const diagnostics = [...others, ...diagnosticsOf(located, lineStarts(document.text))].sort(
    (a, b) => a.line - b.line || a.column - b.column || codePointCompare(a.code, b.code),
  );
  return findings.length === 0 ? { diagnostics, document, envelope } : { diagnostics, document };
}
