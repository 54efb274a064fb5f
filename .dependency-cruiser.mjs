/** The order of folders, held by `npm run lint` (npm run layers). Type imports count. Why it is so: docs/architecture.md. */

/** From the bottom up: a folder imports those before it, never those after it. */
const ORDER = {
  'src/core': [
    'tensors',
    'schema',
    'stats',
    'onnx',
    'sound',
    'pictures',
    'classes',
    'capture',
    'session',
    'live',
    'tasks',
    'models',
    'backends',
    'race',
    'memory',
    'inspect',
    'energy',
    'conditions',
    'figures',
    'modes',
    'compress',
    'selftest',
    'verdict',
    'report',
  ],
  'src/engine': [
    'worker',
    'reports',
    'files',
    'media',
    'runtime',
    'inspect',
    'race',
    'device',
    'compress',
    'selftest',
  ],
  'src/state': [
    'page',
    'files',
    'device',
    'bench',
    'media',
    'live',
    'inspect',
    'compress',
    'race',
    'energy',
    'selftest',
    'reports',
    'modes',
    'app',
  ],
  'src/ui': [
    'theme',
    'parts',
    'charts',
    'media',
    'tasks',
    'models',
    'method',
    'inspect',
    'compress',
    'device',
    'bench',
    'reports',
    'app',
  ],
};

/** What a layer may never reach, in the frame and in slices alike. */
const ABOVE = { core: ['engine', 'state', 'ui'], engine: ['state', 'ui'], state: ['ui'] };

const inLayer = (layer) => [`^src/${layer}/`, `^src/(tasks|modes)/[^/]+/${layer}/`];

const TESTS = ['[.](test|testing)[.]tsx?$', '/testing[.]ts$'];

const upward = Object.entries(ABOVE).map(([layer, above]) => ({
  name: `${layer}-imports-down`,
  severity: 'error',
  comment: `${layer} knows nothing above it: core <- engine <- state <- ui. Move what both need down, or pass it in.`,
  from: { path: inLayer(layer), pathNot: TESTS },
  to: { path: above.flatMap(inLayer) },
}));

/** @param {string} layer @param {string[]} folders */
const knownFolders = (layer, folders) => ({
  name: `known-folders-of-${layer.slice(4)}`,
  severity: 'error',
  comment: `A new folder of ${layer} takes its place in the order of .dependency-cruiser.mjs.`,
  from: {},
  to: { path: `^${layer}/[^/]+/`, pathNot: `^${layer}/(${folders.join('|')})/` },
});

const PAGE_ALONE = { path: '^src/ui/([^/]+)/', pathNot: `^src/ui/(${ORDER['src/ui'].join('|')})/` };

/** A page that nobody else needs stands just below app, and needs no place in the order. */
const pagesAlone = [
  {
    name: 'pages-apart',
    severity: 'error',
    comment:
      'A page whose folder is not in the order of .dependency-cruiser.mjs is imported by app/pages.ts only. What two pages need goes to parts, or its folder into the order.',
    from: { path: '^src/(ui|tasks|modes)/([^/]+)/', pathNot: ['^src/ui/app/', ...TESTS] },
    to: { ...PAGE_ALONE, pathNot: [PAGE_ALONE.pathNot, '^src/ui/$2/'] },
  },
  {
    name: 'pages-below-app',
    severity: 'error',
    comment: 'app puts the pages together, so a page imports nothing of it.',
    from: { ...PAGE_ALONE },
    to: { path: '^src/ui/app/' },
  },
];

const ordered = Object.entries(ORDER).flatMap(([layer, folders]) => [
  ...folders.slice(0, -1).map((folder, i) => ({
    name: `order-of-${layer.slice(4)}`,
    severity: 'error',
    comment: `${layer}/${folder} stands below that folder in the order of .dependency-cruiser.mjs, so that no circle can arise. Move what both need down, or pass it in.`,
    from: { path: `^${layer}/${folder}/`, pathNot: TESTS },
    to: { path: `^${layer}/(${folders.slice(i + 1).join('|')})/` },
  })),
  // Of ui, a folder that is not in the order is a page of its own.
  ...(layer === 'src/ui' ? [] : [knownFolders(layer, folders)]),
]);

export default {
  forbidden: [
    ...upward,
    ...ordered,
    ...pagesAlone,
    {
      name: 'base-of-core',
      severity: 'error',
      comment: 'Files at the root of core (units, errors, format) are below all its folders.',
      from: { path: '^src/core/[^/]+$', pathNot: TESTS },
      to: { path: '^src/core/[^/]+/' },
    },
    {
      name: 'frame-knows-no-slice',
      severity: 'error',
      comment:
        'The frame knows no kind of task or mode: it asks the registers (core/tasks, core/modes, ui/bench/modes, ui/tasks). Only main.tsx fills them, from tasks/registry.ts and modes/registry.ts.',
      from: { path: '^src/(core|engine|state|ui)/', pathNot: TESTS },
      to: { path: '^src/(tasks|modes)/' },
    },
    {
      name: 'slices-apart',
      severity: 'error',
      comment:
        'A slice imports the frame, never another slice. What two share belongs into the frame, named by what it is.',
      from: { path: '^src/(tasks|modes)/([^/]+)/', pathNot: TESTS },
      to: { path: '^src/(tasks|modes)/[^/]+/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'leaves-know-no-page',
      severity: 'error',
      comment:
        'Parts and charts are leaves: pages use them. What a leaf needs of a page is passed to it.',
      from: { path: '^src/ui/(theme|parts|charts|media)/', pathNot: TESTS },
      to: { path: '^src/ui/[^/]+/', pathNot: '^src/ui/(theme|parts|charts|media)/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that need each other are one thing, or hold a third one that both need.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'recharts-in-charts',
      severity: 'error',
      comment:
        'recharts is imported in folders named charts only, so that it loads with the first chart and can be replaced in one place.',
      from: { path: '^src/', pathNot: '/ui/charts/' },
      to: { path: 'node_modules/recharts' },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      comment: 'What is made for tests stays in tests.',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '[.](test|testing)[.]tsx?$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|[.]tsbuild)/' },
  },
};
