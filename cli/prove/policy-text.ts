/** Policies made for questions. */
import { cedar, type Statement, type Term } from "./violation/statement.ts";

export interface Scope {
  readonly action: string;
  readonly digest: string;
}

/** Matches the requests of which the statement is true. */
export function policyThat(scope: Scope, statement: Statement, effect: "permit" | "forbid" = "forbid"): string {
  const head = cedar`(principal, action == ${action(scope)}, resource == Ambit::Envelope::${scope.digest})`;
  const condition = typeof statement === "boolean" ? String(statement) : statement.cedar;
  return `${effect} ${head.cedar}\nwhen { ${condition} };\n`;
}

function action(scope: Scope): Term {
  return cedar`Ambit::Action::${scope.action}`;
}
