// The words of the parts that come later, in English: the model of the other tables. The server's words for a
// mailbox's problems (MailboxProblem.cs) say the same.
import type { Board } from '../../board';
import { words } from '../../words';

const number = (amount: number) => amount.toLocaleString('en');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount === 1 ? one : many}`;

const periods: Record<string, string> = { day: 'today', week: 'this week', month: 'this month', quarter: 'this quarter' };

const spelt = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const few = (amount: number) => (amount < spelt.length ? spelt[amount]! : number(amount));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Calls are what is spoken of where nothing else is said. */
const amountOf = (amount: number, unit: string) => (unit === 'calls' ? number(amount) : words.counts(unit, amount, 0));
const ordinal = (day: number) => `${day}${day % 100 > 10 && day % 100 < 14 ? 'th' : ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`;

export const laterWords = {
  problem: {
    consentMissing: 'Gate is off: your organization has not yet allowed InboxGate to see your mailbox. Your administrator can.',
    accessDenied: 'Gate is off: InboxGate may not see your mailbox. Your administrator can allow it.',
    mailboxNotFound: 'Gate is off: Microsoft finds no mailbox for you. Your administrator can look into it.',
    secretExpired: 'Gate is off: InboxGate’s own sign-in has run out. Your administrator can renew it.',
    tokenRefused: 'Gate is off: InboxGate cannot sign in to Microsoft. Your administrator can look into it.',
    signInNeeded: 'Gate is off: Microsoft asks you to sign in again.',
    signInRefused: 'Gate is off: Microsoft refuses InboxGate’s sign-in. Your administrator can look into it.',
    graphUnavailable: 'Gate is off: Microsoft does not answer at the moment. It comes back by itself.',
    watchFailed: 'Gate is off: InboxGate has a problem of its own. It tries again by itself.',
  },
  meanwhile: 'Everything may be answered until then. Calls count as always.',
  signInAgain: 'Sign in again',
  throttled: 'Microsoft asks for a pause: new mail is seen a little later.',
  change: 'Change',

  catchingUp: (read: number, of: number | null) =>
    of === null ? `Catching up: ${plural(read, 'mail', 'mails')} so far` : `Catching up: ${number(read)} of ${number(of)} mails`,

  /** `hours` is null on a day that is not worked. */
  assumed: (what: { timeZone: boolean; workingHours: boolean }, hours: string | null, timeZone: string) => {
    const unknown = what.timeZone && what.workingHours ? 'Working hours and time zone' : what.timeZone ? 'Time zone' : 'Working hours';
    const taken = what.workingHours && hours ? `${hours}, ${timeZone}` : timeZone;
    return `${unknown} unknown: ${taken}. Your settings in Outlook or your administrator can mend that.`;
  },
  hours: (from: string, to: string) => `${from} to ${to}`,
  delegated: 'Sent mail is counted when this pane is opened: counts may lag.',

  firstRun: {
    title: 'Try the gate on your last 14 days',
    text: 'See which mail it would have held, and correct it where it is wrong.',
    look: 'See the last 14 days',
    later: 'Not now',
  },

  close: 'Close',
  tryAgain: 'Try again',
  sheetFailed: 'This could not be loaded. It works again once you are online.',
  plan: { title: 'My plan', open: 'Change your plan and days off' },
  prospects: { title: 'Prospects', open: 'See your prospects' },
  history: { title: 'Looking back', open: 'See your last weeks' },
  privacy: { title: 'Your data', open: 'Save or erase your data' },
  dryRun: {
    title: 'The last 14 days',
    asking: 'Reading who wrote and when. Nothing is stored.',
    askingAgain: 'Looking again…',
    failed: 'The last 14 days could not be read.',
    heldOf: (mails: number) => `of ${plural(mails, 'mail', 'mails')} would be held`,
    since: (date: string) => `Since ${date}.`,
    joined: (amount: number) => `${plural(amount, 'more mail', 'more mails')} in a conversation that already waited.`,
    passed: (amount: number) => `${plural(amount, 'mail', 'mails')} to answer at once.`,
    shared: (calls: number) => `${plural(calls, 'call frees', 'calls free')} everything that waits, however much it is.`,
    truncated: (date: string) => `There was more mail than is read at once: this begins on ${date}.`,
    noMail: (date: string) => `No mail came in since ${date}.`,
    noneHeld: 'Nothing would have been held.',
    caption: 'Held mail by sender',
    sender: 'Sender',
    held: 'Held',
    mails: 'Mails',
    callsFirst: (calls: number) => (calls > 0 ? `${plural(calls, 'call', 'calls')} first` : 'no calls'),
    passedTitle: (senders: number) => `${plural(senders, 'sender', 'senders')} to answer at once`,
    passedCaption: 'Mail to answer at once, by sender',
    more: (senders: number) => `and ${plural(senders, 'more sender', 'more senders')}`,
    decide: 'Then decide',
    keepOn: 'Keep the gate on',
    turnOn: 'Turn the gate on',
    keepOff: 'Keep it off for now',
    turnOff: 'Turn it off for now',
    pause: 'Pause until tomorrow',
  },

  correct: {
    open: 'Wrong sender kind?',
    ask: 'Who is this?',
    scope: 'Applies to',
    address: 'this address',
    domain: (domain: string) => `everyone at ${domain}`,
    made: (entry: string, kind: string) => `${entry} is now: ${kind}.`,
    undo: 'Undo',
  },

  waiver: {
    open: 'Answer now',
    title: 'Answer now, because…',
    left: (left: number, today: number) =>
      left > 0 ? `${left} of ${left + today} left` : 'None left today; it still works',
    leftTitle: 'Emergency answers',
    leftSpelt: (left: string) => `Emergency answers: ${left.toLowerCase()}.`,
    reasons: ['A customer is waiting', 'My manager asked', 'It takes a minute'],
    own: 'Another reason',
    send: 'Answer now',
    takeBack: 'Take it back',
    private: 'Only you see the reason.',
  },

  waiting: {
    title: 'Waiting',
    summary: (held: number, oldest: string) => `${held} held, oldest ${oldest}`,
    earned: 'Earned',
    left: (amount: number) => `${words.calls(amount)} to go`,
    none: 'Nothing is waiting.',
    noSubject: '(no subject)',
    more: (amount: number) => `and ${amount} more`,
  },

  age: (minutes: number) =>
    minutes < 1 ? 'just now' : minutes < 60 ? `${minutes} min` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h` : plural(Math.floor(minutes / 1440), 'day', 'days'),

  day: {
    emails: 'Emails to prospects',
    line: (start: string, end: string, now: string | null) => (now ? `The day from ${start} to ${end}. Now ${now}.` : `The day from ${start} to ${end}.`),
  },

  behind: {
    title: 'A way back',
    /** `month` is the name of the month in which the period ends. */
    by: (behind: number, unit: string, period: string, month: string) =>
      `You are ${amountOf(behind, unit)} behind ${period === 'month' ? month : periods[period] ?? period}.`,
    until: (period: string, day: number, date: string) =>
      period === 'week' ? 'until the week’s end' : period === 'month' ? `until the ${ordinal(day)}` : `until ${date}`,
    closes: (more: number, until: string) => `${capital(few(more))} more a day ${until} closes it.`,
    closesAnyway: (normalDay: number, until: string) => `Your usual ${number(normalDay)} a day ${until} close it.`,
    or: (normalDay: number, finishAt: number) => `Or keep ${number(normalDay)} and finish at ${number(finishAt)}.`,
    /** Not everything asked can be reached: say what can. */
    beyond: (atMost: number, unit: string, until: string) => `Full days ${until} come to ${amountOf(atMost, unit)} at most.`,
    choose: 'Your choice',
    more: (more: number) => `${capital(few(more))} more a day`,
    goFor: (atMost: number) => `Go for ${number(atMost)}`,
    keep: (normalDay: number) => `Keep ${number(normalDay)}`,
    notNow: 'Not now',
    understood: 'Got it',
    made: (more: number, until: string) => `${capital(few(more))} more a day ${until}.`,
    full: (until: string) => `Full days ${until}.`,
    kept: (normalDay: number, until: string) => `${number(normalDay)} a day ${until}.`,
    tomorrow: 'Counts from tomorrow.',
    undo: 'Undo',
  },

  mail: {
    write: 'Write to my manager',
    openElsewhere: 'Open the mail in your mail program',
    hello: 'Hello,',
    ask: 'Can we talk about it?',
    period: (period: string, month: string) => (period === 'month' ? month : capital(periods[period] ?? period)),
    subject: (period: string) => `My goals: ${period}`,
    doneOf: (done: number, amount: number, unit: string) => `${number(done)} of ${words.ofAmount(amount, unit)} done.`,
  },

  targets: {
    title: 'Asked',
    line: (target: Board['targets'][number]) =>
      `${number(target.done)} of ${words.ofAmount(target.amount, target.unit)} ${periods[target.period] ?? target.period}`,
    left: (left: number, days: number) => `${number(left)} left, ${plural(days, 'working day', 'working days')}`,
    /** Not everything asked can be reached: say what can. */
    finish: (dayGoal: number, total: number) => `${dayGoal} a day finishes at ${number(total)}`,
    closed: 'Asked and done',
  },

  next: {
    title: 'Next calls',
    call: (name: string) => `Call ${name}`,
    callOf: (name: string, at: number, of: number) => `Call ${name} (${at} of ${of})`,
    dial: 'Call',
    there: (time: string) => `it is ${time} there`,
    because: {
      followUpDue: (days: number) => (days > 0 ? `Follow-up due ${plural(days, 'day', 'days')} ago` : 'Follow-up due today'),
      neverContacted: (_days: number) => 'Not contacted yet',
      longestUntouched: (days: number, by: string) =>
        by === 'mail' ? (days > 0 ? `You wrote ${plural(days, 'day', 'days')} ago` : 'You wrote today') : `Not called for ${plural(days, 'day', 'days')}`,
    },
    lastCall: (day: string) => `Last call: ${day}`,
    lastCallWith: (day: string, outcome: string) => `Last call: ${day}, ${outcome.toLowerCase()}`,
    lastMail: (day: string) => `Last mail: ${day}`,
    how: (name: string) => `How did it go with ${name}?`,
    unsaid: 'Log it without saying',
    notCalled: 'I did not call',
    notNow: 'Not now',
    notNowWith: (name: string) => `Not now: ${name}`,
    skip: 'Not today',
    tomorrow: 'Tomorrow',
    nextWeek: 'Next week',
    from: 'From',
    putOff: 'Put off',
    never: 'Never',
    off: {
      skip: (name: string) => `${name}: not today.`,
      later: (name: string, day: string) => `${name}: from ${day} on.`,
      never: (name: string) => `${name}: not suggested any more.`,
    },
    undo: 'Undo',
    none: {
      noProspects: 'No prospects on your lists yet.',
      noNumbers: 'None of your prospects has a number to call yet.',
      outsideHours: 'It is outside calling hours where your prospects are.',
      allCalledToday: 'Everyone who can be called now has been called or put off.',
    },
    prospects: 'Open my prospects',
    offline: 'Whom to call is shown once you are online.',
  },

  oldCalls: {
    title: (amount: number) => `${words.calls(amount)} could not be sent`,
    explain: 'Made more than 7 days ago, or not taken by the server. You decide.',
    made: (when: string) => `Made ${when}`,
    countNow: 'Count it now',
    forget: 'Forget it',
  },

  several: {
    open: 'Several at once',
    how: 'Calls made',
    add: (amount: number) => `Count ${words.calls(amount)}`,
    explain: 'Each can be taken back by itself.',
  },

  outcome: {
    title: 'How did they go?',
    at: (time: string) => `Call at ${time}`,
    nth: (number: number) => `Call ${number}`,
    none: 'Not said',
    of: { noAnswer: 'No answer', voicemail: 'Voicemail', talked: 'Talked', meeting: 'Meeting', wrongNumber: 'Wrong number' },
  },

  reward: {
    goal: 'The day’s goal is met. Everything now is extra.',
    earned: (name: string) => `Earned: answer ${name}`,
    earnedMany: (amount: number) => `${plural(amount, 'answer', 'answers')} earned`,
    answer: 'Answer',
    answerName: (name: string) => `Answer ${name}`,
  },

  rehearsal: {
    title: 'Your rule today',
    rule: (calls: number) => `If a mail is not from a prospect, I make ${calls < 11 ? spelt[calls] : number(calls)} ${calls === 1 ? 'call' : 'calls'}, then I answer it.`,
    pieces: 'Your day in pieces',
    piece: (amount: number, unit: string, by: string) => `${words.ofAmount(amount, unit)} ${by}`,
    begin: 'Begin',
    setting: 'Rehearse the rule each morning',
    settingExplain: 'One card with your rule and the day’s pieces, when you first open the pane.',
  },

  pin: {
    text: 'Pin this pane with the pin at its top: it then follows the mail you select.',
    done: 'Got it',
  },

  signInTrouble: {
    blocked: 'The browser did not open the sign-in window. Allow it for this page, then try again.',
    cancelled: 'Sign-in was closed before it finished. Try again when you like.',
    consent: 'An administrator has to approve InboxGate first.',
    offline: 'Sign-in cannot be reached. Try again when you are online.',
    foreign: 'InboxGate is not set up for this account’s organization. Sign in with your work account.',
    otherAccount: 'That was another account than this mailbox’s. Sign in with the mailbox’s account, or choose the same one again to go on with it.',
  },

  settings: {
    title: 'Settings',
    dryRun: 'See what the gate would have held in the last 14 days',
    tomorrow: 'tomorrow',
    gate: 'Gate',
    gateExplain: 'Mail that is not from a prospect asks for calls before its answer.',
    paused: (until: string) => `Paused until ${until}`,
    resume: 'End the pause',
    pause: 'Pause',
    hour: '1 hour',
    today: 'Rest of today',
    until: 'Until',
    untilSet: 'Pause',
    marks: 'Mark mail in the message list',
    marksExplain: 'A category such as “InboxGate: 3 calls first” stands beside each held mail. Your own categories stay.',
    marksProblem: {
      marksDenied: 'Not marked yet: marking needs a permission that your administrator can give. It is tried again each day.',
    },
    teams: 'Call with Microsoft Teams',
    teamsExplain: 'Otherwise whatever this device dials with.',
    marksOtherwise: 'Mail cannot be marked at the moment. It is tried again by itself.',
    asking: 'Loading…',
    failed: 'Not saved.',
    saved: 'Saved.',
    signOut: 'Sign out',
  },
};

export type LaterWords = typeof laterWords;
