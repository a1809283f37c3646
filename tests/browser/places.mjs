// Every page there is, and how to get there; for axe.test.mjs and shots.mjs.
import {
  ada, ben, config, desk, enterDesk, enterPanel, note, panel, picture, shop, visitor,
} from './demo.mjs';
import { answer, ask, LONG, write } from './writing.mjs';

/** Those whose pages are looked at. They read English. */
export async function crowd(options = {}) {
  const people = {};
  const add = async (name, enter) => {
    people[name] = await visitor({ reducedMotion: 'reduce', ...options });
    await people[name].goto(`${desk}/choose?lang=en&back=${desk}/guest`);
    await enter(people[name]);
  };
  await add('nobody', async () => {});
  await add('zoe', (page) => enterDesk(page, 110));
  await add('nora', (page) => enterDesk(page, 111));
  await add('layla', (page) => enterDesk(page, 104));
  await add('anna', (page) => enterDesk(page, 101));
  await add('ben', (page) => enterPanel(page, ben));
  await add('ada', (page) => enterPanel(page, ada));
  for (const name of ['zoe', 'nora', 'layla', 'anna'])
    await people[name].goto(`${desk}/choose?lang=en&back=${desk}/requests`);
  return people;
}

/** Gives the desk something to show. The numbers of the tickets. */
export async function furnish({ zoe, layla, ben: agent }) {
  await zoe.goto(`${shop}/orders`);
  const key = (await zoe.locator('a.help').first().getAttribute('href')).split('/')[2];
  const lid = await ask(zoe, `${desk}/orders/${key}/new`, {
    subject: 'The lid of the grinder is cracked',
    message: 'Hello,\n\nthe grinder came today and its lid has a crack, see the picture.\n' +
      'Can you send me a new lid? I would like to keep the rest.\n\nBest wishes\nZoë',
    files: [picture('lid-crack.png', [168, 120, 84], 480, 320), note('Bought for my sister.')],
  });
  await answer(agent, lid, 'Hello Zoë,\n\nsorry about that! A new lid leaves our workshop today, ' +
    'free of charge. Please keep the old one until it arrives.\n\nBen');
  await write(zoe, `${desk}/board/ticket/${lid}`, {
    message: 'Thank you, that was quick. Is there a number to follow the parcel?',
  });
  await agent.goto(`${panel}/ticket/${lid}`);
  await agent.locator('input[name=kind][value=note]').locator('..').click();
  await agent.locator('textarea[name=message]').fill('Third cracked lid of this batch. Tell the workshop.');
  await agent.getByRole('button', { name: 'Add note' }).click();
  await agent.locator('.flash').waitFor();
  const long = await ask(zoe, `${desk}/new`, {
    subject: `${LONG} & <b>no bold</b>`,
    message: `${LONG}${LONG}\n\nhttps://example.org/${LONG}\n\n${'Many words in one line. '.repeat(60)}`,
    files: [picture(`${LONG}.png`, [40, 90, 160])],
  });
  const arabic = await ask(layla, `${desk}/new`, {
    subject: 'أين طلبي؟', message: 'مرحبا، لم يصل طلبي حتى الآن. رقم الطلب MM-10027 – شكرا!',
  });
  const closed = await ask(zoe, `${desk}/new`, {
    subject: 'Which flour for rye bread?', message: 'Type 997 or type 1150?',
  });
  await answer(agent, closed, 'Type 1150, and good luck with the bread!');
  await agent.locator('#set-status').selectOption({ label: 'Closed' });
  await agent.locator('.ticket-set button').click();
  await agent.locator('.flash').waitFor();
  return { key, lid, long, arabic, closed };
}

/** Pages whose look depends on nothing written yet: [name, who, address, act]. */
export const bare = () => [
  ['requests-empty', 'nora', `${desk}/requests`],
  ['orders-empty', 'nora', `${desk}/orders`],
  ['order-board-empty', 'zoe', `${desk}/board/order/10060`],
  ['inbox-empty', 'ada', `${panel}/inbox`],
  ['letters-empty', 'ada', `${panel}/letters`],
  ['held-empty', 'ada', `${panel}/held`],
  ['postings-empty', 'ada', `${panel}/postings`],
];

export const failures = () => [
  ['not-found', 'nobody', `${desk}/no-such-page`],
  ['board-not-found', 'zoe', `${desk}/board/ticket/424242`],
  ['panel-not-found', 'ada', `${panel}/ticket/424242`],
  ['sso-failed', 'nobody', `${desk}/sso?jwt=no.to.ken`],
  ['link-expired', 'nobody', `${desk}/link`],
  ['forbidden', 'ben', `${config}/staff`],
  ['password-gone', 'nobody', `${panel}/password/AAAAAAAAAAAAAAAAAAAAAA`],
];

const press = (name) => async (page) => {
  await page.getByRole('button', { name }).click();
  await page.waitForLoadState();
};

/** Pages of a desk where something was written. */
export const filled = ({ key, lid, long, arabic, closed }) => [
  ['orders', 'zoe', `${desk}/orders`],
  ['requests', 'zoe', `${desk}/requests`],
  ['requests-closed', 'zoe', `${desk}/requests?state=closed`],
  ['requests-none-found', 'zoe', `${desk}/requests?q=xyzzy`],
  ['request-new', 'zoe', `${desk}/orders/${key}/new`],
  ['request-new-bare', 'zoe', `${desk}/new`],
  ['request-new-error', 'zoe', `${desk}/orders/${key}/new`, press('Send message')],
  ['request-sent', 'zoe', `${desk}/sent/${lid}`],
  ['board', 'zoe', `${desk}/board/ticket/${lid}`],
  ['board-error', 'zoe', `${desk}/board/ticket/${lid}`, press('Send reply')],
  ['board-long', 'zoe', `${desk}/board/ticket/${long}`],
  ['board-closed', 'zoe', `${desk}/board/ticket/${closed}`],
  ['board-arabic', 'layla', `${desk}/board/ticket/${arabic}`],
  ['order-board', 'zoe', `${desk}/board/order/${key}`],
  ['guest', 'nobody', `${desk}/guest`],
  ['guest-error', 'nobody', `${desk}/guest`, press('Send message')],
  ['sign-in', 'nobody', `${panel}/sign-in`],
  ['forgot', 'nobody', `${panel}/forgot`],
  ['inbox', 'ada', `${panel}/inbox?view=all`],
  ['inbox-found', 'ada', `${panel}/inbox?q=cracked`],
  ['inbox-none-found', 'ada', `${panel}/inbox?q=xyzzy`],
  ['postings', 'ada', `${panel}/postings`],
  ['ticket', 'ada', `${panel}/ticket/${lid}`],
  ['ticket-error', 'ada', `${panel}/ticket/${lid}`, press('Send reply')],
  ['ticket-long', 'ada', `${panel}/ticket/${long}`],
  ['ticket-new', 'ada', `${panel}/new`],
  ['ticket-new-order', 'ada', `${panel}/new?order=${key}`],
  ['panel-order', 'ada', `${panel}/order/${key}`],
  ['panel-order-search', 'ada', `${panel}/order`],
  ['profile', 'ada', `${panel}/profile`],
  ['settings-general', 'ada', `${config}/general`],
  ['settings-helpdesk', 'ada', `${config}/helpdesk`],
  ['settings-type', 'ada', `${config}/type/1`],
  ['settings-type-new', 'ada', `${config}/type/new`],
  ['settings-type-error', 'ada', `${config}/type/new`, press('Save type')],
  ['settings-status', 'ada', `${config}/status/1`],
  ['settings-priority', 'ada', `${config}/priority/1`],
  ['settings-presets', 'ada', `${config}/presets`],
  ['settings-preset-look', 'ada', `${config}/presets`, async (page) => {
    await page.getByRole('button', { name: /^Look what changes/ }).first().click();
  }],
  ['settings-staff', 'ada', `${config}/staff`],
  ['settings-staff-new', 'ada', `${config}/staff/new`],
  ['settings-staff-one', 'ada', `${config}/staff/2`],
  ['settings-mail', 'ada', `${config}/mail`],
];

export async function visit(people, [name, who, address, act]) {
  const page = people[who];
  const answer = await page.goto(address);
  if (answer.status() >= 400 && !failures().some(([n]) => n === name))
    throw new Error(`${address} answers ${answer.status()}`);
  if (act) await act(page);
  return page;
}
