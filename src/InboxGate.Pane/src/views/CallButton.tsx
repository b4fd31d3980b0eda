import type { Actions } from '../pane';
import type { Board } from '../board';
import { gateOnScreen } from '../standing';
import type { State } from '../store';
import { words } from '../words';
import { Phone } from './icons';
import { Later } from './Later';

/** One click logs a call. The label names the next small thing; clicks on their way already count in it. */
export function CallButton({ state, actions }: { state: State; actions: Actions }) {
  const { outbox, made } = state;
  return (
    <div class="call">
      <Later part="CallNext" state={state} actions={actions} />
      <button type="button" class="primary big" onClick={single(() => actions.callMade())} onKeyDown={once}>
        <Phone /> {label(state)}
      </button>
      <div class="under">
        {made.length > 0 && <button type="button" class="link" onClick={single(actions.undo)} onKeyDown={once}>{words.undo}</button>}
        {outbox.waiting > 0 && <span class="quiet waiting">{words.waitingToBeSent(outbox.waiting)}</span>}
      </div>
    </div>
  );
}

/** The second click of a double-click is one hand movement too many, not another call. */
const single = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};

/** A key that is held down clicks again and again. */
function once(event: KeyboardEvent) {
  if (event.repeat) event.preventDefault();
}

function label(state: State): string {
  const next = nextOf(state);
  return next ? words.callMadeOf(...next) : words.callMade;
}

/** The next call's number in the small thing, and how many that takes; null when there is none. */
export function nextOf(state: State): [number: number, of: number] | null {
  const { board, outbox } = state;
  const small = board && smallThing(board, state);
  const number = small ? small.made + outbox.ahead + 1 : 0;
  return small && number >= 1 && number <= small.of ? [number, small.of] : null;
}

/** The gate on screen, else the board's next step: how many calls it takes and how many of them are made. */
function smallThing(board: Board, state: State): { made: number; of: number } | null {
  const { nextStep, gates, checkpoints, counts, goals } = board;
  const onScreen = board.gate.on ? gateOnScreen(state) : null;
  const gate =
    onScreen?.state === 'pending'
      ? onScreen
      : nextStep.kind === 'gate'
        ? gates.find((one) => one.state === 'pending' && one.callsRemaining === nextStep.amount)
        : undefined;
  if (gate) return { made: gate.callsRequired - gate.callsRemaining, of: gate.callsRequired };
  if (nextStep.unit === 'emails') return null;
  if (nextStep.kind === 'goal') return { made: counts.calls, of: goals.calls };
  const next = checkpoints.find(({ state: standing, unit }) => standing === 'next' && unit === 'calls');
  return nextStep.kind === 'checkpoint' && next ? { made: counts.calls, of: next.due } : null;
}
