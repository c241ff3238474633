/**
 * A segment is one file of the index, written once and never changed: some documents and the words in them.
 *
 * It is a header of numbers and then sections, each filled up to eight bytes, as this machine has its numbers: the index is
 * made anew elsewhere. Documents stand in the order of their instant. A later segment has a record's newer form, and hides
 * the older one; a document without an object hides it for good.
 */
import { crc32 } from 'node:zlib';

export const sections = [
  /** Of each document, in milliseconds, as 64-bit floats. */
  'instants',
  /** The object that holds the record, 20 bytes each; zeros where it is gone. */
  'objects',
  /** Where each key ends among `keys`. */
  'keyEnds',
  'keys',
  /** The numbers of the documents in the order of their keys. */
  'byKey',
  /** Where each term ends among `terms`, which rise by their bytes. */
  'termEnds',
  'terms',
  /** Where the postings of each term end among `postings`. */
  'postingEnds',
  /** The sum of the postings of each term: they are read for the words of a question alone. */
  'postingSums',
  'postings',
] as const;

export type Section = (typeof sections)[number];

/** Changes with whatever changes in the files, or in what words are: an index of another form is made anew. */
export const formNumber = 4;

/** The form, the documents, the terms, of each section its bytes and then its sum, and the sum of all these. */
export const headerBytes = 8 * (3 + 2 * sections.length + 1);

/** What is read must fit: a disk that flips a bit would lose hits, and nobody would know. */
export function sumOf(bytes: Uint8Array): number {
  return crc32(bytes);
}

export const oidBytes = 20;

/** Marks cannot be words: no word has this in it. */
export const markSign = '\0';

export function filled(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
