// The words of the rep's own data in English, the model of the other tables.
export const privacyWords = {
  exportTitle: 'Take a copy',
  exportText: 'Everything InboxGate keeps about you: calls, days, plan, lists, and what waits in your inbox. Your manager cannot get this file.',
  json: 'Save as one file (JSON)',
  csv: 'Save for a spreadsheet (CSV)',
  saved: 'Saved.',
  exportFailed: 'The copy could not be made.',

  eraseTitle: 'Erase everything',
  eraseText: 'Your calls, days, streak, plan, targets, lists and settings go from every table. It cannot be undone.',
  erase: 'Erase everything about me…',
  confirm: 'Before you erase',
  happens: [
    'All your calls and finished days go, and your manager sees no numbers of yours any more.',
    'Mail is no longer watched. No mail is moved or deleted; our categories are taken off it.',
    'Clicks that wait in this browser are dropped.',
    'If you lead a team, what you set for it goes too.',
    'If you open InboxGate again you begin anew, with nothing.',
  ],
  sure: 'I understand that this cannot be undone.',
  eraseNow: 'Erase for good',
  keep: 'Keep everything',
  erasing: 'Erasing…',
  eraseFailed: 'Not everything is erased yet. Try again.',

  erased: 'Everything about you has been erased. If you sign in again you begin anew.',
  beingErased: 'Everything about you is being erased; that ends by itself in a while. If you sign in again afterwards you begin anew.',
  marksLeft: 'Categories that begin with “InboxGate:” may have stayed on some mail; you can remove them in Outlook.',
};

export type PrivacyWords = typeof privacyWords;
