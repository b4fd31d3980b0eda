// Outlook's own colours on the pane, as far as everything stays readable on them.
import type { ThemeColours } from './host';

/** What is written on cards and on the page, by the names of the style sheet's tokens. */
const written = ['colorNeutralForeground2', 'colorNeutralForeground3', 'colorBrandForegroundLink', 'colorPaletteGreenForeground1'];
/** WCAG 2.2, 1.4.3. */
const leastContrast = 4.5;

export function paint(colours: ThemeColours | null, page: HTMLElement = document.documentElement) {
  // Cards are what Outlook's own content stands on; the page around them is as its controls are.
  const own = ['colorNeutralBackground1', 'colorNeutralBackground3', 'colorNeutralForeground1'];
  own.forEach((name) => page.style.removeProperty(`--${name}`));
  if (!colours) return;
  const { bodyBackground, bodyForeground, controlBackground } = colours;
  const tokens = getComputedStyle(page);
  const texts = [bodyForeground, ...written.map((name) => tokens.getPropertyValue(`--${name}`).trim())];
  const isReadable = [bodyBackground, controlBackground].every((ground) => texts.every((text) => contrast(text, ground) >= leastContrast));
  // Half of a theme cannot be read: all of it or none.
  if (!isReadable) return;
  [bodyBackground, controlBackground, bodyForeground].forEach((colour, at) => page.style.setProperty(`--${own[at]}`, colour));
}

/** Of two colours such as "#1f1f1f"; 0 where one of them cannot be told. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  const ratio = (lighter! + 0.05) / (darker! + 0.05);
  return Number.isNaN(ratio) ? 0 : ratio;
}

/** The relative luminance of WCAG. */
function luminance(colour: string): number {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour);
  if (!match) return Number.NaN;
  const [red, green, blue] = match.slice(1).map((part) => {
    const share = Number.parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
