// The message list: rows, marks and faces.
import { listText } from './time.js';

/** Outlook's preset0 to preset24. */
const colours = Object.fromEntries([
  'e7a1a2', 'f9ba89', 'b9937a', 'fcfa90', '7fc67d', '95d3c0', 'b5bc83', '8ea9db', 'b39cd0', 'd692b5', 'a8b8c8', '6b7d8f', 'bfbfbf', '7f7f7f', '4f4f4f',
  'b0413e', 'd0713a', '8a5a34', 'c9b037', '3f8f4b', '3c8f84', '7a8040', '3f67a8', '6c4f9c', '9c3f68',
].map((colour, number) => [`preset${number}`, `#${colour}`]));

const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? '' });

export const nameOf = (person) => person?.emailAddress?.name || person?.emailAddress?.address || '(no sender)';

export function drawFace(place, person) {
  const name = nameOf(person);
  const words = name.replace(/[^\p{L}\s]/gu, '').split(/\s+/).filter(Boolean);
  place.textContent = ((words[0]?.[0] ?? '?') + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
  place.style.setProperty('--hue', [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7));
}

/** The categories of a message, coloured as the master list says; a name that it lacks has no colour. */
function marks(names, categories) {
  const line = element('span', 'marks');
  line.append(...names.map((name) => {
    const mark = element('span', 'mark', name);
    mark.dataset.testid = 'category';
    mark.dataset.color = categories[name] ?? 'none';
    mark.style.setProperty('--mark', colours[categories[name]] ?? 'transparent');
    return mark;
  }));
  return line;
}

/** Rows that stay as they are stay where they are: a click that has begun on one ends on it, too. */
function showRows(place, rows) {
  const shown = new Map([...place.children].map((row) => [row.id, row]));
  rows.forEach((row, at) => {
    const before = shown.get(row.id);
    const kept = before?.isEqualNode(row) ? before : row;
    if (before && kept !== before) before.replaceWith(kept);
    if (place.children[at] !== kept) place.insertBefore(kept, place.children[at] ?? null);
  });
  while (place.children.length > rows.length) place.lastElementChild.remove();
}

/** @param facts isUnread(message), isSelected(message), personOf(message), categories, now, zone */
export function drawRows(place, messages, { isUnread, isSelected, personOf, categories, now, zone }) {
  showRows(place, messages.map((message) => {
    const row = element('li', isUnread(message) ? 'unread' : '');
    row.id = `mail-${message.id}`;
    row.role = 'option';
    row.dataset.id = message.id;
    row.dataset.testid = 'message';
    row.dataset.messageId = message.internetMessageId;
    row.dataset.subject = message.subject ?? '';
    row.ariaSelected = String(isSelected(message));
    const face = element('span', 'avatar');
    face.ariaHidden = 'true';
    drawFace(face, personOf(message));
    row.append(
      face,
      element('span', 'name', nameOf(personOf(message))),
      element('span', 'at', listText(new Date(message.receivedDateTime), now, zone)),
      element('span', 'title', message.subject || '(no subject)'),
      element('span', 'glance', message.bodyPreview),
    );
    if (message.categories?.length) row.append(marks(message.categories, categories));
    return row;
  }));
}
