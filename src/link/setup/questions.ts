export interface QuestionOptions {
  /** The answer of an empty line. */
  readonly default?: string;
  /** The answer is not shown while it is typed. */
  readonly isSecret?: boolean;
}

/** A person who can be asked. */
export interface Questions {
  /** The answer, trimmed (a secret is not); empty when nothing was said. */
  ask(question: string, options?: QuestionOptions): Promise<string>;
}
