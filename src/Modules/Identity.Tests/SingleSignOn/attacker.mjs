// A provider that does wrong on demand (npm oauth2-mock-server). POST /attack names what it does from then on.
// node attacker.mjs; prints the issuer and the address of the control.
import { createServer } from 'node:http';
import { generateKeyPairSync, createSign, createHmac } from 'node:crypto';
import { OAuth2Server } from 'oauth2-mock-server';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
server.issuer.url = `http://127.0.0.1:${server.address().port}`;

let attack = 'none';
let kept = null;
const now = () => Math.floor(Date.now() / 1000);
const base = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

const claims = {
  issuer: p => { p.iss = 'https://elsewhere.example'; },
  audience: p => { p.aud = 'somebody-else'; },
  party: p => { p.azp = 'somebody-else'; },
  audiences: p => { p.aud = ['trellis', 'somebody-else']; },
  nonce: p => { p.nonce = 'another'; },
  'no-nonce': p => { delete p.nonce; },
  expired: p => { p.iat = now() - 4000; p.exp = now() - 400; },
  future: p => { p.nbf = now() + 900; },
  subject: p => { delete p.sub; },
  unverified: p => { p.email_verified = false; },
  domain: p => { p.email = 'somebody@elsewhere.example'; },
};

server.service.on('beforeTokenSigning', ({ payload }, request) => {
  Object.assign(payload, { sub: 'u-9', aud: 'trellis', email: 'mock@company.example', email_verified: true, name: 'Mock Person' });
  claims[attack]?.(payload, request);
});

server.service.on('beforeResponse', answer => {
  const token = answer.body.id_token;
  if (!token) return;
  const [head, body] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url'));
  const other = alg => base({ ...header, alg });
  if (attack === 'alg-none') answer.body.id_token = `${other('none')}.${body}.`;
  if (attack === 'alg-hs256') {
    const content = `${other('HS256')}.${body}`;
    const { n } = server.issuer.keys.toJSON().find(k => k.kid === header.kid);
    answer.body.id_token = `${content}.${createHmac('sha256', Buffer.from(n, 'base64url')).update(content).digest('base64url')}`;
  }
  if (attack === 'key') {
    const content = `${head}.${body}`;
    answer.body.id_token = `${content}.${createSign('RSA-SHA256').update(content).sign(stranger.privateKey).toString('base64url')}`;
  }
  if (attack === 'no-token') delete answer.body.id_token;
  if (attack === 'older') answer.body.id_token = kept;
  kept = token;
  if (attack === 'error') { answer.statusCode = 400; answer.body = { error: 'invalid_grant' }; }
});

server.service.on('beforeAuthorizeRedirect', redirect => {
  const url = redirect.url;
  if (attack === 'state') url.searchParams.set('state', 'another');
  if (attack === 'no-state') url.searchParams.delete('state');
  if (attack === 'mix-up') url.searchParams.set('iss', 'https://elsewhere.example');
  if (attack === 'no-code') url.searchParams.delete('code');
  if (attack === 'denied') { url.searchParams.delete('code'); url.searchParams.set('error', 'access_denied'); }
});

const control = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  attack = body;
  response.end('ok');
});
await new Promise(resolve => control.listen(0, '127.0.0.1', resolve));
console.log(`${server.issuer.url} http://127.0.0.1:${control.address().port}`);
