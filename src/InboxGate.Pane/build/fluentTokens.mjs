// Writes the Fluent design tokens that the style sheet uses, and only those, as static custom properties:
// nothing of the token package reaches the browser.
import { webDarkTheme, webLightTheme } from '@fluentui/tokens';

export function fluentTokens() {
  return {
    name: 'fluent-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0].endsWith('/pane.css')) return null;
      return { code: tokenBlocks(code) + code, map: null };
    },
  };
}

export function tokenBlocks(css) {
  const own = new Set([...css.matchAll(/--([a-z][\w]*)\s*:/g)].map((match) => match[1]));
  const used = [...new Set([...css.matchAll(/var\(--([A-Za-z0-9]+)/g)].map((match) => match[1]))]
    .filter((name) => !own.has(name))
    .sort();
  const unknown = used.filter((name) => !(name in webLightTheme));
  if (unknown.length > 0) throw new Error(`pane.css uses tokens that Fluent does not have: ${unknown.join(', ')}`);

  const differing = used.filter((name) => webLightTheme[name] !== webDarkTheme[name]);
  const light = declarations(webLightTheme, used);
  const dark = declarations(webDarkTheme, differing);
  return (
    `:root{color-scheme:light;${light}}` +
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}` +
    `:root[data-theme=dark]{color-scheme:dark;${dark}}\n`
  );
}

function declarations(theme, names) {
  return names.map((name) => `--${name}:${theme[name]}`).join(';');
}
