import { describe, expect, it } from '@jest/globals';
import { parseSetupInputs } from '../../src/inputs/inputs.ts';
import { toIdentity } from '../../src/plan/identity.ts';
import { listSetupScopes } from '../../src/plan/setup-scopes.ts';
import { makeNameScope } from '../../src/policy/cache-scope.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const job = { GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/ci.yml@refs/heads/main', GITHUB_JOB: 'build' };

function list(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = job) {
  return listSetupScopes(parseSetupInputs(toInputVariables(inputs)), env);
}

/** The cache scope of main's branch. */
function name(inputs: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>): string {
  const [first] = list(inputs, env);
  if (first === undefined) throw new Error('there is none');
  return makeNameScope(
    toIdentity(first.inputs, 'linux/amd64'),
    (text) => text,
  )({ kind: 'branch', name: 'main' });
}

describe('the scopes that later steps get', () => {
  it('are those of the input, each once, in their order, and the first is that of BuildKit without a name', () => {
    expect(list({ scopes: 'web\nworker\nweb' }).map((scope) => [scope.name, scope.aliases])).toEqual([
      ['web', ['web', 'buildkit']],
      ['worker', ['worker']],
    ]);
  });

  it('are one of the job without the input', () => {
    expect(list({}).map((scope) => [scope.name, scope.aliases])).toEqual([['default', ['buildkit']]]);
  });

  it('have the names that the main action gives the same scope', () => {
    expect(name({ scopes: 'web' })).toMatch(/^web-linux-amd64\.b-main\./);
  });

  it('differ by workflow, job and leg of the matrix, where nobody names them', () => {
    const all = [
      name({}),
      name({}, { ...job, GITHUB_JOB: 'test' }),
      name({}, { ...job, GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/cd.yml@refs/heads/main' }),
      name({ matrix: '{"os":"a"}' }),
      name({ matrix: '{"os":"b"}' }),
    ];
    expect(new Set(all).size).toBe(all.length);
    // Whatever the ref that the workflow is from, and in whatever order the values come.
    expect(name({}, { ...job, GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/ci.yml@refs/heads/x' })).toBe(
      name({}),
    );
    expect(name({ matrix: '{"a":1,"b":2}' })).toBe(name({ matrix: '{"b":2,"a":1}' }));
    expect(name({ scopes: 'x', matrix: '{"os":"a"}' })).toBe(name({ scopes: 'x' }));
  });

  it('have a name also where the runner says nothing', () => {
    expect(name({}, {})).toMatch(/^workflow-job-linux-amd64\.b-main\./);
  });
});
