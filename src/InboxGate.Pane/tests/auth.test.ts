import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAuth, readSettings, troubleOf } from '../src/auth';

const client = vi.hoisted(() => ({
  initialize: vi.fn(),
  acquireTokenSilent: vi.fn(),
  acquireTokenPopup: vi.fn(),
  ssoSilent: vi.fn(),
  clearCache: vi.fn(),
  getAllAccounts: vi.fn(() => [] as object[]),
}));
/** The library: `made` hears of each client, `bridge` is whether the host answers. */
const library = vi.hoisted(() => ({ made: vi.fn(), bridge: true }));
vi.mock('@azure/msal-browser', () => ({
  BrowserAuthError: Error,
  PublicClientApplication: class {
    constructor(config: unknown) {
      library.made(config);
      return client;
    }
  },
}));
vi.mock('#msal/controllers/NestedAppAuthController.mjs', () => ({
  NestedAppAuthController: class {
    constructor() {
      return client;
    }
  },
}));
vi.mock('#msal/operatingcontext/NestedAppOperatingContext.mjs', () => ({
  NestedAppOperatingContext: class {
    constructor(config: unknown) {
      if (library.bridge) library.made(config);
    }
    initialize = async () => library.bridge;
    isAvailable = () => library.bridge;
  },
}));

interface Around { outlook: boolean; account: string | null; nestedAppAuth: boolean }

const settings = { clientId: 'client', authority: 'https://login.example/organizations', scope: 'api://client/access_as_user' };
const inOutlook: Around = { outlook: true, account: 'Sam@contoso.com', nestedAppAuth: true };
const withoutNested = { ...inOutlook, nestedAppAuth: false };
const plainPage = { outlook: false, account: null, nestedAppAuth: false };
const anAuth = (around: Around = inOutlook, dialog?: (address: string) => Promise<string | null>) => createAuth(settings, Promise.resolve(around), dialog);

const hour = 3_600_000;
const aResult = (accessToken = 'token', username = 'sam@contoso.com') => ({ accessToken, account: { username }, expiresOn: new Date(Date.now() + hour) });
const anError = (errorCode: string, errorMessage = '', more: object = {}) => Object.assign(new Error(errorMessage), { errorCode, errorMessage, ...more });
const interaction = () => anError('interaction_required');
const copy = () => JSON.parse(sessionStorage.getItem('inboxgate.token') ?? 'null') as unknown;
const keepCopy = (account: string | null, left = hour) =>
  sessionStorage.setItem('inboxgate.token', JSON.stringify({ accessToken: 'kept', expiresOn: Date.now() + left, account }));

beforeEach(() => {
  vi.resetAllMocks();
  library.bridge = true;
  client.getAllAccounts.mockReturnValue([]);
  client.acquireTokenSilent.mockImplementation(async () => aResult());
  client.ssoSilent.mockImplementation(async () => aResult());
  client.acquireTokenPopup.mockImplementation(async () => aResult());
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(() => document.head.replaceChildren());

describe('in Outlook', () => {
  it('asks silently, with the scope of the API, once for all who wait', async () => {
    const auth = anAuth();
    expect(await Promise.all([auth.token(false), auth.token(false)])).toEqual(['token', 'token']);
    expect(client.acquireTokenSilent).toHaveBeenCalledOnce();
    expect(client.acquireTokenSilent).toHaveBeenCalledWith({ scopes: ['api://client/access_as_user'], forceRefresh: false });
    expect(client.acquireTokenPopup).not.toHaveBeenCalled();
  });

  it('leaves it to Outlook who is there', async () => {
    client.getAllAccounts.mockReturnValue([{ username: 'somebody else' }]);
    await anAuth().token(false);
    expect(client.acquireTokenSilent.mock.calls[0]![0]).not.toHaveProperty('account');
    expect(library.made.mock.calls[0]![0]).toMatchObject({ cache: { cacheLocation: 'memoryStorage' } });
  });

  it('takes the account of the mailbox that is open, of several', async () => {
    client.getAllAccounts.mockReturnValue([{ username: 'other@contoso.com' }, { username: 'SAM@contoso.com' }]);
    await anAuth().token(false);
    expect(client.acquireTokenSilent.mock.calls[0]![0]).toMatchObject({ account: { username: 'SAM@contoso.com' } });
  });

  it('names the mailbox to whoever is asked to sign in', async () => {
    await anAuth().signIn();
    expect(client.acquireTokenPopup.mock.calls[0]![0]).toMatchObject({ loginHint: 'sam@contoso.com' });
  });
});

describe('in a plain page', () => {
  it('takes the session of the browser, and then its own account', async () => {
    const auth = anAuth(plainPage);
    await auth.token(false);
    expect(client.ssoSilent).toHaveBeenCalledWith({ scopes: ['api://client/access_as_user'] });
    client.getAllAccounts.mockReturnValue([{ username: 'sam@contoso.com' }]);
    await auth.token(true);
    expect(client.acquireTokenSilent.mock.calls[0]![0]).toMatchObject({ account: { username: 'sam@contoso.com' }, forceRefresh: true });
    expect(library.made.mock.calls[0]![0]).toMatchObject({
      auth: { redirectUri: `${location.origin}/signin.html` },
      cache: { cacheLocation: 'sessionStorage' },
    });
  });

  it('asks which account when it knows of none', async () => {
    await anAuth(plainPage).signIn();
    expect(client.acquireTokenPopup.mock.calls[0]![0]).toMatchObject({ prompt: 'select_account' });
  });

  it('is signed in by the bridge where its host has brought one', async () => {
    vi.stubGlobal('nestedAppAuthBridge', {});
    await anAuth(plainPage).token(false);
    expect(client.acquireTokenSilent).toHaveBeenCalledOnce();
    expect(client.ssoSilent).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it('does not sign in again by itself after the rep has left', async () => {
    const auth = anAuth(plainPage);
    await auth.token(false);
    await auth.signOut();
    expect(copy()).toBeNull();
    expect(client.clearCache).toHaveBeenCalledOnce();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    await expect(anAuth(plainPage).token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    expect(client.ssoSilent).toHaveBeenCalledOnce();

    await auth.signIn();
    expect(await auth.token(false)).toBe('token');
  });
});

describe('the token at hand', () => {
  it('is kept for the next page, with the mailbox it is for', async () => {
    await anAuth().token(false);
    expect(copy()).toEqual({ accessToken: 'token', expiresOn: expect.any(Number), account: 'sam@contoso.com' });
    await anAuth(plainPage).signIn();
    expect(copy()).toMatchObject({ account: null });
  });

  it('is used without the library', async () => {
    keepCopy('sam@contoso.com');
    const auth = anAuth();
    auth.prepare();
    expect(await auth.token(false)).toBe('kept');
    expect(library.made).not.toHaveBeenCalled();
  });

  it.each([
    ['of another mailbox', 'other@contoso.com', hour],
    ['of a page outside Outlook', null, hour],
    ['about to expire', 'sam@contoso.com', 60_000],
  ])('is dropped when it is %s', async (_, account, left) => {
    keepCopy(account, left);
    expect(await anAuth().token(false)).toBe('token');
    expect(copy()).toMatchObject({ accessToken: 'token' });
  });

  it('is dropped when the server did not take it', async () => {
    keepCopy('sam@contoso.com');
    client.acquireTokenSilent.mockRejectedValueOnce(interaction());
    await expect(anAuth().token(true)).rejects.toMatchObject({ failure: 'signedOut' });
    expect(copy()).toBeNull();
    expect(client.acquireTokenSilent).toHaveBeenCalledWith(expect.objectContaining({ forceRefresh: true }));
  });

  it('does without storage', async () => {
    vi.stubGlobal('sessionStorage', { getItem: () => { throw new Error('off'); }, setItem: () => { throw new Error('off'); }, removeItem: () => { throw new Error('off'); } });
    expect(await anAuth().token(false)).toBe('token');
    vi.unstubAllGlobals();
  });
});

describe('after a silent failure', () => {
  it('does not ask again by itself, until a click signs in', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(interaction());
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    expect(client.acquireTokenSilent).toHaveBeenCalledOnce();

    await auth.signIn();
    expect(await auth.token(false)).toBe('token');
    expect(client.acquireTokenPopup).toHaveBeenCalledOnce();
  });

  it('the click answers what the issuer had asked for, once', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(anError('invalid_grant', '', { claims: '{"access_token":{}}' }));
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    await auth.signIn();
    await auth.signIn();
    const [challenged, usual] = client.acquireTokenPopup.mock.calls.map(([request]) => request as object);
    expect(challenged).toMatchObject({ claims: '{"access_token":{}}' });
    expect(usual).not.toHaveProperty('claims');
  });

  it('of the network it is offline, and asks again', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(anError('no_network_connectivity'));
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'offline' });
    expect(await auth.token(false)).toBe('token');
  });

  it('of an issuer in trouble it waits, without asking the rep for anything', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(anError('temporarily_unavailable', '', { name: 'ServerError' }));
    const auth = anAuth();
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'broken' });
    expect(await auth.token(false)).toBe('token');
  });

  it('of a grant that was taken back the rep is asked', async () => {
    client.acquireTokenSilent.mockRejectedValueOnce(anError('invalid_grant', 'AADSTS50173: revoked', { name: 'ServerError' }));
    await expect(anAuth().token(false)).rejects.toMatchObject({ failure: 'signedOut' });
  });
});

it('asks for the claims that a service wants, once', async () => {
  const auth = anAuth();
  await auth.signIn('{"access_token":{"acrs":{"essential":true,"value":"c1"}}}');
  await auth.signIn();
  const [asked, usual] = client.acquireTokenPopup.mock.calls.map(([request]) => request as object);
  expect(asked).toMatchObject({ claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' });
  expect(usual).not.toHaveProperty('claims');
});

it.each([
  ['popup_window_error', '', 'blocked'],
  ['user_cancelled', '', 'cancelled'],
  ['access_denied', 'AADSTS65004: User declined to consent.', 'cancelled'],
  ['access_denied', 'AADSTS90094: An administrator must consent.', 'consent'],
  ['consent_required', '', 'consent'],
  ['invalid_grant', 'AADSTS65001: Not consented.', 'consent'],
  ['interaction_required', 'AADSTS50020: User account from identity provider does not exist in tenant.', 'foreign'],
  ['no_network_connectivity', '', 'offline'],
  ['invalid_client', 'AADSTS7000218: …', 'failed'],
])('tells why a click led to nothing: %s %s', async (code, text, trouble) => {
  client.acquireTokenPopup.mockRejectedValueOnce(anError(code, text));
  const error = await anAuth().signIn().catch((failure: unknown) => failure);
  expect(troubleOf(error)).toBe(trouble);
});

describe('in Outlook without nested app authentication', () => {
  const answer = (username: string) => JSON.stringify({ accessToken: 'from the dialog', expiresOn: Date.now() + hour, username });

  it('asks the browser’s session for the account of the mailbox', async () => {
    await anAuth(withoutNested).token(false);
    expect(client.ssoSilent).toHaveBeenCalledWith({ scopes: ['api://client/access_as_user'], loginHint: 'sam@contoso.com' });
  });

  it('does the same where the bridge does not answer', async () => {
    library.bridge = false;
    await anAuth().token(false);
    expect(client.ssoSilent).toHaveBeenCalledOnce();
  });

  it('signs in in a dialog on our own page', async () => {
    const dialog = vi.fn(async () => answer('Sam@contoso.com'));
    const auth = anAuth(withoutNested, dialog);
    await auth.signIn('{"id_token":{}}');
    expect(await auth.token(false)).toBe('from the dialog');
    expect(client.acquireTokenPopup).not.toHaveBeenCalled();
    const [address] = dialog.mock.calls[0] as unknown as [string];
    expect(address.startsWith(`${location.origin}/signin.html?dialog=1&hint=sam%40contoso.com`)).toBe(true);
    expect(new URL(address).searchParams.get('claims')).toBe('{"id_token":{}}');
  });

  it('does not take another account than the mailbox’s, unless it is meant', async () => {
    client.ssoSilent.mockImplementation(async () => aResult('token', 'u123@contoso.com'));
    const dialog = vi.fn(async () => answer('u123@contoso.com'));
    const auth = anAuth(withoutNested, dialog);
    await expect(auth.token(false)).rejects.toMatchObject({ failure: 'signedOut' });
    expect(troubleOf(await auth.signIn().catch((error: unknown) => error))).toBe('otherAccount');
    expect(copy()).toBeNull();

    await auth.signIn();
    expect(await auth.token(false)).toBe('from the dialog');
    sessionStorage.clear();
    expect(await anAuth(withoutNested).token(false)).toBe('token');
    expect(client.ssoSilent).toHaveBeenLastCalledWith(expect.objectContaining({ loginHint: 'u123@contoso.com' }));
  });

  it.each([
    [null, 'cancelled'],
    ['not ours', 'failed'],
    [JSON.stringify({ trouble: 'consent' }), 'consent'],
  ])('tells what the dialog said: %s', async (message, trouble) => {
    const error = await anAuth(withoutNested, async () => message).signIn().catch((failure: unknown) => failure);
    expect(troubleOf(error)).toBe(trouble);
  });
});

it('is signed out in a page without settings', async () => {
  await expect(createAuth(null, Promise.resolve(plainPage)).token(false)).rejects.toMatchObject({ failure: 'signedOut' });
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
