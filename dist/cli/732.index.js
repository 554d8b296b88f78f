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
// EXTERNAL MODULE: ./build/embedded/signed-token.js + 1 modules
var signed_token = __webpack_require__(5026);
// EXTERNAL MODULE: ./build/embedded/start.js + 31 modules
var start = __webpack_require__(8490);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/inputs/definitions.js + 10 modules
var definitions = __webpack_require__(9257);
;// CONCATENATED MODULE: ./build/cli/build-flags.js



/** `context` is no flag: it is the argument that has no name. */
const inputFlags = (0,definitions/* listRows */.qs)('main').filter(({ name }) => name !== 'context');
const ownFlags = ['event', 'ref', 'payload', 'cache-dir', 'report'];
/** Reads the flags of `hotlayer build`; a list input's flag may be given more than once. */
function parseBuildFlags(argv) {
    const names = [...inputFlags.map(({ name }) => name), ...ownFlags];
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
    const list = (name) => {
        const value = values[name];
        return Array.isArray(value) ? value.map(String) : [];
    };
    const text = (name) => {
        const [value, ...more] = list(name);
        if (more.length === 0)
            return value;
        throw new errors/* InputError */.dz(name, `--${name} is given ${more.length + 1} times; once is allowed.`);
    };
    const inputs = new Map();
    const [context] = positionals;
    if (context !== undefined)
        inputs.set('context', context);
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
function toExplicitBoolean(argument) {
    const name = argument.slice(2);
    return argument.startsWith('--') && inputFlags.some((row) => row.kind === 'flag' && row.name === name)
        ? `${argument}=true`
        : argument;
}
function renderBuildHelp() {
    const flags = inputFlags.map(({ name }) => `--${name}`);
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


/***/ })

};
