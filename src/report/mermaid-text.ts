import { toPlainText } from '../printable.ts';

/** As they are; every other character means something to Mermaid, to HTML or to Markdown, or may do so one day. */
const harmless = /[\p{L}\p{N} ./_+()=@'?!*|~^[\]…-]/u;

/**
 * Foreign text as it may stand in the name of a Mermaid task: one line, no syntax, no directive, no comment, no HTML. What
 * else it holds is written as Mermaid's entities (`#58;`), which it turns back once all is drawn. It must not stand at
 * the start of a line, where a word such as `section` is a keyword.
 *
 * @param maxLength characters that are shown at most
 */
export function renderMermaidText(text: string, maxLength: number): string {
  const characters = [...toPlainText(text).replace(/\s+/g, ' ').trim()];
  const shown = characters.length <= maxLength ? characters : [...characters.slice(0, maxLength - 1), '…'];
  return shown
    .map((character) => (isHarmless(character) ? character : `#${character.codePointAt(0) ?? 0};`))
    .join('');
}

function isHarmless(character: string): boolean {
  // Mermaid's own signs for entities while it draws: U+FB02 is a letter.
  return harmless.test(character) && character !== '\ufb02';
}
