/** Our plugins with a program of the test's behind them, which writes down what it is asked and answers from a table. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

const program = `#!${process.execPath}
const fs = require('node:fs');
const [word, , event] = process.argv.slice(2);
const place = (name) => __dirname + '/' + name;
if (word === 'watch') {
  fs.appendFileSync(place('watched'), (process.env.OPENCODE_SESSION_ID || process.env.PI_SESSION_ID || process.env.COPILOT_AGENT_SESSION_ID) + '\\n');
  process.on('SIGTERM', () => {
    fs.appendFileSync(place('watched'), 'over\\n');
    process.exit();
  });
  let shown = 0;
  const show = () => {
    const lines = fs.existsSync(place('notices')) ? fs.readFileSync(place('notices'), 'utf8').split('\\n').slice(0, -1) : [];
    for (; shown < lines.length; shown++) console.log(lines[shown]);
  };
  fs.watch(__dirname, show);
  show();
} else {
  const input = JSON.parse(fs.readFileSync(0, 'utf8'));
  fs.appendFileSync(place('asked'), JSON.stringify({ event, ...input }) + '\\n');
  while (fs.existsSync(place('held'))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  const answers = JSON.parse(fs.readFileSync(place('answers.json'), 'utf8'));
  const answer = answers[event];
  if (answer) console.log(typeof answer === 'string' ? answer : JSON.stringify(answer));
}
`;

/** Copilot itself answers for it, wherever an extension lies. */
const copilotSdk = '@github/copilot-sdk/extension';

export class PluginPlace {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-plugin-'));
  readonly launcher = join(this.dir, 'launcher.cjs');

  constructor(answers: object = {}) {
    onTestFinished(() => removeFolder(this.dir));
    mkdirSync(join(this.dir, 'repository'));
    writeFileSync(this.launcher, program);
    chmodSync(this.launcher, 0o755);
    this.answer(answers);
  }

  get repository(): string {
    return join(this.dir, 'repository');
  }

  /** Where the file lies once it was loaded. */
  get module(): string {
    return join(this.dir, 'plugin.mjs');
  }

  /** What extensions of Copilot join. */
  joins(session: object): void {
    Object.assign(globalThis, { joined: session });
    writeFileSync(join(this.dir, 'sdk.mjs'), 'export const joinSession = async () => globalThis.joined;\n');
  }

  answer(answers: object): void {
    writeFileSync(join(this.dir, 'answers.json'), JSON.stringify(answers));
  }

  /** The program answers nobody until the answer is called. */
  hold(): () => void {
    const held = join(this.dir, 'held');
    writeFileSync(held, '');
    return () => rmSync(held);
  }

  /** The file as set-up installs it. */
  async load(
    file: 'copilot/extension.mjs' | 'opencode/intercom.js' | 'pi/intercom.ts',
    launcher = this.launcher,
    // biome-ignore lint/suspicious/noExplicitAny: a module of a harness's own form
  ): Promise<any> {
    const text = readFileSync(join(root, 'dist/plugins', file), 'utf8').replace(copilotSdk, './sdk.mjs');
    writeFileSync(this.module, text.replaceAll('@LAUNCHER@', launcher));
    return import(/* @vite-ignore */ pathToFileURL(this.module).href);
  }

  asked(): { readonly event: string; readonly [field: string]: unknown }[] {
    return this.#lines('asked').map((line) => JSON.parse(line));
  }

  watched(): string[] {
    return this.#lines('watched');
  }

  /** As `git-intercom watch --json` prints it. */
  notice(notice: object): void {
    writeFileSync(join(this.dir, 'notices'), `${JSON.stringify(notice)}\n`, { flag: 'a' });
  }

  #lines(name: string): string[] {
    const file = join(this.dir, name);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  }
}
