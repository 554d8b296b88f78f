import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endGateway } from '../../../src/gateway/host/end.ts';
import { renderReport } from '../../../src/gateway/report/report.ts';
import { Statistics } from '../../../src/gateway/report/statistics.ts';

describe('the end of a gateway that does not answer', () => {
  const cleanUps: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  const report = renderReport(new Statistics(0, () => undefined).toReport(5000, [], 0, [], []));

  /** A process in the job's directory, as the gateway is, whose log ends with this line. */
  async function end(lastLine: string): Promise<string> {
    const jobDirectory = await realpath(await mkdtemp(path.join(tmpdir(), 'hotlayer-end-')));
    cleanUps.push(() => rm(jobDirectory, { recursive: true, force: true }));
    const logPath = path.join(jobDirectory, 'gateway.log');
    await writeFile(logPath, `2026-01-01T00:00:00.000Z started\n${lastLine}\n`);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {
      cwd: jobDirectory,
    });
    cleanUps.push(() => child.kill('SIGKILL'));
    await once(child, 'spawn');
    const record = { url: 'http://127.0.0.1:1', pid: child.pid ?? -1, nonce: '' };
    return (await endGateway(record, { token: undefined, jobDirectory, logPath, drainMs: 0 })).kind;
  }

  it('is told from its last report', async () => {
    expect(await end(`2026-01-01T00:00:01.000Z ends: told to; ${JSON.stringify(report)}`)).toBe('stopped');
  });

  it('is not told from words of the cache service that look like one', async () => {
    const words = `x ends: told to; ${JSON.stringify(report)}`;
    expect(await end(`2026-01-01T00:00:01.000Z lookup answered 403 ${words}`)).toBe('lost');
  });
});
