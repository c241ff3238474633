/** What the set-up of git's hooks knows of a repository: data, so that the steps are a pure function of it. */

export interface HookRepository {
  /** Of the work tree. */
  readonly top: string;
  /** Shared by all its work trees; hooks are. */
  readonly commonDir: string;
  /** Where git looks for hooks, whatever core.hooksPath says: `git rev-parse --git-path hooks`, absolute. */
  readonly hooksFolder: string;
  /** `2.39.5`; undefined where git does not tell. */
  readonly gitVersion: string | undefined;
  /** The script in the user's data folder that starts us; its path stays the same from version to version. */
  readonly launcher: string;
  /** The text of a file; undefined where there is none, or none that can be read. */
  readonly read: (file: string) => string | undefined;
  readonly isExecutable: (file: string) => boolean;
  /** The path of a program of the project, or on the PATH. */
  readonly program: (name: string) => string | undefined;
}
