import { Component } from 'preact';
import type { Board } from '../board';
import type { Actions } from '../pane';
import type { State } from '../store';
import { words } from '../words';
import { laterActions } from './actions';
import type { Policy } from './policy';
import { laterWords } from './words';

interface RehearsalProps { state: State; actions: Actions }

/** The rep's own rule and the day's pieces, once on each working day, before the first step. */
export class Rehearsal extends Component<RehearsalProps> {
  override componentDidMount() {
    this.ask();
  }

  override componentDidUpdate() {
    this.ask();
  }

  private asked = false;

  /** The number in the rule is the policy's. */
  private ask() {
    const { state, actions } = this.props;
    if (this.asked || state.later.policy || !isRehearsalDue(this.props)) return;
    this.asked = true;
    void laterActions(actions.ends).readPolicy();
  }

  override render({ state, actions }: RehearsalProps) {
    const calls = callsOf(state.later.policy?.answer ?? null);
    if (!isRehearsalDue(this.props) || calls === 0) return null;
    const board = state.board!;
    const begin = () => {
      laterActions(actions.ends).endRehearsal(board.today.date);
      document.querySelector<HTMLElement>('.call .big')?.focus();
    };
    return (
      <section class="card rehearsal" aria-label={laterWords.rehearsal.title}>
        <h2>{laterWords.rehearsal.title}</h2>
        <p class="rule">{laterWords.rehearsal.rule(calls)}</p>
        <Pieces board={board} />
        <button type="button" class="primary" onClick={begin}>{laterWords.rehearsal.begin}</button>
      </section>
    );
  }
}

function Pieces({ board: { checkpoints } }: { board: Board }) {
  if (checkpoints.length === 0) return null;
  return (
    <ol class="pieces" aria-label={laterWords.rehearsal.pieces}>
      {checkpoints.map((piece) => (
        <li key={`${piece.unit} ${piece.key}`}>{laterWords.rehearsal.piece(piece.due, piece.unit, words.by(piece))}</li>
      ))}
    </ol>
  );
}

export function isRehearsalDue({ state, actions }: RehearsalProps): boolean {
  const { board, keptCopy, link } = state;
  if (!board || keptCopy || link !== 'ready' || !board.gate.on || !board.today.working) return false;
  const { isFirstRunOver, rehearsal } = laterActions(actions.ends);
  // One thing at a time: on the very first day the gate is tried out first.
  return isFirstRunOver() && rehearsal().on && rehearsal().date !== board.today.date;
}

/** What most mail that is not from a prospect asks: the rule is one sentence. */
function callsOf(policy: Policy | null): number {
  const asked = Object.values(policy?.callsRequired ?? {}).filter((calls) => calls > 0);
  const times = (calls: number) => asked.filter((other) => other === calls).length;
  return asked.toSorted((one, other) => times(other) - times(one) || other - one)[0] ?? 0;
}
