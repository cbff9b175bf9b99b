import { resolve, type SchemaError } from "./schema.ts";

/**
 * Where a value may take one of several shapes, every shape complains. Kept is what the shape of the value's own JSON type says; if none
 * has that type, one complaint that names them all.
 */
export function simplifyBranches(errors: readonly SchemaError[]): readonly SchemaError[] {
  const choices = new Map(errors.filter(isChoice).map((error) => [error.pointer, error]));
  const misfits = new Map<string, SchemaError[]>();
  for (const error of errors) {
    if (error.keyword !== "type" || !choices.has(error.pointer)) continue;
    misfits.set(error.pointer, [...(misfits.get(error.pointer) ?? []), error]);
  }
  return errors.flatMap((error) => {
    const choice = choices.get(error.pointer);
    if (choice === undefined) return [error];
    const branches = choice.schema.oneOf?.length ?? 0;
    const noneFits = (misfits.get(error.pointer)?.length ?? 0) >= branches;
    if (error === choice) return noneFits ? [toTypeError(error)] : [];
    // A list is not one of some words, but nobody asks that of a list.
    const isOfOtherType = misfits.get(error.pointer)?.some(({ schema }) => schema === error.schema) ?? false;
    return noneFits || isOfOtherType ? [] : [error];
  });
}

function isChoice({ keyword, params }: SchemaError): boolean {
  return keyword === "oneOf" && params.passingSchemas === null;
}

function toTypeError(choice: SchemaError): SchemaError {
  const types = (choice.schema.oneOf ?? []).flatMap((branch) => resolve(branch).type ?? []);
  return { ...choice, keyword: "type", params: { type: types } };
}
