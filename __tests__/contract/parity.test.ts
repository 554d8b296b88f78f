import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { toBuildCommand } from '../../src/buildkit/solve/build-arguments.ts';
import { noCache } from '../../src/buildkit/solve/cache-flags.ts';
import { InputError } from '../../src/errors.ts';
import { foreignInputs } from '../../src/inputs/foreign-table.ts';
import { describeForeignVariables } from '../../src/inputs/foreign-variables.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { isRecord, parseJson, readField } from '../../src/json.ts';
import { toDefaultContext } from '../../src/plan/default-context.ts';
import { hasTls } from '../../src/step/endpoint-tls.ts';
import { lintWorkflows } from '../helpers/actionlint.ts';
import { toInputVariables } from '../helpers/input-variables.ts';
import { root } from '../helpers/runner.ts';

type Fate = 'same' | 'different' | 'not offered';

interface Row {
  readonly name: string;
  readonly fate: Fate;
  readonly text: string;
}

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const page = read('docs/parity.md');
const actions = parseJson(read('__tests__/fixtures/docker-actions.json'));

/** The rows of the table below a heading. */
function readRows(heading: string): readonly Row[] {
  const section = page.split(`\n${heading}\n`)[1]?.split(/\n##+ /)[0] ?? '';
  return [...section.matchAll(/^\| `([\w-]+)` \| ([^|]+) \| ?([^|]*)\|$/gm)].map(
    ([, name = '', fate, text = '']) => {
      if (fate !== 'same' && fate !== 'different' && fate !== 'not offered')
        throw new Error(`${name}: "${fate}" is none of same, different, not offered`);
      return { name, fate, text: text.trim() };
    },
  );
}

function readNames(action: string, field: string): readonly string[] {
  const names = readField(actions, action, field);
  return (Array.isArray(names) ? names : []).map(String);
}

function listDeclared(file: string, section: 'inputs' | 'outputs'): readonly string[] {
  const entries = readField(parse(read(file)), section);
  return isRecord(entries) ? Object.keys(entries) : [];
}

/** Is every value of it an error? */
function isRefused(name: string): boolean {
  try {
    parseInputs(toInputVariables({ [name]: 'x' }));
    return false;
  } catch (error) {
    return error instanceof InputError && error.input === name;
  }
}

/** What takes an action's place; bake's is checked where it is there. */
const places = [
  { action: 'build-push-action', ours: 'action.yml' },
  { action: 'setup-buildx-action', ours: 'action.yml' },
  { action: 'bake-action', ours: 'bake/action.yml' },
].filter(({ ours }) => existsSync(path.join(root, ours)));

describe.each(['build-push-action', 'setup-buildx-action', 'bake-action'])(
  'docs/parity.md, docker/%s',
  (action) => {
    it('has a row for each input and each output, once, in its order', () => {
      expect(readRows(`### Inputs of docker/${action}`).map(({ name }) => name)).toEqual([
        ...readNames(action, 'inputs'),
        ...readNames(action, 'older'),
      ]);
      expect(readRows(`### Outputs of docker/${action}`).map(({ name }) => name)).toEqual(
        readNames(action, 'outputs'),
      );
    });

    it('says why where something differs', () => {
      for (const kind of ['Inputs', 'Outputs'])
        for (const { name, fate, text } of readRows(`### ${kind} of docker/${action}`))
          expect([name, fate === 'same' || /[a-z].*\.$/.test(text)]).toEqual([name, true]);
    });
  },
);

describe.each(places)('docs/parity.md, docker/$action beside $ours', ({ action, ours }) => {
  it.each(readRows(`### Inputs of docker/${action}`))('$name: $fate', ({ name, fate }) => {
    const isDeclared = listDeclared(ours, 'inputs').includes(name);
    // `builder` is declared, and every value of it is an error.
    expect(isDeclared && !(name === 'builder' && isRefused(name))).toBe(fate !== 'not offered');
  });

  it.each(readRows(`### Outputs of docker/${action}`))('output $name: $fate', ({ name, fate }) => {
    expect(listDeclared(ours, 'outputs').includes(name)).toBe(fate !== 'not offered');
  });
});

describe('src/inputs/foreign-table.ts', () => {
  const missing = ['build-push-action', 'setup-buildx-action']
    .flatMap((action) => readRows(`### Inputs of docker/${action}`))
    .filter(({ name, fate }) => fate === 'not offered' && name !== 'builder');

  it.each(missing)('knows $name, and names what the page names in its place', ({ name, text }) => {
    const { remedy = '' } = foreignInputs[name] ?? {};
    expect(remedy).not.toBe('');
    for (const [, input] of remedy.matchAll(/"([a-z-]+)"/g)) expect(text).toContain(`\`${input}\``);
  });

  it('knows no other input but those of bake', () => {
    const bake = readNames('bake-action', 'inputs');
    const others = Object.keys(foreignInputs).filter((name) => !bake.includes(name));
    expect(others.toSorted()).toEqual(missing.map(({ name }) => name).toSorted());
  });
});

describe('__tests__/fixtures/docker-actions.json', () => {
  /** What actionlint knows of an action: its data are made of the actions' own files. */
  function ask(uses: string): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
    const workflow = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - {id: s, uses: ${uses}, with: {no-such-input: x}}
      - run: echo \${{ steps.s.outputs.no-such-output }}
`;
    const messages = lintWorkflows({ workflow }).map(({ message }) => message);
    const find = (pattern: RegExp): string =>
      messages.map((message) => pattern.exec(message)?.[1]).find((found) => found !== undefined) ?? '';
    return {
      inputs: [...find(/available inputs are (.*)/).matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
      outputs: [...find(/object type \{(.*)\}/).matchAll(/([\w-]+): /g)].map(([, name = '']) => name),
    };
  }

  it.each([
    ['build-push-action', 'docker/build-push-action@v7', []],
    ['setup-buildx-action', 'docker/setup-buildx-action@v4', []],
    ['setup-buildx-action', 'docker/setup-buildx-action@v3', ['older']],
  ])('has the inputs and outputs of docker/%s as actionlint knows them from %s', (action, uses, more) => {
    const { inputs, outputs } = ask(uses);
    expect(inputs).toEqual(['inputs', ...more].flatMap((field) => readNames(action, field)).toSorted());
    expect(outputs).toEqual(readNames(action, 'outputs').toSorted());
  });
});

describe('docs/parity.md, environment variables', () => {
  const rows = readRows('## Environment variables');

  /** A value that asks for something. */
  const samples: Readonly<Record<string, string>> = {
    DOCKER_BUILD_RECORD_RETENTION_DAYS: '7',
    BUILDKIT_PROGRESS: 'quiet',
    BUILDKIT_HOST: 'tcp://builder:1234',
    SOURCE_DATE_EPOCH: '0',
  };
  /** Inputs without which a variable is about nothing. */
  const beside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    DOCKER_HOST: { load: 'true' },
    DOCKER_CONTEXT: { load: 'true' },
    BUILDER_NODE_0_AUTH_TLS_CACERT: { endpoint: 'tcp://builder:1234' },
  };

  it.each(rows)('$name: $fate, so a notice tells of it or not', ({ name, fate }) => {
    const inputs = parseInputs(toInputVariables(beside[name] ?? {}));
    const told = describeForeignVariables({ [name]: samples[name] ?? 'true' }, inputs);
    if (fate === 'not offered') expect(told).toContain(name);
    else expect(told).toBeUndefined();
  });

  const facts = {
    ref: 'refs/pull/7/merge',
    sha: 'a'.repeat(40),
    payload: { pull_request: { head: { sha: 'b' } } },
  };
  const runner = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' };
  /** Variables that our own code obeys. */
  const obeyed: Readonly<Record<string, () => unknown>> = {
    DOCKER_BUILD_CHECKS_ANNOTATIONS: () =>
      expect(parseInputs({ DOCKER_BUILD_CHECKS_ANNOTATIONS: 'false' }).report.checkAnnotations).toBe(false),
    DOCKER_BUILD_SUMMARY: () =>
      expect(parseInputs({ DOCKER_BUILD_SUMMARY: 'false' }).report.summary).toBe(false),
    DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF: () =>
      expect(
        toDefaultContext(facts, { ...runner, DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF: 'true' }, 'v0.37.2'),
      ).toBe('https://github.com/o/r.git#b'),
    BUILDER_NODE_0_AUTH_TLS_CACERT: () =>
      expect(hasTls({ BUILDER_NODE_0_AUTH_TLS_CACERT: '-----BEGIN CERTIFICATE-----' })).toBe(true),
  };

  it.each(rows.filter(({ fate }) => fate !== 'not offered'))(
    '$name: $fate, so it gets to who obeys it',
    ({ name }) => {
      const check = obeyed[name];
      if (check !== undefined) {
        check();
        return;
      }
      const { env } = toBuildCommand({
        inputs: parseInputs({}),
        cache: noCache,
        cachedLayers: { base: [], own: [], result: [] },
        builder: { name: 'hotlayer', configDirectory: '/job/buildx' },
        metadataFile: '/job/metadata.json',
        workspace: '/work',
        environment: { [name]: 'true' },
        attestations: [],
        gitAuth: undefined,
      });
      expect(env[name]).toBe('true');
    },
  );
});
