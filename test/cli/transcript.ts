/**
 * Scenarios as people read them: what is typed, and every line that comes back.
 *
 *     # a remark
 *     -- 31 minutes later
 *     ada$ git intercom claim src/auth.ts --why 'split the login'
 *     Claimed src/auth.ts, 30m left.
 *     bold-fox$ git intercom claim src
 *     ! error: src/auth.ts is claimed by ada on main for 29m more: split the login.
 *     [1]
 *
 * The name before `$` is the agent, none the person of this machine; `-- dave is a person` makes it one of another login.
 * `!` stands before lines of standard error, the exit code in brackets where it is not 0. A command that ends in `&` goes on in the background, and `wait` shows what it said.
 * Lines that begin with `--` make the scene; `stage` below has them all. Each command takes a second.
 *
 * Ids and instants are real, made from a fixed clock and seed. Commits of the coordination branch name folders and the
 * host, so their names differ from run to run: each is shown as its number on the branch. The scratch folder is `/w`,
 * and the host `desk`.
 * Plain calls of our command run within this process, which spares most of their time; lines that a shell has to read, and
 * what harnesses call, are processes.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { envOfPerson } from '../person.ts';
import { type Ran, Scratch } from './scratch.ts';
import { runTyped } from './typed.ts';

const prompt = /^([a-z][a-z0-9-]*)?\$ (.+)$/;
const unitMs: Readonly<Record<string, number>> = { second: 1e3, minute: 6e4, hour: 36e5, day: 864e5 };

/** The commands of a scenario, as typed. */
export function commandsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => prompt.exec(line)?.[2] ?? []);
}

/** Plays the scenario and answers its text as it is now: the same, when nothing has changed. */
export async function replay(text: string): Promise<string> {
  const scene = new Scene();
  const shown: string[] = [];
  try {
    for (const { head, gap } of steps(text)) shown.push(head, ...(await scene.play(head)), ...gap);
  } finally {
    await scene.close();
  }
  return `${shown.join('\n').trimEnd()}\n`;
}

/** In place of the comparison, when somebody has looked at the change and wants it. */
export const isUpdate = process.env.UPDATE_TRANSCRIPTS === '1';

export function update(file: string, text: string): void {
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

interface Step {
  readonly head: string;
  /** Empty lines that stand below what came back; they are kept. */
  readonly gap: readonly string[];
}

/** What came back the last time is left out. */
function steps(text: string): Step[] {
  const found: { head: string; gap: string[] }[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const last = found.at(-1);
    if (last === undefined || line.startsWith('# ') || line.startsWith('-- ') || prompt.test(line)) {
      found.push({ head: line, gap: [] });
    } else if (line === '') last.gap.push(line);
    else last.gap = [];
  }
  return found;
}

class Scene {
  readonly #scratch = new Scratch();
  readonly #placeOf = new Map<string, string>();
  readonly #background = new Map<string, Promise<Ran>>();
  readonly #persons = new Set<string>();
  #isColoured = false;

  async play(head: string): Promise<string[]> {
    if (head.startsWith('-- ')) this.#stage(head.slice(3));
    const [, agent = '', command] = prompt.exec(head) ?? [];
    if (command === undefined) return [];
    if (command === 'wait') return this.#show((await this.#background.get(agent)) as Ran, agent);
    this.#scratch.nowMs += 1000;
    if (!command.endsWith(' &')) return this.#show(await this.#start(agent, command), agent);
    const before = this.#scratch.tip();
    // An ask has told its id before it waits; one that is answered before that has nothing to tell.
    let hasSaid = !command.startsWith('git intercom ask ');
    const onSaid = () => {
      hasSaid = true;
    };
    this.#background.set(agent, this.#start(agent, command.slice(0, -2), { onSaid }));
    while (this.#scratch.tip() === before || !hasSaid) await new Promise((resolve) => setTimeout(resolve, 10));
    return [];
  }

  async close(): Promise<void> {
    await Promise.all(this.#background.values());
    this.#scratch.remove();
  }

  #start(agent: string, command: string, beside?: { readonly onSaid: () => void }): Promise<Ran> {
    const colours = this.#isColoured ? { FORCE_COLOR: '1' } : {};
    // Newer ones have hooks in their configuration, and others would be told. What is brought in the background comes when it comes.
    const seams = { INTERCOM_TEST_GIT: '2.39.5', INTERCOM_TEST_ALONE: '1' };
    const own = this.#persons.has(agent) ? envOfPerson(this.#scratch.dir, agent) : {};
    const env = { ...this.#scratch.env(agent || undefined), ...own, ...seams, ...colours };
    return runTyped(command, this.#cwdOf(agent), env, beside);
  }

  #cwdOf(agent: string): string {
    return this.#placeOf.get(agent) ?? this.#scratch.repo;
  }

  #stage(words: string): void {
    for (const [form, act] of this.#stageWords) {
      const found = form.exec(words);
      if (found !== null) {
        act(found.slice(1));
        return;
      }
    }
    throw new Error(`No such stage direction: ${words}`);
  }

  readonly #stageWords: readonly (readonly [RegExp, (found: string[]) => void])[] = [
    [
      /^(\d+) (second|minute|hour|day)s? later$/,
      ([count, unit]) => {
        this.#scratch.nowMs += Number(count) * (unitMs[unit as string] as number);
      },
    ],
    [/^(\S+) is a person$/, ([name = '']) => this.#persons.add(name)],
    [
      /^(\S+) works in a linked worktree$/,
      ([name = '']) => {
        this.#scratch.git('worktree', 'add', '--quiet', '-b', name, `../${name}`);
        this.#placeOf.set(name, join(this.#scratch.dir, name));
      },
    ],
    [
      /^(\S+) works in a second clone$/,
      ([name = '']) => {
        this.#scratch.git('clone', '--quiet', '--template=', '.', `../${name}`);
        this.#placeOf.set(name, join(this.#scratch.dir, name));
      },
    ],
    [
      /^all share a remote$/,
      () => {
        this.#scratch.git('clone', '--quiet', '--bare', '--template=', '.', '../remote.git');
        this.#scratch.git('remote', 'add', 'origin', join(this.#scratch.dir, 'remote.git'));
        this.#scratch.git('fetch', '--quiet', 'origin');
      },
    ],
    [
      /^(\S+) works in a clone of the remote$/,
      ([name = '']) => {
        this.#scratch.git('clone', '--quiet', '--template=', '../remote.git', `../${name}`);
        this.#placeOf.set(name, join(this.#scratch.dir, name));
      },
    ],
    [
      /^the remote is (away|back)$/,
      ([where]) => {
        const [here, away] = ['remote.git', 'remote.away'].map((name) => join(this.#scratch.dir, name));
        renameSync(...((where === 'away' ? [here, away] : [away, here]) as [string, string]));
      },
    ],
    [
      /^(\S+) works in the repository (\S+)$/,
      ([name = '', folder = '']) => {
        const top = join(this.#scratch.dir, folder);
        this.#placeOf.set(name, this.#made(folder, 'src').replace(/\/src$/, ''));
        writeFileSync(join(top, 'src/auth.ts'), `// ${folder}\n`);
        this.#scratch.git('-C', top, 'init', '--quiet', '--initial-branch=main', '--template=');
        this.#scratch.git('-C', top, 'add', '.');
        this.#scratch.git('-C', top, 'commit', '--quiet', '--message=Begin');
      },
    ],
    [
      /^(\S+) stands in a repository with (\S+) objects$/,
      ([name = '', format]) => {
        this.#scratch.git('init', '--quiet', '--template=', `--object-format=${format}`, `../${name}`);
        this.#placeOf.set(name, join(this.#scratch.dir, name));
      },
    ],
    [/^(\S+) stands outside of the repository$/, ([name = '']) => this.#placeOf.set(name, this.#made('elsewhere'))],
    [/^(\S+) stands in (\S+)$/, ([name = '', folder = '']) => this.#placeOf.set(name, this.#made('repo', folder))],
    [
      /^in colour$/,
      () => {
        this.#isColoured = true;
      },
    ],
  ];

  #made(...folder: string[]): string {
    const path = join(this.#scratch.dir, ...folder);
    mkdirSync(path, { recursive: true });
    return path;
  }

  #show({ stdout, stderr, code }: Ran, agent: string): string[] {
    const errors = lines(stderr).map((line) => `! ${line}`.trimEnd());
    const all = [...lines(stdout), ...errors, ...(code === 0 ? [] : [`[${code}]`])];
    return all.map((line) =>
      this.#numbered(line.replaceAll('\u001b', '␛'), agent)
        .replaceAll(this.#scratch.dir, '/w')
        .replaceAll(`"host":"${hostname()}"`, '"host":"desk"'),
    );
  }

  /** Names of coordination commits become their number on the branch, in as many characters. */
  #numbered(line: string, agent: string): string {
    return line.replace(/(?<=\b|␛\[\d+m)[0-9a-f]{7,40}\b/g, (word) => {
      const at = this.#branchOf(agent).findIndex((oid) => oid.startsWith(word));
      return at < 0 ? word : String(at + 1).padStart(word.length, '0');
    });
  }

  #branchOf(agent: string): string[] {
    const listing = this.#scratch.git('-C', this.#cwdOf(agent), 'rev-list', '--reverse', '--branches=intercom*');
    return listing.split('\n');
  }
}

/** An empty line at the very end would be lost among those between the steps, and so it is made visible. */
function lines(output: string): string[] {
  if (output === '') return [];
  const found = output.replace(/\n$/, '').split('\n');
  if (!output.endsWith('\n')) found.push('(no line feed at the end)');
  return found.at(-1) === '' ? [...found.slice(0, -1), '(an empty line)'] : found;
}
