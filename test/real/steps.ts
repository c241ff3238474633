/** The same work in the words of each harness's tools. */
import { type Saying, use } from './model/saying.ts';
import type { Project } from './project.ts';

export interface Steps {
  readonly read: (path: string) => Saying;
  /** Of a file that the session has read. */
  readonly edit: (path: string, from: string, to: string) => Saying;
  readonly add: (path: string, line: string) => Saying;
  readonly shell: (command: string) => Saying;
}

export function claudeSteps(project: () => Project): Steps {
  const at = (path: string) => ({ file_path: project().path(path) });
  return {
    read: (path) => use('Read', at(path)),
    edit: (path, from, to) => use('Edit', { ...at(path), old_string: from, new_string: to }),
    add: (path, line) => use('Write', { ...at(path), content: `${line}\n` }),
    shell: (command) => use('Bash', { command, description: 'Do it' }),
  };
}

/** Its patches are of whole lines. */
export const codexSteps: Steps = {
  read: (path) => use('exec_command', { cmd: `cat ${path}` }),
  edit: (path, from, to) => patch(`*** Update File: ${path}`, '@@', `-${from}`, `+${to}`),
  add: (path, line) => patch(`*** Add File: ${path}`, `+${line}`),
  shell: (cmd) => use('exec_command', { cmd }),
};

function patch(...lines: string[]): Saying {
  return use('apply_patch', ['*** Begin Patch', ...lines, '*** End Patch'].join('\n'));
}
