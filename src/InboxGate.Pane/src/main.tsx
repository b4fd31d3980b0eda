import { render } from 'preact';
import { createApi } from './api';
import { createAuth, readSettings } from './auth';
import { createHost } from './host';
import { createKept } from './kept';
import { createPane } from './pane';
import { PaneView } from './views/PaneView';

const root = document.getElementById('pane')!;
const host = createHost();
const auth = createAuth(readSettings(document), host.ready);
const pane = createPane({ host, auth, api: createApi(auth.token), kept: createKept() });

host.onTheme((dark) => {
  if (dark === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = dark ? 'dark' : 'light';
});

// The skeleton of the page has done its work.
root.textContent = '';
const draw = () => render(<PaneView state={pane.store.state()} actions={pane.actions} />, root);
pane.store.subscribe(draw);
draw();
