// Bundled by leak.bench.mjs and run in its page: cycles of the product's own lane.

import { readManifest } from '../src/core/models/manifest.ts';
import { digitFeeds } from '../src/core/tasks/digit.ts';
import { LaneClient } from '../src/engine/client.ts';
import { buildFor, RUNTIME_URLS } from '../src/engine/runtime.ts';

export { buildFor, digitFeeds, LaneClient, RUNTIME_URLS, readManifest };

Object.assign(globalThis, { LaneClient, buildFor, RUNTIME_URLS, digitFeeds, readManifest });
