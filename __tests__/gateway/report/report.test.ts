import { describe, expect, it } from '@jest/globals';
import { parseReport, renderReport } from '../../../src/gateway/report/report.ts';
import { Statistics } from '../../../src/gateway/report/statistics.ts';

describe('report', () => {
  it('survives the wire', () => {
    const lines: string[] = [];
    const statistics = new Statistics(1000, (line) => lines.push(line));
    statistics.onCall('lookup');
    statistics.onBuildkit('commit');
    statistics.onBytes('up', 7);
    statistics.onBytes('down', 9);
    statistics.onRetry('create', '429 slow down', 40_000);
    statistics.refused('a key');
    statistics.failed('export', 'commit', 'k: gone');
    statistics.add('droppedRecords', 3);
    statistics.addTime('load', 12.4);
    const exported = {
      cacheScope: 'app.main',
      number: 4,
      packs: 2,
      blobs: 9,
      bytes: 1000,
      merges: 1,
      droppedRecords: 0,
      seconds: 1.5,
    };
    const exports = [
      { ...exported, state: 'exported', reason: undefined },
      { ...exported, state: 'failed', reason: 'no' },
      { ...exported, state: 'pending', reason: undefined, number: undefined },
    ] as const;
    const imports = [
      { cacheScope: 'app.main', runId: '17', writtenMs: 1_700_000_000_000 },
      { cacheScope: 'app.old', runId: undefined, writtenMs: undefined },
    ];
    const report = statistics.toReport(3500, exports, 2, ['tool.main'], imports);
    expect(report).toMatchObject({
      uptimeMs: 2500,
      pending: 3,
      exports,
      droppedRecords: 3,
      times: { load: 12, upload: 0, compact: 0, drain: 0 },
      bytesUp: 7,
      bytesDown: 9,
      retries: 1,
      waitMs: 40_000,
      refused: 1,
      exportFailures: 1,
      importFailures: 0,
      failures: [{ step: 'commit', message: 'k: gone' }],
    });
    expect(report.toService.lookup).toBe(1);
    expect(report.fromBuildkit.commit).toBe(1);
    expect(parseReport(JSON.parse(JSON.stringify(renderReport(report))))).toEqual(report);
    expect(lines).toHaveLength(3);
  });

  it('keeps the last failures only, and logs no more than a hundred refusals', () => {
    const lines: string[] = [];
    const statistics = new Statistics(0, (line) => lines.push(line));
    for (let n = 0; n < 30; n++) statistics.failed('import', 'lookup', `failure ${n}`);
    for (let n = 0; n < 500; n++) statistics.refused('a knock');
    const report = statistics.toReport(0, [], 0, [], []);
    expect(report.failures).toHaveLength(20);
    expect(report.failures.at(-1)?.message).toBe('failure 29');
    expect(report.importFailures).toBe(30);
    expect(report.refused).toBe(500);
    expect(lines).toHaveLength(130);
  });

  it.each([undefined, {}, [], { version: 2 }, 'text'])('is not %j', (value) => {
    expect(parseReport(value)).toBeUndefined();
  });
});
