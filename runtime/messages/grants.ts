/** The rows that look at what the envelope grants at all. */
import type { Envelope } from "../../schema/envelope.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import { ownMember } from "../own.ts";
import type { Describe } from "./circumstance.ts";
import { quote, quoteList, show } from "./show.ts";

export const forbidden: Describe = ({ request, envelope, rest }) => {
  const entry = envelope.forbidden[Number(rest)];
  const limit =
    entry?.tool !== undefined
      ? `tool ${quote(entry.tool)}`
      : entry?.tag !== undefined
        ? `every effect tagged ${quote(entry.tag)}`
        : `effect ${quote(entry?.effect ?? "")}`;
  const effect = ownMember(request, "effect");
  const reached = effect === "" ? "" : `, effect ${show(effect)}`;
  return {
    value: `the call is to tool ${show(ownMember(request, "tool"))}${reached}`,
    limit: `${limit} is forbidden`,
  };
};

export const granted: Describe = ({ request, envelope }) => {
  const effect = ownMember(request, "effect");
  const name = ownMember(request, "tool");
  const tool = `tool ${show(name)}`;
  return {
    value:
      effect === ""
        ? `${tool} reaches no effect${unmatchedText(envelope, name)}`
        : `${tool} is called for effect ${show(effect)}`,
    limit: `the envelope grants ${quoteList(Object.keys(envelope.effects))}`,
  };
};

/** A tool that the envelope knows, and no effect is reached: it is the discriminating arguments that do not match. */
function unmatchedText({ effects }: Envelope, name: unknown): string {
  const entries = Object.values(effects).flatMap(({ tools }) => tools);
  const pointers = entries.flatMap((entry) =>
    typeof entry !== "string" && entry.tool === name ? Object.keys(entry.where) : [],
  );
  if (pointers.length === 0) return "";
  const named = quoteList([...new Set(pointers)].sort(codePointCompare));
  return ` with the values of ${named} in this call`;
}

export const requires: Describe = ({ envelope, effectName, rest }) => ({
  value: `effect ${quote(effectName)} needs the flag ${quote(rest)}`,
  limit: envelope.capabilities.length === 0 ? "no flag is granted" : `granted: ${quoteList(envelope.capabilities)}`,
});

export const mode: Describe = ({ envelope }) => ({
  value: "the effect is external",
  limit: envelope.mode === "window" ? "mode `window` admits it" : "mode `base` denies every external effect",
});
