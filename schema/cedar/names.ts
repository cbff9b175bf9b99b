/** What the emitted policies call things (SPEC §6), shared by the emitter and by the encoding of requests. */
export const namespace = "Ambit";

export const entityTypes = {
  principal: "Ambit::Agent",
  action: "Ambit::Action",
  resource: "Ambit::Envelope",
} as const;

/** The action of a tool that no effect reaches, and of an effect that the policies do not know. It has no permit. */
export const reservedAction = "";

export function permitId(effect: string): string {
  return `permit/${effect}`;
}

/** Sets judged by ancestors have at most so many elements, because Cedar has no quantifiers: one attribute for each. */
export const slotLimit = 32;

/** Beside the numbered slots of a set's `under`: the ancestors of all its elements together. */
export const unionSlot = "any";
