// The words of the contacts in English, the model of the other tables.
const number = (amount: number) => amount.toLocaleString('en');

export const contactWords = {
  title: 'Outlook contacts',
  explain: 'People in a folder or a category of your contacts come to your list, and follow what changes there. Only name, company, addresses and numbers are read.',
  failed: 'Your contacts could not be read.',
  offline: 'No connection. Nothing was changed.',

  folder: 'Folder',
  category: 'Category',
  kind: 'They are',
  /** The mailbox's own folder. */
  usual: 'Contacts',
  all: 'Everybody in it',
  choose: 'Keep these in step',
  enough: 'Contacts come from five places at most. Let one go to choose another.',

  /** A folder and a category in it. */
  part: (folder: string, category: string) => `${folder}, category ${category}`,
  people: (count: number) => (count === 1 ? '1 person' : `${number(count)} people`),
  readAt: (when: string) => `as of ${when}`,
  reading: 'Being read',
  leave: 'Let go',
  leaveSpoken: (what: string) => `Let go of ${what}`,
  left: (what: string) => `${what} no longer fills your list.`,
  undo: 'Undo',

  problem: {
    contactsDenied: 'InboxGate may not read your contacts. Your administrator can allow it; everything else goes on.',
    contactFolderGone: 'This folder is no longer in your mailbox.',
    contactsTooMany: 'There are more than 20,000: the rest is left out.',
    throttled: 'Microsoft asks for a pause. Your contacts are read a little later.',
    signInNeeded: 'Microsoft asks you to sign in again.',
  },
  problemOtherwise: 'Your contacts cannot be read just now. It is tried again by itself.',
};

export type ContactWords = typeof contactWords;
