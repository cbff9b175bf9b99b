// Generated from template.schema.json by `npm run generate`. Do not edit.

import type { Breaker, Budgets, Defaults, Effects, EvidenceRules, Flag, Forbidden, Goal, KillSwitch, Name, NamedSets, Postcondition, ToolName, Validity } from "./envelope.ts";

/**
 * The capability flags granted in this window. May be empty.
 */
export type Capabilities = Flag[];
/**
 * Circuit breakers over registered metrics.
 */
export type Breakers = Breaker[];
/**
 * Checks that run after completion or halt.
 */
export type Postconditions = Postcondition[];

/**
 * An organisation's upper bound on the envelopes that are filled in from it: an envelope whose limits are maxima.
 */
export interface Template {
  /**
   * Where an editor finds this schema. Ignored by Ambit, but covered by the digest that people sign.
   */
  $schema?: string;
  /**
   * The version of the envelope language.
   */
  ambit: "1";
  /**
   * The word `template`: what tells it from an envelope.
   */
  kind: "template";
  /**
   * The template's id, that envelopes name.
   */
  id: string;
  /**
   * The template's version, that envelopes name.
   */
  version: string;
  goal: Goal;
  /**
   * Who issues envelopes of this template; anybody who is trusted where it is not written.
   */
  issuer?: string;
  /**
   * The one agent that may act under envelopes of this template; any where it is not written.
   */
  principal?: string;
  /**
   * `base` denies every external effect; `window` grants the listed ones for its time.
   */
  mode: "base" | "window";
  validity: Validity;
  capabilities: Capabilities;
  budgets: Budgets;
  sets?: NamedSets;
  defaults?: Defaults;
  effects: Effects;
  /**
   * What is denied whatever else is granted. May be empty.
   */
  forbidden: Forbidden[];
  evidence?: EvidenceRules;
  breakers?: Breakers;
  /**
   * How a halted session resumes: by people only, or not at all.
   */
  recovery: "manual_only" | "new_envelope_required";
  killSwitch?: KillSwitch;
  postconditions?: Postconditions;
  catalogue: Catalogue;
  /**
   * While one of these holds, the template's signatures stand for one of two keys. May be empty.
   */
  autoApprove: ActivationCondition[];
  /**
   * While one of these holds, nothing is approved but by people, whatever `autoApprove` says. May be empty.
   */
  requireHuman: ActivationCondition[];
}

/**
 * Every name that envelopes of this template may use or forbid.
 */
export interface Catalogue {
  /**
   * The names of effects that there are.
   */
  effects: Name[];
  /**
   * The names of tools that there are.
   */
  tools: ToolName[];
  /**
   * The tags that there are.
   */
  tags: string[];
}
/**
 * Holds when all of its members hold of the envelope that is activated.
 */
export interface ActivationCondition {
  transition?: TransitionIs;
  principal?: TextIs;
  issuer?: TextIs1;
  mode?: ModeIs;
  capabilities?: NamesAre;
  effects?: NamesAre1;
  tags?: NamesAre2;
  maxDurationSeconds?: AmountIs;
  budgets?: BudgetsAre;
}
/**
 * Which step is to be approved.
 */
export interface TransitionIs {
  /**
   * It is one of these.
   *
   * @minItems 1
   */
  oneOf: ("activate" | "grant_flag" | "create_agent" | "open_oracle")[];
}
/**
 * Which agent.
 */
export interface TextIs {
  /**
   * It is one of these.
   *
   * @minItems 1
   */
  oneOf: string[];
}
/**
 * Who issues the envelope.
 */
export interface TextIs1 {
  /**
   * It is one of these.
   *
   * @minItems 1
   */
  oneOf: string[];
}
/**
 * Which mode.
 */
export interface ModeIs {
  /**
   * It is one of these.
   *
   * @minItems 1
   */
  oneOf: ("base" | "window")[];
}
/**
 * Which flags are granted.
 */
export interface NamesAre {
  /**
   * All of them are among these.
   */
  within?: string[];
  /**
   * At least one of them is among these.
   *
   * @minItems 1
   */
  anyOf?: string[];
}
/**
 * Which effects there are.
 */
export interface NamesAre1 {
  /**
   * All of them are among these.
   */
  within?: string[];
  /**
   * At least one of them is among these.
   *
   * @minItems 1
   */
  anyOf?: string[];
}
/**
 * Which tags the effects have.
 */
export interface NamesAre2 {
  /**
   * All of them are among these.
   */
  within?: string[];
  /**
   * At least one of them is among these.
   *
   * @minItems 1
   */
  anyOf?: string[];
}
/**
 * How long a session may last.
 */
export interface AmountIs {
  /**
   * It is no more than this: an integer, or a decimal as a string.
   */
  atMost?: string | number;
  /**
   * It is no less than this: an integer, or a decimal as a string.
   */
  atLeast?: string | number;
}
/**
 * How high the limits of meters are.
 */
export interface BudgetsAre {
  [k: string]: AmountIs1;
}
export interface AmountIs1 {
  /**
   * It is no more than this: an integer, or a decimal as a string.
   */
  atMost?: string | number;
  /**
   * It is no less than this: an integer, or a decimal as a string.
   */
  atLeast?: string | number;
}
