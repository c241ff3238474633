import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { PlainLineReporter } from './test/plain-line-reporter.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

// Node 20 starts twice as slowly with extra certificates, and the tests start many processes. npm alone may need them.
const npmCertificates = process.env.NODE_EXTRA_CA_CERTS ?? '';
delete process.env.NODE_EXTRA_CA_CERTS;

// Run from a git hook, the tests would inherit GIT_DIR and GIT_INDEX_FILE and write to the repository they are part of.
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];

export default defineConfig(({ mode }) => ({
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Unless told so, the runner leaves a processor free: of two it would use one.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // OpenCode alone takes a minute to its first request where the machine does much else.
    testTimeout: mode === 'harness' ? 300_000 : 120_000,
    hookTimeout: 120_000,
    globalSetup: 'test/global-setup.ts',
    reporters: ['default', new PlainLineReporter()],
    // They import JSON without saying so, which node refuses.
    server: { deps: { inline: [/@actions\//] } },
    env: { NPM_EXTRA_CA_CERTS: npmCertificates },
  },
}));
