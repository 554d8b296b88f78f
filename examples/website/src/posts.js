const files = import.meta.glob('../posts/*.md', { query: '?raw', import: 'default', eager: true });

/** The posts, latest first; a file's name begins with its day. */
export function readPosts() {
  return Object.entries(files)
    .map(([name, text]) => ({ day: /\d{4}-\d\d-\d\d/.exec(name)?.[0], text }))
    .toSorted((one, other) => (one.day < other.day ? 1 : -1));
}
