import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { TerminalQuestions } from './terminal-questions.ts';

/** A terminal on which somebody types the keys, one at a time, after each question. */
function terminal(isTty: boolean) {
  const input = Object.assign(new PassThrough(), {
    isTTY: isTty,
    isRaw: false,
    setRawMode: () => input,
  });
  const output = new PassThrough();
  const questions = new TerminalQuestions(input, output);
  const shown = async () => {
    questions[Symbol.dispose]();
    output.end();
    return text(output);
  };
  return { input, questions, shown };
}

it('shows what is typed, but never a secret', async () => {
  const { input, questions, shown } = terminal(true);
  const user = questions.ask('Login');
  input.write('clinic\r');
  expect(await user).toBe('clinic');
  const password = questions.ask('Password', { isSecret: true });
  for (const key of ' s3cret ') input.write(key);
  input.write('\r');
  expect(await password).toBe(' s3cret ');
  const port = questions.ask('Port', { default: '1433' });
  input.write('\u001b[A\r');
  expect(await port).toBe('1433');
  const screen = await shown();
  expect(screen).toContain('clinic');
  expect(screen).toContain('Port [1433]: ');
  expect(screen).not.toMatch(/s3|cret/);
});

it('takes the lines of a script, also those that come before their question', async () => {
  const { input, questions, shown } = terminal(false);
  input.end(' one \ntwo\n');
  expect(await questions.ask('First')).toBe('one');
  expect(await questions.ask('Second', { isSecret: true })).toBe('two');
  await expect(questions.ask('Third')).rejects.toThrow('The answers ended');
  expect(await shown()).not.toMatch(/one|two/);
});

it('ends without a word at Ctrl-C', async () => {
  const { input, questions, shown } = terminal(true);
  const asked = questions.ask('Login');
  input.write('cli');
  input.write('\u0003');
  await expect(asked).rejects.toMatchObject({ exitCode: 130 });
  await shown();
});
