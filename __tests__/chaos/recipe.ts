import { createCipheriv, createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeContext } from '../helpers/build-context.ts';
import type { Dice } from './dice.ts';

/** A build whose output depends on nothing but this: a Dockerfile of pinned steps, and files of pinned bytes. */
export interface Recipe {
  readonly steps: readonly Step[];
  /** Of a stage beside the one of `steps`, of which one file is copied; undefined: there is none. */
  readonly tool: string | undefined;
}

type Step =
  | { readonly kind: 'write'; readonly text: string }
  /** A file of all that the steps before wrote, so that a wrong layer below shows. */
  | { readonly kind: 'join' }
  /** Random bytes from the context, which gzip cannot make smaller. */
  | { readonly kind: 'copy'; readonly seed: number; readonly sizeBytes: number };

/** Beyond one block of an upload. */
const bigBytes = 17 * 1024 * 1024;

export function createRecipe(dice: Dice, isBig: boolean): Recipe {
  const steps = Array.from({ length: dice.int(2, 4) }, () => createStep(dice));
  const big: readonly Step[] = isBig ? [{ kind: 'copy', seed: dice.int(1, 1e9), sizeBytes: bigBytes }] : [];
  return { steps: [...big, ...steps], tool: dice.chance(0.4) ? dice.word() : undefined };
}

/** What the next commit of the repository might be; at times nothing has changed. */
export function changeRecipe(dice: Dice, recipe: Recipe): Recipe {
  const { steps, tool } = recipe;
  switch (dice.pick(['none', 'replace', 'replace', 'append', 'tool'])) {
    case 'none':
      return recipe;
    case 'append':
      return { steps: [...steps, createStep(dice)], tool };
    case 'tool':
      return { steps, tool: dice.chance(0.8) ? dice.word() : undefined };
    case 'replace': {
      const at = dice.int(0, steps.length - 1);
      return { steps: steps.with(at, createStep(dice)), tool };
    }
  }
}

function createStep(dice: Dice): Step {
  switch (dice.pick(['write', 'write', 'join', 'copy'])) {
    case 'write':
      return { kind: 'write', text: dice.word() };
    case 'join':
      return { kind: 'join' };
    case 'copy': {
      const sizeBytes = dice.pick([1, 3000, 400_000, 2_500_000]);
      return { kind: 'copy', seed: dice.int(1, 1e9), sizeBytes };
    }
  }
}

export function renderDockerfile({ steps, tool }: Recipe): string {
  const lines = steps.map((step, index) => {
    switch (step.kind) {
      case 'write':
        return `RUN echo ${step.text} > /file-${index}`;
      case 'join':
        return `RUN cat /base ${steps
          .slice(0, index)
          .map((_, before) => `/file-${before} `)
          .join('')}> /file-${index}`;
      case 'copy':
        return `COPY data-${index} /file-${index}`;
      default:
        return step satisfies never;
    }
  });
  const head = ['FROM scratch AS base', 'COPY rootfs/ /', 'RUN echo base > /base'];
  if (tool === undefined) return [...head, ...lines, ''].join('\n');
  const stage = ['FROM base AS tool', `RUN echo ${tool} > /tool-file`];
  return [...head, ...stage, 'FROM base', ...lines, 'COPY --from=tool /tool-file /tool', ''].join('\n');
}

/** Writes the build context. */
export async function writeRecipe(directory: string, recipe: Recipe): Promise<void> {
  await writeContext(directory, { dockerfile: renderDockerfile(recipe) });
  for (const [index, step] of recipe.steps.entries()) {
    if (step.kind === 'copy')
      await writeFile(path.join(directory, `data-${index}`), createBytes(step.seed, step.sizeBytes));
  }
}

/** A cipher's key stream: as good as random, and quick. */
function createBytes(seed: number, sizeBytes: number): Buffer {
  const key = createHash('sha256').update(String(seed)).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}
