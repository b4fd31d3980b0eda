import { expect, it } from 'vitest';
import { createStore } from '../src/store';
import { a } from './a';

it('never lets a late answer overwrite a newer board', () => {
  const store = createStore();
  store.take(a.board({ revision: 12 }));
  store.take(a.board({ revision: 11 }));
  expect(store.state().board?.revision).toBe(12);
});

it('still takes what arrived with a late answer', () => {
  const store = createStore();
  store.take(a.board({ revision: 12 }));
  store.take(a.board({ revision: 11 }), { verdict: a.verdict() });
  expect(store.state().verdict?.senderKind).toBe('colleague');
});

it('lets the server replace a kept copy, whatever its revision', () => {
  const store = createStore({ ...a.state({ board: a.board({ revision: 99 }), keptCopy: true, link: 'offline' }) });
  store.take(a.board({ revision: 1 }));
  expect(store.state()).toMatchObject({ keptCopy: false, link: 'ready', board: { revision: 1 } });
});

it('tells every listener until it leaves', () => {
  const store = createStore();
  const heard: number[] = [];
  const leave = store.subscribe(({ boardAt }) => heard.push(boardAt));
  store.patch({ boardAt: 1 });
  leave();
  store.patch({ boardAt: 2 });
  expect(heard).toEqual([1]);
});

it('follows a clock that was set back, but only in an answer that is not late', () => {
  const store = createStore();
  const shown = a.board({ asOf: '2026-11-23T12:00:00Z' });
  const back = a.board({ asOf: '2026-11-23T09:00:00Z' });
  store.take(shown);
  store.take(back);
  expect(store.state().board?.asOf).toBe('2026-11-23T12:00:00Z');
  store.take(back, {}, shown);
  expect(store.state().board?.asOf).toBe('2026-11-23T09:00:00Z');
  store.take(a.board({ revision: 9 }), {}, back);
  expect(store.state().board?.revision).toBe(10);
});
