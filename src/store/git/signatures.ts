/** What the real git says of the signatures of commits (git-log(1), `%G?`). It starts a program for each signed one. */
import type { Signature } from '../../domain/check/seen-commit.ts';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Repository } from './locate.ts';
import { runGit } from './run.ts';

const secondsPerCommit = 1;
const secondsMin = 30;

const standings: Readonly<Record<string, Signature['standing']>> = {
  G: 'good',
  U: 'untrusted',
  B: 'bad',
  X: 'expired',
  Y: 'expired',
  R: 'revoked',
  E: 'unknown',
  N: 'none',
};

/** Of the latest commits up to the tip. Rejects where git fails, or does not know whose keys to trust. */
export async function readSignatures(
  { gitDir, commonDir }: Pick<Repository, 'gitDir' | 'commonDir'>,
  tip: Oid,
  commits: number,
): Promise<ReadonlyMap<Oid, Signature>> {
  const timeoutMs = Math.max(secondsMin, Math.min(commits, 3_600) * secondsPerCommit) * 1000;
  const count = commits < 1_000_000_000 ? [`--max-count=${commits}`] : [];
  const format = '--format=%H%x00%G?%x00%GS%x00';
  const args = ['log', '--no-show-signature', '--first-parent', format, ...count, tip, '--'];
  const { code, stdout, stderr } = await runGit(args, { gitDir, cwd: commonDir, timeoutMs });
  if (code !== 0 || stderr.includes('allowedSignersFile')) throw notVerified(code, stderr);
  return new Map(
    stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line): [Oid, Signature][] => {
        const [oid, standing = '', signer = ''] = line.split('\0');
        if (!oid) return [];
        return [[oid as Oid, { standing: standings[standing] ?? 'unknown', signer: signer === '' ? null : signer }]];
      }),
  );
}

function notVerified(code: number, stderr: string): IntercomError {
  const isUnset = stderr.includes('allowedSignersFile');
  const said = stderr.trim().split('\n')[0] ?? '';
  const why = isUnset ? 'git does not know which keys to trust' : code === 124 ? 'it took too long' : said;
  return new IntercomError({
    code: 'git-failed',
    message: `The signatures could not be verified: ${why}.`,
    next: isUnset
      ? 'Write the keys of the team into a file (ssh-keygen(1), ALLOWED SIGNERS), and name it: git config gpg.ssh.allowedSignersFile <file>.'
      : 'Look at fewer commits with --commits N, or run git log --show-signature by hand to see more.',
  });
}
