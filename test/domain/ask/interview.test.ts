import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersFrom } from '../../../src/domain/ask/answers.ts';
import { type Question, questionsFrom } from '../../../src/domain/ask/questions.ts';
import { reply, sent } from '../message/acts.ts';
import { apart, arrive } from '../replay/clones.ts';
import { accepted, refusal, World } from '../world.ts';
import { ask, asked, openIn } from './acts.ts';

const questions: readonly Question[] = [
  { id: 'port', text: 'Which port?', options: ['8080', '9090'] },
  { id: 'features', text: 'Which features?', options: ['login', 'cart', 'search'], multiple: true },
  { id: 'note', text: 'Anything else?', required: false },
];

function withTwo(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

const read = (text: string, of = questions) => answersFrom(text, of, 'id');
const fitting = { port: '8080', features: ['login', 'cart'] };

test.each([
  ['JSON', '{"port": 8080, "features": ["login", "CART"]}'],
  [
    'JSON in a fenced block, with words around it',
    'Here you are:\n```json\n{"port": "8080", "features": ["login", "cart"]}\n```\nBye.',
  ],
  [
    'the last fenced block that is JSON',
    '```\nnot this\n```\n~~~\n{"port": "8080", "features": ["login", "cart", "login"]}\n~~~',
  ],
  ['lines', 'port: 8080\n- features: login, cart\nWhy: because'],
  ['with what need not be answered left empty', '{"port": "8080", "features": ["login", "cart"], "note": null}'],
])('%s is an answer', (_, text) => {
  expect(read(text)).toEqual({ ok: true, answers: fitting });
});

test.each([
  ['{"port": "80", "features": ["login"]}', { port: 'is one of: 8080, 9090' }],
  ['{"port": ["8080", "9090"], "features": "login"}', { port: 'wants one answer' }],
  ['{"features": [], "port": "8080"}', { features: 'wants one answer at least' }],
  [
    '{"port": {"a": 1}, "features": ["login", "shop"]}',
    { port: 'is no text', features: 'is one of: login, cart, search' },
  ],
  ['{"port": "8080", "features": "login", "colour": "red"}', { colour: 'was not asked' }],
  ['{}', { port: 'is not answered', features: 'is not answered' }],
  [
    '{"__proto__": {"port": "8080"}, "port": ""}',
    { port: 'is not answered', features: 'is not answered', ['__proto__']: 'was not asked' },
  ],
  ['8080, I think', {}],
  ['[1, 2]', {}],
])('%s does not fit, and what is wrong is told for each id', (text, wrong) => {
  const answer = read(text);
  if (answer.ok) throw new Error('it fits');
  expect(answer.refusal.code).toBe('bad-answer');
  expect(Object.entries(answer.refusal.data.wrong as object)).toEqual(Object.entries(wrong));
});

describe('an interview', () => {
  test('is answered by what fits, and the asker gets it as structure; what does not fit records nothing', () => {
    const world = withTwo();
    const { id } = asked(world, 'ada', 'bob', { questions });
    expect(world.message(id)?.ask?.questions).toEqual(questions);
    expect(refusal(reply(world, 'bob', '8080', { reference: id }))).toMatchObject({ code: 'bad-answer' });
    expect(openIn(world)).toHaveLength(1);
    expect(world.unread('ada')).toEqual([]);
    expect(world.unread('bob')).toHaveLength(1);
    const text = 'port: 9090\nfeatures: search';
    const { message } = accepted(reply(world, 'bob', text, { reference: id }));
    expect(world.message(message.id)).toMatchObject({ text, answers: { port: '9090', features: ['search'] } });
    expect(world.message(id)?.ask?.answer).toBe(message.id);
  });

  test('may be talked about: a reply that is no answer is mail', () => {
    const world = withTwo();
    const { id } = asked(world, 'ada', 'bob', { questions });
    accepted(reply(world, 'bob', 'do you know?', { reference: id, to: ['cy'] }));
    accepted(reply(world, 'cy', 'what do you mean?', { reference: id }));
    expect(openIn(world)).toHaveLength(1);
    accepted(reply(world, 'bob', 'port: 8080\nfeatures: cart', { reference: id }));
    accepted(reply(world, 'bob', 'one more thing', { reference: id }));
    expect(sent(world, 'bob', 'ada', 'port: 1').answers).toBeUndefined();
  });

  test('that is over has what fits beside a late answer, and takes any other as mail', () => {
    for (const [text, answers] of [
      ['port: 8080\nfeatures: login, cart', fitting],
      ['I was away', undefined],
    ] as const) {
      const world = withTwo();
      const { id } = asked(world, 'ada', 'bob', { questions });
      world.pass(2 * 86_400);
      const replied = accepted(reply(world, 'bob', text, { reference: id }));
      expect(replied).toMatchObject({ late: { id }, settled: [] });
      expect(replied.message.answers).toEqual(answers);
      expect(world.unread('ada').map((message) => message.text)).toEqual([text]);
      expect(world.message(id)?.ask?.answer).toBeUndefined();
    }
  });

  test('that another host may still answer is answered by what fits, also after its end by the clock here', () => {
    const world = withTwo();
    world.actor('bob', { host: 'there' });
    const { id } = asked(world, 'ada', 'bob', { questions });
    world.pass(3600);
    expect(refusal(reply(world, 'bob', 'I was away', { reference: id })).code).toBe('bad-answer');
    const { message, late, settled } = accepted(
      reply(world, 'bob', 'port: 8080\nfeatures: login, cart', { reference: id }),
    );
    expect([message.answers, late, settled]).toEqual([fitting, undefined, [{ id, kind: 'ask' }]]);
  });

  test('that was answered apart arrives with its answers', () => {
    const { authority, here } = apart('ada', 'bob');
    const { id } = asked(here, 'ada', 'bob', { questions });
    const { message } = accepted(reply(here, 'bob', 'port: 8080\nfeatures: cart', { reference: id }));
    arrive(authority, here.commits);
    expect(authority.message(message.id)?.answers).toEqual({ port: '8080', features: ['cart'] });
    expect(authority.message(id)?.ask?.questions).toEqual(questions);
  });
});

test.each([
  ['nothing', undefined],
  ['an empty list', []],
  ['more than are read', Array.from({ length: 21 }, (_, n) => ({ id: `q${n}`, text: '?' }))],
  ['no object', ['Which port?']],
  ['no id', [{ text: '?' }]],
  [
    'an id twice',
    [
      { id: 'a', text: '?' },
      { id: 'a', text: '?' },
    ],
  ],
  ['an id that no line begins with', [{ id: 'a b', text: '?' }]],
  ['no text', [{ id: 'a', text: ' ' }]],
  ['one option', [{ id: 'a', text: '?', options: ['yes'] }]],
  ['the same option twice', [{ id: 'a', text: '?', options: ['yes', 'yes'] }]],
  ['a flag that is none', [{ id: 'a', text: '?', multiple: 'yes' }]],
  ['a key that is not known', [{ id: 'a', text: '?', optoins: [] }]],
])('%s is no interview', (_, value) => {
  const answer = questionsFrom(value);
  expect(answer.ok ? undefined : answer.refusal.code).toBe('bad-interview');
});

test('an interview that is none is not asked', () => {
  const world = withTwo();
  expect(refusal(ask(world, 'ada', 'bob', { questions: [{ id: '', text: '?' }] })).code).toBe('bad-interview');
  expect(openIn(world)).toEqual([]);
});

test('whatever is replied is refused or fits, and never throws', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('8080', ['login'], 'cart', 9090));
  const object = fc.record({ port: value, features: value, note: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        object.map((each) => JSON.stringify(each)),
      ),
      (text) => {
        const answer = read(text);
        if (!answer.ok) return;
        const { port, features, note } = answer.answers;
        expect(['8080', '9090']).toContain(port);
        expect((features as string[]).every((each) => ['login', 'cart', 'search'].includes(each))).toBe(true);
        expect(note === undefined || typeof note === 'string').toBe(true);
      },
    ),
  );
});
