import type { Actions } from '../pane';
import type { State } from '../store';
import { laterActions } from './actions';
import { laterWords } from './words';

interface MailNotesProps { state: State; actions: Actions }

/** What comes before the mail: how far it has been read, and the offer to look at what came before. */
export function MailNotes(props: MailNotesProps) {
  const { board } = props.state;
  if (!board) return null;
  const { gate, mailbox } = board;
  return (
    <>
      {gate.on && mailbox.problem === 'throttled' && <p class="quiet note" role="status">{laterWords.throttled}</p>}
      {mailbox.catchUp && <CatchUp {...mailbox.catchUp} />}
      <FirstRun {...props} />
    </>
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
function FirstRun({ state: { link, board, keptCopy }, actions }: MailNotesProps) {
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
