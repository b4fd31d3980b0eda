import type { Actions } from '../pane';
import type { State } from '../store';
import { gateOffWords, words } from '../words';
import { laterActions } from './actions';
import { laterWords } from './words';

interface StandingProps { state: State; actions: Actions }

/** What is not as usual: why the gate is off and what ends that, and mail that is still being caught up. */
export function Standing(props: StandingProps) {
  const { board } = props.state;
  if (!board) return null;
  const { gate, mailbox } = board;
  return (
    <>
      {!gate.on && <GateOff {...props} />}
      {gate.on && mailbox.problem === 'throttled' && <p class="quiet note" role="status">{laterWords.throttled}</p>}
      {mailbox.catchUp && <CatchUp {...mailbox.catchUp} />}
      <FirstRun {...props} />
    </>
  );
}

function GateOff({ state: { board }, actions }: StandingProps) {
  const { gate, mailbox } = board!;
  const problem = gate.why === 'mailboxUnreachable' ? laterWords.problem[mailbox.problem ?? ''] : undefined;
  return (
    <div class="strip" role="status">
      {problem ? <p>{problem} <span class="quiet">{laterWords.meanwhile}</span></p> : <p>{gateOffWords(gate.why)}</p>}
      {problem && mailbox.problem === 'signInNeeded' && (
        <button type="button" class="secondary" onClick={() => void actions.signIn(mailbox.claims)}>{laterWords.signInAgain}</button>
      )}
      {gate.why === 'paused' && (
        <button type="button" class="link" aria-label={words.settings} onClick={() => actions.open('settings')}>{laterWords.change}</button>
      )}
    </div>
  );
}

/** Without a value the bar only says that something goes on. */
function CatchUp({ read, of }: { read: number; of: number | null }) {
  const said = laterWords.catchingUp(read, of);
  return (
    <div class="catch-up">
      <p class="quiet">{said}</p>
      <progress aria-label={said} max={Math.max(1, of ?? 1)} {...(of === null ? {} : { value: Math.min(read, of) })} />
    </div>
  );
}

/** Offered once to each rep, while the mailbox can be read. */
function FirstRun({ state: { link, board, keptCopy }, actions }: StandingProps) {
  const { endFirstRun, isFirstRunOver } = laterActions(actions.ends);
  const readable = board!.mailbox.problem === null && board!.gate.why !== 'mailboxUnreachable';
  if (link !== 'ready' || keptCopy || !readable || isFirstRunOver()) return null;
  return (
    <section class="card first-run" aria-label={laterWords.firstRun.title}>
      <h2>{laterWords.firstRun.title}</h2>
      <p>{laterWords.firstRun.text}</p>
      <div class="row">
        <button type="button" class="secondary" onClick={() => actions.open('dryRun')}>{laterWords.firstRun.look}</button>
        <button type="button" class="link" onClick={endFirstRun}>{laterWords.firstRun.later}</button>
      </div>
    </section>
  );
}
