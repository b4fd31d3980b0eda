// The words of the pane in German. The gate is "die Regel", what it holds "wartet".
import { counting } from './counting';
import type { Words } from './en';

const plural = counting('de');
const calls = (amount: number) => plural(amount, 'Anruf', 'Anrufe');
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'E-Mail', 'E-Mails') : unit === 'meetings' ? plural(amount, 'Termin', 'Termine') : calls(amount);

/** The dative of "von 5 Anrufen". */
const ofCalls = (amount: number) => plural(amount, 'Anruf', 'Anrufen');
const ofAmount = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'E-Mail', 'E-Mails') : unit === 'meetings' ? plural(amount, 'Termin', 'Terminen') : ofCalls(amount);

const timeOf = (name: string) => name.replace(/^0?(\d{1,2}):00$/, '$1 Uhr');

export const words: Words = {
  locale: 'de',
  direction: 'ltr',
  product: 'InboxGate',
  calls,
  ofAmount,
  today: 'Heute',
  callsOf: (goal) => (goal > 0 ? `von ${ofCalls(goal)}` : 'Anrufe'),
  callsSpoken: (done, goal) => (goal > 0 ? `Heute ${done} von ${ofCalls(goal)}` : `Heute ${calls(done)}`),
  goalMet: 'Tagesziel erreicht',
  dayOff: 'Heute ist frei. Kein Ziel.',
  streak: (days) => `${plural(days, 'Tag', 'Tage')} in Folge`,
  counts: (unit, done, goal) => (goal > 0 ? `${done} von ${ofAmount(goal, unit)}` : amountOf(done, unit)),
  asOf: (time) => `Stand ${time}`,
  checkpoints: 'Etappen',
  checkpointName: ({ key, name }) => (key === 'lunch' ? 'Mittag' : key === 'leaving' ? 'Schluss' : name),
  checkpointState: { kept: 'geschafft', missed: 'vorbei', next: 'als Nächstes', later: 'später' },
  checkpointSpoken: (name, due, unit, state) => `${name}: ${amountOf(due, unit)}, ${state}`,
  by: ({ key, name }) => (key === 'lunch' ? 'bis mittags' : key === 'leaving' ? 'bis Feierabend' : `bis ${name}`),
  kept: ({ key, name }) => (key === 'lunch' ? 'Mittag geschafft.' : key === 'leaving' ? 'Der Tag ist geschafft.' : `${timeOf(name)} geschafft.`),
  keptThenNext: (kept, due, by) => `${kept} Weiter: ${due} ${by}.`,
  progress: (done, due, by) => (done * 2 < due ? `${done} von ${due} ${by} geschafft.` : `Noch ${due - done} ${by}.`),

  nextStep: {
    offHours: 'Außerhalb der Arbeitszeit: antworte, wem du magst.',
    gate: (amount, name) => `${calls(amount)}, dann ${name ? `antworte ${name}` : 'ist deine Antwort verdient'}.`,
    small: (amount, unit) => `Als Nächstes: ${amountOf(amount, unit)}.`,
    emails: (amount) => `Schreib ${plural(amount, 'E-Mail', 'E-Mails')} an Interessenten.`,
    done: 'Geschafft: ab jetzt ist alles Zugabe.',
    noGoal: 'Heute kein Ziel. Jeder Anruf zählt.',
  },

  callMade: 'Anruf erledigt',
  callMadeOf: (number, of) => `Anruf erledigt (${number} von ${of})`,
  undo: 'Letzten Anruf zurücknehmen',
  announceCall: (done) => `Heute ${calls(done)}.`,
  announceUndo: (done) => `Zurückgenommen. Heute ${calls(done)}.`,
  waitingToBeSent: (amount) => `${calls(amount)} noch zu senden`,

  gate: {
    title: 'Diese Nachricht',
    calls: (amount) => `${calls(amount)} vor dieser Antwort`,
    dots: (made, required) => `${made} von ${ofCalls(required)} gemacht`,
    earned: 'Verdient: jetzt antworten',
    earnedReply: 'Verdient: jetzt senden',
    reply: 'Antworten',
    off: 'Antworte, wann du magst.',
    closed: {
      answered: 'Beantwortet.',
      waived: 'Antworte jetzt. Der Grund bleibt bei dir.',
      expired: 'Die Zeit ist um. Antworte, wann du magst.',
      released: 'Keine Anrufe nötig. Antworte, wann du magst.',
    },
    checking: 'Die Nachricht wird angesehen …',
    unchecked: 'Diese Nachricht konnte nicht geprüft werden. Antworte, wann du magst.',
    none: 'Keine Nachricht ausgewählt. Wähle eine aus, um zu sehen, wie es um ihre Antwort steht.',
    several: 'Mehrere Nachrichten ausgewählt. Wähle eine aus, um zu sehen, wie es um ihre Antwort steht.',
    newMail: 'Eine neue Mail: keine Anrufe nötig.',
    replyFree: 'Diese Antwort braucht keine Anrufe.',
    invitation: 'Eine Einladung: keine Anrufe nötig.',
    unsupported: 'Hier gibt es nichts zu prüfen: keine Anrufe nötig.',
    shared: 'Ein geteiltes Postfach: keine Anrufe nötig.',
    notInOutlook: 'Öffne InboxGate in Outlook, um zu sehen, wie es um jede Nachricht steht.',
  },

  someone: 'Jemand',

  free: {
    prospect: 'Ein Interessent: zuerst antworten.',
    customer: 'Ein Kunde: keine Anrufe nötig.',
    colleague: 'Jemand aus dem Kollegium: keine Anrufe nötig.',
    vip: 'Antworte jetzt: keine Anrufe nötig.',
    other: 'Keine Anrufe nötig.',
    automated: 'Das schrieb eine Maschine: keine Anrufe nötig.',
    unknown: 'Neuer Absender: Interessent?',
  },

  kind: {
    prospect: 'Interessent',
    customer: 'Kunde',
    colleague: 'Kollegium',
    vip: 'VIP',
    other: 'Kein Interessent',
    automated: 'Automatisch',
    unknown: 'Neuer Absender',
  },

  because: {
    self: () => 'Das hast du selbst geschrieben.',
    listedAddress: ({ name, match, kind }) => `${name} steht auf der Liste: ${kind}${inBrackets(match)}.`,
    manager: ({ name }) => `${name} ist deine Führungskraft.`,
    machine: ({ match }) => `Das schrieb eine Maschine${inBrackets(match)}.`,
    listedDomain: ({ name, match, kind }) => `${name} gehört zu einer Firma auf der Liste: ${kind}${inBrackets(match)}.`,
    tenantDomain: ({ name, match }) => `${name} gehört zum Kollegium${inBrackets(match.startsWith('/') ? '' : match)}.`,
    youWroteFirst: ({ name }) => `Du hast ${name} zuerst geschrieben.`,
    unknownSender: ({ name }) => `Noch hat niemand gesagt, wer ${name} ist.`,
  },

  banner: {
    calls: (amount) => `${calls(amount)} vor dieser Antwort`,
    earned: 'Verdient: jetzt antworten',
    unknown: 'Neuer Absender: Interessent?',
  },

  gateOff: {
    offHours: 'Außerhalb der Arbeitszeit: antworte, wem du magst.',
    outOfOffice: 'Automatische Antworten sind an: nichts wird zurückgestellt.',
    mailboxUnreachable: 'Die Regel ruht: dein Postfach ist nicht erreichbar. Alles darf beantwortet werden.',
    notWatching: 'Die Regel ruht: dein Postfach wird noch nicht gelesen. Alles darf beantwortet werden.',
    paused: 'Die Regel macht Pause. Alles darf beantwortet werden.',
  },
  settings: 'Einstellungen',
  gateOffOtherwise: 'Die Regel ruht. Alles darf beantwortet werden.',

  link: {
    loading: 'Wird geladen …',
    offline: 'Offline. Deine Anrufe werden aufgehoben und später gesendet; alles darf beantwortet werden.',
    error: 'Der Stand konnte nicht geladen werden. Alles darf beantwortet werden.',
    retry: 'Noch einmal',
    signedOutTitle: 'Drei Anrufe, dann die Antwort',
    signedOut: 'InboxGate zählt deine Akquise-Anrufe und zeigt, wann eine Antwort verdient ist. In deinem Posteingang wird nichts versteckt und nichts aufgehalten.',
    signedOutShort: 'Abgemeldet. Deine Anrufe werden aufgehoben und gesendet, sobald du zurück bist.',
    signIn: 'Anmelden',
    signInFailed: 'Die Anmeldung wurde nicht abgeschlossen. Versuch es noch einmal oder bitte deine Administration, InboxGate freizugeben.',
  },
};

function inBrackets(match: string): string {
  return match ? ` (${match})` : '';
}
