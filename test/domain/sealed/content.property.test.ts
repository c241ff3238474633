/** What is under a seal somebody else wrote, by whatever program: it is read with care. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionsFrom } from '../../../src/domain/ask/questions.ts';
import { formatContent, parseContent } from '../../../src/domain/sealed/content.ts';
import { oneLine, plainText } from '../../../src/domain/text.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}( [a-z0-9]{1,8}){0,2}$/);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const questions = fc.uniqueArray(
  fc.record(
    {
      id,
      text: word,
      options: fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
      multiple: fc.constant(true),
      required: fc.constant(false),
    },
    { requiredKeys: ['id', 'text'] },
  ),
  { selector: (each) => each.id, minLength: 1, maxLength: 5 },
);

test('what is sealed is opened as it was', () => {
  const content = fc.record(
    {
      text: word,
      subject: word,
      why: word,
      questions,
      answers: fc.dictionary(id, fc.oneof(word, fc.array(word, { minLength: 1 })), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    },
    { requiredKeys: ['text'] },
  );
  fc.assert(
    fc.property(content, (each) => {
      const { subject, attachments, ...rest } = parseContent(formatContent(each)) ?? {};
      expect({ ...rest, ...(subject !== undefined && { subject }) }).toEqual(each);
      expect(attachments).toBeUndefined();
    }),
  );
});

/** What a hostile or a newer program may have put there: right keys, and anything under them. */
const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('\u001b[31mred', 'a\u202eb'));
const forged = fc.record(
  {
    ...{ text: fc.oneof(fc.string({ unit: 'binary' }), anything), subject: anything, why: anything },
    questions: fc.oneof(questions, anything),
    answers: fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), anything), anything),
    ...{ attachments: fc.array(anything), from: anything, room: anything, fromPerson: anything, isPutOut: anything },
  },
  { requiredKeys: ['text'] },
);

test('whatever stands there is harmless or left out, and never throws', () => {
  let opened = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: forged.map((each) => JSON.stringify(each)) }, fc.string()), (json) => {
      const content = parseContent(json);
      if (content === undefined) return;
      opened += 1;
      const { text, subject, why, answers = {}, questions: asked } = content;
      expect(plainText(text)).toBe(text);
      for (const line of [subject, why]) if (line !== undefined) expect(oneLine(line, 500)).toBe(line);
      for (const [key, value] of Object.entries(answers)) {
        expect(oneLine(key, 64)).toBe(key);
        for (const one of [value].flat()) expect(plainText(one)).toBe(one);
      }
      if (asked !== undefined) expect(questionsFrom(asked)).toEqual({ ok: true, questions: asked });
    }),
    { numRuns: 500 },
  );
  expect(opened).toBeGreaterThan(50);
});
