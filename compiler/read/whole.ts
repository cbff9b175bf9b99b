const wholes = /^(?:\/effects\/[^/]+\/(?:fields|results|allow|rows|relations|tools|perCall|session)|\/budgets)\/[^/]+/;

/** Half a field, bound or meter would mean something else: the pointer of the one in which something stands, else its own. */
export function wholeOf(pointer: string): string {
  return wholes.exec(pointer)?.[0] ?? pointer;
}
