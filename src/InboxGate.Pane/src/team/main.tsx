import { render } from 'preact';
import { createAuth, readSettings } from '../auth';
import { takeEarly } from '../early';
import { languageFor } from '../language';
import { createTeamPage } from './page';
import { TeamPageView } from './TeamPageView';
import { speakTeam, teamWords } from './words';

/** This page is a browser's own: there is no Outlook around it. */
const alone = Promise.resolve({ outlook: false, account: null, nestedAppAuth: false });

const root = document.getElementById('team')!;
const auth = createAuth(readSettings(document), alone);
const page = createTeamPage({ auth, early: takeEarly() });

// The words of another language may be out of reach while those of English are kept.
void speakTeam(languageFor(navigator.languages)).catch(() => speakTeam('en')).then(() => {
  document.title = `${teamWords.title} · InboxGate`;
  root.textContent = '';
  const draw = () => render(<TeamPageView page={page} state={page.state()} />, root);
  page.subscribe(drawSoon(draw));
  draw();
});
auth.prepare();
page.begin();

/** One answer changes the state several times; it is drawn once, still before the next frame. */
function drawSoon(draw: () => void) {
  let isQueued = false;
  return () => {
    if (isQueued) return;
    isQueued = true;
    queueMicrotask(() => {
      isQueued = false;
      draw();
    });
  };
}
