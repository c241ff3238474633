/** Mail for a session of a harness: the same scene for each. */
import { expect, type TestContext } from 'vitest';
import { inTerminal } from './place.ts';
import type { Session } from './session.ts';

/** Mail that comes while the session works is heard with its next step, and not again. */
export async function hearsMailOnce(session: Session): Promise<void> {
  const { read } = session.steps;
  const mailed = async () => {
    await session.project.intercom('bold-fox', 'send', 'all', 'Are you there?');
    return read('src/a.ts');
  };
  session.plays(mailed, read('src/b.ts'), read('src/a.ts'));
  await session.run();
  expect((await session.request(1)).news).toMatch(/bold-fox.*Are you there\?/);
  expect(count(session.heard, 'Are you there?')).toBe(1);
}

/** Twice, for a harness may drop what is like the message before. Answers what each request brought. */
export async function isWokenByMail(session: Session, skip: TestContext['skip']): Promise<string[]> {
  inTerminal(session, skip);
  const brought: string[] = [];
  for (const [n, text] of ['Are you there?', 'And now?'].entries()) {
    await session.request(n);
    await session.isIdle(n + 1);
    await session.project.intercom('bold-fox', 'send', 'all', text);
    const { news } = await session.request(n + 1);
    expect(news).toMatch(/bold-fox/);
    expect(news).toContain('not from your user');
    expect(count(news, text)).toBe(1);
    brought.push(news);
  }
  return brought;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
