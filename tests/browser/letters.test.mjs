// Letters as they are shown: whatever came, no script runs and no request
// leaves, not even when nothing had been cleaned; pictures come when asked for.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  ada, desk, enterDesk, enterPanel, panel, picture, shop, sql, visitor, withBrowser,
} from './demo.mjs';
import { ask } from './writing.mjs';

withBrowser();

const hex = (text) => (text ? `X'${Buffer.from(text).toString('hex')}'` : "''");

/** Every vector of others, and some of ours. */
function vectors() {
  const read = (name) => JSON.parse(readFileSync(new URL(`../corpus/xss/${name}`, import.meta.url), 'utf8'));
  return [
    '<img src=x onerror=alert(1)>', '<svg><script>alert(2)</script>', '<body onload=alert(3)>',
    '<meta http-equiv=refresh content="0;url=https://evil.example/a">',
    '<link rel=stylesheet href=https://evil.example/b>', '<style>@import "https://evil.example/c"</style>',
    '<p style="background:url(https://evil.example/d)">x', '<img src=https://evil.example/e>',
    '<iframe src=https://evil.example/f></iframe>', '<form action=https://evil.example/g><input autofocus onfocus=alert(4)>',
    '<details open ontoggle=alert(5)>x</details>', '<video poster=https://evil.example/h src=https://evil.example/i autoplay>',
    '<object data=https://evil.example/j>', '<base href=https://evil.example/><img src=k>',
    '<link rel=prefetch href=https://evil.example/l><link rel=dns-prefetch href=//evil.example>',
    '<a href="https://evil.example/m" ping="https://evil.example/n">x</a>',
    ...read('bluemonday_vectors.json').map((v) => v.input), ...read('blns.json'),
    ...read('ours.json'),
  ].filter((v) => v && !v.includes('\0'));
}

function cleaned(all) {
  const made = execFileSync('_build/launder', { input: all.map((v) => `${v}\0`).join(''), maxBuffer: 1 << 26 });
  return made.toString().split('\0').slice(0, -1);
}

/** A request of somebody, where letters go; its number. */
async function request() {
  const zoe = await visitor();
  await enterDesk(zoe, 110);
  const made = await ask(zoe, `${desk}/new`, {
    subject: 'Letters', message: 'They follow.', files: [picture('own.png', [40, 90, 160])],
  });
  await zoe.context().close();
  return made;
}

/** Puts letters into a ticket; their ids, and its number. */
async function posted(letters, pictures = 0) {
  const number = await request();
  const ticket = sql(`SELECT id FROM as_ticket WHERE number = '${number}'`);
  const last = sql('SELECT MAX(id) FROM as_message');
  sql(letters.map(() => `INSERT INTO as_message (ticket_id, origin_ticket_id, kind, author_kind, author_id,
    author_name, source, type_id, status_id, priority_id, body, created_at, released_at) SELECT id, id, 'customer',
    'customer', customer_id, 'Mail', 'mail', type_id, status_id, priority_id, 'Words', NOW(6), NOW(6)
    FROM as_ticket WHERE id = ${ticket};`).join('\n'));
  const ids = sql(`SELECT id FROM as_message WHERE id > ${last} AND source = 'mail' ORDER BY id`).split('\n');
  assert.equal(ids.length, letters.length);
  sql(ids.map((id, i) => `INSERT INTO as_message_mail (message_id, as_mail_id, html, pictures)
    VALUES (${id}, 0, ${hex(letters[i])}, ${pictures});`).join('\n'));
  return { ids, number };
}

/** Somebody at the panel; what runs, and what is asked of others, is written down. */
async function watched(options) {
  const page = await visitor(options);
  page.crimes = [];
  page.on('dialog', (dialog) => { page.crimes.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.context().on('page', (other) => page.crimes.push(`window ${other.url()}`));
  await page.context().route((asked) => !asked.href.startsWith(shop) && asked.protocol.startsWith('http'),
    (route) => {
      page.crimes.push(`${route.request().method()} ${route.request().url()}`);
      page.referrer = route.request().headers().referer;
      return route.fulfill({ status: 204, body: '' });
    });
  await enterPanel(page, ada);
  return page;
}

/** All frames of a ticket's page, which load when they come into sight. */
async function readAll(page, { ids, number }) {
  await page.goto(`${panel}/ticket/${number}`, { waitUntil: 'domcontentloaded' });
  for (const id of ids) {
    await page.locator(`iframe[name="mail-${id}"]`).scrollIntoViewIfNeeded();
    await page.waitForFunction((name) => {
      const letter = document.querySelector(`iframe[name="${name}"]`).contentDocument;
      return letter && letter.URL.includes('/message/') && letter.readyState === 'complete';
    }, `mail-${id}`);
  }
}

test('what watches sees a script run and a request leave', async () => {
  const page = await watched();
  await page.goto('about:blank');
  await page.setContent('<img src=x onerror=alert(1)><img src=https://evil.example/e>');
  await page.waitForTimeout(500);
  assert.deepEqual(page.crimes.sort(), ['GET https://evil.example/e', 'dialog 1']);
});

/** Several on a page, since there are a thousand. */
const batches = (all) => {
  const made = [];
  for (let i = 0; i < all.length; i += 20) made.push(all.slice(i, i + 20).join('\n'));
  return made;
};

test('no letter runs a script or asks another host', async (t) => {
  const all = vectors();
  const letters = cleaned(all);
  assert.equal(letters.length, all.length);
  const put = await posted(batches(letters), 1);
  const page = await watched();
  for (const [i, id] of put.ids.entries()) {
    await page.goto(`${panel}/message/${id}/html`, { waitUntil: 'load' });
    assert.deepEqual(page.crimes, [], letters.slice(20 * i, 20 * i + 20).join('\n'));
  }
  t.diagnostic(`${all.length} letters`);
  await readAll(page, put);
  await page.waitForTimeout(500);
  assert.deepEqual(page.crimes, []);
});

test('the frame holds what nobody has cleaned', async () => {
  const all = vectors();
  const put = await posted([...all.slice(0, 16), ...batches(all)]);
  const page = await watched();
  await readAll(page, put);
  await page.waitForTimeout(1000);
  assert.deepEqual(page.crimes, []);
});

test('pictures come when they are asked for, and nothing typed is lost', async () => {
  const { ids: [id], number } = await posted(cleaned([
    '<p>Look</p><img src="cid:own@mail.example" alt="own"><img src="https://far.example/a.png" alt="far">' +
    '<img src="http://far.example/b.png" alt="plain">',
  ]), 2);
  sql(`INSERT INTO as_attachment (public_id, message_id, name, type, size, sha256, thumb, width, height, content_id)
    SELECT 'ownpictureofaletter${id.padStart(3, '0').slice(-3)}', ${id}, name, type, size, sha256, thumb, width, height,
    'own@mail.example' FROM as_attachment WHERE thumb IS NOT NULL LIMIT 1`);
  const page = await watched();
  await page.goto(`${panel}/ticket/${number}`);
  await page.locator('#message').fill('Half a sentence');
  const frame = page.frameLocator(`iframe[name="mail-${id}"]`);
  await frame.getByAltText('own').scrollIntoViewIfNeeded();
  await page.waitForFunction((name) => {
    const own = document.querySelector(`iframe[name="${name}"]`).contentDocument.querySelector('img[alt=own]');
    return own && own.complete && own.naturalWidth > 0;
  }, `mail-${id}`);
  assert.deepEqual(page.crimes, []);
  await page.locator(`a[target="mail-${id}"]`).click();
  await page.waitForTimeout(1000);
  assert.deepEqual(page.crimes, ['GET https://far.example/a.png']);
  assert.equal(page.referrer, undefined);
  assert.equal(await page.locator('#message').inputValue(), 'Half a sentence');
});

test('a frame is as high as its letter, and without script high enough to read', async () => {
  const { ids: [id], number } = await posted(cleaned([
    `${'<p>A paragraph of a letter.</p>'.repeat(40)}<div class=gmail_quote><blockquote class=gmail_quote>` +
    `${'<p>Earlier words.</p>'.repeat(20)}</blockquote></div>`,
  ]));
  const page = await watched();
  await page.goto(`${panel}/ticket/${number}`);
  const frame = page.locator(`iframe[name="mail-${id}"]`);
  await frame.scrollIntoViewIfNeeded();
  const high = async () => (await frame.boundingBox()).height;
  const fits = () => page.waitForFunction((name) => {
    const f = document.querySelector(`iframe[name="${name}"]`);
    return f.clientHeight >= f.contentDocument.documentElement.scrollHeight && f.clientHeight > 900;
  }, `mail-${id}`);
  await fits();
  const before = await high();
  await page.frameLocator(`iframe[name="mail-${id}"]`).getByText('Show earlier text').click();
  await page.waitForFunction(([name, was]) =>
    document.querySelector(`iframe[name="${name}"]`).clientHeight > was + 300, [`mail-${id}`, before]);
  await fits();

  const plain = await watched({ javaScriptEnabled: false });
  await plain.goto(`${panel}/ticket/${number}`);
  const height = (await plain.locator(`iframe[name="mail-${id}"]`).boundingBox()).height;
  assert.ok(height >= 90 && height <= 700, `${height}`);
});
