/**
 * Forms of secrets that secretlint's preset does not know: of our own making, of vendors it lacks, and what is a secret by
 * a standard, whoever made it. Each says so by its beginning, so that long names and hashes are none.
 */
export interface Form {
  readonly kind: string;
  /** Global. */
  readonly form: RegExp;
}

// Where somebody quotes a key, or a program numbers its lines.
const before = '[ \\t>|]{0,20}(?:\\d{1,6}[ \\t:|→])?[ \\t>|]{0,20}';

// A name for it, a variable and stars are no password; nor does one of this machine open anything to others. As in the
// preset, for the databases that it knows.
const credential =
  '[^\\s:@/]{0,100}:(?!(?:password|secret|pass|root|admin|guest|x+|\\*+)@|[^\\s@/]*(?:[<>{}]|\\$[A-Z_]|%[A-Z_]+%))[^\\s@/]{1,200}@(?!localhost|127\\.|\\[?::1|example\\.)[\\w.-]+';

export const forms: readonly Form[] = [
  // What opens sealed messages (age-keygen(1)): we make such keys.
  { kind: 'age private key', form: /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/gi },
  // The preset wants a hundred characters of it; one of an elliptic curve, or the beginning of any, is a secret, too.
  {
    kind: 'private key',
    form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s+(?:[\w-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=]{16}[A-Za-z0-9+/=\s]*/g,
  },
  {
    kind: 'private key',
    form: new RegExp(
      `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[ \\t]{0,20}\\r?\\n(?:${before}(?:[\\w-]{1,40}: [^\\n]*)?\\n){0,9}${before}[A-Za-z0-9+/=]{16,}`,
      'g',
    ),
  },
  // RFC 7519, signed: its parts are base64url of JSON objects.
  { kind: 'JSON Web Token', form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/g },
  // RFC 6750; a digit tells it from the words that stand for one.
  { kind: 'bearer token', form: /\bAuthorization:\s*Bearer\s+(?=[^\s"']*\d)[\w.~+/-]{24,}=*/gi },
  { kind: 'Google API key', form: /\bAIza[\w-]{35}(?![\w-])/g },
  { kind: 'Google OAuth client secret', form: /\bGOCSPX-[\w-]{28}(?![\w-])/g },
  { kind: 'DigitalOcean token', form: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  // The preset knows those without a digit.
  { kind: 'Hugging Face token', form: /\bhf_[A-Za-z0-9]{34}(?!\w)/g },
  { kind: 'GitLab runner token', form: /\bglrt-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}/g },
  { kind: 'GitLab deploy token', form: /\bgldt-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}/g },
  { kind: 'GitLab trigger token', form: /\bglptt-[a-f0-9]{40}(?!\w)/g },
  { kind: 'xAI API key', form: /\bxai-[A-Za-z0-9]{70,}/g },
  { kind: 'Perplexity API key', form: /\bpplx-[A-Za-z0-9]{40,}/g },
  { kind: 'Replicate API token', form: /\br8_[A-Za-z0-9]{37}(?!\w)/g },
  { kind: 'Supabase access token', form: /\bsbp_(?:v\d_)?[a-f0-9]{40}(?!\w)/g },
  { kind: 'New Relic API key', form: /\bNRAK-[A-Z0-9]{27}(?!\w)/g },
  { kind: 'Netlify token', form: /\bnfp_[A-Za-z0-9]{36,}(?!\w)/g },
  { kind: 'Heroku API key', form: /\bHRKU-(?:AA[\w-]{58}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})(?![\w-])/g },
  { kind: 'Terraform token', form: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/g },
  { kind: 'Telegram bot token', form: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  // It begins with the digits of the bot's id in base64, and none but digits are written so.
  { kind: 'Discord bot token', form: /\b(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5,6}\w{0,3}\.[\w-]{6}\.[\w-]{27,}/g },
  { kind: 'Azure storage key', form: /\bAccountKey=[A-Za-z0-9+/]{86}==/g },
  { kind: 'Redis connection string', form: new RegExp(`\\brediss?://${credential}`, 'g') },
  { kind: 'AMQP connection string', form: new RegExp(`\\bamqps?://${credential}`, 'g') },
  { kind: 'PyPI token', form: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g },
];
