/** What a new version of a spec says. Whoever subscribed to it has a message of their own. */
import type { SpecRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import type { Notice } from './notice.ts';

export function specNotices(before: SpecRecord | undefined, after: SpecRecord | undefined): Notice[] {
  if (after === undefined || after.version === before?.version) return [];
  const { agent, at, id, version, why } = after;
  const reason = why === undefined ? '' : `: ${oneLine(why)}`;
  const text = `${agent} publishes version ${version} of the spec ${id}${reason}`;
  return [{ kind: 'published', at, agent, id, paths: [], text, forYou: false }];
}
