/** No text is recorded before it was looked at for secrets: all that agents write comes by here. */

import { whyCharsMax } from '../domain/limits.ts';
import type { AllowedSecret, PlacedSecret, Secret } from '../domain/secret/secret.ts';
import { secretRefusal } from '../domain/secret/secret.ts';
import { mayHoldSecret, readingsOf, textsIn } from '../domain/secret/texts.ts';
import { oneLine } from '../domain/text.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';

/** The session to go on with: where a secret was let through, it knows of it, so that the record does. */
export async function withoutSecrets(input: unknown, session: Session): Promise<Answer<Session>> {
  const found: PlacedSecret[] = [];
  for (const { field, text } of textsIn(input)) {
    for (const secret of await secretsIn(text, session)) found.push({ ...secret, field });
  }
  if (found.length === 0) return done(session);
  const why = oneLine(session.allowSecret ?? '', whyCharsMax);
  if (why === '') return refused(secretRefusal(found));
  const kinds = [...new Set([...(session.allowedSecret?.kinds ?? []), ...found.map(({ kind }) => kind)])];
  const allowedSecret: AllowedSecret = { kinds, why };
  return done({ ...session, allowedSecret });
}

/** What another reading shows of a kind and a line that are known is the same secret. */
async function secretsIn(text: string, { findSecrets }: Session): Promise<Secret[]> {
  const found: Secret[] = [];
  for (const reading of readingsOf(text)) {
    if (!mayHoldSecret(reading)) continue;
    const secrets = await findSecrets(reading);
    found.push(...secrets.filter(({ kind, line }) => !found.some((one) => one.kind === kind && one.line === line)));
  }
  return found.sort((a, b) => a.line - b.line);
}
