import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { Contacts } from '../src/later/prospects/Contacts';
import { readContacts } from '../src/later/prospects/contacts/contacts';
import { speakContacts } from '../src/later/prospects/contacts/words';
import { a, settle } from './a';

await speakContacts('en');
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const { contactSource: source, contacts: known } = a;

async function shown(...answers: unknown[]) {
  const ask = vi.fn<(method: string, path: string, body?: unknown) => Promise<unknown>>();
  for (const answer of answers) {
    if (answer instanceof Error) ask.mockRejectedValueOnce(answer);
    else ask.mockResolvedValueOnce(answer);
  }
  const ends = { ask, changed: vi.fn(), failed: vi.fn() };
  render(<Contacts ends={ends} timeZone="Europe/Berlin" />, document.body);
  await settle();
  return ends;
}

const pageText = () => document.body.textContent ?? '';
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name || one.getAttribute('aria-label') === name);
async function press(name: string) {
  button(name)!.click();
  await settle();
}

async function pick(values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) document.querySelector<HTMLSelectElement>(`select[name=${name}]`)!.value = value;
  document.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  await settle();
}

describe('Outlook contacts', () => {
  it('are read as the server tells them, and nothing else', () => {
    expect(readContacts(known()).sources).toHaveLength(1);
    expect(() => readContacts({ ...known(), sources: [{ folderId: '' }] })).toThrow();
  });

  it('say where they come from, as what, how many and as of when', async () => {
    await shown(known({ sources: [source(), source({ folderId: '', folderName: null, category: 'Hot', kind: 'customer', entries: 1 })] }));
    expect(pageText()).toContain('LeadsProspect · 12 people · as of');
    expect(pageText()).toContain('9:05');
    expect(pageText()).toContain('Contacts, category HotCustomer · 1 person');
  });

  it('are chosen by folder, category and kind, and looked at again while they are read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reading = source({ folderId: '', folderName: null, category: 'Hot', kind: 'customer', readAt: null, reading: true, entries: 0 });
    const ends = await shown(known({ sources: [] }), { sources: [reading] }, known({ sources: [{ ...reading, reading: false, readAt: '2026-11-23T08:05:00Z', entries: 3 }] }));
    await pick({ folderId: '', category: 'Hot', kind: 'customer' });

    expect(ends.ask).toHaveBeenLastCalledWith('PUT', '/api/prospects/contacts', { folderId: '', category: 'Hot', kind: 'customer' });
    expect(pageText()).toContain('Being read');
    expect(ends.changed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(pageText()).toContain('3 people');
    expect(pageText()).not.toContain('Being read');
    // The list is another one now.
    expect(ends.changed).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ends.ask).toHaveBeenCalledTimes(3);
  });

  it('are let go and taken back', async () => {
    const one = source({ category: 'Hot & new' });
    const ends = await shown(known({ sources: [one] }), { sources: [] }, { sources: [one] });
    await press('Let go of Leads, category Hot & new');
    expect(ends.ask).toHaveBeenLastCalledWith('DELETE', '/api/prospects/contacts?folderId=leads&category=Hot%20%26%20new');
    expect(pageText()).toContain('Leads, category Hot & new no longer fills your list.');

    await press('Undo');
    expect(ends.ask).toHaveBeenLastCalledWith('PUT', '/api/prospects/contacts', { folderId: 'leads', category: 'Hot & new', kind: 'prospect' });
    expect(button('Undo')).toBeUndefined();
    expect(button('Let go of Leads, category Hot & new')).toBeDefined();
  });

  it.each([
    ['contactsDenied', 'Your administrator can allow it; everything else goes on.'],
    ['throttled', 'Microsoft asks for a pause.'],
    ['something new', 'It is tried again by itself.'],
  ])('that cannot be read (%s) say so calmly and can still be let go', async (problem, said) => {
    await shown(known({ available: false, problem, folders: [], categories: [], sources: [source({ problem })] }));
    expect(pageText()).toContain(said);
    expect(document.querySelector('form')).toBeNull();
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(button('Let go of Leads')).toBeDefined();
  });

  it('come from five places at most', async () => {
    await shown(known({ sources: ['a', 'b', 'c', 'd', 'e'].map((category) => source({ category })) }));
    expect(document.querySelector('form')).toBeNull();
    expect(pageText()).toContain('five places at most');
  });

  it('say what was refused and keep what was there', async () => {
    const ends = await shown(known(), new ApiError('refused', 422, 'unknown-contact-folder', 'There is no such folder.'), new ApiError('offline', 0, '', 'The server cannot be reached.'));
    await pick({ folderId: 'leads' });
    expect(document.querySelector('[role=alert]')!.textContent).toBe('There is no such folder.');
    expect(ends.changed).not.toHaveBeenCalled();
    await press('Let go of Leads');
    expect(document.querySelector('[role=alert]')!.textContent).toBe('No connection. Nothing was changed.');
    expect(pageText()).toContain('12 people');
  });

  it('are asked for again after a failure, and by nobody who is signed out', async () => {
    const ends = await shown(new ApiError('signedOut', 401, '', 'Sign in.'), known());
    expect(ends.failed).toHaveBeenCalledTimes(1);
    expect(pageText()).toContain('Your contacts could not be read. Sign in.');
    await press('Try again');
    expect(pageText()).toContain('12 people');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });
});
