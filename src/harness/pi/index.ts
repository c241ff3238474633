/** pi: asked by the extension `src/plugins/pi.ts`. */
import type { Tools } from '../claude-form.ts';
import type { Harness } from '../harness.ts';
import { answerPluginForm, type Moments, readPluginForm } from '../plugin-form.ts';

const tools: Tools = { edit: new Set(['edit', 'write']), shell: new Set(['bash', 'powershell']) };

const moments: Moments = {
  tool_call: 'before-tool',
  tool_result: 'after-tool',
  before_agent_start: 'prompt',
  session_start: 'session-start',
  agent_end: 'turn-end',
  session_shutdown: 'session-end',
};

export const pi: Harness = {
  name: 'pi',
  read: (event, input) => readPluginForm(event, input, moments, tools),
  answer: answerPluginForm,
};
