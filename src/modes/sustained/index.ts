export { sustainedKind } from './core/kind.ts';
