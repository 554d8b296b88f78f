import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { InputError } from '../../src/errors.ts';
import { listLogins, parseRegistryAuths } from '../../src/workflow/registry-auths.ts';

const entry = (registry: string, more = '') =>
  `- registry: ${registry}\n  username: me\n  password: hunter2\n${more}`;
const hub = 'https://index.docker.io/v1/';

describe('registry-auths', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['https://GHCR.io/', 'ghcr.io'],
    ['registry.example.com:5000', 'registry.example.com:5000'],
    ['"[::1]:5000"', '[::1]:5000'],
    ['docker.io', hub],
    ['index.docker.io', hub],
    ['https://index.docker.io/v1/', hub],
    ['registry-1.docker.io', hub],
    ['""', hub],
  ])('%s is the login of %s', (registry, host) => {
    expect(parseRegistryAuths(entry(registry))).toEqual([{ host, username: 'me', password: 'hunter2' }]);
  });

  it.each(['0123', '1e3', 'true', 'a: b', ' x ', '"', "it's", 'línea', 'a\nb\n', '#x', '- y', '*z', '0x10'])(
    'keeps the password %j to the byte',
    (password) => {
      for (const text of [
        stringify([{ registry: 'a.b', username: '007', password }]),
        `[{registry: a.b, username: 007, password: ${JSON.stringify(password)}}]`,
      ])
        expect(parseRegistryAuths(text)).toEqual([{ host: 'a.b', username: '007', password }]);
    },
  );

  it('takes nothing for no login', () => {
    expect(parseRegistryAuths(' \n')).toEqual([]);
  });

  it.each([
    ['registry: ghcr.io', /is not a list/],
    ['- ghcr.io', /entry 1 is not an object/],
    [`${entry('ghcr.io')}- username: me`, /entry 2 has no password/],
    ['- registry: ghcr.io\n  password: hunter2', /entry 1 has no username/],
    [entry('ghcr.io', '  hunter2: x\n'), /entry 1 has a key that is not known, the 4\. one/],
    [entry('ghcr.io/acme'), /entry 1 has a registry that is not a host/],
    [entry('ghcr.io') + entry('https://ghcr.io'), /has "ghcr.io" twice/],
    ['- registry: ghcr.io\n  username: me\n  password: null', /entry 1 has no password/],
    ['- {registry: ghcr.io, password: hunter2', /is not YAML at line 1 \([A-Z_]+; its text is not shown\)/],
    ['- &a hunter2\n- *a', /has aliases, which are not read|entry 1 is not an object/],
    ['hunter2: "a\n b: hunter2', /is not YAML/],
  ])('refuses %j without showing it', (text, message) => {
    expect(() => parseRegistryAuths(text)).toThrow(InputError);
    expect(() => parseRegistryAuths(text)).toThrow(message);
    expect(() => parseRegistryAuths(text)).not.toThrow(/hunter2/);
  });
});

describe('the logins of a run', () => {
  const own = { host: 'ghcr.io', username: 'octocat', password: 'ghs_1' };
  const given = { host: 'ghcr.io', username: 'me', password: 'hunter2' };
  const other = { ...given, host: 'docker.io' };
  const facts = { names: ['ghcr.io/acme/app'], token: 'ghs_1', actor: 'octocat' };

  it.each([
    ['the job’s token for ghcr.io', [], facts, [own]],
    ['also beside another registry', [other], facts, [other, own]],
    ['not where ghcr.io has a login', [given], facts, [given]],
    [
      'not where nothing is pushed there',
      [],
      { ...facts, names: ['docker.io/acme/app', 'ghcr.io.example/x'] },
      [],
    ],
    ['not without a token', [], { ...facts, token: '' }, []],
    ['not without a user', [], { ...facts, actor: '' }, []],
  ])('are %s', (_, auths, run, expected) => {
    expect(listLogins(auths, run)).toEqual(expected);
  });
});
