// What a rep does in the parts that come later. Nothing is kept here: the store has it all.
import { ApiError } from '../api';
import { pinKey } from '../kept';
import type { LaterEnds } from '../pane';
import { concerns, readDryRun } from './dryRun';
import { readPolicy, statement, type Policy } from './policy';
import type { Asked, LaterState } from './state';

export interface LaterActions {
  runDry(): Promise<void>;
  correct(entry: string, kind: string): Promise<void>;
  undoCorrection(entry: string): Promise<void>;
  readPolicy(): Promise<void>;
  /** Whether it was taken. */
  changePolicy(change: Partial<Policy>): Promise<boolean>;
  endFirstRun(): void;
  isFirstRunOver(): boolean;
  /** Whether the rule is rehearsed each morning, and the day it was last. */
  rehearsal(): Rehearsal;
  endRehearsal(date: string): void;
  switchRehearsal(on: boolean): void;
  isPinKnown(): boolean;
  endPinHint(): void;
  signOut(): Promise<void>;
}

export interface Rehearsal { on: boolean; date: string | null }

/** In Outlook's roaming settings, so that a switch holds on every device; the browser's copy where there is none. */
export const rehearsalKey = 'inboxgate.rehearsal';

/** A whole mailbox is read for it. */
const dryRunMilliseconds = 90_000;

export function laterActions({ api, store, kept, account, settings, refetch, failed, signOut }: LaterEnds): LaterActions {
  const later = () => store.state().later;
  const patch = (change: Partial<LaterState>) => store.patch({ later: { ...later(), ...change } });
  const firstRun = () => `firstRun.${account()}`;
  const touch = () => patch({ touched: (later().touched ?? 0) + 1 });

  /** Only the newest question's answer counts. */
  async function ask<Name extends 'policy' | 'dryRun'>(
    name: Name, question: () => Promise<NonNullable<NonNullable<LaterState[Name]>['answer']>>,
  ): Promise<boolean> {
    const last = later()[name]?.answer ?? null;
    const mine = show({ asking: true, answer: last, failed: null });
    try {
      const answer = await question();
      if (later()[name] === mine) show({ asking: false, answer, failed: null });
      return true;
    } catch (error) {
      if (later()[name] === mine) show({ asking: false, answer: last, failed: wordsOf(error) });
      return false;
    }

    function show(asked: Asked<unknown>) {
      patch({ [name]: asked });
      return asked;
    }
  }

  function wordsOf(error: unknown): string {
    if (error instanceof ApiError && error.failure === 'signedOut') failed(error);
    return error instanceof Error ? error.message : String(error);
  }

  const runDry = async () => {
    await ask('dryRun', async () =>
      readDryRun(await api.ask('GET', '/api/dryrun', undefined, dryRunMilliseconds), later().dryRun?.answer ?? null));
  };

  async function change(entry: string, act: () => Promise<void>) {
    patch({ refused: null });
    try {
      await act();
    } catch (error) {
      patch({ refused: { entry, said: wordsOf(error) } });
      return;
    }
    await Promise.all([runDry(), refetch()]);
  }

  async function stateAnew(change: Partial<Policy>): Promise<Policy> {
    const own = await api.ask('GET', '/api/policy/own');
    return readPolicy(await api.ask('PUT', '/api/policy', statement(own, change)));
  }

  function rehearsal(): Rehearsal {
    const own = kept.get(`rehearsal.${account()}`) as Partial<Rehearsal> | null;
    const roaming = settings.get(rehearsalKey) as Partial<Rehearsal> | null;
    const dates = [own?.date, roaming?.date].filter((date) => typeof date === 'string').sort();
    return { on: (roaming?.on ?? own?.on) !== false, date: dates.at(-1) ?? null };
  }

  function keepRehearsal(next: Rehearsal) {
    kept.set(`rehearsal.${account()}`, next);
    void settings.set(rehearsalKey, next);
    touch();
  }

  const others = (entry: string) => (later().corrections ?? []).filter((made) => made.entry !== entry);

  return {
    runDry,
    correct: (entry, kind) =>
      change(entry, async () => {
        const before = later().corrections?.find((made) => made.entry === entry);
        const previous = before ? before.previous : await api.listed(entry);
        await api.list(entry, kind);
        patch({ corrections: [{ entry, kind, previous }, ...others(entry)] });
      }),
    undoCorrection: (entry) =>
      change(entry, async () => {
        const made = later().corrections?.find((one) => one.entry === entry);
        if (!made) return;
        if (made.previous) await api.list(entry, made.previous);
        else await api.unlist(entry);
        patch({ corrections: others(entry) });
      }),
    async readPolicy() {
      patch({ saved: false });
      await ask('policy', async () => readPolicy(await api.ask('GET', '/api/policy')));
    },
    async changePolicy(change) {
      const before = later().changing;
      const changed = (async () => {
        await before;
        return ask('policy', () => stateAnew(change));
      })();
      patch({ saved: false, changing: changed });
      const taken = await changed;
      patch({ saved: taken });
      if (taken) await refetch();
      return taken;
    },
    endFirstRun() {
      kept.set(firstRun(), true);
      patch({ firstRunOver: true });
    },
    rehearsal,
    endRehearsal: (date) => keepRehearsal({ ...rehearsal(), date }),
    switchRehearsal: (on) => keepRehearsal({ ...rehearsal(), on }),
    isPinKnown: () => kept.get(pinKey) === true,
    endPinHint() {
      kept.set(pinKey, true);
      touch();
    },
    isFirstRunOver: () => later().firstRunOver === true || kept.get(firstRun()) === true,
    signOut,
  };
}

/** What the server said of a correction of this sender, or of the company. */
export const refusalOf = ({ refused }: LaterState, address: string | null): string | null =>
  refused && concerns(refused.entry, address) ? refused.said : null;
