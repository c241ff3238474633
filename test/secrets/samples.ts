/** Keys in the forms of their vendors, made here and put together at run time, so that no scanner takes them for real. */
import { generateKeyPairSync } from 'node:crypto';

const mixed = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6k7L8m9N0o1P2q3R4s5T6u7V8w9';
const letters = 'aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgHiJkLmNoPqRsTuVwXyZ';

export const samples: Readonly<Record<string, string>> = {
  'GitHub Token': `gh${'p'}_${mixed.slice(0, 36)}`,
  'GitLab Personal Access Token': `glpa${'t'}-${mixed.slice(0, 20)}`,
  'Anthropic Claude API key': `sk-${'ant'}-api03-${mixed.slice(0, 93)}AA`,
  'npm access token': `np${'m'}_${mixed.slice(0, 36)}`,
  'slack token': `xox${'b'}-1234567890-${mixed.slice(0, 24)}`,
  'Hugging Face User Access Token': `h${'f'}_${letters.slice(0, 34)}`,
  'AWS Secret Access Key': `AWS_SECRET_${'ACCESS'}_KEY=${mixed.slice(0, 40)}`,
  'PostgreSQL connection string': `postgre${'s'}://app:s3cr3t-pw@db.corp.internal/main`,
  'basic auth credential': `http${'s'}://deploy:h4mst3r-wheel@ci.corp.dev/job`,
  'AWS Access Key ID': `AKI${'A'}WZB2XYA4CLMHP5WQ`,
  'JSON Web Token': `ey${'J'}hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${mixed.slice(0, 43)}`,
  'bearer token': `Authorization: Bear${'er'} ${mixed.slice(0, 40)}`,
  'Google API key': `AI${'za'}${mixed.slice(0, 35)}`,
  'Google OAuth client secret': `GOCS${'PX'}-${mixed.slice(0, 28)}`,
  'DigitalOcean token': `do${'p'}_v1_${'0123456789abcdef'.repeat(4)}`,
  'PyPI token': `py${'pi'}-AgEIcHlwaS5vcmc${mixed.slice(0, 60)}`,
  'short private key': `-----BEGIN ${'EC'} PRIVATE KEY-----\n${mixed.slice(0, 64)}\n-----END EC PRIVATE KEY-----`,
  'encrypted private key': `-----BEGIN ${'ENCRYPTED'} PRIVATE KEY-----\n${mixed.slice(0, 64)}\n${mixed.slice(0, 64)}\n-----END ENCRYPTED PRIVATE KEY-----`,
  'age private key': `AGE-SECRET-${'KEY'}-1${'QYPZ9'.repeat(12).slice(0, 58)}`,
  'private key': generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey.trimEnd(),
};
