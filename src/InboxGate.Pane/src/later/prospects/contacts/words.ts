// The words of the contacts, one table for each language, as in later/words.ts.
import type { Language } from '../../../words';
import type { ContactWords } from './words/en';

const tables: Record<Language, () => Promise<{ contactWords: ContactWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let contactWords: ContactWords;

export async function speakContacts(next: Language): Promise<void> {
  ({ contactWords } = await tables[next]());
}
