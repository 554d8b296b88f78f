import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pickNodeOptions, toGatewayEnvironment } from '../../../src/gateway/host/process-environment.ts';

describe('what the gateway gets of NODE_OPTIONS', () => {
  it.each([
    ['', ''],
    ['--use-openssl-ca', '--use-openssl-ca'],
    ['--use-system-ca --max-old-space-size=99', '--use-system-ca'],
    ['--use_bundled_ca', '--use-bundled-ca'],
    ['--tls-min-v1.3 --tls-max-v1.3', '--tls-min-v1.3 --tls-max-v1.3'],
    ['--dns-result-order ipv4first --inspect', '--dns-result-order=ipv4first'],
    ['--tls-cipher-list="A B"', '"--tls-cipher-list=A B"'],
    ['--require ./spy.js --use-openssl-ca', '--use-openssl-ca'],
    ['--require=--use-openssl-ca', ''],
    ['--require --use-openssl-ca', '--use-openssl-ca'],
    ['"--import" ./spy.mjs -r ./spy.js --inspect=0.0.0.0:1', ''],
    ['--use-openssl-ca=x', ''],
    ['--openssl-config=./evil.cnf --loader ./x.mjs --experimental-loader=x', ''],
  ])('%j: %j', (given, expected) => {
    expect(pickNodeOptions(given)).toBe(expected);
  });

  it('never loads code or opens a debugger, whatever it is made of', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '--require',
        '-r',
        '--import',
        '--inspect',
        '--inspect-brk',
        '--loader',
        '--use-system-ca',
      ),
      fc.constantFrom('--tls-cipher-list', '--dns-result-order', '"', '\\', ' ', '=', './spy.js', '\\"'),
      fc.string({ maxLength: 6 }),
    );
    const glue = fc.constantFrom('', ' ', '=');
    const text = fc.array(fc.tuple(word, glue)).map((pairs) => pairs.flat().join(''));
    fc.assert(
      fc.property(text, (given) => {
        const picked = pickNodeOptions(given);
        // Reading it once more changes nothing: node reads what we meant.
        expect(pickNodeOptions(picked)).toBe(picked);
        expect(picked).not.toMatch(/^(?:"?--?(?:r|require|import|inspect|loader)\b)/);
      }),
    );
  });

  it('is quoted as node reads it', () => {
    const options = pickNodeOptions('--max-http-header-size=12345 --tls-cipher-list="ECDHE+AESGCM !x \\"y"');
    const script = 'console.log(require("http").maxHeaderSize, require("tls").DEFAULT_CIPHERS)';
    const output = execFileSync(process.execPath, ['-e', script], {
      env: { NODE_OPTIONS: options },
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('12345 ECDHE+AESGCM !x "y');
  });
});

describe('the environment of the gateway', () => {
  it('holds what TLS and proxies need, with paths that hold in its own directory, and nothing else', () => {
    const given = {
      PATH: '/bin',
      ACTIONS_RUNTIME_TOKEN: 'secret',
      INPUT_SECRETS: 'secret',
      NODE_EXTRA_CA_CERTS: 'certs/ca.pem',
      SSL_CERT_FILE: '/etc/ca.pem',
      SSL_CERT_DIR: 'a:/b',
      NODE_USE_SYSTEM_CA: '1',
      NODE_USE_ENV_PROXY: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_OPTIONS: '--require ./spy.js',
      https_proxy: 'http://proxy:3128',
      UNSET: undefined,
    };
    expect(toGatewayEnvironment(given)).toEqual({
      PATH: '/bin',
      NODE_EXTRA_CA_CERTS: path.resolve('certs/ca.pem'),
      SSL_CERT_FILE: '/etc/ca.pem',
      SSL_CERT_DIR: `${path.resolve('a')}:/b`,
      NODE_USE_SYSTEM_CA: '1',
      https_proxy: 'http://proxy:3128',
    });
  });
});
