export const id = 379;
export const ids = [379];
export const modules = {

/***/ 6222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GY: () => (/* binding */ renderFlags),
/* harmony export */   Wy: () => (/* binding */ readFlagText),
/* harmony export */   bQ: () => (/* binding */ parseFlags),
/* harmony export */   cg: () => (/* binding */ readNumberFlag)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);


/** Parses `--name value` and `--name=value`. Throws InputError for a flag that is unknown or given twice. */
function parseFlags(argv, specs) {
    const options = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [
        name,
        {
            type: spec.value === undefined ? 'boolean' : 'string',
            multiple: true,
        },
    ]));
    const given = readArgs(argv, options, specs);
    const values = {};
    for (const [name, list] of Object.entries(given)) {
        if (list === undefined)
            continue;
        if (list.length > 1 && specs[name]?.isRepeated !== true) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `--${name} is given ${list.length} times; once is allowed.`);
        }
        values[name] = list;
    }
    return values;
}
function readArgs(argv, options, specs) {
    try {
        return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({ args: [...argv], options, strict: true, allowPositionals: false }).values;
    }
    catch (error) {
        const known = Object.keys(specs).map((name) => `--${name}`);
        const flag = /'(?:-\w, )?--?([\w-]+)/.exec((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMessage */ .R9)(error))?.[1] ?? 'flags';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(flag, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMessage */ .R9)(error)} Known flags: ${known.join(', ')}.`, { cause: error });
    }
}
function readFlagText(values, name) {
    const value = values[name]?.[0];
    return typeof value === 'string' ? value : undefined;
}
/** Throws InputError when it is no number between the bounds. */
function readNumberFlag(values, name, bounds) {
    const text = readFlagText(values, name);
    if (text === undefined)
        return undefined;
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    const { min, max = Number.MAX_SAFE_INTEGER, isWhole = true } = bounds;
    if (value >= min && value <= max && (!isWhole || Number.isInteger(value)))
        return value;
    const kind = isWhole ? 'a whole number' : 'a number';
    const range = bounds.max === undefined ? `from ${min} up` : `from ${min} to ${max}`;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(name, `--${name} "${text}" is not ${kind} ${range}.`);
}
function renderFlags(specs) {
    const heads = Object.entries(specs).map(([name, { value }]) => value === undefined ? `--${name}` : `--${name} ${value}`);
    const width = Math.max(...heads.map((head) => head.length));
    const lines = Object.values(specs).map(({ help }, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${help}\n`);
    return lines.join('');
}


/***/ }),

/***/ 2078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n6: () => (/* binding */ eventFlagSpecs),
  Aw: () => (/* binding */ makeLocalEvent),
  Tt: () => (/* binding */ writeLocalEvent)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/git/find-checkout.js
var find_checkout = __webpack_require__(6061);
// EXTERNAL MODULE: ./build/git/git-room.js
var git_room = __webpack_require__(4219);
// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
// EXTERNAL MODULE: ./build/git/repository-view.js
var repository_view = __webpack_require__(6213);
;// CONCATENATED MODULE: ./build/cli/local-checkout.js




const nothing = {
    branch: undefined,
    head: undefined,
    defaultBranch: undefined,
    repository: undefined,
};
/** What git says of the checkout that a local build runs in; everything undefined outside of one. */
async function readLocalCheckout(directory, env) {
    const found = await (0,find_checkout/* findCheckout */.I8)(directory, { workspace: directory, isBounded: false });
    if (found.kind !== 'found')
        return nothing;
    const { place } = found;
    try {
        return await (0,git_room/* withGit */.z)(env, undefined, async (git) => {
            const view = await (0,repository_view/* openView */.e8)(git, place);
            const ask = async (...args) => {
                const answer = await (0,repository_view/* askView */.dv)(git, view, ...args);
                return answer.kind === 'answer' && answer.exitCode === 0
                    ? answer.stdout.trim() || undefined
                    : undefined;
            };
            const [branch, head, originHead] = await Promise.all([
                ask('symbolic-ref', '--short', 'HEAD'),
                ask('rev-parse', '--verify', 'HEAD^{commit}'),
                ask('symbolic-ref', '--short', 'refs/remotes/origin/HEAD'),
            ]);
            const originUrl = view.config.get('remote.origin.url')?.at(-1);
            const name = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(originUrl ?? '');
            return {
                branch,
                head: (0,git_url/* toCommit */.dO)(head),
                defaultBranch: originHead?.replace(/^origin\//, ''),
                repository: name?.[1],
            };
        });
    }
    catch {
        // No git, or a broken checkout: the facts are unknown, and the local event has a default for each.
        return nothing;
    }
}

// EXTERNAL MODULE: ./build/policy/event.js
var policy_event = __webpack_require__(1751);
;// CONCATENATED MODULE: ./build/cli/local-event.js



const read = 1;
const readWrite = 3;
const prRef = /^refs\/pull\/(\d+)\/merge$/;
/** Fills in an event of the kind asked for, so that the policy sees what it would see on GitHub. */
function toLocalEvent(facts) {
    const given = (0,json/* isRecord */.u4)(facts.payload) ? facts.payload : {};
    const defaultBranch = (0,json/* readString */.E3)(given, 'repository', 'default_branch') ?? facts.defaultBranch ?? facts.branch ?? 'main';
    const branch = runsOnDefaultBranch(facts.eventName) ? defaultBranch : (facts.branch ?? defaultBranch);
    const ref = qualifyRef(facts.ref) ?? `refs/heads/${branch}`;
    const pr = prRef.exec(ref);
    const eventName = facts.eventName ?? (pr === null ? 'push' : 'pull_request');
    if (eventName.startsWith('pull_request') && eventName !== 'pull_request_target' && pr === null) {
        const number = (0,json/* readNumber */.kz)(given, 'number') ?? (0,json/* readNumber */.kz)(given, 'pull_request', 'number');
        if (facts.ref === undefined && number !== undefined)
            return toLocalEvent({ ...facts, ref: `refs/pull/${number}/merge` });
        throw new errors/* InputError */.dz('ref', `--ref is "${facts.ref ?? ''}", but the event ${eventName} runs on refs/pull/NUMBER/merge: give that with --ref.`);
    }
    const repository = (0,json/* readString */.E3)(given, 'repository', 'full_name') ?? facts.repository ?? 'local/local';
    const sha = facts.head ?? '0'.repeat(40);
    const base = (0,json/* readString */.E3)(given, 'pull_request', 'base', 'ref') ?? defaultBranch;
    const filled = {
        ref,
        ...(pr === null ? {} : { number: Number(pr[1]), pull_request: toPullRequest(Number(pr[1]), base) }),
        ...given,
        repository: {
            id: 1,
            full_name: repository,
            default_branch: defaultBranch,
            ...((0,json/* isRecord */.u4)(given['repository']) ? given['repository'] : {}),
        },
    };
    return {
        eventName,
        ref,
        sha,
        repository,
        defaultBranch,
        payload: filled,
        access: toAccess(ref, base, defaultBranch, pr !== null),
    };
}
function toPullRequest(number, base) {
    return {
        number,
        state: 'open',
        merged: false,
        user: { login: 'local', type: 'User' },
        base: { ref: base },
    };
}
function toAccess(ref, base, defaultBranch, isPullRequest) {
    // On a tag GitHub's token names the scope refs/heads/refs/tags/T.
    const own = ref.startsWith('refs/tags/') ? `refs/heads/${ref}` : ref;
    const scopes = [{ scope: own, permission: readWrite }];
    for (const branch of isPullRequest ? [base, defaultBranch] : [defaultBranch]) {
        const scope = `refs/heads/${branch}`;
        if (!scopes.some((entry) => entry.scope === scope))
            scopes.push({ scope, permission: read });
    }
    return scopes;
}
/** Whatever is checked out here. */
function runsOnDefaultBranch(eventName) {
    return eventName !== undefined && (eventName === 'pull_request_target' || (0,policy_event/* isDefaultBranchEvent */.Ey)(eventName));
}
function qualifyRef(ref) {
    if (ref === undefined || ref === '')
        return undefined;
    return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

;// CONCATENATED MODULE: ./build/cli/played-event.js







/** The flags that `hotlayer build` and `hotlayer plan` share. */
const eventFlagSpecs = {
    event: {
        value: 'NAME',
        help: 'the event to play (push by default; pull_request for a ref refs/pull/N/merge)',
    },
    ref: {
        value: 'REF',
        help: 'the ref to play (by default the checked-out branch, or the default branch for events such as schedule)',
    },
    payload: { value: 'FILE', help: "the event's payload as JSON (made up from the checkout by default)" },
};
/** The event that the flags ask for; the checkout of `directory` tells the rest. Throws InputError for a bad payload or ref. */
async function makeLocalEvent({ event, ref, payload }, directory, env) {
    return toLocalEvent({
        ...(await readLocalCheckout(directory, env)),
        eventName: event,
        ref,
        payload: payload === undefined ? undefined : await readPayload(payload),
    });
}
/** Writes the payload into the directory; answers the variables that a runner would set for the event. */
async function writeLocalEvent(event, directory) {
    const eventPath = external_node_path_.join(directory, 'event.json');
    await (0,promises_.writeFile)(eventPath, JSON.stringify(event.payload));
    return {
        GITHUB_EVENT_NAME: event.eventName,
        GITHUB_EVENT_PATH: eventPath,
        GITHUB_REF: event.ref,
        GITHUB_SHA: event.sha,
        GITHUB_REPOSITORY: event.repository,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_API_URL: 'https://api.github.com',
        GITHUB_RUN_ID: String(external_node_process_.pid),
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'local',
        // Commits that are not pushed yet are no reason against an export to the cache of this machine.
        HOTLAYER_LOCAL: '1',
    };
}
async function readPayload(file) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        throw toPayloadError(`--payload ${file}: ${(0,errors/* toMessage */.R9)(error)}`, error);
    }
    const payload = (0,json/* parseJson */.qF)(text.replace(/^\uFEFF/, ''));
    if (!(0,json/* isRecord */.u4)(payload))
        throw toPayloadError(`--payload ${file} is no JSON object`);
    return payload;
}
function toPayloadError(fault, cause) {
    return new errors/* InputError */.dz('payload', `${fault}. It must be a JSON file with an event's payload.`, { cause });
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
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3341);




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
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3341);




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

/***/ 3341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ runGit),
  G: () => (/* binding */ toReason)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/process/identity.js



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
    return parseStat(await readOr(path.join('/proc', String(pid), 'stat'), ''));
}
/** True while that very process runs; a zombie does not. */
async function identity_isRunning({ pid, startTime }) {
    const now = await readProcess(pid);
    return now !== undefined && now.startTime === startTime && !['Z', 'X'].includes(now.state);
}
/** A file's text; `missing` when it is not there, or its process has ended in the meantime. */
async function readOr(file, missing) {
    try {
        return await readFile(file, 'utf8');
    }
    catch (error) {
        if (['ENOENT', 'ESRCH', 'ENOTDIR'].some((code) => hasErrorCode(error, code)))
            return missing;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/process/end.js




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
            await delay(pollMs);
            left = await selectRunning(left);
        }
    }
    return left.map(({ pid }) => pid);
}
async function selectRunning(processes) {
    const running = await Promise.all(processes.map((one) => isRunning(one)));
    return processes.filter((_, index) => running[index]);
}
function signalProcess(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch (error) {
        // It ended in this moment.
        if (!hasErrorCode(error, 'ESRCH'))
            throw error;
    }
}
/** Kills a process group, if any of it is left. Never throws. @param pid of the process that leads it */
function killGroup(pid) {
    if (pid === undefined)
        return;
    try {
        external_node_process_.kill(-pid, 'SIGKILL');
    }
    catch {
        // It has ended by itself.
    }
}

;// CONCATENATED MODULE: ./build/git/run-git.js


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
        const child = (0,external_node_child_process_.spawn)('git', args, {
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

/***/ 1895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X6: () => (/* binding */ parseProvenance),
/* harmony export */   d6: () => (/* binding */ isDisabled),
/* harmony export */   rl: () => (/* binding */ parseSbom),
/* harmony export */   sI: () => (/* binding */ parseAttestation)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3666);
/* harmony import */ var _output_entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4502);



/** One entry of `attests`: `type=…,key=value…`; a boolean by itself switches it on or off. */
function parseAttestation(name, entry) {
    const { type, ...attrs } = parseAttributes(name, entry);
    if (type === undefined || type === '')
        fail(name, entry, 'it has no type');
    return { type, attrs };
}
/** The value of `provenance`: a boolean, or its attributes. */
function parseProvenance(name, text) {
    return { type: 'provenance', attrs: parseAttributes(name, text) };
}
/** The value of `sbom`: a boolean, or its attributes. */
function parseSbom(name, text) {
    return { type: 'sbom', attrs: parseAttributes(name, text) };
}
/** True for one that is switched off. */
function isDisabled({ attrs }) {
    return (0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isTrue */ .Hn)(attrs['disabled']);
}
function parseAttributes(name, entry) {
    const attrs = {};
    for (const field of (0,_list_js__WEBPACK_IMPORTED_MODULE_1__/* .parseFields */ .L)(name, entry)) {
        const equals = field.indexOf('=');
        if (equals === -1) {
            if (!(0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isTrue */ .Hn)(field) && !(0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isFalse */ .Wu)(field))
                fail(name, entry, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(field)} is not key=value`);
            if ((0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isFalse */ .Wu)(field))
                attrs['disabled'] = 'true';
            continue;
        }
        const key = field.slice(0, equals).trim();
        const isOwn = /^(?:type|disabled)$/i.test(key);
        attrs[isOwn ? key.toLowerCase() : key] = field.slice(equals + 1);
    }
    const { disabled } = attrs;
    if (disabled !== undefined && !(0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isTrue */ .Hn)(disabled) && !(0,_output_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isFalse */ .Wu)(disabled))
        fail(name, entry, `disabled=${disabled} is not a boolean`);
    return attrs;
}
function fail(name, entry, why) {
    const allowed = name === 'attests'
        ? 'type=<sbom|provenance>[,key=value…], one a line'
        : `true, false, or key=value with commas between, for example ${name === 'sbom' ? 'generator=IMAGE' : 'mode=max'}`;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(entry)} is not an attestation: ${why}; allowed is ${allowed}`);
}


/***/ }),

/***/ 2888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ hasFlag),
  b: () => (/* binding */ parseFlags)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
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
        return refuse(name, text, words);
    let mayBeValue = false;
    for (const word of words) {
        const [, flag, value] = /^--?([^-=][^=]*)(=[\s\S]*)?$/.exec(word) ?? [];
        if (flag === undefined) {
            if (!mayBeValue || word.startsWith('-'))
                refuse(name, word, 'it is no flag');
            mayBeValue = false;
            continue;
        }
        const owned = ownedFlags.find(([pattern]) => isMatch(flag, pattern));
        if (owned !== undefined)
            refuse(name, word, owned[1]);
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
function refuse(name, what, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(what)} cannot be used: ${why}; allowed are other flags of buildkitd, quoted as in a shell, for example --debug --oci-worker-snapshotter=native`);
}


/***/ }),

/***/ 1364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseSize)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);

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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB`);
    }
    return bytes;
}


/***/ }),

/***/ 6474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Im: () => (/* binding */ isEmpty),
/* harmony export */   _e: () => (/* binding */ cacheBackends),
/* harmony export */   eI: () => (/* binding */ joinAttributes),
/* harmony export */   eV: () => (/* binding */ checkAttributes),
/* harmony export */   vB: () => (/* binding */ parseAttributes)
/* harmony export */ });
/* unused harmony export isCredential */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3666);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(401);



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
const layers = {
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
    registry: { to: { ...registry, ...exported, ...layers }, from: registry },
    local: { to: { dest: 'text', tag: 'text', ...exported, ...layers }, from: { src: 'text', tag: 'text' } },
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
    for (const [index, entry] of (0,_list_js__WEBPACK_IMPORTED_MODULE_1__/* .parseList */ .E)(name, text, { isHidden: true }).entries()) {
        const equals = entry.indexOf('=');
        const key = entry.slice(0, Math.max(equals, 0)).trim().toLowerCase();
        const value = entry.slice(equals + 1).trim();
        if (key === '')
            fail(name, `entry ${index + 1} is not key=value (its text is not shown)`);
        if (value === '' || (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .hasControlCharacters */ .Kg)(value))
            fail(name, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} has ${value === '' ? 'no value' : 'control characters'}`);
        if (key in attrs || key in secrets)
            fail(name, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is given twice`);
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
                ? `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is no attribute of "cache: ${backend}"`
                : `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is not taken: ${reason}`;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${why}; allowed ${allowed}`);
        }
        const fault = findFault(kind, value);
        if (fault !== undefined)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${key}=${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(value)} ${fault}`);
    }
}
/** As Go reads them: strconv.ParseBool, strconv.Atoi. */
function findFault(kind, value) {
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${why}; allowed is key=value, one a line or comma separated`);
}


/***/ }),

/***/ 7947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ toCacheAttributes),
/* harmony export */   I8: () => (/* binding */ parseCacheEntry),
/* harmony export */   V3: () => (/* binding */ isOwnCache)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _cache_attributes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6474);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3666);



/** As buildx knows them; those of the Actions cache are taken and left out (`isOwnCache`). */
const types = _cache_attributes_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheBackends */ ._e.filter((backend) => backend !== 'none');
/** One raw entry of `cache-from` or `cache-to`, as buildx takes it: `type=…,key=value…`, or the reference of an image. */
function parseCacheEntry(name, entry) {
    const fields = (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFields */ .L)(name, entry);
    if (!entry.includes('='))
        return { type: 'registry', text: entry };
    let type;
    for (const field of fields) {
        const equals = field.indexOf('=');
        // It may hold credentials: nothing of it is shown.
        if (equals === -1)
            fail(name, 'a part of an entry is not key=value');
        if (field.slice(0, equals).toLowerCase() === 'type')
            type = field.slice(equals + 1);
    }
    if (type === undefined || type === '')
        fail(name, 'an entry has no type');
    if (!types.includes(type))
        fail(name, `type=${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(type)} is no type of a cache`);
    return { type, text: entry };
}
/** The same with its attributes by name. */
function toCacheAttributes({ type, text }) {
    const pairs = (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFields */ .L)('cache-to', text).map((field) => {
        const equals = field.indexOf('=');
        return [field.slice(0, Math.max(equals, 0)).toLowerCase(), field.slice(equals + 1)];
    });
    return { type, attrs: Object.fromEntries(pairs) };
}
/** True for a raw cache entry that is left out: the gateway serves the planned cache scopes only. */
function isOwnCache({ type }) {
    return type === 'gha';
}
function fail(name, why) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${why}; allowed is type=<registry|local|s3|azblob|inline>[,key=value…], one a line`);
}


/***/ }),

/***/ 8440:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ daemonRows)
});

// EXTERNAL MODULE: ./build/inputs/buildkitd-flags.js + 1 modules
var buildkitd_flags = __webpack_require__(2888);
// EXTERNAL MODULE: ./build/inputs/byte-size.js
var byte_size = __webpack_require__(1364);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
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

// EXTERNAL MODULE: ./build/inputs/kinds.js
var kinds = __webpack_require__(6447);
// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
;// CONCATENATED MODULE: ./build/inputs/daemon-rows.js






/** The BuildKit and the client that all steps of a job share. */
const daemonRows = {
    buildkitVersion: (0,kinds/* lineOrDefault */.Lg)({
        name: 'buildkit-version',
        description: 'BuildKit release to use; the first step of a job decides.',
        default: single_values/* defaultBuildkitVersion */.Uw,
        parse: (name, version) => (0,single_values/* parseVersion */.ot)(name, version, single_values/* defaultBuildkitVersion */.Uw),
    }),
    buildkitPath: (0,kinds/* path */.Ae)({
        name: 'buildkit-path',
        description: 'Directory with `buildkitd` and `buildctl`, or path of `buildkitd`, to use in place of a download.',
    }),
    buildkitSha256: (0,kinds/* line */.n8)({
        name: 'buildkit-sha256',
        description: 'SHA-256 that the downloaded release archive must have.',
        parse: single_values/* parseSha256 */.tz,
    }),
    buildxVersion: (0,kinds/* lineOrDefault */.Lg)({
        name: 'buildx-version',
        description: 'Release of buildx to use; the first step of a job decides.',
        default: single_values/* defaultBuildxVersion */.Iq,
        parse: (name, version) => (0,single_values/* parseVersion */.ot)(name, version, single_values/* defaultBuildxVersion */.Iq),
    }),
    buildxPath: (0,kinds/* path */.Ae)({
        name: 'buildx-path',
        description: 'Path of `buildx` (`docker-buildx`), or its directory, to use in place of a download.',
    }),
    buildxSha256: (0,kinds/* line */.n8)({
        name: 'buildx-sha256',
        description: 'SHA-256 that the downloaded `buildx` must have.',
        parse: single_values/* parseSha256 */.tz,
    }),
    /** Of a file with TOML; what it says goes before the inline one. */
    buildkitdConfig: (0,kinds/* path */.Ae)({
        name: 'buildkitd-config',
        description: "Path of a TOML file that is merged into the daemon's generated `buildkitd.toml`, in place of `buildkitd-config-inline`.",
    }),
    /** TOML. */
    buildkitdConfigInline: (0,kinds/* text */.Qq)({
        name: 'buildkitd-config-inline',
        description: "TOML that is merged into the daemon's generated `buildkitd.toml`; the first step of a job decides.",
        parse: (_, toml) => toml,
        idle: ['config-in-file'],
    }),
    /** Words of a command line. */
    buildkitdFlags: (0,kinds/* text */.Qq)({
        name: 'buildkitd-flags',
        description: 'Flags of `buildkitd`, quoted as in a shell, such as `--debug`; not those that Hotlayer needs for itself.',
        parse: buildkitd_flags/* parseFlags */.b,
    }),
    buildkitdEnv: (0,kinds/* lines */.Mn)({
        name: 'buildkitd-env',
        description: "Variables for the daemon's environment, one `KEY=VALUE` a line, which steps of the build do not see.",
        parse: parseDaemonVariable,
    }),
    registryMirrors: (0,kinds/* lines */.Mn)({
        name: 'registry-mirrors',
        description: 'Mirrors to pull from first, one `REGISTRY=HOST[:PORT][/PATH]` a line, or `HOST` alone for a mirror of `docker.io`; `http://` before the host for plain HTTP.',
        parse: parseMirror,
    }),
    maxParallelism: (0,kinds/* line */.n8)({
        name: 'max-parallelism',
        description: 'How many steps of builds may run at the same time; by default there is no limit.',
        parse: parseParallelism,
    }),
    stepNetwork: (0,kinds/* choice */.Yq)({
        name: 'step-network',
        description: "Network of the steps, `host` (the runner's own) or `bridge` (one of their own, from which nobody reaches the runner's loopback).",
        allowed: ['host', 'bridge'],
        default: 'host',
    }),
    rootless: (0,kinds/* flag */.Jt)({
        name: 'rootless',
        description: 'Run the daemon without root, under `rootlesskit`, for a runner without sudo.',
        default: false,
    }),
    /** In bytes; undefined: BuildKit's limits. */
    gcKeep: (0,kinds/* line */.n8)({
        name: 'gc-keep',
        actions: ['setup'],
        description: 'How much cache the daemon may keep on its disk, `20GB` for example; by default as much as fits, and `10GB` for a daemon that is kept.',
        parse: byte_size/* parseSize */.D,
    }),
    /** undefined: the job has a daemon of its own. */
    endpoint: (0,kinds/* line */.n8)({
        name: 'endpoint',
        description: 'Daemon that is already running, in place of one of the job, as `unix://`, `tcp://`, `docker-container://`, `ssh://` or `kube-pod://` address; nothing is installed there or stopped.',
        parse: parseEndpoint,
    }),
};


/***/ }),

/***/ 1477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  qs: () => (/* binding */ listRows),
  k3: () => (/* binding */ mapInputs),
  xN: () => (/* binding */ readCleanupGroups),
  b5: () => (/* binding */ readGroups)
});

// UNUSED EXPORTS: listGroups, readBakeGroups, readSetupGroups

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
// EXTERNAL MODULE: ./build/inputs/named-context.js
var named_context = __webpack_require__(4087);
// EXTERNAL MODULE: ./build/inputs/path.js
var path = __webpack_require__(4753);
;// CONCATENATED MODULE: ./build/inputs/bake-entries.js




/** `{{defaultContext}}` stays in the URL for plan/default-context. */
function parseSource(name, source) {
    if (source === undefined)
        return { kind: 'path', path: '.', isDefault: true };
    if (named_context/* contextTemplate */.K9.test(source))
        return { kind: 'git', url: source };
    if (!(0,git_url/* looksRemote */.nh)(source))
        return { kind: 'path', path: (0,path/* refuseTilde */.f)(name, source) };
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
        return (0,path/* refuseTilde */.f)(name, file);
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

// EXTERNAL MODULE: ./build/inputs/list.js
var list = __webpack_require__(3666);
// EXTERNAL MODULE: ./build/inputs/output-entry.js
var output_entry = __webpack_require__(4502);
;// CONCATENATED MODULE: ./build/inputs/call.js



/** `check`, `outline` or `targets`, with `,format=json` or not; undefined: the build itself. */
function parseCall(name, text) {
    const methods = [];
    for (const field of (0,list/* parseFields */.L)(name, text)) {
        const [key = '', value] = field.split(/=(.*)/s, 2);
        if (value === undefined)
            methods.push(field);
        else if (key === 'ignorestatus' ? !(0,output_entry/* isTrue */.Hn)(value) && !(0,output_entry/* isFalse */.Wu)(value) : key !== 'format')
            fail(name, text);
    }
    const [method, another] = methods;
    if (method === undefined || another !== undefined)
        fail(name, text);
    return method === 'build' ? undefined : { text, isCheck: method === 'check' || method === 'lint' };
}
function fail(name, text) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(text)} is not a method of a build; allowed are build, check, outline and targets, each also with ,format=json`);
}

// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
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

// EXTERNAL MODULE: ./build/inputs/kinds.js
var kinds = __webpack_require__(6447);
;// CONCATENATED MODULE: ./build/inputs/platform.js

// Grammar of containerd/platforms Parse: <os>[(<version>)]/<arch>[/<variant>], or one of the two alone if it is known.
const osPart = /^[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%-]+)*\))?$/;
const otherPart = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const knownAlone = new Set(('linux windows darwin macos freebsd netbsd openbsd dragonfly solaris illumos plan9 android ios aix js zos ' +
    '386 i386 amd64 x86_64 x86-64 arm armhf armel arm64 aarch64 ppc64 ppc64le loong64 mips mipsle mips64 mips64le ' +
    'riscv64 s390x wasm').split(' '));
/** The platform as given; throws InputError when BuildKit could not parse it. */
function checkPlatform(name, platform) {
    if (!isPlatform(platform)) {
        throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(platform)} is not a platform; allowed is os/architecture[/variant], for example linux/amd64 or linux/arm/v7`);
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

// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/inputs/yaml.js


/**
 * A text of YAML whose scalars are all strings, as written: a password `0123` stays what it is. Nothing, and the `null`
 * that `toJSON` makes of a secret that is not there, is the empty string. What is wrong with it is told without a word of
 * the text, which holds secrets. Throws InputError.
 */
function parseSecretYaml(name, text, allowed) {
    // Aliases would let a few lines grow to gigabytes; none of these objects needs one.
    const document = (0,dist/* parseDocument */.Tp)(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: true });
    const [fault] = document.errors;
    if (fault !== undefined) {
        const line = fault.linePos?.[0].line;
        const place = line === undefined ? '' : ` at line ${line}`;
        throw new errors/* InputError */.dz(name, `input "${name}" is not YAML${place} (${fault.code}; its text is not shown); allowed is ${allowed}`);
    }
    (0,dist/* visit */.YR)(document, {
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
        throw new errors/* InputError */.dz(name, `input "${name}" has aliases, which are not read; allowed is ${allowed}`);
    }
}

;// CONCATENATED MODULE: ./build/inputs/secret-map.js




const allowed = 'an object of id to value, for example "NPM_TOKEN: abc", where a value of several lines stands behind "|"';
/** The secrets of a YAML object of id to value. Throws InputError, which shows nothing of it. */
function parseSecretMap(name, text) {
    const object = parseSecretYaml(name, text, allowed);
    if (!(0,json/* isRecord */.u4)(object))
        throw new errors/* InputError */.dz(name, `input "${name}": its text is not an object; allowed is ${allowed}`);
    return Object.entries(object).map(([id, value], index) => {
        if (typeof value !== 'string') {
            throw new errors/* InputError */.dz(name, `input "${name}": the value of entry ${index + 1} is a list or an object (it is not shown); allowed is ${allowed}`);
        }
        return checkSecret(name, id, value);
    });
}

// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
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
    context: (0,kinds/* lineOrElse */.vs)({
        name: 'context',
        description: 'Build context, a directory in the workspace or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
        parse: single_values/* parseContext */.DO,
    }),
    /** As given. */
    file: (0,kinds/* path */.Ae)({
        name: 'file',
        description: 'Path of the Dockerfile from the workspace, or inside a Git context; by default `Dockerfile` in the context.',
    }),
    target: (0,kinds/* line */.n8)({
        name: 'target',
        description: 'Stage to build; by default the last one.',
        parse: single_values/* parseTarget */.hu,
    }),
    platforms: (0,kinds/* csv */.fu)({
        name: 'platforms',
        description: "Target platforms such as `linux/amd64`, one a line or comma separated; by default the runner's own.",
        parse: checkPlatform,
    }),
    buildArgs: (0,kinds/* lines */.Mn)({
        name: 'build-args',
        description: "Build args, one `KEY=VALUE` a line; a bare `KEY` takes its value from the step's environment.",
        parse: parseBuildArg,
    }),
    buildContexts: (0,kinds/* lines */.Mn)({
        name: 'build-contexts',
        description: 'More contexts, one `name=…` a line with a directory, a Git URL, `docker-image://…` or `oci-layout://…`.',
        parse: named_context/* parseNamedContext */.OC,
    }),
    secrets: (0,kinds/* secrets */.O3)({
        name: 'secrets',
        description: 'Secrets for `RUN --mount=type=secret`, one `id=value` a line, to the byte, quoted as a whole when the value spans lines.',
        parse: parseSecret,
    }),
    secretsYaml: (0,kinds/* secretMap */.Jw)({
        name: 'secrets-yaml',
        description: 'Secrets as one YAML object of id to value, in place of `secrets` or beside it.',
        parse: parseSecretMap,
    }),
    secretEnvs: (0,kinds/* hiddenList */.Fi)({
        name: 'secret-envs',
        kind: 'csv',
        description: "Secrets that are variables of the step's environment, `id=VARIABLE`, one a line or comma separated.",
        parse: parseSecretVariable,
    }),
    secretFiles: (0,kinds/* hiddenList */.Fi)({
        name: 'secret-files',
        kind: 'lines',
        description: 'Secrets that are files, one `id=path` a line.',
        parse: parseSecretFile,
    }),
    ssh: (0,kinds/* csv */.fu)({
        name: 'ssh',
        description: 'SSH agents or keys for `RUN --mount=type=ssh`, `default` or `id=path`, one a line or comma separated.',
        parse: (_, entry) => entry,
    }),
    noCache: (0,kinds/* flag */.Jt)({
        name: 'no-cache',
        description: 'Run every step, whatever the cache holds.',
        default: false,
    }),
    noCacheFilters: (0,kinds/* csv */.fu)({
        name: 'no-cache-filters',
        description: 'Stages whose steps all run, whatever the cache holds, one a line or comma separated.',
        parse: single_values/* parseTarget */.hu,
    }),
    pull: (0,kinds/* flag */.Jt)({
        name: 'pull',
        description: 'Ask the registry for newer base images even if the daemon has them.',
        default: false,
    }),
    addHosts: (0,kinds/* csv */.fu)({
        name: 'add-hosts',
        description: "Lines for the steps' `/etc/hosts`, `host:address`, one a line or comma separated.",
        parse: parseAddedHost,
    }),
    network: (0,kinds/* line */.n8)({
        name: 'network',
        description: 'Network of the steps, `default`, `none` or `host`.',
        parse: parseNetwork,
    }),
    shmSize: (0,kinds/* line */.n8)({
        name: 'shm-size',
        description: 'Size of `/dev/shm` in the steps, for example `2g`.',
        parse: parseShmSize,
    }),
    ulimit: (0,kinds/* lines */.Mn)({
        name: 'ulimit',
        description: 'Limits of the steps, one `name=soft[:hard]` a line, for example `nofile=1024:1024`.',
        parse: parseUlimit,
    }),
    cgroupParent: (0,kinds/* line */.n8)({
        name: 'cgroup-parent',
        description: 'Parent of the cgroups of the steps.',
        parse: (_, text) => text,
    }),
    allow: (0,kinds/* csv */.fu)({
        name: 'allow',
        description: 'What the build may do beyond a usual one, `network.host`, `security.insecure` or `device`, one a line or comma separated.',
        parse: parseEntitlement,
    }),
    call: (0,kinds/* line */.n8)({
        name: 'call',
        description: 'A question in place of the build, `check`, `outline` or `targets`, each also with `,format=json`.',
        parse: parseCall,
    }),
    builder: (0,kinds/* line */.n8)({
        name: 'builder',
        description: 'Not used: Hotlayer starts a BuildKit of its own, so a value is an error that says what to do.',
        parse: single_values/* refuseBuilder */.ie,
    }),
    githubToken: (0,kinds/* secretText */.yD)({
        name: 'github-token',
        description: "Token for a Git context in this repository, for the question where its branch is now, and for GitHub's release API.",
        default: `\${{ github.token }}`,
    }),
};

;// CONCATENATED MODULE: ./build/inputs/annotation-entry.js


const levels = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'];
/** `[level[platform],…:]key=value`, as given (util/buildflags/export.go of buildx). */
function parseAnnotation(name, entry) {
    const equals = entry.indexOf('=');
    if (equals === -1)
        annotation_entry_fail(name, entry, 'it is not key=value');
    const key = entry.slice(0, equals);
    const colon = key.indexOf(':');
    for (const place of colon === -1 ? [] : key.slice(0, colon).split(',')) {
        const [, level, platform] = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(place) ?? [];
        if (level === undefined || !levels.includes(level))
            annotation_entry_fail(name, entry, `unknown level ${(0,errors/* quote */.hD)(place)}`);
        if (platform !== undefined && !isPlatform(platform))
            annotation_entry_fail(name, entry, `unknown platform ${(0,errors/* quote */.hD)(platform)}`);
    }
    return entry;
}
function annotation_entry_fail(name, entry, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(entry)} is not an annotation: ${why}; allowed is key=value, or level:key=value with a level of ${levels.join(', ')}`);
}

// EXTERNAL MODULE: ./build/inputs/attestation-entry.js
var attestation_entry = __webpack_require__(1895);
// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
;// CONCATENATED MODULE: ./build/inputs/image-rows.js







/** What the result is called, and where it goes. */
const imageRows = {
    tags: (0,kinds/* csv */.fu)({
        name: 'tags',
        description: 'Names of the image such as `ghcr.io/acme/app:1.0`, one a line or comma separated.',
        parse: image_reference/* checkTag */.Bs,
    }),
    labels: (0,kinds/* lines */.Mn)({
        name: 'labels',
        description: 'Labels of the image, one `key=value` a line.',
        parse: parseLabel,
    }),
    annotations: (0,kinds/* lines */.Mn)({
        name: 'annotations',
        description: 'Annotations of the image, one `key=value` a line, with the level in front (`index:key=value`) where it is not the manifest.',
        parse: parseAnnotation,
    }),
    push: (0,kinds/* flag */.Jt)({
        name: 'push',
        description: 'Push the image to the registry of its tags.',
        default: false,
    }),
    pushRetries: (0,kinds/* lineOrDefault */.Lg)({
        name: 'push-retries',
        description: 'How often a push that failed for the network, a 429 or a 5xx of the registry is made again, 0 to 10 times; no step runs again for it.',
        default: '2',
        parse: single_values/* parseRetries */.ok,
        idle: ['nothing-pushed'],
    }),
    load: (0,kinds/* flag */.Jt)({
        name: 'load',
        description: "Load the image into the runner's Docker.",
        default: false,
    }),
    outputs: (0,kinds/* raw */.lS)({
        name: 'outputs',
        description: 'Where the result goes, one `type=…,dest=…` a line with type `image`, `registry`, `local`, `tar`, `oci`, `docker` or `cacheonly`; missing directories of `dest` are made.',
        parse: output_entry/* parseOutput */.Fw,
    }),
    provenance: (0,kinds/* line */.n8)({
        name: 'provenance',
        description: 'Provenance attestation, `true`, `false` or its attributes such as `mode=max`; by default `mode=max` for a public repository, and one that tells nothing of the build for another.',
        parse: attestation_entry/* parseProvenance */.X6,
    }),
    sbom: (0,kinds/* line */.n8)({
        name: 'sbom',
        description: 'List of the software in the image, `true`, `false` or its attributes such as `generator=IMAGE`.',
        parse: attestation_entry/* parseSbom */.rl,
    }),
    attests: (0,kinds/* lines */.Mn)({
        name: 'attests',
        description: 'Attestations, one `type=…,key=value` a line; `provenance` and `sbom` have precedence over entries of their type.',
        parse: attestation_entry/* parseAttestation */.sI,
    }),
};

;// CONCATENATED MODULE: ./build/inputs/bake-rows.js





/** What a bake builds. */
const bake_rows_bakeRows = {
    files: (0,kinds/* csv */.fu)({
        name: 'files',
        description: 'Bake files (HCL, JSON or compose), one a line or comma separated; by default those that buildx looks for, `docker-bake.hcl` or `compose.yaml` for example.',
        parse: parseBakeFile,
    }),
    targets: (0,kinds/* csv */.fu)({
        name: 'targets',
        description: 'Targets and groups to build, one a line or comma separated; by default `default`.',
        parse: parseTargetName,
    }),
    set: (0,kinds/* raw */.lS)({
        name: 'set',
        description: 'Values to set in targets, one `target.key=value` a line, with `*` for all targets and `+=` to append.',
        parse: parseOverride,
    }),
    vars: (0,kinds/* raw */.lS)({
        name: 'vars',
        description: 'Variables of the bake file, one `NAME=VALUE` a line.',
        parse: parseVariable,
    }),
    source: (0,kinds/* lineOrElse */.vs)({
        name: 'source',
        description: 'Where the bake file is, a directory or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
        parse: parseSource,
    }),
    workdir: (0,kinds/* lineOrDefault */.Lg)({
        name: 'workdir',
        description: 'Directory in the workspace that the bake runs in.',
        default: '.',
        parse: path/* refuseTilde */.f,
    }),
    allow: (0,kinds/* csv */.fu)({
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

// EXTERNAL MODULE: ./build/inputs/byte-size.js
var byte_size = __webpack_require__(1364);
// EXTERNAL MODULE: ./build/inputs/cache-attributes.js
var cache_attributes = __webpack_require__(6474);
// EXTERNAL MODULE: ./build/inputs/cache-entry.js
var cache_entry = __webpack_require__(7947);
;// CONCATENATED MODULE: ./build/inputs/cache-rows.js





/** Which caches the run may import and export, and in which form. */
const cacheRows = {
    backend: (0,kinds/* choice */.Yq)({
        name: 'cache',
        description: 'Where the caches are, `gha` (the Actions cache), `registry`, `local` (a directory), `s3`, `azblob`, `inline` (in the image) or `none`; the same event decides for each what is imported and exported.',
        allowed: cache_attributes/* cacheBackends */._e,
        default: 'gha',
    }),
    scope: (0,kinds/* untrimmedLine */.Yu)({
        name: 'scope',
        // Of a setup there may be many.
        actions: ['main', 'bake'],
        description: 'Name of the cache; builds with the same name, ref and platforms share it; by default made of what is built.',
        parse: single_values/* parseScope */.Sk,
        idle: ['no-cache'],
    }),
    /** undefined: as the back end has it (`toExportMode`). */
    mode: (0,kinds/* choiceOrElse */.Yw)({
        name: 'mode',
        description: 'Layers to export, `max` for those of every stage or `min` for those of the result only; by default `max`, and `min` with `cache: inline`.',
        allowed: ['max', 'min'],
        idle: ['no-cache', 'nothing-exported'],
    }),
    cacheToAttrs: (0,kinds/* attributes */.uK)({
        name: 'cache-to-attrs',
        actions: ['main', 'bake'],
        description: 'Attributes of the exports of `cache`, `key=value`, one a line or comma separated, such as `ref=ghcr.io/acme/cache`, `dest=/var/cache/ci` or `bucket=ci,region=eu-west-1`; credentials are never printed.',
    }),
    cacheFromAttrs: (0,kinds/* attributes */.uK)({
        name: 'cache-from-attrs',
        actions: ['main', 'bake'],
        description: 'Attributes of the imports of `cache`, where they differ from those of `cache-to-attrs`.',
    }),
    /** In bytes. */
    maxSize: (0,kinds/* lineOrDefault */.Lg)({
        name: 'max-size',
        actions: ['main', 'bake'],
        description: 'How large the directory of `cache: local` may become, `20GB` for example; the caches that were longest without an export go first.',
        default: '10GB',
        parse: byte_size/* parseSize */.D,
        idle: ['not-local', 'nothing-exported'],
    }),
    cacheFrom: (0,kinds/* lines */.Mn)({
        name: 'cache-from',
        // A bake file has caches of its own for each target.
        actions: ['main'],
        description: 'More caches to import, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer imports by itself.',
        parse: cache_entry/* parseCacheEntry */.I8,
    }),
    cacheTo: (0,kinds/* lines */.Mn)({
        name: 'cache-to',
        actions: ['main'],
        description: 'More caches to export, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer exports by itself.',
        parse: cache_entry/* parseCacheEntry */.I8,
    }),
    prExport: (0,kinds/* choice */.Yq)({
        name: 'pr-export',
        description: 'Whether a pull request exports to a cache scope of its own, `auto` (not for bots), `always` or `never`.',
        allowed: ['auto', 'always', 'never'],
        default: 'auto',
    }),
    tagExport: (0,kinds/* flag */.Jt)({
        name: 'tag-export',
        description: 'Let a push of a tag export to a cache scope of that tag, which nothing else reads.',
        default: false,
        idle: ['no-cache', 'nothing-exported'],
    }),
    readOnly: (0,kinds/* flag */.Jt)({
        name: 'read-only',
        description: 'Import as planned and export nothing.',
        default: false,
    }),
    releaseImport: (0,kinds/* flag */.Jt)({
        name: 'release-import',
        description: 'Import in runs that publish, that is on tags and releases; `false` builds them from scratch, with a BuildKit that is not from the Actions cache.',
        default: true,
    }),
    trustedContext: (0,kinds/* flag */.Jt)({
        name: 'trusted-context',
        description: 'Export although the checked-out commit is not the one that the event is about.',
        default: false,
        idle: ['no-cache', 'nothing-exported'],
    }),
    allowUntrustedExport: (0,kinds/* flag */.Jt)({
        name: 'allow-untrusted-export',
        description: 'Export in events that outsiders can start too; every run that imports this cache then trusts them.',
        default: false,
    }),
    compression: (0,kinds/* choice */.Yq)({
        name: 'compression',
        description: 'Compression of the layers in the cache, `gzip`, `zstd` (much faster) or `auto`; what is pushed or written to a file stays as it would be without a cache.',
        allowed: ['auto', 'gzip', 'zstd'],
        default: 'auto',
    }),
    /** Of zstd, 1 to 22; undefined: BuildKit's default. */
    compressionLevel: (0,kinds/* line */.n8)({
        name: 'compression-level',
        description: "Level of zstd in the cache, 1 to 22, which BuildKit maps to its four; by default zstd's own.",
        parse: single_values/* parseLevel */.QA,
        idle: ['no-cache', 'nothing-exported'],
    }),
    gateway: (0,kinds/* flagOr */.il)({
        name: 'gateway',
        // Later steps would all get the runner's own token.
        actions: ['main', 'bake'],
        description: "Put the gateway between BuildKit and the cache service; `false` gives BuildKit the runner's own token, and `required` is an error where the daemon of `endpoint` cannot reach the gateway.",
        default: true,
        word: 'required',
        idle: ['not-the-service'],
    }),
    /** How long post waits for uploads; 0: not at all. */
    drainTimeoutMs: (0,kinds/* duration */.p0)({
        name: 'drain-timeout',
        description: 'How long the end of the job waits for cache uploads that still run, as seconds or `10m`; `0` does not wait and gives them up; the first step of a job decides.',
        default: '10m',
        idle: ['no-cache', 'nothing-exported', 'exported-during-build'],
    }),
    /** Parsed JSON; undefined without one. */
    matrix: (0,kinds/* text */.Qq)({
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
const cleanupRows = {
    githubToken: (0,kinds/* secretText */.yD)({
        name: 'github-token',
        description: "Token for GitHub's REST API, which needs `actions: write` to remove caches, `contents: read` to see branches and tags, and `pull-requests: read`.",
        default: `\${{ github.token }}`,
    }),
    refs: (0,kinds/* csv */.fu)({
        name: 'refs',
        description: 'Refs to clean such as `refs/heads/main`, one a line or comma separated, or `all`; by default the ref of a closed pull request or of a deleted branch or tag in the events for that, else all.',
        parse: parseRefs,
    }),
    otherTools: (0,kinds/* flag */.Jt)({
        name: 'other-tools',
        description: 'Remove caches of other tools too where their pull request is closed or their branch deleted; on other refs they are never touched.',
        default: true,
    }),
    dryRun: (0,kinds/* flag */.Jt)({
        name: 'dry-run',
        description: 'Report what would be removed, and remove nothing.',
        default: false,
    }),
    limit: (0,kinds/* lineOrDefault */.Lg)({
        name: 'limit',
        description: 'Cache space of the repository, such as `10GB` or `50GiB`, for the report of what GitHub would evict.',
        default: '10GB',
        parse: byte_size/* parseSize */.D,
    }),
};

// EXTERNAL MODULE: ./build/inputs/daemon-rows.js + 2 modules
var daemon_rows = __webpack_require__(8440);
// EXTERNAL MODULE: ./build/inputs/report-rows.js
var report_rows = __webpack_require__(6804);
// EXTERNAL MODULE: ./build/inputs/row.js
var row = __webpack_require__(960);
;// CONCATENATED MODULE: ./build/inputs/setup-rows.js



/** What later steps of the job get. */
const setup_rows_setupRows = {
    scopes: (0,kinds/* lines */.Mn)({
        name: 'scopes',
        description: 'Names of the caches that later steps may use, one a line; each gets its own branch chain; by default one, named by workflow and job.',
        parse: single_values/* parseScope */.Sk,
    }),
    keep: (0,kinds/* choice */.Yq)({
        name: 'keep',
        description: 'Leave the daemon running for the next job of a self-hosted runner, `true` (for one job at a time), `shared` (for jobs at once) or `false`.',
        allowed: ['false', 'true', 'shared'],
        default: 'false',
    }),
    builder: buildRows.builder,
    githubToken: buildRows.githubToken,
};

;// CONCATENATED MODULE: ./build/inputs/definitions.js









const shared = { cache: cacheRows, daemon: daemon_rows/* daemonRows */.a, report: report_rows/* reportRows */._ };
/**
 * All inputs, one row each, in the order of action.yml. From here come the groups of `Inputs`, the action.yml of each action, the
 * tables of README.md and docs, the flags of `hotlayer build`, the masks, and what is said of inputs that are unknown or
 * have no effect.
 */
const groups = {
    main: { build: buildRows, image: imageRows, ...shared },
    bake: { bake: bake_rows_bakeRows, ...shared },
    setup: { setup: setup_rows_setupRows, ...shared },
    cleanup: { cleanup: cleanupRows, report: report_rows/* reportRows */._ },
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
        build: (0,row/* readGroup */.iY)(buildRows, env, 'main'),
        image: (0,row/* readGroup */.iY)(imageRows, env, 'main'),
        ...readShared(env, 'main'),
    };
}
function readBakeGroups(env) {
    return { bake: readGroup(bakeRows, env, 'bake'), ...readShared(env, 'bake') };
}
function readSetupGroups(env) {
    return { setup: readGroup(setupRows, env, 'setup'), ...readShared(env, 'setup') };
}
function readCleanupGroups(env) {
    return {
        cleanup: (0,row/* readGroup */.iY)(cleanupRows, env, 'cleanup'),
        report: (0,row/* readGroup */.iY)(report_rows/* reportRows */._, env, 'cleanup'),
    };
}
function readShared(env, action) {
    return {
        cache: (0,row/* readGroup */.iY)(cacheRows, env, action),
        daemon: (0,row/* readGroup */.iY)(daemon_rows/* daemonRows */.a, env, action),
        report: (0,row/* readGroup */.iY)(report_rows/* reportRows */._, env, action),
    };
}
/** What `visit` answers for each input and its value. */
function mapInputs(inputs, visit) {
    if ('cleanup' in inputs)
        return [...(0,row/* mapRows */.KS)(cleanupRows, inputs.cleanup, visit), ...(0,row/* mapRows */.KS)(report_rows/* reportRows */._, inputs.report, visit)];
    const { cache, daemon, report } = inputs;
    return [
        ...mapOwn(inputs, visit),
        ...(0,row/* mapRows */.KS)(cacheRows, cache, visit),
        ...(0,row/* mapRows */.KS)(daemon_rows/* daemonRows */.a, daemon, visit),
        ...(0,row/* mapRows */.KS)(report_rows/* reportRows */._, report, visit),
    ];
}
/** Those that the actions do not share. */
function mapOwn(inputs, visit) {
    if ('bake' in inputs)
        return (0,row/* mapRows */.KS)(bake_rows_bakeRows, inputs.bake, visit);
    if ('setup' in inputs)
        return (0,row/* mapRows */.KS)(setup_rows_setupRows, inputs.setup, visit);
    return [...(0,row/* mapRows */.KS)(buildRows, inputs.build, visit), ...(0,row/* mapRows */.KS)(imageRows, inputs.image, visit)];
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

/***/ 6447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ path),
/* harmony export */   Fi: () => (/* binding */ hiddenList),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   Jw: () => (/* binding */ secretMap),
/* harmony export */   Lg: () => (/* binding */ lineOrDefault),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   O3: () => (/* binding */ secrets),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   Yu: () => (/* binding */ untrimmedLine),
/* harmony export */   Yw: () => (/* binding */ choiceOrElse),
/* harmony export */   fu: () => (/* binding */ csv),
/* harmony export */   il: () => (/* binding */ flagOr),
/* harmony export */   lS: () => (/* binding */ raw),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   uK: () => (/* binding */ attributes),
/* harmony export */   vs: () => (/* binding */ lineOrElse),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _cache_attributes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6474);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3666);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4753);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(401);
/* harmony import */ var _row_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(960);






function flag(spec) {
    const shown = { ...spec, default: String(spec.default) };
    return toRow('flag', shown, (env) => (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readFlag */ .fG)(env, spec.name, spec.default));
}
/** A boolean, or one more word. */
function flagOr(spec) {
    const shown = { ...spec, default: String(spec.default) };
    return toRow('choice', shown, (env) => (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name) === spec.word
        ? spec.word
        : (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readFlag */ .fG)(env, spec.name, spec.default, [spec.word]));
}
function choice(spec) {
    return toRow('choice', spec, (env) => (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readChoice */ .Kf)(env, spec.name, spec.allowed, spec.default));
}
/** The same without a default that action.yml could declare; undefined when it is not given. */
function choiceOrElse(spec) {
    return toRow('line', spec, (env) => {
        const [first] = spec.allowed;
        const isGiven = (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name) !== undefined;
        return isGiven && first !== undefined ? (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readChoice */ .Kf)(env, spec.name, spec.allowed, first) : undefined;
    });
}
/** Attributes of a cache, `key=value` each, of which some are credentials. */
function attributes(spec) {
    const row = toRow('csv', spec, (env) => (0,_cache_attributes_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAttributes */ .vB)(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name)));
    return { ...row, isSecret: true, listSecrets: ({ secrets }) => Object.values(secrets) };
}
/** One line without a default; undefined when it is not given. */
function line(spec) {
    return toRow('line', spec, (env) => {
        const text = (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readLine */ .Xw)(env, spec.name);
        return text === undefined ? undefined : spec.parse(spec.name, text);
    });
}
function lineOrDefault(spec) {
    return toRow('line', spec, (env) => spec.parse(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readLine */ .Xw)(env, spec.name) ?? spec.default));
}
/** One line; what `parse` makes of nothing is the default, which action.yml cannot declare. */
function lineOrElse(spec) {
    return toRow('line', spec, (env) => spec.parse(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readLine */ .Xw)(env, spec.name)));
}
/** A line of which white space alone is an error, and not the same as nothing. */
function untrimmedLine(spec) {
    return toRow('line', spec, (env) => {
        const text = (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readRaw */ .hc)(env, spec.name);
        return text === undefined ? undefined : spec.parse(spec.name, text);
    });
}
/** A path of one line, as given. */
function path(spec) {
    return { ...line({ ...spec, parse: _path_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseTilde */ .f }), kind: 'path' };
}
/** In milliseconds: of `90`, `90s`, `10m` or `1h`. */
function duration(spec) {
    return { ...lineOrDefault({ ...spec, parse: parseDuration }), kind: 'duration' };
}
/** Text of any length, trimmed; undefined when nothing is left. A default can only be an expression here. */
function text(spec) {
    return toRow('text', spec, (env) => {
        const found = (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name);
        return found === undefined ? undefined : spec.parse(spec.name, found);
    });
}
/** The same for one that must never be printed. */
function secretText(spec) {
    return {
        ...text({ ...spec, parse: (_, value) => value }),
        isSecret: true,
        listSecrets: (value) => (value === undefined ? [] : [value]),
    };
}
/** One a line or comma separated; each once. */
function csv(spec) {
    return toRow('csv', spec, (env) => {
        const entries = (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseList */ .E)(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name));
        return [...new Set(entries.map((entry) => spec.parse(spec.name, entry)))];
    });
}
/** One a line, commas belong to it. */
function lines(spec) {
    return toRow('lines', spec, (env) => (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseList */ .E)(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name), { ignoreComma: true }).map((entry) => spec.parse(spec.name, entry)));
}
/** Secrets that are named, one a line, or comma separated as well: what is malformed may hold a value, and is not shown. */
function hiddenList(spec) {
    const { kind, name, parse } = spec;
    return toRow(kind, spec, (env) => (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseList */ .E)(name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, name), { ignoreComma: kind === 'lines', isHidden: true }).map((entry, index) => parse(name, entry, index + 1)));
}
/** One a line, quotes kept: each entry is CSV itself. */
function raw(spec) {
    return toRow('raw', spec, (env) => (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseList */ .E)(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name), { ignoreComma: true, keepQuotes: true }).map((entry, index) => spec.parse(spec.name, entry, index + 1)));
}
/** One a line, to the byte. */
function secrets(spec) {
    const row = toRow('secrets', spec, (env) => 
    // Raw: white space at the ends of the input belongs to a value.
    (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseList */ .E)(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readRaw */ .hc)(env, spec.name), { ignoreComma: true, isSecret: true }).map((entry, index) => spec.parse(spec.name, entry, index + 1)));
    return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}
/** All in one object of YAML. */
function secretMap(spec) {
    const row = toRow('text', spec, (env) => {
        const found = (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readTextInput */ .sg)(env, spec.name);
        return found === undefined ? [] : spec.parse(spec.name, (0,_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .readRaw */ .hc)(env, spec.name) ?? found);
    });
    return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}
function toRow(kind, { name, description, default: declared, actions = _row_js__WEBPACK_IMPORTED_MODULE_5__/* .allActions */ .XA, idle = [], }, read) {
    const facts = { name, kind, description, default: declared, actions, idle };
    return { ...facts, isSecret: false, read, listSecrets: () => [] };
}
function parseDuration(name, written) {
    const [, digits, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(written) ?? [];
    if (digits === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(written)} is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h`);
    }
    const seconds = unit === 'h' ? 3600 : unit === 'm' ? 60 : 1;
    return Number(digits) * seconds * 1000;
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

/***/ 4502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fw: () => (/* binding */ parseOutput),
/* harmony export */   Gc: () => (/* binding */ namesImage),
/* harmony export */   Hn: () => (/* binding */ isTrue),
/* harmony export */   VQ: () => (/* binding */ isLoad),
/* harmony export */   Wu: () => (/* binding */ isFalse),
/* harmony export */   a7: () => (/* binding */ pushesImage)
/* harmony export */ });
/* unused harmony export loadsImage */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7037);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3666);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4753);




const types = ['image', 'registry', 'local', 'tar', 'oci', 'docker', 'cacheonly'];
const named = new Set(['image', 'registry', 'oci', 'docker']);
const files = new Set(['local', 'tar', 'oci', 'docker']);
/**
 * One entry of the `outputs` input, as buildx takes it: `type=…,key=value…`, or a bare path, which means `type=local`;
 * `registry` is short for an image that is pushed.
 */
function parseOutput(name, entry) {
    const fields = (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFields */ .L)(name, entry);
    const [first = ''] = fields;
    if (fields.length === 1 && !first.includes('='))
        return parseBarePath(name, first);
    const attrs = {};
    for (const field of fields) {
        const equals = field.indexOf('=');
        const key = field.slice(0, Math.max(equals, 0)).trim().toLowerCase();
        if (key === '')
            fail(name, entry, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(field)} is not key=value`);
        if (key in attrs)
            fail(name, entry, `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(key)} is given twice`);
        attrs[key] = field.slice(equals + 1);
    }
    const { type, ...others } = attrs;
    if (type === undefined)
        fail(name, entry, 'it has no type');
    if (!types.includes(type))
        fail(name, entry, `unknown type ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(type)}`);
    const { dest = '' } = others;
    // Without a file `type=docker` is what `load` is short for.
    const isLoaded = type === 'docker' && others['dest'] === undefined;
    if (files.has(type) && !isLoaded && ['', '-'].includes(dest.trim()))
        fail(name, entry, `type=${type} needs dest=<path>`);
    (0,_path_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseTilde */ .f)(name, dest);
    if (!files.has(type) && others['dest'] !== undefined)
        fail(name, entry, `type=${type} takes no dest`);
    for (const image of named.has(type) ? (others['name'] ?? '').split(',') : []) {
        // `*`: the name that the result itself has.
        if (image.trim() !== '' && image !== '*')
            (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .checkTag */ .Bs)(name, image.trim());
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
    (0,_path_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseTilde */ .f)(name, path);
    if (path === '-')
        fail(name, path, 'a tar stream to the log is of no use');
    return { type: 'local', attrs: { dest: path } };
}
function fail(name, entry, why) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `input "${name}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(entry)} is not an output: ${why}; allowed is type=<${types.join('|')}>[,key=value…], one a line`);
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

/***/ 401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kf: () => (/* binding */ readChoice),
/* harmony export */   Kg: () => (/* binding */ hasControlCharacters),
/* harmony export */   N6: () => (/* binding */ toInputVariables),
/* harmony export */   Xw: () => (/* binding */ readLine),
/* harmony export */   fG: () => (/* binding */ readFlag),
/* harmony export */   hc: () => (/* binding */ readRaw),
/* harmony export */   sg: () => (/* binding */ readTextInput)
/* harmony export */ });
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

/***/ 6804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ reportRows),
/* harmony export */   b: () => (/* binding */ honourVariables)
/* harmony export */ });
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6447);

const reportRows = {
    summary: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)({ name: 'summary', description: 'Write a job summary.', default: true }),
    checkAnnotations: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)({
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
function honourVariables(report, env) {
    const allows = (variable) => !no.test(env[variable]?.trim() ?? '');
    return {
        ...report,
        summary: report.summary && allows(variables.summary),
        checkAnnotations: report.checkAnnotations && allows(variables.checkAnnotations),
    };
}


/***/ }),

/***/ 960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KS: () => (/* binding */ mapRows),
/* harmony export */   XA: () => (/* binding */ allActions),
/* harmony export */   iY: () => (/* binding */ readGroup),
/* harmony export */   qR: () => (/* binding */ isGiven)
/* harmony export */ });
const allActions = ['main', 'bake', 'setup', 'cleanup'];
/** What an action takes of a group; what it does not take has its default. */
function readGroup(rows, env, action) {
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

/***/ 1751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DQ: () => (/* binding */ readPullRequest),
/* harmony export */   Ey: () => (/* binding */ isDefaultBranchEvent),
/* harmony export */   KW: () => (/* binding */ isFruitlessEvent),
/* harmony export */   QR: () => (/* binding */ isTrustedEvent),
/* harmony export */   hN: () => (/* binding */ isRefDeleted)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);
/* harmony import */ var _ref_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2710);


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
    const upstream = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readField */ .dR)(facts.payload, 'workflow_run');
    const headBranch = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(upstream, 'head_branch');
    const headRepository = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readNumber */ .kz)(upstream, 'head_repository', 'id');
    return (trustedEvents.has((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(upstream, 'event') ?? '') &&
        headBranch !== undefined &&
        headBranch === defaultBranch &&
        headRepository !== undefined &&
        headRepository === (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readNumber */ .kz)(facts.payload, 'repository', 'id'));
}
/** A push that deletes: its SHA is the default branch's and nobody will read the ref again. */
function isRefDeleted({ eventName, payload }) {
    if (eventName !== 'push')
        return false;
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readBoolean */ .Vf)(payload, 'deleted') === true || /^0+$/.test((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(payload, 'after') ?? '');
}
/** Undefined outside pull request events. */
function readPullRequest(facts, refNumber) {
    if (!isPrEvent(facts.eventName))
        return undefined;
    const pr = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readField */ .dR)(facts.payload, 'pull_request');
    const number = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readNumber */ .kz)(pr, 'number') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readNumber */ .kz)(facts.payload, 'number');
    // Review payloads have no `merged`, but do have `merged_at`.
    const isMerged = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readBoolean */ .Vf)(pr, 'merged') === true || (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(pr, 'merged_at') !== undefined;
    const isClosed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(pr, 'state') === 'closed' || (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(facts.payload, 'action') === 'closed';
    const login = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(pr, 'user', 'login') ?? '';
    return {
        number: refNumber ?? (number === undefined ? undefined : String(number)),
        base: (0,_ref_js__WEBPACK_IMPORTED_MODULE_1__/* .toBranch */ .U5)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(pr, 'base', 'ref'))?.name,
        isMerged,
        isClosed: isMerged || isClosed,
        isByBot: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(pr, 'user', 'type') === 'Bot' || login.endsWith('[bot]'),
    };
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

/***/ 4191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $n: () => (/* binding */ parseJwt),
/* harmony export */   AL: () => (/* binding */ readRuntimeToken),
/* harmony export */   b1: () => (/* binding */ readAccessClaim),
/* harmony export */   nx: () => (/* binding */ renderAccessClaim)
/* harmony export */ });
/* unused harmony export findBuildkitFault */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);

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
    const entries = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(claim);
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
    const value = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(json);
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value)
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
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(entry))
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


/***/ }),

/***/ 9789:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cz: () => (/* binding */ parseAccess),
/* harmony export */   Oi: () => (/* binding */ canWriteScope),
/* harmony export */   d9: () => (/* binding */ canReadScope),
/* harmony export */   gK: () => (/* binding */ isEmulator)
/* harmony export */ });
/* harmony import */ var _runtime_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4191);

/** Bits of `Permission` in the `ac` claim. */
const readBit = 1;
const writeBit = 2;
/** What the runtime token grants. */
function parseAccess(text) {
    const token = (0,_runtime_token_js__WEBPACK_IMPORTED_MODULE_0__/* .readRuntimeToken */ .AL)(text);
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


/***/ })

};
