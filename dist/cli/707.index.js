export const id = 707;
export const ids = [707];
export const modules = {

/***/ 9685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GJ: () => (/* binding */ renderBlockList),
/* harmony export */   Gs: () => (/* binding */ renderBlobError),
/* harmony export */   jx: () => (/* binding */ parseBlockList)
/* harmony export */ });
/* harmony import */ var fast_xml_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1143);
/* harmony import */ var fast_xml_parser__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(925);
/* harmony import */ var fast_xml_parser__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5824);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9368);


const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
// Order matters in a block list and ids are text: nothing may be read as a number, trimmed to one or regrouped.
// Entities are off: a block list needs none and their expansion is an attack surface.
const orderedParser = new fast_xml_parser__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A({
    preserveOrder: true,
    parseTagValue: false,
    ignoreAttributes: true,
    processEntities: false,
});
const builder = new fast_xml_parser__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A({ preserveOrder: true });
/** Body of Put Block List: `<Latest>` for each id, in order. */
function renderBlockList(blockIds) {
    const items = blockIds.map((id) => `<Latest>${id}</Latest>`).join('');
    return `${HEAD}<BlockList>${items}</BlockList>`;
}
/** The ids in list order; undefined when the text is not a block list. `Latest`, `Uncommitted` and `Committed` count alike. */
function parseBlockList(xml) {
    if (fast_xml_parser__WEBPACK_IMPORTED_MODULE_2__/* .XMLValidator */ .iI.validate(xml) !== true)
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
        const children = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(node) ? node[name] : undefined;
        if (Array.isArray(children))
            return children;
    }
    return undefined;
}
function readBlockId(item) {
    for (const name of ['Latest', 'Uncommitted', 'Committed']) {
        const children = findChild([item], name);
        if (children !== undefined)
            return children.length === 1 ? (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .readString */ .E3)(children[0], '#text') : undefined;
    }
    return undefined;
}


/***/ }),

/***/ 8401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ toPutBlockListUrl),
/* harmony export */   Hu: () => (/* binding */ toPutBlockUrl),
/* harmony export */   PE: () => (/* binding */ isBlockId),
/* harmony export */   m3: () => (/* binding */ BLOB_API_VERSION),
/* harmony export */   sB: () => (/* binding */ parseBlobOperation),
/* harmony export */   wR: () => (/* binding */ toBlockId)
/* harmony export */ });
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


/***/ }),

/***/ 4506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ parseInt64)
/* harmony export */ });
/**
 * A protobuf int64 in JSON: a number or a string of digits. Absent is 0, as proto3 omits default values; undefined
 * when it is neither. Values above 2^53 lose precision, which no entry size reaches.
 */
function parseInt64(value) {
    if (value === undefined || value === null)
        return 0;
    if (typeof value === 'number')
        return Number.isInteger(value) ? value : undefined;
    if (typeof value === 'string' && /^-?\d{1,19}$/.test(value))
        return Number(value);
    return undefined;
}


/***/ }),

/***/ 5753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C5: () => (/* binding */ parseContentRange),
/* harmony export */   RC: () => (/* binding */ parseRange),
/* harmony export */   iH: () => (/* binding */ renderRange),
/* harmony export */   lh: () => (/* binding */ renderContentRange)
/* harmony export */ });
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


/***/ }),

/***/ 6532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CC: () => (/* binding */ parseV1ReserveRequest),
/* harmony export */   E_: () => (/* binding */ renderV1Error),
/* harmony export */   MB: () => (/* binding */ renderV1List),
/* harmony export */   V8: () => (/* binding */ parseV1CommitRequest),
/* harmony export */   YA: () => (/* binding */ renderV1CommitRequest),
/* harmony export */   Yp: () => (/* binding */ renderV1Entry),
/* harmony export */   eZ: () => (/* binding */ toV1Request),
/* harmony export */   fq: () => (/* binding */ renderV1ReserveResponse),
/* harmony export */   jl: () => (/* binding */ renderV1ReserveRequest),
/* harmony export */   lb: () => (/* binding */ parseV1Entry),
/* harmony export */   nT: () => (/* binding */ V1_ACCEPT),
/* harmony export */   nn: () => (/* binding */ parseV1Error),
/* harmony export */   pg: () => (/* binding */ parseV1Call),
/* harmony export */   s1: () => (/* binding */ parseV1ReserveResponse)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);
/* harmony import */ var _integer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4506);


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
    const cacheKey = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'cacheKey');
    if (cacheKey === undefined || cacheKey === '')
        return undefined;
    return {
        cacheKey,
        scope: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'scope') ?? '',
        cacheVersion: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'cacheVersion') ?? '',
        creationTime: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'creationTime') ?? '',
        archiveLocation: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'archiveLocation'),
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
    const key = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'key');
    const version = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'version');
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(body) || key === undefined || version === undefined)
        return undefined;
    const size = body['cacheSize'];
    const sizeBytes = size === undefined || size === null ? undefined : (0,_integer_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInt64 */ .p)(size);
    return { key, version, sizeBytes };
}
/** `cacheId` is a JSON number, not 0. */
function renderV1ReserveResponse(cacheId) {
    return { cacheId: Number(cacheId) };
}
function parseV1ReserveResponse(body) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(body))
        return undefined;
    const cacheId = (0,_integer_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInt64 */ .p)(body['cacheId'] ?? body['cacheID']);
    return cacheId === undefined || cacheId <= 0 ? undefined : String(cacheId);
}
function renderV1CommitRequest(sizeBytes) {
    return { size: sizeBytes };
}
/** The total size in bytes. */
function parseV1CommitRequest(body) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(body) || body['size'] === undefined)
        return undefined;
    return (0,_integer_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInt64 */ .p)(body['size']);
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
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text.replace(/^\uFEFF/, ''));
    const message = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'message') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'error');
    const typeKey = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'typeKey');
    if (message === undefined && typeKey === undefined)
        return undefined;
    return { message: message ?? '', typeKey: typeKey ?? '' };
}


/***/ }),

/***/ 7322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ai: () => (/* binding */ renderCreateResponse),
/* harmony export */   Je: () => (/* binding */ parseCreateRequest),
/* harmony export */   LX: () => (/* binding */ renderTwirpError),
/* harmony export */   OI: () => (/* binding */ renderLookupRequest),
/* harmony export */   SO: () => (/* binding */ renderFinalizeResponse),
/* harmony export */   VA: () => (/* binding */ parseFinalizeResponse),
/* harmony export */   Y9: () => (/* binding */ renderLookupResponse),
/* harmony export */   bM: () => (/* binding */ parseCreateResponse),
/* harmony export */   dh: () => (/* binding */ parseLookupRequest),
/* harmony export */   hK: () => (/* binding */ parseTwirpPath),
/* harmony export */   iW: () => (/* binding */ parseTwirpError),
/* harmony export */   n$: () => (/* binding */ toTwirpPath),
/* harmony export */   p: () => (/* binding */ parseLookupResponse),
/* harmony export */   rG: () => (/* binding */ parseFinalizeRequest),
/* harmony export */   sb: () => (/* binding */ renderFinalizeRequest),
/* harmony export */   wi: () => (/* binding */ renderCreateRequest)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);
/* harmony import */ var _integer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4506);


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
    return { ok: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readBoolean */ .Vf)(body, 'ok') ?? false, signedUploadUrl, message };
}
/** The size as a string, the protobuf form of int64, which the service takes from `@actions/cache`. */
function renderFinalizeRequest(request) {
    return { key: request.key, size_bytes: String(request.sizeBytes), version: request.version };
}
function parseFinalizeRequest(body) {
    const key = readText(body, 'key');
    const version = readText(body, 'version');
    const sizeBytes = (0,_integer_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInt64 */ .p)(readField(body, 'size_bytes', 'sizeBytes'));
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
    return { ok: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readBoolean */ .Vf)(body, 'ok') ?? false, entryId, message };
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
    return { ok: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readBoolean */ .Vf)(body, 'ok') ?? false, signedDownloadUrl, matchedKey };
}
function renderTwirpError(error) {
    return { code: error.code, msg: error.message };
}
/** From the text of an answer; undefined when it is not a Twirp error (plain text or HTML of a proxy in between). */
function parseTwirpError(text) {
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'code');
    if (code === undefined)
        return undefined;
    return { code, message: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'msg') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readString */ .E3)(body, 'message') ?? '' };
}
/** protobuf's JSON rule: the original field name and its camelCase form are both accepted. */
function readField(body, name, camelName) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(body))
        return undefined;
    return body[name] ?? body[camelName];
}
/** Absent and null are the default value; undefined when it is something else than text or the body no object. */
function readText(body, name, camelName = name) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(body))
        return undefined;
    const value = readField(body, name, camelName) ?? '';
    return typeof value === 'string' ? value : undefined;
}
function isTextArray(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}


/***/ }),

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


/***/ })

};
