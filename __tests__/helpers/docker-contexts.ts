import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a Docker config with contexts, which lead to these hosts, as `docker context create` does. */
export async function writeContexts(
  directory: string,
  config: object | string,
  hosts: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, host] of Object.entries(hosts)) {
    const id = createHash('sha256').update(name).digest('hex');
    const meta = path.join(directory, 'contexts', 'meta', id);
    await mkdir(meta, { recursive: true });
    const endpoints = { docker: { Host: host, SkipTLSVerify: false } };
    await writeFile(
      path.join(meta, 'meta.json'),
      JSON.stringify({ Name: name, Metadata: {}, Endpoints: endpoints }),
    );
  }
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  await writeFile(path.join(directory, 'config.json'), text);
}
