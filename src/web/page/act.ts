/** What the reader does is sent, and what became of it is told. */
import { byId } from './element.ts';

export interface Act {
  readonly act: 'reply' | 'ack' | 'done';
  readonly ids: readonly string[];
  readonly text?: string;
}

/** Answers whether it was done. What was typed is still there where it was not. */
export async function send(act: Act): Promise<boolean> {
  try {
    const response = await fetch('act', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(act),
    });
    const isJson = response.headers.get('content-type') === 'application/json';
    const { message, next = '' } = isJson ? await response.json() : { message: (await response.text()).trim() };
    tell(`${message} ${next}`.trim(), response.ok ? 'done' : 'refused');
    return response.ok;
  } catch {
    tell('Nothing was sent: the server cannot be reached.', 'refused');
    return false;
  }
}

const toldMs = 15_000;
let forgetting: ReturnType<typeof setTimeout> | undefined;

/** What was done is not said for ever; why something was not stays until the next. */
function tell(text: string, how: 'done' | 'refused'): void {
  const told = byId('told');
  told.textContent = text;
  told.dataset.how = how;
  clearTimeout(forgetting);
  if (how === 'done') forgetting = setTimeout(() => told.replaceChildren(), toldMs);
}
