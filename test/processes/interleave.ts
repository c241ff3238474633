/**
 * A process that is halted at each of its steps while another does its whole work: every interleaving of the two that
 * has one switch there and one back, without waiting for luck.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { soundness } from './aftermath.ts';
import { command, untilEnd } from './command.ts';
import { copyRepository, makeFolder } from './repository.ts';
import { keptIn } from './templates.ts';

interface Interleaving {
  readonly template: string;
  readonly words: readonly string[];
  /** Answers the files that it got acknowledged, as far as it knows them. */
  readonly meanwhile: (dir: string) => Promise<readonly string[]>;
  readonly only?: string;
  /** The halted one goes on after this long, though the other may wait for it. */
  readonly patienceMs?: number;
}

/** Answers what is wrong, by the step at which the command was halted. */
export async function interleaveAtEach({
  template,
  words,
  meanwhile,
  only,
  patienceMs,
}: Interleaving): Promise<string[]> {
  const troubles: string[] = [];
  await untilEnd(async (at) => {
    const dir = copyRepository(template);
    const gate = join(makeFolder(), 'gate');
    let isOver = false;
    const ending = command(dir, words, { agent: 'joan', steps: { how: 'pause', at, gate, only } }).finally(() => {
      isOver = true;
    });
    while (!existsSync(gate) && !isOver) await sleep(2);
    const wasPaused = !isOver;
    const others = wasPaused ? meanwhile(dir) : Promise.resolve([]);
    await (patienceMs === undefined ? others : Promise.race([others, sleep(patienceMs)]));
    rmSync(gate, { force: true });
    const kept = await others;
    const ended = await ending;
    const say = (trouble: string) => troubles.push(`halted at step ${at}: ${trouble}`);
    if (ended.exitCode !== 0) say(`exit code ${ended.exitCode}: ${ended.stderr}`);
    const sent = words[0] === 'send' ? [`.intercom/messages/${JSON.parse(ended.stdout || '{}').message?.id}.yaml`] : [];
    (await soundness(dir, [...keptIn(template), ...kept, ...sent])).forEach(say);
    return wasPaused ? 'on' : 'end';
  });
  return troubles;
}
