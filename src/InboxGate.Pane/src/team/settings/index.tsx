// The settings of a team or of the whole tenant: fetched when they are opened, with their own style sheet and words.
import css from './settings.css?inline';

export { Settings } from './Settings';
export { speakSettings } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
