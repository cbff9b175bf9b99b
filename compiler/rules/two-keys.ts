import { creatingTag, needsTwoKeys } from "../../schema/two-keys.ts";
import { quote, quoteList } from "../diagnostics/quote.ts";
import { below, own, type Rule } from "./rule.ts";

/** Whatever makes activation ask for two keys is worth a note (SPEC §2, §9). */
export const twoKeys: Rule = (envelope, { report, registry }) => {
  const { executing, flags, creating, oracles } = needsTwoKeys(envelope);
  const note = (pointer: string, because: string) => report("fires/two_keys", pointer, { because });
  for (const name of executing) {
    // A channel that is out of place is reported as that.
    if (own(envelope.effects, name)?.external !== true) continue;
    note(below("/effects", name, "channel"), `the effect ${quote(name)} is external and executes`);
  }
  // So is a flag that there is not.
  const granted = [...new Set(flags)].filter((flag) => registry.flags.includes(flag));
  if (granted.length > 0) note("/capabilities", `the envelope grants ${quoteList(granted)}`);
  for (const name of creating) {
    const at = own(envelope.effects, name)?.tags?.indexOf(creatingTag) ?? 0;
    note(below("/effects", name, "tags", at), `the effect ${quote(name)} is tagged ${quote(creatingTag)}`);
  }
  const [oracle] = oracles;
  if (oracle === undefined) return;
  note(
    below("/capabilities", envelope.capabilities.indexOf(oracle)),
    `the envelope opens a window with ${quote(oracle)}`,
  );
};
