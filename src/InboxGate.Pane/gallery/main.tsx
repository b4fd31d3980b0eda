// Draws any state of the pane by name, in any language. The tests look through it; no product build contains it.
import { render } from 'preact';
import { laterActions } from '../src/later/actions';
import { fetchHistory } from '../src/later/history/fetch';
import { fetchPlan } from '../src/later/plan/fetch';
import { fetchPrivacy } from '../src/later/privacy/fetch';
import { fetchProspects } from '../src/later/prospects/fetch';
import { fetchParts } from '../src/parts';
import type { Actions } from '../src/pane';
import type { PaneStateName } from '../src/states';
import { PaneView } from '../src/views/PaneView';
import { languages, speak, type Language } from '../src/words';
import { a, settle } from '../tests/a';
import { samples } from './states';

declare global {
  interface Window { gallery: { names: string[]; languages: string[]; show(name: string, language: string): Promise<void>; cutOff(): string[] } }
}

const root = document.getElementById('pane')!;
let leave = () => {};

/** Where no font has Japanese, its characters are drawn too narrow to tell what fits: space makes up for that. */
function widen(language: Language) {
  root.style.letterSpacing = '';
  if (language !== 'ja') return;
  const pen = document.createElement('canvas').getContext('2d')!;
  pen.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  const missing = 1 - pen.measureText('あ').width / 100;
  if (missing > 0.01) root.style.letterSpacing = `${missing}em`;
}

async function show(name: PaneStateName, language: Language) {
  await speak(language);
  await fetchParts();
  const { state, open = [], press = [], file, usual = {}, server: says = {} } = samples[name]();
  leave();
  render(null, root);

  const { ends, server, store } = a.later({ ...state, boardAt: Date.now() });
  server.policy = a.policy(says.policy);
  server.dryRun = () => a.dryRun(says.dryRun);
  for (const [asked, answer] of Object.entries(says.answers ?? {})) server.answers.set(asked, () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const later = laterActions(ends);
  if (usual.firstRun !== false) later.endFirstRun();
  if (usual.pin !== false) later.endPinHint();
  if (usual.rehearsal !== false && state.board) later.endRehearsal(state.board.today.date);
  if (says.never) ends.api.ask = ends.api.call = () => new Promise(() => {});
  if (says.fails) ends.api.ask = ends.api.call = () => Promise.reject(new Error('The server answered 500.'));

  const nothing = () => {};
  const nothingYet = async () => {};
  const actions: Actions = {
    callMade: nothing, setOutcome: nothing, undo: nothing, countNow: nothing, forget: nothing, reply: nothing, retry: nothing, correct: nothingYet,
    undoCorrection: nothingYet, waive: nothingYet, takeBackWaiver: nothingYet, signIn: nothingYet,
    open: (sheet) => store.patch({ later: { ...store.state().later, sheet } }), ends,
  };
  const draw = () => render(<PaneView state={store.state()} actions={actions} />, root);
  leave = store.subscribe(draw);
  draw();
  await settle();
  // A sheet with a script of its own.
  await Promise.all([fetchHistory(ends), fetchPlan(ends), fetchProspects(ends), fetchPrivacy(ends)]);
  await settle();
  if (file) {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['Email'], file));
    root.querySelector('.drop')!.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 50));
  }
  // An answer that is read as it comes takes more than a turn.
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  for (const selector of press) {
    for (let frame = 0; frame < 60 && !root.querySelector(selector); frame++) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(selector)!.click();
    await new Promise(requestAnimationFrame);
  }
  for (const selector of open) root.querySelector<HTMLDetailsElement>(selector)!.open = true;
  widen(language);
  await new Promise(requestAnimationFrame);
}

/** What does not fit, one line for each element. Names and subjects are other people's and may be shortened. */
function cutOff(): string[] {
  const wide = document.documentElement.clientWidth;
  const faults: string[] = [];
  if (document.documentElement.scrollWidth > wide) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll<HTMLElement>('#pane *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest('.spoken, .who, th, svg, option')) continue;
    const said = `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`;
    if (box.right > wide + 0.5 || box.left < -0.5) faults.push(`${said}: from ${box.left} to ${box.right}`);
    const { overflowX } = getComputedStyle(element);
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && overflowX !== 'auto') faults.push(`${said}: ${element.scrollWidth} in ${element.clientWidth}`);
    // An element without a size of its own lies across its container's edge.
    const around = element.parentElement?.closest<HTMLElement>('.card, .strip, dialog')?.getBoundingClientRect();
    if (around && (box.right > around.right + 0.5 || box.left < around.left - 0.5)) faults.push(`${said}: beyond its card`);
  }
  return faults;
}

window.gallery = { names: Object.keys(samples), languages, show: (name, language) => show(name as PaneStateName, language as Language), cutOff };

const asked = new URLSearchParams(location.search);
await show((asked.get('state') ?? 'link ready') as PaneStateName, (asked.get('language') ?? 'en') as Language);
