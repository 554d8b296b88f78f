import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseJson, readNumber, readString } from '../../src/json.ts';
import { root } from './runner.ts';

/** One thing that actionlint finds wrong. */
export interface Finding {
  readonly name: string;
  readonly line: number;
  readonly message: string;
}

const actions = ['.', 'bake', 'cleanup'].filter((directory) =>
  existsSync(path.join(root, directory, 'action.yml')),
);

/**
 * What actionlint finds in workflows. Steps that use `hotlayer/hotlayer@v1` are checked against action.yml, those of
 * `hotlayer/hotlayer/bake@v1` and `…/cleanup@v1` against those where they are there.
 * @param workflows their text by a name that may be a file's
 */
export function lintWorkflows(workflows: Readonly<Record<string, string>>): readonly Finding[] {
  const project = mkdtempSync(path.join(tmpdir(), 'hotlayer-actionlint-'));
  try {
    const directory = path.join(project, '.github', 'workflows');
    for (const made of [directory, path.join(project, '.git')]) mkdirSync(made, { recursive: true });
    symlinkSync(root, path.join(project, 'hotlayer'));
    const names = Object.keys(workflows);
    for (const [index, text] of Object.values(workflows).entries())
      writeFileSync(path.join(directory, `${index}.yml`), toLocal(text));
    const { status, stdout, stderr, error } = spawnSync('actionlint', ['-format', '{{json .}}'], {
      cwd: project,
      encoding: 'utf8',
    });
    if (error !== undefined)
      throw new Error('actionlint must be on PATH: run the tests with `npm test`.', { cause: error });
    if (status !== 0 && status !== 1) throw new Error(`actionlint ended with ${status}: ${stderr}`);
    const found = parseJson(stdout);
    if (!Array.isArray(found)) throw new Error(`actionlint printed ${stdout}`);
    return found.map((finding: unknown) => ({
      name: names[Number.parseInt(path.basename(readString(finding, 'filepath') ?? ''), 10)] ?? '',
      line: readNumber(finding, 'line') ?? 0,
      message: readString(finding, 'message') ?? '',
    }));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function toLocal(text: string): string {
  return text.replace(/hotlayer\/hotlayer(\/bake|\/cleanup)?@v1/g, (whole, sub?: string) =>
    actions.includes(sub?.slice(1) ?? '.') ? `./hotlayer${sub ?? ''}` : whole,
  );
}
