import { Component } from 'preact';
import type { Actions } from '../pane';
import type { State } from '../store';
import type { MadeCall } from '../undo';
import { timeWords } from '../words';
import { laterWords } from './words';

interface CallMoreProps { state: State; actions: Actions }

/** Calls made away from the pane, and how the last ones went. */
export function CallMore({ state: { made, board }, actions }: CallMoreProps) {
  return (
    <div class="call-more">
      <Several add={actions.callMade} />
      {made.length > 0 && <Outcomes made={made} timeZone={board?.today.timeZone} say={actions.setOutcome} />}
    </div>
  );
}

/** A slip of the finger must not make a day's work. */
const mostAtOnce = 20;
const usualAtOnce = 3;

class Several extends Component<{ add(amount: number): void }, { amount: number }> {
  override state = { amount: usualAtOnce };

  private details: HTMLDetailsElement | null = null;

  private send = (event: SubmitEvent) => {
    event.preventDefault();
    const amount = countIn(new FormData(event.currentTarget as HTMLFormElement).get('amount'));
    if (amount === null) return;
    this.props.add(amount);
    this.setState({ amount: usualAtOnce });
    // Done: the next click must be meant.
    if (this.details) this.details.open = false;
    this.details?.querySelector('summary')?.focus();
  };

  private type = (event: Event) => {
    const amount = countIn((event.currentTarget as HTMLInputElement).value);
    if (amount !== null) this.setState({ amount });
  };

  override render() {
    const { amount } = this.state;
    return (
      <details ref={(details) => void (this.details = details)}>
        <summary>{laterWords.several.open}</summary>
        <form class="several" onSubmit={this.send}>
          <input type="number" name="amount" min={1} max={mostAtOnce} step={1} required value={amount} onInput={this.type} aria-label={laterWords.several.how} />
          <button type="submit" class="secondary">{laterWords.several.add(amount)}</button>
          <p class="quiet">{laterWords.several.explain}</p>
        </form>
      </details>
    );
  }
}

function countIn(typed: FormDataEntryValue | null): number | null {
  const amount = Number(typed);
  return Number.isInteger(amount) && amount >= 1 && amount <= mostAtOnce ? amount : null;
}

const shownAtMost = 5;
const outcomes = ['noAnswer', 'voicemail', 'talked', 'meeting', 'wrongNumber'] as const;

interface OutcomesProps { made: readonly MadeCall[]; timeZone: string | undefined; say: Actions['setOutcome'] }

/** The newest first; said again, the last word counts. */
function Outcomes({ made, timeZone, say }: OutcomesProps) {
  const last = made.slice(-shownAtMost).reverse();
  return (
    <details>
      <summary>{laterWords.outcome.title}</summary>
      <ul class="outcomes">
        {last.map((call, at) => (
          <li key={call.id}>
            <label>
              <span>{call.at === null ? laterWords.outcome.nth(made.length - at) : laterWords.outcome.at(timeWords(call.at, timeZone))}</span>
              <select value={call.outcome ?? ''} onChange={(event) => say(call.id, (event.currentTarget as HTMLSelectElement).value)}>
                {!call.outcome && <option value="">{laterWords.outcome.none}</option>}
                {outcomes.map((outcome) => <option key={outcome} value={outcome}>{laterWords.outcome.of[outcome]}</option>)}
              </select>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
