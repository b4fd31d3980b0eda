import type { TeamWords } from './en';

const number = (amount: number) => amount.toLocaleString('de');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount === 1 ? one : many}`;

export const teamWords: TeamWords = {
  title: 'Team',
  tabs: { team: 'Mein Team', rules: 'Regeln meines Teams', company: 'Unternehmen' },
  loading: 'Dein Team wird gelesen.',
  asOf: (time) => `Stand ${time}`,
  offline: 'Der Server ist nicht erreichbar. Was hier steht, kann älter sein.',
  offlineEmpty: 'Der Server ist nicht erreichbar.',
  broken: 'Das Team konnte nicht gelesen werden.',
  tryAgain: 'Noch einmal versuchen',
  partFailed: 'Das konnte nicht geladen werden. Es geht wieder, sobald du online bist.',

  signedOut: 'Anrufe, E-Mails und Termine deines Teams, neben dem, was vereinbart ist.',
  signIn: 'Anmelden',
  signingIn: 'Das Anmeldefenster ist offen.',
  signOut: 'Abmelden',
  otherAccount: 'Mit einem anderen Konto anmelden',
  trouble: {
    blocked: 'Der Browser hat das Anmeldefenster nicht geöffnet. Erlaube es für diese Seite und versuch es noch einmal.',
    cancelled: 'Die Anmeldung wurde geschlossen, bevor sie fertig war. Versuch es noch einmal, wann du magst.',
    consent: 'Zuerst muss deine Administration InboxGate freigeben.',
    offline: 'Die Anmeldung ist nicht erreichbar. Versuch es noch einmal, wenn du online bist.',
    foreign: 'InboxGate ist für die Organisation dieses Kontos nicht eingerichtet. Melde dich mit deinem Arbeitskonto an.',
    otherAccount: 'Das war ein anderes Konto. Melde dich noch einmal an.',
    failed: 'Die Anmeldung hat nicht geklappt. Versuch es noch einmal.',
  },

  forbidden: {
    title: 'Um ein Team zu sehen, brauchst du die Rolle „Manager“.',
    text: 'Deine Administration vergibt sie in Microsoft Entra als App-Rolle „Manager“ von InboxGate. Melde dich danach noch einmal an.',
  },
  empty: {
    title: 'In deinem Team ist noch niemand.',
    text: 'Wer InboxGate zum ersten Mal geöffnet hat, erscheint hier. Wer an wen berichtet, steht im Verzeichnis; deine Administration kann es anders festlegen.',
    transitive: 'Auch die Teams darunter ansehen',
  },
  totalsOnly: 'Deine Organisation zeigt nur Summen, nie einzelne Personen.',
  tooFew: 'Summen gibt es ab fünf Personen.',

  reps: (amount) => plural(amount, 'Person', 'Personen'),
  column: { name: 'Name', calls: 'Anrufe heute', emails: 'E-Mails heute', meetings: 'Termine heute', target: 'Zum Ziel', onTrack: 'Im Plan' },
  whole: 'Ganzes Team',
  nameless: 'Name unbekannt',
  unit: { calls: 'Anrufe', emails: 'E-Mails', meetings: 'Termine' },
  period: { day: 'heute', week: 'diese Woche', month: 'diesen Monat', quarter: 'dieses Quartal' },
  ofGoal: (goal) => `von ${number(goal)}`,
  noGoal: 'kein Ziel',
  targetName: (unit, period) => `${unit} ${period}`,
  targetDone: (done, due) => `${number(done)} von ${number(due)}`,
  pace: (done, due, pace) => `${number(done)} von ${number(due)} geschafft; gleichmäßig verteilt wären es ${number(pace)}`,
  noTarget: 'Noch nichts vereinbart',
  onTrack: 'Im Plan',
  ahead: (amount) => `${number(amount)} vor dem gleichmäßigen Tempo`,
  atPace: 'Genau im gleichmäßigen Tempo',
  behind: (amount) => `${number(amount)} bis zum gleichmäßigen Tempo`,
  notOnTrack: 'Unter dem gleichmäßigen Tempo',
  unreachable: 'Mehr, als die restlichen Tage bringen können: ein Gespräch lohnt sich',
  onTrackOf: (onTrack, reps) => `${number(onTrack)} von ${number(reps)}`,

  search: 'Nach Namen suchen',
  noneFound: 'So heißt niemand im Team.',
  sort: 'Ordnen nach',
  ascending: 'Aufsteigend',
  descending: 'Absteigend',
  transitive: 'Auch die Teams darunter',
  csv: 'Als CSV speichern',
  csvFailed: 'Die Datei konnte nicht geholt werden.',
  more: 'Der Rest des Teams wird noch gezeichnet.',
};
