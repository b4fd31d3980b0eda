// Where the message on screen stands, read from the newest board: the pane's card and the banner both follow it.
import type { Gate } from './board';
import type { MessageFacts } from './host';
import type { Question } from './question';
import type { State } from './store';

export type Standing =
  | { kind: 'none' | 'several' | 'newMail' | 'invitation' | 'unsupported' | 'shared' | 'checking' | 'unchecked' }
  /** A reply being written; null where it needs no calls. */
  | { kind: 'reply'; gate: Gate | null }
  | { kind: 'gateOff'; facts: MessageFacts }
  | { kind: 'gate'; gate: Gate; facts: MessageFacts }
  | { kind: 'free'; senderKind: string; reason: string; match: string | null; because: string | null; facts: MessageFacts };

export function standingOf({ board, onScreen, verdict, verdictFailed }: State): Standing {
  if (!onScreen) return { kind: 'none' };
  switch (onScreen.kind) {
    case 'message': break;
    case 'reply': return { kind: 'reply', gate: board?.gate.on ? gateOnScreen({ board, onScreen, verdict }) : null };
    default: return { kind: onScreen.kind };
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
  const gates = board?.gates ?? [];
  if (onScreen?.kind === 'reply') return gateAnswered(gates, onScreen.question);
  if (onScreen?.kind !== 'message') return null;
  const id = onScreen.facts.internetMessageId;
  return (
    gates.find((gate) => gate.id === verdict?.gate?.id) ?? gates.find((gate) => gate.internetMessageId === id) ?? null
  );
}

/** As the server looks it up (ReplyChecking.cs): the mail that is answered, else the conversation's newest from one of the recipients. */
function gateAnswered(gates: readonly Gate[], { inReplyTo, conversationId, recipients }: Question): Gate | null {
  const waiting = gates.filter(({ state }) => state === 'pending' || state === 'earned');
  const answered = inReplyTo && waiting.find(({ internetMessageId }) => internetMessageId?.trim() === inReplyTo);
  if (answered) return answered;
  const people = recipients?.map((address) => address.toLowerCase());
  return (
    waiting
      .filter((gate) => conversationId && gate.conversationId && plain(gate.conversationId) === plain(conversationId))
      .filter(({ from }) => !people || people.includes(from?.address?.toLowerCase() ?? ''))
      .toSorted((one, other) => Date.parse(other.openedAt) - Date.parse(one.openedAt))[0] ?? null
  );
}

/** The same id comes in two alphabets of base 64. */
const plain = (id: string) => id.replace(/\//g, '-').replace(/\+/g, '_');
