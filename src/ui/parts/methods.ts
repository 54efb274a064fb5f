/** The pages of docs/method, each fetched with the site's own files when it is opened. */
export const METHODS = {
  latency: {
    title: 'Latency and speed-up',
    text: () => import('../../../docs/method/latency.md?raw'),
  },
  energy: { title: 'Energy', text: () => import('../../../docs/method/energy.md?raw') },
  memory: { title: 'Memory', text: () => import('../../../docs/method/memory.md?raw') },
  accuracy: {
    title: 'Accuracy and agreement',
    text: () => import('../../../docs/method/accuracy.md?raw'),
  },
  inspect: { title: 'Inspect', text: () => import('../../../docs/method/inspect.md?raw') },
  compress: { title: 'Compress', text: () => import('../../../docs/method/compress.md?raw') },
} as const;

export type MethodName = keyof typeof METHODS;

export const isMethod = (name: string): name is MethodName => Object.hasOwn(METHODS, name);
