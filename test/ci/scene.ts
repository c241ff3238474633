/** A real repository in a folder of its own, the command that is run in it, and records written past it by git alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CheckReport, CheckRule } from '../../src/domain/check/finding.ts';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { trailersOf } from '../store/git/by-hand.ts';
import { root } from '../tooling/sources.ts';

const command = `${root}dist/bin.cjs`;

/** Instants of a scene, in minutes after its beginning. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 5, 1, 12, 0, 0) + minutes * 60_000).toISOString();
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Moment {
  readonly cwd?: string;
  readonly minutes?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export class Scene {
  readonly top = mkdtempSync(join(tmpdir(), 'intercom-check-'));
  readonly dir = join(this.top, 'main');

  constructor() {
    mkdirSync(this.dir);
    withCompiled(this.path('home/.cache'));
    this.git(['init', '--quiet', '--initial-branch=main']);
    this.commit('Begin', { 'README.md': 'hello\n' });
  }

  remove(): void {
    removeFolder(this.top);
  }

  path(name: string): string {
    return join(this.top, name);
  }

  git(args: readonly string[], { cwd = this.dir, minutes = 0, env = {} }: Moment & { input?: string } = {}): string {
    const run = spawnSync('git', args, { cwd, encoding: 'utf8', env: this.#environment(minutes, env) });
    if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`);
    return run.stdout.trim();
  }

  /** Writes the files and commits them, as their author. */
  commit(message: string, files: Readonly<Record<string, string>>, moment: Moment & { readonly author?: string } = {}) {
    const { cwd = this.dir, author = 'Team', ...rest } = moment;
    for (const [path, text] of Object.entries(files)) write(join(cwd, path), text);
    this.git(['add', '--all'], { cwd });
    const env = { GIT_AUTHOR_NAME: author };
    this.git(['commit', '--quiet', '-m', message], { cwd, ...rest, env });
  }

  intercom(args: readonly string[], { cwd = this.dir, minutes = 0, env = {} }: Moment = {}): Ran {
    const settings = { cwd, encoding: 'utf8', env: { ...this.#environment(minutes, env) } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], settings);
    return { status, stdout, stderr };
  }

  claim(agent: string, paths: readonly string[], moment: Moment = {}, options: readonly string[] = []): string {
    const { status, stdout, stderr } = this.intercom(
      ['claim', ...paths, '--agent', agent, '--json', ...options],
      moment,
    );
    if (status !== 0) throw new Error(`claim: ${stderr}`);
    return JSON.parse(stdout).claim.id;
  }

  check(options: readonly string[] = [], moment: Moment = {}): CheckReport & { readonly status: number | null } {
    const { status, stdout, stderr } = this.intercom(['check', '--json', ...options], moment);
    if (stdout === '' || stderr !== '') throw new Error(`check: ${status} ${stderr}`);
    return { status, ...JSON.parse(stdout) };
  }

  rules(options: readonly string[] = [], moment: Moment = {}): CheckRule[] {
    return this.check(options, moment).findings.map(({ rule }) => rule);
  }

  /**
   * Adds files to the coordination branch by plumbing, without a work tree and without git-intercom: each in a commit of
   * its own that counts, by the agent that the record names, or all in one that was made by hand.
   */
  writeRecords(textByFile: Readonly<Record<string, string>>, how: 'as-ours' | 'by-hand' = 'as-ours'): void {
    const commits =
      how === 'by-hand' ? [textByFile] : Object.entries(textByFile).map(([file, text]) => ({ [file]: text }));
    for (const files of commits) this.#writeCommit(files, how === 'by-hand' ? 'By hand' : messageFor(files));
  }

  #writeCommit(textByFile: Readonly<Record<string, string>>, message: string): void {
    const env = { GIT_INDEX_FILE: this.path('by-hand.index') };
    const tip = this.git(['rev-parse', 'intercom']);
    this.git(['read-tree', tip], { env });
    for (const [n, [file, text]] of Object.entries(textByFile).entries()) {
      write(this.path(`by-hand-${n}`), text);
      const oid = this.git(['hash-object', '-w', this.path(`by-hand-${n}`)]);
      this.git(['update-index', '--add', '--cacheinfo', `100644,${oid},.intercom/${file}`], { env });
    }
    const tree = this.git(['write-tree'], { env });
    const commit = this.git(['commit-tree', tree, '-p', tip, '-m', message]);
    this.git(['update-ref', 'refs/heads/intercom', commit, tip]);
  }

  #environment(minutes: number, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const people = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        [`GIT_${who}_NAME`, 'Team'],
        [`GIT_${who}_EMAIL`, 'team@example.invalid'],
        [`GIT_${who}_DATE`, at(minutes)],
      ]),
    );
    return {
      PATH: process.env.PATH,
      HOME: this.path('home'),
      XDG_DATA_HOME: this.path('data'),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      INTERCOM_TEST_CLOCK: at(minutes),
      ...people,
      ...env,
    };
  }
}

/** As the agent of the records would have committed them. */
export function messageFor(textByFile: Readonly<Record<string, string>>): string {
  const text = Object.values(textByFile).join('\n');
  const said = (field: string) => new RegExp(`^${field}: (\\S+)$`, 'm').exec(text)?.[1] ?? 'tester';
  return `Odd\n\n${trailersOf(said('agent'), said('uid'))}`;
}

/** A claim as it lies on the branch, for those that git-intercom would refuse. */
export function claimRecord(
  fields: Readonly<Record<string, string>> & { readonly id: string; readonly agent: string },
) {
  const record = {
    v: '1',
    kind: 'claim',
    at: at(0),
    uid: `u-${fields.agent}`,
    paths: '["src/**"]',
    mode: 'exclusive',
    host: hostname(),
    since: at(0),
    expires: at(30),
    leaseSeconds: '1800',
    token: '"1.1"',
    ...fields,
  };
  return Object.entries(record)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** Every file below a folder with its bytes: what a command that reads only leaves as it was. */
export function contentOf(dir: string): Map<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries.map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const);
  return new Map(files.map(([path, isFile]) => [path, isFile ? readFileSync(path, 'base64') : 'folder']));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
