// The pages of mail: a desk that got letters of every kind, and where each is
// seen. A part of places.mjs, and furnished after it.
import {
  config, desk, mailTo, newestMail, panel, picture, shop, sql,
} from './demo.mjs';
import { comesBack, emptyMailbox, letter, post, sorted, until } from './post.mjs';
import { answer, ask, LONG } from './writing.mjs';

const ANNA = 'Anna Schmidt <anna.schmidt@example.com>';
const ATELIER = 'Maria Lindqvist <maria@atelier-schmidt.example>';
const FAR = 'https://pictures.example/logo.png';

const cameToday = `<p>Hello Ben,</p><p>thank you. This is what it looks like, and the invoice is attached:</p>
<p><img src="cid:cup@post.example" alt="The cup with the crack" width="320"></p>
<p>Two more things:</p><ul><li>Is the <b>blue one</b> still to be had?</li>
<li>Can it go to <a href="https://atelier.example/">the atelier</a>?</li></ul>
<p>Best wishes<br>Anna</p><p><img src="${FAR}" alt="Atelier Schmidt" width="120" height="40"></p>
<div class="gmail_quote"><div class="gmail_attr">On Monday Ben Sørensen wrote:</div>
<blockquote class="gmail_quote"><p>Can you send us a picture of it?</p></blockquote></div>`;

const inPlainWords = `The post office says it left Berlin on Tuesday.

On Mon, Ben Sørensen wrote:
> Can you send us a picture of it?
>
> Ben

--${' '}
Anna Schmidt
Atelier Schmidt, Berlin`;

/** Somebody's own letter first, then what machines and strangers make of the answer. */
async function lettersOf(ticket, mail) {
  const cup = picture('cup.png', [64, 110, 160], 640, 360).buffer;
  await post(
    letter({ from: ANNA, to: mail, html: cameToday, inline: [{ type: 'image/png', body: cup, id: 'cup@post.example' }],
      files: [{ type: 'application/pdf', name: 'Rechnung Nr. 2026-0815.pdf', body: '%PDF-1.4\n%%EOF\n' },
        { type: 'image/png', name: `${LONG}.png`, body: picture('a.png', [150, 60, 50]).buffer }] }),
    letter({ from: ANNA, to: mail, text: inPlainWords }),
    letter({ from: ANNA, to: mail, subject: 'Automatic reply: I am away', text: 'I am in the mountains until Monday.',
      head: { 'Auto-Submitted': 'auto-replied' } }),
    letter({ from: ATELIER, to: mail, text: 'It is for me: please send it to Kastanienallee 12.' }),
    letter({ from: 'Ben Sørensen <ben.sorensen@free-mail.example>', to: mail,
      head: { 'Reply-To': 'parcels@elsewhere.example' },
      text: 'Please change the address of this order to the one below and tell me its number.' }),
    letter({ from: `Nosy <nosy@${LONG.slice(0, 50).toLowerCase().replace('ä', 'a')}.example>`, to: 'help@mokka.example',
      subject: `Again [#${ticket}] ${LONG}`, text: 'I read of it elsewhere. Is it dear?' }),
  );
}

/** Whoever takes part: one accepted, one whose mail comes back. */
async function letTakePart(agent, ticket) {
  const note = agent.locator('.msg', { hasText: 'Kastanienallee' });
  await agent.goto(`${panel}/ticket/${ticket}`);
  await note.getByRole('button', { name: 'let them take part' }).click();
  await agent.locator('#add').fill('accounting-of-the-atelier@a-very-long-name-of-a-host-that-is-gone.example');
  await agent.locator('#people').getByRole('button', { name: 'Add' }).click();
  await agent.locator('.flash').waitFor();
}

async function bounceAnswers(agent, ticket) {
  const before = await newestMail('anna.schmidt@example.com');
  await answer(agent, ticket, 'Hello Anna, hello Maria,\n\nthe blue cup leaves tomorrow, to Kastanienallee 12.\n\nBen');
  const gone = 'accounting-of-the-atelier@a-very-long-name-of-a-host-that-is-gone.example';
  await comesBack(await mailTo('anna.schmidt@example.com', before), 'host');
  await comesBack(await mailTo(gone), 'host');
  await until(`SELECT COUNT(*) FROM as_delivery JOIN as_ticket ON as_ticket.id = ticket_id
    WHERE kind = 'failed' AND number = '${ticket}'`, '2');
  await post(letter({ from: ANNA, to: await mailTo('anna.schmidt@example.com', before), text: 'Thank you!' }));
}

const held = () => [
  letter({ from: 'Roastery News <news@list.example>', subject: 'Seven beans you will love this November',
    html: `<h1>Seven beans</h1><p>Only this week. <img src="${FAR}" alt="Beans"></p>`,
    files: [{ type: 'application/pdf', name: 'beans.pdf', body: '%PDF-1.4\n%%EOF\n' }],
    head: { 'List-Id': 'News <news.list.example>', Precedence: 'bulk', 'Auto-Submitted': 'auto-generated',
      Cc: Array.from({ length: 9 }, (_, n) => `reader-${n}@list.example`).join(', ') } }),
  letter({ from: 'Mokka & Mehl <help@mokka.example>', subject: 'Your account is locked', text: 'Sign in here.' }),
  letter({ from: 'Ada Okonkwo <admin@mokka.example>', subject: 'Change my password', text: 'Please, today.' }),
  letter({ from: '', subject: `${LONG} ${LONG} <b>no bold</b> and more that does not end`, text: `${LONG}${LONG}` }),
  letter({ from: 'MAILER-DAEMON@far.example', subject: 'Undelivered Mail Returned to Sender',
    text: 'Your message could not be delivered to nobody@far.example.', head: { 'Auto-Submitted': 'auto-replied' } }),
  letter({ from: 'Weekly report <report@machine.example>', subject: 'Report of week 47', text: 'All is well.',
    head: { 'Auto-Submitted': 'auto-generated' } }),
  letter({ from: 'Lotte <lotte@example.org>', subject: '', text: 'Do you sell tea, too?',
    head: { 'Auto-Submitted': 'auto-generated' } }),
];

const idOf = (what) => sql(`SELECT id FROM as_mail WHERE ${what} ORDER BY id LIMIT 1`);

async function decide(agent) {
  const url = (id) => `${panel}/held/${id}`;
  const report = idOf("subject = 'Report of week 47'");
  const lotte = idOf("from_address = 'lotte@example.org'");
  await agent.goto(url(report));
  await agent.getByRole('button', { name: 'Hold all mail of this address' }).click();
  await agent.getByRole('button', { name: 'Throw away' }).click();
  await agent.goto(url(lotte));
  await agent.getByRole('button', { name: 'Make a ticket of it' }).click();
  await until(`SELECT state FROM as_mail WHERE id = ${lotte}`, 'done');
  return { dropped: url(report), made: url(lotte) };
}

/** Its id; unless it is `off` it was tested. */
export async function addMailbox(owner, name, port, { host = 'localhost', off = false, kind = 'pop3' } = {}) {
  await owner.goto(`${config}/mailboxes/new`);
  for (const [field, value] of Object.entries({ name, host, port: String(port), user: 'help@mokka.example', password: 'secret' }))
    await owner.locator(`#${field}`).fill(value);
  await owner.locator(`input[name=kind][value=${kind}]`).check();
  await owner.locator('#tls').selectOption(host === 'localhost' ? 'none' : 'tls');
  if (off) await owner.locator('#active').uncheck();
  await owner.getByRole('button', { name: off ? 'Save' : 'Save and test', exact: true }).click();
  await owner.waitForLoadState();
  if (off) return sql('SELECT MAX(id) FROM as_mailbox');
  const id = owner.url().split('/').at(-2);
  await owner.locator('#test h2').waitFor();
  return id;
}

/** Gives the desk letters of every kind, after furnish() of places.mjs. */
export async function furnishMail({ anna, ben: agent, ada: owner }) {
  await anna.goto(`${shop}/orders`);
  const key = (await anna.locator('a.help').first().getAttribute('href')).split('/')[2];
  const ticket = await ask(anna, `${desk}/orders/${key}/new`, {
    subject: 'One cup of the set came broken', message: 'Hello,\n\none of the four cups has a crack.\n\nAnna',
  });
  const before = await newestMail('anna.schmidt@example.com');
  const letters = Number(sql('SELECT COUNT(*) FROM as_mail'));
  await answer(agent, ticket, 'Hello Anna,\n\nsorry for that! Can you send us a picture of it?\n\nBen');
  await lettersOf(ticket, await mailTo('anna.schmidt@example.com', before, /broken/));
  await sorted(letters + 6);
  await letTakePart(agent, ticket);
  await bounceAnswers(agent, ticket);
  await post(...held());
  await sorted(letters + 16);
  sql(`UPDATE as_outbox SET state = 'failed', attempts = 9, last_code = 550, last_error =
    '550 5.7.1 <${LONG.toLowerCase()}@example.com>: Recipient address rejected: Access denied'
    WHERE to_address = 'anna.schmidt@example.com' ORDER BY id DESC LIMIT 2`);
  const box = await addMailbox(owner, 'Answers', await emptyMailbox());
  const lost = await addMailbox(owner, 'The old address', 1);
  await addMailbox(owner, `A mailbox with a long name ${LONG}`.slice(0, 80), 993, { host: 'imap.example.com', off: true, kind: 'imap' });
  return { ticket, box, lost, ...await decide(agent), related: sql("SELECT MAX(number) FROM as_ticket WHERE subject LIKE 'Again%'") };
}

const loop = (what) => async (page) => {
  sql(`UPDATE as_mail_loop SET started_at = NOW(6), plain_at = NOW(6), plus_at = NOW(6), path_kept = 1,
    authserv = 'mx.mokka.example', spf = 'pass', dkim = 'fail', dmarc = 'none';
    UPDATE as_mail_loop SET ${what}`);
  await page.goto(`${config}/mail/loop`);
};
const press = (name) => async (page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForLoadState();
};
const unfold = (page) => page.evaluate(() => {
  for (const folded of document.querySelectorAll('details:not(.menu)')) folded.open = true;
});

/** What is seen before any letter came. */
export const unmailed = () => [
  ['mailboxes-empty', 'ada', `${config}/mailboxes`],
  ['mail-loop-before', 'ada', `${config}/mail/loop`],
  ['sink-empty', 'nobody', `${shop}/mail/?to=nobody@example.com`],
];

const firstMailed = () => sql('SELECT MIN(message_id) FROM as_mail WHERE message_id > 0');

/** Pages of a desk that got letters. In its frame a letter runs no script, not
 * even that of a test: it is looked at outside. [name, who, address, act]. */
export const mailed = ({ ticket, related, box, lost, dropped, made }) => [
  ['ticket-mailed', 'ben', `${panel}/ticket/${ticket}`],
  ['ticket-mailed-open', 'ben', `${panel}/ticket/${ticket}`, unfold],
  ['ticket-mailed-error', 'ben', `${panel}/ticket/${ticket}`, async (page) => {
    await page.locator('#add').fill('nobody');
    await page.locator('#people').getByRole('button', { name: 'Add' }).evaluate((button) => {
      button.form.noValidate = true;
      button.click();
    });
    await page.locator('.error').waitFor();
  }],
  ['ticket-maybe', 'ben', `${panel}/ticket/${related}`],
  ['original', 'ben', `${panel}/original/${firstMailed()}`, unfold],
  ['letter-frame', 'ben', `${panel}/inbox`, async (page) => {
    const url = `${panel}/message/${firstMailed()}/html`;
    const letter = await page.evaluate(async (address) => (await fetch(address)).text(), url);
    await page.goto('about:blank');
    await page.setContent(letter.replace('<div dir="auto">', '<main dir="auto"><h1>Mail</h1>').replace(/<.div>(?=<.body>)/, '</main>'));
    await page.addStyleTag({ content: 'html { background: Canvas; }' });
  }],
  ['inbox-mailed', 'ben', `${panel}/inbox?view=all`],
  ['letters-failed', 'ada', `${panel}/letters`],
  ['held', 'ben', `${panel}/held`],
  ['held-letter', 'ben', `${panel}/held/${idOf("from_address = 'news@list.example'")}`],
  ['held-letter-open', 'ben', `${panel}/held/${idOf("from_address = 'news@list.example'")}`, unfold],
  ['held-letter-long', 'ben', `${panel}/held/${idOf("subject LIKE 'Donau%'")}`, unfold],
  ['held-letter-error', 'ben', `${panel}/held/${idOf("subject = 'Your account is locked'")}`, press('Add to it')],
  ['held-letter-dropped', 'ben', dropped],
  ['held-letter-made', 'ben', made],
  ['board-mailed', 'anna', `${desk}/board/ticket/${ticket}`],
  ['board-mailed-open', 'anna', `${desk}/board/ticket/${ticket}`, unfold],
  ['requests-unreachable', 'anna', `${desk}/requests`],
  ['settings-mail-full', 'ada', `${config}/mail`],
  ['mailboxes', 'ada', `${config}/mailboxes`],
  ['mailbox-new', 'ada', `${config}/mailboxes/new`],
  ['mailbox-error', 'ada', `${config}/mailboxes/new`, press('Save and test')],
  ['mailbox', 'ada', `${config}/mailboxes/${box}`],
  ['mailbox-lost', 'ada', `${config}/mailboxes/${lost}`],
  ['mailbox-good', 'ada', `${config}/mailboxes/${box}/test`],
  ['mailbox-bad', 'ada', `${config}/mailboxes/${lost}/test`],
  ['mail-loop-waiting', 'ada', `${config}/mail/loop`, async (page) => {
    await press(/^Send/)(page);
    await loop('plain_at = NULL, plus_at = NULL')(page);
  }],
  ['mail-loop-back', 'ada', `${config}/mail/loop`, loop('path_kept = 1')],
  ['mail-loop-plain', 'ada', `${config}/mail/loop`, loop('plus_at = NULL, started_at = NOW(6) - INTERVAL 301 SECOND')],
  ['mail-loop-lost', 'ada', `${config}/mail/loop`,
    loop('plain_at = NULL, plus_at = NULL, started_at = NOW(6) - INTERVAL 301 SECOND')],
  ['sink', 'nobody', `${shop}/mail/`],
  ['sink-mail', 'nobody', `${shop}/mail/`, async (page) => {
    await page.locator('ol.list a').first().click();
    await page.waitForLoadState();
    await unfold(page);
  }],
];
