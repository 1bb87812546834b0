import { firstLoad } from './tests/setup/firstLoad.mjs'

export default [
  {
    name: 'first load with the GPU engine',
    path: firstLoad('dist', 'gpu'),
    gzip: true,
    limit: '330 kB',
  },
  {
    name: 'first load with the CPU engine',
    path: firstLoad('dist', 'cpu'),
    gzip: true,
    limit: '330 kB',
  },
]
