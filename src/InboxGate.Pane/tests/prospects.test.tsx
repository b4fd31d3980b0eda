import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { laterActions } from '../src/later/actions';
import { speakContacts } from '../src/later/prospects/contacts/words';
import { detailsOf, readPage, statementOf } from '../src/later/prospects/prospects';
import { ProspectsSheet } from '../src/later/prospects/ProspectsSheet';
import { speakProspects } from '../src/later/prospects/words';
import { a, settle } from './a';

await speakProspects('en');
await speakContacts('en');
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const list = 'GET /api/prospects';

async function sheet(answers: Record<string, unknown> = {}) {
  const { ends, server, store } = a.later({ later: { sheet: 'prospects' }, board: a.board() });
  const bodies: unknown[] = [];
  const answer = (asked: string, with_: unknown) => server.answers.set(asked, (body) => {
    if (body !== undefined) bodies.push(body);
    return typeof with_ === 'function' ? (with_ as (body: unknown) => unknown)(body) : with_;
  });
  for (const [asked, told] of Object.entries({ [list]: a.page(), ...answers })) answer(asked, told);
  const open = vi.fn();
  const root = document.body.appendChild(document.createElement('main'));
  render(<ProspectsSheet state={store.state()} actions={laterActions(ends)} open={open} ends={ends} />, root);
  await rest();
  const button = (name: string) => [...root.querySelectorAll<HTMLButtonElement>('button')].find(({ textContent }) => textContent.startsWith(name))!;
  return {
    root, server, store, bodies, answer, button,
    text: () => root.textContent.replace(/\s+/g, ' ').trim(),
    press: async (name: string) => {
      button(name).click();
      await rest();
    },
    type: async (selector: string, value: string) => {
      const input = root.querySelector<HTMLInputElement>(selector)!;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await rest();
    },
    choose: async (selector: string, value: string) => {
      const select = root.querySelector<HTMLSelectElement>(selector)!;
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await rest();
    },
    submit: async (selector: string) => {
      root.querySelector<HTMLFormElement>(selector)!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await rest();
    },
  };

  async function rest() {
    await settle();
    await vi.advanceTimersByTimeAsync(200);
    await settle();
  }
}

describe('entries', () => {
  it('are read as the server tells them, and nothing else', () => {
    expect(readPage(a.page()).entries).toHaveLength(1);
    expect(() => readPage({ entries: [{ entry: 'ann@fabrikam.example' }], total: 1 })).toThrow();
  });

  it('name nothing twice', () => {
    expect(detailsOf(a.entry())).toEqual(['Fabrikam', 'ann@fabrikam.example', '+493012345678']);
    expect(detailsOf(a.entry({ name: null }))).toEqual(['ann@fabrikam.example', '+493012345678']);
    expect(detailsOf(a.entry({ entry: '+442079460958', name: null, company: null, phone: '+442079460958' }))).toEqual([]);
  });

  it('are said again as they are, without zones that only follow from a number', () => {
    expect(statementOf(a.entry({ others: ['ann@home.example'] }))).toEqual({
      kind: 'prospect', name: 'Ann Lee', company: 'Fabrikam', phone: '+493012345678', timeZone: 'Europe/Berlin', doNotCall: false, others: ['ann@home.example'],
    });
    expect(statementOf(a.entry({ timeZones: ['America/Denver', 'America/Boise'] }))).toMatchObject({ timeZone: null });
    expect(statementOf(a.entry())).not.toHaveProperty('others');
  });
});

describe('the list', () => {
  it('shows what is known of everybody', async () => {
    const { text, server } = await sheet();
    expect(server.asked).toEqual(['GET /api/prospects?']);
    expect(text()).toContain('1 entry');
    expect(text()).toContain('Ann LeeFabrikamann@fabrikam.example+493012345678Prospectfrom a filelast used Nov 20');
  });

  it('asks once typing rests, and shows the newest answer alone', async () => {
    const { root, server, text, answer } = await sheet();
    let late = (_: unknown) => {};
    answer(list, () => new Promise((resolve) => (late = resolve)));
    const input = root.querySelector<HTMLInputElement>('input[type=search]')!;
    for (const typed of ['m', 'mü', 'mül']) {
      input.value = typed;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked.slice(1)).toEqual(['GET /api/prospects?search=m%C3%BCl']);
    answer(list, a.page([a.entry({ name: 'Bob Müller' })]));
    input.value = 'müller';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    late(a.page([a.entry({ name: 'Too late' })]));
    await settle();
    expect(text()).toContain('Bob Müller');
    expect(text()).not.toContain('Too late');
  });

  it('is narrowed by kind, and shown page by page', async () => {
    const { server, text, choose, press, answer } = await sheet();
    answer(list, a.page([a.entry()], 'abc', 2));
    await choose('.find select', 'customer');
    expect(server.asked.at(-1)).toBe('GET /api/prospects?kind=customer');
    answer(list, a.page([a.entry({ entry: 'bob@fabrikam.example', name: 'Bob' })], null, 2));
    await press('Show more');
    expect(server.asked.at(-1)).toBe('GET /api/prospects?kind=customer&after=abc');
    expect(text()).toContain('Ann Lee');
    expect(text()).toContain('Bob');
    expect(text()).not.toContain('Show more');
  });

  it('shows the team’s and the company’s entries too when asked, to be looked at alone', async () => {
    const { root, server, text, answer } = await sheet();
    answer(list, a.page([a.entry(), a.entry({ scope: 'team', name: 'Ann of the team' })]));
    root.querySelector<HTMLInputElement>('.find .check input')!.click();
    await vi.waitFor(() => expect(text()).toContain('Ann of the team'));
    expect(server.asked.at(-1)).toBe('GET /api/prospects?scope=all');
    expect(text()).toContain('Prospectteam’sfrom a file');
    expect([...root.querySelectorAll('.entries .entry')].map(({ localName }) => localName)).toEqual(['button', 'div']);
  });

  it('says when nobody is there, and how to fill it', async () => {
    const { text, press, type, root } = await sheet({ [list]: a.page([]) });
    expect(text()).toContain('Nobody is on this list yet.');
    await type('input[type=search]', 'x');
    expect(text()).toContain('Nobody like that is on this list.');
    await type('input[type=search]', '');
    await press('Import a file');
    expect(root.querySelector('.drop')!.closest('[hidden]')).toBeNull();
  });

  it('says when it is out of reach, keeps what was shown, and tries again', async () => {
    const { server, text, press, choose } = await sheet();
    server.trouble = new ApiError('offline', 0, '', 'Failed to fetch');
    await choose('.find select', 'vip');
    expect(text()).toContain('That did not work. The server cannot be reached.');
    expect(text()).toContain('Ann Lee');
    server.trouble = null;
    await press('Try again');
    expect(text()).not.toContain('cannot be reached');
  });

  it('says to the pane when the sign-in has ended', async () => {
    const { server, store, choose } = await sheet();
    server.trouble = new ApiError('signedOut', 401, '', 'Sign in.');
    await choose('.find select', 'vip');
    expect(store.state().link).toBe('signedOut');
  });

  it('changes an entry in its place, draws the board anew, and takes it back', async () => {
    const { server, bodies, text, press, type, submit, answer } = await sheet();
    answer('PUT /api/prospects/ann%40fabrikam.example', { entry: a.entry({ name: 'Ann Smith' }), was: null });
    await press('Ann Lee');
    await type('[name=name]', 'Ann Smith');
    await submit('.entry-form');
    expect(bodies).toEqual([{ kind: 'prospect', name: 'Ann Smith', company: 'Fabrikam', phone: '+493012345678', timeZone: 'Europe/Berlin', doNotCall: false }]);
    expect(text()).toContain('Ann Smith: saved.');
    expect(server.refetched).toBe(1);
    answer('PUT /api/prospects/ann%40fabrikam.example', { entry: a.entry(), was: null });
    await press('Undo');
    expect(bodies.at(-1)).toMatchObject({ name: 'Ann Lee' });
    expect(text()).not.toContain('Ann Smith');
  });

  it('lets a zone go that only followed from the number before', async () => {
    const { bodies, press, type, submit, answer } = await sheet();
    answer('PUT /api/prospects/ann%40fabrikam.example', { entry: a.entry(), was: null });
    await press('Ann Lee');
    await type('[name=phone]', '+1 415 555 2671');
    await submit('.entry-form');
    expect(bodies[0]).toMatchObject({ phone: '+1 415 555 2671', timeZone: null });
  });

  it('says in the form why a change was refused', async () => {
    const { server, text, press, submit } = await sheet();
    await press('Ann Lee');
    server.trouble = new ApiError('refused', 422, '', 'That is no phone number. Send it with its country’s code.');
    await submit('.entry-form');
    expect(text()).toContain('That is no phone number.');
    expect(server.refetched).toBe(0);
  });

  it('takes somebody off, and back with every address', async () => {
    const was = a.entry({ others: ['ann@home.example'] });
    const { bodies, server, text, press, answer } = await sheet({ 'DELETE /api/prospects/ann%40fabrikam.example': { entry: null, was } });
    answer('PUT /api/prospects/ann%40fabrikam.example', { entry: was, was: null });
    await press('Ann Lee');
    await press('Take off the list');
    expect(text()).toContain('Ann Lee is off the list.');
    expect(text()).toContain('Nobody is on this list yet.');
    await press('Undo');
    expect(bodies.at(-1)).toMatchObject({ name: 'Ann Lee', others: ['ann@home.example'] });
    expect(text()).toContain('1 entry');
    expect(server.refetched).toBe(2);
  });

  it('adds somebody by hand', async () => {
    const { server, bodies, text, press, type, submit, answer } = await sheet();
    answer('PUT /api/prospects/%2B49%2030%20123456', { entry: a.entry({ entry: '+4930123456', name: null, company: null }), was: null });
    await press('Add somebody');
    await type('[name=entry]', '+49 30 123456');
    await submit('.entry-form');
    expect(bodies[0]).toMatchObject({ kind: 'prospect', name: null });
    expect(text()).toContain('+4930123456: saved.');
    expect(server.asked.at(-1)).toBe('GET /api/prospects?');
  });

  it('leaves a form by Escape, with the sheet still open', async () => {
    const { root, press } = await sheet();
    await press('Ann Lee');
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    root.querySelector('.entry-form')!.dispatchEvent(escape);
    await settle();
    expect(root.querySelector('.entry-form')).toBeNull();
    expect(escape.defaultPrevented).toBe(true);
  });

  it('is saved as a file', async () => {
    const { server, text, press } = await sheet({ 'GET /api/prospects/export': 'email' });
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await press('Save as CSV');
    expect(server.asked.at(-1)).toBe('GET /api/prospects/export');
    expect(saved.mock.contexts[0]).toMatchObject({ download: 'inboxgate-prospects.csv' });
    expect(text()).toContain('Saved.');
  });
});

describe('a file', () => {
  const look = 'POST /api/prospects/import/preview';
  const go = 'POST /api/prospects/import';
  const lines = (...told: object[]) => told.map((one) => `${JSON.stringify(one)}\n`).join('');

  async function dropped(answers: Record<string, unknown> = {}) {
    const shown = await sheet({ [look]: a.importPreview(), [go]: lines({ rows: 500, of: 0.4 }, { report: a.report() }), ...answers });
    await shown.press('Import a file');
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [new File(['Email\n'], 'contacts.csv')] } });
    shown.root.querySelector('.drop')!.dispatchEvent(drop);
    await settle();
    await vi.advanceTimersByTimeAsync(1);
    await settle();
    return { ...shown, said: (at = -1) => Object.fromEntries((shown.bodies.at(at) as FormData).entries()) };
  }

  it('is looked at before anything is done', async () => {
    const { server, text, root, said } = await dropped();
    expect(server.asked.slice(1)).toEqual([look]);
    expect(said()).toMatchObject({ onConflict: 'keep' });
    expect(said()).not.toHaveProperty('removeMissing');
    expect(text()).toContain('This would be: 1,200 new, 30 changed, 18 as they are, 2 left out.');
    expect([...root.querySelectorAll<HTMLSelectElement>('.columns-table select')].map(({ value }) => value)).toEqual(['email', 'ignore', 'phone']);
    expect(text()).toContain('2 rows left out: whyLine 17: The row has no address, no number and no company domain.and 1 more');
    expect(text()).toContain('1 note on what was takenLine 30:');
    expect(text()).toContain('Import 1,248 rows');
  });

  it('is looked at anew with what the reader says of its columns', async () => {
    const { said, choose } = await dropped();
    await choose('.columns-table tr:nth-child(2) select', 'company');
    expect(JSON.parse(said()['mapping'] as string)).toEqual({ 1: 'company' });
  });

  it('asks what to keep where it says otherwise than the list, and shows who would come off', async () => {
    const { root, said, text, press, answer } = await dropped({ [look]: a.importPreview({ conflicts: 3 }) });
    expect(text()).toContain('The file says another kind of 3 entries than your list does');
    root.querySelectorAll<HTMLInputElement>('.choice input')[1]!.click();
    await settle();
    expect(said()).toMatchObject({ onConflict: 'file' });
    answer(look, a.importPreview({ wouldRemove: { count: 12, sample: [a.entry()] } }));
    root.querySelector<HTMLInputElement>('.import .check input')!.click();
    await settle();
    await vi.advanceTimersByTimeAsync(1);
    await settle();
    expect(said()).toMatchObject({ removeMissing: 'true', onConflict: 'file' });
    expect(text()).toContain('12 entries would come off the list: Ann Lee …');
    await press('Import 1,248');
    expect(said()).toMatchObject({ removeMissing: 'true', onConflict: 'file', id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('tells of its way and what came of it, and fills the list', async () => {
    const { server, text, press } = await dropped();
    await press('Import 1,248');
    expect(text()).toContain('Done: 1,200 new, 30 changed, 18 as they are, 2 left out.');
    expect(server.refetched).toBe(1);
    expect(server.asked.filter((asked) => asked.startsWith(list))).toHaveLength(2);
  });

  it('tried again is the same import', async () => {
    const { said, text, press, answer } = await dropped({ [go]: lines({ rows: 1, of: 0.1 }) });
    await press('Import 1,248');
    expect(text()).toContain('The file was not taken.');
    const { id } = said();
    answer(go, lines({ report: a.report() }));
    await press('Try again');
    expect(said()['id']).toBe(id);
    expect(text()).toContain('Done:');
  });

  it('says why it was refused on its way', async () => {
    const { text, press } = await dropped({ [go]: lines({ rows: 1, of: 0.1 }, { problem: { status: 422, title: 'That is no text.', detail: 'Send a CSV file.' } }) });
    await press('Import 1,248');
    expect(text()).toContain('The file was not taken. That is no text. Send a CSV file.');
  });

  it('can be cancelled on its way', async () => {
    let signal: AbortSignal | undefined;
    const { server, press, text } = await dropped();
    server.answers.set(go, () => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))));
    const abort = vi.spyOn(AbortController.prototype, 'abort');
    signal = new AbortController().signal;
    abort.mockImplementation(function (this: AbortController) {
      abort.mockRestore();
      this.abort();
      signal!.dispatchEvent(new Event('abort'));
    });
    await press('Import 1,248');
    expect(text()).toContain('Importing contacts.csv.');
    await press('Cancel');
    expect(text()).toContain('Cancelled. Nothing was changed.');
    expect(server.refetched).toBe(0);
  });

  it('gives back what it took off', async () => {
    const { server, text, press } = await dropped({ [go]: lines({ report: a.report({ removed: 12 }) }) });
    await press('Import 1,248');
    expect(text()).toContain('12 entries are off the list.');
    const undo = server.asked.length;
    await press('Undo');
    expect(server.asked[undo]).toMatch(/^POST \/api\/prospects\/import\/[\da-f-]{36}\/undo-removal$/);
    expect(text()).toContain('They are back on the list.');
  });

  it('gives the rows that it left out as a file', async () => {
    const { server, press } = await dropped({ 'POST /api/prospects/import/rejected': 'line,reason' });
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await press('Save those rows');
    expect(server.asked.at(-1)).toBe('POST /api/prospects/import/rejected');
    expect(saved.mock.contexts[0]).toMatchObject({ download: 'inboxgate-rejected.csv' });
  });

  it('that cannot be read is said, and another can be chosen', async () => {
    const { text } = await dropped({ [look]: () => { throw new ApiError('refused', 422, '', 'That is no text.'); } });
    expect(text()).toContain('The file was not taken. That is no text.');
    expect(text()).toContain('Choose another file');
  });
});
