// Blocking, in the head: the right colours before the first paint. The cookie is also read by the server.
const root = document.documentElement;
root.dataset.js = '';
const chosen = document.cookie.match(/(?:^|;\s*)theme=(light|dark)/)?.[1];
root.dataset.bsTheme = chosen ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
