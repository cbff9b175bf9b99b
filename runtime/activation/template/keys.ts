/** How many people an activation needs, with the template that its envelope was filled in from (SPEC §9). */
import type { Envelope } from "../../../schema/envelope.ts";
import type { ApprovalGiven, TemplateSigner } from "../../../schema/ledger.ts";
import type { ActivationCondition, Template } from "../../../schema/template.ts";
import { haveTwoRoles, twoKeys } from "../../people/two-keys.ts";
import { type NeededTransition, neededTransitions, type Transition } from "../transitions.ts";
import { conditionHolds } from "./conditions.ts";

export interface Step extends NeededTransition {
  /** Two people; one beside the signers of the template; or one, where it is only the template that asks for people. */
  readonly keys: "two" | "one and the template" | "one";
}

type Decision = Pick<ApprovalGiven, "person" | "roles" | "decision">;

/** The steps that have to be approved. What no template says otherwise is for people; `requireHuman` wins. */
export function stepsOf(envelope: Envelope, template: Template | undefined): readonly Step[] {
  const steps = neededTransitions(envelope).map(
    (needed): Step => ({
      ...needed,
      keys: isPreApproved(envelope, template, needed.transition) ? "one and the template" : "two",
    }),
  );
  const isAsked = steps.some(({ transition }) => transition === "activate");
  if (isAsked || template === undefined || !asksForPeople(envelope, template, "activate")) return steps;
  return [{ transition: "activate", because: "its template asks for people", keys: "one" }, ...steps];
}

function isPreApproved(envelope: Envelope, template: Template | undefined, step: Transition): boolean {
  if (template === undefined || asksForPeople(envelope, template, step)) return false;
  return some(template.autoApprove, envelope, step, false);
}

/** What cannot be compared asks for people, and approves nothing. */
function asksForPeople(envelope: Envelope, { requireHuman }: Template, step: Transition): boolean {
  return some(requireHuman, envelope, step, true);
}

function some(
  conditions: readonly ActivationCondition[],
  envelope: Envelope,
  step: Transition,
  unknown: boolean,
): boolean {
  return conditions.some((condition) => conditionHolds(condition, envelope, step, unknown));
}

/** Whether the people who decided are enough for the step. None while one of them refuses. */
export function carries({ keys }: Step, decisions: readonly Decision[], signers: readonly TemplateSigner[]): boolean {
  if (decisions.some(({ decision }) => decision !== "approve")) return false;
  if (keys === "one") return decisions.length > 0;
  return twoKeys(decisions) || (keys === "one and the template" && isBeside(decisions, signers));
}

/** Whether one of the people is none of the template's signers, and stands for a role that each of these leaves him. */
function isBeside(decisions: readonly Decision[], signers: readonly TemplateSigner[]): boolean {
  return decisions.some((one) =>
    signers.every(({ person, roles }) => {
      if (person === undefined) return true;
      return one.person !== person && haveTwoRoles(one, { roles: roles ?? [] });
    }),
  );
}
