/** OpenCode: asked by the plugin `src/plugins/opencode.ts`. */
import type { Tools } from '../claude-form.ts';
import type { Harness } from '../harness.ts';
import { answerPluginForm, type Moments, readPluginForm } from '../plugin-form.ts';

/** Which of the edit tools a session has depends on its model. */
const tools: Tools = {
  edit: new Set(['edit', 'write', 'patch', 'apply_patch', 'multiedit']),
  shell: new Set(['bash']),
};

const moments: Moments = {
  'tool.execute.before': 'before-tool',
  'tool.execute.after': 'after-tool',
  'chat.message': 'prompt',
  'session.created': 'session-start',
  'session.idle': 'turn-end',
  'session.deleted': 'session-end',
};

export const opencode: Harness = {
  name: 'opencode',
  read: (event, input) => readPluginForm(event, input, moments, tools),
  answer: answerPluginForm,
};
