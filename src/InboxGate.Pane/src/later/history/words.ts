// The words of looking back, one table for each language, as in later/words.ts.
import type { Language } from '../../words';
import type { HistoryWords } from './words/en';

const tables: Record<Language, () => Promise<{ historyWords: HistoryWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let historyWords: HistoryWords;

export async function speakHistory(next: Language): Promise<void> {
  ({ historyWords } = await tables[next]());
}
