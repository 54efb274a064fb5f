export { loadKind } from './core/kind.ts';
