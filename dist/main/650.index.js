export const id = 650;
export const ids = [650];
export const modules = {

/***/ 6650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   debug: () => (/* binding */ debug),
/* harmony export */   fail: () => (/* binding */ fail),
/* harmony export */   flush: () => (/* binding */ flush),
/* harmony export */   group: () => (/* binding */ group),
/* harmony export */   guardStreams: () => (/* binding */ guardStreams),
/* harmony export */   info: () => (/* binding */ info),
/* harmony export */   mask: () => (/* binding */ mask),
/* harmony export */   notice: () => (/* binding */ notice),
/* harmony export */   warning: () => (/* binding */ warning)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3838);
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3911);



/**
 * The one way into the job's log. Whatever is printed may hold text of a build, a daemon, a service or a repository, so
 * every line goes through `toPrintable` here, and nowhere else.
 */
function info(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
function notice(text, place = {}) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .notice */ .lm((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text), toPrintablePlace(place)));
}
function warning(text, place = {}) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .warning */ .$e((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text), toPrintablePlace(place)));
}
function debug(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .debug */ .Yz((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
async function group(name, work) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .startGroup */ .Oh((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(name)));
    try {
        return await work();
    }
    finally {
        printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .endGroup */ .N4());
    }
}
/** Marks the step as failed. */
function fail(text) {
    printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1((0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text)));
}
/** Hides a secret in the rest of the job's log, also in the form that it is printed in here. */
function mask(secret) {
    for (const form of (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .listPrintedForms */ .WI)(secret))
        printOwn(() => _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setSecret */ .Pq(form));
}
let isOwn = false;
function printOwn(print) {
    isOwn = true;
    try {
        print();
    }
    finally {
        isOwn = false;
    }
}
/** What `@actions/*` tell the runner beside text, each in one piece: only where the runner has no files for them. */
const libraryCommand = /^::(?:add-mask|(?:set-output|save-state) name=[\w-]+)::[^\r\n]*\r?\n$/;
/** Their words to the people who read the log; what they quote may be a service's. */
const libraryWords = /^(::(?:debug|warning|error|notice)::)([^\r\n]*)\r?\n$/;
/**
 * Libraries print too, past this file (`@actions/cache` the words of its service, for one). From now on that goes through
 * the guard as well; for the entries, as their first act.
 */
function guardStreams() {
    for (const stream of [node_process__WEBPACK_IMPORTED_MODULE_0__.stdout, node_process__WEBPACK_IMPORTED_MODULE_0__.stderr]) {
        const write = stream.write;
        const value = (chunk, ...rest) => Reflect.apply(write, stream, [isOwn || typeof chunk !== 'string' ? chunk : guard(chunk), ...rest]);
        Object.defineProperty(stream, 'write', { value, writable: true, configurable: true });
    }
}
function guard(text) {
    if (libraryCommand.test(text))
        return text;
    const [, command, data] = libraryWords.exec(text) ?? [];
    if (command === undefined || data === undefined)
        return (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(text);
    // As `@actions/core` escapes them.
    const words = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    const printable = (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPrintable */ .f8)(words).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    return `${command}${printable}\n`;
}
/** Waits until all that was printed is with its reader: a process that exits drops what still waits for a full pipe. */
async function flush() {
    const flushed = [node_process__WEBPACK_IMPORTED_MODULE_0__.stdout, node_process__WEBPACK_IMPORTED_MODULE_0__.stderr].map((stream) => new Promise((resolve) => stream.write('', () => resolve())));
    await Promise.all(flushed);
}
function toPrintablePlace({ title, file, startLine }) {
    return {
        ...(title === undefined ? {} : { title: (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPlainText */ .bo)(title) }),
        ...(file === undefined ? {} : { file: (0,_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .toPlainText */ .bo)(file) }),
        ...(startLine === undefined ? {} : { startLine }),
    };
}


/***/ }),

/***/ 3911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WI: () => (/* binding */ listPrintedForms),
/* harmony export */   Xr: () => (/* binding */ toPrintableJson),
/* harmony export */   bo: () => (/* binding */ toPlainText),
/* harmony export */   f8: () => (/* binding */ toPrintable)
/* harmony export */ });
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

};
