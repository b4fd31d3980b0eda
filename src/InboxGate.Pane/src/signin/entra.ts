// The library’s part of sign-in. One client for each page; which one depends on what is around the page, and only that
// one is fetched: Outlook's needs a third of the library.
import type { AccountInfo, AuthenticationResult, PopupRequest, SilentRequest, SsoSilentRequest } from '@azure/msal-browser';
import { ApiError } from '../api';
import { SignInError } from '../auth';
import { signedIn } from './client';
import { askInDialog } from './dialog';
import { expectedAccount, isExpected } from './mailboxAccount';
import { isOffline, troubleIn } from './trouble';
import type { SignedIn, SignInSettings } from './types';

export interface Entra {
  /** Without any window; fails with an ApiError, or with the library's error when somebody has to be asked. */
  silently(fresh: boolean): Promise<SignedIn>;
  /** May open a window; fails with a SignInError. */
  ask(claims: string | null): Promise<SignedIn>;
  forget(): Promise<void>;
}

/** What both clients of the library have in common. */
export interface Client {
  acquireTokenSilent(request: SilentRequest): Promise<AuthenticationResult>;
  acquireTokenPopup(request: PopupRequest): Promise<AuthenticationResult>;
  ssoSilent(request: SsoSilentRequest): Promise<AuthenticationResult>;
  getAllAccounts(): AccountInfo[];
  clearCache(): Promise<void>;
}

/** What is around the page; `account` is the address of the mailbox that is open, in lower case. */
interface Around { outlook: boolean; account: string | null; nestedAppAuth: boolean }

const leftKey = 'inboxgate.signedOut';

export async function openEntra(settings: SignInSettings, around: Around, dialog: (address: string) => Promise<string | null>): Promise<Entra> {
  // Also outside Outlook: whoever hosts the page may have brought the bridge.
  const bridged = around.nestedAppAuth || 'nestedAppAuthBridge' in window ? await (await import('./nestedClient')).nestedClient(settings) : null;
  const nested = bridged !== null;
  const app: Client = bridged ?? (await (await import('./pageClient')).pageClient(settings));
  const mailbox = around.account;
  const scopes = [settings.scope];
  // Where Outlook is there without its sign-in, a window of Outlook's asks instead of a popup.
  const inDialog = around.outlook && !nested;
  let account: AccountInfo | null = null;

  /** Outlook knows who is there; of several accounts that it offers, the mailbox's. */
  function known(): AccountInfo | null {
    const all = app.getAllAccounts();
    if (mailbox) return all.find(({ username }) => isExpected(username, mailbox)) ?? null;
    return nested ? null : (account ?? all[0] ?? null);
  }

  async function acquire(fresh: boolean): Promise<AuthenticationResult> {
    const there = known();
    if (nested || there) return app.acquireTokenSilent({ scopes, forceRefresh: fresh, ...(there ? { account: there } : {}) });
    if (hasLeft()) throw new SignInError('cancelled');
    return app.ssoSilent({ scopes, ...(mailbox ? { loginHint: expectedAccount(mailbox) } : {}) });
  }

  return {
    async silently(fresh) {
      try {
        const result = await acquire(fresh);
        if (inDialog && mailbox && !isExpected(result.account.username, mailbox)) throw new SignInError('otherAccount');
        account = result.account;
        return signedIn(result);
      } catch (error) {
        if (isOffline(error)) throw new ApiError('offline', 0, '', 'Sign-in cannot be reached.');
        // The issuer is there but in trouble: nothing the rep could mend by signing in.
        if (isIssuersTrouble(error)) throw new ApiError('broken', 0, '', 'Sign-in does not answer just now.');
        throw error;
      }
    },
    async ask(claims) {
      if (inDialog) return askInDialog(dialog, mailbox, claims);
      const there = known();
      try {
        const result = await app.acquireTokenPopup({
          scopes,
          overrideInteractionInProgress: true,
          ...(claims ? { claims } : {}),
          ...(there ? { account: there } : mailbox ? { loginHint: mailbox } : nested ? {} : { prompt: 'select_account' }),
        });
        account = result.account;
        setLeft(false);
        return signedIn(result);
      } catch (error) {
        throw new SignInError(troubleIn(error));
      }
    },
    async forget() {
      account = null;
      setLeft(true);
      if (!nested) await app.clearCache();
    },
  };
}

/** Refusals of a grant are mended by signing in again; what else the issuer reports is not. */
function isIssuersTrouble(error: unknown): boolean {
  const { name, errorCode } = (error ?? {}) as { name?: string; errorCode?: string };
  return name === 'ServerError' && !/^(invalid_|unauthorized_client|access_denied)/.test(errorCode ?? '');
}

function hasLeft(): boolean {
  try {
    return sessionStorage.getItem(leftKey) !== null;
  } catch {
    return false;
  }
}

function setLeft(left: boolean) {
  try {
    if (left) sessionStorage.setItem(leftKey, '1');
    else sessionStorage.removeItem(leftKey);
  } catch {
    // Without storage a reload signs in again.
  }
}
