import type { Template } from "../../../schema/template.ts";
import type { RuleContext } from "../rule.ts";

/** Reports what the JSON Schema cannot say of a template. Runs on a document that the schema accepts; never throws. */
export type TemplateRule = (template: Template, context: RuleContext) => void;
