/** A repository with coordination open, and the built command called as a hook of a harness calls it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Place as McpPlace } from '../mcp/place.ts';
import { root } from '../tooling/sources.ts';

const bin = join(root, 'dist/bin.cjs');

export interface Hooked {
  // biome-ignore lint/suspicious/noExplicitAny: each harness's own form
  readonly json: any;
  readonly stderr: string;
  readonly code: number | null;
}

export class GuardPlace extends McpPlace {
  constructor() {
    super();
    this.command('grace', 'init', '--yes');
  }

  put(path: string, text: string): void {
    const file = join(this.repo, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  policy(text: string): void {
    this.put('.intercom/config.yaml', text);
  }

  /** One event of one session of Claude Code. */
  hook(event: string, input: Record<string, unknown>, env: Record<string, string> = {}): Hooked {
    const { stdout, stderr, status } = spawnSync(process.execPath, [bin, 'hook', 'claude-code', event], {
      cwd: this.dir,
      env: this.env({ CLAUDE_PID: String(process.pid), ...env }),
      encoding: 'utf8',
      input: JSON.stringify({ session_id: 's1', cwd: this.repo, hook_event_name: event, ...input }),
    });
    return { json: stdout === '' ? undefined : JSON.parse(stdout), stderr, code: status };
  }

  edit(path: string, session = 's1', cwd = this.repo): Hooked {
    const tool_input = { file_path: path.startsWith('/') ? path : join(this.repo, path) };
    return this.hook('PreToolUse', { session_id: session, cwd, tool_name: 'Edit', tool_input });
  }

  shell(command: string, event = 'PreToolUse', duration_ms = 60_000): Hooked {
    return this.hook(event, { tool_name: 'Bash', tool_input: { command }, duration_ms });
  }
}

/** Why it was refused; undefined when it was not. */
export function refusal({ json }: Hooked): string | undefined {
  const { permissionDecision, permissionDecisionReason } = json?.hookSpecificOutput ?? {};
  return permissionDecision === 'deny' ? permissionDecisionReason : undefined;
}

export function context({ json }: Hooked): string | undefined {
  return json?.hookSpecificOutput?.additionalContext;
}
