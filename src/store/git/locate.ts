/**
 * Finds the repository that a folder belongs to, by reading files (setup.c, gitrepository-layout(5)); git is not asked.
 * The only file that interprets `.git`, linked worktrees, submodules and the `GIT_*` variables about them.
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { type GitConfig, isTrue, parseConfig } from './config.ts';
import { checkFormat } from './format.ts';

export interface Repository {
  /** Of this work tree: HEAD and index are here. */
  readonly gitDir: string;
  /** Shared by all linked worktrees: refs and objects are here. */
  readonly commonDir: string;
  readonly workTree: string | null;
  readonly isBare: boolean;
  readonly objectsDir: string;
  /** Other object folders to read from, in order. */
  readonly alternates: readonly string[];
  readonly refFormat: 'files' | 'reftable';
  readonly ignoreCase: boolean;
  readonly isShallow: boolean;
  /** Null when HEAD is detached. */
  readonly headBranch: string | null;
  readonly config: GitConfig;
}

interface Start {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export function locate(start: Start): Promise<Repository> {
  return Promise.resolve().then(() => locateNow(start));
}

/** Throws IntercomError where there is no repository, or one of a format that cannot be served. */
export function locateNow({ cwd, env }: Start): Repository {
  if (!existsSync(cwd)) {
    throw new IntercomError({
      code: 'not-a-repository',
      message: `There is no folder ${cwd}.`,
      next: 'Pass the folder of a repository with -C.',
      data: { cwd },
    });
  }
  const found = fromEnvironment(cwd, env) ?? discover(cwd, env);
  if (found === undefined) {
    throw new IntercomError({
      code: 'not-a-repository',
      message: `There is no git repository at ${cwd} or above it.`,
      next: 'Run git init, or pass the folder of a repository with -C.',
      data: { cwd },
    });
  }
  const { gitDir } = found;
  const commonDir = env.GIT_COMMON_DIR ? resolve(cwd, env.GIT_COMMON_DIR) : commonOf(gitDir);
  const config = parseConfig(readText(join(commonDir, 'config')) ?? '');
  const refFormat = checkFormat(config, commonDir);
  const objectsDir = env.GIT_OBJECT_DIRECTORY ? resolve(cwd, env.GIT_OBJECT_DIRECTORY) : join(commonDir, 'objects');
  const isBare = found.workTree === undefined && isTrue(config.get('core.bare'));
  return {
    gitDir,
    commonDir,
    workTree: workTreeOf(found, config, env, cwd, isBare),
    isBare,
    objectsDir,
    alternates: [...namedAlternates(env, cwd), ...alternatesOf(objectsDir)],
    refFormat,
    ignoreCase: isTrue(config.get('core.ignorecase')),
    isShallow: existsSync(join(commonDir, 'shallow')),
    headBranch: /^ref: refs\/heads\/(.+)$/.exec((readText(join(gitDir, 'HEAD')) ?? '').trim())?.[1] ?? null,
    config,
  };
}

interface Found {
  readonly gitDir: string;
  /** The folder that holds `.git`; undefined where we stand in a bare repository or inside of `.git`. */
  readonly workTree: string | undefined;
}

function fromEnvironment(cwd: string, env: NodeJS.ProcessEnv): Found | undefined {
  const named = env.GIT_DIR;
  if (!named) return undefined;
  const gitDir = resolve(cwd, named);
  const target = isFile(gitDir) ? followGitFile(gitDir) : gitDir;
  return isGitDir(target) ? { gitDir: target, workTree: undefined } : undefined;
}

function discover(cwd: string, env: NodeJS.ProcessEnv): Found | undefined {
  const ceilings = new Set((env.GIT_CEILING_DIRECTORIES ?? '').split(delimiter).filter((path) => path !== ''));
  let dir = real(cwd);
  for (;;) {
    const dotGit = join(dir, '.git');
    if (isFile(dotGit)) return { gitDir: followGitFile(dotGit), workTree: dir };
    if (isGitDir(dotGit)) return { gitDir: dotGit, workTree: dir };
    if (isGitDir(dir)) return { gitDir: dir, workTree: undefined };
    const parent = dirname(dir);
    if (parent === dir || ceilings.has(parent)) return undefined;
    dir = parent;
  }
}

function followGitFile(file: string): string {
  const target = /^gitdir: (.+)$/m.exec(readText(file) ?? '')?.[1]?.trim();
  const gitDir = target === undefined ? undefined : resolve(dirname(file), target);
  if (gitDir !== undefined && isGitDir(gitDir)) return real(gitDir);
  throw new IntercomError({
    code: 'not-a-repository',
    message: `${file} points to ${gitDir ?? 'nothing'}, which is no git directory.`,
    next: 'If this was a linked worktree, run git worktree repair in the main one.',
    data: { file },
  });
}

function commonOf(gitDir: string): string {
  const common = readText(join(gitDir, 'commondir'))?.trim();
  return common === undefined ? gitDir : real(resolve(gitDir, common));
}

/** As git has it: GIT_WORK_TREE, core.worktree, the folder of `.git`; for a worktree's own git dir, its gitdir file. */
function workTreeOf(
  found: Found,
  config: GitConfig,
  env: NodeJS.ProcessEnv,
  cwd: string,
  isBare: boolean,
): string | null {
  if (env.GIT_WORK_TREE) return real(resolve(cwd, env.GIT_WORK_TREE));
  const configured = config.get('core.worktree');
  if (configured !== undefined && readText(join(found.gitDir, 'commondir')) === undefined) {
    return real(resolve(found.gitDir, configured));
  }
  if (found.workTree !== undefined) return found.workTree;
  const linked = readText(join(found.gitDir, 'gitdir'))?.trim();
  if (linked !== undefined) return real(dirname(resolve(found.gitDir, linked)));
  if (isBare) return null;
  if (env.GIT_DIR) return real(cwd);
  return found.gitDir.endsWith('.git') && !isBare ? dirname(found.gitDir) : null;
}

function namedAlternates(env: NodeJS.ProcessEnv, cwd: string): string[] {
  const named = env.GIT_ALTERNATE_OBJECT_DIRECTORIES ?? '';
  return named
    .split(delimiter)
    .filter((path) => path !== '')
    .map((path) => resolve(cwd, path));
}

const alternatesDepthMax = 5;

/** Of objects/info/alternates, and of theirs; each once, not deeper than git itself goes. */
function alternatesOf(objectsDir: string, depth = 0, seen = new Set<string>()): string[] {
  if (depth > alternatesDepthMax) return [];
  const lines = (readText(join(objectsDir, 'info', 'alternates')) ?? '').split('\n');
  return lines.flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const dir = isAbsolute(line) ? line : resolve(objectsDir, line);
    if (seen.has(dir)) return [];
    seen.add(dir);
    return [dir, ...alternatesOf(dir, depth + 1, seen)];
  });
}

/** is_git_directory of setup.c: objects, refs, and a HEAD. A linked worktree has the first two in the common dir. */
function isGitDir(dir: string): boolean {
  if (!existsSync(join(dir, 'HEAD'))) return false;
  const common = readText(join(dir, 'commondir'))?.trim();
  const shared = common === undefined ? dir : resolve(dir, common);
  return existsSync(join(shared, 'objects')) && existsSync(join(shared, 'refs'));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function readText(file: string): string | undefined {
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
