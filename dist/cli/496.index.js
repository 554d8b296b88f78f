export const id = 496;
export const ids = [496];
export const modules = {

/***/ 8588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ describeForeignInputs),
  C: () => (/* binding */ refuseForeignInputs)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/inputs/definitions.js + 15 modules
var definitions = __webpack_require__(1477);
;// CONCATENATED MODULE: ./build/inputs/foreign-table.js
const nothing = /^$/;
const no = /^(?:false|False|FALSE)$/;
const ownStep = 'use "uses: hotlayer/hotlayer/bake@v1"';
const ownDaemon = 'delete it, Hotlayer starts a BuildKit of its own';
function refuse(does, remedy = '', harmless = nothing) {
    return { verdict: 'refuse', does, harmless, remedy };
}
function notice(does, remedy, harmless = nothing) {
    return { verdict: 'notice', does, harmless, remedy };
}
/**
 * The inputs of docker/setup-buildx-action (v4, and what only v3 has) and docker/bake-action that action.yml does not declare; of
 * docker/build-push-action (v7.3.0) it has all. The runner hands them over all the same, because people change the `uses:` line and leave the rest.
 */
const foreignInputs = {
    append: notice('adds nodes to a builder', ownDaemon),
    'cache-binary': notice('keeps buildx in the Actions cache', 'delete it, Hotlayer keeps its programs there by itself'),
    files: refuse('names bake files', ownStep),
    set: refuse('overrides values of a bake file', ownStep),
    source: refuse('names a bake definition', ownStep),
    targets: refuse('names targets of a bake file', ownStep),
    vars: refuse('sets variables of a bake file', ownStep),
    config: refuse('configures buildkitd', 'use "buildkitd-config"'),
    'config-inline': refuse('configures buildkitd', 'use "buildkitd-config-inline"'),
    cleanup: notice('removes the builder at the end', 'delete it, Hotlayer always does that', /^(?:true|True|TRUE)$/),
    driver: notice('chooses how BuildKit is run', 'delete it, Hotlayer starts a BuildKit of its own, and "endpoint" names another one'),
    'driver-opts': notice('configures how BuildKit is run', 'use "buildkit-version" and "buildkitd-config-inline"'),
    install: notice('makes buildx what `docker build` calls', 'delete it, no step is left that needs it', no),
    'keep-state': notice('keeps the state of the builder', 'delete it, the cache does that', no),
    name: notice('names the builder', ownDaemon),
    use: notice('makes the builder the current one', ownDaemon),
    version: notice('chooses the version of buildx', 'use "buildx-version"'),
};

;// CONCATENATED MODULE: ./build/inputs/nearest.js
/** The known name that somebody who wrote `written` most likely meant; undefined when none is near. */
function findNearest(written, known) {
    const wanted = toPlain(written);
    const ranked = known
        .map((name) => ({ name, distance: measureDistance(toPlain(name), wanted) }))
        .sort((a, b) => a.distance - b.distance);
    const [best] = ranked;
    // Short names are near to everything: `tag` may be `tags`, but `use` is not `push`.
    return best !== undefined && best.distance <= Math.min(2, Math.floor(best.name.length / 3))
        ? best.name
        : undefined;
}
/** Case and separators are what people mix up first. */
function toPlain(name) {
    return name.toLowerCase().replace(/[\s_.-]+/g, '-');
}
/** Levenshtein's: how many letters must be put in, taken out or changed. */
function measureDistance(from, to) {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[to.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/inputs/foreign.js




/**
 * Throws InputError for an input of Docker's actions that is not there yet, when the result without it would be another
 * one.
 */
function refuseForeignInputs(env, action) {
    for (const { name, value } of listForeign(env, action)) {
        const known = findKnown(name);
        if (known?.verdict !== 'refuse')
            continue;
        throw new errors/* InputError */.dz(name, `input "${name}"${showValue(value)}: in Docker's actions it ${known.does}, which Hotlayer does not do yet; allowed is to leave it out${known.remedy === '' ? '' : `: ${known.remedy}`}`);
    }
}
/** One sentence on all inputs that Hotlayer does not have and that change nothing; undefined: there are none. */
function describeForeignInputs(env, action = 'main') {
    const described = listForeign(env, action).flatMap(({ name }) => {
        const known = findKnown(name);
        if (known?.verdict === 'refuse')
            return [];
        if (known !== undefined)
            return [`${(0,errors/* quote */.hD)(name)} (in Docker's actions it ${known.does}: ${known.remedy})`];
        const nearest = findNearest(name, [
            ...(0,definitions/* listRows */.qs)(action).map((row) => row.name),
            ...Object.keys(foreignInputs),
        ]);
        return [nearest === undefined ? (0,errors/* quote */.hD)(name) : `${(0,errors/* quote */.hD)(name)} (did you mean ${(0,errors/* quote */.hD)(nearest)}?)`];
    });
    return described.length === 0
        ? undefined
        : `These inputs have no effect, Hotlayer does not know them: ${described.join(', ')}.`;
}
/** What was given and action.yml does not declare, without the values that ask for nothing. */
function listForeign(env, action) {
    const declared = new Set((0,definitions/* listRows */.qs)(action).map(({ name }) => name));
    // Not Object.keys: the entries hide inputs from whatever enumerates the environment.
    return Object.getOwnPropertyNames(env)
        .filter((variable) => variable.startsWith('INPUT_'))
        .map((variable) => ({
        name: variable.slice('INPUT_'.length).toLowerCase(),
        value: env[variable]?.trim() ?? '',
    }))
        .filter(({ name, value }) => !declared.has(name) && value !== '' && findKnown(name)?.harmless.test(value) !== true)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}
/** Addresses and keys may hold credentials: their value is not shown. */
function showValue(value) {
    return /^[\w.,:=/-]{1,60}$/.test(value) && !value.includes('://') ? ` (${(0,errors/* quote */.hD)(value)})` : '';
}
function findKnown(name) {
    return Object.hasOwn(foreignInputs, name) ? foreignInputs[name] : undefined;
}


/***/ }),

/***/ 496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ZY: () => (/* binding */ parseCleanupInputs),
  TL: () => (/* binding */ parseInputs)
});

// UNUSED EXPORTS: listNamedSecrets, listSecretValues, parseBakeInputs, parseSetupInputs

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/inputs/cache-attributes.js
var cache_attributes = __webpack_require__(6474);
// EXTERNAL MODULE: ./build/inputs/cache-entry.js
var cache_entry = __webpack_require__(7947);
// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
;// CONCATENATED MODULE: ./build/inputs/cache-contradictions.js




/** What a back end cannot do without, in either of the two inputs, and an example of it. */
const needed = {
    registry: ['ref', 'ref=ghcr.io/acme/app-cache, a repository for caches alone'],
    local: ['dest', 'dest=/var/cache/hotlayer, a directory that outlives the job'],
    s3: ['bucket', 'bucket=acme-ci-cache'],
    azblob: ['account_url', 'account_url=https://acme.blob.core.windows.net'],
};
/** What is exported where nobody says it: an image has no more layers than its own. */
function toExportMode({ backend, mode, cacheToAttrs }) {
    const said = mode ?? cacheToAttrs.attrs['mode'] ?? (backend === 'inline' ? 'min' : 'max');
    return said === 'min' ? 'min' : 'max';
}
/** Throws InputError for inputs about the cache that cannot all be meant. */
function checkCache(cache) {
    const { backend } = cache;
    (0,cache_attributes/* checkAttributes */.eV)('cache-to-attrs', backend, cache.cacheToAttrs);
    (0,cache_attributes/* checkAttributes */.eV)('cache-from-attrs', backend, cache.cacheFromAttrs);
    checkPlace(cache);
    checkTwice(cache);
    checkSameType(cache);
    checkCompression(cache);
    if (backend === 'inline' && cache.mode === 'max')
        refuse('mode', '"max" exports layers that the image does not have, and "cache: inline" has no place but the image; allowed is "min", or another back end');
    if (backend === 'none' && (cache.cacheFrom.length > 0 || cache.cacheTo.length > 0))
        refuse(cache.cacheFrom.length > 0 ? 'cache-from' : 'cache-to', 'it has entries, but "cache: none" says that there is no cache; allowed is one of the two');
}
/** Clients of later steps get what is safe to hand out: a stub. */
function cache_contradictions_checkSetupCache({ backend }) {
    if (backend === 'gha' || backend === 'none')
        return;
    refuse('cache', `${quote(backend)} is for the actions that build; with setup, later steps give their own --cache-from and --cache-to for it; allowed are gha and none`);
}
function checkPlace({ backend, cacheToAttrs, cacheFromAttrs, readOnly }) {
    const { to, from } = (0,cache_attributes/* joinAttributes */.eI)(backend, { to: cacheToAttrs, from: cacheFromAttrs });
    for (const [name, ref] of [
        ['cache-to-attrs', to.attrs['ref']],
        ['cache-from-attrs', from.attrs['ref']],
    ]) {
        if (ref === undefined || (0,image_reference/* isNameOnly */.Mp)(ref))
            continue;
        refuse(name, `ref=${(0,errors/* quote */.hD)(ref)} has a tag or a digest, and the plan chooses the tag by the event; allowed is the name of a repository`);
    }
    // A client of buildx has one environment, and a door one key.
    if (Object.entries(to.secrets).some(([name, value]) => from.secrets[name] !== value))
        refuse('cache-from-attrs', 'its credentials are others than those of "cache-to-attrs"; allowed is one of the two');
    const need = needed[backend];
    if (need === undefined)
        return;
    const [attribute, example] = need;
    const isThere = to.attrs[attribute] !== undefined || (readOnly && !(0,cache_attributes/* isEmpty */.Im)(from));
    if (isThere)
        return;
    refuse('cache', `${(0,errors/* quote */.hD)(backend)} needs ${attribute}=… in "cache-to-attrs"; allowed is for example ${example}`);
}
/** What an attribute says an input may not say as well. */
function checkTwice({ cacheToAttrs, mode, compression, compressionLevel }) {
    const { attrs } = cacheToAttrs;
    const inputs = [
        ['mode', mode],
        ['compression', compression === 'auto' ? undefined : compression],
        ['compression-level', compressionLevel],
    ];
    for (const [name, value] of inputs) {
        if (value === undefined || attrs[name] === undefined)
            continue;
        refuse(name, `"cache-to-attrs" has ${name}= too; allowed is one of the two`);
    }
}
function checkCompression(cache) {
    const { backend, compression, compressionLevel, gateway } = cache;
    const hasGateway = (backend === 'gha' || backend === 's3') && gateway !== false;
    if (compression === 'zstd' && hasGateway && cache.cacheTo.some(({ type }) => type === 'registry'))
        refuse('compression', '"zstd" exports the cache as a registry\'s, which BuildKit could not tell from type=registry in "cache-to"; allowed is one of the two');
    const obstacle = findZstdObstacle(cache, hasGateway);
    if (compression === 'zstd' && obstacle !== undefined)
        refuse('compression', `"zstd" ${obstacle}; allowed is one of the two`);
    if (compressionLevel === undefined)
        return;
    if (compression === 'gzip')
        refuse('compression-level', 'it is the level of zstd, but "compression" says gzip, which has one level; allowed is one of the two');
    if (obstacle !== undefined)
        refuse('compression-level', `it is the level of zstd, which ${obstacle.replace(', which', ' that')}; allowed is one of the two`);
}
/** Why the layers of the cache cannot be zstd; undefined: they can. */
function findZstdObstacle({ backend }, hasGateway) {
    switch (backend) {
        case 'gha':
        case 's3':
            // BuildKit's own clients of both export gzip at one level (cache/remotecache).
            return hasGateway ? undefined : 'needs the gateway, which "gateway: false" leaves out';
        case 'azblob':
            return 'is nothing that BuildKit exports to "cache: azblob"';
        case 'inline':
            return 'is nothing that "cache: inline" can choose, as its layers are those of the image';
        case 'none':
            return 'needs a cache, and "cache: none" says that there is none';
        case 'registry':
        case 'local':
            return undefined;
        default:
            return backend;
    }
}
/** BuildKit names all exports of a type alike (cache/remotecache), so that nobody could tell how each of two has ended. */
function checkSameType({ backend, cacheFrom, cacheTo }) {
    for (const [name, entries] of [
        ['cache-from', cacheFrom],
        ['cache-to', cacheTo],
    ]) {
        if (backend === 'gha' || backend === 'none' || !entries.some(cache_entry/* isOwnCache */.V3))
            continue;
        refuse(name, `type=gha would need the runner's own token in BuildKit, which "cache: ${backend}" does not give it; allowed is "cache: gha", with the entry of the other type here`);
    }
    if (backend === 'gha' || !cacheTo.some(({ type }) => type === backend))
        return;
    refuse('cache-to', `it has type=${backend} beside "cache: ${backend}", and BuildKit does not tell two exports of one type apart; allowed is another type there`);
}
function refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}`);
}

// EXTERNAL MODULE: ./build/inputs/buildkitd-flags.js + 1 modules
var buildkitd_flags = __webpack_require__(2888);
// EXTERNAL MODULE: ./build/inputs/daemon-rows.js + 2 modules
var daemon_rows = __webpack_require__(8440);
// EXTERNAL MODULE: ./build/inputs/row.js
var row = __webpack_require__(960);
;// CONCATENATED MODULE: ./build/inputs/daemon-contradictions.js




/** Throws InputError for inputs about the daemon that cannot all be meant. */
function checkDaemonContradictions(daemon) {
    if (daemon.endpoint !== undefined)
        refuseBesideEndpoint(daemon);
    const { rootless, stepNetwork, maxParallelism, buildkitdFlags = [] } = daemon;
    if (rootless && stepNetwork === 'bridge') {
        daemon_contradictions_refuse('step-network', '"bridge" needs root, and "rootless: true" runs the daemon without, where BuildKit has the runner\'s network only');
    }
    if (maxParallelism !== undefined && (0,buildkitd_flags/* hasFlag */.L)(buildkitdFlags, 'oci-max-parallelism'))
        daemon_contradictions_refuse('max-parallelism', '"buildkitd-flags" has --oci-max-parallelism too');
}
/** What is about a daemon that Hotlayer installs and starts. */
function refuseBesideEndpoint(daemon) {
    const given = [
        [daemon_rows/* daemonRows */.a.buildkitVersion.name, (0,row/* isGiven */.qR)(daemon_rows/* daemonRows */.a.buildkitVersion, daemon.buildkitVersion)],
        [daemon_rows/* daemonRows */.a.buildkitPath.name, daemon.buildkitPath !== undefined],
        [daemon_rows/* daemonRows */.a.buildkitSha256.name, daemon.buildkitSha256 !== undefined],
        [daemon_rows/* daemonRows */.a.buildkitdConfig.name, daemon.buildkitdConfig !== undefined],
        [daemon_rows/* daemonRows */.a.buildkitdConfigInline.name, daemon.buildkitdConfigInline !== undefined],
        [daemon_rows/* daemonRows */.a.buildkitdFlags.name, daemon.buildkitdFlags !== undefined],
        [daemon_rows/* daemonRows */.a.buildkitdEnv.name, daemon.buildkitdEnv.length > 0],
        [daemon_rows/* daemonRows */.a.registryMirrors.name, daemon.registryMirrors.length > 0],
        [daemon_rows/* daemonRows */.a.maxParallelism.name, daemon.maxParallelism !== undefined],
        [daemon_rows/* daemonRows */.a.stepNetwork.name, daemon.stepNetwork !== 'host'],
        [daemon_rows/* daemonRows */.a.rootless.name, daemon.rootless],
    ];
    const name = given.find(([, isThere]) => isThere)?.[0];
    if (name === undefined)
        return;
    daemon_contradictions_refuse(name, 'it is about a daemon that Hotlayer starts, but "endpoint" names one that runs already, with settings of its own');
}
function daemon_contradictions_refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is one of the two`);
}

// EXTERNAL MODULE: ./build/inputs/attestation-entry.js
var attestation_entry = __webpack_require__(1895);
;// CONCATENATED MODULE: ./build/inputs/index-fault.js

/** undefined: the result is a single image. Attestations that nobody asked for are left out there by themselves. */
function findIndexFault({ build, image }) {
    const { platforms } = build;
    if (new Set(platforms).size > 1)
        return { input: 'platforms', what: `an image of several platforms (${platforms.join(', ')})` };
    const { provenance, sbom, attests } = image;
    if (provenance !== undefined && !(0,attestation_entry/* isDisabled */.d6)(provenance))
        return { input: 'provenance', what: 'a provenance attestation' };
    if (sbom !== undefined && !(0,attestation_entry/* isDisabled */.d6)(sbom))
        return { input: 'sbom', what: 'a list of the software' };
    const given = [provenance, sbom].map((attestation) => attestation?.type);
    const attested = attests.find((attestation) => !given.includes(attestation.type) && !(0,attestation_entry/* isDisabled */.d6)(attestation));
    return attested === undefined
        ? undefined
        : { input: 'attests', what: `an attestation (type=${attested.type})` };
}

// EXTERNAL MODULE: ./build/inputs/output-entry.js
var output_entry = __webpack_require__(4502);
;// CONCATENATED MODULE: ./build/inputs/contradictions.js






/** Throws InputError for inputs that are well-formed one by one but cannot all be meant. */
function checkContradictions(inputs) {
    const { build, image } = inputs;
    checkPush(image);
    checkOutputNames(image);
    checkPushByDigest(image);
    checkCall(build, image);
    checkLoad(inputs);
    checkDuplicateAgents(build);
    if (build.noCache && build.noCacheFilters.length > 0) {
        contradictions_refuse('no-cache-filters', '"no-cache: true" runs every step, so there is nothing to filter');
    }
    checkShared(inputs);
}
/** The same of a bake, as far as it is known without its definition. */
function contradictions_checkBakeContradictions(inputs) {
    checkCall(inputs.bake, inputs.bake);
    checkShared(inputs);
}
/** The same of what later steps get. */
function contradictions_checkSetupContradictions(inputs) {
    const { setup, daemon } = inputs;
    checkSetupCache(inputs.cache);
    checkShared(inputs);
    if (daemon.endpoint === undefined)
        return;
    if (setup.keep !== 'false')
        contradictions_refuse('keep', '"endpoint" names a daemon of somebody else, which this job neither starts nor stops');
    if (daemon.gcKeep !== undefined)
        contradictions_refuse('gc-keep', '"endpoint" names a daemon of somebody else, whose limits are its own');
}
function checkShared({ cache, daemon }) {
    if (daemon.buildkitPath !== undefined && daemon.buildkitSha256 !== undefined) {
        contradictions_refuse('buildkit-sha256', 'it is the checksum of a download, but "buildkit-path" says to download nothing');
    }
    if (daemon.buildxPath !== undefined && daemon.buildxSha256 !== undefined) {
        contradictions_refuse('buildx-sha256', 'it is the checksum of a download, but "buildx-path" says to download nothing');
    }
    checkDaemonContradictions(daemon);
    checkCache(cache);
    if (daemon.endpoint !== undefined && cache.backend === 'azblob' && hasKey(cache))
        throw new errors/* InputError */.dz('cache-to-attrs', 'input "cache-to-attrs": secret_access_key stays in this job, and the daemon of "endpoint" is perhaps elsewhere; allowed is no key, and credentials in the environment of that daemon');
    if (cache.readOnly && cache.cacheTo.length > 0) {
        contradictions_refuse('cache-to', 'it asks for an export that "read-only: true" forbids');
    }
    if (cache.readOnly && cache.prExport === 'always') {
        contradictions_refuse('pr-export', '"always" asks for an export that "read-only: true" forbids');
    }
    if (cache.readOnly && cache.allowUntrustedExport) {
        contradictions_refuse('allow-untrusted-export', '"true" asks for an export that "read-only: true" forbids');
    }
}
function hasKey({ cacheToAttrs, cacheFromAttrs }) {
    return [cacheToAttrs, cacheFromAttrs].some(({ secrets }) => secrets['secret_access_key'] !== undefined);
}
function checkPush({ push, tags, outputs }) {
    if (push) {
        const refused = outputs.find(({ type, attrs }) => type === 'image' && (0,output_entry/* isFalse */.Wu)(attrs['push']));
        if (refused !== undefined)
            contradictions_refuse('push', '"true" contradicts push=false in the "outputs" input');
        if (tags.length === 0 && !outputs.some(output_entry/* namesImage */.Gc)) {
            throw new errors/* InputError */.dz('push', 'input "push": "true" needs a name to push to; allowed is "tags", or an entry in "outputs" such as type=image,name=ghcr.io/acme/app');
        }
    }
    for (const { type, attrs } of outputs) {
        if (type === 'image' && (0,output_entry/* isTrue */.Hn)(attrs['push']) && tags.length === 0 && (attrs['name'] ?? '') === '') {
            throw new errors/* InputError */.dz('outputs', 'input "outputs": an image that is pushed needs a name; allowed is "tags", or name=… in the same entry');
        }
    }
}
function checkOutputNames({ tags, outputs }) {
    if (tags.length === 0)
        return;
    for (const { type, attrs } of outputs) {
        const name = attrs['name'];
        if (['image', 'oci', 'docker'].includes(type) && name !== undefined && name !== tags.join(',')) {
            contradictions_refuse('outputs', `name=${(0,errors/* quote */.hD)(name)} contradicts "tags", which name the image ${(0,errors/* quote */.hD)(tags.join(','))}`);
        }
    }
}
/** BuildKit says it only when the image is built (util/push): a digest is a name of its own, beside which no tag can stand. */
function checkPushByDigest({ tags, push, outputs }) {
    for (const output of outputs) {
        if (!(0,output_entry/* isTrue */.Hn)(output.attrs['push-by-digest']) || !(0,output_entry/* pushesImage */.a7)(output, push))
            continue;
        const names = tags.length > 0 ? tags : (output.attrs['name'] ?? '').split(',');
        const tagged = names.map((name) => name.trim()).find((name) => !(0,image_reference/* isNameOnly */.Mp)(name));
        if (tagged === undefined)
            continue;
        throw new errors/* InputError */.dz('outputs', `input "outputs": push-by-digest pushes without a tag, but ${tags.length > 0 ? '"tags" has' : 'the entry has name='}${tags.length > 0 ? ' ' : ''}${(0,errors/* quote */.hD)(tagged)}; allowed is the name without tag and digest`);
    }
}
/** A question builds nothing that could be pushed or loaded. */
function checkCall({ call }, image) {
    if (call === undefined)
        return;
    const asked = (0,errors/* quote */.hD)(call.text);
    if (image.push)
        contradictions_refuse('call', `${asked} asks about the build and makes no image, which "push: true" needs`);
    if (image.load)
        contradictions_refuse('call', `${asked} asks about the build and makes no image, which "load: true" needs`);
}
/** A file in Docker's own format holds one image and no attestations; what an engine can hold is known when it was asked. */
function checkLoad({ build, image }) {
    const isFile = image.outputs.some((output) => output.type === 'docker' && !(0,output_entry/* isLoad */.VQ)(output));
    if (!isFile || build.call !== undefined)
        return;
    const fault = findIndexFault({ build, image });
    if (fault === undefined)
        return;
    throw new errors/* InputError */.dz(fault.input, `input "${fault.input}": ${fault.what} cannot be in a type=docker archive; allowed is "type=oci" in "outputs" in its place`);
}
function checkDuplicateAgents({ ssh }) {
    const seen = new Set();
    for (const entry of ssh) {
        const [id = ''] = entry.split('=', 1);
        if (seen.has(id || 'default')) {
            throw new errors/* InputError */.dz('ssh', `input "ssh": id ${(0,errors/* quote */.hD)(id || 'default')} is given twice; allowed is once, with several keys as ${id || 'default'}=key1,key2 in quotes`);
        }
        seen.add(id || 'default');
    }
}
function contradictions_refuse(name, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${why}; allowed is one of the two`);
}

// EXTERNAL MODULE: ./build/inputs/definitions.js + 15 modules
var definitions = __webpack_require__(1477);
// EXTERNAL MODULE: ./build/inputs/foreign.js + 2 modules
var foreign = __webpack_require__(8588);
// EXTERNAL MODULE: ./build/inputs/report-rows.js
var report_rows = __webpack_require__(6804);
;// CONCATENATED MODULE: ./build/inputs/inputs.js





/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Inputs of Docker's actions
 * whose absence would change the result are refused, other unknown ones ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
function parseInputs(env) {
    (0,foreign/* refuseForeignInputs */.C)(env, 'main');
    const inputs = (0,definitions/* readGroups */.b5)(env);
    checkContradictions(inputs);
    return { ...inputs, report: (0,report_rows/* honourVariables */.b)(inputs.report, env) };
}
/** The same of the action `bake`. */
function parseBakeInputs(env) {
    refuseForeignInputs(env, 'bake');
    const inputs = readBakeGroups(env);
    checkBakeContradictions(inputs);
    return { ...inputs, report: honourVariables(inputs.report, env) };
}
/** The same of the action `setup`. */
function parseSetupInputs(env) {
    refuseForeignInputs(env, 'setup');
    const inputs = readSetupGroups(env);
    checkSetupContradictions(inputs);
    return { ...inputs, report: honourVariables(inputs.report, env) };
}
/** The same of the action `cleanup`, which takes the place of none of Docker's. */
function parseCleanupInputs(env) {
    const inputs = (0,definitions/* readCleanupGroups */.xN)(env);
    return { ...inputs, report: (0,report_rows/* honourVariables */.b)(inputs.report, env) };
}
/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
function listSecretValues(inputs) {
    return toMasks(mapInputs(inputs, (row, value) => row.listSecrets(value)).flat());
}
/** The same of the variables that `secret-envs` names. */
function listNamedSecrets({ secretEnvs }, env) {
    return toMasks(secretEnvs.map(({ variable }) => env[variable] ?? ''));
}


/***/ })

};
