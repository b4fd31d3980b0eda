import { words } from '../../../words';
import { counting } from '../../../words/counting';
import type { HistoryWords } from './en';

const plural = counting('de');
const number = (amount: number) => amount.toLocaleString('de');

export const historyWords: HistoryWords = {
  asking: 'Deine Tage werden gelesen.',
  failed: 'Deine Tage ließen sich nicht lesen.',
  nothingYet: 'Dein erster abgeschlossener Tag steht morgen hier.',
  span: 'Wie weit zurück',
  spans: { fourWeeks: '4 Wochen', thirteenWeeks: '13 Wochen', year: 'Ein Jahr' },
  unit: 'Was gezählt wird',
  units: { calls: 'Anrufe', emails: 'E-Mails', meetings: 'Termine' },
  asTable: 'Als Tabelle zeigen',
  asPicture: 'Tabelle ausblenden',
  keys: 'Die Pfeiltasten nennen einen Balken nach dem anderen.',
  streak: 'Tage in Folge',
  streakNow: 'jetzt',
  streakLongest: 'am längsten',

  goals: {
    title: 'Tage und Ziele',
    sum: (met, asked) => (asked === 0 ? 'Kein Tag hatte ein Ziel.' : `Ziel erreicht an ${met} von ${plural(asked, 'Tag', 'Tagen')}.`),
    total: (done, unit) => `Insgesamt ${words.counts(unit, done, 0)}.`,
    met: 'Ziel erreicht',
    short: 'unter dem Ziel',
    free: 'ohne Ziel',
    goal: 'Ziel',
  },
  weekdays: {
    title: 'Nach Wochentag',
    sum: (day, perDay) => `Die meisten Anrufe: ${day}, im Schnitt ${perDay}.`,
    perDay: 'Anrufe am Tag',
  },
  hours: {
    title: 'Nach Stunde',
    sum: (from, to, calls) => `Die meisten Anrufe von ${from} bis ${to}: ${number(calls)}.`,
    calls: 'Anrufe',
  },
  noCalls: 'Keine Anrufe in dieser Zeit.',
  answers: {
    title: 'Antworten auf gehaltene Mails',
    sum: (earned, early) => `${plural(earned, 'Antwort', 'Antworten')} durch Anrufe verdient, ${number(early)} vorab gegeben.`,
    none: 'In dieser Zeit wurde keine gehaltene Mail beantwortet.',
    earned: 'verdient',
    early: 'vorab',
  },
  column: {
    day: 'Tag', week: 'Woche', weekday: 'Wochentag', hour: 'Stunde', done: 'Geschafft', goal: 'Ziel', met: 'Tage erreicht', days: 'Tage',
    average: 'Am Tag', calls: 'Anrufe', earned: 'Verdient', early: 'Vorab',
  },
  metOf: (met, asked) => `${met} von ${asked}`,
  point: (name, values) => `${name}: ${values}`,
  doneOfGoal: (done, unit, goal) => (goal > 0 ? `${words.counts(unit, done, 0)}, Ziel ${number(goal)}` : words.counts(unit, done, 0)),
  earnedAndEarly: (earned, early) => `${earned} verdient, ${early} vorab`,

  csv: 'Als CSV speichern',
  csvFailed: 'Die Datei ließ sich nicht holen.',
  csvSaved: 'Gespeichert.',
};
