import * as log from '../log.ts';

export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

/** Its seconds are told in parts. */
export const buildPhase = 'Build';

/** The steps of run.ts: each is one group of the log, and its seconds go into the summary. */
export class Phases {
  readonly #done: Phase[] = [];

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await log.group(name, work);
    } finally {
      this.#done.push({ name, seconds: (performance.now() - started) / 1000 });
    }
  }

  get done(): readonly Phase[] {
    return this.#done;
  }
}
