// Days off and half days: small pure functions on dates.
export interface DaysAway { daysOff: string[]; halfDays: string[] }

export type Standing = 'worked' | 'off' | 'half';

export const standingOf = (date: string, { daysOff, halfDays }: DaysAway): Standing =>
  daysOff.includes(date) ? 'off' : halfDays.includes(date) ? 'half' : 'worked';

/** Off, then half, then worked again. */
export function dayAfterPress(date: string, { daysOff, halfDays }: DaysAway): DaysAway {
  const standing = standingOf(date, { daysOff, halfDays });
  const [off, half] = [daysOff, halfDays].map((dates) => dates.filter((one) => one !== date)) as [string[], string[]];
  if (standing === 'worked') off.push(date);
  if (standing === 'off') half.push(date);
  return { daysOff: off.sort(), halfDays: half.sort() };
}

export const isSameMonth = (one: string, other: string): boolean => one.slice(0, 7) === other.slice(0, 7);

/** The same day some months on, or the last of a month that is too short for it. */
export function monthAfter(date: string, months: number): string {
  const first = new Date(`${date.slice(0, 8)}01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(date.slice(8)), length));
  return first.toISOString().slice(0, 10);
}

/** The weeks of a date's month, Monday first; null outside it. */
export function daysOfMonth(date: string): (string | null)[][] {
  const first = `${date.slice(0, 8)}01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const length = Number(monthAfter(`${date.slice(0, 8)}31`, 0).slice(8));
  const days = [...Array<null>(before).fill(null), ...Array.from({ length }, (_, at) => `${date.slice(0, 8)}${String(at + 1).padStart(2, '0')}`)];
  while (days.length % 7 !== 0) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}
