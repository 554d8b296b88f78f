// Preloaded with NODE_OPTIONS=--require: *.blob.core.windows.net is this machine, so that clients which look at the host
// name of a blob URL take the path that they take on GitHub.
const dns = require('node:dns');

const { lookup } = dns;
Object.defineProperty(dns, 'lookup', { value: lookUpHere, writable: true });

/**
 * @param {string} hostname
 * @param {unknown} options
 * @param {(...results: unknown[]) => void} callback
 */
function lookUpHere(hostname, options, callback) {
  if (!String(hostname).endsWith('.blob.core.windows.net'))
    return Reflect.apply(lookup, dns, [hostname, options, callback]);
  /** @type {(...results: unknown[]) => void} */
  const done = (...results) =>
    Reflect.apply(typeof options === 'function' ? options : callback, undefined, results);
  const address = { address: '127.0.0.1', family: 4 };
  const wantsAll = typeof options === 'object' && options !== null && 'all' in options && options.all;
  if (wantsAll) return process.nextTick(done, null, [address]);
  return process.nextTick(done, null, address.address, address.family);
}
