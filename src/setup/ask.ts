/** The one time that set-up asks: which harnesses, and whether agents may call our tools unasked. */
import { confirm, isCancel, multiselect } from '@clack/prompts';
import type { Answers, Detected } from './port.ts';

/** Undefined where the person gave up. `wanted` was typed already, and is not asked for. */
export async function ask(
  found: readonly Detected[],
  wanted: readonly string[] | undefined,
): Promise<Answers | undefined> {
  const harnesses = wanted ?? (await askWhich(found));
  if (typeof harnesses === 'symbol') return undefined;
  if (harnesses.length === 0) return { harnesses: [], mayCallTools: false };
  const mayCallTools = await confirm({
    message: 'May agents call the tools of git-intercom (claim, send, ask …) without asking you each time?',
  });
  return isCancel(mayCallTools) ? undefined : { harnesses, mayCallTools };
}

async function askWhich(found: readonly Detected[]): Promise<readonly string[] | symbol> {
  if (found.length === 0) return [];
  return multiselect({
    message: 'Which of these should check claims before they edit, and get mail?',
    options: found.map(({ name, title }) => ({ value: name, label: title })),
    initialValues: found.map(({ name }) => name),
    required: false,
  });
}

/** No answer is a no. */
export async function agreed(question: string): Promise<boolean> {
  return (await confirm({ message: question })) === true;
}
