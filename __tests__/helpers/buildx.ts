import { findOnPath } from '../../src/process/search-path.ts';

/** The client of the builds under test; `npm test` puts it on PATH. */
export async function findBuildx(): Promise<string> {
  const found = await findOnPath('buildx', process.env['PATH'] ?? '');
  if (found === undefined) throw new Error('PATH has no buildx: run the tests with `npm test`.');
  return found;
}
