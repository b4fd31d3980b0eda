import { describe, expect, it } from 'vitest';
import { addDays, isSameDay, serverNow, startOfDay } from '../src/later/times';
import { a } from './a';

it.each([
  ['2026-11-23', 'Europe/Berlin', '2026-11-22T23:00:00.000Z'],
  ['2026-11-23', 'America/New_York', '2026-11-23T05:00:00.000Z'],
  ['2026-11-23', 'Asia/Kolkata', '2026-11-22T18:30:00.000Z'],
  ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
  // The clocks go forward and back within the day.
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  // Midnight itself is skipped.
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
])('a day begins at its local midnight: %s in %s', (date, zone, instant) => {
  expect(startOfDay(date, zone)).toBe(instant);
});

it('takes this machine’s zone for one that is not known here', () => {
  expect(startOfDay('2026-11-23', 'Custom/Mars')).toBe(new Date(2026, 10, 23).toISOString());
});

it.each([['2026-11-30', 1, '2026-12-01'], ['2026-12-31', 1, '2027-01-01'], ['2028-02-28', 1, '2028-02-29']])('adds days: %s and %d', (date, days, sum) => {
  expect(addDays(date, days)).toBe(sum);
});

describe('the server’s time', () => {
  it('goes on from the board, whatever the clock here says', () => {
    const now = serverNow({ board: a.board({ asOf: '2026-11-23T07:55:00Z' }), boardAt: Date.now() - 60_000 });
    expect(Math.abs(now - Date.parse('2026-11-23T07:56:00Z'))).toBeLessThan(2_000);
  });

  it('does not run backwards when this clock is set back', () => {
    expect(serverNow({ board: a.board({ asOf: '2026-11-23T07:55:00Z' }), boardAt: Date.now() + 3_600_000 })).toBe(Date.parse('2026-11-23T07:55:00Z'));
  });
});

it('knows whether two instants are on one day where the rep works', () => {
  const [one, other] = [Date.parse('2026-11-23T22:30:00Z'), Date.parse('2026-11-23T23:30:00Z')];
  expect([isSameDay(one, other, 'Europe/Berlin'), isSameDay(one, other, 'UTC')]).toEqual([false, true]);
});
