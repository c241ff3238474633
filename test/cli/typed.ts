/** What is typed in a transcript, run where it costs least: our command within this process, all else by a shell. */
import { type Call, quick, whole } from './in-process.ts';
import { type Ran, run } from './scratch.ts';

/** `isAlone` where nothing else of this process may have its surroundings for the moment. */
export async function runTyped(line: string, cwd: string, env: NodeJS.ProcessEnv, isAlone: boolean): Promise<Ran> {
  const argv = isAlone ? ownWords(line) : undefined;
  if (argv === undefined) return run('/bin/sh', ['-c', line], cwd, env);
  const call: Call = { argv, cwd, env };
  return (await quick(call)) ?? whole(call);
}

const quoted = /'[^']*'|"[^"$`\\]*"/g;
/** Started by harnesses and git, and in programs of their own. */
const ofOthers = ['hook', 'mcp'];

/** The words behind `git intercom`; undefined where the line wants a shell, git, or another program. */
function ownWords(line: string): string[] | undefined {
  if (/[^\w\s./:=,@%+-]/.test(line.replace(quoted, ''))) return undefined;
  const [git, intercom, ...words] = (line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) =>
    word.replace(quoted, (part) => part.slice(1, -1)),
  );
  return git === 'git' && intercom === 'intercom' && !ofOthers.includes(words[0] ?? '') ? words : undefined;
}
