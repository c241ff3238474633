/** The local page: how it is started, and what is said of it. */

import { ack } from '../../operations/ack.ts';
import { done } from '../../operations/answer.ts';
import { overview } from '../../operations/overview.ts';
import { peek } from '../../operations/peek.ts';
import { reply } from '../../operations/reply.ts';
import type { PageProgram } from '../../web/port.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** The page is loaded by those who want it alone. */
export function uiCommand(loadPage: () => PageProgram) {
  return defineCommand({
    name: 'ui',
    synopsis: '',
    summary: 'a page in your browser: what waits for you, who does what',
    group: 'People and agents',
    options: [
      { name: 'port', value: 'N', summary: 'its port on 127.0.0.1; one that is free unless given' },
      { name: 'open', summary: 'open it in your browser' },
    ],
    notes: [
      'Prints its address, and serves until Ctrl-C. What waits for a person is answered on the page as git intercom reply does; to look at it marks nothing as read. The address has a key of its own: whoever knows it may answer as you.',
    ],
    knowsOfRemote: true,
    run: async (words, { session, terminal, signal, isJson }) => {
      const port = portOf(words);
      const operations = { ack, overview, peek, reply };
      const note = (text: string) => terminal.err(`${terminal.paint('yellow', 'note:')}  ${text}`);
      const { name, isPerson } = session.self;
      if (isPerson !== true)
        note(`You are the agent ${name}: the page shows everything, and nothing is answered on it.`);
      const page = loadPage();
      const { address, ended } = await page.servePage({ session, operations, port, signal });
      terminal.out(isJson ? JSON.stringify({ address }) : address);
      if (!isJson) terminal.err(terminal.paint('dim', 'Whoever has this address may answer as you. Ctrl-C ends it.'));
      const why = words.flag('open') ? await page.openInBrowser(address) : undefined;
      if (why !== undefined) note(`${why} Open the address yourself.`);
      await ended;
      return done(undefined);
    },
    render: () => '',
  });
}

function portOf(words: Words): number {
  const port = words.text('port') === '0' ? 0 : (words.number('port') ?? 0);
  if (port > 65_535) throw new UsageError(`There is no port ${port}.`, 'Ports go from 1 to 65535.');
  return port;
}
