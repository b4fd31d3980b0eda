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
let isSkeleton = true;
let isQueued = false;
/** Until then the skeleton waits for the answer that is on its way: an empty pane first would only delay it. */
let isAwaited = early !== null;
const longestAwaitedMilliseconds = 1_000;
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

  pane.store.subscribe(drawSoon);
  draw();
  void early?.answer.then(({ ok }) => ok || drawNow(), drawNow);
  setTimeout(drawNow, longestAwaitedMilliseconds);
  auth.prepare();

  // Outlook may be set to another language than the browser in which it runs.
  const { language } = await host.ready;
  const spoken = languageFor(navigator.languages);
  const asked = languageFor([...(language ? [language] : []), ...navigator.languages]);
  if (asked !== spoken) await speak(asked).then(draw, () => undefined);
}

function drawNow() {
  if (!isAwaited) return;
  isAwaited = false;
  draw();
}

/** One click changes the store several times; it is drawn once, still before the next frame. */
function drawSoon() {
  if (isQueued) return;
  isQueued = true;
  queueMicrotask(() => {
    isQueued = false;
    draw();
  });
}

function draw() {
  const { board, link } = pane.store.state();
  if (isAwaited && !board && link === 'loading') return;
  if (isSkeleton) root.textContent = '';
  isSkeleton = false;
  const place = document.activeElement?.closest<HTMLElement>('[tabindex="-1"]');
  render(<PaneView state={pane.store.state()} actions={pane.actions} />, root);
  // A button that did its work and went must not throw a keyboard user back to the top.
  if (place?.isConnected && document.activeElement === document.body) place.focus();
}
