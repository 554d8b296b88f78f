// Preloaded with NODE_OPTIONS=--require: *.blob.core.windows.net is this machine, so that clients which look at the host
// name of a blob URL take the path that they take on GitHub.
const dns = require('node:dns');

const lookup = dns.lookup;
dns.lookup = (hostname, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  if (!String(hostname).endsWith('.blob.core.windows.net')) return lookup(hostname, options, callback);
  const address = { address: '127.0.0.1', family: 4 };
  if (options?.all) return process.nextTick(done, null, [address]);
  return process.nextTick(done, null, address.address, address.family);
};
