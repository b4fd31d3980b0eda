// What the ribbon's button, the send reminder and the bar above a reply say. Small tables of their own: the bundle
// is loaded for every mail that is written. Where the pane (../words) says the same, it says it in the same words. A button of the send dialog holds 20 characters, a bar 150.

interface Table {
  callMade: string;
  owed(calls: number): string;
  /** How many calls today, after one that no answer waits for. */
  today(calls: number): string;
  earned: string;
  /** Said where the answer is written already and only has to be sent. */
  earnedToSend: string;
  waiting(calls: number): string;
  notCounted: string;
  open: string;
  /** Ends a sentence, and stands between two. */
  stop: string;
  gap: string;
}

function plural(amount: number, one: string, many: string): string {
  if (amount === 1) return `${amount} ${one}`;
  return `${amount} ${many}`;
}

const en: Table = {
  callMade: 'Call made',
  owed: (calls) => `${plural(calls, 'call', 'calls')} before this answer`,
  today: (calls) => `${calls} today`,
  earned: 'Earned: answer it',
  earnedToSend: 'Earned: send it',
  waiting: (calls) => `${plural(calls, 'call', 'calls')} waiting to be sent`,
  notCounted: 'This call was not counted. Open InboxGate to log it.',
  open: 'Open InboxGate',
  stop: '.',
  gap: ' ',
};

const de: Table = {
  callMade: 'Anruf erledigt',
  owed: (calls) => `${plural(calls, 'Anruf', 'Anrufe')} vor dieser Antwort`,
  today: (calls) => `Heute ${calls}`,
  earned: 'Verdient: jetzt antworten',
  earnedToSend: 'Verdient: jetzt senden',
  waiting: (calls) => `${plural(calls, 'Anruf', 'Anrufe')} noch zu senden`,
  notCounted: 'Dieser Anruf wurde nicht gezählt. Öffne InboxGate und trage ihn dort ein.',
  open: 'InboxGate öffnen',
  stop: '.',
  gap: ' ',
};

const fr: Table = {
  callMade: 'Appel passé',
  owed: (calls) => `${plural(calls, 'appel', 'appels')} avant cette réponse`,
  today: (calls) => `${calls} aujourd’hui`,
  earned: 'Mérité : vous pouvez répondre',
  earnedToSend: 'Mérité : vous pouvez envoyer',
  waiting: (calls) => `${plural(calls, 'appel', 'appels')} à envoyer`,
  notCounted: 'Cet appel n’a pas été compté. Ouvrez InboxGate pour l’enregistrer.',
  open: 'Ouvrir InboxGate',
  stop: '.',
  gap: ' ',
};

const es: Table = {
  callMade: 'Llamada hecha',
  owed: (calls) => `${plural(calls, 'llamada', 'llamadas')} antes de esta respuesta`,
  today: (calls) => `${calls} hoy`,
  earned: 'Ganada: ya puedes responder',
  earnedToSend: 'Ganada: ya puedes enviarla',
  waiting: (calls) => `${plural(calls, 'llamada', 'llamadas')} por enviar`,
  notCounted: 'Esta llamada no se ha contado. Abre InboxGate para registrarla.',
  open: 'Abrir InboxGate',
  stop: '.',
  gap: ' ',
};

const ja: Table = {
  callMade: '電話済み',
  owed: (calls) => `返信の前に電話${calls}件`,
  today: (calls) => `本日${calls}件`,
  earned: '達成：返信できます',
  earnedToSend: '達成：送信できます',
  waiting: (calls) => `電話${calls}件が送信待ち`,
  notCounted: 'この電話は数えられていません。InboxGateを開いて記録してください。',
  open: 'InboxGateを開く',
  stop: '。',
  gap: '',
};

const tables: { [language: string]: Table } = { en, de, fr, es, ja };

/** The table of a language such as "de-AT"; English where there is none. */
export function wordsOf(language: string | null | undefined): Table {
  const asked = String(language).toLowerCase().split('-')[0];
  const known = Object.keys(tables).filter((key) => key === asked)[0] || 'en';
  return tables[known] as Table;
}

export function sentences(words: Table, parts: string[]): string {
  return parts.map((part) => part + words.stop).join(words.gap);
}
