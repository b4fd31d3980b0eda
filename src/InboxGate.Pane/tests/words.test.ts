import { describe, expect, it } from 'vitest';
import { gateStates } from '../src/board';
import { laterWords } from '../src/later/words';
import { becauseWords, dateWords, gateOffWords, languageFor, timeWords, words, wordsOf } from '../src/words';
import { a } from './a';

describe('there are words for', () => {
  it.each(['offHours', 'outOfOffice', 'mailboxUnreachable', 'notWatching', 'paused'])('the gate being off: %s', (why) => {
    expect(wordsOf(words.gateOff, why)).toBeTruthy();
  });

  it.each(['prospect', 'customer', 'colleague', 'vip', 'other', 'automated', 'unknown'])('the sender kind %s', (kind) => {
    expect(wordsOf(words.kind, kind)).toBeTruthy();
    expect(wordsOf(words.free, kind)).toBeTruthy();
  });

  it.each(gateStates.filter((state) => state !== 'pending' && state !== 'earned'))('a gate closed as %s', (state) => {
    expect(wordsOf(words.gate.closed, state)).toBeTruthy();
  });

  it.each(['kept', 'missed', 'next', 'later'])('the checkpoint state %s', (state) => {
    expect(wordsOf(words.checkpointState, state)).toBeTruthy();
  });

  it('a gate that is off for a reason of a newer server', () => {
    expect(gateOffWords('somethingNew')).toBe('The gate is off. Everything may be answered.');
  });
});

it('has no empty entry and no scolding', () => {
  for (const [path, text] of [...allWords(words), ...allWords(laterWords, 'laterWords')]) {
    expect(text, path).not.toBe('');
    expect(text, path).not.toMatch(/!|should have|blocked|behind/i);
  }
});

it.each([[1, '1 call before this answer'], [3, '3 calls before this answer']])('counts %d', (amount, text) => {
  expect(words.banner.calls(amount)).toBe(text);
});

it('stays within what Outlook shows in a banner', () => {
  for (const text of [words.banner.calls(10_000), words.banner.earned, words.banner.unknown]) expect(text.length).toBeLessThanOrEqual(150);
});

it.each([[0, 6, '0 done of 6 by 9:00.'], [2, 6, '2 done of 6 by 9:00.'], [3, 6, '3 to go by 9:00.'], [5, 6, '1 to go by 9:00.']])(
  'names the smaller part: %d of %d', (done, due, text) => {
    expect(words.progress(done, due, 'by 9:00')).toBe(text);
  },
);

it.each([
  ['morning', '9:00', 'Nine o’clock kept.'],
  ['morning', '09:00', 'Nine o’clock kept.'],
  ['morning', '9:30', '9:30 kept.'],
  ['own1', '14:00', 'Two o’clock kept.'],
  ['lunch', '12:00', 'Lunch kept.'],
])('says that the checkpoint %s at %s was kept', (key, name, text) => {
  expect(words.kept({ key, name })).toBe(text);
});

it('counts emergency answers without a rule of its own', () => {
  expect([laterWords.waiver.left(2, 0), laterWords.waiver.left(1, 1), laterWords.waiver.left(0, 3)]).toEqual([
    '2 of 2 left', '1 of 2 left', 'None left today; it still works',
  ]);
});

it.each([[0, 'just now'], [22, '22 min'], [59, '59 min'], [60, '1 h'], [1440, '1 day'], [2880, '2 days']])('says how long %d minutes are', (minutes, text) => {
  expect(laterWords.age(minutes)).toBe(text);
});

it('tells the time where the rep works', () => {
  expect(timeWords('2026-11-23T07:55:00Z', 'Europe/Berlin')).toBe('8:55');
  expect(timeWords('2026-11-23T07:55:00Z', 'America/New_York')).toBe('2:55');
  expect(timeWords('2026-11-22T23:05:00Z', 'Europe/Berlin')).toBe('0:05');
});

it('tells some time where the zone is not known here', () => {
  expect(timeWords('2026-11-23T07:55:00Z', 'Mars/Olympus')).toMatch(/^\d{1,2}:55$/);
  expect(dateWords('2026-11-23T07:55:00Z', 'Europe/Berlin')).toBe('Nov 23, 8:55');
});

it('falls back to English, and to the server’s words for a reason', () => {
  expect(languageFor(['xx-YY', 'fr-CA', 'en'])).toBe('fr');
  expect(languageFor(['xx-YY'])).toBe('en');
  expect(languageFor([])).toBe('en');
  expect(becauseWords(a.gate(), 'Ann')).toBe('Ann Lindqvist is a colleague (contoso.com).');
  expect(becauseWords({ senderKind: 'other', reason: 'somethingNew', match: null, because: null }, 'Ann')).toBe('');
});

function allWords(table: object, path = 'words'): [string, string][] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : typeof value === 'object' && value !== null ? allWords(value, `${path}.${key}`) : [],
  );
}
