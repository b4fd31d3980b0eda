import { afterEach, expect, it } from 'vitest';
import { contrast, paint } from '../src/theme';

const page = document.documentElement;
const colours = { bodyBackground: '#fafafa', bodyForeground: '#111111', controlBackground: '#ffffff', controlForeground: '#222222' };

/** The tokens of the style sheet, which a test has none of. */
const tokens = { colorNeutralForeground2: '#424242', colorNeutralForeground3: '#616161', colorBrandForegroundLink: '#115ea3', colorPaletteGreenForeground1: '#0e700e' };
Object.entries(tokens).forEach(([name, value]) => page.style.setProperty(`--${name}`, value));

const ground = () => ['colorNeutralBackground1', 'colorNeutralBackground3', 'colorNeutralForeground1'].map((name) => page.style.getPropertyValue(`--${name}`));

afterEach(() => paint(null));

it('puts Outlook’s colours on the pane', () => {
  paint(colours);
  expect(ground()).toEqual(['#fafafa', '#ffffff', '#111111']);
});

it.each([
  ['cards too dark for our greys', { ...colours, bodyBackground: '#888888' }],
  ['a page too dark for our greys', { ...colours, controlBackground: '#555555' }],
  ['a text too pale for its page', { ...colours, bodyForeground: '#bbbbbb' }],
])('leaves ours where Outlook’s are %s', (_, unreadable) => {
  paint(colours);
  paint(unreadable);
  expect(ground()).toEqual(['', '', '']);
});

it('takes them off again', () => {
  paint(colours);
  paint(null);
  expect(ground()).toEqual(['', '', '']);
});

it.each([['#000000', '#ffffff', 21], ['#fff', '#ffffff', 1], ['#777777', '#ffffff', 4.48], ['none', '#ffffff', 0]])('measures the contrast of %s on %s', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1);
});
