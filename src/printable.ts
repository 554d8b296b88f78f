/** Line ends, tabs, and the escape that begins a colour. */
const kept = '\n\t\u001b';

/**
 * Text of a build as one may print it into a job's log: no cursor tricks, and nothing that the runner would take for a
 * workflow command. The runner looks for `::name::` at the start of a line and for `##[name]` anywhere in it; a build
 * step must not get to set masks, stop commands or raise annotations.
 */
export function toPrintable(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (character) => (kept.includes(character) ? character : ''))
    .replace(/^(\s*)::/gm, '$1:\u200b:')
    .replaceAll('##[', '#\u200b#[');
}
