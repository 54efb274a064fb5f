export { liveKind } from './core/kind.ts';
