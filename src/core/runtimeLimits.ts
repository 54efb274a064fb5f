/** onnxruntime-web 1.30 refuses files above these. */
export const MAX_IR = 13;
export const MAX_OPSET = 26;
