/** That an envelope stays within its template (SPEC §11): `instance ⊑ template`, and no name outside the catalogue. */
import type { Envelope } from "../../schema/envelope.ts";
import type { Template } from "../../schema/template.ts";
import { below } from "../rules/rule.ts";
import { toolName } from "./decoding/tools.ts";
import { widenings } from "./order.ts";
import type { Widening } from "./widening.ts";

/** Every way in which the envelope may go beyond the template; none if it stays within. Total. */
export function exceeds(envelope: Envelope, template: Template): readonly Widening[] {
  return [
    ...issuedElsewhere(envelope, template),
    ...strangers(envelope, template),
    ...widenings(envelope, bound(envelope, template)),
  ];
}

/** The template as an envelope: what it leaves open is as the envelope has it. */
function bound(envelope: Envelope, template: Template): Envelope {
  const { kind: _, version: __, catalogue: ___, autoApprove: ____, requireHuman: _____, ...shape } = template;
  const { principal, issuer, killSwitch } = envelope;
  return { principal, issuer, killSwitch, ...shape };
}

function issuedElsewhere({ issuer }: Envelope, template: Template): readonly Widening[] {
  if (template.issuer === undefined || template.issuer === issuer) return [];
  return [{ pointer: "/issuer", message: `the issuer is not \`${template.issuer}\`` }];
}

function strangers(envelope: Envelope, { catalogue }: Template): readonly Widening[] {
  return namesIn(envelope)
    .filter(({ kind, name }) => !catalogue[kind].includes(name))
    .map(({ kind, name, pointer }) => ({ pointer, message: `the catalogue's \`${kind}\` have no \`${name}\`` }));
}

export interface NameUsed {
  readonly kind: "effects" | "tools" | "tags";
  readonly name: string;
  readonly pointer: string;
}

/** The names of effects, tools and tags that are used or forbidden. */
export function namesIn({ effects, forbidden }: Pick<Envelope, "effects" | "forbidden">): readonly NameUsed[] {
  const used = Object.entries(effects).flatMap(([name, { tools, tags = [] }]): NameUsed[] => {
    const pointer = below("/effects", name);
    return [
      { kind: "effects", name, pointer },
      ...tools.map((tool, i) => ({
        kind: "tools" as const,
        name: toolName(tool),
        pointer: below(pointer, "tools", i),
      })),
      ...tags.map((tag, i) => ({ kind: "tags" as const, name: tag, pointer: below(pointer, "tags", i) })),
    ];
  });
  const denied = forbidden.flatMap(({ effect, tool, tag }, i): NameUsed[] => [
    ...(effect === undefined
      ? []
      : [{ kind: "effects" as const, name: effect, pointer: below("/forbidden", i, "effect") }]),
    ...(tool === undefined ? [] : [{ kind: "tools" as const, name: tool, pointer: below("/forbidden", i, "tool") }]),
    ...(tag === undefined ? [] : [{ kind: "tags" as const, name: tag, pointer: below("/forbidden", i, "tag") }]),
  ]);
  return [...used, ...denied];
}
