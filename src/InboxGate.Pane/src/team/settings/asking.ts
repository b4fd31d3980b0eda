import { ApiError } from '../../api';
import { settingsWords } from './words';

/** What the settings need of the page's API: JSON or a form goes, an answer that still has to be checked comes. */
export interface Asking { ask(method: string, path: string, body?: unknown): Promise<unknown> }

/** In the reader's language where the server was not the one to speak. */
export function saidOf(error: unknown): string {
  if (error instanceof ApiError && error.failure === 'offline') return settingsWords.offline;
  if (error instanceof ApiError && error.status === 403) return `${settingsWords.forbidden} ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** Null where there is none. */
export async function found<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The objects of a list in an answer. */
export function objectsOf(answer: unknown, name: string): Record<string, unknown>[] {
  const list = isObject(answer) ? answer[name] : null;
  if (!Array.isArray(list) || !list.every(isObject)) throw new ApiError('broken', 200, '', settingsWords.unreadable);
  return list;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
