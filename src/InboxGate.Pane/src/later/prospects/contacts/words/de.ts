import type { ContactWords } from './en';

const number = (amount: number) => amount.toLocaleString('de');

export const contactWords: ContactWords = {
  title: 'Outlook-Kontakte',
  explain: 'Personen aus einem Ordner oder einer Kategorie deiner Kontakte kommen auf deine Liste und folgen dem, was sich dort ändert. Gelesen werden nur Name, Firma, Adressen und Nummern.',
  failed: 'Deine Kontakte konnten nicht gelesen werden.',
  offline: 'Keine Verbindung. Es wurde nichts geändert.',

  folder: 'Ordner',
  category: 'Kategorie',
  kind: 'Sie sind',
  usual: 'Kontakte',
  all: 'Alle darin',
  choose: 'Auf dem Stand halten',
  enough: 'Kontakte kommen aus höchstens fünf Quellen. Gib eine frei, um eine andere zu wählen.',

  part: (folder, category) => `${folder}, Kategorie ${category}`,
  people: (count) => (count === 1 ? '1 Person' : `${number(count)} Personen`),
  readAt: (when) => `Stand ${when}`,
  reading: 'Wird gelesen',
  leave: 'Freigeben',
  leaveSpoken: (what) => `${what} freigeben`,
  left: (what) => `${what} füllt deine Liste nicht mehr.`,
  undo: 'Rückgängig',

  problem: {
    contactsDenied: 'InboxGate darf deine Kontakte nicht lesen. Deine Administration kann es erlauben; alles andere läuft weiter.',
    contactFolderGone: 'Diesen Ordner gibt es in deinem Postfach nicht mehr.',
    contactsTooMany: 'Es sind mehr als 20.000: Der Rest bleibt außen vor.',
    throttled: 'Microsoft bittet um eine Pause. Deine Kontakte werden etwas später gelesen.',
    signInNeeded: 'Microsoft bittet dich, dich erneut anzumelden.',
  },
  problemOtherwise: 'Deine Kontakte können gerade nicht gelesen werden. Es wird von selbst wieder versucht.',
};
