import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { doneBy } from './place.ts';
import { closed, Sealed } from './sealed-place.ts';

const questions = [
  { id: 'bird', text: 'Which heron?', options: ['grey', 'purple'] },
  { id: 'place', text: 'Where in the marsh?', required: false },
];

async function interviewed(sealed = true) {
  const place = new Sealed();
  await place.greet('ada', 'bob', 'eve');
  const asked = await place.as('ada', (it) => it.ask({ to: 'bob', questions, sealed, waitSeconds: 0 }));
  if (asked.status !== 'pending') throw new Error(JSON.stringify(asked));
  const { id } = asked.value.pending as { id: string };
  const answerOf = async () => {
    const answer = doneBy(await place.as('ada', (it) => it.ask({ id, waitSeconds: 0 })));
    return 'answer' in answer ? answer.answer : undefined;
  };
  return { place, id, answerOf };
}

describe('a sealed interview', () => {
  test('shows its questions to whom it goes to and to who asked, and to nobody else', async () => {
    const { place, id } = await interviewed();
    const { messages } = doneBy(await place.as('bob', (it) => it.peek()));
    expect(messages[0]).toMatchObject({ sealed: 'opened', ask: { questions } });
    const read = async (agent: string) => doneBy(await place.as(agent, (it) => it.thread({ id }))).messages[0];
    expect(await read('ada')).toMatchObject({ ask: { questions } });
    expect(await read('eve')).toMatchObject({ text: closed, ask: { questions: null } });
    expect(place.everything()).not.toMatch(/heron|marsh|purple/);
  });

  test('is answered by what fits, under a seal, and who asked has it as structure', async () => {
    const { place, id, answerOf } = await interviewed();
    const { message } = doneBy(await place.as('bob', (it) => it.reply({ text: 'bird: purple\nplace: by the reed' })));
    const answers = { bird: 'purple', place: 'by the reed' };
    expect(message).toMatchObject({ sealed: 'opened', answers });
    expect(await answerOf()).toMatchObject({ from: 'bob', sealed: 'opened', answers });
    const last = doneBy(await place.as('eve', (it) => it.thread({ id }))).messages.at(-1);
    expect(last).toMatchObject({ text: closed, answers: null });
    expect(place.everything()).not.toMatch(/heron|purple|reed/);
  });

  test('refuses what does not fit, records nothing of it, and stays open', async () => {
    const { place, id } = await interviewed();
    expect(await place.as('bob', (it) => it.reply({ id, text: 'bird: green' }))).toMatchObject({
      status: 'refused',
      refusal: { code: 'bad-answer', data: { id, wrong: { bird: 'is one of: grey, purple' } } },
    });
    expect(doneBy(await place.as('ada', (it) => it.pending())).pending).toHaveLength(1);
    expect(doneBy(await place.as('bob', (it) => it.peek())).unread).toBe(1);
  });

  test('may be talked about: what goes to others, or comes after the answer, is mail', async () => {
    const { place, id, answerOf } = await interviewed();
    doneBy(await place.as('bob', (it) => it.reply({ id, text: 'do you know?', to: ['eve'] })));
    doneBy(await place.as('bob', (it) => it.reply({ id, text: '{"bird": "grey"}' })));
    doneBy(await place.as('bob', (it) => it.reply({ id, text: 'and one more thing' })));
    expect(await answerOf()).toMatchObject({ answers: { bird: 'grey' } });
  });

  test('that was over has what fits as structure, too, and takes what does not as mail', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    const over = { to: 'bob', questions, sealed: true, waitSeconds: 30, openSeconds: 1 };
    const asked = await place.as('ada', (it) => it.ask(over));
    if (asked.status !== 'pending') throw new Error(JSON.stringify(asked));
    const { id } = asked.value.pending as { id: string };
    const say = async (text: string) => doneBy(await place.as('bob', (it) => it.reply({ id, text })));
    expect(await say('I do not know')).toMatchObject({
      late: id,
      message: { sealed: 'opened', text: 'I do not know' },
    });
    expect(await say('bird: purple')).toMatchObject({ late: id, message: { answers: { bird: 'purple' } } });
    const { messages } = doneBy(await place.as('ada', (it) => it.peek()));
    expect(messages.map(({ answers }) => answers)).toEqual([null, { bird: 'purple' }]);
    expect(place.everything()).not.toMatch(/purple/);
  });

  test('that is none is refused with what is wrong', async () => {
    const place = new Sealed();
    await place.greet('ada', 'bob');
    const none = [{ id: '', text: 'Which heron?' }];
    expect(
      await place.as('ada', (it) => it.ask({ to: 'bob', questions: none, sealed: true, waitSeconds: 0 })),
    ).toMatchObject({ status: 'refused', refusal: { code: 'bad-interview' } });
    expect(place.everything()).not.toContain('heron');
  });

  test('in the open is answered under a seal by word, by what fits its questions', async () => {
    const { place, answerOf } = await interviewed(false);
    const answer = (text: string) => place.as('bob', (it) => it.reply({ text, sealed: true }));
    expect(await answer('bird: green')).toMatchObject({ refusal: { code: 'bad-answer' } });
    doneBy(await answer('bird: grey\nplace: by the reed'));
    expect(await answerOf()).toMatchObject({ sealed: 'opened', answers: { bird: 'grey', place: 'by the reed' } });
    expect(place.everything()).not.toContain('reed');
  });
});

describe('a sealed escalation', () => {
  const raise = (place: Sealed, text: string) =>
    place.as('ada', (it) => it.escalate({ text, why: 'frost comes', sealed: true }));

  test('is read by the persons who have a key when it is raised, and shown closed to those who come later', async () => {
    const place = new Sealed();
    place.persons('bob');
    await place.greet('bob');
    const { escalation } = doneBy(await raise(place, 'may the heron stay?'));
    const said = { to: ['bob'], text: 'may the heron stay?', why: 'frost comes', sealed: 'opened' };
    expect(escalation).toMatchObject(said);
    await place.greet('cy');
    const seen = async (agent: string) => doneBy(await place.as(agent, (it) => it.escalations())).escalations;
    expect(await seen('bob')).toMatchObject([said]);
    expect(await seen('cy')).toMatchObject([{ from: 'ada', text: closed, why: null, sealed: 'closed' }]);
    expect(doneBy(await place.as('bob', (it) => it.peek())).escalations).toMatchObject([said]);
    expect(place.everything()).not.toMatch(/heron|frost/);
  });

  test('is answered under a seal, and is over then', async () => {
    const place = new Sealed();
    place.persons('bob');
    await place.greet('bob');
    const { escalation } = doneBy(await raise(place, 'may the heron stay?'));
    doneBy(await place.as('bob', (it) => it.reply({ id: escalation.id, text: 'until the frost' })));
    expect(await place.unread('ada')).toEqual(['until the frost']);
    expect(doneBy(await place.as('bob', (it) => it.escalations())).escalations).toEqual([]);
    expect(place.everything()).not.toMatch(/heron|frost/);
  });

  test('leaves out who has no key, and is refused with the way on where no person has one', async () => {
    const place = new Sealed();
    place.persons('bob', 'cy');
    doneBy(await place.as('bob', (it) => it.status({ activity: 'here' })));
    expect(await raise(place, 'may the heron stay?')).toMatchObject({
      status: 'refused',
      refusal: { code: 'no-key', next: expect.stringMatching(/git intercom key.*git intercom escalate/) },
    });
    await place.greet('cy');
    expect(doneBy(await raise(place, 'may the heron stay?')).escalation.to).toEqual(['cy']);
    expect(place.everything()).not.toContain('heron');
  });

  test('of what was sealed shows it to them by word, once', async () => {
    const place = new Sealed();
    place.persons('ada', 'cy');
    await place.greet('ada', 'bob', 'cy');
    const said = { to: ['bob'], subject: 'Herons', text: 'the heron nests', sealed: true };
    const { message } = doneBy(await place.as('ada', (it) => it.send(said)));
    const raised = () => place.as('bob', (it) => it.escalate({ id: message.id, sealed: true }));
    const { escalation } = doneBy(await raised());
    expect(escalation).toMatchObject({ about: message.id, to: ['ada', 'cy'], text: 'the heron nests' });
    expect(doneBy(await raised()).escalation.id).toBe(escalation.id);
    const seen = doneBy(await place.as('cy', (it) => it.escalations())).escalations;
    expect(seen).toMatchObject([{ subject: 'Herons', text: 'the heron nests', sealed: 'opened' }]);
    expect(place.everything()).not.toMatch(/heron/i);
  });

  test('of what the escalating agent cannot open itself is refused', async () => {
    const place = new Sealed();
    place.persons('cy');
    await place.greet('ada', 'bob', 'cy');
    const { message } = doneBy(
      await place.as('ada', (it) => it.send({ to: ['bob'], text: 'the heron nests', sealed: true })),
    );
    doneBy(await place.as('bob', (it) => it.key({ anew: true })));
    rmSync(place.keysOf('bob'), { recursive: true });
    doneBy(await place.as('bob', (it) => it.key({ anew: true })));
    expect(await place.as('bob', (it) => it.escalate({ id: message.id, sealed: true }))).toMatchObject({
      status: 'refused',
      refusal: { code: 'sealed', next: expect.stringContaining('your own words') },
    });
  });
});
