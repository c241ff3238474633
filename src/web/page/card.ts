/** One message that waits for the reader, with what can be done about it right there. */
import type { ShownAsk } from '../../domain/ask/present.ts';
import { toldAsking } from '../../domain/ask/told.ts';
import type { ShownEscalation } from '../../domain/escalation/present.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownMail } from '../../domain/message/present.ts';
import { provenanceWord, toldSignature } from '../../domain/message/provenance.ts';
import { type Act, send } from './act.ts';
import { answerBox } from './answer-box.ts';
import { nowMs, timeOf } from './clock.ts';
import { element, nameOf, namesOf, textIn } from './element.ts';
import type { Row } from './rows.ts';

export type Waiting = ShownEscalation | ShownAsk | ShownMail;

interface Reader {
  readonly self: string;
  readonly isOnlyShown: boolean;
}

export interface Doing {
  readonly act: Act['act'];
  readonly label: string;
}

/** `doings`: what can be done about it; `reply` takes the text of the box. */
export function card<T extends Waiting>(kind: string, doings: readonly Doing[], reader: Reader): (item: T) => Row<T> {
  return (first) => {
    const node = element('article', `card ${kind}`);
    const said = element('div', 'said');
    const over = element('p', 'over');
    over.hidden = true;
    node.append(said, over);
    const canAct = !reader.isOnlyShown && doings.length > 0;
    const box =
      canAct && doings.some(({ act }) => act === 'reply')
        ? answerBox(`Answer to ${first.from}`, questionsOf(first))
        : undefined;
    let isOver = false;
    let forgetIt: (() => void) | undefined;
    const form = element('form', 'answer', box?.node);
    const buttons = doings.map(({ act, label }, n) => {
      const button = element('button', n === 0 ? 'first' : '', label);
      if (act === 'reply') button.title = 'Ctrl+Enter';
      button.type = act === 'reply' ? 'submit' : 'button';
      if (act !== 'reply') button.addEventListener('click', () => void perform({ act, ids: [first.id] }));
      return button;
    });
    const perform = async (act: Act) => {
      // Not disabled: that would take the focus from what was pressed.
      if (form.ariaBusy === 'true') return;
      form.ariaBusy = 'true';
      const isDone = await send(act);
      form.ariaBusy = 'false';
      if (!isDone) return;
      box?.clear();
      if (isOver) forgetIt?.();
    };
    form.append(element('div', 'buttons', ...buttons));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = box?.text() ?? '';
      if (text === '') node.querySelector<HTMLElement>('textarea, input')?.focus();
      else void perform({ act: 'reply', ids: [first.id], text });
    });
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    if (canAct) node.append(form);
    return {
      node,
      update: (item) => {
        isOver = false;
        over.hidden = true;
        said.replaceChildren(...drawn(item, reader));
        node.setAttribute('aria-label', `From ${item.from}`);
      },
      leave: (forget) => {
        forgetIt = forget;
        if (box === undefined || box.text() === '') return true;
        isOver = true;
        over.hidden = false;
        const away = element('button', 'link', 'Throw it away');
        away.addEventListener('click', forget);
        over.replaceChildren('This waits no more: it was answered, or is over. What you typed is still here. ', away);
        return false;
      },
    };
  };
}

function questionsOf(item: Waiting): ShownAsk['questions'] {
  if ('questions' in item) return item.questions;
  return 'ask' in item ? (item.ask?.questions ?? undefined) : undefined;
}

function drawn(item: Waiting, { self }: Reader): HTMLElement[] {
  const whom = item.to.filter((name) => name !== self).length > 0 ? [' to ', namesOf(item.to, self)] : [];
  const head = element('p', 'head', nameOf(item.from, self), ...whom, ' ', timeOf(item.at, 'ago'), ...marksOf(item));
  const why = 'why' in item ? textIn('p', 'why', item.why === null ? null : `Why: ${item.why}`) : undefined;
  const foot = element('p', 'foot', shortId(item.id), item.from === self ? '' : `, ${provenanceWord(item)}`);
  const parts = [head, textIn('h3', '', item.subject), element('p', 'text', item.text), why, attachedOf(item), foot];
  return parts.filter((part) => part !== undefined);
}

function marksOf(item: Waiting): HTMLElement[] {
  const mark = (how: string, text: string) => element('span', `mark ${how}`, text);
  return [
    ...('importance' in item && item.importance !== 'normal' ? [mark(item.importance, item.importance)] : []),
    ...('expires' in item && 'decision' in item ? [element('span', 'mark', timeOf(item.expires, 'left'))] : []),
    ...('decision' in item && item.decision ? [mark('high', 'needs a decision')] : []),
    ...('ask' in item && item.ask !== null ? [mark('', toldAsking(item.ask, nowMs()))] : []),
    ...('ackWanted' in item && item.ackWanted ? [mark('', 'wants an acknowledgement')] : []),
    ...(item.sealed === undefined ? [] : [mark('', item.sealed === 'opened' ? 'sealed' : 'sealed, not for you')]),
    ...(item.signature === undefined
      ? []
      : [mark(item.signature.standing === 'good' ? '' : 'high', toldSignature(item.signature))]),
  ];
}

function attachedOf(item: Waiting): HTMLElement | undefined {
  if (!('attachments' in item) || item.attachments.length === 0) return undefined;
  const count = item.attachments.length;
  return element(
    'p',
    'foot',
    `${count} attached: git intercom thread ${shortId(item.id)} shows ${count === 1 ? 'it' : 'them'}.`,
  );
}
