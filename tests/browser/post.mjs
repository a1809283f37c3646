// Letters for the help desk: made here, handed to the demo's mail host, which
// pipes them on; and a mail host to fetch from that has nothing.
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { dir, shop, sql } from './demo.mjs';

const CRLF = '\r\n';
const ids = (function* count() { for (let n = 1; ; n++) yield `<letter-${n}@post.example>`; }());
const word = (text) => (/^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);
const lines = (bytes) => Buffer.from(bytes).toString('base64').replace(/.{76}/g, `$&${CRLF}`);

function part({ type, body, name, id }) {
  const kept = name ? [`Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`] : [];
  return [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...kept,
    ...id ? [`Content-ID: <${id}>`, 'Content-Disposition: inline'] : [], '', lines(body)].join(CRLF);
}

function several(kind, parts) {
  const edge = `edge-${kind}-${parts.length}`;
  return [`Content-Type: multipart/${kind}; boundary="${edge}"`, '',
    ...parts.map((p) => `--${edge}${CRLF}${p}`), `--${edge}--`, ''].join(CRLF);
}

/** A letter as a mail program writes it. `to` a mail answers that mail. */
export function letter({ from, to = 'help@mokka.example', subject, text, html, files = [], inline = [], head = {} }) {
  const field = to.headers ? Object.fromEntries(to.headers) : {};
  const names = {
    ...from && { From: from.replace(/^([^<]+)(?= <)/, (name) => word(name)) },
    To: field['Reply-To'] ?? to, Subject: word(subject ?? `Re: ${field.Subject}`),
    Date: new Date().toUTCString().replace('GMT', '+0000'), 'Message-ID': ids.next().value,
    ...to.headers && { 'In-Reply-To': field['Message-ID'], References: field['Message-ID'] },
    'MIME-Version': '1.0', ...head,
  };
  let body = part({ type: 'text/plain; charset=utf-8', body: text ?? '' });
  if (html) body = part({ type: 'text/html; charset=utf-8', body: html });
  if (inline.length) body = several('related', [body, ...inline.map(part)]);
  if (files.length) body = several('mixed', [body, ...files.map(part)]);
  return Object.entries(names).map(([n, v]) => `${n}: ${v}${CRLF}`).join('') + body;
}

const addressIn = (field) => /[^\s<>",]+@[^\s<>",]+/.exec(field ?? '')?.[0] ?? '';

/** By SMTP to the demo's mail host, in this order. */
export async function post(...letters) {
  const socket = connect(Number(readFileSync(`${dir}/run/sink.port`, 'utf8')), '127.0.0.1');
  const said = socket.setEncoding('utf8')[Symbol.asyncIterator]();
  const say = async (words, want) => {
    if (words) socket.write(words + CRLF);
    const { value } = await said.next();
    if (!value?.startsWith(want)) throw new Error(`${words?.slice(0, 60)}: ${value}`);
  };
  await say('', '220');
  for (const raw of letters) {
    const field = (name) => addressIn(new RegExp(`^${name}: (.*)$`, 'm').exec(raw)?.[1]);
    await say(`MAIL FROM:<${field('From')}>`, '250');
    await say(`RCPT TO:<${field('To')}>`, '250');
    await say('DATA', '354');
    await say(`${raw.replace(/^\./gm, '..')}${CRLF}.`, '250');
  }
  socket.end('QUIT\r\n');
}

/** Something comes back to a mail: what its page in the sink offers. */
export async function comesBack(mail, way) {
  await fetch(`${shop}/mail/${mail.id}/reply`, { method: 'POST', body: new URLSearchParams({ way }) });
}

/** Until the database says so. */
export async function until(query, answer) {
  for (let tries = 0; tries < 160; tries++) {
    if (sql(query) === answer) return;
    await wait(250);
  }
  throw new Error(`${query} is not ${answer} within 40 s, but ${sql(query)}`);
}

/** So many letters were decided since the beginning. */
export const sorted = (n) =>
  until("SELECT COUNT(*) FROM as_mail WHERE state <> 'new'", String(n));

/** A POP3 host with an empty mailbox, on loopback; its port. It holds nobody up who ends. */
export function emptyMailbox() {
  const server = createServer((socket) => {
    socket.unref();
    socket.on('error', () => {});
    socket.write('+OK ready\r\n');
    socket.setEncoding('utf8').on('data', (words) => {
      const verb = words.trim().split(' ')[0].toUpperCase();
      const lists = { CAPA: 'USER\r\nUIDL\r\n.\r\n', LIST: '.\r\n', UIDL: '.\r\n' };
      socket.write(`+OK${verb === 'STAT' ? ' 0 0' : ''}\r\n${lists[verb] ?? ''}`);
      if (verb === 'QUIT') socket.end();
    });
  }).unref();
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
}
