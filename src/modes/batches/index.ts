export { batchesKind } from './core/kind.ts';
