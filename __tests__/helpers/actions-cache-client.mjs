// One call of the real @actions/cache: `save FILE KEY` or `restore FILE KEY RESTORE_KEY…`. Prints one line of JSON last.
import { restoreCache, saveCache } from '@actions/cache';

const [call, file = '', key = '', ...restoreKeys] = process.argv.slice(2);
const result =
  call === 'save'
    ? { id: await saveCache([file], key) }
    : { key: (await restoreCache([file], key, restoreKeys)) ?? null };
process.stdout.write(`\n${JSON.stringify(result)}\n`, () => {
  // The SDK path leaves a timer of ten minutes behind.
  process.exit(0);
});
