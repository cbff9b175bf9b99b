/** The meters that count calls. They count at the decision: a settlement changes nothing in them (SPEC §7). */
const counted = /^(budgets\/(actions|externalCalls)|effects\/[^/]+\/session\/calls)$/;

export function isCount(bound: string): boolean {
  return counted.test(bound);
}
