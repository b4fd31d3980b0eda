// Signs in within the dialog's own window and says to the pane what came of it. Names Office for that alone.
import { PublicClientApplication } from '@azure/msal-browser';
import { configuration, signedIn } from './client';
import { troubleIn } from './trouble';
import type { DialogAnswer, SignInSettings } from './types';

export async function signInHere(): Promise<void> {
  const settings = JSON.parse(document.getElementById('config')!.textContent) as SignInSettings;
  try {
    const app = new PublicClientApplication(configuration(settings, false));
    await app.initialize();
    const result = await app.handleRedirectPromise({ navigateToLoginRequestUrl: false });
    if (result) {
      await say(signedIn(result));
      return;
    }

    const asked = new URLSearchParams(location.search);
    const [hint, claims] = [asked.get('hint'), asked.get('claims')];
    await app.acquireTokenRedirect({
      scopes: [settings.scope],
      ...(hint ? { loginHint: hint } : {}),
      ...(asked.has('choose') || !hint ? { prompt: 'select_account' } : {}),
      ...(claims ? { claims } : {}),
    });
  } catch (error) {
    await say({ trouble: troubleIn(error) });
  }
}

async function say(answer: DialogAnswer): Promise<void> {
  await officeLoaded();
  await Office.onReady();
  Office.context.ui.messageParent(JSON.stringify(answer), { targetOrigin: location.origin });
}

/** Only now: Office.js takes the page's history away, and most who come by this page need none of it. */
function officeLoaded(): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = document.querySelector<HTMLMetaElement>('meta[name=office]')!.content;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('Office.js could not be loaded.'));
    document.head.append(script);
  });
}
