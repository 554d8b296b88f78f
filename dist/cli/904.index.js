export const id = 904;
export const ids = [904];
export const modules = {

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
/** Why BuildKit would not take it as a Git context, a clause; undefined: it would. */
function findGitUrlFault(text) {
    if (/\s/.test(text))
        return 'it has white space';
    return findAddressFault(split(text).remote) ?? findQueryFault(text);
}
/** A commit's full name, in lower case; undefined for anything shorter or other. */
function toCommit(text) {
    return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}
function findAddressFault(remote) {
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
        return 'it holds credentials, which would end up in logs; use the "github-token" input or a GIT_AUTH_TOKEN secret';
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
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1708);


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
                killGroup(child.pid);
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
function killGroup(pid) {
    if (pid === undefined)
        return;
    try {
        node_process__WEBPACK_IMPORTED_MODULE_1__.kill(-pid, 'SIGKILL');
    }
    catch {
        // The group has ended by itself.
    }
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

/***/ 3636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ booleanInputNames),
/* harmony export */   v: () => (/* binding */ inputNames)
/* harmony export */ });
/** The inputs of action.yml, in its order; a contract test holds the two together. */
const inputNames = [
    'context',
    'file',
    'target',
    'platforms',
    'tags',
    'push',
    'outputs',
    'build-args',
    'labels',
    'secrets',
    'no-cache',
    'pull',
    'scope',
    'mode',
    'pr-export',
    'tag-export',
    'read-only',
    'release-import',
    'trusted-context',
    'allow-untrusted-export',
    'compression',
    'compression-level',
    'gateway',
    'drain-timeout',
    'matrix',
    'buildkit-version',
    'buildkit-path',
    'buildkit-sha256',
    'buildkitd-config-inline',
    'github-token',
    'summary',
];
/** Those that are true or false: on the command line `--push` stands for `--push=true`. */
const booleanInputNames = [
    'push',
    'no-cache',
    'pull',
    'tag-export',
    'read-only',
    'release-import',
    'trusted-context',
    'allow-untrusted-export',
    'gateway',
    'summary',
];


/***/ })

};
