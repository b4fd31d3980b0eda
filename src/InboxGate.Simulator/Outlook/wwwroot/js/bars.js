// Notification messages above a mail or a draft: kept by item, as many as the client shows, drawn as Outlook draws them.

const byItem = new Map();

const fail = (name, message) => {
  throw { name, message, code: 5001 };
};
const of = (item) => byItem.get(item) ?? byItem.set(item, new Map()).get(item);

export function add(item, key, details, most) {
  const bars = of(item);
  if (bars.has(key)) fail('DuplicateNotificationKey', 'A notification with this key is there already.');
  checkInsight(bars, key, details);
  // A phone has room for one, and the new one takes it.
  if (most === 1) bars.clear();
  if (bars.size >= most) fail('NumberOfNotificationMessagesExceeded', `An item takes ${most} notifications at most.`);
  bars.set(key, details);
}

/** Adds when there is none, as Outlook does. */
export function replace(item, key, details, most) {
  if (!of(item).has(key)) return add(item, key, details, most);
  checkInsight(of(item), key, details);
  of(item).set(key, details);
}

function checkInsight(bars, key, { type }) {
  if (type === 'insightMessage' && [...bars].some(([other, bar]) => other !== key && bar.type === type)) {
    fail('InsightMessageExists', 'An item takes one InsightMessage of an add-in.');
  }
}

export function remove(item, key) {
  if (!of(item).delete(key)) fail('NotificationKeyNotFound', 'There is no notification with this key.');
}

export const all = (item) =>
  [...of(item)].map(([key, { action, ...details }]) => ({ key, ...details, ...(action && { actions: [action] }) }));

/** What is not persistent ends when another item is selected. */
export function leave(item) {
  for (const [key, { type, persistent }] of of(item)) {
    if (!(type === 'informationalMessage' && persistent)) of(item).delete(key);
  }
}

const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });

/** @param act what a bar's action does: given the command's id and the context for it */
export function draw(place, item, act) {
  place.replaceChildren(...[...(item ? of(item) : [])].map(([key, { type, message, action }]) => {
    const bar = element('div', 'bar', '');
    bar.dataset.type = type;
    bar.dataset.testid = 'banner';
    bar.dataset.key = key;
    const glyph = element('span', 'glyph', type === 'errorMessage' ? '!' : 'i');
    glyph.ariaHidden = 'true';
    bar.append(glyph, element('span', 'text', message));
    if (action) {
      const link = element('button', 'link', action.actionText);
      link.type = 'button';
      link.dataset.testid = 'banner-action';
      link.addEventListener('click', () => act(action.commandId, action.contextData));
      bar.append(link);
    }
    const dismiss = element('button', '', 'Dismiss');
    dismiss.type = 'button';
    dismiss.addEventListener('click', () => {
      of(item).delete(key);
      draw(place, item, act);
    });
    bar.append(dismiss);
    return bar;
  }));
}
