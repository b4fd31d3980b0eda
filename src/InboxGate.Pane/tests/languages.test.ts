// Every table says all that English says, in its own language, for every number.
import { afterAll, describe, expect, it } from 'vitest';
import { historyWords, speakHistory } from '../src/later/history/words';
import { planWords, speakPlan } from '../src/later/plan/words';
import { privacyWords, speakPrivacy } from '../src/later/privacy/words';
import { contactWords, speakContacts } from '../src/later/prospects/contacts/words';
import { prospectWords, speakProspects } from '../src/later/prospects/words';
import { laterWords, speakLater } from '../src/later/words';
import { becauseWords, dateWords, dayWords, languages, speak, timeWords, words, type Language } from '../src/words';

const others = languages.filter((language) => language !== 'en');
const morning = { key: 'morning', name: '9:00' };
const target = { unit: 'calls', period: 'month', amount: 400, from: '2026-11-01', done: 310, left: 90, workingDaysLeft: 6, dayGoal: 19, reachable: true };
const mails = [0, 1, 2, 5, 1_000, 1_234_567];

/** What a function is asked with, where that is not numbers alone. */
const asked: Record<string, unknown[][]> = {
  'words.ofAmount': ['calls', 'emails', 'meetings'].flatMap((unit) => [[1, unit], [400, unit]]),
  'words.counts': ['calls', 'emails', 'meetings'].flatMap((unit) => [[unit, 1, 0], [unit, 2, 0], [unit, 0, 1], [unit, 1, 5]]),
  'words.asOf': [['8:55'], ['1:05']],
  'words.checkpointName': checkpoints(),
  'words.by': checkpoints(),
  'words.kept': checkpoints(),
  'words.checkpointSpoken': ['calls', 'emails'].flatMap((unit) => [['9:00', 1, unit, '.'], ['9:00', 6, unit, '.']]),
  'words.keptThenNext': [['9:00', 9, '12:00']],
  'words.progress': [[0, 6, '12:00'], [5, 6, '12:00'], [4, 6, '12:00']],
  'words.nextStep.gate': [[1, null], [2, 'Ann'], [3, null]],
  'words.nextStep.small': ['calls', 'emails', 'meetings', null].flatMap((unit) => [[1, unit], [2, unit]]),
  'historyWords.goals.total': [[0, 'calls'], [1, 'emails'], [400, 'meetings']],
  'historyWords.weekdays.sum': [['2026', '4.5']],
  'historyWords.hours.sum': [['9:00', '10:00', 1], ['9:00', '10:00', 400]],
  'historyWords.point': [['2026', '3']],
  'historyWords.doneOfGoal': ['calls', 'emails', 'meetings'].flatMap((unit) => [[1, unit, 0], [12, unit, 18]]),
  'laterWords.oldCalls.made': [['8:55']],
  'laterWords.correct.domain': [['contoso.com']],
  'laterWords.correct.made': [['contoso.com', 'VIP']],
  'laterWords.waiver.leftSpelt': [['2']],
  'laterWords.waiting.summary': [[1, '5'], [7, '22']],
  'laterWords.targets.line': ['calls', 'emails', 'meetings'].flatMap((unit) => ['day', 'week', 'month', 'quarter'].map((period) => [{ ...target, unit, period }])),
  'laterWords.catchingUp': mails.flatMap((read) => [[read, null], [read, 2_000_000]]),
  'laterWords.assumed': [[{ timeZone: true, workingHours: true }, '8–17', 'UTC'], [{ timeZone: true, workingHours: false }, null, 'UTC'], [{ timeZone: false, workingHours: true }, null, 'UTC']],
  'laterWords.day.line': [['8:00', '17:00', null], ['8:00', '17:00', '8:55']],
  'laterWords.behind.by': ['calls', 'emails', 'meetings'].flatMap((unit) => ['week', 'month', 'quarter'].map((period) => [14, unit, period, '10'])),
  'laterWords.behind.until': ['week', 'month', 'quarter'].flatMap((period) => [[period, 1, '1.1.'], [period, 31, '1.1.']]),
  'laterWords.behind.closes': [[1, '2026'], [2, '2026']],
  'laterWords.behind.closesAnyway': [[1, '2026'], [18, '2026']],
  'laterWords.behind.beyond': ['calls', 'emails'].map((unit) => [380, unit, '2026']),
  'laterWords.behind.made': [[1, '2026'], [2, '2026']],
  'laterWords.behind.full': [['2026']],
  'laterWords.behind.kept': [[18, '2026']],
  'laterWords.mail.period': [['week', '10'], ['month', '10'], ['quarter', '10']],
  'laterWords.mail.subject': [['2026']],
  'laterWords.mail.doneOf': [[310, 400, 'calls'], [1, 5, 'emails']],
  'planWords.sumOf': [['2026', '10']],
  'planWords.sum': [['2026', 400]],
  'planWords.todayNow': [['2026', 19]],
  'planWords.shareBy': [['9:00']],
  'planWords.remove': [['9:00']],
  'planWords.keepsPace': [['2026']],
  ...Object.fromEntries(['would', 'did'].map((tense) => [`prospectWords.import.${tense}`, [0, 1, 2_000].map((amount) => [{ added: amount, updated: amount, unchanged: amount, rejected: amount }])])),
  'prospectWords.used': [['2026-11-20']],
  'contactWords.part': [['2026', 'VIP']],
  'contactWords.readAt': [['8:55']],
  'contactWords.leaveSpoken': [['2026']],
  'contactWords.left': [['2026']],
  'laterWords.hours': [['8:00', '17:00']],
  'laterWords.dryRun.since': [['1.1.']],
  'laterWords.dryRun.truncated': [['1.1.']],
  'laterWords.dryRun.noMail': [['1.1.']],
  'laterWords.settings.paused': [['8:55']],
  'laterWords.next.there': [['9:05']],
  'laterWords.next.callOf': [['Ann', 1, 3]],
  'laterWords.next.because.longestUntouched': [[0, 'mail'], [1, 'mail'], [12, 'mail'], [1, 'call'], [12, 'call']],
  'laterWords.next.lastCall': [['1.1.']],
  'laterWords.next.lastCallWith': [['1.1.', '2026']],
  'laterWords.next.lastMail': [['1.1.']],
  'laterWords.next.off.later': [['Ann', '1.1.']],
};
for (const reason of ['self', 'listedAddress', 'manager', 'machine', 'listedDomain', 'tenantDomain', 'youWroteFirst', 'unknownSender']) {
  asked[`words.because.${reason}`] = [[{ name: 'Ann', match: 'contoso.com', kind: 'VIP' }], [{ name: 'Ann', match: '', kind: 'VIP' }]];
}

afterAll(() => inEnglish());
const inEnglish = () => Promise.all([speak('en'), speakLater('en'), speakHistory('en'), speakPlan('en'), speakProspects('en'), speakContacts('en'), speakPrivacy('en')]);
const saying = (language: Language) => Promise.all([speak(language), speakLater(language), speakHistory(language), speakPlan(language), speakProspects(language), speakContacts(language), speakPrivacy(language)]);

/** Every text of the tables that are spoken, by its path and what it was asked with. */
function said(): Map<string, string> {
  const texts = new Map<string, string>();
  collect(words, 'words');
  collect(laterWords, 'laterWords');
  collect(historyWords, 'historyWords');
  collect(planWords, 'planWords');
  collect(prospectWords, 'prospectWords');
  collect(contactWords, 'contactWords');
  collect(privacyWords, 'privacyWords');
  return texts;

  function collect(value: unknown, path: string) {
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'function') {
      const act = value as (...given: unknown[]) => unknown;
      for (const given of asked[path] ?? numbersFor(act.length)) texts.set(`${path}(${JSON.stringify(given)})`, act(...given) as string);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) collect(part, `${path}.${key}`);
    }
  }
}

const numbersFor = (parameters: number) => mails.map((amount) => Array.from({ length: parameters }, (_, at) => amount + at));

function checkpoints() {
  return [[morning], [{ key: 'morning', name: '9:30' }], [{ key: 'own1', name: '13:00' }], [{ key: 'lunch', name: '12:00' }], [{ key: 'leaving', name: '16:30' }]];
}

describe.each(languages)('in %s', (language) => {
  it('every text is there, for no, one, two and many', async () => {
    await saying(language);
    for (const [path, text] of said()) {
      expect(text, path).toBeTypeOf('string');
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|null|NaN|\[object|\$\{|  /);
    }
  });

  it('nothing scolds, shouts or blocks', async () => {
    await saying(language);
    for (const [path, text] of said()) expect(text, path).not.toMatch(/[!！¡]|blocked|blockier|gesperrt|bloqu|ブロック/i);
  });

  it('the page says which language it is', async () => {
    await saying(language);
    expect(document.documentElement.lang).toBe(language);
    expect(document.documentElement.dir).toBe('ltr');
  });
});

describe.each(others)('in %s', (language) => {
  /** Names, and words that are the same in both. */
  const same = /^words\.(locale|direction|product|kind\.(vip|prospect)|checkpointName|because)|^laterWords\.(settings\.pause|dryRun\.mails)$|^historyWords\.point|^laterWords\.mail\.period|^prospectWords\.kinds\.(vip|prospect)/;
  const name = /InboxGate: 3 calls first|InboxGate|Outlook|Microsoft Teams|Microsoft|VIP|UTC|CSV|JSON|contoso\.com|Ann/g;

  it('nothing is left in English', async () => {
    await inEnglish();
    const english = said();
    await saying(language);
    for (const [path, text] of said()) {
      const rest = text.replace(name, '');
      expect(rest, path).not.toMatch(/\b(the|your|you|calls?|answer|today|mailbox|gate|held|and|with|waiting|sign)\b/i);
      if (!same.test(path) && /\p{L}/u.test(rest) && /[a-z]{4}/i.test(english.get(path) ?? '')) expect(text, path).not.toBe(english.get(path));
      if (language === 'ja' && !/\.locale|\.direction/.test(path)) expect(rest, path).not.toMatch(/[a-z]/i);
    }
  });

  it('one call reads otherwise than two', async () => {
    await saying(language);
    const [one, two] = [1, 2].map((amount) => words.banner.calls(amount).replace(String(amount), '#'));
    expect(one === two).toBe(language === 'ja');
  });

  it('a reason is worded here, whatever the server says in English', async () => {
    await saying(language);
    const verdict = { senderKind: 'colleague', reason: 'tenantDomain', match: 'contoso.com', because: 'Ann is a colleague (contoso.com).' };
    expect(becauseWords(verdict, 'Ann')).toMatch(/Ann.*contoso\.com/);
    expect(becauseWords(verdict, 'Ann')).not.toContain('colleague');
    expect(becauseWords({ ...verdict, reason: 'somethingNew' }, 'Ann')).toBe(verdict.because);
  });

  it('the banner stays within what Outlook shows', async () => {
    await saying(language);
    for (const text of [words.banner.calls(10_000), words.banner.earned, words.banner.unknown]) expect(text.length).toBeLessThanOrEqual(150);
  });
});

it.each([
  ['de', '8:55', '23. Nov.', '23. Nov., 8:55'],
  ['fr', '8:55', '23 nov.', '23 nov., 8:55'],
  ['es', '8:55', '23 nov', '23 nov, 8:55'],
  ['ja', '8:55', '11月23日', '11月23日 8:55'],
] as const)('tells time and date as %s does', async (language, time, day, date) => {
  await saying(language);
  const instant = '2026-11-23T07:55:00Z';
  expect([timeWords(instant, 'Europe/Berlin'), dayWords(instant, 'Europe/Berlin'), dateWords(instant, 'Europe/Berlin')]).toEqual([time, day, date]);
});

it.each([
  ['de', 1, '1 Anruf vor dieser Antwort'], ['de', 2, '2 Anrufe vor dieser Antwort'], ['de', 1_000, '1.000 Anrufe vor dieser Antwort'],
  ['fr', 0, '0 appel avant cette réponse'], ['fr', 2, '2 appels avant cette réponse'],
  ['es', 1, '1 llamada antes de esta respuesta'], ['es', 0, '0 llamadas antes de esta respuesta'],
  ['ja', 1, '返信の前に電話1件'], ['ja', 2, '返信の前に電話2件'],
] as const)('%s counts %d', async (language, amount, text) => {
  await saying(language);
  expect(words.banner.calls(amount)).toBe(text);
});
