import * as Turbo from '@hotwired/turbo';
import './theme-switch.js';
import './draft.js';
import './small.js';
import './board.js';
import { live } from './live.js';
import './check.js';
import './autosave.js';
import './duplicates.js';
import './chart.js';
import { palette } from './palette.js';
import './passkey.js';

Turbo.config.drive.progressBarDelay = 250;

const typing = el => el?.closest?.('input, textarea, select, [contenteditable]');

document.addEventListener('keydown', event => {
  const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
  const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  if (!command && !slash) return;
  const box = document.querySelector('[data-search-box]');
  if (!box) return;
  event.preventDefault();
  if (command || box.offsetParent === null) palette(box.form);
  else box.focus(), box.select();
});

// After a visit a screen reader should start at the title, unless the page put the focus somewhere itself.
let first = true;
document.addEventListener('turbo:load', () => {
  if (!first && !live.refreshing && document.activeElement === document.body)
    document.querySelector('h1')?.focus({ preventScroll: true });
  first = false;
});

// A page kept for the back button must not come back with a menu or dialog open, or a form marked as busy.
document.addEventListener('turbo:before-cache', () => {
  for (const el of document.querySelectorAll('[popover]')) if (el.matches(':popover-open')) el.hidePopover();
  for (const el of document.querySelectorAll('dialog[open]')) el.close();
  for (const el of document.querySelectorAll('.t-palette')) el.remove();
  for (const el of document.querySelectorAll('form[aria-busy]')) el.removeAttribute('aria-busy');
  for (const el of document.querySelectorAll('.t-flash')) el.remove();
});

document.addEventListener('turbo:submit-start', ({ target }) => target.setAttribute('aria-busy', 'true'));
document.addEventListener('turbo:submit-end', ({ target }) => target.removeAttribute('aria-busy'));

// A second click while the first is under way does nothing (Turbo disables the button; this covers the Enter key).
document.addEventListener('submit', event => {
  if (event.target.getAttribute('aria-busy') === 'true') event.preventDefault(), event.stopImmediatePropagation();
}, true);

// A link into a folded part of the page opens it. Without scripts the style sheet does, by :target, which a visit by script leaves as it was.
const unfold = hash => {
  const fold = hash.length > 1 && document.getElementById(hash.slice(1))?.closest('.t-folded')?.previousElementSibling;
  if (fold) fold.open = true;
};
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href*="#"]');
  if (link?.pathname === location.pathname) unfold(link.hash);
}, true);
document.addEventListener('turbo:render', () => unfold(location.hash));

// When a page is refreshed in place, what the elements have set on themselves, and what the reader has opened, stays.
const own = ['data-live', 'data-drawn', 'data-open', 'data-some', 'aria-haspopup', 'aria-pressed'];
document.addEventListener('turbo:before-morph-attribute', event => {
  const { attributeName: name } = event.detail;
  const el = event.target;
  if (own.includes(name) || (name === 'open' && el.matches('details, dialog')) || (name === 'hidden' && el.closest('trellis-pick, trellis-copy, trellis-chart')))
    event.preventDefault();
});
// The drawing lies in an element that is empty on the server.
document.addEventListener('turbo:before-morph-element', event => {
  if (event.target.matches?.('trellis-chart > [data-canvas]')) event.preventDefault();
});
