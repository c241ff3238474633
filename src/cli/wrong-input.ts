/** Values that an operation does not take, in the words of the command line: which one, and what its bound is. */
import { formatDuration } from '../domain/time.ts';
import { UsageError } from './usage-error.ts';

/** As zod tells them; known by its name, for the schemas are the operations' business. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string;
  readonly origin?: string;
  readonly maximum?: number;
}

const typedNames: Readonly<Record<string, string>> = {
  paths: 'The list of paths',
  leaseSeconds: '--for',
  waitSeconds: '--wait',
  key: '--key',
};

/** Undefined for any other error. */
export function wrongInput(thrown: unknown, command: string): UsageError | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'ZodError') return undefined;
  const { issues } = thrown as Error & { readonly issues: readonly Issue[] };
  return new UsageError(`${issues.map(told).join('; ')}.`, `Run git intercom help ${command}.`);
}

function told({ path: [key = 'What was given'], message, code, origin, maximum }: Issue): string {
  const name = typedNames[String(key)] ?? String(key);
  if (code !== 'too_big' || maximum === undefined) return `${name}: ${message}`;
  if (origin === 'array') return `${name} has more than ${maximum} entries`;
  if (origin === 'string') return `${name} has more than ${maximum} characters`;
  return `${name} is longer than ${formatDuration(maximum)}`;
}
