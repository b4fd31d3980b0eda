import type { Actions } from '../pane';
import type { State } from '../store';
import { gateOffWords, words } from '../words';
import { CallButton } from './CallButton';
import { Later } from './Later';
import { LinkState, Welcome } from './LinkState';
import { MessageGate } from './MessageGate';
import { NextStep } from './NextStep';
import { Today } from './Today';

export function PaneView({ state, actions }: { state: State; actions: Actions }) {
  const { board, link } = state;
  if (!board && link === 'signedOut') return <Welcome state={state} actions={actions} />;
  return (
    <>
      <h1 class="spoken">{words.product}</h1>
      <LinkState state={state} actions={actions} />
      <Later part="GateOff" state={state} actions={actions}>
        {board && !board.gate.on && <p class="strip">{gateOffWords(board.gate.why)}</p>}
      </Later>
      <Later part="FirstThings" state={state} actions={actions} />
      <div class="columns">
        <section class="card day" aria-label={words.today} tabIndex={-1} aria-busy={!board && link === 'loading'}>
          <Today state={state} actions={actions} />
          <NextStep state={state} />
          <CallButton state={state} actions={actions} />
          <Later part="DayMore" state={state} actions={actions} />
        </section>
        <div class="column">
          <Later part="Notes" state={state} actions={actions} />
          <MessageGate state={state} actions={actions} />
          <Later part="Lists" state={state} actions={actions} />
        </div>
      </div>
      {board && link === 'ready' && <button type="button" class="link foot" onClick={() => actions.open('settings')}>{words.settings}</button>}
      {state.later.sheet && <Later part="Sheets" state={state} actions={actions} />}
      <p class="spoken" role="status" aria-live="polite">{state.announcement}</p>
    </>
  );
}
