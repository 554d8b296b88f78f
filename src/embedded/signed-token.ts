import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { parseBearer } from '../cache-protocol/bearer.ts';
import type { ApiCaller } from '../cache-server/repository-api.ts';
import { type Caller, ServiceError } from '../cache-server/service.ts';
import { toMessage } from '../errors.ts';
import { isRecord, type JsonRecord } from '../json.ts';
import { parseJwt, readAccessClaim, renderAccessClaim } from '../policy/runtime-token.ts';
import type { RefScope } from '../policy/types.ts';

/** GitHub's tokens live six hours and twenty minutes. */
const lifetimeSeconds = (6 * 60 + 20) * 60;
const defaultRepository = 'local';

export interface TokenRequest {
  /** In token order: own ref, base, default. */
  readonly scopes: readonly RefScope[];
  /** `owner/name`; caches of one repository are not seen by another. */
  readonly repository?: string | undefined;
  /** Of GitHub's REST, such as `{actions: 'write'}`; undefined: none. */
  readonly permissions?: ApiCaller['permissions'] | undefined;
  /** Signs the token (HS256); undefined: a random one, for a service that does not check. */
  readonly secret?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** A runtime token with the claims of GitHub's (cache-protocol.md, section 3.1). */
export function mintToken(request: TokenRequest): Promise<string> {
  const { scopes, repository = defaultRepository, permissions, secret, now = Date.now() } = request;
  const issuedAt = Math.floor(now / 1000);
  const jobId = randomUUID();
  return new SignJWT({
    ac: renderAccessClaim(scopes),
    scp: `Actions.Results:${randomUUID()}:${jobId}`,
    orch_id: `${randomUUID()}.job.__default`,
    repository,
    repository_id: toRepositoryId(repository),
    ...(permissions === undefined ? {} : { permissions }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('https://token.actions.githubusercontent.com')
    .setAudience('hotlayer')
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt - 300)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(secret === undefined ? randomBytes(32) : toKey(secret));
}

/**
 * Who bears a token and what it may do. Without a secret any well-formed JWT will do; with one it must be signed with it
 * and be valid now. Throws ServiceError `unauthenticated`.
 */
export async function readCaller(
  authorization: string | undefined,
  secret: string | undefined,
  now: number,
): Promise<Caller> {
  const token = parseBearer(authorization);
  if (token === undefined) throw new ServiceError('unauthenticated', 'no bearer token');
  const claims = await readClaims(token, secret, now);
  const access = readAccessClaim(claims['ac']);
  return { repository: readRepository(claims), scopes: access.kind === 'scopes' ? access.scopes : [] };
}

/** Who bears a token of GitHub's REST, and what it may do there. Throws ServiceError `unauthenticated`. */
export async function readApiCaller(
  authorization: string | undefined,
  secret: string | undefined,
  now: number,
): Promise<ApiCaller> {
  const token = parseBearer(authorization);
  if (token === undefined) throw new ServiceError('unauthenticated', 'Bad credentials');
  const claims = await readClaims(token, secret, now);
  const { repository, permissions } = claims;
  const granted = Object.entries(isRecord(permissions) ? permissions : {}).flatMap(([name, level]) =>
    level === 'read' || level === 'write' ? [[name, level] as const] : [],
  );
  return {
    name: typeof repository === 'string' ? repository : defaultRepository,
    repository: readRepository(claims),
    permissions: Object.fromEntries(granted),
  };
}

async function readClaims(token: string, secret: string | undefined, now: number): Promise<JsonRecord> {
  const jwt = parseJwt(token);
  if (jwt.kind === 'opaque')
    throw new ServiceError('unauthenticated', `the token is not accepted: ${jwt.reason}`);
  if (secret === undefined) return jwt.claims;
  try {
    await jwtVerify(token, toKey(secret), { algorithms: ['HS256'], currentDate: new Date(now) });
    return jwt.claims;
  } catch (error) {
    throw new ServiceError('unauthenticated', `the token is not accepted: ${toMessage(error)}`, {
      cause: error,
    });
  }
}

function readRepository(claims: JsonRecord): string {
  for (const name of ['repository_id', 'repository']) {
    const value = claims[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return defaultRepository;
}

/** GitHub's id is a number in a string; ours is made of the name, so that the same repository keeps its caches. */
function toRepositoryId(repository: string): string {
  return String(createHash('sha256').update(repository).digest().readUIntBE(0, 6));
}

function toKey(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
