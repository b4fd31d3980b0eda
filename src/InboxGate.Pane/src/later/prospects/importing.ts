// A file on its way into a list, as ImportsController.cs takes it and tells of it.
import { ApiError, json } from '../../api';
import { list, maybe, shape, text, whole, yesNo, type Check } from '../../board';
import type { ListEnds } from './prospects';

/** What a column can be; the server decides what it is (ImportField.cs). */
export const fields = [
  'email', 'email2', 'email3', 'firstName', 'lastName', 'name', 'company', 'domain', 'phone', 'mobile', 'status', 'lifecycle', 'type', 'timeZone',
  'country', 'doNotCall', 'id', 'ignore',
] as const;
export type Field = (typeof fields)[number];

export interface Column { index: number; header: string; field: string | null; samples: string[] }
/** `rejected` is false where the row was taken all the same. */
export interface Problem { line: number; code: string; detail: string; rejected: boolean }

export interface Report {
  rows: number;
  added: number;
  updated: number;
  unchanged: number;
  rejected: number;
  removed: number;
  conflicts: number;
  /** The first ones. */
  problems: Problem[];
  problemsLeftOff: number;
}

interface Shown { entry: string; kind: string; name: string | null; company: string | null; phone: string | null }

export interface Preview extends Report {
  columns: Column[];
  sample: Shown[];
  /** What earlier files brought and this one lacks. */
  wouldRemove: { count: number; sample: Shown[] };
}

/** What is said beside the file. */
export interface Choices {
  /** By column: what the reader says it is, where that is not what the server made of it. */
  mapping: Readonly<Record<number, string>>;
  onConflict: 'keep' | 'file';
  removeMissing: boolean;
}

const counts = {
  rows: whole, added: whole, updated: whole, unchanged: whole, rejected: whole, removed: whole, conflicts: whole,
  problems: list(shape<Problem>({ line: whole, code: text, detail: text, rejected: yesNo })),
  problemsLeftOff: whole,
};
const shown = shape<Shown>({ entry: text, kind: text, name: maybe(text), company: maybe(text), phone: maybe(text) });
const report: Check<Report> = shape<Report>(counts);
const preview = shape<Preview>({
  ...counts,
  columns: list(shape<Column>({ index: whole, header: text, field: maybe(text), samples: list(text) })),
  sample: list(shown),
  wouldRemove: shape<Preview['wouldRemove']>({ count: whole, sample: list(shown) }),
});

const longestMilliseconds = 60 * 60 * 1000;

function formOf(file: File, { mapping, onConflict, removeMissing }: Choices, id?: string): FormData {
  const form = new FormData();
  // What is said comes before the file: it is read as it arrives.
  if (id) form.set('id', id);
  if (Object.keys(mapping).length > 0) form.set('mapping', JSON.stringify(mapping));
  form.set('onConflict', onConflict);
  if (removeMissing) form.set('removeMissing', 'true');
  form.set('file', file, file.name);
  return form;
}

const post = (ends: ListEnds, path: string, body: FormData | undefined, signal?: AbortSignal, accept?: string) =>
  ends.call('POST', `${ends.base}/import${path}`, body, { patience: longestMilliseconds, ...(signal ? { signal } : {}), ...(accept ? { accept } : {}) });

export const previewOf = async (ends: ListEnds, file: File, choices: Choices, signal: AbortSignal): Promise<Preview> =>
  preview(await json(await post(ends, '/preview', formOf(file, choices), signal)), 'preview');

export const rejectedOf = async (ends: ListEnds, file: File, choices: Choices): Promise<Blob> =>
  (await post(ends, '/rejected', formOf(file, choices))).blob();

export const undoRemoval = async (ends: ListEnds, id: string): Promise<void> => void (await post(ends, `/${id}/undo-removal`, undefined));

export interface Progress { rows: number; /** Of the whole, 0 to 1. */ of: number }

/** Sends the file in, and tells of its way. The same id twice changes nothing more. Aborted, nothing of it stays. */
export async function importOf(
  ends: ListEnds, file: File, choices: Choices, id: string, signal: AbortSignal, tell: (progress: Progress) => void,
): Promise<Report> {
  const answer = await post(ends, '', formOf(file, choices, id), signal, 'application/x-ndjson');
  for await (const line of linesOf(answer)) {
    const told = objectOf(line);
    if ('report' in told) return report(told['report'], 'report');
    if ('problem' in told) throw refusalOf(told['problem']);
    if (typeof told['rows'] === 'number') tell({ rows: told['rows'], of: typeof told['of'] === 'number' ? told['of'] : 0 });
  }
  throw new ApiError('broken', answer.status, '', 'The server’s answer ended too soon.');
}

/** Line by line, as they arrive. */
async function* linesOf(answer: Response): AsyncGenerator<string> {
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    yield* lines.filter((line) => line.trim() !== '');
    if (done) break;
  }
  if (rest.trim() !== '') yield rest;
}

function objectOf(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function refusalOf(problem: unknown): ApiError {
  const { status, type, title, detail } = (problem ?? {}) as Record<string, unknown>;
  const said = [title, detail].filter((part) => typeof part === 'string').join(' ');
  return new ApiError('refused', typeof status === 'number' ? status : 422, typeof type === 'string' ? type : '', said);
}
