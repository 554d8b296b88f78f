// The projects of examples/ that are built on base images, and changes to them as people make them.
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type ProjectName = keyof typeof projects;
export type ProjectChange = 'source' | 'lock';

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const dayjs = {
  from: {
    version: '1.11.18',
    integrity:
      'sha512-zFBQ7WFRvVRhKcWoUh+ZA1g2HVgUbsZm9sbddh8EC5iv93sui8DVVz1Npvz+r6meo9VKfa8NyLWBsQK1VvIKPA==',
  },
  to: {
    version: '1.11.19',
    integrity:
      'sha512-t5EcLVS6QPBNqM2z8fakk/NKel+Xzshgt8FFKAn+qwlD1pzZWxh0nVCrvFK7ZDb6XucZeF9z8C7CBWTRIVApAw==',
  },
};

const projects = {
  website: {
    source: [{ file: 'src/render.js', from: 'D MMMM YYYY', to: 'YYYY, D MMMM' }],
    lock: [
      { file: 'package.json', from: dayjs.from.version, to: dayjs.to.version },
      { file: 'package-lock.json', from: dayjs.from.version, to: dayjs.to.version },
      { file: 'package-lock.json', from: dayjs.from.integrity, to: dayjs.to.integrity },
    ],
  },
  'tools-image': {
    source: [{ file: 'report/main.go', from: '%10d %s', to: '%12d %s' }],
    lock: [{ file: 'requirements.txt', from: 'rich==14.2.0', to: 'rich==14.1.0' }],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<ProjectChange, readonly Edit[]>>>>;

/** Writes the project, as it is or with these changes, to a directory. */
export async function writeProject(
  name: ProjectName,
  changes: readonly ProjectChange[],
  directory: string,
): Promise<void> {
  await cp(path.join(import.meta.dirname, '..', 'examples', name), directory, {
    recursive: true,
    preserveTimestamps: true,
  });
  const edits = changes.flatMap((change): readonly Edit[] => projects[name][change]);
  for (const { file, from, to } of edits) {
    const target = path.join(directory, file);
    const text = await readFile(target, 'utf8');
    if (!text.includes(from)) throw new Error(`examples/${name}/${file} does not hold ${from}`);
    await writeFile(target, text.replaceAll(from, to));
  }
}
