// Instants of the rep's own days, by the server's clock: the one in this machine may be wrong.
import type { State } from '../store';

/** The server's time: what it said with the board, and what has passed since. */
export const serverNow = ({ board, boardAt }: Pick<State, 'board' | 'boardAt'>): number =>
  board ? Date.parse(board.asOf) + Math.max(0, Date.now() - boardAt) : Date.now();

export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The instant at which a local day begins; where the clocks skip its midnight, the first instant after. */
export function startOfDay(date: string, timeZone: string): string {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const guess = midnight - offset(midnight, timeZone);
  const start = midnight - offset(guess, timeZone);
  return new Date(Math.max(start, guess)).toISOString();
}

export const isSameDay = (one: number, other: number, timeZone: string): boolean => dayOf(one, timeZone) === dayOf(other, timeZone);

const dayOf = (instant: number, timeZone: string) => new Date(instant + offset(instant, timeZone)).toISOString().slice(0, 10);

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offset(instant: number, timeZone: string): number {
  const shape: Intl.DateTimeFormatOptions = {
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  };
  const part = Object.fromEntries(format().formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) - Math.floor(instant / 1000) * 1000;

  function format() {
    try {
      return new Intl.DateTimeFormat('en', { ...shape, timeZone });
    } catch {
      // A zone that this browser does not know: its own is better than none.
      return new Intl.DateTimeFormat('en', shape);
    }
  }
}
