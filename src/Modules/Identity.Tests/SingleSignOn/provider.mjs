// A real OpenID provider (npm oidc-provider) that signs in whoever `login_hint` or the last POST /as names, without asking.
// node provider.mjs CLIENT SECRET RETURN_ADDRESS; prints its issuer.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [client, secret, returnTo] = process.argv.slice(2);
const server = createServer();
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
let person = { sub: 'u-1' };

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [returnTo], grant_types: ['authorization_code'], response_types: ['code'] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/as/${interaction.uid}` },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
  loadExistingGrant: async ctx => {
    const grant = new ctx.oidc.provider.Grant({ clientId: client, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const callback = provider.callback();
server.on('request', async (request, response) => {
  if (request.method === 'POST' && request.url === '/as') {
    let body = '';
    for await (const part of request) body += part;
    person = JSON.parse(body);
    response.end('ok');
  } else if (request.url.startsWith('/as/')) {
    await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  } else {
    callback(request, response);
  }
});
console.log(issuer);
