// signin.html: where the issuer sends people back to. The answer to a popup or a hidden frame is handed to the page
// that waits for it; opened as a dialog the page asks by itself.
import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

if (new URLSearchParams(location.search).has('dialog') || isAnswerToDialog()) void import('./dialogPage').then(({ signInHere }) => signInHere());
else void broadcastResponseToMainFrame().catch(() => location.replace('/taskpane.html'));

/** Only a dialog leaves its own page to sign in; the library writes so into the state that comes back. */
function isAnswerToDialog(): boolean {
  try {
    const state = new URLSearchParams(location.hash.slice(1)).get('state') ?? '';
    const { meta } = JSON.parse(atob(state.split('|')[0]!.replaceAll('-', '+').replaceAll('_', '/'))) as { meta?: { interactionType?: string } };
    return meta?.interactionType === 'redirect';
  } catch {
    return false;
  }
}
