/** A decoded field as a bound sees it: its leaves in the context, and its values as bounds write them. */
import type { Field } from "../../../schema/envelope.ts";
import { operandOf, type Value } from "../../../schema/reference/operand.ts";
import { field, type Leaf, missingOr } from "./leaf.ts";
import { anyOf, cedar, type Statement } from "./statement.ts";

export interface Operand {
  readonly look: ReturnType<typeof operandOf>["look"];
  /** A part of the field is missing, or its count is none; or else the statement is true of it. */
  readonly unreadOr: (statement: Statement) => Statement;
  /** What is compared: of a name the name itself, of a set its elements. */
  readonly value: Leaf;
  readonly smallest: Leaf;
  readonly largest: Leaf;
  readonly write: (written: Value) => Value;
}

export function operandAt(fields: Readonly<Record<string, Field>>, key: string): Operand {
  const { look, write } = operandOf(fields, key);
  switch (look) {
    case "number":
    case "boolean":
    case "text": {
      const value = field(key);
      return {
        look,
        unreadOr: (statement) => missingOr([value], statement),
        value,
        smallest: value,
        largest: value,
        write,
      };
    }
    case "range": {
      const [smallest, largest] = [field(key, "min"), field(key, "max")];
      const unreadOr = (statement: Statement) => missingOr([smallest, largest], statement);
      return { look, unreadOr, value: largest, smallest, largest, write };
    }
    case "name": {
      const value = field(key, "value");
      const unreadOr = (statement: Statement) => missingOr([value, field(key, "under")], statement);
      return { look, unreadOr, value, smallest: value, largest: value, write };
    }
    case "set": {
      const [count, value] = [field(key, "count"), field(key, "items")];
      const none = cedar`${count} < 0`;
      const unreadOr = (statement: Statement) => missingOr([count, value], anyOf(none, statement));
      return { look, unreadOr, value, smallest: count, largest: count, write };
    }
  }
}
