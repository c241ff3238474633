/** What search knows of a record: its words, by which it is found, and marks, by which it is narrowed. Never its meaning. */
import { addressed } from '../message/addressed.ts';
import { kindOf } from '../record/path.ts';
import type { AnyRecord } from '../record/record.ts';
import { msOf } from '../time.ts';

export interface SearchDocument {
  readonly atMs: number;
  /** Texts in which words are found; no phrase goes over from one to the next. */
  readonly texts: readonly string[];
  /** `from:ada`, `kind:claim`, `path:src`, or `file:src/a.ts` of what has nothing below: found as a whole, never by words. */
  readonly marks: readonly string[];
}

/** Folders of records that are kept track of after they left the tip. */
export const searchedFolders = ['messages', 'claims', 'specs', 'receipts'] as const;

/** Whether the past of what stands at this path is kept track of. */
export function isSearched(path: string): boolean {
  const [folder = ''] = path.split('/', 1);
  return (searchedFolders as readonly string[]).includes(folder) && kindOf(path) !== undefined;
}

/**
 * A receipt is found by its path alone. What is sealed (a text that the branch has encrypted) has no words here, whoever
 * can open it: the index lies beside the branch in the clear. What cannot be read has none either.
 */
export function documentOf(record: AnyRecord): SearchDocument {
  switch (record.kind) {
    case 'message': {
      const { agent, uid, at, subject = '', text, thread, room, attachments = [] } = record;
      const marks = [`kind:message`, `from:${agent}`, `uid:${uid}`, `thread:${thread}`];
      const files = attachments.map(({ path }) => path);
      return {
        atMs: msOf(at),
        texts: record.sealed !== undefined ? [] : [subject, text, agent, ...addressedRoom(record), ...files],
        marks: [
          ...marks,
          ...(room === undefined ? [] : [`room:${room}`]),
          ...(record.sealed === undefined ? [] : ['sealed:yes']),
          ...files.map((path) => `file:${path}`),
        ],
      };
    }
    case 'claim': {
      const { agent, uid, at, why = '', branch = '', paths, files = [] } = record;
      const held = paths.map((path) => `${files.includes(path) ? 'file' : 'path'}:${path}`);
      return {
        atMs: msOf(at),
        texts: [why, agent, branch, ...paths],
        marks: ['kind:claim', `from:${agent}`, `uid:${uid}`, ...held],
      };
    }
    case 'spec': {
      const { id, agent, uid, at, why = '', text } = record;
      return { atMs: msOf(at), texts: [id, text, why, agent], marks: ['kind:spec', `from:${agent}`, `uid:${uid}`] };
    }
    default:
      return { atMs: 0, texts: [], marks: [] };
  }
}

function addressedRoom(record: Parameters<typeof addressed>[0]): string[] {
  return addressed(record).filter((name) => name.startsWith('@'));
}
