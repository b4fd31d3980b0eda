import { readFileSync } from 'node:fs';
import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { describe, expect, it } from 'vitest';
import { tokenBlocks } from '../build/fluentTokens.mjs';

const css = readFileSync('src/pane.css', 'utf8');

it('writes the tokens that are used, once for each theme', () => {
  const blocks = tokenBlocks('a { color: var(--colorNeutralForeground1); margin: var(--spacingHorizontalM) }');
  expect(blocks).toContain(`--colorNeutralForeground1:${webLightTheme.colorNeutralForeground1}`);
  expect(blocks).toContain(`:root[data-theme=dark]{color-scheme:dark;--colorNeutralForeground1:${webDarkTheme.colorNeutralForeground1}}`);
  expect(blocks.match(/--spacingHorizontalM/g)).toHaveLength(1);
});

it('refuses a token that Fluent does not have', () => {
  expect(() => tokenBlocks('a { color: var(--colorOfMoney) }')).toThrow('colorOfMoney');
});

it('writes no token of the first style sheet again with the later one', () => {
  const later = tokenBlocks(readFileSync('src/later/later.css', 'utf8') + 'a { margin: var(--spacingHorizontalM) }', css);
  expect(later).toContain('--spacingHorizontalM');
  expect(later).not.toContain('--colorNeutralForeground3');
});

describe('text stands out at least 4.5 to 1', () => {
  const pairs = [
    ['colorNeutralForeground1', 'colorNeutralBackground1'],
    ['colorNeutralForeground2', 'colorNeutralBackground3'],
    ['colorNeutralForeground3', 'colorNeutralBackground1'],
    ['colorBrandForeground2', 'colorBrandBackground2'],
    ['colorBrandForegroundLink', 'colorNeutralBackground1'],
    ['colorPaletteGreenForeground1', 'colorNeutralBackground1'],
    ['colorNeutralForegroundOnBrand', 'colorBrandBackground'],
  ];

  it.each(pairs.flatMap((pair) => [['light', webLightTheme, ...pair], ['dark', webDarkTheme, ...pair]]))(
    '%s: %#', (_name, theme, text, ground) => {
      expect(css).toContain(`var(--${text})`);
      expect(css).toContain(`var(--${ground})`);
      expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );
});

/** WCAG 2.2, contrast ratio of two opaque colours. */
function contrast(one, other) {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const parts = /^#(..)(..)(..)$/.exec(colour).slice(1).map((hex) => Number.parseInt(hex, 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
