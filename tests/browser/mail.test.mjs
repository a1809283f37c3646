// Answers by mail: what goes out comes back into its request, machines move
// nothing, what cannot be delivered is told, and the owner's test of the way
// back finds out. Once with JavaScript and once without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ada, ben, config, desk, enterDesk, enterPanel, mailTo, newestMail, panel, shop, sql, story, visitor,
  walk, withBrowser,
} from './demo.mjs';
import { addMailbox } from './mailed.mjs';
import { emptyMailbox, letter, post } from './post.mjs';

withBrowser();

/** Looks again until the words are there: the mailroom needs a moment. */
async function comes(page, address, words) {
  for (let tries = 0; tries < 60; tries++) {
    await page.goto(address);
    if ((await page.locator('main').innerText()).includes(words)) return;
    await wait(250);
  }
  throw new Error(`${address} does not show "${words}" within 15 s`);
}

const hides = async (page, words) =>
  assert.ok(!(await page.locator('main').innerText()).includes(words), `${page.url()} shows "${words}"`);

/** In the sink, as whoever got this mail. */
async function answer(page, mail, how, words = '', from = '') {
  await page.goto(`${shop}/mail/${mail.id}`);
  if (words) await page.getByLabel('Text').fill(words);
  if (from) {
    await page.getByText('From and subject').click();
    await page.getByLabel('From', { exact: true }).fill(from);
  }
  await page.getByRole('button', { name: how }).click();
  assert.match(page.url(), /said=taken/);
}

const people = {
  true: { shopper: 113, mail: 'mei@example.com', stranger: 'Nosy <nosy@elsewhere.example>' },
  false: { shopper: 106, mail: 'hubert@example.com', stranger: 'Nora <nora@elsewhere.example>' },
};

for (const scripted of [true, false]) {
  const how = scripted ? 'with script' : 'without script';
  const who = people[scripted];
  const subject = `Where is my grinder, ${how}?`;
  const one = () => visitor({ javaScriptEnabled: scripted });

  story(`a customer answers by mail, ${how}`, async (step) => {
    const customer = await one();
    const agent = await one();
    const mailer = await one();
    let number, board, ticket, mail;

    await step('a customer asks in the shop and an agent answers', async () => {
      await enterDesk(customer, who.shopper);
      await customer.goto(`${desk}/new`);
      await customer.getByLabel('Subject').fill(subject);
      await customer.getByLabel('Message', { exact: true }).fill('It has not come yet.');
      await customer.getByRole('button', { name: 'Send message' }).click();
      await customer.waitForURL(/\/sent\//);
      number = customer.url().split('/').pop();
      await customer.getByRole('link', { name: 'See your request' }).click();
      board = customer.url();
      await enterPanel(agent, ben);
      ticket = `${panel}/ticket/${number}`;
      await agent.goto(ticket);
      const before = await newestMail(who.mail);
      await agent.getByLabel('Message', { exact: true }).fill('It left on Monday.');
      await agent.getByRole('button', { name: 'Send reply' }).first().click();
      await agent.locator('.flash').waitFor();
      mail = await mailTo(who.mail, before, new RegExp(number));
      const header = Object.fromEntries(mail.headers);
      assert.match(header['Reply-To'], new RegExp(`help\\+r\\d+\\.c\\d+\\.[a-z2-7]{26}@mokka\\.example`));
      assert.match(mail.envelope_from, /^help\+b\d+\.[a-z2-7]{26}@mokka\.example$/);
    });

    await step('the reply by mail appears on the board and in the panel', async () => {
      const told = await newestMail(ada.email);
      await answer(mailer, mail, 'Send reply', 'Thank you! Which carrier has it, please?');
      await comes(customer, board, 'Which carrier has it, please?');
      await comes(agent, ticket, 'Which carrier has it, please?');
      await hides(customer, 'not come yet.\n>');
      await mailTo(ada.email, told, new RegExp(`\\[#${number}\\]`));
    });

    await step('a page that shows everything asks for nothing', async () => {
      const asked = [];
      agent.on('request', (request) => asked.push(request.url()));
      await wait(1500);
      agent.removeAllListeners('request');
      assert.deepEqual(asked, []);
    });

    await step('an out-of-office answer is folded and moves nothing', async () => {
      const quiet = await newestMail(ada.email);
      await answer(mailer, mail, 'Out of office');
      await comes(agent, ticket, 'Automatic answer');
      assert.equal(await agent.locator('details', { hasText: 'Automatic answer' }).first().getAttribute('open'), null);
      await wait(2500);
      assert.equal(await newestMail(ada.email), quiet, 'somebody was told of a machine');
    });

    await step('a stranger who got the mail is seen by the team alone', async () => {
      await answer(mailer, mail, 'Send reply', 'I would like to know, too.', who.stranger);
      await comes(agent, ticket, 'I would like to know, too.');
      assert.match(await agent.locator('main').innerText(), /elsewhere\.example/);
      await comes(customer, board, 'Which carrier has it, please?');
      await hides(customer, 'I would like to know, too.');
    });

    await step('a bounce is told where one would write, and makes no ticket', async () => {
      await answer(mailer, mail, 'Bounce');
      await comes(agent, ticket, 'Not delivered');
      await agent.goto(`${panel}/inbox?view=all`);
      assert.ok(!(await agent.locator('main').innerText()).includes('Undelivered Mail'));
    });
  });
}

const robot = (subject) => letter({
  from: 'Robot <robot@machine.example>', subject, text: `${subject}, it says.`, head: { 'Auto-Submitted': 'auto-generated' },
});

/** A held letter of that subject, opened from the list. */
async function openHeld(agent, subject) {
  await post(robot(subject));
  await comes(agent, `${panel}/held`, subject);
  await agent.getByRole('link', { name: subject }).click();
  await agent.getByRole('heading', { name: subject }).waitFor();
}

for (const scripted of [true, false]) {
  const how = scripted ? 'with script' : 'without script';

  story(`a person decides about letters, people and mailboxes, ${how}`, async (step) => {
    const agent = await visitor({ javaScriptEnabled: scripted });
    const owner = await visitor({ javaScriptEnabled: scripted });
    await enterPanel(agent, ben);

    await step('what was held becomes a ticket', async () => {
      await openHeld(agent, `Robot one, ${how}`);
      await agent.getByRole('button', { name: 'Make a ticket of it' }).click();
      await agent.getByRole('link', { name: /Open ticket/ }).click({ timeout: 20000 });
      assert.match(await agent.locator('#talk').innerText(), /Robot one.*it says/);
    });

    await step('its original is there, with headers and source', async () => {
      await agent.getByRole('link', { name: 'Original' }).click();
      await agent.locator('#headers > summary').click();
      await agent.getByText('auto-generated', { exact: true }).waitFor();
      await agent.locator('#source > summary').click();
      await agent.locator('pre.source').waitFor();
      await agent.getByRole('link', { name: /^Ticket / }).click();
    });

    await step('somebody takes part, and no more', async () => {
      const people = agent.locator('#people');
      await people.getByLabel('Add an address').fill('dora@atelier.example');
      await people.getByRole('button', { name: 'Add', exact: true }).click();
      await people.getByRole('button', { name: 'Remove dora@atelier.example' }).click();
      await agent.locator('.flash').waitFor();
      assert.ok(!(await people.innerText()).includes('dora'));
    });

    await step('what was thrown away is held again', async () => {
      await openHeld(agent, `Robot two, ${how}`);
      await agent.getByRole('button', { name: 'Throw away' }).click();
      await agent.getByRole('button', { name: 'Undo: hold it again' }).click();
      await comes(agent, `${panel}/held`, `Robot two, ${how}`);
    });

    await step('a mailbox is added, tested and removed', async () => {
      await enterPanel(owner, ada);
      const id = await addMailbox(owner, `Box ${how}`, await emptyMailbox());
      assert.match(await owner.locator('#test').innerText(), /It works[^]*No letter is there yet/);
      await owner.goto(`${config}/mailboxes/${id}`);
      await owner.getByRole('button', { name: 'Remove this mailbox' }).click();
      await owner.locator('.flash').waitFor();
      await hides(owner, `Box ${how}`);
    });
  });
}

/** Tabs to what fits the selector. */
async function tabTo(page, selector) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`no way to ${selector} by Tab`);
}

test('the keyboard alone is enough for mail', async () => {
  const owner = await visitor();
  await enterPanel(owner, ada);
  await openHeld(owner, 'Robot for the keys');
  const held = owner.url();
  assert.ok((await walk(owner, 80)).some((s) => s.includes('value="drop"')));
  await owner.goto(held);
  await tabTo(owner, '[name=do][value=drop]');
  await owner.keyboard.press('Enter');
  await owner.locator('#done').waitFor();
  for (const address of [`${panel}/held`, `${config}/mail/loop`, `${config}/mailboxes/new`]) {
    await owner.goto(address);
    assert.ok((await walk(owner, 80)).length > 8);
  }
  await owner.goto(`${config}/mailboxes/new`);
  await tabTo(owner, '#name');
  await owner.keyboard.type('By the keyboard');
  await tabTo(owner, '[name=kind]');
  await owner.keyboard.press('ArrowDown');
  for (const [field, words] of [['host', 'pop.example.com'], ['port', '995'], ['user', 'help'], ['password', 'secret']]) {
    await tabTo(owner, `#${field}`);
    await owner.keyboard.press('Control+A');
    await owner.keyboard.type(words);
  }
  await tabTo(owner, '[name=afterwards]');
  await owner.keyboard.press('ArrowDown');
  await tabTo(owner, '#move_to');
  await owner.keyboard.press('Shift+Tab');
  await owner.keyboard.press('ArrowUp');
  assert.ok(await owner.locator('#move_to').isHidden());
  assert.ok(await owner.locator('#folder').isHidden());
  await tabTo(owner, '[name=do][value=save]');
  await owner.keyboard.press('Enter');
  await owner.locator('.flash').waitFor();
  sql("DELETE FROM as_mailbox WHERE name = 'By the keyboard'");
});

story('the owner tests the way back', async (step) => {
  const owner = await visitor();

  await step('and learns that all of it works', async () => {
    await enterPanel(owner, ada);
    await owner.goto(`${config}/mail/loop`);
    await owner.getByRole('button', { name: /send|test/i }).first().click();
    for (let tries = 0; tries < 80; tries++) {
      await owner.goto(`${config}/mail/loop`);
      if (/works|came back|arrived/i.test(await owner.locator('main').innerText())) break;
      await wait(250);
    }
    assert.match(await owner.locator('main').innerText(), /came back|works/i);
  });
});
