/** What each rule of the check means and what to do about it, for readers that show a rule on a page of its own. */
import type { CheckRule } from '../domain/check/finding.ts';

interface RuleHelp {
  readonly means: string;
  readonly next: string;
}

export const ruleHelp: Readonly<Record<CheckRule, RuleHelp>> = {
  'lease-over': {
    means: 'Nobody renewed the claim before its lease ran out, so anybody may take its paths.',
    next: 'Its holder runs git intercom renew to go on, or git intercom release when it is done.',
  },
  'holder-gone': {
    means: 'The agent that holds the claim has ended or left, so nobody will renew or release it.',
    next: 'Run git intercom release with the id of the claim, --force and --why.',
  },
  'branch-merged': {
    means: 'The branch that the claim was made for is merged, so the work it protected is done.',
    next: 'Its holder runs git intercom release; anybody else adds --force and --why.',
  },
  'branch-deleted': {
    means: 'The branch that the claim was made for is deleted, so nothing can come of it any more.',
    next: 'Its holder runs git intercom release; anybody else adds --force and --why.',
  },
  'too-old': {
    means: 'The claim is older than --max-age allows, even if its lease is renewed again and again.',
    next: 'Ask its holder to finish, to hand it over with git intercom handoff, or to release it.',
  },
  'claimed-by-other': {
    means: 'The change edits paths that another agent has claimed and may be editing now.',
    next: 'Agree with the holder before you merge: git intercom send, or ask for git intercom handoff.',
  },
  'claims-overlap': {
    means: 'Two agents hold exclusive claims on the same path, so neither is protected from the other.',
    next: 'One of the two runs git intercom release.',
  },
  'unreadable-record': {
    means: 'A file on the coordination branch is no valid record. It is kept; if it is a claim, it blocks its paths.',
    next: 'Run git intercom doctor, which shows what is wrong with it.',
  },
};
