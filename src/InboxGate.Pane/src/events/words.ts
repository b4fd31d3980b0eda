// What the ribbon's button, the send reminder and the bar above a reply say. Small tables of their own: the bundle
// is loaded for every mail that is written. A button of the send dialog holds 20 characters, a bar 150.

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
  owed: (calls) => `Noch ${plural(calls, 'Anruf', 'Anrufe')} bis zu dieser Antwort`,
  today: (calls) => `Heute ${calls}`,
  earned: 'Verdient: jetzt antworten',
  earnedToSend: 'Verdient: jetzt senden',
  waiting: (calls) => `${plural(calls, 'Anruf wartet', 'Anrufe warten')} auf das Senden`,
  notCounted: 'Dieser Anruf wurde nicht gezählt. Bitte InboxGate öffnen und dort erfassen.',
  open: 'InboxGate öffnen',
  stop: '.',
  gap: ' ',
};

const fr: Table = {
  callMade: 'Appel passé',
  owed: (calls) => `Encore ${plural(calls, 'appel', 'appels')} avant cette réponse`,
  today: (calls) => `${calls} aujourd’hui`,
  earned: 'C’est gagné : répondez',
  earnedToSend: 'C’est gagné : envoyez',
  waiting: (calls) => `${plural(calls, 'appel', 'appels')} en attente d’envoi`,
  notCounted: 'Cet appel n’a pas été compté. Ouvrez InboxGate pour l’enregistrer.',
  open: 'Ouvrir InboxGate',
  stop: '.',
  gap: ' ',
};

const es: Table = {
  callMade: 'Llamada hecha',
  owed: (calls) => {
    if (calls === 1) return 'Falta 1 llamada antes de esta respuesta';
    return `Faltan ${calls} llamadas antes de esta respuesta`;
  },
  today: (calls) => `${calls} hoy`,
  earned: 'Ganada: ya puede responder',
  earnedToSend: 'Ganada: ya puede enviarla',
  waiting: (calls) => `${plural(calls, 'llamada pendiente', 'llamadas pendientes')} de envío`,
  notCounted: 'Esta llamada no se ha contado. Abra InboxGate para registrarla.',
  open: 'Abrir InboxGate',
  stop: '.',
  gap: ' ',
};

const ja: Table = {
  callMade: '電話済み',
  owed: (calls) => `この返信まであと${calls}件の電話`,
  today: (calls) => `本日${calls}件`,
  earned: '達成：返信できます',
  earnedToSend: '達成：送信できます',
  waiting: (calls) => `送信待ちの電話：${calls}件`,
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
