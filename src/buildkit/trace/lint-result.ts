import { isRecord, parseJson, readField, readNumber, readString } from '../../json.ts';
import type { BuildWarning } from './trace-message.ts';

/**
 * What `call: check` found, in the form in which a build warns of it. A check has it in its answer only, not in its trace
 * (frontend/subrequests/lint of BuildKit).
 *
 * @param answer buildx's metadata
 */
export function listLintWarnings(answer: unknown): readonly BuildWarning[] {
  const result = readResult(readField(answer, 'result.json'));
  const sources = readList(readField(result, 'sources'));
  return readList(readField(result, 'warnings')).map((warning) => {
    const [range] = readList(readField(warning, 'location', 'ranges'));
    const line = readNumber(range, 'start', 'line');
    const rule = readString(warning, 'ruleName') ?? 'Warning';
    const found = readString(warning, 'detail') ?? '';
    const description = readString(warning, 'description');
    return {
      text: `${rule}: ${found}${line === undefined ? '' : ` (line ${line})`}`,
      detail: description === undefined ? [] : [description],
      url: readString(warning, 'url'),
      // JSON of Go leaves a zero out.
      file: readString(sources[readNumber(warning, 'location', 'sourceIndex') ?? 0], 'filename'),
      line,
    };
  });
}

/** buildx writes what is JSON as JSON. */
function readResult(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value;
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
