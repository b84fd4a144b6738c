// The certified OpenID provider of npm, with one client, for a test: node university_provider.js PORT

import Provider from "oidc-provider";

const [port] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;

const provider = new Provider(address, {
  clients: [
    {
      client_id: "commonplace",
      client_secret: "a secret",
      redirect_uris: ["http://testserver/accounts/oidc/university/login/callback/"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["a key of a test"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.edu`, email_verified: true, name: `Certified ${id}` }),
  }),
  pkce: { required: () => true },
});

provider.listen(Number(port), "127.0.0.1");
