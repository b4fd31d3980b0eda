// The words of the parts that come later, in French.
import { words } from '../../words';
import { counting } from '../../words/counting';
import type { LaterWords } from './en';

const plural = counting('fr');
const number = (amount: number) => amount.toLocaleString('fr');

const periods: Record<string, string> = { day: 'aujourd’hui', week: 'cette semaine', month: 'ce mois-ci', quarter: 'ce trimestre' };
const inPeriods: Record<string, string> = { week: 'pour cette semaine', month: 'pour ce mois', quarter: 'pour ce trimestre' };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Calls are what is spoken of where nothing else is said. */
const amountOf = (amount: number, unit: string) => (unit === 'calls' ? number(amount) : words.counts(unit, amount, 0));

const spelt = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'];

/** An abbreviated month brings a full stop of its own. */
const oneStop = (sentence: string) => sentence.replace(/\.\.$/, '.');

export const laterWords: LaterWords = {
  problem: {
    consentMissing: 'La règle est suspendue : votre organisation n’a pas encore autorisé InboxGate à voir votre boîte. Votre administrateur le peut.',
    accessDenied: 'La règle est suspendue : InboxGate n’a pas accès à votre boîte. Votre administrateur peut l’autoriser.',
    mailboxNotFound: 'La règle est suspendue : Microsoft ne trouve pas de boîte à votre nom. Votre administrateur peut vérifier.',
    secretExpired: 'La règle est suspendue : la connexion propre à InboxGate a expiré. Votre administrateur peut la renouveler.',
    tokenRefused: 'La règle est suspendue : InboxGate ne peut pas se connecter à Microsoft. Votre administrateur peut vérifier.',
    signInNeeded: 'La règle est suspendue : Microsoft vous demande de vous reconnecter.',
    signInRefused: 'La règle est suspendue : Microsoft refuse la connexion d’InboxGate. Votre administrateur peut vérifier.',
    graphUnavailable: 'La règle est suspendue : Microsoft ne répond pas pour l’instant. Tout reprendra seul.',
    watchFailed: 'La règle est suspendue : InboxGate a un souci interne. Un nouvel essai suit de lui-même.',
  },
  meanwhile: 'D’ici là, vous pouvez répondre à tout. Les appels comptent comme toujours.',
  signInAgain: 'Se reconnecter',
  throttled: 'Microsoft demande une pause : les nouveaux messages arrivent un peu plus tard.',
  change: 'Modifier',

  catchingUp: (read, of) =>
    of === null ? `Rattrapage : ${plural(read, 'message', 'messages')} jusqu’ici` : `Rattrapage : ${number(read)} sur ${plural(of, 'message', 'messages')}`,

  assumed: (what, hours, timeZone) => {
    const unknown = what.timeZone && what.workingHours ? 'Horaires et fuseau inconnus' : what.timeZone ? 'Fuseau inconnu' : 'Horaires inconnus';
    const taken = what.workingHours && hours ? `${hours}, ${timeZone}` : timeZone;
    return `${unknown} : ${taken}. Vos paramètres Outlook ou votre administrateur peuvent y remédier.`;
  },
  hours: (from, to) => `de ${from} à ${to}`,
  delegated: 'Les messages envoyés sont comptés à l’ouverture de ce volet : les nombres peuvent être en retard.',

  firstRun: {
    title: 'Essayez la règle sur vos 14 derniers jours',
    text: 'Voyez quels messages auraient attendu, et corrigez ce qui est faux.',
    look: 'Voir les 14 derniers jours',
    later: 'Pas maintenant',
  },

  close: 'Fermer',
  tryAgain: 'Réessayer',
  sheetFailed: 'Le chargement n’a pas abouti. Cela marchera de nouveau une fois en ligne.',
  plan: { title: 'Mon plan', open: 'Modifier votre plan et vos jours de repos' },
  prospects: { title: 'Vos prospects', open: 'Voir vos prospects' },
  history: { title: 'Rétrospective', open: 'Voir vos dernières semaines' },
  privacy: { title: 'Vos données', open: 'Enregistrer ou effacer vos données' },
  dryRun: {
    title: 'Les 14 derniers jours',
    asking: 'Lecture de qui a écrit, et quand. Rien n’est conservé.',
    askingAgain: 'Nouvelle lecture…',
    failed: 'Les 14 derniers jours n’ont pas pu être lus.',
    heldOf: (mails) => `sur ${plural(mails, 'message', 'messages')} en attente`,
    since: (date) => oneStop(`Depuis le ${date}.`),
    joined: (amount) => `${plural(amount, 'autre message', 'autres messages')} dans une conversation déjà en attente.`,
    passed: (amount) => `${plural(amount, 'message', 'messages')} à répondre tout de suite.`,
    shared: (calls) => `${plural(calls, 'appel libère', 'appels libèrent')} tout ce qui attend, quel qu’en soit le nombre.`,
    truncated: (date) => oneStop(`Il y avait plus de messages qu’on n’en lit en une fois : ceci commence le ${date}.`),
    noMail: (date) => `Aucun message depuis le ${date}.`,
    noneHeld: 'Rien n’aurait attendu.',
    caption: 'Messages en attente par expéditeur',
    sender: 'Expéditeur',
    held: 'Attente',
    mails: 'Total',
    callsFirst: (calls) => (calls > 0 ? `d’abord ${plural(calls, 'appel', 'appels')}` : 'aucun appel'),
    passedTitle: (senders) => `${plural(senders, 'expéditeur', 'expéditeurs')} à répondre tout de suite`,
    passedCaption: 'Messages à répondre tout de suite, par expéditeur',
    more: (senders) => `et ${plural(senders, 'autre expéditeur', 'autres expéditeurs')}`,
    decide: 'À vous de décider',
    keepOn: 'Garder la règle',
    turnOn: 'Activer la règle',
    keepOff: 'Sans, pour l’instant',
    turnOff: 'Désactiver',
    pause: 'Pause jusqu’à demain',
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
    left: (left, today) => (left > 0 ? `encore ${left} sur ${left + today}` : 'Plus aucune aujourd’hui ; c’est toujours possible'),
    leftTitle: 'Réponses d’urgence',
    leftSpelt: (left) => `Réponses d’urgence : ${left.toLowerCase()}.`,
    reasons: ['Un client attend', 'Mon responsable le demande', 'Cela prend une minute'],
    own: 'Une autre raison',
    send: 'Répondre',
    takeBack: 'Revenir en arrière',
    private: 'Vous seul voyez la raison.',
  },

  waiting: {
    title: 'En attente',
    summary: (held, oldest) => `${held} en attente, le plus ancien : ${oldest}`,
    earned: 'Mérité',
    left: (amount) => `encore ${words.calls(amount)}`,
    none: 'Rien n’attend.',
    noSubject: '(sans objet)',
    more: (amount) => `et ${plural(amount, 'autre', 'autres')}`,
  },

  age: (minutes) =>
    minutes < 1 ? 'à l’instant' : minutes < 60 ? `${minutes} min` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h` : plural(Math.floor(minutes / 1440), 'jour', 'jours'),

  day: {
    emails: 'E-mails aux prospects',
    line: (start, end, now) => (now ? `La journée, de ${start} à ${end}. Maintenant ${now}.` : `La journée, de ${start} à ${end}.`),
  },

  behind: {
    title: 'Un chemin de retour',
    by: (behind, unit, period, month) =>
      `Il vous manque ${amountOf(behind, unit)} ${period === 'month' ? `pour ${month}` : inPeriods[period] ?? period}.`,
    until: (period, day, date) => (period === 'week' ? 'jusqu’à la fin de la semaine' : period === 'month' ? `jusqu’au ${day}` : `jusqu’au ${date}`),
    closes: (more, until) => `${number(more)} de plus par jour ${until} et c’est rattrapé.`,
    closesAnyway: (normalDay, until) => `Vos ${number(normalDay)} habituels par jour ${until} suffisent.`,
    or: (normalDay, finishAt) => `Ou gardez ${number(normalDay)} et terminez à ${number(finishAt)}.`,
    beyond: (atMost, unit, until) => `Des journées pleines ${until} mènent au plus à ${amountOf(atMost, unit)}.`,
    choose: 'Votre choix',
    more: (more) => `${number(more)} de plus par jour`,
    goFor: (atMost) => `Viser ${number(atMost)}`,
    keep: (normalDay) => `Garder ${number(normalDay)}`,
    notNow: 'Pas maintenant',
    understood: 'Compris',
    made: (more, until) => `${number(more)} de plus par jour ${until}.`,
    full: (until) => `Des journées pleines ${until}.`,
    kept: (normalDay, until) => `${number(normalDay)} par jour ${until}.`,
    tomorrow: 'Valable dès demain.',
    undo: 'Annuler',
  },

  mail: {
    write: 'Écrire à mon responsable',
    openElsewhere: 'Ouvrir dans votre messagerie',
    hello: 'Bonjour,',
    ask: 'Pouvons-nous en parler ?',
    period: (period, month) => capital(period === 'month' ? month : periods[period] ?? period),
    subject: (period) => `Mes objectifs : ${period}`,
    doneOf: (done, amount, unit) => `${number(done)} sur ${words.ofAmount(amount, unit)}.`,
  },

  targets: {
    title: 'Demandé',
    line: ({ done, amount, unit, period }) => `${number(done)} sur ${words.ofAmount(amount, unit)} ${periods[period] ?? period}`,
    left: (left, days) => `reste ${number(left)}, ${plural(days, 'jour ouvré', 'jours ouvrés')}`,
    finish: (dayGoal, total) => `${dayGoal} par jour mènent à ${number(total)}`,
    closed: 'Demandé et fait',
  },

  next: {
    title: 'Prochains appels',
    call: (name) => `Appeler ${name}`,
    callOf: (name, at, of) => `Appeler ${name} (${at} sur ${of})`,
    dial: 'Appeler',
    there: (time) => `il est ${time} là-bas`,
    because: {
      followUpDue: (days) => (days > 0 ? `Relance prévue il y a ${plural(days, 'jour', 'jours')}` : 'Relance prévue aujourd’hui'),
      neverContacted: () => 'Pas encore de contact',
      longestUntouched: (days, by) =>
        by === 'mail' ? (days > 0 ? `Votre message date d’il y a ${plural(days, 'jour', 'jours')}` : 'Votre message date d’aujourd’hui') : `Sans appel depuis ${plural(days, 'jour', 'jours')}`,
    },
    lastCall: (day) => `Dernier appel : ${day}`,
    lastCallWith: (day, outcome) => `Dernier appel : ${day}, ${outcome.toLowerCase()}`,
    lastMail: (day) => `Dernier message : ${day}`,
    how: (name) => `Comment cela s’est passé avec ${name} ?`,
    unsaid: 'Compter sans préciser',
    notCalled: 'Je n’ai pas appelé',
    notNow: 'Pas maintenant',
    notNowWith: (name) => `Pas maintenant : ${name}`,
    skip: 'Pas aujourd’hui',
    tomorrow: 'Demain',
    nextWeek: 'La semaine prochaine',
    from: 'À partir du',
    putOff: 'Reporter',
    never: 'Jamais',
    off: {
      skip: (name) => `${name} : pas aujourd’hui.`,
      later: (name, day) => oneStop(`${name} : à partir du ${day}.`),
      never: (name) => `${name} : ne sera plus proposé.`,
    },
    undo: 'Annuler',
    none: {
      noProspects: 'Pas encore de prospects sur vos listes.',
      noNumbers: 'Aucun de vos prospects n’a encore de numéro à appeler.',
      outsideHours: 'Ce n’est pas l’heure d’appeler vos prospects.',
      allCalledToday: 'Tous ceux que l’on peut appeler maintenant ont été appelés ou reportés.',
    },
    prospects: 'Ouvrir mes prospects',
    offline: 'Qui appeler s’affiche dès que vous êtes en ligne.',
  },

  oldCalls: {
    title: (amount) => plural(amount, 'appel non envoyé', 'appels non envoyés'),
    explain: 'Passés il y a plus de 7 jours, ou non acceptés par le serveur. À vous de décider.',
    made: (when) => `Passé le ${when}`,
    countNow: 'Compter maintenant',
    forget: 'Oublier',
  },

  several: {
    open: 'Plusieurs à la fois',
    how: 'Appels passés',
    add: (amount) => `Compter ${words.calls(amount)}`,
    explain: 'Chacun peut être annulé séparément.',
  },

  outcome: {
    title: 'Comment se sont-ils passés ?',
    at: (time) => `Appel de ${time}`,
    nth: (number) => `Appel ${number}`,
    none: 'Non précisé',
    of: { noAnswer: 'Pas de réponse', voicemail: 'Messagerie', talked: 'Échange', meeting: 'Rendez-vous', wrongNumber: 'Mauvais numéro' },
  },

  reward: {
    goal: 'L’objectif du jour est atteint. Tout le reste est en plus.',
    earned: (name) => `Mérité : répondez à ${name}`,
    earnedMany: (amount) => plural(amount, 'réponse méritée', 'réponses méritées'),
    answer: 'Répondre',
    answerName: (name) => `Répondre à ${name}`,
  },

  rehearsal: {
    title: 'Votre règle aujourd’hui',
    rule: (calls) => `Si un message ne vient pas d’un prospect, je passe ${calls < 11 ? spelt[calls] : number(calls)} ${calls < 2 ? 'appel' : 'appels'}, puis j’y réponds.`,
    pieces: 'Votre journée par étapes',
    piece: (amount, unit, by) => `${words.ofAmount(amount, unit)} ${by}`,
    begin: 'Commencer',
    setting: 'Répéter la règle chaque matin',
    settingExplain: 'Une carte avec votre règle et les étapes du jour, à la première ouverture du volet.',
  },

  pin: {
    text: 'Épinglez ce volet avec l’épingle en haut : il suit alors le message que vous sélectionnez.',
    done: 'Compris',
  },

  signInTrouble: {
    blocked: 'Le navigateur n’a pas ouvert la fenêtre de connexion. Autorisez-la pour cette page, puis réessayez.',
    cancelled: 'La connexion a été fermée avant la fin. Réessayez quand vous voulez.',
    consent: 'Un administrateur doit d’abord approuver InboxGate.',
    offline: 'La connexion est injoignable. Réessayez une fois en ligne.',
    foreign: 'InboxGate n’est pas configuré pour l’organisation de ce compte. Connectez-vous avec votre compte professionnel.',
    otherAccount: 'Ce compte n’est pas celui de cette boîte. Connectez-vous avec le compte de la boîte, ou choisissez encore le même pour continuer avec lui.',
  },

  settings: {
    title: 'Paramètres',
    dryRun: 'Voir ce qui aurait attendu ces 14 derniers jours',
    tomorrow: 'demain',
    gate: 'Règle',
    gateExplain: 'Un message qui ne vient pas d’un prospect demande des appels avant sa réponse.',
    paused: (until) => `En pause jusqu’à ${until}`,
    resume: 'Fin de la pause',
    pause: 'Pause',
    hour: '1 heure',
    today: 'Reste de la journée',
    until: 'Jusqu’au',
    untilSet: 'Mettre en pause',
    marks: 'Marquer les messages dans la liste',
    marksExplain: 'Une catégorie comme « InboxGate: 3 calls first » figure à côté de chaque message en attente. Vos propres catégories restent.',
    marksProblem: {
      marksDenied: 'Pas encore marqué : il manque une autorisation que votre administrateur peut donner. Un essai est fait chaque jour.',
    },
    teams: 'Appeler avec Microsoft Teams',
    teamsExplain: 'Sinon avec ce que cet appareil utilise pour appeler.',
    marksOtherwise: 'Les messages ne peuvent pas être marqués pour l’instant. Un nouvel essai suit de lui-même.',
    asking: 'Chargement…',
    failed: 'Non enregistré.',
    saved: 'Enregistré.',
    signOut: 'Se déconnecter',
  },
};
