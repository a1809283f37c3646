// The whole story of the help desk, told by customer, agent and owner, with
// real mail going out; once with JavaScript and once without.
import assert from 'node:assert/strict';
import {
  ada, ben, config, desk, enterPanel, enterShop, linksIn, mailTo, newestMail, note, panel, picture,
  shop, story, visitor, withBrowser,
} from './demo.mjs';

withBrowser();

const shows = async (page, words) =>
  assert.ok((await page.locator('body').innerText()).includes(words),
    `${page.url()} does not show "${words}"`);
const hides = async (page, words) =>
  assert.ok(!(await page.content()).includes(words), `${page.url()} tells "${words}"`);
const heading = (page) => page.locator('h1').innerText();

/** Types are radios while there are few, a list when there are many. */
async function chooseType(page, name) {
  const list = page.locator('form[data-write] select[name=type]');
  if (await list.count()) await list.selectOption({ label: name });
  else await page.locator('form[data-write]').getByRole('radio', { name }).check();
}

/** With script a file goes up at once; without it "Add files" brings it. */
async function addFiles(page, files, scripted) {
  await page.locator('#file').setInputFiles(files);
  if (!scripted) await page.getByRole('button', { name: 'Add files' }).click();
  await page.locator('.upload--ok').nth(files.length - 1).waitFor();
}

async function save(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator('.flash').waitFor();
}

/** Everything PC-54 to PC-61 asks of a mail, in both of its parts. */
function tellsAll(mail, facts) {
  for (const [kind, body] of [['text', mail.text], ['HTML', mail.html]]) {
    for (const fact of facts) assert.ok(body.includes(fact), `no "${fact}" in the ${kind} part`);
    assert.match(body, /Opened[^]*\d{4}[^]*by/, `when and by whom opened, ${kind}`);
    assert.match(body, /Last updated[^]*\d{4}/, `last updated, ${kind}`);
    assert.match(body, /Status/, kind);
    assert.match(body, /Priority/, kind);
  }
}

const people = {
  true: { shopper: 102, mail: 'siobhan@example.com', name: "Siobhán O'Connor", other: 103 },
  false: { shopper: 107, mail: 'jose@example.com', name: 'Jose Garcia', other: 103 },
};

for (const scripted of [true, false]) {
  const how = scripted ? 'with script' : 'without script';
  const who = people[scripted];
  const subject = `The lid is cracked, ${how} <& "so">`;
  const one = () => visitor({ javaScriptEnabled: scripted });

  story(`customer and store write to each other, ${how}`, async (step) => {
    const customer = await one();
    const agent = await one();
    const stranger = await one();
    let order, number, board, link, picturesAddress;

    await step('a customer comes from the order history', async () => {
      await enterShop(customer, who.shopper);
      order = await customer.locator('.order b').first().innerText();
      await customer.getByRole('link', { name: 'Get help with this order' }).first().click();
      assert.match(customer.url(), /\/help\/orders\/\d+\/new$/);
      await shows(customer, `Order ${order}`);
      assert.equal(await customer.locator('input[name=line]').count() > 0, true, 'no order lines');
    });

    const before = await newestMail(ada.email);
    await step('and sends a request with two files', async () => {
      await chooseType(customer, 'Problem');
      await customer.locator('input[name=line]').first().check();
      await customer.getByLabel('Subject').fill(subject);
      await customer.getByLabel('Message', { exact: true })
        .fill('Hello,\n\nit broke <b>yesterday</b> & I am sad.');
      await addFiles(customer, [picture('lid crack.png'), note('bought in May')], scripted);
      assert.equal(await customer.getByLabel('Subject').inputValue(), subject);
      await customer.getByRole('button', { name: 'Send message' }).click();
      await customer.waitForURL(/\/sent\//);
      assert.equal(await heading(customer), 'We have your message');
      number = customer.url().split('/').pop();
      await shows(customer, 'lid crack.png');
      await customer.getByRole('link', { name: 'See your request' }).click();
      board = customer.url();
      await shows(customer, 'it broke <b>yesterday</b> & I am sad.');
      picturesAddress = await customer.locator('.msg a[href*="/file/"]').first().getAttribute('href');
    });

    await step('the store gets a mail with everything in it', async () => {
      const mail = await mailTo(ada.email, before, new RegExp(number));
      tellsAll(mail, [who.name.replace("'", mail.html.includes("'") ? "'" : '&#39;').split(/['&]/)[0],
        number, order, 'Open', 'Normal', 'order note.txt']);
      assert.ok(linksIn(mail).some((l) => l.startsWith(`${panel}/ticket/${number}`)), 'no link to the panel');
      assert.ok(linksIn(mail).some((l) => l.startsWith(`${shop}/orders/`)), 'no link to the order');
      for (const address of linksIn(mail)) assert.ok(address.startsWith(shop), address);
    });

    await step('an agent finds it in the inbox and in View All Postings', async () => {
      await enterPanel(agent, ben);
      // Those that wait longest come first; what came now may be pages away.
      await agent.getByRole('columnheader', { name: 'Waiting' }).getByRole('link').click();
      await shows(agent, subject);
      await agent.getByTitle('Orders > Help Desk: View All Postings').click();
      await shows(agent, subject);
      await agent.getByRole('link', { name: subject }).first().click();
      assert.match(agent.url(), new RegExp(`/panel/ticket/${number}`));
      await shows(agent, 'it broke <b>yesterday</b> & I am sad.');
      await shows(agent, order);
      assert.equal(await agent.locator('.msg img').count() > 0, true, 'no picture shown');
    });

    const toCustomer = await newestMail(who.mail);
    await step('answers, and sets the status with it', async () => {
      await agent.getByLabel('Message', { exact: true }).fill('We send you a new lid today.');
      await agent.getByText('Send and set the status', { exact: true }).locator('..').click();
      await agent.locator('button[name=then]', { hasText: 'Pending' }).click();
      await agent.locator('.flash').waitFor();
      await shows(agent, 'We send you a new lid today.');
      assert.match(await agent.locator('.ticket-head').innerText(), /Pending/);
    });

    await step('and adds a note with a file, which only the team sees', async () => {
      await agent.locator('input[name=kind][value=note]').locator('..').click();
      await agent.getByLabel('Message', { exact: true }).fill('Third cracked lid this week.');
      await addFiles(agent, [note('secret of the team')], scripted);
      await agent.getByRole('button', { name: 'Add note' }).click();
      await agent.locator('.flash').waitFor();
      await shows(agent, 'Third cracked lid this week.');
      await shows(agent, 'Internal note');
    });

    await step('the customer gets a mail with everything in it', async () => {
      const mail = await mailTo(who.mail, toCustomer, new RegExp(number));
      tellsAll(mail, [number, order, 'We send you a new lid today.', 'Normal']);
      assert.ok(!mail.source.includes('Third cracked'), 'the note is in the mail');
      link = linksIn(mail).find((l) => l.startsWith(`${desk}/board/`));
      assert.ok(link, 'no link to the board');
    });

    await step('its link opens the board although the session is gone', async () => {
      await customer.context().clearCookies({ name: '__Host-aftersale' });
      await customer.goto(link);
      assert.ok(customer.url().startsWith(board), customer.url());
      await customer.context().clearCookies();
      await customer.goto(link);
      assert.ok(customer.url().startsWith(`${shop}/help-login`), customer.url());
      await customer.locator(`button[name=shopper][value="${who.shopper}"]`).click();
      await customer.waitForURL((u) => u.href.startsWith(board));
      await shows(customer, 'We send you a new lid today.');
      await hides(customer, 'Third cracked lid');
      assert.equal(await customer.locator('[name=status], [name=then]').count(), 0);
    });

    await step('the owner closes it, the customer writes again, it opens', async () => {
      await agent.reload();
      await agent.locator('#set-status').selectOption({ label: 'Closed' });
      await agent.locator('.ticket-set').getByRole('button', { name: 'Update' }).click();
      await agent.locator('.flash').waitFor();
      assert.equal(await agent.locator('#set-status option:checked').innerText(), 'Closed');
      const told = await newestMail(ada.email);
      await customer.goto(board);
      await customer.getByLabel('Message', { exact: true }).fill('The new one is cracked, too!');
      await customer.locator('[data-send]').click();
      await customer.locator('.flash').waitFor();
      await agent.reload();
      assert.equal(await agent.locator('#set-status option:checked').innerText(), 'Open');
      await shows(agent, 'The new one is cracked, too!');
      tellsAll(await mailTo(ada.email, told, new RegExp(number)),
        ['The new one is cracked, too!', number, order]);
    });

    await step('everything about the order stands on one page', async () => {
      await customer.getByRole('link', { name: `Order ${order}` }).first().click();
      await shows(customer, subject);
      await shows(customer, 'We send you a new lid today.');
      await hides(customer, 'Third cracked lid');
      assert.ok(await customer.getByRole('link', { name: 'Add New Message' }).isVisible());
      assert.ok(await customer.getByRole('link', { name: 'Write a Message' }).isVisible());
      await customer.goto(`${desk}/orders`);
      await customer.getByRole('link', { name: subject }).click();
      assert.ok(customer.url().startsWith(board));
    });

    await step('another customer finds nothing of it', async () => {
      await enterShop(stranger, who.other);
      await stranger.goto(`${shop}/help-me`);
      const missing = await stranger.goto(`${desk}/board/ticket/999999`);
      const words = (body) => body.replace(/\b999999\b|\bx?\d{3,}\b/g, '').replace(/value="[^"]*"/g, '');
      const nothing = words(await missing.text());
      for (const address of [board, picturesAddress, `${desk}/sent/${number}`]) {
        const answer = await stranger.goto(new URL(address, desk).href);
        assert.equal(answer.status(), 404, address);
        assert.ok(!(await answer.text()).includes('lid'), address);
      }
      const answer = await stranger.goto(board);
      assert.equal(words(await answer.text()).length > 100, nothing.length > 100);
      assert.equal(await stranger.title(), await (await stranger.goto(`${desk}/board/ticket/999999`),
        stranger.title()));
    });

    await step('both sign out, and are out', async () => {
      await customer.goto(board);
      await customer.getByRole('button', { name: 'Sign out' }).click();
      await customer.context().clearCookies({ name: 'mokka' });
      await customer.goto(board);
      await hides(customer, 'We send you a new lid today.');
      await agent.goto(`${panel}/profile`);
      await agent.getByRole('button', { name: 'Sign out' }).click();
      await agent.goto(`${panel}/ticket/${number}`);
      assert.match(agent.url(), /\/panel\/sign-in/);
    });
  });

  story(`a guest writes, ${how}`, async (step) => {
    const guest = await one();
    const mailbox = `guest.${scripted ? 'one' : 'two'}@example.org`;
    await step('the message waits until the address is proven', async () => {
      await guest.goto(`${desk}/guest`);
      await guest.getByLabel('E-mail address').fill(mailbox);
      await guest.getByLabel('Your name').fill('Günter Gast');
      await guest.getByLabel('Order number').fill('MM-20001');
      await chooseType(guest, 'Question');
      await guest.getByLabel('Subject').fill(`Where is it, ${how}?`);
      await guest.getByLabel('Message', { exact: true }).fill('My parcel is late.');
      await guest.getByRole('button', { name: 'Send message' }).click();
      await guest.waitForURL(/\/guest\/sent/);
      await shows(guest, 'One step is left');
    });
    await step('the link in the mail sends it and opens the board', async () => {
      const confirm = await mailTo(mailbox);
      await guest.context().clearCookies();
      await guest.goto(linksIn(confirm).find((l) => l.startsWith(`${desk}/c/`)));
      await shows(guest, 'My parcel is late.');
      await guest.getByRole('button', { name: 'Send message' }).click();
      await guest.waitForURL(/\/board\/ticket\//);
      await shows(guest, 'My parcel is late.');
    });
    await step('the answer comes by mail, its link opens this ticket alone', async () => {
      const agent = await one();
      const number = guest.url().match(/ticket\/(\w+)/)[1];
      const before = await newestMail(mailbox);
      await enterPanel(agent, ben);
      await agent.goto(`${panel}/ticket/${number}`);
      await agent.getByLabel('Message', { exact: true }).fill('It arrives tomorrow.');
      await agent.locator('[data-send]').click();
      await agent.locator('.flash').waitFor();
      const answer = await mailTo(mailbox, before, new RegExp(number));
      const opens = linksIn(answer).find((l) => l.startsWith(`${desk}/t/`));
      assert.ok(opens, 'no link for a guest');
      await guest.context().clearCookies();
      await guest.goto(opens);
      await shows(guest, 'It arrives tomorrow.');
      const other = await guest.goto(`${desk}/board/ticket/${number - 1}`);
      assert.equal(other.status(), 404);
    });
  });

  story(`the owner decides what there is, ${how}`, async (step) => {
    const owner = await one();
    const customer = await one();
    const mark = scripted ? 'A' : 'B';
    await step('a new type stands in both forms at once', async () => {
      await enterPanel(owner, ada);
      await enterShop(customer, 102);
      await customer.goto(`${shop}/help-me`);
      await owner.goto(`${config}/helpdesk`);
      await owner.locator('#type a[href$="/type/new"]').click();
      await owner.getByLabel('Name', { exact: true }).fill(`Warranty ${mark}`);
      await save(owner, 'Save type');
      await customer.goto(`${desk}/new`);
      await shows(customer, `Warranty ${mark}`);
      await owner.goto(`${panel}/new`);
      await shows(owner, `Warranty ${mark}`);
    });
    await step('a new status can be given', async () => {
      await owner.goto(`${config}/status/new`);
      await owner.getByLabel('Name', { exact: true }).fill(`At the workshop ${mark}`);
      await owner.getByLabel('What customers see', { exact: true }).fill('We repair it');
      await save(owner, 'Save status');
      await owner.goto(`${panel}/inbox?view=all`);
      await owner.getByRole('link', { name: 'The lid is cracked' }).first().click();
      await owner.locator('#set-status').selectOption({ label: `At the workshop ${mark}` });
      await owner.locator('.ticket-set').getByRole('button', { name: 'Update' }).click();
      await owner.locator('.flash').waitFor();
    });
    await step('a new priority has an uploaded image', async () => {
      await owner.goto(`${config}/priority/new`);
      await owner.getByLabel('Name', { exact: true }).fill(`Birthday ${mark}`);
      await owner.locator('#upload').setInputFiles(picture('cake.png', [220, 40, 120], 20, 20));
      await owner.getByLabel('Customers may choose it').setChecked(true);
      await save(owner, 'Save priority');
      await owner.goto(`${config}/helpdesk`);
      const image = owner.locator('#priority tr', { hasText: `Birthday ${mark}` }).locator('img').first();
      const answer = await owner.request.get(new URL(await image.getAttribute('src'), owner.url()).href);
      assert.equal(answer.status(), 200);
      assert.match(answer.headers()['content-type'], /^image\/png/);
      await customer.goto(`${desk}/new`);
      await shows(customer, `Birthday ${mark}`);
    });
    await step('images instead of words for types, and back', async () => {
      const images = () => owner.locator('tbody img[alt]:not([alt=""])').count();
      await owner.goto(`${panel}/postings`);
      const without = await images();
      assert.ok(without > 0, 'priorities are shown as images from the start');
      for (const [on, more] of [[true, true], [false, false]]) {
        await owner.goto(`${config}/helpdesk`);
        await owner.locator('#type_images').setChecked(on);
        await owner.locator('#type').getByRole('button', { name: 'Save changes' }).click();
        await owner.locator('.flash').waitFor();
        await owner.goto(`${panel}/postings`);
        assert.equal(await images() > without, more);
      }
    });
    await step('another order of the types is the order of the form', async () => {
      const names = async () => {
        await customer.goto(`${desk}/new`);
        return (await customer.locator('select[name=type] option, #type .choice').allInnerTexts())
          .map((n) => n.trim());
      };
      const was = await names();
      await owner.goto(`${config}/helpdesk`);
      await owner.locator('#type tbody tr').nth(1).locator('button[name=up]').click();
      await owner.locator('.flash').waitFor();
      const is = await names();
      assert.deepEqual(is.slice(0, 2), [was[1], was[0]]);
      await owner.locator('#type tbody tr').nth(1).locator('button[name=up]').click();
      await owner.locator('.flash').waitFor();
      assert.deepEqual(await names(), was);
    });
    await step('the form of dates leads to the same list', async () => {
      await owner.goto(`${config}/helpdesk`);
      const today = new Date().toISOString().slice(0, 10);
      const yesterday = new Date(Date.now() - 864e5).toISOString().slice(0, 10);
      await owner.getByLabel('From').fill(yesterday);
      await owner.getByLabel('To', { exact: true }).fill(today);
      await owner.getByLabel('Posts per page').fill('5');
      await owner.getByRole('button', { name: 'Update' }).click();
      await owner.waitForURL(/\/panel\/postings\?/);
      assert.equal(await owner.locator('tbody tr').count(), 5);
      await owner.getByLabel('From').fill('2001-01-01');
      await owner.getByLabel('To', { exact: true }).fill('2001-01-31');
      await owner.getByRole('button', { name: 'Update' }).click();
      await shows(owner, 'No messages in these days');
    });
    await step('another preset, and back', async () => {
      const first = await statuses(owner);
      await owner.goto(`${config}/presets`);
      await owner.getByRole('button', { name: /^Look what changes/ }).first().click();
      await save(owner, 'Change the preset');
      assert.notDeepEqual(await statuses(owner), first);
      await owner.goto(`${config}/presets`);
      await owner.getByRole('button', { name: /^Go back to/ }).click();
      await save(owner, 'Change the preset');
      assert.deepEqual(await statuses(owner), first);
    });
    await step('a colleague is invited, chooses a password and signs in', async () => {
      const email = `carla.${mark.toLowerCase()}@mokka.example`;
      const password = 'a few good words';
      const colleague = await one();
      await owner.goto(`${config}/staff/new`);
      await owner.getByLabel('Name', { exact: true }).fill('Carla Neu');
      await owner.getByLabel('E-mail address').fill(email);
      await owner.locator('[name=role]').first().locator('..').click();
      await owner.getByRole('button', { name: 'Add and invite by mail' }).click();
      await owner.locator('.flash').waitFor();
      const mail = await mailTo(email);
      await colleague.goto(linksIn(mail).find((l) => l.startsWith(`${panel}/password/`)));
      await colleague.getByLabel('New password', { exact: true }).fill(password);
      await colleague.getByLabel('New password again').fill(password);
      await colleague.locator('main form button').last().click();
      await colleague.waitForURL(/\/panel\/(sign-in|inbox)/);
      await colleague.context().clearCookies();
      await enterPanel(colleague, { email, password });
      assert.match(await colleague.locator('.spine').innerText(), /Carla/);
    });
  });
}

/** The statuses that can be given to a ticket now. */
async function statuses(owner) {
  await owner.goto(`${config}/helpdesk`);
  return (await owner.locator('#status tbody th').allInnerTexts())
    .filter((name) => !name.includes('Archived')).map((name) => name.split('\n')[0].trim());
}
