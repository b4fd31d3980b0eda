import type { PrivacyWords } from './en';

export const privacyWords: PrivacyWords = {
  exportTitle: 'Eine Kopie mitnehmen',
  exportText: 'Alles, was InboxGate über Sie speichert: Anrufe, Tage, Plan, Listen und was in Ihrem Posteingang wartet. Ihre Führungskraft bekommt diese Datei nicht.',
  json: 'Als eine Datei sichern (JSON)',
  csv: 'Für eine Tabelle sichern (CSV)',
  saved: 'Gesichert.',
  exportFailed: 'Die Kopie konnte nicht erstellt werden.',

  eraseTitle: 'Alles löschen',
  eraseText: 'Ihre Anrufe, Tage, Serie, Ihr Plan, Ihre Ziele, Listen und Einstellungen verschwinden aus allen Tabellen. Das lässt sich nicht rückgängig machen.',
  erase: 'Alles über mich löschen …',
  confirm: 'Bevor Sie löschen',
  happens: [
    'Alle Ihre Anrufe und abgeschlossenen Tage verschwinden, und Ihre Führungskraft sieht keine Zahlen mehr von Ihnen.',
    'Ihre Mails werden nicht mehr beobachtet. Keine Mail wird verschoben oder gelöscht; unsere Kategorien werden entfernt.',
    'Klicks, die in diesem Browser warten, verfallen.',
    'Wenn Sie ein Team führen, verschwindet auch, was Sie dafür festgelegt haben.',
    'Wenn Sie InboxGate wieder öffnen, fangen Sie neu an, mit nichts.',
  ],
  sure: 'Ich verstehe, dass sich das nicht rückgängig machen lässt.',
  eraseNow: 'Endgültig löschen',
  keep: 'Alles behalten',
  erasing: 'Wird gelöscht …',
  eraseFailed: 'Noch ist nicht alles gelöscht. Versuchen Sie es noch einmal.',

  erased: 'Alles über Sie ist gelöscht. Wenn Sie sich wieder anmelden, fangen Sie neu an.',
  beingErased: 'Alles über Sie wird gelöscht; das endet in einer Weile von selbst. Wenn Sie sich danach wieder anmelden, fangen Sie neu an.',
  marksLeft: 'Kategorien, die mit „InboxGate:“ beginnen, können an einzelnen Mails geblieben sein; in Outlook können Sie sie entfernen.',
};
