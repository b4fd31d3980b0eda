// The words of the pane in French. The gate is "la règle", what it holds is "en attente". A narrow no-break space
// stands before ":" and "?".
import { counting } from './counting';
import type { Words } from './en';

const plural = counting('fr');
const calls = (amount: number) => plural(amount, 'appel', 'appels');
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'e-mail', 'e-mails') : unit === 'meetings' ? plural(amount, 'rendez-vous', 'rendez-vous') : calls(amount);


export const words: Words = {
  locale: 'fr',
  direction: 'ltr',
  product: 'InboxGate',
  calls,
  ofAmount: amountOf,
  today: 'Aujourd’hui',
  callsOf: (goal) => (goal > 0 ? `sur ${calls(goal)}` : 'appels'),
  callsSpoken: (done, goal) => (goal > 0 ? `${done} sur ${calls(goal)} aujourd’hui` : `${calls(done)} aujourd’hui`),
  goalMet: 'Objectif du jour atteint',
  dayOff: 'Jour de repos. Pas d’objectif.',
  streak: (days) => `${plural(days, 'jour', 'jours')} de suite`,
  counts: (unit, done, goal) => (goal > 0 ? `${done} sur ${amountOf(goal, unit)}` : amountOf(done, unit)),
  asOf: (time) => `à ${time}`,
  checkpoints: 'Étapes',
  checkpointName: ({ key, name }) => (key === 'lunch' ? 'Midi' : key === 'leaving' ? 'Départ' : name),
  checkpointState: { kept: 'tenue', missed: 'passée', next: 'la prochaine', later: 'plus tard' },
  checkpointSpoken: (name, due, unit, state) => `${name} : ${amountOf(due, unit)}, ${state}`,
  by: ({ key, name }) => (key === 'lunch' ? 'avant midi' : key === 'leaving' ? 'avant de partir' : `avant ${name}`),
  kept: ({ key, name }) => (key === 'lunch' ? 'Étape de midi tenue.' : key === 'leaving' ? 'Journée tenue.' : `Étape de ${name} tenue.`),
  keptThenNext: (kept, due, by) => `${kept} Ensuite : ${due} ${by}.`,
  progress: (done, due, by) => (done * 2 < due ? `${done} sur ${due} ${by}.` : `Encore ${due - done} ${by}.`),

  nextStep: {
    offHours: 'Hors horaires : répondez à qui vous voulez.',
    gate: (amount, name) => `${calls(amount)}, puis ${name ? `répondez à ${name}` : 'votre réponse est méritée'}.`,
    small: (amount, unit) => `Prochain pas : ${amountOf(amount, unit)}.`,
    emails: (amount) => `Écrivez ${plural(amount, 'e-mail', 'e-mails')} à des prospects.`,
    done: 'C’est fait : tout le reste est en plus.',
    noGoal: 'Pas d’objectif aujourd’hui. Chaque appel compte.',
  },

  callMade: 'Appel passé',
  callMadeOf: (number, of) => `Appel passé (${number} sur ${of})`,
  undo: 'Annuler le dernier appel',
  announceCall: (done) => `${calls(done)} aujourd’hui.`,
  announceUndo: (done) => `Annulé. ${calls(done)} aujourd’hui.`,
  waitingToBeSent: (amount) => `${calls(amount)} à envoyer`,

  gate: {
    title: 'Ce message',
    calls: (amount) => `${calls(amount)} avant cette réponse`,
    dots: (made, required) => `${made} sur ${calls(required)}`,
    earned: 'Mérité : vous pouvez répondre',
    earnedReply: 'Mérité : vous pouvez envoyer',
    reply: 'Répondre',
    off: 'Répondez quand vous voulez.',
    closed: {
      answered: 'Réponse envoyée.',
      waived: 'Répondez maintenant. La raison reste entre vos mains.',
      expired: 'Son temps est passé. Répondez quand vous voulez.',
      released: 'Aucun appel nécessaire. Répondez quand vous voulez.',
    },
    checking: 'Lecture de ce message…',
    unchecked: 'Ce message n’a pas pu être vérifié. Répondez quand vous voulez.',
    none: 'Aucun message sélectionné. Choisissez-en un pour voir où en est sa réponse.',
    several: 'Plusieurs messages sélectionnés. Choisissez-en un pour voir où en est sa réponse.',
    newMail: 'Un nouveau message : aucun appel nécessaire.',
    replyFree: 'Cette réponse ne demande aucun appel.',
    invitation: 'Une invitation : aucun appel nécessaire.',
    unsupported: 'Rien à vérifier ici : aucun appel nécessaire.',
    shared: 'Une boîte partagée : aucun appel nécessaire.',
    notInOutlook: 'Ouvrez InboxGate dans Outlook pour voir où en est chaque message.',
  },

  someone: 'Quelqu’un',

  free: {
    prospect: 'Un prospect : répondez d’abord.',
    customer: 'Un client : aucun appel nécessaire.',
    colleague: 'Un collègue : aucun appel nécessaire.',
    vip: 'Répondez maintenant : aucun appel nécessaire.',
    other: 'Aucun appel nécessaire.',
    automated: 'Écrit par une machine : aucun appel nécessaire.',
    unknown: 'Nouvel expéditeur : un prospect ?',
  },

  kind: {
    prospect: 'Prospect',
    customer: 'Client',
    colleague: 'Collègue',
    vip: 'VIP',
    other: 'Pas un prospect',
    automated: 'Automatique',
    unknown: 'Nouvel expéditeur',
  },

  because: {
    self: () => 'Vous avez écrit ce message.',
    listedAddress: ({ name, match, kind }) => `${name} est sur la liste : ${kind}${inBrackets(match)}.`,
    manager: ({ name }) => `${name} est votre responsable.`,
    machine: ({ match }) => `Écrit par une machine${inBrackets(match)}.`,
    listedDomain: ({ name, match, kind }) => `L’entreprise de ${name} est sur la liste : ${kind}${inBrackets(match)}.`,
    tenantDomain: ({ name, match }) => `${name} est un collègue${inBrackets(match.startsWith('/') ? '' : match)}.`,
    youWroteFirst: ({ name }) => `Vous avez écrit à ${name} en premier.`,
    unknownSender: ({ name }) => `Personne n’a encore dit qui est ${name}.`,
  },

  banner: {
    calls: (amount) => `${calls(amount)} avant cette réponse`,
    earned: 'Mérité : vous pouvez répondre',
    unknown: 'Nouvel expéditeur : un prospect ?',
  },

  gateOff: {
    offHours: 'Hors horaires : répondez à qui vous voulez.',
    outOfOffice: 'Les réponses automatiques sont activées : rien n’est mis en attente.',
    mailboxUnreachable: 'La règle est suspendue : votre boîte est injoignable. Vous pouvez répondre à tout.',
    notWatching: 'La règle est suspendue : votre boîte n’est pas encore suivie. Vous pouvez répondre à tout.',
    paused: 'La règle est en pause. Vous pouvez répondre à tout.',
  },
  settings: 'Paramètres',
  gateOffOtherwise: 'La règle est suspendue. Vous pouvez répondre à tout.',

  link: {
    loading: 'Chargement…',
    offline: 'Hors connexion. Vos appels sont gardés et envoyés plus tard ; vous pouvez répondre à tout.',
    error: 'La situation n’a pas pu être chargée. Vous pouvez répondre à tout.',
    retry: 'Réessayer',
    signedOutTitle: 'Trois appels, puis la réponse',
    signedOut: 'InboxGate compte vos appels de prospection et montre quand une réponse est méritée. Rien n’est caché ni retenu dans votre boîte de réception.',
    signedOutShort: 'Déconnecté. Vos appels sont gardés et envoyés à votre retour.',
    signIn: 'Se connecter',
    signInFailed: 'La connexion n’a pas abouti. Réessayez, ou demandez à votre administrateur d’approuver InboxGate.',
  },
};

function inBrackets(match: string): string {
  return match ? ` (${match})` : '';
}
