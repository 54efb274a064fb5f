/** Made by site/digests.mjs when the site is built. */
declare module '*?digest' {
  const digest: { readonly bytes: number; readonly sha256: string };
  export default digest;
}
