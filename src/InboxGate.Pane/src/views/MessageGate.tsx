import type { ComponentChildren } from 'preact';
import type { Gate, Person } from '../board';
import type { MessageFacts } from '../host';
import type { Actions } from '../pane';
import { standingOf } from '../standing';
import type { State } from '../store';
import { becauseWords, kindWords, words, wordsOf } from '../words';
import { Dots } from './Dots';
import { Mark } from './icons';
import { Later } from './Later';

/** The message on screen: who wrote it, what its answer takes, and every way past that. */
export function MessageGate({ state, actions }: { state: State; actions: Actions }) {
  const standing = standingOf(state);
  // Keyed by the message: what was typed or opened for one is not carried to the next.
  const key = state.onScreen?.kind === 'message' ? state.onScreen.facts.internetMessageId : state.onScreen?.kind;
  const card = (...content: ComponentChildren[]) => (
    <section key={key} class="card message" aria-label={words.gate.title} tabIndex={-1}>{content}</section>
  );

  switch (standing.kind) {
    case 'none':
      return state.onScreen ? card(<p class="quiet">{state.outlook ? words.gate.none : words.gate.notInOutlook}</p>) : null;
    case 'several':
      return card(<p class="quiet">{words.gate.several}</p>);
    case 'reply': {
      const { gate } = standing;
      if (!gate) return card(<p>{words.gate.replyFree}</p>);
      return card(
        <Sender key="sender" person={gate.from} kind={gate.senderKind} />,
        <GateStanding key="standing" gate={gate} state={state} />,
        <Later key="ways" part="MessageWays" state={state} actions={actions} />,
      );
    }
    case 'newMail':
    case 'invitation':
    case 'unsupported':
    case 'shared':
      return card(<p>{words.gate[standing.kind]}</p>);
    case 'checking':
    case 'unchecked':
      return card(<p class="quiet">{words.gate[standing.kind]}</p>);
    case 'gateOff':
      return card(
        <Sender key="sender" person={standing.facts.from} kind={null} />,
        <p key="off" class="headline">{words.gate.off}</p>,
      );
    case 'free': {
      const { facts, senderKind } = standing;
      return card(
        <Sender key="sender" person={facts.from} kind={senderKind} />,
        <p key="free" class="headline">{wordsOf(words.free, senderKind) ?? words.free.other}</p>,
        <Because key="because" words={becauseWords(standing, nameOf(facts))} />,
        <Later key="ways" part="MessageWays" state={state} actions={actions} />,
      );
    }
    case 'gate': {
      const { gate, facts } = standing;
      return card(
        <Sender key="sender" person={gate.from ?? facts.from} kind={gate.senderKind} />,
        <GateStanding key="standing" gate={gate} state={state} reply={actions.reply} />,
        <Later key="ways" part="MessageWays" state={state} actions={actions} />,
      );
    }
  }
}

interface GateStandingProps { gate: Gate; state: State; reply?: Actions['reply'] }

/** Without `reply` the answer is being written already. */
function GateStanding({ gate, state, reply }: GateStandingProps) {
  const because = becauseWords(gate, gate.from?.name || gate.from?.address || '');
  if (gate.state === 'pending') {
    return (
      <div class="standing">
        <Dots gate={gate} ahead={state.outbox.ahead} />
        <p class="headline">{words.gate.calls(gate.callsRemaining)}</p>
        <Because words={because} />
      </div>
    );
  }
  if (gate.state === 'earned') {
    return (
      <div class="standing earned">
        <p class="headline good"><Mark of="kept" /> {reply ? words.gate.earned : words.gate.earnedReply}</p>
        {reply && <button type="button" class="secondary" onClick={reply}>{words.gate.reply}</button>}
      </div>
    );
  }
  return (
    <div class="standing">
      <p class="headline">{wordsOf(words.gate.closed, gate.state)}</p>
      {gate.state === 'waived' && reply && <button type="button" class="secondary" onClick={reply}>{words.gate.reply}</button>}
    </div>
  );
}

function Sender({ person, kind }: { person: Person | null; kind: string | null }) {
  const name = person?.name || person?.address || '';
  const address = person?.address;
  return (
    <header class="sender">
      <span class={`avatar ${kind ?? ''}`} aria-hidden="true">{initials(name)}</span>
      <div class="who">
        <h2>{name || words.someone}</h2>
        {address && address !== name && <p class="quiet address">{address}</p>}
      </div>
      {kind && <span class="tag">{kindWords(kind)}</span>}
    </header>
  );
}

const Because = ({ words: because }: { words: string }) => (because ? <p class="quiet because">{because}</p> : null);

const nameOf = ({ from }: MessageFacts) => from.name || from.address || '';

function initials(name: string): string {
  const parts = name.split('@')[0]!.split(/[\s._-]+/).filter((part) => /^\p{L}/u.test(part));
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? '')][0]?.toUpperCase() ?? '').join('');
}
