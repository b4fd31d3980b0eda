// The look-alike's page: what is selected, what is shown, and the commands.
import { nextArrival } from './arrivals.js';
import * as bars from './bars.js';
import { drawBody } from './body.js';
import { asEws, createPaneHost } from './paneHost.js';
import * as simulator from './simulator.js';
import { clockText, fullText, listText, next } from './time.js';

const query = new URLSearchParams(location.search);
const $ = (id) => document.getElementById(id);
const arrivalMilliseconds = 45_000;

const state = {
  users: [],
  user: null,
  folder: 'inbox',
  inbox: [],
  sent: [],
  categories: {},
  selected: null,
  read: new Set(),
  clockAhead: 0,
  signedOut: false,
  answering: null,
};

const now = () => new Date(Date.now() + state.clockAhead);
const zone = () => state.user?.ianaTimeZone ?? 'UTC';
const messages = () => state[state.folder];
const everything = () => [...state.inbox, ...state.sent];
const selected = () => everything().find(({ id }) => id === state.selected) ?? null;
const isUnread = (message) => state.folder === 'inbox' && !message.isRead && !state.read.has(message.id);
const isPhone = () => matchMedia('(max-width: 820px)').matches;
const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? '' });
const nameOf = (person) => person?.emailAddress?.name || person?.emailAddress?.address || '(no sender)';
const addressOf = (person) => person?.emailAddress?.address ?? '';

let pane = null;

// ---- Saying what goes wrong

let lost = false;

function trouble(text) {
  $('trouble').hidden = !text;
  $('trouble').textContent = text ?? '';
}

/** Runs a command; what fails is said above the list, and the page goes on. */
async function attempt(work) {
  try {
    const result = await work();
    if (!lost) trouble(null);
    return result;
  } catch (error) {
    trouble(error instanceof TypeError ? 'Working offline: the mailbox cannot be reached.' : error.message);
    return undefined;
  }
}

const say = (text) => void ($('said').textContent = text);

// ---- The list

/** Outlook's preset0 to preset24. */
const colours = Object.fromEntries([
  'e7a1a2', 'f9ba89', 'b9937a', 'fcfa90', '7fc67d', '95d3c0', 'b5bc83', '8ea9db', 'b39cd0', 'd692b5', 'a8b8c8', '6b7d8f', 'bfbfbf', '7f7f7f', '4f4f4f',
  'b0413e', 'd0713a', '8a5a34', 'c9b037', '3f8f4b', '3c8f84', '7a8040', '3f67a8', '6c4f9c', '9c3f68',
].map((colour, number) => [`preset${number}`, `#${colour}`]));

function matching() {
  const wanted = $('search').value.trim().toLowerCase();
  return messages().filter((message) =>
    !wanted || `${nameOf(message.from)} ${message.subject} ${message.bodyPreview}`.toLowerCase().includes(wanted));
}

function avatar(place, person) {
  const name = nameOf(person);
  const words = name.replace(/[^\p{L}\s]/gu, '').split(/\s+/).filter(Boolean);
  place.textContent = ((words[0]?.[0] ?? '?') + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
  place.style.setProperty('--hue', [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7));
}

/** The categories of a message, coloured as the master list says; a name that it lacks has no colour. */
function marks(names) {
  const line = element('span', 'marks');
  line.append(...names.map((name) => {
    const mark = element('span', 'mark', name);
    mark.dataset.testid = 'category';
    mark.dataset.color = state.categories[name] ?? 'none';
    mark.style.setProperty('--mark', colours[state.categories[name]] ?? 'transparent');
    return mark;
  }));
  return line;
}

function drawList() {
  const shown = matching();
  const list = $('messages');
  list.replaceChildren(...shown.map((message) => {
    const person = state.folder === 'sent' ? message.toRecipients?.[0] : message.from;
    const row = element('li', isUnread(message) ? 'unread' : '');
    row.id = `mail-${message.id}`;
    row.role = 'option';
    row.dataset.id = message.id;
    row.dataset.testid = 'message';
    row.dataset.messageId = message.internetMessageId;
    row.dataset.subject = message.subject ?? '';
    row.ariaSelected = String(message.id === state.selected);
    const face = element('span', 'avatar');
    face.ariaHidden = 'true';
    avatar(face, person);
    row.append(
      face,
      element('span', 'name', nameOf(person)),
      element('span', 'at', listText(new Date(message.receivedDateTime), now(), zone())),
      element('span', 'title', message.subject || '(no subject)'),
      element('span', 'glance', message.bodyPreview),
    );
    if (message.categories?.length) row.append(marks(message.categories));
    return row;
  }));
  list.ariaBusy = 'false';
  if (state.selected) list.setAttribute('aria-activedescendant', `mail-${state.selected}`);
  else list.removeAttribute('aria-activedescendant');
  $('list-note').hidden = shown.length > 0;
  $('list-note').textContent = $('search').value.trim() ? 'Nothing found.' : state.folder === 'inbox' ? 'All done. The inbox is empty.' : 'Nothing has been sent yet.';
  const unread = state.folder === 'inbox' ? state.inbox.filter(isUnread).length : null;
  if (unread !== null) $('unread').textContent = unread || '';
}

// ---- The reading pane

function drawMessage() {
  const message = selected();
  $('nothing').hidden = message !== null;
  $('message').hidden = message === null && state.answering === null;
  for (const id of ['reply', 'archive', 'delete']) $(id).disabled = message === null || state.folder !== 'inbox';
  if (!message) return;
  $('subject').textContent = message.subject || '(no subject)';
  $('from').textContent = `${nameOf(message.from)} <${addressOf(message.from)}>`;
  $('to').textContent = `To: ${(message.toRecipients ?? []).map(nameOf).join(', ')}${message.ccRecipients?.length ? ` · Cc: ${message.ccRecipients.map(nameOf).join(', ')}` : ''}`;
  $('received').textContent = fullText(new Date(message.receivedDateTime), zone());
  avatar($('avatar'), message.from);
  drawBody($('body'), message.body);
  bars.draw($('bars'), asEws(message.id));
}

function select(id, { show = true } = {}) {
  if (id === state.selected) {
    if (show && id) document.body.dataset.view = 'mail';
    return;
  }
  if (state.selected) bars.leave(asEws(state.selected));
  state.selected = id;
  if (id) state.read.add(id);
  stopAnswering();
  if (pane.isOpen() && $('pin').ariaPressed === 'false') showPane(false);
  drawList();
  drawMessage();
  $('reading').scrollTop = 0;
  if (id && show) document.body.dataset.view = 'mail';
  document.getElementById(`mail-${id}`)?.scrollIntoView({ block: 'nearest' });
  pane.selected();
}

// ---- Answering

function startAnswering({ message, html = '', all = false, form = null }) {
  state.answering = { message };
  const text = new DOMParser().parseFromString(html, 'text/html').body.textContent;
  const to = message
    ? [...(message.replyTo?.length ? message.replyTo : [message.from]), ...(all ? [...message.toRecipients, ...message.ccRecipients] : [])]
        .map(addressOf).filter((address, index, found) => address && address !== state.user.user && found.indexOf(address) === index)
    : form.toRecipients.map((recipient) => (typeof recipient === 'string' ? recipient : recipient.emailAddress));
  $('compose-to').value = to.join('; ');
  $('compose-subject').value = message ? subjectOfReply(message) : form.subject;
  $('compose-text').value = text;
  $('compose').hidden = false;
  drawMessage();
  document.body.dataset.view = 'mail';
  $('compose-text').focus();
  $('compose').scrollIntoView({ block: 'nearest' });
}

const subjectOfReply = ({ subject }) => (/^re:/i.test(subject ?? '') ? subject : `Re: ${subject ?? ''}`);

function stopAnswering() {
  state.answering = null;
  $('compose').hidden = true;
}

async function sendAnswer() {
  const answered = state.answering?.message;
  const written = $('compose-text').value.split(/\n{2,}/).map((paragraph) => `<p>${escape(paragraph)}</p>`).join('');
  const recipients = $('compose-to').value.split(/[;,]/).map((part) => part.trim()).filter(Boolean)
    .map((address) => ({ emailAddress: { name: nameKnown(address), address } }));
  const message = {
    subject: $('compose-subject').value,
    toRecipients: recipients,
    body: { contentType: 'html', content: written },
    ...(answered && {
      conversationId: answered.conversationId,
      internetMessageHeaders: [{ name: 'In-Reply-To', value: answered.internetMessageId }],
    }),
  };
  const sent = await attempt(() => simulator.send(state.user.user, message));
  if (sent === undefined) return;
  stopAnswering();
  say('Sent.');
  drawMessage();
  await refresh();
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
const nameKnown = (address) =>
  everything().map(({ from }) => from).find((person) => addressOf(person) === address)?.emailAddress.name ?? address;

// ---- The pane

function showPane(open) {
  $('pane').hidden = !open;
  $('open-pane').ariaPressed = String(open);
  if (open) pane.open();
  else pane.close();
}

// ---- The mailbox

let reading = null;
let readAgain = false;

/** One reading at a time; news that comes meanwhile asks for one more. */
async function refresh() {
  if (reading) {
    readAgain = true;
    return reading;
  }
  reading = attempt(() => simulator.mailbox(state.user.user)).finally(() => (reading = null));
  const found = await reading;
  if (found) {
    const before = selected();
    const known = new Set(state.inbox.map(({ id }) => id));
    const fresh = found.inbox.filter(({ id }) => known.size > 0 && !known.has(id));
    if (fresh.length > 0) say(`New mail from ${nameOf(fresh[0].from)}: ${fresh[0].subject}`);
    Object.assign(state, { inbox: found.inbox, sent: found.sent, categories: found.categories });
    if (before && !selected()) select(null, { show: false });
    drawList();
  }
  if (readAgain) {
    readAgain = false;
    await refresh();
  }
}

async function takeOut(work, words) {
  const gone = selected();
  if (!gone) return;
  const list = matching();
  const index = list.findIndex(({ id }) => id === gone.id);
  const neighbour = list[index + 1] ?? list[index - 1] ?? null;
  if ((await attempt(() => work(gone.internetMessageId).then(() => true))) === undefined) return;
  state.inbox = state.inbox.filter(({ id }) => id !== gone.id);
  say(words);
  select(isPhone() ? null : neighbour?.id ?? null, { show: false });
  if (isPhone()) document.body.dataset.view = 'list';
  $('messages').focus({ preventScroll: true });
}

// ---- The clock

async function readClock() {
  const at = await attempt(simulator.clock);
  if (at) state.clockAhead = at - Date.now();
  drawClock();
}

const drawClock = () => void ($('clock').textContent = clockText(now(), zone()));

async function moveClock(wish) {
  const [hour, minute] = wish.split(':').map(Number);
  const at = minute === undefined ? new Date(now().getTime() + hour * 60_000) : next(now(), zone(), hour, minute);
  await attempt(() => simulator.moveClock(at));
  await readClock();
  drawList();
}

// ---- Looks

const dark = () => document.documentElement.dataset.theme === 'dark';

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  $('dark').checked = name === 'dark';
  pane?.themeChanged();
}

function menu(buttonId, menuId) {
  const button = $(buttonId);
  const box = $(menuId);
  const show = (open) => {
    box.hidden = !open;
    button.ariaExpanded = String(open);
  };
  button.addEventListener('click', () => show(box.hidden));
  document.addEventListener('click', (event) => {
    if (!box.contains(event.target) && !button.contains(event.target)) show(false);
  });
  box.parentElement.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.hidden) return;
    show(false);
    button.focus();
  });
  // A click into the pane's frame is no click of this page.
  window.addEventListener('blur', () => show(false));
}

// ---- Beginning

/** The one asked for; else the one with most mail. */
async function chooseUser() {
  const wanted = query.get('user')?.toLowerCase();
  const asked = state.users.find(({ user }) => user.toLowerCase() === wanted);
  if (asked || wanted) return asked ?? null;
  const counts = await Promise.all(state.users.slice(0, 20).map(({ user }) => simulator.mailbox(user).then(({ inbox }) => inbox.length)));
  return state.users[counts.indexOf(Math.max(...counts))] ?? null;
}

async function arrive() {
  // Not the manager, whose mail waits for no calls.
  const colleagues = state.users.filter(({ user, id }) =>
    id !== state.user.id && user !== state.user.manager && user.split('@')[1] === state.user.user.split('@')[1]);
  await attempt(() => simulator.deliver(state.user.user, nextArrival(colleagues)));
  await refresh();
}

function wire() {
  menu('clock', 'clock-menu');
  menu('settings', 'settings-menu');
  $('messages').addEventListener('click', (event) => {
    const row = event.target.closest('li');
    if (row) select(row.dataset.id);
  });
  $('messages').addEventListener('keydown', (event) => {
    const list = matching();
    const at = list.findIndex(({ id }) => id === state.selected);
    const goal = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: list.length - 1, Enter: at }[event.key];
    if (event.key === 'Delete') $('delete').click();
    if (goal === undefined) return;
    event.preventDefault();
    const row = list[Math.min(goal, list.length - 1)];
    if (row) select(row.id, { show: !isPhone() || event.key === 'Enter' });
  });
  $('search').addEventListener('input', drawList);
  $('back').addEventListener('click', () => {
    document.body.dataset.view = 'list';
    $('messages').focus({ preventScroll: true });
  });
  for (const button of document.querySelectorAll('[data-folder]')) {
    button.addEventListener('click', () => {
      document.querySelector('[data-folder][aria-current]').removeAttribute('aria-current');
      button.setAttribute('aria-current', 'true');
      state.folder = button.dataset.folder;
      $('folder-name').textContent = button.dataset.folder === 'inbox' ? 'Inbox' : 'Sent Items';
      select(null, { show: false });
      drawList();
    });
  }
  for (const button of document.querySelectorAll('[data-clock]')) {
    button.addEventListener('click', () => void moveClock(button.dataset.clock));
  }
  $('new-mail').addEventListener('click', () => void arrive());
  $('reply').addEventListener('click', () => startAnswering({ message: selected() }));
  $('archive').addEventListener('click', () => void takeOut((id) => simulator.move(state.user.user, id, 'archive'), 'Archived.'));
  $('delete').addEventListener('click', () => void takeOut((id) => simulator.move(state.user.user, id, 'deleteditems'), 'Deleted.'));
  $('open-pane').addEventListener('click', () => showPane(!pane.isOpen()));
  $('close-pane').addEventListener('click', () => {
    showPane(false);
    $('open-pane').focus();
  });
  $('pin').addEventListener('click', () => {
    const pinned = $('pin').ariaPressed === 'true';
    $('pin').ariaPressed = String(!pinned);
    $('pin').textContent = pinned ? 'Pin' : 'Pinned';
  });
  $('compose').addEventListener('submit', (event) => {
    event.preventDefault();
    void sendAnswer();
  });
  $('discard').addEventListener('click', () => {
    stopAnswering();
    drawMessage();
  });
  $('dark').addEventListener('change', () => {
    localStorage.setItem('outlook.theme', $('dark').checked ? 'dark' : 'light');
    setTheme($('dark').checked ? 'dark' : 'light');
  });
  $('signed-out').addEventListener('change', () => {
    state.signedOut = $('signed-out').checked;
    // As after a sign-out elsewhere: the pane starts anew and finds no one signed in.
    if (pane.isOpen()) {
      showPane(false);
      showPane(true);
    }
  });
  $('user').addEventListener('change', () => {
    query.set('user', $('user').value);
    location.search = query;
  });
  $('arrivals').checked = query.has('arrivals');
  setInterval(() => {
    if ($('arrivals').checked && document.visibilityState === 'visible') void arrive();
  }, arrivalMilliseconds);
  setInterval(drawClock, 5000);
}

async function begin() {
  setTheme(query.get('theme') ?? localStorage.getItem('outlook.theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const users = await attempt(simulator.users);
  if (!users) {
    setTimeout(() => void begin(), 3000);
    return;
  }
  state.users = users;
  state.user = await attempt(chooseUser) ?? null;
  if (!state.user) {
    $('messages').ariaBusy = 'false';
    $('list-note').textContent = state.users.length === 0
      ? 'There is no mailbox yet. POST /sim/users makes one; then load this page again.'
      : `There is no mailbox of ${query.get('user')} here.`;
    return;
  }
  $('owner').textContent = state.user.user;
  $('initials').textContent = state.user.name.split(' ').map((word) => word[0]).join('').slice(0, 2);
  $('user').replaceChildren(...state.users.map(({ user, name }) => new Option(name, user, false, user === state.user.user)));
  document.title = `Mail – ${state.user.name}`;

  pane = createPaneHost($('frame-place'), query.get('pane') ?? await simulator.paneAddress(), {
    user: () => state.user,
    roles: () => (state.users.some(({ manager }) => manager?.toLowerCase() === state.user.user.toLowerCase()) ? ['Manager'] : []),
    message: selected,
    messageOf: (itemId) => everything().find(({ id }) => asEws(id) === itemId) ?? null,
    dark,
    signedOut: () => state.signedOut,
    signIn: () => {
      state.signedOut = false;
      $('signed-out').checked = false;
    },
    barsChanged: (itemId) => {
      if (state.selected && asEws(state.selected) === itemId) bars.draw($('bars'), itemId);
    },
    reply: (message, html, all) => startAnswering({ message, html, all }),
    compose: (form) => startAnswering({ message: null, html: form.htmlBody, form }),
  });
  wire();
  await Promise.all([refresh(), readClock()]);
  showPane(true);
  simulator.listen({
    news({ user, kind }) {
      if (kind === 'clock') void readClock().then(drawList);
      else if (user?.toLowerCase() === state.user.user.toLowerCase()) void refresh();
    },
    open() {
      lost = false;
      void refresh();
      void readClock();
    },
    lost() {
      lost = true;
      trouble('Working offline: the mailbox cannot be reached. Trying again …');
    },
  });
}

void begin();
