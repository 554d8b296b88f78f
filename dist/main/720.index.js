export const id = 720;
export const ids = [720];
export const modules = {

/***/ 1720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  attemptRun: () => (/* binding */ attemptRun)
});

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/log.js
var log = __webpack_require__(6650);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/json.js
var build_json = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(2772);
;// CONCATENATED MODULE: ./build/process/mounts.js
/** In the order of mounting: what was mounted later may lie on top of what was mounted before. */
function parseMounts(mountinfo) {
    return mountinfo.split('\n').flatMap((line) => {
        const [left = '', right = ''] = line.split(' - ');
        const mountPoint = left.split(' ')[4];
        const fileSystem = right.split(' ')[0] ?? '';
        return mountPoint === undefined ? [] : [{ mountPoint: unescapeOctal(mountPoint), fileSystem }];
    });
}
/** Mount points at and below a directory, the ones to unmount first at the front. */
function selectMountsBelow(mounts, directory) {
    return mounts
        .map(({ mountPoint }) => mountPoint)
        .filter((mountPoint) => mountPoint === directory || mountPoint.startsWith(`${directory}/`))
        .reverse();
}
/** Where a cgroup of that name, or one whose name begins so, can be: one directory a hierarchy (version 1), or one in all (version 2). */
function listCgroupDirectories(mounts, cgroupParent) {
    const roots = mounts.filter(({ fileSystem }) => fileSystem === 'cgroup' || fileSystem === 'cgroup2');
    return [...new Set(roots.map(({ mountPoint }) => `${mountPoint}/${cgroupParent}`))];
}
/** The kernel writes space, tab, newline and backslash as `\040` and so on. */
function unescapeOctal(text) {
    return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}

;// CONCATENATED MODULE: ./build/process/disk-space.js





/** The same as half a sentence, for who knows that the disk of this directory is full. Never throws. */
async function describeFullDisk(directory) {
    return `the disk of the runner is full. ${await describeDisk(undefined, [directory])}`.replace(/\.$/, '');
}
/**
 * Which file system is full, how large it is, and what to do: the one of the error's own path, else those of the candidates
 * that are full now, else the first candidate's, since what failed has given its space back.
 */
async function describeDisk(error, candidates) {
    const files = [(0,build_json/* readString */.E3)(error, 'path'), ...candidates].filter((file) => file !== undefined && file !== '');
    const mounts = parseMounts(await (0,promises_.readFile)('/proc/self/mountinfo', 'utf8').catch(() => ''));
    const found = new Map();
    for (const file of files) {
        const fileSystem = await findFileSystem(file ?? '', mounts);
        if (fileSystem !== undefined)
            found.set(fileSystem.mount.mountPoint, fileSystem);
    }
    const all = [...found.values()];
    const full = all.filter(isFull);
    const told = full.length > 0 ? full : all.slice(0, 1);
    const remedy = 'Free space there before this step, for example remove what the job does not need, or use a runner with a larger disk.';
    return [...told.map(render), remedy].join(' ');
}
function isFull({ sizeBytes, freeBytes, files, freeFiles }) {
    return freeBytes < Math.max(1 << 20, sizeBytes / 50) || (files > 0 && freeFiles < files / 50);
}
function render(fileSystem) {
    const { mount, sizeBytes, freeBytes, files, freeFiles } = fileSystem;
    const state = isFull(fileSystem) ? 'is full' : 'was full';
    const inodes = files > 0 ? ` and ${freeFiles} of ${files} inodes` : '';
    return `The file system at ${mount.mountPoint} (${mount.fileSystem}, ${(0,format/* renderSize */.qI)(sizeBytes)}) ${state}: ${(0,format/* renderSize */.qI)(freeBytes)}${inodes} are free now.`;
}
async function findFileSystem(file, mounts) {
    const directory = await findExisting(external_node_path_.resolve(file));
    // What was mounted last lies on top.
    const mount = mounts
        .filter(({ mountPoint }) => isAtOrBelow(directory, mountPoint))
        .reduce((best, next) => (next.mountPoint.length >= (best?.mountPoint.length ?? 0) ? next : best), undefined);
    if (mount === undefined)
        return undefined;
    try {
        const { bsize, blocks, bavail, ffree, files } = await (0,promises_.statfs)(directory);
        return { mount, sizeBytes: bsize * blocks, freeBytes: bsize * bavail, freeFiles: ffree, files };
    }
    catch {
        // It went away meanwhile: it is not what is full.
        return undefined;
    }
}
function isAtOrBelow(file, directory) {
    return file === directory || file.startsWith(directory === '/' ? '/' : `${directory}/`);
}
/** The nearest directory above a file that is there, without links. */
async function findExisting(file) {
    try {
        return await (0,promises_.realpath)(file);
    }
    catch {
        // Not there (yet): it would lie on the file system of its parent.
        const parent = external_node_path_.dirname(file);
        return parent === file ? file : findExisting(parent);
    }
}

;// CONCATENATED MODULE: ./build/step/job-directory.js




const directoryName = 'hotlayer';
/**
 * The one directory of this runner's job: `hotlayer`, directly in the real RUNNER_TEMP. The real path, because the kernel
 * names mounts and working directories by it, and by these post finds what to stop.
 */
async function toJobDirectory(tempDirectory) {
    return external_node_path_.join(await (0,promises_.realpath)(tempDirectory), directoryName);
}
/** Looks whether the job's directory is one that may be used and removed: a real directory of this user, that no other writes. */
async function findJobDirectory(tempDirectory) {
    const directory = await toJobDirectory(tempDirectory);
    let found;
    try {
        found = await (0,promises_.lstat)(directory);
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            return { kind: 'absent', directory };
        return { kind: 'refused', directory, reason: `it cannot be looked at (${(0,errors/* toMessage */.R9)(error)})` };
    }
    const reason = findFault(found);
    return reason === undefined ? { kind: 'there', directory } : { kind: 'refused', directory, reason };
}
function findFault(found) {
    if (found.isSymbolicLink())
        return 'it is a symbolic link';
    if (!found.isDirectory())
        return 'it is not a directory';
    if (found.uid !== external_node_process_.getuid?.())
        return `it belongs to another user (${found.uid})`;
    return (found.mode & 0o002) === 0 ? undefined : 'every user may write to it';
}
/** Makes the job's directory, or takes the one that is there. Throws ToolError `job-directory` for one that is not ours. */
async function openJobDirectory(tempDirectory) {
    const found = await findJobDirectory(tempDirectory);
    const { directory } = found;
    if (found.kind === 'refused') {
        throw new errors/* ToolError */.v4('job-directory', `${directory} cannot be used: ${found.reason}. Remove it; Hotlayer makes a directory of its own there.`);
    }
    if (found.kind === 'absent')
        await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
    // Whoever made it: the daemon's socket and logins lie there.
    else
        await (0,promises_.chmod)(directory, 0o700);
    return directory;
}
/**
 * What the saved state asks for and post does not do, a sentence each.
 *
 * @param saved the directory that the state names; undefined: it names none
 */
async function listRefusals(saved, found) {
    const { directory } = found;
    // RUNNER_TEMP may be named by a link.
    const named = saved === undefined ? directory : await toJobDirectory(path.dirname(saved)).catch(() => '');
    const isSame = named === directory && path.basename(saved ?? directory) === path.basename(directory);
    return [
        ...(isSame
            ? []
            : [
                `the saved state names ${saved}, which is not the directory of this job (${directory}), so it is left alone.`,
            ]),
        ...(found.kind === 'refused' ? [`${directory} is left alone: ${found.reason}.`] : []),
    ];
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/process/identity.js
var process_identity = __webpack_require__(6554);
;// CONCATENATED MODULE: ./build/process/list.js



async function listPids() {
    return (await (0,promises_.readdir)('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}
/** Empty for a process that has ended. */
async function readArguments(pid) {
    return (await readProcessFile(pid, 'cmdline')).split('\0');
}
async function readProcessFile(pid, file) {
    try {
        return await (0,process_identity/* readOr */.Cq)(external_node_path_.join('/proc', String(pid), file), '');
    }
    catch {
        // Another user's process that we may not read is not one of the job's.
        return '';
    }
}
/** Processes of which `isMeant` holds. */
async function listProcesses(isMeant) {
    const found = await Promise.all((await listPids()).map(async (pid) => {
        // Who it is comes first: a pid that is given out again meanwhile is then another process.
        const identity = await (0,process_identity/* readProcess */.Wv)(pid);
        return identity !== undefined && (await isMeant(pid)) ? [identity] : [];
    }));
    return found.flat();
}
/** Empty for a process that has ended, and for one of another user. */
async function readWorkingDirectory(pid) {
    try {
        return await (0,promises_.readlink)(external_node_path_.join('/proc', String(pid), 'cwd'));
    }
    catch {
        // It has ended, or belongs to another user: not the job's.
        return '';
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/buildkit/daemon/names.js


/** Twelve hexadecimal digits, new for each daemon of a job. */
const idPattern = /^[0-9a-f]{12}$/;
const stateName = 'buildkit-';
/**
 * What all daemons of a job have in the names of their cgroups and socket directories, and nobody else has: made of the
 * job's directory, so that they are found when every file of the job is gone. `directory` is a real path.
 */
function toJobPrefix(directory) {
    return `hotlayer-${(0,external_node_crypto_.createHash)('sha256').update(directory).digest('hex').slice(0, 12)}-`;
}
/**
 * The bridge of a job's steps. It is made of the job's directory, so that it is found when every file of the job is gone;
 * the kernel takes 15 bytes.
 */
function toBridgeName(jobDirectory) {
    return `hl${(0,external_node_crypto_.createHash)('sha256').update(jobDirectory).digest('hex').slice(0, 12)}`;
}
/** How the path of every daemon's state directory begins; no other process has a reason to name one. */
function toStatePrefix(jobDirectory) {
    return external_node_path_.join(jobDirectory, stateName);
}
/** Where a daemon has its things; `socketDirectory` is given where the job's directory is too long for a socket. */
function toDaemonPlaces(jobDirectory, id, socketDirectory) {
    const stateDirectory = `${toStatePrefix(jobDirectory)}${id}`;
    return {
        pidFile: external_node_path_.join(stateDirectory, 'buildkitd.stat'),
        socket: external_node_path_.join(socketDirectory ?? stateDirectory, 'buildkitd.sock'),
        stateDirectory,
        root: external_node_path_.join(stateDirectory, 'root'),
        ...(socketDirectory === undefined ? {} : { socketDirectory }),
        cgroupParent: `${toJobPrefix(jobDirectory)}${id}`,
        logFile: external_node_path_.join(jobDirectory, 'buildkitd.log'),
    };
}
/** The id in the path of a state directory that lies directly in the job's directory. */
function parseStateDirectory(jobDirectory, stateDirectory) {
    const prefix = toStatePrefix(jobDirectory);
    const id = stateDirectory.startsWith(prefix) ? stateDirectory.slice(prefix.length) : '';
    return idPattern.test(id) ? id : undefined;
}

// EXTERNAL MODULE: ./build/process/command.js
var process_command = __webpack_require__(6779);
;// CONCATENATED MODULE: ./build/buildkit/daemon/privilege.js


const sudoTimeoutMs = 10_000;
/** Throws ToolError `needs-root` where neither is there. `uid` is this process's own. */
async function decidePrivilege(uid, env) {
    if (uid === 0)
        return 'root';
    const { exitCode } = await (0,process_command/* runCommand */.d)('sudo', ['-n', 'true'], { env, timeoutMs: sudoTimeoutMs });
    if (exitCode === 0)
        return 'sudo';
    throw new errors/* ToolError */.v4('needs-root', `BuildKit needs root, but this process is user ${uid} and cannot use sudo without a password: run it as root, allow that user passwordless sudo, or give "rootless: true".`);
}
/** The words that a command is run with. */
function withPrivilege(sudo, command) {
    return sudo ? ['sudo', '-n', ...command] : [...command];
}
/** @param input of its standard input; by default it has none */
async function runPrivileged(sudo, command, env, input) {
    const feed = input === undefined ? {} : { feed: async (stdin) => void stdin.end(input) };
    const run = ([file, ...args]) => (0,process_command/* runCommand */.d)(file, args, { env, timeoutMs: 120_000, ...feed });
    const result = await run(withPrivilege(sudo, command));
    if (!sudo || result.exitCode === 0)
        return result;
    // What runs without root ("rootless") is this user's own, and its runner may have no sudo.
    const plain = await run(command);
    return plain.exitCode === 0 ? plain : result;
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/leftovers.js









const rounds = 100;
const roundMs = 50;
function toDaemonMarks({ stateDirectory, cgroupParent, sudo }) {
    const statePrefix = `${stateDirectory}/`;
    const bridge = toBridgeName(external_node_path_.dirname(stateDirectory));
    return { statePrefix, mountDirectory: stateDirectory, bridge, cgroupPrefix: cgroupParent, sudo };
}
/** `directory` is a real path: mounts and working directories are named by it. */
function toJobMarks(directory, sudo) {
    return {
        statePrefix: toStatePrefix(directory),
        mountDirectory: directory,
        bridge: toBridgeName(directory),
        cgroupPrefix: toJobPrefix(directory),
        sudo,
    };
}
/**
 * Kills what a daemon left running: processes in the job's own cgroup (build steps), and those with an argument in its state
 * directory, which no other daemon has (runc, a sudo that was stopped with its child). Answers the pids.
 */
async function killOrphans(marks, env) {
    const killed = new Set();
    // A process may fork while we look: look again until nothing is left.
    for (let round = 0; round < rounds; round++) {
        let pids = await findOrphans(marks);
        if (pids.length === 0)
            break;
        if (round === 0) {
            // What ends together with the daemon is not an orphan.
            await (0,external_node_timers_promises_.setTimeout)(roundMs);
            pids = await findOrphans(marks);
        }
        if (pids.length === 0)
            break;
        for (const pid of pids)
            killed.add(pid);
        await signalProcesses(marks.sudo, 'KILL', pids, env);
        await (0,external_node_timers_promises_.setTimeout)(roundMs);
    }
    return [...killed];
}
async function signalProcesses(sudo, signal, pids, env) {
    if (pids.length === 0)
        return;
    await runPrivileged(sudo, ['sh', '-c', 'kill "$@"', 'sh', `-${signal}`, ...pids.map(String)], env);
}
async function findOrphans({ cgroupPrefix, statePrefix }) {
    const pids = await listPids();
    const found = await Promise.all(pids.map(async (pid) => {
        const cgroups = await readProcessFile(pid, 'cgroup');
        if (cgroups.split('\n').some((line) => isBelow(line.split(':')[2] ?? '', cgroupPrefix)))
            return [pid];
        return (await readArguments(pid)).some((arg) => arg.startsWith(statePrefix)) ? [pid] : [];
    }));
    return found.flat();
}
/** `/hotlayer-1/buildkit/x` is below `hotlayer-1`; inside a container the path may begin with the container's own cgroup. */
function isBelow(cgroup, prefix) {
    return cgroup.split('/').some((name) => name.startsWith(prefix));
}
/** Answers the mount points that were unmounted. */
async function unmountState(marks, env) {
    const done = [];
    for (let round = 0; round < rounds; round++) {
        const mountPoints = selectMountsBelow(await readMounts(), marks.mountDirectory);
        if (mountPoints.length === 0)
            break;
        if (round > 0)
            await (0,external_node_timers_promises_.setTimeout)(roundMs);
        // Lazy: a file still open somewhere must not keep the mount in our way.
        await runPrivileged(marks.sudo, ['umount', '-l', ...mountPoints], env);
        const left = selectMountsBelow(await readMounts(), marks.mountDirectory);
        done.push(...mountPoints.slice(0, mountPoints.length - left.length));
    }
    return done;
}
/** Removes the job's cgroups; answers those that are still there. */
async function removeCgroups(marks, env) {
    const places = listCgroupDirectories(await readMounts(), marks.cgroupPrefix);
    let left = [];
    // A cgroup is busy until the kernel has done with the processes that were killed in it.
    for (let round = 0; round < rounds; round++) {
        const parents = (await Promise.all(places.map(listBeginning))).flat();
        left = (await Promise.all(parents.map(listDeepestFirst))).flat();
        const [first, ...others] = left;
        if (first === undefined)
            break;
        if (round > 0)
            await (0,external_node_timers_promises_.setTimeout)(roundMs);
        await runPrivileged(marks.sudo, ['rmdir', first, ...others], env);
    }
    return left;
}
/** Directories whose paths begin so. */
async function listBeginning(start) {
    const { dir, base } = { dir: external_node_path_.dirname(start), base: external_node_path_.basename(start) };
    const names = await readEntries(dir);
    return names.filter((name) => name.startsWith(base)).map((name) => external_node_path_.join(dir, name));
}
async function listDeepestFirst(directory) {
    const names = await readEntries(directory);
    const below = await Promise.all(names.map((name) => listDeepestFirst(external_node_path_.join(directory, name))));
    return [...below.flat(), directory];
}
/** Names of the directories in it; a cgroup that is gone by now has none. */
async function readEntries(directory) {
    try {
        const entries = await (0,promises_.readdir)(directory, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    }
    catch (error) {
        if (['ENOENT', 'ENODEV', 'EACCES'].some((code) => (0,errors/* hasErrorCode */.Ue)(error, code)))
            return [];
        throw error;
    }
}
async function readMounts() {
    return parseMounts(await (0,process_identity/* readOr */.Cq)('/proc/self/mountinfo', ''));
}

;// CONCATENATED MODULE: ./build/cache/gateway-processes.js


/** Gateways of this job, also where the directory that they work in is gone. */
function listGateways(jobDirectory) {
    // The kernel marks a working directory that was removed; one of that name that was made since is another.
    const places = [jobDirectory, `${jobDirectory} (deleted)`];
    const script = external_node_path_.join('/gateway', 'index.js');
    return listProcesses(async (pid) => {
        if (!places.includes(await readWorkingDirectory(pid)))
            return false;
        return (await readArguments(pid)).some((word) => word.endsWith(script));
    });
}

// EXTERNAL MODULE: ./build/process/end.js
var process_end = __webpack_require__(4875);
;// CONCATENATED MODULE: ./build/step/own-children.js






/**
 * Ends what this process has started and still runs: a download by git, tar, a compiler. Not the job's daemon and gateway,
 * which post ends in order.
 */
async function endOwnChildren(jobDirectory) {
    const gateways = await listGateways(jobDirectory);
    const kept = new Set([
        ...gateways.map(({ pid }) => pid),
        ...(await findOrphans(toJobMarks(jobDirectory, false))),
    ]);
    const parents = await readParents();
    const isBelow = (pid) => {
        const parent = parents.get(pid);
        return parent === external_node_process_.pid || (parent !== undefined && parent > 1 && isBelow(parent));
    };
    const children = [...parents.keys()].filter((pid) => isBelow(pid) && !kept.has(pid));
    const identities = await Promise.all(children.map((pid) => (0,process_identity/* readProcess */.Wv)(pid)));
    const found = identities.filter((identity) => identity !== undefined);
    await (0,process_end/* endProcesses */.H)(found, [['SIGKILL', 1000]]);
}
/** The parent of every process that runs. */
async function readParents() {
    const entries = await Promise.all((await listPids()).map(async (pid) => {
        const stat = await (0,process_identity/* readOr */.Cq)(`/proc/${pid}/stat`, '').catch(() => '');
        // After the name in brackets: the state, then the parent.
        return [pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
    }));
    return new Map(entries);
}

// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
// EXTERNAL MODULE: ./build/runner-files.js
var runner_files = __webpack_require__(9942);
;// CONCATENATED MODULE: ./build/outputs.js


/** The outputs of the action, in action.yml's order. */
const outputNames = [
    'imageid',
    'digest',
    'metadata',
    'cache-plan',
    'cache-export',
    'cached-steps',
    'total-steps',
    'cache-read-bytes',
    'cache-written-bytes',
    'buildkit-host',
];
/** Those of the action `bake`, which makes no single image. */
const bakeOutputNames = outputNames.filter((name) => name !== 'imageid' && name !== 'digest');
/**
 * Throws what the file system says of the runner's file; then none is set.
 *
 * @param env names that file; without it the toolkit's own way is taken
 */
function writeOutputs(outputs, env = {}) {
    const values = {
        imageid: outputs.imageid,
        digest: outputs.digest,
        metadata: outputs.metadata,
        'cache-plan': outputs.cachePlan === undefined ? undefined : (0,printable/* toPrintableJson */.Xr)(outputs.cachePlan),
        'cache-export': typeof outputs.cacheExport === 'object' ? (0,printable/* toPrintableJson */.Xr)(outputs.cacheExport) : outputs.cacheExport,
        'cached-steps': outputs.cachedSteps,
        'total-steps': outputs.totalSteps,
        'cache-read-bytes': outputs.cacheReadBytes,
        'cache-written-bytes': outputs.cacheWrittenBytes,
        'buildkit-host': outputs.buildkitHost,
    };
    const known = outputNames.flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [[name, String(value)]];
    });
    (0,runner_files/* setOutputs */.n0)(known, env);
}
/** The outputs of the action `setup`, in the order of its action.yml. */
const setupOutputNames = [
    'buildkit-host',
    'builder',
    'cache-from',
    'cache-to',
    'cache-from-gha',
    'cache-to-gha',
    'build-flags',
    'caches',
    'cache-plan',
];
/** Throws what the file system says of the runner's file; then none is set. */
function writeSetupOutputs(values, env) {
    (0,runner_files/* setOutputs */.n0)(setupOutputNames.map((name) => [name, values[name]]), env);
}

;// CONCATENATED MODULE: ./build/report/fit.js
/** What a step's summary may have at most on GitHub, which shows nothing of a longer one (actions/runner, CreateStepSummaryCommand). */
const maxSummaryBytes = 1024 * 1024;
/**
 * The sections as one text that has no more bytes than that: where they are too many, those that can be missed most
 * easily go first, and a sentence says so. Empty where not even the first fits.
 *
 * @param dispensable names of sections, the first to go first
 */
function fitSections(sections, dispensable, maxBytes) {
    const dropped = [];
    for (const next of [undefined, ...dispensable]) {
        if (next !== undefined)
            dropped.push(next);
        const kept = sections.filter(({ name, text }) => text !== '' && !dropped.includes(name));
        const missing = sections.filter(({ name, text }) => text !== '' && dropped.includes(name));
        const note = missing.length === 0
            ? []
            : [
                `GitHub shows 1 MiB at the most, so these are missing here: ${missing.map(({ name }) => name).join(', ')}.`,
            ];
        const whole = `${[...kept.map(({ text }) => text), ...note].join('\n\n')}\n\n`;
        if (Buffer.byteLength(whole) <= maxBytes)
            return whole;
    }
    return '';
}

;// CONCATENATED MODULE: ./build/step/story-end.js





/** What cannot be written is said; it is a fault of the report, never of the build. */
function writeStoryEnd({ outputs, renderSummary }, env) {
    const unwritten = outputs === undefined ? undefined : tryWriteOutputs(outputs, env);
    // Before the summary, which tells it too. The build itself is as good without.
    if (unwritten !== undefined)
        log.warning(unwritten);
    const summaryFile = env['GITHUB_STEP_SUMMARY'];
    if (renderSummary === undefined || summaryFile === undefined || summaryFile === '')
        return;
    try {
        const roomBytes = (0,runner_files/* measureRoom */.qC)(summaryFile, maxSummaryBytes);
        (0,runner_files/* appendWhole */.gZ)(summaryFile, renderSummary(unwritten === undefined ? [] : [unwritten], roomBytes));
    }
    catch (error) {
        log.warning(`The job summary does not show this build: GITHUB_STEP_SUMMARY (${summaryFile}) could not be written (${(0,errors/* toMessage */.R9)(error)}).`);
    }
}
function tryWriteOutputs(outputs, env) {
    try {
        writeOutputs(outputs, env);
        return undefined;
    }
    catch (error) {
        return `The outputs of this step are not set, and later steps find them empty: GITHUB_OUTPUT (${env['GITHUB_OUTPUT']}) could not be written (${(0,errors/* toMessage */.R9)(error)}).`;
    }
}

// EXTERNAL MODULE: ./build/inputs/list.js
var list = __webpack_require__(3666);
// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
;// CONCATENATED MODULE: ./build/inputs/cache-attributes.js



/** Where caches can be. */
const cacheBackends = ['gha', 'registry', 'local', 's3', 'azblob', 'inline', 'none'];
const credentials = new Set([
    'access_key_id',
    'secret_access_key',
    'session_token',
    'account_key',
    'token',
    'ghtoken',
]);
/** The id of a key opens nothing by itself: hidden all the same, as aws-actions/configure-aws-credentials does. */
function isCredential(name) {
    return credentials.has(name);
}
const exported = { mode: ['max', 'min'], 'ignore-error': 'flag' };
const cache_attributes_layers = {
    compression: ['gzip', 'zstd', 'estargz', 'uncompressed'],
    'compression-level': 'count',
    'force-compression': 'flag',
    'oci-mediatypes': 'flag',
    'image-manifest': 'flag',
};
const registry = { ref: 'text', 'registry.insecure': 'flag' };
const bucket = {
    ...{ bucket: 'text', region: 'text', endpoint_url: 'text', use_path_style: 'flag' },
    ...{ prefix: 'text', blobs_prefix: 'text', manifests_prefix: 'text' },
    ...{ access_key_id: 'text', secret_access_key: 'text', session_token: 'text' },
    ...{ disable_accept_encoding: 'flag', retry_mode: ['standard', 'adaptive'], retry_max_attempts: 'count' },
};
const container = {
    ...{ account_url: 'text', account_name: 'text', container: 'text', secret_access_key: 'text' },
    ...{ prefix: 'text', blobs_prefix: 'text', manifests_prefix: 'text' },
};
const nothing = { to: {}, from: {} };
/** As BuildKit v0.33.1 documents them (README.md, cache/remotecache), but for those that the plan decides. */
const known = {
    gha: nothing,
    registry: { to: { ...registry, ...exported, ...cache_attributes_layers }, from: registry },
    local: { to: { dest: 'text', tag: 'text', ...exported, ...cache_attributes_layers }, from: { src: 'text', tag: 'text' } },
    s3: { to: { ...bucket, ...exported, touch_refresh: 'text', upload_parallelism: 'count' }, from: bucket },
    azblob: { to: { ...container, ...exported }, from: container },
    inline: { to: {}, from: registry },
    none: nothing,
};
/** Documented attributes that cannot be given, and why. */
const decided = {
    type: '"cache" says it',
    name: 'the plan chooses the name by the event, as the input "scope" says',
    scope: 'the input "scope" says it',
    digest: 'the plan chooses what is imported, by the event; a raw entry of "cache-from" can name a digest',
    reset: 'Hotlayer removes by itself what no index names (input "max-size")',
};
/** The attributes of the input: `key=value`, one a line or comma separated. Its text is never shown: it may hold credentials. */
function parseAttributes(name, text) {
    const attrs = {};
    const secrets = {};
    for (const [index, entry] of (0,list/* parseList */.E)(name, text, { isHidden: true }).entries()) {
        const equals = entry.indexOf('=');
        const key = entry.slice(0, Math.max(equals, 0)).trim().toLowerCase();
        const value = entry.slice(equals + 1).trim();
        if (key === '')
            fail(name, `entry ${index + 1} is not key=value (its text is not shown)`);
        if (value === '' || (0,reader/* hasControlCharacters */.Kg)(value))
            fail(name, `${(0,errors/* quote */.hD)(key)} has ${value === '' ? 'no value' : 'control characters'}`);
        if (key in attrs || key in secrets)
            fail(name, `${(0,errors/* quote */.hD)(key)} is given twice`);
        if (isCredential(key))
            secrets[key] = value;
        else
            attrs[key] = value;
    }
    return { attrs, secrets };
}
/** Throws InputError for attributes that this back end does not have, or that have a value it would not take. */
function checkAttributes(name, backend, given) {
    const table = known[backend][name === 'cache-to-attrs' ? 'to' : 'from'];
    const names = Object.keys(table);
    const allowed = names.length === 0 ? 'is none' : `are ${names.join(', ')}`;
    for (const [key, value] of [...Object.entries(given.attrs), ...Object.entries(given.secrets)]) {
        const kind = Object.hasOwn(table, key) ? table[key] : undefined;
        if (kind === undefined) {
            const reason = Object.hasOwn(decided, key) ? decided[key] : undefined;
            const why = reason === undefined
                ? `${(0,errors/* quote */.hD)(key)} is no attribute of "cache: ${backend}"`
                : `${(0,errors/* quote */.hD)(key)} is not taken: ${reason}`;
            throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed ${allowed}`);
        }
        const fault = cache_attributes_findFault(kind, value);
        if (fault !== undefined)
            throw new errors/* InputError */.dz(name, `input "${name}": ${key}=${(0,errors/* quote */.hD)(value)} ${fault}`);
    }
}
/** As Go reads them: strconv.ParseBool, strconv.Atoi. */
function cache_attributes_findFault(kind, value) {
    if (kind === 'text')
        return undefined;
    if (kind === 'flag')
        return /^(?:true|false)$/i.test(value) ? undefined : 'is not a boolean; allowed are true and false';
    if (kind === 'count')
        return /^\d{1,6}$/.test(value) && Number(value) > 0
            ? undefined
            : 'is not a number; allowed is a whole number above 0';
    return kind.includes(value) ? undefined : `is unknown; allowed are ${kind.join(', ')}`;
}
/** Directions of a local cache have names of their own. */
const pairs = { src: 'dest', dest: 'src' };
/**
 * The attributes of imports and exports: where a cache is said in one of the two inputs only, it is the same for the other.
 * Pure.
 */
function joinAttributes(backend, { to, from }) {
    const tables = known[backend];
    return { to: lend(to, from, tables.to), from: lend(from, to, tables.from) };
}
function lend(own, other, table) {
    const select = (values) => Object.fromEntries(Object.entries(values).flatMap(([key, value]) => {
        const name = pairs[key] ?? key;
        return Object.hasOwn(table, name) ? [[name, value]] : [];
    }));
    return {
        attrs: { ...select(other.attrs), ...own.attrs },
        secrets: { ...select(other.secrets), ...own.secrets },
    };
}
function isEmpty({ attrs, secrets }) {
    return Object.keys(attrs).length === 0 && Object.keys(secrets).length === 0;
}
function fail(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is key=value, one a line or comma separated`);
}

;// CONCATENATED MODULE: ./build/inputs/cache-entry.js



/** As buildx knows them; those of the Actions cache are taken and left out (`isOwnCache`). */
const types = cacheBackends.filter((backend) => backend !== 'none');
/** One raw entry of `cache-from` or `cache-to`, as buildx takes it: `type=…,key=value…`, or the reference of an image. */
function parseCacheEntry(name, entry) {
    const fields = (0,list/* parseFields */.L)(name, entry);
    if (!entry.includes('='))
        return { type: 'registry', text: entry };
    let type;
    for (const field of fields) {
        const equals = field.indexOf('=');
        // It may hold credentials: nothing of it is shown.
        if (equals === -1)
            cache_entry_fail(name, 'a part of an entry is not key=value');
        if (field.slice(0, equals).toLowerCase() === 'type')
            type = field.slice(equals + 1);
    }
    if (type === undefined || type === '')
        cache_entry_fail(name, 'an entry has no type');
    if (!types.includes(type))
        cache_entry_fail(name, `type=${(0,errors/* quote */.hD)(type)} is no type of a cache`);
    return { type, text: entry };
}
/** The same with its attributes by name. */
function toCacheAttributes({ type, text }) {
    const pairs = (0,list/* parseFields */.L)('cache-to', text).map((field) => {
        const equals = field.indexOf('=');
        return [field.slice(0, Math.max(equals, 0)).toLowerCase(), field.slice(equals + 1)];
    });
    return { type, attrs: Object.fromEntries(pairs) };
}
/** True for a raw cache entry that is left out: the gateway serves the planned cache scopes only. */
function isOwnCache({ type }) {
    return type === 'gha';
}
function cache_entry_fail(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is type=<registry|local|s3|azblob|inline>[,key=value…], one a line`);
}

// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
;// CONCATENATED MODULE: ./build/inputs/cache-contradictions.js




/** What a back end cannot do without, in either of the two inputs, and an example of it. */
const needed = {
    registry: ['ref', 'ref=ghcr.io/acme/app-cache, a repository for caches alone'],
    local: ['dest', 'dest=/var/cache/hotlayer, a directory that outlives the job'],
    s3: ['bucket', 'bucket=acme-ci-cache'],
    azblob: ['account_url', 'account_url=https://acme.blob.core.windows.net'],
};
/** What is exported where nobody says it: an image has no more layers than its own. */
function toExportMode({ backend, mode, cacheToAttrs }) {
    const said = mode ?? cacheToAttrs.attrs['mode'] ?? (backend === 'inline' ? 'min' : 'max');
    return said === 'min' ? 'min' : 'max';
}
/** Throws InputError for inputs about the cache that cannot all be meant. */
function checkCache(cache) {
    const { backend } = cache;
    checkAttributes('cache-to-attrs', backend, cache.cacheToAttrs);
    checkAttributes('cache-from-attrs', backend, cache.cacheFromAttrs);
    checkPlace(cache);
    checkTwice(cache);
    checkSameType(cache);
    checkCompression(cache);
    if (backend === 'inline' && cache.mode === 'max')
        refuse('mode', '"max" exports layers that the image does not have, and "cache: inline" has no place but the image; allowed is "min", or another back end');
    if (backend === 'none' && (cache.cacheFrom.length > 0 || cache.cacheTo.length > 0))
        refuse(cache.cacheFrom.length > 0 ? 'cache-from' : 'cache-to', 'it has entries, but "cache: none" says that there is no cache; allowed is one of the two');
}
/** Clients of later steps get what is safe to hand out: a stub. */
function checkSetupCache({ backend }) {
    if (backend === 'gha' || backend === 'none')
        return;
    refuse('cache', `${(0,errors/* quote */.hD)(backend)} is for the actions that build; with setup, later steps give their own --cache-from and --cache-to for it; allowed are gha and none`);
}
function checkPlace({ backend, cacheToAttrs, cacheFromAttrs, readOnly }) {
    const { to, from } = joinAttributes(backend, { to: cacheToAttrs, from: cacheFromAttrs });
    for (const [name, ref] of [
        ['cache-to-attrs', to.attrs['ref']],
        ['cache-from-attrs', from.attrs['ref']],
    ]) {
        if (ref === undefined || (0,image_reference/* isNameOnly */.Mp)(ref))
            continue;
        refuse(name, `ref=${(0,errors/* quote */.hD)(ref)} has a tag or a digest, and the plan chooses the tag by the event; allowed is the name of a repository`);
    }
    // A client of buildx has one environment, and a door one key.
    if (Object.entries(to.secrets).some(([name, value]) => from.secrets[name] !== value))
        refuse('cache-from-attrs', 'its credentials are others than those of "cache-to-attrs"; allowed is one of the two');
    const need = needed[backend];
    if (need === undefined)
        return;
    const [attribute, example] = need;
    const isThere = to.attrs[attribute] !== undefined || (readOnly && !isEmpty(from));
    if (isThere)
        return;
    refuse('cache', `${(0,errors/* quote */.hD)(backend)} needs ${attribute}=… in "cache-to-attrs"; allowed is for example ${example}`);
}
/** What an attribute says an input may not say as well. */
function checkTwice({ cacheToAttrs, mode, compression, compressionLevel }) {
    const { attrs } = cacheToAttrs;
    const inputs = [
        ['mode', mode],
        ['compression', compression === 'auto' ? undefined : compression],
        ['compression-level', compressionLevel],
    ];
    for (const [name, value] of inputs) {
        if (value === undefined || attrs[name] === undefined)
            continue;
        refuse(name, `"cache-to-attrs" has ${name}= too; allowed is one of the two`);
    }
}
function checkCompression(cache) {
    const { backend, compression, compressionLevel, gateway } = cache;
    const hasGateway = (backend === 'gha' || backend === 's3') && gateway !== false;
    if (compression === 'zstd' && hasGateway && cache.cacheTo.some(({ type }) => type === 'registry'))
        refuse('compression', '"zstd" exports the cache as a registry\'s, which BuildKit could not tell from type=registry in "cache-to"; allowed is one of the two');
    const obstacle = findZstdObstacle(cache, hasGateway);
    if (compression === 'zstd' && obstacle !== undefined)
        refuse('compression', `"zstd" ${obstacle}; allowed is one of the two`);
    if (compressionLevel === undefined)
        return;
    if (compression === 'gzip')
        refuse('compression-level', 'it is the level of zstd, but "compression" says gzip, which has one level; allowed is one of the two');
    if (obstacle !== undefined)
        refuse('compression-level', `it is the level of zstd, which ${obstacle.replace(', which', ' that')}; allowed is one of the two`);
}
/** Why the layers of the cache cannot be zstd; undefined: they can. */
function findZstdObstacle({ backend }, hasGateway) {
    switch (backend) {
        case 'gha':
        case 's3':
            // BuildKit's own clients of both export gzip at one level (cache/remotecache).
            return hasGateway ? undefined : 'needs the gateway, which "gateway: false" leaves out';
        case 'azblob':
            return 'is nothing that BuildKit exports to "cache: azblob"';
        case 'inline':
            return 'is nothing that "cache: inline" can choose, as its layers are those of the image';
        case 'none':
            return 'needs a cache, and "cache: none" says that there is none';
        case 'registry':
        case 'local':
            return undefined;
        default:
            return backend;
    }
}
/** BuildKit names all exports of a type alike (cache/remotecache), so that nobody could tell how each of two has ended. */
function checkSameType({ backend, cacheFrom, cacheTo }) {
    for (const [name, entries] of [
        ['cache-from', cacheFrom],
        ['cache-to', cacheTo],
    ]) {
        if (backend === 'gha' || backend === 'none' || !entries.some(isOwnCache))
            continue;
        refuse(name, `type=gha would need the runner's own token in BuildKit, which "cache: ${backend}" does not give it; allowed is "cache: gha", with the entry of the other type here`);
    }
    if (backend === 'gha' || !cacheTo.some(({ type }) => type === backend))
        return;
    refuse('cache-to', `it has type=${backend} beside "cache: ${backend}", and BuildKit does not tell two exports of one type apart; allowed is another type there`);
}
function refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}`);
}

;// CONCATENATED MODULE: ./build/inputs/shell-words.js
/**
 * The words of a text as github.com/google/shlex splits them, which is how buildx reads `--buildkitd-flags`: white space
 * parts words, '…' takes all as it is, "…" all but `\`, and `#` at the start of a word begins a comment. A string says
 * what is wrong.
 */
function splitWords(text) {
    const words = [];
    let word;
    let quote;
    for (let index = 0; index < text.length; index += 1) {
        const character = text[index] ?? '';
        if (quote !== undefined && character === quote) {
            quote = undefined;
        }
        else if (character === '\\' && quote !== "'") {
            index += 1;
            if (index === text.length)
                return 'it ends with a "\\"';
            word = (word ?? '') + (text[index] ?? '');
        }
        else if (quote !== undefined) {
            word = (word ?? '') + character;
        }
        else if (character === '"' || character === "'") {
            quote = character;
            word ??= '';
        }
        else if (/\s/.test(character)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else if (character === '#' && word === undefined) {
            while (index + 1 < text.length && text[index + 1] !== '\n')
                index += 1;
        }
        else {
            word = (word ?? '') + character;
        }
    }
    if (quote !== undefined)
        return `a ${quote} is not closed`;
    return word === undefined ? words : [...words, word];
}

;// CONCATENATED MODULE: ./build/inputs/buildkitd-flags.js


const ownDaemon = 'each job has a daemon of its own, and Hotlayer cleans up after it';
const ownSocket = 'the daemon listens on a unix socket of the job alone';
const onlyOci = 'Hotlayer runs the OCI worker only';
/** Flags of buildkitd that would take the daemon away from Hotlayer, by name or by how names begin (`…*`), and why. */
const ownedFlags = [
    ['addr', ownSocket],
    ['group', ownSocket],
    ['tls*', ownSocket],
    ['debugaddr', ownSocket],
    ['root', ownDaemon],
    ['config', 'Hotlayer writes the daemon\'s configuration; use "buildkitd-config"'],
    ['otel-socket-path', ownDaemon],
    ['oci-worker', onlyOci],
    ['containerd-*', onlyOci],
    ['rootless', 'use the input "rootless"'],
    ['oci-worker-rootless', 'use the input "rootless"'],
    ['oci-worker-net', 'use the input "step-network"'],
    ['service-name', ownDaemon],
    ['register-service', ownDaemon],
    ['unregister-service', ownDaemon],
    ['run-service', ownDaemon],
    ['help', 'it prints a text in place of starting the daemon'],
    ['h', 'it prints a text in place of starting the daemon'],
    ['version', 'it prints a text in place of starting the daemon'],
    ['v', 'it prints a text in place of starting the daemon'],
];
/** The words of `buildkitd-flags`. Throws InputError for what is no flag, and for flags that Hotlayer needs for itself. */
function parseFlags(name, text) {
    const words = splitWords(text);
    if (typeof words === 'string')
        return buildkitd_flags_refuse(name, text, words);
    let mayBeValue = false;
    for (const word of words) {
        const [, flag, value] = /^--?([^-=][^=]*)(=[\s\S]*)?$/.exec(word) ?? [];
        if (flag === undefined) {
            if (!mayBeValue || word.startsWith('-'))
                buildkitd_flags_refuse(name, word, 'it is no flag');
            mayBeValue = false;
            continue;
        }
        const owned = ownedFlags.find(([pattern]) => isMatch(flag, pattern));
        if (owned !== undefined)
            buildkitd_flags_refuse(name, word, owned[1]);
        mayBeValue = value === undefined;
    }
    return words;
}
/** True where the words have that flag, in whichever of its forms. */
function hasFlag(words, flag) {
    return words.some((word) => word.replace(/^--?/, '').replace(/=[\s\S]*$/, '') === flag && word.startsWith('-'));
}
function isMatch(flag, pattern) {
    return pattern.endsWith('*') ? flag.startsWith(pattern.slice(0, -1)) : flag === pattern;
}
function buildkitd_flags_refuse(name, what, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(what)} cannot be used: ${why}; allowed are other flags of buildkitd, quoted as in a shell, for example --debug --oci-worker-snapshotter=native`);
}

;// CONCATENATED MODULE: ./build/inputs/byte-size.js

const units = {
    '': 1,
    k: 1e3,
    m: 1e6,
    g: 1e9,
    t: 1e12,
    ki: 2 ** 10,
    mi: 2 ** 20,
    gi: 2 ** 30,
    ti: 2 ** 40,
};
/** In bytes, of `500MB`, `20 GiB` or a plain number, with or without the `B`. */
function parseSize(name, text) {
    const [, number = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?) ?(?:([kmgt]i?)?b?)$/i.exec(text) ?? [];
    const bytes = Math.round(Number(number) * (units[unit.toLowerCase()] ?? Number.NaN));
    if (number === '' || !Number.isSafeInteger(bytes) || bytes <= 0) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(text)} is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB`);
    }
    return bytes;
}

;// CONCATENATED MODULE: ./build/inputs/daemon-values.js


/** Hotlayer's own, and those by which the daemon would take something for its own that is not. */
const ownedVariables = [
    [/^(?:PATH|HOME|TMPDIR)$/, 'Hotlayer sets it to directories of the job'],
    [/^(?:ACTIONS|INPUT|STATE)_/, "it is the runner's own, and the daemon must not have its token"],
    [
        /^(?:BUILDKIT_HOST|BUILDKITD_DEBUGADDR|NOTIFY_SOCKET|LISTEN_(?:FDS|PID|FDNAMES))$/,
        'the daemon listens on a unix socket of the job alone',
    ],
    [/^(?:ROOTLESSKIT_|_ROOTLESSKIT|XDG_RUNTIME_DIR$)/, 'the input "rootless" decides on it'],
    [/^BUILDKIT_NETWORK_BRIDGE_AUTO$/, 'use the input "step-network"'],
];
function parseDaemonVariable(name, entry) {
    const [, key, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(entry) ?? [];
    if (key === undefined || value === undefined) {
        // What stands before a "=" may be a secret that was meant for the other side of it.
        throw new errors/* InputError */.dz(name, `input "${name}": an entry is not KEY=VALUE (its text is not shown); allowed is one a line, the key of letters, digits and _`);
    }
    const why = ownedVariables.find(([pattern]) => pattern.test(key))?.[1];
    if (why !== undefined)
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(key)} cannot be set: ${why}; allowed are other variables`);
    return { key, value };
}
const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;
/** `[REGISTRY=][http[s]://]HOST[:PORT][/PATH]`; without a registry it is a mirror of Docker Hub. */
function parseMirror(name, entry) {
    const equals = entry.indexOf('=');
    const registry = equals === -1 ? 'docker.io' : entry.slice(0, equals).trim().toLowerCase();
    const [, scheme, place = ''] = /^(?:(https?):\/\/)?(.*)$/i.exec(entry.slice(equals + 1).trim()) ?? [];
    const mirror = place.replace(/\/+$/, '');
    const [authority = ''] = mirror.split('/', 1);
    const isWellFormed = host.test(registry) && host.test(authority) && !/[\s?#@\\]/.test(mirror) && !(0,reader/* hasControlCharacters */.Kg)(mirror);
    if (!isWellFormed) {
        // A password that was put into it is not shown.
        const shown = entry.replace(/\/\/[^/]*@/, '//***@');
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(shown)} is not a mirror; allowed is REGISTRY=HOST[:PORT][/PATH], one a line, for example docker.io=mirror.example.com, HOST alone for a mirror of docker.io, and http://HOST for one that speaks plain HTTP`);
    }
    return { registry: toRegistryKey(registry), mirror, isPlain: scheme?.toLowerCase() === 'http' };
}
/** Docker Hub has many names, and BuildKit looks for one. */
function toRegistryKey(registry) {
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(registry)
        ? 'docker.io'
        : registry;
}
/** As a number of worker.oci.max-parallelism. */
function parseParallelism(name, text) {
    const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (count < 1) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(text)} is not a number of steps; allowed is a whole number from 1 on, or leave the input out for no limit`);
    }
    return count;
}

;// CONCATENATED MODULE: ./build/inputs/endpoint.js


const allowed = 'allowed are unix:///PATH/OF/SOCKET, tcp://HOST:PORT, docker-container://NAME, ssh://[USER@]HOST[:PORT][/PATH/OF/SOCKET] and kube-pod://POD[?context=…&namespace=…&container=…]';
/** Throws InputError for what buildx' remote driver would not take either, before anything is started. */
function parseEndpoint(name, text) {
    const shown = text.replace(/^([A-Za-z-]+:\/\/[^/@:]*:)[^/@]*@/, '$1***@');
    const refuse = (why) => {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(shown)} ${why}; ${allowed}`);
    };
    const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/.exec(text) ?? [];
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const host = url?.hostname ?? '';
    if ((0,reader/* hasControlCharacters */.Kg)(text) || /\s/.test(text))
        refuse('has white space');
    switch (scheme) {
        case 'unix':
            if (!rest.startsWith('/') || rest.endsWith('/'))
                refuse('has no absolute path of a socket');
            return { kind: 'unix', address: text, host: '' };
        case 'tcp':
            if (url === undefined || host === '' || url.port === '')
                return refuse('has no host and port');
            if (url.username !== '' || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '')
                refuse('has more than a host and a port');
            return { kind: 'tcp', address: `tcp://${url.host}`, host };
        case 'docker-container':
            return host === '' || host.startsWith('-') || url?.hash !== ''
                ? refuse('has no name of a container')
                : { kind: 'docker-container', address: text, host };
        case 'kube-pod':
            return host === '' || host.startsWith('-') || url?.hash !== ''
                ? refuse('has no name of a pod')
                : { kind: 'kube-pod', address: text, host };
        case 'ssh':
            if (url === undefined || host === '' || host.startsWith('-') || url.username.startsWith('-'))
                return refuse('has no host');
            if (url.password !== '')
                refuse('has a password, which ssh does not take there: use a key');
            if (url.search !== '' || url.hash !== '')
                refuse('has more than a user, a host, a port and a path');
            if (!isDecodable(url.username) || !isDecodable(url.pathname))
                refuse('has a % that stands for nothing');
            return { kind: 'ssh', address: text, host };
        default:
            return refuse('is not the address of a BuildKit daemon');
    }
}
function isDecodable(text) {
    try {
        decodeURIComponent(text);
        return true;
    }
    catch {
        // It throws for this reason alone.
        return false;
    }
}

// EXTERNAL MODULE: ./build/inputs/path.js
var inputs_path = __webpack_require__(4753);
;// CONCATENATED MODULE: ./build/inputs/row.js
const allActions = ['main', 'bake', 'setup', 'cleanup'];
/** What an action takes of a group; what it does not take has its default. */
function row_readGroup(rows, env, action) {
    const values = {};
    for (const field in rows)
        values[field] = rows[field].read(rows[field].actions.includes(action) ? env : {});
    if (!isComplete(values, rows))
        throw new Error('a row of inputs was not read');
    return values;
}
/** What `visit` answers for each row and its value. */
function mapRows(rows, values, visit) {
    const answers = [];
    for (const field in rows)
        answers.push(visit(rows[field], values[field]));
    return answers;
}
/** Was anything but the default given? The runner does not tell whether somebody wrote the default itself. */
function isGiven(row, value) {
    return JSON.stringify(value) !== JSON.stringify(row.read({}));
}
function isComplete(values, rows) {
    return Object.keys(rows).every((field) => field in values);
}

;// CONCATENATED MODULE: ./build/inputs/kinds.js






function flag(spec) {
    const shown = { ...spec, default: String(spec.default) };
    return toRow('flag', shown, (env) => (0,reader/* readFlag */.fG)(env, spec.name, spec.default));
}
/** A boolean, or one more word. */
function flagOr(spec) {
    const shown = { ...spec, default: String(spec.default) };
    return toRow('choice', shown, (env) => (0,reader/* readTextInput */.sg)(env, spec.name) === spec.word
        ? spec.word
        : (0,reader/* readFlag */.fG)(env, spec.name, spec.default, [spec.word]));
}
function choice(spec) {
    return toRow('choice', spec, (env) => (0,reader/* readChoice */.Kf)(env, spec.name, spec.allowed, spec.default));
}
/** The same without a default that action.yml could declare; undefined when it is not given. */
function choiceOrElse(spec) {
    return toRow('line', spec, (env) => {
        const [first] = spec.allowed;
        const isGiven = (0,reader/* readTextInput */.sg)(env, spec.name) !== undefined;
        return isGiven && first !== undefined ? (0,reader/* readChoice */.Kf)(env, spec.name, spec.allowed, first) : undefined;
    });
}
/** Attributes of a cache, `key=value` each, of which some are credentials. */
function attributes(spec) {
    const row = toRow('csv', spec, (env) => parseAttributes(spec.name, (0,reader/* readTextInput */.sg)(env, spec.name)));
    return { ...row, isSecret: true, listSecrets: ({ secrets }) => Object.values(secrets) };
}
/** One line without a default; undefined when it is not given. */
function line(spec) {
    return toRow('line', spec, (env) => {
        const text = (0,reader/* readLine */.Xw)(env, spec.name);
        return text === undefined ? undefined : spec.parse(spec.name, text);
    });
}
function lineOrDefault(spec) {
    return toRow('line', spec, (env) => spec.parse(spec.name, (0,reader/* readLine */.Xw)(env, spec.name) ?? spec.default));
}
/** One line; what `parse` makes of nothing is the default, which action.yml cannot declare. */
function lineOrElse(spec) {
    return toRow('line', spec, (env) => spec.parse(spec.name, (0,reader/* readLine */.Xw)(env, spec.name)));
}
/** A line of which white space alone is an error, and not the same as nothing. */
function untrimmedLine(spec) {
    return toRow('line', spec, (env) => {
        const text = (0,reader/* readRaw */.hc)(env, spec.name);
        return text === undefined ? undefined : spec.parse(spec.name, text);
    });
}
/** A path of one line, as given. */
function kinds_path(spec) {
    return { ...line({ ...spec, parse: inputs_path/* refuseTilde */.f }), kind: 'path' };
}
/** In milliseconds: of `90`, `90s`, `10m` or `1h`. */
function duration(spec) {
    return { ...lineOrDefault({ ...spec, parse: parseDuration }), kind: 'duration' };
}
/** Text of any length, trimmed; undefined when nothing is left. A default can only be an expression here. */
function kinds_text(spec) {
    return toRow('text', spec, (env) => {
        const found = (0,reader/* readTextInput */.sg)(env, spec.name);
        return found === undefined ? undefined : spec.parse(spec.name, found);
    });
}
/** The same for one that must never be printed. */
function secretText(spec) {
    return {
        ...kinds_text({ ...spec, parse: (_, value) => value }),
        isSecret: true,
        listSecrets: (value) => (value === undefined ? [] : [value]),
    };
}
/** One a line or comma separated; each once. */
function csv(spec) {
    return toRow('csv', spec, (env) => {
        const entries = (0,list/* parseList */.E)(spec.name, (0,reader/* readTextInput */.sg)(env, spec.name));
        return [...new Set(entries.map((entry) => spec.parse(spec.name, entry)))];
    });
}
/** One a line, commas belong to it. */
function lines(spec) {
    return toRow('lines', spec, (env) => (0,list/* parseList */.E)(spec.name, (0,reader/* readTextInput */.sg)(env, spec.name), { ignoreComma: true }).map((entry) => spec.parse(spec.name, entry)));
}
/** Secrets that are named, one a line, or comma separated as well: what is malformed may hold a value, and is not shown. */
function hiddenList(spec) {
    const { kind, name, parse } = spec;
    return toRow(kind, spec, (env) => (0,list/* parseList */.E)(name, (0,reader/* readTextInput */.sg)(env, name), { ignoreComma: kind === 'lines', isHidden: true }).map((entry, index) => parse(name, entry, index + 1)));
}
/** One a line, quotes kept: each entry is CSV itself. */
function raw(spec) {
    return toRow('raw', spec, (env) => (0,list/* parseList */.E)(spec.name, (0,reader/* readTextInput */.sg)(env, spec.name), { ignoreComma: true, keepQuotes: true }).map((entry, index) => spec.parse(spec.name, entry, index + 1)));
}
/** One a line, to the byte. */
function secrets(spec) {
    const row = toRow('secrets', spec, (env) => 
    // Raw: white space at the ends of the input belongs to a value.
    (0,list/* parseList */.E)(spec.name, (0,reader/* readRaw */.hc)(env, spec.name), { ignoreComma: true, isSecret: true }).map((entry, index) => spec.parse(spec.name, entry, index + 1)));
    return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}
/** All in one object of YAML. */
function secretMap(spec) {
    const row = toRow('text', spec, (env) => {
        const found = (0,reader/* readTextInput */.sg)(env, spec.name);
        return found === undefined ? [] : spec.parse(spec.name, (0,reader/* readRaw */.hc)(env, spec.name) ?? found);
    });
    return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}
function toRow(kind, { name, description, default: declared, actions = allActions, idle = [], }, read) {
    const facts = { name, kind, description, default: declared, actions, idle };
    return { ...facts, isSecret: false, read, listSecrets: () => [] };
}
function parseDuration(name, written) {
    const [, digits, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(written) ?? [];
    if (digits === undefined) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(written)} is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h`);
    }
    const seconds = unit === 'h' ? 3600 : unit === 'm' ? 60 : 1;
    return Number(digits) * seconds * 1000;
}

// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
;// CONCATENATED MODULE: ./build/inputs/daemon-rows.js






/** The BuildKit and the client that all steps of a job share. */
const daemonRows = {
    buildkitVersion: lineOrDefault({
        name: 'buildkit-version',
        description: 'BuildKit release to use; the first step of a job decides.',
        default: single_values/* defaultBuildkitVersion */.Uw,
        parse: (name, version) => (0,single_values/* parseVersion */.ot)(name, version, single_values/* defaultBuildkitVersion */.Uw),
    }),
    buildkitPath: kinds_path({
        name: 'buildkit-path',
        description: 'Directory with `buildkitd` and `buildctl`, or path of `buildkitd`, to use in place of a download.',
    }),
    buildkitSha256: line({
        name: 'buildkit-sha256',
        description: 'SHA-256 that the downloaded release archive must have.',
        parse: single_values/* parseSha256 */.tz,
    }),
    buildxVersion: lineOrDefault({
        name: 'buildx-version',
        description: 'Release of buildx to use; the first step of a job decides.',
        default: single_values/* defaultBuildxVersion */.Iq,
        parse: (name, version) => (0,single_values/* parseVersion */.ot)(name, version, single_values/* defaultBuildxVersion */.Iq),
    }),
    buildxPath: kinds_path({
        name: 'buildx-path',
        description: 'Path of `buildx` (`docker-buildx`), or its directory, to use in place of a download.',
    }),
    buildxSha256: line({
        name: 'buildx-sha256',
        description: 'SHA-256 that the downloaded `buildx` must have.',
        parse: single_values/* parseSha256 */.tz,
    }),
    /** Of a file with TOML; what it says goes before the inline one. */
    buildkitdConfig: kinds_path({
        name: 'buildkitd-config',
        description: "Path of a TOML file that is merged into the daemon's generated `buildkitd.toml`, in place of `buildkitd-config-inline`.",
    }),
    /** TOML. */
    buildkitdConfigInline: kinds_text({
        name: 'buildkitd-config-inline',
        description: "TOML that is merged into the daemon's generated `buildkitd.toml`; the first step of a job decides.",
        parse: (_, toml) => toml,
        idle: ['config-in-file'],
    }),
    /** Words of a command line. */
    buildkitdFlags: kinds_text({
        name: 'buildkitd-flags',
        description: 'Flags of `buildkitd`, quoted as in a shell, such as `--debug`; not those that Hotlayer needs for itself.',
        parse: parseFlags,
    }),
    buildkitdEnv: lines({
        name: 'buildkitd-env',
        description: "Variables for the daemon's environment, one `KEY=VALUE` a line, which steps of the build do not see.",
        parse: parseDaemonVariable,
    }),
    registryMirrors: lines({
        name: 'registry-mirrors',
        description: 'Mirrors to pull from first, one `REGISTRY=HOST[:PORT][/PATH]` a line, or `HOST` alone for a mirror of `docker.io`; `http://` before the host for plain HTTP.',
        parse: parseMirror,
    }),
    maxParallelism: line({
        name: 'max-parallelism',
        description: 'How many steps of builds may run at the same time; by default there is no limit.',
        parse: parseParallelism,
    }),
    stepNetwork: choice({
        name: 'step-network',
        description: "Network of the steps, `host` (the runner's own) or `bridge` (one of their own, from which nobody reaches the runner's loopback).",
        allowed: ['host', 'bridge'],
        default: 'host',
    }),
    rootless: flag({
        name: 'rootless',
        description: 'Run the daemon without root, under `rootlesskit`, for a runner without sudo.',
        default: false,
    }),
    /** In bytes; undefined: BuildKit's limits. */
    gcKeep: line({
        name: 'gc-keep',
        actions: ['setup'],
        description: 'How much cache the daemon may keep on its disk, `20GB` for example; by default as much as fits, and `10GB` for a daemon that is kept.',
        parse: parseSize,
    }),
    /** undefined: the job has a daemon of its own. */
    endpoint: line({
        name: 'endpoint',
        description: 'Daemon that is already running, in place of one of the job, as `unix://`, `tcp://`, `docker-container://`, `ssh://` or `kube-pod://` address; nothing is installed there or stopped.',
        parse: parseEndpoint,
    }),
};

;// CONCATENATED MODULE: ./build/inputs/daemon-contradictions.js




/** Throws InputError for inputs about the daemon that cannot all be meant. */
function checkDaemonContradictions(daemon) {
    if (daemon.endpoint !== undefined)
        refuseBesideEndpoint(daemon);
    const { rootless, stepNetwork, maxParallelism, buildkitdFlags = [] } = daemon;
    if (rootless && stepNetwork === 'bridge') {
        daemon_contradictions_refuse('step-network', '"bridge" needs root, and "rootless: true" runs the daemon without, where BuildKit has the runner\'s network only');
    }
    if (maxParallelism !== undefined && hasFlag(buildkitdFlags, 'oci-max-parallelism'))
        daemon_contradictions_refuse('max-parallelism', '"buildkitd-flags" has --oci-max-parallelism too');
}
/** What is about a daemon that Hotlayer installs and starts. */
function refuseBesideEndpoint(daemon) {
    const given = [
        [daemonRows.buildkitVersion.name, isGiven(daemonRows.buildkitVersion, daemon.buildkitVersion)],
        [daemonRows.buildkitPath.name, daemon.buildkitPath !== undefined],
        [daemonRows.buildkitSha256.name, daemon.buildkitSha256 !== undefined],
        [daemonRows.buildkitdConfig.name, daemon.buildkitdConfig !== undefined],
        [daemonRows.buildkitdConfigInline.name, daemon.buildkitdConfigInline !== undefined],
        [daemonRows.buildkitdFlags.name, daemon.buildkitdFlags !== undefined],
        [daemonRows.buildkitdEnv.name, daemon.buildkitdEnv.length > 0],
        [daemonRows.registryMirrors.name, daemon.registryMirrors.length > 0],
        [daemonRows.maxParallelism.name, daemon.maxParallelism !== undefined],
        [daemonRows.stepNetwork.name, daemon.stepNetwork !== 'host'],
        [daemonRows.rootless.name, daemon.rootless],
    ];
    const name = given.find(([, isThere]) => isThere)?.[0];
    if (name === undefined)
        return;
    daemon_contradictions_refuse(name, 'it is about a daemon that Hotlayer starts, but "endpoint" names one that runs already, with settings of its own');
}
function daemon_contradictions_refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is one of the two`);
}

;// CONCATENATED MODULE: ./build/inputs/output-entry.js




const output_entry_types = ['image', 'registry', 'local', 'tar', 'oci', 'docker', 'cacheonly'];
const named = new Set(['image', 'registry', 'oci', 'docker']);
const files = new Set(['local', 'tar', 'oci', 'docker']);
/**
 * One entry of the `outputs` input, as buildx takes it: `type=…,key=value…`, or a bare path, which means `type=local`;
 * `registry` is short for an image that is pushed.
 */
function parseOutput(name, entry) {
    const fields = (0,list/* parseFields */.L)(name, entry);
    const [first = ''] = fields;
    if (fields.length === 1 && !first.includes('='))
        return parseBarePath(name, first);
    const attrs = {};
    for (const field of fields) {
        const equals = field.indexOf('=');
        const key = field.slice(0, Math.max(equals, 0)).trim().toLowerCase();
        if (key === '')
            output_entry_fail(name, entry, `${(0,errors/* quote */.hD)(field)} is not key=value`);
        if (key in attrs)
            output_entry_fail(name, entry, `${(0,errors/* quote */.hD)(key)} is given twice`);
        attrs[key] = field.slice(equals + 1);
    }
    const { type, ...others } = attrs;
    if (type === undefined)
        output_entry_fail(name, entry, 'it has no type');
    if (!output_entry_types.includes(type))
        output_entry_fail(name, entry, `unknown type ${(0,errors/* quote */.hD)(type)}`);
    const { dest = '' } = others;
    // Without a file `type=docker` is what `load` is short for.
    const isLoaded = type === 'docker' && others['dest'] === undefined;
    if (files.has(type) && !isLoaded && ['', '-'].includes(dest.trim()))
        output_entry_fail(name, entry, `type=${type} needs dest=<path>`);
    (0,inputs_path/* refuseTilde */.f)(name, dest);
    if (!files.has(type) && others['dest'] !== undefined)
        output_entry_fail(name, entry, `type=${type} takes no dest`);
    for (const image of named.has(type) ? (others['name'] ?? '').split(',') : []) {
        // `*`: the name that the result itself has.
        if (image.trim() !== '' && image !== '*')
            (0,image_reference/* checkTag */.Bs)(name, image.trim());
    }
    if (type === 'registry')
        return { type: 'image', attrs: { push: 'true', ...others } };
    return { type, attrs: others };
}
/** True when the output makes an image that has a name. */
function namesImage(output) {
    return output.type === 'image' && (output.attrs['name'] ?? '') !== '';
}
/** As BuildKit reads an attribute (Go's strconv.ParseBool). */
function isTrue(attribute) {
    return attribute !== undefined && /^(?:1|t|T|true|TRUE|True)$/.test(attribute);
}
function isFalse(attribute) {
    return attribute !== undefined && /^(?:0|f|F|false|FALSE|False)$/.test(attribute);
}
/** @param push the `push` input, which makes every image one that is pushed */
function pushesImage({ type, attrs }, push) {
    return type === 'image' && (push || isTrue(attrs['push']));
}
/** True for an output that goes into a Docker engine. */
function isLoad({ type, attrs }) {
    return type === 'docker' && attrs['dest'] === undefined;
}
/** True when the build's image goes into a Docker engine. */
function loadsImage({ load, outputs }) {
    return load || outputs.some(isLoad);
}
function parseBarePath(name, path) {
    (0,inputs_path/* refuseTilde */.f)(name, path);
    if (path === '-')
        output_entry_fail(name, path, 'a tar stream to the log is of no use');
    return { type: 'local', attrs: { dest: path } };
}
function output_entry_fail(name, entry, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not an output: ${why}; allowed is type=<${output_entry_types.join('|')}>[,key=value…], one a line`);
}

;// CONCATENATED MODULE: ./build/inputs/attestation-entry.js



/** One entry of `attests`: `type=…,key=value…`; a boolean by itself switches it on or off. */
function parseAttestation(name, entry) {
    const { type, ...attrs } = attestation_entry_parseAttributes(name, entry);
    if (type === undefined || type === '')
        attestation_entry_fail(name, entry, 'it has no type');
    return { type, attrs };
}
/** The value of `provenance`: a boolean, or its attributes. */
function parseProvenance(name, text) {
    return { type: 'provenance', attrs: attestation_entry_parseAttributes(name, text) };
}
/** The value of `sbom`: a boolean, or its attributes. */
function parseSbom(name, text) {
    return { type: 'sbom', attrs: attestation_entry_parseAttributes(name, text) };
}
/** True for one that is switched off. */
function isDisabled({ attrs }) {
    return isTrue(attrs['disabled']);
}
function attestation_entry_parseAttributes(name, entry) {
    const attrs = {};
    for (const field of (0,list/* parseFields */.L)(name, entry)) {
        const equals = field.indexOf('=');
        if (equals === -1) {
            if (!isTrue(field) && !isFalse(field))
                attestation_entry_fail(name, entry, `${(0,errors/* quote */.hD)(field)} is not key=value`);
            if (isFalse(field))
                attrs['disabled'] = 'true';
            continue;
        }
        const key = field.slice(0, equals).trim();
        const isOwn = /^(?:type|disabled)$/i.test(key);
        attrs[isOwn ? key.toLowerCase() : key] = field.slice(equals + 1);
    }
    const { disabled } = attrs;
    if (disabled !== undefined && !isTrue(disabled) && !isFalse(disabled))
        attestation_entry_fail(name, entry, `disabled=${disabled} is not a boolean`);
    return attrs;
}
function attestation_entry_fail(name, entry, why) {
    const allowed = name === 'attests'
        ? 'type=<sbom|provenance>[,key=value…], one a line'
        : `true, false, or key=value with commas between, for example ${name === 'sbom' ? 'generator=IMAGE' : 'mode=max'}`;
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not an attestation: ${why}; allowed is ${allowed}`);
}

;// CONCATENATED MODULE: ./build/inputs/index-fault.js

/** undefined: the result is a single image. Attestations that nobody asked for are left out there by themselves. */
function findIndexFault({ build, image }) {
    const { platforms } = build;
    if (new Set(platforms).size > 1)
        return { input: 'platforms', what: `an image of several platforms (${platforms.join(', ')})` };
    const { provenance, sbom, attests } = image;
    if (provenance !== undefined && !isDisabled(provenance))
        return { input: 'provenance', what: 'a provenance attestation' };
    if (sbom !== undefined && !isDisabled(sbom))
        return { input: 'sbom', what: 'a list of the software' };
    const given = [provenance, sbom].map((attestation) => attestation?.type);
    const attested = attests.find((attestation) => !given.includes(attestation.type) && !isDisabled(attestation));
    return attested === undefined
        ? undefined
        : { input: 'attests', what: `an attestation (type=${attested.type})` };
}

;// CONCATENATED MODULE: ./build/inputs/contradictions.js






/** Throws InputError for inputs that are well-formed one by one but cannot all be meant. */
function checkContradictions(inputs) {
    const { build, image } = inputs;
    checkPush(image);
    checkOutputNames(image);
    checkPushByDigest(image);
    checkCall(build, image);
    checkLoad(inputs);
    checkDuplicateAgents(build);
    if (build.noCache && build.noCacheFilters.length > 0) {
        contradictions_refuse('no-cache-filters', '"no-cache: true" runs every step, so there is nothing to filter');
    }
    checkShared(inputs);
}
/** The same of a bake, as far as it is known without its definition. */
function checkBakeContradictions(inputs) {
    checkCall(inputs.bake, inputs.bake);
    checkShared(inputs);
}
/** The same of what later steps get. */
function checkSetupContradictions(inputs) {
    const { setup, daemon } = inputs;
    checkSetupCache(inputs.cache);
    checkShared(inputs);
    if (daemon.endpoint === undefined)
        return;
    if (setup.keep !== 'false')
        contradictions_refuse('keep', '"endpoint" names a daemon of somebody else, which this job neither starts nor stops');
    if (daemon.gcKeep !== undefined)
        contradictions_refuse('gc-keep', '"endpoint" names a daemon of somebody else, whose limits are its own');
}
function checkShared({ cache, daemon }) {
    if (daemon.buildkitPath !== undefined && daemon.buildkitSha256 !== undefined) {
        contradictions_refuse('buildkit-sha256', 'it is the checksum of a download, but "buildkit-path" says to download nothing');
    }
    if (daemon.buildxPath !== undefined && daemon.buildxSha256 !== undefined) {
        contradictions_refuse('buildx-sha256', 'it is the checksum of a download, but "buildx-path" says to download nothing');
    }
    checkDaemonContradictions(daemon);
    checkCache(cache);
    if (daemon.endpoint !== undefined && cache.backend === 'azblob' && hasKey(cache))
        throw new errors/* InputError */.dz('cache-to-attrs', 'input "cache-to-attrs": secret_access_key stays in this job, and the daemon of "endpoint" is perhaps elsewhere; allowed is no key, and credentials in the environment of that daemon');
    if (cache.readOnly && cache.cacheTo.length > 0) {
        contradictions_refuse('cache-to', 'it asks for an export that "read-only: true" forbids');
    }
    if (cache.readOnly && cache.prExport === 'always') {
        contradictions_refuse('pr-export', '"always" asks for an export that "read-only: true" forbids');
    }
    if (cache.readOnly && cache.allowUntrustedExport) {
        contradictions_refuse('allow-untrusted-export', '"true" asks for an export that "read-only: true" forbids');
    }
}
function hasKey({ cacheToAttrs, cacheFromAttrs }) {
    return [cacheToAttrs, cacheFromAttrs].some(({ secrets }) => secrets['secret_access_key'] !== undefined);
}
function checkPush({ push, tags, outputs }) {
    if (push) {
        const refused = outputs.find(({ type, attrs }) => type === 'image' && isFalse(attrs['push']));
        if (refused !== undefined)
            contradictions_refuse('push', '"true" contradicts push=false in the "outputs" input');
        if (tags.length === 0 && !outputs.some(namesImage)) {
            throw new errors/* InputError */.dz('push', 'input "push": "true" needs a name to push to; allowed is "tags", or an entry in "outputs" such as type=image,name=ghcr.io/acme/app');
        }
    }
    for (const { type, attrs } of outputs) {
        if (type === 'image' && isTrue(attrs['push']) && tags.length === 0 && (attrs['name'] ?? '') === '') {
            throw new errors/* InputError */.dz('outputs', 'input "outputs": an image that is pushed needs a name; allowed is "tags", or name=… in the same entry');
        }
    }
}
function checkOutputNames({ tags, outputs }) {
    if (tags.length === 0)
        return;
    for (const { type, attrs } of outputs) {
        const name = attrs['name'];
        if (['image', 'oci', 'docker'].includes(type) && name !== undefined && name !== tags.join(',')) {
            contradictions_refuse('outputs', `name=${(0,errors/* quote */.hD)(name)} contradicts "tags", which name the image ${(0,errors/* quote */.hD)(tags.join(','))}`);
        }
    }
}
/** BuildKit says it only when the image is built (util/push): a digest is a name of its own, beside which no tag can stand. */
function checkPushByDigest({ tags, push, outputs }) {
    for (const output of outputs) {
        if (!isTrue(output.attrs['push-by-digest']) || !pushesImage(output, push))
            continue;
        const names = tags.length > 0 ? tags : (output.attrs['name'] ?? '').split(',');
        const tagged = names.map((name) => name.trim()).find((name) => !(0,image_reference/* isNameOnly */.Mp)(name));
        if (tagged === undefined)
            continue;
        throw new errors/* InputError */.dz('outputs', `input "outputs": push-by-digest pushes without a tag, but ${tags.length > 0 ? '"tags" has' : 'the entry has name='}${tags.length > 0 ? ' ' : ''}${(0,errors/* quote */.hD)(tagged)}; allowed is the name without tag and digest`);
    }
}
/** A question builds nothing that could be pushed or loaded. */
function checkCall({ call }, image) {
    if (call === undefined)
        return;
    const asked = (0,errors/* quote */.hD)(call.text);
    if (image.push)
        contradictions_refuse('call', `${asked} asks about the build and makes no image, which "push: true" needs`);
    if (image.load)
        contradictions_refuse('call', `${asked} asks about the build and makes no image, which "load: true" needs`);
}
/** A file in Docker's own format holds one image and no attestations; what an engine can hold is known when it was asked. */
function checkLoad({ build, image }) {
    const isFile = image.outputs.some((output) => output.type === 'docker' && !isLoad(output));
    if (!isFile || build.call !== undefined)
        return;
    const fault = findIndexFault({ build, image });
    if (fault === undefined)
        return;
    throw new errors/* InputError */.dz(fault.input, `input "${fault.input}": ${fault.what} cannot be in a type=docker archive; allowed is "type=oci" in "outputs" in its place`);
}
function checkDuplicateAgents({ ssh }) {
    const seen = new Set();
    for (const entry of ssh) {
        const [id = ''] = entry.split('=', 1);
        if (seen.has(id || 'default')) {
            throw new errors/* InputError */.dz('ssh', `input "ssh": id ${(0,errors/* quote */.hD)(id || 'default')} is given twice; allowed is once, with several keys as ${id || 'default'}=key1,key2 in quotes`);
        }
        seen.add(id || 'default');
    }
}
function contradictions_refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is one of the two`);
}

// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
// EXTERNAL MODULE: ./build/inputs/named-context.js
var named_context = __webpack_require__(4087);
;// CONCATENATED MODULE: ./build/inputs/bake-entries.js




/** `{{defaultContext}}` stays in the URL for plan/default-context. */
function parseSource(name, source) {
    if (source === undefined)
        return { kind: 'path', path: '.', isDefault: true };
    if (named_context/* contextTemplate */.K9.test(source))
        return { kind: 'git', url: source };
    if (!(0,git_url/* looksRemote */.nh)(source))
        return { kind: 'path', path: (0,inputs_path/* refuseTilde */.f)(name, source) };
    const fault = (0,git_url/* findGitUrlFault */.PX)(source, 'the "github-token" input or the variable BUILDX_BAKE_GIT_AUTH_TOKEN');
    if (fault === undefined)
        return { kind: 'git', url: source };
    // A password that was put into it is not shown.
    const shown = source.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(shown)} is not a Git URL: ${fault}; allowed is a directory, https://host/owner/repository.git with an optional #ref[:directory], or {{defaultContext}}`);
}
/** A target or a group, or a pattern of their names. */
function parseTargetName(name, target) {
    // Anything else buildx would take for a flag or an address.
    if (/^[\w*?[][\w.*?[\]-]*$/.test(target))
        return target;
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(target)} is not the name of a target; allowed are letters, digits, "_" and "-"`);
}
function parseBakeFile(name, file) {
    if (file !== '-')
        return (0,inputs_path/* refuseTilde */.f)(name, file);
    throw new errors/* InputError */.dz(name, `input "${name}": "-" is the standard input; allowed is the path of a file`);
}
/** `pattern.key=value`. What is none may be the rest of a secret that spans lines, and is not shown. */
function parseOverride(name, entry, position) {
    if (/^[^.=\s]+\.[^=]+(?:=|$)/.test(entry))
        return entry;
    throw new errors/* InputError */.dz(name, `input "${name}": entry ${position} (its text is not shown) does not name what is set; allowed is target.key=value or target.key+=value, one a line, with * for all targets`);
}
/** `NAME=VALUE`; nothing of what is none is shown, as above. */
function parseVariable(name, entry, position) {
    if (/^[A-Za-z_][\w-]*=/.test(entry))
        return entry;
    throw new errors/* InputError */.dz(name, `input "${name}": entry ${position} (its text is not shown) is not a variable with its value; allowed is NAME=VALUE, one a line`);
}
const grants = ['network.host', 'security.insecure', 'ssh', 'device', 'buildx.local.delete'];
const valued = ['device', 'fs', 'fs.read', 'fs.write', 'image', 'image.push', 'image.load'];
/** What the builds may do beyond usual ones, as `--allow` of buildx takes it (bake/entitlements.go). */
function parseGrant(name, entry) {
    const [key = ''] = entry.split('=', 1);
    const isKnown = key === entry ? grants.includes(key) : valued.includes(key);
    if (isKnown)
        return entry;
    throw new errors/* InputError */.dz(name, `input "${name}": unknown entitlement ${(0,errors/* quote */.hD)(entry)}; allowed are ${grants.join(', ')}, and fs=PATH, fs.read=PATH, fs.write=PATH, device=NAME`);
}

;// CONCATENATED MODULE: ./build/inputs/call.js



/** `check`, `outline` or `targets`, with `,format=json` or not; undefined: the build itself. */
function parseCall(name, text) {
    const methods = [];
    for (const field of (0,list/* parseFields */.L)(name, text)) {
        const [key = '', value] = field.split(/=(.*)/s, 2);
        if (value === undefined)
            methods.push(field);
        else if (key === 'ignorestatus' ? !isTrue(value) && !isFalse(value) : key !== 'format')
            call_fail(name, text);
    }
    const [method, another] = methods;
    if (method === undefined || another !== undefined)
        call_fail(name, text);
    return method === 'build' ? undefined : { text, isCheck: method === 'check' || method === 'lint' };
}
function call_fail(name, text) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(text)} is not a method of a build; allowed are build, check, outline and targets, each also with ,format=json`);
}

;// CONCATENATED MODULE: ./build/inputs/key-value.js


/** These hold the runner's own credentials; a build arg would bake them into the image's history. */
const runnerCredentials = new Set([
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
]);
/** BuildKit takes `--secret` as CSV and the id as a file name under /run/secrets. */
const secretId = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** `KEY=VALUE`, or `KEY` alone: the value of the environment. */
function parseBuildArg(name, entry) {
    const { key, value } = splitPair(entry);
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not a build arg; allowed is KEY=VALUE, or KEY alone to take the value from the environment, one a line`);
    }
    if (value === undefined && runnerCredentials.has(key)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(key)} is a credential of the runner and never goes into a build; allowed is any other name, and for tokens of your own the "secrets" input`);
    }
    return { key, value };
}
/** `key=value`; a label without a value is the empty label, as `docker build --label key` has it. */
function parseLabel(name, entry) {
    const { key, value } = splitPair(entry);
    if (key === '' || /\s/.test(key) || (0,reader/* hasControlCharacters */.Kg)(key)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not a label; allowed is key=value, one a line`);
    }
    return { key, value: value ?? '' };
}
/**
 * The kernel takes no longer string in a process's environment (MAX_ARG_STRLEN, 128 KiB with the name): this is how the
 * value comes here, and how buildx gets it, so that it never lies in a file.
 */
const maxSecretBytes = 131_000;
/**
 * `id=value`; the value to the byte, with white space and line ends at its ends. The entry never appears in a message:
 * whatever is malformed may still hold the secret.
 */
function parseSecret(name, entry, position) {
    const { key: written, value } = splitPair(entry);
    // White space around an id is never meant: no mount could name it.
    const key = written.trim();
    if (value === undefined || !secretId.test(key)) {
        throw new errors/* InputError */.dz(name, `input "${name}": entry ${position} is not a secret (its text is not shown); allowed is id=value, one a line, the id of letters, digits, _, . and -, the whole entry quoted with "…" when the value spans lines`);
    }
    return checkSecret(name, key, value);
}
/** Throws InputError for an id that no mount can name, and for a value that cannot be handed on. */
function checkSecret(name, key, value) {
    if (!secretId.test(key)) {
        throw new errors/* InputError */.dz(name, `input "${name}": an id has other characters than letters, digits, _, . and - (it is not shown); allowed is id and value`);
    }
    const sizeBytes = Buffer.byteLength(value);
    if (sizeBytes > maxSecretBytes) {
        throw new errors/* InputError */.dz(name, `input "${name}": the value of ${(0,errors/* quote */.hD)(key)} has ${sizeBytes} bytes; allowed are ${maxSecretBytes}`);
    }
    if (value.includes('\0')) {
        throw new errors/* InputError */.dz(name, `input "${name}": the value of ${(0,errors/* quote */.hD)(key)} has a NUL byte, which no environment can carry; allowed is any other text, for example its base64`);
    }
    return { id: key, value };
}
/** `id=VARIABLE`: the value is that of the variable. The entry never appears in a message. */
function parseSecretVariable(name, entry, position) {
    const { key: id, value: variable = '' } = splitPair(entry);
    if (!secretId.test(id) || variable === '' || /[\s\0]/.test(variable)) {
        throw new errors/* InputError */.dz(name, `input "${name}": entry ${position} is not the name of a secret (its text is not shown); allowed is id=VARIABLE, one a line or comma separated, with the name of a variable of the step's environment`);
    }
    if (runnerCredentials.has(variable)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(variable)} is a credential of the runner and never goes into a build; allowed is any other variable`);
    }
    return { id, variable };
}
/** `id=path`: the value is what the file holds. The entry never appears in a message. */
function parseSecretFile(name, entry, position) {
    const { key: id, value: file = '' } = splitPair(entry);
    // A shell makes `~` the home directory, and there is none here.
    if (!secretId.test(id) || file === '' || file.trim().startsWith('~')) {
        throw new errors/* InputError */.dz(name, `input "${name}": entry ${position} is not the file of a secret (its text is not shown); allowed is id=path, one a line, the id of letters, digits, _, . and -, the path from the workspace or absolute`);
    }
    return { id, file };
}
function splitPair(entry) {
    const equals = entry.indexOf('=');
    if (equals === -1)
        return { key: entry, value: undefined };
    return { key: entry.slice(0, equals), value: entry.slice(equals + 1) };
}

// EXTERNAL MODULE: ./build/inputs/platform.js
var platform = __webpack_require__(6853);
// EXTERNAL MODULE: ./build/inputs/yaml.js
var yaml = __webpack_require__(3697);
;// CONCATENATED MODULE: ./build/inputs/secret-map.js




const secret_map_allowed = 'an object of id to value, for example "NPM_TOKEN: abc", where a value of several lines stands behind "|"';
/** The secrets of a YAML object of id to value. Throws InputError, which shows nothing of it. */
function parseSecretMap(name, text) {
    const object = (0,yaml/* parseSecretYaml */.B)(name, text, secret_map_allowed);
    if (!(0,build_json/* isRecord */.u4)(object))
        throw new errors/* InputError */.dz(name, `input "${name}": its text is not an object; allowed is ${secret_map_allowed}`);
    return Object.entries(object).map(([id, value], index) => {
        if (typeof value !== 'string') {
            throw new errors/* InputError */.dz(name, `input "${name}": the value of entry ${index + 1} is a list or an object (it is not shown); allowed is ${secret_map_allowed}`);
        }
        return checkSecret(name, id, value);
    });
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/inputs/step-settings.js


// What the steps of a build get of the machine. Whatever buildx v0.37.2 takes is taken (build/utils.go, docker/go-units).
const networks = ['default', 'none', 'host'];
function parseNetwork(name, mode) {
    if (networks.includes(mode))
        return mode;
    throw new errors/* InputError */.dz(name, `input "${name}": unknown value ${(0,errors/* quote */.hD)(mode)}; allowed are ${networks.join(', ')}`);
}
/** `host=address` or `host:address`; several addresses with commas, IPv6 also in brackets. */
function parseAddedHost(name, entry) {
    const [host = '', text = ''] = cut(entry, '=') ?? cut(entry, ':') ?? [];
    if (host !== '' && text === 'host-gateway') {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} asks for "host-gateway", which only Docker's own BuildKit knows; allowed is an address: steps that share the runner's network reach the runner as 127.0.0.1`);
    }
    const addresses = text.split(',').map((address) => address.replace(/^\[(.+)\]$/, '$1'));
    if (host === '' || addresses.some((address) => (0,external_node_net_.isIP)(address) === 0 || address.includes('%'))) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not a host with its address; allowed is host:address or host=address, for example docker:10.180.0.1`);
    }
    return entry;
}
const number = String.raw `\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const size = new RegExp(`^${number} ?(?:b|[kmgtp](?:i?b)?)?$`, 'i');
/** As given. */
function parseShmSize(name, text) {
    if (size.test(text))
        return text;
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(text)} is not a size; allowed is a number of bytes, or one with k, m, g or t, for example 2g`);
}
const limits = 'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' ');
/** `name=soft[:hard]`; -1 is no limit. */
function parseUlimit(name, entry) {
    const [limit = '', text = ''] = cut(entry, '=') ?? [];
    const values = text.split(':');
    const isNumeric = values.length <= 2 && values.every((value) => /^[+-]?\d+$/.test(value));
    if (!limits.includes(limit) || !isNumeric) {
        const fault = limits.includes(limit) || limit === '' ? '' : `: unknown limit ${(0,errors/* quote */.hD)(limit)}`;
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not a limit${fault}; allowed is name=soft[:hard] with a name of ${limits.join(', ')}, for example nofile=1024:1024`);
    }
    const [soft = 0, hard = soft] = values.map(Number);
    if (hard !== -1 && (soft === -1 || soft > hard)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} has a soft limit above its hard limit; allowed is name=soft[:hard] with the soft limit below or equal`);
    }
    return entry;
}
const entitlements = ['network.host', 'security.insecure', 'device', 'buildx.local.delete'];
/** What the build may do beyond a usual one. */
function parseEntitlement(name, entry) {
    const [key = ''] = entry.split('=', 1);
    if (entitlements.includes(entry) || key === 'device')
        return entry;
    throw new errors/* InputError */.dz(name, `input "${name}": unknown entitlement ${(0,errors/* quote */.hD)(entry)}; allowed are ${entitlements.join(', ')}, and device=NAME`);
}
/** Before and behind the first separator; undefined: there is none. */
function cut(text, separator) {
    const at = text.indexOf(separator);
    return at === -1 ? undefined : [text.slice(0, at), text.slice(at + separator.length)];
}

;// CONCATENATED MODULE: ./build/inputs/build-rows.js








/** What is built, and what its steps get. */
const buildRows = {
    context: lineOrElse({
        name: 'context',
        description: 'Build context, a directory in the workspace or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
        parse: single_values/* parseContext */.DO,
    }),
    /** As given. */
    file: kinds_path({
        name: 'file',
        description: 'Path of the Dockerfile from the workspace, or inside a Git context; by default `Dockerfile` in the context.',
    }),
    target: line({
        name: 'target',
        description: 'Stage to build; by default the last one.',
        parse: single_values/* parseTarget */.hu,
    }),
    platforms: csv({
        name: 'platforms',
        description: "Target platforms such as `linux/amd64`, one a line or comma separated; by default the runner's own.",
        parse: platform/* checkPlatform */.o,
    }),
    buildArgs: lines({
        name: 'build-args',
        description: "Build args, one `KEY=VALUE` a line; a bare `KEY` takes its value from the step's environment.",
        parse: parseBuildArg,
    }),
    buildContexts: lines({
        name: 'build-contexts',
        description: 'More contexts, one `name=…` a line with a directory, a Git URL, `docker-image://…` or `oci-layout://…`.',
        parse: named_context/* parseNamedContext */.OC,
    }),
    secrets: secrets({
        name: 'secrets',
        description: 'Secrets for `RUN --mount=type=secret`, one `id=value` a line, to the byte, quoted as a whole when the value spans lines.',
        parse: parseSecret,
    }),
    secretsYaml: secretMap({
        name: 'secrets-yaml',
        description: 'Secrets as one YAML object of id to value, in place of `secrets` or beside it.',
        parse: parseSecretMap,
    }),
    secretEnvs: hiddenList({
        name: 'secret-envs',
        kind: 'csv',
        description: "Secrets that are variables of the step's environment, `id=VARIABLE`, one a line or comma separated.",
        parse: parseSecretVariable,
    }),
    secretFiles: hiddenList({
        name: 'secret-files',
        kind: 'lines',
        description: 'Secrets that are files, one `id=path` a line.',
        parse: parseSecretFile,
    }),
    ssh: csv({
        name: 'ssh',
        description: 'SSH agents or keys for `RUN --mount=type=ssh`, `default` or `id=path`, one a line or comma separated.',
        parse: (_, entry) => entry,
    }),
    noCache: flag({
        name: 'no-cache',
        description: 'Run every step, whatever the cache holds.',
        default: false,
    }),
    noCacheFilters: csv({
        name: 'no-cache-filters',
        description: 'Stages whose steps all run, whatever the cache holds, one a line or comma separated.',
        parse: single_values/* parseTarget */.hu,
    }),
    pull: flag({
        name: 'pull',
        description: 'Ask the registry for newer base images even if the daemon has them.',
        default: false,
    }),
    addHosts: csv({
        name: 'add-hosts',
        description: "Lines for the steps' `/etc/hosts`, `host:address`, one a line or comma separated.",
        parse: parseAddedHost,
    }),
    network: line({
        name: 'network',
        description: 'Network of the steps, `default`, `none` or `host`.',
        parse: parseNetwork,
    }),
    shmSize: line({
        name: 'shm-size',
        description: 'Size of `/dev/shm` in the steps, for example `2g`.',
        parse: parseShmSize,
    }),
    ulimit: lines({
        name: 'ulimit',
        description: 'Limits of the steps, one `name=soft[:hard]` a line, for example `nofile=1024:1024`.',
        parse: parseUlimit,
    }),
    cgroupParent: line({
        name: 'cgroup-parent',
        description: 'Parent of the cgroups of the steps.',
        parse: (_, text) => text,
    }),
    allow: csv({
        name: 'allow',
        description: 'What the build may do beyond a usual one, `network.host`, `security.insecure` or `device`, one a line or comma separated.',
        parse: parseEntitlement,
    }),
    call: line({
        name: 'call',
        description: 'A question in place of the build, `check`, `outline` or `targets`, each also with `,format=json`.',
        parse: parseCall,
    }),
    builder: line({
        name: 'builder',
        description: 'Not used: Hotlayer starts a BuildKit of its own, so a value is an error that says what to do.',
        parse: single_values/* refuseBuilder */.ie,
    }),
    githubToken: secretText({
        name: 'github-token',
        description: "Token for a Git context in this repository, for the question where its branch is now, and for GitHub's release API.",
        default: `\${{ github.token }}`,
    }),
};

// EXTERNAL MODULE: ./build/inputs/annotation-entry.js
var annotation_entry = __webpack_require__(2082);
;// CONCATENATED MODULE: ./build/inputs/image-rows.js







/** What the result is called, and where it goes. */
const imageRows = {
    tags: csv({
        name: 'tags',
        description: 'Names of the image such as `ghcr.io/acme/app:1.0`, one a line or comma separated.',
        parse: image_reference/* checkTag */.Bs,
    }),
    labels: lines({
        name: 'labels',
        description: 'Labels of the image, one `key=value` a line.',
        parse: parseLabel,
    }),
    annotations: lines({
        name: 'annotations',
        description: 'Annotations of the image, one `key=value` a line, with the level in front (`index:key=value`) where it is not the manifest.',
        parse: annotation_entry/* parseAnnotation */.f,
    }),
    push: flag({
        name: 'push',
        description: 'Push the image to the registry of its tags.',
        default: false,
    }),
    pushRetries: lineOrDefault({
        name: 'push-retries',
        description: 'How often a push that failed for the network, a 429 or a 5xx of the registry is made again, 0 to 10 times; no step runs again for it.',
        default: '2',
        parse: single_values/* parseRetries */.ok,
        idle: ['nothing-pushed'],
    }),
    load: flag({
        name: 'load',
        description: "Load the image into the runner's Docker.",
        default: false,
    }),
    outputs: raw({
        name: 'outputs',
        description: 'Where the result goes, one `type=…,dest=…` a line with type `image`, `registry`, `local`, `tar`, `oci`, `docker` or `cacheonly`; missing directories of `dest` are made.',
        parse: parseOutput,
    }),
    provenance: line({
        name: 'provenance',
        description: 'Provenance attestation, `true`, `false` or its attributes such as `mode=max`; by default `mode=max` for a public repository, and one that tells nothing of the build for another.',
        parse: parseProvenance,
    }),
    sbom: line({
        name: 'sbom',
        description: 'List of the software in the image, `true`, `false` or its attributes such as `generator=IMAGE`.',
        parse: parseSbom,
    }),
    attests: lines({
        name: 'attests',
        description: 'Attestations, one `type=…,key=value` a line; `provenance` and `sbom` have precedence over entries of their type.',
        parse: parseAttestation,
    }),
};

;// CONCATENATED MODULE: ./build/inputs/bake-rows.js





/** What a bake builds. */
const bakeRows = {
    files: csv({
        name: 'files',
        description: 'Bake files (HCL, JSON or compose), one a line or comma separated; by default those that buildx looks for, `docker-bake.hcl` or `compose.yaml` for example.',
        parse: parseBakeFile,
    }),
    targets: csv({
        name: 'targets',
        description: 'Targets and groups to build, one a line or comma separated; by default `default`.',
        parse: parseTargetName,
    }),
    set: raw({
        name: 'set',
        description: 'Values to set in targets, one `target.key=value` a line, with `*` for all targets and `+=` to append.',
        parse: parseOverride,
    }),
    vars: raw({
        name: 'vars',
        description: 'Variables of the bake file, one `NAME=VALUE` a line.',
        parse: parseVariable,
    }),
    source: lineOrElse({
        name: 'source',
        description: 'Where the bake file is, a directory or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
        parse: parseSource,
    }),
    workdir: lineOrDefault({
        name: 'workdir',
        description: 'Directory in the workspace that the bake runs in.',
        default: '.',
        parse: inputs_path/* refuseTilde */.f,
    }),
    allow: csv({
        name: 'allow',
        description: 'What the builds may do beyond usual ones, `network.host` or `security.insecure` for example, one a line or comma separated; files may be read and written anywhere, as in docker/bake-action.',
        parse: parseGrant,
    }),
    call: buildRows.call,
    noCache: buildRows.noCache,
    pull: buildRows.pull,
    load: imageRows.load,
    push: imageRows.push,
    pushRetries: imageRows.pushRetries,
    provenance: imageRows.provenance,
    sbom: imageRows.sbom,
    builder: buildRows.builder,
    githubToken: buildRows.githubToken,
};

;// CONCATENATED MODULE: ./build/inputs/cache-rows.js





/** Which caches the run may import and export, and in which form. */
const cacheRows = {
    backend: choice({
        name: 'cache',
        description: 'Where the caches are, `gha` (the Actions cache), `registry`, `local` (a directory), `s3`, `azblob`, `inline` (in the image) or `none`; the same event decides for each what is imported and exported.',
        allowed: cacheBackends,
        default: 'gha',
    }),
    scope: untrimmedLine({
        name: 'scope',
        // Of a setup there may be many.
        actions: ['main', 'bake'],
        description: 'Name of the cache; builds with the same name, ref and platforms share it; by default made of what is built.',
        parse: single_values/* parseScope */.Sk,
        idle: ['no-cache'],
    }),
    /** undefined: as the back end has it (`toExportMode`). */
    mode: choiceOrElse({
        name: 'mode',
        description: 'Layers to export, `max` for those of every stage or `min` for those of the result only; by default `max`, and `min` with `cache: inline`.',
        allowed: ['max', 'min'],
        idle: ['no-cache', 'nothing-exported'],
    }),
    cacheToAttrs: attributes({
        name: 'cache-to-attrs',
        actions: ['main', 'bake'],
        description: 'Attributes of the exports of `cache`, `key=value`, one a line or comma separated, such as `ref=ghcr.io/acme/cache`, `dest=/var/cache/ci` or `bucket=ci,region=eu-west-1`; credentials are never printed.',
    }),
    cacheFromAttrs: attributes({
        name: 'cache-from-attrs',
        actions: ['main', 'bake'],
        description: 'Attributes of the imports of `cache`, where they differ from those of `cache-to-attrs`.',
    }),
    /** In bytes. */
    maxSize: lineOrDefault({
        name: 'max-size',
        actions: ['main', 'bake'],
        description: 'How large the directory of `cache: local` may become, `20GB` for example; the caches that were longest without an export go first.',
        default: '10GB',
        parse: parseSize,
        idle: ['not-local', 'nothing-exported'],
    }),
    cacheFrom: lines({
        name: 'cache-from',
        // A bake file has caches of its own for each target.
        actions: ['main'],
        description: 'More caches to import, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer imports by itself.',
        parse: parseCacheEntry,
    }),
    cacheTo: lines({
        name: 'cache-to',
        actions: ['main'],
        description: 'More caches to export, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer exports by itself.',
        parse: parseCacheEntry,
    }),
    prExport: choice({
        name: 'pr-export',
        description: 'Whether a pull request exports to a cache scope of its own, `auto` (not for bots), `always` or `never`.',
        allowed: ['auto', 'always', 'never'],
        default: 'auto',
    }),
    tagExport: flag({
        name: 'tag-export',
        description: 'Let a push of a tag export to a cache scope of that tag, which nothing else reads.',
        default: false,
        idle: ['no-cache', 'nothing-exported'],
    }),
    readOnly: flag({
        name: 'read-only',
        description: 'Import as planned and export nothing.',
        default: false,
    }),
    releaseImport: flag({
        name: 'release-import',
        description: 'Import in runs that publish, that is on tags and releases; `false` builds them from scratch, with a BuildKit that is not from the Actions cache.',
        default: true,
    }),
    trustedContext: flag({
        name: 'trusted-context',
        description: 'Export although the checked-out commit is not the one that the event is about.',
        default: false,
        idle: ['no-cache', 'nothing-exported'],
    }),
    allowUntrustedExport: flag({
        name: 'allow-untrusted-export',
        description: 'Export in events that outsiders can start too; every run that imports this cache then trusts them.',
        default: false,
    }),
    compression: choice({
        name: 'compression',
        description: 'Compression of the layers in the cache, `gzip`, `zstd` (much faster) or `auto`; what is pushed or written to a file stays as it would be without a cache.',
        allowed: ['auto', 'gzip', 'zstd'],
        default: 'auto',
    }),
    /** Of zstd, 1 to 22; undefined: BuildKit's default. */
    compressionLevel: line({
        name: 'compression-level',
        description: "Level of zstd in the cache, 1 to 22, which BuildKit maps to its four; by default zstd's own.",
        parse: single_values/* parseLevel */.QA,
        idle: ['no-cache', 'nothing-exported'],
    }),
    gateway: flagOr({
        name: 'gateway',
        // Later steps would all get the runner's own token.
        actions: ['main', 'bake'],
        description: "Put the gateway between BuildKit and the cache service; `false` gives BuildKit the runner's own token, and `required` is an error where the daemon of `endpoint` cannot reach the gateway.",
        default: true,
        word: 'required',
        idle: ['not-the-service'],
    }),
    /** How long post waits for uploads; 0: not at all. */
    drainTimeoutMs: duration({
        name: 'drain-timeout',
        description: 'How long the end of the job waits for cache uploads that still run, as seconds or `10m`; `0` does not wait and gives them up; the first step of a job decides.',
        default: '10m',
        idle: ['no-cache', 'nothing-exported', 'exported-during-build'],
    }),
    /** Parsed JSON; undefined without one. */
    matrix: kinds_text({
        name: 'matrix',
        description: "The job's matrix values, which keep the caches of its legs apart; leave it at its default.",
        default: `\${{ toJSON(matrix) }}`,
        parse: single_values/* parseMatrix */.z5,
    }),
};
const defaultDrainTimeoutMs = cacheRows.drainTimeoutMs.read({});

;// CONCATENATED MODULE: ./build/inputs/cleanup-values.js

/** A whole ref, or `all`. */
function parseRefs(name, ref) {
    if (ref === 'all' || /^refs\/(?:heads|tags|pull)\/[^\s\p{Cc}]+$/u.test(ref))
        return ref;
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(ref)} is not a whole ref; allowed are refs/heads/NAME, refs/tags/NAME, refs/pull/NUMBER/merge and all`);
}

;// CONCATENATED MODULE: ./build/inputs/cleanup-rows.js



/** What a clean-up of a repository's caches removes, and with whose right. */
const cleanup_rows_cleanupRows = {
    githubToken: secretText({
        name: 'github-token',
        description: "Token for GitHub's REST API, which needs `actions: write` to remove caches, `contents: read` to see branches and tags, and `pull-requests: read`.",
        default: `\${{ github.token }}`,
    }),
    refs: csv({
        name: 'refs',
        description: 'Refs to clean such as `refs/heads/main`, one a line or comma separated, or `all`; by default the ref of a closed pull request or of a deleted branch or tag in the events for that, else all.',
        parse: parseRefs,
    }),
    otherTools: flag({
        name: 'other-tools',
        description: 'Remove caches of other tools too where their pull request is closed or their branch deleted; on other refs they are never touched.',
        default: true,
    }),
    dryRun: flag({
        name: 'dry-run',
        description: 'Report what would be removed, and remove nothing.',
        default: false,
    }),
    limit: lineOrDefault({
        name: 'limit',
        description: 'Cache space of the repository, such as `10GB` or `50GiB`, for the report of what GitHub would evict.',
        default: '10GB',
        parse: parseSize,
    }),
};

;// CONCATENATED MODULE: ./build/inputs/report-rows.js

const report_rows_reportRows = {
    summary: flag({ name: 'summary', description: 'Write a job summary.', default: true }),
    checkAnnotations: flag({
        name: 'check-annotations',
        actions: ['main', 'bake'],
        description: 'Annotate the Dockerfile with what build checks find; DOCKER_BUILD_CHECKS_ANNOTATIONS=false switches it off too.',
        default: true,
    }),
};
/** The variables by which Docker's actions are told to write none; their words for no. */
const variables = { summary: 'DOCKER_BUILD_SUMMARY', checkAnnotations: 'DOCKER_BUILD_CHECKS_ANNOTATIONS' };
const no = /^(?:0|f|false|n|no|off)$/i;
/** A workflow that switches something of Docker's actions off means this one's too. */
function report_rows_honourVariables(report, env) {
    const allows = (variable) => !no.test(env[variable]?.trim() ?? '');
    return {
        ...report,
        summary: report.summary && allows(variables.summary),
        checkAnnotations: report.checkAnnotations && allows(variables.checkAnnotations),
    };
}

;// CONCATENATED MODULE: ./build/inputs/setup-rows.js



/** What later steps of the job get. */
const setupRows = {
    scopes: lines({
        name: 'scopes',
        description: 'Names of the caches that later steps may use, one a line; each gets its own branch chain; by default one, named by workflow and job.',
        parse: single_values/* parseScope */.Sk,
    }),
    keep: choice({
        name: 'keep',
        description: 'Leave the daemon running for the next job of a self-hosted runner, `true` (for one job at a time), `shared` (for jobs at once) or `false`.',
        allowed: ['false', 'true', 'shared'],
        default: 'false',
    }),
    builder: buildRows.builder,
    githubToken: buildRows.githubToken,
};

;// CONCATENATED MODULE: ./build/inputs/definitions.js









const shared = { cache: cacheRows, daemon: daemonRows, report: report_rows_reportRows };
/**
 * All inputs, one row each, in the order of action.yml. From here come the groups of `Inputs`, the action.yml of each action, the
 * tables of README.md and docs, the flags of `hotlayer build`, the masks, and what is said of inputs that are unknown or
 * have no effect.
 */
const groups = {
    main: { build: buildRows, image: imageRows, ...shared },
    bake: { bake: bakeRows, ...shared },
    setup: { setup: setupRows, ...shared },
    cleanup: { cleanup: cleanup_rows_cleanupRows, report: report_rows_reportRows },
};
/** The inputs that an action takes, by what they are about. */
function listGroups(action) {
    return Object.entries(groups[action]).map(([name, rows]) => ({
        name,
        rows: Object.values(rows).filter((row) => row.actions.includes(action)),
    }));
}
/** The inputs that an action takes. */
function listRows(action) {
    return listGroups(action).flatMap(({ rows }) => rows);
}
function readGroups(env) {
    return {
        build: row_readGroup(buildRows, env, 'main'),
        image: row_readGroup(imageRows, env, 'main'),
        ...readShared(env, 'main'),
    };
}
function readBakeGroups(env) {
    return { bake: row_readGroup(bakeRows, env, 'bake'), ...readShared(env, 'bake') };
}
function readSetupGroups(env) {
    return { setup: row_readGroup(setupRows, env, 'setup'), ...readShared(env, 'setup') };
}
function definitions_readCleanupGroups(env) {
    return {
        cleanup: readGroup(cleanupRows, env, 'cleanup'),
        report: readGroup(reportRows, env, 'cleanup'),
    };
}
function readShared(env, action) {
    return {
        cache: row_readGroup(cacheRows, env, action),
        daemon: row_readGroup(daemonRows, env, action),
        report: row_readGroup(report_rows_reportRows, env, action),
    };
}
/** What `visit` answers for each input and its value. */
function mapInputs(inputs, visit) {
    if ('cleanup' in inputs)
        return [...mapRows(cleanup_rows_cleanupRows, inputs.cleanup, visit), ...mapRows(report_rows_reportRows, inputs.report, visit)];
    const { cache, daemon, report } = inputs;
    return [
        ...mapOwn(inputs, visit),
        ...mapRows(cacheRows, cache, visit),
        ...mapRows(daemonRows, daemon, visit),
        ...mapRows(report_rows_reportRows, report, visit),
    ];
}
/** Those that the actions do not share. */
function mapOwn(inputs, visit) {
    if ('bake' in inputs)
        return mapRows(bakeRows, inputs.bake, visit);
    if ('setup' in inputs)
        return mapRows(setupRows, inputs.setup, visit);
    return [...mapRows(buildRows, inputs.build, visit), ...mapRows(imageRows, inputs.image, visit)];
}

;// CONCATENATED MODULE: ./build/inputs/foreign-table.js
const foreign_table_nothing = /^$/;
const foreign_table_no = /^(?:false|False|FALSE)$/;
const ownStep = 'use "uses: hotlayer/hotlayer/bake@v1"';
const foreign_table_ownDaemon = 'delete it, Hotlayer starts a BuildKit of its own';
function foreign_table_refuse(does, remedy = '', harmless = foreign_table_nothing) {
    return { verdict: 'refuse', does, harmless, remedy };
}
function notice(does, remedy, harmless = foreign_table_nothing) {
    return { verdict: 'notice', does, harmless, remedy };
}
/**
 * The inputs of docker/setup-buildx-action (v4, and what only v3 has) and docker/bake-action that action.yml does not declare; of
 * docker/build-push-action (v7.3.0) it has all. The runner hands them over all the same, because people change the `uses:` line and leave the rest.
 */
const foreignInputs = {
    append: notice('adds nodes to a builder', foreign_table_ownDaemon),
    'cache-binary': notice('keeps buildx in the Actions cache', 'delete it, Hotlayer keeps its programs there by itself'),
    files: foreign_table_refuse('names bake files', ownStep),
    set: foreign_table_refuse('overrides values of a bake file', ownStep),
    source: foreign_table_refuse('names a bake definition', ownStep),
    targets: foreign_table_refuse('names targets of a bake file', ownStep),
    vars: foreign_table_refuse('sets variables of a bake file', ownStep),
    config: foreign_table_refuse('configures buildkitd', 'use "buildkitd-config"'),
    'config-inline': foreign_table_refuse('configures buildkitd', 'use "buildkitd-config-inline"'),
    cleanup: notice('removes the builder at the end', 'delete it, Hotlayer always does that', /^(?:true|True|TRUE)$/),
    driver: notice('chooses how BuildKit is run', 'delete it, Hotlayer starts a BuildKit of its own, and "endpoint" names another one'),
    'driver-opts': notice('configures how BuildKit is run', 'use "buildkit-version" and "buildkitd-config-inline"'),
    install: notice('makes buildx what `docker build` calls', 'delete it, no step is left that needs it', foreign_table_no),
    'keep-state': notice('keeps the state of the builder', 'delete it, the cache does that', foreign_table_no),
    name: notice('names the builder', foreign_table_ownDaemon),
    use: notice('makes the builder the current one', foreign_table_ownDaemon),
    version: notice('chooses the version of buildx', 'use "buildx-version"'),
};

;// CONCATENATED MODULE: ./build/inputs/nearest.js
/** The known name that somebody who wrote `written` most likely meant; undefined when none is near. */
function findNearest(written, known) {
    const wanted = toPlain(written);
    const ranked = known
        .map((name) => ({ name, distance: measureDistance(toPlain(name), wanted) }))
        .sort((a, b) => a.distance - b.distance);
    const [best] = ranked;
    // Short names are near to everything: `tag` may be `tags`, but `use` is not `push`.
    return best !== undefined && best.distance <= Math.min(2, Math.floor(best.name.length / 3))
        ? best.name
        : undefined;
}
/** Case and separators are what people mix up first. */
function toPlain(name) {
    return name.toLowerCase().replace(/[\s_.-]+/g, '-');
}
/** Levenshtein's: how many letters must be put in, taken out or changed. */
function measureDistance(from, to) {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[to.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/inputs/foreign.js




/**
 * Throws InputError for an input of Docker's actions that is not there yet, when the result without it would be another
 * one.
 */
function refuseForeignInputs(env, action) {
    for (const { name, value } of listForeign(env, action)) {
        const known = findKnown(name);
        if (known?.verdict !== 'refuse')
            continue;
        throw new errors/* InputError */.dz(name, `input "${name}"${showValue(value)}: in Docker's actions it ${known.does}, which Hotlayer does not do yet; allowed is to leave it out${known.remedy === '' ? '' : `: ${known.remedy}`}`);
    }
}
/** One sentence on all inputs that Hotlayer does not have and that change nothing; undefined: there are none. */
function describeForeignInputs(env, action = 'main') {
    const described = listForeign(env, action).flatMap(({ name }) => {
        const known = findKnown(name);
        if (known?.verdict === 'refuse')
            return [];
        if (known !== undefined)
            return [`${(0,errors/* quote */.hD)(name)} (in Docker's actions it ${known.does}: ${known.remedy})`];
        const nearest = findNearest(name, [
            ...listRows(action).map((row) => row.name),
            ...Object.keys(foreignInputs),
        ]);
        return [nearest === undefined ? (0,errors/* quote */.hD)(name) : `${(0,errors/* quote */.hD)(name)} (did you mean ${(0,errors/* quote */.hD)(nearest)}?)`];
    });
    return described.length === 0
        ? undefined
        : `These inputs have no effect, Hotlayer does not know them: ${described.join(', ')}.`;
}
/** What was given and action.yml does not declare, without the values that ask for nothing. */
function listForeign(env, action) {
    const declared = new Set(listRows(action).map(({ name }) => name));
    // Not Object.keys: the entries hide inputs from whatever enumerates the environment.
    return Object.getOwnPropertyNames(env)
        .filter((variable) => variable.startsWith('INPUT_'))
        .map((variable) => ({
        name: variable.slice('INPUT_'.length).toLowerCase(),
        value: env[variable]?.trim() ?? '',
    }))
        .filter(({ name, value }) => !declared.has(name) && value !== '' && findKnown(name)?.harmless.test(value) !== true)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}
/** Addresses and keys may hold credentials: their value is not shown. */
function showValue(value) {
    return /^[\w.,:=/-]{1,60}$/.test(value) && !value.includes('://') ? ` (${(0,errors/* quote */.hD)(value)})` : '';
}
function findKnown(name) {
    return Object.hasOwn(foreignInputs, name) ? foreignInputs[name] : undefined;
}

;// CONCATENATED MODULE: ./build/inputs/masks.js
/** What is masked of values that must not be printed: each whole, without the white space around it, and line by line. */
function toMasks(values) {
    const masks = values
        .filter((value) => value.trim() !== '')
        .flatMap((value) => [value, value.trim(), ...listTellingLines(value)]);
    return [...new Set(masks)];
}
/** Not `{`, `},` or one letter: masked by themselves they would cross out every log and hide nothing. */
function listTellingLines(value) {
    const lines = value.split(/[\r\n]+/);
    if (lines.length === 1)
        return [];
    return lines
        .map((line) => line.trim())
        .filter((line) => line.length > 1 && !/^[\s{}[\]()<>,:;"']*$/.test(line));
}

;// CONCATENATED MODULE: ./build/inputs/inputs.js





/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Inputs of Docker's actions
 * whose absence would change the result are refused, other unknown ones ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
function parseInputs(env) {
    refuseForeignInputs(env, 'main');
    const inputs = readGroups(env);
    checkContradictions(inputs);
    return { ...inputs, report: report_rows_honourVariables(inputs.report, env) };
}
/** The same of the action `bake`. */
function parseBakeInputs(env) {
    refuseForeignInputs(env, 'bake');
    const inputs = readBakeGroups(env);
    checkBakeContradictions(inputs);
    return { ...inputs, report: report_rows_honourVariables(inputs.report, env) };
}
/** The same of the action `setup`. */
function parseSetupInputs(env) {
    refuseForeignInputs(env, 'setup');
    const inputs = readSetupGroups(env);
    checkSetupContradictions(inputs);
    return { ...inputs, report: report_rows_honourVariables(inputs.report, env) };
}
/** The same of the action `cleanup`, which takes the place of none of Docker's. */
function parseCleanupInputs(env) {
    const inputs = readCleanupGroups(env);
    return { ...inputs, report: honourVariables(inputs.report, env) };
}
/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
function listSecretValues(inputs) {
    return toMasks(mapInputs(inputs, (row, value) => row.listSecrets(value)).flat());
}
/** The same of the variables that `secret-envs` names. */
function listNamedSecrets({ secretEnvs }, env) {
    return toMasks(secretEnvs.map(({ variable }) => env[variable] ?? ''));
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/buildkit/solve/csv-fields.js
var csv_fields = __webpack_require__(8827);
;// CONCATENATED MODULE: ./build/buildkit/solve/attestations.js



/** The first release that makes attestations; buildx refuses to ask an older one for them. */
const firstWithAttestations = 'v0.11.0';
/**
 * As docker/build-push-action (getAttestArgs of its src/context.ts): the inputs `provenance` and `sbom` have precedence
 * over entries of `attests`, and a provenance names the run. buildx takes the first of a type.
 */
function toAttestations(facts) {
    const { provenance, sbom, attests } = facts.asked;
    const isAsked = provenance !== undefined || attests.some(({ type }) => type === 'provenance');
    const given = [provenance, sbom, ...attests].filter((attestation) => attestation !== undefined);
    const first = given.filter(({ type }, index) => given.findIndex((other) => other.type === type) === index);
    return [
        ...(isAsked ? [] : toDefaultProvenance(facts)),
        ...first.map((attestation) => nameRun(attestation, facts.builderId)),
    ];
}
/**
 * All of it for a public repository, and for another one only what tells nothing of the build. Nothing for what goes into
 * Docker, where a single image is the least surprise.
 */
function toDefaultProvenance({ outputs, isPublic, builderId, version, environment, }) {
    const release = semver.valid(version);
    if (release !== null && semver.lt(release, firstWithAttestations))
        return [];
    if (saysTrue(environment['BUILDX_NO_DEFAULT_ATTESTATIONS']))
        return [];
    if (outputs.some(({ type }) => type === 'docker'))
        return [];
    const mode = isPublic === true ? { mode: 'max' } : { mode: 'min', 'inline-only': 'true' };
    return [nameRun({ type: 'provenance', attrs: mode }, builderId)];
}
/** A provenance says which attempt of which run made the image. */
function nameRun(attestation, builderId) {
    const { type, attrs } = attestation;
    const isNamed = type !== 'provenance' || isDisabled(attestation) || attrs['builder-id'] !== undefined;
    return isNamed || builderId === undefined
        ? attestation
        : { type, attrs: { ...attrs, 'builder-id': builderId } };
}
function renderAttestation({ type, attrs }) {
    return (0,csv_fields/* renderCsv */.P)([`type=${type}`, ...Object.entries(attrs).map(([key, value]) => `${key}=${value}`)]);
}
/** The page of this attempt, which stands for the builder; undefined where a part of it is not known. */
function toBuilderId({ serverUrl, repository, run, }) {
    if (serverUrl === '' || repository === '' || run.id === '0')
        return undefined;
    return `${serverUrl}/${repository}/actions/runs/${run.id}/attempts/${run.attempt}`;
}
/** As Go's strconv.ParseBool, with which buildx reads its switches; it fails for what is neither true nor false. */
function saysTrue(value) {
    return value !== undefined && /^(?:1|t|T|TRUE|true|True)$/.test(value);
}

;// CONCATENATED MODULE: ./build/buildkit/solve/build-flags.js



/** The flags of buildx that stand for one input each: what is built, and what its steps get. */
function toBuildFlags({ inputs, workspace, environment }) {
    const { context, file, target, platforms, buildArgs, buildContexts, pull, noCache } = inputs.build;
    const { noCacheFilters, ssh, addHosts, network, shmSize, ulimit, cgroupParent, allow, call } = inputs.build;
    // The Dockerfile of a Git context lies in the repository.
    const dockerfile = file === undefined || context.kind === 'git' ? file : external_node_path_.resolve(workspace, file);
    return [
        ...one('--call', call?.text),
        ...one('--file', dockerfile),
        ...one('--target', target),
        ...one('--platform', platforms.length === 0 ? undefined : platforms.join(',')),
        ...buildArgs.flatMap(({ key, value = environment[key] }) => 
        // As docker build: a bare KEY that the environment does not have leaves the Dockerfile's default alone.
        value === undefined ? [] : ['--build-arg', `${key}=${value}`]),
        ...buildContexts.flatMap(({ name, value }) => ['--build-context', `${name}=${value}`]),
        ...inputs.image.labels.flatMap(({ key, value = '' }) => ['--label', `${key}=${value}`]),
        ...each('--annotation', inputs.image.annotations),
        // The only flag whose value buildx takes for CSV as a whole.
        ...each('--add-host', addHosts.map((entry) => (0,csv_fields/* renderCsv */.P)([entry]))),
        ...one('--network', network),
        ...one('--shm-size', shmSize),
        ...each('--ulimit', ulimit),
        ...one('--cgroup-parent', cgroupParent),
        ...each('--allow', allow),
        ...each('--ssh', ssh),
        ...(pull ? ['--pull'] : []),
        ...(noCache ? ['--no-cache'] : []),
        ...each('--no-cache-filter', noCacheFilters),
    ];
}
/** The raw `cache-from` and `cache-to`, beside those of the plan. */
function toRawCacheFlags({ cacheFrom, cacheTo }) {
    const select = (sources) => sources.filter((source) => !isOwnCache(source)).map(({ text }) => text);
    return [...each('--cache-to', select(cacheTo)), ...each('--cache-from', select(cacheFrom))];
}
function one(flag, value) {
    return value === undefined ? [] : [flag, value];
}
function each(flag, values) {
    return values.flatMap((value) => [flag, value]);
}

;// CONCATENATED MODULE: ./build/buildkit/solve/output-compression.js
/** Outputs that are made of layers. */
const layered = new Set(['image', 'oci', 'docker']);
function decideRemedy({ type, attrs }, layers) {
    if (!layered.has(type))
        return 'none';
    // Who says either has chosen.
    if (attrs['force-compression'] !== undefined)
        return 'none';
    // estargz is gzip in another arrangement, with the same media type.
    const wanted = attrs['compression'] === 'estargz' ? 'gzip' : (attrs['compression'] ?? 'gzip');
    const isWanted = (compression) => compression === wanted;
    if (layers.own.every(isWanted))
        return 'none';
    // Forced estargz would convert the gzip of a base image.
    if (layers.base.every(isWanted) && attrs['compression'] !== 'estargz')
        return 'force';
    // Other layers are those of stages that the image is not made of.
    return layers.result.every(isWanted) ? 'none' : 'refuse';
}

;// CONCATENATED MODULE: ./build/buildkit/solve/build-outputs.js




const build_outputs_named = new Set(['image', 'oci', 'docker']);
/**
 * The `--output` values. As in buildx, `push` turns the image outputs into pushes, or adds one; `tags` name every image.
 * Tags alone make an image that stays in the daemon, so that its digest is known.
 *
 * @param cached what the imported caches hold; layers made of it get the output's own compression
 */
function toOutputEntries(inputs, workspace, cached) {
    const outputs = listOutputs(inputs);
    // Said in so many words, or buildx warns of it; what there is to say, our own notices say.
    if (outputs.length === 0)
        return ['type=cacheonly'];
    return outputs.map((output) => renderEntry(decideRemedy(output, cached) === 'force'
        ? { ...output, attrs: { ...output.attrs, 'force-compression': 'true' } }
        : output, inputs, workspace));
}
/**
 * What the build really puts out: as the inputs have it, with the image of `push`, `load` and `tags`. Of several results
 * BuildKit answers with the digest of the last one (solver/llbsolver, runExporters), so what is pushed stands last, and
 * what has a manifest in Docker's own form first.
 */
function listOutputs(inputs) {
    const outputs = addImage(inputs).filter(({ type }) => type !== 'cacheonly');
    const isLoaded = !inputs.load || outputs.some(isLoad);
    const all = isLoaded ? outputs : [...outputs, { type: 'docker', attrs: {} }];
    return all.toSorted((one, other) => toRank(one) - toRank(other));
}
/** The names of the images that the build makes. */
function listImages({ tags, outputs }) {
    if (tags.length > 0)
        return tags;
    return outputs.flatMap(({ type, attrs }) => build_outputs_named.has(type) && attrs['name'] !== undefined ? attrs['name'].split(',') : []);
}
function toRank(output) {
    if (output.type === 'docker')
        return 0;
    return pushesImage(output, false) ? 2 : 1;
}
function addImage({ outputs, push, load, tags }) {
    const image = { type: 'image', attrs: push ? { push: 'true' } : {} };
    if (outputs.length === 0)
        return push || (tags.length > 0 && !load) ? [image] : [];
    if (!push)
        return outputs;
    if (!outputs.some(({ type }) => type === 'image'))
        return [...outputs, image];
    return outputs.map((output) => output.type === 'image' ? { ...output, attrs: { ...output.attrs, push: 'true' } } : output);
}
function renderEntry(output, { tags }, workspace) {
    const { type, attrs } = pushesImage(output, false) ? withoutUnpacking(output) : output;
    const { name, dest, ...others } = attrs;
    const names = tags.length > 0 && build_outputs_named.has(type) ? tags.join(',') : name;
    return (0,csv_fields/* renderCsv */.P)([
        `type=${type}`,
        ...(names === undefined ? [] : [`name=${names}`]),
        ...(dest === undefined ? [] : [`dest=${external_node_path_.resolve(workspace, dest)}`]),
        ...Object.entries(others).map(([key, value]) => `${key}=${value}`),
    ]);
}
/** As buildx: what goes to a registry is not unpacked as well, unless somebody asks for it. */
function withoutUnpacking({ type, attrs }) {
    return { type, attrs: { ...attrs, unpack: attrs['unpack'] ?? 'false' } };
}

;// CONCATENATED MODULE: ./build/buildkit/solve/build-secrets.js


/**
 * As in docker/build-push-action the order is `secret-envs`, `secrets` (and `secrets-yaml`), `secret-files`, and the last of equal ids counts,
 * which alone is passed on. Every value goes by a variable of its own: what buildx inherits lacks some of the step's.
 */
function toSecretFlags({ inputs, workspace, environment, gitAuth }) {
    const given = [
        // One that is not set is the empty secret, as with buildx.
        ...inputs.secretEnvs.map(({ id, variable }) => ({ id, from: { value: environment[variable] ?? '' } })),
        // An empty value is what a fork's pull request sees of a secret: as in build-push-action it counts as not given.
        ...[...inputs.secrets, ...inputs.secretsYaml]
            .filter(({ value }) => value !== '')
            .map(({ id, value }) => ({ id, from: { value } })),
        ...inputs.secretFiles.map(({ id, file }) => ({ id, from: { file: external_node_path_.resolve(workspace, file) } })),
    ];
    const counting = [...new Map(given.map((source) => [source.id, source])).values()];
    const args = [];
    const env = {};
    for (const [index, { id, from }] of counting.entries()) {
        if ('file' in from) {
            args.push('--secret', (0,csv_fields/* renderCsv */.P)([`id=${id}`, `src=${from.file}`]));
            continue;
        }
        const variable = `HOTLAYER_SECRET_${index}`;
        args.push('--secret', (0,csv_fields/* renderCsv */.P)([`id=${id}`, `env=${variable}`]));
        env[variable] = from.value;
    }
    if (gitAuth !== undefined && !hasOwnGitAuth(inputs, gitAuth.host)) {
        // Bound to the host, so that BuildKit shows it to no other (source/git: GIT_AUTH_TOKEN.<host> comes first).
        args.push('--secret', (0,csv_fields/* renderCsv */.P)([`id=GIT_AUTH_TOKEN.${gitAuth.host}`, 'env=HOTLAYER_GIT_AUTH_TOKEN']));
        env['HOTLAYER_GIT_AUTH_TOKEN'] = gitAuth.token;
    }
    return { args, env };
}
/** As there, the other two lists are not asked, unless it is the very same secret. */
function hasOwnGitAuth({ secretEnvs, secrets, secretsYaml, secretFiles }, host) {
    return ([...secrets, ...secretsYaml].some(({ id, value }) => value !== '' && id.startsWith('GIT_AUTH_')) ||
        [...secretEnvs, ...secretFiles].some(({ id }) => id === `GIT_AUTH_TOKEN.${host}`));
}
/** What a user may not expect of these inputs; one sentence each. */
function listSecretNotices({ inputs, environment }) {
    const empty = [...inputs.secrets, ...inputs.secretsYaml]
        .filter(({ value }) => value === '')
        .map(({ id }) => id);
    // The name of the variable is not shown: a value may stand where it belongs.
    const unset = inputs.secretEnvs
        .filter(({ variable }) => environment[variable] === undefined)
        .map(({ id }) => id);
    return [
        ...(empty.length === 0
            ? []
            : [`Secrets without a value are left out: ${empty.join(', ')} (pull requests from forks get none).`]),
        ...(unset.length === 0
            ? []
            : [`Secrets whose variable is not set are empty: ${unset.join(', ')} (input "secret-envs").`]),
    ];
}

// EXTERNAL MODULE: ./build/buildkit/solve/cache-flags.js
var cache_flags = __webpack_require__(5641);
;// CONCATENATED MODULE: ./build/buildkit/solve/build-arguments.js







/** The buildx call of a build, as docker/build-push-action makes it for the same inputs. Pure. */
function toBuildCommand(request) {
    const { inputs, cache, builder, metadataFile, workspace } = request;
    const secrets = toSecretFlags({ ...request, inputs: inputs.build });
    return {
        args: [
            ...['build', '--builder', builder.name, '--progress', 'rawjson', '--metadata-file', metadataFile],
            ...toBuildFlags(request),
            ...secrets.args,
            ...(inputs.build.call === undefined ? toResultFlags(request) : ['--output', 'type=cacheonly']),
            toContext(inputs.build, workspace),
        ],
        env: {
            ...toClientEnvironment(request.environment),
            ...cache.environment,
            ...(cache.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
            ...secrets.env,
            BUILDX_CONFIG: builder.configDirectory,
            BUILDX_METADATA_WARNINGS: 'true',
        },
        notices: listNotices(request),
    };
}
/** Where the result and its cache come from and go to. A question about the build has neither, but buildx would write both. */
function toResultFlags({ inputs, cache, cachedLayers, workspace, attestations }) {
    return [
        ...toOutputEntries(inputs.image, workspace, cachedLayers).flatMap((entry) => ['--output', entry]),
        ...attestations.flatMap((attestation) => ['--attest', renderAttestation(attestation)]),
        ...(0,cache_flags/* toCacheFlags */.bV)(cache),
        ...toRawCacheFlags(inputs.cache),
    ];
}
function toContext({ context }, workspace) {
    return context.kind === 'git' ? context.url : external_node_path_.resolve(workspace, context.path);
}
/**
 * What buildx inherits: it calls Docker's credential helpers, which read a cloud's own variables, so nearly everything,
 * its own switches too (BUILDX_GIT_LABELS, SOURCE_DATE_EPOCH). Not the runner's credentials, nor the inputs, nor another
 * builder or another platform than the cache scope is named by; and not the mark by which it would take itself for a plug-in that docker has started.
 */
const withheld = /^(?:ACTIONS_|INPUT_|STATE_|HOTLAYER_|DOCKER_CLI_PLUGIN_|BUILDER_NODE_|(?:BUILDKIT_HOST|BUILDX_BUILDER|BUILDX_CONFIG|DOCKER_DEFAULT_PLATFORM)$)/;
function toClientEnvironment(environment) {
    const kept = {};
    for (const [name, value] of Object.entries(environment)) {
        if (value === undefined || withheld.test(name))
            continue;
        kept[name] = value;
    }
    return kept;
}
function listNotices(request) {
    const { inputs, isTrial = false } = request;
    return [
        ...listSecretNotices({ ...request, inputs: inputs.build }),
        ...(isTrial || inputs.build.call !== undefined ? [] : describeLoss(inputs.image)),
    ];
}
/** Where the image goes when it is nobody's wish that it goes nowhere. */
function describeLoss(inputs) {
    const outputs = listOutputs(inputs);
    const isMeant = inputs.outputs.some(({ type }) => type === 'cacheonly');
    if (outputs.length === 0) {
        return isMeant
            ? []
            : [
                'No "tags", "push" or "outputs": the build runs and fills the cache, and no image is kept. Give "tags" and "push: true", or "outputs"; "outputs: type=cacheonly" says that this is meant.',
            ];
    }
    const isKept = outputs.some((output) => output.type !== 'image' || pushesImage(output, inputs.push));
    return isKept || isMeant || inputs.tags.length === 0
        ? []
        : [
            'The image is built but neither pushed nor written to a file: give "push: true" or "outputs" to keep it.',
        ];
}

;// CONCATENATED MODULE: ./build/buildkit/solve/bake-arguments.js





/** `buildx bake --print`: the definition as it will be built. Pure. */
function toPrintCommand(request) {
    return {
        args: [
            ...toBegin(request),
            '--print',
            ...toSets([...request.inputs.set, ...toAttestSets(request)]),
            ...toEnd(request),
        ],
        env: toEnvironment(request),
    };
}
/**
 * The buildx call of a bake, as docker/bake-action makes it for the same inputs, with the caches of each target. What is set in a target
 * is set in those that inherit from it too (bake/bake.go), so the caches are not appended: each target has all of its own
 * set, in place of what the definition and the input `set` have, which `--print` has resolved. Pure.
 */
function toBakeCommand(request, targets, { metadataFile, isRepeated = false }) {
    const isForced = targets.some(needsForce);
    const replaced = isForced
        ? /^[^.=]+\.(?:cache-from|cache-to|output)\+?=/
        : /^[^.=]+\.(?:cache-from|cache-to)\+?=/;
    const sets = [
        ...request.inputs.set.filter((entry) => !replaced.test(entry)),
        ...toAttestSets(request),
        ...targets.flatMap(toCacheSets),
        ...(isForced ? targets.flatMap(toOutputSets) : []),
        ...targets.flatMap(({ target, attestations }) => attestations.map((attestation) => `${target.name}.attest=${renderAttestation(attestation)}`)),
        // The daemon has done it a moment ago, and takes all steps from itself. A flag would come after what is set.
        ...(isRepeated ? ['*.no-cache=false', '*.pull=false'] : []),
    ];
    const { cache } = targets[0] ?? {};
    const { inputs } = request;
    const asked = isRepeated ? { ...request, inputs: { ...inputs, noCache: false, pull: false } } : request;
    return {
        args: [...toBegin(asked), '--metadata-file', metadataFile, ...toSets(sets), ...toEnd(request)],
        env: {
            ...toEnvironment(request),
            ...cache?.environment,
            ...(cache?.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
            BUILDX_CONFIG: request.builder.configDirectory,
            BUILDX_METADATA_WARNINGS: 'true',
        },
    };
}
/** Entries of a target that stay; those of the Actions cache are ours to choose. */
function keepEntries(entries) {
    return entries.filter(({ type }) => type !== 'gha');
}
/** As the flags `--provenance` and `--sbom` of buildx: the last of a type counts. */
function toAttestSets({ attestations }) {
    return attestations.map((attestation) => `*.attest=${renderAttestation(attestation)}`);
}
function toBegin({ inputs, builder }) {
    const { files, vars, allow, call, noCache, pull, load, push } = inputs;
    return [
        ...['bake', '--builder', builder.name, '--progress', 'rawjson'],
        ...files.flatMap((file) => ['--file', file]),
        ...vars.flatMap((entry) => ['--var', entry]),
        // As docker/bake-action: what a workflow may read and write, its bake may too.
        ...['--allow', 'fs=*'],
        ...allow.flatMap((entry) => ['--allow', entry]),
        ...(call === undefined ? [] : ['--call', call.text]),
        ...(noCache ? ['--no-cache'] : []),
        ...(pull ? ['--pull'] : []),
        ...(load ? ['--load'] : []),
        ...(push ? ['--push'] : []),
    ];
}
function toEnd({ inputs, remote }) {
    return [...(remote === undefined ? [] : [remote]), ...inputs.targets];
}
function toEnvironment({ environment, builder, gitToken }) {
    const own = environment['BUILDX_BAKE_GIT_AUTH_TOKEN'];
    return {
        ...toClientEnvironment(environment),
        ...(own !== undefined || gitToken === undefined ? {} : { BUILDX_BAKE_GIT_AUTH_TOKEN: gitToken }),
        BUILDX_CONFIG: builder.configDirectory,
    };
}
/** An empty value takes away what there is. */
function toCacheSets({ target, cache }) {
    const from = [...keepEntries(target.cacheFrom), ...cache.imports];
    const to = [...keepEntries(target.cacheTo), ...(cache.export === undefined ? [] : [cache.export])];
    return [...toValues(`${target.name}.cache-from`, from), ...toValues(`${target.name}.cache-to`, to)];
}
function toValues(key, entries) {
    return entries.length === 0 ? [`${key}=`] : entries.map((entry) => `${key}=${(0,cache_flags/* renderCacheEntry */.Nx)(entry)}`);
}
/** Layers of the cache may be compressed in another way than those that the target puts out without one. */
function toOutputSets({ target, cachedLayers }) {
    if (target.isLinked)
        return [];
    return target.outputs.map((output) => {
        const isForced = decideRemedy(toImage(output), cachedLayers) === 'force';
        const { type, attrs } = output;
        const all = isForced ? { ...attrs, 'force-compression': 'true' } : attrs;
        const fields = Object.entries(all).map(([name, value]) => `${name}=${value}`);
        return `${target.name}.output=${(0,csv_fields/* renderCsv */.P)([`type=${type}`, ...fields])}`;
    });
}
function needsForce({ target, cachedLayers }) {
    return target.outputs.some((output) => decideRemedy(toImage(output), cachedLayers) === 'force');
}
/** `registry` is an image that is pushed. */
function toImage(output) {
    return output.type === 'registry' ? { ...output, type: 'image' } : output;
}
function toSets(entries) {
    return entries.flatMap((entry) => ['--set', entry]);
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
;// CONCATENATED MODULE: ./build/buildkit/trace/trace-facts.js
/**
 * Steps are the Dockerfile's instructions that make a layer: RUN, COPY, ADD, WORKDIR. The frontend names them
 * `[stage 2/5] RUN …`, with the platform before the stage in a multi-platform build. A FROM pulls and is not counted; nor
 * are `[internal]`, `[auth]`, imports and exports.
 */
function isStep(vertex) {
    return /^\[(?:[^\]]* )?\d+\/\d+\] (?!FROM\b)/.test(vertex.name);
}
function countSteps(vertices) {
    const steps = vertices.filter(isStep);
    return {
        cachedSteps: steps.filter(({ cached }) => cached).length,
        totalSteps: steps.length,
        lostSteps: steps.filter(({ isLost }) => isLost).length,
    };
}
/**
 * The same of a target of a bake. A step that targets share may be there twice, once as each of two targets sees it
 * (their contexts differ by the files that are sent): BuildKit runs one of them, and calls the other cached.
 */
function countSharedSteps(vertices) {
    const all = vertices.filter(isStep);
    const steps = [...new Set(all.map(({ name }) => name))].map((name) => {
        const same = all.filter((vertex) => vertex.name === name);
        const begun = same.filter(hasBegun);
        return begun.length === 0 ? same : begun;
    });
    return {
        cachedSteps: steps.filter((same) => same.every(({ cached }) => cached)).length,
        totalSteps: steps.length,
        lostSteps: steps.filter((same) => same.some(({ isLost }) => isLost)).length,
    };
}
/** BuildKit has said something of it, beyond that it is there. */
function hasBegun({ isStarted, isCompleted, isLost, cached }) {
    return isStarted || isCompleted || isLost || cached;
}
/** In a bake the name of the target stands before it. */
function isCacheImport({ name }) {
    return /^(?:\[[\w-]+\] )?importing cache manifest from /.test(name);
}
/** Of the result, and of a cache as well: its own names are told apart before. */
function isExport({ name }) {
    return /^(?:\[[\w-]+\] )?exporting to /.test(name);
}
/**
 * With `ignore-error=true` BuildKit ends the build well and leaves the failure on the export's vertex only.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 * @param all what the daemon did meanwhile, where that is more than this build
 */
function findCacheExport(vertices, exporters, all = vertices) {
    const [vertex, another] = vertices.filter(({ name }) => exporters.includes(name));
    if (vertex === undefined)
        return { kind: 'none' };
    // A frontend may give any name to what it builds.
    if (another !== undefined)
        return { kind: 'failed', reason: 'two parts of the build claim to be its export' };
    if (vertex.error !== undefined)
        return { kind: 'failed', reason: firstLine(vertex.error) };
    if (!vertex.isCompleted)
        return { kind: 'failed', reason: 'it was interrupted' };
    const names = vertex.tasks.map(({ id }) => id);
    const layersWritten = names.filter((name) => name.startsWith('writing layer ')).length;
    return {
        kind: 'exported',
        layersWritten,
        manifest: findManifest(names),
        window: findWindow(vertex, all),
    };
}
/**
 * All that a build has exported to caches: manifests by their digests, and when it exported where there are none.
 *
 * @param exporters names under which BuildKit exports, with manifests (`named`) and without
 */
function listExported(vertices, exporters) {
    // A part of the build proper may have any name, and BuildKit's exports stand on nothing.
    const done = vertices.filter(({ hasInputs, isCompleted, error }) => !hasInputs && isCompleted && error === undefined);
    const named = done.filter(({ name }) => exporters.named.includes(name));
    const timed = done.filter(({ name }) => exporters.timed.includes(name));
    return {
        manifests: named.flatMap(({ tasks }) => findManifest(tasks.map(({ id }) => id)) ?? []),
        windows: timed.flatMap((vertex) => findWindow(vertex, vertices) ?? []),
    };
}
/** BuildKit names what it pushes (cache/remotecache/export.go, Finalize); more than one is none. */
function findManifest(tasks) {
    const digests = tasks.flatMap((task) => /^writing cache (?:image )?manifest (sha256:[0-9a-f]{64})$/.exec(task)?.[1] ?? []);
    return digests.length === 1 ? digests[0] : undefined;
}
/** Whatever ran beside the export could have written to the cache: only without any step the time tells who did. */
function findWindow(exporter, vertices) {
    const { startedMs: fromMs, completedMs: toMs } = exporter;
    if (fromMs === undefined || toMs === undefined || exporter.hasInputs)
        return undefined;
    const isAlone = vertices.every(({ hasInputs, isStarted, completedMs }) => !hasInputs || !isStarted || (completedMs !== undefined && completedMs <= fromMs));
    return isAlone ? { fromMs, toMs } : undefined;
}
/** Why imports failed; a build goes on without them. A cache scope that is merely empty is no error. */
function listImportErrors(vertices) {
    const errors = vertices
        .filter(isCacheImport)
        .flatMap(({ error }) => (error === undefined ? [] : [firstLine(error)]));
    return [...new Set(errors)];
}
function firstLine(text) {
    return text.split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./build/buildkit/trace/build-times.js

/**
 * BuildKit does much side by side. A moment in which more than one thing went on counts for the first of this order:
 * layers (steps and exports that need them have begun, and wait for them), steps, cache, image.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 */
function measureBuildTimes(vertices, exporters) {
    const pulls = vertices.flatMap(({ tasks }) => tasks.filter(({ id }) => /^(?:extracting )?sha\d+:/.test(id)));
    const runs = (matches) => vertices.filter(matches).flatMap((vertex) => vertex.runs);
    // What a cached step takes, it takes for its layers.
    const layers = [...pulls, ...runs((vertex) => isFrom(vertex) || (isStep(vertex) && vertex.cached))];
    const steps = [...layers, ...runs((vertex) => isStep(vertex) && !vertex.cached)];
    const cache = [...steps, ...runs((vertex) => isCacheImport(vertex) || exporters.includes(vertex.name))];
    const all = [...cache, ...runs(isExport)];
    const [ofLayers, ofSteps, ofCache, ofAll] = [layers, steps, cache, all].map(measureUnion);
    return {
        layers: ofLayers ?? 0,
        steps: (ofSteps ?? 0) - (ofLayers ?? 0),
        cache: (ofCache ?? 0) - (ofSteps ?? 0),
        imageExport: (ofAll ?? 0) - (ofCache ?? 0),
    };
}
/** Of two builds, one after the other. */
function addBuildTimes(first, second) {
    return {
        layers: first.layers + second.layers,
        steps: first.steps + second.steps,
        cache: first.cache + second.cache,
        imageExport: first.imageExport + second.imageExport,
    };
}
function isFrom({ name }) {
    return /^\[[^\]]*\] FROM\b/.test(name);
}
/** Seconds in which at least one of the spans was going on. */
function measureUnion(spans) {
    let milliseconds = 0;
    let end = Number.NEGATIVE_INFINITY;
    for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
        milliseconds += Math.max(span.endMs - Math.max(span.startMs, end), 0);
        end = Math.max(end, span.endMs);
    }
    return milliseconds / 1000;
}

;// CONCATENATED MODULE: ./build/buildkit/trace/lint-result.js

/**
 * What `call: check` found, in the form in which a build warns of it. A check has it in its answer only, not in its trace
 * (frontend/subrequests/lint of BuildKit).
 *
 * @param answer buildx's metadata
 */
function listLintWarnings(answer) {
    const result = readResult((0,build_json/* readField */.dR)(answer, 'result.json'));
    const sources = readList((0,build_json/* readField */.dR)(result, 'sources'));
    return readList((0,build_json/* readField */.dR)(result, 'warnings')).map((warning) => {
        const [range] = readList((0,build_json/* readField */.dR)(warning, 'location', 'ranges'));
        const line = (0,build_json/* readNumber */.kz)(range, 'start', 'line');
        const rule = (0,build_json/* readString */.E3)(warning, 'ruleName') ?? 'Warning';
        const found = (0,build_json/* readString */.E3)(warning, 'detail') ?? '';
        const description = (0,build_json/* readString */.E3)(warning, 'description');
        return {
            text: `${rule}: ${found}${line === undefined ? '' : ` (line ${line})`}`,
            detail: description === undefined ? [] : [description],
            url: (0,build_json/* readString */.E3)(warning, 'url'),
            // JSON of Go leaves a zero out.
            file: (0,build_json/* readString */.E3)(sources[(0,build_json/* readNumber */.kz)(warning, 'location', 'sourceIndex') ?? 0], 'filename'),
            line,
        };
    });
}
/** buildx writes what is JSON as JSON. */
function readResult(value) {
    return typeof value === 'string' ? (0,build_json/* parseJson */.qF)(value) : value;
}
function readList(value) {
    return Array.isArray(value) ? value.filter(build_json/* isRecord */.u4) : [];
}

;// CONCATENATED MODULE: ./build/buildkit/trace/misses.js

/** Where the cache ended: all other steps that ran stand on one of these. In the order of the build's own list of steps. */
function listFirstMisses(vertices) {
    const byDigest = new Map(vertices.map((vertex) => [vertex.digest, vertex]));
    const hasRun = (vertex) => vertex !== undefined && isStep(vertex) && !vertex.cached && (vertex.isStarted || vertex.isLost);
    return vertices
        .filter((vertex) => hasRun(vertex) && !vertex.inputs.some((digest) => hasRun(byDigest.get(digest))))
        .toSorted((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0))
        .map(({ name, inputs, isLost }) => {
        const before = inputs
            .map((digest) => byDigest.get(digest))
            .find((vertex) => vertex !== undefined && isStep(vertex));
        return { name, before: before?.name, isLost };
    });
}

;// CONCATENATED MODULE: ./build/buildkit/trace/trace-tasks.js
/** Tasks other than pulls and extractions are told from here on: shorter ones are many. */
const toldSeconds = 0.1;
const pullId = /^sha(?:256|512):[0-9a-f]+$/;
/** The line of a task that has ended, so that no time goes missing in the log; undefined: not worth one. */
function renderTask({ id, bytes, startMs, endMs }) {
    const seconds = (endMs - startMs) / 1000;
    const what = shortenDigests(id).replace(/:?\s*$/, '');
    const size = bytes === 0 ? '' : ` ${renderBytes(bytes)}`;
    const time = `${size} in ${seconds.toFixed(1)} s`;
    if (pullId.test(id))
        return `pulled ${what}${time}`;
    if (id.startsWith('extracting '))
        return `${what.replace('extracting', 'extracted')}${time}`;
    return seconds < toldSeconds ? undefined : `${what}${time}`;
}
function shortenDigests(text) {
    return text.replace(/(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+/g, '$1…');
}
function renderBytes(bytes) {
    if (bytes < 1024)
        return `${bytes} B`;
    if (bytes < 1024 ** 2)
        return `${(bytes / 1024).toFixed(1)} KiB`;
    return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

;// CONCATENATED MODULE: ./build/buildkit/trace/progress-log.js


/** Writes a build's events as lines of the log: a step's name when it starts, its output, and how it ended. */
class ProgressLog {
    #log;
    #dockerfile;
    #annotates;
    /** Output after the last newline, by vertex. */
    #pending = new Map();
    /**
     * @param dockerfile its path in the workspace, for annotations; without it no warning points to a file
     * @param annotates false: warnings are lines of the log
     */
    constructor(log, dockerfile, annotates = true) {
        this.#log = log;
        this.#dockerfile = dockerfile;
        this.#annotates = annotates;
    }
    write(event) {
        switch (event.kind) {
            case 'started':
                // A cached vertex starts and ends in one breath: its end says it all.
                if (!event.vertex.cached)
                    this.#log.info(`#${event.vertex.number} ${toTitle(event.vertex)}`);
                return;
            case 'output':
                this.#writeOutput(event.vertex, event.text);
                return;
            case 'completed':
                this.#flush(event.vertex);
                this.#log.info(renderEnd(event.vertex));
                return;
            case 'task': {
                const text = renderTask(event.task);
                if (text !== undefined)
                    this.#log.info(`#${event.number} ${text}`);
                return;
            }
            case 'lost':
                this.#log.info(`#${event.vertex.number} its cached layer is gone: it is run again`);
                return;
            case 'warning':
                this.#writeWarning(event.warning);
                return;
            case 'text':
                if (event.line.trim() !== '')
                    this.#log.info(event.line);
                return;
            default:
                event;
        }
    }
    #writeOutput(vertex, text) {
        const [first = '', ...others] = text.split('\n');
        const last = others.pop();
        // Not looked at again before it is whole: a line may come in many thousand pieces.
        const begun = `${this.#pending.get(vertex.digest) ?? ''}${first}`;
        this.#pending.set(vertex.digest, last ?? begun);
        if (last === undefined)
            return;
        for (const line of [begun, ...others])
            this.#writeLine(vertex, line);
    }
    #writeLine(vertex, line) {
        // A progress bar redraws its line with \r: only its last state is worth a line.
        const shown = line.replace(/\r$/, '').split('\r').at(-1) ?? '';
        this.#log.info(`#${vertex.number} | ${shown}`);
    }
    #flush(vertex) {
        const rest = this.#pending.get(vertex.digest) ?? '';
        this.#pending.delete(vertex.digest);
        if (rest !== '')
            this.#writeLine(vertex, rest);
    }
    #writeWarning({ text, detail, url, file, line }) {
        const more = [...detail, ...(url === undefined ? [] : [url])].join(' ');
        const message = more === '' ? text : `${text}: ${more}`;
        const title = 'Dockerfile';
        // A frontend of one's own, or a context of another name, may warn of another file than the one that was given.
        const dockerfile = this.#dockerfile;
        if (!this.#annotates) {
            this.#log.info(`${[file, line].filter((part) => part !== undefined).join(':')} ${message}`.trim());
        }
        else if (file !== undefined && dockerfile !== undefined && isSameName(file, dockerfile)) {
            const place = line === undefined ? {} : { startLine: line };
            this.#log.warning(message, { title, file: dockerfile, ...place });
        }
        else {
            const place = [file, line].filter((part) => part !== undefined).join(':');
            this.#log.warning(place === '' ? message : `${place}: ${message}`, { title });
        }
    }
}
function renderEnd(vertex) {
    const { number, error, cached, seconds } = vertex;
    if (error !== undefined)
        return `#${number} FAILED after ${seconds.toFixed(1)} s: ${error.split('\n', 1)[0] ?? ''}`;
    if (cached)
        return `#${number} ${toTitle(vertex)} CACHED`;
    return `#${number} done in ${seconds.toFixed(1)} s`;
}
function toTitle({ name }) {
    return name
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .join(' ');
}
/** The frontend knows the Dockerfile by its name alone, and takes `dockerfile` for `Dockerfile` too. */
function isSameName(file, dockerfile) {
    return file.toLowerCase() === external_node_path_.basename(dockerfile).toLowerCase();
}

;// CONCATENATED MODULE: ./build/buildkit/trace/timeline.js

/**
 * What a build did and when, in the order of its begins: steps, and what BuildKit did for them. Layers are told as one
 * pull and one extraction for each vertex that needed them.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 */
function listTimeline(vertices, exporters) {
    const times = vertices.flatMap(({ runs, tasks, startedMs }) => [
        ...[...runs, ...tasks].flatMap(({ startMs, endMs }) => [startMs, endMs]),
        ...(startedMs === undefined ? [] : [startedMs]),
    ]);
    // A vertex without times is at 0: nobody knows when it was.
    const known = times.filter((time) => time > 0);
    const beginMs = known.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const lastMs = known.reduce((most, time) => Math.max(most, time), 0);
    return vertices
        .filter(({ isStarted, isLost }) => isStarted || isLost)
        .flatMap((vertex) => toBars(vertex, exporters, lastMs))
        .filter(({ startMs }) => startMs > 0)
        .map((bar) => ({
        ...bar,
        startMs: bar.startMs - beginMs,
        endMs: Math.max(bar.endMs, bar.startMs) - beginMs,
    }))
        .toSorted((a, b) => a.startMs - b.startMs);
}
function toBars(vertex, exporters, lastMs) {
    const { name, cached } = vertex;
    const layers = toLayerBars(vertex);
    if (isStep(vertex)) {
        // A cached step takes no time but for its layers.
        if (cached)
            return [...layers, ...toBar(vertex, 'cached', lastMs).map((bar) => ({ ...bar, endMs: bar.startMs }))];
        return [...layers, ...toBar(vertex, 'ran', lastMs)];
    }
    if (isCacheImport(vertex))
        return toBar({ ...vertex, name: 'read the cache index' }, 'cache import', lastMs);
    if (exporters.includes(name))
        return toBar({ ...vertex, name: 'export the cache' }, 'cache export', lastMs);
    if (isExport(vertex))
        return toExportBars(vertex, lastMs);
    if (/^\[[^\]]*\] FROM\b/.test(name))
        return layers.length > 0 ? layers : toBar(vertex, 'layers', lastMs);
    return toBar({ ...vertex, name: name.replace(/^\[internal\] /, '') }, 'prepare', lastMs);
}
/** Pushing is another matter than making the image, and has tasks of its own. */
function toExportBars(vertex, lastMs) {
    const pushes = vertex.tasks.filter(({ id }) => id.startsWith('pushing '));
    const pushed = joinTasks(pushes);
    const image = toBar({ ...vertex, name: vertex.name.replace('exporting to ', 'export to ') }, 'image', lastMs);
    if (pushed === undefined)
        return image;
    const isFailed = vertex.error !== undefined;
    const push = {
        section: 'push',
        name: 'push the image',
        ...pushed,
        end: isFailed ? 'failed' : 'done',
    };
    return [
        ...image.map((bar) => ({
            ...bar,
            endMs: Math.max(bar.startMs, Math.min(bar.endMs, pushed.startMs)),
            end: 'done',
        })),
        push,
    ];
}
function toLayerBars({ tasks, name }) {
    const kinds = [
        { what: 'pull', own: tasks.filter(({ id }) => /^sha\d+:/.test(id)) },
        { what: 'extract', own: tasks.filter(({ id }) => /^extracting sha\d+:/.test(id)) },
    ];
    return kinds.flatMap(({ what, own }) => {
        const span = joinTasks(own);
        if (span === undefined)
            return [];
        const count = own.length === 1 ? '1 layer' : `${own.length} layers`;
        return [{ section: 'layers', name: `${what} ${count} for ${name}`, ...span, end: 'done' }];
    });
}
function joinTasks(tasks) {
    const known = tasks.filter(({ startMs }) => startMs > 0);
    if (known.length === 0)
        return undefined;
    return {
        startMs: Math.min(...known.map(({ startMs }) => startMs)),
        endMs: Math.max(...known.map(({ endMs }) => endMs)),
    };
}
/** From its first begin to its last end. */
function toBar({ name, runs, startedMs, isCompleted, error }, section, lastMs) {
    const startMs = runs.reduce((least, run) => Math.min(least, run.startMs), startedMs ?? Number.POSITIVE_INFINITY);
    if (!Number.isFinite(startMs))
        return [];
    const endMs = isCompleted ? runs.reduce((most, run) => Math.max(most, run.endMs), startMs) : lastMs;
    const isCut = !isCompleted || /context canceled|CANCELED/.test(error ?? '');
    return [{ section, name, startMs, endMs, end: isCut ? 'cut' : error === undefined ? 'done' : 'failed' }];
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./build/buildkit/trace/trace-message.js

/** The message of a line, or undefined when the line is plain text, as buildx's own errors are. */
function parseTraceLine(line) {
    if (!line.startsWith('{'))
        return undefined;
    const value = (0,build_json/* parseJson */.qF)(line);
    if (!(0,build_json/* isRecord */.u4)(value))
        return undefined;
    return {
        vertices: readRecords(value['vertexes']).map(toVertex),
        statuses: readRecords(value['statuses']).map(toStatus),
        logs: readRecords(value['logs']).map((log) => ({
            vertex: (0,build_json/* readString */.E3)(log, 'vertex') ?? '',
            stream: (0,build_json/* readNumber */.kz)(log, 'stream') ?? 0,
            bytes: Buffer.from((0,build_json/* readString */.E3)(log, 'data') ?? '', 'base64'),
        })),
        warnings: readRecords(value['warnings']).map(toWarning),
    };
}
function toVertex(vertex) {
    return {
        digest: (0,build_json/* readString */.E3)(vertex, 'digest') ?? '',
        name: (0,build_json/* readString */.E3)(vertex, 'name') ?? '',
        hasInputs: readRecords((0,build_json/* readField */.dR)(vertex, 'inputs')).length > 0,
        inputs: readRecords((0,build_json/* readField */.dR)(vertex, 'inputs')).filter((input) => typeof input === 'string'),
        cached: (0,build_json/* readField */.dR)(vertex, 'cached') === true,
        started: (0,build_json/* readString */.E3)(vertex, 'started'),
        completed: (0,build_json/* readString */.E3)(vertex, 'completed'),
        error: (0,build_json/* readString */.E3)(vertex, 'error'),
    };
}
function toStatus(status) {
    return {
        id: (0,build_json/* readString */.E3)(status, 'id') ?? '',
        vertex: (0,build_json/* readString */.E3)(status, 'vertex') ?? '',
        current: (0,build_json/* readNumber */.kz)(status, 'current') ?? 0,
        started: (0,build_json/* readString */.E3)(status, 'started'),
        completed: (0,build_json/* readString */.E3)(status, 'completed'),
    };
}
function toWarning(warning) {
    const [range] = readRecords((0,build_json/* readField */.dR)(warning, 'range'));
    const detail = (0,build_json/* readField */.dR)(warning, 'detail');
    return {
        text: decode((0,build_json/* readString */.E3)(warning, 'short')),
        detail: Array.isArray(detail)
            ? detail.map((line) => decode(typeof line === 'string' ? line : undefined))
            : [],
        url: (0,build_json/* readString */.E3)(warning, 'url'),
        file: (0,build_json/* readString */.E3)(warning, 'sourceInfo', 'filename'),
        line: (0,build_json/* readNumber */.kz)(range, 'start', 'line'),
    };
}
function readRecords(value) {
    return Array.isArray(value) ? value : [];
}
/** Go writes []byte as base64. */
function decode(base64) {
    return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}

;// CONCATENATED MODULE: ./build/buildkit/trace/trace.js


/** The state of one build, fed line by line; each line answers what is new. Pure: no clock, no output. */
class BuildTrace {
    #vertices = new Map();
    #warnings = new Map();
    #text = [];
    /** By vertex and stream. */
    #decoders = new Map();
    add(line) {
        const message = parseTraceLine(line);
        if (message !== undefined)
            return this.addMessage(message);
        this.#text.push(line);
        return [{ kind: 'text', line }];
    }
    addMessage(message) {
        const changes = message.vertices.flatMap((update) => this.#update(update));
        const tasks = message.statuses.flatMap((status) => this.#endTask(status));
        // The tasks of a vertex end before it does.
        const started = changes.filter(({ kind }) => kind === 'started');
        const events = [...started, ...tasks, ...changes.filter(({ kind }) => kind !== 'started')];
        for (const piece of message.logs) {
            const vertex = this.#vertices.get(piece.vertex);
            if (vertex === undefined)
                continue;
            const text = this.#decode(piece);
            vertex.output += text;
            events.push({ kind: 'output', vertex, text });
        }
        for (const warning of message.warnings) {
            // The same finding comes again with every platform and every solve.
            const identity = `${warning.file}:${warning.line}:${warning.text}`;
            if (this.#warnings.has(identity))
                continue;
            this.#warnings.set(identity, warning);
            events.push({ kind: 'warning', warning });
        }
        return events;
    }
    get vertices() {
        return [...this.#vertices.values()];
    }
    get warnings() {
        return [...this.#warnings.values()];
    }
    /** Lines outside the trace, in order. */
    get text() {
        return this.#text;
    }
    #decode({ vertex, stream, bytes }) {
        const key = `${stream} ${vertex}`;
        const decoder = this.#decoders.get(key) ?? new external_node_string_decoder_.StringDecoder('utf8');
        this.#decoders.set(key, decoder);
        return decoder.write(bytes);
    }
    #update(update) {
        const vertex = this.#find(update);
        const events = [];
        if (update.cached)
            vertex.cached = true;
        if (update.hasInputs)
            vertex.hasInputs = true;
        if (update.inputs.length > 0)
            vertex.inputs = update.inputs;
        vertex.startedMs ??= toMilliseconds(update.started);
        if (update.started !== undefined && !vertex.isStarted) {
            vertex.isStarted = true;
            events.push({ kind: 'started', vertex });
        }
        if (update.completed === undefined)
            return events;
        vertex.error = update.error;
        if (vertex.cached && update.error !== undefined) {
            // The index named a layer that is no longer there: the solver runs the step after all.
            vertex.cached = false;
            vertex.isLost = true;
            vertex.isStarted = false;
            vertex.isCompleted = false;
            vertex.completedMs = undefined;
            return [...events, { kind: 'lost', vertex }];
        }
        const run = toSpan(update.started, update.completed);
        vertex.runs.push(run);
        vertex.seconds += (run.endMs - run.startMs) / 1000;
        // BuildKit runs some vertices twice (the Dockerfile's transfer, for one): the first end is told, and any error.
        if (!vertex.isCompleted || update.error !== undefined)
            events.push({ kind: 'completed', vertex });
        vertex.isCompleted = true;
        vertex.completedMs ??= toMilliseconds(update.completed);
        return events;
    }
    #endTask({ vertex: digest, id, current, started, completed }) {
        const vertex = this.#vertices.get(digest);
        // BuildKit says more than once that a task has ended.
        if (vertex === undefined || completed === undefined || vertex.tasks.some((task) => task.id === id))
            return [];
        const task = { id, bytes: current, ...toSpan(started, completed) };
        vertex.tasks.push(task);
        return [{ kind: 'task', number: vertex.number, task }];
    }
    #find({ digest, name }) {
        const known = this.#vertices.get(digest);
        if (known !== undefined)
            return known;
        const vertex = {
            digest,
            number: this.#vertices.size + 1,
            name,
            hasInputs: false,
            inputs: [],
            cached: false,
            isLost: false,
            isStarted: false,
            isCompleted: false,
            startedMs: undefined,
            completedMs: undefined,
            seconds: 0,
            error: undefined,
            output: '',
            runs: [],
            tasks: [],
        };
        this.#vertices.set(digest, vertex);
        return vertex;
    }
}
/** A span without a start, or of a clock that was set back, is empty. */
function toSpan(started, completed) {
    const end = Date.parse(completed);
    const start = started === undefined ? end : Date.parse(started);
    return Number.isFinite(start) && Number.isFinite(end)
        ? { startMs: Math.min(start, end), endMs: end }
        : { startMs: 0, endMs: 0 };
}
/** Whole ones, as Date.now() counts them. */
function toMilliseconds(time) {
    const milliseconds = Date.parse(time ?? '');
    return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds);
}

;// CONCATENATED MODULE: ./build/buildkit/trace/target-traces.js


/**
 * The traces of a bake's targets, each as if it were built alone. buildx gives all in one stream, with the name of the
 * target before that of each vertex where there are several (util/progress/multiwriter.go): `[app stage 1/2] …`,
 * `[app] exporting …`. A vertex that targets share comes once for each, under one digest.
 */
class TargetTraces {
    #traces;
    /** @param names of all targets */
    constructor(names) {
        this.#traces = new Map(names.map((name) => [name, new BuildTrace()]));
    }
    add(line) {
        const message = parseTraceLine(line);
        if (message === undefined)
            return;
        for (const [target, trace] of this.#traces)
            trace.addMessage(this.#select(message, target, trace));
    }
    verticesOf(target) {
        return this.#traces.get(target)?.vertices ?? [];
    }
    #select(message, target, trace) {
        const isOnly = this.#traces.size === 1;
        const vertices = isOnly
            ? message.vertices
            : message.vertices.flatMap((vertex) => {
                const name = findOwnName(vertex.name, target);
                return name === undefined ? [] : [{ ...vertex, name }];
            });
        const known = new Set([...trace.vertices, ...vertices].map(({ digest }) => digest));
        // What steps print is told by the trace of all.
        return {
            vertices,
            statuses: message.statuses.filter(({ vertex }) => known.has(vertex)),
            logs: [],
            warnings: [],
        };
    }
}
/** The name that a vertex has where the target is built alone; undefined: it is of another one. */
function findOwnName(name, target) {
    if (name.startsWith(`[${target}] `))
        return name.slice(target.length + 3);
    return name.startsWith(`[${target} `) ? `[${name.slice(target.length + 2)}` : undefined;
}

;// CONCATENATED MODULE: ./build/buildkit/solve/bake-result.js



/** Follows a bake by its targets. */
class BakeTraces {
    #targets;
    #traces;
    constructor(targets) {
        this.#targets = targets;
        this.#traces = new TargetTraces(targets.map(({ name }) => name));
    }
    add(line) {
        this.#traces.add(line);
    }
    /** The names of all cache exports in the trace of the whole bake. */
    get exporters() {
        const isOnly = this.#targets.length === 1;
        return this.#targets.flatMap(({ name, words }) => words.exporters.map((exporter) => (isOnly ? exporter : `[${name}] ${exporter}`)));
    }
    /** @param all the vertices of the whole bake */
    toResults(all) {
        const byDigest = new Map(all.map((vertex) => [vertex.digest, vertex]));
        return this.#targets.map(({ name, words }) => {
            // What another target got first may be told in its part of the stream alone.
            const vertices = this.#traces.verticesOf(name).map((vertex) => {
                const shared = hasBegun(vertex) ? undefined : byDigest.get(vertex.digest);
                return shared === undefined ? vertex : { ...shared, name: vertex.name };
            });
            return {
                name,
                steps: countSharedSteps(vertices),
                cacheExport: findCacheExport(vertices, words.exporters, all),
                firstMisses: listFirstMisses(vertices),
            };
        });
    }
}
/** A step that targets share counts for each of them. The export of all has come to its end when each one has. */
function sumUp(targets) {
    const sum = (count) => targets.reduce((total, { steps }) => total + steps[count], 0);
    const failed = targets.find(({ cacheExport }) => cacheExport.kind === 'failed');
    const missing = targets.find(({ cacheExport }) => cacheExport.kind === 'none');
    const [first] = targets;
    return {
        targets,
        steps: { cachedSteps: sum('cachedSteps'), totalSteps: sum('totalSteps'), lostSteps: sum('lostSteps') },
        cacheExport: (failed ?? missing ?? first)?.cacheExport ?? { kind: 'none' },
        firstMisses: targets.flatMap(({ firstMisses }) => firstMisses),
    };
}

// EXTERNAL MODULE: ./build/buildkit/solve/push-failure.js
var push_failure = __webpack_require__(7186);
;// CONCATENATED MODULE: ./build/buildkit/solve/build-failure.js



/**
 * Why a build failed, from its trace and buildx's last words.
 *
 * @param cacheFaults what BuildKit says when it cannot read the cache of this build
 */
function classifyBuildFailure({ vertices, text }, cacheFaults) {
    const reason = findReason(text) ?? vertices.findLast(({ error }) => error !== undefined)?.error ?? 'no reason given';
    const failed = vertices.find((vertex) => isStep(vertex) && vertex.error !== undefined && !isCancelled(vertex.error)) ??
        vertices.find(({ error }) => error !== undefined && !isCancelled(error));
    const exitCode = /did not complete successfully: exit code: (\d+)/.exec(reason)?.[1];
    return {
        kind: toKind(reason, text, failed, cacheFaults),
        reason,
        instruction: findInstruction(text, failed),
        location: text.find((line) => /^[^\s:]+:\d+$/.test(line)),
        excerpt: findExcerpt(text),
        exitCode: exitCode === undefined ? undefined : Number(exitCode),
        output: toLines(failed?.output ?? ''),
        clippedAt: findClipLimit(failed?.output ?? ''),
    };
}
/** What a reader of the failing step's output must know: undefined when all of it is there. */
function renderClipNotice({ clippedAt }) {
    if (clippedAt === undefined)
        return undefined;
    return `A part of the step's output is missing: BuildKit clipped it at its limit of ${clippedAt}. To see all of it, raise BUILDKIT_STEP_LOG_MAX_SIZE (bytes a step) and BUILDKIT_STEP_LOG_MAX_SPEED (bytes a second) in the job's "env"; -1 lifts a limit.`;
}
/** The error of the action's step: what failed, where, how, and the last lines it said. */
function toBuildError(failure) {
    const { kind, instruction, location, exitCode, output } = failure;
    const lines = output.slice(-10);
    const clipNotice = renderClipNotice(failure);
    const tail = [
        lines.length === 0 ? '' : `\nIts last output:\n${lines.join('\n')}`,
        clipNotice === undefined ? '' : `\n${clipNotice}`,
    ].join('');
    // Of a bake.
    const target = /^target [\w-]+: /.exec(failure.reason)?.[0] ?? '';
    const reason = exitCode === undefined ? failure.reason : `${target}exit code ${exitCode}`;
    switch (kind) {
        case 'dockerfile': {
            const place = location === undefined ? '' : ` at ${location}`;
            const what = instruction === undefined ? '' : `, ${instruction}`;
            return new errors/* ToolError */.v4('build-dockerfile', `The build failed${place}${what}: ${reason}${tail}`);
        }
        case 'cache':
            return new errors/* ToolError */.v4('build-cache', `The build failed because a cached layer could not be read: ${build_failure_firstLine(reason)}`);
        case 'daemon':
            return new errors/* ToolError */.v4('build-daemon', `The connection to buildkitd broke during the build: ${reason}`);
        case 'push':
            return new errors/* ToolError */.v4('build-push', `The image was built but not pushed: ${reason}\n${adviseOnPush(failure)}`);
        case 'load':
            return new errors/* ToolError */.v4('build-load', `The image was built but not loaded into Docker: its engine stopped reading (${reason})\nLook at the log of the Docker engine: whether it still runs, and whether its disk is full.`);
        case 'check':
            return new errors/* ToolError */.v4('build-check', reason);
        case 'other':
            return new errors/* ToolError */.v4('build-failed', `The build failed: ${reason}${tail}`);
        default:
            return kind;
    }
}
function adviseOnPush(failure) {
    return (0,push_failure/* classifyPushFailure */.h)(failure).kind === 'passing'
        ? 'The registry or the way to it is in trouble: run the job again later; "push-retries" says how often a push is made again.'
        : 'Check the name in "tags", the login to the registry and the right to write there.';
}
// Of any cache, seen from BuildKit v0.33.1: a blob that is gone (404), torn, of the wrong bytes or out of reach behind a cache index that names it.
const cachePatterns = [
    /failed to copy: (?:GET |Get |invalid status response |read tcp |unexpected EOF)/,
    /short read: expected \d+ bytes/,
    /unexpected commit digest|failed size validation/,
    /failed to configure \S+ cache (?:im|ex)porter/,
];
const daemonPatterns = [
    /\bUnavailable\b.*(?:error reading from server|connection error|transport is closing|EOF)/,
    /failed to receive status/,
    /failed to list workers|listing workers/,
    /dial unix .*: connect:/,
];
function toKind(reason, text, failed, cacheFaults) {
    // The instruction's own failure comes first: its command line is part of the reason and may say anything.
    if (/did not complete successfully: exit code: \d+/.test(reason))
        return 'dockerfile';
    if (daemonPatterns.some((pattern) => pattern.test(reason)))
        return 'daemon';
    if ([...cachePatterns, ...cacheFaults].some((pattern) => pattern.test(reason)))
        return 'cache';
    if (/failed to push /.test(reason))
        return 'push';
    // Docker reads what is loaded from a pipe of buildx's, and files are none.
    if (/^failed to copy to tar: .*closed pipe/.test(reason))
        return 'load';
    const namesInstruction = text.some((line) => /^\s*\d+ \| >>> /.test(line));
    const isDockerfile = /dockerfile parse error|target stage .* could not be found|failed to read dockerfile: open /.test(reason);
    return namesInstruction || isDockerfile || (failed !== undefined && isStep(failed))
        ? 'dockerfile'
        : 'other';
}
/**
 * buildx ends with `ERROR: …`, of a bake with the target before the rest, which may span lines; an older one does not say `failed to build`. What it quotes of
 * another program may have such a line too, so the whole beginning counts where it is there.
 */
function findReason(text) {
    const build = text.findLastIndex((line) => /^ERROR: (?:target [\w-]+: )?failed to (?:build|solve): /.test(line));
    const start = build === -1 ? text.findLastIndex((line) => line.startsWith('ERROR: ')) : build;
    if (start === -1)
        return undefined;
    const lines = text.slice(start).join('\n').trim();
    // Of a Git context it looks for a policy first, so that is where all that is wrong with the repository turns up.
    return lines.replace(/^ERROR: (target [\w-]+: )?(?:failed to build: )?(?:failed to solve: |failed to stat policy file [^\s:]+: )?/, '$1');
}
function findInstruction(text, failed) {
    if (failed !== undefined && isStep(failed))
        return failed.name.replace(/^\[[^\]]*\] /, '');
    const excerpt = text.find((line) => /^\s*\d+ \| >>> /.test(line));
    return excerpt?.replace(/^\s*\d+ \| >>> /, '').trim();
}
/** buildx frames it with two rules, under the line that names the place (util/errdefs of BuildKit, Source.Print). */
function findExcerpt(text) {
    const place = text.findIndex((line, index) => /^[^\s:]+:\d+$/.test(line) && isRule(text[index + 1]));
    if (place === -1)
        return [];
    const lines = text.slice(place + 2);
    const end = lines.findIndex(isRule);
    return end === -1 ? [] : lines.slice(0, end);
}
function isRule(line) {
    return /^-{20}$/.test(line ?? '');
}
function build_failure_firstLine(text) {
    return text.split('\n', 1)[0] ?? '';
}
/** Steps that ran beside the failing one end with it; they are not the cause. */
function isCancelled(error) {
    return /context canceled|CANCELED/.test(error);
}
/** BuildKit's words (util/progress/logs); the end of a failing step's output may follow them. */
function findClipLimit(output) {
    return /^\[output clipped, log limit (\S{1,40}) reached\]\r?$/m.exec(output)?.[1];
}
function toLines(output) {
    return output.split(/\r?\n/).filter((line, index, lines) => line !== '' || index < lines.length - 1);
}

;// CONCATENATED MODULE: ./build/buildkit/solve/build.js



















/** What has a cache of its own in a build: its targets, or all of it. */
function listParts(result) {
    return result.targets ?? [result];
}
/** Runs one build to its end. A build that fails is a result; ToolError only when buildx cannot be run or was aborted. */
async function runBuild(run) {
    const { metadataFile, log, words = cache_flags/* noWords */.R3 } = run;
    const started = performance.now();
    // What an earlier build left must not pass for this one's answer.
    await (0,promises_.rm)(metadataFile, { force: true });
    const trace = new BuildTrace();
    const bake = run.targets === undefined ? undefined : new BakeTraces(run.targets);
    const progress = new ProgressLog(log, run.dockerfile, run.annotates);
    const { exitCode, answer } = await runBuildx(run, tolerate(log, (line) => {
        bake?.add(line);
        for (const event of trace.add(line))
            progress.write(event);
    }));
    if (run.call !== undefined)
        await tellAnswer(run, answer, progress);
    const { vertices } = trace;
    const unwritten = exitCode === 0 ? undefined : findUnwrittenAnswer(trace, metadataFile);
    if (unwritten !== undefined) {
        log.warning(`The build is done, but buildx could not write its answer (${unwritten}): the outputs imageid, digest and metadata of this step are empty.`);
    }
    const isDone = exitCode === 0 || unwritten !== undefined;
    const exporters = bake?.exporters ?? words.exporters;
    const whole = {
        steps: countSteps(vertices),
        cacheExport: findCacheExport(vertices, exporters),
        firstMisses: listFirstMisses(vertices),
    };
    return {
        failure: isDone ? undefined : toFailure(trace, words, run.call, answer),
        ...(bake === undefined ? whole : sumUp(bake.toResults(vertices))),
        importErrors: listImportErrors(vertices),
        image: await readImage(metadataFile),
        times: measureBuildTimes(vertices, exporters),
        timeline: listTimeline(vertices, exporters),
        seconds: (performance.now() - started) / 1000,
    };
}
/** Says what the question was answered with, and annotates what a check has found. */
async function tellAnswer({ call, targets, metadataFile, log }, answer, progress) {
    if (answer.trim() !== '')
        log.info(answer.trimEnd());
    if (call?.isCheck !== true)
        return;
    // Written for a check that fails too.
    const metadata = (0,build_json/* parseJson */.qF)(await (0,promises_.readFile)(metadataFile, 'utf8').catch(() => ''));
    const answers = targets?.map(({ name }) => (0,build_json/* readField */.dR)(metadata, name)) ?? [metadata];
    for (const warning of answers.flatMap(listLintWarnings))
        progress.write({ kind: 'warning', warning });
}
/** A check that found something ends with an exit code and no error: the first line of its answer says what it is. */
function toFailure(trace, { faults }, call, answer) {
    const failure = classifyBuildFailure(trace, faults);
    if (call === undefined || trace.text.some((line) => line.startsWith('ERROR: ')))
        return failure;
    const first = answer.trim().split('\n', 1)[0] ?? '';
    const isSentence = first !== '' && !first.startsWith('{');
    const reason = isSentence ? first : `"call: ${call.text}" found faults: its answer is in the log.`;
    return { ...failure, kind: 'check', reason };
}
/** A fault in following the build is no fault of the build: it is told once, and the build goes on. */
function tolerate(log, follow) {
    let isTold = false;
    return (line) => {
        try {
            follow(line);
        }
        catch (error) {
            if (!isTold)
                log.warning(`A message of BuildKit could not be read (${(0,errors/* toMessage */.R9)(error)}), so the log and the counts of this build may lack something. Please report this.`);
            isTold = true;
        }
    };
}
/** buildx fails when it cannot write the metadata file, which it does when all else is done: image, push and cache. */
function findUnwrittenAnswer({ vertices, text }, metadataFile) {
    const error = text.findLast((line) => line.startsWith('ERROR: '));
    const isAboutFile = error?.includes(external_node_path_.basename(metadataFile)) === true;
    return isAboutFile && vertices.every((vertex) => vertex.error === undefined) ? error : undefined;
}
/** After SIGTERM, until SIGKILL. */
const cancelTimeoutMs = 3000;
async function runBuildx({ buildx, command, cwd, signal }, onLine) {
    const child = (0,external_node_child_process_.spawn)(buildx, [...command.args], {
        env: { ...command.env },
        cwd,
        // A process group of its own: credential helpers and git end with it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(signal === undefined ? {} : { signal }),
    });
    const ended = new Promise((resolve, reject) => {
        let cancelled;
        child.once('error', (error) => {
            // Until it has ended, which is when it closes, it may write its output; a daemon that hangs may hold it.
            if (signal?.aborted === true && child.pid !== undefined) {
                cancelled = new errors/* ToolError */.v4('build-cancelled', 'The build was cancelled', { cause: error });
                const { pid } = child;
                const timer = setTimeout(() => (0,process_end/* killGroup */.i)(pid), cancelTimeoutMs);
                // What it has started may outlive it, and hold its pipe open.
                child.once('exit', () => (0,process_end/* killGroup */.i)(pid));
                child.once('close', () => clearTimeout(timer));
            }
            else
                reject(new errors/* ToolError */.v4('buildx', `${buildx} could not be run: ${error.message}`, { cause: error }));
        });
        child.once('close', (code) => (cancelled === undefined ? resolve(code) : reject(cancelled)));
    });
    // Both must be waited for: the last lines may still be in the pipe when the process has ended.
    const read = (async () => {
        for await (const line of (0,external_node_readline_.createInterface)({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY }))
            onLine(line);
    })();
    const [exitCode, answer] = await Promise.all([ended, (0,consumers_.text)(child.stdout), read]);
    return { exitCode, answer };
}
async function readImage(metadataFile) {
    let text;
    try {
        text = await (0,promises_.readFile)(metadataFile, 'utf8');
    }
    catch {
        // buildx writes it only at the end of a build that went well.
        return { imageid: undefined, digest: undefined, metadata: undefined };
    }
    const metadata = (0,build_json/* parseJson */.qF)(text);
    const digest = (0,build_json/* readString */.E3)(metadata, 'containerimage.digest');
    return {
        // As buildx's --iidfile (getImageID of its commands/build.go).
        imageid: (0,build_json/* readString */.E3)(metadata, 'containerimage.config.digest') ?? digest,
        digest,
        metadata: (0,build_json/* isRecord */.u4)(metadata) ? (0,printable/* toPrintableJson */.Xr)(metadata, 2) : undefined,
    };
}

// EXTERNAL MODULE: ./build/cache/cached-layers.js
var cached_layers = __webpack_require__(7506);
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

// EXTERNAL MODULE: ./build/cache/no-access.js
var no_access = __webpack_require__(8541);
;// CONCATENATED MODULE: ./build/cache/cache-record.js
const nothingSeen = { scopes: [], zstd: false };

// EXTERNAL MODULE: ./build/step/docker-config.js
var docker_config = __webpack_require__(5866);
;// CONCATENATED MODULE: ./build/step/build-route.js


/** The way of builds that run at once to their caches, with the login that BuildKit's client needs for it. */
async function openBuildRoutes(options) {
    const { settings, outputs, plans, cache, runner, job, version, env } = options;
    const { seen = nothingSeen } = job.record;
    const opened = await cache.open({
        ...{ plans, settings: toSettings(settings), outputs, version, seen },
        logIn: (login) => (0,docker_config/* writeDockerConfig */._D)({ jobDirectory: job.directory, cwd: runner.workspace, env, logins: [login] }),
    });
    // Before the build: a step that is killed has filled the daemon as well.
    if (opened.seen !== seen)
        await job.update({ seen: opened.seen });
    return opened;
}
/** BuildKit names all exports to registries alike: beside one of the user's the gateway's goes the other way. */
function toSettings(cache) {
    const isUnderGateway = cache.backend === 'gha' || cache.backend === 's3';
    return isUnderGateway && cache.cacheTo.some(({ type }) => type === 'registry')
        ? { ...cache, compression: 'gzip' }
        : cache;
}
/** Removes what only the build needed. */
async function closeBuildRoutes(routes) {
    const copies = new Set(routes.flatMap(({ cache }) => cache.dockerConfig ?? []));
    for (const copy of copies)
        await (0,docker_config/* removeDockerConfig */.nS)(copy);
}

// EXTERNAL MODULE: ./build/buildkit/install/version.js
var install_version = __webpack_require__(5125);
;// CONCATENATED MODULE: ./build/step/build-error.js




/** Shows what a failed build and its daemon said, and answers the error of the step. Never throws. */
async function explainFailure(failure, endpoint) {
    if (failure.output.length > 0) {
        const text = [...failure.output, renderClipNotice(failure) ?? ''].join('\n').trimEnd();
        await log.group('Output of the failing step', async () => log.info(text));
    }
    await log.group('Log of buildkitd', async () => {
        try {
            log.info((await endpoint.readLog()).join('\n'));
        }
        catch (error) {
            log.info(`It cannot be read: ${(0,errors/* toMessage */.R9)(error)}`);
        }
    });
    const error = toBuildError(failure);
    if (isForeign(failure))
        return new errors/* ToolError */.v4(error.code, `${error.message}\nThat program is for another platform than the daemon can run: add docker/setup-qemu-action before this step, or build this platform on a native runner.`);
    if (!isForWantOfSpace(failure))
        return error;
    // Of the disk of a daemon elsewhere nothing is known here.
    const disk = endpoint.kind === 'own' ? ` ${await describeDisk(undefined, [endpoint.stateDirectory])}` : '';
    return new errors/* ToolError */.v4(error.code, `${error.message}\nNo space was left for the build.${disk}`);
}
/** The kernel's words for a program of another architecture. */
function isForeign({ reason, output }) {
    return [reason, ...output.slice(-10)].some((line) => /exec format error/i.test(line));
}
/** Also where a step's own program said it: its files lie on the daemon's disk. */
function isForWantOfSpace({ reason, output }) {
    return (0,errors/* saysDiskFull */.lw)(reason) || output.slice(-10).some(errors/* saysDiskFull */.lw);
}

;// CONCATENATED MODULE: ./build/step/export-in-the-way.js


/** Why the build is to be run again without its export, as a sentence for the log; undefined: that is of no use. Pure. */
function findExportInTheWay({ failure, cacheExport }, routes, version) {
    if (failure === undefined || routes.every(({ cache }) => cache.export === undefined))
        return undefined;
    if (cacheExport.kind === 'failed' && !(0,install_version/* knowsFeature */.ve)(version, 'ignoredExportErrors'))
        return `BuildKit ${version} fails with its cache export: the build is run again without it.`;
    // The layers of the cache lie beside those of the image on the same disk. A step that itself ran out of space fails
    // again without them.
    const isStep = failure.kind === 'dockerfile' || failure.kind === 'daemon';
    return !isStep && isForWantOfSpace(failure)
        ? 'No space was left for the build and its cache: the build is run again without exporting it.'
        : undefined;
}

;// CONCATENATED MODULE: ./build/step/push-again.js


const firstDelayMs = 1000;
const maxDelayMs = 30_000;
/**
 * Builds, and pushes again what the network or the registry held up, until it gets through, fails for good or the retries
 * are used up. The image is in the daemon after the first build, so another one pushes it and runs no step.
 *
 * @param attempt `again` undefined: the first time; `isExported`: the cache export came to its end, and need not be done
 * again. It answers undefined when there is nothing more to go on with, which ends all.
 */
async function pushAgain({ retries, clock, signal, tell }, attempt) {
    let last = await attempt(undefined);
    for (let retry = 1; last !== undefined && retry <= retries; retry++) {
        const { failure } = last.result;
        if (failure?.kind !== 'push')
            return last;
        const found = (0,push_failure/* classifyPushFailure */.h)(failure);
        if (found.kind === 'final')
            return last;
        const waitMs = decideWaitMs(retry, found.retryAfterMs, clock.random());
        const [words = ''] = failure.reason.split('\n', 1);
        tell(`Push again in ${(waitMs / 1000).toFixed(1)} s (retry ${retry} of ${retries}): ${words}`);
        await clock.sleep(waitMs, signal);
        const isExported = last.result.cacheExport.kind === 'exported';
        const next = await attempt({ isExported });
        if (next === undefined)
            return undefined;
        const result = join(last.result, next.result, isExported);
        // Whoever exported the cache knows what became of it.
        last = { ...(isExported ? last : next), result };
    }
    return last;
}
/** Twice as long each time. What the registry asked for is a minimum, as far as a job may wait at all; jitter adds to both. */
function decideWaitMs(retry, retryAfterMs, random) {
    const backoff = firstDelayMs * 2 ** (retry - 1);
    return Math.round(Math.min(maxDelayMs, Math.max(backoff, retryAfterMs ?? 0) + (backoff / 2) * random));
}
/** The same build for a daemon that has just done it: it takes all of its steps from itself, whatever the inputs say of caches. */
function toRepeated(inputs) {
    return { ...inputs, build: { ...inputs.build, noCache: false, noCacheFilters: [], pull: false } };
}
/** What the push came to, with the steps of the build that ran them; the time of both is the build's. */
function join(built, pushed, isExported) {
    return {
        ...pushed,
        cacheExport: isExported ? built.cacheExport : pushed.cacheExport,
        targets: built.targets?.map((target, index) => ({
            ...target,
            cacheExport: isExported
                ? target.cacheExport
                : (pushed.targets?.[index]?.cacheExport ?? target.cacheExport),
        })),
        steps: built.steps,
        importErrors: built.importErrors,
        times: addBuildTimes(built.times, pushed.times),
        seconds: built.seconds + pushed.seconds,
    };
}

;// CONCATENATED MODULE: ./build/step/unfinished-layers.js

const pruneTimeoutMs = 60_000;
/**
 * What BuildKit had written of layers that did not fit stays on the disk until it collects garbage. It does so when it is
 * asked to prune, here for nothing that this job has used. What a daemon of somebody else keeps is not ours to prune.
 */
async function removeUnfinished({ endpoint, env, signal, }) {
    if (endpoint.kind === 'remote')
        return;
    const args = ['--addr', endpoint.address, 'prune', '--keep-duration', '8760h'];
    await (0,process_command/* runCommand */.d)(endpoint.buildctl, args, {
        env: { PATH: env['PATH'], HOME: env['HOME'] },
        timeoutMs: pruneTimeoutMs,
        signal,
    });
}

;// CONCATENATED MODULE: ./build/step/attempts.js












/** Builds; when the cache turns out to be unreadable, once more without imports, and when the gateway goes, without a cache. */
async function buildWithCache(step, work) {
    const { endpoint, signal } = step;
    if (work.isQuestion) {
        const result = await work.run({ routes: toNoRoutes(work), endpoint, signal, isRepeated: false });
        return { result, endpoint, verdicts: work.plans.map(() => undefined) };
    }
    const opened = await openBuildRoutes({ ...step, ...work, version: endpoint.version });
    for (const notice of opened.notices)
        log.notice(notice);
    for (const sentence of opened.degradations)
        step.degradations.add(sentence);
    try {
        const built = await buildOnRoutes({ ...step, work }, opened.routes);
        return built === undefined ? await buildWithoutCache({ ...step, work }) : { ...built, endpoint };
    }
    finally {
        await closeBuildRoutes(opened.routes).catch((error) => log.warning(`The copy of the Docker config could not be removed yet; the end of the job tries again: ${(0,errors/* toMessage */.R9)(error)}.`));
    }
}
/** undefined: the gateway went during the build. */
async function buildOnRoutes(build, routes) {
    const degrade = build.degradations.add;
    const tried = await attempt(build, routes);
    if (tried === undefined)
        return undefined;
    const first = tried.result;
    for (const error of build.cache.sortImportErrors(first.importErrors)) {
        degrade(`A cache could not be imported, its steps are run again: ${error}.`);
    }
    const { lostSteps } = first.steps;
    if (lostSteps > 0)
        degrade(`${lostSteps} steps were run again: the cache names their layers, but they are gone from the cache service, or it could not be asked for them.`);
    const inTheWay = findExportInTheWay(first, routes, build.endpoint.version);
    if (first.failure !== undefined && inTheWay !== undefined) {
        log.info(inTheWay);
        await removeUnfinished(build);
        const again = await attemptAgain(build, withoutExports(routes), first);
        // Where it does not fit without either, that is all there is to tell.
        if (again === undefined || again.result.failure !== undefined)
            return again;
        return withFailedExport(again, attempts_firstLine(first.failure.reason));
    }
    if (first.failure?.kind !== 'cache')
        return tried;
    const reason = attempts_firstLine(first.failure.reason);
    // BuildKit checks the exporter's token before anything else, and ignore-error does not cover that.
    const isExporter = routes.some(({ cache }) => cache.export !== undefined) && reason.includes('cache exporter');
    if (!isExporter && routes.every(({ cache }) => cache.imports.length === 0))
        return tried;
    const imported = routes.map((route) => ({ ...route, cache: { ...route.cache, imports: [] } }));
    if (!isExporter) {
        degrade(`A cached layer could not be read, so the build was run again without imports: ${reason}.`);
        return attemptAgain(build, imported, first);
    }
    // What is lost is told with the export.
    log.info(`BuildKit refused the cache, so the build is run again without it: ${reason}.`);
    const again = await attemptAgain(build, withoutExports(imported), first);
    return again === undefined ? undefined : withFailedExport(again, reason);
}
function withFailedExport(attempted, reason) {
    const cacheExport = { kind: 'failed', reason };
    const targets = attempted.result.targets?.map((target) => ({ ...target, cacheExport }));
    return { ...attempted, result: { ...attempted.result, cacheExport, targets } };
}
/** The time of both is the build's. undefined: the gateway went during the build. */
async function attemptAgain(build, routes, first) {
    const again = await attempt(build, routes);
    if (again === undefined)
        return undefined;
    return { ...again, result: { ...again.result, times: addBuildTimes(first.times, again.result.times) } };
}
/**
 * On a new daemon, where the old one is the job's own: it waits for layers that it was to get from the gateway, cannot be
 * cancelled in that, and would let a second build wait with it.
 */
async function buildWithoutCache(build) {
    const { endpoint: old, work } = build;
    build.degradations.add("The gateway to the cache ended during the build, so the build was run again without a cache, and the next build will not find this one's steps.");
    const endpoint = old.kind === 'own' ? await old.replace() : old;
    const built = await attempt({ ...build, endpoint, cache: (0,no_access/* createNoAccess */.m)(undefined) }, toNoRoutes(work));
    if (built === undefined)
        throw new Error('a gateway went that was not there');
    return { ...built, endpoint };
}
/** A build, and its push again where the network or the registry held it up. undefined: the gateway went during the build. */
async function attempt(build, routes) {
    const { work, clock = systemClock, signal } = build;
    return pushAgain({ retries: work.pushRetries, clock, signal, tell: log.info }, (again) => attemptOnce(build, again?.isExported === true ? withoutExports(routes) : routes, again !== undefined));
}
async function attemptOnce(build, routes, isRepeated) {
    const { cache, work, endpoint, signal } = build;
    const watch = await cache.watch();
    if (watch === undefined) {
        const result = await work.run({ routes, endpoint, signal, isRepeated });
        return { result, verdicts: await settle(build, routes, result) };
    }
    try {
        const either = AbortSignal.any([signal, watch.signal]);
        const result = await work.run({ routes, endpoint, signal: either, isRepeated });
        if (result.failure?.kind === 'cache' && (await watch.isGone()))
            return undefined;
        return { result, verdicts: await settle(build, routes, result) };
    }
    catch (error) {
        if (watch.signal.aborted && !signal.aborted)
            return undefined;
        throw error;
    }
    finally {
        watch.stop();
    }
}
/**
 * The index of a build that failed later, in its push for example, is as good as any: its export came to its end, and
 * that is after all of its steps.
 */
async function settle({ cache, work, degradations }, routes, result) {
    const parts = listParts(result);
    const verdicts = [];
    for (const [index, plan] of work.plans.entries()) {
        const cacheExport = parts[index]?.cacheExport ?? { kind: 'none' };
        if (plan.export === null) {
            verdicts.push(undefined);
            continue;
        }
        const type = routes[index]?.cache.export?.type;
        const { verdict, foreign } = await cache.settle({ cacheScope: plan.export, type, cacheExport });
        if (foreign !== undefined)
            degradations.add(foreign);
        verdicts.push(verdict);
    }
    return verdicts;
}
function toNoRoutes({ plans }) {
    return plans.map(() => ({ cache: cache_flags/* noCache */.wt, cachedLayers: cached_layers/* nothingCached */.M }));
}
function withoutExports(routes) {
    return routes.map((route) => ({ ...route, cache: { ...route.cache, export: undefined } }));
}
function attempts_firstLine(text) {
    return text.split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./build/buildkit/solve/git-auth.js

/**
 * The token that BuildKit may show to the Git context's host: as in docker/build-push-action only for the Git context of
 * the event, or a directory of it. The job's token opens no other repository, and a Dockerfile from elsewhere, from
 * another ref of this repository too, must not get to see it.
 *
 * @param defaultContext the Git context of the event; undefined where the runner does not say
 */
function toGitAuth({ context, githubToken }, defaultContext) {
    if (context.kind !== 'git' || githubToken === undefined || defaultContext === undefined)
        return undefined;
    const { host } = (0,git_url/* parseGitUrl */.RA)(defaultContext);
    if (host === undefined || !isWithin(context.url, defaultContext))
        return undefined;
    return { host, token: githubToken };
}
/** The whole of it, or a directory: `…#1a2b` is not within `…#1a2`. */
function isWithin(url, defaultContext) {
    return url.startsWith(defaultContext) && /^(?:$|:|&subdir=)/.test(url.slice(defaultContext.length));
}

;// CONCATENATED MODULE: ./build/buildkit/solve/bake-definition.js

/** The targets of what `--print` prints, by name; undefined: it is no definition. */
function parseBakeDefinition(text) {
    const targets = (0,build_json/* readField */.dR)((0,build_json/* parseJson */.qF)(text), 'target');
    if (!(0,build_json/* isRecord */.u4)(targets))
        return undefined;
    const values = Object.values(targets);
    const linked = new Set(values.flatMap((target) => bake_definition_readEntries(target, 'contexts')).flatMap(({ value }) => findLink(value) ?? []));
    return Object.entries(targets)
        .map(([name, target]) => toTarget(name, target, linked.has(name)))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}
function toTarget(name, target, isUsed) {
    const outputs = readAttributes(target, 'output').map(toTyped);
    return {
        name,
        context: (0,build_json/* readString */.E3)(target, 'context') ?? '.',
        dockerfile: (0,build_json/* readString */.E3)(target, 'dockerfile') ?? 'Dockerfile',
        isInline: (0,build_json/* readString */.E3)(target, 'dockerfile-inline') !== undefined,
        stage: (0,build_json/* readString */.E3)(target, 'target'),
        contexts: bake_definition_readEntries(target, 'contexts'),
        args: bake_definition_readEntries(target, 'args'),
        platforms: readStrings(target, 'platforms'),
        tags: readStrings(target, 'tags'),
        cacheFrom: readAttributes(target, 'cache-from').map(toTyped),
        cacheTo: readAttributes(target, 'cache-to').map(toTyped),
        outputs,
        secrets: bake_definition_readRecords(target, 'secret').map((secret) => ({
            id: (0,build_json/* readString */.E3)(secret, 'id'),
            file: (0,build_json/* readString */.E3)(secret, 'src'),
            variable: (0,build_json/* readString */.E3)(secret, 'env'),
        })),
        attests: readAttributes(target, 'attest').map(toTyped),
        noCache: (0,build_json/* readField */.dR)(target, 'no-cache') === true,
        network: (0,build_json/* readString */.E3)(target, 'network'),
        shmSize: (0,build_json/* readString */.E3)(target, 'shm-size'),
        ulimits: readStrings(target, 'ulimits'),
        hosts: Object.keys(readRecord(target, 'extra-hosts')),
        isLinked: isUsed && outputs.length > 0 && outputs.every(({ type }) => type === 'cacheonly'),
    };
}
function findLink(context) {
    return /^target:(.+)$/.exec(context)?.[1];
}
function toTyped({ type = '', ...attrs }) {
    return { type, attrs };
}
/** Objects of texts; buildx writes a switch as true. */
function readAttributes(target, key) {
    return bake_definition_readRecords(target, key).map((entry) => Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, String(value)])));
}
function bake_definition_readRecords(target, key) {
    const list = (0,build_json/* readField */.dR)(target, key);
    return (Array.isArray(list) ? list : []).filter(build_json/* isRecord */.u4);
}
function bake_definition_readEntries(target, key) {
    return Object.entries(readRecord(target, key)).flatMap(([name, value]) => typeof value === 'string' ? [{ name, value }] : []);
}
function readRecord(target, key) {
    const found = (0,build_json/* readField */.dR)(target, key);
    return (0,build_json/* isRecord */.u4)(found) ? found : {};
}
function readStrings(target, key) {
    const list = (0,build_json/* readField */.dR)(target, key);
    return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

;// CONCATENATED MODULE: ./build/buildkit/solve/print-definition.js





/** Resolves a definition with buildx. Throws ToolError `bake-definition` with buildx's words, file and line. */
async function printDefinition(buildx, { args, env }, { cwd, signal }) {
    const answer = await (0,process_command/* runCommand */.d)(buildx, args, { env, cwd, signal });
    signal.throwIfAborted();
    const targets = answer.exitCode === 0 ? parseBakeDefinition(answer.stdout) : undefined;
    if (targets !== undefined && targets.length > 0)
        return targets;
    const trace = new BuildTrace();
    for (const line of answer.stderr.split('\n'))
        trace.add(line);
    const reason = findReason(trace.text) ?? answer.outcome;
    // Of a repository that cannot be read buildx says no more than that there is no definition.
    const failed = trace.vertices.find(({ error }) => error !== undefined);
    const why = failed === undefined ? '' : ` (${failed.name}: ${failed.error})`;
    const excerpt = findExcerpt(trace.text);
    throw new errors/* ToolError */.v4('bake-definition', [`The bake definition could not be read: ${reason}${why}`, ...excerpt].join('\n').trimEnd());
}

// EXTERNAL MODULE: ./build/policy/rights.js
var rights = __webpack_require__(7272);
;// CONCATENATED MODULE: ./build/policy/runtime-token.js

function readRuntimeToken(text) {
    if (text === undefined || text.trim() === '')
        return { kind: 'none' };
    const jwt = parseJwt(text);
    if (jwt.kind === 'opaque')
        return jwt;
    const access = readAccessClaim(jwt.claims['ac']);
    if (access.kind === 'opaque')
        return access;
    const { exp, nbf } = jwt.claims;
    if (!isTime(exp))
        return toOpaque('its "exp" claim is not a number');
    if (!isTime(nbf))
        return toOpaque('its "nbf" claim is not a number');
    return { kind: 'scopes', scopes: access.scopes, exp, nbf };
}
function parseJwt(text) {
    const [header, payload, signature, ...rest] = text.trim().split('.');
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
        const count = text.trim().split('.').length;
        return toOpaque(`it is not a JWT (${count} dot-separated part${count === 1 ? '' : 's'} instead of 3)`);
    }
    const claims = parsePart('payload', payload);
    if (claims.kind === 'opaque')
        return claims;
    const head = parsePart('header', header);
    if (head.kind === 'opaque')
        return head;
    return { kind: 'jwt', header: head.value, claims: claims.value };
}
/** One unreadable entry makes the whole claim opaque, since the entry might be the one that forbids. */
function readAccessClaim(claim) {
    if (claim === undefined)
        return toOpaque('it has no "ac" claim');
    // BuildKit refuses anything else.
    if (typeof claim !== 'string')
        return toOpaque('its "ac" claim is not a string');
    const entries = (0,build_json/* parseJson */.qF)(claim);
    if (!Array.isArray(entries))
        return toOpaque('its "ac" claim is not a JSON list');
    const scopes = [];
    for (const entry of entries) {
        const scope = toRefScope(entry);
        if (scope === undefined)
            return toOpaque('its "ac" claim has an entry without a Scope and a whole Permission number');
        scopes.push(scope);
    }
    return { kind: 'scopes', scopes };
}
/** The `ac` claim is JSON in a string, with capitalised names. */
function renderAccessClaim(scopes) {
    return JSON.stringify(scopes.map(({ scope, permission }) => ({ Scope: scope, Permission: permission })));
}
/**
 * Why BuildKit itself would not take a token that we can read, as part of a sentence; with the gateway it gets the stub,
 * and this does not matter.
 */
function findBuildkitFault(text) {
    const jwt = parseJwt(text);
    if (jwt.kind === 'opaque')
        return jwt.reason;
    const missing = ['exp', 'nbf'].find((name) => jwt.claims[name] === undefined);
    if (missing !== undefined)
        return `it has no "${missing}" claim`;
    const { alg } = jwt.header;
    const isKnown = typeof alg === 'string' && /^(?:(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA|none)$/.test(alg);
    return isKnown ? undefined : 'its header names no signing method';
}
function parsePart(name, text) {
    const json = decodeBase64Url(text);
    if (json === undefined)
        return toOpaque(`the ${name} of the JWT is not base64url-encoded UTF-8`);
    const value = (0,build_json/* parseJson */.qF)(json);
    return (0,build_json/* isRecord */.u4)(value)
        ? { kind: 'object', value }
        : toOpaque(`the ${name} of the JWT is not a JSON object`);
}
function toOpaque(reason) {
    return { kind: 'opaque', reason };
}
function isTime(value) {
    return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}
function toRefScope(entry) {
    if (!(0,build_json/* isRecord */.u4)(entry))
        return undefined;
    const scope = entry['Scope'];
    const permission = entry['Permission'];
    if (typeof scope !== 'string' || typeof permission !== 'number')
        return undefined;
    return Number.isSafeInteger(permission) && permission >= 0 ? { scope, permission } : undefined;
}
function decodeBase64Url(text) {
    // atob takes white space, padding and the other alphabet as well.
    if (!/^[A-Za-z0-9_-]*$/.test(text))
        return undefined;
    try {
        const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
        const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        // Not base64 or not UTF-8 is an answer here: the caller says what it means.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/policy/token-access.js

/** Bits of `Permission` in the `ac` claim. */
const readBit = 1;
const writeBit = 2;
/** What the runtime token grants. */
function parseAccess(text) {
    const token = readRuntimeToken(text);
    return token.kind === 'scopes' ? { kind: 'scopes', scopes: token.scopes } : token;
}
/** True for the tokens of act and Gitea: entries with an empty Scope only, whose permission bits mean nothing. */
function isEmulator(access) {
    // An empty list is no emulator: it grants nothing.
    return (access.kind === 'scopes' && access.scopes.length > 0 && access.scopes.every(({ scope }) => scope === ''));
}
function canReadScope({ permission }) {
    return (permission & readBit) !== 0;
}
function canWriteScope({ permission }) {
    return (permission & writeBit) !== 0;
}

;// CONCATENATED MODULE: ./build/policy/token-rights.js

/** What GitHub's cache service lets a run do, by the variables of the runner. */
function readTokenRights(env) {
    return decideTokenRights(parseAccess(env['ACTIONS_RUNTIME_TOKEN']), env['ACTIONS_CACHE_MODE']);
}
/** @param cacheMode ACTIONS_CACHE_MODE; undefined when the runner does not say */
function decideTokenRights(access, cacheMode) {
    const mode = parseCacheMode(cacheMode);
    // The entries of an emulator name no ref.
    const emulator = isEmulator(access);
    const scopes = access.kind === 'scopes' && !emulator ? access.scopes : [];
    const namesNoRef = emulator || access.kind === 'opaque';
    const canRead = access.kind !== 'none' &&
        mode !== 'none' &&
        mode !== 'write-only' &&
        (namesNoRef || scopes.some(canReadScope));
    // BuildKit looks up before it writes, so a token that can only write is of no use to it.
    const canWrite = canRead && mode !== 'read' && (emulator || scopes.some(canWriteScope));
    const refusal = findRefusal(access, mode, { canRead, canWrite });
    return {
        canRead,
        canWrite,
        readable: namesNoRef ? 'any' : scopes.filter(canReadScope).map(({ scope }) => scope),
        writable: emulator ? 'any' : scopes.filter(canWriteScope).map(({ scope }) => scope),
        refusal,
        warnings: listWarnings(access, cacheMode, mode, refusal),
    };
}
/** One of the four modes in any case; undefined for anything else: then the token alone decides. */
function parseCacheMode(text) {
    const mode = text?.trim().toLowerCase();
    return mode === 'none' || mode === 'read' || mode === 'write' || mode === 'write-only' ? mode : undefined;
}
/** The first that fires. */
function findRefusal(access, mode, { canRead, canWrite }) {
    if (access.kind === 'none')
        return {
            code: 'no-token',
            reason: 'There is no ACTIONS_RUNTIME_TOKEN, so there is no cache service to use.',
        };
    switch (mode) {
        case 'none':
            return {
                code: 'mode-none',
                reason: 'The cache mode of this job is "none": it may neither read nor write caches.',
            };
        case 'write-only':
            return {
                code: 'mode-write-only',
                reason: 'The cache mode of this job is "write-only", but BuildKit must read before it writes.',
            };
        case 'read':
            return {
                code: 'mode-read',
                reason: 'The cache mode of this job is "read": it may import but not export.',
            };
        case 'write':
        case undefined:
            break;
        default:
            return mode;
    }
    if (access.kind === 'opaque') {
        return {
            code: 'token-opaque',
            reason: `The runtime token does not say what it may write (${access.reason}), so nothing is exported.`,
        };
    }
    if (canWrite)
        return undefined;
    return {
        code: 'token-read-only',
        reason: canRead
            ? 'The runtime token can read caches but not write any.'
            : 'The runtime token can read no cache, and BuildKit must read before it writes.',
    };
}
function listWarnings(access, cacheMode, mode, refusal) {
    const isUnknownMode = cacheMode !== undefined && cacheMode.trim() !== '' && mode === undefined;
    return [
        ...(access.kind === 'none'
            ? ['There is no ACTIONS_RUNTIME_TOKEN: this build runs without the Actions cache.']
            : []),
        ...(access.kind === 'opaque'
            ? [`ACTIONS_RUNTIME_TOKEN cannot be read: ${access.reason}. This build runs without the Actions cache.`]
            : []),
        ...(refusal?.code === 'token-read-only'
            ? [
                'The runtime token of this run cannot write the Actions cache: the next build will not find the steps of this one.',
            ]
            : []),
        ...(isUnknownMode
            ? [
                `ACTIONS_CACHE_MODE is "${cacheMode}", not one of none, read, write, write-only: it is ignored, the runtime token decides.`,
            ]
            : []),
    ];
}

;// CONCATENATED MODULE: ./build/gateway/access/stub-token.js



const issuer = 'hotlayer';
/** BuildKit wants both claims; a token without them, as an emulator may give it, lives as long as the gateway. */
const unlimited = { nbf: 0, exp: 4_102_444_800 };
function deriveStubToken(runtimeToken, nonce, nowMs) {
    const token = readRuntimeToken(runtimeToken);
    if (token.kind !== 'scopes') {
        const reason = `the runtime token cannot be read: ${token.kind === 'none' ? 'it is empty' : token.reason}`;
        return { kind: 'refused', code: 'token-opaque', reason };
    }
    const { scopes: refScopes, nbf = unlimited.nbf, exp = unlimited.exp } = token;
    if (nowMs >= exp * 1000 || nowMs < nbf * 1000) {
        const reason = `the runtime token is valid from ${toTime(nbf)} to ${toTime(exp)} only, which BuildKit checks`;
        return { kind: 'refused', code: 'token-expired', reason };
    }
    const header = encode({ typ: 'JWT', alg: 'HS256' });
    // Rendered anew: BuildKit reads no more of it than we do, and what it reads it must understand.
    const payload = encode({ iss: issuer, jti: nonce, ac: renderAccessClaim(refScopes), nbf, exp });
    const secret = (0,external_node_crypto_.createHmac)('sha256', runtimeToken)
        .update(`hotlayer stub\n${nonce}\n${header}.${payload}`)
        .digest('base64url');
    return { kind: 'stub', token: `${header}.${payload}.${secret}`, refScopes };
}
/** Whether a token is one that a gateway has made; pure, and no proof of anything. */
function isStub(token) {
    const payload = token.split('.')[1] ?? '';
    return (0,build_json/* readString */.E3)((0,build_json/* parseJson */.qF)(Buffer.from(payload, 'base64url').toString('utf8')), 'iss') === issuer;
}
/** In constant time, whatever the lengths. */
function isSameSecret(given, expected) {
    const digest = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest();
    return (0,external_node_crypto_.timingSafeEqual)(digest(given), digest(expected));
}
function encode(value) {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}
function toTime(seconds) {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

// EXTERNAL MODULE: ./build/cache/cache-entries.js
var cache_entries = __webpack_require__(290);
;// CONCATENATED MODULE: ./build/cache/direct-outcome.js
/** BuildKit's word is all that there is. */
function decideDirectOutcome({ plan, result }) {
    const { cacheExport, failure } = result;
    const outcome = { reason: undefined, unloaded: [] };
    if (plan.export === null)
        return { ...outcome, cacheExport: 'skipped' };
    switch (cacheExport.kind) {
        case 'failed':
            return { ...outcome, cacheExport: 'failed', reason: cacheExport.reason };
        case 'none':
            // A build that failed never came to its export.
            return failure === undefined
                ? { ...outcome, cacheExport: 'failed', reason: 'BuildKit did not export a cache' }
                : { ...outcome, cacheExport: 'skipped' };
        case 'exported':
            return { ...outcome, cacheExport: 'exported' };
        default:
            return cacheExport;
    }
}

// EXTERNAL MODULE: ./build/cache/service.js
var cache_service = __webpack_require__(7462);
;// CONCATENATED MODULE: ./build/cache/direct-gha.js








/** The plain way: the real service and token for BuildKit's own client, as BuildKit documents it. */
function createDirectGha(facts, rights) {
    return {
        rights,
        // An export replaces what is there.
        keepsNewer: false,
        connect: async (request) => {
            const found = (0,cache_service/* findService */.Ln)(facts, request.plans);
            return found.kind === 'none' ? found.access : await connect(found.service, request);
        },
    };
}
async function connect(service, { job, findObstacle }) {
    // BuildKit fails the whole build on a token that it cannot use, so it is looked at first.
    const usable = deriveStubToken(service.token, '', Date.now());
    if (usable.kind === 'refused')
        return (0,cache_service/* refuse */.TR)(usable);
    const fault = findBuildkitFault(service.token);
    if (fault !== undefined) {
        const reason = `BuildKit does not take the runtime token, because ${fault}; with \`gateway: true\` it need not`;
        return (0,cache_service/* refuse */.TR)({ code: 'token-of-others', reason });
    }
    // BuildKit's client would try for minutes, before the build and after it.
    const obstacle = await findObstacle();
    if (obstacle === undefined)
        return createAccess(service);
    const isTold = job.record.outage !== undefined;
    await job.update({ outage: obstacle });
    return (0,no_access/* createNoAccess */.m)({
        kind: isTold ? 'info' : 'loss',
        sentence: `The cache service does not answer (${obstacle}): this build runs without a cache.`,
    });
}
function createAccess({ upstream, token }) {
    // Known once BuildKit is: `outcome` is asked after `open`.
    let isLeftOut = false;
    return {
        describe: () => undefined,
        open: async ({ plans, settings, seen, version }) => {
            const obstacle = (0,install_version/* findServiceObstacle */.eQ)(version, upstream.protocol);
            isLeftOut = obstacle !== undefined;
            if (obstacle !== undefined) {
                const sentence = `${obstacle}: this build runs without a cache. With \`gateway: true\` it has one.`;
                return {
                    ...(0,no_access/* toUnguardedRoutes */.D)(plans.map(() => ({ ...cache_flags/* noCache */.wt, words: (0,cache_entries/* toWords */.x4)(undefined) })), seen),
                    degradations: [sentence],
                };
            }
            const environment = (0,cache_service/* toServiceVariables */.E$)(upstream, token);
            const caches = plans.map((plan) => ({
                ...locate(plan, settings),
                ...{ environment, dockerConfig: undefined },
            }));
            return (0,no_access/* toUnguardedRoutes */.D)(caches, seen);
        },
        watch: async () => undefined,
        sortImportErrors: (errors) => errors,
        settle: async () => ({ verdict: undefined, foreign: undefined }),
        readReport: async () => undefined,
        outcome: (facts) => isLeftOut ? { cacheExport: 'skipped', reason: undefined, unloaded: [] } : decideDirectOutcome(facts),
    };
}
function locate(plan, settings) {
    const exported = plan.export === null ? cache_flags/* noCache */.wt.export : (0,cache_entries/* toGhaExport */.WM)(plan.export, settings);
    return { imports: plan.imports.map(cache_entries/* toGhaImport */.B5), export: exported, words: (0,cache_entries/* toWords */.x4)(exported) };
}

;// CONCATENATED MODULE: ./build/gateway/access/job-token.js


/** Of all that is kept elsewhere than at the runner's cache service: cache scopes alone keep refs apart there. */
const refScope = { scope: 'refs/hotlayer/cache', permission: 3 };
/**
 * What a gateway to another place than the runner's cache service has in place of the runtime token: who has the job's
 * secret makes it, so that main, later steps and post need not hand it on. The place is in it, so that a step with another
 * place does not take this gateway for its own. It grants all, as the place knows no refs: the plan is what limits it.
 */
function job_token_toJobToken(secret, place) {
    const header = job_token_encode({ typ: 'JWT', alg: 'HS256' });
    const payload = job_token_encode({ sub: place, ac: renderAccessClaim([refScope]) });
    const signature = (0,external_node_crypto_.createHmac)('sha256', secret)
        .update(`hotlayer job token\n${header}.${payload}`)
        .digest('base64url');
    return `${header}.${payload}.${signature}`;
}
function job_token_encode(value) {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./build/schema.js
/** The value as the schema has it, without fields that the schema does not name; undefined: it is something else. */
function schema_parseAs(schema, value) {
    const result = schema.try(value, { mode: 'strip' });
    return result.ok ? result.value : undefined;
}

// EXTERNAL MODULE: ./node_modules/@badrap/valita/dist/node-cjs/index.js
var node_cjs = __webpack_require__(138);
;// CONCATENATED MODULE: ./build/gateway/report/report.js



const clientCallKinds = [
    'lookup',
    'create',
    'finalize',
    'upload',
    'download',
];
const buildkitCalls = [
    'lookup',
    'create',
    'upload',
    'commit',
    'download',
];
const timedPhases = ['load', 'upload', 'compact', 'drain'];
/** A number that an older gateway does not tell is 0. */
const count = node_cjs/* number */.ai().optional(() => 0);
/** One number for each name. */
function countsOf(names) {
    return node_cjs/* record */.g1(node_cjs/* unknown */.L5())
        .optional(() => ({}))
        .map((found) => toCounts(names, (name) => (0,build_json/* readNumber */.kz)(found, name) ?? 0));
}
const gatewayFailure = node_cjs/* object */.Ik({
    /** For example `upload` or `verify`. */
    step: node_cjs/* string */.Yj(),
    /** The key, and what happened; no URL and no secret. */
    message: node_cjs/* string */.Yj(),
});
const exportReport = node_cjs/* object */.Ik({
    cacheScope: node_cjs/* string */.Yj(),
    /** `unchanged`: the service had it already, nothing was written. */
    state: node_cjs/* union */.KC(node_cjs/* literal */.eu('pending'), node_cjs/* literal */.eu('exported'), node_cjs/* literal */.eu('unchanged'), node_cjs/* literal */.eu('failed')),
    /** Why it failed. */
    reason: node_cjs/* string */.Yj().optional(),
    /** Of the manifest. */
    number: node_cjs/* number */.ai().optional(),
    /** What the manifest names, written by whichever job, and how big these packs are together. */
    packs: count,
    blobs: count,
    bytes: count,
    /** Manifests of other jobs, written at the same time, that were joined with this one. */
    merges: count,
    /** Records whose layers could not be stored. */
    droppedRecords: count,
    /** From the confirmation to the end. */
    seconds: count,
});
const importReport = node_cjs/* object */.Ik({
    cacheScope: node_cjs/* string */.Yj(),
    /** Of the newest run whose records are in it; not set: BuildKit's own client wrote it. */
    runId: node_cjs/* string */.Yj().optional(),
    /** Milliseconds since the epoch. */
    writtenMs: node_cjs/* number */.ai().optional(),
});
const gatewayReport = node_cjs/* object */.Ik({
    version: node_cjs/* literal */.eu(1),
    /** Milliseconds since the gateway listens. */
    uptimeMs: count,
    fromBuildkit: countsOf(buildkitCalls),
    /** HTTP requests on the wire, repeated ones included. */
    toService: countsOf(clientCallKinds),
    bytesUp: count,
    bytesDown: count,
    hits: count,
    misses: count,
    /** Taken from BuildKit, checked and on local disk; `exports` tells what came of them. */
    blobsStored: count,
    indexesStored: count,
    /** Entries that were written whole. */
    packsWritten: count,
    manifestsWritten: count,
    /** Blobs that went from one pack to another. */
    movedBlobs: count,
    /** Records and their results that BuildKit did not get to see or the service did not get, as layers are gone. */
    droppedRecords: count,
    droppedResults: count,
    retries: count,
    /** Time spent waiting between tries, all calls added up. */
    waitMs: count,
    /** Calls without the stub, outside the plan, or of a protocol that the job does not offer. */
    refused: count,
    /** Blobs whose bytes were not what their key says: on the way in refused, on the way out a miss. */
    wrongBytes: count,
    exportFailures: count,
    importFailures: count,
    /** The last few, oldest first. */
    failures: node_cjs/* array */.YO(gatewayFailure).optional(() => []),
    /** What a user should know of the service; whole sentences. */
    notices: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Why the service did not answer when a build wanted something; what that cost is not among the failures. */
    outage: node_cjs/* string */.Yj().optional(),
    imports: node_cjs/* array */.YO(importReport).optional(() => []),
    /** In the order of their confirmations. */
    exports: node_cjs/* array */.YO(exportReport).optional(() => []),
    /** Cache scopes of which an index was stored that no main confirmed: it was dropped. */
    unconfirmed: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Cache scopes that somebody asked for and that are in no plan; the first few. */
    unplanned: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Milliseconds. */
    times: countsOf(timedPhases),
    /** Commits that are not answered yet, and exports that are not on the service yet. */
    pending: count,
});
function renderReport(report) {
    return { ...report };
}
/** undefined when it is not a report of this version. */
function parseReport(value) {
    return schema_parseAs(gatewayReport, value);
}
/** One number for each name. */
function toCounts(names, count) {
    const counts = {};
    for (const name of names)
        counts[name] = count(name);
    return report_isComplete(counts, names) ? counts : report_fail();
}
function report_isComplete(counts, names) {
    return names.every((name) => counts[name] !== undefined);
}
function report_fail() {
    throw new Error('a count is missing');
}

;// CONCATENATED MODULE: ./build/gateway/store/export-claim.js


const exportClaim = node_cjs/* union */.KC(node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('digest'), cacheScope: node_cjs/* string */.Yj(), digest: node_cjs/* string */.Yj() }), node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('window'), cacheScope: node_cjs/* string */.Yj(), fromMs: node_cjs/* number */.ai(), toMs: node_cjs/* number */.ai() }), 
/** Builds of later steps, as the daemon remembers them; the newest index that is one of theirs counts. */
node_cjs/* object */.Ik({
    kind: node_cjs/* literal */.eu('builds'),
    cacheScope: node_cjs/* string */.Yj(),
    /** The first of them cannot have begun before, in milliseconds since 1970. */
    sinceMs: node_cjs/* number */.ai(),
    digests: node_cjs/* array */.YO(node_cjs/* string */.Yj()),
    windows: node_cjs/* array */.YO(node_cjs/* object */.Ik({ fromMs: node_cjs/* number */.ai(), toMs: node_cjs/* number */.ai() })),
}), 
/** The daemon remembers no builds: the newest index counts. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('unwatched'), cacheScope: node_cjs/* string */.Yj() }), 
/** The build has ended without an index of its own. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('nothing'), cacheScope: node_cjs/* string */.Yj() }));
/** Indexes of that cache scope that were dropped. */
const dropped = node_cjs/* number */.ai();
const exportVerdict = node_cjs/* union */.KC(node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('confirmed'), dropped }), 
/** The reason is half a sentence. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('refused'), reason: node_cjs/* string */.Yj(), dropped }));
/** The daemon's clock and ours were seen to be 25 ms apart on one machine; what is nearer than that may be either's. */
const clockSlackMs = 1000;
/**
 * Which of the indexes is the build's own: its place in the list, or why it is none of them. Pure.
 *
 * @param timed when each index without a digest began that came in this job, to whatever cache scope
 */
function findClaimed(indexes, claim, timed = []) {
    switch (claim.kind) {
        case 'nothing':
            return 'BuildKit stored no index';
        case 'digest': {
            const place = indexes.findIndex(({ digest }) => digest === claim.digest);
            return place === -1 ? 'the gateway does not have the index that BuildKit stored' : place;
        }
        case 'window': {
            const fromMs = claim.fromMs - clockSlackMs;
            const toMs = claim.toMs + clockSlackMs;
            const touching = [...indexes.keys()].filter((place) => {
                const index = indexes[place];
                return index !== undefined && index.beganMs <= toMs && index.endedMs >= fromMs;
            });
            const [place, another] = touching;
            const own = place === undefined ? undefined : indexes[place];
            if (place === undefined || own === undefined)
                return 'the gateway does not have the index that BuildKit stored';
            const isWithin = own.beganMs >= fromMs && own.endedMs <= toMs;
            return another === undefined && isWithin
                ? place
                : `about the time when BuildKit exported, something else stored an index of ${claim.cacheScope}`;
        }
        case 'unwatched':
            return indexes.length === 0 ? 'BuildKit stored no index' : indexes.length - 1;
        case 'builds':
            return findOfBuilds(indexes, claim, timed);
        default:
            return claim;
    }
}
/** An index without a digest counts only where builds had as many exports as such indexes came, whatever their cache scopes. */
function findOfBuilds(indexes, { digests, windows, cacheScope, sinceMs }, timed) {
    if (indexes.length === 0)
        return 'BuildKit stored no index';
    const known = new Set(digests);
    const isWithin = ({ beganMs, endedMs }) => windows.some(({ fromMs, toMs }) => beganMs >= fromMs - clockSlackMs && endedMs <= toMs + clockSlackMs);
    const place = indexes.findLastIndex((index) => index.digest === undefined ? isWithin(index) : known.has(index.digest));
    if (place === -1)
        return 'no build of this job has exported the index that was stored';
    if (indexes[place]?.digest !== undefined)
        return place;
    const came = timed.filter((beganMs) => beganMs >= sinceMs - clockSlackMs).length;
    return came <= windows.length
        ? place
        : `${came} indexes were stored and builds exported ${windows.length}: which one of ${cacheScope} is theirs cannot be told`;
}
function renderClaim(claim) {
    return { ...claim };
}
/** undefined when it is no claim. */
function export_claim_parseClaim(value) {
    return parseAs(exportClaim, value);
}
function export_claim_renderVerdict(verdict) {
    return { ...verdict };
}
/** undefined when it is no verdict. */
function parseVerdict(value) {
    return schema_parseAs(exportVerdict, value);
}

;// CONCATENATED MODULE: ./build/gateway/control/handshake.js


const handshake_nonceHeader = 'x-hotlayer-nonce';
const handshake_proofHeader = 'x-hotlayer-proof';
function handshake_signRequest(token, action, nonce, body) {
    return (0,external_node_crypto_.createHmac)('sha256', token).update(`hotlayer request\n${action}\n${nonce}\n${body}`).digest('hex');
}
function handshake_signAnswer(token, nonce, status, body) {
    return (0,external_node_crypto_.createHmac)('sha256', token).update(`hotlayer answer\n${nonce}\n${status}\n${body}`).digest('hex');
}
function handshake_isProof(given, expected) {
    return isSameSecret(given, expected);
}
const challengeLifetimeMs = 30_000;
/** Anyone on the machine may ask for challenges: they must not fill the memory. */
const maxChallenges = 256;
/** The challenges that were given out and not used yet. */
class handshake_Challenges {
    #expiries = new Map();
    issue(nowMs) {
        const oldest = this.#expiries.keys().next();
        if (this.#expiries.size >= maxChallenges && !oldest.done)
            this.#expiries.delete(oldest.value);
        const nonce = randomBytes(32).toString('hex');
        this.#expiries.set(nonce, nowMs + challengeLifetimeMs);
        return nonce;
    }
    /** True once for a nonce that was issued and is not too old. */
    redeem(nonce, nowMs) {
        const expiry = this.#expiries.get(nonce);
        this.#expiries.delete(nonce);
        return expiry !== undefined && nowMs < expiry;
    }
}

;// CONCATENATED MODULE: ./build/gateway/access/plan.js

/** What a step may do: the part of its CachePlan that the gateway enforces. */
const gatewayPlan = node_cjs/* object */.Ik({
    imports: node_cjs/* array */.YO(node_cjs/* string */.Yj()),
    /** null: read only. */
    export: node_cjs/* string */.Yj().nullable(),
    /** The run is known to build the newest commit; else it takes nothing from what a newer run exported. */
    isTip: node_cjs/* boolean */.zM().optional(),
    /** Names that clients may say in place of these cache scopes, as `scope=` of `type=gha`. */
    aliases: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(),
});

;// CONCATENATED MODULE: ./build/gateway/access/protocols.js

/** What BuildKit can speak to the gateway: `type=gha` in either version of the cache service, or `type=registry`. */
const gatewayProtocol = node_cjs/* union */.KC(node_cjs/* literal */.eu('gha-v1'), node_cjs/* literal */.eu('gha-v2'), node_cjs/* literal */.eu('oci'));

;// CONCATENATED MODULE: ./build/gateway/report/scope-description.js

const layerCompression = node_cjs/* union */.KC(node_cjs/* literal */.eu('uncompressed'), node_cjs/* literal */.eu('gzip'), node_cjs/* literal */.eu('zstd'));
const layerCompressions = node_cjs/* object */.Ik({
    /** Of base images. */
    base: node_cjs/* array */.YO(layerCompression),
    /** Made by the build's own steps. */
    own: node_cjs/* array */.YO(layerCompression),
    /** Of those, what lies under the last step of a build. */
    result: node_cjs/* array */.YO(layerCompression),
});
/** What `type=registry` would meet in a cache scope. */
const scopeDescription = node_cjs/* object */.Ik({
    name: node_cjs/* string */.Yj(),
    /** False: BuildKit would refuse its manifest or config as too large (1 MiB), so import it with `type=gha`. */
    fitsOci: node_cjs/* boolean */.zM(),
    layers: layerCompressions,
});

;// CONCATENATED MODULE: ./build/gateway/control/messages.js




/** What main says to the gateway, and what is answered, beside claims, verdicts and reports. */
/** A further step of the job. */
const messages_joinMessage = node_cjs/* object */.Ik({ plan: gatewayPlan, protocols: node_cjs/* array */.YO(gatewayProtocol) });
/** Names of cache scopes. */
const messages_describeMessage = node_cjs/* object */.Ik({ scopes: node_cjs/* array */.YO(node_cjs/* string */.Yj()) });
const describeAnswer = node_cjs/* union */.KC(
/** Not yet: ask again. */
node_cjs/* object */.Ik({ loaded: node_cjs/* literal */.eu(false) }), node_cjs/* object */.Ik({ loaded: node_cjs/* literal */.eu(true), scopes: node_cjs/* array */.YO(scopeDescription) }));
const messages_drainMessage = node_cjs/* object */.Ik({ waitMs: node_cjs/* number */.ai() });
const challengeAnswer = node_cjs/* object */.Ik({ nonce: node_cjs/* string */.Yj() });

;// CONCATENATED MODULE: ./build/gateway/control/control.js





const controlPath = '/_hotlayer/';
const maxBodyBytes = (/* unused pure expression or super */ null && (1024 * 1024));
/** An answer comes before any client or proxy loses patience; who waits longer asks again. */
const maxWaitMs = 20_000;
/**
 * The gateway's own API, beside the cache API on one port: a challenge for anyone, the rest for who proves to hold the
 * runtime token. Whoever holds the stub only is refused here.
 */
function createControlHandler(options) {
    const challenges = new Challenges();
    return async (request) => {
        const name = request.url.pathname.slice(controlPath.length);
        if (request.method !== 'POST')
            return toResponse(405, { error: 'use POST' });
        if (name === 'challenge')
            return toResponse(200, { nonce: challenges.issue(options.now()) });
        const action = parseAction(name);
        if (action === undefined)
            return toResponse(404, { error: 'no such action' });
        const body = await readBody(request.body);
        const nonce = request.headers[nonceHeader] ?? '';
        // The challenge is used up by a wrong proof as well.
        const isFresh = challenges.redeem(nonce, options.now());
        const expected = signRequest(options.runtimeToken, action, nonce, body ?? '');
        const isProven = isProof(request.headers[proofHeader] ?? '', expected);
        if (body === undefined || !isFresh || !isProven) {
            options.refused(`${action} without a proof of the runtime token`);
            return toResponse(401, { error: 'the proof is wrong, or its challenge is used up or too old' });
        }
        const { status, answer } = await act(options, action, parseJson(body), request);
        const proof = signAnswer(options.runtimeToken, nonce, status, JSON.stringify(answer));
        return toResponse(status, answer, { [proofHeader]: proof });
    };
}
async function act(options, action, message, request) {
    switch (action) {
        case 'join': {
            const step = parseAs(joinMessage, message);
            if (step === undefined)
                return { status: 400, answer: { error: 'the message is no plan' } };
            options.join(step);
            return { status: 200, answer: { joined: true } };
        }
        case 'confirm': {
            const claim = parseClaim(message);
            if (claim === undefined)
                return { status: 400, answer: { error: 'the message claims no index' } };
            return { status: 200, answer: renderVerdict(await options.confirm(claim)) };
        }
        case 'report':
            return { status: 200, answer: options.report() };
        case 'describe': {
            const asked = parseAs(describeMessage, message);
            if (asked === undefined)
                return { status: 400, answer: { error: 'the message names no cache scopes' } };
            const scopes = await options.describe(asked.scopes, maxWaitMs);
            const answer = scopes === undefined ? { loaded: false } : { loaded: true, scopes };
            return { status: 200, answer: { ...answer } };
        }
        case 'drain':
            await options.drain(Math.min(maxWaitMs, parseAs(drainMessage, message)?.waitMs ?? 0));
            return { status: 200, answer: options.report() };
        case 'stop': {
            options.abandon();
            const answer = options.report();
            options.stop(request);
            return { status: 200, answer };
        }
    }
}
function parseAction(name) {
    switch (name) {
        case 'join':
        case 'confirm':
        case 'report':
        case 'describe':
        case 'drain':
        case 'stop':
            return name;
        default:
            return undefined;
    }
}
/** undefined when it is too long. */
async function readBody(body) {
    const chunks = [];
    let sizeBytes = 0;
    for await (const chunk of body) {
        const bytes = Buffer.from(chunk);
        sizeBytes += bytes.length;
        if (sizeBytes > maxBodyBytes)
            return undefined;
        chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function toResponse(status, answer, headers = {}) {
    const body = Buffer.from(JSON.stringify(answer));
    const common = {
        'Content-Type': 'application/json',
        'Content-Length': String(body.length),
        Connection: 'close',
    };
    return { status, headers: { ...common, ...headers }, body };
}

;// CONCATENATED MODULE: ./build/gateway/control/control-client.js











/** Adds the plan of a further step, and what it offers its BuildKit. Throws ToolError `gateway-control`, and `gateway-token` where it knows another token. */
async function joinGateway(address, step, { timeoutMs = 10_000 } = {}) {
    await call(address, 'join', { ...step }, timeoutMs);
}
/**
 * Tells that a build has ended, and which index is its own: that one goes to the cache service, every other of its
 * cache scope is dropped. Throws ToolError `gateway-control`.
 */
async function control_client_confirmExport(address, claim, { timeoutMs = 10_000 } = {}) {
    const verdict = parseVerdict(await call(address, 'confirm', renderClaim(claim), timeoutMs));
    if (verdict !== undefined)
        return verdict;
    throw new errors/* ToolError */.v4('gateway-control', 'the gateway answered with something else than a verdict');
}
/** What the gateway did so far. Throws ToolError `gateway-control`. */
async function fetchGatewayReport(address, { timeoutMs = 10_000 } = {}) {
    return toReport(await call(address, 'report', {}, timeoutMs));
}
/**
 * What those cache scopes hold, once they are loaded; in their order, and without those of no plan. Throws ToolError
 * `gateway-control`, also when they are not loaded in time (2 min by default: a service that is down takes one).
 */
async function describeScopes(address, cacheScopes, { timeoutMs = 120_000 } = {}) {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
        const leftMs = Math.max(1, Math.round(deadline - performance.now()));
        const answer = schema_parseAs(describeAnswer, await call(address, 'describe', { scopes: cacheScopes }, leftMs));
        if (answer === undefined)
            throw new errors/* ToolError */.v4('gateway-control', 'the gateway answered with something else than descriptions');
        // It answers before it is done, so that no connection is held for long.
        if (answer.loaded)
            return answer.scopes;
    }
}
/**
 * Waits until all exports are on the service or have failed, for `waitMs` at most. `onProgress` hears the report every
 * few seconds. Throws ToolError `gateway-control`.
 */
async function drainGateway(address, options) {
    const { waitMs, timeoutMs = 10_000, onProgress, signal } = options;
    const deadline = performance.now() + waitMs;
    for (;;) {
        const leftMs = Math.round(Math.max(0, Math.min(progressMs, deadline - performance.now())));
        const message = { waitMs: leftMs };
        const report = toReport(await call(address, 'drain', message, leftMs + timeoutMs));
        if (report.pending === 0 || performance.now() >= deadline || signal?.aborted === true)
            return report;
        onProgress?.(report);
    }
}
/** How often it is told that uploads go on. */
const progressMs = 5000;
/**
 * Ends the gateway at once; an export that is still on its way is given up. Answers what it did. Throws ToolError
 * `gateway-control` when it is gone or does not answer.
 */
async function stopGateway(address, { timeoutMs = 10_000 } = {}) {
    return toReport(await call(address, 'stop', {}, timeoutMs));
}
/** Who listens there does not take our proof. */
class OtherTokenError extends Error {
}
async function call(address, action, message, timeoutMs) {
    const { url, token } = address;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
        const challenge = await post(`${url}${controlPath}challenge`, '', {}, signal);
        const nonce = schema_parseAs(challengeAnswer, (0,build_json/* parseJson */.qF)(challenge.text))?.nonce;
        if (nonce === undefined)
            throw new Error(`no challenge, but ${challenge.status}`);
        const body = JSON.stringify(message);
        const headers = { [handshake_nonceHeader]: nonce, [handshake_proofHeader]: handshake_signRequest(token, action, nonce, body) };
        const answer = await post(`${url}${controlPath}${action}`, body, headers, signal);
        // Without its proof the answer may be of anyone who took the port when the gateway was gone.
        if (answer.status === 401)
            throw new OtherTokenError('401, it knows another runtime token');
        if (!handshake_isProof(answer.proof, handshake_signAnswer(token, nonce, answer.status, answer.text))) {
            throw new Error(`${answer.status}, and no proof that it comes from the gateway of this job`);
        }
        if (answer.status !== 200)
            throw new Error(`${answer.status} ${answer.text}`);
        return (0,build_json/* parseJson */.qF)(answer.text);
    }
    catch (error) {
        const cause = error instanceof Error && error.cause !== undefined ? ` (${(0,errors/* toMessage */.R9)(error.cause)})` : '';
        throw new errors/* ToolError */.v4(error instanceof OtherTokenError ? 'gateway-token' : 'gateway-control', `the gateway at ${url} did not answer to ${action}: ${(0,errors/* toMessage */.R9)(error)}${cause}`, { cause: error });
    }
}
/**
 * Our own. HTTP_PROXY alone does nothing to node; but with NODE_USE_ENV_PROXY or `--use-env-proxy`, which a user may set,
 * what goes by the global agent or by `fetch` takes that proxy, to loopback as well unless NO_PROXY names it.
 */
const loopbackAgent = new external_node_http_.Agent({ keepAlive: false });
async function post(url, body, headers, signal) {
    const request = external_node_http_.request(url, {
        method: 'POST',
        agent: loopbackAgent,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal,
    });
    request.end(body);
    const [response] = await (0,external_node_events_.once)(request, 'response');
    if (response === undefined)
        throw new Error('no response');
    const given = response.headers[handshake_proofHeader];
    return {
        status: response.statusCode ?? 0,
        text: await (0,consumers_.text)(response),
        proof: typeof given === 'string' ? given : '',
    };
}
function toReport(value) {
    const report = parseReport(value);
    if (!report)
        throw new errors/* ToolError */.v4('gateway-control', 'the gateway answered with something else than a report');
    return report;
}

;// CONCATENATED MODULE: ./build/cache/gateway-confirmation.js


/** What the gateway can know the build's own index by; a build that failed before its export has none. Pure. */
function toClaim({ cacheScope, type, cacheExport }) {
    const nothing = { kind: 'nothing', cacheScope };
    if (type === undefined || cacheExport.kind !== 'exported')
        return nothing;
    const { manifest, window } = cacheExport;
    if (type === 'registry')
        return manifest === undefined ? nothing : { kind: 'digest', cacheScope, digest: manifest };
    return window === undefined ? nothing : { kind: 'window', cacheScope, ...window };
}
/**
 * Tells the gateway how a build's export ended; only what it confirms gets to the cache service. Never throws: without
 * an answer nothing is confirmed.
 */
async function settleExport(gateway, ended) {
    const verdict = await gateway_confirmation_confirm(gateway, ended);
    return { verdict, foreign: describeForeign(ended, verdict) };
}
async function gateway_confirmation_confirm(gateway, ended) {
    const claim = toClaim(ended);
    try {
        const verdict = await control_client_confirmExport(gateway, claim);
        const isUnclaimed = claim.kind === 'nothing' && ended.cacheExport.kind === 'exported';
        if (verdict.kind === 'refused' && isUnclaimed && ended.type === 'gha')
            return { ...verdict, reason: 'a step still ran when BuildKit exported, and may have stored the index' };
        return verdict;
    }
    catch (error) {
        return { kind: 'refused', reason: `its index could not be confirmed: ${(0,errors/* toMessage */.R9)(error)}`, dropped: 0 };
    }
}
/** What to say of indexes that were stored and are not this build's; undefined: nothing. One sentence. */
function describeForeign({ cacheScope, cacheExport }, verdict) {
    // What a failed export left is told with its failure; a refusal says why itself.
    const isTold = verdict.kind === 'refused' && cacheExport.kind === 'exported';
    if (verdict.dropped === 0 || isTold || cacheExport.kind === 'failed')
        return undefined;
    return `Something else than this build's export stored ${verdict.dropped} indexes of the cache scope ${cacheScope}, which were dropped: a build step can do that who has listened to the traffic on the runner's loopback.`;
}
/** Tells the gateway which indexes of a cache scope the builds of later steps have exported. Throws ToolError `gateway-control`. */
function settleBuilds(gateway, claim) {
    return confirmExport(gateway, claim);
}

;// CONCATENATED MODULE: ./build/gateway/host/end.js






const pollMs = 20;
/** Waits for the gateway's uploads, asks it to end, and sees to it that its process is gone: SIGTERM, then SIGKILL, by stored pid. */
async function endGateway(record, options) {
    const { token, jobDirectory, drainMs, onProgress, signal: impatient } = options;
    // The kernel marks the working directory of a process when it is removed.
    const places = [jobDirectory, `${jobDirectory} (deleted)`];
    const isOurs = async () => {
        try {
            // The gateway works in the job's directory; a process that got its pid later does not.
            return places.includes(await (0,promises_.readlink)(`/proc/${record.pid}/cwd`));
        }
        catch {
            // No such process.
            return false;
        }
    };
    const isGone = async (withinMs) => {
        for (let waitedMs = 0; await isOurs(); waitedMs += pollMs) {
            if (waitedMs >= (impatient?.aborted === true ? Math.min(withinMs, 3000) : withinMs))
                return false;
            await (0,external_node_timers_promises_.setTimeout)(pollMs);
        }
        return true;
    };
    if (!(await isOurs()))
        return { kind: 'lost', reason: 'it had ended already' };
    let end;
    try {
        if (token === undefined)
            throw new Error('there is no runtime token to prove who asks');
        const address = { url: record.url, token };
        const progress = {
            ...(onProgress === undefined ? {} : { onProgress }),
            ...(impatient === undefined ? {} : { signal: impatient }),
        };
        if (drainMs > 0)
            await drainGateway(address, { waitMs: drainMs, ...progress });
        const report = await stopGateway(address);
        end = { kind: 'stopped', report };
    }
    catch (error) {
        end = { kind: 'lost', reason: `it did not stop when asked (${(0,errors/* toMessage */.R9)(error)})` };
    }
    if (end.kind === 'stopped' && (await isGone(5000)))
        return end;
    // It finishes its uploads after SIGTERM too.
    for (const [signal, patienceMs] of [
        ['SIGTERM', Math.max(3000, end.kind === 'lost' && impatient?.aborted !== true ? drainMs : 0)],
        ['SIGKILL', 3000],
    ]) {
        if (await isOurs())
            signalProcess(record.pid, signal);
        if (await isGone(patienceMs))
            break;
    }
    const lastWords = end.kind === 'lost' ? await readLastReport(options.logPath) : undefined;
    return lastWords === undefined ? end : { kind: 'stopped', report: lastWords };
}
function signalProcess(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch (error) {
        // It ended in this moment.
        if (!(0,errors/* hasErrorCode */.Ue)(error, 'ESRCH'))
            throw error;
    }
}
/** What the gateway wrote when it ended in order; undefined when it did not. */
async function readLastReport(logPath) {
    const text = await (0,promises_.readFile)(logPath, 'utf8').catch(() => '');
    const line = text.trimEnd().split('\n').at(-1) ?? '';
    // At the start of its line: what follows may hold words of the cache service.
    return parseReport((0,build_json/* parseJson */.qF)(/^\S+ ends: [^;]*; (\{.*\})$/.exec(line)?.[1] ?? ''));
}

// EXTERNAL MODULE: ./build/async/deferred.js
var deferred = __webpack_require__(7216);
;// CONCATENATED MODULE: ./build/s3-client/bucket.js

const s3Bucket = node_cjs/* object */.Ik({
    bucket: node_cjs/* string */.Yj(),
    region: node_cjs/* string */.Yj(),
    /** `https://HOST[:PORT][/PATH]`; undefined: AWS. */
    endpointUrl: node_cjs/* string */.Yj().optional(),
    /** The bucket stands in the path, not in the name of the host. */
    usePathStyle: node_cjs/* boolean */.zM(),
    /** Of all keys: empty, or with a slash at its end. */
    prefix: node_cjs/* string */.Yj(),
});
const s3Credentials = node_cjs/* object */.Ik({
    accessKeyId: node_cjs/* string */.Yj(),
    secretAccessKey: node_cjs/* string */.Yj(),
    sessionToken: node_cjs/* string */.Yj().optional(),
});
/** The bucket as a URL, without a slash at its end. */
function toBucketUrl({ bucket, region, endpointUrl, usePathStyle }) {
    const base = new URL(endpointUrl ?? toAwsEndpoint(region));
    const path = base.pathname.replace(/\/+$/, '');
    // The certificate of AWS covers one label below its host.
    const isInPath = usePathStyle || (base.protocol === 'https:' && bucket.includes('.'));
    return isInPath
        ? `${base.protocol}//${base.host}${path}/${encodePath(bucket)}`
        : `${base.protocol}//${bucket}.${base.host}${path}`;
}
function toAwsEndpoint(region) {
    return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
/** As the signature wants it: all but unreserved characters and slashes escaped, once. */
function encodePath(text) {
    return text.split('/').map(encodeWord).join('/');
}
function encodeWord(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

;// CONCATENATED MODULE: ./build/gateway/control/start-message.js






const gatewayUpstream = node_cjs/* union */.KC(
/** A cache service. */
node_cjs/* object */.Ik({ protocol: node_cjs/* union */.KC(node_cjs/* literal */.eu(1), node_cjs/* literal */.eu(2)), url: node_cjs/* string */.Yj() }), node_cjs/* object */.Ik({
    protocol: node_cjs/* literal */.eu('s3'),
    bucket: s3Bucket,
    /** undefined: those that the AWS SDK finds. */
    credentials: s3Credentials.optional(),
    /** What the SDK reads of main's environment: not that of the process, which every other of the user could read. */
    environment: node_cjs/* record */.g1(node_cjs/* string */.Yj()),
}));
const startMessage = node_cjs/* object */.Ik({
    /** The runtime token, or that of the job where the cache is not the runner's (`toJobToken`). */
    token: node_cjs/* string */.Yj(),
    /** Public: makes the stub of this job another one than that of the next. */
    nonce: node_cjs/* string */.Yj(),
    jobDirectory: node_cjs/* string */.Yj(),
    upstream: gatewayUpstream,
    /** GitHub's run id and attempt, for the keys of entries. */
    run: node_cjs/* object */.Ik({ id: node_cjs/* string */.Yj(), attempt: node_cjs/* string */.Yj() }),
    plan: gatewayPlan,
    /** What the step offers its BuildKit. */
    protocols: node_cjs/* array */.YO(gatewayProtocol),
    /** The job ends with it; undefined: nobody watches it. */
    runnerPid: node_cjs/* number */.ai().optional(),
    /** How often it is looked whether the job is still there. */
    pollMs: node_cjs/* number */.ai(),
    maxLifetimeMs: node_cjs/* number */.ai(),
});
function renderStartMessage(message) {
    return JSON.stringify(message);
}
/** undefined when it is not a start message. */
function parseStartMessage(text) {
    return parseAs(startMessage, parseJson(text));
}

;// CONCATENATED MODULE: ./build/gateway/host/process-environment.js

/**
 * All that the gateway gets of the environment as it is: what node and TLS need, proxies, and the mark by which the
 * runner finds processes that a job left behind.
 */
const passedVariables = [
    'PATH',
    'HOME',
    'NODE_USE_SYSTEM_CA',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'RUNNER_TRACKING_ID',
];
/** They name files, and the gateway works in another directory than main. */
const passedPaths = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/** The options of node that say whom TLS trusts and how a host is reached. None loads code or opens a port. */
const passedFlags = /^--(?:use-(?:openssl|bundled|system)-ca|tls-(?:min|max)-v1\.[0-3]|(?:no-)?network-family-autoselection)$/;
const passedSettings = /^--(?:tls-cipher-list|dns-result-order|max-http-header-size|network-family-autoselection-attempt-timeout)$/;
/**
 * The environment of the gateway's process. It holds the runtime token, so nothing of NODE_OPTIONS may get there that
 * runs code in it (`--require`, `--import`) or lets others look into it (`--inspect`).
 */
function toGatewayEnvironment(env) {
    const passed = {};
    const pass = (name, value) => {
        if (value !== undefined)
            passed[name] = value;
    };
    for (const name of passedVariables)
        pass(name, env[name]);
    for (const name of passedPaths)
        pass(name, toAbsolute(name, env[name]));
    const options = pickNodeOptions(env['NODE_OPTIONS'] ?? '');
    if (options !== '')
        passed['NODE_OPTIONS'] = options;
    return passed;
}
function toAbsolute(name, value) {
    if (value === undefined || value === '')
        return undefined;
    if (name !== 'SSL_CERT_DIR')
        return external_node_path_.resolve(value);
    // It may name several.
    const places = value.split(external_node_path_.delimiter).filter((place) => place !== '');
    return places.map((place) => external_node_path_.resolve(place)).join(external_node_path_.delimiter);
}
/** Those of NODE_OPTIONS that are known to be harmless, quoted as node reads them. */
function pickNodeOptions(text) {
    const words = splitOptions(text);
    const picked = [];
    for (let index = 0; index < words.length; index++) {
        const word = words[index] ?? '';
        const equals = word.indexOf('=');
        const name = (equals < 0 ? word : word.slice(0, equals)).replaceAll('_', '-');
        if (equals < 0 && passedFlags.test(name))
            picked.push(name);
        if (!passedSettings.test(name))
            continue;
        const value = equals < 0 ? words[++index] : word.slice(equals + 1);
        if (value !== undefined)
            picked.push(`${name}=${value}`);
    }
    return picked.map(quote).join(' ');
}
/** As node splits it: at spaces, but for those in double quotes; in them a backslash takes the next character as it is. */
function splitOptions(text) {
    const words = [];
    let word;
    let isQuoted = false;
    for (let index = 0; index < text.length; index++) {
        let character = text[index] ?? '';
        if (character === '"') {
            isQuoted = !isQuoted;
            continue;
        }
        if (character === ' ' && !isQuoted) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
            continue;
        }
        if (character === '\\' && isQuoted)
            character = text[++index] ?? '';
        word = (word ?? '') + character;
    }
    return word === undefined ? words : [...words, word];
}
function quote(word) {
    return /[ "\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}

;// CONCATENATED MODULE: ./build/gateway/host/start.js










/** A job ends with its runner or its directory; this is for what notices neither. */
const defaultLifetimeMs = (5 * 24 + 6) * 3_600_000;
/** Bytes pass through in buffers of V8's young generation: a small one keeps 4 GiB on the way within 200 MiB of memory. */
const gatewayFlags = ['--max-semi-space-size=1'];
/**
 * Starts the gateway as a process of its own that outlives main. The token goes over its standard input and nowhere
 * else. Throws ToolError `gateway-start`.
 */
async function startGateway(options) {
    const { jobDirectory, token, run, plan, protocols, upstream, runnerPid } = options;
    const nonce = (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const stub = deriveStubToken(token, nonce, Date.now());
    if (stub.kind === 'refused')
        return stub;
    await (0,promises_.mkdir)(jobDirectory, { recursive: true, mode: 0o700 });
    const logPath = external_node_path_.resolve(jobDirectory, options.logFile);
    const log = await (0,promises_.open)(logPath, 'a', 0o600);
    try {
        const child = (0,external_node_child_process_.spawn)(options.nodePath, [...gatewayFlags, options.entry], {
            // A group of its own, so that the signals by which a runner cancels main do not end the uploads.
            detached: true,
            cwd: jobDirectory,
            env: toGatewayEnvironment(options.env),
            stdio: ['pipe', 'pipe', log.fd],
        });
        const { stdin, stdout } = child;
        if (stdin === null || stdout === null)
            throw new Error('a child with piped streams has none');
        const started = (0,deferred/* createDeferred */.u)();
        child.once('error', started.reject);
        child.once('exit', (code, signal) => started.reject(new Error(`it ended with ${signal ?? `code ${code}`}`)));
        // A gateway that ends at once breaks the pipe; its exit tells more than that.
        stdin.on('error', () => undefined);
        stdin.end(renderStartMessage({
            token,
            nonce,
            jobDirectory,
            upstream,
            run,
            plan,
            protocols,
            runnerPid,
            pollMs: options.pollMs ?? 1000,
            maxLifetimeMs: options.maxLifetimeMs ?? defaultLifetimeMs,
        }));
        const ready = await start_settle(Promise.race([started.promise, readLine(stdout)]), options.readyTimeoutMs ?? 20_000);
        stdout.destroy();
        child.unref();
        const refused = ready.kind === 'ok' ? (0,build_json/* readString */.E3)((0,build_json/* parseJson */.qF)(ready.value), 'refused') : undefined;
        if (refused !== undefined) {
            child.kill('SIGKILL');
            return { kind: 'refused', code: 'store-refused', reason: `the bucket cannot be used: ${refused}` };
        }
        const url = ready.kind === 'ok' ? (0,build_json/* readString */.E3)((0,build_json/* parseJson */.qF)(ready.value), 'url') : undefined;
        if (url === undefined || child.pid === undefined) {
            child.kill('SIGKILL');
            const why = ready.kind === 'ok' ? 'its first line is not the message that was expected' : ready.why;
            throw new errors/* ToolError */.v4('gateway-start', `the gateway (${options.entry}) did not start: ${why}. Its log: ${logPath}`);
        }
        return { kind: 'started', record: { url, pid: child.pid, nonce }, stub: stub.token };
    }
    finally {
        await log.close();
    }
}
async function readLine(stream) {
    let text = '';
    for await (const chunk of stream) {
        text += String(chunk);
        if (text.includes('\n'))
            return text;
    }
    // The exit that follows says why.
    return await new Promise(() => undefined);
}
async function start_settle(work, timeoutMs) {
    const late = (0,deferred/* createDeferred */.u)();
    const timer = setTimeout(() => late.resolve({ kind: 'failed', why: `no answer in ${timeoutMs / 1000} s` }), timeoutMs);
    const done = work.then((value) => ({ kind: 'ok', value }), (error) => ({ kind: 'failed', why: (0,errors/* toMessage */.R9)(error) }));
    const settled = await Promise.race([done, late.promise]);
    clearTimeout(timer);
    return settled;
}

;// CONCATENATED MODULE: ./build/cache/gateway-end.js





/** In the job's directory. */
const gatewayLog = 'gateway.log';
const patienceMs = 3000;
/**
 * Ends the gateway of a job: the one on record, which is asked, and any other that works in the job's directory, which
 * finishes its uploads after SIGTERM too. undefined: there was none.
 */
async function endJobGateway(record, options) {
    const logPath = external_node_path_.join(options.jobDirectory, gatewayLog);
    const end = record === undefined
        ? undefined
        : await log.group('Finish the cache export', () => endGateway(record, { ...options, logPath }));
    const strays = await listGateways(options.jobDirectory);
    if (strays.length === 0)
        return end;
    const left = await log.group('Finish the cache export of a gateway that is not on record', () => (0,process_end/* endProcesses */.H)(strays, [
        ['SIGTERM', options.signal?.aborted === true ? 0 : Math.max(patienceMs, options.drainMs)],
        ['SIGKILL', patienceMs],
    ]));
    if (left.length > 0)
        throw new Error(`process ${left.join(', ')} did not end`);
    if (end?.kind === 'stopped')
        return end;
    const report = await readLastReport(logPath);
    return report === undefined
        ? { kind: 'lost', reason: 'it ended without a report' }
        : { kind: 'stopped', report };
}

;// CONCATENATED MODULE: ./build/cache/gateway-open.js









/** Joins the gateway of an earlier step, or starts one in its place. Throws ToolError `gateway-start`, `gateway-control`. */
async function openGateway(opening) {
    const { service, run, request, env } = opening;
    const { token, upstream } = service;
    const { plans, isTip, job, drainMs, compression } = request;
    const running = job.record.gateway;
    const [first, ...others] = plans.map(({ imports, export: target, aliases }) => ({
        ...{ imports: [...imports], export: target, isTip },
        ...(aliases === undefined ? {} : { aliases: [...aliases] }),
    }));
    if (first === undefined)
        throw new Error('nothing is built');
    const protocols = toProtocols(compression, others.length > 0 || request.isForOthers === true);
    if (isStub(token)) {
        const reason = "ACTIONS_RUNTIME_TOKEN is the stub that an earlier step of this job has exported, and only the runner's own token opens a gateway";
        return { kind: 'refused', code: 'token-stub', reason };
    }
    if (running !== undefined) {
        const stub = deriveStubToken(token, running.nonce, Date.now());
        if (stub.kind === 'refused')
            return stub;
        const obstacle = await gateway_open_join([first, ...others], { url: running.url, token }, protocols).then(() => undefined, (error) => error);
        if (obstacle === undefined)
            return { kind: 'started', record: running, stub: stub.token };
        await makeRoom(running, obstacle, service, request);
    }
    // One that is not on record would share its files with the new one.
    await endJobGateway(undefined, { token, jobDirectory: job.directory, drainMs });
    const started = await startGateway({
        entry: external_node_path_.join(import.meta.dirname, '..', 'gateway', 'index.js'),
        nodePath: external_node_process_.execPath,
        jobDirectory: job.directory,
        logFile: gatewayLog,
        token,
        upstream,
        run,
        plan: first,
        protocols,
        // main's parent is the runner: when it is gone, nobody will run post.
        runnerPid: external_node_process_.ppid,
        env,
    });
    if (started.kind === 'refused')
        return started;
    await gateway_open_join(others, { url: started.record.url, token }, protocols);
    const { place } = service;
    return place === undefined ? started : { ...started, record: { ...started.record, place } };
}
/** It allows what all plans together allow, and loads what they import. */
async function gateway_open_join(plans, gateway, protocols) {
    for (const plan of plans)
        await joinGateway(gateway, { plan, protocols });
}
/** `type=gha` always: with zstd it is what reads a cache scope that is too large for a registry. */
function toProtocols(compression, needsOci) {
    return compression === 'gzip' && !needsOci ? ['gha-v1'] : ['gha-v1', 'oci'];
}
/** A gateway that does not answer has nothing to wait for; one that only knows another token may be in mid upload. */
const gateway_open_patienceMs = { otherToken: 120_000, silent: 5000 };
/** It has died, hangs, or knows another token (act gives each step its own): the next one needs its place. */
async function makeRoom(running, obstacle, { token, place }, { job, drainMs }) {
    const isOther = obstacle instanceof errors/* ToolError */.v4 && obstacle.code === 'gateway-token';
    const waitMs = Math.min(drainMs, isOther ? gateway_open_patienceMs.otherToken : gateway_open_patienceMs.silent);
    log.info(isOther
        ? `The gateway of an earlier step (pid ${running.pid}) ${running.place === place ? 'knows another token, as under act' : 'keeps its caches at another place'}: it ends its uploads first, in ${waitMs / 1000} s at most (input drain-timeout).`
        : `The gateway of an earlier step (pid ${running.pid}) does not answer, so it is replaced: ${(0,errors/* toMessage */.R9)(obstacle)}.`);
    const logPath = external_node_path_.join(job.directory, gatewayLog);
    const started = performance.now();
    const end = await endGateway(running, { token, jobDirectory: job.directory, logPath, drainMs: waitMs });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (end.kind === 'lost')
        log.warning(`The gateway of an earlier step was lost: ${end.reason}. What it had not uploaded yet is missing in the cache.`);
    else
        log.info(`The gateway of the earlier step ended after ${seconds} s.`);
}

;// CONCATENATED MODULE: ./build/cache/gateway-outcome.js
/**
 * How the cache export really ended. BuildKit's word is not enough: it swallows an index that could not be uploaded
 * (go-actions-cache, SaveMutable), so with a gateway the index must have been confirmed, and what becomes of it is known
 * at the end of the job.
 */
function decideGatewayOutcome(facts) {
    const { plan, result, verdict, before, after } = facts;
    const outcome = { reason: undefined, unloaded: listLoadFailures(plan, after) };
    if (plan.export === null)
        return { ...outcome, cacheExport: 'skipped' };
    const { cacheExport, failure } = result;
    switch (cacheExport.kind) {
        case 'failed':
            return {
                ...outcome,
                cacheExport: 'failed',
                reason: after?.failures.at(-1)?.message ?? cacheExport.reason,
            };
        case 'none':
            // A build that failed never came to its export.
            if (failure !== undefined)
                return { ...outcome, cacheExport: 'skipped' };
            // The gateway went during the build, which was said when the build was run again without it.
            if (after === undefined)
                return { ...outcome, cacheExport: 'failed' };
            return { ...outcome, cacheExport: 'failed', reason: 'BuildKit did not export a cache' };
        case 'exported': {
            if (verdict?.kind !== 'confirmed') {
                const reason = verdict?.reason ?? 'its index was not confirmed';
                return { ...outcome, cacheExport: 'failed', reason };
            }
            const own = after?.exports.slice(before?.exports.length ?? 0);
            const last = own?.findLast(({ cacheScope }) => cacheScope === plan.export);
            if (last?.state === 'failed')
                return { ...outcome, cacheExport: 'failed', reason: last.reason ?? 'no reason was given' };
            // Also when it is on the service already: whether it is would be chance. Post tells the end of it.
            return { ...outcome, cacheExport: 'pending' };
        }
        default:
            return cacheExport;
    }
}
/** BuildKit does not hear of them: to it a cache that cannot be read is one that is not there. */
function listLoadFailures(plan, report) {
    // Not by what is new since the step began: the gateway loads at once, and may be done by then.
    const names = [...plan.imports, ...(plan.export === null ? [] : [plan.export])];
    const messages = (report?.failures ?? [])
        .filter(({ step, message }) => step === 'load' && names.some((name) => message.includes(name)))
        .map(({ message }) => message);
    return [...new Set(messages)];
}

;// CONCATENATED MODULE: ./build/gateway/access/oci-name.js

/** One component of a repository's path, as the distribution specification allows it. */
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** BuildKit refuses references of more than 255 characters, host and tag included in older versions. */
const maxComponentLength = 200;
/** Every cache scope has this one tag. */
const cacheTag = 'cache';
/**
 * The repository that stands for a cache scope: `hotlayer/<cache scope>` where the name is a path component as it is,
 * `hotlayer-x/<SHA-256 of the name>` elsewhere. No two names share one.
 */
function toRepository(cacheScope) {
    if (cacheScope.length <= maxComponentLength && component.test(cacheScope))
        return `hotlayer/${cacheScope}`;
    return `hotlayer-x/${(0,external_node_crypto_.createHash)('sha256').update(cacheScope).digest('hex')}`;
}
/** Which of the cache scopes a repository stands for; undefined: none of them. */
function toCacheScope(repository, cacheScopes) {
    for (const name of cacheScopes)
        if (toRepository(name) === repository)
            return name;
    return undefined;
}
/**
 * `127.0.0.1:PORT/hotlayer/<cache scope>:cache`, for `ref=` of `type=registry`.
 *
 * @param gatewayUrl `http://127.0.0.1:PORT`, with or without a slash
 */
function toReference(gatewayUrl, cacheScope) {
    return `${new URL(gatewayUrl).host}/${toRepository(cacheScope)}:${cacheTag}`;
}

;// CONCATENATED MODULE: ./build/cache/gateway-locate.js




/**
 * `type=registry` exports zstd, `type=gha` gzip; either imports what the other wrote. A cache scope too large for the
 * first is imported with the second. Cache scopes that would change what the build puts out are left out. Pure.
 */
function locateByGateway(facts) {
    const { plans, settings, gatewayUrl, seen, descriptions, obstacle } = facts;
    const isGzip = settings.compression === 'gzip';
    // Of several builds at once only a registry's exports can be told apart from each other.
    const needsOci = !isGzip || plans.length > 1 || facts.isForOthers === true;
    const isOci = needsOci && obstacle === undefined && descriptions !== undefined;
    const find = (scope) => descriptions?.find(({ name }) => name === scope);
    const toImport = (scope) => isOci && find(scope)?.fitsOci === true
        ? (0,cache_entries/* toRegistryImport */.oG)(toReference(gatewayUrl, scope))
        : (0,cache_entries/* toGhaImport */.B5)(scope);
    const toExport = (scope) => isOci ? (0,cache_entries/* toRegistryExport */.ps)(toReference(gatewayUrl, scope), settings) : (0,cache_entries/* toGhaExport */.WM)(scope, settings);
    const imports = [...new Set(plans.flatMap((plan) => plan.imports))];
    const exports = plans.flatMap((plan) => (plan.export === null ? [] : [plan.export]));
    const usable = chooseImports(imports, facts);
    const zstd = { ...cached_layers/* nothingCached */.M, own: seen.zstd ? ['zstd'] : [] };
    const kept = [...usable, ...seen.scopes].flatMap((scope) => find(scope)?.layers ?? []);
    return {
        builds: plans.map((plan) => ({
            imports: plan.imports.filter((scope) => usable.includes(scope)).map(toImport),
            export: plan.export === null ? undefined : toExport(plan.export),
        })),
        cachedLayers: (0,cached_layers/* joinLayers */.d)([...kept, zstd]),
        seen: {
            scopes: [...new Set([...seen.scopes, ...usable, ...exports])],
            zstd: seen.zstd || (isOci && !isGzip && exports.length > 0),
        },
        notices: isGzip || obstacle === undefined
            ? []
            : [`The cache is compressed with gzip, which takes longer than zstd: ${obstacle}.`],
        degradations: describeLeft(imports.filter((scope) => !usable.includes(scope)), descriptions !== undefined),
    };
}
/** Those that no output has anything against: builds that run at once share what the daemon has. */
function chooseImports(imports, { outputs, descriptions = [] }) {
    // A base image is the same whichever cache scope it is in.
    const { base } = (0,cached_layers/* joinLayers */.d)(descriptions.map(({ layers }) => layers));
    const unknown = { base: ['unknown'], own: ['unknown'], result: ['unknown'] };
    return imports.filter((scope) => {
        const layers = descriptions.find(({ name }) => name === scope)?.layers;
        const held = layers === undefined ? unknown : { ...layers, base };
        return outputs.every((output) => decideRemedy(output, held) !== 'refuse');
    });
}
function describeLeft(left, isKnown) {
    if (left.length === 0)
        return [];
    const why = isKnown
        ? 'its layers and the base image are compressed in different ways, and the image would not be what it is without a cache'
        : 'the gateway did not tell how its layers are compressed';
    return [`${left.join(', ')}: not imported, as ${why}.`];
}

;// CONCATENATED MODULE: ./build/cache/gateway-route.js







/** Asks the gateway what the caches hold, and gives BuildKit's client the login that it needs to talk to it. */
async function openGatewayRoute(gateway, request) {
    const { url, stub } = gateway;
    const { plans, settings, seen } = request;
    const imports = plans.flatMap((plan) => plan.imports);
    const descriptions = await describe(gateway, [...new Set([...imports, ...seen.scopes])]);
    const tooOld = (0,install_version/* findZstdObstacle */.U3)(request.version);
    const isGha = (settings.compression === 'gzip' && plans.length === 1 && request.isForOthers !== true) ||
        tooOld !== undefined ||
        descriptions === undefined;
    // What an earlier step imported as a registry's may be fetched only now.
    const login = isGha && seen.scopes.length === 0 ? undefined : await logIn(gateway, request);
    const obstacle = tooOld ?? (login?.kind === 'unusable' ? login.reason : undefined);
    const located = locateByGateway({ ...request, gatewayUrl: url, descriptions, obstacle });
    const common = {
        // v1 whatever the service speaks: BuildKit sends a layer in four calls in place of five, and in chunks of 32 MiB,
        // four at a time, in place of serial blocks of 1 MiB.
        environment: (0,cache_service/* toServiceVariables */.E$)({ url, protocol: 1 }, stub),
        dockerConfig: login?.kind === 'written' ? login.directory : undefined,
    };
    const { cachedLayers, notices, degradations } = located;
    const routes = located.builds.map((build) => ({
        cache: { ...build, words: (0,cache_entries/* toWords */.x4)(build.export), ...common },
        cachedLayers,
    }));
    return { routes, seen: located.seen, notices, degradations };
}
async function describe({ url, token }, cacheScopes) {
    try {
        return await describeScopes({ url, token }, cacheScopes);
    }
    catch (error) {
        // What follows from that is told with the route.
        log.info((0,errors/* toMessage */.R9)(error));
        return undefined;
    }
}
async function logIn({ url, stub }, { logIn }) {
    const username = 'hotlayer';
    log.mask(Buffer.from(`${username}:${stub}`).toString('base64'));
    return logIn({ host: new URL(url).host, username, password: stub });
}

;// CONCATENATED MODULE: ./build/cache/gateway-watch.js


const gateway_watch_pollMs = 250;
/**
 * BuildKit's cache client tries again for a quarter of an hour where nobody listens, at each call: whoever waits for a
 * build must know that the gateway is gone.
 */
async function watchGateway(pid) {
    const gone = new AbortController();
    const stopped = new AbortController();
    const gateway = await (0,process_identity/* readProcess */.Wv)(pid);
    const isGone = async () => gateway === undefined || !(await (0,process_identity/* isRunning */.W_)(gateway));
    const watch = async () => {
        while (!(await isGone())) {
            await (0,external_node_timers_promises_.setTimeout)(gateway_watch_pollMs, undefined, { signal: stopped.signal, ref: false });
        }
        gone.abort();
    };
    // Only being stopped ends it early.
    watch().catch(() => undefined);
    return { signal: gone.signal, isGone, stop: () => stopped.abort() };
}

;// CONCATENATED MODULE: ./build/cache/job-secret.js





const fileName = 'gateway.key';
/**
 * The job's secret, from which the token of a gateway to another place than the cache service is made: the runtime token,
 * which no step but those of actions has; or else a random key in the job's directory, for this user alone. Post and later
 * steps find it there.
 */
async function makeJobSecret(jobDirectory, runtimeToken) {
    if (runtimeToken !== undefined)
        return runtimeToken;
    const file = external_node_path_.join(jobDirectory, fileName);
    try {
        await (0,promises_.writeFile)(file, (0,external_node_crypto_.randomBytes)(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    }
    catch (error) {
        // An earlier step of the job has made it.
        if (!(0,errors/* hasErrorCode */.Ue)(error, 'EEXIST'))
            throw error;
    }
    return await (0,promises_.readFile)(file, 'utf8');
}
/** The token of a gateway on record; undefined: nobody has its secret any more. */
async function findGatewayToken(jobDirectory, runtimeToken, place) {
    if (place === undefined)
        return runtimeToken;
    const secret = runtimeToken ?? (await readFile(path.join(jobDirectory, fileName), 'utf8').catch(() => undefined));
    return secret === undefined ? undefined : toJobToken(secret, place);
}

;// CONCATENATED MODULE: ./build/cache/gateway-backend.js













/** The runner's cache service behind the gateway: BuildKit gets a stub of the token, and the gateway alone the token. */
function createGatewayBackend(facts, rights, env) {
    return {
        rights,
        keepsNewer: true,
        connect: async (request) => {
            const found = (0,cache_service/* findService */.Ln)(facts, request.plans);
            if (found.kind === 'none')
                return found.access;
            return await tryToConnect(() => gateway_backend_connect(found.service, facts.run, request, env));
        },
    };
}
/** A bucket behind the gateway, which keeps there what it keeps at the cache service else: no runtime token is needed. */
function createBucketBackend({ upstream, name }, { token, run }, env) {
    return {
        rights: rights/* unbounded */.dT,
        keepsNewer: true,
        connect: async (request) => {
            if ((0,cache_service/* isUnused */.j0)(request.plans))
                return (0,no_access/* createNoAccess */.m)(undefined);
            return await tryToConnect(async () => {
                const secret = await makeJobSecret(request.job.directory, token);
                const service = { upstream, token: job_token_toJobToken(secret, name), place: name };
                return await gateway_backend_connect(service, run, request, env);
            });
        },
    };
}
async function tryToConnect(connecting) {
    try {
        return await connecting();
    }
    catch (error) {
        return (0,no_access/* createNoAccess */.m)({
            kind: 'loss',
            sentence: `The gateway to the cache is not there: ${(0,errors/* toMessage */.R9)(error)}. This build runs without a cache.`,
        });
    }
}
/** Joins the job's gateway or starts it; it stands in the record then. */
async function gateway_backend_connect(service, run, request, env) {
    const opened = await openGateway({ service, run, request, env });
    if (opened.kind === 'refused') {
        const isTold = request.job.record.outage === opened.reason;
        if (isTold)
            return (0,cache_service/* refuse */.TR)(opened, 'info');
        // A bucket that takes nothing takes nothing from the next step either.
        if (opened.code === 'store-refused')
            await request.job.update({ outage: opened.reason });
        return (0,cache_service/* refuse */.TR)(opened);
    }
    const { record, stub } = opened;
    // The whole of it, and its signature alone: that part is the secret.
    for (const secret of [stub, stub.slice(stub.lastIndexOf('.') + 1)])
        log.mask(secret);
    await request.job.update({ gateway: record });
    return gateway_backend_createAccess(service, record, stub);
}
function gateway_backend_createAccess({ upstream, token }, record, stub) {
    const address = { url: record.url, token };
    return {
        describe: () => ({
            kind: 'info',
            sentence: `gateway at ${record.url} (pid ${record.pid}) to ${describeUpstream(upstream)}`,
        }),
        open: (request) => openGatewayRoute({ ...address, stub }, request),
        watch: () => watchGateway(record.pid),
        sortImportErrors: (errors) => errors,
        settle: (ended) => settleExport(address, ended),
        readReport: async () => {
            try {
                return await fetchGatewayReport(address);
            }
            catch {
                // It was killed; the build's own trace tells what that cost.
                return undefined;
            }
        },
        outcome: decideGatewayOutcome,
    };
}
function describeUpstream(upstream) {
    if (upstream.protocol !== 's3')
        return `the cache service, protocol v${upstream.protocol}`;
    const { bucket, prefix } = upstream.bucket;
    return `the bucket ${bucket} (S3), below ${prefix}`;
}

;// CONCATENATED MODULE: ./build/cache/s3-place.js




/** Where `cache: s3` keeps the caches of this repository. Throws InputError. */
function readS3Place({ cacheToAttrs, cacheFromAttrs, readOnly, }, repository, env) {
    const { to, from } = joinAttributes('s3', { to: cacheToAttrs, from: cacheFromAttrs });
    if (!readOnly)
        checkSame(to.attrs, from.attrs);
    const { attrs, secrets } = readOnly ? from : to;
    const endpointUrl = attrs['endpoint_url'];
    const bucket = {
        bucket: readBucket(attrs['bucket'] ?? ''),
        region: readRegion(attrs['region'], endpointUrl, env),
        ...(endpointUrl === undefined ? {} : { endpointUrl: readEndpoint(endpointUrl) }),
        usePathStyle: attrs['use_path_style']?.toLowerCase() === 'true',
        prefix: readPrefix(attrs['prefix'], repository),
    };
    const credentials = readCredentials(secrets);
    return {
        upstream: {
            ...{ protocol: 's3', bucket, environment: pickEnvironment(env) },
            ...(credentials === undefined ? {} : { credentials }),
        },
        name: `${toBucketUrl(bucket)}/${bucket.prefix}`,
    };
}
/** Of BuildKit's own client, which has another layout, other requests and no manifests of ours. */
const ofBuildkit = [
    ...['blobs_prefix', 'manifests_prefix', 'touch_refresh', 'upload_parallelism'],
    ...['disable_accept_encoding', 'retry_mode', 'retry_max_attempts', 'ignore-error'],
];
/** What was given and has no effect with the gateway, a sentence each. */
function listIdleS3Attributes({ cacheToAttrs, cacheFromAttrs }) {
    return [
        ['cache-to-attrs', cacheToAttrs],
        ['cache-from-attrs', cacheFromAttrs],
    ].flatMap(([name, { attrs }]) => {
        const idle = ofBuildkit.filter((attribute) => attrs[attribute] !== undefined);
        if (idle.length === 0)
            return [];
        return [
            `input "${name}": ${idle.join(', ')} ${idle.length === 1 ? 'has' : 'have'} no effect: the gateway keeps the cache in a layout of its own ("gateway: false" uses BuildKit's).`,
        ];
    });
}
const ofPlace = ['bucket', 'region', 'endpoint_url', 'use_path_style', 'prefix'];
function checkSame(to, from) {
    const other = ofPlace.find((name) => to[name] !== from[name]);
    if (other === undefined)
        return;
    s3_place_refuse('cache-from-attrs', `${other}=${(0,errors/* quote */.hD)(from[other] ?? '')} is another one than in "cache-to-attrs", and the gateway keeps what it imports and exports in one place; allowed is the same, or "gateway: false"`);
}
function readBucket(bucket) {
    if (/^[A-Za-z0-9][\w.-]{0,253}[A-Za-z0-9]$/.test(bucket))
        return bucket;
    return s3_place_refuse('cache-to-attrs', `bucket=${(0,errors/* quote */.hD)(bucket)} is no name of a bucket; allowed are letters, digits, ".", "-" and "_"`);
}
function readRegion(given, endpointUrl, env) {
    const region = given ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
    // Stores of others have no regions, and take that of the oldest one in signatures.
    const found = region ?? (endpointUrl === undefined ? '' : 'us-east-1');
    if (/^[A-Za-z0-9][A-Za-z0-9-]{1,62}$/.test(found))
        return found;
    const what = found === '' ? 'there is no region' : `region=${(0,errors/* quote */.hD)(found)} is no region`;
    return s3_place_refuse('cache-to-attrs', `${what}; allowed is for example region=eu-west-1, or AWS_REGION in the environment`);
}
function readEndpoint(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
    if (isPlain && url.search === '' && url.hash === '')
        return text;
    return s3_place_refuse('cache-to-attrs', 'endpoint_url is not the URL of a store (its text is not shown, as it may hold a password); allowed is https://HOST[:PORT], or http:// in a network that you trust');
}
/** The repository is in it: two repositories share a bucket, and no cache unless somebody says so. */
function readPrefix(given, repository) {
    if (given === undefined && repository === '')
        return s3_place_refuse('cache-to-attrs', 'the runner does not say which repository this is (GITHUB_REPOSITORY), so that the cache needs a place of its own; allowed is for example prefix=acme/app');
    const prefix = (given ?? `hotlayer/${repository.toLowerCase()}`).replace(/^\/+|\/+$/g, '');
    const isPlain = prefix
        .split('/')
        .every((part) => /^[\w.+=@-]+$/.test(part) && part !== '.' && part !== '..');
    if (prefix.length <= 400 && isPlain)
        return `${prefix}/`;
    return s3_place_refuse('cache-to-attrs', `prefix=${(0,errors/* quote */.hD)(prefix)} is no prefix; allowed are names of letters, digits and ._+=@- with a "/" between them`);
}
function readCredentials(secrets) {
    const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, session_token: sessionToken, } = secrets;
    if (accessKeyId !== undefined && secretAccessKey !== undefined)
        return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    if (accessKeyId === undefined && secretAccessKey === undefined && sessionToken === undefined)
        return undefined;
    return s3_place_refuse('cache-to-attrs', 'access_key_id and secret_access_key belong together; allowed are both or none, and then the environment, a profile or a role has them');
}
/** The gateway works in another directory than main. */
const s3_place_files = /^AWS_(?:CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_IDENTITY_TOKEN_FILE|CA_BUNDLE|CONTAINER_AUTHORIZATION_TOKEN_FILE)$/;
/** All that the AWS SDK may read. */
function pickEnvironment(env) {
    const picked = {};
    // By name as well: what no child inherits is not listed.
    for (const name of new Set([...Object.getOwnPropertyNames(env)])) {
        const value = env[name];
        if (!/^AWS_[A-Z0-9_]{1,80}$/.test(name) || value === undefined || value === '')
            continue;
        picked[name] = s3_place_files.test(name) ? external_node_path_.resolve(value) : value;
    }
    return picked;
}
function s3_place_refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}`);
}

;// CONCATENATED MODULE: ./build/inputs/cache-place.js

/** Where the caches are, in the words of an entry; credentials are no part of it. */
function describePlace({ backend, cacheToAttrs, cacheFromAttrs }) {
    const { to } = joinAttributes(backend, { to: cacheToAttrs, from: cacheFromAttrs });
    const { ref, dest, bucket, account_url } = to.attrs;
    const place = ref ?? dest ?? bucket ?? account_url;
    return place === undefined ? `type=${backend}` : `type=${backend} at ${place}`;
}

;// CONCATENATED MODULE: ./build/cache/inline-place.js
/**
 * The tags that docker/metadata-action gives an image by the ref of its run: `main`, `pr-12`, `v1`; and `latest`, which
 * publishing runs have. A pull request decides by its tags which image it replaces: its image carries a cache only where
 * that is its own, so that what a branch imports is never a pull request's. Pure.
 *
 * @param repository as the attribute `ref` has it; undefined: that of the image
 */
function toInlinePlace(plan, repository) {
    const { images = [], chain = [], exportRef = null } = plan;
    const [image] = images;
    const home = repository ?? (image === undefined ? undefined : splitTag(image).repository);
    const tags = [...chain.flatMap(listTags), ...(chain.length === 0 ? [] : ['latest'])];
    const refs = home === undefined ? [] : [...new Set(tags)].map((tag) => `${home}:${tag}`);
    if (plan.export === null || exportRef === null)
        return { refs, isExported: false, withheld: undefined };
    const foreign = exportRef.kind === 'pr'
        ? images.find((name) => splitTag(name).tag !== `pr-${exportRef.name}`)
        : undefined;
    if (foreign === undefined)
        return { refs, isExported: true, withheld: undefined };
    return {
        refs,
        isExported: false,
        withheld: `The image carries no cache: a pull request's image may have one only under its own tag (pr-${exportRef.name}), and ${foreign} may be what a branch imports.`,
    };
}
function listTags({ kind, name }) {
    if (kind === 'pr')
        return [`pr-${name}`];
    const tag = name
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128);
    // A branch of this name would read what a pull request has written.
    return tag === '' || /^pr-\d+$/.test(tag) ? [] : [tag];
}
function splitTag(image) {
    const bare = image.replace(/@.*$/, '');
    const colon = bare.lastIndexOf(':');
    return colon > bare.lastIndexOf('/')
        ? { repository: bare.slice(0, colon), tag: bare.slice(colon + 1) }
        : { repository: bare, tag: 'latest' };
}

;// CONCATENATED MODULE: ./build/process/shared-lock.js



/**
 * A lock of the kernel on a file (flock), as BuildKit takes it: `shared` with others of its kind, or `alone`, which does
 * not wait. It ends with this process, however that ends. undefined: somebody else holds it, or there is no program for it.
 */
async function lockFile(file, kind) {
    const mode = kind === 'alone' ? ['--exclusive', '--nonblock'] : ['--shared', '--timeout', '60'];
    // Standard input closes when this process is gone.
    const child = (0,external_node_child_process_.spawn)('flock', [...mode, file, 'sh', '-c', 'echo held; exec cat > /dev/null'], {
        env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
        stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => {
        child.once('close', () => resolve());
        child.once('error', () => resolve());
    });
    child.stdin.on('error', () => undefined);
    const lines = (0,external_node_readline_.createInterface)({ input: child.stdout });
    const isHeld = await Promise.race([(0,external_node_events_.once)(lines, 'line').then(() => true), ended.then(() => false)]);
    if (!isHeld)
        return undefined;
    return {
        release: async () => {
            child.stdin.end();
            await ended;
        },
    };
}

;// CONCATENATED MODULE: ./build/cache/local-contents.js




/** Where all caches of a directory have their blobs. */
const blobsDirectory = 'blobs';
/** As the directory of a cache has it. */
const sharedBlobs = external_node_path_.join('..', blobsDirectory);
/** An index names a manifest, which names layers; an index of indexes is none that BuildKit writes. */
const maxDepth = 4;
/** Throws where anything cannot be read: what it names is then not known, and nothing may be removed. */
async function readContents(directory) {
    const places = await (0,promises_.readdir)(directory, { withFileTypes: true });
    const caches = [];
    for (const place of places) {
        if (!place.isDirectory() || !(await isOwn(external_node_path_.join(directory, place.name))))
            continue;
        const cache = await readCache(directory, place.name);
        if (cache !== undefined)
            caches.push(cache);
    }
    return { caches, blobs: await readBlobs(directory) };
}
/** Whatever else lies in the directory is none of ours, and stays. */
async function isOwn(place) {
    const target = await (0,promises_.readlink)(external_node_path_.join(place, blobsDirectory)).catch(() => undefined);
    return target === sharedBlobs;
}
/** undefined: nothing was ever exported there. */
async function readCache(directory, name) {
    const file = external_node_path_.join(directory, name, 'index.json');
    try {
        const { mtimeMs } = await (0,promises_.stat)(file);
        const blobs = new Set();
        await collect(directory, await (0,promises_.readFile)(file, 'utf8'), blobs, 0);
        return { name, exportedAtMs: mtimeMs, blobs: [...blobs] };
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') && !(await exists(file)))
            return undefined;
        throw error;
    }
}
async function collect(directory, text, found, depth) {
    const document = (0,build_json/* parseJson */.qF)(text);
    if (!(0,build_json/* isRecord */.u4)(document))
        throw new Error('a document of the cache is not JSON');
    if (depth > maxDepth)
        throw new Error('the documents of the cache name each other');
    for (const descriptor of listDescriptors(document)) {
        const digest = (0,build_json/* readString */.E3)(descriptor, 'digest');
        if (digest === undefined || !isDigest(digest))
            throw new Error('the cache names what is no digest');
        if (found.has(digest))
            continue;
        found.add(digest);
        if (!/(?:manifest|index)/.test((0,build_json/* readString */.E3)(descriptor, 'mediaType') ?? ''))
            continue;
        await collect(directory, await (0,promises_.readFile)(toBlobPath(directory, digest), 'utf8'), found, depth + 1);
    }
}
function listDescriptors(document) {
    const lists = ['manifests', 'layers'].flatMap((name) => {
        const list = (0,build_json/* readField */.dR)(document, name);
        return Array.isArray(list) ? list : [];
    });
    const config = (0,build_json/* readField */.dR)(document, 'config');
    return config === undefined ? lists : [...lists, config];
}
async function readBlobs(directory) {
    const blobs = new Map();
    const place = external_node_path_.join(directory, blobsDirectory, 'sha256');
    for (const name of await (0,promises_.readdir)(place)) {
        if (!isDigest(`sha256:${name}`))
            continue;
        const { size } = await (0,promises_.stat)(external_node_path_.join(place, name));
        blobs.set(`sha256:${name}`, size);
    }
    return blobs;
}
function toBlobPath(directory, digest) {
    return external_node_path_.join(directory, blobsDirectory, digest.replace(':', '/'));
}
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
async function exists(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./build/cache/local-removals.js
/**
 * What to remove so that the directory holds `maxBytes` at most: blobs that no index names, and then the caches that were
 * longest without an export. What the newest index names stays, however large it is. Pure.
 */
function decideRemovals({ caches, blobs }, maxBytes) {
    const newestFirst = caches.toSorted((one, other) => other.exportedAtMs - one.exportedAtMs || (one.name < other.name ? -1 : 1));
    const kept = new Set();
    const removed = [];
    let bytes = 0;
    for (const [index, cache] of newestFirst.entries()) {
        const added = [...new Set(cache.blobs)].filter((digest) => !kept.has(digest));
        const size = added.reduce((sum, digest) => sum + (blobs.get(digest) ?? 0), 0);
        // One that does not fit takes the older ones with it: they would be what everybody else has outlived.
        if (index > 0 && (removed.length > 0 || bytes + size > maxBytes)) {
            removed.push(cache.name);
            continue;
        }
        bytes += size;
        for (const digest of added)
            kept.add(digest);
    }
    return { caches: removed, blobs: [...blobs.keys()].filter((digest) => !kept.has(digest)) };
}

;// CONCATENATED MODULE: ./build/cache/local-directory.js








/** The name that BuildKit v0.34 locks in a directory while it exports to it (client/solve.go). */
const lockName = 'cache.lock';
/**
 * Caches in a directory, a directory each, with the blobs of all in one place:
 *
 *     DEST/cache.lock
 *     DEST/blobs/sha256/…
 *     DEST/CACHE-SCOPE/index.json    blobs → ../blobs    cache.lock → ../cache.lock
 */
class LocalDirectory {
    #directories;
    #maxBytes;
    #held = [];
    /** @param directories where is exported, and where is imported from when that is another one */
    constructor(directories, maxBytes) {
        this.#directories = [...new Set(directories)];
        this.#maxBytes = maxBytes;
    }
    /** Makes what an export needs. Throws where nothing can be written. */
    async prepareExport(entry) {
        const { dest } = entry.attrs;
        if (dest === undefined)
            return;
        const home = external_node_path_.dirname(dest);
        await (0,promises_.mkdir)(external_node_path_.join(home, blobsDirectory, 'sha256'), { recursive: true });
        await (0,promises_.mkdir)(dest, { recursive: true });
        for (const name of [blobsDirectory, lockName])
            await local_directory_link(external_node_path_.join('..', name), external_node_path_.join(dest, name));
    }
    /** Nobody has exported there yet: buildx would warn of it. */
    async hasIndex(entry) {
        try {
            await (0,promises_.access)(external_node_path_.join(entry.attrs['src'] ?? '', 'index.json'));
            return true;
        }
        catch {
            return false;
        }
    }
    /** While a build reads and writes, nobody removes anything. */
    async hold() {
        const held = [];
        for (const directory of this.#directories) {
            const lock = await lockFile(external_node_path_.join(directory, lockName), 'shared');
            if (lock !== undefined)
                held.push(lock);
        }
        this.#held = [...this.#held, ...held];
        return {
            signal: new AbortController().signal,
            isGone: async () => false,
            stop: () => void this.#release(),
        };
    }
    /** Removes what no index names, and what is too much, unless another build is at work there: its end does it then. */
    async collect() {
        await this.#release();
        const [directory] = this.#directories;
        if (directory === undefined)
            return;
        const lock = await lockFile(external_node_path_.join(directory, lockName), 'alone');
        if (lock === undefined) {
            log.info(`Nothing is removed in ${directory}: another build uses it, or the program flock is missing.`);
            return;
        }
        try {
            await removeUnneeded(directory, this.#maxBytes);
        }
        catch (error) {
            log.info(`Nothing more is removed in ${directory}: ${(0,errors/* toMessage */.R9)(error)}.`);
        }
        finally {
            await lock.release();
        }
    }
    async #release() {
        const held = this.#held;
        this.#held = [];
        for (const lock of held)
            await lock.release();
    }
}
/** Nobody else may be at work there. Throws where anything cannot be read. */
async function removeUnneeded(directory, maxBytes) {
    const contents = await readContents(directory);
    const { caches, blobs } = decideRemovals(contents, maxBytes);
    // The index first: it must never name what is gone.
    for (const name of caches)
        await (0,promises_.rm)(external_node_path_.join(directory, name), { recursive: true, force: true });
    for (const digest of blobs)
        await (0,promises_.rm)(toBlobPath(directory, digest), { force: true });
    for (const { name } of contents.caches)
        if (!caches.includes(name))
            await (0,promises_.rm)(external_node_path_.join(directory, name, 'ingest'), { recursive: true, force: true });
    if (blobs.length === 0 && caches.length === 0)
        return;
    const bytes = blobs.reduce((sum, digest) => sum + (contents.blobs.get(digest) ?? 0), 0);
    const named = caches.length === 0 ? '' : `, with the caches ${caches.join(', ')} (input max-size)`;
    log.info(`${directory}: ${blobs.length} blobs of ${(0,format/* renderSize */.qI)(bytes)} are removed${named}.`);
}
async function local_directory_link(target, file) {
    try {
        await (0,promises_.symlink)(target, file);
    }
    catch (error) {
        if (!(0,errors/* hasErrorCode */.Ue)(error, 'EEXIST'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/cache/store-compression.js

const store_compression_layered = new Set(['image', 'oci', 'docker']);
/**
 * How the layers of a cache are compressed. Nobody can be asked what a registry's cache holds, as the gateway can, so
 * `auto` is what the outputs have: what comes from the cache is then what a build without one would make. Pure.
 */
function decideCompression({ backend, asked, attribute, outputs }) {
    const ofOutputs = findOutputCompression(outputs);
    switch (backend) {
        case 'registry':
        case 'local':
            return attribute ?? (asked === 'auto' ? ofOutputs : asked);
        case 'inline':
            // The cache is the image.
            return ofOutputs;
        case 'gha':
        case 's3':
        case 'azblob':
        case 'none':
            return 'gzip';
        default:
            return backend;
    }
}
function findOutputCompression(outputs) {
    const found = outputs
        .filter(({ type }) => store_compression_layered.has(type))
        .map(({ attrs }) => attrs['compression'] ?? 'gzip');
    const [first = 'gzip'] = found;
    return found.every((compression) => compression === first) ? first : 'gzip';
}
/** What such a cache holds. Base images are taken for gzip, as nearly all are: nobody can be asked. */
function toCachedLayers(compression) {
    // estargz is gzip in another arrangement.
    const own = compression === 'estargz' ? 'gzip' : compression;
    return { base: ['gzip'], own: [own], result: [own] };
}
/** True where an import would change what the build puts out, and nothing can be done about it. Pure. */
function changesOutput(outputs, compression) {
    return outputs.some((output) => decideRemedy(output, toCachedLayers(compression)) === 'refuse');
}

;// CONCATENATED MODULE: ./build/cache/store-place.js

/** As the distribution specification has it. */
const maxTagLength = 128;
/** Of a cache scope that is too long: its beginning, which people know it by. */
const keptLength = 100;
/**
 * The name of a cache scope at a store. One whose layers are not gzip has another name: an import must not bring layers
 * that a gzip image would not have. Cache scopes have three parts, so that no name can be another cache scope. Pure.
 */
function toStoreName(cacheScope, compression) {
    return compression === 'gzip' ? cacheScope : `${cacheScope}.${compression}`;
}
/** A tag of a registry for it: valid, and no other name has the same. Pure. */
function toTag(storeName) {
    if (storeName.length <= maxTagLength)
        return storeName;
    // 20 digits, where a cache scope ends with 10.
    const hash = (0,external_node_crypto_.createHash)('sha256').update(storeName, 'utf8').digest('hex').slice(0, 20);
    return `${storeName.slice(0, keptLength).replace(/[.-]+$/, '')}.${hash}`;
}

;// CONCATENATED MODULE: ./build/cache/store-credentials.js



/**
 * Credentials of the inputs, as buildx reads them for `type=s3` from the chain of the AWS SDK (build/opt.go,
 * addAwsCredentials): an argument list could be read by every user of the machine. Without any, the step's own environment
 * stands, with the variables of aws-actions/configure-aws-credentials, profiles and roles.
 */
function toStoreVariables({ backend, to, }) {
    if (backend !== 's3')
        return {};
    const { access_key_id: id, secret_access_key: key, session_token: session = '' } = to.secrets;
    if (id === undefined || key === undefined)
        return {};
    // A session of the environment belongs to another key; an empty variable is none.
    return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session };
}
/** undefined: BuildKit finds a credential itself, in the environment of its daemon. */
function toAzureAccount({ attrs, secrets }) {
    const { account_url: url = '', account_name } = attrs;
    const { secret_access_key: key } = secrets;
    if (key === undefined)
        return undefined;
    // As BuildKit has it (cache/remotecache/azblob/utils.go).
    return { url, name: account_name ?? new URL(url).hostname.split('.')[0] ?? '', key };
}
/** Where the caches of the plans are. Pure. */
function toAzurePlaces({ to, compression }, plans) {
    const { account_url: url = '', container = 'buildkit-cache', prefix = '' } = to.attrs;
    const { blobs_prefix: blobs = 'blobs', manifests_prefix: manifests = 'manifests' } = to.attrs;
    const name = (cacheScope) => toStoreName(cacheScope, compression);
    return {
        base: new URL(url).pathname.replace(/\/+$/, ''),
        container,
        blobsPrefix: external_node_path_.posix.join(prefix, blobs),
        manifestsPrefix: external_node_path_.posix.join(prefix, manifests),
        imports: plans.flatMap((plan) => plan.imports.map(name)),
        exports: plans.flatMap((plan) => (plan.export === null ? [] : [name(plan.export)])),
    };
}
/** `region`, which the daemon could not take from this step's environment. Throws InputError where nobody says it. */
function findRegion(attrs, env) {
    const region = attrs['region'] || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
    if (region !== undefined && region !== '')
        return region;
    throw new errors/* InputError */.dz('cache-to-attrs', 'input "cache-to-attrs": "cache: s3" needs the region of the bucket; allowed is region=…, or AWS_REGION in the environment');
}

;// CONCATENATED MODULE: ./build/cache/store-entries.js


/** What BuildKit's client is told of a plan's caches. Credentials are no part of it. Pure. */
function toStoreEntries(plan, settings, inline) {
    const { compression, from } = settings;
    if (inline !== undefined) {
        const { ref: _, ...others } = from.attrs;
        return {
            imports: inline.refs.map((ref) => ({ type: 'registry', attrs: { ref, ...others } })),
            export: inline.isExported ? { type: 'inline', attrs: {} } : undefined,
        };
    }
    const name = (cacheScope) => toStoreName(cacheScope, compression);
    return {
        imports: plan.imports.map((cacheScope) => toImport(name(cacheScope), settings)),
        export: plan.export === null ? undefined : toExport(name(plan.export), settings),
    };
}
function toImport(name, { backend, from }) {
    const { ref = '', src = '', ...others } = from.attrs;
    switch (backend) {
        case 'registry':
            return { type: backend, attrs: { ref: `${ref}:${toTag(name)}`, ...others } };
        case 'local':
            return { type: backend, attrs: { src: `${src}/${name}`, ...others } };
        case 's3':
        case 'azblob':
            return { type: backend, attrs: { name, ...others } };
        case 'inline':
            throw new Error('the image has no names of its own for caches');
        default:
            return backend;
    }
}
function toExport(name, settings) {
    const { backend, to, compression, compressionLevel, mode = 'max' } = settings;
    const { ref = '', dest = '', ...others } = to.attrs;
    const level = compressionLevel === undefined ? {} : { 'compression-level': String(compressionLevel) };
    const layers = { compression, ...level, 'oci-mediatypes': 'true', 'image-manifest': 'true' };
    switch (backend) {
        case 'registry':
            // Some registries, ECR for one, refuse a list of manifests that are none.
            return {
                type: backend,
                attrs: { ref: `${ref}:${toTag(name)}`, mode, ...layers, ...cache_entries/* mayFail */.YO, ...others },
            };
        case 'local':
            return { type: backend, attrs: { dest: `${dest}/${name}`, mode, ...layers, ...cache_entries/* mayFail */.YO, ...others } };
        case 's3':
        case 'azblob':
            return { type: backend, attrs: { name, mode, ...cache_entries/* mayFail */.YO, ...others } };
        case 'inline':
            throw new Error('the image has no names of its own for caches');
        default:
            return backend;
    }
}

;// CONCATENATED MODULE: ./build/cache/store-faults.js
/** Behind an index that names a blob that is gone, or whose server went away meanwhile: the build is run without imports. */
function listStoreFaults(backend, { attrs }) {
    const missing = /could not fetch content descriptor sha256:[0-9a-f]{64} \(\S+\) from remote: not found/;
    switch (backend) {
        case 'registry':
        case 'inline':
            return [missing, ...toAddress(attrs['ref'])];
        case 'local':
            return [missing, /local:\/|\bcontent sha256:[0-9a-f]{64}: not found/];
        case 's3':
            return [missing, /operation error S3:/];
        case 'azblob':
            return [missing, /\bblob sha256:[0-9a-f]{64}(?: not found|:)|RESPONSE \d+:|azblob/];
        default:
            return backend;
    }
}
/** `https://HOST/v2/PATH/…`, as the client of a registry names what it asks for. */
function toAddress(ref) {
    if (ref === undefined)
        return [];
    const slash = ref.indexOf('/');
    const path = ref.slice(slash + 1).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return [new RegExp(`https?://[^/\\s"]+/v2/(?:library/)?${path}/(?:blobs|manifests)/`)];
}

;// CONCATENATED MODULE: ./build/cache/store-trouble.js

/** What BuildKit says of a cache that nobody has written yet: the first build of a branch is no fault. */
const absences = [
    /: not found$/,
    // Registries that know no repository before the first push to it.
    /\b(?:NAME_UNKNOWN|MANIFEST_UNKNOWN|manifest unknown|repository name not known)\b/i,
    /\bThe specified (?:blob|container) does not exist\b/,
];
/** The imports that failed for another reason than that there is nothing. Pure. */
function selectFaults(importErrors) {
    return importErrors.filter((error) => !absences.some((absence) => absence.test(error)));
}
/** One sentence for all that could not be imported; undefined: nothing. */
function describeFaults(faults) {
    const [first, ...others] = [...new Set(faults.map(toReason))];
    if (first === undefined)
        return undefined;
    return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
/** BuildKit's word is all that there is; what kept imports away is told with what kept the export away. Pure. */
function decideStoreOutcome(facts, backend, faults) {
    const outcome = backend === 'inline' ? decideInlineOutcome(facts) : decideDirectOutcome(facts);
    const unread = describeFaults(faults);
    if (unread === undefined)
        return outcome;
    if (outcome.reason === undefined)
        return { ...outcome, unloaded: [unread] };
    return { ...outcome, reason: `${outcome.reason}; nor could it be imported: ${unread}` };
}
/** BuildKit has no word for it: the cache is a part of the image, which is there or is not. */
function decideInlineOutcome({ plan, result }) {
    const isExported = plan.export !== null && result.failure === undefined;
    return { cacheExport: isExported ? 'exported' : 'skipped', reason: undefined, unloaded: [] };
}
/** Without what BuildKit did when it happened. */
function toReason(error) {
    return error.replace(/^failed to configure \w+ cache importer: /, '');
}

;// CONCATENATED MODULE: ./build/cache/store-memory.js

/** What is known of the builds of a step at a store, for the word on their end. */
class StoreMemory {
    #backend;
    #imports = 0;
    #absent = 0;
    #faults = [];
    #withheld = new Set();
    constructor(backend) {
        this.#backend = backend;
    }
    noteRoutes(routes, plans) {
        this.#imports = routes.reduce((sum, { cache }) => sum + cache.imports.length, 0);
        for (const [index, { cache }] of routes.entries()) {
            const scope = plans[index]?.export;
            if (cache.export === undefined && typeof scope === 'string')
                this.#withheld.add(scope);
        }
    }
    noteImportErrors(errors) {
        this.#faults = selectFaults(errors);
        this.#absent = errors.length - this.#faults.length;
    }
    toOutcome(facts) {
        const { plan } = facts;
        const isWithheld = plan.export !== null && this.#withheld.has(plan.export);
        const outcome = decideStoreOutcome(isWithheld ? { ...facts, plan: { ...plan, export: null } } : facts, this.#backend, this.#faults);
        return { ...outcome, isFirst: this.#faults.length === 0 && this.#absent >= this.#imports };
    }
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./build/cache/azure-access.js

const nowhere = 'http://azure.invalid';
/** What `Put Blob`, `Put Block` and `Put Block List` have of it. */
const writing = new Set(['', 'block', 'blocklist']);
/**
 * Whether a request is one that the plan allows: any layer, since those are found by their digests; of the indexes those
 * that are imported, and to write those that are exported. Pure.
 *
 * @param target path and query of the request
 */
function allowsAzure(method, target, places) {
    const url = new URL(target, nowhere);
    // An absolute target, `//HOST/…` or `/\\HOST/…` would lead what is signed to another host.
    if (url.origin !== nowhere)
        return false;
    // Which of two counts is not ours to guess.
    const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
    if (new Set(names).size < names.length)
        return false;
    const key = toKey(url.pathname, places);
    if (key === undefined)
        return false;
    const isRead = method === 'GET' || method === 'HEAD';
    if (key === '') {
        const isContainer = url.searchParams.get('restype') === 'container' && !url.searchParams.has('comp');
        return isContainer && (isRead || (method === 'PUT' && places.exports.length > 0));
    }
    const comp = url.searchParams.get('comp') ?? '';
    if (!isRead && !(method === 'PUT' && writing.has(comp)))
        return false;
    if (isRead && comp !== '')
        return false;
    const isBlob = external_node_path_.posix.dirname(key) === places.blobsPrefix && /^sha256:[0-9a-f]{64}$/.test(external_node_path_.posix.basename(key));
    if (isBlob)
        return isRead || places.exports.length > 0;
    const isNamed = (names) => names.some((name) => key === external_node_path_.posix.join(places.manifestsPrefix, name));
    return isNamed(places.exports) || (isRead && isNamed(places.imports));
}
/** In the container; empty: the container itself; undefined: outside of it. */
function toKey(pathname, { base, container }) {
    let decoded;
    try {
        decoded = decodeURIComponent(pathname);
    }
    catch {
        // Malformed: it names nothing.
        return undefined;
    }
    const home = `${base}/${container}`;
    if (decoded === home)
        return '';
    return decoded.startsWith(`${home}/`) ? decoded.slice(home.length + 1) : undefined;
}

;// CONCATENATED MODULE: ./build/cache/azure-signature.js

const standard = [
    ...['content-encoding', 'content-language', 'content-length', 'content-md5', 'content-type', 'date'],
    ...['if-modified-since', 'if-match', 'if-none-match', 'if-unmodified-since', 'range'],
];
/**
 * The `Authorization` header (learn.microsoft.com, "Authorize with Shared Key"; the version since 2015-02-21, which signs
 * an empty Content-Length where it is 0). Pure.
 *
 * @param key in base64, as Azure gives it
 */
function azure_signature_signRequest(request, account, key) {
    const text = toStringToSign(request, account);
    const signature = (0,external_node_crypto_.createHmac)('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
    return `SharedKey ${account}:${signature}`;
}
/** Whether the request was signed with this key. */
function isSignedWith(request, account, key) {
    const given = Buffer.from(String(request.headers['authorization'] ?? ''));
    const expected = Buffer.from(azure_signature_signRequest(request, account, key));
    return given.length === expected.length && (0,external_node_crypto_.timingSafeEqual)(given, expected);
}
function toStringToSign({ method, target, headers }, account) {
    const values = standard.map((name) => {
        const value = String(headers[name] ?? '');
        return name === 'content-length' && value === '0' ? '' : value;
    });
    // x-ms-date stands for it.
    if (headers['x-ms-date'] !== undefined)
        values[standard.indexOf('date')] = '';
    const own = Object.keys(headers)
        .filter((name) => name.startsWith('x-ms-'))
        .sort()
        .map((name) => `${name}:${String(headers[name]).trim()}\n`);
    return `${[method, ...values].join('\n')}\n${own.join('')}${toResource(target, account)}`;
}
function toResource(target, account) {
    const question = target.indexOf('?');
    const path = question === -1 ? target : target.slice(0, question);
    const query = new URLSearchParams(question === -1 ? '' : target.slice(question + 1));
    const names = [...new Set([...query.keys()])].sort();
    const parameters = names.map((name) => `\n${name.toLowerCase()}:${query.getAll(name).sort().join(',')}`);
    return `/${account}${path}${parameters.join('')}`;
}

;// CONCATENATED MODULE: ./build/cache/azure-door.js






/** Of this hop, or made anew. */
const azure_door_dropped = new Set([
    'host',
    'authorization',
    'connection',
    'keep-alive',
    'proxy-connection',
]);
/**
 * A door to an account on loopback: BuildKit takes the key of an account from the argument list alone, which every user of
 * the machine can read, so it gets a stub. What is signed with the stub and allowed by the plan is signed with the key and
 * passed on. It ends with this process.
 */
async function openAzureDoor(account, places) {
    const stub = (0,external_node_crypto_.randomBytes)(32).toString('base64');
    const upstream = new URL(account.url);
    const server = external_node_http_.createServer((request, response) => {
        const signed = toSigned(request);
        const isOwn = isSignedWith(signed, account.name, stub) && request.headers['x-ms-copy-source'] === undefined;
        if (!isOwn || !allowsAzure(signed.method, signed.target, places)) {
            request.resume();
            response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' }).end();
            return;
        }
        pass(request, response, signed, { account, upstream });
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
    });
    // What is left of a build does not keep the step alive.
    server.unref();
    const address = server.address();
    if (address === null || typeof address === 'string')
        throw new Error('the door has no port');
    return { url: `http://127.0.0.1:${address.port}${places.base}`, stub };
}
const azure_door_patienceMs = 10_000;
/** Whether the account lets us in, before BuildKit asks: its client tries again for a minute. undefined: it does. */
async function findAzureObstacle(account, { base, container }) {
    const target = `${base}/${container}?restype=container`;
    const headers = { 'x-ms-version': '2021-12-02', 'x-ms-date': new Date().toUTCString() };
    const signed = { method: 'GET', target, headers };
    const authorization = azure_signature_signRequest(signed, account.name, account.key);
    const upstream = new URL(account.url);
    const { request } = upstream.protocol === 'https:' ? external_node_https_ : external_node_http_;
    return new Promise((resolve) => {
        const options = {
            headers: { ...headers, authorization },
            signal: AbortSignal.timeout(azure_door_patienceMs),
        };
        const asked = request(new URL(target, upstream.origin), options, (answer) => {
            answer.resume();
            const { statusCode = 0 } = answer;
            const code = answer.headers['x-ms-error-code'];
            const isFine = statusCode === 200 || (statusCode === 404 && code === 'ContainerNotFound');
            resolve(isFine ? undefined : `status ${statusCode}${code === undefined ? '' : `, ${String(code)}`}`);
        });
        asked.on('error', (error) => resolve((0,errors/* toMessage */.R9)(error)));
        asked.end();
    });
}
function pass(request, response, signed, { account, upstream }) {
    const kept = Object.entries(request.headers).filter(([name]) => !azure_door_dropped.has(name));
    const headers = {
        ...Object.fromEntries(kept),
        authorization: azure_signature_signRequest(signed, account.name, account.key),
    };
    const { request: send } = upstream.protocol === 'https:' ? external_node_https_ : external_node_http_;
    const passed = send(new URL(signed.target, upstream.origin), { method: signed.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
    });
    // A status that Azure's SDK does not try again for a minute: the build is to go on without a cache.
    passed.on('error', () => {
        if (response.headersSent)
            response.destroy();
        else
            response.writeHead(424, { 'x-ms-error-code': 'AccountOutOfReach' }).end();
    });
    request.on('error', () => passed.destroy());
    request.pipe(passed);
}
function toSigned({ method = '', url = '', headers }) {
    return { method, target: url, headers };
}

;// CONCATENATED MODULE: ./build/cache/store-way.js



/** The key of an Azure account stays in this process, and BuildKit gets a door to it; to all else it goes by itself. */
async function openWay(settings, plans) {
    const account = settings.backend === 'azblob' ? toAzureAccount(settings.to) : undefined;
    if (account === undefined)
        return { settings, obstacle: undefined };
    const places = toAzurePlaces(settings, plans);
    const obstacle = await findAzureObstacle(account, places);
    if (obstacle !== undefined)
        return { settings, obstacle };
    const door = await openAzureDoor(account, places);
    log.mask(door.stub);
    const attrs = { account_url: door.url, account_name: account.name, secret_access_key: door.stub };
    const settle = (own) => ({ ...own, attrs: { ...own.attrs, ...attrs } });
    return {
        settings: { ...settings, to: settle(settings.to), from: settle(settings.from) },
        obstacle: undefined,
    };
}

;// CONCATENATED MODULE: ./build/cache/store-backend.js
















/**
 * A registry, a directory, a bucket, a container or the image itself, by BuildKit's own clients. They keep no refs apart,
 * so that the plan alone does.
 */
function createStoreBackend(facts) {
    const places = toPlaces(facts);
    return {
        rights: rights/* unbounded */.dT,
        // An export replaces what is there.
        keepsNewer: false,
        connect: async ({ plans }) => {
            const isUnused = plans.every((plan) => plan.imports.length === 0 && plan.export === null);
            return isUnused ? (0,no_access/* createNoAccess */.m)(undefined) : createStoreAccess(facts, places);
        },
    };
}
function createStoreAccess(facts, attributes) {
    const { backend, cache } = facts;
    const directory = backend === 'local'
        ? new LocalDirectory([attributes.to.attrs['dest'], attributes.from.attrs['src']].filter((place) => place !== undefined), cache.maxSize)
        : undefined;
    const memory = new StoreMemory(backend);
    return {
        describe: () => ({ kind: 'info', sentence: `caches: ${describePlace(cache)}` }),
        open: async (request) => {
            const compression = decideCompression({
                ...{ backend, asked: cache.compression, outputs: request.outputs },
                attribute: attributes.to.attrs['compression'],
            });
            const settings = { ...request.settings, backend, ...attributes, compression };
            const way = await openWay(settings, request.plans);
            const opened = openStoreRoutes(request, way.settings, toStoreVariables(settings));
            const open = way.obstacle === undefined ? opened : withoutCache(opened, way.obstacle);
            const settled = directory === undefined ? open : await settleLocal(open, directory);
            memory.noteRoutes(settled.routes, request.plans);
            return settled;
        },
        watch: async () => directory?.hold(),
        sortImportErrors: (errors) => {
            memory.noteImportErrors(errors);
            return [];
        },
        settle: async () => {
            await directory?.collect();
            return { verdict: undefined, foreign: undefined };
        },
        readReport: async () => undefined,
        outcome: (ended) => memory.toOutcome(ended),
    };
}
function withoutCache(opened, obstacle) {
    const routes = opened.routes.map((route) => ({
        ...route,
        cache: { ...route.cache, imports: [], export: undefined },
    }));
    const sentence = `The place of the caches is of no use (${obstacle}): this build runs without a cache, and the next build will not find its steps.`;
    return { ...opened, routes, degradations: [sentence] };
}
/** Without imports of what is not there yet, and with the directories of what is exported. */
async function settleLocal(opened, directory) {
    const routes = [];
    const lost = [];
    for (const route of opened.routes) {
        const imports = [];
        for (const entry of route.cache.imports)
            if (await directory.hasIndex(entry))
                imports.push(entry);
        let { export: exported } = route.cache;
        try {
            if (exported !== undefined)
                await directory.prepareExport(exported);
        }
        catch (error) {
            lost.push(`The cache is not exported, the next build will not find this one's steps: ${(0,errors/* toMessage */.R9)(error)}.`);
            exported = undefined;
        }
        routes.push({ ...route, cache: { ...route.cache, imports, export: exported } });
    }
    return { ...opened, routes, degradations: [...opened.degradations, ...new Set(lost)] };
}
function openStoreRoutes({ plans, outputs, seen }, settings, environment) {
    const { backend, compression, from } = settings;
    const isRefused = changesOutput(outputs, compression);
    const inline = plans.map((plan) => backend === 'inline' ? toInlinePlace(plan, from.attrs['ref']) : undefined);
    const layers = toCachedLayers(compression);
    const isZstd = compression === 'zstd' && backend !== 'inline';
    const routes = plans.map((plan, index) => {
        const entries = toStoreEntries(plan, settings, inline[index]);
        return {
            cache: {
                ...cache_flags/* noCache */.wt,
                ...{ imports: isRefused ? [] : entries.imports, export: entries.export, environment },
                words: { ...(0,cache_entries/* toWords */.x4)(entries.export), faults: listStoreFaults(backend, from) },
            },
            cachedLayers: seen.zstd ? { ...layers, own: [...new Set([...layers.own, 'zstd'])] } : layers,
        };
    });
    const imports = plans.flatMap((plan) => plan.imports);
    return {
        routes,
        seen: isZstd ? { ...seen, zstd: true } : seen,
        notices: [...new Set(inline.flatMap((place) => place?.withheld ?? []))],
        degradations: isRefused && imports.length > 0
            ? [
                `The caches are not imported: their layers are ${compression}, and the outputs would not be what they are without a cache.`,
            ]
            : [],
    };
}
/** Throws InputError where nobody says the region of a bucket. */
function toPlaces({ backend, cache, workspace, env }) {
    const joined = joinAttributes(backend, { to: cache.cacheToAttrs, from: cache.cacheFromAttrs });
    const settle = ({ attrs, secrets }) => ({
        secrets,
        attrs: Object.fromEntries(Object.entries(backend === 's3' ? { ...attrs, region: findRegion(attrs, env) } : attrs).map(([name, value]) => [name, name === 'dest' || name === 'src' ? external_node_path_.resolve(workspace, value) : value])),
    });
    return { to: settle(joined.to), from: settle(joined.from) };
}

;// CONCATENATED MODULE: ./build/cache/choose-backend.js







/** Throws InputError for a place of caches that cannot be one. */
function chooseBackend(way, cache, facts, env) {
    const { backend } = cache;
    switch (backend) {
        case 'gha':
            return chooseGha(way, facts, env);
        case 'none':
            return createNoBackend(rights/* noRights */.LT);
        case 's3':
            if (way === 'gateway')
                return createBucketBackend(readS3Place(cache, facts.repository, env), facts, env);
            return chooseStore(backend, way, cache, facts, env);
        case 'registry':
        case 'local':
        case 'azblob':
        case 'inline':
            return chooseStore(backend, way, cache, facts, env);
        default:
            return backend;
    }
}
/** BuildKit's own client of it. */
function chooseStore(backend, way, cache, { workspace }, env) {
    if (way === 'none')
        return createNoBackend(rights/* unbounded */.dT);
    return createStoreBackend({ backend, cache, workspace, env });
}
function chooseGha(way, facts, env) {
    const rights = readTokenRights(env);
    switch (way) {
        case 'gateway':
            return createGatewayBackend(facts, rights, env);
        case 'direct':
            return createDirectGha(facts, rights);
        case 'none':
            return createDirectGha({ ...facts, token: undefined }, rights);
        default:
            return way;
    }
}
function createNoBackend(rights) {
    return { rights, keepsNewer: true, connect: async () => (0,no_access/* createNoAccess */.m)(undefined) };
}
/** Attributes that this way to the caches does not use, a sentence each. */
function listIdleAttributes(way, cache) {
    return cache.backend === 's3' && way === 'gateway' ? listIdleS3Attributes(cache) : [];
}

;// CONCATENATED MODULE: ./build/cache-protocol/integer.js
/**
 * A protobuf int64 in JSON: a number or a string of digits. Absent is 0, as proto3 omits default values; undefined
 * when it is neither. Values above 2^53 lose precision, which no entry size reaches.
 */
function integer_parseInt64(value) {
    if (value === undefined || value === null)
        return 0;
    if (typeof value === 'number')
        return Number.isInteger(value) ? value : undefined;
    if (typeof value === 'string' && /^-?\d{1,19}$/.test(value))
        return Number(value);
    return undefined;
}

;// CONCATENATED MODULE: ./build/cache-protocol/rest-v1.js


/** Messages of the v1 service (cache-protocol.md, section 1). Parsers answer undefined where the shape is another. */
const API_PATH = '_apis/artifactcache/';
const V1_ACCEPT = 'application/json;api-version=6.0-preview.1';
/** Method and URL of a call under `ACTIONS_CACHE_URL`, whose path is opaque. */
function toV1Request(baseUrl, call) {
    const api = `${baseUrl.replace(/\/+$/, '')}/${API_PATH}`;
    switch (call.kind) {
        case 'lookup': {
            // Keys travel as one value joined by commas: a key may not contain one.
            const keys = encodeURIComponent(call.keys.join(','));
            return { method: 'GET', url: `${api}cache?keys=${keys}&version=${encodeURIComponent(call.version)}` };
        }
        case 'reserve':
            return { method: 'POST', url: `${api}caches` };
        case 'chunk':
            return { method: 'PATCH', url: `${api}caches/${encodeURIComponent(call.cacheId)}` };
        case 'commit':
            return { method: 'POST', url: `${api}caches/${encodeURIComponent(call.cacheId)}` };
        case 'list':
            return { method: 'GET', url: `${api}caches?key=${encodeURIComponent(call.key)}` };
    }
}
/** `unknown`: a path of the v1 API that has no such call; undefined: no path of the v1 API. Any prefix is accepted. */
function parseV1Call(method, url) {
    const at = url.pathname.lastIndexOf(`/${API_PATH}`);
    if (at < 0)
        return undefined;
    const resource = url.pathname.slice(at + API_PATH.length + 1);
    const cacheId = /^caches\/(\d{1,16})$/.exec(resource)?.[1];
    if (cacheId !== undefined) {
        if (method === 'PATCH')
            return { kind: 'chunk', cacheId };
        return method === 'POST' ? { kind: 'commit', cacheId } : 'unknown';
    }
    if (resource === 'cache' && method === 'GET') {
        const keys = (url.searchParams.get('keys') ?? '').split(',');
        return { kind: 'lookup', keys, version: url.searchParams.get('version') ?? '' };
    }
    if (resource === 'caches' && method === 'POST')
        return { kind: 'reserve' };
    if (resource === 'caches' && method === 'GET') {
        return { kind: 'list', key: url.searchParams.get('key') ?? '' };
    }
    return 'unknown';
}
/** Never with `isAzureBlob`: go-actions-cache would then take its v2 download path. */
function renderV1Entry(entry) {
    const { cacheKey, scope, cacheVersion, creationTime, archiveLocation } = entry;
    const fields = { cacheKey, scope, cacheVersion, creationTime };
    return archiveLocation === undefined ? fields : { ...fields, archiveLocation };
}
/** undefined for an empty answer or an empty key, both of which are misses. */
function parseV1Entry(body) {
    const cacheKey = (0,build_json/* readString */.E3)(body, 'cacheKey');
    if (cacheKey === undefined || cacheKey === '')
        return undefined;
    return {
        cacheKey,
        scope: (0,build_json/* readString */.E3)(body, 'scope') ?? '',
        cacheVersion: (0,build_json/* readString */.E3)(body, 'cacheVersion') ?? '',
        creationTime: (0,build_json/* readString */.E3)(body, 'creationTime') ?? '',
        archiveLocation: (0,build_json/* readString */.E3)(body, 'archiveLocation'),
    };
}
function renderV1List(entries) {
    return { totalCount: entries.length, artifactCaches: entries.map(renderV1Entry) };
}
function renderV1ReserveRequest(request) {
    const { key, version, sizeBytes } = request;
    return sizeBytes === undefined ? { key, version } : { key, version, cacheSize: sizeBytes };
}
function parseV1ReserveRequest(body) {
    const key = readString(body, 'key');
    const version = readString(body, 'version');
    if (!isRecord(body) || key === undefined || version === undefined)
        return undefined;
    const size = body['cacheSize'];
    const sizeBytes = size === undefined || size === null ? undefined : parseInt64(size);
    return { key, version, sizeBytes };
}
/** `cacheId` is a JSON number, not 0. */
function renderV1ReserveResponse(cacheId) {
    return { cacheId: Number(cacheId) };
}
function parseV1ReserveResponse(body) {
    if (!(0,build_json/* isRecord */.u4)(body))
        return undefined;
    const cacheId = integer_parseInt64(body['cacheId'] ?? body['cacheID']);
    return cacheId === undefined || cacheId <= 0 ? undefined : String(cacheId);
}
function renderV1CommitRequest(sizeBytes) {
    return { size: sizeBytes };
}
/** The total size in bytes. */
function parseV1CommitRequest(body) {
    if (!isRecord(body) || body['size'] === undefined)
        return undefined;
    return parseInt64(body['size']);
}
function renderV1Error(error) {
    return {
        $id: '1',
        innerException: null,
        message: error.message,
        typeName: `Microsoft.Azure.DevOps.ArtifactCache.WebApi.${error.typeKey}, Microsoft.Azure.DevOps.ArtifactCache.WebApi`,
        typeKey: error.typeKey,
        errorCode: 0,
        eventId: 3000,
    };
}
/** From the text of an answer, which may begin with a byte order mark; act and Gitea say `{"error": …}`. */
function parseV1Error(text) {
    const body = (0,build_json/* parseJson */.qF)(text.replace(/^\uFEFF/, ''));
    const message = (0,build_json/* readString */.E3)(body, 'message') ?? (0,build_json/* readString */.E3)(body, 'error');
    const typeKey = (0,build_json/* readString */.E3)(body, 'typeKey');
    if (message === undefined && typeKey === undefined)
        return undefined;
    return { message: message ?? '', typeKey: typeKey ?? '' };
}

;// CONCATENATED MODULE: ./build/cache-protocol/twirp.js


const SERVICE_PATH = '/twirp/github.actions.results.api.v1.CacheService/';
function toTwirpPath(method) {
    return `${SERVICE_PATH}${method}`;
}
/** `unknown`: a Twirp path of another service or method; undefined: no Twirp path at all. */
function parseTwirpPath(pathname) {
    if (!pathname.startsWith('/twirp/'))
        return undefined;
    switch (pathname) {
        case `${SERVICE_PATH}CreateCacheEntry`:
            return 'CreateCacheEntry';
        case `${SERVICE_PATH}FinalizeCacheEntryUpload`:
            return 'FinalizeCacheEntryUpload';
        case `${SERVICE_PATH}GetCacheEntryDownloadURL`:
            return 'GetCacheEntryDownloadURL';
        default:
            return 'unknown';
    }
}
function renderCreateRequest(request) {
    return { key: request.key, version: request.version };
}
function parseCreateRequest(body) {
    const key = readText(body, 'key');
    const version = readText(body, 'version');
    return key === undefined || version === undefined ? undefined : { key, version };
}
function renderCreateResponse(response) {
    return { ok: response.ok, signed_upload_url: response.signedUploadUrl, message: response.message };
}
function parseCreateResponse(body) {
    const signedUploadUrl = readText(body, 'signed_upload_url', 'signedUploadUrl');
    const message = readText(body, 'message');
    if (signedUploadUrl === undefined || message === undefined)
        return undefined;
    return { ok: (0,build_json/* readBoolean */.Vf)(body, 'ok') ?? false, signedUploadUrl, message };
}
/** The size as a string, the protobuf form of int64, which the service takes from `@actions/cache`. */
function renderFinalizeRequest(request) {
    return { key: request.key, size_bytes: String(request.sizeBytes), version: request.version };
}
function parseFinalizeRequest(body) {
    const key = readText(body, 'key');
    const version = readText(body, 'version');
    const sizeBytes = parseInt64(readField(body, 'size_bytes', 'sizeBytes'));
    if (key === undefined || version === undefined || sizeBytes === undefined)
        return undefined;
    return { key, version, sizeBytes };
}
/** `entry_id` must be a string: go-actions-cache fails on a number. */
function renderFinalizeResponse(response) {
    return { ok: response.ok, entry_id: response.entryId, message: response.message };
}
function parseFinalizeResponse(body) {
    const id = readField(body, 'entry_id', 'entryId');
    const message = readText(body, 'message');
    const entryId = id === undefined || id === null ? '' : typeof id === 'number' ? String(id) : id;
    if (typeof entryId !== 'string' || message === undefined)
        return undefined;
    return { ok: (0,build_json/* readBoolean */.Vf)(body, 'ok') ?? false, entryId, message };
}
function renderLookupRequest(request) {
    return { key: request.key, restore_keys: request.restoreKeys, version: request.version };
}
function parseLookupRequest(body) {
    const key = readText(body, 'key');
    const version = readText(body, 'version');
    const restoreKeys = readField(body, 'restore_keys', 'restoreKeys') ?? [];
    if (key === undefined || version === undefined || !isTextArray(restoreKeys))
        return undefined;
    return { key, restoreKeys, version };
}
function renderLookupResponse(response) {
    return {
        ok: response.ok,
        signed_download_url: response.signedDownloadUrl,
        matched_key: response.matchedKey,
    };
}
function parseLookupResponse(body) {
    const signedDownloadUrl = readText(body, 'signed_download_url', 'signedDownloadUrl');
    const matchedKey = readText(body, 'matched_key', 'matchedKey');
    if (signedDownloadUrl === undefined || matchedKey === undefined)
        return undefined;
    return { ok: (0,build_json/* readBoolean */.Vf)(body, 'ok') ?? false, signedDownloadUrl, matchedKey };
}
function renderTwirpError(error) {
    return { code: error.code, msg: error.message };
}
/** From the text of an answer; undefined when it is not a Twirp error (plain text or HTML of a proxy in between). */
function parseTwirpError(text) {
    const body = (0,build_json/* parseJson */.qF)(text);
    const code = (0,build_json/* readString */.E3)(body, 'code');
    if (code === undefined)
        return undefined;
    return { code, message: (0,build_json/* readString */.E3)(body, 'msg') ?? (0,build_json/* readString */.E3)(body, 'message') ?? '' };
}
/** protobuf's JSON rule: the original field name and its camelCase form are both accepted. */
function readField(body, name, camelName) {
    if (!(0,build_json/* isRecord */.u4)(body))
        return undefined;
    return body[name] ?? body[camelName];
}
/** Absent and null are the default value; undefined when it is something else than text or the body no object. */
function readText(body, name, camelName = name) {
    if (!(0,build_json/* isRecord */.u4)(body))
        return undefined;
    const value = readField(body, name, camelName) ?? '';
    return typeof value === 'string' ? value : undefined;
}
function isTextArray(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

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

;// CONCATENATED MODULE: ./build/cache-protocol/blob.js
/** The blob store's side of the protocol: which Azure Blob operation a request is, and how a client asks for it. */
const BLOB_API_VERSION = '2024-11-04';
/** @param blobType the header `x-ms-blob-type`; a plain PUT without it is taken as Put Blob, as curl users do */
function parseBlobOperation(method, query, blobType) {
    const comp = query.get('comp');
    if (method === 'GET' && comp === null)
        return { kind: 'get' };
    if (method === 'HEAD' && comp === null)
        return { kind: 'head' };
    if (method !== 'PUT')
        return { kind: 'unsupported' };
    switch (comp) {
        case null:
            return { kind: blobType?.toLowerCase() === 'appendblob' ? 'put-append-blob' : 'put-blob' };
        case 'block':
            return { kind: 'put-block', blockId: query.get('blockid') ?? '' };
        case 'blocklist':
            return { kind: 'put-block-list' };
        case 'appendblock':
            return { kind: 'append-block' };
        case 'seal':
            return { kind: 'seal' };
        default:
            return { kind: 'unsupported' };
    }
}
/** The signed URL with an operation's own parameters added; the signature does not cover them. */
function toPutBlockUrl(signedUrl, blockId) {
    return `${signedUrl}&comp=block&blockid=${encodeURIComponent(blockId)}`;
}
function toPutBlockListUrl(signedUrl) {
    return `${signedUrl}&comp=blocklist`;
}
/**
 * Block id of the index-th block: base64 of fixed length, since all ids of a blob must be of one length.
 * 48 characters before encoding, as falcondev's server reads the index out of the form that `@azure/storage-blob` uses.
 * @param prefix at most 36 ASCII characters that tell one upload's blocks from another's, such as a UUID
 */
function toBlockId(prefix, index) {
    const text = prefix.slice(0, 36).padEnd(36, '0') + String(index).padStart(12, '0');
    return btoa(text);
}
/** Azure's rule: valid base64 of at most 64 bytes. */
function isBlockId(text) {
    if (text.length === 0 || text.length > 88 || text.length % 4 !== 0)
        return false;
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/xmlparser/XMLParser.js + 23 modules
var XMLParser = __webpack_require__(1143);
// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/xmlbuilder/json2xml.js + 4 modules
var json2xml = __webpack_require__(925);
;// CONCATENATED MODULE: ./build/cache-protocol/blob-xml.js


const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
// Order matters in a block list and ids are text: nothing may be read as a number, trimmed to one or regrouped.
// Entities are off: a block list needs none and their expansion is an attack surface.
const orderedParser = new XMLParser/* default */.A({
    preserveOrder: true,
    parseTagValue: false,
    ignoreAttributes: true,
    processEntities: false,
});
const builder = new json2xml/* default */.A({ preserveOrder: true });
/** Body of Put Block List: `<Latest>` for each id, in order. */
function renderBlockList(blockIds) {
    const items = blockIds.map((id) => `<Latest>${id}</Latest>`).join('');
    return `${HEAD}<BlockList>${items}</BlockList>`;
}
/** The ids in list order; undefined when the text is not a block list. `Latest`, `Uncommitted` and `Committed` count alike. */
function parseBlockList(xml) {
    if (XMLValidator.validate(xml) !== true)
        return undefined;
    const document = orderedParser.parse(xml);
    const root = findChild(document, 'BlockList');
    if (root === undefined)
        return undefined;
    const ids = [];
    for (const item of root) {
        const id = readBlockId(item);
        if (id === undefined)
            return undefined;
        ids.push(id);
    }
    return ids;
}
function renderBlobError(code, message) {
    const fields = [{ Error: [{ Code: [{ '#text': code }] }, { Message: [{ '#text': message }] }] }];
    return `${HEAD}${builder.build(fields)}`;
}
function findChild(nodes, name) {
    if (!Array.isArray(nodes))
        return undefined;
    for (const node of nodes) {
        const children = isRecord(node) ? node[name] : undefined;
        if (Array.isArray(children))
            return children;
    }
    return undefined;
}
function readBlockId(item) {
    for (const name of ['Latest', 'Uncommitted', 'Committed']) {
        const children = findChild([item], name);
        if (children !== undefined)
            return children.length === 1 ? readString(children[0], '#text') : undefined;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/cache-protocol/range.js
/**
 * What a GET asks for of a blob of that size. `x-ms-range` wins over `Range` (Azure's rule). A header that is not one
 * range of bytes is ignored, as HTTP demands.
 */
function parseRange(range, msRange, sizeBytes) {
    const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(msRange ?? range ?? '');
    const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
    if (first === '' && last === '')
        return { kind: 'whole' };
    if (first === '') {
        const length = Math.min(Number(last), sizeBytes);
        return length === 0
            ? { kind: 'unsatisfiable' }
            : { kind: 'part', start: sizeBytes - length, end: sizeBytes - 1 };
    }
    const start = Number(first);
    const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
    if (last !== '' && Number(last) < start)
        return { kind: 'whole' };
    return start >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
/** `bytes=0-4194303`, or `bytes=100-` without an end. */
function renderRange(start, end) {
    return `bytes=${start}-${end ?? ''}`;
}
/** `Content-Range` of an answer (`bytes 0-9/100`) or, without a total, of a v1 chunk (`bytes 0-9/*`). */
function renderContentRange(range, totalBytes) {
    return `bytes ${range.start}-${range.end}/${totalBytes ?? '*'}`;
}
/** undefined when it is no content range; `totalBytes` is undefined for `*`. */
function parseContentRange(text) {
    const match = /^\s*bytes\s+(\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)\s*$/i.exec(text ?? '');
    if (match === null)
        return undefined;
    const start = Number(match[1]);
    const end = Number(match[2]);
    if (end < start)
        return undefined;
    return { start, end, totalBytes: match[3] === '*' ? undefined : Number(match[3]) };
}

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
            reject(new RetryableError(`${what}: ${transport_describe(error)}`, facts, { cause: error }));
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
function transport_describe(error) {
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
    return new RetryableError(session_describeAnswer({ status: response.status, text }), {
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
function session_describeAnswer({ status, text }) {
    const twirp = parseTwirpError(text);
    if (twirp)
        return `${status} ${twirp.code}${twirp.message ? `: ${twirp.message}` : ''}`;
    const v1 = parseV1Error(text);
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
        url: `${session.baseUrl.replace(/\/+$/, '')}${toTwirpPath(method)}`,
        headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal,
    };
}
function readLookup(answer) {
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = parseLookupResponse(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    if (!message.ok || message.signedDownloadUrl === '')
        return { kind: 'miss' };
    return { kind: 'hit', url: message.signedDownloadUrl, matchedKey: message.matchedKey };
}
function readCreate(answer, key, version, ambiguous) {
    if (answer.status !== 200) {
        const exists = answer.status === 409 || parseTwirpError(answer.text)?.code === 'already_exists';
        return exists ? { kind: 'exists', message: session_describeAnswer(answer), ambiguous } : toRefusal(answer);
    }
    const message = parseCreateResponse(parseAnswer(answer));
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
        return { kind: 'not-found', message: session_describeAnswer(answer) };
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = parseFinalizeResponse(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    return message.ok
        ? { kind: 'finalized' }
        : { kind: 'failed', message: message.message || 'finalize refused without a reason', status: 200 };
}
function parseAnswer(answer) {
    const body = (0,build_json/* parseJson */.qF)(answer.text);
    // A proxy or a service in trouble may answer 200 with a page: as good as no answer.
    if (body === undefined)
        throw notUnderstood(answer);
    return body;
}
function notUnderstood(answer) {
    return new RetryableError(`answer not understood: ${session_describeAnswer(answer)}`, { status: answer.status });
}
/** What a status that no message explains means, in v1 as in v2. */
function toRefusal(answer) {
    const message = session_describeAnswer(answer);
    if (answer.status === 401)
        return { kind: 'unauthenticated', message };
    if (answer.status === 403)
        return { kind: 'denied', message };
    return { kind: 'failed', message, status: answer.status };
}

;// CONCATENATED MODULE: ./build/cache-client/dialect-v1.js





function toV1Headers(session) {
    return { authorization: `Bearer ${session.token}`, accept: V1_ACCEPT };
}
function toV1JsonRequest(session, call, message, signal) {
    const headers = toV1Headers(session);
    const request = { ...toV1Request(session.baseUrl, call), signal };
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
    const body = (0,build_json/* parseJson */.qF)(answer.text);
    if (body === undefined) {
        throw new RetryableError(`answer not understood: ${session_describeAnswer(answer)}`, { status: answer.status });
    }
    const entry = parseV1Entry(body);
    if (!entry?.archiveLocation)
        return { kind: 'miss' };
    return { kind: 'hit', url: entry.archiveLocation, matchedKey: entry.cacheKey };
}
function readV1Create(answer, key, version, ambiguous) {
    if (answer.status === 201 || answer.status === 200) {
        const cacheId = parseV1ReserveResponse((0,build_json/* parseJson */.qF)(answer.text));
        if (cacheId !== undefined)
            return { kind: 'created', ticket: { protocol: 1, cacheId, key, version } };
        throw new RetryableError(`answer not understood: ${session_describeAnswer(answer)}`, { status: answer.status });
    }
    const error = parseV1Error(answer.text);
    const saysExists = error?.typeKey.includes('AlreadyExists') || /already exists/i.test(error?.message ?? '');
    if (answer.status === 409 || saysExists)
        return { kind: 'exists', message: session_describeAnswer(answer), ambiguous };
    return toRefusal(answer);
}
function readV1Finalize(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return { kind: 'finalized' };
    if (answer.status === 404)
        return { kind: 'not-found', message: session_describeAnswer(answer) };
    return toRefusal(answer);
}

;// CONCATENATED MODULE: ./build/cache-client/block-upload.js








/** 84 MB/s were measured against GitHub with it; one stream makes a quarter of that. */
const blockShape = { partBytes: 16 * 1024 * 1024, parallel: 8 };
/** What both v1 clients do, so what servers of v1 are used to. */
const chunkShape = { partBytes: 32 * 1024 * 1024, parallel: 4 };
const azureHeaders = { 'x-ms-version': BLOB_API_VERSION, 'content-type': 'application/octet-stream' };
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
        const url = toPutBlockUrl(signedUrl, toBlockId(prefix, index));
        await sendPart(session, { url, headers: azureHeaders, source, start, end }, options);
    });
    const list = renderBlockList(parts.map(({ index }) => toBlockId(prefix, index)));
    await callForText(session, 'upload', signedUrl, options, (signal) => ({
        method: 'PUT',
        url: toPutBlockListUrl(signedUrl),
        headers: { 'x-ms-version': BLOB_API_VERSION, 'content-type': 'application/xml' },
        body: list,
        signal,
    }), requireSuccess);
}
async function uploadChunks(session, cacheId, source, shape, options) {
    await forEachParallel(cutParts(source.sizeBytes, shape.partBytes), shape.parallel, async ({ start, end }) => {
        const { method, url } = toV1Request(session.baseUrl, { kind: 'chunk', cacheId });
        const headers = {
            ...toV1Headers(session),
            'content-type': 'application/octet-stream',
            'content-range': renderContentRange({ start, end }),
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
    throw new RefusedError(answer.status, session_describeAnswer(answer));
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
            const headers = { range: renderRange(start, end), 'accept-encoding': 'identity' };
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
            const message = session_describeAnswer({ status, text });
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
        return toResult(error);
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
        return toResult(error);
    }
}
function toResult(error) {
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
        const range = first.status === 206 ? parseContentRange(first.headers['content-range']) : undefined;
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
    return parseContentRange(response.headers['content-range'])?.start ?? 0;
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
    const message = renderLookupRequest({ key, restoreKeys, version });
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
        ? toV1JsonRequest(session, { kind: 'reserve' }, renderV1ReserveRequest({ key, version, sizeBytes }), signal)
        : toTwirpRequest(session, 'CreateCacheEntry', renderCreateRequest({ key, version }), signal), (answer) => protocol === 1
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
        return toV1JsonRequest(session, call, renderV1CommitRequest(sizeBytes), signal);
    }
    const { key, version } = ticket;
    const message = renderFinalizeRequest({ key, version, sizeBytes });
    return toTwirpRequest(session, 'FinalizeCacheEntryUpload', message, signal);
}

;// CONCATENATED MODULE: ./build/cache-protocol/version.js
/** The one cache version of every BuildKit entry: sha256 of `|go-actionscache-1.0` (go-actions-cache, cache.go). */
const BUILDKIT_CACHE_VERSION = '693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2';
/** The version of the gateway's own entries, so that they never mix with others': sha256 of `hotlayer-packs-1`. */
const PACKS_CACHE_VERSION = 'fdf4e0361eff7e4f5e8bea911c3ad00d48e8e75252bdce5cf42c5386791b45b2';

;// CONCATENATED MODULE: ./build/cache/service-question.js




const policy = {
    attempts: 3,
    firstDelayMs: 300,
    maxDelayMs: 1000,
    deadlineMs: 7000,
    patienceMs: 2000,
};
const suspectPolicy = { ...policy, attempts: 1, deadlineMs: 1500 };
/**
 * Whether the cache service answers a look-up: for clients that are not ours, and would try again for minutes. Any
 * answer that means something will do, a refusal too.
 */
async function askService({ upstream, token, env, isSuspect }) {
    const proxies = readProxies(env);
    const transport = openTransport(proxies, 'hotlayer');
    try {
        const client = createCacheClient({
            protocol: upstream.protocol,
            baseUrl: upstream.url,
            token,
            transport,
        });
        const query = { key: 'hotlayer-are-you-there', version: PACKS_CACHE_VERSION };
        const result = await client.lookup(query, { policy: isSuspect ? suspectPolicy : policy });
        return result.kind === 'failed' ? { kind: 'away', reason: result.message } : { kind: 'answers' };
    }
    finally {
        transport.close();
    }
}
/** Asks the cache service once for all of this step, and only if somebody wants to know: why it is of no use, or undefined. */
function askServiceOnce({ token, upstream }, job, env) {
    if (token === undefined || upstream === undefined)
        return async () => undefined;
    const ask = async () => {
        const answer = await askService({ upstream, token, env, isSuspect: job.record.outage !== undefined });
        return answer.kind === 'away' ? answer.reason : undefined;
    };
    let asked;
    return () => {
        asked ??= ask();
        return asked;
    };
}

;// CONCATENATED MODULE: ./build/inputs/links.js


/** More links than that are a circle (Linux follows 40). */
const maxLinks = 255;
/**
 * True when the file is there for this machine, but not for BuildKit: of a local directory BuildKit gets the links
 * themselves, and follows them as if that directory were the root of everything.
 */
async function leadsOut(file) {
    let real;
    try {
        real = await (0,promises_.realpath)(file);
    }
    catch {
        // Not there for anybody: that is another message's matter.
        return false;
    }
    const root = await (0,promises_.realpath)(external_node_path_.dirname(file));
    return (await resolveInside(root, external_node_path_.basename(file))) !== real;
}
/** What the name leads to below `root`; undefined: to nothing. */
async function resolveInside(root, name) {
    let place = [];
    let rest = [name];
    for (let links = 0; links <= maxLinks;) {
        const [part, ...others] = rest;
        if (part === undefined)
            return external_node_path_.join(root, ...place);
        rest = others;
        if (part === '' || part === '.')
            continue;
        if (part === '..') {
            place = place.slice(0, -1);
            continue;
        }
        const target = await readTarget(external_node_path_.join(root, ...place, part));
        if (target === 'nothing')
            return undefined;
        if (target === 'no-link') {
            place = [...place, part];
            continue;
        }
        links++;
        if (external_node_path_.isAbsolute(target.link))
            place = [];
        rest = [...target.link.split('/'), ...rest];
    }
    return undefined;
}
async function readTarget(file) {
    try {
        return (await (0,promises_.lstat)(file)).isSymbolicLink() ? { link: await (0,promises_.readlink)(file) } : 'no-link';
    }
    catch {
        // Not there, or below a file.
        return 'nothing';
    }
}

;// CONCATENATED MODULE: ./build/inputs/files.js




/**
 * Looks whether the local context and its Dockerfile are there, before anything is started. A Git context is BuildKit's
 * to fetch. Relative paths start at the workspace, as in docker/build-push-action. Throws InputError.
 */
async function checkFiles({ context, file }, workspace) {
    if (context.kind === 'git')
        return;
    const directory = external_node_path_.resolve(workspace, context.path);
    const found = await statOrUndefined(directory);
    if (found === undefined || !found.isDirectory()) {
        const fault = found === undefined ? 'does not exist' : 'is not a directory';
        throw new errors/* InputError */.dz('context', `input "context": ${(0,errors/* quote */.hD)(context.path)} ${fault} (${directory}); allowed is a directory, or a Git URL. Did actions/checkout run before this step?`);
    }
    await checkDockerfile(file, directory, workspace);
}
/** Throws InputError when the variable names a policy that buildx could not read. */
async function checkSourcePolicy(env, workspace) {
    const name = 'EXPERIMENTAL_BUILDKIT_SOURCE_POLICY';
    const file = env[name];
    if (file === undefined || file === '')
        return;
    if ((await statOrUndefined(external_node_path_.resolve(workspace, file)))?.isFile() === true)
        return;
    throw new errors/* InputError */.dz(name, `${name} is ${(0,errors/* quote */.hD)(file)}, which is not a file: it must be the path of a source policy in JSON, from the workspace or absolute.`);
}
async function checkDockerfile(file, context, workspace) {
    const dockerfile = file === undefined ? external_node_path_.join(context, 'Dockerfile') : external_node_path_.resolve(workspace, file);
    // BuildKit takes `dockerfile` for `Dockerfile` too (moby/moby#10858).
    const lowerCase = external_node_path_.join(external_node_path_.dirname(dockerfile), 'dockerfile');
    const exact = await statOrUndefined(dockerfile);
    const found = exact ?? (external_node_path_.basename(dockerfile) === 'Dockerfile' ? await statOrUndefined(lowerCase) : undefined);
    if (found?.isFile() === true) {
        await checkLink(file, exact === undefined ? lowerCase : dockerfile);
        return;
    }
    const fault = found === undefined ? 'does not exist' : 'is not a file';
    throw new errors/* InputError */.dz('file', `input "file": ${(0,errors/* quote */.hD)(file ?? 'Dockerfile')} ${fault} (${dockerfile}); allowed is the path of a Dockerfile, from the workspace, by default Dockerfile in the context`);
}
async function checkLink(file, dockerfile) {
    if (!(await leadsOut(dockerfile)))
        return;
    const target = await (0,promises_.realpath)(dockerfile);
    throw new errors/* InputError */.dz('file', `input "file": ${(0,errors/* quote */.hD)(file ?? external_node_path_.basename(dockerfile))} is a link out of its directory (to ${target}), which BuildKit does not follow; allowed is the file itself, here "file: ${target}"`);
}
/** One sentence on a list of ignored files that BuildKit will not find; undefined: there is none. */
async function describeLostIgnoreFile({ context, file }, workspace) {
    if (context.kind === 'git')
        return undefined;
    const directory = external_node_path_.resolve(workspace, context.path);
    const dockerfile = file === undefined ? external_node_path_.join(directory, 'Dockerfile') : external_node_path_.resolve(workspace, file);
    for (const ignored of [`${dockerfile}.dockerignore`, external_node_path_.join(directory, '.dockerignore')]) {
        if (await leadsOut(ignored)) {
            return `${ignored} has no effect: it is a link out of its directory, which BuildKit does not follow. Put the file itself there.`;
        }
    }
    return undefined;
}
async function statOrUndefined(file) {
    try {
        return await (0,promises_.stat)(file);
    }
    catch {
        // Not there or not to be seen: the message is the same for both.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/inputs/context-files.js




/** Looks whether the directories among the named contexts are there. Throws InputError. */
async function checkNamedContexts({ buildContexts }, workspace) {
    for (const { name, value } of buildContexts) {
        const layout = /^oci-layout:\/\/([^@]*)/.exec(value)?.[1]?.replace(/:[^/:]*$/, '');
        if (layout === undefined && !(0,named_context/* isDirectory */.wd)(value))
            continue;
        const directory = external_node_path_.resolve(workspace, layout ?? value);
        if (await isDirectoryThere(directory))
            continue;
        throw new errors/* InputError */.dz('build-contexts', `input "build-contexts": ${(0,errors/* quote */.hD)(`${name}=${value}`)} is not a directory (${directory}); allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, a directory from the workspace or absolute`);
    }
}
/**
 * One sentence on stages that begin with a directory: BuildKit knows such a base by the daemon that read it, so what is
 * built on it is never found again on another one. undefined: there is none, or the Dockerfile is not to be seen here.
 */
async function describeLocalBases({ context, file, buildContexts }, workspace) {
    const directories = buildContexts.filter(({ value }) => (0,named_context/* isDirectory */.wd)(value));
    if (directories.length === 0 || context.kind === 'git')
        return undefined;
    const dockerfile = external_node_path_.resolve(workspace, file ?? external_node_path_.join(context.path, 'Dockerfile'));
    const text = await (0,promises_.readFile)(dockerfile, 'utf8').catch(() => '');
    const bases = new Set(listBases(text));
    const [local] = directories.filter(({ name }) => bases.has(toPlainName(name)));
    return local === undefined
        ? undefined
        : `What is built on "FROM ${local.name}" is never found in the cache by another run: it is a directory ("build-contexts"), which BuildKit knows by this daemon alone. Begin with "FROM scratch" and "COPY --from=${local.name} / /", or give the context as docker-image:// or oci-layout://.`;
}
/** What the stages of a Dockerfile begin with, by the names of named contexts. Pure. */
function listBases(dockerfile) {
    return [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(([, base = '']) => toPlainName(base));
}
/** As buildx normalizes both (distribution/reference). */
function toPlainName(name) {
    return name
        .toLowerCase()
        .replace(/^(?:index\.)?docker\.io\//, '')
        .replace(/^library\//, '')
        .replace(/:latest$/, '');
}
async function isDirectoryThere(directory) {
    try {
        return (await (0,promises_.stat)(directory)).isDirectory();
    }
    catch {
        // Not there or not to be seen: the message is the same for both.
        return false;
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/inputs/foreign-files.js



/**
 * One sentence on the file that configures the daemons of `buildx create`, of which none is made here; undefined: there is
 * no such file. What else buildx reads (scoped logins, proxies, policies) works. Relative paths start at the workspace.
 */
async function describeForeignFiles(env, workspace) {
    const dockerConfig = external_node_path_.resolve(workspace, env['DOCKER_CONFIG'] || external_node_path_.join(env['HOME'] || (0,external_node_os_.homedir)(), '.docker'));
    const buildxConfig = external_node_path_.resolve(workspace, env['BUILDX_CONFIG'] || external_node_path_.join(dockerConfig, 'buildx'));
    const defaults = external_node_path_.join(buildxConfig, 'buildkitd.default.toml');
    return (await isFile(defaults))
        ? `${defaults} has no effect on this build (in docker/setup-buildx-action it configures buildkitd: use the input "buildkitd-config-inline").`
        : undefined;
}
async function isFile(file) {
    try {
        return (await (0,promises_.stat)(file)).isFile();
    }
    catch {
        // Not there, or not to be read: then it has no effect with buildx either.
        return false;
    }
}

;// CONCATENATED MODULE: ./build/inputs/foreign-variables.js

const isOff = (value) => /^(?:0|f|false|no|off)$/i.test(value);
const isOn = (value) => !isOff(value);
const foreign_variables_ownDaemon = 'Hotlayer starts a BuildKit of its own, and "endpoint" names another one';
/**
 * From buildx (v0.37.2), docker/build-push-action and docker/setup-buildx-action. Not in it: what works here too
 * (SOURCE_DATE_EPOCH, EXPERIMENTAL_BUILDKIT_SOURCE_POLICY, DOCKER_CONFIG, DOCKER_BUILD_CHECKS_ANNOTATIONS, DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF, BUILDX_GIT_LABELS and all else that buildx inherits), what only `buildx bake` reads (BUILDX_BAKE_FILE and so on), which the action `bake` obeys, and what switches off a thing that is not done here.
 */
const foreignVariables = [
    { name: /^BUILDX_BUILDER$/, does: 'chooses the builder', remedy: foreign_variables_ownDaemon },
    // The logins below it are read all the same.
    { name: /^BUILDX_CONFIG$/, does: 'says where builders are kept', remedy: foreign_variables_ownDaemon },
    {
        name: /^BUILDKIT_HOST$/,
        does: 'names the BuildKit that builds',
        // The output buildkit-host of an earlier step.
        isHarmless: (value) => /^unix:\/\/.*\/hotlayer[^/]*\/(?:buildkit-[0-9a-f]+\/)?buildkitd\.sock$/.test(value),
        remedy: foreign_variables_ownDaemon,
    },
    {
        name: /^DOCKER_HOST$/,
        does: 'names the Docker that runs BuildKit',
        isHarmless: (value, { image }) => /^unix:\/\/(?:\/var)?\/run\/docker\.sock$/.test(value) || loadsImage(image),
        remedy: foreign_variables_ownDaemon,
    },
    {
        name: /^DOCKER_CONTEXT$/,
        does: 'names the Docker that runs BuildKit',
        isHarmless: (value, { image }) => value === 'default' || loadsImage(image),
        remedy: foreign_variables_ownDaemon,
    },
    {
        name: /^BUILDER_NODE_0_AUTH_TLS_(?:CACERT|CERT|KEY)$/,
        does: 'opens a remote builder',
        isHarmless: (_, { daemon }) => daemon.endpoint !== undefined,
        remedy: foreign_variables_ownDaemon,
    },
    {
        name: /^BUILDER_NODE_[1-9]\d*_AUTH_TLS_(?:CACERT|CERT|KEY)$/,
        does: 'opens one more remote builder',
        remedy: 'a build has one BuildKit here',
    },
    {
        name: /^DOCKER_DEFAULT_PLATFORM$/,
        does: 'names the platform to build for',
        isHarmless: (_, { build }) => build.platforms.length > 0,
        remedy: 'use the input "platforms"',
    },
    { name: /^DOCKER_BUILD_RECORD_UPLOAD$/, does: 'uploads the build record', isHarmless: isOff },
    { name: /^DOCKER_BUILD_RECORD_RETENTION_DAYS$/, does: 'says how long the build record is kept' },
    // They are always there: the annotations come from them.
    { name: /^BUILDX_METADATA_WARNINGS$/, does: 'keeps warnings out of the metadata', isHarmless: isOn },
    {
        name: /^BUILDKIT_PROGRESS$/,
        does: 'chooses how the build is shown',
        isHarmless: (value) => /^(?:auto|plain|tty)$/.test(value),
    },
];
/** One sentence on variables that somebody who knows buildx expects to work; undefined: there are none. Values are not shown. */
function describeForeignVariables(env, inputs) {
    // Not Object.keys: the entries hide variables with keys from whatever enumerates the environment.
    const described = Object.getOwnPropertyNames(env)
        .sort()
        .flatMap((variable) => {
        const value = env[variable]?.trim() ?? '';
        const found = foreignVariables.find(({ name }) => name.test(variable));
        if (value === '' || found === undefined || found.isHarmless?.(value, inputs) === true)
            return [];
        return [
            `${variable} (with buildx it ${found.does}${found.remedy === undefined ? '' : `: ${found.remedy}`})`,
        ];
    });
    return described.length === 0
        ? undefined
        : `These variables have no effect on this build: ${described.join(', ')}.`;
}

;// CONCATENATED MODULE: ./build/inputs/unheard.js





/** What is true of the whole job and not as somebody may expect, such as what was given and has no effect; one sentence a kind. */
async function listUnheard(env, inputs, workspace) {
    const described = [
        describeForeignInputs(env),
        describeForeignVariables(env, inputs),
        await describeForeignFiles(env, workspace),
        await describeLostIgnoreFile(inputs.build, workspace),
        await describeLocalBases(inputs.build, workspace),
    ];
    return described.filter((sentence) => sentence !== undefined);
}
/** The same of a bake, as far as it is known without its definition. */
async function listUnheardOfBake(env, { bake, daemon }, workspace) {
    const described = [
        describeForeignInputs(env, 'bake'),
        describeForeignVariables(env, {
            ...{ build: { platforms: [] }, image: { load: bake.load, outputs: [] }, daemon },
        }),
        await describeForeignFiles(env, workspace),
    ];
    return described.filter((sentence) => sentence !== undefined);
}
/** The same of what later steps get. */
async function listUnheardOfSetup(env, { daemon }, workspace) {
    const described = [
        describeForeignInputs(env, 'setup'),
        describeForeignVariables(env, { build: { platforms: [] }, image: { load: false, outputs: [] }, daemon }),
        await describeForeignFiles(env, workspace),
    ];
    return described.filter((sentence) => sentence !== undefined);
}

;// CONCATENATED MODULE: ./build/inputs/without-effect.js




function hasGateway({ backend }) {
    return backend === 'gha' || backend === 's3';
}
/** When inputs have nothing to act on, and why. */
const idleness = {
    'no-cache': {
        holds: ({ cache }) => cache.backend === 'none',
        why: '"cache: none" says that there is no cache',
    },
    'not-local': {
        holds: ({ cache }) => cache.backend !== 'local',
        why: 'it is about the directory of "cache: local"',
    },
    'not-the-service': {
        holds: ({ cache }) => !hasGateway(cache),
        why: 'only "cache: gha" and "cache: s3" go through the gateway',
    },
    'nothing-exported': {
        holds: ({ cache }) => cache.readOnly,
        why: 'it is about the export, and "read-only: true" exports nothing',
    },
    'exported-during-build': {
        holds: ({ cache }) => cache.gateway === false || !hasGateway(cache),
        why: 'without the gateway BuildKit exports during the build, so there is nothing to wait for',
    },
    'nothing-pushed': {
        holds: ({ image }) => image !== undefined && !image.push && !image.outputs.some((output) => pushesImage(output, false)),
        why: 'it is about a push, and nothing is pushed',
    },
    'config-in-file': {
        holds: ({ daemon }) => daemon.buildkitdConfig !== undefined,
        why: '"buildkitd-config" is given, and is taken in its place',
    },
};
/**
 * One sentence for each input that was given and has no effect beside the others. What depends on the event
 * (`pr-export` outside of a pull request, for example) is none of them: the same workflow runs in other events too.
 */
function listWithoutEffect(inputs) {
    return [
        ...listIdle(inputs, (kind) => idleness[kind].holds(inputs)),
        ...listWithoutImage(inputs.image),
        ...listWithoutPush(inputs.image),
        ...listBesideCall(inputs),
        ...listOwnCaches(inputs.cache),
        ...listReplacedSecrets(inputs.build),
    ];
}
/** The same of a bake; what it pushes its definition says. */
function listIdleOfBake(inputs) {
    return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}
/** The same of what later steps get. */
function listIdleOfSetup(inputs) {
    return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}
function listIdle(inputs, holds) {
    return mapInputs(inputs, (row, value) => {
        const found = row.idle.find(holds);
        return found === undefined || !isGiven(row, value) ? [] : [say(row.name, idleness[found].why)];
    }).flat();
}
function listWithoutImage({ tags, push, outputs }) {
    const isFilesOnly = outputs.length > 0 && outputs.every(({ type }) => type === 'local' || type === 'tar');
    return isFilesOnly && !push && tags.length > 0
        ? [say('tags', 'all "outputs" are plain files, and only an image has a name')]
        : [];
}
function listWithoutPush({ outputs, push }) {
    return outputs.some((output) => output.type === 'image' && isTrue(output.attrs['push-by-digest']) && !pushesImage(output, push))
        ? [say('outputs', 'push-by-digest is about a push, and nothing is pushed', 'A part of the input')]
        : [];
}
function listBesideCall({ build, image }) {
    if (build.call === undefined)
        return [];
    const why = `"call: ${build.call.text}" asks about the build and makes no image`;
    return [
        ...(image.tags.length === 0 ? [] : [say('tags', why)]),
        ...(image.outputs.every(({ type }) => type === 'cacheonly') ? [] : [say('outputs', why)]),
    ];
}
/** Entries of the Actions cache that people leave from docker/build-push-action. */
function listOwnCaches({ cacheFrom, cacheTo }) {
    const why = 'Hotlayer chooses the caches in the Actions cache itself, by the event (inputs "scope", "mode" and "read-only")';
    return [
        ...(cacheFrom.some(isOwnCache)
            ? [say('cache-from', `${why}${without_effect_describeScopes(cacheFrom)}`, 'type=gha in the input')]
            : []),
        ...(cacheTo.some(isOwnCache)
            ? [say('cache-to', `${why}${without_effect_describeScopes(cacheTo)}`, 'type=gha in the input')]
            : []),
    ];
}
/** A name that the plan does not know would be shared by all events alike. */
function without_effect_describeScopes(sources) {
    const scopes = sources
        .filter(isOwnCache)
        .flatMap((source) => toCacheAttributes(source).attrs['scope'] ?? []);
    const [first] = scopes;
    if (first === undefined)
        return '';
    return `, and scope=${scopes.join(' and scope=')} is outside of its plan: "scope: ${first}" gives the cache that name`;
}
/** As in docker/build-push-action the last of equal ids counts. */
function listReplacedSecrets({ secretEnvs, secrets, secretsYaml, secretFiles, }) {
    const given = [
        ...secretEnvs.map(({ id }) => ({ id, input: 'secret-envs' })),
        // Without a value a secret counts as not given.
        ...secrets.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets' })),
        ...secretsYaml.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets-yaml' })),
        ...secretFiles.map(({ id }) => ({ id, input: 'secret-files' })),
    ];
    const ids = new Set(given.map(({ id }) => id));
    return [...ids].flatMap((id) => {
        const named = given.filter((secret) => secret.id === id);
        return named.length === 1
            ? []
            : [`The secret ${id} is given ${named.length} times: the last counts, from "${named.at(-1)?.input}".`];
    });
}
function say(name, why, subject = 'The input') {
    return `${subject} "${name}" has no effect: ${why}.`;
}

;// CONCATENATED MODULE: ./build/plan/bake-plan.js


const nothingOfSteps = {
    network: undefined,
    shmSize: undefined,
    ulimit: [],
    cgroupParent: undefined,
    addHosts: [],
};
/** The whole bake as if it were one build: what its run may do at all. */
function toRunInputs({ bake, cache }, { remote }) {
    const context = remote === undefined ? { kind: 'path', path: '.' } : { kind: 'git', url: remote };
    const { call, githubToken } = bake;
    return {
        build: {
            ...{ context, file: undefined, target: undefined, platforms: [], buildContexts: [] },
            ...nothingOfSteps,
            ...{ call, githubToken },
        },
        image: { tags: [] },
        cache,
    };
}
/** A target as a build of its own: with its name, it has cache scopes of its own. */
function toTargetInputs(target, { bake, cache }, { cwd, remote }) {
    const context = bake_plan_toContext(target.context);
    const dockerfile = withoutScheme(target.dockerfile);
    const { network, shmSize, ulimits, hosts } = target;
    return {
        build: {
            context,
            file: context.kind === 'git' ? dockerfile : external_node_path_.resolve(cwd, context.path, dockerfile),
            target: target.stage,
            platforms: target.platforms,
            buildContexts: target.contexts.map(({ name, value }) => ({ name, value: withoutScheme(value) })),
            ...{ network, shmSize, ulimit: ulimits, cgroupParent: undefined, addHosts: hosts },
            ...{ call: bake.call, githubToken: bake.githubToken },
        },
        image: { tags: target.tags },
        cache,
        bake: {
            target: target.name,
            files: bake.files.map((file) => remote === undefined || file.startsWith(local) ? external_node_path_.resolve(cwd, withoutScheme(file)) : file),
        },
    };
}
/** Of a path that is local although the definition is not. */
const local = 'cwd://';
function withoutScheme(text) {
    return text.startsWith(local) ? text.slice(local.length) || '.' : text;
}
/** Whatever buildx takes for a URL, an archive too: it is no commit of this run unless git says so. */
function bake_plan_toContext(text) {
    const context = withoutScheme(text);
    return (0,git_url/* looksRemote */.nh)(context) ? { kind: 'git', url: context } : { kind: 'path', path: context };
}

// EXTERNAL MODULE: ./build/git/find-checkout.js
var find_checkout = __webpack_require__(6061);
// EXTERNAL MODULE: ./build/plan/plan-run.js + 6 modules
var plan_run = __webpack_require__(4613);
;// CONCATENATED MODULE: ./build/plan/default-context.js








/** buildx asks for the commit of a Git URL with a query itself from here on. */
const firstWithQueries = 'v0.29.0';
/**
 * The inputs with the contexts that they mean: `{{defaultContext}}` is the Git context of the event, and so is a context
 * that was not given where nothing is checked out, as in docker/build-push-action. Throws InputError for a context that
 * is none, or for a payload that is missing.
 */
async function settleContexts(inputs, env) {
    const { context, buildContexts } = inputs.build;
    const isNamed = buildContexts.some(({ value }) => hasTemplate(value));
    const isUnsettled = context.kind === 'git' ? hasTemplate(context.url) : context.isDefault === true;
    if (!isNamed && !isUnsettled)
        return { inputs, sentence: undefined };
    const workspace = external_node_path_.resolve(env['GITHUB_WORKSPACE'] || '.');
    const isHere = context.kind === 'path' && (await holdsSources(inputs, workspace, env));
    const defaultContext = isHere && !isNamed
        ? undefined
        : toDefaultContext(await (0,plan_run/* readRunFacts */.F)(env), env, inputs.daemon.buildxVersion);
    const settled = settleContext(context, isHere, defaultContext);
    const named = buildContexts.map(({ name, value }) => ({ name, value: fill(value, defaultContext) }));
    const isTold = context.kind === 'path' && settled.kind === 'git';
    return {
        inputs: { ...inputs, build: { ...inputs.build, context: settled, buildContexts: named } },
        sentence: isTold
            ? `Nothing is checked out in the workspace, so the context is the commit of the event: ${settled.url}.`
            : undefined,
    };
}
/**
 * The Git context of the event: the commit in a fragment, or in a query where buildx is told to resolve queries itself.
 * undefined: the runner does not say which repository that is.
 *
 * @param buildxVersion that is asked for
 */
function toDefaultContext({ ref, sha, payload }, env, buildxVersion) {
    const [server = '', repository = ''] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY']];
    if (server === '' || repository === '')
        return undefined;
    const address = `${server.replace(/\/+$/, '')}/${repository}.git`;
    const fullRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
    const isPullRequest = fullRef.startsWith('refs/pull/');
    const head = isPullRequest ? (0,build_json/* readString */.E3)(payload, 'pull_request', 'head', 'sha') : undefined;
    const isHeadAsked = env['DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF'] === 'true';
    const commit = (isHeadAsked ? head : undefined) ?? sha;
    const isQuery = isTrue(env['BUILDX_SEND_GIT_QUERY_AS_INPUT']) && semver.gte(buildxVersion, firstWithQueries);
    if (!isQuery)
        return `${address}#${commit || fullRef}`;
    if (commit === '')
        return `${address}?ref=${fullRef}`;
    return isPullRequest ? `${address}?ref=${commit}` : `${address}?ref=${fullRef}&checksum=${commit}`;
}
function settleContext(context, isHere, defaultContext) {
    if (context.kind === 'git')
        return (0,single_values/* parseContext */.DO)('context', fill(context.url, defaultContext));
    // A context that was given stays what it is.
    if (isHere || context.isDefault !== true || defaultContext === undefined)
        return { kind: 'path', path: context.path };
    return { kind: 'git', url: defaultContext };
}
/**
 * Is the workspace what a build without `context` is about? It is when it holds a checkout; and when somebody put the
 * Dockerfile itself there, or is at work on a machine of their own.
 */
async function holdsSources({ build }, workspace, env) {
    if (env['HOTLAYER_LOCAL'] === '1')
        return true;
    const found = await (0,find_checkout/* findCheckout */.I8)(workspace, { workspace, isBounded: true });
    if (found.kind !== 'none')
        return true;
    const dockerfile = external_node_path_.resolve(workspace, build.file ?? 'Dockerfile');
    const places = build.file === undefined ? [dockerfile, external_node_path_.join(workspace, 'dockerfile')] : [dockerfile];
    const there = await Promise.all(places.map(isThere));
    return there.includes(true);
}
async function isThere(file) {
    try {
        await (0,promises_.stat)(file);
        return true;
    }
    catch {
        // Not there or not to be seen: neither is a build from here.
        return false;
    }
}
/** What handlebars has in braces, two or three of them; a name that it does not know is empty. */
const template = /\{\{\{?\s*(\w*)\s*\}?\}\}/g;
function hasTemplate(text) {
    return text.search(template) !== -1;
}
function fill(text, defaultContext) {
    if (!hasTemplate(text))
        return text;
    const address = defaultContext ?? '';
    const filled = text.replace(template, (_, name) => (name === 'defaultContext' ? address : ''));
    if (filled.trim() === '')
        return address;
    // `{{defaultContext}}:directory` is about a fragment, and a query has another word for it.
    const rest = filled.slice(address.length);
    return address.includes('?') && filled.startsWith(address) && rest.startsWith(':')
        ? `${address}&subdir=${rest.slice(1)}`
        : filled;
}

;// CONCATENATED MODULE: ./build/plan/bake-source.js





/** What buildx looks for where no file is given (bake/bake.go, defaultFilenames). */
const defaultFiles = [
    ...['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
    ...['docker-bake.json', 'docker-bake.hcl', 'docker-bake.override.json', 'docker-bake.override.hcl'],
];
/**
 * As in docker/bake-action a source that was not given is the Git context of the event; but only where nothing is checked
 * out, as with `context` of the main action. Throws InputError.
 */
async function settleSource({ bake, daemon }, env) {
    const workspace = external_node_path_.resolve(env['GITHUB_WORKSPACE'] || '.');
    const workdir = external_node_path_.resolve(workspace, bake.workdir);
    const { source } = bake;
    const defaultContext = toDefaultContext(await (0,plan_run/* readRunFacts */.F)(env), env, daemon.buildxVersion);
    if (source.kind === 'git') {
        const filled = hasTemplate(source.url)
            ? parseSource('source', fill(source.url, defaultContext) || '.')
            : source;
        return filled.kind === 'git'
            ? { cwd: workdir, remote: filled.url, defaultContext, sentence: undefined }
            : { cwd: external_node_path_.resolve(workdir, filled.path), remote: undefined, defaultContext, sentence: undefined };
    }
    const cwd = external_node_path_.resolve(workdir, source.path);
    const isHere = source.isDefault !== true ||
        defaultContext === undefined ||
        (await holdsDefinition(bake.files, { cwd, workspace, env }));
    if (isHere)
        return { cwd, remote: undefined, defaultContext, sentence: undefined };
    return {
        cwd,
        remote: defaultContext,
        defaultContext,
        sentence: `Nothing is checked out in the workspace, so the bake definition is that of the commit of the event: ${defaultContext}.`,
    };
}
async function holdsDefinition(files, { cwd, workspace, env }) {
    if (env['HOTLAYER_LOCAL'] === '1' || env['BUILDX_BAKE_FILE'])
        return true;
    const found = await (0,find_checkout/* findCheckout */.I8)(workspace, { workspace, isBounded: true });
    if (found.kind !== 'none')
        return true;
    const names = files.length === 0 ? defaultFiles : files;
    const there = await Promise.all(names.map((name) => isThere(external_node_path_.resolve(cwd, name))));
    return there.includes(true);
}

// EXTERNAL MODULE: ./build/plan/build-commit.js + 3 modules
var build_commit = __webpack_require__(9876);
;// CONCATENATED MODULE: ./build/plan/shared-measure.js




/** Asks git once for all contexts of one checkout, or of one commit: a bake may have many. */
function shareMeasure(measure = build_commit/* measureBuildCommit */.W) {
    const measured = new Map();
    return async (request) => {
        const key = await shared_measure_toKey(request);
        const known = measured.get(key) ?? measure(request);
        measured.set(key, known);
        return known;
    };
}
async function shared_measure_toKey({ context, cwd, env, branch }) {
    if (context.kind === 'git') {
        const { remote, ref } = (0,git_url/* parseGitUrl */.RA)(context.url);
        return JSON.stringify(['git', remote, ref, branch]);
    }
    const workspace = external_node_path_.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
    const directory = external_node_path_.resolve(cwd, context.path);
    const area = { workspace, isBounded: Boolean(env['GITHUB_WORKSPACE']) };
    const found = await (0,find_checkout/* findCheckout */.I8)(directory, area);
    const place = found.kind === 'found' ? found.place.directory : found.kind === 'none' ? undefined : directory;
    return JSON.stringify([found.kind, place, branch]);
}

// EXTERNAL MODULE: ./build/plan/withheld-export.js
var withheld_export = __webpack_require__(4118);
// EXTERNAL MODULE: ./build/policy/ref.js
var policy_ref = __webpack_require__(2710);
;// CONCATENATED MODULE: ./build/policy/image.js


/** Somebody, or a schedule, asks for a result. */
const askedFor = new Set([
    'deployment',
    'release',
    'repository_dispatch',
    'schedule',
    'workflow_dispatch',
]);
/**
 * True for a run whose image is normally for somebody: a push of a tag or to the default branch, a release, a deployment,
 * and what was started by hand, by a schedule or by another system. Pull requests, merge queues, pushes to other branches
 * and all other events try whether it builds.
 */
function normallyKeepsImage({ eventName, ref, payload, }) {
    if (askedFor.has(eventName))
        return true;
    if (eventName !== 'push')
        return false;
    const { kind, ...named } = (0,policy_ref/* classifyRef */.qW)(ref);
    if (kind === 'tag')
        return true;
    const defaultBranch = (0,build_json/* readString */.E3)(payload, 'repository', 'default_branch');
    // A payload without it (an emulator's): better one notice too many.
    return (kind === 'branch' && (defaultBranch === undefined || ('name' in named && named.name === defaultBranch)));
}
/** Can everybody read the repository of the run? undefined: the payload does not say, as a schedule's does not. */
function isPublicRepository({ payload }) {
    const isPrivate = (0,build_json/* readBoolean */.Vf)(payload, 'repository', 'private');
    return isPrivate === undefined ? undefined : !isPrivate;
}

;// CONCATENATED MODULE: ./build/report/plan-table.js
/** The plan for the log: what is imported, where it is exported, and why. */
function renderPlanTable(plan) {
    const imports = plan.chain.map((link, index) => [
        index === 0 ? 'import' : '',
        renderRef(link),
        link.cacheScope,
    ]);
    const rows = [
        ...(imports.length === 0 ? [['import', 'nothing', '']] : imports),
        plan.export === null || plan.exportRef === null
            ? ['export', 'nothing', '']
            : ['export', renderRef(plan.exportRef), plan.export],
    ];
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    const lines = rows.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    return [...lines, `why     ${plan.reason} (${plan.code})`].join('\n');
}
/** `branch main`, `pull request 12`, `tag v1`. */
function renderRef({ kind, name }) {
    switch (kind) {
        case 'pr':
            return `pull request ${name}`;
        case 'branch':
            return `branch ${name}`;
        case 'tag':
            return `tag ${name}`;
        default:
            return kind;
    }
}

;// CONCATENATED MODULE: ./build/buildkit/solve/builder.js


const builderName = 'hotlayer';
/**
 * Makes a daemon known to buildx, under a directory that no other buildx uses: the job's own builders neither see it nor
 * are seen. The file is what `buildx create --driver remote` writes (store/nodegroup.go), without a process and without
 * a look at Docker.
 *
 * @param address `unix:///…` of the daemon
 * @param driverOptions certificates, by the names of the remote driver
 * @param scopedLogins docker/login-action's logins for single repositories, which only buildx reads; it need not exist. undefined: nothing is
 *   pulled or pushed by this builder
 */
async function writeBuilder(options) {
    const { name = builderName, configDirectory, address, driverOptions = {}, scopedLogins } = options;
    const file = builder_toBuilderFile(configDirectory, name);
    await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true, mode: 0o700 });
    const node = {
        Name: `${name}0`,
        Endpoint: address,
        Platforms: null,
        DriverOpts: Object.keys(driverOptions).length === 0 ? null : driverOptions,
        Flags: null,
        Files: null,
    };
    const group = { Name: name, Driver: 'remote', Nodes: [node], Dynamic: false };
    await replaceFile(file, JSON.stringify(group));
    if (scopedLogins !== undefined)
        await linkTo(scopedLogins, external_node_path_.join(configDirectory, 'config'));
    return { name, configDirectory };
}
/** Where buildx has what it knows of a builder. */
function builder_toBuilderFile(configDirectory, name) {
    return external_node_path_.join(configDirectory, 'instances', name);
}
/** Whole or not at all: buildx of a step that was killed may still read it. */
async function replaceFile(file, text) {
    const next = `${file}.next`;
    await (0,promises_.writeFile)(next, text, { mode: 0o600 });
    await (0,promises_.rename)(next, file);
}
async function linkTo(target, link) {
    await (0,promises_.rm)(link, { force: true });
    await (0,promises_.symlink)(target, link);
}

// EXTERNAL MODULE: ./build/git/checkout.js
var checkout = __webpack_require__(4604);
// EXTERNAL MODULE: ./build/git/git-room.js
var git_room = __webpack_require__(4219);
// EXTERNAL MODULE: ./build/git/repository-view.js
var repository_view = __webpack_require__(6213);
;// CONCATENATED MODULE: ./build/git/committed.js




/**
 * Whether HEAD of the checkout around it holds that file; undefined: it is in no checkout with a commit, or git cannot
 * say. Never throws.
 *
 * @param file absolute and free of links but for its last part
 */
async function isCommitted(file, workspace, env, signal) {
    const found = await (0,find_checkout/* findCheckout */.I8)(external_node_path_.dirname(file), { workspace, isBounded: true });
    if (found.kind !== 'found')
        return undefined;
    const name = external_node_path_.relative(found.place.directory, file);
    try {
        return await (0,git_room/* withGit */.z)(env, signal, async (git) => {
            const view = await (0,repository_view/* openView */.e8)(git, found.place);
            if (view.isEmpty)
                return undefined;
            const answer = await (0,repository_view/* askView */.dv)(git, view, 'ls-tree', '-z', '--name-only', '--full-tree', 'HEAD', '--', name);
            if (answer.kind === 'failed' || answer.exitCode !== 0)
                return undefined;
            return answer.stdout.replaceAll('\0', '').trim() !== '';
        });
    }
    catch {
        // No room for a directory of git's, or a repository that cannot be read: then nobody knows.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/step/dockerfile-place.js





/**
 * The Dockerfile's path from the workspace on, where it is a file of this repository. undefined: warnings of this build
 * point to no file. That holds for a Git context of another repository or commit, for a Dockerfile outside the workspace (made by an earlier step in
 * RUNNER_TEMP, for one, or reached through a link), for one that an earlier step has made in the workspace and nobody
 * has committed, and for one in another checkout below the workspace: the same path is another file here, or none.
 */
async function findAnnotatedDockerfile(build, workspace, env, signal) {
    const { context, file, defaultContext } = build;
    if (context.kind === 'git')
        return findInRepository(context.url, file, { env, defaultContext });
    const given = external_node_path_.resolve(workspace, file ?? external_node_path_.join(context.path, 'Dockerfile'));
    try {
        const root = await (0,promises_.realpath)(workspace);
        // The name stays the one that was given, which the frontend knows it by.
        const named = external_node_path_.join(await (0,promises_.realpath)(external_node_path_.dirname(given)), external_node_path_.basename(given));
        const found = await (0,promises_.realpath)(named).catch(() => (0,promises_.realpath)(toLowerCaseName(named)));
        for (const place of [named, found]) {
            if (!dockerfile_place_isBelow(root, place) || (await isOtherCheckout(root, place)))
                return undefined;
        }
        const committed = await Promise.all([...new Set([named, found])].map((place) => isCommitted(place, root, env, signal)));
        return committed.every((answer) => answer === false) ? undefined : external_node_path_.relative(root, named);
    }
    catch {
        // It is not to be seen from here: BuildKit says what is wrong with it, and a warning does not need its place.
        return undefined;
    }
}
/**
 * The path in the run's own repository, as far as the Git context is the run's own commit or ref: elsewhere the same line
 * says something else.
 */
function findInRepository(url, file, run) {
    const { env, defaultContext } = run;
    const { address, ref, subdirectory = '' } = (0,git_url/* parseGitUrl */.RA)(url);
    const { GITHUB_SHA: sha, GITHUB_REF: fullRef, GITHUB_REF_NAME: name } = env;
    const ofEvent = defaultContext === undefined ? undefined : (0,git_url/* parseGitUrl */.RA)(defaultContext).ref;
    const isOfRun = ref !== undefined && [sha, fullRef, name, ofEvent].includes(ref);
    if (!isOfRun || (0,checkout/* isRepositoryOfRun */.Zg)(address, env) !== true || external_node_path_.isAbsolute(file ?? ''))
        return undefined;
    // BuildKit's paths in a Git context start at the directory of the context, and stay below it.
    const place = external_node_path_.posix.join('/', subdirectory, external_node_path_.posix.join('/', file ?? 'Dockerfile')).slice(1);
    return place === '' || place.endsWith('/') ? undefined : place;
}
/** BuildKit takes `dockerfile` for `Dockerfile` too (moby/moby#10858). */
function toLowerCaseName(file) {
    return external_node_path_.join(external_node_path_.dirname(file), external_node_path_.basename(file).toLowerCase());
}
function dockerfile_place_isBelow(root, place) {
    const [first] = external_node_path_.relative(root, place).split(external_node_path_.sep);
    return first !== '' && first !== '..';
}
/** A submodule, or what actions/checkout put below the workspace. */
async function isOtherCheckout(root, place) {
    for (let parent = external_node_path_.dirname(place); parent !== root; parent = external_node_path_.dirname(parent)) {
        const entry = await (0,promises_.lstat)(external_node_path_.join(parent, '.git')).catch(() => undefined);
        if (entry !== undefined)
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/step/job-processes.js


/** How the path of the file begins that buildx writes its answer to. */
function toMetadataPrefix(jobDirectory) {
    return external_node_path_.join(jobDirectory, 'metadata-');
}
/** buildx's own directory in this job, which its environment names. */
function toBuildxConfig(jobDirectory) {
    return external_node_path_.join(jobDirectory, 'buildx');
}
/**
 * buildx of this job, and what it has started: credential helpers, git, ssh. Only a main that was killed leaves any. They
 * are found by what they all inherit, not by a pid on record.
 */
function listClients(jobDirectory) {
    const mark = `BUILDX_CONFIG=${toBuildxConfig(jobDirectory)}`;
    return listProcesses(async (pid) => (await readProcessFile(pid, 'environ')).split('\0').includes(mark));
}

;// CONCATENATED MODULE: ./build/step/build.js














/** Builds the image of the inputs, whatever becomes of the cache. */
async function buildImage(build) {
    const { inputs, plan } = build;
    return buildWithCache(build, {
        plans: [{ ...plan, images: listImages(inputs.image) }],
        outputs: listOutputs(inputs.image),
        settings: inputs.cache,
        pushRetries: inputs.image.pushRetries,
        isQuestion: inputs.build.call !== undefined,
        run: (request) => run(build, request),
    });
}
async function run(build, request) {
    const { runner, env } = build;
    const { endpoint, signal, isRepeated } = request;
    const [route] = request.routes;
    if (route === undefined)
        throw new Error('a build has no way to its cache');
    const { cache, cachedLayers } = route;
    const inputs = isRepeated ? toRepeated(build.inputs) : build.inputs;
    const metadataFile = toMetadataFile(build);
    const command = toBuildCommand({
        inputs,
        cache,
        cachedLayers,
        builder: await openBuilder(build, endpoint),
        metadataFile,
        workspace: runner.workspace,
        environment: env,
        attestations: toAttestations({
            asked: inputs.image,
            outputs: listOutputs(inputs.image),
            isPublic: build.isPublic,
            builderId: toBuilderId(runner),
            version: endpoint.version,
            environment: env,
        }),
        gitAuth: toGitAuth(inputs.build, build.defaultContext),
        isTrial: build.isTrial,
    });
    if (!isRepeated)
        for (const notice of command.notices)
            log.notice(notice);
    return runBuild({
        buildx: endpoint.buildx,
        command,
        metadataFile,
        cwd: runner.workspace,
        dockerfile: await findAnnotatedDockerfile({ ...inputs.build, defaultContext: build.defaultContext }, runner.workspace, env, signal),
        annotates: inputs.report.checkAnnotations,
        call: inputs.build.call,
        log: isRepeated ? { info: log.info, warning: log.info } : log,
        words: cache.words,
        signal,
    });
}
/** A new name: an earlier build's answer must not pass for this one's. */
function toMetadataFile({ job }) {
    return `${toMetadataPrefix(job.directory)}${(0,external_node_crypto_.randomUUID)()}.json`;
}
/** The builder of buildx that is the endpoint. */
async function openBuilder({ job, env, runner }, { address, driverOptions }) {
    return writeBuilder({
        configDirectory: toBuildxConfig(job.directory),
        ...{ address, driverOptions },
        scopedLogins: external_node_path_.join((0,docker_config/* findBuildxConfig */.ae)(env, runner.workspace), 'config'),
    });
}

;// CONCATENATED MODULE: ./build/step/degradations.js

/** What this build loses by trouble with the cache, a sentence each: an annotation at once, and a line of the summary. */
class Degradations {
    #sentences = [];
    /** Bound, so that it can be handed on. */
    add = (sentence) => {
        this.#sentences.push(sentence);
        log.warning(sentence);
    };
    get sentences() {
        return this.#sentences;
    }
}

// EXTERNAL MODULE: ./build/process/search-path.js
var search_path = __webpack_require__(6694);
;// CONCATENATED MODULE: ./build/step/docker-engine.js









const answerTimeoutMs = 10_000;
const defaultHost = 'unix:///var/run/docker.sock';
/** Throws InputError when the image cannot be loaded, before anything is started. */
async function docker_engine_checkLoad(inputs, env, workspace) {
    if (!loadsImage(inputs.image) || inputs.build.call !== undefined)
        return;
    for (const context of listContexts(inputs.image)) {
        const fault = findLoadFault(inputs, await askEngine(context, env, workspace));
        if (fault !== undefined)
            throw fault;
    }
}
/** The Docker contexts that are loaded into; undefined: the one of the step. */
function listContexts({ outputs }) {
    const contexts = outputs.filter(isLoad).map(({ attrs }) => attrs['context'] || undefined);
    return contexts.length === 0 ? [undefined] : [...new Set(contexts)];
}
/** The same of a bake, of whose images nothing is known yet. */
async function checkBakeLoad({ load, call }, env, workspace) {
    if (!load || call !== undefined)
        return;
    const engine = await askEngine(undefined, env, workspace);
    if (engine.kind === 'unreachable')
        throw toUnreachableError('load', engine.reason, { file: fileOfTargets });
}
const fileOfTargets = 'set: TARGET.output=type=docker,dest=image.tar';
/** The same of its targets, when they are known. */
async function checkTargetLoads(targets, env, workspace) {
    const engines = new Map();
    for (const target of targets) {
        for (const context of target.outputs.some(isLoad) ? listContexts(target) : []) {
            const engine = engines.get(context) ?? (await askEngine(context, env, workspace));
            engines.set(context, engine);
            const fault = findTargetLoadFault(target, engine);
            if (fault !== undefined)
                throw fault;
        }
    }
}
/** Why that engine cannot take the image of the target; undefined: it can. Pure. */
function findTargetLoadFault(target, engine) {
    if (target.isLinked)
        return undefined;
    const subject = `target ${(0,errors/* quote */.hD)(target.name)} of the bake definition`;
    if (engine.kind === 'unreachable')
        return toUnreachableError('files', engine.reason, { subject, file: fileOfTargets });
    const { platforms, attests } = target;
    const fault = findIndexFault({
        build: { platforms },
        image: { provenance: undefined, sbom: undefined, attests },
    });
    if (engine.kind === 'unknown' || engine.holdsIndexes || fault === undefined)
        return undefined;
    return new errors/* InputError */.dz('files', `${subject}: ${toStoreFault(fault, 'load')}`);
}
/** Why that engine cannot take the image; undefined: it can. Pure. */
function findLoadFault(inputs, engine) {
    const input = inputs.image.load ? 'load' : 'outputs';
    if (engine.kind === 'unreachable')
        return toUnreachableError(input, engine.reason);
    const fault = findIndexFault(inputs);
    if (engine.kind === 'unknown' || engine.holdsIndexes || fault === undefined)
        return undefined;
    return new errors/* InputError */.dz(fault.input, `input "${fault.input}": ${toStoreFault(fault, input)}`);
}
function toStoreFault({ what }, input) {
    return `${what} cannot be loaded, because the image store of this Docker engine holds single images only; allowed is one platform without attestations, "push" in place of "${input}", or an engine with the containerd image store ({"features": {"containerd-snapshotter": true}} in its daemon.json)`;
}
function toUnreachableError(input, reason, { subject = `input "${input}"`, file = 'outputs: type=docker,dest=image.tar' } = {}) {
    return new errors/* InputError */.dz(input, `${subject}: the image is to go into Docker, but no Docker engine answers (${reason}); allowed is a runner with Docker, or "${file}" for a file`);
}
/** What `GET /info` or `docker info` says of the image store (util/dockerutil/features.go of buildx). */
function parseEngine(info) {
    const status = (0,build_json/* readField */.dR)(info, 'DriverStatus');
    const holdsIndexes = Array.isArray(status) &&
        status.some((pair) => Array.isArray(pair) && pair[0] === 'driver-type' && pair[1] === 'io.containerd.snapshotter.v1');
    return { kind: 'reachable', holdsIndexes };
}
/** Asks the engine that buildx would load into: by the Docker CLI, or over its socket where there is none. */
async function askEngine(context, env, workspace) {
    const docker = await (0,search_path/* findOnPath */.aY)('docker', env['PATH'] ?? '');
    // The CLI knows contexts, ssh:// and TLS.
    if (docker !== undefined)
        return askByProgram(docker, context, env, workspace);
    const host = env['DOCKER_HOST'] || defaultHost;
    const name = context ?? (env['DOCKER_HOST'] ? undefined : await (0,docker_config/* readCurrentContext */.V)(env, workspace));
    if ((name ?? 'default') !== 'default' || !host.startsWith('unix://'))
        return { kind: 'unknown' };
    return askBySocket(external_node_path_.resolve(workspace, host.slice('unix://'.length)));
}
async function askByProgram(docker, context, env, cwd) {
    const { PATH, HOME, DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG, DOCKER_CERT_PATH } = env;
    const { DOCKER_TLS_VERIFY, DOCKER_API_VERSION, SSH_AUTH_SOCK } = env;
    // As one word: what begins with a hyphen is a name as well.
    const place = context === undefined ? [] : [`--context=${context}`];
    const answer = await (0,process_command/* runCommand */.d)(docker, [...place, 'info', '--format', '{{json .}}'], {
        env: {
            ...{ PATH, HOME, DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG, DOCKER_CERT_PATH },
            ...{ DOCKER_TLS_VERIFY, DOCKER_API_VERSION, SSH_AUTH_SOCK },
        },
        cwd,
        timeoutMs: answerTimeoutMs,
    });
    const info = (0,build_json/* parseJson */.qF)(answer.stdout);
    const errors = (0,build_json/* readField */.dR)(info, 'ServerErrors');
    const [error] = Array.isArray(errors) ? errors : [];
    if (typeof error === 'string')
        return { kind: 'unreachable', reason: error };
    return answer.exitCode === 0
        ? parseEngine(info)
        : { kind: 'unreachable', reason: `docker info ${answer.outcome}` };
}
async function askBySocket(socketPath) {
    try {
        return parseEngine((0,build_json/* parseJson */.qF)(await readInfo(socketPath)));
    }
    catch (error) {
        return { kind: 'unreachable', reason: `${socketPath}: ${(0,errors/* toMessage */.R9)(error)}` };
    }
}
function readInfo(socketPath) {
    return new Promise((resolve, reject) => {
        const asked = (0,external_node_http_.request)({ socketPath, path: '/info', timeout: answerTimeoutMs }, (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (part) => {
                text += part;
            });
            response.once('error', reject);
            response.once('end', () => {
                if (response.statusCode === 200)
                    resolve(text);
                else
                    reject(new Error(`it answered ${response.statusCode}`));
            });
        });
        asked.once('timeout', () => asked.destroy(new Error(`no answer within ${answerTimeoutMs / 1000} s`)));
        asked.once('error', reject);
        asked.end();
    });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var lib_core = __webpack_require__(3838);
;// CONCATENATED MODULE: ./build/state.js




const ownsState = 'owns';
const jobDirectoryState = 'job-directory';
const drainTimeoutState = 'drain-timeout-ms';
const summaryState = 'summary';
const state_defaultDrainTimeoutMs = 600_000;
/**
 * This step opened the job, so its post takes it down. Said before anything is started: main may be cancelled. Answers what
 * it means that it could not be saved, in a sentence.
 */
function saveOwnership({ jobDirectory, drainTimeoutMs, summary }, env) {
    return trySave([
        [ownsState, 'job'],
        [jobDirectoryState, jobDirectory],
        [drainTimeoutState, String(drainTimeoutMs)],
        [summaryState, String(summary)],
    ], env);
}
/**
 * This step has nothing for post to take down. It is said in so many words: what a step does not save, a line of the
 * build's output could have saved for it (`::save-state`), and the runner takes the file's word over that. Answers as
 * `saveOwnership` does.
 */
function saveNoOwnership(env) {
    const values = [jobDirectoryState, drainTimeoutState, summaryState].map((name) => [name, '']);
    return trySave([[ownsState, 'nothing'], ...values], env);
}
function trySave(values, env) {
    try {
        (0,runner_files/* saveStates */.Aw)(values, env);
        return undefined;
    }
    catch (error) {
        forget(env);
        return `GITHUB_STATE (${env['GITHUB_STATE']}) could not be written (${(0,errors/* toMessage */.R9)(error)}): the end of the job cleans up all the same, but with the defaults of "drain-timeout" and "summary".`;
    }
}
/** Without any state post looks for itself what is there; an older word that there is nothing would keep it from that. */
function forget(env) {
    try {
        (0,external_node_fs_.truncateSync)(env['GITHUB_STATE'] ?? '', 0);
    }
    catch {
        // Nothing was ever written there.
    }
}
/** undefined: this step joined the job of another. State that is missing or makes no sense counts as not saved. */
function readOwnership() {
    if (core.getState(ownsState) === 'nothing')
        return undefined;
    const drainTimeout = core.getState(drainTimeoutState);
    return {
        jobDirectory: core.getState(jobDirectoryState) || undefined,
        drainTimeoutMs: /^\d{1,10}$/.test(drainTimeout) ? Number(drainTimeout) : state_defaultDrainTimeoutMs,
        summary: core.getState(summaryState) !== 'false',
    };
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/record.js

/** Who the daemon is, from the record or from what its process wrote of itself. */
async function readIdentity(record) {
    if (record.pid !== undefined && record.pidStartTime !== undefined) {
        return { pid: record.pid, startTime: record.pidStartTime, state: '' };
    }
    return (0,process_identity/* parseStat */.ky)(await (0,process_identity/* readOr */.Cq)(record.pidFile, ''));
}
async function isDaemonAlive(record) {
    const identity = await readIdentity(record);
    return identity !== undefined && (await (0,process_identity/* isRunning */.W_)(identity));
}
/** The last lines of the daemon's log; empty when there is none. */
async function readDaemonLog(record, lines = 50) {
    const text = (await (0,process_identity/* readOr */.Cq)(record.logFile, '')).trimEnd();
    return text === '' ? [] : text.split('\n').slice(-lines);
}

;// CONCATENATED MODULE: ./build/step/job-record.js


/** Absolute, and written the one way: no `..`, no `//`, no NUL. */
function isPlainPath(file) {
    return external_node_path_.isAbsolute(file) && external_node_path_.normalize(file) === file && !file.includes('\0');
}
const positive = node_cjs/* number */.ai().assert((number) => Number.isSafeInteger(number) && number > 0);
/** 0, 1 and negative numbers mean groups, init or everything to kill(2). */
const processId = positive.assert((pid) => pid > 1);
const plainPath = node_cjs/* string */.Yj().assert(isPlainPath);
const clientPart = node_cjs/* object */.Ik({ buildx: plainPath });
/** Proofs that are made with the runtime token go to that address: never to another machine. */
const loopbackUrl = node_cjs/* string */.Yj().assert((url) => {
    const port = /^http:\/\/127\.0\.0\.1:(\d{1,5})\/?$/.exec(url)?.[1];
    return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
});
const gatewayPart = node_cjs/* object */.Ik({
    url: loopbackUrl,
    pid: processId,
    nonce: node_cjs/* string */.Yj().assert((nonce) => /^[0-9a-f]{32}$/.test(nonce)),
    place: node_cjs/* string */.Yj().optional(),
});
/** Of the daemon what can be said without the job's directory, which decides on all of its paths. */
const daemonPart = node_cjs/* object */.Ik({
    stateDirectory: node_cjs/* string */.Yj(),
    socketDirectory: node_cjs/* string */.Yj().optional(),
    sudo: node_cjs/* boolean */.zM(),
    pid: processId.optional(),
    pidStartTime: positive.optional(),
})
    .assert(({ pid, pidStartTime }) => (pid === undefined) === (pidStartTime === undefined));
const seenPart = node_cjs/* object */.Ik({ scopes: node_cjs/* array */.YO(node_cjs/* string */.Yj()), zstd: node_cjs/* boolean */.zM() });
const job_record_text = node_cjs/* string */.Yj().optional();
const configInput = node_cjs/* union */.KC(node_cjs/* literal */.eu('buildkitd-config'), node_cjs/* literal */.eu('buildkitd-config-inline'));
const settingsPart = node_cjs/* object */.Ik({
    version: job_record_text,
    path: job_record_text,
    sha256: job_record_text,
    clientVersion: job_record_text,
    clientPath: job_record_text,
    clientSha256: job_record_text,
    config: job_record_text,
    configInput: configInput.optional(),
    given: node_cjs/* record */.g1(node_cjs/* string */.Yj()),
    variables: node_cjs/* record */.g1(node_cjs/* string */.Yj()),
    drainTimeoutMs: node_cjs/* number */.ai(),
});
const specPart = node_cjs/* object */.Ik({
    binaries: node_cjs/* object */.Ik({
        directory: plainPath,
        buildkitd: plainPath,
        buildctl: plainPath,
        runc: plainPath,
        version: node_cjs/* string */.Yj().assert((version) => /^[\w.+-]{1,100}$/.test(version)),
    }),
    config: node_cjs/* object */.Ik({ input: configInput, toml: node_cjs/* string */.Yj() }).optional(),
    keys: node_cjs/* record */.g1(node_cjs/* unknown */.L5()),
    flags: node_cjs/* array */.YO(node_cjs/* string */.Yj()),
    workspace: plainPath,
    privilege: node_cjs/* union */.KC(node_cjs/* literal */.eu('root'), node_cjs/* literal */.eu('sudo'), node_cjs/* literal */.eu('rootless')),
    debug: node_cjs/* boolean */.zM(),
    asked: settingsPart,
});
/** `HOST:PORT` of the gateway's own. */
const loopbackHost = node_cjs/* string */.Yj().assert((host) => /^127\.0\.0\.1:\d{1,5}$/.test(host));
/** As handBuilder names it. */
const job_record_builderName = node_cjs/* string */.Yj().assert((name) => /^hotlayer-[0-9a-f]{12}$/.test(name));
const handedPart = node_cjs/* object */.Ik({
    /** A login in the Docker config of that directory. */
    login: node_cjs/* object */.Ik({ directory: plainPath, host: loopbackHost }).optional(),
    /** A builder among those that buildx keeps in that directory. */
    builder: node_cjs/* object */.Ik({ configDirectory: plainPath, name: job_record_builderName }).optional(),
    /** A link among the plug-ins of the Docker CLI. */
    plugin: plainPath.assert((file) => external_node_path_.basename(file) === 'docker-buildx').optional(),
    /** When it was handed out, in milliseconds since 1970. */
    sinceMs: node_cjs/* number */.ai(),
    /** Cache scopes that later steps may export to. */
    exports: node_cjs/* array */.YO(node_cjs/* string */.Yj()),
});
/** Of directories of daemons that are kept, in the runner's tool cache. */
const keptRootName = 'hotlayer-kept';
const keptPart = node_cjs/* object */.Ik({
    directory: plainPath.assert((file) => external_node_path_.basename(external_node_path_.dirname(file)) === keptRootName),
    /** Of the lock that this job holds there; not set: it is shared. */
    claim: node_cjs/* string */.Yj().optional(),
});
const toldPart = node_cjs/* array */.YO(node_cjs/* string */.Yj());
const outagePart = node_cjs/* string */.Yj();
const remotePart = node_cjs/* literal */.eu(true);

;// CONCATENATED MODULE: ./build/step/record-parser.js





/**
 * The record of a job, of which nothing is believed: paths must be those that the job's directory gives, process ids
 * those of processes, and the gateway on loopback. Whoever can write the file could otherwise name what is killed,
 * unmounted and removed. Pure; undefined: it is no record at all.
 */
function parseJobRecord(value, jobDirectory) {
    if (!(0,build_json/* isRecord */.u4)(value))
        return undefined;
    const parts = {
        client: schema_parseAs(clientPart, value['client']),
        daemon: parseDaemon(value['daemon'], jobDirectory),
        gateway: schema_parseAs(gatewayPart, value['gateway']),
        seen: schema_parseAs(seenPart, value['seen']),
        spec: parseSpec(value['spec']),
        kept: schema_parseAs(keptPart, value['kept']),
        handed: schema_parseAs(handedPart, value['handed']),
        told: schema_parseAs(toldPart, value['told']),
        outage: schema_parseAs(outagePart, value['outage']),
        remote: schema_parseAs(remotePart, value['remote']),
    };
    const names = [
        'daemon',
        'spec',
        'client',
        'gateway',
        'seen',
        'kept',
        'handed',
        'told',
        'outage',
        'remote',
    ];
    return {
        record: {
            ...(parts.daemon === undefined ? {} : { daemon: parts.daemon }),
            ...(parts.gateway === undefined ? {} : { gateway: parts.gateway }),
            ...(parts.seen === undefined ? {} : { seen: parts.seen }),
            ...(parts.spec === undefined ? {} : { spec: parts.spec }),
            ...(parts.client === undefined ? {} : { client: parts.client }),
            ...(parts.kept === undefined ? {} : { kept: parts.kept }),
            ...(parts.handed === undefined ? {} : { handed: parts.handed }),
            ...(parts.told === undefined ? {} : { told: parts.told }),
            ...(parts.outage === undefined ? {} : { outage: parts.outage }),
            ...(parts.remote === undefined ? {} : { remote: parts.remote }),
        },
        refused: names.filter((name) => parts[name] === undefined && value[name] !== undefined),
    };
}
function parseDaemon(value, jobDirectory) {
    const found = schema_parseAs(daemonPart, value);
    if (found === undefined || !(0,build_json/* isRecord */.u4)(value))
        return undefined;
    const { stateDirectory, socketDirectory, sudo, pid, pidStartTime } = found;
    const id = parseStateDirectory(jobDirectory, stateDirectory);
    if (id === undefined)
        return undefined;
    if (socketDirectory !== undefined && !isSocketDirectory(socketDirectory, jobDirectory, id))
        return undefined;
    const places = toDaemonPlaces(jobDirectory, id, socketDirectory);
    if (Object.entries(places).some(([name, expected]) => value[name] !== expected))
        return undefined;
    return pid === undefined || pidStartTime === undefined
        ? { ...places, sudo }
        : { ...places, sudo, pid, pidStartTime };
}
/** Its parent is the temporary directory of the step that started the daemon, which may be another one now. */
function isSocketDirectory(directory, jobDirectory, id) {
    return isPlainPath(directory) && external_node_path_.basename(directory) === `${toJobPrefix(jobDirectory)}${id}`;
}
/** Without the fields that are absent. */
function parseSpec(value) {
    const found = schema_parseAs(specPart, value);
    if (found === undefined)
        return undefined;
    const { config, asked, ...spec } = found;
    const { version, path: directory, sha256, config: digest, ...others } = asked;
    const { clientVersion, clientPath, clientSha256, configInput, ...rest } = others;
    return {
        ...spec,
        ...(config === undefined ? {} : { config }),
        asked: {
            ...(version === undefined ? {} : { version }),
            ...(directory === undefined ? {} : { path: directory }),
            ...(sha256 === undefined ? {} : { sha256 }),
            ...(clientVersion === undefined ? {} : { clientVersion }),
            ...(clientPath === undefined ? {} : { clientPath }),
            ...(clientSha256 === undefined ? {} : { clientSha256 }),
            ...(digest === undefined ? {} : { config: digest }),
            ...(configInput === undefined ? {} : { configInput }),
            ...rest,
        },
    };
}

;// CONCATENATED MODULE: ./build/step/record.js








const recordName = 'job.json';
/**
 * The job of this runner: the first step opens it, further ones join. RUNNER_TEMP is the runner's own for one job.
 *
 * @param onUnwritten told once when the record cannot be written
 */
async function openJob(tempDirectory, onUnwritten = () => undefined) {
    const directory = await openJobDirectory(tempDirectory);
    const { record, faults } = await readJob(directory);
    const hasDaemon = await isUsable(record);
    // With a daemon of somebody else there is none to look for: the step that opened the job ends it all the same.
    const isOwner = record.remote !== true && record.kept === undefined && !hasDaemon;
    return new OpenJob(directory, { isOwner, hasDaemon, faults, record, onUnwritten });
}
/** The same of a directory that outlives jobs, and holds nothing but a daemon. It exists. */
async function record_openKept(directory) {
    const { record, faults } = await readJob(directory);
    const hasDaemon = await isUsable(record);
    return new OpenJob(directory, {
        ...{ isOwner: false, hasDaemon, faults, record },
        onUnwritten: () => undefined,
    });
}
class OpenJob {
    directory;
    isOwner;
    hasDaemon;
    faults;
    #record;
    /** The last write of the record: one after the other, so that the newest ends on disk. */
    #written = Promise.resolve();
    #tell;
    constructor(directory, opened) {
        this.directory = directory;
        this.isOwner = opened.isOwner;
        this.hasDaemon = opened.hasDaemon;
        this.faults = opened.faults;
        this.#record = opened.record;
        this.#tell = opened.onUnwritten;
    }
    get record() {
        return this.#record;
    }
    async update(change) {
        this.#record = { ...this.#record, ...change };
        this.#written = this.#written.then(() => this.#write());
        await this.#written;
    }
    async #write() {
        const file = external_node_path_.join(this.directory, recordName);
        const temporary = `${file}.${process.pid}`;
        try {
            await (0,promises_.writeFile)(temporary, JSON.stringify(this.#record), { mode: 0o600 });
            await (0,promises_.rename)(temporary, file);
        }
        catch (error) {
            await (0,promises_.rm)(temporary, { force: true, recursive: true }).catch(() => undefined);
            this.#tell?.(`${file} could not be written (${(0,errors/* toMessage */.R9)(error)}): a later step of this job starts a BuildKit of its own, and the steps of this build are not in it.`);
            this.#tell = undefined;
        }
    }
}
/**
 * True where this step can go on with the daemon of an earlier one. One whose files somebody has removed still runs, but
 * nobody can reach it: it is no reason not to start another, which first ends that one.
 */
async function isUsable({ daemon, spec, client }) {
    if (daemon === undefined || spec === undefined || client === undefined)
        return false;
    if (!(await isDaemonAlive(daemon)))
        return false;
    // Not a file that the daemon removes: it is there as long as nobody has emptied the directory.
    const files = [
        daemon.socket,
        external_node_path_.join(daemon.root, 'buildkitd.lock'),
        spec.binaries.buildctl,
        client.buildx,
    ];
    return (await Promise.all(files.map(record_isThere))).every((there) => there);
}
async function record_isThere(file) {
    try {
        await (0,promises_.access)(file);
        return true;
    }
    catch (error) {
        // The root may be closed to us where the daemon runs with sudo: then it is there.
        return (0,errors/* hasErrorCode */.Ue)(error, 'EACCES');
    }
}
/** More than any record has. */
const maxRecordBytes = 1 << 20;
/** The record in a job's directory, as far as it can be used. Never throws. */
async function readJob(directory) {
    const file = external_node_path_.join(directory, recordName);
    let text;
    try {
        text = await readRegularFile(file);
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            return { record: {}, faults: [] };
        return { record: {}, faults: [`${file} cannot be read (${(0,errors/* toMessage */.R9)(error)}), so it is not used.`] };
    }
    const parsed = parseJobRecord((0,build_json/* parseJson */.qF)(text), directory);
    if (parsed === undefined)
        return { record: {}, faults: [`${file} is not a record of this job, so it is not used.`] };
    const { record, refused } = parsed;
    if (refused.length === 0)
        return { record, faults: [] };
    return {
        record,
        faults: [`${file} says of ${refused.join(', ')} what Hotlayer does not write, so that is not used.`],
    };
}
/** Without waiting for a writer of a pipe, and without following a link. */
async function readRegularFile(file) {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = external_node_fs_.constants;
    const handle = await (0,promises_.open)(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
        const found = await handle.stat();
        if (!found.isFile())
            throw new Error('it is not a file');
        if (found.size > maxRecordBytes)
            throw new Error(`it has ${found.size} bytes`);
        return await handle.readFile('utf8');
    }
    finally {
        await handle.close();
    }
}

;// CONCATENATED MODULE: ./build/step/tell.js

/** A notice for each sentence that no earlier step of the job has told: what is true of the whole job is said once. */
async function tellOnce(job, sentences) {
    const { told = [] } = job.record;
    const fresh = sentences.filter((sentence) => !told.includes(sentence));
    if (fresh.length === 0)
        return;
    for (const sentence of fresh)
        log.notice(sentence);
    try {
        await job.update({ told: [...told, ...fresh] });
    }
    catch {
        // A full disk, for example: then the next step tells it again, and whatever needs the record says what is wrong.
    }
}

;// CONCATENATED MODULE: ./build/step/join-job.js



/** Opens the job, or joins it when an earlier step has one; the step that opened it is the one whose post takes it down. */
async function joinJob(request) {
    const { inputs, runner, env, degradations, unheard, unsaved } = request;
    const job = await openJob(runner.tempDirectory, degradations.add);
    for (const fault of job.faults)
        degradations.add(fault);
    await tellOnce(job, unheard);
    const { drainTimeoutMs } = inputs.cache;
    const ownership = { jobDirectory: job.directory, drainTimeoutMs, summary: inputs.report.summary };
    const stateFault = job.isOwner ? saveOwnership(ownership, env) : unsaved;
    if (stateFault !== undefined)
        degradations.add(stateFault);
    return job;
}

// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var dist = __webpack_require__(3292);
;// CONCATENATED MODULE: ./build/buildkit/daemon/config-keys.js

/** The version whose keys are known for certain: a newer BuildKit has newer keys. */
const knownVersion = single_values/* defaultBuildkitVersion */.Uw;
const config_keys_text = { kind: 'string' };
const texts = { kind: 'strings' };
const file = { kind: 'path', expects: 'file' };
const config_keys_files = { kind: 'paths', expects: 'file' };
const directory = { kind: 'path', expects: 'directory' };
const directories = { kind: 'paths', expects: 'directory' };
const program = { kind: 'program' };
const command = { kind: 'command' };
const config_keys_flag = { kind: 'boolean' };
const integer = { kind: 'integer' };
const quantity = { kind: 'quantity' };
const labels = { kind: 'labels' };
const free = { kind: 'free' };
const table = (keys) => ({ kind: 'table', keys });
const tables = (keys) => ({ kind: 'tables', keys });
const config_keys_named = (keys) => ({ kind: 'named', keys });
const collection = {
    gc: config_keys_flag,
    gckeepstorage: quantity,
    reservedSpace: quantity,
    maxUsedSpace: quantity,
    minFreeSpace: quantity,
    gcpolicy: tables({
        all: config_keys_flag,
        filters: texts,
        keepDuration: quantity,
        keepBytes: quantity,
        reservedSpace: quantity,
        maxUsedSpace: quantity,
        minFreeSpace: quantity,
    }),
};
const network = {
    networkMode: config_keys_text,
    cniConfigPath: file,
    cniBinaryPath: directory,
    cniPoolSize: integer,
    bridgeName: config_keys_text,
    bridgeSubnet: config_keys_text,
};
const worker = {
    enabled: config_keys_flag,
    labels,
    platforms: texts,
    snapshotter: config_keys_text,
    rootless: config_keys_flag,
    defaultCgroupParent: config_keys_text,
    'apparmor-profile': config_keys_text,
    selinux: config_keys_flag,
    'max-parallelism': integer,
    ...collection,
    ...network,
};
const daemonConfigKeys = {
    debug: config_keys_flag,
    trace: config_keys_flag,
    root: config_keys_text,
    'insecure-entitlements': texts,
    proxyNetwork: config_keys_flag,
    log: table({ format: config_keys_text, level: config_keys_text }),
    grpc: table({
        address: texts,
        debugAddress: config_keys_text,
        uid: integer,
        gid: integer,
        securityDescriptor: config_keys_text,
        tls: table({ cert: config_keys_text, key: config_keys_text, ca: config_keys_text }),
    }),
    otel: table({ socketPath: config_keys_text }),
    cdi: table({ disabled: config_keys_flag, specDirs: { kind: 'paths', expects: 'anything' }, autoAllowed: texts }),
    worker: table({
        oci: table({
            ...worker,
            noProcessSandbox: config_keys_flag,
            userRemapUnsupported: config_keys_text,
            binary: program,
            proxySnapshotterPath: { kind: 'path', expects: 'anything' },
            stargzSnapshotter: free,
        }),
        containerd: table({
            ...worker,
            address: config_keys_text,
            namespace: config_keys_text,
            runtime: table({ name: config_keys_text, path: config_keys_text, options: free }),
        }),
    }),
    registry: config_keys_named({
        mirrors: texts,
        http: config_keys_flag,
        insecure: config_keys_flag,
        ca: config_keys_files,
        keypair: tables({ key: file, cert: file }),
        tlsconfigdir: directories,
    }),
    dns: table({ nameservers: texts, options: texts, searchDomains: texts }),
    history: table({ maxAge: quantity, maxEntries: integer }),
    frontend: table({
        'dockerfile.v0': table({ enabled: config_keys_flag }),
        'gateway.v0': table({ enabled: config_keys_flag, allowedRepositories: texts }),
    }),
    system: table({ platformsCacheMaxAge: quantity, maxRegistryConcurrency: integer }),
    provenanceEnvDir: directory,
    cache: table({
        gha: table({
            sign: table({ command }),
            verify: table({ required: config_keys_flag, policy: free }),
        }),
    }),
};
const config_keys_ownDaemon = 'each job has a daemon of its own, and Hotlayer cleans up after it';
/** Keys that Hotlayer sets itself, and why the input may not; a table's name stands for all in it. */
const ownedKeys = {
    root: { reason: config_keys_ownDaemon },
    grpc: { reason: 'the daemon listens on a unix socket of the job alone' },
    'otel.socketPath': { reason: config_keys_ownDaemon },
    'worker.oci.enabled': { reason: 'the OCI worker is the one that Hotlayer runs', harmless: 'true' },
    'worker.oci.rootless': { reason: 'use the input "rootless"', harmless: 'false' },
    'worker.oci.defaultCgroupParent': { reason: 'what a cancelled build leaves behind is found by its cgroup' },
    'worker.containerd': { reason: 'Hotlayer runs the OCI worker only', harmless: '{"enabled":false}' },
};

;// CONCATENATED MODULE: ./build/buildkit/daemon/config-words.js



function refuseConfig(input, why) {
    throw new errors/* InputError */.dz(input, `input "${input}": ${why}`);
}
/** The full dotted name as TOML has it, for example `registry."docker.io".mirrors`. */
function toKeyName(path) {
    return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}
/** Its name and the nearest key that is known, for the end of a sentence. `siblings`: what is known in that table. */
function describeUnknownKey(path, siblings) {
    const written = path.at(-1) ?? '';
    const near = findNearest(written, siblings) ?? siblings.find((key) => isPart(key, written));
    const meant = near === undefined ? findElsewhere(written) : toKeyName([...path.slice(0, -1), near]);
    const hint = meant === undefined ? `allowed there: ${siblings.join(', ')}` : `did you mean ${meant}?`;
    return `${toKeyName(path)}; ${hint}`;
}
/** One name holds the other. */
function isPart(known, written) {
    const [a, b] = [known.toLowerCase(), written.toLowerCase()];
    return b.length > 3 && (a.includes(b) || b.includes(a));
}
/** A key of another table: a usual mistake with TOML. */
function findElsewhere(written) {
    const found = listNames(daemonConfigKeys, []).find((path) => path.at(-1)?.toLowerCase() === written.toLowerCase());
    return found === undefined ? undefined : toKeyName(found);
}
function listNames(keys, parents) {
    return Object.entries(keys).flatMap(([key, kind]) => {
        const path = [...parents, key];
        if (kind.kind === 'table' || kind.kind === 'tables')
            return [path, ...listNames(kind.keys, path)];
        return kind.kind === 'named' ? [path, ...listNames(kind.keys, [...path, '<name>'])] : [path];
    });
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/config-ages.js



/**
 * Since when buildkitd knows a key, of those that v0.10.0 did not know (cmd/buildkitd/config/config.go of each release);
 * a table's name stands for all in it, and what is inside a list of tables has no place in the list.
 */
const firstWithKey = {
    'worker.oci.selinux': 'v0.10.6',
    'worker.oci.cniPoolSize': 'v0.11.0',
    history: 'v0.11.0',
    trace: 'v0.12.0',
    log: 'v0.13.0',
    'worker.oci.bridgeName': 'v0.13.0',
    'worker.oci.bridgeSubnet': 'v0.13.0',
    frontend: 'v0.14.0',
    system: 'v0.14.0',
    'worker.oci.reservedSpace': 'v0.17.0',
    'worker.oci.maxUsedSpace': 'v0.17.0',
    'worker.oci.minFreeSpace': 'v0.17.0',
    'worker.oci.gcpolicy.reservedSpace': 'v0.17.0',
    'worker.oci.gcpolicy.maxUsedSpace': 'v0.17.0',
    'worker.oci.gcpolicy.minFreeSpace': 'v0.17.0',
    cdi: 'v0.20.0',
    provenanceEnvDir: 'v0.25.0',
    cache: 'v0.27.0',
    'log.level': 'v0.30.0',
    proxyNetwork: 'v0.31.0',
    'system.maxRegistryConcurrency': 'v0.31.0',
};
/**
 * Warnings about keys that this BuildKit is too old for; buildkitd passes over such a key silently.
 *
 * @param keys in BuildKit's spelling
 */
function listTooNewKeys({ keys, input }, version) {
    if ((0,install_version/* isVersionless */.Is)(version))
        return [];
    const sentences = listTooNew(keys, [], version).map(({ name, first }) => `input "${input}": the key ${name} has no effect: it came with BuildKit ${first}, and this is ${version}.`);
    // A list of tables may have a key many times.
    return [...new Set(sentences)];
}
function listTooNew(value, path, version) {
    if (Array.isArray(value))
        return value.flatMap((entry) => listTooNew(entry, path, version));
    if (!(0,build_json/* isRecord */.u4)(value))
        return [];
    return Object.entries(value).flatMap(([key, below]) => {
        const own = [...path, key];
        const first = firstWithKey[own.join('.')];
        const isTooNew = first !== undefined && !(0,install_version/* isAtLeast */.du)(version, first);
        return isTooNew ? [{ name: toKeyName(own), first }] : listTooNew(below, own, version);
    });
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/config-places.js




/**
 * Where a path of the configuration leads: relative ones start at the workspace, as in every input. buildkitd itself would
 * start at its own working directory, where nothing of the job lies. Throws InputError.
 */
function resolvePlace({ given, expects, key }, workspace, input) {
    if (given.trim() === '')
        refuseConfig(input, `the key ${key} has an empty path`);
    if (given.startsWith('~')) {
        refuseConfig(input, `the key ${key} has the path ${JSON.stringify(given)}, and only a shell makes "~" the home directory; allowed is a path from the workspace or an absolute one, and ${JSON.stringify(`./${given}`)} for a name that begins with "~"`);
    }
    return { key, given, file: external_node_path_.resolve(workspace, given), expects };
}
/** False for a name that is looked up on PATH. */
function isPathOfProgram(text) {
    return text.includes('/') || text.startsWith('~');
}
/** Looks whether all is there before the daemon starts: it would miss most of it without a word. Throws InputError. */
async function checkPlacesOfConfig(places, input) {
    for (const place of places) {
        const fault = await config_places_findFault(place);
        if (fault === undefined)
            continue;
        const { key, given, file, expects } = place;
        refuseConfig(input, `the key ${key} has the path ${JSON.stringify(given)}, which ${fault} (${file}); allowed is the path of a ${expects}, absolute or from the workspace`);
    }
}
async function config_places_findFault({ file, expects }) {
    if (expects === 'anything')
        return undefined;
    try {
        const found = await (0,promises_.stat)(file);
        if (expects === 'directory')
            return found.isDirectory() ? undefined : 'is not a directory';
        return found.isDirectory() ? 'is a directory' : undefined;
    }
    catch (error) {
        // What this user may not see, the daemon may: it runs as root.
        const isGone = (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') || (0,errors/* hasErrorCode */.Ue)(error, 'ENOTDIR');
        return isGone ? 'does not exist' : undefined;
    }
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/config-check.js







/**
 * Reads the user's part of buildkitd.toml. Throws InputError for TOML that is malformed, a key that Hotlayer owns (with its full
 * name), and a value of the wrong type. Touches no file.
 *
 * @param workspace where relative paths start
 */
function parseDaemonConfig(toml, workspace, input = 'buildkitd-config-inline') {
    const reading = { input, workspace, unknown: [], places: [] };
    return { ...reading, keys: readTable(parseToml(toml, input), daemonConfigKeys, [], reading) };
}
/**
 * Warnings about keys that are not known; buildkitd passes over such a key silently. Of the version whose keys are known
 * for certain they are faults: throws InputError.
 *
 * @param version of the BuildKit that reads the configuration, as it says itself
 */
function judgeUnknownKeys({ input, unknown }, version) {
    const [first] = unknown;
    if (first === undefined)
        return [];
    if (isKnownVersion(version))
        refuseConfig(input, `unknown key ${first}`);
    return unknown.map((what) => `input "${input}": unknown key ${what}. It is handed to BuildKit ${version}, which passes over it without a word if it does not know it either (Hotlayer knows the keys of ${knownVersion}).`);
}
function isKnownVersion(version) {
    const release = semver.valid(version);
    return release !== null && semver.eq(release, knownVersion);
}
function parseToml(toml, input) {
    try {
        return (0,dist/* parse */.qg)(toml);
    }
    catch (error) {
        const where = error instanceof dist/* TomlError */.zx ? `line ${error.line}, column ${error.column}: ` : '';
        // The library's message goes on with a picture of the place.
        const what = (0,errors/* toMessage */.R9)(error).replace('Invalid TOML document: ', '').split('\n')[0];
        throw new errors/* InputError */.dz(input, `input "${input}" is not TOML: ${where}${what}`, { cause: error });
    }
}
function readTable(record, keys, parents, reading) {
    // A map: a key may be named `__proto__`.
    const result = new Map();
    for (const [written, value] of Object.entries(record)) {
        const known = Object.keys(keys).find((key) => key.toLowerCase() === written.toLowerCase());
        const kind = known === undefined ? undefined : keys[known];
        if (known === undefined || kind === undefined) {
            reading.unknown.push(describeUnknownKey([...parents, written], Object.keys(keys)));
            result.set(written, value);
            continue;
        }
        const path = [...parents, known];
        const owner = ownedKeys[path.join('.')];
        if (owner !== undefined && JSON.stringify(value) !== owner.harmless) {
            refuseConfig(reading.input, `the key ${toKeyName(path)} cannot be set: ${owner.reason}`);
        }
        if (result.has(known))
            refuseConfig(reading.input, `the key ${toKeyName(path)} is given twice (letter case does not count)`);
        result.set(known, readValue(value, kind, path, reading));
    }
    return Object.fromEntries(result);
}
function readValue(value, kind, path, reading) {
    const refuseType = (at, wanted) => refuseConfig(reading.input, `the key ${toKeyName(at)} must be ${wanted}`);
    const resolve = (given, expects) => {
        const place = resolvePlace({ given, expects, key: toKeyName(path) }, reading.workspace, reading.input);
        reading.places.push(place);
        return place.file;
    };
    switch (kind.kind) {
        case 'free':
            return value;
        case 'string':
            return typeof value === 'string' ? value : refuseType(path, 'a string');
        case 'strings':
            return isStrings(value) ? value : refuseType(path, 'a list of strings');
        case 'path':
            if (typeof value !== 'string')
                return refuseType(path, 'a string');
            // Nothing at all is BuildKit's own default, but for the two files of a pair.
            return value === '' && !path.includes('keypair') ? value : resolve(value, kind.expects);
        case 'paths':
            return isStrings(value)
                ? value.map((given) => resolve(given, kind.expects))
                : refuseType(path, 'a list of strings');
        case 'program':
            if (typeof value !== 'string')
                return refuseType(path, 'a string');
            return isPathOfProgram(value) ? resolve(value, 'file') : value;
        case 'command': {
            if (!isStrings(value))
                return refuseType(path, 'a list of strings');
            const [program, ...args] = value;
            return program !== undefined && isPathOfProgram(program) ? [resolve(program, 'file'), ...args] : value;
        }
        case 'boolean':
            return typeof value === 'boolean' ? value : refuseType(path, 'true or false');
        case 'integer':
            return Number.isInteger(value) ? value : refuseType(path, 'an integer');
        case 'quantity':
            return typeof value === 'string' || Number.isInteger(value)
                ? value
                : refuseType(path, 'a string such as "10GB" or "48h", or an integer');
        case 'labels':
            return (0,build_json/* isRecord */.u4)(value) && isStrings(Object.values(value))
                ? value
                : refuseType(path, 'a table of strings');
        case 'table':
            return (0,build_json/* isRecord */.u4)(value) ? readTable(value, kind.keys, path, reading) : refuseType(path, 'a table');
        case 'tables':
            if (!Array.isArray(value) || !value.every(build_json/* isRecord */.u4))
                return refuseType(path, 'a list of tables');
            return value.map((entry) => readTable(entry, kind.keys, path, reading));
        case 'named':
            if (!(0,build_json/* isRecord */.u4)(value))
                return refuseType(path, 'a table');
            return Object.fromEntries(Object.entries(value).map(([key, entry]) => [
                key,
                (0,build_json/* isRecord */.u4)(entry)
                    ? readTable(entry, kind.keys, [...path, key], reading)
                    : refuseType([...path, key], 'a table'),
            ]));
        default: {
            const never = kind;
            return never;
        }
    }
}
function isStrings(value) {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/config.js








/** The text of buildkitd.toml. Throws InputError for what is wrong with the inline part. */
function renderDaemonConfig(options) {
    const base = mergeKeys(toBaseConfig(options), options.keys ?? {});
    if (options.inline === undefined)
        return (0,dist/* stringify */.As)(base);
    const inline = parseDaemonConfig(options.inline, options.workspace ?? '/', options.input);
    judgeUnknownKeys(inline, options.version ?? knownVersion);
    return (0,dist/* stringify */.As)(mergeKeys(base, inline.keys));
}
/**
 * Checks the user's part of the configuration before a daemon is started with it, its files included; answers warnings.
 * Throws InputError, also where it contradicts another input.
 *
 * @param version of the BuildKit that will read it; undefined: not known yet, and its unknown keys are not judged
 */
async function checkDaemonConfig(toml, workspace, version, { input, keys = {} } = {}) {
    if (toml === undefined)
        return [];
    const inline = parseDaemonConfig(toml, workspace, input);
    refuseClash(inline, keys);
    const warnings = version === undefined ? [] : [...judgeUnknownKeys(inline, version), ...listTooNewKeys(inline, version)];
    await checkPlacesOfConfig(inline.places, inline.input);
    return warnings;
}
function toBaseConfig(options) {
    const version = options.version ?? knownVersion;
    return {
        root: options.root,
        // What a client may grant a build (inputs "allow" and "network"). No Dockerfile gets it by itself.
        'insecure-entitlements': ['network.host', 'security.insecure'],
        ...toLogKeys(options.debug, version),
        grpc: { address: [`unix://${options.socket}`], ...options.owner },
        otel: { socketPath: options.traceSocket },
        ...toHistoryKeys(version),
        worker: {
            oci: {
                enabled: true,
                binary: options.runc,
                defaultCgroupParent: options.cgroupParent,
                gc: true,
                ...toGarbageLimit(version),
            },
            containerd: { enabled: false },
        },
    };
}
/** The builds of a job are read at its end: BuildKit's own limits are 50 of them, and two days. */
function toHistoryKeys(version) {
    return (0,install_version/* knowsFeature */.ve)(version, 'history') ? { history: { maxEntries: 1000 } } : {};
}
function toLogKeys(debug, version) {
    return (0,install_version/* knowsFeature */.ve)(version, 'logLevel') ? { log: { level: debug ? 'debug' : 'info' } } : { debug };
}
/** No disk has it. */
const endlessBytes = 1e15;
/**
 * The state lives for one job: only a disk that runs full is a reason to throw any of it away. BuildKit's own default
 * wants 20 % of the disk free, which a hosted runner seldom has; an older one keeps to 10 % of the disk, and what it
 * then throws away is cache of this very build.
 */
function toGarbageLimit(version) {
    return (0,install_version/* knowsFeature */.ve)(version, 'minFreeSpace') ? { minFreeSpace: '2GB' } : { gckeepstorage: endlessBytes };
}
function refuseClash({ input, keys }, others) {
    const clash = findClash(keys, others, []);
    if (clash === undefined)
        return;
    refuseConfig(input, `the key ${toKeyName(clash)} contradicts an input of that meaning ("registry-mirrors", "max-parallelism" or "step-network"); allowed is one of the two`);
}
/** The first key that both set, to different values. */
function findClash(keys, others, parents) {
    for (const [key, value] of Object.entries(keys)) {
        const path = [...parents, key];
        const other = Object.hasOwn(others, key) ? others[key] : undefined;
        if (other === undefined || JSON.stringify(other) === JSON.stringify(value))
            continue;
        if (!(0,build_json/* isRecord */.u4)(other) || !(0,build_json/* isRecord */.u4)(value))
            return path;
        const below = findClash(value, other, path);
        if (below !== undefined)
            return below;
    }
    return undefined;
}
/** The keys of the second over those of the first; tables are joined, lists replaced. */
function mergeKeys(base, over) {
    const result = new Map(Object.entries(base));
    for (const [key, value] of Object.entries(over)) {
        const below = result.get(key);
        result.set(key, (0,build_json/* isRecord */.u4)(below) && (0,build_json/* isRecord */.u4)(value) ? mergeKeys(below, value) : value);
    }
    return Object.fromEntries(result);
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/input-keys.js


/** What inputs say that have a key of buildkitd.toml, in BuildKit's spelling. Empty without any. */
function toInputKeys({ registryMirrors, maxParallelism, stepNetwork, rootless, gcKeep, }, version = knownVersion) {
    const oci = {
        ...(gcKeep === undefined ? {} : toLimit(gcKeep, version)),
        ...(maxParallelism === undefined ? {} : { 'max-parallelism': maxParallelism }),
        ...(stepNetwork === 'bridge' ? { networkMode: 'bridge' } : {}),
        ...(rootless ? { rootless: true } : {}),
    };
    const registries = new Map();
    const set = (registry, key) => registries.set(registry, { ...registries.get(registry), ...key });
    for (const registry of new Set(registryMirrors.map((entry) => entry.registry))) {
        const mirrors = registryMirrors.filter((entry) => entry.registry === registry);
        set(registry, { mirrors: [...new Set(mirrors.map(({ mirror }) => mirror))] });
    }
    // BuildKit looks for the scheme of a mirror under the mirror's own host (util/resolver).
    for (const { mirror, isPlain } of registryMirrors)
        if (isPlain)
            set(mirror.split('/', 1)[0] ?? mirror, { http: true });
    return {
        ...(Object.keys(oci).length === 0 ? {} : { worker: { oci } }),
        ...(registries.size === 0 ? {} : { registry: Object.fromEntries(registries) }),
    };
}
/** Garbage collection begins there; what it removes first is BuildKit's to decide. */
function toLimit(bytes, version) {
    return (0,install_version/* knowsFeature */.ve)(version, 'minFreeSpace') ? { maxUsedSpace: bytes } : { gckeepstorage: bytes };
}

;// CONCATENATED MODULE: ./build/buildkit/install/advisories.js

/** The first release without a known vulnerability that a build on a Linux runner can meet. */
const firstSafeBuildkit = 'v0.31.2';
/**
 * Security advisories of moby/buildkit (https://github.com/moby/buildkit/security/advisories) by the release that mends
 * them; not all of them, but some for each range of versions. What concerns Windows alone is left out.
 */
const mendedIn = {
    // A Dockerfile alone removes files of the host, or reads them; a frontend gets privileges; a client ends the daemon.
    'v0.12.5': ['GHSA-4v98-7qmw-rqr8', 'GHSA-m3r6-h7wv-7xxv', 'GHSA-wr6v-9f75-vh2g', 'GHSA-9p26-698r-w4hx'],
    // A frontend writes outside the daemon's state; a Git context reaches outside its checkout.
    'v0.28.1': ['GHSA-4c29-8rgm-jvjj', 'GHSA-4vrq-3vrq-g6gg'],
    // A frontend gets around seccomp and AppArmor; a group file exhausts the daemon.
    'v0.31.1': ['GHSA-7236-3392-c5c6', 'GHSA-72x6-4j93-7w86'],
    // A Git bundle runs commands; a frontend ends the daemon, or empties /tmp; a client writes outside its directory.
    'v0.31.2': ['GHSA-hw3h-2gp9-cxpv', 'GHSA-qx3x-mv6r-52p6', 'GHSA-32pv-7hq5-qhwq', 'GHSA-g2h8-426c-7976'],
};
/** One sentence for a BuildKit with known vulnerabilities; undefined: none is known, or it does not know its version. */
function describeVulnerabilities(version) {
    if ((0,install_version/* isVersionless */.Is)(version) || (0,install_version/* isAtLeast */.du)(version, firstSafeBuildkit))
        return undefined;
    const ids = Object.entries(mendedIn)
        .filter(([mended]) => !(0,install_version/* isAtLeast */.du)(version, mended))
        .flatMap(([, advisories]) => advisories);
    return `BuildKit ${version} has known vulnerabilities (${ids.join(', ')}): a Dockerfile, frontend or Git context that you do not trust can harm this runner. Use ${firstSafeBuildkit} or newer.`;
}

// EXTERNAL MODULE: ./build/buildkit/install/buildx.js
var buildx = __webpack_require__(4189);
// EXTERNAL MODULE: ./build/buildkit/install/install.js + 11 modules
var install = __webpack_require__(269);
// EXTERNAL MODULE: ./build/buildkit/install/release-token.js
var release_token = __webpack_require__(744);
;// CONCATENATED MODULE: ./build/buildkit/daemon/environment.js


/** What buildkitd needs of the runner: where programs, proxies and certificates are. Nothing else is handed on. */
const passed = /^(HTTPS?_PROXY|ALL_PROXY|FTP_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|LANG|LC_ALL|TZ|GODEBUG)$/i;
/** How much of a step's output buildkitd passes on: bytes, and bytes a second. -1 is no limit. */
const logLimits = ['BUILDKIT_STEP_LOG_MAX_SIZE', 'BUILDKIT_STEP_LOG_MAX_SPEED'];
const maxLogLimit = 2 ** 31 - 1;
/** The variables of a step that a daemon gets which this step starts. */
function selectPassed(env) {
    const limits = logLimits.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
    const kept = Object.entries(env).flatMap(([name, value]) => passed.test(name) && value !== undefined ? [[name, value]] : []);
    return Object.fromEntries([...kept, ...limits]);
}
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Where buildkitd looks for programs. */
function toDaemonPath(env, binDirectory) {
    return [binDirectory, env['PATH'] ?? '', systemPath].filter((part) => part !== '').join(external_node_path_.delimiter);
}
/**
 * The whole environment of buildkitd. Its programs are looked for next to it first (buildkit-qemu-*); its temporary
 * files and mounts go below the job's directory, where they are found when it is killed.
 */
function toDaemonEnvironment(env, places) {
    return {
        ...selectPassed(env),
        ...places.variables,
        PATH: toDaemonPath(env, places.binDirectory),
        HOME: places.home,
        TMPDIR: places.tempDirectory,
    };
}
/** Throws InputError for a limit that buildkitd would pass over without a word, or with a crash (one below -1). */
function checkLogLimits(env) {
    for (const name of logLimits) {
        const value = env[name] ?? '';
        if (value === '' || value === '-1')
            continue;
        // As strconv.ParseInt with 32 bits.
        if (/^\+?\d{1,15}$/.test(value) && Number(value) <= maxLogLimit)
            continue;
        throw new errors/* InputError */.dz(name, `the environment variable ${name} is "${value}": allowed are a whole number of bytes from 0 to ${maxLogLimit}, and -1 for no limit.`);
    }
}
/** Shell commands that set this environment. It goes over a pipe: sudo drops the one it inherits, and arguments can be read by all. */
function renderExports(env) {
    return Object.entries(env)
        .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
        .join('');
}

// EXTERNAL MODULE: ./build/policy/canonical-json.js
var canonical_json = __webpack_require__(4232);
;// CONCATENATED MODULE: ./build/step/daemon-given.js

/** Only what is not the default: a step that says nothing takes the daemon as it is. */
function listGiven(daemon) {
    const { buildkitdFlags, buildkitdEnv, registryMirrors, maxParallelism, stepNetwork, rootless, gcKeep } = daemon;
    const mirrors = registryMirrors.map(({ registry, mirror, isPlain }) => `${registry}=${isPlain ? 'http://' : ''}${mirror}`);
    const variables = buildkitdEnv.map(({ key, value }) => [key, value]);
    const entries = [
        ['buildkitd-flags', buildkitdFlags?.join(' ') || undefined],
        ['buildkitd-env', variables.length === 0 ? undefined : digest(JSON.stringify(variables.toSorted()))],
        ['registry-mirrors', mirrors.join(' ') || undefined],
        ['max-parallelism', maxParallelism === undefined ? undefined : String(maxParallelism)],
        ['step-network', stepNetwork === 'host' ? undefined : stepNetwork],
        ['gc-keep', gcKeep === undefined ? undefined : String(gcKeep)],
        ['rootless', rootless ? 'true' : undefined],
    ];
    return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
/** True where the value is not shown. */
function daemon_given_isDigest(name) {
    return name === 'buildkitd-env';
}
function digest(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text, 'utf8').digest('hex');
}

;// CONCATENATED MODULE: ./build/step/daemon-settings.js










/**
 * Throws InputError for a configuration that is none.
 *
 * @param text the configuration; undefined: none is given
 */
async function readDaemonSettings({ daemon, cache }, env, workspace, text) {
    const { buildkitVersion, buildkitPath, buildkitSha256 } = daemon;
    const { buildxVersion, buildxPath, buildxSha256 } = daemon;
    const config = text === undefined ? '{}' : (0,canonical_json/* toCanonicalJson */.s)(parseDaemonConfig(text.toml, workspace, text.input).keys);
    return {
        ...(buildkitVersion === single_values/* defaultBuildkitVersion */.Uw ? {} : { version: buildkitVersion }),
        ...(buildkitPath === undefined ? {} : { path: await toDirectory(buildkitPath) }),
        ...(buildkitSha256 === undefined ? {} : { sha256: buildkitSha256 }),
        ...(buildxVersion === single_values/* defaultBuildxVersion */.Iq ? {} : { clientVersion: buildxVersion }),
        ...(buildxPath === undefined ? {} : { clientPath: await toRealPath(buildxPath) }),
        ...(buildxSha256 === undefined ? {} : { clientSha256: buildxSha256 }),
        ...(config === '{}' || text === undefined ? {} : { config: digest(config), configInput: text.input }),
        given: listGiven(daemon),
        variables: Object.fromEntries(Object.entries(selectPassed(env)).map(([name, value]) => [name, digest(value)])),
        drainTimeoutMs: cache.drainTimeoutMs,
    };
}
/**
 * Throws InputError when this step asks for another daemon than the one that runs. What it does not ask for is taken as
 * it is.
 *
 * @param running what the record says of the BuildKit that runs
 */
async function refuseOtherDaemon(asked, earlier, running) {
    const { version, path: directory, sha256, config } = asked;
    if (version !== undefined && !isSameVersion(version, running.version)) {
        const how = earlier.path === undefined ? '' : `, from "buildkit-path" ${(0,errors/* quote */.hD)(earlier.path)}`;
        daemon_settings_refuse('buildkit-version', (0,errors/* quote */.hD)(version), `BuildKit ${running.version}${how}`);
    }
    const own = await toDirectory(running.buildctl);
    if (directory !== undefined && directory !== own) {
        const how = earlier.path === undefined ? 'without "buildkit-path"' : `with "buildkit-path" ${(0,errors/* quote */.hD)(earlier.path)}`;
        daemon_settings_refuse('buildkit-path', (0,errors/* quote */.hD)(directory), `BuildKit from ${(0,errors/* quote */.hD)(own)} (${how})`);
    }
    if (sha256 !== undefined && sha256 !== earlier.sha256) {
        const how = earlier.sha256 === undefined
            ? 'without "buildkit-sha256"'
            : `with "buildkit-sha256" ${(0,errors/* quote */.hD)(earlier.sha256)}`;
        daemon_settings_refuse('buildkit-sha256', (0,errors/* quote */.hD)(sha256), `BuildKit ${how}`);
    }
    if (config !== undefined && config !== earlier.config) {
        const how = earlier.config === undefined
            ? `without ${JSON.stringify(asked.configInput)}`
            : `with another ${JSON.stringify(earlier.configInput)}`;
        daemon_settings_refuse(asked.configInput ?? 'buildkitd-config', undefined, `buildkitd ${how}`);
    }
    for (const [name, value] of Object.entries(asked.given)) {
        const before = Object.hasOwn(earlier.given, name) ? earlier.given[name] : undefined;
        if (value === before)
            continue;
        const isSecret = daemon_given_isDigest(name);
        const how = before === undefined
            ? `without "${name}"`
            : isSecret
                ? `with another "${name}"`
                : `with "${name}" ${(0,errors/* quote */.hD)(before)}`;
        daemon_settings_refuse(name, isSecret ? undefined : (0,errors/* quote */.hD)(value), `buildkitd ${how}`);
    }
}
/**
 * Throws InputError when this step asks for another client than the one that the job's first step got.
 *
 * @param running what the record says of it
 */
async function refuseOtherClient(asked, earlier, running) {
    const own = await toRealPath(running.buildx);
    const isOwn = asked.clientPath === own || asked.clientPath === external_node_path_.dirname(own);
    const given = [
        ['buildx-version', asked.clientVersion, earlier.clientVersion],
        ['buildx-path', isOwn ? undefined : asked.clientPath, earlier.clientPath],
        ['buildx-sha256', asked.clientSha256, earlier.clientSha256],
    ];
    for (const [name, value, before] of given) {
        if (value === undefined || value === before)
            continue;
        const how = before === undefined ? `without "${name}"` : `with "${name}" ${(0,errors/* quote */.hD)(before)}`;
        daemon_settings_refuse(name, (0,errors/* quote */.hD)(value), `buildx ${how}`, 'that client');
    }
}
/** One sentence for each thing that this step gives and that only the step that started the daemon could. */
function listIgnoredSettings(asked, earlier) {
    const names = [...new Set([...Object.keys(asked.variables), ...Object.keys(earlier.variables)])]
        .filter((name) => asked.variables[name] !== earlier.variables[name])
        .sort();
    const isOtherTimeout = asked.drainTimeoutMs !== defaultDrainTimeoutMs && asked.drainTimeoutMs !== earlier.drainTimeoutMs;
    return [
        ...(names.length === 0
            ? []
            : [
                `buildkitd has the environment of the step that started it, so these variables of this step do not reach it: ${names.join(', ')}.`,
            ]),
        ...(isOtherTimeout
            ? [
                `The input "drain-timeout" has no effect: the step that opened the job waits for the uploads, ${earlier.drainTimeoutMs / 1000} s.`,
            ]
            : []),
    ];
}
/** Throws InputError when the BuildKit of `buildkit-path` is not the one of `buildkit-version`. */
function checkGivenVersion({ buildkitPath, buildkitVersion }, found) {
    if (buildkitPath === undefined || buildkitVersion === single_values/* defaultBuildkitVersion */.Uw)
        return;
    if (isSameVersion(buildkitVersion, found))
        return;
    throw new errors/* InputError */.dz('buildkit-version', `input "buildkit-version": ${(0,errors/* quote */.hD)(buildkitVersion)} contradicts "buildkit-path", which has BuildKit ${found}; allowed is one of the two`);
}
/** Throws InputError when the buildx of `buildx-path` is not the one of `buildx-version`. */
function checkGivenClient({ buildxPath, buildxVersion }, found) {
    if (buildxPath === undefined || buildxVersion === single_values/* defaultBuildxVersion */.Iq)
        return;
    if (isSameVersion(buildxVersion, found))
        return;
    throw new errors/* InputError */.dz('buildx-version', `input "buildx-version": ${(0,errors/* quote */.hD)(buildxVersion)} contradicts "buildx-path", which has buildx ${found}; allowed is one of the two`);
}
/** `0.33.1` and `v0.33.1` are one version. */
function isSameVersion(asked, running) {
    const parsed = semver.valid(running);
    return parsed === null ? asked === running : semver.eq(asked, parsed);
}
async function toDirectory(given) {
    const file = external_node_path_.resolve(given);
    try {
        const directory = (await (0,promises_.stat)(file)).isDirectory() ? file : external_node_path_.dirname(file);
        return await (0,promises_.realpath)(directory);
    }
    catch {
        // Nothing can be there: the message names the path as it was given.
        return file;
    }
}
async function toRealPath(given) {
    const file = external_node_path_.resolve(given);
    // Nothing can be there: the message names the path as it was given.
    return (0,promises_.realpath)(file).catch(() => file);
}
function daemon_settings_refuse(name, value, earlier, shared = 'that daemon') {
    throw new errors/* InputError */.dz(name, `input "${name}"${value === undefined ? '' : `: ${value}`} contradicts an earlier step of this job, which started ${earlier}, and all steps share ${shared}; allowed is the same as there, or to leave the input out`);
}

;// CONCATENATED MODULE: ./build/step/buildkit.js










/** Throws InputError for what is wrong with the daemon's configuration, whatever BuildKit there will be. */
async function checkConfig(request) {
    const { inputs, env } = request;
    const version = (await mayBeAnotherVersion(inputs.daemon, env)) ? undefined : single_values/* defaultBuildkitVersion */.Uw;
    await checkConfigFor(version, request);
}
function checkConfigFor(version, { inputs, runner, config }) {
    const keys = toInputKeys(inputs.daemon, version);
    return checkDaemonConfig(config?.toml, runner.workspace, version, { input: config?.input, keys });
}
function installForJob(request) {
    const { daemon } = request.inputs;
    const installing = (0,install/* installTools */.H)({
        buildkit: {
            version: daemon.buildkitVersion,
            exact: daemon.buildkitVersion !== single_values/* defaultBuildkitVersion */.Uw,
            path: daemon.buildkitPath,
            sha256: daemon.buildkitSha256,
        },
        buildx: toClientRequest(daemon),
    }, toSurroundings(request));
    return {
        buildkit: installing.buildkit.then(async ({ source, ...binaries }) => {
            log.info(`buildkitd ${binaries.version} from ${source}`);
            checkGivenVersion(daemon, binaries.version);
            const vulnerabilities = describeVulnerabilities(binaries.version);
            if (vulnerabilities !== undefined)
                log.warning(vulnerabilities);
            for (const warning of await checkConfigFor(binaries.version, request))
                log.warning(warning);
            return binaries;
        }),
        buildx: installing.buildx.then((found) => takeClient(found, daemon)),
        save: installing.save,
    };
}
/** The path of buildx, for a step whose daemon is somebody else's. */
async function installClient(request) {
    const { daemon } = request.inputs;
    const options = { ...toClientRequest(daemon), ...toSurroundings(request) };
    const { found, save } = await (0,install/* installProduct */.d)(buildx/* buildx */.N, options);
    const client = takeClient(found, daemon);
    request.beside.add(save());
    return client;
}
function toClientRequest(daemon) {
    return {
        version: daemon.buildxVersion,
        exact: daemon.buildxVersion !== single_values/* defaultBuildxVersion */.Iq,
        path: daemon.buildxPath,
        sha256: daemon.buildxSha256,
    };
}
function toSurroundings(request) {
    const { inputs, runner, plan, env, signal } = request;
    return {
        githubToken: (0,release_token/* selectReleaseToken */.l)(inputs.build.githubToken, runner.serverUrl, env),
        tempDirectory: runner.tempDirectory,
        toolCacheDirectory: runner.toolCacheDirectory,
        cache: toCacheUse(runner, plan),
        run: runner.run,
        findCacheObstacle: request.findCacheObstacle,
        env,
        signal,
        log: log.info,
        warn: log.warning,
    };
}
function takeClient({ buildx, version, source }, daemon) {
    log.info(`buildx ${version} from ${source}`);
    checkGivenClient(daemon, version);
    return buildx;
}
/** Could BuildKit be of another version than the default one? */
async function mayBeAnotherVersion({ buildkitPath, buildkitVersion }, env) {
    if (buildkitPath !== undefined || buildkitVersion !== single_values/* defaultBuildkitVersion */.Uw)
        return true;
    return (await (0,search_path/* findOnPath */.aY)('buildkitd', env['PATH'] ?? '')) !== undefined;
}
/**
 * BuildKit runs as root, so only a run that may write the plan's cache may put binaries there for others; and a run that
 * imports nothing (`release-import: false`, for one) takes none from there either.
 */
function toCacheUse({ upstream, token }, plan) {
    if (upstream === undefined || token === undefined || plan.imports.length === 0)
        return 'none';
    return plan.export === null ? 'read' : 'read-write';
}

;// CONCATENATED MODULE: ./build/buildkit/solve/inspect.js


/** buildx itself waits 20 seconds for a daemon. */
const timeoutMs = 40_000;
/** Asks the daemon of a builder by the client that builds; a string says why there is no answer. */
async function inspectDaemon(buildx, builder, env, signal) {
    const { exitCode, stdout, outcome } = await (0,process_command/* runCommand */.d)(buildx, ['inspect', '--bootstrap', builder.name], {
        env: { ...toClientEnvironment(env), BUILDX_CONFIG: builder.configDirectory },
        timeoutMs,
        signal,
    });
    signal?.throwIfAborted();
    if (exitCode !== 0)
        return outcome;
    return parseInspection(stdout);
}
/** What `buildx inspect` prints, for example `BuildKit version: v0.33.1`. Pure. */
function parseInspection(text) {
    const find = (name) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1]?.trim();
    const error = find('Error');
    if (error !== undefined)
        return error;
    if (find('Status') !== 'running')
        return `its status is ${find('Status') ?? 'unknown'}`;
    return { version: find('BuildKit version') };
}

;// CONCATENATED MODULE: ./build/step/endpoint-connector.js





const endMs = 1000;
/** What buildx starts to get there, to the word (client/connhelper of BuildKit); undefined: it needs no program. */
function toConnection({ kind, address, }) {
    if (kind === 'unix' || kind === 'tcp')
        return undefined;
    const { hostname: host, port, username, pathname, searchParams } = new URL(address);
    // In an address an IPv6 host has brackets, and for a program it has none.
    const hostname = host.replace(/^\[(.*)\]$/, '$1');
    const read = (name) => searchParams.get(name) ?? '';
    switch (kind) {
        case 'docker-container': {
            const context = read('context') === '' ? [] : [`--context=${read('context')}`];
            return ['docker', ...context, 'exec', '-i', hostname, 'buildctl', 'dial-stdio'];
        }
        case 'kube-pod': {
            const place = [`--context=${read('context')}`, `--namespace=${read('namespace')}`];
            const container = [`--container=${read('container')}`, '-i', hostname];
            return ['kubectl', ...place, 'exec', ...container, '--', 'buildctl', 'dial-stdio'];
        }
        case 'ssh': {
            const user = username === '' ? [] : ['-l', decodeURIComponent(username)];
            const at = port === '' ? [] : ['-p', port];
            const socket = pathname === '' ? [] : ['--addr', `unix://${decodeURIComponent(pathname)}`];
            return ['ssh', ...user, ...at, '--', hostname, 'buildctl', ...socket, 'dial-stdio'];
        }
        default:
            return kind;
    }
}
/** Throws ToolError `endpoint` where the program is missing that leads to such a daemon. */
async function checkConnector(endpoint, env) {
    const [program] = toConnection(endpoint) ?? [];
    if (program === undefined || (await (0,search_path/* findOnPath */.aY)(program, env['PATH'] ?? '')) !== undefined)
        return;
    throw new errors/* ToolError */.v4('endpoint', `"endpoint" ${endpoint.address} is reached by the program ${program}, which is not on PATH: install it before this step.`);
}
/**
 * Says something by that program, and waits for the first word of the answer. Answers why there is none, by the last line
 * that the program wrote; undefined: there is one, or nothing yet when the time is over.
 */
function greetByProgram([program, ...words], firstWord, { env, answerMs, signal }) {
    return new Promise((resolve) => {
        const child = (0,external_node_child_process_.spawn)(program, words, { env: toClientEnvironment(env), stdio: 'pipe' });
        let told = '';
        let hasAnswered = false;
        const end = async () => {
            hasAnswered = true;
            // The end of its input ends what it has started at the other end, too.
            child.stdin.end();
            await (0,external_node_timers_promises_.setTimeout)(endMs, undefined, { ref: false });
            child.kill('SIGKILL');
        };
        const timer = setTimeout(() => void end(), answerMs);
        const cancel = () => void end();
        signal?.addEventListener('abort', cancel, { once: true });
        const settle = (why) => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', cancel);
            const last = told.trimEnd().split('\n').at(-1)?.trim() ?? '';
            resolve(hasAnswered ? undefined : `${program}: ${last === '' ? why : last}`);
        };
        // It may end before it has read; its end says why.
        child.stdin.on('error', () => undefined);
        child.stdin.write(firstWord);
        child.stdout.once('data', () => void end());
        child.stderr.setEncoding('utf8').on('data', (text) => {
            told = `${told}${text}`.slice(-10_000);
        });
        child.once('error', (error) => settle(error.message));
        child.once('close', (code, killedBy) => settle(`ended by ${killedBy ?? `exit code ${code}`}`));
    });
}

;// CONCATENATED MODULE: ./build/step/endpoint-tls.js





const prefix = 'BUILDER_NODE_0_AUTH_TLS_';
/** As docker/setup-buildx-action reads them, PEM each; and what the options of buildx' remote driver are called. */
const parts = [
    { variable: `${prefix}CACERT`, option: 'cacert' },
    { variable: `${prefix}CERT`, option: 'cert' },
    { variable: `${prefix}KEY`, option: 'key' },
];
/** Ours: the name in the daemon's certificate, where that is not the host of the address. */
const nameVariable = `${prefix}SERVERNAME`;
/** All of them, by the options of buildx' remote driver. */
const tlsVariables = {
    cacert: `${prefix}CACERT`,
    cert: `${prefix}CERT`,
    key: `${prefix}KEY`,
    servername: nameVariable,
};
/** undefined: the connection is not encrypted. */
function readTls(env) {
    const cacert = read(env, tlsVariables.cacert);
    if (cacert === undefined)
        return undefined;
    const { cert, key, servername } = tlsVariables;
    return { cacert, cert: read(env, cert), key: read(env, key), servername: read(env, servername) };
}
/** True where the connection is encrypted by what the environment has. */
function hasTls(env) {
    return read(env, `${prefix}CACERT`) !== undefined;
}
/** Throws InputError for certificates that cannot be used together. Nothing of them is shown. */
function checkTls(endpoint, env) {
    const given = [...parts.map(({ variable }) => variable), nameVariable].filter((variable) => read(env, variable) !== undefined);
    const [first] = given;
    if (first === undefined)
        return;
    const refuse = (name, why) => {
        throw new errors/* InputError */.dz(name, `${name}: ${why}.`);
    };
    if (endpoint.kind !== 'tcp')
        refuse(first, `it is for an "endpoint" of tcp://, and this one is ${endpoint.kind}://; leave it out`);
    for (const { variable } of parts) {
        const pem = read(env, variable);
        if (pem !== undefined && !/^-----BEGIN [A-Z0-9 ]+-----$/m.test(pem))
            refuse(variable, 'it is not PEM (its text is not shown); give the text of the file, not its path');
    }
    if (read(env, `${prefix}CACERT`) === undefined)
        refuse(`${prefix}CACERT`, `it is missing beside ${first}: buildx does not connect with TLS without it`);
    for (const [one, other] of [
        ['CERT', 'KEY'],
        ['KEY', 'CERT'],
    ]) {
        const isAlone = read(env, prefix + one) !== undefined && read(env, prefix + other) === undefined;
        if (isAlone)
            refuse(prefix + other, `it is missing beside ${prefix}${one}`);
    }
    if (areApart(read(env, tlsVariables.cert), read(env, tlsVariables.key)))
        refuse(tlsVariables.key, `it is not the key of the certificate in ${tlsVariables.cert}`);
}
/** False where it cannot be told. */
function areApart(cert, key) {
    if (cert === undefined || key === undefined)
        return false;
    try {
        return !new external_node_crypto_.X509Certificate(cert).checkPrivateKey((0,external_node_crypto_.createPrivateKey)(key));
    }
    catch {
        // buildx reads more kinds, or says itself what is wrong with it.
        return false;
    }
}
/** Writes the certificates where only this user can read them, below the job's directory, which post removes. */
async function writeTls(env, jobDirectory) {
    const options = {};
    for (const { variable, option } of parts) {
        const pem = read(env, variable);
        if (pem === undefined)
            continue;
        if (option === 'key')
            for (const line of pem.split(/\r?\n/))
                maskLine(line);
        const file = external_node_path_.join(jobDirectory, `endpoint-${option}.pem`);
        await (0,promises_.writeFile)(file, `${pem}\n`, { mode: 0o600 });
        options[option] = file;
    }
    const serverName = read(env, nameVariable);
    return serverName === undefined ? options : { ...options, servername: serverName };
}
/** Not the first and last line, which say no more than what it is. */
function maskLine(line) {
    if (line.trim() !== '' && !line.startsWith('-----'))
        log.mask(line.trim());
}
function read(env, name) {
    return env[name]?.trim() || undefined;
}

;// CONCATENATED MODULE: ./build/step/endpoint-reach.js









const usual = { refusedMs: 5000, answerMs: 10_000 };
const pauseMs = 200;
/**
 * Throws ToolError `endpoint` where a daemon certainly cannot be reached, with the reason: buildx would try for 20 seconds, and
 * then say that the time is over. What is not certain is left to buildx.
 */
async function checkReach(endpoint, env, signal, patience = usual) {
    const { kind, address } = endpoint;
    if (kind === 'unix')
        await checkSocket(address);
    const connection = toConnection(endpoint);
    if (connection !== undefined)
        return checkConnection(connection, { address, env, patience, signal });
    if (kind !== 'tcp')
        return;
    const texts = readTls(env);
    for (const startMs = performance.now();; await (0,external_node_timers_promises_.setTimeout)(pauseMs, undefined, { signal })) {
        const error = await greet(address, texts, patience.answerMs, signal);
        signal?.throwIfAborted();
        if (error === undefined)
            return;
        const isSoon = performance.now() - startMs < patience.refusedMs;
        if (isSoon && ['ECONNREFUSED', 'ECONNRESET'].some((code) => (0,errors/* hasErrorCode */.Ue)(error, code)))
            continue;
        const reason = explain(error, texts);
        if (reason !== undefined)
            throw noAnswer(address, reason, error);
        return;
    }
}
async function checkConnection(connection, asked) {
    const { address, env, patience, signal } = asked;
    const { answerMs, refusedMs } = patience;
    for (const startMs = performance.now();; await (0,external_node_timers_promises_.setTimeout)(pauseMs, undefined, { signal })) {
        const reason = await greetByProgram(connection, firstWord, { env, answerMs, signal });
        signal?.throwIfAborted();
        if (reason === undefined)
            return;
        // The way is there, and the daemon at its end may still come.
        const isSoon = performance.now() - startMs < refusedMs;
        if (!isSoon || !/\.sock\b|connection refused/i.test(reason))
            throw noAnswer(address, reason);
    }
}
function noAnswer(address, why, cause) {
    return new errors/* ToolError */.v4('endpoint', `No BuildKit answers at ${address} (${why}). Check the address, and that the daemon runs and lets this runner in.`, cause === undefined ? {} : { cause });
}
async function checkSocket(address) {
    try {
        await (0,promises_.access)(address.replace(/^unix:\/\//, ''), external_node_fs_.constants.R_OK | external_node_fs_.constants.W_OK);
    }
    catch (error) {
        throw noAnswer(address, (0,errors/* toMessage */.R9)(error), error);
    }
}
/** What each side of HTTP/2 says first (RFC 9113, 3.4): its preface, where it is the client, and a frame of settings. */
const firstWord = Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    Buffer.from('000000040000000000', 'hex'),
]);
const settingsType = 4;
/**
 * Says HTTP/2's first word, as gRPC does, and waits for the daemon's: in TLS 1.3 a daemon refuses a client only after the
 * handshake. Node's own HTTP/2 does not tell of such a refusal. Answers what went wrong; undefined: nothing.
 */
function greet(address, texts, answerMs, signal) {
    return new Promise((resolve) => {
        const { hostname, port } = new URL(address.replace('tcp:', 'http:'));
        const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
        let socket;
        try {
            socket = texts === undefined ? external_node_net_.connect(place) : external_node_tls_.connect({ ...place, ...toTlsOptions(texts) });
        }
        catch (error) {
            resolve(error);
            return;
        }
        const end = (error) => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', cancel);
            socket.destroy();
            resolve(error);
        };
        const fail = (what) => end(new errors/* ToolError */.v4('endpoint', what));
        const timer = setTimeout(() => fail(`it did not say a word in ${answerMs / 1000} s`), answerMs);
        const cancel = () => end(undefined);
        signal?.addEventListener('abort', cancel, { once: true });
        socket.once(texts === undefined ? 'connect' : 'secureConnect', () => socket.write(firstWord));
        socket.once('data', (bytes) => bytes[3] === settingsType ? end(undefined) : fail('what listens there does not speak HTTP/2'));
        socket.on('error', end);
        socket.once('close', () => fail('it closed the connection'));
    });
}
function toTlsOptions({ cacert, cert, key, servername }) {
    return {
        ...{ ca: cacert, cert, key, ALPNProtocols: ['h2'] },
        // The daemon's authority is trusted itself, as in Go, be it an intermediate one or not.
        allowPartialTrustChain: true,
        ...(servername === undefined || external_node_net_.isIP(servername) > 0 ? {} : { servername }),
    };
}
/** By the codes of OpenSSL and of Node; undefined: it says nothing for certain of what buildx will meet. */
function explain(error, texts) {
    const message = (0,errors/* toMessage */.R9)(error);
    const is = (pattern) => pattern.test(endpoint_reach_readText(error, 'code'));
    if (is(/^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/) || error instanceof errors/* ToolError */.v4)
        return texts === undefined && error instanceof errors/* ToolError */.v4 ? `${message}; ${wantsTls}` : message;
    if (texts === undefined)
        return is(/^ECONNRESET$/) ? `${message}; ${wantsTls}` : undefined;
    if (is(/^CERT_HAS_EXPIRED$/))
        return 'the certificate of the daemon is over';
    if (is(/^ERR_TLS_CERT_ALTNAME_INVALID$/))
        return `its certificate is for another name: ${message}; ${tlsVariables.servername} takes the name that it has`;
    if (is(/^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE)$/))
        return `its certificate is not of the authority in ${tlsVariables.cacert}`;
    if (is(/CERTIFICATE_REQUIRED$/) ||
        (texts.cert === undefined && is(/ALERT_(?:BAD_CERTIFICATE|HANDSHAKE_FAILURE)$/)))
        return `it wants a certificate of the client: give ${tlsVariables.cert} and ${tlsVariables.key}`;
    if (is(/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED)$/))
        return `it does not take the certificate of ${tlsVariables.cert}: ${endpoint_reach_readText(error, 'reason')}`;
    if (is(/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/))
        return 'what listens there does not speak TLS';
    return undefined;
}
const wantsTls = `a daemon with TLS wants ${tlsVariables.cacert}`;
/** What an error of Node or OpenSSL has beside its message. */
function endpoint_reach_readText(error, name) {
    return (0,build_json/* readString */.E3)(error, name) ?? '';
}

;// CONCATENATED MODULE: ./build/step/endpoint.js





/** Or older: newer daemons say which version they are. */
const newestSilent = 'v0.11.0';
/** Throws ToolError `endpoint` when no BuildKit answers there. */
async function openRemoteEndpoint(request) {
    const { endpoint, buildx, jobDirectory, env, signal } = request;
    const { address } = endpoint;
    const driverOptions = await writeTls(env, jobDirectory);
    const builder = await writeBuilder({
        configDirectory: toBuildxConfig(jobDirectory),
        ...{ address, driverOptions, scopedLogins: undefined },
    });
    const answer = await inspectDaemon(buildx, builder, env, signal);
    if (typeof answer === 'string')
        throw noAnswer(address, answer);
    return {
        kind: 'remote',
        ...{ address, driverOptions, buildx },
        version: answer.version ?? newestSilent,
        readLog: async () => [`This job did not start the buildkitd at ${address}: its log is where it runs.`],
    };
}

;// CONCATENATED MODULE: ./build/process/unix-listener.js




/** SO_ACCEPTCON of the kernel's socket flags, as /proc/net/unix prints it. */
const listening = '00010000';
/** The inodes of the sockets that listen at a path, in a text of /proc/net/unix (proc_net(5)). Pure. */
function parseListeners(text, files) {
    return text.split('\n').flatMap((line) => {
        const [, flags, inode, file] = /^\S+ \S+ \S+ (\S+) \S+ \S+ +(\d+) (.+)$/.exec(line) ?? [];
        return flags === listening && inode !== undefined && files.includes(file ?? '') ? [inode] : [];
    });
}
/**
 * True if a process of that program listens at the path and has the network of this one, so that it reaches this
 * process's loopback. False is also the answer where that cannot be seen: the kernel lists sockets of this network alone, and
 * shows who holds them to root and to their own user.
 */
async function listensInThisNetwork(file, program) {
    const files = [file, await (0,promises_.realpath)(file).catch(() => file)];
    const inodes = parseListeners(await (0,process_identity/* readOr */.Cq)('/proc/net/unix', ''), files);
    if (inodes.length === 0)
        return false;
    const own = await (0,promises_.readlink)('/proc/self/ns/net').catch(() => undefined);
    if (own === undefined)
        return false;
    for (const pid of await listPids()) {
        const directory = external_node_path_.join('/proc', String(pid));
        const isProgram = external_node_path_.basename(await readLinkOr(external_node_path_.join(directory, 'exe'))) === program;
        if (!isProgram || (await readLinkOr(external_node_path_.join(directory, 'ns', 'net'))) !== own)
            continue;
        const names = await (0,promises_.readdir)(external_node_path_.join(directory, 'fd')).catch(() => []);
        for (const name of names) {
            const target = await readLinkOr(external_node_path_.join(directory, 'fd', name));
            if (inodes.some((inode) => target === `socket:[${inode}]`))
                return true;
        }
    }
    return false;
}
/** Empty for a process that has ended, and for one of another user. */
async function readLinkOr(file) {
    return (0,promises_.readlink)(file).catch(() => '');
}

;// CONCATENATED MODULE: ./build/step/gateway-reach.js



/**
 * The gateway listens on the runner's loopback, and on nothing else: a daemon elsewhere cannot reach it. Where that is not
 * known for certain the cache goes the plain way, or none. Throws InputError where the gateway is required.
 */
async function decideCacheWay({ endpoint }, { backend, gateway }, env) {
    if (backend !== 'gha' && !(backend === 's3' && gateway !== false))
        return decideStoreWay(backend, endpoint, env);
    if (endpoint === undefined)
        return { kind: gateway === false ? 'direct' : 'gateway', sentence: undefined };
    const { address } = endpoint;
    if (backend === 's3')
        return await decideBucketWay(endpoint, gateway);
    if (isReadable(endpoint) && !hasTls(env)) {
        if (gateway === 'required')
            gateway_reach_refuse(address);
        return {
            kind: 'none',
            sentence: `The daemon at ${address} is asked without TLS, and whoever can listen on the way would get the runner's cache token with it: this build runs without a cache. Give the certificates in BUILDER_NODE_0_AUTH_TLS_CACERT, _CERT and _KEY.`,
        };
    }
    if (gateway === false)
        return { kind: 'direct', sentence: undefined };
    if (endpoint.kind === 'unix' && (await listensInThisNetwork(toSocket(address), 'buildkitd')))
        return { kind: 'gateway', sentence: undefined };
    if (gateway === 'required')
        gateway_reach_refuse(address);
    return {
        kind: 'direct',
        sentence: `The daemon at ${address} cannot reach the gateway, which listens on this runner's loopback only, so it gets the runner's own cache token: whoever controls that daemon can read and write the caches of this run until the job ends. "gateway: required" makes this an error, and "gateway: false" says that it is meant.`,
    };
}
/** The credentials of the bucket are the gateway's alone: nobody else gets them unless the user says so. */
async function decideBucketWay(endpoint, gateway) {
    const { address } = endpoint;
    if (endpoint.kind === 'unix' && (await listensInThisNetwork(toSocket(address), 'buildkitd')))
        return { kind: 'gateway', sentence: undefined };
    if (gateway === 'required')
        gateway_reach_refuse(address);
    return {
        kind: 'none',
        sentence: `The daemon at ${address} cannot reach the gateway, which listens on this runner's loopback only and alone has the credentials of the bucket: this build runs without a cache. "gateway: false" gives the credentials to that daemon, and has a cache of BuildKit's own layout.`,
    };
}
/** BuildKit's own clients: credentials of a bucket go to the daemon, and those of a registry are asked for by it. */
function decideStoreWay(backend, endpoint, env) {
    const isOpen = endpoint !== undefined && isReadable(endpoint) && !hasTls(env);
    if (!isOpen || (backend !== 's3' && backend !== 'azblob'))
        return { kind: 'direct', sentence: undefined };
    return {
        kind: 'none',
        sentence: `The daemon at ${endpoint.address} is asked without TLS, and whoever can listen on the way would get the credentials of "cache: ${backend}" with it: this build runs without a cache. Give the certificates in BUILDER_NODE_0_AUTH_TLS_CACERT, _CERT and _KEY.`,
    };
}
/** Whoever is between the runner and the daemon can read what goes there. */
function isReadable({ kind, host }) {
    return kind === 'tcp' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host);
}
function toSocket(address) {
    return address.replace(/^unix:\/\//, '');
}
function gateway_reach_refuse(address) {
    throw new errors/* InputError */.dz('gateway', `input "gateway": "required" cannot be had with "endpoint" ${JSON.stringify(address)}: the gateway listens on this runner's loopback, which that daemon does not reach, or not for certain; allowed are a unix:// socket of a buildkitd that runs in the runner's own network and that this user may look at, and "gateway: true" or "false"`);
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/bridge.js








/** The first with a bridge of its own, whose name and subnet can be chosen. */
const firstWithBridge = 'v0.13.0';
const programs = ['bridge', 'loopback', 'host-local', 'firewall'];
/** Where Debian, Fedora and Kubernetes have the CNI programs. */
const folders = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni'];
/**
 * What buildkitd.toml says for steps with a network of their own. Throws ToolError `step-network` where a program for it is
 * missing: buildkitd would say it in a log, or not before the first step.
 */
async function planBridge(request) {
    const { jobDirectory, binaries, env } = request;
    if (!(0,install_version/* isAtLeast */.du)(binaries.version, firstWithBridge)) {
        bridge_refuse(`BuildKit ${binaries.version} has no bridge of its own, which came with ${firstWithBridge}: choose a newer "buildkit-version"`);
    }
    const searchPath = toDaemonPath(env, binaries.directory);
    const directory = await findPrograms(searchPath, request.folders ?? folders);
    if ((await (0,search_path/* findOnPath */.aY)('iptables', searchPath)) === undefined)
        bridge_refuse('there is no iptables on PATH (Debian and Ubuntu: apt-get install iptables)');
    const bridgeSubnet = chooseSubnet(jobDirectory, await (0,process_identity/* readOr */.Cq)('/proc/net/route', ''));
    if (bridgeSubnet === undefined)
        bridge_refuse('each of its subnets has a route on this runner already');
    return {
        worker: {
            oci: {
                networkMode: 'bridge',
                ...{ bridgeName: toBridgeName(jobDirectory), bridgeSubnet },
                ...(directory === undefined ? {} : { cniBinaryPath: directory }),
            },
        },
    };
}
/** undefined: BuildKit's own are there, which buildkitd finds by itself (util/network/cniprovider). */
async function findPrograms(searchPath, places) {
    const own = await Promise.all(programs.map((name) => (0,search_path/* findOnPath */.aY)(`buildkit-cni-${name}`, searchPath)));
    if (own.every((file) => file !== undefined))
        return undefined;
    for (const folder of places) {
        const there = await Promise.all(programs.map((name) => (0,search_path/* isExecutable */.TV)(external_node_path_.join(folder, name))));
        if (there.every((isThere) => isThere))
            return folder;
    }
    return bridge_refuse(`the CNI programs are neither beside buildkitd (buildkit-cni-bridge and so on, as in BuildKit's releases) nor in ${places.join(', ')} (Debian and Ubuntu: apt-get install containernetworking-plugins)`);
}
/**
 * One of 8192 subnets of 254 addresses that no route of the runner leads to; another job of the same machine, which has
 * another directory, begins to look elsewhere. Pure.
 *
 * @param routes the text of /proc/net/route
 */
function chooseSubnet(jobDirectory, routes) {
    const taken = routes.split('\n').flatMap((line) => {
        const [, destination = '', , , , , , mask = ''] = line.trim().split(/\s+/);
        const parsed = [destination, mask].map(parseAddress);
        const [network, bits] = parsed;
        // The default route leads everywhere.
        return network === undefined || bits === undefined || bits === 0 ? [] : [{ network, bits }];
    });
    const start = (0,external_node_crypto_.createHash)('sha256').update(jobDirectory).digest().readUInt16BE(0);
    for (let step = 0; step < 8192; step += 1) {
        const index = (start + step) % 8192;
        const [second, third] = [224 + (index >> 8), index & 255];
        const network = 10 * 2 ** 24 + second * 2 ** 16 + third * 2 ** 8;
        const isFree = taken.every((route) => {
            const shared = (route.bits & 0xff_ff_ff_00) >>> 0;
            return (network & shared) >>> 0 !== (route.network & shared) >>> 0;
        });
        if (isFree)
            return `10.${second}.${third}.0/24`;
    }
    return undefined;
}
/** The kernel prints the bytes of an address in the order of this machine, which is little-endian wherever BuildKit has releases but on s390x. */
function parseAddress(hex) {
    return /^[0-9A-F]{8}$/i.test(hex) ? Buffer.from(hex, 'hex').readUInt32LE(0) : undefined;
}
function bridge_refuse(why) {
    throw new errors/* ToolError */.v4('step-network', `Steps cannot have a network of their own ("step-network: bridge"): ${why}.`);
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/config-source.js



/** The file goes before the text, as in docker/setup-buildx-action. Throws InputError for a file that cannot be read. */
async function readConfigText({ buildkitdConfig, buildkitdConfigInline }, workspace) {
    if (buildkitdConfig === undefined) {
        return buildkitdConfigInline === undefined
            ? undefined
            : { input: 'buildkitd-config-inline', toml: buildkitdConfigInline };
    }
    const file = external_node_path_.resolve(workspace, buildkitdConfig);
    try {
        return { input: 'buildkitd-config', toml: await (0,promises_.readFile)(file, 'utf8') };
    }
    catch (error) {
        const why = (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT')
            ? 'does not exist'
            : (0,errors/* hasErrorCode */.Ue)(error, 'EISDIR')
                ? 'is a directory'
                : `cannot be read (${(0,errors/* toMessage */.R9)(error)})`;
        throw new errors/* InputError */.dz('buildkitd-config', `input "buildkitd-config": ${(0,errors/* quote */.hD)(buildkitdConfig)} ${why} (${file}); allowed is the path of a file with TOML, absolute or from the workspace`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/rootless.js





/** The programs that a daemon without root needs, and the packages of Debian and Ubuntu that have them. */
const rootless_programs = [
    ['rootlesskit', 'rootlesskit'],
    ['newuidmap', 'uidmap'],
    ['newgidmap', 'uidmap'],
];
const removeTimeoutMs = 120_000;
/** Throws where a daemon cannot run without root, with what is missing: rootlesskit would say it in a log. */
async function checkRootless({ uid, name }, env) {
    if (uid === 0) {
        throw new errors/* InputError */.dz('rootless', 'input "rootless": "true" is for a user other than root, and this process is root; allowed is "false"');
    }
    const missing = [];
    for (const [program, packageName] of rootless_programs) {
        if ((await (0,search_path/* findOnPath */.aY)(program, env['PATH'] ?? '')) === undefined)
            missing.push(`${program} is not on PATH (Debian and Ubuntu: apt-get install ${packageName})`);
    }
    for (const file of ['/etc/subuid', '/etc/subgid']) {
        if (!hasRange(await (0,process_identity/* readOr */.Cq)(file, ''), { uid, name }))
            missing.push(`${file} gives user ${name ?? uid} no range of ids (as root: usermod --add-${external_node_path_.basename(file)}s 100000-165535 ${name ?? uid})`);
    }
    if (missing.length === 0)
        return;
    throw new errors/* ToolError */.v4('rootless', `BuildKit cannot run without root here: ${missing.join('; ')}.`);
}
/** Lines of subuid(5): `NAME:START:COUNT`. Pure. */
function hasRange(text, { uid, name }) {
    return text.split('\n').some((line) => {
        const [owner = '', , count = ''] = line.trim().split(':');
        return (owner === name || owner === String(uid)) && Number(count) >= 1;
    });
}
/**
 * The words before buildkitd. The network is the runner's own: the gateway listens on its loopback. All of the daemon's
 * processes are in a pid namespace, which ends with its first one.
 */
function toRootlessCommand(stateDirectory) {
    return ['rootlesskit', '--net=host', '--pidns', `--state-dir=${external_node_path_.join(stateDirectory, 'rootlesskit')}`];
}
/** Removes what belongs to ids that only the user's namespace has. False: it is still there, or nothing of that kind. */
async function removeInNamespace(directory, mayBeRootless, env) {
    if (!mayBeRootless || (await (0,search_path/* findOnPath */.aY)('rootlesskit', env['PATH'] ?? '')) === undefined)
        return false;
    const { exitCode } = await (0,process_command/* runCommand */.d)('rootlesskit', ['rm', '-rf', '--', directory], {
        env: { PATH: env['PATH'], HOME: env['HOME'] },
        timeoutMs: removeTimeoutMs,
    });
    return exitCode === 0;
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/daemon.js
















/**
 * The longest socket that buildkitd makes below its temporary directory, one for each `RUN --mount=type=ssh`
 * (session/sshforward, with the ten digits of os.MkdirTemp). With room for it there is room for its own, too, of which it
 * takes 104 bytes at most.
 */
const longestSocket = '.buildkit-ssh-sock0123456789/ssh_auth_sock';
const tempName = 'tmp';
/** sun_path of unix(7) holds 108 bytes, the last of which is a NUL. */
const maxSocketBytes = 107;
/** Between two looks at what the daemon has got to. */
const daemon_pauseMs = 10;
/**
 * Starts buildkitd and answers once it serves calls. Throws InputError for a wrong inline configuration or log limit (nothing
 * is started then), ToolError `daemon-start` with the end of its log when it dies or is not ready in time. On any failure
 * the last record says what to stop.
 */
async function startDaemon(options) {
    checkLogLimits({ ...options.env, ...toVariables(options) });
    const planned = await planRecord(options);
    const config = renderDaemonConfig({
        root: planned.root,
        socket: planned.socket,
        traceSocket: external_node_path_.join(external_node_path_.dirname(planned.socket), 'trace.sock'),
        owner: planned.sudo ? options.owner : undefined,
        runc: options.binaries.runc,
        cgroupParent: planned.cgroupParent,
        debug: options.debug,
        inline: options.config?.toml,
        input: options.config?.input,
        keys: options.keys,
        workspace: options.workspace,
        version: options.binaries.version,
    });
    const configFile = external_node_path_.join(planned.stateDirectory, 'buildkitd.toml');
    const tempDirectory = await makeTempDirectory(planned);
    await (0,promises_.writeFile)(configFile, config);
    await options.onRecord(planned);
    options.signal?.throwIfAborted();
    const daemon = await spawnDaemon(planned, configFile, tempDirectory, options);
    const deadlineAtMs = Date.now() + (options.readyTimeoutMs ?? 60_000);
    const record = await waitForPid(planned, daemon, deadlineAtMs, options);
    await options.onRecord(record);
    await waitUntilReady(record, daemon, deadlineAtMs, options);
    daemon.child.unref();
    return record;
}
function toVariables({ variables = [] }) {
    return Object.fromEntries(variables.map(({ key, value }) => [key, value]));
}
/** Files and mounts lie in the state directory in any case, where they are found when the daemon is killed; sockets in them are named by the short way. */
async function makeTempDirectory({ stateDirectory, socketDirectory }) {
    const directory = external_node_path_.join(stateDirectory, tempName);
    await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
    if (socketDirectory === undefined)
        return directory;
    const link = external_node_path_.join(socketDirectory, tempName);
    await (0,promises_.symlink)(directory, link);
    return link;
}
async function planRecord({ jobDirectory, privilege }) {
    // Random: a daemon that failed to start is never taken for the one that a later step of the job starts.
    const id = (0,external_node_crypto_.randomBytes)(6).toString('hex');
    const directory = external_node_path_.resolve(jobDirectory);
    const near = toDaemonPlaces(directory, id, undefined);
    await (0,promises_.mkdir)(near.stateDirectory, { recursive: true, mode: 0o700 });
    const longest = external_node_path_.join(near.stateDirectory, tempName, longestSocket);
    const isShort = Buffer.byteLength(longest) <= maxSocketBytes;
    const far = external_node_path_.join((0,external_node_os_.tmpdir)(), `${toJobPrefix(directory)}${id}`);
    // Not recursive: a directory that another user has put there is not ours to use.
    if (!isShort)
        await (0,promises_.mkdir)(far, { mode: 0o700 });
    const places = isShort ? near : toDaemonPlaces(directory, id, far);
    return { ...places, sudo: privilege === 'sudo' };
}
/**
 * The shell reads its environment from the pipe, writes what /proc says of it to a file and becomes buildkitd: so the pid and
 * the start time in that file are the daemon's own, also under sudo, and also when this process is killed right now.
 */
const startScript = 'eval "$(cat)"; cat "/proc/$$/stat" > "$0.new" && mv "$0.new" "$0" && exec "$@" < /dev/null';
async function spawnDaemon(record, configFile, tempDirectory, options) {
    const { binaries, env, flags = [] } = options;
    const daemonEnv = toDaemonEnvironment(env, {
        binDirectory: binaries.directory,
        tempDirectory,
        home: record.stateDirectory,
        variables: {
            ...toVariables(options),
            // Where runc keeps its own state without root.
            ...(options.privilege === 'rootless' ? { XDG_RUNTIME_DIR: record.stateDirectory } : {}),
        },
    });
    const log = await (0,promises_.open)(record.logFile, 'a', 0o600);
    try {
        const launcher = options.privilege === 'rootless' ? toRootlessCommand(record.stateDirectory) : [];
        const command = [...launcher, binaries.buildkitd, '--config', configFile, ...flags];
        const [file, ...args] = withPrivilege(record.sudo, ['sh', '-c', startScript, record.pidFile, ...command]);
        // Its own session: a signal to the job's step must not reach it, and it lives on when main ends.
        const child = (0,external_node_child_process_.spawn)(file, args, {
            cwd: '/',
            env: { PATH: daemonEnv['PATH'] },
            detached: true,
            stdio: ['pipe', log.fd, log.fd],
        });
        const daemon = { child, ended: undefined };
        child.once('error', (error) => {
            daemon.ended = `could not be started (${error.message})`;
        });
        child.once('exit', (code, signal) => {
            daemon.ended = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
        });
        // A shell that dies before it has read all shows in `ended`, which says more than EPIPE.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(renderExports(daemonEnv));
        return daemon;
    }
    finally {
        await log.close();
    }
}
async function waitForPid(record, daemon, deadlineAtMs, options) {
    for (;;) {
        const identity = (0,process_identity/* parseStat */.ky)(await (0,process_identity/* readOr */.Cq)(record.pidFile, ''));
        if (identity !== undefined)
            return { ...record, pid: identity.pid, pidStartTime: identity.startTime };
        await pause(record, daemon, deadlineAtMs, options);
    }
}
/** Ready is a call that the daemon answers. Before its socket is there, asking would only take the processor from it. */
async function waitUntilReady(record, daemon, deadlineAtMs, options) {
    const args = ['--addr', `unix://${record.socket}`, 'debug', 'workers'];
    for (;;) {
        while (!(0,external_node_fs_.existsSync)(record.socket))
            await pause(record, daemon, deadlineAtMs, options);
        const { exitCode } = await (0,process_command/* runCommand */.d)(options.binaries.buildctl, args, {
            env: { PATH: options.env['PATH'], HOME: record.stateDirectory },
            timeoutMs: 10_000,
            signal: options.signal,
        });
        if (exitCode === 0)
            return;
        await pause(record, daemon, deadlineAtMs, options);
    }
}
/** Throws when waiting on is of no use. */
async function pause(record, daemon, deadlineAtMs, { signal }) {
    signal?.throwIfAborted();
    if (daemon.ended !== undefined)
        throw await toStartError(record, daemon.ended);
    if (Date.now() > deadlineAtMs)
        throw await toStartError(record, 'did not answer in time');
    await (0,external_node_timers_promises_.setTimeout)(daemon_pauseMs);
}
async function toStartError(record, what) {
    const lines = dropStackFrames(await readDaemonLog(record, 200)).slice(-20);
    const log = lines.length === 0 ? 'It wrote no log.' : `The end of its log:\n${lines.join('\n')}`;
    return new errors/* ToolError */.v4('daemon-start', `buildkitd ${what} before it was ready. ${log}`);
}
/** buildkitd prints its errors with a Go stack, which would push the message out of sight. */
function dropStackFrames(lines) {
    return lines.filter((line, index) => !line.startsWith('\t') && lines[index + 1]?.startsWith('\t') !== true);
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/bridge-rules.js
/**
 * How the rules go that the CNI programs `bridge` and `firewall` made for a network: those that name its bridge, which the
 * programs never remove, and those that name an address of its subnet, which stay behind a killed daemon. The chains that all
 * networks of a machine share stay. Pure.
 *
 * @param saved what iptables-save printed
 */
function toRuleRemoval(saved, network) {
    const ids = new Set();
    const tables = saved.split(/^\*/m).slice(1);
    const removals = tables.map((text) => {
        const [table = '', ...lines] = text.split('\n');
        const own = lines.flatMap((line) => findOwnRule(line, network) ?? []);
        for (const { id } of own)
            if (id !== undefined)
                ids.add(id);
        const chains = [...new Set(own.flatMap(({ chain }) => chain ?? []))];
        const commands = [
            ...own.map(({ rule }) => `-D ${rule}`),
            // A chain can go when it is empty and nothing leads there.
            ...chains.flatMap((chain) => [`-F ${chain}`, `-X ${chain}`]),
        ];
        return commands.length === 0 ? '' : `*${table.trim()}\n${commands.join('\n')}\nCOMMIT\n`;
    });
    return { text: removals.join(''), ids: [...ids] };
}
function findOwnRule(line, { bridge, subnet }) {
    const [, rule = '', chain = '', rest = ''] = /^-A ((\S+) (.*))$/.exec(line) ?? [];
    if (/^CNI-ISOLATION-STAGE-[12]$/.test(chain)) {
        const words = rest.split(' ');
        const isOwn = ['-i', '-o'].some((flag) => words[words.indexOf(flag) + 1] === bridge);
        return isOwn ? { rule } : undefined;
    }
    const address = /^-[sd] (\d+\.\d+\.\d+\.)\d+\/32 /.exec(rest)?.[1];
    if (address === undefined || subnet !== `${address}0/24`)
        return undefined;
    if (chain === 'CNI-FORWARD')
        return { rule };
    const masquerade = /--comment "name: \\"buildkit\\" id: \\"([a-z0-9]+)\\"" -j (CNI-[0-9a-f]+)$/.exec(rest);
    if (chain !== 'POSTROUTING' || masquerade === null)
        return undefined;
    return { rule, id: masquerade[1], chain: masquerade[2] };
}
/**
 * The subnet of 254 addresses that a bridge of this machine leads to. Pure.
 *
 * @param routes the text of /proc/net/route, whose numbers have the order of bytes of this machine
 */
function findBridgeSubnet(bridge, routes) {
    for (const line of routes.split('\n')) {
        const [name, destination = '', , , , , , mask] = line.trim().split(/\s+/);
        if (name !== bridge || mask !== '00FFFFFF' || !/^00[0-9A-F]{6}$/.test(destination))
            continue;
        const [, third, second, first] = Buffer.from(destination, 'hex');
        return `${first}.${second}.${third}.0/24`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/bridge-removal.js




/** Another process may change the rules between our look and our change. */
const bridge_removal_rounds = 3;
/** Where the CNI programs keep what they made: their own default, which BuildKit does not change. */
const kept = { results: '/var/lib/cni/results', addresses: '/var/lib/cni/networks/buildkit' };
/** Is there a bridge of that name? Asked before a daemon is ended, which removes its bridge and not the rules for it. */
async function hasBridge(name) {
    return (await (0,process_identity/* readOr */.Cq)(external_node_path_.join('/sys/class/net', name, 'ifindex'), '')) !== '';
}
/**
 * Removes the bridge of a daemon that was killed, and the firewall rules that name it or its addresses; a daemon that ends by
 * itself leaves some of the rules. Answers what could not be removed, one sentence each. What hangs on the bridge has gone
 * with the network namespaces of the steps.
 *
 * @param wasThere the bridge was there before the daemon ended
 */
async function removeBridge(name, wasThere, sudo, env) {
    const isThere = await hasBridge(name);
    if (!isThere && !wasThere)
        return [];
    const run = { sudo, env: { ...env, PATH: [env['PATH'], '/usr/sbin', '/sbin'].filter(Boolean).join(':') } };
    // As long as the bridge is there nobody else takes its subnet.
    const subnet = isThere ? findBridgeSubnet(name, await (0,process_identity/* readOr */.Cq)('/proc/net/route', '')) : undefined;
    const areLeft = await removeRules({ bridge: name, subnet }, run);
    if (isThere)
        await runPrivileged(sudo, ['ip', 'link', 'delete', name], run.env);
    return [
        ...(areLeft ? [`firewall rules for the network bridge ${name} could not be removed (iptables)`] : []),
        ...((await hasBridge(name)) ? [`the network bridge ${name} could not be removed (ip link delete)`] : []),
    ];
}
/** Answers whether some are left. */
async function removeRules(network, { sudo, env }) {
    for (let round = 0; round < bridge_removal_rounds; round++) {
        const { stdout, exitCode } = await runPrivileged(sudo, ['iptables-save'], env);
        // Without iptables there were no rules either.
        if (exitCode === undefined)
            return false;
        const { text, ids } = toRuleRemoval(stdout, network);
        if (text === '')
            return exitCode !== 0;
        await runPrivileged(sudo, ['iptables-restore', '--noflush', '--wait=5'], env, text);
        await removeKept(ids, network.subnet, { sudo, env });
    }
    const { stdout } = await runPrivileged(sudo, ['iptables-save'], env);
    return toRuleRemoval(stdout, network).text !== '';
}
/** The notes of the CNI programs: which network has which address. */
async function removeKept(ids, subnet, { sudo, env }) {
    const first = subnet?.replace(/0\/24$/, '');
    if (first === undefined || ids.length === 0)
        return;
    const files = [
        ...ids.map((id) => external_node_path_.join(kept.results, `buildkit-${id}-eth0`)),
        ...Array.from({ length: 254 }, (_, index) => external_node_path_.join(kept.addresses, `${first}${index + 1}`)),
    ];
    await runPrivileged(sudo, ['rm', '-f', '--', ...files], env);
}

;// CONCATENATED MODULE: ./build/buildkit/daemon/stop.js












const stop_pollMs = 50;
/** Between the start of the shell and its first line: see `startScript`. */
const pidTimeoutMs = 2_000;
/**
 * Stops a daemon by its pid (never a recycled one) and removes what is left of it: build steps, mounts, cgroups, socket and
 * state; its log stays. May be called again, and for a daemon whose start was cancelled. Never throws for what is already gone.
 */
async function stopDaemon(record, options) {
    const { env } = options;
    const marks = toDaemonMarks(record);
    const failures = [];
    const attempt = async (what, work, otherwise) => {
        try {
            return await work();
        }
        catch (error) {
            // What comes next is done all the same: a daemon that cannot be stopped is no reason to leave its mounts.
            failures.push(`${what}: ${(0,errors/* toMessage */.R9)(error)}`);
            return otherwise;
        }
    };
    const wasBridged = await hasBridge(marks.bridge);
    const ended = await attempt('buildkitd', () => endDaemon(record, options), 'was-not-running');
    const orphans = await attempt('processes of build steps', () => killOrphans(marks, env), []);
    const unmounted = await attempt('mounts', () => unmountState(marks, env), []);
    const cgroups = await attempt('cgroups', () => removeCgroups(marks, env), []);
    const network = await attempt('network', () => removeBridge(marks.bridge, wasBridged, marks.sudo, env), []);
    const running = await attempt('processes of build steps', () => findOrphans(marks), []);
    const { stateDirectory, socketDirectory } = record;
    const state = [stateDirectory, ...(socketDirectory === undefined ? [] : [socketDirectory])];
    const leftovers = [
        ...running.map((pid) => `process ${pid} of a build step did not end`),
        ...network,
        ...cgroups.map((directory) => `the cgroup ${directory} could not be removed`),
        ...(await attempt('state', () => removeDirectories(state, record.sudo, env), [])),
        ...failures,
    ];
    return { ended, orphans, unmounted, leftovers };
}
async function endDaemon(record, { env, termTimeoutMs = 10_000, killTimeoutMs = 10_000 }) {
    const identity = await waitForIdentity(record);
    if (identity === undefined || !(await (0,process_identity/* isRunning */.W_)(identity)))
        return 'was-not-running';
    const { statePrefix } = toDaemonMarks(record);
    // A record may have been planted: only a process that has the daemon's own files in its arguments is the daemon.
    if (!(await readArguments(identity.pid)).some((arg) => arg.startsWith(statePrefix)))
        return 'was-not-running';
    await signalProcesses(record.sudo, 'TERM', [identity.pid], env);
    if (await waitForEnd(identity, termTimeoutMs))
        return 'SIGTERM';
    await signalProcesses(record.sudo, 'KILL', [identity.pid], env);
    await waitForEnd(identity, killTimeoutMs);
    return 'SIGKILL';
}
/**
 * Stops every daemon of a job, found by the files that its arguments name: it needs no record. Not sudo above it, which
 * ends with its child, nor anything else that has such an argument (runc): see `killOrphans`.
 */
async function endDaemons(marks, { env, termTimeoutMs = 10_000, killTimeoutMs = 10_000 }) {
    const daemons = await listDaemons(marks);
    if (daemons.length === 0)
        return 'was-not-running';
    const pids = daemons.map(({ pid }) => pid);
    await signalProcesses(marks.sudo, 'TERM', pids, env);
    if (await waitForEnds(daemons, termTimeoutMs))
        return 'SIGTERM';
    await signalProcesses(marks.sudo, 'KILL', pids, env);
    await waitForEnds(daemons, killTimeoutMs);
    return 'SIGKILL';
}
async function listDaemons({ statePrefix }) {
    const found = await Promise.all((await listPids()).map(async (pid) => {
        const identity = await (0,process_identity/* readProcess */.Wv)(pid);
        const [program = '', ...words] = await readArguments(pid);
        const file = words[words.indexOf('--config') + 1] ?? '';
        const isDaemon = file.startsWith(statePrefix) && external_node_path_.basename(program) !== 'sudo';
        return identity !== undefined && isDaemon ? [identity] : [];
    }));
    return found.flat();
}
async function waitForEnds(daemons, timeoutMs) {
    const ended = await Promise.all(daemons.map((daemon) => waitForEnd(daemon, timeoutMs)));
    return ended.every((hasEnded) => hasEnded);
}
/** A start that was cancelled may be about to write the pid: the log is there from just before the start on. */
async function waitForIdentity(record) {
    const deadlineAtMs = Date.now() + pidTimeoutMs;
    for (;;) {
        const identity = await readIdentity(record);
        if (identity !== undefined || Date.now() > deadlineAtMs)
            return identity;
        if (!(await stop_exists(record.logFile)) || !(await stop_exists(record.stateDirectory)))
            return undefined;
        await (0,external_node_timers_promises_.setTimeout)(stop_pollMs);
    }
}
async function stop_exists(file) {
    try {
        await (0,promises_.access)(file);
        return true;
    }
    catch {
        // Whatever the reason, there is nothing to wait for.
        return false;
    }
}
async function waitForEnd(identity, timeoutMs) {
    const deadlineAtMs = Date.now() + timeoutMs;
    while (await (0,process_identity/* isRunning */.W_)(identity)) {
        if (Date.now() > deadlineAtMs)
            return false;
        await (0,external_node_timers_promises_.setTimeout)(stop_pollMs);
    }
    return true;
}
/**
 * Removes directories, with sudo where the daemon ran with it; answers what could not be removed, one sentence each.
 * Never through a mount: what is mounted there, for example a cache, may be somebody else's.
 */
async function removeDirectories(directories, sudo, env) {
    const mounts = await readMounts();
    const left = [];
    for (const directory of directories) {
        const below = selectMountsBelow(mounts, directory);
        left.push(...below.map((mountPoint) => `${mountPoint} could not be unmounted`));
        if (below.length > 0)
            continue;
        const { exitCode, outcome } = await runPrivileged(sudo, ['rm', '-rf', '--', directory], env);
        if (exitCode !== 0 && !(await removeInNamespace(directory, sudo, env)))
            left.push(`${directory} could not be removed (rm ${outcome})`);
    }
    return left;
}

;// CONCATENATED MODULE: ./build/step/stages.js

/**
 * Runs every stage, one after the other, whatever became of those before: what one cannot remove is no reason to leave the
 * rest. Answers what failed, a sentence each.
 */
async function runStages(stages) {
    const failures = [];
    for (const { name, run } of stages) {
        try {
            await run();
        }
        catch (error) {
            failures.push(`${name}: ${(0,errors/* toMessage */.R9)(error)}`);
        }
    }
    return failures;
}

;// CONCATENATED MODULE: ./build/step/clear-job.js









const clientPatienceMs = 3000;
/** Ends every daemon of this job and removes what they left, before a new one starts; needs no record of them. Never throws. */
async function clearJob(directory, sudo, env) {
    const marks = toJobMarks(directory, sudo);
    const wasBridged = await hasBridge(marks.bridge);
    const failures = await runStages([
        {
            name: 'the client of a build',
            run: async () => {
                await (0,process_end/* endProcesses */.H)(await listClients(directory), [
                    ['SIGTERM', clientPatienceMs],
                    ['SIGKILL', clientPatienceMs],
                ]);
            },
        },
        {
            name: 'buildkitd',
            run: async () => {
                if ((await endDaemons(marks, { env })) !== 'was-not-running')
                    log.info('ended a buildkitd of this job whose files are gone');
            },
        },
        { name: 'processes of build steps', run: async () => void (await killOrphans(marks, env)) },
        { name: 'mounts', run: async () => void (await unmountState(marks, env)) },
        {
            name: 'network',
            run: async () => {
                const left = await removeBridge(marks.bridge, wasBridged, sudo, env);
                if (left.length > 0)
                    throw new Error(left.join(', '));
            },
        },
        { name: 'cgroups', run: async () => void (await removeCgroups(marks, env)) },
        {
            name: 'state',
            run: async () => {
                const states = (await (0,promises_.readdir)(directory)).map((name) => external_node_path_.join(directory, name));
                const own = states.filter((file) => file.startsWith(marks.statePrefix));
                if (own.length > 0)
                    await removeDirectories(own, sudo, env);
            },
        },
    ]);
    for (const failure of failures)
        log.info(`What an earlier step left could not be removed: ${failure}.`);
}

;// CONCATENATED MODULE: ./build/step/own-endpoint.js

















const termTimeoutMs = 2000;
/** Takes the daemon of an earlier step of this job, or installs BuildKit and starts one. */
async function openOwnEndpoint(request) {
    const { kept } = request.job.record;
    if (kept === undefined)
        return openDaemon(request);
    // It outlives the job, and so does its directory with its record.
    return openDaemon({ ...request, job: await record_openKept(kept.directory) }, 'job');
}
async function openDaemon(given, scope = 'step') {
    const { inputs, runner, job, env, signal } = given;
    const config = await readConfigText(inputs.daemon, runner.workspace);
    const request = { ...given, config };
    const { daemon, spec, client } = job.record;
    const asked = await readDaemonSettings(inputs, env, runner.workspace, config);
    const starting = { job, env, signal, variables: inputs.daemon.buildkitdEnv };
    if (job.hasDaemon && daemon !== undefined && spec !== undefined && client !== undefined) {
        await refuseOtherDaemon(asked, spec.asked, spec.binaries);
        await refuseOtherClient(asked, spec.asked, client);
        for (const sentence of listIgnoredSettings(asked, spec.asked))
            log.notice(sentence);
        log.info(`buildkitd ${spec.binaries.version} of an earlier ${scope} (pid ${daemon.pid})`);
        return toEndpoint(daemon, spec, { ...starting, buildx: client.buildx });
    }
    // What is wrong for certain is told before anything is fetched.
    await checkConfig(request);
    const { uid } = readOwner();
    // What a daemon of an earlier step has left (mounts, cgroups, build steps), or that daemon itself where nobody can reach
    // it any more, must go before the next one starts.
    await clearJob(job.directory, uid !== 0, env);
    if (inputs.daemon.rootless)
        await checkRootless({ uid, name: readUserName() }, env);
    const privilege = inputs.daemon.rootless ? 'rootless' : await decidePrivilege(uid, env);
    const tools = installForJob(request);
    // Whichever fails first is what the step fails with.
    tools.buildx.catch(() => undefined);
    const binaries = await tools.buildkit;
    const planned = {
        ...{ binaries, workspace: runner.workspace, privilege, debug: runner.debug, asked },
        keys: await planKeys(inputs.daemon, binaries, given),
        flags: inputs.daemon.buildkitdFlags ?? [],
        ...(config === undefined ? {} : { config }),
    };
    // The daemon starts while the client may still be on its way.
    const started = await start(planned, starting);
    const buildx = await tools.buildx;
    await job.update({ client: { buildx } });
    request.beside.add(tools.save());
    return toEndpoint(started, planned, { ...starting, buildx });
}
async function planKeys(daemon, binaries, { job, env }) {
    const keys = toInputKeys(daemon, binaries.version);
    if (daemon.stepNetwork === 'host')
        return keys;
    return mergeKeys(keys, await planBridge({ jobDirectory: job.directory, binaries, env }));
}
function start(spec, { job, env, signal, variables }) {
    return startDaemon({
        jobDirectory: job.directory,
        binaries: spec.binaries,
        ...{ config: spec.config, keys: spec.keys, flags: spec.flags, variables },
        workspace: spec.workspace,
        privilege: spec.privilege,
        owner: readOwner(),
        debug: spec.debug,
        env,
        signal,
        // On disk before the daemon is ready: post must find it after a cancelled main.
        onRecord: (planned) => job.update({ daemon: planned, spec }),
    });
}
function toEndpoint(daemon, spec, starting) {
    const { job, env, buildx } = starting;
    const { buildctl, version } = spec.binaries;
    return {
        kind: 'own',
        ...{ address: `unix://${daemon.socket}`, driverOptions: {} },
        searchPath: toDaemonPath(env, spec.binaries.directory),
        ...{ buildctl, buildx, version, stateDirectory: daemon.stateDirectory },
        readLog: () => readDaemonLog(daemon),
        // Whoever opened the job takes down what is on record, whichever step has started it.
        replace: async () => {
            await stopDaemon(daemon, { env, termTimeoutMs });
            await clearJob(job.directory, spec.privilege === 'sudo', env);
            return toEndpoint(await start(spec, starting), spec, starting);
        },
    };
}
/** undefined: the user has no name, as in many a container. */
function readUserName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        // There is no entry for that id.
        return undefined;
    }
}
/** This process's user, who may use the socket. */
function readOwner() {
    return { uid: external_node_process_.getuid?.() ?? 0, gid: external_node_process_.getgid?.() ?? 0 };
}

;// CONCATENATED MODULE: ./build/step/open-endpoint.js







/** What is wrong with an endpoint is told before anything is started. */
async function prepareEndpoint(env, { daemon, cache }) {
    if (daemon.endpoint !== undefined) {
        checkTls(daemon.endpoint, env);
        await checkConnector(daemon.endpoint, env);
    }
    return decideCacheWay(daemon, cache, env);
}
/** The daemon that the inputs name, or one of the job's own. */
async function openEndpoint(request) {
    const { inputs, job, env, signal } = request;
    const { endpoint } = inputs.daemon;
    if (endpoint === undefined)
        return openOwnEndpoint(request);
    await checkReach(endpoint, env, signal);
    const buildx = await installClient(request);
    // From here on a later step of the job need not end what this one does.
    await job.update({ remote: true });
    return openRemoteEndpoint({ ...{ endpoint, buildx, env, signal }, jobDirectory: job.directory });
}
/** What the way to the cache means for the runtime token, where these plans use it. */
function tellOfWay({ sentence }, { token, upstream }, { backend }, plans) {
    const isUsed = plans.some((plan) => plan.imports.length > 0 || plan.export !== null);
    const hasService = backend !== 'gha' || (token !== undefined && upstream !== undefined);
    return sentence !== undefined && isUsed && hasService ? [sentence] : [];
}

// EXTERNAL MODULE: ./build/async/cancellation.js
var cancellation = __webpack_require__(4352);
;// CONCATENATED MODULE: ./build/step/phases.js



/** Its seconds are told in parts. */
const buildPhase = 'Build';
/** The parts of main: each is one group of the log, and its seconds go into the summary. */
class Phases {
    #signal;
    #done = [];
    /** @param signal cuts a phase short; it then throws CancelledError with the name of the phase */
    constructor(signal) {
        this.#signal = signal;
    }
    /** @param graceMs how long work that was told to stop may take for it; the runner kills 10 s after its first signal */
    async run(name, work, graceMs = 0) {
        const started = performance.now();
        try {
            return await log.group(name, () => this.#runCancellable(name, work, graceMs));
        }
        finally {
            this.#done.push({ name, seconds: (performance.now() - started) / 1000 });
        }
    }
    async #runCancellable(name, work, graceMs) {
        try {
            this.#signal.throwIfAborted();
            const result = await (0,cancellation/* untilCancelled */.c)(work(), this.#signal, graceMs);
            this.#signal.throwIfAborted();
            return result;
        }
        catch (error) {
            throw this.#signal.aborted ? new errors/* CancelledError */.cc(name, { cause: error }) : error;
        }
    }
    get done() {
        return this.#done;
    }
}

// EXTERNAL MODULE: ./build/plan/identity.js + 1 modules
var identity = __webpack_require__(2975);
;// CONCATENATED MODULE: ./build/step/plan-build.js




/** What one build of a step with several may do with its caches. */
async function planBuild(inputs, { env, cwd, runner, backend, signal, measure }) {
    const decided = await (0,plan_run/* planRun */.n)(env, inputs, {
        ...{ cwd, rights: backend.rights, measure, signal },
        defaultPlatform: (0,identity/* toDefaultPlatform */.A)(external_node_process_.arch),
    });
    const { attempt } = runner.run;
    const { keepsNewer } = backend;
    const withheld = (0,withheld_export/* withholdStaleExport */.xn)(decided.plan, { isTip: decided.isTip, attempt, keepsNewer });
    const warnings = [...decided.warnings, ...(withheld.sentence === undefined ? [] : [withheld.sentence])];
    return { plan: withheld.plan, isTip: decided.isTip, warnings };
}

;// CONCATENATED MODULE: ./build/inputs/named-files.js



/** Of BuildKit (session/secrets). */
const named_files_maxSecretBytes = 500 * 1024;
/** Looks for all that the inputs name beside context and Dockerfile, before anything is started. Throws InputError. */
async function checkNamedFiles(inputs, env, workspace) {
    for (const { id, file } of inputs.secretFiles)
        await checkSecretFile(id, external_node_path_.resolve(workspace, file));
    for (const entry of inputs.ssh)
        await checkAgent(entry, env, workspace);
}
/** The path is not shown: a value may stand where it belongs. */
async function checkSecretFile(id, file) {
    const found = await named_files_statOrUndefined(file);
    if (found?.isFile() !== true && found?.isFIFO() !== true) {
        const fault = found === undefined ? 'does not exist' : 'is not a file';
        throw new errors/* InputError */.dz('secret-files', `input "secret-files": the file of ${(0,errors/* quote */.hD)(id)} ${fault}; allowed is id=path with the path of a file, from the workspace or absolute`);
    }
    if (found.size > named_files_maxSecretBytes) {
        throw new errors/* InputError */.dz('secret-files', `input "secret-files": the file of ${(0,errors/* quote */.hD)(id)} has ${found.size} bytes; allowed are ${named_files_maxSecretBytes}`);
    }
}
/** `id`, or `id=path,path`: without a path it is the agent of the step. */
async function checkAgent(entry, env, workspace) {
    const [id = '', ...rest] = entry.split('=');
    const paths = rest.join('=').split(',');
    if (paths[0] === '') {
        if (env['SSH_AUTH_SOCK'])
            return;
        throw new errors/* InputError */.dz('ssh', `input "ssh": ${(0,errors/* quote */.hD)(id || 'default')} is the SSH agent of the step, but SSH_AUTH_SOCK is not set; allowed is a step with an agent, or ${id || 'default'}=path of a key or a socket`);
    }
    for (const file of paths) {
        if ((await named_files_statOrUndefined(external_node_path_.resolve(workspace, file))) !== undefined)
            continue;
        throw new errors/* InputError */.dz('ssh', `input "ssh": ${(0,errors/* quote */.hD)(file)} of ${(0,errors/* quote */.hD)(entry)} does not exist; allowed is id=path of a key or of an agent's socket, from the workspace or absolute`);
    }
}
async function named_files_statOrUndefined(file) {
    try {
        return await (0,promises_.stat)(file);
    }
    catch {
        // Not there or not to be seen: the message is the same for both.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/inputs/secret-files.js


/** A shorter line of a file may be a word of any log, `true` or `amd64` for example. */
const leastLength = 8;
/**
 * What of files that hold secrets must not be printed: each as a whole, and its lines. Only of regular files: a pipe is read
 * once, and that is for the build. What cannot be read here is not read by the build either, which says so.
 */
async function readSecretFiles(files) {
    const texts = await Promise.all(files.map(secret_files_readText));
    const parts = texts.flatMap((text) => [text, ...text.split(/[\r\n]+/)]).map((part) => part.trim());
    return [...new Set(parts.filter((part) => part.length >= leastLength))];
}
async function secret_files_readText(file) {
    try {
        const found = await (0,promises_.stat)(file);
        return found.isFile() && found.size <= named_files_maxSecretBytes ? await (0,promises_.readFile)(file, 'utf8') : '';
    }
    catch {
        // Not there, or not to be read: named-files.ts and buildx tell of it.
        return '';
    }
}

;// CONCATENATED MODULE: ./build/inputs/definition-secrets.js





/** Attributes of caches in a store that wants a login (util/buildflags/cache.go of buildx). */
const credential = /secret|token|password|access_key/i;
/**
 * Every value of a bake definition that must not be printed: the secrets that it names, the credentials of its caches, and
 * those in its addresses.
 *
 * @param cwd where relative paths start
 */
async function listDefinitionSecrets(targets, env, cwd) {
    const secrets = targets.flatMap((target) => target.secrets);
    const values = secrets.flatMap(({ id, file, variable }) => {
        // As `ResolveSource` of buildx (util/buildflags/secrets.go).
        const name = variable ?? (file === undefined ? id : undefined);
        return name === undefined ? [] : (env[name] ?? []);
    });
    const files = secrets.flatMap(({ id, file, variable }) => {
        if (file !== undefined)
            return [file];
        return variable !== undefined || id === undefined || env[id] !== undefined ? [] : [id];
    });
    return [
        ...toMasks([...values, ...targets.flatMap(listCredentials)]),
        ...(await readSecretFiles(files.map((file) => external_node_path_.resolve(cwd, file)))),
    ];
}
/** Throws InputError for a secret that is a credential of the runner, as the inputs of the main action do. */
function refuseRunnerCredentials(targets) {
    for (const { name, secrets } of targets) {
        const found = secrets
            .map(({ id, variable }) => variable ?? id ?? '')
            .find((named) => runnerCredentials.has(named));
        if (found === undefined)
            continue;
        throw new errors/* InputError */.dz('files', `target ${(0,errors/* quote */.hD)(name)} of the bake definition: the variable ${(0,errors/* quote */.hD)(found)} of a secret is a credential of the runner and never goes into a build; allowed is any other variable`);
    }
}
function listCredentials({ context, contexts, args, cacheFrom, cacheTo }) {
    const texts = [context, ...[...contexts, ...args].map(({ value }) => value)];
    const attributes = [...cacheFrom, ...cacheTo].flatMap(({ attrs }) => Object.entries(attrs));
    return [
        ...texts.flatMap(findPasswords),
        ...attributes.flatMap(([name, value]) => (credential.test(name) ? [value] : findPasswords(value))),
    ];
}
/** A shorter user is a name, `git` for example. */
const leastToken = 8;
/** Of addresses: a password, or a token in the place of a user. The user of ssh:// is none. */
function findPasswords(text) {
    return [...text.matchAll(/\b([a-z][a-z0-9+]*):\/\/([^\s/?#@:]*)(?::([^\s/?#@]*))?@/gi)].flatMap(([, scheme = '', user = '', password = '']) => {
        // GitHub takes a token as the user, with this or nothing for its password.
        const isToken = /^https?$/i.test(scheme) && user.length >= leastToken;
        const found = password !== '' && password !== 'x-oauth-basic' ? password : isToken ? user : '';
        return found === '' ? [] : [found, definition_secrets_decode(found)];
    });
}
/** Programs that take the address apart show what it stands for. */
function definition_secrets_decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // A % that stands for nothing: it is shown as it is.
        return text;
    }
}

;// CONCATENATED MODULE: ./build/inputs/guarded-places.js



const runnerVariables = [
    ...[
        'GITHUB_OUTPUT',
        'GITHUB_ENV',
        'GITHUB_PATH',
        'GITHUB_STATE',
        'GITHUB_STEP_SUMMARY',
        'GITHUB_EVENT_PATH',
    ],
];
/** The files of the runner that its variables name. */
function listRunnerFiles(env) {
    return runnerVariables.flatMap((name) => env[name] || []);
}
/**
 * Keeps a build away from the job's own directory and from the runner's files: a context would copy the one into the image,
 * and an output could replace both. Throws InputError.
 *
 * @param base where relative paths start
 */
async function checkTouched(touched, base, { jobDirectory, runnerFiles }) {
    const own = await toPlace(jobDirectory);
    const files = await Promise.all(runnerFiles.map(toPlace));
    for (const { input, subject, path: given, kind } of touched) {
        const place = await toPlace(external_node_path_.resolve(base, given));
        const isWhole = kind !== 'file';
        if (holds(own, place) || (isWhole && holds(place, own))) {
            const relation = holds(own, place) ? 'lies in' : 'holds';
            throw new errors/* InputError */.dz(input, kind === 'read'
                ? `${subject} ${relation} ${own}, where Hotlayer keeps the state of BuildKit, which would become a part of the build; allowed is a directory beside it, for example one of its own below RUNNER_TEMP`
                : `${subject} ${relation} ${own}, where Hotlayer keeps the state of BuildKit, which the output could replace; allowed is a place beside it, for example a directory of its own below RUNNER_TEMP`);
        }
        const file = kind === 'read'
            ? undefined
            : files.find((found) => holds(found, place) || (isWhole && holds(place, found)));
        if (file !== undefined) {
            throw new errors/* InputError */.dz(input, `${subject} ${holds(file, place) ? 'is' : 'holds'} ${file}, a file of the runner, which the output could replace; allowed is a place beside it, for example a directory of its own below RUNNER_TEMP`);
        }
    }
}
/** The real path of what is there, and the rest as given: two ways to write one place must not look like two places. */
async function toPlace(file) {
    try {
        return await (0,promises_.realpath)(file);
    }
    catch (error) {
        const parent = external_node_path_.dirname(file);
        if (parent === file || !['ENOENT', 'ENOTDIR'].some((code) => (0,errors/* hasErrorCode */.Ue)(error, code)))
            return file;
        return external_node_path_.join(await toPlace(parent), external_node_path_.basename(file));
    }
}
/** True when the second is the first, or lies below it. */
function holds(directory, file) {
    const relative = external_node_path_.relative(directory, file);
    return relative === '' || (relative !== '..' && !relative.startsWith(`..${external_node_path_.sep}`));
}

;// CONCATENATED MODULE: ./build/inputs/places.js







/** Throws InputError where a build of these inputs comes too near to what must stay as it is (guarded-places.ts). */
async function checkPlaces(inputs, workspace, guarded) {
    const { build, image, cache } = inputs;
    await checkTouched([
        ...places_listContexts(build),
        ...listWritten(image.outputs, cache.cacheTo.map(toCacheAttributes)),
        ...listCacheDirectories(cache),
    ], workspace, guarded);
}
/** The directories of this machine that the build reads. */
function places_listContexts({ context, buildContexts }) {
    const named = buildContexts
        .filter(({ value }) => (0,named_context/* isDirectory */.wd)(value))
        .map(({ value }) => ({ input: 'build-contexts', directory: value }));
    const all = context.kind === 'path' ? [{ input: 'context', directory: context.path }, ...named] : named;
    return all.map(({ input, directory }) => ({
        ...{ input, subject: `input "${input}": ${(0,errors/* quote */.hD)(directory)}` },
        ...{ path: directory, kind: 'read' },
    }));
}
function listWritten(outputs, caches) {
    return [
        ...listOutputPlaces(outputs).map((place) => ({ ...place, input: 'outputs' })),
        ...listCachePlaces(caches).map((place) => ({ ...place, input: 'cache-to' })),
    ].map(({ input, dest, kind }) => ({
        ...{ input, subject: `input "${input}": dest=${dest}`, path: dest, kind },
    }));
}
/** Of `cache: local`; the other back ends have no such attributes. */
function listCacheDirectories({ cacheToAttrs, cacheFromAttrs, }) {
    const given = [
        { input: 'cache-to-attrs', name: 'dest', path: cacheToAttrs.attrs['dest'] },
        { input: 'cache-from-attrs', name: 'src', path: cacheFromAttrs.attrs['src'] },
    ];
    return given.flatMap(({ input, name, path: place }) => place === undefined
        ? []
        : [{ input, subject: `input "${input}": ${name}=${place}`, path: place, kind: 'tree' }]);
}
/** Where outputs are written, as given. */
function listOutputPlaces(outputs) {
    return outputs.flatMap((output) => {
        const { dest } = output.attrs;
        return dest === undefined ? [] : [{ dest, kind: isTree(output) ? 'tree' : 'file' }];
    });
}
/** Where caches are written, as given. */
function listCachePlaces(caches) {
    return caches.flatMap(({ type, attrs }) => type === 'local' && attrs['dest'] !== undefined ? [{ dest: attrs['dest'], kind: 'tree' }] : []);
}
/** Makes the directories that the outputs are written to. Throws InputError where nothing can be written. */
async function prepareDestinations(inputs, workspace) {
    const seen = new Set();
    for (const { dest, place, isDirectory } of await listDestinations(inputs, workspace)) {
        if (seen.has(place))
            places_refuse(dest, 'is given twice, and one output would replace the other');
        seen.add(place);
        try {
            await makeDirectory(isDirectory ? place : external_node_path_.dirname(place));
        }
        catch (error) {
            const isFile = ['EEXIST', 'ENOTDIR'].some((code) => (0,errors/* hasErrorCode */.Ue)(error, code));
            places_refuse(dest, isFile
                ? 'leads to or through a file, where a directory is needed'
                : `cannot be made (${(0,errors/* toMessage */.R9)(error)})`, error);
        }
        if (!isDirectory && (await places_isDirectoryThere(place)))
            places_refuse(dest, 'is a directory, where a file is needed');
    }
}
async function listDestinations(inputs, workspace) {
    const found = [];
    for (const output of inputs.outputs) {
        const { dest } = output.attrs;
        if (dest === undefined)
            continue;
        const place = await toPlace(external_node_path_.resolve(workspace, dest));
        found.push({ dest, place, isDirectory: isTree(output) });
    }
    return found;
}
function isTree({ type, attrs }) {
    return type === 'local' || ((type === 'oci' || type === 'docker') && isFalse(attrs['tar']));
}
/** Not Node's own recursion, which never ends where a file system says ENOENT to a new directory (/proc). */
async function makeDirectory(directory) {
    if (await places_isDirectoryThere(directory))
        return;
    const parent = external_node_path_.dirname(directory);
    if (parent !== directory)
        await makeDirectory(parent);
    try {
        await (0,promises_.mkdir)(directory);
    }
    catch (error) {
        // Somebody else may have made it just now.
        if (!(await places_isDirectoryThere(directory)))
            throw error;
    }
}
async function places_isDirectoryThere(file) {
    try {
        return (await (0,promises_.stat)(file)).isDirectory();
    }
    catch {
        // Not there yet.
        return false;
    }
}
function places_refuse(dest, why, cause) {
    throw new errors/* InputError */.dz('outputs', `input "outputs": dest=${(0,errors/* quote */.hD)(dest)} ${why}; allowed is a path of its own, from the workspace or absolute; missing directories are made`, cause === undefined ? {} : { cause });
}

;// CONCATENATED MODULE: ./build/step/prepare-targets.js









/** Masks what is secret in a resolved definition, and looks at all that it names on this machine. Throws InputError. */
async function prepareTargets(env, { targets, source, inputs, cache }, { tempDirectory, workspace }) {
    for (const secret of await listDefinitionSecrets(targets, env, source.cwd))
        log.mask(secret);
    refuseRunnerCredentials(targets);
    const guarded = { jobDirectory: await toJobDirectory(tempDirectory), runnerFiles: listRunnerFiles(env) };
    await checkTouched(targets.flatMap((target) => listTouched(target, source.remote !== undefined)), source.cwd, guarded);
    await checkTouched(listCacheDirectories(cache), workspace, guarded);
    if (inputs.call === undefined)
        await checkTargetLoads(targets, env, workspace);
}
/** Of a remote definition contexts are there, but for those with a scheme of their own; outputs are here. */
function listTouched(target, isRemote) {
    const of = `target ${(0,errors/* quote */.hD)(target.name)} of the bake definition`;
    const read = [
        { what: 'context', value: target.context },
        ...target.contexts.map(({ name, value }) => ({ what: `context ${(0,errors/* quote */.hD)(name)}`, value })),
    ].flatMap(({ what, value }) => {
        const directory = prepare_targets_toDirectory(value, isRemote);
        if (directory === undefined)
            return [];
        return [{ input: 'files', subject: `${of}: ${what}=${(0,errors/* quote */.hD)(directory)}`, path: directory, kind: 'read' }];
    });
    const written = [
        ...listOutputPlaces(target.isLinked ? [] : target.outputs).map((place) => ({ ...place, what: 'output' })),
        ...listCachePlaces(target.cacheTo).map((place) => ({ ...place, what: 'cache-to' })),
    ].map(({ what, dest, kind }) => ({
        ...{ input: 'files', subject: `${of}: ${what} with dest=${(0,errors/* quote */.hD)(dest)}`, path: dest, kind },
    }));
    return [...read, ...written];
}
const prepare_targets_local = 'cwd://';
function prepare_targets_toDirectory(value, isRemote) {
    if (value.startsWith(prepare_targets_local))
        return value.slice(prepare_targets_local.length) || '.';
    return isRemote || (0,git_url/* looksRemote */.nh)(value) || !(0,named_context/* isDirectory */.wd)(value) ? undefined : value;
}

// EXTERNAL MODULE: ./build/step/runner.js
var step_runner = __webpack_require__(4861);
;// CONCATENATED MODULE: ./build/plan/bypassed-policy.js

/**
 * What to say of raw entries that export where the plan does not, or only to a pull request's own place; undefined: nothing.
 * A cache in the image goes where the image goes. Pure.
 */
function describeBypass(cacheTo, plan) {
    const types = cacheTo
        .filter((entry) => !isOwnCache(entry) && entry.type !== 'inline')
        .map(({ type }) => type);
    const isLimited = plan.export === null || plan.exportRef?.kind === 'pr';
    if (types.length === 0 || !isLimited || plan.code === 'call')
        return undefined;
    const why = plan.export === null ? `exports nothing by itself (${plan.code})` : 'exports to a place of its own';
    return `"cache-to" has type=${[...new Set(types)].join(' and type=')}, which goes around the policy: this run ${why}, and those entries are exported all the same. What a branch imports from there, this run can write; "cache" and "cache-to-attrs" put such a place under the policy.`;
}

;// CONCATENATED MODULE: ./build/buildkit/solve/target-steps.js
/**
 * The first RUN that is certain to run on every target platform: in a stage that the target is made of and that has no
 * other platform. undefined: there is none, or it cannot be said without BuildKit (another frontend, names in build
 * args). Pure.
 *
 * @param target the `target` input; undefined: the last stage
 */
function findTargetStep(dockerfile, target) {
    const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/);
    const { syntax, continuation } = readDirectives(lines);
    // Another frontend may mean anything.
    if (syntax !== undefined && !/(?:^|\/)dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax))
        return undefined;
    const stages = toStages(readInstructions(lines, continuation));
    const first = target === undefined ? stages.length - 1 : findStage(stages, target, stages.length);
    const seen = new Set();
    const waiting = first === undefined ? [] : [first];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
        const stage = stages[index];
        if (stage === undefined || seen.has(index))
            continue;
        seen.add(index);
        const step = stage.instructions.find(({ name }) => name === 'RUN');
        if (stage.isForTarget && step !== undefined)
            return { line: step.line, text: step.text };
        for (const name of [stage.base, ...stage.instructions.flatMap(listSources)]) {
            const source = findStage(stages, name, index);
            if (source !== undefined)
                waiting.push(source);
        }
    }
    return undefined;
}
/** Comments of the form `# name=value` before anything else. */
function readDirectives(lines) {
    const found = new Map();
    for (const line of lines) {
        const [, name, value] = /^#\s*([a-z]+)\s*=\s*(.+?)\s*$/i.exec(line) ?? [];
        if (name === undefined || value === undefined)
            break;
        found.set(name.toLowerCase(), value);
    }
    const syntax = found.get('syntax');
    return {
        ...(syntax === undefined ? {} : { syntax }),
        continuation: found.get('escape') === '`' ? '`' : '\\',
    };
}
function readInstructions(lines, continuation) {
    const instructions = [];
    for (let index = 0; index < lines.length; index += 1) {
        const text = (lines[index] ?? '').trim();
        if (text === '' || text.startsWith('#'))
            continue;
        const line = index + 1;
        let whole = text;
        while (whole.endsWith(continuation) && index + 1 < lines.length) {
            whole = whole.slice(0, -1);
            index += 1;
            // A comment in the midst of an instruction is left out, and so is an empty line.
            while (/^\s*(?:#|$)/.test(lines[index] ?? '') && index + 1 < lines.length)
                index += 1;
            whole += ` ${(lines[index] ?? '').trim()}`;
        }
        const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(whole) ?? [];
        instructions.push({ line, text, name: name.toUpperCase(), rest });
        if (/^(?:RUN|COPY|ADD)$/i.test(name))
            index = skipHeredocs(lines, index, rest);
    }
    return instructions;
}
/** The index of the last line that belongs to the here-documents that the instruction begins. */
function skipHeredocs(lines, index, rest) {
    let last = index;
    for (const [, tab, word] of rest.matchAll(/(?:^|[\s;|&\d])<<(-?)["']?([A-Za-z_]\w*)["']?/g)) {
        const isEnd = (line) => (tab === '-' ? line.replace(/^\t+/, '') : line) === word;
        const end = lines.findIndex((line, at) => at > last && isEnd(line));
        if (end === -1)
            return lines.length;
        last = end;
    }
    return last;
}
function toStages(instructions) {
    const stages = [];
    let current = [];
    for (const instruction of instructions) {
        if (instruction.name !== 'FROM') {
            current.push(instruction);
            continue;
        }
        const words = instruction.rest.split(/\s+/);
        const platform = words.find((word) => word.startsWith('--platform='))?.slice('--platform='.length);
        const [base = '', as, name] = words.filter((word) => !word.startsWith('--'));
        const below = findStage(stages, base, stages.length);
        const inherited = below === undefined ? true : stages[below]?.isForTarget === true;
        current = [];
        stages.push({
            name: as?.toLowerCase() === 'as' ? name?.toLowerCase() : undefined,
            base,
            isForTarget: platform === undefined
                ? inherited
                : /^["']?\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})["']?$/.test(platform),
            instructions: current,
        });
    }
    return stages;
}
/** Among the stages before that one. */
function findStage(stages, name, before) {
    const earlier = stages.slice(0, before);
    const byName = earlier.findLastIndex((stage) => stage.name !== undefined && stage.name === name.toLowerCase());
    if (byName !== -1)
        return byName;
    return /^\d+$/.test(name) && Number(name) < earlier.length ? Number(name) : undefined;
}
/** Stages that an instruction takes files from. */
function listSources({ name, rest }) {
    if (name === 'COPY')
        return [...rest.matchAll(/(?:^|\s)--from=(\S+)/g)].map(([, from = '']) => from);
    if (name === 'RUN')
        return [...rest.matchAll(/--mount=\S*?\bfrom=([^,\s]+)/g)].map(([, from = '']) => from);
    return [];
}

;// CONCATENATED MODULE: ./build/step/emulation.js






/** What BuildKit looks for on the daemon's PATH (solver/llbsolver/ops/exec_binfmt.go). */
const emulators = {
    arm64: 'aarch64',
    amd64: 'x86_64',
    '386': 'i386',
};
const aliases = {
    aarch64: 'arm64',
    x86_64: 'amd64',
    'x86-64': 'amd64',
    i386: '386',
    armhf: 'arm',
    armel: 'arm',
};
/** Node's names that are not BuildKit's. */
const architectures = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };
const emulation_answerTimeoutMs = 30_000;
/**
 * Throws InputError where a step of the Dockerfile would run on a platform that the daemon can neither run nor emulate:
 * otherwise the build fails at that step, minutes later and with "exec format error". Images without such a step need no
 * emulator. What a daemon of somebody else can emulate it does not tell.
 */
async function checkEmulation({ build, workspace, endpoint, env, signal, }) {
    const wanted = build.platforms.filter((platform) => toOs(platform) === 'linux');
    if (endpoint.kind === 'remote' ||
        wanted.every((platform) => toArchitecture(platform) === ownArchitecture()))
        return;
    const supported = await listPlatforms(endpoint, env, signal);
    if (supported.length === 0)
        return;
    for (const platform of wanted) {
        const architecture = toArchitecture(platform);
        if (supported.some((one) => toArchitecture(one) === architecture))
            continue;
        const emulator = `buildkit-qemu-${emulators[architecture] ?? architecture}`;
        if ((await (0,search_path/* findOnPath */.aY)(emulator, endpoint.searchPath)) !== undefined)
            continue;
        const step = await findStep(build, workspace);
        if (step === undefined)
            return;
        throw new errors/* InputError */.dz('platforms', `input "platforms": ${(0,errors/* quote */.hD)(platform)} is foreign to this runner, which has no emulator for it, and the Dockerfile runs a step there (line ${step.line}: ${(0,errors/* quote */.hD)(step.text)}); allowed are ${[...new Set(supported)].join(', ')}, other platforms after docker/setup-qemu-action, or a job for this platform on a native runner (such as runs-on: ubuntu-24.04-arm); stages that only compile can say FROM --platform=$BUILDPLATFORM`);
    }
}
/** Empty where the daemon does not say it in the way that is known here. */
async function listPlatforms(endpoint, env, signal) {
    const { stdout } = await (0,process_command/* runCommand */.d)(endpoint.buildctl, ['--addr', endpoint.address, 'debug', 'workers'], {
        env: { PATH: env['PATH'], HOME: env['HOME'] },
        timeoutMs: emulation_answerTimeoutMs,
        signal,
    });
    return parsePlatforms(stdout);
}
/** Of `buildctl debug workers`: a line for each worker, `ID<TAB>linux/amd64,linux/386`. Pure. */
function parsePlatforms(text) {
    return text.split('\n').flatMap((line) => {
        const platforms = line.trim().split(/\s+/)[1]?.split(',') ?? [];
        return platforms.every((platform) => /^\w+\/[\w./]+$/.test(platform)) ? platforms : [];
    });
}
async function findStep({ context, file, target, buildArgs }, workspace) {
    // A build argument can choose another frontend, and what lies in a Git repository is BuildKit's to read.
    if (context.kind === 'git' || buildArgs.some(({ key }) => key === 'BUILDKIT_SYNTAX'))
        return undefined;
    const given = external_node_path_.resolve(workspace, file ?? external_node_path_.join(context.path, 'Dockerfile'));
    const lowerCase = external_node_path_.join(external_node_path_.dirname(given), external_node_path_.basename(given).toLowerCase());
    for (const place of [given, lowerCase]) {
        const text = await (0,promises_.readFile)(place, 'utf8').catch(() => undefined);
        if (text !== undefined)
            return findTargetStep(text, target);
    }
    return undefined;
}
/** Of the runner. */
function ownArchitecture() {
    return architectures[process.arch] ?? process.arch;
}
function toOs(platform) {
    const [first = '', second] = platform.toLowerCase().split('/');
    // One alone is an operating system or an architecture.
    if (second === undefined)
        return first in aliases || !/^(?:windows|darwin|macos|freebsd|wasi\w*)$/.test(first) ? 'linux' : first;
    return first;
}
/** Without variant, in BuildKit's spelling. */
function toArchitecture(platform) {
    const parts = platform.toLowerCase().split('/');
    const written = (parts.length === 1 ? parts[0] : parts[1]) ?? '';
    return aliases[written] ?? written;
}

;// CONCATENATED MODULE: ./build/step/prepare.js












/** Masks what is secret, and looks at all that the inputs name on this machine. Throws InputError. */
async function prepareRunner(env, inputs, runner) {
    const { token, workspace, tempDirectory } = runner;
    for (const secret of [
        ...(token === undefined ? [] : [token]),
        ...listSecretValues(inputs),
        ...listNamedSecrets(inputs.build, env),
        ...(await readSecretFiles(inputs.build.secretFiles.map(({ file }) => external_node_path_.resolve(workspace, file)))),
    ])
        log.mask(secret);
    await checkPlaces(inputs, workspace, {
        jobDirectory: await toJobDirectory(tempDirectory),
        runnerFiles: listRunnerFiles(env),
    });
    await checkFiles(inputs.build, workspace);
    await checkNamedContexts(inputs.build, workspace);
    await checkNamedFiles(inputs.build, env, workspace);
    await docker_engine_checkLoad(inputs, env, workspace);
    await checkSourcePolicy(env, workspace);
    await prepareDestinations(inputs.image, workspace);
    for (const sentence of listWithoutEffect(inputs))
        log.notice(sentence);
}

;// CONCATENATED MODULE: ./build/step/step.js




















/** What git was shown is removed when git has ended. */
const gitGraceMs = 1000;
/** A gateway that is about to be there within that is on record for post. */
const gatewayGraceMs = 1000;
/** Plans the cache scopes, joins or opens the job, and gets BuildKit and the way to the cache ready, side by side. */
async function openStep(env, given, options) {
    const { signal, beside, unsaved } = options;
    const runner = (0,step_runner/* readRunner */.f)(env);
    const { inputs, sentence } = await settleContexts(given, env);
    if (sentence !== undefined)
        log.info(sentence);
    await prepareRunner(env, inputs, runner);
    const phases = new Phases(signal);
    const degradations = new Degradations();
    const way = await prepareEndpoint(env, inputs);
    const backend = chooseBackend(way.kind, inputs.cache, runner, env);
    const { plan, isTip } = await phases.run('Plan the cache', () => planStep({ env, inputs, runner, backend, degradations, signal }), gitGraceMs);
    const unheard = [
        ...listIdleAttributes(way.kind, inputs.cache),
        ...(await listUnheard(env, inputs, runner.workspace)),
        ...tellOfWay(way, runner, inputs.cache, [plan]),
    ];
    const job = await joinJob({ inputs, runner, env, degradations, unheard, unsaved });
    const findObstacle = askServiceOnce(runner, job, env);
    // Side by side: while BuildKit is fetched and starts, the gateway loads what the cache holds.
    const connecting = backend.connect({
        ...{ plans: [plan], isTip, job, findObstacle },
        compression: inputs.cache.compression,
        drainMs: inputs.cache.drainTimeoutMs,
    });
    const endpoint = await phases
        .run('Start BuildKit', async () => {
        const request = {
            ...{ inputs, runner, plan, job, beside, env, signal },
            findCacheObstacle: findObstacle,
        };
        const opened = await openEndpoint(request);
        await checkEmulation({
            build: inputs.build,
            workspace: runner.workspace,
            endpoint: opened,
            env,
            signal,
        });
        return opened;
    })
        // Post must find the gateway in the record, also when there is no BuildKit. What the phase ended with stays the error.
        .finally(() => (0,cancellation/* untilCancelled */.c)(connecting, signal, gatewayGraceMs).catch(() => undefined));
    const cache = await phases.run('Open the cache', async () => tellAccess(await connecting, degradations));
    const facts = await (0,plan_run/* readRunFacts */.F)(env);
    return {
        ...{ env, inputs, runner, plan, job, endpoint, cache, degradations, phases, beside, signal },
        isTrial: !normallyKeepsImage(facts),
        isPublic: isPublicRepository(facts),
        defaultContext: toDefaultContext(facts, env, inputs.daemon.buildxVersion),
    };
}
/** Says how the caches are reached, or what the build loses without. */
function tellAccess(access, degradations) {
    const description = access.describe();
    if (description?.kind === 'info')
        log.info(description.sentence);
    if (description?.kind === 'loss')
        degradations.add(description.sentence);
    return access;
}
async function planStep(planning) {
    const { env, inputs, runner, backend, degradations, signal } = planning;
    const { plan, warnings, isTip } = await (0,plan_run/* planRun */.n)(env, inputs, {
        cwd: runner.workspace,
        defaultPlatform: (0,identity/* toDefaultPlatform */.A)(external_node_process_.arch),
        rights: backend.rights,
        signal,
    });
    const { attempt } = runner.run;
    const withheld = (0,withheld_export/* withholdStaleExport */.xn)(plan, { isTip, attempt, keepsNewer: backend.keepsNewer });
    log.info(renderPlanTable(withheld.plan));
    const bypass = describeBypass(inputs.cache.cacheTo, withheld.plan);
    if (bypass !== undefined)
        log.notice(bypass);
    for (const warning of warnings)
        degradations.add(warning);
    if (withheld.sentence !== undefined)
        degradations.add(withheld.sentence);
    return { plan: withheld.plan, isTip };
}

;// CONCATENATED MODULE: ./build/step/bake-step.js






























/**
 * Gets BuildKit ready and reads the definition with it, plans the cache scopes of each target, and opens the way to them.
 * The definition comes first: a remote one is BuildKit's to fetch.
 */
async function openBakeStep(env, inputs, options) {
    const { signal, beside, unsaved } = options;
    const runner = (0,step_runner/* readRunner */.f)(env);
    for (const secret of [...(runner.token === undefined ? [] : [runner.token]), ...listSecretValues(inputs)])
        log.mask(secret);
    const source = await settleSource(inputs, env);
    if (source.sentence !== undefined)
        log.info(source.sentence);
    await checkDirectory(source.cwd);
    await checkBakeLoad(inputs.bake, env, runner.workspace);
    await checkSourcePolicy(env, source.cwd);
    for (const sentence of listIdleOfBake(inputs))
        log.notice(sentence);
    const phases = new Phases(signal);
    const degradations = new Degradations();
    const way = await prepareEndpoint(env, inputs);
    const backend = chooseBackend(way.kind, inputs.cache, runner, env);
    const planning = { env, cwd: source.cwd, source, runner, backend, signal, measure: shareMeasure() };
    const whole = await phases.run('Plan the cache', () => planBuild(toRunInputs(inputs, source), planning), gitGraceMs);
    log.info(whole.plan.reason);
    for (const warning of whole.warnings)
        degradations.add(warning);
    const unheard = [
        ...listIdleAttributes(way.kind, inputs.cache),
        ...(await listUnheardOfBake(env, inputs, runner.workspace)),
        ...tellOfWay(way, runner, inputs.cache, [whole.plan]),
    ];
    const job = await joinJob({ inputs, runner, env, degradations, unheard, unsaved });
    const findObstacle = askServiceOnce(runner, job, env);
    const endpoint = await phases.run('Start BuildKit', () => openEndpoint({
        ...{ runner, plan: whole.plan, job, beside, env, signal },
        inputs: { ...inputs, build: inputs.bake },
        findCacheObstacle: findObstacle,
    }));
    const opened = { env, inputs, runner, source, job, endpoint, degradations, phases, beside, signal };
    const found = await phases.run('Read the bake definition', async () => {
        const request = await toBakeRequest(opened, endpoint);
        return printDefinition(endpoint.buildx, toPrintCommand(request), { cwd: source.cwd, signal });
    });
    await prepareTargets(env, { targets: found, source, inputs: inputs.bake, cache: inputs.cache }, runner);
    const targets = await phases.run('Plan the caches of the targets', () => planTargets(found, inputs, { ...planning, whole: whole.plan }, degradations), gitGraceMs);
    for (const notice of listCacheNotices(found))
        log.notice(notice);
    const cache = await phases.run('Open the cache', async () => {
        const access = await backend.connect({
            ...{ plans: targets.map((target) => target.plan), isTip: whole.isTip, job, findObstacle },
            compression: inputs.cache.compression,
            drainMs: inputs.cache.drainTimeoutMs,
        });
        return tellAccess(access, degradations);
    });
    const isPublic = isPublicRepository(await (0,plan_run/* readRunFacts */.F)(env));
    return { ...opened, cache, targets, isPublic, defaultContext: source.defaultContext };
}
/** What a call of `buildx bake` is made of, whatever it is for. */
async function toBakeRequest({ inputs, source, env, runner, job }, endpoint) {
    const { provenance, sbom, githubToken } = inputs.bake;
    const { remote, defaultContext } = source;
    const given = [provenance, sbom].filter((attestation) => attestation !== undefined);
    const auth = remote === undefined
        ? undefined
        : toGitAuth({ context: { kind: 'git', url: remote }, githubToken }, defaultContext);
    return {
        inputs: inputs.bake,
        remote,
        builder: await openBuilder({ job, env, runner }, endpoint),
        environment: env,
        attestations: given.map((attestation) => nameRun(attestation, toBuilderId(runner))),
        gitToken: auth?.token,
    };
}
async function planTargets(targets, inputs, planning, degradations) {
    const planned = [];
    for (const target of targets) {
        const decided = await planBuild(toTargetInputs(target, inputs, planning.source), planning);
        const allowed = (0,withheld_export/* withholdForDefinition */.al)(decided.plan, planning.whole);
        log.info(`target ${target.name}\n${renderPlanTable(allowed)}`);
        // What is true of all targets is said once.
        for (const warning of decided.warnings)
            if (!degradations.sentences.includes(warning))
                degradations.add(warning);
        planned.push({ target, plan: allowed });
    }
    return planned;
}
/** On the caches of the definition's own. */
function listCacheNotices(targets) {
    const own = targets.filter(({ cacheFrom, cacheTo }) => keepEntries([...cacheFrom, ...cacheTo]).length > 0);
    const gha = targets.filter(({ cacheFrom, cacheTo }) => [...cacheFrom, ...cacheTo].some(({ type }) => type === 'gha'));
    const list = (found) => found.map(({ name }) => name).join(', ');
    return [
        ...(own.length === 0
            ? []
            : [
                `The bake definition has cache-from or cache-to of its own for ${list(own)}: they are kept, beside the caches that Hotlayer chooses.`,
            ]),
        ...(gha.length === 0
            ? []
            : [
                `type=gha in cache-from or cache-to of ${list(gha)} has no effect: Hotlayer chooses the caches in the Actions cache itself, by the event and the target.`,
            ]),
    ];
}
async function checkDirectory(directory) {
    const found = await (0,promises_.stat)(directory).catch(() => undefined);
    if (found?.isDirectory() === true)
        return;
    throw new errors/* InputError */.dz('workdir', `input "workdir": ${(0,errors/* quote */.hD)(directory)} is not a directory; allowed is a directory in the workspace, from which "source" leads on. Did actions/checkout run before this step?`);
}

;// CONCATENATED MODULE: ./build/step/bake.js









/** Builds all targets in one call of buildx, whatever becomes of their caches. */
async function bakeTargets(step) {
    const { inputs, targets } = step;
    return buildWithCache(step, {
        plans: targets.map(({ plan, target }) => ({ ...plan, images: target.tags })),
        outputs: targets.flatMap(({ target }) => target.outputs.map(toImage)),
        settings: inputs.cache,
        pushRetries: inputs.bake.pushRetries,
        isQuestion: inputs.bake.call !== undefined,
        run: (request) => bake_run(step, request),
    });
}
async function bake_run(step, request) {
    const { inputs, source, targets } = step;
    const { endpoint, signal, isRepeated, routes } = request;
    const metadataFile = toMetadataFile(step);
    const baked = targets.map(({ target, plan }, index) => {
        const { cache, cachedLayers } = routes[index] ?? { cache: cache_flags/* noCache */.wt, cachedLayers: cached_layers/* nothingCached */.M };
        return { target, cache, cachedLayers, attestations: toDefaults(step, { target, plan }, request) };
    });
    const asked = await toBakeRequest(step, endpoint);
    const { call } = inputs.bake;
    return runBuild({
        buildx: endpoint.buildx,
        command: toBakeCommand(asked, baked, { metadataFile, isRepeated }),
        metadataFile,
        cwd: source.cwd,
        // Of which of the Dockerfiles BuildKit warns is not told.
        dockerfile: undefined,
        annotates: inputs.report.checkAnnotations,
        call,
        log: isRepeated ? { info: log.info, warning: log.info } : log,
        targets: baked.map(({ target, cache }) => ({ name: target.name, words: cache.words })),
        words: {
            exporters: [],
            faults: [...new Set(baked.flatMap(({ cache }) => cache.words.faults))],
        },
        signal,
    });
}
/** As docker/bake-action: what every image says of its making, where neither the inputs nor the definition say. */
function toDefaults({ inputs, isPublic, runner, env }, { target }, { endpoint }) {
    const { provenance, call } = inputs.bake;
    const isSaid = provenance !== undefined || target.attests.some(({ type }) => type === 'provenance');
    if (isSaid || target.isLinked || call !== undefined)
        return [];
    return toAttestations({
        asked: { provenance: undefined, sbom: undefined, attests: [] },
        ...{ outputs: target.outputs, isPublic, builderId: toBuilderId(runner) },
        ...{ version: endpoint.version, environment: env },
    });
}

;// CONCATENATED MODULE: ./build/report/cache-story.js


const toldMisses = 3;
const maxNameLength = 120;
/** Some sentences for people who do not know what a cache scope is. */
function renderCacheStory(story, steps) {
    const { cachedSteps, totalSteps } = steps;
    if (totalSteps === 0)
        return '';
    if (cachedSteps === 0)
        return [`**No step came from the cache: ${renderNone(story)}**`, ...listMisses(story)].join('\n');
    const count = `**${cachedSteps} of ${totalSteps} steps came from the cache**`;
    const sources = (story.sources ?? []).map(renderSource);
    const whole = `${count}${sources.length === 0 ? '' : ` of ${sources.join(' and of ')}`}.`;
    return [whole, ...(cachedSteps === totalSteps ? [] : listMisses(story))].join('\n');
}
function renderNone({ isOff, hasImports, sources }) {
    if (isOff)
        return 'the input no-cache asks for that.';
    if (!hasImports)
        return 'this run imports none.';
    if (sources?.length === 0)
        return 'there is none for this build yet. This run makes it for the next one.';
    return 'what is there does not fit.';
}
function renderSource({ ref, runId, runUrl, ageMs }) {
    const run = runId === undefined ? '' : runUrl === undefined ? (0,format/* renderText */.S5)(runId) : `[${(0,format/* renderText */.S5)(runId)}](${runUrl})`;
    const when = ageMs === undefined ? '' : ` ${renderAge(ageMs)}`;
    const written = run === '' && when === '' ? '' : `, written${run === '' ? '' : ` by run ${run}`}${when}`;
    return `${(0,format/* renderText */.S5)(renderRef(ref))}${written}`;
}
/** Only where there was a cache to end. */
function listMisses({ firstMisses, isOff, hasImports, sources }) {
    if (isOff || !hasImports || sources?.length === 0)
        return [];
    const told = firstMisses.slice(0, toldMisses).map((miss) => `- ${renderMiss(miss)}`);
    const more = firstMisses.length - told.length;
    if (told.length === 0)
        return [];
    return [
        '',
        'Where the cache ended, and why:',
        '',
        ...told,
        ...(more > 0 ? [`- and at ${more} more steps`] : []),
    ];
}
function renderMiss({ name, before, isLost }) {
    const instruction = /^\[[^\]]*\] (\w+)/.exec(name)?.[1] ?? '';
    const base = before === undefined ? ', or the image that it stands on' : '';
    const why = isLost
        ? 'the cache names its layer, but the layer is gone'
        : instruction === 'COPY' || instruction === 'ADD'
            ? `the files that it copies have changed${base === '' ? ', or the line itself' : `, the line itself${base}`}`
            : `the line has changed, or what it uses (a build argument, a mount)${base}`;
    const last = before === undefined ? '' : `. The step before it came from the cache: ${renderName(before)}`;
    return `${renderName(name)}: ${why}${last}.`;
}
/** A RUN with a here-document may have pages. */
function renderName(name) {
    const characters = [...name];
    const isLong = characters.length > maxNameLength;
    return (0,format/* renderCode */.cR)(isLong ? `${characters.slice(0, maxNameLength).join('')} …` : name);
}
/** `2 hours ago`; of a clock that is ahead, `a moment ago`. */
function renderAge(ageMs) {
    const minutes = Math.round(ageMs / 60_000);
    if (minutes < 2)
        return 'a moment ago';
    if (minutes < 90)
        return `${minutes} minutes ago`;
    const hours = Math.round(minutes / 60);
    return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}

// EXTERNAL MODULE: ./build/report/code-block.js
var code_block = __webpack_require__(3198);
;// CONCATENATED MODULE: ./build/report/failure.js


const shownOutput = 20;
const shownReason = 8;
const shownExcerpt = 30;
/** The first part of a failed build's summary. */
function renderFailure({ location, excerpt, reason, exitCode, output, advice, }) {
    const lines = output.slice(-shownOutput);
    const what = exitCode === undefined ? '' : `The step ended with **exit code ${exitCode}**.`;
    const why = exitCode === undefined ? [(0,code_block/* renderCodeBlock */.X)(reason.split('\n').slice(0, shownReason))] : [];
    return [
        ...(location === undefined && what === '' ? [] : [`> [!CAUTION]\n> ${renderPlace(location, what)}`]),
        ...(excerpt.length === 0 ? [] : [(0,code_block/* renderCodeBlock */.X)(cutExcerpt(excerpt))]),
        ...why,
        ...(lines.length === 0 ? [] : ['The last lines of the step:', (0,code_block/* renderCodeBlock */.X)(lines)]),
        `**What to do:** ${(0,format/* renderText */.S5)(advice)}`,
    ].join('\n\n');
}
/** An instruction with a here-document may have pages. */
function cutExcerpt(excerpt) {
    const marked = excerpt.findIndex((line) => /^\s*\d+ \| >>> /.test(line));
    const start = Math.max(0, marked - 5);
    return excerpt.slice(start, start + shownExcerpt);
}
function renderPlace(location, what) {
    return [location === undefined ? '' : `**${(0,format/* renderText */.S5)(location)}**`, what]
        .filter((part) => part !== '')
        .join(' ');
}

;// CONCATENATED MODULE: ./build/report/mermaid-text.js

/** As they are; every other character means something to Mermaid, to HTML or to Markdown, or may do so one day. */
const harmless = /[\p{L}\p{N} ./_+()=@'?!*|~^[\]…-]/u;
/**
 * Foreign text as it may stand in the name of a Mermaid task: one line, no syntax, no directive, no comment, no HTML. What
 * else it holds is written as Mermaid's entities (`#58;`), which it turns back once all is drawn. It must not stand at
 * the start of a line, where a word such as `section` is a keyword.
 *
 * @param maxLength characters that are shown at most
 */
function renderMermaidText(text, maxLength) {
    const characters = [...(0,printable/* toPlainText */.bo)(text).replace(/\s+/g, ' ').trim()];
    const shown = characters.length <= maxLength ? characters : [...characters.slice(0, maxLength - 1), '…'];
    return shown
        .map((character) => (isHarmless(character) ? character : `#${character.codePointAt(0) ?? 0};`))
        .join('');
}
function isHarmless(character) {
    // Mermaid's own signs for entities while it draws: U+FB02 is a letter.
    return harmless.test(character) && character !== '\ufb02';
}

;// CONCATENATED MODULE: ./build/report/timeline.js

/** In their order. */
const sections = {
    prepare: 'Prepare',
    'cache import': 'Cache import',
    cached: 'From cache',
    layers: 'Layers',
    ran: 'Steps',
    image: 'Image',
    push: 'Push',
    'cache export': 'Cache export',
};
const sectionNames = new Map(Object.entries(sections));
const maxRows = 60;
const timeline_maxNameLength = 44;
const longestCount = 3;
/** Of the whole: what is shorter is told apart from the rest only where it is a step, a push or what failed. */
const toldShare = 0.01;
/** Of the whole: what is shorter does not stand out. */
const longShare = 0.1;
/** Starts are times of the day, so that no time zone of a reader moves them. */
const maxMs = 24 * 3_600_000;
const ticks = [
    ...[100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000],
    ...[60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000],
];
/**
 * A Mermaid gantt of the build, as a Markdown code block; empty where nothing took any time. GitHub's Mermaid draws up to
 * 50,000 characters; this has 60 rows at the most, and half of that.
 */
function renderTimeline(rows) {
    const wholeMs = Math.ceil(Math.max(0, ...rows.map(({ endMs }) => endMs)));
    if (wholeMs === 0 || wholeMs >= maxMs)
        return '';
    const { shown, rest } = choose(joinCached(rows, wholeMs), wholeMs);
    const longest = findLongest(shown, wholeMs);
    const lines = [...sectionNames].flatMap(([section, title]) => {
        const own = shown.filter((row) => row.section === section);
        if (own.length === 0)
            return [];
        return [`section ${title}`, ...own.map((row) => renderRow(row, longest.has(row)))];
    });
    return [
        '```mermaid',
        'gantt',
        'dateFormat HH:mm:ss.SSS',
        ...renderAxis(wholeMs),
        'todayMarker off',
        ...lines,
        ...(rest.length === 0 ? [] : ['section Other', renderRest(rest)]),
        '```',
    ].join('\n');
}
/** Cached steps take no time, and are told together, one row a stage; as wide as is needed to see them. */
function joinCached(rows, wholeMs) {
    const isCached = ({ section }) => section === 'cached';
    const cached = rows.filter(isCached);
    const stages = new Set(cached.map(({ name }) => toStage(name)));
    // BuildKit names them in no order.
    const joined = [...stages].toSorted().map((stage) => {
        const own = cached.filter(({ name }) => toStage(name) === stage);
        const count = own.length === 1 ? '1 step' : `${own.length} steps`;
        const name = stage === '' ? count : `${count} of ${stage}`;
        const startMs = Math.min(...own.map((row) => row.startMs));
        return { section: 'cached', name, startMs, endMs: startMs + wholeMs * toldShare, end: 'done' };
    });
    return [...rows.filter((row) => !isCached(row)), ...joined];
}
/** BuildKit names a step `[stage 2/5] …`, with the platform before the stage where there are several. */
function toStage(name) {
    return /^\[([^\]]*?) ?\d+\/\d+\]/.exec(name)?.[1] ?? '';
}
/** The longest of all, and all that failed; the others are summed. */
function choose(rows, wholeMs) {
    const weigh = (row) => (row.end === 'failed' ? maxMs : toLength(row));
    const isTold = (row) => row.end === 'failed' ||
        row.section === 'ran' ||
        row.section === 'cached' ||
        row.section === 'push' ||
        toLength(row) >= wholeMs * toldShare;
    const told = rows.filter(isTold);
    const places = told.length === rows.length && told.length <= maxRows ? maxRows : maxRows - 1;
    const kept = new Set(told.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, places));
    return { shown: rows.filter((row) => kept.has(row)), rest: rows.filter((row) => !kept.has(row)) };
}
function findLongest(rows, wholeMs) {
    const failed = rows.filter(({ end }) => end === 'failed');
    if (failed.length > 0)
        return new Set(failed);
    return new Set(rows
        .filter((row) => toLength(row) >= wholeMs * longShare)
        .toSorted((a, b) => toLength(b) - toLength(a))
        .slice(0, longestCount));
}
function renderRow(row, standsOut) {
    const name = renderMermaidText(row.name, timeline_maxNameLength);
    const { section, end, startMs } = row;
    // A name never stands first in its line.
    const time = section === 'cached' ? '' : `${renderShort(toLength(row))} `;
    const mark = section === 'cached' ? 'cached ' : end === 'failed' ? 'FAILED ' : end === 'cut' ? 'cut off ' : '';
    const tag = standsOut ? 'crit, ' : section === 'cached' ? 'done, ' : section === 'ran' ? '' : 'active, ';
    return `${time}${mark}${name} :${tag}${renderTime(startMs)}, ${toLength(row)}ms`;
}
function renderRest(rest) {
    const start = Math.min(...rest.map(({ startMs }) => startMs));
    const length = timeline_measureUnion(rest);
    return `${renderShort(length)} ${rest.length} more :active, ${renderTime(start)}, ${length}ms`;
}
/** Milliseconds in which at least one of them went on. */
function timeline_measureUnion(rows) {
    let length = 0;
    let end = 0;
    for (const row of rows.toSorted((a, b) => a.startMs - b.startMs)) {
        length += Math.max(row.endMs - Math.max(row.startMs, end), 0);
        end = Math.max(end, row.endMs);
    }
    return Math.round(length);
}
function renderAxis(wholeMs) {
    const tick = ticks.find((each) => wholeMs / each <= 10) ?? 14_400_000;
    const interval = tick < 1000 ? `${tick}millisecond` : tick < 60_000 ? `${tick / 1000}second` : `${tick / 60_000}minute`;
    const form = tick < 1000 ? '%-S.%L s' : wholeMs < 60_000 ? '%-S s' : wholeMs < 3_600_000 ? '%-M:%S' : '%-H:%M:%S';
    return [`axisFormat ${form}`, `tickInterval ${interval}`];
}
function toLength({ startMs, endMs }) {
    return Math.max(0, Math.round(endMs - startMs));
}
/** `43 ms`, `12.3 s`, `4 m 05 s`. */
function renderShort(ms) {
    if (ms < 1000)
        return `${ms} ms`;
    if (ms < 60_000)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}
/** `00:01:02.345`. */
function renderTime(ms) {
    return new Date(Math.max(0, Math.round(ms))).toISOString().slice(11, 23);
}

;// CONCATENATED MODULE: ./build/report/times.js
/**
 * The phases, what lies between them, and the whole. As shown, the parts of a phase add up to the phase, and the phases
 * to the whole: each is rounded so that their running sum is exact to a tenth.
 */
function listTimes(phases, wholeSeconds) {
    const round = startRounding();
    const rows = phases.flatMap((phase) => {
        const parts = fillUp(phase).map(({ name, seconds }) => ({ name, isPart: true, tenths: round(seconds) }));
        const tenths = sum(parts.map((part) => part.tenths));
        const shown = parts.length === 1 ? [] : parts.filter((part) => part.tenths > 0);
        return [{ name: phase.name, isPart: false, tenths }, ...shown];
    });
    const between = (wholeSeconds ?? 0) - sum(phases.map(({ seconds }) => clamp(seconds)));
    if (wholeSeconds !== undefined)
        rows.push({ name: 'Start, and between the phases', isPart: false, tenths: round(between) });
    const whole = sum(rows.filter(({ isPart }) => !isPart).map(({ tenths }) => tenths));
    return [...rows, { name: 'Together', isPart: false, tenths: whole }];
}
/** One line for the log. */
function renderTimes(phases, wholeSeconds) {
    const render = ({ name, tenths }) => `${name} ${(tenths / 10).toFixed(1)} s`;
    const rows = listTimes(phases, wholeSeconds);
    const texts = rows.map((row, index) => {
        if (row.isPart)
            return undefined;
        const end = rows.findIndex((other, at) => at > index && !other.isPart);
        const parts = rows.slice(index + 1, end === -1 ? undefined : end);
        return parts.length === 0 ? render(row) : `${render(row)} (${parts.map(render).join(', ')})`;
    });
    return `Time: ${texts.filter((text) => text !== undefined).join(', ')}`;
}
/** The parts with what is left of the phase. The daemon's clock may jump: then its parts are shrunk to fit. */
function fillUp({ name, seconds, parts = [] }) {
    const whole = clamp(seconds);
    const known = sum(parts.map((part) => clamp(part.seconds)));
    const factor = known > whole ? whole / known : 1;
    const shrunk = parts.map((part) => ({ name: part.name, seconds: clamp(part.seconds) * factor }));
    if (shrunk.length === 0)
        return [{ name, seconds: whole }];
    return [...shrunk, { name: 'all else', seconds: whole - sum(shrunk.map((part) => part.seconds)) }];
}
/** Rounds one number after the other to tenths, so that the sum of all so far is right. */
function startRounding() {
    let exact = 0;
    let shown = 0;
    return (seconds) => {
        exact += clamp(seconds);
        const tenths = Math.round(exact * 10) - shown;
        shown += tenths;
        return tenths;
    };
}
function clamp(seconds) {
    return Number.isFinite(seconds) ? Math.max(seconds, 0) : 0;
}
function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}

;// CONCATENATED MODULE: ./build/report/summary.js







/** What can be missed most easily goes first where a summary would be too long. */
const dispensable = [
    'the timeline',
    'the times',
    'the cache scopes',
    'the facts',
    'the warnings',
    'why the build failed',
];
/**
 * The job summary of one build, as Markdown for GITHUB_STEP_SUMMARY: what a reader wants to know first stands first, and
 * what few want is folded up. Empty where not even the heading fits.
 */
function renderSummary(report, maxBytes = maxSummaryBytes) {
    return fitSections([
        { name: 'the heading', text: renderHeading(report) },
        {
            name: 'why the build failed',
            text: report.failure === undefined ? '' : renderFailure(report.failure),
        },
        {
            name: 'the cache',
            text: report.steps === undefined ? '' : renderCacheStory(report.story, report.steps),
        },
        { name: 'the warnings', text: renderDegradations(report) },
        { name: 'the timeline', text: renderBuildTimeline(report) },
        { name: 'the facts', text: renderFacts(report) },
        {
            name: 'the cache scopes',
            text: renderFold('Which caches this run uses, and why', renderPlan(report)),
        },
        { name: 'the times', text: renderFold('Where the time of this step went', renderPhases(report)) },
    ], dispensable, maxBytes);
}
/** A name of an image may have any length. */
const maxSubjectLength = 300;
function renderHeading({ subject, failure, wholeSeconds, }) {
    const name = (0,format/* renderText */.S5)([...subject].slice(0, maxSubjectLength).join(''));
    const time = wholeSeconds === undefined ? '' : ` in ${(0,format/* renderSeconds */.eB)(wholeSeconds)}`;
    return failure === undefined ? `### Hotlayer: ${name} built${time}` : `### Hotlayer: ${name} failed`;
}
function renderBuildTimeline({ timeline }) {
    const picture = renderTimeline(timeline);
    return picture === '' ? '' : [legend, picture].join('\n\n');
}
const legend = '**Timeline** since the build began. Red: the longest, or what failed. Grey: from the cache.';
function renderFold(title, text) {
    return text === '' ? '' : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}
function renderFacts({ image, gateway, cacheExport, exportMode }) {
    const rows = [
        ...(image.tags.length === 0 ? [] : [['Tags', image.tags.map(format/* renderCode */.cR).join('<br>')]]),
        ...(image.digest === undefined ? [] : [['Digest', (0,format/* renderCode */.cR)(image.digest)]]),
        ...(image.imageid === undefined ? [] : [['Image ID', (0,format/* renderCode */.cR)(image.imageid)]]),
        ['Cache export', cacheExport === 'skipped' ? 'skipped' : `${cacheExport} (mode ${exportMode})`],
        ...listGatewayRows(gateway),
    ];
    return (0,format/* renderTable */.bo)(['Fact', 'Value'], rows);
}
/** What the gateway counted, as rows of a table. */
function listGatewayRows(gateway) {
    const calls = gateway === undefined ? 0 : Object.values(gateway.callsByKind).reduce((sum, count) => sum + count, 0);
    const kinds = Object.entries(gateway?.callsByKind ?? {}).filter(([, count]) => count > 0);
    return [
        ...(gateway === undefined
            ? []
            : [
                ['Cache read', (0,format/* renderSize */.qI)(gateway.bytesRead)],
                ['Cache written', (0,format/* renderSize */.qI)(gateway.bytesWritten)],
                [
                    'Calls to the cache service',
                    `${calls}${kinds.length === 0 ? '' : ` (${kinds.map(([kind, count]) => `${(0,format/* renderText */.S5)(kind)} ${count}`).join(', ')})`}`,
                ],
                ...(gateway.retries === 0 ? [] : [['Repeated calls', String(gateway.retries)]]),
            ]),
    ];
}
function renderPlan({ plan }) {
    const rows = [
        ...plan.chain.map((link) => ['import', (0,format/* renderText */.S5)(renderRef(link)), (0,format/* renderCode */.cR)(link.cacheScope)]),
        ...(plan.export === null || plan.exportRef === null
            ? [['export', 'nothing', '']]
            : [['export', (0,format/* renderText */.S5)(renderRef(plan.exportRef)), (0,format/* renderCode */.cR)(plan.export)]]),
    ];
    const table = (0,format/* renderTable */.bo)(['Cache', 'Of', 'Cache scope'], rows);
    return `${table}\n\n${(0,format/* renderText */.S5)(plan.reason)} (${(0,format/* renderCode */.cR)(plan.code)})`;
}
function renderDegradations({ degradations }) {
    const lines = [...new Set(degradations)].map((sentence) => `> - ${(0,format/* renderText */.S5)(sentence)}`);
    return lines.length === 0 ? '' : ['> [!WARNING]', ...lines].join('\n');
}
function renderPhases({ phases, wholeSeconds }) {
    if (phases.length === 0)
        return '';
    const rows = listTimes(phases, wholeSeconds).map(({ name, isPart, tenths }) => [
        `${isPart ? '&emsp;' : ''}${(0,format/* renderText */.S5)(name)}`,
        (0,format/* renderSeconds */.eB)(tenths / 10),
    ]);
    return (0,format/* renderTable */.bo)(['Phase', 'Time'], rows);
}

;// CONCATENATED MODULE: ./build/report/bake-summary.js





const bake_summary_dispensable = [
    'the timeline',
    'the times',
    'the cache scopes',
    'the caches of the targets',
    'the facts',
    'the warnings',
    'why the build failed',
];
/** The job summary of a bake, as Markdown for GITHUB_STEP_SUMMARY. Empty where not even the heading fits. */
function renderBakeSummary(report, maxBytes = maxSummaryBytes) {
    const { targets, failure } = report;
    const subject = targets.map(({ name }) => name).join(', ');
    const gateway = listGatewayRows(report.gateway);
    return fitSections([
        { name: 'the heading', text: renderHeading({ ...report, subject }) },
        { name: 'why the build failed', text: failure === undefined ? '' : renderFailure(failure) },
        { name: 'the targets', text: renderTargets(targets) },
        { name: 'the warnings', text: renderDegradations(report) },
        {
            name: 'the caches of the targets',
            text: renderFold('What came from the cache, by target', renderEach(targets, renderStory)),
        },
        { name: 'the timeline', text: renderBuildTimeline(report) },
        { name: 'the facts', text: gateway.length === 0 ? '' : (0,format/* renderTable */.bo)(['Fact', 'Value'], gateway) },
        {
            name: 'the cache scopes',
            text: renderFold('Which caches this run uses, and why', renderEach(targets, renderPlan)),
        },
        { name: 'the times', text: renderFold('Where the time of this step went', renderPhases(report)) },
    ], bake_summary_dispensable, maxBytes);
}
function renderTargets(targets) {
    const rows = targets.map(({ name, tags, digest, steps, cacheExport }) => [
        (0,format/* renderCode */.cR)(name),
        `${steps.cachedSteps} of ${steps.totalSteps}`,
        cacheExport,
        tags.map(format/* renderCode */.cR).join('<br>'),
        digest === undefined ? '' : (0,format/* renderCode */.cR)(digest),
    ]);
    return (0,format/* renderTable */.bo)(['Target', 'Steps from the cache', 'Cache export', 'Tags', 'Digest'], rows);
}
function renderStory({ story, steps }) {
    return renderCacheStory(story, steps);
}
function renderEach(targets, render) {
    const texts = targets.map((target) => ({ name: target.name, text: render(target) }));
    return texts
        .filter(({ text }) => text !== '')
        .map(({ name, text }) => `**${(0,format/* renderText */.S5)(name)}**\n\n${text}`)
        .join('\n\n');
}

;// CONCATENATED MODULE: ./build/buildkit/solve/failure-advice.js
/** By exit code of the instruction's program; shells and kernels give these. */
const exitCodes = {
    126: 'The program is there but cannot be run: look at its permissions, and at the platform that it was made for.',
    127: 'The shell found no program of that name: install it in an earlier step, or correct the name.',
    137: 'The program was killed, mostly because the runner had no memory left: use less of it, or a larger runner.',
    139: 'The program crashed (segmentation fault): look at its version, and at the platform that it was made for.',
};
/** By BuildKit's words. */
const reasons = [
    [
        /failed to calculate checksum of ref|": not found$/m,
        'The build context does not have this file: look at the path, at .dockerignore, and whether an earlier step of the job makes the file.',
    ],
    [
        /^secret \S+: not found$/m,
        'Give this secret in "secrets", "secret-envs" or "secret-files"; an empty one counts as not given.',
    ],
    [/unset ssh forward key/, 'Give the input "ssh" an agent or a key by this id.'],
    [
        /(?:network\.host|security\.insecure|device\S*) is not allowed/,
        'Give the input "allow" what the step asks for, if the Dockerfile may have it.',
    ],
    [
        /base name \(.*\) should not be blank/,
        'Give the build arg that names the base image a value in "build-args", or a default in the Dockerfile.',
    ],
    [
        /could not read Username for/,
        'The repository is private, or is not there: look at its address, and give a token that may read it as the secret GIT_AUTH_TOKEN.',
    ],
    [/dockerfile parse error|unknown instruction/, 'Correct the line of the Dockerfile that is named above.'],
    [/target stage .* could not be found/, 'Give the input "target" the name of a stage of the Dockerfile.'],
    [
        /failed to read dockerfile: open /,
        'Give the input "file" the path of the Dockerfile, and check the repository out before this step.',
    ],
    [
        /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden/,
        'Look at the name of the image, and put docker/login-action before this step if it is private.',
    ],
    [
        /failed to resolve source metadata|failed to do request|no such host|i\/o timeout|connection refused/,
        'A server could not be reached, or does not have what was asked for: look at the name and the tag, then run the job again.',
    ],
    [/no space left on device/, 'The disk is full: free some space before this step, or use a larger runner.'],
];
/** What to do about a failed build, in sentences of our own. */
function adviseOnFailure({ kind, reason, exitCode, output }) {
    switch (kind) {
        case 'push':
            return 'The image was built but not pushed. Check the name in "tags", the login to the registry and the right to write there.';
        case 'load':
            return 'The image was built but not loaded into Docker. Look at the log of the Docker engine: whether it still runs, and whether its disk is full.';
        case 'cache':
            return 'A cached layer could not be read. Run the job again; with no-cache: true it does not need the cache.';
        case 'daemon':
            return 'The connection to BuildKit broke. The step\'s log has the last lines of buildkitd under "Log of buildkitd".';
        case 'check':
            return 'Correct what the checks found, or leave a rule out with `# check=skip=RuleName` in the first lines of the Dockerfile.';
        case 'dockerfile':
        case 'other': {
            const isFull = [reason, ...output.slice(-10)].some((text) => /no space left on device/i.test(text));
            const found = isFull ? reasons.at(-1) : reasons.find(([pattern]) => pattern.test(reason));
            const ofCode = exitCode === undefined || isFull ? undefined : exitCodes[exitCode];
            if (ofCode !== undefined)
                return ofCode;
            // Its command line is a part of the reason, and may say anything.
            if (exitCode !== undefined && !isFull)
                return 'The program of this line failed by itself: its last lines say why. The whole output is in the log of the step.';
            return found?.[1] ?? "BuildKit's words are above; the log of the step has the whole build.";
        }
        default:
            return kind;
    }
}

;// CONCATENATED MODULE: ./build/report/hidden-values.js
/** What is shorter is no secret, and may be a part of any word. */
const hidden_values_leastLength = 4;
/**
 * The text with `$NAME` for each value. BuildKit puts the values of build arguments into the names of steps. One that is
 * a secret is masked by the runner only as it is, so not where a summary escapes or cuts it.
 */
function hideValues(text, values) {
    const parts = values
        .flatMap(({ name, value }) => [value, ...value.split(/[\r\n]+/)].map((part) => ({ name, part: part.trim() })))
        .filter(({ part }) => part.length >= hidden_values_leastLength)
        // A value may hold another one.
        .toSorted((a, b) => b.part.length - a.part.length);
    return parts.reduce((shown, { name, part }) => shown.replaceAll(part, () => `$${name}`), text);
}

;// CONCATENATED MODULE: ./build/step/summary-parts.js



/** What a summary tells of a failed build. */
function toFailureReport(failure) {
    const { location, excerpt, reason, exitCode, output } = failure;
    const notice = renderClipNotice(failure);
    const advice = [adviseOnFailure(failure), ...(notice === undefined ? [] : [notice])].join(' ');
    return { location, excerpt, reason, exitCode, output, advice };
}
/** The build without the values of its build arguments, which BuildKit puts into the names of steps. */
function hideBuildArgs({ timeline, firstMisses }, values) {
    const hide = (text) => hideValues(text, values);
    return {
        timeline: timeline.map((bar) => ({ ...bar, name: hide(bar.name) })),
        firstMisses: firstMisses.map(({ name, before, isLost }) => ({
            name: hide(name),
            before: before === undefined ? undefined : hide(before),
            isLost,
        })),
    };
}
/** Which caches of the plan this build had, by whom, and where they ended. */
function toCacheStory({ plan, runner }, facts) {
    const { firstMisses, loaded, nowMs, isOff } = facts;
    const sources = plan.chain.flatMap(({ cacheScope, ...ref }) => {
        const found = loaded?.find((each) => each.cacheScope === cacheScope);
        if (found === undefined)
            return [];
        const { runId, writtenMs } = found;
        const ageMs = writtenMs === undefined ? undefined : nowMs - writtenMs;
        return [{ ref, runId, runUrl: toRunUrl(runner, runId), ageMs }];
    });
    return {
        sources: loaded === undefined ? undefined : sources,
        hasImports: plan.imports.length > 0,
        isOff,
        firstMisses,
    };
}
/** undefined where it cannot be one of this server's: who wrote a cache may have written anything. */
function toRunUrl({ serverUrl, repository }, runId) {
    const isRun = runId !== undefined && /^[1-9]\d{0,19}$/.test(runId);
    const isPlace = /^https?:\/\/[\w.:-]+$/.test(serverUrl) && /^[\w.-]+\/[\w.-]+$/.test(repository);
    return isRun && isPlace ? `${serverUrl}/${repository}/actions/runs/${runId}` : undefined;
}

;// CONCATENATED MODULE: ./build/step/result.js








/** What goes wrong in a report is a fault of the report, never of the build. */
async function reportSafely(report) {
    try {
        return await report();
    }
    catch (error) {
        log.warning(`The report of this build is not complete (${(0,errors/* toMessage */.R9)(error)}). The build itself is as its log says. Please report this.`);
        if (error instanceof Error && error.stack !== undefined)
            log.debug(error.stack);
        return { outputs: undefined, renderSummary: undefined };
    }
}
/** The outputs and the summary of a build, also of a failed one; says once what the cache lost. */
async function reportBuild(step, facts) {
    const { inputs, plan, cache, degradations } = step;
    const { result, endpoint, verdicts, before, after } = facts;
    const [verdict] = verdicts;
    if (after?.outage !== undefined)
        await tellOutage(after.outage, step, plan.export !== null);
    const { cacheExport, reason, unloaded, isFirst = false, } = cache.outcome({ plan, result, verdict, before, after });
    for (const failure of unloaded)
        degradations.add(`A cache could not be loaded, so this build starts without it: ${failure}.`);
    if (reason !== undefined) {
        const disk = await result_describeFullDisk(reason, endpoint);
        degradations.add(`The cache was not exported, the next build will not find this one's steps: ${reason}.${disk}`);
    }
    const gateway = after === undefined ? undefined : toNumbers(before, after);
    const { cachedSteps, totalSteps } = result.steps;
    log.info(`${cachedSteps} of ${totalSteps} steps from the cache, cache export: ${cacheExport}`);
    if (cacheExport === 'pending')
        log.info('Uploading goes on while later steps run; the end of the job waits for it and tells how it ended.');
    // The build's own phase in parts, and the whole from the start of this process on.
    const phases = step.phases.done.map((phase) => phase.name === buildPhase ? { ...phase, parts: toParts(result) } : phase);
    const wholeSeconds = performance.now() / 1000;
    log.info(renderTimes(phases, wholeSeconds));
    const { image, failure } = result;
    const { timeline, firstMisses } = hideBuildArgs(result, listBuildArgs(step));
    const renderAll = (unwritten, maxBytes) => {
        const report = {
            subject: toSubject(inputs),
            failure: failure === undefined ? undefined : toFailureReport(failure),
            plan,
            exportMode: toExportMode(inputs.cache),
            cacheExport,
            steps: result.steps,
            story: toCacheStory(step, {
                isOff: inputs.build.noCache,
                firstMisses,
                loaded: after?.imports ?? (isFirst ? [] : undefined),
                nowMs: Date.now(),
            }),
            ...{ timeline, phases, wholeSeconds, gateway },
            degradations: [...degradations.sentences, ...unwritten],
            image: { digest: image.digest, imageid: image.imageid, tags: inputs.image.tags },
        };
        return renderSummary(report, maxBytes);
    };
    return {
        outputs: {
            ...result.image,
            cachePlan: plan,
            ...{ cacheExport, cachedSteps, totalSteps },
            cacheReadBytes: gateway?.bytesRead,
            cacheWrittenBytes: gateway?.bytesWritten,
            buildkitHost: endpoint.address,
        },
        renderSummary: inputs.report.summary ? renderAll : undefined,
    };
}
function toSubject({ image, build }) {
    const { target, context } = build;
    return image.tags[0] ?? target ?? (context.kind === 'git' ? context.url : context.path);
}
/** Where BuildKit says that its disk is full: which it is. The gateway names the file system itself. */
async function result_describeFullDisk(reason, endpoint) {
    if (endpoint.kind === 'remote' || !(0,errors/* saysDiskFull */.lw)(reason) || reason.includes('The file system at '))
        return '';
    return ` ${await describeDisk(undefined, [endpoint.stateDirectory])}`;
}
function toParts({ times }) {
    return [
        { name: 'steps', seconds: times.steps },
        { name: 'pulling and extracting layers', seconds: times.layers },
        { name: 'exporting the image', seconds: times.imageExport },
        { name: 'importing and exporting the cache', seconds: times.cache },
    ];
}
/** Once in a job, however many steps it costs something. */
async function tellOutage(reason, { job, degradations }, exports) {
    const lost = !exports
        ? ''
        : ' What it exports is kept until the end of the job, and lost if the service is not back by then.';
    const sentence = `The cache service does not answer (${reason}): this build goes on without what it would have read there.${lost}`;
    if (job.record.outage !== reason)
        degradations.add(sentence);
    else
        log.info(sentence);
    await job.update({ outage: reason });
}
/** What this step added: the gateway counts for the whole job. */
function toNumbers(before, after) {
    const calls = Object.entries(after.toService).map(([kind, count]) => {
        const earlier = Object.entries(before?.toService ?? {}).find(([name]) => name === kind)?.[1] ?? 0;
        return [kind, count - earlier];
    });
    return {
        callsByKind: Object.fromEntries(calls),
        bytesRead: after.bytesDown - (before?.bytesDown ?? 0),
        bytesWritten: after.bytesUp - (before?.bytesUp ?? 0),
        retries: after.retries - (before?.retries ?? 0),
    };
}
function listBuildArgs({ inputs, env }) {
    return inputs.build.buildArgs.map(({ key, value = env[key] ?? '' }) => ({ name: key, value }));
}

;// CONCATENATED MODULE: ./build/step/bake-report.js







/** The outputs and the summary of a bake, also of a failed one; says once what the caches lost. */
async function reportBake(step, facts) {
    const { inputs, degradations, targets } = step;
    const { result, endpoint, before, after } = facts;
    const isExported = targets.some(({ plan }) => plan.export !== null);
    if (after?.outage !== undefined)
        await tellOutage(after.outage, step, isExported);
    const reports = await reportTargets(step, facts);
    const gateway = after === undefined ? undefined : toNumbers(before, after);
    const { cachedSteps, totalSteps } = result.steps;
    for (const { name, steps, cacheExport } of reports)
        log.info(`${name}: ${steps.cachedSteps} of ${steps.totalSteps} steps from the cache, cache export: ${cacheExport}`);
    if (reports.some(({ cacheExport }) => cacheExport === 'pending'))
        log.info('Uploading goes on while later steps run; the end of the job waits for it and tells how it ended.');
    const phases = step.phases.done.map((phase) => phase.name === buildPhase ? { ...phase, parts: toParts(result) } : phase);
    const wholeSeconds = performance.now() / 1000;
    log.info(renderTimes(phases, wholeSeconds));
    const { failure } = result;
    const { timeline } = hideBuildArgs(result, bake_report_listBuildArgs(step));
    const renderAll = (unwritten, maxBytes) => {
        const report = {
            failure: failure === undefined ? undefined : toFailureReport(failure),
            targets: reports,
            ...{ timeline, phases, wholeSeconds, gateway },
            degradations: [...degradations.sentences, ...unwritten],
        };
        return renderBakeSummary(report, maxBytes);
    };
    return {
        outputs: {
            ...{ imageid: undefined, digest: undefined, metadata: result.image.metadata },
            cachePlan: Object.fromEntries(reports.map(({ name, plan }) => [name, plan])),
            cacheExport: Object.fromEntries(reports.map(({ name, cacheExport }) => [name, cacheExport])),
            ...{ cachedSteps, totalSteps },
            cacheReadBytes: gateway?.bytesRead,
            cacheWrittenBytes: gateway?.bytesWritten,
            buildkitHost: endpoint.address,
        },
        renderSummary: inputs.report.summary ? renderAll : undefined,
    };
}
async function reportTargets(step, facts) {
    const { inputs, cache, degradations, targets, runner } = step;
    const { result, endpoint, verdicts, before, after } = facts;
    const metadata = (0,build_json/* parseJson */.qF)(result.image.metadata ?? '');
    const reports = [];
    const unloaded = new Set();
    for (const [index, { target, plan }] of targets.entries()) {
        const { name, tags, noCache } = target;
        const part = result.targets?.[index] ?? result;
        const partial = { failure: result.failure, cacheExport: part.cacheExport };
        const outcome = cache.outcome({ plan, result: partial, verdict: verdicts[index], before, after });
        for (const failure of outcome.unloaded)
            unloaded.add(failure);
        if (outcome.reason !== undefined) {
            const disk = await result_describeFullDisk(outcome.reason, endpoint);
            degradations.add(`The cache of ${name} was not exported, the next build will not find this one's steps: ${outcome.reason}.${disk}`);
        }
        const isOff = inputs.bake.noCache || noCache;
        const { firstMisses } = hideBuildArgs({ timeline: [], firstMisses: part.firstMisses }, target.args);
        reports.push({
            name,
            tags,
            digest: (0,build_json/* readString */.E3)(metadata, name, 'containerimage.digest'),
            plan,
            steps: part.steps,
            cacheExport: outcome.cacheExport,
            story: toCacheStory({ plan, runner }, {
                ...{ firstMisses, isOff },
                loaded: after?.imports ?? (outcome.isFirst === true ? [] : undefined),
                nowMs: Date.now(),
            }),
        });
    }
    for (const failure of unloaded)
        degradations.add(`A cache could not be loaded, so this build starts without it: ${failure}.`);
    return reports;
}
function bake_report_listBuildArgs({ targets }) {
    return targets.flatMap(({ target }) => target.args);
}

;// CONCATENATED MODULE: ./build/step/beside.js


/** Work for later runs that goes on beside the build. None of it may fail, and none of it may hold up the step for long. */
class Beside {
    #running = new Set();
    add(work) {
        this.#running.add(work);
        void work.finally(() => this.#running.delete(work));
    }
    get isBusy() {
        return this.#running.size > 0;
    }
    /**
     * Waits until all of it has ended, `patienceMs` at most, and not at all where the step is cancelled. Answers whether it has;
     * what has not is given up: nobody waits for it again.
     */
    async end(patienceMs, signal) {
        const all = Promise.all(this.#running);
        this.#running.clear();
        // Cancelled: the process ends, and what is not done is lost.
        return (await (0,deferred/* isSettled */.I)((0,cancellation/* untilCancelled */.c)(all, signal, 0), patienceMs)) && !signal.aborted;
    }
}

;// CONCATENATED MODULE: ./build/stories/story.js









/** buildx may take three seconds to end. */
const buildGraceMs = 4500;
/** A build takes longer than saving BuildKit and buildx, unless the service is slow. */
const besidePatienceMs = 10_000;
/** Opens the step, builds, reports. Post takes all of it down. */
async function tellStory(env, signal, { open, build, report }) {
    // First of all: what is not saved here, a build's output could save for post.
    const unsaved = saveNoOwnership(env);
    (0,step_runner/* checkRunnerPlatform */.Y)(external_node_process_.platform);
    const beside = new Beside();
    try {
        const step = await open({ signal, beside, unsaved });
        const readReport = () => (0,cancellation/* untilCancelled */.c)(step.cache.readReport(), signal, 0);
        const before = await readReport();
        const built = await step.phases.run(buildPhase, () => build(step), buildGraceMs);
        const after = await readReport();
        if (beside.isBusy)
            await step.phases.run('Save the tools for the next runner', () => endBeside(beside, signal));
        const reported = await reportSafely(() => report(step, { ...built, before, after }));
        const { failure } = built.result;
        const error = failure === undefined ? undefined : await explainFailure(failure, built.endpoint);
        return { ...reported, failure: error };
    }
    finally {
        // Whatever ended the step, what it has fetched is of use to the next one.
        await endBeside(beside, signal);
    }
}
async function endBeside(beside, signal) {
    if (!(await beside.end(besidePatienceMs, signal)) && !signal.aborted)
        log.info(`Not all was saved for the next runner ${besidePatienceMs / 1000} s after the build: it is given up.`);
}

;// CONCATENATED MODULE: ./build/stories/bake.js





/** Main of the action `bake`: get BuildKit, read the definition, plan the cache scopes of its targets, build them, report. */
function bake(env, signal) {
    return tellStory(env, signal, {
        open: (options) => openBakeStep(env, parseBakeInputs(env), options),
        build: bakeTargets,
        report: reportBake,
    });
}

;// CONCATENATED MODULE: ./build/stories/build.js





/** Main: plan the cache scopes, get BuildKit and the way to the cache, build, report. Post takes all of it down. */
function build(env, signal) {
    return tellStory(env, signal, {
        open: (options) => openStep(env, parseInputs(env), options),
        build: buildImage,
        report: reportBuild,
    });
}

;// CONCATENATED MODULE: ./build/report/setup-summary.js



/** What the summary says before anything is built, as Markdown; empty where it does not fit. */
function renderSetupSummary(report, maxBytes = maxSummaryBytes) {
    const rows = report.scopes.map(({ name, plan }) => [
        (0,format/* renderCode */.cR)(name),
        plan.chain.map((link) => (0,format/* renderText */.S5)(renderRef(link))).join(', ') || 'nothing',
        plan.exportRef === null ? 'nothing' : (0,format/* renderText */.S5)(renderRef(plan.exportRef)),
        (0,format/* renderText */.S5)(plan.reason),
    ]);
    const losses = report.degradations.map((sentence) => `> ${(0,format/* renderText */.S5)(sentence)}`).join('\n>\n');
    return fitSections([
        {
            name: 'the heading',
            text: `### Hotlayer: BuildKit ${(0,format/* renderText */.S5)(report.version)} for later steps`,
        },
        { name: 'what is lost', text: losses },
        { name: 'the caches', text: (0,format/* renderTable */.bo)(['Scope', 'Import from', 'Export to', 'Why'], rows) },
    ].filter(({ text }) => text !== ''), ['the caches', 'what is lost'], maxBytes);
}

;// CONCATENATED MODULE: ./build/step/setup-report.js








/** Hands over by the runner's files. Throws where later steps would not find the daemon. */
function reportSetup(step, env) {
    const { scopes, endpoint, builder, programs, variables, degradations, inputs, phases } = step;
    (0,runner_files/* setVariables */.C4)(Object.entries(variables), env);
    (0,runner_files/* addPath */.fM)(programs, env);
    const [first] = scopes;
    if (first === undefined)
        throw new Error('there is no cache scope');
    const own = setup_report_toValues(first);
    writeSetupOutputs({
        'buildkit-host': endpoint.address,
        builder,
        ...own,
        caches: (0,printable/* toPrintableJson */.Xr)(Object.fromEntries(scopes.map((scope) => [scope.name, setup_report_toValues(scope)]))),
        'cache-plan': (0,printable/* toPrintableJson */.Xr)(scopes.length === 1 ? first.plan : Object.fromEntries(scopes.map(({ name, plan }) => [name, plan]))),
    }, env);
    log.info(`Later steps build with \`docker buildx build\`, \`buildctl\` and others at ${endpoint.address}, builder ${builder}.`);
    log.info(renderTimes(phases.done, performance.now() / 1000));
    const summaryFile = env['GITHUB_STEP_SUMMARY'];
    if (!inputs.report.summary || summaryFile === undefined || summaryFile === '')
        return;
    try {
        const report = {
            ...{ scopes, address: endpoint.address, version: endpoint.version },
            degradations: degradations.sentences,
        };
        (0,runner_files/* appendWhole */.gZ)(summaryFile, renderSetupSummary(report, (0,runner_files/* measureRoom */.qC)(summaryFile, maxSummaryBytes)));
    }
    catch (error) {
        log.warning(`The job summary does not show this step: GITHUB_STEP_SUMMARY (${summaryFile}) could not be written (${(0,errors/* toMessage */.R9)(error)}).`);
    }
}
/** The same of each cache, as outputs and in the output `caches`. */
function setup_report_toValues({ cacheFrom, cacheTo, cacheFromGha, cacheToGha }) {
    return {
        'cache-from': cacheFrom.join('\n'),
        'cache-to': cacheTo.join('\n'),
        'cache-from-gha': cacheFromGha.join('\n'),
        'cache-to-gha': cacheToGha.join('\n'),
        'build-flags': [
            ...cacheFrom.map((entry) => `--cache-from ${entry}`),
            ...cacheTo.map((entry) => `--cache-to ${entry}`),
        ].join(' '),
    };
}

;// CONCATENATED MODULE: ./build/plan/setup-scopes.js


/** What BuildKit calls a cache whose `scope=` is not given (cache/remotecache/gha). */
const nameOfBuildkit = 'buildkit';
const defaultName = 'default';
/** The caches that later steps get, the first of which is also the one that nobody names. */
function listSetupScopes({ setup, cache }, env) {
    const names = [...new Set(setup.scopes)];
    const toScope = (name, scope, aliases) => ({
        ...{ name, aliases },
        inputs: {
            build: {
                ...{ context: { kind: 'path', path: '.' }, file: undefined, target: undefined, platforms: [] },
                ...{ call: undefined, githubToken: setup.githubToken, buildContexts: [], addHosts: [], ulimit: [] },
                ...{ network: undefined, shmSize: undefined, cgroupParent: undefined },
            },
            image: { tags: [] },
            cache: { ...cache, scope },
        },
    });
    if (names.length === 0)
        return [toScope(defaultName, nameOfJob(env, cache.matrix), [nameOfBuildkit])];
    return names.map((name, index) => toScope(name, name, [name, ...(index === 0 ? [nameOfBuildkit] : [])]));
}
/** `ci.yml/build`, and the leg of the matrix: two jobs do not take each other's caches unless they are told to. */
function nameOfJob(env, matrix) {
    const [workflow = ''] = (env['GITHUB_WORKFLOW_REF'] ?? '').split('@', 1);
    const file = external_node_path_.posix.basename(workflow) || env['GITHUB_WORKFLOW'] || 'workflow';
    const leg = matrix === undefined ? [] : [(0,canonical_json/* toCanonicalJson */.s)(matrix)];
    return [file, env['GITHUB_JOB'] || 'job', ...leg].join('/');
}

;// CONCATENATED MODULE: ./build/step/hand-over.js







/** On record first: what a killed main has begun is taken back all the same. */
async function record(job, change) {
    await job.update({ handed: { sinceMs: Date.now(), exports: [], ...job.record.handed, ...change } });
}
/** The login to the gateway, where clients of later steps look for it. */
async function handLogin({ job, workspace, env }, login) {
    const directory = (0,docker_config/* findDockerDirectory */.zP)(env, workspace);
    await record(job, { login: { directory, host: login.host } });
    return (0,docker_config/* addOwnLogin */.V6)({ cwd: workspace, env, login });
}
async function handExports(job, cacheScopes) {
    await record(job, { exports: [...new Set([...(job.record.handed?.exports ?? []), ...cacheScopes])] });
}
/** The daemon as a builder of the user's own buildx; answers its name. */
async function handBuilder({ job, workspace, env }, { address, driverOptions }) {
    const configDirectory = (0,docker_config/* findBuildxConfig */.ae)(env, workspace);
    const name = toJobPrefix(job.directory).replace(/-$/, '');
    await record(job, { builder: { configDirectory, name } });
    await writeBuilder({ name, configDirectory, address, driverOptions, scopedLogins: undefined });
    return name;
}
/** Where the Docker CLI looks for plug-ins beside the user's own directory (cli-plugins/manager). */
const pluginDirectories = [
    '/usr/local/lib/docker/cli-plugins',
    '/usr/local/libexec/docker/cli-plugins',
    '/usr/lib/docker/cli-plugins',
    '/usr/libexec/docker/cli-plugins',
];
const pluginName = 'docker-buildx';
/**
 * A directory of programs for the search path of later steps: buildx, and buildctl where there is one. The Docker CLI gets
 * buildx as a plug-in where it has none yet; what it has is left as it is.
 */
async function handPrograms({ job, workspace, env }, { buildx, buildctl }) {
    const directory = external_node_path_.join(job.directory, 'bin');
    await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
    const programs = [
        ['buildx', buildx],
        [pluginName, buildx],
        ['buildctl', buildctl],
    ];
    for (const [name, target] of programs) {
        if (target === undefined)
            continue;
        await (0,promises_.rm)(external_node_path_.join(directory, name), { force: true });
        await (0,promises_.symlink)(target, external_node_path_.join(directory, name));
    }
    const own = external_node_path_.join((0,docker_config/* findDockerDirectory */.zP)(env, workspace), 'cli-plugins', pluginName);
    const isThere = await Promise.all([own, ...pluginDirectories.map((place) => external_node_path_.join(place, pluginName))].map(hand_over_exists));
    if (isThere.includes(true) || (await (0,search_path/* findOnPath */.aY)('docker', env['PATH'] ?? '')) === undefined)
        return directory;
    await record(job, { plugin: own });
    await (0,promises_.mkdir)(external_node_path_.dirname(own), { recursive: true, mode: 0o700 });
    // A link that leads nowhere, as a job that was killed may have left one.
    await (0,promises_.rm)(own, { force: true });
    await (0,promises_.symlink)(buildx, own);
    return directory;
}
async function hand_over_exists(file) {
    return (0,promises_.access)(file).then(() => true, () => false);
}
/**
 * Removes from the user's directories what later steps had got. Throws what could not be removed.
 *
 * @param buildx where our link among the plug-ins leads
 */
async function takeBack({ login, builder, plugin }, buildx) {
    const failures = [];
    const attempt = async (what, work) => {
        try {
            await work();
        }
        catch (error) {
            failures.push(`${what} (${toMessage(error)})`);
        }
    };
    if (login !== undefined)
        await attempt(`the login to ${login.host} in ${login.directory}`, () => removeLogin(login.directory, login.host));
    if (builder !== undefined) {
        const file = toBuilderFile(builder.configDirectory, builder.name);
        await attempt(`the builder ${file}`, () => rm(file, { force: true }));
    }
    // A link that somebody has replaced since is not ours any more.
    if (plugin !== undefined)
        await attempt(`the plug-in ${plugin}`, async () => {
            const target = await readlink(plugin).catch(() => undefined);
            if (target !== undefined && target === buildx)
                await rm(plugin, { force: true });
        });
    if (failures.length > 0)
        throw new Error(`not removed: ${failures.join('; ')}`);
}

;// CONCATENATED MODULE: ./build/process/directory-lock.js







const directory_lock_lockName = 'lock';
const attempts = 50;
const abandonedTurnMs = 30_000;
/**
 * Makes this process, or another one that lives on, the only one that uses the directory. A lock of a process that is gone is taken over: a process is
 * known by its id and, on Linux, its start time, since containers give the same id again and again.
 * Throws ToolError `directory-locked`.
 */
async function lockDirectory(directory, holder = external_node_process_.pid) {
    const lockPath = external_node_path_.join(directory, directory_lock_lockName);
    const claimPath = external_node_path_.join(directory, `lock-${(0,external_node_crypto_.randomUUID)()}`);
    const claim = JSON.stringify({
        pid: holder,
        startedAt: await readStartTime(holder),
        nonce: (0,external_node_crypto_.randomUUID)(),
    });
    await (0,promises_.writeFile)(claimPath, claim);
    try {
        for (let attempt = 0; attempt < attempts; attempt += 1) {
            // A link appears whole or not at all, and fails when there is one already.
            if (await tryLink(claimPath, lockPath))
                return { claim, release: () => directory_lock_releaseDirectory(directory, claim) };
            const held = await directory_lock_readText(lockPath);
            if (held === undefined)
                continue;
            const pid = (0,build_json/* readNumber */.kz)((0,build_json/* parseJson */.qF)(held), 'pid');
            if (pid !== undefined && (await isHolder(pid, (0,build_json/* readString */.E3)((0,build_json/* parseJson */.qF)(held), 'startedAt')))) {
                const message = `${directory} is in use by process ${pid}. Stop that one first or choose another directory.`;
                throw new errors/* ToolError */.v4('directory-locked', message);
            }
            await removeStale(lockPath, claimPath, held);
        }
        throw new errors/* ToolError */.v4('directory-locked', `${directory}: other processes are trying to lock it at the same time. Try again.`);
    }
    finally {
        await (0,promises_.rm)(claimPath, { force: true });
    }
}
/** Only the lock that says so: another one's stays. */
async function directory_lock_releaseDirectory(directory, claim) {
    const lockPath = external_node_path_.join(directory, directory_lock_lockName);
    if ((await directory_lock_readText(lockPath)) === claim)
        await (0,promises_.rm)(lockPath, { force: true });
}
/**
 * Removes a stale lock, one process at a time: else a second one, which has read the stale lock as well, would remove the
 * fresh lock of the first.
 */
async function removeStale(lockPath, claimPath, held) {
    const turnPath = `${lockPath}-takeover`;
    if (!(await tryLink(claimPath, turnPath))) {
        // Held for milliseconds, unless its holder was killed in them.
        const ageMs = Date.now() - ((await readChangeTime(turnPath)) ?? Date.now());
        if (ageMs > abandonedTurnMs)
            await (0,promises_.rm)(turnPath, { force: true });
        await (0,external_node_timers_promises_.setTimeout)(20);
        return;
    }
    try {
        if ((await directory_lock_readText(lockPath)) === held)
            await (0,promises_.rm)(lockPath, { force: true });
    }
    finally {
        await (0,promises_.rm)(turnPath, { force: true });
    }
}
/** Of the link, not of the file's text. */
async function readChangeTime(file) {
    try {
        return (await (0,promises_.stat)(file)).ctimeMs;
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}
async function isHolder(pid, startedAt) {
    try {
        external_node_process_.kill(pid, 0);
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ESRCH'))
            return false;
        // EPERM: it is there, and belongs to somebody else.
    }
    const actual = await readStartTime(pid);
    return startedAt === undefined || actual === undefined || actual === startedAt;
}
/** Clock ticks since boot, field 22 of /proc/PID/stat, with the boot's id; undefined where there is no /proc. */
async function readStartTime(pid) {
    const stat = await directory_lock_readText(`/proc/${pid}/stat`);
    const bootId = await directory_lock_readText('/proc/sys/kernel/random/boot_id');
    // The command name, in parentheses, may itself have spaces and parentheses.
    const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined || bootId === undefined ? undefined : `${bootId.trim()}:${ticks}`;
}
async function tryLink(existing, target) {
    try {
        await (0,promises_.link)(existing, target);
        return true;
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'EEXIST'))
            return false;
        throw error;
    }
}
async function directory_lock_readText(file) {
    try {
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') || (0,errors/* hasErrorCode */.Ue)(error, 'ESRCH'))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/step/kept-daemon.js












/** Jobs that run at once on one runner each have one of their own. */
const slots = 16;
const keptAtMost = 4;
const unusedMs = 7 * 24 * 3_600_000;
const shareTurnMs = 200;
const shareTries = 300;
/**
 * The directory of a daemon that outlives this job: one that an earlier job has left and nobody uses, or a new one.
 * Daemons that nobody has used for long are ended.
 */
async function openKeptDaemon(toolCacheDirectory, owner, isShared, env) {
    const given = external_node_path_.join(external_node_path_.resolve(toolCacheDirectory), keptRootName);
    await (0,promises_.mkdir)(given, { recursive: true, mode: 0o700 });
    // The kernel names mounts by the real path.
    const root = await (0,promises_.realpath)(given);
    const key = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([owner.repository, owner.ref.kind, owner.ref.name, owner.settings, isShared]))
        .digest('hex')
        .slice(0, 12);
    const found = isShared ? await share(root, key) : await takeSlot(root, key);
    const now = new Date();
    await (0,promises_.utimes)(found.job.directory, now, now);
    await endUnused(root, found.job.directory, env);
    return found;
}
/** The lock is for the time in which the daemon is started: two jobs that begin at once start one. */
async function share(root, key) {
    const directory = await kept_daemon_makeDirectory(external_node_path_.join(root, key));
    for (let tries = shareTries;; tries--) {
        const lock = await tryLock(directory, external_node_process_.pid);
        if (lock !== undefined)
            return { job: await record_openKept(directory), lock };
        if (tries === 0)
            throw new errors/* ToolError */.v4('keep', `another job has been starting the shared daemon in ${directory} for a minute`);
        await (0,external_node_timers_promises_.setTimeout)(shareTurnMs);
    }
}
async function takeSlot(root, key) {
    for (let slot = 1; slot <= slots; slot++) {
        const directory = await kept_daemon_makeDirectory(external_node_path_.join(root, `${key}-${slot}`));
        // Main ends long before the job does, and the runner's process with it.
        const lock = await tryLock(directory, external_node_process_.ppid);
        if (lock !== undefined)
            return { job: await record_openKept(directory), lock };
    }
    throw new errors/* ToolError */.v4('keep', `${slots} jobs on this runner use kept daemons of these settings at the same time`);
}
async function kept_daemon_makeDirectory(directory) {
    await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
    await (0,promises_.chmod)(directory, 0o700);
    return directory;
}
/** The longest unused go first. One that a job holds stays, whatever its age. */
async function endUnused(root, own, env) {
    const names = await (0,promises_.readdir)(root);
    const others = names.map((name) => external_node_path_.join(root, name)).filter((directory) => directory !== own);
    const ages = await Promise.all(others.map(async (directory) => ({
        directory,
        ageMs: Date.now() - ((await (0,promises_.stat)(directory).catch(() => undefined))?.mtimeMs ?? 0),
    })));
    const byAge = ages.toSorted((a, b) => a.ageMs - b.ageMs);
    const surplus = byAge.filter(
    // Of a shared one nobody knows who uses it: only its age tells.
    ({ directory, ageMs }, index) => ageMs > unusedMs || (index >= keptAtMost - 1 && isSlot(directory)));
    for (const { directory } of surplus) {
        if ((await tryLock(directory, external_node_process_.pid)) === undefined)
            continue;
        const sudo = external_node_process_.getuid?.() !== 0;
        await clearJob(directory, sudo, env);
        const left = await removeDirectories([directory], sudo, env);
        log.info(left.length === 0
            ? `ended a kept daemon that nobody used (${external_node_path_.basename(directory)})`
            : `a kept daemon that nobody uses could not be removed: ${left.join(', ')}`);
    }
}
function isSlot(directory) {
    return /-\d+$/.test(directory);
}
/** undefined: somebody else has it. */
async function tryLock(directory, holder) {
    try {
        return await lockDirectory(directory, holder);
    }
    catch (error) {
        if (error instanceof errors/* ToolError */.v4 && error.code === 'directory-locked')
            return undefined;
        throw error;
    }
}
/** Leaves the daemon to the next job, with what it has seen of caches. */
async function releaseKept(kept, seen) {
    if (seen !== undefined)
        await noteSeen(await openKept(kept.directory), seen);
    if (kept.claim !== undefined)
        await releaseDirectory(kept.directory, kept.claim);
}
/** A daemon's layers outlive the job, and how they are compressed is of matter to each later one. */
async function noteSeen(kept, { scopes, zstd }) {
    const { seen } = kept.record;
    await kept.update({
        seen: { scopes: [...new Set([...(seen?.scopes ?? []), ...scopes])], zstd: zstd || seen?.zstd === true },
    });
}

;// CONCATENATED MODULE: ./build/step/keep-request.js





const keptBytes = 10e9;
/** A daemon that is kept has a limit, whether somebody gave one or not. */
function limitKept(inputs) {
    return { ...inputs, daemon: { ...inputs.daemon, gcKeep: inputs.daemon.gcKeep ?? keptBytes } };
}
/** undefined: the daemon ends with the job, because nobody has asked for another or, as is told then, nobody may have it. */
async function keepDaemon(request) {
    const { runner, job, env, plan } = request;
    if (request.inputs.setup.keep === 'false' || job.record.kept !== undefined)
        return undefined;
    const inputs = limitKept(request.inputs);
    const { toolCacheDirectory, repository, workspace } = runner;
    const obstacle = findObstacle(request);
    if (toolCacheDirectory === undefined || plan.exportRef === null || obstacle !== undefined) {
        log.notice(`"keep" has no effect: ${obstacle}. The daemon ends with the job.`);
        return undefined;
    }
    const config = await readConfigText(inputs.daemon, workspace);
    const { drainTimeoutMs: _, ...asked } = await readDaemonSettings(inputs, env, workspace, config);
    const settings = (0,canonical_json/* toCanonicalJson */.s)([inputs.daemon.buildkitVersion, asked, runner.debug]);
    const isShared = inputs.setup.keep === 'shared';
    const kept = await openKeptDaemon(toolCacheDirectory, { repository, ref: plan.exportRef, settings }, isShared, env);
    const { directory } = kept.job;
    await job.update({ kept: { directory, ...(isShared ? {} : { claim: kept.lock.claim }) } });
    return kept;
}
/** Half a sentence. */
function findObstacle({ runner, job, plan }) {
    if (job.hasDaemon)
        return 'an earlier step of this job has started the daemon';
    if (plan.exportRef === null)
        return `this run exports no cache (${plan.code}), and nobody may build on what its steps leave in a daemon`;
    return runner.toolCacheDirectory === undefined
        ? 'RUNNER_TOOL_CACHE is not set, so no directory outlives the job'
        : undefined;
}

;// CONCATENATED MODULE: ./build/cache/plain-entries.js

/**
 * Complete entries of `type=gha` for clients that read no environment, with the address of the gateway and the stub.
 *
 * @param environment what clients that read it get (toServiceVariables)
 */
function toCompleteEntries(plan, settings, environment) {
    const { ACTIONS_CACHE_URL: url, ACTIONS_RUNTIME_TOKEN: token } = environment;
    if (url === undefined || token === undefined)
        return { imports: [], export: undefined };
    const complete = ({ type, attrs }) => ({ type, attrs: { url, token, ...attrs } });
    return {
        imports: plan.imports.map((scope) => complete((0,cache_entries/* toGhaImport */.B5)(scope))),
        export: plan.export === null ? undefined : complete((0,cache_entries/* toGhaExport */.WM)(plan.export, settings)),
    };
}

;// CONCATENATED MODULE: ./build/step/setup-caches.js







/**
 * Nobody knows what later steps make: a cache that would change the layers of an image which nothing forces to gzip is
 * left out, unless zstd was asked for.
 */
const unforced = { type: 'image', attrs: { compression: 'estargz' } };
/** From the plans to what clients of later steps are told. */
async function openCaches(opening) {
    const { inputs, planned, access, job, kept, runner, env, endpoint, degradations } = opening;
    if (kept?.job.record.seen !== undefined)
        await noteSeen(job, kept.job.record.seen);
    const { seen = nothingSeen } = job.record;
    const isZstd = inputs.cache.compression === 'zstd';
    const settings = { ...inputs.cache, compression: isZstd ? 'zstd' : 'gzip' };
    const opened = await access.open({
        ...{ plans: planned.map(({ plan }) => plan), settings, seen, isForOthers: true },
        outputs: isZstd ? [] : [unforced],
        version: endpoint.version,
        logIn: (login) => handLogin({ job, workspace: runner.workspace, env }, login),
    });
    for (const notice of opened.notices)
        log.notice(notice);
    for (const sentence of opened.degradations)
        degradations.add(sentence);
    if (opened.seen !== seen)
        await job.update({ seen: opened.seen });
    // Anew: the daemon's own part was written meanwhile.
    if (kept !== undefined)
        await noteSeen(await record_openKept(kept.job.directory), opened.seen);
    const exports = planned.flatMap(({ plan }) => (plan.export === null ? [] : [plan.export]));
    await handExports(job, exports);
    const environment = opened.routes[0]?.cache.environment ?? {};
    const scopes = planned.map(({ scope, plan }, index) => {
        const cache = opened.routes[index]?.cache;
        const complete = toCompleteEntries(plan, settings, environment);
        const render = (entries) => entries.flatMap((entry) => (entry === undefined ? [] : [(0,cache_flags/* renderCacheEntry */.Nx)(entry)]));
        return {
            ...{ name: scope.name, plan },
            cacheFrom: render(cache?.imports ?? []),
            cacheTo: render([cache?.export]),
            cacheFromGha: render(complete.imports),
            cacheToGha: render([complete.export]),
        };
    });
    return { scopes, environment };
}

;// CONCATENATED MODULE: ./build/step/setup-step.js




















/** Plans the cache scopes, opens the job, and hands the daemon and the way to the caches to later steps. */
async function openSetupStep(env, given, { signal, beside, unsaved }) {
    const runner = (0,step_runner/* readRunner */.f)(env);
    for (const secret of [...(runner.token === undefined ? [] : [runner.token]), ...listSecretValues(given)])
        log.mask(secret);
    for (const sentence of listIdleOfSetup(given))
        log.notice(sentence);
    const phases = new Phases(signal);
    const degradations = new Degradations();
    const way = await prepareEndpoint(env, given);
    const backend = chooseBackend(way.kind === 'gateway' ? 'gateway' : 'none', given.cache, runner, env);
    const planning = { env, cwd: runner.workspace, runner, backend, signal, measure: shareMeasure() };
    const { planned, isTip } = await phases.run('Plan the caches', () => planScopes(listSetupScopes(given, env), planning, degradations), gitGraceMs);
    const [first] = planned;
    if (first === undefined)
        throw new Error('there is no cache scope');
    const plans = planned.map(({ plan, scope }) => ({ ...plan, aliases: scope.aliases }));
    const unheard = [
        ...(await listUnheardOfSetup(env, given, runner.workspace)),
        ...tellOfWay({ ...way, sentence: describeWay(way.kind, given) }, runner, given.cache, plans),
    ];
    const job = await joinJob({ inputs: given, runner, env, degradations, unheard, unsaved });
    const findObstacle = askServiceOnce(runner, job, env);
    const kept = await keepDaemon({ inputs: given, runner, job, env, plan: first.plan });
    const inputs = kept === undefined ? given : limitKept(given);
    const connecting = backend.connect({
        ...{ plans, isTip, job, findObstacle, isForOthers: true },
        compression: inputs.cache.compression,
        drainMs: inputs.cache.drainTimeoutMs,
    });
    const endpoint = await phases
        .run('Start BuildKit', () => openEndpoint({
        ...{ runner, plan: first.plan, job, beside, env, signal, findCacheObstacle: findObstacle },
        inputs: { ...inputs, build: inputs.setup },
    }))
        // As in openStep: post must find the gateway in the record.
        .finally(() => (0,cancellation/* untilCancelled */.c)(connecting, signal, gatewayGraceMs).catch(() => undefined))
        // Of a shared one others may go on now.
        .finally(() => (given.setup.keep === 'shared' ? kept?.lock.release() : undefined));
    const access = await phases.run('Open the caches', async () => tellAccess(await connecting, degradations));
    await job.update({ client: { buildx: endpoint.buildx } });
    const receiver = { job, workspace: runner.workspace, env };
    const builder = await handBuilder(receiver, endpoint);
    const programs = await handPrograms(receiver, {
        buildx: endpoint.buildx,
        buildctl: endpoint.kind === 'own' ? endpoint.buildctl : undefined,
    });
    const handed = await openCaches({
        inputs,
        planned,
        access,
        job,
        kept,
        runner,
        env,
        endpoint,
        degradations,
    });
    const exposed = Object.keys(handed.environment).length > 0 && givesToActions(env);
    if (exposed)
        log.notice(sentenceOnActions);
    return {
        ...{ inputs, scopes: handed.scopes, endpoint, builder, programs, degradations, phases },
        variables: {
            ...{ BUILDKIT_HOST: endpoint.address, BUILDX_BUILDER: builder },
            ...(exposed ? {} : handed.environment),
        },
    };
}
/**
 * GitHub's runner gives every action its own ACTIONS_* again (HandlerBase and NodeScriptActionHandler of actions/runner).
 * act, and the runners that are made of it, give actions what a step has exported: other actions and our own post would
 * take the stub for the token.
 */
function givesToActions(env) {
    return ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => env[name] === 'true');
}
const sentenceOnActions = 'This runner gives actions what a step exports, so ACTIONS_CACHE_URL and ACTIONS_RUNTIME_TOKEN stay as they are: later steps reach the caches by the outputs "build-flags", "cache-from-gha" and "cache-to-gha".';
async function planScopes(scopes, planning, degradations) {
    const planned = [];
    let isTip;
    for (const scope of scopes) {
        const decided = await planBuild(scope.inputs, planning);
        isTip = decided.isTip;
        log.info(`scope ${scope.name}\n${renderPlanTable(decided.plan)}`);
        for (const warning of decided.warnings)
            if (!degradations.sentences.includes(warning))
                degradations.add(warning);
        planned.push({ scope, plan: decided.plan });
    }
    return { planned, isTip };
}
/** Nobody but the gateway may stand between later steps and the token. */
function describeWay(kind, { daemon }) {
    if (kind === 'gateway')
        return undefined;
    return `The daemon at ${daemon.endpoint?.address ?? 'another place'} cannot reach the gateway on this runner's loopback, and the runner's own token is for no later step: what they build has no cache from Hotlayer.`;
}

;// CONCATENATED MODULE: ./build/stories/setup.js








/** Main of the action `setup`: get BuildKit and the way to the caches, and hand both to later steps. Post reports. */
async function setup(env, signal) {
    const unsaved = saveNoOwnership(env);
    (0,step_runner/* checkRunnerPlatform */.Y)(external_node_process_.platform);
    const beside = new Beside();
    try {
        reportSetup(await openSetupStep(env, parseSetupInputs(env), { signal, beside, unsaved }), env);
    }
    finally {
        await endBeside(beside, signal);
    }
}

;// CONCATENATED MODULE: ./build/stories/attempt.js










/** Main, with one plain sentence for whatever made it fail. */
async function attemptRun(action, env, cancelled) {
    // A promise that nobody waits for must not end a build that goes well.
    external_node_process_.on('unhandledRejection', (error) => log.debug(`unhandled: ${toStack(error)}`));
    try {
        if (action === 'setup')
            await setup(env, cancelled);
        else {
            const end = await (action === 'bake' ? bake : build)(env, cancelled);
            writeStoryEnd(end, env);
            if (end.failure !== undefined)
                throw end.failure;
        }
        cancelled.throwIfAborted();
    }
    catch (error) {
        log.fail(await toSentence(error, env, cancelled));
        log.debug(toStack(error));
        if (cancelled.aborted)
            await endChildren(env);
    }
}
async function toSentence(error, env, cancelled) {
    // Whatever the cancellation broke on its way is no fault.
    if (cancelled.aborted)
        return (error instanceof errors/* CancelledError */.cc ? error : new errors/* CancelledError */.cc()).message;
    // A failed build has named its file system already.
    const isBuild = error instanceof errors/* ToolError */.v4 && error.code.startsWith('build-');
    if (isBuild || !(0,errors/* isDiskFull */.b$)(error))
        return (0,errors/* toFailureMessage */.nx)(error);
    const disk = await describeDisk(error, [
        env['RUNNER_TEMP'],
        env['RUNNER_TOOL_CACHE'],
        env['GITHUB_WORKSPACE'],
    ]);
    return `No space is left for the build: ${(0,errors/* toMessage */.R9)(error)}. ${disk}`;
}
/** What was started and could not be told to stop (git, tar) ends with this process; the job's own is for post. */
async function endChildren(env) {
    try {
        await endOwnChildren(await toJobDirectory(env['RUNNER_TEMP'] ?? ''));
    }
    catch (error) {
        log.debug(toStack(error));
    }
}
function toStack(error) {
    return error instanceof Error && error.stack !== undefined ? error.stack : (0,errors/* toMessage */.R9)(error);
}


/***/ })

};
