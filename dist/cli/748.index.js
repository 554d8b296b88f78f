export const id = 748;
export const ids = [748];
export const modules = {

/***/ 6748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runPlan: () => (/* binding */ runPlan)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(9473);
// EXTERNAL MODULE: ./build/git/git-url.js
var git_url = __webpack_require__(1947);
// EXTERNAL MODULE: ./build/inputs/cache-attributes.js
var cache_attributes = __webpack_require__(6474);
;// CONCATENATED MODULE: ./build/inputs/cache-place.js

/** Where the caches are, in the words of an entry; credentials are no part of it. */
function describePlace({ backend, cacheToAttrs, cacheFromAttrs }) {
    const { to } = (0,cache_attributes/* joinAttributes */.eI)(backend, { to: cacheToAttrs, from: cacheFromAttrs });
    const { ref, dest, bucket, account_url } = to.attrs;
    const place = ref ?? dest ?? bucket ?? account_url;
    return place === undefined ? `type=${backend}` : `type=${backend} at ${place}`;
}

// EXTERNAL MODULE: ./build/inputs/foreign.js + 2 modules
var foreign = __webpack_require__(8588);
// EXTERNAL MODULE: ./build/inputs/inputs.js + 4 modules
var inputs_inputs = __webpack_require__(496);
// EXTERNAL MODULE: ./build/inputs/cache-entry.js
var cache_entry = __webpack_require__(7947);
// EXTERNAL MODULE: ./build/inputs/definitions.js + 15 modules
var definitions = __webpack_require__(1477);
// EXTERNAL MODULE: ./build/inputs/output-entry.js
var output_entry = __webpack_require__(4502);
// EXTERNAL MODULE: ./build/inputs/row.js
var inputs_row = __webpack_require__(960);
;// CONCATENATED MODULE: ./build/inputs/without-effect.js




function hasGateway({ backend }) {
    return backend === 'gha' || backend === 's3';
}
/** When inputs have nothing to act on, and why. */
const idleness = {
    'no-cache': {
        holds: ({ cache }) => cache.backend === 'none',
        why: '"cache: none" says that there is no cache',
    },
    'not-local': {
        holds: ({ cache }) => cache.backend !== 'local',
        why: 'it is about the directory of "cache: local"',
    },
    'not-the-service': {
        holds: ({ cache }) => !hasGateway(cache),
        why: 'only "cache: gha" and "cache: s3" go through the gateway',
    },
    'nothing-exported': {
        holds: ({ cache }) => cache.readOnly,
        why: 'it is about the export, and "read-only: true" exports nothing',
    },
    'exported-during-build': {
        holds: ({ cache }) => cache.gateway === false || !hasGateway(cache),
        why: 'without the gateway BuildKit exports during the build, so there is nothing to wait for',
    },
    'nothing-pushed': {
        holds: ({ image }) => image !== undefined && !image.push && !image.outputs.some((output) => (0,output_entry/* pushesImage */.a7)(output, false)),
        why: 'it is about a push, and nothing is pushed',
    },
    'config-in-file': {
        holds: ({ daemon }) => daemon.buildkitdConfig !== undefined,
        why: '"buildkitd-config" is given, and is taken in its place',
    },
};
/**
 * One sentence for each input that was given and has no effect beside the others. What depends on the event
 * (`pr-export` outside of a pull request, for example) is none of them: the same workflow runs in other events too.
 */
function listWithoutEffect(inputs) {
    return [
        ...listIdle(inputs, (kind) => idleness[kind].holds(inputs)),
        ...listWithoutImage(inputs.image),
        ...listWithoutPush(inputs.image),
        ...listBesideCall(inputs),
        ...listOwnCaches(inputs.cache),
        ...listReplacedSecrets(inputs.build),
    ];
}
/** The same of a bake; what it pushes its definition says. */
function listIdleOfBake(inputs) {
    return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}
/** The same of what later steps get. */
function listIdleOfSetup(inputs) {
    return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}
function listIdle(inputs, holds) {
    return (0,definitions/* mapInputs */.k3)(inputs, (row, value) => {
        const found = row.idle.find(holds);
        return found === undefined || !(0,inputs_row/* isGiven */.qR)(row, value) ? [] : [say(row.name, idleness[found].why)];
    }).flat();
}
function listWithoutImage({ tags, push, outputs }) {
    const isFilesOnly = outputs.length > 0 && outputs.every(({ type }) => type === 'local' || type === 'tar');
    return isFilesOnly && !push && tags.length > 0
        ? [say('tags', 'all "outputs" are plain files, and only an image has a name')]
        : [];
}
function listWithoutPush({ outputs, push }) {
    return outputs.some((output) => output.type === 'image' && (0,output_entry/* isTrue */.Hn)(output.attrs['push-by-digest']) && !(0,output_entry/* pushesImage */.a7)(output, push))
        ? [say('outputs', 'push-by-digest is about a push, and nothing is pushed', 'A part of the input')]
        : [];
}
function listBesideCall({ build, image }) {
    if (build.call === undefined)
        return [];
    const why = `"call: ${build.call.text}" asks about the build and makes no image`;
    return [
        ...(image.tags.length === 0 ? [] : [say('tags', why)]),
        ...(image.outputs.every(({ type }) => type === 'cacheonly') ? [] : [say('outputs', why)]),
    ];
}
/** Entries of the Actions cache that people leave from docker/build-push-action. */
function listOwnCaches({ cacheFrom, cacheTo }) {
    const why = 'Hotlayer chooses the caches in the Actions cache itself, by the event (inputs "scope", "mode" and "read-only")';
    return [
        ...(cacheFrom.some(cache_entry/* isOwnCache */.V3)
            ? [say('cache-from', `${why}${describeScopes(cacheFrom)}`, 'type=gha in the input')]
            : []),
        ...(cacheTo.some(cache_entry/* isOwnCache */.V3)
            ? [say('cache-to', `${why}${describeScopes(cacheTo)}`, 'type=gha in the input')]
            : []),
    ];
}
/** A name that the plan does not know would be shared by all events alike. */
function describeScopes(sources) {
    const scopes = sources
        .filter(cache_entry/* isOwnCache */.V3)
        .flatMap((source) => (0,cache_entry/* toCacheAttributes */.$6)(source).attrs['scope'] ?? []);
    const [first] = scopes;
    if (first === undefined)
        return '';
    return `, and scope=${scopes.join(' and scope=')} is outside of its plan: "scope: ${first}" gives the cache that name`;
}
/** As in docker/build-push-action the last of equal ids counts. */
function listReplacedSecrets({ secretEnvs, secrets, secretsYaml, secretFiles, }) {
    const given = [
        ...secretEnvs.map(({ id }) => ({ id, input: 'secret-envs' })),
        // Without a value a secret counts as not given.
        ...secrets.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets' })),
        ...secretsYaml.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets-yaml' })),
        ...secretFiles.map(({ id }) => ({ id, input: 'secret-files' })),
    ];
    const ids = new Set(given.map(({ id }) => id));
    return [...ids].flatMap((id) => {
        const named = given.filter((secret) => secret.id === id);
        return named.length === 1
            ? []
            : [`The secret ${id} is given ${named.length} times: the last counts, from "${named.at(-1)?.input}".`];
    });
}
function say(name, why, subject = 'The input') {
    return `${subject} "${name}" has no effect: ${why}.`;
}

;// CONCATENATED MODULE: ./build/plan/bypassed-policy.js

/**
 * What to say of raw entries that export where the plan does not, or only to a pull request's own place; undefined: nothing.
 * A cache in the image goes where the image goes. Pure.
 */
function describeBypass(cacheTo, plan) {
    const types = cacheTo
        .filter((entry) => !(0,cache_entry/* isOwnCache */.V3)(entry) && entry.type !== 'inline')
        .map(({ type }) => type);
    const isLimited = plan.export === null || plan.exportRef?.kind === 'pr';
    if (types.length === 0 || !isLimited || plan.code === 'call')
        return undefined;
    const why = plan.export === null ? `exports nothing by itself (${plan.code})` : 'exports to a place of its own';
    return `"cache-to" has type=${[...new Set(types)].join(' and type=')}, which goes around the policy: this run ${why}, and those entries are exported all the same. What a branch imports from there, this run can write; "cache" and "cache-to-attrs" put such a place under the policy.`;
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/git/find-checkout.js
var find_checkout = __webpack_require__(6061);
// EXTERNAL MODULE: ./build/inputs/single-values.js
var single_values = __webpack_require__(3821);
// EXTERNAL MODULE: ./build/json.js
var json = __webpack_require__(9368);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/policy/canonical-json.js

/** JSON text with the keys of all objects sorted, so that equal values give equal text. `undefined` is null. */
function toCanonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map((item) => toCanonicalJson(item)).join(',')}]`;
    if ((0,json/* isRecord */.u4)(value)) {
        // By code unit, not by locale: the same on every machine.
        const members = Object.keys(value)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${toCanonicalJson(value[key])}`);
        return `{${members.join(',')}}`;
    }
    return JSON.stringify(value ?? null);
}

;// CONCATENATED MODULE: ./build/policy/cache-scope.js


/** Counted up when names must change; caches under the old names are then left to expire. */
const namingVersion = 1;
const kindLetters = { branch: 'b', pr: 'pr', tag: 't' };
const maxBaseLength = 60;
const maxPlatformLength = 30;
const maxSlugLength = 80;
const hashLength = 10;
/** @param sha256Hex hex SHA-256 of a text's UTF-8 bytes */
function makeNameScope(identity, sha256Hex) {
    const human = toHumanPart(identity);
    return (ref) => {
        const slug = toSlug(ref.name, maxSlugLength);
        const kind = kindLetters[ref.kind];
        const hash = sha256Hex(toIdentityText(identity, ref)).slice(0, hashLength);
        return `${human}.${slug === '' ? kind : `${kind}-${slug}`}.${hash}`;
    };
}
/**
 * `app-linux-amd64`. With an explicit scope nothing else may show, or builds that share it on purpose would not.
 */
function toHumanPart(identity) {
    const candidates = identity.scope !== undefined
        ? [identity.scope]
        : [identity.imageName, identity.target, identity.context.replace(/^[a-z+]+:\/\//i, '')];
    const base = candidates.map((text) => toSlug(text ?? '', maxBaseLength)).find((slug) => slug !== '') ?? 'build';
    const platforms = listPlatforms(identity);
    const platform = platforms.length === 1 ? toSlug(platforms[0] ?? '', maxPlatformLength) : 'multi';
    return platform === '' ? base : `${base}-${platform}`;
}
/** The raw identity, unshortened: what the slugs lose, the hash keeps. */
function toIdentityText(identity, ref) {
    const platforms = listPlatforms(identity);
    if (identity.scope !== undefined) {
        return toCanonicalJson([namingVersion, identity.scope, platforms, ref.kind, ref.name]);
    }
    return toCanonicalJson([
        namingVersion,
        identity.context,
        identity.dockerfile,
        identity.target,
        hasValues(identity.matrix) ? identity.matrix : null,
        platforms,
        ref.kind,
        ref.name,
        // Behind all else, so that a build without any of it keeps the name that it had.
        ...(hasValues(identity.variant ?? {}) ? [identity.variant] : []),
    ]);
}
/** Sorted, each once; the machine's own platform when none is asked for, so that asking for it changes nothing. */
function listPlatforms({ platforms, defaultPlatform }) {
    const asked = platforms
        .map((platform) => platform.trim().toLowerCase())
        .filter((platform) => platform !== '');
    return [...new Set(asked.length === 0 ? [defaultPlatform.toLowerCase()] : asked)].sort();
}
function hasValues(matrix) {
    return !(0,json/* isRecord */.u4)(matrix) || Object.keys(matrix).length > 0;
}
/**
 * Lower-case ASCII only: emulators of the cache service fold the case of keys and answer with the folded one, which BuildKit cannot parse when
 * its cache scope has capitals. Not transliterated: Unicode tables differ between versions of Node, names must not.
 */
function toSlug(text, maxLength) {
    return text
        .replace(/[^A-Za-z0-9_]+/g, '-')
        .toLowerCase()
        .replace(/^-+/, '')
        .slice(0, maxLength)
        .replace(/-+$/, '');
}

// EXTERNAL MODULE: ./build/policy/event.js
var policy_event = __webpack_require__(1751);
// EXTERNAL MODULE: ./build/policy/ref.js
var policy_ref = __webpack_require__(2710);
;// CONCATENATED MODULE: ./build/policy/rights.js

/**
 * The rights at a registry, a bucket or a directory: every ref can be read and written there, so the import chain and the
 * export rule alone keep refs apart.
 */
const unbounded = {
    canRead: true,
    canWrite: true,
    readable: 'any',
    writable: 'any',
    refusal: undefined,
    warnings: [],
};
/** Where there is no cache at all. */
const noRights = {
    canRead: false,
    canWrite: false,
    readable: [],
    writable: [],
    refusal: { code: 'cache-none', reason: 'The input cache is "none".' },
    warnings: [],
};
/**
 * What a run may do at the back end that the input `cache` names.
 *
 * @param ofToken the rights in the runtime token, which the Actions cache goes by
 */
function toBackendRights(backend, ofToken) {
    if (backend === 'gha')
        return ofToken;
    return backend === 'none' ? noRights : unbounded;
}
function canReadRef({ canRead, readable }, ref) {
    if (!canRead)
        return false;
    return readable === 'any' || listRefs(readable).some((own) => (0,policy_ref/* isSameRef */.MP)(own, ref));
}
/**
 * The ref whose caches an export would write; undefined when nothing is writable. BuildKit names its index after the last
 * writable entry of the token. No token with two is known; should there be one, the run's own ref goes first, so that a
 * branch never overwrites the index of another.
 */
function findWritableRef({ canWrite, writable }, runRef) {
    if (!canWrite)
        return undefined;
    if (writable === 'any')
        return (0,policy_ref/* classifyRef */.qW)(runRef);
    const refs = writable.map((scope) => (0,policy_ref/* classifyRef */.qW)(scope));
    const own = (0,policy_ref/* toRefName */.kk)((0,policy_ref/* classifyRef */.qW)(runRef));
    return refs.find((ref) => isOwn(ref, own)) ?? refs.at(-1);
}
function listRefs(scopes) {
    return scopes.map((scope) => (0,policy_ref/* toRefName */.kk)((0,policy_ref/* classifyRef */.qW)(scope))).filter((ref) => ref !== undefined);
}
function isOwn(ref, own) {
    const name = (0,policy_ref/* toRefName */.kk)(ref);
    return own !== undefined && name !== undefined && (0,policy_ref/* isSameRef */.MP)(name, own);
}

;// CONCATENATED MODULE: ./build/policy/export-rule.js


/** The rules in their order; each answers undefined when it has nothing to say. */
function decideExport(run, inputs) {
    return (decideByRights(run, inputs) ??
        decideByRef(run, inputs) ??
        decideByPullRequest(run, inputs) ??
        decideByTrust(run, inputs) ??
        decideByCommit(run, inputs));
}
function decideByRights({ rights }, inputs) {
    if (rights.refusal !== undefined)
        return refuse(rights.refusal.code, rights.refusal.reason);
    if (inputs.readOnly)
        return refuse('input-read-only', 'The input read-only is true.');
    return undefined;
}
function decideByRef({ facts, ref, isRefDeleted, pullRequest }, inputs) {
    if (isRefDeleted)
        return refuse('ref-deleted', `The ref ${facts.ref} is deleted: nobody would read its cache.`);
    switch (ref.kind) {
        case 'empty':
            return refuse('no-ref', 'The run has no ref (GITHUB_REF is empty), so it has no cache of its own.');
        case 'other':
            return refuse('no-ref', `The ref ${ref.name} is neither a branch nor a tag nor a pull request, so it has no cache of its own.`);
        case 'queue':
            return refuse('ephemeral-ref', 'A merge-queue ref is deleted after the merge: nobody would read its cache.');
        case 'bot':
            if (pullRequest !== undefined)
                return undefined;
            return refuse('bot-branch', `Branch ${ref.name} is a bot's: it is built once, then merged or superseded.`);
        case 'tag':
            if (inputs.tagExport && facts.eventName === 'push') {
                return {
                    code: 'tag-opt-in',
                    reason: 'The input tag-export is true: the tag keeps its own cache.',
                    ref: { kind: 'tag', name: ref.name },
                };
            }
            return refuse('tag-ref', `No other run can read the cache of tag ${ref.name}.`);
        case 'branch':
        case 'pr':
            return undefined;
        default:
            return ref;
    }
}
function decideByPullRequest({ pullRequest }, inputs) {
    if (pullRequest === undefined)
        return undefined;
    if (pullRequest.isMerged)
        return refuse('pr-merged', 'The pull request is merged: the push to its base branch exports.');
    if (pullRequest.isClosed)
        return refuse('pr-closed', 'The pull request is closed: nobody would read its cache.');
    if (inputs.prExport === 'never')
        return refuse('pr-export-never', 'The input pr-export is "never".');
    if (inputs.prExport === 'auto' && pullRequest.isByBot) {
        return refuse('pr-bot', 'The pull request is by a bot: it is built once or twice, then merged (pr-export: always exports it).');
    }
    if (pullRequest.number === undefined) {
        return refuse('no-ref', 'Neither the ref nor the event payload tells the number of the pull request.');
    }
    return {
        code: 'pr-own-scope',
        reason: `Pull request ${pullRequest.number} exports to its own cache scope, which only its own runs can read.`,
        ref: { kind: 'pr', name: pullRequest.number },
    };
}
function decideByTrust(run, inputs) {
    const { eventName } = run.facts;
    const target = findWritableBranch(run);
    if (inputs.allowUntrustedExport && target !== undefined) {
        return {
            code: 'override',
            reason: `The input allow-untrusted-export is true: "${eventName}" exports to the cache of branch ${target.name}.`,
            ref: target,
        };
    }
    if (run.isTrusted)
        return undefined;
    if ((0,policy_event/* isFruitlessEvent */.KW)(eventName)) {
        return refuse('no-benefit', `"${eventName}" builds nothing that a push has not built.`);
    }
    if (eventName === 'workflow_run') {
        return refuse('low-trust', 'The workflow that this workflow_run follows did not run trusted code of the default branch of this repository.');
    }
    return refuse('low-trust', `People without write access can cause "${eventName}", so it may not write what trusted runs read.`);
}
function decideByCommit(run, inputs) {
    const { contextHead, contextOnRef, contextUnknown, isTip, sha } = run.facts;
    const isElsewhere = contextHead !== undefined && contextHead.toLowerCase() !== sha.toLowerCase();
    if (isElsewhere && contextOnRef !== true && !inputs.trustedContext) {
        return refuse('foreign-context', `The build context is at ${contextHead}, not at GITHUB_SHA, and git does not prove that this is part of the run's ref (trusted-context: true vouches for it).`);
    }
    const isUnknown = contextUnknown !== undefined && contextHead === undefined;
    if (isUnknown && contextOnRef !== true && !inputs.trustedContext) {
        return refuse('context-unknown', `Which commit the build context is at cannot be found out: ${contextUnknown} (trusted-context: true vouches for it).`);
    }
    if (isTip === false) {
        return refuse('stale-rerun', `Commit ${sha} is no longer the tip of its ref: an old run must not replace a newer cache.`);
    }
    const target = findWritableBranch(run);
    if (target === undefined)
        return refuse('no-ref', 'The ref whose caches this run can write is not a lasting branch.');
    return {
        code: 'own-branch',
        reason: `A trusted run exports to the cache of its own branch ${target.name}.`,
        ref: target,
    };
}
/** The branch that the service would write to: it need not be GITHUB_REF's. */
function findWritableBranch({ rights, facts }) {
    const ref = findWritableRef(rights, facts.ref);
    return ref?.kind === 'branch' ? { kind: 'branch', name: ref.name } : undefined;
}
function refuse(code, reason) {
    return { code, reason, ref: undefined };
}

;// CONCATENATED MODULE: ./build/policy/import-chain.js



/** The refs whose caches are imported, own first: only those that the back end lets the run read, each once. */
function decideImports(run, inputs) {
    if (!run.rights.canRead)
        return [];
    if (isPublishing(run) && !inputs.releaseImport)
        return [];
    const imports = [];
    for (const ref of listCandidates(run, inputs)) {
        if (ref === undefined || !canReadRef(run.rights, ref))
            continue;
        if (!imports.some((known) => (0,policy_ref/* isSameRef */.MP)(known, ref)))
            imports.push(ref);
    }
    return imports;
}
/** A run that makes what others install. */
function isPublishing({ ref, facts }) {
    return ref.kind === 'tag' || facts.eventName === 'release';
}
function listCandidates(run, inputs) {
    const { ref, pullRequest, facts } = run;
    const own = (0,policy_ref/* toRefName */.kk)(ref);
    const fallback = (0,policy_ref/* toBranch */.U5)(run.defaultBranch);
    // After a merge GITHUB_REF is the base branch; the pull request's own caches are out of the token's reach.
    if (pullRequest?.isMerged && own?.kind === 'branch')
        return [own, fallback];
    if (pullRequest !== undefined) {
        const pr = pullRequest.number === undefined ? undefined : { kind: 'pr', name: pullRequest.number };
        return [pr, (0,policy_ref/* toBranch */.U5)(pullRequest.base), fallback];
    }
    if (run.isRefDeleted)
        return [fallback];
    if (ref.kind === 'queue' || facts.eventName === 'merge_group') {
        const told = facts.eventName === 'merge_group' ? (0,json/* readString */.E3)(facts.payload, 'merge_group', 'base_ref') : undefined;
        return [(0,policy_ref/* toBranch */.U5)(told ?? (ref.kind === 'queue' ? ref.base : undefined)), fallback];
    }
    if (ref.kind === 'tag' && !inputs.tagExport)
        return [fallback];
    return [own, fallback];
}

;// CONCATENATED MODULE: ./build/policy/run.js



function readRun(facts, rights) {
    const ref = (0,policy_ref/* classifyRef */.qW)(facts.ref);
    const defaultBranch = findDefaultBranch(facts, ref, rights);
    return {
        facts,
        ref,
        rights,
        defaultBranch,
        pullRequest: (0,policy_event/* readPullRequest */.DQ)(facts, ref.kind === 'pr' ? ref.name : undefined),
        isRefDeleted: (0,policy_event/* isRefDeleted */.hN)(facts),
        isTrusted: (0,policy_event/* isTrustedEvent */.QR)(facts, defaultBranch),
    };
}
function findDefaultBranch({ eventName, payload }, ref, rights) {
    const told = (0,policy_ref/* toBranch */.U5)((0,json/* readString */.E3)(payload, 'repository', 'default_branch')) ??
        (0,policy_ref/* toBranch */.U5)((0,json/* readString */.E3)(payload, 'pull_request', 'base', 'repo', 'default_branch'));
    if (told !== undefined)
        return told.name;
    const own = (0,policy_ref/* toRefName */.kk)(ref);
    // The payload of `schedule` names no repository.
    if (own?.kind === 'branch' && (0,policy_event/* isDefaultBranchEvent */.Ey)(eventName))
        return own.name;
    // A token lists the default branch last; a back end that does not tell refs apart lists none.
    return (rights.readable === 'any' ? [] : rights.readable)
        .map((scope) => (0,policy_ref/* toBranch */.U5)(scope))
        .findLast((branch) => branch !== undefined && (own === undefined || !(0,policy_ref/* isSameRef */.MP)(branch, own)))?.name;
}

;// CONCATENATED MODULE: ./build/policy/plan.js



/**
 * What a run may import and where it may export; the first export rule that fires decides. Pure.
 *
 * @param facts whether the run is trusted: event, ref, commit
 * @param rights what its back end lets it do
 * @param nameScope the cache scope of one ref for the build at hand, see `makeNameScope`
 */
function decidePlan(facts, rights, inputs, nameScope) {
    const run = readRun(facts, rights);
    const chain = decideImports(run, inputs).map((ref) => ({
        kind: ref.kind,
        name: ref.name,
        cacheScope: nameScope(ref),
    }));
    const decision = decideExport(run, inputs);
    const exportRef = decision.ref === undefined ? null : { kind: decision.ref.kind, name: decision.ref.name };
    return {
        plan: {
            imports: chain.map(({ cacheScope }) => cacheScope),
            export: exportRef === null ? null : nameScope(exportRef),
            code: decision.code,
            reason: decision.reason,
            chain,
            exportRef,
        },
        warnings: listWarnings(run, decision),
    };
}
function listWarnings(run, decision) {
    const { facts, rights } = run;
    const warnings = [...rights.warnings];
    if (decision.code === 'context-unknown') {
        warnings.push(`Nothing is exported, because the commit of the build context cannot be found out: ${facts.contextUnknown}. The next build will not find the steps of this one. Set trusted-context: true if you know that the context is the commit of this run.`);
    }
    if (decision.code === 'override' && !run.isTrusted) {
        warnings.push(`allow-untrusted-export lets the event "${facts.eventName}" write the cache of branch ${decision.ref?.name}: whoever can cause this event can decide what cached steps of trusted builds yield.`);
    }
    return warnings;
}

;// CONCATENATED MODULE: ./build/git/repository-name.js
/**
 * `github.com/o/r` of any address of that repository: https, ssh, git@host:path, file or a plain path. Two addresses
 * that give the same text name the same repository.
 */
function toRepositoryKey(remote) {
    return toPlainAddress(remote).toLowerCase();
}
/**
 * One URL for all addresses of a repository: without credentials, and whatever the protocol, for example
 * `https://github.com/o/r.git`. The case of its path counts, as it does for some servers.
 */
function toRepositoryName(remote) {
    const [host = '', ...rest] = toPlainAddress(remote).split('/');
    return `https://${[host.toLowerCase().replace(/:(?:443|80)$/, ''), ...rest].join('/')}.git`;
}
/** `github.com/O/R`: without protocol, credentials, `.git` and slashes at the end. */
function toPlainAddress(remote) {
    const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(remote);
    const bare = remote.replace(/^[a-z0-9+]+:\/\//i, '').replace(/^[^@/]*@/, '');
    const isSsh = /^ssh:\/\//i.test(remote);
    const address = scp !== null && !remote.includes('://') ? `${scp[1]}/${scp[2]}` : bare;
    // The port of ssh says nothing about the repository; that of a web server may.
    return (isSsh ? address.replace(/^([^/:]+):[0-9]+/, '$1') : address)
        .replace(/\/+$/, '')
        .replace(/\.git$/i, '')
        .replace(/\/{2,}/g, '/');
}

// EXTERNAL MODULE: ./build/git/repository-view.js
var repository_view = __webpack_require__(6213);
// EXTERNAL MODULE: ./build/git/run-git.js + 2 modules
var run_git = __webpack_require__(3341);
;// CONCATENATED MODULE: ./build/git/checkout.js






/** The checkout that a directory is part of. Never throws. */
async function readCheckout(git, directory, area, sha) {
    const found = await (0,find_checkout/* findCheckout */.I8)(directory, area);
    if (found.kind === 'none')
        return found;
    if (found.kind === 'unreadable')
        return toUnknown(found.reason);
    try {
        const view = await (0,repository_view/* openView */.e8)(git, found.place);
        if (view.isEmpty)
            return { kind: 'none' };
        const answer = await (0,repository_view/* askView */.dv)(git, view, 'rev-parse', '--verify', 'HEAD^{commit}');
        const head = answer.kind === 'answer' && answer.exitCode === 0 ? (0,git_url/* toCommit */.dO)(answer.stdout.trim()) : undefined;
        if (head === undefined)
            return toUnknown((0,run_git/* toReason */.G)(answer));
        const origin = view.config.get('remote.origin.url')?.at(-1);
        const isOfRun = await isOriginOfRun(git, view, origin, sha);
        return { kind: 'checkout', checkout: { view, head, origin, isOfRun } };
    }
    catch (error) {
        return toUnknown((0,errors/* toMessage */.R9)(error));
    }
}
/** The reason names paths, and what git says of foreign files: it stays one line of some length. */
function toUnknown(reason) {
    return { kind: 'unknown', reason: reason.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300) };
}
/** True when the address is that of GITHUB_REPOSITORY; undefined when the run does not say which that is. */
function isRepositoryOfRun(remote, env) {
    const repository = env['GITHUB_REPOSITORY'];
    if (!repository)
        return undefined;
    const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
    return toRepositoryKey(remote) === toRepositoryKey(`${server}/${repository}`);
}
/** True when git proves it, false when it proves the contrary, undefined when it lacks the history to tell. */
async function isAncestor(git, { view }, commit, of) {
    const answer = await (0,repository_view/* askView */.dv)(git, view, 'merge-base', '--is-ancestor', commit, of);
    if (answer.kind === 'failed')
        return undefined;
    if (answer.exitCode === 0)
        return true;
    if (answer.exitCode !== 1)
        return undefined;
    const shallow = await (0,repository_view/* askView */.dv)(git, view, 'rev-parse', '--is-shallow-repository');
    return shallow.kind === 'answer' && shallow.stdout.trim() === 'false' ? false : undefined;
}
/**
 * A fork's clone has the commits of this repository too, so a remote address must be the run's own. A path on this machine names no
 * repository; there the commit of the run must do.
 */
async function isOriginOfRun(git, view, url, sha) {
    if (url === undefined || url === '')
        return undefined;
    const matches = isRepositoryOfRun(url, git.env);
    if (matches === true || !isLocalPath(url))
        return matches;
    if ((0,git_url/* toCommit */.dO)(sha) === undefined)
        return undefined;
    const found = await (0,repository_view/* askView */.dv)(git, view, 'cat-file', '-e', `${sha}^{commit}`);
    return found.kind === 'answer' && found.exitCode === 0;
}
function isLocalPath(url) {
    return /^file:\/\//i.test(url) || /^[./]/.test(url);
}

// EXTERNAL MODULE: ./build/git/git-room.js
var git_room = __webpack_require__(4219);
;// CONCATENATED MODULE: ./build/git/remote-address.js
/** Undefined for anything that is not plainly an address of http(s), ssh or a place on this machine. */
function parseRemoteAddress(text) {
    if (/[\s\p{Cc}]/u.test(text))
        return undefined;
    if (text.startsWith('/'))
        return { kind: 'local', url: text, login: undefined };
    if (/^(?:(?:https?|ssh):\/\/[^/]|file:\/\/)/i.test(text))
        return parseUrl(text);
    // user@host:path. Not `name::…` and not `name://…`, which start a program (gitremote-helpers), and no part that ssh takes for an option.
    if (/^(?:[\w][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?![:-]|\/\/)[^:]+$/.test(text))
        return { kind: 'ssh', url: text, login: undefined };
    return undefined;
}
function parseUrl(text) {
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    if (url.protocol === 'file:')
        return url.host === '' ? { kind: 'local', url: text, login: undefined } : undefined;
    if (!/^(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])$/.test(url.hostname))
        return undefined;
    if (url.protocol === 'ssh:')
        return /^[\w][\w.-]*$|^$/.test(url.username) ? { kind: 'ssh', url: text, login: undefined } : undefined;
    const login = url.password === '' ? undefined : decode(`${url.username}:${url.password}`);
    url.username = '';
    url.password = '';
    return { kind: 'http', url: url.href, login };
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // A bare percent sign: it stands for itself.
        return text;
    }
}

;// CONCATENATED MODULE: ./build/git/remote-settings.js


/** Of the user's own environment. */
const httpVariables = 'GIT_SSL_CAINFO GIT_SSL_CAPATH SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy';
const sshVariables = 'SSH_AUTH_SOCK GIT_SSH GIT_SSH_COMMAND GIT_SSH_VARIANT USER LOGNAME';
const userVariables = 'HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM';
/** What a self-hosted runner needs to get out, and what runs nothing. */
const passiveHttpKeys = new Set('proxy proxyauthmethod proxysslcainfo sslcainfo sslcapath sslcert sslkey sslverify sslbackend'
    .split(' ')
    .map((name) => `http.${name}`));
const localTimeoutMs = 10_000;
/** @param login `user:password` for a remote that no other credential is known for */
async function readRemoteSettings(git, address, view, login) {
    switch (address.kind) {
        case 'local':
            return { variables: {}, settings: [] };
        case 'ssh':
            return { variables: toSshVariables(git, view), settings: [] };
        case 'http': {
            const [header, own] = await Promise.all([
                readHeader(git, address, view, login),
                readUserSettings(git, address),
            ]);
            return {
                // HOME for curl's .netrc.
                variables: pick(git, `HOME ${httpVariables}`),
                settings: [...own, ...(header === undefined ? [] : [['http.extraHeader', header]])],
            };
        }
        default:
            return address.kind;
    }
}
/** Proxies and certificates of the user's and the machine's configuration for this address; asked for as data. */
async function readUserSettings(git, { url }) {
    const answer = await git.ask({
        args: ['config', '--null', '--get-urlmatch', 'http', url],
        gitDirectory: git.emptyRepository,
        variables: {
            ...{ GIT_CONFIG_GLOBAL: undefined, GIT_CONFIG_SYSTEM: undefined, GIT_CONFIG_NOSYSTEM: undefined },
            ...pick(git, userVariables),
        },
        timeoutMs: localTimeoutMs,
    });
    if (answer.kind === 'failed' || answer.exitCode !== 0)
        return [];
    return [...(0,repository_view/* parseConfigList */.YG)(answer.stdout)].flatMap(([key, values]) => passiveHttpKeys.has(key) ? values.map((value) => [key, value]) : []);
}
/**
 * The `Authorization` header that actions/checkout left for this address: in the checkout's configuration, or since v6 in
 * a file in RUNNER_TEMP which that includes. No other included file is opened.
 */
async function readHeader(git, address, view, login) {
    for (const file of view === undefined ? [] : [view.configFile, ...listCredentialFiles(git, view)]) {
        const answer = await git.ask({
            args: ['config', '--file', file, '--no-includes', '--get-urlmatch', 'http.extraheader', address.url],
            gitDirectory: git.emptyRepository,
            timeoutMs: localTimeoutMs,
        });
        const header = answer.kind === 'answer' && answer.exitCode === 0 ? answer.stdout.trim() : '';
        if (/^[\w-]+: *[^\p{Cc}]+$/u.test(header))
            return header;
    }
    const given = address.login ?? login;
    return given === undefined ? undefined : `Authorization: basic ${Buffer.from(given).toString('base64')}`;
}
function listCredentialFiles({ env }, { config }) {
    const temp = env['RUNNER_TEMP'];
    if (!temp)
        return [];
    const included = [...config].flatMap(([key, values]) => /^include(?:if\..*)?\.path$/s.test(key) ? values : []);
    return [...new Set(included.map((file) => external_node_path_.basename(file)))]
        .filter((name) => /^git-credentials-[\w-]+\.config$/.test(name))
        .map((name) => external_node_path_.join(temp, name));
}
/**
 * With `ssh-key`, actions/checkout writes a `core.sshCommand` of one form. The key's name is taken from it and the
 * command is ours; a command of any other form never runs.
 */
function toSshVariables(git, view) {
    const own = pick(git, sshVariables);
    if (own['GIT_SSH_COMMAND'] !== undefined || own['GIT_SSH'] !== undefined)
        return own;
    const command = view?.config.get('core.sshcommand')?.at(-1) ?? '';
    const key = /^"[^"$`\\]+" -i "\$RUNNER_TEMP\/([0-9a-f-]{36})"(?: -o StrictHostKeyChecking=yes -o CheckHostIP=no)? -o "UserKnownHostsFile=\$RUNNER_TEMP\/\1_known_hosts"$/.exec(command)?.[1];
    const temp = git.env['RUNNER_TEMP'];
    if (key === undefined || !temp)
        return { ...own, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
    return {
        ...own,
        RUNNER_TEMP: temp,
        GIT_SSH_COMMAND: `ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o CheckHostIP=no -i "$RUNNER_TEMP/${key}" -o "UserKnownHostsFile=$RUNNER_TEMP/${key}_known_hosts"`,
    };
}
function pick({ env }, names) {
    const picked = {};
    for (const name of names.split(' ')) {
        const value = env[name];
        if (value !== undefined)
            picked[name] = value;
    }
    return picked;
}

;// CONCATENATED MODULE: ./build/git/remote-refs.js



/** An answer of the network saves an export, so it is worth some seconds; one that hangs is not. */
const networkTimeoutMs = 20_000;
/**
 * Refs of a remote by their full names, annotated tags as the commit they point to; undefined when it does not answer.
 * git is given a checked address and no repository.
 */
async function readRemoteRefs(git, { url, view, login }, patterns) {
    const address = parseRemoteAddress(url);
    if (address === undefined)
        return undefined;
    const answer = await git.ask({
        args: ['ls-remote', '--', address.url, ...patterns.flatMap((name) => [name, `${name}^{}`])],
        gitDirectory: git.emptyRepository,
        ...(await readRemoteSettings(git, address, view, login)),
        timeoutMs: networkTimeoutMs,
    });
    if (answer.kind === 'failed' || answer.exitCode !== 0)
        return undefined;
    const refs = new Map();
    for (const line of answer.stdout.trim().split('\n')) {
        const [id, name] = line.split('\t');
        const commit = (0,git_url/* toCommit */.dO)(id);
        // The peeled line follows that of the tag itself, and replaces it.
        if (commit !== undefined && name !== undefined)
            refs.set(name.replace(/\^\{\}$/, ''), commit);
    }
    return refs;
}

;// CONCATENATED MODULE: ./build/plan/build-commit.js






/**
 * Compares the build context and GITHUB_SHA with the branch, with at most two calls over the network. Whatever cannot be found out
 * stays undefined, and `contextUnknown` says so of the context's commit; never throws.
 */
async function measureBuildCommit(request) {
    const { env, known, signal } = request;
    try {
        return await (0,git_room/* withGit */.z)(env, signal, (git) => measure(git, request));
    }
    catch (error) {
        const unknown = `git has no directory to work in (${(0,errors/* toMessage */.R9)(error)})`;
        return { ...known, contextUnknown: known.contextHead === undefined ? unknown : undefined };
    }
}
async function measure(git, request) {
    const { context, cwd, env, known, sha } = request;
    const workspace = external_node_path_.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
    const directory = context.kind === 'path' ? external_node_path_.resolve(cwd, context.path) : workspace;
    const area = { workspace, isBounded: Boolean(env['GITHUB_WORKSPACE']) };
    const [inContext, inWorkspace] = await Promise.all([
        readCheckout(git, directory, area, sha),
        directory === workspace ? undefined : readCheckout(git, workspace, area, sha),
    ]);
    const checkouts = [inContext, inWorkspace].flatMap((answer) => answer?.kind === 'checkout' ? [answer.checkout] : []);
    const own = checkouts.find(({ isOfRun }) => isOfRun === true);
    const source = toRefSource(own, request);
    const [commit, tip] = await Promise.all([
        context.kind === 'path' ? toContextCommit(inContext) : readGitContext(git, context.url, source, request),
        readTip(git, source, request),
    ]);
    const contextHead = known.contextHead ?? commit.head;
    return {
        contextHead,
        contextUnknown: contextHead === undefined ? commit.unknown : undefined,
        contextOnRef: known.contextOnRef ??
            (await isOnRef(contextHead, known.contextHead === undefined ? commit.isOfRun : undefined, {
                git,
                checkout: own ?? (inContext.kind === 'checkout' ? inContext.checkout : undefined),
                tip: tip?.commit,
                request,
            })),
        isTip: known.isTip ?? (tip === undefined || sha === '' ? undefined : tip.commit === sha.toLowerCase()),
    };
}
function toContextCommit(answer) {
    switch (answer.kind) {
        case 'none':
            return { head: undefined, isOfRun: undefined, unknown: undefined };
        case 'checkout':
            return { head: answer.checkout.head, isOfRun: answer.checkout.isOfRun, unknown: undefined };
        case 'unknown':
            return { head: undefined, isOfRun: undefined, unknown: answer.reason };
        default:
            return answer;
    }
}
/** A checkout's origin has the credentials; a Git context of the same repository is there without any checkout. */
function toRefSource(own, { context, env, githubToken }) {
    const toSource = (url) => ({
        url,
        view: own?.view,
        login: githubToken !== undefined && isOnServer(url, env) ? `x-access-token:${githubToken}` : undefined,
    });
    if (own?.origin !== undefined)
        return toSource(own.origin);
    if (context.kind === 'path')
        return undefined;
    const { remote, address } = (0,git_url/* parseGitUrl */.RA)(context.url);
    return isRepositoryOfRun(remote, env) === true ? toSource(address) : undefined;
}
/** The token is shown to the run's own server only, by the protocol that the runner itself uses; to none that is not known. */
function isOnServer(url, env) {
    const server = env['GITHUB_SERVER_URL'] ?? '';
    return URL.canParse(url) && URL.canParse(server) && new URL(url).origin === new URL(server).origin;
}
/** `commit` undefined: the branch is gone. */
async function readTip(git, source, { branch, env, known }) {
    // On a developer's machine commits are ahead of the remote, and nothing there is a re-run.
    const isLocal = env['ACT'] === 'true' || env['HOTLAYER_LOCAL'] === '1';
    if (source === undefined || (known.isTip !== undefined && known.contextOnRef !== undefined) || isLocal)
        return undefined;
    const name = `refs/heads/${branch}`;
    const refs = await readRemoteRefs(git, source, [name]);
    return refs === undefined ? undefined : { commit: refs.get(name) };
}
async function readGitContext(git, url, source, { branch, env }) {
    const { remote, ref } = (0,git_url/* parseGitUrl */.RA)(url);
    const isOfRun = isRepositoryOfRun(remote, env);
    const toUnknown = (unknown) => ({ head: undefined, isOfRun, unknown });
    const head = (0,git_url/* toCommit */.dO)(ref);
    if (head !== undefined)
        return { head, isOfRun, unknown: undefined };
    // Another repository is not asked: wherever its refs point, it is not the run's commit.
    if (isOfRun === false)
        return { head: ref === undefined ? remote : `${remote}#${ref}`, isOfRun, unknown: undefined };
    if (source === undefined)
        return toUnknown('GITHUB_REPOSITORY does not name the repository of this run');
    const names = ref === undefined
        ? ['HEAD']
        : ref.startsWith('refs/')
            ? [ref]
            : [`refs/heads/${ref}`, `refs/tags/${ref}`];
    const refs = await readRemoteRefs(git, source, names);
    if (refs === undefined) {
        // The run's own branch is on itself, wherever it points.
        if (names.includes(`refs/heads/${branch}`))
            return { head: undefined, isOfRun, unknown: undefined };
        return toUnknown(`the repository of this run does not say what "${ref ?? 'HEAD'}" is`);
    }
    const found = new Set(names.map((name) => refs.get(name)).filter((commit) => commit !== undefined));
    const [commit] = found;
    if (commit !== undefined && found.size === 1)
        return { head: commit, isOfRun, unknown: undefined };
    // A branch and a tag of one name: which of them BuildKit takes is not ours to guess.
    return toUnknown(found.size === 0
        ? `the repository of this run has no ref "${ref ?? 'HEAD'}"`
        : `the repository of this run has both a branch and a tag "${ref}"`);
}
/**
 * Ancestors of GITHUB_SHA are on the ref by their hashes, wherever they were found. Anything newer must be on the branch as
 * the run's own repository has it.
 */
async function isOnRef(head, isOfRun, { git, checkout, tip, request }) {
    const { branch, sha } = request;
    const commit = (0,git_url/* toCommit */.dO)(head);
    if (commit === undefined)
        return isOfRun === false ? false : undefined;
    if (commit === sha.toLowerCase() || commit === tip)
        return true;
    if (checkout === undefined)
        return isOfRun === false ? false : undefined;
    const proofs = [(0,git_url/* toCommit */.dO)(sha)];
    if (checkout.isOfRun === true)
        proofs.push(tip, `refs/remotes/origin/${branch}`);
    let answer;
    for (const proof of proofs) {
        if (proof === undefined)
            continue;
        const proven = await isAncestor(git, checkout, commit, proof);
        if (proven === true)
            return true;
        answer ??= proven;
    }
    return isOfRun === false ? false : answer;
}

;// CONCATENATED MODULE: ./build/plan/build-places.js


const machineVariables = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'];
/** The places by their spelling alone. A relative path starts at `cwd`. */
function toBuildPlaces({ context, file }, cwd, env) {
    const directory = external_node_path_.resolve(cwd, context.kind === 'path' ? context.path : '.');
    return {
        workspace: external_node_path_.resolve(cwd, env['GITHUB_WORKSPACE'] || '.'),
        context: directory,
        dockerfile: file === undefined ? external_node_path_.join(directory, 'Dockerfile') : external_node_path_.resolve(cwd, file),
        machine: machineVariables.flatMap((name) => {
            const value = env[name];
            return value && external_node_path_.isAbsolute(value) ? [{ name, directory: external_node_path_.resolve(value) }] : [];
        }),
    };
}
/** The places without links to directories, so that a directory is the same whichever way leads to it. Nothing needs to be there. */
async function readBuildPlaces(inputs, cwd, env) {
    const { workspace, context, dockerfile, machine } = toBuildPlaces(inputs, cwd, env);
    return {
        workspace: await followLinks(workspace),
        context: await followLinks(context),
        // The Dockerfile itself may be a link, and is named as it is called.
        dockerfile: external_node_path_.join(await followLinks(external_node_path_.dirname(dockerfile)), external_node_path_.basename(dockerfile)),
        machine: await Promise.all(machine.map(async ({ name, directory }) => ({ name, directory: await followLinks(directory) }))),
    };
}
/**
 * A place by a name that is the same on every machine: its path in the workspace (`.` for the workspace itself), else its
 * path from the nearest directory that machines have in common.
 */
function toPlaceName(file, { workspace, machine }) {
    const fromWorkspace = external_node_path_.relative(workspace, file);
    if (isWithin(workspace, file))
        return fromWorkspace === '' ? '.' : fromWorkspace;
    const shared = findSharedDirectory(workspace, file);
    const root = external_node_path_.parse(file).root;
    const [nearest] = machine
        .filter(({ directory }) => directory !== root && isWithin(directory, file))
        .sort((a, b) => b.directory.length - a.directory.length);
    if (nearest !== undefined && nearest.directory.length >= shared.length)
        return external_node_path_.join(`$${nearest.name}`, external_node_path_.relative(nearest.directory, file));
    return shared === root ? file : fromWorkspace;
}
/** As far as the path exists; what cannot be looked at stays as it is spelled. */
async function followLinks(file) {
    const missing = [];
    for (let current = file;; current = external_node_path_.dirname(current)) {
        try {
            return external_node_path_.join(await (0,promises_.realpath)(current), ...missing);
        }
        catch {
            // Not there, or not for us: then the directory above it tells.
            if (current === external_node_path_.dirname(current))
                return file;
            missing.unshift(external_node_path_.basename(current));
        }
    }
}
function findSharedDirectory(a, b) {
    let current = a;
    while (!isWithin(current, b))
        current = external_node_path_.dirname(current);
    return current;
}
function isWithin(directory, file) {
    const [first] = external_node_path_.relative(directory, file).split(external_node_path_.sep);
    return first !== '..';
}

// EXTERNAL MODULE: ./build/inputs/image-reference.js
var image_reference = __webpack_require__(7037);
// EXTERNAL MODULE: ./build/inputs/named-context.js
var named_context = __webpack_require__(4087);
;// CONCATENATED MODULE: ./build/plan/variant.js





/**
 * What beside context, Dockerfile and target makes that two builds never find each other's records: other named contexts,
 * and what is a part of the key of every RUN (solver/llbsolver/ops/exec.go of BuildKit). Empty for a build without any of
 * it. What changes from commit to commit is left out, as of the context itself: refs, versions, digests, and the addresses
 * of hosts, which BuildKit leaves out too.
 */
function toVariant({ buildContexts, network, shmSize, ulimit, cgroupParent, addHosts }, places) {
    const contexts = buildContexts.map(({ name, value }) => [
        name.replace(/:latest$/, ''),
        nameContext(value, places),
    ]);
    const hosts = [...new Set(addHosts.map((entry) => entry.split(/[=:]/, 1)[0] ?? ''))].sort();
    return {
        ...(contexts.length === 0 ? {} : { contexts: Object.fromEntries(contexts) }),
        ...(network === undefined || network === 'default' ? {} : { network }),
        ...(shmSize === undefined ? {} : { shmSize: shmSize.toLowerCase() }),
        ...(ulimit.length === 0 ? {} : { ulimit: [...ulimit].sort() }),
        ...(cgroupParent === undefined ? {} : { cgroupParent }),
        ...(hosts.length === 0 ? {} : { hosts }),
    };
}
function nameContext(value, places) {
    if ((0,named_context/* isDirectory */.wd)(value))
        return toPlaceName(external_node_path_.resolve(places.workspace, value), places);
    const [, scheme = '', reference = ''] = /^(docker-image|oci-layout):\/\/(.*)$/s.exec(value) ?? [];
    if (scheme === 'docker-image')
        return `${scheme}://${toUnversioned(reference)}`;
    if (scheme === 'oci-layout')
        return `${scheme}://${toPlaceName(external_node_path_.resolve(places.workspace, toUnversioned(reference)), places)}`;
    if (value.startsWith('target:'))
        return value;
    const { remote, subdirectory } = (0,git_url/* parseGitUrl */.RA)(value);
    return `${toRepositoryName(remote)}${subdirectory === undefined ? '' : `#:${subdirectory}`}`;
}
/** Without tag and digest; a port is no tag. */
function toUnversioned(reference) {
    return reference.replace(/@[^/]*$/, '').replace(/:[^/]*$/, '');
}

;// CONCATENATED MODULE: ./build/plan/identity.js






/**
 * What of the inputs makes two builds different graphs.
 *
 * @param places where the build's parts lie on this machine; by default the workspace is taken to be `/`, which is right for all that lies in it
 */
function toIdentity({ build, image, cache, bake }, defaultPlatform, places = toBuildPlaces(build, '/', {})) {
    const [firstTag] = image.tags;
    return {
        // No name of a target has a slash.
        scope: bake === undefined || cache.scope === undefined ? cache.scope : `${cache.scope}/${bake.target}`,
        imageName: bake?.target ?? (firstTag === undefined ? undefined : (0,image_reference/* toImageName */.wK)(firstTag)),
        context: toContextIdentity(build.context, places),
        dockerfile: build.context.kind === 'git'
            ? toTreePath(build.file ?? 'Dockerfile')
            : toPlaceName(places.dockerfile, places),
        target: build.target,
        platforms: build.platforms,
        defaultPlatform,
        matrix: cache.matrix,
        // Targets may differ in their arguments alone, so each has a cache of its own by its name.
        variant: {
            ...toVariant(build, places),
            ...(bake === undefined
                ? {}
                : { bake: [bake.target, bake.files.map((file) => nameFile(file, places))] }),
        },
    };
}
function toPolicyInputs(inputs) {
    const { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport } = inputs;
    return { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport };
}
/** The platform that a BuildKit daemon on this machine builds for, from Node's `process.arch`. */
function toDefaultPlatform(arch) {
    switch (arch) {
        case 'x64':
            return 'linux/amd64';
        case 'ia32':
            return 'linux/386';
        case 'arm':
            return 'linux/arm/v7';
        default:
            // arm64, riscv64, s390x, ppc64: Go and Node agree.
            return `linux/${arch}`;
    }
}
function nameFile(file, places) {
    return external_node_path_.isAbsolute(file) ? toPlaceName(file, places) : file;
}
/** Without the ref: a URL that ends in `#<commit>` would make the cache scope of every commit new. */
function toContextIdentity(context, places) {
    if (context.kind === 'path')
        return toPlaceName(places.context, places);
    const { remote, subdirectory } = (0,git_url/* parseGitUrl */.RA)(context.url);
    const directory = toTreePath(subdirectory ?? '.');
    return directory === '.' ? toRepositoryName(remote) : `${toRepositoryName(remote)}#:${directory}`;
}
/** A path in a repository, from its top; BuildKit lets none lead out of it. */
function toTreePath(text) {
    return external_node_path_.posix.relative('/', external_node_path_.posix.resolve('/', text)) || '.';
}

;// CONCATENATED MODULE: ./build/plan/withheld-export.js
/**
 * A re-run that could not find out whether its commit is still the newest must not replace a newer cache. The gateway
 * keeps what a newer run exported; BuildKit's own client cannot, so without the gateway such a run exports nothing. Pure.
 */
function withholdStaleExport(plan, { isTip, attempt, keepsNewer }) {
    const mayBeStale = plan.code === 'own-branch' && isTip !== true && attempt !== '0' && attempt !== '1';
    if (keepsNewer || plan.export === null || !mayBeStale)
        return { plan, sentence: undefined };
    const sentence = 'The cache is not exported: this is a re-run, git could not say whether its commit is still the newest of its branch, and without the gateway an export would replace what a newer run has exported.';
    return {
        plan: { ...plan, export: null, exportRef: null, code: 'stale-rerun', reason: sentence },
        sentence,
    };
}
/** A question about the build runs no step, so there is nothing to export. Pure. */
function withholdForCall(plan, call) {
    if (call === undefined || plan.export === null)
        return plan;
    const reason = `"call: ${call.text}" asks about the build and runs no step, so there is nothing to export.`;
    return { ...plan, export: null, exportRef: null, code: 'call', reason };
}
/**
 * A bake definition decides what its targets run: where it is not the run's own commit, a target that stands on the
 * run's own files is no more to be trusted. Pure.
 *
 * @param definition the plan of a build of the place where the definition is
 */
function withholdForDefinition(plan, definition) {
    if (definition.export !== null || plan.export === null)
        return plan;
    const { code, reason } = definition;
    return { ...plan, export: null, exportRef: null, code, reason: `Of the bake definition: ${reason}` };
}

;// CONCATENATED MODULE: ./build/plan/plan-run.js










const nothingMeasured = {
    contextHead: undefined,
    contextUnknown: undefined,
    contextOnRef: undefined,
    isTip: undefined,
};
/**
 * The plan of this run: reads the environment and the event payload and, only where an export depends on it, asks git.
 * Throws InputError for a payload that is missing or not JSON.
 */
async function planRun(env, inputs, options) {
    const facts = await readRunFacts(env);
    const known = options.known ?? nothingMeasured;
    const identity = toIdentity(inputs, options.defaultPlatform, await readBuildPlaces(inputs.build, options.cwd, env));
    const decide = (measured) => {
        const decision = decidePlan({ ...facts, ...measured }, options.rights, toPolicyInputs(inputs.cache), makeNameScope(identity, toSha256Hex));
        return { ...decision, plan: withholdForCall(decision.plan, inputs.build.call) };
    };
    const unmeasured = decide(nothingMeasured);
    const { code, exportRef } = unmeasured.plan;
    // Only this rule has commits to look at; every other run is spared the network.
    if (code !== 'own-branch' || exportRef === null)
        return unmeasured;
    const measured = await (options.measure ?? measureBuildCommit)({
        context: inputs.build.context,
        cwd: options.cwd,
        env,
        sha: facts.sha,
        branch: exportRef.name,
        githubToken: inputs.build.githubToken,
        known,
        signal: options.signal,
    });
    const decision = decide(measured);
    return {
        ...decision,
        // What git could not say then is no news: the job ends.
        ...(options.signal?.aborted ? { warnings: [] } : {}),
        // Nothing on a developer's machine is a re-run.
        isTip: measured.isTip ?? (env['HOTLAYER_LOCAL'] === '1' ? true : undefined),
    };
}
/** The facts of the run that are there without measuring. Throws InputError for a payload that is missing or not JSON. */
async function readRunFacts(env) {
    return {
        eventName: env['GITHUB_EVENT_NAME'] ?? '',
        ref: env['GITHUB_REF'] ?? '',
        sha: env['GITHUB_SHA'] ?? '',
        payload: await readPayload(env['GITHUB_EVENT_PATH']),
        ...nothingMeasured,
    };
}
async function readPayload(file) {
    if (file === undefined || file === '') {
        throw toPayloadError('GITHUB_EVENT_PATH is not set');
    }
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        const fault = (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') ? 'does not exist' : `cannot be read (${(0,errors/* toMessage */.R9)(error)})`;
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which ${fault}`, error);
    }
    const payload = (0,json/* parseJson */.qF)(text.replace(/^\uFEFF/, ''));
    if (payload === undefined)
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is not JSON`);
    if (!(0,json/* isRecord */.u4)(payload))
        throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is JSON but not an object`);
    return payload;
}
function toPayloadError(fault, cause) {
    return new errors/* InputError */.dz('GITHUB_EVENT_PATH', `${fault}: it must be the path of a JSON file with the payload of the event, as the runner writes it.`, { cause });
}
function toSha256Hex(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text, 'utf8').digest('hex');
}

;// CONCATENATED MODULE: ./build/plan/default-context.js








/** buildx asks for the commit of a Git URL with a query itself from here on. */
const firstWithQueries = 'v0.29.0';
/**
 * The inputs with the contexts that they mean: `{{defaultContext}}` is the Git context of the event, and so is a context
 * that was not given where nothing is checked out, as in docker/build-push-action. Throws InputError for a context that
 * is none, or for a payload that is missing.
 */
async function settleContexts(inputs, env) {
    const { context, buildContexts } = inputs.build;
    const isNamed = buildContexts.some(({ value }) => hasTemplate(value));
    const isUnsettled = context.kind === 'git' ? hasTemplate(context.url) : context.isDefault === true;
    if (!isNamed && !isUnsettled)
        return { inputs, sentence: undefined };
    const workspace = external_node_path_.resolve(env['GITHUB_WORKSPACE'] || '.');
    const isHere = context.kind === 'path' && (await holdsSources(inputs, workspace, env));
    const defaultContext = isHere && !isNamed
        ? undefined
        : toDefaultContext(await readRunFacts(env), env, inputs.daemon.buildxVersion);
    const settled = settleContext(context, isHere, defaultContext);
    const named = buildContexts.map(({ name, value }) => ({ name, value: fill(value, defaultContext) }));
    const isTold = context.kind === 'path' && settled.kind === 'git';
    return {
        inputs: { ...inputs, build: { ...inputs.build, context: settled, buildContexts: named } },
        sentence: isTold
            ? `Nothing is checked out in the workspace, so the context is the commit of the event: ${settled.url}.`
            : undefined,
    };
}
/**
 * The Git context of the event: the commit in a fragment, or in a query where buildx is told to resolve queries itself.
 * undefined: the runner does not say which repository that is.
 *
 * @param buildxVersion that is asked for
 */
function toDefaultContext({ ref, sha, payload }, env, buildxVersion) {
    const [server = '', repository = ''] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY']];
    if (server === '' || repository === '')
        return undefined;
    const address = `${server.replace(/\/+$/, '')}/${repository}.git`;
    const fullRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
    const isPullRequest = fullRef.startsWith('refs/pull/');
    const head = isPullRequest ? (0,json/* readString */.E3)(payload, 'pull_request', 'head', 'sha') : undefined;
    const isHeadAsked = env['DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF'] === 'true';
    const commit = (isHeadAsked ? head : undefined) ?? sha;
    const isQuery = (0,output_entry/* isTrue */.Hn)(env['BUILDX_SEND_GIT_QUERY_AS_INPUT']) && semver.gte(buildxVersion, firstWithQueries);
    if (!isQuery)
        return `${address}#${commit || fullRef}`;
    if (commit === '')
        return `${address}?ref=${fullRef}`;
    return isPullRequest ? `${address}?ref=${commit}` : `${address}?ref=${fullRef}&checksum=${commit}`;
}
function settleContext(context, isHere, defaultContext) {
    if (context.kind === 'git')
        return (0,single_values/* parseContext */.DO)('context', fill(context.url, defaultContext));
    // A context that was given stays what it is.
    if (isHere || context.isDefault !== true || defaultContext === undefined)
        return { kind: 'path', path: context.path };
    return { kind: 'git', url: defaultContext };
}
/**
 * Is the workspace what a build without `context` is about? It is when it holds a checkout; and when somebody put the
 * Dockerfile itself there, or is at work on a machine of their own.
 */
async function holdsSources({ build }, workspace, env) {
    if (env['HOTLAYER_LOCAL'] === '1')
        return true;
    const found = await (0,find_checkout/* findCheckout */.I8)(workspace, { workspace, isBounded: true });
    if (found.kind !== 'none')
        return true;
    const dockerfile = external_node_path_.resolve(workspace, build.file ?? 'Dockerfile');
    const places = build.file === undefined ? [dockerfile, external_node_path_.join(workspace, 'dockerfile')] : [dockerfile];
    const there = await Promise.all(places.map(isThere));
    return there.includes(true);
}
async function isThere(file) {
    try {
        await (0,promises_.stat)(file);
        return true;
    }
    catch {
        // Not there or not to be seen: neither is a build from here.
        return false;
    }
}
/** What handlebars has in braces, two or three of them; a name that it does not know is empty. */
const template = /\{\{\{?\s*(\w*)\s*\}?\}\}/g;
function hasTemplate(text) {
    return text.search(template) !== -1;
}
function fill(text, defaultContext) {
    if (!hasTemplate(text))
        return text;
    const address = defaultContext ?? '';
    const filled = text.replace(template, (_, name) => (name === 'defaultContext' ? address : ''));
    if (filled.trim() === '')
        return address;
    // `{{defaultContext}}:directory` is about a fragment, and a query has another word for it.
    const rest = filled.slice(address.length);
    return address.includes('?') && filled.startsWith(address) && rest.startsWith(':')
        ? `${address}&subdir=${rest.slice(1)}`
        : filled;
}

// EXTERNAL MODULE: ./build/policy/token-access.js
var token_access = __webpack_require__(9789);
;// CONCATENATED MODULE: ./build/policy/token-rights.js

/** What GitHub's cache service lets a run do, by the variables of the runner. */
function readTokenRights(env) {
    return decideTokenRights((0,token_access/* parseAccess */.Cz)(env['ACTIONS_RUNTIME_TOKEN']), env['ACTIONS_CACHE_MODE']);
}
/** @param cacheMode ACTIONS_CACHE_MODE; undefined when the runner does not say */
function decideTokenRights(access, cacheMode) {
    const mode = parseCacheMode(cacheMode);
    // The entries of an emulator name no ref.
    const emulator = (0,token_access/* isEmulator */.gK)(access);
    const scopes = access.kind === 'scopes' && !emulator ? access.scopes : [];
    const namesNoRef = emulator || access.kind === 'opaque';
    const canRead = access.kind !== 'none' &&
        mode !== 'none' &&
        mode !== 'write-only' &&
        (namesNoRef || scopes.some(token_access/* canReadScope */.d9));
    // BuildKit looks up before it writes, so a token that can only write is of no use to it.
    const canWrite = canRead && mode !== 'read' && (emulator || scopes.some(token_access/* canWriteScope */.Oi));
    const refusal = findRefusal(access, mode, { canRead, canWrite });
    return {
        canRead,
        canWrite,
        readable: namesNoRef ? 'any' : scopes.filter(token_access/* canReadScope */.d9).map(({ scope }) => scope),
        writable: emulator ? 'any' : scopes.filter(token_access/* canWriteScope */.Oi).map(({ scope }) => scope),
        refusal,
        warnings: token_rights_listWarnings(access, cacheMode, mode, refusal),
    };
}
/** One of the four modes in any case; undefined for anything else: then the token alone decides. */
function parseCacheMode(text) {
    const mode = text?.trim().toLowerCase();
    return mode === 'none' || mode === 'read' || mode === 'write' || mode === 'write-only' ? mode : undefined;
}
/** The first that fires. */
function findRefusal(access, mode, { canRead, canWrite }) {
    if (access.kind === 'none')
        return {
            code: 'no-token',
            reason: 'There is no ACTIONS_RUNTIME_TOKEN, so there is no cache service to use.',
        };
    switch (mode) {
        case 'none':
            return {
                code: 'mode-none',
                reason: 'The cache mode of this job is "none": it may neither read nor write caches.',
            };
        case 'write-only':
            return {
                code: 'mode-write-only',
                reason: 'The cache mode of this job is "write-only", but BuildKit must read before it writes.',
            };
        case 'read':
            return {
                code: 'mode-read',
                reason: 'The cache mode of this job is "read": it may import but not export.',
            };
        case 'write':
        case undefined:
            break;
        default:
            return mode;
    }
    if (access.kind === 'opaque') {
        return {
            code: 'token-opaque',
            reason: `The runtime token does not say what it may write (${access.reason}), so nothing is exported.`,
        };
    }
    if (canWrite)
        return undefined;
    return {
        code: 'token-read-only',
        reason: canRead
            ? 'The runtime token can read caches but not write any.'
            : 'The runtime token can read no cache, and BuildKit must read before it writes.',
    };
}
function token_rights_listWarnings(access, cacheMode, mode, refusal) {
    const isUnknownMode = cacheMode !== undefined && cacheMode.trim() !== '' && mode === undefined;
    return [
        ...(access.kind === 'none'
            ? ['There is no ACTIONS_RUNTIME_TOKEN: this build runs without the Actions cache.']
            : []),
        ...(access.kind === 'opaque'
            ? [`ACTIONS_RUNTIME_TOKEN cannot be read: ${access.reason}. This build runs without the Actions cache.`]
            : []),
        ...(refusal?.code === 'token-read-only'
            ? [
                'The runtime token of this run cannot write the Actions cache: the next build will not find the steps of this one.',
            ]
            : []),
        ...(isUnknownMode
            ? [
                `ACTIONS_CACHE_MODE is "${cacheMode}", not one of none, read, write, write-only: it is ignored, the runtime token decides.`,
            ]
            : []),
    ];
}

// EXTERNAL MODULE: ./build/printable.js
var printable = __webpack_require__(3911);
;// CONCATENATED MODULE: ./build/report/plan-table.js
/** The plan for the log: what is imported, where it is exported, and why. */
function renderPlanTable(plan) {
    const imports = plan.chain.map((link, index) => [
        index === 0 ? 'import' : '',
        renderRef(link),
        link.cacheScope,
    ]);
    const rows = [
        ...(imports.length === 0 ? [['import', 'nothing', '']] : imports),
        plan.export === null || plan.exportRef === null
            ? ['export', 'nothing', '']
            : ['export', renderRef(plan.exportRef), plan.export],
    ];
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    const lines = rows.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    return [...lines, `why     ${plan.reason} (${plan.code})`].join('\n');
}
/** `branch main`, `pull request 12`, `tag v1`. */
function renderRef({ kind, name }) {
    switch (kind) {
        case 'pr':
            return `pull request ${name}`;
        case 'branch':
            return `branch ${name}`;
        case 'tag':
            return `tag ${name}`;
        default:
            return kind;
    }
}

// EXTERNAL MODULE: ./build/cli/flags.js
var cli_flags = __webpack_require__(6222);
// EXTERNAL MODULE: ./build/cli/played-event.js + 2 modules
var played_event = __webpack_require__(2078);
;// CONCATENATED MODULE: ./build/cli/plan.js




















const specs = {
    ...played_event/* eventFlagSpecs */.n6,
    json: { value: undefined, help: 'one JSON object instead of a table' },
    'context-head': { value: 'SHA', help: 'commit of the build context' },
    'context-on-ref': { value: 'true|false', help: "whether that commit is part of the run's ref" },
    'is-tip': { value: 'true|false', help: 'whether GITHUB_SHA is still the tip of its ref' },
    help: { value: undefined, help: 'this' },
};
const help = `hotlayer plan [flags]: what would this run import and export, and why

In a job it reads GITHUB_*, ACTIONS_*, INPUT_* and the file GITHUB_EVENT_PATH as the action does. With --event, --ref or
--payload, and where no variable names an event, it plays an event as "hotlayer build" does: what is not given is made
up from the checkout of this directory. It builds nothing. Commits that are not given are measured with git.

${(0,cli_flags/* renderFlags */.GY)(specs)}`;
/** Prints the plan; answers the exit code. Throws InputError for bad flags, inputs and payloads. */
async function runPlan(argv, env, write) {
    const flags = (0,cli_flags/* parseFlags */.bQ)(argv, specs);
    if (flags['help'] !== undefined) {
        write(help);
        return 0;
    }
    const known = {
        contextHead: readCommit(flags, 'context-head'),
        contextOnRef: readTruth(flags, 'context-on-ref'),
        isTip: readTruth(flags, 'is-tip'),
    };
    const asked = {
        event: (0,cli_flags/* readFlagText */.Wy)(flags, 'event'),
        ref: (0,cli_flags/* readFlagText */.Wy)(flags, 'ref'),
        payload: (0,cli_flags/* readFlagText */.Wy)(flags, 'payload'),
    };
    const isJson = flags['json'] !== undefined;
    const plan = async (run) => write(await describePlan(run, known, isJson));
    if (isPlayed(asked, env))
        await withPlayedRun(asked, env, plan);
    else
        await plan({ env, rights: readTokenRights(env), title: undefined });
    return 0;
}
async function describePlan({ env, rights, title }, known, isJson) {
    // A plan is asked for where the job's checkout is not: a context that is not given is that checkout.
    const { inputs } = await settleContexts((0,inputs_inputs/* parseInputs */.TL)(env), { ...env, HOTLAYER_LOCAL: '1' });
    const decision = await planRun(env, inputs, {
        cwd: external_node_path_.resolve(env['GITHUB_WORKSPACE'] || '.'),
        defaultPlatform: toDefaultPlatform(external_node_process_.arch),
        rights: toBackendRights(inputs.cache.backend, rights),
        known,
    });
    // A workflow may run this: its runner reads what is printed.
    if (isJson)
        return `${(0,printable/* toPrintableJson */.Xr)(decision.plan)}\n`;
    // One JSON object is the contract of --json, so only people are told what has no effect.
    const { cache } = inputs;
    const notices = [
        (0,foreign/* describeForeignInputs */.N)(env) ?? [],
        listWithoutEffect(inputs),
        describeBypass(cache.cacheTo, decision.plan) ?? [],
    ].flat();
    const place = cache.backend === 'gha' || cache.backend === 'none' ? [] : [`place   ${describePlace(cache)}`];
    return (0,printable/* toPrintable */.f8)(renderDecision(decision, [...place, ...notices.map((notice) => `notice  ${notice}`)], title));
}
/** A job is planned as it is, unless a flag says which event to play instead. */
function isPlayed(asked, env) {
    const isAsked = Object.values(asked).some((value) => value !== undefined);
    return isAsked || !['GITHUB_EVENT_NAME', 'GITHUB_EVENT_PATH', 'GITHUB_REF'].some((name) => env[name]);
}
/** Plays the event with the rights that GitHub's token has in such a run: the token of this job, if any, is another run's. */
async function withPlayedRun(asked, env, use) {
    const workspace = external_node_process_.cwd();
    const event = await (0,played_event/* makeLocalEvent */.Aw)(asked, workspace, env);
    const scratch = await (0,promises_.mkdtemp)(external_node_path_.join((0,external_node_os_.tmpdir)(), 'hotlayer-'));
    try {
        await use({
            env: { ...env, ...(await (0,played_event/* writeLocalEvent */.Tt)(event, scratch)), GITHUB_WORKSPACE: workspace },
            rights: decideTokenRights({ kind: 'scopes', scopes: event.access }, env['ACTIONS_CACHE_MODE']),
            title: `event   ${event.eventName} on ${event.ref}, played`,
        });
    }
    finally {
        await (0,promises_.rm)(scratch, { recursive: true, force: true });
    }
}
function readCommit(flags, name) {
    const value = (0,cli_flags/* readFlagText */.Wy)(flags, name);
    const commit = (0,git_url/* toCommit */.dO)(value);
    if (value === undefined || commit !== undefined)
        return commit;
    throw new errors/* InputError */.dz(name, `--${name} is "${value}": it must be the full name of a commit, 40 or 64 hexadecimal digits.`);
}
function readTruth(flags, name) {
    const value = (0,cli_flags/* readFlagText */.Wy)(flags, name);
    if (value === undefined)
        return undefined;
    if (value === 'true')
        return true;
    if (value === 'false')
        return false;
    throw new errors/* InputError */.dz(name, `--${name} is "${value}": allowed are true and false.`);
}
function renderDecision({ plan, warnings }, further, title) {
    const lines = [
        ...(title === undefined ? [] : [title]),
        renderPlanTable(plan),
        ...warnings.map((warning) => `warning ${warning}`),
        ...further,
    ];
    return `${lines.join('\n')}\n`;
}


/***/ })

};
