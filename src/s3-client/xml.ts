import { XMLParser } from 'fast-xml-parser';
import { readField, readString } from '../json.ts';

// Keys are text: nothing may be read as a number. Entities are off, as in blob-xml.ts: no key of ours and no id needs one.
const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  processEntities: false,
  isArray: (name) => name === 'Contents',
});

function parseXml(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    // Not XML is an answer here: the caller says what it means.
    return undefined;
  }
}

/** The first key of a list; null: the list is empty; undefined: it is no list. */
export function parseFirstKey(text: string): string | null | undefined {
  const list = readField(parseXml(text), 'ListBucketResult');
  if (list === undefined) return undefined;
  const contents = readField(list, 'Contents');
  if (!Array.isArray(contents) || contents.length === 0) return null;
  return readString(contents[0], 'Key');
}

export function parseUploadId(text: string): string | undefined {
  return readString(parseXml(text), 'InitiateMultipartUploadResult', 'UploadId');
}

export interface S3Fault {
  readonly code: string;
  readonly message: string;
}

/** What S3 says of a fault; undefined: it says something else. */
export function parseFault(text: string): S3Fault | undefined {
  const error = readField(parseXml(text), 'Error');
  const code = readString(error, 'Code');
  return code === undefined ? undefined : { code, message: readString(error, 'Message') ?? '' };
}

/** @param tags of the parts, in their order */
export function renderParts(tags: readonly string[]): string {
  const parts = tags.map((tag, index) => {
    const text = tag.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${text}</ETag></Part>`;
  });
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
}
