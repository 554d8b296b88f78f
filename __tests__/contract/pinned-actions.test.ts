import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { listAuditFlags } from '../../scripts/audit-flags.ts';
import { readField } from '../../src/json.ts';
import { root } from '../helpers/runner.ts';

const isWorkflow =
  /^\.github\/workflows\/.*\.yml$|^examples\/(?:workflows|[^/]+\/\.github\/workflows)\/.*\.yml$/;
const folders = ['.github', 'examples', 'workflow', 'bake'];
const files = [
  'action.yml',
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((name) => isWorkflow.test(name) || path.basename(name) === 'action.yml'),
  ),
];
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const uses = files.flatMap((name) =>
  [...read(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, used = '']) => [name, used] as const),
);
const isOwn = (used: string) => used.startsWith('./') || /^hotlayer\/hotlayer(?:\/[\w./-]+)?@v1$/.test(used);
const others = uses.filter(([, used]) => !isOwn(used));

describe('actions of others', () => {
  it('are pinned to a commit, with the version behind it', () => {
    expect(others.length).toBeGreaterThan(10);
    for (const [name, used] of others)
      expect([name, used, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used)]).toEqual([
        name,
        used,
        true,
      ]);
  });

  it('are the same wherever they are used', () => {
    const pins = new Map<string, Set<string>>();
    for (const [, used] of others) {
      const [action = ''] = used.split('@');
      pins.set(action, (pins.get(action) ?? new Set()).add(used));
    }
    expect([...pins.values()].filter((pinned) => pinned.size > 1)).toEqual([]);
  });
});

describe('what zizmor looks at', () => {
  it('is every workflow and every action', () => {
    const flags = listAuditFlags(root);
    const isSeen = (name: string) => flags.some((flag) => name === flag || name.startsWith(`${flag}/`));
    expect(files.filter((name) => !isSeen(name))).toEqual([]);
  });
});

describe('the workflows of this repository', () => {
  const own = files.filter((name) => /^\.github\/workflows\//.test(name));

  it.each(own.map((name) => [name]))('%s has no expression in a script', (name) => {
    const jobs = Object.values(Object(readField(parse(read(name)), 'jobs')));
    const scripts = jobs.flatMap((job) => {
      const steps = readField(job, 'steps');
      return (Array.isArray(steps) ? steps : []).map((step) => readField(step, 'run'));
    });
    expect(scripts.filter((script) => typeof script === 'string' && script.includes('${{'))).toEqual([]);
  });
});
