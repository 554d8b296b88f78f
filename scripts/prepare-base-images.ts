// Makes the base images of examples/ where they are missing, and prints the variable that e2e tests by hand want.
import process from 'node:process';
import { toMessage } from '../src/errors.ts';
import { ensureTools } from './tools.ts';

try {
  const needed = ['buildkit', 'runc', 'registry', 'debootstrap', 'keyring', 'baseImages'] as const;
  const { baseImages } = await ensureTools(needed, { log: console.error });
  console.log(`export HOTLAYER_TEST_BASE_IMAGES=${baseImages}`);
} catch (error) {
  console.error(`prepare-base-images: ${toMessage(error)}`);
  process.exitCode = 1;
}
