// Bundles what the browser gets into wwwroot/lib: app.css, app.js, charts.js, theme.js, icons.svg and the fonts.
// Run by the build (Assets.targets); by hand: node build.mjs
import { build, transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import subset from 'subset-font';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'wwwroot/lib');
const icons = join(here, 'node_modules/@tabler/icons/icons');
const at = (...parts) => join(here, ...parts);
const made = new Set();
let failed = false;

mkdirSync(out, { recursive: true });

// A file that did not change keeps its time, so nothing after it is rebuilt.
function put(name, content) {
  const path = join(out, name);
  const next = Buffer.from(content);
  made.add(name);
  if (!existsSync(path) || !readFileSync(path).equals(next)) writeFileSync(path, next);
}

function files(folder, found = []) {
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['bin', 'obj', 'node_modules', 'wwwroot'].includes(entry.name)) files(path, found);
    } else if (/\.(razor|cs)$/.test(entry.name)) found.push(path);
  }
  return found;
}

// The same short name that the static web assets of .NET give a file: lib/app.css is also lib/app.<this>.css.
function fingerprint(content) {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 9);
  let n = BigInt.asIntN(72, [...bytes].reduceRight((sum, b) => (sum << 8n) | BigInt(b), 0n));
  if (n < 0n) n = -n;
  let text = '';
  for (let i = 0; i < 10; i++) {
    text += '0123456789abcdefghijklmnopqrstuvwxyz'[Number(n % 36n)];
    n /= 36n;
  }
  return text;
}

const views = [at('.'), at('../Modules'), at('../Host')].flatMap(f => files(f))
  .map(path => ({ path, text: readFileSync(path, 'utf8') }));

function sprite() {
  const wanted = new Map();
  for (const { path, text } of views) {
    const note = (name, sure) => {
      const held = wanted.get(name);
      wanted.set(name, { sure: sure || held?.sure, path: held?.sure ? held.path : path });
    };
    for (const [, name] of text.matchAll(/<Icon\s[^>]*?\bName="([a-z0-9-]+)"/g)) note(name, true);
    for (const [, name] of text.matchAll(/\bIcon\s*[=:]\s*"([a-z0-9-]+)"/g)) note(name, true);
    // A navigation item, or a choice between icons, names its icon as a plain string: take every string that is an icon.
    if (/\bNavItem\b|\bIcon\w*\b/.test(text))
      for (const [, name] of text.matchAll(/"([a-z][a-z0-9-]{2,40})"/g)) note(name, false);
  }
  const symbols = [];
  for (const [name, { sure, path }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const filled = name.endsWith('-filled');
    const file = join(icons, filled ? 'filled' : 'outline', `${filled ? name.slice(0, -7) : name}.svg`);
    if (!existsSync(file)) {
      if (sure) {
        console.error(`${relative(here, path)}: error UI001: no icon is named "${name}"; see https://tabler.io/icons`);
        failed = true;
      }
      continue;
    }
    const body = readFileSync(file, 'utf8').replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
    const paint = filled ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${body}</symbol>`);
  }
  put('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

function letters(range) {
  return range.split(',').map(part => {
    const [from, to = from] = part.slice(2).split('-').map(hex => parseInt(hex, 16));
    return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
  }).join('');
}

async function styles() {
  const faces = await Promise.all([
    // The letters of Western Europe, digits and signs, in the weights that the styles use.
    ['inter.woff2', 'inter-latin-wght-normal.woff2', 'U+20-7E,U+A0-FF,U+152-153,U+2010-2026,U+202F-203A,U+20AC,U+2122,U+2190-2193,U+2212'],
    // Fetched by the browser only when a page shows such a letter (Polish, Czech, Turkish, Vietnamese).
    ['inter-ext.woff2', 'inter-latin-ext-wght-normal.woff2', 'U+100-151,U+154-17F,U+218-21B,U+1E9E,U+1EA0-1EF9'],
  ].map(async ([name, source, range]) => {
    const content = await subset(readFileSync(at('node_modules/@fontsource-variable/inter/files', source)), letters(range), { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 700 } } });
    put(name, content);
    const marked = name.replace('.woff2', `.${fingerprint(content)}.woff2`);
    // The marked name is cached for a year; the plain one is the fallback.
    return `@font-face{font-family:"Inter Variable";font-style:normal;font-display:swap;font-weight:400 700;src:url("${marked}") format("woff2"),url("${name}") format("woff2");unicode-range:${range}}`;
  }));
  const scripts = readdirSync(at('assets/js')).map(f => ({ raw: readFileSync(at('assets/js', f), 'utf8'), extension: 'js' }));
  // The same styles for languages that run from right to left; our own use logical sides and serve both.
  const purged = await new PurgeCSS().purge({
    css: ['tabler.css', 'tabler.rtl.css'].map(name => ({ raw: readFileSync(at('node_modules/@tabler/core/dist/css', name), 'utf8') })),
    content: [...views.map(v => ({ raw: v.text, extension: v.path.endsWith('.cs') ? 'cs' : 'razor' })), ...scripts],
    defaultExtractor: text => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    // Composed in C#, or set by a script.
    safelist: { standard: ['show', 'active', 'disabled', 'is-invalid', 'collapsed', 'html', 'body', /^col-/, /^g-\d$/] },
    // Words of prose that happen to be component classes we restyle or do not have.
    blocklist: [/^(carousel|offcanvas|toast|ribbon|marketing|page-wrapper|pagination|accordion|popover|tooltip|modal|datagrid|chat|calendar|star|progressbg|tracking|flag)([-_]|$)/],
    fontFace: true,
    keyframes: true,
  });
  const order = ['tokens', 'base', 'shell', 'parts', 'forms', 'work', 'rtl', 'print'];
  const own = order.map(f => readFileSync(at(`assets/css/${f}.css`), 'utf8'));
  for (const [name, { css: tabler }] of [['app.css', purged[0]], ['app.rtl.css', purged[1]]]) {
    const css = [...faces, tabler.replace(/\/\*# sourceMappingURL.*?\*\/|@charset[^;]*;/g, ''), ...own].join('\n');
    const { code, warnings } = await transform(css, { loader: 'css', minify: true, target: ['chrome111', 'firefox113', 'safari16.4'], logOverride: { 'css-syntax-error': 'error' } });
    for (const w of warnings) console.log('css:', w.text);
    put(name, code);
  }
}

// Turbo puts a <style> of its progress bar into the page, which a strict content security policy forbids; ours is in app.css.
const turboWithoutStyle = {
  name: 'turbo-without-style',
  setup(b) {
    b.onLoad({ filter: /turbo\.es2017-esm\.js$/ }, ({ path }) => {
      const line = 'document.head.insertBefore(this.stylesheetElement, document.head.firstChild);';
      const source = readFileSync(path, 'utf8');
      if (!source.includes(line)) return { errors: [{ text: 'Turbo changed: its style element is no longer where it was.' }] };
      return { contents: source.replace(line, ''), loader: 'js' };
    });
  },
};

const script = (entry, format, plugins = []) => build({
  entryPoints: [at('assets/js', entry)], bundle: true, minify: true, write: false, format, plugins,
  target: ['chrome111', 'firefox113', 'safari16.4'], legalComments: 'none', logLevel: 'error',
}).then(r => put(entry, r.outputFiles[0].contents));

sprite();
await Promise.all([
  styles(),
  script('app.js', 'esm', [turboWithoutStyle]),
  script('charts.js', 'esm'),
  script('theme.js', 'iife'),
]);
for (const name of readdirSync(out)) if (!made.has(name)) rmSync(join(out, name), { recursive: true });
if (failed) process.exit(1);
