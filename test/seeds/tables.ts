/** All of them, in the order of the page. */
import type { Table } from "./item.ts";
import { authority } from "./list/authority.ts";
import { autonomy } from "./list/autonomy.ts";
import { execution } from "./list/execution.ts";
import { gateway } from "./list/gateway.ts";
import { permission } from "./list/permission.ts";

export const tables: readonly Table[] = [...permission, ...gateway, ...execution, ...autonomy, ...authority];
