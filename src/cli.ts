import process from 'node:process';
import { runCliCommand } from './cli/commands.ts';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';
import { toPrintable } from './printable.ts';

process.env = confineSecrets(process.env);

const write = (text: string): void => {
  process.stdout.write(text);
};

try {
  process.exitCode = await runCliCommand(process.argv.slice(2), process.env, write);
} catch (error) {
  process.stderr.write(toPrintable(`hotlayer: ${toFailureMessage(error)}\n`));
  if (process.env['HOTLAYER_DEBUG'] === '1' && error instanceof Error)
    process.stderr.write(toPrintable(`${error.stack}\n`));
  process.exitCode = 1;
}
