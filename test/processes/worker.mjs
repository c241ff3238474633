/**
 * A process that works through the library, told what to do line by line on its standard input, each a JSON array: the
 * name of an operation and its input, or several such arrays, which it does at once. It answers each with one line when
 * it is done, so that who reads it knows what was acknowledged; of several, `nth` says which it was. Arguments: the
 * folder, the agent. `retry` as a third word: a failing world is asked again.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openIntercom } from '../../dist/index.js';

const [dir, agent, how] = process.argv.slice(2);
const intercom = await openIntercom({ dir, agent, lifetime: 'none' });
const attemptsMax = how === 'retry' ? 20 : 1;
say({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (Array.isArray(asked[0])) await Promise.all(asked.map((each, nth) => act(each, { nth })));
  else await act(asked, {});
}
await intercom.close();

async function act([name, input], which) {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const startedMs = performance.now();
    try {
      const answer = await intercom[name](input);
      say({ name, ...which, ms: Math.round(performance.now() - startedMs), ...answer });
      break;
    } catch (thrown) {
      say({ name, ...which, status: 'failed', code: thrown.code, message: thrown.message });
    }
  }
}

function say(answer) {
  writeSync(1, `${JSON.stringify(answer)}\n`);
}
