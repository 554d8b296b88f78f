import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, ftruncateSync, openSync, statSync, writeFileSync } from 'node:fs';
import * as core from '@actions/core';

type Environment = Readonly<Record<string, string | undefined>>;
type Values = readonly (readonly [name: string, value: string])[];

/** Sets outputs of this step, all or none. Throws what the file system says of the runner's file. */
export function setOutputs(values: Values, env: Environment): void {
  const file = env['GITHUB_OUTPUT'];
  if (file) appendWhole(file, renderValues(values), { create: false });
  else for (const [name, value] of values) core.setOutput(name, value);
}

/** Saves state for this step's post, all of it or none. Throws what the file system says of the runner's file. */
export function saveStates(values: Values, env: Environment): void {
  const file = env['GITHUB_STATE'];
  if (file) appendWhole(file, renderValues(values), { create: false });
  else for (const [name, value] of values) core.saveState(name, value);
}

/** Sets variables for later steps of the job, all or none. Throws what the file system says of the runner's file. */
export function setVariables(values: Values, env: Environment): void {
  const file = env['GITHUB_ENV'];
  if (file) appendWhole(file, renderValues(values), { create: false });
  else for (const [name, value] of values) core.exportVariable(name, value);
}

/** Puts a directory before the search path of later steps. Throws what the file system says of the runner's file. */
export function addPath(directory: string, env: Environment): void {
  const file = env['GITHUB_PATH'];
  if (file) appendWhole(file, `${directory}\n`, { create: false });
  else core.addPath(directory);
}

/** The form of GitHub's files for outputs and state; the marker is random, so that no value can end before its end. */
function renderValues(values: Values): string {
  return values
    .map(([name, value]) => {
      const marker = `ghadelimiter_${randomUUID()}`;
      return `${name}<<${marker}\n${value}\n${marker}\n`;
    })
    .join('');
}

/**
 * Appends a text, whole or not at all: the runner fails a step whose file ends in the middle of a value. Does not wait for
 * a reader where the file is a pipe. Throws what the file system says.
 */
export function appendWhole(
  file: string,
  text: string,
  { create = true }: { readonly create?: boolean } = {},
): void {
  const { O_WRONLY, O_APPEND, O_NONBLOCK, O_CREAT } = constants;
  const handle = openSync(file, O_WRONLY | O_APPEND | O_NONBLOCK | (create ? O_CREAT : 0), 0o644);
  try {
    const before = fstatSync(handle);
    try {
      writeFileSync(handle, text);
    } catch (error) {
      // Anything but a file keeps nothing that could be cut.
      if (before.isFile()) ftruncateSync(handle, before.size);
      throw error;
    }
  } finally {
    closeSync(handle);
  }
}

/** How many bytes may still be appended to a file that may have so many in all; it need not be there yet. */
export function measureRoom(file: string, maxBytes: number): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  return Math.max(0, maxBytes - (stat?.isFile() === true ? stat.size : 0));
}
