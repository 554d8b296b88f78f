import { describe, expect, it } from '@jest/globals';
import {
  withholdForCall,
  withholdForDefinition,
  withholdStaleExport,
} from '../../src/plan/withheld-export.ts';
import type { CachePlan } from '../../src/policy/types.ts';

const plan: CachePlan = {
  imports: ['app.main'],
  export: 'app.main',
  code: 'own-branch',
  reason: '',
  chain: [],
  exportRef: null,
};
const facts = { isTip: undefined, attempt: '2', keepsNewer: false } as const;

describe('without the gateway a re-run', () => {
  it.each([
    ['with the tip unknown exports nothing', {}, null],
    ['that is the tip exports', { isTip: true }, 'app.main'],
    ['through the gateway exports', { keepsNewer: true }, 'app.main'],
    ['that is none exports', { attempt: '1' }, 'app.main'],
    ['on a runner that does not count them exports', { attempt: '0' }, 'app.main'],
  ] as const)('%s', (_name, more, expected) => {
    const withheld = withholdStaleExport(plan, { ...facts, ...more });
    expect(withheld.plan).toMatchObject(
      expected === null ? { export: null, exportRef: null, code: 'stale-rerun' } : plan,
    );
    expect(withheld.sentence === undefined).toBe(expected !== null);
  });

  it('of a pull request, whose tip nobody asks for, exports', () => {
    expect(withholdStaleExport({ ...plan, code: 'pr-own-scope' }, facts).plan.export).toBe('app.main');
  });
});

describe('a question about the build', () => {
  const call = { text: 'check', isCheck: true };
  it('exports nothing, and says why', () => {
    const { reason, ...withheld } = withholdForCall(plan, call);
    expect(withheld).toMatchObject({ imports: ['app.main'], export: null, exportRef: null, code: 'call' });
    expect(reason).toContain('"call: check"');
  });
  it('leaves the reason of a run that exports nothing anyway', () => {
    const readOnly = { ...plan, export: null, code: 'input-read-only', reason: 'x' } as const;
    expect(withholdForCall(readOnly, call)).toBe(readOnly);
    expect(withholdForCall(plan, undefined)).toBe(plan);
  });
});

describe('a target of a bake', () => {
  const foreign: CachePlan = { ...plan, export: null, code: 'foreign-context', reason: 'Elsewhere.' };
  const none: CachePlan = { ...plan, export: null, code: 'input-read-only', reason: 'Asked.' };

  it.each([
    ['exports where the definition is the commit of the run', plan, plan, plan],
    ['keeps its own reason for exporting nothing', none, foreign, none],
    [
      'exports nothing where the definition is from elsewhere',
      plan,
      foreign,
      {
        ...plan,
        export: null,
        exportRef: null,
        code: 'foreign-context',
        reason: 'Of the bake definition: Elsewhere.',
      },
    ],
  ] as const)('%s', (_name, target, definition, expected) => {
    expect(withholdForDefinition(target, definition)).toEqual(expected);
  });
});
