// The look-alike's page: what is selected, what is shown, and the commands.
import { readAddIn } from './addIn.js';
import { nextArrival } from './arrivals.js';
import { runHidden } from './background.js';
import * as bars from './bars.js';
import { drawBody } from './body.js';
import { clientOf, names as clientNames } from './client.js';
import { asMessage, forgetDraft, newDraft, readDraft, showDraft, writeDraft } from './compose.js';
import { itemIdOf, mayRunOn } from './items.js';
import { createLaunchEvents } from './launchEvents.js';
import { drawFace, drawRows, nameOf } from './list.js';
import { menu, themeColours, usualTheme, wearTheme } from './looks.js';
import { createPanes } from './panes.js';
import { drawRibbon, markRibbon } from './ribbon.js';
import { createRuntimes } from './runtimes.js';
import * as simulator from './simulator.js';
import { clockText, fullText, next } from './time.js';

const query = new URLSearchParams(location.search);
const $ = (id) => document.getElementById(id);
const arrivalMilliseconds = 45_000;
const functionLimitMilliseconds = 300_000;

const client = clientOf(query);
const language = query.get('lang') ?? 'en-US';

const state = {
  users: [],
  user: null,
  folder: 'inbox',
  /** Mail by folder: inbox, sent, and the address of each shared mailbox. */
  mail: { inbox: [], sent: [] },
  categories: {},
  selection: [],
  /** Where a range of selected mail begins. */
  anchor: null,
  read: new Set(),
  clockAhead: 0,
  signedOut: false,
  draft: null,
  outbox: [],
};

const now = () => new Date(Date.now() + state.clockAhead);
const zone = () => state.user?.ianaTimeZone ?? 'UTC';
const everything = () => Object.values(state.mail).flat();
const chosen = () => everything().filter(({ id }) => state.selection.includes(id));
const selected = () => (state.selection.length === 1 ? chosen()[0] ?? null : null);
const isUnread = (message) => state.folder !== 'sent' && !message.isRead && !state.read.has(message.id);
const isNarrow = () => document.body.clientWidth <= 820;
const addressOf = (person) => person?.emailAddress?.address ?? '';
const nameKnown = (address) =>
  everything().map(({ from }) => from).find((person) => addressOf(person) === address)?.emailAddress.name
  ?? state.users.find(({ user }) => user === address)?.name ?? address;

let addIn = null;
let runtimes = null;
let panes = null;
let launchEvents = null;

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

function matching() {
  const wanted = $('search').value.trim().toLowerCase();
  return state.mail[state.folder].filter((message) =>
    !wanted || `${nameOf(message.from)} ${message.subject} ${message.bodyPreview}`.toLowerCase().includes(wanted));
}

function drawList() {
  const shown = matching();
  const list = $('messages');
  drawRows(list, shown, {
    isUnread,
    isSelected: ({ id }) => state.selection.includes(id),
    personOf: (message) => (state.folder === 'sent' ? message.toRecipients?.[0] : message.from),
    categories: state.categories,
    now: now(),
    zone: zone(),
  });
  list.ariaBusy = 'false';
  const current = state.selection.at(-1);
  if (current) list.setAttribute('aria-activedescendant', `mail-${current}`);
  else list.removeAttribute('aria-activedescendant');
  $('list-note').hidden = shown.length > 0;
  $('list-note').textContent = $('search').value.trim() ? 'Nothing found.' : state.folder === 'sent' ? 'Nothing has been sent yet.' : 'All done. The folder is empty.';
  for (const button of document.querySelectorAll('[data-folder]')) {
    const unread = button.dataset.folder === 'sent' ? 0 : state.mail[button.dataset.folder].filter((message) => !message.isRead && !state.read.has(message.id)).length;
    button.querySelector('.unread').textContent = unread || '';
  }
}

// ---- The reading pane

function drawMessage() {
  const message = selected();
  const composing = state.draft !== null;
  $('nothing').hidden = message !== null || composing;
  $('nothing').textContent = state.selection.length > 1 ? `${state.selection.length} mails are selected.` : 'Select a mail to read it.';
  $('message').hidden = message === null || composing;
  for (const id of ['reply', 'reply-all', 'forward']) $(id).disabled = message === null || composing;
  for (const id of ['archive', 'delete']) $(id).disabled = message === null || composing || state.folder !== 'inbox';
  drawBars();
  drawCommands();
  if (!message) return;
  $('subject').textContent = message.subject || '(no subject)';
  $('from').textContent = `${nameOf(message.from)} <${addressOf(message.from)}>`;
  $('to').textContent = `To: ${(message.toRecipients ?? []).map(nameOf).join(', ')}${message.ccRecipients?.length ? ` · Cc: ${message.ccRecipients.map(nameOf).join(', ')}` : ''}`;
  $('received').textContent = fullText(new Date(message.receivedDateTime), zone());
  drawFace($('avatar'), message.from);
  drawBody($('body'), message.body);
}

function drawBars() {
  const message = state.draft ? null : selected();
  bars.draw($('bars'), message && itemIdOf(message, client), (id, context) => take(id, context));
  bars.draw($('compose-bars'), state.draft?.key ?? null, (id, context) => take(id, context));
}

/**
 * @param id the mail that is to be on screen; null for none
 * @param add keeps what is selected beside it, or takes it away again
 * @param range selects everything between the anchor and it
 */
function select(id, { show = true, add = false, range = false } = {}) {
  const before = state.selection;
  state.selection = wanted(id, add, range);
  if (!range) state.anchor = id;
  if (id && show) document.body.dataset.view = 'mail';
  if (before.length === state.selection.length && before.every((one) => state.selection.includes(one))) return;
  for (const message of everything().filter((one) => before.includes(one.id))) bars.leave(itemIdOf(message, client));
  if (state.selection.length === 1) state.read.add(state.selection[0]);
  if (state.draft && !state.draft.isSending) endDraft();
  panes.left('read');
  panes.draw();
  drawList();
  drawMessage();
  $('reading').scrollTop = 0;
  document.getElementById(`mail-${id}`)?.scrollIntoView({ block: 'nearest' });
  runtimes.selected($('forgetful').checked);
}

function wanted(id, add, range) {
  if (id === null) return [];
  if (add) return state.selection.includes(id) ? state.selection.filter((one) => one !== id) : [...state.selection, id];
  if (!range || state.anchor === null) return [id];
  const ids = matching().map((message) => message.id);
  const [from, to] = [ids.indexOf(state.anchor), ids.indexOf(id)].sort((a, b) => a - b);
  const between = ids.slice(from, to + 1);
  return ids.indexOf(state.anchor) > ids.indexOf(id) ? between.reverse() : between;
}

// ---- The add-in's commands

const modeNow = () => (state.draft ? 'compose' : 'read');
const busy = new Set();

function commandState({ id, action }) {
  const message = selected();
  const hasItem = state.draft !== null || (message !== null && mayRunOn(message, addIn, client));
  const starts = hasItem || (action.noItem && client.opensWithoutItem) || (action.multiSelect && state.selection.length > 1);
  return { disabled: busy.has(id) || !(starts || (action.pane && panes.isOpen())), pressed: panes.isOpen({ id }), busy: busy.has(id) };
}

function drawCommands() {
  markRibbon($('read-apps'), addIn.read, (button) => (state.draft ? { disabled: true, pressed: false, busy: false } : commandState(button)));
  markRibbon($('compose-apps'), addIn.compose, commandState);
}

function press(button) {
  if (!button.action.pane) return void runFunction(button);
  if (panes.isOpen(button)) closePane();
  else panes.show(button);
}

async function runFunction(button, context) {
  busy.add(button.id);
  drawCommands();
  const outcome = await runHidden(
    runtimes.start,
    { kind: 'function', address: addIn.functions, draft: state.draft ?? undefined, message: selected() ?? undefined, context },
    { name: button.action.function, type: 'functionCommand', source: { id: button.id } },
    functionLimitMilliseconds,
  );
  busy.delete(button.id);
  drawCommands();
  if (outcome.kind !== 'completed') trouble(`${addIn.name} could not finish “${button.label}”.`);
}

/** A notification or an alert names a command: a pane opens, a function runs where the client can do that. */
async function take(id, context) {
  const button = addIn.command(modeNow(), id);
  if (button?.action.pane) panes.show(button, context);
  else if (button && client.mailbox >= 15) await runFunction(button, context);
}

function closePane() {
  panes.hide();
  ($('open-pane') ?? $('messages')).focus();
}

// ---- Composing

function startDraft(composeType, given = {}) {
  if (state.draft) endDraft();
  state.draft = newDraft({ composeType, own: [state.user.user, ...state.user.aliases], nameOf: nameKnown, ...given });
  document.body.dataset.view = 'mail';
  showDraft(state.draft);
  panes.draw();
  drawMessage();
  $('reading').scrollTop = 0;
  void launchEvents.opened(state.draft);
}

function endDraft() {
  forgetDraft(state.draft);
  state.draft = null;
  showDraft(null);
  panes.left('compose');
  panes.draw();
  drawMessage();
}

const answer = (message, all, html) => startDraft('reply', { message, all, html });

async function send() {
  const { draft } = state;
  if (draft.isSending) return;
  readDraft(draft, nameKnown);
  markSending(draft, true);
  const may = await launchEvents.maySend(draft);
  markSending(draft, false);
  if (!may) return;
  const message = asMessage(draft);
  if (state.draft === draft) {
    endDraft();
    if (isNarrow() && state.selection.length === 0) document.body.dataset.view = 'list';
  }
  state.outbox.push(message);
  await emptyOutbox();
}

function markSending(draft, sending) {
  draft.isSending = sending;
  $('send').disabled = sending;
  $('send').textContent = sending ? 'Sending …' : 'Send';
}

/** What cannot go now waits for the connection. */
async function emptyOutbox() {
  while (state.outbox.length > 0) {
    // Taken out before it is tried, so that two attempts at once never send it twice.
    const message = state.outbox.shift();
    if ((await attempt(() => simulator.send(state.user.user, message))) === undefined) {
      state.outbox.unshift(message);
      say('In the outbox: it is sent when the connection is back.');
      return;
    }
    say('Sent.');
    await refresh();
  }
}

// ---- The mailbox

let reading = null;
let readAgain = false;

const sharedMailboxes = () => state.users.filter(({ purpose }) => purpose === 'shared');

async function readMail() {
  const [own, ...shared] = await Promise.all([simulator.mailbox(state.user.user), ...sharedMailboxes().map(({ user }) => simulator.mailbox(user))]);
  return {
    categories: own.categories,
    mail: {
      inbox: own.inbox,
      sent: own.sent,
      ...Object.fromEntries(sharedMailboxes().map(({ user }, place) => [user, shared[place].inbox.map((message) => ({ ...message, sharedMailbox: user }))])),
    },
  };
}

/** One reading at a time; news that comes meanwhile asks for one more. */
async function refresh() {
  if (reading) {
    readAgain = true;
    return reading;
  }
  reading = attempt(readMail).finally(() => (reading = null));
  const found = await reading;
  if (found) {
    const known = new Set(state.mail.inbox.map(({ id }) => id));
    const fresh = found.mail.inbox.filter(({ id }) => known.size > 0 && !known.has(id));
    if (fresh.length > 0) say(`New mail from ${nameOf(fresh[0].from)}: ${fresh[0].subject}`);
    Object.assign(state, found);
    if (state.selection.length > 0 && chosen().length < state.selection.length) select(null, { show: false });
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
  state.mail.inbox = state.mail.inbox.filter(({ id }) => id !== gone.id);
  say(words);
  select(isNarrow() ? null : neighbour?.id ?? null, { show: false });
  if (isNarrow()) document.body.dataset.view = 'list';
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

// ---- Beginning

/** The one asked for; else the one with most mail. */
async function chooseUser() {
  const asked = query.get('user')?.toLowerCase();
  const people = state.users.filter(({ purpose }) => purpose !== 'shared');
  if (asked) return people.find(({ user }) => user.toLowerCase() === asked) ?? null;
  const counts = await Promise.all(people.slice(0, 20).map(({ user }) => simulator.mailbox(user).then(({ inbox }) => inbox.length)));
  return people[counts.indexOf(Math.max(...counts))] ?? null;
}

async function arrive() {
  // Not the manager, whose mail waits for no calls.
  const colleagues = state.users.filter(({ user, id, purpose }) =>
    id !== state.user.id && purpose !== 'shared' && user !== state.user.manager && user.split('@')[1] === state.user.user.split('@')[1]);
  await attempt(() => simulator.deliver(state.user.user, nextArrival(colleagues)));
  await refresh();
}

function openFolder(name) {
  document.querySelector('[data-folder][aria-current]').removeAttribute('aria-current');
  const button = document.querySelector(`[data-folder="${name}"]`);
  button.setAttribute('aria-current', 'true');
  state.folder = name;
  $('folder-name').textContent = button.querySelector('.folder-name').textContent;
  $('folder').value = name;
  select(null, { show: false });
  drawList();
}

/** In a new window in Outlook; here where it can be seen. */
function openMessage(message) {
  const folder = Object.keys(state.mail).find((name) => state.mail[name].some(({ id }) => id === message.id));
  if (folder !== state.folder) openFolder(folder);
  select(message.id);
}

function drawFolders() {
  for (const { user, name } of sharedMailboxes()) {
    const button = $('folder-template').content.cloneNode(true).firstElementChild;
    button.dataset.folder = user;
    button.querySelector('.folder-name').textContent = name;
    $('folders').append(button);
  }
  const buttons = [...document.querySelectorAll('[data-folder]')];
  $('folder').replaceChildren(...buttons.map((button) => new Option(button.querySelector('.folder-name').textContent, button.dataset.folder)));
  for (const button of buttons) button.addEventListener('click', () => openFolder(button.dataset.folder));
  $('folder').addEventListener('change', () => openFolder($('folder').value));
}

function wireList() {
  const list = $('messages');
  list.addEventListener('click', (event) => {
    const row = event.target.closest('li');
    if (row) select(row.dataset.id, { add: event.ctrlKey || event.metaKey, range: event.shiftKey });
  });
  list.addEventListener('keydown', (event) => {
    const shown = matching();
    const at = shown.findIndex(({ id }) => id === state.selection.at(-1));
    const goal = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: shown.length - 1, Enter: at }[event.key];
    if (event.key === 'Delete') $('delete').click();
    if (goal === undefined) return;
    event.preventDefault();
    const row = shown[Math.min(goal, shown.length - 1)];
    if (row) select(row.id, { show: !isNarrow() || event.key === 'Enter', range: event.shiftKey });
  });
  $('search').addEventListener('input', drawList);
  $('back').addEventListener('click', () => {
    if (state.draft) endDraft();
    document.body.dataset.view = 'list';
    if (client.id === 'phone') select(null, { show: false });
    $('messages').focus({ preventScroll: true });
  });
}

function wireCommands() {
  $('new-mail').addEventListener('click', () => void arrive());
  $('new-message').addEventListener('click', () => startDraft('newMail'));
  $('reply').addEventListener('click', () => answer(selected(), false));
  $('reply-all').addEventListener('click', () => answer(selected(), true));
  $('forward').addEventListener('click', () => startDraft('forward', { message: selected() }));
  $('archive').addEventListener('click', () => void takeOut((id) => simulator.move(state.user.user, id, 'archive'), 'Archived.'));
  $('delete').addEventListener('click', () => void takeOut((id) => simulator.move(state.user.user, id, 'deleteditems'), 'Deleted.'));
  $('close-pane').addEventListener('click', closePane);
  $('pin').addEventListener('click', () => panes.togglePin());
  $('compose').addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  for (const id of ['compose-to', 'compose-cc']) {
    $(id).addEventListener('change', () => {
      readDraft(state.draft, nameKnown);
      runtimes.recipientsChanged(state.draft);
    });
  }
  $('discard').addEventListener('click', () => {
    endDraft();
    if (isNarrow() && state.selection.length === 0) document.body.dataset.view = 'list';
  });
}

function wireSettings() {
  menu('clock', 'clock-menu');
  const closeSettings = menu('settings', 'settings-menu');
  for (const button of document.querySelectorAll('[data-clock]')) {
    button.addEventListener('click', () => void moveClock(button.dataset.clock));
  }
  $('theme').addEventListener('change', () => {
    localStorage.setItem('outlook.theme', $('theme').value);
    wearTheme($('theme').value);
    runtimes.themeChanged();
  });
  $('signed-out').addEventListener('change', () => {
    state.signedOut = $('signed-out').checked;
    // As after a sign-out elsewhere: the pane starts anew and finds no one signed in.
    panes.reload();
    closeSettings();
  });
  // What changes the whole client is in the page's address, so that a picture can be shown again.
  $('client').replaceChildren(...clientNames.map(({ id, name }) => new Option(name, id, false, id === client.id)));
  $('lang').value = language;
  $('naa').checked = client.naa;
  const reload = (name, value) => {
    query.set(name, value);
    location.search = query;
  };
  $('user').addEventListener('change', () => reload('user', $('user').value));
  $('client').addEventListener('change', () => reload('client', $('client').value));
  $('lang').addEventListener('change', () => reload('lang', $('lang').value));
  $('naa').addEventListener('change', () => reload('naa', $('naa').checked ? 'on' : 'off'));
  $('arrivals').checked = query.has('arrivals');
  $('forgetful').checked = query.has('forgetful');
  setInterval(() => {
    if ($('arrivals').checked && document.visibilityState === 'visible') void arrive();
  }, arrivalMilliseconds);
  setInterval(drawClock, 5000);
  window.addEventListener('online', () => void emptyOutbox());
}

function startAddIn() {
  $('pane-title').textContent = addIn.name;
  $('pane').ariaLabel = addIn.name;
  runtimes = createRuntimes({
    addIn,
    client,
    language,
    user: () => state.user,
    roles: () => (state.users.some(({ manager }) => manager?.toLowerCase() === state.user.user.toLowerCase()) ? ['Manager'] : []),
    theme: themeColours,
    message: selected,
    selection: chosen,
    messageOf: (itemId) => everything().find((message) => itemIdOf(message, client) === itemId) ?? null,
    signedOut: () => state.signedOut,
    signIn: () => {
      state.signedOut = false;
      $('signed-out').checked = false;
    },
    barsChanged: drawBars,
    draftAsked: (draft) => state.draft === draft && readDraft(draft, nameKnown),
    draftChanged: (draft) => state.draft === draft && writeDraft(draft),
    reply: (message, html, all) => answer(message, all, html),
    compose: (form) => startDraft('newMail', { form, html: form.htmlBody }),
    open: openMessage,
  });
  panes = createPanes({ addIn, client, runtimes, mode: modeNow, draft: () => state.draft, changed: drawCommands });
  launchEvents = createLaunchEvents({ addIn, client, start: runtimes.start, take });
  for (const [place, buttons] of [[$('read-apps'), addIn.read], [$('compose-apps'), addIn.compose]]) {
    place.hidden = buttons.length === 0;
    place.ariaLabel = buttons[0]?.group ?? addIn.name;
    drawRibbon(place, buttons, { press, state: commandState });
  }
}

async function begin() {
  document.body.dataset.client = client.id;
  wearTheme(query.get('theme') ?? localStorage.getItem('outlook.theme') ?? usualTheme());
  const found = await attempt(() => Promise.all([simulator.users(), readAddIn(client, language, query.get('pane'))]));
  if (!found) {
    setTimeout(() => void begin(), 3000);
    return;
  }
  [state.users, addIn] = found;
  state.user = await attempt(chooseUser) ?? null;
  if (!state.user) {
    $('messages').ariaBusy = 'false';
    $('list-note').textContent = state.users.length === 0
      ? 'There is no mailbox yet. POST /sim/users makes one; then load this page again.'
      : `There is no mailbox of ${query.get('user')} here.`;
    return;
  }
  for (const { user } of sharedMailboxes()) state.mail[user] = [];
  $('owner').textContent = state.user.user;
  $('initials').textContent = state.user.name.split(' ').map((word) => word[0]).join('').slice(0, 2);
  $('user').replaceChildren(...state.users.filter(({ purpose }) => purpose !== 'shared').map(({ user, name }) => new Option(name, user, false, user === state.user.user)));
  document.title = `Mail – ${state.user.name}`;
  startAddIn();
  drawFolders();
  wireList();
  wireCommands();
  wireSettings();
  await Promise.all([refresh(), readClock()]);
  const pane = addIn.read.find(({ action }) => action.pane);
  // Where it can be pinned it was pinned yesterday, and is there again.
  if (pane && client.pinning && pane.action.pinning) panes.show(pane);
  drawMessage();
  simulator.listen({
    news({ user, kind }) {
      if (kind === 'clock') void readClock().then(drawList);
      else if (user && [state.user, ...sharedMailboxes()].some((owner) => owner.user.toLowerCase() === user.toLowerCase())) void refresh();
    },
    open() {
      lost = false;
      void refresh();
      void readClock();
      void emptyOutbox();
    },
    lost() {
      lost = true;
      trouble('Working offline: the mailbox cannot be reached. Trying again …');
    },
  });
}

void begin();
