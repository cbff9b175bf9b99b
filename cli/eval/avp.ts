/** `--avp`: what to ask Amazon Verified Permissions about a line. */
import { readSchemaText } from "../../compiler/targets/cedar/cedar.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import { readContextTypes } from "../../schema/cedar/context-type.ts";
import { planCedarEncoding } from "../../schema/cedar/encode.ts";
import { type IsAuthorizedInput, isAuthorizedInput } from "../../schema/cedar/is-authorized.ts";
import { namespace } from "../../schema/cedar/names.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { UsageError } from "../io.ts";

/** From a request to the input of IsAuthorized; null where there is nothing to ask, which is a deny. */
export type AvpRequests = (request: HostileRequest | null) => IsAuthorizedInput | null;

/** @throws UsageError where the artefacts hold no schema of ours */
export function planAvpRequests(artefacts: Artefacts): AvpRequests {
  const schema = new TextDecoder().decode(artefacts.get(artefactFiles.cedarSchema));
  const types = readContextTypes(readSchemaText(schema), namespace);
  if (types === undefined)
    throw new UsageError(`\`${artefactFiles.cedarSchema}\` is not of the form that Ambit compiles`);
  const encode = planCedarEncoding(types);
  return (request) => (request === null ? null : (isAuthorizedInput(encode(request)) ?? null));
}
