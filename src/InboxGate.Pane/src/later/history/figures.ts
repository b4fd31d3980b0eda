// What each picture shows, in words and numbers: its sum, its bars and the same as a table. Nothing is drawn here.
import { dayWords, words } from '../../words';
import { addDays } from '../times';
import {
  answersByWeek, byDay, byHour, byWeek, byWeekday, most, outcome, perDay, sum, type HistoryDay, type Span, type Stretch, type Unit,
} from './history';
import { historyWords } from './words';

/** How a bar is filled: never by colour alone. */
export type Look = 'solid' | 'hatched' | 'outlined';

export interface Bar {
  label: string;
  /** From the ground up. */
  parts: { amount: number; look: Look }[];
  /** A dash across the bar. */
  goal?: number | null;
  /** All of it, for whoever points at it or comes to it by key. */
  said: string;
}

export interface Figure {
  /** Stays the same whatever is shown. */
  key: string;
  title: string;
  sum: string;
  bars: Bar[];
  legend: { look: Look | 'goal'; name: string }[];
  table: { columns: string[]; rows: string[][] };
}

export function goals(days: readonly HistoryDay[], span: Span, unit: Unit): Figure {
  const weekly = span !== 'fourWeeks';
  const stretches = weekly ? byWeek(days, unit) : byDay(days, unit);
  const [met, asked, done] = [sum(stretches.map((one) => one.daysMet)), sum(stretches.map((one) => one.daysAsked)), sum(stretches.map((one) => one.done))];
  const said = historyWords.goals;
  const seen = new Set(stretches.map(outcome));
  return {
    key: 'goals',
    title: said.title,
    sum: `${said.sum(met, asked)} ${said.total(done, unit)}`,
    bars: stretches.map((one) => ({
      label: dayOf(one.from),
      parts: [{ amount: one.done, look: looks[outcome(one)] }],
      goal: one.goal > 0 ? one.goal : null,
      said: historyWords.point(nameOf(one), historyWords.doneOfGoal(one.done, unit, one.goal)),
    })),
    legend: [
      ...(['met', 'short', 'free'] as const).filter((one) => seen.has(one)).map((one) => ({ look: looks[one], name: said[one] })),
      ...(asked > 0 ? [{ look: 'goal' as const, name: said.goal }] : []),
    ],
    table: {
      columns: [weekly ? historyWords.column.week : historyWords.column.day, historyWords.column.done, historyWords.column.goal, ...(weekly ? [historyWords.column.met] : [])],
      rows: stretches.map((one) => [
        nameOf(one), number(one.done), one.goal > 0 ? number(one.goal) : '–', ...(weekly ? [historyWords.metOf(one.daysMet, one.daysAsked)] : []),
      ]),
    },
  };
}

const looks = { met: 'solid', short: 'hatched', free: 'outlined' } as const;

export function weekdays(days: readonly HistoryDay[]): Figure {
  // A weekday that is never worked is left out.
  const all = byWeekday(days).filter(({ days: those }) => those > 0);
  const best = most(all, perDay);
  return {
    key: 'weekdays',
    title: historyWords.weekdays.title,
    sum: best ? historyWords.weekdays.sum(weekdayName(best.weekday, 'long'), number(perDay(best))) : historyWords.noCalls,
    bars: all.map((one) => ({
      label: weekdayName(one.weekday, 'short'),
      parts: [{ amount: perDay(one), look: 'solid' }],
      said: historyWords.point(weekdayName(one.weekday, 'long'), `${number(perDay(one))} ${historyWords.weekdays.perDay}`),
    })),
    legend: [{ look: 'solid', name: historyWords.weekdays.perDay }],
    table: {
      columns: [historyWords.column.weekday, historyWords.column.days, historyWords.column.calls, historyWords.column.average, historyWords.column.met],
      rows: all.map((one) => [
        weekdayName(one.weekday, 'long'), number(one.days), number(one.calls), number(perDay(one)),
        one.daysAsked > 0 ? historyWords.metOf(one.daysMet, one.daysAsked) : '–',
      ]),
    },
  };
}

export function hours(days: readonly HistoryDay[]): Figure {
  const all = byHour(days);
  const best = most(all, ({ calls }) => calls);
  return {
    key: 'hours',
    title: historyWords.hours.title,
    sum: best ? historyWords.hours.sum(clock(best.hour), clock(best.hour + 1), best.calls) : historyWords.noCalls,
    bars: all.map(({ hour, calls }) => ({
      label: String(hour),
      parts: [{ amount: calls, look: 'solid' }],
      said: historyWords.point(`${clock(hour)}–${clock(hour + 1)}`, words.ofAmount(calls, 'calls')),
    })),
    legend: [{ look: 'solid', name: historyWords.hours.calls }],
    table: {
      columns: [historyWords.column.hour, historyWords.column.calls],
      rows: all.map(({ hour, calls }) => [`${clock(hour)}–${clock(hour + 1)}`, number(calls)]),
    },
  };
}

export function answersOf(days: readonly HistoryDay[]): Figure {
  const all = answersByWeek(days);
  const [earned, early] = [sum(all.map((one) => one.earned)), sum(all.map((one) => one.early))];
  return {
    key: 'answers',
    title: historyWords.answers.title,
    sum: earned + early > 0 ? historyWords.answers.sum(earned, early) : historyWords.answers.none,
    bars: all.map((one) => ({
      label: dayOf(one.from),
      parts: [{ amount: one.earned, look: 'solid' }, { amount: one.early, look: 'hatched' }],
      said: historyWords.point(nameOf(one), historyWords.earnedAndEarly(one.earned, one.early)),
    })),
    legend: [{ look: 'solid', name: historyWords.answers.earned }, { look: 'hatched', name: historyWords.answers.early }],
    table: {
      columns: [historyWords.column.week, historyWords.column.earned, historyWords.column.early],
      rows: all.map((one) => [nameOf(one), number(one.earned), number(one.early)]),
    },
  };
}

/** A date has no zone: any will do, as long as it is the same. */
const noon = (date: string) => `${date}T12:00:00Z`;
const dayOf = (date: string) => dayWords(noon(date), 'UTC');

const nameOf = ({ from, to }: Pick<Stretch, 'from' | 'to'>): string =>
  from === to
    ? new Intl.DateTimeFormat(words.locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(noon(from)))
    : new Intl.DateTimeFormat(words.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).formatRange(new Date(noon(from)), new Date(noon(to)));

/** 2026-01-05 is a Monday. */
const weekdayName = (weekday: number, style: 'long' | 'short') =>
  new Intl.DateTimeFormat(words.locale, { weekday: style, timeZone: 'UTC' }).format(new Date(noon(addDays('2026-01-05', weekday))));

const clock = (hour: number) => `${hour}:00`;
const number = (amount: number) => new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 }).format(amount);
