/** Every text that an agent may write is looked at for secrets, whichever operation it comes by. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { textsIn } from '../../src/domain/secret/texts.ts';
import type { Intercom } from '../../src/index.ts';
import { operations } from '../../src/operations/index.ts';
import { samples } from '../secrets/samples.ts';
import { doneBy, Place } from './place.ts';

const secret = samples['GitHub Token'] as string;
const text = `use ${secret} until Friday`;

const acts: Readonly<Record<string, (ada: Intercom, id: string) => Promise<{ readonly status: string }>>> = {
  'the text of a message': (ada) => ada.send({ to: ['bob'], text }),
  'its subject': (ada) => ada.send({ to: ['bob'], text: 'hello', subject: text }),
  'an attachment': (ada) =>
    ada.send({ to: ['bob'], text: 'hello', attachments: [{ path: 'a', from: 1, to: 1, text }] }),
  'a reply': (ada, id) => ada.reply({ id, text }),
  'an ask': (ada) => ada.ask({ to: 'bob', text, waitSeconds: 0 }),
  'a question of an interview': (ada) => ada.ask({ to: 'bob', questions: [{ id: 'a', text }], waitSeconds: 0 }),
  'an escalation': (ada) => ada.escalate({ text }),
  'the reason of a claim': (ada) => ada.claim({ paths: ['src/a.ts'], why: text }),
  'a status': (ada) => ada.status({ activity: text }),
  'a description': (ada) => ada.status({ description: text }),
  'a tag': (ada) => ada.status({ tags: [secret] }),
  'the topic of a room': (ada) => ada.room({ action: 'create', room: 'ops', topic: text }),
  'a spec': (ada) => ada.publishSpec({ name: 'api', text }),
  'the reason of a spec': (ada) => ada.publishSpec({ name: 'api', text: 'GET /', why: text }),
  'what invisible characters hide': (ada) => ada.send({ to: ['bob'], text: text.replace(/_/, '_\u2066\u0007') }),
  'what is coloured': (ada) => ada.send({ to: ['bob'], text: `use \u001b[32m${secret}\u001b[0m` }),
  'what was coloured': (ada) => ada.send({ to: ['bob'], text: `use [32m${secret}[0m` }),
  'what stands behind a control character': (ada) => ada.send({ to: ['bob'], text: `use\u0007${secret}` }),
  'what invisible characters begin': (ada) => ada.send({ to: ['bob'], text: `use\u200b${secret}` }),
  'what joiners part': (ada) => ada.send({ to: ['bob'], text: text.replace(/_/, '_\u200d\u200c\u2060\u00ad') }),
};

function tipOf(place: Place): string {
  return execFileSync('git', ['-C', place.dir, 'rev-parse', 'intercom'], { encoding: 'utf8' }).trim();
}

test.each(Object.entries(acts))('a secret in %s is refused, and nothing is written', async (_what, act) => {
  const place = new Place();
  await place.as('ada', 0, (ada) => ada.status({ activity: 'here' }));
  const id = await place.as('bob', 1, async (bob) => doneBy(await bob.send({ to: ['ada'], text: 'hi' })).message.id);
  const before = tipOf(place);
  const answer = await place.as('ada', 2, (ada) => act(ada, id));
  expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'secret-found' } });
  expect(JSON.stringify(answer)).not.toContain(secret.slice(4, 20));
  expect(tipOf(place)).toBe(before);
});

test('a secret is named once, however its text is read, and each of two is', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const hidden = text.replace(/_/, '_\u200d');
  const answer = await place.as('ada', 1, (ada) =>
    ada.send({ to: ['bob'], text: `${text}\n\u001b[1mand\u001b[0m\n${hidden}` }),
  );
  expect(answer).toMatchObject({ refusal: { data: { secrets: [{ line: 1 }, { line: 3 }] } } });
});

test('a secret that is let through is recorded with the reason, in the record and in the history', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const why = 'revoked, for the test of the scanner';
  const sent = await place.as('ada', 1, (ada) => ada.send({ to: ['bob'], text, allowSecret: why }));
  expect(doneBy(sent).message).toMatchObject({ text, allowedSecret: why });
  const found = execFileSync('git', ['-C', place.dir, 'log', '--format=%s', '--grep=looks like a secret', 'intercom']);
  expect(String(found)).toContain('message ada → bob');
  const claimed = await place.as('ada', 2, (ada) => ada.claim({ paths: ['a'], why: text, allowSecret: why }));
  expect(claimed.status).toBe('done');
  const body = execFileSync('git', ['-C', place.dir, 'log', '-1', '--format=%b', 'intercom']);
  expect(String(body)).toContain(`Recorded although it looks like a secret (GitHub Token): ${why}`);
});

test('leave to record a secret leaves no trace where there is none, and no reason is no leave', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'here' }));
  const plain = await place.as('ada', 1, (ada) => ada.send({ to: ['bob'], text: 'lunch?', allowSecret: 'why not' }));
  expect(doneBy(plain).message).not.toHaveProperty('allowedSecret');
  const blank = await place.as('ada', 2, (ada) => ada.send({ to: ['bob'], text, allowSecret: ' ' }));
  expect(blank).toMatchObject({ refusal: { code: 'secret-found' } });
});

/** A field that is added stands here: as a text that is looked at, or not at all because it names something. */
test('of all that operations write, these fields are looked at as texts', () => {
  const looked = Object.values(operations)
    .filter(({ effect }) => effect === 'write')
    .map(({ name, input }) => {
      const holdsText = (schema: z.ZodType) =>
        /"type":"string"|\{\}/.test(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })));
      const { shape } = input as z.ZodObject;
      const fields = Object.keys(shape).filter((field) => holdsText(shape[field] as z.ZodType));
      return [name, fields.filter((field) => [...textsIn({ [field]: 'x' })].length > 0)] as const;
    });
  expect(Object.fromEntries(looked)).toMatchInlineSnapshot(`
    {
      "ack": [],
      "ask": [
        "text",
        "subject",
        "attachments",
        "patches",
        "questions",
      ],
      "claim": [
        "why",
      ],
      "escalate": [
        "text",
        "why",
      ],
      "handoff": [
        "why",
      ],
      "key": [],
      "move_here": [],
      "peek": [],
      "publish-spec": [
        "text",
        "why",
      ],
      "release": [
        "why",
      ],
      "renew": [],
      "reply": [
        "text",
        "attachments",
        "patches",
      ],
      "room": [
        "topic",
        "why",
      ],
      "send": [
        "text",
        "subject",
        "attachments",
        "patches",
      ],
      "status": [
        "activity",
        "description",
        "tags",
      ],
      "subscribe": [
        "remove",
      ],
      "sync": [],
    }
  `);
});
