/**
 * The way to the remote where no git is installed: git's smart HTTP (gitprotocol-http(5)) by isomorphic-git.
 *
 * isomorphic-git writes refs without a lock, takes the refspecs of the repository's configuration, and writes a pack in
 * place. So it works in a `Quarantine`, and what it brought is put where it belongs by us. It knows no ssh, no
 * credential helper and no proxy; the credentials are the URL's or the environment's (`INTERCOM_HTTP_AUTH`,
 * `name:password`). A pack is held in memory whole, twice.
 */
import isomorphicGit, { type HttpClient } from 'isomorphic-git';
import { isOid, type Oid } from '../../domain/oid.ts';
import type { Repository } from '../git/locate.ts';
import { compareAndSwapRef, readRef } from '../git/refs.ts';
import { fetchedRef, syncedRef } from '../git/synced-refs.ts';
import { addressOf } from './http-address.ts';
import { withHead } from './http-head.ts';
import { Quarantine } from './http-quarantine.ts';
import { isRaceLost, unreachedOver, withoutGit } from './http-said.ts';
import type { Transport, Unreached } from './transport.ts';

export interface HttpTransportOptions {
  readonly repository: Repository;
  readonly url: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** For one call; what takes longer is let go, and counts as offline. */
  readonly deadlineMs: number;
  readonly env: NodeJS.ProcessEnv;
  /** Where the locks of refs are made; see `compareAndSwapRef`. */
  readonly journalDir: string;
}

/** Of two fetches at once, which only a lock that was taken away can bring about. */
const swapsMax = 10;

/** What `git fetch --unshallow` asks for (fetch-pack.c, INFINITE_DEPTH). */
const infiniteDepth = 0x7fffffff;

const zero = '0'.repeat(40);

export function openHttpTransport(options: HttpTransportOptions): Transport {
  const { repository, branch, deadlineMs, env, journalDir } = options;
  const address = addressOf(options.url, env);
  if (address === undefined) return withoutGit(options.url);
  const ref = `refs/heads/${branch}`;
  const gitdir = repository.commonDir;
  const { url, headers } = address;

  /** Runs `act` with the deadline over all of it: the library takes no signal for a fetch. */
  const within = async <T>(act: (http: HttpClient) => Promise<T>): Promise<T | Unreached> => {
    const late = AbortSignal.timeout(deadlineMs);
    const passed = new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(late.reason), { once: true });
    });
    try {
      const { request } = (await import('isomorphic-git/http/node')).default;
      // A signal that is not among its types is handed on to node's http, which knows it.
      const http = { request: (wanted: object) => request({ ...wanted, signal: late } as never) } as HttpClient;
      return await Promise.race([act(http), passed]);
    } catch (cause) {
      return unreachedOver(cause, { url, branch, deadlineMs, env, repository });
    }
  };

  const fetch = (depth?: number) =>
    within(async (http) => {
      const quarantine = new Quarantine(gitdir);
      const held = (await readRef(repository, fetchedRef)) === null ? syncedRef : fetchedRef;
      const brought = await isomorphicGit
        .fetch({
          fs: quarantine.fs,
          gitdir,
          http: withHead(http),
          url,
          headers: { ...headers },
          remote: quarantine.remote,
          // The one ref of ours that is told to the remote, as what need not be sent.
          ref: (await readRef(repository, held)) === null ? ref : held,
          remoteRef: ref,
          singleBranch: true,
          tags: false,
          corsProxy: '',
          ...(depth === undefined ? {} : { depth }),
        })
        .catch((cause: unknown) => {
          if (isAbsent(cause, ref)) return null;
          throw cause;
        });
      const tip = brought?.fetchHead ?? null;
      if (tip === null || !isOid(tip)) return { status: 'reached', value: null } as const;
      quarantine.release();
      await follow(tip);
      return { status: 'reached', value: tip } as const;
    });

  const follow = async (tip: Oid): Promise<void> => {
    for (let attempt = 0; attempt < swapsMax; attempt++) {
      const now = (await readRef(repository, fetchedRef)) ?? 'absent';
      if (now === tip) return;
      if ((await compareAndSwapRef(repository, fetchedRef, now, tip, journalDir)) === 'swapped') return;
    }
    throw new Error(`${fetchedRef} does not stand still`);
  };

  return {
    look: () =>
      within(async (http) => {
        const wanted = { http, url, headers: { ...headers }, prefix: ref, corsProxy: '' };
        const refs = await isomorphicGit.listServerRefs({ ...wanted, protocolVersion: 2 });
        const oid = refs.find((each) => each.ref === ref)?.oid ?? '';
        return { status: 'reached', value: isOid(oid) ? oid : null };
      }),
    fetch: () => fetch(),
    deepen: () => fetch(repository.isShallow ? infiniteDepth : undefined),
    push: (next) =>
      within(async (http) => {
        const quarantine = new Quarantine(gitdir);
        let was: string | null = null;
        try {
          await isomorphicGit.push({
            fs: quarantine.fs,
            gitdir,
            http,
            url,
            headers: { ...headers },
            remote: quarantine.remote,
            ref: next,
            remoteRef: ref,
            corsProxy: '',
            onPrePush: async ({ remoteRef }) => {
              was = remoteRef.oid === zero ? null : remoteRef.oid;
              return was === null || (await isHere(quarantine, gitdir, was));
            },
          });
          return { status: 'accepted', was };
        } catch (cause) {
          if (isRaceLost(cause)) return { status: 'moved' };
          throw cause;
        }
      }),
  };
}

/** The remote has other branches, and not this one. */
function isAbsent(cause: unknown, ref: string): boolean {
  const { code, data } = cause as { code?: string; data?: { what?: string } };
  return code === 'NotFoundError' && data?.what === ref;
}

async function isHere({ fs }: Quarantine, gitdir: string, oid: string): Promise<boolean> {
  try {
    await isomorphicGit.readObject({ fs, gitdir, oid, format: 'deflated' });
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code === 'NotFoundError') return false;
    throw cause;
  }
}
