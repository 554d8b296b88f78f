import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { Clock } from '../async/clock.ts';
import { toMessage } from '../errors.ts';
import type { S3Credentials } from './bucket.ts';

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type ReadCredentials = () => Promise<Identity>;

/** Nobody gave credentials that could be used. */
export class CredentialsError extends Error {}

/** Who found none asks again after that: a chain that ends with the instance's role takes seconds each time. */
const askAgainMs = 60_000;

/**
 * Those that were given, or else what the AWS SDK finds: variables of the environment, web identity, profiles, the role of
 * the container or of the instance. They are renewed before they expire.
 */
export function createCredentials(
  given: S3Credentials | undefined,
  region: string,
  clock: Clock,
): ReadCredentials {
  if (given !== undefined) {
    const { accessKeyId, secretAccessKey, sessionToken } = given;
    const identity = {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
    return async () => identity;
  }
  // Memoizes by itself; the region is that of the token service.
  const provider = defaultProvider({ clientConfig: { region } });
  let failed: { readonly error: CredentialsError; readonly untilMs: number } | undefined;
  return async () => {
    if (failed !== undefined && clock.now() < failed.untilMs) throw failed.error;
    try {
      return await provider();
    } catch (error) {
      const found = new CredentialsError(`there are no AWS credentials: ${toMessage(error)}`, {
        cause: error,
      });
      failed = { error: found, untilMs: clock.now() + askAgainMs };
      throw found;
    }
  };
}
