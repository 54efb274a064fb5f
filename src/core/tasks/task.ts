/** What a model's inputs and outputs mean. What else it holds, the slice of its kind alone knows. */
export interface AnyTask {
  readonly kind: string;
}
