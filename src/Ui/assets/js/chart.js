import { themeChanged } from './theme-switch.js';

// <trellis-chart type src unit> around a table: draws the table's figures. The drawing library is fetched only where one is.
// The table stays: it is what is read aloud, printed, and shown on demand.
function figures(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map(r => r.cells[0].textContent.trim()),
    series: heads.map((head, i) => ({
      name: head.textContent.trim(),
      points: rows.map(r => {
        const cell = r.cells[i + 1];
        const raw = cell.dataset.value;
        return { value: raw === '' || raw === undefined ? null : Number(raw), text: cell.textContent.trim(), href: cell.querySelector('a')?.href };
      }),
    })),
  };
}

customElements.define('trellis-chart', class extends HTMLElement {
  connectedCallback() {
    this.canvas = this.querySelector('[data-canvas]');
    this.button = this.querySelector('[data-figures]');
    if (!this.canvas) return;
    if (this.button) {
      this.button.hidden = false;
      this.button.onclick = () => this.button.setAttribute('aria-pressed', String(this.toggleAttribute('data-open')));
    }
    this.again = () => this.draw();
    document.addEventListener(themeChanged, this.again);
    document.addEventListener('turbo:morph', this.again);
    document.addEventListener('turbo:before-cache', this.drop = () => this.dispose());
    this.sizes = new ResizeObserver(() => this.chart?.resize());
    this.sizes.observe(this.canvas);
    this.draw();
  }

  disconnectedCallback() {
    document.removeEventListener(themeChanged, this.again);
    document.removeEventListener('turbo:morph', this.again);
    document.removeEventListener('turbo:before-cache', this.drop);
    this.sizes?.disconnect();
    this.dispose();
  }

  dispose() {
    this.chart?.dispose();
    this.chart = null;
  }

  async draw() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    // Labels are measured when drawn: with the wrong font they would be cut.
    const [{ chart }] = await Promise.all([import(new URL(this.getAttribute('src'), document.baseURI).href), document.fonts.ready]);
    if (turn !== this.turn || !this.isConnected) return;
    this.dispose();
    this.chart = chart(this.canvas, figures(this.querySelector('table')), { type: this.getAttribute('type'), unit: this.getAttribute('unit'), lang: document.documentElement.lang });
    this.dataset.drawn = '';
  }
});
