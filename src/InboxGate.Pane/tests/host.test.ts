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
  };
  vi.stubGlobal('Office', {
    onReady: async () => ({ host: 'Outlook' }),
    context: { mailbox, ...more },
    EventType: { ItemChanged: 'itemChanged', OfficeThemeChanged: 'themeChanged' },
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
    expect(await createHost().ready).toEqual({ outlook: true, account: 'Sam@contoso.com' });
  });

  it.each([['#1f1f1f', true], ['#ffffff', false], [undefined, null]])('has the theme %s', async (bodyBackgroundColor, dark) => {
    anOutlook(anItem(), { officeTheme: { bodyBackgroundColor } });
    const host = createHost();
    const told = vi.fn();
    host.onTheme(told);
    await host.ready;
    await Promise.resolve();
    expect(told).toHaveBeenCalledWith(dark);
  });

  it('may lack a reply form', () => {
    anOutlook(anItem({ displayReplyForm: () => { throw new Error('mobile'); } }));
    expect(() => createHost().reply()).not.toThrow();
  });

  it('may be absent', async () => {
    const host = createHost();
    expect(await host.ready).toEqual({ outlook: false, account: null });
    expect(await host.onScreen()).toEqual({ kind: 'none' });
    await host.banner('AAM/1', 'x');
    host.reply();
  });

  it('may never load', async () => {
    vi.useFakeTimers();
    const script = document.createElement('script');
    script.id = 'office';
    script.type = 'text/plain';
    document.head.append(script);
    const host = createHost();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await host.ready).toEqual({ outlook: false, account: null });
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
