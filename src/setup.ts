/** Composes the set-up of a machine: the only place that names its real files, folders and programs. */
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { claudeSettings, isSwitchedOff } from './harness/claude-code/setup.ts';
import { launcherStep, programIn } from './harness/launcher.ts';
import type { HarnessSetup, Machine } from './harness/machine.ts';
import { harnessSetups } from './harness/setups.ts';
import { hookRepositoryAt, readText } from './hook-repository.ts';
import { gitHookSteps, gitHooksOwner, renamedHooks } from './hooks/setup.ts';
import { apply, type Doing, digest, type Report } from './setup/apply.ts';
import { agreed, ask } from './setup/ask.ts';
import { diffOf } from './setup/diff.ts';
import { diskFiles, Rehearsal } from './setup/files.ts';
import { setupFindings } from './setup/findings.ts';
import { type Journal, readJournal, writeJournal } from './setup/journal.ts';
import type { Detected, MachineSetup, SetupReport, Wish } from './setup/port.ts';
import { runCommand, versionOf } from './setup/run-command.ts';
import type { Part, Step } from './setup/step.ts';
import { undo } from './setup/undo.ts';
import type { Finding } from './store/port.ts';

const shared = 'the program';

export function openSetup(env: NodeJS.ProcessEnv, program: Machine['program'], hooksFolder: string): MachineSetup {
  const home = env.HOME || homedir();
  const dataFolder = join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'git-intercom');
  const journalFile = join(dataFolder, 'setup.json');
  const bare: Machine = {
    home,
    env,
    dataFolder,
    launcher: join(dataFolder, 'launch'),
    program,
    shipped: readShipped(hooksFolder),
    mayCallTools: false,
    versions: {},
    hasFile: existsSync,
  };
  const machineFor = (names: readonly string[], mayCallTools: boolean): Machine => {
    const asked = harnessSetups.filter(({ name, asksVersion }) => asksVersion && names.includes(name));
    const versions = Object.fromEntries(asked.map(({ name, binary }) => [name, versionOf(binary, env)]));
    return { ...bare, mayCallTools, versions };
  };
  const doing = (isRehearsal: boolean): Doing => {
    const journal = readJournal(journalFile);
    return isRehearsal
      ? { files: new Rehearsal(), journal, save: () => {}, run: undefined }
      : {
          files: diskFiles,
          journal,
          save: (now) => writeJournal(journalFile, now),
          run: (command) => runCommand(command, env),
        };
  };

  return {
    names: harnessSetups.map(({ name }) => name),
    detect: () => harnessSetups.filter((harness) => isHere(harness, bare)).map(named),
    ask,
    confirm: agreed,
    apply: (wish) => {
      const act = doing(wish.isRehearsal);
      const { journal } = act;
      if (wish.mayCallTools) journal.mayCallTools = true;
      if (!journal.repositories.some(({ commonDir }) => commonDir === wish.commonDir)) {
        journal.repositories.push({ commonDir: wish.commonDir });
      }
      const parts = partsOf(wish, machineFor(wish.harnesses, journal.mayCallTools === true), journal);
      const missing = missingPrograms(wish.harnesses, env);
      const isMissing = ({ owner }: Part) => missing.some(({ name }) => name === owner);
      const report = apply(
        parts.filter((part) => !isMissing(part)),
        act,
      );
      act.save(journal);
      return told(report, act, [...missing.map(whyMissing)]);
    },
    remove: ({ commonDir, isRehearsal }) => {
      const act = doing(isRehearsal);
      if (commonDir !== undefined) act.journal.files.push(...renamedHooks(commonDir, readText, act.journal.files));
      const report = undo(['user', ...(commonDir === undefined ? [] : [commonDir])], act);
      const { journal } = act;
      journal.repositories = journal.repositories.filter((each) => each.commonDir !== commonDir);
      journal.mayCallTools = undefined;
      act.save(journal);
      const result = told(report, act, []);
      return {
        ...result,
        changed: [...result.changed, ...removeFolders(env, bare, journal.repositories.length, isRehearsal)],
      };
    },
    notePolicy: (commonDir, file) => {
      const act = doing(false);
      const others = act.journal.repositories.filter((each) => each.commonDir !== commonDir);
      const policy = { file, after: digest(readFileSync(file)) };
      act.save({ ...act.journal, repositories: [...others, { commonDir, policy }] });
    },
    policyOf: (commonDir) => {
      const policy = readJournal(journalFile).repositories.find((each) => each.commonDir === commonDir)?.policy;
      return policy && { file: policy.file, digest: policy.after };
    },
    findings: (commonDir) => {
      const act = doing(true);
      const names = harnessSetups
        .map(({ name }) => name)
        .filter((name) => act.journal.files.some(({ owner }) => owner === name));
      if (act.journal.files.length === 0) return [];
      const machine = machineFor(names, act.journal.mayCallTools === true);
      // The main work tree stands for all: hooks are shared.
      const workTree = commonDir !== undefined && basename(commonDir) === '.git' ? dirname(commonDir) : null;
      const wish = { harnesses: names, gitHooks: undefined, commonDir: commonDir ?? '', workTree };
      return [
        ...programFindings(machine),
        ...setupFindings(
          partsOf({ ...wish, mayCallTools: false, isRehearsal: true }, machine, act.journal),
          act.journal,
        ),
        ...harnessFindings(names, machine),
      ];
    },
  };
}

/** What all harnesses start comes first, for it is what the others name. */
function partsOf(wish: Wish, machine: Machine, { files }: Journal): Part[] {
  const { harnesses, commonDir } = wish;
  const chosen = harnessSetups.filter(({ name }) => harnesses.includes(name));
  const isGuarded = files.some(({ owner, scope }) => owner === gitHooksOwner && scope === commonDir);
  const wantsHooks = wish.gitHooks ?? (isGuarded || chosen.length > 0);
  const hookSteps = wantsHooks ? stepsOfGitHooks(wish, machine) : [];
  const launcher: Part = {
    ...{ owner: shared, scope: 'user', title: 'the harnesses', again: '--yes' },
    steps: [launcherStep(machine)],
  };
  return [
    ...(chosen.length + hookSteps.length > 0 ? [launcher] : []),
    ...chosen.map(
      ({ name, title, steps }): Part => ({
        ...{ owner: name, scope: 'user', title, again: `--harness ${name}` },
        steps: steps(machine),
      }),
    ),
    { owner: gitHooksOwner, scope: commonDir, title: 'git', again: '--git-hooks', steps: hookSteps },
  ];
}

/** None in a bare repository: nobody commits there. */
function stepsOfGitHooks({ workTree, commonDir }: Wish, { launcher, env }: Machine): readonly Step[] {
  return workTree === null ? [] : gitHookSteps(hookRepositoryAt({ top: workTree, commonDir, launcher }, env));
}

function told(report: Report, { files }: Doing, refused: SetupReport['refused']): SetupReport {
  const unique = (values: readonly string[]) => [...new Set(values)];
  const filesOf = (owner: string) =>
    unique(report.changed.filter((each) => each.owner === owner).map(({ file }) => file));
  const owners = unique([...report.changed, ...report.commands].map(({ owner }) => owner));
  return {
    harnesses: owners
      .filter((owner) => owner !== shared && owner !== gitHooksOwner)
      .map((name) => ({ name, changed: filesOf(name) })),
    hooks: filesOf(gitHooksOwner),
    changed: unique(report.changed.map(({ file }) => file)),
    commands: report.commands.map(({ command }) => command.join(' ')),
    notes: report.said.map(({ text }) => text),
    refused: [...refused, ...report.refused.map(({ what, next }) => ({ what, next }))],
    diff: files instanceof Rehearsal ? diffOf(files) : '',
  };
}

function named({ name, title }: HarnessSetup): Detected {
  return { name, title };
}

function isHere(harness: HarnessSetup, machine: Machine): boolean {
  const hasBinary = isOnPath(harness.binary, machine.env);
  if (harness.needsBinary) return hasBinary;
  return (hasBinary && harness.hasCommonName !== true) || existsSync(harness.folder(machine));
}

function isOnPath(program: string, env: Machine['env']): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return isAbsolute(folder) && statSync(file).isFile();
    } catch {
      return false;
    }
  });
}

function missingPrograms(names: readonly string[], env: Machine['env']): HarnessSetup[] {
  return harnessSetups.filter(
    ({ name, needsBinary, binary }) => needsBinary && names.includes(name) && !isOnPath(binary, env),
  );
}

function whyMissing({ name, title, binary }: HarnessSetup): { what: string; next: string } {
  return {
    what: `${title} was not set up: its command ${binary} is not on the PATH.`,
    next: `Install it, then run git intercom init --harness ${name}.`,
  };
}

function programFindings({ launcher }: Machine): Finding[] {
  const program = existsSync(launcher) ? programIn(readFileSync(launcher, 'utf8')) : undefined;
  if (program === undefined || existsSync(program)) return [];
  return [
    {
      level: 'error',
      what: `The harnesses start ${program}, which is gone: edits go through unchecked.`,
      next: 'Install git-intercom for good (npm install --global git-intercom), then run git intercom init --yes.',
    },
  ];
}

function harnessFindings(names: readonly string[], machine: Machine): Finding[] {
  const findings: Finding[] = [];
  if (names.includes('claude-code') && isSwitchedOff(readJson(claudeSettings(machine)))) {
    const next = 'Run claude plugin enable intercom@git-intercom, or git intercom remove.';
    findings.push({ level: 'warning', what: 'The plugin intercom is switched off in Claude Code.', next });
  }
  if (names.includes('codex')) {
    const what =
      'Codex runs the hooks of git-intercom once you have approved them; it does not tell us whether you did.';
    findings.push({ level: 'info', what, next: 'Look at /hooks in Codex.' });
  }
  return findings;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Caches, and the person's own uid where no other repository was opened here: it is who they are in that one. */
function removeFolders(
  env: Machine['env'],
  { home, dataFolder }: Machine,
  others: number,
  isRehearsal: boolean,
): string[] {
  const given = env.XDG_CACHE_HOME;
  const cache = join(given && isAbsolute(given) ? given : join(home, '.cache'), 'git-intercom');
  const doomed = [cache, ...(others === 0 ? [join(dataFolder, 'person')] : [])].filter((path) => existsSync(path));
  if (isRehearsal) return doomed;
  for (const path of doomed) rmSync(path, { recursive: true, force: true });
  diskFiles.removeFolder(dataFolder, 'if-empty');
  return doomed;
}

function readShipped(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
}
