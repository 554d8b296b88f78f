import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkFiles } from '../../../src/inputs/files.ts';
import { parseInputs } from '../../../src/inputs.ts';

describe('checkFiles', () => {
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-files-'));
    await mkdir(path.join(workspace, 'app'));
    await mkdir(path.join(workspace, 'lower'));
    await writeFile(path.join(workspace, 'app', 'Dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'lower', 'dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'Containerfile'), 'FROM scratch\n');
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const check = (context: string, file = '') =>
    checkFiles(parseInputs({ INPUT_CONTEXT: context, INPUT_FILE: file }), workspace);

  it.each([
    ['app', ''],
    ['./app/', 'app/Dockerfile'],
    ['lower', ''],
    // Outside the context, and from the workspace, not from the context.
    ['app', 'Containerfile'],
    ['https://github.com/acme/app.git', 'no/such/file'],
  ])('takes context %p with file %p', async (context, file) => {
    await expect(check(context, file)).resolves.toBeUndefined();
  });

  it.each([
    ['nowhere', '', 'context', 'does not exist'],
    ['Containerfile', '', 'context', 'is not a directory'],
    ['.', '', 'file', 'does not exist'],
    ['app', 'Dockerfile', 'file', 'does not exist'],
    ['app', 'app', 'file', 'is not a file'],
  ])('refuses context %p with file %p', async (context, file, input, why) => {
    await expect(check(context, file)).rejects.toMatchObject({
      code: 'input',
      input,
      message: expect.stringMatching(new RegExp(`input "${input}".*${why}.*allowed`)),
    });
  });
});
