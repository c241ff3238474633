/** What each harness is answered, in its own form: the whole of what it reads, as text. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GuardAnswer } from '../../src/domain/guard/event.ts';
import { harnesses, harnessNamed } from '../../src/harness/index.ts';

const refused: GuardAnswer = { permission: 'refuse', reason: 'bold-fox has it' };
const asked: GuardAnswer = { permission: 'ask', reason: 'bold-fox has it' };
const mail: GuardAnswer = { permission: 'as-usual', context: 'one message' };
const goOn: GuardAnswer = { permission: 'as-usual', goOn: 'one message' };
const failed: GuardAnswer = { permission: 'as-usual', failure: 'the guard failed' };

const claudeDecision = (event: string, permissionDecision: string) => ({
  hookSpecificOutput: { hookEventName: event, permissionDecision, permissionDecisionReason: 'bold-fox has it' },
});
const claudeContext = (event: string) => ({
  hookSpecificOutput: { hookEventName: event, additionalContext: 'one message' },
});
const cursorDeny = { permission: 'deny', user_message: 'bold-fox has it', agent_message: 'bold-fox has it' };

test.each<[harness: string, event: string, answer: GuardAnswer, stdout: object | undefined]>([
  ['claude-code', 'PreToolUse', refused, claudeDecision('PreToolUse', 'deny')],
  ['claude-code', 'PreToolUse', asked, claudeDecision('PreToolUse', 'ask')],
  ['claude-code', 'PostToolBatch', mail, claudeContext('PostToolBatch')],
  ['claude-code', 'Stop', goOn, { decision: 'block', reason: 'one message' }],
  ['claude-code', 'PreToolUse', failed, { systemMessage: 'the guard failed' }],
  ['codex', 'PreToolUse', refused, claudeDecision('PreToolUse', 'deny')],
  ['codex', 'PreToolUse', asked, claudeDecision('PreToolUse', 'deny')],
  ['codex', 'PostToolUse', mail, claudeContext('PostToolUse')],
  ['codex', 'Stop', goOn, { decision: 'block', reason: 'one message' }],
  ['gemini', 'BeforeTool', refused, { decision: 'deny', reason: 'bold-fox has it' }],
  ['gemini', 'BeforeTool', asked, { decision: 'deny', reason: 'bold-fox has it' }],
  ['gemini', 'AfterTool', mail, claudeContext('AfterTool')],
  ['gemini', 'BeforeAgent', mail, claudeContext('BeforeAgent')],
  ['gemini', 'AfterAgent', goOn, { decision: 'deny', reason: 'one message' }],
  ['gemini', 'BeforeTool', failed, { systemMessage: 'the guard failed' }],
  ['copilot', 'preToolUse', refused, { permissionDecision: 'deny', permissionDecisionReason: 'bold-fox has it' }],
  ['copilot', 'preToolUse', asked, { permissionDecision: 'ask', permissionDecisionReason: 'bold-fox has it' }],
  ['copilot', 'postToolUse', mail, { additionalContext: 'one message' }],
  ['copilot', 'agentStop', goOn, { decision: 'block', reason: 'one message' }],
  ['copilot', 'preToolUse', failed, undefined],
  ['cursor', 'preToolUse', refused, cursorDeny],
  ['cursor', 'preToolUse', asked, cursorDeny],
  ['cursor', 'beforeShellExecution', asked, { ...cursorDeny, permission: 'ask' }],
  ['cursor', 'postToolUse', mail, { additional_context: 'one message' }],
  ['cursor', 'stop', goOn, { followup_message: 'one message' }],
  ['cursor', 'preToolUse', failed, undefined],
  ['cursor', 'preToolUse', mail, { permission: 'allow', additional_context: 'one message' }],
  ['cursor', 'beforeShellExecution', mail, undefined],
  ['opencode', 'tool.execute.before', refused, { refuse: true, reason: 'bold-fox has it' }],
  ['opencode', 'tool.execute.before', asked, { refuse: true, reason: 'bold-fox has it' }],
  ['opencode', 'chat.message', mail, { refuse: false, context: 'one message' }],
  ['opencode', 'session.idle', goOn, { refuse: false, goOn: 'one message' }],
  ['pi', 'tool_call', refused, { refuse: true, reason: 'bold-fox has it' }],
  ['pi', 'tool_call', failed, { refuse: false, failure: 'the guard failed' }],
])('%s at %s, answered %j, reads %j', (name, event, answer, stdout) => {
  const output = harnessNamed(name)?.answer(event, answer);
  expect(output?.stdout === '' ? undefined : JSON.parse(output?.stdout ?? '')).toEqual(stdout);
});

test.each(['copilot', 'cursor'])('%s has no way to the person: what failed goes into its log', (name) => {
  expect(harnessNamed(name)?.answer('preToolUse', failed).stderr).toBe('the guard failed');
});

const text = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
const anyAnswer: fc.Arbitrary<GuardAnswer> = fc
  .record({
    permission: fc.constantFrom('as-usual' as const, 'refuse' as const, 'ask' as const),
    context: text,
    goOn: text,
    failure: text,
  })
  .map((answer) => (answer.permission === 'as-usual' ? answer : { ...answer, reason: 'bold-fox has it' }));
const everyEvent = fc.constantFrom('PreToolUse', 'Stop', 'BeforeTool', 'preToolUse', 'stop', 'tool_call', 'anything');

test.each(harnesses.map((harness) => [harness.name, harness] as const))(
  '%s is answered with one JSON object or nothing, and never with an error',
  (_name, { answer }) => {
    fc.assert(
      fc.property(everyEvent, anyAnswer, (event, given) => {
        const { stdout, exitCode } = answer(event, given);
        expect(exitCode).toBe(0);
        if (stdout !== '') expect(typeof JSON.parse(stdout)).toBe('object');
        expect(answer(event, { permission: 'as-usual' })).toEqual({ stdout: '', stderr: '', exitCode: 0 });
      }),
    );
  },
);

test.each(['preToolUse', 'beforeShellExecution'])(
  'Cursor reads a permission at %s, or nothing: it would block',
  (event) => {
    fc.assert(
      fc.property(anyAnswer, (given) => {
        const { stdout = '' } = harnessNamed('cursor')?.answer(event, given) ?? {};
        if (stdout !== '') expect(['allow', 'deny', 'ask']).toContain(JSON.parse(stdout).permission);
        if (given.permission !== 'as-usual') expect(JSON.parse(stdout).permission).not.toBe('allow');
      }),
    );
  },
);
