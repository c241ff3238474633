/**
 * Finds the repository that a folder belongs to, by reading files (setup.c, gitrepository-layout(5)); git is not asked.
 * The only file that interprets `.git`, linked worktrees, submodules and the `GIT_*` variables about them.
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { honourSharing } from '../local/shared-modes.ts';
import { alternatesOf, namedAlternates } from './alternates.ts';
import { type GitConfig, hasWorktreeConfig, isTrue, readConfig } from './config.ts';
import { checkFormat } from './format.ts';
import { checkOwner } from './ownership.ts';

export interface Repository {
  /** Of this work tree: HEAD and index are here. */
  readonly gitDir: string;
  /** Shared by all linked worktrees: refs and objects are here. */
  readonly commonDir: string;
  readonly workTree: string | null;
  readonly objectsDir: string;
  /** Other object folders to read from, in order. */
  readonly alternates: readonly string[];
  /** Within a push that the server has not accepted yet: what is written now may be thrown away (git-receive-pack(1)). */
  readonly isQuarantined: boolean;
  readonly refFormat: 'files' | 'reftable';
  readonly ignoreCase: boolean;
  readonly isShallow: boolean;
  /** Null when HEAD is detached. */
  readonly headBranch: string | null;
  readonly config: GitConfig;
  /** What it is called in the hub that the policy names, `server~1f3a9c20`; whoever opens it finds that out. */
  readonly hubKey?: string | null;
}

export interface Start {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Throws IntercomError where there is no repository, or one of a format that cannot be served. */
export function locateNow({ cwd, env }: Start): Repository {
  if (!isFolder(cwd)) {
    throw new IntercomError({
      code: 'not-a-repository',
      message: existsSync(cwd) ? `${cwd} is a file, and a folder is meant.` : `There is no folder ${cwd}.`,
      next: 'Pass the folder of a repository with -C.',
      data: { cwd },
    });
  }
  const found = fromEnvironment(cwd, env) ?? discover(cwd, env);
  const { gitDir } = found;
  const commonDir = env.GIT_COMMON_DIR ? folderOf('GIT_COMMON_DIR', { cwd, env }) : (commonOf(gitDir) ?? gitDir);
  const config = readConfig(commonDir, gitDir);
  const refFormat = checkFormat(config, commonDir);
  const objectsDir = env.GIT_OBJECT_DIRECTORY
    ? folderOf('GIT_OBJECT_DIRECTORY', { cwd, env })
    : join(commonDir, 'objects');
  honourSharing([commonDir, objectsDir], config.get('core.sharedrepository'));
  return {
    gitDir,
    commonDir,
    workTree: workTreeOf(found, { config, isLinked: commonDir !== gitDir, env, cwd }),
    objectsDir,
    alternates: [...namedAlternates(env.GIT_ALTERNATE_OBJECT_DIRECTORIES, cwd), ...alternatesOf(objectsDir)],
    isQuarantined: Boolean(env.GIT_QUARANTINE_PATH),
    refFormat,
    ignoreCase: isTrue(config.get('core.ignorecase')),
    isShallow: existsSync(join(commonDir, 'shallow')),
    // In a reftable the file HEAD names no branch; `locate` asks git.
    headBranch:
      refFormat === 'files'
        ? (/^ref: refs\/heads\/(.+)$/.exec((readText(join(gitDir, 'HEAD')) ?? '').trim())?.[1] ?? null)
        : null,
    config,
  };
}

interface Found {
  readonly gitDir: string;
  /** The folder that holds `.git`; undefined where we stand in a bare repository or inside of `.git`. */
  readonly workTree: string | undefined;
}

/** A variable that names no repository is an error, as it is for git: going on elsewhere would write elsewhere. */
function fromEnvironment(cwd: string, env: NodeJS.ProcessEnv): Found | undefined {
  const named = env.GIT_DIR;
  if (!named) return undefined;
  const gitDir = resolve(cwd, named);
  const target = isFile(gitDir) ? followGitFile(gitDir) : gitDir;
  if (isGitDir(target)) return { gitDir: target, workTree: undefined };
  throw new IntercomError({
    code: 'not-a-repository',
    message: `GIT_DIR in the environment names ${gitDir}, which is no git directory.`,
    next: 'Unset GIT_DIR, or set it to the .git of a repository.',
    data: { gitDir },
  });
}

function folderOf(name: 'GIT_COMMON_DIR' | 'GIT_OBJECT_DIRECTORY', { cwd, env }: Start): string {
  const dir = resolve(cwd, env[name] ?? '');
  if (isFolder(dir)) return dir;
  throw new IntercomError({
    code: 'not-a-repository',
    message: `${name} in the environment names ${dir}, which is no folder.`,
    next: `Unset ${name}, or set it to the one that git itself was given.`,
    data: { dir },
  });
}

function discover(cwd: string, env: NodeJS.ProcessEnv): Found {
  const start = real(cwd);
  const ceilings = ceilingsOf(env.GIT_CEILING_DIRECTORIES);
  for (let dir = start; ; dir = dirname(dir)) {
    const dotGit = join(dir, '.git');
    const gitDir = isFile(dotGit) ? followGitFile(dotGit) : dotGit;
    if (isGitDir(gitDir)) {
      checkOwner([dotGit, dir, gitDir], dir, env);
      return { gitDir, workTree: dir };
    }
    if (isGitDir(dir)) {
      checkOwner([dir], dir, env);
      return { gitDir: dir, workTree: undefined };
    }
    if (dirname(dir) === dir || ceilings.has(dirname(dir))) break;
  }
  throw new IntercomError({
    code: 'not-a-repository',
    message: `There is no git repository at ${cwd} or above it.`,
    next: 'Run git init, or pass the folder of a repository with -C.',
    data: { cwd },
  });
}

/** Relative ones are passed over; those behind an empty one are not looked at for symbolic links (git(1)). */
function ceilingsOf(named: string | undefined): Set<string> {
  const parts = (named ?? '').split(delimiter);
  const empty = parts.indexOf('');
  const asTheyStand = new Set(empty < 0 ? [] : parts.slice(empty));
  return new Set(parts.filter(isAbsolute).map((path) => (asTheyStand.has(path) ? resolve(path) : real(path))));
}

function followGitFile(file: string): string {
  const target = /^gitdir: (.+?)[\r\n]*$/s.exec(readText(file) ?? '')?.[1];
  const gitDir = target === undefined ? undefined : resolve(dirname(file), target);
  if (gitDir !== undefined && isGitDir(gitDir)) return real(gitDir);
  throw new IntercomError({
    code: 'not-a-repository',
    message: `${file} points to ${gitDir ?? 'nothing'}, which is no git directory.`,
    next: 'If this was a linked worktree, run git worktree repair in the main one.',
    data: { file },
  });
}

/** Undefined for a git directory that is nobody's linked worktree. */
function commonOf(gitDir: string): string | undefined {
  const common = readText(join(gitDir, 'commondir'))?.replace(/[\r\n]+$/, '');
  return common === undefined ? undefined : real(resolve(gitDir, common));
}

interface Surrounding extends Start {
  readonly config: GitConfig;
  readonly isLinked: boolean;
}

/**
 * As git has it: GIT_WORK_TREE, core.worktree, none when bare, the folder of `.git`; for a worktree's own git dir, its
 * gitdir file. What the shared configuration says of bare and worktree is about the main work tree alone.
 */
function workTreeOf(found: Found, { config, isLinked, env, cwd }: Surrounding): string | null {
  const { gitDir } = found;
  if (env.GIT_WORK_TREE) return real(resolve(cwd, env.GIT_WORK_TREE));
  if (!isLinked || hasWorktreeConfig(config)) {
    const configured = config.get('core.worktree');
    if (configured !== undefined) return real(resolve(gitDir, configured));
    if (isTrue(config.get('core.bare'))) return null;
  }
  if (found.workTree !== undefined) return found.workTree;
  const linked = isLinked ? readText(join(gitDir, 'gitdir'))?.replace(/[\r\n]+$/, '') : undefined;
  if (linked !== undefined) return real(dirname(resolve(gitDir, linked)));
  if (env.GIT_DIR) return real(cwd);
  return basename(gitDir) === '.git' ? dirname(gitDir) : null;
}

/** is_git_directory of setup.c: objects, refs, and a HEAD. A linked worktree has the first two in the common dir. */
function isGitDir(dir: string): boolean {
  if (!existsSync(join(dir, 'HEAD'))) return false;
  const shared = commonOf(dir) ?? dir;
  return existsSync(join(shared, 'objects')) && existsSync(join(shared, 'refs'));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Most of what is looked for is not there, and an exception costs more than the look. */
function readText(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
