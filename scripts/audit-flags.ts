import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What zizmor looks at, and what is a finding: all workflows and actions of this repository, from medium severity on. */
export function listAuditFlags(root: string): readonly string[] {
  const list = (folder: string, wanted: RegExp) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => wanted.test(name))
      .map((name) => path.join(folder, name))
      .toSorted();
  return [
    ...['--min-severity=medium', '--config=.github/zizmor.yml', '.github', 'action.yml'],
    ...readdirSync(root).flatMap((name) =>
      existsSync(path.join(root, name, 'action.yml')) ? [`${name}/action.yml`] : [],
    ),
    ...list('workflow', /(?:^|\/)action\.yml$/),
    ...list('examples', /^workflows\/[^/]+\.yml$|\.github\/workflows\/[^/]+\.yml$/),
  ];
}
