/** Types → TypeScript, by the compiler's own factory and printer: what it prints of a value is a literal, whatever the value. */
import { createRequire } from "node:module";
import type { ts } from "ts-morph";
import type { Literal, Member, Type, Word } from "./type.ts";
import { visible } from "./visible.ts";

export interface Declaration {
  readonly name: string;
  readonly note: string;
  readonly as: { readonly interface: readonly Member[] } | { readonly alias: Type };
}

/** The declarations as exported source text, LF at the end of every line. */
export function printDeclarations(declarations: readonly Declaration[]): string {
  const { factory, NodeFlags, SyntaxKind, NewLineKind, createPrinter } = compiler();
  const end = factory.createToken(SyntaxKind.EndOfFileToken);
  const printer = createPrinter({ newLine: NewLineKind.LineFeed });
  return declarations
    .map((each) => printer.printFile(factory.createSourceFile([statement(each)], end, NodeFlags.None)))
    .join("\n");
}

const require = createRequire(import.meta.url);
let loaded: typeof ts | undefined;

/** Read when the first envelope is compiled: it is large, and no decision needs it. */
function compiler(): typeof ts {
  if (loaded === undefined) {
    const morph: typeof import("ts-morph") = require("ts-morph");
    loaded = morph.ts;
  }
  return loaded;
}

function statement({ name, note, as }: Declaration): ts.Statement {
  const { factory, SyntaxKind } = compiler();
  const exported = [factory.createToken(SyntaxKind.ExportKeyword)];
  const node =
    "alias" in as
      ? factory.createTypeAliasDeclaration(exported, name, undefined, typeNode(as.alias))
      : factory.createInterfaceDeclaration(exported, name, undefined, undefined, as.interface.map(property));
  return noted(node, note);
}

function property({ name, type, optional = false, note }: Member): ts.PropertySignature {
  const { factory, SyntaxKind } = compiler();
  const isPlain = /^[A-Za-z_$][\w$]*$/.test(name);
  const node = factory.createPropertySignature(
    [factory.createToken(SyntaxKind.ReadonlyKeyword)],
    isPlain ? factory.createIdentifier(name) : factory.createStringLiteral(name),
    optional ? factory.createToken(SyntaxKind.QuestionToken) : undefined,
    typeNode(type),
  );
  return note === undefined ? node : noted(node, note);
}

function noted<N extends ts.Node>(node: N, note: string): N {
  const { addSyntheticLeadingComment, SyntaxKind } = compiler();
  return addSyntheticLeadingComment(node, SyntaxKind.MultiLineCommentTrivia, `* ${visible(note)} `, true);
}

function typeNode(type: Type): ts.TypeNode {
  const { factory, SyntaxKind } = compiler();
  switch (type.is) {
    case "word":
      return wordNode(type.word);
    case "literal":
      return literalNode(type.value);
    case "either":
      return factory.createUnionTypeNode(type.of.map(typeNode));
    case "both":
      return factory.createIntersectionTypeNode(type.of.map(typeNode));
    case "list":
      return factory.createTypeOperatorNode(SyntaxKind.ReadonlyKeyword, factory.createArrayTypeNode(typeNode(type.of)));
    case "object":
      return factory.createTypeLiteralNode([
        ...type.members.map(property),
        ...(type.others === undefined ? [] : [othersNode(type.others)]),
      ]);
    case "declared":
      return factory.createTypeReferenceNode(type.name, type.of?.map(literalNode));
  }
}

function othersNode(type: Type): ts.IndexSignatureDeclaration {
  const { factory, SyntaxKind } = compiler();
  const key = factory.createParameterDeclaration(undefined, undefined, "member", undefined, wordNode("string"));
  return factory.createIndexSignature([factory.createToken(SyntaxKind.ReadonlyKeyword)], [key], typeNode(type));
}

function wordNode(word: Word): ts.TypeNode {
  const { factory, SyntaxKind } = compiler();
  switch (word) {
    case "string":
      return factory.createKeywordTypeNode(SyntaxKind.StringKeyword);
    case "number":
      return factory.createKeywordTypeNode(SyntaxKind.NumberKeyword);
    case "boolean":
      return factory.createKeywordTypeNode(SyntaxKind.BooleanKeyword);
    case "unknown":
      return factory.createKeywordTypeNode(SyntaxKind.UnknownKeyword);
    case "never":
      return factory.createKeywordTypeNode(SyntaxKind.NeverKeyword);
    case "null":
      return factory.createLiteralTypeNode(factory.createNull());
  }
}

function literalNode(value: Literal): ts.TypeNode {
  const { factory, SyntaxKind } = compiler();
  if (typeof value === "string") return factory.createLiteralTypeNode(factory.createStringLiteral(value));
  if (typeof value === "boolean")
    return factory.createLiteralTypeNode(value ? factory.createTrue() : factory.createFalse());
  const magnitude = factory.createNumericLiteral(Math.abs(value));
  return factory.createLiteralTypeNode(
    value < 0 ? factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, magnitude) : magnitude,
  );
}
