// The reminder before a reply is sent. It only ever asks: whatever is unclear, slow, broken or offline lets the mail go.
import { isCompose } from '../asking';
import { isShared, questionOf, writingOf, type Question } from '../question';
import { newId } from './newId';
import { endOf, itemOf, outlook, paneButton, supports, ticketOf, words } from './outlook';
import { replyCheck } from './server';
import { sentences } from './words';

/** The rep waits in front of a mail that does not leave: a second in all, the answer of Outlook itself included. */
const patience = 900;
const patienceWithOutlook = 400;

const letGo = { allowEvent: true };
const callButton = 'CallMadeCompose';
/** Tells that the button was the dialog's, not the ribbon's. Text: older clients know no other. */
export const fromDialog = 'sendDialog';

export function onMessageSend(event: Office.AddinCommands.Event) {
  const end = endOf(event, patience, letGo);
  callsOwed().then((calls) => {
    if (calls > 0) return reminder(calls);
    return letGo;
  }).then(end, () => end(letGo));
}

function callsOwed(): Promise<number> {
  // Whatever throws in here comes out as a rejection.
  return Promise.resolve().then(() => {
    const mailbox = outlook();
    const item = itemOf(mailbox);
    const ticket = ticketOf(mailbox);
    if (!ticket || !isCompose(item)) return 0;
    const answers = [writingOf(item, patienceWithOutlook), isShared(mailbox, item, patienceWithOutlook), questionOf(mailbox, item, patienceWithOutlook)] as const;
    return Promise.all(answers).then(([writing, shared, question]) => {
      if (writing !== 'reply' || shared || !namesOriginal(question)) return 0;
      return replyCheck(ticket, question, patience).then((standing) => standing.callsRemaining);
    });
  });
}

export function namesOriginal(question: Question): boolean {
  return question.inReplyTo !== null || question.conversationId !== null;
}

function reminder(calls: number): object {
  const said = words();
  const options = { allowEvent: false, errorMessage: sentences(said, [said.owed(calls)]) };
  // Before Mailbox 1.14 the dialog has only its own buttons, before 1.15 ours cannot run a function.
  if (!supports('1.14')) return options;
  if (supports('1.15')) return Object.assign(options, { cancelLabel: said.callMade, commandId: callButton, contextData: fromDialog });
  // The pane that opens instead logs the call by this id (../screen.ts), however often it is opened with it.
  return Object.assign(options, { cancelLabel: said.callMade, commandId: paneButton, contextData: `${fromDialog} ${newId()}` });
}
