// What every test here needs: a browser, people who sign in, the mails that
// went out. The demo beside us is named by tests/with-demo.sh.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const url = process.env.AFTERSALE_DEMO_URL;
const folder = process.env.AFTERSALE_DEMO_DIR;
if (!url || !folder)
  throw new Error('these tests want a demo beside them: ./dev check browser');

export const shop = url;
export const desk = `${url}/help`;
export const panel = `${desk}/panel`;
export const config = `${desk}/config`;
export const dir = folder;

// --- the browser ---------------------------------------------------------

let browser;

/** Chromium of the machine. It refuses its own sandbox to root. */
export async function launch() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
  return browser;
}

/** For a test file: a browser while its tests run. */
export function withBrowser() {
  before(launch);
  after(() => browser.close());
}

/** Somebody with cookies of their own. `options` as of newContext. */
export async function visitor(options = {}) {
  const context = await browser.newContext({
    locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options,
  });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (said) => {
    if (['error', 'warning'].includes(said.type())) page.complaints.push(said.text());
  });
  page.on('pageerror', (thrown) => page.complaints.push(String(thrown)));
  return page;
}

/** One thing after the other: what a step breaks, the next cannot use. */
export function story(name, tell) {
  test(name, async (t) => {
    await tell(async (step, act) => {
      let broken;
      await t.test(step, async () => {
        try {
          await act();
        } catch (thrown) {
          broken = thrown;
          await keepPictures(`${name} ${step}`);
          throw thrown;
        }
      });
      if (broken) throw new Error(`the story ended at "${step}"`);
    }).finally(everybodyLeaves);
  });
}

async function everybodyLeaves() {
  for (const context of browser.contexts()) await context.close();
}

/** What the visitors saw when a step failed. */
async function keepPictures(name) {
  const where = '_build/browser';
  let n = 0;
  mkdirSync(where, { recursive: true });
  for (const context of browser.contexts())
    for (const page of context.pages()) {
      const path = `${where}/${name.replace(/\W+/g, '-')}-${++n}.png`;
      await page.screenshot({ path, fullPage: true }).catch(() => {});
      console.log(`# ${path} shows ${page.url()}`);
    }
}

// --- the keyboard --------------------------------------------------------

/** Tabs through a page: every stop can be seen, in the order of the document. */
export async function walk(page, most) {
  const stops = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return null;
      const seen = e.matches('.choice input, #file, .swatch input, .composer-tabs input') ? e.closest('label, .drop') :
        e.closest('.composer textarea') ? e.closest('.composer') : e;
      const [a, b] = [getComputedStyle(e), getComputedStyle(seen)];
      const ring = [a, b].some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none');
      window.walked ??= [];
      const place = window.walked.at(-1);
      const forward = !place || !!(place.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
      window.walked.push(e);
      return { what: e.outerHTML.slice(0, 90), ring, forward };
    });
    if (!stop) break;
    assert.ok(stop.ring, `no focus to be seen on ${stop.what}`);
    assert.ok(stop.forward, `the focus jumps back to ${stop.what}`);
    stops.push(stop.what);
  }
  return stops;
}

// --- people --------------------------------------------------------------

/** A customer chooses who to be on the shop's own page. */
export async function enterShop(page, shopper) {
  await page.goto(`${shop}/signin`);
  await page.locator(`button[name=shopper][value="${shopper}"]`).click();
  await page.waitForURL(`${shop}/orders`);
}

/** From the shop's "Help" to one's requests. */
export async function enterDesk(page, shopper) {
  await enterShop(page, shopper);
  await page.goto(`${shop}/help-me`);
  await page.waitForURL(`${desk}/requests`);
}

const secrets = Object.fromEntries(readFileSync(`${dir}/secrets`, 'utf8')
  .trim().split('\n').map((line) => line.split('=')));
export const ada = {
  email: 'admin@mokka.example', name: 'Ada Okonkwo', password: secrets.pw_admin.slice(0, 16),
};
export const ben = {
  email: 'ben@mokka.example', name: 'Ben Sørensen', password: secrets.pw_agent.slice(0, 16),
};

/** One sign-in a file and agent: more from one place would be too many tries. */
const sessions = {};
export async function enterPanel(page, agent) {
  await page.context().addCookies(sessions[agent.email] ?? []);
  await page.goto(`${panel}/inbox`);
  if (page.url() === `${panel}/inbox`) return;
  await page.goto(`${panel}/sign-in`);
  await page.getByLabel('E-mail address').fill(agent.email);
  await page.getByLabel('Password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${panel}/inbox`);
  sessions[agent.email] = (await page.context().cookies())
    .filter((cookie) => cookie.name === '__Host-aftersale-panel');
}

// --- mails ---------------------------------------------------------------

export async function mails(to, since = '') {
  const query = new URLSearchParams({ to, since });
  return (await fetch(`${shop}/mail/api?${query}`)).json();
}

/** The id of the newest mail to somebody: the next one comes `since` then. */
export async function newestMail(to) {
  return (await mails(to))[0]?.id ?? '';
}

/** The courier needs a moment. */
export async function mailTo(to, since = '', about = /./) {
  for (let tries = 0; tries < 100; tries++) {
    const found = (await mails(to, since)).find((m) => about.test(m.subject));
    if (found) return found;
    await wait(200);
  }
  throw new Error(`no mail to ${to} about ${about} within 20 s`);
}

/** The addresses of our own that a mail leads to, from text and HTML. */
export function linksIn(mail) {
  const found = `${mail.text} ${mail.html}`.match(/https?:\/\/[^\s"'<>)]+/g) ?? [];
  return [...new Set(found.map((l) => l.replaceAll('&amp;', '&')))];
}

// --- the database --------------------------------------------------------

/** What it says to a statement; text alone, a row a line. */
export function sql(statements) {
  return execFileSync('mariadb', ['--no-defaults', `--socket=${dir}/run/db.sock`, '-uowner',
    '--default-character-set=utf8mb4', '-N', 'aftersale'],
  { input: statements, env: { ...process.env, MYSQL_PWD: secrets.pw_owner }, maxBuffer: 1 << 26 })
    .toString().trim();
}

// --- files ---------------------------------------------------------------

/** A PNG of one colour: small, true, and different for every colour. */
export { picture } from './picture.mjs';

export const note = (text) => ({
  name: 'order note.txt', mimeType: 'text/plain', buffer: Buffer.from(text),
});
