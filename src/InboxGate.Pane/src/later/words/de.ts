// The words of the parts that come later, in German.
import { words } from '../../words';
import { counting } from '../../words/counting';
import type { LaterWords } from './en';

const plural = counting('de');
const number = (amount: number) => amount.toLocaleString('de');

const periods: Record<string, string> = { day: 'heute', week: 'diese Woche', month: 'diesen Monat', quarter: 'dieses Quartal' };
const inPeriods: Record<string, string> = { week: 'in dieser Woche', month: 'in diesem Monat', quarter: 'in diesem Quartal' };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Calls are what is spoken of where nothing else is said. */
const amountOf = (amount: number, unit: string) => (unit === 'calls' ? number(amount) : words.counts(unit, amount, 0));

const spelt = ['keinen', 'einen', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'];

/** An abbreviated month brings a full stop of its own. */
const oneStop = (sentence: string) => sentence.replace(/\.\.$/, '.');

export const laterWords: LaterWords = {
  problem: {
    consentMissing: 'Die Regel ruht: deine Organisation hat InboxGate den Blick in dein Postfach noch nicht erlaubt. Deine Administration kann das.',
    accessDenied: 'Die Regel ruht: InboxGate darf dein Postfach nicht sehen. Deine Administration kann es erlauben.',
    mailboxNotFound: 'Die Regel ruht: Microsoft findet für dich kein Postfach. Deine Administration kann nachsehen.',
    secretExpired: 'Die Regel ruht: die eigene Anmeldung von InboxGate ist abgelaufen. Deine Administration kann sie erneuern.',
    tokenRefused: 'Die Regel ruht: InboxGate kann sich bei Microsoft nicht anmelden. Deine Administration kann nachsehen.',
    signInNeeded: 'Die Regel ruht: Microsoft bittet dich, dich noch einmal anzumelden.',
    signInRefused: 'Die Regel ruht: Microsoft nimmt die Anmeldung von InboxGate nicht an. Deine Administration kann nachsehen.',
    graphUnavailable: 'Die Regel ruht: Microsoft antwortet gerade nicht. Das kommt von selbst zurück.',
    watchFailed: 'Die Regel ruht: InboxGate hat selbst ein Problem. Es versucht es von allein noch einmal.',
  },
  meanwhile: 'Bis dahin darf alles beantwortet werden. Anrufe zählen wie immer.',
  signInAgain: 'Noch einmal anmelden',
  throttled: 'Microsoft bittet um eine Pause: neue Mails kommen etwas später an.',
  change: 'Ändern',

  catchingUp: (read, of) =>
    of === null ? `Wird nachgeholt: bisher ${plural(read, 'Mail', 'Mails')}` : `Wird nachgeholt: ${number(read)} von ${plural(of, 'Mail', 'Mails')}`,

  assumed: (what, hours, timeZone) => {
    const unknown = what.timeZone && what.workingHours ? 'Arbeitszeit und Zeitzone' : what.timeZone ? 'Zeitzone' : 'Arbeitszeit';
    const taken = what.workingHours && hours ? `${hours}, ${timeZone}` : timeZone;
    return `${unknown} unbekannt: ${taken}. Deine Einstellungen in Outlook oder deine Administration können das ändern.`;
  },
  hours: (from, to) => `${from} bis ${to}`,
  delegated: 'Gesendete Mails werden gezählt, wenn du diesen Bereich öffnest: Zahlen können nachhinken.',

  firstRun: {
    title: 'Probier die Regel an deinen letzten 14 Tagen aus',
    text: 'Sieh, welche Mails gewartet hätten, und berichtige, was nicht stimmt.',
    look: 'Letzte 14 Tage ansehen',
    later: 'Nicht jetzt',
  },

  close: 'Schließen',
  tryAgain: 'Noch einmal',
  sheetFailed: 'Das ließ sich nicht laden. Es geht wieder, sobald du online bist.',
  plan: { title: 'Mein Plan', open: 'Deinen Plan und freie Tage ändern' },
  prospects: { title: 'Interessenten', open: 'Deine Interessenten ansehen' },
  history: { title: 'Rückblick', open: 'Deine letzten Wochen ansehen' },
  privacy: { title: 'Ihre Daten', open: 'Ihre Daten sichern oder löschen' },
  dryRun: {
    title: 'Die letzten 14 Tage',
    asking: 'Es wird gelesen, wer wann schrieb. Nichts wird gespeichert.',
    askingAgain: 'Wird noch einmal angesehen …',
    failed: 'Die letzten 14 Tage konnten nicht gelesen werden.',
    heldOf: (mails) => `von ${plural(mails, 'Mail', 'Mails')} hätten gewartet`,
    since: (date) => oneStop(`Seit ${date}.`),
    joined: (amount) => `${plural(amount, 'weitere Mail', 'weitere Mails')} in Unterhaltungen, die schon warteten.`,
    passed: (amount) => `${plural(amount, 'Mail', 'Mails')} zum sofort Beantworten.`,
    shared: (calls) => `${plural(calls, 'Anruf macht', 'Anrufe machen')} alles frei, was wartet, wie viel es auch ist.`,
    truncated: (date) => oneStop(`Es gab mehr Mails, als auf einmal gelesen werden: dies beginnt am ${date}.`),
    noMail: (date) => `Seit ${date} kam keine Mail.`,
    noneHeld: 'Nichts hätte gewartet.',
    caption: 'Wartende Mails nach Absender',
    sender: 'Absender',
    held: 'Wartet',
    mails: 'Mails',
    callsFirst: (calls) => (calls > 0 ? `erst ${plural(calls, 'Anruf', 'Anrufe')}` : 'keine Anrufe'),
    passedTitle: (senders) => `${plural(senders, 'Absender', 'Absender')} zum sofort Beantworten`,
    passedCaption: 'Mails zum sofort Beantworten, nach Absender',
    more: (senders) => `und ${plural(senders, 'weiterer Absender', 'weitere Absender')}`,
    decide: 'Dann entscheide',
    keepOn: 'Regel anlassen',
    turnOn: 'Regel einschalten',
    keepOff: 'Vorerst auslassen',
    turnOff: 'Vorerst ausschalten',
    pause: 'Pause bis morgen',
  },

  correct: {
    open: 'Falsch eingeordnet?',
    ask: 'Wer ist das?',
    scope: 'Gilt für',
    address: 'diese Adresse',
    domain: (domain) => `alle bei ${domain}`,
    made: (entry, kind) => `${entry} gilt jetzt als: ${kind}.`,
    undo: 'Rückgängig',
  },

  waiver: {
    open: 'Jetzt antworten',
    title: 'Jetzt antworten, weil …',
    left: (left, today) => (left > 0 ? `noch ${left} von ${left + today}` : 'Heute keine mehr; es geht trotzdem'),
    leftTitle: 'Notfallantworten',
    leftSpelt: (left) => `Notfallantworten: ${left}.`,
    reasons: ['Ein Kunde wartet', 'Meine Führungskraft fragt', 'Es dauert nur eine Minute'],
    own: 'Anderer Grund',
    send: 'Jetzt antworten',
    takeBack: 'Zurücknehmen',
    private: 'Den Grund siehst nur du.',
  },

  waiting: {
    title: 'Wartet',
    summary: (held, oldest) => `${held} zurückgestellt, älteste: ${oldest}`,
    earned: 'Verdient',
    left: (amount) => `noch ${words.calls(amount)}`,
    none: 'Nichts wartet.',
    noSubject: '(kein Betreff)',
    more: (amount) => `und ${amount} weitere`,
  },

  age: (minutes) =>
    minutes < 1 ? 'gerade eben' : minutes < 60 ? `${minutes} Min.` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)} Std.` : plural(Math.floor(minutes / 1440), 'Tag', 'Tage'),

  day: {
    emails: 'E-Mails an Interessenten',
    line: (start, end, now) => (now ? `Der Tag von ${start} bis ${end}. Jetzt ${now}.` : `Der Tag von ${start} bis ${end}.`),
  },

  behind: {
    title: 'Ein Weg zurück',
    by: (behind, unit, period, month) =>
      `Dir ${behind === 1 ? 'fehlt' : 'fehlen'} ${period === 'month' ? `im ${month}` : inPeriods[period] ?? period} ${amountOf(behind, unit)}.`,
    until: (period, day, date) => (period === 'week' ? 'bis zum Ende der Woche' : period === 'month' ? `bis zum ${day}.` : `bis zum ${date}`),
    closes: (more, until) => `${number(more)} mehr am Tag ${until} ${more === 1 ? 'holt' : 'holen'} es auf.`,
    closesAnyway: (normalDay, until) => `Deine üblichen ${number(normalDay)} am Tag ${until} holen es auf.`,
    or: (normalDay, finishAt) => `Oder bleib bei ${number(normalDay)} und komm auf ${number(finishAt)}.`,
    beyond: (atMost, unit, until) => `Volle Tage ${until} ergeben höchstens ${amountOf(atMost, unit)}.`,
    choose: 'Deine Wahl',
    more: (more) => `${number(more)} mehr am Tag`,
    goFor: (atMost) => `Auf ${number(atMost)} gehen`,
    keep: (normalDay) => `Bei ${number(normalDay)} bleiben`,
    notNow: 'Jetzt nicht',
    understood: 'Verstanden',
    made: (more, until) => `${number(more)} mehr am Tag ${until}${until.endsWith('.') ? '' : '.'}`,
    full: (until) => `Volle Tage ${until}${until.endsWith('.') ? '' : '.'}`,
    kept: (normalDay, until) => `${number(normalDay)} am Tag ${until}${until.endsWith('.') ? '' : '.'}`,
    tomorrow: 'Gilt ab morgen.',
    undo: 'Rückgängig',
  },

  mail: {
    write: 'Meiner Führungskraft schreiben',
    openElsewhere: 'Im E-Mail-Programm öffnen',
    hello: 'Hallo,',
    ask: 'Können wir darüber sprechen?',
    period: (period, month) => (period === 'month' ? month : capital(periods[period] ?? period)),
    subject: (period) => `Meine Ziele: ${period}`,
    doneOf: (done, amount, unit) => `${number(done)} von ${words.ofAmount(amount, unit)} geschafft.`,
  },

  targets: {
    title: 'Vorgabe',
    line: ({ done, amount, unit, period }) => `${number(done)} von ${words.ofAmount(amount, unit)} ${periods[period] ?? period}`,
    left: (left, days) => `noch ${number(left)}, ${plural(days, 'Arbeitstag', 'Arbeitstage')}`,
    finish: (dayGoal, total) => `${dayGoal} am Tag ergeben ${number(total)}`,
    closed: 'Vorgabe erfüllt',
  },

  next: {
    title: 'Nächste Anrufe',
    call: (name) => `${name} anrufen`,
    callOf: (name, at, of) => `${name} anrufen (${at} von ${of})`,
    dial: 'Anrufen',
    there: (time) => `dort ist es ${time} Uhr`,
    because: {
      followUpDue: (days) => (days > 0 ? `Seit ${plural(days, 'Tag', 'Tagen')} wieder fällig` : 'Heute wieder fällig'),
      neverContacted: () => 'Noch kein Kontakt',
      longestUntouched: (days, by) =>
        by === 'mail' ? (days > 0 ? `Deine Mail ist ${plural(days, 'Tag', 'Tage')} her` : 'Deine Mail ist von heute') : `Seit ${plural(days, 'Tag', 'Tagen')} nicht angerufen`,
    },
    lastCall: (day) => `Letzter Anruf: ${day}`,
    lastCallWith: (day, outcome) => `Letzter Anruf: ${day}, ${outcome}`,
    lastMail: (day) => `Letzte Mail: ${day}`,
    how: (name) => `Wie lief es mit ${name}?`,
    unsaid: 'Ohne Angabe zählen',
    notCalled: 'Ich habe nicht angerufen',
    notNow: 'Nicht jetzt',
    notNowWith: (name) => `Nicht jetzt: ${name}`,
    skip: 'Heute nicht',
    tomorrow: 'Morgen',
    nextWeek: 'Nächste Woche',
    from: 'Ab',
    putOff: 'Verschieben',
    never: 'Nie',
    off: {
      skip: (name) => `${name}: heute nicht.`,
      later: (name, day) => oneStop(`${name}: wieder ab ${day}.`),
      never: (name) => `${name}: wird nicht mehr vorgeschlagen.`,
    },
    undo: 'Rückgängig',
    none: {
      noProspects: 'Noch keine Interessenten auf deinen Listen.',
      noNumbers: 'Noch hat kein Interessent eine Nummer, die man anrufen kann.',
      outsideHours: 'Bei deinen Interessenten ist gerade keine Anrufzeit.',
      allCalledToday: 'Alle, die jetzt erreichbar sind, sind angerufen oder verschoben.',
    },
    prospects: 'Meine Interessenten öffnen',
    offline: 'Wen du anrufen kannst, steht hier, sobald du online bist.',
  },

  oldCalls: {
    title: (amount) => `${words.calls(amount)} nicht gesendet`,
    explain: 'Vor mehr als 7 Tagen gemacht oder vom Server nicht angenommen. Du entscheidest.',
    made: (when) => `Gemacht am ${when}`,
    countNow: 'Jetzt zählen',
    forget: 'Vergessen',
  },

  several: {
    open: 'Mehrere auf einmal',
    how: 'Anrufe gemacht',
    add: (amount) => `${words.calls(amount)} zählen`,
    explain: 'Jeder lässt sich einzeln zurücknehmen.',
  },

  outcome: {
    title: 'Wie liefen sie?',
    at: (time) => `Anruf um ${time}`,
    nth: (number) => `Anruf ${number}`,
    none: 'Keine Angabe',
    of: { noAnswer: 'Nicht erreicht', voicemail: 'Anrufbeantworter', talked: 'Gesprochen', meeting: 'Termin', wrongNumber: 'Falsche Nummer' },
  },

  reward: {
    goal: 'Das Tagesziel ist erreicht. Ab jetzt ist alles Zugabe.',
    earned: (name) => `Verdient: antworte ${name}`,
    earnedMany: (amount) => `${plural(amount, 'Antwort', 'Antworten')} verdient`,
    answer: 'Antworten',
    answerName: (name) => `${name} antworten`,
  },

  rehearsal: {
    title: 'Deine Regel heute',
    rule: (calls) => `Wenn eine Mail nicht von einem Interessenten ist, mache ich ${calls < 11 ? spelt[calls] : number(calls)} ${calls === 1 ? 'Anruf' : 'Anrufe'}, dann beantworte ich sie.`,
    pieces: 'Dein Tag in Etappen',
    piece: (amount, unit, by) => `${unit === 'calls' ? words.calls(amount) : words.ofAmount(amount, unit)} ${by}`,
    begin: 'Anfangen',
    setting: 'Jeden Morgen die Regel durchgehen',
    settingExplain: 'Eine Karte mit deiner Regel und den Etappen des Tages, wenn du den Bereich zum ersten Mal öffnest.',
  },

  pin: {
    text: 'Hefte diesen Bereich mit der Nadel oben an: dann folgt er der Mail, die du auswählst.',
    done: 'Verstanden',
  },

  signInTrouble: {
    blocked: 'Der Browser hat das Anmeldefenster nicht geöffnet. Erlaube es für diese Seite und versuch es noch einmal.',
    cancelled: 'Die Anmeldung wurde geschlossen, bevor sie fertig war. Versuch es noch einmal, wann du magst.',
    consent: 'Zuerst muss deine Administration InboxGate freigeben.',
    offline: 'Die Anmeldung ist nicht erreichbar. Versuch es noch einmal, wenn du online bist.',
    foreign: 'InboxGate ist für die Organisation dieses Kontos nicht eingerichtet. Melde dich mit deinem Arbeitskonto an.',
    otherAccount: 'Das war ein anderes Konto als das dieses Postfachs. Melde dich mit dem Konto des Postfachs an, oder wähle dasselbe noch einmal, um damit weiterzumachen.',
  },

  settings: {
    title: 'Einstellungen',
    dryRun: 'Ansehen, was in den letzten 14 Tagen gewartet hätte',
    tomorrow: 'morgen',
    gate: 'Regel',
    gateExplain: 'Mails, die nicht von Interessenten sind, bitten um Anrufe vor der Antwort.',
    paused: (until) => `Pause bis ${until}`,
    resume: 'Pause beenden',
    pause: 'Pause',
    hour: '1 Stunde',
    today: 'Rest des Tages',
    until: 'Bis',
    untilSet: 'Pause machen',
    marks: 'Mails in der Nachrichtenliste markieren',
    marksExplain: 'Eine Kategorie wie „InboxGate: 3 calls first“ steht neben jeder wartenden Mail. Deine eigenen Kategorien bleiben.',
    marksProblem: {
      marksDenied: 'Noch nicht markiert: dafür fehlt eine Erlaubnis, die deine Administration geben kann. Es wird jeden Tag neu versucht.',
    },
    teams: 'Mit Microsoft Teams anrufen',
    teamsExplain: 'Sonst mit dem, womit dieses Gerät wählt.',
    marksOtherwise: 'Mails können gerade nicht markiert werden. Es wird von selbst neu versucht.',
    asking: 'Wird geladen …',
    failed: 'Nicht gespeichert.',
    saved: 'Gespeichert.',
    signOut: 'Abmelden',
  },
};
