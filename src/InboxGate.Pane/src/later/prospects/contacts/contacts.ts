// Outlook contacts on the list, as ContactsController.cs tells of them.
import type { Api } from '../../../api';
import { instant, list, maybe, shape, text, whole, yesNo } from '../../../board';

export interface Source {
  /** Empty for the mailbox's default folder. */
  folderId: string;
  /** Null for the default folder. */
  folderName: string | null;
  /** Empty for everybody in the folder. */
  category: string;
  kind: string;
  readAt: string | null;
  reading: boolean;
  entries: number;
  problem: string | null;
}

export interface Contacts {
  /** Whether contacts can be read just now. */
  available: boolean;
  problem: string | null;
  folders: { id: string; name: string }[];
  categories: string[];
  sources: Source[];
}

export interface Choice { folderId: string; category: string; kind: string }

/** What contacts are asked through. */
export interface ContactEnds {
  ask: Api['ask'];
  /** The list, and with it gates, may have changed. */
  changed(): void;
  failed(error: unknown): void;
}

export const path = '/api/prospects/contacts';

/** As many as the server takes (ContactSources.cs). */
export const mostSources = 5;

const source = shape<Source>({
  folderId: text, folderName: maybe(text), category: text, kind: text, readAt: maybe(instant), reading: yesNo, entries: whole, problem: maybe(text),
});

export const readContacts = (value: unknown): Contacts => shape<Contacts>({
  available: yesNo, problem: maybe(text), folders: list(shape({ id: text, name: text })), categories: list(text), sources: list(source),
})(value, 'contacts');

export const readSources = (value: unknown): Source[] => shape<{ sources: Source[] }>({ sources: list(source) })(value, 'contacts').sources;

export const leavePath = ({ folderId, category }: Pick<Choice, 'folderId' | 'category'>): string =>
  `${path}?folderId=${encodeURIComponent(folderId)}&category=${encodeURIComponent(category)}`;
