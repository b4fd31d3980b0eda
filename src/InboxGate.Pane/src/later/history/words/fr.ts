import { words } from '../../../words';
import { counting } from '../../../words/counting';
import type { HistoryWords } from './en';

const plural = counting('fr');
const number = (amount: number) => amount.toLocaleString('fr');

export const historyWords: HistoryWords = {
  asking: 'Lecture de vos journées.',
  failed: 'Vos journées n’ont pas pu être lues.',
  nothingYet: 'Votre première journée terminée apparaîtra ici demain.',
  span: 'Jusqu’où remonter',
  spans: { fourWeeks: '4 semaines', thirteenWeeks: '13 semaines', year: 'Un an' },
  unit: 'Ce qui est compté',
  units: { calls: 'Appels', emails: 'E-mails', meetings: 'Rendez-vous' },
  asTable: 'Afficher en tableau',
  asPicture: 'Masquer le tableau',
  keys: 'Les flèches énoncent une barre après l’autre.',
  streak: 'Jours d’affilée',
  streakNow: 'en ce moment',
  streakLongest: 'au plus long',

  goals: {
    title: 'Journées et objectifs',
    sum: (met, asked) => (asked === 0 ? 'Aucun jour n’avait d’objectif.' : `Objectif atteint ${plural(met, 'jour', 'jours')} sur ${asked}.`),
    total: (done, unit) => `${words.ofAmount(done, unit)} au total.`,
    met: 'objectif atteint',
    short: 'sous l’objectif',
    free: 'sans objectif',
    goal: 'objectif',
  },
  weekdays: {
    title: 'Par jour de la semaine',
    sum: (day, perDay) => `Le plus d’appels : ${day}, ${perDay} en moyenne.`,
    perDay: 'appels par jour',
  },
  hours: {
    title: 'Par heure',
    sum: (from, to, calls) => `Le plus d’appels de ${from} à ${to} : ${number(calls)}.`,
    calls: 'appels',
  },
  noCalls: 'Aucun appel pendant cette période.',
  answers: {
    title: 'Réponses aux messages retenus',
    sum: (earned, early) => `${plural(earned, 'réponse gagnée', 'réponses gagnées')} par des appels, ${number(early)} avant.`,
    none: 'Aucun message retenu n’a reçu de réponse pendant cette période.',
    earned: 'gagnées',
    early: 'avant les appels',
  },
  column: {
    day: 'Jour', week: 'Semaine', weekday: 'Jour', hour: 'Heure', done: 'Fait', goal: 'Objectif', met: 'Jours atteints', days: 'Jours',
    average: 'Par jour', calls: 'Appels', earned: 'Gagnées', early: 'Avant',
  },
  metOf: (met, asked) => `${met} sur ${asked}`,
  point: (name, values) => `${name} : ${values}`,
  doneOfGoal: (done, unit, goal) => (goal > 0 ? `${words.ofAmount(done, unit)}, objectif ${number(goal)}` : words.ofAmount(done, unit)),
  earnedAndEarly: (earned, early) => `${plural(earned, 'gagnée', 'gagnées')}, ${early} avant`,

  csv: 'Enregistrer en CSV',
  csvFailed: 'Le fichier n’a pas pu être récupéré.',
  csvSaved: 'Enregistré.',
};
