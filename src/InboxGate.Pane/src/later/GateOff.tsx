import type { Actions } from '../pane';
import type { State } from '../store';
import { gateOffWords, wordsOf } from '../words';
import { laterWords } from './words';

/** Why the gate is off, and what ends that. */
export function GateOff({ state: { board }, actions }: { state: State; actions: Actions }) {
  if (!board || board.gate.on) return null;
  const { gate, mailbox } = board;
  const problem = gate.why === 'mailboxUnreachable' ? wordsOf(laterWords.problem, mailbox.problem) : undefined;
  return (
    <div class="strip" role="status">
      {problem ? <p>{problem} <span class="quiet">{laterWords.meanwhile}</span></p> : <p>{gateOffWords(gate.why)}</p>}
      {problem && mailbox.problem === 'signInNeeded' && (
        <button type="button" class="secondary" onClick={() => void actions.signIn(mailbox.claims)}>{laterWords.signInAgain}</button>
      )}
      {gate.why === 'paused' && (
        <button type="button" class="link" onClick={() => actions.open('settings')}>{laterWords.change}</button>
      )}
    </div>
  );
}
