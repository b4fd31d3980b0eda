// Every word a person reads, one table for each language: only the one that is spoken is fetched.
import type { Language } from './language';
import type { Reason, Words } from './words/en';

export { languageFor, languages, type Language } from './language';
export type { Words };

const tables = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
} satisfies Record<Language, () => Promise<{ words: Words }>>;

/** The words of the language that is spoken; there are none before the first `speak`. */
export let words: Words;
export let language: Language;

/** The parts that come later have tables of their own: they follow every change of language. */
const followers: ((next: Language) => Promise<void>)[] = [];

/** From now on `words` is the table of this language. Rejects, and changes nothing, when it cannot be had. */
export async function speak(next: Language): Promise<void> {
  const [table] = await Promise.all([tables[next](), ...followers.map((follow) => follow(next))]);
  words = table.words;
  language = next;
  document.documentElement.lang = next;
  document.documentElement.dir = words.direction;
}

export async function speakToo(follow: (next: Language) => Promise<void>): Promise<void> {
  await follow(language);
  followers.push(follow);
}

/** The words for a code of the server, which may be one that came after this pane. */
export const wordsOf = <T>(table: Record<string, T>, code: string | null): T | undefined =>
  Object.hasOwn(table, code ?? '') ? table[code ?? ''] : undefined;

export const gateOffWords = (why: string | null): string => wordsOf(words.gateOff, why) ?? words.gateOffOtherwise;
export const kindWords = (kind: string): string => wordsOf(words.kind, kind) ?? kind;

interface Decided { senderKind: string; reason: string | null; match: string | null; because: string | null }

/** Why the sender is what they are, in the rep's language, or as the server worded it. */
export function becauseWords({ senderKind, reason, match, because }: Decided, name: string): string {
  const about = { name: name || words.someone, match: match ?? '', kind: kindWords(senderKind) };
  return wordsOf<NonNullable<Words['because']>[Reason]>(words.because ?? {}, reason)?.(about) ?? because ?? '';
}

/** An instant as a time of day where the rep works. */
export function timeWords(instant: string | number, timeZone: string | undefined): string {
  return inZone(instant, timeZone, { hour: 'numeric', minute: '2-digit' });
}

export function dayWords(instant: string, timeZone?: string): string {
  return inZone(instant, timeZone, { day: 'numeric', month: 'short' });
}

export function dateWords(instant: string | number, timeZone?: string): string {
  return inZone(instant, timeZone, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}

function inZone(instant: string | number, timeZone: string | undefined, shape: Intl.DateTimeFormatOptions): string {
  const format = (zone: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(words.locale, { ...shape, ...zone }).format(new Date(instant)).replace(/\b0(\d:)/, '$1');
  try {
    return format(timeZone ? { timeZone } : {});
  } catch {
    // A zone that this browser does not know: its own is better than none.
    return format({});
  }
}
