// Comfort on top of pages that are complete without it. No framework, no storage, ES2019.
// Every feature looks for its own data attribute and does nothing where there is none.

const root = document.documentElement;
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

/** Words stand on the page, translated; {1}, {2}, {3} are filled in here. */
const words = (one('[data-words]') || { dataset: {} }).dataset;
const say = (word, ...values) =>
  (words[word] || '').replace(/\{(\d)\}/g, (_, place) => values[place - 1]);

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function icon(name) {
  const sprite = one('svg use').getAttribute('href').split('#')[0];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

function remember(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${value}; Path=${root.dataset.path || '/'}` +
    `; Max-Age=${value ? 31536000 : 0}; SameSite=Lax${secure}`;
}

// --- the page as a whole ---------------------------------------------------

function rememberTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`aftersale_zone=${zone}`))
    remember('aftersale_zone', zone);
}

function themes() {
  for (const form of every('[data-themes]')) {
    form.addEventListener('click', (event) => {
      const button = event.target.closest('button[name="theme"]');
      if (!button) return;
      event.preventDefault();
      const theme = button.value === 'auto' ? '' : button.value;
      remember('aftersale_theme', theme);
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      for (const b of every('button[name="theme"]'))
        b.setAttribute('aria-pressed', String(b === button));
    });
  }
}

/** Menus close with Escape and with a click elsewhere. */
function menus() {
  const close = (except) => {
    for (const menu of every('details.menu[open]')) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener('click', (event) => close(event.target));
  document.addEventListener('keydown', (event) => {
    const open = event.key === 'Escape' && one('details.menu[open]');
    if (!open) return;
    const inside = open.contains(document.activeElement);
    close(null);
    if (inside) one('summary', open).focus();
  });
}

/** A picture opens above the page; with a modifier key it opens as the link it is. */
function pictures() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-picture]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    const name = one('bdi', link).textContent;
    const dialog = make('dialog', 'dialog dialog--picture');
    const picture = make('img');
    picture.src = link.dataset.picture || one('img', link).src;
    picture.alt = name;
    const form = make('form', 'dialog-foot');
    form.method = 'dialog';
    const file = make('a', 'grow any');
    file.href = link.href;
    file.append(icon('download'), ' ', make('bdi', '', name));
    form.append(file, make('button', 'btn', say('close') || '×'));
    dialog.append(picture, form);
    dialog.setAttribute('aria-label', name);
    dialog.addEventListener('click', (e) => { if (e.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** New messages are announced, never pushed in: 20 s while read, 60 s after five minutes. */
function poll() {
  const talk = one('[data-poll]');
  const place = one('[data-news]');
  if (!talk || !place) return;
  const began = Date.now();
  let tag = talk.dataset.tag;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, Date.now() - began < 300000 ? 20000 : 60000);
  };
  async function ask() {
    try {
      const answer = await fetch(talk.dataset.poll, { headers: { 'If-None-Match': `"${tag}"` }, cache: 'no-store' });
      if (answer.status === 200) {
        tag = (answer.headers.get('ETag') || '').replace(/^W\/|"/g, '') || tag;
        const bar = make('button', 'newbar', (await answer.text()).trim());
        bar.type = 'button';
        bar.addEventListener('click', () => location.reload());
        place.replaceChildren(bar);
      }
    } catch (offline) { /* the next try tells */ }
    wait();
  }
  document.addEventListener('visibilitychange', wait);
  wait();
}

// --- writing ---------------------------------------------------------------

/** The field grows with its text, and says from 90 % on how much room is left. */
function growing(area) {
  const counter = make('span', 'counter');
  counter.setAttribute('role', 'status');
  area.after(counter);
  const fit = () => {
    if (!CSS.supports('field-sizing', 'content')) {
      area.style.blockSize = 'auto';
      area.style.blockSize = `${area.scrollHeight + 4}px`;
    }
    const room = area.maxLength - area.value.length;
    counter.textContent = area.maxLength > 0 && room < area.maxLength / 10 ? say('left', room) : '';
  };
  area.addEventListener('input', fit);
  fit();
}

/** Leaving asks only while there is typed text that nobody has. */
function guardLeaving(form) {
  let typed = false;
  const dirty = () => { typed = every('textarea', form).some((a) => a.value.trim() !== a.defaultValue.trim()); };
  form.addEventListener('input', dirty);
  form.addEventListener('submit', () => { typed = false; });
  window.addEventListener('beforeunload', (event) => {
    if (typed) { event.preventDefault(); event.returnValue = ''; }
  });
}

const size = (bytes) => bytes < 1048576
  ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

/** Files go up at once, two at a time, each in its own row. */
function uploads(form) {
  const list = one('[data-uploads]', form);
  const input = one('input[type="file"]', form);
  const told = one('[data-told]', form);
  const { upload: address, mostFiles, mostBytes, mostSize } = form.dataset;
  if (!list || !input || !address) return { pending: () => 0, settled: () => {} };
  const waiting = [];
  let running = 0;
  let settled = () => {};
  const rows = () => list.children.length - every('.upload--bad', list).length;

  function row(file) {
    const li = make('li', 'upload');
    const middle = make('span');
    const name = make('span', 'upload-name');
    name.append(make('bdi', '', file.name));
    const state = make('span', 'upload-state', `${size(file.size)} · ${say('waits')}`);
    const button = make('button', 'btn btn--s btn--quiet');
    button.type = 'button';
    middle.append(name, state);
    li.append(icon(file.type.startsWith('image/') ? 'photo' : 'file'), middle, button);
    list.append(li);
    return { file, li, state, button };
  }

  function label(button, word, name) {
    const [before, after] = (words[word] || '').split('{1}');
    button.replaceChildren(before.trim() || after.trim(), make('span', 'vh', ` ${name}`));
  }

  function refuse(job, text, again) {
    job.li.className = 'upload upload--bad';
    job.li.firstChild.replaceWith(icon(again ? 'refresh' : 'alert-circle'));
    job.state.textContent = text;
    told.textContent = text;
    label(job.button, again ? 'again' : 'remove', job.file.name);
    job.button.onclick = () => {
      if (again) { job.li.remove(); add([job.file]); input.focus(); } else drop(job);
    };
  }

  function drop(job) {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    if (job.request) job.request.abort();
    job.li.remove();
    told.textContent = say('removed', job.file.name);
    input.focus();
    if (!waiting.length && !running) settled();
  }

  function start(job) {
    const request = new XMLHttpRequest();
    const data = new FormData();
    const bar = make('progress');
    job.request = request;
    running += 1;
    data.append('csrf', form.elements.csrf.value);
    data.append('file', job.file);
    bar.max = 100;
    bar.setAttribute('aria-label', say('progress', job.file.name));
    const text = make('span');
    job.state.replaceChildren(bar, text);
    request.upload.addEventListener('progress', (event) => {
      bar.value = Math.round(100 * event.loaded / event.total);
      text.textContent = say('percent', bar.value, size(event.total));
    });
    request.addEventListener('load', () => {
      const answer = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('li.upload');
      if (!answer) return refuse(job, say('stopped', job.file.name), true);
      job.li.replaceWith(answer);
      job.li = answer;
      const good = answer.classList.contains('upload--ok');
      if (!good) {
        label(job.button, 'remove', job.file.name);
        job.button.onclick = () => drop(job);
        answer.append(job.button);
      }
      told.textContent = good ? say('done', job.file.name, every('[name="kept"]', list).length, rows())
        : one('.upload-state', answer).textContent;
    });
    request.addEventListener('error', () => refuse(job, say('stopped', job.file.name), true));
    request.addEventListener('timeout', () => refuse(job, say('stopped', job.file.name), true));
    request.addEventListener('loadend', () => { running -= 1; next(); });
    request.timeout = 600000;
    request.open('POST', address);
    request.setRequestHeader('Accept', 'text/html;fragment');
    request.send(data);
  }

  function next() {
    while (running < 2 && waiting.length) start(waiting.shift());
    settled();
  }

  function add(files) {
    for (const file of files) {
      const over = rows() + 1 - Number(mostFiles);
      const job = row(file);
      label(job.button, 'cancel', file.name);
      job.button.onclick = () => drop(job);
      if (file.size > Number(mostBytes)) refuse(job, say('large', file.name, size(file.size), mostSize));
      else if (!file.size) refuse(job, say('empty', file.name));
      else if (over > 0) refuse(job, say('many', mostFiles, over));
      else waiting.push(job);
    }
    next();
  }

  input.addEventListener('change', () => { add(input.files); input.value = ''; });
  list.addEventListener('click', (event) => {
    const button = event.target.closest('button[name="remove"]');
    if (!button) return;
    event.preventDefault();
    const li = button.closest('li');
    told.textContent = say('removed', one('.upload-name', li).textContent);
    li.remove();
    input.focus();
  });
  form.addEventListener('paste', (event) => {
    const files = event.clipboardData ? event.clipboardData.files : [];
    if (files.length) { event.preventDefault(); add(files); }
  });
  const box = input.closest('.drop');
  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  form.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) { event.preventDefault(); box.classList.add('is-over'); }
  });
  form.addEventListener('dragleave', (event) => {
    if (!form.contains(event.relatedTarget)) box.classList.remove('is-over');
  });
  form.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    box.classList.remove('is-over');
    add(event.dataTransfer.files);
  });
  return { pending: () => waiting.length + running, settled: (then) => { settled = then; } };
}

/**
 * Send waits for the files that are on their way, says so, and can be stopped.
 * When one of them fails, nothing is sent. One click is one message.
 */
function sending(form, files) {
  const state = one('[data-waiting]', form);
  const stop = one('[data-stop]', form);
  const failed = () => every('.upload--bad', form).length;
  let held = null;
  let failedBefore = 0;
  let sent = false;
  const calm = () => { held = null; state.textContent = ''; stop.hidden = true; };
  form.addEventListener('submit', (event) => {
    if (sent) return event.preventDefault();
    if (files.pending()) {
      event.preventDefault();
      held = event.submitter || null;
      failedBefore = failed();
      stop.hidden = false;
      announce();
      return undefined;
    }
    sent = true;
    state.textContent = say('sending');
    for (const button of every('button', form)) button.setAttribute('aria-disabled', 'true');
    return undefined;
  });
  function announce() {
    const left = files.pending();
    if (stop.hidden) return;
    if (failed() > failedBefore) calm();
    else if (left) state.textContent = left === 1 ? say('afterOne') : say('after', left);
    else {
      const button = held;
      calm();
      if (form.requestSubmit) form.requestSubmit(button);
      else form.submit();
    }
  }
  files.settled(announce);
  stop.addEventListener('click', calm);
  // Coming back through the browser's history finds the form usable again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    sent = false;
    calm();
    for (const button of every('button', form)) button.removeAttribute('aria-disabled');
  });
}

// --- letters -------------------------------------------------------------------

/** A letter's frame is as high as the letter: no script runs inside, but its
 * origin is ours. Its height has a limit, since a letter may have none. */
function letters() {
  const most = 6000;
  for (const frame of every('iframe[data-mail]')) {
    const fit = () => {
      const page = frame.contentDocument;
      if (!page || !page.body) return;
      frame.height = Math.min(most, Math.max(48, Math.ceil(page.body.getBoundingClientRect().height) + 8));
    };
    const watch = () => {
      fit();
      const page = frame.contentDocument;
      if (page && page.body && window.ResizeObserver) new ResizeObserver(fit).observe(page.body);
    };
    frame.addEventListener('load', watch);
    if (frame.contentDocument && frame.contentDocument.readyState === 'complete') watch();
  }
}

root.classList.add('is-scripted');
for (const hidden of every('[data-script-only]')) hidden.hidden = false;
rememberTimeZone();
themes();
menus();
pictures();
letters();
poll();
for (const form of every('form[data-write]')) {
  every('textarea', form).forEach(growing);
  guardLeaving(form);
  sending(form, uploads(form));
}
const problem = one('[data-focus]');
if (problem) problem.focus();
