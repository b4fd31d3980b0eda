// Runs the built script in a context that has what classic Outlook's script-only runtime has, and nothing else:
// no page, no storage, no modules, no crypto, and of the language's library what ECMAScript 2016 had.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { parse } from 'acorn';
import { build } from 'vite';
import { createKept } from '../src/kept';
import { createOutbox } from '../src/outbox';
import { wordsOf } from '../src/events/words';
import { createMadeToday } from '../src/undo';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'events-'));
let script = '';

beforeAll(async () => {
  await build({ configFile: 'vite.events.config.mjs', logLevel: 'silent', build: { outDir: folder } });
  script = readFileSync(join(folder, 'events.js'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

const now = Date.parse('2026-11-24T08:00:00Z');
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

const origin = 'https://gate.example';
const aTicket = (change = {}) => ({ ticket: 'signed', expiresAt: '2026-11-24T20:00:00Z', account: 'sam@contoso.com', origin, ...change });
const owed = (callsRemaining, change = {}) => ({ callsRemaining, callsRequired: 3, callsToday: 4, gateId: 'gate-1', ...change });
const nothingOwed = { callsRemaining: 0, callsRequired: 0, callsToday: 7, gateId: null };
const earned = owed(0);

const good = (value) => (tell) => tell({ status: 'succeeded', value });
const bad = (tell) => tell({ status: 'failed', error: { code: 9020 } });
const never = () => {};
const throws = () => { throw new Error('Outlook has no such thing here.'); };
const people = (...addresses) => ({ getAsync: good(addresses.map((emailAddress) => ({ emailAddress, displayName: emailAddress }))) });

/** Outlook's bars above one message, with the limits that it has. */
function bars({ refuses = () => false } = {}) {
  const shown = new Map();
  const take = (key, details, tell) => {
    if (details.message.length > 150) throw new Error('ArgumentOutOfRange');
    if (refuses(details)) return bad(tell);
    shown.set(key, details);
    return good()(tell);
  };
  return {
    shown,
    addAsync: (key, details, tell) => (shown.has(key) ? bad(tell) : take(key, details, tell)),
    replaceAsync: (key, details, tell) => (shown.has(key) ? take(key, details, tell) : bad(tell)),
  };
}

function aReply(change = {}) {
  return {
    itemType: 'message',
    getComposeTypeAsync: good({ composeType: 'reply', coercionType: 'html' }),
    getSharedPropertiesAsync: bad,
    getInitializationContextAsync: good(''),
    inReplyTo: '<slides@contoso.com>',
    conversationId: 'C/1+x',
    to: people('ann@contoso.com'),
    cc: people('bob@contoso.com'),
    notificationMessages: bars(),
    ...change,
  };
}

function aMail(change = {}) {
  return {
    itemType: 'message',
    getSharedPropertiesAsync: bad,
    internetMessageId: ' <slides@contoso.com> ',
    conversationId: 'C/1',
    from: { emailAddress: 'ann@contoso.com', displayName: 'Ann' },
    to: [{ emailAddress: 'sam@contoso.com' }],
    notificationMessages: bars(),
    ...change,
  };
}

const answers = (body, status = 200) => async () => ({ ok: status < 400, status, json: async () => body });
const unreadable = async () => ({ ok: true, status: 200, json: async () => JSON.parse('<html>') });
const offline = async () => { throw new TypeError('Network request failed'); };
const late = (body, milliseconds) => () => new Promise((resolve) => setTimeout(() => resolve({ ok: true, status: 200, json: async () => body }), milliseconds));

function localStorageOf(kept = new Map()) {
  return {
    kept,
    get length() { return kept.size; },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
  };
}

/** A runtime in which the script was started, as Outlook starts it for one event. */
function aRuntime({ item = aReply(), ticket = aTicket(), server = answers(owed(2)), mailbox = '1.15', language = 'en-US', platform = 'PC', more = {} } = {}) {
  const functions = new Map();
  const fetch = vi.fn(server);
  const Office = {
    actions: { associate: (name, run) => void functions.set(name, run) },
    context: {
      displayLanguage: language,
      platform,
      requirements: { isSetSupported: (name, version) => name === 'Mailbox' && Number(version.split('.')[1]) <= Number(mailbox.split('.')[1]) },
      roamingSettings: { get: (key) => (key === 'inboxgate.ticket' ? ticket : undefined) },
      mailbox: {
        item,
        userProfile: { emailAddress: 'Sam@contoso.com' },
        convertToRestId: (id) => id.replaceAll('/', '-').replaceAll('+', '_'),
      },
    },
  };
  const context = vm.createContext({ Office, fetch, setTimeout: (run, after) => void setTimeout(run, after), Date, ...more });
  vm.runInContext(withoutNewerLibrary, context);
  vm.runInContext(script, context);

  /** Raises the event and lets time pass until Outlook is told that it is done. */
  async function raise(name, within) {
    const completed = vi.fn();
    const started = Date.now();
    functions.get(name)({ completed });
    while (completed.mock.calls.length === 0 && Date.now() - started < within) await vi.advanceTimersByTimeAsync(50);
    const after = Date.now() - started;
    // Whatever is still under way must not tell Outlook a second time.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(completed).toHaveBeenCalledOnce();
    return { answer: completed.mock.calls[0][0], after };
  }

  return {
    functions,
    fetch,
    Office,
    send: () => raise('onMessageSend', 1_000),
    write: () => raise('onNewMessageCompose', 20_000),
    click: () => raise('callMade', 25_000),
    asked: () => {
      const [address, { method, body }] = fetch.mock.calls[0];
      return { address, method, body: JSON.parse(body) };
    },
    bar: () => [...(item?.notificationMessages.shown ?? [])].map(([key, { message }]) => `${key}: ${message}`),
  };
}

const withoutNewerLibrary = `
  delete Promise.prototype.finally; delete Promise.allSettled; delete Promise.any; delete Array.prototype.flat;
  delete Array.prototype.flatMap; delete Array.prototype.at; delete Object.entries; delete Object.values; delete Object.fromEntries;
  delete String.prototype.padStart; delete String.prototype.padEnd; delete String.prototype.replaceAll; delete String.prototype.matchAll;
  delete String.prototype.at; delete globalThis.globalThis;`;

describe('the script', () => {
  it('is one file of ECMAScript 2016 that imports nothing', () => {
    expect(() => parse(script, { ecmaVersion: 7, sourceType: 'script' })).not.toThrow();
  });

  it('has none of what old Outlooks cannot load or wait for', () => {
    const found = new Set();
    walk(parse(script, { ecmaVersion: 7, sourceType: 'script' }), (node) => {
      found.add(node.type);
      if (node.generator || node.async) found.add('generator');
    });
    for (const type of ['ConditionalExpression', 'YieldExpression', 'generator', 'ImportExpression']) expect([...found]).not.toContain(type);
  });

  it('is plain ASCII, whatever it is read as', () => {
    expect(script).toMatch(/^[\x00-\x7f]+$/);
  });

  it('names its functions as the manifests do, before anything is ready', () => {
    expect([...aRuntime().functions.keys()].sort()).toEqual(['callMade', 'onMessageSend', 'onNewMessageCompose']);
  });

  it('is loaded by its page after Office.js, and by nothing else', () => {
    const page = readFileSync(join(folder, 'commands.html'), 'utf8');
    expect([...page.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].map(([tag, inline]) => [/src="([^"]*)"/.exec(tag)?.[1], inline]))
      .toEqual([['__OFFICE_JS__', ''], ['/events.js', '']]);
    expect(page).not.toMatch(/async|defer|type=/);
  });
});

describe('the words', () => {
  const pane = import.meta.glob('../src/words/??.ts', { eager: true });

  it.each(Object.entries(pane).map(([path, { words }]) => [path.slice(-5, -3), words]))('are those of the pane in %s', (language, words) => {
    const said = wordsOf(language);
    expect(said.callMade).toBe(words.callMade);
    expect(said.earned).toBe(words.banner.earned);
    for (const calls of [1, 2, 3, 12]) {
      expect(said.owed(calls)).toBe(words.banner.calls(calls));
      expect(said.waiting(calls)).toBe(words.waitingToBeSent(calls));
    }
  });

  it.each(['en', 'de', 'fr', 'es', 'ja'])('fit where Outlook shows them in %s', (language) => {
    const said = wordsOf(language);
    expect(said.callMade.length).toBeLessThanOrEqual(20);
    expect(said.open.length).toBeLessThanOrEqual(30);
    for (const words of [said.notCounted, said.waiting(99), `${said.callMade}${said.stop}${said.gap}${said.owed(99)}${said.stop}`]) expect(words.length).toBeLessThanOrEqual(150);
  });
});

describe('a reply that is sent', () => {
  it('asks which mail it answers, by ticket, at the address that came with the ticket', async () => {
    const runtime = aRuntime();
    await runtime.send();
    expect(runtime.asked()).toEqual({
      address: 'https://gate.example/api/reply-check',
      method: 'POST',
      body: { ticket: 'signed', inReplyTo: '<slides@contoso.com>', conversationId: 'C-1_x', recipients: ['ann@contoso.com', 'bob@contoso.com'] },
    });
    expect(runtime.fetch).toHaveBeenCalledOnce();
  });

  it('asks its own page’s server where there is a page', async () => {
    const runtime = aRuntime({ more: { document: {}, location: { origin: 'https://moved.example' } } });
    await runtime.send();
    expect(runtime.asked().address).toBe('https://moved.example/api/reply-check');
  });

  it('does not take the address of what only runs it for a page’s', async () => {
    const runtime = aRuntime({ more: { location: { origin: 'https://outlook.example' } } });
    await runtime.send();
    expect(runtime.asked().address).toBe('https://gate.example/api/reply-check');
  });

  it.each([[1, '1 call before this answer.'], [2, '2 calls before this answer.'], [3, '3 calls before this answer.']])(
    'is asked about when %i are owed',
    async (calls, errorMessage) => {
      const { answer } = await aRuntime({ server: answers(owed(calls)) }).send();
      expect(answer).toEqual({ allowEvent: false, errorMessage, cancelLabel: 'Call made', commandId: 'CallMadeCompose', contextData: 'sendDialog' });
    },
  );

  it.each([
    ['1.16', { cancelLabel: 'Call made', commandId: 'CallMadeCompose', contextData: 'sendDialog' }],
    ['1.14', { cancelLabel: 'Call made', commandId: 'OpenPaneCompose', contextData: expect.stringMatching(/^sendDialog [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) }],
    ['1.13', {}],
  ])('offers what a client of Mailbox %s can do', async (mailbox, offered) => {
    const { answer } = await aRuntime({ mailbox }).send();
    expect(answer).toEqual({ allowEvent: false, errorMessage: '2 calls before this answer.', ...offered });
  });

  it.each([
    ['de-AT', '2 Anrufe vor dieser Antwort.', 'Anruf erledigt'],
    ['FR', '2 appels avant cette réponse.', 'Appel passé'],
    ['es-MX', '2 llamadas antes de esta respuesta.', 'Llamada hecha'],
    ['ja-JP', '返信の前に電話2件。', '電話済み'],
    ['pt-BR', '2 calls before this answer.', 'Call made'],
    ['constructor', '2 calls before this answer.', 'Call made'],
    [undefined, '2 calls before this answer.', 'Call made'],
  ])('is asked about in the language of Outlook: %s', async (language, errorMessage, cancelLabel) => {
    const { answer } = await aRuntime({ language }).send();
    expect(answer).toMatchObject({ errorMessage, cancelLabel });
    expect(answer.cancelLabel.length).toBeLessThanOrEqual(20);
    expect(answer.errorMessage.length).toBeLessThanOrEqual(500);
  });

  it.each([
    ['nothing is owed', { server: answers(nothingOwed) }],
    ['it is earned', { server: answers(earned) }],
    ['there is no ticket', { ticket: null }],
    ['the ticket is over', { ticket: aTicket({ expiresAt: '2026-11-24T08:00:00Z' }) }],
    ['the ticket’s end cannot be read', { ticket: aTicket({ expiresAt: 'later' }) }],
    ['the ticket is another account’s', { ticket: aTicket({ account: 'dana@contoso.com' }) }],
    ['the ticket is none', { ticket: 'signed' }],
    ['the ticket says not where to ask', { ticket: aTicket({ origin: undefined }) }],
    ['it is a new mail', { item: aReply({ getComposeTypeAsync: good({ composeType: 'newMail' }) }) }],
    ['it is a forward', { item: aReply({ getComposeTypeAsync: good({ composeType: 'forward' }) }) }],
    ['Outlook does not say what it is', { item: aReply({ getComposeTypeAsync: bad }) }],
    ['Outlook cannot say what it is', { item: aReply({ getComposeTypeAsync: undefined }) }],
    ['Outlook throws', { item: aReply({ getComposeTypeAsync: throws }) }],
    ['it is of a shared mailbox', { item: aReply({ getSharedPropertiesAsync: good({ targetMailbox: 'team@contoso.com' }) }) }],
    ['it names no original', { item: aReply({ inReplyTo: null, conversationId: null }) }],
    ['there is no item', { item: null }],
    ['Outlook says not who is there', { ticket: aTicket({ account: null }) }],
  ])('goes when %s', async (_why, how) => {
    expect((await aRuntime(how).send()).answer).toEqual({ allowEvent: true });
  });

  it.each([
    ['refuses the ticket', answers({ type: 'reply-ticket' }, 401)],
    ['is broken', answers({}, 500)],
    ['answers with a page', unreadable],
    ['answers with nothing', answers(null)],
    ['answers with words for numbers', answers(owed('2'))],
    ['answers with half a call', answers(owed(1.5))],
    ['answers with fewer than none', answers(owed(-1))],
    ['answers with less than it should', answers({ callsRemaining: 2 })],
    ['cannot be reached', offline],
    ['is not to be asked at all', throws],
  ])('goes when the server %s', async (_why, server) => {
    expect((await aRuntime({ server }).send()).answer).toEqual({ allowEvent: true });
  });

  it.each([
    ['the server', { server: late(owed(2), 5_000) }],
    ['the server, forever', { server: () => new Promise(never) }],
    ['Outlook', { item: aReply({ getComposeTypeAsync: never }) }],
    ['Outlook, of the recipients,', { item: aReply({ to: { getAsync: never } }), server: late(owed(2), 800) }],
  ])('goes within a second when %s is slow', async (_who, how) => {
    const { answer, after } = await aRuntime(how).send();
    expect(answer).toEqual({ allowEvent: true });
    expect(after).toBeLessThan(1_000);
  });

  it('waits for a server that answers within the second', async () => {
    const { answer, after } = await aRuntime({ server: late(owed(2), 700) }).send();
    expect(answer.allowEvent).toBe(false);
    expect(after).toBeLessThan(1_000);
  });

  it('is asked about without a parent or recipients that Outlook would tell', async () => {
    const runtime = aRuntime({ mailbox: '1.13', item: aReply({ inReplyTo: undefined, to: { getAsync: bad }, cc: undefined }) });
    expect((await runtime.send()).answer.allowEvent).toBe(false);
    expect(runtime.asked().body).toMatchObject({ inReplyTo: null, conversationId: 'C-1_x', recipients: null });
  });

  it('goes when Outlook will not take the question', async () => {
    const runtime = aRuntime();
    const taken = [];
    const completed = (options) => {
      if (options.commandId) throw new Error('Unknown option.');
      taken.push(options);
    };
    runtime.functions.get('onMessageSend')({ completed });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(taken).toEqual([{ allowEvent: true }]);
  });
});

describe('a new message', () => {
  it('that answers gated mail gets a bar with a way into the pane', async () => {
    const item = aReply();
    const { answer } = await aRuntime({ item }).write();
    expect(answer).toBeUndefined();
    expect([...item.notificationMessages.shown]).toEqual([['gate', {
      type: 'insightMessage',
      message: '2 calls before this answer',
      icon: 'Icon.16',
      actions: [{ actionType: 'showTaskPane', actionText: 'Open InboxGate', commandId: 'OpenPaneCompose', contextData: '' }],
    }]]);
  });

  it.each([
    ['on a phone', { platform: 'iOS', mailbox: '1.5' }],
    ['on the other phone', { platform: 'Android', mailbox: '1.15' }],
    ['before Mailbox 1.10', { mailbox: '1.9' }],
    ['where Outlook will not take the link', { item: aReply({ notificationMessages: bars({ refuses: ({ actions }) => !!actions }) }) }],
  ])('gets plain words %s', async (_where, how) => {
    const item = how.item ?? aReply();
    await aRuntime({ ...how, item }).write();
    expect([...item.notificationMessages.shown]).toEqual([['gate', {
      type: 'informationalMessage', message: '2 calls before this answer', icon: 'Icon.16', persistent: false,
    }]]);
  });

  it('keeps to one bar, replaced in place', async () => {
    const item = aReply();
    await aRuntime({ item }).write();
    await aRuntime({ item, server: answers(owed(1)) }).write();
    expect(aRuntime({ item }).bar()).toEqual(['gate: 1 call before this answer']);
  });

  it.each([
    ['nothing is owed', { server: answers(nothingOwed) }],
    ['it is new', { item: aReply({ getComposeTypeAsync: good({ composeType: 'newMail' }) }) }],
    ['it is of a shared mailbox', { item: aReply({ getSharedPropertiesAsync: good({ targetMailbox: 'team@contoso.com' }) }) }],
    ['there is no ticket', { ticket: null }],
    ['the server cannot be reached', { server: offline }],
    ['the server is slow', { server: () => new Promise(never) }],
    ['Outlook says nothing', { item: aReply({ getComposeTypeAsync: never, getSharedPropertiesAsync: never, to: { getAsync: never } }) }],
    ['Outlook shows no bars', { item: aReply({ notificationMessages: { shown: new Map(), replaceAsync: throws, addAsync: throws } }) }],
    ['Outlook does not answer for its bars', { item: aReply({ notificationMessages: { shown: new Map(), replaceAsync: never, addAsync: never } }) }],
  ])('is left alone when %s', async (_why, how) => {
    const runtime = aRuntime(how);
    await runtime.write();
    expect(runtime.bar()).toEqual([]);
  });
});

describe('“Call made”', () => {
  it('logs a call for the mail that is read, and says so above it', async () => {
    const runtime = aRuntime({ item: aMail() });
    await runtime.click();
    const { address, method, body } = runtime.asked();
    expect(address).toMatch(/^https:\/\/gate\.example\/api\/reply-check\/calls\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(method).toBe('PUT');
    expect(body).toEqual({ ticket: 'signed', inReplyTo: '<slides@contoso.com>', conversationId: 'C-1', recipients: ['ann@contoso.com'] });
    expect(runtime.bar()).toEqual(['gate: Call made. 2 calls before this answer.']);
  });

  it('logs a call for the mail that is answered, and keeps the way into the pane', async () => {
    const item = aReply();
    const runtime = aRuntime({ item });
    await runtime.click();
    expect(runtime.asked().body.inReplyTo).toBe('<slides@contoso.com>');
    expect(item.notificationMessages.shown.get('gate')).toMatchObject({ type: 'insightMessage', message: 'Call made. 2 calls before this answer.' });
  });

  it('logs another with each click', async () => {
    const ids = [];
    for (let click = 0; click < 3; click++) {
      const runtime = aRuntime({ item: aMail() });
      await runtime.click();
      ids.push(runtime.asked().address);
    }
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['the answer is earned', aMail(), earned, 'Earned: answer it'],
    ['the answer is earned, from the ribbon of a reply', aReply(), earned, 'Earned: answer it'],
    ['the answer is earned, from the send dialog', aReply({ getInitializationContextAsync: good('sendDialog') }), earned, 'Earned: send it'],
    ['one is left, from the send dialog', aReply({ getInitializationContextAsync: good('sendDialog') }), owed(1), 'Call made. 1 call before this answer.'],
    ['no answer waits for it', aMail(), nothingOwed, 'Call made. 7 today.'],
    ['Outlook keeps where it came from', aReply({ getInitializationContextAsync: never }), earned, 'Earned: answer it'],
  ])('says where things stand: %s', async (_when, item, standing, words) => {
    const runtime = aRuntime({ item, server: answers(standing) });
    await runtime.click();
    expect(runtime.bar()).toEqual([`gate: ${words}`]);
  });

  it.each([
    ['de', 'Anruf erledigt. 1 Anruf vor dieser Antwort.'],
    ['fr', 'Appel passé. 1 appel avant cette réponse.'],
    ['es', 'Llamada hecha. 1 llamada antes de esta respuesta.'],
    ['ja', '電話済み。返信の前に電話1件。'],
  ])('says so in the language of Outlook: %s', async (language, words) => {
    const runtime = aRuntime({ item: aMail(), language, server: answers(owed(1)) });
    await runtime.click();
    expect(runtime.bar()).toEqual([`gate: ${words}`]);
  });

  it('logs a call without a mail, and of a shared mailbox without naming it', async () => {
    const none = aRuntime({ item: null, server: answers(nothingOwed) });
    await none.click();
    expect(none.asked().body).toEqual({ ticket: 'signed', inReplyTo: null, conversationId: null, recipients: null });

    const shared = aRuntime({ item: aMail({ getSharedPropertiesAsync: good({ targetMailbox: 'team@contoso.com' }) }) });
    await shared.click();
    expect(shared.asked().body).toMatchObject({ inReplyTo: null, conversationId: null });
  });

  it('replaces the bar that is there', async () => {
    const item = aMail();
    await aRuntime({ item }).click();
    await aRuntime({ item, server: answers(earned) }).click();
    expect([...item.notificationMessages.shown.keys()]).toEqual(['gate']);
  });

  const troubles = [
    ['offline', { server: offline }],
    ['without a ticket', { ticket: null }],
    ['with a ticket that is over', { ticket: aTicket({ expiresAt: '2026-11-24T07:00:00Z' }) }],
    ['when the ticket is refused', { server: answers({}, 401) }],
    ['when the server is broken', { server: answers({}, 500) }],
    ['when the server does not answer', { server: () => new Promise(never) }],
    ['when the server’s answer cannot be read', { server: unreadable }],
  ];

  it.each(troubles)('says plainly that it did not count where nothing can be kept: %s', async (_when, how) => {
    const runtime = aRuntime({ item: aMail(), ...how });
    const { after } = await runtime.click();
    expect(runtime.bar()).toEqual(['gate: This call was not counted. Open InboxGate to log it.']);
    expect(after).toBeLessThan(10_000);
  });

  it('says so too where storage is refused', async () => {
    const localStorage = { ...localStorageOf(), setItem: throws };
    const runtime = aRuntime({ item: aMail(), server: offline, more: { localStorage } });
    await runtime.click();
    expect(runtime.bar()).toEqual(['gate: This call was not counted. Open InboxGate to log it.']);
  });

  describe('where there is storage', () => {
    const outboxOf = ({ kept }) => [...kept].filter(([key]) => key.startsWith('inboxgate.outbox.')).map(([, text]) => JSON.parse(text));
    const madeOf = ({ kept }) => JSON.parse(kept.get('inboxgate.made.sam@contoso.com') ?? 'null');

    it.each(troubles)('is not lost: %s', async (_when, how) => {
      const localStorage = localStorageOf();
      const runtime = aRuntime({ item: aMail(), ...how, more: { localStorage } });
      await runtime.click();
      expect(runtime.bar()).toEqual(['gate: 1 call waiting to be sent']);
      const [click, ...others] = outboxOf(localStorage);
      expect(others).toEqual([]);
      expect(click).toEqual({ id: expect.any(String), act: 'log', clickedAt: now, account: 'sam@contoso.com', tried: true, counted: false, refused: null });
      expect(madeOf(localStorage)).toEqual({ date: '2026-11-24', ids: [click.id] });
    });

    it('is sent by the pane, once and under the same id, and can be taken back there', async () => {
      const localStorage = localStorageOf();
      const runtime = aRuntime({ item: aMail(), server: answers({}, 500), more: { localStorage } });
      await runtime.click();
      const sent = /calls\/(.*)$/.exec(runtime.asked().address)[1];

      const logCall = vi.fn(async () => ({}));
      const kept = createKept(() => localStorage);
      const outbox = createOutbox({ kept, api: { logCall }, now: Date.now, settled: () => {}, changed: () => {}, failed: () => {} });
      outbox.belongsTo('sam@contoso.com');
      expect(outbox.view()).toEqual({ waiting: 1, ahead: 1, undecided: [] });
      await outbox.send();
      await outbox.send();
      expect(logCall).toHaveBeenCalledExactlyOnceWith(sent, expect.any(Number), undefined);
      expect(outboxOf(localStorage)).toEqual([]);
      expect(createMadeToday(kept, () => 'sam@contoso.com').calls('2026-11-24').map(({ id }) => id)).toEqual([sent]);
    });

    it('is counted with those that wait already: only calls of this person, that will be sent', async () => {
      const localStorage = localStorageOf();
      const click = (id, change) => localStorage.setItem(`inboxgate.outbox.${id}`, JSON.stringify({ id, act: 'log', clickedAt: now, account: 'sam@contoso.com', tried: false, counted: false, refused: null, ...change }));
      click('one', {});
      click('nobodys', { account: null });
      click('danas', { account: 'dana@contoso.com' });
      click('undone', { act: 'undo' });
      click('refused', { refused: 'Too old.' });
      click('old', { clickedAt: now - 8 * 24 * 60 * 60 * 1000 });
      localStorage.setItem('inboxgate.outbox.torn', '{');
      const runtime = aRuntime({ item: aMail(), server: offline, more: { localStorage } });
      await runtime.click();
      expect(runtime.bar()).toEqual(['gate: 3 calls waiting to be sent']);
    });

    it('is kept before it is sent, under the id that is sent, and is gone when the server has it', async () => {
      const localStorage = localStorageOf();
      let keptThen = [];
      const runtime = aRuntime({
        item: aMail(),
        more: { localStorage },
        server: async (...asked) => {
          keptThen = outboxOf(localStorage);
          return answers(owed(2))(...asked);
        },
      });
      await runtime.click();
      expect(runtime.asked().address).toContain(keptThen[0].id);
      expect(outboxOf(localStorage)).toEqual([]);
      expect(madeOf(localStorage)).toEqual({ date: '2026-11-24', ids: [keptThen[0].id] });
    });

    it('leaves an undo that was made meanwhile', async () => {
      const localStorage = localStorageOf();
      const runtime = aRuntime({
        item: aMail(),
        more: { localStorage },
        server: async (...asked) => {
          const [click] = outboxOf(localStorage);
          localStorage.setItem(`inboxgate.outbox.${click.id}`, JSON.stringify({ ...click, act: 'undo' }));
          return answers(owed(2))(...asked);
        },
      });
      await runtime.click();
      expect(outboxOf(localStorage)).toMatchObject([{ act: 'undo' }]);
    });

    it.each([
      ['the day of the board', { today: { timeZone: 'Pacific/Auckland' }, asOf: '2026-11-24T11:00:00Z' }, '2026-11-25'],
      ['the clock of the server', { today: { timeZone: 'Europe/Berlin' }, asOf: '2026-03-02T08:00:00Z' }, '2026-03-02'],
      ['this machine’s day, of a board with an unknown zone', { today: { timeZone: 'Mars/Olympus' }, asOf: '2026-11-24T08:00:00Z' }, '2026-11-24'],
    ])('is in the list of today’s calls by %s', async (_whose, board, date) => {
      const localStorage = localStorageOf();
      localStorage.setItem('inboxgate.board', JSON.stringify({ at: now, account: 'sam@contoso.com', board }));
      localStorage.setItem('inboxgate.made.sam@contoso.com', JSON.stringify({ date, ids: ['earlier'] }));
      await aRuntime({ item: aMail(), more: { localStorage } }).click();
      expect(madeOf(localStorage)).toEqual({ date, ids: ['earlier', expect.any(String)] });
    });

    it('starts the list anew on another day', async () => {
      const localStorage = localStorageOf();
      localStorage.setItem('inboxgate.made.sam@contoso.com', JSON.stringify({ date: '2026-11-23', ids: ['earlier'] }));
      await aRuntime({ item: aMail(), more: { localStorage } }).click();
      expect(madeOf(localStorage)).toMatchObject({ date: '2026-11-24', ids: [expect.any(String)] });
    });
  });

  it('ends in time whatever Outlook does', async () => {
    const item = aMail({ getSharedPropertiesAsync: never, notificationMessages: { shown: new Map(), replaceAsync: never, addAsync: never } });
    const { after } = await aRuntime({ item, server: () => new Promise(never) }).click();
    expect(after).toBeLessThanOrEqual(20_000);
  });
});

function walk(node, tell) {
  if (Array.isArray(node)) node.forEach((child) => walk(child, tell));
  else if (node && typeof node.type === 'string') {
    tell(node);
    Object.values(node).forEach((child) => walk(child, tell));
  }
}
