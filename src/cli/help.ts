/** `--help`, from the table of commands. */
import { type Parameter, rangeOf, rules, schedules } from '../settings/rules'
import { type CommandName, commandNames, commands, type OptionName, options } from './commands'

const columns = 80

export function generalHelp(): string {
  const width = Math.max(...commandNames.map((name) => name.length))
  return [
    'steepest COMMAND OPTIONS',
    '',
    'Gradient descent on the loss of one sigmoid neuron, without a browser.',
    '',
    ...commandNames.map((name) => `  ${name.padEnd(width)}  ${commands[name].summary}`),
    '',
    'steepest COMMAND --help gives details and examples, steepest --version the version.',
    'Numbers go to standard output or --out, progress to standard error.',
    'Exit code: 0 for success, 1 for failure, 2 for wrong usage, 130 if cancelled.',
    '',
  ].join('\n')
}

export function commandHelp(name: CommandName): string {
  const { summary, takes, notes, examples, writes, instead } = commands[name]
  const positional = name === 'join' ? ' PARTS' : ''
  return [
    `steepest ${name}${positional} OPTIONS: ${summary}`,
    '',
    notes,
    '',
    ...takes.flatMap((option) => optionLines(option, instead?.[option] ?? options[option])),
    '',
    `--out may end in ${writes.map((extension) => `.${extension}`).join(', ')}.`,
    ...(takes.includes('rule') ? ['', ...ruleLines()] : []),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function optionLines(name: OptionName, { value, hint }: { value?: string; hint: string }) {
  const head = `  --${name}${value ? ` ${value}` : ''}`
  const line = `${head.padEnd(27)} ${hint}`
  return head.length < 28 && line.length <= columns ? [line] : [head, `      ${hint}`]
}

function ruleLines(): string[] {
  const parametersOf = ({ parameters }: { parameters: readonly Parameter[] }) =>
    parameters.map((parameter) => `${parameter.name}, ${rangeOf(parameter)}`).join('; ')
  const entries = (table: Readonly<Record<string, Parameters<typeof parametersOf>[0]>>) =>
    Object.entries(table).map(([name, info]) => {
      const parameters = parametersOf(info)
      return `  ${name}${parameters ? ` (${parameters})` : ''}`
    })
  return ['Rules:', ...entries(rules), 'Schedules:', ...entries(schedules)]
}
