// Lists as ProspectsController.cs and its neighbours tell them, and what is said to them.
import { ApiError, json, type Api } from '../../api';
import { instant, list, maybe, shape, text, whole, yesNo } from '../../board';
import { prospectWords } from './words';

export interface Entry {
  entry: string;
  kind: string;
  name: string | null;
  company: string | null;
  /** E.164. */
  phone: string | null;
  timeZones: string[];
  doNotCall: boolean;
  source: string;
  setAt: string;
  usedOn: string | null;
  /** Whose list it is on: `rep`, `team`, `tenant`. */
  scope: string;
  /** Further addresses and numbers; told of a single entry alone. */
  others: string[] | null;
}

/** What a list is asked through, whoever's it is. */
export interface ListEnds {
  /** Where the list is: `/api/prospects`. */
  base: string;
  /** Whether the lists of the team and of the company can be looked at beside it. */
  hasWider: boolean;
  call: Api['call'];
  /** A change of the list may have decided gates anew. */
  changed(): void;
  failed(error: unknown): void;
}

/** What may be listed; a machine or a stranger may not. */
export const kinds = ['prospect', 'customer', 'colleague', 'vip', 'other'] as const;

const entry = shape<Entry>({
  entry: text,
  kind: text,
  name: maybe(text),
  company: maybe(text),
  phone: maybe(text),
  timeZones: list(text),
  doNotCall: yesNo,
  source: text,
  setAt: instant,
  usedOn: maybe(text),
  scope: text,
  others: maybe(list(text)),
});

export interface Page { entries: Entry[]; next: string | null; total: number }
export const readPage = (value: unknown): Page => shape<Page>({ entries: list(entry), next: maybe(text), total: whole })(value, 'prospects');

export interface Changed { entry: Entry | null; was: Entry | null }
export const readChanged = (value: unknown): Changed => shape<Changed>({ entry: maybe(entry), was: maybe(entry) })(value, 'prospect');

export interface Statement {
  kind: string;
  name: string | null;
  company: string | null;
  phone: string | null;
  timeZone: string | null;
  doNotCall: boolean;
  others?: string[];
}

/** All that is known of an entry, as it is said to the list again. */
export const statementOf = ({ kind, name, company, phone, timeZones, doNotCall, others }: Entry): Statement => ({
  kind, name, company, phone, doNotCall,
  // Several zones only follow from the number, and do again.
  timeZone: timeZones.length === 1 ? timeZones[0]! : null,
  ...(others ? { others } : {}),
});

type Named = Pick<Entry, 'name' | 'company' | 'entry' | 'phone'>;

export const titleOf = ({ name, company, entry }: Named): string => name ?? company ?? entry;

/** What stands beneath the title: whatever is not in it. */
export const detailsOf = (one: Named): string[] =>
  [one.company, one.entry, one.phone].filter((each): each is string => each !== null && each !== titleOf(one)).filter((each, at, all) => all.indexOf(each) === at);

export const entryPath = (base: string, key: string): string => `${base}/${encodeURIComponent(key)}`;

export async function askJson(ends: ListEnds, method: string, path: string, body?: unknown): Promise<unknown> {
  return json(await ends.call(method, path, body));
}

/** In the reader's language where the server was not the one to speak. */
export function saidOf(ends: ListEnds, error: unknown): string {
  if (error instanceof ApiError && error.failure === 'signedOut') ends.failed(error);
  if (error instanceof ApiError && error.failure === 'offline') return prospectWords.offline;
  return error instanceof Error ? error.message : String(error);
}
