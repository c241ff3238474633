/** What went wrong on the way by HTTP, as a sentence and a way on. */
import { IntercomError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/text.ts';
import type { Repository } from '../git/locate.ts';
import { whereProxyIsSet } from './http-proxy.ts';
import { shownRemote } from './said.ts';
import type { Transport, Unreached } from './transport.ts';

interface Asked {
  readonly url: string;
  readonly branch: string;
  readonly deadlineMs: number;
  readonly env: NodeJS.ProcessEnv;
  readonly repository: Pick<Repository, 'config'>;
}

/** As far as the errors of isomorphic-git tell: `code` is the name of their class, or node's. */
interface Thrown {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
  readonly data?: {
    readonly statusCode?: number;
    readonly result?: { readonly refs: Record<string, { readonly ok: boolean; readonly error?: string }> };
  };
}

const alone = 'Until then coordination works in this clone alone.';
const later = 'Claims are provisional until it answers; git intercom sync tries again.';

/** Where no git is installed and the remote is none that HTTP leads to. */
export function withoutGit(url: string): Transport {
  const answer = async (): Promise<Unreached> => ({
    status: 'offline',
    why: `git is not installed here, and without it ${shownRemote(url)} cannot be reached: only http and https can.`,
    next: 'Install git, or name a remote by its https address in .intercom/config.yaml.',
  });
  return { look: answer, fetch: answer, deepen: answer, push: answer };
}

/** The remote's branch is not, or not any more, what it told: by our own comparison or by its. */
export function isRaceLost(cause: unknown): boolean {
  const { code } = cause as Thrown;
  if (code === 'PushRejectedError' || code === 'UserCanceledError') return true;
  return (
    code === 'GitPushError' &&
    /failed to update ref|cannot lock ref|incorrect old value|reference already exists|fetch first|non-fast-forward/i.test(
      refusalIn(cause as Thrown),
    )
  );
}

/** Throws what is no trouble of the way to the remote. */
export function unreachedOver(cause: unknown, asked: Asked): Unreached {
  const { url, branch, deadlineMs } = asked;
  const place = shownRemote(url);
  const thrown = cause as Thrown;
  if (thrown.name === 'TimeoutError' || thrown.name === 'AbortError') {
    const why = `The remote ${place} did not answer within ${Math.round(deadlineMs / 1000)}s.`;
    return { status: 'offline', why: `${why}${aboutProxy(asked)}`, next: later };
  }
  if (thrown.code === 'GitPushError') {
    return {
      status: 'forbidden',
      why: `The remote ${place} does not accept pushes to the branch ${branch}. It says: ${oneLine(refusalIn(thrown), 160)}`,
      next: `Allow pushes to ${branch} there, or set another name with branch: in .intercom/config.yaml. ${alone}`,
    };
  }
  const status = thrown.code === 'HttpError' ? thrown.data?.statusCode : undefined;
  if (status === 401 || status === 407) {
    return {
      status: 'forbidden',
      why: `The remote ${place} wants to know who you are, and does not take what it was told.`,
      next: 'Set INTERCOM_HTTP_AUTH to name:password, or install git, which asks your credential helper.',
    };
  }
  if (status === 403) {
    return {
      status: 'forbidden',
      why: `You may not push the branch ${branch} to the remote ${place}, or not read it.`,
      next: `Ask for push rights, or name a remote that you may push to with git intercom init --remote <name>. ${alone}`,
    };
  }
  if (status === 404) {
    return {
      status: 'offline',
      why: `There is no repository at the remote ${place}.`,
      next: 'Name the right one with git intercom init --remote <name>.',
    };
  }
  if (cause instanceof IntercomError && cause.code !== 'damaged') throw cause;
  const said = oneLine(thrown.message ?? String(cause), 160).replace(/\.$/, '');
  return {
    status: 'offline',
    why: `The remote ${place} cannot be reached: ${said}.${aboutProxy(asked)}`,
    next: later,
  };
}

function refusalIn({ data, message = '' }: Thrown): string {
  const refused = Object.values(data?.result?.refs ?? {}).find(({ ok }) => !ok);
  return refused?.error ?? message;
}

function aboutProxy({ url, env, repository }: Asked): string {
  const where = whereProxyIsSet(url, env, repository);
  return where === undefined ? '' : ` A proxy is set in ${where}, and it is used only where git is installed.`;
}
