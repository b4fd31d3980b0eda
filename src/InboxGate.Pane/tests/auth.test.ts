import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAuth, readSettings } from '../src/auth';

const client = vi.hoisted(() => ({
  acquireTokenSilent: vi.fn(),
  acquireTokenPopup: vi.fn(),
  getActiveAccount: vi.fn(() => null),
  getAllAccounts: vi.fn(() => [] as object[]),
}));
const open = vi.hoisted(() => vi.fn());
vi.mock('@azure/msal-browser', () => ({ createNestablePublicClientApplication: open }));

const settings = { clientId: 'client', authority: 'https://login.example/organizations', scope: 'api://client/access_as_user' };
const anAuth = (outlook = true) => createAuth(settings, Promise.resolve({ outlook }));

beforeEach(() => {
  vi.resetAllMocks();
  open.mockResolvedValue(client);
  client.getAllAccounts.mockReturnValue([]);
  client.getActiveAccount.mockReturnValue(null);
  client.acquireTokenSilent.mockResolvedValue({ accessToken: 'token', account: { username: 'sam' } });
});
afterEach(() => document.head.replaceChildren());

it('asks silently, with the scope of the API, once for all who wait', async () => {
  const auth = anAuth();
  expect(await Promise.all([auth.token(false), auth.token(false)])).toEqual(['token', 'token']);
  expect(client.acquireTokenSilent).toHaveBeenCalledOnce();
  expect(client.acquireTokenSilent).toHaveBeenCalledWith({ scopes: ['api://client/access_as_user'], forceRefresh: false });
  expect(client.acquireTokenPopup).not.toHaveBeenCalled();
});

it('leaves it to Outlook who is there', async () => {
  client.getAllAccounts.mockReturnValue([{ username: 'somebody else' }]);
  await anAuth(true).token(false);
  expect(client.acquireTokenSilent.mock.calls[0]![0]).not.toHaveProperty('account');
  expect(open.mock.calls[0]![0]).toMatchObject({ cache: { cacheLocation: 'memoryStorage' } });
});

it('remembers the account of a plain page', async () => {
  client.getAllAccounts.mockReturnValue([{ username: 'sam' }]);
  await anAuth(false).token(false);
  expect(client.acquireTokenSilent.mock.calls[0]![0]).toMatchObject({ account: { username: 'sam' } });
});

describe('after a silent failure', () => {
  it('does not ask again by itself, until a click signs in', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(Object.assign(new Error('interaction'), { errorCode: 'interaction_required' }));
    client.acquireTokenPopup.mockResolvedValue({ accessToken: 'token', account: { username: 'sam' } });
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    expect(client.acquireTokenSilent).toHaveBeenCalledOnce();

    await auth.signIn();
    expect(await auth.token(false)).toBe('token');
    expect(client.acquireTokenPopup).toHaveBeenCalledOnce();
  });

  it('of the network it is offline, and asks again', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(Object.assign(new Error('network'), { errorCode: 'no_network_connectivity' }));
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'offline' });
    expect(await auth.token(false)).toBe('token');
  });
});

it('asks for the claims that a service wants, once', async () => {
  client.acquireTokenPopup.mockResolvedValue({ accessToken: 'token', account: { username: 'sam' } });
  const auth = anAuth();
  await auth.signIn('{"access_token":{"acrs":{"essential":true,"value":"c1"}}}');
  await auth.signIn();
  const [asked, usual] = client.acquireTokenPopup.mock.calls.map(([request]) => request as object);
  expect(asked).toMatchObject({ claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' });
  expect(usual).not.toHaveProperty('claims');
});

it('waits for an issuer in trouble without asking the rep for anything', async () => {
  client.acquireTokenSilent.mockRejectedValueOnce(Object.assign(new Error('TRANSIENT_ERROR'), { name: 'ServerError' }));
  const auth = anAuth();
  await expect(auth.token(false)).rejects.toMatchObject({ failure: 'broken' });
  expect(await auth.token(false)).toBe('token');
});

it('asks the issuer for a fresh token when the last was not taken', async () => {
  await anAuth().token(true);
  expect(client.acquireTokenSilent).toHaveBeenCalledWith(expect.objectContaining({ forceRefresh: true }));
});

it('is signed out in a page without settings', async () => {
  await expect(createAuth(null, Promise.resolve({ outlook: false })).token(false)).rejects.toMatchObject({ failure: 'signedOut' });
});

it.each([
  [JSON.stringify(settings), settings],
  ['__PANE_CONFIG__', null],
  ['null', null],
  ['{"clientId":"client"}', null],
])('reads the settings of the page: %s', (text, expected) => {
  const config = document.createElement('script');
  config.type = 'application/json';
  config.id = 'config';
  config.textContent = text;
  document.head.append(config);
  expect(readSettings(document)).toEqual(expected);
});
