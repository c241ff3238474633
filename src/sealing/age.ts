/**
 * Sealing by age (https://age-encryption.org/v1), in ASCII armor: `age -d -i <key file>` opens what stands on the branch.
 * The stanzas of an age file do not say for whom they are, but how many there are.
 */
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { IntercomError } from '../domain/failure.ts';
import { importedKey } from './imported-key.ts';
import type { Identity, Pair, Recipient, Sealing } from './port.ts';

export const seal: Sealing['seal'] = async (text: string, recipients: readonly Recipient[]) => {
  const encrypter = new Encrypter();
  try {
    for (const recipient of new Set(recipients)) encrypter.addRecipient(recipient);
  } catch (cause) {
    const message = 'A key that stands on the branch is none, so that nothing was sealed.';
    throw new IntercomError({
      code: 'damaged',
      message,
      next: 'Its agent makes another: git intercom key --new.',
      cause,
    });
  }
  return armor.encode(await encrypter.encrypt(text));
};

export const open: Sealing['open'] = async (sealed: string, identities: readonly Identity[]) => {
  if (identities.length === 0) return undefined;
  try {
    const decrypter = await decrypterWith(identities);
    return await decrypter.decrypt(armor.decode(sealed), 'text');
  } catch {
    return undefined;
  }
};

/** A search opens thousands of files with the same few keys. */
const decrypters = new Map<string, Promise<Decrypter>>();
const decryptersMax = 100;

function decrypterWith(identities: readonly Identity[]): Promise<Decrypter> {
  const known = decrypters.get(identities.join(' '));
  if (known !== undefined) return known;
  if (decrypters.size >= decryptersMax) decrypters.clear();
  const made = Promise.all(identities.map(importedKey)).then((keys) => {
    const decrypter = new Decrypter();
    for (const key of keys) decrypter.addIdentity(key);
    return decrypter;
  });
  decrypters.set(identities.join(' '), made);
  return made;
}

export async function makePair(): Promise<Pair> {
  return pairOf(await generateX25519Identity());
}

/** Rejects where the text is no private key. */
export async function pairOf(identity: Identity): Promise<Pair> {
  return { identity, recipient: await identityToRecipient(identity) };
}
