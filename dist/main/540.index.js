export const id = 540;
export const ids = [540];
export const modules = {

/***/ 6540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   confineSecrets: () => (/* binding */ confineSecrets)
/* harmony export */ });
/** The two variables of a job that hold the runtime token (on GitHub both have the same value). */
const tokenVariables = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
/** What opens a bucket. */
const bucketVariables = new Set([
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
]);
/**
 * A copy of the environment in which secrets can be read by name but are not enumerable: `spawn` and object spread
 * skip them, so no child process inherits the runtime token, an input (secrets, github-token) or the key of a remote
 * daemon, whichever library starts it. The entries put it in place of `process.env`.
 */
function confineSecrets(env, 
/** Nothing that is started here may need a bucket. */
{ hidesBuckets = false } = {}) {
    const confined = {};
    const isHidden = hidesBuckets || isForGateway(env);
    const tokens = new Set(tokenVariables.map((name) => env[name]).filter((value) => value !== undefined && value !== ''));
    for (const [name, value] of Object.entries(env)) {
        const isSecret = name.startsWith('INPUT_') ||
            /^BUILDER_NODE_\d+_AUTH_TLS_/.test(name) ||
            (isHidden && bucketVariables.has(name));
        const enumerable = !tokens.has(value) && !isSecret;
        Object.defineProperty(confined, name, { value, enumerable, writable: true, configurable: true });
    }
    return confined;
}
/**
 * With `cache: s3` through the gateway the AWS credentials of the environment are those of the cache, which the gateway
 * alone has; where the inputs give others for the cache, those of the environment are for something else.
 */
function isForGateway(env) {
    const read = (name) => env[name]?.trim() ?? '';
    return (read('INPUT_CACHE') === 's3' &&
        read('INPUT_GATEWAY').toLowerCase() !== 'false' &&
        !/\baccess_key_id\s*=/i.test(read('INPUT_CACHE-TO-ATTRS')));
}


/***/ })

};
