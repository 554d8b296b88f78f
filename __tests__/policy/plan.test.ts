import { describe, expect, it } from '@jest/globals';
import type { PolicyInputs, RefName } from '../../src/policy/types.ts';
import {
  decideByToken,
  defaultPolicyInputs,
  grant,
  otherSha,
  repository,
  sha,
  type TokenRun,
  toFacts,
  toPrFacts,
} from '../helpers/run-facts.ts';

/** Description, facts, inputs, imports, export, code. Refs are written `branch:main`. */
type Row = readonly [
  description: string,
  facts: TokenRun,
  inputs: Partial<PolicyInputs>,
  imports: string,
  exported: string | null,
  code: string,
];

const nameScope = ({ kind, name }: RefName) => `${kind}:${name}`;
const queue = (base: string) => `refs/heads/gh-readonly-queue/${base}/pr-12-${sha}`;
const main = 'refs/heads/main';
const emulator = grant(':2');
const workflowRun = (changes: object) => ({
  repository,
  workflow_run: { event: 'push', head_branch: 'main', head_repository: { id: 1 }, ...changes },
});

const tokens: readonly Row[] = [
  ['no token: no cache at all', toFacts({ access: { kind: 'none' } }), {}, '', null, 'no-token'],
  [
    'no token goes before the mode',
    toFacts({ access: { kind: 'none' }, cacheMode: 'read' }),
    {},
    '',
    null,
    'no-token',
  ],
  [
    'an ac without entries grants nothing and is no emulator',
    toFacts({ access: grant() }),
    {},
    '',
    null,
    'token-read-only',
  ],
  [
    'a token that can only write is of no use to BuildKit',
    toFacts({ access: grant(`${main}:2`) }),
    {},
    '',
    null,
    'token-read-only',
  ],
  [
    'a permission of 0 grants nothing',
    toFacts({ access: grant(`${main}:0`) }),
    {},
    '',
    null,
    'token-read-only',
  ],
  [
    'readable scopes that are not in the chain import nothing',
    toFacts({ ref: 'refs/heads/a', access: grant('refs/heads/z:1') }),
    {},
    '',
    null,
    'token-read-only',
  ],
  [
    'own ref writable but not readable: imported is only the default',
    toFacts({ ref: 'refs/heads/a', access: grant('refs/heads/a:2', `${main}:1`) }),
    {},
    'branch:main',
    'branch:a',
    'own-branch',
  ],
  [
    'higher permission bits change nothing',
    toFacts({ access: grant(`${main}:7`) }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'an emulator reads and writes whatever its bits say',
    toFacts({ access: grant(':1') }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'an emulator obeys the cache mode',
    toFacts({ access: emulator, cacheMode: 'read' }),
    {},
    'branch:main',
    null,
    'mode-read',
  ],
  [
    'an emulator keeps pull requests apart by name',
    toPrFacts({}, { access: emulator }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'a mixed ac is no emulator: the empty Scope is no branch to export to',
    toFacts({ access: grant(`${main}:1`, ':3') }),
    {},
    'branch:main',
    null,
    'no-ref',
  ],
  [
    'an opaque token imports by name and exports nothing',
    toPrFacts({ base: { ref: 'dev' } }, { access: { kind: 'opaque', reason: 'x' } }),
    {},
    'pr:12 branch:dev branch:main',
    null,
    'token-opaque',
  ],
  [
    'the mode goes before the opaque token',
    toFacts({ access: { kind: 'opaque', reason: 'x' }, cacheMode: 'none' }),
    {},
    '',
    null,
    'mode-none',
  ],
];

const modes: readonly Row[] = [
  ['mode none: nothing', toFacts({ cacheMode: 'none' }), {}, '', null, 'mode-none'],
  [
    'mode write-only: nothing, whatever the token says',
    toFacts({ cacheMode: 'write-only' }),
    {},
    '',
    null,
    'mode-write-only',
  ],
  [
    'mode read wins over a writable token',
    toFacts({ cacheMode: 'read' }),
    {},
    'branch:main',
    null,
    'mode-read',
  ],
  ['a mode in capitals', toFacts({ cacheMode: ' Read ' }), {}, 'branch:main', null, 'mode-read'],
  ['an empty mode is no mode', toFacts({ cacheMode: '' }), {}, 'branch:main', 'branch:main', 'own-branch'],
  [
    'an unknown mode: the token decides',
    toFacts({ cacheMode: 'append' }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'the mode goes before the read-only input',
    toFacts({ cacheMode: 'read' }),
    { readOnly: true },
    'branch:main',
    null,
    'mode-read',
  ],
  [
    'the read-only token goes before the read-only input',
    toFacts({ access: grant(`${main}:1`) }),
    { readOnly: true },
    'branch:main',
    null,
    'token-read-only',
  ],
  [
    'the read-only input goes before what the ref says',
    toFacts({ ref: queue('main'), access: grant(`${queue('main')}:3`, `${main}:1`) }),
    { readOnly: true },
    'branch:main',
    null,
    'input-read-only',
  ],
];

const refs: readonly Row[] = [
  ['a bare GITHUB_REF is a branch', toFacts({ ref: 'main' }), {}, 'branch:main', 'branch:main', 'own-branch'],
  [
    'unqualified entries of ac are branches',
    toFacts({ access: grant('main:3') }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'a default branch called trunk',
    toFacts({
      ref: 'refs/heads/a',
      access: grant('refs/heads/a:3', 'refs/heads/trunk:1'),
      payload: { repository: { default_branch: 'trunk' } },
    }),
    {},
    'branch:a branch:trunk',
    'branch:a',
    'own-branch',
  ],
  [
    'no repository in the payload: the last other readable branch is the default',
    toFacts({ ref: 'refs/heads/a', access: grant('refs/heads/a:3', 'refs/heads/trunk:1'), payload: {} }),
    {},
    'branch:a branch:trunk',
    'branch:a',
    'own-branch',
  ],
  [
    'an empty repository in the payload',
    toFacts({
      ref: 'refs/heads/a',
      access: grant('refs/heads/a:3', 'refs/heads/trunk:1'),
      payload: { repository: {} },
    }),
    {},
    'branch:a branch:trunk',
    'branch:a',
    'own-branch',
  ],
  [
    'no repository and no other scope: the own branch alone',
    toFacts({ payload: {} }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'schedule has no repository: its ref is the default branch',
    toFacts({
      eventName: 'schedule',
      ref: 'refs/heads/trunk',
      access: emulator,
      payload: { schedule: '0 0 * * *' },
    }),
    {},
    'branch:trunk',
    'branch:trunk',
    'own-branch',
  ],
  [
    'schedule with other readable scopes: still its own ref',
    toFacts({
      eventName: 'schedule',
      ref: 'refs/heads/trunk',
      access: grant('refs/heads/trunk:3', 'refs/heads/z:1'),
      payload: {},
    }),
    {},
    'branch:trunk',
    'branch:trunk',
    'own-branch',
  ],
  [
    'a default branch that the token cannot read',
    toFacts({ ref: 'refs/heads/a', access: grant('refs/heads/a:3') }),
    {},
    'branch:a',
    'branch:a',
    'own-branch',
  ],
  ['an empty ref exports nothing', toFacts({ ref: '' }), {}, 'branch:main', null, 'no-ref'],
  [
    'an empty ref with override still exports nothing',
    toFacts({ ref: '', eventName: 'deployment' }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'no-ref',
  ],
  [
    'a ref of another kind exports nothing',
    toFacts({ ref: 'refs/notes/x' }),
    {},
    'branch:main',
    null,
    'no-ref',
  ],
  [
    'an all-zero after is a deletion',
    toFacts({
      ref: 'refs/heads/a',
      access: grant('refs/heads/a:3', `${main}:1`),
      payload: { repository, after: '0'.repeat(40) },
    }),
    {},
    'branch:main',
    null,
    'ref-deleted',
  ],
  [
    'a deleted bot branch is first of all deleted',
    toFacts({
      ref: 'refs/heads/renovate/x',
      access: grant('refs/heads/renovate/x:3', `${main}:1`),
      payload: { repository, deleted: true },
    }),
    {},
    'branch:main',
    null,
    'ref-deleted',
  ],
  [
    'a deleted tag, with tag-export',
    toFacts({
      ref: 'refs/tags/v1',
      access: grant('refs/heads/refs/tags/v1:3', `${main}:1`),
      payload: { repository, deleted: true },
    }),
    { tagExport: true },
    'branch:main',
    null,
    'ref-deleted',
  ],
  [
    'deletion goes before the override',
    toFacts({ payload: { repository, deleted: true } }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'ref-deleted',
  ],
  [
    'the payload of another event may say deleted',
    toFacts({ eventName: 'workflow_dispatch', payload: { repository, deleted: true } }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'a renovate branch',
    toFacts({ ref: 'refs/heads/renovate/x', access: grant('refs/heads/renovate/x:3', `${main}:1`) }),
    {},
    'branch:renovate/x branch:main',
    null,
    'bot-branch',
  ],
  [
    'a dispatch on a bot branch',
    toFacts({
      eventName: 'workflow_dispatch',
      ref: 'refs/heads/dependabot/x',
      access: grant('refs/heads/dependabot/x:3', `${main}:1`),
    }),
    {},
    'branch:dependabot/x branch:main',
    null,
    'bot-branch',
  ],
  [
    'a push on a queue ref takes its base from the name',
    toFacts({
      ref: queue('release/1.x'),
      access: grant(`${queue('release/1.x')}:3`, 'refs/heads/release/1.x:1', `${main}:1`),
    }),
    {},
    'branch:release/1.x branch:main',
    null,
    'ephemeral-ref',
  ],
  [
    'merge_group takes its base from the payload',
    toFacts({
      eventName: 'merge_group',
      ref: queue('x'),
      access: grant(`${queue('x')}:3`, 'refs/heads/dev:1', `${main}:1`),
      payload: { repository, merge_group: { base_ref: 'refs/heads/dev' } },
    }),
    {},
    'branch:dev branch:main',
    null,
    'ephemeral-ref',
  ],
  [
    'merge_group without a payload takes its base from the name',
    toFacts({
      eventName: 'merge_group',
      ref: queue('dev'),
      access: grant(`${queue('dev')}:3`, 'refs/heads/dev:1', `${main}:1`),
      payload: {},
    }),
    {},
    'branch:dev branch:main',
    null,
    'ephemeral-ref',
  ],
  [
    'a queue ref for the default branch names it once',
    toFacts({
      eventName: 'merge_group',
      ref: queue('main'),
      access: emulator,
      payload: { repository, merge_group: { base_ref: main } },
    }),
    {},
    'branch:main',
    null,
    'ephemeral-ref',
  ],
  [
    'a queue ref goes before the override',
    toFacts({ ref: queue('main'), access: emulator }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'ephemeral-ref',
  ],
];

const tagRef = { ref: 'refs/tags/v1', access: grant('refs/heads/refs/tags/v1:3', `${main}:1`) } as const;
const tags: readonly Row[] = [
  [
    'a pushed tag with tag-export has its own cache',
    toFacts(tagRef),
    { tagExport: true },
    'tag:v1 branch:main',
    'tag:v1',
    'tag-opt-in',
  ],
  [
    'GITHUB_REF spelled as the token spells a tag',
    toFacts({ ...tagRef, ref: 'refs/heads/refs/tags/v1' }),
    { tagExport: true },
    'tag:v1 branch:main',
    'tag:v1',
    'tag-opt-in',
  ],
  [
    'a tag without tag-export does not look for a cache of its own',
    toFacts(tagRef),
    {},
    'branch:main',
    null,
    'tag-ref',
  ],
  [
    'a dispatch on a tag reads the cache of the tag, but leaves it alone',
    toFacts({ ...tagRef, eventName: 'workflow_dispatch' }),
    { tagExport: true },
    'tag:v1 branch:main',
    null,
    'tag-ref',
  ],
  [
    'a release on a tag with tag-export',
    toFacts({ ...tagRef, eventName: 'release' }),
    { tagExport: true },
    'tag:v1 branch:main',
    null,
    'tag-ref',
  ],
  [
    'a tag is not exported by override',
    toFacts(tagRef),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'tag-ref',
  ],
  [
    'release-import: false on a tag with tag-export: exports what it built clean',
    toFacts(tagRef),
    { tagExport: true, releaseImport: false },
    '',
    'tag:v1',
    'tag-opt-in',
  ],
  [
    'release-import: false holds for the release event without a tag',
    toFacts({ eventName: 'release' }),
    { releaseImport: false },
    '',
    null,
    'low-trust',
  ],
  [
    'release-import: false holds for a created tag',
    toFacts({ ...tagRef, eventName: 'create' }),
    { releaseImport: false },
    '',
    null,
    'tag-ref',
  ],
  [
    'release-import: false changes nothing on a branch',
    toFacts(),
    { releaseImport: false },
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'a tag of a foreign context is the tag of nobody else',
    toFacts({ ...tagRef, contextHead: otherSha }),
    { tagExport: true },
    'tag:v1 branch:main',
    'tag:v1',
    'tag-opt-in',
  ],
];

const pullRequests: readonly Row[] = [
  ['base is the default branch: named once', toPrFacts(), {}, 'pr:12 branch:main', 'pr:12', 'pr-own-scope'],
  [
    'by a bot: imports only',
    toPrFacts({ user: { login: 'dependabot[bot]', type: 'Bot' } }),
    {},
    'pr:12 branch:main',
    null,
    'pr-bot',
  ],
  [
    'by a bot that is known by its login',
    toPrFacts({ user: { login: 'renovate[bot]' } }),
    {},
    'pr:12 branch:main',
    null,
    'pr-bot',
  ],
  [
    'a head branch of a bot, but a human author',
    toPrFacts({ head: { ref: 'dependabot/npm/x' } }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    're-run by a bot, but a human author: the sender does not count',
    toPrFacts({}, { payload: { ...toPrFacts().payload, sender: { login: 'x[bot]', type: 'Bot' } } }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  ['pr-export never', toPrFacts(), { prExport: 'never' }, 'pr:12 branch:main', null, 'pr-export-never'],
  [
    'pr-export never goes before the bot',
    toPrFacts({ user: { type: 'Bot' } }),
    { prExport: 'never' },
    'pr:12 branch:main',
    null,
    'pr-export-never',
  ],
  [
    'pr-export always does not revive a closed one',
    toPrFacts({ state: 'closed' }),
    { prExport: 'always' },
    'pr:12 branch:main',
    null,
    'pr-closed',
  ],
  [
    'closed by the action alone',
    toPrFacts({ state: undefined }, { payload: { ...toPrFacts().payload, action: 'closed' } }),
    {},
    'pr:12 branch:main',
    null,
    'pr-closed',
  ],
  [
    'reopened',
    toPrFacts({}, { payload: { ...toPrFacts().payload, action: 'reopened' } }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'a review of a merged one: its payload has merged_at, but not merged',
    toPrFacts(
      { state: 'closed', merged: undefined, merged_at: '2026-01-01T00:00:00Z' },
      { eventName: 'pull_request_review' },
    ),
    {},
    'pr:12 branch:main',
    null,
    'pr-merged',
  ],
  [
    'merged, GITHUB_REF bare, base not the default',
    toPrFacts(
      { state: 'closed', merged: true, base: { ref: 'release/1.x' } },
      { ref: 'release/1.x', access: grant('refs/heads/release/1.x:3', `${main}:1`) },
    ),
    {},
    'branch:release/1.x branch:main',
    null,
    'pr-merged',
  ],
  [
    'merging is not overridden',
    toPrFacts({ state: 'closed', merged: true }, { ref: main, access: grant(`${main}:3`) }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'pr-merged',
  ],
  [
    'a re-run after the merge has the old payload, but only the default branch in ac',
    toPrFacts({}, { access: grant(`${main}:1`) }),
    {},
    'branch:main',
    null,
    'token-read-only',
  ],
  [
    'the override does not turn a pull request into a branch',
    toPrFacts(),
    { allowUntrustedExport: true },
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'no repository in the payload: that of the base tells the default',
    toPrFacts(
      { base: { ref: 'dev', repo: repository } },
      { access: emulator, payload: { pull_request: { number: 12, base: { ref: 'dev', repo: repository } } } },
    ),
    {},
    'pr:12 branch:dev branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'the number is that of the ref',
    toPrFacts({ number: 99 }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'a branch as the ref (act): the number is that of the payload',
    toPrFacts({}, { ref: 'refs/heads/feature/a', access: emulator }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'no number anywhere',
    toPrFacts({}, { ref: 'refs/heads/feature/a', access: emulator, payload: { repository } }),
    {},
    'branch:main',
    null,
    'no-ref',
  ],
  [
    'a pull request from a bot branch that is the base of another',
    toPrFacts(
      { base: { ref: 'renovate/x' } },
      { access: grant('refs/pull/12/merge:3', 'refs/heads/renovate/x:1', `${main}:1`) },
    ),
    {},
    'pr:12 branch:renovate/x branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'a foreign context is the business of the pull request alone',
    toPrFacts({}, { contextHead: otherSha, contextOnRef: false, isTip: false }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
];

const events: readonly Row[] = [
  [
    'pull_request_target on the head ref: by its name',
    toPrFacts(
      {},
      {
        eventName: 'pull_request_target',
        ref: 'refs/heads/feature/a',
        access: grant('refs/heads/feature/a:3', `${main}:1`),
      },
    ),
    {},
    'branch:feature/a branch:main',
    null,
    'low-trust',
  ],
  [
    'pull_request_target with trusted-context is still refused',
    toPrFacts({}, { eventName: 'pull_request_target', ref: main, access: grant(`${main}:3`) }),
    { trustedContext: true },
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'override on a low-trust event',
    toFacts({ eventName: 'issue_comment' }),
    { allowUntrustedExport: true },
    'branch:main',
    'branch:main',
    'override',
  ],
  [
    'override, writable ref is a tag: there is no branch to export to',
    toFacts({ eventName: 'issue_comment', access: grant('refs/heads/refs/tags/v1:3', `${main}:1`) }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'override, writable ref is a pull request',
    toFacts({ eventName: 'pull_request_target', access: grant('refs/pull/5/merge:3', `${main}:1`) }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'override does not give what the token lacks',
    toFacts({ eventName: 'issue_comment', access: grant(`${main}:1`) }),
    { allowUntrustedExport: true },
    'branch:main',
    null,
    'token-read-only',
  ],
  [
    'override covers a foreign context',
    toFacts({ contextHead: otherSha, contextOnRef: false }),
    { allowUntrustedExport: true },
    'branch:main',
    'branch:main',
    'override',
  ],
  [
    'override on an event without benefit',
    toFacts({ eventName: 'delete' }),
    { allowUntrustedExport: true },
    'branch:main',
    'branch:main',
    'override',
  ],
  [
    'registry_package may write, but has nothing to',
    toFacts({ eventName: 'registry_package' }),
    {},
    'branch:main',
    null,
    'no-benefit',
  ],
  [
    'an event that nobody knows',
    toFacts({ eventName: 'something_new' }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  ['no event name', toFacts({ eventName: '' }), {}, 'branch:main', null, 'low-trust'],
  [
    'an event in capitals is another event',
    toFacts({ eventName: 'PUSH' }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'repository_dispatch',
    toFacts({ eventName: 'repository_dispatch' }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'workflow_run after a push to the default branch',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({}) }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'workflow_run after a schedule',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ event: 'schedule' }) }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'workflow_run after a push to a branch of a fork that is called main',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ head_repository: { id: 2 } }) }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run after pull_request_target on main',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ event: 'pull_request_target' }) }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run after a workflow_run',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ event: 'workflow_run' }) }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run after a push to another branch',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ head_branch: 'feature/a' }) }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run whose payload names no repositories',
    toFacts({
      eventName: 'workflow_run',
      payload: { workflow_run: { event: 'push', head_branch: 'main', head_repository: {} } },
    }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run without a payload',
    toFacts({ eventName: 'workflow_run', payload: {} }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
  [
    'workflow_run of a deleted fork',
    toFacts({ eventName: 'workflow_run', payload: workflowRun({ head_repository: null }) }),
    {},
    'branch:main',
    null,
    'low-trust',
  ],
];

const commits: readonly Row[] = [
  ['an old re-run', toFacts({ isTip: false }), {}, 'branch:main', null, 'stale-rerun'],
  ['still the tip', toFacts({ isTip: true }), {}, 'branch:main', 'branch:main', 'own-branch'],
  [
    'trusted-context does not make an old run new',
    toFacts({ isTip: false }),
    { trustedContext: true },
    'branch:main',
    null,
    'stale-rerun',
  ],
  [
    'context elsewhere, nothing proven',
    toFacts({ contextHead: otherSha }),
    {},
    'branch:main',
    null,
    'foreign-context',
  ],
  [
    'a foreign context goes before the old run',
    toFacts({ contextHead: otherSha, isTip: false }),
    {},
    'branch:main',
    null,
    'foreign-context',
  ],
  [
    'context on the ref, but the run is old',
    toFacts({ contextHead: otherSha, contextOnRef: true, isTip: false }),
    {},
    'branch:main',
    null,
    'stale-rerun',
  ],
  [
    'context at GITHUB_SHA, written in capitals',
    toFacts({ sha: 'a'.repeat(40), contextHead: 'A'.repeat(40), contextOnRef: false }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'context a checkout of which git cannot say the commit',
    toFacts({ contextUnknown: 'git is not installed' }),
    {},
    'branch:main',
    null,
    'context-unknown',
  ],
  [
    'an unknown context goes before the old run',
    toFacts({ contextUnknown: 'git is not installed', isTip: false }),
    {},
    'branch:main',
    null,
    'context-unknown',
  ],
  [
    'an unknown context that is certainly not on the ref',
    toFacts({ contextUnknown: 'git is not installed', contextOnRef: false }),
    {},
    'branch:main',
    null,
    'context-unknown',
  ],
  [
    'trusted-context vouches for an unknown context',
    toFacts({ contextUnknown: 'git is not installed', isTip: true }),
    { trustedContext: true },
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'trusted-context and an unknown context do not make an old run new',
    toFacts({ contextUnknown: 'git is not installed', isTip: false }),
    { trustedContext: true },
    'branch:main',
    null,
    'stale-rerun',
  ],
  [
    'a context whose commit is given is not unknown',
    toFacts({ contextUnknown: 'git is not installed', contextHead: sha }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'a context that is given as on the ref is not unknown',
    toFacts({ contextUnknown: 'git is not installed', contextOnRef: true }),
    {},
    'branch:main',
    'branch:main',
    'own-branch',
  ],
  [
    'an unknown context does not change a pull request',
    toPrFacts({}, { contextUnknown: 'git is not installed' }),
    {},
    'pr:12 branch:main',
    'pr:12',
    'pr-own-scope',
  ],
  [
    'context known, GITHUB_SHA not',
    toFacts({ sha: '', contextHead: sha }),
    {},
    'branch:main',
    null,
    'foreign-context',
  ],
  [
    'exported is to the branch that the token can write',
    toFacts({ eventName: 'workflow_dispatch', access: grant('refs/heads/release:3', `${main}:1`) }),
    {},
    'branch:main',
    'branch:release',
    'own-branch',
  ],
  [
    'two writable branches: the own one',
    toFacts({ ref: 'refs/heads/a', access: grant('refs/heads/a:3', `${main}:3`) }),
    {},
    'branch:a branch:main',
    'branch:a',
    'own-branch',
  ],
  [
    'two writable branches, neither the own: the last, as BuildKit takes it',
    toFacts({ access: grant('refs/heads/a:3', 'refs/heads/b:3') }),
    {},
    '',
    'branch:b',
    'own-branch',
  ],
  [
    'a writable ref that is a queue ref',
    toFacts({ access: grant(`${queue('main')}:3`, `${main}:1`) }),
    {},
    'branch:main',
    null,
    'no-ref',
  ],
  [
    'a pull request ref outside pull request events',
    toFacts({ eventName: 'workflow_dispatch', ref: 'refs/pull/3/merge', access: emulator }),
    {},
    'pr:3 branch:main',
    null,
    'no-ref',
  ],
];

describe.each([
  ['token', tokens],
  ['cache mode and read-only', modes],
  ['ref', refs],
  ['tag and release', tags],
  ['pull request', pullRequests],
  ['event', events],
  ['commit', commits],
])('decidePlan by %s', (_title, rows) => {
  it.each(rows)('%s', (_description, facts, inputs, imports, exported, code) => {
    const { plan } = decideByToken(facts, { ...defaultPolicyInputs, ...inputs }, nameScope);
    expect({ imports: plan.imports.join(' '), export: plan.export, code: plan.code }).toEqual({
      imports,
      export: exported,
      code,
    });
    expect(plan.chain.map(({ cacheScope }) => cacheScope)).toEqual(plan.imports);
    expect(plan.chain.map(nameScope)).toEqual(plan.imports);
    expect(plan.exportRef === null ? null : nameScope(plan.exportRef)).toBe(plan.export);
    expect(plan.reason).toMatch(/^[A-Z"].*\.$/);
  });
});

describe('warnings of decidePlan', () => {
  const warningsOf = (facts: TokenRun, inputs: Partial<PolicyInputs> = {}) =>
    decideByToken(facts, { ...defaultPolicyInputs, ...inputs }, nameScope).warnings;

  it('has none for an ordinary run', () => {
    expect(warningsOf(toFacts())).toEqual([]);
  });

  it('warns of an override on an event that is not trusted, and names event and branch', () => {
    expect(warningsOf(toFacts({ eventName: 'issue_comment' }), { allowUntrustedExport: true })).toEqual([
      expect.stringMatching(/allow-untrusted-export.*"issue_comment".*branch main/),
    ]);
    const untrusted = toFacts({ eventName: 'workflow_run', payload: workflowRun({ event: 'pull_request' }) });
    expect(warningsOf(untrusted, { allowUntrustedExport: true })).toHaveLength(1);
  });

  it('does not warn of an override on a trusted event, nor where it changes nothing', () => {
    expect(warningsOf(toFacts(), { allowUntrustedExport: true })).toEqual([]);
    expect(warningsOf(toPrFacts(), { allowUntrustedExport: true })).toEqual([]);
  });

  it('warns once of a token that is missing or cannot be read', () => {
    expect(warningsOf(toFacts({ access: { kind: 'none' } }))).toEqual([
      expect.stringContaining('ACTIONS_RUNTIME_TOKEN'),
    ]);
    expect(warningsOf(toFacts({ access: { kind: 'opaque', reason: 'it is not a JWT' } }))).toEqual([
      expect.stringContaining('it is not a JWT'),
    ]);
  });

  it('warns once of a token that cannot write, but not of a mode or an input that says so', () => {
    const access = grant(`${main}:1`);
    expect(warningsOf(toFacts({ access }))).toEqual([expect.stringContaining('cannot write')]);
    expect(warningsOf(toFacts({ access, cacheMode: 'read' }))).toEqual([]);
    expect(warningsOf(toFacts(), { readOnly: true })).toEqual([]);
  });

  it('warns once, with the reason, where the commit of the context cannot be found out', () => {
    const facts = toFacts({ contextUnknown: 'git is not installed' });
    expect(warningsOf(facts)).toEqual([expect.stringContaining('git is not installed')]);
    expect(warningsOf(facts, { trustedContext: true })).toEqual([]);
    expect(warningsOf(facts, { readOnly: true })).toEqual([]);
  });

  it('warns of a cache mode that nobody knows', () => {
    expect(warningsOf(toFacts({ cacheMode: 'append' }))).toEqual([expect.stringContaining('"append"')]);
  });
});
