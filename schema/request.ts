/** The request: the one document that Rego takes as input, that Cedar's context encodes and that the reference reads (SPEC §5). */

/** A name with ancestors: host, email, path, ip, cidr. `under` holds the value itself and every ancestor, nearest first. */
export interface NameValue {
  readonly value: string;
  readonly under: readonly string[];
}

/** A set: `items` sorted, without duplicates; `count` is their number. */
export interface SetValue {
  readonly count: number;
  readonly items: readonly (string | number)[];
  /** For elements with ancestors: those of each item, in the order of `items`. */
  readonly under?: readonly (readonly string[])[];
}

/** Numbers decoded with `each`: the smallest and the largest. */
export interface RangeValue {
  readonly min: number;
  readonly max: number;
}

export type FieldValue = number | boolean | string | NameValue | SetValue | RangeValue;

/** Decoded fields by name; a url `u` as `u.scheme`, `u.host`, `u.port`, `u.path`; a row as `rows/<i>`. No prototype. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface LocalTime {
  readonly day: string;
  /** Minutes since local midnight. */
  readonly minute: number;
  /** YYYY-MM-DD. */
  readonly date?: string;
}

/** What the state layer knows at the moment of the decision. Times are epoch milliseconds; maps are keyed by bound id or name. */
export interface State {
  readonly seq: number;
  readonly phase: string;
  readonly killed: boolean;
  readonly halted: boolean;
  readonly activatedAt: number;
  /** Used and held before this call, in minor units, by bound id. */
  readonly meters: Readonly<Record<string, number>>;
  /** Allowed before, in the last `seconds`, by bound id. */
  readonly velocity: Readonly<Record<string, number>>;
  /** By IANA zone name. */
  readonly local: Readonly<Record<string, LocalTime>>;
  /** Distinct valid approvals of this very proposal, by bound id. */
  readonly approvals: Readonly<Record<string, number>>;
  /** The last settled success, by effect. */
  readonly last: Readonly<Record<string, number>>;
  /** Results settled in this session, by `effect/result`. */
  readonly produced: Readonly<Record<string, readonly (string | number)[]>>;
  /** When each evidence was last seen, by name. */
  readonly evidence: Readonly<Record<string, number>>;
}

export interface Request {
  /** `sha256:<hex>` of the envelope's source in JCS form. */
  readonly envelope: string;
  readonly principal: string;
  /** The effect reached, or `""` for a tool that no effect reaches. */
  readonly effect: string;
  readonly tool: string;
  readonly fields: FieldValues;
  readonly justified: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly state: State;
}

/**
 * A request as an engine must expect it: any leaf may be missing or of another type. A number operand counts only if it is
 * an integer of at most 2^53-1 in magnitude; a list only if every element has the declared type; anything else violates the bound.
 */
export type HostileRequest = { readonly [K in keyof Request]?: unknown };
