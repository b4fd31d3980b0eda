// Every test reads the pane in English, whole, unless it asks for something else. Some run without a page.
if (typeof document !== 'undefined') {
  const [{ speak }, { fetchParts }] = await Promise.all([import('../src/words'), import('../src/parts')]);
  await speak('en');
  await fetchParts();
}

export {};
