/** What is typed in a transcript, run where it costs least: our command within this process, all else by a shell. */
import { type Call, quick, whole } from './in-process.ts';
import { type Ran, run } from './scratch.ts';

/** `beside` where it goes on beside others, which may have the surroundings of this process meanwhile. */
export async function runTyped(
  line: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  beside?: { readonly onSaid: () => void },
): Promise<Ran> {
  const argv = beside === undefined ? ownWords(line) : undefined;
  if (argv === undefined) return run('/bin/sh', ['-c', line], cwd, env, beside?.onSaid);
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
