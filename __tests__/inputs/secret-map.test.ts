import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toSecretFlags } from '../../src/buildkit/solve/build-secrets.ts';
import { InputError } from '../../src/errors.ts';
import { listSecretValues, parseInputs } from '../../src/inputs/inputs.ts';
import { parseSecretMap } from '../../src/inputs/secret-map.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const parse = (text: string) => parseSecretMap('secrets-yaml', text);

describe('secrets-yaml', () => {
  it('keeps any value to the byte, as YAML and as JSON', () => {
    const value = fc.string({
      unit: fc.constantFrom('a', '0', '"', "'", ',', '\n', ' ', ':', '#', '-', '|', '=', '\t', 'é'),
    });
    fc.assert(
      fc.property(value, (text) => {
        expect(parse(`id: ${JSON.stringify(text)}`)).toEqual([{ id: 'id', value: text }]);
        expect(parse(JSON.stringify({ id: text, other: 'x' }))).toEqual([
          { id: 'id', value: text },
          { id: 'other', value: 'x' },
        ]);
      }),
    );
  });

  it.each([
    ['id: 0123', '0123'],
    ['id: true', 'true'],
    ['id: 1e3', '1e3'],
    ['id: |\n  a\n  b\n', 'a\nb\n'],
    ['id:', ''],
    ['id: null', ''],
    ['id: "null"', 'null'],
  ])('%j is %j', (text, value) => {
    expect(parse(text)).toEqual([{ id: 'id', value }]);
  });

  it.each([
    ['hunter2', /is not an object/],
    ['- hunter2', /is not an object/],
    ['id: {a: hunter2}', /the value of entry 1 is a list or an object/],
    ['hunter2/x: y', /an id has other characters/],
    ['id: "hunter2', /is not YAML at line 1/],
    ['id: hunter2\nid: hunter2', /is not YAML at line 2 \(DUPLICATE_KEY/],
    ['a: &x hunter2\nb: *x', /has aliases, which are not read/],
    [`id: ${'hunter2'.repeat(20_000)}`, /has 140000 bytes; allowed are 131000/],
  ])('refuses %.60s without showing it', (text, message) => {
    expect(() => parse(text)).toThrow(InputError);
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).not.toThrow(/hunter2/);
  });

  it('goes beside the other secrets to buildx, by variables, and is masked', () => {
    const variables = toInputVariables({
      secrets: 'A=old\nB=b',
      'secrets-yaml': 'A: new\nC: ""\nD: "x\\ny"',
    });
    const inputs = parseInputs(variables);
    const { args, env } = toSecretFlags({
      inputs: inputs.build,
      workspace: '/',
      environment: {},
      gitAuth: undefined,
    });
    expect(args.filter((arg) => arg !== '--secret')).toEqual([
      'id=A,env=HOTLAYER_SECRET_0',
      'id=B,env=HOTLAYER_SECRET_1',
      'id=D,env=HOTLAYER_SECRET_2',
    ]);
    expect(env).toEqual({ HOTLAYER_SECRET_0: 'new', HOTLAYER_SECRET_1: 'b', HOTLAYER_SECRET_2: 'x\ny' });
    expect(listSecretValues(inputs)).toEqual(expect.arrayContaining(['new', 'x\ny', 'b', 'old']));
  });
});
