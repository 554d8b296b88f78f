export const id = 0;
export const ids = [0];
export const modules = {

/***/ 5456:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UE: () => (/* binding */ renderLinks),
/* harmony export */   ZF: () => (/* binding */ renderApiError),
/* harmony export */   cN: () => (/* binding */ parseApiCall),
/* harmony export */   v5: () => (/* binding */ renderCacheList),
/* harmony export */   v6: () => (/* binding */ toPermission)
/* harmony export */ });
/* unused harmony exports sortFields, maxPerPage */
const sortFields = ['created_at', 'last_accessed_at', 'size_in_bytes'];
const defaultPerPage = 30;
const maxPerPage = 100;
const repositoryPath = /^(?:\/api\/v3)?\/repos\/([^/]+\/[^/]+)(?:\/(.+))?$/;
/** `unknown`: a path of a repository that has no such call; undefined: no path of this API. */
function parseApiCall(method, url) {
    const [, repository, rest = ''] = repositoryPath.exec(decodePath(url.pathname) ?? '') ?? [];
    if (repository === undefined)
        return undefined;
    const { searchParams } = url;
    const text = (name) => searchParams.get(name) || undefined;
    if (method === 'DELETE') {
        if (rest === 'actions/caches')
            return { repository, kind: 'delete-key', key: text('key'), ref: text('ref') };
        const id = /^actions\/caches\/(\d{1,16})$/.exec(rest)?.[1];
        return id === undefined ? 'unknown' : { repository, kind: 'delete-id', id };
    }
    if (method !== 'GET')
        return 'unknown';
    if (rest === '')
        return { repository, kind: 'repository' };
    if (rest === 'actions/caches')
        return { repository, kind: 'list', query: toListQuery(text) };
    if (rest === 'actions/cache/usage')
        return { repository, kind: 'usage' };
    const ref = /^git\/ref\/((?:heads|tags)\/.+)$/.exec(rest)?.[1];
    if (ref !== undefined)
        return { repository, kind: 'ref', ref: `refs/${ref}` };
    const number = /^pulls\/(\d{1,12})$/.exec(rest)?.[1];
    return number === undefined ? 'unknown' : { repository, kind: 'pull', number };
}
function toListQuery(text) {
    const count = (name, fallback) => {
        const value = text(name) ?? '';
        return /^\d{1,9}$/.test(value) ? Math.max(1, Number(value)) : fallback;
    };
    return {
        key: text('key'),
        ref: text('ref'),
        sort: sortFields.find((field) => field === text('sort')) ?? 'last_accessed_at',
        isAscending: text('direction') === 'asc',
        perPage: Math.min(maxPerPage, count('per_page', defaultPerPage)),
        page: count('page', 1),
    };
}
/** The permission of a fine-grained token or GITHUB_TOKEN that a call needs; every token has `metadata: read`. */
function toPermission(kind) {
    switch (kind) {
        case 'list':
        case 'usage':
            return { name: 'actions', level: 'read' };
        case 'delete-key':
        case 'delete-id':
            return { name: 'actions', level: 'write' };
        case 'ref':
            return { name: 'contents', level: 'read' };
        case 'pull':
            return { name: 'pull_requests', level: 'read' };
        case 'repository':
            return undefined;
        default:
            return kind;
    }
}
function renderCacheList(entries, totalCount) {
    return {
        total_count: totalCount,
        actions_caches: entries.map(({ id, refScope, key, version, sizeBytes, createdAt, accessedAt }) => ({
            ...{ id, ref: refScope, key, version },
            last_accessed_at: new Date(accessedAt).toISOString(),
            created_at: new Date(createdAt).toISOString(),
            size_in_bytes: sizeBytes,
        })),
    };
}
/** The `Link` header of a page; undefined: it is the only one. */
function renderLinks(url, page, lastPage) {
    const link = (rel, to) => {
        const target = new URL(url);
        target.searchParams.set('page', String(to));
        return to < 1 || to > lastPage || to === page ? [] : [`<${target.href}>; rel="${rel}"`];
    };
    const links = [
        ...link('prev', page - 1),
        ...link('next', page + 1),
        ...(page < lastPage ? link('last', lastPage) : []),
        ...(page > 1 ? link('first', 1) : []),
    ];
    return links.length === 0 ? undefined : links.join(', ');
}
function renderApiError(status, message) {
    return { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
}
/** undefined: a malformed escape, which names nothing. */
function decodePath(pathname) {
    try {
        return decodeURIComponent(pathname);
    }
    catch {
        // A malformed escape is no fault of ours: the caller says what it means.
        return undefined;
    }
}


/***/ }),

/***/ 4931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a4: () => (/* binding */ toBlobPath),
/* harmony export */   ni: () => (/* binding */ classifyCall),
/* harmony export */   oF: () => (/* binding */ parseBlobPath),
/* harmony export */   oP: () => (/* binding */ callKinds)
/* harmony export */ });
/* harmony import */ var _cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8401);
/* harmony import */ var _cache_protocol_github_rest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5456);
/* harmony import */ var _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6532);
/* harmony import */ var _cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7322);




const callKinds = [
    'lookup',
    'create',
    'finalize',
    'list',
    'upload',
    'block-list',
    'download',
    'head',
    'api-list',
    'api-delete',
    'api-refs',
    'unknown',
];
/** Container of all blob URLs, as on GitHub; the account segment is there for hosts that are not `*.blob.core.windows.net`. */
const blobPath = /^(?:\/devstoreaccount1)?\/actions-cache\/([^/]+)$/;
/** The id in the path of a blob URL; undefined for other paths. */
function parseBlobPath(pathname) {
    const id = blobPath.exec(pathname)?.[1];
    try {
        return id === undefined ? undefined : decodeURIComponent(id);
    }
    catch {
        // A malformed escape names no blob.
        return undefined;
    }
}
/** Path of a blob's URL on that host: `@azure/storage-blob` expects an account segment on all hosts but Azure's own. */
function toBlobPath(hostname, id) {
    const account = hostname.endsWith('.blob.core.windows.net') ? '' : '/devstoreaccount1';
    return `${account}/actions-cache/${encodeURIComponent(id)}`;
}
function classifyCall(request) {
    const { method, url, headers } = request;
    const twirp = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_0__/* .parseTwirpPath */ .hK)(url.pathname);
    if (twirp !== undefined)
        return { kind: toTwirpKind(twirp), dialect: 'twirp' };
    const v1 = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_1__/* .parseV1Call */ .pg)(method, url);
    if (v1 !== undefined)
        return { kind: v1 === 'unknown' ? 'unknown' : toV1Kind(v1.kind), dialect: 'v1' };
    const isBlob = parseBlobPath(url.pathname) !== undefined;
    const api = isBlob ? undefined : (0,_cache_protocol_github_rest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseApiCall */ .cN)(method, url);
    if (api !== undefined)
        return { kind: api === 'unknown' ? 'unknown' : toApiKind(api.kind), dialect: 'api' };
    if (!isBlob)
        return { kind: 'unknown', dialect: 'twirp' };
    return {
        kind: toBlobKind((0,_cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .parseBlobOperation */ .sB)(method, url.searchParams, headers['x-ms-blob-type']).kind),
        dialect: 'blob',
    };
}
function toTwirpKind(method) {
    switch (method) {
        case 'CreateCacheEntry':
            return 'create';
        case 'FinalizeCacheEntryUpload':
            return 'finalize';
        case 'GetCacheEntryDownloadURL':
            return 'lookup';
        case 'unknown':
            return 'unknown';
    }
}
function toV1Kind(kind) {
    switch (kind) {
        case 'lookup':
        case 'list':
            return kind;
        case 'reserve':
            return 'create';
        case 'chunk':
            return 'upload';
        case 'commit':
            return 'finalize';
    }
}
function toApiKind(kind) {
    switch (kind) {
        case 'list':
        case 'usage':
            return 'api-list';
        case 'delete-id':
        case 'delete-key':
            return 'api-delete';
        case 'repository':
        case 'ref':
        case 'pull':
            return 'api-refs';
        default:
            return kind;
    }
}
function toBlobKind(kind) {
    switch (kind) {
        case 'get':
            return 'download';
        case 'head':
            return 'head';
        case 'put-block-list':
            return 'block-list';
        case 'unsupported':
            return 'unknown';
        default:
            return 'upload';
    }
}


/***/ }),

/***/ 2254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ parseRefs),
/* harmony export */   l: () => (/* binding */ checkRefs)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9473);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9368);


/**
 * The refs of a repository out of what `hotlayer serve --refs` was told, an object with a field for each repository
 * (docs/embedded-service.md). undefined: nothing is told of it. Throws InputError that names the field.
 */
function parseRefs(document, repository) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(document))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', 'refs: the file must hold a JSON object with a field for each repository.');
    const name = Object.keys(document).find((key) => key.toLowerCase() === repository.toLowerCase());
    if (name === undefined)
        return undefined;
    const where = `refs[${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(name)}]`;
    const refs = document[name];
    const defaultBranch = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readString */ .E3)(refs, 'default_branch');
    if (defaultBranch === undefined || defaultBranch === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', `${where}.default_branch: it must be the name of a branch.`);
    const branches = parseNames((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readField */ .dR)(refs, 'branches') ?? [], `${where}.branches`);
    return {
        defaultBranch,
        branches: new Set([defaultBranch, ...branches]),
        tags: new Set(parseNames((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readField */ .dR)(refs, 'tags') ?? [], `${where}.tags`)),
        pullRequests: parsePullRequests((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readField */ .dR)(refs, 'pull_requests') ?? {}, `${where}.pull_requests`),
    };
}
/** Throws InputError when anything in it is not as it should be. */
function checkRefs(document) {
    for (const name of Object.keys((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(document) ? document : {}))
        parseRefs(document, name);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(document))
        parseRefs(document, '');
}
function parseNames(value, where) {
    if (!Array.isArray(value))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', `${where}: it must be a list of names.`);
    return value.map((name) => {
        if (typeof name === 'string' && name !== '')
            return name;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', `${where}: ${JSON.stringify(name)} is no name.`);
    });
}
function parsePullRequests(value, where) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(value))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', `${where}: it must be an object such as {"7": "open", "8": "closed"}.`);
    return new Map(Object.entries(value).map(([number, state]) => {
        if (state === 'open' || state === 'closed')
            return [number, state];
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('refs', `${where}[${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(number)}]: ${JSON.stringify(state)} is neither "open" nor "closed".`);
    }));
}


/***/ }),

/***/ 9000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ startEmbeddedService)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/cache-protocol/github-rest.js
var github_rest = __webpack_require__(5456);
// EXTERNAL MODULE: ./build/cache-protocol/blob-xml.js
var blob_xml = __webpack_require__(9685);
// EXTERNAL MODULE: ./build/cache-protocol/rest-v1.js
var rest_v1 = __webpack_require__(6532);
// EXTERNAL MODULE: ./build/cache-protocol/twirp.js
var twirp = __webpack_require__(7322);
;// CONCATENATED MODULE: ./build/cache-server/response.js





function toJsonResponse(status, body, headers = {}) {
    const bytes = Buffer.from(JSON.stringify(body));
    return {
        status,
        headers: { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers },
        body: bytes,
    };
}
function toEmptyResponse(status, headers = {}) {
    // HTTP forbids a length on 204.
    const length = status === 204 ? {} : { 'Content-Length': '0' };
    return { status, headers: { ...length, ...headers }, body: undefined };
}
/**
 * What every blob answer carries. go-actions-cache dereferences `x-ms-request-id` without a check: an answer without it
 * kills buildkitd.
 */
function toBlobHeaders(version) {
    return { 'x-ms-request-id': (0,external_node_crypto_.randomUUID)(), 'x-ms-version': version ?? '2025-11-05' };
}
/** A refusal in the shape that clients of that dialect read. */
function toFailureResponse(dialect, failure, blobVersion) {
    const { status, message, retryAfterSeconds } = failure;
    const retryAfter = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterSeconds)) };
    switch (dialect) {
        case 'twirp':
            return toJsonResponse(status, (0,twirp/* renderTwirpError */.LX)({ code: failure.twirpCode ?? toTwirpCode(status), message }), retryAfter);
        case 'api':
            return toJsonResponse(status, (0,github_rest/* renderApiError */.ZF)(status, message), retryAfter);
        case 'v1':
            return toJsonResponse(status, (0,rest_v1/* renderV1Error */.E_)({ message, typeKey: toV1TypeKey(status) }), retryAfter);
        case 'blob': {
            const code = failure.blobCode ?? toBlobCode(status);
            const bytes = Buffer.from((0,blob_xml/* renderBlobError */.Gs)(code, message));
            const headers = {
                ...toBlobHeaders(blobVersion),
                'x-ms-error-code': code,
                'Content-Type': 'application/xml',
                'Content-Length': String(bytes.length),
                ...retryAfter,
            };
            return { status, headers, body: bytes };
        }
    }
}
/** What a service refused, with the status that GitHub (or Azure) gives it. */
function toFailure(dialect, error) {
    const { message, retryAfterSeconds } = error;
    const blobCode = toBlobServiceCode(error.code);
    return {
        status: dialect === 'blob' ? toBlobStatus(error.code) : toStatus(error.code),
        message,
        retryAfterSeconds,
        ...(blobCode === undefined ? {} : { blobCode }),
    };
}
function toStatus(code) {
    switch (code) {
        case 'invalid_argument':
        case 'invalid_block_list':
        case 'invalid_block':
            return 400;
        case 'unauthenticated':
            return 401;
        case 'read_denied':
        case 'write_denied':
        case 'permission_denied':
            return 403;
        case 'not_found':
            return 404;
        case 'already_exists':
            return 409;
        case 'resource_exhausted':
            return 429;
        case 'unavailable':
            return 503;
    }
}
/** Azure knows neither 401 for a bad signature nor 429: it is busy. */
function toBlobStatus(code) {
    if (code === 'unauthenticated')
        return 403;
    return code === 'resource_exhausted' ? 503 : toStatus(code);
}
function toBlobServiceCode(code) {
    switch (code) {
        case 'unauthenticated':
            return 'AuthenticationFailed';
        case 'read_denied':
        case 'write_denied':
        case 'permission_denied':
            return 'AuthorizationPermissionMismatch';
        case 'invalid_block_list':
            return 'InvalidBlockList';
        case 'invalid_block':
            return 'InvalidBlobOrBlock';
        default:
            return undefined;
    }
}
function toTwirpCode(status) {
    switch (status) {
        case 400:
            return 'invalid_argument';
        case 401:
            return 'unauthenticated';
        case 403:
            return 'permission_denied';
        case 404:
            return 'not_found';
        case 409:
            return 'already_exists';
        case 429:
            return 'resource_exhausted';
        case 502:
        case 503:
        case 504:
            return 'unavailable';
        default:
            return status < 500 ? 'invalid_argument' : 'internal';
    }
}
function toV1TypeKey(status) {
    switch (status) {
        case 401:
            return 'UnauthorizedRequestException';
        case 403:
            return 'ArtifactCacheAccessDeniedException';
        case 404:
            return 'ArtifactCacheItemNotFoundException';
        case 409:
            return 'ArtifactCacheItemAlreadyExistsException';
        case 429:
            return 'RequestBlockedException';
        case 503:
            return 'ServiceUnavailableException';
        default:
            return status < 500 ? 'InvalidRequestException' : 'VssServiceException';
    }
}
function toBlobCode(status) {
    switch (status) {
        case 403:
            return 'AuthenticationFailed';
        case 404:
            return 'BlobNotFound';
        case 405:
            return 'UnsupportedHttpVerb';
        case 413:
            return 'RequestBodyTooLarge';
        case 416:
            return 'InvalidRange';
        case 429:
        case 503:
            return 'ServerBusy';
        default:
            return status < 500 ? 'InvalidInput' : 'InternalError';
    }
}

;// CONCATENATED MODULE: ./build/cache-server/api-handler.js



/** GitHub's REST of Actions caches, also under GHES' prefix; cache-protocol/github-rest.ts names the pages of its docs. */
async function handleApi(api, request) {
    const call = (0,github_rest/* parseApiCall */.cN)(request.method, request.url);
    if (api === undefined || call === undefined)
        return toApiError(404, 'Not Found');
    const { authorization } = request.headers;
    if (authorization === undefined)
        return toApiError(401, 'Requires authentication');
    // GitHub takes `token` and `Bearer` alike.
    const caller = await api.authenticate(authorization.replace(/^token /i, 'Bearer '));
    const limit = api.countCall(caller);
    const answer = limit !== undefined && limit.remaining < 0
        ? toApiError(403, 'API rate limit exceeded for installation.')
        : await answerCall(api, caller, call, request.url);
    return {
        ...answer,
        headers: { ...answer.headers, ...toLimitHeaders(limit), 'x-github-request-id': (0,external_node_crypto_.randomUUID)() },
    };
}
async function answerCall(api, caller, call, url) {
    // A token does not get to know whether another repository is there.
    if (call === 'unknown' || call.repository.toLowerCase() !== caller.name.toLowerCase())
        return toApiError(404, 'Not Found');
    const needed = (0,github_rest/* toPermission */.v6)(call.kind);
    if (needed !== undefined && !isGranted(caller.permissions[needed.name], needed.level)) {
        const headers = { 'x-accepted-github-permissions': `${needed.name}=${needed.level}` };
        return toApiError(403, 'Resource not accessible by integration', headers);
    }
    switch (call.kind) {
        case 'list':
            return list(api.listEntries(caller), call.query, url);
        case 'usage': {
            const entries = api.listEntries(caller);
            return toJsonResponse(200, {
                full_name: caller.name,
                active_caches_size_in_bytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
                active_caches_count: entries.length,
            });
        }
        case 'delete-id':
            return (await api.deleteEntry(caller, Number(call.id)))
                ? toEmptyResponse(204)
                : toApiError(404, 'Not Found');
        case 'delete-key':
            return deleteByKey(api, caller, call);
        case 'repository':
        case 'ref':
        case 'pull': {
            const found = await findFact(api, caller, call);
            return found === undefined ? toApiError(404, 'Not Found') : toJsonResponse(200, found);
        }
        default:
            return call;
    }
}
function list(all, query, url) {
    const { key, ref, sort, isAscending, perPage, page } = query;
    const fields = {
        created_at: 'createdAt',
        last_accessed_at: 'accessedAt',
        size_in_bytes: 'sizeBytes',
    };
    const field = fields[sort];
    const found = all
        .filter((entry) => key === undefined || entry.key.startsWith(key))
        .filter((entry) => ref === undefined || entry.refScope === ref)
        .sort((a, b) => (isAscending ? 1 : -1) * (a[field] - b[field] || a.id - b.id));
    const links = (0,github_rest/* renderLinks */.UE)(url, page, Math.ceil(found.length / perPage));
    return toJsonResponse(200, (0,github_rest/* renderCacheList */.v5)(found.slice((page - 1) * perPage, page * perPage), found.length), links === undefined ? {} : { Link: links });
}
/** All entries that have exactly this key, whatever their version. */
async function deleteByKey(api, caller, { key, ref }) {
    if (key === undefined)
        return toApiError(422, 'Invalid request.\n\n"key" wasn\'t supplied.');
    const found = api
        .listEntries(caller)
        .filter((entry) => entry.key === key && (ref === undefined || entry.refScope === ref));
    if (found.length === 0)
        return toApiError(404, 'Not Found');
    for (const { id } of found)
        await api.deleteEntry(caller, id);
    return toJsonResponse(200, (0,github_rest/* renderCacheList */.v5)(found, found.length));
}
async function findFact(api, caller, call) {
    const refs = await api.findRefs(caller);
    if (refs === undefined)
        return undefined;
    switch (call.kind) {
        case 'repository':
            return { full_name: caller.name, default_branch: refs.defaultBranch };
        case 'ref': {
            const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(call.ref) ?? [];
            return (kind === 'heads' ? refs.branches : refs.tags).has(name) ? { ref: call.ref } : undefined;
        }
        case 'pull': {
            const state = refs.pullRequests.get(call.number);
            return state === undefined ? undefined : { number: Number(call.number), state };
        }
        default:
            return call;
    }
}
function isGranted(given, needed) {
    return given === 'write' || given === needed;
}
/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function toLimitHeaders(limit) {
    if (limit === undefined)
        return {};
    const remaining = Math.max(0, limit.remaining);
    return {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-used': String(limit.limit - remaining),
        'x-ratelimit-reset': String(limit.resetAt),
        'x-ratelimit-resource': 'core',
    };
}
function toApiError(status, message, headers = {}) {
    return toJsonResponse(status, (0,github_rest/* renderApiError */.ZF)(status, message), headers);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./build/cache-protocol/blob.js
var blob = __webpack_require__(8401);
;// CONCATENATED MODULE: ./build/cache-protocol/limits.js
/** What GitHub's service accepts, with its own messages (cache-protocol.md, sections 2.4 and 4.4). */
const MAX_KEY_LENGTH = 512;
const VERSION_LENGTH_V2 = 64;
/** The Azure limit of blocks in one blob. */
const MAX_BLOCKS = 50_000;
/** v1 and Twirp bodies are small; Go reads at most 32 KiB of an answer. */
const MAX_JSON_BODY_BYTES = 1024 * 1024;
/** A block list of 50,000 ids of 88 characters is about 5 MiB. */
const MAX_BLOCK_LIST_BYTES = 16 * 1024 * 1024;
const UPLOAD_URL_LIFETIME_MS = 60 * 60 * 1000;
const DOWNLOAD_URL_LIFETIME_MS = 10 * 60 * 1000;
/** GitHub's message for a key it refuses; undefined when the key is fine. */
function findKeyFault(key) {
    if (key.length >= 1 && key.length <= MAX_KEY_LENGTH)
        return undefined;
    return `key invalid length for cache entry key: must be between 1 and ${MAX_KEY_LENGTH} characters`;
}
/** GitHub's message for a v2 version it refuses: the text says 1 to 64, the service wants exactly 64. */
function findVersionFault(version) {
    if (version.length === VERSION_LENGTH_V2)
        return undefined;
    return 'version invalid length for cache entry version: must be between 1 and 64 characters';
}
/** v1 versions are opaque text (opendal sends the user's own). */
function findVersionFaultV1(version) {
    if (version.length >= 1 && version.length <= MAX_KEY_LENGTH)
        return undefined;
    return `version invalid length for cache entry version: must be between 1 and ${MAX_KEY_LENGTH} characters`;
}
/** GitHub's message for a v2 size it refuses: there are no empty entries. */
function findSizeFault(sizeBytes) {
    if (sizeBytes >= 1)
        return undefined;
    return 'size invalid cache size value: must be between 1 and 9223372036854775807 bytes';
}

// EXTERNAL MODULE: ./build/cache-protocol/range.js
var cache_protocol_range = __webpack_require__(5753);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/cache-server/service.js
var cache_server_service = __webpack_require__(5916);
;// CONCATENATED MODULE: ./build/cache-server/body.js



/** The whole body as text. Throws ServiceError `invalid_argument` when it is longer than `maxBytes`. */
async function readRequestText(body, maxBytes) {
    const chunks = [];
    let sizeBytes = 0;
    for await (const chunk of readChunks(body)) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) {
            throw new cache_server_service/* ServiceError */._('invalid_argument', `the request body is larger than ${maxBytes} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** The parsed body, or undefined when it is not JSON. */
async function readJson(body, maxBytes) {
    return (0,json/* parseJson */.qF)(await readRequestText(body, maxBytes));
}
/**
 * The bytes of a request body. Leaving the loop early does not destroy the stream: that would cut the connection on
 * which the refusal still has to be sent.
 */
async function* readChunks(body) {
    for await (const chunk of body.iterator({ destroyOnReturn: false }))
        yield toBuffer(chunk);
}
function toBuffer(chunk) {
    if (Buffer.isBuffer(chunk))
        return chunk;
    if (chunk instanceof Uint8Array)
        return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    return Buffer.from(String(chunk));
}
/**
 * Bytes `start` to `end` of a blob, inclusive. Throws ServiceError `not_found` when they are gone: an entry may be evicted
 * between its look-up and this read, and that is a 404, not a broken body.
 */
async function openBody(blob, start, end) {
    const body = blob.read(start, end);
    try {
        await whenReadable(body);
        return body;
    }
    catch (error) {
        if (!(0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            throw error;
        throw new cache_server_service/* ServiceError */._('not_found', 'The specified blob does not exist.', { cause: error });
    }
}
/** Waits until a stream has its first bytes (or its end): a file that is gone shows itself before the status is sent. */
function whenReadable(stream) {
    return new Promise((resolve, reject) => {
        const settle = (act) => () => {
            stream.off('readable', onReady).off('end', onReady).off('error', onError);
            act();
        };
        const onReady = settle(resolve);
        const onError = (error) => settle(() => reject(error))();
        stream.once('readable', onReady).once('end', onReady).once('error', onError);
    });
}

;// CONCATENATED MODULE: ./build/cache-server/blob-handler.js









/** Blob URLs: the part of Azure Blob Storage that cache clients use. The signature is the only credential. */
async function handleBlob(context, request) {
    const version = request.headers['x-ms-version'];
    const operation = (0,blob/* parseBlobOperation */.sB)(request.method, request.url.searchParams, request.headers['x-ms-blob-type']);
    if (operation.kind === 'unsupported') {
        return toFailureResponse('blob', { status: 405, message: "The resource doesn't support the specified HTTP verb." }, version);
    }
    const verdict = context.signer.verify(request.url);
    if (verdict.kind === 'invalid') {
        const message = `Server failed to authenticate the request. ${verdict.reason}`;
        return toFailureResponse('blob', { status: 403, blobCode: 'AuthenticationFailed', message }, version);
    }
    const needed = operation.kind === 'get' || operation.kind === 'head' ? 'r' : 'cw';
    if (verdict.permission !== needed) {
        const message = 'This request is not authorized to perform this operation using this permission.';
        return toFailureResponse('blob', { status: 403, blobCode: 'AuthorizationPermissionMismatch', message }, version);
    }
    switch (operation.kind) {
        case 'get':
            return download(await context.service.openBlob(verdict.id), request);
        case 'head':
            return toHeadResponse(await context.service.openBlob(verdict.id), request);
        case 'put-block-list': {
            const target = await context.service.upload(verdict.id);
            await putBlockList(target, request);
            return toCreated(request, verdict.id);
        }
        default: {
            const target = await context.service.upload(verdict.id);
            await write(target, operation, request);
            return toCreated(request, verdict.id, operation.kind === 'seal' ? 200 : 201);
        }
    }
}
async function write(target, operation, request) {
    const sizeBytes = readLength(request);
    const length = sizeBytes === undefined ? {} : { sizeBytes };
    switch (operation.kind) {
        case 'put-blob':
            return target.writeAt(0, request.body, { truncate: true, ...length });
        case 'put-append-blob':
            return target.writeAt(0, external_node_stream_.Readable.from([]), { truncate: true });
        case 'append-block':
            return target.append(request.body);
        case 'put-block':
            if (!(0,blob/* isBlockId */.PE)(operation.blockId)) {
                throw new cache_server_service/* ServiceError */._('invalid_argument', `"${operation.blockId}" is no block id: base64 of at most 64 bytes`);
            }
            return target.putBlock(operation.blockId, request.body, sizeBytes);
        case 'seal':
            // Nothing to do: an entry is immutable from its finalize on.
            return;
    }
}
async function putBlockList(target, request) {
    const blockIds = (0,blob_xml/* parseBlockList */.jx)(await readRequestText(request.body, MAX_BLOCK_LIST_BYTES));
    if (blockIds === undefined)
        throw new cache_server_service/* ServiceError */._('invalid_argument', 'the body is no block list');
    if (blockIds.length > MAX_BLOCKS) {
        throw new cache_server_service/* ServiceError */._('invalid_block_list', `the list names more than ${MAX_BLOCKS} blocks`);
    }
    await target.putBlockList(blockIds);
}
async function download(blob, request) {
    const { sizeBytes } = blob;
    const range = (0,cache_protocol_range/* parseRange */.RC)(request.headers['range'], request.headers['x-ms-range'], sizeBytes);
    switch (range.kind) {
        case 'unsatisfiable': {
            const message = 'The range specified is invalid for the current size of the resource.';
            const failure = toFailureResponse('blob', { status: 416, message }, request.headers['x-ms-version']);
            return { ...failure, headers: { ...failure.headers, 'Content-Range': `bytes */${sizeBytes}` } };
        }
        case 'whole': {
            const headers = toBlobFacts(blob, request, sizeBytes);
            const body = sizeBytes === 0 ? undefined : await openBody(blob, 0, sizeBytes - 1);
            return { status: 200, headers, body };
        }
        case 'part': {
            const contentRange = { 'Content-Range': (0,cache_protocol_range/* renderContentRange */.lh)(range, sizeBytes) };
            const headers = { ...toBlobFacts(blob, request, range.end - range.start + 1), ...contentRange };
            return { status: 206, headers, body: await openBody(blob, range.start, range.end) };
        }
    }
}
function toHeadResponse(blob, request) {
    return { status: 200, headers: toBlobFacts(blob, request, blob.sizeBytes), body: undefined };
}
function toBlobFacts(blob, request, lengthBytes) {
    return {
        ...toBlobHeaders(request.headers['x-ms-version']),
        ETag: `"${blob.etag}"`,
        'Last-Modified': blob.lastModified.toUTCString(),
        'x-ms-blob-type': 'BlockBlob',
        'Accept-Ranges': 'bytes',
        'Content-Type': 'application/octet-stream',
        'Content-Length': String(lengthBytes),
    };
}
function toCreated(request, id, status = 201) {
    return toEmptyResponse(status, {
        ...toBlobHeaders(request.headers['x-ms-version']),
        ETag: `"0x${(0,external_node_crypto_.createHash)('sha256').update(`${id} ${Date.now()}`).digest('hex').slice(0, 15).toUpperCase()}"`,
        'Last-Modified': new Date().toUTCString(),
        'x-ms-request-server-encrypted': 'true',
    });
}
/** undefined with chunked transfer, which tells no length. */
function readLength(request) {
    const text = request.headers['content-length'];
    return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}

// EXTERNAL MODULE: ./build/cache-server/call.js
var cache_server_call = __webpack_require__(4931);
;// CONCATENATED MODULE: ./build/cache-server/message.js
/** Thrown instead of an answer, or by a body in the middle of one: the connection is cut. */
class ConnectionBreak extends Error {
    /** `reset`: at once (RST). `close`: what was written is sent, then the end (FIN). */
    manner;
    constructor(message, manner = 'reset', options) {
        super(message, options);
        this.name = 'ConnectionBreak';
        this.manner = manner;
    }
}

;// CONCATENATED MODULE: ./build/cache-server/twirp-handler.js





/** The v2 service: three methods, JSON only. */
async function handleTwirp(context, request) {
    const method = (0,twirp/* parseTwirpPath */.hK)(request.url.pathname);
    if (request.method !== 'POST' || method === undefined || method === 'unknown') {
        return toBadRoute(`no handler for path "${request.url.pathname}"`);
    }
    const contentType = request.headers['content-type'] ?? 'application/json';
    if (!/^application\/json\b/i.test(contentType))
        return toBadRoute(`unexpected Content-Type: "${contentType}"`);
    const caller = await context.service.authenticate(request.headers['authorization']);
    const body = await readJson(request.body, MAX_JSON_BODY_BYTES);
    return toJsonResponse(200, await callMethod(context, request, method, caller, body));
}
function callMethod(context, request, method, caller, body) {
    switch (method) {
        case 'CreateCacheEntry':
            return create(context, request, caller, body);
        case 'FinalizeCacheEntryUpload':
            return finalize(context, caller, body);
        case 'GetCacheEntryDownloadURL':
            return lookup(context, request, caller, body);
    }
}
async function create(context, request, caller, body) {
    const message = demandMessage((0,twirp/* parseCreateRequest */.Je)(body));
    refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
    try {
        const { id } = await context.service.reserve(caller, { protocol: 2, ...message, sizeBytes: undefined });
        const signedUploadUrl = context.signUrl(request, {
            id,
            permission: 'cw',
            lifetimeMs: UPLOAD_URL_LIFETIME_MS,
        });
        return (0,twirp/* renderCreateResponse */.Ai)({ ok: true, signedUploadUrl, message: '' });
    }
    catch (error) {
        // GitHub says this one with 200: clients take the message from there.
        if (!(error instanceof cache_server_service/* ServiceError */._) || error.code !== 'write_denied')
            throw error;
        return (0,twirp/* renderCreateResponse */.Ai)({ ok: false, signedUploadUrl: '', message: error.message });
    }
}
async function finalize(context, caller, body) {
    const { key, version, sizeBytes } = demandMessage((0,twirp/* parseFinalizeRequest */.rG)(body));
    refuse(findKeyFault(key) ?? findVersionFault(version) ?? findSizeFault(sizeBytes));
    const { entryId } = await context.service.commit(caller, { kind: 'key', key, version }, sizeBytes);
    return (0,twirp/* renderFinalizeResponse */.SO)({ ok: true, entryId, message: '' });
}
async function lookup(context, request, caller, body) {
    const message = demandMessage((0,twirp/* parseLookupRequest */.dh)(body));
    refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
    const hit = await context.service.lookup(caller, { protocol: 2, ...message });
    if (hit === undefined)
        return (0,twirp/* renderLookupResponse */.Y9)({ ok: false, signedDownloadUrl: '', matchedKey: '' });
    const signedDownloadUrl = context.signUrl(request, {
        id: hit.entryId,
        permission: 'r',
        lifetimeMs: DOWNLOAD_URL_LIFETIME_MS,
    });
    return (0,twirp/* renderLookupResponse */.Y9)({ ok: true, signedDownloadUrl, matchedKey: hit.key });
}
function demandMessage(message) {
    if (message === undefined)
        throw new cache_server_service/* ServiceError */._('invalid_argument', 'the json request could not be decoded');
    return message;
}
function refuse(fault) {
    if (fault !== undefined)
        throw new cache_server_service/* ServiceError */._('invalid_argument', fault);
}
function toBadRoute(message) {
    return toFailureResponse('twirp', { status: 404, twirpCode: 'bad_route', message });
}

;// CONCATENATED MODULE: ./build/cache-server/v1-handler.js






/** The v1 service, under any path prefix. */
async function handleV1(context, request) {
    const call = (0,rest_v1/* parseV1Call */.pg)(request.method, request.url);
    if (call === undefined || call === 'unknown') {
        return toFailureResponse('v1', {
            status: 404,
            message: `no resource ${request.method} ${request.url.pathname}`,
        });
    }
    const caller = await context.service.authenticate(request.headers['authorization']);
    switch (call.kind) {
        case 'lookup':
            return v1_handler_lookup(context, request, caller, call.keys, call.version);
        case 'reserve':
            return reserve(context, request, caller);
        case 'chunk':
            return writeChunk(context, request, caller, call.cacheId);
        case 'commit': {
            const sizeBytes = (0,rest_v1/* parseV1CommitRequest */.V8)(await readJson(request.body, MAX_JSON_BODY_BYTES));
            if (sizeBytes === undefined)
                throw new cache_server_service/* ServiceError */._('invalid_argument', 'the commit names no size');
            await context.service.commit(caller, { kind: 'id', id: call.cacheId }, sizeBytes);
            return toEmptyResponse(204);
        }
        case 'list': {
            const hits = (await context.service.list?.(caller, call.key)) ?? [];
            return toJsonResponse(200, (0,rest_v1/* renderV1List */.MB)(hits.map((hit) => toEntry(hit, undefined))));
        }
    }
}
async function v1_handler_lookup(context, request, caller, keys, version) {
    const [key = '', ...restoreKeys] = keys;
    v1_handler_refuse(findKeyFault(key) ?? findVersionFaultV1(version));
    const hit = await context.service.lookup(caller, { protocol: 1, key, restoreKeys, version });
    if (hit === undefined)
        return toEmptyResponse(204);
    const grant = { id: hit.entryId, permission: 'r', lifetimeMs: DOWNLOAD_URL_LIFETIME_MS };
    return toJsonResponse(200, (0,rest_v1/* renderV1Entry */.Yp)(toEntry(hit, context.signUrl(request, grant))));
}
async function reserve(context, request, caller) {
    const message = (0,rest_v1/* parseV1ReserveRequest */.CC)(await readJson(request.body, MAX_JSON_BODY_BYTES));
    if (message === undefined)
        throw new cache_server_service/* ServiceError */._('invalid_argument', 'the reservation names no key or version');
    v1_handler_refuse(findKeyFault(message.key) ?? findVersionFaultV1(message.version));
    const { id } = await context.service.reserve(caller, { protocol: 1, ...message });
    return toJsonResponse(201, (0,rest_v1/* renderV1ReserveResponse */.fq)(id));
}
async function writeChunk(context, request, caller, cacheId) {
    const range = (0,cache_protocol_range/* parseContentRange */.C5)(request.headers['content-range']);
    if (range === undefined) {
        throw new cache_server_service/* ServiceError */._('invalid_argument', 'a chunk needs "Content-Range: bytes <start>-<end>/*"');
    }
    const target = await context.service.upload(cacheId, caller);
    await target.writeAt(range.start, request.body, { sizeBytes: range.end - range.start + 1 });
    return toEmptyResponse(204);
}
function toEntry(hit, archiveLocation) {
    return {
        cacheKey: hit.key,
        scope: hit.refScope,
        cacheVersion: hit.version,
        creationTime: hit.createdAt.toISOString(),
        archiveLocation,
    };
}
function v1_handler_refuse(fault) {
    if (fault !== undefined)
        throw new cache_server_service/* ServiceError */._('invalid_argument', fault);
}

;// CONCATENATED MODULE: ./build/cache-server/handler.js









/** Serves v1, v2, blob URLs and the REST of caches over a service, on one origin. Twirp lives at its root, v1 under any prefix. */
function createCacheHandler(options) {
    const { service, signer, api, blobHost, onError } = options;
    const context = {
        service,
        signer,
        signUrl: (request, grant) => {
            const { origin, port } = request.url;
            return signer.sign({
                ...grant,
                origin: blobHost === undefined ? origin : `http://${blobHost}:${port || 80}`,
            });
        },
    };
    return async (request) => {
        const { dialect } = (0,cache_server_call/* classifyCall */.ni)(request);
        try {
            if (dialect === 'api')
                return await handleApi(api, request);
            if (dialect === 'v1')
                return await handleV1(context, request);
            if ((0,cache_server_call/* parseBlobPath */.oF)(request.url.pathname) !== undefined)
                return await handleBlob(context, request);
            return await handleTwirp(context, request);
        }
        catch (error) {
            if (error instanceof ConnectionBreak)
                throw error;
            const version = request.headers['x-ms-version'];
            if (error instanceof cache_server_service/* ServiceError */._)
                return toFailureResponse(dialect, toFailure(dialect, error), version);
            // The client hung up in the middle of its own upload: there is nobody to answer.
            if (request.body.destroyed && !request.body.readableEnded) {
                throw new ConnectionBreak('the request body broke off', 'reset', { cause: error });
            }
            onError?.(error, request);
            return toFailureResponse(dialect, { status: 500, message: `internal error: ${(0,errors/* toMessage */.R9)(error)}` }, version);
        }
    };
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./build/cache-server/node-http.js




/** They come in floods, and a log is on a disk. */
const toldFaults = 20;
/** Serves a handler over HTTP on the loopback interface. Bodies stream both ways. Throws ToolError `listen`. */
async function listen(handler, options = {}) {
    const { port = 0, host = '127.0.0.1', onError } = options;
    // No limit on how long a request may take: a slow upload of gigabytes is a good one. The size of buffers is a
    // choice of memory: four times as much costs 50 MiB with sixteen uploads and gains nothing.
    const server = (0,external_node_http_.createServer)({ requestTimeout: 0, keepAliveTimeout: 65_000, highWaterMark: 64 * 1024 });
    server.on('request', (request, response) => void serve(handler, request, response, request, onError));
    server.on('checkContinue', (request, response) => {
        void serve(handler, request, response, external_node_stream_.Readable.from(readAfterContinue(request, response), { objectMode: false }), onError);
    });
    await new Promise((resolve, reject) => {
        const refuse = (error) => {
            reject(new errors/* ToolError */.v4('listen', `cannot listen on ${host}:${port}: ${(0,errors/* toMessage */.R9)(error)}`, { cause: error }));
        };
        server.once('error', refuse);
        server.listen(port, host, () => {
            server.removeListener('error', refuse);
            resolve();
        });
    });
    // A connection that cannot be taken (no file descriptor is free) is not the last one.
    let faults = 0;
    server.on('error', (error) => {
        faults += 1;
        if (faults <= toldFaults)
            onError?.(error);
    });
    const address = server.address();
    return {
        url: `http://${host.includes(':') ? `[${host}]` : host}:${isAddressInfo(address) ? address.port : port}`,
        close: () => new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        }),
    };
}
/** A client that waits for leave to send (`Expect: 100-continue`) gets it when the handler wants the body, not before. */
async function* readAfterContinue(request, response) {
    response.writeContinue();
    yield* request;
}
async function serve(handler, message, response, body, onError) {
    // Whoever reads the body hears of its end; a client that hangs up when nobody does must not end this process.
    body.on('error', () => undefined);
    // Kept, as a message lets go of its socket when it is destroyed.
    const { socket } = message;
    try {
        const request = toRequest(message, body);
        if (request === undefined) {
            response.writeHead(400, { 'Content-Length': '0' }).end();
            return;
        }
        await send(response, await handler(request));
        // What the handler left unread must go, or the next request on this connection would wait behind it.
        message.unpipe();
        message.resume();
    }
    catch (error) {
        if (!(error instanceof ConnectionBreak))
            onError?.(error);
        if (error instanceof ConnectionBreak && error.manner === 'close')
            socket.destroySoon();
        else
            socket.resetAndDestroy();
    }
}
/** Resolves when the answer is out. Rejects when its body fails, with the connection left as it is, or the client hung up. */
function send(response, answer) {
    const { status, headers, body } = answer;
    return new Promise((resolve, reject) => {
        response.once('close', () => {
            if (body instanceof external_node_stream_.Readable)
                body.destroy();
            if (response.writableFinished)
                resolve();
            else
                reject(new ConnectionBreak('the client hung up'));
        });
        response.writeHead(status, headers);
        if (!(body instanceof external_node_stream_.Readable)) {
            response.end(body);
            return;
        }
        // Not stream.pipeline: it would destroy the response first, and with it the choice how to cut the connection.
        body.once('error', reject);
        body.pipe(response);
    });
}
function toRequest(message, body) {
    const target = message.url ?? '/';
    const origin = `http://${message.headers.host ?? 'localhost'}`;
    const href = target.startsWith('/') ? `${origin}${target}` : target;
    if (!URL.canParse(href))
        return undefined;
    const headers = {};
    for (const [name, value] of Object.entries(message.headers)) {
        headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { method: message.method ?? 'GET', url: new URL(href), headers, body, connection: message.socket };
}
function isAddressInfo(address) {
    return typeof address === 'object' && address !== null;
}

;// CONCATENATED MODULE: ./build/cache-server/coverage.js
function addRange(coverage, start, end) {
    if (end <= start)
        return coverage;
    const apart = coverage.filter((range) => range.end < start || range.start > end);
    const touching = coverage.filter((range) => range.end >= start && range.start <= end);
    const joined = {
        start: Math.min(start, ...touching.map((range) => range.start)),
        end: Math.max(end, ...touching.map((range) => range.end)),
    };
    return [...apart, joined].sort((a, b) => a.start - b.start);
}
function removeRange(coverage, start, end) {
    return coverage.flatMap((range) => {
        const before = { start: range.start, end: Math.min(range.end, start) };
        const after = { start: Math.max(range.start, end), end: range.end };
        return [before, after].filter((part) => part.start < part.end);
    });
}
/** N when exactly [0, N) is covered; undefined when there is a gap. Nothing covered is 0. */
function toContiguousSize(coverage) {
    const [first, ...rest] = coverage;
    if (first === undefined)
        return 0;
    return first.start === 0 && rest.length === 0 ? first.end : undefined;
}

;// CONCATENATED MODULE: ./build/cache-server/file-region.js
/** Writes all of the bytes: a single write may take fewer. */
async function writeFully(file, bytes, position) {
    let done = 0;
    while (done < bytes.length) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
    }
}
async function copyRegion(source, region, target, offset) {
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(region.sizeBytes, 1024 * 1024)));
    let done = 0;
    while (done < region.sizeBytes) {
        const wanted = Math.min(buffer.length, region.sizeBytes - done);
        const { bytesRead } = await source.read(buffer, 0, wanted, region.offset + done);
        if (bytesRead === 0)
            throw new Error(`the file ends at ${region.offset + done}, inside a block`);
        await writeFully(target, buffer.subarray(0, bytesRead), offset + done);
        done += bytesRead;
    }
}

;// CONCATENATED MODULE: ./build/cache-server/upload-data.js





/**
 * The file under an upload. It can be replaced or closed while somebody writes to it: `#epoch` tells writers so, who check it
 * before each write.
 */
class UploadData {
    path;
    #directory;
    #file;
    #epoch = 0;
    #isClosed = false;
    #spoolCount = 0;
    #writes = new Set();
    constructor(directory) {
        this.#directory = directory;
        this.path = external_node_path_.join(directory, 'data');
    }
    /** Answers the epoch, for `write`. */
    demandOpen() {
        if (this.#isClosed)
            throw new cache_server_service/* ServiceError */._('not_found', 'The specified blob does not exist.');
        return this.#epoch;
    }
    isCurrent(epoch) {
        return epoch === this.#epoch;
    }
    open() {
        const file = this.#file ?? (0,promises_.mkdir)(this.#directory, { recursive: true }).then(() => openForUpdate(this.path));
        this.#file = file;
        return file;
    }
    /**
     * Answers the number of bytes.
     *
     * @param epoch undefined: a file of the writer's own, which lives as long as the upload
     */
    async write(file, epoch, offset, body, sizeBytes) {
        let writtenBytes = 0;
        for await (const chunk of readChunks(body)) {
            if (sizeBytes !== undefined && writtenBytes + chunk.length > sizeBytes)
                throw toLengthError(sizeBytes);
            this.#demandEpoch(epoch);
            const write = writeFully(file, chunk, offset + writtenBytes);
            this.#writes.add(write);
            await write.finally(() => this.#writes.delete(write));
            writtenBytes += chunk.length;
        }
        if (sizeBytes !== undefined && writtenBytes !== sizeBytes)
            throw toLengthError(sizeBytes);
        this.#demandEpoch(epoch);
        return writtenBytes;
    }
    /** Puts a body into a file of its own, which is gone after `use` unless that has moved it. */
    async spool(body, sizeBytes, use) {
        const spoolPath = await this.toSpoolPath();
        const spool = await (0,promises_.open)(spoolPath, 'w+');
        try {
            await use(spool, await this.write(spool, undefined, 0, body, sizeBytes), spoolPath);
        }
        finally {
            await spool.close();
            await (0,promises_.rm)(spoolPath, { force: true });
        }
    }
    async toSpoolPath() {
        await (0,promises_.mkdir)(this.#directory, { recursive: true });
        this.#spoolCount += 1;
        return external_node_path_.join(this.#directory, `spool-${this.#spoolCount}`);
    }
    /** The file at `newPath` takes the place of this one. */
    async replace(newPath) {
        await this.stopWriters();
        await this.#close();
        await (0,promises_.rename)(newPath, this.path);
    }
    /** After this nobody writes to the file any more: also not through a handle that is open already. */
    async stopWriters() {
        this.#epoch += 1;
        await Promise.allSettled(this.#writes);
    }
    /** The last size of the file, which stays where it is. */
    async finish(sizeBytes) {
        const file = await this.open();
        await file.truncate(sizeBytes);
        this.#isClosed = true;
        await this.#close();
    }
    /** Nothing is accepted from now on; `remove` does the rest. */
    refuseAll() {
        this.#isClosed = true;
    }
    async remove() {
        await this.stopWriters();
        await this.#close();
        await (0,promises_.rm)(this.#directory, { recursive: true, force: true });
    }
    #demandEpoch(epoch) {
        this.demandOpen();
        if (epoch !== undefined && epoch !== this.#epoch) {
            throw new cache_server_service/* ServiceError */._('unavailable', 'the blob was replaced while this part of it was sent');
        }
    }
    async #close() {
        const file = this.#file;
        this.#file = undefined;
        // A file that could not be opened need not be closed; its writer has the error.
        await file?.then((handle) => handle.close(), () => undefined);
    }
}
/** Makes the file if need be and never truncates it. */
async function openForUpdate(file) {
    await (await (0,promises_.open)(file, 'a')).close();
    return (0,promises_.open)(file, 'r+');
}
function toLengthError(sizeBytes) {
    return new cache_server_service/* ServiceError */._('invalid_argument', `the body does not have the ${sizeBytes} bytes that were announced`);
}

;// CONCATENATED MODULE: ./build/cache-server/upload-file.js





/**
 * One blob being uploaded, in any of the ways that clients have. Chunks (v1) go where they belong; blocks go into the
 * file in the order in which they begin, which is nearly always list order, so that joining them costs nothing.
 */
class UploadFile {
    #data;
    #exclusive = Promise.resolve();
    #appends = Promise.resolve();
    #chunks = [];
    #blocks = new Map();
    /** Places of blocks that broke off: the client sends them again. */
    #vacant = new Map();
    #nextBlockAt = 0;
    /** Size after Put Blob, Put Block List or an append; undefined: nothing committed. */
    #committedBytes;
    constructor(directory) {
        this.#data = new UploadData(directory);
    }
    async writeAt(offset, body, options = {}) {
        const { sizeBytes } = options;
        if (options.truncate === true) {
            await this.#replaceWith(body, sizeBytes);
            return;
        }
        const epoch = this.#data.demandOpen();
        const file = await this.#data.open();
        // Until its last byte is there a chunk that is sent again counts as missing.
        if (sizeBytes !== undefined)
            this.#chunks = removeRange(this.#chunks, offset, offset + sizeBytes);
        const written = await this.#data.write(file, epoch, offset, body, sizeBytes);
        this.#chunks = addRange(this.#chunks, offset, offset + written);
    }
    async putBlock(blockId, body, sizeBytes) {
        const epoch = this.#data.demandOpen();
        for (const other of this.#blocks.keys()) {
            if (other.length !== blockId.length)
                throw new cache_server_service/* ServiceError */._('invalid_block', 'The block ids of a blob must be of one length.');
            break;
        }
        if (sizeBytes === undefined) {
            await this.#data.spool(body, undefined, async (spool, spooledBytes) => {
                await this.putBlock(blockId, spool.createReadStream({ start: 0, autoClose: false }), spooledBytes);
            });
            return;
        }
        const file = await this.#data.open();
        const region = this.#placeBlock(blockId, sizeBytes);
        try {
            await this.#data.write(file, epoch, region.offset, body, sizeBytes);
        }
        catch (error) {
            if (this.#data.isCurrent(epoch))
                this.#vacant.set(blockId, region);
            throw error;
        }
        this.#blocks.set(blockId, region);
    }
    putBlockList(blockIds) {
        return this.#exclusively(async () => {
            this.#data.demandOpen();
            const regions = blockIds.map((id) => this.#blocks.get(id));
            let totalBytes = 0;
            let isInOrder = true;
            const parts = [];
            for (const region of regions) {
                if (region === undefined)
                    throw new cache_server_service/* ServiceError */._('invalid_block_list', 'The specified block list is invalid.');
                isInOrder &&= region.offset === totalBytes;
                totalBytes += region.sizeBytes;
                parts.push(region);
            }
            if (!isInOrder)
                await this.#join(parts);
            let offset = 0;
            // Blocks that the list leaves out are dropped.
            this.#blocks = new Map();
            blockIds.forEach((id, index) => {
                const sizeBytes = parts[index]?.sizeBytes ?? 0;
                this.#blocks.set(id, { offset, sizeBytes });
                offset += sizeBytes;
            });
            this.#committedBytes = totalBytes;
        });
    }
    append(body) {
        const appended = this.#appends.then(async () => {
            const epoch = this.#data.demandOpen();
            const offset = this.#committedBytes;
            if (offset === undefined)
                throw new cache_server_service/* ServiceError */._('not_found', 'The specified blob does not exist.');
            const written = await this.#data.write(await this.#data.open(), epoch, offset, body, undefined);
            this.#committedBytes = offset + written;
        });
        this.#appends = appended.catch(() => undefined);
        return appended;
    }
    finish(sizeBytes) {
        return this.#exclusively(async () => {
            this.#data.demandOpen();
            await this.#data.stopWriters();
            const found = this.#measure();
            if (found === undefined || (found === 0 && sizeBytes !== 0)) {
                if (this.#chunks.length > 0)
                    throw new cache_server_service/* ServiceError */._('invalid_argument', 'the chunks leave gaps in the entry');
                throw new cache_server_service/* ServiceError */._('not_found', 'cache entry not found');
            }
            if (sizeBytes !== undefined && found !== sizeBytes) {
                const message = `the entry has ${found} bytes, the commit says ${sizeBytes}`;
                if (this.#chunks.length > 0)
                    throw new cache_server_service/* ServiceError */._('invalid_argument', message);
                throw new cache_server_service/* ServiceError */._('not_found', `cache entry not found: ${message}`);
            }
            await this.#data.finish(found);
            return { path: this.#data.path, sizeBytes: found };
        });
    }
    drop() {
        this.#data.refuseAll();
        return this.#exclusively(() => this.#data.remove());
    }
    /** Put Blob: nothing of it shows until all of it is there. */
    async #replaceWith(body, sizeBytes) {
        this.#data.demandOpen();
        await this.#data.spool(body, sizeBytes, (_spool, spooledBytes, spoolPath) => this.#exclusively(async () => {
            this.#data.demandOpen();
            await this.#data.replace(spoolPath);
            this.#vacant.clear();
            this.#chunks = [];
            this.#blocks = new Map();
            this.#nextBlockAt = spooledBytes;
            this.#committedBytes = spooledBytes;
        }));
    }
    /** Copies blocks that did not arrive in list order into a new file. */
    async #join(parts) {
        const source = await this.#data.open();
        const joinedPath = await this.#data.toSpoolPath();
        const joined = await (0,promises_.open)(joinedPath, 'w');
        let offset = 0;
        try {
            for (const part of parts) {
                await copyRegion(source, part, joined, offset);
                offset += part.sizeBytes;
            }
        }
        finally {
            await joined.close();
        }
        await this.#data.replace(joinedPath);
        this.#vacant.clear();
        this.#nextBlockAt = offset;
    }
    #placeBlock(blockId, sizeBytes) {
        const vacant = this.#vacant.get(blockId);
        this.#vacant.delete(blockId);
        if (vacant?.sizeBytes === sizeBytes)
            return vacant;
        const region = { offset: this.#nextBlockAt, sizeBytes };
        this.#nextBlockAt += sizeBytes;
        return region;
    }
    #measure() {
        return this.#committedBytes ?? (this.#nextBlockAt > 0 ? undefined : toContiguousSize(this.#chunks));
    }
    #exclusively(act) {
        const result = this.#exclusive.then(act);
        this.#exclusive = result.catch(() => undefined);
        return result;
    }
}

;// CONCATENATED MODULE: ./build/cache-server/upload-area.js



/** Makes the directory and removes what a killed process left in it. */
async function createUploadArea(directory) {
    await (0,promises_.rm)(directory, { recursive: true, force: true });
    await (0,promises_.mkdir)(directory, { recursive: true });
    const uploads = new Map();
    const open = (id) => {
        if (!/^[\w-]{1,100}$/.test(id))
            throw new Error(`"${id}" cannot name an upload`);
        const known = uploads.get(id);
        if (known !== undefined)
            return known;
        const upload = new UploadFile(external_node_path_.join(directory, id));
        uploads.set(id, upload);
        return upload;
    };
    const drop = async (id) => {
        await uploads.get(id)?.drop();
        uploads.delete(id);
    };
    return {
        open,
        finish: (id, sizeBytes) => open(id).finish(sizeBytes),
        drop,
        close: async () => {
            await Promise.all([...uploads.keys()].map(drop));
        },
    };
}

;// CONCATENATED MODULE: ./build/cache-server/url-signer.js


const serviceVersion = '2025-11-05';
/** Azure dates a signature a little back, for clocks that differ. */
const backdatedMs = 5000;
/**
 * Blob URLs in the manner of Azure's SAS: the signature is in `sig` alone, the one parameter that clients mask in their
 * logs, and covers decoded values, because the SDKs reorder and re-encode the query.
 * @param now milliseconds since 1970
 */
function createUrlSigner(secret, now = Date.now) {
    const toSignature = (id, permission, start, expiry, version) => (0,external_node_crypto_.createHmac)('sha256', secret)
        .update(JSON.stringify([id, permission, start, expiry, version]))
        .digest('base64url');
    return {
        sign(grant) {
            const start = toTime(now() - backdatedMs);
            const expiry = toTime(now() + grant.lifetimeMs);
            const url = new URL(grant.origin);
            url.pathname = (0,cache_server_call/* toBlobPath */.a4)(url.hostname, grant.id);
            const signature = toSignature(grant.id, grant.permission, start, expiry, serviceVersion);
            url.search = new URLSearchParams({
                se: expiry,
                sig: signature,
                sp: grant.permission,
                sr: 'b',
                st: start,
                sv: serviceVersion,
            }).toString();
            return url.href;
        },
        verify(url) {
            const id = (0,cache_server_call/* parseBlobPath */.oF)(url.pathname);
            const [permission, start, expiry, version, signature] = ['sp', 'st', 'se', 'sv', 'sig'].map((name) => readSingle(url, name));
            if (id === undefined ||
                permission === undefined ||
                start === undefined ||
                expiry === undefined ||
                version === undefined) {
                return { kind: 'invalid', reason: 'a parameter of the signature is missing or given twice' };
            }
            const expected = Buffer.from(toSignature(id, permission, start, expiry, version));
            const given = Buffer.from(signature ?? '');
            if (given.length !== expected.length || !(0,external_node_crypto_.timingSafeEqual)(given, expected)) {
                return { kind: 'invalid', reason: 'Signature did not match' };
            }
            if (!(Date.parse(expiry) > now()))
                return { kind: 'invalid', reason: `Signature not valid: expired at ${expiry}` };
            if (permission !== 'cw' && permission !== 'r')
                return { kind: 'invalid', reason: `unknown permission ${permission}` };
            return { kind: 'valid', id, permission };
        },
    };
}
/** To the second, as Azure writes it; rounded up, so that a short lifetime is not none. */
function toTime(timeMs) {
    return `${new Date(Math.ceil(timeMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
function readSingle(url, name) {
    const values = url.searchParams.getAll(name);
    return values.length === 1 ? values[0] : undefined;
}

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/process/directory-lock.js







const lockName = 'lock';
const attempts = 50;
const abandonedTurnMs = 30_000;
/**
 * Makes this process, or another one that lives on, the only one that uses the directory. A lock of a process that is gone is taken over: a process is
 * known by its id and, on Linux, its start time, since containers give the same id again and again.
 * Throws ToolError `directory-locked`.
 */
async function lockDirectory(directory, holder = external_node_process_.pid) {
    const lockPath = external_node_path_.join(directory, lockName);
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
                return { claim, release: () => releaseDirectory(directory, claim) };
            const held = await readText(lockPath);
            if (held === undefined)
                continue;
            const pid = (0,json/* readNumber */.kz)((0,json/* parseJson */.qF)(held), 'pid');
            if (pid !== undefined && (await isHolder(pid, (0,json/* readString */.E3)((0,json/* parseJson */.qF)(held), 'startedAt')))) {
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
async function releaseDirectory(directory, claim) {
    const lockPath = external_node_path_.join(directory, lockName);
    if ((await readText(lockPath)) === claim)
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
        if ((await readText(lockPath)) === held)
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
    const stat = await readText(`/proc/${pid}/stat`);
    const bootId = await readText('/proc/sys/kernel/random/boot_id');
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
async function readText(file) {
    try {
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') || (0,errors/* hasErrorCode */.Ue)(error, 'ESRCH'))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/embedded/create-limit.js

const windowMs = 60_000;
/**
 * The same service, which refuses more than so many reservations a minute and repository, as GitHub does: all are let
 * through until the number is used up, then none until the minute is over.
 */
function withCreateLimit(service, createsPerMinute, now) {
    const windows = new Map();
    return {
        authenticate: (authorization) => service.authenticate(authorization),
        lookup: (caller, query) => service.lookup(caller, query),
        commit: (caller, target, sizeBytes) => service.commit(caller, target, sizeBytes),
        upload: (reservationId, caller) => service.upload(reservationId, caller),
        openBlob: (entryId) => service.openBlob(entryId),
        list: async (caller, prefix) => (await service.list?.(caller, prefix)) ?? [],
        reserve: (caller, request) => {
            const current = windows.get(caller.repository);
            const isOver = current === undefined || now() - current.startedAt >= windowMs;
            const open = isOver ? { startedAt: now(), count: 0 } : current;
            windows.set(caller.repository, open);
            if (open.count >= createsPerMinute) {
                const retryAfterSeconds = Math.max(1, Math.ceil((open.startedAt + windowMs - now()) / 1000));
                return Promise.reject(new cache_server_service/* ServiceError */._('resource_exhausted', 'rate limit exceeded', { retryAfterSeconds }));
            }
            open.count += 1;
            return service.reserve(caller, request);
        },
    };
}

// EXTERNAL MODULE: ./build/policy/token-access.js
var token_access = __webpack_require__(9789);
;// CONCATENATED MODULE: ./build/embedded/caller-scopes.js


/** The ref scopes that a caller may read, in the token's order. Throws ServiceError `read_denied` when there is none. */
function demandReadable(caller) {
    const scopes = caller.scopes.filter(token_access/* canReadScope */.d9);
    if (scopes.length === 0)
        throw new cache_server_service/* ServiceError */._('read_denied', 'cache read denied: token has no readable scopes');
    return scopes.map(({ scope }) => scope);
}
/** The ref scope that a caller writes to: the first that it may. */
function findWritable(caller) {
    return caller.scopes.find(token_access/* canWriteScope */.Oi)?.scope;
}
/** Throws ServiceError `write_denied` when there is none. */
function demandWritable(caller) {
    const scope = findWritable(caller);
    if (scope === undefined)
        throw new cache_server_service/* ServiceError */._('write_denied', 'cache write denied: token has no writable scopes');
    return scope;
}

;// CONCATENATED MODULE: ./build/embedded/entry-answers.js
/** What a client hears whose key somebody has already. */
function toExistsMessage(request, refScope) {
    if (request.protocol === 2)
        return 'cache entry with the same key, version, and scope already exists';
    return `Cache already exists. Scope: ${refScope}, Key: ${request.key}, Version: ${request.version}`;
}
function toHit(entry) {
    const { id, key, refScope, version, createdAt } = entry;
    return { entryId: String(id), key, refScope, version, createdAt: new Date(createdAt) };
}

;// CONCATENATED MODULE: ./build/embedded/look-up.js
/** v1 folds the case of keys, v2 does not. */
function foldKey(key, protocol) {
    return protocol === 1 ? key.toLowerCase() : key;
}
/**
 * The order within one scope: for the key and then each restore key the exact match, else the newest that begins with
 * it (cache-protocol.md, section 4.2).
 * @param newestFirst the scope's entries of the version asked for
 */
function findMatch(newestFirst, keys, protocol) {
    for (const wanted of keys.map((key) => foldKey(key, protocol))) {
        const exact = newestFirst.find((entry) => foldKey(entry.key, protocol) === wanted);
        const hit = exact ?? newestFirst.find((entry) => foldKey(entry.key, protocol).startsWith(wanted));
        if (hit !== undefined)
            return hit;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/embedded/entry-index.js

/** All committed entries, in memory, with the times of their last use. */
class EntryIndex {
    #byId = new Map();
    /** Newest first, by repository, scope and version. */
    #shelves = new Map();
    #totalBytes = 0;
    get size() {
        return this.#byId.size;
    }
    get totalBytes() {
        return this.#totalBytes;
    }
    get lastId() {
        return Math.max(0, ...this.#byId.keys());
    }
    get lastCreatedAt() {
        return [...this.#byId.values()].reduce((last, entry) => Math.max(last, entry.createdAt), 0);
    }
    add(entry, accessedAt) {
        const indexed = { ...entry, accessedAt };
        this.#byId.set(entry.id, indexed);
        const shelf = this.#shelf(entry.repository, entry.refScope, entry.version);
        const place = shelf.findIndex((other) => other.createdAt < entry.createdAt);
        shelf.splice(place < 0 ? shelf.length : place, 0, indexed);
        this.#totalBytes += entry.sizeBytes;
    }
    remove(id) {
        const entry = this.#byId.get(id);
        if (entry === undefined)
            return;
        this.#byId.delete(id);
        const shelf = this.#shelf(entry.repository, entry.refScope, entry.version);
        shelf.splice(shelf.indexOf(entry), 1);
        this.#totalBytes -= entry.sizeBytes;
    }
    get(id) {
        return this.#byId.get(id);
    }
    touch(id, now) {
        const entry = this.#byId.get(id);
        if (entry !== undefined)
            entry.accessedAt = Math.max(entry.accessedAt, now);
    }
    find(repository, refScope, version, keys, protocol) {
        return findMatch(this.#shelf(repository, refScope, version), keys, protocol);
    }
    has(repository, refScope, version, key, protocol) {
        const wanted = foldKey(key, protocol);
        return this.#shelf(repository, refScope, version).some((entry) => foldKey(entry.key, protocol) === wanted);
    }
    /** Newest first. */
    list(repository, refScopes) {
        const visible = [...this.#byId.values()].filter((entry) => entry.repository === repository && refScopes.includes(entry.refScope));
        return visible.sort((a, b) => b.createdAt - a.createdAt);
    }
    /** Of all refs. */
    listAll(repository) {
        return [...this.#byId.values()].filter((entry) => entry.repository === repository);
    }
    /** The entry that was not used for longest. */
    findOldest(exceptId) {
        let oldest;
        for (const entry of this.#byId.values()) {
            if (entry.id === exceptId)
                continue;
            if (oldest === undefined || entry.accessedAt < oldest.accessedAt)
                oldest = entry;
        }
        return oldest;
    }
    accessTimes() {
        return Object.fromEntries([...this.#byId.values()].map((entry) => [String(entry.id), entry.accessedAt]));
    }
    #shelf(repository, refScope, version) {
        const name = JSON.stringify([repository, refScope, version]);
        const known = this.#shelves.get(name);
        if (known !== undefined)
            return known;
        const shelf = [];
        this.#shelves.set(name, shelf);
        return shelf;
    }
}

;// CONCATENATED MODULE: ./build/embedded/reservations.js

/** Keys that are reserved and not committed yet. They are not kept on disk: a restart frees them. */
class Reservations {
    #byId = new Map();
    get size() {
        return this.#byId.size;
    }
    add(reservation) {
        this.#byId.set(reservation.id, reservation);
    }
    remove(id) {
        this.#byId.delete(id);
    }
    get(id) {
        return this.#byId.get(id);
    }
    has(repository, refScope, version, key, protocol) {
        const wanted = foldKey(key, protocol);
        return [...this.#byId.values()].some((other) => other.repository === repository &&
            other.refScope === refScope &&
            other.version === version &&
            foldKey(other.key, protocol) === wanted);
    }
    /** The caller's own, by id (v1) or by key and version (v2). */
    find(caller, writableScope, target) {
        return [...this.#byId.values()].find((other) => other.repository === caller.repository &&
            other.refScope === writableScope &&
            (target.kind === 'id'
                ? String(other.id) === target.id
                : other.key === target.key && other.version === target.version));
    }
    /** Those reserved before that time. */
    listOlder(reservedBefore) {
        return [...this.#byId.values()].filter((reservation) => reservation.reservedAt < reservedBefore);
    }
}

// EXTERNAL MODULE: ./build/embedded/signed-token.js + 1 modules
var signed_token = __webpack_require__(5026);
;// CONCATENATED MODULE: ./build/embedded/directory-service.js






/** v1's life of a reservation that nobody finishes; without one its upload would fill the disk of a service that runs for weeks. */
const reservationLifetimeMs = 24 * 60 * 60 * 1000;
/** A cache service with GitHub's rules (cache-protocol.md, sections 4 and 8) over a directory. */
class DirectoryService {
    #options;
    #index = new EntryIndex();
    #reservations = new Reservations();
    #lastId = 0;
    #lastCreatedAt = 0;
    #evicted = 0;
    #areAccessTimesSaved = true;
    #committing = new Map();
    constructor(options) {
        this.#options = options;
    }
    /** Reads what is committed. To be called once, before anything else. */
    async load() {
        for (const { entry, accessedAt } of await this.#options.files.load())
            this.#index.add(entry, accessedAt);
        this.#lastId = this.#index.lastId;
        this.#lastCreatedAt = this.#index.lastCreatedAt;
        await this.#evict(undefined);
    }
    authenticate(authorization) {
        return (0,signed_token/* readCaller */.wW)(authorization, this.#options.secret, this.#options.now());
    }
    async lookup(caller, query) {
        const keys = [query.key, ...query.restoreKeys];
        // Own ref first, whole sequence, then the base's: a prefix match of one's own beats an exact one of the default branch.
        for (const refScope of demandReadable(caller)) {
            const entry = this.#index.find(caller.repository, refScope, query.version, keys, query.protocol);
            if (entry === undefined)
                continue;
            this.#touch(entry.id);
            return toHit(entry);
        }
        return undefined;
    }
    async list(caller, prefix) {
        const entries = this.#index.list(caller.repository, demandReadable(caller));
        return entries.filter((entry) => entry.key.toLowerCase().startsWith(prefix.toLowerCase())).map(toHit);
    }
    async reserve(caller, request) {
        const refScope = demandWritable(caller);
        const { protocol, key, version, sizeBytes } = request;
        this.#demandRoom(sizeBytes ?? 0);
        await this.#dropAbandoned();
        const where = [caller.repository, refScope, version, key, protocol];
        if (this.#index.has(...where) || this.#reservations.has(...where)) {
            throw new cache_server_service/* ServiceError */._('already_exists', toExistsMessage(request, refScope));
        }
        this.#lastId += 1;
        const id = this.#lastId;
        this.#reservations.add({
            id,
            repository: caller.repository,
            refScope,
            key,
            version,
            reservedAt: this.#options.now(),
        });
        return { id: String(id) };
    }
    async commit(caller, target, sizeBytes) {
        const reservation = this.#reservations.find(caller, demandWritable(caller), target);
        // Two commits of one reservation must not both move its file.
        if (reservation === undefined || this.#committing.has(reservation.id)) {
            throw new cache_server_service/* ServiceError */._('not_found', 'cache entry not found');
        }
        const committed = this.#commitReservation(reservation, sizeBytes);
        this.#committing.set(reservation.id, committed);
        return committed.finally(() => this.#committing.delete(reservation.id));
    }
    async upload(reservationId, caller) {
        const reservation = this.#reservations.get(Number(reservationId));
        const isOwner = caller === undefined ||
            (reservation?.repository === caller.repository && reservation.refScope === findWritable(caller));
        if (reservation === undefined || !isOwner) {
            throw new cache_server_service/* ServiceError */._('not_found', 'The specified blob does not exist.');
        }
        return this.#options.uploads.open(String(reservation.id));
    }
    async openBlob(entryId) {
        const entry = this.#index.get(Number(entryId));
        if (entry === undefined)
            throw new cache_server_service/* ServiceError */._('not_found', 'The specified blob does not exist.');
        this.#touch(entry.id);
        return {
            sizeBytes: entry.sizeBytes,
            etag: `0x${entry.id.toString(16).toUpperCase().padStart(15, '0')}`,
            lastModified: new Date(entry.createdAt),
            read: (start, end) => this.#options.files.read(entry.id, start, end),
        };
    }
    /** The key of an entry or a reservation; undefined when there is none of that id. */
    findKey(id) {
        return (this.#index.get(Number(id)) ?? this.#reservations.get(Number(id)))?.key;
    }
    /** Removes an entry, as eviction does; one that is not there is no fault. */
    async evict(id) {
        const entry = this.#index.get(Number(id));
        if (entry !== undefined)
            await this.#remove(entry.id);
    }
    listAll(repository) {
        return this.#index.listAll(repository);
    }
    /** Removes an entry because somebody wants it; false: the repository has none of that id. */
    async delete(repository, id) {
        if (this.#index.get(id)?.repository !== repository)
            return false;
        this.#index.remove(id);
        await this.#options.files.remove(id);
        return true;
    }
    statistics() {
        return {
            entries: this.#index.size,
            bytes: this.#index.totalBytes,
            reservations: this.#reservations.size,
            evicted: this.#evicted,
        };
    }
    /** Waits for commits that were cut off from their clients. */
    async whenIdle() {
        await Promise.allSettled(this.#committing.values());
    }
    /** Writes access times that are not on disk yet. */
    async saveAccessTimes() {
        if (this.#areAccessTimesSaved)
            return;
        this.#areAccessTimesSaved = true;
        await this.#options.files.saveAccessTimes(this.#index.accessTimes());
    }
    async #commitReservation(reservation, sizeBytes) {
        const { files, uploads, now } = this.#options;
        const { id, repository, refScope, key, version } = reservation;
        this.#demandRoom(sizeBytes ?? 0);
        const finished = await uploads.finish(String(id), sizeBytes);
        // "Newest" means committed last: the clock may stand still or go back, this does not.
        this.#lastCreatedAt = Math.max(now(), this.#lastCreatedAt + 1);
        const entry = {
            id,
            repository,
            refScope,
            key,
            version,
            sizeBytes: finished.sizeBytes,
            createdAt: this.#lastCreatedAt,
        };
        try {
            await files.commit(entry, finished.path);
            this.#index.add(entry, now());
        }
        finally {
            this.#reservations.remove(id);
            await uploads.drop(String(id));
        }
        await this.#evict(id);
        return { entryId: String(id) };
    }
    async #evict(newId) {
        const { maxSizeBytes = Number.POSITIVE_INFINITY } = this.#options;
        while (this.#index.totalBytes > maxSizeBytes) {
            const oldest = this.#index.findOldest(newId ?? 0);
            if (oldest === undefined)
                return;
            await this.#remove(oldest.id);
        }
    }
    async #remove(id) {
        this.#index.remove(id);
        this.#evicted += 1;
        await this.#options.files.remove(id);
    }
    async #dropAbandoned() {
        for (const { id } of this.#reservations.listOlder(this.#options.now() - reservationLifetimeMs)) {
            if (this.#committing.has(id))
                continue;
            this.#reservations.remove(id);
            await this.#options.uploads.drop(String(id));
        }
    }
    #demandRoom(sizeBytes) {
        const { maxSizeBytes } = this.#options;
        if (maxSizeBytes === undefined || sizeBytes <= maxSizeBytes)
            return;
        throw new cache_server_service/* ServiceError */._('invalid_argument', `cache size of ${sizeBytes} bytes is over the limit of ${maxSizeBytes} bytes`);
    }
    #touch(id) {
        this.#index.touch(id, this.#options.now());
        this.#areAccessTimesSaved = false;
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/embedded/entry.js

function renderEntry(entry) {
    return `${JSON.stringify(entry)}\n`;
}
/** undefined when it is not an entry's record. */
function parseEntry(record) {
    const id = (0,json/* readNumber */.kz)(record, 'id');
    const repository = (0,json/* readString */.E3)(record, 'repository');
    const refScope = (0,json/* readString */.E3)(record, 'refScope');
    const key = (0,json/* readString */.E3)(record, 'key');
    const version = (0,json/* readString */.E3)(record, 'version');
    const sizeBytes = (0,json/* readNumber */.kz)(record, 'sizeBytes');
    const createdAt = (0,json/* readNumber */.kz)(record, 'createdAt');
    if (!(0,json/* isRecord */.u4)(record) || id === undefined || sizeBytes === undefined || createdAt === undefined)
        return undefined;
    if (repository === undefined || refScope === undefined || key === undefined || version === undefined)
        return undefined;
    return { id, repository, refScope, key, version, sizeBytes, createdAt };
}

;// CONCATENATED MODULE: ./build/embedded/entry-files.js






async function openEntryFiles(directory) {
    const blobs = external_node_path_.join(directory, 'blobs');
    const records = external_node_path_.join(directory, 'entries');
    const accessFile = external_node_path_.join(directory, 'access.json');
    await (0,promises_.mkdir)(blobs, { recursive: true });
    await (0,promises_.mkdir)(records, { recursive: true });
    const toBlobPath = (id) => external_node_path_.join(blobs, String(id));
    const toRecordPath = (id) => external_node_path_.join(records, `${id}.json`);
    const remove = async (id) => {
        await (0,promises_.rm)(toRecordPath(id), { force: true });
        await sync(records);
        await (0,promises_.rm)(toBlobPath(id), { force: true });
    };
    return {
        async load() {
            const times = await readJsonFile(accessFile);
            const loaded = [];
            for (const name of await (0,promises_.readdir)(records)) {
                const entry = parseEntry(await readJsonFile(external_node_path_.join(records, name)));
                const isWhole = entry !== undefined &&
                    name === `${entry.id}.json` &&
                    (await readSize(toBlobPath(entry.id))) === entry.sizeBytes;
                if (isWhole)
                    loaded.push({ entry, accessedAt: (0,json/* readNumber */.kz)(times, String(entry.id)) ?? entry.createdAt });
                else
                    await (0,promises_.rm)(external_node_path_.join(records, name), { force: true });
            }
            const known = new Set(loaded.map(({ entry }) => String(entry.id)));
            for (const name of await (0,promises_.readdir)(blobs)) {
                if (!known.has(name))
                    await (0,promises_.rm)(external_node_path_.join(blobs, name), { recursive: true, force: true });
            }
            return loaded;
        },
        async commit(entry, uploadedPath) {
            await sync(uploadedPath);
            await (0,promises_.rename)(uploadedPath, toBlobPath(entry.id));
            await sync(blobs);
            const draft = external_node_path_.join(records, `${entry.id}.draft`);
            await writeSynced(draft, renderEntry(entry));
            await (0,promises_.rename)(draft, toRecordPath(entry.id));
            await sync(records);
        },
        remove,
        read: (id, start, end) => (0,external_node_fs_.createReadStream)(toBlobPath(id), { start, end, highWaterMark: 64 * 1024 }),
        async saveAccessTimes(times) {
            const draft = `${accessFile}.draft`;
            await (0,promises_.writeFile)(draft, JSON.stringify(times));
            await (0,promises_.rename)(draft, accessFile);
        },
    };
}
async function writeSynced(file, text) {
    const handle = await (0,promises_.open)(file, 'w');
    try {
        await handle.writeFile(text);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
/** A file's bytes, or a directory's renames. */
async function sync(path) {
    const handle = await (0,promises_.open)(path, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
async function readSize(file) {
    try {
        return (await (0,promises_.stat)(file)).size;
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}
async function readJsonFile(file) {
    try {
        return (0,json/* parseJson */.qF)(await (0,promises_.readFile)(file, 'utf8'));
    }
    catch (error) {
        if ((0,errors/* hasErrorCode */.Ue)(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/embedded/repository-refs.js
var repository_refs = __webpack_require__(2254);
;// CONCATENATED MODULE: ./build/embedded/repository-service.js




const repository_service_windowMs = 60 * 60_000;
/** GitHub's REST of Actions caches over the entries of a directory. */
function createRepositoryApi(options) {
    const { service, secret, readRefs, now } = options;
    return {
        authenticate: (authorization) => (0,signed_token/* readApiCaller */.IR)(authorization, secret, now()),
        listEntries: ({ repository }) => service.listAll(repository),
        deleteEntry: ({ repository }, id) => service.delete(repository, id),
        countCall: createCounter(options),
        findRefs: async ({ name }) => {
            if (readRefs === undefined)
                return undefined;
            try {
                return (0,repository_refs/* parseRefs */.Y)(await readRefs(), name);
            }
            catch (error) {
                // "Not found" would say that a branch is gone.
                throw new cache_server_service/* ServiceError */._('unavailable', `refs cannot be read: ${(0,errors/* toMessage */.R9)(error)}`, { cause: error });
            }
        },
    };
}
function createCounter({ callsPerHour, now, }) {
    const windows = new Map();
    return ({ repository }) => {
        if (callsPerHour === undefined)
            return undefined;
        const current = windows.get(repository);
        const isOver = current === undefined || now() - current.startedAt >= repository_service_windowMs;
        const open = isOver ? { startedAt: now(), count: 0 } : current;
        windows.set(repository, open);
        open.count += 1;
        return {
            limit: callsPerHour,
            remaining: callsPerHour - open.count,
            resetAt: Math.ceil((open.startedAt + repository_service_windowMs) / 1000),
        };
    };
}

;// CONCATENATED MODULE: ./build/embedded/simulator/random.js
/** Numbers in [0, 1) that are the same for the same seed (mulberry32): a fault that once happened can be had again. */
function createRandom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

;// CONCATENATED MODULE: ./build/embedded/simulator/fault.js

/** The first rule that strikes wins; the ones behind it do not count that call. */
function createFaultPlan(rules, seed) {
    const random = createRandom(seed);
    const seen = rules.map(() => 0);
    const strikes = rules.map(() => 0);
    const strikesNow = (rule, index) => {
        const nth = (seen[index] ?? 0) + 1;
        seen[index] = nth;
        if (nth <= rule.skip || (strikes[index] ?? 0) >= (rule.count ?? Number.POSITIVE_INFINITY))
            return false;
        return (nth - rule.skip) % rule.every === 0 && (rule.probability >= 1 || random() < rule.probability);
    };
    return {
        strikes,
        needsKey: rules.some((rule) => rule.key !== undefined),
        decide(call, key) {
            for (const [index, rule] of rules.entries()) {
                if (rule.calls !== undefined && !rule.calls.includes(call))
                    continue;
                if (rule.key !== undefined && key?.includes(rule.key) !== true)
                    continue;
                if (!strikesNow(rule, index))
                    continue;
                strikes[index] = (strikes[index] ?? 0) + 1;
                return rule.effect;
            }
            return undefined;
        },
    };
}

;// CONCATENATED MODULE: ./build/embedded/simulator/pacer.js
function createPacer(bytesPerSecond) {
    let freeAtMs = 0;
    return {
        take(sizeBytes, nowMs) {
            freeAtMs = Math.max(freeAtMs, nowMs) + (sizeBytes * 1000) / bytesPerSecond;
            return freeAtMs - nowMs;
        },
    };
}

;// CONCATENATED MODULE: ./build/embedded/simulator/shaped-stream.js


/**
 * The same bytes, counted, at the speed of the line, and cut off where the fault says. The source is not touched before
 * somebody reads: a client that waits for `100 Continue` must not be told to go on by the book-keeping.
 */
function shapeStream(source, shape) {
    return new ShapedStream(source, shape);
}
class ShapedStream extends external_node_stream_.Transform {
    #source;
    #shape;
    #passedBytes = 0;
    #isStarted = false;
    constructor(source, shape) {
        super({ highWaterMark: 64 * 1024 });
        this.#source = source;
        this.#shape = shape;
        source.on('error', (error) => this.destroy(error));
        // Whoever reads hears of it; without a reader (the answer was given without the body) nobody needs to.
        this.on('error', () => undefined);
    }
    _read(size) {
        if (!this.#isStarted) {
            this.#isStarted = true;
            // Errors reach the reader of the shaped stream; nobody else waits for them.
            (0,external_node_stream_.pipeline)(this.#source, this, () => undefined);
        }
        super._read(size);
    }
    _transform(chunk, _encoding, done) {
        const { pacers, breakAfterBytes = Number.POSITIVE_INFINITY, manner, onBytes } = this.#shape;
        const room = breakAfterBytes - this.#passedBytes;
        const bytes = corrupt(chunk.length > room ? chunk.subarray(0, room) : chunk, this.#corruptAt());
        this.#passedBytes += bytes.length;
        onBytes(bytes.length);
        const nowMs = performance.now();
        const waitMs = Math.max(0, ...pacers.map((pacer) => pacer.take(bytes.length, nowMs)));
        const pass = () => {
            if (this.#passedBytes < breakAfterBytes) {
                done(undefined, bytes);
                return;
            }
            this.push(bytes);
            // On a later turn, so that what was passed on is read first.
            setImmediate(() => done(new ConnectionBreak('cut off by the fault file', manner)));
        };
        if (waitMs < 1)
            pass();
        else
            setTimeout(pass, waitMs);
    }
    /** From the start of the next chunk. */
    #corruptAt() {
        return (this.#shape.corruptAtByte ?? -1) - this.#passedBytes;
    }
    /** A source that nobody started to read, such as an open file, would stay open for ever. */
    _destroy(error, done) {
        if (!this.#isStarted)
            this.#source.destroy();
        done(error);
    }
}
function corrupt(chunk, at) {
    const byte = chunk[at];
    if (byte === undefined)
        return chunk;
    const changed = Buffer.from(chunk);
    // Not a flip: what was stored wrong and is read wrong must not come out right.
    changed[at] = (byte + 1) & 0xff;
    return changed;
}

;// CONCATENATED MODULE: ./build/embedded/simulator/network.js











/** Puts a network of that kind, and a book-keeper, in front of a handler. */
function withNetwork(handler, options) {
    const { faults, ledger, onCall, evict } = options;
    const needsKey = faults.needsKey || onCall !== undefined;
    const toLines = createLines(options);
    return async (request) => {
        const call = (0,cache_server_call/* classifyCall */.ni)(request);
        ledger.record(call.kind, { count: 1 });
        try {
            const latencyMs = call.dialect === 'blob' ? (options.blobLatencyMs ?? options.latencyMs) : options.latencyMs;
            if (latencyMs > 0)
                await (0,external_node_timers_promises_.setTimeout)(latencyMs);
            const keyed = needsKey ? await readKey(request, call, options.findKey) : { request, key: undefined };
            onCall?.(call.kind, keyed.key);
            const effect = faults.decide(call.kind, keyed.key);
            const blobId = effect?.kind === 'evict' ? (0,cache_server_call/* parseBlobPath */.oF)(request.url.pathname) : undefined;
            if (blobId !== undefined)
                await evict(blobId);
            const lines = toLines(request.connection);
            const response = await answer(handler, keyed.request, call, effect, lines, ledger);
            if (response.status >= 400)
                ledger.record(call.kind, { failed: 1 });
            return response;
        }
        catch (error) {
            ledger.record(call.kind, { failed: 1 });
            throw error;
        }
    };
}
async function answer(handler, request, call, effect, lines, ledger) {
    if (effect !== undefined && effect.delayMs > 0)
        await (0,external_node_timers_promises_.setTimeout)(effect.delayMs);
    const isUpload = call.kind === 'upload';
    const corruptAtByte = effect?.kind === 'corrupt' ? effect.atByte : undefined;
    const cut = effect?.kind === 'break' && effect.afterBytes !== undefined ? effect : undefined;
    if (effect?.kind === 'status' && effect.when === 'before')
        return toStatusFault(call, effect, request);
    if (effect?.kind === 'break' && cut === undefined && effect.when === 'before')
        throw toBreak(effect.manner);
    const shapedRequest = shapeRequest(request, {
        pacers: lines.up,
        breakAfterBytes: isUpload ? cut?.afterBytes : undefined,
        manner: cut?.manner ?? 'reset',
        corruptAtByte: isUpload ? corruptAtByte : undefined,
        onBytes: (bytesIn) => ledger.record(call.kind, { bytesIn }),
    });
    const response = await handler(shapedRequest);
    if (effect?.kind === 'status') {
        discard(response);
        return toStatusFault(call, effect, request);
    }
    if (effect?.kind === 'break' && cut === undefined) {
        discard(response);
        throw toBreak(effect.manner);
    }
    if (response.body === undefined)
        return response;
    const body = shapeStream(response.body instanceof external_node_stream_.Readable ? response.body : external_node_stream_.Readable.from([response.body]), {
        pacers: lines.down,
        breakAfterBytes: isUpload ? undefined : cut?.afterBytes,
        manner: cut?.manner ?? 'reset',
        corruptAtByte: isUpload ? undefined : corruptAtByte,
        onBytes: (bytesOut) => ledger.record(call.kind, { bytesOut }),
    });
    return { ...response, body };
}
/** Bodies that are not there need no line. */
function shapeRequest(request, shape) {
    const hasBody = request.headers['transfer-encoding'] !== undefined ||
        Number(request.headers['content-length'] ?? '0') > 0;
    return hasBody ? { ...request, body: shapeStream(request.body, shape) } : request;
}
function toStatusFault(call, effect, request) {
    const { status, message, retryAfterSeconds } = effect;
    return toFailureResponse(call.dialect, { status, message, retryAfterSeconds }, request.headers['x-ms-version']);
}
function toBreak(manner) {
    return new ConnectionBreak('broken by the fault file', manner);
}
function discard(response) {
    if (response.body instanceof external_node_stream_.Readable)
        response.body.destroy();
}
/** Speeds are kept for each connection as long as it lives, and for all of them together. */
function createLines(options) {
    const { streamBytesPerSecond, totalBytesPerSecond } = options;
    const toPacers = (bytesPerSecond) => bytesPerSecond === undefined ? [] : [createPacer(bytesPerSecond)];
    const total = { up: toPacers(totalBytesPerSecond), down: toPacers(totalBytesPerSecond) };
    const known = new WeakMap();
    return (connection) => {
        const lines = known.get(connection) ?? {
            up: [...total.up, ...toPacers(streamBytesPerSecond)],
            down: [...total.down, ...toPacers(streamBytesPerSecond)],
        };
        known.set(connection, lines);
        return lines;
    };
}
/** The key that a call is about. Reading it from a JSON body uses the body up: go on with the request in the answer. */
async function readKey(request, call, findKey) {
    const blobId = (0,cache_server_call/* parseBlobPath */.oF)(request.url.pathname);
    if (call.dialect === 'blob')
        return { request, key: blobId === undefined ? undefined : findKey(blobId) };
    const v1 = (0,rest_v1/* parseV1Call */.pg)(request.method, request.url);
    if (v1 !== undefined && v1 !== 'unknown') {
        if (v1.kind === 'lookup')
            return { request, key: v1.keys[0] };
        if (v1.kind === 'list')
            return { request, key: v1.key };
        if (v1.kind !== 'reserve')
            return { request, key: findKey(v1.cacheId) };
    }
    const text = await readRequestText(request.body, MAX_JSON_BODY_BYTES);
    const body = external_node_stream_.Readable.from(text === '' ? [] : [Buffer.from(text)]);
    return { request: { ...request, body }, key: (0,json/* readString */.E3)((0,json/* parseJson */.qF)(text), 'key') };
}

;// CONCATENATED MODULE: ./build/embedded/simulator/statistics.js

class CallLedger {
    #figures = new Map();
    record(kind, change) {
        const figures = this.#figures.get(kind) ?? { count: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
        figures.count += change.count ?? 0;
        figures.failed += change.failed ?? 0;
        figures.bytesIn += change.bytesIn ?? 0;
        figures.bytesOut += change.bytesOut ?? 0;
        this.#figures.set(kind, figures);
    }
    /** All kinds that there are, also those that were not called. */
    toStatistics() {
        const none = { count: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
        const figures = (kind) => ({ ...(this.#figures.get(kind) ?? none) });
        return {
            lookup: figures('lookup'),
            create: figures('create'),
            finalize: figures('finalize'),
            list: figures('list'),
            upload: figures('upload'),
            'block-list': figures('block-list'),
            download: figures('download'),
            head: figures('head'),
            'api-list': figures('api-list'),
            'api-delete': figures('api-delete'),
            'api-refs': figures('api-refs'),
            unknown: figures('unknown'),
        };
    }
    get total() {
        return cache_server_call/* callKinds */.oP.reduce((sum, kind) => sum + (this.#figures.get(kind)?.count ?? 0), 0);
    }
}

;// CONCATENATED MODULE: ./build/embedded/start.js















const accessSaveIntervalMs = 5000;
/** Serves v1, v2 and GitHub's REST of caches from a directory, on the loopback interface. Throws ToolError `directory-locked` or `listen`. */
async function startEmbeddedService(options) {
    const { directory, now = Date.now, createsPerMinute, onError } = options;
    await (0,promises_.mkdir)(directory, { recursive: true });
    const lock = await lockDirectory(directory);
    try {
        const uploads = await createUploadArea(external_node_path_.join(directory, 'uploads'));
        const service = new DirectoryService({
            files: await openEntryFiles(directory),
            uploads,
            secret: options.secret,
            maxSizeBytes: options.maxSizeBytes,
            now,
        });
        await service.load();
        const ledger = new CallLedger();
        const faults = createFaultPlan(options.faults ?? [], options.seed ?? 1);
        const handler = createCacheHandler({
            service: createsPerMinute === undefined ? service : withCreateLimit(service, createsPerMinute, now),
            api: createRepositoryApi({
                service,
                secret: options.secret,
                readRefs: options.readRefs,
                callsPerHour: options.apiCallsPerHour,
                now,
            }),
            // A secret of this run only: an id may be given again after a restart, an old URL must not open the new entry.
            signer: createUrlSigner((0,external_node_crypto_.randomBytes)(32), now),
            blobHost: options.blobHost,
            onError,
        });
        const network = withNetwork(handler, {
            latencyMs: options.latencyMs ?? 0,
            blobLatencyMs: options.blobLatencyMs,
            streamBytesPerSecond: options.streamBytesPerSecond,
            totalBytesPerSecond: options.totalBytesPerSecond,
            faults,
            ledger,
            findKey: (id) => service.findKey(id),
            evict: (id) => service.evict(id),
            onCall: options.onCall,
        });
        const listener = await listen(network, {
            port: options.port ?? 0,
            ...(onError === undefined ? {} : { onError }),
        });
        const saving = setInterval(() => void service.saveAccessTimes().catch((error) => onError?.(error)), accessSaveIntervalMs).unref();
        return {
            url: listener.url,
            statistics: () => ({
                totalCalls: ledger.total,
                calls: ledger.toStatistics(),
                storage: service.statistics(),
                faults: [...faults.strikes],
            }),
            close: async () => {
                clearInterval(saving);
                await listener.close();
                await service.whenIdle();
                await uploads.close();
                await service.saveAccessTimes();
                await lock.release();
            },
        };
    }
    catch (error) {
        await lock.release();
        throw error;
    }
}


/***/ })

};
