/** Which bounds are decided when compiled, for each action: what the manifest lists (SPEC §6). */
import type { Manifest } from "../../../schema/artefacts.ts";
import type { JudgedAction } from "./judged.ts";

export function constantBounds(actions: readonly JudgedAction[]): Manifest["constant"] {
  const listed: [string, Manifest["constant"][string]][] = actions.map(({ action, bounds }) => {
    const withCondition = (constant: boolean) =>
      bounds.filter(({ condition }) => condition === constant).map(({ id }) => id);
    return [action, { always: withCondition(true), never: withCondition(false) }];
  });
  return Object.assign(Object.create(null), Object.fromEntries(listed));
}
