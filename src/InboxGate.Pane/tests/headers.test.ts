import { expect, it } from 'vitest';
import { isDark } from '../src/host';
import { parseHeaders, replyToOf, tellingHeaders } from '../src/headers';

const raw = [
  'Received: from mail.example by mx.contoso.com; Mon, 23 Nov 2026 07:40:00 +0000',
  'From: "Ann via List" <list@example.org>',
  'Reply-To: "Ann, of Fabrikam" <ann@fabrikam.com>,',
  '\tbob@fabrikam.com',
  'List-Id: Sales talk',
  ' <sales.example.org>',
  'Return-Path: <>',
  'Auto-Submitted: auto-generated',
].join('\r\n');

it('unfolds a header block', () => {
  expect(parseHeaders(raw).find(({ name }) => name === 'List-Id')?.value).toBe('Sales talk <sales.example.org>');
});

it('lets only telling headers leave the mailbox', () => {
  expect(tellingHeaders(parseHeaders(raw)).map(({ name }) => name)).toEqual(['List-Id', 'Return-Path', 'Auto-Submitted']);
});

it('reads the addresses of Reply-To', () => {
  expect(replyToOf(parseHeaders(raw)).map(({ address }) => address)).toEqual(['ann@fabrikam.com', 'bob@fabrikam.com']);
});

it.each([['', []], ['not a header', []], ['X: ', [{ name: 'X', value: '' }]]])('tolerates %j', (block, headers) => {
  expect(parseHeaders(block)).toEqual(headers);
});

it.each([['#1f1f1f', true], ['#ffffff', false], ['#000', null], [undefined, null], ['black', null]])('tells whether %s is dark', (colour, dark) => {
  expect(isDark(colour)).toBe(dark);
});
