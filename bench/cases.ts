import type { ProjectName } from '../scripts/projects.ts';
import type { DatasetName } from './datasets.ts';
import type { Subject, Variant } from './results.ts';

export interface BenchCase {
  readonly name: string;
  readonly title: string;
  readonly dataset: DatasetName;
  readonly layers: number;
  /** What is compared. */
  readonly subjects: readonly Subject[];
  /** Besides `measured`. */
  readonly variants: readonly Variant[];
  /** The service holds the export of that dataset before the run. */
  readonly seed: DatasetName | undefined;
  /** The seed was exported by a job that has a tar as its output; else by one that has none. */
  readonly seedToTar: boolean;
  readonly toTar: boolean;
  readonly isReadOnly: boolean;
  readonly isTimeline: boolean;
  /** Bounds what takes minutes each. */
  readonly nativeRuns: number | undefined;
  /** A project of examples/, whose steps load packages from the network: only run where it is named. */
  readonly isProject: boolean;
}

/** What a case says of itself; the rest has defaults. */
type CaseRow = Pick<BenchCase, 'name' | 'title' | 'dataset' | 'variants'> & Partial<BenchCase>;

/** BuildKit's own client, and Hotlayer with its input `compression`. */
const compressions = ['native', 'gzip', 'zstd'] as const;

/** In the order in which they run. */
const cases: readonly CaseRow[] = [
  {
    name: 'start',
    title: 'one small layer, cold: what a step costs',
    dataset: 'small',
    layers: 1,
    variants: ['no-latency'],
  },
  {
    name: 'small-cold',
    title: 'N small layers, cold',
    dataset: 'small',
    variants: ['no-export'],
    isTimeline: true,
  },
  {
    name: 'small-unchanged',
    title: 'N small layers, nothing changed',
    dataset: 'small',
    seed: 'small',
    variants: ['no-export', 'no-latency'],
  },
  {
    name: 'small-warm-import',
    title: 'N small layers, warm import into a tar',
    dataset: 'small',
    seed: 'small',
    toTar: true,
    isReadOnly: true,
    variants: ['no-latency'],
  },
  {
    name: 'one-changed',
    title: 'N small layers, one in the middle changed',
    dataset: 'small-changed',
    seed: 'small',
    variants: ['no-export'],
  },
  {
    name: 'layer-300mb-cold',
    title: 'one layer of 300 MB, cold',
    dataset: 'layer-300mb',
    variants: ['no-export', 'compress'],
  },
  {
    name: 'layer-300mb-unchanged',
    title: 'one layer of 300 MB, nothing changed',
    dataset: 'layer-300mb',
    seed: 'layer-300mb',
    variants: [],
  },
  {
    name: 'layer-300mb-warm',
    title: 'one layer of 300 MB, warm import into a tar',
    dataset: 'layer-300mb',
    seed: 'layer-300mb',
    toTar: true,
    isReadOnly: true,
    variants: [],
  },
  {
    name: 'four-layers-340mb-cold',
    title: '340 MB in four layers, cold',
    dataset: 'four-layers-340mb',
    variants: ['no-export', 'compress'],
  },
  {
    name: 'four-layers-340mb-warm',
    title: '340 MB in four layers, warm import into a tar',
    dataset: 'four-layers-340mb',
    seed: 'four-layers-340mb',
    toTar: true,
    isReadOnly: true,
    variants: [],
  },
  {
    name: 'multi-stage',
    title: 'multi-stage, mode=max, only the last stage needed, into a tar',
    dataset: 'multi-stage',
    seed: 'multi-stage',
    toTar: true,
    variants: [],
  },
  {
    name: 'small-300-cold',
    title: 'N small layers, cold',
    dataset: 'many',
    layers: 300,
    variants: [],
    nativeRuns: 1,
  },
  {
    name: 'small-300-unchanged',
    title: 'N small layers, nothing changed',
    dataset: 'many',
    layers: 300,
    seed: 'many',
    variants: [],
    nativeRuns: 1,
  },
  {
    name: 'real-cold',
    title: 'real files, cold',
    dataset: 'real',
    subjects: compressions,
    variants: ['no-export', 'no-latency'],
  },
  {
    name: 'real-unchanged',
    title: 'real files, nothing changed',
    dataset: 'real',
    seed: 'real',
    subjects: compressions,
    variants: [],
  },
  {
    name: 'real-changed',
    title: 'real files, one changed',
    dataset: 'real-changed',
    seed: 'real',
    subjects: compressions,
    variants: [],
  },
  {
    name: 'real-warm-import',
    title: 'real files, warm import into a tar',
    dataset: 'real',
    seed: 'real',
    toTar: true,
    isReadOnly: true,
    subjects: compressions,
    variants: [],
  },
  {
    name: 'real-warm-converted',
    title: 'the same, from the cache of a run without outputs',
    dataset: 'real',
    seed: 'real',
    seedToTar: false,
    toTar: true,
    isReadOnly: true,
    subjects: compressions,
    variants: [],
  },
  ...listProjectCases('website', 'a website'),
  ...listProjectCases('tools-image', 'a tools image'),
];

/** What its people see: the first build, then builds on new runners. */
function listProjectCases(project: ProjectName, title: string): readonly CaseRow[] {
  const common = { variants: [], seed: project, isProject: true } as const;
  return [
    {
      name: `${project}-cold`,
      title: `${title}, cold`,
      dataset: project,
      variants: ['no-export'],
      isProject: true,
    },
    { name: `${project}-unchanged`, title: `${title}, nothing changed`, dataset: project, ...common },
    {
      name: `${project}-source`,
      title: `${title}, one source file changed`,
      dataset: `${project}-source`,
      ...common,
    },
    { name: `${project}-lock`, title: `${title}, lock file changed`, dataset: `${project}-lock`, ...common },
  ];
}

export const caseNames = cases.map(({ name }) => name);

/** The named cases (without names all but the projects), with `layers` for those that do not fix their own. Throws for an unknown name. */
export function selectCases(names: readonly string[], layers: number): readonly BenchCase[] {
  const unknown = names.filter((name) => !caseNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`--case ${unknown.join(', ')} is unknown: use one of ${caseNames.join(', ')}.`);
  return cases
    .filter(({ name, isProject }) => (names.length === 0 ? isProject !== true : names.includes(name)))
    .map((one) => {
      const count = one.layers ?? layers;
      return {
        toTar: false,
        isReadOnly: false,
        isTimeline: false,
        subjects: ['native', 'hotlayer'],
        seed: undefined,
        seedToTar: one.toTar ?? false,
        nativeRuns: undefined,
        isProject: false,
        ...one,
        layers: count,
        title: one.title.replace('N ', `${count} `),
      };
    });
}

/** The same with so few layers that single calls can be told apart in a picture. */
export function toTimelineCase(benchCase: BenchCase): BenchCase {
  const layers = Math.min(benchCase.layers, 20);
  return { ...benchCase, layers, title: benchCase.title.replace(/^\d+/, String(layers)) };
}
