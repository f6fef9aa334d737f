import { type RawBuilder, sql } from 'kysely';
import type {
  ChildRelation,
  ColumnRef,
  Condition,
  Join,
  Relation,
  ResourceMapping,
  SqlDialectName,
} from '../mapping/system-mapping.ts';
import { fixedCondition } from './fixed-condition.ts';
import { qualifiedName } from './query-compilers.ts';

/** What all parts of one statement share. */
export class QueryContext {
  readonly dialect: SqlDialectName;
  #aliases = 0;

  constructor(dialect: SqlDialectName) {
    this.dialect = dialect;
  }

  /** Aliases are the statement's own: a mapping's may be the same twice when a type is searched through itself. */
  nextAlias(): string {
    return `t${this.#aliases++}`;
  }
}

function relationSql({ name, sql: view }: Relation, alias: string): RawBuilder<unknown> {
  const table = view === undefined ? sql.id(...name.split('.')) : sql`(${sql.raw(view)})`;
  return sql`${table} AS ${sql.id(alias)}`;
}

/** A base relation with its joins in one SELECT. Only joins of which a column was asked for stand in its text. */
export class RelationScope {
  readonly context: QueryContext;
  /** The resource type whose rows these are, children's included. */
  readonly mapping: ResourceMapping;
  readonly #base: Relation;
  readonly #joins: readonly Join[];
  readonly #parent: RelationScope | undefined;
  readonly #aliases = new Map<string, string>();

  private constructor(
    context: QueryContext,
    mapping: ResourceMapping,
    { base, joins }: { readonly base: Relation; readonly joins: readonly Join[] },
    parent?: RelationScope,
  ) {
    this.context = context;
    this.mapping = mapping;
    this.#base = base;
    this.#joins = joins;
    this.#parent = parent;
    this.#aliases.set(base.alias, context.nextAlias());
  }

  /** The rows of a resource type. */
  static ofResource(context: QueryContext, mapping: ResourceMapping): RelationScope {
    return new RelationScope(context, mapping, mapping);
  }

  /** The rows of a child relation; columns of the resource's own relations are those of the enclosing scope. */
  ofChild(child: ChildRelation): RelationScope {
    return new RelationScope(this.context, this.mapping, child, this);
  }

  /** A column as it stands in the text. */
  column(column: ColumnRef): RawBuilder<unknown> {
    return sql.raw(this.columnText(column));
  }

  /** The same as text: lists of columns are long, and parts of a query cost more than text. */
  columnText({ relation, column }: ColumnRef): string {
    return qualifiedName(this.context.dialect, this.#alias(relation), column.name);
  }

  /** A condition of the mapping on this SELECT's columns. */
  fixed(condition: Condition): RawBuilder<unknown> {
    return fixedCondition(condition, this.column(condition.column), this.context.dialect);
  }

  /** What stands after FROM. To be asked for when all columns have been. */
  from(): RawBuilder<unknown> {
    const joins = this.#joins.filter(({ relation }) => this.#aliases.has(relation.alias));
    const parts = joins.map(({ relation, on, where }) => {
      const conditions = [
        ...on.map(({ left, right }) => sql`${this.column(left)} = ${this.column(right)}`),
        ...where.map((condition) => this.fixed(condition)),
      ];
      const table = relationSql(relation, this.#alias(relation.alias));
      return sql` LEFT JOIN ${table} ON ${sql.join(conditions, sql` AND `)}`;
    });
    const base = relationSql(this.#base, this.#alias(this.#base.alias));
    return parts.length === 0 ? base : sql`${base}${sql.join(parts, sql``)}`;
  }

  #alias(relation: string): string {
    const known = this.#aliases.get(relation);
    if (known !== undefined) return known;
    const join = this.#joins.find((own) => own.relation.alias === relation);
    if (!join) {
      if (this.#parent) return this.#parent.#alias(relation);
      throw new Error(
        `The mapping of ${this.mapping.type} has no relation with the alias ${relation}.`,
      );
    }
    for (const { left, right } of join.on) {
      for (const side of [left, right]) {
        if (side.relation !== relation) this.#alias(side.relation);
      }
    }
    const alias = this.context.nextAlias();
    this.#aliases.set(relation, alias);
    return alias;
  }
}
