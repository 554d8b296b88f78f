import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { UploadTarget } from './service.ts';
import { type FinishedUpload, UploadFile } from './upload-file.ts';

/** Uploads in progress, each in a directory of its own below one directory. */
export interface UploadArea {
  /** The upload of that id, which begins empty. The id is a file name: letters, digits, `-` and `_`. */
  open(id: string): UploadTarget;
  /**
   * The upload as one file of exactly that size (undefined: of any), closed to further writes; the caller may
   * move the file away and then calls `drop`. Throws ServiceError `not_found` (nothing committed, another size) or
   * `invalid_argument` (v1 chunks that do not cover it); the upload then stays open.
   */
  finish(id: string, sizeBytes?: number): Promise<FinishedUpload>;
  /** Stops writers and removes what is left of the upload. */
  drop(id: string): Promise<void>;
  /** Drops all. */
  close(): Promise<void>;
}

/** Makes the directory and removes what a killed process left in it. */
export async function createUploadArea(directory: string): Promise<UploadArea> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const uploads = new Map<string, UploadFile>();

  const open = (id: string): UploadFile => {
    if (!/^[\w-]{1,100}$/.test(id)) throw new Error(`"${id}" cannot name an upload`);
    const known = uploads.get(id);
    if (known !== undefined) return known;
    const upload = new UploadFile(path.join(directory, id));
    uploads.set(id, upload);
    return upload;
  };
  const drop = async (id: string): Promise<void> => {
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
