const dark = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

export const themeChanged = 'trellis:theme';

function apply(theme) {
  root.dataset.bsTheme = theme;
  document.dispatchEvent(new CustomEvent(themeChanged));
}

// <trellis-theme> holds a form that works without scripts; with them the colours change at once.
customElements.define('trellis-theme', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('submit', event => {
      event.preventDefault();
      const next = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
      document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`;
      apply(next);
    });
  }
});

dark.addEventListener('change', () => {
  if (!/(?:^|;\s*)theme=/.test(document.cookie)) apply(dark.matches ? 'dark' : 'light');
});
