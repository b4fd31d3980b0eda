import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { answersOf, goals, hours, weekdays } from '../src/later/history/figures';
import {
  answersByWeek, byDay, byHour, byWeek, byWeekday, firstDayOf, longestStreak, mondayOf, outcome, perDay, readHistory, unitsOf, within,
  type HistoryDay,
} from '../src/later/history/history';
import { HistorySheet } from '../src/later/history/HistorySheet';
import { historyWords, speakHistory } from '../src/later/history/words';
import { laterActions } from '../src/later/actions';
import { a, settle } from './a';

await speakHistory('en');
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

const day = (date: string, calls: number, callsGoal: number, change: Partial<HistoryDay> = {}) => a.historyDay({ date, calls, callsGoal, ...change });

describe('days', () => {
  it('are read as the server tells them, and nothing else', () => {
    expect(readHistory(a.history()).days).toHaveLength(91);
    expect(() => readHistory({ from: '2026-11-01', to: '2026-11-02', days: [{ date: '2026-11-01' }] })).toThrow();
  });

  it.each([['2026-11-23', '2026-11-23'], ['2026-11-29', '2026-11-23'], ['2026-11-22', '2026-11-16'], ['2026-01-01', '2025-12-29']])(
    'the week of %s begins on %s', (date, monday) => expect(mondayOf(date)).toBe(monday));

  it('are shown in whole weeks, the running one included', () => {
    expect(firstDayOf(4, '2026-11-24')).toBe('2026-11-02');
    expect(firstDayOf(52, '2026-11-22')).toBe('2025-11-24');
    expect(within(a.history(), 'fourWeeks')[0]!.date).toBe('2026-10-26');
    expect(within(a.history(), 'year')).toHaveLength(91);
  });

  it.each([[18, 18, 'met'], [17, 18, 'short'], [0, 0, 'free'], [5, 0, 'free']] as const)('%d of %d is %s', (done, goal, told) =>
    expect(outcome({ done, goal })).toBe(told));

  it('add up to weeks from Monday on, with the days that met their goal', () => {
    const weeks = byWeek([day('2026-11-13', 20, 18), day('2026-11-14', 1, 0), day('2026-11-16', 17, 18), day('2026-11-17', 18, 18)], 'calls');
    expect(weeks).toEqual([
      { from: '2026-11-13', to: '2026-11-14', done: 21, goal: 18, daysAsked: 1, daysMet: 1 },
      { from: '2026-11-16', to: '2026-11-17', done: 35, goal: 36, daysAsked: 2, daysMet: 1 },
    ]);
  });

  it('stand by themselves for emails and meetings too', () => {
    const [one] = byDay([day('2026-11-16', 1, 18, { emails: 5, emailsGoal: 4 })], 'emails');
    expect(one).toMatchObject({ done: 5, goal: 4, daysMet: 1 });
    expect(unitsOf([day('2026-11-16', 0, 0, { emailsGoal: 4 })])).toEqual(['calls', 'emails']);
  });

  it('tell of weekdays by those that were worked', () => {
    const found = byWeekday([day('2026-11-09', 10, 18), day('2026-11-16', 21, 18), day('2026-11-14', 0, 0, { working: false }), day('2026-11-15', 3, 0, { working: false })]);
    expect(found[0]).toEqual({ weekday: 0, days: 2, calls: 31, daysAsked: 2, daysMet: 1 });
    expect(perDay(found[0]!)).toBe(15.5);
    expect(found[5]!.days).toBe(0);
    expect(found[6]).toMatchObject({ days: 1, calls: 3, daysAsked: 0 });
  });

  it('tell of hours from a usual working day on, wider where there were calls', () => {
    const at = (hour: number) => day('2026-11-16', 1, 18, { callsByHour: Array.from({ length: 24 }, (_, one) => (one === hour ? 1 : 0)) });
    expect(byHour([at(9)]).map(({ hour }) => hour)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    expect(byHour([at(6), at(23)])).toHaveLength(18);
    expect(byHour([at(9), at(9)])[1]).toEqual({ hour: 9, calls: 2 });
  });

  it('tell of answers week by week', () =>
    expect(answersByWeek([day('2026-11-16', 0, 0, { answeredEarned: 2, answeredEarly: 1 }), day('2026-11-17', 0, 0, { answeredEarned: 3 })])).toEqual([
      { from: '2026-11-16', to: '2026-11-17', earned: 5, early: 1 },
    ]));
});

describe('the longest streak', () => {
  const met = (date: string) => day(date, 18, 18);
  const missed = (date: string) => day(date, 2, 18);
  const off = (date: string) => day(date, 0, 0);

  it.each([
    ['counts days that met their goal', [met('2026-11-16'), met('2026-11-17')], 2],
    ['passes over days without a goal', [met('2026-11-13'), off('2026-11-14'), off('2026-11-15'), met('2026-11-16')], 2],
    ['passes over the first miss of a week', [met('2026-11-16'), missed('2026-11-17'), met('2026-11-18')], 2],
    ['ends with the second miss of a week', [met('2026-11-16'), missed('2026-11-17'), met('2026-11-18'), missed('2026-11-19'), met('2026-11-20')], 2],
    ['forgives one miss in each of two weeks', [met('2026-11-13'), missed('2026-11-12'), missed('2026-11-16'), met('2026-11-17')], 2],
    ['is the longest, not the last', [met('2026-11-09'), met('2026-11-10'), met('2026-11-11'), missed('2026-11-12'), missed('2026-11-13'), met('2026-11-16')], 3],
    ['is none without a goal', [off('2026-11-16')], 0],
  ])('%s', (_name, days, longest) => expect(longestStreak(days)).toBe(longest));
});

describe('a picture', () => {
  it('says in one sentence what it shows', () => {
    const days = [day('2026-11-16', 20, 18), day('2026-11-17', 17, 18)];
    expect(goals(days, 'fourWeeks', 'calls').sum).toBe('Goal met on 1 of 2 days. 37 calls in all.');
    expect(weekdays(days).sum).toBe('Most calls on Monday: 20 on average.');
    expect(hours(days).sum).toBe('Most calls from 9:00 to 10:00: 16.');
    expect(answersOf(days).sum).toBe('4 answers earned by calls, 0 given early.');
    const none = [day('2026-11-16', 0, 0, { answeredEarned: 0, callsByHour: [] })];
    expect([goals(none, 'year', 'calls').sum, weekdays(none).sum, hours(none).sum, answersOf(none).sum]).toEqual([
      'No day had a goal. 0 calls in all.', 'No calls in this time.', 'No calls in this time.', 'No held mail was answered in this time.',
    ]);
  });

  it('tells a day that met its goal from one that did not by more than a colour', () => {
    const { bars, legend } = goals([day('2026-11-16', 20, 18), day('2026-11-17', 17, 18), day('2026-11-18', 3, 0)], 'fourWeeks', 'calls');
    expect(bars.map(({ parts }) => parts[0]!.look)).toEqual(['solid', 'hatched', 'outlined']);
    expect(bars.map(({ goal }) => goal)).toEqual([18, 18, null]);
    expect(legend.map(({ name }) => name)).toEqual(['goal met', 'under the goal', 'no goal', 'goal']);
  });

  it.each([goals(a.history().days, 'fourWeeks', 'calls'), goals(a.history().days, 'thirteenWeeks', 'emails'), weekdays(a.history().days), hours(a.history().days), answersOf(a.history().days)].map((one) => [one.key, one] as const))(
    'has a row in its table for each bar: %s', (_key, { bars, table }) => {
      expect(table.rows).toHaveLength(bars.length);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    });

});

async function sheet(answer: unknown = a.history(), trouble: ApiError | null = null) {
  const { ends, server, store } = a.later({ later: { sheet: 'history' }, board: a.board({ streak: 4 }) });
  server.answers.set('GET /api/history', () => answer);
  server.trouble = trouble;
  const open = vi.fn();
  const root = document.body.appendChild(document.createElement('main'));
  render(<HistorySheet state={store.state()} actions={laterActions(ends)} open={open} ends={ends} />, root);
  await settle();
  const button = (name: string) => [...root.querySelectorAll<HTMLElement>('button, label')].find(({ textContent }) => textContent.startsWith(name))!;
  return { root, server, open, store, button, text: () => root.textContent.replace(/\s+/g, ' ').trim() };
}

describe('looking back', () => {
  it('asks once for all that a year of whole weeks needs', async () => {
    const { server, button, text } = await sheet();
    expect(server.asked).toEqual(['GET /api/history?from=2025-11-24']);
    expect(text()).toContain('Goal met on');
    button('13 weeks').querySelector('input')!.click();
    await settle();
    expect(text()).toContain('Week');
    expect(server.asked).toHaveLength(1);
  });

  it('has every picture’s numbers in a table, and shows them when asked', async () => {
    const { root, button } = await sheet();
    expect(root.querySelectorAll('canvas[role=img][tabindex="0"]')).toHaveLength(4);
    expect(root.querySelectorAll('table')).toHaveLength(4);
    expect(root.querySelectorAll('.numbers-table')).toHaveLength(0);
    button('Show as table').click();
    await settle();
    expect(root.querySelectorAll('.numbers-table')).toHaveLength(1);
    expect(root.querySelectorAll('.numbers-table tbody tr')).toHaveLength(28);
  });

  it('tells one bar after the other to the arrow keys', async () => {
    const { root } = await sheet();
    const canvas = root.querySelector('canvas')!;
    const press = async (key: string) => {
      canvas.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await settle();
      return root.querySelector('output')!.textContent;
    };
    expect(await press('ArrowRight')).toMatch(/Oct 26: \d+ calls, goal 18/);
    expect(await press('ArrowRight')).toMatch(/Oct 27/);
    expect(await press('End')).toMatch(/Nov 22/);
    expect(await press('ArrowRight')).toMatch(/Nov 22/);
    expect(await press('Escape')).toBe('');
  });

  it('shows the streak of now and the longest', async () => {
    const { root } = await sheet(a.history([day('2026-11-20', 18, 18)]));
    expect(root.querySelector('.streak')!.textContent).toBe('Days in a row4 now4 longest');
  });

  it('says when there is nothing yet', async () => {
    expect((await sheet(a.history([]))).text()).toContain('Your first finished day shows here tomorrow.');
  });

  it('says when it failed, and tries again', async () => {
    const { server, button, text } = await sheet(a.history(), new ApiError('offline', 0, '', 'The server cannot be reached.'));
    expect(text()).toContain('Your days could not be read. The server cannot be reached.');
    server.trouble = null;
    button('Try again').click();
    await settle();
    expect(text()).toContain('Goal met on');
  });

  it('says to the pane when the sign-in has ended', async () => {
    const { store } = await sheet(a.history(), new ApiError('signedOut', 401, '', 'Sign in.'));
    expect(store.state().link).toBe('signedOut');
  });

  it('saves what is shown as a file, and says when it could not', async () => {
    const { server, button, text } = await sheet();
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    button(historyWords.csv).click();
    await settle();
    expect(server.asked.at(-1)).toBe('file /api/history/csv?from=2026-10-26&to=2026-11-22');
    expect(saved.mock.contexts[0]).toMatchObject({ download: 'inboxgate-2026-10-26-2026-11-22.csv' });
    expect(text()).toContain('Saved.');
    server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    button(historyWords.csv).click();
    await settle();
    expect(text()).toContain('The file could not be fetched. The server cannot be reached.');
  });
});
