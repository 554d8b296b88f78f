import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCommandFile } from '../../../src/cli/workflow-commands.ts';
import { appendWhole, setOutputs } from '../../../src/runner-files.ts';
import { SmallDisk } from '../../helpers/small-disk.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-files-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('a file of the runner', () => {
  it('gets outputs in a form that no value can break', () => {
    const file = path.join(directory, 'output');
    writeFileSync(file, 'before=1\n');
    const values = [
      ['one', 'a\nghadelimiter_x\nb<<c'],
      ['two', ''],
    ] as const;
    setOutputs(values, { GITHUB_OUTPUT: file });
    expect([...parseCommandFile(readFileSync(file, 'utf8'))]).toEqual([['before', '1'], ...values]);
  });

  it('that is a pipe which nobody reads is not waited for', () => {
    const file = path.join(directory, 'pipe');
    execFileSync('mkfifo', [file]);
    expect(() => appendWhole(file, 'x')).toThrow('ENXIO');
  });

  it('that is a directory, or not there, is an error', () => {
    mkdirSync(path.join(directory, 'directory'));
    expect(() => appendWhole(path.join(directory, 'directory'), 'x')).toThrow('EISDIR');
    symlinkSync(path.join(directory, 'nowhere', 'x'), path.join(directory, 'dangling'));
    expect(() => appendWhole(path.join(directory, 'dangling'), 'x')).toThrow('ENOENT');
    expect(() => appendWhole(path.join(directory, 'missing'), 'x', { create: false })).toThrow('ENOENT');
  });

  it('on a full disk keeps what it had, and nothing of what did not fit', () => {
    const disk = SmallDisk.mount('size=64k');
    try {
      const file = path.join(disk.directory, 'summary');
      writeFileSync(file, 'before\n');
      expect(() => appendWhole(file, 'x'.repeat(200_000))).toThrow('ENOSPC');
      expect(readFileSync(file, 'utf8')).toBe('before\n');
      appendWhole(file, 'after\n');
      expect(readFileSync(file, 'utf8')).toBe('before\nafter\n');
      disk.makeReadOnly();
      expect(() => appendWhole(file, 'x')).toThrow('EROFS');
      expect(statSync(file).size).toBe('before\nafter\n'.length);
    } finally {
      disk.unmount();
    }
  });
});
