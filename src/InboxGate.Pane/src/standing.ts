// Where the message on screen stands, read from the newest board: the pane's card and the banner both follow it.
import type { Gate } from './board';
import type { MessageFacts } from './host';
import type { State } from './store';

export type Standing =
  | { kind: 'none' | 'invitation' | 'unsupported' | 'shared' | 'checking' | 'unchecked' }
  | { kind: 'gateOff'; facts: MessageFacts }
  | { kind: 'gate'; gate: Gate; facts: MessageFacts }
  | { kind: 'free'; senderKind: string; reason: string; match: string | null; because: string | null; facts: MessageFacts };

export function standingOf({ board, onScreen, verdict, verdictFailed }: State): Standing {
  if (!onScreen) return { kind: 'none' };
  switch (onScreen.kind) {
    case 'message': break;
    case 'invitation': case 'unsupported': case 'shared': return { kind: onScreen.kind };
    default: return { kind: 'none' };
  }

  const { facts } = onScreen;
  if (board && !board.gate.on) return { kind: 'gateOff', facts };

  const gate = gateOnScreen({ board, onScreen, verdict });
  // A released gate says less than what the sender is now taken for.
  if (gate && !(gate.state === 'released' && verdict)) return { kind: 'gate', gate, facts };
  if (verdict) {
    const { senderKind, reason, match, because } = verdict;
    return { kind: 'free', senderKind, reason, match, because, facts };
  }
  return { kind: verdictFailed ? 'unchecked' : 'checking' };
}

/** The gate of the message on screen, which every board that arrives may have changed. */
export function gateOnScreen({ board, onScreen, verdict }: Pick<State, 'board' | 'onScreen' | 'verdict'>): Gate | null {
  if (onScreen?.kind !== 'message') return null;
  const id = onScreen.facts.internetMessageId;
  const gates = board?.gates ?? [];
  return (
    gates.find((gate) => gate.id === verdict?.gate?.id) ?? gates.find((gate) => gate.internetMessageId === id) ?? null
  );
}
