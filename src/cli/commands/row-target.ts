import { type CommanderError } from 'commander';
import { failure, readerGone, TransientFailure } from '../failure.ts';
import type { CliIo, NewFile } from '../io.ts';
import { escapeText } from '../terminal-text.ts';

/** Where rows go. What is not committed has never been a file. */
export type RowTarget = NewFile;

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'failed';

/** A full disk can be emptied: the rows can be fetched once more. */
const notWritten = (path: string, error: unknown): CommanderError =>
  new TransientFailure(`The file ${path} cannot be written (${codeOf(error)}).`);

async function openFile(io: CliIo, path: string): Promise<RowTarget> {
  let file: NewFile;
  try {
    file = await io.createFile(path);
  } catch (error) {
    throw failure(`The file ${path} cannot be written (${codeOf(error)}).`);
  }
  const orFail = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      throw notWritten(path, error);
    }
  };
  return {
    write: (text) => orFail(file.write(text)),
    commit: () => orFail(file.commit()),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}

function stdoutTarget(io: CliIo): RowTarget {
  return {
    async write(text) {
      try {
        await io.writeOut(io.isTty ? escapeText(text) : text);
      } catch (error) {
        throw codeOf(error) === 'EPIPE' ? readerGone() : error;
      }
    },
    async commit() {
      // What was written has arrived.
    },
    async [Symbol.asyncDispose]() {
      // Stdout stays open.
    },
  };
}

/** @param path left out, rows go to stdout */
export async function openRowTarget(io: CliIo, path: string | undefined): Promise<RowTarget> {
  return path === undefined ? stdoutTarget(io) : openFile(io, path);
}
