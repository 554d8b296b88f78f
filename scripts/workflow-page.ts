import { parse } from 'yaml';
import { isRecord, readField, readString } from '../src/json.ts';
import { renderTable } from '../src/report/format.ts';
import { replaceBetween } from './markers.ts';

/** docs/reusable-workflow.md with the inputs, secrets and outputs of build.yml. */
export function writeWorkflowPage(page: string, workflowText: string): string {
  const call = readField(parse(workflowText), 'on', 'workflow_call');
  const inputs = renderTable(
    ['Input', 'Type', 'Default', 'Meaning'],
    listEntries(call, 'inputs').map(([name, input]) => [
      `\`${name}\``,
      readString(input, 'type') ?? '',
      renderDefault(readField(input, 'default')),
      readDescription(input),
    ]),
  );
  const plain = (section: string) =>
    listEntries(call, section).map(([name, entry]) => [`\`${name}\``, readDescription(entry)]);
  const secrets = renderTable(['Secret', 'Meaning'], plain('secrets'));
  const outputs = renderTable(['Output', 'Meaning'], plain('outputs'));
  return [['inputs', inputs] as const, ['secrets', secrets] as const, ['outputs', outputs] as const].reduce(
    (text, [name, table]) =>
      replaceBetween(
        text,
        `<!-- ${name}: generated from .github/workflows/build.yml, npm run readme -->`,
        `<!-- end of ${name} -->`,
        table,
      ),
    page,
  );
}

function renderDefault(value: unknown): string {
  if (value === undefined) return '';
  const lines = String(value).trim().split('\n');
  return lines.map((line) => `\`${line}\``).join(', ');
}

function listEntries(call: unknown, section: string): readonly (readonly [name: string, entry: unknown])[] {
  const entries = readField(call, section);
  if (!isRecord(entries)) throw new Error(`build.yml has no ${section}`);
  return Object.entries(entries);
}

function readDescription(entry: unknown): string {
  return (readString(entry, 'description') ?? '').replaceAll('|', '\\|').trim();
}
