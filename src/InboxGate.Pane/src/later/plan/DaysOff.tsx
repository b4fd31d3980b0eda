import { Component, createRef } from 'preact';
import { addDays } from '../times';
import { dateOf } from './dates';
import { dayAfterPress, daysOfMonth, isSameMonth, monthAfter, standingOf, type DaysAway } from './daysAway';
import { planWords } from './words';

interface DaysOffProps extends DaysAway {
  /** The rep's local today: what is past is past. */
  today: string;
  change(away: DaysAway): void;
}

/** A month to press days in: once for a day off, twice for a half day. Arrow keys move from day to day. */
export class DaysOff extends Component<DaysOffProps, { at: string; moved: boolean }> {
  override state = { at: this.props.today, moved: false };

  private readonly grid = createRef<HTMLTableElement>();

  override componentDidUpdate() {
    if (!this.state.moved) return;
    this.setState({ moved: false });
    this.grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  override render({ today, daysOff, halfDays }: DaysOffProps) {
    const { at } = this.state;
    const away = { daysOff, halfDays };
    const coming = [...daysOff, ...halfDays].filter((date) => date >= today).sort();
    return (
      <fieldset class="days-off">
        <legend><h3>{planWords.daysOff}</h3></legend>
        <p class="quiet" id="days-off-how">{planWords.pressDays}</p>
        <div class="month-of">
          <button type="button" class="secondary" aria-label={planWords.monthBefore} disabled={isSameMonth(at, today)} onClick={() => this.turn(-1)}>‹</button>
          <b aria-live="polite" id="days-off-month">{dateOf(at, { month: 'long', year: 'numeric' })}</b>
          <button type="button" class="secondary" aria-label={planWords.monthAfter} onClick={() => this.turn(1)}>›</button>
        </div>
        <table role="grid" class="month" aria-labelledby="days-off-month" aria-describedby="days-off-how" ref={this.grid} onKeyDown={this.press}>
          <thead>
            <tr>{weekdays().map(({ short, long }) => <th key={long} scope="col" abbr={long}>{short}</th>)}</tr>
          </thead>
          <tbody>
            {daysOfMonth(at).map((week, nth) => (
              <tr key={nth}>
                {week.map((date, place) => (date === null ? <td key={place} /> : this.day(date, away)))}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="quiet coming">
          {coming.length === 0 ? planWords.noDays : coming.map((date) => `${dateOf(date, { weekday: 'short', day: 'numeric', month: 'short' })}: ${planWords.away[standingOf(date, away)]}`).join(' · ')}
        </p>
      </fieldset>
    );
  }

  private day(date: string, away: DaysAway) {
    const { today } = this.props;
    const standing = standingOf(date, away);
    const isPast = date < today;
    return (
      <td
        key={date}
        role="gridcell"
        class={`${standing} ${date === today ? 'today' : ''}`}
        tabIndex={date === this.state.at ? 0 : -1}
        aria-selected={standing !== 'worked'}
        aria-disabled={isPast}
        aria-label={`${dateOf(date, { weekday: 'long', day: 'numeric', month: 'long' })}: ${planWords.away[standing]}`}
        onClick={() => this.toggle(date)}
      >
        {Number(date.slice(8))}
      </td>
    );
  }

  private toggle(date: string) {
    const { today, daysOff, halfDays, change } = this.props;
    if (date < today) return;
    this.setState({ at: date, moved: true });
    change(dayAfterPress(date, { daysOff, halfDays }));
  }

  private press = (event: KeyboardEvent) => {
    const { at } = this.state;
    const step = getComputedStyle(this.grid.current!).direction === 'rtl' ? -1 : 1;
    const weekday = (new Date(`${at}T00:00:00Z`).getUTCDay() + 6) % 7;
    const to = {
      ArrowRight: () => addDays(at, step), ArrowLeft: () => addDays(at, -step), ArrowDown: () => addDays(at, 7), ArrowUp: () => addDays(at, -7),
      Home: () => addDays(at, -weekday), End: () => addDays(at, 6 - weekday), PageUp: () => monthAfter(at, -1), PageDown: () => monthAfter(at, 1),
    }[event.key];
    if (to) {
      event.preventDefault();
      this.go(to());
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.toggle(at);
    }
  };

  private go(date: string, moved = true) {
    this.setState({ at: date < this.props.today ? this.props.today : date, moved });
  }

  /** By a button, which keeps the focus. */
  private turn(months: number) {
    this.go(`${monthAfter(this.state.at, months).slice(0, 8)}01`, false);
  }
}

/** 2026-01-05 is a Monday. */
const weekdays = () => Array.from({ length: 7 }, (_, at) => addDays('2026-01-05', at))
  .map((date) => ({ short: dateOf(date, { weekday: 'short' }), long: dateOf(date, { weekday: 'long' }) }));
