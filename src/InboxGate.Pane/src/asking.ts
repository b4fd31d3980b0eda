// Office's callbacks as promises that always settle. Also part of the event bundle: plain statements only.

type Ask<T> = (tell: (result: Office.AsyncResult<T>) => void) => void;

const patienceMilliseconds = 2_000;

/** An Office call's value, or null when it failed, threw, or never answered. */
export function valueOf<T>(ask: Ask<T>, patience = patienceMilliseconds): Promise<T | null> {
  return settled(ask, patience, (result) => result.value, null);
}

/** Whether an Office call succeeded. */
export function succeeds(ask: Ask<void>, patience = patienceMilliseconds): Promise<boolean> {
  return settled(ask, patience, () => true, false);
}

function settled<T, U>(ask: Ask<T>, patience: number, read: (result: Office.AsyncResult<T>) => U, otherwise: U): Promise<U> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(otherwise), patience);
    try {
      ask((result) => {
        if (String(result.status) === 'succeeded') resolve(read(result));
        else resolve(otherwise);
      });
    } catch (_error) {
      resolve(otherwise);
    }
  });
}

/** A message being written has fields to ask, one being read has values. */
export function isCompose(item: unknown): item is Office.MessageCompose {
  const { to } = item as Partial<Office.MessageCompose>;
  return !!to && typeof to.getAsync === 'function';
}
