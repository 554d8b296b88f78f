// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
/** What a runner does with one line of a step's output; `by`: whose rules these are. */
export interface ObeyedCommand {
  readonly by: 'runner' | 'act' | 'gitea' | 'azure' | 'hotlayer build';
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Of actions/runner (Runner.Worker: ActionCommandManager and the extensions that it loads). */
const registered = [
  ...['internal-set-repo-path', 'set-env', 'set-output', 'save-state', 'add-path', 'add-mask'],
  ...['add-matcher', 'remove-matcher', 'warning', 'error', 'notice', 'debug', 'group', 'endgroup'],
  ...['echo', 'stop-commands'],
];

const lineEnd = /\r\n|[\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]/;
/** `Char.IsWhiteSpace` of .NET. */
const whiteSpaceAtStart = /^[\p{Zs}\p{Zl}\p{Zp}\u0009-\u000d\u0085\u00a0]+/u;
const colours = /\u001b\[[\d;:]*m/g;

/**
 * Lines as a reader may see them: .NET ends one at \n, \r and \r\n; all other characters that Unicode lets end a line
 * are taken for ends here too.
 */
export function splitLines(output: string): readonly string[] {
  return output.split(lineEnd);
}

/** All commands that somebody would obey in this output. */
export function findCommands(output: string): readonly ObeyedCommand[] {
  return splitLines(output).flatMap((line) => {
    const found = [
      parseV2(line, 'ordinal'),
      parseV1(line, 'ordinal'),
      parseV2(line, 'culture'),
      parseV1(line, 'culture'),
      parseAct(line),
      parseGitea(line),
      parseAzure(line),
      parseLocal(line),
    ].find((command) => command !== undefined);
    return found === undefined ? [] : [found];
  });
}

/** How C# compares strings: `IndexOf(string)` and `StartsWith(string)` skip what the culture gives no weight. */
type Comparison = 'ordinal' | 'culture';

/** `TryParseV2` of Runner.Common/ActionCommand.cs. A stop token makes any name a command, so ordinally any name counts. */
function parseV2(line: string, comparison: Comparison): ObeyedCommand | undefined {
  const message = line.replace(whiteSpaceAtStart, '');
  if (indexOf(message, '::', 0, comparison) !== 0) return undefined;
  const end = indexOf(message, '::', 2, comparison);
  if (end < 0) return undefined;
  return toCommand(message.slice(2, end), message.slice(end + 2), ',', comparison);
}

/** `TryParse` of the same file. */
function parseV1(line: string, comparison: Comparison): ObeyedCommand | undefined {
  const start = indexOf(line, '##[', 0, comparison);
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  return toCommand(line.slice(start + 3, end), line.slice(end + 1), ';', comparison);
}

function toCommand(
  info: string,
  data: string,
  separator: string,
  comparison: Comparison,
): ObeyedCommand | undefined {
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  if (comparison === 'culture' && !registered.includes(name.toLowerCase())) return undefined;
  return {
    by: 'runner',
    name,
    properties: space < 0 ? {} : toProperties(info.slice(space + 1), separator),
    data: unescapeData(data),
  };
}

function toProperties(text: string, separator: string): Readonly<Record<string, string>> {
  const pairs = text.split(separator).flatMap((pair) => {
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair.trim()) ?? [];
    return key === undefined || value === undefined
      ? []
      : [[key, unescapeData(value.replaceAll('%3A', ':').replaceAll('%2C', ','))] as const];
  });
  return Object.fromEntries(pairs);
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** Format characters and controls have no weight in a culture's comparison. */
function indexOf(text: string, word: string, from: number, comparison: Comparison): number {
  if (comparison === 'ordinal') return text.indexOf(word, from);
  const pattern = [...word].map((letter) => letter.replace('[', '\\[')).join('[\\p{Cf}\\p{Cc}]*');
  const found = new RegExp(`[\\p{Cf}\\p{Cc}]*${pattern}`, 'u').exec(text.slice(from));
  return found === null ? -1 : from + found.index;
}

/** nektos/act, pkg/runner/command.go. */
function parseAct(line: string): ObeyedCommand | undefined {
  const found =
    /^::([^ ]+)( (.+))?::([^\r\n]*)$/.exec(line) ?? /^##\[([^ ]+)( (.+))?\]([^\r\n]*)$/.exec(line);
  if (found === null) return undefined;
  const [, name = '', , properties = '', data = ''] = found;
  return { by: 'act', name, properties: toProperties(properties, ','), data: unescapeData(data) };
}

/** Gitea's act_runner, internal/pkg/report/reporter.go. */
function parseGitea(line: string): ObeyedCommand | undefined {
  const found = /^::([^ :]+)( .*)?::(.*)$/.exec(line);
  if (found === null) return undefined;
  const [, name = '', properties = '', data = ''] = found;
  return { by: 'gitea', name, properties: toProperties(properties.trim(), ','), data: unescapeData(data) };
}

/** Azure Pipelines, where the command line of Hotlayer may run. */
function parseAzure(line: string): ObeyedCommand | undefined {
  const [, name, data = ''] = /##vso\[([^\]]*)\](.*)/s.exec(line) ?? [];
  return name === undefined ? undefined : { by: 'azure', name, properties: {}, data };
}

/** `hotlayer build` reads what main and post print. */
function parseLocal(line: string): ObeyedCommand | undefined {
  const [, name, data = ''] = /^::([a-z-]+)(?: .*?)?::(.*)$/.exec(line) ?? [];
  return name === undefined
    ? undefined
    : { by: 'hotlayer build', name, properties: {}, data: unescapeData(data) };
}

/** What a terminal would do with this output besides showing it; colours are fine. */
export function findTerminalTricks(output: string): readonly string[] {
  const shown = output.replace(colours, '');
  return shown.match(/[^\P{Cc}\t\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu) ?? [];
}
