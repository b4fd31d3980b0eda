// The words of the list of prospects, one table for each language, as in later/words.ts.
import type { Language } from '../../words';
import type { ProspectWords } from './words/en';

const tables: Record<Language, () => Promise<{ prospectWords: ProspectWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let prospectWords: ProspectWords;

export async function speakProspects(next: Language): Promise<void> {
  ({ prospectWords } = await tables[next]());
}
