// The words of the managers' page, one table for each language: only the one that is spoken is fetched.
import type { Language } from '../language';
import type { TeamWords } from './words/en';

const tables: Record<Language, () => Promise<{ teamWords: TeamWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let teamWords: TeamWords;
export let language: Language;

export async function speakTeam(next: Language): Promise<void> {
  ({ teamWords } = await tables[next]());
  language = next;
  numbers = new Intl.NumberFormat(next);
  document.documentElement.lang = next;
}

/** The words for a code of the server, which may be one that came after this page. */
export const named = (table: Record<string, string>, code: string): string => (Object.hasOwn(table, code) ? table[code]! : code);

/** Made once: a team of hundreds is full of numbers. */
let numbers: Intl.NumberFormat;
export const number = (amount: number): string => numbers.format(amount);

/** What Intl goes by: times of day run to 24 hours everywhere, as in the pane. */
const timed = () => `${language}-u-hc-h23`;
export const timeWords = (instant: string): string => new Intl.DateTimeFormat(timed(), { hour: 'numeric', minute: '2-digit' }).format(new Date(instant)).replace(/^0(\d:)/, '$1');

/** A calendar day, the same everywhere. */
export const dayWords = (date: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
export const whenWords = (instant: string): string =>
  new Intl.DateTimeFormat(timed(), { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(instant));
