import { Component } from 'preact';
import type { Actions } from '../../pane';
import type { State } from '../../store';
import { dayWords, words, wordsOf } from '../../words';
import { addDays } from '../times';
import { laterWords } from '../words';
import { Dial } from './Dial';
import { areCallsNext, callingActions, nameOf, nextMonday, readyCalls, type Calling, type PutOff, type ToCall } from './next';

interface CardProps { state: State; actions: Actions }

/** Three prospects to call now, and why them. */
export class NextCallsCard extends Component<CardProps> {
  override componentDidMount() {
    callingActions(this.props.actions).follow();
  }

  override componentDidUpdate() {
    callingActions(this.props.actions).follow();
  }

  override render({ state, actions }: CardProps) {
    if (!areCallsNext(state)) return null;
    const { calling } = state.later;
    const calls = readyCalls(state);
    return (
      <section class="card next-calls" aria-label={laterWords.next.title} tabIndex={-1}>
        <h2>{laterWords.next.title}</h2>
        {calling?.failed && (
          <div class="strip" role="alert">
            <p>{calling.failed}</p>
            <button type="button" class="secondary" onClick={() => void callingActions(actions).ask()}>{laterWords.tryAgain}</button>
          </div>
        )}
        {calls.length > 0
          ? <ul>{calls.map((call) => <Row key={call.entry} call={call} state={state} actions={actions} />)}</ul>
          : !calling?.failed && <Nobody calling={calling} link={state.link} actions={actions} />}
        {calling?.putOff && <Taken putOff={calling.putOff} actions={actions} />}
      </section>
    );
  }
}

/** Loading, offline, or why there is nobody to call. */
function Nobody({ calling, link, actions }: { calling: Calling | undefined; link: State['link']; actions: Actions }) {
  if (!calling?.answer) return <p class="quiet" role="status">{link === 'ready' ? words.link.loading : laterWords.next.offline}</p>;
  const { whyNone } = calling.answer;
  return (
    <>
      <p class="quiet">{wordsOf(laterWords.next.none, whyNone) ?? laterWords.next.none.allCalledToday}</p>
      {(whyNone === 'noProspects' || whyNone === 'noNumbers') && (
        <button type="button" class="link" onClick={() => actions.open('prospects')}>{laterWords.next.prospects}</button>
      )}
    </>
  );
}

function Row({ call, state, actions }: { call: ToCall; state: State; actions: Actions }) {
  const name = nameOf(call);
  const details = [call.company !== name ? call.company : null, call.phoneText !== name ? call.phoneText : null].filter(Boolean);
  return (
    <li>
      <div class="who">
        <p class="from">{name}</p>
        {details.length > 0 && <p class="quiet">{details.join(' · ')}</p>}
        <p class="quiet">{because(call)} · {laterWords.next.there(call.localTime.replace(/^0/, ''))}</p>
        {call.lastContact && <p class="quiet">{lastContact(call.lastContact, state.board?.today.timeZone)}</p>}
      </div>
      <Dial call={call} actions={actions} class="secondary">{laterWords.next.dial}</Dial>
      <NotNow call={call} today={state.board!.today.date} actions={actions} />
    </li>
  );
}

/** In the rep's language, or as the server worded it. */
function because({ reason, days, lastContact, because: otherwise }: ToCall): string {
  return wordsOf<(days: number, by: string) => string>(laterWords.next.because, reason)?.(days, lastContact?.by ?? '') ?? otherwise;
}

function lastContact({ at, by, outcome }: NonNullable<ToCall['lastContact']>, timeZone: string | undefined): string {
  const day = dayWords(at, timeZone);
  const said = wordsOf(laterWords.outcome.of, outcome);
  return by === 'mail' ? laterWords.next.lastMail(day) : said ? laterWords.next.lastCallWith(day, said) : laterWords.next.lastCall(day);
}

/** Two years of waiting are no snooze: the server takes a year (NextCallsController.cs). */
const longestWaitDays = 365;

function NotNow({ call, today, actions }: { call: ToCall; today: string; actions: Actions }) {
  const { putOff } = callingActions(actions);
  const tomorrow = addDays(today, 1);
  const until = (day: string) => void putOff(call, 'later', day);

  function untilDay(event: SubmitEvent) {
    event.preventDefault();
    const day = new FormData(event.currentTarget as HTMLFormElement).get('day');
    if (typeof day === 'string' && day > today) until(day);
  }

  return (
    <details>
      <summary aria-label={laterWords.next.notNowWith(nameOf(call))}>{laterWords.next.notNow}</summary>
      <div class="chips">
        <button type="button" class="chip" onClick={() => void putOff(call, 'skip')}>{laterWords.next.skip}</button>
        <button type="button" class="chip" onClick={() => until(tomorrow)}>{laterWords.next.tomorrow}</button>
        <button type="button" class="chip" onClick={() => until(nextMonday(today))}>{laterWords.next.nextWeek}</button>
        <button type="button" class="chip" onClick={() => void putOff(call, 'never')}>{laterWords.next.never}</button>
        <form class="chips" onSubmit={untilDay}>
          <label>{laterWords.next.from} <input type="date" name="day" min={tomorrow} max={addDays(today, longestWaitDays)} required /></label>
          <button type="submit" class="secondary">{laterWords.next.putOff}</button>
        </form>
      </div>
    </details>
  );
}

function Taken({ putOff: { call, how, until }, actions }: { putOff: PutOff; actions: Actions }) {
  const name = nameOf(call);
  const said = how === 'later' ? laterWords.next.off.later(name, dayWords(`${until}T12:00:00Z`, 'UTC')) : laterWords.next.off[how](name);
  return (
    <div class="chips" role="status">
      <p class="quiet">{said}</p>
      <button type="button" class="link" onClick={() => void callingActions(actions).undoPutOff()}>{laterWords.next.undo}</button>
    </div>
  );
}
