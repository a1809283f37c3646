// Comfort for agents: keys, chosen rows, sorting by hand. aftersale.js is there, too.

const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const keys = (one('[data-key-words]') || { dataset: {} }).dataset;

const press = (target) => { if (target) target.click(); };
const look = (target) => {
  if (!target) return;
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
};

// --- keys: off while typing, off altogether with data-no-keys --------------

const rows = () => every('[data-rows] tbody tr');
const here = () => rows().findIndex((row) => row.classList.contains('is-here'));

function step(by) {
  const all = rows();
  if (!all.length) return;
  const from = here();
  const to = Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + by));
  if (from >= 0) all[from].classList.remove('is-here');
  all[to].classList.add('is-here');
  look(one('a.subject', all[to]));
}

function write(kind) {
  press(one(`form[data-write] [name="kind"][value="${kind}"]`));
  look(one('form[data-write] textarea'));
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  o: () => press(one('a.subject', rows()[here()])),
  x: () => press(rows()[here()] && one('.check', rows()[here()])),
  u: () => press(one('[data-up]')),
  '[': () => press(one('[rel="prev"]')),
  ']': () => press(one('[rel="next"]')),
  r: () => write('reply'),
  n: () => write('note'),
  '/': () => look(one('[data-search]')),
  '?': help,
};

function help() {
  if (one('dialog[open]')) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-label', keys.title);
  const title = document.createElement('h2');
  title.textContent = keys.title;
  const list = document.createElement('dl');
  list.className = 'facts';
  for (const line of keys.list.split('|')) {
    const [key, what] = line.split('=');
    const term = document.createElement('dt');
    const kbd = document.createElement('kbd');
    const text = document.createElement('dd');
    kbd.textContent = key;
    text.textContent = what;
    term.append(kbd);
    list.append(term, text);
  }
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'dialog-foot';
  const close = document.createElement('button');
  close.className = 'btn';
  close.textContent = keys.close;
  form.append(close);
  dialog.append(title, list, form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener('keydown', (event) => {
  const target = event.target;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const form = target.closest('form[data-write]');
    if (!form) return;
    const note = one('[name="kind"][value="note"]:checked', form);
    press(note ? one('button.only-note', form) : one('[data-send]', form));
    return;
  }
  const typing = target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, dialog, [contenteditable]');
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.noKeys) return;
  const action = Object.prototype.hasOwnProperty.call(actions, event.key) && actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// --- rows chosen in a list: the bar counts them ----------------------------

for (const form of every('form[data-bulk]')) {
  const bar = one('.bulk', form);
  const all = one('[data-all]', form);
  const boxes = every('tbody .check', form);
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.hidden = !chosen;
    one('[data-count]', bar).textContent = chosen;
    if (all) {
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  if (all) {
    all.hidden = false;
    all.addEventListener('change', () => {
      for (const box of boxes) box.checked = all.checked;
      count();
    });
  }
  form.addEventListener('change', count);
  count();
}

// --- lists sorted by hand. The buttons Up and Down do the same without script ----

for (const table of every('table[data-sorted]')) {
  const body = one('tbody', table);
  const form = table.closest('form');
  const order = one('input[name="order"]', form);
  let moved = null;
  body.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('.grip')) return;
    event.preventDefault();
    moved = event.target.closest('tr');
    moved.classList.add('is-moving');
    body.setPointerCapture(event.pointerId);
  });
  body.addEventListener('pointermove', (event) => {
    if (!moved) return;
    const over = [...body.children].find((row) => {
      const box = row.getBoundingClientRect();
      return row !== moved && event.clientY > box.top && event.clientY < box.bottom;
    });
    if (!over) return;
    const box = over.getBoundingClientRect();
    body.insertBefore(moved, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  const settle = () => {
    if (!moved) return;
    moved.classList.remove('is-moving');
    moved = null;
    order.value = every('tr[data-id]', body).map((row) => row.dataset.id).join(' ');
    const said = one('[data-order-changed]', form);
    if (said) said.textContent = said.dataset.orderChanged;
  };
  body.addEventListener('pointerup', settle);
  body.addEventListener('pointercancel', settle);
}

// --- the order as it is now: the ticket's copy stays when the shop is slow ----

async function fresh(place) {
  try {
    const answer = await fetch(place.dataset.now, { headers: { 'X-Requested-With': 'fragment' }, signal: AbortSignal.timeout(8000) });
    if (!answer.ok || answer.redirected) return;
    const slip = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.slip');
    if (slip) place.replaceChildren(slip);
  } catch (slow) { /* the copy is there, and says what it is */ }
}
for (const place of every('[data-now]')) fresh(place);

// --- how many a filtered list holds: counted when the page is there already ----

async function count(place) {
  try {
    const answer = await fetch(place.dataset.countOf, { headers: { 'X-Requested-With': 'fragment' }, signal: AbortSignal.timeout(8000) });
    if (answer.ok && !answer.redirected) place.textContent = await answer.text();
  } catch (slow) { /* "More than 25" is true as well */ }
}
for (const place of every('[data-count-of]')) count(place);

// --- what is still being looked at: a test of a mailbox ------------------------

async function again(place) {
  try {
    const answer = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
    const now = answer.ok && !answer.redirected &&
      new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(place.id);
    if (now) {
      if (now.textContent !== place.textContent) place.replaceChildren(...now.childNodes);
      if (!now.dataset.lookAfter) return;
    }
  } catch (slow) { /* the next look tells */ }
  setTimeout(again, place.dataset.lookAfter * 1000, place);
}
for (const place of every('[data-look-after]')) setTimeout(again, place.dataset.lookAfter * 1000, place);
