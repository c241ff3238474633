/** `init`: opens coordination on a repository. Running it again changes nothing. */
import * as z from 'zod';
import { nearest } from '../domain/agent/name.ts';
import { IntercomError } from '../domain/failure.ts';
import { labelOf } from '../domain/pattern/repository.ts';
import { listed, oneLine } from '../domain/text.ts';
import type { PolicyKeys, PolicyWritten } from '../store/port.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import type { Session } from './session.ts';

export const init = defineOperation({
  name: 'init',
  summary: 'Open coordination on this repository: the branch, the policy file and the projection.',
  effect: 'write',
  input: z.object({
    dryRun: z.boolean().default(false),
    /** The name of a git remote or a URL; null for none. Undefined: what the policy says, or what `suggestRemote` knows. */
    remote: z.string().nullable().optional(),
    /** A path, a URL or a name; null to leave the hub. Undefined: what the policy says. */
    hub: z.string().min(1).nullable().optional(),
  }),
  run: async ({ dryRun, remote: typed, hub: typedHub }, session) => {
    const { store, upkeep } = session;
    if (typeof typed === 'string') await checkRemote(typed, session);
    const suggested = typed === undefined && !typedHub ? await suggestRemote(session) : undefined;
    const remote = suggested?.isShared ? suggested.name : typed;
    const hub = typedHub === undefined ? store.policy.hub : typedHub;
    const prepared = hub === null ? undefined : await upkeep.prepareHub(hub, dryRun ? 'rehearse' : 'write');
    const repository = typedHub === undefined ? undefined : (prepared?.key ?? null);
    const policy = await writePolicy({ remote, hub: typedHub, repository }, dryRun, session);
    const branch = store.place.ref.replace('refs/heads/', '');
    const isOpen = (await store.history()[Symbol.asyncIterator]().next()).done !== true;
    const created = dryRun ? !isOpen : (await upkeep.openBranch()).created;
    const changed = [
      ...(prepared?.created && prepared.folder !== undefined ? [prepared.folder] : []),
      ...(policy?.changed ? [policy.path] : []),
      ...(created ? [store.place.ref] : []),
    ];
    return done({
      branch,
      remote: remote === undefined ? store.policy.remote : remote,
      hub,
      repository: prepared === undefined ? null : labelOf(prepared.key),
      hubFolder: prepared?.folder,
      policyBefore: policy?.before,
      harnesses: [] as const,
      hooks: [] as const,
      changed,
      dryRun,
    });
  },
});

/**
 * The remote that clones could share the branch by, where the policy has none yet. `isShared`: the branch was fetched
 * from it already, so that there is nothing to ask.
 */
export async function suggestRemote({ store, upkeep }: Session): Promise<Suggested | undefined> {
  if (store.policy.remote !== null || store.policy.hub !== null || store.place.workTree === null) return undefined;
  const remotes = await upkeep.remotes();
  const best = remotes.find(({ name }) => name === 'origin') ?? (remotes.length === 1 ? remotes[0] : undefined);
  return best && { name: best.name, isShared: best.hasBranch };
}

export interface Suggested {
  readonly name: string;
  readonly isShared: boolean;
}

async function writePolicy(keys: PolicyKeys, dryRun: boolean, { upkeep }: Session): Promise<PolicyWritten | undefined> {
  const written = await upkeep.writePolicy(keys, dryRun ? 'rehearse' : 'write');
  if (written !== undefined || Object.values(keys).every((value) => value === undefined)) return written;
  throw new IntercomError({
    code: 'usage',
    message: 'A bare repository has no work tree, and so no policy file that could name a remote or a hub.',
    next: 'Run it in a clone with a work tree.',
  });
}

/** What has a slash or a colon is a place, and git will say whether it is one. */
async function checkRemote(typed: string, { upkeep }: Session): Promise<void> {
  const names = (await upkeep.remotes()).map(({ name }) => name);
  if (names.includes(typed) || /[/\\:]/.test(typed)) return;
  const near = nearest(typed, names);
  const shown = oneLine(typed, 80);
  const next =
    names.length === 0
      ? `Run git remote add ${shown} <url> first, or give the URL: git intercom init --remote <url>.`
      : `Run git intercom init --remote ${near[0] ?? names[0]}.`;
  throw new IntercomError({
    code: 'usage',
    message: `There is no git remote ${shown} here; ${names.length === 0 ? 'there is none at all' : `there is ${listed(names, 5)}`}.`,
    next,
    data: { nearest: near },
  });
}
