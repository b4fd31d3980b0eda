// The words of the pane in French. The gate is "la règle", what it holds is "en attente". A narrow no-break space
// stands before ":" and "?".
import { counting } from './counting';
import type { Words } from './en';

const plural = counting('fr');
const calls = (amount: number) => plural(amount, 'appel', 'appels');
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'e-mail', 'e-mails') : unit === 'meetings' ? plural(amount, 'rendez-vous', 'rendez-vous') : calls(amount);

const periods: Record<string, string> = { day: 'aujourd’hui', week: 'cette semaine', month: 'ce mois-ci', quarter: 'ce trimestre' };

export const words: Words = {
  locale: 'fr',
  direction: 'ltr',
  product: 'InboxGate',
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
  oldCalls: {
    title: (amount) => plural(amount, 'appel non envoyé', 'appels non envoyés'),
    explain: 'Passés il y a plus de 7 jours, ou non acceptés par le serveur. À vous de décider.',
    made: (when) => `Passé le ${when}`,
    countNow: 'Compter maintenant',
    forget: 'Oublier',
  },

  gate: {
    title: 'Ce message',
    calls: (amount) => `${calls(amount)} avant cette réponse`,
    dots: (made, required) => `${made} sur ${calls(required)}`,
    earned: 'Mérité : vous pouvez répondre',
    reply: 'Répondre',
    off: 'Répondez quand vous voulez.',
    closed: {
      answered: 'Réponse envoyée.',
      waived: 'Répondez maintenant. La raison reste entre vos mains.',
      expired: 'Son temps est passé. Répondez quand vous voulez.',
      released: 'Aucun appel nécessaire. Répondez quand vous voulez.',
    },
    takeBack: 'Revenir en arrière',
    checking: 'Lecture de ce message…',
    unchecked: 'Ce message n’a pas pu être vérifié. Répondez quand vous voulez.',
    none: 'Aucun message sélectionné. Choisissez-en un pour voir où en est sa réponse.',
    invitation: 'Une invitation : aucun appel nécessaire.',
    unsupported: 'Rien à vérifier ici : aucun appel nécessaire.',
    shared: 'Une boîte partagée : aucun appel nécessaire.',
    notInOutlook: 'Ouvrez InboxGate dans Outlook pour voir où en est chaque message.',
  },

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

  correct: {
    open: 'Mal classé ?',
    ask: 'Qui est-ce ?',
    scope: 'S’applique à',
    address: 'cette adresse',
    domain: (domain) => `tout le monde chez ${domain}`,
    made: (entry, kind) => `${entry} est maintenant : ${kind}.`,
    undo: 'Annuler',
  },

  waiver: {
    open: 'Répondre maintenant',
    title: 'Répondre maintenant, car…',
    left: (left, today) => (left > 0 ? `${left} sur ${left + today}` : 'Plus aucune aujourd’hui ; c’est toujours possible'),
    leftTitle: 'Réponses d’urgence restantes',
    leftSpelt: (left) => `Réponses d’urgence restantes : ${left.toLowerCase()}.`,
    reasons: ['Un client attend', 'Mon responsable le demande', 'Cela prend une minute'],
    own: 'Une autre raison',
    send: 'Répondre',
    private: 'Vous seul voyez la raison.',
  },

  banner: {
    calls: (amount) => `${calls(amount)} avant cette réponse`,
    earned: 'Mérité : vous pouvez répondre',
    unknown: 'Nouvel expéditeur : un prospect ?',
  },

  waiting: {
    title: 'En attente',
    summary: (held, oldest) => `${held} en attente, le plus ancien : ${oldest}`,
    earned: 'Mérité',
    left: (amount) => `encore ${calls(amount)}`,
    none: 'Rien n’attend.',
    noSubject: '(sans objet)',
    someone: 'Quelqu’un',
    more: (amount) => `et ${plural(amount, 'autre', 'autres')}`,
  },

  age: (minutes) =>
    minutes < 1 ? 'à l’instant' : minutes < 60 ? `${minutes} min` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h` : plural(Math.floor(minutes / 1440), 'jour', 'jours'),

  targets: {
    title: 'Demandé',
    line: ({ done, amount, unit, period }) => `${done} sur ${amountOf(amount, unit)} ${periods[period] ?? period}`,
    left: (left, days) => `reste ${left}, ${plural(days, 'jour ouvré', 'jours ouvrés')}`,
    finish: (dayGoal, total) => `${dayGoal} par jour mènent à ${total}`,
    closed: 'Demandé et fait',
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
