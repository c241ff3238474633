/**
 * Signing coordination commits with the user's own key, by the programs and with the bytes that git has for it
 * (gpg-interface.c, commit.c): whoever can verify the team's commits can verify these. It costs a program for each commit.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/text.ts';
import type { Repository } from './locate.ts';
import { type GitAnswer, gitOk, runWithoutTerminal } from './run.ts';

/** Others wait behind it for the write lock. An agent that holds the key answers in milliseconds. */
const deadlineMs = 5_000;

/** Answers the commit with its signature. Rejects with `signing-failed`. */
export type Sign = (commit: Buffer) => Promise<Buffer>;

/** Git's configuration is read at the first signature. */
export function openSigner(repository: Pick<Repository, 'gitDir'>): Sign {
  let configuration: Promise<ReadonlyMap<string, string>> | undefined;
  return async (commit) => {
    configuration ??= readGitConfiguration(repository);
    const config = await configuration;
    const format = config.get('gpg.format') ?? 'openpgp';
    if (format === 'ssh') return withSignature(commit, await signBySsh(commit, config));
    if (format === 'openpgp' || format === 'x509')
      return withSignature(commit, await signByGpg(commit, format, config));
    throw failed(`gpg.format is ${format}, and only openpgp, x509 and ssh are known`);
  };
}

/** Of all files that git reads, the last value of each key. */
async function readGitConfiguration({ gitDir }: Pick<Repository, 'gitDir'>): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await gitOk(['config', '--list', '-z'], { gitDir });
  const entries = stdout.toString('utf8').split('\0');
  return new Map(
    entries.map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}

/** The header stands behind the others; every further line of the signature begins with a space. */
function withSignature(commit: Buffer, signature: string): Buffer {
  const end = commit.indexOf('\n\n') + 1;
  const header = `gpgsig ${signature.replaceAll('\r', '').trimEnd().replaceAll('\n', '\n ')}\n`;
  return Buffer.concat([commit.subarray(0, end), Buffer.from(header), commit.subarray(end)]);
}

/** A key may also be given as itself: then ssh-agent has the secret one. */
async function signBySsh(commit: Buffer, config: ReadonlyMap<string, string>): Promise<string> {
  const key = config.get('user.signingkey');
  if (key === undefined || key === '') throw failed('user.signingKey is not set');
  const folder = mkdtempSync(join(tmpdir(), 'git-intercom-sign-'));
  try {
    const literal = /^(?:key::)?((?:ssh|ecdsa|sk)-\S+ .*)$/s.exec(key)?.[1];
    const keyFile = literal === undefined ? expanded(key) : join(folder, 'key');
    if (literal !== undefined) writeFileSync(keyFile, `${literal}\n`, { mode: 0o600 });
    const payload = join(folder, 'commit');
    writeFileSync(payload, commit);
    const program = expanded(config.get('gpg.ssh.program') ?? 'ssh-keygen');
    const args = ['-Y', 'sign', '-n', 'git', '-f', keyFile, ...(literal === undefined ? [] : ['-U']), payload];
    const answer = await runWithoutTerminal(program, args, {
      timeoutMs: deadlineMs,
      environment: { SSH_ASKPASS_REQUIRE: 'never' },
    });
    if (answer.code !== 0) throw refusedBy(program, answer);
    return readFileSync(`${payload}.sig`, 'latin1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function signByGpg(
  commit: Buffer,
  format: 'openpgp' | 'x509',
  config: ReadonlyMap<string, string>,
): Promise<string> {
  const usual = format === 'x509' ? 'gpgsm' : (config.get('gpg.program') ?? 'gpg');
  const program = expanded(config.get(`gpg.${format}.program`) ?? usual);
  const key = config.get('user.signingkey') || config.get('user.email');
  if (key === undefined) throw failed('neither user.signingKey nor user.email is set');
  const options = { input: commit, timeoutMs: deadlineMs };
  const answer = await runWithoutTerminal(program, ['--status-fd=2', '-bsau', key], options);
  const isMade = /^\[GNUPG:\] SIG_CREATED /m.test(answer.stderr);
  if (answer.code !== 0 || !isMade) throw refusedBy(program, answer);
  return answer.stdout.toString('latin1');
}

function expanded(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

function refusedBy(program: string, { code, stderr }: GitAnswer): IntercomError {
  if (code === 124) return failed(`${program} gave no answer within ${deadlineMs / 1000} seconds`);
  if (code === 127) return failed(`${program} is not installed`);
  const said = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('[GNUPG:]'));
  return failed(`${program} says: ${oneLine(said.at(-1) ?? `exit code ${code}`, 200)}`);
}

function failed(why: string): IntercomError {
  return new IntercomError({
    code: 'signing-failed',
    message: `The coordination commit could not be signed: ${why.replace(/\.$/, '')}. Nothing was recorded.`,
    next: 'Check gpg.format and user.signingKey with git config; a key with a passphrase has to be in ssh-agent or gpg-agent. sign: false in .intercom/config.yaml goes on without.',
  });
}
