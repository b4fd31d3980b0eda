// The languages that the pages speak, and which of them somebody reads.

export type Language = 'en' | 'de' | 'fr' | 'es' | 'ja';
export const languages: Language[] = ['en', 'de', 'fr', 'es', 'ja'];

/** The first language asked for that there is; English otherwise. */
export function languageFor(asked: readonly string[]): Language {
  const known = asked.map((one) => one.toLowerCase().split('-')[0] as Language).find((one) => languages.includes(one));
  return known ?? 'en';
}
