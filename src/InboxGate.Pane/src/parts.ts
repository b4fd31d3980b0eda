// The parts that come later, with their words: fetched once, when somebody first needs them.
import type * as Parts from './later';
import { speakToo } from './words';

/** Null until they are there. */
export let parts: typeof Parts | null = null;
let asking: Promise<typeof Parts> | null = null;

export const fetchParts = (): Promise<typeof Parts> => (asking ??= fetched().finally(() => (asking = null)));

async function fetched(): Promise<typeof Parts> {
  if (parts) return parts;
  const loaded = await import('./later');
  await speakToo(loaded.speakLater);
  return (parts = loaded);
}
