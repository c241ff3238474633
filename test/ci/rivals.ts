/** Two who want one file, on a forge of their own: what the tests of the hosts start from. */
import { afterAll, beforeAll } from 'vitest';
import { Scratch } from './scratch.ts';

export interface Rivals {
  readonly scratch: Scratch;
  /** Where Ada's branch `wide` began, and where it ends. */
  base: string;
  head: string;
  /** Of `wide`, with all branches and all history. */
  readonly fullCheckout: () => Promise<string>;
}

/** bold-fox holds src/auth.ts for the branch `login`; Ada's branch changes it, and a file that nobody claims. */
export function rivals(): Rivals {
  const scratch = new Scratch();
  const made = { scratch, base: '', head: '', fullCheckout: () => scratch.checkout('wide', '--no-single-branch') };
  beforeAll(async () => {
    await scratch.begin();
    made.base = await scratch.commit({ 'src/auth.ts': '1\n', 'src/ui.ts': '1\n' }, 'Begin');
    await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'main');
    await scratch.git(scratch.work, 'checkout', '--quiet', '-b', 'login');
    await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'login');
    await scratch.intercom('bold-fox', 'claim', 'src/auth.ts', '--why', 'split login');
    await scratch.git(scratch.work, 'checkout', '--quiet', '-b', 'wide', 'main');
    made.head = await scratch.commit({ 'src/auth.ts': '2\n', 'src/ui.ts': '2\n' }, 'Widen');
    await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'wide');
    scratch.npxRunsTheBuild();
  });
  afterAll(() => scratch.end());
  return made;
}
