import { BrowserAuthError, PublicClientApplication } from '@azure/msal-browser';
import { configuration } from './client';
import type { Client } from './entra';
import type { SignInSettings } from './types';

const watchMilliseconds = 500;

export async function pageClient(settings: SignInSettings): Promise<Client> {
  const client = new PageClient(configuration(settings, false));
  await client.initialize();
  return client;
}

/** The library waits for an answer of the popup; this client also sees when the rep has closed it. */
class PageClient extends PublicClientApplication {
  protected override waitForPopupResponse(...given: Parameters<PublicClientApplication['waitForPopupResponse']>): Promise<string> {
    const [request, popup] = given;
    let watch: ReturnType<typeof setInterval>;
    const closed = new Promise<string>((_, reject) => {
      let times = 0;
      // An issuer may cut the tie between the windows, and its own then looks closed: only one in front can tell.
      watch = setInterval(() => {
        times = popup.closed && document.hasFocus() ? times + 1 : 0;
        if (times > 1) reject(new BrowserAuthError('user_cancelled', request.correlationId));
      }, watchMilliseconds);
    });
    return Promise.race([super.waitForPopupResponse(...given), closed]).finally(() => clearInterval(watch));
  }
}
