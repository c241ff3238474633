/** Keys in the forms of their vendors, made here and put together at run time, so that no scanner takes them for real. */
import { generateKeyPairSync } from 'node:crypto';

const mixed = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6k7L8m9N0o1P2q3R4s5T6u7V8w9';
const hex = '0123456789abcdef'.repeat(4);
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
  'Hugging Face token': `h${'f'}_${mixed.slice(0, 34)}`,
  'GitLab runner token': `gl${'rt'}-${mixed.slice(0, 20)}`,
  'GitLab deploy token': `gl${'dt'}-${mixed.slice(0, 20)}`,
  'GitLab trigger token': `gl${'ptt'}-${hex.slice(0, 40)}`,
  'xAI API key': `xa${'i'}-${mixed.slice(0, 80)}`,
  'Perplexity API key': `ppl${'x'}-${mixed.slice(0, 48)}`,
  'Replicate API token': `r${'8'}_${mixed.slice(0, 37)}`,
  'Supabase access token': `sb${'p'}_${hex.slice(0, 40)}`,
  'New Relic API key': `NRA${'K'}-${mixed.slice(0, 27).toUpperCase()}`,
  'Notion integration token': `nt${'n'}_12345678901${mixed.slice(0, 35)}`,
  'Netlify token': `nf${'p'}_${mixed.slice(0, 36)}`,
  'Heroku API key': `HRK${'U'}-AA${mixed.slice(0, 58)}`,
  'short Heroku API key': `HRK${'U'}-01234567-89ab-4def-8123-456789abcdef`,
  'Terraform token': `${mixed.slice(0, 14)}.${'atlas'}v1.${mixed.slice(0, 67)}`,
  'Telegram bot token': `123456789:A${'A'}${mixed.slice(0, 33)}`,
  'Discord bot token': `${btoa('198622483471925248')}.Cl2FMQ.${mixed.slice(0, 27)}`,
  'Azure storage key': `Account${'Key'}=${mixed.slice(0, 86)}==`,
  'Redis connection string': `redi${'s'}://:s3cr3t-pw@db.corp.internal:6379/0`,
  'AMQP connection string': `amqp${'s'}://app:s3cr3t%40pw@mq.corp.internal/jobs`,
  'MongoDB connection string': `mongod${'b'}://app:s3cr3t-pw@db.corp.internal/main`,
  'short private key': `-----BEGIN ${'EC'} PRIVATE KEY-----\n${mixed.slice(0, 64)}\n-----END EC PRIVATE KEY-----`,
  'encrypted private key': `-----BEGIN ${'ENCRYPTED'} PRIVATE KEY-----\n${mixed.slice(0, 64)}\n${mixed.slice(0, 64)}\n-----END ENCRYPTED PRIVATE KEY-----`,
  'age private key': `AGE-SECRET-${'KEY'}-1${'QYPZ9'.repeat(12).slice(0, 58)}`,
  'private key': generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey.trimEnd(),
};
