import process from 'node:process';
import * as core from '@actions/core';
import { listPrintedForms, toPlainText, toPrintable } from './printable.ts';

/** Where an annotation points to. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/**
 * The one way into the job's log. Whatever is printed may hold text of a build, a daemon, a service or a repository, so
 * every line goes through `toPrintable` here, and nowhere else.
 */
export function info(text: string): void {
  printOwn(() => core.info(toPrintable(text)));
}

export function notice(text: string, place: AnnotationPlace = {}): void {
  printOwn(() => core.notice(toPrintable(text), toPrintablePlace(place)));
}

export function warning(text: string, place: AnnotationPlace = {}): void {
  printOwn(() => core.warning(toPrintable(text), toPrintablePlace(place)));
}

export function debug(text: string): void {
  printOwn(() => core.debug(toPrintable(text)));
}

export async function group<T>(name: string, work: () => Promise<T>): Promise<T> {
  printOwn(() => core.startGroup(toPrintable(name)));
  try {
    return await work();
  } finally {
    printOwn(() => core.endGroup());
  }
}

/** Marks the step as failed. */
export function fail(text: string): void {
  printOwn(() => core.setFailed(toPrintable(text)));
}

/** Hides a secret in the rest of the job's log, also in the form that it is printed in here. */
export function mask(secret: string): void {
  for (const form of listPrintedForms(secret)) printOwn(() => core.setSecret(form));
}

let isOwn = false;

function printOwn(print: () => void): void {
  isOwn = true;
  try {
    print();
  } finally {
    isOwn = false;
  }
}

/** What `@actions/*` tell the runner beside text, each in one piece: only where the runner has no files for them. */
const libraryCommand = /^::(?:add-mask|(?:set-output|save-state) name=[\w-]+)::[^\r\n]*\r?\n$/;

/** Their words to the people who read the log; what they quote may be a service's. */
const libraryWords = /^(::(?:debug|warning|error|notice)::)([^\r\n]*)\r?\n$/;

/**
 * Libraries print too, past this file (`@actions/cache` the words of its service, for one). From now on that goes through
 * the guard as well; for the entries, as their first act.
 */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write;
    const value = (chunk: unknown, ...rest: readonly unknown[]): unknown =>
      Reflect.apply(write, stream, [isOwn || typeof chunk !== 'string' ? chunk : guard(chunk), ...rest]);
    Object.defineProperty(stream, 'write', { value, writable: true, configurable: true });
  }
}

function guard(text: string): string {
  if (libraryCommand.test(text)) return text;
  const [, command, data] = libraryWords.exec(text) ?? [];
  if (command === undefined || data === undefined) return toPrintable(text);
  // As `@actions/core` escapes them.
  const words = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const printable = toPrintable(words).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `${command}${printable}\n`;
}

/** Waits until all that was printed is with its reader: a process that exits drops what still waits for a full pipe. */
export async function flush(): Promise<void> {
  const flushed = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
  );
  await Promise.all(flushed);
}

function toPrintablePlace({ title, file, startLine }: AnnotationPlace): AnnotationPlace {
  return {
    ...(title === undefined ? {} : { title: toPlainText(title) }),
    ...(file === undefined ? {} : { file: toPlainText(file) }),
    ...(startLine === undefined ? {} : { startLine }),
  };
}
