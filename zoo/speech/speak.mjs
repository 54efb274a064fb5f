// node speak.mjs PACKAGE OUT.wav VOICE WORDS_PER_MINUTE TEXT: speaks with espeak-ng compiled to WebAssembly.

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, out, voice, pace, text] = process.argv.slice(2);
const { default: ESpeakNg } = await import(pathToFileURL(`${folder}/dist/espeak-ng.js`).href);
const espeak = await ESpeakNg({ arguments: ['-w', 'out.wav', '-v', voice, '-s', pace, text] });
writeFileSync(out, espeak.FS.readFile('out.wav'));
