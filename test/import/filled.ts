/** What of a draft a filled-in document did not keep. Blanks are for filling; everything else is to stay as it was drafted. */
type Json = unknown;
type Members = Readonly<Record<string, Json>>;

/** Pointers at which the filled document differs from its draft elsewhere than at a blank. */
export function changedFrom(draft: Json, filled: Json, pointer = "", isOpen = false): readonly string[] {
  if (isBlank(draft)) return [];
  if (Array.isArray(draft)) return Array.isArray(filled) ? changedList(draft, filled, pointer, isOpen) : [pointer];
  if (!isObject(draft)) return Object.is(draft, filled) ? [] : [pointer];
  if (!isObject(filled)) return [pointer];
  const open = isOpen || Object.hasOwn(draft, "$blank");
  const kept = Object.entries(draft).flatMap(([name, value]) => {
    if (name === "$blank") return [];
    const place = `${pointer}/${name}`;
    if (!Object.hasOwn(filled, name)) return isBlank(value) ? [] : [place];
    return changedFrom(value, filled[name], place, open);
  });
  const added = Object.keys(filled).filter((name) => !Object.hasOwn(draft, name) && !open);
  return [...kept, ...added.map((name) => `${pointer}/${name}`)];
}

/** A blank element stands for any number of them; one that holds a blank may be left out whole. */
function changedList(draft: readonly Json[], filled: readonly Json[], pointer: string, isOpen: boolean) {
  let at = 0;
  for (const [index, element] of draft.entries()) {
    const place = `${pointer}/${index}`;
    if (isBlank(element)) {
      at = filled.length - (draft.length - index - 1);
      continue;
    }
    const changed = at < filled.length ? changedFrom(element, filled[at], place, isOpen) : [place];
    if (changed.length === 0) at += 1;
    else if (!holdsBlank(element)) return changed;
  }
  return at === filled.length ? [] : [`${pointer}/${at}`];
}

function isBlank(value: Json): boolean {
  return isObject(value) && Object.keys(value).join() === "$blank";
}

function holdsBlank(value: Json): boolean {
  return JSON.stringify(value).includes('"$blank"');
}

function isObject(value: Json): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
