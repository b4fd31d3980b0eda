// Sign-in by nested app authentication, or by an ordinary popup in a plain browser page.
// Silent first; a popup only from a click; a failure is remembered until the rep asks again.
import type { AccountInfo, IPublicClientApplication } from '@azure/msal-browser';
import { ApiError } from './api';

export interface SignInSettings { clientId: string; authority: string; scope: string }

export interface Auth {
  /** Fetches the library beside whatever else the page is still waiting for. */
  prepare(): void;
  /** A token for the API. `fresh` asks the issuer again, past every cache. */
  token(fresh: boolean): Promise<string>;
  /** Only from a click: may open a window. `claims` is what a service asked for beyond a usual sign-in. */
  signIn(claims?: string | null): Promise<void>;
}

export function readSettings(page: Document): SignInSettings | null {
  try {
    const value = JSON.parse(page.getElementById('config')?.textContent ?? '') as Partial<SignInSettings> | null;
    const { clientId, authority, scope } = value ?? {};
    return typeof clientId === 'string' && typeof authority === 'string' && typeof scope === 'string'
      ? { clientId, authority, scope }
      : null;
  } catch {
    return null;
  }
}

export function createAuth(settings: SignInSettings | null, hostReady: Promise<{ outlook: boolean }>): Auth {
  let client: Promise<IPublicClientApplication> | null = null;
  let account: AccountInfo | null = null;
  let asking: Promise<string> | null = null;
  let failed = false;
  let inOutlook = false;

  // The library is the larger part of the pane's bytes: it comes when a token is first needed.
  const library = () =>
    (client ??= open().catch((error: unknown) => {
      client = null;
      throw error;
    }));

  async function open(): Promise<IPublicClientApplication> {
    if (!settings) throw new Error('The page carries no sign-in settings.');
    const [{ createNestablePublicClientApplication }, { outlook }] = await Promise.all([
      import('@azure/msal-browser'),
      hostReady,
    ]);
    inOutlook = outlook;
    return createNestablePublicClientApplication({
      auth: {
        clientId: settings.clientId,
        authority: settings.authority,
        knownAuthorities: [new URL(settings.authority).host],
      },
      // Outlook knows who is there and keeps the tokens; a copy of ours could be another account's.
      cache: { cacheLocation: outlook ? 'memoryStorage' : 'sessionStorage' },
    });
  }

  const request = () => ({ scopes: [settings!.scope], ...(account ? { account } : {}) });

  async function silently(fresh: boolean): Promise<string> {
    try {
      const app = await library();
      if (!inOutlook) account ??= app.getActiveAccount() ?? app.getAllAccounts()[0] ?? null;
      const result = await app.acquireTokenSilent({ ...request(), forceRefresh: fresh });
      account = result.account;
      return result.accessToken;
    } catch (error) {
      if (isConnectionTrouble(error)) throw new ApiError('offline', 0, '', 'Sign-in cannot be reached.');
      // The issuer is there but in trouble: nothing the rep could mend by signing in.
      if ((error as Error | null)?.name === 'ServerError') throw new ApiError('broken', 0, '', 'Sign-in does not answer just now.');
      failed = true;
      throw signedOut();
    }
  }

  return {
    prepare: () => void library().catch(() => undefined),
    token(fresh) {
      if (failed) return Promise.reject(signedOut());
      if (fresh) return silently(true);
      return (asking ??= silently(false).finally(() => (asking = null)));
    },
    async signIn(claims) {
      const app = await library();
      const result = await app.acquireTokenPopup({ ...request(), ...(claims ? { claims } : {}) });
      account = result.account;
      failed = false;
    },
  };
}

const signedOut = () => new ApiError('signedOut', 401, '', 'Signed out.');

function isConnectionTrouble(error: unknown): boolean {
  const code = (error as { errorCode?: unknown } | null)?.errorCode;
  return !navigator.onLine || code === 'no_network_connectivity' || code === 'network_error' || code === 'post_request_failed'
    || code === 'get_request_failed' || error instanceof TypeError;
}
