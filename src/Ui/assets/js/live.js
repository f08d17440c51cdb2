import * as Turbo from '@hotwired/turbo';

// True while a page is refreshed in place because somebody else has changed its record.
export const live = { refreshing: false };

// A form in which somebody has typed, or whose answer is still on the page, is left as it is when the page around it is refreshed.
let sent = null;
document.addEventListener('turbo:submit-start', ({ target }) => { sent = target; });

function changed(el) {
  if (el.type === 'hidden' || el.type === 'submit' || el.type === 'button') return false;
  if (el.type === 'checkbox' || el.type === 'radio') return el.checked !== el.defaultChecked;
  if (el.type === 'file') return el.files.length > 0;
  if (el.matches('select')) {
    const first = [...el.options].findIndex(o => o.defaultSelected);
    return el.selectedIndex !== Math.max(0, first);
  }
  return el.value !== el.defaultValue;
}

export function typed(form) {
  return form.querySelector('[aria-invalid=true], .t-summary, [role=alert]') !== null || [...form.elements].some(changed);
}

document.addEventListener('turbo:before-morph-element', event => {
  const form = event.target;
  if (form.matches?.('form') && (live.refreshing || form !== sent) && typed(form)) event.preventDefault();
});
document.addEventListener('turbo:load', () => { sent = null; setTimeout(() => { live.refreshing = false; }); });

// <trellis-live src mark>: hears that the record has changed and loads the page again in place. Without it, loading the page shows the change.
customElements.define('trellis-live', class extends HTMLElement {
  connectedCallback() {
    if (!window.EventSource) return;
    this.visible = () => (document.hidden ? this.close() : this.open());
    document.addEventListener('visibilitychange', this.visible);
    this.visible();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.visible);
    this.close();
  }

  open() {
    if (this.stream) return;
    this.stream = new EventSource(this.getAttribute('src'));
    this.stream.addEventListener('open', () => { this.dataset.live = ''; });
    this.stream.addEventListener('error', () => { delete this.dataset.live; });
    this.stream.addEventListener('mark', ({ data }) => {
      this.seen = data;
      this.soon();
    });
  }

  close() {
    clearTimeout(this.timer);
    this.stream?.close();
    this.stream = null;
    delete this.dataset.live;
  }

  // One's own change comes back as a page that carries the new mark already: wait for it.
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.isConnected || this.seen === this.getAttribute('mark')) return;
      if (document.querySelector('form[aria-busy=true], html[aria-busy=true]')) return this.soon();
      live.refreshing = true;
      Turbo.session.refresh(document.baseURI);
    }, 500);
  }
});
