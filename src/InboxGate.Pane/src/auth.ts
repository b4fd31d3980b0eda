// Sign-in, the same wherever a page of ours is shown: through Outlook (nested app authentication), in a plain page by
// a popup, in a dialog where Outlook has no such sign-in. Silent first; a window opens only from a click; a failure is
// remembered until the rep asks again. The library is the larger part of our bytes: it comes when it is first needed.
import { ApiError } from './api';
import type { Ready } from './host';
import type { Entra } from './signin/entra';
import type { SignedIn, SignInSettings, SignInTrouble } from './signin/types';

export type { SignInSettings, SignInTrouble } from './signin/types';

export interface Auth {
  /** Fetches the library beside whatever else the page is still waiting for, unless a token is at hand. */
  prepare(): void;
  /** A token for the API. `fresh` asks the issuer again, past every cache: the last one was not taken. */
  token(fresh: boolean): Promise<string>;
  /**
   * Only from a click: may open a window. `claims` is what a service asked for beyond a usual sign-in.
   * Fails with a {@link SignInError}.
   */
  signIn(claims?: string | null): Promise<void>;
  /** Forgets the account of this page; the next sign-in asks which one. */
  signOut(): Promise<void>;
}

export class SignInError extends Error {
  constructor(readonly trouble: SignInTrouble) {
    super(`Sign-in: ${trouble}.`);
  }
}

export const troubleOf = (error: unknown): SignInTrouble => (error instanceof SignInError ? error.trouble : 'failed');

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

/** Also read by the start script of taskpane.html, which asks for the board before anything else has arrived. */
const copyKey = 'inboxgate.token';
const shortestUseMilliseconds = 2 * 60_000;

type Copy = Pick<SignedIn, 'accessToken' | 'expiresOn'> & { account: string | null };

/**
 * @param hostReady what Outlook says of itself; the page outside it is signed in by the same bridge where there is one
 * @param dialog opens a page of ours in a window of Outlook's: its first message, or null
 */
export function createAuth(
  settings: SignInSettings | null,
  hostReady: Promise<Pick<Ready, 'outlook' | 'account' | 'nestedAppAuth'>>,
  dialog: (address: string) => Promise<string | null> = async () => null,
): Auth {
  let failed = false;
  /** What the issuer asked for when it last refused to renew a token silently. */
  let asked: string | null = null;
  let opening: Promise<Entra> | null = null;
  const asking: Partial<Record<'usual' | 'fresh', Promise<string>>> = {};
  const mailbox = hostReady.then(({ account }) => account?.toLowerCase() ?? null);
  // The copy may be of another mailbox, opened in this window before.
  const copy = mailbox.then((account) => readCopy(account));

  const entra = () =>
    (opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    }));

  async function open(): Promise<Entra> {
    if (!settings) throw new Error('The page carries no sign-in settings.');
    const [{ openEntra }, host] = await Promise.all([import('./signin/entra'), hostReady]);
    return openEntra(settings, { ...host, account: await mailbox }, dialog);
  }

  async function keep({ accessToken, expiresOn }: SignedIn) {
    store({ accessToken, expiresOn, account: await mailbox });
    return accessToken;
  }

  async function silently(fresh: boolean): Promise<string> {
    if (fresh) store(null);
    await copy;
    const known = readCopy(await mailbox);
    if (known) return known.accessToken;
    try {
      return await keep(await (await entra()).silently(fresh));
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (isConnectionTrouble(error)) throw new ApiError('offline', 0, '', 'Sign-in cannot be reached.');
      asked = (error as { claims?: string } | null)?.claims ?? null;
      failed = true;
      throw signedOut();
    }
  }

  return {
    prepare: () => void copy.then((known) => (known ? null : entra())).catch(() => undefined),
    token(fresh) {
      if (failed) return Promise.reject(signedOut());
      const way = fresh ? 'fresh' : 'usual';
      return (asking[way] ??= silently(fresh).finally(() => delete asking[way]));
    },
    async signIn(claims) {
      try {
        await keep(await (await entra()).ask(claims ?? asked));
      } catch (error) {
        throw error instanceof SignInError || !isConnectionTrouble(error) ? error : new SignInError('offline');
      }
      failed = false;
      asked = null;
    },
    async signOut() {
      store(null);
      failed = true;
      await (await entra()).forget();
    },
  };
}

const signedOut = () => new ApiError('signedOut', 401, '', 'Signed out.');

function readCopy(account: string | null): Copy | null {
  let known: Copy | null = null;
  try {
    known = JSON.parse(sessionStorage.getItem(copyKey) ?? 'null') as Copy | null;
  } catch {
    // Storage is off, or holds something else: as if there were none.
  }
  if (known && known.account === account && known.expiresOn > Date.now() + shortestUseMilliseconds) return known;
  if (known) store(null);
  return null;
}

function store(known: Copy | null) {
  try {
    if (known) sessionStorage.setItem(copyKey, JSON.stringify(known));
    else sessionStorage.removeItem(copyKey);
  } catch {
    // Without storage the next page asks the library.
  }
}

/** Also when the library itself could not be fetched. */
function isConnectionTrouble(error: unknown): boolean {
  return !navigator.onLine || error instanceof TypeError;
}
