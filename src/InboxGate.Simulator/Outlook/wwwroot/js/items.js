// What an add-in may know of a mail and of a draft.

/** Office.js on the web and the desktop shows ids in the EWS alphabet, Graph in the REST one. */
export const asEws = (id) => id.replaceAll('-', '/').replaceAll('_', '+');

export const person = (recipient) => recipient?.emailAddress && { name: recipient.emailAddress.name, address: recipient.emailAddress.address };

/** Phones show the REST form. */
export const itemIdOf = (message, client) => (client.convertsIds ? asEws(message.id) : message.id);

const headersOf = (message) => message.internetMessageHeaders ?? [];

/** Add-ins do not run on reports of delivery, nor in shared mailboxes unless they ask for them. */
export const mayRunOn = (message, addIn, client) =>
  !headersOf(message).some(({ name, value }) => /^content-type$/i.test(name) && /^multipart\/report/i.test(value ?? ''))
  && (!message.sharedMailbox || (addIn.sharedFolders && client.sharedFolders));

export function messageFacts(message, client) {
  return {
    itemId: itemIdOf(message, client),
    itemClass: message['@odata.type']?.includes('eventMessage') ? 'IPM.Schedule.Meeting.Request' : 'IPM.Note',
    internetMessageId: message.internetMessageId,
    conversationId: client.convertsIds ? asEws(message.conversationId) : message.conversationId,
    subject: message.subject ?? '',
    from: person(message.from),
    sender: person(message.sender),
    to: (message.toRecipients ?? []).map(person),
    cc: (message.ccRecipients ?? []).map(person),
    received: message.receivedDateTime,
  };
}

export function draftFacts({ key, composeType, message }, client) {
  return {
    compose: true,
    key,
    composeType,
    inReplyTo: message?.internetMessageId ?? null,
    conversationId: message ? (client.convertsIds ? asEws(message.conversationId) : message.conversationId) : null,
  };
}

export function rawHeaders(message) {
  const mailbox = (recipient) => `${recipient.emailAddress.name} <${recipient.emailAddress.address}>`;
  const given = headersOf(message).map(({ name, value }) => [name, value ?? '']);
  const own = [
    ['From', message.from && mailbox(message.from)],
    ['To', (message.toRecipients ?? []).map(mailbox).join(', ')],
    ['Reply-To', (message.replyTo ?? []).map(mailbox).join(', ')],
    ['Subject', message.subject],
    ['Date', new Date(message.sentDateTime).toUTCString()],
    ['Message-ID', message.internetMessageId],
  ].filter(([name, value]) => value && !given.some(([other]) => other.toLowerCase() === name.toLowerCase()));
  return [...given, ...own].map(([name, value]) => `${name}: ${value}`).join('\r\n') + '\r\n';
}
