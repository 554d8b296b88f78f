export const id = 25;
export const ids = [25];
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
// EXTERNAL MODULE: ./build/embedded/repository-refs.js
var repository_refs = __webpack_require__(2254);
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

// EXTERNAL MODULE: ./build/embedded/start.js + 33 modules
var start = __webpack_require__(9000);
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
    'api-calls-per-hour': { value: 'N', help: "calls of GitHub's REST an hour and repository, then 403" },
    refs: {
        value: 'FILE',
        help: 'JSON file of branches, tags and pull requests for `hotlayer cleanup`, see docs/embedded-service.md',
    },
    faults: { value: 'FILE', help: 'JSON file of faults, see docs/embedded-service.md' },
    seed: { value: 'N', help: "seed of the faults' probabilities (default 1)" },
    help: { value: undefined, help: 'this text' },
};
/** `hotlayer serve`: serves a directory until SIGTERM or SIGINT, then prints statistics as one line of JSON. */
async function runServe(argv, env, write) {
    const values = (0,flags/* parseFlags */.bQ)(argv, serve_flags);
    if (values['help'] !== undefined) {
        write(`hotlayer serve --dir DIR [flags]: the cache service of GitHub Actions, v1, v2 and the REST of caches, from a directory\n\n${(0,flags/* renderFlags */.GY)(serve_flags)}`);
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
        apiCallsPerHour: (0,flags/* readNumberFlag */.cg)(values, 'api-calls-per-hour', { min: 0 }),
        readRefs: await openRefs((0,flags/* readFlagText */.Wy)(values, 'refs')),
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
/** Looks at the file once, so that a fault in it is told at once; it may change later. */
async function openRefs(file) {
    if (file === undefined)
        return undefined;
    const read = async () => JSON.parse(await (0,promises_.readFile)(file, 'utf8'));
    try {
        (0,repository_refs/* checkRefs */.l)(await read());
    }
    catch (error) {
        throw new errors/* InputError */.dz('refs', `--refs ${file}: ${(0,errors/* toMessage */.R9)(error)}`, { cause: error });
    }
    return read;
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
