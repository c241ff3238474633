/** A repository whose policy wants signatures, and keys that are made for it alone. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { command } from '../store/git/coordination.ts';
import { folder, git, repository } from '../store/git/sandbox.ts';

export class SigningPlace {
  readonly dir = repository();
  readonly #keys = folder();

  constructor() {
    this.policy('sign: true\n');
  }

  policy(text: string): void {
    mkdirSync(join(this.dir, '.intercom'), { recursive: true });
    writeFileSync(join(this.dir, '.intercom/config.yaml'), text);
  }

  /** A file beside the repository; answers where. */
  write(name: string, text: string, mode = 0o644): string {
    const file = join(this.#keys, name);
    writeFileSync(file, text, { mode });
    return file;
  }

  read(file: string): string {
    return readFileSync(file, 'utf8').trim();
  }

  /** An ssh-agent that holds the key until the test is over. */
  startAgent(key: string): NodeJS.ProcessEnv {
    const said = execFileSync('ssh-agent', ['-s']).toString();
    const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(said) ?? [];
    const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(said) ?? [];
    onTestFinished(() => void process.kill(Number(pid)));
    const env = { SSH_AUTH_SOCK: socket };
    execFileSync('ssh-add', ['-q', key], { env: { ...process.env, ...env }, stdio: 'ignore' });
    return env;
  }

  config(key: string, value: string): void {
    git(this.dir, 'config', key, value);
  }

  /** Answers its file. */
  sshKey(name: string, passphrase = ''): string {
    const file = join(this.#keys, name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', file]);
    return file;
  }

  useSsh(file: string): void {
    this.config('gpg.format', 'ssh');
    this.config('user.signingKey', file);
  }

  /** From now on git believes these. */
  trust(keys: Readonly<Record<string, string>>): void {
    const file = join(this.#keys, 'allowed');
    const lines = Object.entries(keys).map(([principal, key]) => `${principal} ${readFileSync(`${key}.pub`, 'utf8')}`);
    writeFileSync(file, lines.join(''));
    this.config('gpg.ssh.allowedSignersFile', file);
  }

  /** Answers its fingerprint; the key ring is that of this place, by `GNUPGHOME`. Its agent's socket wants a short path. */
  gpgKey(name: string): { readonly key: string; readonly env: NodeJS.ProcessEnv } {
    const home = mkdtempSync(join(tmpdir(), 'gpg-'));
    const env = { ...process.env, GNUPGHOME: home };
    const gpg = (...args: string[]) => execFileSync('gpg', ['--batch', ...args], { env, stdio: 'pipe' }).toString();
    onTestFinished(() => {
      execFileSync('gpgconf', ['--kill', 'gpg-agent'], { env });
      removeFolder(home);
    });
    gpg('--passphrase', '', '--quick-generate-key', `${name} <${name}@example.org>`, 'ed25519', 'sign');
    return { key: /^fpr:+([0-9A-F]+):/m.exec(gpg('--list-keys', '--with-colons'))?.[1] as string, env };
  }

  /** A certificate that signs itself; `distrust` takes it out of the list of roots. There is nobody to ask whether it was revoked. */
  x509Key(name: string): { readonly key: string; readonly env: NodeJS.ProcessEnv; distrust(): void } {
    const home = mkdtempSync(join(tmpdir(), 'gpgsm-'));
    const env = { ...process.env, GNUPGHOME: home };
    onTestFinished(() => {
      execFileSync('gpgconf', ['--kill', 'gpg-agent'], { env });
      removeFolder(home);
    });
    const write = (file: string, text: string) => writeFileSync(join(home, file), text, { mode: 0o600 });
    write('gpg-agent.conf', 'allow-loopback-pinentry\n');
    write('gpgsm.conf', 'disable-crl-checks\n');
    const wanted = ['Key-Type: RSA', 'Key-Length: 2048', 'Key-Usage: sign', 'Serial: random', `Name-DN: CN=${name}`];
    write('wanted', [...wanted, `Name-Email: ${name}@example.org`, ''].join('\n'));
    const gpgsm = (...args: string[]) =>
      execFileSync('gpgsm', ['--batch', ...args], { env, cwd: home, input: '', stdio: 'pipe' }).toString();
    const unasked = ['--pinentry-mode', 'loopback', '--passphrase-fd', '0'];
    gpgsm(...unasked, '--generate-key', '--output', 'certificate', 'wanted');
    gpgsm('--import', 'certificate');
    const key = /^fpr:+([0-9A-F]+):/m.exec(gpgsm('--list-secret-keys', '--with-colons'))?.[1] as string;
    const trust = (line: string) => {
      write('trustlist.txt', line);
      execFileSync('gpgconf', ['--reload', 'gpg-agent'], { env });
    };
    trust(`${key} S relax\n`);
    return { key, env, distrust: () => trust('') };
  }

  claim(path: string, env: NodeJS.ProcessEnv = {}) {
    return command(this.dir, ['claim', path], env);
  }

  check(env: NodeJS.ProcessEnv = {}): readonly (readonly [rule: string, what: string])[] {
    const { out, err } = command(this.dir, ['check', '--signed', '--commits', 'all', '--json'], env);
    const { findings, error } = JSON.parse(out);
    if (error !== undefined) throw new Error(`${error.message} ${error.next} ${err}`);
    return findings.map(({ rule, what }: { rule: string; what: string }) => [rule, what]);
  }
}

export function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
