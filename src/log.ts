import * as core from '@actions/core';
import { toPrintable } from './printable.ts';

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
  core.info(toPrintable(text));
}

export function notice(text: string, place: AnnotationPlace = {}): void {
  core.notice(toPrintable(text), toPrintablePlace(place));
}

export function warning(text: string, place: AnnotationPlace = {}): void {
  core.warning(toPrintable(text), toPrintablePlace(place));
}

export function debug(text: string): void {
  core.debug(toPrintable(text));
}

export function group<T>(name: string, work: () => Promise<T>): Promise<T> {
  return core.group(toPrintable(name), work);
}

/** Marks the step as failed. */
export function fail(text: string): void {
  core.setFailed(toPrintable(text));
}

function toPrintablePlace({ title, file, startLine }: AnnotationPlace): AnnotationPlace {
  return {
    ...(title === undefined ? {} : { title: toPrintable(title) }),
    ...(file === undefined ? {} : { file: toPrintable(file) }),
    ...(startLine === undefined ? {} : { startLine }),
  };
}
