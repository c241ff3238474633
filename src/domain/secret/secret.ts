/** What looks like a secret, as it may be spoken of: its kind and place, and not itself. */
import { type Refusal, refuse } from '../refusal.ts';
import { counted } from '../text.ts';

export interface Secret {
  /** `GitHub Token`, in the words of the rule that knows it. */
  readonly kind: string;
  /** Of the text, from one. */
  readonly line: number;
  /** Masked: `ghp_…, 40 characters`. */
  readonly shown: string;
}

/** Where it stands among the parts of what was asked for: `text`, `attachments.0.text`. */
export interface PlacedSecret extends Secret {
  readonly field: string;
}

/** Let through by the one who wrote it, who said why. */
export interface AllowedSecret {
  readonly kinds: readonly string[];
  readonly why: string;
}

const toldMax = 3;

export function secretRefusal(secrets: readonly PlacedSecret[]): Refusal {
  const told = secrets
    .slice(0, toldMax)
    .map(({ kind, field, line, shown }) => `${kind} (${shown}) in ${field}, line ${line}`)
    .join('; ');
  const more = secrets.length > toldMax ? `; and ${secrets.length - toldMax} more` : '';
  const what = secrets.length === 1 ? 'a secret' : counted(secrets.length, 'secret');
  return refuse(
    'secret-found',
    `This has what looks like ${what}: ${told}${more}. Nothing was recorded, for git forgets nothing.`,
    'Say where it can be found instead. If it is none, do the same again with --allow-secret "<why>" (tools: allow_secret), which is recorded.',
    { secrets },
  ).refusal;
}

/** For the body of the commit. */
export function allowedSecretLine({ kinds, why }: AllowedSecret): string {
  return `Recorded although it looks like a secret (${kinds.join(', ')}): ${why}`;
}
