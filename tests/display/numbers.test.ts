/** Numbers as a person writes them. */
import { expect, test } from 'vitest'
import {
  counted,
  formatCount,
  formatLarge,
  formatNumber,
  formatShort,
  percentText,
  threeDigits,
  tickText,
  typedNumber,
  writtenNumber,
} from '../../src/display/numbers'

test('numbers as the page writes them', () => {
  expect([0, -0.021834, 1e-7, 12345].map((value) => formatNumber(value))).toEqual([
    '0',
    '−0.0218',
    '1e−7',
    '12300',
  ])
  expect([NaN, Infinity, -Infinity].map((value) => formatNumber(value))).toEqual([
    'not a number',
    '∞',
    '−∞',
  ])
  expect([12, 1234, 28.4e6, 1.23456e9].map(formatLarge)).toEqual([
    '12',
    '1.23 k',
    '28.4 M',
    '1.23 G',
  ])
  expect([0, -5, 0.1 + 0.2, 1e-5, 2e6].map(tickText)).toEqual(['0', '−5', '0.3', '1e−5', '2e6'])
  expect([18, -0.5, 0.00012, 12345, -Infinity].map(threeDigits)).toEqual([
    '18.0',
    '−0.500',
    '0.00012',
    '12300',
    '−∞',
  ])
  expect([0, 0.25, -0.000218, NaN].map(formatShort)).toEqual([
    '0',
    '0.25',
    '−2.18e−4',
    'not a number',
  ])
})

test('counts, with what is counted', () => {
  expect([0, 1024, 2.5].map(formatCount)).toEqual(['0', '1,024', '2.5'])
  expect([0, 1, 1024].map((count) => counted(count, 'step'))).toEqual([
    '0 steps',
    '1 step',
    '1,024 steps',
  ])
})

test.for<[share: number, text: string, whole: string]>([
  [0, '0 %', '0 %'],
  [0.0001, '< 0.1 %', '< 1 %'],
  [0.001, '0.1 %', '< 1 %'],
  [0.5, '50 %', '50 %'],
  [0.6284, '62.8 %', '63 %'],
  [0.9995, '> 99.9 %', '> 99 %'],
  [1, '100 %', '100 %'],
])('a share of %d is written %s, or %s', ([share, text, whole]) => {
  expect(percentText(share, 0.1)).toBe(text)
  expect(percentText(share)).toBe(whole)
})

test('a number that was written is typed as the same', () => {
  for (const value of [0, -3, 0.1 + 0.2, 2e-5, -1.5e-9, 12345678]) {
    expect(typedNumber(writtenNumber(value))).toBe(value)
  }
  expect(writtenNumber(-0.00002)).toBe('−2e−5')
  expect([' -2 ', 'two', ''].map(typedNumber)).toEqual([-2, 'two', ''])
})

test('a typed number has a decimal point or comma; anything else stays a text', () => {
  const numbers = ['0,5', '-1,5', '−1,5', ',5', '0,125', '1,5e-3', '+2.', '1e3', '12,34']
  expect(numbers.map(typedNumber)).toEqual([0.5, -1.5, -1.5, 0.5, 0.125, 1.5e-3, 2, 1000, 12.34])
  const texts = ['0x10', '0b1', '1e', 'e3', '١', '1,000', '12,500', '1.000,5', '1 5', '--1', ',']
  expect(texts.map(typedNumber)).toEqual(texts)
  expect(['Infinity', 'NaN', '.'].map(typedNumber)).toEqual(['Infinity', 'NaN', '.'])
})
