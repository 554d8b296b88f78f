import { parseDocument, visit } from 'yaml';
import { InputError } from '../errors.ts';

/**
 * A text of YAML whose scalars are all strings, as written: a password `0123` stays what it is. Nothing, and the `null`
 * that `toJSON` makes of a secret that is not there, is the empty string. What is wrong with it is told without a word of
 * the text, which holds secrets. Throws InputError.
 */
export function parseSecretYaml(name: string, text: string, allowed: string): unknown {
  // Aliases would let a few lines grow to gigabytes; none of these objects needs one.
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = fault.linePos?.[0].line;
    const place = line === undefined ? '' : ` at line ${line}`;
    throw new InputError(
      name,
      `input "${name}" is not YAML${place} (${fault.code}; its text is not shown); allowed is ${allowed}`,
    );
  }
  visit(document, {
    Scalar: (_, node) => {
      if (node.type === 'PLAIN' && /^(?:null|~|)$/i.test(node.source ?? '')) node.value = '';
    },
  });
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    // The parser's own message may quote the text.
    throw new InputError(name, `input "${name}" has aliases, which are not read; allowed is ${allowed}`);
  }
}
