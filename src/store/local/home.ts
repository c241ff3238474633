/** As `os.homedir` has it. `node:os` is loaded only where the environment is silent: that takes longer than a quick answer's files. */
export function homeFolder(env: NodeJS.ProcessEnv): string {
  return env.HOME || process.getBuiltinModule('node:os').homedir();
}
