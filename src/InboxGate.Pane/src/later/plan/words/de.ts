import { counting } from '../../../words/counting';
import type { PlanWords } from './en';

const plural = counting('de');
const number = (amount: number) => amount.toLocaleString('de');

export const planWords: PlanWords = {
  failed: 'Dein Plan ließ sich nicht lesen.',
  notTaken: 'Das wurde nicht angenommen.',
  save: 'Speichern',
  discuss: 'Meinen Plan mit meiner Führungskraft besprechen',

  comesTo: 'Was der Plan ergibt',
  nothingAsked: 'Im Moment gibt es keine Vorgabe für dich.',
  sumOf: (asked, period) => `${period}: ${asked}`,
  aDay: (perDay) => `${number(perDay)} am Tag`,
  done: (amount) => `${number(amount)} geschafft`,
  halves: (days) => plural(days, 'halber Tag', 'halbe Tage'),
  sum: (equation, asked) => `${equation}; Vorgabe ${number(asked)}`,
  short: (total, asked) => `Das ergibt ${number(total)}, vorgegeben sind ${number(asked)}.`,
  todayNow: (goal, before) => `Heute: ${goal} statt ${number(before)}.`,
  easier: 'Das verlangt weniger und gilt deshalb ab morgen. Freie Tage gelten sofort.',

  checkpoints: 'Etappen',
  when: 'Wann',
  howMuch: 'Wie viel vom Tagesziel bis dahin',
  timeOf: (nth) => `Uhrzeit der Etappe ${nth}`,
  shareBy: (time) => `Anteil bis ${time}`,
  percent: (amount) => `${amount} %`,
  add: 'Etappe hinzufügen',
  remove: (time) => `${time} entfernen`,
  usual: 'Die üblichen nehmen',

  margin: 'Reserve',
  marginWhy: 'Etwas mehr als vorgegeben, damit ein zäher Tag nichts kostet. Nur du siehst sie.',
  keepsPace: (date) => `Du hältst das Tempo bis ${date}: nichts wird aufgeholt.`,
  makeUp: 'Wieder aufholen',

  daysOff: 'Freie Tage',
  pressDays: 'Einmal auf einen Tag drücken: frei. Zweimal: halber Tag.',
  monthBefore: 'Monat davor',
  monthAfter: 'Monat danach',
  noDays: 'Keine freien Tage geplant.',
  away: { worked: 'ohne Eintrag', off: 'frei', half: 'halber Tag' },
};
