/** A file with another text between two markers that stand on lines of their own. */
export function replaceBetween(file: string, begin: string, end: string, text: string): string {
  const [from, to] = [file.indexOf(begin), file.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the file has no markers ${begin} … ${end}`);
  return `${file.slice(0, from + begin.length)}\n${text}\n${file.slice(to)}`;
}
