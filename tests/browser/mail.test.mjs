// Answers by mail: what goes out comes back into its request, machines move
// nothing, what cannot be delivered is told, and the owner's test of the way
// back finds out. Once with JavaScript and once without.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ada, ben, config, desk, enterDesk, enterPanel, mailTo, newestMail, panel, shop, story, visitor,
  withBrowser,
} from './demo.mjs';

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
