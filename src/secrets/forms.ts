/**
 * Forms of secrets that secretlint's preset does not know: of our own making, of vendors it lacks, and what is a secret by
 * a standard, whoever made it. Each says so by its beginning, so that long names and hashes are none.
 */
export interface Form {
  readonly kind: string;
  /** Global. */
  readonly form: RegExp;
}

export const forms: readonly Form[] = [
  // What opens sealed messages (age-keygen(1)): we make such keys.
  { kind: 'age private key', form: /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/gi },
  // The preset wants a hundred characters of it; one of an elliptic curve, or the beginning of any, is a secret, too.
  {
    kind: 'private key',
    form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s+(?:[\w-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=]{16}[A-Za-z0-9+/=\s]*/g,
  },
  // RFC 7519, signed: its parts are base64url of JSON objects.
  { kind: 'JSON Web Token', form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/g },
  // RFC 6750; a digit tells it from the words that stand for one.
  { kind: 'bearer token', form: /\bAuthorization:\s*Bearer\s+(?=[^\s"']*\d)[\w.~+/-]{24,}=*/gi },
  { kind: 'Google API key', form: /\bAIza[\w-]{35}(?![\w-])/g },
  { kind: 'Google OAuth client secret', form: /\bGOCSPX-[\w-]{28}(?![\w-])/g },
  { kind: 'DigitalOcean token', form: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { kind: 'PyPI token', form: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g },
];
