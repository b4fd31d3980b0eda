// Dates in words. A date has no zone: any will do, as long as it is the same.
import { dayWords, words } from '../../words';

const noon = (date: string) => `${date}T12:00:00Z`;

export const dateOf = (date: string, shape: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(words.locale, { ...shape, timeZone: 'UTC' }).format(new Date(noon(date)));

/** "Dec 31". */
export const dayOf = (date: string): string => dayWords(noon(date), 'UTC');

/** The month in which a period ends, by its name. */
export const monthOf = ({ until }: { until: string }): string => dateOf(until, { month: 'long' });
