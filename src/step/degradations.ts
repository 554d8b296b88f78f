import * as log from '../log.ts';

/** What this build loses by trouble with the cache, a sentence each: an annotation at once, and a line of the summary. */
export class Degradations {
  readonly #sentences: string[] = [];

  /** Bound, so that it can be handed on. */
  readonly add = (sentence: string): void => {
    this.#sentences.push(sentence);
    log.warning(sentence);
  };

  get sentences(): readonly string[] {
    return this.#sentences;
  }
}
