import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { baseImages } from '../../scripts/base-image-order.ts';
import { parseJson, readField } from '../../src/json.ts';
import { root } from '../helpers/runner.ts';

const examples = path.join(root, 'examples');
/** Projects of their own, which a reader can copy; examples/hello is for a machine without a registry, examples/workflows has no project. */
const projects = readdirSync(examples).filter((name) => name !== 'hello' && name !== 'workflows');

const listFiles = (project: string): readonly string[] =>
  readdirSync(path.join(examples, project), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(examples, project, name))
    .filter((file) => statSync(file).isFile());

describe.each(projects)('examples/%s', (project) => {
  const read = (name: string): string => readFileSync(path.join(examples, project, name), 'utf8');
  const workflows = listFiles(project).filter((file) => /\.github\/workflows\/.*\.yml$/.test(file));

  it('has a README, a Dockerfile and a workflow', () => {
    expect(read('README.md')).toMatch(/^# Example: /);
    expect(existsSync(path.join(examples, project, 'Dockerfile'))).toBe(true);
    expect(workflows).not.toEqual([]);
  });

  it('has workflows that actionlint finds nothing in', () => {
    const { status, stdout, stderr, error } = spawnSync('actionlint', workflows, { encoding: 'utf8' });
    if (error !== undefined)
      throw new Error('actionlint must be on PATH: run the tests with `npm test`.', { cause: error });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
  });

  it('starts from images that the tests have', () => {
    const lines = [...read('Dockerfile').matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)];
    const stages = lines.map(([, , stage]) => stage);
    const images = lines.flatMap(([, image]) => (stages.includes(image) ? [] : [`library/${image}`]));
    expect(images).not.toEqual([]);
    expect(Object.values(baseImages)).toEqual(expect.arrayContaining(images));
  });

  it('says nothing of the machine on which it was made', () => {
    for (const file of listFiles(project)) {
      const text = readFileSync(file, 'utf8');
      expect(text).not.toMatch(
        /127\.0\.0\.1|localhost|\/etc\/ssl|cafile|\.crt\b|\.pem\b|_proxy\b|index-url/i,
      );
      for (const name of ['SSL_CERT_FILE', 'PIP_INDEX_URL', 'GOPROXY', 'npm_config_registry'])
        expect(text).not.toContain(name);
    }
  });

  it('has lock files of the public registries', () => {
    if (!existsSync(path.join(examples, project, 'package-lock.json'))) return;
    const packages = readField(parseJson(read('package-lock.json')), 'packages');
    const places = JSON.stringify(packages).match(/"resolved":"[^"]*"/g) ?? [];
    expect(places).not.toEqual([]);
    expect(places.filter((place) => !place.startsWith('"resolved":"https://registry.npmjs.org/'))).toEqual(
      [],
    );
  });
});
