import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../errors.ts';
import { toJobToken } from '../gateway/access/job-token.ts';

const fileName = 'gateway.key';

/**
 * The job's secret, from which the token of a gateway to another place than the cache service is made: the runtime token,
 * which no step but those of actions has; or else a random key in the job's directory, for this user alone. Post and later
 * steps find it there.
 */
export async function makeJobSecret(jobDirectory: string, runtimeToken: string | undefined): Promise<string> {
  if (runtimeToken !== undefined) return runtimeToken;
  const file = path.join(jobDirectory, fileName);
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // An earlier step of the job has made it.
    if (!hasErrorCode(error, 'EEXIST')) throw error;
  }
  return await readFile(file, 'utf8');
}

/** The token of a gateway on record; undefined: nobody has its secret any more. */
export async function findGatewayToken(
  jobDirectory: string,
  runtimeToken: string | undefined,
  place: string | undefined,
): Promise<string | undefined> {
  if (place === undefined) return runtimeToken;
  const secret =
    runtimeToken ?? (await readFile(path.join(jobDirectory, fileName), 'utf8').catch(() => undefined));
  return secret === undefined ? undefined : toJobToken(secret, place);
}
