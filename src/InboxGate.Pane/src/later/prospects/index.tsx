// The list of prospects: fetched when it is opened, with its own style sheet.
import css from './prospects.css?inline';

export { ProspectsSheet } from './ProspectsSheet';
export { speakContacts } from './contacts/words';
export { speakProspects } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
