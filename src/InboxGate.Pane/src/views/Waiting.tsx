import type { Board, Gate } from '../board';
import { words } from '../words';
import { Dots } from './Dots';

const shownAtMost = 10;

/** What is held, oldest last: never silent about it. */
export function Waiting({ board }: { board: Board }) {
  const earned = board.gates.filter(({ state }) => state === 'earned');
  const pending = board.gates.filter(({ state }) => state === 'pending');
  const all = [...earned, ...pending];
  const oldest = pending.map(({ openedAt }) => Date.parse(openedAt)).sort((a, b) => a - b)[0];
  return (
    <section class="card waiting-list" aria-label={words.waiting.title}>
      <header>
        <h2>{words.waiting.title}</h2>
        {oldest !== undefined && (
          <p class="quiet">{words.waiting.summary(pending.length, words.age(minutesSince(oldest, board)))}</p>
        )}
      </header>
      {all.length === 0 ? <p class="quiet">{words.waiting.none}</p> : (
        <ul>{all.slice(0, shownAtMost).map((gate) => <Row key={gate.id} gate={gate} />)}</ul>
      )}
      {all.length > shownAtMost && <p class="quiet">{words.waiting.more(all.length - shownAtMost)}</p>}
    </section>
  );
}

function Row({ gate }: { gate: Gate }) {
  return (
    <li>
      <div class="who">
        <p class="from">{gate.from?.name || gate.from?.address || words.waiting.someone}</p>
        <p class="quiet subject">{gate.subject || words.waiting.noSubject}</p>
      </div>
      {gate.state === 'earned'
        ? <span class="tag good">{words.waiting.earned}</span>
        : <span class="owed"><Dots gate={gate} ahead={0} /><span class="quiet">{words.waiting.left(gate.callsRemaining)}</span></span>}
    </li>
  );
}

const minutesSince = (instant: number, board: Board) => Math.max(0, Math.floor((Date.parse(board.asOf) - instant) / 60_000));
