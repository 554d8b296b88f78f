import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { type DaemonConfigOptions, renderDaemonConfig } from '../../../src/buildkit/daemon/config.ts';
import { judgeUnknownKeys, parseDaemonConfig } from '../../../src/buildkit/daemon/config-check.ts';
import {
  daemonConfigKeys,
  type KeyKind,
  type KeyTable,
  knownVersion,
  ownedKeys,
} from '../../../src/buildkit/daemon/config-keys.ts';
import { toKeyName } from '../../../src/buildkit/daemon/config-words.ts';
import { InputError } from '../../../src/errors.ts';

interface Key {
  readonly path: readonly string[];
  readonly kind: KeyKind;
  /** Places in the path of which TOML makes a list of tables. */
  readonly lists: readonly number[];
}

function listKeys(keys: KeyTable, parents: readonly string[], lists: readonly number[]): readonly Key[] {
  return Object.entries(keys).flatMap(([name, kind]): readonly Key[] => {
    const path = [...parents, name];
    const own = { path, kind, lists };
    switch (kind.kind) {
      case 'table':
        return [own, ...listKeys(kind.keys, path, lists)];
      case 'tables':
        return [own, ...listKeys(kind.keys, path, [...lists, path.length - 1])];
      case 'named':
        return [own, ...listKeys(kind.keys, [...path, 'my.registry:5000'], lists)];
      default:
        return [own];
    }
  });
}

const all = listKeys(daemonConfigKeys, [], []);
const isOwned = ({ path }: Key) => path.some((_, index) => ownedKeys[path.slice(0, index + 1).join('.')]);
const leaves = all.filter(({ kind }) => !['table', 'tables', 'named'].includes(kind.kind));
const free = leaves.filter((key) => !isOwned(key));
const owned = leaves.filter(isOwned);

const good: Readonly<Record<string, unknown>> = {
  ...{ string: 'x', strings: ['x'], path: 'a/b', paths: ['a/b'], program: 'runc', command: ['cosign', 'x'] },
  ...{ boolean: true, integer: 7, quantity: '10GB', labels: { 'my.own/label': 'x' }, free: { any: 1 } },
};

function nest({ path, lists }: Key, value: unknown): Readonly<Record<string, unknown>> {
  const nested = path.reduceRight<unknown>((below, name, index) => {
    const inner = lists.includes(index) ? [below] : below;
    return { [name]: inner };
  }, value);
  return typeof nested === 'object' && nested !== null ? { ...nested } : {};
}

/** The three ways in which TOML has one key, as far as lists of tables have them. */
function writeForms(key: Key, value: unknown): readonly string[] {
  const table = stringify(nest(key, value));
  if (key.lists.length > 0) return [table];
  const inline = toInline(value);
  const [first, ...others] = key.path;
  const nestedInline = others.reduceRight((below, name) => `{ ${JSON.stringify(name)} = ${below} }`, inline);
  return [table, `${toKeyName(key.path)} = ${inline}`, `${JSON.stringify(first)} = ${nestedInline}`];
}

function toInline(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toInline).join(', ')}]`;
  return `{ ${Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)} = ${toInline(entry)}`)} }`;
}

function read(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    const inner: unknown = Array.isArray(current) ? current[0] : current;
    current = typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined;
  }
  return current;
}

const change = (path: readonly string[], edit: (name: string) => string) => [
  ...path.slice(0, -1),
  edit(path.at(-1) ?? ''),
];

const base: DaemonConfigOptions = {
  ...{ root: '/job/root', socket: '/job/s', traceSocket: '/job/t', owner: undefined, runc: '/usr/sbin/runc' },
  ...{ cgroupParent: 'hotlayer-1', debug: false, inline: undefined },
};

function refusal(toml: string, version: string): string {
  try {
    judgeUnknownKeys(parseDaemonConfig(toml, '/w'), version);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return String(error);
  }
  return '';
}

const newer = 'v0.99.0';
const versions = [knownVersion, newer];

describe('every key of buildkitd.toml', () => {
  it.each(free.map((key) => [toKeyName(key.path), key] as const))(
    '%s is taken in each form and any case',
    (_, key) => {
      const value = good[key.kind.kind];
      expect(value).toBeDefined();
      const places = key.kind.kind === 'path' ? '/w/a/b' : key.kind.kind === 'paths' ? ['/w/a/b'] : value;
      for (const toml of writeForms(key, value)) {
        const rendered = parse(renderDaemonConfig({ ...base, inline: toml, workspace: '/w' }));
        expect(read(rendered, key.path)).toEqual(places);
      }
      const shouted = { ...key, path: change(key.path, (name) => name.toUpperCase()) };
      const rendered = parse(
        renderDaemonConfig({ ...base, inline: stringify(nest(shouted, value)), workspace: '/w' }),
      );
      expect(read(rendered, key.path)).toEqual(places);
    },
  );

  it.each(owned.map((key) => [toKeyName(key.path), key] as const))(
    '%s, which is Hotlayer’s own, is refused whatever the form, the case and the version',
    (_, key) => {
      for (const version of versions) {
        for (const toml of writeForms(key, good[key.kind.kind])) {
          const harmless = ownedKeys[key.path.join('.')]?.harmless;
          if (harmless !== undefined && JSON.stringify(good[key.kind.kind]) === harmless) continue;
          expect(refusal(toml, version)).toContain('cannot be set');
        }
        const shouted = { ...key, path: key.path.map((name) => name.toUpperCase()) };
        const other = key.kind.kind === 'boolean' ? key.path.join('.') === 'worker.oci.rootless' : 'x';
        expect(refusal(stringify(nest(shouted, other)), version)).toContain('cannot be set');
      }
    },
  );

  it.each(free.filter(({ kind }) => kind.kind !== 'free').map((key) => [toKeyName(key.path), key] as const))(
    '%s of another type is refused whatever the version',
    (name, key) => {
      const wrong: readonly unknown[] = [7.5, true, 'x', ['x'], [7], { a: 7 }, [{ a: 'x' }]];
      const right: Readonly<Record<string, readonly unknown[]>> = {
        ...{ string: ['x'], strings: [['x']], path: ['x'], paths: [['x']], program: ['x'], command: [['x']] },
        ...{ boolean: [true], integer: [], quantity: ['x'], labels: [] },
      };
      const allowed = (right[key.kind.kind] ?? []).map((value) => JSON.stringify(value));
      for (const value of wrong.filter((candidate) => !allowed.includes(JSON.stringify(candidate)))) {
        for (const version of versions)
          expect(refusal(stringify(nest(key, value)), version)).toContain(`the key ${name} must be`);
      }
    },
  );

  it('written wrongly is an error of the known version, a warning of another, and names the nearest key', () => {
    const longer = free.filter(({ path }) => (path.at(-1)?.length ?? 0) > 5);
    const slip = fc.record({
      key: fc.constantFrom(...longer),
      at: fc.nat({ max: 30 }),
      kind: fc.constantFrom('drop', 'double', 'swap'),
    });
    fc.assert(
      fc.property(slip, ({ key, at, kind }) => {
        const wrong = change(key.path, (name) => {
          const place = at % (name.length - 1);
          const [a, b] = [name[place] ?? '', name[place + 1] ?? ''];
          const middle = kind === 'drop' ? b : kind === 'double' ? a + a + b : b + a;
          return name.slice(0, place) + middle + name.slice(place + 2);
        });
        const known = all.some(
          ({ path }) => toKeyName(path).toLowerCase() === toKeyName(wrong).toLowerCase(),
        );
        fc.pre(!known);
        const toml = stringify(nest({ ...key, path: wrong }, good[key.kind.kind]));
        const told = `unknown key ${toKeyName(wrong)}; did you mean ${toKeyName(key.path)}?`;
        expect(refusal(toml, knownVersion)).toContain(told);
        const inline = parseDaemonConfig(toml, '/w');
        expect(judgeUnknownKeys(inline, newer)).toEqual([expect.stringContaining(told)]);
        expect(read(inline.keys, wrong)).toEqual(good[key.kind.kind]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ...['0.33.1', 'v0.33.1', '0.33.1+ds1'].map((version) => [version, true] as const),
    ...['v0.34.0', 'v0.20.0', 'v0.33.1-rc1', 'v0.0.0+unknown', 'master'].map(
      (version) => [version, false] as const,
    ),
  ])('that is not known is refused with BuildKit %s: %s', (version, isRefused) => {
    expect(refusal('brandNew = 1', version) !== '').toBe(isRefused);
  });

  it('that is not known reaches another BuildKit as it was written, tables and all', () => {
    const toml = `brandNew = 1
"__proto__" = { a = "b" }
[worker.oci.newTable]
deep = [{ x = true }]
[registry."r.example"]
newFlag = false
[[worker.oci.gcpolicy]]
all = true
newLimit = "5GB"
`;
    const rendered = parse(renderDaemonConfig({ ...base, inline: toml, version: newer }));
    expect(rendered).toMatchObject({
      brandNew: 1,
      worker: { oci: { newTable: { deep: [{ x: true }] }, gcpolicy: [{ all: true, newLimit: '5GB' }] } },
      registry: { 'r.example': { newFlag: false } },
    });
    expect(Object.hasOwn(rendered, '__proto__')).toBe(true);
    expect(judgeUnknownKeys(parseDaemonConfig(toml, '/w'), newer)).toHaveLength(5);
  });

  it.each([
    ['max-parallelism = 4', 'max-parallelism; did you mean worker.oci.max-parallelism?'],
    ['[worker]\nmirrors = ["x"]', 'worker.mirrors; did you mean registry.'],
  ])('in the wrong table is told with its own: %j', (toml, told) => {
    expect(refusal(toml, knownVersion)).toContain(told);
  });

  it('beside unknown ones is still refused when it is Hotlayer’s own', () => {
    expect(refusal('brandNew = 1\nroot = "/x"', newer)).toContain('the key root cannot be set');
  });
});
