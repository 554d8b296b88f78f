import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const smallBytes = 16 * 1024;
const megabyte = 1_000_000;

/**
 * What is built. A file is `{name, seed, sizeBytes}`; the same seed gives the same bytes, which gzip cannot make smaller. A tree is
 * `{name, from}`: a directory of copies of these files and directories, or a text. Steps only copy: no base image, no
 * network, and no time spent in programs that are not under test.
 */
const datasets = {
  small: (layers) => toChain(smallFiles(layers)),
  /** In stages, as many layers are: in one chain BuildKit itself spends minutes on mounting hundreds of layers over each other. */
  many: (layers) => toStages(smallFiles(layers), 30),
  'small-changed': (layers) =>
    toChain(
      smallFiles(layers).map((file, index) =>
        index === Math.floor(layers / 2) ? { ...file, seed: `${file.seed} changed` } : file,
      ),
    ),
  'layer-300mb': () =>
    toChain([
      ...smallFiles(2),
      { name: 'large', seed: 'large', sizeBytes: 300 * megabyte },
      { name: 'last', seed: 'last', sizeBytes: smallBytes },
    ]),
  'four-layers-340mb': () =>
    toChain(
      ['a', 'b', 'c', 'd'].map((name) => ({ name, seed: `quarter ${name}`, sizeBytes: 85 * megabyte })),
    ),
  'multi-stage': () => {
    const tools = smallFiles(20);
    const large = { name: 'toolchain', seed: 'toolchain', sizeBytes: 100 * megabyte };
    const results = Array.from({ length: 10 }, (_, index) => ({
      name: `result-${index}`,
      seed: `result ${index}`,
      sizeBytes: smallBytes,
    }));
    const lines = [
      'FROM scratch AS builder',
      ...[large, ...tools].map(toCopy),
      'FROM scratch',
      'COPY --from=builder /f000 /from-builder',
      ...results.map(toCopy),
    ];
    return { files: [large, ...tools, ...results], dockerfile: `${lines.join('\n')}\n` };
  },
  real: () => toRealFiles('one'),
  'real-changed': () => toRealFiles('two'),
};

/** What every machine with Node has: programs, libraries and sources, as they come. */
function toRealFiles(revision) {
  const modules = path.join(import.meta.dirname, '..', 'node_modules');
  const tools = ['@biomejs', '@vercel'];
  const app = 'typescript';
  const others = readdirSync(modules).filter(
    (name) => !(name.startsWith('.') || name.startsWith('node-') || [...tools, app].includes(name)),
  );
  const toPaths = (names) => names.map((name) => path.join(modules, name));
  const trees = [
    { name: 'runtime', from: [process.execPath] },
    { name: 'tools', from: toPaths(tools) },
    { name: 'modules', from: toPaths(others) },
    { name: 'app', from: toPaths([app]), texts: { revision } },
  ];
  return { files: [], trees, dockerfile: `${['FROM scratch', ...trees.map(toCopy)].join('\n')}\n` };
}

/** BuildKit's own client, and Hotlayer with its input `compression`. */
const compressions = ['native', 'gzip', 'zstd'];

/**
 * The cases in the order in which they run. `subjects`: what is compared, when it is not BuildKit and Hotlayer as it is by default. `seed`: the service holds the export of that dataset
 * before the run, by the same job or, with `seedToTar`, one that has a tar as its output or has none. `variants` are the
 * same build measured in another way: `no-export`, `no-latency` (against a service without any), `compress` (cache to a
 * local directory in place of the service: gzip and no network). `nativeRuns` bounds what takes minutes each.
 */
const cases = [
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
];

export const caseNames = cases.map(({ name }) => name);

/** The named cases (all without names), with `layers` for those that do not fix their own. Throws for an unknown name. */
export function selectCases(names, layers) {
  const unknown = names.filter((name) => !caseNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`--case ${unknown.join(', ')} is unknown: use one of ${caseNames.join(', ')}.`);
  return cases
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((one) => {
      const count = one.layers ?? layers;
      return {
        toTar: false,
        isReadOnly: false,
        isTimeline: false,
        subjects: ['native', 'hotlayer'],
        seedToTar: one.toTar ?? false,
        ...one,
        layers: count,
        title: one.title.replace('N ', `${count} `),
      };
    });
}

/** The same with so few layers that single calls can be told apart in a picture. */
export function toTimelineCase(benchCase) {
  const layers = Math.min(benchCase.layers, 20);
  return { ...benchCase, layers, title: benchCase.title.replace(/^\d+/, String(layers)) };
}

/** Files and Dockerfile of a dataset. */
export function toDataset(name, layers) {
  return datasets[name](layers);
}

function smallFiles(count) {
  return Array.from({ length: count }, (_, index) => {
    const name = `f${String(index).padStart(3, '0')}`;
    return { name, seed: `small ${index}`, sizeBytes: smallBytes };
  });
}

function toChain(files) {
  return { files, dockerfile: `${['FROM scratch', ...files.map(toCopy)].join('\n')}\n` };
}

/** Stages of at most so many layers; the last one takes a file of each other, so that all of them are needed. */
function toStages(files, size) {
  const stages = Array.from({ length: Math.ceil(files.length / (size + 1)) }, () => []);
  const taken = files.length - stages.length;
  for (const [index, file] of files.slice(0, taken).entries()) stages[index % stages.length].push(file);
  const lines = stages.flatMap((stage, index) => [`FROM scratch AS stage-${index}`, ...stage.map(toCopy)]);
  const last = stages.flatMap(([first], index) =>
    first === undefined ? [] : [`COPY --from=stage-${index} /${first.name} /stage-${index}`],
  );
  return { files: files.slice(0, taken), dockerfile: `${[...lines, 'FROM scratch', ...last].join('\n')}\n` };
}

function toCopy({ name }) {
  return `COPY ${name} /${name}`;
}
