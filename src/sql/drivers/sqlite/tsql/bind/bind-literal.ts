import { unsupported } from '../errors.ts';
import type { Expression } from '../parse/ast.ts';
import { decimal, FLOAT, INT, MAX_LENGTH, MONEY, nvarchar, varchar } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';
import type { StatementContext } from './statement-context.ts';

type Literal = Extract<Expression, { kind: 'literal' }>;

/** Digits and point as a decimal of exactly that precision and scale. */
function decimalLiteral(context: StatementContext, text: string): Bound {
  const [whole = '', fraction = ''] = text.replace(/^0+/, '').split('.');
  const precision = Math.max(1, whole.length + fraction.length);
  if (precision > 38) throw unsupported('numbers of more than 38 digits');
  const type = decimal(precision, fraction.length);
  if (type.isTextual === true) {
    const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
    return context.constant(digits, type);
  }
  return context.constant(BigInt(`${whole}${fraction}` || '0'), type);
}

function moneyLiteral(context: StatementContext, text: string): Bound {
  const [whole = '', fraction = ''] = text.slice(1).split('.');
  const kept = BigInt(`${whole}${fraction.slice(0, 4).padEnd(4, '0')}`);
  return context.constant((fraction[4] ?? '0') >= '5' ? kept + 1n : kept, MONEY);
}

function binaryLiteral(context: StatementContext, text: string): Bound {
  const digits = text.slice(2);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return context.constant(new Uint8Array(bytes), {
    name: 'varbinary',
    length: Math.max(1, bytes.length),
  });
}

function textLength(text: string, limit: number): number {
  return text.length > limit ? MAX_LENGTH : Math.max(1, text.length);
}

export function bindLiteral(context: StatementContext, { type, text }: Literal): Bound {
  switch (type) {
    case 'integer': {
      const value = BigInt(text);
      return context.constant(value, { ...INT, precision: value.toString().length });
    }
    case 'decimal':
      return decimalLiteral(context, text);
    case 'float':
      return context.constant(Number(text), FLOAT);
    case 'money':
      return moneyLiteral(context, text);
    case 'string':
      return context.constant(text, varchar(textLength(text, 8000)));
    case 'nstring':
      return context.constant(text, nvarchar(textLength(text, 4000)));
    case 'binary':
      return binaryLiteral(context, text);
  }
}
