import { afterEach, describe, expect, it, vi } from 'vitest';
import { SignInError, type SignInTrouble } from '../src/auth';
import { ApiError, type Api } from '../src/api';
import type { Gate, Verdict } from '../src/board';
import type { OnScreen } from '../src/host';
import { createPane, type Pane } from '../src/pane';
import { a, settle } from './a';

/** The product's server, as far as a pane can tell: it decides, and each change raises the revision. */
function aServer() {
  let revision = 10;
  let trouble: ApiError | null = null;
  const calls = new Set<string>();
  const listed = new Map<string, string>();
  let waived = false;
  const gate = (): Gate => {
    const remaining = Math.max(0, 3 - calls.size);
    return a.gate({ callsRemaining: remaining, state: waived ? 'waived' : remaining === 0 ? 'earned' : 'pending' });
  };
  const board = () => a.board({ revision, counts: { calls: calls.size, emails: 0, meetings: 0, verifiedCalls: 0 }, gates: [gate()] });
  const outcomes = new Map<string, string>();
  const change = async (act: () => void) => {
    if (trouble) throw trouble;
    act();
    revision += 1;
    return board();
  };
  const ask = async <T>(answer: () => T): Promise<T> => {
    if (trouble) throw trouble;
    return answer();
  };
  const api: Api = {
    board: vi.fn((etag?: string) => ask(() => (etag === `"${revision}"` ? null : { board: board(), etag: `"${revision}"` }))),
    logCall: vi.fn((id: string) => change(() => calls.add(id))),
    undoCall: vi.fn((id: string) => change(() => calls.delete(id))),
    setOutcome: vi.fn((id: string, outcome: string) => change(() => void outcomes.set(id, outcome))),
    verdict: vi.fn((message): Promise<Verdict> => ask(() => {
      const address = message.from.address!;
      if (address.endsWith('@contoso.com')) return a.verdict({ gate: gate(), board: board() });
      return a.verdict({ senderKind: listed.get(address) ?? 'unknown', reason: 'unknownSender', because: null, board: board() });
    })),
    waive: vi.fn(() => change(() => void (waived = true))),
    takeBackWaiver: vi.fn(() => change(() => void (waived = false))),
    listed: vi.fn((entry: string) => ask(() => listed.get(entry) ?? null)),
    list: vi.fn(async (entry: string, kind: string) => void (await change(() => void listed.set(entry, kind)))),
    unlist: vi.fn(async (entry: string) => void (await change(() => void listed.delete(entry)))),
    ask: vi.fn(async () => Promise.reject(new ApiError('refused', 404, '', 'Nothing there.'))),
    file: vi.fn(async () => new Blob()),
    call: vi.fn(async () => new Response()),
  };
  return { api, calls, outcomes, listed, board, set trouble(next: ApiError | null) { trouble = next; } };
}

const panes: Pane[] = [];
async function aPane({ server = aServer(), host = a.host(), storage = a.storage() } = {}) {
  const signIn = vi.fn(async () => {});
  const signOut = vi.fn(async () => {});
  const pane = createPane({
    host: host.host,
    api: server.api,
    kept: a.kept(storage),
    auth: { token: async () => 'token', signIn, signOut },
    connect: false,
  });
  panes.push(pane);
  await settle();
  return { pane, server, host, storage, signIn, signOut, state: () => pane.store.state(), actions: pane.actions };
}

const offline = new ApiError('offline', 0, '', 'Offline.');
const newSender: OnScreen = a.message({ internetMessageId: '<hello@northwind.example>', itemId: 'item-2', from: { name: 'Priya', address: 'priya@northwind.example' } });

afterEach(() => {
  panes.splice(0).forEach((pane) => pane.stop());
  vi.useRealTimers();
});

describe('three calls', () => {
  it('earn the answer, and the banner follows each', async () => {
    const { host, actions, state } = await aPane({ host: a.host(a.message()) });
    for (let call = 1; call <= 3; call++) {
      actions.callMade();
      await settle();
    }
    expect(state().board?.gates[0]?.state).toBe('earned');
    expect(host.banners).toEqual([
      '3 calls before this answer', '2 calls before this answer', '1 call before this answer', 'Earned: answer it',
    ]);
    expect(state().announcement).toBe('Earned: answer it');
  });

  it('count on screen before the server has answered', async () => {
    const { actions, state } = await aPane();
    actions.callMade();
    actions.callMade();
    expect(state().outbox.ahead).toBe(2);
    expect(state().announcement).toBe('2 calls today.');
    await settle();
    expect(state()).toMatchObject({ outbox: { ahead: 0 }, board: { counts: { calls: 2 } } });
  });

  it('are never shown twice while a verdict that already holds them arrives first', async () => {
    const { actions, state, server, host, pane } = await aPane();
    let answer = () => {};
    vi.mocked(server.api.logCall).mockImplementationOnce(async (id) => {
      server.calls.add(id);
      await new Promise<void>((resolve) => (answer = resolve));
      return server.board();
    });
    const shown: number[] = [];
    pane.store.subscribe(({ board, outbox }) => shown.push((board?.counts.calls ?? 0) + outbox.ahead));
    actions.callMade();
    host.select(a.message());
    await settle();
    answer();
    await settle();
    expect(Math.max(...shown)).toBe(1);
    expect(state().verdict?.senderKind).toBe('colleague');
  });

  it('can be several after a drive, each with an id of its own, taken back one by one', async () => {
    const { actions, state, server } = await aPane();
    actions.callMade(3);
    expect(state().announcement).toBe('3 calls today.');
    await settle();
    expect(server.calls.size).toBe(3);
    actions.undo();
    await settle();
    expect(server.calls.size).toBe(2);
    expect(state().made).toHaveLength(2);
  });

  it('takes how it went later, also after a restart', async () => {
    const { actions, server, storage } = await aPane();
    actions.callMade();
    await settle();
    const again = await aPane({ server, storage });
    const { id } = again.state().made[0]!;
    again.actions.setOutcome(id, 'meeting');
    await settle();
    expect(server.outcomes).toEqual(new Map([[id, 'meeting']]));
    expect(again.state().made).toMatchObject([{ id, outcome: 'meeting' }]);
  });

  it('can be taken back, the last one first', async () => {
    const { actions, state, server } = await aPane();
    actions.callMade();
    actions.callMade();
    await settle();
    const [first, second] = [...server.calls];
    expect(state().made).toHaveLength(2);
    actions.undo();
    await settle();
    expect([...server.calls]).toEqual([first]);
    expect(server.api.undoCall).toHaveBeenCalledWith(second);
    actions.undo();
    await settle();
    expect(state()).toMatchObject({ made: [], board: { counts: { calls: 0 } } });
  });

  it('can be taken back after a restart, from another pane of this browser', async () => {
    const { actions, server, storage } = await aPane();
    actions.callMade();
    await settle();
    const again = await aPane({ server, storage });
    expect(again.state().made).toHaveLength(1);
    again.actions.undo();
    await settle();
    expect(server.calls.size).toBe(0);
  });
});

it('logs the call of a send dialog that could only open the pane, once however often it is opened', async () => {
  const server = aServer();
  const storage = a.storage();
  const id = '0fba586c-2493-4b89-96da-60038254d894';
  for (let opened = 0; opened < 2; opened++) {
    const { host, state } = await aPane({ server, storage });
    host.callInDialog(id);
    await settle();
    expect(state()).toMatchObject({ board: { counts: { calls: 1 } }, made: [{ id }] });
  }
  expect(server.api.logCall).toHaveBeenCalledExactlyOnceWith(id, 0, undefined);
});

describe('a click made offline', () => {
  it('arrives later, exactly once, also after a restart', async () => {
    const first = await aPane();
    first.server.trouble = offline;
    first.actions.callMade();
    await settle();
    expect(first.state()).toMatchObject({ link: 'offline', outbox: { waiting: 1 } });
    first.pane.stop();

    first.server.trouble = null;
    const second = await aPane({ server: first.server, storage: first.storage });
    expect(second.server.calls.size).toBe(1);
    expect(second.state()).toMatchObject({ link: 'ready', outbox: { waiting: 0 }, board: { counts: { calls: 1 } } });
  });
});

it('sends what the ribbon’s button could not, after leaving it time to', async () => {
  vi.useFakeTimers();
  const { server, storage } = await aPane();
  const id = '0fba586c-2493-4b89-96da-60038254d894';
  const click = { id, act: 'log', clickedAt: Date.now(), account: 'sam@contoso.com', tried: true, counted: false, refused: null };
  storage.setItem(`inboxgate.outbox.${id}`, JSON.stringify(click));
  window.dispatchEvent(new StorageEvent('storage', { key: `inboxgate.outbox.${id}` }));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(server.api.logCall).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(server.api.logCall).toHaveBeenCalledExactlyOnceWith(id, 11, undefined);
  expect(storage.getItem(`inboxgate.outbox.${id}`)).toBeNull();
});

describe('the kept board', () => {
  it('is drawn at once, without anybody’s mail, and gives way to the server', async () => {
    const first = await aPane();
    first.actions.callMade();
    await settle();
    first.pane.stop();
    first.server.trouble = offline;
    const second = await aPane({ server: first.server, storage: first.storage });
    expect(second.state()).toMatchObject({ keptCopy: true, board: { counts: { calls: 1 }, gates: [] } });
    expect(JSON.stringify([...Array(first.storage.length).keys()].map((at) => first.storage.getItem(first.storage.key(at)!)))).not.toContain('Ann');
  });

  it('of another person is not shown', async () => {
    const first = await aPane();
    first.pane.stop();
    first.server.trouble = offline;
    const second = await aPane({ server: first.server, storage: first.storage, host: a.host({ kind: 'none' }, 'dana@contoso.com') });
    expect(second.state().board).toBeNull();
  });

  it('that cannot be read is forgotten', async () => {
    const storage = a.storage();
    storage.setItem('inboxgate.board', JSON.stringify({ at: Date.now(), account: 'sam@contoso.com', board: { revision: 'x' } }));
    expect((await aPane({ storage })).state().board?.revision).toBe(10);
  });
});

it('leaves nothing of the account on screen or kept when the rep signs out', async () => {
  const { actions, state, storage, signOut } = await aPane({ host: a.host({ kind: 'none' }, null) });
  expect(a.kept(storage).get('board')).not.toBeNull();

  await actions.ends.signOut();

  expect(signOut).toHaveBeenCalledOnce();
  expect(state()).toMatchObject({ board: null, link: 'signedOut' });
  expect(a.kept(storage).get('board')).toBeNull();
});

describe('the selected message', () => {
  it('is judged when it changes', async () => {
    const { host, state } = await aPane();
    expect(state().onScreen).toEqual({ kind: 'none' });
    host.select(a.message());
    await settle();
    expect(state().verdict?.senderKind).toBe('colleague');
  });

  it('is looked at again when Outlook forgot to tell', async () => {
    const { host, state } = await aPane();
    host.select(a.message(), 'quietly');
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(state().verdict?.senderKind).toBe('colleague');
  });

  it('never gets the verdict of the one before it', async () => {
    const { host, state, server } = await aPane();
    let answer = (_: Verdict) => {};
    vi.mocked(server.api.verdict).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    host.select(a.message());
    await settle();
    host.select(newSender);
    await settle();
    answer(a.verdict({ gate: a.gate(), board: server.board() }));
    await settle();
    expect(state().verdict?.senderKind).toBe('unknown');
    expect(host.banners.at(-1)).toBe('New sender: prospect?');
  });

  it('never gets the banner of the one before it, whatever arrives while Outlook tells of it', async () => {
    const { host, actions } = await aPane({ host: a.host(a.message()) });
    let told = (_: OnScreen) => {};
    host.host.onScreen = () => new Promise((resolve) => (told = resolve));
    host.select(newSender);
    const before = host.banners.length;
    actions.callMade();
    await settle();
    expect(host.banners.slice(before)).toEqual([]);
    told(newSender);
    await settle();
    expect(host.banners.slice(before)).toEqual(['New sender: prospect?']);
  });

  it('is looked at when it turns out that Outlook forgot to tell', async () => {
    const { host, state, actions } = await aPane({ host: a.host(a.message()) });
    host.select(newSender, 'quietly');
    actions.callMade();
    await settle();
    expect(state().verdict?.senderKind).toBe('unknown');
    expect(host.banners.at(-1)).toBe('New sender: prospect?');
  });

  it('is let through while it cannot be judged, and judged when the server is back', async () => {
    const server = aServer();
    vi.mocked(server.api.verdict).mockRejectedValueOnce(offline).mockRejectedValueOnce(offline);
    const { state, host, actions } = await aPane({ server, host: a.host(a.message()) });
    expect(state()).toMatchObject({ verdict: null, verdictFailed: true });
    expect(host.banners).toEqual(['3 calls before this answer']);

    actions.retry();
    await settle();
    expect(state()).toMatchObject({ verdictFailed: false, verdict: { senderKind: 'colleague' } });
  });

  it('is judged again when somebody comes back after the facts have moved on', async () => {
    const { server, actions } = await aPane({ host: a.host(a.message()) });
    vi.mocked(server.api.verdict).mockClear();
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(server.api.verdict).not.toHaveBeenCalled();

    actions.callMade();
    await settle();
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(server.api.verdict).toHaveBeenCalledOnce();
  });
});

describe('a correction', () => {
  it('of a new sender can be undone', async () => {
    const { actions, state, server, host } = await aPane({ host: a.host(newSender) });
    await actions.correct('priya@northwind.example', 'prospect');
    expect(state().verdict?.senderKind).toBe('prospect');
    expect(host.banners.at(-1)).toBeNull();
    await actions.undoCorrection();
    expect(server.listed.size).toBe(0);
    expect(state().verdict?.senderKind).toBe('unknown');
  });

  it('puts back what was listed before', async () => {
    const { actions, server } = await aPane({ host: a.host(newSender) });
    server.listed.set('priya@northwind.example', 'customer');
    await actions.correct('priya@northwind.example', 'vip');
    await actions.undoCorrection();
    expect(server.listed.get('priya@northwind.example')).toBe('customer');
  });

  it('that is refused says why and changes nothing', async () => {
    const { actions, server, state } = await aPane({ host: a.host(newSender) });
    vi.mocked(server.api.list).mockRejectedValueOnce(new ApiError('refused', 422, 'free-mail-domain', 'That domain is a free-mail service.'));
    await actions.correct('gmail.com', 'customer');
    expect(state()).toMatchObject({ refusal: 'That domain is a free-mail service.', correction: null, link: 'ready' });
  });
});

it('waives a gate and takes that back', async () => {
  const { actions, host } = await aPane({ host: a.host(a.message()) });
  await actions.waive('gate-1', 'A customer is waiting');
  expect(host.banners.at(-1)).toBeNull();
  await actions.takeBackWaiver('gate-1');
  expect(host.banners.at(-1)).toBe('3 calls before this answer');
});

it('keeps a ticket for the scripts that cannot sign in', async () => {
  const server = aServer();
  vi.mocked(server.api.ask).mockResolvedValue({ ticket: 'signed', expiresAt: '2126-11-24T20:00:00Z' });
  const { host } = await aPane({ server });
  await vi.waitFor(() => expect(host.settings.get('inboxgate.ticket')).toMatchObject({ ticket: 'signed', account: 'sam@contoso.com', origin: location.origin }));
  await aPane({ server, host });
  expect(vi.mocked(server.api.ask).mock.calls.filter(([, path]) => path === '/api/reply-ticket')).toHaveLength(1);
});

describe('the connection', () => {
  it.each([
    ['offline', new ApiError('offline', 0, '', 'Offline.'), 'offline'],
    ['broken', new ApiError('broken', 500, '', 'The server answered 500.'), 'error'],
    ['refused', new ApiError('refused', 403, '', 'Your organisation does not use InboxGate.'), 'error'],
    ['signed out', new ApiError('signedOut', 401, '', 'Signed out.'), 'signedOut'],
  ])('may be %s at the start', async (_name, trouble, link) => {
    const server = aServer();
    server.trouble = trouble;
    expect((await aPane({ server })).state()).toMatchObject({ link, board: null });
  });

  it('recovers alone', async () => {
    vi.useFakeTimers();
    const server = aServer();
    server.trouble = offline;
    const { state } = await aPane({ server });
    server.trouble = null;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(state().link).toBe('ready');
  });

  it('passes on what a sign-in must ask for', async () => {
    const { actions, signIn } = await aPane();
    await actions.signIn('{"access_token":{}}');
    expect(signIn).toHaveBeenCalledExactlyOnceWith('{"access_token":{}}');
  });

  it.each<[SignInTrouble, string]>([
    ['blocked', 'The browser did not open the sign-in window.'],
    ['consent', 'An administrator has to approve InboxGate first.'],
    ['failed', 'Sign-in did not finish.'],
  ])('says why a sign-in led to nothing: %s', async (trouble, said) => {
    const { actions, signIn, state } = await aPane();
    signIn.mockRejectedValue(new SignInError(trouble));
    await actions.signIn();
    expect(state().problem).toContain(said);
  });

  it('says so when the server does not serve the account that signed in', async () => {
    const server = aServer();
    server.trouble = new ApiError('signedOut', 401, '', 'Signed out.');
    const { actions, state } = await aPane({ server });
    await actions.signIn();
    expect(state().problem).toContain('InboxGate is not set up for this account’s organization.');
  });

  it('comes back with a sign-in', async () => {
    const server = aServer();
    server.trouble = new ApiError('signedOut', 401, '', 'Signed out.');
    const { actions, state } = await aPane({ server });
    server.trouble = null;
    await actions.signIn();
    expect(state()).toMatchObject({ link: 'ready', board: { revision: 10 } });
  });
});

describe('an answer', () => {
  it('begins at the mail on screen, and opens a mail that was on screen before', async () => {
    const other = a.message({ internetMessageId: '<other@x.example>', itemId: 'item-2', from: { name: 'Bo', address: 'bo@x.example' } });
    const { actions: { ends }, host, state } = await aPane({ host: a.host(a.message()) });
    const reply = vi.spyOn(host.host, 'reply');
    const openMail = vi.spyOn(host.host, 'open');
    const gate = state().verdict!.gate!;
    ends.answer(gate);
    expect(reply).toHaveBeenCalledOnce();
    host.select(other);
    await settle();
    expect(ends.isReachable(gate)).toBe(true);
    ends.answer(gate);
    expect(openMail).toHaveBeenCalledExactlyOnceWith('item-1');
    expect(ends.isReachable(a.gate({ id: 'unseen', internetMessageId: '<unseen@contoso.com>' }))).toBe(false);
  });
});

it('covers itself with a sheet and uncovers itself, whoever is there', async () => {
  const { actions, state } = await aPane();
  actions.open('settings');
  expect(state().later.sheet).toBe('settings');
  actions.open(null);
  expect(state().later.sheet).toBeNull();
  expect(actions.ends.account()).toBe('sam@contoso.com');
});
