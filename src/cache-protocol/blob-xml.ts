import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { isRecord, readString } from '../json.ts';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';

// Order matters in a block list and ids are text: nothing may be read as a number, trimmed to one or regrouped.
// Entities are off: a block list needs none and their expansion is an attack surface.
const orderedParser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  ignoreAttributes: true,
  processEntities: false,
});
const builder = new XMLBuilder({ preserveOrder: true });

/** Azure's names of what a request did wrong (cache-protocol.md, section 2.7). */
export type BlobErrorCode =
  | 'AuthenticationFailed'
  | 'AuthorizationPermissionMismatch'
  | 'BlobNotFound'
  | 'InvalidBlockList'
  | 'InvalidBlobOrBlock'
  | 'InvalidBlockId'
  | 'InvalidQueryParameterValue'
  | 'InvalidRange'
  | 'InvalidInput'
  | 'RequestBodyTooLarge'
  | 'ServerBusy'
  | 'InternalError'
  | 'UnsupportedHttpVerb';

/** Body of Put Block List: `<Latest>` for each id, in order. */
export function renderBlockList(blockIds: readonly string[]): string {
  const items = blockIds.map((id) => `<Latest>${id}</Latest>`).join('');
  return `${HEAD}<BlockList>${items}</BlockList>`;
}

/** The ids in list order; undefined when the text is not a block list. `Latest`, `Uncommitted` and `Committed` count alike. */
export function parseBlockList(xml: string): readonly string[] | undefined {
  if (XMLValidator.validate(xml) !== true) return undefined;
  const document: unknown = orderedParser.parse(xml);
  const root = findChild(document, 'BlockList');
  if (root === undefined) return undefined;
  const ids: string[] = [];
  for (const item of root) {
    const id = readBlockId(item);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}

export function renderBlobError(code: BlobErrorCode, message: string): string {
  const fields = [{ Error: [{ Code: [{ '#text': code }] }, { Message: [{ '#text': message }] }] }];
  return `${HEAD}${builder.build(fields)}`;
}

function findChild(nodes: unknown, name: string): readonly unknown[] | undefined {
  if (!Array.isArray(nodes)) return undefined;
  for (const node of nodes) {
    const children: unknown = isRecord(node) ? node[name] : undefined;
    if (Array.isArray(children)) return children;
  }
  return undefined;
}

function readBlockId(item: unknown): string | undefined {
  for (const name of ['Latest', 'Uncommitted', 'Committed']) {
    const children = findChild([item], name);
    if (children !== undefined) return children.length === 1 ? readString(children[0], '#text') : undefined;
  }
  return undefined;
}
