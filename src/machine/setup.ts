/** Composes the set-up of a machine: the only place that names its real files, folders and programs. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import { harnessFindings, programFindings } from '../harness/findings.ts';
import { launcherStep } from '../harness/launcher.ts';
import type { HarnessSetup, Machine } from '../harness/machine.ts';
import { harnessSetups } from '../harness/setups.ts';
import { gitHookSteps, gitHooksOwner, renamedHooks } from '../hooks/setup.ts';
import { apply, type Doing, digest, type Report } from '../setup/apply.ts';
import { agreed, ask } from '../setup/ask.ts';
import { diffOf } from '../setup/diff.ts';
import { diskFiles, Rehearsal } from '../setup/files.ts';
import { setupFindings } from '../setup/findings.ts';
import { type Journal, readJournal, writeJournal } from '../setup/journal.ts';
import { underJournalLock } from '../setup/journal-lock.ts';
import { isOnPath } from '../setup/on-path.ts';
import { dataFolderOf, keysFolderOf, readShipped, removeOwnFolders } from '../setup/own-folders.ts';
import type { Detected, MachineSetup, SetupReport, Wish } from '../setup/port.ts';
import { runCommand, versionOf } from '../setup/run-command.ts';
import type { Part, Step } from '../setup/step.ts';
import { undo } from '../setup/undo.ts';
import { homeFolder } from '../store/local/home.ts';
import { hookRepositoryAt, readText } from './hook-repository.ts';
import { removeHub } from './hub-removal.ts';

const shared = 'the program';

export function openSetup(
  env: NodeJS.ProcessEnv,
  program: Machine['program'],
  shippedFolders: readonly string[],
): MachineSetup {
  const home = homeFolder(env);
  const dataFolder = dataFolderOf(env, home);
  const journalFile = join(dataFolder, 'setup.json');
  const bare: Machine = {
    home,
    env,
    dataFolder,
    launcher: join(dataFolder, 'launch'),
    program,
    shipped: Object.assign({}, ...shippedFolders.map(readShipped)),
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

  const connect = (wish: Wish): SetupReport => {
    const act = doing(wish.isRehearsal);
    const { journal } = act;
    if (wish.mayCallTools) journal.mayCallTools = true;
    noteRepository(journal, wish);
    const missing = missingPrograms(wish.harnesses, env);
    const parts = partsOf(wish, machineFor(wish.harnesses, journal.mayCallTools === true), journal);
    const report = apply(
      parts.filter(({ owner }) => missing.every(({ name }) => name !== owner)),
      act,
    );
    act.save(journal);
    return told(report, act, missing.map(whyMissing));
  };

  /** Answers how many other repositories were set up as well. */
  const disconnect = (commonDir: string | undefined, isRehearsal: boolean): [SetupReport, number] => {
    const act = doing(isRehearsal);
    const { journal } = act;
    if (commonDir !== undefined) journal.files.push(...renamedHooks(commonDir, readText, journal.files));
    const report = undo(['user', ...(commonDir === undefined ? [] : [commonDir])], act);
    const own = journal.repositories.find((each) => each.commonDir === commonDir);
    journal.repositories = journal.repositories.filter((each) => each !== own);
    journal.mayCallTools = undefined;
    const hub = own && removeHub(own, journal.repositories, { isRehearsal, env });
    act.save(journal);
    const { changed, refused, ...rest } = told(report, act, []);
    const withHub = { changed: [...changed, ...(hub?.gone ?? [])], refused: [...refused, ...(hub?.kept ?? [])] };
    return [{ ...rest, ...withHub }, journal.repositories.length];
  };

  return {
    names: harnessSetups.map(({ name }) => name),
    detect: () => harnessSetups.filter((harness) => isHere(harness, bare)).map(named),
    ask,
    confirm: agreed,
    apply: (wish) => {
      if (wish.isRehearsal) return connect(wish);
      try {
        return underJournalLock(journalFile, () => connect(wish));
      } catch (thrown) {
        return withoutJournal(thrown, wish, dataFolder);
      }
    },
    remove: ({ commonDir, isRehearsal }) => {
      const act = () => disconnect(commonDir, isRehearsal);
      const isQuiet = isRehearsal || !existsSync(dataFolder);
      const [report, others] = isQuiet ? act() : underJournalLock(journalFile, act);
      const changed = [...report.changed, ...removeOwnFolders(env, home, others, isRehearsal)];
      const keys = keysFolderOf(env, home);
      return { ...report, changed, notes: existsSync(keys) ? [keysStay(keys)] : [] };
    },
    policyOf: (commonDir) => {
      const policy = readJournal(journalFile).repositories.find((each) => each.commonDir === commonDir)?.policy;
      return policy && { file: policy.file, digest: policy.after, before: policy.before };
    },
    findings: (commonDir) => {
      const act = doing(true);
      const names = harnessSetups
        .map(({ name }) => name)
        .filter((name) => act.journal.files.some(({ owner }) => owner === name));
      if (act.journal.files.length === 0) return [];
      const read = (file: string) => act.files.read(file)?.toString();
      const machine = machineFor(names, act.journal.mayCallTools === true);
      const wish = {
        harnesses: names,
        gitHooks: undefined,
        commonDir: commonDir ?? '',
        // The main work tree stands for all: hooks are shared.
        workTree: commonDir !== undefined && basename(commonDir) === '.git' ? dirname(commonDir) : null,
        policyFile: undefined,
      };
      return [
        ...programFindings(machine, read),
        ...setupFindings(
          partsOf({ ...wish, mayCallTools: false, isRehearsal: true }, machine, act.journal),
          act.journal,
        ),
        ...harnessFindings(names, machine, read),
      ];
    },
  };
}

/** A home that cannot be written, as on a build machine, keeps nobody from opening the branch. */
function keysStay(folder: string): string {
  return `Your keys stay in ${folder}, for without them nobody reads what was sealed for you. Delete that folder when nothing of it is needed.`;
}

function withoutJournal(thrown: unknown, { harnesses, gitHooks }: Wish, dataFolder: string): SetupReport {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === undefined || thrown instanceof IntercomError) throw thrown;
  const what = `${dataFolder} cannot be written, so that nothing can be set up to be taken back: ${message}.`;
  const next = 'Make it writable, or set XDG_DATA_HOME, then run git intercom init again.';
  if (harnesses.length > 0 || gitHooks === true) {
    throw new IntercomError({ code: 'read-only', message: what, next, cause: thrown });
  }
  return { harnesses: [], hooks: [], changed: [], commands: [], notes: [], refused: [{ what, next }], diff: '' };
}

/** What is known already stays: set-up runs again, and of a policy file it counts how it was before the first time. */
function noteRepository(journal: Journal, { commonDir, policyFile, policyBefore, hubFolder }: Wish): void {
  const known = journal.repositories.find((each) => each.commonDir === commonDir);
  if (known !== undefined && policyFile === undefined && known.hub === hubFolder) return;
  const wasOurs = policyBefore !== undefined && known?.policy?.after === digest(Buffer.from(policyBefore));
  const before = wasOurs ? known.policy?.before : policyBefore;
  const written = policyFile && {
    file: policyFile,
    after: digest(readFileSync(policyFile)),
    ...(before !== undefined && { before }),
  };
  const policy = written ?? known?.policy;
  journal.repositories = [
    // One that was deleted has nothing left to be taken back.
    ...journal.repositories.filter((each) => each !== known && existsSync(each.commonDir)),
    { commonDir, ...(policy && { policy }), ...(hubFolder !== undefined && { hub: hubFolder }) },
  ];
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
