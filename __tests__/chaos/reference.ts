import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { readFileTree } from './file-tree.ts';
import { type Recipe, writeRecipe } from './recipe.ts';

/** What builds without any cache make of recipes: each is built once, by a daemon that no cache is near. */
export class Reference {
  readonly #daemon: Buildkitd;
  readonly #trees = new Map<string, Promise<readonly string[]>>();

  private constructor(daemon: Buildkitd) {
    this.#daemon = daemon;
  }

  static async start(): Promise<Reference> {
    return new Reference(await Buildkitd.start());
  }

  treeOf(recipe: Recipe): Promise<readonly string[]> {
    const name = JSON.stringify(recipe);
    const known = this.#trees.get(name) ?? this.#build(recipe);
    this.#trees.set(name, known);
    return known;
  }

  async #build(recipe: Recipe): Promise<readonly string[]> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-reference-'));
    try {
      const out = path.join(directory, 'out');
      const context = path.join(directory, 'context');
      await writeRecipe(context, recipe);
      const output = ['--no-cache', '--output', `type=local,dest=${out}`];
      const { exitCode, cachedSteps, log } = await this.#daemon.build(context, output, {});
      if (exitCode !== 0 || cachedSteps > 0) throw new Error(`the reference build failed:\n${log}`);
      return await readFileTree(out);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async stop(): Promise<void> {
    await this.#daemon.stop();
  }
}
