/** What the page's server is given: it is loaded apart, and works with the operations of the program that loads it. */
import type { operations } from '../operations/index.ts';
import type { Session } from '../operations/session.ts';

export type PageOperations = Pick<typeof operations, 'overview' | 'peek' | 'reply' | 'ack'>;

export interface PageParts {
  readonly session: Session;
  readonly operations: PageOperations;
  /** 0: one that is free. */
  readonly port: number;
  /** The built files of the page. */
  readonly folder: string;
  /** The server ends with it. */
  readonly signal: AbortSignal;
}

export interface PageServing {
  /** With the token: whoever has it may look, and answer. */
  readonly address: string;
  /** Resolves when the signal fired, and nobody is served any more. */
  readonly ended: Promise<void>;
}

/** The program of the page, as the command loads it. */
export interface PageProgram {
  readonly servePage: (parts: Omit<PageParts, 'folder'>) => Promise<PageServing>;
  /** Answers why no browser was opened; undefined where one was started. */
  readonly openInBrowser: (address: string) => Promise<string | undefined>;
}
