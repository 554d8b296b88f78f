export const id = 358;
export const ids = [358];
export const modules = {

/***/ 1358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createS3Client: () => (/* binding */ createS3Client)
});

// EXTERNAL MODULE: ./build/async/clock.js
var async_clock = __webpack_require__(2185);
// EXTERNAL MODULE: ./build/cache-client/block-upload.js
var block_upload = __webpack_require__(4870);
// EXTERNAL MODULE: ./build/cache-client/client.js
var client = __webpack_require__(6228);
// EXTERNAL MODULE: ./build/cache-client/download.js + 2 modules
var download = __webpack_require__(1554);
// EXTERNAL MODULE: ./build/cache-client/health.js
var health = __webpack_require__(465);
// EXTERNAL MODULE: ./build/cache-client/observer.js
var observer = __webpack_require__(6389);
// EXTERNAL MODULE: ./build/cache-client/request-gate.js
var request_gate = __webpack_require__(3472);
// EXTERNAL MODULE: ./build/cache-client/retry.js
var retry = __webpack_require__(9525);
// EXTERNAL MODULE: ./build/cache-protocol/version.js
var cache_protocol_version = __webpack_require__(7720);
// EXTERNAL MODULE: ./build/s3-client/bucket.js
var s3_client_bucket = __webpack_require__(2611);
// EXTERNAL MODULE: ./build/cache-client/session.js
var session = __webpack_require__(2459);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/credential-provider-node/dist-cjs/index.js
var dist_cjs = __webpack_require__(5861);
;// CONCATENATED MODULE: ./build/s3-client/credentials.js


/** Nobody gave credentials that could be used. */
class CredentialsError extends Error {
}
/** Who found none asks again after that: a chain that ends with the instance's role takes seconds each time. */
const askAgainMs = 60_000;
/**
 * Those that were given, or else what the AWS SDK finds: variables of the environment, web identity, profiles, the role of
 * the container or of the instance. They are renewed before they expire.
 */
function createCredentials(given, region, clock) {
    if (given !== undefined) {
        const { accessKeyId, secretAccessKey, sessionToken } = given;
        const identity = {
            accessKeyId,
            secretAccessKey,
            ...(sessionToken === undefined ? {} : { sessionToken }),
        };
        return async () => identity;
    }
    // Memoizes by itself; the region is that of the token service.
    const provider = (0,dist_cjs/* defaultProvider */.v6)({ clientConfig: { region } });
    let failed;
    return async () => {
        if (failed !== undefined && clock.now() < failed.untilMs)
            throw failed.error;
        try {
            return await provider();
        }
        catch (error) {
            const found = new CredentialsError(`there are no AWS credentials: ${(0,errors/* toMessage */.R9)(error)}`, {
                cause: error,
            });
            failed = { error: found, untilMs: clock.now() + askAgainMs };
            throw found;
        }
    };
}

// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/xmlparser/XMLParser.js + 23 modules
var XMLParser = __webpack_require__(1143);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/s3-client/xml.js


// Keys are text: nothing may be read as a number. Entities are off, as in blob-xml.ts: no key of ours and no id needs one.
const parser = new XMLParser/* default */.A({
    parseTagValue: false,
    ignoreAttributes: true,
    processEntities: false,
    isArray: (name) => name === 'Contents',
});
function parseXml(text) {
    try {
        return parser.parse(text);
    }
    catch {
        // Not XML is an answer here: the caller says what it means.
        return undefined;
    }
}
/** The first key of a list; null: the list is empty; undefined: it is no list. */
function parseFirstKey(text) {
    const list = (0,json/* readField */.dR)(parseXml(text), 'ListBucketResult');
    if (list === undefined)
        return undefined;
    const contents = (0,json/* readField */.dR)(list, 'Contents');
    if (!Array.isArray(contents) || contents.length === 0)
        return null;
    return (0,json/* readString */.E3)(contents[0], 'Key');
}
function parseUploadId(text) {
    return (0,json/* readString */.E3)(parseXml(text), 'InitiateMultipartUploadResult', 'UploadId');
}
/** What S3 says of a fault; undefined: it says something else. */
function parseFault(text) {
    const error = (0,json/* readField */.dR)(parseXml(text), 'Error');
    const code = (0,json/* readString */.E3)(error, 'Code');
    return code === undefined ? undefined : { code, message: (0,json/* readString */.E3)(error, 'Message') ?? '' };
}
/** @param tags of the parts, in their order */
function renderParts(tags) {
    const parts = tags.map((tag, index) => {
        const text = tag.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
        return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${text}</ETag></Part>`;
    });
    return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
}

;// CONCATENATED MODULE: ./build/s3-client/calls.js






/** The answer is a refusal: no further try will change it. */
class S3RefusedError extends Error {
    answer;
    code;
    constructor(answer, bucket) {
        super(describeRefusal(answer, bucket));
        this.name = 'S3RefusedError';
        this.answer = answer;
        this.code = parseFault(answer.text)?.code;
    }
}
/** One request with its tries; the answer is one of those that `isExpected` takes, or a success. Throws S3RefusedError. */
async function callS3(s3, kind, request, options, expected = []) {
    const url = toUrl(s3, request.key);
    return await (0,session/* callForText */.Dg)(s3.session, kind, url, options, async (signal) => {
        const { method, query = {}, headers = {}, body = '', bytes } = request;
        const ready = await s3.signer.sign({
            ...{ method, url, query, headers },
            ...(bytes === undefined ? { body } : {}),
        });
        return { method, url: ready.url, headers: ready.headers, signal, ...toContent(request) };
    }, (answer) => interpret(answer, expected, s3.bucket));
}
function toContent({ method, body, bytes }) {
    if (bytes === undefined)
        return method === 'PUT' || method === 'POST' ? { body: body ?? '' } : {};
    const { source, start, end } = bytes;
    // A new stream for each try: the one of a broken try is half read.
    return { body: source.read(start, end), contentLength: end - start + 1 };
}
function toUrl({ bucketUrl }, key) {
    return key === undefined ? `${bucketUrl}/` : `${bucketUrl}/${(0,s3_client_bucket/* encodePath */.O0)(key)}`;
}
/** Codes that a moment later may be a success, with a status that does not say so. */
const passing = new Set([
    'RequestTimeout',
    'SlowDown',
    'InternalError',
    'OperationAborted',
    'ConditionalRequestConflict',
]);
function interpret(answer, expected, bucket) {
    const { status, text } = answer;
    const fault = parseFault(text);
    if (fault !== undefined && passing.has(fault.code))
        throw new retry/* RetryableError */.dw(`${status} ${fault.code}`, { status });
    if (expected.includes(status))
        return answer;
    // A success may turn out to be none after its first line was sent.
    if (status >= 200 && status < 300 && fault === undefined)
        return answer;
    throw new S3RefusedError(answer, bucket);
}
function describeRefusal({ status, text, headers }, { bucket, region }) {
    const elsewhere = headers['x-amz-bucket-region'];
    if (typeof elsewhere === 'string' && elsewhere !== region)
        return `${status}: the bucket ${bucket} is in the region ${elsewhere}, not in ${region}`;
    const fault = parseFault(text);
    if (fault === undefined)
        return `${status} for the bucket ${bucket}`;
    // Of a wrong signature the message holds nothing secret, but nothing of use either.
    const words = fault.message.replace(/\s+/g, ' ').slice(0, 200);
    return `${status} ${fault.code} for the bucket ${bucket}${words === '' ? '' : `: ${words}`}`;
}
/** The second one is what versitygw says of a key that nobody has. */
const notAccepted = /^(?:InvalidAccessKeyId|XAdminUserNotFound|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired)$/;
/** The result for whatever a call threw. */
function toRefusal(error) {
    const message = (0,errors/* toMessage */.R9)(error);
    if (error instanceof CredentialsError)
        return { kind: 'unauthenticated', message };
    if (error instanceof S3RefusedError) {
        const { status } = error.answer;
        if (status === 401 || notAccepted.test(error.code ?? ''))
            return { kind: 'unauthenticated', message };
        return status === 403 ? { kind: 'denied', message } : { kind: 'failed', message, status };
    }
    const status = error instanceof retry/* RetryableError */.dw ? error.status : undefined;
    return { kind: 'failed', message, status };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/s3-client/conditional-write.js


/** Names the try that wrote an object: whoever lost an answer finds out with it whether it has written. */
const writeHeader = 'x-amz-meta-hotlayer-write';
/** Writes objects that nobody else has written, which is the compare-and-swap of manifests. */
class ConditionalWrites {
    #s3;
    /** Hears once that the store has none. */
    #onMissing;
    #isKept;
    constructor(s3, onMissing) {
        this.#s3 = s3;
        this.#onMissing = onMissing;
    }
    /** Throws what a call throws. */
    async write(key, source, options) {
        const name = (0,external_node_crypto_.randomUUID)();
        if (await this.#areKept(options)) {
            const isTaken = !(await this.#put(key, source, name, true, options));
            // Where an answer was lost, the next try finds its own object. And stores that are not AWS may look first and write
            // later, as versitygw does: of two at once the last one stays.
            const isSure = !isTaken && this.#s3.bucket.endpointUrl === undefined;
            return isSure || (await this.#isOurs(key, name, options)) ? 'written' : 'taken';
        }
        if ((await this.#readName(key, options)) !== undefined)
            return 'taken';
        await this.#put(key, source, name, false, options);
        // Of two that wrote at once, the last one stays.
        return (await this.#isOurs(key, name, options)) ? 'written' : 'taken';
    }
    /** False: somebody else has the key. */
    async #put(key, source, name, isConditional, options) {
        const headers = {
            ...{ 'content-type': 'application/octet-stream', [writeHeader]: name },
            ...(isConditional ? { 'if-none-match': '*' } : {}),
        };
        const bytes = { source, start: 0, end: source.sizeBytes - 1 };
        const answer = await callS3(this.#s3, 'finalize', { method: 'PUT', key, headers, bytes }, options, [412]);
        return answer.status !== 412;
    }
    async #isOurs(key, name, options) {
        return (await this.#readName(key, options)) === name;
    }
    /** Who wrote it, `''` when that is not known; undefined: it is not there. */
    async #readName(key, options) {
        const answer = await callS3(this.#s3, 'lookup', { method: 'HEAD', key }, options, [404]);
        if (answer.status === 404)
            return undefined;
        const name = answer.headers[writeHeader];
        return typeof name === 'string' ? name : '';
    }
    /** Asked once; an answer that says neither is asked for again. */
    async #areKept(options) {
        this.#isKept ??= this.#probe(options);
        try {
            return await this.#isKept;
        }
        catch (error) {
            this.#isKept = undefined;
            throw error;
        }
    }
    /** Writes an object of its own under the condition: one call where it is there already, two the first time. */
    async #probe(options) {
        const isRefused = (await this.#tryProbe(options)) || (await this.#tryProbe(options));
        if (isRefused !== true)
            this.#onMissing();
        return isRefused === true;
    }
    /** Whether the condition was heeded; `false` may also be the first write of all. */
    async #tryProbe(options) {
        const key = `${this.#s3.bucket.prefix}conditional-write`;
        const request = { method: 'PUT', key, headers: { 'if-none-match': '*' }, body: 'hotlayer' };
        try {
            return (await callS3(this.#s3, 'create', request, options, [412])).status === 412;
        }
        catch (error) {
            const isUnknown = error instanceof S3RefusedError &&
                (error.answer.status === 501 || /^(?:NotImplemented|InvalidArgument)$/.test(error.code ?? ''));
            if (isUnknown)
                return false;
            throw error;
        }
    }
}

;// CONCATENATED MODULE: ./build/s3-client/object-key.js
const highest = 999_999_999_999_999;
const manifestEntry = /^hotlayer-manifest-1-([a-z0-9_.-]{1,255})#([1-9][0-9]{0,14})?$/;
const packEntry = /^hotlayer-pack-1-([a-z0-9_.-]{1,255})$/;
/** @param prefix of the bucket: empty, or with a slash at its end */
function toObjectKey(prefix, entryKey) {
    const folded = entryKey.toLowerCase();
    const [manifest, cacheScope = '', number] = manifestEntry.exec(folded) ?? [];
    if (manifest !== undefined && isPlainName(cacheScope)) {
        const directory = `${prefix}manifests/${cacheScope}/`;
        if (number === undefined)
            return { kind: 'manifests', prefix: directory };
        return { kind: 'manifest', key: `${directory}${String(highest - Number(number)).padStart(15, '0')}` };
    }
    const name = packEntry.exec(folded)?.[1];
    return name === undefined || !isPlainName(name)
        ? { kind: 'other' }
        : { kind: 'pack', key: `${prefix}packs/${name}` };
}
/** The entry of a manifest that a list has answered; undefined: it is none. */
function toManifestEntry(prefix, objectKey) {
    if (!objectKey.startsWith(`${prefix}manifests/`))
        return undefined;
    const rest = objectKey.slice(`${prefix}manifests/`.length);
    const [found, cacheScope = '', digits = ''] = /^([a-z0-9_.-]{1,255})\/([0-9]{15})$/.exec(rest) ?? [];
    const number = highest - Number(digits);
    return found === undefined || number < 1 ? undefined : `hotlayer-manifest-1-${cacheScope}#${number}`;
}
/** Some stores, and some proxies, resolve such parts of a path. */
function isPlainName(name) {
    return name !== '.' && name !== '..';
}

;// CONCATENATED MODULE: ./build/s3-client/refusal.js


/** A build waits for it; a store that is away is found out and told with the caches. */
const questionPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 10_000 };
/** Why the bucket cannot be used by us, part of a sentence; undefined: it can, or it does not say. One call. */
async function findRefusal(client) {
    const query = { key: 'hotlayer-are-you-there', version: cache_protocol_version/* PACKS_CACHE_VERSION */.v };
    const answer = await client.lookup(query, { policy: questionPolicy, isProbe: true });
    switch (answer.kind) {
        case 'hit':
        case 'miss':
            return undefined;
        case 'denied':
        case 'unauthenticated':
            return answer.message;
        case 'failed': {
            const { status = 0, message } = answer;
            return status >= 300 && status < 500 && !(0,retry/* isRetryableStatus */.PS)(status) ? message : undefined;
        }
        default:
            return answer;
    }
}

// EXTERNAL MODULE: ./node_modules/@smithy/signature-v4/dist-cjs/index.js
var signature_v4_dist_cjs = __webpack_require__(5118);
;// CONCATENATED MODULE: ./build/s3-client/signer.js



/** A transfer renews it when it is refused. */
const lifetimeSeconds = 3600;
const unsignableHeaders = new Set(['if-none-match', 'content-type']);
const unsigned = 'UNSIGNED-PAYLOAD';
/** Signature Version 4 for S3, by the signer of the AWS SDK. */
function createSigner(region, credentials) {
    const signer = new signature_v4_dist_cjs.SignatureV4({
        ...{ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false, applyChecksum: false },
    });
    return {
        sign: async ({ method, url, query, headers, body }) => {
            const hash = body === undefined ? unsigned : (0,external_node_crypto_.createHash)('sha256').update(body).digest('hex');
            const request = toRequest(method, url, query, { ...headers, 'x-amz-content-sha256': hash });
            // S3 wants the host and its own headers signed; proxies may change others.
            const signed = await signer.sign(request, { unsignableHeaders });
            // Node sets it by itself.
            const { host: _host, ...sent } = signed.headers;
            return { url: signer_toUrl(url, query), headers: sent };
        },
        presign: async (url) => {
            const request = toRequest('GET', url, {}, { 'x-amz-content-sha256': unsigned });
            const { query = {} } = await signer.presign(request, { expiresIn: lifetimeSeconds });
            const words = Object.entries(query).map(([name, value]) => [name, String(value ?? '')]);
            return signer_toUrl(url, Object.fromEntries(words));
        },
    };
}
function toRequest(method, url, query, headers) {
    const { protocol, hostname, port, pathname, host } = new URL(url);
    return {
        ...{ method, protocol, hostname, path: pathname, query: { ...query }, headers: { host, ...headers } },
        ...(port === '' ? {} : { port: Number(port) }),
    };
}
function signer_toUrl(url, query) {
    const words = Object.entries(query).map(([name, value]) => `${(0,s3_client_bucket/* encodeWord */.N3)(name)}=${(0,s3_client_bucket/* encodeWord */.N3)(value)}`);
    return words.length === 0 ? url : `${url}?${words.join('&')}`;
}
/** Node's SHA-256 as the signer wants it. */
class Sha256 {
    #hash;
    constructor(secret) {
        this.#hash = secret === undefined ? (0,external_node_crypto_.createHash)('sha256') : (0,external_node_crypto_.createHmac)('sha256', toBytes(secret));
    }
    update(chunk) {
        this.#hash.update(toBytes(chunk));
    }
    async digest() {
        return this.#hash.digest();
    }
    reset() {
        throw new Error('each hash is used once');
    }
}
function toBytes(data) {
    if (typeof data === 'string')
        return Buffer.from(data);
    return ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array(data);
}

// EXTERNAL MODULE: ./build/async/parallel.js
var parallel = __webpack_require__(3372);
;// CONCATENATED MODULE: ./build/s3-client/uploads.js






/** Nobody waits for them but the end of the job. */
const abortPolicy = { attempts: 3, firstDelayMs: 200, maxDelayMs: 1000, deadlineMs: 5000 };
/** The uploads of one client, from their first byte to the end. What was begun in parts and is not finished is removed. */
class Uploads {
    #s3;
    #shape;
    #writes;
    #uploads = new Map();
    /** Keys by upload id, of all that lie in parts. */
    #inParts = new Map();
    constructor(s3, shape, writes) {
        this.#s3 = s3;
        this.#shape = shape;
        this.#writes = writes;
    }
    /** Throws what a call throws. */
    async send(ticket, source, options) {
        const object = toObjectKey(this.#s3.bucket.prefix, ticket.key);
        if (object.kind !== 'manifest' && object.kind !== 'pack')
            throw new Error(`${ticket.key} is no key of an entry`);
        const { key } = object;
        if (object.kind === 'manifest') {
            this.#uploads.set(ticket, { kind: 'held', key, source });
            return;
        }
        if (source.sizeBytes > this.#shape.partBytes) {
            this.#uploads.set(ticket, await this.#sendParts(key, source, options));
            return;
        }
        const bytes = { source, start: 0, end: source.sizeBytes - 1 };
        await callS3(this.#s3, 'upload', { method: 'PUT', key, headers: contentType, bytes }, options);
        this.#s3.session.observer.onBytes('up', source.sizeBytes);
        this.#uploads.set(ticket, { kind: 'stored' });
    }
    async #sendParts(key, source, options) {
        const begin = { method: 'POST', key, query: { uploads: '' }, headers: contentType };
        const begun = await callS3(this.#s3, 'create', begin, options);
        const uploadId = parseUploadId(begun.text);
        if (uploadId === undefined)
            throw new S3RefusedError(begun, this.#s3.bucket);
        this.#inParts.set(uploadId, key);
        try {
            const parts = (0,block_upload/* cutParts */.Hg)(source.sizeBytes, this.#shape.partBytes);
            const tags = parts.map(() => '');
            await (0,parallel/* forEachParallel */.I)(parts, this.#shape.parallel, async ({ index, start, end }) => {
                const query = { partNumber: String(index + 1), uploadId };
                const bytes = { source, start, end };
                const sent = await callS3(this.#s3, 'upload', { method: 'PUT', key, query, bytes }, options);
                const tag = sent.headers.etag;
                if (tag === undefined)
                    throw new S3RefusedError(sent, this.#s3.bucket);
                tags[index] = tag;
                this.#s3.session.observer.onBytes('up', end - start + 1);
            });
            return { kind: 'parts', key, uploadId, tags };
        }
        catch (error) {
            await this.#abort(uploadId);
            throw error;
        }
    }
    /** Throws what a call throws. */
    async finish(ticket, sizeBytes, options) {
        const upload = this.#uploads.get(ticket);
        this.#uploads.delete(ticket);
        if (upload === undefined)
            throw new Error(`nothing was uploaded for ${ticket.key}`);
        switch (upload.kind) {
            case 'stored':
                return { kind: 'finalized' };
            case 'held': {
                const written = await this.#writes.write(upload.key, upload.source, options);
                if (written === 'taken')
                    return { kind: 'exists', message: `${ticket.key} is there already` };
                this.#s3.session.observer.onBytes('up', sizeBytes);
                return { kind: 'finalized' };
            }
            case 'parts':
                return await this.#complete(upload, sizeBytes, options);
            default:
                return upload;
        }
    }
    async #complete({ key, uploadId, tags }, sizeBytes, options) {
        const headers = { 'content-type': 'application/xml' };
        const request = { method: 'POST', key, query: { uploadId }, headers, body: renderParts(tags) };
        try {
            const answer = await callS3(this.#s3, 'finalize', request, options, [404]);
            this.#inParts.delete(uploadId);
            if (answer.status !== 404)
                return { kind: 'finalized' };
            // Somebody has removed the parts, or a try whose answer was lost has put them together.
            const there = await callS3(this.#s3, 'lookup', { method: 'HEAD', key }, options, [404]);
            if (there.status !== 404 && Number(there.headers['content-length']) === sizeBytes)
                return { kind: 'finalized' };
            return { kind: 'not-found', message: `the store has forgotten the parts of ${key}` };
        }
        catch (error) {
            await this.#abort(uploadId);
            throw error;
        }
    }
    /** Removes what lies there in parts; a rule of the bucket finds what is left. Never throws. */
    async close() {
        this.#uploads.clear();
        await Promise.all([...this.#inParts.keys()].map((uploadId) => this.#abort(uploadId)));
    }
    async #abort(uploadId) {
        const key = this.#inParts.get(uploadId);
        if (key === undefined)
            return;
        this.#inParts.delete(uploadId);
        // Its own signal: that of the upload is what may have ended it.
        const request = { method: 'DELETE', key, query: { uploadId } };
        await callS3(this.#s3, 'upload', request, { policy: abortPolicy }, [404]).catch((error) => {
            this.#s3.session.observer.onRetry('upload', `parts of ${key} were not removed: ${(0,errors/* toMessage */.R9)(error)}`, 0);
        });
    }
}
const contentType = { 'content-type': 'application/octet-stream' };

;// CONCATENATED MODULE: ./build/s3-client/client.js


















/** The gateway's own entries, and nothing else, in a bucket: what `createCacheClient` is for a cache service. */
function createS3Client(options) {
    const { bucket, shape = block_upload/* blockShape */.Ty } = options;
    const clock = options.clock ?? async_clock/* systemClock */.m;
    const bucketUrl = (0,s3_client_bucket/* toBucketUrl */.hB)(bucket);
    const session = {
        ...{ baseUrl: bucketUrl, token: '', transport: options.transport },
        policy: options.policy ?? retry/* defaultRetryPolicy */.ur,
        clock,
        gate: options.gate ?? (0,request_gate/* createRequestGate */.t)(clock),
        health: options.health ?? new health/* ServiceHealth */._7(clock),
        observer: options.observer ?? observer/* silentObserver */.o,
    };
    const signer = createSigner(bucket.region, createCredentials(options.credentials, bucket.region, clock));
    const s3 = { session, bucket, bucketUrl, signer };
    const uploads = new Uploads(s3, shape, new ConditionalWrites(s3, options.onNoConditionalWrites));
    const transferPolicy = { ...session.policy, deadlineMs: client/* transferDeadlineMs */.O };
    const find = ({ key, version }, call = {}) => lookup(s3, key, version, call).catch(toRefusal);
    return {
        lookup: find,
        findRefusal: () => findRefusal({ lookup: find }),
        create: async ({ key, version }) => ({ kind: 'created', ticket: { protocol: 's3', key, version } }),
        upload: (ticket, source, call = {}) => uploads.send(toOwn(ticket), source, { policy: transferPolicy, ...call }).then(() => ({ kind: 'uploaded' }), (error) => ({ status: undefined, ...toRefusal(error), kind: 'failed' })),
        finalize: (ticket, sizeBytes, call = {}) => uploads.finish(toOwn(ticket), sizeBytes, call).catch(toRefusal),
        download: (source, file, limits, call = {}) => (0,download/* downloadFile */.P)(session, source, file, shape, limits, { policy: transferPolicy, ...call }),
        downloadRange: (source, range, region, call = {}) => (0,download/* downloadRange */.U)(session, source, range, region, { policy: transferPolicy, ...call }),
        close: () => uploads.close(),
    };
}
function toOwn(ticket) {
    if (ticket.protocol !== 's3')
        throw new Error('a ticket of a cache service is for no bucket');
    return ticket;
}
/** A hit has a URL that is signed for an hour. */
async function lookup(s3, key, version, options) {
    // BuildKit's own entries are never in a bucket: its client for S3 has another layout.
    if (version !== cache_protocol_version/* PACKS_CACHE_VERSION */.v)
        return { kind: 'miss' };
    const { prefix } = s3.bucket;
    const object = toObjectKey(prefix, key);
    switch (object.kind) {
        case 'manifest':
        case 'pack': {
            const answer = await callS3(s3, 'lookup', { method: 'HEAD', key: object.key }, options, [404]);
            if (answer.status === 404)
                return { kind: 'miss' };
            return { kind: 'hit', url: await s3.signer.presign(toUrl(s3, object.key)), matchedKey: key };
        }
        case 'manifests': {
            const newest = await readFirstKey(s3, object.prefix, options);
            const entry = newest === undefined ? undefined : toManifestEntry(prefix, newest);
            if (newest === undefined || entry === undefined)
                return { kind: 'miss' };
            return { kind: 'hit', url: await s3.signer.presign(toUrl(s3, newest)), matchedKey: entry };
        }
        case 'other':
            // The question whether the store is there at all.
            await readFirstKey(s3, `${prefix}manifests/`, options);
            return { kind: 'miss' };
        default:
            return object;
    }
}
async function readFirstKey(s3, prefix, options) {
    const query = { 'list-type': '2', 'max-keys': '1', prefix };
    const answer = await callS3(s3, 'lookup', { method: 'GET', query }, options);
    const first = parseFirstKey(answer.text);
    if (first === undefined)
        throw new Error(`${s3.bucketUrl} does not answer as S3 does`);
    return first ?? undefined;
}


/***/ })

};
