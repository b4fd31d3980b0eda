// The few transport headers that say whether a machine or a list wrote a message. No others leave the mailbox.
import type { Person } from './board';

export interface Header { name: string; value: string }

const telling = new Set([
  'auto-submitted',
  'content-type',
  'return-path',
  'precedence',
  'list-id',
  'list-unsubscribe',
]);

/** Reads a raw header block (RFC 5322, folded lines included). */
export function parseHeaders(raw: string): Header[] {
  return raw
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => /^([!-9;-~]+):\s*(.*)$/.exec(line))
    .flatMap((match) => (match ? [{ name: match[1]!, value: match[2]!.trim() }] : []));
}

export const tellingHeaders = (all: Header[]): Header[] => all.filter(({ name }) => telling.has(name.toLowerCase()));

/** The addresses of Reply-To, which Office does not offer by itself. */
export function replyToOf(all: Header[]): Person[] {
  const value = all.find(({ name }) => name.toLowerCase() === 'reply-to')?.value ?? '';
  return [...value.matchAll(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g)].map(([address]) => ({ name: null, address }));
}
