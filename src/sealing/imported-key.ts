/**
 * A private key as node's own cryptography has it. age takes that as well as the text, but of a text it makes such a key anew for each
 * file that it opens, which is nine tenths of the time that opening takes.
 */
import type { webcrypto } from 'node:crypto';
import type { Identity } from './port.ts';

const form = /^AGE-SECRET-KEY-1([02-9AC-HJ-NP-Z]{58})$/;
/** Of bech32 (BIP 173), in capitals as age writes private keys: each stands for five bits. */
const letters = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';
const checksumLetters = 6;
/** What stands before the 32 bytes of an X25519 key in PKCS #8 (RFC 8410). */
const prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The text itself where it has another form, or node has no X25519: age then does what it can. */
export async function importedKey(identity: Identity): Promise<webcrypto.CryptoKey | Identity> {
  const [, word] = form.exec(identity) ?? [];
  if (word === undefined) return identity;
  try {
    const bytes = Buffer.concat([prefix, bytesOf(word.slice(0, -checksumLetters))]);
    return await crypto.subtle.importKey('pkcs8', bytes, { name: 'X25519' }, false, ['deriveBits']);
  } catch {
    return identity;
  }
}

function bytesOf(word: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of word) {
    bits = ((bits << 5) | letters.indexOf(letter)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return Buffer.from(bytes);
}
