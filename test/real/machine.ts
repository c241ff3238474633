/**
 * A machine of one person: a home of its own, real harnesses on the PATH, the command as it is shipped, and the scripted
 * model that the harnesses think with. Nothing of the person who runs the tests is read or written.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { removeFolder } from '../remove-folder.ts';
import type { RealHarness } from './harness.ts';
import { nodeFor, programOf } from './installed.ts';
import { Model } from './model/model.ts';
import { Project } from './project.ts';
import { type Ended, run } from './run.ts';

export interface MachineParts {
  /** `dist/bin.cjs` of what is tested. */
  readonly program: string;
  readonly harnesses: readonly RealHarness[];
}

export class Machine {
  /** Short: sessions have sockets below it, and the path of a socket has some hundred bytes. */
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'ic-')));
  readonly home = join(this.dir, 'home');

  private constructor(
    readonly harnesses: readonly RealHarness[],
    readonly model: Model,
  ) {}

  static async start({ program, harnesses }: MachineParts): Promise<Machine> {
    const machine = new Machine(harnesses, await Model.start());
    for (const folder of ['bin', 'tmp', 'home']) mkdirSync(join(machine.dir, folder));
    symlinkSync(program, join(machine.dir, 'bin/git-intercom'));
    machine.put('.gitconfig', '[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n');
    for (const harness of harnesses) {
      machine.#putOnPath(harness);
      machine.#putAll(harness.files(machine.model.url));
    }
    return machine;
  }

  env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: [join(this.dir, 'bin'), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: this.home,
      TMPDIR: join(this.dir, 'tmp'),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CEILING_DIRECTORIES: this.dir,
      ...more,
    };
  }

  /** A repository that the harnesses may work in; coordination is not open in it yet. */
  async project(name: string): Promise<Project> {
    const project = new Project(this, join(this.dir, name));
    await project.begin();
    const read = (path: string) => readFileSync(join(this.home, path), 'utf8');
    for (const { trust } of this.harnesses) this.#putAll(trust?.(project.dir, read) ?? {});
    return project;
  }

  run(
    program: string,
    words: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    return run(program, words, { cwd, env: this.env(env) });
  }

  put(path: string, text: string): void {
    const file = join(this.home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(): void {
    this.model.close();
    removeFolder(this.dir);
  }

  #putOnPath(harness: RealHarness): void {
    const file = join(this.dir, 'bin', harness.binary);
    const node = nodeFor(harness);
    if (node === undefined) symlinkSync(programOf(harness), file);
    else writeFileSync(file, `#!/bin/sh\nexec '${node}' '${programOf(harness)}' "$@"\n`, { mode: 0o755 });
  }

  #putAll(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) this.put(path, text);
  }
}
