export const id = 190;
export const ids = [190,650];
export const modules = {

/***/ 7216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isSettled),
/* harmony export */   u: () => (/* binding */ createDeferred)
/* harmony export */ });
/** Promise.withResolvers, which Node 20 does not have. */
function createDeferred() {
    let settle = { resolve: () => undefined, reject: () => undefined };
    const promise = new Promise((resolve, reject) => {
        settle = { resolve, reject };
    });
    return { promise, resolve: (value) => settle.resolve(value), reject: (error) => settle.reject(error) };
}
/** Whether it has an end, of any kind, before that time is over. */
async function isSettled(work, timeoutMs) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const settled = work.then(() => true, () => true);
    try {
        return await Promise.race([settled, late]);
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 2868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ probeBuildkit),
/* harmony export */   a: () => (/* binding */ askProgram)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _process_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6779);
/* harmony import */ var _process_search_path_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6694);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5125);




const probeTimeoutMs = 30_000;
/** Asks the programs in a directory what they are; `buildkitd` and `buildctl` may lie in two directories of PATH. */
async function probeBuildkit(places, env) {
    const [daemon, client] = await Promise.all([
        probeProgram('buildkitd', places.buildkitd, env),
        probeProgram('buildctl', places.buildctl, env),
    ]);
    if (daemon.reason !== undefined)
        return { kind: 'unusable', reason: daemon.reason };
    if (client.reason !== undefined)
        return { kind: 'unusable', reason: client.reason };
    const directory = node_path__WEBPACK_IMPORTED_MODULE_0__.dirname(places.buildkitd);
    const runc = await findRunc(directory, env['PATH'] ?? '');
    if (runc === undefined) {
        return {
            kind: 'unusable',
            reason: `${directory} has no buildkit-runc and PATH has no runc (Debian and Ubuntu: apt-get install runc)`,
        };
    }
    const binaries = { ...places, directory, runc, version: daemon.version };
    return { kind: 'usable', binaries, clientVersion: client.version };
}
async function probeProgram(program, file, env) {
    const answer = await askProgram(file, '--version', env);
    if (answer.reason !== undefined)
        return answer;
    const line = (0,_version_js__WEBPACK_IMPORTED_MODULE_3__/* .parseVersionLine */ .ss)(answer.text);
    return line?.program === program
        ? { version: line.version }
        : { reason: `${file} is not BuildKit's ${program}` };
}
/** What a program prints when it is asked what it is, or why it cannot be asked. */
async function askProgram(file, question, env) {
    if (!(await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_2__/* .isFile */ .fo)(file)))
        return { reason: `${file} does not exist` };
    if (!(await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_2__/* .isExecutable */ .TV)(file)))
        return { reason: `${file} is not executable` };
    const { stdout, outcome, exitCode } = await (0,_process_command_js__WEBPACK_IMPORTED_MODULE_1__/* .runCommand */ .d)(file, [question], {
        env,
        timeoutMs: probeTimeoutMs,
    });
    return exitCode === 0 ? { text: stdout } : { reason: `${file} ${question} ${outcome}` };
}
async function findRunc(directory, searchPath) {
    const bundled = node_path__WEBPACK_IMPORTED_MODULE_0__.join(directory, 'buildkit-runc');
    if (await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_2__/* .isExecutable */ .TV)(bundled))
        return bundled;
    return (await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_2__/* .findOnPath */ .aY)('buildkit-runc', searchPath)) ?? (await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_2__/* .findOnPath */ .aY)('runc', searchPath));
}


/***/ }),

/***/ 4189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ buildx)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9473);
/* harmony import */ var _inputs_single_values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3821);
/* harmony import */ var _process_search_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6694);
/* harmony import */ var _binaries_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2868);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5125);







const buildx = {
    name: 'buildx',
    id: 'buildx',
    repository: 'docker/buildx',
    example: _inputs_single_values_js__WEBPACK_IMPORTED_MODULE_3__/* .defaultBuildxVersion */ .Iq,
    oldest: _version_js__WEBPACK_IMPORTED_MODULE_6__/* .oldestBuildx */ .YA,
    packaging: 'program',
    checksums: 'checksums.txt',
    toAsset: (version, platform) => `buildx-${version}.${platform}`,
    source: {
        packages: ['./cmd/buildx'],
        versionVariable: 'github.com/docker/buildx/version.Version',
        duration: 'about a minute',
    },
    alternative: 'put buildx on PATH or name its file in "buildx-path"',
    useGiven: useGivenBuildx,
    findOnMachine: findBuildx,
    probe: probeBin,
};
const programs = ['buildx', 'docker-buildx'];
const allowed = 'allowed is the path of an executable buildx (docker-buildx), or a directory with it';
async function useGivenBuildx(given, env) {
    const file = await toProgram(node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(given), given);
    const found = await probeFile(file, env);
    if (typeof found === 'string')
        refuse(given, found);
    const tooOld = (0,_version_js__WEBPACK_IMPORTED_MODULE_6__/* .findAgeObstacle */ .Ci)(buildx, found.version);
    if (tooOld !== undefined)
        refuse(given, `${file}: ${tooOld}`);
    return found;
}
async function toProgram(file, given) {
    try {
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file)).isDirectory())
            return file;
    }
    catch (error) {
        refuse(given, 'it does not exist', error);
    }
    return (await findIn(file, programs)) ?? refuse(given, 'it has no executable buildx');
}
function refuse(given, why, cause) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('buildx-path', `input "buildx-path": ${JSON.stringify(given)} cannot be used: ${why}; ${allowed}`, cause === undefined ? {} : { cause });
}
/** All places are looked through: the image of a runner often has an old plug-in before a newer one. */
async function findBuildx({ version, exact }, env) {
    const reasons = [];
    for (const { file, source } of await listPlaces(env)) {
        const found = await probeFile(file, env);
        if (typeof found === 'string') {
            reasons.push(found);
            continue;
        }
        const decision = (0,_version_js__WEBPACK_IMPORTED_MODULE_6__/* .decideCompatibility */ .PA)(found.version, version, exact, _version_js__WEBPACK_IMPORTED_MODULE_6__/* .oldestBuildx */ .YA);
        if (decision.compatible)
            return { ...found, source };
        reasons.push(`${file} ${decision.reason}`);
    }
    const why = reasons.length === 0 ? 'no buildx there' : reasons.join(', ');
    return `PATH and Docker's plug-in folders (${why})`;
}
async function listPlaces(env) {
    const places = [];
    for (const name of programs) {
        const file = await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_4__/* .findOnPath */ .aY)(name, env['PATH'] ?? '');
        if (file !== undefined)
            places.push({ file, source: 'path' });
    }
    for (const folder of listPluginFolders(env)) {
        const file = await findIn(folder, ['docker-buildx']);
        if (file !== undefined)
            places.push({ file, source: 'docker-plugin' });
    }
    return places;
}
/** As docker/cli has them (cli-plugins/manager), the user's own first. */
function listPluginFolders(env) {
    const { DOCKER_CONFIG: config, HOME: home } = env;
    const own = [
        ...(config === undefined || config === '' ? [] : [node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(config)]),
        ...(home === undefined || home === '' ? [] : [node_path__WEBPACK_IMPORTED_MODULE_1__.join(home, '.docker')]),
    ];
    return [
        ...new Set(own.map((folder) => node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'cli-plugins'))),
        '/usr/local/lib/docker/cli-plugins',
        '/usr/local/libexec/docker/cli-plugins',
        '/usr/lib/docker/cli-plugins',
        '/usr/libexec/docker/cli-plugins',
    ];
}
async function findIn(folder, names) {
    for (const name of names) {
        const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name);
        if (await (0,_process_search_path_js__WEBPACK_IMPORTED_MODULE_4__/* .isExecutable */ .TV)(file))
            return file;
    }
    return undefined;
}
async function probeBin(bin, version, env) {
    const found = await probeFile(node_path__WEBPACK_IMPORTED_MODULE_1__.join(bin, 'buildx'), env);
    if (typeof found === 'string')
        return found;
    const decision = (0,_version_js__WEBPACK_IMPORTED_MODULE_6__/* .decideCompatibility */ .PA)(found.version, version, true);
    return decision.compatible ? found : `buildx there ${decision.reason}`;
}
async function probeFile(file, env) {
    // Docker sets it for its plug-ins, which then wait for Docker's own way of calling them.
    const { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: _, ...standalone } = env;
    const answer = await (0,_binaries_js__WEBPACK_IMPORTED_MODULE_5__/* .askProgram */ .a)(file, 'version', standalone);
    if (answer.reason !== undefined)
        return answer.reason;
    const version = parseBuildxVersion(answer.text);
    if (version === undefined)
        return `${file} is not buildx`;
    return { directory: node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(file), buildx: file, version };
}
/** What `buildx version` prints, for example `github.com/docker/buildx v0.37.2 1a2b3c`. */
function parseBuildxVersion(text) {
    return /^\S*\/buildx (\S+)/m.exec(text)?.[1];
}


/***/ }),

/***/ 269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ installProduct),
  H: () => (/* binding */ installTools)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/async/deferred.js
var deferred = __webpack_require__(7216);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
// EXTERNAL MODULE: ./build/process/search-path.js
var search_path = __webpack_require__(6694);
// EXTERNAL MODULE: ./build/buildkit/install/binaries.js
var binaries = __webpack_require__(2868);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/buildkit/install/version.js
var install_version = __webpack_require__(5125);
;// CONCATENATED MODULE: ./build/buildkit/install/given.js





const allowed = 'allowed is a directory with the executables buildkitd and buildctl, or the path of such a buildkitd';
/** The BuildKit that the `buildkit-path` input names. Throws InputError when it is none. */
async function useGivenBuildkit(given, env) {
    const directory = await toDirectory(external_node_path_.resolve(given), given);
    const probe = await (0,binaries/* probeBuildkit */.R)({ buildkitd: external_node_path_.join(directory, 'buildkitd'), buildctl: external_node_path_.join(directory, 'buildctl') }, env);
    if (probe.kind === 'unusable')
        refuse(given, probe.reason);
    const tooOld = (0,install_version/* findAgeObstacle */.Ci)({ name: 'BuildKit', oldest: install_version/* oldestBuildkit */.oO }, probe.binaries.version);
    if (tooOld !== undefined)
        refuse(given, `${probe.binaries.buildkitd}: ${tooOld}`);
    return probe.binaries;
}
async function toDirectory(file, given) {
    try {
        if ((await (0,external_node_fs_promises_.stat)(file)).isDirectory())
            return file;
    }
    catch (error) {
        refuse(given, 'it does not exist', error);
    }
    if (!['buildkitd', 'buildctl'].includes(external_node_path_.basename(file))) {
        refuse(given, 'it is a file of another name than buildkitd');
    }
    return external_node_path_.dirname(file);
}
function refuse(given, why, cause) {
    throw new errors/* InputError */.dz('buildkit-path', `input "buildkit-path": ${JSON.stringify(given)} cannot be used: ${why}; ${allowed}`, cause === undefined ? {} : { cause });
}

;// CONCATENATED MODULE: ./build/buildkit/install/buildkit.js






/** The daemon, and the client that asks it what builds do not: is it ready, what does it keep. */
const buildkit = {
    name: 'BuildKit',
    id: 'buildkit',
    repository: 'moby/buildkit',
    example: single_values/* defaultBuildkitVersion */.Uw,
    oldest: install_version/* oldestBuildkit */.oO,
    packaging: 'tar.gz',
    checksums: undefined,
    toAsset: (version, platform) => `buildkit-${version}.${platform}.tar.gz`,
    source: {
        packages: ['./cmd/buildctl', './cmd/buildkitd'],
        versionVariable: 'github.com/moby/buildkit/version.Version',
        duration: 'about two minutes',
    },
    alternative: 'put buildkitd, buildctl and runc on PATH or name their directory in "buildkit-path"',
    useGiven: useGivenBuildkit,
    findOnMachine: findBuildkitInPath,
    probe: probeBin,
};
async function findBuildkitInPath({ version, exact }, env) {
    const searchPath = env['PATH'] ?? '';
    const buildkitd = await (0,search_path/* findOnPath */.aY)('buildkitd', searchPath);
    const buildctl = await (0,search_path/* findOnPath */.aY)('buildctl', searchPath);
    if (buildkitd === undefined || buildctl === undefined)
        return 'PATH (no buildkitd and buildctl there)';
    const probe = await (0,binaries/* probeBuildkit */.R)({ buildkitd, buildctl }, env);
    if (probe.kind === 'unusable')
        return `PATH (${probe.reason})`;
    if (probe.clientVersion !== probe.binaries.version)
        return `PATH (buildkitd is ${probe.binaries.version}, but buildctl ${probe.clientVersion})`;
    const decision = (0,install_version/* decideCompatibility */.PA)(probe.binaries.version, version, exact);
    if (!decision.compatible)
        return `PATH (${buildkitd} ${decision.reason})`;
    return { ...probe.binaries, source: 'path' };
}
async function probeBin(bin, version, env) {
    const probe = await (0,binaries/* probeBuildkit */.R)({ buildkitd: external_node_path_.join(bin, 'buildkitd'), buildctl: external_node_path_.join(bin, 'buildctl') }, env);
    if (probe.kind === 'unusable')
        return probe.reason;
    for (const found of [probe.binaries.version, probe.clientVersion]) {
        const decision = (0,install_version/* decideCompatibility */.PA)(found, version, true);
        if (!decision.compatible)
            return `BuildKit there ${decision.reason}`;
    }
    return probe.binaries;
}

// EXTERNAL MODULE: ./build/buildkit/install/buildx.js
var buildx = __webpack_require__(4189);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:diagnostics_channel"
var external_node_diagnostics_channel_ = __webpack_require__(3053);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/buildkit/install/socket-flow.js




/** A library that retries for minutes, waiting between its tries for up to 10 s, moves next to nothing meanwhile. */
const defaultLimits = { windowMs: 10_000, leastBytes: 64 * 1024, blindMs: 60_000 };
/**
 * The result of work on the network that another library does, as long as bytes flow on the connections that it opens;
 * a transfer that goes on is not cut. Throws ToolError `stalled` otherwise: the work is left to itself then.
 */
async function whileBytesFlow(work, limits = defaultLimits) {
    const sockets = new Set();
    const onSocket = (message) => {
        const socket = typeof message === 'object' && message !== null && 'socket' in message && message.socket;
        if (socket instanceof external_node_net_.Socket)
            sockets.add(socket);
    };
    const countBytes = () => {
        let sum = 0;
        for (const { bytesRead, bytesWritten } of sockets)
            sum += bytesRead + (bytesWritten ?? 0);
        return sum;
    };
    const ended = new AbortController();
    const watch = async () => {
        const { windowMs, leastBytes, blindMs } = limits;
        let waitedMs = 0;
        for (let before = 0;; before = countBytes()) {
            await (0,promises_.setTimeout)(windowMs, undefined, { signal: ended.signal });
            waitedMs += windowMs;
            const moved = countBytes() - before;
            // Node 20 does not tell of connections with TLS.
            const isBlind = sockets.size === 0 && waitedMs < blindMs;
            if (moved >= leastBytes || isBlind)
                continue;
            throw new errors/* ToolError */.v4('stalled', `only ${moved} bytes in ${windowMs / 1000} s`);
        }
    };
    (0,external_node_diagnostics_channel_.subscribe)('net.client.socket', onSocket);
    try {
        const running = work();
        // Left to itself, it may fail later.
        running.catch(() => undefined);
        return await Promise.race([running, watch()]);
    }
    finally {
        ended.abort();
        (0,external_node_diagnostics_channel_.unsubscribe)('net.client.socket', onSocket);
    }
}

;// CONCATENATED MODULE: ./build/buildkit/install/cache.js







/** `@actions/cache` swallows why it has restored nothing; after a longer time it was the service, not the entry. */
const quickMs = 5000;
/** Nobody waits for it, and a build takes the processor from its packing. */
const saveLimits = { windowMs: 60_000, leastBytes: 64 * 1024, blindMs: 60_000 };
function toEntryDirectory(tempDirectory) {
    return external_node_path_.join(tempDirectory, 'hotlayer-tools');
}
/** `@actions/cache` packs it with zstd where the runner has that: a file of the release that is compressed stays as it is. */
function toArchiveFile(tempDirectory, { id }) {
    return external_node_path_.join(toEntryDirectory(tempDirectory), id);
}
/** How the keys of these entries begin. No prefix of other members, versions, kinds and platforms is the beginning of another's. */
function toEntryPrefix(members, wanted, platform) {
    const names = members.map(({ id, version }) => `${id}-${version}`).join('+');
    const kinds = wanted.map(({ kind }) => kind).join('+');
    const start = `hotlayer-tools_${platform}_${names}_${kinds}_`;
    const sums = wanted.flatMap(({ sha256 }) => sha256 ?? []);
    return sums.length < wanted.length ? start : `${start}${toEntryDigest(sums)}_`;
}
/** One digest for the archives of an entry, in order. */
function toEntryDigest(sums) {
    return (0,external_node_crypto_.createHash)('sha256').update(sums.join('\n')).digest('hex');
}
/**
 * An entry cannot be overwritten, and of those that a prefix finds the newest is taken. So the run is part of the key, and
 * so is the wrong entry that this one takes the place of: what is saved will be found, whatever is there already. Jobs
 * of one run that save the same archives still have one key.
 */
function toEntryKey(members, archives, { platform, run }, wrongKey) {
    const suffix = wrongKey === undefined ? '' : `-${(0,external_node_crypto_.createHash)('sha256').update(wrongKey).digest('hex').slice(0, 12)}`;
    return `${toEntryPrefix(members, archives, platform)}${run.id}-${run.attempt}${suffix}`;
}
/**
 * The entry that an earlier run saved, if its bytes are those that its key names. Cache trouble is a miss and one line of
 * the log. `@actions/cache` is loaded only here, because it is large.
 *
 * @param choices what will do: each is a list of one archive for each member, in their order
 */
async function restoreEntry(members, choices, store) {
    const prefixes = choices.map((wanted) => toEntryPrefix(members, wanted, store.platform));
    const [first] = prefixes;
    if (store.use === 'none' || first === undefined)
        return { kind: 'miss' };
    const names = members.map(({ name }) => name).join(' and ');
    try {
        const cache = await Promise.all(/* import() */[__webpack_require__.e(603), __webpack_require__.e(444)]).then(__webpack_require__.bind(__webpack_require__, 6444));
        if (!cache.isFeatureAvailable())
            return { kind: 'miss' };
        const obstacle = await store.findObstacle();
        if (obstacle !== undefined) {
            store.log(`No ${names} from the Actions cache, which does not answer: ${obstacle}`);
            return { kind: 'miss' };
        }
        const directory = toEntryDirectory(store.tempDirectory);
        await (0,external_node_fs_promises_.rm)(directory, { recursive: true, force: true });
        const started = Date.now();
        const key = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes));
        if (key !== undefined)
            return await checkRestored(key, members, choices, store);
        if (store.use !== 'read-write' || Date.now() - started > quickMs)
            return { kind: 'miss' };
        const lookupOnly = { lookupOnly: true };
        const there = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes, lookupOnly));
        return there === undefined
            ? { kind: 'miss' }
            : { kind: 'wrong', key: there, reason: 'it cannot be unpacked', isTold: true };
    }
    catch (error) {
        store.log(`No ${names} from the Actions cache: ${(0,errors/* toMessage */.R9)(error)}`);
        return { kind: 'miss' };
    }
}
async function checkRestored(key, members, choices, store) {
    const wrong = (reason) => ({ kind: 'wrong', key, reason });
    const wanted = choices.find((choice) => key.startsWith(toEntryPrefix(members, choice, store.platform)));
    if (wanted === undefined)
        return wrong('nobody has asked for that key');
    const start = toEntryPrefix(members, wanted.map(({ kind }) => ({ kind, sha256: undefined })), store.platform);
    const expected = /^([0-9a-f]{64})_/.exec(key.slice(start.length))?.[1];
    if (expected === undefined)
        return wrong('its key names no SHA-256');
    const files = members.map((member) => toArchiveFile(store.tempDirectory, member));
    for (const [index, file] of files.entries()) {
        const isFile = await (0,external_node_fs_promises_.lstat)(file).then((found) => found.isFile(), () => false);
        if (!isFile)
            return wrong(`it holds no archive of ${members[index]?.name}`);
    }
    const sums = await Promise.all(files.map(hashFile));
    const archives = new Map();
    for (const [index, { id }] of members.entries()) {
        const [sha256, kind] = [sums[index], wanted[index]?.kind];
        if (sha256 !== undefined && kind !== undefined)
            archives.set(id, { kind, sha256 });
    }
    const other = wanted.findIndex(({ sha256 }, index) => sha256 !== undefined && sha256 !== sums[index]);
    if (other !== -1)
        return wrong(`its archive of ${members[other]?.name} has SHA-256 ${sums[other]}`);
    return toEntryDigest(sums) === expected
        ? { kind: 'hit', key, archives }
        : wrong(`its archives have SHA-256 ${sums.join(', ')}`);
}
/** Saves the files at `toArchiveFile()` for the next runner. Never fails the job. */
async function saveEntry(members, archives, store, wrongKey) {
    const names = members.map(({ name }) => name).join(' and ');
    try {
        if (store.use !== 'read-write')
            return;
        const cache = await Promise.all(/* import() */[__webpack_require__.e(603), __webpack_require__.e(444)]).then(__webpack_require__.bind(__webpack_require__, 6444));
        // What was said at the restore holds still.
        if (!cache.isFeatureAvailable() || (await store.findObstacle()) !== undefined)
            return;
        const key = toEntryKey(members, archives, store, wrongKey);
        const directory = toEntryDirectory(store.tempDirectory);
        await whileBytesFlow(() => cache.saveCache([directory], key), saveLimits);
    }
    catch (error) {
        store.log(`${names} not saved to the Actions cache: ${(0,errors/* toMessage */.R9)(error)}`);
    }
}
async function hashFile(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file, { highWaterMark: 1024 * 1024 }), hash);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/buildkit/install/options.js
function warn({ warn: told, log }, sentence) {
    (told ?? log)(sentence);
}

;// CONCATENATED MODULE: ./build/buildkit/install/entry.js




function openEntry(parts) {
    const store = toStore(parts);
    const members = parts.map(({ product, options }) => ({
        ...{ id: product.id, name: product.name, version: options.version },
    }));
    const held = new Map();
    let restoring;
    let wrongKey;
    let isOutdated = false;
    const restore = async () => {
        if (store === undefined || store.use === 'none')
            return { kind: 'miss' };
        const choices = combine(await Promise.all(parts.map(async ({ options, release }) => listWanted(options.sha256, await release()))));
        const restored = await restoreEntry(members, choices, store);
        if (restored.kind === 'wrong')
            refuse(restored.key, restored.reason, restored.isTold);
        if (restored.kind !== 'hit')
            return restored;
        for (const [id, archive] of restored.archives)
            held.set(id, archive);
        return restored;
    };
    const refuse = (key, reason, isTold = false) => {
        wrongKey = key;
        const names = members.map(({ name }) => name).join(' and ');
        const sentence = `The entry ${key} of the Actions cache is not used: ${reason}. ${names} will be fetched as if it were not there.`;
        const [first] = parts;
        if (first === undefined)
            return;
        if (isTold)
            first.options.log(sentence);
        else
            warn(first.options, sentence);
    };
    return {
        restore: () => {
            restoring ??= restore();
            return restoring;
        },
        openPlace: async ({ product, options }) => {
            if (store?.use !== 'read-write')
                return undefined;
            await (0,external_node_fs_promises_.mkdir)(toEntryDirectory(options.tempDirectory), { recursive: true });
            const file = toArchiveFile(options.tempDirectory, product);
            await (0,external_node_fs_promises_.rm)(file, { recursive: true, force: true });
            return file;
        },
        hold: ({ product }, archive) => {
            held.set(product.id, archive);
            isOutdated = true;
        },
        refuse,
        close: async () => {
            const [first] = parts;
            if (first === undefined)
                return;
            const archives = members.flatMap(({ id }) => held.get(id) ?? []);
            if (store !== undefined && isOutdated && archives.length === members.length)
                await saveEntry(members, archives, store, wrongKey);
            await (0,external_node_fs_promises_.rm)(toEntryDirectory(first.options.tempDirectory), { recursive: true, force: true });
        },
    };
}
function toStore(parts) {
    const platform = (0,install_version/* toReleasePlatform */.Sf)(process.arch);
    const [first] = parts;
    if (platform === undefined || first === undefined)
        return undefined;
    const { cache: use, tempDirectory, log, run = { id: '0', attempt: '0' } } = first.options;
    const findObstacle = first.options.findCacheObstacle ?? (async () => undefined);
    return { use, tempDirectory, platform, run, findObstacle, log };
}
/** Each choice of one thing out of every list. */
function combine(lists) {
    return lists.reduce((chosen, list) => chosen.flatMap((one) => list.map((next) => [...one, next])), [[]]);
}
/** What will do, by what GitHub says of the release. Nothing where the links after this one have to tell the user something. */
function listWanted(given, answer) {
    const published = answer.kind === 'asset' ? answer.sha256 : undefined;
    // A contradiction is told where the archive is downloaded.
    if (given !== undefined && published !== undefined && given !== published)
        return [];
    const sha256 = given ?? published;
    if (sha256 !== undefined)
        return [{ kind: 'release', sha256 }];
    switch (answer.kind) {
        case 'unreachable':
            return [
                { kind: 'release', sha256 },
                { kind: 'go', sha256 },
            ];
        case 'no-archive':
            return [{ kind: 'go', sha256 }];
        case 'asset':
        case 'no-release':
            return [];
        default:
            return answer;
    }
}

// EXTERNAL MODULE: ./node_modules/@actions/tool-cache/lib/tool-cache.js + 2 modules
var tool_cache = __webpack_require__(9805);
;// CONCATENATED MODULE: ./build/buildkit/install/keep.js





/**
 * Checks what was unpacked or built, and moves it to the tool cache for the next job where there is one. A string says why
 * it is of no use; it is gone then.
 *
 * @param isKept false: nothing vouches for it beyond this job
 */
async function keep(installation, directory, isKept = true) {
    const { product, options } = installation;
    const { version, env } = options;
    const toolCacheDirectory = isKept ? options.toolCacheDirectory : undefined;
    const odd = await findOddity(directory);
    const target = odd === undefined && toolCacheDirectory !== undefined
        ? await moveToToolCache(product, options, directory, toolCacheDirectory)
        : undefined;
    const place = target ?? directory;
    // Where it will stay: these programs are large, and take their time to say what they are.
    const found = odd ?? (await product.probe(external_node_path_.join(place, 'bin'), version, env));
    if (typeof found === 'string') {
        await (0,external_node_fs_promises_.rm)(place, { recursive: true, force: true });
        return found;
    }
    if (target !== undefined)
        await markComplete(product, options, target);
    if (target !== undefined || toolCacheDirectory === undefined)
        return found;
    return copyToToolCache(installation, directory, found);
}
/**
 * To the directory that `toolCache.find` looks in, without its mark. A rename: the programs are large, and never half there.
 * undefined: it cannot be renamed there.
 */
async function moveToToolCache(product, { version }, directory, toolCacheDirectory) {
    const target = external_node_path_.join(toolCacheDirectory, toToolName(product), version.slice(1), process.arch);
    try {
        await (0,external_node_fs_promises_.mkdir)(external_node_path_.dirname(target), { recursive: true });
        await (0,external_node_fs_promises_.rm)(toMark(target), { force: true });
        await (0,external_node_fs_promises_.rm)(target, { recursive: true, force: true });
        // It was made for this user alone; the tool cache is for all.
        await (0,external_node_fs_promises_.chmod)(directory, 0o755);
        await (0,external_node_fs_promises_.rename)(directory, target);
        return target;
    }
    catch {
        // Another file system, or another job's directory in the way: the toolkit copies, or says what is wrong.
        return undefined;
    }
}
async function markComplete(product, { log }, target) {
    await (0,external_node_fs_promises_.writeFile)(toMark(target), '').catch((error) => {
        log(`${product.name} will not be found in the tool cache: ${(0,errors/* toMessage */.R9)(error)}`);
    });
}
function toMark(target) {
    return `${target}.complete`;
}
/** Answers what is there, or what was found in `directory` where it cannot be kept. */
async function copyToToolCache({ product, options }, directory, found) {
    const { version, env, log } = options;
    try {
        const kept = await tool_cache/* cacheDir */.e8(directory, toToolName(product), version.slice(1));
        const copied = await product.probe(external_node_path_.join(kept, 'bin'), version, env);
        if (typeof copied === 'string')
            throw new Error(copied);
        await (0,external_node_fs_promises_.rm)(directory, { recursive: true, force: true });
        return copied;
    }
    catch (error) {
        log(`${product.name} was not kept in the tool cache: ${(0,errors/* toMessage */.R9)(error)}`);
        return found;
    }
}
function toToolName({ id }) {
    return `hotlayer-${id}`;
}
async function findInToolCache({ product, options, }) {
    const { version, toolCacheDirectory, env } = options;
    if (toolCacheDirectory === undefined)
        return 'the tool cache (RUNNER_TOOL_CACHE is not set)';
    const directory = tool_cache/* find */.I6(toToolName(product), version.slice(1));
    if (directory === '')
        return 'the tool cache (not there)';
    const odd = await findOddity(directory);
    const found = odd ?? (await product.probe(external_node_path_.join(directory, 'bin'), version, env));
    if (typeof found !== 'string')
        return { ...found, source: 'tool-cache' };
    warn(options, `${product.name} in the tool cache (${directory}) is not used: ${found}. It will be replaced.`);
    return `the tool cache (${found})`;
}
/** A release holds programs and nothing else: no links to other places, no programs that run as somebody else. */
async function findOddity(directory) {
    const bin = external_node_path_.join(directory, 'bin');
    try {
        if (!(await (0,external_node_fs_promises_.lstat)(bin)).isDirectory())
            return `${bin} is not a directory`;
        for (const name of await (0,external_node_fs_promises_.readdir)(bin)) {
            const file = external_node_path_.join(bin, name);
            const found = await (0,external_node_fs_promises_.lstat)(file);
            if (!found.isFile())
                return `${file} is not a file`;
            if ((found.mode & 0o6000) !== 0)
                return `${file} would run as another user`;
        }
        return undefined;
    }
    catch (error) {
        return `${directory} cannot be read (${(0,errors/* toMessage */.R9)(error)})`;
    }
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./build/process/command.js
var command = __webpack_require__(6779);
;// CONCATENATED MODULE: ./build/buildkit/install/receive.js










/** zlib's own 16 KiB are a round trip to another thread each: with these an archive takes half the processor. */
const gunzipOptions = { chunkSize: 256 * 1024 };
/**
 * Takes an archive's bytes as they come: each is hashed and unpacked while the next one is on its way. Throws when the
 * source breaks off, and leaves nothing then.
 */
async function receiveArchive(source, receiving) {
    const { product, packaging, parent, copy, env, signal, onLastByte } = receiving;
    await (0,external_node_fs_promises_.mkdir)(parent, { recursive: true });
    const directory = await (0,external_node_fs_promises_.mkdtemp)(external_node_path_.join(parent, `hotlayer-${product.id}-`));
    const kept = copy === undefined ? undefined : await (0,external_node_fs_promises_.open)(copy, 'w', 0o600);
    const unpacking = startUnpacking(packaging, directory, product.id, env);
    try {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for await (const chunk of source) {
            signal?.throwIfAborted();
            hash.update(chunk);
            await Promise.all([kept?.appendFile(chunk), unpacking.write(chunk)]);
        }
        onLastByte?.();
        const fault = await unpacking.end();
        return { directory, sha256: hash.digest('hex'), fault };
    }
    catch (error) {
        await unpacking.abandon();
        await (0,external_node_fs_promises_.rm)(directory, { recursive: true, force: true });
        throw error;
    }
    finally {
        await kept?.close();
    }
}
function startUnpacking(packaging, directory, program, env) {
    const input = new external_node_stream_.PassThrough({ highWaterMark: 1024 * 1024 });
    let hasEnded = false;
    const ended = unpack(input, packaging, directory, program, env).then(() => undefined, (error) => (0,errors/* toMessage */.R9)(error));
    void ended.then(() => {
        hasEnded = true;
    });
    // It is told by `ended`.
    input.on('error', () => undefined);
    return {
        write: async (chunk) => {
            if (hasEnded || input.destroyed || input.write(chunk))
                return;
            const drained = (0,external_node_events_.once)(input, 'drain').catch(() => undefined);
            await Promise.race([drained, ended]);
        },
        end: () => {
            input.end();
            return ended;
        },
        abandon: async () => {
            input.destroy(new Error('the source broke off'));
            await ended;
        },
    };
}
async function unpack(input, packaging, directory, program, env) {
    switch (packaging) {
        case 'program': {
            const file = external_node_path_.join(directory, 'bin', program);
            await (0,external_node_fs_promises_.mkdir)(external_node_path_.dirname(file));
            await (0,external_node_stream_promises_.pipeline)(input, (0,external_node_fs_.createWriteStream)(file));
            await (0,external_node_fs_promises_.chmod)(file, 0o755);
            return;
        }
        case 'tar.gz':
            return untar(directory, env, (stdin) => (0,external_node_stream_promises_.pipeline)(input, (0,external_node_zlib_.createGunzip)(gunzipOptions), stdin));
        case 'tar':
            return untar(directory, env, (stdin) => (0,external_node_stream_promises_.pipeline)(input, stdin));
        default:
            return packaging;
    }
}
/** tar with what is written to its standard input. Its own words go before a broken pipe. */
async function untar(directory, env, feed) {
    let broken;
    const { exitCode, outcome } = await (0,command/* runCommand */.d)('tar', ['-x', '-f', '-', '-C', directory, '--no-same-owner'], {
        env,
        feed: async (stdin) => {
            try {
                await feed(stdin);
            }
            catch (error) {
                broken = error;
                throw error;
            }
        },
    });
    if (broken !== undefined && !pipeCodes.some((code) => (0,errors/* hasErrorCode */.Ue)(broken, code)))
        throw broken;
    if (exitCode !== 0)
        throw new Error(`tar, which must be on PATH, ${outcome}`);
}
/** tar went away first: it failed, or it had seen the end of the archive, after which only padding comes. */
const pipeCodes = ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'];

// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/buildkit/install/release.js



const publicReleaseHosts = {
    apiUrl: 'https://api.github.com',
    downloadUrl: 'https://github.com',
};
const answerTimeoutMs = 20_000;
const idleTimeoutMs = 60_000;
/** Asks GitHub for a product's file of a version (`v0.33.1`) and platform (`linux-amd64`). Never throws. */
async function fetchRelease(product, version, platform, hosts, githubToken) {
    const name = product.toAsset(version, platform);
    const answer = await askForAsset(product.repository, version, name, hosts, githubToken);
    const isSilent = answer.kind === 'asset' && answer.sha256 === undefined;
    if (product.checksums === undefined || (answer.kind !== 'unreachable' && !isSilent))
        return answer;
    // The API has its limits, which the files of a release do not have: they say what is right, too.
    const url = toDownloadUrl(product.repository, version, name, hosts);
    const list = toDownloadUrl(product.repository, version, product.checksums, hosts);
    const sha256 = parseChecksums(await readList(list), name);
    return sha256 === undefined ? answer : { url, ...answer, kind: 'asset', sha256 };
}
function toDownloadUrl(repository, version, name, { downloadUrl }) {
    return `${downloadUrl}/${repository}/releases/download/${version}/${name}`;
}
async function askForAsset(repository, version, name, { apiUrl }, githubToken) {
    const url = `${apiUrl}/repos/${repository}/releases/tags/${version}`;
    try {
        let answer = await askApi(url, githubToken);
        // The release is public: a token that is not accepted, or has used up its calls, is no reason not to see it.
        if (githubToken !== undefined && refusals.includes(answer.status))
            answer = await askApi(url, undefined);
        if (answer.status === 404)
            return { kind: 'no-release' };
        if (answer.status !== 200)
            return { kind: 'unreachable', reason: `${url} answered ${answer.status}` };
        return parseRelease((0,json/* parseJson */.qF)(answer.body), name, url);
    }
    catch (error) {
        return { kind: 'unreachable', reason: `${url}: ${(0,errors/* toMessage */.R9)(error)}` };
    }
}
/** 429 and 403 are what GitHub says at its rate limits, too. */
const refusals = [401, 403, 429];
const redirects = [301, 302, 303, 307, 308];
const maxRedirects = 5;
/** Follows redirects itself: the client would hand the token to another port of the same host. */
async function askApi(url, githubToken) {
    const client = openClient(answerTimeoutMs, { allowRedirects: false });
    try {
        let token = githubToken;
        for (let place = url, count = 0;; count++) {
            const response = await client.get(place, {
                Accept: 'application/vnd.github+json',
                'X-GitHub-Api-Version': '2022-11-28',
                ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
            });
            const status = response.message.statusCode ?? 0;
            const body = await response.readBody();
            const { location } = response.message.headers;
            if (location === undefined || !redirects.includes(status))
                return { status, body };
            const next = new URL(location, place);
            if (count >= maxRedirects)
                throw new Error(`more than ${maxRedirects} redirects`);
            const { origin, protocol } = new URL(place);
            if (protocol === 'https:' && next.protocol !== protocol)
                throw new Error(`redirect to ${next.protocol}`);
            if (next.origin !== origin)
                token = undefined;
            place = next.href;
        }
    }
    finally {
        client.dispose();
    }
}
/** The text of a small file of a release; '' when it cannot be had, since the API's answer says why there is no release. */
async function readList(url) {
    const client = openClient(answerTimeoutMs);
    try {
        const response = await client.get(url);
        if (response.message.statusCode === 200)
            return await response.readBody();
        response.message.resume();
        return '';
    }
    catch {
        // The answer of the API is told in its place.
        return '';
    }
    finally {
        client.dispose();
    }
}
/** Finds a file in the API's answer; `url` is only for the message. */
function parseRelease(answer, name, url) {
    const assets = (0,json/* readField */.dR)(answer, 'assets');
    if (!Array.isArray(assets))
        return { kind: 'unreachable', reason: `${url} answered no list of assets` };
    const found = assets.find((asset) => (0,json/* readString */.E3)(asset, 'name') === name);
    const download = (0,json/* readString */.E3)(found, 'browser_download_url');
    if (!(0,json/* isRecord */.u4)(found) || download === undefined) {
        const available = assets.flatMap((asset) => (0,json/* readString */.E3)(asset, 'name') ?? []);
        return { kind: 'no-archive', available };
    }
    return { kind: 'asset', url: download, sha256: parseDigest((0,json/* readString */.E3)(found, 'digest')) };
}
/** `sha256:<64 hex>` as GitHub publishes it since June 2025; anything else is no digest. */
function parseDigest(digest) {
    const match = /^sha256:([0-9a-f]{64})$/i.exec(digest ?? '');
    return match?.[1]?.toLowerCase();
}
/** The checksum of a file in what `sha256sum` printed. Two that differ are none. */
function parseChecksums(text, name) {
    const sums = text.split('\n').flatMap((line) => {
        const match = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line);
        return match?.[1] !== undefined && match[2] === name ? [match[1].toLowerCase()] : [];
    });
    return new Set(sums).size === 1 ? sums[0] : undefined;
}
/**
 * The checksum an archive must have. Throws ToolError `checksum-mismatch` when the input with it and GitHub's
 * digest differ, InputError when there is neither: a program that nothing vouches for is not run.
 */
function decideChecksum(id, archive, published, given) {
    const input = `${id}-sha256`;
    if (given !== undefined && published !== undefined && given !== published) {
        throw new errors/* ToolError */.v4('checksum-mismatch', `${archive}: the input "${input}" expects SHA-256 ${given}, but GitHub publishes ${published} for it. Correct the input, or find out why they differ.`);
    }
    const expected = given ?? published;
    if (expected === undefined) {
        throw new errors/* InputError */.dz(input, `input "${input}": GitHub publishes no digest of ${archive} (it is an old release); give its SHA-256 in this input, or choose a newer "${id}-version"`);
    }
    return expected;
}
/** Throws ToolError `checksum-mismatch` unless the bytes hash to what is expected. */
function checkArchive(name, what, expected, actual) {
    if (actual === expected)
        return;
    throw new errors/* ToolError */.v4('checksum-mismatch', `${what} has SHA-256 ${actual}, expected ${expected}: it is not the archive that ${name}'s maintainers released, and is not used.`);
}
/** The body of a file of a release, as often as its connection breaks off up to three times; a string says why not. */
async function download(url, receive, signal) {
    let reason = '';
    for (let attempt = 1; attempt <= 3; attempt++) {
        const client = openClient(idleTimeoutMs);
        try {
            const { message } = await client.get(url, { Accept: 'application/octet-stream' });
            const status = message.statusCode ?? 0;
            if (status === 200)
                return await receive(message);
            message.resume();
            return `${url}: answered ${status}`;
        }
        catch (error) {
            signal?.throwIfAborted();
            reason = (0,errors/* toMessage */.R9)(error);
        }
        finally {
            client.dispose();
        }
    }
    return `${url}: ${reason}`;
}
/** Knows the runner's proxies, and tries 502, 503 and 504 again. */
function openClient(socketTimeout, { allowRedirects = true } = {}) {
    return new lib/* HttpClient */.Qq('hotlayer', [], { socketTimeout, allowRedirects, allowRetries: true, maxRetries: 2 });
}

;// CONCATENATED MODULE: ./build/buildkit/install/source.js







const downloadTimeoutMs = 10 * 60_000;
const compileTimeoutMs = 30 * 60_000;
/**
 * Compiles the programs of a product from its Go module, whose sums Go checks, into `bin/` of a new directory below
 * `parent`. Takes minutes. Throws InputError when the module has no such version.
 */
async function compileProduct(product, version, parent, env, signal) {
    const go = await (0,search_path/* findOnPath */.aY)('go', env['PATH'] ?? '');
    if (go === undefined)
        return { kind: 'failed', reason: 'go is not on PATH' };
    await (0,external_node_fs_promises_.mkdir)(parent, { recursive: true });
    const directory = await (0,external_node_fs_promises_.mkdtemp)(external_node_path_.join(parent, `hotlayer-${product.id}-`));
    // A workspace or the module flags of the job's own Go project must not change what is built.
    const goEnv = { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly -buildvcs=false' };
    const module = `github.com/${product.repository}`;
    const download = await (0,command/* runCommand */.d)(go, ['mod', 'download', '-json', `${module}@${version}`], {
        env: goEnv,
        cwd: directory,
        timeoutMs: downloadTimeoutMs,
        signal,
    });
    const answer = (0,json/* parseJson */.qF)(download.stdout);
    const source = (0,json/* readString */.E3)(answer, 'Dir');
    if (download.exitCode !== 0 || source === undefined) {
        const reason = (0,json/* readString */.E3)(answer, 'Error') ?? download.outcome;
        if (/unknown revision|no matching versions|404 Not Found|invalid version/.test(reason)) {
            throw new errors/* InputError */.dz(`${product.id}-version`, `input "${product.id}-version": there is no ${product.name} ${version} (${firstLine(reason)}); allowed is a released version, for example ${product.example}`);
        }
        return { kind: 'failed', reason: `go mod download: ${firstLine(reason)}` };
    }
    const { packages, versionVariable } = product.source;
    const build = await (0,command/* runCommand */.d)(go, [
        ...['build', '-trimpath', '-ldflags', `-s -w -X ${versionVariable}=${version}`],
        ...['-o', `${external_node_path_.join(directory, 'bin')}/`, ...packages],
    ], { env: goEnv, cwd: source, timeoutMs: compileTimeoutMs, signal });
    if (build.exitCode === 0)
        return { kind: 'built', directory };
    return { kind: 'failed', reason: `go build ${describeBuildFailure(build.stderr, build.outcome)}` };
}
/** Puts what was compiled into one file, not compressed, as the Actions cache does that; answers its SHA-256. */
async function packBuilt(product, directory, file, env) {
    if (product.packaging === 'program')
        await (0,external_node_fs_promises_.link)(external_node_path_.join(directory, 'bin', product.id), file);
    else {
        const { exitCode, outcome } = await (0,command/* runCommand */.d)('tar', ['-c', '-f', file, '-C', directory, 'bin'], {
            env,
        });
        if (exitCode !== 0)
            throw new errors/* ToolError */.v4('archive', `Cannot pack ${directory}: tar ${outcome}`);
    }
    return hashFile(file);
}
/** Go's own message, and what to do where the toolchain is too old and may not fetch a newer one. */
function describeBuildFailure(stderr, outcome) {
    const required = /requires go >= (\S+?)[\s);,]/.exec(`${stderr} `)?.[1];
    return required === undefined
        ? outcome
        : `needs Go ${required} or newer, and this Go may not fetch it (GOTOOLCHAIN=local, or it is older than 1.21)`;
}
function firstLine(text) {
    return text.trim().split('\n')[0] ?? '';
}

;// CONCATENATED MODULE: ./build/buildkit/install/links.js










/**
 * A product from the Actions cache. Whoever may write there could have put anything, and it would run as root: so what a
 * release can vouch for must be that release, and only where none can be asked the digest in the key has to do. A wrong
 * entry is a miss with one warning.
 */
async function takeFromEntry(installation, entry) {
    const { product, options, release } = installation;
    if (options.cache === 'none')
        return 'the Actions cache (not available)';
    const restored = await entry.restore();
    if (restored.kind === 'miss')
        return 'the Actions cache (not there)';
    if (restored.kind === 'wrong')
        return `the Actions cache (${restored.reason})`;
    const { key } = restored;
    const held = restored.archives.get(product.id);
    if (held === undefined)
        return 'the Actions cache (not there)';
    const refuse = (reason) => {
        entry.refuse(key, reason);
        return `the Actions cache (${reason})`;
    };
    try {
        const file = toArchiveFile(options.tempDirectory, product);
        const received = await receiveArchive((0,external_node_fs_.createReadStream)(file, { highWaterMark: 1024 * 1024 }), {
            product,
            packaging: held.kind === 'go' && product.packaging === 'tar.gz' ? 'tar' : product.packaging,
            parent: options.tempDirectory,
            copy: undefined,
            ...{ env: options.env, signal: options.signal },
        });
        if (received.sha256 !== held.sha256 || received.fault !== undefined) {
            await (0,external_node_fs_promises_.rm)(received.directory, { recursive: true, force: true });
            return refuse(received.fault ?? `its archive has SHA-256 ${received.sha256}`);
        }
        // What nobody but the cache vouches for stays out of the tool cache, which runs without that cache use as well.
        const isVouchedFor = listWanted(options.sha256, await release()).some(({ sha256 }) => sha256 !== undefined);
        const found = await keep(installation, received.directory, isVouchedFor);
        if (typeof found === 'string')
            return refuse(found);
        if (!isVouchedFor)
            options.log(`  ${product.name} of ${key} is what that key says; GitHub could not be asked whether it is the release`);
        return { ...found, source: 'actions-cache' };
    }
    catch (error) {
        options.signal?.throwIfAborted();
        return refuse((0,errors/* toMessage */.R9)(error));
    }
}
async function downloadRelease(installation, entry) {
    const { product, options, release } = installation;
    const platform = (0,install_version/* toReleasePlatform */.Sf)(process.arch);
    if (platform === undefined)
        return `the release (none is published for ${process.arch})`;
    const { version, sha256, signal } = options;
    const name = product.toAsset(version, platform);
    const answer = await release();
    let url;
    switch (answer.kind) {
        case 'no-release':
            throw new errors/* InputError */.dz(`${product.id}-version`, `input "${product.id}-version": ${product.repository} has no release ${version}; allowed is a released version, for example ${product.example}`);
        case 'no-archive':
            return `the release (${version} has no ${name})`;
        case 'unreachable':
            // With a checksum of the user's own the API is not needed to know what is right.
            if (sha256 === undefined)
                return `the release (${answer.reason})`;
            url = toDownloadUrl(product.repository, version, name, options.hosts ?? publicReleaseHosts);
            break;
        case 'asset':
            url = answer.url;
            break;
        default:
            return answer;
    }
    const published = answer.kind === 'asset' ? answer.sha256 : undefined;
    const expected = decideChecksum(product.id, name, published, sha256);
    const copy = await entry.openPlace(installation);
    const received = await download(url, (body) => receiveArchive(body, {
        ...{ product, packaging: product.packaging, parent: options.tempDirectory, copy },
        ...{ env: options.env, signal, onLastByte: () => installation.arrival.resolve() },
    }), signal);
    if (typeof received === 'string')
        return `the release (${received})`;
    if (received.sha256 !== expected || received.fault !== undefined) {
        await (0,external_node_fs_promises_.rm)(received.directory, { recursive: true, force: true });
        checkArchive(product.name, url, expected, received.sha256);
        return `the release (${received.fault})`;
    }
    const found = await keep(installation, received.directory);
    if (typeof found === 'string')
        return `the release (${found})`;
    if (copy !== undefined)
        entry.hold(installation, { kind: 'release', sha256: expected });
    return { ...found, source: 'release' };
}
async function compile(installation, entry) {
    const { product, options } = installation;
    const { version, tempDirectory, env, log, signal } = options;
    log(`Compiling ${product.name} ${version} from its Go module (${product.source.duration}) …`);
    const built = await compileProduct(product, version, tempDirectory, env, signal);
    if (built.kind === 'failed')
        return `source (${built.reason})`;
    const copy = await entry.openPlace(installation);
    const sha256 = copy === undefined ? undefined : await packBuilt(product, built.directory, copy, env);
    const found = await keep(installation, built.directory);
    if (typeof found === 'string')
        return `source (${found})`;
    if (sha256 !== undefined)
        entry.hold(installation, { kind: 'go', sha256 });
    return { ...found, source: 'go' };
}

;// CONCATENATED MODULE: ./build/buildkit/install/install.js










/**
 * How long the daemon's download has the line for itself. It is needed first, as the daemon starts meanwhile; on a slow
 * line, where one connection may not be all that there is, the client's download then runs beside it.
 */
const headStartMs = 1000;
/**
 * Finds or gets the daemon (buildkitd, buildctl, runc) and the client (buildx), side by side. Each comes from its path
 * input, the machine, the tool cache, the Actions cache, the release, the Go module. The promises fail with InputError for
 * what the user must change, ToolError `checksum-mismatch` for a file that is not the released one, ToolError `no-buildkit`
 * or `no-buildx` with all that was tried.
 */
function installTools(requests, surroundings) {
    // Where one fails, nobody waits for the other.
    const failed = new AbortController();
    const { signal: outer } = surroundings;
    const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal]);
    const daemon = openInstallation(buildkit, { ...surroundings, ...requests.buildkit, signal });
    const client = openInstallation(buildx/* buildx */.N, { ...surroundings, ...requests.buildx, signal });
    const local = { daemon: findLocally(daemon), client: findLocally(client) };
    const entry = Promise.all([local.daemon, local.client]).then(([first, second]) => openEntry([...(isFound(first) ? [] : [daemon]), ...(isFound(second) ? [] : [client])]));
    // Who needs it is told; where both are found at once, nobody does.
    entry.catch(() => undefined);
    const started = { buildkit: complete(daemon, local.daemon, entry, async () => undefined) };
    const headStart = () => Promise.race([daemon.arrival.promise, (0,promises_.setTimeout)(headStartMs)]);
    const installing = { ...started, buildx: complete(client, local.client, entry, headStart) };
    for (const each of Object.values(installing))
        each.catch((error) => failed.abort(error));
    return { ...installing, save: async () => (await entry).close() };
}
/** One product alone, for who has the other. `save` saves for the next runner what had to be fetched, and never fails. */
async function installProduct(product, options) {
    const installation = openInstallation(product, options);
    const local = await findLocally(installation);
    const entry = openEntry(isFound(local) ? [] : [installation]);
    const found = await complete(installation, Promise.resolve(local), Promise.resolve(entry), async () => undefined);
    return { found, save: () => entry.close() };
}
function openInstallation(product, options) {
    const { version, hosts = publicReleaseHosts, githubToken } = options;
    let answer;
    const release = () => {
        answer ??= fetchRelease(product, version, (0,install_version/* toReleasePlatform */.Sf)(process.arch) ?? '', hosts, githubToken);
        return answer;
    };
    return { product, options, release, arrival: (0,deferred/* createDeferred */.u)() };
}
function isFound(local) {
    return !Array.isArray(local);
}
async function findLocally(installation) {
    const { product, options } = installation;
    const { version, path, sha256, env } = options;
    options.signal?.throwIfAborted();
    if (path !== undefined)
        return { ...(await product.useGiven(path, env)), source: `${product.id}-path` };
    const tooOld = (0,install_version/* findAgeObstacle */.Ci)(product, version);
    if (tooOld !== undefined) {
        const name = `${product.id}-version`;
        throw new errors/* InputError */.dz(name, `input "${name}": ${tooOld}; allowed is ${product.oldest} or newer`);
    }
    if (sha256 !== undefined)
        return [];
    return follow(options, product.name, [
        () => product.findOnMachine(options, env),
        () => findInToolCache(installation),
    ]);
}
async function complete(installation, local, opened, untilMyTurn) {
    const { product, options } = installation;
    const found = await local;
    if (isFound(found)) {
        installation.arrival.resolve();
        return found;
    }
    const entry = await opened;
    const tried = await follow(options, product.name, [
        () => takeFromEntry(installation, entry),
        async () => {
            await installation.release();
            await untilMyTurn();
            return downloadRelease(installation, entry);
        },
        ...(options.sha256 === undefined ? [() => compile(installation, entry)] : []),
    ]).finally(() => installation.arrival.resolve());
    if (isFound(tried))
        return tried;
    const remedy = options.sha256 === undefined
        ? `Allow the runner to reach github.com, or install Go, or ${product.alternative}.`
        : `Only a release can have the checksum of "${product.id}-sha256": allow the runner to reach github.com, or leave that input out.`;
    throw new errors/* ToolError */.v4(`no-${product.id}`, `${product.name} ${options.version} could not be had. Tried: ${[...found, ...tried].join('; ')}. ${remedy}`);
}
/** The first link that has it, or what each said. */
async function follow({ signal, log }, name, links) {
    const tried = [];
    for (const link of links) {
        const result = await link();
        signal?.throwIfAborted();
        if (typeof result !== 'string')
            return result;
        tried.push(result);
        log(`  ${name} not from ${result}`);
    }
    return tried;
}


/***/ }),

/***/ 744:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ selectReleaseToken)
/* harmony export */ });
/** They say `GITHUB_SERVER_URL=https://github.com` by default, whatever their token is good for. */
const emulators = ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'];
/**
 * The token that may go to api.github.com: only one that github.com has issued. Anywhere else (GHES, ghe.com, Gitea,
 * Forgejo, act) it is another server's secret, which no stranger must see; a runner that does not say which server it
 * belongs to gives none either.
 */
function selectReleaseToken(token, serverUrl, env) {
    const isEmulator = emulators.some((name) => /^(?:true|1)$/i.test(env[name]?.trim() ?? ''));
    return !isEmulator && isGithub(serverUrl) ? token : undefined;
}
/** True for `https://github.com` in whatever spelling: case, a slash at the end, the port that https has anyway. */
function isGithub(serverUrl) {
    if (!URL.canParse(serverUrl))
        return false;
    const { origin, pathname, username, password, search, hash } = new URL(serverUrl);
    const rest = `${username}${password}${search}${hash}`;
    return origin === 'https://github.com' && pathname === '/' && rest === '';
}


/***/ }),

/***/ 5125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ findAgeObstacle),
/* harmony export */   Is: () => (/* binding */ isVersionless),
/* harmony export */   PA: () => (/* binding */ decideCompatibility),
/* harmony export */   Sf: () => (/* binding */ toReleasePlatform),
/* harmony export */   U3: () => (/* binding */ findZstdObstacle),
/* harmony export */   YA: () => (/* binding */ oldestBuildx),
/* harmony export */   du: () => (/* binding */ isAtLeast),
/* harmony export */   eQ: () => (/* binding */ findServiceObstacle),
/* harmony export */   oO: () => (/* binding */ oldestBuildkit),
/* harmony export */   ss: () => (/* binding */ parseVersionLine),
/* harmony export */   ve: () => (/* binding */ knowsFeature)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2088);

/** The oldest BuildKit that Hotlayer works with, tried as docs/buildkit-versions.md says: older ones put build steps into no cgroup of the job. */
const oldestBuildkit = 'v0.10.0';
/** The oldest buildx: the first that knows scoped logins, `--var` and policies. docs/buildkit-versions.md says what older ones lack. */
const oldestBuildx = 'v0.31.0';
/**
 * The oldest that is taken from PATH when nobody asked for its version. It is the first that speaks the second version
 * of the cache service, the only one that GitHub still serves, so that it builds with and without the gateway.
 */
const oldestUnasked = 'v0.20.0';
/** The first releases that know something that Hotlayer makes use of. */
const firstWith = {
    /** `ignore-error=true` of a cache export: without it, a failed export fails the build. */
    ignoredExportErrors: 'v0.11.0',
    /** Builds are remembered (ListenBuildHistory), and `history` limits how many. */
    history: 'v0.11.0',
    /** A cache as an image manifest (moby/buildkit#3724), which the gateway takes. */
    imageManifest: 'v0.12.0',
    /** `minFreeSpace` of the garbage collection. */
    minFreeSpace: 'v0.17.0',
    /** The second version of the cache service (`url_v2` of `type=gha`). */
    secondCacheService: 'v0.20.0',
    /** `log.level` in place of `debug`. */
    logLevel: 'v0.30.0',
};
/** A build of no release (`master`) counts as newer than all, one that does not know its version as older. */
function knowsFeature(version, feature) {
    return isAtLeast(version, firstWith[feature]);
}
function isAtLeast(version, first) {
    const release = semver__WEBPACK_IMPORTED_MODULE_0__.valid(toTag(version));
    return release === null || semver__WEBPACK_IMPORTED_MODULE_0__.gte(release, first);
}
/** Why this BuildKit cannot write zstd to the gateway; undefined: it can. */
function findZstdObstacle(version) {
    return knowsFeature(version, 'imageManifest')
        ? undefined
        : `BuildKit ${version} is older than ${firstWith.imageManifest}`;
}
/** Why this BuildKit cannot use the cache service without the gateway; undefined: it can. */
function findServiceObstacle(version, protocol) {
    return protocol === 1 || knowsFeature(version, 'secondCacheService')
        ? undefined
        : `BuildKit ${version} does not speak the second version of the cache service, which this runner has (${firstWith.secondCacheService} is the first that does)`;
}
/** Why a program that was asked for cannot be used; undefined: it can, or it does not know its version. */
function findAgeObstacle({ name, oldest }, version) {
    return isVersionless(version) || isAtLeast(version, oldest)
        ? undefined
        : `${name} ${version} is older than ${oldest}, the oldest that Hotlayer works with`;
}
/** What `go build` writes where nobody gives it a version. */
function isVersionless(version) {
    return /^v?0\.0\.0(?:[-+]|$)/.test(version);
}
/** `v0.31.2-14-gabc1234`, as git describes a commit, is newer than its tag and not a candidate of it. */
function toTag(version) {
    return version.replace(/-\d+-g[0-9a-f]+(?:[.-]m|[.-]dirty)?$/, '');
}
/** What `buildkitd --version` prints, for example `buildkitd github.com/moby/buildkit v0.33.1 1a2b3c`. */
function parseVersionLine(text) {
    const match = /^(buildkitd|buildctl) \S*buildkit\S* (\S+)/m.exec(text);
    const [, program, version] = match ?? [];
    if (version === undefined || (program !== 'buildkitd' && program !== 'buildctl'))
        return undefined;
    return { program, version };
}
/**
 * May a program that is already on the machine be used? `exact` (another version than the default was asked for):
 * only that one; otherwise any release from the oldest on.
 */
function decideCompatibility(found, wanted, exact, oldest = oldestUnasked) {
    const version = semver__WEBPACK_IMPORTED_MODULE_0__.valid(found);
    if (version === null)
        return { compatible: false, reason: `${found} is not a release` };
    if (exact) {
        return semver__WEBPACK_IMPORTED_MODULE_0__.eq(version, wanted)
            ? { compatible: true }
            : { compatible: false, reason: `is ${found}, not ${wanted}` };
    }
    return semver__WEBPACK_IMPORTED_MODULE_0__.gte(version, oldest)
        ? { compatible: true }
        : { compatible: false, reason: `is ${found}, older than ${oldest}, and its version was not asked for` };
}
/** The platform part of a release archive's name, for example `linux-amd64`; undefined: there is no archive for it. */
function toReleasePlatform(arch) {
    switch (arch) {
        case 'x64':
            return 'linux-amd64';
        case 'arm64':
        case 's390x':
        case 'riscv64':
            return `linux-${arch}`;
        case 'arm':
            return 'linux-arm-v7';
        case 'ppc64':
            return 'linux-ppc64le';
        default:
            return undefined;
    }
}


/***/ }),

/***/ 5641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nx: () => (/* binding */ renderCacheEntry),
/* harmony export */   R3: () => (/* binding */ noWords),
/* harmony export */   bV: () => (/* binding */ toCacheFlags),
/* harmony export */   wt: () => (/* binding */ noCache)
/* harmony export */ });
/* harmony import */ var _csv_fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8827);

const noWords = { exporters: [], faults: [] };
const noCache = {
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
    return (0,_csv_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .renderCsv */ .P)([`type=${type}`, ...Object.entries(attrs).map(([name, value]) => `${name}=${value}`)]);
}


/***/ }),

/***/ 8827:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ renderCsv)
/* harmony export */ });
/** One CSV record as buildx's flags take it (RFC 4180 quoting). */
function renderCsv(fields) {
    return fields.map(renderField).join(',');
}
function renderField(field) {
    return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}


/***/ }),

/***/ 7186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ classifyPushFailure)
/* harmony export */ });
/**
 * Whether it was the network or a registry in trouble. BuildKit itself has tried each request four times in seven seconds
 * by then, where it was a 5xx, a connection that broke or one that hung (util/resolver/retryhandler); a 429 five times at
 * once (containerd, remotes/docker/resolver.go), a refused connection or a host without address once.
 */
function classifyPushFailure({ reason, output }) {
    const words = /^.*?\bfailed to push \S+: (.*)$/s.exec(reason)?.[1]?.trim();
    if (words === undefined)
        return { kind: 'final' };
    return isPassing(words, output)
        ? { kind: 'passing', retryAfterMs: findRetryAfter(words) }
        : { kind: 'final' };
}
function isPassing(words, output) {
    const [first = ''] = words.split('\n', 1);
    if (/^errors:$|^[a-z]+: /.test(first) && listCodes(words).length > 0)
        return isSaidInPassing(words, output);
    const status = findStatus(first);
    return status === undefined
        ? networkFaults.some((pattern) => pattern.test(first))
        : isPassingStatus(status);
}
const codes = /^(unknown|unsupported|unauthorized|denied|unavailable|toomanyrequests): /gm;
/**
 * Where a registry gives its reason as JSON, BuildKit has these words in place of the status (util/errutil), of which
 * containerd knows six codes and calls all others unknown.
 */
function listCodes(words) {
    return [...words.matchAll(codes)].flatMap(([, code]) => code ?? []);
}
function isSaidInPassing(words, output) {
    const said = listCodes(words);
    if (said.some((code) => ['denied', 'unauthorized', 'unsupported'].includes(code)))
        return false;
    if (said.some((code) => code === 'toomanyrequests' || code === 'unavailable'))
        return true;
    // BuildKit prints what it tries again, with the status: it must be the last of this, in the same words.
    const start = output.findLastIndex((line) => line.startsWith('error: '));
    const [printed = '', ...more] = start === -1 ? [] : output.slice(start);
    const status = findStatus(printed);
    const [theirs = ''] = more;
    return status !== undefined && isPassingStatus(status) && theirs !== '' && words.startsWith(theirs);
}
/** Of a request to the registry, or to its token server. */
function findStatus(line) {
    const found = /\bunexpected status(?: code)?(?: from [A-Z]+ request to \S+)?: (\d{3})\b/.exec(line);
    return found === null ? undefined : Number(found[1]);
}
/** 501 and 505 stay what they are. */
function isPassingStatus(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
/** Go's words, which end the sentence: what stands before them (addresses, names) is not theirs. */
const networkFaults = [
    /(?:^|: )(?:unexpected )?EOF$/,
    /: connection (?:reset by peer|refused|timed out)$/,
    /: broken pipe$/,
    /: (?:network is unreachable|no route to host|host is down)$/,
    /: i\/o timeout$/,
    /\bTLS handshake timeout$/,
    /: no such host$/,
    /: (?:server misbehaving|Temporary failure in name resolution)$/,
    /: use of closed network connection$/,
    /\bio: read\/write on closed pipe$/,
    /\bhttp2?: (?:server closed idle connection|client connection lost|timeout awaiting response headers)$/,
    /\bhttp2: server sent GOAWAY and closed the connection\b.*$/,
    /\bstream error: stream ID \d+; (?:INTERNAL_ERROR|REFUSED_STREAM|CANCEL)\b.*$/,
    /\bnet\/http: timeout awaiting response headers$/,
    /\(Client\.Timeout (?:exceeded while awaiting headers|or context cancellation while reading body)\)$/,
];
const unitsMs = {
    µs: 0.001,
    us: 0.001,
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
};
/**
 * BuildKit does not pass on the header; ghcr.io and ECR say it in their words as well: `toomanyrequests: retry-after:
 * 563.2ms, allowed: 44000/minute`. A bare number is seconds.
 */
function findRetryAfter(words) {
    const found = /\bretry[- ]after:? (\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m|h)?\b/i.exec(words);
    if (found === null)
        return undefined;
    return Number(found[1]) * (unitsMs[found[2] ?? 's'] ?? 1000);
}


/***/ }),

/***/ 290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B5: () => (/* binding */ toGhaImport),
/* harmony export */   WM: () => (/* binding */ toGhaExport),
/* harmony export */   YO: () => (/* binding */ mayFail),
/* harmony export */   oG: () => (/* binding */ toRegistryImport),
/* harmony export */   ps: () => (/* binding */ toRegistryExport),
/* harmony export */   x4: () => (/* binding */ toWords)
/* harmony export */ });
/* unused harmony export listExporters */
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
const faults = [
    /BlobNotFound|ContainerNotFound|AuthenticationFailed/,
    /_apis\/artifactcache|github\.actions\.results\.api/,
    // `type=registry`, that is the gateway: gone in the middle of a build, or without a blob that its manifest named.
    /http:\/\/127\.0\.0\.1:\d+\/v2\/hotlayer(?:-x)?\//,
    /could not fetch content descriptor sha256:[0-9a-f]{64} \(\S+\) from remote: not found/,
];
/**
 * What BuildKit says of the Actions cache. The faults are those of both ways to it: the daemon may still wait for layers
 * that an earlier step of the job imported the other way.
 */
function toWords(exported) {
    return { exporters: exported === undefined ? [] : (exporterNames[exported.type] ?? []), faults };
}
/** Names under which BuildKit exports caches: with a manifest that it names (`named`), and without (`timed`). */
function listExporters() {
    return { named: exporterNames['registry'] ?? [], timed: exporterNames['gha'] ?? [] };
}


/***/ }),

/***/ 7506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ nothingCached),
/* harmony export */   d: () => (/* binding */ joinLayers)
/* harmony export */ });
const nothingCached = { base: [], own: [], result: [] };
function joinLayers(all) {
    const join = (name) => [...new Set(all.flatMap((layers) => layers[name]))];
    return { base: join('base'), own: join('own'), result: join('result') };
}


/***/ }),

/***/ 8541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ toUnguardedRoutes),
/* harmony export */   m: () => (/* binding */ createNoAccess)
/* harmony export */ });
/* harmony import */ var _buildkit_solve_cache_flags_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5641);
/* harmony import */ var _cache_entries_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(290);
/* harmony import */ var _cached_layers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7506);



/** A build without a cache; `description` says why, where the plan does not. */
function createNoAccess(description) {
    return {
        describe: () => description,
        open: async ({ plans, seen }) => toUnguardedRoutes(plans.map(() => ({ ..._buildkit_solve_cache_flags_js__WEBPACK_IMPORTED_MODULE_0__/* .noCache */ .wt, words: (0,_cache_entries_js__WEBPACK_IMPORTED_MODULE_1__/* .toWords */ .x4)(undefined) })), seen),
        watch: async () => undefined,
        sortImportErrors: (errors) => errors,
        settle: async () => ({ verdict: undefined, foreign: undefined }),
        readReport: async () => undefined,
        outcome: () => ({ cacheExport: 'skipped', reason: undefined, unloaded: [] }),
    };
}
/** Without the gateway, what BuildKit makes of its own cache is left to it; but not what we made it compress before. */
function toUnguardedRoutes(caches, seen) {
    const cachedLayers = { ..._cached_layers_js__WEBPACK_IMPORTED_MODULE_2__/* .nothingCached */ .M, own: seen.zstd ? ['zstd'] : [] };
    const routes = caches.map((cache) => ({ cache, cachedLayers }));
    return { routes, seen, notices: [], degradations: [] };
}


/***/ }),

/***/ 7462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E$: () => (/* binding */ toServiceVariables),
/* harmony export */   Ln: () => (/* binding */ findService),
/* harmony export */   TR: () => (/* binding */ refuse),
/* harmony export */   _6: () => (/* binding */ readUpstream),
/* harmony export */   j0: () => (/* binding */ isUnused)
/* harmony export */ });
/* harmony import */ var _no_access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8541);

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
        return { kind: 'none', access: (0,_no_access_js__WEBPACK_IMPORTED_MODULE_0__/* .createNoAccess */ .m)(undefined) };
    if (upstream !== undefined)
        return { kind: 'there', service: { token, upstream } };
    const sentence = 'The runner names no cache service (ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL): this build runs without a cache.';
    return { kind: 'none', access: (0,_no_access_js__WEBPACK_IMPORTED_MODULE_0__/* .createNoAccess */ .m)({ kind: 'loss', sentence }) };
}
/** Nothing is imported and nothing exported. */
function isUnused(plans) {
    return plans.every((plan) => plan.imports.length === 0 && plan.export === null);
}
/** What a reader is told where nobody can use the runtime token. */
function refuse(refusal, kind = 'loss') {
    // The plan has warned of a token that cannot be read: it has asked the same reader.
    if (refusal.code === 'token-opaque')
        return (0,_no_access_js__WEBPACK_IMPORTED_MODULE_0__/* .createNoAccess */ .m)(undefined);
    return (0,_no_access_js__WEBPACK_IMPORTED_MODULE_0__/* .createNoAccess */ .m)({ kind, sentence: `This build runs without a cache: ${refusal.reason}.` });
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


/***/ }),

/***/ 4604:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QX: () => (/* binding */ isAncestor),
/* harmony export */   Zg: () => (/* binding */ isRepositoryOfRun),
/* harmony export */   b$: () => (/* binding */ readCheckout)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _find_checkout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6061);
/* harmony import */ var _git_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1947);
/* harmony import */ var _repository_name_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9467);
/* harmony import */ var _repository_view_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6213);
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9875);






/** The checkout that a directory is part of. Never throws. */
async function readCheckout(git, directory, area, sha) {
    const found = await (0,_find_checkout_js__WEBPACK_IMPORTED_MODULE_1__/* .findCheckout */ .I8)(directory, area);
    if (found.kind === 'none')
        return found;
    if (found.kind === 'unreadable')
        return toUnknown(found.reason);
    try {
        const view = await (0,_repository_view_js__WEBPACK_IMPORTED_MODULE_3__/* .openView */ .e8)(git, found.place);
        if (view.isEmpty)
            return { kind: 'none' };
        const answer = await (0,_repository_view_js__WEBPACK_IMPORTED_MODULE_3__/* .askView */ .dv)(git, view, 'rev-parse', '--verify', 'HEAD^{commit}');
        const head = answer.kind === 'answer' && answer.exitCode === 0 ? (0,_git_url_js__WEBPACK_IMPORTED_MODULE_2__/* .toCommit */ .dO)(answer.stdout.trim()) : undefined;
        if (head === undefined)
            return toUnknown((0,_run_git_js__WEBPACK_IMPORTED_MODULE_4__/* .toReason */ .G)(answer));
        const origin = view.config.get('remote.origin.url')?.at(-1);
        const isOfRun = await isOriginOfRun(git, view, origin, sha);
        return { kind: 'checkout', checkout: { view, head, origin, isOfRun } };
    }
    catch (error) {
        return toUnknown((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMessage */ .R9)(error));
    }
}
/** The reason names paths, and what git says of foreign files: it stays one line of some length. */
function toUnknown(reason) {
    return { kind: 'unknown', reason: reason.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300) };
}
/** True when the address is that of GITHUB_REPOSITORY; undefined when the run does not say which that is. */
function isRepositoryOfRun(remote, env) {
    const repository = env['GITHUB_REPOSITORY'];
    if (!repository)
        return undefined;
    const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
    return (0,_repository_name_js__WEBPACK_IMPORTED_MODULE_5__/* .toRepositoryKey */ .L)(remote) === (0,_repository_name_js__WEBPACK_IMPORTED_MODULE_5__/* .toRepositoryKey */ .L)(`${server}/${repository}`);
}
/** True when git proves it, false when it proves the contrary, undefined when it lacks the history to tell. */
async function isAncestor(git, { view }, commit, of) {
    const answer = await (0,_repository_view_js__WEBPACK_IMPORTED_MODULE_3__/* .askView */ .dv)(git, view, 'merge-base', '--is-ancestor', commit, of);
    if (answer.kind === 'failed')
        return undefined;
    if (answer.exitCode === 0)
        return true;
    if (answer.exitCode !== 1)
        return undefined;
    const shallow = await (0,_repository_view_js__WEBPACK_IMPORTED_MODULE_3__/* .askView */ .dv)(git, view, 'rev-parse', '--is-shallow-repository');
    return shallow.kind === 'answer' && shallow.stdout.trim() === 'false' ? false : undefined;
}
/**
 * A fork's clone has the commits of this repository too, so a remote address must be the run's own. A path on this machine names no
 * repository; there the commit of the run must do.
 */
async function isOriginOfRun(git, view, url, sha) {
    if (url === undefined || url === '')
        return undefined;
    const matches = isRepositoryOfRun(url, git.env);
    if (matches === true || !isLocalPath(url))
        return matches;
    if ((0,_git_url_js__WEBPACK_IMPORTED_MODULE_2__/* .toCommit */ .dO)(sha) === undefined)
        return undefined;
    const found = await (0,_repository_view_js__WEBPACK_IMPORTED_MODULE_3__/* .askView */ .dv)(git, view, 'cat-file', '-e', `${sha}^{commit}`);
    return found.kind === 'answer' && found.exitCode === 0;
}
function isLocalPath(url) {
    return /^file:\/\//i.test(url) || /^[./]/.test(url);
}


/***/ }),

/***/ 6061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I8: () => (/* binding */ findCheckout),
/* harmony export */   Ni: () => (/* binding */ hasEntry),
/* harmony export */   v3: () => (/* binding */ readGitFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9473);



/** A file of git that names something has one line. */
const maxFileBytes = 64 << 10;
/**
 * Walks up to the next `.git`. A bare repository, that is one without a `.git`, is none: it can be committed as plain
 * files. Git never checks out a path with a `.git` in it, so what lies there is git's own.
 */
async function findCheckout(directory, area) {
    try {
        const start = await toRealPath(directory);
        if (start === undefined)
            return { kind: 'none' };
        const workspace = (await toRealPath(area.workspace)) ?? node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(area.workspace);
        const top = area.isBounded && isWithin(workspace, start) ? workspace : node_path__WEBPACK_IMPORTED_MODULE_1__.parse(start).root;
        for (let current = start;; current = node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(current)) {
            if (await hasEntry(node_path__WEBPACK_IMPORTED_MODULE_1__.join(current, '.git')))
                return { kind: 'found', place: await readPlace(current, workspace) };
            if (current === top || current === node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(current))
                return { kind: 'none' };
        }
    }
    catch (error) {
        return { kind: 'unreadable', reason: (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .toMessage */ .R9)(error) };
    }
}
/** Text of a small file of git's, without the line end. Throws what to tell about one that is no such file. */
async function readGitFile(file) {
    // A pipe would be read for ever.
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file);
    if (!found.isFile() || found.size > maxFileBytes)
        throw new Error(`${file} is not a file of git's`);
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8')).replace(/[\r\n]+$/, '');
}
/** True for an entry of whatever kind, a link that leads nowhere as well. */
async function hasEntry(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(file);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, 'ENOENT') || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, 'ENOTDIR'))
            return false;
        throw error;
    }
}
async function readPlace(directory, workspace) {
    const entry = node_path__WEBPACK_IMPORTED_MODULE_1__.join(directory, '.git');
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(entry);
    const gitDirectory = found.isDirectory() ? entry : await followLink(entry, directory, workspace);
    const commonFile = node_path__WEBPACK_IMPORTED_MODULE_1__.join(gitDirectory, 'commondir');
    if (!(await hasEntry(commonFile)))
        return { directory, gitDirectory, commonDirectory: gitDirectory };
    const named = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(gitDirectory, await readGitFile(commonFile)));
    return { directory, gitDirectory, commonDirectory: refusePlanted(named, [directory, workspace]) };
}
/** Where a `.git` that is no directory leads: a symbolic link, or a file `gitdir: …` of a submodule or a worktree. */
async function followLink(entry, directory, workspace) {
    if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(entry)).isDirectory())
        return refusePlanted(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(entry), [directory, workspace]);
    const target = /^gitdir: (.+)$/.exec(await readGitFile(entry))?.[1];
    if (target === undefined)
        throw new Error(`${entry} does not name a git directory`);
    return refusePlanted(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(directory, target)), [directory, workspace]);
}
/** What lies in the tree outside of every `.git` may be files that somebody committed. */
function refusePlanted(target, trees) {
    const isPlanted = trees.some((tree) => isWithin(tree, target) && !node_path__WEBPACK_IMPORTED_MODULE_1__.relative(tree, target).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).includes('.git'));
    if (isPlanted)
        throw new Error(`.git leads to ${target}, where a commit can put files`);
    return target;
}
async function toRealPath(file) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(file);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, 'ENOENT') || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, 'ENOTDIR'))
            return undefined;
        throw error;
    }
}
function isWithin(directory, file) {
    const relative = node_path__WEBPACK_IMPORTED_MODULE_1__.relative(directory, file);
    return relative === '' || (!node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(relative) && relative.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep)[0] !== '..');
}


/***/ }),

/***/ 4219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ withGit)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9875);




/** Runs `work` with a scratch directory for git, which is removed afterwards. Throws when there is no room for one. */
async function withGit(env, signal, work) {
    const scratch = await makeScratch(env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)());
    try {
        const makeDirectory = () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(scratch, 'view-'));
        const emptyRepository = await makeDirectory();
        for (const name of ['objects', 'refs'])
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(emptyRepository, name));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(emptyRepository, 'HEAD'), 'ref: refs/heads/none\n');
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(emptyRepository, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
        return await work({
            emptyRepository,
            makeDirectory,
            ask: (call) => (0,_run_git_js__WEBPACK_IMPORTED_MODULE_3__/* .runGit */ .E)({ ...call, env, signal }),
            env,
        });
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(scratch, { recursive: true, force: true });
    }
}
async function makeScratch(parent) {
    const prefix = 'hotlayer-git-';
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(parent, prefix));
    }
    catch (error) {
        if (parent === (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)())
            throw error;
        // `hotlayer plan` may see the RUNNER_TEMP of another machine.
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2__.join((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), prefix));
    }
}


/***/ }),

/***/ 1947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PX: () => (/* binding */ findGitUrlFault),
/* harmony export */   RA: () => (/* binding */ parseGitUrl),
/* harmony export */   dO: () => (/* binding */ toCommit),
/* harmony export */   nh: () => (/* binding */ looksRemote)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

// The rules of BuildKit v0.33.1: dfgitutil ParseGitRef, gitutil ParseURL, sshutil ParseSCPStyleURL.
const scheme = /^([A-Za-z0-9]+):\/\//;
const scpStyle = /^[A-Za-z0-9_-]+@([A-Za-z0-9.-]+):(.*)$/s;
const protocols = ['http', 'https', 'ssh', 'git'];
const truth = /^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/;
const anything = /./s;
/** What each query parameter may be; `isFlag`: it may also stand alone. */
const parameters = {
    ref: { value: anything, isFlag: false },
    tag: { value: anything, isFlag: false },
    branch: { value: anything, isFlag: false },
    subdir: { value: anything, isFlag: false },
    checksum: { value: anything, isFlag: false },
    commit: { value: anything, isFlag: false },
    mtime: { value: /^(?:checkout|commit)$/, isFlag: false },
    'keep-git-dir': { value: truth, isFlag: true },
    submodules: { value: truth, isFlag: true },
    'fetch-by-commit': { value: truth, isFlag: true },
};
/** True for anything that a user means as an address, not as a path on this machine. */
function looksRemote(text) {
    return scheme.test(text) || isShort(text) || scpStyle.test(text);
}
/** The parts of what `findGitUrlFault` has nothing against; of anything else whatever can be made out. */
function parseGitUrl(text) {
    const parts = split(text);
    const { remote } = parts;
    const address = isShort(remote) ? `https://${remote}` : remote;
    return {
        remote,
        address,
        host: scheme.test(address) ? parseUrl(address)?.host : scpStyle.exec(remote)?.[1],
        // The narrowest first.
        ref: [...listCommits(parts), ...listRefs(parts)][0],
        subdirectory: listDirectories(parts)[0],
    };
}
/**
 * Why BuildKit would not take it as a Git context, a clause; undefined: it would.
 *
 * @param login what to use in place of credentials in the address
 */
function findGitUrlFault(text, login = 'the "github-token" input or a GIT_AUTH_TOKEN secret') {
    if (/\s/.test(text))
        return 'it has white space';
    return findAddressFault(split(text).remote, login) ?? findQueryFault(text);
}
/** A commit's full name, in lower case; undefined for anything shorter or other. */
function toCommit(text) {
    return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}
function findAddressFault(remote, login) {
    const protocol = scheme.exec(remote)?.[1]?.toLowerCase();
    if (protocol === undefined && !isShort(remote)) {
        const [, , path = ''] = scpStyle.exec(remote) ?? [];
        return path === '' ? 'it has no repository path' : undefined;
    }
    if (protocol !== undefined && !protocols.includes(protocol)) {
        return `${protocol}:// is not a protocol of Git contexts`;
    }
    const url = parseUrl(protocol === undefined ? `https://${remote}` : remote);
    if (url === undefined)
        return 'it cannot be parsed as a URL';
    if (url.host === '')
        return 'it has no host';
    if (url.pathname === '' || url.pathname === '/')
        return 'it has no repository path';
    if (url.password !== '' || (url.username !== '' && protocol !== 'ssh')) {
        return `it holds credentials, which would end up in logs; use ${login}`;
    }
    if ((protocol === 'http' || protocol === 'https') && !url.pathname.endsWith('.git')) {
        return 'an http(s) address must end in .git (archives by URL are not supported)';
    }
    return undefined;
}
function findQueryFault(text) {
    const parts = split(text);
    const { query } = parts;
    if (parts.isMalformed)
        return 'its part behind the # has a % that stands for no character';
    for (const key of new Set(query.keys())) {
        const [value = '', ...more] = query.getAll(key);
        const allowed = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
        if (allowed === undefined)
            return `unknown query parameter ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)}`;
        if (more.length > 0)
            return `query parameter ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is given twice`;
        if (value === '' && !allowed.isFlag)
            return `query parameter ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} has no value`;
        if (value !== '' && !allowed.value.test(value))
            return `query parameter ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} cannot be ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(value)}`;
    }
    if (query.has('branch') && query.has('tag'))
        return 'it asks for a branch and a tag';
    return (findConflict('refs', listRefs(parts)) ??
        findConflict('directories', listDirectories(parts)) ??
        findConflict('commits', listCommits(parts)));
}
function findConflict(kind, asked) {
    const [first, second] = new Set(asked);
    return first === undefined || second === undefined
        ? undefined
        : `it asks for two ${kind}, ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(first)} and ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(second)}`;
}
function listCommits({ query }) {
    return [query.get('commit'), query.get('checksum')].filter(isGiven);
}
function listRefs({ query, ref }) {
    const [branch, tag] = [query.get('branch'), query.get('tag')];
    return [
        query.get('ref'),
        ...(isGiven(branch) ? [toQualified('refs/heads/', branch)] : []),
        ...(isGiven(tag) ? [toQualified('refs/tags/', tag)] : []),
        ref,
    ].filter(isGiven);
}
function listDirectories({ query, subdirectory }) {
    return [subdirectory, query.get('subdir')].filter(isGiven);
}
function split(text) {
    const [, remote = '', search = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
    // Only of a URL is the fragment percent-encoded.
    const isUrl = scheme.test(remote) || isShort(remote);
    const isMalformed = isUrl && /%(?![0-9a-f]{2})/i.test(hash);
    const fragment = isUrl && !isMalformed ? decode(hash) : hash;
    const colon = fragment.indexOf(':');
    return {
        remote,
        query: new URLSearchParams(search),
        ref: colon === -1 ? fragment : fragment.slice(0, colon),
        subdirectory: colon === -1 ? '' : fragment.slice(colon + 1),
        isMalformed,
    };
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // Bytes that are no UTF-8: git refuses such a name itself.
        return text;
    }
}
function parseUrl(text) {
    return URL.canParse(text) ? new URL(text) : undefined;
}
function isShort(text) {
    return text.startsWith('github.com/');
}
function toQualified(prefix, name) {
    return name.startsWith(prefix) ? name : `${prefix}${name}`;
}
function isGiven(text) {
    return text !== null && text !== '';
}


/***/ }),

/***/ 9467:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ toRepositoryKey),
/* harmony export */   j: () => (/* binding */ toRepositoryName)
/* harmony export */ });
/**
 * `github.com/o/r` of any address of that repository: https, ssh, git@host:path, file or a plain path. Two addresses
 * that give the same text name the same repository.
 */
function toRepositoryKey(remote) {
    return toPlainAddress(remote).toLowerCase();
}
/**
 * One URL for all addresses of a repository: without credentials, and whatever the protocol, for example
 * `https://github.com/o/r.git`. The case of its path counts, as it does for some servers.
 */
function toRepositoryName(remote) {
    const [host = '', ...rest] = toPlainAddress(remote).split('/');
    return `https://${[host.toLowerCase().replace(/:(?:443|80)$/, ''), ...rest].join('/')}.git`;
}
/** `github.com/O/R`: without protocol, credentials, `.git` and slashes at the end. */
function toPlainAddress(remote) {
    const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(remote);
    const bare = remote.replace(/^[a-z0-9+]+:\/\//i, '').replace(/^[^@/]*@/, '');
    const isSsh = /^ssh:\/\//i.test(remote);
    const address = scp !== null && !remote.includes('://') ? `${scp[1]}/${scp[2]}` : bare;
    // The port of ssh says nothing about the repository; that of a web server may.
    return (isSsh ? address.replace(/^([^/:]+):[0-9]+/, '$1') : address)
        .replace(/\/+$/, '')
        .replace(/\.git$/i, '')
        .replace(/\/{2,}/g, '/');
}


/***/ }),

/***/ 6213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YG: () => (/* binding */ parseConfigList),
/* harmony export */   dv: () => (/* binding */ askView),
/* harmony export */   e8: () => (/* binding */ openView)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _find_checkout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6061);
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9875);




/** What is read of a configuration. Nothing of it is in force in the view, but for the two formats. */
const readKeys = '^(remote\\.origin\\.url|extensions\\.(objectformat|refstorage)|core\\.sshcommand|include\\.path|includeif\\..*\\.path)$';
const localTimeoutMs = 10_000;
/**
 * The view has none of the repository's configuration, hooks, attributes, grafts and replaced objects: whatever these
 * would run or forge, git does not know of them. As the view is ours, git does not ask whose the repository is either.
 * Throws what to tell when the repository cannot be read.
 */
async function openView(git, place) {
    const { commonDirectory, gitDirectory } = place;
    const head = await (0,_find_checkout_js__WEBPACK_IMPORTED_MODULE_2__/* .readGitFile */ .v3)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(gitDirectory, 'HEAD'));
    if (!/^(?:ref: refs\/[^\s\p{Cc}]+|[0-9a-f]{40}|[0-9a-f]{64})$/u.test(head))
        throw new Error(`${node_path__WEBPACK_IMPORTED_MODULE_1__.join(gitDirectory, 'HEAD')} names no commit`);
    const config = await readRepositoryConfig(git, commonDirectory);
    const refStorage = config.get('extensions.refstorage')?.at(-1)?.toLowerCase() ?? 'files';
    if (refStorage !== 'files' && gitDirectory !== commonDirectory)
        throw new Error('it is a linked worktree whose refs are not files');
    const view = await git.makeDirectory();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(view, 'HEAD'), `${head}\n`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(view, 'config'), renderConfig(config, refStorage));
    for (const name of ['objects', 'refs']) {
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(commonDirectory, name))).isDirectory())
            throw new Error(`${node_path__WEBPACK_IMPORTED_MODULE_1__.join(commonDirectory, name)} is not a directory`);
    }
    for (const name of ['objects', 'refs', 'packed-refs', 'shallow', 'reftable']) {
        if (await (0,_find_checkout_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEntry */ .Ni)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(commonDirectory, name)))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(commonDirectory, name), node_path__WEBPACK_IMPORTED_MODULE_1__.join(view, name));
    }
    const isEmpty = refStorage === 'files' && head.startsWith('ref: ') && !(await hasRefs(commonDirectory));
    return { gitDirectory: view, isEmpty, configFile: node_path__WEBPACK_IMPORTED_MODULE_1__.join(commonDirectory, 'config'), config };
}
function askView(git, view, ...args) {
    return git.ask({ args, gitDirectory: view.gitDirectory, timeoutMs: localTimeoutMs });
}
/** The values of a configuration file whose keys match, read as data: nothing is included, and nothing is in force. */
async function readConfigFile(git, file, pattern) {
    const answer = await git.ask({
        args: ['config', '--file', file, '--no-includes', '--null', '--get-regexp', pattern],
        gitDirectory: git.emptyRepository,
        timeoutMs: localTimeoutMs,
    });
    // 1: no such key.
    if (answer.kind === 'failed' || answer.exitCode > 1)
        throw new Error((0,_run_git_js__WEBPACK_IMPORTED_MODULE_3__/* .toReason */ .G)(answer));
    return parseConfigList(answer.stdout);
}
/** Keys and values as `git config --null` prints them. */
function parseConfigList(text) {
    const values = new Map();
    for (const entry of text.split('\0')) {
        const end = entry.indexOf('\n');
        // A key without a value means true to git; no key that is read here has such a value.
        if (end === -1)
            continue;
        const key = entry.slice(0, end);
        values.set(key, [...(values.get(key) ?? []), entry.slice(end + 1)]);
    }
    return values;
}
async function readRepositoryConfig(git, directory) {
    const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(directory, 'config');
    if (!(await (0,_find_checkout_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEntry */ .Ni)(file)))
        return new Map();
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file)).isFile())
        throw new Error(`${file} is not a file`);
    // git takes a file that it may not read for one without the key.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file);
    return readConfigFile(git, file, readKeys);
}
function renderConfig(config, refStorage) {
    const objectFormat = config.get('extensions.objectformat')?.at(-1)?.toLowerCase() ?? 'sha1';
    if (!['sha1', 'sha256'].includes(objectFormat))
        throw new Error(`its object format is ${objectFormat}`);
    if (!['files', 'reftable'].includes(refStorage))
        throw new Error(`its refs are stored as ${refStorage}`);
    // Only what is not the default: an old git refuses the words of a newer one.
    const extensions = [
        ...(objectFormat === 'sha1' ? [] : [`objectformat = ${objectFormat}`]),
        ...(refStorage === 'files' ? [] : [`refstorage = ${refStorage}`]),
    ];
    const version = extensions.length === 0 ? 0 : 1;
    return `[core]\nrepositoryformatversion = ${version}\nbare = true\n[extensions]\n${extensions.join('\n')}\n`;
}
async function hasRefs(directory) {
    const packed = node_path__WEBPACK_IMPORTED_MODULE_1__.join(directory, 'packed-refs');
    if (await (0,_find_checkout_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEntry */ .Ni)(packed)) {
        const lines = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(packed, 'utf8')).split('\n');
        if (lines.some((line) => line !== '' && !line.startsWith('#')))
            return true;
    }
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(directory, 'refs'), { recursive: true, withFileTypes: true });
    return entries.some((entry) => !entry.isDirectory());
}


/***/ }),

/***/ 9875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ runGit),
/* harmony export */   G: () => (/* binding */ toReason)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _process_end_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4875);


const maxOutputBytes = 1 << 20;
/** For every call. The git directory has no configuration of its own; this closes what git does without being told to. */
const fixedSettings = [
    ['safe.bareRepository', 'explicit'],
    ['core.fsmonitor', 'false'],
    ['core.hooksPath', '/dev/null'],
    ['core.askPass', ''],
    ['credential.helper', ''],
    ['http.followRedirects', 'false'],
];
const fixedVariables = {
    LC_ALL: 'C',
    // Neither the machine's configuration nor the user's: what of it is needed is handed over as data (remote-settings.ts).
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // Empty, not absent: absent falls back to core.askPass.
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_PAGER: 'cat',
    GIT_OPTIONAL_LOCKS: '0',
    // No ext::, no fd::, no git://, whatever a configuration allows.
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
    // Replaced objects would forge a proof of ancestry; a partial clone must not start to download.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
};
/**
 * The one place that starts git. It works in a git directory of our own, so that no configuration, hook or discovery of
 * a repository has a part in it, and sees no variable of the job but PATH and what the caller names. Never throws.
 */
function runGit(call) {
    const { args, gitDirectory, timeoutMs, signal } = call;
    // spawn throws on these; no ref or path has them.
    if (args.some((arg) => arg.includes('\0')))
        return Promise.resolve(toFailure('git was asked for a NUL'));
    if (signal?.aborted)
        return Promise.resolve(toFailure('the job was cancelled'));
    return new Promise((resolve) => {
        // A process group of its own: a transport that hangs ends together with git, and ssh finds no terminal to ask on.
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('git', args, {
            // Not the context: a PATH with a relative directory must find no program there.
            cwd: gitDirectory,
            env: { ...toGitEnvironment(call) },
            detached: true,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const chunks = { stdout: [], stderr: [] };
        let sizeBytes = 0;
        const timer = setTimeout(() => end(toFailure(`git did not answer within ${timeoutMs / 1000} seconds`)), timeoutMs);
        const cancel = () => end(toFailure('the job was cancelled'));
        signal?.addEventListener('abort', cancel);
        const end = (answer) => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', cancel);
            if (answer.kind === 'failed')
                (0,_process_end_js__WEBPACK_IMPORTED_MODULE_1__/* .killGroup */ .i)(child.pid);
            child.stdout.destroy();
            child.stderr.destroy();
            resolve(answer);
        };
        for (const name of ['stdout', 'stderr']) {
            child[name].on('data', (chunk) => {
                sizeBytes += chunk.length;
                if (sizeBytes > maxOutputBytes)
                    end(toFailure('git said more than 1 MiB'));
                else
                    chunks[name].push(chunk);
            });
        }
        child.on('error', (error) => end(toFailure(toStartFailure(error))));
        child.on('close', (exitCode) => {
            const [stdout, stderr] = [toText(chunks.stdout), toText(chunks.stderr)];
            end(exitCode === null
                ? toFailure('git was killed')
                : { kind: 'answer', exitCode, stdout, stderr: stderr.trim() });
        });
    });
}
/** Why there is no answer; for one with an exit code other than 0, the first line that git says. */
function toReason(answer) {
    if (answer.kind === 'failed')
        return answer.reason;
    const [line = ''] = answer.stderr.split('\n');
    const text = line.replace(/^(?:fatal|error|warning): /, '');
    return text === '' ? `git ended with exit code ${answer.exitCode}` : `git says: ${text.slice(0, 300)}`;
}
function toStartFailure(error) {
    return 'code' in error && error.code === 'ENOENT'
        ? 'git is not installed'
        : `git cannot be started (${error.message})`;
}
function toFailure(reason) {
    return { kind: 'failed', reason };
}
function toText(chunks) {
    return Buffer.concat(chunks).toString('utf8');
}
function toGitEnvironment({ gitDirectory, env, variables, settings = [] }) {
    const all = [...fixedSettings, ...settings];
    const numbered = all.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
    ]);
    return {
        ...(env['PATH'] === undefined ? {} : { PATH: env['PATH'] }),
        // Not the user's: versions of git before 2.32 know no GIT_CONFIG_GLOBAL.
        HOME: gitDirectory,
        ...fixedVariables,
        ...variables,
        GIT_DIR: gitDirectory,
        GIT_CONFIG_COUNT: String(all.length),
        ...Object.fromEntries(numbered),
    };
}


/***/ }),

/***/ 2082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ parseAnnotation)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6853);


const levels = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'];
/** `[level[platform],…:]key=value`, as given (util/buildflags/export.go of buildx). */
function parseAnnotation(name, entry) {
    const equals = entry.indexOf('=');
    if (equals === -1)
        fail(name, entry, 'it is not key=value');
    const key = entry.slice(0, equals);
    const colon = key.indexOf(':');
    for (const place of colon === -1 ? [] : key.slice(0, colon).split(',')) {
        const [, level, platform] = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(place) ?? [];
        if (level === undefined || !levels.includes(level))
            fail(name, entry, `unknown level ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(place)}`);
        if (platform !== undefined && !(0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlatform */ .a)(platform))
            fail(name, entry, `unknown platform ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(platform)}`);
    }
    return entry;
}
function fail(name, entry, why) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(entry)} is not an annotation: ${why}; allowed is key=value, or level:key=value with a level of ${levels.join(', ')}`);
}


/***/ }),

/***/ 7037:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ checkTag),
/* harmony export */   Mp: () => (/* binding */ isNameOnly),
/* harmony export */   wK: () => (/* binding */ toImageName)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

// Grammar of distribution/reference, which BuildKit parses names with.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const remoteName = new RegExp(`^${component}(?:/${component})*$`);
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const versionTag = /^\w[\w.-]{0,127}$/;
const maxNameLength = 255;
const allowed = 'allowed is [registry/]name[:tag] with a lower-case name, for example ghcr.io/acme/app:1.0';
/** The tag as given; throws InputError when it is not an image reference that can be tagged. */
function checkTag(name, reference) {
    const fault = findFault(reference);
    if (fault !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(reference)} is not an image tag: ${fault}; ${allowed}`);
    }
    return reference;
}
/** `app` of `ghcr.io/acme/app:1.0`. */
function toImageName(reference) {
    const last = reference.slice(reference.lastIndexOf('/') + 1);
    return last.replace(/[:@].*$/, '');
}
/** True for a name without tag and digest. */
function isNameOnly(reference) {
    return !/[:@]/.test(reference.slice(reference.lastIndexOf('/') + 1));
}
function findFault(reference) {
    if (reference.includes('://'))
        return 'it is a URL';
    if (reference.includes('@'))
        return 'it has a digest, which only BuildKit can make';
    const { registry, path } = splitRegistry(reference);
    const colon = path.indexOf(':');
    const repository = colon === -1 ? path : path.slice(0, colon);
    if (colon !== -1 && !versionTag.test(path.slice(colon + 1))) {
        return `its tag ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(path.slice(colon + 1))} must have 1 to 128 characters of letters, digits, _, . and -, and begin with a letter, a digit or _`;
    }
    if (registry !== undefined && !domain.test(registry))
        return `its registry ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(registry)} is not a host name`;
    if (/[A-Z]/.test(repository))
        return `its name ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(repository)} has upper-case letters`;
    if (!remoteName.test(repository))
        return `its name ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(repository)} is malformed`;
    if (repository.length > maxNameLength)
        return `its name is longer than ${maxNameLength} characters`;
    if (registry === undefined && /^[a-f0-9]{64}$/.test(repository))
        return 'it could be mistaken for an image ID';
    return undefined;
}
/** The first component is a registry only if it looks like a host: a dot, a port or `localhost`. */
function splitRegistry(reference) {
    const slash = reference.indexOf('/');
    const first = reference.slice(0, Math.max(slash, 0));
    if (slash === -1 || !(/[.:]/.test(first) || first === 'localhost'))
        return { registry: undefined, path: reference };
    return { registry: first, path: reference.slice(slash + 1) };
}


/***/ }),

/***/ 3666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseList),
/* harmony export */   L: () => (/* binding */ parseFields)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5175);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);


/**
 * The entries of a list input: one a line, comma separated unless `ignoreComma`; a quoted entry may span lines and holds
 * doubled quotes. White space around an entry is dropped, but not that of a secret. Same rules as Util.getList of
 * docker/actions-toolkit, so that its users can move as they are.
 */
function parseList(name, text, rules = {}) {
    if (text === undefined)
        return [];
    return readRecords(name, text, rules)
        .flatMap((record) => {
        if (rules.ignoreComma === true)
            return [record.join(toDelimiter(rules))];
        return record.length === 1 ? record.flatMap((field) => field.split(',')) : record;
    })
        .filter((entry) => entry.trim() !== '')
        .map((entry) => (rules.isSecret === true ? entry : entry.trim()));
}
/** The fields of one CSV record, for example `type=image,"name=a,b"`. */
function parseFields(name, text) {
    const [fields] = readRecords(name, text, {});
    return (fields ?? []).map((field) => field.trim()).filter((field) => field !== '');
}
/**
 * A secret is not split at all (no variable can hold a NUL): of `A=x,"y"` build-push-action would lose the quotes, because
 * a field begins there.
 */
function toDelimiter({ isSecret }) {
    return isSecret === true ? '\0' : ',';
}
function readRecords(name, text, rules) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, {
            columns: false,
            relaxQuotes: true,
            relaxColumnCount: true,
            skipEmptyLines: true,
            quote: rules.keepQuotes === true ? false : '"',
            delimiter: toDelimiter(rules),
        });
    }
    catch (error) {
        // The parser's own message may quote the text, and names the line where it gave up, not that of the quote.
        const isHidden = rules.isSecret === true || rules.isHidden === true;
        const isOpenQuote = isHidden || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasErrorCode */ .Ue)(error, 'CSV_QUOTE_NOT_CLOSED');
        const detail = isOpenQuote ? 'a quoted entry has no closing quote' : (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMessage */ .R9)(error);
        const shown = isHidden ? '' : `: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(text)}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `input "${name}"${shown} cannot be read as a list: ${detail}; allowed is one entry a line, quoted with "…" when it spans lines or starts with a quote`, isHidden ? {} : { cause: error });
    }
}


/***/ }),

/***/ 4087:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K9: () => (/* binding */ contextTemplate),
/* harmony export */   OC: () => (/* binding */ parseNamedContext),
/* harmony export */   wd: () => (/* binding */ isDirectory)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _git_git_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1947);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4753);



/** What stands for the Git context of the event, as in docker/build-push-action; plan/default-context fills it in. */
const contextTemplate = /\{\{\{?\s*\w*\s*\}?\}\}/;
const others = /^(?:docker-image:\/\/|oci-layout:\/\/|target:)/;
/** `name=value`. */
function parseNamedContext(name, entry) {
    const equals = entry.indexOf('=');
    const key = entry.slice(0, Math.max(equals, 0));
    // Of an address the value may hold a password.
    if (!/^[a-z0-9](?:[\w.:/@[\]-]*[\w\]])?$/i.test(key)) {
        const shown = entry.includes('://') ? 'an entry' : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(entry);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${shown} is not a context with its name; allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, one a line`);
    }
    const value = entry.slice(equals + 1);
    if (value === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": the context ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is empty; allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, one a line`);
    }
    if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(value)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": the address of ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} holds credentials, which would end up in logs; allowed is an address without, and a GIT_AUTH_TOKEN secret`);
    }
    return { name: key, value: isDirectory(value) ? (0,_path_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseTilde */ .f)(name, value) : value };
}
/** True for a context that is a directory of this machine. */
function isDirectory(value) {
    return !(0,_git_git_url_js__WEBPACK_IMPORTED_MODULE_1__/* .looksRemote */ .nh)(value) && !others.test(value) && !contextTemplate.test(value);
}


/***/ }),

/***/ 4753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ refuseTilde)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

/**
 * The path as given. A shell makes `~` the home directory, and an action has no shell: the path would begin in a
 * directory of the workspace that is named `~`. Throws InputError.
 */
function refuseTilde(name, path) {
    if (path.trim().startsWith('~')) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(path)} begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(`./${path.trim()}`)} for a name that begins with "~"`);
    }
    return path;
}


/***/ }),

/***/ 6853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ isPlatform),
/* harmony export */   o: () => (/* binding */ checkPlatform)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

// Grammar of containerd/platforms Parse: <os>[(<version>)]/<arch>[/<variant>], or one of the two alone if it is known.
const osPart = /^[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%-]+)*\))?$/;
const otherPart = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const knownAlone = new Set(('linux windows darwin macos freebsd netbsd openbsd dragonfly solaris illumos plan9 android ios aix js zos ' +
    '386 i386 amd64 x86_64 x86-64 arm armhf armel arm64 aarch64 ppc64 ppc64le loong64 mips mipsle mips64 mips64le ' +
    'riscv64 s390x wasm').split(' '));
/** The platform as given; throws InputError when BuildKit could not parse it. */
function checkPlatform(name, platform) {
    if (!isPlatform(platform)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(platform)} is not a platform; allowed is os/architecture[/variant], for example linux/amd64 or linux/arm/v7`);
    }
    return platform;
}
/** True for what BuildKit can parse. */
function isPlatform(platform) {
    const [os = '', ...rest] = platform.split('/');
    return rest.length === 0
        ? knownAlone.has(os.toLowerCase())
        : rest.length <= 2 && osPart.test(os) && rest.every((part) => otherPart.test(part));
}


/***/ }),

/***/ 401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kf: () => (/* binding */ readChoice),
/* harmony export */   Kg: () => (/* binding */ hasControlCharacters),
/* harmony export */   Xw: () => (/* binding */ readLine),
/* harmony export */   fG: () => (/* binding */ readFlag),
/* harmony export */   hc: () => (/* binding */ readRaw),
/* harmony export */   sg: () => (/* binding */ readTextInput)
/* harmony export */ });
/* unused harmony export toInputVariables */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

/**
 * The raw text of an input, untrimmed, as the runner hands it over: `INPUT_` and the name in upper case with spaces
 * as underscores. Hyphens stay, as in @actions/core. Undefined when not set or empty, because the runner sets an
 * empty variable for every declared input that a workflow leaves out.
 */
function readRaw(env, name) {
    const value = env[toVariable(name)];
    return value === undefined || value === '' ? undefined : value;
}
/** The variables of inputs, as the runner hands them over. */
function toInputVariables(inputs) {
    return Object.fromEntries(Array.from(inputs, ([name, value]) => [toVariable(name), value]));
}
function toVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
/** The trimmed text of an input; undefined when nothing is left. */
function readTextInput(env, name) {
    const trimmed = readRaw(env, name)?.trim();
    return trimmed === '' ? undefined : trimmed;
}
/** A text of one line. Throws InputError on control characters: they never belong in a path, a name or a URL. */
function readLine(env, name) {
    const value = readTextInput(env, name);
    if (value !== undefined && hasControlCharacters(value)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(value)} has control characters; allowed is one line of text`);
    }
    return value;
}
/**
 * YAML 1.2 core schema, the spellings that core.getBooleanInput takes.
 *
 * @param others what the input may be besides, for the message
 */
function readFlag(env, name, fallback, others = []) {
    const value = readTextInput(env, name);
    if (value === undefined)
        return fallback;
    if (['true', 'True', 'TRUE'].includes(value))
        return true;
    if (['false', 'False', 'FALSE'].includes(value))
        return false;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(value)} is not a boolean; allowed are ${others.length === 0 ? 'true and false' : ['true', 'false', ...others].join(', ')}`);
}
function readChoice(env, name, allowed, fallback) {
    const value = readTextInput(env, name);
    if (value === undefined)
        return fallback;
    const found = allowed.find((choice) => choice === value);
    if (found === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": unknown value ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(value)}; allowed are ${allowed.join(', ')}`);
    }
    return found;
}
function hasControlCharacters(text) {
    return /\p{Cc}/u.test(text);
}


/***/ }),

/***/ 3821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DO: () => (/* binding */ parseContext),
/* harmony export */   Iq: () => (/* binding */ defaultBuildxVersion),
/* harmony export */   QA: () => (/* binding */ parseLevel),
/* harmony export */   Sk: () => (/* binding */ parseScope),
/* harmony export */   Uw: () => (/* binding */ defaultBuildkitVersion),
/* harmony export */   hu: () => (/* binding */ parseTarget),
/* harmony export */   ie: () => (/* binding */ refuseBuilder),
/* harmony export */   ok: () => (/* binding */ parseRetries),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   tz: () => (/* binding */ parseSha256),
/* harmony export */   z5: () => (/* binding */ parseMatrix)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _git_git_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1947);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9368);
/* harmony import */ var _named_context_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4087);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4753);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(401);






/** The version that action.yml declares; newer ones do not build from the Go module proxy. */
const defaultBuildkitVersion = 'v0.33.1';
const defaultBuildxVersion = 'v0.37.2';
/** `{{defaultContext}}` stays in the URL for plan/default-context. */
function parseContext(name, context) {
    if (context === undefined)
        return { kind: 'path', path: '.', isDefault: true };
    if (_named_context_js__WEBPACK_IMPORTED_MODULE_2__/* .contextTemplate */ .K9.test(context))
        return { kind: 'git', url: context };
    if (!(0,_git_git_url_js__WEBPACK_IMPORTED_MODULE_1__/* .looksRemote */ .nh)(context))
        return { kind: 'path', path: (0,_path_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseTilde */ .f)(name, context) };
    const fault = (0,_git_git_url_js__WEBPACK_IMPORTED_MODULE_1__/* .findGitUrlFault */ .PX)(context);
    if (fault === undefined)
        return { kind: 'git', url: context };
    // A password that was put into it is not shown.
    const shown = context.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(shown)} is not a Git URL: ${fault}; allowed is https://host/owner/repository.git, ssh://…, git://… or git@host:owner/repository.git, with an optional #ref[:directory] or ?ref=…&subdir=…`);
}
function refuseBuilder(name, builder) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(builder)} names a builder of docker/setup-buildx-action, and Hotlayer builds with a BuildKit that it starts itself; allowed is to leave it out, or "endpoint" with the address of a BuildKit that runs already`);
}
function parseTarget(name, target) {
    if (/\s/.test(target)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(target)} has white space; allowed is the name of a stage`);
    }
    return target;
}
function parseScope(name, raw) {
    const scope = raw.trim();
    if (scope === '' || (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .hasControlCharacters */ .Kg)(scope)) {
        const fault = scope === '' ? 'is empty after trimming' : 'has control characters';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(raw)} ${fault}; allowed is a name of one line, or leave the input out`);
    }
    return scope;
}
function parseMatrix(name, text) {
    if (text === 'null')
        return undefined;
    const matrix = (0,_json_js__WEBPACK_IMPORTED_MODULE_5__/* .parseJson */ .qF)(text);
    if (typeof matrix !== 'object' || matrix === null) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a matrix; allowed is a JSON object: leave the input at its default, \${{ toJSON(matrix) }}`);
    }
    return matrix;
}
/** @param example a version that there is */
function parseVersion(name, version, example) {
    if (!/^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(version)} is not a version; allowed is vMAJOR.MINOR.PATCH, for example ${example}`);
    }
    return version.startsWith('v') ? version : `v${version}`;
}
function parseSha256(name, sum) {
    if (!/^[0-9a-f]{64}$/i.test(sum)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(sum)} is not a SHA-256; allowed are 64 hexadecimal digits`);
    }
    return sum.toLowerCase();
}
/** zstd's own levels; BuildKit maps them to the four of its encoder: 1-2, 3-5, 6-9 and 10-22. */
function parseLevel(name, text) {
    const level = /^\d{1,2}$/.test(text) ? Number(text) : 0;
    if (level < 1 || level > 22) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a level of zstd; allowed are 1 to 22`);
    }
    return level;
}
function parseRetries(name, text) {
    const retries = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
    if (retries >= 0 && retries <= 10)
        return retries;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a number of retries; allowed are 0 to 10`);
}


/***/ }),

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseSecretYaml)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);


/**
 * A text of YAML whose scalars are all strings, as written: a password `0123` stays what it is. Nothing, and the `null`
 * that `toJSON` makes of a secret that is not there, is the empty string. What is wrong with it is told without a word of
 * the text, which holds secrets. Throws InputError.
 */
function parseSecretYaml(name, text, allowed) {
    // Aliases would let a few lines grow to gigabytes; none of these objects needs one.
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: true });
    const [fault] = document.errors;
    if (fault !== undefined) {
        const line = fault.linePos?.[0].line;
        const place = line === undefined ? '' : ` at line ${line}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `input "${name}" is not YAML${place} (${fault.code}; its text is not shown); allowed is ${allowed}`);
    }
    (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
        Scalar: (_, node) => {
            if (node.type === 'PLAIN' && /^(?:null|~|)$/i.test(node.source ?? ''))
                node.value = '';
        },
    });
    try {
        return document.toJS({ maxAliasCount: 0 });
    }
    catch {
        // The parser's own message may quote the text.
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `input "${name}" has aliases, which are not read; allowed is ${allowed}`);
    }
}


/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E3: () => (/* binding */ readString),
/* harmony export */   Vf: () => (/* binding */ readBoolean),
/* harmony export */   dR: () => (/* binding */ readField),
/* harmony export */   kz: () => (/* binding */ readNumber),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Reading parsed JSON without trusting its shape: every reader answers undefined where the shape is another. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The value at a path of keys, for example `readField(payload, 'pull_request', 'base', 'ref')`. */
function readField(value, ...keys) {
    let current = value;
    for (const key of keys) {
        if (!isRecord(current))
            return undefined;
        current = current[key];
    }
    return current;
}
function readString(value, ...keys) {
    const found = readField(value, ...keys);
    return typeof found === 'string' ? found : undefined;
}
function readNumber(value, ...keys) {
    const found = readField(value, ...keys);
    return typeof found === 'number' ? found : undefined;
}
function readBoolean(value, ...keys) {
    const found = readField(value, ...keys);
    return typeof found === 'boolean' ? found : undefined;
}
/** The parsed text, or undefined when it is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Not JSON is an answer here, not a fault: the caller says what it means.
        return undefined;
    }
}


/***/ }),

/***/ 6650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   debug: () => (/* binding */ debug),
/* harmony export */   fail: () => (/* binding */ fail),
/* harmony export */   flush: () => (/* binding */ flush),
/* harmony export */   group: () => (/* binding */ group),
/* harmony export */   guardStreams: () => (/* binding */ guardStreams),
/* harmony export */   info: () => (/* binding */ info),
/* harmony export */   mask: () => (/* binding */ mask),
/* harmony export */   notice: () => (/* binding */ notice),
/* harmony export */   warning: () => (/* binding */ warning)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3838);
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3911);



/**
 * The one way into the job's log. Whatever is printed may hold text of a build, a daemon, a service or a repository, so
 * every line goes through `toPrintable` here, and nowhere else.
 */
function info(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
function notice(text, place = {}) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .notice */ .lm((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text), toPrintablePlace(place)));
}
function warning(text, place = {}) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .warning */ .$e((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text), toPrintablePlace(place)));
}
function debug(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .debug */ .Yz((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
async function group(name, work) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .startGroup */ .Oh((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(name)));
    try {
        return await work();
    }
    finally {
        printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .endGroup */ .N4());
    }
}
/** Marks the step as failed. */
function fail(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
/** Hides a secret in the rest of the job's log, also in the form that it is printed in here. */
function mask(secret) {
    for (const form of (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .listPrintedForms */ .WI)(secret))
        printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setSecret */ .Pq(form));
}
let isOwn = false;
function printOwn(print) {
    isOwn = true;
    try {
        print();
    }
    finally {
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
function guardStreams() {
    for (const stream of [node_process__WEBPACK_IMPORTED_MODULE_0__.stdout, node_process__WEBPACK_IMPORTED_MODULE_0__.stderr]) {
        const write = stream.write;
        const value = (chunk, ...rest) => Reflect.apply(write, stream, [isOwn || typeof chunk !== 'string' ? chunk : guard(chunk), ...rest]);
        Object.defineProperty(stream, 'write', { value, writable: true, configurable: true });
    }
}
function guard(text) {
    if (libraryCommand.test(text))
        return text;
    const [, command, data] = libraryWords.exec(text) ?? [];
    if (command === undefined || data === undefined)
        return (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text);
    // As `@actions/core` escapes them.
    const words = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    const printable = (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(words).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    return `${command}${printable}\n`;
}
/** Waits until all that was printed is with its reader: a process that exits drops what still waits for a full pipe. */
async function flush() {
    const flushed = [node_process__WEBPACK_IMPORTED_MODULE_0__.stdout, node_process__WEBPACK_IMPORTED_MODULE_0__.stderr].map((stream) => new Promise((resolve) => stream.write('', () => resolve())));
    await Promise.all(flushed);
}
function toPrintablePlace({ title, file, startLine }) {
    return {
        ...(title === undefined ? {} : { title: (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPlainText */ .bo)(title) }),
        ...(file === undefined ? {} : { file: (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPlainText */ .bo)(file) }),
        ...(startLine === undefined ? {} : { startLine }),
    };
}


/***/ }),

/***/ 9876:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ measureBuildCommit)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/git/checkout.js
var git_checkout = __webpack_require__(4604);
// EXTERNAL MODULE: ./build/git/git-room.js
var git_room = __webpack_require__(4219);
// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
;// CONCATENATED MODULE: ./build/git/remote-address.js
/** Undefined for anything that is not plainly an address of http(s), ssh or a place on this machine. */
function parseRemoteAddress(text) {
    if (/[\s\p{Cc}]/u.test(text))
        return undefined;
    if (text.startsWith('/'))
        return { kind: 'local', url: text, login: undefined };
    if (/^(?:(?:https?|ssh):\/\/[^/]|file:\/\/)/i.test(text))
        return parseUrl(text);
    // user@host:path. Not `name::…` and not `name://…`, which start a program (gitremote-helpers), and no part that ssh takes for an option.
    if (/^(?:[\w][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?![:-]|\/\/)[^:]+$/.test(text))
        return { kind: 'ssh', url: text, login: undefined };
    return undefined;
}
function parseUrl(text) {
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    if (url.protocol === 'file:')
        return url.host === '' ? { kind: 'local', url: text, login: undefined } : undefined;
    if (!/^(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])$/.test(url.hostname))
        return undefined;
    if (url.protocol === 'ssh:')
        return /^[\w][\w.-]*$|^$/.test(url.username) ? { kind: 'ssh', url: text, login: undefined } : undefined;
    const login = url.password === '' ? undefined : decode(`${url.username}:${url.password}`);
    url.username = '';
    url.password = '';
    return { kind: 'http', url: url.href, login };
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // A bare percent sign: it stands for itself.
        return text;
    }
}

// EXTERNAL MODULE: ./build/git/repository-view.js
var repository_view = __webpack_require__(6213);
;// CONCATENATED MODULE: ./build/git/remote-settings.js


/** Of the user's own environment. */
const httpVariables = 'GIT_SSL_CAINFO GIT_SSL_CAPATH SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy';
const sshVariables = 'SSH_AUTH_SOCK GIT_SSH GIT_SSH_COMMAND GIT_SSH_VARIANT USER LOGNAME';
const userVariables = 'HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM';
/** What a self-hosted runner needs to get out, and what runs nothing. */
const passiveHttpKeys = new Set('proxy proxyauthmethod proxysslcainfo sslcainfo sslcapath sslcert sslkey sslverify sslbackend'
    .split(' ')
    .map((name) => `http.${name}`));
const localTimeoutMs = 10_000;
/** @param login `user:password` for a remote that no other credential is known for */
async function readRemoteSettings(git, address, view, login) {
    switch (address.kind) {
        case 'local':
            return { variables: {}, settings: [] };
        case 'ssh':
            return { variables: toSshVariables(git, view), settings: [] };
        case 'http': {
            const [header, own] = await Promise.all([
                readHeader(git, address, view, login),
                readUserSettings(git, address),
            ]);
            return {
                // HOME for curl's .netrc.
                variables: pick(git, `HOME ${httpVariables}`),
                settings: [...own, ...(header === undefined ? [] : [['http.extraHeader', header]])],
            };
        }
        default:
            return address.kind;
    }
}
/** Proxies and certificates of the user's and the machine's configuration for this address; asked for as data. */
async function readUserSettings(git, { url }) {
    const answer = await git.ask({
        args: ['config', '--null', '--get-urlmatch', 'http', url],
        gitDirectory: git.emptyRepository,
        variables: {
            ...{ GIT_CONFIG_GLOBAL: undefined, GIT_CONFIG_SYSTEM: undefined, GIT_CONFIG_NOSYSTEM: undefined },
            ...pick(git, userVariables),
        },
        timeoutMs: localTimeoutMs,
    });
    if (answer.kind === 'failed' || answer.exitCode !== 0)
        return [];
    return [...(0,repository_view/* parseConfigList */.YG)(answer.stdout)].flatMap(([key, values]) => passiveHttpKeys.has(key) ? values.map((value) => [key, value]) : []);
}
/**
 * The `Authorization` header that actions/checkout left for this address: in the checkout's configuration, or since v6 in
 * a file in RUNNER_TEMP which that includes. No other included file is opened.
 */
async function readHeader(git, address, view, login) {
    for (const file of view === undefined ? [] : [view.configFile, ...listCredentialFiles(git, view)]) {
        const answer = await git.ask({
            args: ['config', '--file', file, '--no-includes', '--get-urlmatch', 'http.extraheader', address.url],
            gitDirectory: git.emptyRepository,
            timeoutMs: localTimeoutMs,
        });
        const header = answer.kind === 'answer' && answer.exitCode === 0 ? answer.stdout.trim() : '';
        if (/^[\w-]+: *[^\p{Cc}]+$/u.test(header))
            return header;
    }
    const given = address.login ?? login;
    return given === undefined ? undefined : `Authorization: basic ${Buffer.from(given).toString('base64')}`;
}
function listCredentialFiles({ env }, { config }) {
    const temp = env['RUNNER_TEMP'];
    if (!temp)
        return [];
    const included = [...config].flatMap(([key, values]) => /^include(?:if\..*)?\.path$/s.test(key) ? values : []);
    return [...new Set(included.map((file) => external_node_path_.basename(file)))]
        .filter((name) => /^git-credentials-[\w-]+\.config$/.test(name))
        .map((name) => external_node_path_.join(temp, name));
}
/**
 * With `ssh-key`, actions/checkout writes a `core.sshCommand` of one form. The key's name is taken from it and the
 * command is ours; a command of any other form never runs.
 */
function toSshVariables(git, view) {
    const own = pick(git, sshVariables);
    if (own['GIT_SSH_COMMAND'] !== undefined || own['GIT_SSH'] !== undefined)
        return own;
    const command = view?.config.get('core.sshcommand')?.at(-1) ?? '';
    const key = /^"[^"$`\\]+" -i "\$RUNNER_TEMP\/([0-9a-f-]{36})"(?: -o StrictHostKeyChecking=yes -o CheckHostIP=no)? -o "UserKnownHostsFile=\$RUNNER_TEMP\/\1_known_hosts"$/.exec(command)?.[1];
    const temp = git.env['RUNNER_TEMP'];
    if (key === undefined || !temp)
        return { ...own, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
    return {
        ...own,
        RUNNER_TEMP: temp,
        GIT_SSH_COMMAND: `ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o CheckHostIP=no -i "$RUNNER_TEMP/${key}" -o "UserKnownHostsFile=$RUNNER_TEMP/${key}_known_hosts"`,
    };
}
function pick({ env }, names) {
    const picked = {};
    for (const name of names.split(' ')) {
        const value = env[name];
        if (value !== undefined)
            picked[name] = value;
    }
    return picked;
}

;// CONCATENATED MODULE: ./build/git/remote-refs.js



/** An answer of the network saves an export, so it is worth some seconds; one that hangs is not. */
const networkTimeoutMs = 20_000;
/**
 * Refs of a remote by their full names, annotated tags as the commit they point to; undefined when it does not answer.
 * git is given a checked address and no repository.
 */
async function readRemoteRefs(git, { url, view, login }, patterns) {
    const address = parseRemoteAddress(url);
    if (address === undefined)
        return undefined;
    const answer = await git.ask({
        args: ['ls-remote', '--', address.url, ...patterns.flatMap((name) => [name, `${name}^{}`])],
        gitDirectory: git.emptyRepository,
        ...(await readRemoteSettings(git, address, view, login)),
        timeoutMs: networkTimeoutMs,
    });
    if (answer.kind === 'failed' || answer.exitCode !== 0)
        return undefined;
    const refs = new Map();
    for (const line of answer.stdout.trim().split('\n')) {
        const [id, name] = line.split('\t');
        const commit = (0,git_url/* toCommit */.dO)(id);
        // The peeled line follows that of the tag itself, and replaces it.
        if (commit !== undefined && name !== undefined)
            refs.set(name.replace(/\^\{\}$/, ''), commit);
    }
    return refs;
}

;// CONCATENATED MODULE: ./build/plan/build-commit.js






/**
 * Compares the build context and GITHUB_SHA with the branch, with at most two calls over the network. Whatever cannot be found out
 * stays undefined, and `contextUnknown` says so of the context's commit; never throws.
 */
async function measureBuildCommit(request) {
    const { env, known, signal } = request;
    try {
        return await (0,git_room/* withGit */.z)(env, signal, (git) => measure(git, request));
    }
    catch (error) {
        const unknown = `git has no directory to work in (${(0,errors/* toMessage */.R9)(error)})`;
        return { ...known, contextUnknown: known.contextHead === undefined ? unknown : undefined };
    }
}
async function measure(git, request) {
    const { context, cwd, env, known, sha } = request;
    const workspace = external_node_path_.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
    const directory = context.kind === 'path' ? external_node_path_.resolve(cwd, context.path) : workspace;
    const area = { workspace, isBounded: Boolean(env['GITHUB_WORKSPACE']) };
    const [inContext, inWorkspace] = await Promise.all([
        (0,git_checkout/* readCheckout */.b$)(git, directory, area, sha),
        directory === workspace ? undefined : (0,git_checkout/* readCheckout */.b$)(git, workspace, area, sha),
    ]);
    const checkouts = [inContext, inWorkspace].flatMap((answer) => answer?.kind === 'checkout' ? [answer.checkout] : []);
    const own = checkouts.find(({ isOfRun }) => isOfRun === true);
    const source = toRefSource(own, request);
    const [commit, tip] = await Promise.all([
        context.kind === 'path' ? toContextCommit(inContext) : readGitContext(git, context.url, source, request),
        readTip(git, source, request),
    ]);
    const contextHead = known.contextHead ?? commit.head;
    return {
        contextHead,
        contextUnknown: contextHead === undefined ? commit.unknown : undefined,
        contextOnRef: known.contextOnRef ??
            (await isOnRef(contextHead, known.contextHead === undefined ? commit.isOfRun : undefined, {
                git,
                checkout: own ?? (inContext.kind === 'checkout' ? inContext.checkout : undefined),
                tip: tip?.commit,
                request,
            })),
        isTip: known.isTip ?? (tip === undefined || sha === '' ? undefined : tip.commit === sha.toLowerCase()),
    };
}
function toContextCommit(answer) {
    switch (answer.kind) {
        case 'none':
            return { head: undefined, isOfRun: undefined, unknown: undefined };
        case 'checkout':
            return { head: answer.checkout.head, isOfRun: answer.checkout.isOfRun, unknown: undefined };
        case 'unknown':
            return { head: undefined, isOfRun: undefined, unknown: answer.reason };
        default:
            return answer;
    }
}
/** A checkout's origin has the credentials; a Git context of the same repository is there without any checkout. */
function toRefSource(own, { context, env, githubToken }) {
    const toSource = (url) => ({
        url,
        view: own?.view,
        login: githubToken !== undefined && isOnServer(url, env) ? `x-access-token:${githubToken}` : undefined,
    });
    if (own?.origin !== undefined)
        return toSource(own.origin);
    if (context.kind === 'path')
        return undefined;
    const { remote, address } = (0,git_url/* parseGitUrl */.RA)(context.url);
    return (0,git_checkout/* isRepositoryOfRun */.Zg)(remote, env) === true ? toSource(address) : undefined;
}
/** The token is shown to the run's own server only, by the protocol that the runner itself uses; to none that is not known. */
function isOnServer(url, env) {
    const server = env['GITHUB_SERVER_URL'] ?? '';
    return URL.canParse(url) && URL.canParse(server) && new URL(url).origin === new URL(server).origin;
}
/** `commit` undefined: the branch is gone. */
async function readTip(git, source, { branch, env, known }) {
    // On a developer's machine commits are ahead of the remote, and nothing there is a re-run.
    const isLocal = env['ACT'] === 'true' || env['HOTLAYER_LOCAL'] === '1';
    if (source === undefined || (known.isTip !== undefined && known.contextOnRef !== undefined) || isLocal)
        return undefined;
    const name = `refs/heads/${branch}`;
    const refs = await readRemoteRefs(git, source, [name]);
    return refs === undefined ? undefined : { commit: refs.get(name) };
}
async function readGitContext(git, url, source, { branch, env }) {
    const { remote, ref } = (0,git_url/* parseGitUrl */.RA)(url);
    const isOfRun = (0,git_checkout/* isRepositoryOfRun */.Zg)(remote, env);
    const toUnknown = (unknown) => ({ head: undefined, isOfRun, unknown });
    const head = (0,git_url/* toCommit */.dO)(ref);
    if (head !== undefined)
        return { head, isOfRun, unknown: undefined };
    // Another repository is not asked: wherever its refs point, it is not the run's commit.
    if (isOfRun === false)
        return { head: ref === undefined ? remote : `${remote}#${ref}`, isOfRun, unknown: undefined };
    if (source === undefined)
        return toUnknown('GITHUB_REPOSITORY does not name the repository of this run');
    const names = ref === undefined
        ? ['HEAD']
        : ref.startsWith('refs/')
            ? [ref]
            : [`refs/heads/${ref}`, `refs/tags/${ref}`];
    const refs = await readRemoteRefs(git, source, names);
    if (refs === undefined) {
        // The run's own branch is on itself, wherever it points.
        if (names.includes(`refs/heads/${branch}`))
            return { head: undefined, isOfRun, unknown: undefined };
        return toUnknown(`the repository of this run does not say what "${ref ?? 'HEAD'}" is`);
    }
    const found = new Set(names.map((name) => refs.get(name)).filter((commit) => commit !== undefined));
    const [commit] = found;
    if (commit !== undefined && found.size === 1)
        return { head: commit, isOfRun, unknown: undefined };
    // A branch and a tag of one name: which of them BuildKit takes is not ours to guess.
    return toUnknown(found.size === 0
        ? `the repository of this run has no ref "${ref ?? 'HEAD'}"`
        : `the repository of this run has both a branch and a tag "${ref}"`);
}
/**
 * Ancestors of GITHUB_SHA are on the ref by their hashes, wherever they were found. Anything newer must be on the branch as
 * the run's own repository has it.
 */
async function isOnRef(head, isOfRun, { git, checkout, tip, request }) {
    const { branch, sha } = request;
    const commit = (0,git_url/* toCommit */.dO)(head);
    if (commit === undefined)
        return isOfRun === false ? false : undefined;
    if (commit === sha.toLowerCase() || commit === tip)
        return true;
    if (checkout === undefined)
        return isOfRun === false ? false : undefined;
    const proofs = [(0,git_url/* toCommit */.dO)(sha)];
    if (checkout.isOfRun === true)
        proofs.push(tip, `refs/remotes/origin/${branch}`);
    let answer;
    for (const proof of proofs) {
        if (proof === undefined)
            continue;
        const proven = await (0,git_checkout/* isAncestor */.QX)(git, checkout, commit, proof);
        if (proven === true)
            return true;
        answer ??= proven;
    }
    return isOfRun === false ? false : answer;
}


/***/ }),

/***/ 1151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ur: () => (/* binding */ toPlaceName),
/* harmony export */   Yx: () => (/* binding */ toBuildPlaces),
/* harmony export */   Zf: () => (/* binding */ readBuildPlaces)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


const machineVariables = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'];
/** The places by their spelling alone. A relative path starts at `cwd`. */
function toBuildPlaces({ context, file }, cwd, env) {
    const directory = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(cwd, context.kind === 'path' ? context.path : '.');
    return {
        workspace: node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(cwd, env['GITHUB_WORKSPACE'] || '.'),
        context: directory,
        dockerfile: file === undefined ? node_path__WEBPACK_IMPORTED_MODULE_1__.join(directory, 'Dockerfile') : node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(cwd, file),
        machine: machineVariables.flatMap((name) => {
            const value = env[name];
            return value && node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(value) ? [{ name, directory: node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(value) }] : [];
        }),
    };
}
/** The places without links to directories, so that a directory is the same whichever way leads to it. Nothing needs to be there. */
async function readBuildPlaces(inputs, cwd, env) {
    const { workspace, context, dockerfile, machine } = toBuildPlaces(inputs, cwd, env);
    return {
        workspace: await followLinks(workspace),
        context: await followLinks(context),
        // The Dockerfile itself may be a link, and is named as it is called.
        dockerfile: node_path__WEBPACK_IMPORTED_MODULE_1__.join(await followLinks(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(dockerfile)), node_path__WEBPACK_IMPORTED_MODULE_1__.basename(dockerfile)),
        machine: await Promise.all(machine.map(async ({ name, directory }) => ({ name, directory: await followLinks(directory) }))),
    };
}
/**
 * A place by a name that is the same on every machine: its path in the workspace (`.` for the workspace itself), else its
 * path from the nearest directory that machines have in common.
 */
function toPlaceName(file, { workspace, machine }) {
    const fromWorkspace = node_path__WEBPACK_IMPORTED_MODULE_1__.relative(workspace, file);
    if (isWithin(workspace, file))
        return fromWorkspace === '' ? '.' : fromWorkspace;
    const shared = findSharedDirectory(workspace, file);
    const root = node_path__WEBPACK_IMPORTED_MODULE_1__.parse(file).root;
    const [nearest] = machine
        .filter(({ directory }) => directory !== root && isWithin(directory, file))
        .sort((a, b) => b.directory.length - a.directory.length);
    if (nearest !== undefined && nearest.directory.length >= shared.length)
        return node_path__WEBPACK_IMPORTED_MODULE_1__.join(`$${nearest.name}`, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(nearest.directory, file));
    return shared === root ? file : fromWorkspace;
}
/** As far as the path exists; what cannot be looked at stays as it is spelled. */
async function followLinks(file) {
    const missing = [];
    for (let current = file;; current = node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(current)) {
        try {
            return node_path__WEBPACK_IMPORTED_MODULE_1__.join(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(current), ...missing);
        }
        catch {
            // Not there, or not for us: then the directory above it tells.
            if (current === node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(current))
                return file;
            missing.unshift(node_path__WEBPACK_IMPORTED_MODULE_1__.basename(current));
        }
    }
}
function findSharedDirectory(a, b) {
    let current = a;
    while (!isWithin(current, b))
        current = node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(current);
    return current;
}
function isWithin(directory, file) {
    const [first] = node_path__WEBPACK_IMPORTED_MODULE_1__.relative(directory, file).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
    return first !== '..';
}


/***/ }),

/***/ 2975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ toDefaultPlatform),
  uH: () => (/* binding */ toIdentity),
  vo: () => (/* binding */ toPolicyInputs)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
// EXTERNAL MODULE: ./build/git/repository-name.js
var repository_name = __webpack_require__(9467);
// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
// EXTERNAL MODULE: ./build/plan/build-places.js
var build_places = __webpack_require__(1151);
// EXTERNAL MODULE: ./build/inputs/named-context.js
var named_context = __webpack_require__(4087);
;// CONCATENATED MODULE: ./build/plan/variant.js





/**
 * What beside context, Dockerfile and target makes that two builds never find each other's records: other named contexts,
 * and what is a part of the key of every RUN (solver/llbsolver/ops/exec.go of BuildKit). Empty for a build without any of
 * it. What changes from commit to commit is left out, as of the context itself: refs, versions, digests, and the addresses
 * of hosts, which BuildKit leaves out too.
 */
function toVariant({ buildContexts, network, shmSize, ulimit, cgroupParent, addHosts }, places) {
    const contexts = buildContexts.map(({ name, value }) => [
        name.replace(/:latest$/, ''),
        nameContext(value, places),
    ]);
    const hosts = [...new Set(addHosts.map((entry) => entry.split(/[=:]/, 1)[0] ?? ''))].sort();
    return {
        ...(contexts.length === 0 ? {} : { contexts: Object.fromEntries(contexts) }),
        ...(network === undefined || network === 'default' ? {} : { network }),
        ...(shmSize === undefined ? {} : { shmSize: shmSize.toLowerCase() }),
        ...(ulimit.length === 0 ? {} : { ulimit: [...ulimit].sort() }),
        ...(cgroupParent === undefined ? {} : { cgroupParent }),
        ...(hosts.length === 0 ? {} : { hosts }),
    };
}
function nameContext(value, places) {
    if ((0,named_context/* isDirectory */.wd)(value))
        return (0,build_places/* toPlaceName */.Ur)(external_node_path_.resolve(places.workspace, value), places);
    const [, scheme = '', reference = ''] = /^(docker-image|oci-layout):\/\/(.*)$/s.exec(value) ?? [];
    if (scheme === 'docker-image')
        return `${scheme}://${toUnversioned(reference)}`;
    if (scheme === 'oci-layout')
        return `${scheme}://${(0,build_places/* toPlaceName */.Ur)(external_node_path_.resolve(places.workspace, toUnversioned(reference)), places)}`;
    if (value.startsWith('target:'))
        return value;
    const { remote, subdirectory } = (0,git_url/* parseGitUrl */.RA)(value);
    return `${(0,repository_name/* toRepositoryName */.j)(remote)}${subdirectory === undefined ? '' : `#:${subdirectory}`}`;
}
/** Without tag and digest; a port is no tag. */
function toUnversioned(reference) {
    return reference.replace(/@[^/]*$/, '').replace(/:[^/]*$/, '');
}

;// CONCATENATED MODULE: ./build/plan/identity.js






/**
 * What of the inputs makes two builds different graphs.
 *
 * @param places where the build's parts lie on this machine; by default the workspace is taken to be `/`, which is right for all that lies in it
 */
function toIdentity({ build, image, cache, bake }, defaultPlatform, places = (0,build_places/* toBuildPlaces */.Yx)(build, '/', {})) {
    const [firstTag] = image.tags;
    return {
        // No name of a target has a slash.
        scope: bake === undefined || cache.scope === undefined ? cache.scope : `${cache.scope}/${bake.target}`,
        imageName: bake?.target ?? (firstTag === undefined ? undefined : (0,image_reference/* toImageName */.wK)(firstTag)),
        context: toContextIdentity(build.context, places),
        dockerfile: build.context.kind === 'git'
            ? toTreePath(build.file ?? 'Dockerfile')
            : (0,build_places/* toPlaceName */.Ur)(places.dockerfile, places),
        target: build.target,
        platforms: build.platforms,
        defaultPlatform,
        matrix: cache.matrix,
        // Targets may differ in their arguments alone, so each has a cache of its own by its name.
        variant: {
            ...toVariant(build, places),
            ...(bake === undefined
                ? {}
                : { bake: [bake.target, bake.files.map((file) => nameFile(file, places))] }),
        },
    };
}
function toPolicyInputs(inputs) {
    const { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport } = inputs;
    return { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport };
}
/** The platform that a BuildKit daemon on this machine builds for, from Node's `process.arch`. */
function toDefaultPlatform(arch) {
    switch (arch) {
        case 'x64':
            return 'linux/amd64';
        case 'ia32':
            return 'linux/386';
        case 'arm':
            return 'linux/arm/v7';
        default:
            // arm64, riscv64, s390x, ppc64: Go and Node agree.
            return `linux/${arch}`;
    }
}
function nameFile(file, places) {
    return external_node_path_.isAbsolute(file) ? (0,build_places/* toPlaceName */.Ur)(file, places) : file;
}
/** Without the ref: a URL that ends in `#<commit>` would make the cache scope of every commit new. */
function toContextIdentity(context, places) {
    if (context.kind === 'path')
        return (0,build_places/* toPlaceName */.Ur)(places.context, places);
    const { remote, subdirectory } = (0,git_url/* parseGitUrl */.RA)(context.url);
    const directory = toTreePath(subdirectory ?? '.');
    return directory === '.' ? (0,repository_name/* toRepositoryName */.j)(remote) : `${(0,repository_name/* toRepositoryName */.j)(remote)}#:${directory}`;
}
/** A path in a repository, from its top; BuildKit lets none lead out of it. */
function toTreePath(text) {
    return external_node_path_.posix.relative('/', external_node_path_.posix.resolve('/', text)) || '.';
}


/***/ }),

/***/ 4613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ planRun),
  F: () => (/* binding */ readRunFacts)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/policy/canonical-json.js
var canonical_json = __webpack_require__(4232);
;// CONCATENATED MODULE: ./build/policy/cache-scope.js


/** Counted up when names must change; caches under the old names are then left to expire. */
const namingVersion = 1;
const kindLetters = { branch: 'b', pr: 'pr', tag: 't' };
const maxBaseLength = 60;
const maxPlatformLength = 30;
const maxSlugLength = 80;
const hashLength = 10;
/** @param sha256Hex hex SHA-256 of a text's UTF-8 bytes */
function makeNameScope(identity, sha256Hex) {
    const human = toHumanPart(identity);
    return (ref) => {
        const slug = toSlug(ref.name, maxSlugLength);
        const kind = kindLetters[ref.kind];
        const hash = sha256Hex(toIdentityText(identity, ref)).slice(0, hashLength);
        return `${human}.${slug === '' ? kind : `${kind}-${slug}`}.${hash}`;
    };
}
/**
 * `app-linux-amd64`. With an explicit scope nothing else may show, or builds that share it on purpose would not.
 */
function toHumanPart(identity) {
    const candidates = identity.scope !== undefined
        ? [identity.scope]
        : [identity.imageName, identity.target, identity.context.replace(/^[a-z+]+:\/\//i, '')];
    const base = candidates.map((text) => toSlug(text ?? '', maxBaseLength)).find((slug) => slug !== '') ?? 'build';
    const platforms = listPlatforms(identity);
    const platform = platforms.length === 1 ? toSlug(platforms[0] ?? '', maxPlatformLength) : 'multi';
    return platform === '' ? base : `${base}-${platform}`;
}
/** The raw identity, unshortened: what the slugs lose, the hash keeps. */
function toIdentityText(identity, ref) {
    const platforms = listPlatforms(identity);
    if (identity.scope !== undefined) {
        return (0,canonical_json/* toCanonicalJson */.s)([namingVersion, identity.scope, platforms, ref.kind, ref.name]);
    }
    return (0,canonical_json/* toCanonicalJson */.s)([
        namingVersion,
        identity.context,
        identity.dockerfile,
        identity.target,
        hasValues(identity.matrix) ? identity.matrix : null,
        platforms,
        ref.kind,
        ref.name,
        // Behind all else, so that a build without any of it keeps the name that it had.
        ...(hasValues(identity.variant ?? {}) ? [identity.variant] : []),
    ]);
}
/** Sorted, each once; the machine's own platform when none is asked for, so that asking for it changes nothing. */
function listPlatforms({ platforms, defaultPlatform }) {
    const asked = platforms
        .map((platform) => platform.trim().toLowerCase())
        .filter((platform) => platform !== '');
    return [...new Set(asked.length === 0 ? [defaultPlatform.toLowerCase()] : asked)].sort();
}
function hasValues(matrix) {
    return !(0,json/* isRecord */.u4)(matrix) || Object.keys(matrix).length > 0;
}
/**
 * Lower-case ASCII only: emulators of the cache service fold the case of keys and answer with the folded one, which BuildKit cannot parse when
 * its cache scope has capitals. Not transliterated: Unicode tables differ between versions of Node, names must not.
 */
function toSlug(text, maxLength) {
    return text
        .replace(/[^A-Za-z0-9_]+/g, '-')
        .toLowerCase()
        .replace(/^-+/, '')
        .slice(0, maxLength)
        .replace(/-+$/, '');
}

// EXTERNAL MODULE: ./build/policy/ref.js
var policy_ref = __webpack_require__(2710);
;// CONCATENATED MODULE: ./build/policy/event.js


/** These run on refs/pull/N/merge. `pull_request_target` is none of them: it runs on the default branch. */
const prEvents = new Set([
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
]);
/** Only somebody with write access causes these. */
const trustedEvents = new Set([
    'push',
    'schedule',
    'workflow_dispatch',
    'repository_dispatch',
]);
/** May write, but what they would build a push has built already. */
const fruitlessEvents = new Set(['create', 'delete', 'registry_package', 'page_build']);
/** GITHUB_REF is the default branch whatever happened. `pull_request_target` is missing: GHES before 3.20 gives it the base. */
const defaultBranchEvents = new Set([
    'branch_protection_rule',
    'check_run',
    'check_suite',
    'delete',
    'discussion',
    'discussion_comment',
    'fork',
    'gollum',
    'image_version',
    'issue_comment',
    'issues',
    'label',
    'milestone',
    'page_build',
    'public',
    'repository_dispatch',
    'schedule',
    'status',
    'watch',
    'workflow_run',
]);
function isPrEvent(eventName) {
    return prEvents.has(eventName);
}
function isFruitlessEvent(eventName) {
    return fruitlessEvents.has(eventName);
}
function isDefaultBranchEvent(eventName) {
    return defaultBranchEvents.has(eventName);
}
/** A `workflow_run` is as trusted as what it follows: a fork may call its branch `main`, so the repository's id decides. */
function isTrustedEvent(facts, defaultBranch) {
    if (facts.eventName !== 'workflow_run')
        return trustedEvents.has(facts.eventName);
    const upstream = (0,json/* readField */.dR)(facts.payload, 'workflow_run');
    const headBranch = (0,json/* readString */.E3)(upstream, 'head_branch');
    const headRepository = (0,json/* readNumber */.kz)(upstream, 'head_repository', 'id');
    return (trustedEvents.has((0,json/* readString */.E3)(upstream, 'event') ?? '') &&
        headBranch !== undefined &&
        headBranch === defaultBranch &&
        headRepository !== undefined &&
        headRepository === (0,json/* readNumber */.kz)(facts.payload, 'repository', 'id'));
}
/** A push that deletes: its SHA is the default branch's and nobody will read the ref again. */
function isRefDeleted({ eventName, payload }) {
    if (eventName !== 'push')
        return false;
    return (0,json/* readBoolean */.Vf)(payload, 'deleted') === true || /^0+$/.test((0,json/* readString */.E3)(payload, 'after') ?? '');
}
/** Undefined outside pull request events. */
function readPullRequest(facts, refNumber) {
    if (!isPrEvent(facts.eventName))
        return undefined;
    const pr = (0,json/* readField */.dR)(facts.payload, 'pull_request');
    const number = (0,json/* readNumber */.kz)(pr, 'number') ?? (0,json/* readNumber */.kz)(facts.payload, 'number');
    // Review payloads have no `merged`, but do have `merged_at`.
    const isMerged = (0,json/* readBoolean */.Vf)(pr, 'merged') === true || (0,json/* readString */.E3)(pr, 'merged_at') !== undefined;
    const isClosed = (0,json/* readString */.E3)(pr, 'state') === 'closed' || (0,json/* readString */.E3)(facts.payload, 'action') === 'closed';
    const login = (0,json/* readString */.E3)(pr, 'user', 'login') ?? '';
    return {
        number: refNumber ?? (number === undefined ? undefined : String(number)),
        base: (0,policy_ref/* toBranch */.U5)((0,json/* readString */.E3)(pr, 'base', 'ref'))?.name,
        isMerged,
        isClosed: isMerged || isClosed,
        isByBot: (0,json/* readString */.E3)(pr, 'user', 'type') === 'Bot' || login.endsWith('[bot]'),
    };
}

// EXTERNAL MODULE: ./build/policy/rights.js
var policy_rights = __webpack_require__(7272);
;// CONCATENATED MODULE: ./build/policy/export-rule.js


/** The rules in their order; each answers undefined when it has nothing to say. */
function decideExport(run, inputs) {
    return (decideByRights(run, inputs) ??
        decideByRef(run, inputs) ??
        decideByPullRequest(run, inputs) ??
        decideByTrust(run, inputs) ??
        decideByCommit(run, inputs));
}
function decideByRights({ rights }, inputs) {
    if (rights.refusal !== undefined)
        return refuse(rights.refusal.code, rights.refusal.reason);
    if (inputs.readOnly)
        return refuse('input-read-only', 'The input read-only is true.');
    return undefined;
}
function decideByRef({ facts, ref, isRefDeleted, pullRequest }, inputs) {
    if (isRefDeleted)
        return refuse('ref-deleted', `The ref ${facts.ref} is deleted: nobody would read its cache.`);
    switch (ref.kind) {
        case 'empty':
            return refuse('no-ref', 'The run has no ref (GITHUB_REF is empty), so it has no cache of its own.');
        case 'other':
            return refuse('no-ref', `The ref ${ref.name} is neither a branch nor a tag nor a pull request, so it has no cache of its own.`);
        case 'queue':
            return refuse('ephemeral-ref', 'A merge-queue ref is deleted after the merge: nobody would read its cache.');
        case 'bot':
            if (pullRequest !== undefined)
                return undefined;
            return refuse('bot-branch', `Branch ${ref.name} is a bot's: it is built once, then merged or superseded.`);
        case 'tag':
            if (inputs.tagExport && facts.eventName === 'push') {
                return {
                    code: 'tag-opt-in',
                    reason: 'The input tag-export is true: the tag keeps its own cache.',
                    ref: { kind: 'tag', name: ref.name },
                };
            }
            return refuse('tag-ref', `No other run can read the cache of tag ${ref.name}.`);
        case 'branch':
        case 'pr':
            return undefined;
        default:
            return ref;
    }
}
function decideByPullRequest({ pullRequest }, inputs) {
    if (pullRequest === undefined)
        return undefined;
    if (pullRequest.isMerged)
        return refuse('pr-merged', 'The pull request is merged: the push to its base branch exports.');
    if (pullRequest.isClosed)
        return refuse('pr-closed', 'The pull request is closed: nobody would read its cache.');
    if (inputs.prExport === 'never')
        return refuse('pr-export-never', 'The input pr-export is "never".');
    if (inputs.prExport === 'auto' && pullRequest.isByBot) {
        return refuse('pr-bot', 'The pull request is by a bot: it is built once or twice, then merged (pr-export: always exports it).');
    }
    if (pullRequest.number === undefined) {
        return refuse('no-ref', 'Neither the ref nor the event payload tells the number of the pull request.');
    }
    return {
        code: 'pr-own-scope',
        reason: `Pull request ${pullRequest.number} exports to its own cache scope, which only its own runs can read.`,
        ref: { kind: 'pr', name: pullRequest.number },
    };
}
function decideByTrust(run, inputs) {
    const { eventName } = run.facts;
    const target = findWritableBranch(run);
    if (inputs.allowUntrustedExport && target !== undefined) {
        return {
            code: 'override',
            reason: `The input allow-untrusted-export is true: "${eventName}" exports to the cache of branch ${target.name}.`,
            ref: target,
        };
    }
    if (run.isTrusted)
        return undefined;
    if (isFruitlessEvent(eventName)) {
        return refuse('no-benefit', `"${eventName}" builds nothing that a push has not built.`);
    }
    if (eventName === 'workflow_run') {
        return refuse('low-trust', 'The workflow that this workflow_run follows did not run trusted code of the default branch of this repository.');
    }
    return refuse('low-trust', `People without write access can cause "${eventName}", so it may not write what trusted runs read.`);
}
function decideByCommit(run, inputs) {
    const { contextHead, contextOnRef, contextUnknown, isTip, sha } = run.facts;
    const isElsewhere = contextHead !== undefined && contextHead.toLowerCase() !== sha.toLowerCase();
    if (isElsewhere && contextOnRef !== true && !inputs.trustedContext) {
        return refuse('foreign-context', `The build context is at ${contextHead}, not at GITHUB_SHA, and git does not prove that this is part of the run's ref (trusted-context: true vouches for it).`);
    }
    const isUnknown = contextUnknown !== undefined && contextHead === undefined;
    if (isUnknown && contextOnRef !== true && !inputs.trustedContext) {
        return refuse('context-unknown', `Which commit the build context is at cannot be found out: ${contextUnknown} (trusted-context: true vouches for it).`);
    }
    if (isTip === false) {
        return refuse('stale-rerun', `Commit ${sha} is no longer the tip of its ref: an old run must not replace a newer cache.`);
    }
    const target = findWritableBranch(run);
    if (target === undefined)
        return refuse('no-ref', 'The ref whose caches this run can write is not a lasting branch.');
    return {
        code: 'own-branch',
        reason: `A trusted run exports to the cache of its own branch ${target.name}.`,
        ref: target,
    };
}
/** The branch that the service would write to: it need not be GITHUB_REF's. */
function findWritableBranch({ rights, facts }) {
    const ref = (0,policy_rights/* findWritableRef */.HM)(rights, facts.ref);
    return ref?.kind === 'branch' ? { kind: 'branch', name: ref.name } : undefined;
}
function refuse(code, reason) {
    return { code, reason, ref: undefined };
}

;// CONCATENATED MODULE: ./build/policy/import-chain.js



/** The refs whose caches are imported, own first: only those that the back end lets the run read, each once. */
function decideImports(run, inputs) {
    if (!run.rights.canRead)
        return [];
    if (isPublishing(run) && !inputs.releaseImport)
        return [];
    const imports = [];
    for (const ref of listCandidates(run, inputs)) {
        if (ref === undefined || !(0,policy_rights/* canReadRef */.oS)(run.rights, ref))
            continue;
        if (!imports.some((known) => (0,policy_ref/* isSameRef */.MP)(known, ref)))
            imports.push(ref);
    }
    return imports;
}
/** A run that makes what others install. */
function isPublishing({ ref, facts }) {
    return ref.kind === 'tag' || facts.eventName === 'release';
}
function listCandidates(run, inputs) {
    const { ref, pullRequest, facts } = run;
    const own = (0,policy_ref/* toRefName */.kk)(ref);
    const fallback = (0,policy_ref/* toBranch */.U5)(run.defaultBranch);
    // After a merge GITHUB_REF is the base branch; the pull request's own caches are out of the token's reach.
    if (pullRequest?.isMerged && own?.kind === 'branch')
        return [own, fallback];
    if (pullRequest !== undefined) {
        const pr = pullRequest.number === undefined ? undefined : { kind: 'pr', name: pullRequest.number };
        return [pr, (0,policy_ref/* toBranch */.U5)(pullRequest.base), fallback];
    }
    if (run.isRefDeleted)
        return [fallback];
    if (ref.kind === 'queue' || facts.eventName === 'merge_group') {
        const told = facts.eventName === 'merge_group' ? (0,json/* readString */.E3)(facts.payload, 'merge_group', 'base_ref') : undefined;
        return [(0,policy_ref/* toBranch */.U5)(told ?? (ref.kind === 'queue' ? ref.base : undefined)), fallback];
    }
    if (ref.kind === 'tag' && !inputs.tagExport)
        return [fallback];
    return [own, fallback];
}

;// CONCATENATED MODULE: ./build/policy/run.js



function readRun(facts, rights) {
    const ref = (0,policy_ref/* classifyRef */.qW)(facts.ref);
    const defaultBranch = findDefaultBranch(facts, ref, rights);
    return {
        facts,
        ref,
        rights,
        defaultBranch,
        pullRequest: readPullRequest(facts, ref.kind === 'pr' ? ref.name : undefined),
        isRefDeleted: isRefDeleted(facts),
        isTrusted: isTrustedEvent(facts, defaultBranch),
    };
}
function findDefaultBranch({ eventName, payload }, ref, rights) {
    const told = (0,policy_ref/* toBranch */.U5)((0,json/* readString */.E3)(payload, 'repository', 'default_branch')) ??
        (0,policy_ref/* toBranch */.U5)((0,json/* readString */.E3)(payload, 'pull_request', 'base', 'repo', 'default_branch'));
    if (told !== undefined)
        return told.name;
    const own = (0,policy_ref/* toRefName */.kk)(ref);
    // The payload of `schedule` names no repository.
    if (own?.kind === 'branch' && isDefaultBranchEvent(eventName))
        return own.name;
    // A token lists the default branch last; a back end that does not tell refs apart lists none.
    return (rights.readable === 'any' ? [] : rights.readable)
        .map((scope) => (0,policy_ref/* toBranch */.U5)(scope))
        .findLast((branch) => branch !== undefined && (own === undefined || !(0,policy_ref/* isSameRef */.MP)(branch, own)))?.name;
}

;// CONCATENATED MODULE: ./build/policy/plan.js



/**
 * What a run may import and where it may export; the first export rule that fires decides. Pure.
 *
 * @param facts whether the run is trusted: event, ref, commit
 * @param rights what its back end lets it do
 * @param nameScope the cache scope of one ref for the build at hand, see `makeNameScope`
 */
function decidePlan(facts, rights, inputs, nameScope) {
    const run = readRun(facts, rights);
    const chain = decideImports(run, inputs).map((ref) => ({
        kind: ref.kind,
        name: ref.name,
        cacheScope: nameScope(ref),
    }));
    const decision = decideExport(run, inputs);
    const exportRef = decision.ref === undefined ? null : { kind: decision.ref.kind, name: decision.ref.name };
    return {
        plan: {
            imports: chain.map(({ cacheScope }) => cacheScope),
            export: exportRef === null ? null : nameScope(exportRef),
            code: decision.code,
            reason: decision.reason,
            chain,
            exportRef,
        },
        warnings: listWarnings(run, decision),
    };
}
function listWarnings(run, decision) {
    const { facts, rights } = run;
    const warnings = [...rights.warnings];
    if (decision.code === 'context-unknown') {
        warnings.push(`Nothing is exported, because the commit of the build context cannot be found out: ${facts.contextUnknown}. The next build will not find the steps of this one. Set trusted-context: true if you know that the context is the commit of this run.`);
    }
    if (decision.code === 'override' && !run.isTrusted) {
        warnings.push(`allow-untrusted-export lets the event "${facts.eventName}" write the cache of branch ${decision.ref?.name}: whoever can cause this event can decide what cached steps of trusted builds yield.`);
    }
    return warnings;
}

// EXTERNAL MODULE: ./build/plan/build-commit.js + 3 modules
var build_commit = __webpack_require__(9876);
// EXTERNAL MODULE: ./build/plan/build-places.js
var build_places = __webpack_require__(1151);
// EXTERNAL MODULE: ./build/plan/identity.js + 1 modules
var plan_identity = __webpack_require__(2975);
// EXTERNAL MODULE: ./build/plan/withheld-export.js
var withheld_export = __webpack_require__(4118);
;// CONCATENATED MODULE: ./build/plan/plan-run.js










const nothingMeasured = {
    contextHead: undefined,
    contextUnknown: undefined,
    contextOnRef: undefined,
    isTip: undefined,
};
/**
 * The plan of this run: reads the environment and the event payload and, only where an export depends on it, asks git.
 * Throws InputError for a payload that is missing or not JSON.
 */
async function planRun(env, inputs, options) {
    const facts = await readRunFacts(env);
    const known = options.known ?? nothingMeasured;
    const identity = (0,plan_identity/* toIdentity */.uH)(inputs, options.defaultPlatform, await (0,build_places/* readBuildPlaces */.Zf)(inputs.build, options.cwd, env));
    const decide = (measured) => {
        const decision = decidePlan({ ...facts, ...measured }, options.rights, (0,plan_identity/* toPolicyInputs */.vo)(inputs.cache), makeNameScope(identity, toSha256Hex));
        return { ...decision, plan: (0,withheld_export/* withholdForCall */.TE)(decision.plan, inputs.build.call) };
    };
    const unmeasured = decide(nothingMeasured);
    const { code, exportRef } = unmeasured.plan;
    // Only this rule has commits to look at; every other run is spared the network.
    if (code !== 'own-branch' || exportRef === null)
        return unmeasured;
    const measured = await (options.measure ?? build_commit/* measureBuildCommit */.W)({
        context: inputs.build.context,
        cwd: options.cwd,
        env,
        sha: facts.sha,
        branch: exportRef.name,
        githubToken: inputs.build.githubToken,
        known,
        signal: options.signal,
    });
    const decision = decide(measured);
    return {
        ...decision,
        // What git could not say then is no news: the job ends.
        ...(options.signal?.aborted ? { warnings: [] } : {}),
        // Nothing on a developer's machine is a re-run.
        isTip: measured.isTip ?? (env['HOTLAYER_LOCAL'] === '1' ? true : undefined),
    };
}
/** The facts of the run that are there without measuring. Throws InputError for a payload that is missing or not JSON. */
async function readRunFacts(env) {
    return {
        eventName: env['GITHUB_EVENT_NAME'] ?? '',
        ref: env['GITHUB_REF'] ?? '',
        sha: env['GITHUB_SHA'] ?? '',
        payload: await readPayload(env['GITHUB_EVENT_PATH']),
        ...nothingMeasured,
    };
}
async function readPayload(file) {
    if (file === undefined || file === '') {
        throw toPayloadError('GITHUB_EVENT_PATH is not set');
    }
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        const fault = (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') ? 'does not exist' : `cannot be read (${(0,errors/* toMessage */.R9)(error)})`;
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which ${fault}`, error);
    }
    const payload = (0,json/* parseJson */.qF)(text.replace(/^\uFEFF/, ''));
    if (payload === undefined)
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is not JSON`);
    if (!(0,json/* isRecord */.u4)(payload))
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is JSON but not an object`);
    return payload;
}
function toPayloadError(fault, cause) {
    return new errors/* InputError */.dz('GITHUB_EVENT_PATH', `${fault}: it must be the path of a JSON file with the payload of the event, as the runner writes it.`, { cause });
}
function toSha256Hex(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text, 'utf8').digest('hex');
}


/***/ }),

/***/ 4118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TE: () => (/* binding */ withholdForCall),
/* harmony export */   al: () => (/* binding */ withholdForDefinition),
/* harmony export */   xn: () => (/* binding */ withholdStaleExport)
/* harmony export */ });
/**
 * A re-run that could not find out whether its commit is still the newest must not replace a newer cache. The gateway
 * keeps what a newer run exported; BuildKit's own client cannot, so without the gateway such a run exports nothing. Pure.
 */
function withholdStaleExport(plan, { isTip, attempt, keepsNewer }) {
    const mayBeStale = plan.code === 'own-branch' && isTip !== true && attempt !== '0' && attempt !== '1';
    if (keepsNewer || plan.export === null || !mayBeStale)
        return { plan, sentence: undefined };
    const sentence = 'The cache is not exported: this is a re-run, git could not say whether its commit is still the newest of its branch, and without the gateway an export would replace what a newer run has exported.';
    return {
        plan: { ...plan, export: null, exportRef: null, code: 'stale-rerun', reason: sentence },
        sentence,
    };
}
/** A question about the build runs no step, so there is nothing to export. Pure. */
function withholdForCall(plan, call) {
    if (call === undefined || plan.export === null)
        return plan;
    const reason = `"call: ${call.text}" asks about the build and runs no step, so there is nothing to export.`;
    return { ...plan, export: null, exportRef: null, code: 'call', reason };
}
/**
 * A bake definition decides what its targets run: where it is not the run's own commit, a target that stands on the
 * run's own files is no more to be trusted. Pure.
 *
 * @param definition the plan of a build of the place where the definition is
 */
function withholdForDefinition(plan, definition) {
    if (definition.export !== null || plan.export === null)
        return plan;
    const { code, reason } = definition;
    return { ...plan, export: null, exportRef: null, code, reason: `Of the bake definition: ${reason}` };
}


/***/ }),

/***/ 4232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ toCanonicalJson)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);

/** JSON text with the keys of all objects sorted, so that equal values give equal text. `undefined` is null. */
function toCanonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map((item) => toCanonicalJson(item)).join(',')}]`;
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value)) {
        // By code unit, not by locale: the same on every machine.
        const members = Object.keys(value)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${toCanonicalJson(value[key])}`);
        return `{${members.join(',')}}`;
    }
    return JSON.stringify(value ?? null);
}


/***/ }),

/***/ 2710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ isSameRef),
/* harmony export */   U5: () => (/* binding */ toBranch),
/* harmony export */   kk: () => (/* binding */ toRefName),
/* harmony export */   qW: () => (/* binding */ classifyRef)
/* harmony export */ });
/* unused harmony export toCanonicalRef */
const heads = 'refs/heads/';
const tags = 'refs/tags/';
const botPrefixes = ['dependabot/', 'renovate/'];
const queuePrefix = 'gh-readonly-queue/';
/**
 * The fully qualified ref: tokens say `refs/heads/refs/tags/T` for a tag, and a merged pull request has a bare `main` in
 * GITHUB_REF. Empty stays empty.
 */
function toCanonicalRef(raw) {
    let ref = raw.trim();
    while (ref.startsWith(`${heads}refs/`))
        ref = ref.slice(heads.length);
    if (ref === '' || ref.startsWith('refs/'))
        return ref;
    return `${heads}${ref}`;
}
function classifyRef(raw) {
    const ref = toCanonicalRef(raw);
    if (ref === '' || ref === heads || ref === tags)
        return { kind: 'empty' };
    if (ref.startsWith(tags))
        return { kind: 'tag', name: ref.slice(tags.length) };
    const number = /^refs\/pull\/([0-9]+)\/(?:merge|head)$/.exec(ref)?.[1];
    if (number !== undefined)
        return { kind: 'pr', name: number };
    if (!ref.startsWith(heads))
        return { kind: 'other', name: ref };
    const name = ref.slice(heads.length);
    if (name.startsWith(queuePrefix))
        return { kind: 'queue', name, base: parseQueueBase(name) };
    if (botPrefixes.some((prefix) => name.startsWith(prefix)))
        return { kind: 'bot', name };
    return { kind: 'branch', name };
}
/** The name under which a ref's caches are kept; undefined for a ref that has none. */
function toRefName(ref) {
    switch (ref.kind) {
        case 'branch':
        case 'bot':
        case 'queue':
            return { kind: 'branch', name: ref.name };
        case 'tag':
        case 'pr':
            return { kind: ref.kind, name: ref.name };
        case 'empty':
        case 'other':
            return undefined;
        default:
            return ref;
    }
}
/** The branch that a ref or a bare branch name means; undefined for tags, pull requests and the like. */
function toBranch(raw) {
    const name = raw === undefined ? undefined : toRefName(classifyRef(raw));
    return name?.kind === 'branch' ? name : undefined;
}
function isSameRef(a, b) {
    return a.kind === b.kind && a.name === b.name;
}
/** `release/1.x` of `gh-readonly-queue/release/1.x/pr-14-<sha>`; undefined when the name has another shape. */
function parseQueueBase(name) {
    return /^gh-readonly-queue\/(.+)\/pr-[0-9]+-[0-9a-f]+$/i.exec(name)?.[1];
}


/***/ }),

/***/ 7272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HM: () => (/* binding */ findWritableRef),
/* harmony export */   LT: () => (/* binding */ noRights),
/* harmony export */   dT: () => (/* binding */ unbounded),
/* harmony export */   oS: () => (/* binding */ canReadRef)
/* harmony export */ });
/* unused harmony export toBackendRights */
/* harmony import */ var _ref_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2710);

/**
 * The rights at a registry, a bucket or a directory: every ref can be read and written there, so the import chain and the
 * export rule alone keep refs apart.
 */
const unbounded = {
    canRead: true,
    canWrite: true,
    readable: 'any',
    writable: 'any',
    refusal: undefined,
    warnings: [],
};
/** Where there is no cache at all. */
const noRights = {
    canRead: false,
    canWrite: false,
    readable: [],
    writable: [],
    refusal: { code: 'cache-none', reason: 'The input cache is "none".' },
    warnings: [],
};
/**
 * What a run may do at the back end that the input `cache` names.
 *
 * @param ofToken the rights in the runtime token, which the Actions cache goes by
 */
function toBackendRights(backend, ofToken) {
    if (backend === 'gha')
        return ofToken;
    return backend === 'none' ? noRights : unbounded;
}
function canReadRef({ canRead, readable }, ref) {
    if (!canRead)
        return false;
    return readable === 'any' || listRefs(readable).some((own) => (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameRef */ .MP)(own, ref));
}
/**
 * The ref whose caches an export would write; undefined when nothing is writable. BuildKit names its index after the last
 * writable entry of the token. No token with two is known; should there be one, the run's own ref goes first, so that a
 * branch never overwrites the index of another.
 */
function findWritableRef({ canWrite, writable }, runRef) {
    if (!canWrite)
        return undefined;
    if (writable === 'any')
        return (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .classifyRef */ .qW)(runRef);
    const refs = writable.map((scope) => (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .classifyRef */ .qW)(scope));
    const own = (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefName */ .kk)((0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .classifyRef */ .qW)(runRef));
    return refs.find((ref) => isOwn(ref, own)) ?? refs.at(-1);
}
function listRefs(scopes) {
    return scopes.map((scope) => (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefName */ .kk)((0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .classifyRef */ .qW)(scope))).filter((ref) => ref !== undefined);
}
function isOwn(ref, own) {
    const name = (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefName */ .kk)(ref);
    return own !== undefined && name !== undefined && (0,_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameRef */ .MP)(name, own);
}


/***/ }),

/***/ 3911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WI: () => (/* binding */ listPrintedForms),
/* harmony export */   Xr: () => (/* binding */ toPrintableJson),
/* harmony export */   bo: () => (/* binding */ toPlainText),
/* harmony export */   f8: () => (/* binding */ toPrintable)
/* harmony export */ });
/**
 * Escape sequences of terminals, those that have an eight-bit form in that too: cursor and screen (CSI), titles and links (OSC), device
 * strings (DCS, SOS, PM, APC), and short ones. No part matches what another part of it does, so time is linear.
 */
const csi = String.raw `(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`;
const deviceString = String.raw `(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\p{Cc}]*(?:\u0007|\u001b\\|\u009c)`;
const shortEscape = String.raw `\u001b[ -/]*[0-~]`;
/** Colours: the one kind of sequence that a log may hold. */
const colour = String.raw `\u001b\[[\d;:]*m`;
const isColour = new RegExp(`^${colour}$`);
/** Marks that put a stretch of text into another direction: they show a name or a command as another one. */
const bidi = String.raw `[\u202a-\u202e\u2066-\u2069]`;
const lineEnds = /\r\n?/g;
/** For these the line goes on, so that nothing stands at the start of one that did not. */
const otherLineEnds = '\u000b\u000c\u0085\u2028\u2029';
const suspects = new RegExp([csi, deviceString, shortEscape, `[${otherLineEnds}]`, '\\p{Cc}', '\\p{Cs}', bidi].join('|'), 'gu');
/** `::` behind anything at the start of a line that a reader may skip: white space, what is not seen, colours. */
const commandAtStart = new RegExp(`^((?:[\\t\\p{Z}\\p{Cf}]|${colour})*):(?=:)`, 'gmu');
/** `##[`, and `##vso[` of Azure Pipelines, anywhere in a line, also with colours in between. */
const commandAnywhere = new RegExp(`#(?=(?:${colour})*#(?:${colour})*(?:vso)?\\[)`, 'gu');
/** Breaks a command up; nobody sees it. */
const gap = '\u200b';
/**
 * Foreign text (of a build, a daemon, a service, a repository) as one may print it into a job's log: nothing that moves
 * the cursor or turns text around, and no line that a runner would take for a workflow command, which sets masks, stops
 * commands or raises annotations. The runner looks for `::name::` at the start of a line and for `##[name]` anywhere in
 * it (actions/runner, ActionCommand.cs); act and Gitea's runner know less. Characters go before commands are looked
 * for: what is taken out must not join the halves of one. Other text stays as it is, but for its line ends, which become
 * `\n`.
 */
function toPrintable(text) {
    return text
        .replace(lineEnds, '\n')
        .replace(suspects, toHarmless)
        .replace(commandAtStart, `$1:${gap}`)
        .replace(commandAnywhere, `#${gap}`);
}
/** The same without colours, for places that show none. */
function toPlainText(text) {
    return toPrintable(toPrintable(text).replace(new RegExp(colour, 'g'), ''));
}
/**
 * A value as JSON that may be printed: it parses to the same value, and holds no command, as JSON has another way to
 * write a character.
 *
 * @param indent blanks a level; without it all is one line
 */
function toPrintableJson(value, indent) {
    // The line ends between values are the only ones: those in a string are escaped already.
    return JSON.stringify(value, undefined, indent).replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]|#(?=#(?:vso)?\[)/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/**
 * A secret, and how its lines look once they have been through here, at the start of a line and inside one: a mask of the
 * secret alone would not cover that. One that ends in `##` changes with what is printed behind it.
 */
function listPrintedForms(secret) {
    const printed = ['', 'x'].flatMap((before) => ['', '[', 'vso['].map((after) => {
        const text = toPrintable(`${before}${secret}${after}`);
        return text.slice(before.length, text.length - after.length);
    }));
    const forms = printed.flatMap((form) => [form, ...form.split('\n')]);
    // One letter as a mask would blacken the whole log.
    return [...new Set([secret, ...forms.filter((form) => form.trim().length > 1)])];
}
function toHarmless(found) {
    if (found === '\n' || found === '\t' || isColour.test(found))
        return found;
    if (otherLineEnds.includes(found))
        return ' ';
    return /^\p{Cs}$/u.test(found) ? '\ufffd' : '';
}


/***/ }),

/***/ 6779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);

/** Runs a short command to its end and keeps its output. Never throws: a command that is not there has no exit code. */
function runCommand(file, args, { env, cwd, timeoutMs, signal, feed }) {
    return new Promise((resolve) => {
        let stdout = '';
        let stderr = '';
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, [...args], {
            env: { ...env },
            stdio: [feed === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
            killSignal: 'SIGKILL',
            ...(cwd === undefined ? {} : { cwd }),
            ...(signal === undefined ? {} : { signal }),
        });
        // Node's own timeout would stay armed after a program that is not there.
        const timeout = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
        const settle = (exitCode, ended) => {
            clearTimeout(timeout);
            const lastLine = stderr.trimEnd().split('\n').at(-1)?.trim() ?? '';
            resolve({ exitCode, stdout, stderr, outcome: lastLine === '' ? ended : `${ended}: ${lastLine}` });
        };
        child.stdout?.setEncoding('utf8').on('data', (text) => {
            stdout += text;
        });
        child.stderr?.setEncoding('utf8').on('data', (text) => {
            stderr += text;
        });
        const { stdin } = child;
        if (stdin !== null)
            feed?.(stdin).catch(() => stdin.destroy());
        child.once('error', (error) => settle(undefined, `could not run (${error.message})`));
        child.once('close', (code, killedBy) => {
            settle(code ?? undefined, code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`);
        });
    });
}


/***/ }),

/***/ 4875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ endProcesses),
/* harmony export */   i: () => (/* binding */ killGroup)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9473);
/* harmony import */ var _identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6554);




const pollMs = 20;
/** Ends processes: each signal, and how long they may take after it. Answers the pids that still run. */
async function endProcesses(processes, signals) {
    let left = processes;
    for (const [signal, patienceMs] of signals) {
        const deadlineAtMs = performance.now() + patienceMs;
        left = await selectRunning(left);
        for (const { pid } of left)
            signalProcess(pid, signal);
        while (left.length > 0 && performance.now() < deadlineAtMs) {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(pollMs);
            left = await selectRunning(left);
        }
    }
    return left.map(({ pid }) => pid);
}
async function selectRunning(processes) {
    const running = await Promise.all(processes.map((one) => (0,_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .isRunning */ .W_)(one)));
    return processes.filter((_, index) => running[index]);
}
function signalProcess(pid, signal) {
    try {
        node_process__WEBPACK_IMPORTED_MODULE_0__.kill(pid, signal);
    }
    catch (error) {
        // It ended in this moment.
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, 'ESRCH'))
            throw error;
    }
}
/** Kills a process group, if any of it is left. Never throws. @param pid of the process that leads it */
function killGroup(pid) {
    if (pid === undefined)
        return;
    try {
        node_process__WEBPACK_IMPORTED_MODULE_0__.kill(-pid, 'SIGKILL');
    }
    catch {
        // It has ended by itself.
    }
}


/***/ }),

/***/ 6554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cq: () => (/* binding */ readOr),
/* harmony export */   W_: () => (/* binding */ isRunning),
/* harmony export */   Wv: () => (/* binding */ readProcess),
/* harmony export */   ky: () => (/* binding */ parseStat)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9473);



/** A line of /proc/PID/stat (proc_pid_stat(5)): the name in brackets may hold anything, brackets too. */
function parseStat(line) {
    const pid = Number.parseInt(line, 10);
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const state = fields[0] ?? '';
    const startTime = Number(fields[19]);
    return Number.isInteger(pid) && pid > 1 && Number.isInteger(startTime) && startTime > 0
        ? { pid, startTime, state }
        : undefined;
}
/** Who has that pid now; undefined when nobody has. */
async function readProcess(pid) {
    return parseStat(await readOr(node_path__WEBPACK_IMPORTED_MODULE_1__.join('/proc', String(pid), 'stat'), ''));
}
/** True while that very process runs; a zombie does not. */
async function isRunning({ pid, startTime }) {
    const now = await readProcess(pid);
    return now !== undefined && now.startTime === startTime && !['Z', 'X'].includes(now.state);
}
/** A file's text; `missing` when it is not there, or its process has ended in the meantime. */
async function readOr(file, missing) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if (['ENOENT', 'ESRCH', 'ENOTDIR'].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasErrorCode */ .Ue)(error, code)))
            return missing;
        throw error;
    }
}


/***/ }),

/***/ 6694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TV: () => (/* binding */ isExecutable),
/* harmony export */   aY: () => (/* binding */ findOnPath),
/* harmony export */   fo: () => (/* binding */ isFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** The first executable file of that name in a PATH; entries that are not absolute are passed over. */
async function findOnPath(name, searchPath) {
    for (const folder of searchPath.split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter)) {
        const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, name);
        if (node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute(folder) && (await isExecutable(file)))
            return file;
    }
    return undefined;
}
async function isExecutable(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return await isFile(file);
    }
    catch {
        // Not there or not ours to run: both mean that it cannot be used.
        return false;
    }
}
async function isFile(file) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(file)).isFile();
    }
    catch {
        // Not there, or behind a folder that we may not enter.
        return false;
    }
}


/***/ }),

/***/ 3198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ renderCodeBlock)
/* harmony export */ });
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3911);

const maxLineLength = 4000;
/** Foreign lines as a Markdown code block; its fence is longer than any row of backticks in them. */
function renderCodeBlock(lines) {
    const shown = lines.map((line) => clip((0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .toPlainText */ .bo)(line).replaceAll('\n', ' ')));
    const longest = Math.max(2, ...shown.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}text`, ...shown, fence].join('\n');
}
/** Whole or not at all: the runner does not mask the half of a secret. */
function clip(line) {
    return line.length <= maxLineLength ? line : `(a line of ${line.length} characters, which is in the log)`;
}


/***/ }),

/***/ 2772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S5: () => (/* binding */ renderText),
/* harmony export */   bo: () => (/* binding */ renderTable),
/* harmony export */   cR: () => (/* binding */ renderCode),
/* harmony export */   eB: () => (/* binding */ renderSeconds),
/* harmony export */   qI: () => (/* binding */ renderSize)
/* harmony export */ });
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3911);

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
function renderText(text) {
    return escapeText(text).replace(/&#64;|&#35;(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, `$&${gap}`);
}
/** Without the gaps, which whoever copies a name would copy with it. */
function escapeText(text) {
    return (0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .toPlainText */ .bo)(text)
        .replace(/\s+/g, ' ')
        .trim()
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\|`*_[\]~#@!$]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** A name in fixed-width letters; HTML, because a backtick in the name would end a Markdown code span. */
function renderCode(text) {
    return `<code>${escapeText(text)}</code>`;
}
/** A Markdown table; the cells are Markdown already. */
function renderTable(head, rows) {
    const render = (cells) => `| ${cells.join(' | ')} |`;
    return [render(head), render(head.map(() => '---')), ...rows.map(render)].join('\n');
}


/***/ }),

/***/ 9942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Aw: () => (/* binding */ saveStates),
/* harmony export */   C4: () => (/* binding */ setVariables),
/* harmony export */   fM: () => (/* binding */ addPath),
/* harmony export */   gZ: () => (/* binding */ appendWhole),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   qC: () => (/* binding */ measureRoom)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3838);



/** Sets outputs of this step, all or none. Throws what the file system says of the runner's file. */
function setOutputs(values, env) {
    const file = env['GITHUB_OUTPUT'];
    if (file)
        appendWhole(file, renderValues(values), { create: false });
    else
        for (const [name, value] of values)
            _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .setOutput */ .uH(name, value);
}
/** Saves state for this step's post, all of it or none. Throws what the file system says of the runner's file. */
function saveStates(values, env) {
    const file = env['GITHUB_STATE'];
    if (file)
        appendWhole(file, renderValues(values), { create: false });
    else
        for (const [name, value] of values)
            _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ(name, value);
}
/** Sets variables for later steps of the job, all or none. Throws what the file system says of the runner's file. */
function setVariables(values, env) {
    const file = env['GITHUB_ENV'];
    if (file)
        appendWhole(file, renderValues(values), { create: false });
    else
        for (const [name, value] of values)
            _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .exportVariable */ .dN(name, value);
}
/** Puts a directory before the search path of later steps. Throws what the file system says of the runner's file. */
function addPath(directory, env) {
    const file = env['GITHUB_PATH'];
    if (file)
        appendWhole(file, `${directory}\n`, { create: false });
    else
        _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .addPath */ .fM(directory);
}
/** The form of GitHub's files for outputs and state; the marker is random, so that no value can end before its end. */
function renderValues(values) {
    return values
        .map(([name, value]) => {
        const marker = `ghadelimiter_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
        return `${name}<<${marker}\n${value}\n${marker}\n`;
    })
        .join('');
}
/**
 * Appends a text, whole or not at all: the runner fails a step whose file ends in the middle of a value. Does not wait for
 * a reader where the file is a pipe. Throws what the file system says.
 */
function appendWhole(file, text, { create = true } = {}) {
    const { O_WRONLY, O_APPEND, O_NONBLOCK, O_CREAT } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
    const handle = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, O_WRONLY | O_APPEND | O_NONBLOCK | (create ? O_CREAT : 0), 0o644);
    try {
        const before = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(handle);
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(handle, text);
        }
        catch (error) {
            // Anything but a file keeps nothing that could be cut.
            if (before.isFile())
                (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.ftruncateSync)(handle, before.size);
            throw error;
        }
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(handle);
    }
}
/** How many bytes may still be appended to a file that may have so many in all; it need not be there yet. */
function measureRoom(file, maxBytes) {
    const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(file, { throwIfNoEntry: false });
    return Math.max(0, maxBytes - (stat?.isFile() === true ? stat.size : 0));
}


/***/ }),

/***/ 5866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readCurrentContext),
/* harmony export */   V6: () => (/* binding */ addOwnLogin),
/* harmony export */   _D: () => (/* binding */ writeDockerConfig),
/* harmony export */   ae: () => (/* binding */ findBuildxConfig),
/* harmony export */   nS: () => (/* binding */ removeDockerConfig),
/* harmony export */   zP: () => (/* binding */ findDockerDirectory)
/* harmony export */ });
/* unused harmony exports removeLogin, findDockerConfigs, parseDockerConfig, addLogin */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9473);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9368);







const copyPrefix = 'docker-';
const fileName = 'config.json';
/**
 * Writes a copy of the user's Docker config with more logins, in a new directory that only this user can read: buildx
 * takes credentials from there for `DOCKER_CONFIG`. All else that is in the user's directory (contexts, the keys of a
 * Docker host, what credential helpers keep) is linked to. It holds the user's credentials too, so it goes with
 * `removeDockerConfig` when the build has ended, and in any case with the job's directory.
 *
 * Why not the stub alone, in a file of buildx's own for one registry: buildx reads those since v0.31 only, and only for a
 * registry that speaks Bearer.
 */
async function writeDockerConfig(options) {
    const { jobDirectory, cwd, env, logins } = options;
    const directory = findDockerDirectory(env, cwd);
    const file = node_path__WEBPACK_IMPORTED_MODULE_4__.join(directory, fileName);
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8');
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .hasErrorCode */ .Ue)(error, 'ENOENT'))
            return { kind: 'unusable', reason: `${file} cannot be read (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .toMessage */ .R9)(error)})` };
        text = '{}';
    }
    const config = parseDockerConfig(text);
    if (config === undefined)
        return { kind: 'unusable', reason: `${file} is not a Docker config` };
    const store = await findDefaultStore(env['PATH'] ?? '');
    const copy = logins.reduce((written, login) => addLogin(written, login, store), config);
    let written;
    try {
        written = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_4__.join(jobDirectory, copyPrefix));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_4__.join(written, fileName), JSON.stringify(copy), { mode: 0o600, flag: 'wx' });
        await linkOthers(directory, written);
        return { kind: 'written', directory: written };
    }
    catch (error) {
        // A full disk, for example: half a copy has logins too.
        if (written !== undefined)
            await removeDockerConfig(written).catch(() => undefined);
        return { kind: 'unusable', reason: `a copy of ${file} cannot be written (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .toMessage */ .R9)(error)})` };
    }
}
/**
 * Adds a login to the user's own Docker config, as `docker login` does: clients of later steps read it there. Answers the
 * config's file; the login goes with `removeLogin`. It opens the gateway of this job, and nothing else.
 */
async function addOwnLogin(options) {
    const { cwd, env, login } = options;
    const directory = findDockerDirectory(env, cwd);
    const file = node_path__WEBPACK_IMPORTED_MODULE_4__.join(directory, fileName);
    try {
        const config = await readConfig(file);
        if (config === undefined)
            return { kind: 'unusable', reason: `${file} is not a Docker config` };
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(directory, { recursive: true, mode: 0o700 });
        await replaceConfig(file, addLogin(config, login, await findDefaultStore(env['PATH'] ?? '')));
        return { kind: 'written', directory };
    }
    catch (error) {
        return { kind: 'unusable', reason: `${file} cannot be changed (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .toMessage */ .R9)(error)})` };
    }
}
/** Takes a login out of a Docker config again, and leaves all else in it as it is. @param host `HOST:PORT` */
async function removeLogin(directory, host) {
    const file = path.join(directory, fileName);
    const config = await readConfig(file);
    const auths = config?.['auths'];
    if (config === undefined || !isRecord(auths) || !Object.hasOwn(auths, host))
        return;
    const left = Object.entries(config).flatMap(([key, value]) => {
        if ((key !== 'auths' && key !== 'credHelpers') || !isRecord(value))
            return [[key, value]];
        const others = Object.entries(value).filter(([name]) => name !== host);
        return others.length === 0 ? [] : [[key, Object.fromEntries(others)]];
    });
    if (left.length === 0)
        await rm(file, { force: true });
    else
        await replaceConfig(file, Object.fromEntries(left));
}
/** undefined: it is none. Empty where there is no file. */
async function readConfig(file) {
    try {
        return parseDockerConfig(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8'));
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .hasErrorCode */ .Ue)(error, 'ENOENT'))
            return {};
        throw error;
    }
}
/** Whole or not at all, and where a link leads to. */
async function replaceConfig(file, config) {
    const target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(file).catch(() => file);
    const next = `${target}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(next, `${JSON.stringify(config, undefined, '\t')}\n`, { mode: 0o600, flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(next, target);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(next, { force: true });
        throw error;
    }
}
/** Where the Docker CLI keeps its files for this user. @param cwd where relative paths start: buildx's working directory */
function findDockerDirectory(env, cwd) {
    return node_path__WEBPACK_IMPORTED_MODULE_4__.resolve(cwd, env['DOCKER_CONFIG'] || node_path__WEBPACK_IMPORTED_MODULE_4__.join(env['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_3__.homedir)(), '.docker'));
}
/** Where buildx keeps its files for this user (util/confutil/config.go). @param cwd where relative paths start */
function findBuildxConfig(env, cwd) {
    return node_path__WEBPACK_IMPORTED_MODULE_4__.resolve(cwd, env['BUILDX_CONFIG'] || node_path__WEBPACK_IMPORTED_MODULE_4__.join(findDockerDirectory(env, cwd), 'buildx'));
}
/** The Docker context that is in use where DOCKER_HOST does not name an engine; undefined: none is named, or the config is not to be read. */
async function readCurrentContext(env, cwd) {
    if (env['DOCKER_CONTEXT'])
        return env['DOCKER_CONTEXT'];
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(node_path__WEBPACK_IMPORTED_MODULE_4__.join(findDockerDirectory(env, cwd), fileName), 'utf8').catch(() => '');
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .readString */ .E3)((0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)(text), 'currentContext') || undefined;
}
async function linkOthers(directory, copy) {
    let names;
    try {
        names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(directory);
    }
    catch {
        // There is none: then there is nothing to link to.
        return;
    }
    for (const name of names.filter((other) => other !== fileName))
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.symlink)(node_path__WEBPACK_IMPORTED_MODULE_4__.join(directory, name), node_path__WEBPACK_IMPORTED_MODULE_4__.join(copy, name));
}
async function removeDockerConfig(directory) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(directory, { recursive: true, force: true });
}
/** Copies that a build left behind, as main was killed. */
async function findDockerConfigs(jobDirectory) {
    const names = await readdir(jobDirectory);
    return names.filter((name) => name.startsWith(copyPrefix)).map((name) => path.join(jobDirectory, name));
}
/**
 * undefined for a file that docker/cli reads with an error (cli/config/configfile, LoadFromReader): buildx then warns
 * and goes on with a part of it, which a copy could not be true to.
 */
function parseDockerConfig(text) {
    // An empty file is no error to it.
    const config = text.trim() === '' ? {} : ((0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)(text) ?? undefined);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(config))
        return undefined;
    const { auths = null, credHelpers = null, credsStore = null } = config;
    const areAuths = auths === null || ((0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(auths) && Object.values(auths).every(isAuth));
    const areHelpers = credHelpers === null ||
        ((0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(credHelpers) && Object.values(credHelpers).every((helper) => typeof helper === 'string'));
    const isStore = credsStore === null || typeof credsStore === 'string';
    return areAuths && areHelpers && isStore ? config : undefined;
}
/**
 * The config with one login more. An empty credential helper for its host makes docker/cli look for it in the file even
 * where `credsStore` sends it elsewhere (getConfiguredCredentialStore).
 *
 * @param defaultStore what docker/cli uses for a config without any credentials; with the login it would not be asked
 */
function addLogin(config, { host, username, password }, defaultStore) {
    const auths = (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(config['auths']) ? config['auths'] : {};
    const credHelpers = (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(config['credHelpers']) ? config['credHelpers'] : {};
    const store = typeof config['credsStore'] === 'string' ? config['credsStore'] : '';
    const hasCredentials = store !== '' || Object.keys(auths).length > 0 || Object.keys(credHelpers).length > 0;
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    return {
        ...config,
        auths: { ...auths, [host]: { auth } },
        credHelpers: { ...credHelpers, [host]: '' },
        ...(hasCredentials || defaultStore === undefined ? {} : { credsStore: defaultStore }),
    };
}
/** As docker/cli finds it on Linux (cli/config/credentials, DetectDefaultStore); undefined: there is none. */
async function findDefaultStore(searchPath) {
    const store = (await isOnPath('pass', searchPath)) ? 'pass' : 'secretservice';
    return (await isOnPath(`docker-credential-${store}`, searchPath)) ? store : undefined;
}
async function isOnPath(program, searchPath) {
    for (const directory of searchPath.split(node_path__WEBPACK_IMPORTED_MODULE_4__.delimiter)) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.access)(node_path__WEBPACK_IMPORTED_MODULE_4__.join(directory, program), node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK);
            return true;
        }
        catch {
            // Not in this one.
        }
    }
    return false;
}
/** `auth` is `user:password` in base64; docker/cli gives the whole file up for one that is not. */
function isAuth(value) {
    if (value === null)
        return true;
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(value))
        return false;
    const { auth = null } = value;
    if (auth === null || auth === '')
        return true;
    if (typeof auth !== 'string')
        return false;
    const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(auth.replace(/[\r\n]/g, ''));
    return isBase64 && Buffer.from(auth, 'base64').indexOf(':') > 0;
}


/***/ }),

/***/ 4861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ checkRunnerPlatform),
/* harmony export */   f: () => (/* binding */ readRunner)
/* harmony export */ });
/* harmony import */ var _cache_service_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7462);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);


function readRunner(env) {
    const tempDirectory = env['RUNNER_TEMP'];
    if (!tempDirectory) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4('no-runner', 'RUNNER_TEMP is not set: this is started by a GitHub Actions runner. On your own machine run `hotlayer build` instead.');
    }
    return {
        workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
        tempDirectory,
        toolCacheDirectory: env['RUNNER_TOOL_CACHE'] || undefined,
        upstream: (0,_cache_service_js__WEBPACK_IMPORTED_MODULE_0__/* .readUpstream */ ._6)(env),
        token: env['ACTIONS_RUNTIME_TOKEN']?.trim() || undefined,
        run: { id: toKeyPart(env['GITHUB_RUN_ID']), attempt: toKeyPart(env['GITHUB_RUN_ATTEMPT']) },
        serverUrl: env['GITHUB_SERVER_URL'] ?? '',
        repository: env['GITHUB_REPOSITORY'] ?? '',
        debug: env['RUNNER_DEBUG'] === '1',
    };
}
/** Digits on GitHub; emulators may say anything, or nothing: then it is `0`. */
function toKeyPart(text) {
    return text?.replace(/[^A-Za-z0-9_.-]/g, '').slice(0, 40) || '0';
}
/** Throws where BuildKit cannot run, with what works there. */
function checkRunnerPlatform(platform) {
    if (platform === 'linux')
        return;
    const name = platform === 'win32' ? 'Windows' : platform === 'darwin' ? 'macOS' : platform;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4('platform', `Hotlayer builds on Linux runners, and this runner is ${name}: use \`runs-on: ubuntu-latest\` (here only \`hotlayer plan\`, \`serve\` and \`token\` work).`);
}


/***/ })

};
