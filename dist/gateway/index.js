import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

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

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8321:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 138:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

/**
 * @module
 * A typesafe validation & parsing library for TypeScript.
 *
 * @example
 * ```ts
 * import * as v from "@badrap/valita";
 *
 * const vehicle = v.union(
 *   v.object({ type: v.literal("plane"), airline: v.string() }),
 *   v.object({ type: v.literal("train") }),
 *   v.object({ type: v.literal("automobile"), make: v.string() })
 * );
 * vehicle.parse({ type: "bike" });
 * // ValitaError: invalid_literal at .type (expected "plane", "train" or "automobile")
 * ```
 */
__webpack_unused_export__ = ({ value: true });
__webpack_unused_export__ = exports.KC = __webpack_unused_export__ = exports.YO = exports.g1 = exports.Ik = exports.eu = __webpack_unused_export__ = __webpack_unused_export__ = exports.zM = __webpack_unused_export__ = exports.ai = exports.Yj = __webpack_unused_export__ = exports.L5 = __webpack_unused_export__ = void 0;
__webpack_unused_export__ = ok;
__webpack_unused_export__ = err;
function expectedType(expected) {
    return {
        ok: false,
        code: "invalid_type",
        expected,
    };
}
const ISSUE_EXPECTED_NOTHING = expectedType([]);
const ISSUE_EXPECTED_STRING = expectedType(["string"]);
const ISSUE_EXPECTED_NUMBER = expectedType(["number"]);
const ISSUE_EXPECTED_BIGINT = expectedType(["bigint"]);
const ISSUE_EXPECTED_BOOLEAN = expectedType(["boolean"]);
const ISSUE_EXPECTED_UNDEFINED = expectedType(["undefined"]);
const ISSUE_EXPECTED_NULL = expectedType(["null"]);
const ISSUE_EXPECTED_OBJECT = expectedType(["object"]);
const ISSUE_EXPECTED_ARRAY = expectedType(["array"]);
const ISSUE_MISSING_VALUE = {
    ok: false,
    code: "missing_value",
};
function joinIssues(left, right) {
    return left ? { ok: false, code: "join", left, right } : right;
}
function prependPath(key, tree) {
    return { ok: false, code: "prepend", key, tree };
}
function cloneIssueWithPath(tree, path) {
    const code = tree.code;
    switch (code) {
        case "invalid_type":
            return { code, path, expected: tree.expected };
        case "invalid_literal":
            return { code, path, expected: tree.expected };
        case "missing_value":
            return { code, path };
        case "invalid_length":
            return {
                code,
                path,
                minLength: tree.minLength,
                maxLength: tree.maxLength,
            };
        case "unrecognized_keys":
            return { code, path, keys: tree.keys };
        case "invalid_union":
            return { code, path, tree: tree.tree, issues: collectIssues(tree.tree) };
        case "custom_error":
            if (typeof tree.error === "object" && tree.error.path !== undefined) {
                path.push(...tree.error.path);
            }
            return {
                code,
                path,
                message: typeof tree.error === "string" ? tree.error : tree.error?.message,
                error: tree.error,
            };
    }
}
function collectIssues(tree, path = [], issues = []) {
    for (;;) {
        if (tree.code === "join") {
            collectIssues(tree.left, path.slice(), issues);
            tree = tree.right;
        }
        else if (tree.code === "prepend") {
            path.push(tree.key);
            tree = tree.tree;
        }
        else {
            issues.push(cloneIssueWithPath(tree, path));
            return issues;
        }
    }
}
function separatedList(list, sep) {
    if (list.length === 0) {
        return "nothing";
    }
    else if (list.length === 1) {
        return list[0];
    }
    else {
        return `${list.slice(0, -1).join(", ")} ${sep} ${list[list.length - 1]}`;
    }
}
function formatLiteral(value) {
    return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
function countIssues(tree) {
    let count = 0;
    for (;;) {
        if (tree.code === "join") {
            count += countIssues(tree.left);
            tree = tree.right;
        }
        else if (tree.code === "prepend") {
            tree = tree.tree;
        }
        else {
            return count + 1;
        }
    }
}
function formatIssueTree(tree) {
    let path = "";
    let count = 0;
    for (;;) {
        if (tree.code === "join") {
            count += countIssues(tree.right);
            tree = tree.left;
        }
        else if (tree.code === "prepend") {
            path += `.${tree.key}`;
            tree = tree.tree;
        }
        else {
            break;
        }
    }
    let message = "validation failed";
    if (tree.code === "invalid_type") {
        message = `expected ${separatedList(tree.expected, "or")}`;
    }
    else if (tree.code === "invalid_literal") {
        message = `expected ${separatedList(tree.expected.map(formatLiteral), "or")}`;
    }
    else if (tree.code === "missing_value") {
        message = `missing value`;
    }
    else if (tree.code === "unrecognized_keys") {
        const keys = tree.keys;
        message = `unrecognized ${keys.length === 1 ? "key" : "keys"} ${separatedList(keys.map(formatLiteral), "and")}`;
    }
    else if (tree.code === "invalid_length") {
        const min = tree.minLength;
        const max = tree.maxLength;
        message = `expected an array with `;
        if (min > 0) {
            if (max === min) {
                message += `${min}`;
            }
            else if (max !== undefined) {
                message += `between ${min} and ${max}`;
            }
            else {
                message += `at least ${min}`;
            }
        }
        else {
            message += `at most ${max ?? "∞"}`;
        }
        message += ` item(s)`;
    }
    else if (tree.code === "custom_error") {
        const error = tree.error;
        if (typeof error === "string") {
            message = error;
        }
        else if (error !== undefined) {
            if (error.message !== undefined) {
                message = error.message;
            }
            if (error.path !== undefined) {
                path += "." + error.path.join(".");
            }
        }
    }
    let msg = `${tree.code} at .${path.slice(1)} (${message})`;
    if (count === 1) {
        msg += ` (+ 1 other issue)`;
    }
    else if (count > 1) {
        msg += ` (+ ${count} other issues)`;
    }
    return msg;
}
function lazyProperty(obj, prop, value, enumerable) {
    Object.defineProperty(obj, prop, {
        value,
        enumerable,
        writable: false,
    });
    return value;
}
/**
 * An error type representing one or more validation/parsing errors.
 *
 * The `.message` property gives a short overview of the encountered issues,
 * while the `.issue` property can be used to get a more detailed list.
 *
 * @example
 * ```ts
 * const t = v.object({ a: v.null(), b: v.null() });
 *
 * try {
 *   t.parse({ a: 1 });
 * } catch (err) {
 *   err.message;
 *   // "invalid_type at .a (expected null) (+ 1 other issue)"
 *
 *   err.issues;
 *   // [
 *   //   { code: 'invalid_type', path: [ 'a' ], expected: [ 'null' ] },
 *   //   { code: 'missing_value', path: [ 'b' ] }
 *   // ]
 * }
 * ```
 */
class ValitaError extends Error {
    constructor(issueTree) {
        super(formatIssueTree(issueTree));
        Object.setPrototypeOf(this, new.target.prototype);
        this.name = new.target.name;
        this._issueTree = issueTree;
    }
    get issues() {
        return lazyProperty(this, "issues", collectIssues(this._issueTree), true);
    }
}
__webpack_unused_export__ = ValitaError;
class ErrImpl {
    constructor(issueTree) {
        this.ok = false;
        this._issueTree = issueTree;
    }
    get issues() {
        return lazyProperty(this, "issues", collectIssues(this._issueTree), true);
    }
    get message() {
        return lazyProperty(this, "message", formatIssueTree(this._issueTree), true);
    }
    throw() {
        throw new ValitaError(this._issueTree);
    }
}
function ok(value) {
    return { ok: true, value };
}
/**
 * Create a value for returning a parsing error from chain().
 *
 * An optional error message can be provided.
 *
 * @example
 * ```ts
 * const t = v.string().chain(() => v.err("bad value"));
 *
 * t.parse("hello");
 * // ValitaError: custom_error at . (bad value)
 * ```
 */
function err(error) {
    return new ErrImpl({ ok: false, code: "custom_error", error });
}
function isObject(v) {
    return typeof v === "object" && v !== null && !Array.isArray(v);
}
const FLAG_FORBID_EXTRA_KEYS = 1 << 0;
const FLAG_STRIP_EXTRA_KEYS = 1 << 1;
const FLAG_MISSING_VALUE = 1 << 2;
const TAG_UNKNOWN = 0;
const TAG_NEVER = 1;
const TAG_STRING = 2;
const TAG_NUMBER = 3;
const TAG_BIGINT = 4;
const TAG_BOOLEAN = 5;
const TAG_NULL = 6;
const TAG_UNDEFINED = 7;
const TAG_LITERAL = 8;
const TAG_OPTIONAL = 9;
const TAG_OBJECT = 10;
const TAG_ARRAY = 11;
const TAG_UNION = 12;
const TAG_SIMPLE_UNION = 13;
const TAG_TRANSFORM = 14;
const TAG_OTHER = 15;
const taggedMatcher = (tag, match) => {
    return { tag, match };
};
function callMatcher(matcher, value, flags) {
    switch (matcher.tag) {
        case TAG_UNKNOWN:
            return undefined;
        case TAG_NEVER:
            return ISSUE_EXPECTED_NOTHING;
        case TAG_STRING:
            return typeof value === "string" ? undefined : ISSUE_EXPECTED_STRING;
        case TAG_NUMBER:
            return typeof value === "number" ? undefined : ISSUE_EXPECTED_NUMBER;
        case TAG_BIGINT:
            return typeof value === "bigint" ? undefined : ISSUE_EXPECTED_BIGINT;
        case TAG_BOOLEAN:
            return typeof value === "boolean" ? undefined : ISSUE_EXPECTED_BOOLEAN;
        case TAG_NULL:
            return value === null ? undefined : ISSUE_EXPECTED_NULL;
        case TAG_UNDEFINED:
            return value === undefined ? undefined : ISSUE_EXPECTED_UNDEFINED;
        case TAG_LITERAL:
            return matcher.match(value, flags);
        case TAG_OPTIONAL:
            return matcher.match(value, flags);
        case TAG_OBJECT:
            return matcher.match(value, flags);
        case TAG_ARRAY:
            return matcher.match(value, flags);
        case TAG_UNION:
            return matcher.match(value, flags);
        case TAG_SIMPLE_UNION:
            return matcher.match(value, flags);
        case TAG_TRANSFORM:
            return matcher.match(value, flags);
        default:
            return matcher.match(value, flags);
    }
}
const MATCHER_SYMBOL = Symbol.for("@valita/internal");
class AbstractType {
    default(defaultValue) {
        const defaultResult = ok(defaultValue);
        return new TransformType(this.optional(), (v) => {
            return v === undefined ? defaultResult : undefined;
        });
    }
    /**
     * Derive a new validator that uses the provided predicate function to
     * perform custom validation for the source validator's output values.
     *
     * The predicate function should return `true` when the source
     * type's output value is valid, `false` otherwise. The checked value
     * itself won't get modified or replaced, and is returned as-is on
     * validation success.
     *
     * @example A validator that accepts only numeric strings.
     * ```ts
     * const numericString = v.string().assert((s) => /^\d+$/.test(s))
     * numericString.parse("1");
     * // "1"
     * numericString.parse("foo");
     * // ValitaError: custom_error at . (validation failed)
     * ```
     *
     * You can also _refine_ the output type by passing in a
     * [type predicate](https://www.typescriptlang.org/docs/handbook/2/narrowing.html#using-type-predicates).
     * Note that the type predicate must have a compatible input type.
     *
     * @example A validator with its output type refined to `Date`.
     * ```ts
     * const dateType = v.unknown().assert((v): v is Date => v instanceof Date);
     * ```
     *
     * You can also pass in a custom failure messages.
     *
     * @example A validator that rejects non-integers with a custom error.
     * ```ts
     * const integer = v.number().assert((n) => Number.isInteger(n), "not an integer");
     * integer.parse(1);
     * // 1
     * integer.parse(1.5);
     * // ValitaError: custom_error at . (not an integer)
     * ```
     *
     * @param func - The assertion predicate function.
     * @param [error] - A custom error for situations when the assertion
     *                  predicate returns `false`.
     */
    assert(func, error) {
        const err = { ok: false, code: "custom_error", error };
        return new TransformType(this, (v, flags) => func(v, flagsToOptions(flags)) ? undefined : err);
    }
    map(func) {
        return new TransformType(this, (v, flags) => ({
            ok: true,
            value: func(v, flagsToOptions(flags)),
        }));
    }
    chain(input) {
        if (typeof input === "function") {
            return new TransformType(this, (v, flags) => {
                const r = input(v, flagsToOptions(flags));
                return r.ok
                    ? r
                    : r._issueTree;
            });
        }
        return new TransformType(this, (v, flags) => callMatcher(input[MATCHER_SYMBOL], v, flags));
    }
}
/**
 * A base class for all concrete validators/parsers.
 */
class Type extends AbstractType {
    optional(defaultFn) {
        // If this type is already Optional there's no need to wrap it inside
        // a new Optional instance.
        const optional = new Optional(this);
        if (!defaultFn) {
            return optional;
        }
        return new TransformType(optional, (v) => {
            return v === undefined ? { ok: true, value: defaultFn() } : undefined;
        });
    }
    nullable(defaultFn) {
        const nullable = new SimpleUnion([null_(), this]);
        if (!defaultFn) {
            return nullable;
        }
        return new TransformType(nullable, (v) => {
            return v === null ? { ok: true, value: defaultFn() } : undefined;
        });
    }
    _toTerminals(func) {
        func(this);
    }
    /**
     * Parse a value without throwing.
     */
    try(v, options) {
        const r = callMatcher(this[MATCHER_SYMBOL], v, options === undefined
            ? FLAG_FORBID_EXTRA_KEYS
            : options.mode === "strip"
                ? FLAG_STRIP_EXTRA_KEYS
                : options.mode === "passthrough"
                    ? 0
                    : FLAG_FORBID_EXTRA_KEYS);
        return r === undefined || r.ok
            ? { ok: true, value: (r === undefined ? v : r.value) }
            : new ErrImpl(r);
    }
    /**
     * Parse a value. Throw a ValitaError on failure.
     */
    parse(v, options) {
        const r = callMatcher(this[MATCHER_SYMBOL], v, options === undefined
            ? FLAG_FORBID_EXTRA_KEYS
            : options.mode === "strip"
                ? FLAG_STRIP_EXTRA_KEYS
                : options.mode === "passthrough"
                    ? 0
                    : FLAG_FORBID_EXTRA_KEYS);
        if (r === undefined || r.ok) {
            return (r === undefined ? v : r.value);
        }
        throw new ValitaError(r);
    }
}
class SimpleUnion extends Type {
    constructor(options) {
        super();
        this.name = "union";
        this.options = options;
    }
    get [MATCHER_SYMBOL]() {
        const options = this.options.map((o) => o[MATCHER_SYMBOL]);
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_SIMPLE_UNION, (v, flags) => {
            let issue = ISSUE_EXPECTED_NOTHING;
            for (const option of options) {
                const result = callMatcher(option, v, flags);
                if (result === undefined || result.ok) {
                    return result;
                }
                issue = result;
            }
            return issue;
        }), false);
    }
    _toTerminals(func) {
        for (const option of this.options) {
            option._toTerminals(func);
        }
    }
}
/**
 * A validator/parser marked as "optional", signifying that their value can
 * be missing from the parsed object.
 *
 * As such optionals can only be used as property validators within
 * object validators.
 */
class Optional extends AbstractType {
    constructor(type) {
        super();
        this.name = "optional";
        this.type = type;
    }
    optional(defaultFn) {
        if (!defaultFn) {
            return this;
        }
        return new TransformType(this, (v) => {
            return v === undefined ? { ok: true, value: defaultFn() } : undefined;
        });
    }
    get [MATCHER_SYMBOL]() {
        const matcher = this.type[MATCHER_SYMBOL];
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_OPTIONAL, (v, flags) => v === undefined || flags & FLAG_MISSING_VALUE
            ? undefined
            : callMatcher(matcher, v, flags)), false);
    }
    _toTerminals(func) {
        func(this);
        func(undefined_());
        this.type._toTerminals(func);
    }
}
// Set a bit in position `index` to one and return the updated bitset.
// This function may or may not mutate `bits` in-place.
function setBit(bits, index) {
    if (typeof bits !== "number") {
        const idx = index >> 5;
        for (let i = bits.length; i <= idx; i++) {
            bits.push(0);
        }
        bits[idx] |= 1 << index % 32;
        return bits;
    }
    else if (index < 32) {
        return bits | (1 << index);
    }
    else {
        return setBit([bits, 0], index);
    }
}
// Get the bit at position `index`.
function getBit(bits, index) {
    if (typeof bits === "number") {
        return index < 32 ? (bits >>> index) & 1 : 0;
    }
    else {
        return (bits[index >> 5] >>> index % 32) & 1;
    }
}
class ObjectType extends Type {
    constructor(shape, restType, checks) {
        super();
        this.name = "object";
        this.shape = shape;
        this._restType = restType;
        this._checks = checks;
    }
    get [MATCHER_SYMBOL]() {
        const func = createObjectMatcher(this.shape, this._restType, this._checks);
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_OBJECT, (v, flags) => isObject(v) ? func(v, flags) : ISSUE_EXPECTED_OBJECT), false);
    }
    check(func, error) {
        const issue = { ok: false, code: "custom_error", error };
        return new ObjectType(this.shape, this._restType, [
            ...(this._checks ?? []),
            {
                func: func,
                issue,
            },
        ]);
    }
    rest(restType) {
        return new ObjectType(this.shape, restType);
    }
    extend(shape) {
        return new ObjectType({ ...this.shape, ...shape }, this._restType);
    }
    pick(...keys) {
        const shape = {};
        for (const key of keys) {
            set(shape, key, this.shape[key]);
        }
        return new ObjectType(shape, undefined);
    }
    omit(...keys) {
        const shape = { ...this.shape };
        for (const key of keys) {
            delete shape[key];
        }
        return new ObjectType(shape, this._restType);
    }
    partial() {
        const shape = {};
        for (const key of Object.keys(this.shape)) {
            set(shape, key, this.shape[key].optional());
        }
        const rest = this._restType?.optional();
        return new ObjectType(shape, rest);
    }
}
function set(obj, key, value) {
    if (key === "__proto__") {
        Object.defineProperty(obj, key, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
        });
    }
    else {
        obj[key] = value;
    }
}
function createObjectMatcher(shape, rest, checks) {
    const indexedEntries = Object.keys(shape).map((key, index) => {
        const type = shape[key];
        let optional = false;
        type._toTerminals((t) => {
            optional ||= t.name === "optional";
        });
        return {
            key,
            index,
            matcher: type[MATCHER_SYMBOL],
            optional,
            missing: prependPath(key, ISSUE_MISSING_VALUE),
        };
    });
    const keyedEntries = Object.create(null);
    for (const entry of indexedEntries) {
        keyedEntries[entry.key] = entry;
    }
    const restMatcher = rest?.[MATCHER_SYMBOL];
    // A fast path for record(unknown()) without checks
    const fastPath = indexedEntries.length === 0 &&
        rest?.name === "unknown" &&
        checks === undefined;
    return (obj, flags) => {
        if (fastPath) {
            return undefined;
        }
        let output = undefined;
        let issues = undefined;
        let unrecognized = undefined;
        let seenBits = 0;
        let seenCount = 0;
        if (flags & (FLAG_FORBID_EXTRA_KEYS | FLAG_STRIP_EXTRA_KEYS) ||
            restMatcher !== undefined) {
            for (const key in obj) {
                const value = obj[key];
                const entry = keyedEntries[key];
                if (entry === undefined && restMatcher === undefined) {
                    if (flags & FLAG_FORBID_EXTRA_KEYS) {
                        if (unrecognized === undefined) {
                            unrecognized = [key];
                            issues = joinIssues(issues, {
                                ok: false,
                                code: "unrecognized_keys",
                                keys: unrecognized,
                            });
                        }
                        else {
                            unrecognized.push(key);
                        }
                    }
                    else if (flags & FLAG_STRIP_EXTRA_KEYS &&
                        issues === undefined &&
                        output === undefined) {
                        output = {};
                        for (let m = 0; m < indexedEntries.length; m++) {
                            if (getBit(seenBits, m)) {
                                const k = indexedEntries[m].key;
                                set(output, k, obj[k]);
                            }
                        }
                    }
                    continue;
                }
                const r = entry === undefined
                    ? callMatcher(restMatcher, value, flags)
                    : callMatcher(entry.matcher, value, flags);
                if (r === undefined) {
                    if (output !== undefined && issues === undefined) {
                        set(output, key, value);
                    }
                }
                else if (!r.ok) {
                    issues = joinIssues(issues, prependPath(key, r));
                }
                else if (issues === undefined) {
                    if (output === undefined) {
                        output = {};
                        if (restMatcher === undefined) {
                            for (let m = 0; m < indexedEntries.length; m++) {
                                if (getBit(seenBits, m)) {
                                    const k = indexedEntries[m].key;
                                    set(output, k, obj[k]);
                                }
                            }
                        }
                        else {
                            for (const k in obj) {
                                set(output, k, obj[k]);
                            }
                        }
                    }
                    set(output, key, r.value);
                }
                if (entry !== undefined) {
                    seenCount++;
                    seenBits = setBit(seenBits, entry.index);
                }
            }
        }
        if (seenCount < indexedEntries.length) {
            for (let i = 0; i < indexedEntries.length; i++) {
                if (getBit(seenBits, i)) {
                    continue;
                }
                const entry = indexedEntries[i];
                const value = obj[entry.key];
                let extraFlags = 0;
                if (value === undefined && !(entry.key in obj)) {
                    if (!entry.optional) {
                        issues = joinIssues(issues, entry.missing);
                        continue;
                    }
                    extraFlags = FLAG_MISSING_VALUE;
                }
                const r = callMatcher(entry.matcher, value, flags | extraFlags);
                if (r === undefined) {
                    if (output !== undefined && issues === undefined && !extraFlags) {
                        set(output, entry.key, value);
                    }
                }
                else if (!r.ok) {
                    issues = joinIssues(issues, prependPath(entry.key, r));
                }
                else if (issues === undefined) {
                    if (output === undefined) {
                        output = {};
                        if (restMatcher === undefined) {
                            for (let m = 0; m < indexedEntries.length; m++) {
                                if (m < i || getBit(seenBits, m)) {
                                    const k = indexedEntries[m].key;
                                    set(output, k, obj[k]);
                                }
                            }
                        }
                        else {
                            for (const k in obj) {
                                set(output, k, obj[k]);
                            }
                            for (let m = 0; m < i; m++) {
                                if (!getBit(seenBits, m)) {
                                    const k = indexedEntries[m].key;
                                    set(output, k, obj[k]);
                                }
                            }
                        }
                    }
                    set(output, entry.key, r.value);
                }
            }
        }
        if (issues !== undefined) {
            return issues;
        }
        if (checks !== undefined) {
            for (const { func, issue } of checks) {
                if (!func(output ?? obj)) {
                    return issue;
                }
            }
        }
        return output && { ok: true, value: output };
    };
}
class ArrayOrTupleType extends Type {
    constructor(prefix, rest, suffix) {
        super();
        this.name = "array";
        this._prefix = prefix;
        this._rest = rest;
        this._suffix = suffix;
    }
    get [MATCHER_SYMBOL]() {
        const prefix = this._prefix.map((t) => t[MATCHER_SYMBOL]);
        const suffix = this._suffix.map((t) => t[MATCHER_SYMBOL]);
        const rest = this._rest?.[MATCHER_SYMBOL] ??
            taggedMatcher(1, () => ISSUE_MISSING_VALUE);
        const minLength = prefix.length + suffix.length;
        const maxLength = this._rest ? Infinity : minLength;
        const invalidLength = {
            ok: false,
            code: "invalid_length",
            minLength,
            maxLength: maxLength === Infinity ? undefined : maxLength,
        };
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_ARRAY, (arr, flags) => {
            if (!Array.isArray(arr)) {
                return ISSUE_EXPECTED_ARRAY;
            }
            const length = arr.length;
            if (length < minLength || length > maxLength) {
                return invalidLength;
            }
            const headEnd = prefix.length;
            const tailStart = arr.length - suffix.length;
            let issueTree = undefined;
            let output = arr;
            for (let i = 0; i < arr.length; i++) {
                const entry = i < headEnd
                    ? prefix[i]
                    : i >= tailStart
                        ? suffix[i - tailStart]
                        : rest;
                const r = callMatcher(entry, arr[i], flags);
                if (r !== undefined) {
                    if (r.ok) {
                        if (output === arr) {
                            output = arr.slice();
                        }
                        output[i] = r.value;
                    }
                    else {
                        issueTree = joinIssues(issueTree, prependPath(i, r));
                    }
                }
            }
            if (issueTree) {
                return issueTree;
            }
            else if (arr === output) {
                return undefined;
            }
            else {
                return { ok: true, value: output };
            }
        }), false);
    }
    concat(type) {
        if (this._rest) {
            if (type._rest) {
                throw new TypeError("can not concatenate two variadic types");
            }
            return new ArrayOrTupleType(this._prefix, this._rest, [
                ...this._suffix,
                ...type._prefix,
                ...type._suffix,
            ]);
        }
        else if (type._rest) {
            return new ArrayOrTupleType([...this._prefix, ...this._suffix, ...type._prefix], type._rest, type._suffix);
        }
        else {
            return new ArrayOrTupleType([...this._prefix, ...this._suffix, ...type._prefix, ...type._suffix], type._rest, type._suffix);
        }
    }
}
function toInputType(v) {
    const type = typeof v;
    if (type !== "object") {
        return type;
    }
    else if (v === null) {
        return "null";
    }
    else if (Array.isArray(v)) {
        return "array";
    }
    else {
        return type;
    }
}
function dedup(arr) {
    return [...new Set(arr)];
}
function groupTerminals(terminals) {
    const order = new Map();
    const literals = new Map();
    const types = new Map();
    const unknowns = [];
    const optionals = [];
    const expectedTypes = [];
    for (const { root, terminal } of terminals) {
        order.set(root, order.get(root) ?? order.size);
        if (terminal.name === "never") {
            // skip
        }
        else if (terminal.name === "optional") {
            optionals.push(root);
        }
        else if (terminal.name === "unknown") {
            unknowns.push(root);
        }
        else if (terminal.name === "literal") {
            const roots = literals.get(terminal.value) ?? [];
            roots.push(root);
            literals.set(terminal.value, roots);
            expectedTypes.push(toInputType(terminal.value));
        }
        else {
            const roots = types.get(terminal.name) ?? [];
            roots.push(root);
            types.set(terminal.name, roots);
            expectedTypes.push(terminal.name);
        }
    }
    const byOrder = (a, b) => {
        return (order.get(a) ?? 0) - (order.get(b) ?? 0);
    };
    for (const [value, roots] of literals) {
        const options = types.get(toInputType(value));
        if (options) {
            options.push(...roots);
            literals.delete(value);
        }
        else {
            literals.set(value, dedup(roots.concat(unknowns)).sort(byOrder));
        }
    }
    for (const [type, roots] of types) {
        types.set(type, dedup(roots.concat(unknowns)).sort(byOrder));
    }
    return {
        types,
        literals,
        unknowns: dedup(unknowns).sort(byOrder),
        optionals: dedup(optionals).sort(byOrder),
        expectedTypes: dedup(expectedTypes),
    };
}
function createObjectKeyMatcher(objects, key) {
    const list = [];
    for (const { root, terminal } of objects) {
        terminal.shape[key]._toTerminals((t) => list.push({ root, terminal: t }));
    }
    const { types, literals, optionals, unknowns, expectedTypes } = groupTerminals(list);
    if (unknowns.length > 0 || optionals.length > 1) {
        return undefined;
    }
    for (const roots of literals.values()) {
        if (roots.length > 1) {
            return undefined;
        }
    }
    for (const roots of types.values()) {
        if (roots.length > 1) {
            return undefined;
        }
    }
    const missingValue = prependPath(key, ISSUE_MISSING_VALUE);
    const issue = prependPath(key, types.size === 0
        ? {
            ok: false,
            code: "invalid_literal",
            expected: [...literals.keys()],
        }
        : {
            ok: false,
            code: "invalid_type",
            expected: expectedTypes,
        });
    const byLiteral = literals.size > 0 ? new Map() : undefined;
    if (byLiteral) {
        for (const [literal, options] of literals) {
            byLiteral.set(literal, options[0][MATCHER_SYMBOL]);
        }
    }
    const byType = types.size > 0 ? {} : undefined;
    if (byType) {
        for (const [type, options] of types) {
            byType[type] = options[0][MATCHER_SYMBOL];
        }
    }
    const optional = optionals[0]?.[MATCHER_SYMBOL];
    return (obj, flags) => {
        const value = obj[key];
        if (value === undefined && !(key in obj)) {
            return optional === undefined
                ? missingValue
                : callMatcher(optional, obj, flags);
        }
        const option = byType?.[toInputType(value)] ?? byLiteral?.get(value);
        return option ? callMatcher(option, obj, flags) : issue;
    };
}
function createUnionObjectMatcher(terminals) {
    const objects = [];
    const keyCounts = new Map();
    for (const { root, terminal } of terminals) {
        if (terminal.name === "unknown") {
            return undefined;
        }
        if (terminal.name === "object") {
            for (const key in terminal.shape) {
                keyCounts.set(key, (keyCounts.get(key) ?? 0) + 1);
            }
            objects.push({ root, terminal });
        }
    }
    if (objects.length < 2) {
        return undefined;
    }
    for (const [key, count] of keyCounts) {
        if (count === objects.length) {
            const matcher = createObjectKeyMatcher(objects, key);
            if (matcher) {
                return matcher;
            }
        }
    }
    return undefined;
}
function createUnionBaseMatcher(terminals) {
    const { expectedTypes, literals, types, unknowns, optionals } = groupTerminals(terminals);
    const issue = types.size === 0 && unknowns.length === 0
        ? {
            ok: false,
            code: "invalid_literal",
            expected: [...literals.keys()],
        }
        : {
            ok: false,
            code: "invalid_type",
            expected: expectedTypes,
        };
    const byLiteral = literals.size > 0 ? new Map() : undefined;
    if (byLiteral) {
        for (const [literal, options] of literals) {
            byLiteral.set(literal, options.map((t) => t[MATCHER_SYMBOL]));
        }
    }
    const byType = types.size > 0 ? {} : undefined;
    if (byType) {
        for (const [type, options] of types) {
            byType[type] = options.map((t) => t[MATCHER_SYMBOL]);
        }
    }
    const optionalMatchers = optionals.map((t) => t[MATCHER_SYMBOL]);
    const unknownMatchers = unknowns.map((t) => t[MATCHER_SYMBOL]);
    return (value, flags) => {
        const options = flags & FLAG_MISSING_VALUE
            ? optionalMatchers
            : (byType?.[toInputType(value)] ??
                byLiteral?.get(value) ??
                unknownMatchers);
        let count = 0;
        let issueTree = issue;
        for (let i = 0; i < options.length; i++) {
            const r = callMatcher(options[i], value, flags);
            if (r === undefined || r.ok) {
                return r;
            }
            issueTree = count > 0 ? joinIssues(issueTree, r) : r;
            count++;
        }
        if (count > 1) {
            return { ok: false, code: "invalid_union", tree: issueTree };
        }
        return issueTree;
    };
}
class UnionType extends Type {
    constructor(options) {
        super();
        this.name = "union";
        this.options = options;
    }
    _toTerminals(func) {
        for (const option of this.options) {
            option._toTerminals(func);
        }
    }
    get [MATCHER_SYMBOL]() {
        const flattened = [];
        for (const option of this.options) {
            option._toTerminals((terminal) => {
                flattened.push({ root: option, terminal });
            });
        }
        const base = createUnionBaseMatcher(flattened);
        const object = createUnionObjectMatcher(flattened);
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_UNION, (v, f) => object !== undefined && isObject(v) ? object(v, f) : base(v, f)), false);
    }
}
const STRICT = Object.freeze({ mode: "strict" });
const STRIP = Object.freeze({ mode: "strip" });
const PASSTHROUGH = Object.freeze({ mode: "passthrough" });
function flagsToOptions(flags) {
    return flags & FLAG_FORBID_EXTRA_KEYS
        ? STRICT
        : flags & FLAG_STRIP_EXTRA_KEYS
            ? STRIP
            : PASSTHROUGH;
}
class TransformType extends Type {
    constructor(transformed, transform) {
        super();
        this.name = "transform";
        this._transformed = transformed;
        this._transform = transform;
    }
    get [MATCHER_SYMBOL]() {
        const chain = [];
        // eslint-disable-next-line @typescript-eslint/no-this-alias
        let next = this;
        while (next instanceof TransformType) {
            chain.push(next._transform);
            next = next._transformed;
        }
        chain.reverse();
        const matcher = next[MATCHER_SYMBOL];
        const undef = ok(undefined);
        return lazyProperty(this, MATCHER_SYMBOL, taggedMatcher(TAG_TRANSFORM, (v, flags) => {
            let result = callMatcher(matcher, v, flags);
            if (result !== undefined && !result.ok) {
                return result;
            }
            let current;
            if (result !== undefined) {
                current = result.value;
            }
            else if (flags & FLAG_MISSING_VALUE) {
                current = undefined;
                result = undef;
            }
            else {
                current = v;
            }
            for (let i = 0; i < chain.length; i++) {
                const r = chain[i](current, flags);
                if (r !== undefined) {
                    if (!r.ok) {
                        return r;
                    }
                    current = r.value;
                    result = r;
                }
            }
            return result;
        }), false);
    }
    _toTerminals(func) {
        this._transformed._toTerminals(func);
    }
}
class LazyType extends Type {
    constructor(definer) {
        super();
        this.name = "lazy";
        /** @internal */
        this._recursing = false;
        this._definer = definer;
    }
    get type() {
        return lazyProperty(this, "type", this._definer(), true);
    }
    get [MATCHER_SYMBOL]() {
        const matcher = taggedMatcher(TAG_OTHER, (value, flags) => {
            const typeMatcher = this.type[MATCHER_SYMBOL];
            matcher.tag = typeMatcher.tag;
            matcher.match = typeMatcher.match;
            lazyProperty(this, MATCHER_SYMBOL, typeMatcher, false);
            return callMatcher(typeMatcher, value, flags);
        });
        return matcher;
    }
    _toTerminals(func) {
        if (!this._recursing) {
            this._recursing = true;
            try {
                this.type._toTerminals(func);
            }
            finally {
                this._recursing = false;
            }
        }
    }
}
function singleton(name, tag, match) {
    const value = taggedMatcher(tag, match);
    class SimpleType extends Type {
        constructor() {
            super();
            this.name = name;
            this[MATCHER_SYMBOL] = value;
        }
    }
    const instance = new SimpleType();
    return /*#__NO_SIDE_EFFECTS__*/ () => instance;
}
/**
 * Create a validator that matches any value,
 * analogous to the TypeScript type `unknown`.
 */
exports.L5 = singleton("unknown", TAG_UNKNOWN, () => undefined);
/**
 * Create a validator that never matches any value,
 * analogous to the TypeScript type `never`.
 */
__webpack_unused_export__ = singleton("never", TAG_NEVER, () => ISSUE_EXPECTED_NOTHING);
/**
 * Create a validator that matches any string value.
 */
exports.Yj = singleton("string", TAG_STRING, (v) => (typeof v === "string" ? undefined : ISSUE_EXPECTED_STRING));
/**
 * Create a validator that matches any number value.
 */
exports.ai = singleton("number", TAG_NUMBER, (v) => (typeof v === "number" ? undefined : ISSUE_EXPECTED_NUMBER));
/**
 * Create a validator that matches any bigint value.
 */
__webpack_unused_export__ = singleton("bigint", TAG_BIGINT, (v) => (typeof v === "bigint" ? undefined : ISSUE_EXPECTED_BIGINT));
/**
 * Create a validator that matches any boolean value.
 */
exports.zM = singleton("boolean", TAG_BOOLEAN, (v) => (typeof v === "boolean" ? undefined : ISSUE_EXPECTED_BOOLEAN));
/**
 * Create a validator that matches `null`.
 */
const null_ = /*#__PURE__*/ singleton("null", TAG_NULL, (v) => (v === null ? undefined : ISSUE_EXPECTED_NULL));
__webpack_unused_export__ = null_;
/**
 * Create a validator that matches `undefined`.
 */
const undefined_ = /*#__PURE__*/ singleton("undefined", TAG_UNDEFINED, (v) => (v === undefined ? undefined : ISSUE_EXPECTED_UNDEFINED));
__webpack_unused_export__ = undefined_;
class LiteralType extends Type {
    constructor(value) {
        super();
        this.name = "literal";
        const issue = {
            ok: false,
            code: "invalid_literal",
            expected: [value],
        };
        this[MATCHER_SYMBOL] = taggedMatcher(TAG_LITERAL, (v) => v === value ? undefined : issue);
        this.value = value;
    }
}
/**
 * Create a validator for a specific string, number, bigint or boolean value.
 */
const literal = (value) => {
    return /*#__PURE__*/ new LiteralType(value);
};
exports.eu = literal;
/**
 * Create a validator for an object type.
 */
const object = (obj) => {
    return /*#__PURE__*/ new ObjectType(obj, undefined);
};
exports.Ik = object;
/**
 * Create a validator for a record type `Record<string, T>`,
 * where `T` is the output type of the given subvalidator.
 */
const record = (valueType) => {
    return /*#__PURE__*/ new ObjectType({}, valueType ?? (0, exports.L5)());
};
exports.g1 = record;
/**
 * Create a validator for an array type `T[]`,
 * where `T` is the output type of the given subvalidator.
 */
const array = (item) => {
    return /*#__PURE__*/ new ArrayOrTupleType([], item ?? (0, exports.L5)(), []);
};
exports.YO = array;
/**
 * Create a validator for an array type `[T1, T2, ..., Tn]`,
 * where `T1`, `T2`, ..., `Tn` are the output types of the given subvalidators.
 */
const tuple = (items) => {
    return /*#__PURE__*/ new ArrayOrTupleType(items, undefined, []);
};
__webpack_unused_export__ = tuple;
/**
 * Create a validator that matches any type `T1 | T2 | ... | Tn`,
 * where `T1`, `T2`, ..., `Tn` are the output types of the given subvalidators.
 *
 * This is analogous to how TypeScript's union types are constructed.
 */
const union = (...options) => {
    return /*#__PURE__*/ new UnionType(options);
};
exports.KC = union;
/**
 * Create a validator that can reference itself, directly or indirectly.
 *
 * In most cases an explicit type annotation is also needed, as TypeScript
 * cannot infer return types of recursive functions.
 *
 * @example
 * ```ts
 * import * as v from "@badrap/valita";
 *
 * type T = string | T[];
 * const type: v.Type<T> = v.lazy(() => v.union(v.string(), v.array(type)));
 * ```
 */
const lazy = (definer) => {
    return new LazyType(definer);
};
__webpack_unused_export__ = lazy;
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 2185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        if (signal?.aborted)
            return reject(signal.reason);
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, ms);
        signal?.addEventListener('abort', stop, { once: true });
    }),
};


/***/ }),

/***/ 7216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isSettled),
/* harmony export */   u: () => (/* binding */ createDeferred)
/* harmony export */ });
/** Promise.withResolvers, which Node 20 does not have. */
function createDeferred() {
    let settle = { resolve: () => undefined, reject: () => undefined };
    const promise = new Promise((resolve, reject) => {
        settle = { resolve, reject };
    });
    return { promise, resolve: (value) => settle.resolve(value), reject: (error) => settle.reject(error) };
}
/** Whether it has an end, of any kind, before that time is over. */
async function isSettled(work, timeoutMs) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const settled = work.then(() => true, () => true);
    try {
        return await Promise.race([settled, late]);
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 3372:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ forEachParallel)
/* harmony export */ });
/** Runs `work` on each item, at most `limit` at once; the first fault stops the start of further ones and is thrown. */
async function forEachParallel(items, limit, work) {
    const iterator = items[Symbol.iterator]();
    let failed = false;
    const runLane = async () => {
        for (;;) {
            if (failed)
                return;
            const next = iterator.next();
            if (next.done)
                return;
            try {
                await work(next.value);
            }
            catch (error) {
                failed = true;
                throw error;
            }
        }
    };
    const lanes = await Promise.allSettled(Array.from({ length: limit }, runLane));
    for (const lane of lanes)
        if (lane.status === 'rejected')
            throw lane.reason;
}


/***/ }),

/***/ 7316:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ toAbsence),
/* harmony export */   T6: () => (/* binding */ ProxyError),
/* harmony export */   e3: () => (/* binding */ SilenceError)
/* harmony export */ });
/** We have waited long enough. */
class SilenceError extends Error {
}
/** A proxy does not get us to the host. */
class ProxyError extends Error {
}
const refusals = new Set([
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    // Firewalls that reject, and sandboxes.
    'EACCES',
    'EPERM',
    // The kernel or node gave up connecting: who waits again waits as long.
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EAI_FAIL',
    'EAI_NODATA',
    'EAI_NONAME',
]);
/** Codes of OpenSSL's verification and of node's own checks. */
const distrust = /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|^EPROTO$/;
function toAbsence(error) {
    if (error instanceof SilenceError)
        return 'silent';
    if (error instanceof ProxyError)
        return 'refused';
    const code = readCode(error);
    if (refusals.has(code))
        return 'refused';
    return distrust.test(code) ? 'untrusted' : 'broken';
}
/** Of an error, or of the first of several: node tries all addresses of a host. */
function readCode(error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
        return error.code;
    return error instanceof AggregateError && error.errors.length > 0 ? readCode(error.errors[0]) : '';
}


/***/ }),

/***/ 4870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hg: () => (/* binding */ cutParts),
/* harmony export */   Ty: () => (/* binding */ blockShape),
/* harmony export */   fe: () => (/* binding */ chunkShape),
/* harmony export */   h_: () => (/* binding */ uploadSource)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _async_parallel_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3372);
/* harmony import */ var _cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8401);
/* harmony import */ var _cache_protocol_blob_xml_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2716);
/* harmony import */ var _cache_protocol_range_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5753);
/* harmony import */ var _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6532);
/* harmony import */ var _dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5911);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2459);








/** 84 MB/s were measured against GitHub with it; one stream makes a quarter of that. */
const blockShape = { partBytes: 16 * 1024 * 1024, parallel: 8 };
/** What both v1 clients do, so what servers of v1 are used to. */
const chunkShape = { partBytes: 32 * 1024 * 1024, parallel: 4 };
const azureHeaders = { 'x-ms-version': _cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .BLOB_API_VERSION */ .m3, 'content-type': 'application/octet-stream' };
/** Sends the bytes of a source in pieces, each retried by itself; all pieces are idempotent. */
async function uploadSource(session, ticket, source, shape, options) {
    if (ticket.protocol === 1)
        return await uploadChunks(session, ticket.cacheId, source, shape, options);
    const { sizeBytes } = source;
    if (sizeBytes <= shape.partBytes) {
        const headers = { ...azureHeaders, 'x-ms-blob-type': 'BlockBlob' };
        return await sendPart(session, { url: ticket.url, headers, source, start: 0, end: sizeBytes - 1 }, options);
    }
    await uploadBlocks(session, ticket.url, source, shape, options);
}
async function uploadBlocks(session, signedUrl, source, shape, options) {
    const prefix = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const parts = cutParts(source.sizeBytes, shape.partBytes);
    await (0,_async_parallel_js__WEBPACK_IMPORTED_MODULE_5__/* .forEachParallel */ .I)(parts, shape.parallel, async ({ index, start, end }) => {
        const url = (0,_cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .toPutBlockUrl */ .Hu)(signedUrl, (0,_cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .toBlockId */ .wR)(prefix, index));
        await sendPart(session, { url, headers: azureHeaders, source, start, end }, options);
    });
    const list = (0,_cache_protocol_blob_xml_js__WEBPACK_IMPORTED_MODULE_1__/* .renderBlockList */ .GJ)(parts.map(({ index }) => (0,_cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .toBlockId */ .wR)(prefix, index)));
    await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .callForText */ .Dg)(session, 'upload', signedUrl, options, (signal) => ({
        method: 'PUT',
        url: (0,_cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .toPutBlockListUrl */ .DC)(signedUrl),
        headers: { 'x-ms-version': _cache_protocol_blob_js__WEBPACK_IMPORTED_MODULE_4__/* .BLOB_API_VERSION */ .m3, 'content-type': 'application/xml' },
        body: list,
        signal,
    }), requireSuccess);
}
async function uploadChunks(session, cacheId, source, shape, options) {
    await (0,_async_parallel_js__WEBPACK_IMPORTED_MODULE_5__/* .forEachParallel */ .I)(cutParts(source.sizeBytes, shape.partBytes), shape.parallel, async ({ start, end }) => {
        const { method, url } = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_6__/* .toV1Request */ .eZ)(session.baseUrl, { kind: 'chunk', cacheId });
        const headers = {
            ...(0,_dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .toV1Headers */ .fb)(session),
            'content-type': 'application/octet-stream',
            'content-range': (0,_cache_protocol_range_js__WEBPACK_IMPORTED_MODULE_7__/* .renderContentRange */ .lh)({ start, end }),
        };
        // Chunked, without a length: so do both known clients, and so servers expect it.
        await sendPart(session, { method, url, headers, source, start, end, chunked: true }, options);
    });
}
async function sendPart(session, part, options) {
    const { url, headers, source, start, end } = part;
    const length = end - start + 1;
    await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .callForText */ .Dg)(session, 'upload', url, options, (signal) => ({
        method: part.method ?? 'PUT',
        url,
        headers,
        // A new stream for each try: the one of a broken try is half read.
        body: source.read(start, end),
        ...(part.chunked ? {} : { contentLength: length }),
        signal,
    }), requireSuccess);
    session.observer.onBytes('up', length);
}
function requireSuccess(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return;
    throw new _session_js__WEBPACK_IMPORTED_MODULE_3__/* .RefusedError */ .fk(answer.status, (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .describeAnswer */ .O1)(answer));
}
function cutParts(sizeBytes, partBytes) {
    const parts = [];
    for (let start = 0, index = 0; start < sizeBytes; start += partBytes, index++) {
        parts.push({ index, start, end: Math.min(start + partBytes, sizeBytes) - 1 });
    }
    return parts;
}


/***/ }),

/***/ 6228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ transferDeadlineMs),
/* harmony export */   Y: () => (/* binding */ createCacheClient)
/* harmony export */ });
/* harmony import */ var _async_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2185);
/* harmony import */ var _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(6532);
/* harmony import */ var _cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(7322);
/* harmony import */ var _block_upload_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4870);
/* harmony import */ var _dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5911);
/* harmony import */ var _dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8890);
/* harmony import */ var _download_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1554);
/* harmony import */ var _health_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(465);
/* harmony import */ var _observer_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6389);
/* harmony import */ var _request_gate_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(3472);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9525);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2459);












/** The service sees an upload late at times: 5 tries, 2 s apart, as hestia does it. */
const finalizeRetries = { attempts: 6, waitMs: 2000 };
/** For one transfer with everything in it: an upload URL lives that long. */
const transferDeadlineMs = 60 * 60_000;
function createCacheClient(options) {
    const clock = options.clock ?? _async_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .systemClock */ .m;
    const session = {
        baseUrl: options.baseUrl,
        token: options.token,
        transport: options.transport,
        policy: options.policy ?? _retry_js__WEBPACK_IMPORTED_MODULE_7__/* .defaultRetryPolicy */ .ur,
        clock,
        gate: options.gate ?? (0,_request_gate_js__WEBPACK_IMPORTED_MODULE_9__/* .createRequestGate */ .t)(clock),
        health: options.health ?? new _health_js__WEBPACK_IMPORTED_MODULE_5__/* .ServiceHealth */ ._7(clock),
        observer: options.observer ?? _observer_js__WEBPACK_IMPORTED_MODULE_6__/* .silentObserver */ .o,
    };
    const { protocol } = options;
    const uploadShape = options.shape ?? (protocol === 2 ? _block_upload_js__WEBPACK_IMPORTED_MODULE_1__/* .blockShape */ .Ty : _block_upload_js__WEBPACK_IMPORTED_MODULE_1__/* .chunkShape */ .fe);
    const transferPolicy = { ...session.policy, deadlineMs: transferDeadlineMs };
    return {
        lookup: (query, call = {}) => lookup(session, protocol, query, call).catch(_session_js__WEBPACK_IMPORTED_MODULE_8__/* .toFailed */ .VQ),
        create: (request, call = {}) => create(session, protocol, request, call).catch(_session_js__WEBPACK_IMPORTED_MODULE_8__/* .toFailed */ .VQ),
        upload: (ticket, source, call = {}) => (0,_block_upload_js__WEBPACK_IMPORTED_MODULE_1__/* .uploadSource */ .h_)(session, toOwn(ticket), source, uploadShape, { policy: transferPolicy, ...call }).then(() => ({ kind: 'uploaded' }), _session_js__WEBPACK_IMPORTED_MODULE_8__/* .toFailed */ .VQ),
        finalize: (ticket, sizeBytes, call = {}) => finalize(session, toOwn(ticket), sizeBytes, call).catch(_session_js__WEBPACK_IMPORTED_MODULE_8__/* .toFailed */ .VQ),
        download: (source, file, limits, call = {}) => (0,_download_js__WEBPACK_IMPORTED_MODULE_4__/* .downloadFile */ .P)(session, source, file, options.shape ?? _block_upload_js__WEBPACK_IMPORTED_MODULE_1__/* .blockShape */ .Ty, limits, {
            policy: transferPolicy,
            ...call,
        }),
        downloadRange: (source, range, region, call = {}) => (0,_download_js__WEBPACK_IMPORTED_MODULE_4__/* .downloadRange */ .U)(session, source, range, region, { policy: transferPolicy, ...call }),
    };
}
function toOwn(ticket) {
    if (ticket.protocol === 's3')
        throw new Error('a ticket of a bucket is for no cache service');
    return ticket;
}
async function lookup(session, protocol, query, options) {
    const { key, version } = query;
    const others = (query.restoreKeys ?? []).filter((other) => other !== key);
    const restoreKeys = [key, ...others];
    if (protocol === 1) {
        const call = { kind: 'lookup', keys: restoreKeys, version };
        return await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .callForText */ .Dg)(session, 'lookup', session.baseUrl, options, (signal) => (0,_dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .toV1JsonRequest */ .oX)(session, call, undefined, signal), _dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .readV1Lookup */ .UA);
    }
    // The key is among the restore keys too: there were days when the service looked at nothing else.
    const message = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_10__/* .renderLookupRequest */ .OI)({ key, restoreKeys, version });
    return await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .callForText */ .Dg)(session, 'lookup', session.baseUrl, options, (signal) => (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .toTwirpRequest */ .nw)(session, 'GetCacheEntryDownloadURL', message, signal), _dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .readLookup */ .p7);
}
async function create(session, protocol, request, options) {
    const { key, version, sizeBytes } = request;
    let ambiguous = false;
    const noteFailure = (error) => {
        // A refusal for the rate reserves nothing; after anything else the key may be ours without our knowing.
        if (error.status !== 429)
            ambiguous = true;
    };
    return await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .callForText */ .Dg)(session, 'create', session.baseUrl, options, (signal) => protocol === 1
        ? (0,_dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .toV1JsonRequest */ .oX)(session, { kind: 'reserve' }, (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_11__/* .renderV1ReserveRequest */ .jl)({ key, version, sizeBytes }), signal)
        : (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .toTwirpRequest */ .nw)(session, 'CreateCacheEntry', (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_10__/* .renderCreateRequest */ .wi)({ key, version }), signal), (answer) => protocol === 1
        ? (0,_dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .readV1Create */ .w9)(answer, key, version, ambiguous)
        : (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .readCreate */ .$t)(answer, key, version, ambiguous), noteFailure);
}
async function finalize(session, ticket, sizeBytes, options) {
    let ambiguous = false;
    for (let attempt = 1;; attempt++) {
        const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .callForText */ .Dg)(session, 'finalize', session.baseUrl, options, (signal) => toFinalizeRequest(session, ticket, sizeBytes, signal), ticket.protocol === 1 ? _dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .readV1Finalize */ .IE : _dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .readFinalize */ .z2, () => {
            ambiguous = true;
        });
        if (result.kind !== 'not-found')
            return result;
        // A finalize whose answer was lost has closed the reservation: only a look-up can tell.
        if (ambiguous) {
            const { key, version } = ticket;
            const hit = await lookup(session, ticket.protocol, { key, version }, options);
            if (hit.kind === 'hit' && hit.matchedKey.toLowerCase() === key.toLowerCase())
                return { kind: 'finalized' };
        }
        if (attempt >= finalizeRetries.attempts)
            return result;
        session.observer.onRetry('finalize', result.message, finalizeRetries.waitMs);
        await session.clock.sleep(finalizeRetries.waitMs, options.signal);
    }
}
function toFinalizeRequest(session, ticket, sizeBytes, signal) {
    if (ticket.protocol === 1) {
        const call = { kind: 'commit', cacheId: ticket.cacheId };
        return (0,_dialect_v1_js__WEBPACK_IMPORTED_MODULE_2__/* .toV1JsonRequest */ .oX)(session, call, (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_11__/* .renderV1CommitRequest */ .YA)(sizeBytes), signal);
    }
    const { key, version } = ticket;
    const message = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_10__/* .renderFinalizeRequest */ .sb)({ key, version, sizeBytes });
    return (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_3__/* .toTwirpRequest */ .nw)(session, 'FinalizeCacheEntryUpload', message, signal);
}


/***/ }),

/***/ 5911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IE: () => (/* binding */ readV1Finalize),
/* harmony export */   UA: () => (/* binding */ readV1Lookup),
/* harmony export */   fb: () => (/* binding */ toV1Headers),
/* harmony export */   oX: () => (/* binding */ toV1JsonRequest),
/* harmony export */   w9: () => (/* binding */ readV1Create)
/* harmony export */ });
/* harmony import */ var _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6532);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9368);
/* harmony import */ var _dialect_v2_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8890);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9525);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2459);





function toV1Headers(session) {
    return { authorization: `Bearer ${session.token}`, accept: _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__/* .V1_ACCEPT */ .nT };
}
function toV1JsonRequest(session, call, message, signal) {
    const headers = toV1Headers(session);
    const request = { ...(0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__/* .toV1Request */ .eZ)(session.baseUrl, call), signal };
    if (message === undefined)
        return { ...request, headers };
    return {
        ...request,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(message),
    };
}
function readV1Lookup(answer) {
    if (answer.status === 204)
        return { kind: 'miss' };
    if (answer.status !== 200)
        return (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefusal */ .wV)(answer);
    if (answer.text.trim() === '')
        return { kind: 'miss' };
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(answer.text);
    if (body === undefined) {
        throw new _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .RetryableError */ .dw(`answer not understood: ${(0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(answer)}`, { status: answer.status });
    }
    const entry = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__/* .parseV1Entry */ .lb)(body);
    if (!entry?.archiveLocation)
        return { kind: 'miss' };
    return { kind: 'hit', url: entry.archiveLocation, matchedKey: entry.cacheKey };
}
function readV1Create(answer, key, version, ambiguous) {
    if (answer.status === 201 || answer.status === 200) {
        const cacheId = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__/* .parseV1ReserveResponse */ .s1)((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(answer.text));
        if (cacheId !== undefined)
            return { kind: 'created', ticket: { protocol: 1, cacheId, key, version } };
        throw new _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .RetryableError */ .dw(`answer not understood: ${(0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(answer)}`, { status: answer.status });
    }
    const error = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_3__/* .parseV1Error */ .nn)(answer.text);
    const saysExists = error?.typeKey.includes('AlreadyExists') || /already exists/i.test(error?.message ?? '');
    if (answer.status === 409 || saysExists)
        return { kind: 'exists', message: (0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(answer), ambiguous };
    return (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefusal */ .wV)(answer);
}
function readV1Finalize(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return { kind: 'finalized' };
    if (answer.status === 404)
        return { kind: 'not-found', message: (0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(answer) };
    return (0,_dialect_v2_js__WEBPACK_IMPORTED_MODULE_0__/* .toRefusal */ .wV)(answer);
}


/***/ }),

/***/ 8890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ readCreate),
/* harmony export */   nw: () => (/* binding */ toTwirpRequest),
/* harmony export */   p7: () => (/* binding */ readLookup),
/* harmony export */   wV: () => (/* binding */ toRefusal),
/* harmony export */   z2: () => (/* binding */ readFinalize)
/* harmony export */ });
/* harmony import */ var _cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7322);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9368);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9525);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2459);




/** A Twirp call. The path of the base is kept, as go-actions-cache does it. */
function toTwirpRequest(session, method, message, signal) {
    return {
        method: 'POST',
        url: `${session.baseUrl.replace(/\/+$/, '')}${(0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__/* .toTwirpPath */ .n$)(method)}`,
        headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal,
    };
}
function readLookup(answer) {
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLookupResponse */ .p)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    if (!message.ok || message.signedDownloadUrl === '')
        return { kind: 'miss' };
    return { kind: 'hit', url: message.signedDownloadUrl, matchedKey: message.matchedKey };
}
function readCreate(answer, key, version, ambiguous) {
    if (answer.status !== 200) {
        const exists = answer.status === 409 || (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTwirpError */ .iW)(answer.text)?.code === 'already_exists';
        return exists ? { kind: 'exists', message: (0,_session_js__WEBPACK_IMPORTED_MODULE_1__/* .describeAnswer */ .O1)(answer), ambiguous } : toRefusal(answer);
    }
    const message = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__/* .parseCreateResponse */ .bM)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    if (message.ok && message.signedUploadUrl !== '') {
        return { kind: 'created', ticket: { protocol: 2, url: message.signedUploadUrl, key, version } };
    }
    // GitHub gives its reason; Gitea and falcondev say a bare `ok: false` for a key that exists or is being written.
    if (message.message === '' || /already exists/i.test(message.message)) {
        return {
            kind: 'exists',
            message: message.message || 'the service refused the key and gave no reason',
            ambiguous,
        };
    }
    return { kind: 'denied', message: message.message };
}
function readFinalize(answer) {
    if (answer.status === 404)
        return { kind: 'not-found', message: (0,_session_js__WEBPACK_IMPORTED_MODULE_1__/* .describeAnswer */ .O1)(answer) };
    if (answer.status !== 200)
        return toRefusal(answer);
    const message = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFinalizeResponse */ .VA)(parseAnswer(answer));
    if (!message)
        throw notUnderstood(answer);
    return message.ok
        ? { kind: 'finalized' }
        : { kind: 'failed', message: message.message || 'finalize refused without a reason', status: 200 };
}
function parseAnswer(answer) {
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(answer.text);
    // A proxy or a service in trouble may answer 200 with a page: as good as no answer.
    if (body === undefined)
        throw notUnderstood(answer);
    return body;
}
function notUnderstood(answer) {
    return new _retry_js__WEBPACK_IMPORTED_MODULE_0__/* .RetryableError */ .dw(`answer not understood: ${(0,_session_js__WEBPACK_IMPORTED_MODULE_1__/* .describeAnswer */ .O1)(answer)}`, { status: answer.status });
}
/** What a status that no message explains means, in v1 as in v2. */
function toRefusal(answer) {
    const message = (0,_session_js__WEBPACK_IMPORTED_MODULE_1__/* .describeAnswer */ .O1)(answer);
    if (answer.status === 401)
        return { kind: 'unauthenticated', message };
    if (answer.status === 403)
        return { kind: 'denied', message };
    return { kind: 'failed', message, status: answer.status };
}


/***/ }),

/***/ 1554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  P: () => (/* binding */ downloadFile),
  U: () => (/* binding */ downloadRange)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./build/async/parallel.js
var parallel = __nccwpck_require__(3372);
// EXTERNAL MODULE: ./build/cache-protocol/range.js
var cache_protocol_range = __nccwpck_require__(5753);
// EXTERNAL MODULE: ./build/errors.js
var errors = __nccwpck_require__(9473);
// EXTERNAL MODULE: ./build/cache-client/absence.js
var absence = __nccwpck_require__(7316);
// EXTERNAL MODULE: ./build/cache-client/block-upload.js
var block_upload = __nccwpck_require__(4870);
// EXTERNAL MODULE: ./build/cache-client/retry.js
var retry = __nccwpck_require__(9525);
// EXTERNAL MODULE: ./build/cache-client/session.js
var cache_client_session = __nccwpck_require__(2459);
// EXTERNAL MODULE: ./build/cache-client/transport.js
var transport = __nccwpck_require__(1926);
;// CONCATENATED MODULE: ./build/cache-client/download-requests.js




class MissingError extends Error {
}
class NoRangesError extends Error {
}
/** How often in a row a fresh URL may be refused before the entry counts as gone. */
const maxRenewals = 3;
/** The requests of one download. They share its URL, which lives for ten minutes. */
class DownloadRequests {
    #session;
    #source;
    #signal;
    #url;
    #renewal;
    #renewals = 0;
    #needsRanges = false;
    constructor(session, source, signal) {
        this.#session = session;
        this.#source = source;
        this.#signal = signal;
        this.#url = source.url;
    }
    get url() {
        return this.#url;
    }
    /** From now on an answer with the whole entry is a NoRangesError. */
    demandRanges() {
        this.#needsRanges = true;
    }
    /** Bytes have come: the URL is a good one. */
    noteBytes() {
        this.#renewals = 0;
    }
    /** A response that carries bytes `start` to `end`, or all of them; not to be tried again by itself. */
    async open(start, end) {
        for (;;) {
            const url = this.#url;
            this.#session.observer.onCall('download');
            const headers = { range: (0,cache_protocol_range/* renderRange */.iH)(start, end), 'accept-encoding': 'identity' };
            const answerMs = (0,cache_client_session/* chooseAnswerMs */.gO)(this.#session, 'download', url);
            const response = await this.#session.transport.send({
                method: 'GET',
                url,
                headers,
                answerMs,
                signal: this.#signal,
            });
            const { status } = response;
            if (status === 200 && this.#needsRanges) {
                response.body.destroy();
                throw new NoRangesError();
            }
            if (status === 200 || status === 206)
                return response;
            const text = await (0,transport/* readBodyText */.m)(response, { timeoutMs: answerMs });
            this.#session.health.heard(url);
            if ((0,retry/* isRetryableStatus */.PS)(status))
                throw (0,cache_client_session/* toRetryable */.o8)(response, text, this.#session.clock.now());
            const message = (0,cache_client_session/* describeAnswer */.O1)({ status, text });
            if (status === 404 || status === 410 || status === 416)
                throw new MissingError(message);
            if (status !== 401 && status !== 403)
                throw new cache_client_session/* RefusedError */.fk(status, message);
            await this.#renew(url, message);
        }
    }
    /** Download URLs live for ten minutes; all parts wait for one fresh one. */
    async #renew(refusedUrl, message) {
        if (this.#url !== refusedUrl)
            return;
        this.#renewal ??= (async () => {
            this.#renewals += 1;
            if (this.#renewals > maxRenewals)
                throw new MissingError(message);
            const url = await this.#source.renew(refusedUrl);
            if (url === undefined)
                throw new MissingError(message);
            this.#url = url;
        })().finally(() => {
            this.#renewal = undefined;
        });
        await this.#renewal;
    }
}

;// CONCATENATED MODULE: ./build/cache-client/flow.js

/** In the time in which an answer is due, a download must move so much: one that drips is as good as one that hangs. */
const leastBytes = 16 * 1024;
/** Destroys a body with a SilenceError when next to nothing of it has come for `windowMs` while it was waited for. */
function watchFlow(body, windowMs) {
    let windowBytes = 0;
    let isBusy = false;
    const timer = setInterval(() => {
        // A slow disk is not the fault of the service.
        if (windowBytes < leastBytes && !isBusy) {
            body.destroy(new absence/* SilenceError */.e3(`${windowBytes} bytes in ${windowMs / 1000} s`));
        }
        windowBytes = 0;
    }, windowMs);
    return {
        add: (bytes) => {
            windowBytes += bytes;
            isBusy = true;
            return windowBytes >= leastBytes;
        },
        resume: () => {
            isBusy = false;
        },
        stop: () => clearInterval(timer),
    };
}

;// CONCATENATED MODULE: ./build/cache-client/download.js










class TooLargeError extends Error {
}
/**
 * Fetches an entry to a file. The first request asks for one part; where the service answers 206 the other parts
 * follow in parallel, else (no ranges there) it is one stream. Each part resumes at the byte where it broke.
 */
async function downloadFile(session, source, file, shape, limits, options) {
    const handle = await (0,promises_.open)(file, 'w', 0o600);
    try {
        const download = new Download(session, source, { handle, offset: 0 }, limits, options);
        return { kind: 'downloaded', sizeBytes: await download.run(shape) };
    }
    catch (error) {
        return toResult(error);
    }
    finally {
        await handle.close();
    }
}
/** Bytes `start` to `end` of an entry, inclusive; the file stays open. */
async function downloadRange(session, source, range, region, options) {
    try {
        const target = { handle: region.handle, offset: region.offset - range.start };
        const limits = { maxBytes: Number.POSITIVE_INFINITY };
        await new Download(session, source, target, limits, options).fetchRange(range);
        return { kind: 'downloaded', sizeBytes: range.end - range.start + 1 };
    }
    catch (error) {
        if (error instanceof NoRangesError)
            return { kind: 'no-ranges' };
        return toResult(error);
    }
}
function toResult(error) {
    if (error instanceof MissingError)
        return { kind: 'missing', message: error.message };
    if (error instanceof TooLargeError)
        return { kind: 'too-large' };
    return (0,cache_client_session/* toFailed */.VQ)(error);
}
class Download {
    #session;
    /** `offset`: what is added to a byte's place in the entry to get its place in the file. */
    #target;
    #limits;
    #options;
    #signal;
    #requests;
    constructor(session, source, target, limits, options) {
        this.#session = session;
        this.#target = target;
        this.#limits = limits;
        this.#options = options;
        this.#signal = (0,cache_client_session/* withDeadline */.NE)(options.signal, (options.policy ?? session.policy).deadlineMs);
        this.#requests = new DownloadRequests(session, source, this.#signal);
    }
    /** Answers the size in bytes. */
    async run(shape) {
        const first = await this.#retried(() => this.#requests.open(0, shape.partBytes - 1));
        const range = first.status === 206 ? (0,cache_protocol_range/* parseContentRange */.C5)(first.headers['content-range']) : undefined;
        const total = range?.totalBytes ?? (first.status === 200 ? readLength(first) : undefined);
        if (total !== undefined && total > this.#limits.maxBytes) {
            first.body.destroy();
            throw new TooLargeError();
        }
        if (range === undefined || total === undefined)
            return await this.#fetchWhole(first, total);
        const parts = (0,block_upload/* cutParts */.Hg)(total, shape.partBytes);
        await (0,parallel/* forEachParallel */.I)(parts, shape.parallel, async ({ index, start, end }) => {
            await this.#fetchPart(start, end, index === 0 ? first : undefined);
        });
        return total;
    }
    async fetchRange({ start, end }) {
        // All that lies before would be sent too, for each range anew. From the start on nothing is lost.
        if (start > 0)
            this.#requests.demandRanges();
        await this.#fetchPart(start, end);
    }
    async #fetchWhole(first, total) {
        if (total !== undefined) {
            await this.#fetchPart(0, total - 1, first);
            return total;
        }
        // Neither range nor length: the end of the stream is the end of the entry.
        const cursor = { offset: 0 };
        const fault = await this.#copy(first, cursor, Number.POSITIVE_INFINITY);
        if (fault !== undefined) {
            await this.#retried(async () => {
                cursor.offset = 0;
                const again = await this.#copy(await this.#requests.open(0), cursor, Number.POSITIVE_INFINITY);
                if (again !== undefined)
                    throw again;
            });
        }
        return cursor.offset;
    }
    /** Bytes `start` to `end`, inclusive; `response` may be one that already runs from `start`. */
    async #fetchPart(start, end, response) {
        const cursor = { offset: start };
        if (response)
            await this.#copy(response, cursor, end);
        while (cursor.offset <= end) {
            // A try that moved some bytes counts as a success, so that only a standstill uses up the tries.
            await this.#retried(async () => {
                const before = cursor.offset;
                const fault = await this.#copy(await this.#requests.open(cursor.offset, end), cursor, end);
                if (fault?.absence === 'silent')
                    throw fault;
                if (cursor.offset === before)
                    throw fault ?? new retry/* RetryableError */.dw('download broken off');
            });
        }
    }
    async #retried(call) {
        const { clock, observer, gate } = this.#session;
        const policy = this.#options.policy ?? this.#session.policy;
        const health = (0,cache_client_session/* toCallHealth */.a5)(this.#session, 'download', this.#requests.url);
        const context = {
            kind: 'download',
            policy,
            clock,
            observer,
            gate,
            health,
            signal: this.#signal,
        };
        return await (0,retry/* callWithRetries */.zv)(context, call);
    }
    /** Writes what the response has of `cursor.offset` to `end`; answers why it broke off, if it did. */
    async #copy(response, cursor, end) {
        // A service that ignores the range sends everything: what comes before the offset is skipped.
        let position = response.status === 206 ? readStart(response) : 0;
        if (position > cursor.offset) {
            response.body.destroy();
            throw new retry/* RetryableError */.dw('the service answered with another range');
        }
        const url = this.#requests.url;
        const flow = watchFlow(response.body, (0,cache_client_session/* chooseAnswerMs */.gO)(this.#session, 'download', url));
        const health = (0,cache_client_session/* toCallHealth */.a5)(this.#session, 'download', url);
        const noteProgress = () => {
            this.#session.health.heard(url);
            health.kind.answered();
        };
        try {
            for await (const chunk of response.body) {
                const bytes = chunk;
                if (flow.add(bytes.length))
                    noteProgress();
                const from = Math.max(0, cursor.offset - position);
                const to = Math.min(bytes.length, end + 1 - position);
                position += bytes.length;
                if (to > from)
                    await this.#write(bytes, from, to, cursor);
                flow.resume();
                // Not at the last byte wanted: a stream that is left before its end takes its connection with it.
                if (position > end + 1)
                    break;
            }
            noteProgress();
            return undefined;
        }
        catch (error) {
            if (this.#signal.aborted || error instanceof TooLargeError || !isConnectionFault(error))
                throw error;
            const facts = { absence: error instanceof absence/* SilenceError */.e3 ? 'silent' : 'broken' };
            if (facts.absence === 'silent')
                health.host.silent();
            return new retry/* RetryableError */.dw(`download broken off: ${(0,errors/* toMessage */.R9)(error)}`, facts, { cause: error });
        }
        finally {
            flow.stop();
        }
    }
    async #write(bytes, from, to, cursor) {
        if (cursor.offset + (to - from) > this.#limits.maxBytes)
            throw new TooLargeError();
        let done = from;
        while (done < to) {
            const { handle, offset } = this.#target;
            const { bytesWritten } = await handle.write(bytes, done, to - done, cursor.offset + offset);
            done += bytesWritten;
            cursor.offset += bytesWritten;
        }
        this.#requests.noteBytes();
        this.#session.observer.onBytes('down', to - from);
    }
}
/** A broken stream can be resumed; a full disk cannot. */
function isConnectionFault(error) {
    return !/ENOSPC|EDQUOT|EIO|EBADF|EFBIG/.test((0,errors/* toMessage */.R9)(error));
}
function readLength(response) {
    const length = response.headers['content-length'];
    return length === undefined ? undefined : Number(length);
}
function readStart(response) {
    return (0,cache_protocol_range/* parseContentRange */.C5)(response.headers['content-range'])?.start ?? 0;
}


/***/ }),

/***/ 465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _7: () => (/* binding */ ServiceHealth),
/* harmony export */   hG: () => (/* binding */ UnavailableError)
/* harmony export */ });
/* unused harmony export HostHealth */
/** Another call has found out that the host does not answer: nothing was sent. */
class UnavailableError extends Error {
    constructor(reason, options) {
        super(reason, options);
        this.name = 'UnavailableError';
    }
}
/** After that a call may try again whether the host is back; twice as long after each time that it is not. */
const coolDown = { firstMs: 10_000, maxMs: 120_000 };
/**
 * What is known of one host, for all calls to it: what one has waited for in vain, the others do not wait for again.
 * Known to be away it is asked by one call at a time, and seldom; the first answer ends the outage.
 */
class HostHealth {
    #clock;
    #onOutage;
    /** So many calls in a row must give up before the host counts as away. */
    #patience;
    #outage;
    #answers = 0;
    #givenUp = 0;
    #isSuspect = false;
    #askAgainAt = 0;
    #coolDownMs = coolDown.firstMs;
    constructor(clock, onOutage, patience = 1) {
        this.#clock = clock;
        this.#onOutage = onOutage;
        this.#patience = patience;
    }
    get outage() {
        return this.#outage;
    }
    /** Grows with each answer, so that a call can tell whether the host answered others meanwhile. */
    get answers() {
        return this.#answers;
    }
    /** It did not answer the last time: do not wait for long. */
    get isSuspect() {
        return this.#isSuspect;
    }
    /** Before a call: whether it is one that only asks if the host is back. Throws UnavailableError. */
    enter() {
        if (this.#outage === undefined)
            return false;
        const now = this.#clock.now();
        if (now < this.#askAgainAt)
            throw new UnavailableError(this.#outage.reason);
        this.#askAgainAt = now + this.#coolDownMs;
        this.#coolDownMs = Math.min(coolDown.maxMs, this.#coolDownMs * 2);
        return true;
    }
    /** The next call may ask whether the host is back. */
    askAgain() {
        this.#askAgainAt = this.#clock.now();
    }
    answered() {
        this.#answers += 1;
        this.#givenUp = 0;
        this.#isSuspect = false;
        this.#outage = undefined;
        this.#coolDownMs = coolDown.firstMs;
    }
    silent() {
        this.#isSuspect = true;
    }
    /** A call gives up; `answersBefore` as it was when the call began. */
    givenUp(answersBefore, reason) {
        if (this.#answers > answersBefore || this.#outage !== undefined)
            return;
        this.#givenUp += 1;
        if (this.#givenUp < this.#patience)
            return;
        this.#outage = { since: this.#clock.now(), reason };
        this.#askAgainAt = this.#clock.now() + this.#coolDownMs;
        this.#onOutage(this.#outage);
    }
}
/** One kind of call may fail where others work: two that give up in a row are enough to know. */
const callsOfOneKind = 2;
/** All hosts of a cache service: that of its API, and those of its blobs. */
class ServiceHealth {
    #clock;
    #onOutage;
    #hosts = new Map();
    #kinds = new Map();
    #outages = 0;
    #lastAnswerAt;
    constructor(clock, onOutage = () => undefined) {
        this.#clock = clock;
        this.#onOutage = onOutage;
        this.#lastAnswerAt = clock.now();
    }
    host(url) {
        return find(this.#hosts, new URL(url).host, () => {
            const onOutage = (outage) => {
                this.#outages += 1;
                this.#onOutage(outage);
            };
            return new HostHealth(this.#clock, onOutage);
        });
    }
    /** For answers that tell of trouble. */
    kind(url, kind) {
        const create = () => new HostHealth(this.#clock, () => undefined, callsOfOneKind);
        return find(this.#kinds, `${kind} ${new URL(url).host}`, create);
    }
    /** Outages of hosts so far. */
    get outages() {
        return this.#outages;
    }
    /** Of any host, now. */
    get outage() {
        return [...this.#hosts.values()].find(({ outage }) => outage !== undefined)?.outage;
    }
    /** Milliseconds since any host answered, whatever it said. */
    get silentMs() {
        return this.#clock.now() - this.#lastAnswerAt;
    }
    /** A host has answered, whatever it said. */
    heard(url) {
        this.#lastAnswerAt = this.#clock.now();
        this.host(url).answered();
    }
    /** The next call to each host that is away may ask whether it is back. */
    askAgain() {
        for (const health of [...this.#hosts.values(), ...this.#kinds.values()])
            health.askAgain();
    }
}
function find(known, name, create) {
    const found = known.get(name) ?? create();
    known.set(name, found);
    return found;
}


/***/ }),

/***/ 6389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ silentObserver)
/* harmony export */ });
const silentObserver = {
    onCall: () => undefined,
    onRetry: () => undefined,
    onBytes: () => undefined,
};


/***/ }),

/***/ 9509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  UR: () => (/* binding */ chooseProxy),
  eK: () => (/* binding */ openProxyAgent),
  rq: () => (/* binding */ readProxies)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
// EXTERNAL MODULE: ./build/cache-client/absence.js
var absence = __nccwpck_require__(7316);
;// CONCATENATED MODULE: ./build/cache-client/proxy.js





/** Lower-case names first, as `@actions/http-client` and curl read them. */
function readProxies(env) {
    return {
        httpsProxy: env['https_proxy'] || env['HTTPS_PROXY'],
        httpProxy: env['http_proxy'] || env['HTTP_PROXY'],
        noProxy: env['no_proxy'] || env['NO_PROXY'],
    };
}
/**
 * The proxy for a URL, by the rules of `@actions/http-client`: an entry of NO_PROXY is `*`, a host, a host with
 * port, or a domain with or without a leading dot; loopback hosts never go through a proxy.
 */
function chooseProxy(url, settings) {
    const given = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
    if (!given || isLoopback(url.hostname) || isExempt(url, settings.noProxy ?? ''))
        return undefined;
    const text = /^https?:\/\//i.test(given) ? given : `http://${given}`;
    return URL.canParse(text) ? new URL(text) : undefined;
}
function isLoopback(host) {
    return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
function isExempt(url, noProxy) {
    const host = url.hostname.toLowerCase();
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return noProxy
        .split(',')
        .map((entry) => entry.trim().toLowerCase())
        .filter((entry) => entry !== '')
        .some((entry) => {
        const domain = entry.replace(/^\*?\./, '');
        return entry === '*' || entry === `${host}:${port}` || domain === host || host.endsWith(`.${domain}`);
    });
}
const connectTimeoutMs = 7000;
/**
 * An agent whose connections go through `proxy` by CONNECT, for plain and TLS targets alike (as `tunnel` does it
 * for `@actions/http-client`). `secure` says that the target speaks TLS.
 */
function openProxyAgent(proxy, secure, options) {
    return secure ? new SecureTunnelAgent(proxy, options) : new PlainTunnelAgent(proxy, options);
}
class PlainTunnelAgent extends external_node_http_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
    }
    createConnection(target, connected) {
        openTunnel(this.#proxy, `${target.host ?? ''}:${target.port ?? 80}`).then((socket) => connected?.(null, socket), (error) => connected?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
class SecureTunnelAgent extends external_node_https_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
    }
    createConnection(target, connected) {
        const host = target.host ?? '';
        openTunnel(this.#proxy, `${host}:${target.port ?? 443}`)
            .then((socket) => proxy_secure(socket, host))
            .then((socket) => connected?.(null, socket), (error) => connected?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
function openTunnel(proxy, authority) {
    const user = decodeURIComponent(proxy.username);
    const credentials = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
    return new Promise((resolve, reject) => {
        const request = (proxy.protocol === 'https:' ? external_node_https_ : external_node_http_).request({
            host: proxy.hostname,
            port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
            method: 'CONNECT',
            path: authority,
            agent: false,
            headers: { host: authority, ...(user ? { 'proxy-authorization': `Basic ${credentials}` } : {}) },
        });
        request.setTimeout(connectTimeoutMs, () => request.destroy(new absence/* SilenceError */.e3(`proxy ${proxy.host} did not answer to CONNECT ${authority}`)));
        request.once('connect', (response, socket) => {
            if (response.statusCode === 200) {
                socket.setTimeout(0);
                return resolve(socket);
            }
            socket.destroy();
            reject(new absence/* ProxyError */.T6(`proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`));
        });
        request.once('error', reject);
        request.end();
    });
}
function proxy_secure(socket, host) {
    return new Promise((resolve, reject) => {
        const secured = external_node_tls_namespaceObject.connect({ socket, servername: host });
        secured.once('error', reject);
        secured.once('secureConnect', () => {
            secured.removeListener('error', reject);
            resolve(secured);
        });
    });
}


/***/ }),

/***/ 3472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ createRequestGate)
/* harmony export */ });
function createRequestGate(clock) {
    let opensAt = 0;
    return {
        opensAt: () => opensAt,
        closeUntil: (timeMs) => {
            opensAt = Math.max(opensAt, timeMs);
        },
        whenOpen: async (signal) => {
            // In a loop, as it may be closed for longer meanwhile.
            for (let waitMs = opensAt - clock.now(); waitMs > 0; waitMs = opensAt - clock.now()) {
                await clock.sleep(waitMs, signal);
            }
        },
    };
}


/***/ }),

/***/ 9525:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   PS: () => (/* binding */ isRetryableStatus),
/* harmony export */   dw: () => (/* binding */ RetryableError),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   ur: () => (/* binding */ defaultRetryPolicy),
/* harmony export */   zv: () => (/* binding */ callWithRetries)
/* harmony export */ });
/* unused harmony export decideDelayMs */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9473);
/* harmony import */ var _health_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(465);


const defaultRetryPolicy = {
    attempts: 6,
    firstDelayMs: 500,
    maxDelayMs: 20_000,
    deadlineMs: 5 * 60_000,
};
/** Worth another try: the request never got through, or the service said so. */
class RetryableError extends Error {
    /** HTTP status; undefined when there was no answer. */
    status;
    /** What the service asked for with `Retry-After`. */
    retryAfterMs;
    /** Why there was no answer; undefined when there was one. */
    absence;
    /** It went over a connection that had been idle, and may have been dropped by something on the way. */
    isReused;
    constructor(message, facts = {}, options) {
        super(message, options);
        this.name = 'RetryableError';
        this.status = facts.status;
        this.retryAfterMs = facts.retryAfterMs;
        this.absence = facts.absence;
        this.isReused = facts.isReused ?? false;
    }
}
/** 408, 429 and the 5xx that a moment later may be a success; 501 and 505 stay what they are. */
function isRetryableStatus(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
/** Milliseconds of a `Retry-After` header (seconds or an HTTP date); undefined when absent or unreadable. */
function parseRetryAfter(header, nowMs) {
    const text = header?.trim();
    if (!text)
        return undefined;
    if (/^-?\d+$/.test(text))
        return Math.max(0, Number(text) * 1000);
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
/**
 * The wait before try number `attempt` + 1. What the service asked for is a minimum: jitter only adds to it, since
 * all jobs of a repository share the limit and would otherwise come back at the same moment.
 */
function decideDelayMs(policy, attempt, retryAfterMs, random) {
    const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
    if (retryAfterMs === undefined)
        return Math.round(backoff * (0.5 + random));
    return Math.round(retryAfterMs + Math.min(backoff, 1000 + retryAfterMs / 4) * random);
}
/** So long it is tried whether a host that refuses connections is only being restarted. */
const refusedPatienceMs = 900;
const refusedFirstDelayMs = 100;
/**
 * The wait before the next try; undefined: there is none. A host that answers nobody is not waited for as long as one
 * that is only busy: who refuses a connection does so a second later too, and each silence costs the whole timeout.
 */
function decideRetry(policy, failed) {
    const { attempt, error, elapsedMs, hasAnswered, random } = failed;
    if (attempt >= policy.attempts || error.absence === 'untrusted')
        return undefined;
    const backoff = decideDelayMs(policy, attempt, error.retryAfterMs, random);
    if (hasAnswered || error.absence === undefined || error.absence === 'broken')
        return backoff;
    if (error.absence === 'silent')
        return error.isReused && attempt === 1 ? 0 : undefined;
    const waitMs = Math.min(backoff, Math.round(refusedFirstDelayMs * 2 ** (attempt - 1) * (0.5 + random)));
    return elapsedMs + waitMs > refusedPatienceMs ? undefined : waitMs;
}
/** A refused, silent or untrusted host is away; what answers with trouble is not. */
function chooseHealth({ host, kind }, error) {
    return error.absence === undefined ? kind : host;
}
/**
 * Runs `call` until it answers, throws something other than RetryableError, or policy and deadline are used up.
 * A wait that would pass the deadline is not begun: the last error is thrown at once. Throws UnavailableError when that
 * shows that the host is away, and at once while it is known to be.
 */
async function callWithRetries(context, call) {
    const { policy, clock, observer, gate, signal, health, isProbe = false } = context;
    const startedMs = clock.now();
    const deadlineAtMs = startedMs + (policy.patienceMs ?? policy.deadlineMs);
    const before = { host: health.host.answers, kind: health.kind.answers };
    const isOnlyTry = isProbe || [health.host.enter(), health.kind.enter()].includes(true);
    for (let attempt = 1;; attempt++) {
        signal?.throwIfAborted();
        await passGate(context, deadlineAtMs);
        try {
            return await call(attempt);
        }
        catch (error) {
            if (!(error instanceof RetryableError) || signal?.aborted)
                throw error;
            if (error.absence === 'silent')
                health.host.silent();
            const waitMs = decideRetry(policy, {
                attempt,
                error,
                elapsedMs: clock.now() - startedMs,
                hasAnswered: health.host.answers > before.host,
                random: clock.random(),
            });
            // The limit is not this call's alone: whatever else is sent meanwhile is refused too, and may prolong it.
            if (error.status === 429 && waitMs !== undefined)
                gate.closeUntil(clock.now() + waitMs);
            if (isOnlyTry || waitMs === undefined || clock.now() + waitMs > deadlineAtMs) {
                const found = chooseHealth(health, error);
                const answersBefore = found === health.host ? before.host : before.kind;
                // A limit is no trouble: the gate has it.
                if (error.status !== 429)
                    found.givenUp(answersBefore, error.message);
                // In the words of the call that found it out, so that one cause is told as one.
                const outage = error.absence === undefined ? undefined : health.host.outage;
                throw outage === undefined ? error : new _health_js__WEBPACK_IMPORTED_MODULE_1__/* .UnavailableError */ .hG(outage.reason, { cause: error });
            }
            observer.onRetry(context.kind, (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMessage */ .R9)(error), waitMs);
            await clock.sleep(waitMs, signal);
        }
    }
}
/** Waits while the service has asked all calls to pause. That uses up no try, but may not pass the deadline. */
async function passGate(context, deadlineAtMs) {
    const { kind, clock, observer, gate, signal } = context;
    const opensAt = gate.opensAt();
    const waitMs = opensAt - clock.now();
    if (waitMs <= 0)
        return;
    if (opensAt > deadlineAtMs) {
        const message = `not sent: the service limits requests, and asked to wait for another ${Math.ceil(waitMs / 1000)} s`;
        throw new RetryableError(message, { status: 429, retryAfterMs: waitMs });
    }
    observer.onPause?.(kind, waitMs);
    await gate.whenOpen(signal);
}


/***/ }),

/***/ 2459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dg: () => (/* binding */ callForText),
/* harmony export */   NE: () => (/* binding */ withDeadline),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   VQ: () => (/* binding */ toFailed),
/* harmony export */   a5: () => (/* binding */ toCallHealth),
/* harmony export */   fk: () => (/* binding */ RefusedError),
/* harmony export */   gO: () => (/* binding */ chooseAnswerMs),
/* harmony export */   o8: () => (/* binding */ toRetryable)
/* harmony export */ });
/* harmony import */ var _cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6532);
/* harmony import */ var _cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7322);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9473);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9525);
/* harmony import */ var _transport_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1926);





/**
 * How long an answer may take. A build waits for look-ups and downloads; who stores an entry may have a lot to do, and
 * nobody waits for it but the drain, which asks by itself whether the service is still there.
 */
const answerMs = {
    lookup: 7000,
    download: 7000,
    create: 20_000,
    finalize: 60_000,
    upload: 60_000,
};
/** From a host that did not answer the last time. */
const suspectAnswerMs = 3000;
function chooseAnswerMs(session, kind, url, isProbe = false) {
    const isShort = isProbe || session.health.host(url).isSuspect;
    return isShort ? Math.min(suspectAnswerMs, answerMs[kind]) : answerMs[kind];
}
function toCallHealth({ health }, kind, url) {
    return { host: health.host(url), kind: health.kind(url, kind) };
}
/** An answer that no further try will change. */
class RefusedError extends Error {
    status;
    constructor(status, message) {
        super(message);
        this.name = 'RefusedError';
        this.status = status;
    }
}
/** One request, its whole answer as text, retried where that may help. `interpret` may throw RetryableError too. */
async function callForText(session, kind, 
/** Of the host that is asked. */
url, options, toRequest, interpret, onFailure) {
    const { clock, observer, gate, transport, health } = session;
    const policy = options.policy ?? session.policy;
    const { isProbe } = options;
    const signal = withDeadline(options.signal, policy.deadlineMs);
    const callHealth = toCallHealth(session, kind, url);
    const context = { kind, policy, clock, observer, gate, signal, health: callHealth };
    return await (0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .callWithRetries */ .zv)({ ...context, ...(isProbe ? { isProbe } : {}) }, async () => {
        try {
            const request = await toRequest(signal);
            observer.onCall(kind);
            const timeoutMs = chooseAnswerMs(session, kind, url, isProbe);
            const response = await transport.send({ ...request, answerMs: timeoutMs });
            const text = await (0,_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .readBodyText */ .m)(response, { timeoutMs });
            health.heard(url);
            if ((0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .isRetryableStatus */ .PS)(response.status))
                throw toRetryable(response, text, clock.now());
            const answer = interpret({ status: response.status, text, headers: response.headers });
            callHealth.kind.answered();
            return answer;
        }
        catch (error) {
            if (error instanceof _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .RetryableError */ .dw)
                onFailure?.(error);
            throw error;
        }
    });
}
function toRetryable(response, text, nowMs) {
    const retryAfterMs = (0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRetryAfter */ .mu)(response.headers['retry-after'], nowMs);
    return new _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .RetryableError */ .dw(describeAnswer({ status: response.status, text }), {
        status: response.status,
        retryAfterMs,
    });
}
/** Fires with `signal` or after the deadline, in real time, so that a hung connection cannot hold a call for ever. */
function withDeadline(signal, deadlineMs) {
    const deadline = AbortSignal.timeout(deadlineMs);
    return signal ? AbortSignal.any([signal, deadline]) : deadline;
}
/** Status and the service's own words, whatever shape they have; for messages. */
function describeAnswer({ status, text }) {
    const twirp = (0,_cache_protocol_twirp_js__WEBPACK_IMPORTED_MODULE_3__/* .parseTwirpError */ .iW)(text);
    if (twirp)
        return `${status} ${twirp.code}${twirp.message ? `: ${twirp.message}` : ''}`;
    const v1 = (0,_cache_protocol_rest_v1_js__WEBPACK_IMPORTED_MODULE_4__/* .parseV1Error */ .nn)(text);
    if (v1)
        return `${status} ${v1.message || v1.typeKey}`;
    const azure = /<Code>([^<]{1,80})<\/Code>/.exec(text)?.[1];
    if (azure)
        return `${status} ${azure}`;
    const words = text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 120);
    return words === '' ? String(status) : `${status} ${words}`;
}
/** The result for whatever a call threw. */
function toFailed(error) {
    const status = error instanceof _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .RetryableError */ .dw || error instanceof RefusedError ? error.status : undefined;
    return { kind: 'failed', message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMessage */ .R9)(error), status };
}


/***/ }),

/***/ 1926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ openTransport),
/* harmony export */   m: () => (/* binding */ readBodyText)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4708);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9473);
/* harmony import */ var _absence_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7316);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9509);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9525);






/** A connection that moves no byte for that long is broken. */
const idleTimeoutMs = 60_000;
/** Look-up of the name, TCP and TLS. */
const connectTimeoutMs = 7000;
/** Load balancers drop what is idle for a few minutes, and often say nothing: such a connection is not used again. */
const keptIdleMs = 30_000;
/**
 * Kept-alive connections over node:http, which streams with a known Content-Length on every Node that we run on.
 * The number of sockets is a bound for all calls of a process to one host.
 */
function openTransport(proxies, userAgent, maxSockets = 64) {
    const options = { keepAlive: true, maxSockets, timeout: keptIdleMs };
    const agents = new Map();
    const chooseAgent = (url) => {
        const proxy = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .chooseProxy */ .UR)(url, proxies);
        const name = `${url.protocol}${proxy?.href ?? ''}`;
        const existing = agents.get(name);
        if (existing)
            return existing;
        const secure = url.protocol === 'https:';
        const direct = () => (secure ? new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent(options) : new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(options));
        const agent = proxy ? (0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .openProxyAgent */ .eK)(proxy, secure, options) : direct();
        agents.set(name, agent);
        return agent;
    };
    return {
        send: (request) => send(request, userAgent, chooseAgent),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        },
    };
}
function send(request, userAgent, chooseAgent) {
    const { body, contentLength, answerMs = idleTimeoutMs } = request;
    return new Promise((resolve, reject) => {
        const url = new URL(request.url);
        const length = typeof body === 'string' ? Buffer.byteLength(body) : contentLength;
        const outgoing = (url.protocol === 'https:' ? node_https__WEBPACK_IMPORTED_MODULE_1__ : node_http__WEBPACK_IMPORTED_MODULE_0__).request(url, {
            method: request.method,
            agent: chooseAgent(url),
            headers: {
                'user-agent': userAgent,
                ...request.headers,
                ...(length === undefined ? {} : { 'content-length': String(length) }),
            },
            ...(request.signal ? { signal: request.signal } : {}),
        });
        let bodyFault;
        let timer;
        /** In place of the one before; not by what the socket does, as an answer may drip. */
        const expect = (what, ms) => {
            clearTimeout(timer);
            timer = setTimeout(() => outgoing.destroy(new _absence_js__WEBPACK_IMPORTED_MODULE_3__/* .SilenceError */ .e3(`no ${what} in ${ms / 1000} s`)), ms);
        };
        outgoing.once('close', () => clearTimeout(timer));
        // Not before: a request may wait for its turn.
        outgoing.once('socket', (socket) => {
            if (typeof body !== 'object')
                return expect('answer', answerMs);
            if (!socket.connecting)
                return;
            expect('connection', connectTimeoutMs);
            socket.once('connect', () => clearTimeout(timer));
        });
        outgoing.once('finish', () => {
            if (typeof body === 'object')
                expect('answer', answerMs);
        });
        const fail = (error) => {
            clearTimeout(timer);
            if (typeof body === 'object')
                body.destroy();
            if (request.signal?.aborted)
                return reject(request.signal.reason);
            // What we are to send cannot be read: no other try will be better.
            if (bodyFault !== undefined)
                return reject(bodyFault);
            const what = `${request.method} ${url.host}`;
            const facts = { absence: (0,_absence_js__WEBPACK_IMPORTED_MODULE_3__/* .toAbsence */ .FN)(error), isReused: outgoing.reusedSocket };
            reject(new _retry_js__WEBPACK_IMPORTED_MODULE_5__/* .RetryableError */ .dw(`${what}: ${describe(error)}`, facts, { cause: error }));
        };
        outgoing.setTimeout(idleTimeoutMs, () => {
            outgoing.destroy(new _absence_js__WEBPACK_IMPORTED_MODULE_3__/* .SilenceError */ .e3(`no byte for ${idleTimeoutMs / 1000} s`));
        });
        outgoing.on('error', fail);
        outgoing.once('response', (incoming) => {
            clearTimeout(timer);
            // An error after the headers belongs to whoever reads the body.
            incoming.on('error', () => undefined);
            // A refusal may come before the body was sent: the rest of it is of no use, and the connection neither.
            incoming.once('close', () => {
                if (outgoing.writableFinished)
                    return;
                if (typeof body === 'object')
                    body.destroy();
                outgoing.destroy();
            });
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
        });
        if (typeof body === 'object') {
            body.once('error', (error) => {
                bodyFault = error;
                outgoing.destroy(error);
            });
            body.pipe(outgoing);
        }
        else {
            outgoing.end(body);
        }
    });
}
/** Node says nothing at all where all addresses of a host failed. */
function describe(error) {
    const [first] = error instanceof AggregateError ? error.errors : [];
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .toMessage */ .R9)(first ?? error);
}
/** The start of a body as text, without a byte order mark, and the connection set free. */
async function readBodyText(response, { maxBytes = 64 * 1024, timeoutMs = idleTimeoutMs } = {}) {
    const chunks = [];
    let sizeBytes = 0;
    const timer = setTimeout(() => response.body.destroy(new _absence_js__WEBPACK_IMPORTED_MODULE_3__/* .SilenceError */ .e3(`not all of the answer in ${timeoutMs / 1000} s`)), timeoutMs);
    try {
        for await (const chunk of response.body) {
            chunks.push(Buffer.from(chunk));
            sizeBytes += chunk.length;
            if (sizeBytes > maxBytes)
                break;
        }
    }
    catch (error) {
        const facts = { status: response.status, absence: (0,_absence_js__WEBPACK_IMPORTED_MODULE_3__/* .toAbsence */ .FN)(error) };
        throw new _retry_js__WEBPACK_IMPORTED_MODULE_5__/* .RetryableError */ .dw(`answer broken off: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .toMessage */ .R9)(error)}`, facts, { cause: error });
    }
    finally {
        clearTimeout(timer);
    }
    return Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\uFEFF/, '');
}


/***/ }),

/***/ 2716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  jx: () => (/* binding */ parseBlockList),
  Gs: () => (/* binding */ renderBlobError),
  GJ: () => (/* binding */ renderBlockList)
});

// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/xmlparser/XMLParser.js + 23 modules
var XMLParser = __nccwpck_require__(1143);
// EXTERNAL MODULE: ./node_modules/path-expression-matcher/src/Expression.js
var Expression = __nccwpck_require__(3945);
// EXTERNAL MODULE: ./node_modules/path-expression-matcher/src/Matcher.js
var Matcher = __nccwpck_require__(8257);
;// CONCATENATED MODULE: ./node_modules/fast-xml-builder/src/util.js


// String(val)/val.toString() drop the sign of -0 (e.g. String(-0) === '0'), silently
// corrupting a round-tripped negative-zero value. XML has no separate int/float syntax,
// so this is the single place every raw value gets turned into text.
function valToStr(val) {
  return typeof val === 'number' && Object.is(val, -0) ? '-0' : String(val)
}

function safeComment(val) {
  return valToStr(val)
    .replace(/--/g, '- -')   // -- is illegal anywhere in comment content
    .replace(/--/g, '- -')   // handle the scenario when 2 consiucative dashes appears 
    .replace(/-$/, '- ');    // trailing - would form -- with the closing -->
}

function safeCdata(val) {
  return valToStr(val).replace(/\]\]>/g, ']]]]><![CDATA[>')
}

function escapeAttribute(val) {
  return valToStr(val).replace(/"/g, '&quot;').replace(/'/g, '&apos;')
}

/**
 * Resolve a tag or attribute name through sanitizeName if configured.
 * Validation via xml-naming's qName is performed first; the sanitizeName
 * callback is invoked only when the name is invalid. If sanitizeName is
 * false (default), no validation occurs and the name is used as-is.
 *
 * @param {string}  name        - raw name from the JS object
 * @param {boolean} isAttribute - true when resolving an attribute name
 * @param {object}  options
 * @param {Matcher} matcher     - current matcher state (readonly from callback perspective)
 * @param {function} qNameValidator - function to validate tag names
 */

function resolveName(name, isAttribute, options, matcher, validator) {
  if (!options.sanitizeName) return name;

  // Processing-instruction names: validate the part after the leading "?"
  const isPI = !isAttribute && name[0] === '?';
  const bare = isPI ? name.slice(1) : name;

  if (validator(bare)) return name;

  const result = options.sanitizeName(bare, { isAttribute, matcher: matcher.readOnly() });

  // Never trust the callback's output
  if (typeof result !== 'string' || !validator(result)) {
    throw new Error(`sanitizeName returned an invalid XML name for "${bare}"`);
  }
  return isPI ? '?' + result : result;
}
// EXTERNAL MODULE: ./node_modules/xml-naming/src/index.js
var src = __nccwpck_require__(4658);
;// CONCATENATED MODULE: ./node_modules/fast-xml-builder/src/orderedJs2Xml.js




const EOL = "\n";

/**
 * Detect XML version from the first element of the ordered array input.
 * The first element must be a ?xml processing instruction with a version attribute.
 * Returns '1.0' if not found.
 *
 * @param {array}  jArray
 * @param {object} options
 */
function detectXmlVersionFromArray(jArray, options) {
    if (!Array.isArray(jArray) || jArray.length === 0) return '1.0';
    const first = jArray[0];
    const firstKey = propName(first);
    if (firstKey === '?xml') {
        const attrs = first[':@'];
        if (attrs) {
            const versionKey = options.attributeNamePrefix + 'version';
            if (attrs[versionKey]) return attrs[versionKey];
        }
    }
    return '1.0';
}

/**
 * @param {array} jArray
 * @param {any} options
 * @returns
 */
function toXml(jArray, options) {
    let indentation = "";
    if (options.format) {
        indentation = EOL;
    }

    // Pre-compile stopNode expressions for pattern matching
    const stopNodeExpressions = [];
    if (options.stopNodes && Array.isArray(options.stopNodes)) {
        for (let i = 0; i < options.stopNodes.length; i++) {
            const node = options.stopNodes[i];
            if (typeof node === 'string') {
                stopNodeExpressions.push(new Expression/* default */.A(node));
            } else if (node instanceof Expression/* default */.A) {
                stopNodeExpressions.push(node);
            }
        }
    }

    // Detect XML version for use in name validation
    const xmlVersion = detectXmlVersionFromArray(jArray, options);
    const qNameValidator = (0,src/* createValidator */.fH)('qName', { xmlVersion });
    // Initialize matcher for path tracking
    const matcher = new Matcher/* default */.A();

    return arrToStr(jArray, options, indentation, matcher, stopNodeExpressions, qNameValidator);
}

function arrToStr(arr, options, indentation, matcher, stopNodeExpressions, qNameValidator) {
    let xmlStr = "";
    let isPreviousElementTag = false;

    if (options.maxNestedTags && matcher.getDepth() > options.maxNestedTags) {
        throw new Error("Maximum nested tags exceeded");
    }

    if (!Array.isArray(arr)) {
        // Non-array values (e.g. string tag values) should be treated as text content
        if (arr !== undefined && arr !== null) {
            let text = valToStr(arr);
            text = replaceEntitiesValue(text, options);
            return text;
        }
        return "";
    }

    for (let i = 0; i < arr.length; i++) {
        const tagObj = arr[i];
        const rawTagName = propName(tagObj);
        if (rawTagName === undefined) continue;

        // Special names are exempt from sanitizeName: internal conventions and PI tags
        // are not user-supplied XML element names.
        const isSpecialName = rawTagName === options.textNodeName
            || rawTagName === options.cdataPropName
            || rawTagName === options.commentPropName;
        //|| rawTagName[0] === '?';

        // Resolve tag name (may transform it; may throw for invalid names)
        const tagName = isSpecialName
            ? rawTagName
            : resolveName(rawTagName, false, options, matcher, qNameValidator);

        // Extract attributes from ":@" property
        const attrValues = extractAttributeValues(tagObj[":@"], options);

        // Push resolved tag to matcher WITH attributes
        matcher.push(tagName, attrValues);

        // Check if this is a stop node using Expression matching
        const isStopNode = checkStopNode(matcher, stopNodeExpressions);

        if (tagName === options.textNodeName) {
            let tagText = tagObj[rawTagName];
            if (!isStopNode) {
                tagText = options.tagValueProcessor(tagName, tagText);
                tagText = replaceEntitiesValue(tagText, options);
            }
            tagText = valToStr(tagText);
            if (isPreviousElementTag) {
                xmlStr += indentation;
            }
            xmlStr += tagText;
            isPreviousElementTag = false;
            matcher.pop();
            continue;
        } else if (tagName === options.cdataPropName) {
            if (isPreviousElementTag) {
                xmlStr += indentation;
            }
            const val = tagObj[rawTagName][0][options.textNodeName];
            const safeVal = safeCdata(val);
            xmlStr += `<![CDATA[${safeVal}]]>`;
            isPreviousElementTag = false;
            matcher.pop();
            continue;
        } else if (tagName === options.commentPropName) {
            const val = tagObj[rawTagName][0][options.textNodeName];
            const safeVal = safeComment(val);
            xmlStr += indentation + `<!--${safeVal}-->`;
            isPreviousElementTag = true;
            matcher.pop();
            continue;
        } else if (tagName[0] === "?") {
            const attStr = attr_to_str(tagObj[":@"], options, isStopNode, matcher, qNameValidator);
            const tempInd = tagName === "?xml" ? "" : indentation;
            // Text node content on PI/XML declaration tags is intentionally ignored.
            // Only attributes are valid on these tags per the XML spec.
            xmlStr += tempInd + `<${tagName}${attStr}?>`;
            isPreviousElementTag = true;
            matcher.pop();
            continue;
        }

        let newIdentation = indentation;
        if (newIdentation !== "") {
            newIdentation += options.indentBy;
        }

        // Pass isStopNode to attr_to_str so attributes are also not processed for stopNodes
        const attStr = attr_to_str(tagObj[":@"], options, isStopNode, matcher, qNameValidator);
        const tagStart = indentation + `<${tagName}${attStr}`;

        // If this is a stopNode, get raw content without processing
        let tagValue;
        if (isStopNode) {
            tagValue = getRawContent(tagObj[rawTagName], options, matcher.getDepth());
        } else {
            tagValue = arrToStr(tagObj[rawTagName], options, newIdentation, matcher, stopNodeExpressions, qNameValidator);
        }

        if (options.unpairedTags.indexOf(tagName) !== -1) {
            if (options.suppressUnpairedNode) xmlStr += tagStart + ">";
            else xmlStr += tagStart + "/>";
        } else if ((!tagValue || tagValue.length === 0) && options.suppressEmptyNode) {
            xmlStr += tagStart + "/>";
        } else if (tagValue && tagValue.endsWith(">")) {
            xmlStr += tagStart + `>${tagValue}${indentation}</${tagName}>`;
        } else {
            xmlStr += tagStart + ">";
            if (tagValue && indentation !== "" && (tagValue.includes("/>") || tagValue.includes("</"))) {
                xmlStr += indentation + options.indentBy + tagValue + indentation;
            } else {
                xmlStr += tagValue;
            }
            xmlStr += `</${tagName}>`;
        }
        isPreviousElementTag = true;

        // Pop tag from matcher
        matcher.pop();
    }

    return xmlStr;
}

/**
 * Extract attribute values from the ":@" object and return as plain object
 * for passing to matcher.push()
 */
function extractAttributeValues(attrMap, options) {
    if (!attrMap || options.ignoreAttributes) return null;

    const attrValues = {};
    let hasAttrs = false;

    for (let attr in attrMap) {
        if (!Object.prototype.hasOwnProperty.call(attrMap, attr)) continue;
        // Remove the attribute prefix to get clean attribute name
        const cleanAttrName = attr.startsWith(options.attributeNamePrefix)
            ? attr.substr(options.attributeNamePrefix.length)
            : attr;
        attrValues[cleanAttrName] = escapeAttribute(attrMap[attr]);
        hasAttrs = true;
    }

    return hasAttrs ? attrValues : null;
}

/**
 * Extract raw content from a stopNode without any processing
 * This preserves the content exactly as-is, including special characters
 */
function getRawContent(arr, options, depth = 0) {
    if (options.maxNestedTags && depth > options.maxNestedTags) {
        throw new Error("Maximum nested tags exceeded");
    }
    if (!Array.isArray(arr)) {
        // Non-array values return as-is
        if (arr !== undefined && arr !== null) {
            return valToStr(arr);
        }
        return "";
    }

    let content = "";
    for (let i = 0; i < arr.length; i++) {
        const item = arr[i];
        const tagName = propName(item);

        if (tagName === options.textNodeName) {
            // Raw text content - NO processing, NO entity replacement
            content += valToStr(item[tagName]);
        } else if (tagName === options.cdataPropName) {
            // CDATA content
            content += item[tagName][0][options.textNodeName];
        } else if (tagName === options.commentPropName) {
            // Comment content
            content += item[tagName][0][options.textNodeName];
        } else if (tagName && tagName[0] === "?") {
            // Processing instruction - skip for stopNodes
            continue;
        } else if (tagName) {
            // Nested tags within stopNode — no sanitizeName, content is raw
            const attStr = attr_to_str_raw(item[":@"], options);
            const nestedContent = getRawContent(item[tagName], options, depth + 1);

            if (!nestedContent || nestedContent.length === 0) {
                content += `<${tagName}${attStr}/>`;
            } else {
                content += `<${tagName}${attStr}>${nestedContent}</${tagName}>`;
            }
        }
    }
    return content;
}

/**
 * Build attribute string for stopNodes - NO entity replacement
 */
function attr_to_str_raw(attrMap, options) {
    let attrStr = "";
    if (attrMap && !options.ignoreAttributes) {
        for (let attr in attrMap) {
            if (!Object.prototype.hasOwnProperty.call(attrMap, attr)) continue;
            // For stopNodes, use raw value without processing
            let attrVal = attrMap[attr];
            if (attrVal === true && options.suppressBooleanAttributes) {
                attrStr += ` ${attr.substr(options.attributeNamePrefix.length)}`;
            } else {
                attrStr += ` ${attr.substr(options.attributeNamePrefix.length)}="${escapeAttribute(attrVal)}"`;
            }
        }
    }
    return attrStr;
}

function propName(obj) {
    const keys = Object.keys(obj);
    for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        if (!Object.prototype.hasOwnProperty.call(obj, key)) continue;
        if (key !== ":@") return key;
    }
}

/**
 * Build attribute string, resolving attribute names through sanitizeName when configured.
 * Accepts matcher so the callback has path context.
 */
function attr_to_str(attrMap, options, isStopNode, matcher, qNameValidator) {
    let attrStr = "";
    if (attrMap && !options.ignoreAttributes) {
        for (let attr in attrMap) {
            if (!Object.prototype.hasOwnProperty.call(attrMap, attr)) continue;

            // Strip prefix to get the clean XML attribute name, then optionally sanitize it
            const cleanAttrName = attr.substr(options.attributeNamePrefix.length);
            const resolvedAttrName = isStopNode
                ? cleanAttrName  // stopNodes are raw — skip sanitizeName for attr names too
                : resolveName(cleanAttrName, true, options, matcher, qNameValidator);

            let attrVal;
            if (isStopNode) {
                // For stopNodes, use raw value without any processing
                attrVal = attrMap[attr];
            } else {
                // Normal processing: apply attributeValueProcessor and entity replacement
                attrVal = options.attributeValueProcessor(attr, attrMap[attr]);
                attrVal = replaceEntitiesValue(attrVal, options);
            }

            if (attrVal === true && options.suppressBooleanAttributes) {
                attrStr += ` ${resolvedAttrName}`;
            } else {
                attrStr += ` ${resolvedAttrName}="${escapeAttribute(attrVal)}"`;
            }
        }
    }
    return attrStr;
}

function checkStopNode(matcher, stopNodeExpressions) {
    if (!stopNodeExpressions || stopNodeExpressions.length === 0) return false;

    for (let i = 0; i < stopNodeExpressions.length; i++) {
        if (matcher.matches(stopNodeExpressions[i])) {
            return true;
        }
    }
    return false;
}

function replaceEntitiesValue(textValue, options) {
    if (textValue && textValue.length > 0 && options.processEntities) {
        for (let i = 0; i < options.entities.length; i++) {
            const entity = options.entities[i];
            textValue = textValue.replace(entity.regex, entity.val);
        }
    }
    return textValue;
}
;// CONCATENATED MODULE: ./node_modules/fast-xml-builder/src/ignoreAttributes.js
function getIgnoreAttributesFn(ignoreAttributes) {
    if (typeof ignoreAttributes === 'function') {
        return ignoreAttributes
    }
    if (Array.isArray(ignoreAttributes)) {
        return (attrName) => {
            for (const pattern of ignoreAttributes) {
                if (typeof pattern === 'string' && attrName === pattern) {
                    return true
                }
                if (pattern instanceof RegExp && pattern.test(attrName)) {
                    return true
                }
            }
        }
    }
    return () => false
}
;// CONCATENATED MODULE: ./node_modules/fast-xml-builder/src/fxb.js

//parse Empty Node as self closing node






const defaultOptions = {
  attributeNamePrefix: '@_',
  attributesGroupName: false,
  textNodeName: '#text',
  ignoreAttributes: true,
  cdataPropName: false,
  format: false,
  indentBy: '  ',
  suppressEmptyNode: false,
  suppressUnpairedNode: true,
  suppressBooleanAttributes: true,
  tagValueProcessor: function (key, a) {
    return a;
  },
  attributeValueProcessor: function (attrName, a) {
    return a;
  },
  preserveOrder: false,
  commentPropName: false,
  unpairedTags: [],
  entities: [
    { regex: new RegExp("&", "g"), val: "&amp;" },//it must be on top
    { regex: new RegExp(">", "g"), val: "&gt;" },
    { regex: new RegExp("<", "g"), val: "&lt;" },
    { regex: new RegExp("\'", "g"), val: "&apos;" },
    { regex: new RegExp("\"", "g"), val: "&quot;" }
  ],
  processEntities: true,
  stopNodes: [],
  // transformTagName: false,
  // transformAttributeName: false,
  oneListGroup: false,
  maxNestedTags: 100,
  jPath: true,  // When true, callbacks receive string jPath; when false, receive Matcher instance
  sanitizeName: false  // false = allow all names as-is (default, backward-compatible).
  // Set to a function (name, { isAttribute, matcher }) => string to
  // validate/sanitize tag and attribute names. Throw inside the function
  // to reject an invalid name.
};

function Builder(options) {
  this.options = Object.assign({}, defaultOptions, options);

  // Convert old-style stopNodes for backward compatibility
  // Old syntax: "*.tag" meant "tag anywhere in tree"
  // New syntax: "..tag" means "tag anywhere in tree"
  if (this.options.stopNodes && Array.isArray(this.options.stopNodes)) {
    this.options.stopNodes = this.options.stopNodes.map(node => {
      if (typeof node === 'string' && node.startsWith('*.')) {
        // Convert old wildcard syntax to deep wildcard
        return '..' + node.substring(2);
      }
      return node;
    });
  }

  // Pre-compile stopNode expressions for pattern matching
  this.stopNodeExpressions = [];
  if (this.options.stopNodes && Array.isArray(this.options.stopNodes)) {
    for (let i = 0; i < this.options.stopNodes.length; i++) {
      const node = this.options.stopNodes[i];
      if (typeof node === 'string') {
        this.stopNodeExpressions.push(new Expression/* default */.A(node));
      } else if (node instanceof Expression/* default */.A) {
        this.stopNodeExpressions.push(node);
      }
    }
  }

  if (this.options.ignoreAttributes === true || this.options.attributesGroupName) {
    this.isAttribute = function (/*a*/) {
      return false;
    };
  } else {
    this.ignoreAttributesFn = getIgnoreAttributesFn(this.options.ignoreAttributes)
    this.attrPrefixLen = this.options.attributeNamePrefix.length;
    this.isAttribute = isAttribute;
  }

  this.processTextOrObjNode = processTextOrObjNode

  if (this.options.format) {
    this.indentate = indentate;
    this.tagEndChar = '>\n';
    this.newLine = '\n';
  } else {
    this.indentate = function () {
      return '';
    };
    this.tagEndChar = '>';
    this.newLine = '';
  }
}

/**
 * Detect XML version from the ?xml declaration at the root of a plain-object input.
 * Checks both attributesGroupName and flat attribute forms.
 * Returns '1.0' if no declaration is found.
 */
function detectXmlVersionFromObj(jObj, options) {
  const decl = jObj['?xml'];
  if (decl && typeof decl === 'object') {
    // attributesGroupName path e.g. { '$$': { '@_version': '1.1' } }
    if (options.attributesGroupName && decl[options.attributesGroupName]) {
      const v = decl[options.attributesGroupName][options.attributeNamePrefix + 'version'];
      if (v) return v;
    }
    // flat attribute path e.g. { '@_version': '1.1' }
    const v = decl[options.attributeNamePrefix + 'version'];
    if (v) return v;
  }
  return '1.0';
}

Builder.prototype.build = function (jObj) {
  if (this.options.preserveOrder) {
    return toXml(jObj, this.options);
  } else {
    if (Array.isArray(jObj) && this.options.arrayNodeName && this.options.arrayNodeName.length > 1) {
      jObj = {
        [this.options.arrayNodeName]: jObj
      }
    }
    // Initialize matcher for path tracking
    const matcher = new Matcher/* default */.A();
    const xmlVersion = detectXmlVersionFromObj(jObj, this.options);
    const qNameValidator = (0,src/* createValidator */.fH)('qName', { xmlVersion });
    return this.j2x(jObj, 0, matcher, qNameValidator).val;
  }
};

Builder.prototype.j2x = function (jObj, level, matcher, qNameValidator) {
  let attrStr = '';
  let val = '';
  if (this.options.maxNestedTags && matcher.getDepth() >= this.options.maxNestedTags) {
    throw new Error("Maximum nested tags exceeded");
  }
  // Get jPath based on option: string for backward compatibility, or Matcher for new features
  const jPath = this.options.jPath ? matcher.toString() : matcher;

  // Check if current node is a stopNode (will be used for attribute encoding)
  const isCurrentStopNode = this.checkStopNode(matcher);

  for (let key in jObj) {
    if (!Object.prototype.hasOwnProperty.call(jObj, key)) continue;

    // Resolve the key through sanitizeName before any use.
    // Special keys (textNodeName, cdataPropName, commentPropName, attributeNamePrefix,
    // attributesGroupName, "?" PI tags) are exempt — they are builder-internal conventions,
    // not user-supplied XML names.
    const isSpecialKey = key === this.options.textNodeName
      || key === this.options.cdataPropName
      || key === this.options.commentPropName
      || (this.options.attributesGroupName && key === this.options.attributesGroupName)
      || this.isAttribute(key);
    //|| key[0] === '?';

    const resolvedKey = isSpecialKey
      ? key
      : resolveName(key, false, this.options, matcher, qNameValidator);

    if (typeof jObj[key] === 'undefined') {
      // supress undefined node only if it is not an attribute
      if (this.isAttribute(key)) {
        val += '';
      }
    } else if (jObj[key] === null) {
      // null attribute should be ignored by the attribute list, but should not cause the tag closing
      if (this.isAttribute(key)) {
        val += '';
      } else if (resolvedKey === this.options.cdataPropName || resolvedKey === this.options.commentPropName) {
        val += '';
      } else if (resolvedKey[0] === '?') {
        val += this.indentate(level) + '<' + resolvedKey + '?' + this.tagEndChar;
      } else {
        val += this.indentate(level) + '<' + resolvedKey + '/' + this.tagEndChar;
      }
    } else if (jObj[key] instanceof Date) {
      val += this.buildTextValNode(jObj[key], resolvedKey, '', level, matcher);
    } else if (typeof jObj[key] !== 'object') {
      //premitive type
      const attr = this.isAttribute(key);
      if (attr && !this.ignoreAttributesFn(attr, jPath)) {
        // Resolve the attribute name through sanitizeName
        const resolvedAttr = resolveName(attr, true, this.options, matcher, qNameValidator);
        attrStr += this.buildAttrPairStr(resolvedAttr, valToStr(jObj[key]), isCurrentStopNode);
      } else if (!attr) {
        //tag value
        if (key === this.options.textNodeName) {
          let newval = this.options.tagValueProcessor(key, valToStr(jObj[key]));
          val += this.replaceEntitiesValue(newval);
        } else {
          // Check if this is a stopNode before building
          matcher.push(resolvedKey);
          const isStopNode = this.checkStopNode(matcher);
          matcher.pop();

          if (isStopNode) {
            // Build as raw content without encoding
            const textValue = valToStr(jObj[key]);
            if (textValue === '') {
              val += this.indentate(level) + '<' + resolvedKey + this.closeTag(resolvedKey) + this.tagEndChar;
            } else {
              val += this.indentate(level) + '<' + resolvedKey + '>' + textValue + '</' + resolvedKey + this.tagEndChar;
            }
          } else {
            val += this.buildTextValNode(jObj[key], resolvedKey, '', level, matcher);
          }
        }
      }
    } else if (Array.isArray(jObj[key])) {
      //repeated nodes
      const arrLen = jObj[key].length;
      let listTagVal = "";
      let listTagAttr = "";
      for (let j = 0; j < arrLen; j++) {
        const item = jObj[key][j];
        if (typeof item === 'undefined') {
          // supress undefined node
        } else if (item === null) {
          if (resolvedKey[0] === "?") val += this.indentate(level) + '<' + resolvedKey + '?' + this.tagEndChar;
          else val += this.indentate(level) + '<' + resolvedKey + '/' + this.tagEndChar;
        } else if (typeof item === 'object') {
          if (this.options.oneListGroup) {
            // Push tag to matcher before recursive call
            matcher.push(resolvedKey);
            const result = this.j2x(item, level + 1, matcher, qNameValidator);
            // Pop tag from matcher after recursive call
            matcher.pop();

            listTagVal += result.val;
            if (this.options.attributesGroupName && item.hasOwnProperty(this.options.attributesGroupName)) {
              listTagAttr += result.attrStr
            }
          } else {
            listTagVal += this.processTextOrObjNode(item, resolvedKey, level, matcher, qNameValidator)
          }
        } else {
          if (this.options.oneListGroup) {
            let textValue = this.options.tagValueProcessor(resolvedKey, item);
            textValue = this.replaceEntitiesValue(textValue);
            textValue = valToStr(textValue);
            listTagVal += textValue;
          } else {
            // Check if this is a stopNode before building
            matcher.push(resolvedKey);
            const isStopNode = this.checkStopNode(matcher);
            matcher.pop();

            if (isStopNode) {
              // Build as raw content without encoding
              const textValue = valToStr(item);
              if (textValue === '') {
                listTagVal += this.indentate(level) + '<' + resolvedKey + this.closeTag(resolvedKey) + this.tagEndChar;
              } else {
                listTagVal += this.indentate(level) + '<' + resolvedKey + '>' + textValue + '</' + resolvedKey + this.tagEndChar;
              }
            } else {
              listTagVal += this.buildTextValNode(item, resolvedKey, '', level, matcher);
            }
          }
        }
      }
      if (this.options.oneListGroup) {
        listTagVal = this.buildObjectNode(listTagVal, resolvedKey, listTagAttr, level);
      }
      val += listTagVal;
    } else {
      //nested node
      if (this.options.attributesGroupName && key === this.options.attributesGroupName) {
        const Ks = Object.keys(jObj[key]);
        const L = Ks.length;
        for (let j = 0; j < L; j++) {
          // Resolve attribute names inside attributesGroupName
          const resolvedAttr = resolveName(Ks[j], true, this.options, matcher, qNameValidator);
          attrStr += this.buildAttrPairStr(resolvedAttr, valToStr(jObj[key][Ks[j]]), isCurrentStopNode);
        }
      } else {
        val += this.processTextOrObjNode(jObj[key], resolvedKey, level, matcher, qNameValidator)
      }
    }
  }
  return { attrStr: attrStr, val: val };
};

Builder.prototype.buildAttrPairStr = function (attrName, val, isStopNode) {
  if (!isStopNode) {
    val = this.options.attributeValueProcessor(attrName, valToStr(val));
    val = this.replaceEntitiesValue(val);
  }
  if (this.options.suppressBooleanAttributes && val === "true") {
    return ' ' + attrName;
  } else return ' ' + attrName + '="' + escapeAttribute(val) + '"';
}

function processTextOrObjNode(object, key, level, matcher, qNameValidator) {
  // Extract attributes to pass to matcher
  const attrValues = this.extractAttributes(object);

  // Push tag to matcher before recursion WITH attributes
  matcher.push(key, attrValues);

  // Check if this entire node is a stopNode
  const isStopNode = this.checkStopNode(matcher);

  if (isStopNode) {
    // For stopNodes, build raw content without entity encoding
    const rawContent = this.buildRawContent(object, matcher.getDepth());
    const attrStr = this.buildAttributesForStopNode(object);
    matcher.pop();
    return this.buildObjectNode(rawContent, key, attrStr, level);
  }

  const result = this.j2x(object, level + 1, matcher, qNameValidator);
  // Pop tag from matcher after recursion
  matcher.pop();

  // PI/XML-declaration tags must never emit text content — route through
  // buildTextValNode which correctly ignores the text node for "?" tags.
  if (key[0] === '?') {
    return this.buildTextValNode('', key, result.attrStr, level, matcher);
  } else if (object[this.options.textNodeName] !== undefined && Object.keys(object).length === 1) {
    return this.buildTextValNode(object[this.options.textNodeName], key, result.attrStr, level, matcher);
  } else {
    return this.buildObjectNode(result.val, key, result.attrStr, level);
  }
}

// Helper method to extract attributes from an object
Builder.prototype.extractAttributes = function (obj) {
  if (!obj || typeof obj !== 'object') return null;

  const attrValues = {};
  let hasAttrs = false;

  // Check for attributesGroupName (when attributes are grouped)
  if (this.options.attributesGroupName && obj[this.options.attributesGroupName]) {
    const attrGroup = obj[this.options.attributesGroupName];
    for (let attrKey in attrGroup) {
      if (!Object.prototype.hasOwnProperty.call(attrGroup, attrKey)) continue;
      // Remove attribute prefix if present
      const cleanKey = attrKey.startsWith(this.options.attributeNamePrefix)
        ? attrKey.substring(this.options.attributeNamePrefix.length)
        : attrKey;
      attrValues[cleanKey] = escapeAttribute(attrGroup[attrKey]);
      hasAttrs = true;
    }
  } else {
    // Look for individual attributes (prefixed with attributeNamePrefix)
    for (let key in obj) {
      if (!Object.prototype.hasOwnProperty.call(obj, key)) continue;
      const attr = this.isAttribute(key);
      if (attr) {
        attrValues[attr] = escapeAttribute(obj[key]);
        hasAttrs = true;
      }
    }
  }

  return hasAttrs ? attrValues : null;
};

// Build raw content for stopNode without entity encoding
Builder.prototype.buildRawContent = function (obj, depth = 0) {
  if (this.options.maxNestedTags && depth >= this.options.maxNestedTags) {
    throw new Error("Maximum nested tags exceeded");
  }
  if (typeof obj === 'string') {
    return obj; // Already a string, return as-is
  }

  if (typeof obj !== 'object' || obj === null) {
    return String(obj);
  }

  // Check if this is a stopNode data from parser: { "#text": "raw xml", "@_attr": "val" }
  if (obj[this.options.textNodeName] !== undefined) {
    return obj[this.options.textNodeName]; // Return raw text without encoding
  }

  // Build raw XML from nested structure
  let content = '';

  for (let key in obj) {
    if (!Object.prototype.hasOwnProperty.call(obj, key)) continue;

    // Skip attributes
    if (this.isAttribute(key)) continue;
    if (this.options.attributesGroupName && key === this.options.attributesGroupName) continue;

    const value = obj[key];

    if (key === this.options.textNodeName) {
      content += value; // Raw text
    } else if (Array.isArray(value)) {
      // Array of same tag
      for (let item of value) {
        if (typeof item === 'string' || typeof item === 'number') {
          content += `<${key}>${item}</${key}>`;
        } else if (typeof item === 'object' && item !== null) {
          const nestedContent = this.buildRawContent(item, depth + 1);
          const nestedAttrs = this.buildAttributesForStopNode(item);
          if (nestedContent === '') {
            content += `<${key}${nestedAttrs}/>`;
          } else {
            content += `<${key}${nestedAttrs}>${nestedContent}</${key}>`;
          }
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      // Nested object
      const nestedContent = this.buildRawContent(value, depth + 1);
      const nestedAttrs = this.buildAttributesForStopNode(value);
      if (nestedContent === '') {
        content += `<${key}${nestedAttrs}/>`;
      } else {
        content += `<${key}${nestedAttrs}>${nestedContent}</${key}>`;
      }
    } else {
      // Primitive value
      content += `<${key}>${value}</${key}>`;
    }
  }

  return content;
};

// Build attribute string for stopNode (no entity encoding)
Builder.prototype.buildAttributesForStopNode = function (obj) {
  if (!obj || typeof obj !== 'object') return '';

  let attrStr = '';

  // Check for attributesGroupName (when attributes are grouped)
  if (this.options.attributesGroupName && obj[this.options.attributesGroupName]) {
    const attrGroup = obj[this.options.attributesGroupName];
    for (let attrKey in attrGroup) {
      if (!Object.prototype.hasOwnProperty.call(attrGroup, attrKey)) continue;
      const cleanKey = attrKey.startsWith(this.options.attributeNamePrefix)
        ? attrKey.substring(this.options.attributeNamePrefix.length)
        : attrKey;
      const val = attrGroup[attrKey];
      if (val === true && this.options.suppressBooleanAttributes) {
        attrStr += ' ' + cleanKey;
      } else {
        // stopNode content is raw, but the quote delimiter is always escaped
        // so a quote in the value cannot break out of the attribute (see orderedJs2Xml attr_to_str)
        attrStr += ' ' + cleanKey + '="' + escapeAttribute(val) + '"';
      }
    }
  } else {
    // Look for individual attributes
    for (let key in obj) {
      if (!Object.prototype.hasOwnProperty.call(obj, key)) continue;
      const attr = this.isAttribute(key);
      if (attr) {
        const val = obj[key];
        if (val === true && this.options.suppressBooleanAttributes) {
          attrStr += ' ' + attr;
        } else {
          // stopNode content is raw, but the quote delimiter is always escaped
          // so a quote in the value cannot break out of the attribute (see orderedJs2Xml attr_to_str)
          attrStr += ' ' + attr + '="' + escapeAttribute(val) + '"';
        }
      }
    }
  }

  return attrStr;
};

Builder.prototype.buildObjectNode = function (val, key, attrStr, level) {
  if (val === "") {
    if (key[0] === "?") return this.indentate(level) + '<' + key + attrStr + '?' + this.tagEndChar;
    else {
      return this.indentate(level) + '<' + key + attrStr + this.closeTag(key) + this.tagEndChar;
    }
  } else if (key[0] === "?") {
    // PI/XML-declaration tags never have body content — treat them like empty.
    return this.indentate(level) + '<' + key + attrStr + '?' + this.tagEndChar;
  } else {
    let tagEndExp = '</' + key + this.tagEndChar;
    let piClosingChar = "";

    if (key[0] === "?") {
      piClosingChar = "?";
      tagEndExp = "";
    }

    // attrStr is an empty string in case the attribute came as undefined or null
    if ((attrStr || attrStr === '') && val.indexOf('<') === -1) {
      return (this.indentate(level) + '<' + key + attrStr + piClosingChar + '>' + val + tagEndExp);
    } else if (this.options.commentPropName !== false && key === this.options.commentPropName && piClosingChar.length === 0) {
      return this.indentate(level) + `<!--${safeComment(val)}-->` + this.newLine;
    } else {
      return (
        this.indentate(level) + '<' + key + attrStr + piClosingChar + this.tagEndChar +
        val +
        this.indentate(level) + tagEndExp);
    }
  }
}

Builder.prototype.closeTag = function (key) {
  let closeTag = "";
  if (this.options.unpairedTags.indexOf(key) !== -1) { //unpaired
    if (!this.options.suppressUnpairedNode) closeTag = "/"
  } else if (this.options.suppressEmptyNode) { //empty
    closeTag = "/";
  } else {
    closeTag = `></${key}`
  }
  return closeTag;
}

Builder.prototype.checkStopNode = function (matcher) {
  if (!this.stopNodeExpressions || this.stopNodeExpressions.length === 0) return false;

  for (let i = 0; i < this.stopNodeExpressions.length; i++) {
    if (matcher.matches(this.stopNodeExpressions[i])) {
      return true;
    }
  }
  return false;
}

function buildEmptyObjNode(val, key, attrStr, level) {
  if (val !== '') {
    return this.buildObjectNode(val, key, attrStr, level);
  } else {
    if (key[0] === "?") return this.indentate(level) + '<' + key + attrStr + '?' + this.tagEndChar;
    else {
      return this.indentate(level) + '<' + key + attrStr + '/' + this.tagEndChar;
    }
  }
}

Builder.prototype.buildTextValNode = function (val, key, attrStr, level, matcher) {
  if (this.options.cdataPropName !== false && key === this.options.cdataPropName) {
    const safeVal = safeCdata(val);
    return this.indentate(level) + `<![CDATA[${safeVal}]]>` + this.newLine;
  } else if (this.options.commentPropName !== false && key === this.options.commentPropName) {
    const safeVal = safeComment(val);
    return this.indentate(level) + `<!--${safeVal}-->` + this.newLine;
  } else if (key[0] === "?") {//PI tag
    return this.indentate(level) + '<' + key + attrStr + '?' + this.tagEndChar;
  } else {
    // Normal processing: apply tagValueProcessor and entity replacement
    let textValue = this.options.tagValueProcessor(key, val);
    textValue = this.replaceEntitiesValue(textValue);
    // tagValueProcessor may return the raw value unchanged (default is identity), and
    // replaceEntitiesValue no-ops on non-strings, so a plain number can still reach here;
    // stringify it now, sign-preserving, before it's implicitly ToString'd below.
    textValue = valToStr(textValue);

    if (textValue === '') {
      return this.indentate(level) + '<' + key + attrStr + this.closeTag(key) + this.tagEndChar;
    } else {
      return this.indentate(level) + '<' + key + attrStr + '>' +
        textValue +
        '</' + key + this.tagEndChar;
    }
  }
}

Builder.prototype.replaceEntitiesValue = function (textValue) {
  if (textValue && textValue.length > 0 && this.options.processEntities) {
    for (let i = 0; i < this.options.entities.length; i++) {
      const entity = this.options.entities[i];
      textValue = textValue.replace(entity.regex, entity.val);
    }
  }
  return textValue;
}

function indentate(level) {
  return this.options.indentBy.repeat(level);
}

function isAttribute(name /*, options*/) {
  if (name.startsWith(this.options.attributeNamePrefix) && name !== this.options.textNodeName) {
    return name.substr(this.attrPrefixLen);
  } else {
    return false;
  }
}
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlbuilder/json2xml.js
// Re-export from fast-xml-builder for backward compatibility

/* harmony default export */ const json2xml = (Builder);

// If there are any named exports you also want to re-export:

// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/validator.js
var validator = __nccwpck_require__(1176);
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/fxp.js






const XMLValidator = {
  validate: validator/* validate */.t
}

// EXTERNAL MODULE: ./build/json.js
var json = __nccwpck_require__(9368);
;// CONCATENATED MODULE: ./build/cache-protocol/blob-xml.js


const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
// Order matters in a block list and ids are text: nothing may be read as a number, trimmed to one or regrouped.
// Entities are off: a block list needs none and their expansion is an attack surface.
const orderedParser = new XMLParser/* default */.A({
    preserveOrder: true,
    parseTagValue: false,
    ignoreAttributes: true,
    processEntities: false,
});
const builder = new json2xml({ preserveOrder: true });
/** Body of Put Block List: `<Latest>` for each id, in order. */
function renderBlockList(blockIds) {
    const items = blockIds.map((id) => `<Latest>${id}</Latest>`).join('');
    return `${HEAD}<BlockList>${items}</BlockList>`;
}
/** The ids in list order; undefined when the text is not a block list. `Latest`, `Uncommitted` and `Committed` count alike. */
function parseBlockList(xml) {
    if (XMLValidator.validate(xml) !== true)
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
        const children = (0,json/* isRecord */.u4)(node) ? node[name] : undefined;
        if (Array.isArray(children))
            return children;
    }
    return undefined;
}
function readBlockId(item) {
    for (const name of ['Latest', 'Uncommitted', 'Committed']) {
        const children = findChild([item], name);
        if (children !== undefined)
            return children.length === 1 ? (0,json/* readString */.E3)(children[0], '#text') : undefined;
    }
    return undefined;
}


/***/ }),

/***/ 8401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9368);
/* harmony import */ var _integer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4506);


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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9368);
/* harmony import */ var _integer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4506);


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

/***/ 7720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ BUILDKIT_CACHE_VERSION),
/* harmony export */   v: () => (/* binding */ PACKS_CACHE_VERSION)
/* harmony export */ });
/** The one cache version of every BuildKit entry: sha256 of `|go-actionscache-1.0` (go-actions-cache, cache.go). */
const BUILDKIT_CACHE_VERSION = '693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2';
/** The version of the gateway's own entries, so that they never mix with others': sha256 of `hotlayer-packs-1`. */
const PACKS_CACHE_VERSION = 'fdf4e0361eff7e4f5e8bea911c3ad00d48e8e75252bdce5cf42c5386791b45b2';


/***/ }),

/***/ 9473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R9: () => (/* binding */ toMessage),
/* harmony export */   Ue: () => (/* binding */ hasErrorCode),
/* harmony export */   b$: () => (/* binding */ isDiskFull),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/* unused harmony exports InputError, CancelledError, quote, saysDiskFull, toFailureMessage */
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

/***/ 7162:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1708);
/* harmony import */ var node_stream_consumers__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8321);
/* harmony import */ var _async_deferred_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(7216);
/* harmony import */ var _cache_client_proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9509);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9473);
/* harmony import */ var _gateway_control_start_message_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8365);
/* harmony import */ var _gateway_host_run_gateway_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3988);
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3911);
/* harmony import */ var _process_disk_space_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2056);










const lastChanceMs = 3000;
const ended = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
    node_process__WEBPACK_IMPORTED_MODULE_1__.on(signal, () => ended.abort());
// Left alone, this signal opens node's inspector on loopback, and with it this process's memory to anyone there.
node_process__WEBPACK_IMPORTED_MODULE_1__.on('SIGUSR1', () => undefined);
// Main may be gone before it read that we are ready; that ends the job, and so us, in another way.
node_process__WEBPACK_IMPORTED_MODULE_1__.stdout.on('error', () => undefined);
// One line each, whatever words of the cache service are in it: post reads the last one.
const log = (text) => {
    const line = (0,_printable_js__WEBPACK_IMPORTED_MODULE_7__/* .toPrintable */ .f8)(text).replaceAll('\n', ' ');
    try {
        // Not by the stream: it is gone for good after its first error, and a disk that is full now has room later.
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(node_process__WEBPACK_IMPORTED_MODULE_1__.stderr.fd, `${new Date().toISOString()} ${line}\n`);
    }
    catch {
        // Nobody can be told; the uploads matter more than their log.
    }
};
// What a library writes there must not end this process either.
node_process__WEBPACK_IMPORTED_MODULE_1__.stderr.on('error', () => undefined);
// Nobody waited for it, so nobody depends on it.
node_process__WEBPACK_IMPORTED_MODULE_1__.on('unhandledRejection', (reason) => log(`internal error, left alone: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .toMessage */ .R9)(reason)}`));
// Nobody knows what is whole after that: the build goes on without a cache, and no half export is left.
const broken = (0,_async_deferred_js__WEBPACK_IMPORTED_MODULE_9__/* .createDeferred */ .u)();
node_process__WEBPACK_IMPORTED_MODULE_1__.on('uncaughtException', (error) => {
    log(`internal error, which ends the gateway: ${error.stack ?? (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .toMessage */ .R9)(error)}`);
    broken.resolve('an internal error');
});
try {
    const message = (0,_gateway_control_start_message_js__WEBPACK_IMPORTED_MODULE_5__/* .parseStartMessage */ .b)(await (0,node_stream_consumers__WEBPACK_IMPORTED_MODULE_2__.text)(node_process__WEBPACK_IMPORTED_MODULE_1__.stdin));
    if (message === undefined)
        throw new Error('no start message on standard input: main starts this, nobody else');
    // What the AWS SDK reads. Set here it is in this process's memory, and not in what others see of its environment.
    if (message.upstream.protocol === 's3')
        Object.assign(node_process__WEBPACK_IMPORTED_MODULE_1__.env, message.upstream.environment);
    const run = (0,_gateway_host_run_gateway_js__WEBPACK_IMPORTED_MODULE_6__/* .runGateway */ .E)(message, {
        proxies: (0,_cache_client_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .readProxies */ .rq)(node_process__WEBPACK_IMPORTED_MODULE_1__.env),
        log,
        refused: (reason) => node_process__WEBPACK_IMPORTED_MODULE_1__.stdout.write(`${JSON.stringify({ refused: reason })}\n`),
        ready: (url) => node_process__WEBPACK_IMPORTED_MODULE_1__.stdout.write(`${JSON.stringify({ url })}\n`),
        signal: ended.signal,
        broken: broken.promise,
        describeFullDisk: _process_disk_space_js__WEBPACK_IMPORTED_MODULE_8__/* .describeFullDisk */ .Q,
    });
    // In order, if that still works.
    void broken.promise.then(() => setTimeout(() => node_process__WEBPACK_IMPORTED_MODULE_1__.exit(1), lastChanceMs));
    if ((await run) !== undefined)
        node_process__WEBPACK_IMPORTED_MODULE_1__.exit(0);
    // Main reads why it was refused, and ends this process: an exit could overtake the line.
    setTimeout(() => node_process__WEBPACK_IMPORTED_MODULE_1__.exit(0), lastChanceMs);
}
catch (error) {
    log(`gateway failed: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .toMessage */ .R9)(error)}`);
    node_process__WEBPACK_IMPORTED_MODULE_1__.exit(1);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 2841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ gatewayPlan)
/* harmony export */ });
/* harmony import */ var _badrap_valita__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(138);

/** What a step may do: the part of its CachePlan that the gateway enforces. */
const gatewayPlan = _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik({
    imports: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO(_badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj()),
    /** null: read only. */
    export: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj().nullable(),
    /** The run is known to build the newest commit; else it takes nothing from what a newer run exported. */
    isTip: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM().optional(),
    /** Names that clients may say in place of these cache scopes, as `scope=` of `type=gha`. */
    aliases: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO(_badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj()).optional(),
});


/***/ }),

/***/ 4105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ gatewayProtocol)
/* harmony export */ });
/* harmony import */ var _badrap_valita__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(138);

/** What BuildKit can speak to the gateway: `type=gha` in either version of the cache service, or `type=registry`. */
const gatewayProtocol = _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KC(_badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu('gha-v1'), _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu('gha-v2'), _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu('oci'));


/***/ }),

/***/ 8365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ parseStartMessage)
/* harmony export */ });
/* unused harmony export renderStartMessage */
/* harmony import */ var _badrap_valita__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(138);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9368);
/* harmony import */ var _s3_client_bucket_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2611);
/* harmony import */ var _schema_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1937);
/* harmony import */ var _access_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2841);
/* harmony import */ var _access_protocols_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4105);






const gatewayUpstream = _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KC(
/** A cache service. */
_badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik({ protocol: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KC(_badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .eu(1), _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .eu(2)), url: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj() }), _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik({
    protocol: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .eu('s3'),
    bucket: _s3_client_bucket_js__WEBPACK_IMPORTED_MODULE_0__/* .s3Bucket */ .J0,
    /** undefined: those that the AWS SDK finds. */
    credentials: _s3_client_bucket_js__WEBPACK_IMPORTED_MODULE_0__/* .s3Credentials */ .hh.optional(),
    /** What the SDK reads of main's environment: not that of the process, which every other of the user could read. */
    environment: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1(_badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj()),
}));
const startMessage = _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik({
    /** The runtime token, or that of the job where the cache is not the runner's (`toJobToken`). */
    token: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj(),
    /** Public: makes the stub of this job another one than that of the next. */
    nonce: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj(),
    jobDirectory: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj(),
    upstream: gatewayUpstream,
    /** GitHub's run id and attempt, for the keys of entries. */
    run: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik({ id: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj(), attempt: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj() }),
    plan: _access_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .gatewayPlan */ .U,
    /** What the step offers its BuildKit. */
    protocols: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YO(_access_protocols_js__WEBPACK_IMPORTED_MODULE_2__/* .gatewayProtocol */ .D),
    /** The job ends with it; undefined: nobody watches it. */
    runnerPid: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .number */ .ai().optional(),
    /** How often it is looked whether the job is still there. */
    pollMs: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .number */ .ai(),
    maxLifetimeMs: _badrap_valita__WEBPACK_IMPORTED_MODULE_3__/* .number */ .ai(),
});
function renderStartMessage(message) {
    return JSON.stringify(message);
}
/** undefined when it is not a start message. */
function parseStartMessage(text) {
    return (0,_schema_js__WEBPACK_IMPORTED_MODULE_4__/* .parseAs */ .g)(startMessage, (0,_json_js__WEBPACK_IMPORTED_MODULE_5__/* .parseJson */ .qF)(text));
}


/***/ }),

/***/ 3988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  E: () => (/* binding */ runGateway)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./build/async/clock.js
var clock = __nccwpck_require__(2185);
// EXTERNAL MODULE: ./build/async/deferred.js
var deferred = __nccwpck_require__(7216);
;// CONCATENATED MODULE: ./build/async/in-flight.js
/** The writes that BuildKit waits for; who stops the gateway waits for them too. */
class InFlight {
    #count = 0;
    #waiting = new Set();
    get count() {
        return this.#count;
    }
    async track(work) {
        this.#count += 1;
        try {
            return await work();
        }
        finally {
            this.#count -= 1;
            if (this.#count === 0)
                for (const wake of this.#waiting)
                    wake();
        }
    }
    /** Resolves when nothing is in flight, or after that time. */
    async whenIdle(timeoutMs) {
        if (this.#count === 0)
            return;
        await new Promise((resolve) => {
            const wake = () => {
                clearTimeout(timer);
                this.#waiting.delete(wake);
                resolve();
            };
            const timer = setTimeout(wake, timeoutMs);
            this.#waiting.add(wake);
        });
    }
}

// EXTERNAL MODULE: ./build/cache-client/health.js
var cache_client_health = __nccwpck_require__(465);
// EXTERNAL MODULE: ./build/cache-client/transport.js
var cache_client_transport = __nccwpck_require__(1926);
// EXTERNAL MODULE: ./build/errors.js
var errors = __nccwpck_require__(9473);
;// CONCATENATED MODULE: ./build/cache-protocol/github-rest.js
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

// EXTERNAL MODULE: ./build/cache-protocol/blob-xml.js + 6 modules
var blob_xml = __nccwpck_require__(2716);
// EXTERNAL MODULE: ./build/cache-protocol/rest-v1.js
var rest_v1 = __nccwpck_require__(6532);
// EXTERNAL MODULE: ./build/cache-protocol/twirp.js
var cache_protocol_twirp = __nccwpck_require__(7322);
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
            return toJsonResponse(status, (0,cache_protocol_twirp/* renderTwirpError */.LX)({ code: failure.twirpCode ?? toTwirpCode(status), message }), retryAfter);
        case 'api':
            return toJsonResponse(status, renderApiError(status, message), retryAfter);
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
    const call = parseApiCall(request.method, request.url);
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
    const needed = toPermission(call.kind);
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
    const links = renderLinks(url, page, Math.ceil(found.length / perPage));
    return toJsonResponse(200, renderCacheList(found.slice((page - 1) * perPage, page * perPage), found.length), links === undefined ? {} : { Link: links });
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
    return toJsonResponse(200, renderCacheList(found, found.length));
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
    return toJsonResponse(status, renderApiError(status, message), headers);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: ./build/cache-protocol/blob.js
var blob = __nccwpck_require__(8401);
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
var cache_protocol_range = __nccwpck_require__(5753);
// EXTERNAL MODULE: ./build/json.js
var build_json = __nccwpck_require__(9368);
;// CONCATENATED MODULE: ./build/cache-server/service.js
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

;// CONCATENATED MODULE: ./build/cache-server/body.js



/** The whole body as text. Throws ServiceError `invalid_argument` when it is longer than `maxBytes`. */
async function readRequestText(body, maxBytes) {
    const chunks = [];
    let sizeBytes = 0;
    for await (const chunk of readChunks(body)) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) {
            throw new ServiceError('invalid_argument', `the request body is larger than ${maxBytes} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** The parsed body, or undefined when it is not JSON. */
async function readJson(body, maxBytes) {
    return (0,build_json/* parseJson */.qF)(await readRequestText(body, maxBytes));
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
        throw new ServiceError('not_found', 'The specified blob does not exist.', { cause: error });
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
                throw new ServiceError('invalid_argument', `"${operation.blockId}" is no block id: base64 of at most 64 bytes`);
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
        throw new ServiceError('invalid_argument', 'the body is no block list');
    if (blockIds.length > MAX_BLOCKS) {
        throw new ServiceError('invalid_block_list', `the list names more than ${MAX_BLOCKS} blocks`);
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

;// CONCATENATED MODULE: ./build/cache-server/call.js




const callKinds = (/* unused pure expression or super */ null && ([
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
]));
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
    const twirp = (0,cache_protocol_twirp/* parseTwirpPath */.hK)(url.pathname);
    if (twirp !== undefined)
        return { kind: toTwirpKind(twirp), dialect: 'twirp' };
    const v1 = (0,rest_v1/* parseV1Call */.pg)(method, url);
    if (v1 !== undefined)
        return { kind: v1 === 'unknown' ? 'unknown' : toV1Kind(v1.kind), dialect: 'v1' };
    const isBlob = parseBlobPath(url.pathname) !== undefined;
    const api = isBlob ? undefined : parseApiCall(method, url);
    if (api !== undefined)
        return { kind: api === 'unknown' ? 'unknown' : toApiKind(api.kind), dialect: 'api' };
    if (!isBlob)
        return { kind: 'unknown', dialect: 'twirp' };
    return {
        kind: toBlobKind((0,blob/* parseBlobOperation */.sB)(method, url.searchParams, headers['x-ms-blob-type']).kind),
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
    const method = (0,cache_protocol_twirp/* parseTwirpPath */.hK)(request.url.pathname);
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
    const message = demandMessage((0,cache_protocol_twirp/* parseCreateRequest */.Je)(body));
    refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
    try {
        const { id } = await context.service.reserve(caller, { protocol: 2, ...message, sizeBytes: undefined });
        const signedUploadUrl = context.signUrl(request, {
            id,
            permission: 'cw',
            lifetimeMs: UPLOAD_URL_LIFETIME_MS,
        });
        return (0,cache_protocol_twirp/* renderCreateResponse */.Ai)({ ok: true, signedUploadUrl, message: '' });
    }
    catch (error) {
        // GitHub says this one with 200: clients take the message from there.
        if (!(error instanceof ServiceError) || error.code !== 'write_denied')
            throw error;
        return (0,cache_protocol_twirp/* renderCreateResponse */.Ai)({ ok: false, signedUploadUrl: '', message: error.message });
    }
}
async function finalize(context, caller, body) {
    const { key, version, sizeBytes } = demandMessage((0,cache_protocol_twirp/* parseFinalizeRequest */.rG)(body));
    refuse(findKeyFault(key) ?? findVersionFault(version) ?? findSizeFault(sizeBytes));
    const { entryId } = await context.service.commit(caller, { kind: 'key', key, version }, sizeBytes);
    return (0,cache_protocol_twirp/* renderFinalizeResponse */.SO)({ ok: true, entryId, message: '' });
}
async function lookup(context, request, caller, body) {
    const message = demandMessage((0,cache_protocol_twirp/* parseLookupRequest */.dh)(body));
    refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
    const hit = await context.service.lookup(caller, { protocol: 2, ...message });
    if (hit === undefined)
        return (0,cache_protocol_twirp/* renderLookupResponse */.Y9)({ ok: false, signedDownloadUrl: '', matchedKey: '' });
    const signedDownloadUrl = context.signUrl(request, {
        id: hit.entryId,
        permission: 'r',
        lifetimeMs: DOWNLOAD_URL_LIFETIME_MS,
    });
    return (0,cache_protocol_twirp/* renderLookupResponse */.Y9)({ ok: true, signedDownloadUrl, matchedKey: hit.key });
}
function demandMessage(message) {
    if (message === undefined)
        throw new ServiceError('invalid_argument', 'the json request could not be decoded');
    return message;
}
function refuse(fault) {
    if (fault !== undefined)
        throw new ServiceError('invalid_argument', fault);
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
                throw new ServiceError('invalid_argument', 'the commit names no size');
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
        throw new ServiceError('invalid_argument', 'the reservation names no key or version');
    v1_handler_refuse(findKeyFault(message.key) ?? findVersionFaultV1(message.version));
    const { id } = await context.service.reserve(caller, { protocol: 1, ...message });
    return toJsonResponse(201, (0,rest_v1/* renderV1ReserveResponse */.fq)(id));
}
async function writeChunk(context, request, caller, cacheId) {
    const range = (0,cache_protocol_range/* parseContentRange */.C5)(request.headers['content-range']);
    if (range === undefined) {
        throw new ServiceError('invalid_argument', 'a chunk needs "Content-Range: bytes <start>-<end>/*"');
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
        throw new ServiceError('invalid_argument', fault);
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
        const { dialect } = classifyCall(request);
        try {
            if (dialect === 'api')
                return await handleApi(api, request);
            if (dialect === 'v1')
                return await handleV1(context, request);
            if (parseBlobPath(request.url.pathname) !== undefined)
                return await handleBlob(context, request);
            return await handleTwirp(context, request);
        }
        catch (error) {
            if (error instanceof ConnectionBreak)
                throw error;
            const version = request.headers['x-ms-version'];
            if (error instanceof ServiceError)
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
var external_node_http_ = __nccwpck_require__(7067);
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
            throw new ServiceError('not_found', 'The specified blob does not exist.');
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
            throw new ServiceError('unavailable', 'the blob was replaced while this part of it was sent');
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
    return new ServiceError('invalid_argument', `the body does not have the ${sizeBytes} bytes that were announced`);
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
                throw new ServiceError('invalid_block', 'The block ids of a blob must be of one length.');
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
                    throw new ServiceError('invalid_block_list', 'The specified block list is invalid.');
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
                throw new ServiceError('not_found', 'The specified blob does not exist.');
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
                    throw new ServiceError('invalid_argument', 'the chunks leave gaps in the entry');
                throw new ServiceError('not_found', 'cache entry not found');
            }
            if (sizeBytes !== undefined && found !== sizeBytes) {
                const message = `the entry has ${found} bytes, the commit says ${sizeBytes}`;
                if (this.#chunks.length > 0)
                    throw new ServiceError('invalid_argument', message);
                throw new ServiceError('not_found', `cache entry not found: ${message}`);
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
            url.pathname = toBlobPath(url.hostname, grant.id);
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
            const id = parseBlobPath(url.pathname);
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

;// CONCATENATED MODULE: ./build/cache-protocol/bearer.js
/** The token of an `Authorization: Bearer …` header. */
function parseBearer(authorization) {
    return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

;// CONCATENATED MODULE: ./build/policy/runtime-token.js

function runtime_token_readRuntimeToken(text) {
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
    const entries = (0,build_json/* parseJson */.qF)(claim);
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
    const value = (0,build_json/* parseJson */.qF)(json);
    return (0,build_json/* isRecord */.u4)(value)
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
    if (!(0,build_json/* isRecord */.u4)(entry))
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

;// CONCATENATED MODULE: ./build/gateway/access/stub-token.js



const issuer = 'hotlayer';
/** BuildKit wants both claims; a token without them, as an emulator may give it, lives as long as the gateway. */
const unlimited = { nbf: 0, exp: 4_102_444_800 };
function deriveStubToken(runtimeToken, nonce, nowMs) {
    const token = runtime_token_readRuntimeToken(runtimeToken);
    if (token.kind !== 'scopes') {
        const reason = `the runtime token cannot be read: ${token.kind === 'none' ? 'it is empty' : token.reason}`;
        return { kind: 'refused', code: 'token-opaque', reason };
    }
    const { scopes: refScopes, nbf = unlimited.nbf, exp = unlimited.exp } = token;
    if (nowMs >= exp * 1000 || nowMs < nbf * 1000) {
        const reason = `the runtime token is valid from ${stub_token_toTime(nbf)} to ${stub_token_toTime(exp)} only, which BuildKit checks`;
        return { kind: 'refused', code: 'token-expired', reason };
    }
    const header = encode({ typ: 'JWT', alg: 'HS256' });
    // Rendered anew: BuildKit reads no more of it than we do, and what it reads it must understand.
    const payload = encode({ iss: issuer, jti: nonce, ac: renderAccessClaim(refScopes), nbf, exp });
    const secret = (0,external_node_crypto_.createHmac)('sha256', runtimeToken)
        .update(`hotlayer stub\n${nonce}\n${header}.${payload}`)
        .digest('base64url');
    return { kind: 'stub', token: `${header}.${payload}.${secret}`, refScopes };
}
/** Whether a token is one that a gateway has made; pure, and no proof of anything. */
function isStub(token) {
    const payload = token.split('.')[1] ?? '';
    return readString(parseJson(Buffer.from(payload, 'base64url').toString('utf8')), 'iss') === issuer;
}
/** In constant time, whatever the lengths. */
function isSameSecret(given, expected) {
    const digest = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest();
    return (0,external_node_crypto_.timingSafeEqual)(digest(given), digest(expected));
}
function encode(value) {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}
function stub_token_toTime(seconds) {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

;// CONCATENATED MODULE: ./build/gateway/access/credentials.js


/** What every client of the registry must give as user name. */
const ociUser = 'hotlayer';
/** Whether the `Authorization` header of a cache call shows the stub. */
function showsBearer(authorization, stub) {
    const bearer = parseBearer(authorization);
    return bearer !== undefined && isSameSecret(bearer, stub);
}
/** Whether the `Authorization` header of a registry call shows the stub, as the password of our user. */
function showsPassword(authorization, stub) {
    const password = parsePassword(authorization);
    return password !== undefined && isSameSecret(password, stub);
}
/** The password of HTTP Basic credentials with that user name; undefined for anything else. */
function parsePassword(authorization) {
    const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
    if (encoded === undefined)
        return undefined;
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    return text.startsWith(`${ociUser}:`) ? text.slice(ociUser.length + 1) : undefined;
}
/** What HTTP Basic sends, and a Docker config holds as `auth`: the password in base64, as secret as itself. */
function toCredentials(password) {
    return Buffer.from(`${ociUser}:${password}`).toString('base64');
}

// EXTERNAL MODULE: ./build/schema.js
var schema = __nccwpck_require__(1937);
// EXTERNAL MODULE: ./node_modules/@badrap/valita/dist/node-cjs/index.js
var node_cjs = __nccwpck_require__(138);
;// CONCATENATED MODULE: ./build/gateway/store/export-claim.js


const exportClaim = node_cjs/* union */.KC(node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('digest'), cacheScope: node_cjs/* string */.Yj(), digest: node_cjs/* string */.Yj() }), node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('window'), cacheScope: node_cjs/* string */.Yj(), fromMs: node_cjs/* number */.ai(), toMs: node_cjs/* number */.ai() }), 
/** Builds of later steps, as the daemon remembers them; the newest index that is one of theirs counts. */
node_cjs/* object */.Ik({
    kind: node_cjs/* literal */.eu('builds'),
    cacheScope: node_cjs/* string */.Yj(),
    /** The first of them cannot have begun before, in milliseconds since 1970. */
    sinceMs: node_cjs/* number */.ai(),
    digests: node_cjs/* array */.YO(node_cjs/* string */.Yj()),
    windows: node_cjs/* array */.YO(node_cjs/* object */.Ik({ fromMs: node_cjs/* number */.ai(), toMs: node_cjs/* number */.ai() })),
}), 
/** The daemon remembers no builds: the newest index counts. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('unwatched'), cacheScope: node_cjs/* string */.Yj() }), 
/** The build has ended without an index of its own. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('nothing'), cacheScope: node_cjs/* string */.Yj() }));
/** Indexes of that cache scope that were dropped. */
const dropped = node_cjs/* number */.ai();
const exportVerdict = node_cjs/* union */.KC(node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('confirmed'), dropped }), 
/** The reason is half a sentence. */
node_cjs/* object */.Ik({ kind: node_cjs/* literal */.eu('refused'), reason: node_cjs/* string */.Yj(), dropped }));
/** The daemon's clock and ours were seen to be 25 ms apart on one machine; what is nearer than that may be either's. */
const clockSlackMs = 1000;
/**
 * Which of the indexes is the build's own: its place in the list, or why it is none of them. Pure.
 *
 * @param timed when each index without a digest began that came in this job, to whatever cache scope
 */
function findClaimed(indexes, claim, timed = []) {
    switch (claim.kind) {
        case 'nothing':
            return 'BuildKit stored no index';
        case 'digest': {
            const place = indexes.findIndex(({ digest }) => digest === claim.digest);
            return place === -1 ? 'the gateway does not have the index that BuildKit stored' : place;
        }
        case 'window': {
            const fromMs = claim.fromMs - clockSlackMs;
            const toMs = claim.toMs + clockSlackMs;
            const touching = [...indexes.keys()].filter((place) => {
                const index = indexes[place];
                return index !== undefined && index.beganMs <= toMs && index.endedMs >= fromMs;
            });
            const [place, another] = touching;
            const own = place === undefined ? undefined : indexes[place];
            if (place === undefined || own === undefined)
                return 'the gateway does not have the index that BuildKit stored';
            const isWithin = own.beganMs >= fromMs && own.endedMs <= toMs;
            return another === undefined && isWithin
                ? place
                : `about the time when BuildKit exported, something else stored an index of ${claim.cacheScope}`;
        }
        case 'unwatched':
            return indexes.length === 0 ? 'BuildKit stored no index' : indexes.length - 1;
        case 'builds':
            return findOfBuilds(indexes, claim, timed);
        default:
            return claim;
    }
}
/** An index without a digest counts only where builds had as many exports as such indexes came, whatever their cache scopes. */
function findOfBuilds(indexes, { digests, windows, cacheScope, sinceMs }, timed) {
    if (indexes.length === 0)
        return 'BuildKit stored no index';
    const known = new Set(digests);
    const isWithin = ({ beganMs, endedMs }) => windows.some(({ fromMs, toMs }) => beganMs >= fromMs - clockSlackMs && endedMs <= toMs + clockSlackMs);
    const place = indexes.findLastIndex((index) => index.digest === undefined ? isWithin(index) : known.has(index.digest));
    if (place === -1)
        return 'no build of this job has exported the index that was stored';
    if (indexes[place]?.digest !== undefined)
        return place;
    const came = timed.filter((beganMs) => beganMs >= sinceMs - clockSlackMs).length;
    return came <= windows.length
        ? place
        : `${came} indexes were stored and builds exported ${windows.length}: which one of ${cacheScope} is theirs cannot be told`;
}
function renderClaim(claim) {
    return { ...claim };
}
/** undefined when it is no claim. */
function parseClaim(value) {
    return (0,schema/* parseAs */.g)(exportClaim, value);
}
function renderVerdict(verdict) {
    return { ...verdict };
}
/** undefined when it is no verdict. */
function parseVerdict(value) {
    return parseAs(exportVerdict, value);
}

;// CONCATENATED MODULE: ./build/gateway/control/handshake.js


const nonceHeader = 'x-hotlayer-nonce';
const proofHeader = 'x-hotlayer-proof';
function signRequest(token, action, nonce, body) {
    return (0,external_node_crypto_.createHmac)('sha256', token).update(`hotlayer request\n${action}\n${nonce}\n${body}`).digest('hex');
}
function signAnswer(token, nonce, status, body) {
    return (0,external_node_crypto_.createHmac)('sha256', token).update(`hotlayer answer\n${nonce}\n${status}\n${body}`).digest('hex');
}
function isProof(given, expected) {
    return isSameSecret(given, expected);
}
const challengeLifetimeMs = 30_000;
/** Anyone on the machine may ask for challenges: they must not fill the memory. */
const maxChallenges = 256;
/** The challenges that were given out and not used yet. */
class Challenges {
    #expiries = new Map();
    issue(nowMs) {
        const oldest = this.#expiries.keys().next();
        if (this.#expiries.size >= maxChallenges && !oldest.done)
            this.#expiries.delete(oldest.value);
        const nonce = (0,external_node_crypto_.randomBytes)(32).toString('hex');
        this.#expiries.set(nonce, nowMs + challengeLifetimeMs);
        return nonce;
    }
    /** True once for a nonce that was issued and is not too old. */
    redeem(nonce, nowMs) {
        const expiry = this.#expiries.get(nonce);
        this.#expiries.delete(nonce);
        return expiry !== undefined && nowMs < expiry;
    }
}

// EXTERNAL MODULE: ./build/gateway/access/plan.js
var plan = __nccwpck_require__(2841);
// EXTERNAL MODULE: ./build/gateway/access/protocols.js
var protocols = __nccwpck_require__(4105);
;// CONCATENATED MODULE: ./build/gateway/report/scope-description.js

const layerCompression = node_cjs/* union */.KC(node_cjs/* literal */.eu('uncompressed'), node_cjs/* literal */.eu('gzip'), node_cjs/* literal */.eu('zstd'));
const layerCompressions = node_cjs/* object */.Ik({
    /** Of base images. */
    base: node_cjs/* array */.YO(layerCompression),
    /** Made by the build's own steps. */
    own: node_cjs/* array */.YO(layerCompression),
    /** Of those, what lies under the last step of a build. */
    result: node_cjs/* array */.YO(layerCompression),
});
/** What `type=registry` would meet in a cache scope. */
const scopeDescription = node_cjs/* object */.Ik({
    name: node_cjs/* string */.Yj(),
    /** False: BuildKit would refuse its manifest or config as too large (1 MiB), so import it with `type=gha`. */
    fitsOci: node_cjs/* boolean */.zM(),
    layers: layerCompressions,
});

;// CONCATENATED MODULE: ./build/gateway/control/messages.js




/** What main says to the gateway, and what is answered, beside claims, verdicts and reports. */
/** A further step of the job. */
const joinMessage = node_cjs/* object */.Ik({ plan: plan/* gatewayPlan */.U, protocols: node_cjs/* array */.YO(protocols/* gatewayProtocol */.D) });
/** Names of cache scopes. */
const describeMessage = node_cjs/* object */.Ik({ scopes: node_cjs/* array */.YO(node_cjs/* string */.Yj()) });
const describeAnswer = node_cjs/* union */.KC(
/** Not yet: ask again. */
node_cjs/* object */.Ik({ loaded: node_cjs/* literal */.eu(false) }), node_cjs/* object */.Ik({ loaded: node_cjs/* literal */.eu(true), scopes: node_cjs/* array */.YO(scopeDescription) }));
const drainMessage = node_cjs/* object */.Ik({ waitMs: node_cjs/* number */.ai() });
const challengeAnswer = node_cjs/* object */.Ik({ nonce: node_cjs/* string */.Yj() });

;// CONCATENATED MODULE: ./build/gateway/control/control.js





const controlPath = '/_hotlayer/';
const maxBodyBytes = 1024 * 1024;
/** An answer comes before any client or proxy loses patience; who waits longer asks again. */
const maxWaitMs = 20_000;
/**
 * The gateway's own API, beside the cache API on one port: a challenge for anyone, the rest for who proves to hold the
 * runtime token. Whoever holds the stub only is refused here.
 */
function createControlHandler(options) {
    const challenges = new Challenges();
    return async (request) => {
        const name = request.url.pathname.slice(controlPath.length);
        if (request.method !== 'POST')
            return toResponse(405, { error: 'use POST' });
        if (name === 'challenge')
            return toResponse(200, { nonce: challenges.issue(options.now()) });
        const action = parseAction(name);
        if (action === undefined)
            return toResponse(404, { error: 'no such action' });
        const body = await readBody(request.body);
        const nonce = request.headers[nonceHeader] ?? '';
        // The challenge is used up by a wrong proof as well.
        const isFresh = challenges.redeem(nonce, options.now());
        const expected = signRequest(options.runtimeToken, action, nonce, body ?? '');
        const isProven = isProof(request.headers[proofHeader] ?? '', expected);
        if (body === undefined || !isFresh || !isProven) {
            options.refused(`${action} without a proof of the runtime token`);
            return toResponse(401, { error: 'the proof is wrong, or its challenge is used up or too old' });
        }
        const { status, answer } = await act(options, action, (0,build_json/* parseJson */.qF)(body), request);
        const proof = signAnswer(options.runtimeToken, nonce, status, JSON.stringify(answer));
        return toResponse(status, answer, { [proofHeader]: proof });
    };
}
async function act(options, action, message, request) {
    switch (action) {
        case 'join': {
            const step = (0,schema/* parseAs */.g)(joinMessage, message);
            if (step === undefined)
                return { status: 400, answer: { error: 'the message is no plan' } };
            options.join(step);
            return { status: 200, answer: { joined: true } };
        }
        case 'confirm': {
            const claim = parseClaim(message);
            if (claim === undefined)
                return { status: 400, answer: { error: 'the message claims no index' } };
            return { status: 200, answer: renderVerdict(await options.confirm(claim)) };
        }
        case 'report':
            return { status: 200, answer: options.report() };
        case 'describe': {
            const asked = (0,schema/* parseAs */.g)(describeMessage, message);
            if (asked === undefined)
                return { status: 400, answer: { error: 'the message names no cache scopes' } };
            const scopes = await options.describe(asked.scopes, maxWaitMs);
            const answer = scopes === undefined ? { loaded: false } : { loaded: true, scopes };
            return { status: 200, answer: { ...answer } };
        }
        case 'drain':
            await options.drain(Math.min(maxWaitMs, (0,schema/* parseAs */.g)(drainMessage, message)?.waitMs ?? 0));
            return { status: 200, answer: options.report() };
        case 'stop': {
            options.abandon();
            const answer = options.report();
            options.stop(request);
            return { status: 200, answer };
        }
    }
}
function parseAction(name) {
    switch (name) {
        case 'join':
        case 'confirm':
        case 'report':
        case 'describe':
        case 'drain':
        case 'stop':
            return name;
        default:
            return undefined;
    }
}
/** undefined when it is too long. */
async function readBody(body) {
    const chunks = [];
    let sizeBytes = 0;
    for await (const chunk of body) {
        const bytes = Buffer.from(chunk);
        sizeBytes += bytes.length;
        if (sizeBytes > maxBodyBytes)
            return undefined;
        chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function toResponse(status, answer, headers = {}) {
    const body = Buffer.from(JSON.stringify(answer));
    const common = {
        'Content-Type': 'application/json',
        'Content-Length': String(body.length),
        Connection: 'close',
    };
    return { status, headers: { ...common, ...headers }, body };
}

// EXTERNAL MODULE: ./build/cache-protocol/version.js
var version = __nccwpck_require__(7720);
;// CONCATENATED MODULE: ./build/gateway/access/buildkit-key.js

const blobPattern = /^buildkit-blob-1-sha256:([0-9a-f]{64})(-sig)?$/;
const indexPattern = /^(index-([A-Za-z0-9_.\-/:@+=~ ]+)-1-([0-9a-f]{8})(-sig)?)(?:(#)([1-9][0-9]{0,14})?)?$/;
/** undefined: no key of BuildKit's. */
function parseBuildkitKey(key) {
    const blob = blobPattern.exec(key);
    if (blob?.[1] !== undefined)
        return { kind: 'blob', sha256: blob[1], isSignature: blob[2] !== undefined };
    const [, base, cacheScope, refHash, signed, mark, number] = indexPattern.exec(key) ?? [];
    if (base === undefined || cacheScope === undefined || refHash === undefined)
        return undefined;
    return {
        kind: 'index',
        cacheScope,
        refHash,
        base,
        number,
        hasMark: mark !== undefined,
        isSigned: signed !== undefined,
    };
}
/** How BuildKit puts a ref scope into an index key. */
function toRefHash(refScope) {
    return (0,external_node_crypto_.createHash)('sha256').update(refScope).digest('hex').slice(0, 8);
}

;// CONCATENATED MODULE: ./build/policy/token-access.js

/** Bits of `Permission` in the `ac` claim. */
const readBit = 1;
const writeBit = 2;
/** What the runtime token grants. */
function parseAccess(text) {
    const token = readRuntimeToken(text);
    return token.kind === 'scopes' ? { kind: 'scopes', scopes: token.scopes } : token;
}
/** True for the tokens of act and Gitea: entries with an empty Scope only, whose permission bits mean nothing. */
function isEmulator(access) {
    // An empty list is no emulator: it grants nothing.
    return (access.kind === 'scopes' && access.scopes.length > 0 && access.scopes.every(({ scope }) => scope === ''));
}
function canReadScope({ permission }) {
    return (permission & readBit) !== 0;
}
function canWriteScope({ permission }) {
    return (permission & writeBit) !== 0;
}

;// CONCATENATED MODULE: ./build/gateway/access/rules.js


function toAccessRules(plans, refScopes) {
    const writeScopes = new Set(plans.flatMap((plan) => (plan.export === null ? [] : [plan.export])));
    const writable = refScopes.filter(canWriteScope);
    return {
        // The exporter reads its own index before it writes the next one.
        readScopes: new Set([...plans.flatMap((plan) => plan.imports), ...writeScopes]),
        writeScopes,
        tipScopes: new Set([...writeScopes].filter((name) => plans.every((plan) => plan.export !== name || plan.isTip === true))),
        aliases: new Map(plans.flatMap((plan) => (plan.aliases ?? []).map((name) => [name, plan]))),
        refHashes: new Set(refScopes.map(({ scope }) => toRefHash(scope))),
        writeRefHash: toRefHash(writable.at(-1)?.scope ?? ''),
        canWrite: writable.length > 0,
    };
}
/** Whether the token names the ref scope of an index. */
function mayReadRef(rules, refHash) {
    return rules.refHashes.has(refHash) || refHash === rules.writeRefHash;
}
function rules_refuse(action, why, unplanned) {
    return {
        kind: 'refused',
        message: toDenial(action, why),
        ...(unplanned === undefined ? {} : { unplanned }),
    };
}
/** Why nothing can be written although the plan has an export; undefined: the token allows it. */
function findPowerlessness(rules) {
    if (rules.canWrite)
        return undefined;
    return { kind: 'powerless', message: toDenial('write', 'token has no writable scopes') };
}
/** In the words of the service. */
function toDenial(action, why) {
    return `cache ${action} denied: ${why}`;
}

;// CONCATENATED MODULE: ./build/gateway/access/gha-access.js



/** What `type=gha` may look up: BuildKit's keys in BuildKit's version, of the plan's cache scopes and the token's refs. */
function decideGhaRead(rules, query) {
    const key = parseBuildkitKey(query.key);
    if (key === undefined || query.restoreKeys.some((other) => other !== query.key)) {
        return rules_refuse('read', 'the key is not one of BuildKit');
    }
    if (query.version !== version/* BUILDKIT_CACHE_VERSION */.J)
        return rules_refuse('read', 'the version is not that of BuildKit');
    if (rules.readScopes.size === 0 && rules.aliases.size === 0)
        return rules_refuse('read', 'the plan imports and exports nothing');
    if (key.kind === 'blob')
        return { kind: 'allowed', key, cacheScopes: [] };
    const cacheScopes = listMeant(rules, key.cacheScope);
    if (cacheScopes === undefined) {
        // A script's exporter looks before it writes, and would fail the build.
        if (rules.aliases.size > 0)
            return { kind: 'allowed', key, cacheScopes: [], unplanned: key.cacheScope };
        return rules_refuse('read', `cache scope ${key.cacheScope} is not in the plan`, key.cacheScope);
    }
    if (!mayReadRef(rules, key.refHash)) {
        return rules_refuse('read', 'the index is of a ref that the token does not name');
    }
    return { kind: 'allowed', key, cacheScopes };
}
/** undefined: it is neither in a plan nor an alias. The exporter reads its own index before it writes the next one. */
function listMeant({ readScopes, aliases }, name) {
    if (readScopes.has(name))
        return [name];
    const plan = aliases.get(name);
    if (plan === undefined)
        return undefined;
    return [...new Set([...(plan.export === null ? [] : [plan.export]), ...plan.imports])];
}
/** What `type=gha` may store: layers, and numbered indexes of the plan's export under the ref that may be written. */
function decideGhaWrite(rules, request) {
    const key = parseBuildkitKey(request.key);
    if (key === undefined)
        return rules_refuse('write', 'the key is not one of BuildKit');
    if (request.version !== version/* BUILDKIT_CACHE_VERSION */.J)
        return rules_refuse('write', 'the version is not that of BuildKit');
    if (key.kind === 'index' ? key.isSigned : key.isSignature) {
        // A signature is over the very bytes of an index, and the gateway serves each without what is gone.
        return rules_refuse('write', 'the gateway keeps no signed cache: use `gateway: false`');
    }
    // Where nothing is exported, a client that was told to export by an alias comes to its end all the same.
    if (rules.writeScopes.size === 0 && rules.aliases.size === 0)
        return rules_refuse('write', 'the plan has no export');
    if (key.kind === 'blob') {
        if (rules.writeScopes.size === 0)
            return { kind: 'allowed', key, isKept: false };
        return findPowerlessness(rules) ?? { kind: 'allowed', key, isKept: true };
    }
    const alias = rules.writeScopes.has(key.cacheScope) ? undefined : rules.aliases.get(key.cacheScope);
    if (alias === undefined && !rules.writeScopes.has(key.cacheScope)) {
        const why = `cache scope ${key.cacheScope} is not the export of the plan`;
        if (rules.readScopes.has(key.cacheScope))
            return rules_refuse('write', why);
        // Scripts choose names: what this one has no cache for is told at the end of the job.
        if (rules.aliases.size > 0)
            return { kind: 'allowed', key, isKept: false, unplanned: key.cacheScope };
        return rules_refuse('write', why, key.cacheScope);
    }
    if (key.refHash !== rules.writeRefHash)
        return rules_refuse('write', 'the index is not of the ref that may be written');
    if (key.number === undefined)
        return rules_refuse('write', 'an index needs a number');
    if (alias?.export === null)
        return { kind: 'allowed', key, isKept: false };
    const meant = alias === undefined ? key : { ...key, cacheScope: alias.export };
    return findPowerlessness(rules) ?? { kind: 'allowed', key: meant, isKept: true };
}

;// CONCATENATED MODULE: ./build/gateway/config/dependency-order.js
/**
 * The numbers 0 … n-1, each after those that it depends on; undefined: they loop. Not recursive, because a cache config
 * may chain thousands of steps.
 */
function toDependencyOrder(dependencies) {
    const order = [];
    const states = new Map();
    for (const root of dependencies.keys()) {
        const path = [{ node: root, next: 0 }];
        while (path.length > 0) {
            const step = path.at(-1);
            if (step === undefined)
                break;
            if (step.next === 0) {
                if (states.get(step.node) === 'done') {
                    path.pop();
                    continue;
                }
                if (states.get(step.node) === 'open')
                    return undefined;
                states.set(step.node, 'open');
            }
            const child = dependencies[step.node]?.[step.next];
            step.next += 1;
            if (child !== undefined) {
                path.push({ node: child, next: 0 });
                continue;
            }
            states.set(step.node, 'done');
            order.push(step.node);
            path.pop();
        }
    }
    return order;
}

;// CONCATENATED MODULE: ./build/gateway/config/cache-config.js


/** Far more than any build has: a record for each step and for each content by which it is found. */
const maxLayers = 100_000;
const maxRecords = 300_000;
/** Digests, selectors and times; a selector may be a path. */
const maxTextLength = 8192;
/** Answers undefined for what BuildKit would not read either: another shape, an index out of range, a loop. */
function parseCacheConfig(value) {
    if (!(0,build_json/* isRecord */.u4)(value))
        return undefined;
    const layers = parseList(value['layers'], parseLayer);
    const records = parseList(value['records'], parseRecord);
    if (layers === undefined || records === undefined)
        return undefined;
    const isLayer = (index) => index >= 0 && index < layers.length;
    const isRecordIndex = (index) => index >= 0 && index < records.length;
    const areIndexesRight = layers.every(({ parent }) => parent === -1 || isLayer(parent)) &&
        records.every((record) => record.inputs.every((links) => links.every(({ link }) => isRecordIndex(link))) &&
            record.layers.every(({ layer }) => isLayer(layer)) &&
            record.chains.every((chain) => chain.layers.every(isLayer)));
    if (!areIndexesRight)
        return undefined;
    const config = { ...value, layers, records };
    if (layers.length > maxLayers || records.length > maxRecords)
        return undefined;
    return toLayerOrder(config) === undefined || toRecordOrder(config) === undefined ? undefined : config;
}
/** The JSON that BuildKit reads. */
function renderCacheConfig(config) {
    // Go leaves a parent of 0 out and reads it back as 0: written out, it means the same.
    return config;
}
/** The digests of all blobs that the config names. */
function listBlobs(config) {
    return new Set(config.layers.map(({ blob }) => blob));
}
/** The indexes of the layers, each after its parent; undefined: they loop. */
function toLayerOrder({ layers }) {
    return toDependencyOrder(layers.map(({ parent }) => (parent === -1 ? [] : [parent])));
}
/** The indexes of the records, each after the records that it links to; undefined: they loop. */
function toRecordOrder({ records }) {
    return toDependencyOrder(records.map(({ inputs }) => inputs.flat().map(({ link }) => link)));
}
function parseLayer(value) {
    if (!(0,build_json/* isRecord */.u4)(value) || !isText(value['blob']))
        return undefined;
    // Go leaves a zero out.
    const parent = value['parent'] ?? 0;
    const annotations = value['annotations'] ?? undefined;
    if (!isIndex(parent) || !(annotations === undefined || (0,build_json/* isRecord */.u4)(annotations)))
        return undefined;
    const { annotations: _, ...rest } = value;
    const layer = { ...rest, blob: value['blob'], parent };
    return annotations === undefined ? layer : { ...layer, annotations };
}
function parseRecord(value) {
    if (!(0,build_json/* isRecord */.u4)(value) || !isText(value['digest']))
        return undefined;
    const inputs = parseList(value['inputs'], (links) => parseList(links, parseInput));
    const layers = parseList(value['layers'], parseResult);
    const chains = parseList(value['chains'], parseChain);
    if (inputs === undefined || layers === undefined || chains === undefined)
        return undefined;
    return { ...value, digest: value['digest'], inputs, layers, chains };
}
function parseInput(value) {
    if (!(0,build_json/* isRecord */.u4)(value) || !isIndex(value['link']))
        return undefined;
    const { selector, ...rest } = value;
    const input = { ...rest, link: value['link'] };
    if (selector === undefined || selector === '')
        return input;
    return isText(selector) ? { ...input, selector } : undefined;
}
function parseResult(value) {
    if (!(0,build_json/* isRecord */.u4)(value) || !isIndex(value['layer']))
        return undefined;
    return parseTime({ ...value, layer: value['layer'] });
}
function parseChain(value) {
    const layers = (0,build_json/* isRecord */.u4)(value)
        ? parseList(value['layers'], (index) => (isIndex(index) ? index : undefined))
        : undefined;
    return (0,build_json/* isRecord */.u4)(value) && layers !== undefined ? parseTime({ ...value, layers }) : undefined;
}
function parseTime(value) {
    const createdAt = value['createdAt'];
    if (createdAt === undefined)
        return value;
    return isText(createdAt) ? { ...value, createdAt } : undefined;
}
/** Go writes an empty list as nothing or as null. */
function parseList(value, parse) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value))
        return undefined;
    const parsed = value.map(parse).filter((item) => item !== undefined);
    return parsed.length === value.length ? parsed : undefined;
}
function isText(value) {
    return typeof value === 'string' && value.length <= maxTextLength;
}
function isIndex(value) {
    return typeof value === 'number' && Number.isSafeInteger(value);
}

;// CONCATENATED MODULE: ./build/gateway/config/foreign-json.js

/** An index of ten thousand layers has 3 MiB and some hundred thousand values. */
const configBounds = { maxBytes: 64 * 1024 * 1024, maxDepth: 64, maxValues: 2_000_000 };
/**
 * JSON that others wrote; undefined where it is none, or too large or too deep to be what it should be. It is looked
 * through before anything is made of it, so that a bomb costs one pass over its bytes.
 */
function parseForeignJson(bytes, bounds = configBounds) {
    if (bytes.length > bounds.maxBytes || !isWithin(bytes, bounds))
        return undefined;
    return (0,build_json/* parseJson */.qF)(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening = [0x5b, 0x7b];
const closing = [0x5d, 0x7d];
function isWithin(bytes, { maxDepth, maxValues }) {
    let depth = 0;
    let values = 0;
    let isText = false;
    for (let place = 0; place < bytes.length; place++) {
        const byte = bytes[place] ?? 0;
        if (isText) {
            // What is escaped ends no text.
            if (byte === backslash)
                place += 1;
            else if (byte === quote)
                isText = false;
        }
        else if (byte === quote)
            isText = true;
        else if (byte === comma)
            values += 1;
        else if (opening.includes(byte)) {
            values += 1;
            depth += 1;
        }
        else if (closing.includes(byte))
            depth -= 1;
        if (depth > maxDepth || values > maxValues)
            return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./build/gateway/store/index-candidates.js

/** Of one cache scope: BuildKit stores one, and who floods us must not fill the memory. */
const maxCandidates = 4;
/** The indexes that were stored and that no build has claimed yet. */
class IndexCandidates {
    #waiting = [];
    #unconfirmed = [];
    /** When those without a digest began, of all that ever came. */
    #timed = [];
    /** The same manifest again, as a client sends it after a lost answer, is the same candidate. */
    add(candidate) {
        const isAgain = (other) => candidate.digest !== undefined &&
            other.digest === candidate.digest &&
            other.cacheScope === candidate.cacheScope;
        if (candidate.digest === undefined)
            this.#timed.push(candidate.beganMs);
        const others = this.#waiting.filter((other) => !isAgain(other));
        const ofScope = others.filter(({ cacheScope }) => cacheScope === candidate.cacheScope);
        const surplus = new Set(ofScope.slice(0, Math.max(0, ofScope.length + 1 - maxCandidates)));
        for (const { cacheScope } of surplus)
            this.#unconfirmed.push(cacheScope);
        this.#waiting = [...others.filter((other) => !surplus.has(other)), candidate];
    }
    /** A build has ended: its index, or why it is not there. All others of the cache scope are dropped. */
    settle(claim) {
        const ofScope = this.#waiting.filter(({ cacheScope }) => cacheScope === claim.cacheScope);
        this.#waiting = this.#waiting.filter(({ cacheScope }) => cacheScope !== claim.cacheScope);
        const place = findClaimed(ofScope, claim, this.#timed);
        const found = typeof place === 'string' ? place : (ofScope[place] ?? 'it is gone');
        // Of the many that builds of later steps have stored, only the last ones were kept.
        if (typeof found !== 'string' && claim.kind !== 'digest' && claim.kind !== 'window')
            this.#unconfirmed = this.#unconfirmed.filter((name) => name !== claim.cacheScope);
        return { found, dropped: ofScope.length - (typeof found === 'string' ? 0 : 1) };
    }
    /** The job ends: what nobody has claimed by now, nobody will. */
    drop() {
        this.#unconfirmed.push(...this.#waiting.map(({ cacheScope }) => cacheScope));
        this.#waiting = [];
    }
    /** Cache scopes of those that were dropped without any word of main. */
    get unconfirmed() {
        return [...new Set(this.#unconfirmed)];
    }
}

;// CONCATENATED MODULE: ./build/gateway/packs/blob-unavailable.js

/** A blob cannot be had from its pack, and another try will not help in this job. */
class BlobUnavailableError extends errors/* ToolError */.v4 {
    reason;
    /** With it all that lies in its pack. */
    isWholePack;
    constructor(reason, message, { isWholePack = false } = {}) {
        super('blob-unavailable', message);
        this.isWholePack = isWholePack;
        this.name = 'BlobUnavailableError';
        this.reason = reason;
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/gateway/packs/local-bytes.js

/** A file that is nothing but the blob, complete and checked. */
function toLocalFile(file, sizeBytes, release) {
    const there = Promise.resolve();
    return { file, offset: 0, length: sizeBytes, whenThere: () => there, checked: there, release };
}
/** How far a reader may run ahead of the check: in a blob of this size or less there is nothing to gain. */
const pieceBytes = 4 * 1024 * 1024;
/**
 * Bytes `start` to `end`. Who reads a blob whole gets it while it comes in, but for its last piece, which waits until the
 * whole is checked: wrong bytes are never served to their end. A part tells nothing of the rest, so it waits for all.
 */
async function* readLocalBytes({ file, offset, length, whenThere, checked }, start, end) {
    const isWhole = start === 0 && end === length - 1;
    if (!isWhole)
        await checked;
    for (let position = start; position <= end; position += pieceBytes) {
        const stop = Math.min(position + pieceBytes - 1, end);
        await (stop === length - 1 ? checked : whenThere(stop));
        yield* (0,external_node_fs_.createReadStream)(file, {
            start: offset + position,
            end: offset + stop,
            highWaterMark: 256 * 1024,
        });
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/lent-blobs.js





/** How long local bytes are held: BuildKit reads a blob once and whole, unless its connection breaks. */
const heldMs = { served: 10_000, idle: 60_000 };
/** Blobs that BuildKit reads: their local bytes are held from the first request until nobody asks any more. */
class LentBlobs {
    #open;
    #byDigest = new Map();
    constructor(open) {
        this.#open = open;
    }
    /** undefined: its bytes cannot be had. One fetch for all who ask. */
    async open(digest) {
        const lent = await (this.#byDigest.get(digest) ?? this.#borrow(digest));
        if (lent === undefined)
            return undefined;
        this.#keep(digest, lent, heldMs.idle);
        return {
            sizeBytes: lent.bytes.length,
            etag: digest,
            lastModified: lent.since,
            read: (start, end) => this.#read(digest, lent, start, end),
        };
    }
    close() {
        for (const lent of this.#byDigest.values()) {
            void lent.then((held) => clearTimeout(held?.release), () => undefined);
        }
    }
    #borrow(digest) {
        const lent = this.#open(digest).then((bytes) => bytes === undefined ? undefined : { bytes, since: new Date(), readers: 0, release: undefined });
        this.#byDigest.set(digest, lent);
        const forget = () => {
            if (this.#byDigest.get(digest) === lent)
                this.#byDigest.delete(digest);
        };
        // What turns out wrong while it is read is not lent again.
        lent.then((held) => (held === undefined ? forget() : held.bytes.checked.catch(forget)), forget);
        return lent;
    }
    #read(digest, lent, start, end) {
        clearTimeout(lent.release);
        lent.readers += 1;
        const stream = external_node_stream_.Readable.from(readOrBreak(lent.bytes, start, end), { objectMode: false });
        stream.once('close', () => {
            lent.readers -= 1;
            const isServed = stream.readableEnded && end === lent.bytes.length - 1;
            this.#keep(digest, lent, isServed ? heldMs.served : heldMs.idle);
        });
        return stream;
    }
    /** Puts off the release of bytes that nobody reads. */
    #keep(digest, lent, ms) {
        clearTimeout(lent.release);
        if (lent.readers > 0)
            return;
        lent.release = setTimeout(() => {
            this.#byDigest.delete(digest);
            lent.bytes.release();
        }, ms);
        lent.release.unref();
    }
}
/** What turns out missing or wrong before its first byte went out is a 404 still; after that the answer breaks off. */
async function* readOrBreak(bytes, start, end) {
    let hasBegun = false;
    try {
        for await (const chunk of readLocalBytes(bytes, start, end)) {
            hasBegun = true;
            yield chunk;
        }
    }
    catch (error) {
        if (!(error instanceof BlobUnavailableError))
            throw error;
        if (hasBegun)
            throw new ConnectionBreak(error.message, 'reset', { cause: error });
        throw new ServiceError('not_found', 'The specified blob does not exist.', { cause: error });
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/spool.js

/** Moves an upload out of the spool, on one file system. */
async function moveUpload(upload, file) {
    await (0,promises_.rename)(upload.path, file);
}

;// CONCATENATED MODULE: ./build/gateway/store/store.js






/**
 * What BuildKit reads and writes, whatever dialect it speaks: blobs by digest, and an index for each cache scope and
 * ref. Writing ends on local disk; `exports` brings it to the service, an index only when main has confirmed it.
 */
class Store {
    #options;
    #lent;
    #candidates = new IndexCandidates();
    constructor(options) {
        this.#options = options;
        this.#lent = new LentBlobs((digest) => options.blobs.open(digest));
    }
    /** Whether it can be read: known from memory once the cache scopes are loaded. */
    async hasBlob(digest) {
        const { blobs, scopes } = this.#options;
        await scopes.whenLoaded();
        return await blobs.has(digest);
    }
    /** Throws ServiceError `not_found` when its bytes cannot be had. */
    async openBlob(digest) {
        const blob = await this.#lent.open(digest);
        // Not 503: BuildKit would come back for a quarter of an hour, and a build without cache is quicker.
        if (blob === undefined)
            throw new ServiceError('not_found', 'The specified blob does not exist.');
        return blob;
    }
    /** The bytes are those of the digest. */
    async putBlob(digest, upload) {
        const { blobs, exports } = this.#options;
        this.#demandExports();
        const file = blobs.toPath();
        await moveUpload(upload, file);
        await blobs.put({ digest, file, sizeBytes: upload.sizeBytes });
        exports.pack(digest);
    }
    /** Bytes, where it is known without a call. */
    sizeOf(digest) {
        return this.#options.blobs.sizeOf(digest);
    }
    async findIndex(cacheScope, refHash) {
        return (await this.listIndexes(cacheScope)).get(refHash);
    }
    /** By ref hash; none of a cache scope that is in no plan. */
    async listIndexes(cacheScope) {
        return (await this.#options.scopes.get(cacheScope))?.indexes ?? new Map();
    }
    /**
     * Holds it until a build claims it: whoever has sniffed the stub can store one too. Throws ServiceError
     * `invalid_argument` when blobs that it names are not there.
     */
    async putIndex(commit) {
        const { blobs, scopes } = this.#options;
        const { cacheScope, refHash, config, beganMs, digest, number } = commit;
        this.#demandExports();
        const scope = await scopes.get(cacheScope);
        if (scope === undefined)
            throw new ServiceError('invalid_argument', `cache scope ${cacheScope} is not in the plan`);
        const missing = [...listBlobs(config)].filter((digest) => !blobs.mayHave(digest));
        if (missing.length > 0)
            throw new ServiceError('invalid_argument', `the index names ${missing.length} blobs that are not there`);
        this.#candidates.add({ cacheScope, refHash, config, number, digest, beganMs, endedMs: Date.now() });
    }
    /** A build has ended: serves its index from now on, starts to bring it to the service, and drops all others. */
    async confirm(claim) {
        const { scopes, exports } = this.#options;
        const { found, dropped } = this.#candidates.settle(claim);
        if (typeof found === 'string')
            return { kind: 'refused', reason: this.exportFault ?? found, dropped };
        const { cacheScope, refHash, config } = found;
        const scope = await scopes.get(cacheScope);
        if (this.exportFault !== undefined || scope === undefined)
            return { kind: 'refused', reason: this.exportFault ?? 'it is in no plan', dropped };
        const number = found.number ?? (scope.indexes.get(refHash)?.number ?? 0) + 1;
        scopes.serve(scope, refHash, config, number);
        exports.start({ scope, refHash, config });
        return { kind: 'confirmed', dropped };
    }
    /** The job ends: indexes that no build has claimed are gone. */
    dropUnconfirmed() {
        this.#candidates.drop();
    }
    /** Cache scopes of which an index was dropped so. */
    get unconfirmed() {
        return this.#candidates.unconfirmed;
    }
    /** Why nothing more can be written in this job; undefined: all is well. */
    get exportFault() {
        return this.#options.exports.givenUp;
    }
    /** Refuses writes once the export was given up, so that BuildKit ends its own soon. */
    #demandExports() {
        const reason = this.exportFault;
        if (reason !== undefined)
            throw new ServiceError('write_denied', `cache write denied: ${reason}`);
    }
    close() {
        this.#lent.close();
    }
}
/** An index as a blob URL serves it. */
function toStoredIndex({ bytes, createdAt, number }) {
    return toStoredBytes(bytes, `${number}-${createdAt.getTime()}`, createdAt);
}
function toStoredBytes(bytes, etag, lastModified) {
    return {
        sizeBytes: bytes.length,
        etag,
        lastModified,
        read: (start, end) => external_node_stream_.Readable.from([bytes.subarray(start, end + 1)]),
    };
}

;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./build/gateway/config/limits.js
/** How large what BuildKit stores may be: it reads an index into memory, and one of ten thousand layers has about 3 MiB. */
const maxIndexBytes = 64 * 1024 * 1024;
/** BuildKit's own uploads end at 50,000 blocks of 1 MiB. */
const maxBlobBytes = 64 * 1024 * 1024 * 1024;

;// CONCATENATED MODULE: ./build/gateway/store/byte-check.js







const maxSignatureBytes = 1024 * 1024;
function toMaxBytes(key) {
    if (key.kind === 'index')
        return maxIndexBytes;
    return key.isSignature ? maxSignatureBytes : maxBlobBytes;
}
/**
 * What is wrong with a file that claims to be the entry of that key; undefined when nothing is. A blob must hash to
 * the digest in its key. An index and a signature have no digest: an index must at least be a cache config.
 */
async function findByteFault(file, key) {
    const { size } = await (0,promises_.stat)(file);
    if (size === 0)
        return 'it is empty';
    if (size > toMaxBytes(key))
        return `it is larger than ${toMaxBytes(key)} bytes`;
    if (key.kind === 'index') {
        const isConfig = isCacheConfig(parseForeignJson(await (0,promises_.readFile)(file)));
        return isConfig ? undefined : 'it is no cache config of BuildKit';
    }
    if (key.isSignature)
        return undefined;
    const sha256 = await hashFile(file);
    return sha256 === key.sha256 ? undefined : `its bytes hash to sha256:${sha256}`;
}
async function hashFile(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,external_node_stream_promises_namespaceObject.pipeline)((0,external_node_fs_.createReadStream)(file, { highWaterMark: 1024 * 1024 }), hash);
    return hash.digest('hex');
}
/** `{layers?: [{blob}], records?: [{digest}]}` (cache/remotecache/v1/types); both are left out when empty. */
function isCacheConfig(value) {
    if (!(0,build_json/* isRecord */.u4)(value))
        return false;
    const hasList = (name, field) => {
        const list = value[name] ?? [];
        return Array.isArray(list) && list.every((item) => (0,build_json/* isRecord */.u4)(item) && typeof item[field] === 'string');
    };
    return hasList('layers', 'blob') && hasList('records', 'digest');
}

;// CONCATENATED MODULE: ./build/gateway/gha/reservations.js



/** What BuildKit is writing: taken onto local disk and checked, without any call to the service. */
class Uploads {
    #options;
    #byId = new Map();
    #count = 0;
    constructor(options) {
        this.#options = options;
    }
    reserve({ key: parsed, isKept }, key, version) {
        this.#count += 1;
        const id = String(this.#count);
        this.#byId.set(id, { id, key, version, parsed, isKept, beganMs: Date.now() });
        return id;
    }
    target(id) {
        const target = this.#options.spool.open(this.#demand(this.#byId.get(id)).id);
        const guard = (work) => this.#guard(id, work);
        return {
            writeAt: (offset, body, options) => guard(target.writeAt(offset, body, options)),
            putBlock: (blockId, body, sizeBytes) => guard(target.putBlock(blockId, body, sizeBytes)),
            putBlockList: (blockIds) => guard(target.putBlockList(blockIds)),
            append: (body) => guard(target.append(body)),
        };
    }
    async #guard(id, work) {
        try {
            return await work;
        }
        catch (error) {
            if (!(0,errors/* isDiskFull */.b$)(error))
                throw error;
            await this.drop(id);
            await this.#options.onDiskFull();
            throw new ServiceError('write_denied', 'cache write denied: the disk of the runner is full', {
                cause: error,
            });
        }
    }
    /** Answers when the bytes are local and right. Throws what BuildKit is to see; the upload is gone either way. */
    async commit(target, sizeBytes) {
        const { spool, statistics, accept } = this.#options;
        const reservation = this.#demand(this.#find(target));
        // From here on nobody else may write to it or commit it.
        this.#byId.delete(reservation.id);
        try {
            const upload = await this.#guard(reservation.id, spool.finish(reservation.id, sizeBytes));
            await this.#check(reservation, upload);
            if (reservation.isKept)
                await this.#guard(reservation.id, accept(reservation.parsed, upload, reservation.beganMs));
            return reservation.id;
        }
        catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            statistics.failed('export', 'commit', `${reservation.key}: ${message}`);
            throw error;
        }
        finally {
            await spool.drop(reservation.id);
        }
    }
    async drop(id) {
        this.#byId.delete(id);
        await this.#options.spool.drop(id);
    }
    async #check(reservation, upload) {
        const fault = await findByteFault(upload.path, reservation.parsed);
        if (fault === undefined)
            return;
        this.#options.statistics.add('wrongBytes');
        throw new ServiceError('invalid_argument', `the upload is not what its key says: ${fault}`);
    }
    #find(target) {
        if (target.kind === 'id')
            return this.#byId.get(target.id);
        return [...this.#byId.values()].findLast(({ key, version }) => key === target.key && version === target.version);
    }
    #demand(reservation) {
        if (!reservation)
            throw new ServiceError('not_found', 'cache entry not found');
        return reservation;
    }
}

;// CONCATENATED MODULE: ./build/gateway/gha/service.js









function createGatewayService(options) {
    const { stub, refScopes, store, statistics, inFlight } = options;
    const plans = [options.plan];
    let rules = toAccessRules(plans, refScopes);
    options.load(rules.readScopes);
    const uploads = new Uploads({
        spool: options.spool,
        statistics,
        onDiskFull: options.onDiskFull,
        accept: (key, upload, beganMs) => accept(key, upload, beganMs),
    });
    const accept = async (key, upload, beganMs) => {
        if (key.kind === 'blob') {
            await store.putBlob(`sha256:${key.sha256}`, upload);
            statistics.add('blobsStored');
            return;
        }
        const config = parseCacheConfig(parseForeignJson(await (0,promises_.readFile)(upload.path)));
        if (config === undefined)
            throw new ServiceError('invalid_argument', 'the upload is no cache config of BuildKit');
        const { cacheScope, refHash, number } = key;
        await store.putIndex({ cacheScope, refHash, config, number: Number(number ?? 1), beganMs });
        statistics.add('indexesStored');
    };
    /** What a look-up led to, by the id in the blob URL. */
    const entries = new Map();
    const addEntry = (id, open) => {
        entries.set(id, open);
        return id;
    };
    const find = async (key, cacheScopes, { key: asked, version }) => {
        const refScope = refScopes[0]?.scope ?? '';
        if (key.kind === 'blob') {
            const digest = `sha256:${key.sha256}`;
            if (key.isSignature || !(await store.hasBlob(digest)))
                return undefined;
            const entryId = addEntry(`b-${key.sha256}`, () => store.openBlob(digest));
            return { entryId, key: asked, refScope, version, createdAt: new Date() };
        }
        if (key.isSigned)
            return undefined;
        const index = await findFirst(cacheScopes, (name) => store.findIndex(name, key.refHash));
        // An index of a certain number is asked for by nobody, but may have been replaced.
        if (index === undefined || (key.number !== undefined && `${index.number}` !== key.number))
            return undefined;
        const entryId = addEntry(`i-${entries.size + 1}`, async () => toStoredIndex(index));
        return { entryId, key: `${key.base}#${index.number}`, refScope, version, createdAt: index.createdAt };
    };
    return {
        get rules() {
            return rules;
        },
        authenticate(authorization) {
            if (!showsBearer(authorization, stub)) {
                statistics.refused('a call without the token of this job');
                throw new ServiceError('unauthenticated', 'the token is not the one of this job');
            }
            return { repository: '', scopes: refScopes };
        },
        async lookup(_caller, query) {
            statistics.onBuildkit('lookup');
            const decision = decideGhaRead(rules, query);
            if (decision.kind !== 'allowed') {
                statistics.refused(`look-up of ${JSON.stringify(query.key)}: ${decision.message}`, decision.unplanned);
                throw new ServiceError('read_denied', decision.message);
            }
            if (decision.unplanned !== undefined)
                statistics.refused(`look-up of ${JSON.stringify(query.key)}: a miss`, decision.unplanned);
            const hit = await find(decision.key, decision.cacheScopes, query);
            statistics.add(hit ? 'hits' : 'misses');
            return hit;
        },
        async reserve(_caller, request) {
            statistics.onBuildkit('create');
            const { key, version } = request;
            const decision = decideGhaWrite(rules, request);
            if (decision.kind !== 'allowed') {
                const { message } = decision;
                if (decision.kind === 'refused')
                    statistics.refused(`write of ${JSON.stringify(key)}: ${message}`, decision.unplanned);
                else
                    statistics.failed('export', 'create', `${key}: ${message}`);
                throw new ServiceError('write_denied', message);
            }
            if (decision.unplanned !== undefined)
                statistics.refused(`write of ${JSON.stringify(key)}: it is dropped`, decision.unplanned);
            if (store.exportFault !== undefined)
                throw new ServiceError('write_denied', toDenial('write', store.exportFault));
            const parsed = decision.key;
            if (parsed.kind === 'blob' && (await store.hasBlob(`sha256:${parsed.sha256}`))) {
                const message = 'cache entry with the same key, version, and scope already exists';
                throw new ServiceError('already_exists', message);
            }
            return { id: uploads.reserve(decision, key, version) };
        },
        async commit(_caller, target, sizeBytes) {
            statistics.onBuildkit('commit');
            return { entryId: await inFlight.track(() => uploads.commit(target, sizeBytes)) };
        },
        async upload(reservationId) {
            statistics.onBuildkit('upload');
            return uploads.target(reservationId);
        },
        async openBlob(entryId) {
            statistics.onBuildkit('download');
            const open = entries.get(entryId);
            if (open === undefined)
                throw new ServiceError('not_found', 'The specified blob does not exist.');
            return await open();
        },
        addPlan(plan) {
            plans.push(plan);
            rules = toAccessRules(plans, refScopes);
            options.load(rules.readScopes);
        },
    };
}
async function findFirst(names, look) {
    for (const name of names) {
        const found = await look(name);
        if (found !== undefined)
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/gateway/oci/oci-error.js

/** A refusal as a registry words it. */
class OciError extends Error {
    code;
    status;
    headers;
    constructor(code, message, options = {}) {
        super(message, options);
        this.name = 'OciError';
        this.code = code;
        this.status = options.status ?? oci_error_toStatus(code);
        this.headers = options.headers ?? {};
    }
}
function toOciErrorResponse({ code, message, status, headers }) {
    return toJsonResponse(status, { errors: [{ code, message }] }, headers);
}
/**
 * What the store refused. Nothing becomes 429 or 5xx but our own faults: containerd sends those again, and a build
 * without cache is quicker.
 */
function toOciError(error) {
    const { status, code } = serviceCodes[error.code];
    return new OciError(code, error.message, { cause: error, status });
}
const invalid = { status: 400, code: 'BLOB_UPLOAD_INVALID' };
const denied = { status: 403, code: 'DENIED' };
const serviceCodes = {
    invalid_argument: invalid,
    invalid_block_list: invalid,
    invalid_block: invalid,
    already_exists: invalid,
    unauthenticated: { status: 401, code: 'UNAUTHORIZED' },
    read_denied: denied,
    write_denied: denied,
    permission_denied: denied,
    not_found: { status: 404, code: 'BLOB_UNKNOWN' },
    resource_exhausted: { status: 429, code: 'TOOMANYREQUESTS' },
    unavailable: { status: 503, code: 'BLOB_UNKNOWN' },
};
function oci_error_toStatus(code) {
    switch (code) {
        case 'UNAUTHORIZED':
            return 401;
        case 'DENIED':
            return 403;
        case 'BLOB_UNKNOWN':
        case 'BLOB_UPLOAD_UNKNOWN':
        case 'MANIFEST_UNKNOWN':
            return 404;
        case 'TOOMANYREQUESTS':
            return 429;
        case 'UNSUPPORTED':
            return 405;
        case 'BLOB_UPLOAD_INVALID':
        case 'DIGEST_INVALID':
        case 'MANIFEST_BLOB_UNKNOWN':
        case 'MANIFEST_INVALID':
        case 'NAME_INVALID':
        case 'SIZE_INVALID':
            return 400;
    }
}

;// CONCATENATED MODULE: ./build/gateway/oci/blob-handler.js




/** `/v2/<repository>/blobs/<digest>` */
class BlobHandler {
    #options;
    constructor(options) {
        this.#options = options;
    }
    async handle({ repository, digest }, request) {
        const { guard, statistics } = this.#options;
        switch (request.method) {
            case 'HEAD':
                statistics.onBuildkit('lookup');
                guard.demandRead(repository);
                return await this.#head(digest);
            case 'GET':
                statistics.onBuildkit('download');
                guard.demandRead(repository);
                return await this.#read(digest, request);
            default:
                throw new OciError('UNSUPPORTED', `${request.method} is not for blobs here`);
        }
    }
    async #head(digest) {
        const { documents, store, statistics } = this.#options;
        const document = documents.get(digest);
        const isThere = document !== undefined || this.#options.held.has(digest) || (await store.hasBlob(digest));
        statistics.add(isThere ? 'hits' : 'misses');
        if (!isThere)
            throw toUnknown(digest);
        const sizeBytes = document?.bytes.length ?? store.sizeOf(digest);
        const length = sizeBytes === undefined ? {} : { 'Content-Length': String(sizeBytes) };
        return { status: 200, headers: { ...toFacts(digest), ...length }, body: undefined };
    }
    async #read(digest, request) {
        const { documents, store } = this.#options;
        const document = documents.get(digest);
        // Asked first, as only that waits until it is known what is there.
        if (document === undefined && !(await store.hasBlob(digest)))
            throw toUnknown(digest);
        const blob = document === undefined
            ? await store.openBlob(digest)
            : toStoredBytes(document.bytes, digest, new Date(0));
        const { sizeBytes } = blob;
        const range = (0,cache_protocol_range/* parseRange */.RC)(request.headers['range'], undefined, sizeBytes);
        if (range.kind === 'unsatisfiable')
            throw new OciError('SIZE_INVALID', `the blob has ${sizeBytes} bytes`, {
                status: 416,
                headers: { 'Content-Range': `bytes */${sizeBytes}` },
            });
        const part = range.kind === 'part' ? range : { start: 0, end: sizeBytes - 1 };
        const headers = { ...toFacts(digest), 'Content-Length': String(part.end - part.start + 1) };
        const body = await openBody(blob, part.start, part.end);
        if (range.kind === 'whole')
            return { status: 200, headers, body };
        return {
            status: 206,
            headers: { ...headers, 'Content-Range': (0,cache_protocol_range/* renderContentRange */.lh)(part, sizeBytes) },
            body,
        };
    }
}
function toFacts(digest) {
    return {
        'Content-Type': 'application/octet-stream',
        'Docker-Content-Digest': digest,
        'Accept-Ranges': 'bytes',
        ETag: `"${digest}"`,
    };
}
function toUnknown(digest) {
    return new OciError('BLOB_UNKNOWN', `there is no blob ${digest}`);
}

;// CONCATENATED MODULE: ./build/gateway/oci/route.js

const ociPath = '/v2/';
// No escape gets through: nothing that BuildKit asks for needs one.
const repository = '([a-z0-9][a-z0-9._/-]{0,254})';
const manifestPath = new RegExp(`^/v2/${repository}/manifests/([A-Za-z0-9_][A-Za-z0-9_.:-]{0,135})$`);
const uploadsPath = new RegExp(`^/v2/${repository}/blobs/uploads/?$`);
const uploadPath = new RegExp(`^/v2/${repository}/blobs/uploads/([0-9a-f]{32})$`);
const route_blobPath = new RegExp(`^/v2/${repository}/blobs/([^/]+)$`);
/** True for the paths of this dialect; everything else is the gha cache's. */
function isOciPath(pathname) {
    return pathname === '/v2' || pathname.startsWith(ociPath);
}
/** Throws OciError for what the gateway does not serve. */
function parseRequestTarget(pathname) {
    if (pathname === '/v2' || pathname === ociPath)
        return { kind: 'root' };
    const [, inUploads] = uploadsPath.exec(pathname) ?? [];
    if (inUploads !== undefined)
        return { kind: 'uploads', repository: inUploads };
    const [, ofUpload, id] = uploadPath.exec(pathname) ?? [];
    if (ofUpload !== undefined && id !== undefined)
        return { kind: 'upload', repository: ofUpload, id };
    const [, ofManifest, reference] = manifestPath.exec(pathname) ?? [];
    if (ofManifest !== undefined && reference !== undefined)
        return { kind: 'manifest', repository: ofManifest, reference };
    const [, ofBlob, digest] = route_blobPath.exec(pathname) ?? [];
    if (ofBlob !== undefined && digest !== undefined)
        return { kind: 'blob', repository: ofBlob, digest: demandDigest(digest) };
    throw new OciError('UNSUPPORTED', 'the gateway serves manifests and blobs only', { status: 404 });
}
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
/** Throws OciError `DIGEST_INVALID`. */
function demandDigest(text) {
    if (!isDigest(text))
        throw new OciError('DIGEST_INVALID', 'the digest is not sha256 and 64 hex digits');
    return text;
}
/** A parameter that may stand once; undefined when it does not. Throws OciError `DIGEST_INVALID`. */
function readDigestParameter(url, name) {
    const [first, ...others] = url.searchParams.getAll(name);
    if (first === undefined)
        return undefined;
    if (others.length > 0)
        throw new OciError('DIGEST_INVALID', `${name} stands more than once`);
    return demandDigest(first);
}

;// CONCATENATED MODULE: ./build/gateway/oci/layer-descriptor.js


const diffIdAnnotation = 'containerd.io/uncompressed';
const createdAnnotation = 'buildkit/createdat';
/** Names the registry that a layer came from: this one, whose port is another in the next job. */
const sourceAnnotation = 'containerd.io/distribution.source.';
/** What Go writes for no time. */
const noTime = '0001-01-01T00:00:00Z';
/** undefined when the config does not say what BuildKit needs to read the layer. */
function toDescriptor(layer, sizeBytes) {
    const mediaType = (0,build_json/* readString */.E3)(layer.annotations, 'mediaType');
    const diffId = (0,build_json/* readString */.E3)(layer.annotations, 'diffID');
    const size = sizeBytes ?? (0,build_json/* readNumber */.kz)(layer.annotations, 'size');
    const createdAt = (0,build_json/* readString */.E3)(layer.annotations, 'createdAt') ?? noTime;
    if (mediaType === undefined || diffId === undefined || size === undefined)
        return undefined;
    if (!isDigest(diffId))
        return undefined;
    return {
        mediaType,
        digest: layer.blob,
        size,
        annotations: {
            ...readTexts((0,build_json/* readField */.dR)(layer.annotations, 'others')),
            [diffIdAnnotation]: diffId,
            ...(createdAt === noTime ? {} : { [createdAnnotation]: createdAt }),
        },
    };
}
/**
 * What BuildKit's gha exporter writes about a layer (cache/remotecache/gha/gha.go, Finalize), from the layer's
 * descriptor. Annotations that it does not know are kept as `others`, which BuildKit skips. undefined: BuildKit could
 * not read the layer.
 */
function toLayerAnnotations(descriptor) {
    const annotations = readTexts((0,build_json/* readField */.dR)(descriptor, 'annotations'));
    const { [diffIdAnnotation]: diffID, [createdAnnotation]: createdAt, ...unknown } = annotations;
    const mediaType = (0,build_json/* readString */.E3)(descriptor, 'mediaType');
    const size = (0,build_json/* readNumber */.kz)(descriptor, 'size');
    const created = createdAt === undefined ? noTime : toUtc(createdAt);
    if (mediaType === undefined || diffID === undefined || created === undefined)
        return undefined;
    if (!isDigest(diffID))
        return undefined;
    if (size === undefined || !Number.isSafeInteger(size) || size <= 0)
        return undefined;
    const others = Object.entries(unknown).filter(([name]) => !name.startsWith(sourceAnnotation));
    return {
        mediaType,
        diffID,
        size,
        createdAt: created,
        ...(others.length === 0 ? {} : { others: Object.fromEntries(others) }),
    };
}
/** RFC 3339 in UTC, all digits of the second kept; undefined when it is no time. */
function toUtc(text) {
    const [, date, fraction, zone] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
    const time = Date.parse(`${date}${zone}`);
    if (date === undefined || Number.isNaN(time))
        return undefined;
    // As Go writes it: without zeros at the end.
    const digits = (fraction ?? '').replace(/\.?0+$/, '');
    return `${new Date(time).toISOString().slice(0, 19)}${digits}Z`;
}
function readTexts(value) {
    const entries = (0,build_json/* isRecord */.u4)(value) ? Object.entries(value) : [];
    const texts = {};
    for (const [name, text] of entries)
        if (typeof text === 'string')
            texts[name] = text;
    return texts;
}
/** By the media type of a layer, OCI's or Docker's. */
function toCompression(mediaType) {
    if (typeof mediaType !== 'string')
        return 'uncompressed';
    if (/[+.]zstd$/.test(mediaType))
        return 'zstd';
    return /[+.]gzip$/.test(mediaType) ? 'gzip' : 'uncompressed';
}

;// CONCATENATED MODULE: ./build/gateway/oci/cache-manifest.js



const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json';
const configMediaType = 'application/vnd.buildkit.cacheconfig.v0';
/** BuildKit refuses to read a manifest or a config that is larger (cache/remotecache/import.go). */
const maxImportBytes = 1024 * 1024;
/**
 * The same cache as an image: the facts about each layer move from the config into the manifest, each blob once. A cache
 * that holds nothing is a manifest without layers, which BuildKit reads as an empty cache.
 *
 * @param sizeOf what is known of a blob's size; what the config says of it counts elsewhere
 */
function renderCacheManifest(cache, sizeOf) {
    const descriptors = new Map();
    for (const layer of cache.layers) {
        const descriptor = toDescriptor(layer, sizeOf(layer.blob));
        if (descriptor !== undefined && !descriptors.has(layer.blob))
            descriptors.set(layer.blob, descriptor);
    }
    const layers = cache.layers.map(({ annotations: _, ...layer }) => layer);
    const config = Buffer.from(JSON.stringify({ ...cache, layers }));
    const manifest = Buffer.from(JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestMediaType,
        config: { mediaType: configMediaType, digest: toDigest(config), size: config.length },
        layers: [...descriptors.values()],
    }));
    return { manifest, config };
}
/** An image manifest or an index with a cache config of BuildKit's; undefined for anything else. */
function parsePushedManifest(value) {
    const images = (0,build_json/* readField */.dR)(value, 'manifests');
    const listed = images ?? (0,build_json/* readField */.dR)(value, 'layers') ?? [];
    if (!Array.isArray(listed))
        return undefined;
    const isConfig = (item) => (0,build_json/* readString */.E3)(item, 'mediaType') === configMediaType;
    const config = images === undefined ? (0,build_json/* readField */.dR)(value, 'config') : listed.find(isConfig);
    const configDigest = isConfig(config) ? (0,build_json/* readString */.E3)(config, 'digest') : undefined;
    if (configDigest === undefined)
        return undefined;
    const layers = new Map();
    for (const item of listed) {
        const digest = (0,build_json/* readString */.E3)(item, 'digest');
        if (digest === undefined)
            return undefined;
        if (!isConfig(item))
            layers.set(digest, item);
    }
    return { configDigest, layers };
}
function toDigest(bytes) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/gateway/oci/held-blobs.js


const openingBrace = 0x7b;
/** JSON by its first byte: perhaps a cache config, which must not go into a pack; a layer begins so by rare chance only. */
function mayBeConfig({ firstByte, sizeBytes }) {
    return firstByte === openingBrace && sizeBytes <= maxIndexBytes;
}
/** Blobs of which the manifest that is to come will tell whether they are layers. */
class HeldBlobs {
    #byDigest = new Map();
    async put(digest, blob) {
        if (this.#byDigest.has(digest))
            await (0,promises_.rm)(blob.file, { force: true });
        else
            this.#byDigest.set(digest, blob);
    }
    has(digest) {
        return this.#byDigest.has(digest);
    }
    /** It is the caller's from now on. */
    take(digest) {
        const blob = this.#byDigest.get(digest);
        this.#byDigest.delete(digest);
        return blob;
    }
    /** Its bytes, and it is gone; undefined when it is not there. */
    async read(digest) {
        const blob = this.take(digest);
        if (blob === undefined)
            return undefined;
        const bytes = await (0,promises_.readFile)(blob.file);
        await (0,promises_.rm)(blob.file, { force: true });
        return bytes;
    }
}

;// CONCATENATED MODULE: ./build/gateway/oci/cache-push.js








/** Takes what BuildKit's registry exporter pushes: layers and a config, and then the manifest that names them. */
class CachePush {
    #options;
    #queue = Promise.resolve();
    constructor(options) {
        this.#options = options;
    }
    /** The bytes are those of the digest. */
    async takeBlob(digest, blob) {
        if (mayBeConfig(blob))
            await this.#options.held.put(digest, blob);
        else
            await this.#storeLayer(digest, blob);
    }
    /**
     * Holds the cache until its build claims it. Answers the manifest's digest. Throws OciError and ServiceError. One after the other,
     * since two may name one config.
     */
    takeManifest(bytes, target) {
        const beganMs = Date.now();
        const taken = this.#queue.then(() => this.#takeManifest(bytes, { ...target, beganMs }));
        this.#queue = taken.catch(() => undefined);
        return taken;
    }
    async #takeManifest(bytes, target) {
        const { store, held, documents, statistics } = this.#options;
        const pushed = parsePushedManifest(parseForeignJson(bytes));
        if (pushed === undefined)
            throw new OciError('MANIFEST_INVALID', 'the manifest is not that of a cache of BuildKit');
        for (const digest of pushed.layers.keys()) {
            const layer = held.take(digest);
            if (layer !== undefined)
                await this.#storeLayer(digest, layer);
        }
        const config = await this.#readConfig(pushed);
        await store.putIndex({ ...target, config, digest: toDigest(bytes) });
        statistics.add('indexesStored');
        return documents.add({ mediaType: manifestMediaType, bytes });
    }
    async #storeLayer(digest, { file, sizeBytes }) {
        const { store, statistics } = this.#options;
        const isNew = !(await store.hasBlob(digest));
        try {
            await store.putBlob(digest, { path: file, sizeBytes });
        }
        catch (error) {
            await (0,promises_.rm)(file, { force: true });
            throw error;
        }
        if (isNew)
            statistics.add('blobsStored');
    }
    /** The config, with what the manifest says of each layer: the same that BuildKit writes in the gha dialect. */
    async #readConfig(pushed) {
        const { held, documents } = this.#options;
        const { configDigest } = pushed;
        const bytes = (await held.read(configDigest)) ?? documents.get(configDigest)?.bytes;
        if (bytes === undefined)
            throw new OciError('MANIFEST_BLOB_UNKNOWN', `its config ${configDigest} is not there`);
        // A second export of the same job may name it again without sending it.
        documents.add({ mediaType: configMediaType, bytes });
        const config = parseCacheConfig(parseForeignJson(bytes));
        if (config === undefined)
            throw new OciError('MANIFEST_INVALID', `its config ${configDigest} is no cache config of BuildKit`);
        const layers = config.layers.map((layer) => {
            const annotations = toLayerAnnotations(pushed.layers.get(layer.blob));
            if (annotations === undefined)
                throw new OciError('MANIFEST_INVALID', `it does not say what BuildKit needs of layer ${layer.blob}`);
            this.#demandSize(layer.blob, annotations['size']);
            return { ...layer, annotations };
        });
        return { ...config, layers };
    }
    #demandSize(digest, claimed) {
        const sizeBytes = this.#options.store.sizeOf(digest);
        if (sizeBytes === undefined || sizeBytes === claimed)
            return;
        throw new ServiceError('invalid_argument', `layer ${digest} has ${sizeBytes} bytes, not ${claimed}`);
    }
}

;// CONCATENATED MODULE: ./build/gateway/oci/documents.js

/** Kept whatever their size: BuildKit reads a manifest and then the config that it names. */
const keptAlways = 8;
const keptBytes = 64 * 1024 * 1024;
/** The manifests and configs that were served or pushed last, by digest: a scope may change between two requests. */
class OciDocuments {
    /** Least recently used first. */
    #byDigest = new Map();
    /** Answers its digest. */
    add(document) {
        const digest = toDigest(document.bytes);
        this.#touch(digest, document);
        let bytes = [...this.#byDigest.values()].reduce((sum, kept) => sum + kept.bytes.length, 0);
        for (const [oldest, kept] of this.#byDigest) {
            if (this.#byDigest.size <= keptAlways || bytes <= keptBytes)
                break;
            bytes -= kept.bytes.length;
            this.#byDigest.delete(oldest);
        }
        return digest;
    }
    get(digest) {
        const document = this.#byDigest.get(digest);
        if (document !== undefined)
            this.#touch(digest, document);
        return document;
    }
    #touch(digest, document) {
        this.#byDigest.delete(digest);
        this.#byDigest.set(digest, document);
    }
}

;// CONCATENATED MODULE: ./build/gateway/access/oci-name.js

/** One component of a repository's path, as the distribution specification allows it. */
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** BuildKit refuses references of more than 255 characters, host and tag included in older versions. */
const maxComponentLength = 200;
/** Every cache scope has this one tag. */
const cacheTag = 'cache';
/**
 * The repository that stands for a cache scope: `hotlayer/<cache scope>` where the name is a path component as it is,
 * `hotlayer-x/<SHA-256 of the name>` elsewhere. No two names share one.
 */
function toRepository(cacheScope) {
    if (cacheScope.length <= maxComponentLength && component.test(cacheScope))
        return `hotlayer/${cacheScope}`;
    return `hotlayer-x/${(0,external_node_crypto_.createHash)('sha256').update(cacheScope).digest('hex')}`;
}
/** Which of the cache scopes a repository stands for; undefined: none of them. */
function toCacheScope(repository, cacheScopes) {
    for (const name of cacheScopes)
        if (toRepository(name) === repository)
            return name;
    return undefined;
}
/**
 * `127.0.0.1:PORT/hotlayer/<cache scope>:cache`, for `ref=` of `type=registry`.
 *
 * @param gatewayUrl `http://127.0.0.1:PORT`, with or without a slash
 */
function toReference(gatewayUrl, cacheScope) {
    return `${new URL(gatewayUrl).host}/${toRepository(cacheScope)}:${cacheTag}`;
}

;// CONCATENATED MODULE: ./build/gateway/access/oci-access.js


/** What `type=registry` may read: the repositories that stand for the plan's cache scopes. */
function decideOciRead(rules, repository) {
    const cacheScope = toCacheScope(repository, rules.readScopes);
    if (cacheScope === undefined)
        return rules_refuse('read', 'the repository is of no cache scope in the plan', toPlainName(repository));
    return { kind: 'allowed', cacheScope };
}
/** What `type=registry` may push to: the repository that stands for the plan's export. */
function decideOciWrite(rules, repository) {
    if (rules.writeScopes.size === 0)
        return rules_refuse('write', 'the plan has no export');
    const cacheScope = toCacheScope(repository, rules.writeScopes);
    if (cacheScope === undefined) {
        const why = 'the repository is not the export of the plan';
        return toCacheScope(repository, rules.readScopes) === undefined
            ? rules_refuse('write', why, toPlainName(repository))
            : rules_refuse('write', why);
    }
    return findPowerlessness(rules) ?? { kind: 'allowed', cacheScope };
}
/** As somebody may have written it. */
function toPlainName(repository) {
    return repository.replace(/^hotlayer\//, '') || undefined;
}

;// CONCATENATED MODULE: ./build/gateway/oci/guard.js




/** Holds each call to the rules, in the words of a registry, and counts what it refuses. */
class OciGuard {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** Throws OciError `UNAUTHORIZED` with the challenge that makes containerd show its credentials. */
    demandCredentials(authorization) {
        const { stub, statistics } = this.#options;
        if (showsPassword(authorization, stub))
            return;
        // Each client knocks without any first.
        if (authorization !== undefined)
            statistics.refused('a call of the registry without the token of this job');
        throw new OciError('UNAUTHORIZED', 'the credentials are not those of this job', {
            headers: { 'WWW-Authenticate': 'Basic realm="hotlayer"' },
        });
    }
    /** Answers the cache scope. Throws OciError `DENIED`. */
    demandRead(repository) {
        return this.#demand('read', repository, decideOciRead(this.#options.rules(), repository));
    }
    /** Answers the cache scope. Throws OciError `DENIED`. */
    demandWrite(repository) {
        const { rules, store } = this.#options;
        const cacheScope = this.#demand('write', repository, decideOciWrite(rules(), repository));
        if (store.exportFault !== undefined)
            throw new OciError('DENIED', toDenial('write', store.exportFault));
        return cacheScope;
    }
    mayRead(repository) {
        return decideOciRead(this.#options.rules(), repository).kind === 'allowed';
    }
    mayReadRef(refHash) {
        return mayReadRef(this.#options.rules(), refHash);
    }
    get writeRefHash() {
        return this.#options.rules().writeRefHash;
    }
    #demand(action, repository, decision) {
        const { statistics } = this.#options;
        if (decision.kind === 'allowed')
            return decision.cacheScope;
        const { message } = decision;
        if (decision.kind === 'refused')
            statistics.refused(`${action} of repository ${repository}: ${message}`, decision.unplanned);
        else
            statistics.failed('export', 'create', `${repository}: ${message}`);
        throw new OciError('DENIED', message);
    }
}

;// CONCATENATED MODULE: ./build/gateway/oci/manifest-handler.js








/** What registries take, too. */
const maxManifestBytes = 4 * 1024 * 1024;
/** `/v2/<repository>/manifests/<tag or digest>` */
class ManifestHandler {
    #options;
    constructor(options) {
        this.#options = options;
    }
    async handle(target, request) {
        switch (request.method) {
            case 'GET':
            case 'HEAD':
                return await this.#read(target);
            case 'PUT':
                return await this.#options.inFlight.track(() => this.#write(target, request));
            default:
                throw new OciError('UNSUPPORTED', `${request.method} is not for manifests here`);
        }
    }
    async #read({ repository, reference }) {
        const { guard, statistics } = this.#options;
        statistics.onBuildkit('lookup');
        const cacheScope = guard.demandRead(repository);
        const found = await this.#find(cacheScope, reference);
        statistics.add(found === undefined ? 'misses' : 'hits');
        if (found === undefined)
            throw new OciError('MANIFEST_UNKNOWN', `there is no manifest ${reference}`);
        const headers = {
            'Content-Type': found.mediaType,
            'Content-Length': String(found.bytes.length),
            'Docker-Content-Digest': toDigest(found.bytes),
        };
        return { status: 200, headers, body: found.bytes };
    }
    async #find(cacheScope, reference) {
        const { guard, caches, documents } = this.#options;
        if (reference === cacheTag) {
            const { manifest } = await caches.render(cacheScope, (refHash) => guard.mayReadRef(refHash));
            return { mediaType: manifestMediaType, bytes: manifest };
        }
        const document = isDigest(reference) ? documents.get(reference) : undefined;
        return document?.mediaType === manifestMediaType ? document : undefined;
    }
    async #write({ repository, reference }, request) {
        const { guard, push, statistics } = this.#options;
        statistics.onBuildkit('commit');
        const cacheScope = guard.demandWrite(repository);
        const refHash = guard.writeRefHash;
        try {
            const bytes = await readManifest(request);
            if (reference !== cacheTag)
                throw new OciError('DENIED', `the only tag is ${cacheTag}`);
            const digest = await push.takeManifest(bytes, { cacheScope, refHash });
            return toEmptyResponse(201, {
                Location: `/v2/${repository}/manifests/${digest}`,
                'Docker-Content-Digest': digest,
            });
        }
        catch (error) {
            statistics.failed('export', 'commit', `${repository}: ${(0,errors/* toMessage */.R9)(error)}`);
            if (error instanceof ServiceError && error.code === 'invalid_argument')
                throw new OciError('MANIFEST_BLOB_UNKNOWN', error.message, { cause: error });
            throw error;
        }
    }
}
async function readManifest(request) {
    try {
        return Buffer.from(await readRequestText(request.body, maxManifestBytes));
    }
    catch (error) {
        if (!(error instanceof ServiceError))
            throw error;
        throw new OciError('MANIFEST_INVALID', error.message, { status: 413, cause: error });
    }
}

;// CONCATENATED MODULE: ./build/async/limiter.js
/** Lets at most `limit` calls run at once; the others wait in order. */
function createLimiter(limit) {
    const waiting = [];
    let running = 0;
    return async (work) => {
        if (running >= limit)
            await new Promise((resolve) => waiting.push(resolve));
        else
            running += 1;
        try {
            return await work();
        }
        finally {
            // The place passes straight to the next in line, so that no newcomer can take it in between.
            const next = waiting.shift();
            if (next)
                next();
            else
                running -= 1;
        }
    };
}

;// CONCATENATED MODULE: ./build/gateway/config/cache-config-identity.js


/** What a layer is in any config: its blob and the blobs below it. One string for each layer of the config. */
function identifyLayers(config) {
    const ids = config.layers.map(() => '');
    for (const index of toLayerOrder(config) ?? []) {
        const layer = config.layers[index];
        if (layer !== undefined)
            ids[index] = hash([layer.blob, ids[layer.parent] ?? '']);
    }
    return ids;
}
/**
 * What a record is in any config: its digest and, for each input, the set of records that may stand for it.
 * undefined for a record of which BuildKit itself found no usable input: it would refuse the whole config for it.
 */
function identifyRecords(config) {
    const ids = config.records.map(() => undefined);
    for (const index of toRecordOrder(config) ?? []) {
        const record = config.records[index];
        if (record === undefined)
            continue;
        const inputs = record.inputs.map((links) => {
            const usable = links.flatMap(({ link, selector }) => {
                const id = ids[link];
                return id === undefined ? [] : [`${id} ${selector ?? ''}`];
            });
            return [...new Set(usable)].sort();
        });
        if (inputs.every((links) => links.length > 0))
            ids[index] = hash([record.digest, inputs]);
    }
    return ids;
}
function hash(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(value)).digest('base64url');
}

;// CONCATENATED MODULE: ./build/gateway/config/cache-config-merge.js



/**
 * The union: every layer, record and result of each, once. Whatever the order of the configs, the union is the same but
 * for its order. Where one result is in several, the newest time counts.
 */
function mergeCacheConfigs(configs) {
    const layers = new Map();
    const records = new Map();
    for (const config of configs) {
        const layerIds = identifyLayers(config);
        const toLayer = (index) => layers.get(layerIds[index] ?? '')?.index ?? -1;
        for (const index of toLayerOrder(config) ?? []) {
            const layer = config.layers[index];
            const id = layerIds[index];
            if (layer === undefined || id === undefined)
                continue;
            const moved = { ...layer, parent: toLayer(layer.parent) };
            const known = layers.get(id);
            if (known === undefined)
                layers.set(id, { index: layers.size, layer: moved });
            else
                known.layer = pickLater(known.layer, moved);
        }
        const recordIds = identifyRecords(config);
        const toRecord = (index) => records.get(recordIds[index] ?? '')?.index ?? -1;
        for (const index of toRecordOrder(config) ?? []) {
            const record = config.records[index];
            const id = recordIds[index];
            if (record === undefined || id === undefined)
                continue;
            const moved = moveRecord(record, toLayer, toRecord);
            const known = records.get(id);
            if (known === undefined)
                records.set(id, { index: records.size, record: moved });
            else
                known.record = joinRecords(known.record, moved);
        }
    }
    return {
        // Not Object.assign: a foreign `__proto__` would become one.
        ...Object.fromEntries(configs.flatMap((config) => Object.entries(config))),
        layers: [...layers.values()].map(({ layer }) => layer),
        records: [...records.values()].map(({ record }) => record),
    };
}
/** True when BuildKit reads the same from both: order and times do not count. */
function isSameCacheConfig(a, b) {
    const ofA = listClaims(a);
    const ofB = listClaims(b);
    return ofA.size === ofB.size && [...ofA].every((claim) => ofB.has(claim));
}
function moveRecord(record, toLayer, toRecord) {
    const inputs = record.inputs.map((links) => {
        const moved = links.map((input) => ({ ...input, link: toRecord(input.link) }));
        const usable = moved.filter(({ link }) => link !== -1);
        return [...new Map(usable.map((input) => [`${input.link} ${input.selector ?? ''}`, input])).values()];
    });
    const layers = record.layers.map((result) => ({ ...result, layer: toLayer(result.layer) }));
    const chains = record.chains.map((chain) => ({ ...chain, layers: chain.layers.map(toLayer) }));
    // With itself, because a record may name one result twice.
    return joinRecords({ ...record, inputs, layers, chains }, { ...record, inputs, layers: [], chains: [] });
}
/** Both stand for the same step; the newest result first, as BuildKit prefers it. */
function joinRecords(a, b) {
    return {
        ...a,
        ...b,
        inputs: a.inputs,
        layers: joinResults([...a.layers, ...b.layers], ({ layer }) => String(layer)),
        chains: joinResults([...a.chains, ...b.chains], ({ layers }) => layers.join(' ')),
    };
}
function joinResults(results, toKey) {
    const joined = new Map();
    for (const result of results) {
        const known = joined.get(toKey(result));
        if (known === undefined || compareTimes(known.createdAt, result.createdAt) < 0)
            joined.set(toKey(result), result);
    }
    return [...joined.values()].sort((a, b) => compareTimes(b.createdAt, a.createdAt));
}
/** The one that was created later; what else differs does not matter to BuildKit, as the blob is the same. */
function pickLater(a, b) {
    if (b.annotations === undefined)
        return a;
    if (a.annotations === undefined)
        return b;
    return compareTimes((0,build_json/* readString */.E3)(a, 'annotations', 'createdAt'), (0,build_json/* readString */.E3)(b, 'annotations', 'createdAt')) <
        0
        ? b
        : a;
}
/** RFC 3339 in any zone and with up to nine digits of a second; those that parse alike are ordered as text. */
function compareTimes(a = '', b = '') {
    const byTime = (Date.parse(a) || 0) - (Date.parse(b) || 0);
    if (byTime !== 0)
        return byTime;
    return a < b ? -1 : Number(a > b);
}
/** All that a config says, order and times aside. */
function listClaims(config) {
    const layerIds = identifyLayers(config);
    const recordIds = identifyRecords(config);
    const claims = config.layers.map(({ annotations }, index) => {
        const { createdAt: _, ...lasting } = annotations ?? {};
        return JSON.stringify(['layer', layerIds[index], Object.entries(lasting).sort()]);
    });
    for (const [index, { layers, chains }] of config.records.entries()) {
        const id = recordIds[index];
        if (id === undefined)
            continue;
        claims.push(JSON.stringify(['record', id]));
        for (const { layer } of layers)
            claims.push(JSON.stringify(['result', id, layerIds[layer]]));
        for (const chain of chains) {
            claims.push(JSON.stringify(['chain', id, chain.layers.map((layer) => layerIds[layer])]));
        }
    }
    return new Set(claims);
}

;// CONCATENATED MODULE: ./build/gateway/config/cache-config-prune.js


/**
 * The config without the results that need a blob that is not there (a result needs all layers below its own), without
 * the records that then lead to no result, and without the layers that nobody needs. A record without a result stays
 * as long as one that has one is reached through it. The order of what stays is kept.
 */
function pruneCacheConfig(config, hasBlob) {
    const present = config.layers.map(({ blob }) => hasBlob(blob));
    const whole = [...present];
    for (const index of toLayerOrder(config) ?? []) {
        const parent = config.layers[index]?.parent ?? -1;
        if (parent !== -1 && whole[parent] !== true)
            whole[index] = false;
    }
    const ids = identifyRecords(config);
    const left = config.records.map((record, index) => {
        const isUsable = ids[index] !== undefined;
        return {
            ...record,
            inputs: record.inputs.map((links) => links.filter(({ link }) => ids[link] !== undefined)),
            layers: record.layers.filter(({ layer }) => isUsable && whole[layer] === true),
            chains: record.chains.filter(({ layers }) => isUsable && layers.every((layer) => present[layer])),
        };
    });
    const records = keepLeading(config, left);
    const layers = keepNeeded(config, left);
    return {
        config: {
            ...config,
            layers: config.layers.flatMap((layer, index) => layers.has(index) ? [{ ...layer, parent: layers.get(layer.parent) ?? -1 }] : []),
            records: left.flatMap((record, index) => records.has(index) ? [reindex(record, layers, records)] : []),
        },
        droppedResults: countResults(config.records) - countResults(left),
        droppedRecords: config.records.length - records.size,
    };
}
/** New index of each record with a result, or with one further on. */
function keepLeading(config, records) {
    const leading = records.map(({ layers, chains }) => layers.length + chains.length > 0);
    for (const index of [...(toRecordOrder(config) ?? [])].reverse()) {
        if (leading[index] !== true)
            continue;
        for (const { link } of records[index]?.inputs.flat() ?? [])
            leading[link] = true;
    }
    return renumber(leading);
}
/** New index of each layer that a result needs. */
function keepNeeded(config, records) {
    const needed = config.layers.map(() => false);
    for (const { layer } of records.flatMap(({ layers }) => layers)) {
        let index = layer;
        while (needed[index] === false) {
            needed[index] = true;
            index = config.layers[index]?.parent ?? -1;
        }
    }
    // After the walks above, which end at what is needed already: a chained result needs no layer below its own.
    for (const layer of records.flatMap(({ chains }) => chains.flatMap((chain) => chain.layers))) {
        needed[layer] = true;
    }
    return renumber(needed);
}
function reindex(record, layers, records) {
    return {
        ...record,
        inputs: record.inputs.map((links) => links.map((input) => ({ ...input, link: records.get(input.link) ?? -1 }))),
        layers: record.layers.map((result) => ({ ...result, layer: layers.get(result.layer) ?? -1 })),
        chains: record.chains.map((chain) => ({
            ...chain,
            layers: chain.layers.map((layer) => layers.get(layer) ?? -1),
        })),
    };
}
function renumber(kept) {
    return new Map([...kept.keys()].filter((index) => kept[index]).map((old, index) => [old, index]));
}
function countResults(records) {
    return records.reduce((sum, { layers, chains }) => sum + layers.length + chains.length, 0);
}

;// CONCATENATED MODULE: ./build/gateway/config/layer-roles.js

/**
 * BuildKit does not write down where a layer comes from, but each step puts one layer on its first input (a `COPY
 * --link` merges one in). So of a result's layers as many are its own as there are steps below it, and what is left at
 * the bottom was there before: the base image, whose own record has no result (solver/exporter.go, ExportRoots).
 */
function findLayerRoles(config) {
    const depths = measureDepths(config);
    const linked = new Set(config.records.flatMap(({ inputs }) => inputs.flat().map(({ link }) => link)));
    // For each layer how many from it downwards are made by steps, and whether it is under a last step: each is visited
    // once for each layer on it, however many results stand on the same ones.
    const made = config.layers.map(() => 0);
    const isUnder = config.layers.map(() => false);
    const own = new Set();
    const underLast = new Set();
    for (const [index, { layers, chains }] of config.records.entries()) {
        const depth = depths[index] ?? 0;
        const isLast = !linked.has(index);
        for (const { layer } of layers) {
            made[layer] = Math.max(made[layer] ?? 0, depth);
            if (isLast)
                isUnder[layer] = true;
        }
        for (const chain of chains) {
            const blobs = chain.layers.flatMap((layer) => config.layers[layer]?.blob ?? []);
            for (const blob of blobs.slice(Math.max(0, blobs.length - depth)))
                own.add(blob);
            if (isLast)
                for (const blob of blobs)
                    underLast.add(blob);
        }
    }
    for (const index of [...(toLayerOrder(config) ?? [])].reverse()) {
        const layer = config.layers[index];
        if (layer === undefined)
            continue;
        const { blob, parent } = layer;
        const depth = made[index] ?? 0;
        if (depth > 0)
            own.add(blob);
        if (isUnder[index])
            underLast.add(blob);
        if (parent === -1)
            continue;
        made[parent] = Math.max(made[parent] ?? 0, depth - 1);
        if (isUnder[index])
            isUnder[parent] = true;
    }
    return { own, result: new Set([...underLast].filter((blob) => own.has(blob))) };
}
/** For each record the number of steps from a source to it, itself included, along first inputs; 0: it is a source. */
function measureDepths({ records }) {
    const depths = [];
    const measure = (start) => {
        // A stack of its own: a chain of steps may be longer than the call stack is deep.
        const stack = [start];
        for (let index = stack.at(-1); index !== undefined; index = stack.at(-1)) {
            const [first] = records[index]?.inputs ?? [];
            const links = (first ?? []).map(({ link }) => link);
            const unknown = links.filter((link) => depths[link] === undefined);
            if (unknown.length > 0) {
                stack.push(...unknown);
                continue;
            }
            // Content by which a step is found as well counts as a source: the longest way is that of the steps.
            depths[index] = first === undefined ? 0 : 1 + Math.max(0, ...links.map((link) => depths[link] ?? 0));
            stack.pop();
        }
    };
    for (const index of records.keys())
        if (depths[index] === undefined)
            measure(index);
    return depths;
}

;// CONCATENATED MODULE: ./build/gateway/oci/served-caches.js







const parallelLookups = 16;
const nothing = { layers: [], records: [] };
/** What a cache scope holds, as one manifest over all its indexes that the token may read. */
class ServedCaches {
    #options;
    /** By cache scope: BuildKit asks several times for what stays the same. */
    #rendered = new Map();
    #limit = createLimiter(parallelLookups);
    constructor(options) {
        this.#options = options;
    }
    async render(cacheScope, mayRead) {
        return (await this.#render(cacheScope, mayRead)).manifest;
    }
    async describe(cacheScope, mayRead) {
        const { cache, manifest } = await this.#render(cacheScope, mayRead);
        return {
            name: cacheScope,
            fitsOci: Math.max(manifest.manifest.length, manifest.config.length) <= maxImportBytes,
            layers: describeLayers(cache),
        };
    }
    async #render(cacheScope, mayRead) {
        const { store, documents } = this.#options;
        const served = await store.listIndexes(cacheScope);
        const indexes = [...served].flatMap(([refHash, index]) => (mayRead(refHash) ? [index] : []));
        const whole = join(indexes.map(({ config }) => config));
        const missing = await this.#findMissing(whole);
        const known = this.#rendered.get(cacheScope);
        const isSame = known !== undefined &&
            known.missing === missing.join() &&
            known.indexes.length === indexes.length &&
            indexes.every((index) => known.indexes.includes(index));
        if (isSame)
            return known;
        const gone = new Set(missing);
        const cache = pruneCacheConfig(whole, (digest) => !gone.has(digest)).config;
        const manifest = renderCacheManifest(cache, (digest) => store.sizeOf(digest));
        documents.add({ mediaType: configMediaType, bytes: manifest.config });
        documents.add({ mediaType: manifestMediaType, bytes: manifest.manifest });
        const rendered = { indexes, missing: missing.join(), manifest, cache };
        this.#rendered.set(cacheScope, rendered);
        return rendered;
    }
    /**
     * What BuildKit could not read. It asks for no blob before it needs it, unlike its gha importer, and then fails the
     * build: so each must be known to be there now.
     */
    async #findMissing(cache) {
        const { store } = this.#options;
        const described = new Set(cache.layers.flatMap((layer) => toDescriptor(layer, store.sizeOf(layer.blob)) === undefined ? [] : [layer.blob]));
        const digests = [...listBlobs(cache)];
        const isThere = await Promise.all(digests.map((digest) => this.#limit(async () => described.has(digest) && (await store.hasBlob(digest)))));
        return digests.filter((_, index) => isThere[index] !== true);
    }
}
const compressions = ['uncompressed', 'gzip', 'zstd'];
function describeLayers(cache) {
    const { own, result } = findLayerRoles(cache);
    const list = (isMeant) => {
        const meant = cache.layers.filter(({ blob }) => isMeant(blob));
        const found = new Set(meant.map(({ annotations }) => toCompression(annotations?.['mediaType'])));
        return compressions.filter((compression) => found.has(compression));
    };
    return {
        base: list((blob) => !own.has(blob)),
        own: list((blob) => own.has(blob)),
        result: list((blob) => result.has(blob)),
    };
}
function join(configs) {
    const [only, ...others] = configs;
    if (only === undefined)
        return nothing;
    return others.length === 0 ? only : mergeCacheConfigs(configs);
}

;// CONCATENATED MODULE: ./build/gateway/oci/blob-upload.js




/** So much is gathered before it is written: a write for each 64 KiB costs twice the time. */
const gatherBytes = 1024 * 1024;
/**
 * One blob on its way in. Its bytes come in order, go to disk and through SHA-256 as they come, and are never read
 * again; nothing is synced, since a job that dies takes them with it anyway.
 */
class Upload {
    #file;
    #maxBytes;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #sizeBytes = 0;
    #firstByte;
    #isClosed = false;
    #hasFailed = false;
    /** The file is somebody else's now. */
    #isHandedOver = false;
    #queue = Promise.resolve();
    /** @param file where no file is yet */
    constructor(file, maxBytes) {
        this.#file = file;
        this.#maxBytes = maxBytes;
    }
    /** What has come. */
    get sizeBytes() {
        return this.#sizeBytes;
    }
    /**
     * Appends a body, which must begin where the last one ended. At 0 the upload begins anew with `restart`: a client
     * that sends its whole blob again, since it does not know how much has come.
     */
    append(body, place) {
        return this.#exclusively(async () => {
            const { start, restart } = place;
            if (restart && start === 0 && this.#sizeBytes > 0)
                await this.#reset();
            if (start !== undefined && start !== this.#sizeBytes)
                throw toRangeError(this.#sizeBytes);
            const file = await (0,promises_.open)(this.#file, this.#sizeBytes === 0 ? 'w' : 'r+', 0o600);
            try {
                await this.#write(file, body);
            }
            finally {
                await file.close();
            }
        });
    }
    /** Throws OciError `DIGEST_INVALID` when the bytes are others; the upload is over in any case. */
    finish(digest) {
        return this.#exclusively(async () => {
            this.#isClosed = true;
            const found = `sha256:${this.#hash.digest('hex')}`;
            const sizeBytes = this.#sizeBytes;
            if (found === digest && sizeBytes > 0) {
                this.#isHandedOver = true;
                return { file: this.#file, sizeBytes, firstByte: this.#firstByte };
            }
            await (0,promises_.rm)(this.#file, { force: true });
            throw new OciError('DIGEST_INVALID', `the upload is not ${digest}: its bytes hash to ${found}`);
        });
    }
    /** Drops what has come; the upload begins anew, unless it is over. */
    reset() {
        const reset = this.#queue.then(() => (this.#isClosed ? undefined : this.#reset()));
        this.#queue = reset.catch(() => undefined);
        return reset;
    }
    /** Ends it and removes what has come. */
    async drop() {
        this.#isClosed = true;
        await this.#queue;
        if (!this.#isHandedOver)
            await (0,promises_.rm)(this.#file, { force: true });
    }
    async #reset() {
        this.#hash = (0,external_node_crypto_.createHash)('sha256');
        this.#sizeBytes = 0;
        this.#firstByte = undefined;
        this.#hasFailed = false;
        await (0,promises_.rm)(this.#file, { force: true });
    }
    async #write(file, body) {
        let gathered = [];
        let gatheredBytes = 0;
        let writing = Promise.resolve();
        const flush = async () => {
            const chunks = gathered;
            const position = this.#sizeBytes;
            this.#sizeBytes += gatheredBytes;
            gathered = [];
            gatheredBytes = 0;
            await writing;
            writing = writeAll(file, chunks, position);
            // The next one awaits it. What was hashed is not there then: nobody can go on from it.
            writing.catch(() => {
                this.#hasFailed = true;
            });
        };
        try {
            for await (const chunk of readChunks(body)) {
                if (this.#isClosed)
                    throw toGoneError();
                if (this.#hasFailed)
                    break;
                if (this.#sizeBytes + gatheredBytes + chunk.length > this.#maxBytes)
                    throw new OciError('SIZE_INVALID', `a blob has at most ${this.#maxBytes} bytes`, { status: 413 });
                this.#firstByte ??= chunk[0];
                this.#hash.update(chunk);
                gathered.push(chunk);
                gatheredBytes += chunk.length;
                if (gatheredBytes >= gatherBytes)
                    await flush();
            }
        }
        finally {
            // Also when the client hung up: what was hashed must be there for who goes on from it.
            await flush();
            await writing;
        }
    }
    #exclusively(act) {
        const result = this.#queue.then(() => {
            if (this.#isClosed || this.#hasFailed)
                throw toGoneError();
            return act();
        });
        this.#queue = result.catch(() => undefined);
        return result;
    }
}
async function writeAll(file, chunks, position) {
    let left = chunks;
    let offset = position;
    while (left.length > 0) {
        const { bytesWritten } = await file.writev([...left], offset);
        offset += bytesWritten;
        left = dropBytes(left, bytesWritten);
    }
}
/** A single write may take fewer bytes. */
function dropBytes(chunks, count) {
    let toDrop = count;
    return chunks.flatMap((chunk) => {
        const dropped = Math.min(toDrop, chunk.length);
        toDrop -= dropped;
        return dropped === chunk.length ? [] : [chunk.subarray(dropped)];
    });
}
function toRangeError(sizeBytes) {
    return new OciError('BLOB_UPLOAD_INVALID', `the upload goes on at byte ${sizeBytes}`, {
        status: 416,
        headers: { Range: toReceivedRange(sizeBytes) },
    });
}
/** `0-99`: what has come, the end inclusive; of nothing it is `0-0`, as registries have it. */
function toReceivedRange(sizeBytes) {
    return `0-${Math.max(0, sizeBytes - 1)}`;
}
function toGoneError() {
    return new OciError('BLOB_UPLOAD_UNKNOWN', 'the upload is over');
}

;// CONCATENATED MODULE: ./build/gateway/oci/upload-handler.js





/** `/v2/<repository>/blobs/uploads/…` */
class UploadHandler {
    #options;
    constructor(options) {
        this.#options = options;
    }
    async handle(target, request) {
        const { guard, uploads } = this.#options;
        const { repository } = target;
        if (target.kind === 'uploads') {
            if (request.method !== 'POST')
                throw toUnsupported(request);
            guard.demandWrite(repository);
            return await this.#begin(repository, request);
        }
        guard.demandWrite(repository);
        switch (request.method) {
            case 'GET':
                return this.#toStatus(204, repository, target.id);
            case 'PATCH':
                return await this.#append(target, request);
            case 'PUT':
                return await this.#finish(target, request);
            case 'DELETE':
                await uploads.cancel(repository, target.id);
                return toEmptyResponse(204);
            default:
                throw toUnsupported(request);
        }
    }
    async #begin(repository, request) {
        const { guard, uploads, store, statistics } = this.#options;
        statistics.onBuildkit('create');
        const mounted = readDigestParameter(request.url, 'mount');
        const from = request.url.searchParams.get('from') ?? repository;
        if (mounted !== undefined && guard.mayRead(from) && (await store.hasBlob(mounted)))
            return upload_handler_toCreated(repository, mounted);
        const digest = readDigestParameter(request.url, 'digest');
        const id = uploads.begin(repository);
        if (digest === undefined)
            return this.#toStatus(202, repository, id);
        statistics.onBuildkit('upload');
        try {
            return await this.#complete({ kind: 'upload', repository, id }, request, { digest, start: 0 });
        }
        catch (error) {
            // Its address was told to nobody.
            await uploads.cancel(repository, id).catch(() => undefined);
            throw error;
        }
    }
    async #append({ repository, id }, request) {
        const { uploads, statistics } = this.#options;
        statistics.onBuildkit('upload');
        await uploads.append(repository, id, request.body, readStart(request));
        return this.#toStatus(202, repository, id);
    }
    async #finish(target, request) {
        const digest = readDigestParameter(request.url, 'digest');
        if (digest === undefined)
            throw new OciError('DIGEST_INVALID', 'the end of an upload needs its digest');
        const hasBody = request.headers['content-length'] !== '0';
        if (hasBody)
            this.#options.statistics.onBuildkit('upload');
        // Sent to the address of its beginning, a body is the whole blob: containerd sends it again when a try has failed.
        const start = readStart(request) ?? (hasBody ? readOffset(request) : undefined);
        return await this.#complete(target, request, { digest, start });
    }
    async #complete({ repository, id }, request, { digest, start }) {
        const { uploads, push, statistics, inFlight } = this.#options;
        statistics.onBuildkit('commit');
        return await inFlight.track(async () => {
            try {
                const blob = await uploads.finish(repository, id, { body: request.body, start, digest });
                await uploads.guardDisk(() => push.takeBlob(digest, blob));
                return upload_handler_toCreated(repository, digest);
            }
            catch (error) {
                // Who hung up may come again; BuildKit says itself when it gives up.
                if (request.body.destroyed && !request.body.readableEnded)
                    throw error;
                if (error instanceof OciError && error.code === 'DIGEST_INVALID')
                    statistics.add('wrongBytes');
                statistics.failed('export', 'commit', `${digest}: ${(0,errors/* toMessage */.R9)(error)}`);
                throw error;
            }
        });
    }
    #toStatus(status, repository, id) {
        const sizeBytes = this.#options.uploads.sizeOf(repository, id);
        return toEmptyResponse(status, {
            Location: `/v2/${repository}/blobs/uploads/${id}?offset=${sizeBytes}`,
            Range: toReceivedRange(sizeBytes),
            'Docker-Upload-UUID': id,
        });
    }
}
function upload_handler_toCreated(repository, digest) {
    return toEmptyResponse(201, {
        Location: `/v2/${repository}/blobs/${digest}`,
        'Docker-Content-Digest': digest,
    });
}
/** Where a chunk begins, as it says itself; undefined: it goes on where the last one ended. */
function readStart({ headers }) {
    const text = headers['content-range'];
    if (text === undefined)
        return undefined;
    const [, start, end] = /^(?:bytes[ =])?(\d{1,15})-(\d{1,15})(?:\/(?:\d+|\*))?$/.exec(text) ?? [];
    const length = headers['content-length'];
    const isRange = start !== undefined && end !== undefined && Number(start) <= Number(end);
    if (isRange && (length === undefined || Number(length) === Number(end) - Number(start) + 1))
        return Number(start);
    throw new OciError('BLOB_UPLOAD_INVALID', 'Content-Range is not the range of the body');
}
/** How much had come when the address was given out. */
function readOffset({ url }) {
    const text = url.searchParams.get('offset') ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
function toUnsupported({ method }) {
    return new OciError('UNSUPPORTED', `${method} is not for uploads here`);
}

;// CONCATENATED MODULE: ./build/gateway/oci/handler.js













function createOciDialect(options) {
    const { store, statistics, uploads, inFlight, rules } = options;
    const guard = new OciGuard(options);
    const documents = new OciDocuments();
    const held = new HeldBlobs();
    const caches = new ServedCaches({ store, documents });
    const push = new CachePush({ store, held, documents, statistics });
    const manifests = new ManifestHandler({ guard, caches, documents, push, statistics, inFlight });
    const blobs = new BlobHandler({ guard, documents, held, store, statistics });
    const uploading = new UploadHandler({ guard, uploads, push, store, statistics, inFlight });
    const dispatch = (target, request) => {
        switch (target.kind) {
            case 'root':
                return Promise.resolve({ status: 200, headers: { 'Content-Length': '2' }, body: Buffer.from('{}') });
            case 'manifest':
                return manifests.handle(target, request);
            case 'blob':
                return blobs.handle(target, request);
            case 'uploads':
            case 'upload':
                return uploading.handle(target, request);
        }
    };
    return {
        async handle(request) {
            try {
                guard.demandCredentials(request.headers['authorization']);
                return withVersion(await dispatch(parseRequestTarget(request.url.pathname), request));
            }
            catch (error) {
                return withVersion(handler_toFailure(error, request, options.onError));
            }
        },
        async describe(cacheScopes) {
            const known = cacheScopes.filter((name) => rules().readScopes.has(name));
            return await Promise.all(known.map((name) => caches.describe(name, (refHash) => guard.mayReadRef(refHash))));
        },
    };
}
function handler_toFailure(error, request, onError) {
    if (error instanceof ConnectionBreak)
        throw error;
    if (error instanceof OciError)
        return toOciErrorResponse(error);
    if (error instanceof ServiceError)
        return toOciErrorResponse(toOciError(error));
    // The client hung up in the middle of its own upload: there is nobody to answer.
    if (request.body.destroyed && !request.body.readableEnded)
        throw new ConnectionBreak('the request body broke off', 'reset', { cause: error });
    onError?.(error);
    const message = `internal error: ${(0,errors/* toMessage */.R9)(error)}`;
    return toOciErrorResponse(new OciError('UNSUPPORTED', message, { status: 500, cause: error }));
}
function withVersion(response) {
    const headers = { 'Docker-Distribution-Api-Version': 'registry/2.0', ...response.headers };
    return { ...response, headers };
}

;// CONCATENATED MODULE: ./build/gateway/oci/open-uploads.js








/** The blobs on their way in, each bound to the repository where its upload began. */
class OciUploads {
    #options;
    #byId = new Map();
    constructor(options) {
        this.#options = options;
    }
    static async open(options) {
        await (0,promises_.rm)(options.directory, { recursive: true, force: true });
        await (0,promises_.mkdir)(options.directory, { recursive: true, mode: 0o700 });
        return new OciUploads(options);
    }
    /** Answers the new upload's id. */
    begin(repository) {
        const id = (0,external_node_crypto_.randomBytes)(16).toString('hex');
        const file = external_node_path_.join(this.#options.directory, id);
        this.#byId.set(id, { repository, upload: new Upload(file, maxBlobBytes) });
        return id;
    }
    /** Bytes that have come. Throws OciError `BLOB_UPLOAD_UNKNOWN`. */
    sizeOf(repository, id) {
        return this.#demand(repository, id).sizeBytes;
    }
    /** One chunk, which may break off: who asks for its size can go on from there. */
    async append(repository, id, body, start) {
        const upload = this.#demand(repository, id);
        await this.#guard(id, () => upload.append(body, { start, restart: false }));
        return upload.sizeBytes;
    }
    /** The last bytes, if any, and the end of it. A body that breaks off is dropped: it will be sent again as a whole. */
    async finish(repository, id, last) {
        const upload = this.#demand(repository, id);
        await this.#guard(id, async () => {
            try {
                await upload.append(last.body, { start: last.start, restart: true });
            }
            catch (error) {
                if (!(error instanceof OciError))
                    await upload.reset();
                throw error;
            }
        });
        this.#byId.delete(id);
        return await upload.finish(last.digest);
    }
    /** Throws OciError `BLOB_UPLOAD_UNKNOWN`. */
    async cancel(repository, id) {
        this.#demand(repository, id);
        await this.#drop(id);
    }
    /** What comes after the bytes may find the disk full as well. */
    async guardDisk(work) {
        return await this.#guard('', work);
    }
    async close() {
        for (const id of this.#byId.keys())
            await this.#drop(id);
        await (0,promises_.rm)(this.#options.directory, { recursive: true, force: true });
    }
    #demand(repository, id) {
        const found = this.#byId.get(id);
        if (found?.repository === repository)
            return found.upload;
        throw new OciError('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
    }
    async #drop(id) {
        const found = this.#byId.get(id);
        this.#byId.delete(id);
        await found?.upload.drop();
    }
    async #guard(id, work) {
        try {
            return await work();
        }
        catch (error) {
            if (!(0,errors/* isDiskFull */.b$)(error))
                throw error;
            await this.#drop(id);
            await this.#options.onDiskFull();
            const message = 'cache write denied: the disk of the runner is full';
            throw new ServiceError('write_denied', message, { cause: error });
        }
    }
}

;// CONCATENATED MODULE: ./build/gateway/report/report.js



const clientCallKinds = [
    'lookup',
    'create',
    'finalize',
    'upload',
    'download',
];
const buildkitCalls = [
    'lookup',
    'create',
    'upload',
    'commit',
    'download',
];
const timedPhases = ['load', 'upload', 'compact', 'drain'];
/** A number that an older gateway does not tell is 0. */
const count = node_cjs/* number */.ai().optional(() => 0);
/** One number for each name. */
function countsOf(names) {
    return node_cjs/* record */.g1(node_cjs/* unknown */.L5())
        .optional(() => ({}))
        .map((found) => toCounts(names, (name) => (0,build_json/* readNumber */.kz)(found, name) ?? 0));
}
const gatewayFailure = node_cjs/* object */.Ik({
    /** For example `upload` or `verify`. */
    step: node_cjs/* string */.Yj(),
    /** The key, and what happened; no URL and no secret. */
    message: node_cjs/* string */.Yj(),
});
const exportReport = node_cjs/* object */.Ik({
    cacheScope: node_cjs/* string */.Yj(),
    /** `unchanged`: the service had it already, nothing was written. */
    state: node_cjs/* union */.KC(node_cjs/* literal */.eu('pending'), node_cjs/* literal */.eu('exported'), node_cjs/* literal */.eu('unchanged'), node_cjs/* literal */.eu('failed')),
    /** Why it failed. */
    reason: node_cjs/* string */.Yj().optional(),
    /** Of the manifest. */
    number: node_cjs/* number */.ai().optional(),
    /** What the manifest names, written by whichever job, and how big these packs are together. */
    packs: count,
    blobs: count,
    bytes: count,
    /** Manifests of other jobs, written at the same time, that were joined with this one. */
    merges: count,
    /** Records whose layers could not be stored. */
    droppedRecords: count,
    /** From the confirmation to the end. */
    seconds: count,
});
const importReport = node_cjs/* object */.Ik({
    cacheScope: node_cjs/* string */.Yj(),
    /** Of the newest run whose records are in it; not set: BuildKit's own client wrote it. */
    runId: node_cjs/* string */.Yj().optional(),
    /** Milliseconds since the epoch. */
    writtenMs: node_cjs/* number */.ai().optional(),
});
const gatewayReport = node_cjs/* object */.Ik({
    version: node_cjs/* literal */.eu(1),
    /** Milliseconds since the gateway listens. */
    uptimeMs: count,
    fromBuildkit: countsOf(buildkitCalls),
    /** HTTP requests on the wire, repeated ones included. */
    toService: countsOf(clientCallKinds),
    bytesUp: count,
    bytesDown: count,
    hits: count,
    misses: count,
    /** Taken from BuildKit, checked and on local disk; `exports` tells what came of them. */
    blobsStored: count,
    indexesStored: count,
    /** Entries that were written whole. */
    packsWritten: count,
    manifestsWritten: count,
    /** Blobs that went from one pack to another. */
    movedBlobs: count,
    /** Records and their results that BuildKit did not get to see or the service did not get, as layers are gone. */
    droppedRecords: count,
    droppedResults: count,
    retries: count,
    /** Time spent waiting between tries, all calls added up. */
    waitMs: count,
    /** Calls without the stub, outside the plan, or of a protocol that the job does not offer. */
    refused: count,
    /** Blobs whose bytes were not what their key says: on the way in refused, on the way out a miss. */
    wrongBytes: count,
    exportFailures: count,
    importFailures: count,
    /** The last few, oldest first. */
    failures: node_cjs/* array */.YO(gatewayFailure).optional(() => []),
    /** What a user should know of the service; whole sentences. */
    notices: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Why the service did not answer when a build wanted something; what that cost is not among the failures. */
    outage: node_cjs/* string */.Yj().optional(),
    imports: node_cjs/* array */.YO(importReport).optional(() => []),
    /** In the order of their confirmations. */
    exports: node_cjs/* array */.YO(exportReport).optional(() => []),
    /** Cache scopes of which an index was stored that no main confirmed: it was dropped. */
    unconfirmed: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Cache scopes that somebody asked for and that are in no plan; the first few. */
    unplanned: node_cjs/* array */.YO(node_cjs/* string */.Yj()).optional(() => []),
    /** Milliseconds. */
    times: countsOf(timedPhases),
    /** Commits that are not answered yet, and exports that are not on the service yet. */
    pending: count,
});
function renderReport(report) {
    return { ...report };
}
/** undefined when it is not a report of this version. */
function parseReport(value) {
    return parseAs(gatewayReport, value);
}
/** One number for each name. */
function toCounts(names, count) {
    const counts = {};
    for (const name of names)
        counts[name] = count(name);
    return isComplete(counts, names) ? counts : fail();
}
function isComplete(counts, names) {
    return names.every((name) => counts[name] !== undefined);
}
function fail() {
    throw new Error('a count is missing');
}

;// CONCATENATED MODULE: ./build/gateway/report/statistics.js

const keptFailures = 20;
const loggedRefusals = 100;
/** Of a name that somebody made up. */
const keptNames = 20;
const keptNameLength = 200;
/** Counts while the gateway runs; `log` gets one line for what somebody may look for later. */
class Statistics {
    #startMs;
    #log;
    #buildkit = new Map();
    #service = new Map();
    #totals = new Map();
    #times = new Map();
    #failures = [];
    #unplanned = new Set();
    #outages = [];
    #notices = [];
    /** The last one that cost an import something. */
    #costlyOutage;
    constructor(startMs, log) {
        this.#startMs = startMs;
        this.#log = log;
    }
    onCall(kind) {
        this.#service.set(kind, (this.#service.get(kind) ?? 0) + 1);
    }
    onRetry(kind, reason, waitMs) {
        this.add('retries', 1);
        this.add('waitMs', waitMs);
        this.#log(`${kind} again in ${waitMs} ms: ${reason}`);
    }
    onPause(kind, waitMs) {
        this.add('waitMs', waitMs);
        this.#log(`${kind} waits ${waitMs} ms: the service asked another request to`);
    }
    onBytes(direction, bytes) {
        this.add(direction === 'up' ? 'bytesUp' : 'bytesDown', bytes);
    }
    onBuildkit(call) {
        this.#buildkit.set(call, (this.#buildkit.get(call) ?? 0) + 1);
    }
    add(total, amount = 1) {
        this.#totals.set(total, (this.#totals.get(total) ?? 0) + amount);
    }
    addTime(phase, milliseconds) {
        this.#times.set(phase, (this.#times.get(phase) ?? 0) + milliseconds);
    }
    /** @param unplanned the cache scope that was asked for and is in no plan */
    refused(what, unplanned) {
        this.add('refused');
        if (unplanned !== undefined && this.#unplanned.size < keptNames)
            this.#unplanned.add(unplanned.slice(0, keptNameLength));
        // Anyone on the machine can knock: the log must not grow with each.
        if ((this.#totals.get('refused') ?? 0) <= loggedRefusals)
            this.#log(`refused: ${what}`);
    }
    /** A host of the service does not answer any more. */
    onOutage(reason) {
        if (!this.#outages.includes(reason))
            this.#outages.push(reason);
        this.#log(`the cache service does not answer: ${reason}`);
    }
    /** A sentence for the user, told at the end of the job. */
    notice(sentence) {
        this.#notices.push(sentence);
        this.#log(sentence);
    }
    failed(direction, step, message) {
        this.add(direction === 'export' ? 'exportFailures' : 'importFailures');
        const outage = this.#outages.find((reason) => message.includes(reason));
        // All that an outage costs is told with it, once.
        if (direction === 'import' && outage !== undefined) {
            this.#costlyOutage = outage;
            this.#log(`${direction} failed at ${step}: ${message}`);
            return;
        }
        this.#failures.push({ step, message });
        if (this.#failures.length > keptFailures)
            this.#failures.shift();
        this.#log(`${direction} failed at ${step}: ${message}`);
    }
    toReport(nowMs, exports, inFlight, unconfirmed, imports) {
        const total = (name) => this.#totals.get(name) ?? 0;
        return {
            version: 1,
            uptimeMs: nowMs - this.#startMs,
            fromBuildkit: toCounts(buildkitCalls, (call) => this.#buildkit.get(call) ?? 0),
            toService: toCounts(clientCallKinds, (kind) => this.#service.get(kind) ?? 0),
            bytesUp: total('bytesUp'),
            bytesDown: total('bytesDown'),
            hits: total('hits'),
            misses: total('misses'),
            blobsStored: total('blobsStored'),
            indexesStored: total('indexesStored'),
            packsWritten: total('packsWritten'),
            manifestsWritten: total('manifestsWritten'),
            movedBlobs: total('movedBlobs'),
            droppedRecords: total('droppedRecords'),
            droppedResults: total('droppedResults'),
            retries: total('retries'),
            waitMs: total('waitMs'),
            refused: total('refused'),
            wrongBytes: total('wrongBytes'),
            exportFailures: total('exportFailures'),
            importFailures: total('importFailures'),
            failures: [...this.#failures],
            notices: [...this.#notices],
            outage: this.#costlyOutage,
            imports,
            exports,
            unconfirmed,
            unplanned: [...this.#unplanned],
            times: toCounts(timedPhases, (phase) => Math.round(this.#times.get(phase) ?? 0)),
            pending: inFlight + exports.filter(({ state }) => state === 'pending').length,
        };
    }
}

;// CONCATENATED MODULE: ./build/gateway/packs/create-budget.js
const windowMs = 60_000;
const mebibyte = 1024 * 1024;
/**
 * Counts the entries that this gateway creates in a sliding minute. GitHub allows 200 a minute and repository: packs get
 * bigger long before that, so that a wait is for what no size of packs can avoid.
 */
class CreateBudget {
    #clock;
    #limit;
    #smallestPackBytes;
    #times = [];
    #announced = 0;
    constructor(options) {
        this.#clock = options.clock;
        this.#limit = options.createsPerMinute ?? 180;
        this.#smallestPackBytes = options.smallestPackBytes ?? 32 * mebibyte;
    }
    /** Creates in the last minute. */
    get used() {
        const since = this.#clock.now() - windowMs;
        this.#times = this.#times.filter((time) => time > since);
        return this.#times.length;
    }
    /** Counts one create; waits for its turn when the minute is full. Throws the signal's reason when that fires first. */
    async take(signal) {
        this.announce();
        try {
            while (this.used >= this.#limit) {
                const [oldest = this.#clock.now()] = this.#times;
                await this.#clock.sleep(Math.max(1, oldest + windowMs - this.#clock.now()), signal);
            }
            this.#times.push(this.#clock.now());
        }
        finally {
            this.retract();
        }
    }
    /** A create is to come: packs are sized as if it had been. Until `retract`. */
    announce() {
        this.#announced += 1;
    }
    retract() {
        this.#announced -= 1;
    }
    /** How big a pack should be now: twice as big for every eighth of the minute's creates that is used up. */
    get packTargetBytes() {
        return (this.#smallestPackBytes *
            2 ** Math.min(7, Math.floor(((this.used + this.#announced) * 8) / this.#limit)));
    }
}

;// CONCATENATED MODULE: ./build/gateway/packs/entry-key.js
/**
 * The keys of the gateway's own entries. All lower case, because servers of v1 fold case, and without a comma, because
 * v1 joins keys with it. Nothing is lost by folding a cache scope: the policy's names end with a hash of what they are.
 */
/** `hotlayer-pack-1-<run>-<attempt>-<random>-<n>`: run and attempt, so that a crashed upload blocks no later run. */
function toPackKey(job, number) {
    return `hotlayer-pack-1-${job.runId}-${job.attempt}-${job.random}-${number}`.toLowerCase();
}
/** What all manifests of a cache scope begin with; the service answers the newest of them. */
function toManifestPrefix(cacheScope) {
    return `hotlayer-manifest-1-${cacheScope.toLowerCase()}#`;
}
function toManifestKey(cacheScope, number) {
    return `${toManifestPrefix(cacheScope)}${number}`;
}
/** The cache scope and the number of a manifest's key; undefined: the key is none. */
function splitManifestKey(key) {
    const [, cacheScope, digits] = /^hotlayer-manifest-1-(.+)#([1-9][0-9]{0,14})$/.exec(key.toLowerCase()) ?? [];
    return cacheScope === undefined ? undefined : { cacheScope, number: Number(digits) };
}
/** The number of a manifest of that cache scope; undefined: the key is none. */
function parseManifestNumber(cacheScope, key) {
    const prefix = toManifestPrefix(cacheScope);
    const folded = key.toLowerCase();
    if (!folded.startsWith(prefix))
        return undefined;
    const digits = folded.slice(prefix.length);
    return /^[1-9][0-9]{0,14}$/.test(digits) ? Number(digits) : undefined;
}

;// CONCATENATED MODULE: ./build/cache-client/upload-source.js


/** So much of each stream is in memory at most, twice over. */
const highWaterMark = 256 * 1024;
/** Files one after another, as if they were one file. */
function joinSlices(slices) {
    const placed = [];
    let sizeBytes = 0;
    for (const slice of slices) {
        placed.push({ slice, start: sizeBytes });
        sizeBytes += slice.sizeBytes;
    }
    async function* generate(start, end) {
        for (const { slice, start: sliceStart } of placed) {
            const from = Math.max(start, sliceStart) - sliceStart;
            const to = Math.min(end, sliceStart + slice.sizeBytes - 1) - sliceStart;
            if (from > to)
                continue;
            let left = to - from + 1;
            const range = { start: from, end: to, highWaterMark };
            for await (const chunk of (0,external_node_fs_.createReadStream)(slice.file, range)) {
                left -= chunk.length;
                yield chunk;
            }
            // What follows would be in the wrong place.
            if (left > 0)
                throw new Error(`${slice.file} is ${left} bytes shorter than it was`);
        }
    }
    return {
        sizeBytes,
        read: (start, end) => external_node_stream_.Readable.from(generate(start, end), { objectMode: false, highWaterMark }),
    };
}
/** Bytes that are in memory: small ones. */
function toBufferSource(bytes) {
    return {
        sizeBytes: bytes.length,
        read: (start, end) => external_node_stream_.Readable.from([bytes.subarray(start, end + 1)], { objectMode: false }),
    };
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
;// CONCATENATED MODULE: ./build/gateway/packs/digest-table.js

/**
 * JSON with each SHA-256 digest in it stored once, as 32 bytes: `{digests, value}`, where `digests` is base64 and a
 * digest in `value` reads `#` where it is new, in order, and `#n` where it comes again. Keys of objects stay as they are.
 */
function packDigests(value) {
    const numbers = new Map();
    const packed = mapStrings(value, (text) => {
        if (!/^sha256:[0-9a-f]{64}$/.test(text))
            return text.startsWith('#') ? `#${text}` : text;
        const number = numbers.get(text);
        if (number !== undefined)
            return `#${number}`;
        numbers.set(text, numbers.size);
        return '#';
    });
    const bytes = Buffer.from([...numbers.keys()].map((digest) => digest.slice(7)).join(''), 'hex');
    return { digests: bytes.toString('base64'), value: packed };
}
/** The JSON that was packed; undefined for anything else. */
function unpackDigests(packed) {
    if (!(0,build_json/* isRecord */.u4)(packed) || typeof packed['digests'] !== 'string')
        return undefined;
    const bytes = Buffer.from(packed['digests'], 'base64');
    let next = 0;
    let isWhole = bytes.length % 32 === 0;
    const value = mapStrings(packed['value'], (text) => {
        if (!text.startsWith('#'))
            return text;
        if (text.startsWith('##'))
            return text.slice(1);
        const number = text === '#' ? next : Number(text.slice(1));
        if (text === '#')
            next += 1;
        isWhole &&= Number.isSafeInteger(number) && number >= 0 && number < bytes.length / 32;
        const start = isWhole ? number * 32 : 0;
        return `sha256:${bytes.toString('hex', start, start + 32)}`;
    });
    return isWhole ? value : undefined;
}
function mapStrings(value, map) {
    if (typeof value === 'string')
        return map(value);
    if (Array.isArray(value))
        return value.map((item) => mapStrings(item, map));
    if (!(0,build_json/* isRecord */.u4)(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map)]));
}

;// CONCATENATED MODULE: ./build/gateway/packs/manifest-sections.js
/** The sections of a manifest that this version of Hotlayer reads and writes itself. */
const knownSections = new Set([
    'refHash',
    'writer',
    'legacyIndex',
    'packs',
    'blobs',
    'config',
]);
/**
 * Of all unknown sections together, as JSON. They are carried from manifest to manifest for ever, so they must not be able
 * to make one that is too large to be read.
 */
const maxSectionBytes = 1024 * 1024;
/**
 * What a newer Hotlayer has put beside the sections that this one knows, as it stands there; undefined: it is more than any
 * Hotlayer may put there.
 */
function pickForeignSections(body) {
    const sections = Object.fromEntries(Object.entries(body).filter(([name]) => !knownSections.has(name)));
    return Buffer.byteLength(JSON.stringify(sections)) > maxSectionBytes ? undefined : sections;
}

;// CONCATENATED MODULE: ./build/gateway/packs/manifest.js








const formatVersion = 1;
const checksumBytes = 32;
/** Against a few bytes that unpack without end. */
const maxJsonBytes = configBounds.maxBytes;
/** Each is looked up at the start of a job; 10 GB are 320 packs of 32 MiB. */
const maxPacks = 2048;
const maxBlobs = 100_000;
/** No blob is larger, and packs of several are far smaller. */
const maxPackBytes = maxBlobBytes;
const packKey = /^[\w.-]{1,255}$/;
const keyPart = /^[\w.-]{1,64}$/;
const maxKeyLength = 512;
/** The last moment that a Date can name. */
const maxTimeMs = 8.64e15;
/**
 * One line that says the format's version, readable for ever, then the SHA-256 of all that follows (32 bytes), and the
 * manifest as JSON, compressed: brotli has no checksum, and six of ten single wrong bits would read as another manifest.
 * Each digest is in it once, because random bytes do not compress. Throws Error when a blob lies in none of the packs.
 */
function renderManifest(manifest) {
    const packIndexes = new Map(manifest.packs.map(({ key }, index) => [key, index]));
    const blobs = [...manifest.blobs].map(([digest, { pack, offset, length }]) => {
        const index = packIndexes.get(pack);
        if (index === undefined)
            throw new Error(`Blob ${digest} lies in pack ${pack}, which the manifest does not name`);
        return { digest, pack: index, offset, length };
    });
    // In the order of the packs, each offset mostly follows from what is before it.
    blobs.sort((a, b) => a.pack - b.pack || a.offset - b.offset || a.length - b.length);
    const body = {
        ...manifest.foreignSections,
        refHash: manifest.refHash,
        writer: manifest.writer,
        legacyIndex: manifest.legacyIndex,
        packs: manifest.packs.map(({ key, sizeBytes }) => [key, sizeBytes]),
        blobs: blobs.map(({ digest, pack, offset, length }, index) => {
            const before = blobs[index - 1];
            const expected = before?.pack === pack ? before.offset + before.length : 0;
            return [digest, pack, offset - expected, length];
        }),
        config: renderCacheConfig(manifest.config),
    };
    const json = Buffer.from(JSON.stringify(packDigests(body)));
    const compressed = (0,external_node_zlib_.brotliCompressSync)(json, {
        params: {
            [external_node_zlib_.constants.BROTLI_PARAM_QUALITY]: 9,
            [external_node_zlib_.constants.BROTLI_PARAM_SIZE_HINT]: json.length,
        },
    });
    return Buffer.concat([Buffer.from(`hotlayer-manifest ${formatVersion}\n`), manifest_hash(compressed), compressed]);
}
function parseManifest(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const head = /^hotlayer-manifest ([1-9][0-9]{0,8})\n/.exec(buffer.toString('latin1', 0, 40));
    if (head === null)
        return { kind: 'broken', reason: 'it is no manifest' };
    const version = Number(head[1]);
    if (version > formatVersion)
        return { kind: 'newer', formatVersion: version };
    const packed = buffer.subarray(head[0].length + checksumBytes);
    if (!buffer.subarray(head[0].length, head[0].length + checksumBytes).equals(manifest_hash(packed)))
        return { kind: 'broken', reason: 'its bytes are not those that were written' };
    const body = decompress(packed);
    const value = body === undefined ? undefined : unpackDigests(parseForeignJson(body));
    if (!(0,build_json/* isRecord */.u4)(value))
        return { kind: 'broken', reason: 'its body cannot be unpacked' };
    const manifest = parseBody(value);
    return typeof manifest === 'string' ? { kind: 'broken', reason: manifest } : { kind: 'manifest', manifest };
}
function manifest_hash(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
}
function decompress(bytes) {
    try {
        return (0,external_node_zlib_.brotliDecompressSync)(bytes, { maxOutputLength: maxJsonBytes });
    }
    catch {
        // Broken bytes are an answer here, not a fault: the caller says what it means.
        return undefined;
    }
}
/** The manifest, or what is wrong with it. */
function parseBody(body) {
    const { refHash, legacyIndex } = body;
    const writer = body['writer'];
    if (typeof refHash !== 'string' || !/^[0-9a-f]{8}$/.test(refHash))
        return 'its ref scope is missing';
    if (legacyIndex !== null && (typeof legacyIndex !== 'string' || legacyIndex.length > maxKeyLength))
        return 'its absorbed index is no key';
    if (!(0,build_json/* isRecord */.u4)(writer))
        return 'its writer is missing';
    const { runId, attempt } = writer;
    if (typeof runId !== 'string' || typeof attempt !== 'string')
        return 'its writer is missing';
    if (!keyPart.test(runId) || !keyPart.test(attempt))
        return 'its writer is no run';
    const packs = parsePacks(body['packs']);
    if (packs === undefined)
        return 'its packs are not a list of keys and sizes';
    const blobs = parseBlobs(body['blobs'], packs);
    if (blobs === undefined)
        return 'a blob lies outside its packs';
    const config = parseCacheConfig(body['config']);
    if (config === undefined)
        return 'its cache config cannot be read';
    const foreignSections = pickForeignSections(body);
    if (foreignSections === undefined)
        return `its unknown sections have more than ${maxSectionBytes} bytes together`;
    const known = {
        refHash,
        writer: { runId, attempt, ...manifest_parseTime(writer['atMs']) },
        config,
        packs,
        blobs,
        legacyIndex,
    };
    return { formatVersion, ...known, foreignSections };
}
/** It is only shown: what is no time is passed over. */
function manifest_parseTime(value) {
    return isCount(value) && value <= maxTimeMs ? { atMs: value } : {};
}
function parsePacks(value) {
    if (!Array.isArray(value) || value.length > maxPacks)
        return undefined;
    const packs = value.flatMap((item) => {
        const [key, sizeBytes] = Array.isArray(item) ? item : [];
        const isPack = typeof key === 'string' && packKey.test(key) && isCount(sizeBytes);
        return isPack && sizeBytes <= maxPackBytes ? [{ key, sizeBytes }] : [];
    });
    const isSound = packs.length === value.length && new Set(packs.map(({ key }) => key)).size === packs.length;
    return isSound ? packs : undefined;
}
function parseBlobs(value, packs) {
    if (!Array.isArray(value) || value.length > maxBlobs)
        return undefined;
    const blobs = new Map();
    let end = { pack: -1, offset: 0 };
    for (const item of value) {
        const [digest, pack, gap, length] = Array.isArray(item) ? item : [];
        if (typeof digest !== 'string' ||
            !manifest_isDigest(digest) ||
            blobs.has(digest) ||
            !isCount(pack) ||
            !Number.isSafeInteger(gap) ||
            !isCount(length))
            return undefined;
        const offset = (end.pack === pack ? end.offset : 0) + Number(gap);
        const within = packs[pack];
        if (within === undefined || offset < 0 || offset + length > within.sizeBytes)
            return undefined;
        blobs.set(digest, { pack: within.key, offset, length });
        end = { pack, offset: offset + length };
    }
    return blobs;
}
function manifest_isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
function isCount(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

;// CONCATENATED MODULE: ./build/gateway/packs/manifest-store.js








const manifest_store_maxManifestBytes = 64 * 1024 * 1024;
/** Another job's manifest, or an abandoned reservation: after that long it counts as abandoned. */
const contest = { rounds: 8, pollMs: 2000, patienceMs: 10_000 };
/** Who takes longer from create to finalize may have been taken for dead, and been overtaken. */
const suspiciousMs = 8000;
/** The manifests of the cache scopes on the service; a number is taken once, and that is the compare-and-swap. */
class ManifestStore {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** The newest one: one call, and one more for its bytes. Never throws for what the service may answer. */
    async load(cacheScope) {
        const { client, policy } = this.#options;
        const key = toManifestPrefix(cacheScope);
        const hit = await client.lookup({ key, version: version/* PACKS_CACHE_VERSION */.v }, { policy });
        if (hit.kind === 'miss')
            return { kind: 'none' };
        if (hit.kind !== 'hit')
            return { kind: 'failed', reason: hit.message };
        const number = parseManifestNumber(cacheScope, hit.matchedKey);
        if (number === undefined)
            return { kind: 'none' };
        return await this.#fetch(cacheScope, number, hit.url);
    }
    /** One call. Where the service does not say, nobody has written a newer one. */
    async isNewest(cacheScope, number) {
        const key = toManifestPrefix(cacheScope);
        const hit = await this.#options.client.lookup({ key, version: version/* PACKS_CACHE_VERSION */.v });
        const newest = hit.kind === 'hit' ? parseManifestNumber(cacheScope, hit.matchedKey) : undefined;
        return newest === undefined || newest <= number;
    }
    /** Twice when its bytes are wrong: one transfer may have gone wrong, and what it names is lost with it. */
    async #fetch(cacheScope, number, url) {
        const first = await this.#fetchOnce(cacheScope, number, url);
        return first.kind === 'broken' ? toUnusable(await this.#fetchOnce(cacheScope, number, url)) : first;
    }
    async #fetchOnce(cacheScope, number, url) {
        const { client, directory, policy } = this.#options;
        const file = external_node_path_.join(directory, `manifest-${(0,external_node_crypto_.randomUUID)()}`);
        const key = toManifestKey(cacheScope, number);
        const renew = async () => {
            const again = await client.lookup({ key, version: version/* PACKS_CACHE_VERSION */.v }, { policy });
            return again.kind === 'hit' && again.matchedKey.toLowerCase() === key ? again.url : undefined;
        };
        try {
            const result = await client.download({ url, renew }, file, { maxBytes: manifest_store_maxManifestBytes }, { policy });
            if (result.kind === 'failed')
                return { kind: 'failed', reason: `${key}: ${result.message}` };
            if (result.kind === 'missing')
                return { kind: 'unusable', number, reason: `${key}: ${result.message}` };
            if (result.kind === 'too-large')
                return { kind: 'unusable', number, reason: `${key} is too large to be a manifest` };
            const parsed = parseManifest(await (0,promises_.readFile)(file));
            switch (parsed.kind) {
                case 'manifest':
                    return { kind: 'manifest', number, manifest: parsed.manifest };
                case 'newer': {
                    const reason = `${key} is of format ${parsed.formatVersion}, which only a newer Hotlayer reads`;
                    return { kind: 'unusable', number, reason };
                }
                case 'broken':
                    return { kind: 'broken', number, reason: `${key} cannot be read: ${parsed.reason}` };
                default:
                    return parsed;
            }
        }
        finally {
            await (0,promises_.rm)(file, { force: true });
        }
    }
    /**
     * Writes the manifest that follows number `known`. When somebody else has written one since, `compose` gets it and
     * answers the union. Answers the number written. Throws ToolError `manifest-write`.
     */
    async write(cacheScope, known, compose) {
        let newest = known;
        let next = known + 1;
        let merges = 0;
        let manifest = await compose(undefined);
        const adopt = async (newer) => {
            newest = newer.number;
            next = Math.max(next, newer.number) + 1;
            if (newer.manifest === undefined)
                return;
            merges += 1;
            manifest = await compose(newer.manifest);
        };
        for (let round = 1; round <= contest.rounds; round++) {
            const outcome = await this.#put(cacheScope, next, manifest);
            if (outcome === 'written')
                return { number: next, manifest, merges };
            const newer = outcome === 'overtaken'
                ? await this.#findExactly(cacheScope, next + 1)
                : await this.#waitForNewer(cacheScope, newest);
            if (newer !== undefined)
                await adopt(newer);
            else if (outcome === 'overtaken')
                return { number: next, manifest, merges };
            else
                next += 1;
        }
        throw new errors/* ToolError */.v4('manifest-write', `the manifest of ${cacheScope} could not be written in ${contest.rounds} rounds: other jobs write it all the time`);
    }
    async #put(cacheScope, number, manifest) {
        const { client, clock } = this.#options;
        const key = toManifestKey(cacheScope, number);
        const bytes = renderManifest(manifest);
        await this.#options.mayCreate();
        const started = clock.now();
        const created = await client.create({ key, version: version/* PACKS_CACHE_VERSION */.v, sizeBytes: bytes.length });
        if (created.kind === 'exists')
            return 'taken';
        if (created.kind !== 'created')
            throw toWriteError(key, 'could not be created', created.message);
        const uploaded = await client.upload(created.ticket, toBufferSource(bytes));
        if (uploaded.kind !== 'uploaded')
            throw toWriteError(key, 'could not be uploaded', uploaded.message);
        const finalized = await client.finalize(created.ticket, bytes.length);
        if (finalized.kind === 'exists')
            return 'taken';
        if (finalized.kind !== 'finalized')
            throw toWriteError(key, 'could not be finalized', finalized.message);
        return clock.now() - started > suspiciousMs ? 'overtaken' : 'written';
    }
    /** The one that took the number, or undefined when its writer seems to be dead. */
    async #waitForNewer(cacheScope, newest) {
        const { clock } = this.#options;
        const deadline = clock.now() + contest.patienceMs;
        for (;;) {
            const loaded = await this.load(cacheScope);
            if (loaded.kind === 'manifest' && loaded.number > newest)
                return loaded;
            if (loaded.kind === 'unusable' && loaded.number > newest) {
                return { number: loaded.number, manifest: undefined };
            }
            if (loaded.kind === 'failed')
                throw toWriteError(cacheScope, 'could not be looked up', loaded.reason);
            if (clock.now() >= deadline)
                return undefined;
            await clock.sleep(contest.pollMs, undefined);
        }
    }
    async #findExactly(cacheScope, number) {
        const { client } = this.#options;
        const key = toManifestKey(cacheScope, number);
        const hit = await client.lookup({ key, version: version/* PACKS_CACHE_VERSION */.v });
        if (hit.kind !== 'hit' && hit.kind !== 'miss')
            throw toWriteError(cacheScope, 'may have been replaced by another job', hit.message);
        if (hit.kind === 'miss' || hit.matchedKey.toLowerCase() !== key)
            return undefined;
        const loaded = await this.#fetch(cacheScope, number, hit.url);
        if (loaded.kind === 'failed')
            throw toWriteError(cacheScope, 'was replaced by another job, whose manifest could not be read', loaded.reason);
        return loaded.kind === 'manifest' ? loaded : { number, manifest: undefined };
    }
}
function toUnusable(found) {
    return found.kind === 'broken' ? { ...found, kind: 'unusable' } : found;
}
function toWriteError(key, what, message) {
    return new errors/* ToolError */.v4('manifest-write', `the manifest ${key} ${what}: ${message}`);
}

// EXTERNAL MODULE: ./build/cache-client/block-upload.js
var block_upload = __nccwpck_require__(4870);
;// CONCATENATED MODULE: ./build/gateway/packs/pack-copy.js






/** What of one pack is on local disk. Each piece is fetched once, each blob checked once. */
class PackCopy {
    #options;
    #windows;
    #checked = new Map();
    #handle;
    /** Of services that know no ranges: all of it in one stream. */
    #whole;
    #fault;
    #localBytes = 0;
    /** Who reads or fetches; the file may go when there is nobody. */
    users = 0;
    constructor(options) {
        this.#options = options;
        this.#windows = (0,block_upload/* cutParts */.Hg)(options.sizeBytes, options.windowBytes).map(({ start, end }) => ({
            start,
            end,
            fetched: undefined,
        }));
    }
    get file() {
        return this.#options.file;
    }
    get localBytes() {
        return this.#localBytes;
    }
    /** Resolves when the bytes of the pack from `start` to `end` are in the file, right or not; somebody fetches them. */
    async whenThere(start, end) {
        for (const window of this.#listWindows(start, end))
            await window.fetched;
    }
    #listWindows(start, end) {
        return this.#windows.filter((window) => window.start <= end && window.end >= start);
    }
    /** Fetches the blob; resolves when its bytes are in the file, and right. Throws BlobUnavailableError. */
    check(place) {
        const name = `${place.digest} ${place.offset} ${place.length}`;
        let checked = this.#checked.get(name);
        if (checked === undefined) {
            checked = this.#check(place);
            this.#checked.set(name, checked);
        }
        return checked;
    }
    async #check({ digest, offset, length }) {
        const { entry, sizeBytes, wholeBytes } = this.#options;
        const end = offset + length - 1;
        if (offset < 0 || length < 1 || end >= sizeBytes)
            throw new BlobUnavailableError('wrong bytes', `${entry.key} has no bytes ${offset} to ${end}`);
        const own = this.#listWindows(offset, end);
        for (const window of own)
            this.#start(window);
        // What BuildKit asks for next lies beside it most of the time.
        if (sizeBytes <= wholeBytes)
            for (const window of this.#windows)
                this.#start(window);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for (const window of own) {
            await window.fetched;
            await this.#hash(hash, Math.max(offset, window.start), Math.min(end, window.end));
        }
        const found = `sha256:${hash.digest('hex')}`;
        if (found === digest)
            return;
        throw new BlobUnavailableError('wrong bytes', `what ${entry.key} has as ${digest} hashes to ${found}`);
    }
    async #hash(hash, start, end) {
        const stream = (0,external_node_fs_.createReadStream)(this.file, { start, end, highWaterMark: 1024 * 1024 });
        for await (const chunk of stream)
            hash.update(chunk);
    }
    #start(window) {
        if (window.fetched !== undefined)
            return;
        this.users += 1;
        window.fetched = this.#options
            .limit(() => this.#fetch(window))
            .finally(() => {
            this.users -= 1;
            this.#options.onIdle();
        });
        // Read-ahead may fail without anybody waiting for it.
        window.fetched.catch(() => undefined);
    }
    async #fetch(window) {
        // One piece that cannot be had after all its tries is enough: a build without cache is quicker than more of them.
        if (this.#fault)
            throw this.#fault;
        try {
            if (this.#whole === undefined && (await this.#download(window)) === 'no-ranges') {
                this.#whole ??= this.#downloadWhole();
            }
            await this.#whole;
        }
        catch (error) {
            this.#fault ??=
                error instanceof BlobUnavailableError
                    ? error
                    : new BlobUnavailableError('failed', `${this.#options.entry.key}: ${(0,errors/* toMessage */.R9)(error)}`);
            throw this.#fault;
        }
    }
    async #downloadWhole() {
        await this.#download({ start: 0, end: this.#options.sizeBytes - 1 });
    }
    async #download(range) {
        const { client, entry, signal } = this.#options;
        this.#handle ??= (0,promises_.open)(this.file, 'w', 0o600);
        const region = { handle: await this.#handle, offset: range.start };
        const result = await client.downloadRange(await entry.open(), range, region, { signal });
        switch (result.kind) {
            case 'downloaded':
                this.#localBytes += result.sizeBytes;
                return 'downloaded';
            case 'no-ranges':
                return 'no-ranges';
            case 'missing': {
                // The pack ends before that: whoever said that it is larger was wrong, and its other blobs are none the worse.
                const isTooShort = result.message.startsWith('416');
                if (!isTooShort)
                    entry.forget();
                throw new BlobUnavailableError('missing', `${entry.key}: ${result.message}`, {
                    isWholePack: !isTooShort,
                });
            }
            case 'too-large':
                throw new BlobUnavailableError('failed', `${entry.key} is too large`);
            case 'failed':
                throw new BlobUnavailableError('failed', `${entry.key}: ${result.message}`);
            default:
                return result;
        }
    }
    /** Nobody may use it any more. */
    async remove() {
        await Promise.allSettled(this.#windows.map(({ fetched }) => fetched));
        const handle = await this.#handle?.catch(() => undefined);
        await handle?.close();
        await (0,promises_.rm)(this.file, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/gateway/packs/pack-entry.js


/** A pack as the service has it: looked up once, and again when its download URL has expired. */
class PackEntry {
    key;
    #client;
    #options;
    #presence;
    #isForgotten = false;
    constructor(client, key, options) {
        this.key = key;
        this.#client = client;
        this.#options = options;
    }
    /** What is known, or one call. Never throws for what the service may answer. */
    check() {
        this.#presence ??= this.#lookUp();
        return this.#presence;
    }
    /** One call unless it is known to be there, or to be gone: look-ups may lag behind, and faults pass. */
    async checkAgain(policy) {
        const known = this.#presence;
        const presence = await this.check();
        if (known === undefined || presence.kind === 'present' || this.#isForgotten)
            return presence;
        if (this.#presence === known)
            this.#presence = this.#lookUp(policy);
        return await this.check();
    }
    /** Throws BlobUnavailableError. */
    async open() {
        const presence = await this.check();
        switch (presence.kind) {
            case 'present':
                return { url: presence.url, renew: (refusedUrl) => this.#renew(refusedUrl) };
            case 'missing':
                throw new BlobUnavailableError('missing', `${this.key} is not at the cache service any more`, {
                    isWholePack: true,
                });
            case 'failed':
                throw new BlobUnavailableError('failed', `${this.key}: ${presence.message}`);
            default:
                return presence;
        }
    }
    /** Nobody is to ask for it again in this job. */
    forget() {
        this.#isForgotten = true;
        this.#presence = Promise.resolve({ kind: 'missing' });
    }
    /** Many requests may find the same URL refused: one of them asks for a fresh one. */
    async #renew(refusedUrl) {
        const known = this.#presence;
        const presence = await this.check();
        if (presence.kind === 'present' && presence.url !== refusedUrl)
            return presence.url;
        if (this.#presence === known)
            this.#presence = this.#lookUp();
        const fresh = await this.check();
        return fresh.kind === 'present' ? fresh.url : undefined;
    }
    async #lookUp(policy = this.#options.policy) {
        const options = policy === undefined ? this.#options : { ...this.#options, policy };
        const hit = await this.#client.lookup({ key: this.key, version: version/* PACKS_CACHE_VERSION */.v }, options);
        // A look-up matches prefixes too: the pack `…-1` may be answered with `…-12`.
        if (hit.kind === 'hit') {
            return hit.matchedKey.toLowerCase() === this.key.toLowerCase()
                ? { kind: 'present', url: hit.url }
                : { kind: 'missing' };
        }
        return hit.kind === 'miss' ? { kind: 'missing' } : { kind: 'failed', message: hit.message };
    }
}

;// CONCATENATED MODULE: ./build/gateway/packs/pack-reader.js







const pack_reader_mebibyte = 1024 * 1024;
/** Eight ranges at once were measured to be twice as fast as one stream, and more of them no faster. */
const parallelWindows = 8;
const parallelChecks = 16;
/** Blobs out of packs, by way of local disk. */
class PackReader {
    #options;
    #entries = new Map();
    /** By pack and size, least recently used first. */
    #copies = new Map();
    /** Blobs that were unavailable stay so, also after their copy is gone. */
    #faults = new Map();
    #limitWindows = createLimiter(parallelWindows);
    #limitChecks = createLimiter(parallelChecks);
    #closing = new AbortController();
    #removals = new Set();
    #files = 0;
    constructor(options) {
        this.#options = options;
    }
    /** The keys of those that are there: one call for each that is not known to be there. */
    async checkPacks(packs) {
        const found = await this.lookUpPacks(packs.map(({ key }) => key));
        return new Set([...found].flatMap(([key, { kind }]) => (kind === 'present' ? [key] : [])));
    }
    /** By key; with the same calls. */
    async lookUpPacks(keys, policy) {
        const found = new Map();
        await Promise.all([...new Set(keys)].map((key) => this.#limitChecks(async () => {
            found.set(key, await this.#entryOf(key).checkAgain(policy));
        })));
        return found;
    }
    /** Answers with the first bytes of a large blob, and with all of a small one. Throws BlobUnavailableError. */
    async fetchBlob(pack, place) {
        const name = `${toCopyName(pack)} ${place.digest} ${place.offset} ${place.length}`;
        const fault = this.#faults.get(name);
        if (fault)
            throw fault;
        const copy = this.#copyOf(pack);
        copy.users += 1;
        let isHeld = true;
        const release = () => {
            if (!isHeld)
                return;
            isHeld = false;
            copy.users -= 1;
            this.#trim();
        };
        const checked = copy.check(place).catch((error) => {
            const found = error instanceof BlobUnavailableError
                ? error
                : new BlobUnavailableError('failed', `${pack.key}: ${(0,errors/* toMessage */.R9)(error)}`);
            this.#faults.set(name, found);
            throw found;
        });
        // Who reads hears of it; nobody has to read to the end.
        checked.catch(() => undefined);
        const { offset, length } = place;
        const whenThere = (end) => copy.whenThere(offset, offset + end);
        try {
            const firstBytes = Math.min(length, pieceBytes);
            await (firstBytes === length ? checked : whenThere(firstBytes - 1));
            return { file: copy.file, offset, length, whenThere, checked, release };
        }
        catch (error) {
            release();
            // The fault of the whole is the one that is known by name.
            throw await checked.then(() => error, (found) => found);
        }
    }
    #entryOf(key) {
        const known = this.#entries.get(key);
        if (known)
            return known;
        const { client, policy } = this.#options;
        const signal = this.#closing.signal;
        const entry = new PackEntry(client, key, policy === undefined ? { signal } : { signal, policy });
        this.#entries.set(key, entry);
        return entry;
    }
    #copyOf(pack) {
        const name = toCopyName(pack);
        const known = this.#copies.get(name);
        // Put at the end of the line.
        if (known)
            this.#copies.delete(name);
        const copy = known ?? this.#createCopy(pack.key, pack.sizeBytes);
        this.#copies.set(name, copy);
        return copy;
    }
    #createCopy(key, sizeBytes) {
        const { client, directory, windowBytes = 8 * pack_reader_mebibyte, wholeBytes = 32 * pack_reader_mebibyte } = this.#options;
        this.#files += 1;
        return new PackCopy({
            client,
            entry: this.#entryOf(key),
            sizeBytes,
            file: external_node_path_.join(directory, `pack-${this.#files}`),
            windowBytes,
            wholeBytes,
            limit: this.#limitWindows,
            signal: this.#closing.signal,
            onIdle: () => this.#trim(),
        });
    }
    /** Frees the disk of what nobody reads, the longest unused first. */
    #trim() {
        const idle = [...this.#copies].filter(([, copy]) => copy.users === 0);
        let surplus = idle.reduce((sum, [, copy]) => sum + copy.localBytes, 0);
        surplus -= this.#options.keptBytes ?? 256 * pack_reader_mebibyte;
        for (const [key, copy] of idle) {
            if (surplus <= 0)
                return;
            surplus -= copy.localBytes;
            this.#remove(key, copy);
        }
    }
    #remove(key, copy) {
        this.#copies.delete(key);
        const removal = copy
            .remove()
            // A file that cannot be removed goes with its directory.
            .catch(() => undefined)
            .finally(() => this.#removals.delete(removal));
        this.#removals.add(removal);
    }
    /** Ends all fetches and removes all files. */
    async close() {
        this.#closing.abort(new Error('the gateway ends'));
        for (const [key, copy] of this.#copies)
            this.#remove(key, copy);
        await Promise.all(this.#removals);
    }
}
/** Manifests may disagree about the size of a pack: what one of them says must not spoil it for the other. */
function toCopyName({ key, sizeBytes }) {
    return `${key} ${sizeBytes}`;
}

;// CONCATENATED MODULE: ./build/gateway/packs/pack-writer.js




/** Packs that could not be written; what was written besides stays usable. */
class PackWriteError extends errors/* ToolError */.v4 {
    failed;
    written;
    constructor(failed, written) {
        const blobs = failed.reduce((sum, { digests }) => sum + digests.length, 0);
        const reasons = [...new Set(failed.map(({ message }) => message))].slice(0, 3).join('; ');
        super('pack-write', `${blobs} blobs could not be stored at the cache service: ${reasons}`);
        this.name = 'PackWriteError';
        this.failed = failed;
        this.written = written;
    }
}
/** With packs of 32 MiB and blocks of 16 MiB that is what eight connections carry. */
const parallelPacks = 4;
/** Of one pack, each under a key of its own. */
const maxKeys = 3;
/**
 * Puts blobs together to packs, and uploads each in the background as soon as it is big enough. Packs are not built on
 * disk: what is sent is read from the blobs' own files.
 */
class PackWriter {
    #options;
    #limit = createLimiter(parallelPacks);
    #uploads = new Set();
    #written = [];
    #failed = [];
    #open = [];
    #openBytes = 0;
    #pendingBytes = 0;
    #packs = 0;
    /** What the service said when it refused to take anything from us. */
    #refusal;
    constructor(options) {
        this.#options = options;
    }
    /** Bytes that were added and neither are on the service nor failed. */
    get pendingBytes() {
        return this.#pendingBytes;
    }
    /** Blobs lie in their pack in the order in which they are added. */
    add(blob) {
        const target = this.#options.budget.packTargetBytes;
        this.#pendingBytes += blob.sizeBytes;
        // A big one is a pack by itself, so that the small ones stay together.
        if (blob.sizeBytes >= target) {
            this.#start([blob]);
            return;
        }
        this.#open.push(blob);
        this.#openBytes += blob.sizeBytes;
        if (this.#openBytes >= target)
            this.#seal();
    }
    /**
     * Writes the rest, and waits for all of it. Answers every pack that this writer has written. Throws PackWriteError
     * for the packs that failed since the last flush.
     */
    async flush() {
        this.#seal();
        await Promise.all(this.#uploads);
        const failed = this.#failed;
        this.#failed = [];
        if (failed.length > 0)
            throw new PackWriteError(failed, [...this.#written]);
        return [...this.#written];
    }
    #seal() {
        const blobs = this.#open;
        this.#open = [];
        this.#openBytes = 0;
        if (blobs.length > 0)
            this.#start(blobs);
    }
    #start(blobs) {
        // Blobs may come faster than they go up: what waits for its turn counts too.
        this.#options.budget.announce();
        const upload = this.#limit(() => {
            this.#options.budget.retract();
            return this.#write(blobs);
        }).finally(() => this.#uploads.delete(upload));
        this.#uploads.add(upload);
    }
    /** Does not throw: what happened is on record. */
    async #write(blobs) {
        const source = joinSlices(blobs);
        const outcome = await this.#store(source).then((key) => ({ key, sizeBytes: source.sizeBytes, blobs: placeBlobs(blobs) }), (error) => ({ digests: blobs.map(({ digest }) => digest), message: (0,errors/* toMessage */.R9)(error) }));
        this.#pendingBytes -= source.sizeBytes;
        if ('key' in outcome) {
            this.#written.push(outcome);
            this.#options.onWritten?.(outcome);
        }
        else {
            this.#failed.push(outcome);
            this.#options.onFailed?.(outcome);
        }
    }
    /** Answers the key. Throws ToolError. */
    async #store(source) {
        const { client, budget, signal } = this.#options;
        const call = signal === undefined ? {} : { signal };
        const { sizeBytes } = source;
        let reason = '';
        for (let attempt = 1; attempt <= maxKeys; attempt++) {
            if (this.#refusal !== undefined)
                throw new errors/* ToolError */.v4('pack-write', this.#refusal);
            await budget.take(signal);
            this.#packs += 1;
            const key = this.#options.keyOf(this.#packs);
            const created = await client.create({ key, version: version/* PACKS_CACHE_VERSION */.v, sizeBytes }, call);
            if (created.kind === 'denied' || created.kind === 'unauthenticated')
                this.#refusal = created.message;
            if (created.kind === 'exists') {
                // Most likely our own, by a try whose answer was lost: there is no way to take it, so another key.
                reason = created.message;
                continue;
            }
            if (created.kind !== 'created')
                throw new errors/* ToolError */.v4('pack-write', `create: ${created.message}`);
            const uploaded = await client.upload(created.ticket, source, call);
            if (uploaded.kind === 'failed')
                throw new errors/* ToolError */.v4('pack-write', `upload: ${uploaded.message}`);
            const finalized = await client.finalize(created.ticket, sizeBytes, call);
            if (finalized.kind === 'finalized')
                return key;
            reason = `finalize: ${finalized.message}`;
            // Forgotten, or not what was sent: with another key it can be had.
            if (finalized.kind !== 'not-found')
                throw new errors/* ToolError */.v4('pack-write', reason);
        }
        throw new errors/* ToolError */.v4('pack-write', reason);
    }
}
function placeBlobs(blobs) {
    let end = 0;
    return blobs.map(({ digest, sizeBytes }) => {
        const offset = end;
        end += sizeBytes;
        return { digest, offset, length: sizeBytes };
    });
}

;// CONCATENATED MODULE: ./build/gateway/store/availability.js


/** How often it is asked whether a service is back that nobody waits for. */
const probing = { firstMs: 1000, maxMs: 15_000 };
/** Nothing was heard for that long while uploads run: is anybody there? */
const silenceMs = 5000;
const watchMs = 1000;
/** The deadline is for what the patience with one answer does not cover. */
const probePolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 10_000 };
/**
 * Whether exports may hope for the service. While the job goes on they wait for it as long as it takes, as nobody
 * waits for them; once the end of the job does, it is asked once more, and then they are given up.
 */
class Availability {
    #options;
    #hurry = (0,deferred/* createDeferred */.u)();
    #lost = (0,deferred/* createDeferred */.u)();
    #isHurried = false;
    #isHopeless = false;
    constructor(options) {
        this.#options = options;
    }
    /** Outages so far, and whether there is one: an export that failed in one is worth another try. */
    get mark() {
        const { health } = this.#options;
        return health.outages * 2 + (health.outage === undefined ? 0 : 1);
    }
    get isAway() {
        return this.#options.health.outage !== undefined;
    }
    /** Resolves with the reason when exports that are on their way will not arrive any more. */
    get lost() {
        return this.#lost.promise;
    }
    /** Whether what failed in an outage may be tried again: waits for the service while there is time. */
    async whenBack() {
        const { health, url, signal } = this.#options;
        for (let waitMs = probing.firstMs;; waitMs = Math.min(probing.maxMs, waitMs * 2)) {
            if (this.#isHopeless || signal.aborted)
                return false;
            const isLast = this.#isHurried;
            if (!isLast)
                await this.#sleep(waitMs);
            if (health.host(url).outage !== undefined)
                await this.#probe();
            // There is one more try once somebody waits, as the hosts of blobs are only known to be back by a try.
            if (isLast)
                this.#isHopeless = true;
            if (health.host(url).outage !== undefined)
                continue;
            health.askAgain();
            return true;
        }
    }
    /** Somebody waits for the exports from now on. */
    hurry() {
        if (this.#isHurried)
            return;
        this.#isHurried = true;
        this.#hurry.resolve();
        // Only the end of the gateway ends it early.
        this.#watch().catch(() => undefined);
    }
    /** A service may fall silent in mid upload, and uploads are given a minute: so it is asked on the side. */
    async #watch() {
        const { health, url, clock, isBusy, signal } = this.#options;
        while (isBusy() && !signal.aborted) {
            await clock.sleep(watchMs, signal);
            if (health.silentMs < silenceMs || this.#isHopeless)
                continue;
            if (health.host(url).outage === undefined)
                await this.#probe();
            const outage = health.host(url).outage;
            if (outage === undefined)
                continue;
            this.#isHopeless = true;
            this.#lost.resolve(outage.reason);
            return;
        }
    }
    /** One look-up of what is not there: the cheapest question that a service answers only when it works. */
    async #probe() {
        const { client, signal } = this.#options;
        const query = { key: 'hotlayer-are-you-there', version: version/* PACKS_CACHE_VERSION */.v };
        await client.lookup(query, { policy: probePolicy, isProbe: true, signal });
    }
    async #sleep(ms) {
        const { clock, signal } = this.#options;
        const woken = new AbortController();
        void this.#hurry.promise.then(() => woken.abort());
        const either = AbortSignal.any([signal, woken.signal]);
        await clock.sleep(ms, either).catch(() => undefined);
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/legacy-blobs.js





/** Blobs that an index of BuildKit's own names: each lies under BuildKit's own key, where it is looked up when it is wanted. */
class LegacyBlobs {
    #options;
    /** The URL once it was looked up, undefined when it is not there. */
    #urls = new Map();
    #hasUnknown = false;
    constructor(options) {
        this.#options = options;
    }
    add(digests) {
        for (const digest of digests)
            if (!this.#urls.has(digest))
                this.#urls.set(digest, undefined);
    }
    /** Without a call: some index names it, and nobody has found out that it is not there. */
    mayHave(digest) {
        return this.#urls.has(digest);
    }
    /** One call for each digest. */
    async has(digest) {
        return this.#urls.has(digest) && (await this.#find(digest)) !== undefined;
    }
    /** One of them may be there, and could not be had. */
    get hasUnknown() {
        return this.#hasUnknown;
    }
    /** The bytes in a file that goes with their release; undefined when they cannot be had. */
    async fetch(digest) {
        if (!this.#urls.has(digest))
            return undefined;
        const { client, statistics } = this.#options;
        const url = await this.#find(digest);
        if (url === undefined)
            return undefined;
        const file = this.#options.toPath();
        const source = { url, renew: () => this.#lookUp(digest) };
        const result = await client.download(source, file, { maxBytes: maxBlobBytes });
        const sha256 = digest.slice('sha256:'.length);
        const fault = result.kind === 'downloaded'
            ? await findByteFault(file, { kind: 'blob', sha256, isSignature: false })
            : result.kind === 'too-large'
                ? 'it is too large'
                : result.message;
        if (fault === undefined) {
            const { size } = await (0,promises_.stat)(file);
            return toLocalFile(file, size, () => void (0,promises_.rm)(file, { force: true }));
        }
        if (result.kind === 'downloaded')
            statistics.add('wrongBytes');
        if (result.kind === 'failed')
            this.#hasUnknown = true;
        await (0,promises_.rm)(file, { force: true });
        this.#urls.delete(digest);
        statistics.failed('import', 'download', `buildkit-blob-1-${digest}: ${fault}`);
        return undefined;
    }
    async #find(digest) {
        const known = this.#urls.get(digest);
        if (known !== undefined)
            return await known;
        const url = this.#lookUp(digest);
        this.#urls.set(digest, url);
        return await url;
    }
    async #lookUp(digest) {
        const { client, policy, statistics } = this.#options;
        const key = `buildkit-blob-1-${digest}`;
        const hit = await client.lookup({ key, version: version/* BUILDKIT_CACHE_VERSION */.J }, { policy });
        if (hit.kind === 'hit')
            return hit.matchedKey.toLowerCase() === key ? hit.url : undefined;
        if (hit.kind === 'miss')
            return undefined;
        this.#hasUnknown = true;
        statistics.failed('import', 'lookup', `${key}: ${hit.message}`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/pack-places.js
/** Which packs the service has, and where in them blobs lie. Asks the service only for packs. */
class PackPlaces {
    #reader;
    /** Packs that are there, or may be; those that are gone are not in it. */
    #packs = new Map();
    /** By digest; the first that can be read counts. */
    #places = new Map();
    #uncertain = new Set();
    #rechecks = new Map();
    constructor(reader) {
        this.#reader = reader;
    }
    /** Asks once for each pack that is new; blobs of those that are gone are not there. */
    async addPacks(manifests) {
        const keys = manifests.flatMap(({ packs }) => packs.map(({ key }) => key));
        const check = await this.#lookUp(keys.filter((key) => this.#packs.get(key) !== 'present'));
        for (const { packs, blobs } of manifests) {
            const sizes = new Map(packs.map(({ key, sizeBytes }) => [key, sizeBytes]));
            for (const [digest, { pack, offset, length }] of blobs) {
                if (!this.#packs.has(pack))
                    continue;
                this.#add(digest, { pack, packBytes: sizes.get(pack) ?? 0, offset, length, isUnread: false });
            }
        }
        return check;
    }
    /** Asks again for those packs of a manifest of which nothing is known. */
    async recheckPacks({ packs }) {
        await this.#lookUp(packs.map(({ key }) => key).filter((key) => this.#packs.get(key) === 'unknown'));
    }
    /** Once for each pack of a blob of which nothing is known, and not for long: BuildKit waits. */
    async recheckBlob(digest) {
        const places = (this.#places.get(digest) ?? []).filter(({ isUnread }) => !isUnread);
        await Promise.all(places.map(async ({ pack }) => {
            if (this.#packs.get(pack) !== 'unknown')
                return;
            const recheck = this.#rechecks.get(pack) ?? this.#lookUp([pack], quickPolicy).then(() => undefined);
            this.#rechecks.set(pack, recheck);
            await recheck;
        }));
    }
    /** It lies in a pack that is there, or may be. */
    has(digest) {
        return this.#places.has(digest);
    }
    /** Where it can be read. */
    findReadable(digest) {
        const places = this.#places.get(digest) ?? [];
        return places.find(({ pack, isUnread }) => !isUnread && this.#packs.get(pack) === 'present');
    }
    /** Where a manifest may say that it lies: where it can be read, or else where it may lie for all that is known. */
    findKept(digest) {
        return this.findReadable(digest) ?? this.#places.get(digest)?.[0];
    }
    isPlaced(digest, place) {
        return place !== undefined && (this.#places.get(digest) ?? []).some((other) => isSamePlace(other, place));
    }
    /** At some time in this job nobody could say whether it is there, or it could not be read: BuildKit may not have seen it. */
    wasUncertain(pack) {
        return this.#uncertain.has(pack);
    }
    /** The service has this pack now; a blob that was moved lies in it first of all. */
    addWritten({ key, sizeBytes, blobs }) {
        this.#packs.set(key, 'present');
        for (const { digest, offset, length } of blobs) {
            const place = { pack: key, packBytes: sizeBytes, offset, length, isUnread: false };
            this.#places.set(digest, [place, ...(this.#places.get(digest) ?? [])]);
        }
    }
    /** Reading it there did not work: BuildKit is not led to it again in this job. */
    drop(digest, place, { isLost, isWholePack }) {
        if (isWholePack)
            this.#dropPack(place.pack);
        place.isUnread = true;
        if (isLost)
            this.#keep(digest, (other) => other !== place);
        else
            this.#uncertain.add(place.pack);
    }
    async #lookUp(keys, policy) {
        const missing = [];
        const unknown = new Map();
        for (const [key, presence] of await this.#reader.lookUpPacks(keys, policy)) {
            if (presence.kind === 'present')
                this.#packs.set(key, 'present');
            if (presence.kind === 'missing') {
                missing.push(key);
                this.#dropPack(key);
            }
            if (presence.kind !== 'failed')
                continue;
            unknown.set(key, presence.message);
            this.#uncertain.add(key);
            this.#packs.set(key, 'unknown');
        }
        return { missing, unknown };
    }
    #add(digest, place) {
        const known = this.#places.get(digest) ?? [];
        if (known.some((other) => isSamePlace(other, place) && other.packBytes === place.packBytes))
            return;
        this.#places.set(digest, [...known, place]);
    }
    #dropPack(key) {
        this.#packs.delete(key);
        for (const digest of [...this.#places.keys()])
            this.#keep(digest, ({ pack }) => pack !== key);
    }
    #keep(digest, isKept) {
        const places = (this.#places.get(digest) ?? []).filter(isKept);
        if (places.length === 0)
            this.#places.delete(digest);
        else
            this.#places.set(digest, places);
    }
}
/** For a question that was asked before, and failed. */
const quickPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 5000 };
function isSamePlace(a, b) {
    return a.pack === b.pack && a.offset === b.offset;
}

;// CONCATENATED MODULE: ./build/gateway/store/spooled-blobs.js


/** Blobs on local disk on their way into packs: each file goes when its pack is written and nobody reads it. */
class SpooledBlobs {
    #byDigest = new Map();
    has(digest) {
        return this.#byDigest.has(digest);
    }
    sizeOf(digest) {
        return this.#byDigest.get(digest)?.sizeBytes;
    }
    /** Takes the file over. `isQueued`: somebody packs it already. */
    add(blob, { isQueued }) {
        this.#byDigest.set(blob.digest, { ...blob, isQueued, isPacked: false, readers: 0 });
    }
    /** The copy when it still has to be packed; it counts as queued from now on. */
    takeForPacking(digest) {
        const spooled = this.#byDigest.get(digest);
        if (spooled === undefined || spooled.isQueued)
            return undefined;
        spooled.isQueued = true;
        return spooled;
    }
    /** They are in a pack that the service has: the files may go. */
    async onPacked(digests) {
        const packed = digests.flatMap((digest) => this.#byDigest.get(digest) ?? []);
        for (const spooled of packed)
            spooled.isPacked = true;
        await Promise.all(packed.map((spooled) => this.#dropIfUnused(spooled)));
    }
    /** Packing failed: what is not on the service may be queued again. */
    unqueue() {
        for (const spooled of this.#byDigest.values())
            if (!spooled.isPacked)
                spooled.isQueued = false;
    }
    /** Removes every copy that is on no service: nobody will upload it. */
    async dropAll() {
        for (const spooled of this.#byDigest.values()) {
            spooled.isPacked = true;
            await this.#dropIfUnused(spooled);
        }
    }
    /** The bytes; undefined: there is no copy. The file stays until they are released. */
    lend(digest) {
        const spooled = this.#byDigest.get(digest);
        if (spooled === undefined)
            return undefined;
        spooled.readers += 1;
        return toLocalFile(spooled.file, spooled.sizeBytes, () => {
            spooled.readers -= 1;
            void this.#dropIfUnused(spooled);
        });
    }
    async #dropIfUnused(spooled) {
        if (!spooled.isPacked || spooled.readers > 0)
            return;
        if (this.#byDigest.get(spooled.digest) === spooled)
            this.#byDigest.delete(spooled.digest);
        await (0,promises_.rm)(spooled.file, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/blob-store.js










/**
 * The blobs of this job, by digest: in packs on the service, on local disk, or under BuildKit's own key when an index
 * of BuildKit's names them. Whether one is there is known from memory, but for the last kind.
 */
class BlobStore {
    #options;
    #places;
    #spooled = new SpooledBlobs();
    #legacy;
    constructor(options) {
        this.#options = options;
        this.#places = new PackPlaces(options.reader);
        this.#legacy = new LegacyBlobs({ ...options, toPath: () => this.toPath() });
    }
    /** Asks once for each pack that is new; blobs of those that are gone are not there. */
    async addPacks(manifests) {
        return await this.#places.addPacks(manifests);
    }
    /** Asks again for those packs of a manifest of which nothing is known. */
    async recheckPacks(manifest) {
        await this.#places.recheckPacks(manifest);
    }
    /** An index of BuildKit's names these: they are looked up under their own keys when they are asked for. */
    addLegacy(digests) {
        this.#legacy.add(digests);
    }
    /** Without a call: it can be read, or may perhaps be read. */
    mayHave(digest) {
        return this.#places.has(digest) || this.#spooled.has(digest) || this.#legacy.mayHave(digest);
    }
    /** It can be read. */
    async has(digest) {
        if (this.placeOf(digest) !== undefined || this.#spooled.has(digest))
            return true;
        await this.#places.recheckBlob(digest);
        if (this.placeOf(digest) !== undefined)
            return true;
        return await this.#legacy.has(digest);
    }
    /** Where it can be read. */
    placeOf(digest) {
        return this.#places.findReadable(digest);
    }
    /** Where a manifest may say that it lies: where it can be read, or else where it may lie for all that is known. */
    keptPlaceOf(digest) {
        return this.#places.findKept(digest);
    }
    /** At some time in this job nobody could say whether it is there, or it could not be read: BuildKit may not have seen it. */
    wasUncertain(pack) {
        return this.#places.wasUncertain(pack);
    }
    isPlaced(digest, place) {
        return this.#places.isPlaced(digest, place);
    }
    /** Bytes of it; undefined where only a call could tell. */
    sizeOf(digest) {
        return this.#spooled.sizeOf(digest) ?? this.keptPlaceOf(digest)?.length;
    }
    isSpooled(digest) {
        return this.#spooled.has(digest);
    }
    /** A layer of BuildKit's own cache may be there, and could not be had. */
    get hasUnknownLegacy() {
        return this.#legacy.hasUnknown;
    }
    /** Takes a file over whose bytes are checked; one that is there already is dropped. */
    async put(blob) {
        if (this.#spooled.has(blob.digest) || this.placeOf(blob.digest) !== undefined)
            await (0,promises_.rm)(blob.file, { force: true });
        else
            this.#spooled.add(blob, { isQueued: false });
    }
    /** A copy that is to be packed anew, although the blob lies in a pack already. */
    adoptCopy(blob) {
        this.#spooled.add(blob, { isQueued: true });
    }
    /** A path where no file is yet, on the file system of the store. */
    toPath() {
        return external_node_path_.join(this.#options.directory, `blob-${(0,external_node_crypto_.randomUUID)()}`);
    }
    /** The local copy when it still has to be packed; it counts as queued from now on. */
    takeForPacking(digest) {
        return this.#spooled.takeForPacking(digest);
    }
    /** The service has this pack now: its blobs lie there, and local copies may go. */
    async onWritten(pack) {
        // Only then something is waited for: all places count as soon as the pack is written.
        this.#places.addWritten(pack);
        await this.#spooled.onPacked(pack.blobs.map(({ digest }) => digest));
    }
    /** Packing failed: what is not on the service may be queued again. */
    unqueue() {
        this.#spooled.unqueue();
    }
    /** Removes every local copy that is on no service: nobody will upload it. */
    async dropSpooled() {
        await this.#spooled.dropAll();
    }
    /**
     * The bytes, as far as they are local; undefined when they cannot be had. A place where they are missing or wrong is
     * not one any more for this job, so that BuildKit is not led to it again.
     */
    async open(digest) {
        const spooled = this.#spooled.lend(digest);
        if (spooled !== undefined)
            return spooled;
        const find = () => this.#places.findReadable(digest);
        for (let place = find(); place !== undefined; place = find()) {
            const bytes = await this.#fetchFromPack(digest, place);
            if (bytes !== undefined)
                return bytes;
        }
        return await this.#legacy.fetch(digest);
    }
    async #fetchFromPack(digest, place) {
        try {
            const bytes = await this.#options.reader.fetchBlob({ key: place.pack, sizeBytes: place.packBytes }, { digest, offset: place.offset, length: place.length });
            bytes.checked.catch((error) => this.#dropPlace(digest, place, error));
            return bytes;
        }
        catch (error) {
            this.#dropPlace(digest, place, error);
            return undefined;
        }
    }
    #dropPlace(digest, place, error) {
        const { statistics } = this.#options;
        const { reason, isWholePack } = error instanceof BlobUnavailableError ? error : { reason: 'failed', isWholePack: false };
        if (reason === 'wrong bytes')
            statistics.add('wrongBytes');
        statistics.failed('import', 'download', `${digest} in ${place.pack}: ${(0,errors/* toMessage */.R9)(error)}`);
        this.#places.drop(digest, place, { isLost: reason !== 'failed', isWholePack });
    }
    /** A copy in a file of its own, ready to be packed anew; undefined when its bytes cannot be had. */
    async copyToFile(digest) {
        const bytes = await this.open(digest);
        if (bytes === undefined)
            return undefined;
        const file = this.toPath();
        try {
            await bytes.checked;
            const { offset, length } = bytes;
            const source = (0,external_node_fs_.createReadStream)(bytes.file, { start: offset, end: offset + length - 1 });
            await (0,external_node_stream_promises_namespaceObject.pipeline)(source, (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 }));
            return { digest, file, sizeBytes: length };
        }
        catch (error) {
            await (0,promises_.rm)(file, { force: true });
            throw error;
        }
        finally {
            bytes.release();
        }
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/cache-scopes.js











/** The cache scopes of the job's plans: loaded once each, all of a plan in parallel, while the daemon still boots. */
class CacheScopes {
    #options;
    #scopes = new Map();
    /** Those that had something for BuildKit when they were loaded, and who had written it. */
    imports = [];
    constructor(options) {
        this.#options = options;
    }
    /** Starts to load those that are not loaded yet. */
    load(names) {
        const added = [...new Set(names)].filter((name) => !this.#scopes.has(name));
        if (added.length === 0)
            return;
        const loading = this.#loadAll(added).catch((error) => {
            // A full disk, for example: the build runs cold.
            this.#options.statistics.failed('import', 'load', `${added.join(', ')}: ${(0,errors/* toMessage */.R9)(error)}`);
            return added.map((name) => this.#toScope(name, { kind: 'failed', reason: '' }, undefined));
        });
        for (const name of added)
            this.#scopes.set(name, loading.then((scopes) => find(scopes, name)));
    }
    /** undefined: it is in no plan. */
    async get(name) {
        return await this.#scopes.get(name);
    }
    /** Resolves when all that is known of is loaded: which blobs are there depends on every scope. */
    async whenLoaded() {
        await Promise.all(this.#scopes.values());
    }
    /** What BuildKit gets from now on. */
    serve(scope, refHash, config, number) {
        const bytes = Buffer.from(JSON.stringify(renderCacheConfig(config)));
        scope.indexes.set(refHash, { config, number, createdAt: new Date(), bytes });
    }
    async #loadAll(names) {
        const { statistics, blobs } = this.#options;
        const startedMs = performance.now();
        const loaded = await Promise.all(names.map(async (name) => {
            const [found, legacyHit] = await Promise.all([this.#loadManifest(name), this.#findLegacy(name)]);
            const manifest = found.kind === 'manifest' ? found.manifest : undefined;
            const isKnown = legacyHit === undefined || legacyHit.key === manifest?.legacyIndex;
            const legacy = isKnown ? undefined : await this.#fetchLegacy(legacyHit).catch(() => undefined);
            return { name, found, legacy };
        }));
        const manifests = loaded.flatMap(({ found }) => (found.kind === 'manifest' ? [found.manifest] : []));
        this.#reportUnknown(loaded, await blobs.addPacks(manifests));
        for (const { legacy } of loaded)
            if (legacy !== undefined)
                blobs.addLegacy(listBlobs(legacy.config));
        const scopes = loaded.map(({ name, found, legacy }) => {
            try {
                return this.#toScope(name, found, legacy);
            }
            catch (error) {
                return this.#toCold(name, error);
            }
        });
        statistics.addTime('load', performance.now() - startedMs);
        return scopes;
    }
    /** Once for each cache scope: its steps may run again, and are not forgotten. */
    #reportUnknown(loaded, { unknown }) {
        for (const { name, found } of loaded) {
            if (found.kind !== 'manifest')
                continue;
            const { packs } = found.manifest;
            const words = packs.flatMap(({ key }) => unknown.get(key) ?? []);
            if (words.length === 0)
                continue;
            this.#options.statistics.failed('import', 'load', `${name}: ${words.length} of ${packs.length} packs could not be checked (${words[0]}); steps whose layers lie there may run again, and stay in the cache`);
        }
    }
    async #loadManifest(name) {
        const found = await this.#options.manifests
            .load(name)
            .catch((error) => ({ kind: 'failed', reason: (0,errors/* toMessage */.R9)(error) }));
        if (found.kind === 'failed' || found.kind === 'unusable')
            this.#options.statistics.failed('import', 'load', `${name}: ${found.reason}`);
        return found;
    }
    /** What one cache scope holds may be of any kind: the others are none the worse. */
    #toCold(name, error) {
        this.#options.statistics.failed('import', 'load', `${name}: ${(0,errors/* toMessage */.R9)(error)}`);
        return this.#toScope(name, { kind: 'none' }, undefined);
    }
    #toScope(name, found, legacy) {
        const { statistics, blobs } = this.#options;
        const base = found.kind === 'manifest' ? found.manifest : undefined;
        const number = found.kind === 'manifest' || found.kind === 'unusable' ? found.number : 0;
        const scope = {
            name,
            number,
            isKnown: found.kind !== 'failed',
            base,
            legacyIndex: legacy?.key ?? base?.legacyIndex ?? null,
            indexes: new Map(),
        };
        const sources = [
            ...(base === undefined ? [] : [{ refHash: base.refHash, config: base.config, number }]),
            ...(legacy === undefined ? [] : [legacy]),
        ];
        for (const refHash of new Set(sources.map((source) => source.refHash))) {
            const own = sources.filter((source) => source.refHash === refHash);
            const [only] = own;
            const merged = own.length === 1 && only !== undefined
                ? only.config
                : mergeCacheConfigs(own.map(({ config }) => config));
            const pruned = pruneCacheConfig(merged, (digest) => blobs.mayHave(digest));
            statistics.add('droppedRecords', pruned.droppedRecords);
            statistics.add('droppedResults', pruned.droppedResults);
            if (pruned.config.records.length === 0)
                continue;
            this.serve(scope, refHash, pruned.config, Math.max(1, ...own.map((source) => source.number)));
        }
        if (scope.indexes.size > 0)
            this.imports.push({ cacheScope: name, runId: base?.writer.runId, writtenMs: base?.writer.atMs });
        return scope;
    }
    /** The newest index that BuildKit's own client wrote to the scope. */
    async #findLegacy(name) {
        const { client, policy, statistics } = this.#options;
        const hit = await client.lookup({ key: `index-${name}-1-`, version: version/* BUILDKIT_CACHE_VERSION */.J }, { policy });
        if (hit.kind === 'miss')
            return undefined;
        if (hit.kind !== 'hit') {
            statistics.failed('import', 'load', `index of ${name}: ${hit.message}`);
            return undefined;
        }
        const key = parseBuildkitKey(hit.matchedKey);
        if (key?.kind !== 'index' || key.number === undefined || key.isSigned)
            return undefined;
        if (key.cacheScope.toLowerCase() !== name.toLowerCase())
            return undefined;
        return { key: hit.matchedKey, url: hit.url, refHash: key.refHash, number: Number(key.number) };
    }
    async #fetchLegacy(hit) {
        const { client, directory, policy, statistics } = this.#options;
        const { key, url, refHash, number } = hit;
        const file = external_node_path_.join(directory, `index-${(0,external_node_crypto_.randomUUID)()}`);
        const renew = async () => {
            const again = await client.lookup({ key, version: version/* BUILDKIT_CACHE_VERSION */.J }, { policy });
            return again.kind === 'hit' && again.matchedKey === key ? again.url : undefined;
        };
        try {
            const result = await client.download({ url, renew }, file, { maxBytes: maxIndexBytes }, { policy });
            const config = result.kind === 'downloaded' ? parseCacheConfig(parseForeignJson(await (0,promises_.readFile)(file))) : undefined;
            if (config !== undefined)
                return { key, refHash, number, config };
            const why = 'message' in result ? result.message : 'it is no cache config of BuildKit';
            statistics.failed('import', 'load', `${key}: ${why}`);
            return undefined;
        }
        finally {
            await (0,promises_.rm)(file, { force: true });
        }
    }
}
function find(scopes, name) {
    const found = scopes.find((scope) => scope.name === name);
    if (found === undefined)
        throw new Error(`cache scope ${name} was not loaded`);
    return found;
}

;// CONCATENATED MODULE: ./build/gateway/store/run-order.js
/** True when `other` began after `own`, and where nobody can say: GitHub counts its runs, an emulator may not. */
function isNewerRun(other, own) {
    if (other.runId === own.runId)
        return Number(other.attempt) > Number(own.attempt);
    const isCount = (text) => /^[0-9]{1,30}$/.test(text);
    return !isCount(other.runId) || !isCount(own.runId) || BigInt(other.runId) > BigInt(own.runId);
}

;// CONCATENATED MODULE: ./build/gateway/store/manifest-composition.js




/** The manifest of an index, joined with what other manifests hold. */
function composeManifest(facts) {
    const { scope, refHash, config, others, follows, blobs, job } = facts;
    const isKept = (digest) => blobs.keptPlaceOf(digest) !== undefined;
    const theirs = others.map((other) => pruneCacheConfig(other.config, isKept).config);
    const union = theirs.length === 0 ? config : mergeCacheConfigs([config, ...theirs]);
    const places = new Map();
    const sizes = new Map();
    for (const digest of listBlobs(union)) {
        const place = blobs.keptPlaceOf(digest);
        if (place === undefined)
            continue;
        const { pack, packBytes, offset, length } = place;
        // Of two sizes of one pack one is wrong, and it would spoil the whole manifest.
        if ((sizes.get(pack) ?? packBytes) !== packBytes)
            continue;
        sizes.set(pack, packBytes);
        places.set(digest, { pack, offset, length });
    }
    return {
        formatVersion: 1,
        refHash,
        writer: others.reduce((newest, { writer }) => (isNewerRun(writer, newest) ? writer : newest), job),
        config: union,
        packs: [...sizes].map(([key, sizeBytes]) => ({ key, sizeBytes })),
        blobs: places,
        // Not absorbed as long as a part of it could not be had: the next job tries again.
        legacyIndex: blobs.hasUnknownLegacy ? (scope.base?.legacyIndex ?? null) : scope.legacyIndex,
        foreignSections: follows?.foreignSections ?? {},
    };
}

;// CONCATENATED MODULE: ./build/gateway/packs/compaction.js
/** Of all packs that a manifest names, at most half as much again as the live bytes may be dead. */
const maxSizeToLive = 1.5;
/** A pack below that size costs a look-up at every start for little. */
const smallPackBytes = 32 * 1024 * 1024;
const maxSmallPacks = 8;
/** Some room, so that not every build that adds a small pack has to merge. */
const smallPacksAfterMerge = 4;
/**
 * The keys of the packs whose live blobs are to be rewritten into new packs. With these gone, and those without a live
 * byte, the packs hold at most 1.5 times their live bytes, and at most 8 of them, a new one counted, are below 32 MiB.
 */
function decideCompaction(packs) {
    const used = packs.filter(({ liveBytes }) => liveBytes > 0);
    const wasteful = pickWasteful(used);
    const whole = used.filter((pack) => !wasteful.includes(pack));
    return [...wasteful, ...pickSmall(whole, wasteful.length > 0)].map(({ key }) => key);
}
/** Those with the smallest share of live bytes, as few as bring the whole within the limit. */
function pickWasteful(packs) {
    const liveBytes = sum(packs.map((pack) => pack.liveBytes));
    let sizeBytes = sum(packs.map((pack) => pack.sizeBytes));
    const picked = [];
    for (const pack of [...packs].sort(compareShares)) {
        if (sizeBytes <= maxSizeToLive * liveBytes)
            break;
        picked.push(pack);
        sizeBytes -= pack.sizeBytes - pack.liveBytes;
    }
    return picked;
}
/**
 * The smallest, when there are too many small ones: those above the number that may stay, and then each that is not
 * larger than all before it together, so that a byte moves into a pack of at least about twice the size each time.
 */
function pickSmall(packs, isRewriting) {
    const small = packs
        .filter(({ sizeBytes }) => sizeBytes < smallPackBytes)
        .sort((a, b) => a.sizeBytes - b.sizeBytes || compareKeys(a, b));
    // What is rewritten may end in a small pack as well.
    if (small.length + Number(isRewriting) <= maxSmallPacks)
        return [];
    let count = small.length - smallPacksAfterMerge;
    const taken = () => sum(small.slice(0, count).map(({ sizeBytes }) => sizeBytes));
    for (let next = small[count]; next !== undefined && next.sizeBytes <= taken(); next = small[count])
        count += 1;
    return small.slice(0, count);
}
function compareShares(a, b) {
    return a.liveBytes / a.sizeBytes - b.liveBytes / b.sizeBytes || compareKeys(a, b);
}
function compareKeys(a, b) {
    return a.key < b.key ? -1 : Number(a.key > b.key);
}
function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}

;// CONCATENATED MODULE: ./build/gateway/store/packing.js



/** All blobs of an index into packs: new ones, those that failed before, and those of BuildKit's own cache. */
async function packBlobs(config, options) {
    const { blobs, writer, statistics } = options;
    const startedMs = performance.now();
    for (const digest of listBlobs(config)) {
        if (blobs.placeOf(digest) !== undefined)
            continue;
        packSpooled(digest, options);
        // What may lie in a pack stays there.
        if (blobs.isSpooled(digest) || blobs.keptPlaceOf(digest) !== undefined)
            continue;
        const copy = await blobs.copyToFile(digest);
        if (copy === undefined)
            continue;
        blobs.adoptCopy(copy);
        writer.add(copy);
    }
    await writer.flush();
    statistics.addTime('upload', performance.now() - startedMs);
}
/** Gives the writer a blob that lies on local disk and that it has not had yet. */
function packSpooled(digest, { blobs, writer }) {
    const blob = blobs.takeForPacking(digest);
    if (blob !== undefined)
        writer.add(blob);
}
/** Moves what is left of packs that are mostly dead, and joins small ones. Answers whether anything moved. */
async function compactPacks(config, options) {
    const { blobs, writer, statistics } = options;
    const placed = [...listBlobs(config)].flatMap((digest) => {
        const place = blobs.placeOf(digest);
        return place === undefined ? [] : [{ digest, ...place }];
    });
    const liveBytes = new Map();
    for (const { pack, length } of placed)
        liveBytes.set(pack, (liveBytes.get(pack) ?? 0) + length);
    const sizes = new Map(placed.map(({ pack, packBytes }) => [pack, packBytes]));
    // Blobs that lie over each other are of no pack of ours: moving them could take far more bytes than the pack has.
    const packs = [...liveBytes].flatMap(([key, live]) => {
        const sizeBytes = sizes.get(key) ?? live;
        return live > sizeBytes ? [] : [{ key, sizeBytes, liveBytes: live }];
    });
    const doomed = new Set(decideCompaction(packs));
    if (doomed.size === 0)
        return false;
    const startedMs = performance.now();
    let moved = 0;
    try {
        for (const { digest } of placed.filter(({ pack }) => doomed.has(pack))) {
            const copy = await blobs.copyToFile(digest);
            if (copy === undefined)
                continue;
            blobs.adoptCopy(copy);
            writer.add(copy);
            moved += 1;
        }
        await writer.flush();
    }
    catch (error) {
        // The old places hold as they are.
        statistics.failed('export', 'compact', (0,errors/* toMessage */.R9)(error));
    }
    statistics.addTime('compact', performance.now() - startedMs);
    statistics.add('movedBlobs', moved);
    return moved > 0;
}

;// CONCATENATED MODULE: ./build/gateway/store/exports.js








/** Brings confirmed indexes to the service, one after the other, while the job goes on: packs first, then the manifest. */
class Exports {
    #options;
    #reports = [];
    #queue = Promise.resolve();
    #givenUp;
    #abandoned = (0,deferred/* createDeferred */.u)();
    constructor(options) {
        this.#options = options;
    }
    get reports() {
        return this.#reports;
    }
    get pending() {
        return this.#reports.filter(({ state }) => state === 'pending').length;
    }
    /** Why nothing more is exported in this job; undefined: all is well. */
    get givenUp() {
        return this.#givenUp;
    }
    /** Starts at once to pack what has come, so that uploads run while BuildKit still exports. */
    pack(digest) {
        packSpooled(digest, this.#options);
    }
    /** Returns at once; `whenSettled` tells when it is on the service. */
    start(commit) {
        const index = this.#reports.length;
        const startedMs = performance.now();
        const report = {
            cacheScope: commit.scope.name,
            state: 'pending',
            reason: undefined,
            number: undefined,
            packs: 0,
            blobs: 0,
            bytes: 0,
            merges: 0,
            droppedRecords: 0,
            seconds: 0,
        };
        this.#reports.push(report);
        this.#queue = this.#queue.then(async () => {
            const result = await this.#exportThroughOutages(commit).catch(async (error) => {
                const reason = (0,errors/* isDiskFull */.b$)(error) ? await this.#options.describeFullDisk() : (0,errors/* toMessage */.R9)(error);
                // Given up is said once, by who gave up.
                if (this.#givenUp === undefined)
                    this.#options.statistics.failed('export', 'upload', reason);
                return { state: 'failed', reason };
            });
            if (this.#reports[index]?.state !== 'pending')
                return;
            const seconds = (performance.now() - startedMs) / 1000;
            this.#reports[index] = { ...report, ...result, seconds };
        });
    }
    /** Resolves when nothing is pending, or after that time. */
    async whenSettled(timeoutMs) {
        let timer;
        const late = new Promise((resolve) => {
            timer = setTimeout(resolve, timeoutMs);
        });
        await Promise.race([this.#queue, this.#abandoned.promise, late]);
        clearTimeout(timer);
    }
    /** The disk is full: nothing more is exported, and what was spooled makes room. */
    async giveUpForDisk() {
        if (this.#givenUp === undefined)
            await this.giveUp(await this.#options.describeFullDisk());
    }
    /** No further export in this job; those that are pending have failed. */
    async giveUp(reason) {
        if (this.#givenUp !== undefined)
            return;
        this.#givenUp = reason;
        this.#options.statistics.failed('export', 'give up', reason);
        this.#failPending(reason);
        await this.#options.blobs.dropSpooled();
    }
    /** The gateway ends: what is pending now will never be written. */
    abandon(reason) {
        this.#failPending(reason);
        this.#abandoned.resolve();
    }
    #failPending(reason) {
        this.#reports.forEach((report, index) => {
            if (report.state === 'pending')
                this.#reports[index] = { ...report, state: 'failed', reason };
        });
    }
    /** From the start again once a service that went away is back: what was written by then stays written. */
    async #exportThroughOutages(commit) {
        const { availability, blobs } = this.#options;
        for (;;) {
            const mark = availability.isAway ? undefined : availability.mark;
            try {
                return await this.#export(commit);
            }
            catch (error) {
                blobs.unqueue();
                if (this.#givenUp !== undefined || mark === availability.mark)
                    throw error;
                if (!(await availability.whenBack()))
                    throw error;
            }
        }
    }
    async #export({ scope, refHash, config }) {
        const { blobs, manifests, statistics } = this.#options;
        await packBlobs(config, this.#options);
        const pruned = pruneCacheConfig(config, (digest) => blobs.keptPlaceOf(digest) !== undefined);
        const { droppedRecords } = pruned;
        statistics.add('droppedRecords', droppedRecords);
        const isCompacted = await compactPacks(pruned.config, this.#options);
        const isLate = await this.#learnBase(scope);
        const { base } = scope;
        const job = { ...this.#options.job, atMs: this.#options.clock.now() };
        const compose = (others, follows) => composeManifest({ scope, refHash, config: pruned.config, others, follows, blobs, job });
        const kept = base !== undefined && (isLate || (await this.#mustKeep(base, scope, refHash))) ? [base] : [];
        const own = compose(kept, base);
        const isSame = !isCompacted && base !== undefined && this.#isWritten(base, own);
        // Else a parallel job has replaced it, and what it left out would be lost.
        if (isSame && (await manifests.isNewest(scope.name, scope.number))) {
            return { state: 'unchanged', number: scope.number, droppedRecords };
        }
        const written = await manifests.write(scope.name, scope.number, async (newer) => {
            if (newer === undefined)
                return own;
            await blobs.addPacks([newer]);
            return compose([...kept, newer], newer);
        });
        scope.number = written.number;
        scope.base = written.manifest;
        statistics.add('manifestsWritten');
        return {
            state: 'exported',
            number: written.number,
            packs: written.manifest.packs.length,
            blobs: written.manifest.blobs.size,
            bytes: written.manifest.packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
            merges: written.merges,
            droppedRecords,
        };
    }
    /**
     * The manifest that could not be looked up when the job began: an export that does not know it would forget what it
     * holds. Answers true when it is there, so that nobody has seen it yet. Throws ToolError `manifest-read`.
     */
    async #learnBase(scope) {
        const { blobs, manifests } = this.#options;
        if (scope.isKnown)
            return false;
        const found = await manifests.load(scope.name);
        if (found.kind === 'failed')
            throw new errors/* ToolError */.v4('manifest-read', `the cache service did not say what it holds, and that is not to be forgotten: ${found.reason}`);
        scope.isKnown = true;
        if (found.kind === 'manifest' || found.kind === 'unusable')
            scope.number = found.number;
        if (found.kind !== 'manifest')
            return false;
        await blobs.addPacks([found.manifest]);
        scope.base = found.manifest;
        scope.legacyIndex ??= found.manifest.legacyIndex;
        return true;
    }
    /**
     * BuildKit exports what it has seen. What it did not get to see, since nobody could say whether it is there, stays; and
     * an old run that may not be the newest of its branch any more takes nothing from a newer one.
     */
    async #mustKeep(base, scope, refHash) {
        const { blobs, job, isTip } = this.#options;
        if (base.refHash !== refHash)
            return false;
        await blobs.recheckPacks(base);
        if (base.packs.some(({ key }) => blobs.wasUncertain(key)))
            return true;
        return !isTip(scope.name) && isNewerRun(base.writer, job);
    }
    #isWritten(base, own) {
        const { blobs } = this.#options;
        if (base.refHash !== own.refHash || base.legacyIndex !== own.legacyIndex)
            return false;
        const isThere = (digest) => blobs.isPlaced(digest, base.blobs.get(digest));
        return isSameCacheConfig(base.config, own.config) && [...listBlobs(own.config)].every(isThere);
    }
}

;// CONCATENATED MODULE: ./build/gateway/store/open-store.js














/** A transfer may take longer than the patience, as long as it flows. */
const defaultPolicy = {
    attempts: 5,
    firstDelayMs: 500,
    maxDelayMs: 5000,
    patienceMs: 8000,
    deadlineMs: 60_000,
};
/** The store with all its parts. */
async function openStore(options) {
    const { client, health, run, directory, clock, statistics, smallestPackBytes, createsPerMinute } = options;
    const policy = options.policy ?? defaultPolicy;
    const blobDirectory = external_node_path_.join(directory, 'blobs');
    const packDirectory = external_node_path_.join(directory, 'packs');
    for (const needed of [blobDirectory, packDirectory])
        await (0,promises_.mkdir)(needed, { recursive: true, mode: 0o700 });
    const ended = new AbortController();
    const budget = new CreateBudget({
        clock,
        ...(smallestPackBytes === undefined ? {} : { smallestPackBytes }),
        ...(createsPerMinute === undefined ? {} : { createsPerMinute }),
    });
    const reader = new PackReader({ client, directory: packDirectory, policy });
    const blobs = new BlobStore({ client, reader, directory: blobDirectory, statistics, policy });
    const manifests = new ManifestStore({
        client,
        directory: blobDirectory,
        clock,
        policy,
        mayCreate: () => budget.take(),
    });
    const scopes = new CacheScopes({ client, manifests, blobs, directory: blobDirectory, statistics, policy });
    const random = (0,external_node_crypto_.randomBytes)(4).toString('hex');
    const writer = new PackWriter({
        client,
        budget,
        keyOf: (number) => toPackKey({ runId: run.id, attempt: run.attempt, random }, number),
        onWritten: (pack) => {
            statistics.add('packsWritten');
            // Its files are only removed here: what fails there is found by who needs the disk.
            blobs.onWritten(pack).catch((error) => statistics.failed('export', 'spool', (0,errors/* toMessage */.R9)(error)));
        },
        signal: ended.signal,
    });
    const availability = new Availability({
        client,
        health,
        url: options.url,
        clock,
        isBusy: () => exports.pending > 0,
        signal: ended.signal,
    });
    const exports = new Exports({
        availability,
        blobs,
        manifests,
        writer,
        job: { runId: run.id, attempt: run.attempt },
        clock,
        describeFullDisk: () => options.describeFullDisk(directory),
        isTip: options.isTip ?? (() => false),
        statistics,
    });
    const store = new Store({ blobs, scopes, exports });
    return {
        store,
        scopes,
        exports,
        availability,
        close: async () => {
            ended.abort(new Error('the gateway ends'));
            store.close();
            await reader.close();
        },
    };
}

;// CONCATENATED MODULE: ./build/gateway/host/lifetime.js


/** Calls `end` once, with the reason, when the job is over. The answer stops the watch. */
function watchLifetime(options, end) {
    const { jobDirectory, runnerPid, maxMs, pollMs } = options;
    const started = Date.now();
    const runner = runnerPid === undefined ? undefined : { pid: runnerPid, startTime: readStartTime(runnerPid) };
    const timer = setInterval(() => {
        const reason = findEnd();
        if (reason === undefined)
            return;
        clearInterval(timer);
        end(reason);
    }, pollMs);
    timer.unref();
    const findEnd = () => {
        if (isGone(jobDirectory))
            return 'the directory of the job is gone';
        if (runner && !isSameProcess(runner.pid, runner.startTime))
            return 'the runner is gone';
        if (Date.now() - started > maxMs)
            return `the job is older than ${Math.round(maxMs / 3_600_000)} hours`;
        return undefined;
    };
    return () => clearInterval(timer);
}
/** Only what is known to be gone ends the gateway: with no free file descriptor nothing can be looked at. */
function isGone(directory) {
    try {
        (0,external_node_fs_.statSync)(directory);
        return false;
    }
    catch (error) {
        return (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') || (0,errors/* hasErrorCode */.Ue)(error, 'ENOTDIR');
    }
}
function isSameProcess(pid, startTime) {
    if (!isAlive(pid))
        return false;
    // A pid is given out again after a while; the start time tells the one from the other.
    const found = readStartTime(pid);
    return found === startTime || found === 'unknown' || startTime === 'unknown';
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return (0,errors/* hasErrorCode */.Ue)(error, 'EPERM');
    }
}
/** Field 22 of /proc/PID/stat; undefined for a process that has ended and where there is no such file, else `unknown`. */
function readStartTime(pid) {
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        // The name in brackets may hold spaces and brackets: count from its end.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return fields[0] === 'Z' ? undefined : fields[19];
    }
    catch (error) {
        // Gone, or a system without /proc: then the pid alone must do.
        return (0,errors/* hasErrorCode */.Ue)(error, 'ENOENT') || (0,errors/* hasErrorCode */.Ue)(error, 'ESRCH') ? undefined : 'unknown';
    }
}

;// CONCATENATED MODULE: ./build/gateway/host/mount.js



/** Serves the protocols that the job offers BuildKit; the others are not there, whoever asks. */
function mountProtocols({ offered, gha, oci, refused }) {
    return (request) => {
        const candidates = listProtocols(request);
        if (candidates.some((protocol) => offered().has(protocol)))
            return candidates.includes('oci') ? oci(request) : gha(request);
        refused(`${request.method} ${JSON.stringify(request.url.pathname.slice(0, shownLength))}: this job does not offer ${candidates.join(' or ')}`);
        return Promise.resolve(toEmptyResponse(404));
    };
}
const shownLength = 200;
/** The protocols that have such a request. Unknown paths are of v2, which begins at the root. */
function listProtocols(request) {
    if (isOciPath(request.url.pathname))
        return ['oci'];
    const { dialect, kind } = classifyCall(request);
    switch (dialect) {
        case 'v1':
            return ['gha-v1'];
        case 'twirp':
            return ['gha-v2'];
        case 'blob':
            // Both read from such a URL; in v1 an upload goes to the service itself.
            return kind === 'download' || kind === 'head' ? ['gha-v1', 'gha-v2'] : ['gha-v2'];
        case 'api':
            return [];
        default:
            return dialect;
    }
}

// EXTERNAL MODULE: ./build/cache-client/client.js
var cache_client_client = __nccwpck_require__(6228);
// EXTERNAL MODULE: ./build/s3-client/bucket.js
var s3_client_bucket = __nccwpck_require__(2611);
;// CONCATENATED MODULE: ./build/gateway/host/open-client.js


/** The client of the cache service, or of the bucket in its place. */
async function openClient({ upstream, token }, { transport, health, statistics }) {
    const shared = { transport, health, observer: statistics };
    if (upstream.protocol !== 's3') {
        const { protocol, url } = upstream;
        return {
            client: (0,cache_client_client/* createCacheClient */.Y)({ protocol, baseUrl: url, token, ...shared }),
            ...{ url, name: `${new URL(url).host} (v${protocol})` },
            // The plan knows what the runtime token may do.
            findRefusal: async () => undefined,
            close: async () => undefined,
        };
    }
    const { bucket, credentials } = upstream;
    // Here and not above: a gateway to the cache service does without the AWS SDK.
    const { createS3Client } = await Promise.all(/* import() */[__nccwpck_require__.e(861), __nccwpck_require__.e(358)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1358));
    const client = createS3Client({
        ...shared,
        bucket,
        credentials,
        onNoConditionalWrites: () => statistics.notice(toNotice(bucket.bucket)),
    });
    return {
        client,
        url: (0,s3_client_bucket/* toBucketUrl */.hB)(bucket),
        name: `the bucket ${bucket.bucket} (S3, below ${bucket.prefix})`,
        // The limit is GitHub's.
        createsPerMinute: Number.POSITIVE_INFINITY,
        findRefusal: () => client.findRefusal(),
        close: () => client.close(),
    };
}
function toNotice(bucket) {
    return `The store of the bucket ${bucket} has no conditional writes (If-None-Match): of two jobs that export to one cache scope in the same second, one export may be lost. No cache is broken by it.`;
}

;// CONCATENATED MODULE: ./build/gateway/host/run-gateway.js


























/** Serves until the job is over, and answers why it ended; undefined: it was refused, which the host knows. Throws before it is ready when it cannot serve. */
async function runGateway(message, host) {
    const { token, nonce, jobDirectory, upstream } = message;
    const given = upstream.protocol === 's3' ? listSecrets(upstream) : [];
    const stub = deriveStubToken(token, nonce, Date.now());
    if (stub.kind === 'refused')
        throw new errors/* ToolError */.v4(stub.code, stub.reason);
    const secrets = [token, stub.token, toCredentials(stub.token), ...given];
    const log = (line) => host.log(redact(line, secrets));
    const started = Date.now();
    const statistics = new Statistics(started, log);
    const inFlight = new InFlight();
    const transport = (0,cache_client_transport/* openTransport */.g)(host.proxies, 'hotlayer');
    const health = new cache_client_health/* ServiceHealth */._7(clock/* systemClock */.m, (outage) => statistics.onOutage(outage.reason));
    const upstreamClient = await openClient(message, { transport, health, statistics });
    const refusal = await upstreamClient.findRefusal();
    if (refusal !== undefined) {
        log(`ends: ${upstreamClient.name} takes nothing: ${refusal}`);
        host.refused(refusal);
        transport.close();
        return undefined;
    }
    const spool = external_node_path_.join(jobDirectory, 'gateway');
    await (0,promises_.mkdir)(spool, { recursive: true, mode: 0o700 });
    const uploads = await createUploadArea(external_node_path_.join(spool, 'up'));
    const { store, scopes, exports, availability, close } = await openStore({
        client: upstreamClient.client,
        health,
        url: upstreamClient.url,
        ...(upstreamClient.createsPerMinute === undefined
            ? {}
            : { createsPerMinute: upstreamClient.createsPerMinute }),
        run: message.run,
        directory: external_node_path_.join(spool, 'store'),
        describeFullDisk: host.describeFullDisk,
        clock: clock/* systemClock */.m,
        statistics,
        isTip: (cacheScope) => service.rules.tipScopes.has(cacheScope),
    });
    const onDiskFull = () => exports.giveUpForDisk();
    const service = createGatewayService({
        stub: stub.token,
        refScopes: stub.refScopes,
        plan: message.plan,
        store,
        spool: uploads,
        statistics,
        inFlight,
        load: (names) => scopes.load(names),
        onDiskFull,
    });
    const ociUploads = await OciUploads.open({ directory: external_node_path_.join(spool, 'oci'), onDiskFull });
    const oci = createOciDialect({
        stub: stub.token,
        rules: () => service.rules,
        store,
        uploads: ociUploads,
        statistics,
        inFlight,
        onError: (error) => log(`internal error: ${(0,errors/* toMessage */.R9)(error)}`),
    });
    const ended = (0,deferred/* createDeferred */.u)();
    const handleCache = createCacheHandler({
        service,
        signer: countRefusals(createUrlSigner((0,external_node_crypto_.randomBytes)(32)), statistics),
        onError: (error) => log(`internal error: ${(0,errors/* toMessage */.R9)(error)}`),
    });
    const report = () => renderReport(statistics.toReport(...[Date.now(), exports.reports, inFlight.count, store.unconfirmed, scopes.imports]));
    const drain = async (timeoutMs) => {
        const startedMs = performance.now();
        availability.hurry();
        await inFlight.whenIdle(timeoutMs);
        store.dropUnconfirmed();
        await exports.whenSettled(Math.max(0, timeoutMs - (performance.now() - startedMs)));
        statistics.addTime('drain', performance.now() - startedMs);
    };
    void availability.lost.then((reason) => exports.abandon(reason));
    const abandon = () => {
        store.dropUnconfirmed();
        exports.abandon('it was not finished when the job ended');
    };
    const handleControl = createControlHandler({
        runtimeToken: token,
        now: Date.now,
        join: ({ plan, protocols }) => {
            service.addPlan(plan);
            for (const protocol of protocols)
                offered.add(protocol);
            log(`joined: imports ${plan.imports.join(', ') || 'nothing'}, exports ${plan.export ?? 'nothing'}, speaks ${protocols.join(', ')}`);
        },
        confirm: async (claim) => {
            const verdict = await store.confirm(claim);
            log(`confirm ${JSON.stringify(claim)}: ${JSON.stringify(verdict)}`);
            return verdict;
        },
        report,
        describe: async (names, timeoutMs) => {
            const described = oci.describe(names);
            return (await (0,deferred/* isSettled */.I)(described, timeoutMs)) ? await described : undefined;
        },
        drain,
        abandon,
        stop: ({ connection }) => {
            // Its answer is the last one: once the connection is closed, it is read.
            if (connection instanceof external_node_net_.Socket)
                connection.once('close', () => ended.resolve('stop'));
            setTimeout(() => ended.resolve('stop'), lastAnswerMs).unref();
        },
        refused: (what) => statistics.refused(what),
    });
    const offered = new Set(message.protocols);
    const serve = mountProtocols({
        offered: () => offered,
        gha: handleCache,
        oci: oci.handle,
        refused: (what) => statistics.refused(what),
    });
    const listener = await listen((request) => (request.url.pathname.startsWith(controlPath) ? handleControl(request) : serve(request)), { onError: (error) => log(`internal error: ${(0,errors/* toMessage */.R9)(error)}`) });
    const unwatch = watchLifetime({ jobDirectory, runnerPid: message.runnerPid, maxMs: message.maxLifetimeMs, pollMs: message.pollMs }, ended.resolve);
    // A post with another token than main's, as under act, has no other way to ask; it has the patience, and SIGKILL.
    const onAbort = () => void drain(signalDrainMs).finally(() => ended.resolve('asked to end'));
    host.signal.addEventListener('abort', onAbort, { once: true });
    if (host.signal.aborted)
        onAbort();
    log(`listens at ${listener.url}, speaks ${message.protocols.join(', ')}, passes on to ${upstreamClient.name}`);
    host.ready(listener.url);
    const reason = await Promise.race([ended.promise, host.broken]);
    abandon();
    log(`ends: ${reason}; ${JSON.stringify(report())}`);
    unwatch();
    await listener.close();
    await close();
    await upstreamClient.close();
    transport.close();
    await uploads.close();
    await ociUploads.close();
    await (0,promises_.rm)(spool, { recursive: true, force: true });
    return reason;
}
/** In the environment there are those that the steps have, too. */
function listSecrets({ credentials, environment, }) {
    const names = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'];
    const values = [
        credentials?.secretAccessKey,
        credentials?.sessionToken,
        ...names.map((name) => environment[name]),
    ];
    return values.flatMap((value) => (value === undefined || value === '' ? [] : [value]));
}
const signalDrainMs = 3_600_000;
/** After that an answer counts as read. */
const lastAnswerMs = 5000;
function countRefusals(signer, statistics) {
    return {
        sign: (grant) => signer.sign(grant),
        verify: (url) => {
            const verdict = signer.verify(url);
            if (verdict.kind === 'invalid')
                statistics.refused(`a blob URL: ${verdict.reason}`);
            return verdict;
        },
    };
}
/** Nothing that we log should hold a secret; this is for the message of a library that does. */
function redact(line, secrets) {
    let text = line.replace(/\b(sig|X-Amz-Signature|X-Amz-Security-Token)=[^&\s"']+/gi, '$1=***');
    for (const secret of secrets)
        text = text.replaceAll(secret, '***');
    return text;
}


/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 3911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f8: () => (/* binding */ toPrintable)
/* harmony export */ });
/* unused harmony exports toPlainText, toPrintableJson, listPrintedForms */
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


/***/ }),

/***/ 2056:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ describeFullDisk)
});

// UNUSED EXPORTS: describeDisk

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./build/json.js
var json = __nccwpck_require__(9368);
// EXTERNAL MODULE: ./build/printable.js
var printable = __nccwpck_require__(3911);
;// CONCATENATED MODULE: ./build/report/format.js

const mebibyte = 1024 * 1024;
/** `12.3 MiB`. */
function renderSize(sizeBytes) {
    return `${(sizeBytes / mebibyte).toFixed(1)} MiB`;
}
/** `4.2 s`. */
function renderSeconds(seconds) {
    return `${seconds.toFixed(1)} s`;
}
/** Nobody sees it. GitHub looks for mentions, issues and addresses last, and finds none with this in it. */
const gap = '&#8203;';
/**
 * Text as it may stand in a cell of a Markdown table: no HTML, no new cell, no new line, no formatting, no mathematics,
 * no link, and nobody is mentioned.
 */
function renderText(text) {
    return escapeText(text).replace(/&#64;|&#35;(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, `$&${gap}`);
}
/** Without the gaps, which whoever copies a name would copy with it. */
function escapeText(text) {
    return toPlainText(text)
        .replace(/\s+/g, ' ')
        .trim()
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\|`*_[\]~#@!$]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** A name in fixed-width letters; HTML, because a backtick in the name would end a Markdown code span. */
function renderCode(text) {
    return `<code>${escapeText(text)}</code>`;
}
/** A Markdown table; the cells are Markdown already. */
function renderTable(head, rows) {
    const render = (cells) => `| ${cells.join(' | ')} |`;
    return [render(head), render(head.map(() => '---')), ...rows.map(render)].join('\n');
}

;// CONCATENATED MODULE: ./build/process/mounts.js
/** In the order of mounting: what was mounted later may lie on top of what was mounted before. */
function parseMounts(mountinfo) {
    return mountinfo.split('\n').flatMap((line) => {
        const [left = '', right = ''] = line.split(' - ');
        const mountPoint = left.split(' ')[4];
        const fileSystem = right.split(' ')[0] ?? '';
        return mountPoint === undefined ? [] : [{ mountPoint: unescapeOctal(mountPoint), fileSystem }];
    });
}
/** Mount points at and below a directory, the ones to unmount first at the front. */
function selectMountsBelow(mounts, directory) {
    return mounts
        .map(({ mountPoint }) => mountPoint)
        .filter((mountPoint) => mountPoint === directory || mountPoint.startsWith(`${directory}/`))
        .reverse();
}
/** Where a cgroup of that name, or one whose name begins so, can be: one directory a hierarchy (version 1), or one in all (version 2). */
function listCgroupDirectories(mounts, cgroupParent) {
    const roots = mounts.filter(({ fileSystem }) => fileSystem === 'cgroup' || fileSystem === 'cgroup2');
    return [...new Set(roots.map(({ mountPoint }) => `${mountPoint}/${cgroupParent}`))];
}
/** The kernel writes space, tab, newline and backslash as `\040` and so on. */
function unescapeOctal(text) {
    return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}

;// CONCATENATED MODULE: ./build/process/disk-space.js





/** The same as half a sentence, for who knows that the disk of this directory is full. Never throws. */
async function describeFullDisk(directory) {
    return `the disk of the runner is full. ${await describeDisk(undefined, [directory])}`.replace(/\.$/, '');
}
/**
 * Which file system is full, how large it is, and what to do: the one of the error's own path, else those of the candidates
 * that are full now, else the first candidate's, since what failed has given its space back.
 */
async function describeDisk(error, candidates) {
    const files = [(0,json/* readString */.E3)(error, 'path'), ...candidates].filter((file) => file !== undefined && file !== '');
    const mounts = parseMounts(await (0,promises_.readFile)('/proc/self/mountinfo', 'utf8').catch(() => ''));
    const found = new Map();
    for (const file of files) {
        const fileSystem = await findFileSystem(file ?? '', mounts);
        if (fileSystem !== undefined)
            found.set(fileSystem.mount.mountPoint, fileSystem);
    }
    const all = [...found.values()];
    const full = all.filter(isFull);
    const told = full.length > 0 ? full : all.slice(0, 1);
    const remedy = 'Free space there before this step, for example remove what the job does not need, or use a runner with a larger disk.';
    return [...told.map(render), remedy].join(' ');
}
function isFull({ sizeBytes, freeBytes, files, freeFiles }) {
    return freeBytes < Math.max(1 << 20, sizeBytes / 50) || (files > 0 && freeFiles < files / 50);
}
function render(fileSystem) {
    const { mount, sizeBytes, freeBytes, files, freeFiles } = fileSystem;
    const state = isFull(fileSystem) ? 'is full' : 'was full';
    const inodes = files > 0 ? ` and ${freeFiles} of ${files} inodes` : '';
    return `The file system at ${mount.mountPoint} (${mount.fileSystem}, ${renderSize(sizeBytes)}) ${state}: ${renderSize(freeBytes)}${inodes} are free now.`;
}
async function findFileSystem(file, mounts) {
    const directory = await findExisting(external_node_path_.resolve(file));
    // What was mounted last lies on top.
    const mount = mounts
        .filter(({ mountPoint }) => isAtOrBelow(directory, mountPoint))
        .reduce((best, next) => (next.mountPoint.length >= (best?.mountPoint.length ?? 0) ? next : best), undefined);
    if (mount === undefined)
        return undefined;
    try {
        const { bsize, blocks, bavail, ffree, files } = await (0,promises_.statfs)(directory);
        return { mount, sizeBytes: bsize * blocks, freeBytes: bsize * bavail, freeFiles: ffree, files };
    }
    catch {
        // It went away meanwhile: it is not what is full.
        return undefined;
    }
}
function isAtOrBelow(file, directory) {
    return file === directory || file.startsWith(directory === '/' ? '/' : `${directory}/`);
}
/** The nearest directory above a file that is there, without links. */
async function findExisting(file) {
    try {
        return await (0,promises_.realpath)(file);
    }
    catch {
        // Not there (yet): it would lie on the file system of its parent.
        const parent = external_node_path_.dirname(file);
        return parent === file ? file : findExisting(parent);
    }
}


/***/ }),

/***/ 2611:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J0: () => (/* binding */ s3Bucket),
/* harmony export */   N3: () => (/* binding */ encodeWord),
/* harmony export */   O0: () => (/* binding */ encodePath),
/* harmony export */   hB: () => (/* binding */ toBucketUrl),
/* harmony export */   hh: () => (/* binding */ s3Credentials)
/* harmony export */ });
/* harmony import */ var _badrap_valita__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(138);

const s3Bucket = _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik({
    bucket: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(),
    region: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(),
    /** `https://HOST[:PORT][/PATH]`; undefined: AWS. */
    endpointUrl: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj().optional(),
    /** The bucket stands in the path, not in the name of the host. */
    usePathStyle: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM(),
    /** Of all keys: empty, or with a slash at its end. */
    prefix: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(),
});
const s3Credentials = _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik({
    accessKeyId: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(),
    secretAccessKey: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(),
    sessionToken: _badrap_valita__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj().optional(),
});
/** The bucket as a URL, without a slash at its end. */
function toBucketUrl({ bucket, region, endpointUrl, usePathStyle }) {
    const base = new URL(endpointUrl ?? toAwsEndpoint(region));
    const path = base.pathname.replace(/\/+$/, '');
    // The certificate of AWS covers one label below its host.
    const isInPath = usePathStyle || (base.protocol === 'https:' && bucket.includes('.'));
    return isInPath
        ? `${base.protocol}//${base.host}${path}/${encodePath(bucket)}`
        : `${base.protocol}//${bucket}.${base.host}${path}`;
}
function toAwsEndpoint(region) {
    return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
/** As the signature wants it: all but unreserved characters and slashes escaped, once. */
function encodePath(text) {
    return text.split('/').map(encodeWord).join('/');
}
function encodeWord(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}


/***/ }),

/***/ 1937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ parseAs)
/* harmony export */ });
/** The value as the schema has it, without fields that the schema does not name; undefined: it is something else. */
function parseAs(schema, value) {
    const result = schema.try(value, { mode: 'strip' });
    return result.ok ? result.value : undefined;
}


/***/ }),

/***/ 984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Eo: () => (/* binding */ isName),
/* harmony export */   Xe: () => (/* binding */ getAllMatches),
/* harmony export */   q9: () => (/* binding */ DANGEROUS_PROPERTY_NAMES),
/* harmony export */   vl: () => (/* binding */ criticalProperties),
/* harmony export */   yQ: () => (/* binding */ isExist)
/* harmony export */ });
/* unused harmony exports nameRegexp, isEmptyObject, getValue */


const nameStartChar = ':A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD';
const nameChar = nameStartChar + '\\-.\\d\\u00B7\\u0300-\\u036F\\u203F-\\u2040';
const nameRegexp = '[' + nameStartChar + '][' + nameChar + ']*';
const regexName = new RegExp('^' + nameRegexp + '$');

function getAllMatches(string, regex) {
  const matches = [];
  let match = regex.exec(string);
  while (match) {
    const allmatches = [];
    allmatches.startIndex = regex.lastIndex - match[0].length;
    const len = match.length;
    for (let index = 0; index < len; index++) {
      allmatches.push(match[index]);
    }
    matches.push(allmatches);
    match = regex.exec(string);
  }
  return matches;
}

const isName = function (string) {
  const match = regexName.exec(string);
  return !(match === null || typeof match === 'undefined');
}

function isExist(v) {
  return typeof v !== 'undefined';
}

function isEmptyObject(obj) {
  return Object.keys(obj).length === 0;
}

function getValue(v) {
  if (exports.isExist(v)) {
    return v;
  } else {
    return '';
  }
}

/**
 * Dangerous property names that could lead to prototype pollution or security issues
 */
const DANGEROUS_PROPERTY_NAMES = [
  // '__proto__',
  // 'constructor',
  // 'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__'
];

const criticalProperties = ["__proto__", "constructor", "prototype"];

/***/ }),

/***/ 1176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var _util_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(984);




const defaultOptions = {
  allowBooleanAttributes: false, //A tag can have attributes without any value
  unpairedTags: []
};

//const tagsPattern = new RegExp("<\\/?([\\w:\\-_\.]+)\\s*\/?>","g");
function validate(xmlData, options) {
  options = Object.assign({}, defaultOptions, options);

  //xmlData = xmlData.replace(/(\r\n|\n|\r)/gm,"");//make it single line
  //xmlData = xmlData.replace(/(^\s*<\?xml.*?\?>)/g,"");//Remove XML starting tag
  //xmlData = xmlData.replace(/(<!DOCTYPE[\s\w\"\.\/\-\:]+(\[.*\])*\s*>)/g,"");//Remove DOCTYPE
  const tags = [];
  let tagFound = false;

  //indicates that the root tag has been closed (aka. depth 0 has been reached)
  let reachedRoot = false;

  if (xmlData[0] === '\ufeff') {
    // check for byte order mark (BOM)
    xmlData = xmlData.substr(1);
  }

  for (let i = 0; i < xmlData.length; i++) {

    if (xmlData[i] === '<' && xmlData[i + 1] === '?') {
      i += 2;
      i = readPI(xmlData, i);
      if (i.err) return i;
    } else if (xmlData[i] === '<') {
      //starting of tag
      //read until you reach to '>' avoiding any '>' in attribute value
      let tagStartPos = i;
      i++;

      if (xmlData[i] === '!') {
        i = readCommentAndCDATA(xmlData, i);
        continue;
      } else {
        let closingTag = false;
        if (xmlData[i] === '/') {
          //closing tag
          closingTag = true;
          i++;
        }
        //read tagname
        let tagName = '';
        for (; i < xmlData.length &&
          xmlData[i] !== '>' &&
          xmlData[i] !== ' ' &&
          xmlData[i] !== '\t' &&
          xmlData[i] !== '\n' &&
          xmlData[i] !== '\r'; i++
        ) {
          tagName += xmlData[i];
        }
        tagName = tagName.trim();
        //console.log(tagName);

        if (tagName[tagName.length - 1] === '/') {
          //self closing tag without attributes
          tagName = tagName.substring(0, tagName.length - 1);
          //continue;
          i--;
        }
        if (!validateTagName(tagName)) {
          let msg;
          if (tagName.trim().length === 0) {
            msg = "Invalid space after '<'.";
          } else {
            msg = "Tag '" + tagName + "' is an invalid name.";
          }
          return getErrorObject('InvalidTag', msg, getLineNumberForPosition(xmlData, i));
        }

        const result = readAttributeStr(xmlData, i);
        if (result === false) {
          return getErrorObject('InvalidAttr', "Attributes for '" + tagName + "' have open quote.", getLineNumberForPosition(xmlData, i));
        }
        let attrStr = result.value;
        i = result.index;

        if (attrStr[attrStr.length - 1] === '/') {
          //self closing tag
          const attrStrStart = i - attrStr.length;
          attrStr = attrStr.substring(0, attrStr.length - 1);
          const isValid = validateAttributeString(attrStr, options);
          if (isValid === true) {
            tagFound = true;
            //continue; //text may presents after self closing tag
          } else {
            //the result from the nested function returns the position of the error within the attribute
            //in order to get the 'true' error line, we need to calculate the position where the attribute begins (i - attrStr.length) and then add the position within the attribute
            //this gives us the absolute index in the entire xml, which we can use to find the line at last
            return getErrorObject(isValid.err.code, isValid.err.msg, getLineNumberForPosition(xmlData, attrStrStart + isValid.err.line));
          }
        } else if (closingTag) {
          if (!result.tagClosed) {
            return getErrorObject('InvalidTag', "Closing tag '" + tagName + "' doesn't have proper closing.", getLineNumberForPosition(xmlData, i));
          } else if (attrStr.trim().length > 0) {
            return getErrorObject('InvalidTag', "Closing tag '" + tagName + "' can't have attributes or invalid starting.", getLineNumberForPosition(xmlData, tagStartPos));
          } else if (tags.length === 0) {
            return getErrorObject('InvalidTag', "Closing tag '" + tagName + "' has not been opened.", getLineNumberForPosition(xmlData, tagStartPos));
          } else {
            const otg = tags.pop();
            if (tagName !== otg.tagName) {
              let openPos = getLineNumberForPosition(xmlData, otg.tagStartPos);
              return getErrorObject('InvalidTag',
                "Expected closing tag '" + otg.tagName + "' (opened in line " + openPos.line + ", col " + openPos.col + ") instead of closing tag '" + tagName + "'.",
                getLineNumberForPosition(xmlData, tagStartPos));
            }

            //when there are no more tags, we reached the root level.
            if (tags.length == 0) {
              reachedRoot = true;
            }
          }
        } else {
          const isValid = validateAttributeString(attrStr, options);
          if (isValid !== true) {
            //the result from the nested function returns the position of the error within the attribute
            //in order to get the 'true' error line, we need to calculate the position where the attribute begins (i - attrStr.length) and then add the position within the attribute
            //this gives us the absolute index in the entire xml, which we can use to find the line at last
            return getErrorObject(isValid.err.code, isValid.err.msg, getLineNumberForPosition(xmlData, i - attrStr.length + isValid.err.line));
          }

          //if the root level has been reached before ...
          if (reachedRoot === true) {
            return getErrorObject('InvalidXml', 'Multiple possible root nodes found.', getLineNumberForPosition(xmlData, i));
          } else if (options.unpairedTags.indexOf(tagName) !== -1) {
            //don't push into stack
          } else {
            tags.push({ tagName, tagStartPos });
          }
          tagFound = true;
        }

        //skip tag text value
        //It may include comments and CDATA value
        for (i++; i < xmlData.length; i++) {
          if (xmlData[i] === '<') {
            if (xmlData[i + 1] === '!') {
              //comment or CADATA
              i++;
              i = readCommentAndCDATA(xmlData, i);
              continue;
            } else if (xmlData[i + 1] === '?') {
              i = readPI(xmlData, ++i);
              if (i.err) return i;
            } else {
              break;
            }
          } else if (xmlData[i] === '&') {
            const afterAmp = validateAmpersand(xmlData, i);
            if (afterAmp == -1)
              return getErrorObject('InvalidChar', "char '&' is not expected.", getLineNumberForPosition(xmlData, i));
            i = afterAmp;
          } else {
            if (reachedRoot === true && !isWhiteSpace(xmlData[i])) {
              return getErrorObject('InvalidXml', "Extra text at the end", getLineNumberForPosition(xmlData, i));
            }
          }
        } //end of reading tag text value
        if (xmlData[i] === '<') {
          i--;
        }
      }
    } else {
      if (isWhiteSpace(xmlData[i])) {
        continue;
      }
      return getErrorObject('InvalidChar', "char '" + xmlData[i] + "' is not expected.", getLineNumberForPosition(xmlData, i));
    }
  }

  if (!tagFound) {
    return getErrorObject('InvalidXml', 'Start tag expected.', 1);
  } else if (tags.length == 1) {
    return getErrorObject('InvalidTag', "Unclosed tag '" + tags[0].tagName + "'.", getLineNumberForPosition(xmlData, tags[0].tagStartPos));
  } else if (tags.length > 0) {
    return getErrorObject('InvalidXml', "Invalid '" +
      JSON.stringify(tags.map(t => t.tagName), null, 4).replace(/\r?\n/g, '') +
      "' found.", { line: 1, col: 1 });
  }

  return true;
};

function isWhiteSpace(char) {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}
/**
 * Read Processing insstructions and skip
 * @param {*} xmlData
 * @param {*} i
 */
function readPI(xmlData, i) {
  const start = i;
  for (; i < xmlData.length; i++) {
    if (xmlData[i] == '?' || xmlData[i] == ' ') {
      //tagname
      const tagname = xmlData.substr(start, i - start);
      if (i > 5 && tagname === 'xml') {
        return getErrorObject('InvalidXml', 'XML declaration allowed only at the start of the document.', getLineNumberForPosition(xmlData, i));
      } else if (xmlData[i] == '?' && xmlData[i + 1] == '>') {
        //check if valid attribut string
        i++;
        break;
      } else {
        continue;
      }
    }
  }
  return i;
}

function readCommentAndCDATA(xmlData, i) {
  if (xmlData.length > i + 5 && xmlData[i + 1] === '-' && xmlData[i + 2] === '-') {
    //comment
    for (i += 3; i < xmlData.length; i++) {
      if (xmlData[i] === '-' && xmlData[i + 1] === '-' && xmlData[i + 2] === '>') {
        i += 2;
        break;
      }
    }
  } else if (
    xmlData.length > i + 8 &&
    xmlData[i + 1] === 'D' &&
    xmlData[i + 2] === 'O' &&
    xmlData[i + 3] === 'C' &&
    xmlData[i + 4] === 'T' &&
    xmlData[i + 5] === 'Y' &&
    xmlData[i + 6] === 'P' &&
    xmlData[i + 7] === 'E'
  ) {
    let angleBracketsCount = 1;
    for (i += 8; i < xmlData.length; i++) {
      if (xmlData[i] === '<') {
        angleBracketsCount++;
      } else if (xmlData[i] === '>') {
        angleBracketsCount--;
        if (angleBracketsCount === 0) {
          break;
        }
      }
    }
  } else if (
    xmlData.length > i + 9 &&
    xmlData[i + 1] === '[' &&
    xmlData[i + 2] === 'C' &&
    xmlData[i + 3] === 'D' &&
    xmlData[i + 4] === 'A' &&
    xmlData[i + 5] === 'T' &&
    xmlData[i + 6] === 'A' &&
    xmlData[i + 7] === '['
  ) {
    for (i += 8; i < xmlData.length; i++) {
      if (xmlData[i] === ']' && xmlData[i + 1] === ']' && xmlData[i + 2] === '>') {
        i += 2;
        break;
      }
    }
  }

  return i;
}

const doubleQuote = '"';
const singleQuote = "'";

/**
 * Keep reading xmlData until '<' is found outside the attribute value.
 * @param {string} xmlData
 * @param {number} i
 */
function readAttributeStr(xmlData, i) {
  let attrStr = '';
  let startChar = '';
  let tagClosed = false;
  for (; i < xmlData.length; i++) {
    if (xmlData[i] === doubleQuote || xmlData[i] === singleQuote) {
      if (startChar === '') {
        startChar = xmlData[i];
      } else if (startChar !== xmlData[i]) {
        //if vaue is enclosed with double quote then single quotes are allowed inside the value and vice versa
      } else {
        startChar = '';
      }
    } else if (xmlData[i] === '>') {
      if (startChar === '') {
        tagClosed = true;
        break;
      }
    }
    attrStr += xmlData[i];
  }
  if (startChar !== '') {
    return false;
  }

  return {
    value: attrStr,
    index: i,
    tagClosed: tagClosed
  };
}

/**
 * Walk `attrStr` once, left to right, splitting it into attribute tokens.
 *
 * This replaces a regex that used to do the same job
 * (`(\s*)([^\s=]+)(\s*=)?(\s*(['"])(([\s\S])*?)\5)?`). That regex led with an
 * optional whitespace group followed by a required "non-whitespace" group.
 * On a long run of whitespace that never resolves into an attribute name
 * (e.g. a tag with thousands of trailing spaces before `>`), the engine
 * backtracks the whitespace group one character at a time before giving up
 * and moving to the next starting position — one full backtrack per
 * position, which is quadratic in the length of the run.
 *
 * The scan is forward-only: the cursor never moves backwards, so each
 * character is visited a constant number of times and the cost is linear
 * in the length of the string.
 *
 * Each returned token mirrors the shape the old regex match array had, so
 * the validation logic below (which reads token[1]..token[6]) didn't need
 * to change:
 *   token.startIndex - where this token begins in attrStr
 *   token[1]          - leading whitespace before the name
 *   token[2]          - the attribute name
 *   token[3]          - whitespace + '=' if present, else undefined
 *   token[4]          - marker (any defined value) if a quoted value was found
 *   token[5]          - the quote character used ('"' or "'")
 *   token[6]          - the value's text, without the surrounding quotes
 *
 * A malformed leading character (e.g. a stray '=' with no name before it)
 * is simply skipped over, one character at a time — the same outcome the
 * old regex produced by failing to match at that position and retrying at
 * the next one.
 */
function scanAttributeTokens(attrStr) {
  const tokens = [];
  const len = attrStr.length;
  let i = 0;

  while (i < len) {
    const tokenStart = i;

    // Leading whitespace before the name.
    while (i < len && isWhiteSpace(attrStr[i])) i++;
    if (i >= len) break; // trailing whitespace only — nothing left to read

    if (attrStr[i] === '=') {
      // No name before this '=' — not a valid attribute start. Move past
      i++;
      continue;
    }

    const leadingWs = attrStr.slice(tokenStart, i);

    // Attribute name — everything up to the next whitespace or '='.
    const nameStart = i;
    while (i < len && !isWhiteSpace(attrStr[i]) && attrStr[i] !== '=') i++;
    const name = attrStr.slice(nameStart, i);

    // Optional whitespace + '='.
    let equalsGroup; // whitespace + '=' text, or undefined if absent
    let j = i;
    while (j < len && isWhiteSpace(attrStr[j])) j++;
    if (j < len && attrStr[j] === '=') {
      equalsGroup = attrStr.slice(i, j + 1);
      i = j + 1;
    }

    // Optional whitespace + quoted value.
    let quoteChar;
    let value;
    let k = i;
    while (k < len && isWhiteSpace(attrStr[k])) k++;
    if (k < len && (attrStr[k] === '"' || attrStr[k] === "'")) {
      const valueStart = k + 1;
      const closeIdx = attrStr.indexOf(attrStr[k], valueStart);
      if (closeIdx !== -1) {
        quoteChar = attrStr[k];
        value = attrStr.slice(valueStart, closeIdx);
        i = closeIdx + 1;
      }
      // No closing quote found anywhere in the rest of the string — leave
      // quoteChar/value undefined, same as the old regex's group failing
      // to match a backreference-less run.
    }

    const token = { startIndex: tokenStart };
    token[1] = leadingWs;
    token[2] = name;
    token[3] = equalsGroup;
    token[4] = quoteChar !== undefined ? true : undefined;
    token[5] = quoteChar;
    token[6] = value;
    tokens.push(token);
  }

  return tokens;
}

//attr, ="sd", a="amit's", a="sd"b="saf", ab  cd=""

function validateAttributeString(attrStr, options) {
  //console.log("start:"+attrStr+":end");

  //if(attrStr.trim().length === 0) return true; //empty string

  const matches = scanAttributeTokens(attrStr);
  const attrNames = {};

  for (let i = 0; i < matches.length; i++) {
    if (matches[i][1].length === 0) {
      //nospace before attribute name: a="sd"b="saf"
      return getErrorObject('InvalidAttr', "Attribute '" + matches[i][2] + "' has no space in starting.", getPositionFromMatch(matches[i]))
    } else if (matches[i][3] !== undefined && matches[i][4] === undefined) {
      return getErrorObject('InvalidAttr', "Attribute '" + matches[i][2] + "' is without value.", getPositionFromMatch(matches[i]));
    } else if (matches[i][3] === undefined && !options.allowBooleanAttributes) {
      //independent attribute: ab
      return getErrorObject('InvalidAttr', "boolean attribute '" + matches[i][2] + "' is not allowed.", getPositionFromMatch(matches[i]));
    }
    /* else if(matches[i][6] === undefined){//attribute without value: ab=
                    return { err: { code:"InvalidAttr",msg:"attribute " + matches[i][2] + " has no value assigned."}};
                } */
    const attrName = matches[i][2];
    if (!validateAttrName(attrName)) {
      return getErrorObject('InvalidAttr', "Attribute '" + attrName + "' is an invalid name.", getPositionFromMatch(matches[i]));
    }
    if (!Object.prototype.hasOwnProperty.call(attrNames, attrName)) {
      //check for duplicate attribute.
      attrNames[attrName] = 1;
    } else {
      return getErrorObject('InvalidAttr', "Attribute '" + attrName + "' is repeated.", getPositionFromMatch(matches[i]));
    }
  }

  return true;
}

function validateNumberAmpersand(xmlData, i) {
  let re = /\d/;
  if (xmlData[i] === 'x') {
    i++;
    re = /[\da-fA-F]/;
  }
  for (; i < xmlData.length; i++) {
    if (xmlData[i] === ';')
      return i;
    if (!xmlData[i].match(re))
      break;
  }
  return -1;
}

function validateAmpersand(xmlData, i) {
  // https://www.w3.org/TR/xml/#dt-charref
  i++;
  if (xmlData[i] === ';')
    return -1;
  if (xmlData[i] === '#') {
    i++;
    return validateNumberAmpersand(xmlData, i);
  }
  let count = 0;
  for (; i < xmlData.length; i++, count++) {
    if (xmlData[i].match(/\w/) && count < 20)
      continue;
    if (xmlData[i] === ';')
      break;
    return -1;
  }
  return i;
}

function getErrorObject(code, message, lineNumber) {
  return {
    err: {
      code: code,
      msg: message,
      line: lineNumber.line || lineNumber,
      col: lineNumber.col,
    },
  };
}

function validateAttrName(attrName) {
  return (0,_util_js__WEBPACK_IMPORTED_MODULE_0__/* .isName */ .Eo)(attrName);
}

// const startsWithXML = /^xml/i;

function validateTagName(tagname) {
  return (0,_util_js__WEBPACK_IMPORTED_MODULE_0__/* .isName */ .Eo)(tagname) /* && !tagname.match(startsWithXML) */;
}

//this function returns the line number for the character at the given index
function getLineNumberForPosition(xmlData, index) {
  const lines = xmlData.substring(0, index).split(/\r?\n/);
  return {
    line: lines.length,

    // column number is last line's length + 1, because column numbering starts at 1:
    col: lines[lines.length - 1].length + 1
  };
}

//this function returns the position of the first character of match within attrStr
function getPositionFromMatch(match) {
  return match.startIndex + match[1].length;
}

/***/ }),

/***/ 1143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ XMLParser)
});

// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/util.js
var util = __nccwpck_require__(984);
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/OptionsBuilder.js



const defaultOnDangerousProperty = (name) => {
  if (util/* DANGEROUS_PROPERTY_NAMES */.q9.includes(name)) {
    return "__" + name;
  }
  return name;
};


const defaultOptions = {
  preserveOrder: false,
  attributeNamePrefix: '@_',
  attributesGroupName: false,
  textNodeName: '#text',
  ignoreAttributes: true,
  removeNSPrefix: false, // remove NS from tag name or attribute name if true
  allowBooleanAttributes: false, //a tag can have attributes without any value
  //ignoreRootElement : false,
  parseTagValue: true,
  parseAttributeValue: false,
  trimValues: true, //Trim string values of tag and attributes
  cdataPropName: false,
  numberParseOptions: {
    hex: true,
    leadingZeros: true,
    eNotation: true,
    unicode: false
  },
  tagValueProcessor: function (tagName, val) {
    return val;
  },
  attributeValueProcessor: function (attrName, val) {
    return val;
  },
  stopNodes: [], //nested tags will not be parsed even for errors
  alwaysCreateTextNode: false,
  isArray: () => false,
  commentPropName: false,
  unpairedTags: [],
  processEntities: true,
  htmlEntities: false,
  entityDecoder: null,
  ignoreDeclaration: false,
  ignorePiTags: false,
  transformTagName: false,
  transformAttributeName: false,
  updateTag: function (tagName, jPath, attrs) {
    return tagName
  },
  // skipEmptyListItem: false
  captureMetaData: false,
  maxNestedTags: 100,
  strictReservedNames: true,
  jPath: true, // if true, pass jPath string to callbacks; if false, pass matcher instance
  onDangerousProperty: defaultOnDangerousProperty
};


/**
 * Validates that a property name is safe to use
 * @param {string} propertyName - The property name to validate
 * @param {string} optionName - The option field name (for error message)
 * @throws {Error} If property name is dangerous
 */
function validatePropertyName(propertyName, optionName) {
  if (typeof propertyName !== 'string') {
    return; // Only validate string property names
  }

  const normalized = propertyName.toLowerCase();
  if (util/* DANGEROUS_PROPERTY_NAMES */.q9.some(dangerous => normalized === dangerous.toLowerCase())) {
    throw new Error(
      `[SECURITY] Invalid ${optionName}: "${propertyName}" is a reserved JavaScript keyword that could cause prototype pollution`
    );
  }

  if (util/* criticalProperties */.vl.some(dangerous => normalized === dangerous.toLowerCase())) {
    throw new Error(
      `[SECURITY] Invalid ${optionName}: "${propertyName}" is a reserved JavaScript keyword that could cause prototype pollution`
    );
  }
}

/**
 * Normalizes processEntities option for backward compatibility
 * @param {boolean|object} value 
 * @returns {object} Always returns normalized object
 */
function normalizeProcessEntities(value, htmlEntities) {
  // Boolean backward compatibility
  if (typeof value === 'boolean') {
    return {
      enabled: value, // true or false
      maxEntitySize: 10000,
      maxExpansionDepth: 10000,
      maxTotalExpansions: Infinity,
      maxExpandedLength: 100000,
      maxEntityCount: 1000,
      allowedTags: null,
      tagFilter: null,
      appliesTo: "all",
    };
  }

  // Object config - merge with defaults
  if (typeof value === 'object' && value !== null) {
    return {
      enabled: value.enabled !== false,
      maxEntitySize: Math.max(1, value.maxEntitySize ?? 10000),
      maxExpansionDepth: Math.max(1, value.maxExpansionDepth ?? 10000),
      maxTotalExpansions: Math.max(1, value.maxTotalExpansions ?? Infinity),
      maxExpandedLength: Math.max(1, value.maxExpandedLength ?? 100000),
      maxEntityCount: Math.max(1, value.maxEntityCount ?? 1000),
      allowedTags: value.allowedTags ?? null,
      tagFilter: value.tagFilter ?? null,
      appliesTo: value.appliesTo ?? "all",
    };
  }

  // Default to enabled with limits
  return normalizeProcessEntities(true);
}

const buildOptions = function (options) {
  const built = Object.assign({}, defaultOptions, options);

  // Validate property names to prevent prototype pollution
  const propertyNameOptions = [
    { value: built.attributeNamePrefix, name: 'attributeNamePrefix' },
    { value: built.attributesGroupName, name: 'attributesGroupName' },
    { value: built.textNodeName, name: 'textNodeName' },
    { value: built.cdataPropName, name: 'cdataPropName' },
    { value: built.commentPropName, name: 'commentPropName' }
  ];

  for (const { value, name } of propertyNameOptions) {
    if (value) {
      validatePropertyName(value, name);
    }
  }

  if (built.onDangerousProperty === null) {
    built.onDangerousProperty = defaultOnDangerousProperty;
  }

  // Always normalize processEntities for backward compatibility and validation
  built.processEntities = normalizeProcessEntities(built.processEntities, built.htmlEntities);
  built.unpairedTagsSet = new Set(built.unpairedTags);
  // Convert old-style stopNodes for backward compatibility
  if (built.stopNodes && Array.isArray(built.stopNodes)) {
    built.stopNodes = built.stopNodes.map(node => {
      if (typeof node === 'string' && node.startsWith('*.')) {
        // Old syntax: *.tagname meant "tagname anywhere"
        // Convert to new syntax: ..tagname
        return '..' + node.substring(2);
      }
      return node;
    });
  }
  //console.debug(built.processEntities)
  return built;
};
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/xmlNode.js


let METADATA_SYMBOL;

if (typeof Symbol !== "function") {
  METADATA_SYMBOL = "@@xmlMetadata";
} else {
  METADATA_SYMBOL = Symbol("XML Node Metadata");
}

class XmlNode {
  constructor(tagname) {
    this.tagname = tagname;
    this.child = []; //nested tags, text, cdata, comments in order
    this[":@"] = Object.create(null); //attributes map
  }
  add(key, val) {
    // this.child.push( {name : key, val: val, isCdata: isCdata });
    if (key === "__proto__") key = "#__proto__";
    this.child.push({ [key]: val });
  }
  addChild(node, startIndex) {
    if (node.tagname === "__proto__") node.tagname = "#__proto__";
    if (node[":@"] && Object.keys(node[":@"]).length > 0) {
      this.child.push({ [node.tagname]: node.child, [":@"]: node[":@"] });
    } else {
      this.child.push({ [node.tagname]: node.child });
    }
    // if requested, add the startIndex
    this.addStartIndex(startIndex);
  }

  addStartIndex(startIndex) {
    if (startIndex !== undefined) {
      // Note: for now we just overwrite the metadata. If we had more complex metadata,
      // we might need to do an object append here:  metadata = { ...metadata, startIndex }
      this.child[this.child.length - 1][METADATA_SYMBOL] = { startIndex };
    }
  }

  addEndIndex(endIndex) {
    const lastChild = this.child[this.child.length - 1];
    // endIndex is write-once: when updateTag drops a node, the last child is a
    // previously completed sibling whose endIndex must not be overwritten
    if (lastChild !== undefined && lastChild[METADATA_SYMBOL] !== undefined
      && lastChild[METADATA_SYMBOL].endIndex === undefined) {
      lastChild[METADATA_SYMBOL].endIndex = endIndex;
    }
  }
  /** symbol used for metadata */
  static getMetaDataSymbol() {
    return METADATA_SYMBOL;
  }
}

// EXTERNAL MODULE: ./node_modules/xml-naming/src/index.js
var src = __nccwpck_require__(4658);
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/DocTypeReader.js


class DocTypeReader {
    constructor(options, xmlVersion) {
        this.suppressValidationErr = !options;
        this.options = options;
        this.xmlVersion = xmlVersion || 1.0;
    }

    setXmlVersion(xmlVersion = 1.0) {
        this.xmlVersion = xmlVersion;
    }
    readDocType(xmlData, i) {
        const entities = Object.create(null);
        let entityCount = 0;

        if (xmlData[i + 3] === 'O' &&
            xmlData[i + 4] === 'C' &&
            xmlData[i + 5] === 'T' &&
            xmlData[i + 6] === 'Y' &&
            xmlData[i + 7] === 'P' &&
            xmlData[i + 8] === 'E') {
            i = i + 9;
            let angleBracketsCount = 1;
            let hasBody = false, comment = false;
            let quoteChar = null; // tracks an open SYSTEM/PUBLIC literal before the '[' body
            let exp = "";
            for (; i < xmlData.length; i++) {
                // Inside a quoted external-identifier literal — XML allows '<'
                // and '>' as plain data here, so they must not be interpreted
                // as DOCTYPE structure until the matching quote closes.
                if (quoteChar !== null) {
                    if (xmlData[i] === quoteChar) quoteChar = null;
                    exp += xmlData[i];
                    continue;
                }
                if (!hasBody && !comment && (xmlData[i] === '"' || xmlData[i] === "'")) {
                    quoteChar = xmlData[i];
                    exp += xmlData[i];
                    continue;
                }

                if (xmlData[i] === '<' && !comment) { //Determine the tag type
                    if (hasBody && hasSeq(xmlData, "!ENTITY", i)) {
                        i += 7;
                        let entityName, val;
                        [entityName, val, i] = this.readEntityExp(xmlData, i + 1, this.suppressValidationErr);
                        if (val.indexOf("&") === -1) { //Parameter entities are not supported
                            if (this.options.enabled !== false &&
                                this.options.maxEntityCount != null &&
                                entityCount >= this.options.maxEntityCount) {
                                throw new Error(
                                    `Entity count (${entityCount + 1}) exceeds maximum allowed (${this.options.maxEntityCount})`
                                );
                            }
                            //const escaped = entityName.replace(/[.\-+*:]/g, '\\.');
                            //const escaped = entityName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
                            entities[entityName] = val;
                            entityCount++;
                        }
                    }
                    else if (hasBody && hasSeq(xmlData, "!ELEMENT", i)) {
                        i += 8;//Not supported
                        const { index } = this.readElementExp(xmlData, i + 1);
                        i = index;
                    } else if (hasBody && hasSeq(xmlData, "!ATTLIST", i)) {
                        i += 8;//Not supported
                        // const {index} = this.readAttlistExp(xmlData,i+1);
                        // i = index;
                    } else if (hasBody && hasSeq(xmlData, "!NOTATION", i)) {
                        i += 9;//Not supported
                        const { index } = this.readNotationExp(xmlData, i + 1, this.suppressValidationErr);
                        i = index;
                    } else if (hasSeq(xmlData, "!--", i)) comment = true;
                    else throw new Error(`Invalid DOCTYPE`);

                    angleBracketsCount++;
                    exp = "";
                } else if (xmlData[i] === '>') { //Read tag content
                    if (comment) {
                        if (xmlData[i - 1] === "-" && xmlData[i - 2] === "-") {
                            comment = false;
                            angleBracketsCount--;
                        }
                    } else {
                        angleBracketsCount--;
                    }
                    if (angleBracketsCount === 0) {
                        break;
                    }
                } else if (xmlData[i] === '[') {
                    hasBody = true;
                } else {
                    exp += xmlData[i];
                }
            }
            if (quoteChar !== null || angleBracketsCount !== 0) {
                throw new Error(`Unclosed DOCTYPE`);
            }
        } else {
            throw new Error(`Invalid Tag instead of DOCTYPE`);
        }
        return { entities, i };
    }
    readEntityExp(xmlData, i) {
        //External entities are not supported
        //    <!ENTITY ext SYSTEM "http://normal-website.com" >

        //Parameter entities are not supported
        //    <!ENTITY entityname "&anotherElement;">

        //Internal entities are supported
        //    <!ENTITY entityname "replacement text">

        // Skip leading whitespace after <!ENTITY
        i = skipWhitespace(xmlData, i);

        // Read entity name
        const startIndex = i;
        while (i < xmlData.length && !/\s/.test(xmlData[i]) && xmlData[i] !== '"' && xmlData[i] !== "'") {
            i++;
        }
        let entityName = xmlData.substring(startIndex, i);

        validateEntityName(entityName, { xmlVersion: this.xmlVersion });

        // Skip whitespace after entity name
        i = skipWhitespace(xmlData, i);

        // Check for unsupported constructs (external entities or parameter entities)
        if (!this.suppressValidationErr) {
            if (xmlData.substring(i, i + 6).toUpperCase() === "SYSTEM") {
                throw new Error("External entities are not supported");
            } else if (xmlData[i] === "%") {
                throw new Error("Parameter entities are not supported");
            }
        }

        // Read entity value (internal entity)
        let entityValue = "";
        [i, entityValue] = this.readIdentifierVal(xmlData, i, "entity");

        // Validate entity size
        if (this.options.enabled !== false &&
            this.options.maxEntitySize != null &&
            entityValue.length > this.options.maxEntitySize) {
            throw new Error(
                `Entity "${entityName}" size (${entityValue.length}) exceeds maximum allowed size (${this.options.maxEntitySize})`
            );
        }

        i--;
        return [entityName, entityValue, i];
    }

    readNotationExp(xmlData, i) {
        // Skip leading whitespace after <!NOTATION
        i = skipWhitespace(xmlData, i);

        // Read notation name

        const startIndex = i;
        while (i < xmlData.length && !/\s/.test(xmlData[i])) {
            i++;
        }
        let notationName = xmlData.substring(startIndex, i);

        !this.suppressValidationErr && validateEntityName(notationName, { xmlVersion: this.xmlVersion });

        // Skip whitespace after notation name
        i = skipWhitespace(xmlData, i);

        // Check identifier type (SYSTEM or PUBLIC)
        const identifierType = xmlData.substring(i, i + 6).toUpperCase();
        if (!this.suppressValidationErr && identifierType !== "SYSTEM" && identifierType !== "PUBLIC") {
            throw new Error(`Expected SYSTEM or PUBLIC, found "${identifierType}"`);
        }
        i += identifierType.length;

        // Skip whitespace after identifier type
        i = skipWhitespace(xmlData, i);

        // Read public identifier (if PUBLIC)
        let publicIdentifier = null;
        let systemIdentifier = null;

        if (identifierType === "PUBLIC") {
            [i, publicIdentifier] = this.readIdentifierVal(xmlData, i, "publicIdentifier");

            // Skip whitespace after public identifier
            i = skipWhitespace(xmlData, i);

            // Optionally read system identifier
            if (xmlData[i] === '"' || xmlData[i] === "'") {
                [i, systemIdentifier] = this.readIdentifierVal(xmlData, i, "systemIdentifier");
            }
        } else if (identifierType === "SYSTEM") {
            // Read system identifier (mandatory for SYSTEM)
            [i, systemIdentifier] = this.readIdentifierVal(xmlData, i, "systemIdentifier");

            if (!this.suppressValidationErr && !systemIdentifier) {
                throw new Error("Missing mandatory system identifier for SYSTEM notation");
            }
        }

        return { notationName, publicIdentifier, systemIdentifier, index: --i };
    }

    readIdentifierVal(xmlData, i, type) {
        let identifierVal = "";
        const startChar = xmlData[i];
        if (startChar !== '"' && startChar !== "'") {
            throw new Error(`Expected quoted string, found "${startChar}"`);
        }
        i++;

        const startIndex = i;
        while (i < xmlData.length && xmlData[i] !== startChar) {
            i++;
        }
        identifierVal = xmlData.substring(startIndex, i);

        if (xmlData[i] !== startChar) {
            throw new Error(`Unterminated ${type} value`);
        }
        i++;
        return [i, identifierVal];
    }

    readElementExp(xmlData, i) {
        // <!ELEMENT br EMPTY>
        // <!ELEMENT div ANY>
        // <!ELEMENT title (#PCDATA)>
        // <!ELEMENT book (title, author+)>
        // <!ELEMENT name (content-model)>

        // Skip leading whitespace after <!ELEMENT
        i = skipWhitespace(xmlData, i);

        // Read element name
        const startIndex = i;
        while (i < xmlData.length && !/\s/.test(xmlData[i])) {
            i++;
        }
        let elementName = xmlData.substring(startIndex, i);

        // Validate element name
        if (!this.suppressValidationErr && !(0,src/* qName */.fG)(elementName, { xmlVersion: this.xmlVersion })) {
            throw new Error(`Invalid element name: "${elementName}"`);
        }

        // Skip whitespace after element name
        i = skipWhitespace(xmlData, i);
        let contentModel = "";
        // Expect '(' to start content model
        if (xmlData[i] === "E" && hasSeq(xmlData, "MPTY", i)) i += 4;
        else if (xmlData[i] === "A" && hasSeq(xmlData, "NY", i)) i += 2;
        else if (xmlData[i] === "(") {
            i++; // Move past '('

            // Read content model
            const startIndex = i;
            while (i < xmlData.length && xmlData[i] !== ")") {
                i++;
            }
            contentModel = xmlData.substring(startIndex, i);

            if (xmlData[i] !== ")") {
                throw new Error("Unterminated content model");
            }

        } else if (!this.suppressValidationErr) {
            throw new Error(`Invalid Element Expression, found "${xmlData[i]}"`);
        }

        return {
            elementName,
            contentModel: contentModel.trim(),
            index: i
        };
    }

    readAttlistExp(xmlData, i) {
        // Skip leading whitespace after <!ATTLIST
        i = skipWhitespace(xmlData, i);

        // Read element name
        let startIndex = i;
        while (i < xmlData.length && !/\s/.test(xmlData[i])) {
            i++;
        }
        let elementName = xmlData.substring(startIndex, i);

        // Validate element name
        validateEntityName(elementName, { xmlVersion: this.xmlVersion })

        // Skip whitespace after element name
        i = skipWhitespace(xmlData, i);

        // Read attribute name
        startIndex = i;
        while (i < xmlData.length && !/\s/.test(xmlData[i])) {
            i++;
        }
        let attributeName = xmlData.substring(startIndex, i);

        // Validate attribute name
        if (!validateEntityName(attributeName, { xmlVersion: this.xmlVersion })) {
            throw new Error(`Invalid attribute name: "${attributeName}"`);
        }

        // Skip whitespace after attribute name
        i = skipWhitespace(xmlData, i);

        // Read attribute type
        let attributeType = "";
        if (xmlData.substring(i, i + 8).toUpperCase() === "NOTATION") {
            attributeType = "NOTATION";
            i += 8; // Move past "NOTATION"

            // Skip whitespace after "NOTATION"
            i = skipWhitespace(xmlData, i);

            // Expect '(' to start the list of notations
            if (xmlData[i] !== "(") {
                throw new Error(`Expected '(', found "${xmlData[i]}"`);
            }
            i++; // Move past '('

            // Read the list of allowed notations
            let allowedNotations = [];
            while (i < xmlData.length && xmlData[i] !== ")") {


                const startIndex = i;
                while (i < xmlData.length && xmlData[i] !== "|" && xmlData[i] !== ")") {
                    i++;
                }
                let notation = xmlData.substring(startIndex, i);

                // Validate notation name
                notation = notation.trim();
                if (!validateEntityName(notation, { xmlVersion: this.xmlVersion })) {
                    throw new Error(`Invalid notation name: "${notation}"`);
                }

                allowedNotations.push(notation);

                // Skip '|' separator or exit loop
                if (xmlData[i] === "|") {
                    i++; // Move past '|'
                    i = skipWhitespace(xmlData, i); // Skip optional whitespace after '|'
                }
            }

            if (xmlData[i] !== ")") {
                throw new Error("Unterminated list of notations");
            }
            i++; // Move past ')'

            // Store the allowed notations as part of the attribute type
            attributeType += " (" + allowedNotations.join("|") + ")";
        } else {
            // Handle simple types (e.g., CDATA, ID, IDREF, etc.)
            const startIndex = i;
            while (i < xmlData.length && !/\s/.test(xmlData[i])) {
                i++;
            }
            attributeType += xmlData.substring(startIndex, i);

            // Validate simple attribute type
            const validTypes = ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];
            if (!this.suppressValidationErr && !validTypes.includes(attributeType.toUpperCase())) {
                throw new Error(`Invalid attribute type: "${attributeType}"`);
            }
        }

        // Skip whitespace after attribute type
        i = skipWhitespace(xmlData, i);

        // Read default value
        let defaultValue = "";
        if (xmlData.substring(i, i + 8).toUpperCase() === "#REQUIRED") {
            defaultValue = "#REQUIRED";
            i += 8;
        } else if (xmlData.substring(i, i + 7).toUpperCase() === "#IMPLIED") {
            defaultValue = "#IMPLIED";
            i += 7;
        } else {
            [i, defaultValue] = this.readIdentifierVal(xmlData, i, "ATTLIST");
        }

        return {
            elementName,
            attributeName,
            attributeType,
            defaultValue,
            index: i
        }
    }
}



const skipWhitespace = (data, index) => {
    while (index < data.length && /\s/.test(data[index])) {
        index++;
    }
    return index;
};



function hasSeq(data, seq, i) {
    for (let j = 0; j < seq.length; j++) {
        if (seq[j] !== data[i + j + 1]) return false;
    }
    return true;
}

function validateEntityName(name, xmlVersion) {
    if ((0,src/* qName */.fG)(name, { xmlVersion: xmlVersion }))
        return name;
    else
        throw new Error(`Invalid entity name ${name}`);
}
;// CONCATENATED MODULE: ./node_modules/anynum/digitTable.js
/**
 * Flat lookup table: maps Unicode code point → ASCII digit (0-9).
 * Only decimal digit characters (Unicode category Nd) are included.
 *
 * Strategy: Int32Array of size (maxCodePoint - minCodePoint + 1).
 * Value 0xFF means "not a digit". Value 0-9 is the ASCII digit value.
 * This gives O(1) lookup with no branching, no bisect, no loop.
 *
 * Memory: range is 0x0660 to 0x1FBF0 → ~129,936 entries × 1 byte = ~127 KB.
 * Acceptable for a one-time init; lookup is a single array index.
 */

// All known Unicode Nd (decimal digit) script zero code points.
// Each script has exactly 10 consecutive digits: zero+0 .. zero+9.
const SCRIPT_ZEROS = [
  // Basic Latin (ASCII) — included for completeness / pass-through
  0x0030, // 0-9

  // Arabic scripts
  0x0660, // Arabic-Indic ٠١٢٣٤٥٦٧٨٩
  0x06F0, // Extended Arabic-Indic (Urdu/Persian/Sindhi) ۰۱۲۳

  // Indic scripts
  0x0966, // Devanagari ०१२३४५६७८९
  0x09E6, // Bengali ০১২৩৪৫৬৭৮৯
  0x0A66, // Gurmukhi ੦੧੨੩੪੫੬੭੮੯
  0x0AE6, // Gujarati ૦૧૨૩૪૫૬૭૮૯
  0x0B66, // Odia ୦୧୨୩୪୫୬୭୮୯
  0x0BE6, // Tamil ௦௧௨௩௪௫௬௭௮௯
  0x0C66, // Telugu ౦౧౨౩౪౫౬౭౮౯
  0x0CE6, // Kannada ೦೧೨೩೪೫೬೭೮೯
  0x0D66, // Malayalam ൦൧൨൩൪൫൬൭൮൯
  0x0DE6, // Sinhala Archaic ෦෧෨෩෪෫෬෭෮෯

  // Southeast Asian scripts
  0x0E50, // Thai ๐๑๒๓๔๕๖๗๘๙
  0x0ED0, // Lao ໐໑໒໓໔໕໖໗໘໙
  0x0F20, // Tibetan ༠༡༢༣༤༥༦༧༨༩
  0x1040, // Myanmar ၀၁၂၃၄၅၆၇၈၉
  0x1090, // Myanmar Shan ႐႑႒႓႔႕႖႗႘႙
  0x17E0, // Khmer ០១២៣៤៥៦៧៨៩
  0x1810, // Mongolian ᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙
  0x1946, // Limbu ᥆᥇᥈᥉᥊᥋᥌᥍᥎᥏
  0x19D0, // New Tai Lue ᧐᧑᧒᧓᧔᧕᧖᧗᧘᧙
  0x1A80, // Tai Tham Hora ᪀᪁᪂᪃᪄᪅᪆᪇᪈᪉
  0x1A90, // Tai Tham Tham ᪐᪑᪒᪓᪔᪕᪖᪗᪘᪙
  0x1B50, // Balinese ᭐᭑᭒᭓᭔᭕᭖᭗᭘᭙
  0x1BB0, // Sundanese ᮰᮱᮲᮳᮴᮵᮶᮷᮸᮹
  0x1C40, // Lepcha ᱀᱁᱂᱃᱄᱅᱆᱇᱈᱉
  0x1C50, // Ol Chiki ᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙

  // Fullwidth (CJK context)
  0xFF10, // Fullwidth ０１２３４５６７８９

  // Mathematical digit variants (Unicode math block)
  0x1D7CE, // Mathematical Bold
  0x1D7D8, // Mathematical Double-Struck
  0x1D7E2, // Mathematical Sans-Serif
  0x1D7EC, // Mathematical Sans-Serif Bold
  0x1D7F6, // Mathematical Monospace

  // Other scripts
  0x104A0, // Osmanya 𐒠𐒡𐒢𐒣𐒤𐒥𐒦𐒧𐒨𐒩
  0x10D30, // Hanifi Rohingya 𐴰𐴱𐴲𐴳𐴴𐴵𐴶𐴷𐴸𐴹
  0x11066, // Brahmi 𑁦𑁧𑁨𑁩𑁪𑁫𑁬𑁭𑁮𑁯
  0x110F0, // Sora Sompeng 𑃰𑃱𑃲𑃳𑃴𑃵𑃶𑃷𑃸𑃹
  0x11136, // Chakma 𑄶𑄷𑄸𑄹𑄺𑄻𑄼𑄽𑄾𑄿
  0x111D0, // Sharada 𑇐𑇑𑇒𑇓𑇔𑇕𑇖𑇗𑇘𑇙
  0x112F0, // Khudawadi 𑋰𑋱𑋲𑋳𑋴𑋵𑋶𑋷𑋸𑋹
  0x11450, // Newa 𑑐𑑑𑑒𑑓𑑔𑑕𑑖𑑗𑑘𑑙
  0x114D0, // Tirhuta 𑓐𑓑𑓒𑓓𑓔𑓕𑓖𑓗𑓘𑓙
  0x11650, // Modi 𑙐𑙑𑙒𑙓𑙔𑙕𑙖𑙗𑙘𑙙
  0x116C0, // Takri 𑛀𑛁𑛂𑛃𑛄𑛅𑛆𑛇𑛈𑛉
  0x11730, // Ahom 𑜰𑜱𑜲𑜳𑜴𑜵𑜶𑜷𑜸𑜹
  0x118E0, // Warang Citi 𑣠𑣡𑣢𑣣𑣤𑣥𑣦𑣧𑣨𑣩
  0x11950, // Dives Akuru 𑥐𑥑𑥒𑥓𑥔𑥕𑥖𑥗𑥘𑥙
  0x11BF0, // Khitan Small Script 𑯰𑯱𑯲𑯳𑯴𑯵𑯶𑯷𑯸𑯹
  0x11C50, // Bhaiksuki 𑱐𑱑𑱒𑱓𑱔𑱕𑱖𑱗𑱘𑱙
  0x11D50, // Masaram Gondi 𑵐𑵑𑵒𑵓𑵔𑵕𑵖𑵗𑵘𑵙
  0x11DA0, // Gunjala Gondi 𑶠𑶡𑶢𑶣𑶤𑶥𑶦𑶧𑶨𑶩
  0x11F50, // Kawi 𑽐𑽑𑽒𑽓𑽔𑽕𑽖𑽗𑽘𑽙
  0x16A60, // Mro 𖩠𖩡𖩢𖩣𖩤𖩥𖩦𖩧𖩨𖩩
  0x16AC0, // Tangsa 𖫀𖫁𖫂𖫃𖫄𖫅𖫆𖫇𖫈𖫉
  0x16B50, // Pahawh Hmong 𖭐𖭑𖭒𖭓𖭔𖭕𖭖𖭗𖭘𖭙
  0x1E140, // Nyiakeng Puachue Hmong 𞅀𞅁𞅂𞅃𞅄𞅅𞅆𞅇𞅈𞅉
  0x1E2F0, // Wancho 𞋰𞋱𞋲𞋳𞋴𞋵𞋶𞋷𞋸𞋹
  0x1E4F0, // Nag Mundari 𞓰𞓱𞓲𞓳𞓴𞓵𞓶𞓷𞓸𞓹
  0x1E950, // Adlam 𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙
  0x1FBF0, // Segmented digit symbols 🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹
];

// Build a sparse Map for scripts above 0xFFFF (surrogate-pair range).
// These can't go into a flat Uint8Array indexed by code point efficiently.
const NOT_DIGIT = 0xFF;
const HIGH_MAP = new Map(); // codePoint → digit value (0-9)

const LOW_MAX = 0xFFFF;
const LOW_MIN = 0x0660; // first non-ASCII digit script

// Flat Uint8Array covering 0x0660 .. 0xFFFF
const TABLE_OFFSET = LOW_MIN;
const TABLE_SIZE = LOW_MAX - LOW_MIN + 1;
const TABLE = new Uint8Array(TABLE_SIZE).fill(NOT_DIGIT);

for (const zero of SCRIPT_ZEROS) {
  for (let d = 0; d < 10; d++) {
    const cp = zero + d;
    if (cp <= LOW_MAX) {
      TABLE[cp - TABLE_OFFSET] = d;
    } else {
      HIGH_MAP.set(cp, d);
    }
  }
}



;// CONCATENATED MODULE: ./node_modules/anynum/anynum.js




const CHAR_0 = 48; // '0'.charCodeAt(0)
const CHAR_9 = 57; // '9'.charCodeAt(0)
const CHAR_MINUS = 45; // '-'.charCodeAt(0)

// Unicode minus/hyphen variants worth normalizing to ASCII '-' in numeric context:
//   U+2212  MINUS SIGN       − (mathematically correct minus)
//   U+FF0D  FULLWIDTH HYPHEN-MINUS  － (Japanese fullwidth context)
//   U+FE63  SMALL HYPHEN-MINUS     ﹣ (small form variant)
//
// NOT normalized (deliberate):
//   U+2013  EN DASH  –  (punctuation, not a numeric sign)
//   U+2014  EM DASH  —  (punctuation)
//   U+2010  HYPHEN   ‐  (typographic hyphen)
//
// Rationale: only characters a human or locale formatter would plausibly use
// as a numeric minus sign are normalized. Dashes used for punctuation are left
// alone to avoid mangling non-numeric strings.
const MINUS_SET = new Set([0x2212, 0xFF0D, 0xFE63]);

/**
 * Normalize all Unicode decimal digit characters in a string to ASCII (0-9),
 * and normalize Unicode minus variants to ASCII '-' (U+002D).
 *
 * Non-digit, non-minus characters are passed through unchanged.
 *
 * Performance design:
 * - Fast path: if the string has no convertible characters, return it unchanged
 *   (zero allocation).
 * - BMP digits (0x0660..0xFFFF excl. surrogates): flat Uint8Array lookup (O(1)).
 * - Supplementary plane digits (> 0xFFFF, encoded as surrogate pairs): Map lookup.
 * - Minus variants: checked inline with a small fixed Set.
 *
 * @param {string} str
 * @returns {string}
 */
function anynum(str) {
  if (typeof str !== 'string') return str;

  const len = str.length;
  if (len === 0) return str;

  // Scan for first character needing conversion.
  // If none found, return original string (zero allocation).
  let firstHit = -1;

  for (let i = 0; i < len; i++) {
    const cc = str.charCodeAt(i);

    // ASCII digit or ASCII minus — already normalized, skip fast
    if ((cc >= CHAR_0 && cc <= CHAR_9) || cc === CHAR_MINUS) continue;

    // Below first unicode digit script — check minus variants only
    if (cc < TABLE_OFFSET) {
      if (MINUS_SET.has(cc)) { firstHit = i; break; }
      continue;
    }

    // Surrogate pairs live in BMP range 0xD800-0xDFFF — check before TABLE
    if (cc >= 0xD800 && cc <= 0xDBFF) {
      if (i + 1 < len) {
        const low = str.charCodeAt(i + 1);
        if (low >= 0xDC00 && low <= 0xDFFF) {
          const cp = 0x10000 + ((cc - 0xD800) << 10) + (low - 0xDC00);
          if (HIGH_MAP.has(cp)) { firstHit = i; break; }
        }
      }
      continue;
    }

    // BMP non-surrogate: flat table lookup; also check minus variants in this range
    if (TABLE[cc - TABLE_OFFSET] !== NOT_DIGIT || MINUS_SET.has(cc)) {
      firstHit = i;
      break;
    }
  }

  // Nothing to replace — return original, zero allocation
  if (firstHit === -1) return str;

  // Build result: copy unchanged prefix, then convert from firstHit onward
  const chars = [];

  if (firstHit > 0) chars.push(str.slice(0, firstHit));

  for (let i = firstHit; i < len; i++) {
    const cc = str.charCodeAt(i);

    // ASCII digit or ASCII minus — pass through
    if ((cc >= CHAR_0 && cc <= CHAR_9) || cc === CHAR_MINUS) {
      chars.push(str[i]);
      continue;
    }

    // Below TABLE_OFFSET — check minus variants, else pass through
    if (cc < TABLE_OFFSET) {
      chars.push(MINUS_SET.has(cc) ? '-' : str[i]);
      continue;
    }

    // Surrogate pairs
    if (cc >= 0xD800 && cc <= 0xDBFF) {
      if (i + 1 < len) {
        const low = str.charCodeAt(i + 1);
        if (low >= 0xDC00 && low <= 0xDFFF) {
          const cp = 0x10000 + ((cc - 0xD800) << 10) + (low - 0xDC00);
          const d = HIGH_MAP.get(cp);
          if (d !== undefined) {
            chars.push(String.fromCharCode(d + 48));
            i++; // consume low surrogate
            continue;
          }
        }
      }
      chars.push(str[i]);
      continue;
    }

    // BMP non-surrogate: flat table lookup + minus variants
    if (MINUS_SET.has(cc)) {
      chars.push('-');
      continue;
    }
    const d = TABLE[cc - TABLE_OFFSET];
    chars.push(d !== NOT_DIGIT ? String.fromCharCode(d + 48) : str[i]);
  }

  return chars.join('');
}


/* harmony default export */ const anynum_anynum = (anynum);
;// CONCATENATED MODULE: ./node_modules/strnum/strnum.js
const hexRegex = /^[-+]?0x[a-fA-F0-9]+$/;
const binRegex = /^0b[01]+$/;
const octRegex = /^0o[0-7]+$/;
const numRegex = /^([\-\+])?(0*)([0-9]*(\.[0-9]*)?)$/;



const consider = {
    hex: true,
    binary: false,
    octal: false,
    leadingZeros: true,
    decimalPoint: "\.",
    eNotation: true,
    //skipLike: /regex/,
    infinity: "original", // "null", "infinity" (Infinity type), "string" ("Infinity" (the string literal))
    unicode: false,
};

function toNumber(str, options = {}) {
    options = Object.assign({}, consider, options);
    if (!str || typeof str !== "string") return str;

    let trimmedStr = str.trim();

    if (trimmedStr.length === 0) return str;
    else if (options.skipLike !== undefined && options.skipLike.test(trimmedStr)) return str;
    else if (trimmedStr === "0") return 0;

    if (options.unicode) {
        trimmedStr = anynum_anynum(trimmedStr);
        if (trimmedStr === "0") return 0; // re-check after normalization
    }
    if (options.hex && hexRegex.test(trimmedStr)) {
        return parse_int(trimmedStr, 16);
    } else if (options.binary && binRegex.test(trimmedStr)) {
        return parse_int(trimmedStr, 2);
    } else if (options.octal && octRegex.test(trimmedStr)) {
        return parse_int(trimmedStr, 8);
    } else if (!isFinite(trimmedStr)) { //Infinity or not a number
        const num = Number(trimmedStr);
        if (Number.isNaN(num)) return str; //not a number: always the original string
        return handleInfinity(str, num, options); //only +/-Infinity reaches here
    } else if (trimmedStr.includes('e') || trimmedStr.includes('E')) { //eNotation
        return resolveEnotation(str, trimmedStr, options);
    } else {
        //separate negative sign, leading zeros, and rest number
        const match = numRegex.exec(trimmedStr);
        // +00.123 => [ , '+', '00', '.123', ..
        if (match) {
            const sign = match[1] || "";
            const leadingZeros = match[2];
            let numTrimmedByZeros = trimZeros(match[3]); //complete num without leading zeros
            const decimalAdjacentToLeadingZeros = sign ? // 0., -00., 000.
                trimmedStr[leadingZeros.length + 1] === "."
                : trimmedStr[leadingZeros.length] === ".";

            //trim ending zeros for floating number
            if (!options.leadingZeros //leading zeros are not allowed
                && (leadingZeros.length > 1
                    || (leadingZeros.length === 1 && !decimalAdjacentToLeadingZeros))) {
                // 00, 00.3, +03.24, 03, 03.24
                return str;
            }
            else {//no leading zeros or leading zeros are allowed
                const num = Number(trimmedStr);
                const parsedStr = String(num);

                if (num === 0) return num;
                if (parsedStr.search(/[eE]/) !== -1) { //given number is long and parsed to eNotation
                    if (options.eNotation) return num;
                    else return str;
                } else if (trimmedStr.indexOf(".") !== -1) { //floating number
                    if (parsedStr === "0") return num; //0.0
                    else if (parsedStr === numTrimmedByZeros) return num; //0.456. 0.79000
                    else if (parsedStr === `${sign}${numTrimmedByZeros}`) return num;
                    else return str;
                }

                let n = leadingZeros ? numTrimmedByZeros : trimmedStr;
                if (leadingZeros) {
                    // -009 => -9
                    return (n === parsedStr) || (sign + n === parsedStr) ? num : str
                } else {
                    // +9
                    return (n === parsedStr) || (n === sign + parsedStr) ? num : str
                }
            }
        } else { //non-numeric string
            return str;
        }
    }
}

const eNotationRegx = /^([-+])?(0*)(\d*(\.\d*)?[eE][-\+]?\d+)$/;
function resolveEnotation(str, trimmedStr, options) {
    if (!options.eNotation) return str;
    const notation = trimmedStr.match(eNotationRegx);
    if (notation) {
        let sign = notation[1] || "";
        const eChar = notation[3].indexOf("e") === -1 ? "E" : "e";
        const leadingZeros = notation[2];
        const eAdjacentToLeadingZeros = sign ? // 0E.
            trimmedStr[leadingZeros.length + 1] === eChar
            : trimmedStr[leadingZeros.length] === eChar;

        if (leadingZeros.length > 1 && eAdjacentToLeadingZeros) return str;
        else if (leadingZeros.length === 1
            && (notation[3].startsWith(`.${eChar}`) || notation[3][0] === eChar)) {
            return Number(trimmedStr);
        } else if (leadingZeros.length > 0) {
            // Has leading zeros — only accept if leadingZeros option allows it
            if (options.leadingZeros && !eAdjacentToLeadingZeros) {
                return Number(trimmedStr); // Number() accepts leading zeros; stripping can leave a mantissa-less ".e0"
            } else return str;
        } else {
            // No leading zeros — always valid e-notation, parse it
            return Number(trimmedStr);
        }
    } else {
        return str;
    }
}

/**
 * 
 * @param {string} numStr without leading zeros
 * @returns 
 */
function trimZeros(numStr) {
    if (numStr && numStr.indexOf(".") !== -1) {//float
        //remove ending zeros without the O(n^2) backtracking that /0+$/ hits
        //when the string doesn't end in 0 but has a long internal zero-run
        let end = numStr.length;
        while (end > 0 && numStr.charCodeAt(end - 1) === 48 /* '0' */) end--;
        numStr = numStr.slice(0, end);
        if (numStr === ".") numStr = "0";
        else if (numStr[0] === ".") numStr = "0" + numStr;
        else if (numStr[numStr.length - 1] === ".") numStr = numStr.substring(0, numStr.length - 1);
        return numStr;
    }
    return numStr;
}

function parse_int(numStr, base) {
    const str = numStr.trim();
    if (base === 2 || base === 8) numStr = str.substring(2);

    if (parseInt) return parseInt(numStr, base);
    else if (Number.parseInt) return Number.parseInt(numStr, base);
    else if (window && window.parseInt) return window.parseInt(numStr, base);
    else throw new Error("parseInt, Number.parseInt, window.parseInt are not supported");
}

/**
 * Handle infinite values based on user option
 * @param {string} str - original input string
 * @param {number} num - parsed number (Infinity or -Infinity)
 * @param {object} options - user options
 * @returns {string|number|null} based on infinity option
 */
function handleInfinity(str, num, options) {
    const isPositive = num === Infinity;

    switch (options.infinity.toLowerCase()) {
        case "null":
            return null;
        case "infinity":
            return num; // Return Infinity or -Infinity
        case "string":
            return isPositive ? "Infinity" : "-Infinity";
        case "original":
        default:
            return str; // Return original string like "1e1000"
    }
}

;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/ignoreAttributes.js
function getIgnoreAttributesFn(ignoreAttributes) {
    if (typeof ignoreAttributes === 'function') {
        return ignoreAttributes
    }
    if (Array.isArray(ignoreAttributes)) {
        return (attrName) => {
            for (const pattern of ignoreAttributes) {
                if (typeof pattern === 'string' && attrName === pattern) {
                    return true
                }
                if (pattern instanceof RegExp && pattern.test(attrName)) {
                    return true
                }
            }
        }
    }
    return () => false
}
// EXTERNAL MODULE: ./node_modules/path-expression-matcher/src/Matcher.js
var Matcher = __nccwpck_require__(8257);
// EXTERNAL MODULE: ./node_modules/path-expression-matcher/src/Expression.js
var Expression = __nccwpck_require__(3945);
;// CONCATENATED MODULE: ./node_modules/path-expression-matcher/src/ExpressionSet.js
/**
 * ExpressionSet - An indexed collection of Expressions for efficient bulk matching
 *
 * Instead of iterating all expressions on every tag, ExpressionSet pre-indexes
 * them at insertion time by depth and terminal tag name. At match time, only
 * the relevant bucket is evaluated — typically reducing checks from O(E) to O(1)
 * lookup plus O(small bucket) matches.
 *
 * Three buckets are maintained:
 *  - `_byDepthAndTag`  — exact depth + exact tag name  (tightest, used first)
 *  - `_wildcardByDepth` — exact depth + wildcard tag `*` (depth-matched only)
 *  - `_deepWildcards`  — expressions containing `..`  (cannot be depth-indexed)
 *
 * @example
 * import { Expression, ExpressionSet } from 'fast-xml-tagger';
 *
 * // Build once at config time
 * const stopNodes = new ExpressionSet();
 * stopNodes.add(new Expression('root.users.user'));
 * stopNodes.add(new Expression('root.config.setting'));
 * stopNodes.add(new Expression('..script'));
 *
 * // Query on every tag — hot path
 * if (stopNodes.matchesAny(matcher)) { ... }
 */
class ExpressionSet {
  constructor() {
    /** @type {Map<string, import('./Expression.js').default[]>} depth:tag → expressions */
    this._byDepthAndTag = new Map();

    /** @type {Map<number, import('./Expression.js').default[]>} depth → wildcard-tag expressions */
    this._wildcardByDepth = new Map();

    /** @type {import('./Expression.js').default[]} expressions containing deep wildcard (..) */
    this._deepWildcards = [];

    /** @type {Map<string, import('./Expression.js').default[]>} terminalTag → deep wildcard expressions */
    this._deepByTerminalTag = new Map();

    /** @type {Set<string>} pattern strings already added — used for deduplication */
    this._patterns = new Set();

    /** @type {boolean} whether the set is sealed against further additions */
    this._sealed = false;
  }

  /**
   * Add an Expression to the set.
   * Duplicate patterns (same pattern string) are silently ignored.
   *
   * @param {import('./Expression.js').default} expression - A pre-constructed Expression instance
   * @returns {this} for chaining
   * @throws {TypeError} if called after seal()
   *
   * @example
   * set.add(new Expression('root.users.user'));
   * set.add(new Expression('..script'));
   */
  add(expression) {
    if (this._sealed) {
      throw new TypeError(
        'ExpressionSet is sealed. Create a new ExpressionSet to add more expressions.'
      );
    }

    // Deduplicate by pattern string
    if (this._patterns.has(expression.pattern)) return this;
    this._patterns.add(expression.pattern);

    if (expression.hasDeepWildcard()) {
      const lastSeg = expression.segments[expression.segments.length - 1];
      if (lastSeg && lastSeg.type !== 'deep-wildcard' && lastSeg.tag !== '*') {
        const tag = lastSeg.tag;
        if (!this._deepByTerminalTag.has(tag)) this._deepByTerminalTag.set(tag, []);
        this._deepByTerminalTag.get(tag).push(expression);
      } else {
        this._deepWildcards.push(expression);
      }
      return this;
    }

    const depth = expression.length;
    const lastSeg = expression.segments[expression.segments.length - 1];
    const tag = lastSeg?.tag;

    if (!tag || tag === '*') {
      // Can index by depth but not by tag
      if (!this._wildcardByDepth.has(depth)) this._wildcardByDepth.set(depth, []);
      this._wildcardByDepth.get(depth).push(expression);
    } else {
      // Tightest bucket: depth + tag
      const key = `${depth}:${tag}`;
      if (!this._byDepthAndTag.has(key)) this._byDepthAndTag.set(key, []);
      this._byDepthAndTag.get(key).push(expression);
    }

    return this;
  }

  /**
   * Add multiple expressions at once.
   *
   * @param {import('./Expression.js').default[]} expressions - Array of Expression instances
   * @returns {this} for chaining
   *
   * @example
   * set.addAll([
   *   new Expression('root.users.user'),
   *   new Expression('root.config.setting'),
   * ]);
   */
  addAll(expressions) {
    for (const expr of expressions) this.add(expr);
    return this;
  }

  /**
   * Check whether a pattern string is already present in the set.
   *
   * @param {import('./Expression.js').default} expression
   * @returns {boolean}
   */
  has(expression) {
    return this._patterns.has(expression.pattern);
  }

  /**
   * Number of expressions in the set.
   * @type {number}
   */
  get size() {
    return this._patterns.size;
  }

  /**
   * Seal the set against further modifications.
   * Useful to prevent accidental mutations after config is built.
   * Calling add() or addAll() on a sealed set throws a TypeError.
   *
   * @returns {this}
   */
  seal() {
    this._sealed = true;
    return this;
  }

  /**
   * Whether the set has been sealed.
   * @type {boolean}
   */
  get isSealed() {
    return this._sealed;
  }

  /**
   * Test whether the matcher's current path matches any expression in the set.
   *
   * Evaluation order (cheapest → most expensive):
   *  1. Exact depth + tag bucket  — O(1) lookup, typically 0–2 expressions
   *  2. Depth-only wildcard bucket — O(1) lookup, rare
   *  3. Deep-wildcard list         — always checked, but usually small
   *
   * @param {import('./Matcher.js').default} matcher - Matcher instance (or readOnly view)
   * @returns {boolean} true if any expression matches the current path
   *
   * @example
   * if (stopNodes.matchesAny(matcher)) {
   *   // handle stop node
   * }
   */
  matchesAny(matcher) {
    return this.findMatch(matcher) !== null;
  }
  /**
 * Find and return the first Expression that matches the matcher's current path.
 *
 * Uses the same evaluation order as matchesAny (cheapest → most expensive):
 *  1. Exact depth + tag bucket
 *  2. Depth-only wildcard bucket
 *  3. Deep-wildcard list
 *
 * @param {import('./Matcher.js').default} matcher - Matcher instance (or readOnly view)
 * @returns {import('./Expression.js').default | null} the first matching Expression, or null
 *
 * @example
 * const expr = stopNodes.findMatch(matcher);
 * if (expr) {
 *   // access expr.config, expr.pattern, etc.
 * }
 */
  findMatch(matcher) {
    const depth = matcher.getDepth();
    const tag = matcher.getCurrentTag();

    // 1. Tightest bucket — most expressions live here
    const exactKey = `${depth}:${tag}`;
    const exactBucket = this._byDepthAndTag.get(exactKey);
    if (exactBucket) {
      for (let i = 0; i < exactBucket.length; i++) {
        if (matcher.matches(exactBucket[i])) return exactBucket[i];
      }
    }

    // 2. Depth-matched wildcard-tag expressions
    const wildcardBucket = this._wildcardByDepth.get(depth);
    if (wildcardBucket) {
      for (let i = 0; i < wildcardBucket.length; i++) {
        if (matcher.matches(wildcardBucket[i])) return wildcardBucket[i];
      }
    }

    // 3. Deep wildcards — indexed by terminal tag, then unindexed fallback
    const deepBucket = this._deepByTerminalTag.get(tag);
    if (deepBucket) {
      for (let i = 0; i < deepBucket.length; i++) {
        if (matcher.matches(deepBucket[i])) return deepBucket[i];
      }
    }
    for (let i = 0; i < this._deepWildcards.length; i++) {
      if (matcher.matches(this._deepWildcards[i])) return this._deepWildcards[i];
    }

    return null;
  }
}

;// CONCATENATED MODULE: ./node_modules/@nodable/entities/src/entities.js
// ---------------------------------------------------------------------------
// Complete HTML5 named entity reference
// Organized by logical categories for easy maintenance and selective importing
// ---------------------------------------------------------------------------

/**
 * Basic Latin & Special Characters
 * @type {Record<string, string>}
 */
const BASIC_LATIN = {
  amp: '&',
  AMP: '&',
  lt: '<',
  LT: '<',
  gt: '>',
  GT: '>',
  quot: '"',
  QUOT: '"',
  apos: "'",
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  lsquor: '‚',
  rsquor: '’',
  ldquor: '„',
  bdquo: '„',
  comma: ',',
  period: '.',
  colon: ':',
  semi: ';',
  excl: '!',
  quest: '?',
  num: '#',
  dollar: '$',
  percent: '%',
  ast: '*',
  commat: '@',
  lowbar: '_',
  verbar: '|',
  vert: '|',
  sol: '/',
  bsol: '\\',
  lbrace: '{',
  rbrace: '}',
  lbrack: '[',
  rbrack: ']',
  lpar: '(',
  rpar: ')',
  nbsp: '\u00a0',
  iexcl: '¡',
  cent: '¢',
  pound: '£',
  curren: '¤',
  yen: '¥',
  brvbar: '¦',
  sect: '§',
  uml: '¨',
  copy: '©',
  COPY: '©',
  ordf: 'ª',
  laquo: '«',
  not: '¬',
  shy: '\u00ad',
  reg: '®',
  REG: '®',
  macr: '¯',
  deg: '°',
  plusmn: '±',
  sup2: '²',
  sup3: '³',
  acute: '´',
  micro: 'µ',
  para: '¶',
  middot: '·',
  cedil: '¸',
  sup1: '¹',
  ordm: 'º',
  raquo: '»',
  frac14: '¼',
  frac12: '½',
  half: '½',
  frac34: '¾',
  iquest: '¿',
  times: '×',
  div: '÷',
  divide: '÷',
};

/**
 * Latin Extended & Accented Letters (A-Z)
 * @type {Record<string, string>}
 */
const LATIN_ACCENTS = {
  Agrave: 'À',
  agrave: 'à',
  Aacute: 'Á',
  aacute: 'á',
  Acirc: 'Â',
  acirc: 'â',
  Atilde: 'Ã',
  atilde: 'ã',
  Auml: 'Ä',
  auml: 'ä',
  Aring: 'Å',
  aring: 'å',
  AElig: 'Æ',
  aelig: 'æ',
  Ccedil: 'Ç',
  ccedil: 'ç',
  Egrave: 'È',
  egrave: 'è',
  Eacute: 'É',
  eacute: 'é',
  Ecirc: 'Ê',
  ecirc: 'ê',
  Euml: 'Ë',
  euml: 'ë',
  Igrave: 'Ì',
  igrave: 'ì',
  Iacute: 'Í',
  iacute: 'í',
  Icirc: 'Î',
  icirc: 'î',
  Iuml: 'Ï',
  iuml: 'ï',
  ETH: 'Ð',
  eth: 'ð',
  Ntilde: 'Ñ',
  ntilde: 'ñ',
  Ograve: 'Ò',
  ograve: 'ò',
  Oacute: 'Ó',
  oacute: 'ó',
  Ocirc: 'Ô',
  ocirc: 'ô',
  Otilde: 'Õ',
  otilde: 'õ',
  Ouml: 'Ö',
  ouml: 'ö',
  Oslash: 'Ø',
  oslash: 'ø',
  Ugrave: 'Ù',
  ugrave: 'ù',
  Uacute: 'Ú',
  uacute: 'ú',
  Ucirc: 'Û',
  ucirc: 'û',
  Uuml: 'Ü',
  uuml: 'ü',
  Yacute: 'Ý',
  yacute: 'ý',
  THORN: 'Þ',
  thorn: 'þ',
  szlig: 'ß',
  yuml: 'ÿ',
  Yuml: 'Ÿ',
};

/**
 * Latin Extended (Letters with diacritics)
 * @type {Record<string, string>}
 */
const LATIN_EXTENDED = {
  Amacr: 'Ā',
  amacr: 'ā',
  Abreve: 'Ă',
  abreve: 'ă',
  Aogon: 'Ą',
  aogon: 'ą',
  Cacute: 'Ć',
  cacute: 'ć',
  Ccirc: 'Ĉ',
  ccirc: 'ĉ',
  Cdot: 'Ċ',
  cdot: 'ċ',
  Ccaron: 'Č',
  ccaron: 'č',
  Dcaron: 'Ď',
  dcaron: 'ď',
  Dstrok: 'Đ',
  dstrok: 'đ',
  Emacr: 'Ē',
  emacr: 'ē',
  Ecaron: 'Ě',
  ecaron: 'ě',
  Edot: 'Ė',
  edot: 'ė',
  Eogon: 'Ę',
  eogon: 'ę',
  Gcirc: 'Ĝ',
  gcirc: 'ĝ',
  Gbreve: 'Ğ',
  gbreve: 'ğ',
  Gdot: 'Ġ',
  gdot: 'ġ',
  Gcedil: 'Ģ',
  Hcirc: 'Ĥ',
  hcirc: 'ĥ',
  Hstrok: 'Ħ',
  hstrok: 'ħ',
  Itilde: 'Ĩ',
  itilde: 'ĩ',
  Imacr: 'Ī',
  imacr: 'ī',
  Iogon: 'Į',
  iogon: 'į',
  Idot: 'İ',
  IJlig: 'Ĳ',
  ijlig: 'ĳ',
  Jcirc: 'Ĵ',
  jcirc: 'ĵ',
  Kcedil: 'Ķ',
  kcedil: 'ķ',
  kgreen: 'ĸ',
  Lacute: 'Ĺ',
  lacute: 'ĺ',
  Lcedil: 'Ļ',
  lcedil: 'ļ',
  Lcaron: 'Ľ',
  lcaron: 'ľ',
  Lmidot: 'Ŀ',
  lmidot: 'ŀ',
  Lstrok: 'Ł',
  lstrok: 'ł',
  Nacute: 'Ń',
  nacute: 'ń',
  Ncaron: 'Ň',
  ncaron: 'ň',
  Ncedil: 'Ņ',
  ncedil: 'ņ',
  ENG: 'Ŋ',
  eng: 'ŋ',
  Omacr: 'Ō',
  omacr: 'ō',
  Odblac: 'Ő',
  odblac: 'ő',
  OElig: 'Œ',
  oelig: 'œ',
  Racute: 'Ŕ',
  racute: 'ŕ',
  Rcaron: 'Ř',
  rcaron: 'ř',
  Rcedil: 'Ŗ',
  rcedil: 'ŗ',
  Sacute: 'Ś',
  sacute: 'ś',
  Scirc: 'Ŝ',
  scirc: 'ŝ',
  Scedil: 'Ş',
  scedil: 'ş',
  Scaron: 'Š',
  scaron: 'š',
  Tcedil: 'Ţ',
  tcedil: 'ţ',
  Tcaron: 'Ť',
  tcaron: 'ť',
  Tstrok: 'Ŧ',
  tstrok: 'ŧ',
  Utilde: 'Ũ',
  utilde: 'ũ',
  Umacr: 'Ū',
  umacr: 'ū',
  Ubreve: 'Ŭ',
  ubreve: 'ŭ',
  Uring: 'Ů',
  uring: 'ů',
  Udblac: 'Ű',
  udblac: 'ű',
  Uogon: 'Ų',
  uogon: 'ų',
  Wcirc: 'Ŵ',
  wcirc: 'ŵ',
  Ycirc: 'Ŷ',
  ycirc: 'ŷ',
  Zacute: 'Ź',
  zacute: 'ź',
  Zdot: 'Ż',
  zdot: 'ż',
  Zcaron: 'Ž',
  zcaron: 'ž',
};

/**
 * Greek Letters
 * @type {Record<string, string>}
 */
const GREEK = {
  Alpha: 'Α',
  alpha: 'α',
  Beta: 'Β',
  beta: 'β',
  Gamma: 'Γ',
  gamma: 'γ',
  Delta: 'Δ',
  delta: 'δ',
  Epsilon: 'Ε',
  epsilon: 'ε',
  epsiv: 'ϵ',
  varepsilon: 'ϵ',
  Zeta: 'Ζ',
  zeta: 'ζ',
  Eta: 'Η',
  eta: 'η',
  Theta: 'Θ',
  theta: 'θ',
  thetasym: 'ϑ',
  vartheta: 'ϑ',
  Iota: 'Ι',
  iota: 'ι',
  Kappa: 'Κ',
  kappa: 'κ',
  kappav: 'ϰ',
  varkappa: 'ϰ',
  Lambda: 'Λ',
  lambda: 'λ',
  Mu: 'Μ',
  mu: 'μ',
  Nu: 'Ν',
  nu: 'ν',
  Xi: 'Ξ',
  xi: 'ξ',
  Omicron: 'Ο',
  omicron: 'ο',
  Pi: 'Π',
  pi: 'π',
  piv: 'ϖ',
  varpi: 'ϖ',
  Rho: 'Ρ',
  rho: 'ρ',
  rhov: 'ϱ',
  varrho: 'ϱ',
  Sigma: 'Σ',
  sigma: 'σ',
  sigmaf: 'ς',
  sigmav: 'ς',
  varsigma: 'ς',
  Tau: 'Τ',
  tau: 'τ',
  Upsilon: 'Υ',
  upsilon: 'υ',
  upsi: 'υ',
  Upsi: 'ϒ',
  upsih: 'ϒ',
  Phi: 'Φ',
  phi: 'φ',
  phiv: 'ϕ',
  varphi: 'ϕ',
  Chi: 'Χ',
  chi: 'χ',
  Psi: 'Ψ',
  psi: 'ψ',
  Omega: 'Ω',
  omega: 'ω',
  ohm: 'Ω',
  Gammad: 'Ϝ',
  gammad: 'ϝ',
  digamma: 'ϝ',
};

/**
 * Cyrillic Letters
 * @type {Record<string, string>}
 */
const CYRILLIC = {
  Afr: '𝔄',
  afr: '𝔞',
  Acy: 'А',
  acy: 'а',
  Bcy: 'Б',
  bcy: 'б',
  Vcy: 'В',
  vcy: 'в',
  Gcy: 'Г',
  gcy: 'г',
  Dcy: 'Д',
  dcy: 'д',
  IEcy: 'Е',
  iecy: 'е',
  IOcy: 'Ё',
  iocy: 'ё',
  ZHcy: 'Ж',
  zhcy: 'ж',
  Zcy: 'З',
  zcy: 'з',
  Icy: 'И',
  icy: 'и',
  Jcy: 'Й',
  jcy: 'й',
  Kcy: 'К',
  kcy: 'к',
  Lcy: 'Л',
  lcy: 'л',
  Mcy: 'М',
  mcy: 'м',
  Ncy: 'Н',
  ncy: 'н',
  Ocy: 'О',
  ocy: 'о',
  Pcy: 'П',
  pcy: 'п',
  Rcy: 'Р',
  rcy: 'р',
  Scy: 'С',
  scy: 'с',
  Tcy: 'Т',
  tcy: 'т',
  Ucy: 'У',
  ucy: 'у',
  Fcy: 'Ф',
  fcy: 'ф',
  KHcy: 'Х',
  khcy: 'х',
  TScy: 'Ц',
  tscy: 'ц',
  CHcy: 'Ч',
  chcy: 'ч',
  SHcy: 'Ш',
  shcy: 'ш',
  SHCHcy: 'Щ',
  shchcy: 'щ',
  HARDcy: 'Ъ',
  hardcy: 'ъ',
  Ycy: 'Ы',
  ycy: 'ы',
  SOFTcy: 'Ь',
  softcy: 'ь',
  Ecy: 'Э',
  ecy: 'э',
  YUcy: 'Ю',
  yucy: 'ю',
  YAcy: 'Я',
  yacy: 'я',
  DJcy: 'Ђ',
  djcy: 'ђ',
  GJcy: 'Ѓ',
  gjcy: 'ѓ',
  Jukcy: 'Є',
  jukcy: 'є',
  DScy: 'Ѕ',
  dscy: 'ѕ',
  Iukcy: 'І',
  iukcy: 'і',
  YIcy: 'Ї',
  yicy: 'ї',
  Jsercy: 'Ј',
  jsercy: 'ј',
  LJcy: 'Љ',
  ljcy: 'љ',
  NJcy: 'Њ',
  njcy: 'њ',
  TSHcy: 'Ћ',
  tshcy: 'ћ',
  KJcy: 'Ќ',
  kjcy: 'ќ',
  Ubrcy: 'Ў',
  ubrcy: 'ў',
  DZcy: 'Џ',
  dzcy: 'џ',
};

/**
 * Mathematical Operators & Relations
 * @type {Record<string, string>}
 */
const MATH = {
  plus: '+',
  pm: '±',
  times: '×',
  div: '÷',
  divide: '÷',
  sdot: '⋅',
  star: '☆',
  starf: '★',
  bigstar: '★',
  lowast: '∗',
  ast: '*',
  midast: '*',
  compfn: '∘',
  smallcircle: '∘',
  bullet: '•',
  bull: '•',
  nbsp: '\u00a0',
  hellip: '…',
  mldr: '…',
  prime: '′',
  Prime: '″',
  tprime: '‴',
  bprime: '‵',
  backprime: '‵',
  minus: '−',
  minusd: '∸',
  dotminus: '∸',
  plusdo: '∔',
  dotplus: '∔',
  plusmn: '±',
  minusplus: '∓',
  mnplus: '∓',
  mp: '∓',
  setminus: '∖',
  smallsetminus: '∖',
  Backslash: '∖',
  setmn: '∖',
  ssetmn: '∖',
  lowbar: '_',
  verbar: '|',
  vert: '|',
  VerticalLine: '|',
  colon: ':',
  Colon: '∷',
  Proportion: '∷',
  ratio: '∶',
  equals: '=',
  ne: '≠',
  nequiv: '≢',
  equiv: '≡',
  Congruent: '≡',
  sim: '∼',
  thicksim: '∼',
  thksim: '∼',
  sime: '≃',
  simeq: '≃',
  TildeEqual: '≃',
  asymp: '≈',
  approx: '≈',
  thickapprox: '≈',
  thkap: '≈',
  TildeTilde: '≈',
  ncong: '≇',
  cong: '≅',
  TildeFullEqual: '≅',
  asympeq: '≍',
  CupCap: '≍',
  bump: '≎',
  Bumpeq: '≎',
  HumpDownHump: '≎',
  bumpe: '≏',
  bumpeq: '≏',
  HumpEqual: '≏',
  le: '≤',
  LessEqual: '≤',
  ge: '≥',
  GreaterEqual: '≥',
  lesseqgtr: '⋚',
  lesseqqgtr: '⪋',
  greater: '>',
  less: '<',
};

/**
 * Mathematical Operators (Advanced)
 * @type {Record<string, string>}
 */
const MATH_ADVANCED = {
  alefsym: 'ℵ',
  aleph: 'ℵ',
  beth: 'ℶ',
  gimel: 'ℷ',
  daleth: 'ℸ',
  forall: '∀',
  ForAll: '∀',
  part: '∂',
  PartialD: '∂',
  exist: '∃',
  Exists: '∃',
  nexist: '∄',
  nexists: '∄',
  empty: '∅',
  emptyset: '∅',
  emptyv: '∅',
  varnothing: '∅',
  nabla: '∇',
  Del: '∇',
  isin: '∈',
  isinv: '∈',
  in: '∈',
  Element: '∈',
  notin: '∉',
  notinva: '∉',
  ni: '∋',
  niv: '∋',
  SuchThat: '∋',
  ReverseElement: '∋',
  notni: '∌',
  notniva: '∌',
  prod: '∏',
  Product: '∏',
  coprod: '∐',
  Coproduct: '∐',
  sum: '∑',
  Sum: '∑',
  minus: '−',
  mp: '∓',
  plusdo: '∔',
  dotplus: '∔',
  setminus: '∖',
  lowast: '∗',
  radic: '√',
  Sqrt: '√',
  prop: '∝',
  propto: '∝',
  Proportional: '∝',
  varpropto: '∝',
  infin: '∞',
  infintie: '⧝',
  ang: '∠',
  angle: '∠',
  angmsd: '∡',
  measuredangle: '∡',
  angsph: '∢',
  mid: '∣',
  VerticalBar: '∣',
  nmid: '∤',
  nsmid: '∤',
  npar: '∦',
  parallel: '∥',
  spar: '∥',
  nparallel: '∦',
  nspar: '∦',
  and: '∧',
  wedge: '∧',
  or: '∨',
  vee: '∨',
  cap: '∩',
  cup: '∪',
  int: '∫',
  Integral: '∫',
  conint: '∮',
  ContourIntegral: '∮',
  Conint: '∯',
  DoubleContourIntegral: '∯',
  Cconint: '∰',
  there4: '∴',
  therefore: '∴',
  Therefore: '∴',
  becaus: '∵',
  because: '∵',
  Because: '∵',
  ratio: '∶',
  Proportion: '∷',
  minusd: '∸',
  dotminus: '∸',
  mDDot: '∺',
  homtht: '∻',
  sim: '∼',
  bsimg: '∽',
  backsim: '∽',
  ac: '∾',
  mstpos: '∾',
  acd: '∿',
  VerticalTilde: '≀',
  wr: '≀',
  wreath: '≀',
  nsime: '≄',
  nsimeq: '≄',
  ncong: '≇',
  simne: '≆',
  ncongdot: '⩭̸',
  ngsim: '≵',
  nsim: '≁',
  napprox: '≉',
  nap: '≉',
  ngeq: '≱',
  nge: '≱',
  nleq: '≰',
  nle: '≰',
  ngtr: '≯',
  ngt: '≯',
  nless: '≮',
  nlt: '≮',
  nprec: '⊀',
  npr: '⊀',
  nsucc: '⊁',
  nsc: '⊁',
};

/**
 * Arrows
 * @type {Record<string, string>}
 */
const ARROWS = {
  larr: '←',
  leftarrow: '←',
  LeftArrow: '←',
  uarr: '↑',
  uparrow: '↑',
  UpArrow: '↑',
  rarr: '→',
  rightarrow: '→',
  RightArrow: '→',
  darr: '↓',
  downarrow: '↓',
  DownArrow: '↓',
  harr: '↔',
  leftrightarrow: '↔',
  LeftRightArrow: '↔',
  varr: '↕',
  updownarrow: '↕',
  UpDownArrow: '↕',
  nwarr: '↖',
  nwarrow: '↖',
  UpperLeftArrow: '↖',
  nearr: '↗',
  nearrow: '↗',
  UpperRightArrow: '↗',
  searr: '↘',
  searrow: '↘',
  LowerRightArrow: '↘',
  swarr: '↙',
  swarrow: '↙',
  LowerLeftArrow: '↙',
  lArr: '⇐',
  Leftarrow: '⇐',
  uArr: '⇑',
  Uparrow: '⇑',
  rArr: '⇒',
  Rightarrow: '⇒',
  dArr: '⇓',
  Downarrow: '⇓',
  hArr: '⇔',
  Leftrightarrow: '⇔',
  iff: '⇔',
  vArr: '⇕',
  Updownarrow: '⇕',
  lAarr: '⇚',
  Lleftarrow: '⇚',
  rAarr: '⇛',
  Rrightarrow: '⇛',
  lrarr: '⇆',
  leftrightarrows: '⇆',
  rlarr: '⇄',
  rightleftarrows: '⇄',
  lrhar: '⇋',
  leftrightharpoons: '⇋',
  ReverseEquilibrium: '⇋',
  rlhar: '⇌',
  rightleftharpoons: '⇌',
  Equilibrium: '⇌',
  udarr: '⇅',
  UpArrowDownArrow: '⇅',
  duarr: '⇵',
  DownArrowUpArrow: '⇵',
  llarr: '⇇',
  leftleftarrows: '⇇',
  rrarr: '⇉',
  rightrightarrows: '⇉',
  ddarr: '⇊',
  downdownarrows: '⇊',
  har: '↽',
  lhard: '↽',
  leftharpoondown: '↽',
  lharu: '↼',
  leftharpoonup: '↼',
  rhard: '⇁',
  rightharpoondown: '⇁',
  rharu: '⇀',
  rightharpoonup: '⇀',
  lsh: '↰',
  Lsh: '↰',
  rsh: '↱',
  Rsh: '↱',
  ldsh: '↲',
  rdsh: '↳',
  hookleftarrow: '↩',
  hookrightarrow: '↪',
  mapstoleft: '↤',
  mapstoup: '↥',
  map: '↦',
  mapsto: '↦',
  mapstodown: '↧',
  crarr: '↵',
  nleftarrow: '↚',
  nleftrightarrow: '↮',
  nrightarrow: '↛',
  nrarr: '↛',
  larrtl: '↢',
  rarrtl: '↣',
  leftarrowtail: '↢',
  rightarrowtail: '↣',
  twoheadleftarrow: '↞',
  twoheadrightarrow: '↠',
  Larr: '↞',
  Rarr: '↠',
  larrhk: '↩',
  rarrhk: '↪',
  larrlp: '↫',
  looparrowleft: '↫',
  rarrlp: '↬',
  looparrowright: '↬',
  harrw: '↭',
  leftrightsquigarrow: '↭',
  nrarrw: '↝̸',
  rarrw: '↝',
  rightsquigarrow: '↝',
  larrbfs: '⤟',
  rarrbfs: '⤠',
  nvHarr: '⤄',
  nvlArr: '⤂',
  nvrArr: '⤃',
  larrfs: '⤝',
  rarrfs: '⤞',
  Map: '⤅',
  larrsim: '⥳',
  rarrsim: '⥴',
  harrcir: '⥈',
  Uarrocir: '⥉',
  lurdshar: '⥊',
  ldrdhar: '⥧',
  ldrushar: '⥋',
  rdldhar: '⥩',
  lrhard: '⥭',
  uharr: '↾',
  uharl: '↿',
  dharr: '⇂',
  dharl: '⇃',
  Uarr: '↟',
  Darr: '↡',
  zigrarr: '⇝',
  nwArr: '⇖',
  neArr: '⇗',
  seArr: '⇘',
  swArr: '⇙',
  nharr: '↮',
  nhArr: '⇎',
  nlarr: '↚',
  nlArr: '⇍',
  nrArr: '⇏',
  larrb: '⇤',
  LeftArrowBar: '⇤',
  rarrb: '⇥',
  RightArrowBar: '⇥',
};

/**
 * Geometric Shapes
 * @type {Record<string, string>}
 */
const SHAPES = {
  square: '□',
  Square: '□',
  squ: '□',
  squf: '▪',
  squarf: '▪',
  blacksquar: '▪',
  blacksquare: '▪',
  FilledVerySmallSquare: '▪',
  blk34: '▓',
  blk12: '▒',
  blk14: '░',
  block: '█',
  srect: '▭',
  rect: '▭',
  sdot: '⋅',
  sdotb: '⊡',
  dotsquare: '⊡',
  triangle: '▵',
  tri: '▵',
  trine: '▵',
  utri: '▵',
  triangledown: '▿',
  dtri: '▿',
  tridown: '▿',
  triangleleft: '◃',
  ltri: '◃',
  triangleright: '▹',
  rtri: '▹',
  blacktriangle: '▴',
  utrif: '▴',
  blacktriangledown: '▾',
  dtrif: '▾',
  blacktriangleleft: '◂',
  ltrif: '◂',
  blacktriangleright: '▸',
  rtrif: '▸',
  loz: '◊',
  lozenge: '◊',
  blacklozenge: '⧫',
  lozf: '⧫',
  bigcirc: '◯',
  xcirc: '◯',
  circ: 'ˆ',
  Circle: '○',
  cir: '○',
  o: '○',
  bullet: '•',
  bull: '•',
  hellip: '…',
  mldr: '…',
  nldr: '‥',
  boxh: '─',
  HorizontalLine: '─',
  boxv: '│',
  boxdr: '┌',
  boxdl: '┐',
  boxur: '└',
  boxul: '┘',
  boxvr: '├',
  boxvl: '┤',
  boxhd: '┬',
  boxhu: '┴',
  boxvh: '┼',
  boxH: '═',
  boxV: '║',
  boxdR: '╒',
  boxDr: '╓',
  boxDR: '╔',
  boxDl: '╕',
  boxdL: '╖',
  boxDL: '╗',
  boxuR: '╘',
  boxUr: '╙',
  boxUR: '╚',
  boxUl: '╜',
  boxuL: '╛',
  boxUL: '╝',
  boxvR: '╞',
  boxVr: '╟',
  boxVR: '╠',
  boxVl: '╢',
  boxvL: '╡',
  boxVL: '╣',
  boxHd: '╤',
  boxhD: '╥',
  boxHD: '╦',
  boxHu: '╧',
  boxhU: '╨',
  boxHU: '╩',
  boxvH: '╪',
  boxVh: '╫',
  boxVH: '╬',
};

/**
 * Punctuation & Diacritics
 * @type {Record<string, string>}
 */
const PUNCTUATION = {
  excl: '!',
  iexcl: '¡',
  brvbar: '¦',
  sect: '§',
  uml: '¨',
  copy: '©',
  ordf: 'ª',
  laquo: '«',
  not: '¬',
  shy: '\u00ad',
  reg: '®',
  macr: '¯',
  deg: '°',
  plusmn: '±',
  sup2: '²',
  sup3: '³',
  acute: '´',
  micro: 'µ',
  para: '¶',
  middot: '·',
  cedil: '¸',
  sup1: '¹',
  ordm: 'º',
  raquo: '»',
  frac14: '¼',
  frac12: '½',
  frac34: '¾',
  iquest: '¿',
  nbsp: '\u00a0',
  comma: ',',
  period: '.',
  colon: ':',
  semi: ';',
  vert: '|',
  Verbar: '‖',
  verbar: '|',
  dblac: '˝',
  circ: 'ˆ',
  caron: 'ˇ',
  breve: '˘',
  dot: '˙',
  ring: '˚',
  ogon: '˛',
  tilde: '˜',
  DiacriticalGrave: '`',
  DiacriticalAcute: '´',
  DiacriticalTilde: '˜',
  DiacriticalDot: '˙',
  DiacriticalDoubleAcute: '˝',
  grave: '`',
};

/**
 * Currency Symbols
 * @type {Record<string, string>}
 */
const CURRENCY = {
  cent: '¢',
  pound: '£',
  curren: '¤',
  yen: '¥',
  euro: '€',
  dollar: '$',
  fnof: 'ƒ',
  inr: '₹',
  af: '؋',
  birr: 'ብር',
  peso: '₱',
  rub: '₽',
  won: '₩',
  yuan: '¥',
  cedil: '¸',
};

/**
 * Fractions
 * @type {Record<string, string>}
 */
const FRACTIONS = {
  frac12: '½',
  half: '½',
  frac13: '⅓',
  frac14: '¼',
  frac15: '⅕',
  frac16: '⅙',
  frac18: '⅛',
  frac23: '⅔',
  frac25: '⅖',
  frac34: '¾',
  frac35: '⅗',
  frac38: '⅜',
  frac45: '⅘',
  frac56: '⅚',
  frac58: '⅝',
  frac78: '⅞',
  frasl: '⁄',
};

/**
 * Miscellaneous Symbols
 * @type {Record<string, string>}
 */
const MISC_SYMBOLS = {
  trade: '™',
  TRADE: '™',
  telrec: '⌕',
  target: '⌖',
  ulcorn: '⌜',
  ulcorner: '⌜',
  urcorn: '⌝',
  urcorner: '⌝',
  dlcorn: '⌞',
  llcorner: '⌞',
  drcorn: '⌟',
  lrcorner: '⌟',
  intercal: '⊺',
  intcal: '⊺',
  oplus: '⊕',
  CirclePlus: '⊕',
  ominus: '⊖',
  CircleMinus: '⊖',
  otimes: '⊗',
  CircleTimes: '⊗',
  osol: '⊘',
  odot: '⊙',
  CircleDot: '⊙',
  oast: '⊛',
  circledast: '⊛',
  odash: '⊝',
  circleddash: '⊝',
  ocirc: '⊚',
  circledcirc: '⊚',
  boxplus: '⊞',
  plusb: '⊞',
  boxminus: '⊟',
  minusb: '⊟',
  boxtimes: '⊠',
  timesb: '⊠',
  boxdot: '⊡',
  sdotb: '⊡',
  veebar: '⊻',
  vee: '∨',
  barvee: '⊽',
  and: '∧',
  wedge: '∧',
  Cap: '⋒',
  Cup: '⋓',
  Fork: '⋔',
  pitchfork: '⋔',
  epar: '⋕',
  ltlarr: '⥶',
  nvap: '≍⃒',
  nvsim: '∼⃒',
  nvge: '≥⃒',
  nvle: '≤⃒',
  nvlt: '<⃒',
  nvgt: '>⃒',
  nvltrie: '⊴⃒',
  nvrtrie: '⊵⃒',
  Vdash: '⊩',
  dashv: '⊣',
  vDash: '⊨',
  Vvdash: '⊪',
  nvdash: '⊬',
  nvDash: '⊭',
  nVdash: '⊮',
  nVDash: '⊯',
};

const XML = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: "\""
}
const COMMON_HTML = {
  nbsp: '\u00a0',
  copy: '\u00a9',
  reg: '\u00ae',
  trade: '\u2122',
  mdash: '\u2014',
  ndash: '\u2013',
  hellip: '\u2026',
  laquo: '\u00ab',
  raquo: '\u00bb',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201c',
  rdquo: '\u201d',
  bull: '\u2022',
  para: '\u00b6',
  sect: '\u00a7',
  deg: '\u00b0',
  frac12: '\u00bd',
  frac14: '\u00bc',
  frac34: '\u00be',
}
// ---------------------------------------------------------------------------
// Note: NUMERIC_ENTITIES (&#NNN; / &#xHH;) are handled by the scanner directly
// via String.fromCodePoint() without any map lookup.
// ---------------------------------------------------------------------------
;// CONCATENATED MODULE: ./node_modules/@nodable/entities/src/EntityDecoder.js
// ---------------------------------------------------------------------------
// Built-in named entity map  (name → replacement string)
// No regex, no {regex,val} objects — just flat key/value pairs.
// ---------------------------------------------------------------------------



// ---------------------------------------------------------------------------
// Entity hook action constants
// ---------------------------------------------------------------------------

/**
 * Action constants for `onExternalEntity` and `onInputEntity` hooks.
 *
 * Use these instead of raw strings to avoid typos:
 *
 * @example
 * import EntityDecoder, { ENTITY_ACTION } from './EntityDecoder.js';
 * const dec = new EntityDecoder({
 *   onInputEntity: (name, value) => ENTITY_ACTION.BLOCK,
 * });
 */
const ENTITY_ACTION = Object.freeze({
  /** Resolve and expand the entity normally. */
  ALLOW: 'allow',
  /** Silently skip this entity — it will not be registered. */
  BLOCK: 'block',
  /** Throw an error, aborting entity registration entirely. */
  THROW: 'throw',
});

// ---------------------------------------------------------------------------
// Helpers
// ---------------------------------------------------------------------------

const SPECIAL_CHARS = new Set('!?\\\\/[]$%{}^&*()<>|+');

/**
 * Validate that an entity name contains no dangerous characters.
 * @param {string} name
 * @returns {string} the name, unchanged
 * @throws {Error} on invalid characters
 */
function EntityDecoder_validateEntityName(name) {
  if (name[0] === '#') {
    throw new Error(`[EntityReplacer] Invalid character '#' in entity name: "${name}"`);
  }
  for (const ch of name) {
    if (SPECIAL_CHARS.has(ch)) {
      throw new Error(`[EntityReplacer] Invalid character '${ch}' in entity name: "${name}"`);
    }
  }
  return name;
}

/**
 * Merge one or more entity maps into a flat name→string map.
 * Accepts either:
 *   - plain string values:             { amp: '&' }
 *   - legacy {regex,val} / {regx,val}: { lt: { regex: /.../, val: '<' } }
 *
 * Values containing '&' are skipped (recursive expansion risk).
 *
 * @param {...object} maps
 * @returns {Record<string, string>}
 */
function mergeEntityMaps(...maps) {
  const out = Object.create(null);
  for (const map of maps) {
    if (!map) continue;
    for (const key of Object.keys(map)) {
      const raw = map[key];
      if (typeof raw === 'string') {
        out[key] = raw;
      } else if (raw && typeof raw === 'object' && raw.val !== undefined) {
        // Legacy {regex,val} or {regx,val} — extract the string val only
        const val = raw.val;
        if (typeof val === 'string') {
          out[key] = val;
        }
        // function vals are not supported in the scanner — skip
      }
    }
  }
  return out;
}

// ---------------------------------------------------------------------------
// applyLimitsTo helpers
// ---------------------------------------------------------------------------

const LIMIT_TIER_EXTERNAL = 'external'; // input/runtime + persistent external maps
const LIMIT_TIER_BASE = 'base';     // DEFAULT_XML_ENTITIES + namedEntities (system) maps
const LIMIT_TIER_ALL = 'all';      // every entity regardless of tier

/**
 * Resolve `applyLimitsTo` option into a normalised Set of tier strings.
 * Accepted values: 'external' | 'base' | 'all' | string[]
 * Default: 'external' (only untrusted injected entities are counted).
 * @param {string|string[]|undefined} raw
 * @returns {Set<string>}
 */
function parseLimitTiers(raw) {
  if (!raw || raw === LIMIT_TIER_EXTERNAL) return new Set([LIMIT_TIER_EXTERNAL]);
  if (raw === LIMIT_TIER_ALL) return new Set([LIMIT_TIER_ALL]);
  if (raw === LIMIT_TIER_BASE) return new Set([LIMIT_TIER_BASE]);
  if (Array.isArray(raw)) return new Set(raw);
  return new Set([LIMIT_TIER_EXTERNAL]); // safe default for unrecognised values
}

// ---------------------------------------------------------------------------
// NCR (Numeric Character Reference) classification
// ---------------------------------------------------------------------------

// Severity order — higher number = stricter action.
// Used to enforce minimum action levels for specific codepoint ranges.
const NCR_LEVEL = Object.freeze({ allow: 0, leave: 1, remove: 2, throw: 3 });

// XML 1.0 §2.2: allowed chars are #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]
// Restricted C0: U+0001–U+001F excluding U+0009, U+000A, U+000D
const XML10_ALLOWED_C0 = new Set([0x09, 0x0A, 0x0D]);

/**
 * Parse the `ncr` constructor option into flat, hot-path-friendly fields.
 * @param {object|undefined} ncr
 * @returns {{ xmlVersion: number, onLevel: number, nullLevel: number }}
 */
function parseNCRConfig(ncr) {
  if (!ncr) {
    return { xmlVersion: 1.0, onLevel: NCR_LEVEL.allow, nullLevel: NCR_LEVEL.remove };
  }
  const xmlVersion = ncr.xmlVersion === 1.1 ? 1.1 : 1.0;
  const onLevel = NCR_LEVEL[ncr.onNCR] ?? NCR_LEVEL.allow;
  const nullLevel = NCR_LEVEL[ncr.nullNCR] ?? NCR_LEVEL.remove;
  // 'allow' is not meaningful for null — clamp to at least 'remove'
  const clampedNull = Math.max(nullLevel, NCR_LEVEL.remove);
  return { xmlVersion, onLevel, nullLevel: clampedNull };
}

// ---------------------------------------------------------------------------
// EntityReplacer
// ---------------------------------------------------------------------------

/**
 * Single-pass, zero-regex entity replacer for XML/HTML content.
 *
 * Algorithm: scan the string once for '&', read to ';', resolve via map
 * or direct codepoint conversion, build output chunks, join once at the end.
 *
 * Entity lookup priority (highest → lowest):
 *   1. input / runtime  (DOCTYPE entities for current document)
 *   2. persistent external (survive across documents)
 *   3. base named map   (DEFAULT_XML_ENTITIES + user-supplied namedEntities)
 *
 * Both input and external resolve as the 'external' tier for limit purposes.
 * Base map entities resolve as the 'base' tier.
 *
 * Numeric / hex references (&#NNN; / &#xHH;) are resolved directly via
 * String.fromCodePoint() — no map needed. They count as 'base' tier.
 *
 * @example
 * const replacer = new EntityReplacer({ namedEntities: COMMON_HTML });
 * replacer.setExternalEntities({ brand: 'Acme' });
 *
 * const instance = replacer.reset();
 * instance.addInputEntities({ version: '1.0' });
 * instance.encode('&brand; v&version; &lt;'); // 'Acme v1.0 <'
 */
class EntityDecoder {
  /**
   * @param {object} [options]
   * @param {object|null}  [options.namedEntities]        — extra named entities merged into base map
   * @param {object}  [options.limit]                 — security limits
   * @param {number}       [options.limit.maxTotalExpansions=0]  — 0 = unlimited
   * @param {number}       [options.limit.maxExpandedLength=0]   — 0 = unlimited
   * @param {'external'|'base'|'all'|string[]} [options.limit.applyLimitsTo='external']
   *   Which entity tiers count against the security limits:
   *   - 'external' (default) — only input/runtime + persistent external entities
   *   - 'base'               — only DEFAULT_XML_ENTITIES + namedEntities
   *   - 'all'                — every entity regardless of tier
   *   - string[]             — explicit combination, e.g. ['external', 'base']
   * @param {((resolved: string, original: string) => string)|null} [options.postCheck=null]
   * @param {string[]} [options.remove=[]] — entity names (e.g. ['nbsp', '#13']) to delete (replace with empty string)
   * @param {string[]} [options.leave=[]]  — entity names to keep as literal (unchanged in output)
   * @param {object}   [options.ncr]       — Numeric Character Reference controls
   * @param {1.0|1.1}  [options.ncr.xmlVersion=1.0]
   *   XML version governing which codepoint ranges are restricted:
   *   - 1.0 — C0 controls U+0001–U+001F (except U+0009/000A/000D) are prohibited
   *   - 1.1 — C0 controls are allowed when written as NCRs; C1 (U+007F–U+009F) decoded as-is
   * @param {'allow'|'leave'|'remove'|'throw'} [options.ncr.onNCR='allow']
   *   Base action for numeric references. Severity order: allow < leave < remove < throw.
   *   For codepoint ranges that carry a minimum level (surrogates → remove, XML 1.0 C0 → remove),
   *   the effective action is max(onNCR, rangeMinimum).
   * @param {'remove'|'throw'} [options.ncr.nullNCR='remove']
   *   Action for U+0000 (null). 'allow' and 'leave' are clamped to 'remove' since null is never safe.
   * @param {((name: string, value: string) => 'allow'|'block'|'throw')|null} [options.onExternalEntity=null]
   *   Hook called when an external entity is registered via `setExternalEntities()` or
   *   `addExternalEntity()`. Return `ENTITY_ACTION.ALLOW` to accept the entity,
   *   `ENTITY_ACTION.BLOCK` to silently skip it, or `ENTITY_ACTION.THROW` to abort with an error.
   * @param {((name: string, value: string) => 'allow'|'block'|'throw')|null} [options.onInputEntity=null]
   *   Hook called when an input entity is registered via `addInputEntities()`. Return
   *   `ENTITY_ACTION.ALLOW` to accept, `ENTITY_ACTION.BLOCK` to silently skip, or
   *   `ENTITY_ACTION.THROW` to abort with an error.
   */
  constructor(options = {}) {
    this._limit = options.limit || {};
    this._maxTotalExpansions = this._limit.maxTotalExpansions || 0;
    this._maxExpandedLength = this._limit.maxExpandedLength || 0;
    this._postCheck = typeof options.postCheck === 'function' ? options.postCheck : r => r;
    this._limitTiers = parseLimitTiers(this._limit.applyLimitsTo ?? LIMIT_TIER_EXTERNAL);
    this._numericAllowed = options.numericAllowed ?? true;
    // Base map: DEFAULT_XML_ENTITIES + user-supplied extras. Immutable after construction.
    this._baseMap = mergeEntityMaps(XML, options.namedEntities || null);

    // Persistent external entities — survive across documents.
    // Stored as a separate map so reset() never touches them.
    /** @type {Record<string, string>} */
    this._externalMap = Object.create(null);

    // Input / runtime entities — current document only, wiped on reset().
    /** @type {Record<string, string>} */
    this._inputMap = Object.create(null);

    // Per-document counters
    this._totalExpansions = 0;
    this._expandedLength = 0;

    // --- New: remove / leave sets ---
    /** @type {Set<string>} */
    this._removeSet = new Set(options.remove && Array.isArray(options.remove) ? options.remove : []);
    /** @type {Set<string>} */
    this._leaveSet = new Set(options.leave && Array.isArray(options.leave) ? options.leave : []);

    // --- NCR config (parsed into flat fields for hot-path speed) ---
    const ncrCfg = parseNCRConfig(options.ncr);
    this._ncrXmlVersion = ncrCfg.xmlVersion;
    this._ncrOnLevel = ncrCfg.onLevel;
    this._ncrNullLevel = ncrCfg.nullLevel;

    // --- Registration hooks ---
    /** @type {((name: string, value: string) => 'allow'|'block'|'throw')|null} */
    this._onExternalEntity = typeof options.onExternalEntity === 'function'
      ? options.onExternalEntity
      : null;
    /** @type {((name: string, value: string) => 'allow'|'block'|'throw')|null} */
    this._onInputEntity = typeof options.onInputEntity === 'function'
      ? options.onInputEntity
      : null;
  }

  // -------------------------------------------------------------------------
  // Private: registration hook dispatch
  // -------------------------------------------------------------------------

  /**
   * Invoke a registration hook for a single entity name/value pair.
   * Returns true when the entity should be accepted, false when it should be
   * silently skipped (BLOCK), and throws when the hook returns THROW.
   *
   * @param {((name: string, value: string) => 'allow'|'block'|'throw')|null} hook
   * @param {string} name
   * @param {string} value
   * @param {string} context  — used in error messages ('external' | 'input')
   * @returns {boolean}  true = accept, false = skip
   */
  _applyRegistrationHook(hook, name, value, context) {
    if (!hook) return true; // no hook → always accept
    const action = hook(name, value);
    if (action === ENTITY_ACTION.BLOCK) return false;
    if (action === ENTITY_ACTION.THROW) {
      throw new Error(
        `[EntityDecoder] Registration of ${context} entity "&${name};" was rejected by hook`
      );
    }
    return true; // ALLOW or any unknown return value → accept
  }

  // -------------------------------------------------------------------------
  // Persistent external entity registration
  // -------------------------------------------------------------------------

  /**
   * Replace the full set of persistent external entities.
   * All keys are validated — throws on invalid characters.
   * If `onExternalEntity` is set, it is called once per entry; entries that
   * return `ENTITY_ACTION.BLOCK` are silently omitted, `ENTITY_ACTION.THROW`
   * aborts the whole call.
   * @param {Record<string, string | { regex?: RegExp, val: string }>} map
   */
  setExternalEntities(map) {
    if (map) {
      for (const key of Object.keys(map)) {
        EntityDecoder_validateEntityName(key);
      }
    }
    if (!this._onExternalEntity) {
      this._externalMap = mergeEntityMaps(map);
      return;
    }
    // Hook present — resolve values first, then filter
    const flat = mergeEntityMaps(map);
    const filtered = Object.create(null);
    for (const [name, value] of Object.entries(flat)) {
      if (this._applyRegistrationHook(this._onExternalEntity, name, value, 'external')) {
        filtered[name] = value;
      }
    }
    this._externalMap = filtered;
  }

  /**
   * Add a single persistent external entity.
   * If `onExternalEntity` is set it is called before the entity is stored;
   * `ENTITY_ACTION.BLOCK` silently skips storage, `ENTITY_ACTION.THROW` raises.
   * @param {string} key
   * @param {string} value
   */
  addExternalEntity(key, value) {
    EntityDecoder_validateEntityName(key);
    if (typeof value === 'string' && value.indexOf('&') === -1) {
      if (this._applyRegistrationHook(this._onExternalEntity, key, value, 'external')) {
        this._externalMap[key] = value;
      }
    }
  }

  // -------------------------------------------------------------------------
  // Input / runtime entity registration (per document)
  // -------------------------------------------------------------------------

  /**
   * Inject DOCTYPE entities for the current document.
   * Also resets per-document expansion counters.
   * If `onInputEntity` is set it is called once per entry; entries returning
   * `ENTITY_ACTION.BLOCK` are silently omitted, `ENTITY_ACTION.THROW` aborts.
   * @param {Record<string, string | { regx?: RegExp, regex?: RegExp, val: string }>} map
   */
  addInputEntities(map) {
    this._totalExpansions = 0;
    this._expandedLength = 0;
    if (!this._onInputEntity) {
      this._inputMap = mergeEntityMaps(map);
      return;
    }
    const flat = mergeEntityMaps(map);
    const filtered = Object.create(null);
    for (const [name, value] of Object.entries(flat)) {
      if (this._applyRegistrationHook(this._onInputEntity, name, value, 'input')) {
        filtered[name] = value;
      }
    }
    this._inputMap = filtered;
  }

  // -------------------------------------------------------------------------
  // Per-document reset
  // -------------------------------------------------------------------------

  /**
   * Wipe input/runtime entities and reset counters.
   * Call this before processing each new document.
   * @returns {this}
   */
  reset() {
    this._inputMap = Object.create(null);
    this._totalExpansions = 0;
    this._expandedLength = 0;
    return this;
  }

  // -------------------------------------------------------------------------
  // XML version (can be set after construction, e.g. once parser reads <?xml?>)
  // -------------------------------------------------------------------------

  /**
   * Update the XML version used for NCR classification.
   * Call this as soon as the document's `<?xml version="...">` declaration is parsed.
   * @param {1.0|1.1|number} version
   */
  setXmlVersion(version) {
    this._ncrXmlVersion = version === 1.1 ? 1.1 : 1.0;
  }

  // -------------------------------------------------------------------------
  // Primary API
  // -------------------------------------------------------------------------

  /**
   * Replace all entity references in `str` in a single pass.
   *
   * @param {string} str
   * @returns {string}
   */
  decode(str) {
    if (typeof str !== 'string' || str.length === 0) return str;
    //TODO: check if needed
    if (str.indexOf('&') === -1) return str; // fast path — no entities at all

    const original = str;
    const chunks = [];
    const len = str.length;
    let last = 0; // start of next unprocessed literal chunk
    let i = 0;

    const limitExpansions = this._maxTotalExpansions > 0;
    const limitLength = this._maxExpandedLength > 0;
    const checkLimits = limitExpansions || limitLength;

    while (i < len) {
      // Scan forward to next '&'
      if (str.charCodeAt(i) !== 38 /* '&' */) { i++; continue; }

      // --- Found '&' at position i ---

      // Scan forward to ';'
      let j = i + 1;
      while (j < len && str.charCodeAt(j) !== 59 /* ';' */ && (j - i) <= 32) j++;

      if (j >= len || str.charCodeAt(j) !== 59) {
        // No closing ';' within window — treat '&' as literal
        i++;
        continue;
      }

      // Raw token between '&' and ';' (exclusive)
      const token = str.slice(i + 1, j);
      if (token.length === 0) { i++; continue; }

      let replacement;
      let tier; // which limit tier this entity belongs to

      if (this._removeSet.has(token)) {
        // Remove entity: replace with empty string
        replacement = '';
        // If entity was unknown (replacement undefined), we still need a tier for limits.
        // Treat as external tier because it's user-directed removal of an unknown reference.
        if (tier === undefined) {
          tier = LIMIT_TIER_EXTERNAL;
        }
      } else if (this._leaveSet.has(token)) {
        // Do not replace — keep original &token; as literal
        i++;
        continue;
      } else if (token.charCodeAt(0) === 35 /* '#' */) {
        // ---- Numeric / NCR reference ----
        // NCR classification always runs first — prohibited codepoints must be
        // caught regardless of numericAllowed.
        const ncrResult = this._resolveNCR(token);
        if (ncrResult === undefined) {
          // 'leave' action — keep original &token; as-is
          i++;
          continue;
        }
        replacement = ncrResult; // '' for remove, char string for allow
        tier = LIMIT_TIER_BASE;
      } else {
        // ---- Named reference ----
        const resolved = this._resolveName(token);
        replacement = resolved?.value;
        tier = resolved?.tier;
      }

      if (replacement === undefined) {
        // Unknown entity — leave as-is, advance past '&' only
        i++;
        continue;
      }

      // Flush literal chunk before this entity
      if (i > last) chunks.push(str.slice(last, i));
      chunks.push(replacement);
      last = j + 1; // skip past ';'
      i = last;

      // Apply expansion limits only if this tier is being tracked
      if (checkLimits && this._tierCounts(tier)) {
        if (limitExpansions) {
          this._totalExpansions++;
          if (this._totalExpansions > this._maxTotalExpansions) {
            throw new Error(
              `[EntityReplacer] Entity expansion count limit exceeded: ` +
              `${this._totalExpansions} > ${this._maxTotalExpansions}`
            );
          }
        }
        if (limitLength) {
          // delta: replacement.length minus the raw &token; length (token.length + 2 for '&' and ';')
          const delta = replacement.length - (token.length + 2);
          if (delta > 0) {
            this._expandedLength += delta;
            if (this._expandedLength > this._maxExpandedLength) {
              throw new Error(
                `[EntityReplacer] Expanded content length limit exceeded: ` +
                `${this._expandedLength} > ${this._maxExpandedLength}`
              );
            }
          }
        }
      }
    }

    // Flush trailing literal
    if (last < len) chunks.push(str.slice(last));

    // If nothing was replaced, chunks is empty — return original
    const result = chunks.length === 0 ? str : chunks.join('');

    return this._postCheck(result, original);
  }

  // -------------------------------------------------------------------------
  // Private: limit tier check
  // -------------------------------------------------------------------------

  /**
   * Returns true if a resolved entity of the given tier should count
   * against the expansion/length limits.
   * @param {string} tier  — LIMIT_TIER_EXTERNAL | LIMIT_TIER_BASE
   * @returns {boolean}
   */
  _tierCounts(tier) {
    if (this._limitTiers.has(LIMIT_TIER_ALL)) return true;
    return this._limitTiers.has(tier);
  }

  // -------------------------------------------------------------------------
  // Private: entity resolution
  // -------------------------------------------------------------------------

  /**
   * Resolve a named entity token (without & and ;).
   * Priority: inputMap > externalMap > baseMap
   * Returns the resolved value tagged with its limit tier.
   *
   * @param {string} name
   * @returns {{ value: string, tier: string }|undefined}
   */
  _resolveName(name) {
    // input and external both count as 'external' tier for limit purposes —
    // they are injected at runtime and are the untrusted surface.
    if (name in this._inputMap) return { value: this._inputMap[name], tier: LIMIT_TIER_EXTERNAL };
    if (name in this._externalMap) return { value: this._externalMap[name], tier: LIMIT_TIER_EXTERNAL };
    if (name in this._baseMap) return { value: this._baseMap[name], tier: LIMIT_TIER_BASE };
    return undefined;
  }

  /**
   * Classify a codepoint and return the minimum action level that must be applied.
   * Returns -1 when no minimum is imposed (normal allow path).
   *
   * Ranges checked (in priority order):
   *   1. U+0000            — null, governed by nullNCR (always ≥ remove)
   *   2. U+D800–U+DFFF     — surrogates, always prohibited (min: remove)
   *   3. U+0001–U+001F \ {0x09,0x0A,0x0D}  — XML 1.0 restricted C0 (min: remove)
   *      (skipped in XML 1.1 — C0 controls are allowed when written as NCRs)
   *
   * @param {number} cp  — codepoint
   * @returns {number}   — minimum NCR_LEVEL value, or -1 for no restriction
   */
  _classifyNCR(cp) {
    // 1. Null
    if (cp === 0) return this._ncrNullLevel;

    // 2. Surrogates — always prohibited, minimum 'remove'
    if (cp >= 0xD800 && cp <= 0xDFFF) return NCR_LEVEL.remove;

    // 3. XML 1.0 restricted C0 controls
    if (this._ncrXmlVersion === 1.0) {
      if (cp >= 0x01 && cp <= 0x1F && !XML10_ALLOWED_C0.has(cp)) return NCR_LEVEL.remove;
    }

    return -1; // no restriction
  }

  /**
   * Execute a resolved NCR action.
   *
   * @param {number} action   — NCR_LEVEL value
   * @param {string} token    — raw token (e.g. '#38') for error messages
   * @param {number} cp       — codepoint, used only for error messages
   * @returns {string|undefined}
   *   - decoded character string  → 'allow'
   *   - ''                        → 'remove'
   *   - undefined                 → 'leave' (caller must skip past '&' only)
   *   - throws Error              → 'throw'
   */
  _applyNCRAction(action, token, cp) {
    switch (action) {
      case NCR_LEVEL.allow: return String.fromCodePoint(cp);
      case NCR_LEVEL.remove: return '';
      case NCR_LEVEL.leave: return undefined; // signal: keep literal
      case NCR_LEVEL.throw:
        throw new Error(
          `[EntityDecoder] Prohibited numeric character reference ` +
          `&${token}; (U+${cp.toString(16).toUpperCase().padStart(4, '0')})`
        );
      default: return String.fromCodePoint(cp);
    }
  }

  /**
   * Full NCR resolution pipeline for a numeric token.
   *
   * Steps:
   *   1. Parse the codepoint (decimal or hex).
   *   2. Validate the raw codepoint range (NaN, <0, >0x10FFFF).
   *   3. If numericAllowed is false and no minimum restriction applies → leave as-is.
   *   4. Classify the codepoint to find the minimum required action level.
   *   5. Resolve effective action = max(onNCR, minimum).
   *   6. Apply and return.
   *
   * @param {string} token  — e.g. '#38', '#x26', '#X26'
   * @returns {string|undefined}
   *   - string (incl. '')  — replacement ('' = remove)
   *   - undefined          — leave original &token; as-is
   */
  _resolveNCR(token) {
    // Step 1: parse codepoint
    const second = token.charCodeAt(1);
    let cp;
    if (second === 120 /* x */ || second === 88 /* X */) {
      cp = parseInt(token.slice(2), 16);
    } else {
      cp = parseInt(token.slice(1), 10);
    }

    // Step 2: out-of-range → leave as-is unconditionally
    if (Number.isNaN(cp) || cp < 0 || cp > 0x10FFFF) return undefined;

    // Step 3: classify to get minimum action level
    const minimum = this._classifyNCR(cp);

    // Step 4: if numericAllowed is false and no hard minimum → leave
    if (!this._numericAllowed && minimum < NCR_LEVEL.remove) return undefined;

    // Step 5: effective action = max(configured onNCR, range minimum)
    const effective = minimum === -1
      ? this._ncrOnLevel
      : Math.max(this._ncrOnLevel, minimum);

    // Step 6: apply
    return this._applyNCRAction(effective, token, cp);
  }
}
;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/sql.js
/**
 * SQL context patterns — high-precision rules only.
 *
 * These rules have very low false-positive risk and are safe to apply to
 * general user text (names, descriptions, search queries, etc.).
 * All patterns are ReDoS-safe — unlike the `sql-injection` npm package
 * which has an active CVE on its own detection regexes.
 *
 * For exhaustive coverage including noisier heuristics (comment sequences,
 * hex literals, stacked queries with semicolons), use 'SQL-STRICT' instead.
 * Apply 'SQL-STRICT' only to strings that are specifically SQL fragments,
 * not to general free-text fields.
 */

const SQL_PATTERNS = [
  {
    id: 'sql-block-comment-open',
    description: 'SQL block comment open: /* ... */ — unusual in legitimate user text',
    pattern: /\/\*/,
  },
  {
    id: 'sql-union-select',
    description: 'UNION SELECT — most common SQL injection aggregation attack',
    pattern: /\bUNION\s{1,20}(?:ALL\s{1,20})?SELECT\b/i,
  },
  {
    id: 'sql-drop-table',
    description: 'DROP TABLE — destructive DDL injection',
    pattern: /\bDROP\s{1,20}TABLE\b/i,
  },
  {
    id: 'sql-drop-database',
    description: 'DROP DATABASE — destructive DDL injection',
    pattern: /\bDROP\s{1,20}DATABASE\b/i,
  },
  {
    id: 'sql-insert-into',
    description: 'INSERT INTO — data injection',
    pattern: /\bINSERT\s{1,20}INTO\b/i,
  },
  {
    id: 'sql-delete-from',
    description: 'DELETE FROM — data deletion injection',
    pattern: /\bDELETE\s{1,20}FROM\b/i,
  },
  {
    id: 'sql-update-set',
    description: 'UPDATE ... SET — data modification injection',
    // Allows arbitrary content between UPDATE and SET (table name, alias, etc.)
    pattern: /\bUPDATE\b[\s\S]{1,60}\bSET\b/i,
  },
  {
    id: 'sql-exec-xp',
    description: 'EXEC xp_ — MSSQL extended stored procedure execution',
    pattern: /\bEXEC(?:UTE)?\s{1,20}xp_/i,
  },
  {
    id: 'sql-tautology-string',
    description: "Classic string tautology: ' OR '1'='1 or \" OR \"1\"=\"1\"",
    // Last quote is optional — injection may truncate it: ' OR '1'='1--
    pattern: /'\s{0,10}OR\s{0,10}'[^']{0,20}'\s*=\s*'[^']{0,20}/i,
  },
  {
    id: 'sql-tautology-numeric',
    description: 'Numeric tautology: OR 1=1',
    pattern: /\bOR\s{1,10}1\s*=\s*1\b/i,
  },
  {
    id: 'sql-always-true-zero',
    description: 'Numeric tautology: OR 0=0',
    pattern: /\bOR\s{1,10}0\s*=\s*0\b/i,
  },
  {
    id: 'sql-sleep-benchmark',
    description: 'Time-based blind injection: SLEEP() or BENCHMARK()',
    pattern: /\b(?:SLEEP|BENCHMARK)\s*\(/i,
  },
  {
    id: 'sql-waitfor-delay',
    description: 'MSSQL time-based blind injection: WAITFOR DELAY',
    pattern: /\bWAITFOR\s{1,20}DELAY\b/i,
  },
  {
    id: 'sql-char-function',
    description: 'CHAR() function — used to obfuscate injected strings',
    pattern: /\bCHAR\s*\(\s*\d{1,3}/i,
  },
  {
    id: 'sql-information-schema',
    description: 'INFORMATION_SCHEMA — reconnaissance query for table/column enumeration',
    pattern: /\bINFORMATION_SCHEMA\b/i,
  },
];

/* harmony default export */ const sql = (SQL_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/sql-strict.js
/**
 * SQL-STRICT context patterns.
 *
 * Extends the base 'SQL' context with three additional rules that are
 * effective at detecting real injections but carry a higher false-positive
 * risk on general free-text input.
 *
 * Use 'SQL-STRICT' when:
 *   - The string is specifically a SQL fragment or database identifier
 *   - You control the input domain (e.g. a dedicated SQL search field)
 *   - You can tolerate occasional false positives in exchange for broader coverage
 *
 * Use 'SQL' (not STRICT) when:
 *   - The field is general user text (names, descriptions, comments)
 *   - False positives would block legitimate content (e.g. "see note -- above")
 *
 * Rules moved here from 'SQL' due to false-positive risk:
 *
 *   sql-line-comment   — "--" fires on "see note -- above", "value--", CSS var(--primary)
 *   sql-stacked-query  — "; SELECT" fires on legitimate prose with semicolons + SQL words
 *   sql-hex-encoding   — "0xDEAD" fires on hex values in technical docs and log output
 */



const SQL_STRICT_EXTRA = [
  {
    id: 'sql-line-comment',
    description: 'SQL line comment: -- followed by whitespace or end of string',
    pattern: /--(?:\s|$)/,
  },
  {
    id: 'sql-stacked-query',
    description: 'Stacked queries: semicolon immediately followed by a SQL keyword',
    pattern: /;\s{0,10}(?:SELECT|INSERT|UPDATE|DELETE|DROP|CREATE|ALTER|EXEC)\b/i,
  },
  {
    id: 'sql-hex-encoding',
    description: 'Hex-encoded string injection: 0x41414141 style (MySQL)',
    pattern: /\b0x[0-9a-f]{4,}/i,
  },
];

// SQL-STRICT = all base SQL rules + the three noisy extras
const SQL_STRICT_PATTERNS = [...sql, ...SQL_STRICT_EXTRA];

/* harmony default export */ const sql_strict = (SQL_STRICT_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/util/decode-entities.js
/**
 * Decode the HTML character references that matter for markup-context
 * detection.
 *
 * Browsers decode character references in attribute values before they
 * interpret a URL, so `javascript&#58;alert(1)` in an href is the
 * `javascript:` scheme. The HTML/XML/SVG rules match literal characters, so
 * without this step such payloads slip through.
 *
 * Deliberately NOT a full entity decoder. It decodes only:
 *   - decimal refs  &#58;  &#058;  &#00000058;  &#58   (any leading zeros,
 *                   trailing ; optional — browsers accept both)
 *   - hex refs      &#x3a; &#X3A; &#x0000003a; &#x3a   (same)
 *   - named refs    &colon;  &Tab;  &NewLine;
 *       Named refs are CASE-SENSITIVE and REQUIRE the trailing ';', exactly
 *       like a browser (so `&COLON;` and `&colon` are not decoded).
 *       &Tab; / &NewLine; matter because the URL parser strips tab/newline,
 *       so `java&Tab;script:` is still a javascript: URL.
 *
 * It does NOT decode &amp; (single pass only), so double-encoded text such as
 * "&amp;lt;script&amp;gt;" stays literal — a browser renders that as text.
 *
 * All quantifiers are bounded; no ReDoS risk.
 *
 * @param {string} input
 * @returns {string}
 */
const NAMED = Object.freeze({
  colon: ':',
  Tab: '\t',
  NewLine: '\n',
});

const ENTITY_RE =
  /&(?:#[xX]0*([0-9a-fA-F]{1,6});?|#0*([0-9]{1,7});?|([a-zA-Z][a-zA-Z0-9]{1,15});)/g;

function decodeEntities(input) {
  if (input.indexOf('&') === -1) return input;

  return input.replace(ENTITY_RE, (match, hex, dec, name) => {
    if (name !== undefined) {
      return Object.prototype.hasOwnProperty.call(NAMED, name) ? NAMED[name] : match;
    }
    const cp = hex !== undefined ? parseInt(hex, 16) : parseInt(dec, 10);
    if (!Number.isFinite(cp) || cp > 0x10ffff) return match;
    return String.fromCodePoint(cp);
  });
}

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/html.js
/**
 * HTML context patterns.
 *
 * Detects XSS vectors that are dangerous when a string ends up rendered as HTML.
 * All patterns use bounded quantifiers to ensure linear-time matching (ReDoS-safe).
 *
 * Each entry is { pattern: RegExp, id: string, description: string }
 * so callers can inspect which rule fired if they need to.
 */

const HTML_PATTERNS = [
  {
    id: 'html-script-open',
    description: '<script opening tag',
    pattern: /<script[\s>/]/i,
  },
  {
    id: 'html-script-close',
    description: '</script closing tag',
    pattern: /<\/script[\s>]/i,
  },
  {
    id: 'html-javascript-protocol',
    description: 'javascript: URI scheme (with optional whitespace/encoding)',
    // Handles j&#x61;vascript:, j\u0061vascript:, and whitespace variants
    pattern: /j[\t\n\r ]*a[\t\n\r ]*v[\t\n\r ]*a[\t\n\r ]*s[\t\n\r ]*c[\t\n\r ]*r[\t\n\r ]*i[\t\n\r ]*p[\t\n\r ]*t[\t\n\r ]*:/i,
  },
  {
    id: 'html-vbscript-protocol',
    description: 'vbscript: URI scheme',
    pattern: /vbscript[\t\n\r ]*:/i,
  },
  {
    id: 'html-data-html',
    description: 'data:text/html URI — can execute scripts in browsers',
    pattern: /data[\t\n\r ]*:[\t\n\r ]*text\/html/i,
  },
  {
    id: 'html-data-xhtml',
    description: 'data:application/xhtml+xml URI',
    pattern: /data[\t\n\r ]*:[\t\n\r ]*application\/xhtml/i,
  },
  {
    id: 'html-data-svg',
    description: 'data:image/svg+xml URI — can execute scripts',
    pattern: /data[\t\n\r ]*:[\t\n\r ]*image\/svg\+xml/i,
  },
  {
    id: 'html-inline-event-handler',
    description: 'Inline event handler attributes: onclick=, onerror=, onload=, etc.',
    // \bon ensures we match a word boundary so "phonetic=" is not caught
    pattern: /\bon\w{1,30}\s*=/i,
  },
  {
    id: 'html-entity-obfuscated-script',
    description: 'HTML-entity-encoded <script (e.g. &#x3C;script or &lt;script)',
    // Entities include optional trailing semicolon: &#x3C; or &#x3C (both valid in HTML5)
    pattern: /(?:&#x0*3[Cc];?|&#0*60;?|&lt;)\s*script/i,
  },
  {
    id: 'html-entity-obfuscated-javascript',
    description: 'HTML-entity-encoded javascript: (partial — catches common &#106; or &#x6a; for "j")',
    pattern: /(?:&#x0*6[Aa];?|&#0*106;?)\s*(?:&#x0*61;?|a)[\s\S]{0,80}script\s*:/i,
  },
  {
    id: 'html-style-expression',
    description: 'CSS expression() — IE-era code execution in style attributes',
    pattern: /style[\s\S]{0,20}expression\s*\(/i,
  },
  {
    id: 'html-object-embed',
    description: '<object or <embed tags that can load active content',
    pattern: /<(?:object|embed)[\s>/]/i,
  },
  {
    id: 'html-base-tag',
    description: '<base href= — can hijack all relative URLs on a page',
    pattern: /<base[\s>]/i,
  },
  {
    id: 'html-meta-refresh',
    description: '<meta http-equiv="refresh" — can redirect users',
    pattern: /<meta[\s\S]{0,40}http-equiv[\s\S]{0,20}refresh/i,
  },
  {
    id: 'html-srcdoc',
    description: 'srcdoc= attribute on iframes — embeds HTML that can run scripts',
    pattern: /srcdoc\s*=/i,
  },
  {
    id: 'html-iframe',
    description: '<iframe tag',
    pattern: /<iframe[\s>/]/i,
  },
  {
    id: 'html-form',
    description: '<form tag — can be used for phishing / credential harvesting injection',
    pattern: /<form[\s>/]/i,
  },
];

/* harmony default export */ const html = (HTML_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/xml.js
/**
 * XML context patterns.
 *
 * Detects injection vectors that are specifically dangerous when a string
 * is inserted into an XML document (not HTML rendering context).
 *
 * Key distinction from HTML: these patterns target parser-level attacks —
 * things that can confuse or subvert an XML parser, trigger external entity
 * resolution, or inject DTD content. HTML rendering concerns (XSS) belong
 * in the HTML context.
 */

const XML_PATTERNS = [
  {
    id: 'xml-cdata-injection',
    description: 'CDATA section injection: <![CDATA[ breaks out of text node context',
    pattern: /<!\[CDATA\[/i,
  },
  {
    id: 'xml-cdata-close',
    description: 'CDATA close sequence: ]]> can terminate an enclosing CDATA section',
    pattern: /\]\]>/,
  },
  {
    id: 'xml-processing-instruction',
    description: 'XML processing instruction: <?xml-stylesheet or <?php etc.',
    pattern: /<\?(?:xml[\- ]|php|asp)/i,
  },
  {
    id: 'xml-doctype-injection',
    description: 'DOCTYPE declaration embedded in content — can define entities',
    // Match <!DOCTYPE followed by end-of-string, whitespace, or [ (internal subset)
    pattern: /<!DOCTYPE(?:[\s[]|$)/i,
  },
  {
    id: 'xml-entity-system',
    description: 'SYSTEM keyword — used in external entity declarations (XXE)',
    pattern: /\bSYSTEM\s+["']/i,
  },
  {
    id: 'xml-entity-public',
    description: 'PUBLIC keyword — used in external entity declarations (XXE)',
    pattern: /\bPUBLIC\s+["']/i,
  },
  {
    id: 'xml-entity-declaration',
    description: '<!ENTITY declaration — defines entities, potential XXE or entity expansion',
    pattern: /<!ENTITY[\s%]/i,
  },
  {
    id: 'xml-billion-laughs',
    description: 'Entity reference chaining / billion laughs: repeated &eX; style references',
    // Heuristic: 3+ consecutive entity refs suggests expansion attack
    pattern: /(?:&\w{1,20};){3,}/,
  },
  {
    id: 'xml-namespace-confusion',
    description: 'xmlns: attribute injection — can redefine namespaces to confuse parsers',
    // pattern: /\bxmlns\s*(?::\w{1,40})?\s*=/i,
    pattern: /\bxmlns(?::\w{1,40})?\s*=/i,
  },
  {
    id: 'xml-comment-injection',
    description: '<!-- comment injection — can hide content from some parsers',
    pattern: /<!--/,
  },
  {
    id: 'xml-comment-close',
    description: '--> closes an enclosing XML comment',
    pattern: /-->/,
  },
  {
    id: 'xml-pi-close',
    description: '?> closes an enclosing processing instruction',
    pattern: /\?>/,
  },
];

/* harmony default export */ const xml = (XML_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/svg.js
/**
 * SVG context patterns.
 *
 * SVG is XML-based but renders in browsers, giving it a unique attack surface
 * that combines XML parser behaviour with browser rendering and JavaScript execution.
 *
 * Many of these vectors bypass HTML sanitizers that don't understand SVG semantics
 * (DOMPurify has documented bypass vulnerabilities specifically in SVG/XML context).
 */

const SVG_PATTERNS = [
  {
    id: 'svg-script-element',
    description: '<script element inside SVG executes JavaScript',
    pattern: /<script[\s>/]/i,
  },
  {
    id: 'svg-xlink-href-javascript',
    description: 'xlink:href with javascript: — classic SVG XSS via <a> or <use>',
    pattern: /xlink\s*:\s*href\s*=\s*["']?\s*javascript\s*:/i,
  },
  {
    id: 'svg-href-javascript',
    description: 'href= with javascript: in SVG context (<a>, <animate>, etc.)',
    pattern: /href\s*=\s*["']?\s*javascript\s*:/i,
  },
  {
    id: 'svg-foreignobject',
    description: '<foreignObject embeds HTML inside SVG — can execute scripts',
    pattern: /<foreignObject[\s>/]/i,
  },
  {
    id: 'svg-use-external',
    description: '<use xlink:href or href pointing to external resource (non-fragment URL)',
    // Match <use with href= where the value starts with a non-# character (external URL)
    // [\"'][^#] catches quoted values not starting with #; [^\"'#\s>] catches unquoted
    pattern: /<use[\s\S]{0,60}(?:xlink\s*:\s*)?href\s*=\s*(?:["'][^#]|[^"'#\s>])/i,
  },
  {
    id: 'svg-animate-href',
    description: '<animate attributeName="href" — can dynamically change href to javascript:',
    pattern: /<animate[\s\S]{0,80}attributeName\s*=\s*["'][\s]*href["']/i,
  },
  {
    id: 'svg-animate-xlinkhref',
    description: '<animate attributeName="xlink:href"',
    pattern: /<animate[\s\S]{0,80}attributeName\s*=\s*["'][\s]*xlink\s*:\s*href["']/i,
  },
  {
    id: 'svg-set-javascript',
    description: '<set to="javascript:..." — sets an attribute to a javascript: URI',
    pattern: /<set[\s\S]{0,80}to\s*=\s*["']?\s*javascript\s*:/i,
  },
  {
    id: 'svg-event-handler',
    description: 'SVG-specific event handler attributes: onload=, onerror=, onactivate=, etc.',
    pattern: /\bon(?:load|error|activate|begin|end|repeat|focus|blur|click|mouse\w{1,20}|key\w{1,20})\s*=/i,
  },
  {
    id: 'svg-handler-generic',
    description: 'Generic on* handler catch-all for SVG attributes',
    pattern: /\bon\w{1,30}\s*=/i,
  },
  {
    id: 'svg-filter-feimage',
    description: '<feImage href= — filter primitive that can load external resources',
    pattern: /<feImage[\s\S]{0,80}(?:xlink\s*:\s*)?href\s*=/i,
  },
  {
    id: 'svg-image-external',
    description: '<image xlink:href with http/https or javascript protocol',
    pattern: /<image[\s\S]{0,80}(?:xlink\s*:\s*)?href\s*=\s*["']?\s*(?:https?|javascript)\s*:/i,
  },
  {
    id: 'svg-style-javascript',
    description: 'style= attribute containing javascript: (e.g. background:url(javascript:...))',
    pattern: /style\s*=[\s\S]{0,60}javascript\s*:/i,
  },
];

/* harmony default export */ const svg = (SVG_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/shell.js
/**
 * SHELL context patterns.
 *
 * Detects shell injection vectors and path traversal patterns.
 * Designed for use when a string will be passed to a shell command,
 * used as a file path, or interpolated into OS-level operations.
 */

const SHELL_PATTERNS = [
  {
    id: 'shell-path-traversal-unix',
    description: 'Unix path traversal: ../  — climbing the directory tree',
    pattern: /\.\.\//,
  },
  {
    id: 'shell-path-traversal-windows',
    description: 'Windows path traversal: ..\\ — climbing the directory tree',
    pattern: /\.\.\\/,
  },
  {
    id: 'shell-path-traversal-encoded',
    description: 'URL-encoded path traversal: %2e%2e or %2f variants',
    pattern: /%2e%2e|%2f\.\.|\.\.%2f/i,
  },
  {
    id: 'shell-null-byte',
    description: 'Null byte injection: \\x00 or %00 — truncates strings in C-backed functions',
    pattern: /\x00|%00/,
  },
  {
    id: 'shell-semicolon',
    description: 'Semicolon command separator: cmd1; cmd2',
    pattern: /;/,
  },
  {
    id: 'shell-pipe',
    description: 'Pipe operator: cmd1 | cmd2',
    pattern: /\|/,
  },
  {
    id: 'shell-and-operator',
    description: 'AND operator: cmd1 && cmd2',
    pattern: /&&/,
  },
  {
    id: 'shell-or-operator',
    description: 'OR operator: cmd1 || cmd2',
    pattern: /\|\|/,
  },
  {
    id: 'shell-backtick',
    description: 'Backtick command substitution: `cmd`',
    pattern: /`/,
  },
  {
    id: 'shell-dollar-paren',
    description: 'Dollar-paren command substitution: $(cmd)',
    pattern: /\$\(/,
  },
  {
    id: 'shell-dollar-brace',
    description: 'Dollar-brace variable expansion: ${var} — can be abused for injection',
    pattern: /\$\{/,
  },
  {
    id: 'shell-redirect-out',
    description: 'Output redirection: cmd > file or cmd >> file',
    pattern: />{1,2}/,
  },
  {
    id: 'shell-redirect-in',
    description: 'Input redirection: cmd < file',
    pattern: /</,
  },
  {
    id: 'shell-newline-injection',
    description: 'Newline injection: \\n or \\r — can inject new shell commands',
    pattern: /[\n\r]/,
  },
  {
    id: 'shell-glob-star',
    description: 'Glob expansion: * or ? — can expand to unintended files',
    // Only flag when combined with path separators to reduce false positives
    pattern: /[/\\][*?]/,
  },
  {
    id: 'shell-absolute-root',
    description: 'Absolute root path injection: string starting with / or \\ (Windows UNC)',
    pattern: /^(?:\/|\\\\)/,
  },
  {
    id: 'shell-windows-drive',
    description: 'Windows drive letter path injection: C:\\ or D:/',
    pattern: /^[a-zA-Z]:[/\\]/,
  },
  {
    id: 'shell-curl-wget',
    description: 'curl/wget with URL or flags — can exfiltrate data or download payloads',
    // Require a URL scheme (http/https/ftp) or a flag (-) to reduce false positives
    // "curl is a tool" won't match; "curl http://..." or "curl -s ..." will
    pattern: /\b(?:curl|wget)\s+(?:https?:\/\/|ftp:\/\/|-)/i,
  },
];

/* harmony default export */ const shell = (SHELL_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/redos.js
/**
 * REDOS context patterns.
 *
 * Detects strings that, if used as regular expressions, could cause
 * catastrophic backtracking (ReDoS — Regular Expression Denial of Service).
 *
 * These patterns detect the structural forms that lead to exponential or
 * polynomial backtracking in NFA-based regex engines (V8, PCRE, Java, etc.).
 *
 * Use this context when user-supplied strings will be compiled into RegExp objects.
 */

const REDOS_PATTERNS = [
  {
    id: 'redos-nested-quantifier-plus',
    description: 'Nested + quantifier inside a group with outer quantifier: (a+)+, (.+b)*, etc.',
    // Matches any group containing a + quantifier, with an outer * or + — catches (a+)+, (.+b)*, etc.
    pattern: /\([^)]*\+[^)]*\)[+*]/,
  },
  {
    id: 'redos-nested-quantifier-star',
    description: 'Nested * quantifier: (a*)* or (a*)+ — catastrophic backtracking',
    pattern: /\([^)]*\*[^)]*\)[*+]/,
  },
  {
    id: 'redos-nested-groups',
    description: 'Doubly nested quantified groups: ((a+)+) — guaranteed catastrophic',
    pattern: /\(\([^)]{0,40}\)[+*]\)[+*]/,
  },
  {
    id: 'redos-alternation-overlap',
    description: 'Overlapping alternation under quantifier: (a|a)+ — ambiguous NFA paths',
    // Detect repeated identical alternatives under a quantifier
    pattern: /\(([^|()]{1,20})\|(?:\1)(?:\|[^|()]{1,20}){0,5}\)[+*?]{1,2}/,
  },
  {
    id: 'redos-star-plus-concat',
    description: '(x*x)+ pattern — triggers super-linear backtracking',
    pattern: /\([^)]{0,10}\*[^)]{0,10}\)[+*]/,
  },
  {
    id: 'redos-dot-star-greedy',
    description: '(.*){n,} or (.+){n,} — repeated greedy dot quantifiers',
    pattern: /\(\.[*+]\)\{?\d/,
  },
  {
    id: 'redos-large-repetition',
    description: 'Very large fixed or range repetition count {1000,} or {1000,n} — denial of service via backtracking',
    // Matches { followed by 4+ digits (≥1000), then optional ,digits }
    pattern: /\{\d{4,}(?:,\d*)?\}/,
  },
  {
    id: 'redos-catastrophic-alternation',
    description: 'Long alternation with many similar branches — polynomial backtracking risk',
    // Heuristic: 10+ pipe-separated alternatives in a single group
    pattern: /\([^)]{0,200}(?:\|[^|)]{0,50}){9,}\)/,
  },
];

/* harmony default export */ const redos = (REDOS_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/nosql.js
/**
 * NOSQL context patterns.
 *
 * Detects injection vectors specific to NoSQL databases (primarily MongoDB)
 * and JavaScript-evaluated queries.
 *
 * Attack categories:
 *   1. MongoDB query operator injection: $where, $ne, $gt, $regex, $or, $and, etc.
 *      These operators, when injected into a JSON query object, can bypass
 *      authentication or exfiltrate data without knowing passwords.
 *
 *   2. JavaScript execution: $where clauses execute arbitrary JS server-side.
 *
 *   3. Prototype pollution: __proto__, constructor.prototype — can corrupt
 *      the prototype chain of all objects in the Node.js process.
 *
 * Pattern note: MongoDB operators appear as JSON keys. In JSON, keys are
 * quoted: {"$where": ...} so the pattern must allow an optional closing
 * quote between the operator name and the colon: /\$where["'\s]*:/
 */

// Shared suffix: optional closing quote/whitespace before the colon
// Handles: $op: (bare), "$op": (JSON), '$op': (single-quoted)
const SEP = /["'\s]*:/;
const sep = '["\'\\s]*:';

const NOSQL_PATTERNS = [
  // ─── MongoDB $ operator injection ────────────────────────────────────────
  {
    id: 'nosql-where-operator',
    description: '$where — executes arbitrary JavaScript server-side in MongoDB',
    pattern: new RegExp(`\\$where${sep}`, 'i'),
  },
  {
    id: 'nosql-ne-operator',
    description: '$ne — "not equal" operator used to bypass equality checks',
    pattern: new RegExp(`\\$ne${sep}`, 'i'),
  },
  {
    id: 'nosql-gt-operator',
    description: '$gt — "greater than" used to bypass password/value checks',
    pattern: new RegExp(`\\$gte?${sep}`, 'i'),
  },
  {
    id: 'nosql-lt-operator',
    description: '$lt / $lte — "less than" bypass variants',
    pattern: new RegExp(`\\$lte?${sep}`, 'i'),
  },
  {
    id: 'nosql-regex-operator',
    description: '$regex — can be used to extract data character by character (blind injection)',
    pattern: new RegExp(`\\$regex${sep}`, 'i'),
  },
  {
    id: 'nosql-or-operator',
    description: '$or — logical OR; used to create always-true conditions',
    pattern: new RegExp(`\\$or${sep}\\s*\\[`, 'i'),
  },
  {
    id: 'nosql-and-operator',
    description: '$and — logical AND operator injection',
    pattern: new RegExp(`\\$and${sep}\\s*\\[`, 'i'),
  },
  {
    id: 'nosql-nor-operator',
    description: '$nor — logical NOR operator injection',
    pattern: new RegExp(`\\$nor${sep}\\s*\\[`, 'i'),
  },
  {
    id: 'nosql-exists-operator',
    description: '$exists — can enumerate fields to determine schema',
    pattern: new RegExp(`\\$exists${sep}`, 'i'),
  },
  {
    id: 'nosql-in-operator',
    description: '$in — matches any value in a list; can enumerate values',
    pattern: new RegExp(`\\$in${sep}\\s*\\[`, 'i'),
  },
  {
    id: 'nosql-expr-operator',
    description: '$expr — allows aggregation expressions in queries (MongoDB 3.6+)',
    pattern: new RegExp(`\\$expr${sep}`, 'i'),
  },
  {
    id: 'nosql-function-operator',
    description: '$function — executes arbitrary JavaScript in MongoDB 4.4+',
    pattern: new RegExp(`\\$function${sep}`, 'i'),
  },
  {
    id: 'nosql-accumulator-operator',
    description: '$accumulator — custom aggregation with arbitrary JS execution',
    pattern: new RegExp(`\\$accumulator${sep}`, 'i'),
  },
  // ─── Prototype pollution ─────────────────────────────────────────────────
  {
    id: 'nosql-proto-pollution',
    description: '__proto__ — prototype pollution via object key injection',
    pattern: /__proto__/,
  },
  {
    id: 'nosql-constructor-prototype',
    description: 'constructor.prototype — alternative prototype pollution vector (dot notation or JSON key)',
    // Matches dot-notation (obj.constructor.prototype) and JSON key adjacency
    // ("constructor": {"prototype": ...})
    pattern: /constructor[\s"':.,{\[]*prototype/i,
  },
  {
    id: 'nosql-proto-bracket',
    description: '["__proto__"] — bracket-notation prototype pollution',
    pattern: /\[["']__proto__["']\]/,
  },
];

/* harmony default export */ const nosql = (NOSQL_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/contexts/log.js
/**
 * LOG context patterns.
 *
 * Detects injection vectors that are dangerous when a string is written
 * to a log file, passed to a logging framework, or interpolated into
 * a log message that will be parsed or displayed.
 *
 * Attack categories:
 *   1. CRLF injection — injects fake log lines by embedding newlines
 *   2. Log4Shell (CVE-2021-44228) — ${jndi:...} triggers JNDI lookup in Log4j
 *   3. SSTI in log templates — {{...}}, #{...} trigger template evaluation
 *      if the log message is passed through a template engine
 *   4. Null byte injection — truncates log entries in some implementations
 *   5. ANSI escape injection — manipulates terminal output when logs are
 *      tailed in a terminal (colour codes, cursor movement, etc.)
 *
 * Note: Newline characters (\n, \r) will produce false positives for
 * multi-line legitimate values. Use this context only for single-line
 * log field values (usernames, IDs, request parameters, etc.).
 */

const LOG_PATTERNS = [
  // ─── CRLF / newline injection ─────────────────────────────────────────────
  {
    id: 'log-crlf-injection',
    description: 'CRLF injection: literal \\r or \\n embeds fake log lines',
    pattern: /[\r\n]/,
  },
  {
    id: 'log-url-encoded-crlf',
    description: 'URL-encoded CRLF: %0d, %0a, %0D, %0A — decoded by some log parsers',
    pattern: /%0[dDaA]/,
  },
  {
    id: 'log-unicode-newline',
    description: 'Unicode newline variants: U+2028 (line separator), U+2029 (paragraph separator)',
    pattern: /[\u2028\u2029]/,
  },

  // ─── Log4Shell / JNDI injection (CVE-2021-44228) ─────────────────────────
  {
    id: 'log-log4shell-jndi',
    description: 'Log4Shell: ${jndi:...} triggers remote code execution in Apache Log4j',
    pattern: /\$\{jndi\s*:/i,
  },
  {
    id: 'log-log4shell-obfuscated',
    description: 'Obfuscated Log4Shell: ${::-j}... lookup-bypass prefix used to evade WAF detection',
    // ${::- is the Log4j lookup-bypass escape sequence; presence alone is suspicious
    pattern: /\$\{::-/,
  },
  {
    id: 'log-log4j-lookup',
    description: 'Log4j lookup syntax: ${env:...}, ${sys:...}, ${ctx:...} — data exfiltration',
    pattern: /\$\{(?:env|sys|ctx|main|map|sd|web|docker|k8s|spring)\s*:/i,
  },

  // ─── Server-Side Template Injection (SSTI) in log messages ───────────────
  {
    id: 'log-ssti-double-brace',
    description: 'SSTI double-brace: {{expression}} — Jinja2, Twig, Handlebars, etc.',
    pattern: /\{\{[\s\S]{0,80}\}\}/,
  },
  {
    id: 'log-ssti-hash-brace',
    description: 'SSTI hash-brace: #{expression} — Thymeleaf, Velocity, Ruby ERB',
    pattern: /#\{[\s\S]{0,80}\}/,
  },
  {
    id: 'log-ssti-dollar-brace',
    description: 'SSTI/EL injection: ${expression with operators or method calls} — JSP EL, Freemarker, SpEL',
    // Require that the ${...} content looks like an expression, not a plain variable name.
    // Flags if the content contains: . ( * + operators, or known SSTI keywords.
    // This avoids flagging ${PATH}, ${HOME} etc. (plain shell variables).
    pattern: /\$\{[^}]*(?:\.|\(|\*|\+|\bclass\b|\bruntime\b|\bprocess\b|\bexec\b)[^}]{0,80}\}/i,
  },
  {
    id: 'log-ssti-percent-tag',
    description: 'SSTI ERB/ASP tag: <%= expression %> — Ruby ERB, ASP',
    pattern: /<%=[\s\S]{0,80}%>/,
  },

  // ─── Null byte ────────────────────────────────────────────────────────────
  {
    id: 'log-null-byte',
    description: 'Null byte: \\x00 or %00 — can truncate log entries in C-backed loggers',
    pattern: /\x00|%00/,
  },

  // ─── ANSI escape injection ────────────────────────────────────────────────
  {
    id: 'log-ansi-escape',
    description: 'ANSI escape sequence: ESC[ — can manipulate terminal output when logs are tailed',
    pattern: /\x1b\[/,
  },
];

/* harmony default export */ const log = (LOG_PATTERNS);

;// CONCATENATED MODULE: ./node_modules/is-unsafe/src/index.js
/**
 * is-unsafe v2
 *
 * Zero-dependency, DOM-free, pure predicate for detecting unsafe strings
 * across HTML, XML, SVG, SQL, SQL-STRICT, SHELL, REDOS, NOSQL, and LOG contexts.
 *
 * v2 change: contexts are imported as named pattern arrays rather than resolved
 * via a string-keyed registry. This makes each context independently
 * tree-shakeable — bundlers can drop any context you never import.
 *
 * @module is-unsafe
 */

// ─── Context pattern arrays (named exports) ────────────────────────────────
// Import only the ones you need. Each is independently tree-shakeable.










// SQL-STRICT needs a quoted identifier because of the hyphen



// Markup contexts are also matched against an entity-decoded copy of the input,
// because browsers decode HTML character references before interpreting a URL
// scheme (e.g. javascript&#58;… is a javascript: URL).


// ─── VALID_CONTEXTS convenience re-export ─────────────────────────────────
// Importing this pulls in ALL contexts. Use it only when you need all of them
// (e.g. for validation UI, tooling, or exhaustive audits).
// If you only need a subset, import the named contexts directly instead.










// ─── Attach labels to named contexts ──────────────────────────────────────
// Each built-in PatternList carries its canonical name so matchList can read
// list.label directly — no registry lookup needed at match time.
// Custom PatternLists default to 'CUSTOM' unless the caller sets list.label.

html.label       = 'HTML';
xml.label        = 'XML';
svg.label        = 'SVG';

// Markup contexts: also test an entity-decoded copy (see util/decode-entities.js).
// Non-markup contexts (SQL, SHELL, LOG, …) are matched byte-for-byte as supplied.
html.decodeEntities = true;
xml.decodeEntities  = true;
svg.decodeEntities  = true;
sql.label        = 'SQL';
sql_strict.label = 'SQL-STRICT';
shell.label      = 'SHELL';
redos.label      = 'REDOS';
nosql.label      = 'NOSQL';
log.label        = 'LOG';

const VALID_CONTEXTS = Object.freeze({
  HTML: html,
  XML: xml,
  SVG: svg,
  SQL: sql,
  'SQL-STRICT': sql_strict,
  SHELL: shell,
  REDOS: redos,
  NOSQL: nosql,
  LOG: log,
});

// ─── Types ────────────────────────────────────────────────────────────────

/**
 * @typedef {{ id: string, description: string, pattern: RegExp }} Rule
 */

/**
 * @typedef {Rule[]} PatternList
 */

/**
 * @typedef {Object} MatchResult
 * @property {string} context     - Label identifying which context matched ('HTML', 'CUSTOM', etc.)
 * @property {string} id          - Rule identifier
 * @property {string} description - Human-readable description of what was matched
 * @property {RegExp} pattern     - The pattern that matched
 */

// ─── Internal helpers ──────────────────────────────────────────────────────

/**
 * @param {unknown} value
 */
function assertString(value) {
  if (typeof value !== 'string') {
    throw new TypeError(
      `is-unsafe: first argument must be a string, got ${typeof value}`
    );
  }
}

/**
 * @param {unknown} context
 */
function assertContext(context) {
  if (context instanceof RegExp) return;

  if (Array.isArray(context)) {
    if (context.length === 0) {
      throw new TypeError('is-unsafe: context must not be an empty array');
    }
    // Detect array-of-arrays vs flat pattern list
    if (Array.isArray(context[0])) {
      // Array of PatternLists
      for (const list of context) {
        if (!Array.isArray(list) || list.length === 0) {
          throw new TypeError(
            'is-unsafe: each context in the array must be a non-empty pattern array (PatternList)'
          );
        }
      }
    }
    // else: flat PatternList — trust it, no deep validation needed
    return;
  }

  throw new TypeError(
    `is-unsafe: second argument must be a PatternList (e.g. HTML), ` +
    `an array of PatternLists (e.g. [HTML, XML]), or a RegExp. Got: ${typeof context}`
  );
}

/**
 * Normalise any valid context arg into an array of PatternLists.
 *
 * @param {Rule[]|Rule[][]|RegExp} context
 * @returns {{ lists: Rule[][]|null, regex: RegExp|null }}
 */
function normalise(context) {
  if (context instanceof RegExp) return { lists: null, regex: context };
  // Distinguish PatternList (array of rule objects) from array of PatternLists
  if (Array.isArray(context[0])) return { lists: context, regex: null };
  return { lists: [context], regex: null };
}

/**
 * For markup contexts, return an entity-decoded copy of `value` to test
 * alongside the raw input, or null when there is nothing extra to test.
 *
 * @param {string} value
 * @param {Rule[]} list
 * @returns {string|null}
 */
function decodedCopy(value, list) {
  if (!list.decodeEntities) return null;
  const decoded = decodeEntities(value);
  return decoded === value ? null : decoded;
}

/**
 * Test value against a single PatternList. Returns the first MatchResult or null.
 *
 * @param {string} value
 * @param {Rule[]} list
 * @returns {MatchResult|null}
 */
function matchList(value, list) {
  const label = list.label ?? 'CUSTOM';
  const decoded = decodedCopy(value, list);
  for (const rule of list) {
    if (rule.pattern.test(value) || (decoded !== null && rule.pattern.test(decoded))) {
      return { context: label, id: rule.id, description: rule.description, pattern: rule.pattern };
    }
  }
  return null;
}

// ─── Public API ───────────────────────────────────────────────────────────

/**
 * Returns `true` if `value` is unsafe in the given context(s), `false` otherwise.
 *
 * @param {string} value - The string to test
 * @param {PatternList | PatternList[] | RegExp} context
 *   - A PatternList imported from is-unsafe (e.g. `HTML`, `XML`)
 *   - An array of PatternLists — returns true if unsafe in **any** of them
 *   - A custom RegExp — returns true if the pattern matches
 * @returns {boolean}
 *
 * @example
 * import { isUnsafe, HTML, SQL } from 'is-unsafe';
 *
 * isUnsafe('<script>alert(1)</script>', HTML)       // true
 * isUnsafe('hello world', HTML)                     // false
 * isUnsafe('value', [HTML, SQL])                    // false
 * isUnsafe('value', /my-pattern/i)                  // false
 */
function isUnsafe(value, context) {
  assertString(value);
  assertContext(context);

  const { lists, regex } = normalise(context);

  if (regex) return regex.test(value);

  for (const list of lists) {
    if (matchList(value, list) !== null) return true;
  }
  return false;
}

/**
 * Like `isUnsafe`, but returns the first `MatchResult` describing **why**
 * the value was flagged, or `null` if it is safe.
 *
 * @param {string} value
 * @param {PatternList | PatternList[] | RegExp} context
 * @returns {MatchResult|null}
 *
 * @example
 * import { whyUnsafe, HTML } from 'is-unsafe';
 *
 * whyUnsafe('<script>alert(1)</script>', HTML)
 * // { context: 'HTML', id: 'html-script-open', description: '...', pattern: /.../ }
 */
function whyUnsafe(value, context) {
  assertString(value);
  assertContext(context);

  const { lists, regex } = normalise(context);

  if (regex) {
    return regex.test(value)
      ? { context: 'CUSTOM', id: 'custom-regex', description: 'Matched caller-supplied pattern', pattern: regex }
      : null;
  }

  for (const list of lists) {
    const result = matchList(value, list);
    if (result !== null) return result;
  }
  return null;
}

/**
 * Returns **all** matching rules across the given context(s), or an empty
 * array if the value is safe. Useful for comprehensive auditing.
 *
 * @param {string} value
 * @param {PatternList | PatternList[] | RegExp} context
 * @returns {MatchResult[]}
 */
function allUnsafe(value, context) {
  assertString(value);
  assertContext(context);

  const { lists, regex } = normalise(context);
  const results = [];

  if (regex) {
    if (regex.test(value)) {
      results.push({ context: 'CUSTOM', id: 'custom-regex', description: 'Matched caller-supplied pattern', pattern: regex });
    }
    return results;
  }

  for (const list of lists) {
    const label = list.label ?? 'CUSTOM';
    const decoded = decodedCopy(value, list);
    for (const rule of list) {
      if (rule.pattern.test(value) || (decoded !== null && rule.pattern.test(decoded))) {
        results.push({ context: label, id: rule.id, description: rule.description, pattern: rule.pattern });
      }
    }
  }

  return results;
}


/* harmony default export */ const is_unsafe_src = ((/* unused pure expression or super */ null && (isUnsafe)));

;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/OrderedObjParser.js

///@ts-check












// const regx =
//   '<((!\\[CDATA\\[([\\s\\S]*?)(]]>))|((NAME:)?(NAME))([^>]*)>|((\\/)(NAME)\\s*>))([^<]*)'
//   .replace(/NAME/g, util.nameRegexp);

//const tagsRegx = new RegExp("<(\\/?[\\w:\\-\._]+)([^>]*)>(\\s*"+cdataRegx+")*([^<]+)?","g");
//const tagsRegx = new RegExp("<(\\/?)((\\w*:)?([\\w:\\-\._]+))([^>]*)>([^<]*)("+cdataRegx+"([^<]*))*([^<]+)?","g");

// Helper functions for attribute and namespace handling

/**
 * Extract raw attributes (without prefix) from prefixed attribute map
 * @param {object} prefixedAttrs - Attributes with prefix from buildAttributesMap
 * @param {object} options - Parser options containing attributeNamePrefix
 * @returns {object} Raw attributes for matcher
 */
function extractRawAttributes(prefixedAttrs, options) {
  if (!prefixedAttrs) return {};

  // Handle attributesGroupName option
  const attrs = options.attributesGroupName
    ? prefixedAttrs[options.attributesGroupName]
    : prefixedAttrs;

  if (!attrs) return {};

  const rawAttrs = {};
  for (const key in attrs) {
    // Remove the attribute prefix to get raw name
    if (key.startsWith(options.attributeNamePrefix)) {
      const rawName = key.substring(options.attributeNamePrefix.length);
      rawAttrs[rawName] = attrs[key];
    } else {
      // Attribute without prefix (shouldn't normally happen, but be safe)
      rawAttrs[key] = attrs[key];
    }
  }
  return rawAttrs;
}

/**
 * Extract namespace from raw tag name
 * @param {string} rawTagName - Tag name possibly with namespace (e.g., "soap:Envelope")
 * @returns {string|undefined} Namespace or undefined
 */
function extractNamespace(rawTagName) {
  if (!rawTagName || typeof rawTagName !== 'string') return undefined;

  const colonIndex = rawTagName.indexOf(':');
  if (colonIndex !== -1 && colonIndex > 0) {
    const ns = rawTagName.substring(0, colonIndex);
    // Don't treat xmlns as a namespace
    if (ns !== 'xmlns') {
      return ns;
    }
  }
  return undefined;
}

class OrderedObjParser {
  constructor(options, externalEntities) {
    this.options = options;
    this.currentNode = null;
    this.tagsNodeStack = [];
    this.parseXml = parseXml;
    this.parseTextData = parseTextData;
    this.resolveNameSpace = resolveNameSpace;
    this.buildAttributesMap = buildAttributesMap;
    this.isItStopNode = isItStopNode;
    this.replaceEntitiesValue = replaceEntitiesValue;
    this.readStopNodeData = readStopNodeData;
    this.saveTextToParentTag = saveTextToParentTag;
    this.addChild = addChild;
    this.ignoreAttributesFn = getIgnoreAttributesFn(this.options.ignoreAttributes)
    this.entityExpansionCount = 0;
    this.currentExpandedLength = 0;
    this.doctypefound = false;
    let namedEntities = { ...XML };
    if (this.options.entityDecoder) {
      this.entityDecoder = this.options.entityDecoder
    } else {
      if (typeof this.options.htmlEntities === "object") namedEntities = this.options.htmlEntities;
      else if (this.options.htmlEntities === true) namedEntities = { ...COMMON_HTML, ...CURRENCY };
      this.entityDecoder = new EntityDecoder({
        namedEntities: { ...namedEntities, ...externalEntities },
        numericAllowed: this.options.htmlEntities,
        limit: {
          maxTotalExpansions: this.options.processEntities.maxTotalExpansions,
          maxExpandedLength: this.options.processEntities.maxExpandedLength,
          applyLimitsTo: this.options.processEntities.appliesTo,
        },
        // onExternalEntity: (name, value) => isUnsafe(value) ? 'block' : 'allow',
        onInputEntity: (name, value) =>
          //TODO: VALID_CONTEXTS.HTML should be set only if this.options.htmlEntities
          isUnsafe(value, [html, xml]) ? ENTITY_ACTION.BLOCK : ENTITY_ACTION.ALLOW,

        //postCheck: resolved => resolved
      });
    }

    // Initialize path matcher for path-expression-matcher
    this.matcher = new Matcher/* default */.A();
    this.readonlyMatcher = this.matcher.readOnly();

    // Flag to track if current node is a stop node (optimization)
    this.isCurrentNodeStopNode = false;

    // Pre-compile stopNodes expressions
    this.stopNodeExpressionsSet = new ExpressionSet();
    const stopNodesOpts = this.options.stopNodes;
    if (stopNodesOpts && stopNodesOpts.length > 0) {
      for (let i = 0; i < stopNodesOpts.length; i++) {
        const stopNodeExp = stopNodesOpts[i];
        if (typeof stopNodeExp === 'string') {
          // Convert string to Expression object
          this.stopNodeExpressionsSet.add(new Expression/* default */.A(stopNodeExp));
        } else if (stopNodeExp instanceof Expression/* default */.A) {
          // Already an Expression object
          this.stopNodeExpressionsSet.add(stopNodeExp);
        }
      }
      this.stopNodeExpressionsSet.seal();
    }
  }

}


/**
 * @param {string} val
 * @param {string} tagName
 * @param {string|Matcher} jPath - jPath string or Matcher instance based on options.jPath
 * @param {boolean} dontTrim
 * @param {boolean} hasAttributes
 * @param {boolean} isLeafNode
 * @param {boolean} escapeEntities
 */
function parseTextData(val, tagName, jPath, dontTrim, hasAttributes, isLeafNode, escapeEntities) {
  const options = this.options;
  if (val !== undefined) {
    if (options.trimValues && !dontTrim) {
      val = val.trim();
    }
    if (val.length > 0) {
      if (!escapeEntities) val = this.replaceEntitiesValue(val, tagName, jPath);

      // Pass jPath string or matcher based on options.jPath setting
      const jPathOrMatcher = options.jPath ? jPath.toString() : jPath;
      const newval = options.tagValueProcessor(tagName, val, jPathOrMatcher, hasAttributes, isLeafNode);
      if (newval === null || newval === undefined) {
        //don't parse
        return val;
      } else if (typeof newval !== typeof val || newval !== val) {
        //overwrite
        return newval;
      } else if (options.trimValues) {
        return parseValue(val, options.parseTagValue, options.numberParseOptions);
      } else {
        const trimmedVal = val.trim();
        if (trimmedVal === val) {
          return parseValue(val, options.parseTagValue, options.numberParseOptions);
        } else {
          return val;
        }
      }
    }
  }
}

function resolveNameSpace(tagname) {
  if (this.options.removeNSPrefix) {
    const tags = tagname.split(':');
    const prefix = tagname.charAt(0) === '/' ? '/' : '';
    if (tags[0] === 'xmlns') {
      return '';
    }
    if (tags.length === 2) {
      tagname = prefix + tags[1];
    }
  }
  return tagname;
}

//TODO: change regex to capture NS
//const attrsRegx = new RegExp("([\\w\\-\\.\\:]+)\\s*=\\s*(['\"])((.|\n)*?)\\2","gm");
// The value is matched with a negated class per quote type rather than a lazy `[\s\S]*?` up to a
// backreference, which is much slower on long values (SVG paths, data URIs)
const attrsRegx = /([^\s=]+)\s*(=\s*(?:"([^"]*)"|'([^']*)'))?/gm;

// value inside double quotes, or inside single quotes, or undefined when there is no value
function attrValue(match) {
  return match[3] !== undefined ? match[3] : match[4];
}

function buildAttributesMap(attrStr, jPath, tagName, force = false) {
  const options = this.options;
  if (force === true || (options.ignoreAttributes !== true && typeof attrStr === 'string')) {
    // attrStr = attrStr.replace(/\r?\n/g, ' ');
    //attrStr = attrStr || attrStr.trim();

    const matches = (0,util/* getAllMatches */.Xe)(attrStr, attrsRegx);
    const len = matches.length; //don't make it inline
    const attrs = {};

    // Pre-process values once: trim + entity replacement
    // Reused in both matcher update and second pass
    const processedVals = new Array(len);
    let hasRawAttrs = false;
    const rawAttrsForMatcher = {};

    for (let i = 0; i < len; i++) {
      const attrName = this.resolveNameSpace(matches[i][1]);
      const oldVal = attrValue(matches[i]);

      if (attrName.length && oldVal !== undefined) {
        let val = oldVal;
        if (options.trimValues) val = val.trim();
        val = this.replaceEntitiesValue(val, tagName, this.readonlyMatcher);
        processedVals[i] = val;

        rawAttrsForMatcher[attrName] = val;
        hasRawAttrs = true;
      }
    }

    // Update matcher ONCE before second pass, if applicable
    if (hasRawAttrs && typeof jPath === 'object' && jPath.updateCurrent) {
      jPath.updateCurrent(rawAttrsForMatcher);
    }

    // Hoist toString() once — path doesn't change during attribute processing
    const jPathStr = options.jPath ? jPath.toString() : this.readonlyMatcher;

    // Second pass: apply processors, build final attrs
    let hasAttrs = false;
    for (let i = 0; i < len; i++) {
      const attrName = this.resolveNameSpace(matches[i][1]);

      if (this.ignoreAttributesFn(attrName, jPathStr)) continue;

      let aName = options.attributeNamePrefix + attrName;

      if (attrName.length) {
        if (options.transformAttributeName) {
          aName = options.transformAttributeName(aName);
        }
        aName = sanitizeName(aName, options);

        if (attrValue(matches[i]) !== undefined) {
          // Reuse already-processed value — no double entity replacement
          const oldVal = processedVals[i];

          const newVal = options.attributeValueProcessor(attrName, oldVal, jPathStr);
          if (newVal === null || newVal === undefined) {
            attrs[aName] = oldVal;
          } else if (typeof newVal !== typeof oldVal || newVal !== oldVal) {
            attrs[aName] = newVal;
          } else {
            attrs[aName] = parseValue(oldVal, options.parseAttributeValue, options.numberParseOptions);
          }
          hasAttrs = true;
        } else if (options.allowBooleanAttributes) {
          attrs[aName] = true;
          hasAttrs = true;
        }
      }
    }

    if (!hasAttrs) return;

    if (options.attributesGroupName && !options.preserveOrder) {
      const attrCollection = {};
      attrCollection[options.attributesGroupName] = attrs;
      return attrCollection;
    }
    return attrs;
  }
}
const parseXml = function (xmlData) {
  const options = this.options;
  const crlfPositions = options.captureMetaData ? [] : undefined;
  xmlData = xmlData.replace(/\r\n?/g, options.captureMetaData ? (newline, index) => {
    if (newline.length === 2) {
      // Store the position after earlier CRLF pairs have been normalized.
      crlfPositions.push(index - crlfPositions.length);
    }
    return "\n";
  } : "\n");
  const xmlObj = new XmlNode('!xml');
  let currentNode = xmlObj;
  let textData = "";

  // Reset matcher for new document
  this.matcher.reset();
  this.entityDecoder.reset();

  // Reset entity expansion counters for this document
  this.entityExpansionCount = 0;
  this.currentExpandedLength = 0;
  this.doctypefound = false;
  const docTypeReader = new DocTypeReader(options.processEntities);
  const xmlLen = xmlData.length;
  for (let i = 0; i < xmlLen; i++) {//for each char in XML data
    const ch = xmlData[i];
    if (ch === '<') {
      // const nextIndex = i+1;
      // const _2ndChar = xmlData[nextIndex];
      const c1 = xmlData.charCodeAt(i + 1);
      if (c1 === 47) {//Closing Tag '/'
        const closeIndex = findClosingIndex(xmlData, ">", i, "Closing Tag is not closed.")
        let tagName = xmlData.substring(i + 2, closeIndex).trim();

        if (options.removeNSPrefix) {
          const colonIndex = tagName.indexOf(":");
          if (colonIndex !== -1) {
            tagName = tagName.substr(colonIndex + 1);
          }
        }

        tagName = transformTagName(options.transformTagName, tagName, "", options).tagName;

        if (currentNode) {
          textData = this.saveTextToParentTag(textData, currentNode, this.readonlyMatcher);
        }

        //check if last tag of nested tag was unpaired tag
        const lastTagName = this.matcher.getCurrentTag();
        if (tagName && options.unpairedTagsSet.has(tagName)) {
          throw new Error(`Unpaired tag can not be used as closing tag: </${tagName}>`);
        }
        if (lastTagName && options.unpairedTagsSet.has(lastTagName)) {
          // Pop the unpaired tag
          this.matcher.pop();
          this.tagsNodeStack.pop();
        }
        // Pop the closing tag
        this.matcher.pop();
        this.isCurrentNodeStopNode = false; // Reset flag when closing tag

        //a closing tag with no matching opening tag leaves the stack empty
        currentNode = this.tagsNodeStack.pop() || xmlObj;//avoid recursion, set the parent tag scope

        if (options.captureMetaData && currentNode) {
          currentNode.addEndIndex(getOriginalIndex(closeIndex + 1, crlfPositions));
        }
        textData = "";
        i = closeIndex;
      } else if (c1 === 63) { //'?'

        let tagData = readTagExp(xmlData, i, false, "?>");
        if (!tagData) throw new Error("Pi Tag is not closed.");

        textData = this.saveTextToParentTag(textData, currentNode, this.readonlyMatcher);
        const attsMap = this.buildAttributesMap(tagData.tagExp, this.matcher, tagData.tagName, true);
        if (attsMap) {
          const ver = attsMap[this.options.attributeNamePrefix + "version"];
          this.entityDecoder.setXmlVersion(Number(ver) || 1.0);
          docTypeReader.setXmlVersion(Number(ver) || 1.0);
        }
        if ((options.ignoreDeclaration && tagData.tagName === "?xml") || options.ignorePiTags) {
          //do nothing
        } else {

          const childNode = new XmlNode(tagData.tagName);
          childNode.add(options.textNodeName, "");

          if (tagData.tagName !== tagData.tagExp && tagData.attrExpPresent && options.ignoreAttributes !== true) {
            childNode[":@"] = attsMap
          }
          const startIndex = options.captureMetaData ? getOriginalIndex(i, crlfPositions) : i;
          this.addChild(currentNode, childNode, this.readonlyMatcher, startIndex);

          if (options.captureMetaData) {
            // closeIndex points at '?' of the closing '?>'
            currentNode.addEndIndex(getOriginalIndex(tagData.closeIndex + 2, crlfPositions));
          }
        }


        i = tagData.closeIndex + 1;
      } else if (c1 === 33
        && xmlData.charCodeAt(i + 2) === 45
        && xmlData.charCodeAt(i + 3) === 45) { //'!--'
        const endIndex = findClosingIndex(xmlData, "-->", i + 4, "Comment is not closed.")
        if (options.commentPropName) {
          const comment = xmlData.substring(i + 4, endIndex - 2);

          textData = this.saveTextToParentTag(textData, currentNode, this.readonlyMatcher);

          currentNode.add(options.commentPropName, [{ [options.textNodeName]: comment }]);
        }
        i = endIndex;
      } else if (c1 === 33
        && xmlData.charCodeAt(i + 2) === 68) { //'!D'
        if (this.doctypefound) throw new Error("Multiple DOCTYPE declarations found.");
        this.doctypefound = true;
        const result = docTypeReader.readDocType(xmlData, i);
        this.entityDecoder.addInputEntities(result.entities);
        i = result.i;
      } else if (c1 === 33
        && xmlData.charCodeAt(i + 2) === 91) { // '!['
        const closeIndex = findClosingIndex(xmlData, "]]>", i, "CDATA is not closed.") - 2;
        const tagExp = xmlData.substring(i + 9, closeIndex);

        textData = this.saveTextToParentTag(textData, currentNode, this.readonlyMatcher);

        let val = this.parseTextData(tagExp, currentNode.tagname, this.readonlyMatcher, true, false, true, true);
        if (val == undefined) val = "";

        //cdata should be set even if it is 0 length string
        if (options.cdataPropName) {
          currentNode.add(options.cdataPropName, [{ [options.textNodeName]: tagExp }]);
        } else {
          currentNode.add(options.textNodeName, val);
        }

        i = closeIndex + 2;
      } else {//Opening tag
        let result = readTagExp(xmlData, i, options.removeNSPrefix);

        // Safety check: readTagExp can return undefined
        if (!result) {
          // Log context for debugging
          const context = xmlData.substring(Math.max(0, i - 50), Math.min(xmlLen, i + 50));
          throw new Error(`readTagExp returned undefined at position ${i}. Context: "${context}"`);
        }

        let tagName = result.tagName;
        const rawTagName = result.rawTagName;
        let tagExp = result.tagExp;
        let attrExpPresent = result.attrExpPresent;
        let closeIndex = result.closeIndex;

        ({ tagName, tagExp } = transformTagName(options.transformTagName, tagName, tagExp, options));

        if (options.strictReservedNames &&
          (tagName === options.commentPropName
            || tagName === options.cdataPropName
            || tagName === options.textNodeName
            || tagName === options.attributesGroupName
          )) {
          throw new Error(`Invalid tag name: ${tagName}`);
        }

        //save text as child node
        if (currentNode && textData) {
          if (currentNode.tagname !== '!xml') {
            //when nested tag is found
            textData = this.saveTextToParentTag(textData, currentNode, this.readonlyMatcher, false);
          }
        }

        //check if last tag was unpaired tag
        const lastTag = currentNode;
        if (lastTag && options.unpairedTagsSet.has(lastTag.tagname)) {
          currentNode = this.tagsNodeStack.pop();
          this.matcher.pop();
        }

        // Clean up self-closing syntax BEFORE processing attributes
        // This is where tagExp gets the trailing / removed
        let isSelfClosing = false;
        if (tagExp.length > 0 && tagExp.lastIndexOf("/") === tagExp.length - 1) {
          isSelfClosing = true;
          if (tagName[tagName.length - 1] === "/") {
            tagName = tagName.substr(0, tagName.length - 1);
            tagExp = tagName;
          } else {
            tagExp = tagExp.substr(0, tagExp.length - 1);
          }

          // Re-check attrExpPresent after cleaning
          attrExpPresent = (tagName !== tagExp);
        }

        // Now process attributes with CLEAN tagExp (no trailing /)
        let prefixedAttrs = null;
        let rawAttrs = {};
        let namespace = undefined;

        // Extract namespace from rawTagName
        namespace = extractNamespace(rawTagName);

        // Push tag to matcher FIRST (with empty attrs for now) so callbacks see correct path
        if (tagName !== xmlObj.tagname) {
          this.matcher.push(tagName, {}, namespace);
        }

        // Now build attributes - callbacks will see correct matcher state
        if (tagName !== tagExp && attrExpPresent) {
          // Build attributes (returns prefixed attributes for the tree)
          // Note: buildAttributesMap now internally updates the matcher with raw attributes
          prefixedAttrs = this.buildAttributesMap(tagExp, this.matcher, tagName);

          if (prefixedAttrs) {
            // Extract raw attributes (without prefix) for our use
            //TODO: seems a performance overhead
            rawAttrs = extractRawAttributes(prefixedAttrs, options);
          }
        }

        // Now check if this is a stop node (after attributes are set)
        if (tagName !== xmlObj.tagname) {
          this.isCurrentNodeStopNode = this.isItStopNode();
        }

        const startIndex = options.captureMetaData ? getOriginalIndex(i, crlfPositions) : i;
        if (this.isCurrentNodeStopNode) {
          let tagContent = "";

          // For self-closing tags, content is empty
          if (isSelfClosing) {
            i = result.closeIndex;
          }
          //unpaired tag
          else if (options.unpairedTagsSet.has(tagName)) {
            i = result.closeIndex;
          }
          //normal tag
          else {
            //read until closing tag is found
            const result = this.readStopNodeData(xmlData, rawTagName, closeIndex + 1);
            if (!result) throw new Error(`Unexpected end of ${rawTagName}`);
            i = result.i;
            tagContent = result.tagContent;
          }

          const childNode = new XmlNode(tagName);

          if (prefixedAttrs) {
            childNode[":@"] = prefixedAttrs;
          }

          // For stop nodes, store raw content as-is without any processing
          childNode.add(options.textNodeName, tagContent);

          this.matcher.pop(); // Pop the stop node tag
          this.isCurrentNodeStopNode = false; // Reset flag

          this.addChild(currentNode, childNode, this.readonlyMatcher, startIndex);

          if (options.captureMetaData) {
            currentNode.addEndIndex(getOriginalIndex(i + 1, crlfPositions));
          }
        } else {
          //selfClosing tag
          if (isSelfClosing) {
            ({ tagName, tagExp } = transformTagName(options.transformTagName, tagName, tagExp, options));

            const childNode = new XmlNode(tagName);
            if (prefixedAttrs) {
              childNode[":@"] = prefixedAttrs;
            }
            this.addChild(currentNode, childNode, this.readonlyMatcher, startIndex);

            if (options.captureMetaData) {
              currentNode.addEndIndex(getOriginalIndex(closeIndex + 1, crlfPositions));
            }
            this.matcher.pop(); // Pop self-closing tag
            this.isCurrentNodeStopNode = false; // Reset flag
          }
          else if (options.unpairedTagsSet.has(tagName)) {//unpaired tag
            const childNode = new XmlNode(tagName);
            if (prefixedAttrs) {
              childNode[":@"] = prefixedAttrs;
            }
            this.addChild(currentNode, childNode, this.readonlyMatcher, startIndex);

            if (options.captureMetaData) {
              currentNode.addEndIndex(getOriginalIndex(result.closeIndex + 1, crlfPositions));
            }
            this.matcher.pop(); // Pop unpaired tag
            this.isCurrentNodeStopNode = false; // Reset flag
            i = result.closeIndex;
            // Continue to next iteration without changing currentNode
            continue;
          }
          //opening tag
          else {
            const childNode = new XmlNode(tagName);
            if (this.tagsNodeStack.length > options.maxNestedTags) {
              throw new Error("Maximum nested tags exceeded");
            }
            this.tagsNodeStack.push(currentNode);

            if (prefixedAttrs) {
              childNode[":@"] = prefixedAttrs;
            }
            this.addChild(currentNode, childNode, this.readonlyMatcher, startIndex);
            currentNode = childNode;
          }
          textData = "";
          i = closeIndex;
        }
      }
    } else {
      textData += xmlData[i];
    }
  }
  return xmlObj.child;
}

function getOriginalIndex(index, crlfPositions) {
  let low = 0;
  let high = crlfPositions.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (crlfPositions[middle] < index) low = middle + 1;
    else high = middle;
  }
  return index + low;
}

function addChild(currentNode, childNode, matcher, startIndex) {
  // unset startIndex if not requested
  if (!this.options.captureMetaData) startIndex = undefined;

  // Pass jPath string or matcher based on options.jPath setting
  const jPathOrMatcher = this.options.jPath ? matcher.toString() : matcher;
  const result = this.options.updateTag(childNode.tagname, jPathOrMatcher, childNode[":@"])
  if (result === false) {
    //do nothing
  } else if (typeof result === "string") {
    childNode.tagname = result
    currentNode.addChild(childNode, startIndex);
  } else {
    currentNode.addChild(childNode, startIndex);
  }
}

/**
 * @param {object} val - Entity object with regex and val properties
 * @param {string} tagName - Tag name
 * @param {string|Matcher} jPath - jPath string or Matcher instance based on options.jPath
 */
function replaceEntitiesValue(val, tagName, jPath) {
  const entityConfig = this.options.processEntities;

  if (!entityConfig || !entityConfig.enabled) {
    return val;
  }

  // Check if tag is allowed to contain entities
  if (entityConfig.allowedTags) {
    const jPathOrMatcher = this.options.jPath ? jPath.toString() : jPath;
    const allowed = Array.isArray(entityConfig.allowedTags)
      ? entityConfig.allowedTags.includes(tagName)
      : entityConfig.allowedTags(tagName, jPathOrMatcher);

    if (!allowed) {
      return val;
    }
  }

  // Apply custom tag filter if provided
  if (entityConfig.tagFilter) {
    const jPathOrMatcher = this.options.jPath ? jPath.toString() : jPath;
    if (!entityConfig.tagFilter(tagName, jPathOrMatcher)) {
      return val; // Skip based on custom filter
    }
  }

  return this.entityDecoder.decode(val);
}


function saveTextToParentTag(textData, parentNode, matcher, isLeafNode) {
  if (textData) { //store previously collected data as textNode
    if (isLeafNode === undefined) isLeafNode = parentNode.child.length === 0

    textData = this.parseTextData(textData,
      parentNode.tagname,
      matcher,
      false,
      parentNode[":@"] ? Object.keys(parentNode[":@"]).length !== 0 : false,
      isLeafNode);

    if (textData !== undefined && textData !== "")
      parentNode.add(this.options.textNodeName, textData);
    textData = "";
  }
  return textData;
}

/**
 * @param {Array<Expression>} stopNodeExpressions - Array of compiled Expression objects
 * @param {Matcher} matcher - Current path matcher
 */
function isItStopNode() {
  if (this.stopNodeExpressionsSet.size === 0) return false;

  return this.matcher.matchesAny(this.stopNodeExpressionsSet);
}

/**
 * Returns the tag Expression and where it is ending handling single-double quotes situation
 * @param {string} xmlData 
 * @param {number} i starting index
 * @returns 
 */
function tagExpWithClosingIndex(xmlData, i, closingChar = ">") {
  //TODO: ignore boolean attributes in tag expression
  //TODO: if ignore attributes, dont read full attribute expression but the end. But read for xml declaration
  const len = xmlData.length;
  const closeCode0 = closingChar.charCodeAt(0);
  const closeCode1 = closingChar.length > 1 ? closingChar.charCodeAt(1) : -1;

  let result = '';
  let segmentStart = i;

  for (let index = i; index < len; index++) {
    const code = xmlData.charCodeAt(index);

    if (code === 34 || code === 39) { // " or '
      // Skip the quoted value in one step: nothing inside it can close the tag
      index = xmlData.indexOf(xmlData[index], index + 1);
      if (index === -1) return;
    } else if (code === closeCode0) {
      if (closeCode1 !== -1) {
        if (xmlData.charCodeAt(index + 1) === closeCode1) {
          result += xmlData.substring(segmentStart, index);
          return { data: result, index };
        }
      } else {
        result += xmlData.substring(segmentStart, index);
        return { data: result, index };
      }
    } else if (code === 9) { // \t - only replace with space outside attribute values
      // Flush accumulated segment, add space, start new segment
      result += xmlData.substring(segmentStart, index) + ' ';
      segmentStart = index + 1;
    }
  }
}

function findClosingIndex(xmlData, str, i, errMsg) {
  const closingIndex = xmlData.indexOf(str, i);
  if (closingIndex === -1) {
    throw new Error(errMsg)
  } else {
    return closingIndex + str.length - 1;
  }
}

function findClosingChar(xmlData, char, i, errMsg) {
  const closingIndex = xmlData.indexOf(char, i);
  if (closingIndex === -1) throw new Error(errMsg);
  return closingIndex; // no offset needed
}

function readTagExp(xmlData, i, removeNSPrefix, closingChar = ">") {
  const result = tagExpWithClosingIndex(xmlData, i + 1, closingChar);
  if (!result) return;
  let tagExp = result.data;
  const closeIndex = result.index;
  const separatorIndex = tagExp.search(/\s/);
  let tagName = tagExp;
  let attrExpPresent = true;
  if (separatorIndex !== -1) {//separate tag name and attributes expression
    tagName = tagExp.substring(0, separatorIndex);
    tagExp = tagExp.substring(separatorIndex + 1).trimStart();
  }

  const rawTagName = tagName;
  if (removeNSPrefix) {
    const colonIndex = tagName.indexOf(":");
    if (colonIndex !== -1) {
      tagName = tagName.substr(colonIndex + 1);
      attrExpPresent = tagName !== result.data.substr(colonIndex + 1);
    }
  }

  return {
    tagName: tagName,
    tagExp: tagExp,
    closeIndex: closeIndex,
    attrExpPresent: attrExpPresent,
    rawTagName: rawTagName,
  }
}
/**
 * find paired tag for a stop node
 * @param {string} xmlData 
 * @param {string} tagName 
 * @param {number} i 
 */
function readStopNodeData(xmlData, tagName, i) {
  const startIndex = i;
  // Starting at 1 since we already have an open tag
  let openTagCount = 1;
  let lenient = false; // set once a quote-aware tag scan fails
  let nextGt = -1; // cached index of the next '>'

  const xmllen = xmlData.length;
  for (; i < xmllen; i++) {
    if (xmlData[i] === "<") {
      const c1 = xmlData.charCodeAt(i + 1);
      if (c1 === 47) {//close tag '/'
        const closeIndex = findClosingChar(xmlData, ">", i, `${tagName} is not closed`);
        let closeTagName = xmlData.substring(i + 2, closeIndex).trim();
        if (closeTagName === tagName) {
          openTagCount--;
          if (openTagCount === 0) {
            return {
              tagContent: xmlData.substring(startIndex, i),
              i: closeIndex
            }
          }
        }
        i = closeIndex;
      } else if (c1 === 63) { //?
        const closeIndex = findClosingIndex(xmlData, "?>", i + 1, "StopNode is not closed.")
        i = closeIndex;
      } else if (c1 === 33
        && xmlData.charCodeAt(i + 2) === 45
        && xmlData.charCodeAt(i + 3) === 45) { // '!--'
        const closeIndex = findClosingIndex(xmlData, "-->", i + 3, "StopNode is not closed.")
        i = closeIndex;
      } else if (c1 === 33
        && xmlData.charCodeAt(i + 2) === 91) { // '!['
        const closeIndex = findClosingIndex(xmlData, "]]>", i, "StopNode is not closed.") - 2;
        i = closeIndex;
      } else {
        const tagData = lenient ? undefined : readTagExp(xmlData, i, false);

        if (tagData) {
          const openTagName = tagData.tagName;
          if (openTagName === tagName && tagData.tagExp[tagData.tagExp.length - 1] !== "/") {
            openTagCount++;
          }
          i = tagData.closeIndex;
        } else {
          // no closing '>'. use lenient approach to find '<' instead of readTagExp, to avoid repeated rescans.
          lenient = true;
          if (nextGt < i) {
            nextGt = xmlData.indexOf(">", i);
            if (nextGt === -1) return; // no '>' left, so no closing tag can follow
          }
          const nextLt = xmlData.indexOf("<", i + 1);
          if (nextLt === -1 || nextLt > nextGt) { // looks like a real tag
            const exp = xmlData.substring(i + 1, nextGt);
            const sep = exp.search(/\s/);
            const name = sep === -1 ? exp : exp.substring(0, sep);
            if (name === tagName && exp[exp.length - 1] !== "/") openTagCount++;
            i = nextGt;
          } // else: treat this '<' as plain text
        }
      }
    }
  }//end for loop
}

function parseValue(val, shouldParse, options) {
  if (shouldParse && typeof val === 'string') {
    //console.log(options)
    const newval = val.trim();
    if (newval === 'true') return true;
    else if (newval === 'false') return false;
    else return toNumber(val, options);
  } else {
    if ((0,util/* isExist */.yQ)(val)) {
      return val;
    } else {
      return '';
    }
  }
}

function fromCodePoint(str, base, prefix) {
  const codePoint = Number.parseInt(str, base);

  if (codePoint >= 0 && codePoint <= 0x10FFFF) {
    return String.fromCodePoint(codePoint);
  } else {
    return prefix + str + ";";
  }
}

function transformTagName(fn, tagName, tagExp, options) {
  if (fn) {
    const newTagName = fn(tagName);
    if (tagExp === tagName) {
      tagExp = newTagName
    }
    tagName = newTagName;
  }
  tagName = sanitizeName(tagName, options);
  return { tagName, tagExp };
}



function sanitizeName(name, options) {
  if (util/* criticalProperties */.vl.includes(name)) {
    throw new Error(`[SECURITY] Invalid name: "${name}" is a reserved JavaScript keyword that could cause prototype pollution`);
  } else if (util/* DANGEROUS_PROPERTY_NAMES */.q9.includes(name)) {
    return options.onDangerousProperty(name);
  }
  return name;
}
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/node2json.js





const node2json_METADATA_SYMBOL = XmlNode.getMetaDataSymbol();

/**
 * Helper function to strip attribute prefix from attribute map
 * @param {object} attrs - Attributes with prefix (e.g., {"@_class": "code"})
 * @param {string} prefix - Attribute prefix to remove (e.g., "@_")
 * @returns {object} Attributes without prefix (e.g., {"class": "code"})
 */
function stripAttributePrefix(attrs, prefix) {
  if (!attrs || typeof attrs !== 'object') return {};
  if (!prefix) return attrs;

  const rawAttrs = {};
  for (const key in attrs) {
    if (key.startsWith(prefix)) {
      const rawName = key.substring(prefix.length);
      rawAttrs[rawName] = attrs[key];
    } else {
      // Attribute without prefix (shouldn't normally happen, but be safe)
      rawAttrs[key] = attrs[key];
    }
  }
  return rawAttrs;
}

/**
 * 
 * @param {array} node 
 * @param {any} options 
 * @param {Matcher} matcher - Path matcher instance
 * @returns 
 */
function prettify(node, options, matcher, readonlyMatcher) {
  return compress(node, options, matcher, readonlyMatcher);
}

/**
 * @param {array} arr 
 * @param {object} options 
 * @param {Matcher} matcher - Path matcher instance
 * @returns object
 */
function compress(arr, options, matcher, readonlyMatcher) {
  let text;
  const compressedObj = {}; //This is intended to be a plain object
  for (let i = 0; i < arr.length; i++) {
    const tagObj = arr[i];
    const property = propName(tagObj);

    // Push current property to matcher WITH RAW ATTRIBUTES (no prefix)
    if (property !== undefined && property !== options.textNodeName) {
      const rawAttrs = stripAttributePrefix(
        tagObj[":@"] || {},
        options.attributeNamePrefix
      );
      matcher.push(property, rawAttrs);
    }

    if (property === options.textNodeName) {
      if (text === undefined) text = tagObj[property];
      else text += "" + tagObj[property];
    } else if (property === undefined) {
      continue;
    } else if (tagObj[property]) {

      let val = compress(tagObj[property], options, matcher, readonlyMatcher);
      const isLeaf = isLeafTag(val, options);

      if (Object.keys(val).length === 0 && options.alwaysCreateTextNode) {
        val[options.textNodeName] = "";
      }

      if (tagObj[":@"]) {
        assignAttributes(val, tagObj[":@"], readonlyMatcher, options);
      } else if (Object.keys(val).length === 1 && val[options.textNodeName] !== undefined && !options.alwaysCreateTextNode) {
        val = val[options.textNodeName];
      } else if (Object.keys(val).length === 0) {
        if (options.alwaysCreateTextNode) val[options.textNodeName] = "";
        else val = "";
      }

      if (tagObj[node2json_METADATA_SYMBOL] !== undefined && typeof val === "object" && val !== null) {
        val[node2json_METADATA_SYMBOL] = tagObj[node2json_METADATA_SYMBOL]; // copy over metadata
      }


      if (compressedObj[property] !== undefined && Object.prototype.hasOwnProperty.call(compressedObj, property)) {
        if (!Array.isArray(compressedObj[property])) {
          compressedObj[property] = [compressedObj[property]];
        }
        compressedObj[property].push(val);
      } else {
        //TODO: if a node is not an array, then check if it should be an array
        //also determine if it is a leaf node

        // Pass jPath string or readonlyMatcher based on options.jPath setting
        const jPathOrMatcher = options.jPath ? readonlyMatcher.toString() : readonlyMatcher;
        if (options.isArray(property, jPathOrMatcher, isLeaf)) {
          compressedObj[property] = [val];
        } else {
          compressedObj[property] = val;
        }
      }

      // Pop property from matcher after processing
      if (property !== undefined && property !== options.textNodeName) {
        matcher.pop();
      }
    }

  }
  // if(text && text.length > 0) compressedObj[options.textNodeName] = text;
  if (typeof text === "string") {
    if (text.length > 0) compressedObj[options.textNodeName] = text;
  } else if (text !== undefined) compressedObj[options.textNodeName] = text;


  return compressedObj;
}

function propName(obj) {
  const keys = Object.keys(obj);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key !== ":@") return key;
  }
}

function assignAttributes(obj, attrMap, readonlyMatcher, options) {
  if (attrMap) {
    const keys = Object.keys(attrMap);
    const len = keys.length; //don't make it inline
    for (let i = 0; i < len; i++) {
      const atrrName = keys[i];  // This is the PREFIXED name (e.g., "@_class")

      // Strip prefix for matcher path (for isArray callback)
      const rawAttrName = atrrName.startsWith(options.attributeNamePrefix)
        ? atrrName.substring(options.attributeNamePrefix.length)
        : atrrName;

      // For attributes, we need to create a temporary path
      // Pass jPath string or matcher based on options.jPath setting
      const jPathOrMatcher = options.jPath
        ? readonlyMatcher.toString() + "." + rawAttrName
        : readonlyMatcher;

      if (options.isArray(atrrName, jPathOrMatcher, true, true)) {
        obj[atrrName] = [attrMap[atrrName]];
      } else {
        obj[atrrName] = attrMap[atrrName];
      }
    }
  }
}

function isLeafTag(obj, options) {
  const { textNodeName } = options;
  const propCount = Object.keys(obj).length;

  if (propCount === 0) {
    return true;
  }

  if (
    propCount === 1 &&
    (obj[textNodeName] || typeof obj[textNodeName] === "boolean" || obj[textNodeName] === 0)
  ) {
    return true;
  }

  return false;
}
// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/validator.js
var validator = __nccwpck_require__(1176);
;// CONCATENATED MODULE: ./node_modules/fast-xml-parser/src/xmlparser/XMLParser.js
/* global Uint8Array */






class XMLParser {

    constructor(options) {
        this.externalEntities = {};
        this.options = buildOptions(options);

    }
    /**
     * Parse XML dats to JS object 
     * @param {string|Uint8Array} xmlData 
     * @param {boolean|Object} validationOption 
     */
    parse(xmlData, validationOption) {
        if (typeof xmlData !== "string" && xmlData.toString) {
            if (xmlData instanceof Uint8Array &&
                !(typeof Buffer !== "undefined" && Buffer.isBuffer(xmlData))) {
                xmlData = new TextDecoder("utf-8", { ignoreBOM: true }).decode(xmlData);
            } else {
                xmlData = xmlData.toString();
            }
        } else if (typeof xmlData !== "string") {
            throw new Error("XML data is accepted in String or Bytes[] form.")
        }

        if (validationOption) {
            if (validationOption === true) validationOption = {}; //validate with default options

            const result = (0,validator/* validate */.t)(xmlData, validationOption);
            if (result !== true) {
                throw Error(`${result.err.msg}:${result.err.line}:${result.err.col}`)
            }
        }
        const orderedObjParser = new OrderedObjParser(this.options, this.externalEntities);
        // orderedObjParser.entityDecoder.setExternalEntities(this.externalEntities);
        const orderedResult = orderedObjParser.parseXml(xmlData);
        if (this.options.preserveOrder || orderedResult === undefined) return orderedResult;
        else return prettify(orderedResult, this.options, orderedObjParser.matcher, orderedObjParser.readonlyMatcher);
    }

    /**
     * Add Entity which is not by default supported by this library
     * @param {string} key 
     * @param {string} value 
     */
    addEntity(key, value) {
        if (value.indexOf("&") !== -1) {
            throw new Error("Entity value can't have '&'")
        } else if (key.indexOf("&") !== -1 || key.indexOf(";") !== -1) {
            throw new Error("An entity must be set without '&' and ';'. Eg. use '#xD' for '&#xD;'")
        } else if (value === "&") {
            throw new Error("An entity with value '&' is not permitted");
        } else {
            this.externalEntities[key] = value;
        }
    }

    /**
     * Returns a Symbol that can be used to access the metadata
     * property on a node.
     * 
     * If Symbol is not available in the environment, an ordinary property is used
     * and the name of the property is here returned.
     * 
     * The XMLMetaData property is only present when `captureMetaData`
     * is true in the options.
     */
    static getMetaDataSymbol() {
        return XmlNode.getMetaDataSymbol();
    }
}

/***/ }),

/***/ 3945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ Expression)
/* harmony export */ });
/**
 * Expression - Parses and stores a tag pattern expression
 * 
 * Patterns are parsed once and stored in an optimized structure for fast matching.
 * 
 * @example
 * const expr = new Expression("root.users.user");
 * const expr2 = new Expression("..user[id]:first");
 * const expr3 = new Expression("root/users/user", { separator: '/' });
 */
class Expression {
  /**
   * Create a new Expression
   * @param {string} pattern - Pattern string (e.g., "root.users.user", "..user[id]")
   * @param {Object} options - Configuration options
   * @param {string} options.separator - Path separator (default: '.')
   */
  constructor(pattern, options = {}, data) {
    this.pattern = pattern;
    this.separator = options.separator || '.';
    this.segments = this._parse(pattern);
    this.data = data;
    // Cache expensive checks for performance (O(1) instead of O(n))
    this._hasDeepWildcard = this.segments.some(seg => seg.type === 'deep-wildcard');
    this._hasAttributeCondition = this.segments.some(seg => seg.attrName !== undefined);
    this._hasPositionSelector = this.segments.some(seg => seg.position !== undefined);
  }

  /**
   * Parse pattern string into segments
   * @private
   * @param {string} pattern - Pattern to parse
   * @returns {Array} Array of segment objects
   */
  _parse(pattern) {
    const segments = [];

    // Split by separator but handle ".." specially
    let i = 0;
    let currentPart = '';

    while (i < pattern.length) {
      if (pattern[i] === this.separator) {
        // Check if next char is also separator (deep wildcard)
        if (i + 1 < pattern.length && pattern[i + 1] === this.separator) {
          // Flush current part if any
          if (currentPart.trim()) {
            segments.push(this._parseSegment(currentPart.trim()));
            currentPart = '';
          }
          // Add deep wildcard
          segments.push({ type: 'deep-wildcard' });
          i += 2; // Skip both separators
        } else {
          // Regular separator
          if (currentPart.trim()) {
            segments.push(this._parseSegment(currentPart.trim()));
          }
          currentPart = '';
          i++;
        }
      } else {
        currentPart += pattern[i];
        i++;
      }
    }

    // Flush remaining part
    if (currentPart.trim()) {
      segments.push(this._parseSegment(currentPart.trim()));
    }

    return segments;
  }

  /**
   * Parse a single segment
   * @private
   * @param {string} part - Segment string (e.g., "user", "ns::user", "user[id]", "ns::user:first")
   * @returns {Object} Segment object
   */
  _parseSegment(part) {
    const segment = { type: 'tag' };

    // NEW NAMESPACE SYNTAX (v2.0):
    // ============================
    // Namespace uses DOUBLE colon (::)
    // Position uses SINGLE colon (:)
    // 
    // Examples:
    //   "user"              → tag
    //   "user:first"        → tag + position
    //   "user[id]"          → tag + attribute
    //   "user[id]:first"    → tag + attribute + position
    //   "ns::user"          → namespace + tag
    //   "ns::user:first"    → namespace + tag + position
    //   "ns::user[id]"      → namespace + tag + attribute
    //   "ns::user[id]:first" → namespace + tag + attribute + position
    //   "ns::first"         → namespace + tag named "first" (NO ambiguity!)
    //
    // This eliminates all ambiguity:
    //   :: = namespace separator
    //   :  = position selector
    //   [] = attributes

    // Step 1: Extract brackets [attr] or [attr=value]
    let bracketContent = null;
    let withoutBrackets = part;

    const bracketMatch = part.match(/^([^\[]+)(\[[^\]]*\])(.*)$/);
    if (bracketMatch) {
      withoutBrackets = bracketMatch[1] + bracketMatch[3];
      if (bracketMatch[2]) {
        const content = bracketMatch[2].slice(1, -1);
        if (content) {
          bracketContent = content;
        }
      }
    }

    // Step 2: Check for namespace (double colon ::)
    let namespace = undefined;
    let tagAndPosition = withoutBrackets;

    if (withoutBrackets.includes('::')) {
      const nsIndex = withoutBrackets.indexOf('::');
      namespace = withoutBrackets.substring(0, nsIndex).trim();
      tagAndPosition = withoutBrackets.substring(nsIndex + 2).trim(); // Skip ::

      if (!namespace) {
        throw new Error(`Invalid namespace in pattern: ${part}`);
      }
    }

    // Step 3: Parse tag and position (single colon :)
    let tag = undefined;
    let positionMatch = null;

    if (tagAndPosition.includes(':')) {
      const colonIndex = tagAndPosition.lastIndexOf(':'); // Use last colon for position
      const tagPart = tagAndPosition.substring(0, colonIndex).trim();
      const posPart = tagAndPosition.substring(colonIndex + 1).trim();

      // Verify position is a valid keyword
      const isPositionKeyword = ['first', 'last', 'odd', 'even'].includes(posPart) ||
        /^nth\(\d+\)$/.test(posPart);

      if (isPositionKeyword) {
        tag = tagPart;
        positionMatch = posPart;
      } else {
        // Not a valid position keyword, treat whole thing as tag
        tag = tagAndPosition;
      }
    } else {
      tag = tagAndPosition;
    }

    if (!tag) {
      throw new Error(`Invalid segment pattern: ${part}`);
    }

    segment.tag = tag;
    if (namespace) {
      segment.namespace = namespace;
    }

    // Step 4: Parse attributes
    if (bracketContent) {
      if (bracketContent.includes('=')) {
        const eqIndex = bracketContent.indexOf('=');
        segment.attrName = bracketContent.substring(0, eqIndex).trim();
        segment.attrValue = bracketContent.substring(eqIndex + 1).trim();
      } else {
        segment.attrName = bracketContent.trim();
      }
    }

    // Step 5: Parse position selector
    if (positionMatch) {
      const nthMatch = positionMatch.match(/^nth\((\d+)\)$/);
      if (nthMatch) {
        segment.position = 'nth';
        segment.positionValue = parseInt(nthMatch[1], 10);
      } else {
        segment.position = positionMatch;
      }
    }

    return segment;
  }

  /**
   * Get the number of segments
   * @returns {number}
   */
  get length() {
    return this.segments.length;
  }

  /**
   * Check if expression contains deep wildcard
   * @returns {boolean}
   */
  hasDeepWildcard() {
    return this._hasDeepWildcard;
  }

  /**
   * Check if expression has attribute conditions
   * @returns {boolean}
   */
  hasAttributeCondition() {
    return this._hasAttributeCondition;
  }

  /**
   * Check if expression has position selectors
   * @returns {boolean}
   */
  hasPositionSelector() {
    return this._hasPositionSelector;
  }

  /**
   * Get string representation
   * @returns {string}
   */
  toString() {
    return this.pattern;
  }
}

/***/ }),

/***/ 8257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ Matcher)
/* harmony export */ });
/* unused harmony export MatcherView */


/**
 * MatcherView - A lightweight read-only view over a Matcher's internal state.
 *
 * Created once by Matcher and reused across all callbacks. Holds a direct
 * reference to the parent Matcher so it always reflects current parser state
 * with zero copying or freezing overhead.
 *
 * Users receive this via {@link Matcher#readOnly} or directly from parser
 * callbacks. It exposes all query and matching methods but has no mutation
 * methods — misuse is caught at the TypeScript level rather than at runtime.
 *
 * @example
 * const matcher = new Matcher();
 * const view = matcher.readOnly();
 *
 * matcher.push("root", {});
 * view.getCurrentTag(); // "root"
 * view.getDepth();      // 1
 */
class MatcherView {
  /**
   * @param {Matcher} matcher - The parent Matcher instance to read from.
   */
  constructor(matcher) {
    this._matcher = matcher;
  }

  /**
   * Get the path separator used by the parent matcher.
   * @returns {string}
   */
  get separator() {
    return this._matcher.separator;
  }

  /**
   * Get current tag name.
   * @returns {string|undefined}
   */
  getCurrentTag() {
    const path = this._matcher.path;
    return path.length > 0 ? path[path.length - 1].tag : undefined;
  }

  /**
   * Get current namespace.
   * @returns {string|undefined}
   */
  getCurrentNamespace() {
    const path = this._matcher.path;
    return path.length > 0 ? path[path.length - 1].namespace : undefined;
  }

  /**
   * Get current node's attribute value.
   * @param {string} attrName
   * @returns {*}
   */
  getAttrValue(attrName) {
    const path = this._matcher.path;
    if (path.length === 0) return undefined;
    return path[path.length - 1].values?.[attrName];
  }

  /**
   * Check if current node has an attribute.
   * @param {string} attrName
   * @returns {boolean}
   */
  hasAttr(attrName) {
    const path = this._matcher.path;
    if (path.length === 0) return false;
    const current = path[path.length - 1];
    return current.values !== undefined && attrName in current.values;
  }

  /**
   * Get the value of a "kept" attribute from the nearest ancestor (or
   * current node) that declared it via `push(tag, attrs, ns, { keep: [...] })`.
   * @param {string} attrName
   * @returns {*}
   */
  getAnyParentAttr(attrName) {
    return this._matcher.getAnyParentAttr(attrName);
  }

  /**
   * Check whether any ancestor (or the current node) kept the given
   * attribute via `push(tag, attrs, ns, { keep: [...] })`.
   * @param {string} attrName
   * @returns {boolean}
   */
  hasAnyParentAttr(attrName) {
    return this._matcher.hasAnyParentAttr(attrName);
  }

  /**
   * Get current node's sibling position (child index in parent).
   * @returns {number}
   */
  getPosition() {
    const path = this._matcher.path;
    if (path.length === 0) return -1;
    return path[path.length - 1].position ?? 0;
  }

  /**
   * Get current node's repeat counter (occurrence count of this tag name).
   * @returns {number}
   */
  getCounter() {
    const path = this._matcher.path;
    if (path.length === 0) return -1;
    return path[path.length - 1].counter ?? 0;
  }

  /**
   * Get current node's sibling index (alias for getPosition).
   * @returns {number}
   * @deprecated Use getPosition() or getCounter() instead
   */
  getIndex() {
    return this.getPosition();
  }

  /**
   * Get current path depth.
   * @returns {number}
   */
  getDepth() {
    return this._matcher.path.length;
  }

  /**
   * Get path as string.
   * @param {string} [separator] - Optional separator (uses default if not provided)
   * @param {boolean} [includeNamespace=true]
   * @returns {string}
   */
  toString(separator, includeNamespace = true) {
    return this._matcher.toString(separator, includeNamespace);
  }

  /**
   * Get path as array of tag names.
   * @returns {string[]}
   */
  toArray() {
    return this._matcher.path.map(n => n.tag);
  }

  /**
   * Match current path against an Expression.
   * @param {Expression} expression
   * @returns {boolean}
   */
  matches(expression) {
    return this._matcher.matches(expression);
  }

  /**
   * Match any expression in the given set against the current path.
   * @param {ExpressionSet} exprSet
   * @returns {boolean}
   */
  matchesAny(exprSet) {
    return exprSet.matchesAny(this._matcher);
  }
}

/**
 * Matcher - Tracks current path in XML/JSON tree and matches against Expressions.
 *
 * The matcher maintains a stack of nodes representing the current path from root to
 * current tag. It only stores attribute values for the current (top) node to minimize
 * memory usage. Sibling tracking is used to auto-calculate position and counter.
 *
 * Use {@link Matcher#readOnly} to obtain a {@link MatcherView} safe to pass to
 * user callbacks — it always reflects current state with no Proxy overhead.
 *
 * @example
 * const matcher = new Matcher();
 * matcher.push("root", {});
 * matcher.push("users", {});
 * matcher.push("user", { id: "123", type: "admin" });
 *
 * const expr = new Expression("root.users.user");
 * matcher.matches(expr); // true
 */
class Matcher {
  /**
   * Create a new Matcher.
   * @param {Object} [options={}]
   * @param {string} [options.separator='.'] - Default path separator
   */
  constructor(options = {}) {
    this.separator = options.separator || '.';
    this.path = [];
    this.siblingStacks = [];
    // Each path node: { tag, values, position, counter, namespace? }
    // values only present for current (last) node
    // Each siblingStacks entry: Map<tagName, count> tracking occurrences at each level
    this._pathStringCache = null;
    this._view = new MatcherView(this);

    // Kept-attribute stack: only populated when push() is called with options.keep.
    this._keptAttrs = [];
  }

  /**
   * Push a new tag onto the path.
   * @param {string} tagName
   * @param {Object|null} [attrValues=null]
   * @param {string|null} [namespace=null]
   * @param {Object|null} [options=null]
   * @param {string[]} [options.keep] - Names of attributes (from attrValues)
   */
  push(tagName, attrValues = null, namespace = null, options = null) {
    this._pathStringCache = null;

    // Remove values from previous current node (now becoming ancestor)
    if (this.path.length > 0) {
      this.path[this.path.length - 1].values = undefined;
    }

    // Get or create sibling tracking for current level
    const currentLevel = this.path.length;
    let level = this.siblingStacks[currentLevel];
    if (!level) {
      // `counts` tells same-name siblings apart (the "counter" — nth <item>
      // among other <item>s). `total` is every child seen at this level so
      // far, kept as a running number instead of re-added from `counts` on
      // every push — a parent with many differently-named children would
      // otherwise cost more per child the more distinct names it has.
      level = { counts: new Map(), total: 0 };
      this.siblingStacks[currentLevel] = level;
    }

    // Create a unique key for sibling tracking that includes namespace
    const siblingKey = namespace ? `${namespace}:${tagName}` : tagName;

    // Calculate counter (how many times this tag appeared at this level)
    const counter = level.counts.get(siblingKey) || 0;

    // Position = total children at this level seen before this one.
    const position = level.total;

    // Update sibling count for this tag, and the level's running total.
    level.counts.set(siblingKey, counter + 1);
    level.total++;

    // Create new node
    const node = {
      tag: tagName,
      position: position,
      counter: counter
    };

    if (namespace !== null && namespace !== undefined) {
      node.namespace = namespace;
    }

    if (attrValues !== null && attrValues !== undefined) {
      node.values = attrValues;
    }

    this.path.push(node);

    // Depth of the node we just pushed (1-based, matches this.path.length)
    const depth = this.path.length;

    // Copy only the requested attributes into the kept-attrs stack. This is
    // the one part of push() whose cost scales with input (O(keep.length))
    // rather than being O(1) — by design, since the caller is explicitly
    // opting in for specific attribute names. No options/keep => zero added
    // cost beyond the two property reads below.
    const keep = options !== null ? options.keep : null;
    if (keep !== null && keep !== undefined && keep.length > 0 && attrValues) {
      for (let i = 0; i < keep.length; i++) {
        const name = keep[i];
        if (attrValues[name] !== undefined) {
          this._keptAttrs.push({ depth, name, value: attrValues[name] });
        }
      }
    }
  }

  /**
   * Pop the last tag from the path.
   * @returns {Object|undefined} The popped node
   */
  pop() {
    if (this.path.length === 0) return undefined;
    this._pathStringCache = null;

    const node = this.path.pop();

    if (this.siblingStacks.length > this.path.length + 1) {
      this.siblingStacks.length = this.path.length + 1;
    }

    // Drop any kept attributes that belonged to the popped node (or deeper).
    // _keptAttrs is depth-ordered (push only ever appends increasing depths),
    // so this is a backward scan that stops at the first surviving entry —
    // typically O(1) since kept attrs are rare by design.
    const poppedDepth = this.path.length + 1;
    while (
      this._keptAttrs.length > 0 &&
      this._keptAttrs[this._keptAttrs.length - 1].depth >= poppedDepth
    ) {
      this._keptAttrs.pop();
    }

    return node;
  }

  /**
   * Update current node's attribute values.
   * Useful when attributes are parsed after push.
   * @param {Object} attrValues
   */
  updateCurrent(attrValues) {
    if (this.path.length > 0) {
      const current = this.path[this.path.length - 1];
      if (attrValues !== null && attrValues !== undefined) {
        current.values = attrValues;
      }
    }
  }

  /**
   * Get current tag name.
   * @returns {string|undefined}
   */
  getCurrentTag() {
    return this.path.length > 0 ? this.path[this.path.length - 1].tag : undefined;
  }

  /**
   * Get current namespace.
   * @returns {string|undefined}
   */
  getCurrentNamespace() {
    return this.path.length > 0 ? this.path[this.path.length - 1].namespace : undefined;
  }

  /**
   * Get current node's attribute value.
   * @param {string} attrName
   * @returns {*}
   */
  getAttrValue(attrName) {
    if (this.path.length === 0) return undefined;
    return this.path[this.path.length - 1].values?.[attrName];
  }

  /**
   * Check if current node has an attribute.
   * @param {string} attrName
   * @returns {boolean}
   */
  hasAttr(attrName) {
    if (this.path.length === 0) return false;
    const current = this.path[this.path.length - 1];
    return current.values !== undefined && attrName in current.values;
  }

  /**
   * Get the value of a "kept" attribute from the nearest ancestor (or
   * current node) that declared it via `push(tag, attrs, ns, { keep: [...] })`.
   * Unlike getAttrValue(), this works regardless of how deep the path has
   * gone since the attribute was pushed — but only for attribute names that
   * were explicitly marked with `keep` at push time. Cost is proportional to
   * the number of currently-kept attributes (typically 0-3), not path depth.
   * @param {string} attrName
   * @returns {*} the value, or undefined if no ancestor kept this attribute
   */
  getAnyParentAttr(attrName) {
    const kept = this._keptAttrs;
    for (let i = kept.length - 1; i >= 0; i--) {
      if (kept[i].name === attrName) return kept[i].value;
    }
    return undefined;
  }

  /**
   * Check whether any ancestor (or the current node) kept the given
   * attribute via `push(tag, attrs, ns, { keep: [...] })`.
   * @param {string} attrName
   * @returns {boolean}
   */
  hasAnyParentAttr(attrName) {
    const kept = this._keptAttrs;
    for (let i = kept.length - 1; i >= 0; i--) {
      if (kept[i].name === attrName) return true;
    }
    return false;
  }

  /**
   * Get current node's sibling position (child index in parent).
   * @returns {number}
   */
  getPosition() {
    if (this.path.length === 0) return -1;
    return this.path[this.path.length - 1].position ?? 0;
  }

  /**
   * Get current node's repeat counter (occurrence count of this tag name).
   * @returns {number}
   */
  getCounter() {
    if (this.path.length === 0) return -1;
    return this.path[this.path.length - 1].counter ?? 0;
  }

  /**
   * Get current node's sibling index (alias for getPosition).
   * @returns {number}
   * @deprecated Use getPosition() or getCounter() instead
   */
  getIndex() {
    return this.getPosition();
  }

  /**
   * Get current path depth.
   * @returns {number}
   */
  getDepth() {
    return this.path.length;
  }

  /**
   * Get path as string.
   * @param {string} [separator] - Optional separator (uses default if not provided)
   * @param {boolean} [includeNamespace=true]
   * @returns {string}
   */
  toString(separator, includeNamespace = true) {
    const sep = separator || this.separator;
    const isDefault = (sep === this.separator && includeNamespace === true);

    if (isDefault) {
      if (this._pathStringCache !== null) {
        return this._pathStringCache;
      }
      const result = this.path.map(n =>
        (n.namespace) ? `${n.namespace}:${n.tag}` : n.tag
      ).join(sep);
      this._pathStringCache = result;
      return result;
    }

    return this.path.map(n =>
      (includeNamespace && n.namespace) ? `${n.namespace}:${n.tag}` : n.tag
    ).join(sep);
  }

  /**
   * Get path as array of tag names.
   * @returns {string[]}
   */
  toArray() {
    return this.path.map(n => n.tag);
  }

  /**
   * Reset the path to empty.
   */
  reset() {
    this._pathStringCache = null;
    this.path = [];
    this.siblingStacks = [];
    this._keptAttrs = [];
  }

  /**
   * Match current path against an Expression.
   * @param {Expression} expression
   * @returns {boolean}
   */
  matches(expression) {
    const segments = expression.segments;

    if (segments.length === 0) {
      return false;
    }

    if (expression.hasDeepWildcard()) {
      return this._matchWithDeepWildcard(segments);
    }

    return this._matchSimple(segments);
  }

  /**
   * @private
   */
  _matchSimple(segments) {
    if (this.path.length !== segments.length) {
      return false;
    }

    for (let i = 0; i < segments.length; i++) {
      if (!this._matchSegment(segments[i], this.path[i], i === this.path.length - 1)) {
        return false;
      }
    }

    return true;
  }

  /**
   * @private
   */
  _matchWithDeepWildcard(segments) {
    let pathIdx = this.path.length - 1;
    let segIdx = segments.length - 1;

    while (segIdx >= 0 && pathIdx >= 0) {
      const segment = segments[segIdx];

      if (segment.type === 'deep-wildcard') {
        segIdx--;

        if (segIdx < 0) {
          return true;
        }

        const nextSeg = segments[segIdx];
        let found = false;

        for (let i = pathIdx; i >= 0; i--) {
          if (this._matchSegment(nextSeg, this.path[i], i === this.path.length - 1)) {
            pathIdx = i - 1;
            segIdx--;
            found = true;
            break;
          }
        }

        if (!found) {
          return false;
        }
      } else {
        if (!this._matchSegment(segment, this.path[pathIdx], pathIdx === this.path.length - 1)) {
          return false;
        }
        pathIdx--;
        segIdx--;
      }
    }

    return segIdx < 0;
  }

  /**
   * @private
   */
  _matchSegment(segment, node, isCurrentNode) {
    if (segment.tag !== '*' && segment.tag !== node.tag) {
      return false;
    }

    if (segment.namespace !== undefined) {
      if (segment.namespace !== '*' && segment.namespace !== node.namespace) {
        return false;
      }
    }

    if (segment.attrName !== undefined) {
      if (!isCurrentNode) {
        return false;
      }

      if (!node.values || !(segment.attrName in node.values)) {
        return false;
      }

      if (segment.attrValue !== undefined) {
        if (String(node.values[segment.attrName]) !== String(segment.attrValue)) {
          return false;
        }
      }
    }

    if (segment.position !== undefined) {
      if (!isCurrentNode) {
        return false;
      }

      const counter = node.counter ?? 0;

      if (segment.position === 'first' && counter !== 0) {
        return false;
      } else if (segment.position === 'odd' && counter % 2 !== 1) {
        return false;
      } else if (segment.position === 'even' && counter % 2 !== 0) {
        return false;
      } else if (segment.position === 'nth' && counter !== segment.positionValue) {
        return false;
      }
    }

    return true;
  }

  /**
   * Match any expression in the given set against the current path.
   * @param {ExpressionSet} exprSet
   * @returns {boolean}
   */
  matchesAny(exprSet) {
    return exprSet.matchesAny(this);
  }

  /**
   * Create a snapshot of current state.
   * @returns {Object}
   */
  snapshot() {
    return {
      path: this.path.map(node => ({ ...node })),
      siblingStacks: this.siblingStacks.map(level => level ? { counts: new Map(level.counts), total: level.total } : level),
      keptAttrs: this._keptAttrs.map(entry => ({ ...entry }))
    };
  }

  /**
   * Restore state from snapshot.
   * @param {Object} snapshot
   */
  restore(snapshot) {
    this._pathStringCache = null;
    this.path = snapshot.path.map(node => ({ ...node }));
    this.siblingStacks = snapshot.siblingStacks.map(level => level ? { counts: new Map(level.counts), total: level.total } : level);
    this._keptAttrs = (snapshot.keptAttrs || []).map(entry => ({ ...entry }));
  }

  /**
   * Return the read-only {@link MatcherView} for this matcher.
   *
   * The same instance is returned on every call — no allocation occurs.
   * It always reflects the current parser state and is safe to pass to
   * user callbacks without risk of accidental mutation.
   *
   * @returns {MatcherView}
   *
   * @example
   * const view = matcher.readOnly();
   * // pass view to callbacks — it stays in sync automatically
   * view.matches(expr);       // ✓
   * view.getCurrentTag();     // ✓
   * // view.push(...)         // ✗ method does not exist — caught by TypeScript
   */
  readOnly() {
    return this._view;
  }
}


/***/ }),

/***/ 4658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   fG: () => (/* binding */ qName),
/* harmony export */   fH: () => (/* binding */ createValidator)
/* harmony export */ });
/* unused harmony exports name, ncName, nmToken, nmTokens, validate, validateAll, sanitize */
/**
 * xml-naming
 * Validates XML Name productions as defined in the XML 1.0 and 1.1 specifications.
 * Covers: Name, NCName, QName, NMToken, NMTokens
 *
 * XML 1.0 spec: https://www.w3.org/TR/xml/#NT-Name
 * XML 1.1 spec: https://www.w3.org/TR/xml11/#NT-NameStartChar
 * XML NS spec:  https://www.w3.org/TR/xml-names/#NT-NCName
 */

// ---------------------------------------------------------------------------
// Character class strings — XML 1.0
//
// NameStartChar ::= ":" | [A-Z] | "_" | [a-z]
//   | [#xC0-#xD6]   | [#xD8-#xF6]   | [#xF8-#x2FF]
//   | [#x370-#x37D] | [#x37F-#x1FFF]    <- split to exclude #x0487
//   | [#x200C-#x200D]
//   | [#x2070-#x218F] | [#x2C00-#x2FEF]
//   | [#x3001-#xD7FF] | [#xF900-#xFDCF] | [#xFDF0-#xFFFD]
//
// NameChar ::= NameStartChar | "-" | "." | [0-9]
//   | #xB7 | [#x0300-#x036F] | [#x203F-#x2040]
//
// Note: \u0487 (Combining Cyrillic Millions Sign) was added in Unicode 4.0,
// after XML 1.0 was defined against Unicode 2.0. It falls inside the range
// \u037F-\u1FFF but must be excluded. We split that range into
// \u037F-\u0486 and \u0488-\u1FFF to exclude it explicitly.
// ---------------------------------------------------------------------------

const nameStartChar10 =
  ':A-Za-z_' +
  '\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF' +
  '\u0370-\u037D' +
  '\u037F-\u0486\u0488-\u1FFF' +  // split to exclude \u0487
  '\u200C-\u200D' +
  '\u2070-\u218F' +
  '\u2C00-\u2FEF' +
  '\u3001-\uD7FF' +
  '\uF900-\uFDCF' +
  '\uFDF0-\uFFFD';

const nameChar10 =
  nameStartChar10 +
  '\\-\\.\\d' +
  '\u00B7' +
  '\u0300-\u036F' +
  '\u203F-\u2040';

// ---------------------------------------------------------------------------
// Character class strings — XML 1.1
//
// Differences from XML 1.0:
//
// NameStartChar:
//   1.0 has split ranges: \u00C0-\u00D6, \u00D8-\u00F6, \u00F8-\u02FF
//   1.1 merges them into: \u00C0-\u02FF
//   (\u00D7 x and \u00F7 / are division symbols, excluded in both versions)
//
//   1.0 tops out at \uFFFD (BMP only)
//   1.1 adds \u{10000}-\u{EFFFF} (supplementary planes)
//   These require the /u flag on the RegExp — see buildRegexes below.
//
// NameChar:
//   1.1 adds \u0487 (Combining Cyrillic Millions Sign, added in Unicode 4.0)
// ---------------------------------------------------------------------------

const nameStartChar11 =
  ':A-Za-z_' +
  '\u00C0-\u02FF' +                    // merged — 1.0 had three split ranges here
  '\u0370-\u037D' +
  '\u037F-\u0486\u0488-\u1FFF' +       // split to exclude \u0487 (combining mark, never a NameStartChar)
  '\u200C-\u200D' +
  '\u2070-\u218F' +
  '\u2C00-\u2FEF' +
  '\u3001-\uD7FF' +
  '\uF900-\uFDCF' +
  '\uFDF0-\uFFFD' +
  '\u{10000}-\u{EFFFF}';     // supplementary planes — REQUIRES /u flag on RegExp

const nameChar11 =
  nameStartChar11 +
  '\\-\\.\\d' +
  '\u00B7' +
  '\u0300-\u036F' +
  '\u0487' +                 // Combining Cyrillic Millions Sign — valid in 1.1, not 1.0
  '\u203F-\u2040';

// ---------------------------------------------------------------------------
// Regex builders
//
// XML 1.0 regexes: no flags — BMP only, standard JS regex behaviour.
// XML 1.1 regexes: /u flag — required for \u{10000}-\u{EFFFF} to match actual
//   supplementary code points rather than lone surrogates (which are illegal XML).
// ---------------------------------------------------------------------------

const buildRegexes = (startChar, char, flags = '') => {
  const ncStart = startChar.replace(':', '');
  const ncChar = char.replace(':', '');
  const ncNamePat = `[${ncStart}][${ncChar}]*`;

  return {
    name: new RegExp(`^[${startChar}][${char}]*$`, flags),
    ncName: new RegExp(`^${ncNamePat}$`, flags),
    qName: new RegExp(`^${ncNamePat}(?::${ncNamePat})?$`, flags),
    nmToken: new RegExp(`^[${char}]+$`, flags),
    nmTokens: new RegExp(`^[${char}]+(?:\\s+[${char}]+)*$`, flags),
  };
};

const regexes10 = buildRegexes(nameStartChar10, nameChar10);       // no /u — BMP only
const regexes11 = buildRegexes(nameStartChar11, nameChar11, 'u');  // /u — enables \u{10000}-\u{EFFFF}

// ---------------------------------------------------------------------------
// ASCII-only fast path (opt-in, off by default)
//
// The XML 1.0 vs 1.1 NameStartChar/NameChar productions differ *only* in
// their non-ASCII ranges (merged vs split Latin-1 ranges, \u0487, and
// supplementary planes). Restricted to ASCII, both versions collapse to the
// same character classes, so a single regex pair covers both xmlVersion
// values — no /u flag needed.
//
// Rationale: unicode-aware regexes (the /u flag, required for XML 1.1's
// supplementary-plane range) are measurably slower in V8 than plain
// non-unicode regexes on the same input, even when the input is pure ASCII.
// For the common case — HTML/SVG ids, XML tags — names are ASCII, so callers
// who know this can opt in to skip the unicode-aware matching path entirely.
// This is a real but *conditional* win: mainly for XML 1.1 input (avoids /u),
// or at scale where the larger unicode character classes add engine
// overhead. It also changes behaviour (rejects legitimate non-ASCII XML
// 1.0/1.1 names), so it must never be silently enabled — hence off by
// default.
// ---------------------------------------------------------------------------

const nameStartCharAscii = ':A-Za-z_';
const nameCharAscii = nameStartCharAscii + '\\-\\.\\d';

const regexesAscii = buildRegexes(nameStartCharAscii, nameCharAscii); // no /u — ASCII only

const getRegexes = (xmlVersion = '1.0', asciiOnly = false) => {
  if (asciiOnly) return regexesAscii;
  return xmlVersion === '1.1' ? regexes11 : regexes10;
};

// ---------------------------------------------------------------------------
// Boolean validators
// ---------------------------------------------------------------------------

/**
 * Returns true if the string is a valid XML Name.
 * Colons are allowed anywhere (Name production).
 * Used for: DOCTYPE entity names, notation names, DTD element declarations.
 *
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 *   asciiOnly: skip unicode-aware matching, ASCII names only (default false).
 */
const name = (str, { xmlVersion = '1.0', asciiOnly = false } = {}) =>
  getRegexes(xmlVersion, asciiOnly).name.test(str);

/**
 * Returns true if the string is a valid NCName (Non-Colonized Name).
 * Colons are not permitted.
 * Used for: namespace prefixes, local names, SVG id attributes.
 *
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 *   asciiOnly: skip unicode-aware matching, ASCII names only (default false).
 */
const ncName = (str, { xmlVersion = '1.0', asciiOnly = false } = {}) =>
  getRegexes(xmlVersion, asciiOnly).ncName.test(str);

/**
 * Returns true if the string is a valid QName (Qualified Name).
 * Allows exactly one colon as a prefix separator: prefix:localName.
 * Used for: element and attribute names in namespace-aware XML/SVG.
 *
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 *   asciiOnly: skip unicode-aware matching, ASCII names only (default false).
 */
const qName = (str, { xmlVersion = '1.0', asciiOnly = false } = {}) =>
  getRegexes(xmlVersion, asciiOnly).qName.test(str);

/**
 * Returns true if the string is a valid NMToken.
 * Like Name but no restriction on the first character.
 * Used for: DTD NMTOKEN attribute values.
 *
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 *   asciiOnly: skip unicode-aware matching, ASCII names only (default false).
 */
const nmToken = (str, { xmlVersion = '1.0', asciiOnly = false } = {}) =>
  getRegexes(xmlVersion, asciiOnly).nmToken.test(str);

/**
 * Returns true if the string is a valid NMTokens value.
 * A whitespace-separated list of NMToken values.
 * Used for: DTD NMTOKENS attribute values.
 *
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 *   asciiOnly: skip unicode-aware matching, ASCII names only (default false).
 */
const nmTokens = (str, { xmlVersion = '1.0', asciiOnly = false } = {}) =>
  getRegexes(xmlVersion, asciiOnly).nmTokens.test(str);

// ---------------------------------------------------------------------------
// Memoized validator factory
//
// Real documents reuse a small vocabulary of tag/attribute names across many
// siblings (e.g. `id`, `class`, `href` repeated across hundreds of elements).
// The plain boolean validators above re-run the regex on every call
// regardless of repeats. `createValidator` returns a closure with a private
// string -> boolean cache, so repeated names after the first become O(1)
// lookups instead of regex tests.
//
// - opts (xmlVersion, asciiOnly) are fixed at creation time, so the regex is
//   resolved once, not on every call.
// - The cache is private to the returned closure — no shared/global state,
//   no cross-caller pollution.
// - `maxCacheSize` bounds memory: once the cache reaches this many entries,
//   it stops accepting new ones (existing entries keep serving hits; new
//   misses just fall through to the regex, uncached). This avoids unbounded
//   growth against adversarial/high-cardinality input (e.g. validating
//   attacker-supplied names with no repeats) without the cost/complexity of
//   a full LRU, and without the perf cliff of reset-and-refill thrashing.
// - Call `.reset()` on the returned function to clear the cache manually
//   (e.g. between unrelated parse calls).
// ---------------------------------------------------------------------------

const PRODUCTIONS = ['name', 'ncName', 'qName', 'nmToken', 'nmTokens'];

/**
 * Returns a memoized boolean validator function for a single production,
 * with opts fixed at creation time.
 *
 * @param {'name'|'ncName'|'qName'|'nmToken'|'nmTokens'} production
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean, maxCacheSize?: number }} [opts]
 *   maxCacheSize: max number of distinct strings to cache (default 2048).
 *   Once reached, new strings are validated but not cached; existing cached
 *   entries keep being served.
 * @returns {((str: string) => boolean) & { reset: () => void }}
 */
const createValidator = (production, { xmlVersion = '1.0', asciiOnly = false, maxCacheSize = 2048 } = {}) => {
  if (!PRODUCTIONS.includes(production)) {
    throw new TypeError(
      `Unknown production "${production}". Must be one of: ${PRODUCTIONS.join(', ')}`
    );
  }

  const regex = getRegexes(xmlVersion, asciiOnly)[production];
  let cache = new Map();

  const validator = (str) => {
    const cached = cache.get(str);
    if (cached !== undefined) return cached;

    const result = regex.test(str);
    if (cache.size < maxCacheSize) cache.set(str, result);
    return result;
  };

  validator.reset = () => { cache = new Map(); };

  return validator;
};

// ---------------------------------------------------------------------------
// Diagnostic validator
// ---------------------------------------------------------------------------

/**
 * Validates a string against a named production and returns a detailed result.
 *
 * @param {string} str
 * @param {'name'|'ncName'|'qName'|'nmToken'|'nmTokens'} production
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 * @returns {{ valid: boolean, production: string, input: string, reason?: string, position?: number }}
 */
const validate = (str, production, { xmlVersion = '1.0', asciiOnly = false } = {}) => {
  if (!PRODUCTIONS.includes(production)) {
    throw new TypeError(
      `Unknown production "${production}". Must be one of: ${PRODUCTIONS.join(', ')}`
    );
  }

  const validators = { name, ncName, qName, nmToken, nmTokens };
  const isValid = validators[production](str, { xmlVersion, asciiOnly });

  if (isValid) return { valid: true, production, input: str };

  let reason = 'Does not match the production rules';
  let position;

  // Diagnostic fallback char checks must mirror the same character set the
  // boolean validator above used, or the reported reason/position could
  // contradict the `valid: false` result (e.g. flagging a char as illegal
  // that the unicode-aware check would have accepted).
  const startCharPattern = asciiOnly ? /^[:A-Za-z_]/ : /^[:A-Za-z_\u00C0-\uFFFD]/;
  const namePattern = asciiOnly ? /[\w\-\\.:]/ : /[\w\-\\.:\u00B7\u00C0-\uFFFD]/;

  if (str.length === 0) {
    reason = 'Input is empty';
  } else if (production === 'ncName' && str.includes(':')) {
    position = str.indexOf(':');
    reason = 'Colon is not allowed in NCName';
  } else if (production === 'qName' && str.startsWith(':')) {
    reason = 'QName cannot start with a colon';
    position = 0;
  } else if (production === 'qName' && str.endsWith(':')) {
    reason = 'QName cannot end with a colon';
    position = str.length - 1;
  } else if (production === 'qName' && (str.match(/:/g) || []).length > 1) {
    reason = 'QName can have at most one colon';
    position = str.lastIndexOf(':');
  } else if (
    ['name', 'ncName', 'qName'].includes(production) &&
    !startCharPattern.test(str[0])
  ) {
    reason = `First character "${str[0]}" is not a valid NameStartChar`;
    position = 0;
  } else {
    for (let i = 0; i < str.length; i++) {
      if (!namePattern.test(str[i])) {
        reason = `Character "${str[i]}" at position ${i} is not a valid NameChar`;
        position = i;
        break;
      }
    }
  }

  return { valid: false, production, input: str, reason, position };
};

// ---------------------------------------------------------------------------
// Batch validator
// ---------------------------------------------------------------------------

/**
 * Validates an array of strings against a named production.
 *
 * @param {string[]} strings
 * @param {'name'|'ncName'|'qName'|'nmToken'|'nmTokens'} production
 * @param {{ xmlVersion?: '1.0'|'1.1', asciiOnly?: boolean }} [opts]
 * @returns {Array<{ valid: boolean, production: string, input: string, reason?: string, position?: number }>}
 */
const validateAll = (strings, production, opts = {}) =>
  strings.map(str => validate(str, production, opts));

// ---------------------------------------------------------------------------
// Sanitizer
// ---------------------------------------------------------------------------

/**
 * Transforms an invalid string into the nearest valid XML name for the given production.
 *
 * @param {string} str
 * @param {'name'|'ncName'|'qName'|'nmToken'|'nmTokens'} production
 * @param {{ replacement?: string, asciiOnly?: boolean }} [opts]
 *   asciiOnly: also replace any non-ASCII character, not just XML-illegal
 *   ones (default false).
 * @returns {string}
 */
const sanitize = (str, production = 'name', { replacement = '_', asciiOnly = false } = {}) => {
  if (!str) return replacement;

  let result = str;

  // Strip colons for NCName
  if (production === 'ncName') {
    result = result.replace(/:/g, '');
  }

  // Replace illegal characters
  const allowedCharPattern = asciiOnly ? /[^\w\-\.:]/g : /[^\w\-\.:\u00B7\u00C0-\uFFFD]/g;
  result = result.replace(allowedCharPattern, replacement);

  // Fix invalid start character for Name / NCName / QName
  if (production !== 'nmToken' && production !== 'nmTokens') {
    if (/^[\-\.\d]/.test(result)) {
      result = replacement + result;
    }
  }

  return result || replacement;
};

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
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
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
/******/ var __webpack_exports__ = __nccwpck_require__(7162);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
