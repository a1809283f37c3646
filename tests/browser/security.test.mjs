// What a hostile visitor tries: words, names, files, foreign requests; and
// what every answer says to the browser so that nothing comes of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { test } from 'node:test';
import {
  ada, config, desk, enterDesk, enterPanel, mailTo, newestMail, note, panel, picture, shop, visitor,
  withBrowser,
} from './demo.mjs';
import { crowd, failures, filled, furnish, visit } from './places.mjs';

withBrowser();

const corpus = process.env.AFTERSALE_CORPUS ??
  new URL('../../../shared/corpus', import.meta.url).pathname;

/** Vectors of our own, and those of others where they lie beside the project. */
function vectors(t) {
  const own = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(2)>', "'-alert(3)-'",
    '<svg/onload=alert(4)>', 'javascript:alert(5)', '<a href="javascript:alert(6)">x</a>',
    '</textarea><script>alert(7)</script>', '<?cs var:alert ?>', '{{7*7}} ${7*7} <%= 7*7 %>',
    '</title><script>alert(8)</script>', '<iframe srcdoc="<script>alert(9)</script>">',
    '<form action="https://evil.example"><input type=submit>', '<style>@import"//evil.example"</style>',
  ];
  try {
    const read = (name) => JSON.parse(readFileSync(`${corpus}/xss/${name}`, 'utf8'));
    return [...own, ...read('bluemonday_vectors.json').map((v) => v.input), ...read('blns.json')];
  } catch {
    t.diagnostic(`no ${corpus}/xss: only the vectors of our own`);
    return own;
  }
}

/** What could act in a piece of HTML. */
const active = (html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')]
  .filter((e) => /^(script|iframe|form|svg|object|embed|img|base|link|input)$/i.test(e.localName) ||
    [...e.attributes].some((a) => /^on/i.test(a.name) || a.name === 'style') ||
    (e.hasAttribute('href') && !/^https?:/.test(e.getAttribute('href'))))
  .map((e) => e.outerHTML.slice(0, 200));

/** A request with any headers, as no browser sends it. Its status. */
async function forge(page, address, fields, headers) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const cookies = await page.context().cookies();
  return new Promise((resolve, reject) => {
    request(address, {
      method: 'POST',
      headers: {
        'Content-Type': encoded.headers.get('content-type'), 'Content-Length': body.length,
        Cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; '), ...headers,
      },
    }, (answer) => { answer.resume(); resolve(answer.statusCode); }).on('error', reject).end(body);
  });
}

/** Words of at most `most` characters in one message, a vector a line. */
function messages(all, most) {
  const made = [''];
  for (const line of all.map((v) => v.replace(/[\r\n]+/g, ' ').slice(0, 2000)))
    if (made.at(-1).length + line.length + 1 > most) made.push(line);
    else made[made.length - 1] += `${line}\n`;
  return made;
}

/** Fails when a page runs foreign script or asks foreign hosts. */
function guarded(page) {
  page.crimes = [];
  page.on('dialog', (dialog) => { page.crimes.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (asked) => {
    if (!asked.url().startsWith(shop) && !/^(data|blob|about):/.test(asked.url()))
      page.crimes.push(`request to ${asked.url()}`);
  });
  return page;
}

const innocent = (page) => assert.deepEqual(
  [...page.crimes, ...page.complaints.filter((c) => !/status of 4(04|22)/.test(c))], [], page.url());

test('hostile words are words everywhere', async (t) => {
  const customer = guarded(await visitor());
  const owner = guarded(await visitor());
  const reader = await visitor();	// of mails, on a page without a policy
  await enterDesk(customer, 109);	// <b>Robert</b> '); DROP TABLE purchase;--
  await enterPanel(owner, ada);
  const all = vectors(t);
  const texts = messages(all, 15000);
  t.diagnostic(`${all.length} vectors in ${texts.length} messages`);
  for (const [n, text] of texts.entries()) {
    const subject = all[n % 13].slice(0, 100);
    const before = await newestMail(ada.email);
    await customer.goto(`${desk}/new`);
    await customer.locator('#subject').fill(subject);
    await customer.locator('#message').fill(text);
    if (!n) {
      await customer.locator('#file').setInputFiles([
        { ...note('plain words'), name: '"><img src=x onerror=alert(1)>.txt' },
        { ...picture('p'), name: "'); alert(1);//\u202Egnp.png" },
      ]);
      await customer.locator('.upload--ok').nth(1).waitFor();
    }
    await customer.locator('[data-send]').click();
    await customer.waitForURL(/\/sent\//);
    const number = customer.url().split('/').pop();
    const first = text.split('\n')[0].trim();
    for (const [page, address] of [
      [customer, `${desk}/sent/${number}`], [customer, `${desk}/board/ticket/${number}`],
      [owner, `${panel}/ticket/${number}`],
    ]) {
      await page.goto(address);
      assert.ok((await page.locator('body').innerText()).includes(subject), `no subject on ${address}`);
      innocent(page);
    }
    assert.ok((await owner.locator('.msg-body').first().innerText()).includes(first), `no "${first}"`);
    const mail = await mailTo(ada.email, before, new RegExp(`\\[#${number}\\]`));
    assert.deepEqual(await reader.evaluate(active, mail.html), [], 'the mail can do something');
  }
  for (const address of [`${panel}/inbox?view=all`, `${panel}/postings?n=200`, `${panel}/order`]) {
    await owner.goto(address);
    innocent(owner);
  }
  for (const address of [`${desk}/requests`, `${desk}/orders`, `${desk}/requests?q=<script>alert(1)</script>`]) {
    await customer.goto(address);
    innocent(customer);
  }
});

test('names the owner types are words, too', async () => {
  const owner = guarded(await visitor());
  await enterPanel(owner, ada);
  const name = '<img src=x onerror=alert(1)>';
  await owner.goto(`${config}/priority/new`);
  await owner.getByLabel('Name', { exact: true }).fill(name);
  await owner.getByRole('button', { name: 'Save priority' }).click();
  await owner.locator('.flash').waitFor();
  assert.ok((await owner.locator('body').innerText()).includes(name));
  for (const address of [`${config}/helpdesk`, `${panel}/new`, `${panel}/inbox`]) {
    await owner.goto(address);
    innocent(owner);
  }
  await owner.goto(`${config}/helpdesk`);
  await owner.locator('#priority').getByRole('link', { name }).first().click();
  await owner.locator('details summary', { hasText: 'Remove' }).click();
  await owner.locator('button[name=delete]').click();
  await owner.locator('.flash').waitFor();
});

test('no page breaks its own policy, and every page has one', async (t) => {
  const people = await crowd();
  const places = [...failures(), ...filled(await furnish(people))];
  for (const page of Object.values(people)) {
    guarded(page);
    page.complaints.length = 0;
    page.on('response', (answer) => page.answers?.push(answer));
  }
  for (const place of places) {
    const page = people[place[1]];
    page.answers = [];
    await visit(people, place);
    const quiet = page.complaints.filter((c) => !/status of 4(03|04|22)|status of 400/.test(c));
    assert.deepEqual([...page.crimes, ...quiet], [], place[0]);
    const answer = page.answers.find((a) => a.url() === place[2] || a.request().isNavigationRequest());
    const says = answer.headers();
    const policy = says['content-security-policy'] ?? '';
    assert.match(policy, /default-src/, place[0]);
    assert.match(policy, /frame-ancestors/, place[0]);
    assert.match(policy, /form-action/, place[0]);
    assert.doesNotMatch(policy, /unsafe-|\*/, place[0]);
    assert.equal(says['x-content-type-options'], 'nosniff', place[0]);
    assert.match(says['referrer-policy'] ?? '', /no-referrer|same-origin/, place[0]);
    assert.match(says['cache-control'] ?? '', /no-store/, place[0]);
    assert.ok(!/aftersale\/\d|mariadb|\d+\.\d+\.\d+/i.test(says.server ?? ''), place[0]);
  }
  t.diagnostic(`${places.length} pages`);
});

test('cookies stay with their host and away from scripts', async () => {
  const page = await visitor();
  await enterDesk(page, 102);
  await enterPanel(page, ada);
  const cookies = await page.context().cookies();
  for (const name of ['__Host-aftersale', '__Host-aftersale-panel']) {
    const found = cookies.find((c) => c.name === name);
    assert.ok(found, `no ${name}`);
    assert.ok(found.httpOnly && found.secure && found.path === '/', name);
    assert.match(found.sameSite, /Lax|Strict/, name);
    assert.ok(found.value.length >= 22, name);
  }
  assert.doesNotMatch(await page.evaluate(() => document.cookie), /__Host/);
});

test('a request from elsewhere changes nothing', async () => {
  const page = await visitor();
  await enterDesk(page, 102);
  await enterPanel(page, ada);
  const count = async () => {
    await page.goto(`${panel}/postings?n=200`);
    return page.locator('tbody tr', { hasText: 'forged' }).count();
  };
  const before = await count();
  const form = { subject: 'forged', message: 'forged', type: '1' };
  await page.goto(`${desk}/new`);
  const good = {
    ...form, csrf: await page.locator('form[data-write] [name=csrf]').inputValue(),
    form_token: await page.locator('form[data-write] [name=form_token]').inputValue(),
  };
  const send = (headers, fields = good) => forge(page, `${desk}/new`, fields, headers);
  assert.equal(await send({ Origin: 'https://evil.example' }), 403);
  assert.equal(await send({ 'Sec-Fetch-Site': 'cross-site' }), 403);
  assert.ok(await send({ Origin: shop }, form) >= 400, 'without a token');
  assert.ok(await send({ Origin: shop }, { ...good, csrf: 'A'.repeat(43) }) >= 400, 'with a wrong token');
  assert.ok(await forge(page, `${panel}/sign-out`, {}, {}) >= 400, 'signed out by a stranger');
  assert.equal(await count(), before);
  // A real page elsewhere: another host, the same browser.
  const elsewhere = await page.context().newPage();
  await elsewhere.route('https://evil.example/**', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<form method="post" enctype="multipart/form-data" action="${desk}/new">` +
      Object.entries(good).map(([k, v]) => `<input name="${k}" value="${v}">`).join('') + '<button>Go</button></form>',
  }));
  await elsewhere.goto('https://evil.example/');
  await elsewhere.getByRole('button').click();
  await elsewhere.waitForURL(`${desk}/new`);
  assert.equal(await count(), before);
  // The same fields from the right place are taken: nothing else was wrong.
  assert.equal(await send({ Origin: shop }), 303);
  assert.equal(await count(), before + 1);
});

test('files are looked into, and leave as downloads', async () => {
  const page = guarded(await visitor());
  await enterDesk(page, 102);
  await page.goto(`${desk}/new`);
  const html = Buffer.from('<!doctype html><html><script>alert(document.cookie)</script></html>');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  for (const file of [
    { name: 'page.html', mimeType: 'text/html', buffer: html },
    { name: 'picture.svg', mimeType: 'image/svg+xml', buffer: svg },
    { name: 'disguised.png', mimeType: 'image/png', buffer: html },
  ]) {
    await page.locator('#file').setInputFiles(file);
    await page.locator('.upload--bad', { hasText: file.name }).waitFor();
  }
  await page.locator('#file').setInputFiles([picture('true.png'), note('plain words')]);
  await page.locator('.upload--ok').nth(1).waitFor();
  await page.locator('#subject').fill('Files');
  await page.locator('#message').fill('Only two of five.');
  await page.locator('[data-send]').click();
  await page.waitForURL(/\/sent\//);
  await page.goto(`${desk}/board/ticket/${page.url().split('/').pop()}`);
  const links = await page.locator('.msg .files a').evaluateAll((all) => all.map((a) => a.href));
  assert.equal(links.length, 2);
  for (const link of links) {
    const says = await page.evaluate(async (address) => Object.fromEntries((await fetch(address)).headers), link);
    assert.match(says['content-disposition'], /^attachment/);
    assert.match(says['content-security-policy'], /sandbox/);
    assert.equal(says['x-content-type-options'], 'nosniff');
    assert.match(says['cache-control'], /private|no-store/);
  }
  assert.notEqual((await fetch(links[0], { redirect: 'manual' })).status, 200);
  innocent(page);
});
