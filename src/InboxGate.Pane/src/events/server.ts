// Asks the server by ticket: what this mail still owes, and to log a call.
import type { Question } from '../question';
import type { Ticket } from '../ticket';

export interface Standing {
  callsRemaining: number;
  callsRequired: number;
  callsToday: number;
}

export function replyCheck(ticket: Ticket, question: Question, patience: number): Promise<Standing> {
  return ask('POST', '/api/reply-check', ticket, question, patience);
}

/** Sending the same id again changes nothing. */
export function logCall(id: string, ticket: Ticket, question: Question, patience: number): Promise<Standing> {
  return ask('PUT', `/api/reply-check/calls/${id}`, ticket, question, patience);
}

/** Rejects when there is no answer in time, or none that can be understood. */
function ask(method: string, path: string, ticket: Ticket, question: Question, patience: number): Promise<Standing> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The server did not answer in time.')), patience);
    fetch(originFor(ticket) + path, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        ticket: ticket.ticket,
        inReplyTo: question.inReplyTo,
        conversationId: question.conversationId,
        recipients: question.recipients,
      }),
    })
      .then((answer) => {
        if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
        return answer.json();
      })
      .then((value: unknown) => resolve(read(value)))
      .catch(reject);
  });
}

/** A page knows where it came from. The script that classic Outlook runs has no page and asks where the ticket came from. */
function originFor(ticket: Ticket): string {
  if (typeof document !== 'undefined' && /^https?:/.test(location.origin)) return location.origin;
  return ticket.origin;
}

function read(value: unknown): Standing {
  const { callsRemaining, callsRequired, callsToday } = value as Standing;
  if (!isCount(callsRemaining) || !isCount(callsRequired) || !isCount(callsToday)) throw new Error('The server’s answer could not be read.');
  return { callsRemaining, callsRequired, callsToday };
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}
