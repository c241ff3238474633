import { expect, test } from 'vitest';
import { openIntercom } from '../../src/index.ts';

test.each([
  ['Ada Lovelace', 'ada-lovelace'],
  ['all', 'bold-fox'],
])('%j is no name, whatever the folder is; %s would be one', async (agent, near) => {
  await expect(openIntercom({ dir: '/nowhere', agent })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(`${JSON.stringify(agent)} cannot be the name of an agent: `),
    next: `Use a name such as ${near}.`,
  });
});
