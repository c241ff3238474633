/** What the real git says of the signatures of commits (git-log(1), `%G?`). It starts a program for each signed one. */
import type { Signature } from '../../domain/check/seen-commit.ts';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
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

interface Asking {
  readonly gitDir: string;
  readonly commonDir: string;
}

/** Of the latest commits up to the tip. Rejects where git fails, or does not know whose keys to trust. */
export async function readSignatures(
  repository: Asking,
  tip: Oid,
  commits: number,
): Promise<ReadonlyMap<Oid, Signature>> {
  const count = commits < 1_000_000_000 ? [`--max-count=${commits}`] : [];
  const { code, stderr, signatures } = await askGit(['--first-parent', ...count, tip], commits, repository);
  if (code !== 0 || stderr.includes('allowedSignersFile')) throw notVerified(code, stderr);
  return signatures;
}

/** Of these commits, which all have a signature. Undefined where git fails: none of them was verified then. */
export async function verifySigned(
  repository: Asking,
  commits: readonly Oid[],
): Promise<ReadonlyMap<Oid, Signature> | undefined> {
  if (commits.length === 0) return new Map();
  const { code, signatures } = await askGit(['--no-walk=unsorted', ...commits], commits.length, repository);
  if (code !== 0) return undefined;
  // Git says of a signature by ssh that there is none where it was told of nobody's keys.
  const known = [...signatures].map(([oid, { standing, signer }]): [Oid, Signature] => [
    oid,
    { standing: standing === 'none' ? 'unknown' : standing, signer },
  ]);
  return new Map(known);
}

async function askGit(selection: readonly string[], commits: number, { gitDir, commonDir }: Asking) {
  const timeoutMs = Math.max(secondsMin, Math.min(commits, 3_600) * secondsPerCommit) * 1000;
  const format = '--format=%H%x00%G?%x00%GS%x00';
  const args = ['log', '--no-show-signature', format, ...selection, '--'];
  const { code, stdout, stderr } = await runGit(args, { gitDir, cwd: commonDir, timeoutMs });
  const lines = stdout.toString('utf8').split('\n');
  const signatures = new Map(
    lines.flatMap((line): [Oid, Signature][] => {
      const [oid, standing = '', signer = ''] = line.split('\0');
      if (!oid) return [];
      return [[oid as Oid, { standing: standings[standing] ?? 'unknown', signer: signer === '' ? null : signer }]];
    }),
  );
  return { code, stderr, signatures };
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
