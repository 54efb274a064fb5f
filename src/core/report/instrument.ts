/** What measured; a test holds these against package.json and against what is installed. */
export const INSTRUMENT = 'Inferometer 0.2.0';
export const RUNTIME = 'onnxruntime-web 1.30.0';
