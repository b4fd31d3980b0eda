import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/api';
import type { Board } from '../src/board';
import { createOutbox, oldestMilliseconds } from '../src/outbox';
import { a, settle } from './a';

/** A ledger that counts each id once, behind a connection that can fail on the way there or on the way back. */
function aServer() {
  const calls = new Set<string>();
  const undone = new Set<string>();
  const outcomes = new Map<string, string>();
  const received: { id: string; secondsAgo?: number | undefined }[] = [];
  let trouble: 'none' | 'offline' | 'answerLost' | 'refuses' | 'signedOut' = 'none';
  const board = () => a.board({ revision: 10 + calls.size + undone.size, counts: { calls: [...calls].filter((id) => !undone.has(id)).length, emails: 0, meetings: 0, verifiedCalls: 0 } });
  const answer = async (act: () => void): Promise<Board> => {
    if (trouble === 'offline') throw new ApiError('offline', 0, '', 'Offline.');
    if (trouble === 'signedOut') throw new ApiError('signedOut', 401, '', 'Signed out.');
    if (trouble === 'refuses') throw new ApiError('refused', 422, 'made-at', 'That call is too old.');
    act();
    if (trouble === 'answerLost') throw new ApiError('offline', 0, '', 'Offline.');
    return board();
  };
  return {
    calls,
    undone,
    received,
    set trouble(next: typeof trouble) { trouble = next; },
    logCall: (id: string, secondsAgo?: number) => answer(() => {
      received.push({ id, secondsAgo });
      calls.add(id);
    }),
    undoCall: (id: string) => answer(() => void undone.add(id)),
    outcomes,
    setOutcome: (id: string, outcome: string) => answer(() => void outcomes.set(id, outcome)),
  };
}

function anOutbox(server = aServer(), storage = a.storage()) {
  const clock = { now: 1_000_000_000_000 };
  const boards: (Board | null)[] = [];
  const errors: unknown[] = [];
  const open = () => createOutbox({
    kept: a.kept(storage), api: server, now: () => clock.now,
    settled: (board) => boards.push(board), changed: () => {}, failed: (error) => errors.push(error),
  });
  const outbox = open();
  outbox.belongsTo('sam@contoso.com');
  return { server, storage, clock, boards, errors, outbox, reopen: () => { const next = open(); next.belongsTo('sam@contoso.com'); return next; } };
}

describe('a click', () => {
  it('counts on screen at once and is gone from the outbox when the server has it', async () => {
    const { outbox, boards } = anOutbox();
    outbox.log();
    expect(outbox.view()).toMatchObject({ waiting: 1, ahead: 1 });
    await outbox.send();
    expect(outbox.view()).toMatchObject({ waiting: 0, ahead: 0 });
    expect(boards[0]?.counts.calls).toBe(1);
  });

  it('made offline waits and is sent once, with its age at sending', async () => {
    const { outbox, server, clock } = anOutbox();
    server.trouble = 'offline';
    const id = outbox.log();
    await outbox.send();
    expect(outbox.view().waiting).toBe(1);

    server.trouble = 'none';
    clock.now += 90_500;
    await outbox.send();
    await outbox.send();
    expect(server.received).toEqual([{ id, secondsAgo: 90 }]);
  });

  it('survives a restart of the pane', async () => {
    const { outbox, server, reopen, clock } = anOutbox();
    server.trouble = 'offline';
    const id = outbox.log();
    await outbox.send();

    server.trouble = 'none';
    clock.now += 3_600_000;
    const again = reopen();
    expect(again.view().waiting).toBe(1);
    await again.send();
    expect(server.received).toEqual([{ id, secondsAgo: 3600 }]);
    expect(reopen().view().waiting).toBe(0);
  });

  it('whose answer was lost is repeated under the same id, so that it counts once', async () => {
    const { outbox, server } = anOutbox();
    server.trouble = 'answerLost';
    outbox.log();
    await outbox.send();
    server.trouble = 'none';
    await outbox.send();
    expect(server.received).toHaveLength(2);
    expect(server.calls.size).toBe(1);
    expect(outbox.view().waiting).toBe(0);
  });

  it('is one of many: quick clicks are sent in their order, each once', async () => {
    const { outbox, server } = anOutbox();
    const ids = [outbox.log(), outbox.log(), outbox.log()];
    await Promise.all([outbox.send(), outbox.send()]);
    expect(server.received.map(({ id }) => id)).toEqual(ids);
  });

  it('made before Outlook has said who is there is sent when it has', async () => {
    const server = aServer();
    const outbox = createOutbox({
      kept: a.kept(), api: server, now: () => 0, settled: () => {}, changed: () => {}, failed: () => {},
    });
    outbox.log();
    await outbox.send();
    expect(server.received).toHaveLength(0);
    outbox.belongsTo('sam@contoso.com');
    await outbox.send();
    expect(server.received).toHaveLength(1);
  });

  it('of another account is neither shown nor sent', async () => {
    const { outbox, server, storage } = anOutbox();
    server.trouble = 'offline';
    outbox.log();
    await outbox.send();
    server.trouble = 'none';
    const other = anOutbox(server, storage).reopen();
    other.belongsTo('dana@contoso.com');
    await other.send();
    expect(other.view().waiting).toBe(0);
    expect(server.received).toHaveLength(0);
  });

  it('stays when the rep is signed out', async () => {
    const { outbox, server } = anOutbox();
    server.trouble = 'signedOut';
    outbox.log();
    await outbox.send();
    expect(outbox.view().waiting).toBe(1);
  });

  it('that the server refuses is put before the rep', async () => {
    const { outbox, server } = anOutbox();
    server.trouble = 'refuses';
    outbox.log();
    await outbox.send();
    expect(outbox.view()).toMatchObject({ waiting: 0, ahead: 0, undecided: [{ refused: 'That call is too old.' }] });
  });
});

describe('a call of more than seven days ago', () => {
  it.each([[oldestMilliseconds, 1], [oldestMilliseconds + 1, 0]])('is sent by itself only up to then: %d ms', async (age, sent) => {
    const { outbox, server, clock } = anOutbox();
    outbox.log();
    clock.now += age;
    await outbox.send();
    expect(server.received).toHaveLength(sent);
    expect(outbox.view().undecided).toHaveLength(1 - sent);
  });

  it('counts as made now when the rep says so', async () => {
    const { outbox, server, clock } = anOutbox();
    const id = outbox.log();
    clock.now += oldestMilliseconds + 1;
    outbox.countNow(id);
    await outbox.send();
    expect(server.received).toEqual([{ id, secondsAgo: 0 }]);
  });

  it('is forgotten when the rep says so', () => {
    const { outbox, clock, reopen } = anOutbox();
    const id = outbox.log();
    clock.now += oldestMilliseconds + 1;
    outbox.forget(id);
    expect(reopen().view().undecided).toEqual([]);
  });
});

describe('an undo', () => {
  it('of a call that never left cancels it without a word to the server', async () => {
    const { outbox, server } = anOutbox();
    outbox.undo(outbox.log());
    await outbox.send();
    expect(server.received).toHaveLength(0);
    expect(server.undone.size).toBe(0);
  });

  it('of a call the server has takes one from the number on screen until the server answers', async () => {
    const { outbox, server, boards } = anOutbox();
    const id = outbox.log();
    await outbox.send();
    outbox.undo(id);
    expect(outbox.view().ahead).toBe(-1);
    await outbox.send();
    expect(outbox.view().ahead).toBe(0);
    expect(server.undone.has(id)).toBe(true);
    expect(boards.at(-1)?.counts.calls).toBe(0);
  });

  it('of a call whose answer was lost is sent too', async () => {
    const { outbox, server } = anOutbox();
    server.trouble = 'answerLost';
    const id = outbox.log();
    await outbox.send();
    server.trouble = 'none';
    outbox.undo(id);
    expect(outbox.view().ahead).toBe(0);
    await outbox.send();
    expect(server.undone.has(id)).toBe(true);
  });

  it('while its call is under way follows it', async () => {
    const { outbox, server } = anOutbox();
    const id = outbox.log();
    const sending = outbox.send();
    outbox.undo(id);
    await sending;
    await settle();
    expect([server.calls.has(id), server.undone.has(id)]).toEqual([true, true]);
    expect(outbox.view()).toMatchObject({ waiting: 0, ahead: 0 });
  });
});

describe('another pane of this browser', () => {
  it('sends its own clicks, which are not counted here as well', () => {
    const { outbox, reopen } = anOutbox();
    reopen().log();
    outbox.reread();
    expect(outbox.view()).toMatchObject({ waiting: 0, ahead: 0 });
  });

  it('may be closed before it could: then its clicks are sent here', async () => {
    const { outbox, reopen, clock, server } = anOutbox();
    reopen().log();
    clock.now += 10_001;
    outbox.reread();
    expect(outbox.view().waiting).toBe(1);
    await outbox.send();
    expect(server.calls.size).toBe(1);
  });

  it('may send what was waiting here too', async () => {
    const { outbox, server, reopen } = anOutbox();
    server.trouble = 'offline';
    outbox.log();
    await outbox.send();
    server.trouble = 'none';
    await reopen().send();
    outbox.reread();
    expect(outbox.view().waiting).toBe(0);
  });
});

it('works for as long as the pane is open where storage is refused', async () => {
  const server = aServer();
  const refusing = new Proxy({} as Storage, { get() { throw new Error('denied'); } });
  const { outbox } = anOutbox(server, refusing);
  outbox.log();
  await outbox.send();
  expect(server.received).toHaveLength(1);
});

describe('how a call went', () => {
  it('is sent after the call, however late either is', async () => {
    const { outbox, server, reopen } = anOutbox();
    server.trouble = 'offline';
    const id = outbox.log();
    outbox.setOutcome(id, 'voicemail');
    await outbox.send();
    server.trouble = 'none';
    const next = reopen();
    await next.send();
    expect(server.calls).toEqual(new Set([id]));
    expect(server.outcomes.get(id)).toBe('voicemail');
    expect(next.mayBeSent()).toBe(false);
  });

  it('is what was said last, also when the first word is under way', async () => {
    const { outbox, server } = anOutbox();
    const id = outbox.log();
    await outbox.send();
    outbox.setOutcome(id, 'voicemail');
    const sending = outbox.send();
    outbox.setOutcome(id, 'meeting');
    await sending;
    await outbox.send();
    expect(server.outcomes.get(id)).toBe('meeting');
    expect(outbox.mayBeSent()).toBe(false);
  });

  it('neither counts as a call nor outlives one that is taken back', async () => {
    const { outbox, server } = anOutbox();
    const id = outbox.log();
    outbox.setOutcome(id, 'talked');
    expect(outbox.view()).toMatchObject({ waiting: 1, ahead: 1 });
    outbox.undo(id);
    await outbox.send();
    expect(server.outcomes.size + server.calls.size).toBe(0);
  });

  it('waits for the rep where the call does', async () => {
    const { outbox, server, clock } = anOutbox();
    const id = outbox.log();
    outbox.setOutcome(id, 'talked');
    clock.now += oldestMilliseconds + 1;
    await outbox.send();
    expect(server.outcomes.size).toBe(0);
    outbox.countNow(id);
    await outbox.send();
    expect(server.outcomes.get(id)).toBe('talked');
  });
});
