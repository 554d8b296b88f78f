import { isFruitlessEvent } from './event.ts';
import { findWritableRef } from './rights.ts';
import type { Run } from './run.ts';
import type { ExportCode, PolicyInputs, RefName } from './types.ts';

/** Where the run exports to, by the first rule that fires. */
export interface ExportDecision {
  readonly code: ExportCode;
  readonly reason: string;
  /** undefined: no export. */
  readonly ref: RefName | undefined;
}

/** The rules in their order; each answers undefined when it has nothing to say. */
export function decideExport(run: Run, inputs: PolicyInputs): ExportDecision {
  return (
    decideByRights(run, inputs) ??
    decideByRef(run, inputs) ??
    decideByPullRequest(run, inputs) ??
    decideByTrust(run, inputs) ??
    decideByCommit(run, inputs)
  );
}

function decideByRights({ rights }: Run, inputs: PolicyInputs): ExportDecision | undefined {
  if (rights.refusal !== undefined) return refuse(rights.refusal.code, rights.refusal.reason);
  if (inputs.readOnly) return refuse('input-read-only', 'The input read-only is true.');
  return undefined;
}

function decideByRef(
  { facts, ref, isRefDeleted, pullRequest }: Run,
  inputs: PolicyInputs,
): ExportDecision | undefined {
  if (isRefDeleted)
    return refuse('ref-deleted', `The ref ${facts.ref} is deleted: nobody would read its cache.`);
  switch (ref.kind) {
    case 'empty':
      return refuse('no-ref', 'The run has no ref (GITHUB_REF is empty), so it has no cache of its own.');
    case 'other':
      return refuse(
        'no-ref',
        `The ref ${ref.name} is neither a branch nor a tag nor a pull request, so it has no cache of its own.`,
      );
    case 'queue':
      return refuse(
        'ephemeral-ref',
        'A merge-queue ref is deleted after the merge: nobody would read its cache.',
      );
    case 'bot':
      if (pullRequest !== undefined) return undefined;
      return refuse(
        'bot-branch',
        `Branch ${ref.name} is a bot's: it is built once, then merged or superseded.`,
      );
    case 'tag':
      if (inputs.tagExport && facts.eventName === 'push') {
        return {
          code: 'tag-opt-in',
          reason: 'The input tag-export is true: the tag keeps its own cache.',
          ref: { kind: 'tag', name: ref.name },
        };
      }
      return refuse('tag-ref', `No other run can read the cache of tag ${ref.name}.`);
    case 'branch':
    case 'pr':
      return undefined;
    default:
      return ref satisfies never;
  }
}

function decideByPullRequest({ pullRequest }: Run, inputs: PolicyInputs): ExportDecision | undefined {
  if (pullRequest === undefined) return undefined;
  if (pullRequest.isMerged)
    return refuse('pr-merged', 'The pull request is merged: the push to its base branch exports.');
  if (pullRequest.isClosed)
    return refuse('pr-closed', 'The pull request is closed: nobody would read its cache.');
  if (inputs.prExport === 'never') return refuse('pr-export-never', 'The input pr-export is "never".');
  if (inputs.prExport === 'auto' && pullRequest.isByBot) {
    return refuse(
      'pr-bot',
      'The pull request is by a bot: it is built once or twice, then merged (pr-export: always exports it).',
    );
  }
  if (pullRequest.number === undefined) {
    return refuse('no-ref', 'Neither the ref nor the event payload tells the number of the pull request.');
  }
  return {
    code: 'pr-own-scope',
    reason: `Pull request ${pullRequest.number} exports to its own cache scope, which only its own runs can read.`,
    ref: { kind: 'pr', name: pullRequest.number },
  };
}

function decideByTrust(run: Run, inputs: PolicyInputs): ExportDecision | undefined {
  const { eventName } = run.facts;
  const target = findWritableBranch(run);
  if (inputs.allowUntrustedExport && target !== undefined) {
    return {
      code: 'override',
      reason: `The input allow-untrusted-export is true: "${eventName}" exports to the cache of branch ${target.name}.`,
      ref: target,
    };
  }
  if (run.isTrusted) return undefined;
  if (isFruitlessEvent(eventName)) {
    return refuse('no-benefit', `"${eventName}" builds nothing that a push has not built.`);
  }
  if (eventName === 'workflow_run') {
    return refuse(
      'low-trust',
      'The workflow that this workflow_run follows did not run trusted code of the default branch of this repository.',
    );
  }
  return refuse(
    'low-trust',
    `People without write access can cause "${eventName}", so it may not write what trusted runs read.`,
  );
}

function decideByCommit(run: Run, inputs: PolicyInputs): ExportDecision {
  const { contextHead, contextOnRef, contextUnknown, isTip, sha } = run.facts;
  const isElsewhere = contextHead !== undefined && contextHead.toLowerCase() !== sha.toLowerCase();
  if (isElsewhere && contextOnRef !== true && !inputs.trustedContext) {
    return refuse(
      'foreign-context',
      `The build context is at ${contextHead}, not at GITHUB_SHA, and git does not prove that this is part of the run's ref (trusted-context: true vouches for it).`,
    );
  }
  const isUnknown = contextUnknown !== undefined && contextHead === undefined;
  if (isUnknown && contextOnRef !== true && !inputs.trustedContext) {
    return refuse(
      'context-unknown',
      `Which commit the build context is at cannot be found out: ${contextUnknown} (trusted-context: true vouches for it).`,
    );
  }
  if (isTip === false) {
    return refuse(
      'stale-rerun',
      `Commit ${sha} is no longer the tip of its ref: an old run must not replace a newer cache.`,
    );
  }
  const target = findWritableBranch(run);
  if (target === undefined)
    return refuse('no-ref', 'The ref whose caches this run can write is not a lasting branch.');
  return {
    code: 'own-branch',
    reason: `A trusted run exports to the cache of its own branch ${target.name}.`,
    ref: target,
  };
}

/** The branch that the service would write to: it need not be GITHUB_REF's. */
function findWritableBranch({ rights, facts }: Run): RefName | undefined {
  const ref = findWritableRef(rights, facts.ref);
  return ref?.kind === 'branch' ? { kind: 'branch', name: ref.name } : undefined;
}

function refuse(code: ExportCode, reason: string): ExportDecision {
  return { code, reason, ref: undefined };
}
