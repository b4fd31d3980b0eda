// The words of the team page's settings, one table for each language: only the one that is spoken is fetched.
import type { Language } from '../../language';
import type { SettingsWords } from './words/en';

const tables: Record<Language, () => Promise<{ settingsWords: SettingsWords }>> = {
  en: () => import('./words/en'),
  de: () => import('./words/de'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

export let settingsWords: SettingsWords;
export let language: Language;

export async function speakSettings(next: Language): Promise<void> {
  ({ settingsWords } = await tables[next]());
  language = next;
}
