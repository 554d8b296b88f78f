import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeWorkflowPage } from '../../scripts/workflow-page.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { isRecord, readField, readString } from '../../src/json.ts';
import { filesDirectory, maxLegs } from '../../src/workflow/decide-plan.ts';
import { outputKinds } from '../../src/workflow/plan-inputs.ts';
import { lintWorkflows } from '../helpers/actionlint.ts';
import { root } from '../helpers/runner.ts';

const read = (...names: readonly string[]): string => readFileSync(path.join(root, ...names), 'utf8');
const text = read('.github', 'workflows', 'build.yml');
const workflow: unknown = parse(text);
const call = readField(workflow, 'on', 'workflow_call');
const inputs = readField(call, 'inputs');
const toRecord = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const listSteps = (job: unknown): readonly unknown[] => {
  const steps = readField(job, 'steps');
  return Array.isArray(steps) ? steps : [];
};
const jobs = Object.entries(toRecord(readField(workflow, 'jobs')));
const steps = jobs.flatMap(([, job]) => listSteps(job));
const findStep = (uses: string): unknown => steps.find((step) => readString(step, 'uses') === uses);
const rows = new Map(listRows('main').map((row) => [row.name, row]));

describe('.github/workflows/build.yml', () => {
  const build = toRecord(readField(findStep('hotlayer/hotlayer@v1'), 'with'));
  const passed = Object.entries(build).filter(([name, value]) => value === `\${{ inputs.${name} }}`);

  it('passes inputs of the action on, with the words and the defaults of the action', () => {
    expect(passed.length).toBeGreaterThan(25);
    for (const [name] of passed) {
      const row = rows.get(name);
      const { type, description, default: declared } = toRecord(readField(inputs, name));
      const isFlag = row?.kind === 'flag';
      expect([name, type, description]).toEqual([name, isFlag ? 'boolean' : 'string', row?.description]);
      expect([name, declared === undefined ? undefined : String(declared)]).toEqual([name, row?.default]);
    }
  });

  it('gives the action no input that it does not have, and no value of its own matrix', () => {
    for (const name of Object.keys(build)) expect([...rows.keys()]).toContain(name);
    expect(build['matrix']).toBe(`\${{ inputs.matrix || 'null' }}`);
  });

  it('uses each of its inputs', () => {
    for (const name of Object.keys(toRecord(inputs)))
      expect([name, new RegExp(`\\binputs\\.${name}(?![\\w-])`).test(text)]).toEqual([name, true]);
  });

  it('has an output for each leg that a plan can have', () => {
    const outputs = Object.keys(toRecord(readField(workflow, 'jobs', 'build', 'outputs')));
    expect(outputs.filter((name) => name.startsWith('leg-'))).toEqual(
      Array.from({ length: maxLegs }, (_, index) => `leg-${index}`),
    );
  });

  it('uploads what the plan has written, and offers what the plan takes', () => {
    const upload = steps.find((step) => readString(step, 'uses')?.startsWith('actions/upload-artifact@'));
    expect(readString(upload, 'with', 'path')).toBe(filesDirectory);
    for (const kind of outputKinds)
      expect(readString(inputs, 'output', 'description')).toContain(`\`${kind}\``);
  });

  it('shows secrets to the login and the build alone, and to runs that may see them', () => {
    const secretive = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    for (const step of secretive) {
      const isGuarded =
        /needs\.plan\.outputs\.trusted == 'true'/.test(JSON.stringify(step)) ||
        listSteps(readField(workflow, 'jobs', 'merge')).includes(step);
      const own = JSON.stringify(step).replaceAll('secrets.github-token', '');
      expect([readString(step, 'uses'), isGuarded || !own.includes('secrets.')]).toEqual([
        readString(step, 'uses'),
        true,
      ]);
    }
    expect(readString(workflow, 'jobs', 'merge', 'if')).toBe("needs.plan.outputs.merged == 'true'");
  });

  it('has no script, so that no text of a caller can be one', () => {
    expect(steps.filter((step) => readField(step, 'run') !== undefined)).toEqual([]);
  });

  it('asks for no permission of its own', () => {
    expect(readField(workflow, 'permissions')).toBeUndefined();
    expect(jobs.map(([id, job]) => [id, readField(job, 'permissions')])).toEqual([
      ['plan', {}],
      ['build', undefined],
      ['merge', undefined],
    ]);
  });

  it('is what docs/reusable-workflow.md says', () => {
    const page = read('docs', 'reusable-workflow.md');
    expect(writeWorkflowPage(page, text)).toBe(page);
  });
});

describe('the actions in workflow/', () => {
  const names = readdirSync(path.join(root, 'workflow'));

  it.each(names.map((name) => [name]))(
    '%s has the entries that the build writes, and gets its inputs',
    (name) => {
      const action: unknown = parse(read('workflow', name, 'action.yml'));
      const { using, main, post } = toRecord(readField(action, 'runs'));
      expect([using, main]).toEqual(['node24', `../../dist/workflow/${name}.js`]);
      expect(post).toBe(name === 'login' ? '../../dist/workflow/logout.js' : undefined);
      expect(read('scripts', 'build.ts')).toContain(`'${name}'`);
      const declared = toRecord(readField(action, 'inputs'));
      const given = Object.keys(
        toRecord(readField(findStep(`hotlayer/hotlayer/workflow/${name}@v1`), 'with')),
      );
      expect(given.toSorted()).toEqual(Object.keys(declared).toSorted());
    },
  );
});

describe('examples/workflows', () => {
  const names = readdirSync(path.join(root, 'examples', 'workflows'))
    .filter((name) => name.endsWith('.yml'))
    // Others show other doors.
    .filter((name) => read('examples', 'workflows', name).includes('/workflows/build.yml@v1'));

  it('has nothing that actionlint finds, with the inputs and secrets of build.yml', () => {
    expect(names).toHaveLength(4);
    const workflows = names.map((name) => [name, read('examples', 'workflows', name)] as const);
    expect(lintWorkflows(Object.fromEntries(workflows))).toEqual([]);
  });

  it('would not pass with an input that the workflow does not have', () => {
    const caller = read('examples', 'workflows', 'deploy.yml').replace(
      'tags: latest',
      'no-such-input: latest',
    );
    expect(lintWorkflows({ caller }).map(({ message }) => message)).toEqual([
      expect.stringContaining('"no-such-input" is not defined in'),
    ]);
  });

  it('is named in docs/reusable-workflow.md, file by file', () => {
    for (const name of names)
      expect(read('docs', 'reusable-workflow.md')).toContain(`](../examples/workflows/${name})`);
  });
});
