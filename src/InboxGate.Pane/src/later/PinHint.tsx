import type { Actions } from '../pane';
import type { State } from '../store';
import { laterActions } from './actions';
import { laterWords } from './words';

/** Told once, until Outlook has told of another message: then the pane is pinned. */
export function PinHint({ state, actions }: { state: State; actions: Actions }) {
  const { isFirstRunOver, isPinKnown, endPinHint } = laterActions(actions.ends);
  if (!state.outlook || state.onScreen?.kind !== 'message' || state.link !== 'ready' || !isFirstRunOver() || isPinKnown()) return null;
  return (
    <div class="strip pin">
      <p>{laterWords.pin.text}</p>
      <button type="button" class="link" onClick={endPinHint}>{laterWords.pin.done}</button>
    </div>
  );
}
