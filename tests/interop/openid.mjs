// npm's certified `oidc-provider` for one client. Argument: the folder with the library, then JSON: {"port", "client",
// "methods", "inToken"}. Prints "ready" once it listens. It ends with its stdin, and after three minutes in any case.
import { createRequire } from "node:module";
import { generateKeyPairSync } from "node:crypto";
import { pathToFileURL } from "node:url";

setTimeout(() => process.exit(3), 180_000);
process.stdin.on("close", () => process.exit(0)).on("error", () => process.exit(0)).resume();

// The library is installed beside the build, not beside this script.
const [folder, given] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);
const { port, client, methods, inToken } = JSON.parse(given);

const key = (kind, options, kid) => {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig" };
};
const keys = [
  key("rsa", { modulusLength: 2048 }, "rsa"),
  key("ec", { namedCurve: "P-256" }, "ec"),
  key("ed25519", {}, "ed"),
];

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  clientAuthMethods: methods,
  jwks: { keys },
  cookies: { keys: ["only for this test"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  // Without it the claims of scopes are at the userinfo endpoint alone.
  conformIdTokenClaims: !inToken,
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
  // Whoever signs in as `name` has the address name@example.com; only `unsure` has not shown that it is theirs.
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: id !== "unsure" }),
  }),
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
