import { isExport } from './trace.mjs';

/** GITHUB_OUTPUT and GITHUB_STATE: `name<<delimiter`, lines, `delimiter`; or `name=value`. */
export function parseCommandFile(text) {
  const values = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift();
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line);
    if (heredoc !== null) {
      const end = lines.indexOf(heredoc[2]);
      values[heredoc[1]] = lines.splice(0, end === -1 ? lines.length : end).join('\n');
      lines.shift();
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return values;
}

/** Groups of a log and BuildKit's cache export in it, as spans; `lines` are `{seconds, text}`. */
export function parseLogSpans(lines) {
  const spans = [];
  let group;
  let exporting;
  for (const { seconds, text } of lines) {
    const name = /^::group::(.*)$/.exec(text)?.[1];
    const step = /^#(\d+) (.*)$/.exec(text);
    if (name !== undefined) group = { name, startSeconds: seconds };
    else if (text === '::endgroup::' && group !== undefined) {
      spans.push({ ...group, endSeconds: seconds });
      group = undefined;
    } else if (step !== null && isExport(step[2])) {
      exporting = { number: step[1], startSeconds: seconds };
    } else if (step !== null && step[1] === exporting?.number && /^(done|FAILED)/.test(step[2])) {
      const { startSeconds } = exporting;
      spans.push({ name: 'Export the cache', startSeconds, endSeconds: seconds });
      exporting = undefined;
    }
  }
  return spans;
}
