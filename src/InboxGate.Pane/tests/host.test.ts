import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../src/host';

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
      DialogMessageReceived: 'dialogMessageReceived', DialogEventReceived: 'dialogEventReceived',
    },
  });
  return { mailbox, handlers, raise: (type: string) => handlers.get(type)?.() };
}

function anItem(change: Record<string, unknown> = {}) {
  const shown: [string, string][] = [];
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
    shown,
    notificationMessages: {
      replaceAsync: vi.fn((_key: string, _details: object, tell: Tell) => tell({ status: 'failed' })),
      addAsync: vi.fn((key: string, details: { message: string }, tell: Tell) => {
        shown.push([key, details.message]);
        tell({ status: 'succeeded' });
      }),
      removeAsync: vi.fn((_key: string, tell: Tell) => tell({ status: 'succeeded' })),
    },
    displayReplyForm: vi.fn(),
    ...change,
  };
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

describe('the banner', () => {
  it('is added where there is none to replace', async () => {
    const item = anItem();
    anOutlook(item);
    await createHost().banner('AAM/1', '3 calls before this answer');
    expect(item.shown).toEqual([['gate', '3 calls before this answer']]);
  });

  it('replaces the one before it', async () => {
    const item = anItem();
    item.notificationMessages.replaceAsync.mockImplementation((_key, _details, tell) => tell({ status: 'succeeded' }));
    anOutlook(item);
    await createHost().banner('AAM/1', 'Earned: answer it');
    expect(item.notificationMessages.addAsync).not.toHaveBeenCalled();
  });

  it('is what Outlook takes in read mode', async () => {
    const item = anItem();
    anOutlook(item);
    await createHost().banner('AAM/1', 'x'.repeat(200));
    const [key, details] = item.notificationMessages.replaceAsync.mock.calls[0]!;
    expect(key.length).toBeLessThanOrEqual(32);
    expect(details).toEqual({ type: 'informationalMessage', message: 'x'.repeat(150), icon: expect.stringMatching(/^.{1,32}$/), persistent: false });
  });

  it('is not put on a message that was selected meanwhile', async () => {
    const item = anItem();
    const { mailbox } = anOutlook(item);
    mailbox.item = anItem({ itemId: 'AAM/2' });
    await createHost().banner('AAM/1', '3 calls before this answer');
    expect(item.notificationMessages.replaceAsync).not.toHaveBeenCalled();
  });

  it('is removed when nothing is owed, and its failures are silent', async () => {
    const item = anItem();
    item.notificationMessages.removeAsync.mockImplementation(() => { throw new Error('no'); });
    anOutlook(item);
    await createHost().banner('AAM/1', null);
    expect(item.notificationMessages.removeAsync).toHaveBeenCalledOnce();
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
