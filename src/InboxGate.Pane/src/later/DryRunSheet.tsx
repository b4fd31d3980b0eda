import type { Actions } from '../pane';
import type { State } from '../store';
import { becauseWords, dayWords, kindWords, words } from '../words';
import { refusalOf, type LaterActions } from './actions';
import { Correct } from './Correct';
import { correctionOf, type DryRun, type DryRunSender } from './dryRun';
import type { Policy } from './policy';
import { Sheet } from './Sheet';
import { addDays, serverNow, startOfDay } from './times';
import { laterWords } from './words';

export interface SheetProps { state: State; actions: LaterActions; open: Actions['open'] }

const shownAtMost = 25;

/** What the gate would have held, sender by sender, with the reason of each and a way to correct it. */
export function DryRunSheet({ state, actions, open }: SheetProps) {
  const { dryRun } = state.later;
  const opened = () => {
    void actions.runDry();
    void actions.readPolicy();
  };
  const closed = () => {
    actions.endFirstRun();
    open(null);
  };
  const answer = dryRun?.answer;
  return (
    <Sheet title={laterWords.dryRun.title} opened={opened} closed={closed}>
      {dryRun?.failed && (
        <div class="strip" role="alert">
          <p>{laterWords.dryRun.failed} <span class="quiet">{dryRun.failed}</span></p>
          <button type="button" class="secondary" onClick={() => void actions.runDry()}>{laterWords.tryAgain}</button>
        </div>
      )}
      <div class={answer ? 'asking again' : 'asking'} role="status">
        {dryRun?.asking && (
          <>
            <p class={answer ? 'spoken' : 'quiet'}>{answer ? laterWords.dryRun.askingAgain : laterWords.dryRun.asking}</p>
            <progress aria-label={laterWords.dryRun.title} />
          </>
        )}
      </div>
      {answer && <Summary answer={answer} state={state} />}
      {answer && answer.mails > 0 && <Senders answer={answer} state={state} actions={actions} />}
      {answer && <Decision state={state} actions={actions} open={open} />}
    </Sheet>
  );
}

function Summary({ answer, state: { board, later } }: { answer: DryRun; state: State }) {
  const since = dayWords(answer.from, board?.today.timeZone);
  if (answer.mails === 0) return <p class="headline">{laterWords.dryRun.noMail(since)}</p>;
  const calls = Math.max(0, ...answer.senders.filter(({ held }) => held > 0).map(({ callsRequired }) => callsRequired));
  return (
    <div class="summary">
      <p class="count"><span class="done">{answer.held}</span> <span class="goal">{laterWords.dryRun.heldOf(answer.mails)}</span></p>
      <p>
        {laterWords.dryRun.since(since)}{' '}
        {answer.held === 0 && `${laterWords.dryRun.noneHeld} `}
        {answer.joined > 0 && `${laterWords.dryRun.joined(answer.joined)} `}
        {laterWords.dryRun.passed(answer.passed)}
      </p>
      {calls > 0 && later.policy?.answer?.counting === 'shared' && <p class="quiet">{laterWords.dryRun.shared(calls)}</p>}
      {answer.truncated && <p class="quiet">{laterWords.dryRun.truncated(since)}</p>}
    </div>
  );
}

function Senders({ answer, state: { later }, actions }: { answer: DryRun; state: State; actions: LaterActions }) {
  // A corrected sender stays in sight, whatever became of its mail.
  const isAbove = (sender: DryRunSender) => sender.held > 0 || correctionOf(sender, later.corrections ?? []) !== null;
  const above = answer.senders.filter(isAbove);
  const below = answer.senders.filter((sender) => !isAbove(sender));
  const most = Math.max(1, ...above.map(({ held }) => held));
  const table = (caption: string, senders: DryRunSender[]) => (
    <>
      <table>
        <caption class="spoken">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{laterWords.dryRun.sender}</th>
            <th scope="col">{laterWords.dryRun.held}</th>
            <th scope="col">{laterWords.dryRun.mails}</th>
          </tr>
        </thead>
        {senders.slice(0, shownAtMost).map((sender, at) => {
          // Not by the verdict: a corrected sender is the same row, with the focus still in it.
          const nth = senders.slice(0, at).filter(({ from }) => from.address === sender.from.address).length;
          return <Sender key={`${sender.from.address} ${nth}`} {...{ sender, most, later, actions }} />;
        })}
      </table>
      {senders.length > shownAtMost && <p class="quiet">{laterWords.dryRun.more(senders.length - shownAtMost)}</p>}
    </>
  );
  return (
    <>
      {above.length > 0 && table(laterWords.dryRun.caption, above)}
      {below.length > 0 && (
        <details class="passed">
          <summary>{laterWords.dryRun.passedTitle(below.length)}</summary>
          {table(laterWords.dryRun.passedCaption, below)}
        </details>
      )}
    </>
  );
}

interface SenderProps { sender: DryRunSender; most: number; later: State['later']; actions: LaterActions }

function Sender({ sender, most, later, actions }: SenderProps) {
  const { from, senderKind, reason, held, mails, callsRequired } = sender;
  const name = from.name || from.address || words.someone;
  const correction = correctionOf(sender, later.corrections ?? []);
  return (
    <tbody tabIndex={-1}>
      <tr>
        <th scope="row">
          <span class="name">{name}</span>
          {from.address && from.address !== name && <span class="quiet address">{from.address}</span>}
        </th>
        <td>{held}</td>
        <td>{mails}</td>
      </tr>
      <tr>
        <td colSpan={3}>
          {held > 0 && <span class="bar" aria-hidden="true"><i style={{ inlineSize: `${(100 * held) / most}%` }} /></span>}
          <p class="quiet">
            {becauseWords(sender, name)}{' '}
            <span class="tag">{kindWords(senderKind)}: {laterWords.dryRun.callsFirst(callsRequired)}</span>
          </p>
          {senderKind !== 'automated' && reason !== 'self' && (
            <Correct
              state={{ correction, refusal: refusalOf(later, from.address) }}
              actions={{ correct: actions.correct, undoCorrection: () => actions.undoCorrection(correction!.entry) }}
              address={from.address}
              kind={senderKind}
            />
          )}
        </td>
      </tr>
    </tbody>
  );
}

/** The gate's own switch, where the rep has just seen what it does. */
function Decision({ state, actions, open }: SheetProps) {
  const { board, later: { policy } } = state;
  const { on = true, pausedUntil = null } = policy?.answer ?? {};
  const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > serverNow(state);
  // What is so already needs no word of the rep's own: it goes on following the team.
  const decide = async (change: Partial<Policy> | null) => {
    if (change && !(await actions.changePolicy(change))) return;
    actions.endFirstRun();
    open(null);
  };
  const choose = (label: string, style: string, change: Partial<Policy> | null) => (
    <button type="button" class={style} disabled={!policy?.answer} onClick={() => void decide(change)}>{label}</button>
  );
  return (
    <footer class="decide" role="group" aria-label={laterWords.dryRun.decide}>
      {policy?.failed && <p role="alert">{policy.answer && laterWords.settings.failed} {policy.failed}</p>}
      {policy?.failed && !policy.answer && (
        <button type="button" class="secondary" onClick={() => void actions.readPolicy()}>{laterWords.tryAgain}</button>
      )}
      {on && !isPaused
        ? choose(laterWords.dryRun.keepOn, 'primary', null)
        : choose(laterWords.dryRun.turnOn, 'primary', { on: true, pausedUntil: null })}
      {board && choose(laterWords.dryRun.pause, 'secondary', { on: true, pausedUntil: startOfDay(addDays(board.today.date, 1), board.today.timeZone) })}
      {choose(on ? laterWords.dryRun.turnOff : laterWords.dryRun.keepOff, 'secondary', { on: false, pausedUntil: null })}
    </footer>
  );
}
