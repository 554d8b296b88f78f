import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { planRelease, readNotes } from '../../scripts/release-plan.ts';
import { root } from '../helpers/runner.ts';

const changelog = `# Changelog

## Unreleased

- of nobody yet

## 1.10.0 - 2026-12-01

### Added

- ten

### Fixed

- more of it

## [1.1.0] - 2026-11-30

- one

## 1.0.0

## 0.9.0-rc.1 - 2026-10-01

- candidate
`;

const plan = (tag: string, facts: Partial<Parameters<typeof planRelease>[0]> = {}) =>
  planRelease({ tag, packageVersion: tag.slice(1), changelog, tags: [tag], ...facts });

describe('the notes of a release', () => {
  it.each([
    ['1.10.0', '### Added\n\n- ten\n\n### Fixed\n\n- more of it'],
    ['1.1.0', '- one'],
    ['0.9.0-rc.1', '- candidate'],
  ])('%s has its own section and no other', (version, notes) => {
    expect(readNotes(changelog, version)).toBe(notes);
    expect(readNotes(changelog.replaceAll('\n', '\r\n'), version)).toBe(notes);
  });

  it.each(['1.1', '1.1.0-rc.1', '2.0.0', '1X1.0', 'Unreleased?'])('%s has none', (version) => {
    expect(() => readNotes(changelog, version)).toThrow(`CHANGELOG.md has no section "## ${version}"`);
  });

  it('are not empty', () => {
    expect(() => readNotes(changelog, '1.0.0')).toThrow('The section 1.0.0 of CHANGELOG.md says nothing.');
  });

  it('can be read from our own changelog, once it has a version', () => {
    const text = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').replace(
      '## Unreleased',
      '## 1.0.0 - 2026-12-24',
    );
    expect(readNotes(text, '1.0.0')).toMatch(/^### Added\n\n- /);
  });
});

describe('the tag of a release', () => {
  it.each([
    '1.1.0',
    'v1.1',
    'v1.1.0.0',
    'v01.1.0',
    'v1.1.0+x',
    'v1.1.0-',
    'v1.1.0-a..b',
    'release-v1.1.0',
    'v1.1.0\n',
    '',
  ])('%j is none', (tag) => {
    expect(() => plan(tag, { packageVersion: '1.1.0' })).toThrow('is not a tag of a release');
  });

  it('is the version of package.json', () => {
    expect(() => plan('v1.1.0', { packageVersion: '1.0.0' })).toThrow(
      'v1.1.0 is tagged, and package.json has version 1.0.0',
    );
  });

  it.each([
    ['v1.10.0', ['v1', 'v1.1.0', 'v1.10.0', 'v1.9.9', 'x'], 'v1'],
    ['v1.1.0', ['v1.1.0', 'v1.10.0'], undefined],
    ['v1.1.0', ['v1.1.0', 'v1.2.0-rc.1', 'v2.0.0'], 'v1'],
    ['v0.9.0-rc.1', ['v0.9.0-rc.1'], undefined],
  ])('%s beside %j moves %s', (tag, tags, major) => {
    expect(plan(tag, { tags })).toMatchObject({ major, isPrerelease: tag.includes('-') });
  });

  it('of v0 moves nothing', () => {
    const text = changelog.replace('0.9.0-rc.1', '0.9.0');
    expect(plan('v0.9.0', { changelog: text }).major).toBeUndefined();
  });
});
