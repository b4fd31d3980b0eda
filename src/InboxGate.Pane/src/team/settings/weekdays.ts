/** The name of a weekday, 0 being Monday; 2026-01-05 is one. */
export const weekdayIn = (locale: string) => (weekday: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 5 + weekday)));
