// The policy of a team or the tenant as the server tells it and takes it back: `own` is what was said here, null where
// the word of whoever is above holds.
import { ApiError } from '../../api';
import { isObject } from './asking';
import { settingsWords } from './words';

export const kinds = ['colleague', 'customer', 'other', 'unknown', 'automated', 'vip', 'prospect'] as const;
export type Kind = (typeof kinds)[number];
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** The server takes no more (PolicyController.cs). */
export const mostCalls = 20;

export interface Hours { start: string; end: string; days: Weekday[] }
export interface Range { least: number; most: number }
export interface Limits {
  callsRequired: Partial<Record<Kind, Range>>;
  maySwitchOff: boolean | null;
  mayChooseCounting: boolean | null;
  longestPauseHours: number | null;
}

export interface Own {
  callsRequired: Partial<Record<Kind, number>> | null;
  counting: string | null;
  inferFromMyOutreach: boolean | null;
  managerIsVip: boolean | null;
  hours: Hours | null;
  limits: Limits | null;
}

export interface SharedPolicy { own: Own; inForce: Own }

export function readShared(answer: unknown): SharedPolicy {
  if (!isObject(answer) || !isObject(answer['own']) || !isObject(answer['inForce'])) throw new ApiError('broken', 200, '', settingsWords.unreadable);
  return { own: readOwn(answer['own']), inForce: readOwn(answer['inForce']) };
}

const readOwn = (value: Record<string, unknown>): Own => ({
  callsRequired: (value['callsRequired'] as Own['callsRequired'] | undefined) ?? null,
  counting: (value['counting'] as string | undefined) ?? null,
  inferFromMyOutreach: (value['inferFromMyOutreach'] as boolean | undefined) ?? null,
  managerIsVip: (value['managerIsVip'] as boolean | undefined) ?? null,
  hours: readHours(value['hours']),
  limits: readLimits(value['limits']),
});

/** Times are shown to the minute. */
const readHours = (value: unknown): Hours | null =>
  isObject(value) ? { start: String(value['start']).slice(0, 5), end: String(value['end']).slice(0, 5), days: value['days'] as Weekday[] } : null;

const readLimits = (value: unknown): Limits | null =>
  isObject(value)
    ? {
      callsRequired: (value['callsRequired'] as Limits['callsRequired'] | undefined) ?? {},
      maySwitchOff: (value['maySwitchOff'] as boolean | undefined) ?? null,
      mayChooseCounting: (value['mayChooseCounting'] as boolean | undefined) ?? null,
      longestPauseHours: (value['longestPauseHours'] as number | undefined) ?? null,
    }
    : null;

export const noLimits: Limits = { callsRequired: {}, maySwitchOff: null, mayChooseCounting: null, longestPauseHours: null };

/** One number of the calls, or the word of whoever is above again (null). */
export function withCalls(own: Own, kind: Kind, calls: number | null): Own {
  const { [kind]: _, ...others } = own.callsRequired ?? {};
  const next = calls === null ? others : { ...others, [kind]: clamp(calls) };
  return { ...own, callsRequired: Object.keys(next).length > 0 ? next : null };
}

export function withLimits(own: Own, change: Partial<Limits>): Own {
  const limits = { ...(own.limits ?? noLimits), ...change };
  const says = Object.keys(limits.callsRequired).length > 0
    || limits.maySwitchOff !== null || limits.mayChooseCounting !== null || limits.longestPauseHours !== null;
  return { ...own, limits: says ? limits : null };
}

/** An end that is left open is as wide as it can be; both open are no limit. */
export function withRange(own: Own, kind: Kind, end: keyof Range, amount: number | null): Own {
  const { [kind]: before = { least: 0, most: mostCalls }, ...others } = own.limits?.callsRequired ?? {};
  const range = { ...before, [end]: amount === null ? (end === 'least' ? 0 : mostCalls) : clamp(amount) };
  const isOpen = range.least === 0 && range.most === mostCalls;
  return withLimits(own, { callsRequired: isOpen ? others : { ...others, [kind]: range } });
}

const clamp = (calls: number) => Math.max(0, Math.min(mostCalls, Math.trunc(calls)));

/** What an emptied or half-typed field says. */
export const wholeOrNull = (typed: string): number | null => (/^\d+$/.test(typed.trim()) ? Number(typed) : null);
