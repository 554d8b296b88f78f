import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, type JsonRecord, readBoolean, readString } from '../../src/json.ts';
import type { PolicyInputs, RefName, TokenAccess } from '../../src/policy/types.ts';
import type { TokenRun } from './run-facts.ts';

/** One worked case of the scope policy, with expectations as refs. */
export interface ScopeCase {
  readonly name: string;
  /** GITHUB_* and ACTIONS_* as the runner sets them, without the token. */
  readonly env: Readonly<Record<string, string>>;
  /** The `ac` claim; undefined: no token; null: a token without one. */
  readonly ac: readonly JsonRecord[] | null | undefined;
  readonly payload: JsonRecord;
  /** Inputs of the action by name, without those that stand for measured facts. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly facts: TokenRun;
  readonly policyInputs: PolicyInputs;
  readonly expected: {
    readonly imports: readonly RefName[];
    readonly exportRef: RefName | null;
    readonly code: string;
  };
}

const file = path.join(import.meta.dirname, '../fixtures/scope-cases.json');
const acName = 'ACTIONS_RUNTIME_TOKEN.ac';

export function readScopeCases(): readonly ScopeCase[] {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(document) || !Array.isArray(document['cases'])) throw new Error(`${file} has no cases`);
  return document['cases'].map((entry: unknown) => toScopeCase(entry));
}

function toScopeCase(entry: unknown): ScopeCase {
  if (!isRecord(entry)) throw new Error('a case is not an object');
  const rawEnv = toRecord(entry['env']);
  const rawInputs = toRecord(entry['inputs']);
  const expect = toRecord(entry['expect']);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(rawEnv)) if (name !== acName) env[name] = String(value);
  const ac = toAc(rawEnv[acName]);
  const payload = toRecord(entry['event']);
  const inputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(rawInputs))
    if (!name.startsWith('_')) inputs[name] = String(value);
  const exported = expect['export'];
  return {
    name: String(entry['name']),
    env,
    ac,
    payload,
    inputs,
    facts: {
      eventName: env['GITHUB_EVENT_NAME'] ?? '',
      ref: env['GITHUB_REF'] ?? '',
      sha: env['GITHUB_SHA'] ?? '',
      access: toAccess(ac),
      cacheMode: env['ACTIONS_CACHE_MODE'],
      payload,
      contextHead: readString(rawInputs, '_context_head'),
      contextOnRef: readBoolean(rawInputs, '_context_on_ref'),
      isTip: readBoolean(rawInputs, '_is_tip'),
    },
    policyInputs: {
      prExport: toPrExport(inputs['pr-export']),
      tagExport: inputs['tag-export'] === 'true',
      readOnly: inputs['read-only'] === 'true',
      releaseImport: inputs['release-import'] !== 'false',
      trustedContext: inputs['trusted-context'] === 'true',
      allowUntrustedExport: inputs['allow-untrusted-export'] === 'true',
    },
    expected: {
      imports: toList(expect['import']).map((placeholder) => toRef(placeholder)),
      exportRef: exported === null ? null : toRef(exported),
      code: String(expect['code']),
    },
  };
}

/** `{prefix}-{branch:feature/a}` as a ref. */
function toRef(placeholder: unknown): RefName {
  const [, kind, name] = /^\{prefix\}-\{(branch|pr|tag):(.+)\}$/.exec(String(placeholder)) ?? [];
  if ((kind !== 'branch' && kind !== 'pr' && kind !== 'tag') || name === undefined) {
    throw new Error(`not a placeholder: ${String(placeholder)}`);
  }
  return { kind, name };
}

function toAccess(ac: ScopeCase['ac']): TokenAccess {
  if (ac === undefined) return { kind: 'none' };
  if (ac === null) return { kind: 'opaque', reason: 'it has no "ac" claim' };
  return {
    kind: 'scopes',
    scopes: ac.map((entry) => ({ scope: String(entry['Scope']), permission: Number(entry['Permission']) })),
  };
}

function toAc(value: unknown): ScopeCase['ac'] {
  return value === undefined || value === null ? value : toList(value).map((entry) => toRecord(entry));
}

function toPrExport(value: string | undefined): PolicyInputs['prExport'] {
  return value === 'always' || value === 'never' ? value : 'auto';
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}
