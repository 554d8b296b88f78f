import { parse } from 'csv-parse/sync';
import { hasErrorCode, InputError, quote, toMessage } from '../errors.ts';

/** How docker/build-push-action reads a list input; the names are those of its own options. */
export interface ListRules {
  /** One entry a line, commas belong to it. */
  readonly ignoreComma?: boolean;
  /** Keep quotes as they are: the entry is CSV itself. */
  readonly keepQuotes?: boolean;
  /** Never show the text in an error, and keep every byte of an entry. */
  readonly isSecret?: boolean;
  /** Never show the text in an error: a secret may have got there by mistake. */
  readonly isHidden?: boolean;
}

/**
 * The entries of a list input: one a line, comma separated unless `ignoreComma`; a quoted entry may span lines and holds
 * doubled quotes. White space around an entry is dropped, but not that of a secret. Same rules as Util.getList of
 * docker/actions-toolkit, so that its users can move as they are.
 */
export function parseList(name: string, text: string | undefined, rules: ListRules = {}): readonly string[] {
  if (text === undefined) return [];
  return readRecords(name, text, rules)
    .flatMap((record) => {
      if (rules.ignoreComma === true) return [record.join(toDelimiter(rules))];
      return record.length === 1 ? record.flatMap((field) => field.split(',')) : record;
    })
    .filter((entry) => entry.trim() !== '')
    .map((entry) => (rules.isSecret === true ? entry : entry.trim()));
}

/** The fields of one CSV record, for example `type=image,"name=a,b"`. */
export function parseFields(name: string, text: string): readonly string[] {
  const [fields] = readRecords(name, text, {});
  return (fields ?? []).map((field) => field.trim()).filter((field) => field !== '');
}

/**
 * A secret is not split at all (no variable can hold a NUL): of `A=x,"y"` build-push-action would lose the quotes, because
 * a field begins there.
 */
function toDelimiter({ isSecret }: ListRules): string {
  return isSecret === true ? '\0' : ',';
}

function readRecords(name: string, text: string, rules: ListRules): readonly (readonly string[])[] {
  try {
    return parse(text, {
      columns: false,
      relaxQuotes: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      quote: rules.keepQuotes === true ? false : '"',
      delimiter: toDelimiter(rules),
    });
  } catch (error) {
    // The parser's own message may quote the text, and names the line where it gave up, not that of the quote.
    const isHidden = rules.isSecret === true || rules.isHidden === true;
    const isOpenQuote = isHidden || hasErrorCode(error, 'CSV_QUOTE_NOT_CLOSED');
    const detail = isOpenQuote ? 'a quoted entry has no closing quote' : toMessage(error);
    const shown = isHidden ? '' : `: ${quote(text)}`;
    throw new InputError(
      name,
      `input "${name}"${shown} cannot be read as a list: ${detail}; allowed is one entry a line, quoted with "…" when it spans lines or starts with a quote`,
      isHidden ? {} : { cause: error },
    );
  }
}
