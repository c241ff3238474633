/** Where the reader answers: a box for a text, or for each question of an interview what it may be answered by. */
import type { ShownAsk } from '../../domain/ask/present.ts';
import { element } from './element.ts';

type Question = NonNullable<ShownAsk['questions']>[number];

export interface AnswerBox {
  readonly node: HTMLElement;
  /** What is sent; empty where nothing was typed. */
  readonly text: () => string;
  readonly clear: () => void;
}

export function answerBox(label: string, questions: readonly Question[] | undefined): AnswerBox {
  return questions === undefined ? textBox(label) : interviewBox(questions);
}

function textBox(label: string): AnswerBox {
  const box = element('textarea', '');
  box.rows = 1;
  box.placeholder = 'Your answer';
  box.setAttribute('aria-label', label);
  const clear = () => {
    box.value = '';
  };
  return { node: box, text: () => box.value.trim(), clear };
}

function interviewBox(questions: readonly Question[]): AnswerBox {
  const fields = questions.map((question) => ({ question, node: fieldOf(question) }));
  const values = () =>
    fields.flatMap(({ question, node }): [string, string | string[]][] => {
      const given = [...node.querySelectorAll('input')]
        .filter(({ type, checked, value }) => (type === 'text' ? value.trim() !== '' : checked))
        .map(({ value }) => value.trim());
      if (given.length === 0) return [];
      return [[question.id, question.multiple === true ? given : (given[0] as string)]];
    });
  return {
    node: element('div', 'interview', ...fields.map(({ node }) => node)),
    text: () => (values().length === 0 ? '' : JSON.stringify(Object.fromEntries(values()))),
    clear: () => {
      for (const { node } of fields) {
        for (const input of node.querySelectorAll('input')) {
          if (input.type === 'text') input.value = '';
          else input.checked = false;
        }
      }
    },
  };
}

let groups = 0;

function fieldOf({ text, options, multiple, required }: Question): HTMLElement {
  const said = required === false ? `${text} (may be left out)` : text;
  const input = (type: string) => {
    const made = element('input', '');
    made.type = type;
    return made;
  };
  if (options === undefined) return element('label', 'question', element('span', '', said), input('text'));
  const name = `question-${groups++}`;
  const choices = options.map((option) => {
    const made = input(multiple === true ? 'checkbox' : 'radio');
    Object.assign(made, { name, value: option });
    return element('label', 'choice', made, element('span', '', option));
  });
  return element('fieldset', 'question', element('legend', '', said), ...choices);
}
