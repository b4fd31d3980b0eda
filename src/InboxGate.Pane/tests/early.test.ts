import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApi, type Api } from '../src/api';
import { takeEarly, type Early } from '../src/early';
import { createPane, type Pane } from '../src/pane';
import page from '../taskpane.html?raw';
import { a, settle } from './a';

const address = 'mira@contoso.com';

describe('the script in the page', () => {
  const script = /<script>([^]*?)<\/script>/.exec(page)![1]!;

  function run(kept: unknown) {
    const fetch = vi.fn(async () => new Response('{}'));
    const self: { inboxgateEarly?: Early } = {};
    const sessionStorage = { 'inboxgate.token': typeof kept === 'string' ? kept : JSON.stringify(kept) };
    new Function('sessionStorage', 'self', 'fetch', script)(sessionStorage, self, fetch);
    return { fetch, early: takeEarly(self), self };
  }

  it('asks for the board with the token at hand, and the pane takes the answer once', async () => {
    const { fetch, early, self } = run({ accessToken: 'token', expiresOn: Date.now() + 600_000, account: address });
    expect(fetch).toHaveBeenCalledWith('/api/board', expect.objectContaining({
      cache: 'no-store',
      headers: { accept: 'application/json', authorization: 'Bearer token' },
    }));
    expect(early).toMatchObject({ account: address });
    expect(await early!.answer).toBeInstanceOf(Response);
    expect(takeEarly(self)).toBeNull();
  });

  it.each([
    ['there is no token', null],
    ['the token is about to expire', { accessToken: 'token', expiresOn: Date.now() + 30_000, account: null }],
    ['what is kept cannot be read', '{'],
  ])('asks nothing when %s', (_name, kept) => {
    const { fetch, early } = run(kept);
    expect(fetch).not.toHaveBeenCalled();
    expect(early).toBeNull();
  });
});

describe('the api', () => {
  const sent = () => vi.fn(async () => new Response(JSON.stringify(a.board({ revision: 2 })), { headers: { etag: '"2"' } }));

  it('takes a good answer that is on its way already and sends nothing', async () => {
    const send = sent();
    const early = Promise.resolve(new Response(JSON.stringify(a.board({ revision: 1 })), { headers: { etag: '"1"' } }));
    expect(await createApi(async () => 'token', send).board(undefined, early)).toMatchObject({ etag: '"1"', board: { revision: 1 } });
    expect(send).not.toHaveBeenCalled();
  });

  it.each([
    ['was refused', () => Promise.resolve(new Response('{}', { status: 401 }))],
    ['never came', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('asks itself when that answer %s', async (_name, early) => {
    const send = sent();
    expect(await createApi(async () => 'token', send).board(undefined, early())).toMatchObject({ etag: '"2"' });
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe('the pane', () => {
  let pane: Pane | null = null;
  afterEach(() => pane?.stop());

  /** Outlook answers when it is told to; the early answer is revision 1, every later one revision 2. */
  function begin(account: string | null, keptFor: string | null = null) {
    let answer!: (who: string | null) => void;
    const who = new Promise<string | null>((resolve) => (answer = resolve));
    const host = a.host().host;
    const ready = who.then((name) => ({ outlook: name !== null, account: name, language: null, nestedAppAuth: false }));
    const kept = a.kept(a.storage());
    if (keptFor) kept.set('board', { at: Date.now(), account: keptFor, board: a.board({ revision: 0, gates: [] }) });
    const board = vi.fn(async (_etag?: string, early?: Promise<Response>) => ({ board: a.board({ revision: early ? 1 : 2 }), etag: early ? '"1"' : '"2"' }));
    const api = { board, verdict: () => new Promise(() => {}) } as unknown as Api;
    const early = { account, answer: Promise.resolve(new Response()) };
    pane = createPane({ host: { ...host, ready }, api, early, kept, auth: { token: async () => 'token', signIn: async () => {}, signOut: async () => {} }, connect: false });
    return { pane, board, answer };
  }

  it('shows the early board before Outlook has answered, and does not ask again when it is the same person’s', async () => {
    const { pane: here, board, answer } = begin(address);
    await settle();
    expect(here.store.state()).toMatchObject({ board: { revision: 1 }, link: 'ready', keptCopy: false });
    answer('Mira@Contoso.com');
    await settle();
    expect(here.store.state().board?.revision).toBe(1);
    expect(board).toHaveBeenCalledTimes(1);
  });

  it('drops the early board when Outlook says that somebody else is there', async () => {
    const { pane: here, board, answer } = begin(address);
    await settle();
    answer('otto@contoso.com');
    await settle();
    expect(here.store.state().board?.revision).toBe(2);
    expect(board).toHaveBeenLastCalledWith(undefined);
  });

  it('shows nobody’s kept board beside another’s token', async () => {
    const { pane: here } = begin(address, 'otto@contoso.com');
    expect(here.store.state().board).toBeNull();
    await settle();
    expect(here.store.state().board?.revision).toBe(1);
  });

  it('takes it outside Outlook as well', async () => {
    const { pane: here, board, answer } = begin(null);
    answer(null);
    await settle();
    expect(here.store.state().board?.revision).toBe(1);
    expect(board).toHaveBeenCalledTimes(1);
  });
});
