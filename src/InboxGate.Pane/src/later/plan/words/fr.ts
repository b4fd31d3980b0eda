import { counting } from '../../../words/counting';
import type { PlanWords } from './en';

const plural = counting('fr');
const number = (amount: number) => amount.toLocaleString('fr');

export const planWords: PlanWords = {
  failed: 'Votre plan n’a pas pu être lu.',
  notTaken: 'Cela n’a pas pu être accepté.',
  save: 'Enregistrer',
  discuss: 'Parler de mon plan avec mon responsable',

  comesTo: 'Ce que donne le plan',
  nothingAsked: 'Rien ne vous est demandé pour le moment.',
  sumOf: (asked, period) => `${period} : ${asked}`,
  aDay: (perDay) => `${number(perDay)} par jour`,
  done: (amount) => plural(amount, 'fait', 'faits'),
  halves: (days) => plural(days, 'demi-journée', 'demi-journées'),
  sum: (equation, asked) => `${equation} ; demandé ${number(asked)}`,
  short: (total, asked) => `Cela donne ${number(total)}, pour ${number(asked)} demandés.`,
  todayNow: (goal, before) => `Aujourd’hui : ${goal} au lieu de ${number(before)}.`,
  easier: 'Le plan demande moins : il vaut dès demain. Les jours de repos valent tout de suite.',

  checkpoints: 'Étapes',
  when: 'Quand',
  howMuch: 'Quelle part de l’objectif du jour d’ici là',
  timeOf: (nth) => `Heure de l’étape ${nth}`,
  shareBy: (time) => `Part avant ${time}`,
  percent: (amount) => `${amount} %`,
  add: 'Ajouter une étape',
  remove: (time) => `Retirer ${time}`,
  usual: 'Reprendre les étapes habituelles',

  margin: 'Marge',
  marginWhy: 'Un peu plus que demandé, pour qu’un jour creux ne coûte rien. Vous seul la voyez.',
  keepsPace: (date) => `Vous gardez le rythme jusqu’au ${date} : rien n’est rattrapé.`,
  makeUp: 'Rattraper de nouveau',

  daysOff: 'Jours de repos',
  pressDays: 'Un appui sur un jour : repos. Deux appuis : demi-journée.',
  monthBefore: 'Mois précédent',
  monthAfter: 'Mois suivant',
  noDays: 'Aucun jour de repos prévu.',
  away: { worked: 'rien de prévu', off: 'repos', half: 'demi-journée' },
};
