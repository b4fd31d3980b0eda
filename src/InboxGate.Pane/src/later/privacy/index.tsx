// What is kept about the rep: fetched when it is opened, with its own style sheet.
import css from './privacy.css?inline';

export { PrivacySheet } from './PrivacySheet';
export { speakPrivacy } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
