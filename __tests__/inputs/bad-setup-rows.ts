import type { BadRow } from './bad-rows.ts';

/** Of inputs that only the action setup has. */
export const badSetupRows: readonly BadRow[] = [
  [
    { scopes: 'web\na\u0007b' },
    'input "scopes": "a\\u0007b" has control characters; allowed is a name of one line, or leave the input out',
  ],
  [{ keep: 'yes' }, 'input "keep": unknown value "yes"; allowed are false, true, shared'],
  ...['twenty', '-1GB', '0', '0GB', 'many', '1XB', '1e9', '9999999TB', '20 GB free'].map(
    (text): BadRow => [
      { 'gc-keep': text },
      `input "gc-keep": ${JSON.stringify(text)} is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB`,
    ],
  ),
  [
    { keep: 'true', endpoint: 'unix:///run/x.sock' },
    'input "keep": "endpoint" names a daemon of somebody else, which this job neither starts nor stops; allowed is one of the two',
  ],
  [
    { 'gc-keep': '1GB', endpoint: 'unix:///run/x.sock' },
    'input "gc-keep": "endpoint" names a daemon of somebody else, whose limits are its own; allowed is one of the two',
  ],
];
