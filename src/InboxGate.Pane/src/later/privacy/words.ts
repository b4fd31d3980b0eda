// The words of the rep's own data, one table for each language, as in later/words.ts.
import type { Language } from '../../words';
import type { PrivacyWords } from './words/en';

const tables: Record<Language, () => Promise<{ privacyWords: PrivacyWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let privacyWords: PrivacyWords;

export async function speakPrivacy(next: Language): Promise<void> {
  ({ privacyWords } = await tables[next]());
}
