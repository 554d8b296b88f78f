import type { BuildRoute, ExportFacts, ExportOutcome, OpenRequest } from './backend.ts';
import type { StoreBackend } from './store-entries.ts';
import { decideStoreOutcome, selectFaults } from './store-trouble.ts';

/** What is known of the builds of a step at a store, for the word on their end. */
export class StoreMemory {
  readonly #backend: StoreBackend;
  #imports = 0;
  #absent = 0;
  #faults: readonly string[] = [];
  readonly #withheld = new Set<string>();

  constructor(backend: StoreBackend) {
    this.#backend = backend;
  }

  noteRoutes(routes: readonly BuildRoute[], plans: OpenRequest['plans']): void {
    this.#imports = routes.reduce((sum, { cache }) => sum + cache.imports.length, 0);
    for (const [index, { cache }] of routes.entries()) {
      const scope = plans[index]?.export;
      if (cache.export === undefined && typeof scope === 'string') this.#withheld.add(scope);
    }
  }

  noteImportErrors(errors: readonly string[]): void {
    this.#faults = selectFaults(errors);
    this.#absent = errors.length - this.#faults.length;
  }

  toOutcome(facts: ExportFacts): ExportOutcome {
    const { plan } = facts;
    const isWithheld = plan.export !== null && this.#withheld.has(plan.export);
    const outcome = decideStoreOutcome(
      isWithheld ? { ...facts, plan: { ...plan, export: null } } : facts,
      this.#backend,
      this.#faults,
    );
    return { ...outcome, isFirst: this.#faults.length === 0 && this.#absent >= this.#imports };
  }
}
