/** Names of git objects: forty hexadecimal digits, lower case. */
declare const brand: unique symbol;
export type Oid = string & { readonly [brand]: 'oid' };

export function isOid(text: string): text is Oid {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Throws a TypeError for anything else. */
export function parseOid(text: string): Oid {
  if (!isOid(text)) throw new TypeError(`${JSON.stringify(text.slice(0, 80))} is no object id`);
  return text;
}
