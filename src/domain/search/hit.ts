/** What search found, as answers show it: the same keys in the command's JSON, in tools and in the library. */
import { type ShownMessage, shownMessage } from '../message/present.ts';
import { claimPath, specPath } from '../record/path.ts';
import type { AnyRecord, ClaimRecord } from '../record/record.ts';
import type { View } from '../view.ts';
import { excerptOf } from './excerpt.ts';
import type { Phrase } from './wanted.ts';

interface Found {
  /** The line in which it was found. */
  readonly excerpt: string;
}

export interface MessageHit extends ShownMessage, Found {
  readonly what: 'message';
}

export interface ClaimHit extends Found, Pick<ClaimRecord, 'id' | 'at' | 'paths' | 'mode' | 'since'> {
  readonly what: 'claim';
  readonly from: string;
  readonly why: string | null;
  readonly branch: string | null;
  /** Whether it is held, and was not given back or taken over. */
  readonly live: boolean;
}

export interface SpecHit extends Found {
  readonly what: 'spec';
  /** Its name. */
  readonly id: string;
  readonly from: string;
  readonly fromPerson?: true;
  readonly at: string;
  /** The newest version that was found; a newer one may lack the words. */
  readonly version: number;
  /** Whether that is the present one. */
  readonly live: boolean;
}

export type Hit = MessageHit | ClaimHit | SpecHit;

/** None for a record of which nothing can be said. */
export function shownHit(record: AnyRecord, phrases: readonly Phrase[], view: Pick<View, 'record'>): Hit[] {
  switch (record.kind) {
    case 'message': {
      const text = `${record.subject ?? ''}\n${record.text}`;
      return [{ what: 'message', ...shownMessage(record), excerpt: excerptOf(text, phrases) }];
    }
    case 'claim': {
      const { id, agent, at, paths, mode, since, why = null, branch = null } = record;
      const live = view.record(claimPath(id))?.kind === 'claim';
      const excerpt = excerptOf(`${why ?? ''}\n${paths.join(', ')}`, phrases);
      return [{ what: 'claim', id, from: agent, at, paths, mode, why, branch, since, live, excerpt }];
    }
    case 'spec': {
      const { id, agent, person, at, version, text, why = '' } = record;
      const from = { from: agent, ...(person === true && { fromPerson: true as const }) };
      const present = view.record(specPath(id));
      const live = present?.kind === 'spec' && present.version === version;
      return [{ what: 'spec', id, ...from, at, version, live, excerpt: excerptOf(`${text}\n${why}`, phrases) }];
    }
    default:
      return [];
  }
}
