export const id = 428;
export const ids = [428];
export const modules = {

/***/ 5916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ ServiceError)
/* harmony export */ });
/** A refusal with the service's own meaning; the handlers give it the shape of v1, Twirp or Azure. */
class ServiceError extends Error {
    code;
    /** Seconds, for `resource_exhausted` and `unavailable`. */
    retryAfterSeconds;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'ServiceError';
        this.code = code;
        this.retryAfterSeconds = options?.retryAfterSeconds;
    }
}


/***/ }),

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

/***/ 4428:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runToken: () => (/* binding */ runToken)
/* harmony export */ });
/* harmony import */ var _embedded_signed_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5026);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9473);
/* harmony import */ var _flags_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6222);



const flags = {
    scope: {
        value: 'REF:RIGHTS',
        isRepeated: true,
        help: 'ref and rights (r, w, rw), own ref first: refs/heads/main:rw; repeatable',
    },
    permission: {
        value: 'NAME=LEVEL',
        isRepeated: true,
        help: "a permission of GitHub's REST for `hotlayer cleanup`, such as actions=write; repeatable",
    },
    secret: { value: 'S', help: 'sign with the secret of `hotlayer serve --secret S` (or HOTLAYER_SECRET)' },
    repository: { value: 'OWNER/NAME', help: 'whose caches they are (default: local)' },
    help: { value: undefined, help: 'this text' },
};
const permissions = new Map([
    ['r', 1],
    ['w', 2],
    ['rw', 3],
]);
/** `hotlayer token`: prints a runtime token for the embedded cache service. */
async function runToken(argv, env, write) {
    const values = (0,_flags_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFlags */ .bQ)(argv, flags);
    if (values['help'] !== undefined) {
        write(`hotlayer token --scope REF:RIGHTS [flags]: a runtime token for hotlayer serve\n\n${(0,_flags_js__WEBPACK_IMPORTED_MODULE_2__/* .renderFlags */ .GY)(flags)}`);
        return 0;
    }
    const scopes = (values['scope'] ?? []).map((value) => parseScope(String(value)));
    const permissions = Object.fromEntries((values['permission'] ?? []).map((value) => parsePermission(String(value))));
    if (scopes.length === 0 && Object.keys(permissions).length === 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('scope', '--scope is missing: give at least one, such as --scope refs/heads/main:rw.');
    const repository = (0,_flags_js__WEBPACK_IMPORTED_MODULE_2__/* .readFlagText */ .Wy)(values, 'repository');
    if (repository?.trim() === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('repository', '--repository is empty: give OWNER/NAME, or leave the flag out.');
    const secret = (0,_flags_js__WEBPACK_IMPORTED_MODULE_2__/* .readFlagText */ .Wy)(values, 'secret') ?? (env['HOTLAYER_SECRET'] || undefined);
    if (secret === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('secret', '--secret is empty: give some text, or leave the flag out.');
    write(`${await (0,_embedded_signed_token_js__WEBPACK_IMPORTED_MODULE_0__/* .mintToken */ .W$)({ scopes, repository, permissions, secret })}\n`);
    return 0;
}
/** With the names of a workflow's `permissions`: GitHub's API writes an underscore for their hyphen. */
function parsePermission(text) {
    const [, name, level] = /^([a-z][a-z_-]*)=(read|write)$/.exec(text) ?? [];
    if (name === undefined || (level !== 'read' && level !== 'write'))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('permission', `--permission ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(text)} is not NAME=LEVEL with the level read or write, such as actions=write.`);
    return [name.replaceAll('-', '_'), level];
}
/** A ref may hold a colon no more than Git allows it (not at all), and may be empty, as emulators have it. */
function parseScope(text) {
    const colon = text.lastIndexOf(':');
    const permission = permissions.get(text.slice(colon + 1));
    if (colon < 0 || permission === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('scope', `--scope "${text}" is not REF:RIGHTS with the rights r, w or rw, such as refs/heads/main:rw.`);
    }
    return { scope: text.slice(0, colon), permission };
}


/***/ }),

/***/ 5026:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W$: () => (/* binding */ mintToken),
  IR: () => (/* binding */ readApiCaller),
  wW: () => (/* binding */ readCaller)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./node_modules/jose/dist/webapi/jwt/sign.js + 1 modules
var sign = __webpack_require__(2896);
// EXTERNAL MODULE: ./node_modules/jose/dist/webapi/jwt/verify.js + 1 modules
var verify = __webpack_require__(5057);
;// CONCATENATED MODULE: ./build/cache-protocol/bearer.js
/** The token of an `Authorization: Bearer …` header. */
function parseBearer(authorization) {
    return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

// EXTERNAL MODULE: ./build/cache-server/service.js
var service = __webpack_require__(5916);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/policy/runtime-token.js
var runtime_token = __webpack_require__(4191);
;// CONCATENATED MODULE: ./build/embedded/signed-token.js







/** GitHub's tokens live six hours and twenty minutes. */
const lifetimeSeconds = (6 * 60 + 20) * 60;
const defaultRepository = 'local';
/** A runtime token with the claims of GitHub's (cache-protocol.md, section 3.1). */
function mintToken(request) {
    const { scopes, repository = defaultRepository, permissions, secret, now = Date.now() } = request;
    const issuedAt = Math.floor(now / 1000);
    const jobId = (0,external_node_crypto_.randomUUID)();
    return new sign/* SignJWT */.P({
        ac: (0,runtime_token/* renderAccessClaim */.nx)(scopes),
        scp: `Actions.Results:${(0,external_node_crypto_.randomUUID)()}:${jobId}`,
        orch_id: `${(0,external_node_crypto_.randomUUID)()}.job.__default`,
        repository,
        repository_id: toRepositoryId(repository),
        ...(permissions === undefined ? {} : { permissions }),
    })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer('https://token.actions.githubusercontent.com')
        .setAudience('hotlayer')
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt - 300)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(secret === undefined ? (0,external_node_crypto_.randomBytes)(32) : toKey(secret));
}
/**
 * Who bears a token and what it may do. Without a secret any well-formed JWT will do; with one it must be signed with it
 * and be valid now. Throws ServiceError `unauthenticated`.
 */
async function readCaller(authorization, secret, now) {
    const token = parseBearer(authorization);
    if (token === undefined)
        throw new service/* ServiceError */._('unauthenticated', 'no bearer token');
    const claims = await readClaims(token, secret, now);
    const access = (0,runtime_token/* readAccessClaim */.b1)(claims['ac']);
    return { repository: readRepository(claims), scopes: access.kind === 'scopes' ? access.scopes : [] };
}
/** Who bears a token of GitHub's REST, and what it may do there. Throws ServiceError `unauthenticated`. */
async function readApiCaller(authorization, secret, now) {
    const token = parseBearer(authorization);
    if (token === undefined)
        throw new service/* ServiceError */._('unauthenticated', 'Bad credentials');
    const claims = await readClaims(token, secret, now);
    const { repository, permissions } = claims;
    const granted = Object.entries((0,json/* isRecord */.u4)(permissions) ? permissions : {}).flatMap(([name, level]) => level === 'read' || level === 'write' ? [[name, level]] : []);
    return {
        name: typeof repository === 'string' ? repository : defaultRepository,
        repository: readRepository(claims),
        permissions: Object.fromEntries(granted),
    };
}
async function readClaims(token, secret, now) {
    const jwt = (0,runtime_token/* parseJwt */.$n)(token);
    if (jwt.kind === 'opaque')
        throw new service/* ServiceError */._('unauthenticated', `the token is not accepted: ${jwt.reason}`);
    if (secret === undefined)
        return jwt.claims;
    try {
        await (0,verify/* jwtVerify */.V)(token, toKey(secret), { algorithms: ['HS256'], currentDate: new Date(now) });
        return jwt.claims;
    }
    catch (error) {
        throw new service/* ServiceError */._('unauthenticated', `the token is not accepted: ${(0,errors/* toMessage */.R9)(error)}`, {
            cause: error,
        });
    }
}
function readRepository(claims) {
    for (const name of ['repository_id', 'repository']) {
        const value = claims[name];
        if (typeof value === 'string' && value !== '')
            return value;
        if (typeof value === 'number')
            return String(value);
    }
    return defaultRepository;
}
/** GitHub's id is a number in a string; ours is made of the name, so that the same repository keeps its caches. */
function toRepositoryId(repository) {
    return String((0,external_node_crypto_.createHash)('sha256').update(repository).digest().readUIntBE(0, 6));
}
function toKey(secret) {
    return new TextEncoder().encode(secret);
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


/***/ })

};
