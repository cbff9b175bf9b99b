/**
 * What Amazon Verified Permissions takes, in bytes of UTF-8 unless said otherwise. As AWS publishes it:
 *
 * - User Guide, "Quotas for Amazon Verified Permissions" (docs.aws.amazon.com/verifiedpermissions/latest/userguide/quotas.html):
 *   policy size 10,000 bytes, not adjustable; all policies scoped to one resource 200,000 bytes, adjustable; schema size
 *   100,000 bytes, not adjustable (some editions of the page say 200,000: the smaller is taken); request 1 MB.
 * - API Reference, StaticPolicyDefinition: a description has at most 150 characters.
 * - API Reference, ActionIdentifier and EntityIdentifier: an id has at least one character; User Guide, "Differences between
 *   Amazon Verified Permissions and the Cedar policy language": no key of a schema is empty. So there is no `Action::""` there.
 */
export const quotas = {
  policyBytes: 10_000,
  policiesOfResourceBytes: 200_000,
  schemaBytes: 100_000,
  descriptionCharacters: 150,
} as const;

const utf8 = new TextEncoder();

export function bytesIn(text: string): number {
  return utf8.encode(text).length;
}
