export const id = 352;
export const ids = [352];
export const modules = {

/***/ 1352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runWorkflowStep: () => (/* binding */ runWorkflowStep)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/log.js
var log = __webpack_require__(6650);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/inputs/list.js
var list = __webpack_require__(3666);
// EXTERNAL MODULE: ./build/inputs/reader.js
var reader = __webpack_require__(401);
// EXTERNAL MODULE: ./build/plan/identity.js + 1 modules
var identity = __webpack_require__(2975);
// EXTERNAL MODULE: ./build/runner-files.js
var runner_files = __webpack_require__(9942);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/workflow/leg-result.js


/** GitHub keeps 1 MiB of outputs a job, counted in UTF-16; the leg of a single platform has each value twice. */
const maxResultLength = 200_000;
const digestPattern = /^sha256:[0-9a-f]{64}$/;
/** As the output of the leg; without the metadata where these are too long. */
function renderLegResult(result) {
    const text = JSON.stringify(result);
    return text.length <= maxResultLength
        ? { text, isWhole: true }
        : { text: JSON.stringify({ ...result, metadata: null }), isWhole: false };
}
/** @param cachePlan of a build; empty where it did not say */
function toLegResult(given) {
    return {
        platform: given.platform,
        digest: digestPattern.test(given.digest) ? given.digest : undefined,
        cachePlan: (0,json/* parseJson */.qF)(given.cachePlan) ?? null,
        metadata: (0,json/* parseJson */.qF)(given.metadata) ?? null,
    };
}
/** The platforms of a plan's legs, by their index. Throws InputError for what the plan did not write. */
function parseLegs(text) {
    const legs = (0,json/* parseJson */.qF)(text);
    const parsed = (Array.isArray(legs) ? legs : []).flatMap((leg) => {
        const [index, platform] = [(0,json/* readNumber */.kz)(leg, 'index'), (0,json/* readString */.E3)(leg, 'platform')];
        return index === undefined || platform === undefined ? [] : [{ index, platform }];
    });
    if (parsed.length > 0)
        return parsed;
    throw new errors/* InputError */.dz('legs', 'input "legs" is not the output "legs" of hotlayer/hotlayer/workflow/plan');
}
/**
 * What the legs of a plan have said, one each. Throws InputError where one of them did not.
 *
 * @param results the outputs `leg-0`, `leg-1` … of their job as JSON
 */
function collectResults(legs, results) {
    const all = (0,json/* parseJson */.qF)(results);
    return legs.map(({ index, platform }) => {
        const said = (0,json/* parseJson */.qF)((0,json/* readString */.E3)(all, `leg-${index}`) ?? '');
        const digest = (0,json/* readString */.E3)(said, 'digest');
        if (!(0,json/* isRecord */.u4)(said) || digest === undefined || !digestPattern.test(digest)) {
            throw new errors/* InputError */.dz('results', `input "results" has no digest for ${platform} (output leg-${index}): its job pushed nothing`);
        }
        return { platform, digest, cachePlan: said['cachePlan'] ?? null, metadata: said['metadata'] ?? null };
    });
}
function toWorkflowOutputs(results, { digest, names, references }) {
    const [name] = names;
    return {
        digest,
        image: digest === undefined || name === undefined ? undefined : `${name}@${digest}`,
        tags: references.length === 0 ? undefined : references.join('\n'),
        cachePlan: JSON.stringify(Object.fromEntries(results.map(({ platform, cachePlan }) => [platform, cachePlan]))),
        metadata: JSON.stringify(Object.fromEntries(results.map(({ platform, metadata }) => [platform, metadata]))),
    };
}

// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
;// CONCATENATED MODULE: ./build/workflow/references.js


/**
 * `images` are names (`ghcr.io/acme/app`), in lower case whatever the owner of a repository is called. A tag is a word for each of them (`1.2`), or a whole reference
 * (`ghcr.io/acme/app:1.2`), as docker/metadata-action gives it. Throws InputError.
 */
function toReferences(given, tags) {
    const images = [...new Set(given.map((image) => image.toLowerCase()))];
    for (const image of images) {
        if ((0,image_reference/* isNameOnly */.Mp)((0,image_reference/* checkTag */.Bs)('images', image)))
            continue;
        throw new errors/* InputError */.dz('images', `input "images": ${(0,errors/* quote */.hD)(image)} has a tag; allowed is a name such as ghcr.io/acme/app, and its tags in "tags"`);
    }
    const references = tags.flatMap((tag) => {
        const isWord = images.length > 0 && !/[/:@]/.test(tag);
        return isWord
            ? images.map((image) => (0,image_reference/* checkTag */.Bs)('tags', `${image}:${tag}`))
            : [toTagged((0,image_reference/* checkTag */.Bs)('tags', tag))];
    });
    return {
        names: [...new Set([...images, ...references.map(toName)])],
        references: [...new Set(references)],
    };
}
/** Without the tag. */
function toName(reference) {
    return (0,image_reference/* isNameOnly */.Mp)(reference) ? reference : reference.slice(0, reference.lastIndexOf(':'));
}
function toTagged(reference) {
    return (0,image_reference/* isNameOnly */.Mp)(reference) ? `${reference}:latest` : reference;
}

// EXTERNAL MODULE: ./build/report/code-block.js
var code_block = __webpack_require__(3198);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(2772);
;// CONCATENATED MODULE: ./build/workflow/tell.js





function writeWorkflowOutputs(outputs, env) {
    const values = [
        ['digest', outputs.digest],
        ['image', outputs.image],
        ['tags', outputs.tags],
        ['cache-plan', outputs.cachePlan],
        ['metadata', outputs.metadata],
    ];
    (0,runner_files/* setOutputs */.n0)(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])), env);
}
/** What to pull, into the log and the job's summary. */
function tellImage(image, env) {
    const { digest, names, references, platforms } = image;
    const commands = [...references, ...names.map((name) => `${name}@${digest}`)].map((reference) => `docker pull ${reference}`);
    log.info([`Pushed for ${platforms.join(', ')}:`, ...commands].join('\n'));
    const summary = env['GITHUB_STEP_SUMMARY'];
    if (!summary)
        return;
    const text = [
        `### ${(0,format/* renderCode */.cR)(references[0] ?? digest)}`,
        `For ${platforms.map(format/* renderCode */.cR).join(', ')}`,
        (0,code_block/* renderCodeBlock */.X)(commands),
    ];
    try {
        (0,runner_files/* appendWhole */.gZ)(summary, `${text.join('\n\n')}\n\n`);
    }
    catch (error) {
        log.warning(`The job summary does not say what to pull: ${(0,errors/* toMessage */.R9)(error)}.`);
    }
}

;// CONCATENATED MODULE: ./build/workflow/leg.js









/**
 * Says what the job of a platform has built: in the output `leg-N` for the job that merges, and, where it is the only one,
 * in the outputs of the workflow.
 */
function reportLeg(env) {
    const index = Number((0,reader/* readTextInput */.sg)(env, 'index'));
    const legs = parseLegs((0,reader/* readRaw */.hc)(env, 'legs') ?? '');
    const leg = legs.find((one) => one.index === index);
    const platform = leg?.platform || (0,identity/* toDefaultPlatform */.A)(external_node_process_.arch);
    const result = toLegResult({
        platform,
        digest: (0,reader/* readTextInput */.sg)(env, 'digest') ?? '',
        cachePlan: (0,reader/* readRaw */.hc)(env, 'cache-plan') ?? '',
        metadata: (0,reader/* readRaw */.hc)(env, 'metadata') ?? '',
    });
    const { text, isWhole } = renderLegResult(result);
    if (!isWhole)
        log.notice('The output "metadata" is left out: it is too long for the outputs of a job.');
    (0,runner_files/* setOutputs */.n0)([[`leg-${index}`, text]], env);
    if (legs.length > 1)
        return;
    const isPushed = (0,reader/* readFlag */.fG)(env, 'pushed', false);
    const { names, references } = toReferences([], (0,list/* parseList */.E)('tags', (0,reader/* readRaw */.hc)(env, 'tags')));
    const digest = result.digest;
    const shown = isWhole ? result : { ...result, metadata: null };
    const pushed = isPushed ? { names, references } : { names: [], references: [] };
    writeWorkflowOutputs(toWorkflowOutputs([shown], { ...pushed, digest }), env);
    if (isPushed && digest !== undefined)
        tellImage({ names, references, digest, platforms: [platform] }, env);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(3838);
// EXTERNAL MODULE: ./build/step/docker-config.js
var docker_config = __webpack_require__(5866);
// EXTERNAL MODULE: ./build/inputs/yaml.js
var yaml = __webpack_require__(3697);
;// CONCATENATED MODULE: ./build/workflow/registry-auths.js



const input = 'registry-auths';
const keys = ['registry', 'username', 'password'];
const allowed = 'a list of objects with registry, username and password, for example "- registry: ghcr.io", one object a registry';
/** Docker Hub has one login for all its names (registry/config.go of Docker). */
const dockerHub = 'https://index.docker.io/v1/';
const dockerHubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
/** The logins of the secret `registry-auths`. Throws InputError, which shows nothing of it but the names of registries. */
function parseRegistryAuths(text) {
    if (text.trim() === '')
        return [];
    const list = (0,yaml/* parseSecretYaml */.B)(input, text, allowed);
    if (!Array.isArray(list))
        throw new errors/* InputError */.dz(input, `input "${input}" is not a list; allowed is ${allowed}`);
    const auths = list.map((entry, index) => parseAuth(entry, index + 1));
    const hosts = auths.map(({ host }) => host);
    const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
    if (twice !== undefined)
        throw new errors/* InputError */.dz(input, `input "${input}" has ${(0,errors/* quote */.hD)(twice)} twice; allowed is ${allowed}`);
    return auths;
}
function parseAuth(entry, position) {
    if (!(0,json/* isRecord */.u4)(entry))
        return fail(position, 'is not an object');
    const unknown = Object.keys(entry).findIndex((key) => !keys.includes(key));
    // Its name is not shown: a value may stand where a key belongs.
    if (unknown !== -1)
        return fail(position, `has a key that is not known, the ${unknown + 1}. one`);
    const [registry, username, password] = keys.map((key) => entry[key]);
    if (typeof username !== 'string' || username === '')
        return fail(position, 'has no username');
    if (typeof password !== 'string' || password === '')
        return fail(position, 'has no password');
    return { host: toHost(registry, position), username, password };
}
function toHost(registry, position) {
    if (registry === undefined || registry === '')
        return dockerHub;
    if (typeof registry !== 'string')
        return fail(position, 'has no registry that is a text');
    const host = registry
        .trim()
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\/(?:v[12]\/?)?$/, '');
    if (dockerHubNames.has(host))
        return dockerHub;
    if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(host))
        return fail(position, 'has a registry that is not a host, such as ghcr.io or registry.example.com:5000');
    return host;
}
function fail(position, why) {
    throw new errors/* InputError */.dz(input, `input "${input}": entry ${position} ${why}; allowed is ${allowed}`);
}
/**
 * The logins of a run: those that are given, and for ghcr.io, where none is, the job's own token, which `packages: write`
 * opens it to.
 *
 * @param names of the images that are pushed
 */
function listLogins(auths, { names, token, actor, }) {
    const host = 'ghcr.io';
    const isOwn = names.some((name) => name.startsWith(`${host}/`)) && !auths.some((auth) => auth.host === host);
    return isOwn && token !== '' && actor !== ''
        ? [...auths, { host, username: actor, password: token }]
        : auths;
}

;// CONCATENATED MODULE: ./build/workflow/login.js











const state = 'login-directory';
/**
 * Writes a Docker configuration with the run's logins into a directory of its own, and gives it to the later steps of the
 * job as DOCKER_CONFIG. Throws InputError.
 */
async function logIn(env) {
    const token = (0,reader/* readTextInput */.sg)(env, 'github-token') ?? '';
    const logins = listLogins(parseRegistryAuths((0,reader/* readRaw */.hc)(env, 'registry-auths') ?? ''), {
        names: (0,list/* parseList */.E)('names', (0,reader/* readRaw */.hc)(env, 'names')),
        token,
        actor: env['GITHUB_ACTOR'] ?? '',
    });
    for (const { password } of logins)
        for (const secret of [password, ...password.split(/\r?\n/).filter((line) => line.trim().length > 1)])
            log.mask(secret);
    if (logins.length === 0) {
        log.info('There is no login: registries are asked without.');
        return;
    }
    const { RUNNER_TEMP: temporary } = env;
    if (!temporary)
        throw new errors/* ToolError */.v4('no-runner', 'RUNNER_TEMP is not set: this runs in a job of GitHub Actions.');
    const cwd = env['GITHUB_WORKSPACE'] || external_node_process_.cwd();
    const written = await (0,docker_config/* writeDockerConfig */._D)({ jobDirectory: temporary, cwd, env, logins });
    if (written.kind === 'unusable')
        throw new errors/* ToolError */.v4('login', `The logins cannot be kept for the later steps: ${written.reason}.`);
    (0,runner_files/* saveStates */.Aw)([[state, written.directory]], env);
    core/* exportVariable */.dN('DOCKER_CONFIG', written.directory);
    for (const { host, username } of logins)
        log.info(`login for ${host} as ${username}`);
}
/** Removes the configuration at the end of the job. Only a directory that `logIn` can have written is touched. */
async function logOut(env) {
    const directory = env[`STATE_${state}`] ?? '';
    const temporary = env['RUNNER_TEMP'] ?? '';
    if (directory === '')
        return;
    const isOurs = external_node_path_.dirname(directory) === external_node_path_.resolve(temporary) && /^docker-\w+$/.test(external_node_path_.basename(directory));
    if (!isOurs) {
        log.warning(`${directory} is not a directory of logins: it is left as it is.`);
        return;
    }
    await (0,promises_.rm)(directory, { recursive: true, force: true });
    log.info('The logins of this job are removed.');
}

// EXTERNAL MODULE: ./build/buildkit/install/buildx.js
var buildx = __webpack_require__(4189);
// EXTERNAL MODULE: ./build/buildkit/install/install.js + 11 modules
var install = __webpack_require__(269);
// EXTERNAL MODULE: ./build/buildkit/install/release-token.js
var release_token = __webpack_require__(744);
// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
// EXTERNAL MODULE: ./build/step/runner.js
var step_runner = __webpack_require__(4861);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/buildkit/solve/push-failure.js
var push_failure = __webpack_require__(7186);
// EXTERNAL MODULE: ./build/process/command.js
var command = __webpack_require__(6779);
;// CONCATENATED MODULE: ./build/workflow/imagetools.js






/** Ten minutes: the layers are there already, and only small documents are sent. */
const timeoutMs = 600_000;
const retryDelaysMs = [2000, 8000];
/** The arguments of buildx that make an index of the legs under all tags of a name. Pure. */
function toCreateArguments(options) {
    const { name, references, digests, annotations } = options;
    return [
        ...['imagetools', 'create', '--progress=plain'],
        ...references.flatMap((reference) => ['--tag', reference]),
        ...annotations.flatMap((annotation) => ['--annotation', annotation]),
        ...digests.map((digest) => `${name}@${digest}`),
    ];
}
/** Makes an index; what the network or the registry holds up is tried again. Throws ToolError. */
async function createIndex(tools, args) {
    const { stderr, outcome } = await ask(tools, args);
    if (stderr !== '')
        log.info(stderr.trimEnd());
    log.debug(outcome);
}
/** What a registry serves for a reference, byte for byte. Throws ToolError. */
async function readServed(tools, reference) {
    const { stdout } = await ask(tools, ['imagetools', 'inspect', '--raw', reference]);
    const digest = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(stdout, 'utf8').digest('hex')}`;
    return { reference, digest, text: stdout };
}
async function ask({ buildx, env, signal }, args) {
    for (let attempt = 0;; attempt++) {
        const result = await (0,command/* runCommand */.d)(buildx, args, { env, timeoutMs, signal });
        signal.throwIfAborted();
        if (result.exitCode === 0)
            return result;
        const waitMs = retryDelaysMs[attempt];
        const output = result.stderr.split('\n');
        const reason = output.findLast((line) => line.startsWith('ERROR: '))?.slice('ERROR: '.length) ?? '';
        const failure = (0,push_failure/* classifyPushFailure */.h)({
            reason: `failed to push ${args.at(-1)}: ${lastWords(reason)}`,
            output,
        });
        if (waitMs === undefined || failure.kind === 'final')
            throw new errors/* ToolError */.v4('imagetools', `buildx ${args.slice(0, 2).join(' ')} ${result.outcome}`);
        log.info(`Once more in ${waitMs / 1000} s: ${result.outcome}`);
        await (0,external_node_timers_promises_.setTimeout)(waitMs, undefined, { signal });
    }
}
/** BuildKit's words stand behind what buildx did, `copy … to …: publish …: unexpected status …`. */
function lastWords(reason) {
    return (/\b(?:unexpected status|failed to do request|received unexpected HTTP status)\b.*$/s.exec(reason)?.[0] ??
        reason);
}

;// CONCATENATED MODULE: ./build/workflow/annotations.js

/**
 * Which annotations belong to the image of a platform, and which to the index. One without a level is for both: the
 * image is what runs, the index is what registries show. Throws InputError for a level that no registry can hold.
 *
 * @param entries checked by `parseAnnotation`
 */
function splitAnnotations(entries) {
    const leg = [];
    const index = [];
    for (const entry of entries) {
        const equals = entry.indexOf('=');
        const colon = entry.slice(0, equals).indexOf(':');
        if (colon === -1) {
            leg.push(entry);
            index.push(`index:${entry}`);
            continue;
        }
        const rest = entry.slice(colon + 1);
        for (const level of entry.slice(0, colon).split(',')) {
            if (level.startsWith('index-descriptor')) {
                throw new errors/* InputError */.dz('annotations', `input "annotations": ${(0,errors/* quote */.hD)(entry)}: a registry keeps no descriptor of an index; allowed are manifest, index and manifest-descriptor`);
            }
            const isOfLeg = /^manifest(?:\[|$)/.test(level);
            (isOfLeg ? leg : index).push(`${level}:${rest}`);
        }
    }
    return { leg, index };
}
/** Key and value of those that the index itself must have. */
function listIndexAnnotations(entries) {
    return entries.flatMap((entry) => {
        const [, key, value] = /^index:([^=]*)=(.*)$/s.exec(entry) ?? [];
        return key === undefined || value === undefined ? [] : [[key, value]];
    });
}

;// CONCATENATED MODULE: ./build/workflow/index-check.js



/**
 * The digest of the index, when each tag has the same one, it holds the manifests of all legs and no other, and has its
 * annotations. Throws ToolError that names what is wrong.
 */
function checkIndex(tags, { legs, annotations }) {
    const [first] = tags;
    if (first === undefined)
        throw new Error('an index without a tag');
    const other = tags.find(({ digest }) => digest !== first.digest);
    if (other !== undefined) {
        index_check_fail(`${first.reference} is ${first.digest}, and ${other.reference} is ${other.digest}: another run has pushed to the same tags meanwhile. Give the workflow a concurrency group`);
    }
    const held = listManifests(first);
    const wanted = legs.flatMap(listManifests);
    const missing = wanted.filter((digest) => !held.includes(digest));
    if (missing.length > 0)
        index_check_fail(`${first.reference} lacks ${missing.join(', ')}`);
    const strange = held.filter((digest) => !wanted.includes(digest));
    if (strange.length > 0)
        index_check_fail(`${first.reference} has ${strange.join(', ')}, which no job of this run has built`);
    const found = (0,json/* readField */.dR)((0,json/* parseJson */.qF)(first.text), 'annotations');
    const lost = listIndexAnnotations(annotations).filter(([key, value]) => !(0,json/* isRecord */.u4)(found) || found[key] !== value);
    // The last of equal keys counts; an earlier one is not lost.
    const keys = lost.map(([key]) => key).filter((key) => !(0,json/* isRecord */.u4)(found) || found[key] === undefined);
    if (keys.length > 0)
        index_check_fail(`${first.reference} has no annotation ${keys.join(', ')}`);
    return first.digest;
}
/** Digests of the manifests of an index; an image without attestations is one itself. */
function listManifests({ text, digest, reference }) {
    const document = (0,json/* parseJson */.qF)(text);
    if (!(0,json/* isRecord */.u4)(document))
        index_check_fail(`${reference} is not a manifest`);
    const { manifests } = document;
    if (!Array.isArray(manifests))
        return [digest];
    return manifests.map((manifest) => (0,json/* readString */.E3)(manifest, 'digest') ?? '');
}
function index_check_fail(what) {
    throw new errors/* ToolError */.v4('merge-check', `The index was pushed, and is not what it should be: ${what}.`);
}

;// CONCATENATED MODULE: ./build/workflow/merge.js













/** Makes one index of what the legs pushed, under all tags, looks at what the registries then serve, and says what to pull. */
async function merge(env, signal) {
    const listed = (name) => (0,list/* parseList */.E)(name, (0,reader/* readRaw */.hc)(env, name));
    const results = collectResults(parseLegs((0,reader/* readRaw */.hc)(env, 'legs') ?? ''), (0,reader/* readRaw */.hc)(env, 'results') ?? '');
    const { names, references } = toReferences([], listed('tags'));
    const annotations = (0,list/* parseList */.E)('annotations', (0,reader/* readRaw */.hc)(env, 'annotations'), { ignoreComma: true });
    const digests = results.flatMap(({ digest }) => digest ?? []);
    const tools = { buildx: await installBuildx(env, signal), env, signal };
    for (const name of names) {
        const own = references.filter((reference) => toName(reference) === name);
        const args = toCreateArguments({ name, references: own, digests, annotations });
        await log.group(`Merge ${digests.length} platforms into ${own.join(', ')}`, () => createIndex(tools, args));
    }
    const digest = await log.group('Check what the registries serve', async () => {
        const [name = ''] = names;
        const legs = await Promise.all(digests.map((leg) => readServed(tools, `${name}@${leg}`)));
        const tags = await Promise.all(references.map((reference) => readServed(tools, reference)));
        return checkIndex(tags, { legs, annotations });
    });
    const outputs = toWorkflowOutputs(results, { digest, names, references });
    writeWorkflowOutputs(outputs, env);
    tellImage({ digest, names, references, platforms: results.map(({ platform }) => platform) }, env);
}
async function installBuildx(env, signal) {
    const runner = (0,step_runner/* readRunner */.f)(env);
    const version = (0,single_values/* parseVersion */.ot)('buildx-version', (0,reader/* readTextInput */.sg)(env, 'buildx-version') ?? single_values/* defaultBuildxVersion */.Iq, single_values/* defaultBuildxVersion */.Iq);
    const token = (0,reader/* readTextInput */.sg)(env, 'github-token');
    const { found } = await (0,install/* installProduct */.d)(buildx/* buildx */.N, {
        version,
        exact: version !== single_values/* defaultBuildxVersion */.Iq,
        path: undefined,
        sha256: undefined,
        githubToken: (0,release_token/* selectReleaseToken */.l)(token, runner.serverUrl, env),
        tempDirectory: runner.tempDirectory,
        toolCacheDirectory: runner.toolCacheDirectory,
        // This job plans no cache, so it takes nothing from one and saves nothing either.
        cache: 'none',
        env,
        signal,
        log: log.info,
        warn: log.warning,
    });
    log.info(`buildx ${found.version} from ${found.source}`);
    return found.buildx;
}

// EXTERNAL MODULE: ./build/plan/plan-run.js + 6 modules
var plan_run = __webpack_require__(4613);
// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
// EXTERNAL MODULE: ./build/buildkit/solve/csv-fields.js
var csv_fields = __webpack_require__(8827);
// EXTERNAL MODULE: ./build/inputs/platform.js
var inputs_platform = __webpack_require__(6853);
;// CONCATENATED MODULE: ./build/workflow/platforms.js

/** Other names of an architecture, with the variant that they mean (containerd/platforms, normalizeArch). */
const architectures = {
    x86_64: 'amd64',
    'x86-64': 'amd64',
    i386: '386',
    aarch64: 'arm64',
    armhf: 'arm/v7',
    armel: 'arm/v6',
};
const systems = /^(?:linux|windows|darwin|macos|freebsd|netbsd|openbsd|wasi\w*)$/;
/**
 * A platform as BuildKit names it, `linux/arm64` of `aarch64`, `Linux/ARM64` or `linux/arm64/v8`, so that one that is
 * spelled in two ways is built once. Throws InputError for what is none.
 */
function normalizePlatform(name, platform) {
    const [first = '', ...others] = (0,inputs_platform/* checkPlatform */.o)(name, platform).toLowerCase().split('/');
    const [os, written = '', variant] = others.length > 0 || systems.test(first) ? [first, ...others] : ['linux', first];
    if (written === '')
        return os;
    const architecture = architectures[written] ?? written;
    const whole = [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
    return whole
        .replace(/^([^/]+\/arm64)\/v8$/, '$1')
        .replace(/^([^/]+\/amd64)\/v1$/, '$1')
        .replace(/^([^/]+\/arm)$/, '$1/v7');
}
/** True for `linux/arm` of `linux/arm/v7`, and not of `linux/arm64`: parts count, not letters. */
function isPlatformPrefix(prefix, platform) {
    return `${platform}/`.startsWith(`${prefix}/`);
}

;// CONCATENATED MODULE: ./build/workflow/runner-map.js




const runner_map_allowed = 'allowed is one label, or lines of PLATFORM=LABEL with default=LABEL for the others, for example linux/arm64=ubuntu-24.04-arm, with several labels of one runner separated by commas';
/** A label for all jobs, or a line for each prefix of a platform. Throws InputError. */
function parseRunnerMap(name, text) {
    const lines = text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    let fallback;
    const rules = new Map();
    for (const line of lines) {
        const equals = line.indexOf('=');
        const key = equals === -1 ? 'default' : line.slice(0, equals).trim().toLowerCase();
        const labels = parseLabels(name, line, line.slice(equals + 1));
        if (key === 'default' ? fallback !== undefined : rules.has(key))
            runner_map_fail(name, line, `${key === 'default' ? 'the default' : (0,errors/* quote */.hD)(key)} is given twice`);
        if (key === 'default')
            fallback = labels;
        else if ((0,inputs_platform/* isPlatform */.a)(key))
            rules.set(key, labels);
        else
            runner_map_fail(name, line, `${(0,errors/* quote */.hD)(key)} is not the beginning of a platform`);
    }
    if (fallback === undefined && rules.size === 0)
        throw new errors/* InputError */.dz(name, `input "${name}" is empty; ${runner_map_allowed}`);
    return { fallback, rules: Array.from(rules, ([prefix, labels]) => ({ prefix, labels })) };
}
/**
 * Where a platform is built: the longest prefix counts. Throws InputError where there is none.
 *
 * @param platform undefined: a build that names no platform is made on the default runner
 */
function chooseRunner(name, { fallback, rules }, platform) {
    const fitting = rules
        .filter(({ prefix }) => platform !== undefined && isPlatformPrefix(prefix, platform))
        .toSorted((a, b) => b.prefix.length - a.prefix.length);
    const chosen = fitting[0]?.labels ?? fallback;
    if (chosen !== undefined)
        return chosen;
    const what = platform === undefined ? 'a build without "platforms"' : (0,errors/* quote */.hD)(platform);
    throw new errors/* InputError */.dz(name, `input "${name}" has no runner for ${what}; ${runner_map_allowed}`);
}
function parseLabels(name, line, text) {
    const labels = text.split(',').map((label) => label.trim());
    if (labels.some((label) => label === ''))
        runner_map_fail(name, line, 'a label is empty');
    if (labels.some((label) => (0,reader/* hasControlCharacters */.Kg)(label) || /\s/.test(label)))
        runner_map_fail(name, line, 'a label has white space');
    const [only = ''] = labels;
    return labels.length === 1 ? only : labels;
}
function runner_map_fail(name, line, why) {
    throw new errors/* InputError */.dz(name, `input "${name}": ${(0,errors/* quote */.hD)(line)}: ${why}; ${runner_map_allowed}`);
}

;// CONCATENATED MODULE: ./build/workflow/decide-plan.js






/** As many outputs as the job `build` of the workflow declares: a job cannot have outputs that are not declared. */
const maxLegs = 32;
/** Where the workflow uploads files from. */
const filesDirectory = 'hotlayer-output';
/** Which jobs there are, and what they do. Pure. Throws InputError. */
function decideWorkflowPlan(inputs, distrust) {
    const images = toReferences(inputs.images, inputs.tags);
    const legs = listLegs(inputs);
    const isImage = inputs.output === 'image';
    const isAsked = inputs.push && isImage;
    if (isAsked && images.references.length === 0) {
        throw new errors/* InputError */.dz('tags', 'input "tags" is empty, and "push" needs a tag; allowed is a tag for each of "images", such as latest, or a whole name such as ghcr.io/acme/app:latest');
    }
    const isPushed = isAsked && distrust === undefined;
    const isMerged = isPushed && legs.length > 1;
    const split = splitForLegs(inputs.annotations, isMerged);
    return {
        legs,
        isTrusted: distrust === undefined,
        isPushed,
        isMerged,
        images,
        step: {
            tags: listStepTags(inputs, images, isMerged),
            push: isPushed && !isMerged,
            outputs: toOutputs(inputs, { isPushed, isMerged }),
            annotations: split.leg,
        },
        indexAnnotations: split.index,
        notices: listNotices(inputs, distrust),
    };
}
/** The first one names the cache as well; plain files have no name. */
function listStepTags({ output }, { names, references }, isMerged) {
    if (output === 'local' || output === 'tar')
        return [];
    return isMerged || references.length === 0 ? names : references;
}
function splitForLegs(annotations, isMerged) {
    return isMerged ? splitAnnotations(annotations) : { leg: annotations, index: [] };
}
function listLegs({ platforms, runners }) {
    const wanted = [...new Set(platforms.map((platform) => normalizePlatform('platforms', platform)))];
    if (wanted.length > maxLegs) {
        throw new errors/* InputError */.dz('platforms', `input "platforms": ${wanted.length} platforms would be ${wanted.length} jobs; allowed are at most ${maxLegs} in one call of this workflow`);
    }
    if (wanted.length === 0)
        return [{ index: 0, name: 'image', platform: '', runner: chooseRunner('runner', runners, undefined) }];
    return wanted.map((platform, index) => ({
        index,
        name: platform.replaceAll(/[^a-z0-9.]+/g, '-').replace(/-$/, ''),
        platform,
        runner: chooseRunner('runner', runners, platform),
    }));
}
function toOutputs({ output }, { isPushed, isMerged }) {
    switch (output) {
        case 'image':
            if (isMerged)
                return 'type=image,push-by-digest=true,name-canonical=true,push=true';
            return isPushed ? '' : 'type=image,push=false';
        case 'local':
            return (0,csv_fields/* renderCsv */.P)(['type=local', `dest=${filesDirectory}`]);
        case 'oci':
        case 'tar':
            return (0,csv_fields/* renderCsv */.P)([`type=${output}`, `dest=${filesDirectory}/image.tar`]);
        default:
            return output;
    }
}
function listNotices({ push, output, images, tags, runners, platforms }, distrust) {
    const isWithout = [
        ...(push && output !== 'image' ? ['push'] : []),
        ...(images.length > 0 && tags.length === 0 ? ['images'] : []),
    ];
    const unused = runners.rules.filter(({ prefix }) => !platforms.some((platform) => isPlatformPrefix(prefix, normalizePlatform('platforms', platform))));
    return [
        ...(distrust === undefined
            ? []
            : [
                `This run gets no secrets${push ? ' and pushes nothing, although "push" is true' : ''}: ${distrust}.`,
            ]),
        ...isWithout.map((name) => name === 'push'
            ? `The input "push" has no effect: "output: ${output}" makes files, which are uploaded as an artifact.`
            : 'The input "images" names the cache only: there are no "tags".'),
        ...(unused.length > 0 && !isDefaultMap(runners.rules)
            ? [
                `Lines of the input "runner" that no platform uses: ${unused.map(({ prefix }) => prefix).join(', ')}.`,
            ]
            : []),
    ];
}
/** The workflow's own default names platforms that few builds have. */
function isDefaultMap(rules) {
    return rules.every(({ labels }) => labels === 'ubuntu-24.04-arm');
}

// EXTERNAL MODULE: ./build/inputs/annotation-entry.js
var annotation_entry = __webpack_require__(2082);
;// CONCATENATED MODULE: ./build/workflow/plan-inputs.js




const outputKinds = ['image', 'local', 'oci', 'tar'];
/** Throws InputError. */
function readPlanInputs(env) {
    const listed = (name) => (0,list/* parseList */.E)(name, (0,reader/* readRaw */.hc)(env, name));
    return {
        images: listed('images'),
        tags: listed('tags'),
        annotations: (0,list/* parseList */.E)('annotations', (0,reader/* readRaw */.hc)(env, 'annotations'), { ignoreComma: true }).map((entry) => (0,annotation_entry/* parseAnnotation */.f)('annotations', entry)),
        platforms: listed('platforms'),
        push: (0,reader/* readFlag */.fG)(env, 'push', false),
        output: (0,reader/* readChoice */.Kf)(env, 'output', outputKinds, 'image'),
        runners: parseRunnerMap('runner', (0,reader/* readRaw */.hc)(env, 'runner') ?? ''),
    };
}

;// CONCATENATED MODULE: ./build/workflow/trust.js

/**
 * A run whose code may come from another repository: a pull request of a fork, whatever event it came with, or a
 * `workflow_run` after one. Where the payload does not say which repository, it counts as another one.
 *
 * @param repository GITHUB_REPOSITORY
 */
function findDistrust(payload, repository) {
    const heads = [
        ['the pull request', (0,json/* readField */.dR)(payload, 'pull_request'), ['head', 'repo', 'full_name']],
        [
            'the workflow run before this one',
            (0,json/* readField */.dR)(payload, 'workflow_run'),
            ['head_repository', 'full_name'],
        ],
    ];
    for (const [what, event, keys] of heads) {
        if (event === undefined || event === null)
            continue;
        const head = (0,json/* readString */.E3)(event, ...keys);
        if (head === undefined || head === '')
            return `${what} does not say which repository it is from`;
        if (head.toLowerCase() !== repository.toLowerCase())
            return `${what} is from the fork ${head}`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/workflow/plan.js







/** Decides the jobs of the workflow. Throws InputError. */
async function planWorkflow(env) {
    const inputs = readPlanInputs(env);
    const { payload } = await (0,plan_run/* readRunFacts */.F)(env);
    const plan = decideWorkflowPlan(inputs, findDistrust(payload, env['GITHUB_REPOSITORY'] ?? ''));
    for (const notice of plan.notices)
        log.notice(notice);
    for (const { platform, runner } of plan.legs)
        log.info(`${platform || "the runner's platform"} on ${typeof runner === 'string' ? runner : runner.join(', ')}`);
    (0,runner_files/* setOutputs */.n0)(toPlanOutputs(plan), env);
}
/** By their names in workflow/plan/action.yml. */
function toPlanOutputs(plan) {
    const { step, images } = plan;
    return [
        ['legs', (0,printable/* toPrintableJson */.Xr)(plan.legs)],
        ['trusted', String(plan.isTrusted)],
        ['pushed', String(plan.isPushed)],
        ['merged', String(plan.isMerged)],
        ['names', images.names.join('\n')],
        ['references', images.references.join('\n')],
        ['tags', step.tags.join('\n')],
        ['push', String(step.push)],
        ['outputs', step.outputs],
        ['annotations', toList(step.annotations)],
        ['index-annotations', toList(plan.indexAnnotations)],
    ];
}
/** As a list input reads it: an entry with a quote or a line end is quoted as a whole. */
function toList(entries) {
    return entries
        .map((entry) => (/["\r\n]/.test(entry) ? `"${entry.replaceAll('"', '""')}"` : entry))
        .join('\n');
}

;// CONCATENATED MODULE: ./build/workflow/run.js






/** The actions in workflow/, and the clean-up of one of them, by the names of their entries in dist/workflow. */
const acts = new Map([
    ['plan', planWorkflow],
    ['login', logIn],
    ['logout', logOut],
    ['leg', reportLeg],
    ['merge', merge],
]);
/** A step of the reusable workflow that is no build, with one plain sentence for whatever made it fail. */
async function runWorkflowStep(name, env, cancelled) {
    try {
        const act = acts.get(name);
        if (act === undefined)
            throw new Error(`workflow/ has no action ${name}`);
        await act(env, cancelled);
        cancelled.throwIfAborted();
    }
    catch (error) {
        log.fail((0,errors/* toFailureMessage */.nx)(cancelled.aborted ? cancelled.reason : error));
    }
}


/***/ })

};
