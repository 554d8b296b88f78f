import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 5574:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3986:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1708);
/* harmony import */ var _cli_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8455);
/* harmony import */ var _confinement_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6540);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9473);
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3911);





node_process__WEBPACK_IMPORTED_MODULE_0__.env = (0,_confinement_js__WEBPACK_IMPORTED_MODULE_2__/* .confineSecrets */ .A)(node_process__WEBPACK_IMPORTED_MODULE_0__.env);
const write = (text) => {
    node_process__WEBPACK_IMPORTED_MODULE_0__.stdout.write(text);
};
try {
    node_process__WEBPACK_IMPORTED_MODULE_0__.exitCode = await (0,_cli_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .runCliCommand */ .b)(node_process__WEBPACK_IMPORTED_MODULE_0__.argv.slice(2), node_process__WEBPACK_IMPORTED_MODULE_0__.env, write);
}
catch (error) {
    node_process__WEBPACK_IMPORTED_MODULE_0__.stderr.write((0,_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .toPrintable */ .f8)(`hotlayer: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .toFailureMessage */ .nx)(error)}\n`));
    if (node_process__WEBPACK_IMPORTED_MODULE_0__.env['HOTLAYER_DEBUG'] === '1' && error instanceof Error)
        node_process__WEBPACK_IMPORTED_MODULE_0__.stderr.write((0,_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .toPrintable */ .f8)(`${error.stack}\n`));
    node_process__WEBPACK_IMPORTED_MODULE_0__.exitCode = 1;
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 8455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ runCliCommand)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9473);

const help = `hotlayer: container builds that start warm

  hotlayer build [flags] CONTEXT   run the action on this machine, against an embedded cache service
  hotlayer bake [flags] [TARGET…]  the same for the targets of a bake file
  hotlayer plan [flags]            what would this event import and export, and why
  hotlayer serve --dir DIR         the cache service, for self-hosted runners and for tests
  hotlayer cleanup [flags]         remove caches that nobody can read any more, from GitHub or from serve
  hotlayer token --scope REF:rw    a token for it

\`hotlayer COMMAND --help\` lists a command's flags.
`;
/** Runs one command; answers its exit code. */
async function runCliCommand(argv, env, write) {
    const [command, ...rest] = argv;
    // Each command is loaded when it is asked for: plan and token start fast.
    switch (command) {
        case 'build':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(90), __nccwpck_require__.e(341), __nccwpck_require__.e(438), __nccwpck_require__.e(379), __nccwpck_require__.e(707), __nccwpck_require__.e(0), __nccwpck_require__.e(579)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3579))).runLocalBuild(rest, env, write);
        case 'bake':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(90), __nccwpck_require__.e(341), __nccwpck_require__.e(438), __nccwpck_require__.e(379), __nccwpck_require__.e(707), __nccwpck_require__.e(0), __nccwpck_require__.e(579)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3579))).runLocalBuild(rest, env, write, 'bake');
        case 'plan':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(341), __nccwpck_require__.e(88), __nccwpck_require__.e(379), __nccwpck_require__.e(496), __nccwpck_require__.e(748)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6748))).runPlan(rest, env, write);
        case 'serve':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(90), __nccwpck_require__.e(438), __nccwpck_require__.e(707), __nccwpck_require__.e(0), __nccwpck_require__.e(25)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5605))).runServe(rest, env, write);
        case 'token':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(90), __nccwpck_require__.e(428)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4428))).runToken(rest, env, write);
        case 'cleanup':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(90), __nccwpck_require__.e(341), __nccwpck_require__.e(438), __nccwpck_require__.e(942), __nccwpck_require__.e(379), __nccwpck_require__.e(707), __nccwpck_require__.e(496), __nccwpck_require__.e(52)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8052))).runCleanupCommand(rest, env, write);
        case undefined:
        case 'help':
        case '--help':
        case '-h':
            write(help);
            return command === undefined ? 2 : 0;
        default:
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('command', `unknown command "${command}": build, bake, plan, serve, cleanup and token are there (hotlayer --help).`);
    }
}


/***/ }),

/***/ 6540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ confineSecrets)
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


/***/ }),

/***/ 9473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R9: () => (/* binding */ toMessage),
/* harmony export */   Ue: () => (/* binding */ hasErrorCode),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   nx: () => (/* binding */ toFailureMessage),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/* unused harmony exports CancelledError, isDiskFull, saysDiskFull */
/**
 * The user must change the workflow. The message names the input, the value and what is allowed; no stack is shown.
 */
class InputError extends Error {
    code = 'input';
    input;
    constructor(input, message, options) {
        super(message, options);
        this.name = 'InputError';
        this.input = input;
    }
}
/** Something we called failed: the facts are in the message (what, on what, exit code or status, what to do). */
class ToolError extends Error {
    code;
    /** @param code short machine code of the failure, for example `daemon-start` or `checksum-mismatch` */
    constructor(code, message, options) {
        super(message, options);
        this.name = 'ToolError';
        this.code = code;
    }
}
/** The runner cancelled the step: the reason of every signal that is aborted for it. */
class CancelledError extends Error {
    code = 'cancelled';
    /** @param during name of the phase that was cut short, where it is known */
    constructor(during, options) {
        super(during === undefined ? 'The build was cancelled.' : `The build was cancelled during "${during}".`, options);
        this.name = 'CancelledError';
    }
}
/** The value as it may stand in a one-line message: quoted, control characters escaped, cut at 200 characters. */
function quote(value) {
    return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
}
/** The message of anything that can be thrown. */
function toMessage(error) {
    // Not instanceof: an error may come from another realm than ours, as system errors do under jest.
    if (typeof error === 'object' && error !== null && 'message' in error)
        return String(error.message);
    return String(error);
}
/** True for Node system errors with that `code`, for example `ENOENT`. */
function hasErrorCode(error, code) {
    // Not instanceof: system errors may come from another realm than ours, as they do under jest.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
/** True for an error, or the cause of one, that says of a file system that nothing more fits on it. */
function isDiskFull(error) {
    if (hasErrorCode(error, 'ENOSPC') || hasErrorCode(error, 'EDQUOT'))
        return true;
    // Not instanceof: an error may come from another realm than ours.
    if (typeof error !== 'object' || error === null || !('message' in error))
        return false;
    return saysDiskFull(String(error.message)) || ('cause' in error && isDiskFull(error.cause));
}
/** The words of the kernel, as every program prints them, or those of the gateway. */
function saysDiskFull(text) {
    return /no space left on device|disk quota exceeded|the disk of the runner is full/i.test(text);
}
/** What the user sees of a failure: our own errors speak for themselves, anything else is named as a bug. */
function toFailureMessage(error) {
    const isOurs = error instanceof InputError || error instanceof ToolError || error instanceof CancelledError;
    if (isOurs)
        return error.message;
    return `Internal error: ${toMessage(error)}. Please report it with the debug log (re-run with debug logging).`;
}


/***/ }),

/***/ 3911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Xr: () => (/* binding */ toPrintableJson),
/* harmony export */   f8: () => (/* binding */ toPrintable)
/* harmony export */ });
/* unused harmony exports toPlainText, listPrintedForms */
/**
 * Escape sequences of terminals, those that have an eight-bit form in that too: cursor and screen (CSI), titles and links (OSC), device
 * strings (DCS, SOS, PM, APC), and short ones. No part matches what another part of it does, so time is linear.
 */
const csi = String.raw `(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`;
const deviceString = String.raw `(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\p{Cc}]*(?:\u0007|\u001b\\|\u009c)`;
const shortEscape = String.raw `\u001b[ -/]*[0-~]`;
/** Colours: the one kind of sequence that a log may hold. */
const colour = String.raw `\u001b\[[\d;:]*m`;
const isColour = new RegExp(`^${colour}$`);
/** Marks that put a stretch of text into another direction: they show a name or a command as another one. */
const bidi = String.raw `[\u202a-\u202e\u2066-\u2069]`;
const lineEnds = /\r\n?/g;
/** For these the line goes on, so that nothing stands at the start of one that did not. */
const otherLineEnds = '\u000b\u000c\u0085\u2028\u2029';
const suspects = new RegExp([csi, deviceString, shortEscape, `[${otherLineEnds}]`, '\\p{Cc}', '\\p{Cs}', bidi].join('|'), 'gu');
/** `::` behind anything at the start of a line that a reader may skip: white space, what is not seen, colours. */
const commandAtStart = new RegExp(`^((?:[\\t\\p{Z}\\p{Cf}]|${colour})*):(?=:)`, 'gmu');
/** `##[`, and `##vso[` of Azure Pipelines, anywhere in a line, also with colours in between. */
const commandAnywhere = new RegExp(`#(?=(?:${colour})*#(?:${colour})*(?:vso)?\\[)`, 'gu');
/** Breaks a command up; nobody sees it. */
const gap = '\u200b';
/**
 * Foreign text (of a build, a daemon, a service, a repository) as one may print it into a job's log: nothing that moves
 * the cursor or turns text around, and no line that a runner would take for a workflow command, which sets masks, stops
 * commands or raises annotations. The runner looks for `::name::` at the start of a line and for `##[name]` anywhere in
 * it (actions/runner, ActionCommand.cs); act and Gitea's runner know less. Characters go before commands are looked
 * for: what is taken out must not join the halves of one. Other text stays as it is, but for its line ends, which become
 * `\n`.
 */
function toPrintable(text) {
    return text
        .replace(lineEnds, '\n')
        .replace(suspects, toHarmless)
        .replace(commandAtStart, `$1:${gap}`)
        .replace(commandAnywhere, `#${gap}`);
}
/** The same without colours, for places that show none. */
function toPlainText(text) {
    return toPrintable(toPrintable(text).replace(new RegExp(colour, 'g'), ''));
}
/**
 * A value as JSON that may be printed: it parses to the same value, and holds no command, as JSON has another way to
 * write a character.
 *
 * @param indent blanks a level; without it all is one line
 */
function toPrintableJson(value, indent) {
    // The line ends between values are the only ones: those in a string are escaped already.
    return JSON.stringify(value, undefined, indent).replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]|#(?=#(?:vso)?\[)/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/**
 * A secret, and how its lines look once they have been through here, at the start of a line and inside one: a mask of the
 * secret alone would not cover that. One that ends in `##` changes with what is printed behind it.
 */
function listPrintedForms(secret) {
    const printed = ['', 'x'].flatMap((before) => ['', '[', 'vso['].map((after) => {
        const text = toPrintable(`${before}${secret}${after}`);
        return text.slice(before.length, text.length - after.length);
    }));
    const forms = printed.flatMap((form) => [form, ...form.split('\n')]);
    // One letter as a mask would blacken the whole log.
    return [...new Set([secret, ...forms.filter((form) => form.trim().length > 1)])];
}
function toHarmless(found) {
    if (found === '\n' || found === '\t' || isColour.test(found))
        return found;
    if (otherLineEnds.includes(found))
        return ' ';
    return /^\p{Cs}$/u.test(found) ? '\ufffd' : '';
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(3986);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
