/** The command that finds what was said, claimed and agreed on. */
import { listLimitDefault } from '../../domain/limits.ts';
import { search } from '../../operations/search.ts';
import { defineCommand } from '../command.ts';
import { renderHits } from '../render/hits.ts';
import { UsageError } from '../usage-error.ts';

const kinds = ['message', 'claim', 'spec'] as const;
const filters = ['from', 'thread', 'room', 'path', 'kind', 'since'];

export const searchCommand = defineCommand({
  name: 'search',
  synopsis: '<words…>',
  summary: 'find messages, claims and specs, past ones too',
  group: 'Messages',
  options: [
    { name: 'kind', value: 'KIND', choices: kinds, summary: 'only messages, claims or specs' },
    { name: 'from', value: 'AGENT', summary: 'only by this agent' },
    { name: 'thread', value: 'ID', summary: 'only of this thread' },
    { name: 'room', value: 'ROOM', summary: 'only what was said in this room' },
    { name: 'path', value: 'P', summary: 'only claims and attachments of this path' },
    { name: 'since', value: 'D', summary: 'only of the last 2h, 7d …' },
    { name: 'limit', value: 'N', summary: `at most so many (${listLimitDefault})` },
  ],
  notes: [
    'All words must be there, in any order and case; the beginning of a word is enough. The newest comes first.',
    'Quotes keep words together: git intercom search "split the login" --from ada. With --kind or another of these, no word is needed.',
  ],
  run: (words, { session, fromTop }) => {
    const isNarrowed = filters.some((name) => words.text(name) !== undefined);
    if (words.positionals.length === 0 && !isNarrowed)
      throw new UsageError('search wants words to look for.', 'Run git intercom help search.');
    const since = words.duration('since');
    const path = words.text('path');
    return search.run(
      {
        words: [...words.positionals],
        kind: words.text('kind') as (typeof kinds)[number] | undefined,
        from: words.text('from'),
        thread: words.text('thread'),
        room: words.text('room'),
        path: path === undefined ? undefined : fromTop([path])[0],
        sinceSeconds: typeof since === 'number' ? since : undefined,
        limit: words.number('limit') ?? listLimitDefault,
      },
      session,
    );
  },
  render: ({ hits, unopenedBefore }, telling) => renderHits(hits, telling, unopenedBefore),
});
