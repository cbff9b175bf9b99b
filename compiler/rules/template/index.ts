/** Every rule that only templates keep (SPEC §11). */
import { catalogued } from "./catalogued.ts";
import { conditions } from "./conditions.ts";
import { neverHolds } from "./never-holds.ts";
import type { TemplateRule } from "./rule.ts";
import { texts } from "./texts.ts";

export const templateRules: readonly TemplateRule[] = [texts, catalogued, conditions, neverHolds];
