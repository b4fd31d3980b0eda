// Vite's own helper for lazy imports also waits for style sheets and old browsers; the pane has neither, and every
// byte of it is paid up front. This one only asks for what the lazy script itself imports, beside it instead of after it.
const helper = `
export const __vitePreload = (load, paths = []) => {
  for (const path of paths) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: '/' + path }));
  return load();
};`;

export function lazyImports() {
  return {
    name: 'lazy-imports',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? helper : null),
  };
}
