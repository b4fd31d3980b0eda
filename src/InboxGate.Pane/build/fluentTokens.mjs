// Writes the Fluent design tokens that the style sheet uses, and only those, as static custom properties:
// nothing of the token package reaches the browser.
import { readFileSync } from 'node:fs';
import { webDarkTheme, webLightTheme } from '@fluentui/tokens';

export function fluentTokens() {
  return {
    name: 'fluent-tokens',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0];
      if (path.endsWith('/pane.css')) return { code: tokenBlocks(code) + code, map: null };
      // This one comes later, into a page that has the tokens of the first.
      if (path.endsWith('/later.css')) return { code: tokenBlocks(code, read('pane.css')) + code, map: null };
      if (path.endsWith('/history.css')) return { code: tokenBlocks(code, read('pane.css') + read('later/later.css')) + code, map: null };
      // The managers' page has the first one, too.
      if (path.endsWith('/team.css')) return { code: tokenBlocks(code, read('pane.css')) + code, map: null };
      if (path.endsWith('/settings.css')) return { code: tokenBlocks(code, read('pane.css') + read('team/team.css')) + code, map: null };
      return null;
    },
  };
}

const read = (path) => readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');

/** The tokens that `css` uses, less those of the style sheet that is in the page before it. */
export function tokenBlocks(css, before = '') {
  const own = new Set([...css.matchAll(/--([a-z][\w]*)\s*:/g)].map((match) => match[1]));
  const there = tokensOf(before);
  const used = [...tokensOf(css)]
    .filter((name) => !own.has(name) && !there.has(name))
    .sort();
  const unknown = used.filter((name) => !(name in webLightTheme));
  if (unknown.length > 0) throw new Error(`A style sheet uses tokens that Fluent does not have: ${unknown.join(', ')}`);

  const differing = used.filter((name) => webLightTheme[name] !== webDarkTheme[name]);
  const light = declarations(webLightTheme, used);
  const dark = declarations(webDarkTheme, differing);
  return (
    `:root{color-scheme:light;${light}}` +
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}` +
    `:root[data-theme=dark]{color-scheme:dark;${dark}}\n`
  );
}

const tokensOf = (css) => new Set([...css.matchAll(/var\(--([A-Za-z0-9]+)/g)].map((match) => match[1]));

function declarations(theme, names) {
  return names.map((name) => `--${name}:${theme[name]}`).join(';');
}
