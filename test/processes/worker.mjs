/**
 * A process that works through the library, told what to do line by line on its standard input, each a JSON array:
 * the name of an operation and its input. It answers each with one line, so that who reads it knows what was
 * acknowledged. Arguments: the folder, the agent. `retry` as a third word: a failing world is asked again.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openIntercom } from '../../dist/index.js';

const [dir, agent, how] = process.argv.slice(2);
const intercom = await openIntercom({ dir, agent, lifetime: 'none' });
const attemptsMax = how === 'retry' ? 20 : 1;
say({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  const [name, input] = JSON.parse(line);
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const startedMs = performance.now();
    try {
      const answer = await intercom[name](input);
      say({ name, ms: Math.round(performance.now() - startedMs), ...answer });
      break;
    } catch (thrown) {
      say({ name, status: 'failed', code: thrown.code, message: thrown.message });
    }
  }
}
await intercom.close();

function say(answer) {
  writeSync(1, `${JSON.stringify(answer)}\n`);
}
