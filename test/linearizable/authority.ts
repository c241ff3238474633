/** The claims at the authority after each of its moves. */
import type { ClaimRecord } from '../../src/domain/record/record.ts';
import type { Change } from '../../src/domain/view.ts';
import type { Move } from './history.ts';

export type Claims = ReadonlyMap<string, ClaimRecord>;

export interface Point {
  /** 0 before the first move. */
  readonly number: number;
  readonly move: Move | undefined;
  readonly claims: Claims;
  /** Claims that came with this move, or went to another holder, or got another token. */
  readonly granted: readonly ClaimRecord[];
}

/** One point for each move, and one before the first. Costs the claims of the time at each. */
export function* pointsOf(moves: readonly Move[]): Generator<Point> {
  const claims = new Map<string, ClaimRecord>();
  const commits: (readonly Change[])[] = [];
  yield { number: 0, move: undefined, claims, granted: [] };
  for (const [n, move] of moves.entries()) {
    const granted: ClaimRecord[] = [];
    if (move.kind === 'commit') {
      commits.push(move.changes);
      for (const change of move.changes) {
        const claim = claimIn(change.after);
        const before = claimIn(change.before);
        if (claim !== undefined && (claim.uid !== before?.uid || claim.token !== before.token)) granted.push(claim);
        follow(claims, change.path, claim);
      }
    } else {
      for (const changes of commits.splice(move.commits).reverse()) {
        for (const { path, before } of changes) follow(claims, path, claimIn(before));
      }
    }
    yield { number: n + 1, move, claims, granted };
  }
}

/** The changes that are on the branch in the end, in their order. */
export function remaining(moves: readonly Move[]): Change[] {
  const commits: (readonly Change[])[] = [];
  for (const move of moves) {
    if (move.kind === 'commit') commits.push(move.changes);
    else commits.splice(move.commits);
  }
  return commits.flat();
}

function follow(claims: Map<string, ClaimRecord>, path: string, claim: ClaimRecord | undefined): void {
  if (!path.startsWith('claims/')) return;
  if (claim === undefined) claims.delete(path.slice('claims/'.length));
  else claims.set(claim.id, claim);
}

export function claimIn(record: Change['after']): ClaimRecord | undefined {
  return record?.kind === 'claim' ? record : undefined;
}
