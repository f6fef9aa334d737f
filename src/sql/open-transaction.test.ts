import { describe, expect, it } from 'vitest';
import { OpenTransaction, type TransactionSession } from './open-transaction.ts';
import { SqlError } from './sql-error.ts';

const NEVER = new Promise<never>(() => {});

/** A session that notes what it is asked for. */
function session(answers: Partial<TransactionSession> = {}) {
  const asked: string[] = [];
  const noting =
    (what: string, answer: () => Promise<void> = async () => {}) =>
    (): Promise<void> => {
      asked.push(what);
      return answer();
    };
  return {
    asked,
    isUsable: answers.isUsable ?? (() => true),
    commit: noting('commit', answers.commit),
    rollback: noting('rollback', answers.rollback),
    end: noting('end', answers.end),
  };
}

describe('a transaction', () => {
  it('is committed once, and disposal after it does nothing', async () => {
    const asked = session();
    {
      await using transaction = new OpenTransaction(asked);
      await transaction.commit();
      await expect(transaction.commit()).rejects.toThrow('The transaction is over.');
      await transaction.rollback();
    }
    expect(asked.asked).toEqual(['commit']);
  });

  it('is rolled back once, by disposal too', async () => {
    const asked = session();
    {
      await using transaction = new OpenTransaction(asked);
      await transaction.rollback();
    }
    expect(asked.asked).toEqual(['rollback']);
  });

  it('ends its session when the commit fails, and hands the error on', async () => {
    const refusal = new SqlError('statement', 'mssql', 3902, 'No transaction.');
    const asked = session({ commit: () => Promise.reject(refusal) });
    await expect(new OpenTransaction(asked).commit()).rejects.toBe(refusal);
    expect(asked.asked).toEqual(['commit', 'end']);
  });

  it('has an unknown outcome when the commit is not answered in time', async () => {
    const asked = session({ commit: () => NEVER });
    const transaction = new OpenTransaction(asked, { commitMs: 5, rollbackMs: 5 });
    await expect(transaction.commit()).rejects.toMatchObject({ kind: 'connection' });
    expect(asked.asked).toEqual(['commit', 'end']);
  });

  it('surely does not stand when its session was lost before the commit', async () => {
    const asked = session({ isUsable: () => false });
    await expect(new OpenTransaction(asked).commit()).rejects.toMatchObject({
      kind: 'statement',
      errorCode: 1004,
    });
    expect(asked.asked).toEqual(['end']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('lost'))],
    ['is not answered in time', () => NEVER],
  ])('ends its session when a rollback %s', async (_, rollback) => {
    const asked = session({ rollback });
    await new OpenTransaction(asked, { commitMs: 5, rollbackMs: 5 }).rollback();
    expect(asked.asked).toEqual(['rollback', 'end']);
  });
});
