/** A terminal that nobody sits at, by tmux: harnesses are idle between two prompts only in one. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gone, treeOf } from './processes.ts';
import type { Place } from './run.ts';

/** Undefined when there is tmux; else why tests that need it are skipped. */
export function whyNoTerminal(): string | undefined {
  return spawnSync('tmux', ['-V']).status === 0 ? undefined : 'tmux is not installed';
}

let opened = 0;

export class Terminal {
  readonly #socket: string;
  readonly #env: Place['env'];

  /** Starts the program at once. `dir` takes the files that tmux needs, and has a short path. */
  constructor(dir: string, [program = '', ...words]: readonly string[], { cwd, env }: Place) {
    const name = `terminal-${++opened}`;
    this.#socket = join(dir, name);
    this.#env = env;
    // A script, for tmux would run the words in a shell of the person who runs the tests.
    const script = join(dir, `${name}.sh`);
    writeFileSync(script, `#!/bin/sh\nexec ${[program, ...words].map(shellWord).join(' ')}\n`, { mode: 0o755 });
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', '160', '-y', '50', '-c', cwd, script);
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p');
  }

  /** Closes the terminal. Resolves when the program and all that it started have ended. */
  async close(): Promise<void> {
    const pids = treeOf(Number(this.#tmux('display-message', '-p', '#{pane_pid}')));
    this.#tmux('kill-server');
    await gone(pids, 5_000);
  }

  #tmux(...words: string[]): string {
    return spawnSync('tmux', ['-S', this.#socket, ...words], { env: { ...this.#env }, encoding: 'utf8' }).stdout;
  }
}

function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
