import { expect, test } from 'vitest';
import * as path from '../../../src/domain/record/path.ts';

test.each([
  [path.fencePath, 'fence', ''],
  [path.agentPath('ada'), 'agent', 'agents'],
  [path.claimPath('c'), 'claim', 'claims'],
  [path.waitingPath('w'), 'waiting', 'waiting'],
  [path.landingPath('l'), 'landing', 'landing'],
  [path.inboxPath('ada', 'm'), 'message', path.inboxFolder('ada')],
  [path.broadcastPath('m'), 'message', 'broadcast'],
  [path.askPath('m'), 'message', path.asksFolder],
  [path.escalationPath('m'), 'message', path.escalationsFolder],
  [path.messagePath('m'), 'message', 'messages'],
  [path.threadPath('t', 'm'), 'message', path.threadFolder('t')],
  [path.receiptPath('m'), 'receipt', 'receipts'],
  [path.keyPath('k'), 'key', 'keys'],
  ['elsewhere/x', undefined, 'elsewhere'],
  ['fences', undefined, ''],
  ['claims', undefined, ''],
])('%s holds a record of the kind %s in the folder %j', (at, kind, folder) => {
  expect(path.kindOf(at)).toBe(kind);
  expect(path.folderOf(at)).toBe(folder);
});
