/** The job for GitLab, run as a runner runs it, on checkouts as the runner makes them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../tooling/sources.ts';
import { rivals } from './rivals.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));
const made = rivals();
const { scratch, fullCheckout } = made;

describe('the job of GitLab', () => {
  const file = parse(read('hooks/gitlab-ci.yml'));
  const job = file['git-intercom'];
  const schema = XmlDocument.fromString(read('test/ci/formats/fixtures/jenkins-junit.xsd'));
  const validator = XsdValidator.fromDoc(schema);
  afterAll(() => {
    validator.dispose();
    schema.dispose();
  });

  const onGitlab = (checkout: string, shell: string, env: NodeJS.ProcessEnv = {}) => {
    const options = shell === 'bash' ? ['-eo', 'pipefail'] : ['-e'];
    return scratch.start(shell, [...options, '-c', job.script.join('\n')], checkout, {
      GITLAB_CI: 'true',
      CI_PROJECT_DIR: checkout,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: made.base,
      CI_COMMIT_SHA: made.head,
      ...job.variables,
      ...env,
    });
  };

  test("GitLab's schema accepts it", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(JSON.parse(read('test/ci/formats/fixtures/gitlab-ci.json')));
    expect(isValid(file) ? [] : isValid.errors).toEqual([]);
    expect(isValid({ job: { ...job, artifacts: { reports: { junit: 3 } } } })).toBe(false);
  });

  test('it runs this version', () => {
    expect(job.variables.INTERCOM_VERSION).toBe(version);
  });

  test.each(['bash', 'sh'])('a change of what another agent claims is a test that failed (%s)', async (shell) => {
    const checkout = await fullCheckout();
    const { exitCode, output } = await onGitlab(checkout, shell);
    expect(exitCode, output).toBe(1);
    expect(output).toContain('bold-fox');
    const report = readFileSync(join(checkout, job.artifacts.reports.junit), 'utf8');
    expect(report).toContain('classname="git-intercom.claimed-by-other"');
    const document = XmlDocument.fromString(report);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
    expect(scratch.wordsOfNpx().slice(0, 2)).toEqual(['--yes', `git-intercom@${version}`]);
  });

  test.each(['bash', 'sh'])('a change of what nobody claims passes, with a report (%s)', async (shell) => {
    const checkout = await fullCheckout();
    const { exitCode, output } = await onGitlab(checkout, shell, { CI_MERGE_REQUEST_DIFF_BASE_SHA: made.head });
    expect(exitCode, output).toBe(0);
    expect(readFileSync(join(checkout, job.artifacts.reports.junit), 'utf8')).not.toContain('<failure ');
  });

  test.each(['bash', 'sh'])('a runner with a shallow checkout says what it cannot see (%s)', async (shell) => {
    const checkout = await scratch.checkout('wide', '--depth=1');
    await scratch.git(checkout, 'checkout', '--quiet', '--detach');
    const { exitCode, output } = await onGitlab(checkout, shell);
    expect(exitCode, output).toBe(0);
    expect(output).toContain(`The range was not looked at: ${made.base} is not in this checkout.`);
    expect(output).toContain('All is well with 1 claim, as far as could be seen.');
    const report = readFileSync(join(checkout, job.artifacts.reports.junit), 'utf8');
    expect(report).toContain('The range was not looked at');
    expect(await scratch.git(checkout, 'rev-list', '--count', 'refs/remotes/origin/intercom')).toBe('1');
  });

  test('a variable is data, whatever is written in it, and a check that cannot run leaves no report', async () => {
    const checkout = await fullCheckout();
    const mark = join(scratch.folder, 'pwned');
    for (const name of ['INTERCOM_MAX_AGE', 'INTERCOM_FAIL_ON', 'CI_MERGE_REQUEST_DIFF_BASE_SHA']) {
      const { exitCode } = await onGitlab(checkout, 'sh', { [name]: `$(touch ${mark}) '; touch ${mark} #` });
      expect(existsSync(mark), name).toBe(false);
      if (name.startsWith('INTERCOM')) {
        expect(exitCode).toBe(2);
        expect(existsSync(join(checkout, job.artifacts.reports.junit))).toBe(false);
      }
    }
  });
});
