import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { ProjectChange, ProjectName } from '../scripts/projects.ts';

/** The same seed gives the same bytes, which gzip cannot make smaller. */
export interface SeededFile {
  readonly name: string;
  readonly seed: string;
  readonly sizeBytes: number;
}

/** A directory of copies of these files and directories, and of these texts. */
export interface CopiedTree {
  readonly name: string;
  readonly from: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

export interface Dataset {
  readonly files: readonly SeededFile[];
  readonly trees?: readonly CopiedTree[];
  readonly dockerfile: string;
}

/** One of examples/, as it is or with a change. */
export interface ProjectDataset {
  readonly project: ProjectName;
  readonly changes: readonly ProjectChange[];
}

export type DatasetName = GeneratedName | ProjectDatasetName;
type GeneratedName = keyof typeof datasets;
type ProjectDatasetName = keyof typeof projects;

const smallBytes = 16 * 1024;
const megabyte = 1_000_000;

/**
 * What is built, of so many layers. Steps only copy: no base image, no network, and no time spent in programs that are not
 * under test.
 */
const datasets = {
  small: (layers: number): Dataset => toChain(smallFiles(layers)),
  /** In stages, as many layers are: in one chain BuildKit itself spends minutes on mounting hundreds of layers over each other. */
  many: (layers: number): Dataset => toStages(smallFiles(layers), 30),
  'small-changed': (layers: number): Dataset =>
    toChain(
      smallFiles(layers).map((file, index) =>
        index === Math.floor(layers / 2) ? { ...file, seed: `${file.seed} changed` } : file,
      ),
    ),
  'layer-300mb': (): Dataset =>
    toChain([
      ...smallFiles(2),
      { name: 'large', seed: 'large', sizeBytes: 300 * megabyte },
      { name: 'last', seed: 'last', sizeBytes: smallBytes },
    ]),
  'four-layers-340mb': (): Dataset =>
    toChain(
      ['a', 'b', 'c', 'd'].map((name) => ({ name, seed: `quarter ${name}`, sizeBytes: 85 * megabyte })),
    ),
  'multi-stage': (): Dataset => {
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
  real: (): Dataset => toRealFiles('one'),
  'real-changed': (): Dataset => toRealFiles('two'),
};

const projects = {
  website: { project: 'website', changes: [] },
  'website-source': { project: 'website', changes: ['source'] },
  'website-lock': { project: 'website', changes: ['lock'] },
  'tools-image': { project: 'tools-image', changes: [] },
  'tools-image-source': { project: 'tools-image', changes: ['source'] },
  'tools-image-lock': { project: 'tools-image', changes: ['lock'] },
} as const satisfies Readonly<Record<string, ProjectDataset>>;

/** What every machine with Node has: programs, libraries and sources, as they come. */
function toRealFiles(revision: string): Dataset {
  const modules = path.join(import.meta.dirname, '..', 'node_modules');
  const tools = ['@biomejs', '@vercel'];
  const app = 'typescript';
  const others = readdirSync(modules).filter(
    (name) => !(name.startsWith('.') || name.startsWith('node-') || [...tools, app].includes(name)),
  );
  const toPaths = (names: readonly string[]): readonly string[] =>
    names.map((name) => path.join(modules, name));
  const trees: readonly CopiedTree[] = [
    { name: 'runtime', from: [process.execPath] },
    { name: 'tools', from: toPaths(tools) },
    { name: 'modules', from: toPaths(others) },
    { name: 'app', from: toPaths([app]), texts: { revision } },
  ];
  return { files: [], trees, dockerfile: `${['FROM scratch', ...trees.map(toCopy)].join('\n')}\n` };
}

/** Files and Dockerfile of a dataset, or the project that it is. */
export function toDataset(name: GeneratedName, layers: number): Dataset;
export function toDataset(name: DatasetName, layers: number): Dataset | ProjectDataset;
export function toDataset(name: DatasetName, layers: number): Dataset | ProjectDataset {
  return isProjectName(name) ? projects[name] : datasets[name](layers);
}

function isProjectName(name: DatasetName): name is ProjectDatasetName {
  return Object.hasOwn(projects, name);
}

function smallFiles(count: number): readonly SeededFile[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `f${String(index).padStart(3, '0')}`;
    return { name, seed: `small ${index}`, sizeBytes: smallBytes };
  });
}

function toChain(files: readonly SeededFile[]): Dataset {
  return { files, dockerfile: `${['FROM scratch', ...files.map(toCopy)].join('\n')}\n` };
}

/** Stages of at most so many layers; the last one takes a file of each other, so that all of them are needed. */
function toStages(files: readonly SeededFile[], size: number): Dataset {
  const count = Math.ceil(files.length / (size + 1));
  const taken = files.slice(0, files.length - count);
  const stages = Array.from({ length: count }, (_, stage) =>
    taken.filter((_file, index) => index % count === stage),
  );
  const lines = stages.flatMap((stage, index) => [`FROM scratch AS stage-${index}`, ...stage.map(toCopy)]);
  const last = stages.flatMap(([first], index) =>
    first === undefined ? [] : [`COPY --from=stage-${index} /${first.name} /stage-${index}`],
  );
  return { files: taken, dockerfile: `${[...lines, 'FROM scratch', ...last].join('\n')}\n` };
}

function toCopy({ name }: { readonly name: string }): string {
  return `COPY ${name} /${name}`;
}
