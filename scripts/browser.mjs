/**
 * Flags for every Chromium that tests or measures: nothing is fetched in the background, and as root, which is what
 * containers are, it runs without the sandbox, which refuses root.
 */
export const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** A WebGPU adapter played by the CPU: right answers, a hundred times slower than a GPU. */
export const SOFTWARE_GPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--use-vulkan=swiftshader',
  '--enable-features=Vulkan',
];
