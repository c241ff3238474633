/**
 * What stands in the signal file of a work tree, for agents whose harness has neither hooks nor tools: they read it like
 * any file. Written with every change, so it says when it was; times are instants, for nobody counts them down.
 */
import { isListed, namesFor } from '../agent/visibility.ts';
import { Draft } from '../draft.ts';
import { unreadOf } from '../message/inbox.ts';
import { agentsFolder, claimsFolder } from '../record/path.ts';
import { listed, oneLine } from '../text.ts';
import { type Instant, msOf } from '../time.ts';
import type { View } from '../view.ts';

/** Of each kind; the rest is a command away. */
const linesMax = 100;

export function signalText(view: View, now: Instant): string {
  return [
    `# git intercom, as of ${now}. Written anew with every change; not in git.`,
    '',
    '## Who holds what',
    '',
    ...shortened(heldLines(view, now), 'Nobody holds anything.', 'git intercom claims'),
    '',
    '## Unread',
    '',
    ...shortened(unreadLines(view), 'Nobody has unread mail.', 'git intercom who'),
    '',
    'Before you edit: `git intercom claim <path>`. Your mail: `git intercom peek`. Your name: `INTERCOM_AGENT`.',
    '',
  ].join('\n');
}

function heldLines(view: View, now: Instant): string[] {
  const names = namesFor(view, undefined);
  return [...view.folder(claimsFolder).values()].flatMap((claim) => {
    if (claim.kind === 'unreadable') return [`- ${listed(claim.paths, 5)}: somebody (the record cannot be read)`];
    if (claim.kind !== 'claim' || msOf(claim.expires) <= msOf(now)) return [];
    const why = claim.why === undefined ? '' : `: ${oneLine(claim.why, 120)}`;
    return [`- ${oneLine(listed(claim.paths, 5), 300)}: ${names(claim.agent)} until ${claim.expires}${why}`];
  });
}

function unreadLines(view: View): string[] {
  return [...view.folder(agentsFolder)].flatMap(([name, record]) => {
    if (record.kind === 'agent' && !isListed(record)) return [];
    const unread = unreadOf(new Draft(view), name);
    const urgent = unread.filter(({ importance }) => importance === 'urgent').length;
    return unread.length === 0 ? [] : [`- ${name}: ${unread.length}${urgent > 0 ? `, ${urgent} urgent` : ''}`];
  });
}

function shortened(lines: readonly string[], none: string, command: string): readonly string[] {
  if (lines.length === 0) return [none];
  const more = lines.length - linesMax;
  return more <= 0 ? lines : [...lines.slice(0, linesMax), `- and ${more} more: ${command}`];
}
