/**
 * Hooks in a form of our own: of harnesses that have plugins instead of hook files, and whose plugin (`src/plugins/`)
 * asks us. In: `{session_id, cwd, tool, args, lasted_ms, going_on}`. Out: the answer as it is, or nothing.
 */
import { posix } from 'node:path';
import type { GuardAnswer } from '../domain/guard/event.ts';
import type { Tools } from './claude-form.ts';
import { type Hook, type HookEvent, type HookInput, type HookOutput, json, silence } from './harness.ts';
import { numberIn, objectIn, pathsIn, textIn } from './input.ts';
import { pathsInPatch } from './patch.ts';

/** Which of our moments each event of the harness is. */
export type Moments = Readonly<Record<string, 'before-tool' | 'after-tool' | Exclude<HookEvent['kind'], ToolKind>>>;

type ToolKind = 'before-edit' | 'before-shell' | 'after-shell' | 'between-steps';

export function readPluginForm(event: string, input: HookInput, moments: Moments, tools: Tools): Hook | undefined {
  const said = eventOf(event, input, moments, tools);
  if (said === undefined) return undefined;
  const cwd = textIn(input, 'cwd');
  const folder = said.kind === 'before-shell' ? textIn(objectIn(input, 'args'), 'workdir') : undefined;
  return {
    session: textIn(input, 'session_id'),
    cwd: cwd === undefined || folder === undefined ? cwd : posix.resolve(cwd, folder),
    event: said,
  };
}

function eventOf(event: string, input: HookInput, moments: Moments, tools: Tools): HookEvent | undefined {
  const tool = textIn(input, 'tool') ?? '';
  const given = objectIn(input, 'args');
  const moment = Object.hasOwn(moments, event) ? moments[event] : undefined;
  switch (moment) {
    case undefined:
      return undefined;
    case 'before-tool': {
      if (tools.shell.has(tool)) return { kind: 'before-shell', command: textIn(given, 'command') ?? '' };
      const patch = textIn(given, 'patchText', 'patch', 'input') ?? '';
      const paths = tools.edit.has(tool) ? [...pathsIn(given), ...pathsInPatch(patch)] : [];
      return paths.length === 0 ? undefined : { kind: 'before-edit', paths };
    }
    case 'after-tool':
      if (tools.shell.has(tool)) return { kind: 'after-shell', lastedMs: numberIn(input, 'lasted_ms') };
      return { kind: 'between-steps' };
    case 'turn-end':
      return { kind: 'turn-end', isGoingOn: input.going_on === true };
    default:
      return { kind: moment };
  }
}

/** Neither plugin can ask a person, so that `ask` refuses. */
export function answerPluginForm(_event: string, { permission, ...said }: GuardAnswer): HookOutput {
  const parts = Object.entries(said).filter(([, text]) => text !== undefined);
  if (permission === 'as-usual' && parts.length === 0) return silence;
  return json({ refuse: permission !== 'as-usual', ...Object.fromEntries(parts) });
}
