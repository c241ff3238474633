/** Which harness an MCP client is, by the name that it gives itself in `initialize`. */

const harnesses: readonly (readonly [RegExp, string])[] = [
  [/^claude-code/i, 'claude-code'],
  [/codex/i, 'codex'],
  [/opencode/i, 'opencode'],
  [/gemini/i, 'gemini'],
  [/copilot/i, 'copilot'],
  [/cursor/i, 'cursor'],
  [/^pi(?:-|$)/i, 'pi'],
];

/** Whether hooks and commands of such a client may speak for its session beside the server. */
export function isHarness(name: string): boolean {
  return harnesses.some(([, harness]) => harness === name);
}

/** A client that is none of these is called as it calls itself. */
export function harnessOfClient(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return harnesses.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}
