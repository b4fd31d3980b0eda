// The plan: fetched when it is opened, with its own style sheet.
import css from './plan.css?inline';

export { PlanSheet } from './PlanSheet';
export { speakPlan } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
