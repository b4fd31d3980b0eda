// The parts that come once the board is there: one script, with its own style sheet.
import type { Actions } from '../pane';
import type { State } from '../store';
import { laterActions } from './actions';
import { DryRunSheet } from './DryRunSheet';
import { fetchHistory } from './history/fetch';
import css from './later.css?inline';
import { LazySheet } from './LazySheet';
import { SettingsSheet } from './SettingsSheet';
import { laterWords } from './words';

export { CallMore } from './CallMore';
export { DayNotes } from './DayNotes';
export { GateOff } from './GateOff';
export { MailNotes } from './MailNotes';
export { MessageWays } from './MessageWays';
export { OldCalls } from './OldCalls';
export { PinHint } from './PinHint';
export { Rehearsal } from './Rehearsal';
export { Rewards } from './Rewards';
export { Targets } from './Targets';
export { Waiting } from './Waiting';
export { signInTroubleWords, speakLater } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** What covers the pane, when something does. */
export function Sheets({ state, actions }: { state: State; actions: Actions }) {
  const props = { state, actions: laterActions(actions.ends), open: actions.open };
  switch (state.later.sheet) {
    case 'settings': return <SettingsSheet {...props} />;
    case 'dryRun': return <DryRunSheet {...props} />;
    case 'history': return <LazySheet {...props} title={laterWords.history.title} fetch={() => fetchHistory(actions.ends)} />;
    default: return null;
  }
}
