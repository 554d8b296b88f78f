import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * All that the gateway gets of the environment as it is: what node and TLS need, proxies, and the mark by which the
 * runner finds processes that a job left behind.
 */
const passedVariables = [
  'PATH',
  'HOME',
  'NODE_USE_SYSTEM_CA',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'RUNNER_TRACKING_ID',
];

/** They name files, and the gateway works in another directory than main. */
const passedPaths = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/** The options of node that say whom TLS trusts and how a host is reached. None loads code or opens a port. */
const passedFlags =
  /^--(?:use-(?:openssl|bundled|system)-ca|tls-(?:min|max)-v1\.[0-3]|(?:no-)?network-family-autoselection)$/;
const passedSettings =
  /^--(?:tls-cipher-list|dns-result-order|max-http-header-size|network-family-autoselection-attempt-timeout)$/;

/**
 * The environment of the gateway's process. It holds the runtime token, so nothing of NODE_OPTIONS may get there that
 * runs code in it (`--require`, `--import`) or lets others look into it (`--inspect`).
 */
export function toGatewayEnvironment(env: Environment): Record<string, string> {
  const passed: Record<string, string> = {};
  const pass = (name: string, value: string | undefined) => {
    if (value !== undefined) passed[name] = value;
  };
  for (const name of passedVariables) pass(name, env[name]);
  for (const name of passedPaths) pass(name, toAbsolute(name, env[name]));
  const options = pickNodeOptions(env['NODE_OPTIONS'] ?? '');
  if (options !== '') passed['NODE_OPTIONS'] = options;
  return passed;
}

function toAbsolute(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (name !== 'SSL_CERT_DIR') return path.resolve(value);
  // It may name several.
  const places = value.split(path.delimiter).filter((place) => place !== '');
  return places.map((place) => path.resolve(place)).join(path.delimiter);
}

/** Those of NODE_OPTIONS that are known to be harmless, quoted as node reads them. */
export function pickNodeOptions(text: string): string {
  const words = splitOptions(text);
  const picked: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const equals = word.indexOf('=');
    const name = (equals < 0 ? word : word.slice(0, equals)).replaceAll('_', '-');
    if (equals < 0 && passedFlags.test(name)) picked.push(name);
    if (!passedSettings.test(name)) continue;
    const value = equals < 0 ? words[++index] : word.slice(equals + 1);
    if (value !== undefined) picked.push(`${name}=${value}`);
  }
  return picked.map(quote).join(' ');
}

/** As node splits it: at spaces, but for those in double quotes; in them a backslash takes the next character as it is. */
function splitOptions(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    let character = text[index] ?? '';
    if (character === '"') {
      isQuoted = !isQuoted;
      continue;
    }
    if (character === ' ' && !isQuoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    if (character === '\\' && isQuoted) character = text[++index] ?? '';
    word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}

function quote(word: string): string {
  return /[ "\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}
