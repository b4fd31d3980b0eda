// Moving the rep's checkpoints: small pure functions that keep to what the server takes (RepPlan.cs), so that a handle
// stops where it must. What the plan comes to is the server's to say.
import type { CheckpointPlan } from './plan';

/** The working day's local ends, as "08:00"; an end at or before the start is on the next day. */
export interface Day { start: string; end: string }

export interface Range { least: number; most: number }

const dayMinutes = 24 * 60;
/** Between two checkpoints, and what an arrow key moves. */
export const stepMinutes = 5;
export const mostCheckpoints = 8;

const sinceMidnight = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes from the start of the working day, which may run over midnight. */
export const minutesOf = (time: string, { start }: Day): number => (sinceMidnight(time) - sinceMidnight(start) + dayMinutes) % dayMinutes;

export const lengthOf = (day: Day): number => minutesOf(day.end, day) || dayMinutes;

export function timeAt(minutes: number, { start }: Day): string {
  const total = (sinceMidnight(start) + minutes) % dayMinutes;
  return [Math.floor(total / 60), total % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A time as people type it: "9", "930", "9:30", "9.30", "9h30". Null where it is none. */
export function readTime(typed: string): string | null {
  const [, hours, minutes = '0'] = /^(\d{1,2})[:.h]?(\d{2})?$/.exec(typed.normalize('NFKC').replace(/\s/g, '')) ?? [];
  return hours === undefined || Number(hours) > 23 || Number(minutes) > 59 ? null : timeAt(Number(hours) * 60 + Number(minutes), { start: '00:00', end: '00:00' });
}

/** Where a checkpoint may be, in minutes from the day's start. */
export function timeRange(all: readonly CheckpointPlan[], nth: number, day: Day): Range {
  const [before, after] = [all[nth - 1], all[nth + 1]];
  return {
    least: (before ? minutesOf(before.time, day) : 0) + stepMinutes,
    most: after ? minutesOf(after.time, day) - stepMinutes : lengthOf(day),
  };
}

/** What share of the day's goal may be due by a checkpoint; by the last it is all. */
export const shareRange = (all: readonly CheckpointPlan[], nth: number): Range =>
  nth === all.length - 1 ? { least: 100, most: 100 } : { least: all[nth - 1]?.share ?? 0, most: all[nth + 1]!.share };

const within = (value: number, { least, most }: Range): number => Math.max(least, Math.min(most, value));

const changed = (all: readonly CheckpointPlan[], nth: number, change: Partial<CheckpointPlan>): CheckpointPlan[] =>
  all.map((one, at) => (at === nth ? { ...one, ...change } : one));

/** Moved as far as its neighbours and the day let it. */
export const moved = (all: readonly CheckpointPlan[], nth: number, minutes: number, day: Day): CheckpointPlan[] =>
  changed(all, nth, { time: timeAt(within(minutes, timeRange(all, nth, day)), day) });

export const weighed = (all: readonly CheckpointPlan[], nth: number, share: number): CheckpointPlan[] =>
  changed(all, nth, { share: within(Math.round(share), shareRange(all, nth)) });

/** One more, in the middle of the longest stretch before a checkpoint; null where there is no room for one. */
export function added(all: readonly CheckpointPlan[], day: Day): CheckpointPlan[] | null {
  if (all.length >= mostCheckpoints) return null;
  const begins = (nth: number) => (nth === 0 ? 0 : minutesOf(all[nth - 1]!.time, day));
  const lengths = all.map(({ time }, nth) => minutesOf(time, day) - begins(nth));
  const nth = lengths.indexOf(Math.max(...lengths));
  if ((lengths[nth] ?? 0) < 2 * stepMinutes) return null;
  const minutes = begins(nth) + Math.round(lengths[nth]! / 2 / stepMinutes) * stepMinutes;
  const share = Math.round(((all[nth - 1]?.share ?? 0) + all[nth]!.share) / 2);
  return [...all.slice(0, nth), { time: timeAt(minutes, day), share }, ...all.slice(nth)];
}

/** By the new last one all is due. */
export function removed(all: readonly CheckpointPlan[], nth: number): CheckpointPlan[] {
  const rest = all.filter((_, at) => at !== nth);
  return changed(rest, rest.length - 1, { share: 100 });
}
