import type { AddCommand } from './main.ts';
export const serveCommand: AddCommand = () => {};
