import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../src/host';
import { settle } from './a';

type Tell = (result: { status: string; value?: unknown }) => void;

/** Outlook as it behaves: argument errors throw, the rest comes back as a failed result. */
function anOutlook(item: Record<string, unknown> | null = anItem(), more: Record<string, unknown> = {}) {
  const handlers = new Map<string, () => void>();
  const mailbox = {
    item,
    userProfile: { emailAddress: 'Sam@contoso.com' },
    addHandlerAsync: (type: string, handler: () => void) => void handlers.set(type, handler),
    convertToRestId: (id: string) => id.replaceAll('/', '-'),
    convertToEwsId: (id: string) => id.replaceAll('-', '/'),
    displayMessageForm: vi.fn(),
    displayNewMessageForm: vi.fn(),
  };
  vi.stubGlobal('Office', {
    onReady: async () => ({ host: 'Outlook' }),
    context: { mailbox, ...more },
    EventType: {
      ItemChanged: 'itemChanged', SelectedItemsChanged: 'selectedItemsChanged', OfficeThemeChanged: 'themeChanged',
      InitializationContextChanged: 'initializationContextChanged',
      DialogMessageReceived: 'dialogMessageReceived', DialogEventReceived: 'dialogEventReceived',
    },
  });
  return { mailbox, handlers, raise: (type: string) => handlers.get(type)?.() };
}

function anItem(change: Record<string, unknown> = {}) {
  return {
    itemId: 'AAM/1',
    itemType: 'message',
    itemClass: 'IPM.Note',
    internetMessageId: ' <slides@contoso.com> ',
    conversationId: 'C/1',
    subject: 'Slides',
    from: { displayName: 'Ann Lindqvist', emailAddress: 'ann@contoso.com' },
    sender: { displayName: 'Ann Lindqvist', emailAddress: 'ann@contoso.com' },
    dateTimeCreated: new Date('2026-11-23T07:40:00Z'),
    displayReplyForm: vi.fn(),
    ...change,
  };
}

interface Bar { message: string; actions?: object[] }

/** An item with Outlook's bars above it: a key is added once and replaced when it is there, after a while. */
function aBarred({ after = 0 } = {}) {
  const shown = new Map<string, Bar>();
  const answer = (tell: Tell, act: () => boolean) => {
    const done = () => tell({ status: act() ? 'succeeded' : 'failed' });
    if (after > 0) setTimeout(done, after);
    else done();
  };
  const notificationMessages = {
    getAllAsync: vi.fn((tell: Tell) => tell({ status: 'succeeded', value: [...shown].map(([key, bar]) => ({ key, ...bar })) })),
    addAsync: vi.fn((key: string, bar: Bar, tell: Tell) => answer(tell, () => !shown.has(key) && !!shown.set(key, bar))),
    replaceAsync: vi.fn((key: string, bar: Bar, tell: Tell) => answer(tell, () => shown.has(key) && !!shown.set(key, bar))),
    removeAsync: vi.fn((key: string, tell: Tell) => answer(tell, () => shown.delete(key))),
  };
  return { item: anItem({ notificationMessages }) as ReturnType<typeof anItem> & { notificationMessages: typeof notificationMessages }, shown };
}

/** A reply being written: fields to ask instead of values. */
function aDraft(change: Record<string, unknown> = {}) {
  const people = (...addresses: string[]) => ({
    getAsync: (tell: Tell) => tell({ status: 'succeeded', value: addresses.map((emailAddress) => ({ emailAddress })) }),
  });
  return anItem({
    itemId: undefined, internetMessageId: undefined, from: undefined, subject: {},
    inReplyTo: ' <slides@contoso.com>', to: people('ann@contoso.com', ''), cc: people('bob@contoso.com'),
    getComposeTypeAsync: (tell: Tell) => tell({ status: 'succeeded', value: { composeType: 'reply', coercionType: 'html' } }),
    ...change,
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.head.replaceChildren();
});

describe('the message on screen', () => {
  it('is told with its facts, ids in the form of Graph', async () => {
    anOutlook();
    expect(await createHost().onScreen()).toEqual({
      kind: 'message',
      facts: {
        internetMessageId: '<slides@contoso.com>', conversationId: 'C-1', itemId: 'AAM-1', subject: 'Slides',
        from: { name: 'Ann Lindqvist', address: 'ann@contoso.com' }, sender: { name: 'Ann Lindqvist', address: 'ann@contoso.com' },
        replyTo: [], receivedAt: '2026-11-23T07:40:00.000Z', headers: null,
      },
    });
  });

  it('comes with telling headers and Reply-To where Outlook has them', async () => {
    const raw = 'Reply-To: bob@fabrikam.com\r\nList-Id: x\r\nReceived: y';
    anOutlook(anItem({ getAllInternetHeadersAsync: (tell: Tell) => tell({ status: 'succeeded', value: raw }) }));
    expect(await createHost().onScreen()).toMatchObject({
      facts: { headers: [{ name: 'List-Id', value: 'x' }], replyTo: [{ address: 'bob@fabrikam.com' }] },
    });
  });

  it.each([
    ['fail', (tell: Tell) => tell({ status: 'failed' })],
    ['throw', () => { throw new Error('no'); }],
  ])('is told without headers when they %s', async (_name, getAllInternetHeadersAsync) => {
    anOutlook(anItem({ getAllInternetHeadersAsync }));
    expect(await createHost().onScreen()).toMatchObject({ kind: 'message', facts: { headers: null } });
  });

  it('is told without headers that never come', async () => {
    vi.useFakeTimers();
    anOutlook(anItem({ getAllInternetHeadersAsync: () => {} }));
    const told = createHost().onScreen();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await told).toMatchObject({ facts: { headers: null } });
  });

  it.each([
    ['none', null],
    ['unsupported', anItem({ itemType: 'appointment' })],
    ['unsupported', anItem({ internetMessageId: undefined })],
    ['invitation', anItem({ itemClass: 'IPM.Schedule.Meeting.Request' })],
    ['shared', anItem({ getSharedPropertiesAsync: (tell: Tell) => tell({ status: 'succeeded', value: { targetMailbox: 'team@contoso.com' } }) })],
  ])('may be none that a gate is for: %s', async (kind, item) => {
    anOutlook(item);
    expect((await createHost().onScreen()).kind).toBe(kind);
  });

  it('of the rep’s own mailbox is not shared', async () => {
    anOutlook(anItem({ getSharedPropertiesAsync: (tell: Tell) => tell({ status: 'failed' }) }));
    expect((await createHost().onScreen()).kind).toBe('message');
  });

  it('tells when another is selected', () => {
    const { raise } = anOutlook();
    const told = vi.fn();
    createHost().onItemChanged(told);
    raise('itemChanged');
    expect(told).toHaveBeenCalledOnce();
  });

  it.each([[null, 1], [anItem(), 0]])('tells of a selection of several, once for one', (item, times) => {
    const { raise } = anOutlook(item);
    const told = vi.fn();
    createHost().onItemChanged(told);
    raise('selectedItemsChanged');
    expect(told).toHaveBeenCalledTimes(times);
  });

  it.each([
    ['several', (tell: Tell) => tell({ status: 'succeeded', value: [{}, {}] })],
    ['none', (tell: Tell) => tell({ status: 'succeeded', value: [] })],
    ['none', (tell: Tell) => tell({ status: 'failed' })],
    ['none', undefined],
  ])('may be %s where there is no item', async (kind, getSelectedItemsAsync) => {
    const { mailbox } = anOutlook(null);
    Object.assign(mailbox, { getSelectedItemsAsync });
    expect(await createHost().onScreen()).toEqual({ kind });
  });
});

describe('a message being written', () => {
  it('is a question when it is a reply, to everyone it goes to', async () => {
    anOutlook(aDraft());
    expect(await createHost().onScreen()).toEqual({
      kind: 'reply',
      question: { inReplyTo: '<slides@contoso.com>', conversationId: 'C-1', recipients: ['ann@contoso.com', 'bob@contoso.com'] },
    });
  });

  it.each([
    ['no parent before Mailbox 1.14', { inReplyTo: undefined }, { inReplyTo: null }],
    ['no conversation', { conversationId: null }, { conversationId: null }],
    ['no recipients that Outlook would tell', { to: { getAsync: (tell: Tell) => tell({ status: 'failed' }) } }, { recipients: null }],
    ['nobody in it yet', { to: { getAsync: (tell: Tell) => tell({ status: 'succeeded', value: [] }) }, cc: undefined }, { recipients: [] }],
  ])('may have %s', async (_what, change, question) => {
    anOutlook(aDraft(change));
    expect(await createHost().onScreen()).toMatchObject({ kind: 'reply', question });
  });

  it('asks for no more people than a question may hold', async () => {
    const crowd = Array.from({ length: 300 }, (_, at) => ({ emailAddress: `p${at}@contoso.com` }));
    anOutlook(aDraft({ to: { getAsync: (tell: Tell) => tell({ status: 'succeeded', value: crowd }) } }));
    const shown = await createHost().onScreen();
    expect(shown.kind === 'reply' && shown.question.recipients?.length).toBe(100);
  });

  it.each([
    ['newMail', { getComposeTypeAsync: (tell: Tell) => tell({ status: 'succeeded', value: { composeType: 'newMail' } }) }],
    ['newMail', { getComposeTypeAsync: (tell: Tell) => tell({ status: 'succeeded', value: { composeType: 'forward' } }) }],
    ['newMail', { getComposeTypeAsync: (tell: Tell) => tell({ status: 'failed' }) }],
    ['newMail', { getComposeTypeAsync: undefined }],
    ['shared', { getSharedPropertiesAsync: (tell: Tell) => tell({ status: 'succeeded', value: { targetMailbox: 'team@contoso.com' } }) }],
    ['unsupported', { itemType: 'appointment' }],
  ])('may be none that a gate is for: %s', async (kind, change) => {
    anOutlook(aDraft(change));
    expect((await createHost().onScreen()).kind).toBe(kind);
  });

  it('is told from another by what it answers', () => {
    const { mailbox } = anOutlook(aDraft());
    const host = createHost();
    const first = host.itemKey();
    mailbox.item = aDraft({ inReplyTo: '<other@contoso.com>' });
    expect(first).not.toBeNull();
    expect(host.itemKey()).not.toBe(first);
  });
});

describe('a call logged in the send dialog', () => {
  const id = '0fba586c-2493-4b89-96da-60038254d894';

  it('is told by what the pane was opened with, and again to one that is open', async () => {
    const handlers = new Map<string, (event: object) => void>();
    anOutlook(aDraft({
      getInitializationContextAsync: (tell: Tell) => tell({ status: 'succeeded', value: `sendDialog ${id}` }),
      addHandlerAsync: (type: string, handler: (event: object) => void) => void handlers.set(type, handler),
    }));
    const told = vi.fn();
    createHost().onDialogCall(told);
    await vi.waitFor(() => expect(told).toHaveBeenCalledExactlyOnceWith(id));
    handlers.get('initializationContextChanged')!({ initializationContextData: `sendDialog ${id.replace('0', '1')}` });
    expect(told).toHaveBeenLastCalledWith(id.replace('0', '1'));
  });

  it.each([
    ['the pane was opened otherwise', aDraft({ getInitializationContextAsync: (tell: Tell) => tell({ status: 'succeeded', value: '' }) })],
    ['Outlook says nothing', aDraft({ getInitializationContextAsync: undefined })],
    ['Outlook throws', aDraft({ addHandlerAsync: () => { throw new Error('no'); }, getInitializationContextAsync: (tell: Tell) => tell({ status: 'failed' }) })],
    ['a message is read', anItem()],
    ['there is no message', null],
  ])('is none when %s', async (_why, item) => {
    anOutlook(item);
    const told = vi.fn();
    const host = createHost();
    host.onDialogCall(told);
    await host.onScreen();
    await settle();
    expect(told).not.toHaveBeenCalled();
  });
});

describe('the banner', () => {
  it('is put above the message, in place of the one before it', async () => {
    const { item, shown } = aBarred();
    anOutlook(item);
    const host = createHost();
    expect(await host.banner('AAM/1', '3 calls before this answer')).toBe(true);
    await host.banner('AAM/1', '2 calls before this answer');
    expect([...shown]).toEqual([['gate', { type: 'informationalMessage', message: '2 calls before this answer', icon: 'Icon.16', persistent: false }]]);
  });

  it('is one, and the newest, when several follow each other faster than Outlook', async () => {
    vi.useFakeTimers();
    const { item, shown } = aBarred({ after: 100 });
    anOutlook(item);
    const host = createHost();
    const put = ['3 calls', '2 calls', '1 call'].map((words) => host.banner('AAM/1', words));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await Promise.all(put)).toEqual([true, true, true]);
    expect([...shown].map(([, { message }]) => message)).toEqual(['1 call']);
  });

  it('leaves those of others', async () => {
    const { item, shown } = aBarred();
    shown.set('theirs', { message: 'Tracked by another add-in' });
    anOutlook(item);
    const host = createHost();
    await host.banner('AAM/1', '3 calls');
    await host.banner('AAM/1', null);
    expect([...shown.keys()]).toEqual(['theirs']);
  });

  it('keeps the longer words of the ribbon’s button that say the same', async () => {
    const { item, shown } = aBarred();
    shown.set('gate', { message: 'Call made. 2 calls before this answer.' });
    anOutlook(item);
    await createHost().banner('AAM/1', '2 calls before this answer');
    expect(shown.get('gate')?.message).toBe('Call made. 2 calls before this answer.');
  });

  it('keeps the way into the pane that the bar above a reply has', async () => {
    const { item, shown } = aBarred();
    const actions = [{ actionType: 'showTaskPane', actionText: 'Open InboxGate', commandId: 'OpenPaneCompose', contextData: '' }];
    shown.set('gate', { message: '2 calls before this answer', actions });
    anOutlook(item);
    await createHost().banner('AAM/1', '1 call before this answer');
    expect(shown.get('gate')).toEqual({ type: 'insightMessage', message: '1 call before this answer', icon: 'Icon.16', actions });
  });

  it('is cut where Outlook would refuse it', async () => {
    const { item, shown } = aBarred();
    anOutlook(item);
    await createHost().banner('AAM/1', 'x'.repeat(200));
    expect(shown.get('gate')?.message).toBe('x'.repeat(150));
  });

  it('is not put on a message that was selected meanwhile', async () => {
    const { item, shown } = aBarred();
    const { mailbox } = anOutlook(item);
    mailbox.item = anItem({ itemId: 'AAM/2' });
    expect(await createHost().banner('AAM/1', '3 calls')).toBe(false);
    expect(shown.size).toBe(0);
  });

  it('is not put on a message that was left while Outlook was asked', async () => {
    const { item, shown } = aBarred();
    const { mailbox } = anOutlook(item);
    item.notificationMessages.getAllAsync.mockImplementation((tell) => {
      mailbox.item = null;
      tell({ status: 'succeeded', value: [] });
    });
    expect(await createHost().banner('AAM/1', '3 calls')).toBe(false);
    expect(shown.size).toBe(0);
  });

  it('is removed only where it is', async () => {
    const { item } = aBarred();
    anOutlook(item);
    const host = createHost();
    await host.banner('AAM/1', null);
    expect(item.notificationMessages.removeAsync).not.toHaveBeenCalled();
    await host.banner('AAM/1', '3 calls');
    await host.banner('AAM/1', null);
    expect(item.notificationMessages.removeAsync).toHaveBeenCalledOnce();
  });

  it.each([
    ['refuses', (...given: unknown[]) => (given.at(-1) as Tell)({ status: 'failed' })],
    ['throws', () => { throw new Error('no'); }],
  ])('is decoration: Outlook %s and nothing happens', async (_what, refuse) => {
    const { item } = aBarred();
    for (const method of ['getAllAsync', 'addAsync', 'replaceAsync', 'removeAsync'] as const) item.notificationMessages[method].mockImplementation(refuse);
    anOutlook(item);
    const host = createHost();
    expect(await host.banner('AAM/1', '3 calls')).toBe(true);
    expect(await host.banner('AAM/1', null)).toBe(true);
  });

  it('is none where Outlook has no bars', async () => {
    anOutlook(anItem({ notificationMessages: undefined }));
    expect(await createHost().banner('AAM/1', '3 calls')).toBe(true);
  });
});

describe('Outlook', () => {
  it('says who is there', async () => {
    anOutlook();
    anOutlook(anItem(), {
      displayLanguage: 'de-DE',
      requirements: { isSetSupported: (name: string, version: string) => name === 'NestedAppAuth' && version === '1.1' },
    });
    expect(await createHost().ready).toEqual({ outlook: true, account: 'Sam@contoso.com', language: 'de-DE', nestedAppAuth: true });
  });

  it('may be too old to say in which language and how to sign in', async () => {
    anOutlook();
    expect(await createHost().ready).toEqual({ outlook: true, account: 'Sam@contoso.com', language: null, nestedAppAuth: false });
  });

  const colours = { bodyForegroundColor: '#FFFFFF', controlBackgroundColor: '#262626', controlForegroundColor: 'ffffff' };
  it.each([
    ['dark', { bodyBackgroundColor: '#1F1F1F', ...colours }, {
      dark: true,
      colours: { bodyBackground: '#1f1f1f', bodyForeground: '#ffffff', controlBackground: '#262626', controlForeground: '#ffffff' },
    }],
    ['light, with half of its colours', { bodyBackgroundColor: '#ffffff' }, { dark: false, colours: null }],
    ['of colours that are none', { bodyBackgroundColor: '#ffffff', ...colours, controlBackgroundColor: 'url(x)' }, { dark: false, colours: null }],
    ['not told', undefined, { dark: null, colours: null }],
  ])('has a theme that is %s', async (_name, officeTheme, theme) => {
    anOutlook(anItem(), { officeTheme });
    const host = createHost();
    const told = vi.fn();
    host.onTheme(told);
    await host.ready;
    await Promise.resolve();
    expect(told).toHaveBeenCalledWith(theme);
  });

  it('tells when its theme changes', async () => {
    const { raise } = anOutlook();
    const host = createHost();
    const told = vi.fn();
    host.onTheme(told);
    await host.ready;
    await Promise.resolve();
    raise('themeChanged');
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('may lack a reply form', () => {
    anOutlook(anItem({ displayReplyForm: () => { throw new Error('mobile'); } }));
    expect(() => createHost().reply()).not.toThrow();
  });

  it('may be absent', async () => {
    const host = createHost();
    expect(await host.ready).toEqual({ outlook: false, account: null, language: null, nestedAppAuth: false });
    expect(await host.onScreen()).toEqual({ kind: 'none' });
    await host.banner('AAM/1', 'x');
    host.reply();
    expect(await host.open('AAM-1')).toBe(false);
    expect(await host.dialog('https://gate.example/signin.html')).toBeNull();
    expect(host.settings.get('x')).toBeNull();
    expect(await host.settings.set('x', 1)).toBe(false);
  });

  it('may never load', async () => {
    vi.useFakeTimers();
    const script = document.createElement('script');
    script.id = 'office';
    script.type = 'text/plain';
    document.head.append(script);
    const host = createHost();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await host.ready).toEqual({ outlook: false, account: null, language: null, nestedAppAuth: false });
  });

  it('may come after the pane', async () => {
    const script = document.createElement('script');
    script.id = 'office';
    script.type = 'text/plain';
    document.head.append(script);
    const host = createHost();
    anOutlook();
    script.dispatchEvent(new Event('load'));
    expect(await host.ready).toMatchObject({ outlook: true });
  });
});

describe('roaming settings', () => {
  it.each([['succeeded', true], ['failed', false]])('say whether they were kept: %s', async (status, kept) => {
    const roamingSettings = { get: vi.fn(() => 'before'), set: vi.fn(), saveAsync: (tell: Tell) => tell({ status }) };
    anOutlook(anItem(), { roamingSettings });
    const { settings } = createHost();
    expect(settings.get('ticket')).toBe('before');
    expect(await settings.set('ticket', { a: 1 })).toBe(kept);
    expect(roamingSettings.set).toHaveBeenCalledExactlyOnceWith('ticket', { a: 1 });
  });
});

describe('a window', () => {
  it('opens for a message, by the id that Outlook reads', async () => {
    const { mailbox } = anOutlook();
    expect(await createHost().open('AAM-1')).toBe(true);
    expect(mailbox.displayMessageForm).toHaveBeenCalledExactlyOnceWith('AAM/1');
  });

  it('opens for a new message', async () => {
    const { mailbox } = anOutlook();
    expect(await createHost().newMessage({ to: ['dana@contoso.com'], subject: 'Target', htmlBody: '<p>18</p>' })).toBe(true);
    expect(mailbox.displayNewMessageForm).toHaveBeenCalledExactlyOnceWith({ toRecipients: ['dana@contoso.com'], subject: 'Target', htmlBody: '<p>18</p>' });
  });

  it('may be one that Outlook will not open', async () => {
    const { mailbox } = anOutlook();
    mailbox.displayMessageForm.mockImplementation(() => { throw new Error('no'); });
    expect(await createHost().open('AAM-1')).toBe(false);
  });
});

describe('a dialog', () => {
  function aDialog() {
    const handlers = new Map<string, (event: object) => void>();
    const close = vi.fn();
    const dialog = { addEventHandler: (type: string, handler: (event: object) => void) => void handlers.set(type, handler), close };
    const displayDialogAsync = vi.fn((_address: string, _options: object, tell: Tell) => tell({ status: 'succeeded', value: dialog }));
    anOutlook(anItem(), { ui: { displayDialogAsync } });
    const raise = (type: string, event: object) => vi.waitFor(() => handlers.get(type)!(event));
    return { displayDialogAsync, close, raise };
  }

  it.each([[location.origin], [undefined]])('brings the first message of our page', async (origin) => {
    const { close, raise } = aDialog();
    const told = createHost().dialog('https://gate.example/signin.html');
    await raise('dialogMessageReceived', { message: 'token', origin });
    expect(await told).toBe('token');
    expect(close).toHaveBeenCalledOnce();
  });

  it('does not listen to another page', async () => {
    const { raise } = aDialog();
    const told = createHost().dialog('https://gate.example/signin.html');
    await raise('dialogMessageReceived', { message: 'theirs', origin: 'https://other.example' });
    await raise('dialogMessageReceived', { message: 'ours', origin: location.origin });
    expect(await told).toBe('ours');
  });

  it('that is closed brings nothing', async () => {
    const { raise } = aDialog();
    const told = createHost().dialog('https://gate.example/signin.html');
    await raise('dialogEventReceived', { error: 12006 });
    expect(await told).toBeNull();
  });

  it('that may not open brings nothing', async () => {
    anOutlook(anItem(), { ui: { displayDialogAsync: (_address: string, _options: object, tell: Tell) => tell({ status: 'failed' }) } });
    expect(await createHost().dialog('https://gate.example/signin.html')).toBeNull();
  });
});
