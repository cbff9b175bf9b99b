/** What a signature is for. Nobody's signature for one purpose is taken for another (SPEC §12). */
export const typOf = {
  envelope: "ambit-envelope+jws",
  template: "ambit-template+jws",
  approval: "ambit-approval+jws",
  registry: "ambit-registry+jws",
  order: "ambit-order+jws",
} as const;
