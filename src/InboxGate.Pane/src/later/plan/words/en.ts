// The words of the plan in English, the model of the other tables.
const number = (amount: number) => amount.toLocaleString('en');

export const planWords = {
  failed: 'Your plan could not be read.',
  notTaken: 'This could not be taken.',
  save: 'Save',
  discuss: 'Discuss my plan with my manager',

  comesTo: 'What the plan comes to',
  nothingAsked: 'Nothing is asked of you at the moment.',
  /** "November: 400 calls". */
  sumOf: (asked: string, period: string) => `${period}: ${asked}`,
  aDay: (perDay: number) => `${number(perDay)} a day`,
  done: (amount: number) => `${number(amount)} done`,
  halves: (days: number) => (days === 1 ? '1 half day' : `${number(days)} half days`),
  sum: (equation: string, asked: number) => `${equation}; asked ${number(asked)}`,
  short: (total: number, asked: number) => `This comes to ${number(total)}, not the ${number(asked)} asked.`,
  todayNow: (goal: string, before: number) => `Today: ${goal} instead of ${number(before)}.`,
  easier: 'It asks for less, so it counts from tomorrow. Days off count at once.',

  checkpoints: 'Checkpoints',
  when: 'When',
  howMuch: 'How much of the day’s goal by then',
  timeOf: (nth: number) => `Time of checkpoint ${nth}`,
  shareBy: (time: string) => `Share by ${time}`,
  percent: (amount: number) => `${amount}%`,
  add: 'Add a checkpoint',
  remove: (time: string) => `Remove ${time}`,
  usual: 'Use the usual ones',

  margin: 'Margin',
  marginWhy: 'A little more than asked, so that a slow day costs nothing. Only you see it.',
  keepsPace: (date: string) => `You keep the pace until ${date}: nothing is made up.`,
  makeUp: 'Make up for it again',

  daysOff: 'Days off',
  pressDays: 'Press a day once for a day off, twice for a half day.',
  monthBefore: 'Month before',
  monthAfter: 'Month after',
  noDays: 'No days off ahead.',
  away: { worked: 'not marked', off: 'day off', half: 'half day' },
};

export type PlanWords = typeof planWords;
