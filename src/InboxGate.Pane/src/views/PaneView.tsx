import type { Actions } from '../pane';
import type { State } from '../store';
import { gateOffWords, words } from '../words';
import { CallButton } from './CallButton';
import { Later } from './Later';
import { LinkState, Welcome } from './LinkState';
import { MessageGate } from './MessageGate';
import { NextStep } from './NextStep';
import { OldCalls } from './OldCalls';
import { Targets } from './Targets';
import { Today } from './Today';
import { Waiting } from './Waiting';

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
      <OldCalls state={state} actions={actions} />
      <div class="columns">
        <section class="card day" aria-label={words.today} tabIndex={-1} aria-busy={!board && link === 'loading'}>
          <Today state={state} />
          <NextStep state={state} />
          <CallButton state={state} actions={actions} />
          <Later part="DayNotes" state={state} actions={actions} />
        </section>
        <div class="column">
          <Later part="MailNotes" state={state} actions={actions} />
          <MessageGate state={state} actions={actions} />
          {/* With the gate off nothing is held; a kept board says nothing of mail. */}
          {board?.gate.on && link !== 'signedOut' && link !== 'loading' && <Waiting board={board} />}
          {board && <Targets board={board} />}
        </div>
      </div>
      {board && link === 'ready' && <button type="button" class="link foot" onClick={() => actions.open('settings')}>{words.settings}</button>}
      {state.later.sheet && <Later part="Sheets" state={state} actions={actions} />}
      <p class="spoken" role="status" aria-live="polite">{state.announcement}</p>
    </>
  );
}
