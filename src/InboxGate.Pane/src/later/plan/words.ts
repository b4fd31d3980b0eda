// The words of the plan, one table for each language, as in later/words.ts.
import type { Language } from '../../words';
import type { PlanWords } from './words/en';

const tables: Record<Language, () => Promise<{ planWords: PlanWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let planWords: PlanWords;

export async function speakPlan(next: Language): Promise<void> {
  ({ planWords } = await tables[next]());
}
