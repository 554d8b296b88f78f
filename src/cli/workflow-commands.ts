/** What a step's line of standard output means on a terminal; undefined: print nothing. */
export function renderCommandLine(line: string): string | undefined {
  const match = /^::([a-z-]+)(?: .*?)?::(.*)$/.exec(line);
  if (match === null) return line;
  const [, command, data = ''] = match;
  const text = unescapeData(data);
  switch (command) {
    case 'group':
      return `▸ ${text}`;
    case 'warning':
    case 'error':
    case 'notice':
      return `${command}: ${text}`;
    default:
      // add-mask, endgroup, debug and the file commands are for the runner only; a mask would even show the secret.
      return undefined;
  }
}

/** The values of a GITHUB_OUTPUT or GITHUB_STATE file: `name=value` lines and `name<<delimiter` blocks. */
export function parseCommandFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    const [, name, delimiter] = block ?? [];
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, index + 1);
      values.set(name, lines.slice(index + 1, end < 0 ? undefined : end).join('\n'));
      index = end < 0 ? lines.length : end;
    } else if (line.includes('=')) {
      values.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1));
    }
  }
  return values;
}

function unescapeData(data: string): string {
  return data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
