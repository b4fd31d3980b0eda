// The words of the list of prospects in English, the model of the other tables.
import type { Field, Report } from '../importing';

/** A calendar day, the same everywhere. */
const day = (date: string) => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date));
const number = (amount: number) => amount.toLocaleString('en');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount === 1 ? one : many}`;

type Counts = Pick<Report, 'added' | 'updated' | 'unchanged' | 'rejected'>;
const parts = ({ added, updated, unchanged, rejected }: Counts) =>
  `${number(added)} new, ${number(updated)} changed, ${number(unchanged)} as they are${rejected > 0 ? `, ${number(rejected)} left out` : ''}.`;

export const prospectWords = {
  list: 'List',
  tryAgain: 'Try again',
  undo: 'Undo',
  kinds: { prospect: 'Prospect', customer: 'Customer', colleague: 'Colleague', vip: 'VIP', other: 'Not a prospect' } as Record<string, string>,
  search: 'Name, company, address or number',
  kind: 'Kind',
  allKinds: 'All kinds',
  wider: 'The team’s and the company’s too',
  scopes: { team: 'team’s', tenant: 'company’s' } as Record<string, string>,
  asking: 'Reading your list.',
  failed: 'That did not work.',
  offline: 'The server cannot be reached.',
  total: (total: number) => plural(total, 'entry', 'entries'),
  none: 'Nobody is on this list yet. A file from your CRM or from Outlook fills it.',
  noneFound: 'Nobody like that is on this list.',
  more: 'Show more',
  add: 'Add somebody',
  csv: 'Save as CSV',
  csvSaved: 'Saved.',
  sources: { said: 'said by hand', import: 'from a file', contacts: 'from contacts' } as Record<string, string>,
  used: (date: string) => `last used ${day(date)}`,
  neverUsed: 'not used yet',
  entry: 'Address, domain or number',
  name: 'Name',
  company: 'Company',
  phone: 'Number',
  timeZone: 'Time zone',
  doNotCall: 'Do not call',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Take off the list',
  saved: (name: string) => `${name}: saved.`,
  removed: (name: string) => `${name} is off the list.`,

  import: {
    title: 'Import a file',
    choose: 'Choose a file',
    another: 'Choose another file',
    drop: 'Or drop it here: CSV, with a comma, semicolon or tab between.',
    looking: 'Looking at the file.',
    failed: 'The file was not taken.',
    would: (counts: Counts) => `This would be: ${parts(counts)}`,
    did: (counts: Counts) => `Done: ${parts(counts)}`,
    columns: 'What the columns mean',
    column: 'Column',
    means: 'Means',
    meansNamed: (column: string) => `Meaning of ${column}`,
    columnAt: (position: number) => `Column ${number(position)}`,
    fields: {
      email: 'Email address', email2: 'Second email address', email3: 'Third email address', firstName: 'First name', lastName: 'Last name',
      name: 'Full name', company: 'Company', domain: 'Website', phone: 'Phone', mobile: 'Mobile phone', status: 'Status', lifecycle: 'Lifecycle stage',
      type: 'Type', timeZone: 'Time zone', country: 'Country', doNotCall: 'Do not call', id: 'Record ID', ignore: '(left out)',
    } satisfies Record<Field, string>,
    sample: 'The first rows',
    conflicts: (amount: number) => `The file says another kind of ${plural(amount, 'entry', 'entries')} than your list does, or than another of its lines.`,
    notes: (amount: number) => `${plural(amount, 'note', 'notes')} on what was taken`,
    onConflict: { keep: 'Keep what my list says', file: 'Take what the file says' },
    removeMissing: 'Take off the list what this file does not have',
    wouldRemove: (amount: number) => (amount === 0 ? 'Nobody would come off the list.' : `${plural(amount, 'entry', 'entries')} would come off the list:`),
    go: (rows: number) => `Import ${plural(rows, 'row', 'rows')}`,
    importing: (file: string) => `Importing ${file}.`,
    rowsRead: (rows: number) => `${plural(rows, 'row', 'rows')} so far`,
    cancelled: 'Cancelled. Nothing was changed.',
    removed: (amount: number) => `${plural(amount, 'entry is', 'entries are')} off the list.`,
    removalUndone: 'They are back on the list.',
    rejected: (amount: number) => `${plural(amount, 'row', 'rows')} left out: why`,
    line: (line: number) => `Line ${number(line)}:`,
    problemsMore: (amount: number) => `and ${number(amount)} more`,
    rejectedCsv: 'Save those rows as CSV',
    /** The server's own words say it in English (ImportProblemCode.cs), and quote the cell. */
    problems: {} as Record<string, string>,
  },
};

export type ProspectWords = typeof prospectWords;
