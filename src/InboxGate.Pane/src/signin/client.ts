import type { AuthenticationResult, Configuration } from '@azure/msal-browser';
import type { SignedIn, SignInSettings } from './types';

/** Long enough for a second factor. */
const popupMilliseconds = 10 * 60_000;

export function configuration({ clientId, authority }: SignInSettings, nested: boolean): Configuration {
  return {
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      redirectUri: `${location.origin}/signin.html`,
    },
    // Outlook keeps the tokens itself; a copy of ours could be another account's. No other place does without cookies.
    cache: { cacheLocation: nested ? 'memoryStorage' : 'sessionStorage' },
    system: { popupBridgeTimeout: popupMilliseconds },
  };
}

export const signedIn = ({ accessToken, expiresOn, account }: AuthenticationResult): SignedIn =>
  ({ accessToken, expiresOn: expiresOn?.getTime() ?? 0, username: account.username });
