/** One CSV record as buildx's flags take it (RFC 4180 quoting). */
export function renderCsv(fields: readonly string[]): string {
  return fields.map(renderField).join(',');
}

function renderField(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
