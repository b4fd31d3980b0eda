import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { laterActions } from '../src/later/actions';
import { PrivacySheet } from '../src/later/privacy/PrivacySheet';
import { privacyWords, speakPrivacy } from '../src/later/privacy/words';
import * as saving from '../src/later/saveFile';
import { ticketKey } from '../src/ticket';
import { a, settle } from './a';

await speakPrivacy('en');
afterEach(() => {
  vi.restoreAllMocks();
  render(null, document.body);
  document.body.replaceChildren();
});

async function open() {
  const later = a.later();
  const { ends } = later;
  const root = document.body.appendChild(document.createElement('main'));
  render(<PrivacySheet state={later.store.state()} actions={laterActions(ends)} open={() => {}} ends={ends} />, root);
  await settle();
  const button = (name: string) => {
    const found = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name);
    if (!found) throw new Error(`No button "${name}" in: ${root.textContent}`);
    return found;
  };
  return { ...later, root, button, sure: () => root.querySelector<HTMLInputElement>('input[type=checkbox]')! };
}

it.each([['json', privacyWords.json, 'inboxgate.json'], ['csv', privacyWords.csv, 'inboxgate.zip']])('saves a copy as %s', async (format, name, file) => {
  const save = vi.spyOn(saving, 'saveFile').mockImplementation(() => {});
  const { server, button, root } = await open();
  server.answers.set('GET /api/rep/export', () => 'everything');
  button(name).click();
  await settle();
  expect(server.asked).toEqual([`GET /api/rep/export?format=${format}`]);
  expect(save).toHaveBeenCalledWith(expect.anything(), file);
  expect(root.textContent).toContain(privacyWords.saved);
});

it('says why there is no copy', async () => {
  const { server, button, root } = await open();
  server.trouble = new ApiError('broken', 500, '', 'The server answered 500.');
  button(privacyWords.json).click();
  await settle();
  expect(root.querySelector('[role=alert]')!.textContent).toBe(`${privacyWords.exportFailed} The server answered 500.`);
});

it('erases only in two steps, and says before what happens', async () => {
  const { server, button, root, sure } = await open();
  button(privacyWords.erase).click();
  await settle();
  for (const one of privacyWords.happens) expect(root.textContent).toContain(one);
  expect(button(privacyWords.eraseNow).disabled).toBe(true);
  button(privacyWords.keep).click();
  await settle();
  button(privacyWords.erase).click();
  await settle();
  expect(sure().checked).toBe(false);
  expect(server.asked).toEqual([]);
});

it.each([
  [{ done: true, marksRemoved: true }, privacyWords.erased],
  [{ done: true, marksRemoved: false }, `${privacyWords.erased} ${privacyWords.marksLeft}`],
  [{ done: false, marksRemoved: false }, privacyWords.beingErased],
])('signs out after %o, without a trace here, and says how to begin anew', async (answer, said) => {
  const { server, store, ends, button, sure } = await open();
  server.answers.set('DELETE /api/rep', () => answer);
  ends.kept.set('made.sam@contoso.com', { date: '2026-11-23', ids: ['one'] });
  await ends.settings.set(ticketKey, { ticket: 'one' });
  const heard = vi.fn();
  window.addEventListener('storage', heard);
  button(privacyWords.erase).click();
  await settle();
  sure().click();
  await settle();
  button(privacyWords.eraseNow).click();
  await settle();
  window.removeEventListener('storage', heard);
  expect(server.asked).toEqual(['DELETE /api/rep']);
  expect(store.state()).toMatchObject({ link: 'signedOut', problem: said });
  expect(ends.kept.keys('')).toEqual([]);
  expect(ends.settings.get(ticketKey)).toBeNull();
  // What makes the outbox drop the clicks that wait.
  expect(heard).toHaveBeenCalled();
});

it('stays, and can be tried again, when it could not be done', async () => {
  const { server, store, ends, button, sure, root } = await open();
  server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
  ends.kept.set('made.sam@contoso.com', { date: '2026-11-23', ids: ['one'] });
  button(privacyWords.erase).click();
  await settle();
  sure().click();
  await settle();
  button(privacyWords.eraseNow).click();
  await settle();
  expect(root.textContent).toContain(`${privacyWords.eraseFailed} The server cannot be reached.`);
  expect(button(privacyWords.eraseNow).disabled).toBe(false);
  expect(ends.kept.keys('')).toHaveLength(1);
  expect(store.state().link).toBe('ready');
});
