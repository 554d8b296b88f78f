import { type CallKind, callKinds } from '../../cache-server/call.ts';
import { InputError } from '../../errors.ts';
import { isRecord, type JsonRecord } from '../../json.ts';
import type { FaultEffect, FaultRule } from './fault.ts';

const fields = [
  'call',
  'key',
  'status',
  'break',
  'evict',
  'delayMs',
  'when',
  'afterBytes',
  'retryAfter',
  'message',
  'skip',
  'count',
  'every',
  'probability',
];

/** The rules of a parsed fault file. Throws InputError that names the rule and the field. */
export function parseFaults(document: unknown): readonly FaultRule[] {
  if (!Array.isArray(document))
    throw new InputError('faults', 'faults: the file must hold a JSON array of rules.');
  return document.map((rule: unknown, index) => parseRule(rule, `faults[${index}]`));
}

function parseRule(rule: unknown, where: string): FaultRule {
  if (!isRecord(rule))
    throw new InputError('faults', `${where}: a rule is an object with "call" and what to do.`);
  for (const name of Object.keys(rule)) {
    if (!fields.includes(name))
      throw new InputError('faults', `${where}.${name}: unknown field; known are ${fields.join(', ')}.`);
  }
  const probability = rule['probability'] ?? 1;
  if (typeof probability !== 'number' || probability < 0 || probability > 1) {
    throw new InputError(
      'faults',
      `${where}.probability: ${JSON.stringify(probability)} is not between 0 and 1.`,
    );
  }
  return {
    calls: parseCalls(rule['call'], `${where}.call`),
    key: parseText(rule, 'key', where),
    effect: parseEffect(rule, where),
    skip: parseInteger(rule, 'skip', where, 0) ?? 0,
    count: parseInteger(rule, 'count', where, 0),
    every: parseInteger(rule, 'every', where, 1) ?? 1,
    probability,
  };
}

function parseCalls(value: unknown, where: string): readonly CallKind[] | undefined {
  if (value === '*') return undefined;
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  return names.map((name) => {
    const kind = callKinds.find((known) => known === name);
    if (kind !== undefined) return kind;
    const allowed = ['*', ...callKinds].join(', ');
    throw new InputError('faults', `${where}: ${JSON.stringify(name)} is no call; allowed are ${allowed}.`);
  });
}

function parseEffect(rule: JsonRecord, where: string): FaultEffect {
  const delayMs = parseInteger(rule, 'delayMs', where, 0);
  const status = parseInteger(rule, 'status', where, 200);
  const manner = rule['break'];
  const evict = rule['evict'];
  if ([status, manner, evict].filter((value) => value !== undefined).length > 1) {
    throw new InputError('faults', `${where}: "status", "break" and "evict" exclude each other.`);
  }
  const when = parseWhen(rule['when'], where);
  if (status !== undefined) {
    if (status > 599) throw new InputError('faults', `${where}.status: ${status} is no HTTP status.`);
    const retryAfterSeconds = parseInteger(rule, 'retryAfter', where, 0);
    const message = parseText(rule, 'message', where) ?? 'fault from the fault file';
    return { kind: 'status', status, retryAfterSeconds, message, when, delayMs: delayMs ?? 0 };
  }
  if (manner !== undefined) {
    const afterBytes = parseInteger(rule, 'afterBytes', where, 0);
    if (manner === 'corrupt') return { kind: 'corrupt', atByte: afterBytes ?? 0, delayMs: delayMs ?? 0 };
    if (manner !== 'reset' && manner !== 'truncate') {
      throw new InputError(
        'faults',
        `${where}.break: ${JSON.stringify(manner)} is none of "reset", "truncate" and "corrupt".`,
      );
    }
    return {
      kind: 'break',
      manner: manner === 'reset' ? 'reset' : 'close',
      afterBytes,
      when,
      delayMs: delayMs ?? 0,
    };
  }
  if (evict === true) return { kind: 'evict', delayMs: delayMs ?? 0 };
  if (delayMs !== undefined) return { kind: 'delay', delayMs };
  throw new InputError(
    'faults',
    `${where}: says nothing to do; give "status", "break", "evict": true or "delayMs".`,
  );
}

function parseWhen(value: unknown, where: string): 'before' | 'after' {
  if (value === undefined || value === 'before') return 'before';
  if (value === 'after') return 'after';
  throw new InputError('faults', `${where}.when: ${JSON.stringify(value)} is neither "before" nor "after".`);
}

function parseText(rule: JsonRecord, name: string, where: string): string | undefined {
  const value = rule[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new InputError('faults', `${where}.${name}: ${JSON.stringify(value)} is no text.`);
}

function parseInteger(rule: JsonRecord, name: string, where: string, min: number): number | undefined {
  const value = rule[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min) return value;
  throw new InputError(
    'faults',
    `${where}.${name}: ${JSON.stringify(value)} is no whole number from ${min} up.`,
  );
}
