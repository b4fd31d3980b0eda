// The words of the managers' page in English, the model of the other tables. Numbers are told, nobody is ranked or scolded.
import type { SignInTrouble } from '../../auth';

const number = (amount: number) => amount.toLocaleString('en');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount === 1 ? one : many}`;

export const teamWords = {
  title: 'Team',
  tabs: { team: 'My team', rules: 'Rules of my team', company: 'Company' },
  loading: 'Reading your team.',
  asOf: (time: string) => `As of ${time}`,
  offline: 'The server cannot be reached. What is here may be older.',
  offlineEmpty: 'The server cannot be reached.',
  broken: 'The team could not be read.',
  tryAgain: 'Try again',
  partFailed: 'This could not be loaded. It works again once you are online.',

  signedOut: 'Your team’s calls, emails and meetings against what was asked.',
  signIn: 'Sign in',
  signingIn: 'Waiting for the sign-in window.',
  signOut: 'Sign out',
  otherAccount: 'Sign in with another account',
  trouble: {
    blocked: 'The browser did not open the sign-in window. Allow it for this page, then try again.',
    cancelled: 'Sign-in was closed before it finished. Try again when you like.',
    consent: 'An administrator has to approve InboxGate first.',
    offline: 'Sign-in cannot be reached. Try again when you are online.',
    foreign: 'InboxGate is not set up for this account’s organization. Sign in with your work account.',
    otherAccount: 'That was another account. Sign in again.',
    failed: 'Sign-in did not work. Try again.',
  } satisfies Record<SignInTrouble, string>,

  forbidden: {
    title: 'You need the Manager role to see a team.',
    text: 'An administrator gives it in Microsoft Entra, as the app role “Manager” of InboxGate. After that, sign in again.',
  },
  empty: {
    title: 'Nobody is in your team yet.',
    text: 'Reps appear here when they have opened InboxGate for the first time. Who reports to whom comes from the directory; an administrator can say otherwise.',
    transitive: 'Look at the teams below yours',
  },
  totalsOnly: 'Your organization shows totals alone, never single reps.',
  tooFew: 'Totals are shown from five reps on.',

  reps: (amount: number) => plural(amount, 'rep', 'reps'),
  column: { name: 'Name', calls: 'Calls today', emails: 'Emails today', meetings: 'Meetings today', target: 'Against target', onTrack: 'On track' },
  whole: 'Whole team',
  nameless: 'Name unknown',
  unit: { calls: 'Calls', emails: 'Emails', meetings: 'Meetings' },
  period: { day: 'today', week: 'this week', month: 'this month', quarter: 'this quarter' },
  ofGoal: (goal: number) => `of ${number(goal)}`,
  noGoal: 'no goal',
  targetName: (unit: string, period: string) => `${unit} ${period}`,
  targetDone: (done: number, due: number) => `${number(done)} of ${number(due)}`,
  /** Of the small picture. */
  pace: (done: number, due: number, pace: number) => `${number(done)} of ${number(due)} done; an even pace is at ${number(pace)}`,
  noTarget: 'Nothing is asked yet',
  onTrack: 'On track',
  ahead: (amount: number) => `${number(amount)} ahead of an even pace`,
  atPace: 'At an even pace',
  behind: (amount: number) => `${number(amount)} to an even pace`,
  notOnTrack: 'Below an even pace',
  unreachable: 'More than the days left can bring: worth a talk',
  onTrackOf: (onTrack: number, reps: number) => `${number(onTrack)} of ${number(reps)}`,

  search: 'Search by name',
  noneFound: 'Nobody in the team has that name.',
  sort: 'Sort by',
  ascending: 'Rising',
  descending: 'Falling',
  transitive: 'Also the teams below mine',
  csv: 'Save as CSV',
  csvFailed: 'The file could not be fetched.',
  more: 'The rest of the team is being drawn.',
};

export type TeamWords = typeof teamWords;
