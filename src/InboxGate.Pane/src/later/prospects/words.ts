// The words of the list of prospects, one table for each language, as in later/words.ts. They stand by themselves: the managers' page has the list too, without
// the pane's tables.
import type { Language } from '../../language';
import type { ProspectWords } from './words/en';

const tables: Record<Language, () => Promise<{ prospectWords: ProspectWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let prospectWords: ProspectWords;

/** The words for a code of the server, which may be one that came after this script. */
export const named = (table: Record<string, string>, code: string): string | undefined => (Object.hasOwn(table, code) ? table[code] : undefined);
export const kindName = (kind: string): string => named(prospectWords.kinds, kind) ?? kind;

export async function speakProspects(next: Language): Promise<void> {
  ({ prospectWords } = await tables[next]());
}
