/** `policy.cedar` taken apart: which policies there are, and which actions they concern. Reads what the emitter wrote only. */

export interface PolicyText {
  readonly id: string;
  readonly effect: "permit" | "forbid";
  /** Undefined: every action. */
  readonly actions: readonly string[] | undefined;
  /** The envelope that the policy is scoped to. */
  readonly resource: string;
  readonly text: string;
}

/** Undefined for a text of any other form. Policies stand apart by blank lines, which no literal of Cedar can hold. */
export function readPolicies(text: string): readonly PolicyText[] | undefined {
  const policies = text.trimEnd().split("\n\n").map(readPolicy);
  const whole = policies.filter((policy) => policy !== undefined);
  const ids = new Set(whole.map(({ id }) => id));
  return whole.length === policies.length && ids.size === whole.length ? whole : undefined;
}

export function concerns({ actions }: PolicyText, action: string): boolean {
  return actions === undefined || actions.includes(action);
}

const literal = /"((?:[^"\\\n]|\\.)*)"/g;
const annotationLine = /^@(\w+)\("((?:[^"\\\n]|\\.)*)"\)$/;
const scopeForm =
  /^(permit|forbid) \( principal, action(?:| ==| in) ?\[? ?(?:Ambit::Action::"",? ?)*\]?, resource == Ambit::Envelope::"" \)/;

function readPolicy(text: string): PolicyText | undefined {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => !line.startsWith("@"));
  const id = lines
    .slice(0, start)
    .map((line) => annotationLine.exec(line))
    .find((match) => match?.[1] === "id")?.[2];
  const end = lines.findIndex((line) => line.startsWith(")"));
  const head = lines.slice(start, end + 1).join(" ");
  const skeleton = head.replace(literal, '""').replace(/\s+/g, " ");
  const effect = scopeForm.exec(skeleton)?.[1];
  if (id === undefined || !text.endsWith(";") || (effect !== "permit" && effect !== "forbid")) return undefined;
  const literals = Array.from(head.matchAll(literal), ([, escaped]) => plainText(escaped ?? ""));
  const resource = literals.pop();
  if (resource === undefined) return undefined;
  const actions = literals.length === 0 ? undefined : literals;
  return { id: plainText(id), effect, actions, resource, text };
}

const escapes: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
});

/** The text that a literal of Cedar stands for. */
function plainText(escaped: string): string {
  return escaped.replace(/\\(?:u\{([0-9a-fA-F]+)\}|(.))/g, (_, point: string | undefined, character: string) =>
    point === undefined ? (escapes[character] ?? character) : String.fromCodePoint(Number.parseInt(point, 16)),
  );
}
