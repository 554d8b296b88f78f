import path from 'node:path';
import ts from 'typescript';

/** Statements that drop a promise: nobody waits for it, and its rejection would end the process. */
export function findFloatingPromises(root: string, files: readonly string[]): readonly string[] {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([...files], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const wanted = new Set(files.map((file) => path.resolve(file)));
  const found: string[] = [];
  const isThenable = (type: ts.Type): boolean => {
    if (type.isUnion()) return type.types.some(isThenable);
    return checker.getPropertyOfType(type, 'then') !== undefined;
  };
  const isFloating = (node: ts.Expression): boolean => {
    const type = checker.getTypeAtLocation(node);
    const element = checker.isArrayType(type)
      ? checker.getIndexTypeOfType(type, ts.IndexKind.Number)
      : undefined;
    return (isThenable(type) || (element !== undefined && isThenable(element))) && !isHandled(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && isFloating(unwrap(node.expression))) {
      const file = node.getSourceFile();
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path.relative(root, file.fileName)}:${line + 1}: ${node.getText().split('\n', 1)[0]}`);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (wanted.has(path.resolve(file.fileName))) visit(file);
  return found;
}

function unwrap(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrap(node.expression) : node;
}

/** Awaited, said to be left alone (`void`), kept in a variable, or with a handler of its rejection. */
function isHandled(node: ts.Expression): boolean {
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return true;
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  if (name.text === 'catch') return node.arguments.length > 0;
  if (name.text === 'then') return node.arguments.length > 1;
  return name.text === 'finally' && isHandled(expression);
}
