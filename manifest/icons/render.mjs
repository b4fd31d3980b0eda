// Renders the PNGs that the manifests name from the two SVGs: node manifest/icons/render.mjs
// Chromium draws each size on a canvas and writes it into the page as data; CHROMIUM names another browser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const icon = readFileSync(join(here, 'icon.svg'), 'utf8');
const call = readFileSync(join(here, 'call.svg'), 'utf8');
const outline = icon.replace(/<rect id="ground"[^>]*>/, '');

// Ribbon 16, 32, 80; list of add-ins 64, 128; Teams' store 192 and the outline; phones 25, 32, 48 at one to three times.
const pictures = [
  ...[16, 25, 32, 48, 50, 64, 75, 80, 96, 128, 144, 192].map((size) => ({ name: `icon-${size}.png`, svg: icon, size })),
  ...[16, 32, 80].map((size) => ({ name: `call-${size}.png`, svg: call, size })),
  { name: 'outline-32.png', svg: outline, size: 32 },
];

const page = `<!doctype html><body><script type="module">
  for (const { name, svg, size } of ${JSON.stringify(pictures)}) {
    const image = new Image();
    image.src = 'data:image/svg+xml,' + encodeURIComponent(svg.replace('<svg ', '<svg width="' + size + '" height="' + size + '" '));
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    canvas.getContext('2d').drawImage(image, 0, 0, size, size);
    document.body.append(Object.assign(document.createElement('p'), { id: name, textContent: canvas.toDataURL('image/png') }));
  }
</script>`;

const folder = mkdtempSync(join(tmpdir(), 'inboxgate-icons-'));
try {
  const file = join(folder, 'icons.html');
  writeFileSync(file, page.replaceAll('</svg>', '<\\/svg>'));
  const drawn = execFileSync(
    process.env.CHROMIUM ?? 'chromium',
    ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=10000', '--dump-dom', `file://${file}`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 },
  );
  for (const { name } of pictures) {
    const data = new RegExp(`id="${name}">data:image/png;base64,([^<]+)<`).exec(drawn)?.[1];
    if (!data) throw new Error(`${name} was not drawn.`);
    writeFileSync(join(here, name), Buffer.from(data, 'base64'));
    console.log(name);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
