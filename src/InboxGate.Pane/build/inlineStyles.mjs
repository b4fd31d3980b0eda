// Moves each built style sheet into the pages that link it, so that the first paint needs one response.
export function inlineStyles() {
  return {
    name: 'inline-styles',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const pages = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.html'));
      for (const [name, sheet] of Object.entries(bundle)) {
        if (!name.endsWith('.css')) continue;
        const link = new RegExp(`<link rel="stylesheet"[^>]*href="/${name.replaceAll('.', '\\.')}"[^>]*>`);
        const linking = pages.filter((page) => link.test(page.source));
        if (linking.length === 0) throw new Error(`No page links ${name}.`);
        for (const page of linking) page.source = page.source.replace(link, () => `<style>${String(sheet.source).trim()}</style>`);
        delete bundle[name];
      }
    },
  };
}
