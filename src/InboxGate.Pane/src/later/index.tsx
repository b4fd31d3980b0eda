// The parts that come once the board is there: one script, with its own style sheet.
import type { Actions } from '../pane';
import type { State } from '../store';
import { laterActions } from './actions';
import { CallMore } from './CallMore';
import { DayNotes } from './DayNotes';
import { DryRunSheet } from './DryRunSheet';
import { fetchHistory } from './history/fetch';
import css from './later.css?inline';
import { LazySheet } from './LazySheet';
import { MailNotes } from './MailNotes';
import { NextCallsCard } from './next/NextCallsCard';
import nextCss from './next/next.css?inline';
import { OldCalls } from './OldCalls';
import { PinHint } from './PinHint';
import { Behind } from './plan/Behind';
import dayCss from './plan/day.css?inline';
import { fetchPlan } from './plan/fetch';
import { fetchPrivacy } from './privacy/fetch';
import { fetchProspects } from './prospects/fetch';
import { Rehearsal } from './Rehearsal';
import { Rewards } from './Rewards';
import { SettingsSheet } from './SettingsSheet';
import { Targets } from './Targets';
import { Waiting } from './Waiting';
import { laterWords } from './words';

export { GateOff } from './GateOff';
export { MessageWays } from './MessageWays';
export { CallNext } from './next/CallNext';
export { DayPicture } from './plan/DayPicture';
export { signInTroubleWords, speakLater } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css + dayCss + nextCss);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

interface PartProps { state: State; actions: Actions }

/** What stands before the day's number. */
export const FirstThings = (props: PartProps) => <><OldCalls {...props} /><Rehearsal {...props} /><Behind {...props} /></>;

/** What stands below the day's button. */
export const DayMore = (props: PartProps) => (
  <>
    <Rewards {...props} />
    <CallMore {...props} />
    <div><button type="button" class="link" onClick={() => props.actions.open('prospects')}>{laterWords.prospects.open}</button></div>
    <DayNotes {...props} />
  </>
);

/** What stands before the message on screen. */
export const Notes = (props: PartProps) => <><MailNotes {...props} /><PinHint {...props} /></>;

/** What stands after it. */
export const Lists = (props: PartProps) => <><NextCallsCard {...props} /><Waiting {...props} /><Targets {...props} /></>;

/** What covers the pane, when something does. */
export function Sheets({ state, actions }: PartProps) {
  const props = { state, actions: laterActions(actions.ends), open: actions.open };
  switch (state.later.sheet) {
    case 'settings': return <SettingsSheet {...props} />;
    case 'dryRun': return <DryRunSheet {...props} />;
    case 'history': return <LazySheet {...props} title={laterWords.history.title} fetch={() => fetchHistory(actions.ends)} />;
    case 'plan': return <LazySheet {...props} title={laterWords.plan.title} fetch={() => fetchPlan(actions.ends)} />;
    case 'prospects': return <LazySheet {...props} title={laterWords.prospects.title} fetch={() => fetchProspects(actions.ends)} />;
    case 'privacy': return <LazySheet {...props} title={laterWords.privacy.title} fetch={() => fetchPrivacy(actions.ends)} />;
    default: return null;
  }
}
