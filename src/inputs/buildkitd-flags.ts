import { InputError, quote } from '../errors.ts';
import { splitWords } from './shell-words.ts';

const ownDaemon = 'each job has a daemon of its own, and Hotlayer cleans up after it';
const ownSocket = 'the daemon listens on a unix socket of the job alone';
const onlyOci = 'Hotlayer runs the OCI worker only';

/** Flags of buildkitd that would take the daemon away from Hotlayer, by name or by how names begin (`…*`), and why. */
const ownedFlags: readonly (readonly [name: string, why: string])[] = [
  ['addr', ownSocket],
  ['group', ownSocket],
  ['tls*', ownSocket],
  ['debugaddr', ownSocket],
  ['root', ownDaemon],
  ['config', 'Hotlayer writes the daemon\'s configuration; use "buildkitd-config"'],
  ['otel-socket-path', ownDaemon],
  ['oci-worker', onlyOci],
  ['containerd-*', onlyOci],
  ['rootless', 'use the input "rootless"'],
  ['oci-worker-rootless', 'use the input "rootless"'],
  ['oci-worker-net', 'use the input "step-network"'],
  ['service-name', ownDaemon],
  ['register-service', ownDaemon],
  ['unregister-service', ownDaemon],
  ['run-service', ownDaemon],
  ['help', 'it prints a text in place of starting the daemon'],
  ['h', 'it prints a text in place of starting the daemon'],
  ['version', 'it prints a text in place of starting the daemon'],
  ['v', 'it prints a text in place of starting the daemon'],
];

/** The words of `buildkitd-flags`. Throws InputError for what is no flag, and for flags that Hotlayer needs for itself. */
export function parseFlags(name: string, text: string): readonly string[] {
  const words = splitWords(text);
  if (typeof words === 'string') return refuse(name, text, words);
  let mayBeValue = false;
  for (const word of words) {
    const [, flag, value] = /^--?([^-=][^=]*)(=[\s\S]*)?$/.exec(word) ?? [];
    if (flag === undefined) {
      if (!mayBeValue || word.startsWith('-')) refuse(name, word, 'it is no flag');
      mayBeValue = false;
      continue;
    }
    const owned = ownedFlags.find(([pattern]) => isMatch(flag, pattern));
    if (owned !== undefined) refuse(name, word, owned[1]);
    mayBeValue = value === undefined;
  }
  return words;
}

/** True where the words have that flag, in whichever of its forms. */
export function hasFlag(words: readonly string[], flag: string): boolean {
  return words.some(
    (word) => word.replace(/^--?/, '').replace(/=[\s\S]*$/, '') === flag && word.startsWith('-'),
  );
}

function isMatch(flag: string, pattern: string): boolean {
  return pattern.endsWith('*') ? flag.startsWith(pattern.slice(0, -1)) : flag === pattern;
}

function refuse(name: string, what: string, why: string): never {
  throw new InputError(
    name,
    `input "${name}": ${quote(what)} cannot be used: ${why}; allowed are other flags of buildkitd, quoted as in a shell, for example --debug --oci-worker-snapshotter=native`,
  );
}
