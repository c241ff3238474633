/** Where the policy warns: the same scene for each harness. */
import { expect } from 'vitest';
import type { Session } from './session.ts';

/** The first edit of what another claims is held up, and the model hears why while the file stays; the second goes through. */
export async function isWarnedOnce(session: Session): Promise<void> {
  const { project, steps } = session;
  project.put('.intercom/config.yaml', 'guard: { edits: warn }\n');
  await project.intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
  const edit = steps.edit('src/a.ts', 'export const a = 1;', 'export const a = 2;');
  let warned = '';
  session.plays(steps.read('src/a.ts'), edit, ({ news }) => {
    warned = `${news}\nthe file: ${project.read('src/a.ts')}`;
    return edit;
  });
  await session.run();
  expect(warned).toMatch(/split login.*do the same once more.*the file: export const a = 1;/s);
  expect(project.read('src/a.ts')).toBe('export const a = 2;\n');
}
