/** Reads and costs models off the page's thread. */
import { expose } from 'comlink';
import { modelReader } from './reader.ts';

expose(modelReader);
