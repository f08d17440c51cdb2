// Elements of a few lines each. Every one improves something that already works without it.

const steps = [['year', 31536000], ['month', 2592000], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60]];

export function relative(then, now, lang) {
  const seconds = (then - now) / 1000;
  const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(lang || undefined, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

// <trellis-time><time datetime="…">3 hours ago</time></trellis-time>: stays true while the page is open.
customElements.define('trellis-time', class extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.show(), 60_000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
  show() {
    const time = this.querySelector('time');
    if (time) time.textContent = relative(Date.parse(time.dateTime), Date.now(), document.documentElement.lang);
  }
});

// <trellis-refresh src interval> in a turbo-frame: asks again until the answer no longer holds this element.
customElements.define('trellis-refresh', class extends HTMLElement {
  connectedCallback() {
    const frame = this.closest('turbo-frame');
    const wait = Math.max(1, Number(this.getAttribute('interval')) || 3) * 1000;
    this.timer = setInterval(() => {
      if (!frame || document.hidden || frame.hasAttribute('busy')) return;
      const src = this.getAttribute('src');
      if (frame.getAttribute('src') === src) frame.reload();
      else frame.src = src;
    }, wait);
  }
  disconnectedCallback() { clearInterval(this.timer); }
});

// <trellis-copy text><button>: the button is hidden where it could not work.
customElements.define('trellis-copy', class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(this.getAttribute('text') ?? '');
      this.querySelector('[role=status]').textContent = this.dataset.done;
      this.dataset.copied = '';
      setTimeout(() => { delete this.dataset.copied; this.querySelector('[role=status]').textContent = ''; }, 2000);
    };
  }
});

// <trellis-confirm><a href="a page that asks"> <dialog>: the dialog asks in place.
customElements.define('trellis-confirm', class extends HTMLElement {
  connectedCallback() {
    const opener = this.querySelector('[data-opens]');
    const dialog = this.querySelector('dialog');
    if (!opener || !dialog?.showModal) return;
    opener.setAttribute('aria-haspopup', 'dialog');
    opener.onclick = event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog.showModal();
    };
    dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
    for (const button of this.querySelectorAll('[data-closes]')) button.onclick = event => { event.preventDefault(); dialog.close(); };
  }
});

// <trellis-hint><details>: a definition that opens on hover and focus as well as by tap.
customElements.define('trellis-hint', class extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector('details');
    if (!details) return;
    this.onpointerenter = event => { if (event.pointerType === 'mouse') details.open = true; };
    this.onpointerleave = event => { if (event.pointerType === 'mouse') details.open = false; };
    this.addEventListener('focusout', event => { if (!this.contains(event.relatedTarget)) details.open = false; });
    this.onkeydown = event => { if (event.key === 'Escape') details.open = false; };
    // A mouse click would close what the hover just opened.
    details.querySelector('summary').onclick = event => { if (event.detail > 0 && this.matches(':hover') && matchMedia('(hover: hover)').matches) event.preventDefault(); };
  }
});

// <trellis-filter><form>: a list answers while one types; without scripts there is a button.
customElements.define('trellis-filter', class extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    if (!form) return;
    this.dataset.live = '';
    form.addEventListener('change', event => { if (event.target.type !== 'search') form.requestSubmit(); });
    form.addEventListener('input', event => {
      if (event.target.type !== 'search') return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, 350);
    });
    form.addEventListener('submit', () => clearTimeout(this.timer));
  }
  disconnectedCallback() { clearTimeout(this.timer); }
});

// <trellis-pick> around a table with check boxes: one box for all, and a bar that says how many are chosen.
customElements.define('trellis-pick', class extends HTMLElement {
  connectedCallback() {
    const all = this.querySelector('[data-pick-all]');
    const boxes = () => [...this.querySelectorAll('[data-pick]')];
    const count = () => {
      const chosen = boxes().filter(b => b.checked).length;
      this.toggleAttribute('data-some', chosen > 0);
      for (const el of this.querySelectorAll('[data-pick-count]')) el.textContent = chosen;
      if (all) all.checked = chosen > 0 && chosen === boxes().length, all.indeterminate = chosen > 0 && chosen < boxes().length;
    };
    if (all) all.hidden = false;
    this.onchange = event => {
      if (event.target === all) for (const box of boxes()) box.checked = all.checked;
      count();
    };
    count();
  }
});
