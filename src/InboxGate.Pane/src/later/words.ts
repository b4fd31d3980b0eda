// The words of the parts that come later, one table for each language, as in words.ts.
import type { SignInTrouble } from '../auth';
import { words, type Language } from '../words';
import type { LaterWords } from './words/en';

const tables: Record<Language, () => Promise<{ laterWords: LaterWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let laterWords: LaterWords;

export async function speakLater(next: Language): Promise<void> {
  ({ laterWords } = await tables[next]());
}

export const signInTroubleWords = (trouble: SignInTrouble): string =>
  trouble === 'failed' ? words.link.signInFailed : laterWords.signInTrouble[trouble];
