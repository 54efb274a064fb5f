/**
 * Symbolic dimensions. A dimension is a number, or the canonical text of a polynomial with whole
 * coefficients over names: "batch", "2*h + 1", "batch*seq". What is not a polynomial, such as a
 * division that leaves a rest, becomes a name of its own: "floor((h + 1)/2)". Equal texts are
 * equal sizes; different ones may be equal all the same.
 *
 * Contents of tensors are written in the same way. Those of float tensors may have fractions for
 * coefficients ("0.5*h", on the way to a floor), and one that nothing is known of is "any(?7)".
 */
export type Dim = number | string;
