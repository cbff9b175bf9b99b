/** The rows that look at what the envelope grants at all. */
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
  const tool = `tool ${show(ownMember(request, "tool"))}`;
  return {
    value: effect === "" ? `${tool} reaches no effect` : `${tool} is called for effect ${show(effect)}`,
    limit: `the envelope grants ${quoteList(Object.keys(envelope.effects))}`,
  };
};

export const requires: Describe = ({ envelope, effectName, rest }) => ({
  value: `effect ${quote(effectName)} needs the flag ${quote(rest)}`,
  limit: envelope.capabilities.length === 0 ? "no flag is granted" : `granted: ${quoteList(envelope.capabilities)}`,
});

export const mode: Describe = ({ envelope }) => ({
  value: "the effect is external",
  limit: envelope.mode === "window" ? "mode `window` admits it" : "mode `base` denies every external effect",
});
