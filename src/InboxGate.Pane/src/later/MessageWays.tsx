import type { Gate } from '../board';
import type { Actions } from '../pane';
import { standingOf } from '../standing';
import type { State } from '../store';
import { Correct } from './Correct';
import { Waiver, waiversLeft } from './Waiver';
import { laterWords } from './words';

interface WaysProps { state: State; actions: Actions }

/** Every way past what the message on screen asks: an answer now, and another kind for its sender. */
export function MessageWays({ state, actions }: WaysProps) {
  const standing = standingOf(state);
  if (standing.kind === 'free') {
    const { facts, senderKind, match } = standing;
    if (senderKind === 'automated') return null;
    return <Correct state={state} actions={actions} address={decidedAddress(match) ?? facts.from.address} kind={senderKind} />;
  }
  const gate = standing.kind === 'gate' || standing.kind === 'reply' ? standing.gate : null;
  if (!gate) return null;
  const sender = gate.from?.address ?? (standing.kind === 'gate' ? standing.facts.from.address : null);
  return (
    <>
      {gate.state === 'pending' && <Waiver gate={gate} state={state} actions={actions} />}
      {gate.state === 'waived' && <Waived gate={gate} state={state} actions={actions} />}
      {(gate.state === 'pending' || gate.state === 'earned' || gate.state === 'released') && (
        <Correct state={state} actions={actions} address={sender} kind={gate.senderKind} />
      )}
    </>
  );
}

function Waived({ gate, state, actions }: WaysProps & { gate: Gate }) {
  return (
    <div class="waived">
      <p class="quiet">{laterWords.waiver.leftSpelt(waiversLeft(state))}</p>
      <button type="button" class="link" onClick={() => void actions.takeBackWaiver(gate.id)}>{laterWords.waiver.takeBack}</button>
      {state.refusal && <p role="alert">{state.refusal}</p>}
    </div>
  );
}

/** The address that the server decided on, where it names one: a list may stand in From in the sender's place. */
const decidedAddress = (match: string | null) => (match && /^[^\s@]+@[^\s@]+$/.test(match) ? match : null);
