/** Numbers with their nouns, by the plural rules of a language that has a singular and a plural. */
export function counting(locale: string) {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (amount: number, one: string, other: string) => `${numbers.format(amount)} ${rules.select(amount) === 'one' ? one : other}`;
}
