import type { TeamWords } from './en';

const number = (amount: number) => amount.toLocaleString('fr');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount < 2 ? one : many}`;

export const teamWords: TeamWords = {
  title: 'Équipe',
  tabs: { team: 'Mon équipe', rules: 'Règles de mon équipe', company: 'Entreprise' },
  loading: 'Lecture de votre équipe.',
  asOf: (time) => `État à ${time}`,
  offline: 'Le serveur est injoignable. Ce qui est affiché peut être plus ancien.',
  offlineEmpty: 'Le serveur est injoignable.',
  broken: 'L’équipe n’a pas pu être lue.',
  tryAgain: 'Réessayer',
  partFailed: 'Cette partie n’a pas pu être chargée. Elle reviendra une fois en ligne.',

  signedOut: 'Les appels, e-mails et rendez-vous de votre équipe, en regard de ce qui est demandé.',
  signIn: 'Se connecter',
  signingIn: 'La fenêtre de connexion est ouverte.',
  signOut: 'Se déconnecter',
  otherAccount: 'Se connecter avec un autre compte',
  trouble: {
    blocked: 'Le navigateur n’a pas ouvert la fenêtre de connexion. Autorisez-la pour cette page, puis réessayez.',
    cancelled: 'La connexion a été fermée avant la fin. Réessayez quand vous voulez.',
    consent: 'Un administrateur doit d’abord approuver InboxGate.',
    offline: 'La connexion est injoignable. Réessayez une fois en ligne.',
    foreign: 'InboxGate n’est pas configuré pour l’organisation de ce compte. Connectez-vous avec votre compte professionnel.',
    otherAccount: 'C’était un autre compte. Connectez-vous à nouveau.',
    failed: 'La connexion n’a pas abouti. Réessayez.',
  },

  forbidden: {
    title: 'Il faut le rôle Manager pour voir une équipe.',
    text: 'Un administrateur l’attribue dans Microsoft Entra, sous le rôle d’application « Manager » d’InboxGate. Reconnectez-vous ensuite.',
  },
  empty: {
    title: 'Votre équipe est encore vide.',
    text: 'Les commerciaux apparaissent ici dès leur première ouverture d’InboxGate. L’annuaire dit qui dépend de qui ; un administrateur peut en décider autrement.',
    transitive: 'Voir aussi les équipes en dessous',
  },
  totalsOnly: 'Votre organisation ne montre que des totaux, jamais une personne seule.',
  tooFew: 'Les totaux s’affichent à partir de cinq personnes.',

  reps: (amount) => plural(amount, 'commercial', 'commerciaux'),
  column: { name: 'Nom', calls: 'Appels du jour', emails: 'E-mails du jour', meetings: 'Rendez-vous du jour', target: 'Par rapport à l’objectif', onTrack: 'Dans le rythme' },
  whole: 'Toute l’équipe',
  nameless: 'Nom inconnu',
  unit: { calls: 'Appels', emails: 'E-mails', meetings: 'Rendez-vous' },
  period: { day: 'aujourd’hui', week: 'cette semaine', month: 'ce mois-ci', quarter: 'ce trimestre' },
  ofGoal: (goal) => `sur ${number(goal)}`,
  noGoal: 'sans objectif',
  targetName: (unit, period) => `${unit} ${period}`,
  targetDone: (done, due) => `${number(done)} sur ${number(due)}`,
  pace: (done, due, pace) => `${number(done)} sur ${number(due)} ; un rythme régulier serait à ${number(pace)}`,
  noTarget: 'Rien n’est encore demandé',
  onTrack: 'Dans le rythme',
  ahead: (amount) => `${number(amount)} d’avance sur un rythme régulier`,
  atPace: 'Au rythme régulier',
  behind: (amount) => `${number(amount)} pour rejoindre un rythme régulier`,
  notOnTrack: 'Sous un rythme régulier',
  unreachable: 'Plus que les jours restants ne permettent : parlez-en ensemble',
  onTrackOf: (onTrack, reps) => `${number(onTrack)} sur ${number(reps)}`,

  search: 'Chercher par nom',
  noneFound: 'Personne de ce nom dans l’équipe.',
  sort: 'Trier par',
  ascending: 'Croissant',
  descending: 'Décroissant',
  transitive: 'Aussi les équipes en dessous',
  csv: 'Enregistrer en CSV',
  csvFailed: 'Le fichier n’a pas pu être récupéré.',
  more: 'Le reste de l’équipe est en cours d’affichage.',
};
