/** Tools of real MCP servers: for each, an effect that reads and judges every argument it describes. */
import { basename } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { freshFacts } from "../../runtime/index.ts";
import { figure, table } from "../figure.ts";
import { filesBelow, missing, textOf } from "./corpora.ts";
import { listeningHost, load } from "./host.ts";
import { type Written, writeEffect } from "./mcp/effect.ts";
import type { Extent } from "./mcp/sample.ts";
import type { JsonSchema } from "./mcp/schema.ts";
import { plainEnvelope, plainNow } from "./plain-envelope.ts";

interface Tool {
  readonly name: string;
  readonly inputSchema: JsonSchema;
}

interface Row {
  readonly server: string;
  readonly tools: number;
  readonly allowed: number;
  readonly typed: number;
}

describe.skipIf(missing)("MCP tools (AMBIT_CORPORA)", () => {
  const servers = filesBelow("mcp-tool-schemas").flatMap((file) => {
    const { tools }: { tools?: readonly Tool[] } = JSON.parse(textOf(file));
    return tools === undefined ? [] : [{ server: basename(file, ".json"), tools }];
  });

  test.each(["least", "most"] as const)("with the %s arguments that a schema describes", async (extent: Extent) => {
    const { host, faults } = await listeningHost();
    const rows: Row[] = [];
    const failed: string[] = [];
    const reasons = new Map<string, number>();
    for (const { server, tools } of servers) {
      const written = tools.map(({ name, inputSchema }) => writeEffect(name, inputSchema, extent));
      const effects = Object.fromEntries(written.map(({ effect }, index) => [`e${index}`, effect]));
      const evaluator = load(host, plainEnvelope(server, effects));
      const ask = (tool: string, args: unknown) =>
        evaluator.decide(JSON.stringify({ tool, args }), ({ effect }) =>
          freshFacts(evaluator.envelope, effect, plainNow),
        );
      const allowed = (tool: Tool, { args }: Written): boolean => {
        const { verdict, violations } = ask(tool.name, args);
        if (verdict !== "allow") failed.push(`${server} ${tool.name}: ${violations.map(({ message }) => message)}`);
        const more = ask(tool.name, { ...Object(args), "an argument that nobody described": "x" });
        return verdict === "allow" && more.verdict === "deny" && more.effect === null;
      };
      for (const [index, { inputSchema }] of tools.entries())
        expect(fits(inputSchema, written[index]!.args), `${server} ${tools[index]!.name}`).toBe(true);
      for (const reason of written.flatMap(({ whole }) => [...new Set(whole)]))
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      rows.push({
        server,
        tools: tools.length,
        allowed: tools.filter((tool, index) => allowed(tool, written[index]!)).length,
        typed: written.filter(({ whole }) => whole.length === 0).length,
      });
      evaluator.drop();
    }
    const sum = (key: "tools" | "allowed" | "typed") => rows.reduce((total, row) => total + row[key], 0);
    if (extent === "most")
      table(
        ["server", "tools", "decoded and allowed", "every argument typed"],
        rows.map((row) => [row.server, row.tools, row.allowed, row.typed]),
      );
    for (const [reason, count] of reasons) process.stdout.write(`  judged as a whole in ${count} tools: ${reason}\n`);
    figure(
      `MCP, ${extent} arguments: ${sum("allowed")} of ${sum("tools")} tools decoded, ${sum("typed")} with every argument typed, the others with a digest`,
    );
    expect(failed).toEqual([]);
    expect(sum("tools")).toBe(320);
    expect(faults).toEqual([]);
  });
});

/** Whether the sample is one that the server's own schema admits. */
function fits(schema: JsonSchema, args: unknown): boolean {
  const { $schema: _, ...rules } = { $schema: undefined, ...schema };
  return new Ajv({ strict: false, validateFormats: false, logger: false }).validate(rules, args);
}
