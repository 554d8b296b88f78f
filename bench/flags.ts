import { parseArgs } from 'node:util';
import { caseNames } from './cases.ts';
import { isProfileName, type ProfileName, profileNames } from './profiles.ts';

export const usage = `npm run bench -- [flags]: BuildKit's own gha client and Hotlayer, side by side

  --profile NAME   network of the cache service: ${profileNames.join(', ')} (default github)
  --case NAME      only this case; repeatable: ${caseNames.join(', ')}
  --layers N       layers of the small-* and one-changed cases (default 60)
  --runs N         measured runs of each side (default 3)
  --json FILE      write the results there, after every case
  --timeline       record the two runs of the timeline also where --case is given
  --render FILE    measure nothing: make bench/RESULTS.md, the pictures and the README's table of JSON files (comma separated)
  --help           this text
`;

export interface Flags {
  readonly profile: ProfileName;
  readonly cases: readonly string[];
  readonly layers: number;
  readonly runs: number;
  readonly json: string | undefined;
  readonly render: string | undefined;
  readonly hasTimeline: boolean;
  readonly help: boolean;
}

/** Throws an Error with one sentence for what cannot be used. */
export function parseFlags(argv: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      profile: { type: 'string', default: 'github' },
      case: { type: 'string', multiple: true, default: [] },
      layers: { type: 'string', default: '60' },
      runs: { type: 'string', default: '3' },
      json: { type: 'string' },
      render: { type: 'string' },
      timeline: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (!isProfileName(values.profile))
    throw new Error(`--profile ${values.profile} is unknown: use one of ${profileNames.join(', ')}.`);
  return {
    profile: values.profile,
    cases: values.case.flatMap((names) => names.split(',')),
    layers: readCount('layers', values.layers),
    runs: readCount('runs', values.runs),
    json: values.json,
    render: values.render,
    hasTimeline: values.timeline || values.case.length === 0,
    help: values.help,
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1) throw new Error(`--${name} ${text} is not a number from 1 on.`);
  return count;
}
