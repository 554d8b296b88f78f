import { InputError, quote } from '../errors.ts';
import { isPlatform } from './platform.ts';

const levels = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'];

/** `[level[platform],…:]key=value`, as given (util/buildflags/export.go of buildx). */
export function parseAnnotation(name: string, entry: string): string {
  const equals = entry.indexOf('=');
  if (equals === -1) fail(name, entry, 'it is not key=value');
  const key = entry.slice(0, equals);
  const colon = key.indexOf(':');
  for (const place of colon === -1 ? [] : key.slice(0, colon).split(',')) {
    const [, level, platform] = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(place) ?? [];
    if (level === undefined || !levels.includes(level)) fail(name, entry, `unknown level ${quote(place)}`);
    if (platform !== undefined && !isPlatform(platform))
      fail(name, entry, `unknown platform ${quote(platform)}`);
  }
  return entry;
}

function fail(name: string, entry: string, why: string): never {
  throw new InputError(
    name,
    `input "${name}": ${quote(entry)} is not an annotation: ${why}; allowed is key=value, or level:key=value with a level of ${levels.join(', ')}`,
  );
}
