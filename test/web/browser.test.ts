/** The page as a person sees it, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, type TestContext, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { PagePlace } from './page-place.ts';

let browser: Browser | undefined;
let place: PagePlace;
beforeAll(async () => {
  browser = await openBrowser();
}, 200_000);
afterAll(() => browser?.close());
beforeEach(() => {
  place = new PagePlace();
  place.run('start');
});
afterEach(() => place.remove());

/** What the browser itself complained of: a script that failed, or something that the page's policy forbids. */
const complaints: string[] = [];

async function openPage(context: TestContext, words: readonly string[] = []): Promise<Page> {
  if (browser === undefined) return context.skip('no browser here, and none to be installed');
  const page = await browser.newPage();
  context.onTestFinished(() => page.close());
  complaints.length = 0;
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', ({ message }) => void complaints.push(message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog said ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.goto(await place.serve(words));
  await page.getByText('live', { exact: true }).waitFor();
  return page;
}

function section(page: Page, name: string) {
  return page.getByRole('region', { name: new RegExp(`^${name}`) });
}

test('an agent escalates, the person answers on the open page, and the agent has the answer', async (context) => {
  const page = await openPage(context);
  expect(page.url()).not.toContain(place.token);
  const waiting = section(page, 'Waiting for a person');
  await waiting.getByText('Nothing waits for a person.').waitFor();
  place.run('escalate', 'May I drop the table?', '--why', 'no backup', '--agent', 'bold-fox');
  await waiting.getByText('May I drop the table?').waitFor();
  await waiting.getByText('Why: no backup').waitFor();
  expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe('Waiting for a person, 1');
  expect(await page.title()).toBe('(1) git-intercom');
  await page.getByLabel('Answer to bold-fox').fill('No, make one first.');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Sent to bold-fox\. It closes the escalation/).waitFor();
  await waiting.getByText('Nothing waits for a person.').waitFor();
  expect(place.json('escalations')).toEqual({ escalations: [] });
  expect(place.json('peek', '--agent', 'bold-fox').messages).toMatchObject([
    { from: 'dave', text: 'No, make one first.' },
  ]);
  expect(complaints).toEqual([]);
});

test('texts of others are text, whatever they say', async (context) => {
  const page = await openPage(context);
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe \u001b[31mred\u001b[0m';
  place.run('escalate', hostile, '--why', hostile, '--agent', 'bold-fox');
  place.run('claim', 'src/<b>x', '--why', hostile, '--agent', 'bold-fox');
  place.run('status', hostile, '--agent', 'bold-fox');
  const shown = '<script>alert(1)</script><img src=x onerror=alert(2)> gnp.exe red';
  await section(page, 'Waiting for a person').getByText(shown, { exact: true }).waitFor();
  await section(page, 'Agents').getByText(shown, { exact: true }).waitFor();
  await section(page, 'Claims').getByText('src/<b>x').waitFor();
  expect(await page.locator('img, b, main script').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('what somebody types stays while all around it changes, and when it is answered by another', async (context) => {
  const page = await openPage(context);
  const { id } = place.json('escalate', 'May I?', '--agent', 'bold-fox').escalation;
  const box = page.getByLabel('Answer to bold-fox');
  await box.fill('Well, ');
  place.run('escalate', 'And this?', '--agent', 'calm-owl');
  await page.getByText('And this?').first().waitFor();
  await page.keyboard.type('yes');
  expect(await box.inputValue()).toBe('Well, yes');
  place.run('reply', id, 'Go on.');
  await page.getByText('This waits no more').waitFor();
  expect(await box.inputValue()).toBe('Well, yes');
  await page.getByRole('button', { name: 'Throw it away' }).click();
  expect(await box.count()).toBe(0);
});

test('whoever answers by the keyboard goes on with the next', async (context) => {
  const page = await openPage(context);
  for (const agent of ['bold-fox', 'calm-owl']) place.run('escalate', `May ${agent}?`, '--agent', agent);
  await page.getByLabel('Answer to calm-owl').waitFor();
  await page.getByLabel('Answer to bold-fox').fill('Yes.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(/^Sent to bold-fox/).waitFor();
  await page.locator('[aria-label="Answer to calm-owl"]:focus').waitFor();
  await page.keyboard.type('No.');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Sent to calm-owl/).waitFor();
  await page.locator('#escalations:focus').waitFor();
});

test('the page that an agent opened has nothing to answer with', async (context) => {
  place.run('escalate', 'May I?', '--agent', 'bold-fox');
  const page = await openPage(context, ['--agent', 'bold-fox']);
  await page.getByText('The agent bold-fox opened this page').waitFor();
  await section(page, 'Waiting for a person').getByText('May I?').waitFor();
  expect(await page.locator('textarea, button:visible').count()).toBe(0);
});

test('an ask that nobody answered in time is mail, and says so', async (context) => {
  place.run('status', 'here');
  const anHourAgo = { INTERCOM_TEST_CLOCK: new Date(Date.now() - 3_600_000).toISOString() };
  place.try(['ask', 'dave', 'Which port?', '--wait', '1s', '--agent', 'bold-fox'], anHourAgo);
  const page = await openPage(context);
  const mail = section(page, 'Unread for you');
  await mail.getByText('Which port?').waitFor();
  await mail.getByText('not answered in time').waitFor();
});

test('an interview is answered by its options', async (context) => {
  place.run('status', 'here');
  const page = await openPage(context);
  const questions = [
    { id: 'port', text: 'Which port?', options: ['8080', '9090'] },
    { id: 'name', text: 'Which name?' },
  ];
  const file = place.write('questions.json', JSON.stringify(questions));
  place.try(['ask', 'dave', 'Two things', '--interview', file, '--wait', '1s', '--agent', 'bold-fox']);
  const { id } = place.json('pending', '--agent', 'bold-fox').pending[0];
  await page.getByLabel('9090').check();
  await page.getByLabel('Which name?').fill('atlas');
  await section(page, 'Asks').getByRole('button', { name: 'Answer' }).click();
  await page.getByText(/It answers the ask/).waitFor();
  expect(place.json('ask', '--id', id, '--agent', 'bold-fox').answer.answers).toEqual({ port: '9090', name: 'atlas' });
});

test('a server that is lost is said on the page, and so is one that comes instead', async (context) => {
  const page = await openPage(context);
  const port = place.host.split(':')[1] as string;
  await place.end();
  await page.getByText('The server cannot be reached').waitFor();
  await page.getByText('no connection').waitFor();
  await place.serve(['--port', port]);
  await page.getByText('The server was started again').waitFor({ timeout: 60_000 });
});
