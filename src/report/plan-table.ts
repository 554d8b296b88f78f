import type { CachePlan, RefName } from '../policy/types.ts';

/** The plan for the log: what is imported, where it is exported, and why. */
export function renderPlanTable(plan: CachePlan): string {
  const imports = plan.chain.map((link, index) => [
    index === 0 ? 'import' : '',
    renderRef(link),
    link.cacheScope,
  ]);
  const rows = [
    ...(imports.length === 0 ? [['import', 'nothing', '']] : imports),
    plan.export === null || plan.exportRef === null
      ? ['export', 'nothing', '']
      : ['export', renderRef(plan.exportRef), plan.export],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, `why     ${plan.reason} (${plan.code})`].join('\n');
}

/** `branch main`, `pull request 12`, `tag v1`. */
export function renderRef({ kind, name }: RefName): string {
  switch (kind) {
    case 'pr':
      return `pull request ${name}`;
    case 'branch':
      return `branch ${name}`;
    case 'tag':
      return `tag ${name}`;
    default:
      return kind satisfies never;
  }
}
