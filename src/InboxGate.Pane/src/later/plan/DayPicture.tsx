import { Component } from 'preact';
import type { Board } from '../../board';
import type { State } from '../../store';
import { timeWords, words } from '../../words';
import { Checkpoints } from '../../views/Today';
import { serverNow } from '../times';
import { laterWords } from '../words';
import { piecesOf, placeOf } from './day';

const movesEveryMilliseconds = 10_000;

/** Beyond these a row of dots says less than the number. */
const mostDots = 12;

/** The day as a line from its start to its end: what is kept, what comes, and where now is. Below it the same in words. */
export class DayPicture extends Component<{ state: State }> {
  private moving: ReturnType<typeof setInterval> | undefined;

  override componentDidMount() {
    this.moving = setInterval(() => this.setState({}), movesEveryMilliseconds);
  }

  override componentWillUnmount() {
    clearInterval(this.moving);
  }

  override render({ state }: { state: State }) {
    const { board, outbox } = state;
    if (!board) return null;
    const { counts, goals, checkpoints } = board;
    const calls = checkpoints.filter(({ unit }) => unit === 'calls');
    const unasked = (['emails', 'meetings'] as const).filter((unit) => goals[unit] === 0 && counts[unit] > 0);
    const emails = checkpoints.filter(({ unit }) => unit === 'emails');
    return (
      <>
        {goals.calls > 0 && (
          <>
            <Line state={state} of={calls} done={counts.calls + outbox.ahead} goal={goals.calls} />
            <Checkpoints of={calls} />
          </>
        )}
        {goals.emails > 0 && (
          <section class="unit" aria-label={laterWords.day.emails}>
            <p>{words.counts('emails', counts.emails, goals.emails)}</p>
            <Line state={state} of={emails} done={counts.emails} goal={goals.emails} />
            <Checkpoints of={emails} />
          </section>
        )}
        {goals.meetings > 0 && (
          <p class="unit meetings">
            {words.counts('meetings', counts.meetings, goals.meetings)}
            <Dots done={counts.meetings} goal={goals.meetings} />
          </p>
        )}
        {unasked.length > 0 && <ul class="others">{unasked.map((unit) => <li key={unit}>{words.counts(unit, counts[unit], 0)}</li>)}</ul>}
      </>
    );
  }
}

interface LineProps { state: State; of: Board['checkpoints']; done: number; goal: number }

function Line({ state, of, done, goal }: LineProps) {
  const { startsAt, endsAt, timeZone } = state.board!.today;
  const met = done >= goal;
  const unit = of[0]?.unit ?? 'calls';
  // Work is asked outside hours only where a day was ended early.
  if (!startsAt || !endsAt) return <progress class={met ? 'met' : ''} aria-label={words.counts(unit, done, goal)} max={goal} value={Math.min(done, goal)} />;
  const instant = serverNow(state);
  const isRunning = !state.keptCopy && instant >= Date.parse(startsAt) && instant <= Date.parse(endsAt);
  const now = placeOf(instant, startsAt, endsAt);
  const [start, end, clock] = [startsAt, endsAt, instant].map((one) => timeWords(one, timeZone)) as [string, string, string];
  return (
    <div class={`day-line ${met ? 'met' : ''}`} role="img" aria-label={laterWords.day.line(start, end, isRunning ? clock : null)}>
      <div class="track">
        {piecesOf(of, done, startsAt, endsAt).map(({ key, from, to, state: standing, filled }) => (
          <span key={key} class={`piece ${standing}`} style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}>
            <i style={{ inlineSize: `${filled * 100}%` }} />
          </span>
        ))}
        {isRunning && <span class="now" style={{ insetInlineStart: `${now * 100}%` }} />}
      </div>
      <div class="clock">
        {!(isRunning && now < labelRoom) && <span>{start}</span>}
        {isRunning && <span class="now" style={{ insetInlineStart: `clamp(1.5em, ${now * 100}%, calc(100% - 1.5em))` }}><b>{clock}</b></span>}
        {!(isRunning && now > 1 - labelRoom) && <span class="end">{end}</span>}
      </div>
    </div>
  );
}

/** Near an end of the line, now is what matters. */
const labelRoom = 0.25;

function Dots({ done, goal }: { done: number; goal: number }) {
  if (goal === 0 || goal > mostDots) return null;
  return <span class="dots" aria-hidden="true">{Array.from({ length: goal }, (_, at) => <i key={at} class={at < done ? 'made' : ''} />)}</span>;
}
