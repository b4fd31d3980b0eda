import { render } from 'preact';
import { createApi } from './api';
import { createAuth, readSettings } from './auth';
import { takeEarly } from './early';
import { createHost } from './host';
import { createKept } from './kept';
import { createPane } from './pane';
import { PaneView } from './views/PaneView';
import { languageFor, speak } from './words';

const root = document.getElementById('pane')!;
const early = takeEarly();
const host = createHost();
const auth = createAuth(readSettings(document), host.ready, host.dialog);
let pane: ReturnType<typeof createPane>;
void begin();

/** A function, because chunks that need this one wait for a top-level await in it, and it would wait for them. */
async function begin() {
  // The words of another language may be out of reach while those of English are kept.
  await speak(languageFor(navigator.languages)).catch(() => speak('en'));
  pane = createPane({ host, auth, early, api: createApi(auth.token), kept: createKept() });

  host.onTheme(({ dark, colours }) => {
    if (dark === null) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    void import('./theme').then(({ paint }) => paint(colours)).catch(() => undefined);
  });

  // The skeleton of the page has done its work.
  root.textContent = '';
  pane.store.subscribe(draw);
  draw();
  auth.prepare();

  // Outlook may be set to another language than the browser in which it runs.
  const { language } = await host.ready;
  const spoken = languageFor(navigator.languages);
  const asked = languageFor([...(language ? [language] : []), ...navigator.languages]);
  if (asked !== spoken) await speak(asked).then(draw, () => undefined);
}

function draw() {
  const place = document.activeElement?.closest<HTMLElement>('[tabindex="-1"]');
  render(<PaneView state={pane.store.state()} actions={pane.actions} />, root);
  // A button that did its work and went must not throw a keyboard user back to the top.
  if (place?.isConnected && document.activeElement === document.body) place.focus();
}
