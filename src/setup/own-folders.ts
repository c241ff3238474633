/** The folders of ours in the user's home, by the XDG Base Directory specification. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { diskFiles } from './files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function dataFolderOf(env: Environment, home: string): string {
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'git-intercom');
}

/** Keys of this user's agents. They stay when all else goes: without them nobody reads what was sealed for those. */
export function keysFolderOf(env: Environment, home: string): string {
  return join(dataFolderOf(env, home), 'keys');
}

/** A variable with a relative path does not count (XDG Base Directory specification). */
export function cacheFolderOf({ XDG_CACHE_HOME: given }: Environment, home: string): string {
  return join(given !== undefined && isAbsolute(given) ? given : join(home, '.cache'), 'git-intercom');
}

/**
 * Takes away the cache, and the person's own uid where no `others` were set up: in another repository it is who they
 * are. Answers what went, or would go in a rehearsal. Where the folders around it are empty then, they go as well.
 */
export function removeOwnFolders(env: Environment, home: string, others: number, isRehearsal: boolean): string[] {
  const dataFolder = dataFolderOf(env, home);
  const cache = cacheFolderOf(env, home);
  const doomed = [cache, ...(others === 0 ? [join(dataFolder, 'person')] : [])].filter((path) => existsSync(path));
  if (isRehearsal) return doomed;
  for (const path of doomed) rmSync(path, { recursive: true, force: true });
  // Folders that a variable names are not ours to take away.
  const around = [
    ...(env.XDG_DATA_HOME ? [] : aboveTo(home, dataFolder)),
    ...(cache === cacheFolderOf({}, home) ? aboveTo(home, cache) : []),
  ];
  for (const folder of [dataFolder, ...around]) diskFiles.removeFolder(folder, 'if-empty');
  return doomed;
}

/** Innermost first, without the home itself. */
function aboveTo(home: string, folder: string): string[] {
  const above = dirname(folder);
  return above === home || above === dirname(above) ? [] : [above, ...aboveTo(home, above)];
}

/** The files of a folder of the package, by their path in it. */
export function readShipped(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
}
