// Looking back: fetched when it is opened, with its own style sheet.
import css from './history.css?inline';

export { HistorySheet } from './HistorySheet';
export { speakHistory } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
