import { parseJson, readBoolean, readField, readNumber, readString } from '../../json.ts';
import type { GatewayPlan } from '../access/rules.ts';

/** What main tells the gateway over the pipe, the only way that the runtime token takes. */
export interface StartMessage {
  readonly token: string;
  /** Public: makes the stub of this job another one than that of the next. */
  readonly nonce: string;
  readonly jobDirectory: string;
  readonly upstream: { readonly protocol: 1 | 2; readonly url: string };
  /** GitHub's run id and attempt, for the keys of entries. */
  readonly run: { readonly id: string; readonly attempt: string };
  readonly plan: GatewayPlan;
  readonly runnerPid: number | undefined;
  /** How often it is looked whether the job is still there. */
  readonly pollMs: number;
  readonly maxLifetimeMs: number;
}

export function renderStartMessage(message: StartMessage): string {
  return JSON.stringify(message);
}

/** undefined when it is not a start message. */
export function parseStartMessage(text: string): StartMessage | undefined {
  const value = parseJson(text);
  const token = readString(value, 'token');
  const nonce = readString(value, 'nonce');
  const jobDirectory = readString(value, 'jobDirectory');
  const url = readString(value, 'upstream', 'url');
  const protocol = readNumber(value, 'upstream', 'protocol');
  const id = readString(value, 'run', 'id');
  const attempt = readString(value, 'run', 'attempt');
  const plan = parsePlan(readField(value, 'plan'));
  const pollMs = readNumber(value, 'pollMs');
  const maxLifetimeMs = readNumber(value, 'maxLifetimeMs');
  if (token === undefined || nonce === undefined || jobDirectory === undefined || url === undefined)
    return undefined;
  if (plan === undefined || pollMs === undefined || maxLifetimeMs === undefined) return undefined;
  if (id === undefined || attempt === undefined) return undefined;
  if (protocol !== 1 && protocol !== 2) return undefined;
  const runnerPid = readNumber(value, 'runnerPid');
  return {
    token,
    nonce,
    jobDirectory,
    upstream: { protocol, url },
    run: { id, attempt },
    plan,
    runnerPid,
    pollMs,
    maxLifetimeMs,
  };
}

/** undefined when it is not a plan. */
export function parsePlan(value: unknown): GatewayPlan | undefined {
  const imports = readField(value, 'imports');
  const exportScope = readField(value, 'export');
  if (!isTextArray(imports) || (exportScope !== null && typeof exportScope !== 'string')) return undefined;
  return { imports, export: exportScope, isTip: readBoolean(value, 'isTip') };
}

export function isTextArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
