/** What a client did wrong, told to it as the result of its call. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** How to mend the call. */
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
