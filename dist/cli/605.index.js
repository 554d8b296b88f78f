export const id = 605;
export const ids = [605];
export const modules = {

/***/ 5605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runServe: () => (/* binding */ runServe)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/cache-server/call.js
var call = __webpack_require__(4931);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/embedded/simulator/fault-file.js



const fields = [
    'call',
    'key',
    'status',
    'break',
    'evict',
    'delayMs',
    'when',
    'afterBytes',
    'retryAfter',
    'message',
    'skip',
    'count',
    'every',
    'probability',
];
/** The rules of a parsed fault file. Throws InputError that names the rule and the field. */
function parseFaults(document) {
    if (!Array.isArray(document))
        throw new errors/* InputError */.dz('faults', 'faults: the file must hold a JSON array of rules.');
    return document.map((rule, index) => parseRule(rule, `faults[${index}]`));
}
function parseRule(rule, where) {
    if (!(0,json/* isRecord */.u4)(rule))
        throw new errors/* InputError */.dz('faults', `${where}: a rule is an object with "call" and what to do.`);
    for (const name of Object.keys(rule)) {
        if (!fields.includes(name))
            throw new errors/* InputError */.dz('faults', `${where}.${name}: unknown field; known are ${fields.join(', ')}.`);
    }
    const probability = rule['probability'] ?? 1;
    if (typeof probability !== 'number' || probability < 0 || probability > 1) {
        throw new errors/* InputError */.dz('faults', `${where}.probability: ${JSON.stringify(probability)} is not between 0 and 1.`);
    }
    return {
        calls: parseCalls(rule['call'], `${where}.call`),
        key: parseText(rule, 'key', where),
        effect: parseEffect(rule, where),
        skip: parseInteger(rule, 'skip', where, 0) ?? 0,
        count: parseInteger(rule, 'count', where, 0),
        every: parseInteger(rule, 'every', where, 1) ?? 1,
        probability,
    };
}
function parseCalls(value, where) {
    if (value === '*')
        return undefined;
    const names = Array.isArray(value) ? value : [value];
    return names.map((name) => {
        const kind = call/* callKinds */.oP.find((known) => known === name);
        if (kind !== undefined)
            return kind;
        const allowed = ['*', ...call/* callKinds */.oP].join(', ');
        throw new errors/* InputError */.dz('faults', `${where}: ${JSON.stringify(name)} is no call; allowed are ${allowed}.`);
    });
}
function parseEffect(rule, where) {
    const delayMs = parseInteger(rule, 'delayMs', where, 0);
    const status = parseInteger(rule, 'status', where, 200);
    const manner = rule['break'];
    const evict = rule['evict'];
    if ([status, manner, evict].filter((value) => value !== undefined).length > 1) {
        throw new errors/* InputError */.dz('faults', `${where}: "status", "break" and "evict" exclude each other.`);
    }
    const when = parseWhen(rule['when'], where);
    if (status !== undefined) {
        if (status > 599)
            throw new errors/* InputError */.dz('faults', `${where}.status: ${status} is no HTTP status.`);
        const retryAfterSeconds = parseInteger(rule, 'retryAfter', where, 0);
        const message = parseText(rule, 'message', where) ?? 'fault from the fault file';
        return { kind: 'status', status, retryAfterSeconds, message, when, delayMs: delayMs ?? 0 };
    }
    if (manner !== undefined) {
        const afterBytes = parseInteger(rule, 'afterBytes', where, 0);
        if (manner === 'corrupt')
            return { kind: 'corrupt', atByte: afterBytes ?? 0, delayMs: delayMs ?? 0 };
        if (manner !== 'reset' && manner !== 'truncate') {
            throw new errors/* InputError */.dz('faults', `${where}.break: ${JSON.stringify(manner)} is none of "reset", "truncate" and "corrupt".`);
        }
        return {
            kind: 'break',
            manner: manner === 'reset' ? 'reset' : 'close',
            afterBytes,
            when,
            delayMs: delayMs ?? 0,
        };
    }
    if (evict === true)
        return { kind: 'evict', delayMs: delayMs ?? 0 };
    if (delayMs !== undefined)
        return { kind: 'delay', delayMs };
    throw new errors/* InputError */.dz('faults', `${where}: says nothing to do; give "status", "break", "evict": true or "delayMs".`);
}
function parseWhen(value, where) {
    if (value === undefined || value === 'before')
        return 'before';
    if (value === 'after')
        return 'after';
    throw new errors/* InputError */.dz('faults', `${where}.when: ${JSON.stringify(value)} is neither "before" nor "after".`);
}
function parseText(rule, name, where) {
    const value = rule[name];
    if (value === undefined || typeof value === 'string')
        return value;
    throw new errors/* InputError */.dz('faults', `${where}.${name}: ${JSON.stringify(value)} is no text.`);
}
function parseInteger(rule, name, where, min) {
    const value = rule[name];
    if (value === undefined)
        return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min)
        return value;
    throw new errors/* InputError */.dz('faults', `${where}.${name}: ${JSON.stringify(value)} is no whole number from ${min} up.`);
}

// EXTERNAL MODULE: ./build/embedded/start.js + 32 modules
var start = __webpack_require__(9458);
// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
// EXTERNAL MODULE: ./build/cli/flags.js
var flags = __webpack_require__(6222);
;// CONCATENATED MODULE: ./build/cli/serve.js








const bytesPerMegabyte = 1_000_000;
const serve_flags = {
    dir: { value: 'DIR', help: 'directory of the entries; made if need be, one process at a time' },
    port: { value: 'N', help: 'port on 127.0.0.1 (default: any free one)' },
    secret: {
        value: 'S',
        help: 'accept only tokens that `hotlayer token --secret S` signed (or HOTLAYER_SECRET)',
    },
    'max-size-mb': { value: 'N', help: 'remove the entries not used for longest beyond so many MB' },
    'latency-ms': { value: 'N', help: 'wait before every call' },
    'blob-latency-ms': { value: 'N', help: 'the same for blob URLs, in place of --latency-ms' },
    'stream-mbps': { value: 'N', help: 'megabytes a second on one connection, each way' },
    'total-mbps': { value: 'N', help: 'megabytes a second on all connections together, each way' },
    'creates-per-minute': { value: 'N', help: 'reservations a minute and repository, then 429' },
    faults: { value: 'FILE', help: 'JSON file of faults, see docs/embedded-service.md' },
    seed: { value: 'N', help: "seed of the faults' probabilities (default 1)" },
    help: { value: undefined, help: 'this text' },
};
/** `hotlayer serve`: serves a directory until SIGTERM or SIGINT, then prints statistics as one line of JSON. */
async function runServe(argv, env, write) {
    const values = (0,flags/* parseFlags */.bQ)(argv, serve_flags);
    if (values['help'] !== undefined) {
        write(`hotlayer serve --dir DIR [flags]: the cache service of GitHub Actions, v1 and v2, from a directory\n\n${(0,flags/* renderFlags */.GY)(serve_flags)}`);
        return 0;
    }
    const options = {
        directory: readDirectory((0,flags/* readFlagText */.Wy)(values, 'dir')),
        port: (0,flags/* readNumberFlag */.cg)(values, 'port', { min: 0, max: 65_535 }) ?? 0,
        secret: readSecret((0,flags/* readFlagText */.Wy)(values, 'secret'), env['HOTLAYER_SECRET']),
        maxSizeBytes: toBytes((0,flags/* readNumberFlag */.cg)(values, 'max-size-mb', { min: 1 })),
        latencyMs: (0,flags/* readNumberFlag */.cg)(values, 'latency-ms', { min: 0, isWhole: false }),
        blobLatencyMs: (0,flags/* readNumberFlag */.cg)(values, 'blob-latency-ms', { min: 0, isWhole: false }),
        streamBytesPerSecond: toBytes((0,flags/* readNumberFlag */.cg)(values, 'stream-mbps', { min: 0.001, isWhole: false })),
        totalBytesPerSecond: toBytes((0,flags/* readNumberFlag */.cg)(values, 'total-mbps', { min: 0.001, isWhole: false })),
        createsPerMinute: (0,flags/* readNumberFlag */.cg)(values, 'creates-per-minute', { min: 0 }),
        faults: await readFaults((0,flags/* readFlagText */.Wy)(values, 'faults')),
        seed: (0,flags/* readNumberFlag */.cg)(values, 'seed', { min: 0 }),
        onError: (error) => external_node_process_.stderr.write((0,printable/* toPrintable */.f8)(`hotlayer serve: ${(0,errors/* toMessage */.R9)(error)}\n`)),
    };
    // Listened for first: a signal that comes while the directory is read must not kill the process without a word.
    const signalled = waitForSignal();
    const service = await (0,start/* startEmbeddedService */.c)(options);
    write(`${(0,printable/* toPrintableJson */.Xr)({ url: service.url })}\n`);
    await signalled;
    await service.close();
    write(`${(0,printable/* toPrintableJson */.Xr)(service.statistics())}\n`);
    return 0;
}
function waitForSignal() {
    return new Promise((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT'])
            external_node_process_.once(signal, () => resolve());
    });
}
function readDirectory(text) {
    if (text !== undefined && text.trim() !== '')
        return external_node_path_.resolve(text);
    throw new errors/* InputError */.dz('dir', '--dir is missing: name the directory that holds the entries (hotlayer serve --dir DIR).');
}
/** The environment keeps a secret out of the argument list, which every user of the machine can read. */
function readSecret(flag, fromEnv) {
    const secret = flag ?? (fromEnv === '' ? undefined : fromEnv);
    if (secret === '')
        throw new errors/* InputError */.dz('secret', '--secret is empty: give some text, or leave the flag out.');
    return secret;
}
function toBytes(megabytes) {
    return megabytes === undefined ? undefined : megabytes * bytesPerMegabyte;
}
async function readFaults(file) {
    if (file === undefined)
        return [];
    try {
        return parseFaults(JSON.parse(await (0,promises_.readFile)(file, 'utf8')));
    }
    catch (error) {
        throw new errors/* InputError */.dz('faults', `--faults ${file}: ${(0,errors/* toMessage */.R9)(error)}`, { cause: error });
    }
}


/***/ })

};
