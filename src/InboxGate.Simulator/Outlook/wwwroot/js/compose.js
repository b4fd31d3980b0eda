// The draft on screen: a new mail, a reply or a forward, with its own commands, notifications and pane.
import * as bars from './bars.js';
import { drawBody } from './body.js';

const $ = (id) => document.getElementById(id);
const titles = { reply: 'Reply', newMail: 'New mail', forward: 'Forward' };
const prefixes = { reply: 'Re', forward: 'Fw' };

let drafts = 0;

const addressOf = (recipient) => recipient?.emailAddress?.address ?? '';
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

/** @param message the mail that is answered or forwarded; null for a new one */
export function newDraft({ composeType, message = null, all = false, html = '', form = null, own, nameOf }) {
  const named = (address) => ({ name: nameOf(address), address });
  const isOwn = (address) => own.some((mine) => mine.toLowerCase() === address.toLowerCase());
  const unique = (people) => [...new Set(people.map(addressOf).filter((address) => address && !isOwn(address)))];
  const answered = composeType === 'reply' ? message : null;
  const sender = answered ? unique(answered.replyTo?.length ? answered.replyTo : [answered.from]) : [];
  const to = answered
    ? unique([...sender.map((address) => ({ emailAddress: { address } })), ...(all ? answered.toRecipients ?? [] : [])])
    : (form?.toRecipients ?? []).map((recipient) => (typeof recipient === 'string' ? recipient : recipient.emailAddress));
  const cc = answered && all ? unique(answered.ccRecipients ?? []).filter((address) => !to.includes(address)) : [];
  return {
    key: `draft-${++drafts}`,
    composeType,
    message,
    to: to.map(named),
    cc: cc.map(named),
    subject: message ? subjectOf(composeType, message) : form?.subject ?? '',
    text: new DOMParser().parseFromString(html, 'text/html').body.textContent,
    session: new Map(),
    isSending: false,
  };
}

function subjectOf(composeType, { subject }) {
  const prefix = `${prefixes[composeType]}: `;
  return subject?.toLowerCase().startsWith(prefix.toLowerCase()) ? subject : prefix + (subject ?? '');
}

export function showDraft(draft) {
  $('compose').hidden = draft === null;
  document.body.toggleAttribute('data-composing', draft !== null);
  if (!draft) return;
  $('compose-title').textContent = titles[draft.composeType];
  writeDraft(draft);
  $('compose-text').value = draft.text;
  $('compose-cc-row').hidden = draft.cc.length === 0;
  $('quoted').hidden = draft.message === null;
  if (draft.message) {
    $('quoted-head').textContent = `From: ${draft.message.from?.emailAddress?.name ?? ''} · ${draft.message.subject}`;
    drawBody($('quoted-body'), draft.message.body);
  }
  ($('compose-to').value ? $('compose-text') : $('compose-to')).focus();
}

const list = (people) => people.map(({ address }) => address).join('; ');

export function writeDraft(draft) {
  $('compose-to').value = list(draft.to);
  $('compose-cc').value = list(draft.cc);
  $('compose-subject').value = draft.subject;
}

/** What has been typed becomes the draft's. */
export function readDraft(draft, nameOf) {
  const people = (id) => $(id).value.split(/[;,]/).map((part) => part.trim()).filter(Boolean).map((address) => ({ name: nameOf(address), address }));
  Object.assign(draft, { to: people('compose-to'), cc: people('compose-cc'), subject: $('compose-subject').value, text: $('compose-text').value });
}

/** The draft as Microsoft Graph writes a mail. */
export function asMessage({ composeType, message, to, cc, subject, text }) {
  const recipients = (people) => people.map((emailAddress) => ({ emailAddress }));
  return {
    subject,
    toRecipients: recipients(to),
    ccRecipients: recipients(cc),
    body: { contentType: 'html', content: text.split(/\n{2,}/).map((paragraph) => `<p>${escape(paragraph)}</p>`).join('') },
    ...(composeType === 'reply' && {
      conversationId: message.conversationId,
      internetMessageHeaders: [{ name: 'In-Reply-To', value: message.internetMessageId }],
    }),
  };
}

export const forgetDraft = (draft) => bars.leave(draft.key);
