/** Fields that records have in common. Not a record of its own. */
import * as z from 'zod';
import { idForm } from '../../id.ts';
import { nameCharsMax, sealedBytesMax } from '../../limits.ts';

export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, 'must be an instant in UTC');
export const id = z.string().regex(idForm, 'must be an id');
export const name = z
  .string()
  .max(nameCharsMax)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a name');
export const line = (charsMax: number) => z.string().max(charsMax);
export const seconds = z.int().min(1).max(31_536_000);
export const mode = z.enum(['exclusive', 'shared']);
export const token = z.string().regex(/^\d+\.\d+$/, 'must be epoch.counter');
/** A public key of age, as Bech32. */
export const recipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/, 'must be a public key of age');
export const sealedText = z
  .string()
  .max(sealedBytesMax)
  .regex(
    /^-----BEGIN AGE ENCRYPTED FILE-----\n[A-Za-z0-9+/=\n]+\n-----END AGE ENCRYPTED FILE-----\n?$/,
    'must be an age file in armor',
  );

export const envelope = <Kind extends string>(
  kind: Kind,
  means: { readonly id: string; readonly agent: string; readonly at: string },
) => ({
  v: z.literal(1).describe('version of the format'),
  id: id.describe(means.id),
  kind: z.literal(kind).describe('what the record is; the folder says the same'),
  agent: name.describe(means.agent),
  at: instant.describe(means.at),
});
