export const id = 52;
export const ids = [52];
export const modules = {

/***/ 1443:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eh: () => (/* binding */ renderBuildHelp),
/* harmony export */   Lv: () => (/* binding */ isList),
/* harmony export */   Po: () => (/* binding */ parseBuildFlags),
/* harmony export */   eu: () => (/* binding */ toExplicitBoolean)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);
/* harmony import */ var _inputs_definitions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1477);
/* harmony import */ var _flags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6222);
/* harmony import */ var _played_event_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2078);





/** No flag, but what is given without a name: the context of a build, the targets of a bake. */
const positionalNames = { main: 'context', bake: 'targets' };
function listInputFlags(action) {
    return (0,_inputs_definitions_js__WEBPACK_IMPORTED_MODULE_2__/* .listRows */ .qs)(action).filter(({ name }) => name !== positionalNames[action]);
}
const ownFlags = ['event', 'ref', 'payload', 'cache-dir', 'report'];
/** Reads the flags of `hotlayer build` and `hotlayer bake`; a list input's flag may be given more than once. */
function parseBuildFlags(argv, action = 'main') {
    const inputFlags = listInputFlags(action);
    const names = [...inputFlags.map(({ name }) => name), ...ownFlags];
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true }]));
    let parsed;
    try {
        parsed = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({
            args: argv.map((argument) => toExplicitBoolean(argument, inputFlags)),
            options: { ...options, help: { type: 'boolean' } },
            allowPositionals: true,
        });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('flags', `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMessage */ .R9)(error)} (hotlayer ${action === 'main' ? 'build' : action} --help lists the flags.)`, {
            cause: error,
        });
    }
    const { values, positionals } = parsed;
    if (action === 'main' && positionals.length > 1) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('context', `one CONTEXT is built at a time, but ${positionals.length} were given: ${positionals.join(' ')}.`);
    }
    const list = (name) => {
        const value = values[name];
        return Array.isArray(value) ? value.map(String) : [];
    };
    const text = (name) => {
        const [value, ...more] = list(name);
        if (more.length === 0)
            return value;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `--${name} is given ${more.length + 1} times; once is allowed.`);
    };
    const inputs = new Map();
    if (positionals.length > 0)
        inputs.set(positionalNames[action], positionals.join('\n'));
    for (const row of inputFlags) {
        const value = isList(row) ? list(row.name).join('\n') : text(row.name);
        if (value !== undefined && value !== '')
            inputs.set(row.name, value);
    }
    return {
        help: values['help'] === true,
        inputs,
        event: text('event'),
        ref: text('ref'),
        payload: text('payload'),
        cacheDirectory: text('cache-dir'),
        report: text('report'),
    };
}
function isList({ kind }) {
    return kind === 'csv' || kind === 'lines' || kind === 'raw' || kind === 'secrets';
}
/** `--push` stands for `--push=true`. */
function toExplicitBoolean(argument, inputFlags) {
    const name = argument.slice(2);
    return argument.startsWith('--') && inputFlags.some((row) => row.kind === 'flag' && row.name === name)
        ? `${argument}=true`
        : argument;
}
function renderBuildHelp(action = 'main') {
    const flags = listInputFlags(action).map(({ name }) => `--${name}`);
    return `${action === 'main' ? 'hotlayer build [flags] CONTEXT' : 'hotlayer bake [flags] [TARGET…]'}

Runs the action on this machine, with a real BuildKit daemon and an embedded cache service.

${(0,_flags_js__WEBPACK_IMPORTED_MODULE_3__/* .renderFlags */ .GY)({
        ..._played_event_js__WEBPACK_IMPORTED_MODULE_4__/* .eventFlagSpecs */ .n6,
        'cache-dir': { value: 'DIR', help: 'where the embedded cache service keeps its entries' },
        report: {
            value: 'FILE',
            help: "write outputs, the job summary and the cache service's statistics there as JSON",
        },
    })}
All inputs of the action are flags too; a list's flag may be given more than once:
  ${flags.join(' ')}
`;
}


/***/ }),

/***/ 8052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCleanupCommand: () => (/* binding */ runCleanupCommand)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
;// CONCATENATED MODULE: ./build/report/format.js

const mebibyte = 1024 * 1024;
/** `12.3 MiB`. */
function renderSize(sizeBytes) {
    return `${(sizeBytes / mebibyte).toFixed(1)} MiB`;
}
/** `4.2 s`. */
function renderSeconds(seconds) {
    return `${seconds.toFixed(1)} s`;
}
/** Nobody sees it. GitHub looks for mentions, issues and addresses last, and finds none with this in it. */
const gap = '&#8203;';
/**
 * Text as it may stand in a cell of a Markdown table: no HTML, no new cell, no new line, no formatting, no mathematics,
 * no link, and nobody is mentioned.
 */
function format_renderText(text) {
    return escapeText(text).replace(/&#64;|&#35;(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, `$&${gap}`);
}
/** Without the gaps, which whoever copies a name would copy with it. */
function escapeText(text) {
    return toPlainText(text)
        .replace(/\s+/g, ' ')
        .trim()
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\|`*_[\]~#@!$]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** A name in fixed-width letters; HTML, because a backtick in the name would end a Markdown code span. */
function format_renderCode(text) {
    return `<code>${escapeText(text)}</code>`;
}
/** A Markdown table; the cells are Markdown already. */
function format_renderTable(head, rows) {
    const render = (cells) => `| ${cells.join(' | ')} |`;
    return [render(head), render(head.map(() => '---')), ...rows.map(render)].join('\n');
}

;// CONCATENATED MODULE: ./build/cache-protocol/version.js
/** The one cache version of every BuildKit entry: sha256 of `|go-actionscache-1.0` (go-actions-cache, cache.go). */
const BUILDKIT_CACHE_VERSION = '693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2';
/** The version of the gateway's own entries, so that they never mix with others': sha256 of `hotlayer-packs-1`. */
const PACKS_CACHE_VERSION = 'fdf4e0361eff7e4f5e8bea911c3ad00d48e8e75252bdce5cf42c5386791b45b2';

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/gateway/access/buildkit-key.js

const blobPattern = /^buildkit-blob-1-sha256:([0-9a-f]{64})(-sig)?$/;
const indexPattern = /^(index-([A-Za-z0-9_.\-/:@+=~ ]+)-1-([0-9a-f]{8})(-sig)?)(?:(#)([1-9][0-9]{0,14})?)?$/;
/** undefined: no key of BuildKit's. */
function parseBuildkitKey(key) {
    const blob = blobPattern.exec(key);
    if (blob?.[1] !== undefined)
        return { kind: 'blob', sha256: blob[1], isSignature: blob[2] !== undefined };
    const [, base, cacheScope, refHash, signed, mark, number] = indexPattern.exec(key) ?? [];
    if (base === undefined || cacheScope === undefined || refHash === undefined)
        return undefined;
    return {
        kind: 'index',
        cacheScope,
        refHash,
        base,
        number,
        hasMark: mark !== undefined,
        isSigned: signed !== undefined,
    };
}
/** How BuildKit puts a ref scope into an index key. */
function toRefHash(refScope) {
    return createHash('sha256').update(refScope).digest('hex').slice(0, 8);
}

;// CONCATENATED MODULE: ./build/gateway/packs/entry-key.js
/**
 * The keys of the gateway's own entries. All lower case, because servers of v1 fold case, and without a comma, because
 * v1 joins keys with it. Nothing is lost by folding a cache scope: the policy's names end with a hash of what they are.
 */
/** `hotlayer-pack-1-<run>-<attempt>-<random>-<n>`: run and attempt, so that a crashed upload blocks no later run. */
function toPackKey(job, number) {
    return `hotlayer-pack-1-${job.runId}-${job.attempt}-${job.random}-${number}`.toLowerCase();
}
/** What all manifests of a cache scope begin with; the service answers the newest of them. */
function toManifestPrefix(cacheScope) {
    return `hotlayer-manifest-1-${cacheScope.toLowerCase()}#`;
}
function toManifestKey(cacheScope, number) {
    return `${toManifestPrefix(cacheScope)}${number}`;
}
/** The cache scope and the number of a manifest's key; undefined: the key is none. */
function splitManifestKey(key) {
    const [, cacheScope, digits] = /^hotlayer-manifest-1-(.+)#([1-9][0-9]{0,14})$/.exec(key.toLowerCase()) ?? [];
    return cacheScope === undefined ? undefined : { cacheScope, number: Number(digits) };
}
/** The number of a manifest of that cache scope; undefined: the key is none. */
function parseManifestNumber(cacheScope, key) {
    const prefix = toManifestPrefix(cacheScope);
    const folded = key.toLowerCase();
    if (!folded.startsWith(prefix))
        return undefined;
    const digits = folded.slice(prefix.length);
    return /^[1-9][0-9]{0,14}$/.test(digits) ? Number(digits) : undefined;
}

;// CONCATENATED MODULE: ./build/cleanup/entry.js



function classifyEntry({ key, version }) {
    if (version === PACKS_CACHE_VERSION) {
        if (/^hotlayer-pack-1-/i.test(key))
            return { kind: 'pack' };
        const manifest = splitManifestKey(key);
        return manifest === undefined ? { kind: 'newer' } : { kind: 'manifest', ...manifest };
    }
    if (version === BUILDKIT_CACHE_VERSION) {
        const found = parseBuildkitKey(key);
        if (found?.kind === 'blob')
            return { kind: 'layer' };
        if (found?.kind === 'index' && found.number !== undefined)
            return {
                kind: 'index',
                cacheScope: found.cacheScope,
                base: found.base,
                number: Number(found.number),
            };
        return { kind: 'other' };
    }
    return key.startsWith('hotlayer-tools_') ? { kind: 'tools' } : { kind: 'other' };
}

;// CONCATENATED MODULE: ./build/cleanup/forecast.js
/** What GitHub would evict at that limit: what was not used for longest, until the rest fits. */
function forecastEviction(entries, limitBytes) {
    let sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    const evicted = new Set();
    for (const entry of [...entries].sort((a, b) => a.accessedMs - b.accessedMs || a.id - b.id)) {
        if (sizeBytes <= limitBytes)
            break;
        evicted.add(entry);
        sizeBytes -= entry.sizeBytes;
    }
    return evicted;
}

;// CONCATENATED MODULE: ./build/cleanup/report-rows.js


/** The largest first. */
function toReportRows(result, limitBytes) {
    const { facts, removals } = result;
    const removed = new Set(removals.map(({ entry }) => entry.id));
    const staying = facts.entries.filter(({ id }) => !removed.has(id));
    const evicted = forecastEviction(staying, limitBytes);
    const scopes = listPackScopes(result);
    const rows = new Map();
    for (const entry of facts.entries) {
        const what = describeEntry(entry, scopes);
        const name = JSON.stringify([entry.ref, what]);
        const row = rows.get(name);
        rows.set(name, {
            ...{ ref: entry.ref, what },
            entries: (row?.entries ?? 0) + 1,
            bytes: (row?.bytes ?? 0) + entry.sizeBytes,
            lastUseMs: Math.max(row?.lastUseMs ?? 0, entry.accessedMs),
            removedBytes: (row?.removedBytes ?? 0) + (removed.has(entry.id) ? entry.sizeBytes : 0),
            evictedBytes: (row?.evictedBytes ?? 0) + (evicted.has(entry) ? entry.sizeBytes : 0),
        });
    }
    return [...rows.values()].sort((a, b) => b.bytes - a.bytes || (a.ref < b.ref ? -1 : 1));
}
/** By the key of a pack the cache scope of a manifest that names it. */
function listPackScopes({ facts }) {
    const scopes = new Map();
    for (const entry of facts.entries) {
        const kind = classifyEntry(entry);
        if (kind.kind !== 'manifest')
            continue;
        for (const key of facts.named.get(entry.id) ?? [])
            scopes.set(key, kind.cacheScope);
    }
    return scopes;
}
function describeEntry(entry, scopes) {
    const kind = classifyEntry(entry);
    switch (kind.kind) {
        case 'manifest':
        case 'index':
            return kind.cacheScope;
        case 'pack':
            return scopes.get(entry.key.toLowerCase()) ?? '(packs of Hotlayer)';
        case 'newer':
            return '(of a newer Hotlayer)';
        case 'layer':
            return "(layers of BuildKit's own client)";
        case 'tools':
            return '(BuildKit and buildx)';
        case 'other':
            return '(other tools)';
        default:
            return kind;
    }
}

;// CONCATENATED MODULE: ./build/cleanup/verdict.js
/** Fails when something was to be removed and nothing could be; what is left is a warning. */
function decideVerdict({ result, target, isReadOnly }) {
    const { facts, deletion } = result;
    const warnings = describeUnknown(facts.refs);
    const notes = [...describeTarget(result, target), ...describeList(result, target)];
    const { fault, left, deleted, gone } = deletion;
    if (fault === undefined)
        return { notes, warnings, failure: undefined };
    const done = deleted.length + gone.length;
    if (done === 0 && fault.kind !== 'stopped') {
        const sentence = `None of ${countCaches(left.length)} could be removed: ${fault.reason}.`;
        if (!isReadOnly)
            return { notes, warnings, failure: sentence };
        const why = 'GitHub gives pull requests of forks and of Dependabot a token that may only read';
        return {
            notes,
            warnings: [...warnings, `${sentence} ${why}: a run on a schedule removes them.`],
            failure: undefined,
        };
    }
    const next = 'The next run goes on with them';
    return {
        notes,
        warnings: [...warnings, `${countCaches(left.length)} are left: ${fault.reason}. ${next}.`],
        failure: undefined,
    };
}
/** One sentence for each reason. */
function describeUnknown(refs) {
    const byReason = new Map();
    for (const [ref, state] of refs) {
        if (state.kind !== 'unknown')
            continue;
        byReason.set(state.reason, [...(byReason.get(state.reason) ?? []), ref]);
    }
    return [...byReason].map(([reason, names]) => {
        const [first = '', ...more] = names;
        const others = more.length === 0 ? '' : ` and ${more.length} more`;
        return `The caches of ${first}${others} are taken for live: ${reason}.`;
    });
}
function describeTarget({ facts }, target) {
    if (target.kind !== 'event')
        return [];
    if (facts.entries.length === 0)
        return [`There are no caches of ${target.subject}.`];
    const isLive = [...facts.refs.values()].some(({ kind }) => kind === 'live');
    return isLive ? [`${target.subject} is there: its caches stay.`] : [];
}
function describeList({ facts }, target) {
    return facts.isComplete || target.kind === 'event'
        ? []
        : ['The list of caches changed each time that it was read: no pack is removed in this run.'];
}
function countCaches(count) {
    return count === 1 ? '1 cache' : `${count} caches`;
}

;// CONCATENATED MODULE: ./build/cleanup/report.js



/** The rest is summed up in one more row. */
const maxRows = 100;
const dayMs = 24 * 60 * 60_000;
const reasons = {
    'pull-request-closed': 'of closed pull requests',
    'branch-deleted': 'of deleted branches',
    'tag-deleted': 'of deleted tags',
    'superseded-manifest': 'older manifests of Hotlayer',
    'superseded-index': "older indexes of BuildKit's own client",
    'unnamed-pack': 'packs that no manifest names',
};
/** Lines for the log. */
function renderCleanupLog(facts) {
    const { rows, head } = toCells(facts);
    const table = [head, ...rows];
    const widths = head.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
    const lines = table.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    return [...(rows.length === 0 ? [] : lines), ...renderReasons(facts), renderTotal(facts)];
}
/** The job summary, as Markdown. */
function renderCleanupSummary(facts) {
    const { rows, head } = toCells(facts);
    const table = renderTable(head, rows.map(([ref = '', what = '', ...figures]) => [renderCode(ref), renderCode(what), ...figures]));
    const { failure, warnings, notes } = facts.verdict;
    const sentences = [...(failure === undefined ? [] : [failure]), ...warnings, ...notes];
    return [
        '## Hotlayer: caches of this repository',
        renderText(renderTotal(facts)),
        ...sentences.map((sentence) => renderText(sentence)),
        renderReasons(facts)
            .map((line) => `- ${renderText(line)}`)
            .join('\n'),
        rows.length === 0 ? '' : table,
    ]
        .filter((section) => section !== '')
        .map((section) => `${section}\n\n`)
        .join('');
}
function renderTotal({ result, isDryRun, limitBytes }) {
    const { entries } = result.facts;
    const { removals, deletion } = result;
    const bytes = sumBytes(entries);
    const gone = [...deletion.deleted, ...deletion.gone].map(({ entry }) => entry);
    const done = isDryRun
        ? `${countCaches(removals.length)} (${renderSize(sumBytes(removals.map(({ entry }) => entry)))}) would be removed`
        : `${countCaches(deletion.deleted.length)} (${renderSize(sumBytes(deletion.deleted.map(({ entry }) => entry)))}) removed`;
    return `${countCaches(entries.length)} with ${renderSize(bytes)}: ${done}, ${renderSize(bytes - sumBytes(gone))} remain of a limit of ${renderSize(limitBytes)}.`;
}
function renderReasons({ result }) {
    return Object.entries(reasons).flatMap(([reason, words]) => {
        const found = result.removals.filter((removal) => removal.reason === reason).map(({ entry }) => entry);
        return found.length === 0
            ? []
            : [`${words}: ${countCaches(found.length)}, ${renderSize(sumBytes(found))}`];
    });
}
function toCells({ result, limitBytes, isDryRun }) {
    const all = toReportRows(result, limitBytes);
    const rows = [...all.slice(0, maxRows), ...sumUp(all.slice(maxRows))];
    const { nowMs } = result.facts;
    return {
        head: [
            'Ref',
            'Cache scope',
            'Caches',
            'Size',
            'Last use',
            isDryRun ? 'To go' : 'Goes',
            'Evicted at the limit',
        ],
        rows: rows.map((row) => [
            ...[row.ref, row.what, String(row.entries), renderSize(row.bytes)],
            renderAge(nowMs - row.lastUseMs),
            ...[row.removedBytes, row.evictedBytes].map((bytes) => (bytes === 0 ? '' : renderSize(bytes))),
        ]),
    };
}
function sumUp(rows) {
    if (rows.length === 0)
        return [];
    const sum = (toNumber) => rows.reduce((total, row) => total + toNumber(row), 0);
    return [
        {
            ...{ ref: `${rows.length} more`, what: '' },
            entries: sum(({ entries }) => entries),
            bytes: sum(({ bytes }) => bytes),
            lastUseMs: Math.max(...rows.map(({ lastUseMs }) => lastUseMs)),
            removedBytes: sum(({ removedBytes }) => removedBytes),
            evictedBytes: sum(({ evictedBytes }) => evictedBytes),
        },
    ];
}
function renderAge(ageMs) {
    const hours = Math.max(0, Math.floor(ageMs / (dayMs / 24)));
    return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
function sumBytes(entries) {
    return entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/async/clock.js
const systemClock = {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        if (signal?.aborted)
            return reject(signal.reason);
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, ms);
        signal?.addEventListener('abort', stop, { once: true });
    }),
};

;// CONCATENATED MODULE: ./build/buildkit/solve/cache-flags.js

const noWords = { exporters: [], faults: [] };
const cache_flags_noCache = {
    imports: [],
    export: undefined,
    words: noWords,
    environment: {},
    dockerConfig: undefined,
};
/** `--cache-to` and `--cache-from`. */
function toCacheFlags(cache) {
    return [
        ...(cache.export === undefined ? [] : ['--cache-to', renderCacheEntry(cache.export)]),
        ...cache.imports.flatMap((entry) => ['--cache-from', renderCacheEntry(entry)]),
    ];
}
/** As `--cache-from` and `--cache-to` take it. */
function renderCacheEntry({ type, attrs }) {
    return renderCsv([`type=${type}`, ...Object.entries(attrs).map(([name, value]) => `${name}=${value}`)]);
}

;// CONCATENATED MODULE: ./build/cache/cache-entries.js
/** Otherwise a cache that cannot be exported would fail the build, and cancel a push that runs beside it. */
const mayFail = { 'ignore-error': 'true' };
function toGhaImport(scope) {
    return { type: 'gha', attrs: { scope } };
}
/** Always gzip (cache/remotecache/gha of BuildKit). */
function toGhaExport(scope, { mode = 'max' }) {
    return { type: 'gha', attrs: { scope, mode, ...mayFail } };
}
/** @param ref `HOST:PORT/REPOSITORY:TAG` */
function toRegistryImport(ref) {
    return { type: 'registry', attrs: { ref } };
}
/** zstd where nobody asks for gzip; layers that are in the image already keep what they have. */
function toRegistryExport(ref, { mode = 'max', compressionLevel, compression, }) {
    return {
        type: 'registry',
        attrs: {
            ...{ ref, mode, compression: compression === 'gzip' ? 'gzip' : 'zstd' },
            ...(compressionLevel === undefined ? {} : { 'compression-level': String(compressionLevel) }),
            ...{ 'oci-mediatypes': 'true', 'image-manifest': 'true' },
            ...mayFail,
        },
    };
}
/** Name of their exporters in cache/remotecache of BuildKit. */
const exporterNames = {
    // The last two are those of v0.11 and v0.10.
    gha: ['exporting to GitHub Actions Cache', 'exporting to GitHub cache', 'exporting cache'],
    registry: ['exporting cache to registry'],
    local: ['exporting cache to client directory'],
    s3: ['exporting cache to Amazon S3'],
    azblob: ['exporting cache to Azure Blob Storage'],
    inline: ['exporting inline cache', 'preparing layers for inline cache'],
};
/** Seen from BuildKit v0.33.1 behind a cache index that names a blob that is gone, or whose service is out of reach. */
const faults = (/* unused pure expression or super */ null && ([
    /BlobNotFound|ContainerNotFound|AuthenticationFailed/,
    /_apis\/artifactcache|github\.actions\.results\.api/,
    // `type=registry`, that is the gateway: gone in the middle of a build, or without a blob that its manifest named.
    /http:\/\/127\.0\.0\.1:\d+\/v2\/hotlayer(?:-x)?\//,
    /could not fetch content descriptor sha256:[0-9a-f]{64} \(\S+\) from remote: not found/,
]));
/**
 * What BuildKit says of the Actions cache. The faults are those of both ways to it: the daemon may still wait for layers
 * that an earlier step of the job imported the other way.
 */
function cache_entries_toWords(exported) {
    return { exporters: exported === undefined ? [] : (exporterNames[exported.type] ?? []), faults };
}
/** Names under which BuildKit exports caches: with a manifest that it names (`named`), and without (`timed`). */
function listExporters() {
    return { named: exporterNames['registry'] ?? [], timed: exporterNames['gha'] ?? [] };
}

;// CONCATENATED MODULE: ./build/cache/cached-layers.js
const cached_layers_nothingCached = { base: [], own: [], result: [] };
function joinLayers(all) {
    const join = (name) => [...new Set(all.flatMap((layers) => layers[name]))];
    return { base: join('base'), own: join('own'), result: join('result') };
}

;// CONCATENATED MODULE: ./build/cache/no-access.js



/** A build without a cache; `description` says why, where the plan does not. */
function no_access_createNoAccess(description) {
    return {
        describe: () => description,
        open: async ({ plans, seen }) => toUnguardedRoutes(plans.map(() => ({ ...noCache, words: toWords(undefined) })), seen),
        watch: async () => undefined,
        sortImportErrors: (errors) => errors,
        settle: async () => ({ verdict: undefined, foreign: undefined }),
        readReport: async () => undefined,
        outcome: () => ({ cacheExport: 'skipped', reason: undefined, unloaded: [] }),
    };
}
/** Without the gateway, what BuildKit makes of its own cache is left to it; but not what we made it compress before. */
function toUnguardedRoutes(caches, seen) {
    const cachedLayers = { ...nothingCached, own: seen.zstd ? ['zstd'] : [] };
    const routes = caches.map((cache) => ({ cache, cachedLayers }));
    return { routes, seen, notices: [], degradations: [] };
}

;// CONCATENATED MODULE: ./build/cache/service.js

/**
 * GitHub's runner says `ACTIONS_CACHE_SERVICE_V2=True`; other spellings of true are taken as BuildKit takes them
 * (strconv.ParseBool). GHES, act and Gitea have v1 only, and some of them offer only ACTIONS_RESULTS_URL for it.
 */
function readUpstream(env) {
    const results = env['ACTIONS_RESULTS_URL'];
    const cache = env['ACTIONS_CACHE_URL'];
    const saysV2 = /^(1|t|true|y|yes|on)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '');
    if (saysV2 && results)
        return { protocol: 2, url: results };
    const v1 = cache || results;
    return v1 ? { protocol: 1, url: v1 } : undefined;
}
function findService({ token, upstream }, plans) {
    // The plans themselves say why there is no cache.
    if (token === undefined || isUnused(plans))
        return { kind: 'none', access: createNoAccess(undefined) };
    if (upstream !== undefined)
        return { kind: 'there', service: { token, upstream } };
    const sentence = 'The runner names no cache service (ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL): this build runs without a cache.';
    return { kind: 'none', access: createNoAccess({ kind: 'loss', sentence }) };
}
/** Nothing is imported and nothing exported. */
function isUnused(plans) {
    return plans.every((plan) => plan.imports.length === 0 && plan.export === null);
}
/** What a reader is told where nobody can use the runtime token. */
function refuse(refusal, kind = 'loss') {
    // The plan has warned of a token that cannot be read: it has asked the same reader.
    if (refusal.code === 'token-opaque')
        return createNoAccess(undefined);
    return createNoAccess({ kind, sentence: `This build runs without a cache: ${refusal.reason}.` });
}
/** The variables that BuildKit's clients read for `type=gha` (buildx: build/opt.go, addGithubToken). */
function toServiceVariables({ url, protocol }, token) {
    const base = url.endsWith('/') ? url : `${url}/`;
    return {
        ACTIONS_CACHE_SERVICE_V2: protocol === 2 ? 'true' : 'false',
        ACTIONS_CACHE_URL: base,
        ACTIONS_RESULTS_URL: base,
        ACTIONS_RUNTIME_TOKEN: token,
    };
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/cleanup/api-wait.js
const attempts = 4;
const firstDelayMs = 1000;
/** Where GitHub names no time it asks for at least a minute. */
const unnamedPauseMs = 60_000;
/**
 * What to do about an answer, by https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: both
 * limits come as 403 or 429, and only headers and words tell them from a missing permission.
 */
function decideWait(answer, facts) {
    const { status, headers, message } = answer;
    const { attempt, nowMs, budgetMs } = facts;
    if (isLimited(answer)) {
        const waitMs = readPauseMs(headers, nowMs);
        if (waitMs <= budgetMs)
            return { kind: 'wait', waitMs };
        const reason = `GitHub answered ${status} (${message}) and asks for a pause of ${Math.ceil(waitMs / 1000)} s`;
        return { kind: 'stop', reason };
    }
    const waitMs = firstDelayMs * 2 ** (attempt - 1);
    const isPassing = status >= 500 && status !== 501;
    return isPassing && attempt < attempts && waitMs <= budgetMs ? { kind: 'wait', waitMs } : { kind: 'take' };
}
/** Of a call without any answer. */
function decideSilence(facts) {
    return decideWait({ status: 503, headers: {}, message: '' }, facts);
}
function isLimited({ status, headers, message }) {
    if (status === 429)
        return true;
    if (status !== 403)
        return false;
    const isUsedUp = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
    return isUsedUp || /secondary rate limit|API rate limit exceeded|abuse detection/i.test(message);
}
function readPauseMs(headers, nowMs) {
    const retryAfter = headers['retry-after'] ?? '';
    if (/^\d{1,9}$/.test(retryAfter))
        return Number(retryAfter) * 1000;
    const reset = headers['x-ratelimit-reset'] ?? '';
    const isUsedUp = headers['x-ratelimit-remaining'] === '0';
    if (isUsedUp && /^\d{1,12}$/.test(reset))
        return Math.max(1000, Number(reset) * 1000 - nowMs + 1000);
    return unnamedPauseMs;
}

;// CONCATENATED MODULE: ./build/cleanup/api-client.js




const answerTimeoutMs = 30_000;
const redirects = [301, 302, 307, 308];
const maxRedirects = 3;
/** GitHub's REST: waits where it asks for that, within bounds. Knows the runner's proxies. Throws only when it is cancelled. */
class ApiClient {
    #options;
    #http = new lib/* HttpClient */.Qq('hotlayer', [], { socketTimeout: answerTimeoutMs, allowRedirects: false });
    #budgetMs;
    #stopped;
    constructor(options) {
        this.#options = options;
        this.#budgetMs = options.budgetMs;
    }
    /** @param path behind the API's address, with a slash at its start */
    async call(method, path) {
        for (let attempt = 1;; attempt += 1) {
            this.#options.signal.throwIfAborted();
            if (this.#stopped !== undefined)
                return { kind: 'stopped', message: this.#stopped };
            const sent = await this.#send(method, path);
            const facts = { attempt, nowMs: this.#options.clock.now(), budgetMs: this.#budgetMs };
            const decision = typeof sent === 'string' ? decideSilence(facts) : decideWait(sent, facts);
            if (decision.kind === 'take')
                return toResult(sent, attempt);
            await this.#obey(decision, typeof sent === 'string' ? sent : `${sent.status} ${sent.message}`.trim());
        }
    }
    close() {
        this.#http.dispose();
    }
    async #obey(decision, words) {
        const { clock, signal, onWait } = this.#options;
        if (decision.kind === 'stop') {
            this.#stopped = decision.reason;
            return;
        }
        this.#budgetMs -= decision.waitMs;
        onWait(`GitHub answered ${words}: the next try is in ${Math.ceil(decision.waitMs / 1000)} s.`);
        await clock.sleep(decision.waitMs, signal);
    }
    /** A string says why there is no answer. The token goes to the API's own origin only. */
    async #send(method, path) {
        const { apiUrl, token } = this.#options;
        let url = `${apiUrl.replace(/\/+$/, '')}${path}`;
        try {
            for (let count = 0;; count += 1) {
                const { message, readBody } = await this.#request(method, url, token);
                const status = message.statusCode ?? 0;
                const text = await readBody();
                const { location } = message.headers;
                if (location === undefined || !redirects.includes(status))
                    return toAnswer(status, message.headers, text);
                const next = new URL(location, url);
                if (next.origin !== new URL(url).origin)
                    return `a redirect to another host (${next.origin})`;
                if (count >= maxRedirects)
                    return `more than ${maxRedirects} redirects`;
                url = next.href;
            }
        }
        catch (error) {
            return `no answer from ${url}: ${(0,errors/* toMessage */.R9)(error)}`;
        }
    }
    async #request(method, url, token) {
        const response = await this.#http.request(method, url, null, {
            Accept: 'application/vnd.github+json',
            'X-GitHub-Api-Version': '2022-11-28',
            Authorization: `Bearer ${token}`,
        });
        return { message: response.message, readBody: () => response.readBody() };
    }
}
function toAnswer(status, headers, text) {
    const body = (0,json/* parseJson */.qF)(text);
    const flat = Object.entries(headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value?.join(', '),
    ]);
    return { status, headers: Object.fromEntries(flat), message: (0,json/* readString */.E3)(body, 'message') ?? '', body };
}
function toResult(sent, attempts) {
    if (typeof sent === 'string')
        return { kind: 'failed', message: sent };
    const { status, body, headers, message } = sent;
    if (status >= 200 && status < 300)
        return { kind: 'answer', status, body, attempts };
    if (status >= 400 && status < 500) {
        const permission = headers['x-accepted-github-permissions'];
        return { kind: 'refused', status, message, permission, attempts };
    }
    return { kind: 'failed', message: `GitHub answered ${status} ${message}`.trim() };
}

// EXTERNAL MODULE: ./build/policy/ref.js
var policy_ref = __webpack_require__(2710);
;// CONCATENATED MODULE: ./build/cleanup/superseded.js

/** Jobs that began before something was replaced may need it; GitHub's longest job on its own runners takes 6 hours. */
const graceMs = 24 * 60 * 60_000;
/** The manifests of each ref and cache scope. */
function groupManifests(entries) {
    return group(entries, (found) => found.kind === 'manifest' ? { name: found.cacheScope, number: found.number } : undefined);
}
/** BuildKit's own indexes of each ref and cache scope. */
function groupIndexes(entries) {
    return group(entries, (found) => found.kind === 'index' ? { name: found.base, number: found.number } : undefined);
}
function group(entries, toPlace) {
    const groups = new Map();
    for (const entry of entries) {
        const place = toPlace(classifyEntry(entry));
        if (place === undefined)
            continue;
        const name = JSON.stringify([entry.ref, place.name]);
        groups.set(name, [...(groups.get(name) ?? []), { entry, number: place.number }]);
    }
    return [...groups.values()];
}
/**
 * Those of a group that no job can be about to read: another one has a higher number, was written later, and has been
 * there for a day. A look-up answers what was written last, and a writer counts from it, so both must agree.
 */
function listSuperseded(group, nowMs) {
    return group
        .filter(({ entry, number }) => group.some((other) => other.number > number &&
        other.entry.createdMs > entry.createdMs &&
        other.entry.createdMs <= nowMs - graceMs))
        .map(({ entry }) => entry);
}

;// CONCATENATED MODULE: ./build/cleanup/packs.js



/** Clocks of one service: what was written after a pack has hardly an earlier time. */
const slackMs = 60_000;
/**
 * The packs that no manifest names which counts now, or counted within the last day. A pack that may be named by a
 * manifest that could not be read is not among them, nor is one that was written or looked up within a day: a job that
 * needs it may still run, and writes its manifest last.
 */
function listUnnamedPacks(facts) {
    const witnesses = listWitnesses(facts);
    return listOldPacks(facts).filter((pack) => witnesses
        .filter((witness) => mayName(witness, pack, facts.defaultBranch))
        .every(({ entry }) => {
        const packs = entry === undefined ? undefined : facts.named.get(entry.id);
        return packs !== undefined && !packs.has(pack.key.toLowerCase());
    }));
}
/** The manifests that decide about packs, or about whose the packs are: to be read before. */
function listDecidingManifests(facts) {
    return listWitnesses(facts).flatMap(({ entry }) => entry !== undefined && classifyEntry(entry).kind === 'manifest' ? [entry] : []);
}
/** A job looks up each pack that a manifest names which it loads, so that the time of the last use tells of it too. */
function listOldPacks({ entries, nowMs }) {
    return entries.filter((entry) => classifyEntry(entry).kind === 'pack' && Math.max(entry.createdMs, entry.accessedMs) <= nowMs - graceMs);
}
function listWitnesses({ entries, nowMs }) {
    const newer = entries.filter((entry) => classifyEntry(entry).kind === 'newer');
    return [
        ...newer.map((entry) => ({ ref: entry.ref, createdMs: Number.POSITIVE_INFINITY, entry })),
        ...groupManifests(entries).flatMap((group) => listWitnessesOf(group, nowMs)),
    ];
}
function listWitnessesOf(group, nowMs) {
    const superseded = new Set(listSuperseded(group, nowMs));
    const kept = group.filter(({ entry }) => !superseded.has(entry));
    const witnesses = kept.map(({ entry }) => ({ ref: entry.ref, createdMs: entry.createdMs, entry }));
    const isWhole = kept.some(({ entry }) => entry.createdMs <= nowMs - graceMs) || kept.some(({ number }) => number === 1);
    const [first] = kept;
    // A job that still runs may have loaded one that was evicted meanwhile.
    return isWhole || first === undefined
        ? witnesses
        : [...witnesses, { ref: first.entry.ref, createdMs: Number.POSITIVE_INFINITY, entry: undefined }];
}
/** A manifest names packs that were there before it, and that its job could read. */
function mayName(witness, pack, defaultBranch) {
    return witness.createdMs + slackMs >= pack.createdMs && canRead(witness.ref, pack.ref, defaultBranch);
}
/**
 * Whether a run on `reader` may see entries of `owner`: its own, those of the default branch, and in a pull request or
 * a merge queue those of the base, which is not asked for.
 */
function canRead(reader, owner, defaultBranch) {
    if (reader === owner)
        return true;
    const [from, to] = [(0,policy_ref/* classifyRef */.qW)(reader), (0,policy_ref/* classifyRef */.qW)(owner)];
    switch (to.kind) {
        case 'pr':
        case 'tag':
            // Two spellings of one ref are one ref.
            return from.kind === to.kind && from.name === to.name;
        case 'branch':
        case 'bot':
        case 'queue':
            if (defaultBranch === undefined || to.name === defaultBranch)
                return true;
            return from.kind !== 'tag' && !(from.kind === 'branch' && from.name !== to.name);
        case 'empty':
        case 'other':
            return true;
        default:
            return to;
    }
}

;// CONCATENATED MODULE: ./build/cleanup/decide.js



/** What goes, the largest first: where GitHub stops a clean-up short, most is won. */
function decideRemovals(facts, rules) {
    const { entries, refs, nowMs } = facts;
    const dead = entries.flatMap((entry) => {
        const state = refs.get(entry.ref);
        return state?.kind === 'dead' ? [{ entry, reason: state.reason }] : [];
    });
    const read = listReadable(facts);
    const removals = [
        ...dead.filter(({ entry }) => rules.otherTools || classifyEntry(entry).kind !== 'other'),
        ...groupManifests(read)
            .flatMap((group) => listSuperseded(group, nowMs))
            .map((entry) => ({ entry, reason: 'superseded-manifest' })),
        ...groupIndexes(read)
            .flatMap((group) => listSuperseded(group, nowMs))
            .map((entry) => ({ entry, reason: 'superseded-index' })),
        ...(facts.isComplete ? listUnnamedPacks({ ...facts, entries: read }) : []).map((entry) => ({
            entry,
            reason: 'unnamed-pack',
        })),
    ];
    return removals
        .filter(({ entry }) => rules.refs === undefined || rules.refs.has(entry.ref))
        .sort((a, b) => b.entry.sizeBytes - a.entry.sizeBytes || a.entry.id - b.entry.id);
}
/** The entries that somebody may still read, for all that is known. */
function listReadable({ entries, refs, }) {
    return entries.filter(({ ref }) => refs.get(ref)?.kind !== 'dead');
}

;// CONCATENATED MODULE: ./build/cleanup/repository.js

const perPage = 100;
/** A list that changes while it is read is read again. */
const listTries = 3;
/** GitHub keeps fewer caches in 10 GB by far, and a server that never ends is no reason not to. */
const maxPages = 1000;
/** The calls of GitHub's REST that a clean-up needs, for one repository. */
class Repository {
    #client;
    #path;
    /** @param name `owner/name` */
    constructor(client, name) {
        this.#client = client;
        this.#path = `/repos/${name.split('/').map(encodeURIComponent).join('/')}`;
    }
    /** All caches, or those of one ref. */
    async listCaches(ref) {
        let last = { kind: 'listed', entries: [], isComplete: false };
        for (let count = 0; count < listTries; count += 1) {
            last = await this.#listOnce(ref);
            if (last.kind !== 'listed' || last.isComplete)
                return last;
        }
        return last;
    }
    /** By the time of their making: the one order that the use of a cache does not change. */
    async #listOnce(ref) {
        const entries = new Map();
        const totals = new Set();
        for (let page = 1; page <= maxPages; page += 1) {
            const query = new URLSearchParams({ sort: 'created_at', direction: 'asc', per_page: String(perPage) });
            query.set('page', String(page));
            if (ref !== undefined)
                query.set('ref', ref);
            const result = await this.#client.call('GET', `${this.#path}/actions/caches?${query}`);
            if (result.kind !== 'answer')
                return result;
            const found = (0,json/* readField */.dR)(result.body, 'actions_caches');
            const total = (0,json/* readNumber */.kz)(result.body, 'total_count');
            if (!Array.isArray(found) || total === undefined)
                return { kind: 'failed', message: 'GitHub answered no list of caches' };
            totals.add(total);
            const parsed = found.map(parseEntry);
            for (const entry of parsed)
                if (entry !== undefined)
                    entries.set(entry.id, entry);
            if (found.length < perPage)
                break;
        }
        // An entry that was evicted on a page that is read already moves another one past us.
        const isComplete = totals.size === 1 && totals.has(entries.size);
        return { kind: 'listed', entries: [...entries.values()], isComplete };
    }
    async deleteCache(id) {
        return await this.#client.call('DELETE', `${this.#path}/actions/caches/${id}`);
    }
    async readDefaultBranch() {
        const result = await this.#client.call('GET', this.#path);
        return result.kind === 'answer' ? (0,json/* readString */.E3)(result.body, 'default_branch') : undefined;
    }
    /** @param ref `refs/heads/main` or `refs/tags/v1` */
    async findRef(ref) {
        const path = ref
            .replace(/^refs\//, '')
            .split('/')
            .map(encodeURIComponent)
            .join('/');
        const result = await this.#client.call('GET', `${this.#path}/git/ref/${path}`);
        if (result.kind === 'refused' && result.status === 404)
            return 'missing';
        if (result.kind !== 'answer')
            return { reason: describeResult(result) };
        return (0,json/* readString */.E3)(result.body, 'ref') === ref ? 'there' : { reason: 'GitHub answered another ref' };
    }
    async findPullRequest(number) {
        const result = await this.#client.call('GET', `${this.#path}/pulls/${number}`);
        if (result.kind !== 'answer')
            return { reason: describeResult(result) };
        const state = (0,json/* readString */.E3)(result.body, 'state');
        const isAsked = String((0,json/* readNumber */.kz)(result.body, 'number')) === number;
        return isAsked && (state === 'open' || state === 'closed')
            ? state
            : { reason: 'GitHub answered no state of it' };
    }
}
function parseEntry(value) {
    const [id, sizeBytes] = [(0,json/* readNumber */.kz)(value, 'id'), (0,json/* readNumber */.kz)(value, 'size_in_bytes')];
    const [ref, key] = [(0,json/* readString */.E3)(value, 'ref'), (0,json/* readString */.E3)(value, 'key')];
    const createdMs = Date.parse((0,json/* readString */.E3)(value, 'created_at') ?? '');
    const accessedMs = Date.parse((0,json/* readString */.E3)(value, 'last_accessed_at') ?? '');
    if (id === undefined || sizeBytes === undefined || ref === undefined || key === undefined)
        return undefined;
    if (Number.isNaN(createdMs))
        return undefined;
    return {
        ...{ id, ref, key, sizeBytes, createdMs },
        version: (0,json/* readString */.E3)(value, 'version') ?? '',
        accessedMs: Number.isNaN(accessedMs) ? createdMs : accessedMs,
    };
}
/** Part of a sentence: what GitHub said, and which permission is missing. */
function describeResult(result) {
    if (result.kind !== 'refused')
        return result.message;
    const needs = result.permission === undefined ? '' : `; the token needs ${describePermission(result.permission)}`;
    return `GitHub answered ${result.status} ${result.message}`.trim() + needs;
}
/** As a workflow writes it: `pull-requests: read`. */
function describePermission(header) {
    return `\`${header.replaceAll('_', '-').replaceAll('=', ': ')}\``;
}

;// CONCATENATED MODULE: ./build/cleanup/deletion.js

/** A deletion counts five points, and GitHub allows 900 a minute: from some number on there is a pause between two. */
const quickDeletions = 100;
const pauseMs = 400;
/** Of calls in turn: a server that does that will go on. */
const maxFailuresInTurn = 3;
/** One after the other, as GitHub wants it for calls that change something. A cancellation ends it, and is told in the fault. */
async function deleteRemovals(removals, repository, { clock, signal }) {
    const deleted = [];
    const gone = [];
    const left = [];
    let fault;
    let failuresInTurn = 0;
    for (const [index, removal] of removals.entries()) {
        const outcome = await deleteOne(removal, repository, { clock, signal }, index >= quickDeletions);
        if (outcome === 'deleted')
            deleted.push(removal);
        else if (outcome === 'gone')
            gone.push(removal);
        else
            left.push(removal);
        failuresInTurn = typeof outcome === 'string' ? 0 : failuresInTurn + 1;
        if (typeof outcome === 'string')
            continue;
        fault = outcome;
        if (outcome.kind !== 'failed' || failuresInTurn >= maxFailuresInTurn) {
            left.push(...removals.slice(index + 1));
            break;
        }
    }
    return { deleted, gone, left, fault };
}
async function deleteOne({ entry }, repository, { clock, signal }, hasPause) {
    try {
        if (hasPause)
            await clock.sleep(pauseMs, signal);
        const result = await repository.deleteCache(entry.id);
        if (result.kind === 'answer')
            return 'deleted';
        // A 404 after another try: the answer to the first one was lost.
        if (result.kind === 'refused' && result.status === 404)
            return result.attempts > 1 ? 'deleted' : 'gone';
        return { kind: result.kind, reason: describeRefusal(result) };
    }
    catch (error) {
        if (signal.aborted)
            return { kind: 'stopped', reason: 'the run was cancelled' };
        throw error;
    }
}
/** GHES names no permission. */
function describeRefusal(result) {
    const words = describeResult(result);
    const isUnnamed = result.kind === 'refused' && result.status === 403 && result.permission === undefined;
    return isUnnamed ? `${words}; the token needs \`actions: write\`` : words;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/async/parallel.js
/** Runs `work` on each item, at most `limit` at once; the first fault stops the start of further ones and is thrown. */
async function forEachParallel(items, limit, work) {
    const iterator = items[Symbol.iterator]();
    let failed = false;
    const runLane = async () => {
        for (;;) {
            if (failed)
                return;
            const next = iterator.next();
            if (next.done)
                return;
            try {
                await work(next.value);
            }
            catch (error) {
                failed = true;
                throw error;
            }
        }
    };
    const lanes = await Promise.allSettled(Array.from({ length: limit }, runLane));
    for (const lane of lanes)
        if (lane.status === 'rejected')
            throw lane.reason;
}

// EXTERNAL MODULE: ./build/cache-protocol/rest-v1.js
var rest_v1 = __webpack_require__(6532);
// EXTERNAL MODULE: ./build/cache-protocol/twirp.js
var cache_protocol_twirp = __webpack_require__(7322);
// EXTERNAL MODULE: ./build/cache-protocol/blob.js
var blob = __webpack_require__(8401);
// EXTERNAL MODULE: ./build/cache-protocol/blob-xml.js
var blob_xml = __webpack_require__(9685);
// EXTERNAL MODULE: ./build/cache-protocol/range.js
var cache_protocol_range = __webpack_require__(5753);
;// CONCATENATED MODULE: ./build/cache-client/health.js
/** Another call has found out that the host does not answer: nothing was sent. */
class UnavailableError extends Error {
    constructor(reason, options) {
        super(reason, options);
        this.name = 'UnavailableError';
    }
}
/** After that a call may try again whether the host is back; twice as long after each time that it is not. */
const coolDown = { firstMs: 10_000, maxMs: 120_000 };
/**
 * What is known of one host, for all calls to it: what one has waited for in vain, the others do not wait for again.
 * Known to be away it is asked by one call at a time, and seldom; the first answer ends the outage.
 */
class HostHealth {
    #clock;
    #onOutage;
    /** So many calls in a row must give up before the host counts as away. */
    #patience;
    #outage;
    #answers = 0;
    #givenUp = 0;
    #isSuspect = false;
    #askAgainAt = 0;
    #coolDownMs = coolDown.firstMs;
    constructor(clock, onOutage, patience = 1) {
        this.#clock = clock;
        this.#onOutage = onOutage;
        this.#patience = patience;
    }
    get outage() {
        return this.#outage;
    }
    /** Grows with each answer, so that a call can tell whether the host answered others meanwhile. */
    get answers() {
        return this.#answers;
    }
    /** It did not answer the last time: do not wait for long. */
    get isSuspect() {
        return this.#isSuspect;
    }
    /** Before a call: whether it is one that only asks if the host is back. Throws UnavailableError. */
    enter() {
        if (this.#outage === undefined)
            return false;
        const now = this.#clock.now();
        if (now < this.#askAgainAt)
            throw new UnavailableError(this.#outage.reason);
        this.#askAgainAt = now + this.#coolDownMs;
        this.#coolDownMs = Math.min(coolDown.maxMs, this.#coolDownMs * 2);
        return true;
    }
    /** The next call may ask whether the host is back. */
    askAgain() {
        this.#askAgainAt = this.#clock.now();
    }
    answered() {
        this.#answers += 1;
        this.#givenUp = 0;
        this.#isSuspect = false;
        this.#outage = undefined;
        this.#coolDownMs = coolDown.firstMs;
    }
    silent() {
        this.#isSuspect = true;
    }
    /** A call gives up; `answersBefore` as it was when the call began. */
    givenUp(answersBefore, reason) {
        if (this.#answers > answersBefore || this.#outage !== undefined)
            return;
        this.#givenUp += 1;
        if (this.#givenUp < this.#patience)
            return;
        this.#outage = { since: this.#clock.now(), reason };
        this.#askAgainAt = this.#clock.now() + this.#coolDownMs;
        this.#onOutage(this.#outage);
    }
}
/** One kind of call may fail where others work: two that give up in a row are enough to know. */
const callsOfOneKind = 2;
/** All hosts of a cache service: that of its API, and those of its blobs. */
class ServiceHealth {
    #clock;
    #onOutage;
    #hosts = new Map();
    #kinds = new Map();
    #outages = 0;
    #lastAnswerAt;
    constructor(clock, onOutage = () => undefined) {
        this.#clock = clock;
        this.#onOutage = onOutage;
        this.#lastAnswerAt = clock.now();
    }
    host(url) {
        return find(this.#hosts, new URL(url).host, () => {
            const onOutage = (outage) => {
                this.#outages += 1;
                this.#onOutage(outage);
            };
            return new HostHealth(this.#clock, onOutage);
        });
    }
    /** For answers that tell of trouble. */
    kind(url, kind) {
        const create = () => new HostHealth(this.#clock, () => undefined, callsOfOneKind);
        return find(this.#kinds, `${kind} ${new URL(url).host}`, create);
    }
    /** Outages of hosts so far. */
    get outages() {
        return this.#outages;
    }
    /** Of any host, now. */
    get outage() {
        return [...this.#hosts.values()].find(({ outage }) => outage !== undefined)?.outage;
    }
    /** Milliseconds since any host answered, whatever it said. */
    get silentMs() {
        return this.#clock.now() - this.#lastAnswerAt;
    }
    /** A host has answered, whatever it said. */
    heard(url) {
        this.#lastAnswerAt = this.#clock.now();
        this.host(url).answered();
    }
    /** The next call to each host that is away may ask whether it is back. */
    askAgain() {
        for (const health of [...this.#hosts.values(), ...this.#kinds.values()])
            health.askAgain();
    }
}
function find(known, name, create) {
    const found = known.get(name) ?? create();
    known.set(name, found);
    return found;
}

;// CONCATENATED MODULE: ./build/cache-client/retry.js


const defaultRetryPolicy = {
    attempts: 6,
    firstDelayMs: 500,
    maxDelayMs: 20_000,
    deadlineMs: 5 * 60_000,
};
/** Worth another try: the request never got through, or the service said so. */
class RetryableError extends Error {
    /** HTTP status; undefined when there was no answer. */
    status;
    /** What the service asked for with `Retry-After`. */
    retryAfterMs;
    /** Why there was no answer; undefined when there was one. */
    absence;
    /** It went over a connection that had been idle, and may have been dropped by something on the way. */
    isReused;
    constructor(message, facts = {}, options) {
        super(message, options);
        this.name = 'RetryableError';
        this.status = facts.status;
        this.retryAfterMs = facts.retryAfterMs;
        this.absence = facts.absence;
        this.isReused = facts.isReused ?? false;
    }
}
/** 408, 429 and the 5xx that a moment later may be a success; 501 and 505 stay what they are. */
function isRetryableStatus(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
/** Milliseconds of a `Retry-After` header (seconds or an HTTP date); undefined when absent or unreadable. */
function parseRetryAfter(header, nowMs) {
    const text = header?.trim();
    if (!text)
        return undefined;
    if (/^-?\d+$/.test(text))
        return Math.max(0, Number(text) * 1000);
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
/**
 * The wait before try number `attempt` + 1. What the service asked for is a minimum: jitter only adds to it, since
 * all jobs of a repository share the limit and would otherwise come back at the same moment.
 */
function decideDelayMs(policy, attempt, retryAfterMs, random) {
    const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
    if (retryAfterMs === undefined)
        return Math.round(backoff * (0.5 + random));
    return Math.round(retryAfterMs + Math.min(backoff, 1000 + retryAfterMs / 4) * random);
}
/** So long it is tried whether a host that refuses connections is only being restarted. */
const refusedPatienceMs = 900;
const refusedFirstDelayMs = 100;
/**
 * The wait before the next try; undefined: there is none. A host that answers nobody is not waited for as long as one
 * that is only busy: who refuses a connection does so a second later too, and each silence costs the whole timeout.
 */
function decideRetry(policy, failed) {
    const { attempt, error, elapsedMs, hasAnswered, random } = failed;
    if (attempt >= policy.attempts || error.absence === 'untrusted')
        return undefined;
    const backoff = decideDelayMs(policy, attempt, error.retryAfterMs, random);
    if (hasAnswered || error.absence === undefined || error.absence === 'broken')
        return backoff;
    if (error.absence === 'silent')
        return error.isReused && attempt === 1 ? 0 : undefined;
    const waitMs = Math.min(backoff, Math.round(refusedFirstDelayMs * 2 ** (attempt - 1) * (0.5 + random)));
    return elapsedMs + waitMs > refusedPatienceMs ? undefined : waitMs;
}
/** A refused, silent or untrusted host is away; what answers with trouble is not. */
function chooseHealth({ host, kind }, error) {
    return error.absence === undefined ? kind : host;
}
/**
 * Runs `call` until it answers, throws something other than RetryableError, or policy and deadline are used up.
 * A wait that would pass the deadline is not begun: the last error is thrown at once. Throws UnavailableError when that
 * shows that the host is away, and at once while it is known to be.
 */
async function callWithRetries(context, call) {
    const { policy, clock, observer, gate, signal, health, isProbe = false } = context;
    const startedMs = clock.now();
    const deadlineAtMs = startedMs + (policy.patienceMs ?? policy.deadlineMs);
    const before = { host: health.host.answers, kind: health.kind.answers };
    const isOnlyTry = isProbe || [health.host.enter(), health.kind.enter()].includes(true);
    for (let attempt = 1;; attempt++) {
        signal?.throwIfAborted();
        await passGate(context, deadlineAtMs);
        try {
            return await call(attempt);
        }
        catch (error) {
            if (!(error instanceof RetryableError) || signal?.aborted)
                throw error;
            if (error.absence === 'silent')
                health.host.silent();
            const waitMs = decideRetry(policy, {
                attempt,
                error,
                elapsedMs: clock.now() - startedMs,
                hasAnswered: health.host.answers > before.host,
                random: clock.random(),
            });
            // The limit is not this call's alone: whatever else is sent meanwhile is refused too, and may prolong it.
            if (error.status === 429 && waitMs !== undefined)
                gate.closeUntil(clock.now() + waitMs);
            if (isOnlyTry || waitMs === undefined || clock.now() + waitMs > deadlineAtMs) {
                const found = chooseHealth(health, error);
                const answersBefore = found === health.host ? before.host : before.kind;
                // A limit is no trouble: the gate has it.
                if (error.status !== 429)
                    found.givenUp(answersBefore, error.message);
                // In the words of the call that found it out, so that one cause is told as one.
                const outage = error.absence === undefined ? undefined : health.host.outage;
                throw outage === undefined ? error : new UnavailableError(outage.reason, { cause: error });
            }
            observer.onRetry(context.kind, (0,errors/* toMessage */.R9)(error), waitMs);
            await clock.sleep(waitMs, signal);
        }
    }
}
/** Waits while the service has asked all calls to pause. That uses up no try, but may not pass the deadline. */
async function passGate(context, deadlineAtMs) {
    const { kind, clock, observer, gate, signal } = context;
    const opensAt = gate.opensAt();
    const waitMs = opensAt - clock.now();
    if (waitMs <= 0)
        return;
    if (opensAt > deadlineAtMs) {
        const message = `not sent: the service limits requests, and asked to wait for another ${Math.ceil(waitMs / 1000)} s`;
        throw new RetryableError(message, { status: 429, retryAfterMs: waitMs });
    }
    observer.onPause?.(kind, waitMs);
    await gate.whenOpen(signal);
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./build/cache-client/absence.js
/** We have waited long enough. */
class SilenceError extends Error {
}
/** A proxy does not get us to the host. */
class ProxyError extends Error {
}
const refusals = new Set([
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    // Firewalls that reject, and sandboxes.
    'EACCES',
    'EPERM',
    // The kernel or node gave up connecting: who waits again waits as long.
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EAI_FAIL',
    'EAI_NODATA',
    'EAI_NONAME',
]);
/** Codes of OpenSSL's verification and of node's own checks. */
const distrust = /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|^EPROTO$/;
function toAbsence(error) {
    if (error instanceof SilenceError)
        return 'silent';
    if (error instanceof ProxyError)
        return 'refused';
    const code = readCode(error);
    if (refusals.has(code))
        return 'refused';
    return distrust.test(code) ? 'untrusted' : 'broken';
}
/** Of an error, or of the first of several: node tries all addresses of a host. */
function readCode(error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
        return error.code;
    return error instanceof AggregateError && error.errors.length > 0 ? readCode(error.errors[0]) : '';
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
;// CONCATENATED MODULE: ./build/cache-client/proxy.js





/** Lower-case names first, as `@actions/http-client` and curl read them. */
function readProxies(env) {
    return {
        httpsProxy: env['https_proxy'] || env['HTTPS_PROXY'],
        httpProxy: env['http_proxy'] || env['HTTP_PROXY'],
        noProxy: env['no_proxy'] || env['NO_PROXY'],
    };
}
/**
 * The proxy for a URL, by the rules of `@actions/http-client`: an entry of NO_PROXY is `*`, a host, a host with
 * port, or a domain with or without a leading dot; loopback hosts never go through a proxy.
 */
function chooseProxy(url, settings) {
    const given = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
    if (!given || isLoopback(url.hostname) || isExempt(url, settings.noProxy ?? ''))
        return undefined;
    const text = /^https?:\/\//i.test(given) ? given : `http://${given}`;
    return URL.canParse(text) ? new URL(text) : undefined;
}
function isLoopback(host) {
    return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
function isExempt(url, noProxy) {
    const host = url.hostname.toLowerCase();
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return noProxy
        .split(',')
        .map((entry) => entry.trim().toLowerCase())
        .filter((entry) => entry !== '')
        .some((entry) => {
        const domain = entry.replace(/^\*?\./, '');
        return entry === '*' || entry === `${host}:${port}` || domain === host || host.endsWith(`.${domain}`);
    });
}
const connectTimeoutMs = 7000;
/**
 * An agent whose connections go through `proxy` by CONNECT, for plain and TLS targets alike (as `tunnel` does it
 * for `@actions/http-client`). `secure` says that the target speaks TLS.
 */
function openProxyAgent(proxy, secure, options) {
    return secure ? new SecureTunnelAgent(proxy, options) : new PlainTunnelAgent(proxy, options);
}
class PlainTunnelAgent extends external_node_http_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
    }
    createConnection(target, connected) {
        openTunnel(this.#proxy, `${target.host ?? ''}:${target.port ?? 80}`).then((socket) => connected?.(null, socket), (error) => connected?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
class SecureTunnelAgent extends external_node_https_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
    }
    createConnection(target, connected) {
        const host = target.host ?? '';
        openTunnel(this.#proxy, `${host}:${target.port ?? 443}`)
            .then((socket) => proxy_secure(socket, host))
            .then((socket) => connected?.(null, socket), (error) => connected?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
function openTunnel(proxy, authority) {
    const user = decodeURIComponent(proxy.username);
    const credentials = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
    return new Promise((resolve, reject) => {
        const request = (proxy.protocol === 'https:' ? external_node_https_ : external_node_http_).request({
            host: proxy.hostname,
            port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
            method: 'CONNECT',
            path: authority,
            agent: false,
            headers: { host: authority, ...(user ? { 'proxy-authorization': `Basic ${credentials}` } : {}) },
        });
        request.setTimeout(connectTimeoutMs, () => request.destroy(new SilenceError(`proxy ${proxy.host} did not answer to CONNECT ${authority}`)));
        request.once('connect', (response, socket) => {
            if (response.statusCode === 200) {
                socket.setTimeout(0);
                return resolve(socket);
            }
            socket.destroy();
            reject(new ProxyError(`proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`));
        });
        request.once('error', reject);
        request.end();
    });
}
function proxy_secure(socket, host) {
    return new Promise((resolve, reject) => {
        const secured = external_node_tls_.connect({ socket, servername: host });
        secured.once('error', reject);
        secured.once('secureConnect', () => {
            secured.removeListener('error', reject);
            resolve(secured);
        });
    });
}

;// CONCATENATED MODULE: ./build/cache-client/transport.js






/** A connection that moves no byte for that long is broken. */
const idleTimeoutMs = 60_000;
/** Look-up of the name, TCP and TLS. */
const transport_connectTimeoutMs = 7000;
/** Load balancers drop what is idle for a few minutes, and often say nothing: such a connection is not used again. */
const keptIdleMs = 30_000;
/**
 * Kept-alive connections over node:http, which streams with a known Content-Length on every Node that we run on.
 * The number of sockets is a bound for all calls of a process to one host.
 */
function openTransport(proxies, userAgent, maxSockets = 64) {
    const options = { keepAlive: true, maxSockets, timeout: keptIdleMs };
    const agents = new Map();
    const chooseAgent = (url) => {
        const proxy = chooseProxy(url, proxies);
        const name = `${url.protocol}${proxy?.href ?? ''}`;
        const existing = agents.get(name);
        if (existing)
            return existing;
        const secure = url.protocol === 'https:';
        const direct = () => (secure ? new external_node_https_.Agent(options) : new external_node_http_.Agent(options));
        const agent = proxy ? openProxyAgent(proxy, secure, options) : direct();
        agents.set(name, agent);
        return agent;
    };
    return {
        send: (request) => send(request, userAgent, chooseAgent),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        },
    };
}
function send(request, userAgent, chooseAgent) {
    const { body, contentLength, answerMs = idleTimeoutMs } = request;
    return new Promise((resolve, reject) => {
        const url = new URL(request.url);
        const length = typeof body === 'string' ? Buffer.byteLength(body) : contentLength;
        const outgoing = (url.protocol === 'https:' ? external_node_https_ : external_node_http_).request(url, {
            method: request.method,
            agent: chooseAgent(url),
            headers: {
                'user-agent': userAgent,
                ...request.headers,
                ...(length === undefined ? {} : { 'content-length': String(length) }),
            },
            ...(request.signal ? { signal: request.signal } : {}),
        });
        let bodyFault;
        let timer;
        /** In place of the one before; not by what the socket does, as an answer may drip. */
        const expect = (what, ms) => {
            clearTimeout(timer);
            timer = setTimeout(() => outgoing.destroy(new SilenceError(`no ${what} in ${ms / 1000} s`)), ms);
        };
        outgoing.once('close', () => clearTimeout(timer));
        // Not before: a request may wait for its turn.
        outgoing.once('socket', (socket) => {
            if (typeof body !== 'object')
                return expect('answer', answerMs);
            if (!socket.connecting)
                return;
            expect('connection', transport_connectTimeoutMs);
            socket.once('connect', () => clearTimeout(timer));
        });
        outgoing.once('finish', () => {
            if (typeof body === 'object')
                expect('answer', answerMs);
        });
        const fail = (error) => {
            clearTimeout(timer);
            if (typeof body === 'object')
                body.destroy();
            if (request.signal?.aborted)
                return reject(request.signal.reason);
            // What we are to send cannot be read: no other try will be better.
            if (bodyFault !== undefined)
                return reject(bodyFault);
            const what = `${request.method} ${url.host}`;
            const facts = { absence: toAbsence(error), isReused: outgoing.reusedSocket };
            reject(new RetryableError(`${what}: ${describe(error)}`, facts, { cause: error }));
        };
        outgoing.setTimeout(idleTimeoutMs, () => {
            outgoing.destroy(new SilenceError(`no byte for ${idleTimeoutMs / 1000} s`));
        });
        outgoing.on('error', fail);
        outgoing.once('response', (incoming) => {
            clearTimeout(timer);
            // An error after the headers belongs to whoever reads the body.
            incoming.on('error', () => undefined);
            // A refusal may come before the body was sent: the rest of it is of no use, and the connection neither.
            incoming.once('close', () => {
                if (outgoing.writableFinished)
                    return;
                if (typeof body === 'object')
                    body.destroy();
                outgoing.destroy();
            });
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
        });
        if (typeof body === 'object') {
            body.once('error', (error) => {
                bodyFault = error;
                outgoing.destroy(error);
            });
            body.pipe(outgoing);
        }
        else {
            outgoing.end(body);
        }
    });
}
/** Node says nothing at all where all addresses of a host failed. */
function describe(error) {
    const [first] = error instanceof AggregateError ? error.errors : [];
    return (0,errors/* toMessage */.R9)(first ?? error);
}
/** The start of a body as text, without a byte order mark, and the connection set free. */
async function readBodyText(response, { maxBytes = 64 * 1024, timeoutMs = idleTimeoutMs } = {}) {
    const chunks = [];
    let sizeBytes = 0;
    const timer = setTimeout(() => response.body.destroy(new SilenceError(`not all of the answer in ${timeoutMs / 1000} s`)), timeoutMs);
    try {
        for await (const chunk of response.body) {
            chunks.push(Buffer.from(chunk));
            sizeBytes += chunk.length;
            if (sizeBytes > maxBytes)
                break;
        }
    }
    catch (error) {
        const facts = { status: response.status, absence: toAbsence(error) };
        throw new RetryableError(`answer broken off: ${(0,errors/* toMessage */.R9)(error)}`, facts, { cause: error });
    }
    finally {
        clearTimeout(timer);
    }
    return Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\uFEFF/, '');
}

;// CONCATENATED MODULE: ./build/cache-client/session.js





/**
 * How long an answer may take. A build waits for look-ups and downloads; who stores an entry may have a lot to do, and
 * nobody waits for it but the drain, which asks by itself whether the service is still there.
 */
const answerMs = {
    lookup: 7000,
    download: 7000,
    create: 20_000,
    finalize: 60_000,
    upload: 60_000,
};
/** From a host that did not answer the last time. */
const suspectAnswerMs = 3000;
function chooseAnswerMs(session, kind, url, isProbe = false) {
    const isShort = isProbe || session.health.host(url).isSuspect;
    return isShort ? Math.min(suspectAnswerMs, answerMs[kind]) : answerMs[kind];
}
function toCallHealth({ health }, kind, url) {
    return { host: health.host(url), kind: health.kind(url, kind) };
}
/** An answer that no further try will change. */
class RefusedError extends Error {
    status;
    constructor(status, message) {
        super(message);
        this.name = 'RefusedError';
        this.status = status;
    }
}
/** One request, its whole answer as text, retried where that may help. `interpret` may throw RetryableError too. */
async function callForText(session, kind, 
/** Of the host that is asked. */
url, options, toRequest, interpret, onFailure) {
    const { clock, observer, gate, transport, health } = session;
    const policy = options.policy ?? session.policy;
    const { isProbe } = options;
    const signal = withDeadline(options.signal, policy.deadlineMs);
    const callHealth = toCallHealth(session, kind, url);
    const context = { kind, policy, clock, observer, gate, signal, health: callHealth };
    return await callWithRetries({ ...context, ...(isProbe ? { isProbe } : {}) }, async () => {
        try {
            const request = await toRequest(signal);
            observer.onCall(kind);
            const timeoutMs = chooseAnswerMs(session, kind, url, isProbe);
            const response = await transport.send({ ...request, answerMs: timeoutMs });
            const text = await readBodyText(response, { timeoutMs });
            health.heard(url);
            if (isRetryableStatus(response.status))
                throw toRetryable(response, text, clock.now());
            const answer = interpret({ status: response.status, text, headers: response.headers });
            callHealth.kind.answered();
            return answer;
        }
        catch (error) {
            if (error instanceof RetryableError)
                onFailure?.(error);
            throw error;
        }
    });
}
function toRetryable(response, text, nowMs) {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], nowMs);
    return new RetryableError(describeAnswer({ status: response.status, text }), {
        status: response.status,
        retryAfterMs,
    });
}
/** Fires with `signal` or after the deadline, in real time, so that a hung connection cannot hold a call for ever. */
function withDeadline(signal, deadlineMs) {
    const deadline = AbortSignal.timeout(deadlineMs);
    return signal ? AbortSignal.any([signal, deadline]) : deadline;
}
/** Status and the service's own words, whatever shape they have; for messages. */
function describeAnswer({ status, text }) {
    const twirp = (0,cache_protocol_twirp/* parseTwirpError */.iW)(text);
    if (twirp)
        return `${status} ${twirp.code}${twirp.message ? `: ${twirp.message}` : ''}`;
    const v1 = (0,rest_v1/* parseV1Error */.nn)(text);
    if (v1)
        return `${status} ${v1.message || v1.typeKey}`;
    const azure = /<Code>([^<]{1,80})<\/Code>/.exec(text)?.[1];
    if (azure)
        return `${status} ${azure}`;
    const words = text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 120);
    return words === '' ? String(status) : `${status} ${words}`;
}
/** The result for whatever a call threw. */
function toFailed(error) {
    const status = error instanceof RetryableError || error instanceof RefusedError ? error.status : undefined;
    return { kind: 'failed', message: (0,errors/* toMessage */.R9)(error), status };
}

;// CONCATENATED MODULE: ./build/cache-client/dialect-v2.js




/** A Twirp call. The path of the base is kept, as go-actions-cache does it. */
function toTwirpRequest(session, method, message, signal) {
    return {
        method: 'POST',
        url: `${session.baseUrl.replace(/\/+$/, '')}${(0,cache_protocol_twirp/* toTwirpPath */.n$)(method)}`,
        headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal,
    };
}
function readLookup(answer) {
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = (0,cache_protocol_twirp/* parseLookupResponse */.p)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    if (!message.ok || message.signedDownloadUrl === '')
        return { kind: 'miss' };
    return { kind: 'hit', url: message.signedDownloadUrl, matchedKey: message.matchedKey };
}
function readCreate(answer, key, version, ambiguous) {
    if (answer.status !== 200) {
        const exists = answer.status === 409 || (0,cache_protocol_twirp/* parseTwirpError */.iW)(answer.text)?.code === 'already_exists';
        return exists ? { kind: 'exists', message: describeAnswer(answer), ambiguous } : toRefusal(answer);
    }
    const message = (0,cache_protocol_twirp/* parseCreateResponse */.bM)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    if (message.ok && message.signedUploadUrl !== '') {
        return { kind: 'created', ticket: { protocol: 2, url: message.signedUploadUrl, key, version } };
    }
    // GitHub gives its reason; Gitea and falcondev say a bare `ok: false` for a key that exists or is being written.
    if (message.message === '' || /already exists/i.test(message.message)) {
        return {
            kind: 'exists',
            message: message.message || 'the service refused the key and gave no reason',
            ambiguous,
        };
    }
    return { kind: 'denied', message: message.message };
}
function readFinalize(answer) {
    if (answer.status === 404)
        return { kind: 'not-found', message: describeAnswer(answer) };
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = (0,cache_protocol_twirp/* parseFinalizeResponse */.VA)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    return message.ok
        ? { kind: 'finalized' }
        : { kind: 'failed', message: message.message || 'finalize refused without a reason', status: 200 };
}
function parseAnswer(answer) {
    const body = (0,json/* parseJson */.qF)(answer.text);
    // A proxy or a service in trouble may answer 200 with a page: as good as no answer.
    if (body === undefined)
        throw notUnderstood(answer);
    return body;
}
function notUnderstood(answer) {
    return new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
}
/** What a status that no message explains means, in v1 as in v2. */
function toRefusal(answer) {
    const message = describeAnswer(answer);
    if (answer.status === 401)
        return { kind: 'unauthenticated', message };
    if (answer.status === 403)
        return { kind: 'denied', message };
    return { kind: 'failed', message, status: answer.status };
}

;// CONCATENATED MODULE: ./build/cache-client/dialect-v1.js





function toV1Headers(session) {
    return { authorization: `Bearer ${session.token}`, accept: rest_v1/* V1_ACCEPT */.nT };
}
function toV1JsonRequest(session, call, message, signal) {
    const headers = toV1Headers(session);
    const request = { ...(0,rest_v1/* toV1Request */.eZ)(session.baseUrl, call), signal };
    if (message === undefined)
        return { ...request, headers };
    return {
        ...request,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(message),
    };
}
function readV1Lookup(answer) {
    if (answer.status === 204)
        return { kind: 'miss' };
    if (answer.status !== 200)
        return toRefusal(answer);
    if (answer.text.trim() === '')
        return { kind: 'miss' };
    const body = (0,json/* parseJson */.qF)(answer.text);
    if (body === undefined) {
        throw new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
    }
    const entry = (0,rest_v1/* parseV1Entry */.lb)(body);
    if (!entry?.archiveLocation)
        return { kind: 'miss' };
    return { kind: 'hit', url: entry.archiveLocation, matchedKey: entry.cacheKey };
}
function readV1Create(answer, key, version, ambiguous) {
    if (answer.status === 201 || answer.status === 200) {
        const cacheId = (0,rest_v1/* parseV1ReserveResponse */.s1)((0,json/* parseJson */.qF)(answer.text));
        if (cacheId !== undefined)
            return { kind: 'created', ticket: { protocol: 1, cacheId, key, version } };
        throw new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
    }
    const error = (0,rest_v1/* parseV1Error */.nn)(answer.text);
    const saysExists = error?.typeKey.includes('AlreadyExists') || /already exists/i.test(error?.message ?? '');
    if (answer.status === 409 || saysExists)
        return { kind: 'exists', message: describeAnswer(answer), ambiguous };
    return toRefusal(answer);
}
function readV1Finalize(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return { kind: 'finalized' };
    if (answer.status === 404)
        return { kind: 'not-found', message: describeAnswer(answer) };
    return toRefusal(answer);
}

;// CONCATENATED MODULE: ./build/cache-client/block-upload.js








/** 84 MB/s were measured against GitHub with it; one stream makes a quarter of that. */
const blockShape = { partBytes: 16 * 1024 * 1024, parallel: 8 };
/** What both v1 clients do, so what servers of v1 are used to. */
const chunkShape = { partBytes: 32 * 1024 * 1024, parallel: 4 };
const azureHeaders = { 'x-ms-version': blob/* BLOB_API_VERSION */.m3, 'content-type': 'application/octet-stream' };
/** Sends the bytes of a source in pieces, each retried by itself; all pieces are idempotent. */
async function uploadSource(session, ticket, source, shape, options) {
    if (ticket.protocol === 1)
        return await uploadChunks(session, ticket.cacheId, source, shape, options);
    const { sizeBytes } = source;
    if (sizeBytes <= shape.partBytes) {
        const headers = { ...azureHeaders, 'x-ms-blob-type': 'BlockBlob' };
        return await sendPart(session, { url: ticket.url, headers, source, start: 0, end: sizeBytes - 1 }, options);
    }
    await uploadBlocks(session, ticket.url, source, shape, options);
}
async function uploadBlocks(session, signedUrl, source, shape, options) {
    const prefix = (0,external_node_crypto_.randomUUID)();
    const parts = cutParts(source.sizeBytes, shape.partBytes);
    await forEachParallel(parts, shape.parallel, async ({ index, start, end }) => {
        const url = (0,blob/* toPutBlockUrl */.Hu)(signedUrl, (0,blob/* toBlockId */.wR)(prefix, index));
        await sendPart(session, { url, headers: azureHeaders, source, start, end }, options);
    });
    const list = (0,blob_xml/* renderBlockList */.GJ)(parts.map(({ index }) => (0,blob/* toBlockId */.wR)(prefix, index)));
    await callForText(session, 'upload', signedUrl, options, (signal) => ({
        method: 'PUT',
        url: (0,blob/* toPutBlockListUrl */.DC)(signedUrl),
        headers: { 'x-ms-version': blob/* BLOB_API_VERSION */.m3, 'content-type': 'application/xml' },
        body: list,
        signal,
    }), requireSuccess);
}
async function uploadChunks(session, cacheId, source, shape, options) {
    await forEachParallel(cutParts(source.sizeBytes, shape.partBytes), shape.parallel, async ({ start, end }) => {
        const { method, url } = (0,rest_v1/* toV1Request */.eZ)(session.baseUrl, { kind: 'chunk', cacheId });
        const headers = {
            ...toV1Headers(session),
            'content-type': 'application/octet-stream',
            'content-range': (0,cache_protocol_range/* renderContentRange */.lh)({ start, end }),
        };
        // Chunked, without a length: so do both known clients, and so servers expect it.
        await sendPart(session, { method, url, headers, source, start, end, chunked: true }, options);
    });
}
async function sendPart(session, part, options) {
    const { url, headers, source, start, end } = part;
    const length = end - start + 1;
    await callForText(session, 'upload', url, options, (signal) => ({
        method: part.method ?? 'PUT',
        url,
        headers,
        // A new stream for each try: the one of a broken try is half read.
        body: source.read(start, end),
        ...(part.chunked ? {} : { contentLength: length }),
        signal,
    }), requireSuccess);
    session.observer.onBytes('up', length);
}
function requireSuccess(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return;
    throw new RefusedError(answer.status, describeAnswer(answer));
}
function cutParts(sizeBytes, partBytes) {
    const parts = [];
    for (let start = 0, index = 0; start < sizeBytes; start += partBytes, index++) {
        parts.push({ index, start, end: Math.min(start + partBytes, sizeBytes) - 1 });
    }
    return parts;
}

;// CONCATENATED MODULE: ./build/cache-client/download-requests.js




class MissingError extends Error {
}
class NoRangesError extends Error {
}
/** How often in a row a fresh URL may be refused before the entry counts as gone. */
const maxRenewals = 3;
/** The requests of one download. They share its URL, which lives for ten minutes. */
class DownloadRequests {
    #session;
    #source;
    #signal;
    #url;
    #renewal;
    #renewals = 0;
    #needsRanges = false;
    constructor(session, source, signal) {
        this.#session = session;
        this.#source = source;
        this.#signal = signal;
        this.#url = source.url;
    }
    get url() {
        return this.#url;
    }
    /** From now on an answer with the whole entry is a NoRangesError. */
    demandRanges() {
        this.#needsRanges = true;
    }
    /** Bytes have come: the URL is a good one. */
    noteBytes() {
        this.#renewals = 0;
    }
    /** A response that carries bytes `start` to `end`, or all of them; not to be tried again by itself. */
    async open(start, end) {
        for (;;) {
            const url = this.#url;
            this.#session.observer.onCall('download');
            const headers = { range: (0,cache_protocol_range/* renderRange */.iH)(start, end), 'accept-encoding': 'identity' };
            const answerMs = chooseAnswerMs(this.#session, 'download', url);
            const response = await this.#session.transport.send({
                method: 'GET',
                url,
                headers,
                answerMs,
                signal: this.#signal,
            });
            const { status } = response;
            if (status === 200 && this.#needsRanges) {
                response.body.destroy();
                throw new NoRangesError();
            }
            if (status === 200 || status === 206)
                return response;
            const text = await readBodyText(response, { timeoutMs: answerMs });
            this.#session.health.heard(url);
            if (isRetryableStatus(status))
                throw toRetryable(response, text, this.#session.clock.now());
            const message = describeAnswer({ status, text });
            if (status === 404 || status === 410 || status === 416)
                throw new MissingError(message);
            if (status !== 401 && status !== 403)
                throw new RefusedError(status, message);
            await this.#renew(url, message);
        }
    }
    /** Download URLs live for ten minutes; all parts wait for one fresh one. */
    async #renew(refusedUrl, message) {
        if (this.#url !== refusedUrl)
            return;
        this.#renewal ??= (async () => {
            this.#renewals += 1;
            if (this.#renewals > maxRenewals)
                throw new MissingError(message);
            const url = await this.#source.renew(refusedUrl);
            if (url === undefined)
                throw new MissingError(message);
            this.#url = url;
        })().finally(() => {
            this.#renewal = undefined;
        });
        await this.#renewal;
    }
}

;// CONCATENATED MODULE: ./build/cache-client/flow.js

/** In the time in which an answer is due, a download must move so much: one that drips is as good as one that hangs. */
const leastBytes = 16 * 1024;
/** Destroys a body with a SilenceError when next to nothing of it has come for `windowMs` while it was waited for. */
function watchFlow(body, windowMs) {
    let windowBytes = 0;
    let isBusy = false;
    const timer = setInterval(() => {
        // A slow disk is not the fault of the service.
        if (windowBytes < leastBytes && !isBusy) {
            body.destroy(new SilenceError(`${windowBytes} bytes in ${windowMs / 1000} s`));
        }
        windowBytes = 0;
    }, windowMs);
    return {
        add: (bytes) => {
            windowBytes += bytes;
            isBusy = true;
            return windowBytes >= leastBytes;
        },
        resume: () => {
            isBusy = false;
        },
        stop: () => clearInterval(timer),
    };
}

;// CONCATENATED MODULE: ./build/cache-client/download.js










class TooLargeError extends Error {
}
/**
 * Fetches an entry to a file. The first request asks for one part; where the service answers 206 the other parts
 * follow in parallel, else (no ranges there) it is one stream. Each part resumes at the byte where it broke.
 */
async function downloadFile(session, source, file, shape, limits, options) {
    const handle = await (0,promises_.open)(file, 'w', 0o600);
    try {
        const download = new Download(session, source, { handle, offset: 0 }, limits, options);
        return { kind: 'downloaded', sizeBytes: await download.run(shape) };
    }
    catch (error) {
        return download_toResult(error);
    }
    finally {
        await handle.close();
    }
}
/** Bytes `start` to `end` of an entry, inclusive; the file stays open. */
async function downloadRange(session, source, range, region, options) {
    try {
        const target = { handle: region.handle, offset: region.offset - range.start };
        const limits = { maxBytes: Number.POSITIVE_INFINITY };
        await new Download(session, source, target, limits, options).fetchRange(range);
        return { kind: 'downloaded', sizeBytes: range.end - range.start + 1 };
    }
    catch (error) {
        if (error instanceof NoRangesError)
            return { kind: 'no-ranges' };
        return download_toResult(error);
    }
}
function download_toResult(error) {
    if (error instanceof MissingError)
        return { kind: 'missing', message: error.message };
    if (error instanceof TooLargeError)
        return { kind: 'too-large' };
    return toFailed(error);
}
class Download {
    #session;
    /** `offset`: what is added to a byte's place in the entry to get its place in the file. */
    #target;
    #limits;
    #options;
    #signal;
    #requests;
    constructor(session, source, target, limits, options) {
        this.#session = session;
        this.#target = target;
        this.#limits = limits;
        this.#options = options;
        this.#signal = withDeadline(options.signal, (options.policy ?? session.policy).deadlineMs);
        this.#requests = new DownloadRequests(session, source, this.#signal);
    }
    /** Answers the size in bytes. */
    async run(shape) {
        const first = await this.#retried(() => this.#requests.open(0, shape.partBytes - 1));
        const range = first.status === 206 ? (0,cache_protocol_range/* parseContentRange */.C5)(first.headers['content-range']) : undefined;
        const total = range?.totalBytes ?? (first.status === 200 ? readLength(first) : undefined);
        if (total !== undefined && total > this.#limits.maxBytes) {
            first.body.destroy();
            throw new TooLargeError();
        }
        if (range === undefined || total === undefined)
            return await this.#fetchWhole(first, total);
        const parts = cutParts(total, shape.partBytes);
        await forEachParallel(parts, shape.parallel, async ({ index, start, end }) => {
            await this.#fetchPart(start, end, index === 0 ? first : undefined);
        });
        return total;
    }
    async fetchRange({ start, end }) {
        // All that lies before would be sent too, for each range anew. From the start on nothing is lost.
        if (start > 0)
            this.#requests.demandRanges();
        await this.#fetchPart(start, end);
    }
    async #fetchWhole(first, total) {
        if (total !== undefined) {
            await this.#fetchPart(0, total - 1, first);
            return total;
        }
        // Neither range nor length: the end of the stream is the end of the entry.
        const cursor = { offset: 0 };
        const fault = await this.#copy(first, cursor, Number.POSITIVE_INFINITY);
        if (fault !== undefined) {
            await this.#retried(async () => {
                cursor.offset = 0;
                const again = await this.#copy(await this.#requests.open(0), cursor, Number.POSITIVE_INFINITY);
                if (again !== undefined)
                    throw again;
            });
        }
        return cursor.offset;
    }
    /** Bytes `start` to `end`, inclusive; `response` may be one that already runs from `start`. */
    async #fetchPart(start, end, response) {
        const cursor = { offset: start };
        if (response)
            await this.#copy(response, cursor, end);
        while (cursor.offset <= end) {
            // A try that moved some bytes counts as a success, so that only a standstill uses up the tries.
            await this.#retried(async () => {
                const before = cursor.offset;
                const fault = await this.#copy(await this.#requests.open(cursor.offset, end), cursor, end);
                if (fault?.absence === 'silent')
                    throw fault;
                if (cursor.offset === before)
                    throw fault ?? new RetryableError('download broken off');
            });
        }
    }
    async #retried(call) {
        const { clock, observer, gate } = this.#session;
        const policy = this.#options.policy ?? this.#session.policy;
        const health = toCallHealth(this.#session, 'download', this.#requests.url);
        const context = {
            kind: 'download',
            policy,
            clock,
            observer,
            gate,
            health,
            signal: this.#signal,
        };
        return await callWithRetries(context, call);
    }
    /** Writes what the response has of `cursor.offset` to `end`; answers why it broke off, if it did. */
    async #copy(response, cursor, end) {
        // A service that ignores the range sends everything: what comes before the offset is skipped.
        let position = response.status === 206 ? readStart(response) : 0;
        if (position > cursor.offset) {
            response.body.destroy();
            throw new RetryableError('the service answered with another range');
        }
        const url = this.#requests.url;
        const flow = watchFlow(response.body, chooseAnswerMs(this.#session, 'download', url));
        const health = toCallHealth(this.#session, 'download', url);
        const noteProgress = () => {
            this.#session.health.heard(url);
            health.kind.answered();
        };
        try {
            for await (const chunk of response.body) {
                const bytes = chunk;
                if (flow.add(bytes.length))
                    noteProgress();
                const from = Math.max(0, cursor.offset - position);
                const to = Math.min(bytes.length, end + 1 - position);
                position += bytes.length;
                if (to > from)
                    await this.#write(bytes, from, to, cursor);
                flow.resume();
                // Not at the last byte wanted: a stream that is left before its end takes its connection with it.
                if (position > end + 1)
                    break;
            }
            noteProgress();
            return undefined;
        }
        catch (error) {
            if (this.#signal.aborted || error instanceof TooLargeError || !isConnectionFault(error))
                throw error;
            const facts = { absence: error instanceof SilenceError ? 'silent' : 'broken' };
            if (facts.absence === 'silent')
                health.host.silent();
            return new RetryableError(`download broken off: ${(0,errors/* toMessage */.R9)(error)}`, facts, { cause: error });
        }
        finally {
            flow.stop();
        }
    }
    async #write(bytes, from, to, cursor) {
        if (cursor.offset + (to - from) > this.#limits.maxBytes)
            throw new TooLargeError();
        let done = from;
        while (done < to) {
            const { handle, offset } = this.#target;
            const { bytesWritten } = await handle.write(bytes, done, to - done, cursor.offset + offset);
            done += bytesWritten;
            cursor.offset += bytesWritten;
        }
        this.#requests.noteBytes();
        this.#session.observer.onBytes('down', to - from);
    }
}
/** A broken stream can be resumed; a full disk cannot. */
function isConnectionFault(error) {
    return !/ENOSPC|EDQUOT|EIO|EBADF|EFBIG/.test((0,errors/* toMessage */.R9)(error));
}
function readLength(response) {
    const length = response.headers['content-length'];
    return length === undefined ? undefined : Number(length);
}
function readStart(response) {
    return (0,cache_protocol_range/* parseContentRange */.C5)(response.headers['content-range'])?.start ?? 0;
}

;// CONCATENATED MODULE: ./build/cache-client/observer.js
const silentObserver = {
    onCall: () => undefined,
    onRetry: () => undefined,
    onBytes: () => undefined,
};

;// CONCATENATED MODULE: ./build/cache-client/request-gate.js
function createRequestGate(clock) {
    let opensAt = 0;
    return {
        opensAt: () => opensAt,
        closeUntil: (timeMs) => {
            opensAt = Math.max(opensAt, timeMs);
        },
        whenOpen: async (signal) => {
            // In a loop, as it may be closed for longer meanwhile.
            for (let waitMs = opensAt - clock.now(); waitMs > 0; waitMs = opensAt - clock.now()) {
                await clock.sleep(waitMs, signal);
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/cache-client/client.js












/** The service sees an upload late at times: 5 tries, 2 s apart, as hestia does it. */
const finalizeRetries = { attempts: 6, waitMs: 2000 };
/** For one transfer with everything in it: an upload URL lives that long. */
const transferDeadlineMs = 60 * 60_000;
function createCacheClient(options) {
    const clock = options.clock ?? systemClock;
    const session = {
        baseUrl: options.baseUrl,
        token: options.token,
        transport: options.transport,
        policy: options.policy ?? defaultRetryPolicy,
        clock,
        gate: options.gate ?? createRequestGate(clock),
        health: options.health ?? new ServiceHealth(clock),
        observer: options.observer ?? silentObserver,
    };
    const { protocol } = options;
    const uploadShape = options.shape ?? (protocol === 2 ? blockShape : chunkShape);
    const transferPolicy = { ...session.policy, deadlineMs: transferDeadlineMs };
    return {
        lookup: (query, call = {}) => lookup(session, protocol, query, call).catch(toFailed),
        create: (request, call = {}) => create(session, protocol, request, call).catch(toFailed),
        upload: (ticket, source, call = {}) => uploadSource(session, toOwn(ticket), source, uploadShape, { policy: transferPolicy, ...call }).then(() => ({ kind: 'uploaded' }), toFailed),
        finalize: (ticket, sizeBytes, call = {}) => finalize(session, toOwn(ticket), sizeBytes, call).catch(toFailed),
        download: (source, file, limits, call = {}) => downloadFile(session, source, file, options.shape ?? blockShape, limits, {
            policy: transferPolicy,
            ...call,
        }),
        downloadRange: (source, range, region, call = {}) => downloadRange(session, source, range, region, { policy: transferPolicy, ...call }),
    };
}
function toOwn(ticket) {
    if (ticket.protocol === 's3')
        throw new Error('a ticket of a bucket is for no cache service');
    return ticket;
}
async function lookup(session, protocol, query, options) {
    const { key, version } = query;
    const others = (query.restoreKeys ?? []).filter((other) => other !== key);
    const restoreKeys = [key, ...others];
    if (protocol === 1) {
        const call = { kind: 'lookup', keys: restoreKeys, version };
        return await callForText(session, 'lookup', session.baseUrl, options, (signal) => toV1JsonRequest(session, call, undefined, signal), readV1Lookup);
    }
    // The key is among the restore keys too: there were days when the service looked at nothing else.
    const message = (0,cache_protocol_twirp/* renderLookupRequest */.OI)({ key, restoreKeys, version });
    return await callForText(session, 'lookup', session.baseUrl, options, (signal) => toTwirpRequest(session, 'GetCacheEntryDownloadURL', message, signal), readLookup);
}
async function create(session, protocol, request, options) {
    const { key, version, sizeBytes } = request;
    let ambiguous = false;
    const noteFailure = (error) => {
        // A refusal for the rate reserves nothing; after anything else the key may be ours without our knowing.
        if (error.status !== 429)
            ambiguous = true;
    };
    return await callForText(session, 'create', session.baseUrl, options, (signal) => protocol === 1
        ? toV1JsonRequest(session, { kind: 'reserve' }, (0,rest_v1/* renderV1ReserveRequest */.jl)({ key, version, sizeBytes }), signal)
        : toTwirpRequest(session, 'CreateCacheEntry', (0,cache_protocol_twirp/* renderCreateRequest */.wi)({ key, version }), signal), (answer) => protocol === 1
        ? readV1Create(answer, key, version, ambiguous)
        : readCreate(answer, key, version, ambiguous), noteFailure);
}
async function finalize(session, ticket, sizeBytes, options) {
    let ambiguous = false;
    for (let attempt = 1;; attempt++) {
        const result = await callForText(session, 'finalize', session.baseUrl, options, (signal) => toFinalizeRequest(session, ticket, sizeBytes, signal), ticket.protocol === 1 ? readV1Finalize : readFinalize, () => {
            ambiguous = true;
        });
        if (result.kind !== 'not-found')
            return result;
        // A finalize whose answer was lost has closed the reservation: only a look-up can tell.
        if (ambiguous) {
            const { key, version } = ticket;
            const hit = await lookup(session, ticket.protocol, { key, version }, options);
            if (hit.kind === 'hit' && hit.matchedKey.toLowerCase() === key.toLowerCase())
                return { kind: 'finalized' };
        }
        if (attempt >= finalizeRetries.attempts)
            return result;
        session.observer.onRetry('finalize', result.message, finalizeRetries.waitMs);
        await session.clock.sleep(finalizeRetries.waitMs, options.signal);
    }
}
function toFinalizeRequest(session, ticket, sizeBytes, signal) {
    if (ticket.protocol === 1) {
        const call = { kind: 'commit', cacheId: ticket.cacheId };
        return toV1JsonRequest(session, call, (0,rest_v1/* renderV1CommitRequest */.YA)(sizeBytes), signal);
    }
    const { key, version } = ticket;
    const message = (0,cache_protocol_twirp/* renderFinalizeRequest */.sb)({ key, version, sizeBytes });
    return toTwirpRequest(session, 'FinalizeCacheEntryUpload', message, signal);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/gateway/config/dependency-order.js
/**
 * The numbers 0 … n-1, each after those that it depends on; undefined: they loop. Not recursive, because a cache config
 * may chain thousands of steps.
 */
function toDependencyOrder(dependencies) {
    const order = [];
    const states = new Map();
    for (const root of dependencies.keys()) {
        const path = [{ node: root, next: 0 }];
        while (path.length > 0) {
            const step = path.at(-1);
            if (step === undefined)
                break;
            if (step.next === 0) {
                if (states.get(step.node) === 'done') {
                    path.pop();
                    continue;
                }
                if (states.get(step.node) === 'open')
                    return undefined;
                states.set(step.node, 'open');
            }
            const child = dependencies[step.node]?.[step.next];
            step.next += 1;
            if (child !== undefined) {
                path.push({ node: child, next: 0 });
                continue;
            }
            states.set(step.node, 'done');
            order.push(step.node);
            path.pop();
        }
    }
    return order;
}

;// CONCATENATED MODULE: ./build/gateway/config/cache-config.js


/** Far more than any build has: a record for each step and for each content by which it is found. */
const maxLayers = 100_000;
const maxRecords = 300_000;
/** Digests, selectors and times; a selector may be a path. */
const maxTextLength = 8192;
/** Answers undefined for what BuildKit would not read either: another shape, an index out of range, a loop. */
function parseCacheConfig(value) {
    if (!(0,json/* isRecord */.u4)(value))
        return undefined;
    const layers = parseList(value['layers'], parseLayer);
    const records = parseList(value['records'], parseRecord);
    if (layers === undefined || records === undefined)
        return undefined;
    const isLayer = (index) => index >= 0 && index < layers.length;
    const isRecordIndex = (index) => index >= 0 && index < records.length;
    const areIndexesRight = layers.every(({ parent }) => parent === -1 || isLayer(parent)) &&
        records.every((record) => record.inputs.every((links) => links.every(({ link }) => isRecordIndex(link))) &&
            record.layers.every(({ layer }) => isLayer(layer)) &&
            record.chains.every((chain) => chain.layers.every(isLayer)));
    if (!areIndexesRight)
        return undefined;
    const config = { ...value, layers, records };
    if (layers.length > maxLayers || records.length > maxRecords)
        return undefined;
    return toLayerOrder(config) === undefined || toRecordOrder(config) === undefined ? undefined : config;
}
/** The JSON that BuildKit reads. */
function cache_config_renderCacheConfig(config) {
    // Go leaves a parent of 0 out and reads it back as 0: written out, it means the same.
    return config;
}
/** The digests of all blobs that the config names. */
function listBlobs(config) {
    return new Set(config.layers.map(({ blob }) => blob));
}
/** The indexes of the layers, each after its parent; undefined: they loop. */
function toLayerOrder({ layers }) {
    return toDependencyOrder(layers.map(({ parent }) => (parent === -1 ? [] : [parent])));
}
/** The indexes of the records, each after the records that it links to; undefined: they loop. */
function toRecordOrder({ records }) {
    return toDependencyOrder(records.map(({ inputs }) => inputs.flat().map(({ link }) => link)));
}
function parseLayer(value) {
    if (!(0,json/* isRecord */.u4)(value) || !isText(value['blob']))
        return undefined;
    // Go leaves a zero out.
    const parent = value['parent'] ?? 0;
    const annotations = value['annotations'] ?? undefined;
    if (!isIndex(parent) || !(annotations === undefined || (0,json/* isRecord */.u4)(annotations)))
        return undefined;
    const { annotations: _, ...rest } = value;
    const layer = { ...rest, blob: value['blob'], parent };
    return annotations === undefined ? layer : { ...layer, annotations };
}
function parseRecord(value) {
    if (!(0,json/* isRecord */.u4)(value) || !isText(value['digest']))
        return undefined;
    const inputs = parseList(value['inputs'], (links) => parseList(links, parseInput));
    const layers = parseList(value['layers'], parseResult);
    const chains = parseList(value['chains'], parseChain);
    if (inputs === undefined || layers === undefined || chains === undefined)
        return undefined;
    return { ...value, digest: value['digest'], inputs, layers, chains };
}
function parseInput(value) {
    if (!(0,json/* isRecord */.u4)(value) || !isIndex(value['link']))
        return undefined;
    const { selector, ...rest } = value;
    const input = { ...rest, link: value['link'] };
    if (selector === undefined || selector === '')
        return input;
    return isText(selector) ? { ...input, selector } : undefined;
}
function parseResult(value) {
    if (!(0,json/* isRecord */.u4)(value) || !isIndex(value['layer']))
        return undefined;
    return parseTime({ ...value, layer: value['layer'] });
}
function parseChain(value) {
    const layers = (0,json/* isRecord */.u4)(value)
        ? parseList(value['layers'], (index) => (isIndex(index) ? index : undefined))
        : undefined;
    return (0,json/* isRecord */.u4)(value) && layers !== undefined ? parseTime({ ...value, layers }) : undefined;
}
function parseTime(value) {
    const createdAt = value['createdAt'];
    if (createdAt === undefined)
        return value;
    return isText(createdAt) ? { ...value, createdAt } : undefined;
}
/** Go writes an empty list as nothing or as null. */
function parseList(value, parse) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value))
        return undefined;
    const parsed = value.map(parse).filter((item) => item !== undefined);
    return parsed.length === value.length ? parsed : undefined;
}
function isText(value) {
    return typeof value === 'string' && value.length <= maxTextLength;
}
function isIndex(value) {
    return typeof value === 'number' && Number.isSafeInteger(value);
}

;// CONCATENATED MODULE: ./build/gateway/config/foreign-json.js

/** An index of ten thousand layers has 3 MiB and some hundred thousand values. */
const configBounds = { maxBytes: 64 * 1024 * 1024, maxDepth: 64, maxValues: 2_000_000 };
/**
 * JSON that others wrote; undefined where it is none, or too large or too deep to be what it should be. It is looked
 * through before anything is made of it, so that a bomb costs one pass over its bytes.
 */
function parseForeignJson(bytes, bounds = configBounds) {
    if (bytes.length > bounds.maxBytes || !isWithin(bytes, bounds))
        return undefined;
    return (0,json/* parseJson */.qF)(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening = [0x5b, 0x7b];
const closing = [0x5d, 0x7d];
function isWithin(bytes, { maxDepth, maxValues }) {
    let depth = 0;
    let values = 0;
    let isText = false;
    for (let place = 0; place < bytes.length; place++) {
        const byte = bytes[place] ?? 0;
        if (isText) {
            // What is escaped ends no text.
            if (byte === backslash)
                place += 1;
            else if (byte === quote)
                isText = false;
        }
        else if (byte === quote)
            isText = true;
        else if (byte === comma)
            values += 1;
        else if (opening.includes(byte)) {
            values += 1;
            depth += 1;
        }
        else if (closing.includes(byte))
            depth -= 1;
        if (depth > maxDepth || values > maxValues)
            return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./build/gateway/config/limits.js
/** How large what BuildKit stores may be: it reads an index into memory, and one of ten thousand layers has about 3 MiB. */
const maxIndexBytes = (/* unused pure expression or super */ null && (64 * 1024 * 1024));
/** BuildKit's own uploads end at 50,000 blocks of 1 MiB. */
const maxBlobBytes = 64 * 1024 * 1024 * 1024;

;// CONCATENATED MODULE: ./build/gateway/packs/digest-table.js

/**
 * JSON with each SHA-256 digest in it stored once, as 32 bytes: `{digests, value}`, where `digests` is base64 and a
 * digest in `value` reads `#` where it is new, in order, and `#n` where it comes again. Keys of objects stay as they are.
 */
function digest_table_packDigests(value) {
    const numbers = new Map();
    const packed = mapStrings(value, (text) => {
        if (!/^sha256:[0-9a-f]{64}$/.test(text))
            return text.startsWith('#') ? `#${text}` : text;
        const number = numbers.get(text);
        if (number !== undefined)
            return `#${number}`;
        numbers.set(text, numbers.size);
        return '#';
    });
    const bytes = Buffer.from([...numbers.keys()].map((digest) => digest.slice(7)).join(''), 'hex');
    return { digests: bytes.toString('base64'), value: packed };
}
/** The JSON that was packed; undefined for anything else. */
function unpackDigests(packed) {
    if (!(0,json/* isRecord */.u4)(packed) || typeof packed['digests'] !== 'string')
        return undefined;
    const bytes = Buffer.from(packed['digests'], 'base64');
    let next = 0;
    let isWhole = bytes.length % 32 === 0;
    const value = mapStrings(packed['value'], (text) => {
        if (!text.startsWith('#'))
            return text;
        if (text.startsWith('##'))
            return text.slice(1);
        const number = text === '#' ? next : Number(text.slice(1));
        if (text === '#')
            next += 1;
        isWhole &&= Number.isSafeInteger(number) && number >= 0 && number < bytes.length / 32;
        const start = isWhole ? number * 32 : 0;
        return `sha256:${bytes.toString('hex', start, start + 32)}`;
    });
    return isWhole ? value : undefined;
}
function mapStrings(value, map) {
    if (typeof value === 'string')
        return map(value);
    if (Array.isArray(value))
        return value.map((item) => mapStrings(item, map));
    if (!(0,json/* isRecord */.u4)(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map)]));
}

;// CONCATENATED MODULE: ./build/gateway/packs/manifest-sections.js
/** The sections of a manifest that this version of Hotlayer reads and writes itself. */
const knownSections = new Set([
    'refHash',
    'writer',
    'legacyIndex',
    'packs',
    'blobs',
    'config',
]);
/**
 * Of all unknown sections together, as JSON. They are carried from manifest to manifest for ever, so they must not be able
 * to make one that is too large to be read.
 */
const maxSectionBytes = 1024 * 1024;
/**
 * What a newer Hotlayer has put beside the sections that this one knows, as it stands there; undefined: it is more than any
 * Hotlayer may put there.
 */
function pickForeignSections(body) {
    const sections = Object.fromEntries(Object.entries(body).filter(([name]) => !knownSections.has(name)));
    return Buffer.byteLength(JSON.stringify(sections)) > maxSectionBytes ? undefined : sections;
}

;// CONCATENATED MODULE: ./build/gateway/packs/manifest.js








const formatVersion = 1;
const checksumBytes = 32;
/** Against a few bytes that unpack without end. */
const maxJsonBytes = configBounds.maxBytes;
/** Each is looked up at the start of a job; 10 GB are 320 packs of 32 MiB. */
const maxPacks = 2048;
const maxBlobs = 100_000;
/** No blob is larger, and packs of several are far smaller. */
const maxPackBytes = maxBlobBytes;
const packKey = /^[\w.-]{1,255}$/;
const keyPart = /^[\w.-]{1,64}$/;
const maxKeyLength = 512;
/** The last moment that a Date can name. */
const maxTimeMs = 8.64e15;
/**
 * One line that says the format's version, readable for ever, then the SHA-256 of all that follows (32 bytes), and the
 * manifest as JSON, compressed: brotli has no checksum, and six of ten single wrong bits would read as another manifest.
 * Each digest is in it once, because random bytes do not compress. Throws Error when a blob lies in none of the packs.
 */
function renderManifest(manifest) {
    const packIndexes = new Map(manifest.packs.map(({ key }, index) => [key, index]));
    const blobs = [...manifest.blobs].map(([digest, { pack, offset, length }]) => {
        const index = packIndexes.get(pack);
        if (index === undefined)
            throw new Error(`Blob ${digest} lies in pack ${pack}, which the manifest does not name`);
        return { digest, pack: index, offset, length };
    });
    // In the order of the packs, each offset mostly follows from what is before it.
    blobs.sort((a, b) => a.pack - b.pack || a.offset - b.offset || a.length - b.length);
    const body = {
        ...manifest.foreignSections,
        refHash: manifest.refHash,
        writer: manifest.writer,
        legacyIndex: manifest.legacyIndex,
        packs: manifest.packs.map(({ key, sizeBytes }) => [key, sizeBytes]),
        blobs: blobs.map(({ digest, pack, offset, length }, index) => {
            const before = blobs[index - 1];
            const expected = before?.pack === pack ? before.offset + before.length : 0;
            return [digest, pack, offset - expected, length];
        }),
        config: renderCacheConfig(manifest.config),
    };
    const json = Buffer.from(JSON.stringify(packDigests(body)));
    const compressed = brotliCompressSync(json, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: 9,
            [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
        },
    });
    return Buffer.concat([Buffer.from(`hotlayer-manifest ${formatVersion}\n`), hash(compressed), compressed]);
}
function parseManifest(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const head = /^hotlayer-manifest ([1-9][0-9]{0,8})\n/.exec(buffer.toString('latin1', 0, 40));
    if (head === null)
        return { kind: 'broken', reason: 'it is no manifest' };
    const version = Number(head[1]);
    if (version > formatVersion)
        return { kind: 'newer', formatVersion: version };
    const packed = buffer.subarray(head[0].length + checksumBytes);
    if (!buffer.subarray(head[0].length, head[0].length + checksumBytes).equals(hash(packed)))
        return { kind: 'broken', reason: 'its bytes are not those that were written' };
    const body = decompress(packed);
    const value = body === undefined ? undefined : unpackDigests(parseForeignJson(body));
    if (!(0,json/* isRecord */.u4)(value))
        return { kind: 'broken', reason: 'its body cannot be unpacked' };
    const manifest = parseBody(value);
    return typeof manifest === 'string' ? { kind: 'broken', reason: manifest } : { kind: 'manifest', manifest };
}
function hash(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
}
function decompress(bytes) {
    try {
        return (0,external_node_zlib_.brotliDecompressSync)(bytes, { maxOutputLength: maxJsonBytes });
    }
    catch {
        // Broken bytes are an answer here, not a fault: the caller says what it means.
        return undefined;
    }
}
/** The manifest, or what is wrong with it. */
function parseBody(body) {
    const { refHash, legacyIndex } = body;
    const writer = body['writer'];
    if (typeof refHash !== 'string' || !/^[0-9a-f]{8}$/.test(refHash))
        return 'its ref scope is missing';
    if (legacyIndex !== null && (typeof legacyIndex !== 'string' || legacyIndex.length > maxKeyLength))
        return 'its absorbed index is no key';
    if (!(0,json/* isRecord */.u4)(writer))
        return 'its writer is missing';
    const { runId, attempt } = writer;
    if (typeof runId !== 'string' || typeof attempt !== 'string')
        return 'its writer is missing';
    if (!keyPart.test(runId) || !keyPart.test(attempt))
        return 'its writer is no run';
    const packs = parsePacks(body['packs']);
    if (packs === undefined)
        return 'its packs are not a list of keys and sizes';
    const blobs = parseBlobs(body['blobs'], packs);
    if (blobs === undefined)
        return 'a blob lies outside its packs';
    const config = parseCacheConfig(body['config']);
    if (config === undefined)
        return 'its cache config cannot be read';
    const foreignSections = pickForeignSections(body);
    if (foreignSections === undefined)
        return `its unknown sections have more than ${maxSectionBytes} bytes together`;
    const known = {
        refHash,
        writer: { runId, attempt, ...manifest_parseTime(writer['atMs']) },
        config,
        packs,
        blobs,
        legacyIndex,
    };
    return { formatVersion, ...known, foreignSections };
}
/** It is only shown: what is no time is passed over. */
function manifest_parseTime(value) {
    return isCount(value) && value <= maxTimeMs ? { atMs: value } : {};
}
function parsePacks(value) {
    if (!Array.isArray(value) || value.length > maxPacks)
        return undefined;
    const packs = value.flatMap((item) => {
        const [key, sizeBytes] = Array.isArray(item) ? item : [];
        const isPack = typeof key === 'string' && packKey.test(key) && isCount(sizeBytes);
        return isPack && sizeBytes <= maxPackBytes ? [{ key, sizeBytes }] : [];
    });
    const isSound = packs.length === value.length && new Set(packs.map(({ key }) => key)).size === packs.length;
    return isSound ? packs : undefined;
}
function parseBlobs(value, packs) {
    if (!Array.isArray(value) || value.length > maxBlobs)
        return undefined;
    const blobs = new Map();
    let end = { pack: -1, offset: 0 };
    for (const item of value) {
        const [digest, pack, gap, length] = Array.isArray(item) ? item : [];
        if (typeof digest !== 'string' ||
            !isDigest(digest) ||
            blobs.has(digest) ||
            !isCount(pack) ||
            !Number.isSafeInteger(gap) ||
            !isCount(length))
            return undefined;
        const offset = (end.pack === pack ? end.offset : 0) + Number(gap);
        const within = packs[pack];
        if (within === undefined || offset < 0 || offset + length > within.sizeBytes)
            return undefined;
        blobs.set(digest, { pack: within.key, offset, length });
        end = { pack, offset: offset + length };
    }
    return blobs;
}
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
function isCount(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

// EXTERNAL MODULE: ./build/policy/token-access.js
var token_access = __webpack_require__(9789);
;// CONCATENATED MODULE: ./build/cleanup/manifest-reader.js









const readsAtOnce = 8;
const maxBytes = 64 * 1024 * 1024;
/** Who does not answer soon is not waited for: what could not be read keeps its packs. */
const policy = { attempts: 3, firstDelayMs: 500, maxDelayMs: 2000, deadlineMs: 20_000 };
/**
 * Keys of the packs that the manifests name, by the id of their entry; only of manifests that the token may read, that
 * are there, and whole.
 */
async function readManifests(manifests, service) {
    const named = new Map();
    const readable = listReadableManifests(manifests, service.token);
    if (readable.length === 0)
        return named;
    const transport = openTransport(readProxies(service.env), 'hotlayer');
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(service.directory, 'hotlayer-cleanup-'));
    try {
        const { protocol, url: baseUrl, token } = service;
        const client = createCacheClient({ protocol, baseUrl, token, transport, policy });
        await forEachParallel(readable, readsAtOnce, async (entry) => {
            const packs = await readPacks(client, entry, external_node_path_.join(directory, (0,external_node_crypto_.randomUUID)()));
            if (packs !== undefined)
                named.set(entry.id, packs);
        });
        return named;
    }
    finally {
        transport.close();
        await (0,promises_.rm)(directory, { recursive: true, force: true });
    }
}
/** A look-up does not say of which ref its answer is: a key that two readable refs have cannot be read for sure. */
function listReadableManifests(manifests, token) {
    const access = (0,token_access/* parseAccess */.Cz)(token);
    if (access.kind !== 'scopes')
        return [];
    const refs = new Set(access.scopes.filter(token_access/* canReadScope */.d9).map(({ scope }) => scope));
    const visible = manifests.filter(({ ref }) => refs.has(ref));
    const isSame = (a, b) => a.key.toLowerCase() === b.key.toLowerCase();
    return visible.filter((entry) => visible.every((other) => other === entry || !isSame(other, entry)));
}
async function readPacks(client, { key, version, sizeBytes }, file) {
    const lookUp = async () => {
        const hit = await client.lookup({ key, version });
        return hit.kind === 'hit' && hit.matchedKey.toLowerCase() === key.toLowerCase() ? hit.url : undefined;
    };
    const url = await lookUp();
    if (url === undefined)
        return undefined;
    const result = await client.download({ url, renew: lookUp }, file, { maxBytes });
    if (result.kind !== 'downloaded')
        return undefined;
    const bytes = await (0,promises_.readFile)(file);
    if (bytes.length !== sizeBytes)
        return undefined;
    const parsed = parseManifest(bytes);
    if (parsed.kind !== 'manifest')
        return undefined;
    return new Set(parsed.manifest.packs.map((pack) => pack.key.toLowerCase()));
}

;// CONCATENATED MODULE: ./build/cleanup/ref-states.js


const questionsAtOnce = 4;
const heads = 'refs/heads/';
/**
 * Which refs are still there. A branch or tag is gone only when GitHub says 404 to a token that sees the default branch
 * by the same call: to one without the permission it says 404 too. A pull request is closed only when GitHub says so.
 */
async function readRefStates(repository, refs, defaultBranch) {
    const probe = await probeDefault(repository, defaultBranch);
    const states = new Map();
    await forEachParallel(new Set(refs), questionsAtOnce, async (ref) => {
        states.set(ref, await readState(repository, ref, probe));
    });
    return states;
}
async function probeDefault(repository, defaultBranch) {
    if (defaultBranch === undefined)
        return { kind: 'unseen', reason: 'GitHub did not say which branch is the default one' };
    const ref = `${heads}${defaultBranch}`;
    const found = await repository.findRef(ref);
    if (found === 'there')
        return { kind: 'seen', ref };
    const reason = found === 'missing'
        ? 'GitHub shows this token no branches; it needs `contents: read`'
        : `${ref} could not be looked up: ${found.reason}`;
    return { kind: 'unseen', reason };
}
async function readState(repository, raw, probe) {
    const ref = (0,policy_ref/* classifyRef */.qW)(raw);
    switch (ref.kind) {
        case 'pr': {
            const state = await repository.findPullRequest(ref.name);
            if (state === 'open')
                return { kind: 'live' };
            if (state === 'closed')
                return { kind: 'dead', reason: 'pull-request-closed' };
            return { kind: 'unknown', reason: `pull request ${ref.name}: ${state.reason}` };
        }
        case 'branch':
        case 'bot':
        case 'queue':
            return await findGitRefs(repository, [`${heads}${ref.name}`], 'branch-deleted', probe);
        case 'tag': {
            // Runs of a tag save below `refs/heads/refs/tags/…`, and a branch may be called like that.
            const branch = raw.startsWith(heads) ? [raw] : [];
            return await findGitRefs(repository, [`refs/tags/${ref.name}`, ...branch], 'tag-deleted', probe);
        }
        case 'empty':
        case 'other':
            return { kind: 'unknown', reason: `${raw} is no branch, tag or pull request` };
        default:
            return ref;
    }
}
/** Dead when none of them is there. */
async function findGitRefs(repository, refs, reason, probe) {
    if (probe.kind === 'unseen')
        return { kind: 'unknown', reason: probe.reason };
    for (const ref of refs) {
        if (ref === probe.ref)
            return { kind: 'live' };
        const found = await repository.findRef(ref);
        if (found === 'there')
            return { kind: 'live' };
        if (found !== 'missing')
            return { kind: 'unknown', reason: `${ref}: ${found.reason}` };
    }
    return { kind: 'dead', reason };
}

;// CONCATENATED MODULE: ./build/cleanup/clean.js








/** How long a clean-up waits in all for what GitHub asks it to. */
const waitBudgetMs = 5 * 60_000;
/** Looks, decides, removes. Throws ToolError `cleanup-list` when the caches cannot even be listed. */
async function cleanRepository(request) {
    const { apiUrl, token, clock, signal, onWait, target } = request;
    const client = new ApiClient({ apiUrl, token, clock, signal, onWait, budgetMs: waitBudgetMs });
    try {
        const repository = new Repository(client, request.repository);
        const facts = await readFacts(repository, request);
        const refs = target.kind === 'all' ? undefined : new Set(target.refs);
        const removals = decideRemovals(facts, { otherTools: request.otherTools, refs });
        const deletion = request.isDryRun
            ? { deleted: [], gone: [], left: [], fault: undefined }
            : await deleteRemovals(removals, repository, { clock, signal });
        return { facts, removals, deletion };
    }
    finally {
        client.close();
    }
}
async function readFacts(repository, request) {
    const { target, openService, clock } = request;
    const listed = await listCaches(repository, target);
    if (listed.kind !== 'listed')
        throw toListError(listed, request.repository);
    const { entries } = listed;
    const found = [...new Set(entries.map(({ ref }) => ref))];
    const defaultBranch = found.length === 0 ? undefined : await repository.readDefaultBranch();
    const refs = await readRefStates(repository, found, defaultBranch);
    const nowMs = clock.now();
    // Of an event's ref alone nobody can say which of its packs others need.
    const isComplete = listed.isComplete && target.kind !== 'event';
    const readable = isComplete ? listReadable({ entries, refs }) : [];
    const manifests = listDecidingManifests({ entries: readable, defaultBranch, nowMs });
    return {
        ...{ entries, isComplete, refs, defaultBranch, nowMs },
        named: await readNamed(manifests, openService),
    };
}
async function readNamed(manifests, openService) {
    if (manifests.length === 0)
        return new Map();
    const service = await openService([...new Set(manifests.map(({ ref }) => ref))]);
    return service === undefined ? new Map() : await readManifests(manifests, service);
}
async function listCaches(repository, target) {
    if (target.kind !== 'event')
        return await repository.listCaches();
    const entries = [];
    for (const ref of target.refs) {
        const listed = await repository.listCaches(ref);
        if (listed.kind !== 'listed')
            return listed;
        // A server that does not know the filter answers all.
        entries.push(...listed.entries.filter((entry) => entry.ref === ref));
    }
    return { kind: 'listed', entries, isComplete: false };
}
function toListError(listed, repository) {
    const what = `The caches of ${repository} cannot be listed, so that nothing is removed: ${describeResult(listed)}`;
    return new errors/* ToolError */.v4('cleanup-list', `${what}. ${advise(listed)}`.trim());
}
function advise(listed) {
    if (listed.kind === 'stopped')
        return 'Run it again later.';
    if (listed.kind !== 'refused')
        return '';
    if (listed.status === 401)
        return 'The token ("github-token") is not valid.';
    return 'Give the job `permissions: actions: write`, and look at "github-token"; GitHub Enterprise Server has these calls from 3.7 on.';
}

;// CONCATENATED MODULE: ./build/cleanup/target.js

/** @param given the input `refs`; empty: by the event, which is all refs but for a closed pull request and a deleted ref */
function decideTarget({ eventName, payload }, given) {
    if (given.includes('all'))
        return { kind: 'all' };
    if (given.length > 0)
        return { kind: 'refs', refs: given };
    const number = (0,json/* readNumber */.kz)(payload, 'number') ?? (0,json/* readNumber */.kz)(payload, 'pull_request', 'number');
    const isPullRequest = eventName === 'pull_request' || eventName === 'pull_request_target';
    if (isPullRequest && number !== undefined) {
        const refs = ['merge', 'head'].map((name) => `refs/pull/${number}/${name}`);
        return { kind: 'event', refs, subject: `pull request ${number}` };
    }
    const ref = (0,json/* readString */.E3)(payload, 'ref');
    if (eventName === 'delete' && ref !== undefined) {
        const isTag = (0,json/* readString */.E3)(payload, 'ref_type') === 'tag';
        // Runs of a tag save below both.
        const refs = isTag ? [`refs/tags/${ref}`, `refs/heads/refs/tags/${ref}`] : [`refs/heads/${ref}`];
        return { kind: 'event', refs, subject: `${isTag ? 'tag' : 'branch'} ${ref}` };
    }
    return { kind: 'all' };
}
/** Whether GitHub gives this run a token that may only read, whatever the workflow asks for. */
function hasReadOnlyToken({ eventName, payload }) {
    if (eventName !== 'pull_request')
        return false;
    const head = (0,json/* readNumber */.kz)(payload, 'pull_request', 'head', 'repo', 'id');
    const base = (0,json/* readNumber */.kz)(payload, 'pull_request', 'base', 'repo', 'id');
    const isFork = (0,json/* readBoolean */.Vf)(payload, 'pull_request', 'head', 'repo', 'fork') === true || head !== base;
    return isFork || (0,json/* readString */.E3)(payload, 'sender', 'login') === 'dependabot[bot]';
}

;// CONCATENATED MODULE: ./build/cleanup/run.js








/** Cleans, and says how it went. Throws ToolError `cleanup-list` when the caches cannot even be listed. */
async function runCleanup(place, inputs, { signal, onWait }) {
    const { event, ...where } = place;
    const target = decideTarget(event, inputs.refs);
    const result = await cleanRepository({
        ...{ ...where, target, signal, onWait, clock: systemClock },
        isDryRun: inputs.dryRun,
        otherTools: inputs.otherTools,
    });
    const verdict = decideVerdict({ result, target, isReadOnly: hasReadOnlyToken(event) });
    return { result, verdict, limitBytes: inputs.limit, isDryRun: inputs.dryRun };
}
/** Of a job, as its environment has it. Throws InputError, and ToolError for an environment of no job. */
async function readCleanupPlace(env, token, directory) {
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    if (!/^[^/\s]+\/[^/\s]+$/.test(repository))
        throw new ToolError('no-repository', 'GITHUB_REPOSITORY is not set: nobody says whose caches these are.');
    if (token === undefined)
        throw new InputError('github-token', 'input "github-token": it is empty; allowed is a token with `actions: write`, by default that of the job');
    return {
        apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
        ...{ repository, token },
        event: { eventName: env['GITHUB_EVENT_NAME'] || undefined, payload: await readPayload(env) },
        openService: () => Promise.resolve(readService(env, directory)),
    };
}
/** What the runner gives a step of its cache service; undefined: nothing. */
function readService(env, directory) {
    const upstream = readUpstream(env);
    const token = env['ACTIONS_RUNTIME_TOKEN']?.trim();
    return upstream === undefined || !token ? undefined : { ...upstream, token, directory, env };
}
async function readPayload(env) {
    const file = env['GITHUB_EVENT_PATH'];
    if (!file)
        return undefined;
    try {
        return parseJson(await readFile(file, 'utf8'));
    }
    catch (error) {
        throw new ToolError('event', `GITHUB_EVENT_PATH (${file}) cannot be read: ${toMessage(error)}`, {
            cause: error,
        });
    }
}

// EXTERNAL MODULE: ./build/embedded/signed-token.js + 1 modules
var signed_token = __webpack_require__(5026);
// EXTERNAL MODULE: ./build/inputs/definitions.js + 15 modules
var definitions = __webpack_require__(1477);
// EXTERNAL MODULE: ./build/inputs/inputs.js + 4 modules
var inputs = __webpack_require__(496);
// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
// EXTERNAL MODULE: ./build/cli/build-flags.js
var build_flags = __webpack_require__(1443);
// EXTERNAL MODULE: ./build/cli/flags.js
var flags = __webpack_require__(6222);
;// CONCATENATED MODULE: ./build/cli/cleanup.js











/** The log is the report here. */
const rows = (0,definitions/* listRows */.qs)('cleanup').filter(({ name }) => name !== 'summary');
const cleanup_flags = {
    url: {
        value: 'URL',
        help: 'address of `hotlayer serve`, or of an API like https://HOST/api/v3 (default: GITHUB_API_URL)',
    },
    repository: { value: 'OWNER/NAME', help: 'whose caches they are (default: GITHUB_REPOSITORY)' },
    ...Object.fromEntries(rows.map((row) => [
        row.name,
        { value: row.kind === 'flag' ? 'true|false' : 'TEXT', isRepeated: (0,build_flags/* isList */.Lv)(row), help: row.description },
    ])),
    help: { value: undefined, help: 'this text' },
};
/** `hotlayer cleanup`: the action `cleanup` from anywhere, also for `hotlayer serve`. */
async function runCleanupCommand(argv, env, write) {
    const values = (0,flags/* parseFlags */.bQ)(argv.map((argument) => (0,build_flags/* toExplicitBoolean */.eu)(argument, rows)), cleanup_flags);
    if (values['help'] !== undefined) {
        write(`hotlayer cleanup [flags]: removes caches that nobody can read any more, see docs/cleanup.md\n\nWithout --github-token the token is GITHUB_TOKEN. Without both, and with --url, it is one for \`hotlayer serve\`, signed with\nHOTLAYER_SECRET if that is set.\n\n${(0,flags/* renderFlags */.GY)(cleanup_flags)}`);
        return 0;
    }
    const given = rows.flatMap(({ name }) => {
        const value = values[name];
        return value === undefined ? [] : [[name, value.map(String).join('\n')]];
    });
    const { cleanup } = (0,inputs/* parseCleanupInputs */.ZY)((0,reader/* toInputVariables */.N6)(given));
    const place = await openPlace(env, {
        url: (0,flags/* readFlagText */.Wy)(values, 'url'),
        repository: (0,flags/* readFlagText */.Wy)(values, 'repository'),
        token: cleanup.githubToken,
    });
    const say = (line) => write(`${(0,printable/* toPrintable */.f8)(line)}\n`);
    // Ctrl-C ends the process: nothing is half done then.
    const facts = await runCleanup(place, cleanup, { signal: new AbortController().signal, onWait: say });
    const { notes, warnings, failure } = facts.verdict;
    for (const line of renderCleanupLog(facts))
        say(line);
    for (const note of notes)
        say(note);
    for (const warning of warnings)
        say(`warning: ${warning}`);
    if (failure !== undefined)
        say(`error: ${failure}`);
    return failure === undefined ? 0 : 1;
}
async function openPlace(env, flags) {
    const repository = flags.repository ?? env['GITHUB_REPOSITORY'] ?? '';
    if (!/^[^/\s]+\/[^/\s]+$/.test(repository))
        throw new errors/* InputError */.dz('repository', '--repository is missing: say whose caches they are, as OWNER/NAME.');
    const url = flags.url;
    if (url !== undefined && !/^https?:\/\/[^/]/.test(url))
        throw new errors/* InputError */.dz('url', '--url is no address: give one such as http://127.0.0.1:3010.');
    const apiUrl = url ?? (env['GITHUB_API_URL'] || 'https://api.github.com');
    const base = { apiUrl, repository, event: { eventName: undefined, payload: undefined } };
    const token = flags.token ?? (env['GITHUB_TOKEN'] || undefined);
    if (token !== undefined)
        return { ...base, token, openService: () => Promise.resolve(readService(env, (0,external_node_os_.tmpdir)())) };
    if (url === undefined)
        throw new errors/* InputError */.dz('github-token', 'there is no token: set GITHUB_TOKEN, or name `hotlayer serve` with --url.');
    const secret = env['HOTLAYER_SECRET'] || undefined;
    const permissions = { actions: 'write', contents: 'read', pull_requests: 'read' };
    return {
        ...base,
        token: await (0,signed_token/* mintToken */.W$)({ scopes: [], repository, permissions, secret }),
        // Of its own service one may read every manifest.
        openService: async (refs) => ({
            ...{ protocol: 2, url: apiUrl, directory: (0,external_node_os_.tmpdir)(), env },
            token: await (0,signed_token/* mintToken */.W$)({
                scopes: refs.map((scope) => ({ scope, permission: 1 })),
                ...{ repository, secret },
            }),
        }),
    };
}


/***/ })

};
