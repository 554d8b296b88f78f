/**
 * The words of a text as github.com/google/shlex splits them, which is how buildx reads `--buildkitd-flags`: white space
 * parts words, '…' takes all as it is, "…" all but `\`, and `#` at the start of a word begins a comment. A string says
 * what is wrong.
 */
export function splitWords(text: string): readonly string[] | string {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quote !== undefined && character === quote) {
      quote = undefined;
    } else if (character === '\\' && quote !== "'") {
      index += 1;
      if (index === text.length) return 'it ends with a "\\"';
      word = (word ?? '') + (text[index] ?? '');
    } else if (quote !== undefined) {
      word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '#' && word === undefined) {
      while (index + 1 < text.length && text[index + 1] !== '\n') index += 1;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) return `a ${quote} is not closed`;
  return word === undefined ? words : [...words, word];
}
