// Generated from envelope.schema.json by `npm run generate`. Do not edit.

/**
 * SHA-256 as 64 lower-case hexadecimal digits.
 */
export type Digest = string;
/**
 * An RFC 3339 timestamp with an offset, e.g. 2024-02-15T14:30:00Z.
 */
export type Instant = string;
/**
 * A duration in whole seconds, at most ten years.
 */
export type Seconds = number;
/**
 * A capability flag from the registry, e.g. NET_ACCESS.
 */
export type Flag = string;
/**
 * The most this meter may reach in the whole session.
 */
export type Amount = string | number;
/**
 * The unit of a magnitude, e.g. USD or contract. Feeders of a meter share it.
 */
export type Unit = string;
/**
 * At most `max` allowed calls in any `seconds`.
 *
 * @minItems 1
 */
export type Velocities = Velocity[];
/**
 * The name of a tool as the agent calls it: printable, 256 characters at most.
 */
export type ToolName = string;
/**
 * The values that match, compared by exact JSON type, or { "empty": true } for a missing or empty argument.
 */
export type Discriminator = DiscriminatorValues | EmptyDiscriminator;
export type Scalar = string | number | boolean;
/**
 * @minItems 1
 */
export type DiscriminatorValues = Scalar[];
/**
 * A typed magnitude or target, decoded out of the arguments.
 */
export type Field =
  | IntegerField
  | DecimalField
  | BooleanField
  | StringField
  | SetField
  | UrlField
  | HostField
  | EmailField
  | PathField
  | IpField
  | CidrField
  | TimestampField
  | DateField
  | DatetimeField
  | SpanField
  | ProductField
  | LengthField
  | DigestField;
/**
 * A JSON Pointer (RFC 6901) into the arguments; `*` stands for every element of an array.
 */
export type Pointer = string;
/**
 * How the elements under `*` become one magnitude.
 */
export type Aggregate = "sum" | "max" | "min" | "count" | "each";
/**
 * The argument may be missing or null; `default` stands for it.
 */
export type Optional = boolean;
/**
 * The value judged, and put into the executed call, where the argument is absent.
 */
export type Default = string | number | boolean | unknown[] | {};
/**
 * Digits after the decimal point.
 */
export type Scale = number;
/**
 * The form, or forms, a local time may be written in.
 */
export type DatetimeFormats = DatetimeFormat | DatetimeFormatList;
export type DatetimeFormat = "YYYY-MM-DD HH:MM" | "YYYY-MM-DD HH:MM:SS" | "YYYY-MM-DDTHH:MM" | "YYYY-MM-DDTHH:MM:SS";
/**
 * @minItems 1
 */
export type DatetimeFormatList = DatetimeFormat[];
/**
 * An IANA zone name, or `floating`.
 */
export type Timezone = string;
/**
 * An IANA zone name, or `floating`.
 */
export type Timezone1 = string;
/**
 * The value is one of these.
 */
export type ValueList = Values | SetReference;
/**
 * @minItems 1
 */
export type Values = Scalar[];
/**
 * The value is none of these.
 */
export type ValueList1 = Values | SetReference;
/**
 * The value is exactly this.
 */
export type Scalar1 = string | number | boolean;
/**
 * Every element is one of these.
 */
export type ValueList2 = Values | SetReference;
/**
 * No element is one of these.
 */
export type ValueList3 = Values | SetReference;
/**
 * The value (every element) is one of these or below one of them.
 */
export type ValueList4 = Values | SetReference;
/**
 * The value (no element) is one of these or below one of them.
 */
export type ValueList5 = Values | SetReference;
export type RowSet = (string | number)[];
/**
 * @minItems 1
 */
export type Row = (Scalar | RowSet)[];
/**
 * The least a call may carry; 0 where it is not written.
 */
export type Amount1 = string | number;
/**
 * The most a call may carry.
 */
export type Amount2 = string | number;
/**
 * Kept apart for each calendar period.
 */
export type Period = "hour" | "day" | "month";
/**
 * An exact IANA zone name, e.g. America/New_York.
 */
export type Timezone2 = string;
/**
 * The most, summed over the session.
 */
export type Amount3 = string | number;
export type Day = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
/**
 * A letter, then letters, digits or underscores; 64 at most.
 */
export type Name = string;
/**
 * Matches at this value and above.
 */
export type Amount4 = string | number;
/**
 * Matches at this value and below.
 */
export type Amount5 = string | number;
/**
 * Matches exactly this.
 */
export type Scalar2 = string | number | boolean;
/**
 * An integer, or a decimal or a date written as a string.
 */
export type Amount6 = string | number;

/**
 * What one agent may do in one task: against which targets, how much, how fast, until when, and who must agree.
 */
export interface Envelope {
  /**
   * Where an editor finds this schema. Ignored by Ambit, but covered by the digest that people sign.
   */
  $schema?: string;
  /**
   * The version of the envelope language.
   */
  ambit: "1";
  /**
   * The envelope's id. An id is activated at most once.
   */
  id: string;
  goal: Goal;
  /**
   * Who issues the envelope.
   */
  issuer: string;
  /**
   * The one agent that may act under the envelope.
   */
  principal: string;
  template?: TemplateReference;
  parent?: ParentReference;
  /**
   * `base` denies every external effect; `window` grants the listed ones for its time.
   */
  mode: "base" | "window";
  validity: Validity;
  /**
   * The capability flags granted in this window. May be empty.
   */
  capabilities: Flag[];
  budgets: Budgets;
  sets?: NamedSets;
  defaults?: Defaults;
  effects: Effects;
  /**
   * What is denied whatever else is granted. May be empty.
   */
  forbidden: Forbidden[];
  evidence?: EvidenceRules;
  /**
   * Circuit breakers over registered metrics.
   */
  breakers?: Breaker[];
  /**
   * How a halted session resumes: by people only, or not at all.
   */
  recovery: "manual_only" | "new_envelope_required";
  killSwitch: KillSwitch;
  /**
   * Checks that run after completion or halt.
   */
  postconditions?: Postcondition[];
}
/**
 * What the task is for. Narrative: never evaluated.
 */
export interface Goal {
  /**
   * The task in one sentence.
   */
  summary: string;
  /**
   * The kind of task, e.g. trading.
   */
  taskType?: string;
}
/**
 * The organisation's template that this envelope was filled in from.
 */
export interface TemplateReference {
  id: string;
  version: string;
  sha256: Digest;
}
/**
 * The envelope that this one was delegated from.
 */
export interface ParentReference {
  id: string;
  sha256: Digest;
}
/**
 * When the envelope holds: from notBefore up to, not including, expiresAt, and no longer than maxDurationSeconds after activation.
 */
export interface Validity {
  notBefore: Instant;
  expiresAt: Instant;
  maxDurationSeconds: Seconds;
}
/**
 * Whole-session meters. `actions` counts every allow; `externalCalls` every external one; others are fed by `consumes`.
 */
export interface Budgets {
  actions: CountBudget;
  externalCalls?: CountBudget;
  [k: string]: Budget | CountBudget | undefined;
}
export interface CountBudget {
  /**
   * The most calls in the whole session.
   */
  max: number;
}
export interface Budget {
  max: Amount;
  unit?: Unit;
}
/**
 * Named lists, used in `allow` as { "set": "<name>" }.
 */
export interface NamedSets {
  /**
   * @minItems 1
   */
  [k: string]: (string | number)[];
}
/**
 * Lines for effects that do not write them.
 */
export interface Defaults {
  velocity?: Velocities;
}
export interface Velocity {
  max: number;
  seconds: Seconds;
}
/**
 * One block for each real-world effect the agent may have: the fill-in sheet.
 */
export interface Effects {
  [k: string]: Effect;
}
/**
 * One kind of real-world change: how it is reached, what is decoded, and every limit on it.
 */
export interface Effect {
  /**
   * The tools through which the effect is reached.
   *
   * @minItems 1
   */
  tools: (ToolName | DiscriminatedTool)[];
  /**
   * True if the effect changes something outside the agent's own workspace, or sends data there. A plain read is not external.
   */
  external: boolean;
  /**
   * Written if and only if the effect is external: `propose` asks two people for every call, `execute` needs two keys once, at activation.
   */
  channel?: "propose" | "execute";
  /**
   * Words by which `forbidden` and two-key rules find the effect.
   */
  tags?: string[];
  /**
   * The capability flags the effect needs.
   */
  requires?: Flag[];
  fields: Fields;
  /**
   * Narrative arguments, named on purpose: never judged. Covers what is below.
   */
  ignored?: Pointer[];
  /**
   * Arguments that must be missing, null or empty.
   */
  absent?: Pointer[];
  results?: Results;
  allow?: AllowBounds;
  /**
   * Lists of value tuples that tie fields together.
   *
   * @minItems 1
   */
  rows?: Rows[];
  /**
   * Relations between decoded fields of one type.
   *
   * @minItems 1
   */
  relations?: Relation[];
  perCall?: PerCallBounds;
  session: SessionLimits;
  velocity?: Velocities;
  consumes?: Consumes;
  /**
   * Effects that must have been settled successfully in this session, not too long ago.
   *
   * @minItems 1
   */
  after?: After[];
  schedule?: Schedule;
  approval?: Approval;
  /**
   * Why an external effect without any judged field is acceptable.
   */
  unjudged?: string;
  /**
   * Whether a non-blank justification must come with the call. Its content is never read.
   */
  justification?: "none" | "required";
}
/**
 * One action of a tool with several: reached only where every discriminator matches.
 */
export interface DiscriminatedTool {
  tool: ToolName;
  where: Where;
}
export interface Where {
  [k: string]: Discriminator;
}
export interface EmptyDiscriminator {
  empty: true;
}
/**
 * The typed magnitudes and targets decoded out of the arguments. Every one of them is judged.
 */
export interface Fields {
  [k: string]: Field;
}
/**
 * A whole number, at most 2^53-1 in magnitude.
 */
export interface IntegerField {
  type: "integer";
  from: Pointer;
  aggregate?: Aggregate;
  unit?: Unit;
  /**
   * Also accept the number written as a string.
   */
  allowString?: boolean;
  optional?: Optional;
  default?: Default;
}
/**
 * A decimal, number or string, with at most `scale` digits after the point; judged in minor units.
 */
export interface DecimalField {
  type: "decimal";
  from: Pointer;
  scale: Scale;
  aggregate?: Aggregate;
  unit?: Unit;
  optional?: Optional;
  default?: Default;
}
export interface BooleanField {
  type: "boolean";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
/**
 * Exact code points; control and format characters are refused.
 */
export interface StringField {
  type: "string";
  from: Pointer;
  /**
   * The most code points.
   */
  maxLength?: number;
  /**
   * Admit line breaks and tabs.
   */
  multiline?: boolean;
  optional?: Optional;
  default?: Default;
}
/**
 * An array of one type; sorted, duplicates collapsed.
 */
export interface SetField {
  type: "set";
  from: Pointer;
  of: "string" | "integer" | "host" | "email" | "path" | "ip";
  /**
   * Refuse duplicates instead of collapsing them.
   */
  unique?: boolean;
  /**
   * The most elements, counted before duplicates collapse; 1,000 where it is not written, 32 for a set judged by `under`.
   */
  limit?: number;
  /**
   * For a set of paths: what relative paths are relative to.
   */
  base?: string;
  optional?: Optional;
  default?: Default;
}
/**
 * An absolute http(s) URL, judged as `<field>.scheme`, `.host`, `.port` and `.path`.
 */
export interface UrlField {
  type: "url";
  from: Pointer;
  /**
   * Admit an IP address in its usual notation as host.
   */
  allowIp?: boolean;
  /**
   * Admit a query string without judging it.
   */
  query?: "ignored";
  /**
   * Admit a fragment without judging it.
   */
  fragment?: "ignored";
  optional?: Optional;
  default?: Default;
}
export interface HostField {
  type: "host";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
export interface EmailField {
  type: "email";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
export interface PathField {
  type: "path";
  from: Pointer;
  /**
   * What relative paths are relative to; without it they are refused.
   */
  base?: string;
  optional?: Optional;
  default?: Default;
}
export interface IpField {
  type: "ip";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
export interface CidrField {
  type: "cidr";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
/**
 * RFC 3339 with an offset; judged in epoch milliseconds.
 */
export interface TimestampField {
  type: "timestamp";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
/**
 * A calendar date; judged in days since 1970.
 */
export interface DateField {
  type: "date";
  from: Pointer;
  format?: "YYYY-MM-DD";
  optional?: Optional;
  default?: Default;
}
/**
 * A local date and time; judged in seconds since 1970.
 */
export interface DatetimeField {
  type: "datetime";
  from: Pointer;
  format: DatetimeFormats;
  timezone: Timezone;
  optional?: Optional;
  default?: Default;
}
/**
 * The seconds between two local times; never negative.
 */
export interface SpanField {
  type: "span";
  from: Pointer;
  until: Pointer;
  format: DatetimeFormats;
  timezone: Timezone1;
  unit?: Unit;
}
/**
 * The exact product of other fields, e.g. a notional; must fit `scale` without rounding.
 */
export interface ProductField {
  type: "product";
  /**
   * The fields multiplied.
   *
   * @minItems 2
   */
  of: string[];
  scale: Scale;
  unit?: Unit;
}
/**
 * The number of code points of a string.
 */
export interface LengthField {
  type: "length";
  from: Pointer;
  aggregate?: Aggregate;
  unit?: Unit;
  optional?: Optional;
  default?: Default;
}
/**
 * SHA-256 of the canonical JSON (RFC 8785) of any value, as sha256:<hex>.
 */
export interface DigestField {
  type: "digest";
  from: Pointer;
  optional?: Optional;
  default?: Default;
}
/**
 * Fields decoded from the settled result, for `producedBy`.
 */
export interface Results {
  [k: string]: Field;
}
/**
 * For each field (for a url: each part, `site.host`), the operators that must all hold.
 */
export interface AllowBounds {
  [k: string]: Allow;
}
/**
 * Operators on one field; all of them must hold.
 */
export interface Allow {
  oneOf?: ValueList;
  noneOf?: ValueList1;
  equals?: Scalar1;
  /**
   * `effect/result`: the value was a result of that effect in this session.
   */
  producedBy?: string;
  subsetOf?: ValueList2;
  disjointFrom?: ValueList3;
  under?: ValueList4;
  noneUnder?: ValueList5;
  /**
   * The fewest elements; 1 where it is not written.
   */
  minItems?: number;
  /**
   * The most elements.
   */
  maxItems?: number;
}
export interface SetReference {
  /**
   * The name of a list in `sets`.
   */
  set: string;
}
export interface Rows {
  /**
   * The fields tied together, in order.
   *
   * @minItems 1
   */
  fields: string[];
  /**
   * The tuples of values allowed, in the order of `fields`.
   *
   * @minItems 1
   */
  oneOf: Row[];
}
export interface Relation {
  left: string;
  op: "==" | "!=" | "<" | "<=";
  right: string;
}
/**
 * The most (and least) a single call may carry, by field.
 */
export interface PerCallBounds {
  [k: string]: PerCall;
}
export interface PerCall {
  min?: Amount1;
  max: Amount2;
}
/**
 * The most a whole session may carry: `calls`, and amounts by field.
 */
export interface SessionLimits {
  calls: CallLimit;
  [k: string]: SessionLimit | CallLimit;
}
export interface CallLimit {
  /**
   * The most allowed calls.
   */
  max: number;
  /**
   * Kept apart for each value of this field.
   */
  perField?: string;
  perPeriod?: Period;
  timezone?: Timezone2;
}
export interface SessionLimit {
  max: Amount3;
  /**
   * Kept apart for each value of this field.
   */
  perField?: string;
  perPeriod?: Period;
  timezone?: Timezone2;
}
/**
 * Which field, or constant integer cost, feeds which meter of `budgets`.
 */
export interface Consumes {
  [k: string]: string | number;
}
export interface After {
  effect: string;
  withinSeconds: Seconds;
}
/**
 * The local weekdays and hours in which the effect may happen.
 */
export interface Schedule {
  timezone: Timezone2;
  /**
   * @minItems 1
   */
  windows: Window[];
  /**
   * Local dates on which the effect is closed.
   *
   * @minItems 1
   */
  except?: string[];
}
export interface Window {
  /**
   * @minItems 1
   */
  days: Day[];
  /**
   * HH:MM, included.
   */
  from: string;
  /**
   * HH:MM or 24:00, not included.
   */
  until: string;
}
/**
 * How many distinct people in the named roles must approve this very proposal.
 */
export interface Approval {
  keys: number;
  /**
   * @minItems 1
   */
  roles: Name[];
  when?: ApprovalConditions;
}
/**
 * Any condition that matches, or cannot be compared, calls for people. Without `when`: always.
 */
export interface ApprovalConditions {
  [k: string]: Condition;
}
export interface Condition {
  min?: Amount4;
  max?: Amount5;
  /**
   * Matches one of these.
   *
   * @minItems 1
   */
  oneOf?: Scalar[];
  equals?: Scalar2;
}
/**
 * Exactly one of `effect`, `tool` and `tag`.
 */
export interface Forbidden {
  effect?: Name;
  tool?: ToolName;
  tag?: string;
  /**
   * Why; narrative.
   */
  reason?: string;
}
/**
 * Evidence that must be fresh: for every effect, or for those named.
 */
export interface EvidenceRules {
  [k: string]: EvidenceRule;
}
export interface EvidenceRule {
  /**
   * How old the evidence may be.
   */
  maxAgeSeconds: number;
  /**
   * The effects that need it; all where it is not written.
   *
   * @minItems 1
   */
  effects?: string[];
}
export interface Breaker {
  id: Name;
  /**
   * @minItems 1
   */
  when: MetricCondition[];
  /**
   * A registered action, e.g. halt_and_cancel.
   */
  action: string;
}
/**
 * A registered metric with exactly one of `atLeast` and `atMost`.
 */
export interface MetricCondition {
  metric: string;
  atLeast?: Amount6;
  atMost?: Amount6;
}
/**
 * The one signal that denies everything, unconditionally.
 */
export interface KillSwitch {
  /**
   * A name under the gateway's signal folder: that it exists is the kill.
   */
  signal: string;
}
export interface Postcondition {
  id: Name;
  /**
   * A registered check, e.g. no_open_orders.
   */
  check: string;
  /**
   * Whether a failure faults the session.
   */
  critical: boolean;
}
