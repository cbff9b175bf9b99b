/** Validators out of one of the closed schemas of `schema/`, each compiled when it is first needed: a process starts without. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

export interface ClosedSchema {
  /** @param pointer of the subschema, such as `/$defs/Receipt` */
  readonly validator: <T>(pointer: string) => ValidateFunction<T>;
  /** The first thing that the validator found wrong, where `name` is what the document is called. */
  readonly problemText: (validate: ValidateFunction, name: string) => string;
}

/** @param schema with an `$id`; one of our own, so it is not itself looked at */
export function closedSchema(schema: { readonly $id: string }): ClosedSchema {
  const validators = new Map<string, ValidateFunction>();
  let ajv: Ajv2020 | undefined;
  const compiler = () => {
    ajv ??= new Ajv2020({
      strict: true,
      ownProperties: true,
      allowUnionTypes: true,
      validateSchema: false,
      schemas: [schema],
    });
    return ajv;
  };
  return {
    validator<T>(pointer: string) {
      const made = validators.get(pointer) ?? compiler().compile({ $ref: `${schema.$id}#${pointer}` });
      validators.set(pointer, made);
      return made as ValidateFunction<T>;
    },
    problemText: ({ errors }, name) => compiler().errorsText(errors?.slice(0, 1), { dataVar: name }),
  };
}
