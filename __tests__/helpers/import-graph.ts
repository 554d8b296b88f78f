import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One import of a source file, static, dynamic or re-exporting. */
export interface Import {
  /** Path below src/, for example `gateway/access.ts`. */
  readonly from: string;
  /** Path below src/ for our own modules, else the specifier: `node:fs`, `@actions/core`. */
  readonly to: string;
  readonly isOwn: boolean;
  /** Gone after compilation. */
  readonly isTypeOnly: boolean;
}

const root = path.join(import.meta.dirname, '../../src');

export function listSources(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

export function readSource(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export function readImports(file: string): readonly Import[] {
  return parseImports(file, readSource(file));
}

/** @param file path below src/; relative specifiers start at its folder */
export function parseImports(file: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const add = (specifier: ts.Expression | undefined, isTypeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const isOwn = specifier.text.startsWith('.');
    const to = isOwn ? path.posix.join(path.posix.dirname(file), specifier.text) : specifier.text;
    imports.push({ from: file, to, isOwn, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal, true);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = importClause.namedBindings;
  const isListed = names !== undefined && ts.isNamedImports(names) && names.elements.length > 0;
  return importClause.name === undefined && isListed && names.elements.every(({ isTypeOnly }) => isTypeOnly);
}
