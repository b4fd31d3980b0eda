// The rep's finished days, as HistoryController.cs tells them, and what they come to: small pure functions, no drawing.
import { list, shape, text, whole, yesNo } from '../../board';
import { addDays } from '../times';

export type Unit = 'calls' | 'emails' | 'meetings';

export interface HistoryDay {
  date: string;
  working: boolean;
  calls: number;
  emails: number;
  meetings: number;
  callsGoal: number;
  emailsGoal: number;
  meetingsGoal: number;
  answeredEarned: number;
  answeredEarly: number;
  callsByHour: number[];
}

/** `to` is the last finished day. Days before the rep began are left out. */
export interface History { from: string; to: string; days: HistoryDay[] }

const history = shape<History>({
  from: text,
  to: text,
  days: list(
    shape<HistoryDay>({
      date: text,
      working: yesNo,
      calls: whole,
      emails: whole,
      meetings: whole,
      callsGoal: whole,
      emailsGoal: whole,
      meetingsGoal: whole,
      answeredEarned: whole,
      answeredEarly: whole,
      callsByHour: list(whole),
    }),
  ),
});

export const readHistory = (value: unknown): History => history(value, 'history');

/** Weeks shown at a time; the longest is what is asked for, once. */
export const spans = { fourWeeks: 4, thirteenWeeks: 13, year: 52 } as const;
export type Span = keyof typeof spans;

export const mondayOf = (date: string): string => addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

/** Whole weeks, the running one included, so that no week is cut. */
export const firstDayOf = (weeks: number, last: string): string => addDays(mondayOf(last), -7 * (weeks - 1));

export const within = ({ days, to }: History, span: Span): HistoryDay[] => {
  const first = firstDayOf(spans[span], to);
  return days.filter(({ date }) => date >= first);
};

/** A day, or a week from Monday on, against what was asked. */
export interface Stretch { from: string; to: string; done: number; goal: number; daysAsked: number; daysMet: number }

export const byDay = (days: readonly HistoryDay[], unit: Unit): Stretch[] => days.map((day) => stretch([day], unit));
export const byWeek = (days: readonly HistoryDay[], unit: Unit): Stretch[] => weeks(days).map((week) => stretch(week, unit));

/** The goal is reached, where there was one: a stretch without is neither kept nor short. */
export const outcome = ({ done, goal }: Pick<Stretch, 'done' | 'goal'>): 'met' | 'short' | 'free' =>
  goal === 0 ? 'free' : done >= goal ? 'met' : 'short';

function stretch(days: readonly HistoryDay[], unit: Unit): Stretch {
  const asked = days.filter((day) => goalOf(day, unit) > 0);
  return {
    from: days[0]!.date,
    to: days.at(-1)!.date,
    done: sum(days.map((day) => day[unit])),
    goal: sum(days.map((day) => goalOf(day, unit))),
    daysAsked: asked.length,
    daysMet: asked.filter((day) => isMet(day, unit)).length,
  };
}

export interface Weekday { /** 0 is Monday. */ weekday: number; days: number; calls: number; daysAsked: number; daysMet: number }

/** All seven. A day off with nothing done says nothing of its weekday and is not counted. */
export function byWeekday(days: readonly HistoryDay[]): Weekday[] {
  return Array.from({ length: 7 }, (_, weekday) => {
    const those = days.filter((day) => weekdayOf(day.date) === weekday && (day.working || day.calls > 0));
    const asked = those.filter(({ callsGoal }) => callsGoal > 0);
    return {
      weekday,
      days: those.length,
      calls: sum(those.map(({ calls }) => calls)),
      daysAsked: asked.length,
      daysMet: asked.filter((day) => isMet(day, 'calls')).length,
    };
  });
}

export const perDay = ({ days, calls }: Pick<Weekday, 'days' | 'calls'>): number => (days === 0 ? 0 : calls / days);

export interface Hour { hour: number; calls: number }

/** A usual working day at least, and every hour with a call. */
export function byHour(days: readonly HistoryDay[]): Hour[] {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, calls: sum(days.map(({ callsByHour }) => callsByHour[hour] ?? 0)) }));
  const busy = hours.filter(({ calls }) => calls > 0).map(({ hour }) => hour);
  return hours.slice(Math.min(8, ...busy), Math.max(17, ...busy) + 1);
}

export interface Answers { from: string; to: string; earned: number; early: number }

export const answersByWeek = (days: readonly HistoryDay[]): Answers[] =>
  weeks(days).map((week) => ({
    from: week[0]!.date,
    to: week.at(-1)!.date,
    earned: sum(week.map(({ answeredEarned }) => answeredEarned)),
    early: sum(week.map(({ answeredEarly }) => answeredEarly)),
  }));

/**
 * Most days in a row with the calls goal met, as the board counts them (Streak.cs): days with goal 0 neither count nor
 * break, the first miss of a week neither.
 */
export function longestStreak(days: readonly HistoryDay[]): number {
  let [run, longest, missedIn] = [0, 0, ''];
  for (const day of days.filter(({ callsGoal }) => callsGoal > 0)) {
    const monday = mondayOf(day.date);
    if (isMet(day, 'calls')) longest = Math.max(longest, ++run);
    else if (missedIn === monday) run = 0;
    else missedIn = monday;
  }
  return longest;
}

/** What the rep has a goal for or has done any of; calls always. */
export const unitsOf = (days: readonly HistoryDay[]): Unit[] =>
  (['calls', 'emails', 'meetings'] as const).filter((unit) => unit === 'calls' || days.some((day) => day[unit] > 0 || goalOf(day, unit) > 0));

/** The one with the most, the first of several; null when there is none at all. */
export function most<T>(all: readonly T[], amountOf: (one: T) => number): T | null {
  const best = all.reduce<T | null>((top, one) => (top === null || amountOf(one) > amountOf(top) ? one : top), null);
  return best !== null && amountOf(best) > 0 ? best : null;
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const goalOf = (day: HistoryDay, unit: Unit) => day[`${unit}Goal`];
const isMet = (day: HistoryDay, unit: Unit) => day[unit] >= goalOf(day, unit);
const weekdayOf = (date: string) => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/** Days come earliest first. */
function weeks(days: readonly HistoryDay[]): HistoryDay[][] {
  const found = new Map<string, HistoryDay[]>();
  for (const day of days) {
    const monday = mondayOf(day.date);
    found.set(monday, [...(found.get(monday) ?? []), day]);
  }
  return [...found.values()];
}
