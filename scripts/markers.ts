/** README.md with another text between two markers that stand on lines of their own. */
export function replaceBetween(readme: string, begin: string, end: string, text: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no markers ${begin} … ${end}`);
  return `${readme.slice(0, from + begin.length)}\n${text}\n${readme.slice(to)}`;
}
