import { Component } from 'preact';
import type { Actions } from '../../pane';
import type { State } from '../../store';
import { nextOf } from '../../views/CallButton';
import { Phone } from '../../views/icons';
import { laterWords } from '../words';
import { Dial } from './Dial';
import { areCallsNext, callingActions, nameOf, readyCalls, type ToCall } from './next';

interface CallNextProps { state: State; actions: Actions }

/** The main button while a prospect lies ready: it dials, then asks how it went. The plain one stays below it. */
export class CallNext extends Component<CallNextProps> {
  private root: HTMLDivElement | null = null;

  override componentDidUpdate({ state: { later: { calling: before } } }: CallNextProps) {
    const { calling } = this.props.state.later;
    // What was pressed has gone: the way on must not be from the top.
    if (before?.dialled !== calling?.dialled) this.root?.querySelector<HTMLElement>('a, button')?.focus();
  }

  override render({ state, actions }: CallNextProps) {
    const dialled = state.later.calling?.dialled;
    if (dialled) return <div class="call-next" ref={this.hold}><HowItWent call={dialled} actions={actions} /></div>;
    const call = areCallsNext(state) ? readyCalls(state)[0] : undefined;
    if (!call) return null;
    const number = nextOf(state);
    const label = number ? laterWords.next.callOf(nameOf(call), ...number) : laterWords.next.call(nameOf(call));
    return <div class="call-next" ref={this.hold}><Dial call={call} actions={actions} class="primary big" label={label}><Phone /> <span>{label}</span></Dial></div>;
  }

  private hold = (root: HTMLDivElement | null) => void (this.root = root);
}

const outcomes = ['noAnswer', 'voicemail', 'talked', 'meeting', 'wrongNumber'] as const;

function HowItWent({ call, actions }: { call: ToCall; actions: Actions }) {
  const { log, notCalled } = callingActions(actions);
  return (
    <div class="how-it-went" role="group" aria-label={laterWords.next.how(nameOf(call))}>
      <p class="step">{laterWords.next.how(nameOf(call))}</p>
      <div class="chips">
        {outcomes.map((outcome) => (
          <button key={outcome} type="button" class="chip" onClick={() => log(call, outcome)}>{laterWords.outcome.of[outcome]}</button>
        ))}
      </div>
      <div class="chips">
        <button type="button" class="link" onClick={() => log(call, null)}>{laterWords.next.unsaid}</button>
        <button type="button" class="link" onClick={notCalled}>{laterWords.next.notCalled}</button>
      </div>
    </div>
  );
}
