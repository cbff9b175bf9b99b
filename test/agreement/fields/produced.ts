/** What every session of the generator has produced, by the type of the result; the result is named after its type. */
export const produced = {
  string: ["alpha", "béta", "\u{1F600}", "o-1"],
  integer: [0, 3, 17, Number.MAX_SAFE_INTEGER],
  host: ["a.example.com", "example.com"],
  email: ["bob@example.com", "a.b+c@example.com"],
  path: ["/srv/x", "/srv"],
  ip: ["10.1.2.3", "2001:db8::1"],
} as const satisfies Readonly<Record<string, readonly (string | number)[]>>;

export type ElementType = keyof typeof produced;
