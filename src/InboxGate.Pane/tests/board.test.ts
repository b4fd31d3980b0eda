import { describe, expect, it } from 'vitest';
import { isNewer, readBoard, readVerdict, UnexpectedData } from '../src/board';
import { a } from './a';

describe('a board that enters', () => {
  it('is taken when every part is what it should be', () => {
    expect(readBoard(JSON.parse(JSON.stringify(a.board({ gates: [a.gate()] })))).gates[0]?.callsRemaining).toBe(3);
  });

  it.each([
    ['no object', null],
    ['text', 'board'],
    ['a fraction for a count', { ...a.board(), counts: { calls: 1.5, emails: 0, meetings: 0, verifiedCalls: 0 } }],
    ['text for the revision', { ...a.board(), revision: '10' }],
    ['no instant', { ...a.board(), asOf: 'yesterday' }],
    ['no gates', { ...a.board(), gates: undefined }],
    ['a gate in a state that does not exist', { ...a.board(), gates: [{ ...a.gate(), state: 'open' }] }],
  ])('is refused when it is %s', (_name, value) => {
    expect(() => readBoard(value)).toThrow(UnexpectedData);
  });

  it('says which part was wrong', () => {
    expect(() => readBoard({ ...a.board(), gates: [{ ...a.gate(), callsRemaining: 'two' }] })).toThrow(
      'board.gates[0].callsRemaining is not a whole number.',
    );
  });

  it('keeps nothing it does not know', () => {
    expect(readBoard({ ...a.board(), surprise: 1 })).not.toHaveProperty('surprise');
  });

  it('lets a closed gate come without sender and subject', () => {
    const closed = a.gate({ state: 'answered', from: null, subject: null });
    expect(readBoard({ ...a.board(), gates: [closed] }).gates[0]?.from).toBeNull();
  });
});

describe('what a board says of the mailbox', () => {
  it('may be absent: then all is well', () => {
    const { mailbox, ...before } = a.board();
    expect(readBoard(before).mailbox).toEqual(a.mailbox());
    expect(mailbox).toEqual(a.mailbox());
  });

  it('is taken as it is', () => {
    const mailbox = a.mailbox({ problem: 'signInNeeded', claims: '{}', catchUp: { read: 1, of: null }, assumed: ['timeZone'], marks: 'on' });
    expect(readBoard({ ...a.board(), mailbox }).mailbox).toEqual(mailbox);
  });

  it('may leave out what is not so', () => {
    const mailbox = { access: 'delegated', assumed: [], marks: 'off' };
    expect(readBoard({ ...a.board(), mailbox }).mailbox).toEqual(a.mailbox({ access: 'delegated' }));
  });

  it.each([['catchUp', { read: 'many', of: null }], ['assumed', 'timeZone'], ['marks', true]])('is refused when %s is not what it should be', (part, value) => {
    expect(() => readBoard({ ...a.board(), mailbox: { ...a.mailbox(), [part]: value } })).toThrow(`board.mailbox.${part}`);
  });
});

it('takes a verdict without a gate', () => {
  expect(readVerdict({ ...a.verdict(), gate: null }).gate).toBeNull();
});

describe('boards', () => {
  const older = a.board({ revision: 10, asOf: '2026-11-23T07:55:00Z' });

  it.each([
    ['a higher revision', { revision: 11, asOf: '2026-11-23T07:50:00Z' }, true],
    ['the same revision, drawn later', { revision: 10, asOf: '2026-11-23T07:55:01Z' }, true],
    ['the same revision, drawn for the same instant', { revision: 10, asOf: '2026-11-23T07:55:00Z' }, true],
    ['the same revision, drawn earlier', { revision: 10, asOf: '2026-11-23T07:54:59Z' }, false],
    ['a lower revision, drawn later', { revision: 9, asOf: '2026-11-23T09:00:00Z' }, false],
  ])('are ordered: %s', (_name, change, newer) => {
    expect(isNewer(a.board(change), older)).toBe(newer);
  });

  it('take the place of none', () => expect(isNewer(older, null)).toBe(true));
});
