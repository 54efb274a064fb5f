export { raceKind } from './core/kind.ts';
