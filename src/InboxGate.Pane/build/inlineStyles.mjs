// Moves the built style sheet into the page, so that the first paint needs one response.
export function inlineStyles() {
  return {
    name: 'inline-styles',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['taskpane.html'];
      if (!page) throw new Error('taskpane.html was not built.');
      for (const [name, sheet] of Object.entries(bundle)) {
        if (!name.endsWith('.css')) continue;
        const link = new RegExp(`<link rel="stylesheet"[^>]*href="/${name.replaceAll('.', '\\.')}"[^>]*>`);
        if (!link.test(page.source)) throw new Error(`taskpane.html does not link ${name}.`);
        page.source = page.source.replace(link, () => `<style>${String(sheet.source).trim()}</style>`);
        delete bundle[name];
      }
    },
  };
}
