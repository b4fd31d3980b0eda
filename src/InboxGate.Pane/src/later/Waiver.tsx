import type { Gate } from '../board';
import type { Actions } from '../pane';
import type { State } from '../store';
import { laterWords } from './words';

/** The answer is always one tap away; a reason goes with it, for the rep alone. */
export function Waiver({ gate, state, actions }: { gate: Gate; state: State; actions: Actions }) {
  function send(event: SubmitEvent) {
    event.preventDefault();
    const own = new FormData(event.currentTarget as HTMLFormElement).get('reason');
    const reason = typeof own === 'string' ? own.trim() : '';
    if (reason) void actions.waive(gate.id, reason);
  }

  return (
    <details class="waiver">
      <summary>
        {laterWords.waiver.open}
        <span class="quiet" title={laterWords.waiver.leftTitle}>{waiversLeft(state)}</span>
      </summary>
      <form onSubmit={send}>
        <fieldset class="kinds">
          <legend class="quiet">{laterWords.waiver.title}</legend>
          {laterWords.waiver.reasons.map((reason) => (
            <button key={reason} type="button" class="chip" onClick={() => void actions.waive(gate.id, reason)}>{reason}</button>
          ))}
        </fieldset>
        <div class="own">
          <input type="text" name="reason" maxLength={200} required aria-label={laterWords.waiver.own} placeholder={laterWords.waiver.own} />
          <button type="submit" class="secondary">{laterWords.waiver.send}</button>
        </div>
        <p class="quiet">{laterWords.waiver.private}</p>
        {state.refusal && <p role="alert">{state.refusal}</p>}
      </form>
    </details>
  );
}

export function waiversLeft({ board }: State): string {
  return laterWords.waiver.left(board?.waivers.emergencyLeft ?? 0, board?.waivers.today ?? 0);
}
