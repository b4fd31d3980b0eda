// The words of the pane in English, the model of the other tables: one that misses a key does not compile.
// Numbers first, one next action, "held" never "blocked".
import type { Checkpoint } from '../board';

const plural = (amount: number, one: string, many: string) => `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
const calls = (amount: number) => plural(amount, 'call', 'calls');
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'email', 'emails') : unit === 'meetings' ? plural(amount, 'meeting', 'meetings') : calls(amount);

const wholeHours = ['Twelve', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven'];

/** "9:00" read aloud where it is a whole hour. */
function hourName(name: string): string {
  const match = /^(\d{1,2}):00$/.exec(name);
  return match ? `${wholeHours[Number(match[1]) % 12]} o’clock` : name;
}


export const words = {
  /** What Intl goes by. The server names its checkpoints by the clock of 24 hours, and so do the times beside them. */
  locale: 'en-u-hc-h23',
  direction: 'ltr' as 'ltr' | 'rtl',
  product: 'InboxGate',
  /** For sentences of other tables. */
  calls,
  ofAmount: amountOf,
  today: 'Today',
  callsOf: (goal: number) => (goal > 0 ? `of ${calls(goal)}` : 'calls'),
  callsSpoken: (done: number, goal: number) => (goal > 0 ? `${done} of ${calls(goal)} today` : `${calls(done)} today`),
  goalMet: 'Day’s goal met',
  dayOff: 'A day off. No goal today.',
  streak: (days: number) => `${plural(days, 'day', 'days')} in a row`,
  counts: (unit: string, done: number, goal: number) =>
    goal > 0 ? `${done} of ${amountOf(goal, unit)}` : amountOf(done, unit),
  asOf: (time: string) => `as of ${time}`,
  checkpoints: 'Checkpoints',
  checkpointName: ({ key, name }: Pick<Checkpoint, 'key' | 'name'>) =>
    key === 'lunch' ? 'Lunch' : key === 'leaving' ? 'Leaving' : name,
  checkpointState: { kept: 'kept', missed: 'passed', next: 'next', later: 'later' },
  checkpointSpoken: (name: string, due: number, unit: string, state: string) => `${name}: ${amountOf(due, unit)}, ${state}`,
  by: ({ key, name }: Pick<Checkpoint, 'key' | 'name'>) =>
    key === 'lunch' ? 'by lunch' : key === 'leaving' ? 'before you leave' : `by ${name}`,
  kept: ({ key, name }: Pick<Checkpoint, 'key' | 'name'>) =>
    `${key === 'lunch' ? 'Lunch' : key === 'leaving' ? 'The day' : hourName(name)} kept.`,
  keptThenNext: (kept: string, due: number, by: string) => `${kept} Next: ${due} ${by}.`,
  /** Early the part done is the smaller one, late the part to go: name the smaller. */
  progress: (done: number, due: number, by: string) =>
    done * 2 < due ? `${done} done of ${due} ${by}.` : `${due - done} to go ${by}.`,

  nextStep: {
    offHours: 'Off hours: answer what you like.',
    gate: (amount: number, name: string | null) => `${calls(amount)}, then ${name ? `answer ${name}` : 'your answer is earned'}.`,
    small: (amount: number, unit: string | null) => `Make ${amountOf(amount, unit)}.`,
    emails: (amount: number) => `Write ${plural(amount, 'email', 'emails')} to prospects.`,
    done: 'Done: everything now is extra.',
    noGoal: 'No goal today. Every call counts.',
  },

  callMade: 'Call made',
  callMadeOf: (number: number, of: number) => `Call made (${number} of ${of})`,
  undo: 'Undo last call',
  announceCall: (done: number) => `${calls(done)} today.`,
  announceUndo: (done: number) => `Taken back. ${calls(done)} today.`,
  waitingToBeSent: (amount: number) => `${calls(amount)} waiting to be sent`,

  gate: {
    title: 'This message',
    calls: (amount: number) => `${calls(amount)} before this answer`,
    dots: (made: number, required: number) => `${made} of ${calls(required)} made`,
    earned: 'Earned: answer it',
    earnedReply: 'Earned: send it',
    reply: 'Reply',
    off: 'Answer it when you like.',
    closed: {
      answered: 'Answered.',
      waived: 'Answer it now. The reason stays with you.',
      expired: 'Its time has passed. Answer it when you like.',
      released: 'No calls needed. Answer it when you like.',
    },
    checking: 'Looking at this message…',
    unchecked: 'This message could not be checked. Answer it when you like.',
    none: 'No message selected. Select one to see where its answer stands.',
    several: 'Several messages selected. Select one to see where its answer stands.',
    newMail: 'A new mail: no calls needed.',
    replyFree: 'This reply needs no calls.',
    invitation: 'An invitation: no calls needed.',
    unsupported: 'Nothing to check here: no calls needed.',
    shared: 'A shared mailbox: no calls needed.',
    notInOutlook: 'Open InboxGate in Outlook to see where each message stands.',
  },

  someone: 'Someone',

  /** What a message without a gate says, by the kind of its sender. */
  free: {
    prospect: 'A prospect: answer first.',
    customer: 'A customer: no calls needed.',
    colleague: 'A colleague: no calls needed.',
    vip: 'Answer it now: no calls needed.',
    other: 'No calls needed.',
    automated: 'A machine wrote this: no calls needed.',
    unknown: 'New sender: prospect?',
  },

  kind: {
    prospect: 'Prospect',
    customer: 'Customer',
    colleague: 'Colleague',
    vip: 'VIP',
    other: 'Not a prospect',
    automated: 'Automated',
    unknown: 'New sender',
  },

  /** In English the server’s own words stand (VerdictWords.cs); the other languages word its reason codes here. */
  because: null as Because | null,

  banner: {
    calls: (amount: number) => `${calls(amount)} before this answer`,
    earned: 'Earned: answer it',
    unknown: 'New sender: prospect?',
  },

  gateOff: {
    offHours: 'Off hours: answer what you like.',
    outOfOffice: 'Automatic replies are on: nothing is held.',
    mailboxUnreachable: 'The gate is off: your mailbox cannot be reached. Everything may be answered.',
    notWatching: 'The gate is off: your mailbox is not watched yet. Everything may be answered.',
    paused: 'The gate is paused. Everything may be answered.',
  },
  settings: 'Settings',
  gateOffOtherwise: 'The gate is off. Everything may be answered.',

  link: {
    loading: 'Loading…',
    offline: 'Offline. Calls you log are kept and sent later; everything may be answered.',
    error: 'The board could not be loaded. Everything may be answered.',
    retry: 'Try again',
    signedOutTitle: 'Three calls, then the answer',
    signedOut: 'InboxGate counts your prospecting calls and shows when an answer is earned. Nothing in your inbox is hidden or held back.',
    signedOutShort: 'Signed out. Calls you log are kept and sent when you are back.',
    signIn: 'Sign in',
    signInFailed: 'Sign-in did not finish. Try again, or ask your administrator to approve InboxGate.',
  },
};

/** Why a sender is what it is, by the server’s reason codes. */
export type Because = Record<Reason, (about: { name: string; match: string; kind: string }) => string>;
export type Reason = 'self' | 'listedAddress' | 'manager' | 'machine' | 'listedDomain' | 'tenantDomain' | 'youWroteFirst' | 'unknownSender';

export type Words = typeof words;
