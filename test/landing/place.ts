/** Two who work on branches of one repository, each in an own work tree, beside a remote that others merge into. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCode } from '../../src/harness/claude-code/index.ts';
import { answerHook, type Intercom, openIntercom } from '../../src/index.ts';
import { doneBy } from '../operations/place.ts';
import { folder, git, repository } from '../store/git/sandbox.ts';

export class LandingPlace {
  /** On main. */
  readonly dir = repository();

  /** A work tree of its own, on a branch of that name. */
  branch(name: string): string {
    const path = join(folder(), name);
    git(this.dir, 'worktree', 'add', '--quiet', '-b', name, path);
    return path;
  }

  /** With `main` as its default branch. */
  addRemote(name = 'origin'): string {
    const bare = join(folder(), 'remote.git');
    git(this.dir, 'clone', '--quiet', '--bare', this.dir, bare);
    git(this.dir, 'remote', 'add', name, bare);
    git(this.dir, 'fetch', '--quiet', name);
    return bare;
  }

  commit(worktree: string, files: Readonly<Record<string, string>>, message = 'work'): string {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(worktree, path), text);
    git(worktree, 'add', '--all');
    git(worktree, 'commit', '--quiet', '-m', message);
    return git(worktree, 'rev-parse', 'HEAD');
  }

  async as<T>(agent: string, worktree: string, act: (intercom: Intercom) => Promise<T>): Promise<T> {
    const intercom = await openIntercom({ dir: worktree, agent, lifetime: 'none' });
    return act(intercom).finally(() => intercom.close());
  }

  /** Claims, changes and commits there, and releases. */
  async finish(
    agent: string,
    worktree: string,
    files: Readonly<Record<string, string>>,
    why?: string,
  ): Promise<string> {
    const paths = Object.keys(files);
    return this.as(agent, worktree, async (intercom) => {
      doneBy(await intercom.claim({ paths, ...(why !== undefined && { why }) }));
      const tip = this.commit(worktree, files);
      doneBy(await intercom.release({ references: paths }));
      return tip;
    });
  }

  notes(): Promise<
    readonly { agent: string; branch: string; paths: readonly string[]; tip: string; commits: number }[]
  > {
    return this.as('watcher', this.dir, async (intercom) => {
      const { paths = [] } = doneBy(await intercom.who({ paths: ['**'] }));
      return paths.flatMap(({ landing }) => [...landing]);
    });
  }

  /** What a claim of the paths is told. */
  warned(agent: string, worktree: string, ...paths: string[]): Promise<readonly { agent: string; branch: string }[]> {
    return this.as(agent, worktree, async (intercom) => {
      const { claim, landing = [] } = doneBy(await intercom.claim({ paths }));
      doneBy(await intercom.release({ references: [claim.id] }));
      return landing;
    });
  }

  /** Before an edit, as Claude Code asks. */
  async edit(session: string, worktree: string, path: string): Promise<string> {
    const input = {
      session_id: session,
      cwd: worktree,
      tool_name: 'Edit',
      tool_input: { file_path: join(worktree, path) },
    };
    const hook = { harness: claudeCode, event: 'PreToolUse', input, dir: worktree } as const;
    const { output, settle } = await answerHook(hook);
    await settle();
    return output.stdout;
  }
}
