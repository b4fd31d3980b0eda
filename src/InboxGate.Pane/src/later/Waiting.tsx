import type { Board, Gate } from '../board';
import type { Actions, LaterEnds } from '../pane';
import type { State } from '../store';
import { Dots } from '../views/Dots';
import { nameOf } from './reached';
import { laterWords } from './words';

const shownAtMost = 10;

/** What is held, oldest last: never silent about it. */
export function Waiting({ state: { board, link }, actions: { ends } }: { state: State; actions: Actions }) {
  // With the gate off nothing is held; a kept board says nothing of mail.
  if (!board?.gate.on || link === 'signedOut' || link === 'loading') return null;
  const earned = board.gates.filter(({ state }) => state === 'earned');
  const pending = board.gates.filter(({ state }) => state === 'pending');
  const all = [...earned, ...pending];
  const oldest = pending.map(({ openedAt }) => Date.parse(openedAt)).sort((a, b) => a - b)[0];
  return (
    <section class="card waiting-list" aria-label={laterWords.waiting.title}>
      <header>
        <h2>{laterWords.waiting.title}</h2>
        {oldest !== undefined && (
          <p class="quiet">{laterWords.waiting.summary(pending.length, laterWords.age(minutesSince(oldest, board)))}</p>
        )}
      </header>
      {all.length === 0 ? <p class="quiet">{laterWords.waiting.none}</p> : (
        <ul>{all.slice(0, shownAtMost).map((gate) => <Row key={gate.id} gate={gate} ends={ends} />)}</ul>
      )}
      {all.length > shownAtMost && <p class="quiet">{laterWords.waiting.more(all.length - shownAtMost)}</p>}
    </section>
  );
}

function Row({ gate, ends }: { gate: Gate; ends: LaterEnds }) {
  return (
    <li>
      <div class="who">
        <p class="from">{nameOf(gate)}</p>
        <p class="quiet subject">{gate.subject || laterWords.waiting.noSubject}</p>
      </div>
      {gate.state === 'earned'
        ? (
          <span class="owed">
            <span class="tag good">{laterWords.waiting.earned}</span>
            {ends.isReachable(gate) && (
              <button type="button" class="link" aria-label={laterWords.reward.answerName(nameOf(gate))} onClick={() => ends.answer(gate)}>
                {laterWords.reward.answer}
              </button>
            )}
          </span>
        )
        : <span class="owed"><Dots gate={gate} ahead={0} /><span class="quiet">{laterWords.waiting.left(gate.callsRemaining)}</span></span>}
    </li>
  );
}

const minutesSince = (instant: number, board: Board) => Math.max(0, Math.floor((Date.parse(board.asOf) - instant) / 60_000));
