import type { SqlType } from '../types/sql-type.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

export interface WindowSpecification {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  /** A frame in SQLite's words, which are T-SQL's. */
  readonly frame?: string | undefined;
}

export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly isStar: boolean;
  readonly isDistinct: boolean;
  readonly over?: WindowSpecification | undefined;
  readonly withinGroup?: readonly OrderItem[] | undefined;
}

export type Expression =
  | {
      readonly kind: 'literal';
      readonly type: 'integer' | 'decimal' | 'float' | 'money' | 'string' | 'nstring' | 'binary';
      readonly text: string;
    }
  | { readonly kind: 'null' }
  /** The word DEFAULT, which only INSERT and UPDATE understand. */
  | { readonly kind: 'default' }
  | { readonly kind: 'column'; readonly parts: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'systemVariable'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '~'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | CallExpression
  | {
      readonly kind: 'cast';
      readonly operand: Expression;
      readonly type: SqlType;
      readonly style?: Expression | undefined;
      readonly isTry: boolean;
    }
  | {
      readonly kind: 'case';
      readonly operand?: Expression | undefined;
      readonly branches: readonly {
        readonly when: Expression | Condition;
        readonly result: Expression;
      }[];
      readonly otherwise?: Expression | undefined;
    }
  | { readonly kind: 'subquery'; readonly query: Query }
  | { readonly kind: 'collate'; readonly operand: Expression; readonly collation: string };

export type Condition =
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'quantified';
      readonly operator: ComparisonOperator;
      readonly quantifier: 'ANY' | 'ALL';
      readonly left: Expression;
      readonly query: Query;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'like';
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape?: Expression | undefined;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly list?: readonly Expression[] | undefined;
      readonly query?: Query | undefined;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
    }
  | { readonly kind: 'isNull'; readonly operand: Expression; readonly negated: boolean }
  | { readonly kind: 'exists'; readonly query: Query };

export type Node = Expression | Condition;

export type SelectItem =
  | { readonly kind: 'star'; readonly qualifier: readonly string[] }
  | { readonly kind: 'value'; readonly expression: Expression; readonly alias?: string | undefined }
  | { readonly kind: 'assign'; readonly variable: string; readonly expression: Expression };

export type JoinType = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';

export type TableSource =
  | {
      readonly kind: 'table';
      readonly name: readonly string[];
      readonly alias?: string | undefined;
    }
  | {
      readonly kind: 'derived';
      readonly query: Query;
      readonly alias: string;
      readonly columns?: readonly string[] | undefined;
    }
  | {
      readonly kind: 'join';
      readonly type: JoinType;
      readonly left: TableSource;
      readonly right: TableSource;
      readonly on?: Condition | undefined;
    };

export interface TopClause {
  readonly count: Expression;
}

export interface SelectBody {
  readonly kind: 'select';
  readonly isDistinct: boolean;
  readonly top?: TopClause | undefined;
  readonly items: readonly SelectItem[];
  readonly into?: readonly string[] | undefined;
  readonly from: readonly TableSource[];
  readonly where?: Condition | undefined;
  readonly groupBy: readonly Expression[];
  readonly having?: Condition | undefined;
}

export type QueryBody =
  | SelectBody
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
  | {
      readonly kind: 'set';
      readonly operator: 'UNION' | 'UNION ALL' | 'EXCEPT' | 'INTERSECT';
      readonly left: QueryBody;
      readonly right: QueryBody;
    }
  | { readonly kind: 'nested'; readonly query: Query };

export interface CommonTable {
  readonly name: string;
  readonly columns?: readonly string[] | undefined;
  readonly query: Query;
}

export interface Query {
  readonly commonTables: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly offset?: Expression | undefined;
  readonly fetch?: Expression | undefined;
  /** OPTION (MAXRECURSION n); 0 sets no limit. */
  readonly maxRecursion?: number | undefined;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable: boolean;
  readonly isIdentity: boolean;
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  readonly constraintName?: string | undefined;
  readonly defaultValue?: Expression | undefined;
}

export interface TableKey {
  readonly name?: string | undefined;
  readonly kind: 'PRIMARY KEY' | 'UNIQUE';
  readonly columns: readonly string[];
}

export interface Assignment {
  readonly target: { readonly column: string } | { readonly variable: string };
  readonly expression: Expression;
}

export interface ProcedureArgument {
  readonly name?: string | undefined;
  readonly value: Expression;
  readonly isOutput: boolean;
}

export interface ProcedureParameter {
  readonly name: string;
  readonly type: SqlType;
  readonly defaultValue?: Expression | undefined;
  readonly isOutput: boolean;
}

export interface ProcedureDefinition {
  readonly name: readonly string[];
  readonly parameters: readonly ProcedureParameter[];
  readonly body: readonly Statement[];
}

export interface InsertStatement {
  readonly kind: 'insert';
  readonly commonTables: readonly CommonTable[];
  readonly table: readonly string[];
  readonly columns?: readonly string[] | undefined;
  readonly output: readonly SelectItem[];
  /** None: DEFAULT VALUES. */
  readonly source?: Query | undefined;
}

export interface UpdateStatement {
  readonly kind: 'update';
  readonly commonTables: readonly CommonTable[];
  readonly top?: TopClause | undefined;
  readonly table: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly output: readonly SelectItem[];
  readonly from: readonly TableSource[];
  readonly where?: Condition | undefined;
}

export interface DeleteStatement {
  readonly kind: 'delete';
  readonly commonTables: readonly CommonTable[];
  readonly top?: TopClause | undefined;
  readonly table: readonly string[];
  readonly output: readonly SelectItem[];
  readonly from: readonly TableSource[];
  readonly where?: Condition | undefined;
}

export interface CreateTableStatement {
  readonly kind: 'createTable';
  readonly name: readonly string[];
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly TableKey[];
}

export interface ExecuteStatement {
  readonly kind: 'execute';
  readonly procedure: readonly string[];
  readonly returnVariable?: string | undefined;
  readonly args: readonly ProcedureArgument[];
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | { readonly kind: 'truncate'; readonly table: readonly string[] }
  | CreateTableStatement
  | {
      readonly kind: 'dropTable';
      readonly names: readonly (readonly string[])[];
      readonly ifExists: boolean;
    }
  | {
      readonly kind: 'declare';
      readonly variables: readonly {
        readonly name: string;
        readonly type: SqlType;
        readonly value?: Expression | undefined;
      }[];
    }
  | { readonly kind: 'setVariable'; readonly name: string; readonly value: Expression }
  | {
      readonly kind: 'setIdentityInsert';
      readonly table: readonly string[];
      readonly isOn: boolean;
    }
  | { readonly kind: 'setLanguageOption'; readonly option: string }
  | { readonly kind: 'use'; readonly catalogue: string }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly consequent: Statement;
      readonly otherwise?: Statement | undefined;
    }
  | { readonly kind: 'while'; readonly condition: Condition; readonly body: Statement }
  | { readonly kind: 'break' | 'continue' | 'noOperation' }
  | {
      readonly kind: 'tryCatch';
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[];
    }
  | { readonly kind: 'transaction'; readonly action: 'begin' | 'commit' | 'rollback' }
  | ExecuteStatement
  | { readonly kind: 'executeText'; readonly text: Expression }
  | { readonly kind: 'return'; readonly value?: Expression | undefined }
  | { readonly kind: 'print'; readonly value: Expression }
  | { readonly kind: 'raiseError'; readonly args: readonly Expression[] }
  | { readonly kind: 'throw'; readonly args: readonly Expression[] }
  | { readonly kind: 'waitForDelay'; readonly delay: Expression };
