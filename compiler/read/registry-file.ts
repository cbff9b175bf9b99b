import { type JsonNode, parseJson } from "../../schema/json/parse.ts";
import type { Position } from "../../schema/json/position.ts";
import { baseRegistry, type Metric, mergeRegistries, type Registry } from "../../schema/registry.ts";
import { quote, quoteList } from "../diagnostics/quote.ts";
import { closest } from "../diagnostics/suggest.ts";
import { lineStarts, positionIn } from "./lines.ts";
import { describeNode } from "./words.ts";

/** Why a text is no registry. */
export interface RegistryProblem extends Position {
  readonly message: string;
}

export type RegistryReading =
  | { readonly ok: true; readonly registry: Registry }
  | { readonly ok: false; readonly problems: readonly RegistryProblem[] };

type Complain = (offset: number, message: string) => void;

const lists = ["flags", "evidence", "actions", "checks"] as const;
const members: readonly string[] = [...lists, "metrics", "$schema"];

/** A registry file, added to what is registered from the start. Strict JSON, no unknown members; all problems at once. */
export function parseRegistry(source: Uint8Array | string): RegistryReading {
  const parsed = parseJson(source);
  const starts = lineStarts(parsed.text);
  const problems: RegistryProblem[] = [];
  const complain: Complain = (offset, message) => problems.push({ ...positionIn(starts, offset), message });
  if (!parsed.ok) {
    for (const { offset, message } of parsed.problems) complain(offset, message);
    return { ok: false, problems };
  }
  const added = readRegistry(parsed.root, complain);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, registry: mergeRegistries(baseRegistry, added) };
}

function readRegistry(root: JsonNode, complain: Complain): Registry {
  const named = new Map<string, JsonNode>();
  if (root.kind !== "object") complain(root.start, `a registry is an object, found ${describeNode(root)}`);
  else {
    for (const { name, nameStart, value } of root.members) {
      if (members.includes(name)) named.set(name, value);
      else complain(nameStart, unknownMember(name, members));
    }
  }
  const list = (member: (typeof lists)[number]) => readNames(named.get(member), complain);
  return {
    flags: list("flags"),
    evidence: list("evidence"),
    actions: list("actions"),
    checks: list("checks"),
    metrics: readMetrics(named.get("metrics"), complain),
  };
}

function unknownMember(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  const hint = meant === undefined ? `the members are ${quoteList(known)}` : `did you mean ${quote(meant)}?`;
  return `unknown member ${quote(name)}; ${hint}`;
}

function readNames(node: JsonNode | undefined, complain: Complain): readonly string[] {
  if (node === undefined) return [];
  if (node.kind !== "array") {
    complain(node.start, `expected a list of names, found ${describeNode(node)}`);
    return [];
  }
  return node.elements.flatMap((element) => {
    if (element.kind === "string" && isName(element.value)) return [element.value];
    complain(
      element.start,
      `expected a name (a letter, then letters, digits or underscores), found ${describeNode(element)}`,
    );
    return [];
  });
}

function isName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(text) && !(text in Object.prototype);
}

function readMetrics(node: JsonNode | undefined, complain: Complain): ReadonlyMap<string, Metric> {
  const metrics = new Map<string, Metric>();
  if (node === undefined) return metrics;
  if (node.kind !== "object") {
    complain(node.start, `expected an object of metrics, found ${describeNode(node)}`);
    return metrics;
  }
  for (const { name, nameStart, value } of node.members) {
    if (!isName(name)) complain(nameStart, `${quote(name)} is no metric name`);
    const metric = readMetric(value, complain);
    const known = baseRegistry.metrics.get(name);
    if (known !== undefined && metric !== undefined && (known.type !== metric.type || known.unit !== metric.unit)) {
      complain(
        nameStart,
        `the metric ${quote(name)} is registered already, as ${known.type} in ${known.unit ?? "no unit"}`,
      );
    }
    if (metric !== undefined) metrics.set(name, metric);
  }
  return metrics;
}

function readMetric(node: JsonNode, complain: Complain): Metric | undefined {
  const usual = 'a metric is {"type": "integer" or "decimal", "unit": "…" where it has one}';
  if (node.kind !== "object") {
    complain(node.start, `${usual}, found ${describeNode(node)}`);
    return undefined;
  }
  let type: Metric["type"] | undefined;
  let unit: string | undefined;
  for (const { name, nameStart, value } of node.members) {
    const text = value.kind === "string" ? value.value : "";
    if (name === "type" && (text === "integer" || text === "decimal")) type = text;
    else if (name === "unit" && /^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(text)) unit = text;
    else if (name === "type" || name === "unit") complain(value.start, `${usual}, found ${describeNode(value)}`);
    else complain(nameStart, unknownMember(name, ["type", "unit"]));
  }
  if (type === undefined) {
    if (!node.members.some(({ name }) => name === "type")) complain(node.start, `${usual}: \`type\` is missing`);
    return undefined;
  }
  return unit === undefined ? { type } : { type, unit };
}
