export function answerQuickly(_argv: readonly string[], _env: NodeJS.ProcessEnv, _cwd: string): number | undefined {
  return undefined;
}
