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
  'commit-by-hand': {
    means: 'Somebody committed to the coordination branch without git-intercom. It is shown and not obeyed.',
    next: 'See with git show what was meant, do it with git intercom, and let the next claim or message undo the commit.',
  },
  'not-linear': {
    means: 'A commit of the coordination branch has several parents. Only the first is followed.',
    next: 'See with git log what was to come in, and do it with git intercom.',
  },
  'written-for-another': {
    means: 'A commit says that one agent made it, and writes records of another, or has another uid than that agent.',
    next: 'Look at it with git show, and ask who can write to the branch. Signed commits tell: git intercom check --signed.',
  },
  'unreadable-written': {
    means: 'A commit of the coordination branch wrote a file that is no valid record.',
    next: 'See it with git show. Where it is still there, git intercom doctor --fix sets it aside.',
  },
  unsigned: {
    means: 'The check was asked for signatures, and a commit of the coordination branch has none.',
    next: 'Set sign: true in .intercom/config.yaml, and gpg.format and user.signingKey with git config.',
  },
  'badly-signed': {
    means: 'The signature of a commit is wrong, not trusted, or of somebody else than that agent’s earlier ones.',
    next: 'Look at it with git show --show-signature. gpg.ssh.allowedSignersFile says which ssh keys are trusted.',
  },
  'unreadable-record': {
    means: 'A file on the coordination branch is no valid record. It is kept; if it is a claim, it blocks its paths.',
    next: 'Run git intercom doctor, which shows what is wrong with it.',
  },
};
