// A mail's body, drawn from a short list of elements and no attributes: nothing in a mail may run or load here.

const kept = new Set(['P', 'DIV', 'SPAN', 'BR', 'B', 'STRONG', 'I', 'EM', 'U', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'TABLE', 'TBODY', 'THEAD', 'TR', 'TD', 'TH', 'H1', 'H2', 'H3', 'A', 'HR']);
const skipped = new Set(['SCRIPT', 'STYLE', 'TITLE', 'HEAD', 'TEMPLATE', 'IFRAME', 'OBJECT', 'NOSCRIPT', 'SVG', 'MATH']);

export function drawBody(place, body) {
  if ((body?.contentType ?? 'html').toLowerCase() === 'text') {
    const text = document.createElement('pre');
    text.textContent = body.content;
    text.style.whiteSpace = 'pre-wrap';
    text.style.font = 'inherit';
    place.replaceChildren(text);
    return;
  }
  const page = new DOMParser().parseFromString(body?.content ?? '', 'text/html');
  place.replaceChildren(...copies(page.body));
}

function copies(node) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return [document.createTextNode(child.data)];
    if (child.nodeType !== Node.ELEMENT_NODE || skipped.has(child.tagName.toUpperCase())) return [];
    if (!kept.has(child.tagName)) return copies(child);
    const copy = document.createElement(child.tagName === 'A' ? 'span' : child.tagName);
    copy.append(...copies(child));
    return [copy];
  });
}
