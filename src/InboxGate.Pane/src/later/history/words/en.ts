// The words of looking back in English, the model of the other tables.
import { words } from '../../../words';
import type { Span, Unit } from '../history';

const plural = (amount: number, one: string, many: string) => `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;

export const historyWords = {
  asking: 'Reading your days.',
  failed: 'Your days could not be read.',
  nothingYet: 'Your first finished day shows here tomorrow.',
  span: 'How far back',
  spans: { fourWeeks: '4 weeks', thirteenWeeks: '13 weeks', year: 'A year' } satisfies Record<Span, string>,
  unit: 'What is counted',
  units: { calls: 'Calls', emails: 'Emails', meetings: 'Meetings' } satisfies Record<Unit, string>,
  asTable: 'Show as table',
  asPicture: 'Hide the table',
  /** Said of a picture that has the focus. */
  keys: 'Arrow keys tell one bar after the other.',
  streak: 'Days in a row',
  streakNow: 'now',
  streakLongest: 'longest',

  goals: {
    title: 'Days against goals',
    sum: (met: number, asked: number) => (asked === 0 ? 'No day had a goal.' : `Goal met on ${met} of ${plural(asked, 'day', 'days')}.`),
    total: (done: number, unit: string) => `${words.ofAmount(done, unit)} in all.`,
    met: 'goal met',
    short: 'under the goal',
    free: 'no goal',
    goal: 'goal',
  },
  weekdays: {
    title: 'By weekday',
    sum: (day: string, perDay: string) => `Most calls on ${day}: ${perDay} on average.`,
    perDay: 'calls a day',
  },
  hours: {
    title: 'By hour',
    sum: (from: string, to: string, calls: number) => `Most calls from ${from} to ${to}: ${calls.toLocaleString('en')}.`,
    calls: 'calls',
  },
  noCalls: 'No calls in this time.',
  answers: {
    title: 'Answers to held mail',
    sum: (earned: number, early: number) => `${plural(earned, 'answer', 'answers')} earned by calls, ${early.toLocaleString('en')} given early.`,
    none: 'No held mail was answered in this time.',
    earned: 'earned',
    early: 'early',
  },
  column: {
    day: 'Day', week: 'Week', weekday: 'Weekday', hour: 'Hour', done: 'Done', goal: 'Goal', met: 'Days met', days: 'Days',
    average: 'A day', calls: 'Calls', earned: 'Earned', early: 'Early',
  },
  metOf: (met: number, asked: number) => `${met} of ${asked}`,
  point: (name: string, values: string) => `${name}: ${values}`,
  doneOfGoal: (done: number, unit: string, goal: number) =>
    goal > 0 ? `${words.ofAmount(done, unit)}, goal ${goal.toLocaleString('en')}` : words.ofAmount(done, unit),
  earnedAndEarly: (earned: number, early: number) => `${earned} earned, ${early} early`,

  csv: 'Save as CSV',
  csvFailed: 'The file could not be fetched.',
  csvSaved: 'Saved.',
};

export type HistoryWords = typeof historyWords;
