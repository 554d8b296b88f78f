export const id = 732;
export const ids = [732];
export const modules = {

/***/ 9732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runLocalBuild: () => (/* binding */ runLocalBuild)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/embedded/signed-token.js
var signed_token = __webpack_require__(5035);
// EXTERNAL MODULE: ./build/embedded/start.js + 30 modules
var start = __webpack_require__(7079);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/inputs/names.js
var inputs_names = __webpack_require__(3636);
;// CONCATENATED MODULE: ./build/cli/build-flags.js



const ownFlags = ['event', 'ref', 'payload', 'cache-dir', 'report'];
/** Reads the flags of `hotlayer build`; a list input's flag may be given more than once. */
function parseBuildFlags(argv) {
    const names = [...inputs_names/* inputNames */.v.filter((name) => name !== 'context'), ...ownFlags];
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true }]));
    let parsed;
    try {
        parsed = (0,external_node_util_.parseArgs)({
            args: argv.map(toExplicitBoolean),
            options: { ...options, help: { type: 'boolean' } },
            allowPositionals: true,
        });
    }
    catch (error) {
        throw new errors/* InputError */.dz('flags', `${(0,errors/* toMessage */.R9)(error)} (hotlayer build --help lists the flags.)`, {
            cause: error,
        });
    }
    const { values, positionals } = parsed;
    if (positionals.length > 1) {
        throw new errors/* InputError */.dz('context', `one CONTEXT is built at a time, but ${positionals.length} were given: ${positionals.join(' ')}.`);
    }
    const text = (name) => {
        const value = values[name];
        return Array.isArray(value) ? value.join('\n') : undefined;
    };
    const inputs = new Map();
    for (const name of inputs_names/* inputNames */.v) {
        const value = name === 'context' ? positionals[0] : text(name);
        if (value !== undefined)
            inputs.set(name, value);
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
/** `--push` stands for `--push=true`. */
function toExplicitBoolean(argument) {
    const name = argument.slice(2);
    return argument.startsWith('--') && inputs_names/* booleanInputNames */.t.some((known) => known === name)
        ? `${argument}=true`
        : argument;
}
function renderBuildHelp() {
    const flags = inputs_names/* inputNames */.v.filter((name) => name !== 'context').map((name) => `--${name}`);
    return `hotlayer build [flags] CONTEXT

Runs the action on this machine, with a real BuildKit daemon and an embedded cache service.

  --event NAME     the event to play (push by default; pull_request for a ref refs/pull/N/merge)
  --ref REF        the ref to play (the checked-out branch by default)
  --payload FILE   the event's payload as JSON (made up from the checkout by default)
  --cache-dir DIR  where the embedded cache service keeps its entries
  --report FILE    write outputs and the cache service's statistics there as JSON

All inputs of the action are flags too; a list's flag may be given more than once:
  ${flags.join(' ')}
`;
}

// EXTERNAL MODULE: ./build/git/find-checkout.js
var find_checkout = __webpack_require__(6061);
// EXTERNAL MODULE: ./build/git/git-context.js
var git_context = __webpack_require__(5301);
// EXTERNAL MODULE: ./build/git/git-room.js
var git_room = __webpack_require__(4219);
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
                head: (0,git_context/* toCommit */.dO)(head),
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

// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/cli/local-event.js


const read = 1;
const readWrite = 3;
const prRef = /^refs\/pull\/(\d+)\/merge$/;
/** Fills in an event of the kind asked for, so that the policy sees what it would see on GitHub. */
function toLocalEvent(facts) {
    const given = (0,json/* isRecord */.u4)(facts.payload) ? facts.payload : {};
    const defaultBranch = (0,json/* readString */.E3)(given, 'repository', 'default_branch') ?? facts.defaultBranch ?? facts.branch ?? 'main';
    const ref = qualifyRef(facts.ref) ?? `refs/heads/${facts.branch ?? defaultBranch}`;
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
function qualifyRef(ref) {
    if (ref === undefined || ref === '')
        return undefined;
    return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
;// CONCATENATED MODULE: ./build/cli/workflow-commands.js
/** What a step's line of standard output means on a terminal; undefined: print nothing. */
function renderCommandLine(line) {
    const match = /^::([a-z-]+)(?: .*?)?::(.*)$/.exec(line);
    if (match === null)
        return line;
    const [, command, data = ''] = match;
    const text = unescapeData(data);
    switch (command) {
        case 'group':
            return `▸ ${text}`;
        case 'warning':
        case 'error':
        case 'notice':
            return `${command}: ${text}`;
        default:
            // add-mask, endgroup, debug and the file commands are for the runner only; a mask would even show the secret.
            return undefined;
    }
}
/** The values of a GITHUB_OUTPUT or GITHUB_STATE file: `name=value` lines and `name<<delimiter` blocks. */
function parseCommandFile(text) {
    const values = new Map();
    const lines = text.split('\n');
    for (let index = 0; index < lines.length; index++) {
        const line = lines[index] ?? '';
        const block = /^([^=<]+)<<(.+)$/.exec(line);
        const [, name, delimiter] = block ?? [];
        if (name !== undefined && delimiter !== undefined) {
            const end = lines.indexOf(delimiter, index + 1);
            values.set(name, lines.slice(index + 1, end < 0 ? undefined : end).join('\n'));
            index = end < 0 ? lines.length : end;
        }
        else if (line.includes('=')) {
            values.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1));
        }
    }
    return values;
}
function unescapeData(data) {
    return data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

;// CONCATENATED MODULE: ./build/cli/step.js






/** Runs main or post of the action as the runner does, a process of its own, and prints its log for a terminal. */
async function runStep(phase, env, write) {
    const entry = external_node_path_.join(import.meta.dirname, '..', phase, 'index.js');
    const child = (0,external_node_child_process_.spawn)(external_node_process_.execPath, [entry], { env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    // The child is in our process group, so Ctrl-C reaches it; we stay to run post.
    const ignore = () => undefined;
    external_node_process_.on('SIGINT', ignore);
    const forward = () => {
        child.kill('SIGTERM');
    };
    external_node_process_.on('SIGTERM', forward);
    const exit = new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve(code ?? 1));
    });
    try {
        for await (const line of (0,external_node_readline_.createInterface)({ input: child.stdout })) {
            const text = renderCommandLine(line);
            if (text !== undefined)
                write(`${closeColours((0,printable/* toPrintable */.f8)(text))}\n`);
        }
        return await exit;
    }
    finally {
        external_node_process_.off('SIGINT', ignore);
        external_node_process_.off('SIGTERM', forward);
    }
}
/** What a build step leaves switched on must not paint, or hide, what comes after. */
function closeColours(text) {
    return text.includes('\u001b') ? `${text}\u001b[0m` : text;
}

;// CONCATENATED MODULE: ./build/cli/build.js












/** `hotlayer build`: plays the runner for one step, with the bundles of the action and an embedded cache service. */
async function runLocalBuild(argv, env, write) {
    const flags = parseBuildFlags(argv);
    if (flags.help) {
        write(renderBuildHelp());
        return 0;
    }
    const checkout = await readLocalCheckout(external_node_process_.cwd(), env);
    const event = toLocalEvent({
        ...checkout,
        eventName: flags.event,
        ref: flags.ref,
        payload: flags.payload === undefined ? undefined : await readPayload(flags.payload),
    });
    const home = env['XDG_CACHE_HOME'] || external_node_path_.join((0,external_node_os_.homedir)(), '.cache');
    const scratch = await (0,promises_.mkdtemp)(external_node_path_.join((0,external_node_os_.tmpdir)(), 'hotlayer-'));
    const service = await (0,start/* startEmbeddedService */.c)({
        directory: external_node_path_.resolve(flags.cacheDirectory ?? external_node_path_.join(home, 'hotlayer', 'actions-cache')),
    });
    try {
        const token = await (0,signed_token/* mintToken */.W)({ scopes: event.access, repository: event.repository });
        const files = toCommandFiles(scratch);
        await Promise.all([...Object.values(files).map((file) => (0,promises_.writeFile)(file, ''))]);
        const eventPath = external_node_path_.join(scratch, 'event.json');
        await (0,promises_.writeFile)(eventPath, JSON.stringify(event.payload));
        const stepEnv = {
            ...env,
            ...toEventEnv(event, eventPath),
            // Commits that are not pushed yet are no reason against an export to the cache of this machine.
            HOTLAYER_LOCAL: '1',
            ...files,
            ...Object.fromEntries([...flags.inputs].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
            GITHUB_WORKSPACE: external_node_process_.cwd(),
            RUNNER_TEMP: scratch,
            RUNNER_TOOL_CACHE: env['RUNNER_TOOL_CACHE'] || external_node_path_.join(home, 'hotlayer', 'tools'),
            ACTIONS_CACHE_SERVICE_V2: 'True',
            ACTIONS_RESULTS_URL: `${service.url.replace(/\/$/, '')}/`,
            ACTIONS_RUNTIME_TOKEN: token,
        };
        const exitCode = await runStep('main', stepEnv, write);
        const state = parseCommandFile(await (0,promises_.readFile)(files.GITHUB_STATE, 'utf8'));
        const postEnv = {
            ...stepEnv,
            ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
        };
        const postExitCode = await runStep('post', postEnv, write);
        if (flags.report !== undefined) {
            const outputs = Object.fromEntries(parseCommandFile(await (0,promises_.readFile)(files.GITHUB_OUTPUT, 'utf8')));
            await (0,promises_.writeFile)(flags.report, `${JSON.stringify({ exitCode, outputs, service: service.statistics() }, null, 2)}\n`);
        }
        return exitCode === 0 ? postExitCode : exitCode;
    }
    finally {
        await service.close();
        await (0,promises_.rm)(scratch, { recursive: true, force: true });
    }
}
async function readPayload(file) {
    try {
        return JSON.parse(await (0,promises_.readFile)(file, 'utf8'));
    }
    catch (error) {
        throw new errors/* InputError */.dz('payload', `--payload ${file}: ${(0,errors/* toMessage */.R9)(error)}. It must be a JSON file with an event's payload.`, { cause: error });
    }
}
function toCommandFiles(directory) {
    const file = (name) => external_node_path_.join(directory, name);
    return {
        GITHUB_OUTPUT: file('output.txt'),
        GITHUB_STATE: file('state.txt'),
        GITHUB_ENV: file('env.txt'),
        GITHUB_PATH: file('path.txt'),
        GITHUB_STEP_SUMMARY: file('summary.md'),
    };
}
function toEventEnv(event, eventPath) {
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
    };
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

/***/ 5301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ toRepositoryKey),
/* harmony export */   XU: () => (/* binding */ parseGitContext),
/* harmony export */   dO: () => (/* binding */ toCommit),
/* harmony export */   je: () => (/* binding */ toRepositoryName)
/* harmony export */ });
// The parameters that choose a commit, the narrowest first (BuildKit's dfgitutil ParseGitRef).
const refParameters = ['commit', 'checksum', 'ref'];
function parseGitContext(url) {
    const hash = url.indexOf('#');
    const address = hash === -1 ? url : url.slice(0, hash);
    const fragment = hash === -1 ? '' : url.slice(hash + 1);
    const question = address.indexOf('?');
    const query = new URLSearchParams(question === -1 ? '' : address.slice(question + 1));
    const colon = fragment.indexOf(':');
    const [fragmentRef, fragmentDirectory] = colon === -1 ? [fragment, ''] : [fragment.slice(0, colon), fragment.slice(colon + 1)];
    const asked = refParameters.map((name) => query.get(name)).find((value) => value !== null && value !== '');
    return {
        remote: question === -1 ? address : address.slice(0, question),
        ref: asked ??
            toQualified('refs/heads/', query.get('branch')) ??
            toQualified('refs/tags/', query.get('tag')) ??
            toText(fragmentRef),
        subdirectory: toText(fragmentDirectory) ?? toText(query.get('subdir')),
    };
}
/** A commit's full name, in lower case; undefined for anything shorter or other. */
function toCommit(text) {
    return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}
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
function toQualified(prefix, name) {
    const text = toText(name);
    return text === undefined || text.startsWith('refs/') ? text : `${prefix}${text}`;
}
function toText(text) {
    return text === null || text === undefined || text === '' ? undefined : text;
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
