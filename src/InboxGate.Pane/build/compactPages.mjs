// Takes indentation and the comments of inline scripts out of the pages, which are paid for before the first paint, and
// asks for a page's own script before anything else that the page names.
export function compactPages() {
  return {
    name: 'compact-pages',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const page of Object.values(bundle)) {
        if (page.fileName.endsWith('.html')) page.source = scriptFirst(compact(page.source));
      }
    },
  };
}

export const compact = (html) => html.replace(/^\s+(?:\/\/.*)?/gm, '').replace(/\n+/g, '\n');

/** Left to itself a browser fetches a module as late as a picture. */
function scriptFirst(html) {
  const [tag] = /<script type="module"[^>]*><\/script>\n?/.exec(html) ?? [''];
  return html.replace(tag, '').replace('<title>', () => `${tag.replace('<script ', '<script fetchpriority="high" ')}<title>`);
}
