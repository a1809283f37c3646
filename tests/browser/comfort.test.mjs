// What scripts, keyboard, paper and settings of the reader's own add.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ada, ben, desk, enterDesk, enterPanel, note, panel, picture, shop, visitor, walk, withBrowser,
} from './demo.mjs';

withBrowser();

/** A customer in front of an empty form, in English. */
async function writer(shopper, options = {}) {
  const page = await visitor(options);
  await enterDesk(page, shopper);
  await page.goto(`${desk}/choose?lang=en&back=${desk}/requests`);
  await page.goto(`${desk}/new`);
  return page;
}

async function asks(page, subject, message) {
  await page.goto(`${desk}/new`);
  await page.locator('#subject').fill(subject);
  await page.locator('#message').fill(message);
  await page.locator('[data-send]').click();
  await page.waitForURL(/\/sent\//);
  return page.url().split('/').pop();
}

/** A DataTransfer of the page, with one text file in it. */
const carried = (page, name) => page.evaluateHandle((n) => {
  const data = new DataTransfer();
  data.items.add(new File(['carried'], n, { type: 'text/plain' }));
  return data;
}, name);

test('files show how far they are, and Send waits for them', async () => {
  const page = await writer(102);
  let arrive;
  const arrival = new Promise((go) => { arrive = go; });
  await page.route('**/upload', async (route) => { await arrival; await route.continue(); });
  await page.locator('#subject').fill('A big picture');
  await page.locator('#message').fill('It takes a while.');
  await page.locator('#file').setInputFiles({
    name: 'big.txt', mimeType: 'text/plain', buffer: Buffer.alloc(2 << 20, 'many words, '),
  });
  await page.locator('progress[aria-label*="big.txt"]').waitFor();
  await page.locator('[data-send]').click();
  await page.locator('[data-waiting]', { hasText: '1 upload' }).waitFor();
  assert.ok(await page.locator('[data-stop]').isVisible());
  arrive();
  await page.waitForURL(/\/sent\//);
  assert.match(await page.locator('main').innerText(), /big\.txt/);
});

test('files are dropped, pasted and taken away again', async () => {
  const page = await writer(102);
  const form = page.locator('form[data-write]');
  await form.dispatchEvent('dragover', { dataTransfer: await carried(page, 'a.txt') });
  assert.match(await page.locator('.drop').getAttribute('class'), /is-over/);
  await form.dispatchEvent('drop', { dataTransfer: await carried(page, 'dropped.txt') });
  await page.locator('.upload--ok', { hasText: 'dropped.txt' }).waitFor();
  await page.evaluate((data) => document.querySelector('textarea').dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })),
  await carried(page, 'pasted.txt'));
  await page.locator('.upload--ok', { hasText: 'pasted.txt' }).waitFor();
  await page.getByRole('button', { name: 'Remove dropped.txt' }).click();
  assert.equal(await page.locator('.upload').count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'file');
  assert.match(await page.locator('[data-told]').textContent(), /dropped\.txt/);
  await page.locator('#file').setInputFiles({ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await page.locator('.upload--bad', { hasText: 'nothing.txt' }).waitFor();
  await page.locator('#file').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><html><p>Hello') });
  for (const name of ['nothing.txt', 'page.html'])
    await page.getByRole('button', { name: `Remove ${name}` }).click();
  assert.equal(await page.locator('.upload').count(), 1);
});

test('typed text survives what is wrong, a file, and leaving by mistake', async () => {
  const page = await writer(102);
  await page.locator('#message').fill('Two hours of typing');
  await page.locator('#file').setInputFiles(note('kept'));
  await page.locator('.upload--ok').waitFor();
  await page.locator('[data-send]').click();
  await page.locator('.summary').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), 'summary');
  assert.equal(await page.locator('#message').inputValue(), 'Two hours of typing');
  assert.equal(await page.locator('.upload--ok').count(), 1);
  await page.getByRole('link', { name: 'Enter a subject' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'subject');
  await page.locator('#message').press('End');
  await page.locator('#message').pressSequentially(', and more');
  let asked = 0;
  page.on('dialog', (dialog) => { asked++; dialog.dismiss(); });
  await page.evaluate(() => { location.href = './requests'; });
  await page.waitForTimeout(300);
  assert.equal(asked, 1);
  assert.equal(await page.locator('#message').inputValue(), 'Two hours of typing, and more');
});

test('the keyboard alone is enough to write a request', async () => {
  const page = await writer(102);
  const stops = await walk(page, 60);
  assert.match(stops[0], /class="skip"/);
  assert.ok(stops.some((s) => s.includes('id="message"')));
  assert.ok(stops.some((s) => s.includes('data-send') || s.includes('btn--primary')));
  await page.goto(`${desk}/new`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#subject').focus();
  await page.keyboard.type('Written without a mouse');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Every key works.');
  for (let i = 0; i < 8 && !await page.evaluate(() => document.activeElement.matches('[data-send]')); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sent\//);
});

test('an agent works with single keys, and can walk every page', async () => {
  const customer = await writer(102);
  await asks(customer, 'For the keys', 'Press j.');
  const page = await visitor();
  await enterPanel(page, ben);
  await page.goto(`${panel}/inbox?view=all`);
  assert.ok((await walk(page, 80)).length > 10);
  await page.goto(`${panel}/inbox?view=all`);
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL(/\/panel\/ticket\//);
  assert.ok((await walk(page, 80)).length > 10);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('n');
  assert.ok(await page.locator('[name=kind][value=note]').isChecked());
  assert.equal(await page.evaluate(() => document.activeElement.id), 'message');
  await page.keyboard.type('jjj is text here');
  await page.keyboard.press('Control+Enter');
  await page.locator('.flash').waitFor();
  assert.equal(await page.locator('.msg--note', { hasText: 'jjj is text here' }).count(), 1);
  await page.keyboard.press('u');
  await page.waitForURL(/\/panel\/inbox/);
});

test('a bar tells when the other side has written', async () => {
  const customer = await writer(102);
  const number = await asks(customer, 'Still there?', 'Hello?');
  const agent = await visitor();
  await customer.clock.install();
  await customer.goto(`${desk}/board/ticket/${number}`);
  await enterPanel(agent, ben);
  await agent.goto(`${panel}/ticket/${number}`);
  await agent.locator('#message').fill('Yes, here we are.');
  await agent.locator('[data-send]').click();
  await agent.locator('.flash').waitFor();
  await customer.clock.fastForward(21000);
  await customer.locator('.newbar').click();
  await customer.locator('.msg', { hasText: 'Yes, here we are.' }).waitFor();
});

test('colours and language are the reader’s choice, with and without script', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await visitor({ javaScriptEnabled });
    await page.goto(`${desk}/guest`);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.goto(`${desk}/guest`);
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    assert.notEqual(await ground(), light);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    assert.equal(page.url(), `${desk}/guest`);
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  }
});

test('times are those of the reader’s own clock', async () => {
  const number = await asks(await writer(102), 'What time is it?', 'Where I am?');
  for (const timezoneId of ['Asia/Tokyo', 'America/New_York']) {
    const page = await writer(102, { timezoneId });
    await page.goto(`${desk}/board/ticket/${number}`);
    const time = page.locator('.msg time').first();
    const at = new Date(await time.getAttribute('datetime'));
    const hour = at.toLocaleTimeString('en-GB', { timeZone: timezoneId, hour: '2-digit', minute: '2-digit' });
    assert.match(await time.getAttribute('title'), new RegExp(hour), timezoneId);
  }
});

test('paper gets the conversation and nothing to click', async () => {
  const customer = await writer(102);
  const number = await asks(customer, 'For the file', 'Please print me.');
  const agent = await visitor();
  await enterPanel(agent, ada);
  for (const [page, address] of [[customer, `${desk}/board`], [agent, panel]]) {
    await page.goto(`${address}/ticket/${number}`);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['nav', 'form[data-write] textarea', '.skip', '.shop-foot', '.ticket-set button'])
      for (const one of await page.locator(gone).all()) assert.ok(!await one.isVisible(), `${gone} is printed`);
    assert.ok(await page.locator('.msg', { hasText: 'Please print me.' }).isVisible());
    assert.ok((await page.pdf()).length > 5000);
  }
});

test('a high-contrast mode still shows edges, focus and state', async () => {
  const page = await writer(102, { forcedColors: 'active' });
  for (const edge of ['[data-send]', '#subject', '.drop']) {
    const style = await page.locator(edge).evaluate((e) => {
      const s = getComputedStyle(e);
      return { line: s.borderTopStyle, width: parseFloat(s.borderTopWidth) };
    });
    assert.ok(style.line !== 'none' && style.width >= 1, edge);
  }
  await walk(page, 12);
});
