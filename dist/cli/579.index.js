export const id = 579;
export const ids = [579];
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

/***/ 3579:
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
// EXTERNAL MODULE: ./build/embedded/start.js + 33 modules
var start = __webpack_require__(9000);
// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
// EXTERNAL MODULE: ./build/cli/build-flags.js
var build_flags = __webpack_require__(1443);
// EXTERNAL MODULE: ./build/cli/played-event.js + 2 modules
var played_event = __webpack_require__(2078);
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











/** `hotlayer build` and `hotlayer bake`: plays the runner for one step, with the bundles of the action and an embedded cache service. */
async function runLocalBuild(argv, env, write, action = 'main') {
    const flags = (0,build_flags/* parseBuildFlags */.Po)(argv, action);
    if (flags.help) {
        write((0,build_flags/* renderBuildHelp */.Eh)(action));
        return 0;
    }
    const event = await (0,played_event/* makeLocalEvent */.Aw)(flags, external_node_process_.cwd(), env);
    const home = env['XDG_CACHE_HOME'] || external_node_path_.join((0,external_node_os_.homedir)(), '.cache');
    const scratch = await (0,promises_.mkdtemp)(external_node_path_.join((0,external_node_os_.tmpdir)(), 'hotlayer-'));
    const service = await (0,start/* startEmbeddedService */.c)({
        directory: external_node_path_.resolve(flags.cacheDirectory ?? external_node_path_.join(home, 'hotlayer', 'actions-cache')),
    });
    try {
        const token = await (0,signed_token/* mintToken */.W$)({ scopes: event.access, repository: event.repository });
        const files = toCommandFiles(scratch);
        await Promise.all([...Object.values(files).map((file) => (0,promises_.writeFile)(file, ''))]);
        const stepEnv = {
            ...env,
            ...(await (0,played_event/* writeLocalEvent */.Tt)(event, scratch)),
            ...files,
            ...(0,reader/* toInputVariables */.N6)(flags.inputs),
            GITHUB_WORKSPACE: external_node_process_.cwd(),
            RUNNER_TEMP: scratch,
            RUNNER_TOOL_CACHE: env['RUNNER_TOOL_CACHE'] || external_node_path_.join(home, 'hotlayer', 'tools'),
            ACTIONS_CACHE_SERVICE_V2: 'True',
            ACTIONS_RESULTS_URL: `${service.url.replace(/\/$/, '')}/`,
            ACTIONS_RUNTIME_TOKEN: token,
        };
        const exitCode = await runStep(action, stepEnv, write);
        const state = parseCommandFile(await (0,promises_.readFile)(files.GITHUB_STATE, 'utf8'));
        const postEnv = {
            ...stepEnv,
            ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
        };
        const postExitCode = await runStep('post', postEnv, write);
        if (flags.report !== undefined) {
            const outputs = Object.fromEntries(parseCommandFile(await (0,promises_.readFile)(files.GITHUB_OUTPUT, 'utf8')));
            const summary = await (0,promises_.readFile)(files.GITHUB_STEP_SUMMARY, 'utf8');
            await (0,promises_.writeFile)(flags.report, `${JSON.stringify({ exitCode, outputs, service: service.statistics(), summary }, null, 2)}\n`);
        }
        return exitCode === 0 ? postExitCode : exitCode;
    }
    finally {
        await service.close();
        await (0,promises_.rm)(scratch, { recursive: true, force: true });
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


/***/ })

};
