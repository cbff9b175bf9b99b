import type { Envelope } from "../../schema/envelope.ts";
import type { Registry } from "../../schema/registry.ts";
import { collect, type Finding } from "../diagnostics/report.ts";
import { rules } from "../rules/index.ts";
import { isConsequence, isMisspeltElsewhere, meantNames, mistypedParts, namesMisnamedMeter } from "./cascade.ts";
import { createDocument, type Document } from "./document.ts";
import { checkNames } from "./names.ts";
import { checkNumerals } from "./numbers.ts";
import { recover } from "./recover.ts";
import { judgedValue } from "./refused-numbers.ts";
import { isEnvelope } from "./schema.ts";
import { findingInSource } from "./source-map.ts";
import { checkChoices } from "./structure.ts";

interface Findings {
  /** Pointers into the source. */
  readonly findings: readonly Finding[];
  /** The source itself, if the schema accepts it as it is. */
  readonly envelope: Envelope | undefined;
}

/** What schema and rules say about a document: the rules judge all of it that can be read, and no cause is reported twice. */
export function findingsOf(source: Document, registry: Registry): Findings {
  const recovered = recover(source.root);
  const shape = recovered.findings.filter((finding) => !namesMisnamedMeter(finding, recovered.removed));
  const found = new Map(shape.map((finding) => [keyOf(finding), finding]));
  if (recovered.root !== undefined) {
    const mended = recovered.root === source.root ? source : createDocument(source.text, recovered.root);
    const { report, findings } = collect();
    const nodeAt = (pointer: string) =>
      mended.nodeAt(pointer) ?? source.nodeAt(recovered.translate(pointer) ?? pointer);
    const judged = judgedValue(mended.root);
    if (isEnvelope(judged)) {
      for (const rule of [checkNames, checkChoices, ...rules]) rule(judged, { report, registry, document: { nodeAt } });
    }
    const meant = meantNames(findings);
    const mistyped = mistypedParts(recovered.findings);
    for (const finding of findings) {
      if (isMisspeltElsewhere(finding, meant, mended)) continue;
      const inSource = findingInSource(finding, recovered.translate);
      if (inSource === undefined || isConsequence(inSource, recovered.removed, mistyped, source)) continue;
      if (!found.has(keyOf(inSource))) found.set(keyOf(inSource), inSource);
    }
  }
  const errors = [...found.values()].filter(({ severity }) => severity === "error");
  const pointers = new Set(errors.map(({ pointer }) => pointer));
  const numerals = collect();
  checkNumerals(source.root, numerals.report, (pointer) => pointers.has(pointer));
  const envelope = recovered.root === source.root && isEnvelope(source.value) ? source.value : undefined;
  return { findings: [...found.values(), ...numerals.findings], envelope };
}

function keyOf({ code, pointer, at }: Finding): string {
  return `${code} ${at} ${pointer}`;
}
