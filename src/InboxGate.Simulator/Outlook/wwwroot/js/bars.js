// Notification messages above a mail: kept by item, five at most, drawn as Outlook draws them.

const mostPerItem = 5;
const byItem = new Map();

const fail = (name, message) => {
  throw { name, message, code: 5001 };
};
const of = (itemId) => byItem.get(itemId) ?? byItem.set(itemId, new Map()).get(itemId);

export function add(itemId, key, details) {
  const bars = of(itemId);
  if (bars.has(key)) fail('DuplicateNotificationKey', 'A notification with this key is there already.');
  if (bars.size >= mostPerItem) fail('NumberOfNotificationMessagesExceeded', 'An item takes five notifications at most.');
  bars.set(key, details);
}

/** Adds when there is none, as Outlook does. */
export function replace(itemId, key, details) {
  if (of(itemId).has(key)) of(itemId).set(key, details);
  else add(itemId, key, details);
}

export function remove(itemId, key) {
  if (!of(itemId).delete(key)) fail('NotificationKeyNotFound', 'There is no notification with this key.');
}

export const all = (itemId) => [...of(itemId)].map(([key, details]) => ({ key, ...details }));

/** What is not persistent ends when another item is selected. */
export function leave(itemId) {
  for (const [key, { type, persistent }] of of(itemId)) {
    if (!(type === 'informationalMessage' && persistent)) of(itemId).delete(key);
  }
}

export function draw(place, itemId) {
  place.replaceChildren(...all(itemId).map(({ key, type, message }) => {
    const bar = document.createElement('div');
    bar.className = 'bar';
    bar.dataset.type = type;
    bar.dataset.testid = 'banner';
    bar.dataset.key = key;
    const glyph = document.createElement('span');
    glyph.className = 'glyph';
    glyph.textContent = type === 'errorMessage' ? '!' : 'i';
    glyph.ariaHidden = 'true';
    const text = document.createElement('span');
    text.className = 'text';
    text.textContent = message;
    const dismiss = document.createElement('button');
    dismiss.type = 'button';
    dismiss.textContent = 'Dismiss';
    dismiss.addEventListener('click', () => {
      of(itemId).delete(key);
      draw(place, itemId);
    });
    bar.append(glyph, text, dismiss);
    return bar;
  }));
}
