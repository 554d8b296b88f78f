import { isRecord, parseJson, readField, readNumber, readString } from '../../json.ts';

/** One line of `buildx build --progress rawjson`: client.SolveStatus of BuildKit, only the fields that are used here. */
export interface TraceMessage {
  readonly vertices: readonly VertexUpdate[];
  readonly statuses: readonly StatusUpdate[];
  readonly logs: readonly OutputPiece[];
  readonly warnings: readonly BuildWarning[];
}

export interface VertexUpdate {
  readonly digest: string;
  readonly name: string;
  /** It stands on others of the graph, as every step does; what BuildKit does besides has none. */
  readonly hasInputs: boolean;
  /** Digests of the vertices that it stands on. */
  readonly inputs: readonly string[];
  readonly cached: boolean;
  /** RFC 3339. */
  readonly started: string | undefined;
  readonly completed: string | undefined;
  readonly error: string | undefined;
}

export interface StatusUpdate {
  readonly id: string;
  readonly vertex: string;
  /** Bytes done so far, for tasks that count bytes. */
  readonly current: number;
  /** RFC 3339. */
  readonly started: string | undefined;
  readonly completed: string | undefined;
}

/** What a vertex printed, as it came: a piece may end within a character. */
export interface OutputPiece {
  readonly vertex: string;
  /** 1 is standard output, 2 standard error. */
  readonly stream: number;
  readonly bytes: Buffer;
}

export interface BuildWarning {
  readonly text: string;
  readonly detail: readonly string[];
  readonly url: string | undefined;
  /** Name as the frontend knows it, for example `Dockerfile`. */
  readonly file: string | undefined;
  /** First line, counted from 1. */
  readonly line: number | undefined;
}

/** The message of a line, or undefined when the line is plain text, as buildx's own errors are. */
export function parseTraceLine(line: string): TraceMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  const value = parseJson(line);
  if (!isRecord(value)) return undefined;
  return {
    vertices: readRecords(value['vertexes']).map(toVertex),
    statuses: readRecords(value['statuses']).map(toStatus),
    logs: readRecords(value['logs']).map((log) => ({
      vertex: readString(log, 'vertex') ?? '',
      stream: readNumber(log, 'stream') ?? 0,
      bytes: Buffer.from(readString(log, 'data') ?? '', 'base64'),
    })),
    warnings: readRecords(value['warnings']).map(toWarning),
  };
}

function toVertex(vertex: unknown): VertexUpdate {
  return {
    digest: readString(vertex, 'digest') ?? '',
    name: readString(vertex, 'name') ?? '',
    hasInputs: readRecords(readField(vertex, 'inputs')).length > 0,
    inputs: readRecords(readField(vertex, 'inputs')).filter((input) => typeof input === 'string'),
    cached: readField(vertex, 'cached') === true,
    started: readString(vertex, 'started'),
    completed: readString(vertex, 'completed'),
    error: readString(vertex, 'error'),
  };
}

function toStatus(status: unknown): StatusUpdate {
  return {
    id: readString(status, 'id') ?? '',
    vertex: readString(status, 'vertex') ?? '',
    current: readNumber(status, 'current') ?? 0,
    started: readString(status, 'started'),
    completed: readString(status, 'completed'),
  };
}

function toWarning(warning: unknown): BuildWarning {
  const [range] = readRecords(readField(warning, 'range'));
  const detail = readField(warning, 'detail');
  return {
    text: decode(readString(warning, 'short')),
    detail: Array.isArray(detail)
      ? detail.map((line) => decode(typeof line === 'string' ? line : undefined))
      : [],
    url: readString(warning, 'url'),
    file: readString(warning, 'sourceInfo', 'filename'),
    line: readNumber(range, 'start', 'line'),
  };
}

function readRecords(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Go writes []byte as base64. */
function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}
