/** A screen that is drawn again whenever the tip moves, and now and then because `3m ago` does not stay true. */
import type { Session } from '../operations/session.ts';
import { cut } from './columns.ts';
import type { Terminal } from './terminal.ts';

const redrawMs = 2_000;
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearToLineEnd = '\u001b[K';
const clearBelow = '\u001b[J';

/** Uses the terminal's other screen, as a pager does, so that nothing stays behind. Ends when the signal fires. */
export async function showLive(
  { store }: Pick<Session, 'store'>,
  terminal: Terminal,
  signal: AbortSignal,
  draw: () => Promise<string>,
): Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  let failure: unknown;
  const redraw = () => {
    turn = turn
      .then(async () => paint(await draw(), terminal))
      .catch((thrown) => {
        failure = thrown;
      });
    return turn;
  };
  terminal.out(enter);
  const timer = setInterval(redraw, redrawMs);
  try {
    for await (const _tip of store.tips(signal)) {
      await redraw();
      if (failure !== undefined) throw failure;
    }
  } finally {
    clearInterval(timer);
    await turn;
    terminal.out(leave);
  }
}

/** Lines below the window are left out: a screen that scrolls cannot be drawn in place. */
function paint(text: string, { rows, columns, out }: Terminal): void {
  const lines = text.split('\n').slice(0, Math.max(1, rows - 2));
  out(home + lines.map((line) => cut(line, columns) + clearToLineEnd).join('\n') + clearBelow);
}
